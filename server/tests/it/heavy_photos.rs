//! Ten of the largest photos at once: all of them are taken, and the program stays small.

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, RgbImage};
use store::{Options, Store};

use crate::common::RIETVOORDE;
use crate::common::database::Database;
use crate::common::program::{Running, exchange, session};

const MEMORY_MAX: u64 = 400 * 1024 * 1024;
const FILE_MAX: usize = 20 * 1024 * 1024;

/// Pixels that no encoder makes small, for a file close to the largest.
fn noise() -> Vec<u8> {
    let mut state = 1_u32;
    let picture = RgbImage::from_fn(2_850, 2_100, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_be_bytes();
        image::Rgb([a, b, c])
    });
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 98).encode_image(&picture).expect("a photo");
    file
}

/// As many pixels as there may be, in a small file.
fn plain(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_pixel(width, height, image::Rgb([120, 160, 90]));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("a photo");
    file.into_inner()
}

/// The kind of WebP that a telephone makes.
fn lossy_webp(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_pixel(width, height, image::Rgb([120, 160, 90]));
    let encoder = webp::Encoder::from_rgb(picture.as_raw(), width, height);
    encoder.encode_simple(false, 75.0).expect("a photo").to_vec()
}

fn upload(host: &str, cookie: &str, photo: &[u8]) -> Vec<u8> {
    let head = "--grens\r\ncontent-disposition: form-data; name=\"foto\"; filename=\"foto\"\r\n\r\n";
    let tail = "\r\n--grens--\r\n";
    let request = format!(
        "POST /fotos HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\naccept: text/plain\r\n\
         content-type: multipart/form-data; boundary=grens\r\ncontent-length: {}\r\ncookie: {cookie}\r\n\
         connection: close\r\n\r\n",
        head.len() + photo.len() + tail.len()
    );
    [request.as_bytes(), head.as_bytes(), photo, tail.as_bytes()].concat()
}

#[tokio::test]
async fn ten_of_the_largest_photos_at_once_leave_the_program_below_400_mb() {
    let database = Database::demo();
    let folder = crate::common::database::folder();
    let options = Options { url: database.address().to_owned(), readers: 1 };
    let store = Store::open(&options).await.expect("a store");
    let cookie = format!("__Host-noaber={}", session(&store).await);
    store.close().await;
    let noise = noise();
    assert!(noise.len() > FILE_MAX * 8 / 10 && noise.len() <= FILE_MAX, "{} bytes", noise.len());
    let photos = Arc::new([
        noise,
        plain(ImageFormat::Png, 9_000, 6_600),
        plain(ImageFormat::Jpeg, 9_000, 6_600),
        lossy_webp(9_000, 6_600),
        plain(ImageFormat::Gif, 6_000, 4_000),
    ]);
    let running = Running::start(&folder, database.address()).await;
    let (at, before) = (running.at, running.peak_memory());
    let host = format!("{RIETVOORDE}:{}", at.port());
    let uploads: Vec<_> = [0, 0, 0, 0, 0, 0, 1, 2, 3, 4]
        .into_iter()
        .map(|which: usize| {
            let (photos, host, cookie) = (Arc::clone(&photos), host.clone(), cookie.clone());
            tokio::spawn(async move { exchange(at, &upload(&host, &cookie, &photos[which])).await })
        })
        .collect();
    for upload in uploads {
        let answer = upload.await.expect("no panic").expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 201"), "{}", &answer[..answer.len().min(300)]);
    }
    let peak = running.peak_memory();
    assert!(peak < MEMORY_MAX, "{before} bytes before, {peak} at most");
    running.kill().await;
    let _ = std::fs::remove_dir_all(folder);
}
