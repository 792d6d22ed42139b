//! Histograms: TensorFlow's exponential buckets for v1 summaries, equal widths for v2.
use crate::proto::HistogramProto;
use ferroflow_tensor::{Result, bail};
use std::sync::OnceLock;

/// The upper ends of TensorFlow's default buckets: from 1e-12 to 1e20 in steps of 10 %, the same negative, 0, and the
/// largest finite number at both ends.
pub fn default_bucket_limits() -> &'static [f64] {
    static LIMITS: OnceLock<Vec<f64>> = OnceLock::new();
    LIMITS.get_or_init(|| {
        let mut positive = vec![];
        let mut limit = 1e-12;
        while limit < 1e20 {
            positive.push(limit);
            limit *= 1.1;
        }
        positive.push(f64::MAX);
        let negative = positive.iter().rev().map(|limit| -limit);
        negative.chain([0.0]).chain(positive.iter().copied()).collect()
    })
}

/// The histogram of a v1 summary; runs of empty buckets become one. `InvalidArgument` if a value is not finite, with
/// `name` (of the node) in the message.
///
/// ```
/// let h = ferroflow_formats::record::histogram_proto("h", [1.0, 2.0, 2.0])?;
/// assert_eq!((h.num, h.sum, h.min, h.max), (3.0, 5.0, 1.0, 2.0));
/// assert_eq!(h.bucket, [0.0, 1.0, 0.0, 2.0, 0.0]);
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub fn histogram_proto(name: &str, values: impl IntoIterator<Item = f64>) -> Result<HistogramProto> {
    let limits = default_bucket_limits();
    let mut counts = vec![0.0; limits.len()];
    let mut out = HistogramProto { min: f64::MAX, max: -f64::MAX, ..HistogramProto::default() };
    for value in values {
        if value.is_nan() {
            bail!(InvalidArgument, "Nan in summary histogram for: {name}");
        }
        if value.is_infinite() {
            bail!(InvalidArgument, "Infinity in summary histogram for: {name}");
        }
        let bucket = limits.partition_point(|&limit| limit <= value).min(limits.len() - 1);
        counts[bucket] += 1.0;
        out.min = out.min.min(value);
        out.max = out.max.max(value);
        out.num += 1.0;
        out.sum += value;
        out.sum_squares += value * value;
    }
    for (i, (&limit, &count)) in limits.iter().zip(&counts).enumerate() {
        let run_goes_on = count == 0.0 && counts.get(i + 1) == Some(&0.0);
        if !run_goes_on {
            out.bucket_limit.push(limit);
            out.bucket.push(count);
        }
    }
    Ok(out)
}

/// The buckets of a v2 summary: left end, right end and count of each of `buckets` intervals of equal width between the
/// smallest and the largest value. If all values are equal, all are in the last bucket; if there are none, everything
/// is 0.
///
/// ```
/// let b = ferroflow_formats::record::equal_width_buckets(&[0.0, 1.0, 2.0, 2.0], 2);
/// assert_eq!(b, [[0.0, 1.0, 1.0], [1.0, 2.0, 3.0]]);
/// ```
pub fn equal_width_buckets(values: &[f64], buckets: usize) -> Vec<[f64; 3]> {
    if values.is_empty() || buckets == 0 {
        return vec![[0.0; 3]; buckets];
    }
    let min = values.iter().copied().fold(f64::INFINITY, f64::min);
    let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = max - min;
    if range == 0.0 {
        let mut all = vec![[min, min, 0.0]; buckets];
        all[buckets - 1][2] = values.len() as f64;
        return all;
    }
    let width = range / buckets as f64;
    let edge = |i: usize| if i == buckets { max } else { min + width * i as f64 };
    let mut all: Vec<[f64; 3]> = (0..buckets).map(|i| [edge(i), edge(i + 1), 0.0]).collect();
    for value in values {
        let bucket = ((value - min) / width).floor() as usize;
        all[bucket.min(buckets - 1)][2] += 1.0;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        let limits = default_bucket_limits();
        assert_eq!(limits.len(), 1551);
        assert_eq!(limits[775], 0.0);
        assert_eq!(limits[776], 1e-12);
        assert!(limits.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn ends_and_bad_values() {
        let empty = histogram_proto("h", []).unwrap();
        assert_eq!((empty.bucket_limit, empty.bucket), (vec![f64::MAX], vec![0.0]));
        assert_eq!(empty.min, f64::MAX);
        let ends = histogram_proto("h", [f64::MAX, -f64::MAX, 0.0, -0.0]).unwrap();
        assert_eq!(ends.bucket.iter().sum::<f64>(), 4.0);
        for (bad, word) in [(f64::NAN, "Nan"), (f64::INFINITY, "Infinity"), (f64::NEG_INFINITY, "Infinity")] {
            let e = histogram_proto("h", [0.0, bad]).unwrap_err();
            assert_eq!(e.message(), format!("{word} in summary histogram for: h"));
        }
    }

    #[test]
    fn equal_widths() {
        assert_eq!(equal_width_buckets(&[], 2), [[0.0; 3]; 2]);
        assert_eq!(equal_width_buckets(&[5.0, 5.0], 2), [[5.0, 5.0, 0.0], [5.0, 5.0, 2.0]]);
        assert!(equal_width_buckets(&[1.0], 0).is_empty());
        assert_eq!(equal_width_buckets(&[f64::NAN, 1.0], 1).len(), 1);
    }
}
