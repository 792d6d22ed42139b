//! What would have fitted: when a device runs out of memory in a program whose feeds have a free leading dimension, the largest
//! batch for which it has enough.
use crate::plan::{Frame, Plan, plan_for};
use crate::program::{Action, Program};
use ferroflow_ops::{Device, Memory};
use ferroflow_tensor::{Code, DType, Error, Shape};
use std::collections::HashMap;
use std::sync::Arc;

/// A run that ran out of a device's memory.
pub struct Short {
    device: Arc<dyn Device>,
    /// What the device held when it failed.
    held: usize,
    /// The shapes of the feeds.
    shapes: Vec<Shape>,
}

impl Short {
    /// Looks at the run before what it holds is given back. None for another error, or if nobody counts.
    pub fn of(program: &Program, frame: &Frame, e: &Error) -> Option<Short> {
        if e.code() != Code::ResourceExhausted {
            return None;
        }
        let device = program.steps.iter().map(|s| &s.device).find(|d| d.memory().is_some())?;
        Some(Short { device: device.clone(), held: device.memory()?.current, shapes: frame.plan.shapes()?.to_vec() })
    }

    /// Adds to the error the batch that would fit, if the program has a free leading dimension and there is one.
    pub fn advise(self, program: &Program, mut e: Error) -> Error {
        if let Some((fitting, batch)) = self.fitting(program)
            && let Some(fix) = &mut e.report_mut().fix
        {
            fix.push_str(&format!("; a batch of {fitting} instead of {batch} would fit"));
        }
        e
    }

    /// The largest batch that fits, and the one that did not.
    fn fitting(&self, program: &Program) -> Option<(usize, usize)> {
        let Memory { current, limit, .. } = self.device.memory()?;
        let is_free = |i: &usize| matches!(program.types[*i].shape.dims(), Some([None, ..]));
        let free: Vec<usize> = (0..self.shapes.len()).filter(is_free).collect();
        let batch = self.shapes[*free.first()?][0];
        // Without a limit of its own it can hold at least what it held when it failed.
        let room = limit.unwrap_or(self.held).saturating_sub(current);
        let with = |n: usize| -> Vec<Shape> {
            let of = |(i, s): (usize, &Shape)| if free.contains(&i) { Shape::new(&[&[n], &s[1..]].concat()) } else { s.clone() };
            self.shapes.iter().enumerate().map(of).collect()
        };
        let fits = |n: usize| {
            let shapes = with(n);
            plan_for(program, shapes.clone()).is_ok_and(|plan| needs(program, &plan, &shapes, &*self.device) <= room)
        };
        if batch < 2 || free.iter().any(|i| self.shapes[*i][0] != batch) || !fits(1) {
            return None;
        }
        let (mut low, mut high) = (1, batch);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if fits(middle) { low = middle } else { high = middle }
        }
        Some((low, batch))
    }
}

/// Bytes of a tensor in the memory of a device whose elements take 32 bits at least.
fn bytes(dtype: DType, shape: &Shape) -> usize {
    shape.count().saturating_mul(dtype.size().max(4))
}

/// The most bytes that a run holds on a device at once.
fn needs(program: &Program, plan: &Plan, feeds: &[Shape], device: &dyn Device) -> usize {
    let mut sizes: HashMap<u32, usize> = HashMap::new();
    let given = feeds.iter().enumerate().map(|(i, s)| (i as u32, bytes(program.types[i].dtype, s)));
    let given: HashMap<u32, usize> = given.chain(program.constants.iter().map(|(i, t)| (*i, bytes(t.dtype(), t.shape())))).collect();
    let (mut now, mut most) = (0usize, 0usize);
    for i in &plan.order {
        let (s, p) = (&program.steps[*i as usize], &plan.steps[*i as usize]);
        if s.device.name() == device.name() {
            let made = p.makes(s);
            for (k, dtype, shape) in &p.alloc {
                sizes.insert(made[*k as usize], bytes(*dtype, shape));
                now += bytes(*dtype, shape);
            }
            if let (Action::ToDevice { .. }, Some(size)) = (&s.action, s.ins.first().and_then(|x| given.get(x))) {
                sizes.insert(s.out, *size);
                now += size;
            }
            most = most.max(now);
        }
        p.drops.iter().for_each(|x| now -= sizes.remove(x).unwrap_or(0));
    }
    most
}
