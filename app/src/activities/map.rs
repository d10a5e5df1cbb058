//! Maps: what is on them, and how they stand on a page. The script that makes them move is `public/map.js`.

use std::collections::BTreeMap;

use domain::geo::Point;
use leptos::prelude::*;
use leptos::serde_json::json;
use leptos_meta::Stylesheet;
use service::activities::Agenda;
use service::context::Request;

use super::view::{MapView, PeekView, PlaceView, SpotView};
use crate::texts::{desk_in_language, fill, use_desk_texts};
use crate::ui::Icon;

const LEAFLET: &str = env!("NOABER_LEAFLET");
const LEAFLET_STYLE: &str = env!("NOABER_LEAFLET_STYLE");
const SCRIPT: &str = env!("NOABER_MAP");
/// The addresses of the drawn maps.
const DRAWN: &str = env!("NOABER_MAPS");
/// Half of a spot, which stays within the picture.
const SPOT: f64 = 26.0;

/// How wide and high a part of the map is, where the whole is [`MapView::WIDTH`] wide.
const PEEK: (u32, u32) = (600, 240);

/// `52.53,5.12`, as the script reads it.
pub(super) fn written(point: Point) -> String {
    let (latitude, longitude) = point.degrees();
    format!("{latitude},{longitude}")
}

/// The address of a drawn map.
fn picture(name: &str) -> Option<&'static str> {
    let start = format!("/kaart/{name}.svg?");
    DRAWN.split(' ').find(|address| address.starts_with(&start))
}

/// Whether the community has a map that can be shown.
pub(super) fn is_there(request: &Request) -> bool {
    base(request).is_some()
}

/// The map without anything on it.
fn base(request: &Request) -> Option<MapView> {
    let d = desk_in_language(request.locale);
    let map = request.platform.map.as_ref()?;
    let drawn = picture(&map.picture);
    let tiles = request.services.settings.tiles.as_ref().filter(|_| drawn.is_none());
    if drawn.is_none() && tiles.is_none() {
        return None;
    }
    let places: BTreeMap<&str, String> =
        map.places.iter().map(|place| (place.slug.as_str(), written(place.point))).collect();
    let says = json!({
        "corners": [<[f64; 2]>::from(map.south_west), <[f64; 2]>::from(map.north_east)],
        "picture": drawn.unwrap_or_default(),
        "tiles": tiles.map(|tiles| tiles.address.as_str()).unwrap_or_default(),
        "attribution": tiles.map(|tiles| tiles.attribution.as_str()).unwrap_or_default(),
        "places": places,
        "words": { "in": d.map_in, "out": d.map_out, "close": d.map_close, "spot": d.map_spot },
    });
    Some(MapView {
        says: says.to_string(),
        picture: drawn.unwrap_or_default().to_owned(),
        height: whole(map.height() * f64::from(MapView::WIDTH)),
        spots: Vec::new(),
        elsewhere: 0,
        attribution: tiles.map(|tiles| tiles.attribution.clone()).unwrap_or_default(),
    })
}

fn whole(length: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is within a picture")]
    let whole = length.round().clamp(0.0, 100_000.0) as u32;
    whole
}

/// The map with everything of the list that has a point.
pub(super) fn of_agenda(request: &Request, agenda: &Agenda) -> Option<MapView> {
    let mut view = base(request)?;
    let map = request.platform.map.as_ref()?;
    let mut counts: BTreeMap<Point, usize> = BTreeMap::new();
    for one in &agenda.times {
        match one.point {
            Some(point) => *counts.entry(point).or_default() += 1,
            None => view.elsewhere += 1,
        }
    }
    let (width, height) = (f64::from(MapView::WIDTH), f64::from(view.height));
    for (point, count) in counts {
        let (x, y) = map.position(point);
        let within = |part: f64, length: f64| whole((part * length).clamp(SPOT, length - SPOT));
        view.spots.push(SpotView { x: within(x, width), y: within(y, height), count });
    }
    Some(view)
}

