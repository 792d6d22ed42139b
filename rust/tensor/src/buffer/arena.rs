//! One block of memory that the values of a run share, each during its own part of the run.
use super::{ALIGN, Buffer, Owner};
use crate::{Result, bail};
use std::cell::UnsafeCell;
use std::sync::Arc;

/// Where a value lies in an arena and during which steps it is alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Offset of the first byte, a multiple of 64.
    pub offset: usize,
    /// Number of bytes.
    pub len: usize,
    /// The step that writes it.
    pub from: u32,
    /// The last step that reads it. A value written by a step may take the place of one that this step reads
    /// last only if `over` names that value.
    pub to: u32,
    /// Index of the interval that this one is written over in place, or `u32::MAX`.
    pub over: u32,
    /// Where its step runs at once with others.
    pub lane: Option<Lane>,
}

/// Steps in a row that run at once with those of other lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// A number that no other lane has.
    pub id: u32,
    /// The first step of all lanes that run at once.
    pub from: u32,
    /// The last step of all lanes that run at once.
    pub to: u32,
}

impl Interval {
    /// The steps during which it may be alive, whatever the order in which lanes are run.
    pub fn during(&self) -> (u32, u32) {
        self.lane.map_or((self.from, self.to), |l| (l.from, self.to.max(l.to)))
    }
    /// Whether both may be alive at once.
    pub fn meets(&self, other: &Interval) -> bool {
        let ((a, b), (c, d)) = match (self.lane, other.lane) {
            (Some(x), Some(y)) if x.id == y.id => ((self.from, self.to), (other.from, other.to)),
            _ => (self.during(), other.during()),
        };
        a <= d && c <= b
    }
}

/// A block carved into parts that may overlap in space only when they do not in time.
pub struct Arena {
    block: Arc<Buffer>,
    parts: Vec<Interval>,
}

impl Arena {
    /// Allocates an arena for these intervals. Errors with Internal if two of them would be alive in the same place
    /// at once (except one written over another in place, at its last step, in the same lane), or if an offset is not aligned.
    pub fn new(parts: Vec<Interval>) -> Result<Arena> {
        check(&parts)?;
        let len = parts.iter().map(|p| p.offset + p.len).max().unwrap_or(0);
        Ok(Arena { block: Buffer::zeroed(len.max(ALIGN + 1))?, parts })
    }
    /// Bytes in all.
    pub fn len(&self) -> usize {
        self.block.len()
    }
    /// Whether it has no parts.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
    /// A fresh set of buffers, one for each interval. They belong to one run at a time: making a second set while
    /// the first is in use would alias it, so this consumes the arena.
    pub fn into_buffers(self) -> Vec<Arc<Buffer>> {
        self.parts
            .iter()
            .map(|p| {
                // SAFETY: offset + len lie within the block (its length is their maximum).
                let start = unsafe { self.block.ptr().add(p.offset) } as *mut u8;
                Arc::new(Buffer { start, len: p.len, owner: Owner::Part(self.block.clone()), small: UnsafeCell::new([0; 8]) })
            })
            .collect()
    }
}

/// Sweeps over the intervals in order of their first step and compares each with those still alive.
fn check(parts: &[Interval]) -> Result<()> {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|i| (parts[*i].during().0, parts[*i].from));
    let mut alive: Vec<usize> = vec![];
    for i in order {
        let p = parts[i];
        let within = p.lane.is_none_or(|l| (l.from..=l.to).contains(&p.from));
        if !p.offset.is_multiple_of(ALIGN) || p.to < p.from || !within {
            bail!(Internal, "arena interval {i} is malformed: {p:?}");
        }
        alive.retain(|j| parts[*j].during().1 >= p.during().0);
        for j in &alive {
            let q = parts[*j];
            let apart = p.offset + p.len <= q.offset || q.offset + q.len <= p.offset;
            let same_lane = p.lane.is_none() || p.lane == q.lane;
            let in_place = p.over == *j as u32 && q.to == p.from && q.offset == p.offset && same_lane;
            if !apart && !in_place && p.len > 0 && q.len > 0 && p.meets(&q) {
                bail!(Internal, "arena intervals {i} and {j} overlap: {p:?} {q:?}");
            }
        }
        alive.push(i);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    fn iv(offset: usize, len: usize, from: u32, to: u32, over: u32) -> Interval {
        Interval { offset, len, from, to, over, lane: None }
    }
    fn beside(lane: u32, i: Interval) -> Interval {
        Interval { lane: Some(Lane { id: lane, from: 1, to: 4 }), ..i }
    }
    #[test]
    fn overlap_in_space_and_time_is_refused() {
        assert!(Arena::new(vec![iv(0, 64, 0, 2, u32::MAX), iv(0, 64, 2, 3, u32::MAX)]).is_err());
        assert!(Arena::new(vec![iv(0, 64, 0, 2, u32::MAX), iv(0, 64, 2, 3, 0)]).is_ok());
        assert!(Arena::new(vec![iv(0, 64, 0, 1, u32::MAX), iv(0, 64, 2, 3, u32::MAX)]).is_ok());
        assert!(Arena::new(vec![iv(0, 128, 0, 5, u32::MAX), iv(64, 64, 2, 3, u32::MAX)]).is_err());
        assert!(Arena::new(vec![iv(8, 64, 0, 5, u32::MAX)]).is_err());
    }
    #[test]
    fn lanes_that_run_at_once_share_no_place() {
        const NONE: u32 = u32::MAX;
        let first = beside(1, iv(0, 64, 1, 1, NONE));
        // One after the other in a lane; in another lane; after all lanes; made before them and read in one.
        assert!(Arena::new(vec![first, beside(1, iv(0, 64, 2, 2, NONE))]).is_ok());
        assert!(Arena::new(vec![first, beside(2, iv(0, 64, 3, 3, NONE))]).is_err());
        assert!(Arena::new(vec![first, iv(0, 64, 5, 6, NONE)]).is_ok());
        assert!(Arena::new(vec![iv(0, 64, 0, 4, NONE), beside(2, iv(0, 64, 4, 5, 0))]).is_err());
        // In place within a lane, and after all lanes.
        assert!(Arena::new(vec![beside(1, iv(0, 64, 1, 2, NONE)), beside(1, iv(0, 64, 2, 3, 0))]).is_ok());
        assert!(Arena::new(vec![beside(2, iv(0, 64, 4, 5, NONE)), iv(0, 64, 5, 6, 0)]).is_ok());
        assert!(Arena::new(vec![beside(1, iv(0, 64, 5, 6, NONE))]).is_err());
    }
    #[test]
    fn parts_are_transient_and_writable() {
        let mut b = Arena::new(vec![iv(0, 100, 0, 1, u32::MAX), iv(128, 8, 0, 1, u32::MAX)]).unwrap().into_buffers();
        assert!(b[0].is_transient());
        Buffer::bytes_mut(&mut b[0]).unwrap().fill(7);
        assert!(b[1].bytes().iter().all(|x| *x == 0));
        let second = b[0].clone();
        assert!(Buffer::bytes_mut(&mut b[0]).is_none());
        drop(second);
        assert!(Buffer::bytes_mut(&mut b[0]).is_some());
    }
}
