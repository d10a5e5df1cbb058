//! Where the forms about members lead, on the server only.

use domain::members::sign_in::safe_return;
use service::context::Request;
use service::sign_in::Entered;

use super::api::ProfileForm;
use crate::context::{FormWay, escaped, finish, set_cookie, with_message};
use crate::error::AppError;

/// Sets the cookie and says where to go.
pub(super) fn entered_path(request: &Request, entered: &Entered) -> String {
    set_cookie(request, &entered.cookie);
    let back = safe_return(&entered.return_to);
    if entered.half_way {
        return format!("/aanmelden/tweede-stap?terug={}", escaped(back));
    }
    let word = if entered.welcome { "welkom" } else { "aangemeld" };
    with_message(back, word)
}

/// Back to the account page, with a message or with what was wrong.
pub(super) async fn account_done(
    request: &Request,
    done: Result<(), service::Error>,
    word: &str,
) -> Result<(), AppError> {
    let way = FormWay { form: "profile", back: "/account" };
    let done = done.map(|()| format!("/account?melding={word}"));
    finish(request, way, ProfileForm::default(), done).await
}
