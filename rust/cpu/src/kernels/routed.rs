//! Rows of updates that are combined with rows of a result, which many of them may name: part by part of the result.
use crate::frames::slices::prefetch;
use crate::kernels::copy::{MOVE_NS, fill_parallel};
use ferroflow_ops::Device;
use ferroflow_tensor::Element;

/// Bytes of a part of the result: it stays in the second-level cache while it is changed.
const PART: usize = 256 << 10;
/// Rows between what is read and what is asked for ahead.
const AHEAD: usize = 6;

/// Fills `out`, rows of `row` elements: `start(first element, part)` writes a part, then `f(element, update)` replaces the
/// elements of the row `to` for each pair `(to, from)`, in their order, by the updates from element `from` on.
pub fn combine_rows<T: Element>(
    device: &dyn Device,
    out: &mut [T],
    row: usize,
    updates: &[T],
    pairs: impl Iterator<Item = (usize, usize)>,
    start: impl Fn(usize, &mut [T]) + Sync,
    f: impl Fn(T, T) -> T + Sync,
) {
    if out.is_empty() || row == 0 {
        return;
    }
    let height = (PART / (row * size_of::<T>())).max(1);
    // Which updates each part takes: nobody has to look at those of others.
    let mut routes: Vec<Vec<(usize, usize)>> = vec![vec![]; (out.len() / row).div_ceil(height)];
    for (to, from) in pairs {
        routes[to / height].push((to % height * row, from));
    }
    let cost = MOVE_NS * (1.0 + 2.0 * updates.len() as f32 / out.len() as f32);
    fill_parallel(device, out, height * row, cost, &|first, part| {
        // Work that is not worth several threads comes in one piece.
        for (i, part) in part.chunks_mut(height * row).enumerate() {
            let first = first + i * height * row;
            start(first, part);
            let route = &routes[first / (height * row)];
            for (i, (to, from)) in route.iter().enumerate() {
                if let Some((_, next)) = route.get(i + AHEAD) {
                    prefetch(&updates[*next..*next + row]);
                }
                for (y, u) in part[*to..][..row].iter_mut().zip(&updates[*from..][..row]) {
                    *y = f(*y, *u);
                }
            }
        }
    });
}
