//! The server functions about signing in and becoming a member.

use domain::members::draft::SignUpDraft;
use domain::moderation::sieve::{Puzzle, Sieve};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::forms::Filled;
use crate::wire::Packed;

#[cfg(feature = "ssr")]
use {
    crate::context::{FormWay, answer, finish, request, typed},
    crate::members::ways,
    service::sign_in,
};

/// The address somebody typed, and where they were going. Never a password or a code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub back: String,
    /// The password form was used.
    #[serde(default)]
    pub with_password: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUpForm {
    #[serde(default)]
    pub draft: SignUpDraft,
    #[serde(default)]
    pub back: String,
    /// When the form was made first.
    #[serde(default)]
    pub since: String,
    /// Work for the browser, where its network sends very much.
    #[serde(default)]
    pub puzzle: Option<Puzzle>,
}

#[server(endpoint = "sign-in/form", output = Postcard)]
pub async fn load_sign_in(#[server(default)] flash: String) -> Result<Packed<Filled<SignInForm>>, AppError> {
    let request = request();
    Ok(Filled::from(typed::<SignInForm>(&request, "sign-in", &flash).await?).into())
}

/// Asks for a mail with a link and a code.
#[server(endpoint = "sign-in/ask", output = Postcard)]
pub async fn ask_to_sign_in(
    #[server(default)] email: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let request = request();
    let done = sign_in::ask(&request, &email, &back).await;
    let done = done.map(|id| format!("/aanmelden/code?c={id}"));
    let form = SignInForm { email, back, with_password: false };
    let way = FormWay { form: "sign-in", back: "/aanmelden" };
    finish(&request, way, form, done).await
}

#[server(endpoint = "sign-in/password", output = Postcard)]
pub async fn sign_in_with_password(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let request = request();
    let done = sign_in::enter_password(&request, &email, &password, &back).await;
    let done = done.map(|entered| ways::entered_path(&request, &entered));
    let form = SignInForm { email, back, with_password: true };
    let way = FormWay { form: "sign-in", back: "/aanmelden" };
    finish(&request, way, form, done).await
}

/// The problems with a code that was typed on a page that has nothing else to keep.
#[server(endpoint = "sign-in/code-form", output = Postcard)]
pub async fn code_form(#[server(default)] flash: String) -> Result<Packed<Filled<()>>, AppError> {
    let request = request();
    Ok(Filled::from(typed::<()>(&request, "code", &flash).await?).into())
}

#[server(endpoint = "sign-in/code", output = Postcard)]
pub async fn sign_in_with_code(
    #[server(default)] challenge: String,
    #[server(default)] code: String,
) -> Result<(), AppError> {
    let request = request();
    let done = match challenge.parse() {
        Ok(id) => sign_in::enter_code(&request, id, &code).await,
        Err(_) => {
            Err(service::Error::field(domain::problem::Field::Code, domain::problem::Fault::CodeExpired))
        }
    };
    let done = done.map(|entered| ways::entered_path(&request, &entered));
    let plain: String = challenge.chars().filter(|c| c.is_ascii_hexdigit() || *c == '-').take(40).collect();
    let back = format!("/aanmelden/code?c={plain}");
    let way = FormWay { form: "code", back: &back };
    finish(&request, way, (), done).await
}

#[server(endpoint = "sign-in/link-works", output = Postcard)]
pub async fn link_works(token: String) -> Result<Packed<Option<String>>, AppError> {
    answer(sign_in::link_works(&request(), &token).await).map(Packed::from)
}

#[server(endpoint = "sign-in/link", output = Postcard)]
pub async fn sign_in_with_link(token: String) -> Result<(), AppError> {
    let request = request();
    let done = sign_in::enter_link(&request, &token).await;
    let done = done.map(|entered| ways::entered_path(&request, &entered));
    let way = FormWay { form: "sign-in", back: "/aanmelden" };
    finish(&request, way, SignInForm::default(), done).await
}

#[server(endpoint = "members/form", output = Postcard)]
pub async fn load_sign_up(#[server(default)] flash: String) -> Result<Packed<Filled<SignUpForm>>, AppError> {
    let request = request();
    let mut kept = typed::<SignUpForm>(&request, "sign-up", &flash).await?;
    kept.typed.since = service::moderation::since(&request, "join", &kept.typed.since);
    kept.typed.puzzle = answer(service::moderation::puzzle(&request, "join").await)?;
    Ok(Filled::from(kept).into())
}

#[server(endpoint = "members/join", output = Postcard)]
pub async fn join(
    #[server(default)] draft: SignUpDraft,
    #[server(default)] back: String,
    #[server(default)] sieve: Sieve,
) -> Result<(), AppError> {
    let request = request();
    let done = sign_in::ask_to_join(&request, &draft, &back, &sieve).await;
    let done = done.map(|id| format!("/aanmelden/code?c={id}"));
    let way = FormWay { form: "sign-up", back: "/lid-worden" };
    finish(&request, way, SignUpForm { draft, back, since: sieve.since, puzzle: None }, done).await
}
