//! The way of every request, in one place: what is refused, what comes from memory, what goes on
//! to the pages, and what every answer carries.

mod answer;

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use axum::middleware::Next;
use futures_util::FutureExt as _;
use leptos::nonce::Nonce;
use service::sessions::CookieChange;
use store::Versions;

use self::answer::{dress, error_page, explained, nonce};
use crate::client::Client;
use crate::error_pages::{self, Face, wants_page};
use crate::logging::RequestLine;
use crate::page_cache::{Found, Key, Variant, cacheable_path, is_for_programs};
use crate::request_context::{Asked, display_scheme, locale, session_token};
use crate::state::AppState;
use crate::{body, embed, health, origin_check, platform_cache, security_headers};

/// Pages with codes, keys and links on them: not even the browser keeps a copy; nor of an answer to a form.
const SECRET: [&str; 9] = [
    "/account",
    "/agenda/bronnen",
    "/aanmelden/link/",
    "/aanmelden/tweede-stap",
    "/beheer/",
    "/demo/",
    "/inschrijving/",
    "/melding/",
    "/mijn-agenda/",
];
const QUERIES: HeaderName = HeaderName::from_static("x-queries");

/// What the log says about a request.
#[derive(Default)]
struct Trail {
    platform: String,
    from_memory: bool,
}

/// The middleware around all routes.
pub async fn handle(State(state): State<AppState>, mut request: Request<Body>, next: Next) -> Response<Body> {
    if request.uri().path() == embed::ADDRESS {
        // What stands on other sites knows nobody.
        request.headers_mut().remove(header::COOKIE);
    }
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let face = Face {
        style_sheet: state.assets.style_sheet().map(str::to_owned),
        scenes: Some(app::assets::SCENES.to_owned()),
        scheme: display_scheme(request.headers()).key(),
        ..Face::for_reader(request.headers())
    };
    let mut trail = Trail::default();
    let answer =
        AssertUnwindSafe(answer(&state, request, next, face.clone(), &mut trail)).catch_unwind().await;
    let mut response =
        answer.unwrap_or_else(|_| error_pages::answer(StatusCode::INTERNAL_SERVER_ERROR, &face));
    security_headers::apply(response.headers_mut(), None, state.config.hsts);
    RequestLine {
        method: method.as_str(),
        route: route.as_ref().map_or("-", MatchedPath::as_str),
        status: response.status().as_u16(),
        took: begun.elapsed(),
        platform: &trail.platform,
        from_memory: trail.from_memory,
    }
    .write();
    response
}

async fn answer(
    state: &AppState,
    request: Request<Body>,
    next: Next,
    face: Face,
    trail: &mut Trail,
) -> Response<Body> {
    let (parts, incoming) = request.into_parts();
    let uri = &parts.uri;
    if let Some(mut file) = state.assets.answer(&parts.method, uri.path(), uri.query(), &parts.headers) {
        trail.from_memory = true;
        if file.status().is_client_error() {
            return error_page(file, &face);
        }
        file.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        return file;
    }
    if let Some(answer) = health::answer(state, &parts.method, uri.path()).await {
        trail.from_memory = true;
        return answer;
    }
    let one_host = parts.headers.get_all(header::HOST).iter().nth(1).is_none();
    let Some(client) = Client::of(&parts, &state.config).filter(|_| one_host && body::is_readable(uri))
    else {
        return error_pages::answer(StatusCode::BAD_REQUEST, &face);
    };
    let now = state.services.clock.now();
    let finding = async {
        let snapshot = state.versions.ask(()).await.ok()?;
        Some(state.platforms.find(&client.host, &snapshot, now).await)
    };
    let Ok(Some(found)) = tokio::time::timeout(state.config.limits.request, finding).await else {
        return error_pages::answer(StatusCode::SERVICE_UNAVAILABLE, &face);
    };
    let platform_cache::Found { platform, versions, host } = match found {
        Ok(Some(found)) => found,
        Ok(None) => return error_pages::unknown_host(&face, &demo_addresses(state, &client).await),
        Err(error) => {
            tracing::error!(%error, "a platform cannot be read");
            return error_pages::answer(StatusCode::SERVICE_UNAVAILABLE, &face);
        }
    };
    trail.platform.clone_from(&platform.slug);
    let face = Face { locale: locale(&parts.headers, &platform, None), ..face.of(&platform) };
    if !origin_check::is_allowed(&parts.method, &parts.headers, &client.authority, state.config.public_scheme)
    {
        return error_pages::answer(StatusCode::FORBIDDEN, &face);
    }
    match shape(&parts.method, uri.path()) {
        Shape::Usual => {}
        Shape::Odd => return error_pages::answer(StatusCode::NOT_FOUND, &face),
        Shape::Slash(without) => return moved(without, uri.query()),
    }
    let asked = Asked {
        base_url: state.config.base_url(client.scheme, &host).into(),
        path_and_query: uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        platform,
        versions,
        client,
        as_visitor: is_for_programs(uri.path()),
        now,
    };
    let request = match whole(state, parts, incoming).await {
        Ok(request) => request,
        Err(status) => return error_pages::answer(status, &face),
    };
    let visit = Visit { state, next, face, asked };
    visit.answer(request, versions, trail).await
}

