//! One-time codes from an authenticator app (RFC 6238), as a second step after the passphrase.

use ibasho_protocol::api::staff::TotpStart;
use ibasho_protocol::ids::Millis;
use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::{Builder, Totp, TotpError};
use unicode_normalization::UnicodeNormalization as _;

use crate::dice::Dice;

/// Bytes of a secret: 160 bits, as RFC 4226 recommends and every app expects.
const SECRET: usize = 20;
/// How many steps of half a minute a phone's clock may be off, each way.
const SKEW: u16 = 1;
/// How long somebody may take to set up their app, in milliseconds.
pub(crate) const SET_UP_MS: Millis = 10 * 60_000;
/// Smallest side of the QR code, in the units of its own coordinates: it scales without loss.
const SIDE: u32 = 200;

/// A fresh secret.
pub(crate) fn draw(dice: &Dice) -> Vec<u8> {
    dice.bytes()[..SECRET].to_vec()
}

/// What an authenticator app needs.
///
/// # Errors
/// The name of the place or of the account does not fit into an address.
pub(crate) fn show(secret: &[u8], place: &str, name: &str) -> Result<TotpStart, TotpError> {
    let plain = |text: &str| text.replace(':', " ");
    let totp = builder(secret).with_account_name(plain(name)).with_issuer(Some(plain(place))).build()?;
    let url = totp.to_url()?;
    // An address always fits: names are short, and a QR code holds 2,900 bytes.
    let svg = QrCode::new(url.as_bytes())
        .map(|code| code.render::<svg::Color>().min_dimensions(SIDE, SIDE).dark_color(svg::Color("#000")).build());
    Ok(TotpStart { secret: totp.secret().to_base32(), svg: svg.unwrap_or_default(), url })
}

/// The time step of a code, if it is right now.
pub(crate) fn step(secret: &[u8], code: &str, now: Millis) -> Option<i64> {
    // Full width digits and spaces are how people write.
    let code: String = code.chars().take(32).nfkc().filter(char::is_ascii_digit).collect();
    let totp: Totp = builder(secret).build().ok()?;
    totp.check(&code, now / 1000).and_then(|step| i64::try_from(step).ok())
}

fn builder(secret: &[u8]) -> Builder {
    Builder::new().with_secret(secret).with_skew(SKEW)
}
