//! What the decoder does not say about a JPEG (ITU-T T.81, annex B).

use std::io::{BufRead, Read as _};

use crate::Refusal;

/// The bytes that all of it takes when that is decoded before the first pixel is known: progressive, lossless or
/// arithmetic, everything but the baseline and its extension. Refuses a file that is cut off, which the decoder may
/// fill up with grey.
pub(crate) fn check(file: &mut impl BufRead) -> Result<u64, Refusal> {
    let mut bytes = 0;
    skip(file, 2)?;
    loop {
        while byte(file)? != 0xff {}
        let mut marker = byte(file)?;
        while marker == 0xff {
            marker = byte(file)?;
        }
        match marker {
            // Without a length: fill bytes and restarts.
            0x00 | 0x01 | 0xd0..=0xd8 => continue,
            0xd9 => return Err(Refusal::Damaged),
            0xc2 | 0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                bytes = coefficients(file)?;
                continue;
            }
            _ => {}
        }
        let length = u16::from_be_bytes([byte(file)?, byte(file)?]);
        skip(file, u64::from(length.checked_sub(2).ok_or(Refusal::Damaged)?))?;
        // The scans follow; within them 0xff is never followed by the end's own byte.
        if marker == 0xda {
            return ends(file).map(|()| bytes);
        }
    }
}

/// What a frame says of itself (B.2.2): two bytes for each sample of each component.
fn coefficients(file: &mut impl BufRead) -> Result<u64, Refusal> {
    let length = u64::from(u16::from_be_bytes([byte(file)?, byte(file)?]));
    skip(file, 1)?;
    let high = u64::from(u16::from_be_bytes([byte(file)?, byte(file)?]));
    let wide = u64::from(u16::from_be_bytes([byte(file)?, byte(file)?]));
    let components = byte(file)?;
    let (mut most_across, mut most_down, mut samples) = (1, 1, 0);
    for _ in 0..components {
        skip(file, 1)?;
        let factors = u64::from(byte(file)?);
        let (across, down) = (factors >> 4, factors & 15);
        (most_across, most_down) = (most_across.max(across), most_down.max(down));
        samples += across * down;
        skip(file, 1)?;
    }
    skip(file, length.checked_sub(8 + 3 * u64::from(components)).ok_or(Refusal::Damaged)?)?;
    Ok(2 * high * wide * samples / (most_across * most_down))
}

fn byte(file: &mut impl BufRead) -> Result<u8, Refusal> {
    let mut one = [0];
    file.read_exact(&mut one).map_err(|_| Refusal::Damaged)?;
    Ok(one[0])
}

fn skip(file: &mut impl BufRead, bytes: u64) -> Result<(), Refusal> {
    let skipped = std::io::copy(&mut file.by_ref().take(bytes), &mut std::io::sink());
    if skipped.map_err(|_| Refusal::Failed)? == bytes { Ok(()) } else { Err(Refusal::Damaged) }
}

/// Reads on to the mark of the end.
fn ends(file: &mut impl BufRead) -> Result<(), Refusal> {
    let mut before = 0;
    loop {
        let part = file.fill_buf().map_err(|_| Refusal::Failed)?;
        if part.is_empty() {
            return Err(Refusal::Damaged);
        }
        let found = (before == 0xff && part[0] == 0xd9) || part.windows(2).any(|pair| pair == [0xff, 0xd9]);
        if found {
            return Ok(());
        }
        before = part[part.len() - 1];
        let read = part.len();
        file.consume(read);
    }
}
