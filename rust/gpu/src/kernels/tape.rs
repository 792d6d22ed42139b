//! Tapes as one shader: the bodies of the ops one after the other, so that values between them stay in registers.
//!
//! Without reductions an invocation makes one element of each result. With them a workgroup has a row: its invocations go over
//! the row once for each reduction that waits for another, and once more for the results, computing again what they need. Every
//! result has the bits that the ops give one by one: sums are added in the same order, and what is rounded there is rounded here.
use super::{choice, elementwise, reduction};
use crate::frames::{self, Bindings, Body, GROUP, MAIN, SPECIAL, Window, fit, function, load, store, value};
use crate::memory;
use crate::opened::Groups;
use crate::pace::Sizes;
use ferroflow_ops::tape::{Role, Source, Span, Tape, TapeOp};
use ferroflow_ops::{Attrs, Call, OpDef, Prepared};
use ferroflow_tensor::{DType, Result};
use std::fmt::Write;

/// Elements of a row from which on a workgroup pays for it.
const SHORTEST_ROW: usize = 2;
/// Rounds of the longest loop that a body calls.
const LONGEST_CALL: usize = 64;
/// Where `p` holds the number of places or rows, that of columns, and the first start of an input.
const COUNT: usize = SPECIAL.len();
const COLUMNS: usize = COUNT + 1;
const STARTS: usize = COLUMNS + 1;

/// What an op does on a tape.
enum Part {
    /// A body of one, two or three operands; of more, the first two and each other one.
    Body(Body),
    /// A reduction of rows.
    Reduction(&'static reduction::Reduction),
}

fn part(op: &OpDef, attrs: &Attrs, operands: &[DType], result: DType) -> Option<Part> {
    let plain = |text: &str| Some(Part::Body(Body { statements: String::new(), result: text.into(), wide: false }));
    let first = *operands.first()?;
    let kernel = super::find(op.name, true)?;
    let types = kernel.types.iter().filter_map(|(name, allowed)| Some((attrs.dtype(name).ok()?, *allowed)));
    if !types.into_iter().all(|(dtype, allowed)| allowed.contains(&dtype)) {
        return None;
    }
    if first.is_integer() && elementwise::may_fail(op.name) {
        return None;
    }
    match op.name {
        "Cast" if attrs.bool("Truncate").ok()? => None,
        "Cast" => plain(&choice::cast(first, result)),
        "Select" | "SelectV2" => plain(choice::SELECT),
        "BiasAdd" if attrs.str("data_format").ok()? != "NHWC" => None,
        "AddN" if operands.len() == 1 => plain("x"),
        "BiasAdd" | "AddN" => elementwise::body("AddV2", first).cloned().map(Part::Body),
        name => match reduction::of(name, first) {
            Some(reduction) => Some(Part::Reduction(reduction)),
            None => elementwise::body(name, first).cloned().map(Part::Body),
        },
    }
}

/// What an op may be on a tape, for an adapter with or without 64-bit floats.
pub fn role(op: &'static OpDef, attrs: &Attrs, operands: &[DType], result: DType, wide: bool) -> Option<Role> {
    match part(op, attrs, operands, result)? {
        Part::Body(body) if body.wide && !wide => None,
        Part::Reduction(_) => Some(Role::Reduction),
        Part::Body(_) if matches!(op.name, "Select" | "AddN") => Some(Role::Aligned),
        Part::Body(_) => Some(Role::Elementwise),
    }
}

/// What an adapter lets one shader do.
pub struct Limits {
    /// Buffers that it may have.
    pub buffers: usize,
    /// Bytes that one binding shows: larger buffers take several.
    pub bytes: usize,
    /// Rounds that the loops of an invocation may take together.
    pub rounds: usize,
}

/// A tape made ready; None if it needs more than an adapter has.
pub fn prepare(tape: &Tape, limits: &Limits) -> Option<Prepared> {
    let n = tape.rows.checked_mul(tape.columns)?;
    let dtypes = tape.inputs.iter().map(|x| x.0).chain(tape.ops.iter().map(|o| o.dtype));
    let most = dtypes.map(memory::lane).max()?;
    if tape.inputs.len() + tape.outputs.len() + 1 > limits.buffers || n.checked_mul(most)? > limits.bytes {
        return None;
    }
    let parts: Vec<Part> = (tape.ops.iter())
        .map(|o| part(o.op, o.attrs, &o.args.iter().map(|a| tape.value(*a).0).collect::<Vec<_>>(), o.dtype))
        .collect::<Option<_>>()?;
    let by_row = parts.iter().any(|p| matches!(p, Part::Reduction(_)));
    if by_row && tape.columns < SHORTEST_ROW {
        return None;
    }
    let writer = Writer { tape, parts: &parts };
    if writer.rounds(by_row) > limits.rounds {
        return None;
    }
    let (key, text) = (writer.key(by_row), if by_row { writer.rows() } else { writer.places() });
    let count = if by_row { tape.rows } else { n };
    let outputs = tape.outputs.iter().map(|o| tape.ops[*o as usize].dtype).collect();
    let inputs = tape.inputs.iter().map(|x| x.0).collect();
    Some(Prepared::with(run, 1000.0, Ready { key, text, outputs, inputs, count, columns: tape.columns, by_row }))
}

struct Ready {
    key: String,
    /// All but the bindings.
    text: String,
    outputs: Vec<DType>,
    inputs: Vec<DType>,
    count: usize,
    columns: usize,
    by_row: bool,
}

fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Ready>()?;
    let mut numbers = SPECIAL.to_vec();
    numbers.extend([plan.count as u32, plan.columns as u32]);
    let inputs = (0..call.n_inputs()).map(|i| call.input(i));
    numbers.extend(inputs.clone().map(memory::offset));
    let all = call.outs.iter().chain(inputs).map(memory::of).collect::<Result<Vec<_>>>()?;
    let buffers: Vec<_> = all.iter().map(|m| &m.buffer).collect();
    let groups = Groups::Row(if plan.by_row { plan.count as u32 } else { (plan.count as u32).div_ceil(GROUP) });
    let text = |windows: &[Window]| {
        let mut bindings = Bindings::new(windows);
        plan.outputs.iter().enumerate().for_each(|(i, d)| bindings.buffer(&format!("out{i}"), *d, true));
        plan.inputs.iter().enumerate().for_each(|(i, d)| bindings.buffer(&format!("in{i}"), *d, false));
        bindings.text + &plan.text
    };
    all[0].opened.dispatch(
        &plan.key,
        text,
        &numbers,
        &Sizes { all: &[plan.columns as u32], longest: if plan.by_row { plan.columns as u32 / GROUP } else { 1 } },
        call.outs.len(),
        &buffers,
        groups,
    )
}

