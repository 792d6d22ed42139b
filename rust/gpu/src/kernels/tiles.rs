//! The frame of products, in three variants that the sizes choose between.
//!
//! - *Tiles*: a workgroup makes a tile of 64x64 results, each invocation 4x4 of it.
//! - *Split*: the same, but several workgroups share the inner steps of a tile, where few tiles have many of them, as in gradients
//!   of filters; a second shader adds the parts in order.
//! - *Thin*: few rows or few columns: a workgroup makes a few results, its invocations share the inner steps.
use super::elementwise::function;
use crate::frames::fit;
use crate::memory;
use crate::opened::ROUNDS;
use crate::shader::{Shader, Spread};
use crate::ways::{Way, Ways};
use ferroflow_ops::{Device, Prep};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};
use std::fmt::Write;

/// Rows and columns of a workgroup's tile.
const TILE: usize = 64;
/// Tiles that keep an adapter busy.
const BUSY: usize = 64;
/// Inner steps from which on a part of a product is worth a workgroup of its own.
const LEAST_PART: usize = 512;
/// Inner steps that a workgroup of a tile goes through at most: no command may take long.
const MOST_PART: usize = 8192;
/// Inner steps that a workgroup of a thin product goes through at most.
const MOST_DEPTH: usize = 1 << 20;
/// Rounds of loops that 16 inner steps of a tile take, and those of them that look for elements of operands.
const TILE_ROUNDS: usize = 40;
const TILE_LOOKS: usize = 8;
/// Rows or columns up to which a product is thin, and the inner steps that it has at least.
const THIN: usize = 4;
const LEAST_DEPTH: usize = 32;

/// How a product is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variant {
    /// With so many inner steps for each workgroup of a tile.
    Tiles(usize),
    /// So many neighbouring results for each workgroup, with so many inner steps.
    Thin(usize, usize),
}

/// A stack of products of matrices.
pub struct Product<'a> {
    /// What tells its functions from those of others.
    pub name: &'a str,
    /// What the functions read.
    pub operands: Vec<&'a Tensor>,
    /// Their numbers; `lines`, `columns`, `depth`, `stack` and what variants need are added.
    pub numbers: Vec<(&'static str, usize)>,
    /// Their further numbers.
    pub list: Vec<u32>,
    /// Rows and columns of results, inner steps, products.
    pub sizes: [usize; 4],
    /// Whether neighbouring results lie beside each other in the larger operand, rather than neighbouring inner steps.
    pub across: bool,
    /// Rounds of loops that finding an element of an operand takes, with the one that ends a loop.
    pub looking: usize,
}

/// The variant for rows, columns, inner steps and products, where finding an element takes so many rounds of a loop.
fn variant([lines, columns, depth, stack]: [usize; 4], across: bool, looking: usize, ways: &Ways) -> Variant {
    let splits = ways.has(Way::Split);
    if ways.has(Way::Thin) && lines.min(columns) <= THIN && depth >= LEAST_DEPTH {
        let across = if across { 16 } else { 1 };
        let most = (ROUNDS / (1 + 2 * looking) * 256 / across).min(MOST_DEPTH);
        return Variant::Thin(across, if splits { most } else { depth });
    }
    let tiles = lines.div_ceil(TILE) * columns.div_ceil(TILE) * stack;
    let most = (ROUNDS / (TILE_ROUNDS + TILE_LOOKS * looking) * 16).min(MOST_PART);
    let parts = (BUSY / tiles.max(1)).min(depth / LEAST_PART).max(depth.div_ceil(most)).max(1);
    let parts = if splits { parts } else { 1 };
    Variant::Tiles(depth.div_ceil(parts).next_multiple_of(16).max(16))
}

