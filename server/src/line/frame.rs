//! WebSocket frames (RFC 6455 § 5.2) as the server sends them: whole, unmasked, and so the same for every listener.

use bytes::{BufMut, Bytes, BytesMut};
use ibasho_protocol::close::Close;

const FIN: u8 = 0x80;
const BINARY: u8 = 0x2;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;

/// A ping without payload.
pub const PING_FRAME: Bytes = Bytes::from_static(&[FIN | PING, 0]);

/// A binary message.
pub fn binary(payload: &[u8]) -> Bytes {
    whole(BINARY, payload)
}

/// A close frame.
pub fn close(close: Close) -> Bytes {
    let mut payload = close.code.to_be_bytes().to_vec();
    payload.extend_from_slice(close.reason.as_bytes());
    whole(CLOSE, &payload)
}

fn whole(opcode: u8, payload: &[u8]) -> Bytes {
    let mut out = BytesMut::with_capacity(payload.len() + 10);
    out.put_u8(FIN | opcode);
    match payload.len() {
        short @ 0..126 => out.put_u8(short as u8),
        middle @ 126..=0xffff => {
            out.put_u8(126);
            out.put_u16(middle as u16);
        }
        long => {
            out.put_u8(127);
            out.put_u64(long as u64);
        }
    }
    out.put_slice(payload);
    out.freeze()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_takes_one_three_or_nine_bytes() {
        assert_eq!(binary(&[7; 125])[..3], [0x82, 125, 7]);
        assert_eq!(binary(&[7; 126])[..5], [0x82, 126, 0, 126, 7]);
        assert_eq!(binary(&vec![7; 65_536])[..11], [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0, 7]);
        assert_eq!(close(ibasho_protocol::close::LEFT)[..], [0x88, 6, 0x03, 0xe8, b'l', b'e', b'f', b't']);
    }
}
