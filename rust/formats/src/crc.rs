//! CRC-32C in the masked form that TensorFlow stores.

const MASK_DELTA: u32 = 0xa282_ead8;

/// The form in which a checksum is stored, so that a checksum over data with checksums inside stays useful.
pub(crate) fn mask(crc: u32) -> u32 {
    crc.rotate_right(15).wrapping_add(MASK_DELTA)
}

/// The checksum behind a stored one.
pub(crate) fn unmask(masked: u32) -> u32 {
    masked.wrapping_sub(MASK_DELTA).rotate_left(15)
}

/// The masked checksum of `bytes`.
pub(crate) fn masked(bytes: &[u8]) -> u32 {
    mask(crc32c::crc32c(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(crc32c::crc32c(&[0; 32]), 0x8a91_36aa); // RFC 3720, B.4
        for crc in [0, 1, 0x8a91_36aa, u32::MAX] {
            assert_eq!(unmask(mask(crc)), crc);
        }
        assert_ne!(masked(b"foo"), crc32c::crc32c(b"foo"));
    }
}
