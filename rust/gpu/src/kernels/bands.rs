//! Kernels that keep, drop or move single elements by their places in a matrix or sequence.
use crate::memory::{NUMBERS, STORED};
use crate::shader::{Shader, Spread};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result};

type Types = &'static [(&'static str, &'static [DType])];
const DIAGONAL: Types = &[("T", NUMBERS)];
const INDICES: &[DType] = &[DType::Int32, DType::Int64];
/// Estimated time on the host, in nanoseconds.
const NS: f32 = 1500.0;

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("MatrixBandPart", &[("T", STORED)], |_| Ok(Prepared::new(band_part, NS))),
    kernel("Diag", DIAGONAL, |_| Ok(Prepared::new(diag, NS))),
    kernel("DiagPart", DIAGONAL, |_| Ok(Prepared::new(diag_part, NS))),
    kernel("ReverseSequence", &[("T", STORED), ("Tlen", INDICES)], |p| {
        Ok(Prepared::with(reverse_sequence, NS, [p.attrs.int("seq_dim")?, p.attrs.int("batch_dim")?]))
    }),
];

const fn kernel(op: &'static str, types: Types, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

fn run(name: &str, call: &Call, operands: usize, numbers: Vec<(&'static str, usize)>, body: &str) -> Result<()> {
    let out = &call.outs[0];
    let operands = (0..operands).map(|i| call.input(i)).collect();
    let shader = Shader { name, results: vec![out], operands, numbers, list: vec![], spread: Spread::Each(out.count()) };
    shader.run(|| (String::new(), body.into()))
}

/// Elements below and above the diagonal are kept up to a distance; any if it is negative.
fn band_part(_: &Prepared, call: &mut Call) -> Result<()> {
    let bound = |i: usize| -> Result<usize> {
        let n = call.input(i).to_i64()?.first().copied().unwrap_or(-1);
        Ok(usize::try_from(n).map_or(i32::MAX as usize, |n| n.min(i32::MAX as usize)))
    };
    let (below, above, shape) = (bound(1)?, bound(2)?, call.input(0).shape());
    let [.., rows, columns] = shape[..] else { return Ok(()) };
    let body = "
    let column = i32(i % $columns);
    let row = i32(i / $columns % $rows);
    if (row - column <= i32($below) && column - row <= i32($above)) { put0(i, x0(i)); } else { put0(i, R0()); }
";
    run("MatrixBandPart", call, 1, vec![("rows", rows), ("columns", columns), ("below", below), ("above", above)], body)
}

fn diag(_: &Prepared, call: &mut Call) -> Result<()> {
    let n = call.input(0).count();
    let body = "    if (i / $size == i % $size) { put0(i, x0(i % $size)); } else { put0(i, R0()); }\n";
    run("Diag", call, 1, vec![("size", n)], body)
}

fn diag_part(_: &Prepared, call: &mut Call) -> Result<()> {
    let n = call.outs[0].count();
    run("DiagPart", call, 1, vec![("size", n)], "    put0(i, x0(i * ($size + 1u)));\n")
}

/// The first elements of each sequence are turned round, as many as its length says.
fn reverse_sequence(p: &Prepared, call: &mut Call) -> Result<()> {
    let [along, batch] = p.plan::<[i64; 2]>()?.map(|d| d as usize);
    let shape = call.input(0).shape();
    let step = |d: usize| shape[d + 1..].iter().product::<usize>();
    let numbers = vec![("sequence", step(along)), ("length", shape[along]), ("batch", step(batch)), ("runs", shape[batch])];
    let body = "
    let place = i / $sequence % $length;
    let turned = min(u32(max(index1(i / $batch % $runs), 0)), $length);
    if (place < turned) { put0(i, x0(i + (turned - 1u - place) * $sequence - place * $sequence)); } else { put0(i, x0(i)); }
";
    run("ReverseSequence", call, 2, numbers, body)
}
