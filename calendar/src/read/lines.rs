//! The lines of a file: joined where they were folded, and taken apart (RFC 5545, 3.1).

/// A name, what goes with it, and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// In capitals.
    pub name: String,
    parameters: Vec<(String, String)>,
    pub value: String,
}

impl Line {
    /// `None` for what is no such line.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, mut rest) = text.split_at(text.find([';', ':'])?);
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !plain {
            return None;
        }
        let mut parameters = Vec::new();
        while let Some(after) = rest.strip_prefix(';') {
            let (parameter, after) = after.split_once('=')?;
            let end = end_of_parameter(after)?;
            parameters.push((parameter.to_ascii_uppercase(), after[..end].replace('"', "")));
            rest = &after[end..];
        }
        let value = rest.strip_prefix(':')?.to_owned();
        Some(Self { name: name.to_ascii_uppercase(), parameters, value })
    }

    /// What goes with it under this name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The value as people read it (RFC 5545, 3.3.11).
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(self.value.len());
        let mut chars = self.value.chars().peekable();
        while let Some(c) = chars.next() {
            let escaped = (c == '\\').then(|| chars.peek().copied()).flatten();
            match escaped {
                Some('n' | 'N') => out.push('\n'),
                Some(mark @ ('\\' | ';' | ',')) => out.push(mark),
                _ => {
                    out.push(c);
                    continue;
                }
            }
            chars.next();
        }
        out
    }
}

/// Where the value of a parameter ends: at the next mark that is not within quotes.
fn end_of_parameter(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, c)| {
        if c == '"' {
            quoted = !quoted;
        }
        (!quoted && matches!(c, ';' | ':')).then_some(at)
    })
}

/// The lines with the numbers that they begin on. They are joined before they are read as text: some programs fold
/// within a character.
pub(super) fn unfolded(bytes: &[u8]) -> Vec<(u32, String)> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut lines: Vec<(u32, Vec<u8>)> = Vec::new();
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match (line.first(), lines.last_mut()) {
            (Some(b' ' | b'\t'), Some((_, before))) => before.extend_from_slice(&line[1..]),
            (None, _) => {}
            _ => lines.push((number, line.to_vec())),
        }
    }
    lines.into_iter().map(|(number, line)| (number, text(line))).collect()
}

/// What is no UTF-8 is from a program of the time before (ISO 8859-1).
fn text(line: Vec<u8>) -> String {
    String::from_utf8(line)
        .unwrap_or_else(|error| error.as_bytes().iter().map(|byte| char::from(*byte)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_joined_where_it_was_folded_also_within_a_character() {
        let file = b"\xef\xbb\xbfSUMMARY:Caf\xc3\r\n \xa9 en\n\t thee\r\n\r\nNAME:a\n";
        let lines = unfolded(file);
        assert_eq!(lines, [(1, "SUMMARY:Café en thee".to_owned()), (5, "NAME:a".to_owned())]);
    }

    #[test]
    fn a_line_of_an_old_program_is_read_too() {
        assert_eq!(unfolded(b"SUMMARY:Caf\xe9")[0].1, "SUMMARY:Café");
    }

    #[test]
    fn quotes_keep_marks_together() {
        let line =
            Line::parse("dtstart;Value=DATE-TIME;TZID=\"(UTC+01:00) Amsterdam; Berlin\":20261201T100000")
                .expect("a line");
        assert_eq!(line.name, "DTSTART");
        assert_eq!(line.parameter("TZID"), Some("(UTC+01:00) Amsterdam; Berlin"));
        assert_eq!(line.parameter("VALUE"), Some("DATE-TIME"));
        assert_eq!(line.value, "20261201T100000");
        for none in ["", "SUMMARY", ":x", "A B:x", "A;B:x", "A;B=\"c:x"] {
            assert_eq!(Line::parse(none), None, "{none}");
        }
    }

    #[test]
    fn marks_that_were_written_out_are_marks_again() {
        let line = Line::parse("DESCRIPTION:a\\, b\\; c\\\\ d\\ne\\Nf \\x \\").expect("a line");
        assert_eq!(line.text(), "a, b; c\\ d\ne\nf \\x \\");
    }
}
