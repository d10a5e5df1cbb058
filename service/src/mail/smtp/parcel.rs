//! A mail as the bytes of RFC 5322. lettre writes every header and encodes what is not ASCII;
//! no header is put together here.

use std::time::{Duration, SystemTime};

use domain::clock::Timestamp;
use domain::id::MailId;
use domain::text;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use crate::mail::greetable;

/// One mail, addressed.
#[derive(Clone, Copy, Debug)]
pub struct Parcel<'a> {
    pub id: MailId,
    pub at: Timestamp,
    /// The community's name.
    pub from_name: &'a str,
    pub from_address: &'a str,
    /// Where answers go: the community's own address, read by people. May be empty.
    pub reply_to: &'a str,
    pub to_name: &'a str,
    pub to_address: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
    /// An invitation for a calendar (RFC 6047); empty for none.
    pub calendar: &'a str,
}

impl Parcel<'_> {
    /// The mail, or in a word why it cannot be one.
    pub(super) fn message(&self) -> Result<Message, &'static str> {
        let from: Address = self.from_address.parse().map_err(|_| "sender address")?;
        let to: Address = self.to_address.parse().map_err(|_| "receiver address")?;
        // The same for every attempt, so that a receiver who gets a mail twice after all sees one (RFC 5322, 3.6.4).
        let message_id = format!("<{}@{}>", self.id, from.domain());
        let mut builder = Message::builder()
            .from(Mailbox::new(self.community(), from))
            .to(Mailbox::new(greetable(self.to_name), to))
            .subject(clipped(self.subject))
            .date(moment(self.at))
            .message_id(Some(message_id))
            .header(AutoSubmitted);
        if let Ok(reply_to) = self.reply_to.parse::<Address>() {
            builder = builder.reply_to(Mailbox::new(self.community(), reply_to));
        }
        let message = builder.multipart(self.body()?).map_err(|_| "contents")?;
        if message.envelope().to().iter().chain(message.envelope().from()).all(is_ascii) {
            Ok(message)
        } else {
            // Internationalised addresses need SMTPUTF8, which few servers speak; `domain` accepts none.
            Err("address not ascii")
        }
    }

    /// The same twice; with an invitation three times: as the third alternative for programs that know calendars, and
    /// as a file for those that only know files.
    fn body(&self) -> Result<MultiPart, &'static str> {
        let words = MultiPart::alternative_plain_html(self.text.to_owned(), self.html.to_owned());
        if self.calendar.is_empty() {
            return Ok(words);
        }
        let cancels = self.calendar.contains("\r\nMETHOD:CANCEL\r\n");
        let method = if cancels { "CANCEL" } else { "REQUEST" };
        let kind: ContentType =
            format!("text/calendar; charset=utf-8; method={method}").parse().map_err(|_| "calendar")?;
        let invitation = SinglePart::builder().header(kind).body(self.calendar.to_owned());
        let file: ContentType = "application/ics".parse().map_err(|_| "calendar")?;
        let attached = Attachment::new("agenda.ics".to_owned()).body(self.calendar.to_owned(), file);
        Ok(MultiPart::mixed().multipart(words.singlepart(invitation)).singlepart(attached))
    }

    fn community(&self) -> Option<String> {
        Some(clipped(self.from_name)).filter(|name| !name.is_empty())
    }
}

/// One line, short enough for a header: lettre folds at spaces only, and no line of a mail may have
/// more than 998 characters (RFC 5322, 2.1.1).
fn clipped(words: &str) -> String {
    text::line(words).chars().take(200).collect()
}

fn is_ascii(address: &Address) -> bool {
    AsRef::<str>::as_ref(address).is_ascii()
}

fn moment(at: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(at.0).unwrap_or_default())
}

