//! Kernels of reductions of runs of rows, and of chosen rows. Where runs begin is found on the host, which has to know the ids for the
//! size of the result and for errors; each element of the result is then added up by one invocation, in the host's order.
use super::index::{Combine, INDICES, integers};
use crate::frames::{combined, quotient};
use crate::memory::{NUMBERS, between};
use crate::opened::ROUNDS;
use crate::shader::{Shader, Spread};
use ferroflow_ops::ops::segment::sorted_segments;
use ferroflow_ops::ops::segment::sparse::{check_chosen, count_segments, spread_places};
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Tensor, bail};

const FLOATS: &[DType] = &[DType::Float, DType::Half, DType::BFloat16, DType::Double];
type Types = &'static [(&'static str, &'static [DType])];
const SORTED: Types = &[("T", NUMBERS), ("Tindices", INDICES)];
const SUMS: Types = &[("T", NUMBERS), ("Tidx", INDICES), ("Tsegmentids", INDICES)];
const MEANS: Types = &[("T", FLOATS), ("Tidx", INDICES), ("Tsegmentids", INDICES)];
/// Estimated time on the host, in nanoseconds.
const NS: f32 = 2000.0;

const fn kernel(op: &'static str, types: Types, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Kernel, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("SegmentSum", SORTED, |_| Ok(Prepared::with(sorted, NS, (Combine::Add, false)))),
    kernel("SegmentMean", SORTED, |_| Ok(Prepared::with(sorted, NS, (Combine::Add, true)))),
    kernel("SegmentProd", SORTED, |_| Ok(Prepared::with(sorted, NS, (Combine::Multiply, false)))),
    kernel("SegmentMax", SORTED, |_| Ok(Prepared::with(sorted, NS, (Combine::NotSmaller, false)))),
    kernel("SegmentMin", SORTED, |_| Ok(Prepared::with(sorted, NS, (Combine::NotLarger, false)))),
    kernel("SparseSegmentSum", SUMS, |_| Ok(Prepared::with(chosen, NS, Divisor::One))),
    kernel("SparseSegmentSumWithNumSegments", SUMS, |_| Ok(Prepared::with(chosen, NS, Divisor::One))),
    kernel("SparseSegmentMean", MEANS, |_| Ok(Prepared::with(chosen, NS, Divisor::Count))),
    kernel("SparseSegmentMeanWithNumSegments", MEANS, |_| Ok(Prepared::with(chosen, NS, Divisor::Count))),
    kernel("SparseSegmentSqrtN", MEANS, |_| Ok(Prepared::with(chosen, NS, Divisor::Root))),
    kernel("SparseSegmentSqrtNWithNumSegments", MEANS, |_| Ok(Prepared::with(chosen, NS, Divisor::Root))),
    kernel("SparseSegmentSumGrad", MEANS, |_| Ok(Prepared::with(gradient, NS, Divisor::One))),
    kernel("SparseSegmentMeanGrad", MEANS, |_| Ok(Prepared::with(gradient, NS, Divisor::Count))),
    kernel("SparseSegmentSqrtNGrad", MEANS, |_| Ok(Prepared::with(gradient, NS, Divisor::Root))),
];

/// What the sum of `n` rows is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Divisor {
    One,
    Count,
    Root,
}

impl Divisor {
    /// `sum` divided, where `n` is the number of rows.
    fn divided(self, dtype: DType, sum: &str, n: &str) -> String {
        match self {
            Divisor::One => sum.into(),
            Divisor::Count => quotient(dtype, sum, n),
            Divisor::Root if dtype == DType::Double => format!("{sum} / sqrt(f64({n}))"),
            Divisor::Root => format!("{sum} / sqrt(f32({n}))"),
        }
    }
}

/// Numbers in the memory of a device.
fn numbers(device: &dyn Device, numbers: &[u32]) -> Result<Tensor> {
    device.to_device(&Tensor::from_slice(numbers, [numbers.len()])?)
}

