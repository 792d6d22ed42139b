//! Ops that read a whole dataset: reduce, the only element, the number of elements.
use crate::dataset::{Spec, dataset_of};
use crate::function::{Captured, not_the_end};
use crate::root;
use ferroflow_ops::infer::arg_len;
use ferroflow_ops::{Call, Func, Prep, Prepared};
use ferroflow_tensor::{Result, Tensor, bail};

struct Reduce {
    f: Func,
    states: usize,
}
pub(crate) fn reduce(p: &Prep) -> Result<Prepared> {
    fn run(p: &Prepared, call: &mut Call) -> Result<()> {
        let plan = p.plan::<Reduce>()?;
        let mut pass = root::start(call.run, dataset_of(call.input(0))?)?;
        let captured = (plan.states + 1..call.n_inputs()).map(|i| call.input(i).clone()).collect();
        let f = Captured::bind(call.run, &plan.f, captured)?;
        let mut state: Vec<Tensor> = (1..=plan.states).map(|i| call.input(i).clone().settle()).collect::<Result<_>>()?;
        while let Some(e) = pass.next(call.run)? {
            call.run.cancel.check()?;
            state.extend(e);
            state = f.call(call.run, state).map_err(not_the_end)?;
        }
        for (i, t) in state.into_iter().enumerate() {
            call.set(i, t);
        }
        Ok(())
    }
    let states = match p.op.input("initial_state") {
        Some(i) => arg_len(&p.op.inputs[i], p.attrs)?,
        None => 0,
    };
    Ok(Prepared::with(run, 20_000.0, Reduce { f: p.attrs.func("f")?.clone(), states }))
}

pub(crate) fn single(p: &Prep) -> Result<Prepared> {
    fn run(p: &Prepared, call: &mut Call) -> Result<()> {
        let mut pass = root::start(call.run, dataset_of(call.input(0))?)?;
        let Some(e) = pass.next(call.run)? else { bail!(InvalidArgument, "Dataset was empty.") };
        if pass.next(call.run)?.is_some() {
            bail!(InvalidArgument, "Dataset had more than one element.");
        }
        p.plan::<Spec>()?.check(&e)?;
        e.into_iter().enumerate().for_each(|(i, t)| call.set(i, t));
        Ok(())
    }
    let spec = Spec { types: p.attrs.dtypes("output_types")?.to_vec(), shapes: p.attrs.shapes("output_shapes")?.to_vec() };
    Ok(Prepared::with(run, 20_000.0, spec))
}

pub(crate) fn cardinality(_: &Prep) -> Result<Prepared> {
    fn run(_: &Prepared, call: &mut Call) -> Result<()> {
        let n = dataset_of(call.input(0))?.cardinality();
        call.set(0, Tensor::scalar(n));
        Ok(())
    }
    Ok(Prepared::new(run, 500.0))
}
