//! Shaders that are written by hand: bindings, numbers and the loop come from here, the kernel brings the body.
//!
//! In a body `x0(i)` is element i of the first operand, `index0(i)` the same as a signed number (the least one if it does not
//! fit), `old0(i)` and `put0(i, v)` read and write the first result, `set0(i, n)` writes an integer. `T0`, `R0` are the types of
//! values. `$name` is a number of the kernel, `$list` where its list starts in `p`.
use crate::frames::{Bindings, MAIN, SPECIAL, Window, load, store, value};
use crate::memory;
use crate::opened::{Groups, ROUNDS};
use crate::pace::Sizes;
use ferroflow_tensor::{DType, Result, Tensor, bail, error};
use std::fmt::Write;

/// Invocations of a workgroup.
const GROUP: usize = 256;

/// How invocations are spread.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// One for each of so many elements, whose number is `i`.
    Each(usize),
    /// A workgroup for each of so many rows: `row` and the invocation `l` of 256.
    Rows(usize),
    /// Blocks of workgroups: `w` is the number of the workgroup.
    Blocks([u32; 3]),
}

/// A run of a shader.
pub struct Shader<'a> {
    /// What tells it from all others with operands and results of the same dtypes.
    pub name: &'a str,
    /// What it writes.
    pub results: Vec<&'a Tensor>,
    /// What it reads.
    pub operands: Vec<&'a Tensor>,
    /// Numbers by name, which the time of a workgroup may depend on.
    pub numbers: Vec<(&'static str, usize)>,
    /// Further numbers.
    pub list: Vec<u32>,
    /// How invocations are spread.
    pub spread: Spread,
}

/// Sums and extremes over the invocations of a workgroup.
const ROW_FUNCTIONS: &str = "
var<workgroup> parts: array<f32, 256>;

fn total(l: u32, v: f32) -> f32 {
    workgroupBarrier();
    parts[l] = v;
    workgroupBarrier();
    for (var half = 128u; half > 0u; half = half / 2u) {
        if (l < half) { parts[l] = parts[l] + parts[l + half]; }
        workgroupBarrier();
    }
    return parts[0];
}

fn largest(l: u32, v: f32) -> f32 {
    workgroupBarrier();
    parts[l] = v;
    workgroupBarrier();
    for (var half = 128u; half > 0u; half = half / 2u) {
        if (l < half) { parts[l] = larger(parts[l], parts[l + half]); }
        workgroupBarrier();
    }
    return parts[0];
}
";

