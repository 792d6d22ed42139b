//! PNG files of 8-bit pixels (ISO/IEC 15948), without row filters.
use ferroflow_tensor::{Result, bail};
use miniz_oxide::deflate::compress_to_vec_zlib;

/// zlib's usual level.
const LEVEL: u8 = 6;

/// The PNG file of an image: `height * width * channels` bytes, row by row, channels innermost; 1 channel is grey,
/// 2 grey and alpha, 3 RGB, 4 RGBA. `InvalidArgument` for other numbers of channels, empty images and sizes from 2^31
/// on.
///
/// ```
/// let png = ferroflow_formats::record::encode_png(1, 2, 3, &[255, 0, 0, 0, 0, 255])?;
/// assert_eq!(png[..4], *b"\x89PNG");
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub fn encode_png(height: usize, width: usize, channels: usize, pixels: &[u8]) -> Result<Vec<u8>> {
    let color = match channels {
        1 => 0,
        2 => 4,
        3 => 2,
        4 => 6,
        _ => bail!(InvalidArgument, "image must have 1, 2, 3, or 4 channels, got {channels}"),
    };
    if height == 0 || width == 0 || height > i32::MAX as usize || width > i32::MAX as usize {
        bail!(InvalidArgument, "image must have 1 to 2**31 - 1 rows and columns, got {height} x {width}");
    }
    let row = width * channels;
    if height.checked_mul(row) != Some(pixels.len()) {
        bail!(InvalidArgument, "{} bytes do not make an image of {height} x {width} x {channels}", pixels.len());
    }
    let mut lines = Vec::with_capacity(pixels.len() + height);
    for line in pixels.chunks_exact(row) {
        lines.push(0);
        lines.extend_from_slice(line);
    }
    let mut header = vec![];
    header.extend_from_slice(&(width as u32).to_be_bytes());
    header.extend_from_slice(&(height as u32).to_be_bytes());
    header.extend_from_slice(&[8, color, 0, 0, 0]); // 8 bits, colour type, deflate, no filters, not interlaced
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    put_chunk(&mut png, b"IHDR", &header);
    for part in compress_to_vec_zlib(&lines, LEVEL).chunks(1 << 30) {
        put_chunk(&mut png, b"IDAT", part);
    }
    put_chunk(&mut png, b"IEND", &[]);
    Ok(png)
}

fn put_chunk(png: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    png.extend_from_slice(&(content.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend_from_slice(kind);
    png.extend_from_slice(content);
    let checksum = crc32(&png[start..]);
    png.extend_from_slice(&checksum.to_be_bytes());
}

/// CRC-32 with the polynomial of the standard, annex D.
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut n = 0;
        while n < 256 {
            let mut c = n as u32;
            let mut bit = 0;
            while bit < 8 {
                c = if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
                bit += 1;
            }
            table[n] = c;
            n += 1;
        }
        table
    };
    !bytes.iter().fold(!0, |c: u32, &b| TABLE[usize::from(c as u8 ^ b)] ^ (c >> 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_of_the_standard() {
        assert_eq!(crc32(b"IEND"), 0xae42_6082);
    }

    #[test]
    fn bad_images() {
        for (h, w, c, n) in [(1, 1, 5, 5), (0, 1, 1, 0), (1, 0, 1, 0), (1, 1, 1, 2), (1 << 40, 1, 1, 0)] {
            assert!(encode_png(h, w, c, &vec![0; n]).is_err());
        }
    }
}
