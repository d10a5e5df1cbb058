//! Photos: from the bytes that somebody sends to the pictures that are shown. What a file is, its content alone
//! decides. Every picture is decoded and encoded anew, so that nothing of the file itself is ever handed on: no place
//! where it was taken, no program in a comment, no second file behind the first.
//!
//! This crate only computes, and takes up to 300 MB for it: callers do one photo at a time.

pub mod card;
mod jpeg;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, RgbaImage};

/// The largest file, in bytes.
pub const BYTES_MAX: usize = 20 * 1024 * 1024;
/// The largest picture, in pixels.
pub const PIXELS_MAX: u64 = 60_000_000;
/// The largest of a kind that is decoded as a whole before its first pixel is known (progressive JPEG), in pixels.
pub const PROGRESSIVE_MAX: u64 = 24_000_000;
/// The widths in which a photo is shown, in pixels. A smaller photo has fewer.
pub const WIDTHS: [u32; 3] = [320, 640, 1280];
/// The longest placeholder, in characters.
pub const PLACEHOLDER_MAX: usize = 400;

const SIDE_MAX: u32 = 30_000;
/// Higher ones are made narrower: WebP ends at 16,383, and nobody scrolls that far.
const HEIGHT_MAX: u32 = 2_560;
/// Pixels as they are decoded, and as they are converted, in bytes.
const MEMORY_MAX: u64 = 300 * 1024 * 1024;
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
    /// The largest one for browsers and networks that know no WebP.
    pub jpeg: Variant,
    /// The photo in a few blurred pixels, as a data URL.
    pub placeholder: String,
}

/// The names of the variants of a photo of this width: those that are narrower, and the first that is not.
pub fn names(width: u32) -> impl Iterator<Item = u32> {
    let last = WIDTHS.into_iter().find(|name| *name >= width).unwrap_or(WIDTHS[WIDTHS.len() - 1]);
    WIDTHS.into_iter().filter(move |name| *name <= last)
}

/// Makes what is shown out of what was sent.
///
/// # Errors
/// Why the file is refused.
pub fn prepare(bytes: &[u8]) -> Result<Photo, Refusal> {
    // A decoder that gives up on a hostile file must not take the program's other work along.
    catch_unwind(AssertUnwindSafe(|| made(bytes))).unwrap_or(Err(Refusal::Damaged))
}

fn made(bytes: &[u8]) -> Result<Photo, Refusal> {
    let whole = shrunk(bytes)?;
    let (width, height) = whole.dimensions();
    let mut webp = Vec::new();
    for name in names(width) {
        let picture = if name >= width { whole.clone() } else { narrowed(&whole, name)? };
        let bytes = webp_of(&picture, WEBP_QUALITY)?;
        webp.push(Variant { name, width: picture.width(), height: picture.height(), bytes });
    }
    let mut fallback = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut fallback, JPEG_QUALITY)
        .encode_image(&whole)
        .map_err(|_| Refusal::Damaged)?;
    let jpeg = Variant { name: WIDTHS[WIDTHS.len() - 1], width, height, bytes: fallback };
    Ok(Photo { width, height, webp, jpeg, placeholder: placeholder(&whole)? })
}

