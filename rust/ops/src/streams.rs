//! The random streams of ops: their seeds, and where a node goes on.
use crate::kernel::{NodeState, Prep};
use crate::philox::{Philox, WORDS, Words};
use ferroflow_tensor::{Result, Tensor, bail};
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The seeds of a stateful op.
#[derive(Clone, Copy, Debug)]
pub struct Seeds(u64, u64);

impl Seeds {
    /// As the attributes say.
    pub fn of(p: &Prep) -> Result<Seeds> {
        Ok(Seeds(p.attrs.int("seed")? as u64, p.attrs.int("seed2")? as u64))
    }
    /// The node's stream from where its last run left it, with `blocks` blocks set aside for this run. Both seeds 0 stand
    /// for seeds that are chosen at random when the node first runs.
    pub fn reserve(self, state: &NodeState, blocks: u64) -> Philox {
        let mut seeds = self;
        if (self.0, self.1) == (0, 0) {
            let mut slot = state.slot.lock().unwrap_or_else(|e| e.into_inner());
            let chosen = slot.as_ref().and_then(|s| s.downcast_ref::<Seeds>()).copied();
            seeds = chosen.unwrap_or_else(|| {
                let new = Seeds(entropy(), entropy());
                *slot = Some(Arc::new(new));
                new
            });
        }
        let mut stream = Philox::seeded(seeds.0, seeds.1);
        stream.skip(state.count.fetch_add(blocks, Ordering::Relaxed));
        stream
    }
}

/// A number that nobody can foresee: the standard library keys every new hash state from the system's entropy.
fn entropy() -> u64 {
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}

/// The two seeds of a stateless op.
pub fn seed_pair(t: &Tensor) -> Result<[u64; 2]> {
    let seed = t.to_i64()?;
    Ok([seed[0] as u64, seed[1] as u64])
}

/// A random order of `n` rows, from the front: row `i` changes places with one of the rows from `i` on (Fisher and Yates).
/// InvalidArgument if there are too many.
pub fn shuffled(seeds: Seeds, state: &NodeState, n: usize) -> Result<Vec<usize>> {
    if u32::try_from(n).is_err() {
        bail!(InvalidArgument, "RandomShuffle of {n} rows: at most {} are possible", u32::MAX);
    }
    let stream = seeds.reserve(state, (n as u64).saturating_sub(1).div_ceil(WORDS as u64));
    let mut words = Words::new(stream);
    let mut order: Vec<usize> = (0..n).collect();
    for i in 0..n.saturating_sub(1) {
        let j = i + (words.word() % (n - i) as u32) as usize;
        order.swap(i, j);
    }
    Ok(order)
}
