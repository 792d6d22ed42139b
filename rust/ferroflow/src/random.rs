//! Random tensors, with seeds by TensorFlow's rule: the graph's ([`Graph::set_seed`]) and the op's own.
//!
//! Without any seed each session draws anew; with one, the sequence of a session's draws is always the same.
use crate::graph::{Graph, T};
use crate::operand::Operand;
use crate::ops::call;
use ferroflow_tensor::{DType, Result};

#[track_caller]
fn draw<'g>(graph: &'g Graph, op: &'static str, shape: impl Operand<'g>, dtype: DType, seed: Option<i64>) -> Result<T<'g>> {
    let (seed, seed2) = graph.seeds(seed);
    call(op).on(graph).input(shape).attr("dtype", dtype).attr("seed", seed).attr("seed2", seed2).run()?.output(0)
}

/// Draws uniformly from [low, high). The shape is an int32 or int64 vector; dtypes are the real floating ones.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// graph.set_seed(1);
/// let x = ferroflow::random::uniform(&graph, [2, 3], DType::Float, -1.0, 1.0, None)?;
/// let draw = || Session::new(&graph)?.run(&[x], &[]);
/// assert!(draw()?[0].same_bits(&draw()?[0]));
/// # Ok::<(), ferroflow::Error>(())
/// ```
#[track_caller]
pub fn uniform<'g>(graph: &'g Graph, shape: impl Operand<'g>, dtype: DType, low: f64, high: f64, seed: Option<i64>) -> Result<T<'g>> {
    (draw(graph, "RandomUniform", shape, dtype, seed)? * (high - low) + low).check()
}

/// Draws from the normal distribution.
#[track_caller]
pub fn normal<'g>(graph: &'g Graph, shape: impl Operand<'g>, dtype: DType, mean: f64, deviation: f64, seed: Option<i64>) -> Result<T<'g>> {
    (draw(graph, "RandomStandardNormal", shape, dtype, seed)? * deviation + mean).check()
}

/// Draws from the normal distribution without what is more than two deviations from the mean.
#[track_caller]
pub fn truncated_normal<'g>(
    graph: &'g Graph,
    shape: impl Operand<'g>,
    dtype: DType,
    mean: f64,
    deviation: f64,
    seed: Option<i64>,
) -> Result<T<'g>> {
    (draw(graph, "TruncatedNormal", shape, dtype, seed)? * deviation + mean).check()
}
