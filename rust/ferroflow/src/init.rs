//! Initial values of variables: constants, and random numbers whose variance suits the layer.
//!
//! The fans of a shape are TensorFlow's: for a matrix `[inputs, outputs]` its two sizes; for a filter
//! `[height, width, inputs, outputs]` the last two, each times the size of the window; for a vector its length twice.
use crate::graph::{Graph, T};
use crate::operand::Dims;
use crate::ops::call;
use crate::random;
use ferroflow_tensor::{DType, Result, Shape, bail};

fn known(shape: impl Into<Dims>) -> Result<Shape> {
    let Dims(shape) = shape.into();
    match shape.known() {
        Some(s) if s.checked_count().is_some() => Ok(s),
        _ => bail!(Value, "Shape {shape} of an initial value must be fully known and have fewer than 2**63 elements"),
    }
}
fn vector(shape: &Shape) -> Vec<i64> {
    shape.iter().map(|d| *d as i64).collect()
}

/// Zeros of any number dtype. Here and below: Value error for a shape with unknown sizes.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let bias = Variable::new(&graph, init::zeros(&graph, DType::Float, [16])?, "bias")?;
/// let filter = Variable::new(&graph, init::glorot_uniform(&graph, DType::Float, [3, 3, 1, 16], None)?, "filter")?;
/// assert_eq!(filter.shape()?.to_string(), "[3,3,1,16]");
/// # Ok::<(), ferroflow::Error>(())
/// ```
#[track_caller]
pub fn zeros(graph: &Graph, dtype: DType, shape: impl Into<Dims>) -> Result<T<'_>> {
    constant(graph, dtype, shape, 0)
}
/// Ones.
#[track_caller]
pub fn ones(graph: &Graph, dtype: DType, shape: impl Into<Dims>) -> Result<T<'_>> {
    constant(graph, dtype, shape, 1)
}
/// One number everywhere. Type or Value error if the dtype cannot hold it.
#[track_caller]
pub fn constant(graph: &Graph, dtype: DType, shape: impl Into<Dims>, value: impl Into<crate::Number>) -> Result<T<'_>> {
    let value = value.into().to_scalar(dtype)?;
    call("Fill").on(graph).input(vector(&known(shape)?)).input(value).run()?.output(0)
}

/// Fans of a shape: how many inputs an output sums, and how many outputs an input reaches.
fn fans(shape: &Shape) -> (f64, f64) {
    match shape.dims() {
        [] => (1.0, 1.0),
        [n] => (*n as f64, *n as f64),
        [window @ .., inputs, outputs] => {
            let window: f64 = window.iter().map(|d| *d as f64).product();
            (window * *inputs as f64, window * *outputs as f64)
        }
    }
}
/// Deviation of a normal distribution whose truncated form has deviation 1, inverted.
const TRUNCATED: f64 = 0.879_625_661_034_239_8;

fn scaled_uniform<'g>(graph: &'g Graph, dtype: DType, shape: &Shape, variance: f64, seed: Option<i64>) -> Result<T<'g>> {
    let limit = (3.0 * variance).sqrt();
    random::uniform(graph, vector(shape), dtype, -limit, limit, seed)
}
fn scaled_normal<'g>(graph: &'g Graph, dtype: DType, shape: &Shape, variance: f64, seed: Option<i64>) -> Result<T<'g>> {
    random::truncated_normal(graph, vector(shape), dtype, 0.0, variance.sqrt() / TRUNCATED, seed)
}

/// Uniform with variance 2 / (fan in + fan out) (Glorot and Bengio, 2010): for tanh, sigmoid and linear layers.
pub fn glorot_uniform(graph: &Graph, dtype: DType, shape: impl Into<Dims>, seed: Option<i64>) -> Result<T<'_>> {
    let shape = known(shape)?;
    let (fan_in, fan_out) = fans(&shape);
    scaled_uniform(graph, dtype, &shape, 2.0 / (fan_in + fan_out).max(1.0), seed)
}
/// Truncated normal with variance 2 / (fan in + fan out).
pub fn glorot_normal(graph: &Graph, dtype: DType, shape: impl Into<Dims>, seed: Option<i64>) -> Result<T<'_>> {
    let shape = known(shape)?;
    let (fan_in, fan_out) = fans(&shape);
    scaled_normal(graph, dtype, &shape, 2.0 / (fan_in + fan_out).max(1.0), seed)
}
/// Uniform with variance 2 / fan in (He and others, 2015): for rectifiers.
pub fn he_uniform(graph: &Graph, dtype: DType, shape: impl Into<Dims>, seed: Option<i64>) -> Result<T<'_>> {
    let shape = known(shape)?;
    scaled_uniform(graph, dtype, &shape, 2.0 / fans(&shape).0.max(1.0), seed)
}
/// Truncated normal with variance 2 / fan in.
pub fn he_normal(graph: &Graph, dtype: DType, shape: impl Into<Dims>, seed: Option<i64>) -> Result<T<'_>> {
    let shape = known(shape)?;
    scaled_normal(graph, dtype, &shape, 2.0 / fans(&shape).0.max(1.0), seed)
}
