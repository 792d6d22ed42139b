//! How long dispatches may take: the rate of each is measured when it is first run, and a long one is cut into slices.
//!
//! Drivers end a process, or reset the GPU, where a command does not end for a second or two, and no picture is drawn meanwhile.
use ferroflow_tensor::knobs;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

/// Milliseconds that a slice may take, if the knob does not say.
const MOST_MS: u64 = 100;
/// The most workgroups that run unmeasured, or that are measured first.
const FEW: u64 = 16;
/// The most workgroups times steps of their longest loop for the same: less than a tenth of a second in software.
const LITTLE: u64 = 1024;
/// A rate that was measured on so many times fewer workgroups is measured again before it cuts a dispatch: it counts waiting, too.
const ENOUGH: u64 = 8;
/// Rates that are kept.
const KEPT: usize = 4096;
/// A measured slice is at most so many times as long as the one before.
const GROWTH: f64 = 8.0;

/// A part of the workgroups of a dispatch: where it begins and its size.
pub type Part = ([u32; 3], [u32; 3]);

/// The rates of an adapter.
pub struct Pace {
    most_ns: f64,
    /// Nanoseconds of a workgroup, by shader and sizes, and how many were measured.
    rates: Mutex<HashMap<u64, (f64, u64)>>,
}

/// Sizes that the time of a workgroup may depend on. Those that differ little are alike.
pub struct Sizes<'a> {
    /// All of them.
    pub all: &'a [u32],
    /// The steps of the longest loop of an invocation, or more.
    pub longest: u32,
}

impl Sizes<'_> {
    /// Each of which may be the length of a loop.
    pub fn of(all: &[u32]) -> Sizes<'_> {
        Sizes { all, longest: all.iter().copied().max().unwrap_or(1) }
    }
}

/// What the time of a workgroup depends on.
#[derive(Clone, Copy)]
pub struct Kind {
    name: u64,
    /// The longest loop that there may be.
    longest: u64,
}

impl Kind {
    /// Of a shader with these sizes.
    pub fn of(key: &str, sizes: &Sizes) -> Kind {
        let mut h = DefaultHasher::new();
        key.hash(&mut h);
        sizes.all.iter().for_each(|n| rounded(*n).hash(&mut h));
        Kind { name: h.finish(), longest: sizes.longest.max(1).into() }
    }
}

/// The three leading bits of a number, with its length.
fn rounded(n: u32) -> u32 {
    let below = n.checked_ilog2().unwrap_or(0).saturating_sub(2);
    n >> below << below
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
    pub fn rate(&self, kind: Kind, groups: u64) -> Option<f64> {
        match self.rates.lock().unwrap_or_else(PoisonError::into_inner).get(&kind.name) {
            Some((rate, measured)) => Some(*rate).filter(|r| r * groups as f64 <= self.most_ns || groups <= measured * ENOUGH),
            None => (groups <= FEW && groups * kind.longest <= LITTLE).then_some(0.0),
        }
    }
    /// Keeps a rate that was measured on so many workgroups.
    pub fn keep(&self, kind: Kind, rate: f64, groups: u64) {
        let mut rates = self.rates.lock().unwrap_or_else(PoisonError::into_inner);
        if rates.len() >= KEPT {
            rates.clear();
        }
        rates.insert(kind.name, (rate, groups));
    }
    /// How many workgroups a slice may have.
    pub fn fitting(&self, rate: f64) -> u64 {
        if rate > 0.0 { ((self.most_ns / rate) as u64).max(1) } else { u64::MAX }
    }
    /// How many workgroups the next slice to be measured may have, after so many took that long.
    pub fn next(&self, kind: Kind, before: Option<(u64, f64)>) -> u64 {
        match before {
            None => (LITTLE / kind.longest).clamp(1, FEW),
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
        let kind = Kind::of("a shader", &Sizes::of(&[30, 7]));
        assert_eq!(pace.rate(kind, 1000), None);
        assert_eq!(pace.next(kind, None), FEW);
        assert_eq!(pace.next(kind, Some((16, 160e6))), 5);
        assert_eq!(pace.next(kind, Some((16, 1e3))), 128);
        pace.keep(kind, 2e6, 1000);
        assert_eq!(pace.rate(kind, 1000).map(|r| pace.fitting(r)), Some(50));
        assert_eq!(pace.rate(Kind::of("a shader", &Sizes::of(&[31, 7])), 1000), Some(2e6), "sizes that differ little are alike");
        assert_eq!(pace.rate(Kind::of("a shader", &Sizes::of(&[30, 9])), 1000), None);
        assert_eq!(pace.rate(kind, 100_000), None, "what is to be cut is measured well first");
    }

    #[test]
    fn few_workgroups_with_long_loops_are_measured_one_by_one() {
        let pace = Pace { most_ns: 100e6, rates: Mutex::default() };
        assert_eq!(pace.rate(Kind::of("short", &Sizes::of(&[64])), 16), Some(0.0));
        let long = Kind::of("long", &Sizes::of(&[1_000_000]));
        assert_eq!((pace.rate(long, 1), pace.next(long, None)), (None, 1));
    }
}
