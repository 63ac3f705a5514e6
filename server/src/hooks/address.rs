//! Which addresses a webhook may be at. Its name is resolved here, every address that comes of it is looked at, and the
//! connection goes to one that was looked at: a name cannot lead into this machine or its network.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use hyper_util::client::legacy::connect::dns::Name;

/// The address is none that the webhook may have.
#[derive(Debug)]
pub(super) struct PrivateAddress;

impl fmt::Display for PrivateAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an address of the open internet")
    }
}

impl std::error::Error for PrivateAddress {}

/// Where a webhook may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// On the open internet.
    Internet,
    /// There, or in the operator's own network.
    OwnNetwork,
}

impl Reach {
    /// Whether it may be at this address.
    pub(super) fn allows(self, ip: IpAddr) -> bool {
        match ip {
            IpAddr::V4(ip) => internet_v4(ip) || (self == Self::OwnNetwork && own_v4(ip)),
            IpAddr::V6(ip) => match inside(ip) {
                Some(ip) => self.allows(IpAddr::V4(ip)),
                None => internet_v6(ip) || (self == Self::OwnNetwork && own_v6(ip)),
            },
        }
    }

    /// The addresses of a name. One that may not be is enough to refuse them all: such a name is up to something.
    pub(super) async fn resolve(self, name: Name) -> Result<std::vec::IntoIter<SocketAddr>, io::Error> {
        let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
        self.check(found).map(Vec::into_iter)
    }

    fn check(self, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, io::Error> {
        if found.iter().all(|address| self.allows(address.ip())) {
            Ok(found)
        } else {
            Err(io::Error::new(io::ErrorKind::PermissionDenied, PrivateAddress))
        }
    }
}

/// Not in the IANA IPv4 Special-Purpose Address Registry, and not multicast.
fn internet_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

/// Loopback, private, and what carriers share. 100.100.100.200 answers as a cloud's metadata, as 169.254.169.254 does
/// (which is link-local, and so never allowed).
fn own_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    ip.is_loopback()
        || ip.is_private()
        || (a == 100 && (64..=127).contains(&b) && ip != Ipv4Addr::new(100, 100, 100, 200))
}

/// Global unicast (`2000::/3`) without what the IANA IPv6 Special-Purpose Address Registry takes out of it.
fn internet_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    (0x2000..0x4000).contains(&a) && !((a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || (a == 0x3fff && b < 0x1000))
}

/// Loopback and unique local addresses, but for those at which clouds answer with metadata.
fn own_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    let metadata = (a, b) == (0xfd00, 0x0ec2) || (a, b) == (0xfd20, 0x00ce);
    ip.is_loopback() || (ip.is_unique_local() && !metadata)
}

/// The IPv4 address that an IPv6 address stands for: mapped, NAT64 (`64:ff9b::/96`), 6to4 (`2002::/16`).
fn inside(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = ip.segments();
    let v4 = |at: usize| Ipv4Addr::from(u32::from(segments[at]) << 16 | u32::from(segments[at + 1]));
    match segments {
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(v4(6)),
        [0x2002, ..] => Some(v4(1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn only_the_open_internet_is_reached() {
        for text in ["1.1.1.1", "133.242.0.1", "192.0.1.1", "172.32.0.1", "100.128.0.1", "2001:4860::8888", "2404::1"] {
            assert!(Reach::Internet.allows(ip(text)), "{text}");
        }
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "3fff::1",
            "fc00::1",
            "fd00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "5f00::1",
            "4000::1",
        ] {
            assert!(!Reach::Internet.allows(ip(text)), "{text}");
        }
    }

    #[test]
    fn ones_own_network_is_reached_if_it_is_configured_but_never_metadata() {
        for text in
            ["127.0.0.1", "10.1.2.3", "192.168.0.7", "100.64.0.1", "::1", "fd12::1", "::ffff:10.0.0.1", "1.1.1.1"]
        {
            assert!(Reach::OwnNetwork.allows(ip(text)), "{text}");
        }
        for text in [
            "169.254.169.254",
            "100.100.100.200",
            "fd00:ec2::254",
            "fd20:ce::254",
            "fe80::1",
            "224.0.0.1",
            "0.0.0.0",
            "::",
            "::ffff:169.254.169.254",
            "64:ff9b::169.254.169.254",
            "255.255.255.255",
        ] {
            assert!(!Reach::OwnNetwork.allows(ip(text)), "{text}");
        }
    }

    #[test]
    fn one_private_address_among_others_is_enough_to_refuse_them() {
        let at = |text: &str| SocketAddr::new(ip(text), 0);
        assert!(Reach::Internet.check(vec![at("1.1.1.1"), at("10.0.0.1")]).is_err());
        assert_eq!(Reach::Internet.check(vec![at("1.1.1.1")]).expect("public"), [at("1.1.1.1")]);
    }
}
