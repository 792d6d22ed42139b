//! Strings: joining, formatting, parsing.
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{Code, PartialShape, Result, bail};

const FILE: Test = Test::own(&["rust/cpu/tests/string.rs"]);
const HOST: Gpu = Gpu::Host("strings are in host memory");
const NONE: Gradient = Gradient::None("strings have no gradient");
const MISSING: Gradient = Gradient::Missing("strings have no gradient");
const BASE: Entry = Entry { grad: NONE, gpu: HOST, test: FILE, ..Entry::NEW };

/// String ops.
pub static OPS: &[Entry] = &[
    Entry {
        name: "StringJoin",
        sig: "inputs: N * string -> output: string",
        attrs: "N: int >= 0; separator: string = ''",
        doc: "Joins strings element by element, with a separator between them. Scalars are repeated. InvalidArgument for unequal shapes.",
        shape: ShapeRule::Rule(join),
        ..BASE
    },
    Entry {
        name: "AsString",
        sig: "input: T -> output: string",
        attrs: "T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64, complex64, complex128, bool, variant, string}; precision: int = -1; scientific: bool = false; shortest: bool = false; width: int = -1; fill: string = ''",
        doc: "Writes each element as a string, as C's printf does: fixed notation by default, %e if scientific, %g if shortest, with precision digits, padded to width; fill is a printf flag (space, 0, -, + or #).",
        shape: ShapeRule::Same,
        ..BASE
    },
    Entry {
        name: "StringFormat",
        sig: "inputs: T -> output: string",
        attrs: "T: list(type) >= 0; template: string = '%s'; placeholder: string = '%s'; summarize: int = 3",
        doc: "Writes tensors into a template in place of its placeholders, with the first and last summarize elements of each axis (all if -1). InvalidArgument unless there is a placeholder for each tensor.",
        shape: ShapeRule::Rule(format),
        grad: MISSING,
        ..BASE
    },
    Entry {
        name: "ShardedFilename",
        sig: "basename: string, shard: int32, num_shards: int32 -> filename: string",
        doc: "Gives the name of one file of a set: BASE-00003-of-00010.",
        shape: ShapeRule::Rule(sharded),
        grad: MISSING,
        ..BASE
    },
    Entry {
        name: "ReduceJoin",
        sig: "inputs: string, reduction_indices: int32 -> output: string",
        attrs: "keep_dims: bool = false; separator: string = ''",
        doc: "Joins the strings along axes, the axis that is given first running fastest; no axes leave the input as it is. InvalidArgument for an axis outside the input or given twice.",
        shape: ShapeRule::Rule(reduce_join),
        host: &["reduction_indices"],
        ..BASE
    },
    Entry {
        name: "StringLength",
        sig: "input: string -> output: int32",
        attrs: "unit: {'BYTE', 'UTF8_CHAR'} = 'BYTE'",
        doc: "Counts the bytes, or the characters of UTF-8, of each string.",
        shape: ShapeRule::Same,
        grad: MISSING,
        ..BASE
    },
    Entry {
        name: "StringToNumber",
        sig: "string_tensor: string -> output: out_type",
        attrs: "out_type: {float, double, int32, int64, uint32, uint64} = float",
        doc: "Reads each string as a number; spaces around it are skipped. InvalidArgument for text that is no number or an integer out of range.",
        shape: ShapeRule::Same,
        ..BASE
    },
];

fn join(c: &mut Infer) -> Result<()> {
    let mut shape = PartialShape::scalar();
    let mut uncertain = false;
    for i in 0..c.n_inputs() {
        let s = c.shape(i);
        match s.rank() {
            None => uncertain = true,
            Some(0) => {}
            Some(_) if shape.rank() == Some(0) => shape = s.clone(),
            Some(_) => {
                let merged = c.merge(&shape, s);
                shape = merged.map_err(|e| {
                    c.fail(Code::InvalidArgument, e.message().into(), format!("Input shapes do not match: {shape} vs. {s}"))
                })?;
            }
        }
    }
    c.set(0, if uncertain && shape.rank() == Some(0) { PartialShape::UNKNOWN } else { shape });
    Ok(())
}

fn format(c: &mut Infer) -> Result<()> {
    let (template, placeholder) = (c.attrs.bytes("template")?, c.attrs.bytes("placeholder")?);
    let n = crate::ops::string::pieces(template, placeholder).len() - 1;
    if n != c.n_inputs() {
        bail!(InvalidArgument, "num placeholders in template and num inputs must match: {n} vs. {}", c.n_inputs());
    }
    c.set(0, PartialShape::scalar());
    Ok(())
}

/// The parts of a template between its placeholders; one part if the placeholder is empty.
pub fn pieces<'a>(template: &'a [u8], placeholder: &[u8]) -> Vec<&'a [u8]> {
    let (mut parts, mut start, mut at) = (vec![], 0, 0);
    while !placeholder.is_empty() && at + placeholder.len() <= template.len() {
        if template[at..].starts_with(placeholder) {
            parts.push(&template[start..at]);
            at += placeholder.len();
            start = at;
        } else {
            at += 1;
        }
    }
    parts.push(&template[start..]);
    parts
}

fn sharded(c: &mut Infer) -> Result<()> {
    for (i, name) in ["basename", "shard", "num_shards"].into_iter().enumerate() {
        if let Some(r) = c.shape(i).rank().filter(|r| *r != 0) {
            let (fixed, run) =
                (format!("Shape must be rank 0 but is rank {r}"), format!("{name} must be a scalar, got shape {}", c.shape(i)));
            return Err(c.fail(Code::InvalidArgument, fixed, run));
        }
    }
    c.set(0, PartialShape::scalar());
    Ok(())
}

fn reduce_join(c: &mut Infer) -> Result<()> {
    let (Some(dims), Some(axes)) = (c.shape(0).dims(), c.known_ints(1)) else { return Ok(()) };
    if c.shape(1).rank().is_some_and(|r| r > 1) && c.at_run_time {
        bail!(InvalidArgument, "reduction_indices must be a scalar or vector, got shape {}", c.shape(1));
    }
    let rank = dims.len() as i64;
    let mut reduced = vec![false; dims.len()];
    for axis in axes {
        if axis < -rank || axis >= rank {
            return Err(if c.at_run_time {
                ferroflow_tensor::error!(OutOfRange, "Invalid reduction dimension {axis} for input with {rank} dimension(s)")
            } else {
                ferroflow_tensor::error!(InvalidArgument, "Invalid reduction dimension {axis} for input with {rank} dimensions.")
            }
            .axis(axis.to_string()));
        }
        let i = axis.rem_euclid(rank) as usize;
        if std::mem::replace(&mut reduced[i], true) && c.at_run_time {
            bail!(InvalidArgument, "Duplicate reduction dimension {axis}");
        }
    }
    let keep = c.attrs.bool("keep_dims")?;
    let kept = dims.iter().zip(&reduced).filter(|(_, r)| keep || !**r).map(|(d, r)| if *r { Some(1) } else { *d });
    c.set(0, PartialShape::new(kept.collect()));
    Ok(())
}
