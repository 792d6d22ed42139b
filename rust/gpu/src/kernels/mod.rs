//! The kernels of GPUs, by op; and why an op has none.
mod adding;
mod alpha;
mod bands;
mod choice;
mod conv;
mod elementwise;
mod filling;
mod index;
mod joining;
mod line;
mod moving;
mod norm;
mod order;
mod pool;
mod product;
mod random;
mod reduction;
mod segment;
mod softmax;
mod spread;
mod state;
pub mod tape;
mod tiles;
mod training;

use ferroflow_ops::{ArgDef, ArgType, Gpu, Kernel, OpDef};
use ferroflow_tensor::DType;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A kernel, and whether it needs an adapter with 64-bit floats.
struct Known {
    kernel: Kernel,
    wide: bool,
}

fn all() -> &'static HashMap<&'static str, Known> {
    static ALL: OnceLock<HashMap<&'static str, Known>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = HashMap::new();
        let made = elementwise::kernels().into_iter().chain(reduction::kernels());
        let fixed = [
            adding::KERNELS,
            alpha::KERNELS,
            bands::KERNELS,
            choice::KERNELS,
            conv::KERNELS,
            filling::KERNELS,
            index::KERNELS,
            joining::KERNELS,
            line::KERNELS,
            moving::KERNELS,
            norm::KERNELS,
            pool::KERNELS,
            product::KERNELS,
            random::KERNELS,
            segment::KERNELS,
            softmax::KERNELS,
            state::KERNELS,
            training::KERNELS,
        ]
        .into_iter()
        .flatten()
        .map(|k| (*k, false));
        for (kernel, wide) in made.chain(fixed) {
            all.insert(kernel.op, Known { kernel, wide });
        }
        all
    })
}

/// The kernel of an op, for an adapter with or without 64-bit floats.
pub fn find(op: &str, wide: bool) -> Option<&'static Kernel> {
    all().get(op).filter(|k| wide || !k.wide).map(|k| &k.kernel)
}

/// The kernel of an op on some adapter, and whether it has to have 64-bit floats: for tables of what is supported.
pub fn support(op: &str) -> Option<(&'static Kernel, bool)> {
    all().get(op).map(|k| (&k.kernel, k.wide))
}

/// The buffers that a shader of an op sees at once, at most: numbers, operands and results. Lists are taken one by one; updates of
/// variables have one tensor, bring their order along if they are by index, and pack their scalars into one. What goes along lines in
/// pieces or blocks carries a tensor on, and what may be an error of integers tells so in one.
pub fn buffers(op: &OpDef) -> usize {
    let variables = op.inputs.iter().filter(|a| a.is_ref || matches!(a.ty, ArgType::Fixed(DType::Resource))).count();
    let by_index = 2 * usize::from(op.inputs.iter().any(|a| matches!(&*a.name, "indices" | "segment_ids")));
    if variables > 0 {
        return 3 + variables + by_index;
    }
    let seen = |a: &&ArgDef| !a.host && !a.is_list();
    let more = usize::from(matches!(op.name, "Cumsum" | "Cumprod" | "TopKV2") || elementwise::may_fail(op.name));
    1 + op.inputs.iter().filter(seen).count() + op.outputs.iter().filter(seen).count() + by_index + more
}

/// Why an op has no kernel, or none for its dtypes.
pub fn reason(op: &OpDef) -> String {
    if all().get(op.name).is_some_and(|k| k.wide) {
        return "it computes with 64-bit floats, which the adapter may lack".into();
    }
    match op.entry.gpu {
        Gpu::Host(reason) => reason.into(),
        Gpu::Composed => "what it consists of has devices of its own".into(),
        _ if all().contains_key(op.name) || matches!(op.entry.gpu, Gpu::Body) => obstacle(op.name).into(),
        _ => "it has no shader yet".into(),
    }
}

/// Why the kernel of an op does not take a dtype.
pub fn obstacle(op: &str) -> &'static str {
    elementwise::obstacle(op).unwrap_or("this dtype has no shader")
}
