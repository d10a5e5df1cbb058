//! Pixels: RGB, eight bits each, and what makes others into them.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::RgbImage;
use image::metadata::Orientation;

use crate::{HEIGHT_MAX, Refusal, WIDTHS};

/// A decoded picture, not wider or higher than needed, and as its camera held it.
pub struct Decoded {
    pub pixels: RgbImage,
    /// As it was sent, before turning.
    pub width: u32,
    /// As it was sent, before turning.
    pub height: u32,
    pub orientation: Orientation,
}

/// Whether what is across was held upright.
pub fn turns(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// What shines through is white: photos have no holes.
pub fn on_white(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u16::from(colour), u16::from(alpha));
    u8::try_from((colour * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
}

/// `pixels` as RGB, from one (grey), two (with alpha), three or four (with alpha) samples per pixel.
pub fn rgb(samples: usize, pixels: &[u8], into: &mut Vec<u8>) {
    for pixel in pixels.chunks_exact(samples) {
        match *pixel {
            [grey] => into.extend([grey; 3]),
            [grey, alpha] => into.extend([on_white(grey, alpha); 3]),
            [r, g, b] => into.extend([r, g, b]),
            [r, g, b, a] => into.extend([on_white(r, a), on_white(g, a), on_white(b, a)]),
            _ => {}
        }
    }
}

/// The size of what is kept of an upright picture of this size; never larger than it is.
pub fn fitted(width: u32, height: u32) -> (u32, u32) {
    let most = WIDTHS[WIDTHS.len() - 1];
    let (width, height) =
        if width > most { (most, height_for(most, width, height)) } else { (width.max(1), height.max(1)) };
    if height > HEIGHT_MAX { (height_for(HEIGHT_MAX, height, width), HEIGHT_MAX) } else { (width, height) }
}

/// The height that belongs to `wide`, at least one pixel.
pub fn height_for(wide: u32, width: u32, height: u32) -> u32 {
    let high = u64::from(wide) * u64::from(height) / u64::from(width.max(1));
    u32::try_from(high).unwrap_or(u32::MAX).max(1)
}

/// `picture` made smaller.
pub fn resized(picture: &RgbImage, wide: u32, high: u32) -> Result<RgbImage, Refusal> {
    if picture.dimensions() == (wide, high) {
        return Ok(picture.clone());
    }
    let from = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x3)
        .map_err(|_| Refusal::Failed)?;
    let mut to = Image::new(wide, high, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(&from, &mut to, &options).map_err(|_| Refusal::Failed)?;
    RgbImage::from_raw(wide, high, to.into_vec()).ok_or(Refusal::Failed)
}

/// Makes a picture smaller by a whole factor while its rows come in, so that it is never in memory whole.
pub struct Shrink {
    width: usize,
    factor: usize,
    wide: usize,
    sums: Vec<u32>,
    rows: usize,
    out: Vec<u8>,
}

impl Shrink {
    /// For `height` rows of `width` pixels. A factor of one leaves it as it is.
    pub fn new(width: u32, height: u32, factor: u32) -> Self {
        let (width, factor) = (width as usize, factor as usize);
        let wide = width / factor;
        let out = Vec::with_capacity(wide * 3 * (height as usize / factor));
        Self { width, factor, wide, sums: vec![0; wide * 3], rows: 0, out }
    }

    /// The next row, RGB.
    pub fn row(&mut self, row: &[u8]) {
        if self.factor == 1 {
            self.out.extend_from_slice(&row[..self.width * 3]);
            return;
        }
        for (sum, block) in self.sums.chunks_exact_mut(3).zip(row.chunks_exact(self.factor * 3)) {
            for pixel in block.chunks_exact(3) {
                for (sum, sample) in sum.iter_mut().zip(pixel) {
                    *sum += u32::from(*sample);
                }
            }
        }
        self.rows += 1;
        if self.rows == self.factor {
            let area = u32::try_from(self.factor * self.factor).unwrap_or(u32::MAX);
            self.out.extend(self.sums.iter().map(|sum| u8::try_from(sum / area).unwrap_or(u8::MAX)));
            self.sums.fill(0);
            self.rows = 0;
        }
    }

    /// What came of it; rows that fill no block are left out.
    pub fn done(self) -> Result<RgbImage, Refusal> {
        let wide = u32::try_from(self.wide).map_err(|_| Refusal::Failed)?;
        let high = u32::try_from(self.out.len() / (self.wide * 3).max(1)).map_err(|_| Refusal::Failed)?;
        if high == 0 {
            return Err(Refusal::Damaged);
        }
        RgbImage::from_raw(wide, high, self.out).ok_or(Refusal::Failed)
    }
}
