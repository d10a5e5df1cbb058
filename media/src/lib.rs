//! Photos: from the bytes that somebody sends to the pictures that are shown. What a file is, its content alone
//! decides. Every picture is decoded and encoded anew, so that nothing of the file itself is ever handed on: no place
//! where it was taken, no program in a comment, no second file behind the first.
//!
//! This crate only computes, and takes up to 300 MB for it: callers do one photo at a time.

pub mod card;
mod decode;
mod jpeg;
mod shape;
mod whole;

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, RgbImage};

use shape::{fitted, height_for, resized};

/// The largest file, in bytes.
pub const BYTES_MAX: u64 = 20 * 1024 * 1024;
/// The largest picture, in pixels.
pub const PIXELS_MAX: u64 = 60_000_000;
/// What a decoder may take for one picture, in bytes. Every photo of [`PIXELS_MAX`] can do with it, but for a few kinds
/// that no camera makes and that must be in memory whole before they can be made smaller: progressive JPEG with all of
/// its colours (46 megapixels), WebP without loss and without alpha (37), with loss and with alpha (26), and moving (17).
pub const DECODER_MAX: u64 = 280_000_000;
/// The widths in which a photo is shown, in pixels. A smaller photo has fewer.
pub const WIDTHS: [u32; 4] = [320, 640, 1280, 2048];
/// The width of the JPEG for programs that know no WebP, mail and link previews among them.
pub const FALLBACK_WIDTH: u32 = 1280;
/// The longest placeholder, in characters.
pub const PLACEHOLDER_MAX: usize = 400;

/// Higher ones are made narrower: WebP ends at 16,383, and nobody scrolls that far.
const HEIGHT_MAX: u32 = 2_560;
const WEBP_QUALITY: f32 = 78.0;
const JPEG_QUALITY: u8 = 80;

/// Why a file is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the file is larger than {BYTES_MAX} bytes")]
    TooHeavy,
    #[error("the picture has too many pixels")]
    TooLarge,
    /// Neither JPEG, PNG, WebP nor GIF.
    #[error("the file is no photo")]
    NotAPhoto,
    #[error("the file is cut off or damaged")]
    Damaged,
    /// Not the file's fault: it cannot be read back. Trying again may help.
    #[error("the file cannot be worked on now")]
    Failed,
}

/// One file of a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The width it is asked for by: one of [`WIDTHS`].
    pub name: u32,
    /// In pixels; less than its name for a photo that is not as wide.
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

/// A photo, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// Of the largest variant, in pixels.
    pub width: u32,
    pub height: u32,
    /// From narrow to wide.
    pub webp: Vec<Variant>,
    /// One of [`FALLBACK_WIDTH`] for browsers and networks that know no WebP.
    pub jpeg: Variant,
    /// The photo in a few blurred pixels, as a data URL.
    pub placeholder: String,
}

/// The names of the variants of a photo of this width: those that are narrower, and the first that is not.
pub fn names(width: u32) -> impl Iterator<Item = u32> {
    let last = WIDTHS.into_iter().find(|name| *name >= width).unwrap_or(WIDTHS[WIDTHS.len() - 1]);
    WIDTHS.into_iter().filter(move |name| *name <= last)
}

/// Makes what is shown out of what was sent. Reads the file from its beginning, whatever was read of it before.
///
/// # Errors
/// Why the file is refused.
pub fn prepare(file: &mut File) -> Result<Photo, Refusal> {
    // A decoder that gives up on a hostile file must not take the program's other work along.
    catch_unwind(AssertUnwindSafe(|| made(file))).unwrap_or(Err(Refusal::Damaged))
}

fn made(file: &mut File) -> Result<Photo, Refusal> {
    let mut picture = upright(file)?;
    let (width, height) = picture.dimensions();
    let (mut webp, mut jpeg) = (Vec::new(), None);
    // From wide to narrow, each from the one before it.
    let wanted: Vec<u32> = names(width).collect();
    for name in wanted.into_iter().rev() {
        let wide = name.min(width);
        picture = resized(&picture, wide, height_for(wide, width, height))?;
        let (width, height) = picture.dimensions();
        webp.push(Variant { name, width, height, bytes: webp_of(&picture, WEBP_QUALITY)? });
        if jpeg.is_none() && width <= FALLBACK_WIDTH {
            jpeg = Some(Variant { name: FALLBACK_WIDTH, width, height, bytes: jpeg_of(&picture)? });
        }
    }
    webp.reverse();
    let jpeg = jpeg.ok_or(Refusal::Failed)?;
    Ok(Photo { width, height, webp, jpeg, placeholder: placeholder(&picture)? })
}

/// Decodes, and makes it as small as the largest variant and the right way up.
fn upright(file: &mut File) -> Result<RgbImage, Refusal> {
    let failed = |_| Refusal::Failed;
    if file.seek(SeekFrom::End(0)).map_err(failed)? > BYTES_MAX {
        return Err(Refusal::TooHeavy);
    }
    let mut head = Vec::with_capacity(16);
    file.rewind().map_err(failed)?;
    file.by_ref().take(16).read_to_end(&mut head).map_err(failed)?;
    let kind = decode::Kind::of(&head).ok_or(Refusal::NotAPhoto)?;
    file.rewind().map_err(failed)?;
    let shape::Decoded { pixels, width, height, orientation } = decode::decode(kind, file)?;
    let (wide, high) = if shape::turns(orientation) {
        let (wide, high) = fitted(height, width);
        (high, wide)
    } else {
        fitted(width, height)
    };
    let small = resized(&pixels, wide, high)?;
    drop(pixels);
    let mut small = DynamicImage::ImageRgb8(small);
    small.apply_orientation(orientation);
    Ok(small.into_rgb8())
}

fn jpeg_of(picture: &RgbImage) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY)
        .encode_image(picture)
        .map_err(|_| Refusal::Failed)?;
    Ok(bytes)
}

fn webp_of(image: &RgbImage, quality: f32) -> Result<Vec<u8>, Refusal> {
    webp::Encoder::from_rgb(image.as_raw(), image.width(), image.height())
        .encode_simple(false, quality)
        .map(|bytes| bytes.to_vec())
        .map_err(|_| Refusal::Failed)
}

/// A few pixels are enough: the browser blurs them as it stretches them. Empty when even those are too many.
fn placeholder(image: &RgbImage) -> Result<String, Refusal> {
    const SIDE: u32 = 12;
    let (width, height) = image.dimensions();
    let longest = width.max(height);
    let side = |side: u32| if longest > SIDE { (side * SIDE / longest).max(1) } else { side };
    let fitting = (side(width), side(height));
    let small = resized(image, fitting.0, fitting.1)?;
    let url = format!("data:image/webp;base64,{}", STANDARD.encode(webp_of(&small, 30.0)?));
    Ok(if url.len() <= PLACEHOLDER_MAX { url } else { String::new() })
}

#[cfg(test)]
mod tests;