/// Decodes, and makes it as small as the largest variant, the right way up and without transparency.
fn shrunk(bytes: &[u8]) -> Result<RgbImage, Refusal> {
    if bytes.len() > BYTES_MAX {
        return Err(Refusal::TooHeavy);
    }
    let format = image::guess_format(bytes).map_err(|_| Refusal::NotAPhoto)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif) {
        return Err(Refusal::NotAPhoto);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    let colour = decoder.color_type();
    let converted = match colour {
        image::ColorType::Rgb8 | image::ColorType::Rgba8 => 0,
        _ => pixels * 4,
    };
    if pixels > PIXELS_MAX || decoder.total_bytes() + converted > MEMORY_MAX {
        return Err(Refusal::TooLarge);
    }
    if format == ImageFormat::Jpeg {
        jpeg::check(bytes, pixels)?;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let turned = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (across, down) = if turned { (height, width) } else { (width, height) };
    let (across, down) = fitted(across, down);
    let size = if turned { (down, across) } else { (across, down) };
    let small = match image {
        DynamicImage::ImageRgb8(image) => resized(image.as_raw(), image.dimensions(), size, PixelType::U8x3)
            .and_then(|raw| RgbImage::from_raw(size.0, size.1, raw).ok_or(Refusal::Damaged))?,
        other => {
            let image = other.into_rgba8();
            let raw = resized(image.as_raw(), image.dimensions(), size, PixelType::U8x4)?;
            on_white(&RgbaImage::from_raw(size.0, size.1, raw).ok_or(Refusal::Damaged)?)
        }
    };
    let mut small = DynamicImage::ImageRgb8(small);
    small.apply_orientation(orientation);
    Ok(small.into_rgb8())
}

fn refusal(error: image::ImageError) -> Refusal {
    match error {
        image::ImageError::Limits(_) => Refusal::TooLarge,
        _ => Refusal::Damaged,
    }
}

/// The size of the largest variant; never larger than the photo.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let most = WIDTHS[WIDTHS.len() - 1];
    let scaled = |side: u32, of: u32, to: u32| {
        let side = (u64::from(side) * u64::from(to) / u64::from(of.max(1))).max(1);
        u32::try_from(side).unwrap_or(1)
    };
    let (width, height) =
        if width > most { (most, scaled(height, width, most)) } else { (width.max(1), height.max(1)) };
    if height > HEIGHT_MAX { (scaled(width, height, HEIGHT_MAX), HEIGHT_MAX) } else { (width, height) }
}

fn resized(raw: &[u8], from: (u32, u32), to: (u32, u32), kind: PixelType) -> Result<Vec<u8>, Refusal> {
    if from == to {
        return Ok(raw.to_vec());
    }
    let source = ImageRef::new(from.0, from.1, raw, kind).map_err(|_| Refusal::Damaged)?;
    let mut result = Image::new(to.0, to.1, kind);
    Resizer::new().resize(&source, &mut result, &ResizeOptions::new()).map_err(|_| Refusal::Damaged)?;
    Ok(result.into_vec())
}

fn narrowed(image: &RgbImage, width: u32) -> Result<RgbImage, Refusal> {
    let height = (u64::from(image.height()) * u64::from(width) / u64::from(image.width())).max(1);
    let height = u32::try_from(height).map_err(|_| Refusal::TooLarge)?;
    let raw = resized(image.as_raw(), image.dimensions(), (width, height), PixelType::U8x3)?;
    RgbImage::from_raw(width, height, raw).ok_or(Refusal::Damaged)
}

fn on_white(image: &RgbaImage) -> RgbImage {
    let mut result = RgbImage::new(image.width(), image.height());
    for (to, from) in result.pixels_mut().zip(image.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u16::from);
        to.0 = [red, green, blue]
            .map(|colour| u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255));
    }
    result
}

fn webp_of(image: &RgbImage, quality: f32) -> Result<Vec<u8>, Refusal> {
    webp::Encoder::from_rgb(image.as_raw(), image.width(), image.height())
        .encode_simple(false, quality)
        .map(|bytes| bytes.to_vec())
        .map_err(|_| Refusal::Damaged)
}

/// A few pixels are enough: the browser blurs them as it stretches them. Empty when even those are too many.
fn placeholder(image: &RgbImage) -> Result<String, Refusal> {
    const SIDE: u32 = 12;
    let (width, height) = image.dimensions();
    let longest = width.max(height);
    let side = |side: u32| if longest > SIDE { (side * SIDE / longest).max(1) } else { side };
    let fitting = (side(width), side(height));
    let raw = resized(image.as_raw(), (width, height), fitting, PixelType::U8x3)?;
    let small = RgbImage::from_raw(fitting.0, fitting.1, raw).ok_or(Refusal::Damaged)?;
    let url = format!("data:image/webp;base64,{}", STANDARD.encode(webp_of(&small, 30.0)?));
    Ok(if url.len() <= PLACEHOLDER_MAX { url } else { String::new() })
}

#[cfg(test)]
mod tests;
