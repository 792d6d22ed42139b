//! Matrices and their diagonals.
use super::slicing::Scatter;
use super::{PLAIN, fills, move_view, moving_cost};
use crate::kernels::copy::{Item, MOVE_NS, Movement, View, fill_parallel, move_bytes};
use ferroflow_ops::ops::array::diagonal::Band;
use ferroflow_ops::{Call, Device, Kernel, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Tensor, bail};

const TENSOR_DIAG: &[DType] = &[DType::Half, DType::Float, DType::Double, DType::Int32, DType::Int64, DType::Complex64, DType::Complex128];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    fills("MatrixDiagV3", &[("T", PLAIN)], |p| with_align(p, matrix_diag)),
    fills("MatrixDiagPartV3", &[("T", PLAIN)], |p| with_align(p, matrix_diag_part)),
    fills("MatrixSetDiagV3", &[("T", PLAIN)], |p| with_align(p, matrix_set_diag)),
    fills("MatrixBandPart", &[("T", PLAIN)], |p| Ok(Prepared::new(matrix_band_part, 2.0 * moving_cost(p)))),
    fills("Diag", &[("T", TENSOR_DIAG)], |p| Ok(Prepared::new(diag, moving_cost(p)))),
    fills("DiagPart", &[("T", TENSOR_DIAG)], |p| Ok(Prepared::new(diag_part, moving_cost(p)))),
];

fn with_align(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    Ok(Prepared::with(run, 4.0 * moving_cost(p), p.attrs.str("align")?.to_string()))
}

fn band(p: &Prepared, k: &Tensor) -> Result<Band> {
    Band::new(&k.to_i64()?, p.plan::<String>()?)
}

/// Numbers of rows and columns of the matrices of a tensor.
fn size(t: &Tensor) -> Result<(usize, usize)> {
    match t.shape().dims() {
        [.., rows, columns] => Ok((*rows, *columns)),
        d => bail!(Internal, "no matrices of shape {d:?}"),
    }
}

/// Where an element of a matrix comes from.
enum From {
    /// This source at the same place.
    Same(usize),
    /// The last source, in these rows of diagonals: row and position.
    Diagonal(usize, usize),
    /// The only element of this source.
    Value(usize),
}

/// Makes matrices element by element.
struct Matrices<F> {
    rows: usize,
    columns: usize,
    /// Elements of the last source per matrix, and per row of diagonals.
    diagonals: usize,
    longest: usize,
    from: F,
}
impl<F: Fn(usize, usize) -> From + Sync> Movement for Matrices<F> {
    fn run<E: Item>(&self, device: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        let each = self.rows * self.columns;
        let diagonals = sources[sources.len() - 1];
        fill_parallel(device, out, 1 << 14, 4.0 * MOVE_NS, &|start, part| {
            for (n, to) in part.iter_mut().enumerate() {
                let at = start + n;
                let (matrix, i, j) = (at / each, at % each / self.columns, at % self.columns);
                *to = match (self.from)(i, j) {
                    From::Same(s) => sources[s][at].clone(),
                    From::Diagonal(row, along) => diagonals[matrix * self.diagonals + row * self.longest + along].clone(),
                    From::Value(s) => sources[s][0].clone(),
                };
            }
        });
        Ok(())
    }
}

fn make<F: Fn(usize, usize) -> From + Sync>(call: &mut Call, sources: &[&Tensor], band: &Band, from: F) -> Result<()> {
    let (rows, columns) = size(call.output(0))?;
    if call.output(0).count() == 0 {
        return Ok(());
    }
    let longest = band.longest(rows, columns);
    let movement = Matrices { rows, columns, diagonals: band.count() * longest, longest, from };
    move_bytes(call.run.device, sources, call.output(0), &movement)
}

fn matrix_diag(p: &Prepared, call: &mut Call) -> Result<()> {
    let (diagonal, padding) = (call.input(0), call.input(4));
    let band = band(p, call.input(1))?;
    let (rows, columns) = size(call.output(0))?;
    make(call, &[padding, diagonal], &band, |i, j| match band.place(i, j, rows, columns) {
        Some((row, along)) => From::Diagonal(row, along),
        None => From::Value(0),
    })
}

fn matrix_set_diag(p: &Prepared, call: &mut Call) -> Result<()> {
    let (x, diagonal) = (call.input(0), call.input(1));
    let band = band(p, call.input(2))?;
    let (rows, columns) = size(x)?;
    make(call, &[x, diagonal], &band, |i, j| match band.place(i, j, rows, columns) {
        Some((row, along)) => From::Diagonal(row, along),
        None => From::Same(0),
    })
}

fn matrix_band_part(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let number = |t: &Tensor| -> Result<i64> { Ok(t.to_i64()?.first().copied().unwrap_or(0)) };
    let (lower, upper) = (number(call.input(1))?, number(call.input(2))?);
    let zero = Tensor::zeros(x.dtype(), [1])?;
    let (rows, columns) = size(x)?;
    let lower = if lower < 0 { rows as i64 } else { lower };
    let upper = if upper < 0 { columns as i64 } else { upper };
    let band = Band { lower: -lower, upper, left: (true, true) };
    make(call, &[x, &zero], &band, |i, j| {
        let d = j as i64 - i as i64;
        if -lower <= d && d <= upper { From::Same(0) } else { From::Value(1) }
    })
}

/// Reads diagonals of matrices, one row each.
struct Diagonals {
    band: Band,
    rows: usize,
    columns: usize,
}
impl Movement for Diagonals {
    fn run<E: Item>(&self, _: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        let (rows, columns) = (self.rows, self.columns);
        let longest = self.band.longest(rows, columns);
        let ([padding], per_matrix) = (sources[1], self.band.count() * longest) else {
            bail!(InvalidArgument, "padding_value must be a scalar")
        };
        out.fill(padding.clone());
        for (matrix, to) in sources[0].chunks_exact(rows * columns).zip(out.chunks_exact_mut(per_matrix)) {
            for d in self.band.lower..=self.band.upper {
                let (i, j) = if d >= 0 { (0, d as usize) } else { (d.unsigned_abs() as usize, 0) };
                let n = rows.saturating_sub(i).min(columns.saturating_sub(j));
                for along in 0..n {
                    if let Some((row, at)) = self.band.place(i + along, j + along, rows, columns) {
                        to[row * longest + at] = matrix[(i + along) * columns + j + along].clone();
                    }
                }
            }
        }
        Ok(())
    }
}

fn matrix_diag_part(p: &Prepared, call: &mut Call) -> Result<()> {
    let (x, padding) = (call.input(0), call.input(2));
    let band = band(p, call.input(1))?;
    let (rows, columns) = size(x)?;
    if call.output(0).count() == 0 {
        return Ok(());
    }
    move_bytes(call.run.device, &[x, padding], call.output(0), &Diagonals { band, rows, columns })
}

/// The diagonal of a square matrix of `n` rows.
fn main_diagonal(n: usize) -> View {
    View { dims: vec![n], strides: vec![n as isize + 1], offset: 0 }
}

fn diag(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    if let Some(bytes) = call.output(0).bytes_mut() {
        bytes.fill(0);
    }
    if x.count() == 0 {
        return Ok(());
    }
    move_bytes(call.run.device, &[x], call.output(0), &Scatter(main_diagonal(x.count())))
}

fn diag_part(_: &Prepared, call: &mut Call) -> Result<()> {
    let shape = call.output(0).shape().clone();
    move_view(call, 0, &shape, &main_diagonal(shape.count()))
}
