//! Datasets and iterators through graphs, sessions and eager calls.
use ferroflow_graph::{Endpoint, Function, Graph, NewNode};
use ferroflow_ops::{Attr, Attrs, Func};
use ferroflow_runtime::{Session, SessionOptions, eager};
use ferroflow_tensor::{Code, DType, PartialShape, Result, Tensor};
use std::sync::Arc;

fn int64_spec() -> Vec<(&'static str, Attr)> {
    vec![("output_types", Attr::Types(vec![DType::Int64])), ("output_shapes", Attr::Shapes(vec![PartialShape::scalar()]))]
}
fn node(g: &Graph, op: &str, inputs: &[Endpoint], attrs: &[(&'static str, Attr)]) -> Result<Endpoint> {
    g.add(NewNode { op, inputs, attrs: Attrs::of(attrs), ..NewNode::default() }).map(|id| Endpoint::new(id, 0))
}
fn with(mut a: Vec<(&'static str, Attr)>, more: &[(&'static str, Attr)]) -> Vec<(&'static str, Attr)> {
    a.extend_from_slice(more);
    a
}
fn range(g: &Graph, stop: i64) -> Result<Endpoint> {
    let [a, b, c] = [0, stop, 1].map(|x| g.constant(Tensor::scalar(x), "").unwrap());
    node(g, "RangeDataset", &[a, b, c], &int64_spec())
}
/// A function of one int64 scalar with further arguments of these types.
fn function(g: &Graph, name: &str, extra: &[DType], body: impl FnOnce(&Graph, Endpoint, &[Endpoint]) -> Result<Endpoint>) -> Result<Attr> {
    let b = Graph::with_library(g.library.clone());
    let arg = |d: DType| node(&b, "Placeholder", &[], &[("dtype", d.into()), ("shape", PartialShape::scalar().into())]);
    let x = arg(DType::Int64)?;
    let more = extra.iter().map(|d| arg(*d)).collect::<Result<Vec<_>>>()?;
    let out = body(&b, x, &more)?;
    let inputs = std::iter::once(x).chain(more).collect();
    g.library.add(Arc::new(Function {
        name: name.into(),
        body: Arc::new(b),
        inputs,
        outputs: vec![out],
        effects: vec![],
        gradient: None,
    }))?;
    Ok(Attr::Func(Func { name: name.into(), attrs: Attrs::none() }))
}
fn iterator(g: &Graph, dataset: Endpoint) -> Result<(ferroflow_graph::NodeId, Endpoint, Endpoint)> {
    let it = node(g, "IteratorV2", &[], &with(int64_spec(), &[("shared_name", "".into()), ("container", "".into())]))?;
    let make = g.add(NewNode { op: "MakeIterator", inputs: &[dataset, it], ..NewNode::default() })?;
    Ok((make, node(g, "IteratorGetNext", &[it], &int64_spec())?, it))
}
fn session(g: &Arc<Graph>) -> Session {
    ferroflow_data::start();
    Session::new(g.clone(), SessionOptions::default())
}
fn drain(s: &Session, next: Endpoint) -> Result<Vec<i64>> {
    let mut all = vec![];
    loop {
        match s.run(&[next], &[], &[]) {
            Ok(t) => all.push(t[0].item::<i64>()?),
            Err(e) if e.code() == Code::OutOfRange => {
                assert_eq!(e.message(), "End of sequence");
                return Ok(all);
            }
            Err(e) => return Err(e),
        }
    }
}

#[test]
fn an_initializable_iterator_starts_again() -> Result<()> {
    let g = Graph::new();
    let d = range(&g, 3)?;
    let (make, next, _) = iterator(&g, d)?;
    let s = session(&g);
    let e = s.run(&[next], &[], &[]).unwrap_err();
    assert_eq!(e.code(), Code::FailedPrecondition);
    for _ in 0..2 {
        s.run(&[], &[make], &[])?;
        assert_eq!(drain(&s, next)?, [0, 1, 2]);
        assert_eq!(s.run(&[next], &[], &[]).unwrap_err().code(), Code::OutOfRange);
    }
    Ok(())
}

#[test]
fn map_calls_a_function_with_captures() -> Result<()> {
    for parallel in [None, Some(3i64)] {
        let g = Graph::new();
        let d = range(&g, 50)?;
        let f = function(&g, "add", &[DType::Int64], |b, x, more| node(b, "AddV2", &[x, more[0]], &[]))?;
        let ten = g.constant(Tensor::scalar(10i64), "")?;
        let attrs = with(int64_spec(), &[("f", f), ("Targuments", Attr::Types(vec![DType::Int64])), ("preserve_cardinality", true.into())]);
        let m = match parallel {
            None => node(&g, "MapDataset", &[d, ten], &attrs)?,
            Some(n) => {
                let n = g.constant(Tensor::scalar(n), "")?;
                node(&g, "ParallelMapDatasetV2", &[d, ten, n], &attrs)?
            }
        };
        let (make, next, _) = iterator(&g, m)?;
        let s = session(&g);
        for _ in 0..3 {
            s.run(&[], &[make], &[])?;
            assert_eq!(s.run(&[next], &[], &[])?[0].item::<i64>()?, 10);
            assert_eq!(drain(&s, next)?, (11..60).collect::<Vec<_>>());
        }
        s.run(&[], &[make], &[])?; // left in the middle: dropping the session must not hang
        s.run(&[next], &[], &[])?;
    }
    Ok(())
}

#[test]
fn a_string_handle_feeds_another_iterator() -> Result<()> {
    let g = Graph::new();
    let d = range(&g, 3)?;
    let (make, next, it) = iterator(&g, d)?;
    let text = node(&g, "IteratorToStringHandle", &[it], &[])?;
    let fed = node(&g, "Placeholder", &[], &[("dtype", DType::String.into()), ("shape", PartialShape::scalar().into())])?;
    let other = node(&g, "IteratorFromStringHandleV2", &[fed], &int64_spec())?;
    let there = node(&g, "IteratorGetNext", &[other], &int64_spec())?;
    let floats = [("output_types", Attr::Types(vec![DType::Float])), ("output_shapes", Attr::Shapes(vec![PartialShape::scalar()]))];
    let wrong = node(&g, "IteratorFromStringHandleV2", &[fed], &floats)?;
    let s = session(&g);
    s.run(&[], &[make], &[])?;
    let handle = s.run(&[text], &[], &[])?[0].clone();
    assert_eq!(s.run(&[there], &[], &[(fed, handle.clone())])?[0].item::<i64>()?, 0);
    assert_eq!(s.run(&[next], &[], &[])?[0].item::<i64>()?, 1);
    let e = s.run(&[wrong], &[], &[(fed, handle)]).unwrap_err();
    assert_eq!(e.message(), "Data type mismatch at component 0: expected float but got int64.");
    let e = s.run(&[there], &[], &[(fed, Tensor::string("nobody"))]).unwrap_err();
    assert_eq!(e.message(), "Could not parse string_handle as a valid ResourceHandle");
    Ok(())
}

#[test]
fn a_one_shot_iterator_makes_its_dataset_once() -> Result<()> {
    let g = Graph::new();
    let b = Graph::with_library(g.library.clone());
    let d = range(&b, 4)?;
    let f = Function { name: "factory".into(), body: Arc::new(b), inputs: vec![], outputs: vec![d], effects: vec![], gradient: None };
    g.library.add(Arc::new(f))?;
    let func = Attr::Func(Func { name: "factory".into(), attrs: Attrs::none() });
    let it = node(&g, "OneShotIterator", &[], &with(int64_spec(), &[("dataset_factory", func)]))?;
    let next = node(&g, "IteratorGetNext", &[it], &int64_spec())?;
    let s = session(&g);
    assert_eq!(drain(&s, next)?, [0, 1, 2, 3]);
    assert_eq!(drain(&session(&g), next)?, [0, 1, 2, 3]);
    Ok(())
}

#[test]
fn reduce_sums_and_cardinality_counts() -> Result<()> {
    let g = Graph::new();
    let d = range(&g, 5)?;
    let f = function(&g, "sum", &[DType::Int64], |b, x, more| node(b, "AddV2", &[x, more[0]], &[]))?;
    let zero = g.constant(Tensor::scalar(100i64), "")?;
    let sum = node(
        &g,
        "ReduceDataset",
        &[d, zero],
        &with(int64_spec(), &[("f", f), ("Tstate", Attr::Types(vec![DType::Int64])), ("Targuments", Attr::Types(vec![]))]),
    )?;
    let n = node(&g, "DatasetCardinality", &[d], &[])?;
    let s = session(&g);
    let r = s.run(&[sum, n], &[], &[])?;
    assert_eq!((r[0].item::<i64>()?, r[1].item::<i64>()?), (110, 5));
    Ok(())
}

#[test]
fn flat_map_reads_the_datasets_that_a_function_makes() -> Result<()> {
    let g = Graph::new();
    let d = range(&g, 4)?;
    let f = function(&g, "upto", &[], |b, x, _| {
        let (zero, one) = (b.constant(Tensor::scalar(0i64), "")?, b.constant(Tensor::scalar(1i64), "")?);
        node(b, "RangeDataset", &[zero, x, one], &int64_spec())
    })?;
    let m = node(&g, "FlatMapDataset", &[d], &with(int64_spec(), &[("f", f), ("Targuments", Attr::Types(vec![]))]))?;
    let (make, next, _) = iterator(&g, m)?;
    let s = session(&g);
    s.run(&[], &[make], &[])?;
    assert_eq!(drain(&s, next)?, [0, 0, 1, 0, 1, 2]);
    Ok(())
}

#[test]
fn eager_calls_make_datasets_too() -> Result<()> {
    ferroflow_data::start();
    let cancel = Arc::default();
    let call = |op: &str, ins: &[&Tensor], attrs: Vec<(&'static str, Attr)>| {
        eager::execute(ferroflow_ops::op(op)?, ins, Attrs::of(&attrs), None, &cancel)
    };
    let (zero, one, step0) = (Tensor::scalar(0i64), Tensor::scalar(1i64), Tensor::scalar(0i64));
    let d = call("RangeDataset", &[&zero, &Tensor::scalar(2i64), &one], int64_spec())?[0].clone();
    let it = call("AnonymousIteratorV3", &[], int64_spec())?[0].clone();
    call("MakeIterator", &[&d, &it], vec![])?;
    for want in 0..2i64 {
        assert_eq!(call("IteratorGetNext", &[&it], int64_spec())?[0].item::<i64>()?, want);
    }
    assert_eq!(call("IteratorGetNext", &[&it], int64_spec()).unwrap_err().code(), Code::OutOfRange);
    let end = call("IteratorGetNextAsOptional", &[&it], int64_spec())?[0].clone();
    assert!(!call("OptionalHasValue", &[&end], vec![])?[0].item::<bool>()?);
    assert_eq!(call("OptionalGetValue", &[&end], int64_spec()).unwrap_err().message(), "The given optional does not have a value.");
    let e = call("RangeDataset", &[&zero, &one, &step0], int64_spec()).unwrap_err();
    assert_eq!(e.message(), "step must be a non-zero integer.");
    let none = call("OptionalNone", &[], vec![])?[0].clone();
    let e = call("RepeatDataset", &[&none, &one], int64_spec()).unwrap_err();
    assert_eq!(e.message(), "Tensor must be a Dataset object.");
    Ok(())
}
