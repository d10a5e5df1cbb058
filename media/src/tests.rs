use std::io::{Cursor, Write as _};

use image::{ImageEncoder as _, ImageFormat, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

fn prepare(bytes: &[u8]) -> Result<Photo, Refusal> {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("the file is written");
    super::prepare(&mut file)
}

/// A picture in which every corner has its own colour.
fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([if x < width / 2 { 230 } else { 20 }, if y < height / 2 { 230 } else { 20 }, 90])
    })
}

fn encoded(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture(width, height)).write_to(&mut out, format).expect("a picture");
    out.into_inner()
}

const FORMATS: [ImageFormat; 4] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif];

/// A JPEG with an EXIF block: the orientation, and a place.
fn with_exif(orientation: u8) -> Vec<u8> {
    let jpeg = encoded(ImageFormat::Jpeg, 80, 40);
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0x01, 0x0e, 0, 2, 0, 0, 0, 20, 0, 0, 0, 38]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(b"GPS 53.2194 6.5665\0\0\0\0");
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut file = encoded(ImageFormat::Png, 2, 2);
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&file[12..29]);
    file[29..33].copy_from_slice(&sum.to_be_bytes());
    file
}

/// CRC-32 as PNG has it (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| {
                if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 }
            },
        )
    })
}

#[test]
fn a_photo_of_each_kind_gets_its_widths_a_fallback_and_a_placeholder() {
    for format in FORMATS {
        let photo = prepare(&encoded(format, 2500, 1250)).expect("a photo");
        assert_eq!((photo.width, photo.height), (2048, 1024), "{format:?}");
        let sizes: Vec<_> = photo.webp.iter().map(|v| (v.name, v.width, v.height)).collect();
        assert_eq!(sizes, [(320, 320, 160), (640, 640, 320), (1280, 1280, 640), (2048, 2048, 1024)]);
        assert!(photo.webp.iter().all(|v| image::guess_format(&v.bytes).ok() == Some(ImageFormat::WebP)));
        assert_eq!(image::guess_format(&photo.jpeg.bytes).ok(), Some(ImageFormat::Jpeg));
        assert!(photo.placeholder.starts_with("data:image/webp;base64,"));
        assert!(photo.placeholder.len() <= PLACEHOLDER_MAX);
    }
}

#[test]
fn a_small_photo_is_never_made_larger() {
    let photo = prepare(&encoded(ImageFormat::Png, 500, 300)).expect("a photo");
    let sizes: Vec<_> = photo.webp.iter().map(|v| (v.name, v.width)).collect();
    assert_eq!(sizes, [(320, 320), (640, 500)]);
    assert_eq!(photo.jpeg.width, 500);
    assert_eq!(prepare(&encoded(ImageFormat::Png, 1, 1)).expect("a dot").webp.len(), 1);
}

#[test]
fn a_large_photo_keeps_its_sides_in_proportion_whatever_its_kind_and_stays_sharp() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let photo = prepare(&encoded(format, 6001, 4003)).expect("a photo");
        assert_eq!((photo.width, photo.height), (2048, 1366), "{format:?}");
        let shown = image::load_from_memory(&photo.webp[3].bytes).expect("a picture").into_rgb8();
        assert_eq!(shown.dimensions(), (2048, 1366));
        // The edge between two colours is a few pixels wide at most.
        let (left, right) = (shown.get_pixel(1016, 100).0[0], shown.get_pixel(1032, 100).0[0]);
        assert!(left > 200 && right < 50, "{format:?}: {left} {right}");
    }
}

#[test]
fn a_webp_or_gif_of_sixty_megapixels_is_shown() {
    let picture = RgbImage::from_pixel(9_000, 6_600, image::Rgb([120, 160, 90]));
    let webp = webp::Encoder::from_rgb(picture.as_raw(), 9_000, 6_600).encode_simple(false, 50.0);
    let photo = prepare(&webp.expect("a picture"));
    assert_eq!(photo.map(|photo| (photo.width, photo.height)), Ok((2_048, 1_501)));
    let mut gif = Vec::new();
    let mut encoder = gif::Encoder::new(&mut gif, 9_000, 6_600, &[120, 160, 90]).expect("a picture");
    let frame = gif::Frame {
        left: 1_000,
        width: 8_000,
        height: 6_600,
        buffer: vec![0; 52_800_000].into(),
        ..gif::Frame::default()
    };
    encoder.write_frame(&frame).expect("a frame");
    drop(encoder);
    let photo = prepare(&gif).expect("a photo");
    let shown = image::load_from_memory(&photo.webp[3].bytes).expect("a picture").into_rgb8();
    assert!(shown.get_pixel(100, 700).0[2] > 240 && shown.get_pixel(1_000, 700).0[2] < 110);
}

