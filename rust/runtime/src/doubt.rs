//! What runs when a value has another shape than was said of it: the rest of the steps, each as its inputs are found.
use crate::exec::unplanned;
use crate::plan::Frame;
use crate::program::Program;
use crate::regions::Part;
use crate::trace;
use ferroflow_ops::{Cancel, Env, RunCtx};
use ferroflow_tensor::{Result, Tensor};
use std::ops::Range;
use std::sync::Arc;

/// Runs steps of a frame's plan, by their places in its order, without what the plan says of their values.
pub fn walk(program: &Program, frame: &mut Frame, places: Range<usize>, env: &Arc<Env>, cancel: &Arc<Cancel>, id: u64) -> Result<()> {
    let Frame { plan, values, .. } = frame;
    let mut steps = vec![];
    for i in &plan.order[places] {
        match &plan.steps[*i as usize].part {
            Part::Whole(region) => steps.extend(&region.members),
            _ => steps.push(*i),
        }
    }
    steps.sort_unstable(); // the order of the program, which holds for the parts of regions too
    let mut last = vec![None; values.len()]; // the place of the last step that reads a slot
    for (at, i) in steps.iter().enumerate() {
        program.steps[*i as usize].ins.iter().for_each(|x| last[*x as usize] = Some(at));
    }
    program.fetches.iter().for_each(|x| last[*x as usize] = None);
    for (at, i) in steps.iter().enumerate() {
        cancel.check()?;
        let s = &program.steps[*i as usize];
        let start = (trace::enabled() && !s.is_done()).then(trace::now);
        let run = RunCtx { env, device: &*s.device, cancel, step: id };
        let (before, after) = values.split_at_mut(s.out as usize);
        for (o, t) in after.iter_mut().zip(unplanned(&run, s, before, 0)?) {
            *o = t;
        }
        if let Some(start) = start {
            trace::step(s.name(), &s.node.name, s.device.name(), start);
        }
        for x in s.ins.iter().filter(|x| **x as usize >= program.n_given() && last[**x as usize] == Some(at)) {
            values[*x as usize] = Tensor::default();
        }
    }
    Ok(())
}
