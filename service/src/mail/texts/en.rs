//! English, in short sentences.

use domain::locale::Locale;
use domain::text;

use super::{
    CodeWords, FrameWords, Letter, Message, NewSignInWords, Part, ToLookAtWords, code_minutes, greetable,
    new_sign_in, notes, report_to_look_at, with_code,
};

pub(super) const FRAME: FrameWords = FrameWords {
    hello: "Hello",
    regards: "Kind regards from",
    help: "Are you stuck? We are happy to help.",
    call: "Call",
    write: "E-mail",
    sent_by: "This mail is from",
};

const BUTTON_AS_TEXT: &str = "Does the button not work? Copy this address and paste it into your browser:";

#[expect(clippy::too_many_lines, reason = "one match over every message: none can be forgotten")]
pub(super) fn letter(message: &Message<'_>, community: &str) -> Letter {
    match *message {
        Message::SignIn { code, link, name, minutes } => Letter {
            subject: format!("Your code for {community}: {code}"),
            heading: format!("Sign in to {community}"),
            name: greetable(name),
            parts: with_code(
                CodeWords {
                    intro: format!("You want to sign in to {community}. There are two ways."),
                    type_this: "Type this code on the page where you are:",
                    or_link: "Or use the link below. You then see a page where you click once more.",
                    label: "Sign me in".into(),
                    as_text: BUTTON_AS_TEXT,
                    lasts: lasts(minutes),
                    not_you: format!(
                        "Did you not want to sign in? Then you need not do anything. Give the code to nobody, not even to someone who says they are from {community}."
                    ),
                },
                code,
                link,
            ),
            why: format!("You get this mail because somebody wanted to sign in to {community} with your e-mail address."),
        },
        Message::SignUp { code, link, name, minutes } => Letter {
            subject: format!("Your code to become a member of {community}: {code}"),
            heading: "One more step and you are a member".into(),
            name: greetable(name),
            parts: with_code(
                CodeWords {
                    intro: format!(
                        "Good to have you with {community}! We only need to know whether this e-mail address is yours."
                    ),
                    type_this: "Type this code on the page where you are:",
                    or_link: "Or use the link below. You then see a page where you click once more.",
                    label: "This is my e-mail address".into(),
                    as_text: BUTTON_AS_TEXT,
                    lasts: lasts(minutes),
                    not_you: "Did you not want to become a member? Then you need not do anything. No account will be made.".into(),
                },
                code,
                link,
            ),
            why: format!("You get this mail because somebody wanted to become a member of {community} with your e-mail address."),
        },
        Message::NoAccount { sign_up_link } => Letter {
            subject: format!("You are not yet a member of {community} with this e-mail address"),
            heading: "You are not a member yet".into(),
            name: None,
            parts: vec![
                Part::Text(format!(
                    "You wanted to sign in to {community}. But there is no account with this e-mail address yet."
                )),
                Part::Text("Perhaps you are a member with another e-mail address. Then try that one.".into()),
                Part::Text("Not a member yet? You are very welcome.".into()),
                Part::Button {
                    label: "Become a member".into(),
                    link: sign_up_link.into(),
                    as_text: BUTTON_AS_TEXT,
                },
                Part::Text("Did you not want to sign in? Then you need not do anything.".into()),
            ],
            why: format!("You get this mail because somebody wanted to sign in to {community} with your e-mail address."),
        },
        Message::AlreadyMember { code, link, name } => Letter {
            subject: format!("You are already a member of {community}. Your code: {code}"),
            heading: format!("You are already a member of {community}"),
            name: greetable(name),
            parts: with_code(
                CodeWords {
                    intro: "You wanted to become a member. But you already are, with this e-mail address. You can sign in right away.".into(),
                    type_this: "Type this code on the page where you are:",
                    or_link: "Or use the link below. You then see a page where you click once more.",
                    label: "Sign me in".into(),
                    as_text: BUTTON_AS_TEXT,
                    lasts: lasts(code_minutes()),
                    not_you: format!(
                        "Was this not you? Then you need not do anything. Give the code to nobody, not even to someone who says they are from {community}."
                    ),
                },
                code,
                link,
            ),
            why: format!("You get this mail because somebody wanted to become a member of {community} with your e-mail address."),
        },
        Message::Note(ref note) => notes::letter(note, Locale::En, community),
        Message::ReportForConnector { address, message, reply_to } => Letter {
            subject: format!("New report on {community}"),
            heading: "There is a new report".into(),
            name: None,
            parts: report_to_look_at(
                &ToLookAtWords {
                    intro: format!("Somebody has reported something on {community}. Will you look at it? The report says:"),
                    look: "Look at the report",
                    as_text: BUTTON_AS_TEXT,
                    no_page: "The report does not say which page it is about.",
                    reach: "You can answer the sender at this e-mail address:",
                    anonymous: "The sender did not fill in an e-mail address.",
                },
                address,
                message,
                reply_to,
            ),
            why: format!("You get this mail because you look at the reports of {community}."),
        },
        Message::NewSignIn { name, label, sessions_link } => Letter {
            subject: format!("Somebody signed in with your account of {community}"),
            heading: "Was this you?".into(),
            name: greetable(name),
            parts: new_sign_in(
                NewSignInWords {
                    intro: format!(
                        "Somebody just signed in with your account of {community}, on a device that we did not know yet: {}.",
                        text::line(label)
                    ),
                    yours: "Was this you? Then you need not do anything.",
                    not_yours: "Was this not you? Then sign out that device through the link below, and call us.",
                    label: "See where I am signed in",
                    as_text: BUTTON_AS_TEXT,
                },
                sessions_link,
            ),
            why: format!("You get this mail because you are a member of {community}. This way you notice when somebody else uses your account."),
        },
    }
}

fn lasts(minutes: i64) -> String {
    format!("The code and the link work for {minutes} minutes, and only once.")
}
