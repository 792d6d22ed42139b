//! How long dispatches may take: the rate of each is measured when it is first run, and a long one is cut into slices.
//!
//! Drivers end a process, or reset the GPU, where a command does not end for a second or two, and no picture is drawn meanwhile.
use ferroflow_tensor::knobs;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

/// Milliseconds that a slice may take, if the knob does not say.
const MOST_MS: u64 = 100;
/// Workgroups that run unmeasured.
const FEW: u64 = 16;
/// Rates that are kept.
const KEPT: usize = 4096;
/// A measured slice is at most so many times as long as the one before.
const GROWTH: f64 = 8.0;

/// A part of the workgroups of a dispatch: where it begins and its size.
pub type Part = ([u32; 3], [u32; 3]);

/// The rates of an adapter.
pub struct Pace {
    most_ns: f64,
    /// Nanoseconds of a workgroup, by shader and numbers.
    rates: Mutex<HashMap<u64, f64>>,
}

/// What tells a dispatch from others that may take another time.
pub fn name(key: &str, numbers: &[u32]) -> u64 {
    let mut h = DefaultHasher::new();
    (key, numbers).hash(&mut h);
    h.finish()
}

impl Pace {
    /// As the knob says.
    pub fn new() -> Pace {
        Pace { most_ns: knobs::SLICE.number().unwrap_or(MOST_MS).max(1) as f64 * 1e6, rates: Mutex::default() }
    }
    /// Nanoseconds that a slice may take.
    pub fn most(&self) -> f64 {
        self.most_ns
    }
    /// Nanoseconds of a workgroup; None if it has to be measured.
    pub fn rate(&self, name: u64, groups: u64) -> Option<f64> {
        let known = self.rates.lock().unwrap_or_else(PoisonError::into_inner).get(&name).copied();
        if groups <= FEW { Some(known.unwrap_or(0.0)) } else { known }
    }
    /// Keeps a measured rate.
    pub fn keep(&self, name: u64, rate: f64) {
        let mut rates = self.rates.lock().unwrap_or_else(PoisonError::into_inner);
        if rates.len() >= KEPT {
            rates.clear();
        }
        rates.insert(name, rate);
    }
    /// How many workgroups a slice may have.
    pub fn fitting(&self, rate: f64) -> u64 {
        if rate > 0.0 { ((self.most_ns / rate) as u64).max(1) } else { u64::MAX }
    }
    /// How many workgroups the next slice to be measured may have, after so many took that long.
    pub fn next(&self, before: Option<(u64, f64)>) -> u64 {
        match before {
            None => FEW,
            // Half of what is allowed, as the next ones may have more to do.
            Some((n, ns)) => (((self.most_ns / 2.0 / (ns / n as f64)).min(n as f64 * GROWTH)) as u64).max(1),
        }
    }
}

/// The first part of what is left, of at most so many workgroups and at most `widest` in each direction: whole planes if they fit,
/// else rows of the first plane, else a piece of its first row. Then the rest.
pub fn cut((from, size): Part, most: u64, widest: u32) -> (Part, Vec<Part>) {
    let fits = count(size) <= most && size.iter().all(|n| *n <= widest);
    let Some(axis) = (0..3).rev().find(|d| size[*d] > 1).filter(|_| !fits) else { return ((from, size), vec![]) };
    let below = size[..axis].iter().map(|n| u64::from(*n)).product::<u64>();
    let whole = size[..axis].iter().all(|n| *n <= widest);
    let taken = if whole { (most / below).clamp(1, u64::from(size[axis].min(widest))) as u32 } else { 1 };
    let (mut first, mut after) = ((from, size), (from, size));
    first.1[axis] = taken;
    (after.0[axis], after.1[axis]) = (from[axis] + taken, size[axis] - taken);
    let after = (after.1[axis] > 0).then_some(after);
    // A single plane or row is cut further.
    let (first, mut rest) = if taken == 1 { cut(first, most, widest) } else { (first, vec![]) };
    rest.extend(after);
    (first, rest)
}

/// How many workgroups a block of this size has.
pub fn count(size: [u32; 3]) -> u64 {
    size.iter().map(|n| u64::from(*n)).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_all_workgroups_once() {
        for (size, most) in [([7, 5, 3], 16), ([7, 5, 3], 4), ([100, 1, 1], 33), ([3, 4, 5], 1), ([2, 2, 2], 1000), ([2, 60, 50], 1000)] {
            let (mut left, mut seen) = (vec![([0; 3], size)], vec![]);
            while let Some(part) = left.pop() {
                let (first, mut rest) = cut(part, most, 40);
                assert!(count(first.1) <= most && first.1.iter().all(|n| *n <= 40), "{first:?}");
                rest.reverse();
                left.extend(rest);
                let [x, y, z] = [0, 1, 2].map(|d| first.0[d]..first.0[d] + first.1[d]);
                seen.extend(z.flat_map(|c| {
                    y.clone().flat_map({
                        let x = x.clone();
                        move |b| x.clone().map(move |a| [a, b, c])
                    })
                }));
            }
            let all = seen.len();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!((all, seen.len()), (seen.len(), size.iter().map(|n| *n as usize).product()));
        }
    }

    #[test]
    fn slices_follow_the_measured_rate() {
        let pace = Pace { most_ns: 100e6, rates: Mutex::default() };
        assert_eq!(pace.rate(1, 1000), None);
        assert_eq!(pace.next(None), FEW);
        assert_eq!(pace.next(Some((16, 160e6))), 5);
        assert_eq!(pace.next(Some((16, 1e3))), 128);
        pace.keep(1, 2e6);
        assert_eq!(pace.rate(1, 1000).map(|r| pace.fitting(r)), Some(50));
    }
}
