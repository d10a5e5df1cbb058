//! Ways to hand a post on: plain links that tell nobody anything until somebody chooses one. The server writes them,
//! and the browser takes them as they are: none of this is in its program.

use domain::posts::Post;
use leptos::prelude::*;
use service::context::Request;

use crate::texts::{desk_in_language, fill};
use crate::ui::Icon;

/// The block under a post that opens by itself, without JavaScript.
pub(super) fn links(request: &Request, post: &Post) -> String {
    let label = desk_in_language(request.locale).share_post;
    links_to(request, label, &post.text.title, &format!("{}/berichten/{}", request.base_url, post.id))
}

/// The same for anything with a title and an address. Where the browser has the device's own sheet, `public/site.js`
/// shows the button for it.
pub(crate) fn links_to(request: &Request, label: &'static str, title: &str, address: &str) -> String {
    let d = desk_in_language(request.locale);
    let address = address.to_owned();
    let intro = fill(d.share_intro, &[("name", &request.platform.name)]);
    let mail = format!(
        "mailto:?subject={}&body={}",
        encoded(title),
        encoded(&format!("{intro}\r\n\r\n{title}\r\n{address}\r\n"))
    );
    let whatsapp = format!("https://wa.me/?text={}", encoded(&format!("{title} {address}")));
    view! {
        <button
            class="nl-button nl-button--secondary share-sheet no-print"
            type="button"
            data-share=title.to_owned()
            data-url=address.clone()
        >
            <Icon name="share"/>
            {d.share_sheet}
        </button>
        <details class="share no-print">
            <summary class="nl-button nl-button--secondary">
                <Icon name="share"/>
                <span class="share__first">{label}</span>
                <span class="share__other">{d.share_other}</span>
            </summary>
            <div class="share__ways card panel">
                <p class="cluster">
                    <a class="nl-button nl-button--secondary" href=mail>
                        <Icon name="mail"/>
                        {d.share_mail}
                    </a>
                    <a
                        class="nl-button nl-button--secondary"
                        href=whatsapp
                        target="_blank"
                        rel="noopener noreferrer nofollow"
                    >
                        <Icon name="message"/>
                        {d.share_whatsapp}
                    </a>
                </p>
                <div class="utrecht-form-field">
                    <label class="utrecht-form-label" for="deel-adres">
                        {d.share_address}
                    </label>
                    <input class="utrecht-textbox" id="deel-adres" type="url" readonly value=address/>
                </div>
                <p class="meta">
                    <a href="/insluiten">{d.share_embed}</a>
                </p>
            </div>
        </details>
    }
    .to_html()
}

/// Percent-encoded (RFC 3986): everything but letters, digits and `-._~`.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn a_title_cannot_add_a_line_or_a_receiver_to_a_mail() {
        assert_eq!(encoded("Thee & koek\r\nBcc: x@y?z=1"), "Thee%20%26%20koek%0D%0ABcc%3A%20x%40y%3Fz%3D1");
        assert_eq!(encoded("é"), "%C3%A9");
    }
}
