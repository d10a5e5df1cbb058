//! The only place where a text area element is made.
//!
//! Leptos 0.8 does not escape the children of `<textarea>` on the server: a prefilled form would be
//! stored XSS. Here the text is escaped first and set as inner HTML, which both sides agree on.

use leptos::prelude::*;

use super::{FieldFrame, FieldInfo};

/// Escaped for use between the tags. The line end in front is eaten by the HTML parser (HTML standard,
/// 13.2.6.4.7), so that a text that begins with one keeps its own. Setting inner HTML eats nothing, so
/// that it is for the server alone.
fn inside(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    if cfg!(feature = "ssr") {
        out.push('\n');
    }
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
    out
}

/// Several lines of text, bare.
#[component]
pub fn BareTextArea(
    id: &'static str,
    name: &'static str,
    value: String,
    rows: u32,
    #[prop(optional_no_strip)] maxlength: Option<u32>,
    #[prop(optional_no_strip)] described_by: Option<String>,
    #[prop(optional_no_strip)] invalid: Option<&'static str>,
) -> impl IntoView {
    view! {
        <textarea
            class="utrecht-textarea"
            id=id
            name=name
            rows=rows.to_string()
            data-max=maxlength.map(|n| n.to_string())
            aria-describedby=described_by
            aria-invalid=invalid
            inner_html=inside(&value)
        ></textarea>
    }
}

/// Several lines of text, with label and explanation.
#[component]
pub fn TextArea(
    info: FieldInfo,
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(default = 6)] rows: u32,
    #[prop(optional_no_strip)] maxlength: Option<u32>,
) -> impl IntoView {
    let id = info.id;
    let described_by = info.described_by();
    let invalid = info.invalid();
    view! {
        <FieldFrame info>
            <BareTextArea id name value rows maxlength described_by invalid/>
        </FieldFrame>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_break_out_of_its_field() {
        let evil = "</textarea><script>alert(1)</script>&amp;";
        let html = view! {
            <BareTextArea id="t" name="t" value=evil.to_owned() rows=3/>
        }
        .to_html();
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert!(html.contains("&amp;amp;"), "{html}");
    }

    #[test]
    fn a_text_that_begins_with_a_line_end_keeps_it() {
        assert_eq!(inside("\nx"), "\n\nx");
    }
}
