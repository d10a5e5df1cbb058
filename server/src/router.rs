//! All routes.

use std::sync::Arc;

use app::{App, QuietApp, quiet_shell, shell};
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::{Request, Response, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use axum::{Router, response};
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes as _, generate_route_list, render_app_async_with_context};

use crate::state::AppState;
use crate::{
    calendar_file, card, embed, feeds, front, live, photos, preferences, sheet, suggestions, wellknown,
};

/// The whole site. Requests come from [`crate::listen::serve`], or from a test.
pub fn router(state: AppState) -> Router {
    let names = state.asset_names.clone();
    let quiet_names = names.clone();
    let document = move || shell(names.clone());
    let quiet_document = move || quiet_shell(quiet_names.clone());
    let pages = generate_route_list(App);
    let not_found = {
        let render = render_app_async_with_context(provide_request, document.clone());
        move |request: Request<Body>| {
            let page = render(request);
            async move { not_found(page.await) }
        }
    };
    // Leptos adds the server functions with the routes of an app, and can do so only once: these are added one by one.
    let quiet = render_app_async_with_context(provide_request, quiet_document);
    let quiet_pages = generate_route_list(QuietApp).into_iter().fold(Router::new(), |router, page| {
        let quiet = quiet.clone();
        router.route(page.path(), get(move |request: Request<Body>| quiet(request)))
    });
    Router::new()
        .merge(quiet_pages)
        .route("/agenda.ics", get(feeds::agenda))
        .route("/activiteiten/{id}/agenda.ics", get(feeds::activity))
        .route("/mijn-agenda/{token}", get(feeds::own_calendar))
        .route("/activiteiten/{id}/deelnemers.csv", get(sheet::people))
        .route(
            app::sources::FILE_ADDRESS,
            post(calendar_file::send).layer(DefaultBodyLimit::max(calendar_file::BODY_MAX)),
        )
        .route("/berichten/feed", get(feeds::posts))
        .route("/berichten/{id}/feed", get(feeds::initiative))
        .route("/berichten/{id}/kaart.png", get(card::of_post))
        .route("/berichten/{id}/reacties/stroom", get(live::comments))
        .route(photos::ADDRESS, post(photos::send).layer(DefaultBodyLimit::max(photos::BODY_MAX)))
        .route("/fotos/{id}/{name}", get(photos::file))
        .route(embed::ADDRESS, get(embed::posts))
        .route("/zoeken/suggesties", get(suggestions::titles))
        .route("/sitemap.xml", get(feeds::site_map))
        .route("/.well-known/security.txt", get(wellknown::security))
        .route("/robots.txt", get(wellknown::robots))
        .route("/manifest.webmanifest", get(wellknown::manifest))
        .route("/voorkeur/taal", post(preferences::set_language))
        .route("/voorkeur/weergave", post(preferences::set_display))
        .leptos_routes_with_context(&state, pages, provide_request, document)
        .fallback(not_found)
        .layer(from_fn_with_state(state.clone(), front::handle))
        .with_state(state)
}

/// Hands on what the middleware found out: who asks, and the nonce that the header will name.
fn provide_request() {
    let Some(parts) = use_context::<axum::http::request::Parts>() else { return };
    if let Some(request) = parts.extensions.get::<Arc<service::context::Request>>() {
        provide_context(Arc::clone(request));
    }
    if let Some(nonce) = parts.extensions.get::<Nonce>() {
        provide_context(nonce.clone());
    }
}

/// The app has shown its page for an address that leads nowhere.
fn not_found(mut response: response::Response) -> Response<Body> {
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
