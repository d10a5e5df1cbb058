//! How often somebody may do something, counted in the database for all servers together (TRUST 21).

use domain::clock::Span;
use domain::limits::{self, Limit};

use crate::context::Request;
use crate::{Error, secrets};

/// Counts a use of a limit.
///
/// # Errors
/// [`Error::TooOften`] when it is used up, or the database.
pub(crate) async fn limit(request: &Request, limit: &Limit, key: &str) -> Result<(), Error> {
    let allowed = request.services.store.hit(request.platform.id, limit, key, request.now).await?;
    if allowed {
        Ok(())
    } else {
        // Until the next window begins, in whole minutes.
        let left = limit.per.0 - request.now.0.rem_euclid(limit.per.0.max(1));
        let minutes = left.div_euclid(Span::minutes(1).0) + 1;
        Err(Error::TooOften { minutes: u32::try_from(minutes).unwrap_or(60) })
    }
}

/// Whether a limit still had room; what else went wrong stays an error.
///
/// # Errors
/// The database.
pub(crate) fn within(counted: Result<(), Error>) -> Result<bool, Error> {
    match counted {
        Ok(()) => Ok(true),
        Err(Error::TooOften { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Counts a use for the reader's network, and for the larger one around it: who has a whole IPv6 /48 has 65,536
/// networks of their own, but no more than twenty times the limit.
///
/// # Errors
/// [`Error::TooOften`] when either is used up, or the database.
pub(crate) async fn limit_network(request: &Request, one: &Limit, what: &str) -> Result<(), Error> {
    const WIDER: i64 = 20;
    let platform = request.platform.slug.as_str();
    limit(request, one, &secrets::limit_key(&[what, platform, &request.network])).await?;
    if request.wide_network.is_empty() {
        return Ok(());
    }
    let wide = Limit { times: one.times * WIDER, ..*one };
    limit(request, &wide, &secrets::limit_key(&[what, platform, "wide", &request.wide_network])).await
}

/// Counts a use by the member who is signed in; nobody else has any.
///
/// # Errors
/// [`Error::TooOften`] when it is used up, or the database.
pub(crate) async fn limit_member(request: &Request, one: &Limit) -> Result<(), Error> {
    match request.actor.member_id() {
        Some(member) => limit(request, one, &secrets::limit_key(&[one.name, &member.to_string()])).await,
        None => Ok(()),
    }
}

/// Counts a try to guess a secret of one kind, of one account.
///
/// # Errors
/// [`Error::TooOften`] when the network or the account has used it up, or the database.
pub(crate) async fn limit_secrets(request: &Request, kind: &str, account: &str) -> Result<(), Error> {
    let platform = request.platform.slug.as_str();
    limit_network(request, &limits::SECRETS_PER_NETWORK, "secret").await?;
    let by_account = secrets::limit_key(&["secret", platform, kind, account]);
    limit(request, &limits::SECRETS_PER_ACCOUNT, &by_account).await
}
