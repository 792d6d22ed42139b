//! The op table as JSON, for tests and tools.

use ferroflow_ops::{ArgDef, ArgType, Attr, AttrDef, Flags, Gpu, Gradient, Kind, OpDef, ShapeRule};
use ferroflow_tensor::{DType, PartialShape};
use serde_json::{Value, json};

use super::kernels;
use super::model::{self, Op};

const FLAGS: [(&str, Flags); 10] = [
    ("STATEFUL", Flags::STATEFUL),
    ("BLOCKS", Flags::BLOCKS),
    ("VIEW", Flags::VIEW),
    ("RANDOM", Flags::RANDOM),
    ("PYTHON", Flags::PYTHON),
    ("WRITES", Flags::WRITES),
    ("KEEPS", Flags::KEEPS),
    ("CHECKS_VALUES", Flags::CHECKS_VALUES),
    ("ALLOWS_UNINITIALIZED", Flags::ALLOWS_UNINITIALIZED),
    ("COMMUTES", Flags::COMMUTES),
];

/// The table: a list with an object for each op, in the order of their names.
///
/// Errors: the JSON cannot be written.
pub fn run() -> Result<String, String> {
    let ops: Vec<Value> = model::all().iter().map(op).collect();
    serde_json::to_string_pretty(&ops).map(|text| text + "\n").map_err(|e| e.to_string())
}

fn op(op: &Op) -> Value {
    let (def, entry) = (op.def, &op.def.entry);
    let (gradient, needs, reason) = match entry.grad {
        Gradient::Rule(_, needs) => ("rule", needs, ""),
        Gradient::Through => ("rule", &[][..], ""),
        Gradient::None(reason) => ("none", &[][..], reason),
        Gradient::Missing(reason) => ("missing", &[][..], reason),
        Gradient::Body => ("body", &[][..], "built from the bodies of the functions that the op calls"),
    };
    let (gpu, gpu_says) = match entry.gpu {
        Gpu::Body => ("body", ""),
        Gpu::Template(name) => ("template", name),
        Gpu::Composed => ("composed", ""),
        Gpu::Free => ("free", ""),
        Gpu::Host(reason) => ("host", reason),
    };
    json!({
        "name": def.name,
        "doc": entry.doc,
        "inputs": def.inputs.iter().map(arg).collect::<Vec<_>>(),
        "outputs": def.outputs.iter().map(arg).collect::<Vec<_>>(),
        "attrs": def.attrs.iter().map(|a| attr(def, a)).collect::<Vec<_>>(),
        "parameters": op.parameters.iter().map(|p| (p.signature_name(), &p.name)).collect::<Vec<_>>(),
        "flags": FLAGS.iter().filter(|(_, flag)| def.has(*flag)).map(|(name, _)| *name).collect::<Vec<_>>(),
        "gradient": {"kind": gradient, "needs": needs, "reason": reason},
        "host": entry.host,
        "gpu": {"kind": gpu, "says": gpu_says},
        "shape": match entry.shape {
            ShapeRule::Same => "same",
            ShapeRule::Broadcast => "broadcast",
            ShapeRule::Scalar => "scalar",
            ShapeRule::Unknown => "unknown",
            ShapeRule::Rule(_) => "rule",
        },
        "composite": entry.body.is_some(),
        "test": {"np": entry.test.np, "domain": [entry.test.domain.0, entry.test.domain.1], "cases": entry.test.cases, "ulp": entry.test.ulp},
        "kernel": kernels::of(def),
    })
}

fn arg(arg: &ArgDef) -> Value {
    let (kind, says) = match &arg.ty {
        ArgType::Fixed(dtype) => ("type", dtype.name()),
        ArgType::Attr(name) => ("type_attr", name.as_str()),
        ArgType::List(name) => ("type_list_attr", name.as_str()),
    };
    json!({"name": arg.name, kind: says, "number_attr": arg.number, "is_ref": arg.is_ref, "host": arg.host})
}

fn attr(def: &OpDef, attr: &AttrDef) -> Value {
    let kind = match attr.kind {
        Kind::Int => "int",
        Kind::Float => "float",
        Kind::Bool => "bool",
        Kind::Str => "string",
        Kind::Type => "type",
        Kind::Shape => "shape",
        Kind::Tensor => "tensor",
        Kind::Func => "func",
    };
    json!({
        "name": attr.name,
        "type": if attr.list { format!("list({kind})") } else { kind.to_string() },
        "default": attr.default.as_ref().map(|value| json!({"value": to_json(value)})),
        "types": names(&attr.types),
        "strings": attr.strings,
        "minimum": attr.minimum,
        "inferred": def.is_inferred(&attr.name),
    })
}

/// The names of dtypes.
pub fn names(types: &[DType]) -> Vec<&'static str> {
    types.iter().map(|dtype| dtype.name()).collect()
}

fn to_json(value: &Attr) -> Value {
    let text = |s: &[u8]| json!(String::from_utf8_lossy(s));
    let shape = |s: &PartialShape| json!(s.to_i64());
    match value {
        Attr::Int(x) => json!(x),
        Attr::Float(x) => json!(x),
        Attr::Bool(x) => json!(x),
        Attr::Str(x) => text(x),
        Attr::Type(x) => json!(x.name()),
        Attr::Shape(x) => shape(x),
        Attr::Ints(x) => json!(x),
        Attr::Floats(x) => json!(x),
        Attr::Bools(x) => json!(x),
        Attr::Strs(x) => x.iter().map(|s| text(s)).collect(),
        Attr::Types(x) => json!(names(x)),
        Attr::Shapes(x) => x.iter().map(shape).collect(),
        Attr::Tensor(x) => json!({"dtype": x.dtype().name(), "shape": x.shape().to_vec(), "values": x.to_i64().ok()}),
        Attr::Func(_) | Attr::Tensors(_) | Attr::Funcs(_) | Attr::Placeholder(_) => Value::Null,
    }
}
