//! Which dtypes an op takes on the CPU and on GPUs, and why it stays on the CPU.

use ferroflow_ops::{ArgType, AttrDef, Gpu, Kind, OpDef};
use ferroflow_tensor::DType;

use super::dump::names;

/// The allowed dtypes of a kernel's type attributes.
type Types = [(&'static str, &'static [DType])];

/// Columns of the table: a name, the dtypes that it stands for.
pub const COLUMNS: [(&str, &[DType]); 11] = [
    ("float32", &[DType::Float]),
    ("float64", &[DType::Double]),
    ("float16", &[DType::Half]),
    ("bfloat16", &[DType::BFloat16]),
    ("int32", &[DType::Int32]),
    ("uint32", &[DType::UInt32]),
    ("int64", &[DType::Int64]),
    ("other integers", &[DType::Int8, DType::Int16, DType::UInt8, DType::UInt16, DType::UInt64]),
    ("complex", &[DType::Complex64, DType::Complex128]),
    ("bool", &[DType::Bool]),
    ("string", &[DType::String]),
];

/// What the table says above its rows.
pub fn legend() -> String {
    let held: Vec<&str> = ferroflow_gpu::HELD.iter().map(|d| d.name()).collect();
    format!(
        "Which dtypes an op takes, and where: `both` on the CPU and on GPUs, `CPU` there alone, `some` only some of them, `-` nowhere.\n\
         A GPU's memory holds {}, the last if the adapter has 64-bit floats; other dtypes are for the CPU.\n\
         The last column says why an op has no kernel on GPUs, or none for a dtype that their memory holds.\n",
        held.join(", ")
    )
}

/// The dtypes that the type attributes of a kernel have, as far as the op's signature allows them.
pub fn allowed(def: &'static OpDef, types: &Types) -> Vec<(&'static str, Vec<DType>)> {
    let signature = |name: &str| def.attrs.iter().find(|a| a.name == name).map_or(&[][..], |a| &a.types);
    let both = |(name, dtypes): &(&'static str, &'static [DType])| {
        let known = signature(name);
        (*name, dtypes.iter().copied().filter(|d| known.is_empty() || known.contains(d)).collect())
    };
    types.iter().map(both).collect()
}

/// What an op's table row is about: a type attribute, or the dtype that its first operand or result always has.
enum Main<'a> {
    Attr(&'a AttrDef),
    Fixed(DType),
}

/// Of several type attributes the one with most choices: others are the dtypes of indices.
fn main(def: &OpDef) -> Option<Main<'_>> {
    let args = || def.inputs.iter().chain(&def.outputs);
    let name = |ty: &ArgType| match ty {
        ArgType::Attr(name) | ArgType::List(name) => Some(name.clone()),
        ArgType::Fixed(_) => None,
    };
    let used: Vec<String> = args().filter(|a| !a.host).filter_map(|a| name(&a.ty)).collect();
    let choices = |a: &&AttrDef| if a.types.is_empty() { usize::MAX } else { a.types.len() };
    let attrs = def.attrs.iter().filter(|a| a.kind == Kind::Type && used.contains(&a.name));
    let fixed = args().find_map(|a| if let ArgType::Fixed(d) = a.ty { Some(Main::Fixed(d)) } else { None });
    attrs.rev().max_by_key(choices).map(Main::Attr).or(fixed)
}

/// Whether kernels with these types take a dtype.
fn takes(main: &Main, types: &Types, dtype: DType) -> bool {
    match main {
        Main::Fixed(d) => *d == dtype,
        Main::Attr(a) => {
            let listed = types.iter().find(|(name, _)| *name == a.name);
            (a.types.is_empty() || a.types.contains(&dtype)) && listed.is_none_or(|(_, dtypes)| dtypes.contains(&dtype))
        }
    }
}

/// One cell for each column.
pub fn cells(def: &'static OpDef) -> Vec<&'static str> {
    let cpu = ferroflow_cpu::kernels::find(def.name).map_or(&[][..], |k| k.types);
    let gpu = match (def.entry.gpu, ferroflow_gpu::support(def.name)) {
        (_, Some((kernel, _))) => Some(kernel.types),
        (Gpu::Free, None) => Some(&[][..]),
        _ => None,
    };
    let Some(main) = main(def) else { return vec![""; COLUMNS.len()] };
    let there = |d: &DType| ferroflow_gpu::HELD.contains(d) && gpu.is_some_and(|types| takes(&main, types, *d));
    let cell = |dtypes: &[DType]| {
        let here: Vec<&DType> = dtypes.iter().filter(|d| takes(&main, cpu, **d)).collect();
        match here.len() {
            0 => "-",
            n if n < dtypes.len() => "some",
            _ if here.iter().all(|d| there(d)) => "both",
            _ => "CPU",
        }
    };
    COLUMNS.iter().map(|(_, dtypes)| cell(dtypes)).collect()
}

/// Why an op has no kernel on GPUs, or none for a dtype that these hold; nothing where it has.
pub fn reason(def: &'static OpDef) -> String {
    let lacking = || {
        let held = COLUMNS.iter().zip(cells(def)).filter(|((_, dtypes), cell)| *cell == "CPU" && ferroflow_gpu::HELD.contains(&dtypes[0]));
        held.map(|((name, _), _)| *name).collect::<Vec<_>>().join(", ")
    };
    match (def.entry.gpu, ferroflow_gpu::support(def.name)) {
        (_, Some((_, wide))) => {
            let (names, wide) = (lacking(), if wide { "it needs an adapter with 64-bit floats" } else { "" });
            match names.is_empty() {
                true => wide.into(),
                false => format!("{names}: {}", ferroflow_gpu::obstacle(def.name)),
            }
        }
        (Gpu::Free, None) => String::new(),
        _ => ferroflow_gpu::reason(def),
    }
}

/// The dtypes of the CPU's kernel, in words.
pub fn cpu(def: &'static OpDef) -> String {
    match ferroflow_cpu::kernels::find(def.name) {
        None => "by a kernel of the runtime, or none".into(),
        Some(k) if k.types.is_empty() => "all dtypes".into(),
        Some(k) => words(def, k.types),
    }
}

/// Buffers that every adapter lets a shader see.
const FEW_BUFFERS: usize = 8;

/// The dtypes of the GPU's kernel, in words, or why there is none.
pub fn gpu(def: &'static OpDef) -> String {
    match (def.entry.gpu, ferroflow_gpu::support(def.name)) {
        (_, Some((kernel, wide))) => {
            let types = if kernel.types.is_empty() { "bool".into() } else { words(def, kernel.types) };
            let needed = ferroflow_gpu::buffers(def);
            let buffers = if needed > FEW_BUFFERS { format!(", if the adapter lets a shader see {needed} buffers") } else { String::new() };
            format!("{types}{}{buffers}", if wide { ", if the adapter has 64-bit floats" } else { "" })
        }
        (Gpu::Free, None) => "nothing to compute".into(),
        _ => format!("on the CPU: {}", ferroflow_gpu::reason(def)),
    }
}

fn words(def: &'static OpDef, types: &Types) -> String {
    let one = |(attr, dtypes): (&str, Vec<DType>)| format!("`{attr}`: {}", names(&dtypes).join(", "));
    allowed(def, types).into_iter().map(one).collect::<Vec<_>>().join("; ")
}
