//! Giving notice about content (Digital Services Act, article 16): without an account too.

use serde::{Deserialize, Serialize};

use super::Category;
use crate::actor::Actor;
use crate::id::PlatformId;
use crate::members::email;
use crate::permit::Permit;
use crate::permit::action::GiveNotice;
use crate::problem::{Fault, Field, Problems};
use crate::text;

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeDraft {
    /// The address of the page it is about; may be empty.
    #[serde(default)]
    pub address: String,
    /// Key of a [`Category`]; empty is "something else".
    #[serde(default)]
    pub category: String,
    /// Number of the house rule it is about, or empty.
    #[serde(default)]
    pub rule: String,
    #[serde(default)]
    pub message: String,
    /// To hear back; may be empty.
    #[serde(default)]
    pub email: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidNotice {
    /// Always a path on this site, or empty.
    pub address: String,
    pub category: Category,
    /// Number of a house rule.
    pub rule: Option<u8>,
    pub message: String,
    pub email: Option<email::EmailAddress>,
}

impl NoticeDraft {
    /// `site` is the address of the community, without a slash at the end: people paste whole addresses.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, site: &str) -> Result<ValidNotice, Problems> {
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
        let category = match self.category.as_str() {
            "" => Category::Other,
            key => Category::from_key(key).unwrap_or_else(|| {
                problems.push(Field::Category, Fault::UnknownChoice);
                Category::Other
            }),
        };
        let rule = match text::line(&self.rule).as_str() {
            "" => None,
            number => {
                let number = number.parse().ok();
                if number.is_none() {
                    problems.push(Field::Category, Fault::UnknownChoice);
                }
                number
            }
        };
        let message = super::explained(&self.message).unwrap_or_else(|fault| {
            problems.push(Field::Message, fault);
            String::new()
        });
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
        problems.or(|| ValidNotice { address, category, rule, message, email })
    }
}

/// Everyone may give notice, also without an account.
pub fn may_give_notice(actor: &Actor, platform: PlatformId) -> Permit<GiveNotice> {
    let by = actor.member_id().filter(|_| actor.platform == platform);
    Permit::granted(platform, by, None)
}
