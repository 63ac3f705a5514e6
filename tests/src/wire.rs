//! RFC 6455 by hand, just enough for the load generator and the floor: they must cost as little as possible, and
//! the malformed must be possible.

/// A text message.
pub const TEXT: u8 = 1;
/// A binary message.
pub const BINARY: u8 = 2;
/// A close frame.
pub const CLOSE: u8 = 8;
/// A ping.
pub const PING: u8 = 9;
/// A pong.
pub const PONG: u8 = 10;

/// The upgrade request.
pub fn upgrade_request(host: &str) -> Vec<u8> {
    format!(
        "GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: {}\r\nOrigin: http://{host}\r\n\r\n",
        ibasho_protocol::SUBPROTOCOL
    )
    .into_bytes()
}

/// The answer to [`upgrade_request`], from a server that does not look at it.
pub fn upgrade_answer() -> Vec<u8> {
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: {}\r\n\r\n",
        ibasho_protocol::SUBPROTOCOL
    )
    .into_bytes()
}

/// How long the HTTP head at the beginning of `bytes` is, once it is complete.
pub fn head_len(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

/// A frame from a client: masked. `first` is the first byte: FIN, reserved bits and opcode.
pub fn client_frame(first: u8, payload: &[u8]) -> Vec<u8> {
    // Any key is good here: nobody stands between us and the server.
    let key = [0x5a, 0x17, 0xc3, 0x88];
    let mut frame = header(first, payload.len(), 0x80);
    frame.extend(key);
    frame.extend(payload.iter().zip(key.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    frame
}

/// A whole binary message from a client.
pub fn client_message(payload: &[u8]) -> Vec<u8> {
    client_frame(0x80 | BINARY, payload)
}

/// A binary message from a server that has `total` bytes with its header, filled with zeros.
pub fn server_filler(total: usize) -> Vec<u8> {
    let overhead = [2, 4, 10].into_iter().find(|&overhead| {
        let payload = total.saturating_sub(overhead);
        header(0, payload, 0).len() == overhead
    });
    let overhead = overhead.unwrap_or(2);
    let mut frame = header(0x80 | BINARY, total.saturating_sub(overhead), 0);
    frame.resize(total.max(frame.len()), 0);
    frame
}

fn header(first: u8, len: usize, masked: u8) -> Vec<u8> {
    let mut out = vec![first];
    match len {
        0..=125 => out.push(len as u8 | masked),
        126..=0xFFFF => {
            out.push(0x7E | masked);
            out.extend((len as u16).to_be_bytes());
        }
        _ => {
            out.push(0x7F | masked);
            out.extend((len as u64).to_be_bytes());
        }
    }
    out
}

/// A frame at the beginning of what was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The opcode.
    pub opcode: u8,
    /// Where the payload begins.
    pub start: usize,
    /// Where the frame ends.
    pub end: usize,
}

/// Finds the frame (not masked) at the beginning of `bytes`, once its header is there. It may end past `bytes`.
pub fn server_frame(bytes: &[u8]) -> Option<Frame> {
    let (&first, &second) = (bytes.first()?, bytes.get(1)?);
    let (start, len) = match second & 0x7f {
        126 => (4, usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?))),
        127 => (10, u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?) as usize),
        len => (2, usize::from(len)),
    };
    Some(Frame { opcode: first & 0x0f, start, end: start + len })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filler_has_its_size_and_is_a_frame() {
        for total in (2..128).chain(130..300).chain([65_539, 65_546, 70_000]) {
            let frame = server_filler(total);
            assert_eq!(frame.len(), total);
            assert_eq!(server_frame(&frame).map(|frame| (frame.opcode, frame.end)), Some((BINARY, total)));
        }
    }
}
