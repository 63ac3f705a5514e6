//! Sends a signed message to a webhook: to an address that was looked at, without redirects, within a time and a size.

use std::error::Error;
use std::net::IpAddr;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use chrono::DateTime;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER, USER_AGENT};
use hyper::{Request, Response, StatusCode, Uri};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::connect::{Connect, HttpConnector};
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::TokioExecutor;
use ibasho_protocol::api::hooks::WebhookTrouble as Trouble;
use ibasho_protocol::ids::Millis;
use tower::service_fn;

use super::address::{PrivateAddress, Reach};
use super::sign::Signer;
use crate::clock::Clock;

/// Largest answer that is read, in bytes: a verdict with a reason takes a hundred.
pub const ANSWER_BYTES: usize = 16 * 1024;
/// The longest that a receiver can ask to be left alone, in milliseconds.
pub const MAX_RETRY_AFTER_MS: Millis = 24 * 60 * 60 * 1000;

type Sent = Pin<Box<dyn Future<Output = Result<Response<Incoming>, ClientError>> + Send>>;
type Way = Box<dyn Fn(Request<Full<Bytes>>) -> Sent + Send + Sync>;

/// A way to a webhook.
pub(super) struct Poster {
    uri: Uri,
    /// The address stands in the configuration itself, and may not be.
    barred: bool,
    send: Way,
    signer: Signer,
    deadline: Duration,
    clock: Clock,
}

/// It was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotTaken {
    pub(super) trouble: Trouble,
    /// It asks to be left alone for so long, in milliseconds.
    pub(super) after: Option<Millis>,
}

impl From<Trouble> for NotTaken {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, after: None }
    }
}

impl Poster {
    /// A way to `uri`.
    ///
    /// # Errors
    /// The system has no certificates to trust.
    pub(super) fn new(
        uri: Uri,
        reach: Reach,
        signer: Signer,
        deadline: Duration,
        clock: Clock,
    ) -> std::io::Result<Self> {
        let literal = uri.host().and_then(|host| host.trim_matches(['[', ']']).parse::<IpAddr>().ok());
        let barred = literal.is_some_and(|ip| !reach.allows(ip));
        let mut http = HttpConnector::new_with_resolver(service_fn(move |name| reach.resolve(name)));
        http.enforce_http(false);
        http.set_nodelay(true);
        let tls = HttpsConnectorBuilder::new().with_native_roots()?;
        // Without TLS only into one's own network, where the configuration says so.
        let tls = if reach == Reach::OwnNetwork { tls.https_or_http() } else { tls.https_only() };
        Ok(Self { uri, barred, send: with(tls.enable_http1().wrap_connector(http)), signer, deadline, clock })
    }

    /// Sends a message. An answer other than 2xx is trouble; the body of the answer is read if it is asked for.
    pub(super) async fn post(&self, id: &str, body: String, read: bool) -> Result<Bytes, NotTaken> {
        if self.barred {
            return Err(Trouble::PrivateAddress.into());
        }
        let seconds = self.clock.now() / 1000;
        let request = Request::post(&self.uri)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, "ibasho")
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", self.signer.sign(id, seconds, body.as_bytes()))
            .body(Full::new(Bytes::from(body)))
            .map_err(|_| Trouble::Unreachable)?;
        let answer = async {
            let (head, body) = (self.send)(request).await.map_err(|error| unsent(&error))?.into_parts();
            taken(head.status, &head.headers, self.clock.now())?;
            if !read {
                return Ok(Bytes::new());
            }
            let body = Limited::new(body, ANSWER_BYTES).collect().await.map_err(|_| Trouble::BadAnswer)?;
            Ok(body.to_bytes())
        };
        tokio::select! {
            biased;
            answer = answer => answer,
            () = self.clock.sleep(self.deadline.as_millis() as Millis) => Err(Trouble::Slow.into()),
        }
    }
}

fn with<C: Connect + Clone + Send + Sync + 'static>(connector: C) -> Way {
    let client: Client<C, Full<Bytes>> = Client::builder(TokioExecutor::new()).build(connector);
    Box::new(move |request| Box::pin(client.request(request)))
}

/// Why it did not even get there.
fn unsent(error: &ClientError) -> Trouble {
    let mut source = error.source();
    while let Some(inner) = source {
        // An error of the system keeps its cause to itself.
        let kept = inner.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if inner.is::<PrivateAddress>() || kept.is_some_and(<dyn Error + Send + Sync>::is::<PrivateAddress>) {
            return Trouble::PrivateAddress;
        }
        source = inner.source();
    }
    Trouble::Unreachable
}

/// What the status says.
fn taken(status: StatusCode, headers: &HeaderMap, now: Millis) -> Result<(), NotTaken> {
    let trouble = match status {
        _ if status.is_success() => return Ok(()),
        StatusCode::GONE => Trouble::Gone,
        StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => Trouble::Busy,
        _ if status.is_redirection() => Trouble::Redirect,
        _ if status.is_client_error() => Trouble::Refused,
        _ => Trouble::Broken,
    };
    let after = headers.get(RETRY_AFTER).filter(|_| trouble == Trouble::Busy);
    let after = after.and_then(|value| value.to_str().ok()).and_then(|text| retry_after(text, now));
    Err(NotTaken { trouble, after })
}

/// `Retry-After` in milliseconds from now: seconds, or a date (RFC 9110, 10.2.3).
fn retry_after(text: &str, now: Millis) -> Option<Millis> {
    let millis = if let Ok(seconds) = text.trim().parse::<Millis>() {
        seconds.saturating_mul(1000)
    } else {
        let at = DateTime::parse_from_rfc2822(text.trim()).ok()?.timestamp_millis();
        Millis::try_from(at).ok()?.saturating_sub(now)
    };
    Some(millis.min(MAX_RETRY_AFTER_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_may_ask_for_time_in_seconds_or_by_date_up_to_a_day() {
        // date -d 'Sun, 06 Nov 1994 08:49:37 GMT' +%s
        let at = 784_111_777_000;
        assert_eq!(retry_after("120", at), Some(120_000));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", at - 5_000), Some(5_000));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", at + 5_000), Some(0));
        assert_eq!(retry_after("99999999999999999", at), Some(MAX_RETRY_AFTER_MS));
        assert_eq!(retry_after("soon", at), None);
    }
}
