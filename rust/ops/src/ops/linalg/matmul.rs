//! Matrix products: MatMul, BatchMatMulV2, BatchMatMulV3.
use crate::build::{Build, Grad, GradValue, Val, dense, some};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::{Infer, broadcast};
use ferroflow_tensor::{Code, DType, PartialShape, Result, error};

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "MatMul",
        sig: "a: T, b: T -> product: T",
        attrs: "transpose_a: bool = false; transpose_b: bool = false; T: {bfloat16, half, float, double, int32, int64, uint8, uint16, uint32, uint64, complex64, complex128}; grad_a: bool = false; grad_b: bool = false",
        doc: "The product of two matrices. `a` of shape [m, k] and `b` of shape [k, n] give [m, n]; transpose_a and transpose_b \
              say that an operand lies transposed. An empty inner axis gives zeros. InvalidArgument unless both have two axes and \
              the inner sizes agree.",
        shape: ShapeRule::Rule(matmul_shape),
        grad: Gradient::Rule(matmul_grad, &["a", "b"]),
        gpu: Gpu::Template("gemm"),
        test: Test::calls(
            "np.matmul(a.T if transpose_a else a, b.T if transpose_b else b)",
            &[
                "a=f(2,3), b=f(3,4), transpose_a=False, transpose_b=False",
                "a=f(3,2), b=f(3,4), transpose_a=True, transpose_b=False",
                "a=f(2,3), b=f(4,3), transpose_a=False, transpose_b=True",
                "a=f(3,2), b=f(4,3), transpose_a=True, transpose_b=True",
                "a=f(1,1), b=f(1,1), transpose_a=False, transpose_b=False",
                "a=f(2,0), b=f(0,3), transpose_a=False, transpose_b=False",
                "a=f(0,2), b=f(2,3), transpose_a=False, transpose_b=False",
                "a=f(17,33), b=f(33,65), transpose_a=False, transpose_b=False",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "BatchMatMulV2",
        sig: "x: T, y: T -> output: T",
        attrs: "T: {bfloat16, half, float, double, int16, int32, int64, uint8, uint16, uint32, uint64, complex64, complex128}; adj_x: bool = false; adj_y: bool = false; grad_x: bool = false; grad_y: bool = false",
        doc: "The matrix products of two stacks of matrices. The last two axes of `x` [..., m, k] and `y` [..., k, n] hold the \
              matrices, the axes before them broadcast against each other; the result is [..., m, n]. adj_x and adj_y take the \
              conjugate transpose of an operand first. InvalidArgument for fewer than two axes or sizes that do not fit.",
        shape: ShapeRule::Rule(batch_shape),
        grad: Gradient::Rule(batch_grad, &["x", "y"]),
        gpu: Gpu::Template("gemm"),
        test: Test::calls(
            "np.matmul(np.conj(np.swapaxes(x, -1, -2)) if adj_x else x, np.conj(np.swapaxes(y, -1, -2)) if adj_y else y)",
            BATCH_CASES,
        ),
        ..Entry::NEW
    },
    Entry {
        name: "BatchMatMulV3",
        sig: "x: Ta, y: Tb -> output: Tout",
        attrs: "Ta: {bfloat16, half, float, double, uint8, int8, int16, int32, int64, complex64, complex128}; Tb: {bfloat16, half, float, double, uint8, int8, int16, int32, int64, complex64, complex128}; Tout: {bfloat16, half, float, double, int16, int32, int64, complex64, complex128}; adj_x: bool = false; adj_y: bool = false; grad_x: bool = false; grad_y: bool = false",
        doc: "The matrix products of two stacks of matrices with a result dtype of its own. As BatchMatMulV2; 8-bit integers \
              multiply into int32, all others into their own dtype.",
        shape: ShapeRule::Rule(batch_shape),
        grad: Gradient::Rule(batch_v3_grad, &["x", "y"]),
        gpu: Gpu::Template("gemm"),
        test: Test::calls(
            "np.matmul(np.conj(np.swapaxes(x, -1, -2)) if adj_x else x, np.conj(np.swapaxes(y, -1, -2)) if adj_y else y)",
            BATCH_V3_CASES,
        ),
        ..Entry::NEW
    },
];

