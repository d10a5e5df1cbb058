//! Mails: composed in the reader's language, kept in the queue of the database, sent by one adapter.
//!
//! A use case calls [`compose`] and puts the result into the queue in the same transaction as the
//! change the mail is about. [`deliver_due`] sends what is due; nothing else in Noaber sends mail.

pub mod delivery;
mod letter;
mod note;
mod render;
mod seat;
pub mod smtp;
mod texts;

use domain::locale::Locale;
use domain::members::Member;
use domain::platform::Platform;
use domain::text;

pub use delivery::{Mailer, deliver_due, give_up_on_uncertain};
pub use note::Note;
pub use seat::{SeatKind, SeatNote};
pub use smtp::{Security, SetupError, Smtp, SmtpOptions};

/// A mail that is ready for the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    pub subject: String,
    /// The whole mail for who reads plain text; nothing is only in the HTML.
    pub text: String,
    pub html: String,
}

/// What a mail says. Links may be paths on this site ("/lid-worden") or whole addresses.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    /// The code and the link to sign in with.
    SignIn { code: &'a str, link: &'a str, name: &'a str, minutes: i64 },
    /// The code and the link to become a member with.
    SignUp { code: &'a str, link: &'a str, name: &'a str, minutes: i64 },
    /// Somebody asked to sign in with an address that nobody has an account with.
    NoAccount { sign_up_link: &'a str },
    /// Somebody asked to become a member who is one already: signing in is all there is to do.
    AlreadyMember { code: &'a str, link: &'a str, name: &'a str },
    /// What becomes of a notice and of the content that it is about.
    Note(Note<'a>),
    /// A notice, for who has to look at it. Addresses may be empty.
    ReportForConnector { address: &'a str, message: &'a str, reply_to: &'a str },
    /// Somebody signed in on a browser that was not seen before.
    NewSignIn { name: &'a str, label: &'a str, sessions_link: &'a str },
}

impl Message<'_> {
    /// A notice that names no page comes with nothing but the address of the site.
    fn without_empty_page(self, base_url: &str) -> Self {
        let page = |address| if address == base_url { "" } else { address };
        match self {
            Self::ReportForConnector { address, message, reply_to } => {
                Self::ReportForConnector { address: page(address), message, reply_to }
            }
            other => other,
        }
    }
}

/// The mail as it will be sent. Everything in it that a person typed is escaped in the HTML, and
/// cannot end a line in the subject.
pub fn compose(message: &Message<'_>, platform: &Platform, locale: Locale, base_url: &str) -> Composed {
    let letter = texts::letter(&message.without_empty_page(base_url), platform, locale);
    let letter = letter.with_whole_links(base_url);
    let frame = render::Frame { platform, locale, base_url, words: texts::frame_words(locale) };
    Composed {
        subject: text::line(&letter.subject),
        text: render::plain(&letter, &frame),
        html: render::html(&letter, &frame),
    }
}

/// The language of a mail: the receiver's own choice, or else the community's language. The
/// language of whoever filled in the form counts only where there is no account, because a
/// stranger must not choose a member's language (TRUST 22).
pub fn language_for(receiver: Option<&Member>, asked_in: Locale, platform: &Platform) -> Locale {
    let wanted = match receiver {
        Some(member) => member.locale.unwrap_or(platform.locale),
        None => asked_in,
    };
    if platform.locales.contains(&wanted) { wanted } else { platform.locale }
}

/// A name that may stand in a greeting or beside an address: letters, spaces, hyphens,
/// apostrophes and the dots of initials. Anybody can ask for a mail to somebody else's address;
/// with any other text as the "name" that mail would carry their advertisement (TRUST 21).
pub(crate) fn greetable(name: &str) -> Option<String> {
    let name = text::line(name);
    let mut rest = name.chars().peekable();
    let mut letters = 0;
    while let Some(c) = rest.next() {
        let fits = match c {
            ' ' | '-' | '\'' | '’' => true,
            '.' => rest.peek().is_none_or(|next| *next == ' '),
            _ => {
                letters += 1;
                is_part_of_a_word(c)
            }
        };
        if !fits {
            return None;
        }
    }
    (letters > 0 && text::length(&name) <= domain::limits::NAME_MAX).then_some(name)
}

/// Letters of every script, and the marks that are written over or under them.
fn is_part_of_a_word(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{0652}' | '\u{200C}' | '\u{200D}')
}

#[cfg(test)]
mod tests;