/// Writes the shader of a tape.
struct Writer<'a> {
    tape: &'a Tape<'a>,
    parts: &'a [Part],
}

/// The name of an operand's value in a shader.
fn name(source: Source) -> String {
    match source {
        Source::Input(i) => format!("x{i}"),
        Source::Op(k) => format!("v{k}"),
    }
}

impl Writer<'_> {
    /// What tells the shader from those of other tapes.
    fn key(&self, by_row: bool) -> String {
        let mut key = String::from(if by_row { "rows" } else { "tape" });
        for (dtype, span) in &self.tape.inputs {
            let _ = write!(key, " {dtype}{span:?}");
        }
        for o in &self.tape.ops {
            let args: Vec<String> = o.args.iter().map(|a| name(*a)).collect();
            let _ = write!(key, " {}({}){}{:?}", o.op.name, args.join(","), o.dtype, o.span);
        }
        key + &format!(" {:?}", self.tape.outputs)
    }

    /// A function for each op.
    fn head(&self) -> String {
        let mut text = String::new();
        for (k, (o, part)) in self.tape.ops.iter().zip(self.parts).enumerate() {
            let operands: Vec<DType> = o.args.iter().map(|a| self.tape.value(*a).0).collect();
            text += &match part {
                Part::Body(body) => {
                    function(&format!("f{k}"), body, o.dtype, &operands[..operands.len().min(if o.op.name == "AddN" { 2 } else { 3 })])
                }
                Part::Reduction(r) => r.functions(k),
            };
        }
        text
    }

    /// `let` for an element of an input.
    fn read(&self, i: usize) -> String {
        let (d, span) = self.tape.inputs[i];
        let at = match span {
            Span::All => " + i",
            Span::Row => " + column",
            Span::Column => " + row",
            Span::Single => "",
        };
        format!("    let x{i} = {};\n", load(d, &format!("in{i}_get(p[{}]{at})", STARTS + i)))
    }

    /// `let` for the value of an op that is no reduction. What is a sum or a product is kept from being rounded with what follows.
    fn compute(&self, k: usize) -> String {
        let o = &self.tape.ops[k];
        let args: Vec<String> = o.args.iter().map(|a| name(*a)).collect();
        let rounded = |v: String| match o.dtype {
            DType::Float => format!("kept({v})"),
            DType::Double => format!("kept_wide({v})"),
            d => fit(d, &v),
        };
        let v = match (o.op.name, &args[..]) {
            ("AddN", [first, others @ ..]) if !others.is_empty() => {
                others.iter().fold(first.clone(), |sum, x| rounded(format!("f{k}({sum}, {x})")))
            }
            _ => rounded(format!("f{k}({})", args.join(", "))),
        };
        format!("    let v{k} = {v};\n")
    }

    /// Statement that writes a result to a place.
    fn write(&self, i: usize, at: &str) -> String {
        let o = self.tape.outputs[i];
        format!("    out{i}_set({at}, {});\n", store(self.tape.ops[o as usize].dtype, &format!("v{o}")))
    }

    /// An invocation for each element.
    fn places(&self) -> String {
        let mut text = self.head() + MAIN;
        let _ = write!(text, "    let i = group * 256u + l;\n    if (i >= p[{COUNT}]) {{ return; }}\n");
        let _ = write!(text, "    let row = i / p[{COLUMNS}];\n    let column = i % p[{COLUMNS}];\n");
        (0..self.tape.inputs.len()).for_each(|i| text += &self.read(i));
        (0..self.tape.ops.len()).for_each(|k| text += &self.compute(k));
        (0..self.tape.outputs.len()).for_each(|i| text += &self.write(i, "i"));
        text + "}\n"
    }

    /// Rounds of an invocation's loops: over the row once for each reduction that waits for another, and once more; in each of them those
    /// of the functions that the bodies call.
    fn rounds(&self, by_row: bool) -> usize {
        let calls = self
            .parts
            .iter()
            .filter(|p| matches!(p, Part::Body(b) if frames::calls_loops(&b.statements) || frames::calls_loops(&b.result)));
        let each = 1 + LONGEST_CALL * calls.count();
        let last = self.phases().into_iter().max().unwrap_or(0);
        if by_row { (last + 1) * self.tape.columns.div_ceil(GROUP as usize) * each } else { each }
    }

    /// How many reductions one after the other come before each op's value is known.
    fn phases(&self) -> Vec<usize> {
        let mut phases: Vec<usize> = vec![];
        for (o, part) in self.tape.ops.iter().zip(self.parts) {
            let of = |a: &Source| if let Source::Op(k) = a { phases[*k as usize] } else { 0 };
            let before = o.args.iter().map(of).max().unwrap_or(0);
            phases.push(before + usize::from(matches!(part, Part::Reduction(_))));
        }
        phases
    }

    /// Statements of the loop over a row for the values of some ops: what they are computed from, as far as it has an element for
    /// each place.
    fn body(&self, wanted: &[usize]) -> String {
        let tape = self.tape;
        let (mut ops, mut inputs) = (vec![false; tape.ops.len()], vec![false; tape.inputs.len()]);
        let mark = |a: &Source, ops: &mut Vec<bool>, inputs: &mut Vec<bool>| match a {
            Source::Op(k) => ops[*k as usize] |= tape.ops[*k as usize].span == Span::All,
            Source::Input(i) => inputs[*i as usize] |= matches!(tape.inputs[*i as usize].1, Span::All | Span::Row),
        };
        for k in wanted {
            match self.parts[*k] {
                Part::Reduction(_) => mark(&tape.ops[*k].args[0], &mut ops, &mut inputs),
                Part::Body(_) => ops[*k] = true,
            }
        }
        for k in (0..ops.len()).rev().filter(|k| tape.ops[*k].span == Span::All) {
            if ops[k] {
                tape.ops[k].args.iter().for_each(|a| mark(a, &mut ops, &mut inputs));
            }
        }
        let reads = (0..inputs.len()).filter(|i| inputs[*i]).map(|i| self.read(i));
        let computed = (0..ops.len()).filter(|k| ops[*k]).map(|k| self.compute(k));
        reads.chain(computed).collect()
    }

    /// A workgroup for each row.
    fn rows(&self) -> String {
        let tape = self.tape;
        let phases = self.phases();
        let reduces = |k: &usize| matches!(self.parts[*k], Part::Reduction(_));
        let around = |body: String| {
            format!(
                "    for (var column = l; column < p[{COLUMNS}]; column = column + 256u) {{\n    let i = row * p[{COLUMNS}] + column;\n{body}    }}\n"
            )
        };
        let mut text = self.head() + MAIN;
        let _ = write!(text, "    let row = group;\n    if (row >= p[{COUNT}]) {{ return; }}\n");
        let whole = |i: &usize| matches!(tape.inputs[*i].1, Span::Column | Span::Single);
        (0..tape.inputs.len()).filter(whole).for_each(|i| text += &self.read(i));
        for phase in 0..=phases.iter().copied().max().unwrap_or(0) {
            let narrow = |k: &usize| phases[*k] == phase && tape.ops[*k].span != Span::All && !reduces(k);
            (0..tape.ops.len()).filter(narrow).for_each(|k| text += &self.compute(k));
            let next: Vec<usize> = (0..tape.ops.len()).filter(|k| reduces(k) && phases[*k] == phase + 1).collect();
            if next.is_empty() {
                continue;
            }
            let mut body = self.body(&next);
            for k in &next {
                let Part::Reduction(r) = self.parts[*k] else { continue };
                let _ = writeln!(text, "    var s{k}: {} = {};", value(r.dtype), r.start);
                let _ = writeln!(body, "    s{k} = f{k}(s{k}, {});", name(tape.ops[*k].args[0]));
            }
            text += &around(body);
            for k in &next {
                let _ = writeln!(text, "    let v{k} = whole{k}(l, s{k}, p[{COLUMNS}]);");
            }
        }
        let spread = |op: &TapeOp| op.span == Span::All;
        let results = |wide: bool| (0..tape.outputs.len()).filter(move |i| spread(&tape.ops[tape.outputs[*i] as usize]) == wide);
        let wanted: Vec<usize> = results(true).map(|i| tape.outputs[i] as usize).collect();
        if !wanted.is_empty() {
            let mut body = self.body(&wanted);
            results(true).for_each(|i| body += &self.write(i, "i"));
            text += &around(body);
        }
        text += "    if (l == 0u) {\n";
        results(false).for_each(|i| text += &self.write(i, "row"));
        text + "    }\n}\n"
    }
}
