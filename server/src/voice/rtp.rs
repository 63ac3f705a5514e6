//! RTP packets with sound as they come in and go out (RFC 3550, 5.1): their headers.

/// The version, where a header has it.
const VERSION: u8 = 2 << 6;
const PADDED: u8 = 1 << 5;
const EXTENDED: u8 = 1 << 4;
const MARKED: u8 = 1 << 7;
/// A header without anything that may be left out, in bytes.
const FIXED: usize = 12;
/// Header extensions whose elements have one byte before them, or two (RFC 8285, 4.2 and 4.3).
const ONE_BYTE: u16 = 0xbede;
const TWO_BYTES: u16 = 0x1000;
/// The number that ends a list of elements with one byte (RFC 8285, 4.2).
const ENDS: u8 = 15;

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Whose stream.
    pub ssrc: u32,
    /// Its number; it wraps.
    pub seq: u16,
    /// When it is to be heard, in ticks of the clock of its format; it wraps.
    pub time: u32,
    /// Whether it begins something.
    pub marked: bool,
    /// Its format.
    pub pt: u8,
    /// How loud it is, in dBov (0 to -127; RFC 6464), if it says so.
    pub level: Option<i8>,
    /// Whether there is padding behind the payload.
    pub padded: bool,
    /// Bytes of the header.
    pub length: usize,
}

impl Header {
    /// Reads the header of a packet. `level` is the number under which the client sends how loud it is.
    pub fn read(packet: &[u8], level: Option<u8>) -> Option<Self> {
        let (&[flags, format, seq_0, seq_1, time_0, time_1, time_2, time_3, ssrc @ ..], _) =
            packet.split_first_chunk::<FIXED>()?;
        if flags & 0b1100_0000 != VERSION {
            return None;
        }
        let mut header = Self {
            ssrc: u32::from_be_bytes(ssrc),
            seq: u16::from_be_bytes([seq_0, seq_1]),
            time: u32::from_be_bytes([time_0, time_1, time_2, time_3]),
            marked: format & MARKED != 0,
            pt: format & !MARKED,
            level: None,
            padded: flags & PADDED != 0,
            // Contributing sources, four bytes each.
            length: FIXED + 4 * usize::from(flags & 0xf),
        };
        if flags & EXTENDED != 0 {
            let (&[kind_0, kind_1, words_0, words_1], rest) = packet.get(header.length..)?.split_first_chunk::<4>()?;
            let bytes = 4 * usize::from(u16::from_be_bytes([words_0, words_1]));
            let elements = rest.get(..bytes)?;
            header.length += 4 + bytes;
            let said = level.and_then(|level| element(u16::from_be_bytes([kind_0, kind_1]), elements, level));
            header.level = said.and_then(|said| said.first()).map(|byte| -((byte & 0x7f) as i8));
        }
        (header.length <= packet.len()).then_some(header)
    }
}

/// The element of this number.
fn element(kind: u16, mut rest: &[u8], wanted: u8) -> Option<&[u8]> {
    loop {
        let (&first, after) = rest.split_first()?;
        if first == 0 {
            // Padding.
            rest = after;
            continue;
        }
        let (number, length, after) = match kind {
            ONE_BYTE if first >> 4 == ENDS => return None,
            ONE_BYTE => (first >> 4, usize::from(first & 0xf) + 1, after),
            TWO_BYTES => {
                let (&length, after) = after.split_first()?;
                (first, usize::from(length), after)
            }
            _ => return None,
        };
        let (value, after) = after.split_at_checked(length)?;
        if number == wanted {
            return Some(value);
        }
        rest = after;
    }
}

/// The payload without its padding, whose last byte says how long it is (RFC 3550, 5.1); `None` if there is not so much.
pub fn unpadded(payload: &[u8], padded: bool) -> Option<&[u8]> {
    if !padded {
        return Some(payload);
    }
    let padding = usize::from(*payload.last()?);
    payload.get(..payload.len().checked_sub(padding)?).filter(|_| padding > 0)
}

/// Writes a header: `name` is an extension, made by [`named`], or nothing.
pub fn write(packet: &mut Vec<u8>, header: &Header, name: &[u8]) {
    let extended = if name.is_empty() { 0 } else { EXTENDED };
    let marked = if header.marked { MARKED } else { 0 };
    packet.clear();
    packet.extend([VERSION | extended, marked | header.pt]);
    packet.extend(header.seq.to_be_bytes());
    packet.extend(header.time.to_be_bytes());
    packet.extend(header.ssrc.to_be_bytes());
    packet.extend(name);
}

/// A header extension that says which section a packet belongs to (RFC 9143, 14), with one byte before its element.
pub fn named(number: u8, mid: &str) -> Vec<u8> {
    let words = (1 + mid.len()).div_ceil(4);
    let mut named = ONE_BYTE.to_be_bytes().to_vec();
    named.extend([0, words as u8, number << 4 | (mid.len() as u8).saturating_sub(1)]);
    named.extend(mid.as_bytes());
    named.resize(4 + 4 * words, 0);
    named
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for name in [vec![], named(4, "0"), named(4, "a-long-mid-16-by")] {
            let header = Header {
                ssrc: 0xcafe_babe,
                seq: 0x1234,
                time: 0xdeca_fbad,
                marked: true,
                pt: 111,
                level: None,
                padded: false,
                length: 12 + name.len(),
            };
            let mut packet = vec![1, 2, 3];
            write(&mut packet, &header, &name);
            assert_eq!(Header::read(&packet, Some(1)), Some(header));
            packet.push(9);
            assert_eq!(Header::read(&packet, None), Some(header));
        }
    }

    #[test]
    fn a_level_is_found_among_other_extensions() {
        let packet = |kind: &str, elements: &str| {
            let words = elements.len() / 8;
            hex::decode(format!("916f1234decafbadcafebabe00000007{kind}{words:04x}{elements}0102")).expect("hex")
        };
        let level = |packet: &[u8]| Header::read(packet, Some(1)).map(|header| (header.level, header.length));
        assert_eq!(level(&packet("bede", "10940000")), Some((Some(-20), 24)));
        assert_eq!(level(&packet("bede", "4030000000101400")), Some((Some(-20), 28)));
        assert_eq!(level(&packet("1000", "0401300001011400")), Some((Some(-20), 28)));
        assert_eq!(level(&packet("bede", "40300000")), Some((None, 24)));
        assert_eq!(level(&packet("bede", "f0101400")), Some((None, 24)), "ended before");
        assert_eq!(level(&packet("abcd", "10140000")), Some((None, 24)), "of another kind");
        // Says that it is longer than it is.
        let mut short = packet("bede", "10140000");
        short[19] = 9;
        assert_eq!(level(&short), None);
    }

    #[test]
    fn padding_is_taken_off() {
        assert_eq!(unpadded(&[1, 2, 3], false), Some(&[1, 2, 3][..]));
        assert_eq!(unpadded(&[1, 0, 2], true), Some(&[1][..]));
        assert_eq!(unpadded(&[2, 2], true), Some(&[][..]));
        for wrong in [&[][..], &[0], &[4, 4, 4]] {
            assert_eq!(unpadded(wrong, true), None);
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(start in 0x80u8..=0xbf, rest in prop::collection::vec(any::<u8>(), 0..80), level in any::<Option<u8>>()) {
            let packet = [&[start], &rest[..]].concat();
            if let Some(header) = Header::read(&packet, level) {
                prop_assert!((FIXED..=packet.len()).contains(&header.length));
            }
        }
    }
}
