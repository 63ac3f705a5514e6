//! Cookies: the login, and what binds a sign-in elsewhere to this browser. Scripts cannot read them.

use axum::http::header::{COOKIE, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::secret::Token;
use crate::staff::entry::ABSOLUTE_MS;

/// The login.
pub(crate) const LOGIN: &str = "ibasho_staff";
/// A sign-in at the municipality that is under way.
pub(crate) const FLOW: &str = "ibasho_staff_flow";
/// Longest value that is looked at, in bytes: a token has 64.
const LONGEST: usize = 128;

/// The token in a cookie.
pub(crate) fn read(headers: &HeaderMap, name: &str) -> Option<Token> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    let value = pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name)?.1;
    (value.len() <= LONGEST).then(|| Token::received(value.to_owned()))
}

/// Whether the page that asks came over TLS; then its cookies shall never travel without.
pub(crate) fn is_secure(headers: &HeaderMap) -> bool {
    let origin = headers.get(ORIGIN).and_then(|value| value.to_str().ok()).unwrap_or_default();
    origin.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
}

/// Keeps a login. It is never sent along from another site's page.
pub(crate) fn login(token: Token, secure: bool) -> (HeaderName, HeaderValue) {
    set(LOGIN, &token.reveal(), "SameSite=Strict; Path=/", ABSOLUTE_MS / 1000, secure)
}

/// Forgets the login.
pub(crate) fn forget(secure: bool) -> (HeaderName, HeaderValue) {
    set(LOGIN, "", "SameSite=Strict; Path=/", 0, secure)
}

/// Keeps what binds a sign-in to this browser; `Lax`, because the way back comes from the other site.
pub(crate) fn flow(token: Token, seconds: u64, secure: bool) -> (HeaderName, HeaderValue) {
    set(FLOW, &token.reveal(), "SameSite=Lax; Path=/api/v1/staff/oidc", seconds, secure)
}

/// Forgets what bound a sign-in to this browser.
pub(crate) fn forget_flow(secure: bool) -> (HeaderName, HeaderValue) {
    set(FLOW, "", "SameSite=Lax; Path=/api/v1/staff/oidc", 0, secure)
}

fn set(name: &str, value: &str, scope: &str, seconds: u64, secure: bool) -> (HeaderName, HeaderValue) {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; HttpOnly; {scope}; Max-Age={seconds}{secure}");
    // Nothing in it comes from outside, so it always is a header.
    let mut header = HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""));
    header.set_sensitive(true);
    (SET_COOKIE, header)
}
