//! Which pages may open a WebSocket here (RFC 6454; OWASP: cross-site WebSocket hijacking). An exact list, compared
//! as parsed, never by prefix or suffix.

use std::net::SocketAddr;

/// Scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    scheme: Scheme,
    host: String,
    port: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

impl Origin {
    /// Reads `scheme://host[:port]` and nothing more. `null`, paths, user names and odd characters are no origin.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => return None,
        };
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (rest, None),
        };
        let port = match port {
            None if scheme == Scheme::Http => 80,
            None => 443,
            Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => port.parse().ok()?,
            Some(_) => return None,
        };
        let named = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        let literal = host.starts_with('[') && host.ends_with(']');
        let plain = if literal {
            host[1..host.len() - 1].bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
        } else {
            host.bytes().all(named)
        };
        (plain && !host.is_empty()).then(|| Self { scheme, host: host.to_ascii_lowercase(), port })
    }
}

/// The origins that are allowed.
pub struct Origins(Vec<Origin>);

impl Origins {
    /// `localhost`, the listen address with its port, and the operator's public URLs.
    pub fn new(listen: SocketAddr, public_urls: &[String]) -> Self {
        let port = listen.port();
        let local = ["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
        let own = match listen.ip() {
            ip if ip.is_unspecified() => None,
            std::net::IpAddr::V4(ip) => Some(ip.to_string()),
            std::net::IpAddr::V6(ip) => Some(format!("[{ip}]")),
        };
        let mut origins: Vec<Origin> =
            local.into_iter().chain(own).map(|host| Origin { scheme: Scheme::Http, host, port }).collect();
        origins.extend(public_urls.iter().filter_map(|url| Origin::parse(url)));
        Self(origins)
    }

    /// Whether a page of this origin may connect. Without an `Origin` header the answer is no: every browser sends
    /// it, and other clients can.
    pub fn allow(&self, header: Option<&str>) -> bool {
        header.and_then(Origin::parse).is_some_and(|origin| self.0.contains(&origin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_list_and_no_tricks() {
        let urls = ["https://ibasho.example.jp".to_owned()];
        let origins = Origins::new("0.0.0.0:8080".parse().expect("an address"), &urls);
        let yes = [
            "http://localhost:8080",
            "HTTP://LOCALHOST:8080",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
            "https://ibasho.example.jp",
            "https://ibasho.example.jp:443",
        ];
        let no = [
            "null",
            "",
            "http://localhost",
            "http://localhost:80800",
            "http://localhost:8081",
            "https://localhost:8080",
            "http://localhost:8080.evil.example",
            "http://evil.example/http://localhost:8080",
            "https://ibasho.example.jp.evil.example",
            "https://evil-ibasho.example.jp",
            "https://ibasho.example.jp@evil.example",
            "https://ibasho.example.jp/",
            "file://",
            "https://",
            "http://localhost:+8080",
            "http://localhost: 8080",
            "http://localhost:8080:8080",
        ];
        for origin in yes {
            assert!(origins.allow(Some(origin)), "{origin}");
        }
        for origin in no {
            assert!(!origins.allow(Some(origin)), "{origin}");
        }
        assert!(!origins.allow(None));
    }
}
