//! Reductions of segments of chosen rows, and the ops of their gradients.
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail, repeated};

const SUM_ATTRS: &str = "T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64}; Tidx: {int32, int64} = int32; Tsegmentids: {int32, int64} = int32; sparse_gradient: bool = false";
const SUM_ATTRS_N: &str = "T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64}; Tidx: {int32, int64} = int32; Tnumsegments: {int32, int64} = int32; Tsegmentids: {int32, int64} = int32; sparse_gradient: bool = false";

const REDUCE: Entry = Entry {
    sig: "data: T, indices: Tidx, segment_ids: Tsegmentids -> output: T",
    attrs: "T: {bfloat16, half, float, double}; Tidx: {int32, int64} = int32; Tsegmentids: {int32, int64} = int32; sparse_gradient: bool = false",
    shape: ShapeRule::Rule(reduce),
    gpu: Gpu::Template("segment"),
    ..Entry::NEW
};
const REDUCE_N: Entry = Entry {
    sig: "data: T, indices: Tidx, segment_ids: Tsegmentids, num_segments: Tnumsegments -> output: T",
    attrs: "T: {bfloat16, half, float, double}; Tidx: {int32, int64} = int32; Tnumsegments: {int32, int64} = int32; Tsegmentids: {int32, int64} = int32; sparse_gradient: bool = false",
    host: &["num_segments"],
    ..REDUCE
};
const GRAD_ATTRS: &str = "T: {bfloat16, half, float, double}; Tidx: {int32, int64} = int32; Tsegmentids: {int32, int64} = int32";
const GRAD: Entry = Entry {
    sig: "grad: T, indices: Tidx, segment_ids: Tsegmentids, output_dim0: int32 -> output: T",
    attrs: GRAD_ATTRS,
    shape: ShapeRule::Rule(reduce_grad),
    grad: Gradient::Missing("it is linear, but TensorFlow gives it no gradient"),
    host: &["output_dim0"],
    gpu: Gpu::Template("segment"),
    ..Entry::NEW
};
const GRAD_V2: Entry = Entry {
    sig: "grad: T, indices: Tidx, segment_ids: Tsegmentids, dense_output_dim0: int32 -> output: T, sorted_unique_indices: Tidx",
    attrs: GRAD_ATTRS,
    shape: ShapeRule::Rule(reduce_grad_v2),
    host: &["dense_output_dim0"],
    gpu: Gpu::Host("the size of the result depends on the values"),
    ..GRAD
};

/// How many segments there are of rows of a tensor of this shape: as is `wanted`, or up to the last id. InvalidArgument if the last one
/// is not among them.
pub fn count_segments(wanted: Option<i64>, ids: &[i64], shape: &[usize]) -> Result<usize> {
    let segments = match (wanted, ids.last()) {
        (Some(n), last) if n >= 0 => match last {
            Some(last) if *last >= n => bail!(InvalidArgument, "segment ids must be < num_segments"),
            _ => n as usize,
        },
        (None, Some(last)) if *last >= 0 => (*last as usize).saturating_add(1),
        (None, None) => 0,
        _ => bail!(InvalidArgument, "segment ids must be >= 0"),
    };
    super::check_count(segments, shape[1..].iter().copied())?;
    Ok(segments)
}

/// InvalidArgument for ids that descend or are no segment, and for chosen rows that none of the `height` rows is. As in TensorFlow the
/// result has its memory before.
pub fn check_chosen(indices: &[i64], ids: &[i64], segments: usize, height: usize) -> Result<()> {
    let mut i = 0;
    for run in ids.chunk_by(|a, b| a == b) {
        let id = run[0];
        if ids.get(i + run.len()).is_some_and(|next| *next < id) {
            bail!(InvalidArgument, "segment ids are not increasing");
        }
        super::check_range(id, segments)?;
        for (at, index) in indices.iter().enumerate().skip(i).take(run.len()) {
            if *index < 0 || *index >= height as i64 {
                bail!(InvalidArgument, "Bad: indices[{at}] == {index} out of range [0, {height})");
            }
        }
        i += run.len();
    }
    Ok(())
}

