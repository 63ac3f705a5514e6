//! An authenticator in software (ES256, no attestation): what a phone does when it makes or uses a passkey, honest or
//! not. It is written out, because a test wants to forge what a library would refuse to make.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Somebody touched it.
const PRESENT: u8 = 1;
/// And it knows who.
const VERIFIED: u8 = 4;
/// A key comes along.
const ATTESTED: u8 = 64;

/// An authenticator with one passkey.
pub struct Authenticator {
    key: SigningKey,
    id: Vec<u8>,
    /// The account's handle, as the server gave it.
    pub handle: String,
    /// The page it believes to be on.
    pub origin: String,
    /// How often it was used.
    pub count: u32,
    /// Whether it makes sure who touches it.
    pub verifies: bool,
}

impl Authenticator {
    /// An authenticator for pages of this origin; `seed` makes it different from others.
    pub fn new(origin: &str, seed: u8) -> Self {
        let key = SigningKey::from_slice(&[seed; 32]).expect("a key");
        Self { key, id: vec![seed; 16], handle: String::new(), origin: origin.into(), count: 0, verifies: true }
    }

    /// `navigator.credentials.create`, as JSON.
    pub fn make(&mut self, options: &Value) -> Value {
        options["user"]["id"].as_str().expect("a handle").clone_into(&mut self.handle);
        let mut data = self.data(options["rp"]["id"].as_str().expect("an id"), ATTESTED);
        data.extend([0; 16]);
        data.extend((self.id.len() as u16).to_be_bytes());
        data.extend(&self.id);
        let point = self.key.verifying_key().to_sec1_point(false);
        // {1: 2, 3: -7, -1: 1, -2: x, -3: y}: an elliptic curve key for ES256 on P-256 (RFC 9053).
        data.extend([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]);
        data.extend(point.x().expect("a point"));
        data.extend([0x22, 0x58, 32]);
        data.extend(point.y().expect("a point"));
        // {"fmt": "none", "attStmt": {}, "authData": …}
        let mut object = vec![0xa3];
        object.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x59");
        object.extend((data.len() as u16).to_be_bytes());
        object.extend(data);
        json!({
            "id": BASE64.encode(&self.id), "rawId": BASE64.encode(&self.id), "type": "public-key",
            "clientExtensionResults": {}, "authenticatorAttachment": "platform",
            "response": {
                "attestationObject": BASE64.encode(object), "transports": ["internal"],
                "clientDataJSON": BASE64.encode(self.client("webauthn.create", options)),
            },
        })
    }

    /// `navigator.credentials.get`, as JSON.
    pub fn get(&mut self, options: &Value) -> Value {
        self.count += 1;
        let data = self.data(options["rpId"].as_str().expect("an id"), 0);
        let client = self.client("webauthn.get", options);
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature: Signature = self.key.sign(&signed);
        json!({
            "id": BASE64.encode(&self.id), "rawId": BASE64.encode(&self.id), "type": "public-key",
            "clientExtensionResults": {}, "authenticatorAttachment": "platform",
            "response": {
                "authenticatorData": BASE64.encode(data), "clientDataJSON": BASE64.encode(client),
                "signature": BASE64.encode(signature.to_der().as_bytes()), "userHandle": self.handle,
            },
        })
    }

    fn data(&self, place: &str, more: u8) -> Vec<u8> {
        let flags = PRESENT | if self.verifies { VERIFIED } else { 0 } | more;
        let mut data = Sha256::digest(place.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.count.to_be_bytes());
        data
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let client = json!({
            "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false,
        });
        client.to_string().into_bytes()
    }
}
