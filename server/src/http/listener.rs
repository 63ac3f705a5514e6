//! Accepts connections and serves HTTP/1.1 on them, with deadlines of its own.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt as _;

use super::answer::Peer;
use super::{proxy, upgrade};
use crate::Surroundings;

/// Connections that wait to be accepted: a join storm must not wait for repeated SYNs (`perf.md`).
const BACKLOG: i32 = 4096;
/// What the kernel holds back for somebody who does not read, in bytes (it doubles it). Left to itself it grows to
/// megabytes for each; this holds the welcome of a full room, and the rest waits in the outbox, where it is bounded.
const SEND_BUFFER: usize = 64 * 1024;
/// The head of a request must be complete in this time. Hyper needs a timer for it to have an effect.
const HEAD: Duration = Duration::from_secs(5);
/// Largest head of a request, in bytes.
const HEAD_BYTES: usize = 16 * 1024;
/// How long to wait when no more files can be opened.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// Listens on an address.
///
/// # Errors
/// The address is in use or not ours.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    // Accepted sockets inherit it.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    TcpListener::from_std(socket.into())
}

/// Serves people until dropped.
pub async fn serve(listener: TcpListener, routes: Router, around: Arc<Surroundings>) {
    let places = Arc::new(Semaphore::new(around.config.limits.connections));
    loop {
        let (stream, address) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "cannot accept");
                tokio::time::sleep(EXHAUSTED).await;
                continue;
            }
        };
        // Past the bound the socket is simply closed: answering would cost what there is not.
        let Ok(permit) = places.clone().try_acquire_owned() else { continue };
        tokio::spawn(connection(stream, address.ip(), routes.clone(), around.clone(), Arc::new(permit)));
    }
}

/// Serves the operator's tools until dropped.
pub async fn serve_admin(listener: TcpListener, routes: Router) {
    // Ends only when the task is dropped; an error of one connection is that connection's.
    let _ = axum::serve(listener, routes).await;
}

async fn connection(
    stream: TcpStream,
    peer: IpAddr,
    routes: Router,
    around: Arc<Surroundings>,
    permit: Arc<OwnedSemaphorePermit>,
) {
    // Small frames must not wait for acknowledgements. It fails only on a socket that is gone.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        let (routes, around, permit) = (routes.clone(), around.clone(), permit.clone());
        let address = proxy::client(peer, request.headers(), &around.config.proxies);
        async move {
            if request.uri().path() == "/ws" {
                return Ok::<Response<Body>, std::convert::Infallible>(upgrade::answer(
                    request, &around, address, permit,
                ));
            }
            request.extensions_mut().insert(Peer(address));
            routes.oneshot(request.map(Body::new)).await
        }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    if let Err(error) = served.await {
        tracing::debug!(%error, "connection");
    }
}
