//! Requests to the provider: over TLS, without redirects, within a time and a size.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{Connect, HttpConnector};
use hyper_util::rt::TokioExecutor;
use openidconnect::{HttpRequest, HttpResponse};

/// The longest wait for an answer.
const ANSWER: Duration = Duration::from_secs(10);
/// Largest answer, in bytes: a set of keys with certificates takes some ten thousand.
const LARGEST: usize = 256 * 1024;

/// The provider did not answer, or too much.
#[derive(Debug, thiserror::Error)]
#[error("no answer")]
pub(crate) struct NoAnswer;

type Answer = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send>>;

/// Sends a request.
pub(super) type Fetch = Box<dyn Fn(HttpRequest) -> Answer + Send + Sync>;

/// A way to send requests; without TLS only to this machine.
///
/// # Errors
/// The system has no certificates to trust.
pub(super) fn new(tls: bool) -> std::io::Result<Fetch> {
    if !tls {
        return Ok(with(HttpConnector::new()));
    }
    Ok(with(HttpsConnectorBuilder::new().with_native_roots()?.https_only().enable_http1().build()))
}

fn with<C: Connect + Clone + Send + Sync + 'static>(connector: C) -> Fetch {
    let client: Client<C, Full<Bytes>> = Client::builder(TokioExecutor::new()).build(connector);
    Box::new(move |request| {
        let answer = client.request(request.map(|body| Full::new(Bytes::from(body))));
        Box::pin(async move {
            let whole = async {
                let (head, body) = answer.await.map_err(|_| NoAnswer)?.into_parts();
                let body = Limited::new(body, LARGEST).collect().await.map_err(|_| NoAnswer)?;
                Ok(HttpResponse::from_parts(head, body.to_bytes().to_vec()))
            };
            tokio::time::timeout(ANSWER, whole).await.unwrap_or(Err(NoAnswer))
        })
    })
}
