//! One's own account: name, area, language, password.

use domain::limits;
use domain::locale::Locale;
use domain::members::policy::may_manage_account;
use domain::members::{draft, password};
use domain::moderation::newcomers::advertises;
use domain::permit::Denied;
use domain::problem::{Fault, Field, Problems};
use domain::text;
use serde::{Deserialize, Serialize};
use store::Saved;

use crate::context::Request;
use crate::limits::limit_member;
use crate::{Error, passwords};

/// "About me" is a few sentences.
const ABOUT_MAX: u32 = 500;

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileDraft {
    pub version: i64,
    pub name: String,
    /// Slug of an area, or empty.
    pub area: String,
    pub about: String,
    /// Tag of a locale, or empty for the browser's.
    pub locale: String,
}

/// Saves one's own profile.
///
/// # Errors
/// Not signed in, suspended, too often, what is wrong with the form, a change in another window, or the database.
pub async fn save_profile(request: &Request, typed: &ProfileDraft) -> Result<(), Error> {
    let permit = may_manage_account(&request.actor, request.platform.id)?;
    // A name stands on every post: who may not write may not write there either.
    if !request.actor.is_active() {
        return Err(Error::Denied(Denied::NotAllowed));
    }
    limit_member(request, &limits::ACCOUNT_CHANGES).await?;
    let mut problems = Problems::default();
    let name = draft::name(&typed.name).unwrap_or_else(|fault| {
        problems.push(Field::Name, fault);
        String::new()
    });
    let area = draft::area(&typed.area, &request.platform).unwrap_or_else(|fault| {
        problems.push(Field::Area, fault);
        None
    });
    let about = text::lines(&typed.about);
    let is = text::length(&about);
    if is > ABOUT_MAX {
        problems.push(Field::Message, Fault::TooLong { max: ABOUT_MAX, is });
    } else if request.actor.grants().is_empty() && advertises(&about) {
        problems.push(Field::Message, Fault::NoLinks);
    }
    let locale: Option<Locale> = typed.locale.parse().ok();
    problems.or(|| ())?;
    let mut write = request.tenant.write().await?;
    match write.update_member(&permit, typed.version, &name, area, &about, locale).await? {
        Saved::Done { .. } => Ok(write.commit().await?),
        Saved::Stale => Err(Error::Conflict),
    }
}

/// Sets, changes or removes (with an empty text) one's own password. Who has one must give it.
///
/// # Errors
/// Not signed in, the old one is wrong, the new one is too easy, or the database.
pub async fn set_password(request: &Request, old: &str, new: &str) -> Result<(), Error> {
    let permit = may_manage_account(&request.actor, request.platform.id)?;
    let record = request.session.as_ref().ok_or(Error::NotFound)?;
    let cost = request.services.settings.password_cost;
    let random = request.services.random.as_ref();
    let stored = request.tenant.secrets(record.member.id).await?.and_then(|secrets| secrets.password_hash);
    if stored.is_some() {
        let key = record.member.id.to_string();
        crate::limits::limit(request, &domain::limits::SECRETS_PER_ACCOUNT, &key).await?;
        if !passwords::verify(old.to_owned(), stored, cost, random).await? {
            return Err(Error::field(Field::Password, Fault::WrongPassword));
        }
    }
    let hash = if new.is_empty() {
        None
    } else {
        let local = record.member.email.split('@').next().unwrap_or_default();
        password::check(new, &[&record.member.name, local, &request.platform.name])
            .map_err(|fault| Error::field(Field::NewPassword, fault))?;
        Some(passwords::hash(new.to_owned(), cost, random).await?)
    };
    let mut write = request.tenant.write().await?;
    write.set_password(&permit, hash.as_deref(), request.now).await?;
    write.end_other_sessions(&permit, record.id).await?;
    write.commit().await?;
    Ok(())
}
