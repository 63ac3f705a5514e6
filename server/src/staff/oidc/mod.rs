//! The municipality's sign-in (`OpenID` Connect): authorization code with PKCE, `nonce` and `state`, bound to the browser
//! that began. What comes back is checked by `openidconnect`; who that is here, by [`super::identity`].

mod fetch;
mod roles;

use std::pin::Pin;
use std::sync::Arc;

use chrono::DateTime;
use ibasho_protocol::ids::Millis;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm as Alg, CoreProviderMetadata, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IdTokenFields, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    StandardErrorResponse, StandardTokenResponse, TokenResponse as _,
};
use tokio::sync::Mutex;

pub(crate) use self::roles::Claims;
use self::roles::{Extra, Rules};
use super::ceremony::Ceremonies;
use super::invitation::Offer;
use crate::config::staff::OidcConfig;
use crate::dice::Dice;
use crate::secret::{Token, TokenHash};

/// How long somebody may take there, in milliseconds: a second step, a forgotten password.
pub(crate) const GOOD_MS: Millis = 10 * 60_000;
/// How long what the provider says about itself is believed, in milliseconds. Its keys change seldom; after a token
/// that does not fit they are asked for anew.
const BELIEVED_MS: Millis = 10 * 60_000;
/// How tokens may be signed: with the provider's own key. Never with a shared secret, never not at all.
const SIGNED: [Alg; 7] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

type Fields = IdTokenFields<
    Extra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    openidconnect::core::CoreJwsSigningAlgorithm,
>;
type Provider = openidconnect::Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The sign-in elsewhere could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("[staff.oidc] {0}")]
pub struct OidcError(String);

/// Why somebody did not come back signed in.
#[derive(Debug)]
pub(crate) enum Failed {
    /// What came back does not fit what was begun here, or is not from them.
    Refused,
    /// They do not answer.
    Silent,
}

/// A sign-in elsewhere.
pub(crate) struct Oidc {
    /// What its button says.
    pub(crate) name: String,
    issuer: IssuerUrl,
    client: ClientId,
    secret: Option<ClientSecret>,
    redirect: RedirectUrl,
    scopes: Vec<Scope>,
    rules: Rules,
    fetch: fetch::Fetch,
    known: Mutex<Option<(Millis, Arc<Provider>)>>,
    under_way: Ceremonies<UnderWay>,
}

/// A sign-in that was begun.
struct UnderWay {
    browser: TokenHash,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    newcomer: Option<Newcomer>,
}

/// Somebody who accepts an invitation through it.
pub(crate) struct Newcomer {
    /// The invitation.
    pub(crate) invitation: TokenHash,
    /// The name they chose.
    pub(crate) name: String,
}

/// Somebody who came back.
pub(crate) struct Returned {
    /// Who they are there.
    pub(crate) claims: Claims,
    /// What they are here by the configured rules.
    pub(crate) offer: Option<Offer>,
    /// They accept an invitation.
    pub(crate) newcomer: Option<Newcomer>,
}

impl Oidc {
    /// As configured.
    ///
    /// # Errors
    /// The secret cannot be read, a rule names a role or room that there is not, or there are no certificates to
    /// trust.
    pub(crate) fn new(
        config: &OidcConfig,
        public_url: &str,
        known_room: impl Fn(&str) -> bool,
    ) -> Result<Self, OidcError> {
        let wrong = |key: &str, error: &dyn std::fmt::Display| OidcError(format!("{key}: {error}"));
        let secret = config.client_secret_file.as_ref().map(|path| {
            let text = std::fs::read_to_string(path);
            text.map_err(|error| wrong("client_secret_file", &format!("{}: {error}", path.display())))
        });
        let redirect = RedirectUrl::new(format!("{public_url}/api/v1/staff/oidc/callback"));
        Ok(Self {
            name: config.name.clone(),
            issuer: IssuerUrl::new(config.issuer.clone()).map_err(|error| wrong("issuer", &error))?,
            client: ClientId::new(config.client_id.clone()),
            secret: secret.transpose()?.map(|text| ClientSecret::new(text.trim().to_owned())),
            redirect: redirect.map_err(|error| wrong("public_urls", &error))?,
            scopes: config.scopes.iter().cloned().map(Scope::new).collect(),
            rules: Rules::new(config, known_room).map_err(|error| wrong("roles", &error))?,
            fetch: fetch::new(config.issuer.starts_with("https:")).map_err(|error| wrong("issuer", &error))?,
            known: Mutex::default(),
            under_way: Ceremonies::default(),
        })
    }

