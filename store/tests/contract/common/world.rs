use domain::actor::{Actor, Grant, Scope};
use domain::area::{Area, AreaKind, AreaTree};
use domain::clock::{Span, Timestamp};
use domain::id::{AreaId, GrantId, MemberId, PlatformId, TopicId};
use domain::locale::Locale;
use domain::members::policy::{may_manage_account, may_sign_in};
use domain::permit::Permit;
use domain::permit::action::{ManageAccount, Operate, SignIn};
use domain::platform::{Contact, LaunchState, Topic};
use domain::roles::Role;
use store::members::NewMember;
use store::operator::{NewGrant, NewPlatform};
use store::{Tenant, Write};

use super::{Chance, Db};

/// When the tests take place.
pub const NOW: Timestamp = Timestamp(1_790_000_000_000);

/// So many minutes after [`NOW`].
pub fn at(minutes: i64) -> Timestamp {
    NOW.plus(Span::minutes(minutes))
}

/// A community with five areas, two topics, a resident (Joke) and a connector (Fatma).
pub struct World {
    pub platform: PlatformId,
    pub tenant: Tenant,
    pub chance: Chance,
    pub tree: AreaTree,
    pub village: AreaId,
    /// Lies in the village.
    pub street: AreaId,
    pub district: AreaId,
    pub green: TopicId,
    pub care: TopicId,
    pub joke: MemberId,
    pub fatma: MemberId,
}

impl World {
    /// Makes the community. Two in one database need different slugs.
    pub async fn make(db: &Db, slug: &str) -> store::Result<Self> {
        let chance = Chance::default();
        // Different worlds have different keys.
        for _ in 0..slug.len() {
            PlatformId::new(NOW, &chance);
        }
        let platform = PlatformId::new(NOW, &chance);
        let area = |parent, kind, slug: &str| Area {
            id: AreaId::new(NOW, &chance),
            parent,
            kind,
            slug: slug.to_owned(),
            name: slug.to_uppercase(),
        };
        let root = area(None, AreaKind::Municipality, "gemeente");
        let village = area(Some(root.id), AreaKind::Village, "dorp");
        let street = area(Some(village.id), AreaKind::Street, "straat");
        let district = area(Some(root.id), AreaKind::District, "wijk");
        let world = Self {
            platform,
            tenant: db.store.on(platform),
            village: village.id,
            street: street.id,
            district: district.id,
            tree: AreaTree::new(vec![root, village, district, street]),
            green: TopicId::new(NOW, &chance),
            care: TopicId::new(NOW, &chance),
            joke: MemberId::new(NOW, &chance),
            fatma: MemberId::new(NOW, &chance),
            chance,
        };
        world.store(slug).await?;
        Ok(world)
    }

    async fn store(&self, slug: &str) -> store::Result<()> {
        let permit = self.operate();
        let mut write = self.tenant.write().await?;
        self.store_platform(&mut write, &permit, slug).await?;
        for (position, area) in (0..).zip(self.tree.all()) {
            write.insert_area(&permit, area, position).await?;
        }
        for (id, slug) in [(self.green, "groen"), (self.care, "zorg")] {
            let topic = Topic { id, slug: slug.into(), name: slug.to_uppercase() };
            write.insert_topic(&permit, &topic, 0).await?;
        }
        for (id, name) in [(self.joke, "Joke"), (self.fatma, "Fatma")] {
            let email = format!("{}@example.org", name.to_lowercase());
            let new = NewMember { id, name, email: &email, area: None, locale: None, at: NOW };
            write.insert_member_as_operator(&permit, &new, "Ik help graag.", name == "Fatma").await?;
        }
        write.grant(&permit, &self.grant_to(self.fatma, Role::Connector, Scope::Platform)).await?;
        write.commit().await
    }

    async fn store_platform(
        &self,
        write: &mut Write,
        permit: &Permit<Operate>,
        slug: &str,
    ) -> store::Result<()> {
        let contact = Contact {
            phone: "0600000000".into(),
            email: "hallo@example.org".into(),
            hours: "ma-vr".into(),
            address: "Brink 1".into(),
            publisher: "Stichting".into(),
        };
        let new = NewPlatform {
            id: self.platform,
            slug,
            name: "Hallo",
            place: "Rietvoorde",
            tagline: "Samen",
            theme: "rietvoorde",
            locale: Locale::Nl,
            locales: &Locale::ALL,
            launch: LaunchState::Live,
            contact: &contact,
            house_rules: "Wees aardig.",
            about: "Over ons.",
            map: Some(&map()),
            hosts: &[format!("{slug}.localhost")],
            demo: true,
        };
        write.create_platform(permit, &new).await
    }

    pub fn grant_to(&self, member: MemberId, role: Role, scope: Scope) -> NewGrant {
        NewGrant {
            id: GrantId::new(NOW, &self.chance),
            member,
            role,
            scope,
            by: None,
            from: NOW,
            until: None,
        }
    }

    pub fn operate(&self) -> Permit<Operate> {
        Permit::for_the_platform_itself(self.platform)
    }

    pub fn sign_in(&self) -> Permit<SignIn> {
        may_sign_in(self.platform)
    }

    pub fn account(&self, member: MemberId) -> Permit<ManageAccount> {
        may_manage_account(&Actor::member(self.platform, member, vec![]), self.platform)
            .expect("everyone manages their own account")
    }

    pub fn resident(&self) -> Actor {
        Actor::member(self.platform, self.joke, vec![])
    }

    pub fn connector(&self) -> Actor {
        let grant = Grant { role: Role::Connector, scope: Scope::Platform };
        Actor::member(self.platform, self.fatma, vec![grant])
    }
}

/// The map of every community of these tests.
pub fn map() -> domain::geo::CommunityMap {
    let point = |latitude, longitude| domain::geo::Point::new(latitude, longitude).expect("a point");
    domain::geo::CommunityMap {
        south_west: point(52_500_000, 5_100_000),
        north_east: point(52_600_000, 5_200_000),
        picture: "hallo".into(),
        places: vec![domain::geo::KnownPlace {
            slug: "brink".into(),
            name: "De Brink".into(),
            address: "Brink 1".into(),
            point: point(52_512_345, 5_123_456),
        }],
    }
}