/// Checks where the gradients of segments go, and counts the rows of each segment. InvalidArgument for a segment or a row that does
/// not exist.
pub fn spread_places(indices: &[i64], ids: &[i64], segments: usize, height: i64) -> Result<Vec<usize>> {
    if ids.last().is_some_and(|last| *last >= segments as i64) {
        bail!(InvalidArgument, "Invalid number of segments");
    }
    if let Some(id) = ids.iter().find(|id| **id < 0 || **id >= segments as i64) {
        bail!(InvalidArgument, "Segment id {id} out of range [0, {segments}).");
    }
    let mut counts = repeated(0usize, ids.iter().max().map_or(0, |last| *last as usize + 1))?;
    ids.iter().for_each(|id| counts[*id as usize] += 1);
    if let Some(bad) = indices.iter().find(|i| **i < 0 || **i >= height) {
        bail!(InvalidArgument, "Index {bad} out of range [0, {height}).");
    }
    Ok(counts)
}

macro_rules! reduced {
    ($reduce:literal, $count:literal) => {
        concat!(
            "(lambda n: np.stack([(lambda rows: (",
            $reduce,
            ").astype(data.dtype) if len(rows) else np.zeros(data.shape[1:], data.dtype))(data[indices[segment_ids == k]]) for k in range(n)]) if n else data[:0])(",
            $count,
            ")"
        )
    };
}
macro_rules! up_to_last {
    ($reduce:literal) => {
        reduced!($reduce, "int(segment_ids[-1]) + 1 if len(segment_ids) else 0")
    };
}
macro_rules! numbered {
    ($reduce:literal) => {
        reduced!($reduce, "int(num_segments)")
    };
}
macro_rules! spread {
    ($weight:literal, $size:literal) => {
        concat!(
            "(lambda out: ([np.add.at(out, i, (grad[s] / ",
            $weight,
            ").astype(out.dtype)) for i, s in zip(indices, segment_ids)], out)[1])(np.zeros((int(",
            $size,
            "),) + grad.shape[1:], grad.dtype))"
        )
    };
}
macro_rules! spread_v1 {
    ($weight:literal) => {
        spread!($weight, "output_dim0")
    };
}
macro_rules! spread_v2 {
    ($weight:literal) => {
        concat!("(lambda out: [out[np.unique(indices)], np.unique(indices)])(", spread!($weight, "dense_output_dim0"), ")")
    };
}