/// Where each of `segments` begins among ids that do not descend, and the end.
fn starts(ids: &[i64], segments: usize) -> Vec<u32> {
    let mut starts = vec![0u32; segments + 1];
    ids.iter().for_each(|id| starts[*id as usize + 1] += 1);
    for s in 1..starts.len() {
        starts[s] += starts[s - 1];
    }
    starts
}

/// A tensor for rows like those of operand 0, and the length of a row.
fn result(call: &Call, rows: usize) -> Result<(Tensor, usize)> {
    let mut shape = call.input(0).shape().clone();
    shape.dims_mut()[0] = rows;
    Ok((call.run.device.allocate(call.input(0).dtype(), &shape)?, shape[1..].iter().product()))
}

/// The longest segment, and where it is summed up in pieces, a tensor for what each piece comes to.
fn pieces(call: &Call, starts: &[u32], out: &Tensor) -> Result<(usize, Option<Tensor>)> {
    let longest = starts.windows(2).map(|s| (s[1] - s[0]) as usize).max().unwrap_or(0);
    let carried = if longest > ROUNDS { Some(call.run.device.allocate(between(out.dtype()), out.shape())?) } else { None };
    Ok((longest, carried))
}

/// Statements that fetch and keep a variable between pieces.
fn kept_between(carried: &Option<Tensor>, variable: &str) -> [String; 2] {
    match carried {
        Some(_) => [format!("    if ($from_round > 0u) {{ {variable} = old1(i); }}\n"), format!("    put1(i, {variable});\n")],
        None => [String::new(), String::new()],
    }
}

fn sorted(p: &Prepared, call: &mut Call) -> Result<()> {
    let (how, mean) = *p.plan::<(Combine, bool)>()?;
    let (data, ids, device) = (call.input(0), integers(call, 1)?, call.run.device);
    let segments = sorted_segments(&ids, data.shape())?;
    let (out, inner) = result(call, segments)?;
    if out.count() == 0 {
        call.set(0, out);
        return Ok(());
    }
    let (dtype, starts) = (data.dtype(), starts(&ids, segments));
    let ((longest, carried), starts) = (pieces(call, &starts, &out)?, numbers(device, &starts)?);
    let name = format!("segments {how:?} {mean} {}", carried.is_some());
    let shader = Shader {
        name: &name,
        results: std::iter::once(&out).chain(&carried).collect(),
        operands: vec![data, &starts],
        numbers: vec![("inner", inner)],
        list: vec![],
        spread: Spread::Each(out.count()),
    };
    shader.run_pieces([longest, 1], || {
        let [load, save] = kept_between(&carried, "old");
        let gap = if how == Combine::Multiply { super::index::one(dtype) } else { "R0()" };
        let last = if mean { quotient(dtype, "old", "(end - first)") } else { "old".into() };
        let body = format!(
            "    let first = x1(i / $inner);
    let end = x1(i / $inner + 1u);
    if (first == end) {{
        put0(i, {gap});
        return;
    }}
    var old = x0(first * $inner + i % $inner);
{load}    for (var r = first + max($from_round, 1u); r < min(end, first + $end_round); r = r + 1u) {{
        let fresh = x0(r * $inner + i % $inner);
        old = {};
    }}
{save}    put0(i, {last});
",
            how.text(dtype)
        );
        (String::new(), body)
    })?;
    call.set(0, out);
    Ok(())
}

