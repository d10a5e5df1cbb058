//! The server functions about signing in and one's own account.

use domain::members::draft::SignUpDraft;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::forms::Filled;
use crate::ui::Moment;

#[cfg(feature = "ssr")]
use {
    crate::context::{FormWay, answer, escaped, finish, go, request, set_cookie, typed},
    domain::members::sign_in::safe_return,
    service::context::Request,
    service::sign_in::Entered,
    service::{accounts, second_factor, sessions, sign_in},
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
}

#[server(endpoint = "sign-in/form")]
pub async fn load_sign_in(#[server(default)] flash: String) -> Result<Filled<SignInForm>, AppError> {
    let request = request();
    Ok(typed::<SignInForm>(&request, "sign-in", &flash)
        .await?
        .into())
}

/// Asks for a mail with a link and a code.
#[server(endpoint = "sign-in/ask")]
pub async fn ask_to_sign_in(
    #[server(default)] email: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let request = request();
    let done = sign_in::ask(&request, &email, &back).await;
    let done = done.map(|id| format!("/aanmelden/code?c={id}"));
    let form = SignInForm {
        email,
        back,
        with_password: false,
    };
    let way = FormWay {
        form: "sign-in",
        back: "/aanmelden",
    };
    finish(&request, way, form, done).await
}

#[server(endpoint = "sign-in/password")]
pub async fn sign_in_with_password(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let request = request();
    let done = sign_in::enter_password(&request, &email, &password, &back).await;
    let done = done.map(|entered| entered_path(&request, &entered));
    let form = SignInForm {
        email,
        back,
        with_password: true,
    };
    let way = FormWay {
        form: "sign-in",
        back: "/aanmelden",
    };
    finish(&request, way, form, done).await
}

/// The problems with a code that was typed on a page that has nothing else to keep.
#[server(endpoint = "sign-in/code-form")]
pub async fn code_form(#[server(default)] flash: String) -> Result<Filled<()>, AppError> {
    let request = request();
    Ok(typed::<()>(&request, "code", &flash).await?.into())
}

#[server(endpoint = "sign-in/code")]
pub async fn sign_in_with_code(
    #[server(default)] challenge: String,
    #[server(default)] code: String,
) -> Result<(), AppError> {
    let request = request();
    let done = match challenge.parse() {
        Ok(id) => sign_in::enter_code(&request, id, &code).await,
        Err(_) => Err(service::Error::field(
            domain::problem::Field::Code,
            domain::problem::Fault::CodeExpired,
        )),
    };
    let done = done.map(|entered| entered_path(&request, &entered));
    let plain: String = challenge
        .chars()
        .filter(|c| c.is_ascii_hexdigit() || *c == '-')
        .take(40)
        .collect();
    let back = format!("/aanmelden/code?c={plain}");
    let way = FormWay {
        form: "code",
        back: &back,
    };
    finish(&request, way, (), done).await
}

#[server(endpoint = "sign-in/link-works")]
pub async fn link_works(token: String) -> Result<bool, AppError> {
    answer(sign_in::link_works(&request(), &token).await)
}

#[server(endpoint = "sign-in/link")]
pub async fn sign_in_with_link(token: String) -> Result<(), AppError> {
    let request = request();
    let done = sign_in::enter_link(&request, &token).await;
    let done = done.map(|entered| entered_path(&request, &entered));
    let way = FormWay {
        form: "sign-in",
        back: "/aanmelden",
    };
    finish(&request, way, SignInForm::default(), done).await
}

/// Sets the cookie and says where to go.
#[cfg(feature = "ssr")]
fn entered_path(request: &Request, entered: &Entered) -> String {
    set_cookie(request, &entered.cookie);
    let back = safe_return(&entered.return_to);
    if entered.half_way {
        return format!("/aanmelden/tweede-stap?terug={}", escaped(back));
    }
    let word = if entered.welcome { "welkom" } else { "aangemeld" };
    with_message(back, word)
}

#[cfg(feature = "ssr")]
fn with_message(path: &str, word: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}melding={word}")
}

#[server(endpoint = "sign-in/second-factor")]
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
    let way = FormWay {
        form: "code",
        back: &page,
    };
    finish(&request, way, (), done).await
}

/// What the page of the second step shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondStep {
    /// Nobody is half-way.
    Nothing,
    /// Give the code of the app.
    Give,
    /// Set it up first: the secret in groups, the address, and a QR code as SVG.
    SetUp {
        secret: String,
        url: String,
        qr: String,
    },
    /// It is on already.
    Done,
}

