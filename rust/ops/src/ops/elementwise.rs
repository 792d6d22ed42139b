//! The entries of the elementwise ops and reductions, collected from their bodies in [`crate::elementwise`].
use crate::def::Entry;
use crate::elementwise::{
    Binary, BinaryVisit, Compare, CompareVisit, Predicate, PredicateVisit, Reduce, ReduceVisit, ToReal, ToRealVisit, Unary, UnaryVisit,
    each_binary, each_compare, each_predicate, each_reduce, each_to_real, each_unary, each_with_alpha,
};

/// Takes the entry of every op that it is shown.
struct Collector(Vec<Entry>);

impl UnaryVisit for Collector {
    fn op<O: Unary>(&mut self) {
        self.0.push(O::ENTRY);
    }
}
impl BinaryVisit for Collector {
    fn op<O: Binary>(&mut self) {
        self.0.push(O::ENTRY);
    }
}
impl PredicateVisit for Collector {
    fn op<O: Predicate>(&mut self) {
        self.0.push(O::ENTRY);
    }
}
impl CompareVisit for Collector {
    fn op<O: Compare>(&mut self) {
        self.0.push(O::ENTRY);
    }
}
impl ToRealVisit for Collector {
    fn op<O: ToReal>(&mut self) {
        self.0.push(O::ENTRY);
    }
}

impl ReduceVisit for Collector {
    fn op<O: Reduce>(&mut self) {
        self.0.push(O::ENTRY);
    }
}

/// All entries.
pub fn entries() -> Vec<Entry> {
    let mut all = Collector(vec![]);
    each_unary(&mut all);
    each_predicate(&mut all);
    each_binary(&mut all);
    each_with_alpha(&mut all);
    each_compare(&mut all);
    each_to_real(&mut all);
    each_reduce(&mut all);
    all.0
}
