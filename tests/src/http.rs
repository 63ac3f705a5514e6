//! Plain HTTP requests.

use std::io;
use std::net::SocketAddr;

use ibasho_protocol::refusal::{Refusal, RefusalCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// What a request is answered.
#[derive(Debug)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The head, line by line.
    pub head: Vec<String>,
    /// The body.
    pub body: String,
}

impl Response {
    /// The body as what it is.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Why it was refused.
    pub fn refusal(&self) -> RefusalCode {
        assert!(self.status >= 400, "{self:?}");
        self.json::<Refusal>().code
    }

    /// The values of a header.
    pub fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let lines = self.head.iter().filter_map(|line| line.split_once(": "));
        lines.filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// What `GET path` answers: the status and the body.
pub async fn get(addr: SocketAddr, path: &str) -> (u16, String) {
    let response = ask(addr, "GET", path, &[], "").await;
    (response.status, response.body)
}

/// Sends a request with these headers besides the usual ones, and reads the answer.
pub async fn ask(addr: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
    let socket = TcpStream::connect(addr).await.expect("it listens");
    exchange(socket, addr, method, path, headers, body).await.expect("it answers")
}

/// The same for a server that may be killed meanwhile.
///
/// # Errors
/// There was no whole answer.
pub async fn try_ask(
    addr: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> io::Result<Response> {
    exchange(TcpStream::connect(addr).await?, addr, method, path, headers, body).await
}

/// `POST` of JSON from one of this machine's own addresses, `127.0.0.host`: as if from another household.
pub async fn post_from(host: u8, addr: SocketAddr, path: &str, body: &impl Serialize) -> Response {
    try_post_from(host, addr, path, body).await.expect("it answers")
}

/// The same for a server that may be killed meanwhile.
///
/// # Errors
/// There was no whole answer.
pub async fn try_post_from(host: u8, addr: SocketAddr, path: &str, body: &impl Serialize) -> io::Result<Response> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from(([127, 0, 0, host], 0)))?;
    let socket = socket.connect(addr).await?;
    let body = serde_json::to_string(body)?;
    exchange(socket, addr, "POST", path, &[("Content-Type", "application/json")], &body).await
}

/// `POST` of JSON.
pub async fn post(addr: SocketAddr, path: &str, body: &impl Serialize) -> Response {
    post_from(1, addr, path, body).await
}

async fn exchange(
    mut socket: TcpStream,
    addr: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> io::Result<Response> {
    let mut head = vec![format!("{method} {path} HTTP/1.1"), "Connection: close".to_owned()];
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head.push(format!("Host: {addr}"));
    }
    head.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
    if method != "GET" {
        head.push(format!("Content-Length: {}", body.len()));
    }
    let request = format!("{}\r\n\r\n{body}", head.join("\r\n"));
    socket.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await?;
    let answer = String::from_utf8(answer).expect("text");
    let (head, body) = answer.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let response = Response { status, head: head.lines().skip(1).map(str::to_owned).collect(), body: body.to_owned() };
    let promised = response.headers("content-length").next().and_then(|length| length.parse::<usize>().ok());
    if promised.is_some_and(|length| length > response.body.len()) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(response)
}
