//! E-mail addresses: strict enough to be safe in a mail header, lenient enough for people.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::limits;
use crate::problem::Fault;
use crate::text;

/// An address in one spelling: trimmed and in lower case, so that one person is one account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The characters of RFC 5322's *dot-atom* before the `@` and of a host name after it; no quoted
    /// parts, comments or line ends, which mail headers could be broken with (TRUST 11).
    ///
    /// # Errors
    /// Empty, too long, or not an address.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let address = text::line(typed).to_lowercase();
        let is = text::length(&address);
        if is == 0 {
            return Err(Fault::Required);
        }
        if is > limits::EMAIL_MAX {
            return Err(Fault::TooLong { max: limits::EMAIL_MAX, is });
        }
        let (local, host) = address.rsplit_once('@').ok_or(Fault::NotAnEmail)?;
        if is_dot_atom(local) && local.len() <= 64 && is_host(host) {
            Ok(Self(address))
        } else {
            Err(Fault::NotAnEmail)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_dot_atom(local: &str) -> bool {
    local.split('.').all(|atom| {
        !atom.is_empty()
            && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b))
    })
}

fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
        && labels.last().is_some_and(|top| top.len() >= 2 && top.bytes().any(|b| b.is_ascii_alphabetic()))
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_person_is_one_account_however_they_type_it() {
        assert_eq!(EmailAddress::parse(" Joke@Example.ORG "), EmailAddress::parse("joke@example.org"));
    }

    #[test]
    fn what_is_no_address_is_refused_kindly() {
        for typed in [
            "joke",
            "joke@",
            "@example.org",
            "jo ke@example.org",
            "joke@example",
            "joke@-a.org",
            "a@b.org\r\nBcc: all@example.org",
            "\"a b\"@example.org",
            "a..b@example.org",
            "joke@example.1",
            "a,b@example.org",
            "<a@example.org>",
        ] {
            assert_eq!(EmailAddress::parse(typed), Err(Fault::NotAnEmail), "{typed}");
        }
        assert_eq!(EmailAddress::parse("  "), Err(Fault::Required));
    }

    proptest! {
        #[test]
        fn no_accepted_address_can_break_a_header(typed in "\\PC{0,80}|[a-z@.\r\n<>, ]{0,40}") {
            if let Ok(address) = EmailAddress::parse(&typed) {
                prop_assert!(!address.as_str().contains(['\r', '\n', '<', '>', ',', ' ', '"']));
            }
        }
    }
}
