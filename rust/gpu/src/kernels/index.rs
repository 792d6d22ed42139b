//! Kernels that gather and scatter by index. What is added to a place is added in the order of the updates, as on the host, so
//! results have the same bits each time: an invocation has the updates of one place of the result.
use super::joining::first;
use super::order::Order;
use super::spread::{broadcast, strides};
use crate::frames::{combined, fit, limit};
use crate::memory::{NUMBERS, STORED};
use crate::shader::{Shader, Spread};
use ferroflow_ops::ops::array::gather::{GatherDims, gather_dims};
use ferroflow_ops::ops::array::slicing::{Masks, strided_spec};
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};

/// The dtypes of indices.
pub const INDICES: &[DType] = &[DType::Int32, DType::Int64];
const POSITIONS: &[DType] = &[DType::Int32, DType::Int64, DType::UInt8, DType::Int8];
/// Estimated time on the host, in nanoseconds.
const NS: f32 = 2000.0;

const fn kernel(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("GatherV2", &[("Tparams", STORED), ("Tindices", INDICES)], |p| Ok(Prepared::with(gather, NS, p.attrs.int("batch_dims")?))),
    kernel("GatherNd", &[("Tparams", STORED), ("Tindices", INDICES)], |_| Ok(Prepared::new(gather_nd, NS))),
    kernel("OneHot", &[("T", STORED), ("TI", POSITIONS)], |p| Ok(Prepared::with(one_hot, NS, p.attrs.int("axis")?))),
    kernel("ScatterNd", &[("T", NUMBERS), ("Tindices", INDICES)], |p| scatter(p, Combine::Add)),
    kernel("TensorScatterUpdate", &[("T", STORED), ("Tindices", INDICES)], |p| scatter(p, Combine::Replace)),
    kernel("TensorScatterAdd", &[("T", NUMBERS), ("Tindices", INDICES)], |p| scatter(p, Combine::Add)),
    kernel("ScatterNdNonAliasingAdd", &[("T", NUMBERS), ("Tindices", INDICES)], |p| scatter(p, Combine::Add)),
    kernel("TensorScatterMax", &[("T", NUMBERS), ("Tindices", INDICES)], |p| scatter(p, Combine::Larger)),
    kernel("TensorScatterMin", &[("T", NUMBERS), ("Tindices", INDICES)], |p| scatter(p, Combine::Smaller)),
    kernel("TensorScatterSub", &[("T", NUMBERS), ("Tindices", INDICES)], |p| scatter(p, Combine::Subtract)),
    kernel("UnsortedSegmentSum", &[("T", NUMBERS), ("Tindices", INDICES)], |p| segments(p, Combine::Add)),
    kernel("UnsortedSegmentProd", &[("T", NUMBERS), ("Tindices", INDICES)], |p| segments(p, Combine::Multiply)),
    kernel("UnsortedSegmentMax", &[("T", NUMBERS), ("Tindices", INDICES)], |p| segments(p, Combine::NotSmaller)),
    kernel("UnsortedSegmentMin", &[("T", NUMBERS), ("Tindices", INDICES)], |p| segments(p, Combine::NotLarger)),
    kernel("StridedSliceGrad", &[("T", STORED)], |p| Ok(Prepared::with(slice_gradient, NS, Masks::of(p.attrs)?))),
    kernel("TensorStridedSliceUpdate", &[("T", STORED)], |p| Ok(Prepared::with(slice_update, NS, Masks::of(p.attrs)?))),
];

/// The whole numbers of an operand that may lie on the device.
pub fn integers(call: &Call, i: usize) -> Result<Vec<i64>> {
    call.input(i).to_host()?.to_i64()
}

fn gather(p: &Prepared, call: &mut Call) -> Result<()> {
    let (params, indices) = (call.input(0), call.input(1));
    let (dims, _) = gather_dims(params.shape(), indices.shape(), first(call, 2)?, *p.plan::<i64>()?)?;
    gather_rows(dims, params, indices, &call.outs[0])
}

