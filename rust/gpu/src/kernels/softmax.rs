//! Kernels of softmax and the cross entropies: a workgroup for each row.
use super::elementwise::function;
use super::spread::broadcast;
use crate::memory::SINGLES;
use crate::shader::{Shader, Spread};
use ferroflow_ops::{Call, Kernel, Outputs, Prepared};
use ferroflow_tensor::{DType, Result, Shape, bail};

const INDICES: &[DType] = &[DType::Int32, DType::Int64];

/// Estimated time on the host, in nanoseconds.
const NS: f32 = 2000.0;

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "Softmax", types: &[("T", SINGLES)], outputs: Outputs::Runtime, prepare: |_| Ok(Prepared::new(softmax, NS)) },
    Kernel { op: "LogSoftmax", types: &[("T", SINGLES)], outputs: Outputs::Runtime, prepare: |_| Ok(Prepared::new(log_softmax, NS)) },
    Kernel {
        op: "SoftmaxCrossEntropyWithLogits",
        types: &[("T", SINGLES)],
        outputs: Outputs::Runtime,
        prepare: |_| Ok(Prepared::new(cross_entropy, NS)),
    },
    Kernel {
        op: "SparseSoftmaxCrossEntropyWithLogits",
        types: &[("T", SINGLES), ("Tlabels", INDICES)],
        outputs: Outputs::Runtime,
        prepare: |_| Ok(Prepared::new(sparse_cross_entropy, NS)),
    },
];

/// Exponential and logarithm as on the host; the largest element of a row, and the sum of the exponentials below it.
fn functions() -> Result<String> {
    let rows = "
fn logit(row: u32, j: u32) -> f32 { return x0(row * $row_step + j * $step); }
fn top(row: u32, l: u32) -> f32 {
    var most = -inf();
    for (var j = l; j < $columns; j = j + 256u) { most = larger(most, logit(row, j)); }
    return largest(l, most);
}
fn mass(row: u32, l: u32, most: f32) -> f32 {
    var sum = 0.0;
    for (var j = l; j < $columns; j = j + 256u) { sum = sum + exponential(logit(row, j) - most); }
    return total(l, sum);
}
";
    Ok(function("Exp", "exponential")? + &function("Log", "logarithm")? + rows)
}

/// Runs a body over rows; `steps` are the distances of rows and columns of the first operand.
fn rows(
    name: &str,
    call: &Call,
    results: usize,
    [count, columns]: [usize; 2],
    steps: [usize; 2],
    more: &[(&'static str, usize)],
    body: &str,
) -> Result<()> {
    let mut numbers = vec![("columns", columns), ("row_step", steps[0]), ("step", steps[1])];
    numbers.extend(more);
    let shader = Shader {
        name,
        results: call.outs[..results].iter().collect(),
        operands: (0..call.n_inputs()).map(|i| call.input(i)).collect(),
        numbers,
        list: vec![],
        spread: Spread::Rows(count),
    };
    let functions = functions()?;
    shader.run_rounds(3 * columns.div_ceil(256), || (functions, body.into()))
}

/// Rows and columns of a tensor whose last axis is the columns.
fn matrix(shape: &Shape) -> [usize; 2] {
    let columns = shape.last().copied().unwrap_or(1);
    [shape.count() / columns.max(1), columns]
}

fn softmax(_: &Prepared, call: &mut Call) -> Result<()> {
    let sizes = matrix(call.input(0).shape());
    let body = "
    let most = top(row, l);
    let sum = mass(row, l, most);
    for (var j = l; j < $columns; j = j + 256u) { put0(row * $columns + j, exponential(logit(row, j) - most) / sum); }
";
    rows("Softmax", call, 1, sizes, [sizes[1], 1], &[], body)
}

fn log_softmax(_: &Prepared, call: &mut Call) -> Result<()> {
    let sizes = matrix(call.input(0).shape());
    let body = "
    let most = top(row, l);
    let sum = logarithm(mass(row, l, most));
    for (var j = l; j < $columns; j = j + 256u) { put0(row * $columns + j, logit(row, j) - most - sum); }
";
    rows("LogSoftmax", call, 1, sizes, [sizes[1], 1], &[], body)
}

/// A label of 0 counts for nothing, whatever the logit.
fn cross_entropy(_: &Prepared, call: &mut Call) -> Result<()> {
    let shape = call.outs[1].shape().clone();
    let [x, y] = [0, 1].map(|i| broadcast(call.input(i).shape(), &shape));
    let [&[row, step], &[label_row, label_step]] = [&x[..], &y[..]] else { bail!(Internal, "cross entropies are of matrices") };
    let body = "
    let most = top(row, l);
    let sum = mass(row, l, most);
    let log_sum = logarithm(sum);
    var loss = 0.0;
    for (var j = l; j < $columns; j = j + 256u) {
        let label = x1(row * $label_row + j * $label_step);
        let z = logit(row, j) - most;
        loss = loss + select(label * (log_sum - z), 0.0, label == 0.0);
        put1(row * $columns + j, exponential(z) / sum - label);
    }
    loss = total(l, loss);
    if (l == 0u) { put0(row, loss); }
";
    let more = [("label_row", label_row), ("label_step", label_step)];
    rows("SoftmaxCrossEntropyWithLogits", call, 2, [shape[0], shape[1]], [row, step], &more, body)
}

/// A label that is no class gives NaN.
fn sparse_cross_entropy(_: &Prepared, call: &mut Call) -> Result<()> {
    let sizes = matrix(call.input(0).shape());
    let body = "
    let label = index1(row);
    let valid = label >= 0 && label < i32($columns);
    let most = top(row, l);
    let sum = mass(row, l, most);
    for (var j = l; j < $columns; j = j + 256u) {
        let z = logit(row, j) - most;
        let share = exponential(z) / sum;
        put1(row * $columns + j, select(nan(), select(share, share - 1.0, i32(j) == label), valid));
    }
    if (l == 0u) { put0(row, select(nan(), logarithm(sum) - (logit(row, u32(max(label, 0))) - most), valid)); }
";
    rows("SparseSoftmaxCrossEntropyWithLogits", call, 2, sizes, [sizes[1], 1], &[], body)
}
