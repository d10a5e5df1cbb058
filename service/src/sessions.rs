//! Sessions: in the database, known to the browser by a token of which only the hash is kept.

use std::collections::HashMap;
use std::sync::Arc;

use domain::actor::{Actor, SignedIn};
use domain::clock::Timestamp;
use domain::id::{MemberId, PlatformId, SessionId};
use domain::members::policy::{may_manage_account, may_sign_in};
use domain::members::sign_in::{SEEN_EVERY, SessionStage, session_ends};
use store::sessions::{NewSession, SessionInfo, SessionQuestion, SessionRecord};
use store::{Store, Tenant};

pub use store::sessions::Beside;

use crate::Error;
use crate::context::Request;
use crate::secrets;

/// The cookie's name where everything is HTTPS (or localhost), and where it is not.
pub const SECURE_COOKIE: &str = "__Host-noaber";
pub const PLAIN_COOKIE: &str = "noaber";

pub const fn cookie_name(secure: bool) -> &'static str {
    if secure { SECURE_COOKIE } else { PLAIN_COOKIE }
}

/// What the browser must be told after signing in or out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CookieChange {
    Set(String),
    Clear,
}

impl CookieChange {
    /// The value of the `Set-Cookie` header (RFC 6265bis; `__Host-` binds it to this host alone).
    pub fn header(&self, secure: bool) -> String {
        let name = cookie_name(secure);
        let flag = if secure { "; Secure" } else { "" };
        match self {
            Self::Set(token) => {
                format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{flag}")
            }
            Self::Clear => format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{flag}"),
        }
    }
}

fn token_hash(token: &str) -> Vec<u8> {
    secrets::hash(&["session", token])
}

/// A browser that says it has a session on a platform.
#[derive(Clone, Debug)]
pub struct Claim {
    platform: PlatformId,
    question: SessionQuestion,
    now: Timestamp,
}

impl Claim {
    /// `None` for what is longer than any token of ours. What the page needs of its reader comes with the session.
    pub fn new(platform: PlatformId, token: &str, beside: Beside, now: Timestamp) -> Option<Self> {
        let is_short = token.len() <= 100;
        is_short.then(|| Self {
            platform,
            question: SessionQuestion { token_hash: token_hash(token), beside },
            now,
        })
    }
}

/// The sessions that browsers say they have, each on its own platform only: one statement for each platform.
///
/// # Errors
/// The database.
pub async fn find(store: &Store, claims: Vec<Claim>) -> Result<Vec<Option<SessionRecord>>, Error> {
    // The moments of those who ask together hardly differ: the latest counts for all.
    let mut of_platform: HashMap<PlatformId, (Vec<usize>, Vec<SessionQuestion>, Timestamp)> = HashMap::new();
    let mut found: Vec<Option<SessionRecord>> = Vec::new();
    found.resize_with(claims.len(), || None);
    for (place, claim) in claims.into_iter().enumerate() {
        let (places, questions, now) =
            of_platform.entry(claim.platform).or_insert_with(|| (Vec::new(), Vec::new(), claim.now));
        places.push(place);
        questions.push(claim.question);
        *now = claim.now.max(*now);
    }
    for (platform, (places, questions, now)) in of_platform {
        let records = store.on(platform).sessions_with(&questions, now).await?;
        for (place, record) in places.into_iter().zip(records) {
            if let Some(slot) = found.get_mut(place) {
                *slot = record;
            }
        }
    }
    Ok(found)
}

/// Who a session stands for; `None` when it is over. A half-way session gives a visitor, with the session beside it.
pub fn authenticate(
    tenant: &Tenant,
    record: SessionRecord,
    now: Timestamp,
) -> Option<(Actor, Arc<SessionRecord>)> {
    let staff = is_staff(&record);
    let ends = session_ends(record.created_at, record.seen_at, record.stage, staff);
    if now >= ends.min(record.ends_at) {
        return None;
    }
    let platform = tenant.platform();
    let actor = if record.stage.suffices(staff, record.has_totp) {
        Actor {
            platform,
            signed_in: Some(SignedIn {
                member: record.member.id,
                grants: record.grants.clone(),
                suspended: record.member.suspended,
            }),
        }
    } else {
        // The second factor is still to be given, or, when a role came on top after signing in, to be set up.
        Actor::visitor(platform)
    };
    if record.stage != SessionStage::HalfWay && now.minus(SEEN_EVERY) > record.seen_at {
        seen(tenant, &actor, &record, now);
    }
    Some((actor, Arc::new(record)))
}