/// Rows by index. What is out of range gives 0, as on TensorFlow's GPUs.
pub fn gather_rows(dims: GatherDims, params: &Tensor, indices: &Tensor, out: &Tensor) -> Result<()> {
    let shader = Shader {
        name: "GatherV2",
        results: vec![out],
        operands: vec![params, indices],
        numbers: vec![("outer", dims.outer), ("axis", dims.axis), ("inner", dims.inner), ("taken", dims.taken)],
        list: vec![],
        spread: Spread::Each(out.count()),
    };
    let body = "
    let place = i / $inner;
    let block = place / $taken;
    let taken_at = index1(block / $outer * $taken + place % $taken);
    if (taken_at < 0 || taken_at >= i32($axis)) {
        put0(i, R0());
    } else {
        put0(i, x0((block * $axis + u32(taken_at)) * $inner + i % $inner));
    }
";
    shader.run(|| (String::new(), body.into()))
}

/// A function from the number of an update to the slice that its vector of operand `operand` names; the largest number if that
/// is out of range. `$depth` is the length of vectors, `$list` has size and stride of each axis.
pub fn place(operand: usize) -> String {
    format!(
        "
fn place(update: u32) -> u32 {{
    var at = 0u;
    for (var d = 0u; d < $depth; d = d + 1u) {{
        let n = index{operand}(update * $depth + d);
        if (n < 0 || n >= i32(p[$list + d * 2u])) {{ return 4294967295u; }}
        at = at + u32(n) * p[$list + d * 2u + 1u];
    }}
    return at;
}}
"
    )
}

/// The length of vectors, their number, sizes and strides in slices, and the elements of a slice.
pub struct Vectors {
    /// Length of a vector.
    pub depth: usize,
    /// How many there are.
    pub count: usize,
    /// Size and stride of each axis that they count along.
    pub list: Vec<u32>,
    /// Elements of a slice.
    pub slice: usize,
}

impl Vectors {
    /// Vectors along the last axis of `indices` into a tensor of this shape.
    pub fn of(indices: &Shape, shape: &Shape) -> Result<Vectors> {
        let Some((&depth, outer)) = indices.split_last() else { bail!(Internal, "indices without axes") };
        let Some((front, rest)) = shape.split_at_checked(depth) else { bail!(Internal, "index vectors of {depth} into {shape}") };
        let list = front.iter().zip(strides(front)).flat_map(|(n, s)| [*n as u32, s as u32]).collect();
        Ok(Vectors { depth, count: outer.iter().product(), list, slice: rest.iter().product() })
    }
}

fn gather_nd(_: &Prepared, call: &mut Call) -> Result<()> {
    gather_vectors(call.input(0), call.input(1), &call.outs[0])
}

/// Slices by vectors of indices. What is out of range gives 0.
pub fn gather_vectors(params: &Tensor, indices: &Tensor, out: &Tensor) -> Result<()> {
    let v = Vectors::of(indices.shape(), params.shape())?;
    let shader = Shader {
        name: "GatherNd",
        results: vec![out],
        operands: vec![params, indices],
        numbers: vec![("depth", v.depth), ("slice", v.slice)],
        list: v.list,
        spread: Spread::Each(out.count()),
    };
    let body = "
    let at = place(i / $slice);
    if (at == 4294967295u) { put0(i, R0()); } else { put0(i, x0(at * $slice + i % $slice)); }
";
    shader.run(|| (place(1), body.into()))
}

fn one_hot(p: &Prepared, call: &mut Call) -> Result<()> {
    let (indices, out, axis) = (call.input(0), &call.outs[0], *p.plan::<i64>()?);
    let rank = indices.shape().rank();
    let axis = if axis < 0 { rank } else { axis as usize };
    let suffix: usize = indices.shape()[axis..].iter().product();
    let shader = Shader {
        name: "OneHot",
        results: vec![out],
        operands: vec![indices, call.input(2), call.input(3)],
        numbers: vec![("suffix", suffix), ("depth", out.shape()[axis])],
        list: vec![],
        spread: Spread::Each(out.count()),
    };
    let body = "
    let block = i / $suffix;
    let hot = index0(block / $depth * $suffix + i % $suffix) == i32(block % $depth);
    if (hot) { put0(i, x1(0u)); } else { put0(i, x2(0u)); }
";
    shader.run(|| (String::new(), body.into()))
}

/// What becomes of a place when an update comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    /// It is added.
    Add,
    /// It is subtracted.
    Subtract,
    /// It multiplies.
    Multiply,
    /// It divides.
    Divide,
    /// It takes the place.
    Replace,
    /// It takes the place if it is larger.
    Larger,
    /// It takes the place if it is smaller.
    Smaller,
    /// It takes the place unless it is smaller, so that NaN comes and goes.
    NotSmaller,
    /// It takes the place unless it is larger.
    NotLarger,
}

