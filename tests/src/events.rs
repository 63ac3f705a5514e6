//! A console that listens: server-sent events, read from the socket.

use ibasho_protocol::api::desk::Live;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::client::PATIENCE;
use crate::staff::Browser;

/// A stream of events.
pub struct Events {
    socket: BufReader<TcpStream>,
    /// The status that it was answered with.
    pub status: u16,
}

impl Events {
    /// Opens the stream of the desk. Everything that happens from here on is in it.
    pub async fn open(browser: &Browser) -> Self {
        Self::open_at(browser, "").await
    }

    /// The same, as the page of a room does it for staff who are there.
    pub async fn open_in(browser: &Browser, room: &str) -> Self {
        Self::open_at(browser, &format!("?room={room}")).await
    }

    async fn open_at(browser: &Browser, at: &str) -> Self {
        let cookies =
            browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let addr = browser.addr();
        let request = format!(
            "GET /api/v1/staff/desk/live{at} HTTP/1.1\r\nHost: {addr}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n"
        );
        let mut socket = TcpStream::connect(addr).await.expect("it listens");
        socket.write_all(request.as_bytes()).await.expect("it reads");
        let mut events = Self { socket: BufReader::new(socket), status: 0 };
        let first = events.line().await.expect("an answer");
        events.status = first.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        while events.line().await.is_some_and(|line| !line.is_empty()) {}
        events
    }

    /// The next event; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<Live> {
        loop {
            // Between the lines stand sizes of chunks, names and comments.
            if let Some(data) = self.line().await?.strip_prefix("data: ") {
                return Some(serde_json::from_str(data).expect("an event"));
            }
        }
    }

    /// Reads until this event.
    pub async fn until(&mut self, what: &str, mut predicate: impl FnMut(&Live) -> bool) -> Live {
        // Signs of life come all the time: each line has its patience, and so has the whole.
        let found = timeout(PATIENCE, async {
            loop {
                let live = self.next().await.unwrap_or_else(|| panic!("the stream ended before {what}"));
                if predicate(&live) {
                    return live;
                }
            }
        });
        found.await.unwrap_or_else(|_| panic!("waited {PATIENCE:?} for {what}"))
    }

    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = timeout(PATIENCE, self.socket.read_line(&mut line)).await.expect("something comes");
        (read.is_ok_and(|bytes| bytes > 0)).then(|| line.trim_end().to_owned())
    }
}
