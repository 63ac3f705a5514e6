//! A browser with cookies that signs in as staff.

use std::io;
use std::net::SocketAddr;

use ibasho_protocol::api::staff::{AcceptWithPassphrase, Me};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::role::Role;
use ibasho_server::staff::cli;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::http::{self, Response};
use crate::server::TestServer;

/// A passphrase that is good enough.
pub const PASSPHRASE: &str = "うみべの ちいさな ねこが ねむる";

/// A browser: its page is at `localhost`, and it keeps cookies.
pub struct Browser {
    addr: SocketAddr,
    /// The origin of the page.
    pub origin: String,
    /// Cookies, by name.
    pub cookies: Vec<(String, String)>,
}

impl Browser {
    /// A browser without cookies.
    pub fn new(server: &TestServer) -> Self {
        Self::at(server.addr())
    }

    /// The same, for any server.
    pub fn at(addr: SocketAddr) -> Self {
        Self { addr, origin: format!("http://localhost:{}", addr.port()), cookies: Vec::new() }
    }

    /// The server was started again, on another port.
    pub fn follow(&mut self, server: &TestServer) {
        self.addr = server.addr();
        self.origin = format!("http://localhost:{}", self.addr.port());
    }

    /// The server's address.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Sends a request under `/api/v1/staff/`, with an origin if it changes something, as browsers do.
    pub async fn raw(&mut self, method: &str, path: &str, body: &str) -> Response {
        self.try_raw(method, path, body).await.expect("it answers")
    }

    /// The same for a server that may be killed meanwhile.
    ///
    /// # Errors
    /// There was no whole answer.
    pub async fn try_raw(&mut self, method: &str, path: &str, body: &str) -> io::Result<Response> {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let host = self.origin.split("://").nth(1).expect("an origin").to_owned();
        let mut headers = vec![("Host", host.as_str()), ("Cookie", cookies.as_str())];
        if method != "GET" {
            headers.extend([("Origin", self.origin.as_str()), ("Content-Type", "application/json")]);
        }
        let response = http::try_ask(self.addr, method, &format!("/api/v1/staff/{path}"), &headers, body).await?;
        for cookie in response.headers("set-cookie") {
            let (name, rest) = cookie.split_once('=').expect("a name");
            let value = rest.split(';').next().unwrap_or_default();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        Ok(response)
    }

    /// `GET`, and reads what came.
    pub async fn get<T: DeserializeOwned>(&mut self, path: &str) -> Result<T, Refusal> {
        read(&self.raw("GET", path, "").await)
    }

    /// `POST` or `PUT`, and reads what came.
    pub async fn send<T: DeserializeOwned>(
        &mut self,
        method: &str,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Refusal> {
        read(&self.raw(method, path, &serde_json::to_string(body).expect("JSON")).await)
    }

    /// `POST`, and reads what came.
    pub async fn post<T: DeserializeOwned>(&mut self, path: &str, body: &impl Serialize) -> Result<T, Refusal> {
        self.send("POST", path, body).await
    }

    /// Accepts an invitation with [`PASSPHRASE`].
    pub async fn accept(&mut self, token: &str, name: &str) -> Result<Me, Refusal> {
        let accept = AcceptWithPassphrase { token: token.into(), name: name.into(), passphrase: PASSPHRASE.into() };
        self.post("invitation/passphrase", &accept).await
    }
}

/// Reads an answer: a refusal must be typed, and its status must fit.
fn read<T: DeserializeOwned>(response: &Response) -> Result<T, Refusal> {
    if response.status >= 400 {
        return Err(serde_json::from_str(&response.body).unwrap_or_else(|_| panic!("a typed refusal: {response:?}")));
    }
    let body = if response.status == 204 { "null" } else { &response.body };
    Ok(serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {response:?}")))
}

/// Only the code of a refusal.
pub fn code<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> RefusalCode {
    answer.expect_err("refused").code
}

/// The token in an invitation's link.
pub fn token(link: &str) -> String {
    link.split("#invitation=").nth(1).expect("a token").to_owned()
}

impl TestServer {
    /// Invites somebody as the command line does; returns the token.
    pub async fn invite(&self, role: Role, rooms: &[&str]) -> String {
        let rooms = rooms.iter().map(|&room| room.to_owned()).collect();
        let link = cli::invite(self.config(), role, rooms, 3, self.now()).await.expect("invited");
        token(&link)
    }

    /// A browser in which somebody is signed in, with [`PASSPHRASE`].
    pub async fn staff(&self, name: &str, role: Role, rooms: &[&str]) -> Browser {
        let token = self.invite(role, rooms).await;
        let mut browser = Browser::new(self);
        browser.accept(&token, name).await.expect("accepted");
        browser
    }
}