/// Notes that a session was used. No page waits for it: when it fails, the next one notes it.
fn seen(tenant: &Tenant, actor: &Actor, record: &SessionRecord, now: Timestamp) {
    let Ok(permit) = may_manage_account(actor, tenant.platform()) else { return };
    let (id, ends) = (record.id, session_ends(record.created_at, now, record.stage, is_staff(record)));
    let tenant = tenant.apart();
    tokio::spawn(async move {
        let noted = async {
            let mut write = tenant.write().await?;
            write.seen(&permit, id, now, ends).await?;
            write.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "a session's use cannot be noted");
        }
    });
}

/// Whether one of the roles of the session's member asks for a second factor.
pub fn needs_second_factor(record: &SessionRecord) -> bool {
    record.grants.iter().any(|grant| grant.role.needs_second_factor())
}

fn is_staff(record: &SessionRecord) -> bool {
    needs_second_factor(record)
}

/// Begins a session within a transaction; the caller commits.
pub(crate) async fn begin(
    request: &Request,
    write: &mut store::Write,
    member: MemberId,
    stage: SessionStage,
    staff: bool,
) -> Result<CookieChange, Error> {
    let new = begin_new(request, write, member, stage, staff).await?;
    Ok(CookieChange::Set(new.token))
}

/// What a new session's secrets are made from.
pub(crate) struct Fresh {
    /// For the browser alone.
    pub(crate) token: String,
    /// For the database alone.
    pub(crate) salt: String,
}

async fn begin_new(
    request: &Request,
    write: &mut store::Write,
    member: MemberId,
    stage: SessionStage,
    staff: bool,
) -> Result<Fresh, Error> {
    let now = request.now;
    let random = request.services.random.as_ref();
    let (token, salt) = (secrets::token(random), secrets::token(random));
    write
        .insert_session(
            &may_sign_in(request.platform.id),
            &NewSession {
                id: SessionId::new(now, random),
                member,
                token_hash: &token_hash(&token),
                salt: &salt,
                stage,
                label: &request.label,
                at: now,
                ends_at: session_ends(now, now, stage, staff),
            },
        )
        .await?;
    // A browser that signs in again leaves its old session behind (session fixation).
    if let Some(old) = &request.session {
        write.end_session_by_id(&may_sign_in(request.platform.id), old.id).await?;
    }
    Ok(Fresh { token, salt })
}

/// Turns a session into one with both factors, under a new token.
pub(crate) async fn prove(
    request: &Request,
    write: &mut store::Write,
    record: &SessionRecord,
) -> Result<Fresh, Error> {
    begin_new(request, write, record.member.id, SessionStage::Proven, is_staff(record)).await
}

/// Ends the session of this browser.
///
/// # Errors
/// The database.
pub async fn sign_out(request: &Request) -> Result<CookieChange, Error> {
    if let Some(session) = &request.session {
        let mut write = request.tenant.write().await?;
        write.end_session_by_id(&may_sign_in(request.platform.id), session.id).await?;
        write.commit().await?;
    }
    Ok(CookieChange::Clear)
}

/// One's own sessions, the most recently used first.
///
/// # Errors
/// Not signed in, or the database.
pub async fn own(request: &Request) -> Result<Vec<SessionInfo>, Error> {
    may_manage_account(&request.actor, request.platform.id)?;
    let Some(member) = request.actor.member_id() else {
        return Ok(Vec::new());
    };
    Ok(request.tenant.sessions_of(member, request.now).await?)
}

/// Ends one of one's own sessions.
///
/// # Errors
/// Not signed in, not one's own (which looks as if it is not there), or the database.
pub async fn end(request: &Request, id: SessionId) -> Result<(), Error> {
    let permit = may_manage_account(&request.actor, request.platform.id)?;
    let mut write = request.tenant.write().await?;
    let done = write.end_session(&permit, id).await?;
    write.commit().await?;
    if done { Ok(()) } else { Err(Error::NotFound) }
}

/// Ends all of one's own sessions but this one.
///
/// # Errors
/// Not signed in, or the database.
pub async fn end_others(request: &Request) -> Result<(), Error> {
    let permit = may_manage_account(&request.actor, request.platform.id)?;
    if let Some(session) = &request.session {
        let mut write = request.tenant.write().await?;
        write.end_other_sessions(&permit, session.id).await?;
        write.commit().await?;
    }
    Ok(())
}
