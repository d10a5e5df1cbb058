//! Writes a photo of twelve megapixels to the file that is named, as a telephone makes them: soft colours and some
//! grain. For the bench, which has nothing but the standard library.

use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: photo FILE")?;
    let mut state = 1_u32;
    let picture = RgbImage::from_fn(4_000, 3_000, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (state >> 28).to_le_bytes()[0];
        let soft = |part: u32| (part >> 4).to_le_bytes()[0] / 2 + 64 + grain;
        image::Rgb([soft(x), soft(y), soft(x + y)])
    });
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    JpegEncoder::new_with_quality(&mut file, 90).encode_image(&picture)?;
    Ok(())
}
