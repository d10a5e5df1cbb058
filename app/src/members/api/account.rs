//! The server functions about one's own account and sessions.

use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::ui::Moment;
use crate::wire::Packed;

#[cfg(feature = "ssr")]
use {
    crate::context::{FormWay, answer, finish, go, request, set_cookie, typed},
    crate::members::ways,
    domain::roles::{Capability, holds_somewhere},
    service::{accounts, second_factor, sessions},
};

#[server(endpoint = "account/sign-out", output = Postcard)]
pub async fn sign_out() -> Result<(), AppError> {
    let request = request();
    let cookie = answer(sessions::sign_out(&request).await)?;
    set_cookie(&request, &cookie);
    // Whoever leaves leaves nothing behind: texts that were kept while they were typed.
    crate::context::forget_storage();
    go("/?melding=afgemeld");
    Ok(())
}

/// One of one's own sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    pub id: String,
    pub label: String,
    pub seen: Moment,
    pub here: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileForm {
    #[serde(default)]
    pub version: i64,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub area: String,
    #[serde(default)]
    pub about: String,
    #[serde(default)]
    pub locale: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    pub email: String,
    pub profile: ProfileForm,
    pub problems: domain::problem::Problems,
    pub sessions: Vec<SessionView>,
    pub has_password: bool,
    pub has_second_factor: bool,
    pub needs_second_factor: bool,
    pub recovery_codes: Vec<String>,
    /// They may propose changes to what others wrote.
    pub proposes: bool,
    /// They decide about proposals.
    pub connects: bool,
    /// How many proposals wait for them.
    pub proposals: u32,
}

#[server(endpoint = "account/view", output = Postcard)]
pub async fn account(
    #[server(default)] flash: String,
    #[server(default)] codes: String,
) -> Result<Packed<AccountView>, AppError> {
    let request = request();
    let found = answer(sessions::own(&request).await)?;
    let Some(session) = &request.session else {
        return answer(Err(domain::permit::Denied::SignInFirst.into()));
    };
    let recovery_codes =
        if codes.is_empty() { Vec::new() } else { answer(second_factor::new_codes(&request).await)? };
    let member = &session.member;
    let kept = typed::<ProfileForm>(&request, "profile", &flash).await?;
    let stored = ProfileForm {
        version: member.version,
        name: member.name.clone(),
        area: member
            .area
            .and_then(|id| request.platform.areas.get(id))
            .map(|area| area.slug.clone())
            .unwrap_or_default(),
        about: member.about.clone(),
        locale: member.locale.map(|locale| locale.tag().to_owned()).unwrap_or_default(),
    };
    Ok(AccountView {
        email: member.email.clone(),
        profile: if kept.typed.version > 0 { kept.typed } else { stored },
        problems: kept.problems,
        sessions: found
            .into_iter()
            .map(|info| SessionView {
                here: info.id == session.id,
                id: info.id.to_string(),
                label: info.label,
                seen: Moment::ago(info.seen_at, &request),
            })
            .collect(),
        has_password: session.has_password,
        has_second_factor: session.has_totp,
        needs_second_factor: sessions::needs_second_factor(session),
        recovery_codes,
        proposes: holds_somewhere(&request.actor, Capability::ProposeEdit),
        connects: holds_somewhere(&request.actor, Capability::EditContent),
        proposals: request.proposals,
    }
    .into())
}

#[server(endpoint = "account/profile", output = Postcard)]
pub async fn save_profile(profile: ProfileForm) -> Result<(), AppError> {
    let request = request();
    let draft = accounts::ProfileDraft {
        version: profile.version,
        name: profile.name.clone(),
        area: profile.area.clone(),
        about: profile.about.clone(),
        locale: profile.locale.clone(),
    };
    let done = accounts::save_profile(&request, &draft).await;
    let way = FormWay { form: "profile", back: "/account" };
    let done = done.map(|()| "/account?melding=bewaard".to_owned());
    finish(&request, way, profile, done).await
}

#[server(endpoint = "account/password", output = Postcard)]
pub async fn set_password(
    #[server(default)] old: String,
    #[server(default)] new: String,
) -> Result<(), AppError> {
    let request = request();
    let done = accounts::set_password(&request, &old, &new).await;
    ways::account_done(&request, done, "wachtwoord").await
}

#[server(endpoint = "account/end-session", output = Postcard)]
pub async fn end_session(id: String) -> Result<(), AppError> {
    let request = request();
    let done = match id.parse() {
        Ok(id) => sessions::end(&request, id).await,
        Err(_) => Err(service::Error::NotFound),
    };
    ways::account_done(&request, done, "sessies").await
}

#[server(endpoint = "account/end-others", output = Postcard)]
pub async fn end_other_sessions() -> Result<(), AppError> {
    let request = request();
    let done = sessions::end_others(&request).await;
    ways::account_done(&request, done, "sessies").await
}
