//! What a request says about where it comes from and which name it asks for, and how much
//! of that is believed.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};

use crate::config::network::{self, Network};
use crate::config::{Config, Scheme};
use crate::listen::Peer;

/// The reader's side of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The host name in lower case, without a port: how a platform is found.
    pub host: String,
    /// The host name with its port, as the reader's browser writes it in `Origin`.
    pub authority: String,
    pub scheme: Scheme,
    /// How the reader's network is named in limits.
    pub network: String,
    /// The larger network around it, if there is one.
    pub wide_network: String,
}

impl Client {
    /// `None` when the request names no host, or one that is none.
    pub fn of(parts: &Parts, config: &Config) -> Option<Self> {
        let peer = parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
        let believed = config.trusted_proxies.iter().any(|proxy| proxy.contains(peer));
        let forwarded = |name: &'static str| last(&parts.headers, name).filter(|_| believed);
        let asked = forwarded("x-forwarded-host")
            .or_else(|| parts.uri.authority().map(Authority::as_str))
            .or_else(|| parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()))?;
        let authority: Authority = asked.parse().ok().filter(|_| !asked.contains('@'))?;
        let scheme = match forwarded("x-forwarded-proto") {
            Some(scheme) if scheme.eq_ignore_ascii_case("https") => Scheme::Https,
            _ => config.public_scheme.unwrap_or(Scheme::Http),
        };
        let address =
            if believed { reader_behind(&parts.headers, &config.trusted_proxies, peer) } else { peer };
        Some(Self {
            host: authority.host().trim_end_matches('.').to_ascii_lowercase(),
            authority: asked.to_ascii_lowercase(),
            scheme,
            network: network::name(address),
            wide_network: network::wide_name(address),
        })
    }
}

/// The last value of a header, which the nearest proxy has written.
fn last<'a>(headers: &'a HeaderMap, name: &'static str) -> Option<&'a str> {
    headers
        .get_all(name)
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

/// The first address, from the nearest on, that is not one of our own proxies. What stands
/// before it anyone can have made up.
fn reader_behind(headers: &HeaderMap, proxies: &[Network], peer: IpAddr) -> IpAddr {
    let mut nearest = peer;
    let chain = headers.get_all("x-forwarded-for").iter().rev().filter_map(|value| value.to_str().ok());
    for hop in chain.flat_map(|value| value.rsplit(',')) {
        let Some(address) = address_of(hop.trim()) else { break };
        nearest = address;
        if !proxies.iter().any(|proxy| proxy.contains(address)) {
            break;
        }
    }
    nearest
}

/// An address, with or without a port, as proxies write it.
fn address_of(text: &str) -> Option<IpAddr> {
    let plain = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    plain.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
}

/// The browser in a few words, for the list of one's own sessions: "Firefox, Windows".
pub fn label(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // The order matters: each names the ones below it too.
    let browser = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    let system = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ];
    let find = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&browser), find(&system)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn client(settings: &str, peer: &str, headers: &[(&str, &str)]) -> Option<Client> {
        let config =
            Config::read("t", settings, std::collections::BTreeMap::new(), std::path::Path::new("/"))
                .expect("fine");
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).expect("a request").into_parts();
        parts.extensions.insert(Peer(peer.parse().expect("an address")));
        Client::of(&parts, &config)
    }

    const PROXIED: &str = "trusted_proxies = ['127.0.0.1', '10.0.0.0/8']";

    #[test]
    fn a_host_is_compared_without_its_port_and_in_lower_case() {
        let found =
            client("", "192.0.2.1:9", &[("host", "HalloRietvoorde.localhost:3000")]).expect("a client");
        assert_eq!(found.host, "hallorietvoorde.localhost");
        assert_eq!(found.authority, "hallorietvoorde.localhost:3000");
        assert_eq!(
            client("", "192.0.2.1:9", &[("host", "hallo.nl.")]).map(|c| c.host).as_deref(),
            Some("hallo.nl")
        );
        for host in ["", "a b", "x@hallo.nl", "hallo.nl/x"] {
            assert_eq!(client("", "192.0.2.1:9", &[("host", host)]), None, "{host}");
        }
        assert_eq!(client("", "192.0.2.1:9", &[]), None);
    }

    #[test]
    fn a_stranger_cannot_choose_their_network_or_host() {
        let forged =
            [("host", "hallo.nl"), ("x-forwarded-for", "198.51.100.7"), ("x-forwarded-host", "evil.example")];
        let found = client(PROXIED, "192.0.2.1:9", &forged).expect("a client");
        assert_eq!((found.network.as_str(), found.host.as_str()), ("192.0.2.1", "hallo.nl"));
        assert_eq!(client("", "127.0.0.1:9", &forged).expect("a client").network, "127.0.0.1");
    }

    #[test]
    fn behind_proxies_the_nearest_stranger_counts() {
        let headers = [
            ("host", "inside:3000"),
            ("x-forwarded-for", "203.0.113.250, 198.51.100.7"),
            ("x-forwarded-for", "10.1.2.3"),
            ("x-forwarded-host", "hallo.nl"),
            ("x-forwarded-proto", "https"),
        ];
        let found = client(PROXIED, "127.0.0.1:9", &headers).expect("a client");
        assert_eq!(found.network, "198.51.100.7", "what stands before it may be forged");
        assert_eq!((found.host.as_str(), found.scheme), ("hallo.nl", Scheme::Https));
        for (written, network) in [
            ("198.51.100.7:4711", "198.51.100.7"),
            ("[2001:db8::7]:4711", "2001:db8::"),
            ("[2001:db8::7]", "2001:db8::"),
        ] {
            let headers = [("host", "a"), ("x-forwarded-for", written)];
            assert_eq!(client(PROXIED, "127.0.0.1:9", &headers).expect("a client").network, network);
        }
        let broken = [("host", "a"), ("x-forwarded-for", "nonsense, 10.0.0.1")];
        assert_eq!(client(PROXIED, "127.0.0.1:9", &broken).expect("a client").network, "10.0.0.1");
    }

    #[test]
    fn a_browser_is_named_in_a_few_words() {
        let named = |agent: &'static str| {
            label(&HeaderMap::from_iter([(header::USER_AGENT, header::HeaderValue::from_static(agent))]))
        };
        assert_eq!(
            named("Mozilla/5.0 (Windows NT 10.0; Win64) Gecko/20100101 Firefox/140.0"),
            "Firefox, Windows"
        );
        assert_eq!(
            named("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"),
            "Safari, iPhone"
        );
        assert_eq!(
            named("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0"),
            "Edge, Linux"
        );
        assert_eq!(named("<script>alert(1)</script>"), "?");
    }
}
