//! Which addresses the server asks when a person names one: those of the public web, and none behind its own door
//! (TRUST 19).

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use domain::sources::Trouble;
use reqwest::Url;

/// How long a name may take to be found.
const FINDING: Duration = Duration::from_secs(4);

/// Networks of IPv4 that are not the public web.
const SPECIAL: [([u8; 4], u32); 19] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    // Where one cloud has the secrets of its machines.
    ([168, 63, 129, 16], 32),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 31, 196, 0], 24),
    ([192, 52, 193, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([192, 175, 48, 0], 24),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

/// How far the server reaches, and how long it waits.
#[derive(Clone, Debug)]
pub struct Reach {
    /// One address besides, and without TLS: for tests.
    pub besides: Option<SocketAddr>,
    /// Names that are found here rather than asked for: for tests.
    pub names: BTreeMap<String, Vec<IpAddr>>,
    /// For all of one question: the form that names an address waits for the answer.
    pub within: Duration,
}

impl Default for Reach {
    fn default() -> Self {
        Self { besides: None, names: BTreeMap::new(), within: Duration::from_secs(10) }
    }
}

/// Where a request may go: found once, checked, and used as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Checked {
    pub url: Url,
    pub host: String,
    pub addresses: Vec<SocketAddr>,
}

impl Reach {
    /// Finds and checks where an address leads. Without TLS nobody is asked: such an address is asked with it.
    pub(super) async fn check(&self, mut url: Url) -> Result<Checked, Trouble> {
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some()
        {
            return Err(Trouble::NotPublic);
        }
        let host = url.host_str().ok_or(Trouble::NotPublic)?.to_owned();
        let port = url.port_or_known_default().ok_or(Trouble::NotPublic)?;
        let addresses = self.find(&host, port).await?;
        if addresses.is_empty() {
            return Err(Trouble::NoSuchHost);
        }
        let besides = addresses.iter().all(|address| Some(*address) == self.besides);
        // One that is not public is enough: who gives two answers gives another one next time.
        if !besides && !addresses.iter().all(|address| is_public(address.ip())) {
            return Err(Trouble::NotPublic);
        }
        if url.scheme() == "http" && !besides {
            // A port that was named speaks the other language.
            if url.port().is_some() || url.set_scheme("https").is_err() {
                return Err(Trouble::NotPublic);
            }
            let safe = |address: SocketAddr| SocketAddr::new(address.ip(), 443);
            let addresses = addresses.into_iter().map(safe).collect();
            return Ok(Checked { url, host, addresses });
        }
        Ok(Checked { url, host, addresses })
    }

    async fn find(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, Trouble> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(address, port)]);
        }
        if let Some(known) = self.names.get(host) {
            return Ok(known.iter().map(|address| SocketAddr::new(*address, port)).collect());
        }
        match tokio::time::timeout(FINDING, tokio::net::lookup_host((host, port))).await {
            Ok(Ok(found)) => Ok(found.collect()),
            Ok(Err(_)) => Err(Trouble::NoSuchHost),
            Err(_) => Err(Trouble::TooSlow),
        }
    }
}

/// Whether an address is one of the public web (IANA's registries of special addresses; RFC 6890). What is not known to
/// be public is not.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let within = |(network, bits): &([u8; 4], u32)| {
        (u32::from(address) ^ u32::from(Ipv4Addr::from(*network))).leading_zeros() >= *bits
    };
    !SPECIAL.iter().any(within)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // All that is given out so far. Addresses with one of IPv4 within lie outside it, but for the tunnels.
    match address.segments() {
        [0x2001, second, ..] => second >= 0x0200 && second != 0x0db8,
        // 6to4 leads to any IPv4 address.
        [0x2002, ..] => false,
        [0x3fff, second, ..] => second >= 0x1000,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_web_is_public() {
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "192.88.99.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "4000::1",
        ] {
            assert!(!is_public(text.parse().expect("an address")), "{text}");
        }
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.169.0.1",
            "193.0.0.1",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2a00:1450:400e::1",
            "2606:4700::1111",
        ] {
            assert!(is_public(text.parse().expect("an address")), "{text}");
        }
    }

    async fn trouble(reach: &Reach, address: &str) -> Option<Trouble> {
        reach.check(address.parse().expect("an address")).await.err()
    }

    #[tokio::test]
    async fn an_address_is_what_it_means_and_not_how_it_is_written() {
        let reach = Reach::default();
        for address in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[0:0:0:0:0:ffff:a9fe:a9fe]/",
            "https://0/",
            "https://169.254.169.254/latest/meta-data/",
            "https://１２７.0.0.1/",
            "https://127。0。0。1/",
            "ftp://1.1.1.1/",
            "file:///etc/passwd",
            "https://iemand:geheim@1.1.1.1/",
            "http://1.1.1.1:8080/",
        ] {
            assert_eq!(trouble(&reach, address).await, Some(Trouble::NotPublic), "{address}");
        }
    }

    #[tokio::test]
    async fn a_name_is_as_public_as_the_least_of_its_addresses() {
        let ips = |texts: &[&str]| texts.iter().map(|text| text.parse().expect("an address")).collect();
        let names = BTreeMap::from([
            ("goed.example".to_owned(), ips(&["1.1.1.1", "2606:4700::1111"])),
            ("binnen.example".to_owned(), ips(&["10.0.0.1"])),
            ("half.example".to_owned(), ips(&["1.1.1.1", "127.0.0.1"])),
            ("niets.example".to_owned(), Vec::new()),
        ]);
        let reach = Reach { names, ..Reach::default() };
        assert_eq!(trouble(&reach, "https://goed.example/a.ics").await, None);
        assert_eq!(trouble(&reach, "https://binnen.example/a.ics").await, Some(Trouble::NotPublic));
        assert_eq!(trouble(&reach, "https://half.example/a.ics").await, Some(Trouble::NotPublic));
        assert_eq!(trouble(&reach, "https://niets.example/a.ics").await, Some(Trouble::NoSuchHost));
        // Without TLS nobody is asked.
        let plain =
            reach.check("http://goed.example/a.ics".parse().expect("an address")).await.expect("public");
        assert_eq!(plain.url.as_str(), "https://goed.example/a.ics");
        assert!(plain.addresses.iter().all(|address| address.port() == 443));
    }
}
