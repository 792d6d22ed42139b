//! Slices of tensors: by begin and size, and by begin, end and stride with all of TensorFlow's masks.
use super::MOVES;
use crate::attr::Attrs;
use crate::build::{Build, Grad, GradValue, Val, some};
use crate::def::{Entry, Gradient, ShapeRule, Test};
use crate::infer::{Infer, Partial};
use ferroflow_tensor::{DType, PartialShape, Result, bail, error};

/// The ops of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Slice",
        sig: "input: T, begin: Index, size: Index -> output: T",
        attrs: "T: type; Index: {int32, int64}",
        doc: "The block of `input` that starts at `begin` and has the sizes `size`, vectors with one number per axis; a size of -1 reaches to the end. Errors: InvalidArgument if the block leaves the input.",
        host: &["begin", "size"],
        shape: ShapeRule::Rule(slice),
        grad: Gradient::Rule(slice_grad, &["input", "begin", "output"]),
        gpu: MOVES,
        test: Test::calls(
            "input[tuple(slice(b, None if s == -1 else b + s) for b, s in zip(begin, size))]",
            &[
                "input=f(4,5), begin=c([1, 2], 'int32'), size=c([2, -1], 'int32')",
                "input=f(4,5), begin=c([4, 0], 'int64'), size=c([0, 5], 'int64')",
                "input=f(), begin=c([], 'int32'), size=c([], 'int32')",
                "input=f(2,1,3,1,2,1,1,2), begin=c([0,0,1,0,0,0,0,1], 'int32'), size=c([2,1,2,1,-1,1,1,1], 'int32')",
                "input=s('a', 'b', 'c'), begin=c([1], 'int32'), size=c([2], 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "StridedSlice",
        sig: "input: T, begin: Index, end: Index, strides: Index -> output: T",
        attrs: "T: type; Index: {int16, int32, int64}; begin_mask: int = 0; end_mask: int = 0; ellipsis_mask: int = 0; new_axis_mask: int = 0; shrink_axis_mask: int = 0",
        doc: "What Python's `input[begin:end:stride, ...]` means: the vectors `begin`, `end` and `strides` have one number per index. Bit i of `begin_mask` and `end_mask` leaves that bound open, of `ellipsis_mask` makes index i an ellipsis, of `new_axis_mask` a new axis of size 1, of `shrink_axis_mask` a single position whose axis vanishes. Errors: InvalidArgument for a stride of 0, too many indices, and single positions out of bounds.",
        host: &["begin", "end", "strides"],
        shape: ShapeRule::Rule(strided_slice),
        grad: Gradient::Rule(strided_slice_grad, &["input", "begin", "end", "strides"]),
        gpu: MOVES,
        test: Test::calls(
            "(lambda bits: input[tuple(Ellipsis if bits(ellipsis_mask, j) else None if bits(new_axis_mask, j) else int(begin[j]) if bits(shrink_axis_mask, j) else slice(None if bits(begin_mask, j) else int(begin[j]), None if bits(end_mask, j) else int(end[j]), int(strides[j])) for j in range(len(begin)))])(lambda mask, j: mask >> j & 1)",
            &[
                "input=f(4,5), begin=c([1, 4], 'int32'), end=c([4, 0], 'int32'), strides=c([2, -2], 'int32'), begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0",
                "input=f(4,5), begin=c([-3, 9], 'int64'), end=c([0, 0], 'int64'), strides=c([1, -1], 'int64'), begin_mask=2, end_mask=3, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0",
                "input=f(2,3,4), begin=c([0, 0, -1], 'int32'), end=c([0, 0, 0], 'int32'), strides=c([1, 1, 1], 'int32'), begin_mask=0, end_mask=0, ellipsis_mask=1, new_axis_mask=2, shrink_axis_mask=4",
                "input=f(0,3), begin=c([0], 'int32'), end=c([9], 'int32'), strides=c([1], 'int32'), begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0",
                "input=f(2,1,3,1,2,1,1,2), begin=c([1, 0, 0], 'int32'), end=c([2, 0, 1], 'int32'), strides=c([1, 1, 1], 'int32'), begin_mask=0, end_mask=0, ellipsis_mask=2, new_axis_mask=0, shrink_axis_mask=5",
                "input=f(), begin=c([0], 'int32'), end=c([0], 'int32'), strides=c([1], 'int32'), begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=1, shrink_axis_mask=0",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "StridedSliceGrad",
        sig: "shape: Index, begin: Index, end: Index, strides: Index, dy: T -> output: T",
        attrs: "T: type; Index: {int32, int64}; begin_mask: int = 0; end_mask: int = 0; ellipsis_mask: int = 0; new_axis_mask: int = 0; shrink_axis_mask: int = 0",
        doc: "Zeros of shape `shape` with `dy` written to what StridedSlice with the same indices reads. Errors: InvalidArgument as StridedSlice, and if `dy` has another shape than the slice.",
        host: &["shape", "begin", "end", "strides"],
        shape: ShapeRule::Rule(strided_slice_grad_shape),
        grad: Gradient::Rule(strided_slice_grad_grad, &["begin", "end", "strides"]),
        gpu: MOVES,
        test: Test::calls(
            "(lambda z: (z.__setitem__(tuple(slice(int(b), int(e), int(t)) for b, e, t in zip(begin, end, strides)), dy), z)[1])(np.zeros(shape, dy.dtype))",
            &[
                "shape=c([4, 5], 'int32'), begin=c([1, 0], 'int32'), end=c([4, 5], 'int32'), strides=c([2, 1], 'int32'), dy=f(2,5)",
                "shape=c([0], 'int64'), begin=c([0], 'int64'), end=c([0], 'int64'), strides=c([1], 'int64'), dy=f(0)",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "TensorStridedSliceUpdate",
        sig: "input: T, begin: Index, end: Index, strides: Index, value: T -> output: T",
        attrs: "T: type; Index: {int32, int64}; begin_mask: int = 0; end_mask: int = 0; ellipsis_mask: int = 0; new_axis_mask: int = 0; shrink_axis_mask: int = 0",
        doc: "The input with `value`, repeated to the shape of the slice, in place of what StridedSlice with the same indices reads. Errors: InvalidArgument as StridedSlice, and if `value` cannot be broadcast to the slice.",
        host: &["begin", "end", "strides"],
        shape: ShapeRule::Rule(strided_slice_update),
        grad: Gradient::Rule(strided_slice_update_grad, &["begin", "end", "strides", "value"]),
        gpu: MOVES,
        test: Test::calls(
            "(lambda z: (z.__setitem__(tuple(slice(int(b), int(e), int(t)) for b, e, t in zip(begin, end, strides)), value), z)[1])(input.copy())",
            &[
                "input=f(4,5), begin=c([1, 0], 'int32'), end=c([4, 5], 'int32'), strides=c([2, 1], 'int32'), value=f(2,5)",
                "input=f(4,5), begin=c([1, 3], 'int64'), end=c([3, 0], 'int64'), strides=c([1, -2], 'int64'), value=f(2)",
                "input=f(4,5), begin=c([1], 'int32'), end=c([3], 'int32'), strides=c([1], 'int32'), value=f()",
                "input=f(0,3), begin=c([0], 'int32'), end=c([0], 'int32'), strides=c([1], 'int32'), value=f(3)",
                "input=f(2,1,3,1,2,1,1,2), begin=c([0,0,1], 'int32'), end=c([2,1,3], 'int32'), strides=c([1,1,1], 'int32'), value=f(2,1,1,1)",
                "input=s('a', 'b', 'c'), begin=c([1], 'int32'), end=c([3], 'int32'), strides=c([1], 'int32'), value=s('x', 'y')",
            ],
        ),
        ..Entry::NEW
    },
];

fn slice(c: &mut Infer) -> Result<()> {
    let (begin, size) = (c.shape(1), c.shape(2));
    if c.at_run_time {
        let rank = c.shape(0).rank().unwrap_or(0);
        if begin.known().is_none_or(|s| s.dims() != [rank]) || size.known().is_none_or(|s| s.dims() != [rank]) {
            bail!(
                InvalidArgument,
                "Expected begin and size arguments to be 1-D tensors of size {rank}, but got shapes {begin} and {size} instead."
            );
        }
    } else {
        c.with_rank(1, 1)?;
        c.with_rank(2, 1)?;
        let both = c.merge(begin, size)?;
        if let Some(n) = both.dim(0) {
            c.with_rank(0, n)
                .map_err(|_| error!(InvalidArgument, "Shape must be rank {n} but is rank {}", c.shape(0).rank().unwrap_or(0)))?;
        }
    }
    let rank = c.shape(0).rank().or(begin.dim(0)).or(size.dim(0));
    let Some(rank) = rank else { return Ok(()) };
    let unknown = || vec![None; rank];
    let (b, s) = (c.ints(1).unwrap_or_else(unknown), c.ints(2).unwrap_or_else(unknown));
    let mut out = vec![];
    for i in 0..rank {
        let dim = c.shape(0).dim(i);
        out.push(match (b[i], s[i], dim) {
            (Some(b), Some(s), Some(d)) if c.at_run_time => Some(slice_size(i, b, s, d)?),
            (_, Some(s), _) if s < -1 => bail!(InvalidArgument, "Invalid value in tensor used for shape: {s}"),
            (_, Some(s @ 0..), _) => Some(s as usize),
            (Some(b), Some(-1), Some(d)) if b >= 0 && b as usize <= d => Some(d - b as usize),
            _ => None,
        });
    }
    if let (1, Some(v)) = (rank, c.ints(0))
        && let (Some(b), Some(n)) = (b[0], out[0])
        && let Some(part) = usize::try_from(b).ok().and_then(|b| v.get(b..b.checked_add(n)?))
    {
        c.set_value(0, Some(Partial::Ints(part.to_vec(), false)));
    }
    c.set(0, PartialShape::new(out));
    c.set_handle(0, c.input(0).handle.clone());
    Ok(())
}

/// The size of a slice along axis `i`, of `dim` elements. InvalidArgument if it leaves the axis.
pub fn slice_size(i: usize, begin: i64, size: i64, dim: usize) -> Result<usize> {
    if begin < 0 || begin as u64 > dim as u64 {
        return Err(error!(InvalidArgument, "Expected begin[{i}] in [0, {dim}], but got {begin}").axis(i.to_string()));
    }
    let left = dim - begin as usize;
    match size {
        -1 => Ok(left),
        0.. if size as u64 <= left as u64 => Ok(size as usize),
        _ => Err(error!(InvalidArgument, "Expected size[{i}] in [0, {left}], but got {size}").axis(i.to_string())),
    }
}

fn slice_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let index = b.dtype(g.x(1));
    let sizes = |b: &mut dyn Build, v: Val| {
        let s = b.shape_of(v);
        b.cast(s, index)
    };
    let (all, part) = (sizes(b, g.x(0)), sizes(b, g.y(0)));
    let before = g.x(1);
    let rest = b.sub(all, before);
    let after = b.sub(rest, part);
    let paddings = b.pack(&[before, after], 1);
    some([Some(b.call("Pad", &[dy, paddings], &[])), None, None])
}

/// The masks of a strided slice; bit i belongs to index i.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Masks {
    /// Begins that are left open.
    pub begin: i64,
    /// Ends that are left open.
    pub end: i64,
    /// The ellipsis.
    pub ellipsis: i64,
    /// New axes of size 1.
    pub new_axis: i64,
    /// Single positions, whose axes vanish.
    pub shrink: i64,
}

impl Masks {
    /// Those of an op's attributes. InvalidArgument if one is missing.
    pub fn of(attrs: &Attrs) -> Result<Masks> {
        Ok(Masks {
            begin: attrs.int("begin_mask")?,
            end: attrs.int("end_mask")?,
            ellipsis: attrs.int("ellipsis_mask")?,
            new_axis: attrs.int("new_axis_mask")?,
            shrink: attrs.int("shrink_axis_mask")?,
        })
    }
}

fn bit(mask: i64, i: usize) -> bool {
    i < 64 && mask >> i & 1 == 1
}

/// A strided slice worked out for the axes of its input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StridedSpec {
    /// First position along each input axis; 0 where it is not known.
    pub begin: Vec<i64>,
    /// Step along each input axis.
    pub strides: Vec<i64>,
    /// Number of positions along each input axis.
    pub sizes: Vec<Option<usize>>,
    /// The shape of the result: sizes with new axes, without shrunken ones.
    pub shape: Vec<Option<usize>>,
}

/// One index, as it applies to an axis of the input.
struct Index {
    begin: Option<i64>,
    end: Option<i64>,
    stride: i64,
    open_begin: bool,
    open_end: bool,
    shrink: bool,
}

/// Works a strided slice out for an input of sizes `dims`; unknown sizes and bounds leave sizes of the result unknown.
/// InvalidArgument in TensorFlow's words for faulty indices.
///
/// ```
/// use ferroflow_ops::ops::array::slicing::{Masks, strided_spec};
/// let s = strided_spec(&[Some(4), None], &[Some(1)], &[Some(-1)], &[2], &Masks::default())?;
/// assert_eq!(s.shape, [Some(1), None]);
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub fn strided_spec(
    dims: &[Option<usize>],
    begin: &[Option<i64>],
    end: &[Option<i64>],
    strides: &[i64],
    masks: &Masks,
) -> Result<StridedSpec> {
    let n = begin.len();
    if end.len() != n || strides.len() != n {
        let (e, s) = (end.len(), strides.len());
        bail!(
            InvalidArgument,
            "Expected begin, end, and strides to be 1D equal size tensors, but got shapes [{n}], [{e}], and [{s}] instead."
        );
    }
    let ellipses = (0..n).filter(|i| bit(masks.ellipsis, *i)).count();
    if ellipses > 1 {
        bail!(InvalidArgument, "Multiple ellipses in slice spec not allowed");
    }
    let taken = (0..n).filter(|i| !bit(masks.ellipsis, *i) && !bit(masks.new_axis, *i)).count();
    if taken > dims.len() {
        if dims.is_empty() {
            bail!(InvalidArgument, "Attempting to slice scalar input.");
        }
        bail!(InvalidArgument, "Index out of range using input dim {0}; input has only {0} dims", dims.len());
    }
    let mut spec = StridedSpec::default();
    let all = Index { begin: None, end: None, stride: 1, open_begin: true, open_end: true, shrink: false };
    for i in 0..n {
        if bit(masks.ellipsis, i) {
            for _ in taken..dims.len() {
                add_axis(&mut spec, dims, &all)?;
            }
        } else if bit(masks.new_axis, i) {
            spec.shape.push(Some(1));
        } else {
            if strides[i] == 0 {
                bail!(InvalidArgument, "strides[{i}] must be non-zero");
            }
            let (open_begin, open_end) = (bit(masks.begin, i), bit(masks.end, i));
            let index = Index { begin: begin[i], end: end[i], stride: strides[i], open_begin, open_end, shrink: bit(masks.shrink, i) };
            add_axis(&mut spec, dims, &index)?;
        }
    }
    while spec.sizes.len() < dims.len() {
        add_axis(&mut spec, dims, &all)?;
    }
    Ok(spec)
}

fn add_axis(spec: &mut StridedSpec, dims: &[Option<usize>], index: &Index) -> Result<()> {
    let axis = spec.sizes.len();
    let dim = dims.get(axis).copied().flatten();
    if index.shrink && index.stride <= 0 {
        bail!(InvalidArgument, "only stride 1 allowed on non-range indexing.");
    }
    let (begin, size) = match (index.shrink, dim.map(|d| d as i64)) {
        (true, Some(d)) => match index.begin {
            Some(b) => {
                let at = if b < 0 { b.saturating_add(d) } else { b };
                if at < 0 || at >= d {
                    return Err(error!(InvalidArgument, "slice index {at} of dimension {axis} out of bounds.").axis(axis.to_string()));
                }
                (at, Some(1))
            }
            None => (0, Some(1)),
        },
        (true, None) => (0, Some(1)),
        (false, None) => (0, None),
        (false, Some(d)) => range_of(index, d),
    };
    spec.begin.push(begin);
    spec.strides.push(index.stride);
    spec.sizes.push(size);
    if !index.shrink {
        spec.shape.push(size);
    }
    Ok(())
}

/// Begin and number of positions of an index that is a range, on an axis of `dim` positions.
fn range_of(index: &Index, dim: i64) -> (i64, Option<usize>) {
    let up = index.stride > 0;
    let (low, high) = if up { (0, dim) } else { (-1, dim - 1) };
    let bound = |x: i64| (if x < 0 { x.saturating_add(dim) } else { x }).clamp(low, high);
    let begin = if index.open_begin { Some(if up { low } else { high }) } else { index.begin.map(bound) };
    let end = if index.open_end { Some(if up { high } else { low }) } else { index.end.map(bound) };
    let (Some(b), Some(e)) = (begin, end) else { return (0, None) };
    let span = if up { e - b } else { b - e };
    let size = if span <= 0 { 0 } else { (span as u64).div_ceil(index.stride.unsigned_abs()) as usize };
    (b, Some(size))
}

/// Checks that begin, end and strides (inputs `at`, `at + 1`, `at + 2`) are vectors of one length.
fn check_indices(c: &Infer, at: usize) -> Result<Option<usize>> {
    let (b, e, s) = (c.shape(at), c.shape(at + 1), c.shape(at + 2));
    if c.at_run_time && (b.rank() != Some(1) || b != e || b != s) {
        bail!(InvalidArgument, "Expected begin, end, and strides to be 1D equal size tensors, but got shapes {b}, {e}, and {s} instead.");
    }
    let first = c.with_rank(at, 1)?;
    let both = c.merge(&first, &c.with_rank(at + 1, 1)?)?;
    Ok(c.merge(&both, &c.with_rank(at + 2, 1)?)?.dim(0))
}

fn strided_slice(c: &mut Infer) -> Result<()> {
    let n = check_indices(c, 1)?;
    let (Some(dims), Some(n), Some(strides)) = (c.shape(0).dims(), n, c.known_ints(3)) else { return Ok(()) };
    let unknown = || vec![None; n];
    let (begin, end) = (c.ints(1).unwrap_or_else(unknown), c.ints(2).unwrap_or_else(unknown));
    let spec = strided_spec(dims, &begin, &end, &strides, &Masks::of(c.attrs)?)?;
    c.set_value(0, sliced_value(c, &spec, &begin));
    c.set(0, PartialShape::new(spec.shape));
    c.set_handle(0, c.input(0).handle.clone());
    Ok(())
}

/// What a slice of a partly known vector is known to hold.
fn sliced_value(c: &Infer, spec: &StridedSpec, begin: &[Option<i64>]) -> Option<Partial> {
    let v = c.ints(0)?;
    if c.shape(0).rank() != Some(1) || spec.shape.len() > 1 || begin.contains(&None) {
        return None;
    }
    let n = spec.sizes.first().copied().flatten()?;
    let at = |i: usize| usize::try_from(spec.begin[0] + i as i64 * spec.strides[0]).ok().and_then(|i| v.get(i).copied());
    Some(Partial::Ints((0..n).map(at).collect::<Option<Vec<_>>>()?, spec.shape.is_empty()))
}

fn strided_slice_grad_shape(c: &mut Infer) -> Result<()> {
    let n = check_indices(c, 1)?;
    let shape = c.shape_operand(0)?;
    if let (true, Some(dims), Some(_), Some(b), Some(e), Some(s)) = (c.at_run_time, shape.dims(), n, c.ints(1), c.ints(2), c.known_ints(3))
    {
        let spec = strided_spec(dims, &b, &e, &s, &Masks::of(c.attrs)?)?;
        let want = PartialShape::new(spec.shape);
        if &want != c.shape(4) {
            bail!(InvalidArgument, "shape of dy was {} instead of {want}", c.shape(4));
        }
    }
    c.set(0, shape);
    Ok(())
}

/// The mask attributes of the op that is differentiated.
fn masks_of(attrs: &Attrs) -> Result<Vec<(&'static str, crate::Attr)>> {
    let names = ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"];
    names.into_iter().map(|n| Ok((n, attrs.int(n)?.into()))).collect()
}

fn strided_slice_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let index = if b.dtype(g.x(1)) == DType::Int64 { DType::Int64 } else { DType::Int32 };
    let shape = b.shape_of(g.x(0));
    let operands: Vec<Val> = [shape, g.x(1), g.x(2), g.x(3)].into_iter().map(|v| b.cast(v, index)).chain([dy]).collect();
    let dx = b.call("StridedSliceGrad", &operands, &masks_of(g.attrs)?);
    some([Some(dx), None, None, None])
}

fn strided_slice_grad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let d = b.call("StridedSlice", &[dy, g.x(1), g.x(2), g.x(3)], &masks_of(g.attrs)?);
    some([None, None, None, None, Some(d)])
}

fn strided_slice_update(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        check_indices(c, 1)?;
    }
    c.set(0, c.shape(0).clone());
    c.set_handle(0, c.input(0).handle.clone());
    Ok(())
}

/// What was replaced has no gradient; each element of the value receives the sum over the places that it went to.
fn strided_slice_update_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dy, value) = (g.dy(b, 0), g.x(4));
    let masks = masks_of(g.attrs)?;
    let zeros = b.zeros_like(value);
    let dx = b.call("TensorStridedSliceUpdate", &[dy, g.x(1), g.x(2), g.x(3), zeros], &masks);
    let part = b.call("StridedSlice", &[dy, g.x(1), g.x(2), g.x(3)], &masks);
    let sum = b.unbroadcast(part, value, part);
    let shape = b.shape_of(value);
    let dvalue = b.reshape(sum, shape);
    some([Some(dx), None, None, None, Some(dvalue)])
}
