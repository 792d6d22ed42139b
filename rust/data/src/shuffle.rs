//! Shuffling through a buffer, in the order that TensorFlow's generator and buffer give for the same seeds.
use crate::args::Args;
use crate::dataset::{Dataset, Element, Iterate, Spec, UNKNOWN};
use ferroflow_ops::RunCtx;
use ferroflow_ops::philox::{Philox, Words};
use ferroflow_tensor::{Result, bail};
use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, Mutex};

/// The seeds of the passes over a dataset: the same for each, or new ones drawn from a stream.
pub(crate) struct Seeds {
    first: (u64, u64),
    stream: Option<Mutex<Words>>,
}
impl Seeds {
    /// `seed` and `seed2` both 0 stand for seeds that nobody can foresee.
    pub fn new(seed: i64, seed2: i64, anew: bool) -> Seeds {
        let fresh = || std::hash::RandomState::new().build_hasher().finish();
        let first = if (seed, seed2) == (0, 0) { (fresh(), fresh()) } else { (seed as u64, seed2 as u64) };
        let stream = anew.then(|| Mutex::new(Words::new(Philox::seeded(first.0, first.1))));
        Seeds { first, stream }
    }
    /// The generator of the next pass.
    pub fn next_pass(&self) -> Words {
        let (a, b) = match &self.stream {
            Some(s) => {
                let mut words = s.lock().unwrap_or_else(|e| e.into_inner());
                (u64::from(words.word()), u64::from(words.word()))
            }
            None => self.first,
        };
        Words::new(Philox::seeded(a, b))
    }
}

/// The elements of the input in random order.
pub(crate) struct Shuffle {
    input: Arc<dyn Dataset>,
    /// None: as large as the input.
    size: Option<usize>,
    seeds: Seeds,
}
impl Shuffle {
    /// InvalidArgument unless the size is positive or -2 (the whole input).
    pub fn over(input: Arc<dyn Dataset>, size: i64, seeds: Seeds) -> Result<Arc<dyn Dataset>> {
        let size = match usize::try_from(size) {
            Ok(n) if n > 0 => Some(n),
            _ if size == UNKNOWN => None,
            _ => bail!(InvalidArgument, "buffer_size must be greater than zero or UNKNOWN_CARDINALITY"),
        };
        Ok(Arc::new(Shuffle { input, size, seeds }))
    }
}
pub(crate) fn shuffle(a: &Args) -> Result<Arc<dyn Dataset>> {
    let seeds = Seeds::new(a.int("seed")?, a.int("seed2")?, a.attrs.bool("reshuffle_each_iteration")?);
    Shuffle::over(a.dataset("input_dataset")?, a.int("buffer_size")?, seeds)
}

/// The buffer is a ring: `start..end` (modulo its length) holds what has not been given out.
struct Pass {
    of: Arc<Shuffle>,
    input: Option<Box<dyn Iterate>>,
    words: Words,
    ring: Vec<Option<Element>>,
    start: usize,
    end: usize,
}
impl Dataset for Shuffle {
    fn spec(&self) -> &Arc<Spec> {
        self.input.spec()
    }
    fn cardinality(&self) -> i64 {
        self.input.cardinality()
    }
    fn calls_python(&self) -> bool {
        self.input.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let words = self.seeds.next_pass();
        let input = Some(self.input.clone().iterate(run)?);
        Ok(Box::new(Pass { of: self, input, words, ring: vec![], start: 0, end: 0 }))
    }
}
impl Pass {
    fn fill(&mut self, run: &RunCtx) -> Result<()> {
        while let Some(input) = &mut self.input
            && self.of.size.is_none_or(|n| self.end - self.start < n)
        {
            let Some(e) = input.next(run)? else {
                self.input = None;
                break;
            };
            if self.of.size.is_none_or(|n| self.ring.len() < n) {
                self.ring.push(Some(e));
            } else {
                let n = self.ring.len();
                self.ring[self.end % n] = Some(e);
            }
            self.end += 1;
            if self.end.is_multiple_of(1024) {
                run.cancel.check()?;
            }
        }
        Ok(())
    }
}
impl Iterate for Pass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        self.fill(run)?;
        let held = self.end - self.start;
        if held == 0 {
            return Ok(None);
        }
        let n = self.ring.len();
        let pick = (self.start + self.words.word() as usize % held) % n;
        let first = self.start % n;
        let e = self.ring[pick].take();
        self.ring.swap(pick, first);
        self.start += 1;
        Ok(e)
    }
}
