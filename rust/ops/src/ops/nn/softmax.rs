//! Softmax, LogSoftmax and the cross entropies.
use crate::build::{Build, Grad, GradValue, Val, dense, some};
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::{Infer, broadcast};
use ferroflow_tensor::{Code, PartialShape, Result, bail, error};

const CASES: &[&str] =
    &["logits=f(5)", "logits=f(2,3)", "logits=f(3,65)", "logits=f(2,0)", "logits=f(0,3)", "logits=f(2,1)", "logits=f(1,2,1,2,1,2,1,3)"];

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Softmax",
        sig: "logits: T -> softmax: T",
        attrs: "T: {half, bfloat16, float, double}",
        doc: "exp(x) / sum(exp(x)) over the last axis, computed as exp(x - max x) so that it does not overflow. A row with NaN or \
              +inf, or with nothing but -inf, gives NaN. InvalidArgument for a scalar.",
        shape: ShapeRule::Rule(softmax_shape),
        grad: Gradient::Rule(softmax_grad, &["softmax"]),
        gpu: Gpu::Template("softmax"),
        test: Test::calls("scipy.special.softmax(logits, axis=-1) if logits.size else logits", CASES),
        ..Entry::NEW
    },
    Entry {
        name: "LogSoftmax",
        sig: "logits: T -> logsoftmax: T",
        attrs: "T: {half, bfloat16, float, double}",
        doc: "x - log(sum(exp(x))) over the last axis, computed with the maximum subtracted. A row with NaN or +inf, or with \
              nothing but -inf, gives NaN. InvalidArgument for a scalar.",
        shape: ShapeRule::Rule(softmax_shape),
        grad: Gradient::Rule(log_softmax_grad, &["logsoftmax"]),
        gpu: Gpu::Template("softmax"),
        test: Test::calls("scipy.special.log_softmax(logits, axis=-1) if logits.size else logits", CASES),
        ..Entry::NEW
    },
    Entry {
        name: "SoftmaxCrossEntropyWithLogits",
        sig: "features: T, labels: T -> loss: T, backprop: T",
        attrs: "T: {half, bfloat16, float, double}",
        doc: "The cross entropy -sum(labels * log_softmax(features)) of each row, and its gradient softmax(features) - labels. Both \
              operands broadcast to one matrix [batch, classes]; the loss is [batch]. InvalidArgument if they do not.",
        shape: ShapeRule::Rule(cross_entropy_shape),
        grad: Gradient::Rule(cross_entropy_grad, &["features", "backprop"]),
        gpu: Gpu::Template("softmax"),
        test: Test::calls(
            "(lambda f, l: ((-np.sum(l * scipy.special.log_softmax(f, axis=-1), axis=-1)).astype(features.dtype), scipy.special.softmax(f, axis=-1) - l) if f.size else (np.zeros(f.shape[0], f.dtype), f))(*np.broadcast_arrays(np.atleast_2d(features), np.atleast_2d(labels)))",
            &[
                "features=f(2,3), labels=f(2,3)",
                "features=f(2,65), labels=f(1,65)",
                "features=f(1,3), labels=f(2,3)",
                "features=f(2,3), labels=f(3)",
                "features=f(2,3), labels=f(2,1)",
                "features=f(0,3), labels=f(0,3)",
                "features=f(2,0), labels=f(2,0)",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "SparseSoftmaxCrossEntropyWithLogits",
        sig: "features: T, labels: Tlabels -> loss: T, backprop: T",
        attrs: "T: {half, bfloat16, float, double}; Tlabels: {int32, int64} = int64",
        doc: "The cross entropy -log_softmax(features)[label] of each row, and its gradient softmax(features) - one_hot(label). \
              `features` is [batch, classes], `labels` [batch]. InvalidArgument for a label outside 0..classes, no classes, or other \
              shapes.",
        shape: ShapeRule::Rule(sparse_cross_entropy_shape),
        grad: Gradient::Rule(sparse_cross_entropy_grad, &["features", "backprop"]),
        gpu: Gpu::Template("softmax"),
        flags: Flags::CHECKS_VALUES,
        test: Test::calls(
            "(-np.take_along_axis(scipy.special.log_softmax(features, axis=-1), labels[:, None], 1)[:, 0], scipy.special.softmax(features, axis=-1) - np.eye(features.shape[1], dtype=features.dtype)[labels])",
            &[
                "features=f(4,3), labels=i(0,3,4)",
                "features=f(4,65), labels=i64(0,65,4)",
                "features=f(0,3), labels=i(0,3,0)",
                "features=f(1,1), labels=i(0,1,1)",
            ],
        ),
        ..Entry::NEW
    },
];

fn softmax_shape(c: &mut Infer) -> Result<()> {
    if c.shape(0).rank() == Some(0) {
        return Err(c.fail(
            Code::InvalidArgument,
            "Shape must be at least rank 1 but is rank 0".into(),
            "logits must have >= 1 dimension, got []".into(),
        ));
    }
    let shape = c.shape(0).clone();
    c.set(0, shape);
    Ok(())
}

fn cross_entropy_shape(c: &mut Infer) -> Result<()> {
    let (features, labels) = (c.shape(0), c.shape(1));
    let both = broadcast(features, labels).map_err(|(_, graph)| {
        let kernel = error!(InvalidArgument, "logits and labels must be broadcastable: logits_size={features} labels_size={labels}");
        if c.at_run_time { kernel } else { graph }
    })?;
    match both.rank() {
        Some(2) => {
            c.set(0, PartialShape::vector(both.dim(0)));
            c.set(1, both);
        }
        None => {
            c.set(0, PartialShape::of_rank(1));
            c.set(1, PartialShape::of_rank(2));
        }
        Some(r) => {
            let graph = format!("Shape must be broadcasted with rank 2, but is rank {r}");
            let kernel = "logits and labels must be either 2-dimensional, or broadcasted to be 2-dimensional".into();
            return Err(c.fail(Code::InvalidArgument, graph, kernel));
        }
    }
    Ok(())
}

fn sparse_cross_entropy_shape(c: &mut Infer) -> Result<()> {
    let (features, labels) = (c.shape(0), c.shape(1));
    if c.at_run_time {
        if features.rank() != Some(2) {
            bail!(InvalidArgument, "logits must be 2-D, but got shape {features}");
        }
        if labels.rank() != Some(1) {
            bail!(InvalidArgument, "labels must be 1-D, but got shape {labels}");
        }
        if features.dim(0) != labels.dim(0) {
            bail!(
                InvalidArgument,
                "logits and labels must have the same first dimension, got logits shape {features} and labels shape {labels}"
            );
        }
        if features.dim(1) == Some(0) {
            bail!(InvalidArgument, "Must have at least one class, but got logits shape {features}");
        }
    }
    let (features, labels) = (c.with_rank(0, 2)?, c.with_rank(1, 1)?);
    let rows = c.merge_dim(features.dim(0), labels.dim(0))?;
    c.set(0, PartialShape::vector(rows));
    c.set(1, PartialShape::new(vec![rows, features.dim(1)]));
    Ok(())
}

/// The sum over the last axis, which stays with size 1.
fn row_sum(b: &mut dyn Build, x: Val) -> Val {
    let last = b.int(-1);
    b.sum(x, last, true)
}

/// dx = (dy - sum(dy y)) y.
fn softmax_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (y, dy) = (g.y(0), g.dy(b, 0));
    dense([through_softmax(b, y, dy)])
}
fn through_softmax(b: &mut dyn Build, y: Val, dy: Val) -> Val {
    let product = b.mul(dy, y);
    let sum = row_sum(b, product);
    let rest = b.sub(dy, sum);
    b.mul(rest, y)
}
/// dx = dy - sum(dy) exp(y).
fn log_softmax_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (y, dy) = (g.y(0), g.dy(b, 0));
    let (softmax, sum) = (b.exp(y), row_sum(b, dy));
    let part = b.mul(sum, softmax);
    dense([b.sub(dy, part)])
}

/// The gradient of both outputs of a cross entropy for its logits.
fn logits_grad(b: &mut dyn Build, g: &Grad) -> Val {
    let (logits, dloss, last) = (g.x(0), g.dy(b, 0), b.int(-1));
    let dloss = b.expand_dims(dloss, last);
    let dx = b.mul(dloss, g.y(1));
    let Some(second) = g.dys.get(1).copied().flatten() else { return dx };
    let y = b.call("Softmax", &[logits], &[]);
    let part = through_softmax(b, y, second);
    b.add(dx, part)
}
fn cross_entropy_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (logits, labels) = (g.x(0), g.x(1));
    let (dx, dloss, last) = (logits_grad(b, g), g.dy(b, 0), b.int(-1));
    let dloss = b.expand_dims(dloss, last);
    let log = b.call("LogSoftmax", &[logits], &[]);
    let log = b.neg(log);
    let dlabels = b.mul(dloss, log);
    let (dx, dlabels) = (b.unbroadcast(dx, logits, labels), b.unbroadcast(dlabels, labels, logits));
    dense([dx, dlabels])
}
fn sparse_cross_entropy_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dx = logits_grad(b, g);
    some([Some(dx), None])
}