const CASES: &[&str] = &[
    "data=f(4,3), indices=c([0,3,3,1],'int32'), segment_ids=c([0,0,2,2],'int32')",
    "data=f(5), indices=c([4,0],'int64'), segment_ids=c([1,1],'int64')",
    "data=f(4,3), indices=c([2,1,0],'int32'), segment_ids=c([0,1,1],'int64')",
    "data=f(0,3), indices=c([],'int32'), segment_ids=c([],'int32')",
    "data=f(3,0), indices=c([1],'int32'), segment_ids=c([1],'int32')",
    "data=f(3,1,2,1,2,1,2,1), indices=c([2,0,2],'int64'), segment_ids=c([0,2,2],'int32')",
];
const CASES_N: &[&str] = &[
    "data=f(4,3), indices=c([0,3,3,1],'int32'), segment_ids=c([0,0,2,2],'int32'), num_segments=c(5,'int32')",
    "data=f(5), indices=c([4,0],'int64'), segment_ids=c([1,1],'int64'), num_segments=c(2,'int64')",
    "data=f(0,3), indices=c([],'int32'), segment_ids=c([],'int32'), num_segments=c(2,'int32')",
    "data=f(0,3), indices=c([],'int32'), segment_ids=c([],'int32'), num_segments=c(0,'int32')",
    "data=f(3,1,2,1,2,1,2,1), indices=c([2,0,2],'int64'), segment_ids=c([0,2,2],'int32'), num_segments=c(4,'int32')",
];
const GRAD_CASES: &[&str] = &[
    "grad=f(3,2), indices=c([0,3,3,1],'int32'), segment_ids=c([0,0,2,2],'int32'), output_dim0=c(5,'int32')",
    "grad=f(2), indices=c([4,0],'int64'), segment_ids=c([1,0],'int64'), output_dim0=c(6,'int32')",
    "grad=f(2,3), indices=c([],'int32'), segment_ids=c([],'int32'), output_dim0=c(0,'int32')",
    "grad=f(3,1,2,1,2,1,2,1), indices=c([2,0,2],'int64'), segment_ids=c([0,2,2],'int32'), output_dim0=c(3,'int32')",
];
const GRAD_V2_CASES: &[&str] = &[
    "grad=f(3,2), indices=c([0,3,3,1],'int32'), segment_ids=c([0,0,2,2],'int32'), dense_output_dim0=c(5,'int32')",
    "grad=f(2), indices=c([4,0],'int64'), segment_ids=c([1,0],'int64'), dense_output_dim0=c(6,'int32')",
    "grad=f(2,3), indices=c([],'int32'), segment_ids=c([],'int32'), dense_output_dim0=c(3,'int32')",
    "grad=f(3,1,2,1,2,1,2,1), indices=c([2,0,2],'int64'), segment_ids=c([0,2,2],'int32'), dense_output_dim0=c(3,'int32')",
];
const NEEDS: &[&str] = &["data", "indices", "segment_ids"];

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "SparseSegmentSum",
        attrs: SUM_ATTRS,
        doc: "Sums of chosen rows: output[k] is the sum of the rows data[indices[i]] with segment_ids[i] == k, 0 where there is none. \
              `indices` and `segment_ids` are vectors of one length, the ids do not descend, and the result has as many rows as the \
              last id plus one. `sparse_gradient` asks for a gradient that has only the rows that were chosen. InvalidArgument otherwise.",
        grad: Gradient::Rule(|b, g| gradient(b, g, "SparseSegmentSumGrad", "SparseSegmentSumGradV2"), NEEDS),
        test: Test::calls(up_to_last!("rows.sum(axis=0)"), CASES),
        ..REDUCE
    },
    Entry {
        name: "SparseSegmentSumWithNumSegments",
        attrs: SUM_ATTRS_N,
        doc: "Sums of chosen rows as SparseSegmentSum, with `num_segments` rows. InvalidArgument for ids that are not below it.",
        grad: Gradient::Rule(|b, g| gradient(b, g, "SparseSegmentSumGrad", "SparseSegmentSumGradV2"), NEEDS),
        test: Test::calls(numbered!("rows.sum(axis=0)"), CASES_N),
        ..REDUCE_N
    },
    Entry {
        name: "SparseSegmentMean",
        doc: "Means of chosen rows, 0 where there is none. Otherwise as SparseSegmentSum.",
        grad: Gradient::Rule(|b, g| gradient(b, g, "SparseSegmentMeanGrad", "SparseSegmentMeanGradV2"), NEEDS),
        test: Test::calls(up_to_last!("rows.mean(axis=0)"), CASES),
        ..REDUCE
    },
    Entry {
        name: "SparseSegmentMeanWithNumSegments",
        doc: "Means of chosen rows, 0 where there is none. Otherwise as SparseSegmentSumWithNumSegments.",
        grad: Gradient::Rule(|b, g| gradient(b, g, "SparseSegmentMeanGrad", "SparseSegmentMeanGradV2"), NEEDS),
        test: Test::calls(numbered!("rows.mean(axis=0)"), CASES_N),
        ..REDUCE_N
    },
    Entry {
        name: "SparseSegmentSqrtN",
        doc: "Sums of chosen rows over the square root of their number, 0 where there is none. Otherwise as SparseSegmentSum.",
        grad: Gradient::Rule(|b, g| gradient(b, g, "SparseSegmentSqrtNGrad", "SparseSegmentSqrtNGradV2"), NEEDS),
        test: Test::calls(up_to_last!("rows.sum(axis=0) / np.sqrt(rows.dtype.type(len(rows)))"), CASES),
        ..REDUCE
    },
    Entry {
        name: "SparseSegmentSqrtNWithNumSegments",
        doc: "Sums of chosen rows over the square root of their number, 0 where there is none. Otherwise as \
              SparseSegmentSumWithNumSegments.",
        grad: Gradient::Rule(|b, g| gradient(b, g, "SparseSegmentSqrtNGrad", "SparseSegmentSqrtNGradV2"), NEEDS),
        test: Test::calls(numbered!("rows.sum(axis=0) / np.sqrt(rows.dtype.type(len(rows)))"), CASES_N),
        ..REDUCE_N
    },
    Entry {
        name: "SparseSegmentSumGrad",
        doc: "The gradient of SparseSegmentSum: `output_dim0` rows, where row indices[i] receives grad[segment_ids[i]]. InvalidArgument \
              for indices and segments that do not exist.",
        test: Test::calls(spread_v1!("1"), GRAD_CASES),
        ..GRAD
    },
    Entry {
        name: "SparseSegmentMeanGrad",
        doc: "The gradient of SparseSegmentMean: as SparseSegmentSumGrad, each row divided by the number of rows of its segment.",
        test: Test::calls(spread_v1!("(segment_ids == s).sum()"), GRAD_CASES),
        ..GRAD
    },
    Entry {
        name: "SparseSegmentSqrtNGrad",
        doc: "The gradient of SparseSegmentSqrtN: as SparseSegmentSumGrad, each row divided by the square root of the number of rows of \
              its segment.",
        test: Test::calls(spread_v1!("np.sqrt(grad.dtype.type((segment_ids == s).sum()))"), GRAD_CASES),
        ..GRAD
    },
    Entry {
        name: "SparseSegmentSumGradV2",
        doc: "The gradient of SparseSegmentSum for the rows that were chosen, and which these are, in rising order. `dense_output_dim0` \
              is the number of all rows. InvalidArgument for indices and segments that do not exist.",
        test: Test::calls(spread_v2!("1"), GRAD_V2_CASES),
        ..GRAD_V2
    },
    Entry {
        name: "SparseSegmentMeanGradV2",
        doc: "The gradient of SparseSegmentMean for the rows that were chosen. Otherwise as SparseSegmentSumGradV2.",
        test: Test::calls(spread_v2!("(segment_ids == s).sum()"), GRAD_V2_CASES),
        ..GRAD_V2
    },
    Entry {
        name: "SparseSegmentSqrtNGradV2",
        doc: "The gradient of SparseSegmentSqrtN for the rows that were chosen. Otherwise as SparseSegmentSumGradV2.",
        test: Test::calls(spread_v2!("np.sqrt(grad.dtype.type((segment_ids == s).sum()))"), GRAD_V2_CASES),
        ..GRAD_V2
    },
];

