//! One community with its places, subjects and connectors: what every page needs.

use domain::area::{Area, AreaKind, AreaTree};
use domain::clock::Timestamp;
use domain::id::{AreaId, MemberId, TopicId};
use domain::locale::Locale;
use domain::platform::{ConnectorCard, LaunchState, Platform, Topic};
use domain::roles::Role;
use uuid::Uuid;

use crate::conn::read;
use crate::error::{Result, known};
use crate::tenant::Tenant;

/// Numbers that count up when something changes, so that caches know what is old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Versions {
    /// What visitors see: posts, names.
    pub content: i64,
    /// The platform itself: areas, topics, connectors, texts.
    pub config: i64,
}

const PLATFORM: &str = "SELECT id, slug, name, place, tagline, theme, locale, locales, launch,
        demo, contact, house_rules, about, map, content_version, config_version
    FROM platform WHERE id = $1";
const AREAS: &str = "SELECT id, parent_id, kind, slug, name FROM area
    WHERE platform_id = $1 ORDER BY position, name";
const TOPICS: &str = "SELECT id, slug, name FROM topic
    WHERE platform_id = $1 ORDER BY position, name";
/// Whoever is suspended is not shown as someone to turn to.
const CONNECTORS: &str = "SELECT m.id, m.name, m.about, g.area_id
    FROM member_grant g
    JOIN member m ON m.platform_id = g.platform_id AND m.id = g.member_id
    WHERE g.platform_id = $1 AND g.role = $2
      AND g.valid_from <= $3 AND (g.valid_until IS NULL OR g.valid_until > $3)
      AND m.suspended = FALSE
    ORDER BY m.created_at, m.id, g.id";

#[derive(sqlx::FromRow)]
struct PlatformRow {
    id: Uuid,
    slug: String,
    name: String,
    place: String,
    tagline: String,
    theme: String,
    locale: String,
    locales: String,
    launch: String,
    demo: bool,
    contact: String,
    house_rules: String,
    about: String,
    map: String,
    content_version: i64,
    config_version: i64,
}

#[derive(sqlx::FromRow)]
struct AreaRow {
    id: Uuid,
    parent_id: Option<Uuid>,
    kind: String,
    slug: String,
    name: String,
}

#[derive(sqlx::FromRow)]
struct ConnectorRow {
    id: Uuid,
    name: String,
    about: String,
    area_id: Option<Uuid>,
}

impl Tenant {
    /// The platform as it is now, and the versions it was read at. The versions are read first: a
    /// change in between makes what was read newer than its number, and the next look reads it again.
    pub async fn load_platform(&self, now: Timestamp) -> Result<Option<(Platform, Versions)>> {
        let id = self.platform().0;
        let row: Option<PlatformRow> = read!(self, conn =>
            sqlx::query_as(PLATFORM).bind(id).fetch_optional(conn).await)?;
        let Some(row) = row else { return Ok(None) };
        let versions = Versions { content: row.content_version, config: row.config_version };
        let areas = self.areas().await?;
        let topics = self.topics().await?;
        let connectors = self.connectors(now).await?;
        Ok(Some((platform(row, areas, topics, connectors)?, versions)))
    }

    async fn areas(&self) -> Result<AreaTree> {
        let rows: Vec<AreaRow> = read!(self, conn =>
            sqlx::query_as(AREAS).bind(self.platform().0).fetch_all(conn).await)?;
        let areas = rows.into_iter().map(area).collect::<Result<_>>()?;
        Ok(parents_first(areas))
    }

    async fn topics(&self) -> Result<Vec<Topic>> {
        let rows: Vec<(Uuid, String, String)> = read!(self, conn =>
            sqlx::query_as(TOPICS).bind(self.platform().0).fetch_all(conn).await)?;
        Ok(rows.into_iter().map(|(id, slug, name)| Topic { id: TopicId(id), slug, name }).collect())
    }

    async fn connectors(&self, now: Timestamp) -> Result<Vec<ConnectorCard>> {
        let rows: Vec<ConnectorRow> = read!(self, conn =>
            sqlx::query_as(CONNECTORS).bind(self.platform().0).bind(Role::Connector.key()).bind(now.0)
                .fetch_all(conn).await)?;
        Ok(connector_cards(rows))
    }
}

/// One card per member; a grant for the whole platform outweighs those for single areas.
fn connector_cards(rows: Vec<ConnectorRow>) -> Vec<ConnectorCard> {
    let mut cards: Vec<(ConnectorCard, bool)> = Vec::new();
    for row in rows {
        let member = MemberId(row.id);
        let area = row.area_id.map(AreaId);
        match cards.iter_mut().find(|(card, _)| card.member == member) {
            Some((card, everywhere)) => {
                card.areas.extend(area);
                *everywhere |= area.is_none();
            }
            None => cards.push((
                ConnectorCard { member, name: row.name, about: row.about, areas: area.into_iter().collect() },
                area.is_none(),
            )),
        }
    }
    cards
        .into_iter()
        .map(|(card, everywhere)| ConnectorCard {
            areas: if everywhere { Vec::new() } else { card.areas },
            ..card
        })
        .collect()
}

/// Siblings keep their order; a child never comes before what it lies in.
fn parents_first(areas: Vec<Area>) -> AreaTree {
    let tree = AreaTree::new(areas);
    let mut areas = tree.all().to_vec();
    areas.sort_by_key(|area| tree.depth(area.id));
    AreaTree::new(areas)
}

fn area(row: AreaRow) -> Result<Area> {
    Ok(Area {
        kind: known(AreaKind::from_key(&row.kind), "area", "kind", row.id)?,
        id: AreaId(row.id),
        parent: row.parent_id.map(AreaId),
        slug: row.slug,
        name: row.name,
    })
}

fn platform(
    row: PlatformRow,
    areas: AreaTree,
    topics: Vec<Topic>,
    connectors: Vec<ConnectorCard>,
) -> Result<Platform> {
    let id = row.id;
    let locales: Option<Vec<Locale>> = serde_json::from_str(&row.locales).ok();
    Ok(Platform {
        id: domain::id::PlatformId(id),
        slug: row.slug,
        name: row.name,
        place: row.place,
        tagline: row.tagline,
        theme: row.theme,
        locale: known(row.locale.parse().ok(), "platform", "locale", id)?,
        locales: known(locales, "platform", "locales", id)?,
        launch: known(LaunchState::from_key(&row.launch), "platform", "launch", id)?,
        demo: row.demo,
        contact: known(serde_json::from_str(&row.contact).ok(), "platform", "contact", id)?,
        house_rules: row.house_rules,
        about: row.about,
        areas,
        topics,
        connectors,
        map: if row.map.is_empty() {
            None
        } else {
            Some(known(serde_json::from_str(&row.map).ok(), "platform", "map", id)?)
        },
    })
}
