//! A picture that stands for a text where somebody shares its address: the title and the community's name, in its
//! colours. Drawn with a font of our own, so that it is the same on every machine.

use image::ImageEncoder as _;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// Of the picture, in pixels: what the sites that show such pictures ask for (Open Graph).
pub const WIDTH: u32 = 1200;
pub const HEIGHT: u32 = 630;

const MARGIN: f32 = 72.0;
const FOOT: f32 = 118.0;
/// The first size at which the title fits is taken, in pixels.
const SIZES: [f32; 5] = [92.0, 78.0, 66.0, 56.0, 48.0];
const LINE: f32 = 1.18;
/// What is longer is not looked at, in characters.
const LONGEST: usize = 300;

/// What is on the picture. Colours are red, green and blue.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    pub title: &'a str,
    /// What kind of text it is.
    pub kind: &'a str,
    pub community: &'a str,
    pub brand: [u8; 3],
    pub paper: [u8; 3],
}

/// The picture as a PNG file; `None` when it cannot be made, which the fonts of this crate and enough memory exclude.
pub fn draw(card: &Card<'_>) -> Option<Vec<u8>> {
    let font = Font::load()?;
    let mut canvas = Pixmap::new(WIDTH, HEIGHT)?;
    let (width, height) = (1200.0, 630.0);
    canvas.fill(colour(card.paper, 255));
    let brand = ink(card.brand, 255);
    for (x, y, radius, strength) in [(1090.0, 96.0, 190.0, 22), (980.0, 20.0, 120.0, 30)] {
        if let Some(circle) = PathBuilder::from_circle(x, y, radius) {
            fill(&mut canvas, &circle, &ink(card.brand, strength));
        }
    }
    if let Some(foot) = Rect::from_xywh(0.0, height - FOOT, width, FOOT) {
        canvas.fill_rect(foot, &brand, Transform::identity(), None);
    }
    let room = 2.0f32.mul_add(-MARGIN, width);
    let white = ink([255, 255, 255], 255);
    write(&mut canvas, &font, &font.cut(card.community, 46.0, room), 46.0, (MARGIN, height - 44.0), &white);
    write(&mut canvas, &font, &font.cut(card.kind, 34.0, room), 34.0, (MARGIN, 104.0), &brand);
    let top = 132.0;
    let (size, lines) = font.fitted(card.title, room, height - FOOT - 28.0 - top);
    let dark = ink([28, 36, 33], 255);
    let mut baseline = size.mul_add(0.98, top);
    for line in &lines {
        write(&mut canvas, &font, line, size, (MARGIN, baseline), &dark);
        baseline += size * LINE;
    }
    png(&canvas)
}

/// Without its transparency: there is none.
fn png(canvas: &Pixmap) -> Option<Vec<u8>> {
    let rgb: Vec<u8> =
        canvas.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut out = Vec::with_capacity(48 * 1024);
    PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive)
        .write_image(&rgb, WIDTH, HEIGHT, image::ExtendedColorType::Rgb8)
        .ok()?;
    Some(out)
}

fn colour([red, green, blue]: [u8; 3], strength: u8) -> Color {
    Color::from_rgba8(red, green, blue, strength)
}

fn ink(rgb: [u8; 3], strength: u8) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(colour(rgb, strength));
    paint
}

fn fill(canvas: &mut Pixmap, path: &Path, paint: &Paint<'_>) {
    canvas.fill_path(path, paint, FillRule::Winding, Transform::identity(), None);
}

fn write(
    canvas: &mut Pixmap,
    font: &Font,
    text: &str,
    size: f32,
    (x, baseline): (f32, f32),
    paint: &Paint<'_>,
) {
    let mut pen = Pen { path: PathBuilder::new(), x, baseline, scale: size / font.units };
    for (face, glyph) in text.chars().filter_map(|c| font.glyph(c)) {
        face.outline_glyph(glyph, &mut pen);
        pen.x += f32::from(face.glyph_hor_advance(glyph).unwrap_or_default()) * pen.scale;
    }
    if let Some(path) = pen.path.finish() {
        fill(canvas, &path, paint);
    }
}

/// The letters that pages are shown in: Latin, and more of it.
struct Font {
    faces: [Face<'static>; 2],
    /// To an em, the same in both.
    units: f32,
}

impl Font {
    fn load() -> Option<Self> {
        let latin = Face::parse(include_bytes!("../fonts/card-latin.ttf"), 0).ok()?;
        let more = Face::parse(include_bytes!("../fonts/card-latin-ext.ttf"), 0).ok()?;
        let units = f32::from(latin.units_per_em());
        Some(Self { faces: [latin, more], units })
    }

    fn glyph(&self, letter: char) -> Option<(&Face<'static>, GlyphId)> {
        self.faces.iter().find_map(|face| Some((face, face.glyph_index(letter)?)))
    }

