//! Reading the four kinds of picture. What a file is, its first bytes decide. Its size is looked at before its
//! pixels are, and a large one is made smaller while it is read: sixty megapixels are 180 MB.

use std::fs::File;
use std::io::{BufReader, Seek as _};

use image::metadata::Orientation;
use jpeg_decoder::PixelFormat;

use crate::shape::{Decoded, Shrink, fitted, rgb};
use crate::{DECODER_MAX, PIXELS_MAX, Refusal, jpeg, whole};

/// A longer side than this no camera makes.
const SIDE_MAX: u32 = 50_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
    Gif,
}

impl Kind {
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => None,
        }
    }
}

pub fn decode(kind: Kind, file: &mut File) -> Result<Decoded, Refusal> {
    let file = BufReader::new(file);
    match kind {
        Kind::Jpeg => jpeg_picture(file),
        Kind::Png => png_picture(file),
        Kind::WebP => whole::webp_picture(file),
        Kind::Gif => whole::gif_picture(file),
    }
}

/// Whether a decoder may take so many bytes.
pub fn check_memory(bytes: u64) -> Result<(), Refusal> {
    if bytes > DECODER_MAX { Err(Refusal::TooLarge) } else { Ok(()) }
}

pub fn check_size(width: u32, height: u32) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged);
    }
    if width.max(height) > SIDE_MAX || u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(Refusal::TooLarge);
    }
    Ok(())
}

/// How much smaller a picture may be made while it is read: by as much as what is kept of it allows, upright or not.
pub fn factor(width: u32, height: u32) -> u32 {
    let (across, down) = (fitted(width, height), fitted(height, width));
    (width / across.0.max(down.1)).min(height / across.1.max(down.0)).max(1)
}

fn jpeg_picture(mut file: BufReader<&mut File>) -> Result<Decoded, Refusal> {
    let coefficients = jpeg::check(&mut file)?;
    file.rewind().map_err(|_| Refusal::Failed)?;
    let mut decoder = jpeg_decoder::Decoder::new(file);
    decoder.read_info().map_err(|_| Refusal::Damaged)?;
    let sent = decoder.info().ok_or(Refusal::Damaged)?;
    let (width, height) = (u32::from(sent.width), u32::from(sent.height));
    check_size(width, height)?;
    check_memory(coefficients)?;
    let orientation =
        decoder.exif_data().and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    // An eighth, a quarter or a half of the size costs no more than the pixels that remain.
    let side = |side: u32| u16::try_from(side.div_ceil(factor(width, height))).unwrap_or(u16::MAX);
    decoder.scale(side(width), side(height)).map_err(|_| Refusal::Damaged)?;
    decoder.set_max_decoding_buffer_size(usize::try_from(DECODER_MAX).unwrap_or(usize::MAX));
    let pixels = decoder.decode().map_err(|_| Refusal::Damaged)?;
    let now = decoder.info().ok_or(Refusal::Damaged)?;
    let wide = u32::from(now.width);
    // What the decoder gave is no smaller than what is kept, and may be nearly twice as large.
    let mut shrink = Shrink::new(wide, u32::from(now.height), 1);
    let mut line = Vec::new();
    for row in pixels.chunks_exact(wide as usize * now.pixel_format.pixel_bytes()) {
        line.clear();
        match now.pixel_format {
            PixelFormat::L8 => rgb(1, row, &mut line),
            // The first byte of sixteen bits is the last one in memory, and the other way round: native order.
            PixelFormat::L16 => line.extend(row.chunks_exact(2).flat_map(|grey| {
                let [high, _] = u16::from_ne_bytes([grey[0], grey[1]]).to_be_bytes();
                [high; 3]
            })),
            PixelFormat::RGB24 => line.extend_from_slice(row),
            PixelFormat::CMYK32 => line.extend(row.chunks_exact(4).flat_map(|inks| {
                let light = |ink: u8| {
                    let left = u16::from(255 - ink) * u16::from(255 - inks[3]);
                    u8::try_from(left / 255).unwrap_or(u8::MAX)
                };
                [light(inks[0]), light(inks[1]), light(inks[2])]
            })),
        }
        shrink.row(&line);
    }
    Ok(Decoded { pixels: shrink.done()?, width, height, orientation })
}

fn png_picture(file: BufReader<&mut File>) -> Result<Decoded, Refusal> {
    let limits = png::Limits { bytes: usize::try_from(DECODER_MAX).unwrap_or(usize::MAX) };
    let mut decoder = png::Decoder::new_with_limits(file, limits);
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let head = decoder.read_header_info().map_err(|_| Refusal::Damaged)?;
    let (width, height, interlaced) = (head.width, head.height, head.interlaced);
    check_size(width, height)?;
    let mut reader = decoder.read_info().map_err(|e| refused_png(&e))?;
    let samples = reader.output_color_type().0.samples();
    let mut shrink = Shrink::new(width, height, factor(width, height));
    let mut line = Vec::new();
    if interlaced {
        let size = reader.output_buffer_size().ok_or(Refusal::TooLarge)?;
        let mut pixels = vec![0; size];
        let frame = reader.next_frame(&mut pixels).map_err(|e| refused_png(&e))?;
        for row in pixels.chunks_exact(frame.line_size).take(height as usize) {
            line.clear();
            rgb(samples, row, &mut line);
            shrink.row(&line);
        }
    } else {
        for _ in 0..height {
            let row = reader.next_row().map_err(|e| refused_png(&e))?.ok_or(Refusal::Damaged)?;
            line.clear();
            rgb(samples, row.data(), &mut line);
            shrink.row(&line);
        }
    }
    let orientation = reader
        .info()
        .exif_metadata
        .as_deref()
        .and_then(Orientation::from_exif_chunk)
        .unwrap_or(Orientation::NoTransforms);
    Ok(Decoded { pixels: shrink.done()?, width, height, orientation })
}

fn refused_png(error: &png::DecodingError) -> Refusal {
    match error {
        png::DecodingError::LimitsExceeded => Refusal::TooLarge,
        _ => Refusal::Damaged,
    }
}
