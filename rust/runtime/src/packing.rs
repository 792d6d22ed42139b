//! Lays the intervals of an arena out anew, the largest first, where laying them out in the order of the steps left holes.
use ferroflow_tensor::buffer::{ALIGN, Interval};

/// Arenas with fewer bytes stay as they are.
const WORTH: usize = 1 << 16;
/// Arenas of more values stay as they are: the time goes with the square of their number.
const MOST: usize = 2000;

/// Values that lie in one place, each written over the one before.
struct Group {
    members: Vec<u32>,
    room: usize,
    from: u32,
    to: u32,
}

/// Gives the intervals other offsets if that makes the arena, which ends at `end`, smaller; where it ends.
pub fn tighten(intervals: &mut [Interval], end: usize) -> usize {
    if end < WORTH || intervals.len() > MOST {
        return end;
    }
    let mut groups: Vec<Group> = vec![];
    let mut group_of: Vec<usize> = vec![];
    for (i, v) in intervals.iter().enumerate() {
        let (from, to) = v.during();
        let group = group_of.get(v.over as usize).copied().unwrap_or(groups.len());
        group_of.push(group);
        match groups.get_mut(group) {
            Some(g) => {
                g.members.push(i as u32);
                (g.from, g.to) = (g.from.min(from), g.to.max(to));
            }
            None => groups.push(Group { members: vec![i as u32], room: v.len.max(1).next_multiple_of(ALIGN), from, to }),
        }
    }
    if end <= most_alive(&groups) {
        return end;
    }
    let meet = |a: &Group, b: &Group| {
        let some = |x: &u32| b.members.iter().any(|y| intervals[*x as usize].meets(&intervals[*y as usize]));
        a.from <= b.to && b.from <= a.to && a.members.iter().any(some)
    };
    let by_room = |g: &Group| (g.room, g.room);
    let by_area = |g: &Group| (g.room * (g.to - g.from + 1) as usize, g.room);
    let found = [place(&groups, end, by_room, meet), place(&groups, end, by_area, meet)];
    let Some((new_end, placed)) = found.into_iter().flatten().min_by_key(|(end, _)| *end) else { return end };
    for (offset, g) in placed {
        groups[g].members.iter().for_each(|m| intervals[*m as usize].offset = offset);
    }
    new_end
}

/// Places groups one after the other, the largest by some measure first, each at the first offset where it meets no other one.
/// The end of all, and each one's offset; None if that is not before `end`.
fn place(
    groups: &[Group],
    end: usize,
    measure: impl Fn(&Group) -> (usize, usize),
    meet: impl Fn(&Group, &Group) -> bool,
) -> Option<(usize, Vec<(usize, usize)>)> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|g| (std::cmp::Reverse(measure(&groups[*g])), groups[*g].from));
    // By offset.
    let mut placed: Vec<(usize, usize)> = vec![];
    let mut new_end = 0;
    for g in order {
        let group = &groups[g];
        let mut offset = 0;
        for (at, other) in &placed {
            if *at >= offset + group.room {
                break;
            }
            let after = at + groups[*other].room;
            if after > offset && meet(group, &groups[*other]) {
                offset = after;
            }
        }
        new_end = new_end.max(offset + group.room);
        if new_end >= end {
            return None;
        }
        placed.insert(placed.partition_point(|(at, _)| *at <= offset), (offset, g));
    }
    Some((new_end, placed))
}

/// The most bytes that are alive at once: no arena is smaller.
fn most_alive(groups: &[Group]) -> usize {
    let mut changes: Vec<(u32, bool, usize)> = groups.iter().flat_map(|g| [(g.from, true, g.room), (g.to + 1, false, g.room)]).collect();
    changes.sort_unstable();
    let (mut now, mut most) = (0, 0);
    for (_, begins, room) in changes {
        now = if begins { now + room } else { now - room };
        most = most.max(now);
    }
    most
}
