//! Functions, choices, loops and arrays of the crate's API, and what gradients of any order find in them.
use ferroflow::prelude::*;
use ferroflow::{Error, Result};

fn scalar() -> (DType, PartialShape) {
    (DType::Float, PartialShape::scalar())
}
fn missing() -> Error {
    ferroflow::error!(Internal, "no gradient")
}
fn slope<'g>(y: T<'g>, x: T<'g>) -> Result<T<'g>> {
    gradients(&[y], &[x])?[0].ok_or_else(missing)
}
fn run(graph: &Graph, tensors: &[T]) -> Result<Vec<f32>> {
    Session::new(graph)?.run(tensors, &[])?.iter().map(|t| t.item()).collect()
}

/// x², whose gradient is said to be 10 x.
fn odd_square(graph: &Graph) -> Result<Function<'_>> {
    let square = graph.function("square", &[scalar()], |_, x| Ok(vec![x[0] * x[0]]))?;
    let own = graph.function("own", &[scalar(), scalar()], |_, x| Ok(vec![x[0] * x[1] * 10.0]))?;
    square.with_gradient(&own)
}

#[test]
fn own_gradients_count_in_calls_branches_and_loops_and_have_gradients() -> Result<()> {
    let graph = Graph::new();
    let square = odd_square(&graph)?;
    let x = graph.constant(3.0f32)?;
    let direct = square.call(&[x])?[0];
    let within = graph.function("within", &[scalar()], |body, x| square.on(body)?.call(&[x[0] + 1.0]))?;
    let called = within.call(&[x])?[0];
    let chosen = cond(graph.constant(true)?, &within, &square, &[x])?[0];
    let vars = [(DType::Int32, PartialShape::scalar()), scalar()];
    let test = graph.function("test", &vars, |_, v| Ok(vec![ops::less(v[0], 2)?]))?;
    let body = graph.function("body", &vars, |body, v| Ok(vec![v[0] + 1, square.on(body)?.call(&[v[1]])?[0]]))?;
    let looped = while_loop(&test, &body, &[graph.constant(0)?, x])?[1];
    let dx = slope(direct, x)?;
    let all = [direct, dx, slope(dx, x)?, called, slope(called, x)?, slope(chosen, x)?, looped, slope(looped, x)?];
    assert_eq!(run(&graph, &all)?, [9.0, 30.0, 10.0, 16.0, 40.0, 40.0, 81.0, 30.0 * 90.0]);
    Ok(())
}

#[test]
fn own_gradients_get_zeros_for_results_that_nothing_flows_to() -> Result<()> {
    let graph = Graph::new();
    let both = graph.function("both", &[scalar()], |_, x| Ok(vec![x[0] * 2.0, x[0] * 3.0]))?;
    let own = graph.function("own", &[scalar(), scalar(), scalar()], |_, x| Ok(vec![x[1] * 5.0 + x[2] * 7.0]))?;
    let both = both.with_gradient(&own)?;
    let x = graph.constant(1.0f32)?;
    let y = both.call(&[x])?;
    assert_eq!(run(&graph, &[slope(y[0], x)?, slope(y[1], x)?, slope(y[0] + y[1], x)?])?, [5.0, 7.0, 12.0]);
    let refused = both.with_gradient(&graph.function("short", &[scalar()], |_, x| Ok(x.to_vec()))?);
    assert_eq!(refused.map(|_| ()).unwrap_err().code(), Code::InvalidArgument);
    Ok(())
}

#[test]
fn forward_derivatives_go_through_branches_and_loops() -> Result<()> {
    let graph = Graph::new();
    let (x, t) = (graph.constant(2.0f32)?, graph.constant(0.5f32)?);
    let cube = graph.function("cube", &[scalar()], |_, x| Ok(vec![x[0] * x[0] * x[0]]))?;
    let same = graph.function("same", &[scalar()], |_, x| Ok(x.to_vec()))?;
    let chosen = cond(graph.constant(true)?, &cube, &same, &[x])?[0];
    let vars = [(DType::Int32, PartialShape::scalar()), scalar()];
    let test = graph.function("test", &vars, |_, v| Ok(vec![ops::less(v[0], 2)?]))?;
    let body = graph.function("body", &vars, |_, v| Ok(vec![v[0] + 1, v[1] * v[1]]))?;
    let looped = while_loop(&test, &body, &[graph.constant(0)?, x])?[1];
    let free = graph.constant(1.0f32)?;
    let found = jvp(&[chosen, looped, free], &[x], &[t])?;
    assert!(found[2].is_none());
    let found = found.into_iter().flatten().collect::<Vec<_>>();
    assert_eq!(run(&graph, &found)?, [6.0, 16.0]);
    assert_eq!(jvp(&[chosen], &[x], &[]).unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(weighted_gradients(&[chosen], &[], &[x]).unwrap_err().code(), Code::InvalidArgument);
    Ok(())
}

#[test]
fn choices_take_the_last_function_for_numbers_out_of_range() -> Result<()> {
    let graph = Graph::new();
    let double = graph.function("double", &[scalar()], |_, x| Ok(vec![x[0] * 2.0]))?;
    let triple = graph.function("triple", &[scalar()], |_, x| Ok(vec![x[0] * 3.0]))?;
    let none = graph.function("none", &[scalar()], |_, _| Ok(vec![]))?;
    let x = graph.constant(1.0f32)?;
    let at = |i: i32| -> Result<T> { Ok(case(graph.constant(i)?, &[&double, &triple], &[x])?[0]) };
    assert_eq!(run(&graph, &[at(0)?, at(1)?, at(2)?, at(-1)?])?, [2.0, 3.0, 3.0, 3.0]);
    let index = graph.constant(0)?;
    assert_eq!(case(index, &[], &[x]).unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(case(index, &[&double, &none], &[x]).unwrap_err().code(), Code::InvalidArgument);
    Ok(())
}

#[test]
fn arrays_have_gradients_through_all_methods() -> Result<()> {
    let graph = Graph::new();
    let x = graph.constant([[1.0f32, 2.0], [3.0, 4.0], [5.0, 6.0]])?;
    let rows = TensorArray::unstack(x)?;
    let first = rows.read(0)?;
    let changed = rows.write(1, first * first)?.push([7.0f32, 8.0])?;
    let (joined, lengths) = changed.concat()?;
    let out = Session::new(&graph)?
        .run(&[rows.size()?, changed.size()?, rows.stack()?, changed.gather([1, 3])?, joined, lengths, slope(changed.stack()?, x)?], &[])?;
    assert_eq!((out[0].item::<i32>()?, out[1].item::<i32>()?), (3, 4));
    assert_eq!(out[2].slice::<f32>()?, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(out[3].slice::<f32>()?, [1.0, 4.0, 7.0, 8.0]);
    assert_eq!(out[4].slice::<f32>()?, [1.0, 2.0, 1.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
    assert_eq!(out[5].slice::<i64>()?, [2, 2, 2, 2]);
    assert_eq!(out[6].slice::<f32>()?, [3.0, 5.0, 0.0, 0.0, 1.0, 1.0]);
    let beyond = rows.read(9)?;
    assert_eq!(Session::new(&graph)?.run(&[beyond], &[]).unwrap_err().code(), Code::InvalidArgument);
    Ok(())
}