/// One as a shader writes it.
pub fn one(dtype: DType) -> &'static str {
    match dtype {
        DType::Int64 | DType::UInt64 => "vec2<u32>(1u, 0u)",
        _ => "R0(1)",
    }
}

/// What a result of updates starts with.
#[derive(Clone, Copy)]
pub enum Start<'a> {
    /// What leaves an update as it is.
    Nothing,
    /// Another tensor.
    Copy(&'a Tensor),
    /// What it holds.
    InPlace,
}

impl Combine {
    /// What `old` and `fresh` give, as the dtype can hold it.
    pub fn text(self, dtype: DType) -> String {
        let two = |sign| combined(dtype, "old", sign, "fresh");
        let fitting = |sign| fit(dtype, &two(sign));
        match self {
            Combine::Add => fitting("+"),
            Combine::Subtract => fitting("-"),
            Combine::Multiply => fitting("*"),
            Combine::Divide => fitting("/"),
            Combine::Replace => "fresh".into(),
            Combine::Larger => format!("select(old, fresh, {})", two("<")),
            Combine::Smaller => format!("select(old, fresh, {})", two(">")),
            Combine::NotSmaller => format!("select(fresh, old, {})", two(">")),
            Combine::NotLarger => format!("select(fresh, old, {})", two("<")),
        }
    }
    /// What it starts with.
    fn start(self, dtype: DType) -> String {
        match self {
            Combine::Multiply => one(dtype).into(),
            Combine::Larger | Combine::NotSmaller => limit(dtype, false),
            Combine::Smaller | Combine::NotLarger => limit(dtype, true),
            _ => "R0()".into(),
        }
    }
}

/// Combines updates, or one number, with the places of a result that vectors of indices name.
pub fn combine(device: &dyn Device, how: Combine, out: &Tensor, old: Start, indices: &Tensor, updates: &Tensor, v: Vectors) -> Result<()> {
    let dtype = out.dtype();
    let fill = |name: &str, operands: Vec<&Tensor>, value: &str| {
        let spread = Spread::Each(out.count());
        let shader = Shader { name, results: vec![out], operands, numbers: vec![], list: vec![], spread };
        shader.run(|| (String::new(), format!("    put0(i, {value});\n")))
    };
    match old {
        Start::Nothing => fill(&format!("start of {how:?}"), vec![], &how.start(dtype))?,
        Start::Copy(from) => fill("copy", vec![from], "x0(i)")?,
        Start::InPlace => {}
    }
    if v.count == 0 || out.count() == 0 {
        return Ok(());
    }
    let (order, one) = (Order::of(device, indices, &v)?, usize::from(updates.shape().is_empty()));
    let name = format!("scatter {how:?}");
    for part in order.parts(v.slice) {
        let shader = Shader {
            name: &name,
            results: vec![out],
            operands: vec![&order.places, &order.numbers, updates],
            numbers: vec![("slice", v.slice), ("from", part.start), ("until", part.end), ("one", one)],
            list: vec![],
            spread: Spread::Each(part.len() * v.slice),
        };
        shader.run(|| {
            let body = format!(
                "
    let first = $from + i / $slice;
    let column = i % $slice;
    let line = x0(first);
    if (line == 4294967295u) {{ return; }}
    if (first > $from) {{
        if (x0(first - 1u) == line) {{ return; }}
    }}
    let at = line * $slice + column;
    var old = old0(at);
    for (var u = first; u < $until; u = u + 1u) {{
        if (x0(u) != line) {{ break; }}
        let fresh = x2(select(x1(u) * $slice + column, 0u, $one == 1u));
        old = {};
    }}
    put0(at, old);
",
                how.text(dtype)
            );
            (String::new(), body)
        })?;
    }
    Ok(())
}

fn scatter(p: &Prep, how: Combine) -> Result<Prepared> {
    let run: fn(&Prepared, &mut Call) -> Result<()> = match p.op.name {
        "ScatterNd" => |p, call| {
            let (indices, updates, out) = (call.input(0), call.input(1), &call.outs[0]);
            combine(call.run.device, *p.plan()?, out, Start::Nothing, indices, updates, Vectors::of(indices.shape(), out.shape())?)
        },
        _ => |p, call| {
            let (old, indices, updates, out) = (call.input(0), call.input(1), call.input(2), &call.outs[0]);
            combine(call.run.device, *p.plan()?, out, Start::Copy(old), indices, updates, Vectors::of(indices.shape(), out.shape())?)
        },
    };
    Ok(Prepared::with(run, NS, how))
}

