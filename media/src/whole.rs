//! The two kinds that a decoder gives as a whole: WebP and GIF. How much memory that takes is reckoned before.

use std::fs::File;
use std::io::BufReader;
use std::num::NonZeroU64;

use gif::{ColorOutput, DecodeOptions, MemoryLimit};
use image::metadata::Orientation;
use image_webp::WebPDecoder;

use crate::decode::{check_memory, check_size, factor};
use crate::shape::{Decoded, Shrink, rgb};
use crate::{DECODER_MAX, Refusal};

/// The first picture of a WebP.
pub fn webp_picture(file: BufReader<&mut File>) -> Result<Decoded, Refusal> {
    let mut decoder = WebPDecoder::new(file).map_err(|e| refused_webp(&e))?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    // Bytes for two pixels, in image-webp 0.2.4: what it gives, planes of colours, and what it makes one of the other.
    let two = match (decoder.is_animated(), decoder.is_lossy(), decoder.has_alpha()) {
        (true, ..) => 32,
        (_, true, false) | (_, false, true) => 9,
        (_, true, true) => 21,
        (_, false, false) => 15,
    };
    check_memory(u64::from(width) * u64::from(height) * two / 2)?;
    decoder.set_memory_limit(usize::try_from(DECODER_MAX).unwrap_or(usize::MAX));
    let exif = decoder.exif_metadata().ok().flatten();
    let orientation =
        exif.as_deref().and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    let mut pixels = vec![0; decoder.output_buffer_size().ok_or(Refusal::TooLarge)?];
    decoder.read_image(&mut pixels).map_err(|e| refused_webp(&e))?;
    let samples = if decoder.has_alpha() { 4 } else { 3 };
    let mut shrink = Shrink::new(width, height, factor(width, height));
    let mut line = Vec::new();
    for row in pixels.chunks_exact(width as usize * samples) {
        line.clear();
        rgb(samples, row, &mut line);
        shrink.row(&line);
    }
    Ok(Decoded { pixels: shrink.done()?, width, height, orientation })
}

/// The first picture of a GIF, in its place.
pub fn gif_picture(file: BufReader<&mut File>) -> Result<Decoded, Refusal> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.check_frame_consistency(true);
    options.set_memory_limit(NonZeroU64::new(DECODER_MAX).map_or(MemoryLimit::Unlimited, MemoryLimit::Bytes));
    let mut decoder = options.read_info(file).map_err(|e| refused_gif(&e))?;
    let (width, height) = (u32::from(decoder.width()), u32::from(decoder.height()));
    check_size(width, height)?;
    let frame = decoder.next_frame_info().map_err(|e| refused_gif(&e))?.ok_or(Refusal::Damaged)?;
    let (left, top) = (usize::from(frame.left), usize::from(frame.top));
    let (wide, high, clear) = (usize::from(frame.width), usize::from(frame.height), frame.transparent);
    check_memory(wide as u64 * high as u64)?;
    let mut places = vec![0; decoder.buffer_size()];
    decoder.read_into_buffer(&mut places).map_err(|e| refused_gif(&e))?;
    let palette = decoder.palette().map_err(|e| refused_gif(&e))?;
    let mut shrink = Shrink::new(width, height, factor(width, height));
    let mut line = Vec::new();
    for y in 0..height as usize {
        // What shines through, and what the picture does not cover, is white.
        line.clear();
        line.resize(width as usize * 3, 255);
        let row =
            y.checked_sub(top).filter(|row| *row < high).map_or(0..0, |row| row * wide..(row + 1) * wide);
        let places = places.get(row).unwrap_or_default();
        for (pixel, place) in line.chunks_exact_mut(3).skip(left).zip(places) {
            let from = usize::from(*place) * 3;
            if let (false, Some(colour)) = (clear == Some(*place), palette.get(from..from + 3)) {
                pixel.copy_from_slice(colour);
            }
        }
        shrink.row(&line);
    }
    Ok(Decoded { pixels: shrink.done()?, width, height, orientation: Orientation::NoTransforms })
}

fn refused_webp(error: &image_webp::DecodingError) -> Refusal {
    match error {
        image_webp::DecodingError::MemoryLimitExceeded | image_webp::DecodingError::ImageTooLarge => {
            Refusal::TooLarge
        }
        _ => Refusal::Damaged,
    }
}

fn refused_gif(error: &gif::DecodingError) -> Refusal {
    match error {
        gif::DecodingError::MemoryLimit | gif::DecodingError::OutOfMemory => Refusal::TooLarge,
        _ => Refusal::Damaged,
    }
}
