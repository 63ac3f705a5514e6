//! What a packet says about itself. It takes the place of sound: the server must not care.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use ibasho_protocol::ids::PersonId;

/// Bytes of a packet's payload: 20 ms of Opus at about 32 kbit/s, as browsers send it.
pub const PAYLOAD: usize = 80;

/// Opus (RFC 6716, section 3.1): CELT, fullband, 20 ms, mono, one frame. Some receivers look at it.
const TOC: u8 = 0xf8;

/// Behind it: no sound begins like this.
const MARK: &[u8] = b"ibasho";

static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Time since this process first asked for it.
pub fn clock() -> Duration {
    BEGIN.elapsed()
}

/// Whose packet it is, the how manieth, and when it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Who sent it.
    pub who: PersonId,
    /// Their packets, counted from 0.
    pub count: u32,
    /// When it was sent, by [`clock`].
    pub sent: Duration,
}

impl Stamp {
    /// As a payload.
    pub fn write(&self) -> Vec<u8> {
        let mut payload = vec![TOC];
        payload.extend(MARK);
        payload.extend(self.who.0.to_be_bytes());
        payload.extend(self.count.to_be_bytes());
        payload.extend((self.sent.as_micros() as u64).to_be_bytes());
        payload.resize(PAYLOAD, 0);
        payload
    }

    /// From a payload; from somebody else's payload nothing.
    pub fn read(payload: &[u8]) -> Option<Self> {
        let rest = payload.strip_prefix(&[TOC])?.strip_prefix(MARK)?;
        let (who, rest) = rest.split_first_chunk()?;
        let (count, rest) = rest.split_first_chunk()?;
        let (sent, _) = rest.split_first_chunk()?;
        let sent = Duration::from_micros(u64::from_be_bytes(*sent));
        Some(Self { who: PersonId(u64::from_be_bytes(*who)), count: u32::from_be_bytes(*count), sent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_read_as_it_was_written() {
        let stamp = Stamp { who: PersonId(2_871_940_662_155_013), count: 7, sent: Duration::from_micros(123_456) };
        let payload = stamp.write();
        assert_eq!((payload.len(), Stamp::read(&payload)), (PAYLOAD, Some(stamp)));
        assert_eq!(Stamp::read(b"sound"), None);
    }
}
