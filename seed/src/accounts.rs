//! The accounts to try the demo with: one per role.

use std::fmt;

use domain::roles::Role;

/// Where a demo account's role holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoScope {
    Platform,
    /// Slug of an area, with all below it.
    Area(&'static str),
    /// Slug of a topic.
    Topic(&'static str),
    /// The organisation of the demo.
    Organisation,
}

impl fmt::Display for DemoScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Platform => f.write_str("whole platform"),
            Self::Area(slug) => write!(f, "area {slug}"),
            Self::Topic(slug) => write!(f, "topic {slug}"),
            Self::Organisation => f.write_str("one organisation"),
        }
    }
}

/// Somebody as whom a newcomer can sign in. There is no password: the code of the sign-in
/// mail is in the demo's outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    pub platform_slug: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    /// `None`: a resident, as everyone is.
    pub role: Option<Role>,
    pub scope: DemoScope,
    /// Base 32 (RFC 4648), for roles that need a second factor. Public on purpose: the demo
    /// shows the current code. Accounts of real communities never get one from here.
    pub totp_secret: Option<&'static str>,
}

impl DemoAccount {
    /// The role's stored word, `resident` without one.
    pub fn role_key(&self) -> &'static str {
        self.role.map_or("resident", Role::key)
    }
}

const fn rietvoorde(
    name: &'static str,
    email: &'static str,
    role: Option<Role>,
    scope: DemoScope,
    totp_secret: Option<&'static str>,
) -> DemoAccount {
    DemoAccount { platform_slug: "hallorietvoorde", name, email, role, scope, totp_secret }
}

const fn veenzicht(
    name: &'static str,
    email: &'static str,
    role: Option<Role>,
    totp_secret: Option<&'static str>,
) -> DemoAccount {
    DemoAccount { platform_slug: "puurveenzicht", name, email, role, scope: DemoScope::Platform, totp_secret }
}

/// Every demo account, as the README and the start of the server list them.
pub const DEMO_ACCOUNTS: &[DemoAccount] = &[
    rietvoorde("Fatma Aydın", "fatma@example.org", None, DemoScope::Platform, None),
    rietvoorde("Joris Hendriks", "joris@example.org", Some(Role::Supporter), DemoScope::Topic("groen"), None),
    rietvoorde(
        "Willem Brouwer",
        "willem@example.org",
        Some(Role::Connector),
        DemoScope::Platform,
        Some("NOABERDEMOWILLEMNOABERDEMOWILLEM"),
    ),
    rietvoorde(
        "Aïcha El Amrani",
        "aicha@example.org",
        Some(Role::Connector),
        DemoScope::Area("lindenhoek"),
        Some("NOABERDEMOAICHAANOABERDEMOAICHAA"),
    ),
    rietvoorde(
        "Henk Postma",
        "henk@example.org",
        Some(Role::OrganisationManager),
        DemoScope::Organisation,
        None,
    ),
    rietvoorde(
        "Marijke Vos",
        "marijke@example.org",
        Some(Role::Curator),
        DemoScope::Platform,
        Some("NOABERDEMOMARIJKNOABERDEMOMARIJK"),
    ),
    rietvoorde(
        "Sander Kuipers",
        "sander@example.org",
        Some(Role::AreaManager),
        DemoScope::Area("lindenhoek"),
        Some("NOABERDEMOSANDERNOABERDEMOSANDER"),
    ),
    rietvoorde(
        "Ingrid van Dalen",
        "ingrid@example.org",
        Some(Role::MunicipalAdmin),
        DemoScope::Platform,
        Some("NOABERDEMOINGRIDNOABERDEMOINGRID"),
    ),
    rietvoorde(
        "Bas Verhoeven",
        "bas@example.org",
        Some(Role::Operator),
        DemoScope::Platform,
        Some("NOABERDEMOBASBASNOABERDEMOBASBAS"),
    ),
    rietvoorde(
        "Noor Jansen",
        "noor@example.org",
        Some(Role::NetworkEditor),
        DemoScope::Platform,
        Some("NOABERDEMONOORNONOABERDEMONOORNO"),
    ),
    veenzicht("Trijntje Haverkamp", "trijntje@example.org", None, None),
    veenzicht(
        "Geert Wessels",
        "geert@example.org",
        Some(Role::Connector),
        Some("NOABERDEMOGEERTTNOABERDEMOGEERTT"),
    ),
];

/// A role for somebody who is not a demo account: platform slug, e-mail address, role, scope.
pub(crate) const FURTHER_GRANTS: &[(&str, &str, Role, DemoScope)] = &[
    ("hallorietvoorde", "petra@example.org", Role::Connector, DemoScope::Area("oosterkamp")),
    ("hallorietvoorde", "ahmed@example.org", Role::Connector, DemoScope::Area("centrum")),
];

/// The demo account with this address.
pub fn account(platform_slug: &str, email: &str) -> Option<&'static DemoAccount> {
    DEMO_ACCOUNTS.iter().find(|account| account.platform_slug == platform_slug && account.email == email)
}
