//! From HTTP to WebSocket (RFC 6455 § 4.2).

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{CONNECTION, ORIGIN, SEC_WEBSOCKET_PROTOCOL, UPGRADE};
use axum::http::{HeaderValue, Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use ibasho_protocol::SUBPROTOCOL;
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;
use tracing::Instrument as _;

use crate::Surroundings;
use crate::line::{LineId, session};

/// Answers a request for `/ws`. The origin is checked before anything else.
pub fn answer(
    mut request: Request<Incoming>,
    around: &Arc<Surroundings>,
    address: IpAddr,
    permit: Arc<OwnedSemaphorePermit>,
) -> Response<Body> {
    let header = |name| request.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if !around.origins.allow(header(ORIGIN)) {
        return refuse(StatusCode::FORBIDDEN, "this page may not connect here\n");
    }
    if !around.gate.admits(address, around.clock.now()) {
        return refuse(StatusCode::TOO_MANY_REQUESTS, "too many connections, try again in a moment\n");
    }
    let offered = header(SEC_WEBSOCKET_PROTOCOL).unwrap_or_default();
    if !offered.split(',').any(|name| name.trim() == SUBPROTOCOL) {
        return refuse(StatusCode::BAD_REQUEST, "offer the subprotocol ibasho.v1\n");
    }
    let Ok(mut response) = create_response_with_body(&request.map_ref(), Body::empty) else {
        let mut response = refuse(StatusCode::UPGRADE_REQUIRED, "a WebSocket handshake is needed here\n");
        response.headers_mut().insert(UPGRADE, HeaderValue::from_static("websocket"));
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("upgrade"));
        return response;
    };
    response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL));
    let upgrade = hyper::upgrade::on(&mut request);
    let (around, id) = (around.clone(), LineId::next());
    let span = tracing::debug_span!("line", %id);
    tokio::spawn(
        async move {
            let Ok(upgraded) = upgrade.await else { return };
            // The socket comes back as it was: rooms write to it themselves.
            let Ok(parts) = upgraded.downcast::<TokioIo<TcpStream>>() else { return };
            let (stream, read_already) = (parts.io.into_inner(), parts.read_buf.to_vec());
            // The few bytes lie in a buffer of 8 KiB, which would stay as long as the line.
            drop(parts.read_buf);
            session::run(id, stream, read_already, around).await;
            drop(permit);
        }
        .instrument(span),
    );
    response
}

fn refuse(status: StatusCode, why: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(why));
    *response.status_mut() = status;
    response
}

/// The head of a request, as the handshake wants it.
trait MapRef {
    fn map_ref(&self) -> Request<()>;
}

impl MapRef for Request<Incoming> {
    fn map_ref(&self) -> Request<()> {
        let mut head = Request::new(());
        *head.method_mut() = self.method().clone();
        *head.uri_mut() = self.uri().clone();
        *head.version_mut() = self.version();
        *head.headers_mut() = self.headers().clone();
        head
    }
}
