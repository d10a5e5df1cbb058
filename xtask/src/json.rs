//! Just enough JSON to read what cargo, npm and the locales say.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    Null,
    Flag(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl Json {
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader { rest: text.chars().peekable(), read: 0 };
        let value = reader.value()?;
        reader.blanks();
        match reader.rest.next() {
            None => Ok(value),
            Some(_) => Err(reader.problem("more than one value")),
        }
    }

    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    pub fn entries(&self) -> &[(String, Self)] {
        if let Self::Map(entries) = self { entries } else { &[] }
    }
}

/// Text as JSON, with its quotes.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    read: usize,
}

impl Reader<'_> {
    fn problem(&self, what: &str) -> String {
        format!("{what} after {} characters", self.read)
    }

    fn next(&mut self) -> Option<char> {
        self.read += 1;
        self.rest.next()
    }

    fn blanks(&mut self) {
        while self.rest.peek().is_some_and(char::is_ascii_whitespace) {
            self.next();
        }
    }

    fn peek(&mut self) -> Option<char> {
        self.blanks();
        self.rest.peek().copied()
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        self.blanks();
        if self.next() == Some(wanted) { Ok(()) } else { Err(self.problem(&format!("no {wanted}"))) }
    }

    fn value(&mut self) -> Result<Json, String> {
        match self.peek() {
            Some('"') => self.string().map(Json::Text),
            Some('{') => self.map(),
            Some('[') => self.list(),
            Some(_) => self.word(),
            None => Err(self.problem("no value")),
        }
    }

    fn map(&mut self) -> Result<Json, String> {
        self.expect('{')?;
        let mut entries = Vec::new();
        if self.peek() == Some('}') {
            self.next();
            return Ok(Json::Map(entries));
        }
        loop {
            self.blanks();
            let key = self.string()?;
            self.expect(':')?;
            entries.push((key, self.value()?));
            self.blanks();
            match self.next() {
                Some(',') => {}
                Some('}') => return Ok(Json::Map(entries)),
                _ => return Err(self.problem("no , or }")),
            }
        }
    }

    fn list(&mut self) -> Result<Json, String> {
        self.expect('[')?;
        let mut items = Vec::new();
        if self.peek() == Some(']') {
            self.next();
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value()?);
            self.blanks();
            match self.next() {
                Some(',') => {}
                Some(']') => return Ok(Json::List(items)),
                _ => return Err(self.problem("no , or ]")),
            }
        }
    }

    fn string(&mut self) -> Result<String, String> {
        self.expect('"')?;
        let mut text = String::new();
        loop {
            match self.next().ok_or_else(|| self.problem("no end of text"))? {
                '"' => return Ok(text),
                '\\' => self.escape(&mut text)?,
                other => text.push(other),
            }
        }
    }

    fn escape(&mut self, text: &mut String) -> Result<(), String> {
        match self.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('u') => {
                let mut unit = self.unit()?;
                if (0xd800..0xdc00).contains(&unit) {
                    self.expect('\\')?;
                    self.expect('u')?;
                    unit = 0x1_0000 + ((unit - 0xd800) << 10) + (self.unit()?.wrapping_sub(0xdc00) & 0x3ff);
                }
                text.push(char::from_u32(unit).ok_or_else(|| self.problem("no character"))?);
            }
            Some(other) => text.push(other),
            None => return Err(self.problem("no end of text")),
        }
        Ok(())
    }

    fn unit(&mut self) -> Result<u32, String> {
        let digits: String = (0..4).filter_map(|_| self.next()).collect();
        u32::from_str_radix(&digits, 16).map_err(|_| self.problem("no hexadecimal number"))
    }

    fn word(&mut self) -> Result<Json, String> {
        let mut word = String::new();
        while let Some(next) =
            self.rest.peek().copied().filter(|next| next.is_ascii_alphanumeric() || "+-.".contains(*next))
        {
            word.push(next);
            self.next();
        }
        match word.as_str() {
            "null" => Ok(Json::Null),
            "true" => Ok(Json::Flag(true)),
            "false" => Ok(Json::Flag(false)),
            number => number.parse().map(Json::Number).map_err(|_| self.problem("no value")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_is_read() {
        let json = Json::parse(r#" {"a": [1, -2.5e1, true, null], "b": "x\"\né😀", "c": {}, "d": []} "#)
            .expect("json");
        let numbers = json.get("a").expect("a").items();
        assert_eq!(numbers, [Json::Number(1.0), Json::Number(-25.0), Json::Flag(true), Json::Null]);
        assert_eq!(json.get("b").and_then(Json::text), Some("x\"\né😀"));
        assert_eq!(Json::parse(r#""\u00e9\ud83d\ude00""#), Ok(Json::Text("é😀".to_owned())));
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in ["", "{", "[1,]", "{\"a\" 1}", "\"open", "1 2", "what", "\"\\u12\""] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn quoted_text_is_read_back() {
        let text = "een \"twee\"\\drie\n\u{1}";
        assert_eq!(Json::parse(&quoted(text)), Ok(Json::Text(text.to_owned())));
    }
}
