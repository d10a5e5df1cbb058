//! The same letter as plain text and as HTML.
//!
//! The HTML is what mail programs understand: one table for the width, styles on the elements,
//! no pictures, nothing from another host. It reads well in order, with headings and a language.

use std::fmt::Write;

use domain::locale::Locale;
use domain::platform::Platform;
use domain::text;

use super::letter::{FrameWords, Letter, Part};

/// What stands around a letter.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub platform: &'a Platform,
    pub locale: Locale,
    pub base_url: &'a str,
    pub words: FrameWords,
}

/// The colours of a community's house style, on white and with white text on `brand`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colours {
    pub brand: &'static str,
    pub deep: &'static str,
    pub tint: &'static str,
    pub ink: &'static str,
    pub soft: &'static str,
    pub paper: &'static str,
    pub line: &'static str,
}

/// Light values of the token sets in `style/themes`; a theme that is not known here gets the first.
pub(super) fn colours(theme: &str) -> Colours {
    match theme {
        "veenzicht" => Colours {
            brand: "#6a3d9a",
            deep: "#4a2a6d",
            tint: "#f0e9f7",
            ink: "#271f33",
            soft: "#5d5369",
            paper: "#fbf8f4",
            line: "#e6dde6",
        },
        _ => Colours {
            brand: "#0b6b50",
            deep: "#084c39",
            tint: "#e4f2ec",
            ink: "#1d2a2f",
            soft: "#51626a",
            paper: "#fbfaf6",
            line: "#e3e0d6",
        },
    }
}

/// How to reach a human being, as label and value. The opening hours are words in the
/// community's own language, and so only stand in mails in that language.
fn ways_to_reach(frame: &Frame<'_>) -> Vec<(&'static str, String, String)> {
    let contact = &frame.platform.contact;
    let phone = text::line(&contact.phone);
    let email = text::line(&contact.email);
    let hours = text::line(&contact.hours);
    let mut ways = Vec::new();
    if !phone.is_empty() {
        let after = if hours.is_empty() || frame.locale != frame.platform.locale {
            String::new()
        } else {
            format!(" ({hours})")
        };
        ways.push((frame.words.call, phone, after));
    }
    if !email.is_empty() {
        ways.push((frame.words.write, email, String::new()));
    }
    ways
}

fn sent_by(frame: &Frame<'_>) -> String {
    let contact = &frame.platform.contact;
    let parts = [&frame.platform.name, &contact.publisher, &contact.address].map(|part| text::line(part));
    let known: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    format!("{} {}.", frame.words.sent_by, known.join(", "))
}

fn greeting(letter: &Letter, frame: &Frame<'_>) -> String {
    match &letter.name {
        Some(name) => format!("{} {name},", frame.words.hello),
        None => format!("{},", frame.words.hello),
    }
}

/// Plain text: paragraphs with an empty line between them, links on lines of their own.
pub(super) fn plain(letter: &Letter, frame: &Frame<'_>) -> String {
    let mut paragraphs = vec![letter.heading.clone(), greeting(letter, frame)];
    for part in &letter.parts {
        paragraphs.push(match part {
            Part::Text(words) => words.clone(),
            Part::Code(code) => format!("    {code}"),
            Part::Button { label, link, .. } => format!("{label}:\n{link}"),
            Part::Link { before, link } => format!("{before}\n{link}"),
            Part::Quote(words) => quoted(words),
        });
    }
    paragraphs.push(format!("{} {}", frame.words.regards, text::line(&frame.platform.name)));
    let ways = ways_to_reach(frame);
    if !ways.is_empty() {
        let mut help = frame.words.help.to_owned();
        for (label, value, after) in ways {
            // Writing to a String cannot fail.
            let _ = write!(help, "\n{label} {value}{after}");
        }
        paragraphs.push(help);
    }
    // "-- " and a line end separate what mail programs leave out of an answer (RFC 3676, 4.3).
    paragraphs.push(format!("-- \n{}\n{}\n{}", letter.why, sent_by(frame), frame.base_url));
    let mut out = paragraphs.join("\n\n");
    out.push('\n');
    out
}