fn segments(_: &Prep, how: Combine) -> Result<Prepared> {
    let run = |p: &Prepared, call: &mut Call| {
        let (data, ids, out) = (call.input(0), call.input(1), &call.outs[0]);
        let slice = out.shape()[1..].iter().product();
        let v = Vectors { depth: 1, count: ids.count(), list: vec![out.shape()[0] as u32, 1], slice };
        combine(call.run.device, *p.plan()?, out, Start::Nothing, ids, data, v)
    };
    Ok(Prepared::with(run, NS, how))
}

fn slice_gradient(p: &Prepared, call: &mut Call) -> Result<()> {
    let (dy, out) = (call.input(4), &call.outs[0]);
    let zeros =
        Shader { name: "zeros", results: vec![out], operands: vec![], numbers: vec![], list: vec![], spread: Spread::Each(out.count()) };
    zeros.run(|| (String::new(), "    put0(i, R0());\n".into()))?;
    write_slice(p, call, dy, out, false)
}

fn slice_update(p: &Prepared, call: &mut Call) -> Result<()> {
    let (old, out) = (call.input(0), &call.outs[0]);
    let copy =
        Shader { name: "copy", results: vec![out], operands: vec![old], numbers: vec![], list: vec![], spread: Spread::Each(out.count()) };
    copy.run(|| (String::new(), "    put0(i, x0(i));\n".into()))?;
    write_slice(p, call, call.input(4), out, true)
}

/// Writes a tensor to the slice of another that operands 1 to 3 name; whether it is repeated where its axes have size 1.
fn write_slice(p: &Prepared, call: &Call, from: &Tensor, out: &Tensor, repeats: bool) -> Result<()> {
    let dims: Vec<Option<usize>> = out.shape().iter().map(|d| Some(*d)).collect();
    let some = |i: usize| -> Result<Vec<Option<i64>>> { Ok(integers(call, i)?.into_iter().map(Some).collect()) };
    let spec = strided_spec(&dims, &some(1)?, &some(2)?, &integers(call, 3)?, p.plan::<Masks>()?)?;
    let own = strides(out.shape());
    let start = spec.begin.iter().zip(&own).fold(0usize, |sum, (b, s)| sum.wrapping_add((*b as usize).wrapping_mul(*s)));
    let shape: Shape = spec.shape.iter().flatten().copied().collect();
    if !repeats && *from.shape() != shape {
        bail!(InvalidArgument, "shape of dy was {} instead of {shape}", from.shape());
    }
    if shape.contains(&0) {
        return Ok(());
    }
    let extra = from.shape().rank().saturating_sub(shape.rank());
    let given: Shape = from.shape()[from.shape()[..extra].iter().take_while(|n| **n == 1).count()..].iter().copied().collect();
    let fits = given.rank() <= shape.rank() && given.iter().rev().zip(shape.iter().rev()).all(|(n, m)| n == m || *n == 1);
    if !fits {
        bail!(InvalidArgument, "Cannot broadcast input shape {} into final shape {shape}", from.shape());
    }
    // New axes and shrunken ones have size 1: the others are the same in the slice and in what it is of.
    let repeated = broadcast(&given, &shape);
    let steps = shape.iter().zip(repeated).filter(|(n, _)| **n != 1).map(|(_, step)| step);
    let axes = spec.sizes.iter().flatten().zip(&spec.strides).zip(&own).filter(|((n, _), _)| **n != 1);
    let list: Vec<u32> =
        axes.zip(steps).flat_map(|(((n, by), s), step)| [*n, (*by as usize).wrapping_mul(*s), step].map(|n| n as u32)).collect();
    let shader = Shader {
        name: "slice",
        results: vec![out],
        operands: vec![from],
        numbers: vec![("rank", list.len() / 3), ("start", start)],
        list,
        spread: Spread::Each(shape.count()),
    };
    let body = "
    var rest = i;
    var at = $start;
    var read = 0u;
    for (var d = $rank; d > 0u; d = d - 1u) {
        let axis = $list + (d - 1u) * 3u;
        let k = rest % p[axis];
        at = at + k * p[axis + 1u];
        read = read + k * p[axis + 2u];
        rest = rest / p[axis];
    }
    put0(at, x0(read));
";
    shader.run(|| (String::new(), body.into()))
}