fn chosen(p: &Prepared, call: &mut Call) -> Result<()> {
    let divisor = *p.plan::<Divisor>()?;
    let (data, indices, device) = (call.input(0), call.input(1), call.run.device);
    let wanted = if call.n_inputs() < 4 { None } else { integers(call, 3)?.first().copied() };
    let ids = integers(call, 2)?;
    let segments = count_segments(wanted, &ids, data.shape())?;
    let (out, inner) = result(call, segments)?;
    check_chosen(&integers(call, 1)?, &ids, segments, data.shape()[0])?;
    if out.count() == 0 {
        call.set(0, out);
        return Ok(());
    }
    let (dtype, starts) = (data.dtype(), starts(&ids, segments));
    let ((longest, carried), starts) = (pieces(call, &starts, &out)?, numbers(device, &starts)?);
    let name = format!("chosen segments {divisor:?} {}", carried.is_some());
    let shader = Shader {
        name: &name,
        results: std::iter::once(&out).chain(&carried).collect(),
        operands: vec![data, &starts, indices],
        numbers: vec![("inner", inner)],
        list: vec![],
        spread: Spread::Each(out.count()),
    };
    shader.run_pieces([longest, 1], || {
        let [load, save] = kept_between(&carried, "sum");
        let body = format!(
            "    let first = x1(i / $inner);
    let end = x1(i / $inner + 1u);
    var sum = R0();
{load}    for (var r = first + $from_round; r < min(end, first + $end_round); r = r + 1u) {{ sum = {}; }}
{save}    if (first == end) {{ put0(i, sum); }} else {{ put0(i, {}); }}
",
            combined(dtype, "sum", "+", "x0(u32(index2(r)) * $inner + i % $inner)"),
            divisor.divided(dtype, "sum", "(end - first)")
        );
        (String::new(), body)
    })?;
    call.set(0, out);
    Ok(())
}

/// Each row gets its share of the gradients of the segments that chose it.
fn gradient(p: &Prepared, call: &mut Call) -> Result<()> {
    let divisor = *p.plan::<Divisor>()?;
    let (grad, device) = (call.input(0), call.run.device);
    let height = integers(call, 3)?.first().copied().unwrap_or(0);
    let Ok(rows) = usize::try_from(height) else { bail!(InvalidArgument, "{height} rows") };
    let vector = |i: usize| if rows == 0 { Ok(vec![]) } else { integers(call, i) };
    let (indices, ids) = (vector(1)?, vector(2)?);
    let counts = spread_places(&indices, &ids, grad.shape()[0], height)?;
    let mut order: Vec<usize> = (0..indices.len()).collect();
    order.sort_by_key(|i| indices[*i]);
    let sorted: Vec<i64> = order.iter().map(|i| indices[*i]).collect();
    let from: Vec<u32> = order.iter().map(|i| ids[*i] as u32).collect();
    let weights: Vec<u32> = from.iter().map(|id| counts[*id as usize] as u32).collect();
    let (out, inner) = result(call, rows)?;
    if out.count() == 0 {
        call.set(0, out);
        return Ok(());
    }
    let [starts, from, weights] = [starts(&sorted, rows), from, weights];
    let (longest, carried) = pieces(call, &starts, &out)?;
    let (starts, from, weights) = (numbers(device, &starts)?, numbers(device, &from)?, numbers(device, &weights)?);
    let dtype = grad.dtype();
    let name = format!("chosen segments' gradient {divisor:?} {}", carried.is_some());
    let shader = Shader {
        name: &name,
        results: std::iter::once(&out).chain(&carried).collect(),
        operands: vec![grad, &starts, &from, &weights],
        numbers: vec![("inner", inner)],
        list: vec![],
        spread: Spread::Each(out.count()),
    };
    shader.run_pieces([longest, 1], || {
        let [load, save] = kept_between(&carried, "sum");
        let body = format!(
            "    let first = x1(i / $inner);
    var sum = R0();
{load}    for (var r = first + $from_round; r < min(x1(i / $inner + 1u), first + $end_round); r = r + 1u) {{
        let fresh = x0(x2(r) * $inner + i % $inner);
        sum = sum + {};
    }}
{save}    put0(i, sum);
",
            divisor.divided(dtype, "fresh", "x3(r)")
        );
        (String::new(), body)
    })?;
    call.set(0, out);
    Ok(())
}
