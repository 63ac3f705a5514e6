//! Close codes (RFC 6455 § 7.4). 4000–4999 are ours.

/// A close code with what the client should do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Close {
    /// The code.
    pub code: u16,
    /// A short English reason for the close frame; for developers, never shown to people.
    pub reason: &'static str,
    /// Whether the client should come back by itself, with its resume token.
    pub retry: bool,
}

const fn close(code: u16, reason: &'static str, retry: bool) -> Close {
    Close { code, reason, retry }
}

/// One left. Nothing more to do.
pub const LEFT: Close = close(1000, "left", false);
/// A message was larger than 16 KiB.
pub const TOO_BIG: Close = close(1009, "message too big", true);
/// The server restarts; come back within the span that `bye` told.
pub const RESTART: Close = close(1012, "restarting", true);
/// No `hello` within 5 s.
pub const HELLO_LATE: Close = close(4000, "no hello in time", true);
/// The same person came in from another tab or device.
pub const TAKEN_OVER: Close = close(4001, "taken over by a newer tab", false);
/// `hello` was refused; the `refused` before said why.
pub const REFUSED: Close = close(4002, "hello refused", false);
/// Too many messages that could not be understood.
pub const BAD_CLIENT: Close = close(4003, "too many malformed messages", false);
/// The client reads too slowly; what it missed can be resumed.
pub const TOO_SLOW: Close = close(4004, "reading too slowly", true);
/// Many times over the limits.
pub const FLOOD: Close = close(4005, "flooding", true);
/// The room had an inner fault and opens again.
pub const ROOM_TROUBLE: Close = close(4007, "room reopens", true);
/// Nothing was heard from the client, not even a pong.
pub const SILENT: Close = close(4008, "line silent", true);
/// Too many fragments, or a message not complete in time.
pub const FRAGMENTS: Close = close(4009, "fragments", true);
/// More newcomers than the server can hold before `hello`; the oldest goes.
pub const CROWDED: Close = close(4010, "too many waiting", true);
/// The session is over and the room closes. Until next time.
pub const OVER: Close = close(4011, "the session is over", false);
/// The staff did not let one in this time; `lobby` said a word.
pub const NOT_LET_IN: Close = close(4012, "not let in this time", false);
/// The staff login that one came in with has ended.
pub const SIGNED_OUT: Close = close(4013, "signed out", false);
/// The staff let one out of the room, or asked one to stay away; a `refused` before said why.
pub const SENT_AWAY: Close = close(4014, "sent away", false);

/// Every code, for tables and tests.
pub const ALL: [Close; 17] = [
    LEFT,
    TOO_BIG,
    RESTART,
    HELLO_LATE,
    TAKEN_OVER,
    REFUSED,
    BAD_CLIENT,
    TOO_SLOW,
    FLOOD,
    ROOM_TROUBLE,
    SILENT,
    FRAGMENTS,
    CROWDED,
    OVER,
    NOT_LET_IN,
    SIGNED_OUT,
    SENT_AWAY,
];
