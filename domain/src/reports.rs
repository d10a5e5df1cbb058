//! Notices about content (Digital Services Act, article 16): without an account too.

use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::id::PlatformId;
use crate::limits;
use crate::members::email;
use crate::permit::Permit;
use crate::permit::action::Report;
use crate::problem::{Fault, Field, Problems};
use crate::text;

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDraft {
    /// The address of the page it is about; may be empty.
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub message: String,
    /// To hear back; may be empty.
    #[serde(default)]
    pub email: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidReport {
    /// Always a path on this site, or empty.
    pub address: String,
    pub message: String,
    pub email: Option<email::EmailAddress>,
}

impl ReportDraft {
    /// `site` is the address of the community, without a slash at the end: people paste whole addresses.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, site: &str) -> Result<ValidReport, Problems> {
        let mut problems = Problems::default();
        let typed = text::line(&self.address);
        let address = match typed.strip_prefix(site) {
            Some("") => "/".to_owned(),
            Some(path) if path.starts_with(['/', '?']) => path.to_owned(),
            _ => typed,
        };
        // A browser takes `/\` for `//`: the moderator who follows it would leave the site.
        let is_path = address.starts_with('/') && !address.starts_with("//") && !address.contains('\\');
        if !address.is_empty() && (!is_path || address.len() >= 300) {
            problems.push(Field::Address, Fault::NotAPage);
        }
        let message = text::lines(&self.message);
        let length = text::length(&message);
        if length == 0 {
            problems.push(Field::Message, Fault::Required);
        } else if length < limits::MESSAGE_MIN {
            problems.push(Field::Message, Fault::TooShort { min: limits::MESSAGE_MIN });
        } else if length > limits::MESSAGE_MAX {
            problems.push(Field::Message, Fault::TooLong { max: limits::MESSAGE_MAX, is: length });
        } else if !text::is_visible(&message) {
            problems.push(Field::Message, Fault::NoText);
        }
        let email = match text::line(&self.email).as_str() {
            "" => None,
            typed => match email::EmailAddress::parse(typed) {
                Ok(email) => Some(email),
                Err(fault) => {
                    problems.push(Field::Email, fault);
                    None
                }
            },
        };
        problems.or(|| ValidReport { address, message, email })
    }
}

/// Everyone may give notice, also without an account.
pub fn may_report(actor: &Actor, platform: PlatformId) -> Permit<Report> {
    let by = actor.member_id().filter(|_| actor.platform == platform);
    Permit::granted(platform, by, None)
}
