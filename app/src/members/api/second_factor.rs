//! The server functions about the second factor.

use domain::problem::Problems;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::wire::Packed;

#[cfg(feature = "ssr")]
use {
    crate::context::{FormWay, answer, escaped, finish, request, set_cookie, typed, with_message},
    crate::members::ways,
    domain::members::sign_in::safe_return,
    service::{second_factor, sign_in},
};

/// What the page of the second step shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondStep {
    /// Nobody is half-way.
    Nothing,
    /// Give the code of the app.
    Give,
    /// Set it up first: the secret in groups, the address, and a QR code as SVG.
    SetUp { secret: String, url: String, qr: String },
    /// It is on already.
    Done,
}

/// The step to take, and what was wrong with the last try.
#[server(endpoint = "second-factor/step", output = Postcard)]
pub async fn load_second_step(
    #[server(default)] flash: String,
) -> Result<Packed<(SecondStep, Problems)>, AppError> {
    let request = request();
    let problems = typed::<()>(&request, "code", &flash).await?.problems;
    let step = match &request.session {
        None => SecondStep::Nothing,
        Some(session) if session.has_totp && request.is_signed_in() => SecondStep::Done,
        Some(session) if session.has_totp => SecondStep::Give,
        Some(_) => {
            let set_up = answer(second_factor::begin(&request))?;
            SecondStep::SetUp { qr: second_factor::qr(&set_up.url), secret: set_up.secret, url: set_up.url }
        }
    };
    Ok((step, problems).into())
}

/// Confirms the second factor and gives the recovery codes, to be shown once.
#[server(endpoint = "second-factor/confirm", output = Postcard)]
pub async fn confirm_second_factor(#[server(default)] code: String) -> Result<(), AppError> {
    let request = request();
    let done = second_factor::confirm(&request, &code).await;
    let way = FormWay { form: "code", back: "/aanmelden/tweede-stap" };
    let done = done.map(|cookie| {
        set_cookie(&request, &cookie);
        "/account?codes=nieuw".to_owned()
    });
    finish(&request, way, (), done).await
}

#[server(endpoint = "sign-in/second-factor", output = Postcard)]
pub async fn give_second_factor(
    #[server(default)] code: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let request = request();
    let back = safe_return(&back).to_owned();
    let done = sign_in::enter_second_factor(&request, &code).await;
    let done = done.map(|cookie| {
        set_cookie(&request, &cookie);
        with_message(&back, "aangemeld")
    });
    let page = format!("/aanmelden/tweede-stap?terug={}", escaped(&back));
    let way = FormWay { form: "code", back: &page };
    finish(&request, way, (), done).await
}

#[server(endpoint = "second-factor/off", output = Postcard)]
pub async fn switch_second_factor_off(#[server(default)] code: String) -> Result<(), AppError> {
    let request = request();
    let done = second_factor::switch_off(&request, &code).await;
    ways::account_done(&request, done, "bewaard").await
}
