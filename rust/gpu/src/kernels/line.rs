//! Kernels along a line of elements: running sums, places of extremes, the largest elements.
use super::index::{INDICES, one};
use super::joining::{first, front};
use crate::frames::{combined, fit, limit};
use crate::memory::{NUMBERS, STORED, between};
use crate::opened::ROUNDS;
use crate::shader::{Shader, Spread};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor};

/// Estimated time on the host, in nanoseconds.
const NS: f32 = 2000.0;

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "Cumsum", types: &[("T", NUMBERS)], outputs: Outputs::Runtime, prepare: |p| scan(p, "+") },
    Kernel { op: "Cumprod", types: &[("T", NUMBERS)], outputs: Outputs::Runtime, prepare: |p| scan(p, "*") },
    Kernel { op: "ArgMax", types: EXTREME, outputs: Outputs::Runtime, prepare: |_| Ok(Prepared::new(|_, call| extreme(call, true), NS)) },
    Kernel { op: "ArgMin", types: EXTREME, outputs: Outputs::Runtime, prepare: |_| Ok(Prepared::new(|_, call| extreme(call, false), NS)) },
    Kernel {
        op: "TopKV2",
        types: &[("T", NUMBERS), ("index_type", INDICES)],
        outputs: Outputs::Runtime,
        prepare: |_| Ok(Prepared::new(top_k, NS)),
    },
    Kernel { op: "InTopKV2", types: &[("T", INDICES)], outputs: Outputs::Runtime, prepare: |_| Ok(Prepared::new(in_top_k, NS)) },
];

const EXTREME: &[(&str, &[DType])] = &[("T", STORED), ("output_type", INDICES)];

struct Scan {
    sign: &'static str,
    exclusive: bool,
    reverse: bool,
}

fn scan(p: &Prep, sign: &'static str) -> Result<Prepared> {
    let plan = Scan { sign, exclusive: p.attrs.bool("exclusive")?, reverse: p.attrs.bool("reverse")? };
    Ok(Prepared::with(run_scan, NS, plan))
}

/// Length of a line, distance of its elements, and how many lines there are.
fn lines(call: &Call, axis: usize) -> [usize; 3] {
    let shape = call.input(0).shape();
    let (n, inner) = (shape.get(axis).copied().unwrap_or(1), shape.get(axis + 1..).unwrap_or(&[]).iter().product());
    [n, inner, shape.count().checked_div(n).unwrap_or(0)]
}

/// An invocation goes along a line, one element after the other, as the host does. A long line is gone along in pieces: what each
/// comes to lies in a second result.
fn run_scan(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Scan>()?;
    let axis = front(first(call, 1)?, call.input(0).shape().rank());
    let [n, inner, count] = lines(call, axis);
    let dtype = call.input(0).dtype();
    let carried = if n > ROUNDS { Some(call.run.device.allocate(between(dtype), &Shape::new(&[count]))?) } else { None };
    let name = format!("scan {} {} {} {}", plan.sign, plan.exclusive, plan.reverse, carried.is_some());
    let shader = Shader {
        name: &name,
        results: std::iter::once(&call.outs[0]).chain(&carried).collect(),
        operands: vec![call.input(0)],
        numbers: vec![("length", n), ("inner", inner)],
        list: vec![],
        spread: Spread::Each(count),
    };
    shader.run_pieces([n, 1], || {
        let start = if plan.sign == "+" { "R0()" } else { one(dtype) };
        let [load, save] = match carried {
            Some(_) => ["    if ($from_round > 0u) { sum = old1(i); }\n", "    put1(i, sum);\n"],
            None => [""; 2],
        };
        let k = if plan.reverse { "$length - 1u - j" } else { "j" };
        let kept = if plan.exclusive { "sum" } else { "next" };
        let body = format!(
            "    let base = i / $inner * $length * $inner + i % $inner;
    var sum = {start};
{load}    for (var j = $from_round; j < $end_round; j = j + 1u) {{
        let at = base + ({k}) * $inner;
        let next = {};
        put0(at, {kept});
        sum = next;
    }}
{save}",
            fit(dtype, &combined(dtype, "sum", plan.sign, "x0(at)"))
        );
        (String::new(), body)
    })
}

/// The first of the best elements. A search starts at a finite extreme, which has to be beaten; 0 where nothing does.
fn extreme(call: &mut Call, most: bool) -> Result<()> {
    let axis = front(first(call, 1)?, call.input(0).shape().rank());
    let [n, inner, _] = lines(call, axis);
    let dtype = call.input(0).dtype();
    let shader = Shader {
        name: if most { "ArgMax" } else { "ArgMin" },
        results: vec![&call.outs[0]],
        operands: vec![call.input(0)],
        numbers: vec![("length", n), ("inner", inner)],
        list: vec![],
        spread: Spread::Each(call.outs[0].count()),
    };
    let before = if call.outs[0].dtype() == DType::Int64 { "bitcast<i32>(old0(i).x)" } else { "old0(i)" };
    shader.run_pieces([n, 1], || {
        let start = limit(dtype, !most);
        let better = match (dtype, most) {
            (DType::Bool, true) => "x && !best".into(),
            (DType::Bool, false) => "!x && best".into(),
            (_, true) => combined(dtype, "best", "<", "x"),
            (_, false) => combined(dtype, "x", "<", "best"),
        };
        let body = format!(
            "    let base = i / $inner * $length * $inner + i % $inner;
    var best: T0 = {start};
    var place = 0;
    if ($from_round > 0u) {{
        place = {before};
        let x = x0(base + u32(place) * $inner);
        if ({better}) {{ best = x; }}
    }}
    for (var j = $from_round; j < $end_round; j = j + 1u) {{
        let x = x0(base + j * $inner);
        if ({better}) {{ best = x; place = i32(j); }}
    }}
    set0(i, place);
"
        );
        (String::new(), body)
    })
}