const BATCH_CASES: &[&str] = &[
    "x=f(5,2,3), y=f(5,3,4), adj_x=False, adj_y=False",
    "x=f(5,3,2), y=f(1,3,4), adj_x=True, adj_y=False",
    "x=f(2,3), y=f(5,4,3), adj_x=False, adj_y=True",
    "x=f(2,1,3,2), y=f(5,4,3), adj_x=True, adj_y=True",
    "x=f(2,3), y=f(3,4), adj_x=False, adj_y=False",
    "x=f(0,2,3), y=f(0,3,4), adj_x=False, adj_y=False",
    "x=f(2,2,0), y=f(2,0,4), adj_x=False, adj_y=False",
    "x=f(1,1,2,1,1,2,2,3), y=f(1,1,1,1,2,1,3,2), adj_x=False, adj_y=False",
];
const BATCH_V3_CASES: &[&str] = &[
    "x=f(5,2,3), y=f(5,3,4), adj_x=False, adj_y=False, Tout={'int8':'int32','uint8':'int32'}.get(T,T)",
    "x=f(5,3,2), y=f(1,3,4), adj_x=True, adj_y=False, Tout={'int8':'int32','uint8':'int32'}.get(T,T)",
    "x=f(2,3), y=f(5,4,3), adj_x=False, adj_y=True, Tout={'int8':'int32','uint8':'int32'}.get(T,T)",
    "x=f(2,1,3,2), y=f(5,4,3), adj_x=True, adj_y=True, Tout={'int8':'int32','uint8':'int32'}.get(T,T)",
    "x=f(2,3), y=f(3,4), adj_x=False, adj_y=False, Tout={'int8':'int32','uint8':'int32'}.get(T,T)",
    "x=f(0,2,3), y=f(0,3,4), adj_x=False, adj_y=False, Tout={'int8':'int32','uint8':'int32'}.get(T,T)",
    "x=f(2,2,0), y=f(2,0,4), adj_x=False, adj_y=False, Tout={'int8':'int32','uint8':'int32'}.get(T,T)",
    "x=f(1,1,2,1,1,2,2,3), y=f(1,1,1,1,2,1,3,2), adj_x=False, adj_y=False, Tout={'int8':'int32','uint8':'int32'}.get(T,T)",
];

pub(in crate::ops) fn matmul_shape(c: &mut Infer) -> Result<()> {
    for i in 0..2 {
        if c.at_run_time && c.shape(i).rank() != Some(2) {
            let e = error!(InvalidArgument, "In[{i}] and In[{}] has different ndims: {} vs. {}", 1 - i, c.shape(i), c.shape(1 - i));
            let e = if c.shape(i).rank() < Some(2) { error!(InvalidArgument, "In[{i}] ndims must be >= 2") } else { e };
            return Err(e.axis(format!("operand '{}'", c.operand(i))).fix("MatMul takes matrices; tf.matmul takes stacks of them"));
        }
    }
    let (a, b) = (c.with_rank(0, 2)?, c.with_rank(1, 2)?);
    let (ta, tb) = (c.attrs.bool("transpose_a")?, c.attrs.bool("transpose_b")?);
    let (m, inner_a) = (a.dim(ta as usize), a.dim(!ta as usize));
    let (inner_b, n) = (b.dim(tb as usize), b.dim(!tb as usize));
    check_inner(c, inner_a, inner_b, "")?;
    c.set(0, PartialShape::new(vec![m, n]));
    Ok(())
}

fn check_inner(c: &Infer, k: Option<usize>, other: Option<usize>, suffix: &str) -> Result<()> {
    match (k, other) {
        (Some(p), Some(q)) if p != q => {
            let kernel = format!("Matrix size-incompatible: In[0]: {}, In[1]: {}{suffix}", c.shape(0), c.shape(1));
            let e = c.fail(Code::InvalidArgument, format!("Dimensions must be equal, but are {p} and {q}"), kernel);
            Err(e
                .axis(format!("inner sizes {p} and {q}"))
                .fix("the columns of the first matrix must be as many as the rows of the second; is a transpose missing?"))
        }
        _ => Ok(()),
    }
}

pub(in crate::ops) fn batch_shape(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        for i in 0..2 {
            if let Some(r) = c.shape(i).rank().filter(|r| *r < 2) {
                return Err(error!(InvalidArgument, "In[{i}] ndims must be >= 2: {r}").axis(format!("operand '{}'", c.operand(i))));
            }
        }
    }
    let (x, y) = (c.with_rank_at_least(0, 2)?, c.with_rank_at_least(1, 2)?);
    let (Some(x), Some(y)) = (x.dims(), y.dims()) else { return Ok(()) };
    let (adj_x, adj_y) = (c.attrs.bool("adj_x")?, c.attrs.bool("adj_y")?);
    let ((bx, mx), (by, my)) = (x.split_at(x.len() - 2), y.split_at(y.len() - 2));
    let batch = broadcast(&PartialShape::new(bx.to_vec()), &PartialShape::new(by.to_vec())).map_err(|(_, graph)| {
        let kernel = format!("In[0] and In[1] must have compatible batch dimensions: {} vs. {}", c.shape(0), c.shape(1));
        if c.at_run_time { error!(InvalidArgument, "{kernel}").fix("batch sizes must be equal or 1") } else { graph }
    })?;
    check_inner(c, mx[!adj_x as usize], my[adj_y as usize], &format!(" {} {}", adj_x as u8, adj_y as u8))?;
    let mut dims = batch.dims().map(<[_]>::to_vec).unwrap_or_default();
    dims.extend([mx[adj_x as usize], my[!adj_y as usize]]);
    c.set(0, PartialShape::new(dims));
    Ok(())
}

