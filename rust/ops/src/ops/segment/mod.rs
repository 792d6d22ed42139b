//! Entries of segment reductions, sorted and unsorted.
mod grad;
pub mod sparse;

use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{Code, PartialShape, Result, bail};
use grad::{
    segment_extreme_grad, segment_mean_grad, segment_prod_grad, segment_sum_grad, unsorted_extreme_grad, unsorted_prod_grad,
    unsorted_sum_grad,
};

const UNSORTED: Entry = Entry {
    sig: "data: T, segment_ids: Tindices, num_segments: Tnumsegments -> output: T",
    attrs: "T: numbertype; Tindices: {int16, int32, int64}; Tnumsegments: {int32, int64} = int32",
    shape: ShapeRule::Rule(unsorted_shape),
    host: &["num_segments"],
    gpu: Gpu::Template("segment"),
    flags: Flags::CHECKS_VALUES,
    ..Entry::NEW
};
const SORTED: Entry = Entry {
    sig: "data: T, segment_ids: Tindices -> output: T",
    attrs: "T: numbertype; Tindices: {int32, int64}",
    shape: ShapeRule::Rule(sorted_shape),
    gpu: Gpu::Template("segment"),
    flags: Flags::CHECKS_VALUES,
    ..Entry::NEW
};
const UNSORTED_REAL: &str = "T: realnumbertype; Tindices: {int32, int64}; Tnumsegments: {int32, int64} = int32";
const SORTED_REAL: &str = "T: realnumbertype; Tindices: {int32, int64}";

macro_rules! unsorted {
    ($at:literal, $start:literal) => {
        concat!(
            "(lambda out, ids, d: ([np.", $at, ".at(out, i, x) for i, x in zip(ids, d) if i >= 0], out)[1])(np.full((int(num_segments),) + data.shape[np.ndim(segment_ids):], ",
            $start, ", data.dtype), np.ravel(segment_ids), data.reshape((-1,) + data.shape[np.ndim(segment_ids):]))"
        )
    };
}
macro_rules! sorted {
    ($reduce:literal, $gap:literal) => {
        concat!(
            "np.stack([(",
            $reduce,
            "(data[segment_ids == k], axis=0).astype(data.dtype) if (segment_ids == k).any() else np.full(data.shape[1:], ",
            $gap,
            ", data.dtype)) for k in range(int(segment_ids[-1]) + 1)]) if len(segment_ids) else data[:0]"
        )
    };
}