/// The part of the drawn map around where a time is; `None` where there is no drawing, or the place is not on it.
pub(super) fn around(request: &Request, point: Option<Point>, day: &str) -> Option<PeekView> {
    let (map, point) = (request.platform.map.as_ref()?, point?);
    let view = base(request).filter(|view| !view.picture.is_empty() && map.holds(point))?;
    let (width, height) = (MapView::WIDTH, view.height);
    let (x, y) = map.position(point);
    let (x, y) = (whole(x * f64::from(width)), whole(y * f64::from(height)));
    let (wide, high) = (PEEK.0.min(width), PEEK.1.min(height));
    let from = |at: u32, part: u32, length: u32| at.saturating_sub(part / 2).min(length - part);
    Some(PeekView {
        picture: view.picture,
        height,
        part: [from(x, wide, width), from(y, high, height), wide, high],
        x,
        y,
        href: format!("/agenda?weergave=kaart&dag={day}"),
    })
}

/// The map and the places of the form.
pub(super) fn of_form(request: &Request) -> PlaceView {
    let Some(map) = &request.platform.map else { return PlaceView::default() };
    PlaceView {
        known: map.places.iter().map(|place| (place.slug.clone(), place.line())).collect(),
        map: base(request),
    }
}

/// The map under the list. Who cannot see it, or has no script, misses nothing: it shows what the list says.
#[component]
pub(super) fn AgendaMap(view: MapView) -> impl IntoView {
    let d = use_desk_texts();
    let label = fill(d.map_label, &[("n", &view.spots.len().to_string())]);
    let elsewhere = (view.elsewhere > 0).then(|| {
        let text = fill(d.map_elsewhere, &[("n", &view.elsewhere.to_string())]);
        view! { " " {text} }
    });
    view! {
        <section class="no-print" aria-label=label>
            <h2>{d.map_title}</h2>
            <Canvas view=view of="agenda"/>
            <p class="meta map__about">{d.map_about} {elsewhere}</p>
        </section>
    }
}

/// Where it is, on a part of the drawing that leads to the map. The place is said in words above it.
#[component]
pub(super) fn Peek(view: PeekView) -> impl IntoView {
    let d = use_desk_texts();
    let part = view.part.map(|length| length.to_string()).join(" ");
    view! {
        <a class="map map-peek no-print" href=view.href>
            <svg class="map__static" viewBox=part aria-hidden="true" focusable="false">
                <image
                    href=view.picture
                    width=MapView::WIDTH
                    height=view.height
                    preserveAspectRatio="none"
                ></image>
                <circle class="map__spot" cx=view.x cy=view.y r="14"></circle>
            </svg>
            <span class="map-peek__label">
                <Icon name="map-pin"/>
                {d.map_title}
            </span>
        </a>
    }
}

/// The map itself: drawn, until the script makes it move.
#[component]
pub(super) fn Canvas(view: MapView, of: &'static str) -> impl IntoView {
    let size = format!("0 0 {} {}", MapView::WIDTH, view.height);
    let spots = view
        .spots
        .into_iter()
        .map(|spot| {
            view! {
                <circle class="map__spot" cx=spot.x cy=spot.y r="24"></circle>
                <text class="map__count" x=spot.x y=spot.y + 9>
                    {spot.count}
                </text>
            }
        })
        .collect_view();
    let drawn = (!view.picture.is_empty()).then(|| {
        view! {
            <svg class="map__static" viewBox=size aria-hidden="true" focusable="false">
                <image
                    href=view.picture.clone()
                    width=MapView::WIDTH
                    height=view.height
                    preserveAspectRatio="none"
                ></image>
                {spots}
            </svg>
        }
    });
    view! {
        <Stylesheet href=LEAFLET_STYLE/>
        <div class="map" data-map-of=of data-map=view.says>
            {drawn}
        </div>
        {(!view.attribution.is_empty()).then(|| view! { <p class="meta">{view.attribution.clone()}</p> })}
        <script src=LEAFLET nonce=leptos::nonce::use_nonce() defer=true></script>
        <script src=SCRIPT nonce=leptos::nonce::use_nonce() defer=true></script>
    }
}
