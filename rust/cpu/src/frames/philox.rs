//! Blocks of the random generator, sixteen at a time.
#![allow(clippy::needless_range_loop)] // loops by index are what the compiler makes vector code of
use crate::simd::{self, Isa, Kernel};
use ferroflow_ops::philox::{Philox, WORDS};

/// Blocks that are made side by side.
const SIDE: usize = 16;

/// Writes the words of consecutive blocks from a position of a stream; the last block may be cut off.
pub fn words(mut stream: Philox, out: &mut [u32]) {
    let (whole, rest) = out.as_chunks_mut::<{ SIDE * WORDS }>();
    for blocks in whole {
        if stream.low_word().checked_add(SIDE as u32).is_some() {
            simd::run(Blocks { stream, out: blocks });
            stream.skip(SIDE as u64);
        } else {
            one_by_one(&mut stream, blocks);
        }
    }
    one_by_one(&mut stream, rest);
}

fn one_by_one(stream: &mut Philox, out: &mut [u32]) {
    for words in out.chunks_mut(WORDS) {
        words.copy_from_slice(&stream.block()[..words.len()]);
    }
}

/// Blocks whose positions differ in the lowest word only.
struct Blocks<'a> {
    stream: Philox,
    out: &'a mut [u32; SIDE * WORDS],
}

impl Kernel for Blocks<'_> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let lanes = self.stream.blocks::<SIDE>();
        for i in 0..SIDE {
            for word in 0..WORDS {
                self.out[i * WORDS + word] = lanes[word][i];
            }
        }
    }
}