impl Product<'_> {
    /// Computes it. The functions `left_at(stack, line, k)`, `right_at(stack, k, column)` give elements, `finish(stack, line,
    /// column, sum)` takes results; they depend on the name alone.
    pub fn run(&self, device: &dyn Device, out: &Tensor, functions: &str) -> Result<()> {
        let [lines, columns, depth, stack] = self.sizes;
        let outputs = lines * columns * stack;
        if outputs == 0 {
            return Ok(());
        }
        let key = |variant: &str| format!("{} {variant}", self.name);
        let blocks = |parts: usize| Spread::Blocks([columns.div_ceil(TILE), lines.div_ceil(TILE), stack * parts].map(|n| n as u32));
        let variant = variant(self.sizes, self.across, self.looking, &memory::of(out)?.opened.ways);
        let (Variant::Tiles(part) | Variant::Thin(_, part)) = variant;
        let parts = depth.div_ceil(part.max(1)).max(1);
        let make = |out: &Tensor, kind: &str, whole: bool| match variant {
            Variant::Thin(across, _) => {
                let (key, spread) = (key(&format!("thin{kind}")), Spread::Rows(outputs.div_ceil(across) * parts));
                let shader = self.shader(&key, out, &[("across", across), ("part", part), ("pieces", parts)], spread);
                let give = if whole {
                    "finish(stack, line, column, "
                } else {
                    "put0((q * $stack + stack) * $lines * $columns + o % ($lines * $columns), "
                };
                let rounds = part.min(depth).div_ceil(256 / across) * (1 + 2 * self.looking);
                shader.run_rounds(rounds, || (THIN_MEMORY.to_string() + functions, thin_body(give)))
            }
            Variant::Tiles(_) => {
                let key = key(&format!("tiles{kind}"));
                let shader = self.shader(&key, out, &[("part", part)], blocks(parts));
                let give =
                    if whole { "finish(stack, line + i, column + j, " } else { "put0((w.z * $lines + line + i) * $columns + column + j, " };
                let rounds = part.min(depth).div_ceil(16) * (TILE_ROUNDS + TILE_LOOKS * self.looking);
                shader.run_rounds(rounds, || body(functions, give))
            }
        };
        if parts == 1 {
            return make(out, "", true);
        }
        let between = device.allocate(memory::between(out.dtype()), &Shape::new(&[parts, outputs]))?;
        make(&between, " in parts", false)?;
        let key = key("sum of parts");
        let mut last = self.shader(&key, out, &[("parts", parts)], Spread::Each(outputs));
        last.operands.push(&between);
        let from = self.operands.len();
        last.run_rounds(parts, || (functions.into(), sum_of_parts(from)))
    }

    fn shader<'a>(&'a self, name: &'a str, out: &'a Tensor, own: &[(&'static str, usize)], spread: Spread) -> Shader<'a> {
        let names = ["lines", "columns", "depth", "stack"];
        let numbers = self.numbers.iter().copied().chain(names.into_iter().zip(self.sizes)).chain(own.iter().copied());
        Shader { name, results: vec![out], operands: self.operands.clone(), numbers: numbers.collect(), list: self.list.clone(), spread }
    }
}

const THIN_MEMORY: &str = "\nvar<workgroup> pieces: array<R0, 256>;\n";
/// The body of few rows or columns. `give` begins the call that takes a result.
fn thin_body(give: &str) -> String {
    THIN_BODY.replace("give(", give)
}

const THIN_BODY: &str = "    let o = row / $pieces * $across + l % $across;
    let q = row % $pieces;
    let end = min($depth, (q + 1u) * $part);
    let line = o / $columns % $lines;
    let column = o % $columns;
    let stack = o / ($lines * $columns);
    let mine = stack < $stack;
    var sum = R0();
    if (mine) {
        for (var k = q * $part + l / $across; k < end; k = k + 256u / $across) { sum = sum + left_at(stack, line, k) * right_at(stack, k, column); }
    }
    pieces[l] = sum;
    workgroupBarrier();
    for (var half = 128u; half >= $across; half = half / 2u) {
        if (l < half) { pieces[l] = pieces[l] + pieces[l + half]; }
        workgroupBarrier();
    }
    if (mine && l < $across) { give(pieces[l]); }
";

/// Adds the parts of each result, which operand `from` has.
fn sum_of_parts(from: usize) -> String {
    format!(
        "    let line = i / $columns % $lines;
    let column = i % $columns;
    let each = $lines * $columns * $stack;
    var sum = x{from}(i);
    for (var q = 1u; q < $parts; q = q + 1u) {{ sum = sum + x{from}(q * each + i); }}
    finish(i / ($lines * $columns), line, column, sum);
"
    )
}

/// The body of tiles in workgroup memory. `give` begins the call that takes a result.
///
/// 16 steps at a time are added up by themselves first: that rounds less.
fn body(functions: &str, give: &str) -> (String, String) {
    let memory = "\nvar<workgroup> left: array<R0, 1024>;\nvar<workgroup> right: array<R0, 1024>;\n";
    let mut text = String::from(
        "    let line = w.y * 64u + (l / 16u) * 4u;
    let column = w.x * 64u + (l % 16u) * 4u;
    let stack = w.z % $stack;
    let first_step = w.z / $stack * $part;
    let end = min($depth, first_step + $part);
    var sums: array<R0, 16>;
    var part: array<R0, 16>;
    for (var k = first_step; k < end; k = k + 16u) {
        for (var i = l; i < 1024u; i = i + 256u) {
            let r = w.y * 64u + i / 16u;
            let c = k + i % 16u;
            if (r < $lines && c < end) { left[i] = left_at(stack, r, c); } else { left[i] = R0(); }
            let inner = k + i / 64u;
            let n = w.x * 64u + i % 64u;
            if (inner < end && n < $columns) { right[i] = right_at(stack, inner, n); } else { right[i] = R0(); }
        }
        workgroupBarrier();
        for (var j = 0u; j < 16u; j = j + 1u) {
            let at = (l / 16u) * 64u + j;
            let x = vec4<R0>(left[at], left[at + 16u], left[at + 32u], left[at + 48u]);
            let first = j * 64u + (l % 16u) * 4u;
            let y = vec4<R0>(right[first], right[first + 1u], right[first + 2u], right[first + 3u]);
",
    );
    for i in 0..16 {
        let _ = writeln!(text, "            part[{i}] = part[{i}] + x[{}] * y[{}];", i / 4, i % 4);
    }
    text += "        }
        for (var i = 0u; i < 16u; i = i + 1u) {
            sums[i] = sums[i] + part[i];
            part[i] = R0();
        }
        workgroupBarrier();
    }
";
    let _ = write!(
        text,
        "    for (var i = 0u; i < 4u; i = i + 1u) {{
        for (var j = 0u; j < 4u; j = j + 1u) {{
            if (line + i < $lines && column + j < $columns) {{ {give}sums[i * 4u + j]); }}
        }}
    }}
"
    );
    (memory.to_string() + functions, text)
}

