//! Watches the bytes that come in for what the WebSocket library does not bound: how many fragments a message has,
//! and whether one is incomplete. Reads frame headers (RFC 6455 § 5.2) as they pass, keeps nothing else.

use ibasho_protocol::limits::MAX_FRAGMENTS;

/// More fragments than [`MAX_FRAGMENTS`].
#[derive(Debug, PartialEq, Eq)]
pub struct TooManyFragments;

/// How far the bytes have come.
#[derive(Default)]
pub struct Watch {
    /// Header bytes of the frame at hand: at most 2 + 8 + 4.
    header: [u8; 14],
    have: usize,
    /// Payload bytes still to come.
    payload: u64,
    /// Fragments of the message at hand.
    fragments: u32,
}

impl Watch {
    /// Looks at the next bytes.
    ///
    /// # Errors
    /// A message has too many fragments.
    pub fn pass(&mut self, mut bytes: &[u8]) -> Result<(), TooManyFragments> {
        while !bytes.is_empty() {
            if self.payload > 0 {
                let skipped = self.payload.min(bytes.len() as u64);
                self.payload -= skipped;
                bytes = &bytes[skipped as usize..];
                continue;
            }
            self.header[self.have] = bytes[0];
            self.have += 1;
            bytes = &bytes[1..];
            if self.have == header_length(&self.header, self.have) {
                self.frame_begins()?;
            }
        }
        Ok(())
    }

    /// Whether a message or a frame has begun and is not complete.
    pub fn is_open(&self) -> bool {
        self.have > 0 || self.payload > 0 || self.fragments > 0
    }

    fn frame_begins(&mut self) -> Result<(), TooManyFragments> {
        let (fin, opcode) = (self.header[0] & 0x80 != 0, self.header[0] & 0x0f);
        let is_control = opcode & 0x8 != 0;
        if !is_control {
            self.fragments = if fin { 0 } else { self.fragments + 1 };
        }
        self.payload = match self.header[1] & 0x7f {
            126 => u64::from(u16::from_be_bytes([self.header[2], self.header[3]])),
            127 => self.header[2..10].iter().fold(0, |length, &byte| length << 8 | u64::from(byte)),
            short => u64::from(short),
        };
        self.have = 0;
        if self.fragments >= MAX_FRAGMENTS { Err(TooManyFragments) } else { Ok(()) }
    }
}

/// How long the header is, as far as its first bytes tell.
fn header_length(header: &[u8; 14], have: usize) -> usize {
    if have < 2 {
        return 2;
    }
    let length = match header[1] & 0x7f {
        126 => 2,
        127 => 8,
        _ => 0,
    };
    let mask = if header[1] & 0x80 == 0 { 0 } else { 4 };
    2 + length + mask
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(first: u8, payload: usize) -> Vec<u8> {
        let mut bytes = vec![first];
        match payload {
            0..126 => bytes.push(0x80 | payload as u8),
            _ => bytes.extend([0xfe, (payload >> 8) as u8, payload as u8]),
        }
        bytes.extend([1, 2, 3, 4]);
        bytes.extend(vec![0xff; payload]);
        bytes
    }

    #[test]
    fn whole_messages_leave_nothing_open_however_they_are_cut() {
        let bytes = [frame(0x82, 3), frame(0x89, 0), frame(0x82, 300), frame(0x02, 5), frame(0x80, 1)].concat();
        for cut in 1..bytes.len() {
            let mut watch = Watch::default();
            for part in bytes.chunks(cut) {
                assert_eq!(watch.pass(part), Ok(()));
            }
            assert!(!watch.is_open(), "cut every {cut}");
        }
    }

    #[test]
    fn a_message_half_way_is_open() {
        let mut watch = Watch::default();
        watch.pass(&frame(0x02, 5)).expect("one fragment");
        assert!(watch.is_open());
        watch.pass(&frame(0x8a, 0)).expect("a pong between");
        assert!(watch.is_open());
        watch.pass(&frame(0x80, 5)).expect("the end");
        assert!(!watch.is_open());
        watch.pass(&[0x82]).expect("half a header");
        assert!(watch.is_open());
    }

    #[test]
    fn fragments_are_counted() {
        let mut watch = Watch::default();
        watch.pass(&frame(0x02, 1)).expect("the first");
        for _ in 2..MAX_FRAGMENTS {
            watch.pass(&frame(0x00, 1)).expect("within the bound");
        }
        assert_eq!(watch.pass(&frame(0x00, 1)), Err(TooManyFragments));
    }
}