impl Shader<'_> {
    /// Where the count of elements or rows is in `p`.
    const COUNT: usize = SPECIAL.len();

    /// Runs it: `body` gives functions and the statements of an invocation, and depends on the name and dtypes alone. Its loops take
    /// few rounds, whatever the operands.
    pub fn run(&self, body: impl FnOnce() -> (String, String)) -> Result<()> {
        self.dispatch(&[], body)
    }

    /// The same of a body whose loops take so many rounds together. Unimplemented if they are too many for the adapter.
    pub fn run_rounds(&self, rounds: usize, body: impl FnOnce() -> (String, String)) -> Result<()> {
        let Some(first) = self.results.first() else { return Ok(()) };
        let opened = &memory::of(first)?.opened;
        if rounds > opened.rounds {
            let (most, name) = (opened.rounds, &opened.name);
            return Err(error!(Unimplemented, "a loop of {rounds} rounds in a shader is too long for {name}, which ends it after {most}"));
        }
        self.run(body)
    }

    /// The same of a body with a loop from `$from_round` to `$end_round` of `length` rounds, each of which counts as `each`: it runs
    /// for one piece of the loop after the other. What goes on from piece to piece lies in the results.
    pub fn run_pieces(&self, [length, each]: [usize; 2], mut body: impl FnMut() -> (String, String)) -> Result<()> {
        let piece = (ROUNDS / each.max(1)).max(1);
        for from in (0..length.max(1)).step_by(piece) {
            self.dispatch(&[("from_round", from), ("end_round", length.min(from + piece))], &mut body)?;
        }
        Ok(())
    }

    fn dispatch(&self, more: &[(&'static str, usize)], body: impl FnOnce() -> (String, String)) -> Result<()> {
        let count = match self.spread {
            Spread::Each(n) | Spread::Rows(n) => n,
            Spread::Blocks(b) => b.iter().map(|n| *n as usize).product(),
        };
        let Ok(most) = u32::try_from(count) else { bail!(Unimplemented, "a shader for {count} elements at once") };
        let Some(first) = self.results.first().filter(|_| count > 0) else { return Ok(()) };
        let buffers = self.results.iter().chain(&self.operands).map(|t| memory::of(t)).collect::<Result<Vec<_>>>()?;
        let opened = &memory::of(first)?.opened;
        let mut numbers = SPECIAL.to_vec();
        numbers.push(most);
        numbers.extend(self.results.iter().chain(&self.operands).map(|t| memory::offset(t)));
        numbers.extend(self.numbers.iter().chain(more).map(|(_, n)| *n as u32));
        numbers.extend(&self.list);
        let mut key = self.name.to_string();
        self.results.iter().chain(&self.operands).for_each(|t| {
            let _ = write!(key, " {}", t.dtype());
        });
        let groups = match self.spread {
            Spread::Each(n) => Groups::Row(n.div_ceil(GROUP) as u32),
            Spread::Rows(n) => Groups::Row(n as u32),
            Spread::Blocks(b) => Groups::Block(b),
        };
        let all: Vec<_> = buffers.iter().map(|m| &m.buffer).collect();
        // Pieces of a loop differ in their places, not in the time that they take.
        let length = if let [(_, from), (_, end)] = more { Some((end - from) as u32) } else { None };
        let sizes: Vec<u32> = self.numbers.iter().map(|(_, n)| *n as u32).chain(length).collect();
        opened.dispatch(&key, |w| self.text(w, more, body()), &numbers, &Sizes::of(&sizes), self.results.len(), &all, groups)
    }

    fn text(&self, windows: &[Window], more: &[(&'static str, usize)], (functions, body): (String, String)) -> String {
        let mut bindings = Bindings::new(windows);
        self.results.iter().enumerate().for_each(|(i, t)| bindings.buffer(&format!("out{i}"), t.dtype(), true));
        self.operands.iter().enumerate().for_each(|(i, t)| bindings.buffer(&format!("in{i}"), t.dtype(), false));
        let mut text = bindings.text;
        let offsets = Self::COUNT + 1;
        for (i, t) in self.results.iter().enumerate() {
            let (d, v, from) = (t.dtype(), value(t.dtype()), offsets + i);
            let _ = writeln!(text, "alias R{i} = {v};");
            let _ = writeln!(text, "fn old{i}(at: u32) -> {v} {{ return {}; }}", load(d, &format!("out{i}_get(p[{from}u] + at)")));
            let _ = writeln!(text, "fn put{i}(at: u32, v: {v}) {{ out{i}_set(p[{from}u] + at, {}); }}", store(d, "v"));
            let set = match d {
                DType::Int64 | DType::UInt64 => "vec2<u32>(bitcast<u32>(n), select(0u, 4294967295u, n < 0))".into(),
                _ => store(d, &format!("{v}(n)")),
            };
            let _ = writeln!(text, "fn set{i}(at: u32, n: i32) {{ out{i}_set(p[{from}u] + at, {set}); }}");
        }
        for (i, t) in self.operands.iter().enumerate() {
            let (d, v, from) = (t.dtype(), value(t.dtype()), offsets + self.results.len() + i);
            let _ = writeln!(text, "alias T{i} = {v};");
            let _ = writeln!(text, "fn x{i}(at: u32) -> {v} {{ return {}; }}", load(d, &format!("in{i}_get(p[{from}u] + at)")));
            let index = match d {
                DType::Int8 | DType::Int16 | DType::Int32 => format!("return x{i}(at);"),
                DType::UInt8 | DType::UInt16 => format!("return i32(x{i}(at));"),
                DType::Int64 => format!(
                    "let v = x{i}(at); let n = bitcast<i32>(v.x); return select(i32(-2147483647) - 1, n, v.y == select(0u, 4294967295u, n < 0));"
                ),
                _ => continue,
            };
            let _ = writeln!(text, "fn index{i}(at: u32) -> i32 {{ {index} }}");
        }
        if matches!(self.spread, Spread::Rows(_)) {
            text += ROW_FUNCTIONS;
        }
        let start = match self.spread {
            Spread::Each(_) => "    let i = group * 256u + l;\n    if (i >= p[2]) { return; }\n",
            Spread::Rows(_) => "    let row = group;\n    if (row >= p[2]) { return; }\n",
            Spread::Blocks(_) => "",
        };
        let main = format!("{MAIN}{start}{body}}}\n");
        text + &self.named(&(functions + &main), more)
    }

    /// The text with the places of numbers for their names. No name is the start of another.
    fn named(&self, text: &str, more: &[(&'static str, usize)]) -> String {
        let first = Self::COUNT + 1 + self.results.len() + self.operands.len();
        let mut named = text.replace("$list", &format!("{}u", first + self.numbers.len() + more.len())).replace("$count", "p[2]");
        let all = || self.numbers.iter().chain(more);
        for (i, (name, _)) in all().enumerate() {
            debug_assert!(all().all(|(other, _)| other == name || !other.starts_with(name)), "{name}");
            named = named.replace(&format!("${name}"), &format!("p[{}u]", first + i));
        }
        named
    }
}
