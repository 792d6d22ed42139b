//! Slices of tensors: their text form, their place in the whole, and the keys they are stored under.
use crate::proto::{Extent, TensorSliceProto};
use ferroflow_tensor::{Result, bail, error};

/// A part of a tensor: for each dimension all of it (`None`) or a start and a length.
///
/// ```
/// use ferroflow_formats::checkpoint::TensorSlice;
/// let (dims, slice) = TensorSlice::parse_with_shape("4 10 0,2:-").unwrap();
/// assert_eq!(dims, [4, 10]);
/// assert_eq!(slice.bounds(&dims).unwrap(), [(0, 2), (0, 10)]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TensorSlice(pub Vec<Option<(i64, i64)>>);

impl TensorSlice {
    /// The slice that is the whole tensor.
    pub fn full(rank: usize) -> Self {
        TensorSlice(vec![None; rank])
    }

    /// Reads the text form: one `-` (all) or `start,length` for each dimension, with colons between.
    pub fn parse(text: &str) -> Result<Self> {
        let part = |p: &str| -> Option<Option<(i64, i64)>> {
            if p == "-" {
                return Some(None);
            }
            let (start, length) = p.split_once(',')?;
            let (start, length) = (start.parse().ok()?, length.parse().ok()?);
            (start >= 0 && length > 0).then_some(Some((start, length)))
        };
        let parts: Option<Vec<_>> = if text.is_empty() { Some(vec![]) } else { text.split(':').map(part).collect() };
        let wrong = || error!(InvalidArgument, "Expected a pair of numbers or '-' but got '{text}': string = {text}");
        parts.map(TensorSlice).ok_or_else(wrong)
    }

    /// Reads a `shape_and_slice` of the Save and Restore ops: the sizes of the whole tensor and the slice, with blanks
    /// between.
    pub fn parse_with_shape(text: &str) -> Result<(Vec<i64>, Self)> {
        let mut words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
        let wrong = || error!(InvalidArgument, "Need least two elements in shape_and_slice specification: {text}");
        let slice = TensorSlice::parse(words.pop().filter(|_| !words.is_empty()).ok_or_else(wrong)?)?;
        let sizes: std::result::Result<Vec<i64>, _> = words.iter().map(|w| w.parse()).collect();
        let dims = sizes.map_err(|_| error!(InvalidArgument, "Non numerical dimension in shape_and_slice: {text}"))?;
        slice.bounds(&dims)?;
        Ok((dims, slice))
    }

    /// Start and length in every dimension. `InvalidArgument` if the slice does not lie within a tensor of this shape.
    pub fn bounds(&self, dims: &[i64]) -> Result<Vec<(i64, i64)>> {
        if self.0.len() != dims.len() {
            bail!(InvalidArgument, "Slice {self} has {} dimensions, shape {dims:?} has {}", self.0.len(), dims.len());
        }
        let inside = |(part, &size): (&Option<(i64, i64)>, &i64)| match *part {
            None => Some((0, size)),
            Some((start, length)) => {
                let end = start.checked_add(length)?;
                (start >= 0 && length >= 0 && end <= size).then_some((start, length))
            }
        };
        let bounds: Option<Vec<_>> = self.0.iter().zip(dims).map(inside).collect();
        bounds.ok_or_else(|| error!(InvalidArgument, "Slice {self} does not lie within shape {dims:?}"))
    }

    /// True if this is all of a tensor of this shape.
    pub fn is_full(&self, dims: &[i64]) -> bool {
        self.bounds(dims).is_ok_and(|b| b.iter().zip(dims).all(|(&(start, length), &size)| start == 0 && length == size))
    }

    /// The message.
    pub fn to_proto(&self) -> TensorSliceProto {
        let extent = self.0.iter().map(|part| match *part {
            None => Extent { start: 0, length: None },
            Some((start, length)) => Extent { start, length: Some(length) },
        });
        TensorSliceProto { extent: extent.collect() }
    }

    /// The slice in a message.
    pub fn from_proto(proto: &TensorSliceProto) -> Self {
        TensorSlice(proto.extent.iter().map(|e| e.length.map(|length| (e.start, length))).collect())
    }

    /// The key that a slice is stored under: an order-preserving code of 0, the name, the rank, starts and lengths
    /// (-1 for a whole dimension).
    pub(super) fn key(&self, name: &str) -> Vec<u8> {
        let mut key = vec![0];
        put_string(&mut key, name.as_bytes());
        put_unsigned(&mut key, self.0.len() as u64);
        for part in &self.0 {
            let (start, length) = part.unwrap_or((0, -1));
            put_signed(&mut key, start);
            put_signed(&mut key, length);
        }
        key
    }
}

impl std::fmt::Display for TensorSlice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, part) in self.0.iter().enumerate() {
            let colon = if i > 0 { ":" } else { "" };
            match part {
                None => write!(f, "{colon}-")?,
                Some((start, length)) => write!(f, "{colon}{start},{length}")?,
            }
        }
        Ok(())
    }
}

/// One byte with the number of bytes, then these, highest first, without leading zeros.
fn put_unsigned(out: &mut Vec<u8>, value: u64) {
    let skipped = value.leading_zeros() as usize / 8;
    out.push(8 - skipped as u8);
    out.extend_from_slice(&value.to_be_bytes()[skipped..]);
}

/// The bytes with 0 and 255 escaped, then 0, 1.
fn put_string(out: &mut Vec<u8>, text: &[u8]) {
    for &b in text {
        out.push(b);
        match b {
            0 => out.push(0xff),
            0xff => out.push(0),
            _ => {}
        }
    }
    out.extend_from_slice(&[0, 1]);
}

