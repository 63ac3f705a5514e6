//! A look over a MessagePack value before it is decoded, without memory and without recursion: exactly one
//! value, nothing after it, not nested too deep, no length that the bytes cannot hold.
//!
//! Why not leave it to the decoder: `rmp-serde` 1.3.1 ignores trailing bytes in `from_slice` and overflows the
//! stack of a debug build at its default depth.

use rmp::Marker;

use crate::limits::MAX_DEPTH;
use crate::refusal::RefusalCode;

/// Checks that `bytes` is one well-formed MessagePack value.
///
/// # Errors
/// [`RefusalCode::NotMessagepack`] for a reserved marker or a value cut short, [`RefusalCode::TooDeep`] for more
/// than [`MAX_DEPTH`] levels, [`RefusalCode::TrailingBytes`] for bytes after the value.
pub fn check(bytes: &[u8]) -> Result<(), RefusalCode> {
    // How many values are still to come on each level; the outermost awaits one.
    let mut open = [0_usize; MAX_DEPTH + 1];
    open[0] = 1;
    let mut level = 0;
    let mut rest = bytes;
    loop {
        while open[level] == 0 {
            if level == 0 {
                return if rest.is_empty() { Ok(()) } else { Err(RefusalCode::TrailingBytes) };
            }
            level -= 1;
        }
        open[level] -= 1;
        let items = match take_value(&mut rest)? {
            Value::Leaf => continue,
            Value::Branch(items) => items,
        };
        // Each item takes at least one byte: a header that promises more is cut short, whatever follows.
        if items > rest.len() {
            return Err(RefusalCode::NotMessagepack);
        }
        if level == MAX_DEPTH {
            return Err(RefusalCode::TooDeep);
        }
        level += 1;
        open[level] = items;
    }
}

enum Value {
    Leaf,
    Branch(usize),
}

fn take_value(rest: &mut &[u8]) -> Result<Value, RefusalCode> {
    let marker = Marker::from_u8(take(rest, 1)?[0]);
    let leaf = match marker {
        Marker::Reserved => return Err(RefusalCode::NotMessagepack),
        Marker::FixMap(n) => return Ok(Value::Branch(usize::from(n) * 2)),
        Marker::Map16 => return Ok(Value::Branch(number(rest, 2)?.saturating_mul(2))),
        Marker::Map32 => return Ok(Value::Branch(number(rest, 4)?.saturating_mul(2))),
        Marker::FixArray(n) => return Ok(Value::Branch(usize::from(n))),
        Marker::Array16 => return Ok(Value::Branch(number(rest, 2)?)),
        Marker::Array32 => return Ok(Value::Branch(number(rest, 4)?)),
        Marker::FixPos(_) | Marker::FixNeg(_) | Marker::Null | Marker::True | Marker::False => 0,
        Marker::U8 | Marker::I8 => 1,
        Marker::U16 | Marker::I16 | Marker::FixExt1 => 2,
        Marker::FixExt2 => 3,
        Marker::U32 | Marker::I32 | Marker::F32 => 4,
        Marker::FixExt4 => 5,
        Marker::U64 | Marker::I64 | Marker::F64 => 8,
        Marker::FixExt8 => 9,
        Marker::FixExt16 => 17,
        Marker::FixStr(n) => usize::from(n),
        Marker::Str8 | Marker::Bin8 => number(rest, 1)?,
        Marker::Str16 | Marker::Bin16 => number(rest, 2)?,
        Marker::Str32 | Marker::Bin32 => number(rest, 4)?,
        Marker::Ext8 => number(rest, 1)?.saturating_add(1),
        Marker::Ext16 => number(rest, 2)?.saturating_add(1),
        Marker::Ext32 => number(rest, 4)?.saturating_add(1),
    };
    take(rest, leaf)?;
    Ok(Value::Leaf)
}

/// A big-endian length of `width` bytes.
fn number(rest: &mut &[u8], width: usize) -> Result<usize, RefusalCode> {
    Ok(take(rest, width)?.iter().fold(0, |n, &byte| n << 8 | usize::from(byte)))
}

fn take<'a>(rest: &mut &'a [u8], n: usize) -> Result<&'a [u8], RefusalCode> {
    let (taken, left) = rest.split_at_checked(n).ok_or(RefusalCode::NotMessagepack)?;
    *rest = left;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_and_nothing_else() {
        assert_eq!(check(&[0xc0]), Ok(()));
        assert_eq!(check(&[0x82, 0xa1, b't', 0x01, 0xa1, b'n', 0x92, 0x01, 0x02]), Ok(()));
        assert_eq!(check(&[]), Err(RefusalCode::NotMessagepack));
        assert_eq!(check(&[0xc1]), Err(RefusalCode::NotMessagepack));
        assert_eq!(check(&[0xc0, 0xc0]), Err(RefusalCode::TrailingBytes));
        assert_eq!(check(&[0xa5, b'a']), Err(RefusalCode::NotMessagepack));
        assert_eq!(check(&[0xdd, 0xff, 0xff, 0xff, 0xff, 0x01]), Err(RefusalCode::NotMessagepack));
    }

    #[test]
    fn sixteen_levels_and_no_more() {
        let nested = |levels: usize| [vec![0x91; levels], vec![0xc0]].concat();
        assert_eq!(check(&nested(MAX_DEPTH)), Ok(()));
        assert_eq!(check(&nested(MAX_DEPTH + 1)), Err(RefusalCode::TooDeep));
        assert_eq!(check(&vec![0x91; 16_384]), Err(RefusalCode::TooDeep));
    }

    proptest::proptest! {
        #[test]
        fn whatever_comes_is_answered(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let _ = check(&bytes);
        }
    }
}