/// Elements of a block of a long line at least.
const BLOCK: usize = 2048;

/// The largest of each block of a long line, then the largest of these.
fn top_k(_: &Prepared, call: &mut Call) -> Result<()> {
    let (x, outs, device) = (call.input(0), [&call.outs[0], &call.outs[1]], call.run.device);
    let (n, k) = (x.shape().last().copied().unwrap_or(1), outs[0].shape().last().copied().unwrap_or(1));
    if k == 0 {
        return Ok(());
    }
    let (lines, block) = (x.shape().count().checked_div(n).unwrap_or(0), BLOCK.max(4 * k));
    let (mut length, mut found) = (n, None::<[Tensor; 2]>);
    while length > block {
        let blocks = length.div_ceil(block);
        let left = (blocks - 1) * k + k.min(length - (blocks - 1) * block);
        let shape = Shape::new(&[lines, left]);
        let next = [device.allocate(x.dtype(), &shape)?, device.allocate(outs[1].dtype(), &shape)?];
        top_of_blocks(x, found.as_ref(), [&next[0], &next[1]], [length, block, k, left])?;
        (length, found) = (left, Some(next));
    }
    top_of_blocks(x, found.as_ref(), outs, [length, length, k, k])
}

/// Each element counts those of its block that come before it, and goes to that place if it is one of the first k. NaN comes last.
/// `found` are the elements that are left, and their places in the line.
fn top_of_blocks(x: &Tensor, found: Option<&[Tensor; 2]>, outs: [&Tensor; 2], [length, block, k, left]: [usize; 4]) -> Result<()> {
    let operands: Vec<&Tensor> = found.map_or(vec![x], |f| f.iter().collect());
    let (dtype, count) = (x.dtype(), operands[0].count());
    let shader = Shader {
        name: "TopKV2",
        results: outs.to_vec(),
        operands,
        numbers: vec![("length", length), ("block", block), ("taken", k), ("left", left)],
        list: vec![],
        spread: Spread::Each(count),
    };
    shader.run_rounds(block, || {
        let (mut ahead, mut same) = (combined(dtype, "a", ">", "b"), combined(dtype, "a", "==", "b"));
        if dtype.is_floating() {
            let nan = if dtype == DType::Double { "is_nan_wide" } else { "is_nan" };
            ahead = format!("(!{nan}(a) && {nan}(b)) || {ahead}");
            same = format!("{same} || ({nan}(a) && {nan}(b))");
        }
        let functions =
            format!("\nfn ahead(a: T0, b: T0) -> bool {{ return {ahead}; }}\nfn alike(a: T0, b: T0) -> bool {{ return {same}; }}\n");
        let place = if found.is_some() { "index1(i)" } else { "i32(own)" };
        let body = format!(
            "
    let row = i / $length;
    let own = i % $length;
    let number = own / $block;
    let mine = x0(i);
    var place = 0u;
    for (var j = number * $block; j < min($length, (number + 1u) * $block); j = j + 1u) {{
        let other = x0(row * $length + j);
        if (ahead(other, mine) || (alike(other, mine) && j < own)) {{ place = place + 1u; }}
    }}
    if (place < $taken) {{
        let at = row * $left + number * $taken + place;
        put0(at, mine);
        set1(at, {place});
    }}
"
        );
        (functions, body)
    })
}

/// Classes beyond which a workgroup has a row of predictions.
const LONG_ROW: usize = 4096;

/// Whether fewer than k classes are predicted more likely than the target; not if the target's prediction is not finite, or it
/// is no class.
fn in_top_k(_: &Prepared, call: &mut Call) -> Result<()> {
    let (predictions, targets, k) = (call.input(0), call.input(1), first(call, 2)?);
    // A workgroup has a long row.
    let long = predictions.shape()[1] > LONG_ROW;
    let (name, spread) = match long {
        true => ("InTopKV2 of long rows", Spread::Rows(call.outs[0].count())),
        false => ("InTopKV2", Spread::Each(call.outs[0].count())),
    };
    let shader = Shader {
        name,
        results: vec![&call.outs[0]],
        operands: vec![predictions, targets],
        numbers: vec![("length", predictions.shape()[1]), ("taken", k.clamp(0, i64::from(i32::MAX)) as usize)],
        list: vec![],
        spread,
    };
    let functions = "\nfn finite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }\n";
    let body = "
    let target_class = index1(i);
    var fits = target_class >= 0 && target_class < i32($length);
    if (fits) {
        let own = x0(i * $length + u32(target_class));
        fits = finite(own);
        var more = 0u;
        for (var j = 0u; j < $length; j = j + 1u) {
            let other = x0(i * $length + j);
            fits = fits && finite(other);
            if (other > own) { more = more + 1u; }
        }
        fits = fits && more < $taken;
    }
    put0(i, fits);
";
    let by_row = "
    let target_class = index1(row);
    let known = target_class >= 0 && target_class < i32($length);
    let own = x0(row * $length + u32(select(0, target_class, known)));
    var more = 0.0;
    for (var j = l; j < $length; j = j + 256u) {
        let other = x0(row * $length + j);
        if (!finite(other)) { more = more + 3e38; } else if (other > own) { more = more + 1.0; }
    }
    more = total(l, more);
    if (l == 0u) { put0(row, known && finite(own) && more < f32($taken)); }
";
    let rounds = if long { predictions.shape()[1] / 256 } else { LONG_ROW };
    shader.run_rounds(rounds, || (functions.into(), if long { by_row } else { body }.into()))
}
