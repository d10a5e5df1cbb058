//! Everybody who may ask for something, and what the answer is.

use domain::actor::{Actor, Grant, Scope};
use domain::permit::{Denied, Permit};
use domain::roles::{Place, Role};
use uuid::Uuid;

use crate::common::{
    AUTHOR, FOOD_BANK, NEIGHBOUR, RIETVOORDE, VEENZICHT, area, rietvoorde, suspended, topic, with_role,
};

/// Everybody who asks. The post is the author's, in Rietvoorde.
pub const PEOPLE: [&str; 23] = [
    "visitor",
    "resident",
    "author",
    "suspended_author",
    "connector",
    "connector_here",
    "connector_elsewhere",
    "connector_author",
    "suspended_connector",
    "supporter",
    "org_manager",
    "curator",
    "area_manager_here",
    "area_manager_else",
    "municipal_admin",
    "suspended_admin",
    "operator",
    "network_editor",
    "other_visitor",
    "other_author",
    "other_connector",
    "other_admin",
    "other_operator",
];

/// Those who have `other` in their name are known on Veenzicht only, whatever key they have.
pub fn person(name: &str) -> Actor {
    let here = |role, scope| with_role(RIETVOORDE, role, scope);
    let centrum = Scope::Area(area("centrum"));
    let noord = Scope::Area(area("noord"));
    match name {
        "visitor" => Actor::visitor(RIETVOORDE),
        "resident" => Actor::member(RIETVOORDE, NEIGHBOUR, Vec::new()),
        "author" => Actor::member(RIETVOORDE, AUTHOR, Vec::new()),
        "suspended_author" => suspended(person("author")),
        "connector" => here(Role::Connector, Scope::Platform),
        "connector_here" => here(Role::Connector, centrum),
        "connector_elsewhere" => here(Role::Connector, noord),
        "connector_author" => {
            let (role, scope) = (Role::Connector, Scope::Platform);
            Actor::member(RIETVOORDE, AUTHOR, vec![Grant { role, scope }])
        }
        "suspended_connector" => suspended(person("connector")),
        "supporter" => here(Role::Supporter, Scope::Topic(topic("groen"))),
        "org_manager" => here(Role::OrganisationManager, Scope::Organisation(FOOD_BANK)),
        "curator" => here(Role::Curator, Scope::Platform),
        "area_manager_here" => here(Role::AreaManager, centrum),
        "area_manager_else" => here(Role::AreaManager, noord),
        "municipal_admin" => here(Role::MunicipalAdmin, Scope::Platform),
        "suspended_admin" => suspended(person("municipal_admin")),
        "operator" => here(Role::Operator, Scope::Platform),
        "network_editor" => here(Role::NetworkEditor, Scope::Platform),
        "other_visitor" => Actor::visitor(VEENZICHT),
        "other_author" => Actor::member(VEENZICHT, AUTHOR, Vec::new()),
        "other_connector" => with_role(VEENZICHT, Role::Connector, Scope::Platform),
        "other_admin" => with_role(VEENZICHT, Role::MunicipalAdmin, Scope::Platform),
        "other_operator" => with_role(VEENZICHT, Role::Operator, Scope::Platform),
        other => panic!("nobody is called {other}"),
    }
}

pub fn place(slugs: &[&str]) -> Place {
    let areas: Vec<_> = slugs.iter().map(|slug| area(slug)).collect();
    Place::new(RIETVOORDE, &rietvoorde().areas, &areas, Some(topic("groen")))
}

/// What the answer says: yes (and the permit is exactly for this), or which kind of no.
pub fn answer<A>(actor: &Actor, answer: Result<Permit<A>, Denied>, subject: Option<Uuid>) -> bool {
    match answer {
        Ok(permit) => {
            assert_eq!(permit.platform(), actor.platform);
            assert!(permit.by().is_some());
            assert_eq!(permit.by(), actor.member_id());
            assert_eq!(permit.subject(), subject);
            true
        }
        Err(denied) => {
            let expected = if actor.signed_in.is_some() { Denied::NotAllowed } else { Denied::SignInFirst };
            assert_eq!(denied, expected);
            false
        }
    }
}