fn quoted(words: &str) -> String {
    words.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

/// Text for HTML, also inside attributes with double quotes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

const FONT: &str = "font-family:'Atkinson Hyperlegible Next',Verdana,Arial,sans-serif";

/// The whole HTML document.
pub(super) fn html(letter: &Letter, frame: &Frame<'_>) -> String {
    let c = colours(&frame.platform.theme);
    let community = escape(&text::line(&frame.platform.name));
    let home = escape(frame.base_url);
    let mut out = String::with_capacity(6_000);
    let mut put = |piece: std::fmt::Arguments<'_>| {
        let _ = out.write_fmt(piece);
    };
    put(format_args!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light\">\n<title>{title}</title>\n</head>\n\
         <body style=\"margin:0;padding:0;background:{paper};color:{ink}\">\n\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background:{paper}\">\
         <tr><td align=\"center\" style=\"padding:24px 12px\">\n\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
         style=\"max-width:600px;background:#ffffff;border:1px solid {line};border-radius:14px;text-align:start\">\n\
         <tr><td style=\"background:{brand};border-radius:13px 13px 0 0;padding:20px 28px;{FONT};font-size:22px;font-weight:700\">\
         <a href=\"{home}\" style=\"color:#ffffff;text-decoration:none\">{community}</a></td></tr>\n\
         <tr><td style=\"padding:28px;{FONT};font-size:18px;line-height:1.55;color:{ink}\">\n\
         <h1 style=\"margin:0 0 16px;font-size:26px;line-height:1.25;color:{deep}\">{heading}</h1>\n\
         <p style=\"margin:0 0 16px\">{greeting}</p>\n",
        lang = frame.locale.tag(),
        title = escape(&text::line(&letter.subject)),
        paper = c.paper,
        ink = c.ink,
        line = c.line,
        brand = c.brand,
        deep = c.deep,
        heading = escape(&letter.heading),
        greeting = escape(&greeting(letter, frame)),
    ));
    for part in &letter.parts {
        put(format_args!("{}\n", part_html(part, c)));
    }
    put(format_args!(
        "<p style=\"margin:24px 0 0\">{} {community}</p>\n</td></tr>\n",
        escape(frame.words.regards)
    ));
    let ways = ways_to_reach(frame);
    if !ways.is_empty() {
        put(format_args!(
            "<tr><td style=\"background:{tint};padding:20px 28px;{FONT};font-size:18px;line-height:1.55;color:{ink}\">\n\
             <p style=\"margin:0 0 4px;font-weight:700\">{help}</p>\n",
            tint = c.tint,
            ink = c.ink,
            help = escape(frame.words.help)
        ));
        for (label, value, after) in ways {
            put(format_args!(
                "<p style=\"margin:0\">{label} <a href=\"{link}\" style=\"color:{deep}\">{value}</a>{after}</p>\n",
                label = escape(label),
                link = escape(&reach_link(&value)),
                deep = c.deep,
                value = escape(&value),
                after = escape(&after)
            ));
        }
        put(format_args!("</td></tr>\n"));
    }
    put(format_args!(
        "<tr><td style=\"padding:20px 28px;{FONT};font-size:15px;line-height:1.5;color:{soft}\">\n\
         <p style=\"margin:0 0 8px\">{why}</p>\n<p style=\"margin:0\">{from}<br>\
         <a href=\"{home}\" style=\"color:{deep}\">{home}</a></p>\n\
         </td></tr>\n</table>\n</td></tr></table>\n</body>\n</html>\n",
        soft = c.soft,
        deep = c.deep,
        why = escape(&letter.why),
        from = escape(&sent_by(frame)),
    ));
    out
}

/// `mailto:` or `tel:`. A number is dialled without the spaces and dashes it is read with.
fn reach_link(value: &str) -> String {
    if value.contains('@') {
        return format!("mailto:{value}");
    }
    let number: String = value.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{number}")
}

fn part_html(part: &Part, c: Colours) -> String {
    match part {
        Part::Text(words) => format!("<p style=\"margin:0 0 16px\">{}</p>", escape(words)),
        // One run of digits without spaces: a double click or a long press selects the whole code.
        Part::Code(code) => format!(
            "<p style=\"margin:0 0 20px;padding:16px;background:{tint};border-radius:14px;text-align:center;\
             font-family:Consolas,Menlo,'Courier New',monospace;font-size:38px;line-height:1.2;font-weight:700;\
             letter-spacing:6px;color:{deep};-webkit-user-select:all;user-select:all\">{code}</p>",
            tint = c.tint,
            deep = c.deep,
            code = escape(code)
        ),
        Part::Button { label, link, as_text } => format!(
            "<p style=\"margin:0 0 12px\"><a href=\"{link}\" style=\"display:inline-block;background:{brand};\
             color:#ffffff;border-radius:999px;padding:14px 28px;font-weight:700;text-align:center;text-decoration:none\">{label}</a></p>\n\
             <p style=\"margin:0 0 20px;font-size:15px;line-height:1.5;color:{soft}\">{as_text}<br>\
             <a href=\"{link}\" style=\"color:{deep};word-break:break-all\">{link}</a></p>",
            brand = c.brand,
            soft = c.soft,
            deep = c.deep,
            label = escape(label),
            link = escape(link),
            as_text = escape(as_text)
        ),
        Part::Link { before, link } => format!(
            "<p style=\"margin:0 0 16px\">{before}<br><a href=\"{link}\" style=\"color:{deep};word-break:break-all\">{link}</a></p>",
            before = escape(before),
            deep = c.deep,
            link = escape(link)
        ),
        Part::Quote(words) => format!(
            "<blockquote style=\"margin:0 0 16px;padding:4px 0 4px 16px;border-left:4px solid {brand};white-space:pre-line\">{words}</blockquote>",
            brand = c.brand,
            words = escape(words)
        ),
    }
}
