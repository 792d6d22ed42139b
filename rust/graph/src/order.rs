//! In which order the reverse pass visits ops: TensorFlow's, so that sums of gradients have its bits.
use crate::reverse::Record;
use ferroflow_ops::Val;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// The records that lead from `ys` back to values in `wanted`, each after all that read its results and after those that
/// were ready before it.
pub fn visits(records: &[Record], ys: impl Iterator<Item = Val> + Clone, wanted: &FxHashSet<Val>) -> Vec<usize> {
    let mut maker: FxHashMap<Val, usize> = FxHashMap::default();
    for (i, r) in records.iter().enumerate().filter(|(_, r)| r.outputs.iter().any(|o| wanted.contains(o))) {
        r.outputs.iter().for_each(|o| {
            maker.insert(*o, i);
        });
    }
    let mut between = vec![false; records.len()];
    let mut todo: Vec<Val> = ys.clone().collect();
    while let Some(v) = todo.pop() {
        if let Some(&i) = maker.get(&v)
            && !std::mem::replace(&mut between[i], true)
        {
            todo.extend(&records[i].inputs);
        }
    }
    // How often the results of a record are still to be read.
    let mut readers = vec![0u32; records.len()];
    for (r, _) in records.iter().zip(&between).filter(|(_, b)| **b) {
        r.inputs.iter().filter_map(|x| maker.get(x)).for_each(|i| readers[*i] += 1);
    }
    let mut ready: VecDeque<usize> = VecDeque::new();
    let mut seen: FxHashSet<usize> = FxHashSet::default();
    ready.extend(ys.filter_map(|y| maker.get(&y).copied()).filter(|i| readers[*i] == 0 && seen.insert(*i)));
    let mut all = vec![];
    while let Some(i) = ready.pop_front() {
        all.push(i);
        for x in &records[i].inputs {
            if let Some(&j) = maker.get(x) {
                readers[j] -= 1;
                if readers[j] == 0 {
                    ready.push_back(j);
                }
            }
        }
    }
    all
}
