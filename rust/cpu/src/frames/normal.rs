//! Pairs of normal numbers from pairs of uniform ones (Box and Muller, Annals of Mathematical Statistics 29, 1958).
//!
//! TensorFlow's numbers are products of single-precision functions. Here these are computed in double precision with series
//! that are exact to some 33 bits, and then rounded.
use crate::simd::{self, Isa, Kernel, Reg};
use ferroflow_ops::num::Float;
use ferroflow_ops::philox::unit_f32;

/// Pairs that are made at a time.
pub const PAIRS: usize = 512;

/// `c[0] + c[1] x + ...`
#[inline(always)]
fn poly<V: Float, const N: usize>(x: V, c: [f64; N]) -> V {
    let mut sum = V::lit(c[N - 1]);
    for i in (0..N - 1).rev() {
        sum = sum.mul_add(x, V::lit(c[i]));
    }
    sum
}

/// The logarithm of a number from 1e-7 to 1: with s = (m - 1)/(m + 1), log(m) = 2 (s + s^3/3 + s^5/5 + ...).
#[inline(always)]
fn log<V: Float>(x: V) -> V {
    let (m, e) = x.split2();
    let s = (m - V::lit(1.0)) / (m + V::lit(1.0));
    let z = s * s;
    let series = poly(z, [2.0 / 3.0, 2.0 / 5.0, 2.0 / 7.0, 2.0 / 9.0, 2.0 / 11.0, 2.0 / 13.0]);
    e.mul_add(V::lit(core::f64::consts::LN_2), (s * z).mul_add(series, s + s))
}

/// Sine and cosine of an angle from 0 to 2 pi, by Taylor's series around the nearest multiple of pi/2.
#[inline(always)]
fn sin_cos<V: Float>(x: V) -> [V; 2] {
    let n = (x * V::lit(core::f64::consts::FRAC_2_PI)).round();
    let r = n.mul_add(V::lit(-core::f64::consts::FRAC_PI_2), x);
    let z = r * r;
    let sine = (r * z).mul_add(poly(z, [-1.0 / 6.0, 1.0 / 120.0, -1.0 / 5040.0, 1.0 / 362_880.0, -1.0 / 39_916_800.0]), r);
    let cosine = (z * z).mul_add(
        poly(z, [1.0 / 24.0, -1.0 / 720.0, 1.0 / 40_320.0, -1.0 / 3_628_800.0, 1.0 / 479_001_600.0]),
        z.mul_add(V::lit(-0.5), V::lit(1.0)),
    );
    // One by one: `map` would be a call that leaves the target features.
    let (one, two, three) = (n.eq(V::lit(1.0)), n.eq(V::lit(2.0)), n.eq(V::lit(3.0)));
    let odd = one | three;
    let (s, c) = (V::select(odd, cosine, sine), V::select(odd, sine, cosine));
    [V::select(two | three, -s, s), V::select(one | two, -c, c)]
}

/// Two normal numbers of two from [0, 1).
#[inline(always)]
fn pair<V: Float>(u: V, turn: V) -> [V; 2] {
    let [a, b] = u.at_least(V::lit(1e-7)).widen();
    let radius = (V::lit(-2.0) * V::narrow([log(a), log(b)])).sqrt();
    let ([a, b], two_pi) = (turn.widen(), V::Wide::lit(2.0 * core::f64::consts::PI));
    // The angle is a number of single precision.
    let [a, b] = V::narrow([a * two_pi, b * two_pi]).widen();
    let ([sin_a, cos_a], [sin_b, cos_b]) = (sin_cos(a), sin_cos(b));
    [V::narrow([sin_a, sin_b]) * radius, V::narrow([cos_a, cos_b]) * radius]
}

/// Words, and a normal number for each; twice [`PAIRS`] at most.
struct BoxMuller<'a>(&'a [u32], &'a mut [f32]);
impl Kernel for BoxMuller<'_> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let BoxMuller(words, out) = self;
        let (mut first, mut second) = ([0f32; PAIRS], [0f32; PAIRS]);
        let count = (words.len() / 2).min(PAIRS);
        let mut i = 0;
        while i < count {
            first[i] = unit_f32(words[2 * i]);
            second[i] = unit_f32(words[2 * i + 1]);
            i += 1;
        }
        i = 0;
        while i < count {
            // SAFETY: PAIRS is a multiple of the lanes of every register.
            unsafe {
                let (u, turn) = (I::F32::load(first.as_ptr().add(i)), I::F32::load(second.as_ptr().add(i)));
                let [x, y] = pair(u, turn);
                x.store(first.as_mut_ptr().add(i));
                y.store(second.as_mut_ptr().add(i));
            }
            i += I::F32::N;
        }
        i = 0;
        while i < count {
            out[2 * i] = first[i];
            out[2 * i + 1] = second[i];
            i += 1;
        }
    }
}

/// Writes a normal number for each word, two of two.
///
/// # Panics
/// If there are more than twice [`PAIRS`] words, or not as many numbers.
pub fn normals(words: &[u32], out: &mut [f32]) {
    assert!(words.len() == out.len() && words.len() <= 2 * PAIRS, "operands of a loop do not fit");
    simd::run(BoxMuller(words, out));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normals_are_products_of_rounded_functions() {
        let words: Vec<u32> = (0..1_000_000u32).map(|i| i.wrapping_mul(2_654_435_761) ^ i >> 7).collect();
        for words in words.chunks(2 * PAIRS) {
            let mut got = vec![0f32; words.len()];
            normals(words, &mut got);
            for ([a, b], got) in words.as_chunks::<2>().0.iter().zip(got.as_chunks::<2>().0) {
                let radius = (-2.0 * f64::from(unit_f32(*a).max(1e-7)).ln() as f32).sqrt();
                let angle = f64::from((f64::from(unit_f32(*b)) * 2.0 * core::f64::consts::PI) as f32);
                for (got, want) in got.iter().zip([angle.sin() as f32 * radius, angle.cos() as f32 * radius]) {
                    let unit = want.abs().next_up() - want.abs();
                    assert!((got - want).abs() <= 2.0 * unit, "{a} {b}: {got} {want}");
                }
            }
        }
    }
}