/// Checks the vectors `indices` and `segment_ids`, inputs 1 and 2, at run time.
fn check_vectors(c: &Infer) -> Result<()> {
    let (indices, ids) = (c.shape(1), c.shape(2));
    if indices.rank() != Some(1) {
        bail!(InvalidArgument, "indices should be a vector.");
    }
    if ids.rank() != Some(1) {
        bail!(InvalidArgument, "segment_ids should be a vector.");
    }
    if indices != ids {
        bail!(InvalidArgument, "segment_ids and indices should have same size.");
    }
    if c.shape(0).rank() == Some(0) {
        bail!(InvalidArgument, "Shape must be at least rank 1");
    }
    Ok(())
}

/// The shape of rows like those of input 0, `n` of them.
fn rows(c: &Infer, n: Option<usize>) -> PartialShape {
    match c.shape(0).dims() {
        Some([_, row @ ..]) => PartialShape::new([&[n], row].concat()),
        _ => PartialShape::UNKNOWN,
    }
}

fn reduce(c: &mut Infer) -> Result<()> {
    let numbered = c.n_inputs() == 4;
    if c.at_run_time {
        if numbered && c.shape(3).rank() != Some(0) {
            bail!(InvalidArgument, "num_segments should be a scalar, not shape {}", c.shape(3));
        }
        check_vectors(c)?;
    } else {
        c.with_rank_at_least(0, 1)?;
        let indices = c.with_rank(1, 1)?;
        c.merge(&indices, &c.with_rank(2, 1)?)?;
    }
    let mut n = None;
    if numbered {
        c.with_rank(3, 0)?;
        n = match c.int(3) {
            Some(n) if n < 0 => {
                let kernel = "segment ids must be >= 0".to_string();
                let graph = "Cannot specify a negative value for num_segments".to_string();
                return Err(c.fail(ferroflow_tensor::Code::InvalidArgument, graph, kernel));
            }
            n => n.map(|n| n as usize),
        };
    }
    c.set(0, rows(c, n));
    Ok(())
}

