//! Matrices and their diagonals.
use super::MOVES;
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail, error};

const ALIGN_ATTRS: &str = "T: type; align: {'LEFT_RIGHT', 'RIGHT_LEFT', 'LEFT_LEFT', 'RIGHT_RIGHT'} = 'RIGHT_LEFT'";

/// The ops of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "MatrixDiagV3",
        sig: "diagonal: T, k: int32, num_rows: int32, num_cols: int32, padding_value: T -> output: T",
        attrs: ALIGN_ATTRS,
        doc: "Matrices with the diagonals `k` (a scalar, or lowest and highest) along the last one or two axes of `diagonal`, and `padding_value` elsewhere. Shorter diagonals lie at the side of their row that `align` says, first for those above the main one. `num_rows` and `num_cols` of -1 mean as few as fit. Errors: InvalidArgument if sizes and diagonals do not fit together.",
        host: &["k", "num_rows", "num_cols"],
        shape: ShapeRule::Rule(matrix_diag),
        grad: Gradient::Rule(matrix_diag_grad, &["k"]),
        gpu: MOVES,
        test: super::OWN,
        ..Entry::NEW
    },
    Entry {
        name: "MatrixDiagPartV3",
        sig: "input: T, k: int32, padding_value: T -> diagonal: T",
        attrs: ALIGN_ATTRS,
        doc: "The diagonals `k` (a scalar, or lowest and highest) of the matrices along the last two axes, one row each, the highest first; for a single one without that axis. Shorter diagonals are filled with `padding_value` at the side that `align` says. Errors: InvalidArgument for diagonals that do not exist.",
        host: &["k"],
        shape: ShapeRule::Rule(matrix_diag_part),
        grad: Gradient::Rule(matrix_diag_part_grad, &["input", "k"]),
        gpu: MOVES,
        test: super::OWN,
        ..Entry::NEW
    },
    Entry {
        name: "MatrixSetDiagV3",
        sig: "input: T, diagonal: T, k: int32 -> output: T",
        attrs: ALIGN_ATTRS,
        doc: "The matrices along the last two axes with the diagonals `k` (a scalar, or lowest and highest) replaced by the rows of `diagonal`, laid out as MatrixDiagPartV3 does. Errors: InvalidArgument for diagonals that do not exist or do not fit.",
        host: &["k"],
        shape: ShapeRule::Rule(matrix_set_diag),
        grad: Gradient::Rule(matrix_set_diag_grad, &["diagonal", "k"]),
        gpu: MOVES,
        test: super::OWN,
        ..Entry::NEW
    },
    Entry {
        name: "MatrixBandPart",
        sig: "input: T, num_lower: Tindex, num_upper: Tindex -> band: T",
        attrs: "T: type; Tindex: {int32, int64} = int64",
        doc: "The matrices along the last two axes with zeros outside of a band of `num_lower` diagonals below and `num_upper` above the main one, both scalars; -1 means all. Errors: InvalidArgument for numbers larger than the matrix.",
        host: &["num_lower", "num_upper"],
        shape: ShapeRule::Rule(matrix_band_part),
        grad: Gradient::Rule(
            |b, g| {
                let dy = g.dy(b, 0);
                some([Some(b.call("MatrixBandPart", &[dy, g.x(1), g.x(2)], &[])), None, None])
            },
            &["num_lower", "num_upper"],
        ),
        gpu: MOVES,
        test: Test::calls(
            "np.where((lambda i, j: ((num_lower < 0) | (i - j <= num_lower)) & ((num_upper < 0) | (j - i <= num_upper)))(np.arange(input.shape[-2])[:, None], np.arange(input.shape[-1])), input, np.zeros_like(input))",
            &[
                "input=f(4,4), num_lower=c(1, 'int64'), num_upper=c(-1, 'int64')",
                "input=f(2,3,5), num_lower=c(0, 'int32'), num_upper=c(2, 'int32')",
                "input=f(0,3), num_lower=c(-1, 'int64'), num_upper=c(0, 'int64')",
                "input=f(1,2,1,1,2,1,3,2), num_lower=c(1, 'int64'), num_upper=c(0, 'int64')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Diag",
        sig: "diagonal: T -> output: T",
        attrs: DIAG_ATTRS,
        doc: "A tensor with the axes of `diagonal` twice over: output[i..., i...] is diagonal[i...], and all other elements are zero. Errors: InvalidArgument for a scalar.",
        shape: ShapeRule::Rule(tensor_diag),
        grad: Gradient::Rule(
            |b, g| {
                let dy = g.dy(b, 0);
                some([Some(b.call("DiagPart", &[dy], &[]))])
            },
            &[],
        ),
        gpu: MOVES,
        test: Test::calls(
            "np.where(np.eye(diagonal.size, dtype=bool), diagonal.ravel(), np.zeros((), diagonal.dtype)).reshape(diagonal.shape * 2)",
            &["diagonal=f(5)", "diagonal=f(2,3)", "diagonal=f(0)", "diagonal=f(2,0)", "diagonal=f(1,2,1,2)", "diagonal=f(2,1,1,2,1,1,1,2)"],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "DiagPart",
        sig: "input: T -> diagonal: T",
        attrs: DIAG_ATTRS,
        doc: "The diagonal of a tensor whose second half of axes has the sizes of the first: diagonal[i...] is input[i..., i...]. Errors: InvalidArgument for an odd number of axes and for sizes that differ.",
        shape: ShapeRule::Rule(tensor_diag_part),
        grad: Gradient::Rule(
            |b, g| {
                let dy = g.dy(b, 0);
                some([Some(b.call("Diag", &[dy], &[]))])
            },
            &[],
        ),
        gpu: MOVES,
        test: Test::calls(
            "(lambda shape: np.diagonal(input.reshape((int(np.prod(shape)),) * 2)).reshape(shape))(input.shape[:input.ndim // 2])",
            &["input=f(4,4)", "input=f(2,3,2,3)", "input=f(0,0)", "input=f(1,2,1,2,1,2,1,2)"],
        ),
        ..Entry::NEW
    },
];

const DIAG_ATTRS: &str = "T: {bfloat16, half, float, double, int32, int64, complex64, complex128}";

/// A band of diagonals in a matrix: 0 is the main one, positive ones are above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The lowest diagonal.
    pub lower: i64,
    /// The highest diagonal.
    pub upper: i64,
    /// Whether diagonals above the main one, and those below, lie at the left of their row.
    pub left: (bool, bool),
}

impl Band {
    /// From the operand `k` and the attribute `align`. InvalidArgument if `k` is neither one number nor an ordered pair.
    pub fn new(k: &[i64], align: &str) -> Result<Band> {
        let (lower, upper) = match k {
            [k] => (*k, *k),
            [a, b] => (*a, *b),
            _ => bail!(InvalidArgument, "diag_index must have only one or two elements, received {} elements.", k.len()),
        };
        if lower > upper {
            bail!(InvalidArgument, "lower_diag_index must not be larger than upper_diag_index: {lower} > {upper}");
        }
        let left = (matches!(align, "LEFT_RIGHT" | "LEFT_LEFT"), matches!(align, "RIGHT_LEFT" | "LEFT_LEFT"));
        Ok(Band { lower, upper, left })
    }
    /// How many diagonals there are.
    pub fn count(&self) -> usize {
        (self.upper - self.lower + 1) as usize
    }
    /// The length of the longest diagonal in a matrix of this size.
    pub fn longest(&self, rows: usize, columns: usize) -> usize {
        (rows as i64 + self.upper.min(0)).min(columns as i64 - self.lower.max(0)).max(0) as usize
    }
    /// Where the element in row `i` and column `j` of a matrix lies in the rows of diagonals: (row, position). None outside.
    pub fn place(&self, i: usize, j: usize, rows: usize, columns: usize) -> Option<(usize, usize)> {
        let d = j as i64 - i as i64;
        if d < self.lower || d > self.upper {
            return None;
        }
        let length = (rows as i64 + d.min(0)).min(columns as i64 - d.max(0));
        let left = if d >= 0 { self.left.0 } else { self.left.1 };
        let shift = if left { 0 } else { self.longest(rows, columns) as i64 - length };
        let along = if d >= 0 { i } else { j } as i64;
        Some(((self.upper - d) as usize, (along + shift) as usize))
    }
    /// Checks that both ends exist in a matrix of this size. InvalidArgument in TensorFlow's words.
    pub fn check(&self, rows: usize, columns: usize, part: bool) -> Result<()> {
        let (r, c) = (rows as i64, columns as i64);
        let inside = |k: i64| (-r < k && k < c) || k == 0;
        if !inside(self.lower) {
            let dot = if part { "." } else { "" };
            bail!(InvalidArgument, "lower_diag_index is out of bound: {}{dot} It must be between {} and {c}", self.lower, -r);
        }
        if !inside(self.upper) {
            bail!(InvalidArgument, "upper_diag_index is out of bound: {} It must be between {} and {c}", self.upper, -r);
        }
        Ok(())
    }
}

/// The band of operand `k`, if it is known.
fn band(c: &Infer, k: usize) -> Result<Option<Band>> {
    if let Some(r) = c.shape(k).rank().filter(|r| *r > 1) {
        if c.at_run_time {
            bail!(InvalidArgument, "diag_index must be a scalar or vector, received shape: {}", c.shape(k));
        }
        bail!(InvalidArgument, "Shape must be at most rank 1 but is rank {r}");
    }
    Ok(match c.known_ints(k) {
        Some(v) => Some(Band::new(&v, c.attrs.str("align")?)?),
        None => None,
    })
}

/// Sizes of matrices along the last two axes of input 0, after a check of the rank.
#[allow(clippy::type_complexity)] // leading sizes, rows, columns
fn matrices(c: &Infer) -> Result<Option<(Vec<Option<usize>>, Option<usize>, Option<usize>)>> {
    let shape = c.shape(0);
    if c.at_run_time && shape.rank().is_some_and(|r| r < 2) {
        bail!(InvalidArgument, "input must be at least 2-dim, received shape: {shape}");
    }
    c.with_rank_at_least(0, 2)?;
    let Some(dims) = shape.dims() else { return Ok(None) };
    let n = dims.len() - 2;
    Ok(Some((dims[..n].to_vec(), dims[n], dims[n + 1])))
}

fn matrix_diag_part(c: &mut Infer) -> Result<()> {
    let (band, matrices) = (band(c, 1)?, matrices(c)?);
    let (Some((mut out, rows, columns)), Some(band)) = (matrices, band) else { return Ok(()) };
    if band.count() > 1 {
        out.push(Some(band.count()));
    }
    out.push(match (rows, columns) {
        (Some(r), Some(n)) => {
            band.check(r, n, true)?;
            Some(band.longest(r, n))
        }
        _ => None,
    });
    c.set(0, PartialShape::new(out));
    Ok(())
}

fn matrix_set_diag(c: &mut Infer) -> Result<()> {
    let (band, matrices) = (band(c, 2)?, matrices(c)?);
    c.set(0, c.shape(0).clone());
    if let (Some((mut want, Some(rows), Some(columns))), Some(band)) = (matrices, band) {
        band.check(rows, columns, false)?;
        if band.count() > 1 {
            want.push(Some(band.count()));
        }
        want.push(Some(band.longest(rows, columns)));
        if !c.shape(1).is_compatible(&PartialShape::new(want)) {
            let m = "Either first dimensions of diagonal don't match input.shape[:-2], or diagonal.shape[:-1] is not equal to the longests diagonal in range [lower_diag_index:upper_diag_index].";
            return Err(error!(InvalidArgument, "{m}"));
        }
    }
    Ok(())
}

/// Rows and columns of the matrix that holds diagonals of length `longest`; -1 means as few as fit. InvalidArgument if the
/// sizes do not fit the diagonals.
pub fn diag_size(band: &Band, longest: usize, rows: i64, columns: i64) -> Result<(usize, usize)> {
    let n = longest as i64;
    let (least_rows, least_columns) = (n - band.upper.min(0), n + band.lower.max(0));
    if rows != -1 && rows < least_rows {
        bail!(InvalidArgument, "The number of rows is too small.");
    }
    if columns != -1 && columns < least_columns {
        bail!(InvalidArgument, "The number of columns is too small.");
    }
    let (r, c) = match (rows, columns) {
        (-1, -1) => (least_rows.max(least_columns), least_rows.max(least_columns)),
        (-1, c) => (least_rows, c),
        (r, -1) => (r, least_columns),
        both => both,
    };
    if r != least_rows && c != least_columns {
        bail!(InvalidArgument, "The number of rows or columns is not consistent with the specified d_lower, d_upper, and diagonal.");
    }
    Ok((r as usize, c as usize))
}

fn matrix_diag(c: &mut Infer) -> Result<()> {
    let shape = c.shape(0);
    if c.at_run_time && shape.rank() == Some(0) {
        bail!(InvalidArgument, "diagonal must be at least 1-dim, received shape: {shape}");
    }
    for (i, name) in [(2, "num_rows"), (3, "num_cols"), (4, "padding_value")] {
        if c.at_run_time && c.shape(i).rank() != Some(0) {
            bail!(InvalidArgument, "{name} must be a scalar");
        }
        c.with_rank(i, 0)?;
    }
    c.with_rank_at_least(0, 1)?;
    let (Some(band), Some(dims)) = (band(c, 1)?, shape.dims()) else { return Ok(()) };
    let several = band.count() > 1;
    if several {
        c.with_rank_at_least(0, 2)?;
        let n = dims[dims.len() - 2];
        if n.is_some_and(|n| n != band.count()) {
            bail!(
                InvalidArgument,
                "The number of diagonals provided in the input does not match the lower_diag_index and upper_diag_index range."
            );
        }
    }
    let mut out = dims[..dims.len() - 1 - usize::from(several)].to_vec();
    match (dims[dims.len() - 1], c.int(2), c.int(3)) {
        (Some(n), Some(r), Some(k)) => {
            let (rows, columns) = diag_size(&band, n, r, k)?;
            out.extend([Some(rows), Some(columns)]);
        }
        _ => out.extend([None, None]),
    }
    c.set(0, PartialShape::new(out));
    Ok(())
}

fn matrix_band_part(c: &mut Infer) -> Result<()> {
    for (i, name) in [(1, "num_lower"), (2, "num_upper")] {
        if c.at_run_time && c.shape(i).rank() != Some(0) {
            bail!(InvalidArgument, "{name} must be scalar, got shape {}", c.shape(i));
        }
        c.with_rank(i, 0)?;
    }
    let sizes = matrices(c)?;
    c.set(0, c.shape(0).clone());
    let Some((_, rows, columns)) = sizes else { return Ok(()) };
    if !c.at_run_time {
        return Ok(());
    }
    for (i, name, what, size) in [(1, "num_lower", "rows", rows), (2, "num_upper", "columns", columns)] {
        if let (Some(k), Some(n)) = (c.int(i), size)
            && k > n as i64
        {
            bail!(InvalidArgument, "{name} must be negative or less or equal to number of {what} ({n}) got: {k}");
        }
    }
    Ok(())
}

fn tensor_diag(c: &mut Infer) -> Result<()> {
    if c.at_run_time && c.shape(0).rank() == Some(0) {
        bail!(InvalidArgument, "Input must be at least rank 1, got 0");
    }
    if let Some(dims) = c.with_rank_at_least(0, 1)?.dims() {
        c.set(0, PartialShape::new([dims, dims].concat()));
    }
    Ok(())
}

fn tensor_diag_part(c: &mut Infer) -> Result<()> {
    let shape = c.shape(0);
    let Some(dims) = shape.dims() else { return Ok(()) };
    let (rank, half) = (dims.len(), dims.len() / 2);
    if c.at_run_time && rank % 2 == 1 {
        let gap = " ".repeat(42);
        bail!(InvalidArgument, "The rank of the tensor should be{gap}even and positive, got shape {shape}");
    }
    if !c.at_run_time && (rank % 2 == 1 || rank == 0) {
        bail!(InvalidArgument, "Input must have even and non-zero rank, input rank is {rank}");
    }
    let mut out = vec![];
    for (i, (a, b)) in dims[..half].iter().zip(&dims[half..]).enumerate() {
        if c.at_run_time && a != b {
            bail!(InvalidArgument, "Invalid shape {shape}: dimensions {i} and {} do not match.", i + half);
        }
        out.push(c.merge_dim(*a, *b)?);
    }
    c.set(0, PartialShape::new(out));
    Ok(())
}

fn align(g: &Grad) -> Result<(&'static str, crate::Attr)> {
    Ok(("align", g.attrs.str("align")?.into()))
}

fn matrix_diag_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let zero = b.lit(dy, 0.0);
    let dx = b.call("MatrixDiagPartV3", &[dy, g.x(1), zero], &[align(g)?]);
    // The padding value is repeated outside of the diagonals, but TensorFlow gives it no gradient.
    some([Some(dx), None, None, None, None])
}

fn matrix_diag_part_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let zeros = b.zeros_like(g.x(0));
    some([Some(b.call("MatrixSetDiagV3", &[zeros, dy, g.x(1)], &[align(g)?])), None, None])
}

fn matrix_set_diag_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let zeros = b.zeros_like(g.x(1));
    let dx = b.call("MatrixSetDiagV3", &[dy, zeros, g.x(2)], &[align(g)?]);
    let zero = b.lit(dy, 0.0);
    let dd = b.call("MatrixDiagPartV3", &[dy, g.x(2), zero], &[align(g)?]);
    some([Some(dx), Some(dd), None])
}
