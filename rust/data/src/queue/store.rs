//! How the kinds of queue keep their elements, in the orders that TensorFlow's give for the same seeds and priorities.
use crate::dataset::Element;
use ferroflow_ops::philox::Words;
use std::collections::VecDeque;

/// The elements of a queue.
pub(super) enum Store {
    /// First in, first out.
    Line(VecDeque<Element>),
    /// In random order.
    Bag(Vec<Element>, Words),
    /// A heap by the first component, as C++'s library keeps it: elements of one priority come in that order.
    Heap(Vec<Element>),
}

impl Store {
    pub fn len(&self) -> usize {
        match self {
            Store::Line(all) => all.len(),
            Store::Bag(all, _) | Store::Heap(all) => all.len(),
        }
    }
    pub fn push(&mut self, e: Element) {
        match self {
            Store::Line(all) => all.push_back(e),
            Store::Bag(all, _) => all.push(e),
            Store::Heap(all) => {
                all.push(e);
                let last = all.len() - 1;
                rise(all, last);
            }
        }
    }
    pub fn pop(&mut self) -> Option<Element> {
        match self {
            Store::Line(all) => all.pop_front(),
            Store::Bag(all, words) if !all.is_empty() => Some(all.swap_remove(words.word() as usize % all.len())),
            Store::Bag(..) => None,
            Store::Heap(all) => pop_least(all),
        }
    }
    /// Puts an element back that was taken last.
    pub fn put_back(&mut self, e: Element) {
        match self {
            Store::Line(all) => all.push_front(e),
            _ => self.push(e),
        }
    }
}

fn priority(e: &Element) -> i64 {
    e.first().and_then(|t| t.item().ok()).unwrap_or(0)
}
fn rise(heap: &mut [Element], mut at: usize) {
    while at > 0 && priority(&heap[(at - 1) / 2]) > priority(&heap[at]) {
        heap.swap(at, (at - 1) / 2);
        at = (at - 1) / 2;
    }
}
/// The last element goes to the bottom on the way of the smaller children, and rises from there.
fn pop_least(heap: &mut Vec<Element>) -> Option<Element> {
    let last = heap.pop()?;
    let Some(top) = heap.first_mut() else { return Some(last) };
    let least = std::mem::replace(top, last);
    let mut at = 0;
    loop {
        let right = 2 * at + 2;
        let child = match right.cmp(&heap.len()) {
            std::cmp::Ordering::Less if priority(&heap[right]) > priority(&heap[right - 1]) => right - 1,
            std::cmp::Ordering::Less => right,
            std::cmp::Ordering::Equal => right - 1,
            std::cmp::Ordering::Greater => break,
        };
        heap.swap(at, child);
        at = child;
    }
    rise(heap, at);
    Some(least)
}