/// Checks the operands of a gradient op; gives the number of all rows, if it is known.
fn check_grad(c: &Infer) -> Result<Option<usize>> {
    let size = &c.op.inputs[3].name;
    if c.at_run_time {
        check_vectors(c)?;
        if c.shape(3).rank() != Some(0) {
            bail!(InvalidArgument, "{size} should be a scalar.");
        }
    } else {
        c.with_rank_at_least(0, 1)?;
        let indices = c.with_rank(1, 1)?;
        c.merge(&c.with_rank(2, 1)?, &indices)?;
        c.with_rank(3, 0)?;
    }
    match c.int(3) {
        Some(n) if n < 0 && c.at_run_time => bail!(InvalidArgument, "Expected a non-negative size, got {n}"),
        n => Ok(n.and_then(|n| usize::try_from(n).ok())),
    }
}

fn reduce_grad(c: &mut Infer) -> Result<()> {
    let n = check_grad(c)?;
    if c.int(3).is_some_and(|n| n < 0) {
        bail!(InvalidArgument, "Cannot specify a negative value for output_dim0");
    }
    c.set(0, rows(c, n));
    Ok(())
}

fn reduce_grad_v2(c: &mut Infer) -> Result<()> {
    check_grad(c)?;
    c.set(0, rows(c, None));
    c.set(1, PartialShape::of_rank(1));
    Ok(())
}

/// The gradient for all rows of `data`, or for those that were chosen where the op asks for that.
fn gradient(b: &mut dyn Build, g: &Grad, all: &'static str, chosen: &'static str) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let shape = b.shape_of(g.x(0));
    let (zero, one) = (b.ints(&[0]), b.ints(&[1]));
    let n = b.call("StridedSlice", &[shape, zero, one, one], &[("shrink_axis_mask", 1i64.into())]);
    let operands = [dy, g.x(1), g.x(2), n];
    let nothing = g.inputs.len() - 1;
    if !g.attrs.bool("sparse_gradient")? {
        let dx = b.call(all, &operands, &[]);
        return some([Some(dx)].into_iter().chain(std::iter::repeat_n(None, nothing)));
    }
    let parts = b.outputs(chosen, &operands, &[]);
    let [values, indices] = parts[..] else { bail!(Internal, "{chosen} gives {} values", parts.len()) };
    let slices = GradValue::Slices { values, indices, dense_shape: Some(shape) };
    Ok([Some(slices)].into_iter().chain(std::iter::repeat_n(None, nothing)).collect())
}
