//! Updates by index in the order of the places that they go to: those of a place lie beside each other, in their own order. So an
//! invocation has the updates of one place, and goes through no others.
use super::index::{Vectors, place};
use crate::shader::{Shader, Spread};
use ferroflow_ops::Device;
use ferroflow_tensor::{DType, Result, Shape, Tensor};
use std::ops::Range;

/// Updates that a workgroup sorts in its memory, as a power of two.
const LOCAL: u32 = 9;
/// Updates of a dispatch: an invocation may have to do all of them.
const MOST: usize = 1 << 15;

/// Updates in order.
pub struct Order {
    /// The slice that each goes to; the largest number for none.
    pub places: Tensor,
    /// Its number.
    pub numbers: Tensor,
    count: usize,
}

/// The parts of `n` updates of slices of so many elements: no more elements than a dispatch counts.
fn parts(n: usize, slice: usize) -> impl Iterator<Item = Range<usize>> {
    let most = (u32::MAX as usize / slice.max(1)).clamp(1, MOST);
    (0..n).step_by(most).map(move |from| from..n.min(from + most))
}

impl Order {
    /// Of the updates that vectors of indices place.
    pub fn of(device: &dyn Device, indices: &Tensor, v: &Vectors) -> Result<Order> {
        let levels = v.count.max(1).next_power_of_two().ilog2().max(LOCAL);
        let length = 1usize << levels;
        let make = || device.allocate(DType::UInt32, &Shape::new(&[length]));
        let order = Order { places: make()?, numbers: make()?, count: v.count };
        let begin = Shader {
            name: "places",
            results: vec![&order.places, &order.numbers],
            operands: vec![indices],
            numbers: vec![("depth", v.depth), ("updates", v.count)],
            list: v.list.clone(),
            spread: Spread::Each(length),
        };
        let body = "    put1(i, i);\n    if (i < $updates) { put0(i, place(i)); } else { put0(i, 4294967295u); }\n";
        begin.run(|| (place(0), body.into()))?;
        order.sort_parts(length, 1, LOCAL)?;
        for level in LOCAL + 1..=levels {
            for distance in (LOCAL..level).rev() {
                order.exchange(length, level, distance)?;
            }
            order.sort_parts(length, level, level)?;
        }
        Ok(order)
    }

    /// The parts that updates of slices of so many elements are done in, one after the other.
    pub fn parts(&self, slice: usize) -> impl Iterator<Item = Range<usize>> + use<> {
        parts(self.count, slice)
    }

    /// A level of a bitonic sort joins two sorted sequences of half its length by exchanges over ever shorter distances. This does what
    /// is within the memory of a workgroup.
    fn sort_parts(&self, length: usize, first: u32, last: u32) -> Result<()> {
        let shader = Shader {
            name: "sort of parts",
            results: vec![&self.places, &self.numbers],
            operands: vec![],
            numbers: vec![("first", first as usize), ("last", last as usize)],
            list: vec![],
            spread: Spread::Rows(length >> LOCAL),
        };
        let functions = "
var<workgroup> places: array<u32, 512>;
var<workgroup> numbers: array<u32, 512>;
";
        let body = "    let base = row * 512u;
    for (var j = l; j < 512u; j = j + 256u) {
        places[j] = old0(base + j);
        numbers[j] = old1(base + j);
    }
    workgroupBarrier();
    for (var level = $first; level <= $last; level = level + 1u) {
        for (var d = min(level, 9u); d > 0u; d = d - 1u) {
            let distance = 1u << (d - 1u);
            let a = l / distance * 2u * distance + l % distance;
            let b = a + distance;
            let rising = ((base + a) & (1u << level)) == 0u;
            let later = places[a] > places[b] || (places[a] == places[b] && numbers[a] > numbers[b]);
            if (later == rising) {
                let place_a = places[a];
                let number_a = numbers[a];
                places[a] = places[b];
                numbers[a] = numbers[b];
                places[b] = place_a;
                numbers[b] = number_a;
            }
            workgroupBarrier();
        }
    }
    for (var j = l; j < 512u; j = j + 256u) {
        put0(base + j, places[j]);
        put1(base + j, numbers[j]);
    }
";
        shader.run(|| (functions.into(), body.into()))
    }

    /// Exchanges over a distance beyond that memory.
    fn exchange(&self, length: usize, level: u32, distance: u32) -> Result<()> {
        let shader = Shader {
            name: "sort",
            results: vec![&self.places, &self.numbers],
            operands: vec![],
            numbers: vec![("block", 1 << level), ("distance", 1 << distance)],
            list: vec![],
            spread: Spread::Each(length / 2),
        };
        let body = "    let a = i / $distance * 2u * $distance + i % $distance;
    let b = a + $distance;
    let rising = (a & $block) == 0u;
    let later = old0(a) > old0(b) || (old0(a) == old0(b) && old1(a) > old1(b));
    if (later == rising) {
        let place_a = old0(a);
        let number_a = old1(a);
        put0(a, old0(b));
        put1(a, old1(b));
        put0(b, place_a);
        put1(b, number_a);
    }
";
        shader.run(|| (String::new(), body.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_has_more_elements_than_a_dispatch_counts() {
        for (n, slice) in [(0, 5), (7, 0), (40_000, 1), (1 << 15, 1 << 25), (4096, 1 << 20), (3, (1 << 30) - 1)] {
            let all: Vec<_> = parts(n, slice).collect();
            assert_eq!(all.iter().flat_map(Clone::clone).collect::<Vec<_>>(), (0..n).collect::<Vec<_>>());
            assert!(all.iter().all(|p| p.len() <= MOST && p.len() * slice <= u32::MAX as usize), "{n} of {slice}");
        }
    }
}
