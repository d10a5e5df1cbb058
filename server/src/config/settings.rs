//! Reads settings one by one and remembers, in sentences, what was wrong with each.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use toml::Value;

/// What a setting's value was, and where it stood.
#[derive(Clone, Debug)]
pub struct Given {
    pub value: Value,
    place: String,
}

/// The file and the environment, with everything that was wrong so far.
#[derive(Debug, Default)]
pub struct Settings {
    file_name: String,
    file: BTreeMap<String, Value>,
    environment: BTreeMap<String, String>,
    asked: BTreeSet<&'static str>,
    problems: Vec<String>,
}

const PREFIX: &str = "NOABER_";
/// These steer the program before or beside the configuration, or its tests.
const OTHER_VARIABLES: [&str; 5] =
    ["NOABER_CACHE", "NOABER_CONFIG", "NOABER_TEST_", "NOABER_SKIP_", "NOABER_BENCH_"];

/// The environment variable of a setting: `mail.host` is `NOABER_MAIL_HOST`.
pub fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "_").to_uppercase())
}

impl Settings {
    /// `text` is the content of the file called `file_name`.
    ///
    /// # Errors
    /// A sentence, when the file is not TOML at all.
    pub fn new(file_name: &str, text: &str, environment: BTreeMap<String, String>) -> Result<Self, String> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let line =
                error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
            format!("{file_name} cannot be read: line {line}: {}.", error.message())
        })?;
        let mut file = BTreeMap::new();
        flatten("", table, &mut file);
        Ok(Self { file_name: file_name.to_owned(), file, environment, ..Self::default() })
    }

    /// The value of a setting; the environment goes before the file.
    pub fn take(&mut self, key: &'static str) -> Option<Given> {
        self.asked.insert(key);
        let name = variable(key);
        let from_file = self.file.remove(key);
        if let Some(text) = self.environment.get(&name) {
            return Some(Given {
                value: Value::String(text.clone()),
                place: format!("in the environment variable {name}"),
            });
        }
        from_file.map(|value| Given { value, place: format!("in {}", self.file_name) })
    }

    /// Notes that a value cannot be used. `needed` ends the sentence "it must be …".
    pub fn refuse(&mut self, key: &str, given: &Given, needed: impl Display) {
        let Given { value, place } = given;
        self.problems.push(format!("{key} = {value} ({place}) cannot be used: it must be {needed}."));
    }

    /// The same for a value that nobody should read over a shoulder.
    pub fn refuse_secret(&mut self, key: &str, given: &Given, needed: impl Display) {
        self.problems.push(format!("{key} ({}) cannot be used: it must be {needed}.", given.place));
    }

    /// Notes a problem that is not about one value.
    pub fn note(&mut self, sentence: String) {
        self.problems.push(sentence);
    }

    /// A value through `read`, or `default` when there is none or it was refused.
    pub fn read<T>(
        &mut self,
        key: &'static str,
        default: T,
        needed: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> T {
        let Some(given) = self.take(key) else { return default };
        read(&given.value).unwrap_or_else(|| {
            self.refuse(key, &given, needed);
            default
        })
    }

    /// A text that is not empty.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        self.read(key, None, "a text that is not empty", |value| as_text(value).map(Some))
    }

    pub fn yes_or_no(&mut self, key: &'static str, default: bool) -> bool {
        self.read(key, default, "true or false", |value| match value {
            Value::Boolean(yes) => Some(*yes),
            Value::String(text) => text.parse().ok(),
            _ => None,
        })
    }

    /// A whole number within `range`; `256k` and `2M` are understood.
    pub fn whole(&mut self, key: &'static str, default: u64, range: std::ops::RangeInclusive<u64>) -> u64 {
        let needed = format!("a whole number from {} to {}", range.start(), range.end());
        self.read(key, default, &needed, |value| as_whole(value).filter(|number| range.contains(number)))
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, key: &'static str, default: T, choices: &[(&str, T)]) -> T {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let needed = format!("one of {}", words.join(", "));
        self.read(key, default, &needed, |value| {
            let text = as_text(value)?;
            choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice)
        })
    }

    /// Everything that was wrong, settings that nobody asked for included; and, apart, the
    /// variables that look like ours. Those only earn a warning: container platforms set
    /// `NOABER_PORT` and the like by themselves for a service called "noaber".
    ///
    /// # Errors
    /// The problems, when there are any.
    pub fn finish(mut self) -> Result<Vec<String>, Vec<String>> {
        for key in self.file.keys() {
            let hint =
                nearest(key, &self.asked).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            self.problems.push(format!("{key} (in {}) is not a setting.{hint}", self.file_name));
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let known: BTreeSet<String> = self.asked.iter().map(|key| variable(key)).collect();
        let strange = self.environment.keys().filter(|name| {
            name.starts_with(PREFIX)
                && !known.contains(*name)
                && !OTHER_VARIABLES.iter().any(|other| name.starts_with(other))
        });
        Ok(strange
            .map(|name| format!("The environment variable {name} is not a setting and is ignored."))
            .collect())
    }
}

