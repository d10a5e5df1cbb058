//! Who decides about an objection when those who would cannot: somebody other than who decided first must be found
//! (Digital Services Act, article 20(6)).

use serde::{Deserialize, Serialize};

use super::policy::CaseFacts;
use crate::actor::Grant;
use crate::id::MemberId;
use crate::roles::Capability;

/// Whose turn it is, nearest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondLook {
    /// Another connector of the place.
    #[default]
    Connectors,
    /// There is none: the municipal admin.
    Admins,
    /// Nor is there an admin: the operator, on the platform where they were given that role.
    Operators,
    /// There is nobody else. The operator of the program has to give somebody a role.
    Nobody,
}

impl SecondLook {
    const NEAREST_FIRST: [Self; 3] = [Self::Connectors, Self::Admins, Self::Operators];

    /// What whoever decides must be allowed to do; `None` where there is nobody.
    pub const fn capability(self) -> Option<Capability> {
        match self {
            Self::Connectors => Some(Capability::Moderate),
            Self::Admins => Some(Capability::ManagePlatform),
            Self::Operators => Some(Capability::SupportAccess),
            Self::Nobody => None,
        }
    }
}

/// Whose turn it is to decide about an objection, of the people who hold a role now. Who wrote it, who gave notice of
/// it and who decided first do not count.
pub fn second_look(case: &CaseFacts, people: &[(MemberId, Grant)]) -> SecondLook {
    let free: Vec<&Grant> = people
        .iter()
        .filter(|(member, _)| !case.concerns(*member) && !case.was_decided_by(*member))
        .map(|(_, grant)| grant)
        .collect();
    SecondLook::NEAREST_FIRST
        .into_iter()
        .find(|level| {
            level.capability().is_some_and(|capability| {
                free.iter().any(|grant| grant.role.may(capability) && case.place.is_within(grant.scope))
            })
        })
        .unwrap_or(SecondLook::Nobody)
}
