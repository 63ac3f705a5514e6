//! Every bound of the wire, with its reason. `PROTOCOL.md` repeats them.

/// Largest message from a client, in bytes. The longest text (500 graphemes) needs about 12 KiB when every
/// grapheme is a family emoji; nothing else comes near.
pub const MAX_MESSAGE_BYTES: usize = 16 * 1024;

/// Deepest nesting of a message. Ours need 6 (the plan of small groups); the rest is room to grow.
pub const MAX_DEPTH: usize = 16;

/// Most fragments one message may come in (RFC 6455 § 5.4): enough for 256-byte fragments of the largest message.
pub const MAX_FRAGMENTS: u32 = 64;

/// A message must be complete within this many milliseconds of its first byte.
pub const ASSEMBLE_MS: u64 = 10_000;

/// `hello` must arrive within this many milliseconds of the upgrade.
pub const HELLO_MS: u64 = 5_000;

/// A seat is kept for this many milliseconds after the line is lost (a tunnel, a lift, a reload).
pub const GRACE_MS: u64 = 60_000;

/// One's own message can be taken back for this many milliseconds.
pub const TAKE_BACK_MS: u64 = 120_000;

/// Longest nickname, in grapheme clusters (UAX #29).
pub const NICKNAME_GRAPHEMES: usize = 16;

/// Longest message text, in grapheme clusters (UAX #29).
pub const TEXT_GRAPHEMES: usize = 500;

/// Longest message text in bytes: a family emoji is 25 bytes, so 500 of them still fit.
pub const TEXT_BYTES: usize = 12_800;

/// Longest nickname in bytes, by the same reckoning.
pub const NICKNAME_BYTES: usize = 400;

/// How many answers to commands the server remembers for a person, so that a command sent again after a lost
/// line is answered and not done twice. A client keeps at most this many commands unanswered.
pub const REMEMBERED_ANSWERS: usize = 64;

/// A client that has heard nothing for this many milliseconds sends `beat`.
pub const BEAT_MS: u64 = 20_000;

/// The server closes a line on which nothing (not even a pong) arrived for this many milliseconds: two beats
/// and a slow network in between.
pub const SILENT_MS: u64 = 50_000;

/// Positions on the wire are whole tenths of a cell.
pub const UNITS_PER_CELL: i16 = 10;

/// How long a person takes to walk one cell, in milliseconds: a calm indoor pace.
pub const MS_PER_CELL: u64 = 320;
