//! Kernels of matrix products.
use super::spread::{broadcast, rows};
use super::tiles::{After, Product};
use crate::memory::SINGLES;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, error};

const TYPES: &[DType] = &[DType::Float, DType::Half, DType::BFloat16, DType::Double, DType::Int32, DType::UInt32];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "MatMul", types: &[("T", TYPES)], outputs: Outputs::Runtime, prepare: |p| prepare(p, "transpose_a", "transpose_b") },
    Kernel {
        op: "_FusedMatMul",
        types: &[("T", SINGLES)],
        outputs: Outputs::Runtime,
        prepare: |p| prepare(p, "transpose_a", "transpose_b"),
    },
    Kernel { op: "BatchMatMulV2", types: &[("T", TYPES)], outputs: Outputs::Runtime, prepare: |p| prepare(p, "adj_x", "adj_y") },
    Kernel {
        op: "BatchMatMulV3",
        types: &[("Ta", TYPES), ("Tb", TYPES), ("Tout", TYPES)],
        outputs: Outputs::Runtime,
        prepare: |p| prepare(p, "adj_x", "adj_y"),
    },
];

struct Plan {
    /// Rows, columns, inner size; strides of a row and a column of both operands.
    sizes: [usize; 7],
    stack: usize,
    axes: Vec<Vec<u32>>,
    name: String,
    after: After,
}

fn prepare(p: &Prep, flag_a: &str, flag_b: &str) -> Result<Prepared> {
    let (a, b, out) = (p.shape(0), p.shape(1), p.out_shape(0)?);
    if p.dtype(0) != p.dtype(1) || p.dtype(0) != p.outputs[0].0 {
        return Err(error!(Unimplemented, "{} of mixed dtypes is not for GPUs", p.op.name));
    }
    let lead = out.len() - 2;
    let (rows_a, columns_a) = (a[a.len() - 2], a[a.len() - 1]);
    let columns_b = b[b.len() - 1];
    let (m, n) = (out[lead], out[lead + 1]);
    let (flip_a, flip_b) = (p.attrs.bool(flag_a)?, p.attrs.bool(flag_b)?);
    let k = if flip_a { rows_a } else { columns_a };
    let step = |flip: bool, columns: usize| if flip { [1, columns] } else { [columns, 1] };
    let ([ar, ac], [br, bc]) = (step(flip_a, columns_a), step(flip_b, columns_b));
    let stack = Shape::new(&out[..lead]);
    let along = |x: &Shape| {
        let (own, matrix) = (Shape::new(&x[..x.len() - 2]), x[x.len() - 2] * x[x.len() - 1]);
        broadcast(&own, &stack).iter().map(|s| s * matrix).collect::<Vec<_>>()
    };
    let after = After::of(p)?;
    let plan = Plan {
        sizes: [m, n, k, ar, ac, br, bc],
        stack: stack.count(),
        axes: rows(&stack, &[along(a), along(b)]),
        name: format!("product{}", after.name),
        after,
    };
    Ok(Prepared::with(run, 3000.0, plan))
}

fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    let [m, n, k, ar, ac, br, bc] = plan.sizes;
    let product = Product {
        name: &plan.name,
        operands: (0..call.n_inputs()).map(|i| call.input(i)).collect(),
        numbers: vec![("a_line", ar), ("a_step", ac), ("b_step", br), ("b_column", bc), ("axes", plan.axes.len())],
        list: plan.axes.concat(),
        sizes: [m, n, k, plan.stack],
        across: if m < n { bc == 1 } else { ar == 1 },
        looking: plan.axes.len() + 1,
    };
    product.run(call.run.device, &call.outs[0], &(plan.after.text()? + OPERANDS))
}

/// Where the matrices of a stack begin, and their elements.
const OPERANDS: &str = "
fn start(stack: u32, operand: u32) -> u32 {
    var at = 0u;
    var rest = stack;
    for (var d = $axes; d > 0u; d = d - 1u) {
        let row = $list + (d - 1u) * 3u;
        at = at + rest % p[row] * p[row + 1u + operand];
        rest = rest / p[row];
    }
    return at;
}
fn left_at(stack: u32, line: u32, k: u32) -> R0 { return x0(start(stack, 0u) + line * $a_line + k * $a_step); }
fn right_at(stack: u32, k: u32, column: u32) -> R0 { return x1(start(stack, 1u) + k * $b_step + column * $b_column); }
fn finish(stack: u32, line: u32, column: u32, sum: R0) {
    let at = (stack * $lines + line) * $columns + column;
    put0(at, after(sum, at, column));
}
";
