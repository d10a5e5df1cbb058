//! From Markdown to HTML that is safe to show (TRUST 9).
//!
//! Raw HTML is shown as text, images are dropped (photos have their own place), headings
//! begin below the page's own, and what comes out passes a sanitiser all the same.

use domain::text;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// The characters of an excerpt on a card.
const EXCERPT: usize = 180;
/// Lists and quotes deeper than this are text: nothing a person writes is deeper, and a
/// renderer must not be led into the abyss (TRUST 12).
const DEEPEST: usize = 12;

/// A text ready to be stored and shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Sanitised HTML.
    pub html: String,
    /// The beginning, without mark-up.
    pub excerpt: String,
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(HashSet::from([
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "h2",
            "h3",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "ul",
        ]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener nofollow ugc"));
    cleaner
});

/// Renders Markdown (`CommonMark` with strikethrough).
pub fn render(markdown: &str) -> Rendered {
    let mut depth = 0_usize;
    let mut plain = String::new();
    let mut inside_image = 0_usize;
    let events = Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).filter_map(|event| {
        let event = match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: lowered(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
            // Entities such as `&#x202E;` become characters only here.
            Event::Text(text) => Event::Text(text::shown(&text).into_owned().into()),
            Event::Code(text) => Event::Code(text::shown(&text).into_owned().into()),
            other => other,
        };
        match &event {
            Event::Start(Tag::Image { .. }) => {
                inside_image += 1;
                return None;
            }
            Event::End(TagEnd::Image) => {
                inside_image = inside_image.saturating_sub(1);
                return None;
            }
            _ if inside_image > 0 => return None,
            Event::Start(Tag::List(_) | Tag::Item | Tag::BlockQuote(_)) => {
                depth += 1;
                if depth > DEEPEST {
                    return None;
                }
            }
            Event::End(TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_)) => {
                push_space(&mut plain);
                depth = depth.saturating_sub(1);
                if depth >= DEEPEST {
                    return None;
                }
            }
            Event::Text(text) | Event::Code(text) => push_plain(&mut plain, text),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) => {
                push_space(&mut plain);
            }
            _ => {}
        }
        Some(match event {
            // A line end that somebody typed is a line end they meant.
            Event::SoftBreak => Event::HardBreak,
            other => other,
        })
    });
    let mut unsafe_html = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut unsafe_html, events);
    Rendered { html: CLEANER.clean(&unsafe_html).to_string(), excerpt: shorten(plain.trim(), EXCERPT) }
}

/// All of the text without mark-up, on one line.
pub fn plain(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    let mut inside_image = 0_u32;
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Image { .. }) => inside_image += 1,
            Event::End(TagEnd::Image) => inside_image = inside_image.saturating_sub(1),
            _ if inside_image > 0 => {}
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                plain.push_str(&text::shown(&text));
            }
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Item) => {
                push_space(&mut plain);
            }
            _ => {}
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H2,
        _ => HeadingLevel::H3,
    }
}

fn push_plain(plain: &mut String, text: &CowStr<'_>) {
    if plain.len() < EXCERPT * 8 {
        plain.push_str(text);
    }
}

fn push_space(plain: &mut String) {
    if !plain.ends_with(' ') && !plain.is_empty() {
        plain.push(' ');
    }
}

/// At most `most` characters, cut between words, with an ellipsis where something is left out.
fn shorten(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let kept = text.get(..cut).unwrap_or(text);
    let kept = kept.rsplit_once(' ').map_or(kept, |(words, _)| words);
    format!("{}…", kept.trim_end_matches([',', '.', ' ', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_do_not_come_in_as_entities() {
        let rendered = render("a&#x202E;b&#8;c&#xFFFF;d `e&#x202E;f`");
        assert_eq!(rendered.html.trim(), "<p>abcd <code>e&amp;#x202E;f</code></p>");
        assert_eq!(rendered.excerpt, "abcd e&#x202E;f");
    }

    #[test]
    fn a_text_becomes_paragraphs_lists_and_links() {
        let rendered = render("Hallo **buren**,\nkom ook!\n\n- thee\n- koek\n\n[Meer](https://example.org)");
        assert_eq!(
            rendered.html.replace('\n', ""),
            "<p>Hallo <strong>buren</strong>,<br>kom ook!</p><ul><li>thee</li><li>koek</li></ul>\
             <p><a href=\"https://example.org\" rel=\"noopener nofollow ugc\">Meer</a></p>"
        );
        assert_eq!(rendered.excerpt, "Hallo buren, kom ook! thee koek Meer");
    }

    #[test]
    fn nothing_that_runs_survives() {
        for evil in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[klik](javascript:alert(1))",
            "[klik](JaVaScRiPt&colon;alert(1))",
            "[klik](data:text/html;base64,PHNjcmlwdD4=)",
            "![x](javascript:alert(1))",
            "<svg onload=alert(1)>",
            "</textarea><script>alert(1)</script>",
            "<a href=\"x\" onclick=\"alert(1)\">x</a>",
            "```html\n<script>alert(1)</script>\n```",
            "[a](<x\" onmouseover=\"alert(1)>)",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        ] {
            let html = render(evil).html.to_lowercase();
            for forbidden in
                ["<script", "<img", "<svg", "<math", "<style", "href=\"javascript", "href=\"data"]
            {
                assert!(!html.contains(forbidden), "{evil} gave {html}");
            }
            let attributes = html.split('<').filter_map(|tag| tag.split_once('>'));
            for (inside, _) in attributes {
                assert!(!inside.contains(" on"), "{evil} gave {html}");
            }
        }
    }

    #[test]
    fn headings_stay_below_the_page_and_images_are_left_out() {
        assert_eq!(render("# Groot").html.trim(), "<h2>Groot</h2>");
        assert_eq!(render("![foto](https://example.org/x.png)").html.trim(), "<p></p>");
    }

    #[test]
    fn a_text_made_to_explode_does_not() {
        let bomb = "> ".repeat(8_000) + "x";
        assert!(render(&bomb).html.len() < 10_000);
        let brackets = "[".repeat(20_000);
        assert!(render(&brackets).html.len() < 50_000);
    }

    #[test]
    fn an_excerpt_ends_between_words() {
        let text = "woord ".repeat(100);
        let excerpt = render(&text).excerpt;
        assert!(excerpt.ends_with("woord…") && excerpt.chars().count() <= EXCERPT + 1);
    }
}
