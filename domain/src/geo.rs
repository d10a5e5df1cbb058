//! Places on the map.

use serde::{Deserialize, Serialize};

use crate::problem::Fault;

/// Millionths of a degree in one degree.
const MILLIONTHS: f64 = 1_000_000.0;
/// Beyond this the usual projection of maps (Web Mercator) has no place.
const NORTHMOST: i32 = 85_000_000;
const EASTMOST: i32 = 180_000_000;

/// A point on earth (WGS 84), in millionths of a degree, which are some ten centimetres. In files and in the browser it
/// is `[latitude, longitude]` in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
pub struct Point {
    pub latitude: i32,
    pub longitude: i32,
}

impl Point {
    /// `None` for what no map shows, and for the point where nobody lives and broken programs are: 0, 0.
    pub fn new(latitude: i32, longitude: i32) -> Option<Self> {
        let shown = latitude.unsigned_abs() <= NORTHMOST.unsigned_abs()
            && longitude.unsigned_abs() <= EASTMOST.unsigned_abs()
            && (latitude, longitude) != (0, 0);
        shown.then_some(Self { latitude, longitude })
    }

    /// Degrees, as they were typed, with a point or a comma; nothing at all is no point.
    ///
    /// # Errors
    /// One of both is missing, or it is no point of a map.
    pub fn typed(latitude: &str, longitude: &str) -> Result<Option<Self>, Fault> {
        match (latitude.trim(), longitude.trim()) {
            ("", "") => Ok(None),
            ("", _) | (_, "") => Err(Fault::Required),
            (latitude, longitude) => match (millionths(latitude), millionths(longitude)) {
                (Some(latitude), Some(longitude)) => {
                    Self::new(latitude, longitude).map(Some).ok_or(Fault::UnknownChoice)
                }
                _ => Err(Fault::UnknownChoice),
            },
        }
    }

    /// Latitude and longitude in degrees, as they are typed.
    pub fn degrees(self) -> (String, String) {
        (text(self.latitude), text(self.longitude))
    }
}

/// `52.5481` as it is written; no more than six decimals count.
fn millionths(typed: &str) -> Option<i32> {
    let typed = typed.replace(',', ".");
    let plain =
        typed.len() <= 24 && typed.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    let degrees: f64 = if plain { typed.parse().ok()? } else { return None };
    rounded(degrees)
}

fn rounded(degrees: f64) -> Option<i32> {
    let millionths = (degrees * MILLIONTHS).round();
    let fits = millionths.abs() <= f64::from(EASTMOST);
    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and smaller than the largest degree")]
    fits.then_some(millionths as i32)
}

fn text(millionths: i32) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let all = millionths.unsigned_abs();
    let text = format!("{sign}{}.{:06}", all / 1_000_000, all % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl From<Point> for [f64; 2] {
    fn from(point: Point) -> Self {
        [f64::from(point.latitude) / MILLIONTHS, f64::from(point.longitude) / MILLIONTHS]
    }
}

/// No point of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPoint;

impl std::fmt::Display for NoPoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no point of a map: give [latitude, longitude] in degrees")
    }
}

impl TryFrom<[f64; 2]> for Point {
    type Error = NoPoint;

    fn try_from([latitude, longitude]: [f64; 2]) -> Result<Self, NoPoint> {
        let both = rounded(latitude).zip(rounded(longitude));
        both.and_then(|(latitude, longitude)| Self::new(latitude, longitude)).ok_or(NoPoint)
    }
}

/// The map of a community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommunityMap {
    /// The corners of what it shows.
    pub south_west: Point,
    pub north_east: Point,
    /// The name of a drawn map (`/kaart/NAME.svg`) that fills the corners; empty for a community whose map comes from
    /// the tiles of the server's settings.
    #[serde(default)]
    pub picture: String,
    /// Where people come together: choosing one gives its address and its point.
    #[serde(default)]
    pub places: Vec<KnownPlace>,
}

/// A place that a community knows by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownPlace {
    pub slug: String,
    pub name: String,
    pub address: String,
    pub point: Point,
}

impl KnownPlace {
    /// Name and address in one line, as the place of an activity.
    pub fn line(&self) -> String {
        if self.address.is_empty() { self.name.clone() } else { format!("{}, {}", self.name, self.address) }
    }
}

impl CommunityMap {
    /// Whether it shows a point.
    pub fn holds(&self, point: Point) -> bool {
        (self.south_west.latitude..=self.north_east.latitude).contains(&point.latitude)
            && (self.south_west.longitude..=self.north_east.longitude).contains(&point.longitude)
    }

    pub fn place(&self, slug: &str) -> Option<&KnownPlace> {
        self.places.iter().find(|place| place.slug == slug)
    }

    /// The place that was typed in one line: its name, with or without its address, or what else follows a comma.
    pub fn place_called(&self, typed: &str) -> Option<&KnownPlace> {
        let typed = typed.to_lowercase();
        self.places.iter().find(|place| {
            let rest = typed.strip_prefix(&place.name.to_lowercase());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(','))
        })
    }

    /// How many times its width a map is as high, where it is drawn as Web Mercator does.
    pub fn height(&self) -> f64 {
        let width = f64::from(self.north_east.longitude - self.south_west.longitude) / MILLIONTHS;
        (mercator(self.north_east) - mercator(self.south_west)) / width.to_radians()
    }

    /// Where on the map a point is: from the left and from above, as parts of its width and its height.
    pub fn position(&self, point: Point) -> (f64, f64) {
        let west = f64::from(self.south_west.longitude);
        let x = (f64::from(point.longitude) - west) / (f64::from(self.north_east.longitude) - west);
        let (south, north) = (mercator(self.south_west), mercator(self.north_east));
        (x, (north - mercator(point)) / (north - south))
    }
}

/// How far north on a map of Web Mercator (EPSG:3857), on a globe with a radius of one.
fn mercator(point: Point) -> f64 {
    let latitude = (f64::from(point.latitude) / MILLIONTHS).to_radians();
    (std::f64::consts::FRAC_PI_4 + latitude / 2.0).tan().ln()
}