    fn width(&self, text: &str, size: f32) -> f32 {
        let advance = |(face, glyph): (&Face<'_>, GlyphId)| face.glyph_hor_advance(glyph).unwrap_or_default();
        text.chars().filter_map(|c| self.glyph(c)).map(|found| f32::from(advance(found))).sum::<f32>() * size
            / self.units
    }

    /// What of a text can be written; nothing when most of its letters are of another script.
    fn readable(&self, text: &str) -> String {
        let text: String = text.chars().take(LONGEST).collect();
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let known = text.chars().filter(|c| c.is_alphanumeric() && self.glyph(*c).is_some()).count();
        if known * 2 < letters {
            return String::new();
        }
        let shown: String = text.chars().filter(|c| c.is_whitespace() || self.glyph(*c).is_some()).collect();
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// One line, with an ellipsis where it is too long.
    fn cut(&self, text: &str, size: f32, room: f32) -> String {
        let mut line = self.readable(text);
        if self.width(&line, size) <= room {
            return line;
        }
        while !line.is_empty() && self.width(&line, size) + self.width("…", size) > room {
            line.pop();
        }
        line.truncate(line.trim_end().len());
        line + "…"
    }

    /// The size at which the title fits, and its lines; what does not fit at the smallest is cut off.
    fn fitted(&self, title: &str, room: f32, height: f32) -> (f32, Vec<String>) {
        let title = self.readable(title);
        let mut last = (SIZES[SIZES.len() - 1], Vec::new());
        for size in SIZES {
            let lines = self.wrapped(&title, size, room);
            let most = lines_in(height, size);
            if lines.len() <= most {
                return (size, lines);
            }
            last = (size, lines.into_iter().take(most).collect());
        }
        if let Some(line) = last.1.last_mut() {
            *line = self.cut(&format!("{line} …"), last.0, room).trim_end_matches(" …").to_owned() + "…";
        }
        last
    }

    fn wrapped(&self, text: &str, size: f32, room: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_whitespace() {
            for (piece, glued) in self.pieces(word, size, room) {
                let line = lines.last().map_or("", String::as_str);
                let longer = match (line, glued) {
                    ("", _) => piece.clone(),
                    (line, true) => format!("{line}{piece}"),
                    (line, false) => format!("{line} {piece}"),
                };
                if self.width(&longer, size) <= room {
                    lines.pop();
                    lines.push(longer);
                } else {
                    lines.push(piece);
                }
            }
        }
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// A word, in as many pieces as it needs to fit; each but the first goes on right behind the one before.
    fn pieces(&self, word: &str, size: f32, room: f32) -> Vec<(String, bool)> {
        let mut pieces = vec![(String::new(), false)];
        for letter in word.chars() {
            let (piece, _) = pieces.last().cloned().unwrap_or_default();
            let longer = format!("{piece}{letter}");
            if piece.is_empty() || self.width(&longer, size) <= room {
                if let Some((last, _)) = pieces.last_mut() {
                    *last = longer;
                }
            } else {
                pieces.push((letter.to_string(), true));
            }
        }
        pieces
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of lines")]
fn lines_in(height: f32, size: f32) -> usize {
    ((height - size) / (size * LINE)).floor().max(0.0) as usize + 1
}

/// Draws the outlines of letters beside each other: in fonts up is up, in pictures up is down.
struct Pen {
    path: PathBuilder,
    x: f32,
    baseline: f32,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (x.mul_add(self.scale, self.x), y.mul_add(-self.scale, self.baseline))
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: f32 = 1056.0;
    const TALL: f32 = 352.0;

    fn card(title: &str) -> Card<'_> {
        let (brand, paper) = ([11, 107, 80], [251, 250, 246]);
        Card { title, kind: "Nieuws", community: "HalloRietvoorde", brand, paper }
    }

    #[test]
    fn a_card_is_a_picture_of_the_size_that_other_sites_ask_for() {
        let bytes = draw(&card("Wie helpt mee in de moestuin?")).expect("a picture");
        let picture = image::load_from_memory_with_format(&bytes, image::ImageFormat::Png).expect("a PNG");
        assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT));
        assert!(bytes.len() < 100_000, "{}", bytes.len());
        // Where the title stands there is more than paper.
        let picture = picture.to_rgb8();
        let dark = |y: u32| (72..700).any(|x| picture.get_pixel(x, y).0[0] < 60);
        assert!((150..260).any(dark));
    }

    #[test]
    fn no_line_is_wider_than_its_room_and_no_title_higher() {
        let font = Font::load().expect("a font");
        let long = "Burgemeestersketen ".repeat(30);
        let endless = "w".repeat(500);
        for title in
            ["Kort", "Een gewone titel van een bericht over het plein", &long, &endless, "", "…", " "]
        {
            let (size, lines) = font.fitted(title, ROOM, TALL);
            assert!(lines.iter().all(|line| font.width(line, size) <= ROOM + size), "{title}: {lines:?}");
            assert!(lines.len() <= lines_in(TALL, size), "{title}: {lines:?}");
        }
        assert!(font.fitted(&long, ROOM, TALL).1.last().is_some_and(|line| line.ends_with('…')));
    }

    #[test]
    fn what_the_font_does_not_have_is_left_out() {
        let font = Font::load().expect("a font");
        assert_eq!(font.readable("Feest 🎉 in Łódź & café"), "Feest in Łódź & café");
        assert_eq!(font.readable("Ласкаво просимо"), "");
        assert!(draw(&card("Ласкаво просимо 🎉")).is_some());
    }
}
