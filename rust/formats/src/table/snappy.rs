//! Decompression of Snappy blocks, by the public format description (google/snappy, format_description.txt).
use crate::varint;

/// The bytes behind a raw Snappy stream; `None` if it is damaged or claims more than `limit` bytes.
pub(crate) fn decompress(stream: &[u8], limit: usize) -> Option<Vec<u8>> {
    let (size, mut rest) = varint::read(stream)?;
    let size = usize::try_from(size).ok().filter(|&n| n <= limit)?;
    let mut out = Vec::with_capacity(size);
    while let Some((&tag, after)) = rest.split_first() {
        let high = usize::from(tag >> 2);
        rest = match tag & 3 {
            0 => literal(&mut out, high, after)?,
            1 => {
                let (&low, after) = after.split_first()?;
                let offset = usize::from(tag >> 5) << 8 | usize::from(low);
                copy(&mut out, offset, (high & 7) + 4, size)?;
                after
            }
            kind => {
                let (offset, after) = little_endian(after, if kind == 2 { 2 } else { 4 })?;
                copy(&mut out, offset, high + 1, size)?;
                after
            }
        };
        if out.len() > size {
            return None;
        }
    }
    (out.len() == size).then_some(out)
}

/// Lengths up to 60 are in the tag; 60 to 63 there say that 1 to 4 bytes hold the length less one.
fn literal<'a>(out: &mut Vec<u8>, high: usize, after: &'a [u8]) -> Option<&'a [u8]> {
    let (less_one, after) = if high < 60 { (high, after) } else { little_endian(after, high - 59)? };
    let (bytes, after) = after.split_at_checked(less_one.checked_add(1)?)?;
    out.extend_from_slice(bytes);
    Some(after)
}

/// Source and target may overlap: then the bytes between repeat.
fn copy(out: &mut Vec<u8>, offset: usize, length: usize, size: usize) -> Option<()> {
    let start = out.len().checked_sub(offset).filter(|_| offset > 0)?;
    if out.len() + length > size {
        return None;
    }
    for i in start..start + length {
        out.push(out[i]);
    }
    Some(())
}

fn little_endian(bytes: &[u8], count: usize) -> Option<(usize, &[u8])> {
    let (head, rest) = bytes.split_at_checked(count)?;
    Some((head.iter().rev().fold(0, |value, &b| value << 8 | usize::from(b)), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_copies() {
        // "abcd", then 8 bytes from 4 back (1-byte offset), then 5 from 2 back (2-byte), then 4 from 12 back (4-byte).
        let stream = [21, 3 << 2, b'a', b'b', b'c', b'd', 1 | 4 << 2, 4, 2 | 4 << 2, 2, 0, 3 | 3 << 2, 12, 0, 0, 0];
        assert_eq!(decompress(&stream, 100).unwrap(), b"abcdabcdabcdcdcdcbcda");
        assert!(decompress(&stream, 20).is_none());
        let mut long = vec![0xac, 0x02, 61 << 2, 0x2b, 0x01];
        long.extend_from_slice(&[7; 300]);
        assert_eq!(decompress(&long, 1000).unwrap(), [7; 300]);
    }

    #[test]
    fn damage() {
        for bad in [&[][..], &[5, 0, 1], &[4, 1, 1], &[4, 0, 9, 1, 0], &[4, 0, 9, 2, 5, 0], &[1, 62 << 2, 1], &[0xff; 12]] {
            assert!(decompress(bad, 1 << 20).is_none(), "{bad:?}");
        }
    }
}
