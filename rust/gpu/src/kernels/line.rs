//! Kernels along a line of elements: running sums, places of extremes, the largest elements.
use super::index::{INDICES, one};
use super::joining::{first, front};
use crate::frames::{combined, limit};
use crate::memory::{NUMBERS, STORED};
use crate::shader::{Shader, Spread};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result};

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

/// Elements of a line that a dispatch goes along: a long line takes several, which go on where the one before ended.
const MOST: usize = 1 << 15;

/// The parts of a line.
fn parts(n: usize) -> impl Iterator<Item = [(&'static str, usize); 2]> {
    (0..n.max(1)).step_by(MOST).map(move |from| [("from", from), ("until", n.min(from + MOST))])
}

/// An invocation goes along a line, one element after the other, as the host does.
fn run_scan(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Scan>()?;
    let axis = front(first(call, 1)?, call.input(0).shape().rank());
    let [n, inner, count] = lines(call, axis);
    let name = format!("scan {} {} {}", plan.sign, plan.exclusive, plan.reverse);
    let dtype = call.input(0).dtype();
    parts(n).try_for_each(|part| {
        let shader = Shader {
            name: &name,
            results: vec![&call.outs[0]],
            operands: vec![call.input(0)],
            numbers: [[("length", n), ("inner", inner)], part].concat(),
            list: vec![],
            spread: Spread::Each(count),
        };
        shader.run(|| {
            let start = if plan.sign == "+" { "R0()" } else { one(dtype) };
            let k = |j: &str| if plan.reverse { format!("$length - 1u - {j}") } else { j.to_string() };
            let (kept, so_far) = match plan.exclusive {
                true => ("sum", combined(dtype, "old0(before)", plan.sign, "x0(before)")),
                false => ("next", "old0(before)".into()),
            };
            let body = format!(
                "    let base = i / $inner * $length * $inner + i % $inner;
    var sum = {start};
    if ($from > 0u) {{
        let before = base + ({}) * $inner;
        sum = {so_far};
    }}
    for (var j = $from; j < $until; j = j + 1u) {{
        let at = base + ({}) * $inner;
        let next = {};
        put0(at, {kept});
        sum = next;
    }}
",
                k("($from - 1u)"),
                k("j"),
                combined(dtype, "sum", plan.sign, "x0(at)")
            );
            (String::new(), body)
        })
    })
}

/// The first of the best elements. A search starts at a finite extreme, which has to be beaten; 0 where nothing does.
fn extreme(call: &mut Call, most: bool) -> Result<()> {
    let axis = front(first(call, 1)?, call.input(0).shape().rank());
    let [n, inner, _] = lines(call, axis);
    let dtype = call.input(0).dtype();
    let index = if call.outs[0].dtype() == DType::Int64 { "old0(i).x" } else { "old0(i)" };
    parts(n).try_for_each(|part| {
        let shader = Shader {
            name: if most { "ArgMax" } else { "ArgMin" },
            results: vec![&call.outs[0]],
            operands: vec![call.input(0)],
            numbers: [[("length", n), ("inner", inner)], part].concat(),
            list: vec![],
            spread: Spread::Each(call.outs[0].count()),
        };
        shader.run(|| {
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
    if ($from > 0u) {{
        place = i32({index});
        let x = x0(base + u32(place) * $inner);
        if ({better}) {{ best = x; }}
    }}
    for (var j = $from; j < $until; j = j + 1u) {{
        let x = x0(base + j * $inner);
        if ({better}) {{ best = x; place = i32(j); }}
    }}
    set0(i, place);
"
            );
            (String::new(), body)
        })
    })
}

/// Each element counts those that come before it, and goes to that place if it is one of the first k. NaN comes last.
fn top_k(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let n = x.shape().last().copied().unwrap_or(1);
    let k = call.outs[0].shape().last().copied().unwrap_or(1);
    if k == 0 {
        return Ok(());
    }
    let dtype = x.dtype();
    let shader = Shader {
        name: "TopKV2",
        results: vec![&call.outs[0], &call.outs[1]],
        operands: vec![x],
        numbers: vec![("length", n), ("taken", k)],
        list: vec![],
        spread: Spread::Each(x.count()),
    };
    shader.run(|| {
        let (mut ahead, mut same) = (combined(dtype, "a", ">", "b"), combined(dtype, "a", "==", "b"));
        if dtype.is_floating() {
            let nan = if dtype == DType::Double { "is_nan_wide" } else { "is_nan" };
            ahead = format!("(!{nan}(a) && {nan}(b)) || {ahead}");
            same = format!("{same} || ({nan}(a) && {nan}(b))");
        }
        let functions =
            format!("\nfn ahead(a: T0, b: T0) -> bool {{ return {ahead}; }}\nfn alike(a: T0, b: T0) -> bool {{ return {same}; }}\n");
        let body = "
    let row = i / $length;
    let own = i % $length;
    let mine = x0(i);
    var place = 0u;
    for (var j = 0u; j < $length; j = j + 1u) {
        let other = x0(row * $length + j);
        if (ahead(other, mine) || (alike(other, mine) && j < own)) { place = place + 1u; }
    }
    if (place < $taken) {
        put0(row * $taken + place, mine);
        set1(row * $taken + place, i32(own));
    }
";
        (functions, body.into())
    })
}

/// Whether fewer than k classes are predicted more likely than the target; not if the target's prediction is not finite, or it
/// is no class.
fn in_top_k(_: &Prepared, call: &mut Call) -> Result<()> {
    let (predictions, targets, k) = (call.input(0), call.input(1), first(call, 2)?);
    let shader = Shader {
        name: "InTopKV2",
        results: vec![&call.outs[0]],
        operands: vec![predictions, targets],
        numbers: vec![("length", predictions.shape()[1]), ("taken", k.clamp(0, i64::from(i32::MAX)) as usize)],
        list: vec![],
        spread: Spread::Each(call.outs[0].count()),
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
    shader.run(|| (functions.into(), body.into()))
}
