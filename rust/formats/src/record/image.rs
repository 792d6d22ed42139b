//! The pixels of an image summary: TensorFlow's way from floats to bytes.
use ferroflow_tensor::{DType, F16, Result, bail};

/// Below this an image counts as black.
const ZERO_THRESHOLD: f32 = 1e-6;

/// The 8-bit pixels of one image of `channels` channels from its elements, as the op ImageSummary shows it: bytes as
/// they are; floats (half, float32, float64) scaled so that the largest becomes 255, or, if there are negative ones,
/// 0 becomes 128 and the largest magnitude 1 or 255; pixels with NaN or infinity get `bad_color`. The arithmetic is
/// rounded as TensorFlow's. `InvalidArgument` for other dtypes and if `bad_color` has fewer than `channels` entries.
pub fn image_pixels(dtype: DType, bytes: &[u8], channels: usize, bad_color: &[u8]) -> Result<Vec<u8>> {
    if dtype == DType::UInt8 {
        return Ok(bytes.to_vec());
    }
    if channels == 0 || bad_color.len() < channels {
        bail!(InvalidArgument, "expected bad_color to have at least {channels} entries, got {}", bad_color.len());
    }
    let bad_color = &bad_color[..channels];
    match dtype {
        DType::Float => {
            let values = bytes.as_chunks::<4>().0.iter().map(|&b| f64::from(f32::from_le_bytes(b)));
            Ok(normalized(values.collect(), bad_color, |v| f64::from(v as f32)))
        }
        DType::Double => {
            let values = bytes.as_chunks::<8>().0.iter().map(|&b| f64::from_le_bytes(b));
            Ok(normalized(values.collect(), bad_color, |v| v))
        }
        DType::Half => {
            let values = bytes.as_chunks::<2>().0.iter().map(|&b| f64::from(F16::from_bits(u16::from_le_bytes(b)).to_f32()));
            Ok(normalized(values.collect(), bad_color, |v| f64::from(F16::from_f32(v as f32).to_f32())))
        }
        other => bail!(InvalidArgument, "An image cannot have dtype {other}"),
    }
}

/// Extremes and scale are float32 whatever the dtype. Each operation on a pixel is done in float64 and then rounded to
/// the dtype by `round`, which gives what the dtype's own arithmetic gives.
fn normalized(values: Vec<f64>, bad_color: &[u8], round: impl Fn(f64) -> f64) -> Vec<u8> {
    let is_good = |pixel: &[f64]| pixel.iter().all(|v| v.is_finite());
    let pixels = || values.chunks_exact(bad_color.len());
    let (mut min, mut max) = (f32::INFINITY, f32::NEG_INFINITY);
    for value in pixels().filter(|p| is_good(p)).flatten() {
        min = min.min(*value as f32);
        max = max.max(*value as f32);
    }
    let (largest, full, offset) = if min < 0.0 { (min.abs().max(max.abs()), 127.0, 128.0) } else { (max, 255.0, 0.0) };
    let scale = round(f64::from(if largest < ZERO_THRESHOLD { 0.0 } else { full } / largest));
    let mut out = Vec::with_capacity(values.len());
    for pixel in pixels() {
        if is_good(pixel) {
            out.extend(pixel.iter().map(|&v| round(round(v * scale) + offset) as u8));
        } else {
            out.extend_from_slice(bad_color);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats(values: &[f32]) -> Vec<u8> {
        values.iter().flat_map(|v| v.to_le_bytes()).collect()
    }

    #[test]
    fn scaling() {
        let pixels = |v: &[f32]| image_pixels(DType::Float, &floats(v), 1, &[9]).unwrap();
        assert_eq!(pixels(&[0.0, 1.0, 2.0]), [0, 127, 255]);
        assert_eq!(pixels(&[-1.0, 0.0, 0.5]), [1, 128, 191]);
        assert_eq!(pixels(&[0.0, 0.0]), [0, 0]);
        assert_eq!(pixels(&[f32::NAN, 1.0, f32::INFINITY]), [9, 255, 9]);
        assert_eq!(pixels(&[]), [0; 0]);
        assert_eq!(image_pixels(DType::UInt8, &[1, 2], 1, &[]).unwrap(), [1, 2]);
        assert!(image_pixels(DType::Float, &floats(&[1.0]), 4, &[1, 2, 3]).is_err());
        assert!(image_pixels(DType::Int32, &[0; 4], 1, &[1]).is_err());
    }
}
