//! Networks: which neighbours are believed, and how a reader's network is named in limits.

use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// An address, or a range of addresses with a common beginning (`10.0.0.0/8`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| ())?)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().map_err(|_| ())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        if bits > most { Err(()) } else { Ok(Self { address, bits }) }
    }
}

impl Network {
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(mine), IpAddr::V4(theirs)) => {
                let drop = 32 - u32::from(self.bits);
                mine.to_bits().checked_shr(drop).unwrap_or(0)
                    == theirs.to_bits().checked_shr(drop).unwrap_or(0)
            }
            (IpAddr::V6(mine), IpAddr::V6(theirs)) => {
                let drop = 128 - u32::from(self.bits);
                mine.to_bits().checked_shr(drop).unwrap_or(0)
                    == theirs.to_bits().checked_shr(drop).unwrap_or(0)
            }
            _ => false,
        }
    }
}

/// How an address is named in limits: an IPv4 address, or the /64 of an IPv6 one, since a
/// single household is given at least that many.
pub fn name(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).to_string(),
    }
}

/// The /48 around an IPv6 address, which one customer may have whole; empty for IPv4.
pub fn wide_name(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(_) => String::new(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 80)).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str) -> bool {
        network.parse::<Network>().expect("a network").contains(address.parse().expect("an address"))
    }

    #[test]
    fn a_range_holds_what_begins_the_same() {
        assert!(contains("10.0.0.0/8", "10.20.30.40"));
        assert!(!contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("0.0.0.0/0", "203.0.113.9"));
        assert!(contains("127.0.0.1", "127.0.0.1"));
        assert!(contains("127.0.0.1", "::ffff:127.0.0.1"));
        assert!(!contains("127.0.0.1", "127.0.0.2"));
        assert!(contains("2001:db8::/32", "2001:db8:1::7"));
        assert!(!contains("::1", "127.0.0.1"));
        for wrong in ["10.0.0.0/33", "somewhere", "10.0.0.0/x", ""] {
            assert_eq!(wrong.parse::<Network>(), Err(()), "{wrong}");
        }
    }

    #[test]
    fn a_household_is_one_network() {
        assert_eq!(name("203.0.113.9".parse().expect("v4")), "203.0.113.9");
        assert_eq!(name("::ffff:203.0.113.9".parse().expect("mapped")), "203.0.113.9");
        assert_eq!(
            name("2001:db8:1:2:3:4:5:6".parse().expect("v6")),
            name("2001:db8:1:2:ffff::1".parse().expect("v6"))
        );
    }
}
