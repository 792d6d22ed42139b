//! Sorting of unsigned integers, vectorised where the processor has AVX-512.
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "x86_64")]
use crate::simd::{Level, isa};
#[cfg(target_arch = "x86_64")]
use avx512::{Lanes as Number, SHORT, halves, sort as quicksort};
use ferroflow_ops::Device;
use std::sync::{Mutex, PoisonError};

/// `u32` or `u64`.
#[cfg(target_arch = "x86_64")]
pub trait Key: Number + Send {}
#[cfg(target_arch = "x86_64")]
impl<T: Number + Send> Key for T {}
/// `u32` or `u64`.
#[cfg(not(target_arch = "x86_64"))]
pub trait Key: Ord + Copy + Send {}
#[cfg(not(target_arch = "x86_64"))]
impl<T: Ord + Copy + Send> Key for T {}

/// Are there vectorised loops for the instruction set in use?
pub fn is_vectorised() -> bool {
    #[cfg(target_arch = "x86_64")]
    let yes = isa() == Level::Avx512;
    #[cfg(not(target_arch = "x86_64"))]
    let yes = false;
    yes
}

/// Sorts a list.
pub fn sort<K: Key>(x: &mut [K]) {
    #[cfg(target_arch = "x86_64")]
    if is_vectorised() {
        let depth = 2 * x.len().max(1).ilog2() as usize;
        // SAFETY: the processor has AVX-512.
        return unsafe { quicksort(x, depth) };
    }
    x.sort_unstable();
}

/// Brings the smaller numbers of a long list to the front: their number, and whether these are in order already. None if there
/// is no vectorised loop or the list is short.
fn split<K: Key>(x: &mut [K]) -> Option<(usize, bool)> {
    #[cfg(target_arch = "x86_64")]
    if is_vectorised() && x.len() > SHORT * K::N {
        // SAFETY: the processor has AVX-512, and the list is long enough.
        return Some(unsafe { halves(x) });
    }
    let _ = x;
    None
}

/// Estimated time to sort an element of a long list, in nanoseconds.
const NS: f32 = 8.0;
/// Parts of a long list that are sorted by themselves, about.
const PARTS: u32 = 4;

/// A part of a list, and how it was split.
type Cell<'a, K> = Mutex<(&'a mut [K], Option<(usize, bool)>)>;

/// Sorts a long list on several threads.
pub fn sort_long<K: Key>(device: &dyn Device, x: &mut [K]) {
    let n = x.len();
    let mut parts = vec![x];
    for _ in 0..PARTS {
        let cells: Vec<Cell<K>> = parts.into_iter().map(|x| Mutex::new((x, None))).collect();
        device.parallel(cells.len(), 1, (n / cells.len()) as f32, &|range| {
            for cell in &cells[range] {
                let (part, found) = &mut *cell.lock().unwrap_or_else(PoisonError::into_inner);
                if part.len() > n >> PARTS {
                    *found = split(part);
                }
            }
        });
        parts = vec![];
        for cell in cells {
            let (part, found) = cell.into_inner().unwrap_or_else(PoisonError::into_inner);
            match found {
                Some((count, sorted)) => {
                    let (front, back) = part.split_at_mut(count);
                    if !sorted {
                        parts.push(front);
                    }
                    parts.push(back);
                }
                None => parts.push(part),
            }
        }
    }
    let cells: Vec<Mutex<&mut [K]>> = parts.into_iter().map(Mutex::new).collect();
    device.parallel(cells.len(), 1, NS * (n / cells.len().max(1)) as f32, &|range| {
        for cell in &cells[range] {
            sort(&mut cell.lock().unwrap_or_else(PoisonError::into_inner));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::Cpu;

    /// Numbers below `most` that look random.
    fn numbers(n: usize, most: u64) -> Vec<u64> {
        let mut state = 0x2545_f491_4f6c_dd1du64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % most
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn lists_of_every_length_are_sorted() {
        for n in (0..600).chain([1023, 1024, 4097, 30_000]) {
            for most in [1, 2, 3, 1000, u64::MAX] {
                let wide = numbers(n, most);
                let narrow: Vec<u32> = wide.iter().map(|x| if most == u64::MAX { (x >> 32) as u32 } else { *x as u32 }).collect();
                let (mut a, mut b) = (wide.clone(), narrow.clone());
                sort(&mut a);
                sort(&mut b);
                let (mut right_a, mut right_b) = (wide, narrow);
                right_a.sort_unstable();
                right_b.sort_unstable();
                assert_eq!(a, right_a, "{n} numbers below {most}");
                assert_eq!(b, right_b, "{n} numbers below {most}");
            }
        }
    }

    #[test]
    fn orders_that_are_hard_for_a_quicksort_are_sorted() {
        let n = 20_000u64;
        let hard: [Vec<u64>; 5] = [
            (0..n).collect(),
            (0..n).rev().collect(),
            (0..n).map(|i| i.min(n - i)).collect(),
            (0..n).map(|i| if i % 2 == 0 { u64::MAX } else { 0 }).collect(),
            vec![u64::MAX; n as usize],
        ];
        for x in hard {
            let (mut a, mut long, mut right) = (x.clone(), x.clone(), x);
            sort(&mut a);
            sort_long(&Cpu::new(0), &mut long);
            right.sort_unstable();
            assert_eq!(a, right);
            assert_eq!(long, right);
        }
    }

    #[test]
    fn long_lists_are_sorted_on_several_threads() {
        for most in [1, 5, 1000, u64::MAX] {
            let (mut x, mut right) = (numbers(300_001, most), numbers(300_001, most));
            sort_long(&Cpu::new(0), &mut x);
            right.sort_unstable();
            assert_eq!(x, right);
        }
    }
}