/// `Auto-Submitted: auto-generated` (RFC 3834, 5): out-of-office programs do not answer.
#[derive(Clone, Copy, Debug)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::chance::Random;

    struct Zeros;
    impl Random for Zeros {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    fn parcel() -> Parcel<'static> {
        Parcel {
            id: MailId::new(Timestamp(1_790_000_000_000), &Zeros),
            at: Timestamp(1_790_000_000_000),
            from_name: "HalloRietvoorde",
            from_address: "post@example.org",
            reply_to: "hulp@example.org",
            to_name: "Zoë Özdemir",
            to_address: "zoe@example.org",
            subject: "Je code voor HalloRietvoorde: 123456",
            text: "Dag Zoë,\n",
            html: "<p>Dag Zoë,</p>",
            calendar: "",
        }
    }

    fn headers(parcel: &Parcel<'_>) -> String {
        let bytes = parcel.message().unwrap().formatted();
        let text = String::from_utf8(bytes).unwrap();
        text.split("\r\n\r\n").next().unwrap().to_owned()
    }

    /// The names of the header lines, without what is folded.
    fn names(headers: &str) -> Vec<String> {
        headers
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .filter_map(|line| line.split_once(':'))
            .map(|(name, _)| name.to_lowercase())
            .collect()
    }

    #[test]
    fn nothing_that_a_person_typed_adds_a_header() {
        let expected = names(&headers(&parcel()));
        let attacks = [
            "x\r\nBcc: everyone@example.org",
            "x\nBcc: everyone@example.org",
            "x\rBcc: everyone@example.org",
            "x\r\n\r\n<h1>body</h1>",
            "x\u{2028}Bcc: everyone@example.org",
            "x\u{0}\u{b}\u{c}\u{85}Bcc: everyone@example.org",
            "=?utf-8?q?x=0D=0ABcc:_everyone@example.org?=",
            "\"x\" <everyone@example.org>, \"y",
        ];
        for attack in attacks {
            let long = attack.repeat(40);
            for words in [attack, long.as_str()] {
                let attacked = Parcel { subject: words, to_name: words, from_name: words, ..parcel() };
                let headers = headers(&attacked);
                assert_eq!(names(&headers), expected, "{words:?}");
                assert!(headers.is_ascii(), "{words:?}");
                assert!(headers.split("\r\n").all(|line| !line.contains(['\r', '\n'])), "{words:?}");
                assert!(headers.split("\r\n").all(|line| line.len() < 998), "{words:?}");
            }
            let message = Parcel { to_name: attack, ..parcel() }.message().unwrap();
            assert_eq!(message.envelope().to().len(), 1, "{attack:?}");
        }
    }

    #[test]
    fn an_address_that_would_break_a_header_is_no_mail() {
        for to_address in ["a@b.org\r\nBcc: c@d.org", "a@b.org>,<c@d.org", "", "a b@c.org", "jö@example.org"]
        {
            assert!(Parcel { to_address, ..parcel() }.message().is_err(), "{to_address:?}");
        }
        let reply = headers(&Parcel { reply_to: "a@b.org\r\nBcc: c@d.org", ..parcel() });
        assert!(!reply.contains("Bcc"));
    }

    #[test]
    fn every_attempt_carries_the_same_message_id() {
        let first = headers(&parcel());
        let later = headers(&Parcel { at: Timestamp(1_790_000_060_000), ..parcel() });
        let id = |headers: &str| {
            headers.split("\r\n").find(|line| line.starts_with("Message-ID")).map(str::to_owned)
        };
        assert!(id(&first).unwrap().contains(&parcel().id.to_string()));
        assert_eq!(id(&first), id(&later));
        assert!(first.contains("Auto-Submitted: auto-generated"));
    }

    #[test]
    fn an_invitation_stands_beside_the_words_and_as_a_file() {
        for (method, word) in [("REQUEST", "request"), ("CANCEL", "cancel")] {
            let calendar = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\nEND:VCALENDAR\r\n");
            let message = Parcel { calendar: &calendar, ..parcel() }.message().unwrap();
            let text = String::from_utf8(message.formatted()).unwrap().to_lowercase();
            assert!(text.contains(&format!("content-type: text/calendar; charset=utf-8; method={word}")));
            assert!(text.contains("content-type: multipart/mixed"));
            assert!(text.contains("filename=\"agenda.ics\""));
            assert_eq!(text.matches("content-type: text/plain").count(), 1);
        }
    }

    #[test]
    fn an_advertisement_is_not_a_name() {
        let headers = headers(&Parcel { to_name: "Win 1000 euro op www.example.org", ..parcel() });
        assert!(!headers.contains("euro"));
        assert!(headers.contains("To: zoe@example.org"));
    }
}