#[server(endpoint = "second-factor/step")]
pub async fn load_second_step() -> Result<SecondStep, AppError> {
    let request = request();
    let Some(session) = &request.session else {
        return Ok(SecondStep::Nothing);
    };
    if session.has_totp {
        return Ok(if request.is_signed_in() {
            SecondStep::Done
        } else {
            SecondStep::Give
        });
    }
    let set_up = answer(second_factor::begin(&request).await)?;
    Ok(SecondStep::SetUp {
        qr: second_factor::qr(&set_up.url),
        secret: set_up.secret,
        url: set_up.url,
    })
}

/// Confirms the second factor and gives the recovery codes, to be shown once.
#[server(endpoint = "second-factor/confirm")]
pub async fn confirm_second_factor(#[server(default)] code: String) -> Result<(), AppError> {
    let request = request();
    let done = second_factor::confirm(&request, &code).await;
    let way = FormWay {
        form: "code",
        back: "/aanmelden/tweede-stap",
    };
    let done = match done {
        Ok((codes, cookie)) => {
            if let Some(cookie) = cookie {
                set_cookie(&request, &cookie);
            }
            let problems = Default::default();
            service::flash::keep(&request, "recovery", codes, problems)
                .await
                .map(|id| format!("/account?codes={id}"))
        }
        Err(error) => Err(error),
    };
    finish(&request, way, (), done).await
}

#[server(endpoint = "second-factor/off")]
pub async fn switch_second_factor_off() -> Result<(), AppError> {
    let request = request();
    let done = second_factor::switch_off(&request).await;
    account_done(&request, done, "bewaard").await
}

#[server(endpoint = "members/form")]
pub async fn load_sign_up(#[server(default)] flash: String) -> Result<Filled<SignUpForm>, AppError> {
    let request = request();
    Ok(typed::<SignUpForm>(&request, "sign-up", &flash)
        .await?
        .into())
}

#[server(endpoint = "members/join")]
pub async fn join(
    #[server(default)] draft: SignUpDraft,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let request = request();
    let done = sign_in::ask_to_join(&request, &draft, &back).await;
    let done = done.map(|id| format!("/aanmelden/code?c={id}"));
    let way = FormWay {
        form: "sign-up",
        back: "/lid-worden",
    };
    finish(&request, way, SignUpForm { draft, back }, done).await
}

#[server(endpoint = "account/sign-out")]
pub async fn sign_out() -> Result<(), AppError> {
    let request = request();
    let cookie = answer(sessions::sign_out(&request).await)?;
    set_cookie(&request, &cookie);
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
}

#[server(endpoint = "account/view")]
pub async fn account(
    #[server(default)] flash: String,
    #[server(default)] codes: String,
) -> Result<AccountView, AppError> {
    let request = request();
    let found = answer(sessions::own(&request).await)?;
    let Some(session) = &request.session else {
        return answer(Err(domain::permit::Denied::SignInFirst.into()));
    };
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
        locale: member
            .locale
            .map(|locale| locale.tag().to_owned())
            .unwrap_or_default(),
    };
    Ok(AccountView {
        email: member.email.clone(),
        profile: if kept.typed.version > 0 {
            kept.typed
        } else {
            stored
        },
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
        recovery_codes: typed::<Vec<String>>(&request, "recovery", &codes)
            .await?
            .typed,
    })
}

#[server(endpoint = "account/profile")]
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
    let way = FormWay {
        form: "profile",
        back: "/account",
    };
    let done = done.map(|()| "/account?melding=bewaard".to_owned());
    finish(&request, way, profile, done).await
}

#[server(endpoint = "account/password")]
pub async fn set_password(
    #[server(default)] old: String,
    #[server(default)] new: String,
) -> Result<(), AppError> {
    let request = request();
    let done = accounts::set_password(&request, &old, &new).await;
    account_done(&request, done, "wachtwoord").await
}

#[server(endpoint = "account/end-session")]
pub async fn end_session(id: String) -> Result<(), AppError> {
    let request = request();
    let done = match id.parse() {
        Ok(id) => sessions::end(&request, id).await,
        Err(_) => Err(service::Error::NotFound),
    };
    account_done(&request, done, "sessies").await
}

#[server(endpoint = "account/end-others")]
pub async fn end_other_sessions() -> Result<(), AppError> {
    let request = request();
    let done = sessions::end_others(&request).await;
    account_done(&request, done, "sessies").await
}

/// Back to the account page, with a message or with what was wrong.
#[cfg(feature = "ssr")]
async fn account_done(
    request: &Request,
    done: Result<(), service::Error>,
    word: &str,
) -> Result<(), AppError> {
    let way = FormWay {
        form: "profile",
        back: "/account",
    };
    let done = done.map(|()| format!("/account?melding={word}"));
    finish(request, way, ProfileForm::default(), done).await
}
