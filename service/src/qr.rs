//! QR codes (ISO/IEC 18004) as pictures for paper.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// The border that readers need (ISO/IEC 18004, 9.1), in modules.
const QUIET: usize = 4;

/// An address as an SVG in black on white, with `label` for who cannot see it; empty for what is too long for a code.
/// A quarter of it may be damaged: posters hang in the rain.
pub fn svg(address: &str, class: &str, label: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::Q) else {
        return String::new();
    };
    let width = code.width();
    let whole = width + 2 * QUIET;
    let mut dark = String::new();
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
        let _ = write!(dark, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    let (class, label) = (escaped(class), escaped(label));
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {whole} {whole}\" role=\"img\" aria-label=\"{label}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/><path fill=\"#000\" \
         d=\"{dark}\"/></svg>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    /// Each module as a square of so many pixels.
    const SIDE: usize = 6;

    /// What is dark in the picture, drawn as a browser would.
    fn drawn(svg: &str) -> (usize, Vec<bool>) {
        let (_, size) = svg.split_once("viewBox=\"0 0 ").expect("a size");
        let whole: usize = size.split(' ').next().and_then(|size| size.parse().ok()).expect("a number");
        let (_, path) = svg.split_once("#000\" d=\"").expect("a path");
        let mut dark = vec![false; whole * whole];
        for square in path.split('"').next().expect("its end").split_terminator("h1v1h-1z") {
            let (x, y) = square.trim_start_matches('M').split_once(' ').expect("a corner");
            let (x, y): (usize, usize) = (x.parse().expect("x"), y.parse().expect("y"));
            dark[y * whole + x] = true;
        }
        (whole, dark)
    }

    #[test]
    fn another_program_reads_the_address_from_the_picture() {
        let address = "https://hallorietvoorde.example.org/activiteiten/0198c0de-0000-7000-8000-000000000000";
        let (whole, dark) = drawn(&super::svg(address, "code", "Een code"));
        let pixels = whole * SIDE;
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(pixels, pixels, |x, y| {
            if dark[y / SIDE * whole + x / SIDE] { 0 } else { 255 }
        });
        let found = picture.detect_grids();
        assert_eq!(found.len(), 1);
        let (_, read) = found[0].decode().expect("readable");
        assert_eq!(read, address);
    }

    #[test]
    fn what_stands_beside_the_code_cannot_end_it() {
        let svg = super::svg("https://example.org/", "a", "\"><script>");
        assert!(!svg.contains("<script"), "{svg}");
        assert_eq!(super::svg(&"x".repeat(4_000), "a", "b"), "");
    }
}
