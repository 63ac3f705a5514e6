//! Whom a request comes from, where a web server stands in front: without it everybody would have that server's address,
//! and the rates that keep a flood out would be shared by all. Only for rates: addresses stay in memory, for seconds.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// Where a web server writes whom it was asked by, each behind what it found there already.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// An address, or a network of them, that is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Proxy(IpNet);

impl TryFrom<String> for Proxy {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        network.map(Self).map_err(|_| format!("`{text}` is no address or network, such as 127.0.0.1 or 10.0.0.0/8"))
    }
}

impl From<Proxy> for String {
    fn from(proxy: Proxy) -> Self {
        proxy.0.to_string()
    }
}

/// The address of whoever asks: the last one that a believed proxy named and that is no believed proxy itself. What people
/// write into the header before it gets there is never looked at.
pub fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[Proxy]) -> IpAddr {
    let believed = |address: IpAddr| proxies.iter().any(|proxy| proxy.0.contains(&address));
    let mut client = peer.to_canonical();
    let lines = headers.get_all(FORWARDED_FOR).iter().rev().map(|line| line.to_str().unwrap_or_default());
    for named in lines.flat_map(|line| line.rsplit(',')) {
        if !believed(client) {
            break;
        }
        let Some(address) = read(named.trim()) else { break };
        client = address.to_canonical();
    }
    client
}

/// Some write the port as well.
fn read(text: &str) -> Option<IpAddr> {
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(peer: &str, lines: &[&'static str]) -> String {
        let proxies = ["127.0.0.1", "10.0.0.0/8", "::1"].map(|text| Proxy::try_from(text.to_owned()).expect("a proxy"));
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().expect("a value"));
        }
        client(peer.parse().expect("an address"), &headers, &proxies).to_string()
    }

    #[test]
    fn only_what_a_believed_proxy_wrote_counts() {
        assert_eq!(asked("127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(asked("127.0.0.1", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(asked("::ffff:127.0.0.1", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(asked("::1", &["2001:db8::7"]), "2001:db8::7");
        assert_eq!(asked("127.0.0.1", &["203.0.113.7:4711"]), "203.0.113.7");
        // Two proxies in a row; what the person wrote stands before.
        assert_eq!(asked("127.0.0.1", &["192.0.2.66, 203.0.113.7, 10.1.2.3"]), "203.0.113.7");
        assert_eq!(asked("127.0.0.1", &["192.0.2.66", "203.0.113.7", "10.1.2.3"]), "203.0.113.7");
        // Somebody who comes without a proxy, and says otherwise.
        assert_eq!(asked("192.0.2.66", &["203.0.113.7"]), "192.0.2.66");
        // What cannot be read is nobody: then it is the proxy that named it.
        assert_eq!(asked("127.0.0.1", &["203.0.113.7, unknown"]), "127.0.0.1");
        assert_eq!(asked("127.0.0.1", &["unknown, 10.1.2.3"]), "10.1.2.3");
    }

    #[test]
    fn an_address_or_a_network_and_nothing_else() {
        for wrong in ["", "localhost", "10.0.0.0/33", "10.0.0.0/"] {
            assert!(Proxy::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
