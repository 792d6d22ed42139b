//! Philox4x32-10, a counter-based random generator, and how TensorFlow draws numbers from it.
//!
//! Salmon, Moraes, Dror and Shaw: Parallel Random Numbers: As Easy as 1, 2, 3 (SC 2011). A block of four words is a function
//! of key and counter alone, so any part of a stream can be made by itself.
use ferroflow_tensor::{BF16, F16};

/// Words of a block.
pub const WORDS: usize = 4;
/// Blocks that TensorFlow sets aside for each number of a stateful draw.
pub const BLOCKS_PER_OUTPUT: u64 = 256;
const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;
/// Key of the generator that scrambles the seeds of stateless draws.
const SCRAMBLE: u64 = 0x0246_1E29_3EC8_F720;
/// Normals farther from 0 are drawn again.
const CUT: f64 = 2.0;

/// A position in a stream.
///
/// ```
/// use ferroflow_ops::philox::Philox;
/// let mut g = Philox::seeded(0, 0);
/// assert_eq!(g.block(), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]); // the paper's own test vector
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Philox {
    key: u64,
    counter: u128,
}

impl Philox {
    /// The stream of a stateful op's two seeds, from its start.
    pub fn seeded(seed: u64, seed2: u64) -> Philox {
        Philox { key: seed, counter: u128::from(seed2) << 64 }
    }
    /// The stream of a key, from a counter (lower word first).
    pub fn keyed(key: u64, counter: [u64; 2]) -> Philox {
        Philox { key, counter: u128::from(counter[1]) << 64 | u128::from(counter[0]) }
    }
    /// Key and counter that a stateless op's two seeds stand for.
    pub fn scramble(seed: [u64; 2]) -> (u64, [u64; 2]) {
        let [a, b, c, d] = Philox::keyed(SCRAMBLE, seed).block().map(u64::from);
        (a | b << 32, [0, c | d << 32])
    }
    /// Goes on by some blocks.
    pub fn skip(&mut self, blocks: u64) {
        self.counter = self.counter.wrapping_add(u128::from(blocks));
    }
    /// The key.
    pub fn key(&self) -> u64 {
        self.key
    }
    /// The position: the number of the next block.
    pub fn place(&self) -> u128 {
        self.counter
    }
    /// The lowest word of the position.
    #[inline]
    pub fn low_word(&self) -> u32 {
        self.counter as u32
    }
    /// The next `N` blocks, word by word, without going on; the lowest word of the position must not overflow.
    #[inline(always)]
    #[allow(clippy::needless_range_loop)] // loops by index are what the compiler makes vector code of
    pub fn blocks<const N: usize>(&self) -> [[u32; N]; WORDS] {
        let start = [self.counter as u32, (self.counter >> 32) as u32, (self.counter >> 64) as u32, (self.counter >> 96) as u32];
        let mut x = [[start[0]; N], [start[1]; N], [start[2]; N], [start[3]; N]];
        for i in 0..N {
            x[0][i] = start[0].wrapping_add(i as u32);
        }
        let mut key = [self.key as u32, (self.key >> 32) as u32];
        for round in 0..ROUNDS {
            if round > 0 {
                key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
            }
            for i in 0..N {
                let a = u64::from(MULTIPLIERS[0]) * u64::from(x[0][i]);
                let b = u64::from(MULTIPLIERS[1]) * u64::from(x[2][i]);
                x[0][i] = (b >> 32) as u32 ^ x[1][i] ^ key[0];
                x[1][i] = b as u32;
                x[2][i] = (a >> 32) as u32 ^ x[3][i] ^ key[1];
                x[3][i] = a as u32;
            }
        }
        x
    }
    /// The next block.
    #[inline]
    pub fn block(&mut self) -> [u32; WORDS] {
        let mut x = [self.counter as u32, (self.counter >> 32) as u32, (self.counter >> 64) as u32, (self.counter >> 96) as u32];
        let mut key = [self.key as u32, (self.key >> 32) as u32];
        for round in 0..ROUNDS {
            if round > 0 {
                key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
            }
            let a = u64::from(MULTIPLIERS[0]) * u64::from(x[0]);
            let b = u64::from(MULTIPLIERS[1]) * u64::from(x[2]);
            x = [(b >> 32) as u32 ^ x[1] ^ key[0], b as u32, (a >> 32) as u32 ^ x[3] ^ key[1], a as u32];
        }
        self.skip(1);
        x
    }
}

