//! What mails say. Each language is a `match` over every message, so that a language that lacks
//! one does not compile.

mod de;
mod en;
mod nl;
mod notes;

use domain::locale::Locale;
use domain::members::sign_in::CHALLENGE_LASTS;
use domain::platform::Platform;
use domain::text;

use super::letter::{FrameWords, Letter, Part};
use super::{Message, greetable};

pub(super) fn letter(message: &Message<'_>, platform: &Platform, locale: Locale) -> Letter {
    let community = text::line(&platform.name);
    match locale {
        Locale::Nl => nl::letter(message, &community),
        Locale::En => en::letter(message, &community),
        Locale::De => de::letter(message, &community),
    }
}

pub(super) fn frame_words(locale: Locale) -> FrameWords {
    match locale {
        Locale::Nl => nl::FRAME,
        Locale::En => en::FRAME,
        Locale::De => de::FRAME,
    }
}

/// How long a code works, for messages that do not carry it.
const fn code_minutes() -> i64 {
    CHALLENGE_LASTS.0 / 60_000
}

/// The parts that every mail with a code shares: only the words differ.
struct CodeWords {
    intro: String,
    type_this: &'static str,
    or_link: &'static str,
    label: String,
    as_text: &'static str,
    lasts: String,
    not_you: String,
}

fn with_code(words: CodeWords, code: &str, link: &str) -> Vec<Part> {
    vec![
        Part::Text(words.intro),
        Part::Text(words.type_this.into()),
        Part::Code(text::line(code)),
        Part::Text(words.or_link.into()),
        Part::Button { label: words.label, link: link.into(), as_text: words.as_text },
        Part::Text(words.lasts),
        Part::Text(words.not_you),
    ]
}

/// The parts of a mail to who has to look at a notice.
struct ToLookAtWords {
    intro: String,
    look: &'static str,
    as_text: &'static str,
    no_page: &'static str,
    reach: &'static str,
    anonymous: &'static str,
}

fn report_to_look_at(words: &ToLookAtWords, address: &str, message: &str, reply_to: &str) -> Vec<Part> {
    let reply_to = text::line(reply_to);
    vec![
        Part::Text(words.intro.clone()),
        Part::Quote(text::lines(message)),
        if address.is_empty() {
            Part::Text(words.no_page.into())
        } else {
            Part::Button { label: words.look.into(), link: address.into(), as_text: words.as_text }
        },
        Part::Text(if reply_to.is_empty() {
            words.anonymous.into()
        } else {
            format!("{} {reply_to}", words.reach)
        }),
    ]
}

/// The parts of the mail about a sign-in on a new browser.
struct NewSignInWords {
    intro: String,
    yours: &'static str,
    not_yours: &'static str,
    label: &'static str,
    as_text: &'static str,
}

fn new_sign_in(words: NewSignInWords, sessions_link: &str) -> Vec<Part> {
    vec![
        Part::Text(words.intro),
        Part::Text(words.yours.into()),
        Part::Text(words.not_yours.into()),
        Part::Button { label: words.label.into(), link: sessions_link.into(), as_text: words.as_text },
    ]
}
