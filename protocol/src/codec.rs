//! MessagePack with named maps, both ways, and the assembly of a frame from events that are encoded once.

use bytes::{BufMut, Bytes, BytesMut};
use rmp::Marker;
use serde::{Serialize, de::DeserializeOwned};

use crate::client::ClientMessage;
use crate::ids::{Millis, Seq};
use crate::limits::{MAX_DEPTH, MAX_MESSAGE_BYTES};
use crate::refusal::RefusalCode;
use crate::scan;
use crate::server::{Event, ServerMessage};

/// Decodes a client's message without trust.
///
/// # Errors
/// The reason to answer with; see [`scan::check`], and [`RefusalCode::BadShape`] for anything that is MessagePack
/// but not a message. A type of a later version is `Ok(ClientMessage::Unknown)`.
pub fn decode_client(bytes: &[u8]) -> Result<ClientMessage, RefusalCode> {
    if bytes.len() > MAX_MESSAGE_BYTES {
        return Err(RefusalCode::TooBig);
    }
    decode(bytes)
}

/// Decodes a server's message, for clients written in Rust.
///
/// # Errors
/// As [`decode_client`], without the bound on the size.
pub fn decode_server(bytes: &[u8]) -> Result<ServerMessage, RefusalCode> {
    decode(bytes)
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, RefusalCode> {
    scan::check(bytes)?;
    // serde would also take a list, `["leave"]`; one way of writing is enough.
    if !matches!(Marker::from_u8(bytes[0]), Marker::FixMap(_) | Marker::Map16 | Marker::Map32) {
        return Err(RefusalCode::BadShape);
    }
    let mut decoder = rmp_serde::Deserializer::from_read_ref(bytes);
    // The scan has bounded the nesting; serde's own frames (tag, flatten) need a little more.
    decoder.set_max_depth(MAX_DEPTH * 4);
    T::deserialize(&mut decoder).map_err(|_| RefusalCode::BadShape)
}

/// Encodes a client's message.
pub fn encode_client(message: &ClientMessage) -> Bytes {
    encode(message)
}

/// Encodes a server's message.
pub fn encode_server(message: &ServerMessage) -> Bytes {
    encode(message)
}

/// Encodes one event, to be put into as many frames as there are audiences.
pub fn encode_event(event: &Event) -> Bytes {
    encode(event)
}

fn encode<T: Serialize>(value: &T) -> Bytes {
    let mut out = BytesMut::with_capacity(128).writer();
    let mut encoder = rmp_serde::Serializer::new(&mut out).with_struct_map();
    // Writing to memory does not fail, and every type of this crate can be encoded.
    value.serialize(&mut encoder).expect("our own types encode");
    out.into_inner().freeze()
}

/// Puts encoded events together into a [`ServerMessage::Frame`] without encoding them again.
pub fn assemble_frame(seq: Seq, at: Millis, events: &[&[u8]]) -> Bytes {
    let size = 48 + events.iter().map(|event| event.len()).sum::<usize>();
    let mut out = BytesMut::with_capacity(size).writer();
    let written = (|| {
        rmp::encode::write_map_len(&mut out, 4)?;
        write_str(&mut out, "t")?;
        write_str(&mut out, "frame")?;
        write_str(&mut out, "seq")?;
        rmp::encode::write_uint(&mut out, seq.0)?;
        write_str(&mut out, "at")?;
        rmp::encode::write_uint(&mut out, at)?;
        write_str(&mut out, "ev")?;
        rmp::encode::write_array_len(&mut out, events.len() as u32).map(|_| ())
    })();
    written.expect("writing to memory does not fail");
    let mut out = out.into_inner();
    for event in events {
        out.put_slice(event);
    }
    out.freeze()
}

type Written = Result<(), rmp::encode::ValueWriteError<std::io::Error>>;

fn write_str(out: &mut bytes::buf::Writer<BytesMut>, text: &str) -> Written {
    rmp::encode::write_str(out, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PersonId;
    use crate::person::{Point, Walk};

    #[test]
    fn an_assembled_frame_is_the_encoded_frame() {
        let walk = Walk {
            path: vec![Point(5, 6), Point(70, -1)],
            at: 1_700_000_000_000,
            until: 1_700_000_002_100,
            zone: 3,
            seat: Some(9),
            stays: false,
        };
        let events = vec![
            Event::Walks { who: PersonId(1 << 52), walk },
            Event::Done { n: 7, id: None },
            Event::Left { who: PersonId(3) },
        ];
        let frame = ServerMessage::Frame { seq: Seq(1 << 50), at: 1_700_000_000_001, ev: events.clone() };
        let encoded: Vec<Bytes> = events.iter().map(encode_event).collect();
        let parts: Vec<&[u8]> = encoded.iter().map(AsRef::as_ref).collect();
        let assembled = assemble_frame(Seq(1 << 50), 1_700_000_000_001, &parts);
        assert_eq!(assembled, encode_server(&frame));
        assert_eq!(decode_server(&assembled), Ok(frame));
    }

    #[test]
    fn what_is_not_known_is_tolerated() {
        // {"t":"dance","n":1} and {"t":"beat","new":[1]}
        assert_eq!(decode_client(b"\x82\xa1t\xa5dance\xa1n\x01"), Ok(ClientMessage::Unknown));
        assert_eq!(decode_client(b"\x82\xa1t\xa4beat\xa3new\x91\x01"), Ok(ClientMessage::Beat {}));
        assert_eq!(decode_client(b"\x81\xa1t\xa4walk"), Err(RefusalCode::BadShape));
        assert_eq!(decode_client(b"\x01"), Err(RefusalCode::BadShape));
        assert_eq!(decode_client(&vec![0; MAX_MESSAGE_BYTES + 1]), Err(RefusalCode::TooBig));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            let _ = decode_client(&bytes);
            let _ = decode_server(&bytes);
        }
    }
}