const UNSORTED_CASES: &[&str] = &[
    "data=f(5), segment_ids=i(-1,3,5), num_segments=c(3,'int32')",
    "data=f(4,3), segment_ids=i(0,5,4), num_segments=c(6,'int32')",
    "data=f(2,3,4), segment_ids=i64(0,2,2,3), num_segments=c(2,'int64')",
    "data=f(0,3), segment_ids=i(0,2,0), num_segments=c(2,'int32')",
    "data=f(3), segment_ids=c(1,'int32'), num_segments=c(2,'int32')",
    "data=f(3,1,2,1,2,1,2,1), segment_ids=i(0,2,3), num_segments=c(2,'int32')",
];
const SORTED_CASES: &[&str] = &[
    "data=f(5), segment_ids=c([0,0,1,1,1],'int32')",
    "data=f(4,3), segment_ids=c([0,1,1,4],'int64')",
    "data=f(0,3), segment_ids=c([],'int32')",
    "data=f(3,1,2,1,2,1,2,1), segment_ids=c([0,2,2],'int32')",
];

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "UnsortedSegmentSum",
        doc: "Sums of the rows of `data` that have the same segment id: output[k] is the sum over segment_ids == k, 0 where there is \
              none; rows with negative ids are left out. The shape of segment_ids is a prefix of data's; the result has num_segments \
              rows. InvalidArgument for ids from num_segments on, a negative num_segments, or shapes that do not fit.",
        grad: Gradient::Rule(unsorted_sum_grad, &["segment_ids"]),
        test: Test::calls(unsorted!("add", "0"), UNSORTED_CASES),
        ..UNSORTED
    },
    Entry {
        name: "UnsortedSegmentProd",
        attrs: "T: numbertype; Tindices: {int32, int64}; Tnumsegments: {int32, int64} = int32",
        doc: "Products of the rows of `data` that have the same segment id, 1 where there is none; otherwise as UnsortedSegmentSum.",
        grad: Gradient::Rule(unsorted_prod_grad, &["data", "segment_ids", "num_segments", "output"]),
        test: Test::calls(unsorted!("multiply", "1"), UNSORTED_CASES),
        ..UNSORTED
    },
    Entry {
        name: "UnsortedSegmentMax",
        attrs: UNSORTED_REAL,
        doc: "Largest elements over the rows of `data` that have the same segment id, the smallest finite number where there is none; \
              otherwise as UnsortedSegmentSum.",
        grad: Gradient::Rule(unsorted_extreme_grad, &["data", "segment_ids", "num_segments", "output"]),
        test: Test::calls(
            unsorted!("maximum", "np.iinfo(data.dtype).min if data.dtype.kind in 'iu' else ml_dtypes.finfo(data.dtype).min"),
            UNSORTED_CASES,
        ),
        ..UNSORTED
    },
    Entry {
        name: "UnsortedSegmentMin",
        attrs: UNSORTED_REAL,
        doc: "Smallest elements over the rows of `data` that have the same segment id, the largest finite number where there is none; \
              otherwise as UnsortedSegmentSum.",
        grad: Gradient::Rule(unsorted_extreme_grad, &["data", "segment_ids", "num_segments", "output"]),
        test: Test::calls(
            unsorted!("minimum", "np.iinfo(data.dtype).max if data.dtype.kind in 'iu' else ml_dtypes.finfo(data.dtype).max"),
            UNSORTED_CASES,
        ),
        ..UNSORTED
    },
    Entry {
        name: "SegmentSum",
        doc: "Sums of runs of rows of `data`: output[k] is the sum of the rows with segment_ids == k, 0 where there is none. \
              segment_ids is a vector that does not descend, one id per row; the result has as many rows as the last id plus one. \
              InvalidArgument otherwise.",
        grad: Gradient::Rule(segment_sum_grad, &["segment_ids"]),
        test: Test::calls(sorted!("np.sum", "0"), SORTED_CASES),
        ..SORTED
    },
    Entry {
        name: "SegmentMean",
        doc: "Means of runs of rows of `data`, 0 where there is none; integers are truncated. Otherwise as SegmentSum.",
        grad: Gradient::Rule(segment_mean_grad, &["segment_ids"]),
        test: Test::calls(sorted!("np.mean", "0"), SORTED_CASES),
        ..SORTED
    },
    Entry {
        name: "SegmentProd",
        doc: "Products of runs of rows of `data`, 1 where there is none. Otherwise as SegmentSum.",
        grad: Gradient::Rule(segment_prod_grad, &["data", "segment_ids", "output"]),
        test: Test::calls(sorted!("np.prod", "1"), SORTED_CASES),
        ..SORTED
    },
    Entry {
        name: "SegmentMax",
        attrs: SORTED_REAL,
        doc: "Largest elements of runs of rows of `data`, 0 where there is none. Otherwise as SegmentSum.",
        grad: Gradient::Rule(segment_extreme_grad, &["data", "segment_ids", "output"]),
        test: Test::calls(sorted!("np.max", "0"), SORTED_CASES),
        ..SORTED
    },
    Entry {
        name: "SegmentMin",
        attrs: SORTED_REAL,
        doc: "Smallest elements of runs of rows of `data`, 0 where there is none. Otherwise as SegmentSum.",
        grad: Gradient::Rule(segment_extreme_grad, &["data", "segment_ids", "output"]),
        test: Test::calls(sorted!("np.min", "0"), SORTED_CASES),
        ..SORTED
    },
];

/// Checks that `n` rows of these sizes have fewer than 2^63 elements. InvalidArgument otherwise.
pub fn check_count(n: usize, row: impl IntoIterator<Item = usize>) -> Result<()> {
    let mut count = n as i64;
    for d in row {
        count = match count.checked_mul(d as i64) {
            Some(more) => more,
            None => {
                let wrapped = (count as u64).checked_mul(d as u64).map_or(-1, |n| n as i64);
                bail!(InvalidArgument, "Encountered overflow when multiplying {count} with {d}, result: {wrapped}");
            }
        };
    }
    Ok(())
}

