//! The roles of PRODUCT 2 and what each may do: one table, and the rule of last resort is *no*.

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Scope};
use crate::area::AreaTree;
use crate::id::{AreaId, OrganisationId, PlatformId, TopicId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Supporter,
    Connector,
    OrganisationManager,
    Curator,
    AreaManager,
    MunicipalAdmin,
    Operator,
    NetworkEditor,
}

impl Role {
    pub const ALL: [Self; 8] = [
        Self::Supporter,
        Self::Connector,
        Self::OrganisationManager,
        Self::Curator,
        Self::AreaManager,
        Self::MunicipalAdmin,
        Self::Operator,
        Self::NetworkEditor,
    ];

    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Supporter => "supporter",
            Self::Connector => "connector",
            Self::OrganisationManager => "organisation_manager",
            Self::Curator => "curator",
            Self::AreaManager => "area_manager",
            Self::MunicipalAdmin => "municipal_admin",
            Self::Operator => "operator",
            Self::NetworkEditor => "network_editor",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Whether an account with this role needs a second factor (BIO: connectors and staff).
    pub const fn needs_second_factor(self) -> bool {
        !matches!(self, Self::Supporter | Self::OrganisationManager)
    }

    /// What the role may do within its scope, on top of what every resident may.
    pub const fn may(self, capability: Capability) -> bool {
        use Capability as C;
        match self {
            Self::Supporter => matches!(capability, C::TagContent | C::ProposeEdit),
            Self::Connector => matches!(
                capability,
                C::TagContent
                    | C::ProposeEdit
                    | C::EditContent
                    | C::RemoveContent
                    | C::Pin
                    | C::WelcomeMembers
                    | C::PostOnBehalf
                    | C::Moderate
                    | C::PlanContent
                    | C::ComposeDigest
            ),
            Self::OrganisationManager => {
                matches!(capability, C::EditOrganisation | C::ConfirmListing)
            }
            Self::Curator => {
                matches!(capability, C::EditOrganisation | C::ConfirmListing | C::CurateDirectory)
            }
            Self::AreaManager => matches!(
                capability,
                C::SendOfficially | C::StartProject | C::LinkOrganisation | C::SeeAreaDashboard
            ),
            Self::MunicipalAdmin => matches!(
                capability,
                C::SendOfficially
                    | C::StartProject
                    | C::LinkOrganisation
                    | C::SeeAreaDashboard
                    | C::ManagePlatform
                    | C::ManageRoles
                    | C::SeeStatistics
                    | C::Export
            ),
            Self::Operator => matches!(capability, C::CreatePlatform | C::SupportAccess),
            Self::NetworkEditor => matches!(capability, C::EditLibrary),
        }
    }
}

/// What a role can allow. Reading what is public, reporting it, and one's own content
/// need no capability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Capability {
    TagContent,
    ProposeEdit,
    EditContent,
    RemoveContent,
    Pin,
    WelcomeMembers,
    /// In the name of someone who is not online, with recorded consent.
    PostOnBehalf,
    Moderate,
    PlanContent,
    ComposeDigest,
    EditOrganisation,
    ConfirmListing,
    CurateDirectory,
    /// Announcements with the official sender's badge.
    SendOfficially,
    StartProject,
    LinkOrganisation,
    SeeAreaDashboard,
    ManagePlatform,
    ManageRoles,
    SeeStatistics,
    Export,
    CreatePlatform,
    SupportAccess,
    EditLibrary,
}

impl Capability {
    pub const ALL: [Self; 24] = [
        Self::TagContent,
        Self::ProposeEdit,
        Self::EditContent,
        Self::RemoveContent,
        Self::Pin,
        Self::WelcomeMembers,
        Self::PostOnBehalf,
        Self::Moderate,
        Self::PlanContent,
        Self::ComposeDigest,
        Self::EditOrganisation,
        Self::ConfirmListing,
        Self::CurateDirectory,
        Self::SendOfficially,
        Self::StartProject,
        Self::LinkOrganisation,
        Self::SeeAreaDashboard,
        Self::ManagePlatform,
        Self::ManageRoles,
        Self::SeeStatistics,
        Self::Export,
        Self::CreatePlatform,
        Self::SupportAccess,
        Self::EditLibrary,
    ];
}

/// Where something is, with everything it lies in: what a scope is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub platform: PlatformId,
    /// For each named area the line up to the root. Empty: the whole platform.
    pub areas: Vec<Vec<AreaId>>,
    pub topic: Option<TopicId>,
    pub organisation: Option<OrganisationId>,
}

impl Place {
    pub fn new(platform: PlatformId, tree: &AreaTree, areas: &[AreaId], topic: Option<TopicId>) -> Self {
        Self { platform, areas: areas.iter().map(|id| tree.line(*id)).collect(), topic, organisation: None }
    }

    pub const fn whole(platform: PlatformId) -> Self {
        Self { platform, areas: Vec::new(), topic: None, organisation: None }
    }

    pub(crate) fn is_within(&self, scope: Scope) -> bool {
        match scope {
            Scope::Platform => true,
            Scope::Area(area) => self.areas.iter().any(|line| line.contains(&area)),
            Scope::Topic(topic) => self.topic == Some(topic),
            Scope::Organisation(organisation) => self.organisation == Some(organisation),
        }
    }
}

/// Whether one of the actor's grants allows this here.
///
/// An actor of another platform, a visitor and a suspended member hold nothing.
pub fn holds(actor: &Actor, capability: Capability, place: &Place) -> bool {
    actor.platform == place.platform
        && actor.is_active()
        && actor.grants().iter().any(|grant| grant.role.may(capability) && place.is_within(grant.scope))
}

/// Whether the actor's grants allow this in every one of the place's areas, for what must not
/// reach further than they do: naming one area of one's own beside others is not enough.
pub fn holds_throughout(actor: &Actor, capability: Capability, place: &Place) -> bool {
    if place.areas.is_empty() {
        return holds(actor, capability, place);
    }
    place.areas.iter().all(|line| {
        let here = Place { areas: vec![line.clone()], ..place.clone() };
        holds(actor, capability, &here)
    })
}

/// Whether one of the actor's grants allows this anywhere on their platform.
pub fn holds_somewhere(actor: &Actor, capability: Capability) -> bool {
    actor.is_active() && actor.grants().iter().any(|grant| grant.role.may(capability))
}
