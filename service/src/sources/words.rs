//! From the words of other programs to ours: without the mark-up of some, and with nothing in them that means something
//! in Markdown.

use domain::text;

/// What stands between `<` and `>` in the texts of Google and Outlook.
const MARKUP: [&str; 12] =
    ["<br", "<p>", "<p ", "</p", "<b>", "<a ", "<div", "<ul", "<ol", "<li", "<span", "<html"];
/// Bytes of an address within a text.
const LINK_MAX: usize = 1_000;
/// Names of characters that programs write out.
const NAMES: [(&str, char); 24] = [
    ("amp", '&'),
    ("apos", '\''),
    ("auml", 'ä'),
    ("bull", '•'),
    ("ccedil", 'ç'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("euml", 'ë'),
    ("euro", '€'),
    ("gt", '>'),
    ("hellip", '…'),
    ("iuml", 'ï'),
    ("ldquo", '“'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("ouml", 'ö'),
    ("quot", '"'),
    ("rdquo", '”'),
    ("rsquo", '’'),
    ("uuml", 'ü'),
];

/// A line.
pub(super) fn line(raw: &str, most: u32) -> String {
    shortened(&text::line(&entities(raw)), most)
}

/// A text, as Markdown that shows it as it is.
pub(super) fn markdown(raw: &str, most: u32) -> String {
    let lower = raw.to_ascii_lowercase();
    let plain =
        if MARKUP.iter().any(|tag| lower.contains(tag)) { without_markup(raw) } else { raw.to_owned() };
    let plain = text::lines(&entities(&plain));
    // What is written out takes more room than what it stands for; what does not fit is cut before.
    let mut room = most;
    loop {
        let written: Vec<String> = shortened(&plain, room).lines().map(written).collect();
        let written = written.join("\n");
        let is = text::length(&written);
        if is <= most {
            return written.trim().to_owned();
        }
        room = room.saturating_sub(is - most).min(room * 9 / 10);
    }
}

fn shortened(text: &str, most: u32) -> String {
    let most = most as usize;
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// An address on the web; nothing for what is none.
pub(super) fn address(raw: &str, most: u32) -> String {
    let raw = raw.trim();
    let rest = raw.strip_prefix("https://").or_else(|| raw.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default()).unwrap_or_default();
    let plain = raw
        .chars()
        .all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '<' | '>' | '\\' | '`'));
    let named = host.contains('.') && !host.contains('@');
    if plain && named && text::length(raw) <= most { raw.to_owned() } else { String::new() }
}

/// `&#8220;` and `&amp;` as the characters that they mean.
fn entities(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // No further than any name is long: a text of nothing but `&` is gone through once.
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let name = end.and_then(|end| rest.get(1..end));
        if let Some((name, c)) = name.and_then(|name| Some((name, character(name)?))) {
            out.push(c);
            rest = &rest[name.len() + 2..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out + rest
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMES.iter().find(|(other, _)| *other == name).map(|(_, c)| *c);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(number)
}

/// HTML as text: lines where it has lines, and addresses behind the words that led to them.
fn without_markup(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut link: Option<(String, usize)> = None;
    while let Some(at) = rest.find('<') {
        push_words(&mut out, &rest[..at]);
        rest = &rest[at..];
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        match name.to_ascii_lowercase().trim_end_matches('/') {
            hidden @ ("script" | "style" | "head") => {
                let close = format!("</{hidden}");
                let is_close = |at: &usize| {
                    rest.get(*at..at + close.len()).is_some_and(|here| here.eq_ignore_ascii_case(&close))
                };
                let ends = rest.match_indices("</").map(|(at, _)| at).find(is_close);
                rest = ends.map_or("", |at| &rest[at..]);
            }
            "br" | "tr" | "/tr" | "div" | "/div" | "ul" | "/ul" | "ol" | "/ol" => end_line(&mut out),
            "p" | "/p" | "h1" | "h2" | "h3" | "h4" | "/h1" | "/h2" | "/h3" | "/h4" => {
                end_line(&mut out);
                if !out.is_empty() && !out.ends_with("\n\n") {
                    out.push('\n');
                }
            }
            "li" => {
                end_line(&mut out);
                out.push_str("- ");
            }
            "a" => link = href(tag).map(|href| (href, out.len())),
            "/a" => {
                if let Some((href, from)) = link.take()
                    && !out[from..].contains(href.trim_end_matches('/'))
                {
                    out.push_str(" (");
                    out.push_str(&href);
                    out.push(')');
                }
            }
            _ => {}
        }
    }
    push_words(&mut out, rest);
    out
}

/// Line ends mean nothing in HTML.
fn push_words(out: &mut String, words: &str) {
    for c in words.chars() {
        let c = if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
        if c != ' ' || !out.ends_with([' ', '\n']) {
            out.push(c);
        }
    }
}

fn end_line(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

fn href(tag: &str) -> Option<String> {
    let (_, after) = tag.split_once("href=")?;
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let href = entities(after[1..].split(quote).next()?);
    Some(address(href.trim(), 1_000)).filter(|href| !href.is_empty())
}

/// A line with everything that has a meaning in Markdown written out; addresses become links.
fn written(line: &str) -> String {
    let line = line.trim();
    let mut out = String::with_capacity(line.len() + 8);
    let rule = line.len() > 1 && line.chars().all(|c| matches!(c, '-' | '=' | ' '));
    if rule || line.starts_with(['+', '=']) {
        out.push('\\');
    }
    let mut rest = line.strip_prefix("* ").or_else(|| line.strip_prefix("• ")).map_or(line, |item| {
        out.push_str("- ");
        item
    });
    while let Some(c) = rest.chars().next() {
        if let Some(link) = link_at(rest) {
            out.push('<');
            out.push_str(link);
            out.push('>');
            rest = &rest[link.len()..];
            continue;
        }
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' | '|' | '!') {
            out.push('\\');
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// An address that begins here, without what ends the sentence.
fn link_at(text: &str) -> Option<&str> {
    if !(text.starts_with("https://") || text.starts_with("http://")) {
        return None;
    }
    let within = text.get(..LINK_MAX).unwrap_or(text);
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '`');
    let end = within.find(ends).or_else(|| (within.len() == text.len()).then_some(text.len()))?;
    let link = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '*', '_']);
    Some(link).filter(|link| !address(link, 2_000).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::render;

    fn html(raw: &str) -> String {
        render(&markdown(raw, 20_000)).html
    }

    #[test]
    fn what_was_written_is_what_is_shown() {
        for (raw, shown) in [
            ("Neem *eigen* wol mee_\n# geen kop", "<p>Neem *eigen* wol mee_<br>\n# geen kop</p>\n"),
            ("a\n---\nb", "<p>a<br>\n---<br>\nb</p>\n"),
            ("    geen code", "<p>geen code</p>\n"),
            ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>\n"),
            (
                "![x](https://kwaad.example/a.png)",
                "<p>![x](<a href=\"https://kwaad.example/a.png\" rel=\"noopener nofollow ugc\">https://kwaad.example/a.png</a>)</p>\n",
            ),
            (
                "Zie https://a.example/b_c_d.",
                "<p>Zie <a href=\"https://a.example/b_c_d\" rel=\"noopener nofollow ugc\">https://a.example/b_c_d</a>.</p>\n",
            ),
            ("* een\n* twee", "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>\n"),
        ] {
            assert_eq!(html(raw), shown, "{raw}");
        }
    }

    #[test]
    fn mark_up_of_others_becomes_lines_and_links() {
        let google = "<p>Koffie voor <b>iedereen</b>.</p><p>Kijk op <a href=\"https://delinde.example/koffie?a=1&amp;b=2\">onze site</a> &amp; kom.</p><ul><li>Taart</li><li>Thee</li></ul>";
        assert_eq!(
            markdown(google, 20_000),
            "Koffie voor iedereen.\n\nKijk op onze site (<https://delinde.example/koffie?a=1&b=2>) \\& kom.\n\n- Taart\n- Thee"
        );
        assert_eq!(markdown("a<br>b<script>alert(1)</script><style>p{}</style>c", 100), "a\nbc");
        assert_eq!(markdown("<p>a</p><a href=\"javascript:alert(1)\">b</a>", 100), "a\n\nb");
        assert_eq!(
            line("Pubquiz &#8220;Weet jij het?&#8221; &amp; meer &onzin;", 100),
            "Pubquiz “Weet jij het?” & meer &onzin;"
        );
    }

    #[test]
    fn what_is_too_long_is_cut_and_fits() {
        for raw in ["a".repeat(500), "*".repeat(500), "*a ".repeat(200), "é\n".repeat(300)] {
            let short = markdown(&raw, 100);
            assert!(text::length(&short) <= 100, "{short}");
            assert!(short.ends_with('…'), "{short}");
        }
    }

    /// Each is two million bytes; what is gone through again and again would take hours.
    #[test]
    fn no_text_keeps_the_server_busy() {
        for part in [
            "&",
            "<",
            "<a",
            "< >",
            "<a href=\"https://a.example\">",
            "<script></script>",
            "https://",
            "*",
            "\n",
            "&amp",
        ] {
            let text = part.repeat(2_000_000 / part.len());
            for raw in [text.clone(), format!("<p>{text}>;</script>")] {
                assert!(text::length(&markdown(&raw, 20_000)) <= 20_000);
                assert!(text::length(&line(&raw, 120)) <= 120);
            }
        }
    }

    #[test]
    fn nothing_of_it_becomes_a_script() {
        for raw in [
            "<img src=x onerror=alert(1)>",
            "<p><svg/onload=alert(1)>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<br>&#60;script&#62;alert(1)",
            "https://a.example/\"onmouseover=alert(1)",
            "<a href=\"https://a.example/'onclick='x\">b</a>",
        ] {
            let shown = html(raw);
            let tags = shown.split('<').skip(1);
            let ours = ["p>", "/p>", "br>", "/a>", "a href=\"https://a.example/"];
            for tag in tags {
                assert!(ours.iter().any(|one| tag.starts_with(one)), "{raw}: {shown}");
                let inside = tag.split('>').next().unwrap_or_default();
                assert!(!inside.contains("\" on"), "{raw}: {shown}");
            }
        }
    }
}