/// The number's two's complement, highest byte first, in the fewest bytes that leave room for a header: as many 1 bits
/// as bytes and a 0 bit, all turned around for negative numbers.
fn put_signed(out: &mut Vec<u8>, value: i64) {
    let magnitude = if value < 0 { !value } else { value };
    let bits = 64 - magnitude.leading_zeros() as usize;
    let length = (bits + 7) / 7; // 7 bits a byte, one of all for the sign
    let wide = i128::from(value).to_be_bytes();
    let mut bytes = wide[wide.len() - length..].to_vec();
    let header: u16 = 0xffffu16.checked_shl(16 - length as u32).unwrap_or(0);
    let [high, low] = header.to_be_bytes();
    bytes[0] ^= high;
    if length > 1 {
        bytes[1] ^= low;
    }
    out.extend_from_slice(&bytes);
}

/// The tensor's name in the key of a slice; `None` if this is no such key.
pub(super) fn decode_name(key: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = key.strip_prefix(&[0])?.iter();
    let mut name = vec![];
    loop {
        match *bytes.next()? {
            0 => match *bytes.next()? {
                1 => return Some(name),
                0xff => name.push(0),
                _ => return None,
            },
            0xff => {
                bytes.next().filter(|&&b| b == 0)?;
                name.push(0xff);
            }
            other => name.push(other),
        }
    }
}

/// Calls `copy(target offset, source offset, length)` for every run of elements of `region` (start and length in each
/// dimension of the whole), where target and source are dense blocks that lie in the whole at their own bounds and
/// both contain the region.
pub(super) fn for_runs(target: &[(i64, i64)], source: &[(i64, i64)], region: &[(i64, i64)], mut copy: impl FnMut(usize, usize, usize)) {
    if region.iter().any(|&(_, length)| length == 0) {
        return;
    }
    let Some(inner) = region.len().checked_sub(1) else { return copy(0, 0, 1) };
    let offset = |block: &[(i64, i64)], at: &[i64]| {
        block.iter().zip(at).fold(0, |sum, (&(start, length), &i)| sum * length as usize + (i - start) as usize)
    };
    let run = region[inner].1 as usize;
    let mut at: Vec<i64> = region.iter().map(|&(start, _)| start).collect();
    loop {
        copy(offset(target, &at), offset(source, &at), run);
        let Some(axis) = (0..inner).rev().find(|&d| at[d] + 1 < region[d].0 + region[d].1) else { return };
        at[axis] += 1;
        for d in axis + 1..inner {
            at[d] = region[d].0;
        }
    }
}

/// The common part of two blocks; `None` if there is none.
pub(super) fn intersect(a: &[(i64, i64)], b: &[(i64, i64)]) -> Option<Vec<(i64, i64)>> {
    let common = |(&(s, n), &(t, m)): (&(i64, i64), &(i64, i64))| {
        let start = s.max(t);
        let end = (s + n).min(t + m);
        (end > start).then_some((start, end - start))
    };
    a.iter().zip(b).map(common).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form() {
        let slice = TensorSlice::parse("0,10:-:3,1").unwrap();
        assert_eq!(slice, TensorSlice(vec![Some((0, 10)), None, Some((3, 1))]));
        assert_eq!(slice.to_string(), "0,10:-:3,1");
        assert_eq!(TensorSlice::from_proto(&slice.to_proto()), slice);
        assert!(slice.bounds(&[10, 5, 4]).is_ok());
        assert!(slice.bounds(&[9, 5, 4]).is_err());
        assert!(slice.bounds(&[10, 5]).is_err());
        assert!(TensorSlice(vec![Some((i64::MAX, i64::MAX))]).bounds(&[1]).is_err());
        for bad in ["x", "1", "1,", ",1", "-1,2", "0,0", "-:"] {
            assert!(TensorSlice::parse(bad).is_err(), "{bad}");
        }
        for bad in ["", "-", "3", "3 4 -", "x -", "2 0,3"] {
            assert!(TensorSlice::parse_with_shape(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn key_code() {
        let signed = |v| {
            let mut out = vec![];
            put_signed(&mut out, v);
            out
        };
        assert_eq!(signed(0), [0x80]);
        assert_eq!(signed(-1), [0x7f]);
        assert_eq!(signed(63), [0xbf]);
        assert_eq!(signed(64), [0xc0, 0x40]);
        assert_eq!(signed(-64), [0x40]);
        assert_eq!(signed(-65), [0x3f, 0xbf]);
        let numbers = [i64::MIN, -1 << 40, -70000, -65, -64, -1, 0, 1, 63, 64, 8191, 8192, 1 << 20, 1 << 55, 1 << 62, i64::MAX];
        assert!(numbers.map(signed).is_sorted());
        let key = TensorSlice(vec![Some((0, 4)), None]).key("a\0b");
        assert_eq!(key, [0, b'a', 0, 0xff, b'b', 0, 1, 1, 2, 0x80, 0x84, 0x80, 0x7f]);
        assert_eq!(decode_name(&key).unwrap(), b"a\0b");
        assert_eq!(decode_name(b"a"), None);
    }

    #[test]
    fn runs() {
        let mut seen = vec![];
        let whole = [(0, 3), (0, 4)];
        for_runs(&whole, &[(1, 2), (2, 2)], &[(1, 2), (2, 2)], |t, s, n| seen.push((t, s, n)));
        assert_eq!(seen, [(6, 0, 2), (10, 2, 2)]);
        let mut count = 0;
        for_runs(&[], &[], &[], |_, _, n| count += n);
        assert_eq!(count, 1);
        assert_eq!(intersect(&whole, &[(2, 5), (1, 1)]), Some(vec![(2, 1), (1, 1)]));
        assert_eq!(intersect(&whole, &[(3, 5), (1, 1)]), None);
    }
}