#[test]
fn what_would_take_too_much_memory_is_refused_before() {
    let mut webp = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut webp)
        .write_image(&picture(7_000, 5_400), 7_000, 5_400, image::ExtendedColorType::Rgb8)
        .expect("a picture");
    assert!(matches!(prepare(&webp), Err(Refusal::TooLarge)));
    // Progressive: 9,000 by 6,600 pixels with half of the colours, and with all of them.
    for (factors, bytes) in [(0x22, 178_200_000), (0x11, 356_400_000)] {
        let frame = [0xff, 0xc2, 0, 17, 8, 0x19, 0xc8, 0x23, 0x28, 3, 1, factors, 0, 2, 0x11, 1, 3, 0x11, 1];
        let file = [&[0xff, 0xd8][..], &frame, &[0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]].concat();
        assert_eq!(crate::jpeg::check(&mut &*file), Ok(bytes));
    }
}

#[test]
fn a_very_high_photo_becomes_one_that_can_be_shown() {
    let photo = prepare(&encoded(ImageFormat::Png, 100, 20_000)).expect("a photo");
    assert_eq!((photo.width, photo.height), (12, 2560));
}

#[test]
fn a_photo_taken_sideways_stands_upright() {
    let photo = prepare(&with_exif(6)).expect("a photo");
    assert_eq!((photo.width, photo.height), (40, 80));
    let shown = image::load_from_memory(&photo.jpeg.bytes).expect("a picture").into_rgb8();
    // The corner that was below on the left is above on the left.
    let [red, green, _] = shown.get_pixel(3, 3).0;
    assert!(red > 180 && green < 80, "{red} {green}");
}

#[test]
fn nothing_says_any_more_where_a_photo_was_taken() {
    let sent = with_exif(1);
    let found = |bytes: &[u8]| {
        [&b"Exif"[..], b"GPS", b"53.2194"]
            .iter()
            .any(|needle| bytes.windows(needle.len()).any(|w| w == *needle))
    };
    assert!(found(&sent));
    let photo = prepare(&sent).expect("a photo");
    assert!(!found(&photo.jpeg.bytes));
    assert!(photo.webp.iter().all(|variant| !found(&variant.bytes)));
}

#[test]
fn a_program_behind_a_photo_is_left_behind() {
    let mut sent = encoded(ImageFormat::Gif, 40, 40);
    sent.extend(b"<script>alert(1)</script>");
    let photo = prepare(&sent).expect("a photo");
    let all = [photo.jpeg.bytes, photo.webp[0].bytes.clone()].concat();
    assert!(!all.windows(7).any(|w| w == b"<script"));
}

#[test]
fn what_is_transparent_becomes_white() {
    let mut out = Vec::new();
    let clear = RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0]));
    image::codecs::png::PngEncoder::new(&mut out)
        .write_image(&clear, 8, 8, image::ExtendedColorType::Rgba8)
        .expect("a picture");
    let photo = prepare(&out).expect("a photo");
    let shown = image::load_from_memory(&photo.jpeg.bytes).expect("a picture").into_rgb8();
    assert!(shown.pixels().all(|pixel| pixel.0.iter().all(|colour| *colour > 250)));
}

#[test]
fn what_is_no_photo_is_refused_whatever_it_is_called() {
    for file in [
        &b""[..],
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0",
        b"II*\0\x08\0\0\0",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"\0\0\0 ftypavif",
    ] {
        assert_eq!(prepare(file), Err(Refusal::NotAPhoto), "{file:?}");
    }
}

#[test]
fn a_file_that_is_cut_off_is_refused() {
    for format in FORMATS {
        let whole = encoded(format, 200, 200);
        for part in [12, whole.len() / 2, whole.len() * 9 / 10] {
            assert!(prepare(&whole[..part]).is_err(), "{format:?} of {part} bytes");
        }
    }
}

#[test]
fn a_picture_with_too_many_pixels_is_refused_before_it_is_decoded() {
    for (width, height) in [(10_000, 10_000), (60_000, 1), (u32::MAX >> 1, u32::MAX >> 1)] {
        let refused = prepare(&png_header(width, height));
        assert!(
            matches!(refused, Err(Refusal::TooLarge | Refusal::Damaged)),
            "{width} × {height}: {refused:?}"
        );
    }
    assert_eq!(prepare(&png_header(10_000, 10_000)), Err(Refusal::TooLarge));
}

#[test]
fn a_file_that_is_too_heavy_is_refused_unread() {
    let mut file = tempfile::tempfile().expect("a file");
    file.set_len(BYTES_MAX + 1).expect("a long file");
    assert_eq!(super::prepare(&mut file), Err(Refusal::TooHeavy));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_file_with_wrong_bytes_is_shown_or_refused(
        format in 0..FORMATS.len(),
        wrong in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let mut file = encoded(FORMATS[format], 24, 18);
        for (index, byte) in wrong {
            let at = index.index(file.len());
            file[at] = byte;
        }
        if cuts {
            file.truncate(cut.index(file.len()));
        }
        if let Ok(photo) = prepare(&file) {
            prop_assert!(photo.width <= 2048 && photo.height <= HEIGHT_MAX);
            prop_assert!(!photo.webp.is_empty() && photo.placeholder.len() <= PLACEHOLDER_MAX);
        }
    }
}
