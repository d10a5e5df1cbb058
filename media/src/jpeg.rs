//! What the decoder does not say about a JPEG (ITU-T T.81, annex B).

use crate::{PROGRESSIVE_MAX, Refusal};

/// Refuses one that is cut off, which the decoder fills up with grey, and a progressive one whose coefficients would
/// take too much memory.
pub(crate) fn check(bytes: &[u8], pixels: u64) -> Result<(), Refusal> {
    let mut rest = bytes.get(2..).ok_or(Refusal::Damaged)?;
    loop {
        let start = rest.iter().position(|byte| *byte == 0xff).ok_or(Refusal::Damaged)?;
        rest = &rest[start..];
        let skip = rest.iter().position(|byte| *byte != 0xff).ok_or(Refusal::Damaged)?;
        let marker = rest[skip];
        rest = &rest[skip + 1..];
        match marker {
            // Without a length: fill bytes and restarts.
            0x00 | 0x01 | 0xd0..=0xd8 => continue,
            0xd9 => return Err(Refusal::Damaged),
            // All but the baseline and its extension are progressive, lossless or arithmetic.
            0xc2 | 0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf if pixels > PROGRESSIVE_MAX => {
                return Err(Refusal::TooLarge);
            }
            _ => {}
        }
        let length = rest.first_chunk::<2>().map(|two| usize::from(u16::from_be_bytes(*two)));
        rest = length.and_then(|length| rest.get(length..)).ok_or(Refusal::Damaged)?;
        // The scans follow; within them 0xff is never followed by the end's own byte.
        if marker == 0xda {
            let ends = rest.windows(2).any(|pair| pair == [0xff, 0xd9]);
            return if ends { Ok(()) } else { Err(Refusal::Damaged) };
        }
    }
}
