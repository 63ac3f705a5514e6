//! What the provider says about somebody, and what that makes of them here.

use std::collections::BTreeMap;

use ibasho_protocol::refusal::RefusalCode;
use openidconnect::IdTokenClaims;
use openidconnect::core::CoreGenderClaim;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::config::staff::OidcConfig;
use crate::staff::invitation::Offer;

/// Every claim that the standard does not name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Extra(BTreeMap<String, Value>);

impl openidconnect::AdditionalClaims for Extra {}

/// Who somebody is there. Holds what identifies a person: no `Debug`.
pub(crate) struct Claims {
    /// Who vouches for them.
    pub(crate) issuer: String,
    /// Their id there.
    pub(crate) subject: String,
    /// What they like to be called. A real name is not asked for: colleagues and participants would see it.
    pub(crate) nickname: Option<String>,
    email: Option<String>,
    extra: BTreeMap<String, Value>,
}

impl Claims {
    pub(super) fn new(issuer: &str, claims: &IdTokenClaims<Extra, CoreGenderClaim>) -> Self {
        let nickname = claims.nickname().and_then(|names| names.iter().next()).map(|(_, name)| name.to_string());
        let verified = claims.email_verified().unwrap_or(false);
        Self {
            issuer: issuer.to_owned(),
            subject: claims.subject().to_string(),
            nickname,
            email: claims.email().filter(|_| verified).map(|email| email.to_string()),
            extra: claims.additional_claims().0.clone(),
        }
    }

    /// The values of a claim: its own, or those in its list.
    fn values(&self, claim: &str) -> Vec<&str> {
        match claim {
            "sub" => vec![&self.subject],
            "email" => self.email.iter().map(String::as_str).collect(),
            _ => match self.find(claim) {
                Some(Value::String(value)) => vec![value],
                Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            },
        }
    }

    fn find(&self, claim: &str) -> Option<&Value> {
        // A name may have dots itself (`https://…/roles`).
        if let Some(value) = self.extra.get(claim) {
            return Some(value);
        }
        let mut steps = claim.split('.');
        let first = self.extra.get(steps.next()?)?;
        steps.try_fold(first, |value, step| value.get(step))
    }
}

/// Who is what, by configuration.
pub(super) struct Rules {
    claim: String,
    rules: Vec<(String, Offer)>,
}

impl Rules {
    /// # Errors
    /// The value of the first rule that names a role or a room that there is not.
    pub(super) fn new(config: &OidcConfig, known_room: impl Fn(&str) -> bool) -> Result<Self, String> {
        let rules = config.roles.iter().map(|rule| {
            let offer = Offer::new(rule.role, rule.rooms.clone(), &known_room).map_err(|code| match code {
                RefusalCode::RoomUnknown => format!("{}: no such room", rule.value),
                _ => format!("{}: staff do not have this role, or not in rooms of their own", rule.value),
            })?;
            Ok::<_, String>((rule.value.clone(), offer))
        });
        Ok(Self { claim: config.claim.clone(), rules: rules.collect::<Result<_, _>>()? })
    }

    /// What somebody is; `None`: nothing, without an invitation.
    pub(super) fn offer(&self, claims: &Claims) -> Option<Offer> {
        let values = claims.values(&self.claim);
        self.rules.iter().find(|(value, _)| values.contains(&value.as_str())).map(|(_, offer)| offer.clone())
    }
}
