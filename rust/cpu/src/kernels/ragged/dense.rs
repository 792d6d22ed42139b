//! Ragged tensors as dense ones: rows filled up to one length.
use super::{NONE, Rows, VALUES};
use crate::kernels::copy::{MOVE_NS, View, move_to_new};
use crate::kernels::dispatch::INDICES;
use ferroflow_ops::ops::ragged::dense::{Partition, partitions, ragged_rank};
use ferroflow_ops::{Call, Kernel, Outputs, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail, byte_len, repeated};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[Kernel {
    op: "RaggedTensorToTensor",
    types: &[("T", VALUES), ("Tindex", INDICES)],
    outputs: Outputs::Kernel,
    prepare: |p| {
        let n: usize = p.inputs.iter().map(|(_, s)| s.count()).sum();
        Ok(Prepared::with(to_tensor, 500.0 + 4.0 * MOVE_NS * n as f32, partitions(p.attrs.strs("row_partition_types")?)?))
    },
}];

/// The row of each value and its position in the row, for one partition; and how many rows there are.
struct Level {
    row: Vec<usize>,
    column: Vec<usize>,
    widest: usize,
}

/// The level of a partition of `count` values into `rows`. InvalidArgument if it is none.
fn level(kind: Partition, t: &Tensor, rows: usize, count: usize) -> Result<Level> {
    let numbers = t.to_i64()?;
    let (mut row, mut column, mut widest) = (vec![], vec![], 0);
    match kind {
        Partition::ValueRowids => {
            let mut last = (0i64, 0usize);
            for (i, r) in numbers.iter().enumerate() {
                if *r < 0 || *r as u64 >= rows as u64 {
                    bail!(InvalidArgument, "Current value_rowid {r} is not in [0, {rows}): the partition has a row for each of them");
                }
                if i > 0 && *r < last.0 {
                    bail!(InvalidArgument, "Invalid row ids: they must not descend, but {r} follows {}", last.0);
                }
                let at = if i > 0 && *r == last.0 { last.1 + 1 } else { 0 };
                last = (*r, at);
                row.push(*r as usize);
                column.push(at);
                widest = widest.max(at + 1);
            }
        }
        _ => {
            if numbers.first() != Some(&0) {
                bail!(InvalidArgument, "Invalid row split size: splits must begin with 0");
            }
            if numbers.last().is_some_and(|last| *last != count as i64) {
                bail!(InvalidArgument, "The row splits end with {}, but there are {count} values", numbers[numbers.len() - 1]);
            }
            for (r, w) in numbers.windows(2).enumerate() {
                if w[1] < w[0] {
                    bail!(InvalidArgument, "Invalid row splits: they must not descend, but {} follows {}", w[1], w[0]);
                }
                let n = (w[1] - w[0]) as usize;
                row.extend(std::iter::repeat_n(r, n));
                column.extend(0..n);
                widest = widest.max(n);
            }
        }
    }
    Ok(Level { row, column, widest })
}

fn to_tensor(p: &Prepared, call: &mut Call) -> Result<()> {
    let kinds = p.plan::<Vec<Partition>>()?;
    if kinds.len() != call.n_inputs() - 3 {
        bail!(InvalidArgument, "there are {} row_partition_types for {} row partitions", kinds.len(), call.n_inputs() - 3);
    }
    let ragged = ragged_rank(kinds);
    let (values, default) = (call.input(1), call.input(2));
    let sized = usize::from(kinds[0] == Partition::FirstDimSize);
    let first = call.input(3).to_i64()?;
    let rows = match (sized, first.as_slice()) {
        (1, [n]) => usize::try_from(*n).unwrap_or(0),
        (0, [_, rest @ ..]) => rest.len(),
        _ => bail!(InvalidArgument, "Invalid first partition input. Tensor requires at least one element."),
    };
    let mut levels: Vec<Level> = Vec::with_capacity(ragged);
    let mut count = rows;
    for i in 0..ragged {
        let (kind, t) = (kinds[sized + i], call.input(3 + sized + i));
        if t.shape().rank() != 1 {
            bail!(InvalidArgument, "A row partition must be a vector, not of shape {}", t.shape());
        }
        if kind == Partition::RowSplits && t.count() != count + 1 {
            bail!(InvalidArgument, "Row partition size is inconsistent: {} splits for {count} rows", t.count());
        }
        let below = match kinds.get(sized + i + 1) {
            None => values.shape()[0],
            Some(next) => call.input(4 + sized + i).count().saturating_sub(usize::from(*next == Partition::RowSplits)),
        };
        let made = level(kind, t, count, below)?;
        count = made.row.len();
        levels.push(made);
    }
    if values.shape()[0] != count {
        bail!(InvalidArgument, "The row partitions are of {count} values, but there are {}", values.shape()[0]);
    }
    let inner_shape = Shape::new(&values.shape()[1..]);
    let mut dims = vec![rows];
    dims.extend(levels.iter().map(|l| l.widest));
    dims.extend(inner_shape.iter());
    if call.input(0).shape().rank() == 1 {
        for (d, asked) in dims.iter_mut().zip(call.input(0).to_i64()?) {
            if let Ok(n) = usize::try_from(asked) {
                *d = n;
            }
        }
    }
    let shape = Shape::from(dims);
    byte_len(values.dtype(), &shape)?;
    // Of values without elements, there may be more than a table of them can be made of.
    byte_len(DType::Int64, &Shape::new(&shape[..=ragged]))?;
    let inner = inner_shape.count();
    // Where each value goes, in rows of the result; NONE where its row was cut off.
    let mut place = repeated(NONE, rows)?;
    place.iter_mut().take(shape[0]).enumerate().for_each(|(r, to)| *to = r);
    for (l, width) in levels.iter().zip(&shape[1..]) {
        place =
            l.row.iter().zip(&l.column).map(|(r, c)| if place[*r] == NONE || c >= width { NONE } else { place[*r] * width + c }).collect();
        call.run.cancel.check()?;
    }
    let mut at = repeated(NONE, shape[..=ragged].iter().product())?;
    for (value, to) in place.iter().enumerate().filter(|(_, to)| **to != NONE) {
        at[*to] = value;
    }
    let filler = spread(call, default, &inner_shape)?;
    let sources = [values, &filler];
    let out = move_to_new(call.run.device, &sources, values.dtype(), &shape, &Rows { inner, at })?;
    call.set(0, out);
    Ok(())
}

/// The default value broadcast to the shape of a value.
fn spread(call: &Call, t: &Tensor, shape: &Shape) -> Result<Tensor> {
    let known = ferroflow_ops::infer::broadcast_known(t.shape(), shape).ok().filter(|s| s == shape);
    if known.is_none() {
        bail!(InvalidArgument, "default_value.shape={} and rt_input.flat_values.shape={shape} do not broadcast", t.shape());
    }
    let lead = shape.rank() - t.shape().rank();
    let own = t.shape().strides();
    let strides: Vec<isize> =
        (0..shape.rank()).map(|i| if i < lead || t.shape()[i - lead] == 1 { 0 } else { own[i - lead] as isize }).collect();
    move_to_new(call.run.device, &[t], t.dtype(), shape, &View::new(shape, &strides, 0))
}