/// d(ab) = da b + a db, with each transposition carried over to the products.
fn matmul_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (ta, tb) = (g.attrs.bool("transpose_a")?, g.attrs.bool("transpose_b")?);
    let dy = g.dy(b, 0);
    let (x, y) = (b.conj_if_complex(g.x(0)), b.conj_if_complex(g.x(1)));
    let gx = if ta { b.matmul(y, dy, tb, true) } else { b.matmul(dy, y, false, !tb) };
    let gy = if tb { b.matmul(dy, x, true, ta) } else { b.matmul(x, dy, !ta, false) };
    dense([gx, gy])
}

type Product = fn(&mut dyn Build, Val, Val, bool, bool) -> Val;

fn batch_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    batch_grad_by(b, g, |b, x, y, adj_x, adj_y| b.call("BatchMatMulV2", &[x, y], &[("adj_x", adj_x.into()), ("adj_y", adj_y.into())]))
}
fn batch_v3_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    if !b.dtype(g.x(0)).is_differentiable() {
        return some([None, None]);
    }
    batch_grad_by(b, g, |b, x, y, adj_x, adj_y| {
        let out = b.dtype(x);
        b.call("BatchMatMulV3", &[x, y], &[("adj_x", adj_x.into()), ("adj_y", adj_y.into()), ("Tout", out.into())])
    })
}
fn batch_grad_by(b: &mut dyn Build, g: &Grad, product: Product) -> Result<Vec<Option<GradValue>>> {
    let (ax, ay) = (g.attrs.bool("adj_x")?, g.attrs.bool("adj_y")?);
    let (x, y, dy) = (g.x(0), g.x(1), g.dy(b, 0));
    let gx = if ax { product(b, y, dy, ay, true) } else { product(b, dy, y, false, !ay) };
    if let Some(gy) = gradient_of_matrix(b, [x, y, dy], [ax, ay]) {
        return dense([gx, gy]);
    }
    let gy = if ay { product(b, dy, x, true, ax) } else { product(b, x, dy, !ax, false) };
    // The last two axes of a gradient are its operand's already; what broadcast before them is summed away.
    let same_batch = match (b.shape(x).dims(), b.shape(y).dims()) {
        (Some(p), Some(q)) => p.len() == q.len() && p.len() >= 2 && p.iter().zip(q).take(p.len() - 2).all(|(p, q)| p.is_some() && p == q),
        _ => false,
    };
    if same_batch {
        return dense([gx, gy]);
    }
    let (sx, sy) = (b.shape_of(x), b.shape_of(y));
    let (bx, by) = (batch_of(b, sx), batch_of(b, sy));
    let axes = b.outputs("BroadcastGradientArgs", &[bx, by], &[]);
    let axis = |i: usize| axes.get(i).copied().unwrap_or(Val::POISONED);
    let (gx, gy) = (b.sum(gx, axis(0), false), b.sum(gy, axis(1), false));
    let (gx, gy) = (b.reshape(gx, sx), b.reshape(gy, sy));
    dense([gx, gy])
}

/// All but the last two elements of a shape vector.
/// The gradient of a single matrix that a stack of matrices was multiplied by: one product over the rows of all of them, where
/// the sizes are known, in place of a product for each matrix and their sum.
fn gradient_of_matrix(b: &mut dyn Build, [x, y, dy]: [Val; 3], [ax, ay]: [bool; 2]) -> Option<Val> {
    let rows = |b: &dyn Build, v: Val| b.shape(v).dims().filter(|d| d.len() > 2).and_then(|d| *d.last()?).filter(|n| *n > 0);
    let (k, n) = (rows(b, x)?, rows(b, dy)?);
    let dtype = b.dtype(x);
    let real = matches!(dtype, DType::Float | DType::Double) && b.dtype(y) == dtype && b.dtype(dy) == dtype;
    if ax || !real || b.shape(y).rank() != Some(2) {
        return None;
    }
    let mut flat = |v: Val, n: usize| {
        let sizes = b.ints(&[-1, n as i64]);
        b.reshape(v, sizes)
    };
    let (x, dy) = (flat(x, k), flat(dy, n));
    Some(if ay { b.matmul(dy, x, true, false) } else { b.matmul(x, dy, true, false) })
}

fn batch_of(b: &mut dyn Build, shape: Val) -> Val {
    let (begin, end, step) = (b.ints(&[0]), b.ints(&[-2]), b.ints(&[1]));
    b.call("StridedSlice", &[shape, begin, end, step], &[])
}
