//! What exists only while the demo data set is loaded.

use domain::actor::Grant;
use domain::members::Member;
use store::mail::MailRecord;

use crate::context::Request;
use crate::{Error, second_factor};

/// A demo account, with the second factor's code of this moment where it has one.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    pub member: Member,
    pub grants: Vec<Grant>,
    pub code: Option<String>,
}

/// The mails that this platform would have sent, newest first.
///
/// # Errors
/// Not a demo (looks as if the page is not there), or the database.
pub async fn outbox(request: &Request) -> Result<Vec<MailRecord>, Error> {
    only_in_the_demo(request)?;
    Ok(request.tenant.recent_mail(30).await?)
}

/// The accounts to try the demo with.
///
/// # Errors
/// Not a demo (looks as if the page is not there), or the database.
pub async fn accounts(request: &Request) -> Result<Vec<DemoAccount>, Error> {
    only_in_the_demo(request)?;
    let found = request.tenant.demo_accounts(request.now).await?;
    found
        .into_iter()
        .map(|(member, grants, secret)| {
            let code = secret.map(|secret| second_factor::code_now(&secret, request.now)).transpose()?;
            Ok(DemoAccount { member, grants, code })
        })
        .collect()
}

fn only_in_the_demo(request: &Request) -> Result<(), Error> {
    let demo = request.services.settings.demo && request.platform.demo;
    if demo { Ok(()) } else { Err(Error::NotFound) }
}