/// How many segments there are of rows of a tensor of this shape. InvalidArgument for ids that descend or are too large.
pub fn sorted_segments(ids: &[i64], shape: &[usize]) -> Result<usize> {
    let segments = match ids.last() {
        Some(last) if *last < 0 => bail!(InvalidArgument, "segment ids must be >= 0"),
        Some(last) => usize::try_from(*last).unwrap_or(usize::MAX).saturating_add(1),
        None => 0,
    };
    check_count(segments, shape[1..].iter().copied())?;
    // As TensorFlow looks at the runs in turn: does the next one descend, then is this one in range?
    for run in ids.chunk_by(|a, b| a == b).collect::<Vec<_>>().windows(2) {
        if run[1][0] < run[0][0] {
            bail!(InvalidArgument, "segment ids are not increasing");
        }
        check_range(run[0][0], segments)?;
    }
    if let Some(last) = ids.last() {
        check_range(*last, segments)?;
    }
    Ok(segments)
}

/// InvalidArgument for an id that is no segment.
fn check_range(id: i64, segments: usize) -> Result<()> {
    if id < 0 || id >= segments as i64 {
        bail!(InvalidArgument, "Segment id {id} out of range [0, {segments}), possibly because 'segment_ids' input is not sorted.");
    }
    Ok(())
}

fn unsorted_shape(c: &mut Infer) -> Result<()> {
    let (data, ids) = (c.shape(0).clone(), c.shape(1));
    if let Some(r) = c.shape(2).rank().filter(|r| *r != 0) {
        let kernel = format!("num_segments should be a scalar, not shape {}", c.shape(2));
        return Err(c.fail(Code::InvalidArgument, format!("Shape must be rank 0 but is rank {r}"), kernel));
    }
    let n = match c.int(2) {
        Some(n) if n < 0 => {
            let graph = format!("Dimension size, given by scalar input 2, must be non-negative but is {n}");
            return Err(c.fail(Code::InvalidArgument, graph, format!("Input num_segments == {n} must not be negative.")));
        }
        n => n.map(|n| n as usize),
    };
    let Some(prefix) = ids.dims() else { return Ok(()) };
    let Some(dims) = data.dims() else { return Ok(()) };
    let wrong = dims.len() < prefix.len() || prefix.iter().zip(dims).any(|(p, d)| p.is_some() && d.is_some() && p != d);
    if wrong && c.at_run_time {
        bail!(InvalidArgument, "data.shape = {data} does not start with segment_ids.shape = {ids}");
    }
    if dims.len() < prefix.len() {
        bail!(InvalidArgument, "Shape must be at least rank {} but is rank {}", prefix.len(), dims.len());
    }
    for (p, d) in prefix.iter().zip(dims) {
        c.merge_dim(*d, *p)?;
    }
    let row = &dims[prefix.len()..];
    if let (true, Some(n)) = (c.at_run_time, n) {
        check_count(n, row.iter().flatten().copied())?;
    }
    let mut out = vec![n];
    out.extend(row);
    c.set(0, PartialShape::new(out));
    Ok(())
}

fn sorted_shape(c: &mut Infer) -> Result<()> {
    let (data, ids) = (c.shape(0).clone(), c.shape(1));
    if c.at_run_time {
        if ids.rank() != Some(1) {
            bail!(InvalidArgument, "segment_ids should be a vector.");
        }
        if data.rank() == Some(0) {
            bail!(InvalidArgument, "input must be at least rank 1");
        }
        if ids.dim(0) != data.dim(0) {
            bail!(InvalidArgument, "segment_ids should be the same size as dimension 0 of input.");
        }
    }
    c.with_rank_at_least(0, 1)?;
    c.with_rank(1, 1)?;
    let Some(dims) = data.dims() else { return Ok(()) };
    let mut out = dims.to_vec();
    out[0] = None;
    c.set(0, PartialShape::new(out));
    Ok(())
}
