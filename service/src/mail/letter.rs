//! A mail before it is text or HTML: a heading, and parts in reading order.

/// One part of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A paragraph.
    Text(String),
    /// The six digits, large.
    Code(String),
    /// A link as a button, and again as text for programs that show no buttons.
    Button { label: String, link: String, as_text: &'static str },
    /// A sentence that ends with an address on this site.
    Link { before: &'static str, link: String },
    /// Words of somebody else.
    Quote(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub subject: String,
    pub heading: String,
    /// Who is greeted; `None` where there is no name, or none that can be printed.
    pub name: Option<String>,
    pub parts: Vec<Part>,
    /// Why the reader gets this mail.
    pub why: String,
}

/// The words around every mail, in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct FrameWords {
    pub hello: &'static str,
    pub regards: &'static str,
    pub help: &'static str,
    pub call: &'static str,
    pub write: &'static str,
    pub sent_by: &'static str,
}

impl Letter {
    /// Every link as a whole address. What does not start with `http` is a path on this site,
    /// so that no other scheme gets into a mail.
    pub(super) fn with_whole_links(mut self, base_url: &str) -> Self {
        for part in &mut self.parts {
            if let Part::Button { link, .. } | Part::Link { link, .. } = part {
                *link = whole(base_url, link);
            }
        }
        self
    }
}

fn whole(base_url: &str, link: &str) -> String {
    let link: String = link.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    if link.starts_with("https://") || link.starts_with("http://") {
        link
    } else {
        format!("{}/{}", base_url.trim_end_matches('/'), link.trim_start_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn links_lead_to_this_site_unless_they_are_whole() {
        assert_eq!(whole("https://a.nl", "/lid-worden"), "https://a.nl/lid-worden");
        assert_eq!(whole("https://a.nl/", "lid-worden"), "https://a.nl/lid-worden");
        assert_eq!(whole("https://a.nl", "https://a.nl/x"), "https://a.nl/x");
        assert_eq!(whole("https://a.nl", "javascript:alert(1)"), "https://a.nl/javascript:alert(1)");
        assert_eq!(whole("https://a.nl", "/x\r\nBcc: all"), "https://a.nl/xBcc:all");
    }
}
