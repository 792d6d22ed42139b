//! String tensors in data files: varint lengths, a checksum of the lengths, the strings.
use crate::{crc, varint};

/// The bytes of a string tensor and their checksum, not masked. The checksum runs over the lengths as numbers of 4
/// bytes (8 from 2^32 on), not over the varints.
pub(super) fn encode<S: AsRef<[u8]>>(strings: &[S]) -> (Vec<u8>, u32) {
    let mut out = vec![];
    let mut checksum = 0;
    for s in strings {
        let length = s.as_ref().len() as u64;
        varint::write(&mut out, length);
        checksum = add_length(checksum, length);
    }
    let masked = crc::mask(checksum).to_le_bytes();
    out.extend_from_slice(&masked);
    checksum = crc32c::crc32c_append(checksum, &masked);
    for s in strings {
        out.extend_from_slice(s.as_ref());
        checksum = crc32c::crc32c_append(checksum, s.as_ref());
    }
    (out, checksum)
}

/// The `count` strings in `bytes` and the checksum as [`encode`] gives it; an error says what is wrong.
pub(super) fn decode(bytes: &[u8], count: usize) -> Result<(Vec<Vec<u8>>, u32), String> {
    let truncated = || "The string tensor ends within the lengths of its strings".to_string();
    let (lengths, rest) = varint::read_many(bytes, count).ok_or_else(truncated)?;
    let (stored, mut rest) = rest.split_first_chunk::<4>().ok_or_else(truncated)?;
    let mut checksum = lengths.iter().fold(0, |c, &length| add_length(c, length));
    let (stored_number, calculated) = (u32::from_le_bytes(*stored), crc::mask(checksum));
    if stored_number != calculated {
        return Err(format!(
            "The length checksum does not match: expected {} but actual is {}",
            crc::unmask(stored_number),
            crc::unmask(calculated)
        ));
    }
    checksum = crc32c::crc32c_append(checksum, stored);
    checksum = crc32c::crc32c_append(checksum, rest);
    let mut strings = Vec::with_capacity(count);
    for length in lengths {
        let split = usize::try_from(length).ok().and_then(|n| rest.split_at_checked(n));
        let (head, tail) = split.ok_or("The string tensor ends within a string")?;
        strings.push(head.to_vec());
        rest = tail;
    }
    if !rest.is_empty() {
        return Err(format!("The string tensor has {} bytes after its last string", rest.len()));
    }
    Ok((strings, checksum))
}

fn add_length(checksum: u32, length: u64) -> u32 {
    match u32::try_from(length) {
        Ok(short) => crc32c::crc32c_append(checksum, &short.to_le_bytes()),
        Err(_) => crc32c::crc32c_append(checksum, &length.to_le_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip_and_damage() {
        let strings = [&b""[..], b"a", &[0xff; 300]];
        let (bytes, checksum) = encode(&strings);
        assert_eq!(bytes[..4], [0, 1, 0xac, 2]);
        let (back, again) = decode(&bytes, 3).unwrap();
        assert_eq!((back, again), (strings.map(<[u8]>::to_vec).to_vec(), checksum));
        assert_eq!(decode(&encode::<&[u8]>(&[]).0, 0).unwrap().0.len(), 0);
        for cut in 0..bytes.len() {
            assert!(decode(&bytes[..cut], 3).is_err());
        }
        assert!(decode(&bytes, 2).is_err());
        assert!(decode(&bytes, usize::MAX).is_err());
    }
}