fn flatten(prefix: &str, table: toml::Table, out: &mut BTreeMap<String, Value>) {
    for (key, value) in table {
        let path = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match value {
            Value::Table(inner) => flatten(&path, inner, out),
            value => {
                out.insert(path, value);
            }
        }
    }
}

pub fn as_text(value: &Value) -> Option<String> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn as_whole(value: &Value) -> Option<u64> {
    match value {
        Value::Integer(number) => u64::try_from(*number).ok(),
        Value::String(text) => {
            let text = text.trim();
            let (digits, unit) = match text.as_bytes().last()? {
                b'k' | b'K' => (&text[..text.len() - 1], 1024),
                b'm' | b'M' => (&text[..text.len() - 1], 1024 * 1024),
                _ => (text, 1),
            };
            digits.trim().parse::<u64>().ok()?.checked_mul(unit)
        }
        _ => None,
    }
}

/// A list in the file, or a text with commas in the environment.
pub fn as_list(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(items) => items.iter().map(as_text).collect(),
        Value::String(text) => {
            Some(text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect())
        }
        _ => None,
    }
}

fn nearest(key: &str, known: &BTreeSet<&'static str>) -> Option<&'static str> {
    known
        .iter()
        .map(|name| (distance(key, name), *name))
        .filter(|(far, _)| *far <= 2)
        .min()
        .map(|(_, name)| name)
}

/// How many letters must be added, dropped or changed (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, against) in other.iter().enumerate() {
            let change = diagonal + usize::from(letter != *against);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str, variables: &[(&str, &str)]) -> Settings {
        let environment = variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Settings::new("noaber.toml", text, environment).expect("TOML")
    }

    #[test]
    fn the_environment_goes_before_the_file() {
        let mut found = settings("[mail]\nhost = 'file'", &[("NOABER_MAIL_HOST", "environment")]);
        assert_eq!(found.text("mail.host").as_deref(), Some("environment"));
        assert_eq!(found.finish(), Ok(vec![]));
    }

    #[test]
    fn a_wrong_value_is_one_sentence_with_key_value_place_and_what_is_allowed() {
        let mut found = settings("[limits]\nbody_bytes = 'much'", &[("NOABER_HSTS", "maybe")]);
        assert_eq!(found.whole("limits.body_bytes", 1, 1..=10), 1);
        assert!(!found.yes_or_no("hsts", false));
        assert_eq!(
            found.finish(),
            Err(vec![
                "limits.body_bytes = \"much\" (in noaber.toml) cannot be used: it must be a whole number from 1 to 10.".into(),
                "hsts = \"maybe\" (in the environment variable NOABER_HSTS) cannot be used: it must be true or false.".into(),
            ])
        );
    }

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        let mut found = settings("databse = 'x'\n[mail]\nshoe = 1", &[]);
        found.text("database");
        found.text("mail.host");
        assert_eq!(
            found.finish(),
            Err(vec![
                "databse (in noaber.toml) is not a setting. Did you mean database?".into(),
                "mail.shoe (in noaber.toml) is not a setting.".into(),
            ])
        );
    }

    #[test]
    fn variables_of_the_surroundings_are_no_reason_to_stop() {
        let found = settings(
            "",
            &[("NOABER_PORT", "tcp://10.0.0.1:80"), ("NOABER_TEST_POSTGRES", "x"), ("PATH", "y")],
        );
        let warnings = found.finish().expect("no problems");
        assert_eq!(warnings, ["The environment variable NOABER_PORT is not a setting and is ignored."]);
    }

    #[test]
    fn sizes_may_be_written_short() {
        let mut found = settings("a = '256k'\nb = ' 2 M'\nc = 7", &[]);
        assert_eq!(found.whole("a", 0, 0..=u64::MAX), 256 * 1024);
        assert_eq!(found.whole("b", 0, 0..=u64::MAX), 2 * 1024 * 1024);
        assert_eq!(found.whole("c", 0, 0..=u64::MAX), 7);
    }

    #[test]
    fn a_file_that_is_not_toml_is_named_with_its_line() {
        let error = Settings::new("noaber.toml", "a = 1\nb = = 2\n", BTreeMap::new()).expect_err("not TOML");
        assert!(error.starts_with("noaber.toml cannot be read: line 2"), "{error}");
    }
}
