//! Nothing typed is lost, also without JavaScript: a form that could not be accepted is kept for an hour
//! under an unguessable key, and shown again with what is wrong beside each field.

use domain::clock::Span;
use domain::id::FlashId;
use domain::limits;
use domain::members::policy::may_keep_flash;
use domain::problem::Problems;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::context::Request;

const LASTS: Span = Span::hours(1);

/// A form as it was typed, with what was wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept<T> {
    pub typed: T,
    pub problems: Problems,
}

/// What a form is kept as: what a member typed is shown to nobody else, also when they get its key from somebody.
fn kept_as(request: &Request, form: &str) -> String {
    request.actor.member_id().map_or_else(|| form.to_owned(), |member| format!("{form} {member}"))
}

/// Keeps a form and gives the key to find it again. Passwords and codes never go in here.
///
/// # Errors
/// Too many from one network, or the database.
pub async fn keep<T: Serialize>(
    request: &Request,
    form: &str,
    typed: T,
    problems: Problems,
) -> Result<FlashId, Error> {
    crate::limits::limit_network(request, &limits::FLASHES_PER_NETWORK, "flash").await?;
    let json = serde_json::to_string(&Kept { typed, problems })
        .map_err(|_| Error::Inside("a form that is no JSON"))?;
    // Random rather than ordered: the key is all that protects what was typed.
    let mut bytes = [0; 16];
    request.services.random.fill(&mut bytes);
    let id = FlashId::unguessable(bytes);
    let permit = may_keep_flash(request.platform.id);
    let mut write = request.tenant.write().await?;
    write.insert_flash(&permit, id, &kept_as(request, form), &json, request.now.plus(LASTS)).await?;
    write.commit().await?;
    Ok(id)
}

/// Finds a form again; `None` when it is gone, of another form or another member, or unreadable. What a visitor typed
/// may be their own from before they signed in.
///
/// # Errors
/// The database.
pub async fn find<T: DeserializeOwned>(
    request: &Request,
    form: &str,
    id: &str,
) -> Result<Option<Kept<T>>, Error> {
    let Ok(id) = id.parse() else {
        return Ok(None);
    };
    let flash = request.tenant.flash(id, request.now).await?;
    let own = kept_as(request, form);
    Ok(flash
        .filter(|flash| flash.form == own || flash.form == form)
        .and_then(|flash| serde_json::from_str(&flash.json).ok()))
}