/// What follows a product: further operands to be added, and an activation.
pub struct After {
    /// What tells its shader from others.
    pub name: String,
    /// Operands to be added; whether one has an element for each column only.
    adds: Vec<(usize, bool)>,
    activation: Option<String>,
    dtype: DType,
}

impl After {
    /// As the attribute `fused_ops` says, if the op has it.
    pub fn of(p: &Prep) -> Result<After> {
        let mut after = After { name: String::new(), adds: vec![], activation: None, dtype: p.dtype(0) };
        if !p.attrs.has("fused_ops") {
            return Ok(after);
        }
        let columns = p.out_shape(0)?.last().copied().unwrap_or(1);
        for op in p.attrs.strs("fused_ops")? {
            let op = String::from_utf8_lossy(op);
            let next = 2 + after.adds.len();
            match &*op {
                "BiasAdd" | "Add" => {
                    let count = if op == "BiasAdd" { columns } else { p.out_shape(0)?.count() };
                    if next >= p.inputs.len() || p.shape(next).count() != count {
                        bail!(Internal, "what is added to a product has not its size");
                    }
                    after.adds.push((next, op == "BiasAdd"));
                }
                name => after.activation = Some(name.into()),
            }
            after.name = after.name + " " + &op;
        }
        Ok(after)
    }
    /// A function `after(sum, at, column)` that is applied to the result at place `at`.
    pub fn text(&self) -> Result<String> {
        let mut text = match &self.activation {
            Some(op) => function(op, "activation")?,
            None => String::new(),
        };
        let fit = |v: &str| fit(self.dtype, v);
        let _ = write!(text, "\nfn after(sum: R0, at: u32, column: u32) -> R0 {{\n    var v = {};\n", fit("sum"));
        for (i, bias) in &self.adds {
            let _ = writeln!(text, "    v = {};", fit(&format!("v + x{i}({})", if *bias { "column" } else { "at" })));
        }
        text += if self.activation.is_some() { "    return activation(v);\n}\n" } else { "    return v;\n}\n" };
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_choose_the_variant() {
        let ways = Ways::default();
        let variant = |sizes, across, looking| super::variant(sizes, across, looking, &ways);
        assert_eq!(variant([1, 1000, 300, 1], true, 0), Variant::Thin(16, 1_024_000));
        assert_eq!(variant([1000, 1, 300, 1], false, 0), Variant::Thin(1, 1 << 20));
        assert_eq!(variant([1, 1000, 8, 1], true, 0), Variant::Tiles(16), "too few steps to share out");
        assert_eq!(variant([512, 512, 4096, 1], true, 0), Variant::Tiles(4096), "enough tiles");
        assert_eq!(variant([64, 64, 8192, 1], true, 0), Variant::Tiles(512), "one tile with many steps");
        assert_eq!(variant([9, 9, 100, 1], true, 0), Variant::Tiles(112));
        assert_eq!(variant([4096, 4096, 40_000, 1], true, 0), Variant::Tiles(8000), "no workgroup has too many steps");
        assert_eq!(variant([4096, 4096, 40_000, 1], true, 100), Variant::Tiles(1216), "nor too many rounds of loops");
        ways.switch("thin products", false);
        assert_eq!(variant([1, 1000, 300, 1], true, 0), Variant::Tiles(304));
        ways.switch("split products", false);
        assert_eq!(variant([64, 64, 8192, 1], true, 0), Variant::Tiles(8192));
    }
}
