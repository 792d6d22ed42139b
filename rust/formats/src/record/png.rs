//! PNG files of 8-bit pixels (ISO/IEC 15948), without row filters.
use ferroflow_tensor::{Result, bail, error};
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use std::io::Write;

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
    let mut lines = ZlibEncoder::new(vec![], Compression::default());
    for line in pixels.chunks_exact(row) {
        lines.write_all(&[0]).and_then(|()| lines.write_all(line)).map_err(|e| error!(Internal, "{e}"))?;
    }
    let lines = lines.finish().map_err(|e| error!(Internal, "{e}"))?;
    let mut header = vec![];
    header.extend_from_slice(&(width as u32).to_be_bytes());
    header.extend_from_slice(&(height as u32).to_be_bytes());
    header.extend_from_slice(&[8, color, 0, 0, 0]); // 8 bits, colour type, deflate, no filters, not interlaced
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    put_chunk(&mut png, b"IHDR", &header);
    for part in lines.chunks(1 << 30) {
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
    let mut checksum = Crc::new();
    checksum.update(&png[start..]);
    png.extend_from_slice(&checksum.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_chunk_is_that_of_the_standard() {
        let png = encode_png(1, 1, 1, &[7]).unwrap();
        assert_eq!(png[png.len() - 12..], *b"\0\0\0\0IEND\xae\x42\x60\x82");
    }

    #[test]
    fn bad_images() {
        for (h, w, c, n) in [(1, 1, 5, 5), (0, 1, 1, 0), (1, 0, 1, 0), (1, 1, 1, 2), (1 << 40, 1, 1, 0)] {
            assert!(encode_png(h, w, c, &vec![0; n]).is_err());
        }
    }
}