/// Whether a path is spelled as a page's address is.
enum Shape<'a> {
    Usual,
    /// With a slash at the end too many: the page's own address.
    Slash(&'a str),
    /// With empty parts or dots, as no page has: whatever guards a page by its address must not meet them.
    Odd,
}

fn shape<'a>(method: &Method, path: &'a str) -> Shape<'a> {
    let without = path.strip_suffix('/').filter(|without| !without.is_empty());
    let parts = without.unwrap_or(path).split('/').skip(1);
    if path != "/" && parts.into_iter().any(|part| matches!(part, "" | "." | "..")) {
        return Shape::Odd;
    }
    match without {
        Some(without) if matches!(*method, Method::GET | Method::HEAD) => Shape::Slash(without),
        Some(_) => Shape::Odd,
        None => Shape::Usual,
    }
}

fn moved(path: &str, query: Option<&str>) -> Response<Body> {
    let to = query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    if let Ok(to) = HeaderValue::try_from(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

/// The communities of a demo, for who comes by the plain name of the machine itself; empty for everybody else.
async fn demo_addresses(state: &AppState, client: &Client) -> Vec<(String, String)> {
    let here = ["localhost", "127.0.0.1", "[::1]"].contains(&client.host.as_str());
    if !here || !state.services.settings.demo {
        return Vec::new();
    }
    let store = &state.services.store;
    let mut found = Vec::new();
    for (host, id) in store.hosts().await.unwrap_or_default() {
        let loaded = store.on(id).load_platform(state.services.clock.now()).await;
        if let Ok(Some((platform, _))) = loaded
            && platform.demo
        {
            found.push((platform.name, state.config.base_url(client.scheme, &host)));
        }
    }
    found
}

/// The request with its body read, or the status that says what is wrong with it.
async fn whole(state: &AppState, parts: Parts, incoming: Body) -> Result<Request<Body>, StatusCode> {
    let limits = &state.config.limits;
    if let Some((most, _)) = body::with_files(&parts.method, parts.uri.path()) {
        let body = Body::new(http_body_util::Limited::new(incoming, most));
        return Ok(Request::from_parts(parts, body));
    }
    let body = match parts.method {
        // A body here has no meaning (RFC 9110, 9.3.1); it is not even looked at.
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE => Body::empty(),
        _ => Body::from(body::read_form(&parts.headers, incoming, limits.body_bytes, limits.request).await?),
    };
    Ok(Request::from_parts(parts, body))
}

/// A request that is on its way to the pages.
struct Visit<'a> {
    state: &'a AppState,
    next: Next,
    face: Face,
    asked: Asked,
}

impl Visit<'_> {
    async fn answer(self, request: Request<Body>, versions: Versions, trail: &mut Trail) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let Some(key) = self.key(&parts, versions) else {
            return self.render(Request::from_parts(parts, body)).await;
        };
        if let Some(entry) = self.state.pages.get(&key).await {
            trail.from_memory = true;
            let mut response = entry.answer(&parts.method, &parts.headers);
            if self.state.config.diagnostics {
                // The versions, shared with others.
                response.headers_mut().insert(QUERIES, HeaderValue::from(1));
            }
            return response;
        }
        // Everybody who shares the page gets it as if they had asked with GET.
        let again = || {
            let mut parts = parts.clone();
            parts.method = Method::GET;
            Request::from_parts(parts, Body::empty())
        };
        match self.state.pages.make(key, self.render(again())).await {
            Found::Shared(entry) => entry.answer(&parts.method, &parts.headers),
            Found::Own(response) => response,
            Found::NotShared => self.render(again()).await,
        }
    }

    /// Under what the page is kept; `None` when it is not one for everybody.
    fn key(&self, parts: &Parts, versions: Versions) -> Option<Key> {
        if !matches!(parts.method, Method::GET | Method::HEAD)
            || (!self.asked.as_visitor && session_token(self.state, &parts.headers).is_some())
        {
            return None;
        }
        // The app's JavaScript asks for data, a browser for a page.
        if !wants_page(&parts.headers) {
            return None;
        }
        let address = cacheable_path(parts.uri.path(), parts.uri.query())?;
        let variant = Variant {
            platform: self.asked.platform.id,
            content_version: versions.content,
            config_version: versions.config,
            locale: self.face.locale,
            scheme: self.face.scheme,
            base_url: Arc::clone(&self.asked.base_url),
        };
        Some(Key::new(variant, address))
    }

    /// Makes the answer. On the heap, because it is large, and most requests are answered without.
    fn render(&self, request: Request<Body>) -> Pin<Box<dyn Future<Output = Response<Body>> + Send + '_>> {
        Box::pin(self.render_here(request))
    }

    /// Makes the answer, and gives it everything that is kept with it.
    async fn render_here(&self, mut request: Request<Body>) -> Response<Body> {
        let state = self.state;
        let tenant = state.services.store.on(self.asked.platform.id);
        let context = match self.asked.clone().by_whom(state, tenant.clone(), request.headers()).await {
            Ok(context) => context,
            Err(error) => {
                tracing::error!(%error, "a session cannot be read");
                return error_pages::answer(StatusCode::SERVICE_UNAVAILABLE, &self.face);
            }
        };
        let has_token = !self.asked.as_visitor && session_token(state, request.headers()).is_some();
        let forgotten = has_token && context.session.is_none();
        // An address without a route may still be spelled so that the app finds a page for it.
        let is_secret = !matches!(*request.method(), Method::GET | Method::HEAD)
            || request.extensions().get::<MatchedPath>().is_none()
            || SECRET.iter().any(|start| request.uri().path().starts_with(start));
        let tiles =
            state.config.tiles.as_ref().filter(|_| security_headers::may_have_a_map(request.uri().path()));
        let tiles = tiles.map(service::context::Tiles::origin);
        let nonce = nonce(state);
        request.extensions_mut().insert(Arc::new(context));
        request.extensions_mut().insert(Nonce::from_value(nonce.as_str()));
        let is_page = wants_page(request.headers());
        let files = body::with_files(request.method(), request.uri().path());
        let within = files.map_or(state.config.limits.request, |(_, within)| within);
        let mut next = self.next.clone();
        let going = tower::Service::call(&mut next, request);
        let response = match tokio::time::timeout(within, going).await {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            Err(_) => error_pages::answer(StatusCode::SERVICE_UNAVAILABLE, &self.face),
        };
        let mut response = if is_page { explained(response, &self.face) } else { response };
        if state.config.diagnostics {
            // And one for the versions and one for the session, both shared with others.
            let shared = 1 + u32::from(has_token);
            response.headers_mut().insert(QUERIES, HeaderValue::from(tenant.queries() + shared));
        }
        if forgotten && !response.headers().contains_key(header::SET_COOKIE) {
            // The session has ended: without its cookie the browser gets pages from memory again.
            let clear = CookieChange::Clear.header(state.config.secure_cookies);
            if let Ok(value) = HeaderValue::try_from(clear) {
                response.headers_mut().insert(header::SET_COOKIE, value);
            }
        }
        dress(&mut response, &nonce, is_secret);
        if let Some(origin) = tiles {
            security_headers::allow_tiles(response.headers_mut(), &nonce, origin);
        }
        security_headers::apply(response.headers_mut(), Some(&nonce), state.config.hsts);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_spelling() {
        let get = |path| shape(&Method::GET, path);
        for path in ["/", "/berichten", "/aanmelden/link/abc", "/favicon.ico", "/.well-known/security.txt"] {
            assert!(matches!(get(path), Shape::Usual), "{path}");
        }
        assert!(matches!(get("/berichten/"), Shape::Slash("/berichten")));
        for path in [
            "//",
            "//kwaad.example",
            "//kwaad.example/",
            "/berichten//",
            "/./account",
            "/a/../account",
            "/a/..",
        ] {
            assert!(matches!(get(path), Shape::Odd), "{path}");
        }
        assert!(matches!(shape(&Method::POST, "/api/x/"), Shape::Odd));
    }
}
