//! Calls of ops on variables, by the names of their operands: rows and columns that fill workgroups, odd ones, single elements.
use super::cases::{Case, Draw};
use ferroflow_ops::{ArgDef, ArgType, Attr, Attrs, OpDef, bind};
use ferroflow_tensor::{DType, Result};

/// Rows and columns of variables, and the rows that updates go to: some to one of them.
const SHAPES: [(usize, usize, &[i64]); 3] = [(4, 64, &[3, 1, 3, 0, 1]), (3, 37, &[2, 0, 2, 1]), (1, 1, &[0, 0])];
/// Where most formulas of training steps are defined, for rates as for values.
const FLOATS: (f64, f64) = (0.1, 0.9);
const WHOLE: (f64, f64) = (1.0, 9.0);

/// Whether an operand is a variable.
pub fn is_variable(arg: &ArgDef) -> bool {
    arg.is_ref || matches!(arg.ty, ArgType::Fixed(DType::Resource))
}

/// The calls of an op for the dtypes of a real call.
pub fn calls(op: &'static OpDef, real: &Attrs) -> Vec<Case> {
    SHAPES.iter().filter_map(|shape| call(op, real, *shape).ok()).collect()
}

fn call(op: &'static OpDef, real: &Attrs, (rows, columns, places): (usize, usize, &[i64])) -> Result<Case> {
    let own = real.dtype("dtype").or_else(|_| real.dtype("T"))?;
    let mut draw = Draw::new(if own.is_floating() { FLOATS } else { WHOLE });
    let drawn = if own == DType::Bool { "b" } else { "f" };
    let by_index = op.inputs.iter().any(|a| a.name == "indices");
    let (mut inputs, mut given, mut held) = (vec![], vec![], vec![]);
    for (i, arg) in op.inputs.iter().enumerate() {
        let dtype = match &arg.ty {
            ArgType::Fixed(DType::Resource) => own,
            ArgType::Fixed(d) => *d,
            ArgType::Attr(t) | ArgType::List(t) => real.dtype(t)?,
        };
        let text = match arg.name.as_str() {
            _ if is_variable(arg) => format!("{drawn}({rows},{columns})"),
            "indices" if op.name.contains("Nd") => {
                format!("c([{}])", places.iter().map(|p| format!("[{p}]")).collect::<Vec<_>>().join(","))
            }
            "indices" => format!("c([{}])", places.iter().map(i64::to_string).collect::<Vec<_>>().join(",")),
            "grad" | "delta" | "updates" | "value" if by_index => format!("{drawn}({},{columns})", places.len()),
            "grad" | "delta" | "updates" | "value" => format!("{drawn}({rows},{columns})"),
            _ if dtype.is_floating() => "f()".into(),
            _ => "c(3)".into(),
        };
        if is_variable(arg) {
            held.push(i);
        }
        inputs.push(draw.tensor(&text, dtype)?);
        given.push(if matches!(arg.ty, ArgType::Fixed(DType::Resource)) { DType::Resource } else { dtype });
    }
    let mut attrs = Attrs::none();
    let types = op.attrs.iter().filter(|a| !op.is_inferred(&a.name));
    types.filter_map(|a| Some((a, real.get(&a.name)?))).for_each(|(a, t)| {
        if let Attr::Type(_) = t {
            attrs.set(a.name.clone(), t.clone());
        }
    });
    let attrs = bind(op, &given, attrs)?;
    Ok(Case { text: "a variable of its own", inputs, attrs, held })
}