    /// Begins. Returns where to go, and the token that this browser keeps until it is back.
    pub(crate) async fn begin(
        &self,
        newcomer: Option<Newcomer>,
        dice: &Dice,
        now: Millis,
    ) -> Result<(String, Token), Failed> {
        let provider = self.provider(now).await?;
        let (state, browser) = (Token::draw(dice), Token::draw(dice));
        let nonce = Nonce::new(Token::draw(dice).reveal());
        let verifier = PkceCodeVerifier::new(Token::draw(dice).reveal());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let (key, text, asked) = (state.hash(), state.reveal(), nonce.clone());
        let url = provider
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || CsrfToken::new(text), || asked)
            .add_scopes(self.scopes.iter().cloned())
            .set_pkce_challenge(challenge);
        let under_way = UnderWay { browser: browser.hash(), nonce, verifier, newcomer };
        self.under_way.put(key, under_way, now, GOOD_MS).map_err(|_| Failed::Silent)?;
        Ok((url.url().0.to_string(), browser))
    }

    /// Ends: who came back, if it is the browser that began and the provider vouches for them.
    pub(crate) async fn end(
        &self,
        state: String,
        code: String,
        issuer: Option<&str>,
        browser: Option<Token>,
        now: Millis,
    ) -> Result<Returned, Failed> {
        let begun = self.under_way.take(Token::received(state).hash(), now).map_err(|_| Failed::Refused)?;
        // RFC 9207: an answer of another provider is none.
        let theirs = issuer.is_none_or(|issuer| issuer == self.issuer.as_str());
        if !theirs || browser.is_none_or(|browser| browser.hash() != begun.browser) {
            return Err(Failed::Refused);
        }
        let provider = self.provider(now).await?;
        let request = provider.exchange_code(AuthorizationCode::new(code)).map_err(|_| Failed::Silent)?;
        let request = request.set_pkce_verifier(begun.verifier);
        // Boxed, because the compiler cannot see through the library's own future that it is `Send`.
        let asked: Pin<Box<dyn Future<Output = _> + Send + '_>> = Box::pin(request.request_async(&self.fetch));
        let answered = asked.await;
        let answered = answered.map_err(|error| match error {
            openidconnect::RequestTokenError::Request(_) => Failed::Silent,
            _ => Failed::Refused,
        })?;
        let token = answered.id_token().ok_or(Failed::Refused)?;
        let time = move || DateTime::from_timestamp_millis(now.cast_signed()).unwrap_or_default();
        let verifier = provider.id_token_verifier().set_allowed_algs(SIGNED).set_time_fn(time);
        let Ok(claims) = token.claims(&verifier, &begun.nonce) else {
            // Their keys may have changed: next time they are asked.
            self.known.lock().await.take();
            return Err(Failed::Refused);
        };
        let claims = Claims::new(self.issuer.as_str(), claims);
        Ok(Returned { offer: self.rules.offer(&claims), claims, newcomer: begun.newcomer })
    }

    async fn provider(&self, now: Millis) -> Result<Arc<Provider>, Failed> {
        // Held while they are asked: who comes at the same moment waits for the same answer.
        let mut known = self.known.lock().await;
        if let Some((until, provider)) = &*known
            && now < *until
        {
            return Ok(provider.clone());
        }
        let asked: Pin<Box<dyn Future<Output = _> + Send + '_>> =
            Box::pin(CoreProviderMetadata::discover_async(self.issuer.clone(), &self.fetch));
        let metadata = asked.await.map_err(|_| {
            tracing::warn!("the sign-in of the municipality does not answer, or says nothing that can be used");
            Failed::Silent
        })?;
        let provider = Provider::from_provider_metadata(metadata, self.client.clone(), self.secret.clone());
        let provider = Arc::new(provider.set_redirect_uri(self.redirect.clone()));
        *known = Some((now + BELIEVED_MS, provider.clone()));
        Ok(provider)
    }
}
