//! Base-128 varints, as protocol buffers and sorted string tables write them.

/// Appends `value`: 7 bits a byte, lowest first, the top bit set on all bytes but the last.
pub(crate) fn write(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// The first varint of `bytes` and what follows it; `None` if there is no whole one or it exceeds 64 bits.
pub(crate) fn read(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0;
    for (i, &b) in bytes.iter().take(10).enumerate() {
        if i == 9 && b > 1 {
            return None;
        }
        value |= u64::from(b & 0x7f) << (7 * i);
        if b < 0x80 {
            return Some((value, &bytes[i + 1..]));
        }
    }
    None
}

/// The first `count` varints of `bytes` and what follows them.
pub(crate) fn read_many(mut bytes: &[u8], count: usize) -> Option<(Vec<u64>, &[u8])> {
    if count > bytes.len() {
        return None;
    }
    let mut values = Vec::with_capacity(count);
    for _ in 0..count {
        let (value, rest) = read(bytes)?;
        values.push(value);
        bytes = rest;
    }
    Some((values, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip_and_bounds() {
        for value in [0, 1, 127, 128, 16383, 16384, u64::from(u32::MAX), u64::MAX] {
            let mut out = vec![];
            write(&mut out, value);
            assert_eq!(read(&out), Some((value, &[][..])));
            assert_eq!(read(&out[..out.len() - 1]), None);
        }
        assert_eq!(read(&[0xff; 10]), None);
        assert_eq!(read(&[0x80; 11]), None);
        assert_eq!(read_many(&[1, 2, 3], 2), Some((vec![1, 2], &[3][..])));
        assert_eq!(read_many(&[1, 2], usize::MAX), None);
    }
}