/// The words of a stream one by one.
#[derive(Clone, Debug)]
pub struct Words {
    stream: Philox,
    block: [u32; WORDS],
    used: usize,
}

impl Words {
    /// The words from a position on.
    pub fn new(stream: Philox) -> Words {
        Words { stream, block: [0; WORDS], used: WORDS }
    }
    /// The next word.
    #[inline]
    pub fn word(&mut self) -> u32 {
        if self.used == WORDS {
            self.block = self.stream.block();
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }
    /// A number in [0, 1) from the next two words.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        let high = self.word();
        unit_f64(high, self.word())
    }
}

/// A number in [0, 1): the low 23 bits as the fraction of a number in [1, 2), less 1.
#[inline]
pub fn unit_f32(x: u32) -> f32 {
    f32::from_bits(127 << 23 | x & 0x7F_FFFF) - 1.0
}
/// A number in [0, 1) from 52 bits, the high word first.
#[inline]
pub fn unit_f64(high: u32, low: u32) -> f64 {
    f64::from_bits(1023 << 52 | u64::from(high & 0xF_FFFF) << 32 | u64::from(low)) - 1.0
}
/// A number in [0, 1) from 10 bits.
#[inline]
pub fn unit_f16(x: u32) -> F16 {
    F16::from_f32(F16::from_bits(15 << 10 | x as u16 & 0x3FF).to_f32() - 1.0)
}
/// A number in [0, 1) from 7 bits.
#[inline]
pub fn unit_bf16(x: u32) -> BF16 {
    BF16::from_f32(BF16::from_bits(127 << 7 | x as u16 & 0x7F).to_f32() - 1.0)
}
/// 64 bits of two words, the low word first.
#[inline]
pub fn wide(low: u32, high: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

/// Two independent normals of two words (Box and Muller, Annals of Mathematical Statistics 29, 1958).
#[inline]
pub fn normal_f32(x: u32, y: u32) -> [f32; 2] {
    let u = unit_f32(x).max(1e-7);
    let angle = (2.0 * std::f64::consts::PI * f64::from(unit_f32(y))) as f32;
    let radius = (-2.0 * u.ln()).sqrt();
    let (sin, cos) = angle.sin_cos();
    [sin * radius, cos * radius]
}
/// Two independent normals of four words.
#[inline]
pub fn normal_f64(x: [u32; WORDS]) -> [f64; 2] {
    let u = unit_f64(x[0], x[1]).max(1e-7);
    let angle = 2.0 * std::f64::consts::PI * unit_f64(x[2], x[3]);
    let radius = (-2.0 * u.ln()).sqrt();
    let (sin, cos) = angle.sin_cos();
    [sin * radius, cos * radius]
}
/// Four normals within 2 of 0, from as many words as that takes.
pub fn truncated_f32(words: &mut Words) -> [f32; 4] {
    let (mut out, mut n) = ([0.0; 4], 0);
    loop {
        let x = words.word();
        for f in normal_f32(x, words.word()) {
            if f64::from(f.abs()) < CUT {
                out[n] = f;
                n += 1;
                if n == out.len() {
                    return out;
                }
            }
        }
    }
}
/// Two normals within 2 of 0, from as many words as that takes.
pub fn truncated_f64(words: &mut Words) -> [f64; 2] {
    let (mut out, mut n) = ([0.0; 2], 0);
    loop {
        let x = std::array::from_fn(|_| words.word());
        for f in normal_f64(x) {
            if f.abs() < CUT {
                out[n] = f;
                n += 1;
                if n == out.len() {
                    return out;
                }
            }
        }
    }
}
