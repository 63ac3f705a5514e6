//! Staff: invitations, signing in, who is staff. Everything is under `/api/v1/staff`; a cookie that scripts cannot read
//! says who one is. Secrets travel in bodies, never in addresses.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::ids::Millis;
use crate::role::Role;

/// `GET me`: who one is. Without a login: 401 `sign_in`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Me {
    /// The account.
    pub id: String,
    /// What colleagues call one; also the nickname one enters rooms with at first.
    pub name: String,
    /// What one is.
    pub role: Role,
    /// For a facilitator or peer staff: only these rooms; empty for all.
    pub rooms: Vec<String>,
    /// How one can sign in.
    pub ways: SignInWays,
    /// This login's id among one's logins.
    pub login: String,
}

/// How one can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SignInWays {
    /// How many passkeys.
    pub passkeys: u8,
    /// With a passphrase.
    pub passphrase: bool,
    /// The passphrase needs a one-time code too.
    pub totp: bool,
    /// Through the municipality's sign-in.
    pub oidc: bool,
}

/// `GET ways`: what the sign-in page offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Offered {
    /// Passkeys work at this address (secure context and a host name).
    pub passkeys: bool,
    /// The name of the municipality's sign-in, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub oidc: Option<String>,
}

/// `POST invitation/show`. The invitation's token comes from the fragment of the link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct InvitationToken {
    /// The token.
    pub token: String,
}

/// An invitation, as the invited person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Invitation {
    /// What one is invited as.
    pub role: Role,
    /// Until when.
    pub until: Millis,
}

/// `POST invitation/passphrase`: accept an invitation with a passphrase. Signs in; answered by [`Me`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct AcceptWithPassphrase {
    /// The invitation's token.
    pub token: String,
    /// What colleagues call one, 1 to 16 graphemes, one of a kind.
    pub name: String,
    /// At least 12 characters.
    pub passphrase: String,
}

/// `POST invitation/passkey/start`: accept with a passkey. Answered by [`PasskeyStart`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct AcceptWithPasskey {
    /// The invitation's token.
    pub token: String,
    /// What colleagues call one.
    pub name: String,
}

/// `POST oidc/start`: sign in at the municipality, or accept an invitation that way. Answered by [`OidcGo`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct OidcStart {
    /// The invitation to accept; absent to sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub invitation: Option<AcceptWithPasskey>,
}

/// Where to go. The way back ends at `/staff`, or at `/staff#refused=CODE` with a refusal code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct OidcGo {
    /// The address at the municipality.
    pub url: String,
}

/// What a passkey ceremony begins with. Also answers `passkeys/start` and `sign-in/passkey/start`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct PasskeyStart {
    /// Names the ceremony in the second step; two minutes.
    pub flow: String,
    /// For `navigator.credentials`: `PublicKeyCredential.parse…OptionsFromJSON`.
    #[ts(type = "unknown")]
    pub options: serde_json::Value,
}

/// The second step: `invitation/passkey/finish`, `passkeys/finish`, `sign-in/passkey/finish`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct PasskeyFinish {
    /// The ceremony.
    pub flow: String,
    /// `credential.toJSON()`.
    #[ts(type = "unknown")]
    pub credential: serde_json::Value,
}

/// A passkey: `GET passkeys`, `DELETE passkeys/{id}`. The last way to sign in cannot be put away: `in_use`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Passkey {
    /// Names it here.
    pub id: String,
    /// When it was made, to the day.
    pub made: Millis,
}

/// `POST sign-in/passphrase`. Answered by [`Me`]. With a second step missing: 401 `code_needed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SignIn {
    /// The name.
    pub name: String,
    /// The passphrase.
    pub passphrase: String,
    /// The one-time code, where it is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<String>,
}

/// `PUT passphrase`: change the passphrase, or have one from now on. The other logins end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ChangePassphrase {
    /// The one so far, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub current: Option<String>,
    /// At least 12 characters.
    pub passphrase: String,
}

/// `POST totp/start`: a secret for an authenticator app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct TotpStart {
    /// `otpauth://…`, for a QR code or to be opened on a phone.
    pub url: String,
    /// The same, to be typed.
    pub secret: String,
    /// The QR code as SVG.
    pub svg: String,
}

/// `POST totp/finish`, and `totp/off` with the current code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct TotpCode {
    /// Six digits.
    pub code: String,
}

/// A login: `GET logins`, `DELETE logins/{id}`; `POST sign-out` ends the one that asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Login {
    /// Its id. Not the secret.
    pub id: String,
    /// When it began.
    pub since: Millis,
    /// When it was last used, to the hour.
    pub used: Millis,
    /// How.
    pub way: LoginWay,
    /// It is the one that asks.
    pub here: bool,
}

/// How a login began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LoginWay {
    /// With a passkey.
    Passkey,
    /// With a passphrase.
    Passphrase,
    /// Through the municipality's sign-in.
    Oidc,
}

/// `POST invitations`: invite somebody. Answered by [`Invited`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Invite {
    /// As what.
    pub role: Role,
    /// For facilitators and peer staff: only these rooms; empty for all.
    #[serde(default)]
    pub rooms: Vec<String>,
    /// For how many days, 1 to 14.
    pub days: u8,
}

/// The link, shown once. The token stands in its fragment, which browsers do not send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Invited {
    /// `…/staff#invitation=TOKEN`.
    pub link: String,
    /// Until when.
    pub until: Millis,
}

/// An open invitation: `GET invitations`, `DELETE invitations/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct OpenInvitation {
    /// Its id. Not the token.
    pub id: String,
    /// As what.
    pub role: Role,
    /// Until when.
    pub until: Millis,
}

/// A member of staff: `GET people`, `PUT people/{id}`, `DELETE people/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Colleague {
    /// The account.
    pub id: String,
    /// The name.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// For facilitators and peer staff: only these rooms; empty for all.
    pub rooms: Vec<String>,
    /// When they last signed in, to the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub seen: Option<Millis>,
}

/// `PUT people/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ChangeColleague {
    /// What they shall be.
    pub role: Role,
    /// For facilitators and peer staff: only these rooms; empty for all.
    #[serde(default)]
    pub rooms: Vec<String>,
}

/// `POST ticket`: enter a room as staff. Answered by [`super::calendar::Ticket`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct EnterAsStaff {
    /// The room.
    pub room: String,
    /// Whether the badge shows.
    pub badge: bool,
}
