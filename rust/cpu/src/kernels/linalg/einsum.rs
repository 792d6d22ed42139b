//! The kernel of Einsum: operands are brought into the order of a stack of matrices, multiplied, and the result into the
//! order that the equation asks for. Nothing is moved where it lies right already.
use super::matmul::{Batch, cost};
use crate::gemm::GemmElement;
use crate::kernels::copy::{View, move_to_new, scatter_view};
use crate::kernels::math::reduce::Reduce;
use ferroflow_ops::ops::linalg::einsum::{Equation, Resolved};
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Element, PartialShape, Result, Shape, Tensor, bail, error};

const TYPES: &[DType] =
    &[DType::Float, DType::Double, DType::Half, DType::BFloat16, DType::Int32, DType::Int64, DType::Complex64, DType::Complex128];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[Kernel { op: "Einsum", types: &[("T", TYPES)], outputs: Outputs::Runtime, prepare }];

/// What is to be done.
struct Plan {
    /// Each operand's layout.
    operands: Vec<Operand>,
    /// The product, for two operands.
    product: Option<Batch>,
    /// The view of what was computed in the order of the result's axes, each once.
    order: View,
    /// For a result with repeated axes: where its diagonal lies.
    diagonal: Option<View>,
}

/// How an operand is brought into the order of a matrix stack.
struct Operand {
    /// Its view in that order, summed axes last.
    view: View,
    /// Number of elements that are summed to one.
    summed: usize,
    /// Number of elements after that.
    kept: usize,
    /// Whether it lies in that order already.
    ready: bool,
}

fn prepare(p: &Prep) -> Result<Prepared> {
    let equation = Equation::parse(p.attrs.str("equation")?)?;
    let shapes: Vec<PartialShape> = p.inputs.iter().map(|(_, s)| (*s).into()).collect();
    let Some(r) = equation.resolve(&shapes.iter().collect::<Vec<_>>(), true)? else {
        bail!(Internal, "shapes of einsum operands are not known")
    };
    let dims: Vec<&[usize]> = p.inputs.iter().map(|(_, s)| s.dims()).collect();
    let plan = plan(&r, &dims)?;
    let work = plan.product.as_ref().map_or(0, Batch::macs);
    let moved: usize = dims.iter().map(|d| d.iter().product::<usize>()).sum();
    let cost = cost(work, p.dtype(0)) + 500.0 + moved as f32;
    crate::dispatch!(p.dtype(0), T => Ok(Prepared::with(run::<T>, cost, plan)), Float: f32, Double: f64, Half: ferroflow_tensor::F16,
        BFloat16: ferroflow_tensor::BF16, Int32: i32, Int64: i64, Complex64: ferroflow_tensor::C64, Complex128: ferroflow_tensor::C128)
}

/// Each element once, in the order of first appearance.
fn unique(axes: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut out = vec![];
    for a in axes {
        if !out.contains(&a) {
            out.push(a);
        }
    }
    out
}

/// Sizes and strides of the axes of one operand; an axis that repeats walks its diagonal.
struct Layout<'a> {
    axes: &'a [usize],
    dims: &'a [usize],
}
impl Layout<'_> {
    fn size(&self, axis: usize) -> usize {
        self.axes.iter().position(|a| *a == axis).map_or(1, |i| self.dims[i])
    }
    fn view(&self, order: &[usize]) -> View {
        let own = View::strides_of(self.dims);
        let stride = |axis: usize| (0..self.axes.len()).filter(|i| self.axes[*i] == axis).map(|i| own[i]).sum::<isize>();
        let dims: Vec<usize> = order.iter().map(|a| self.size(*a)).collect();
        View::new(&dims, &order.iter().map(|a| stride(*a)).collect::<Vec<_>>(), 0)
    }
    /// The operand in the order of `groups`, or with the last two groups exchanged if it lies so; then also `true`.
    fn operand(&self, groups: [&[usize]; 3], alone: &[usize]) -> (Operand, bool) {
        let ordered = |g: [&[usize]; 3]| self.view(&[g[0], g[1], g[2], alone].concat());
        let lies = |v: &View| alone.is_empty() && self.dims.len() == unique(self.axes.iter().copied()).len() && is_whole(v);
        let summed = alone.iter().map(|a| self.size(*a)).product();
        let kept = groups.concat().iter().map(|a| self.size(*a)).product();
        let view = ordered(groups);
        let swapped = ordered([groups[0], groups[2], groups[1]]);
        let ready = lies(&view);
        if !ready && lies(&swapped) {
            return (Operand { view: swapped, summed, kept, ready: true }, true);
        }
        (Operand { view, summed, kept, ready }, false)
    }
}

/// Whether a view is the array itself.
fn is_whole(v: &View) -> bool {
    v.offset == 0 && (v.dims.is_empty() || (v.dims.len() == 1 && v.strides[0] == 1))
}

fn plan(r: &Resolved, dims: &[&[usize]]) -> Result<Plan> {
    let sizes: Vec<usize> =
        r.sizes.iter().map(|s| s.ok_or_else(|| error!(Internal, "an einsum axis has no size"))).collect::<Result<_>>()?;
    let out = unique(r.output.iter().copied());
    let out_sizes: Vec<usize> = r.output.iter().map(|a| sizes[*a]).collect();
    let diagonal = (out.len() != r.output.len()).then(|| Layout { axes: &r.output, dims: &out_sizes }.view(&out));
    let layouts: Vec<Layout> = r.inputs.iter().zip(dims).map(|(axes, dims)| Layout { axes, dims }).collect();
    let own: Vec<Vec<usize>> = r.inputs.iter().map(|axes| unique(axes.iter().copied())).collect();
    let [a, b] = &layouts[..] else {
        let alone: Vec<usize> = own[0].iter().copied().filter(|x| !out.contains(x)).collect();
        let (operand, _) = layouts[0].operand([&out, &[], &[]], &alone);
        let whole = View::new(&[out.iter().map(|x| sizes[*x]).product()], &[1], 0);
        return Ok(Plan { operands: vec![operand], product: None, order: whole, diagonal });
    };
    let (in_a, in_b) = (|x: &usize| own[0].contains(x), |x: &usize| own[1].contains(x));
    let kept = |keep: &dyn Fn(&usize) -> bool| out.iter().copied().filter(|x| keep(x)).collect::<Vec<_>>();
    let batch = kept(&|x| in_a(x) && in_b(x));
    let (rows, columns) = (kept(&|x| in_a(x) && !in_b(x)), kept(&|x| !in_a(x) && in_b(x)));
    let inner: Vec<usize> = own[0].iter().copied().filter(|x| in_b(x) && !out.contains(x)).collect();
    let alone = |i: usize, other: usize| own[i].iter().copied().filter(|x| !own[other].contains(x) && !out.contains(x)).collect::<Vec<_>>();
    let (first, flip_a) = a.operand([&batch, &rows, &inner], &alone(0, 1));
    let (second, flip_b) = b.operand([&batch, &inner, &columns], &alone(1, 0));
    let count = |axes: &[usize]| axes.iter().map(|x| sizes[*x]).product::<usize>();
    let of = |l: &Layout| batch.iter().map(|x| l.size(*x)).collect::<Vec<_>>();
    let batch_sizes: Vec<usize> = batch.iter().map(|x| sizes[*x]).collect();
    let mut product = Batch::new([count(&rows), count(&columns), count(&inner)], &of(a), &of(b), &batch_sizes);
    product.transposed = [flip_a, flip_b];
    let computed = [&batch[..], &rows, &columns].concat();
    let computed_sizes: Vec<usize> = computed.iter().map(|x| sizes[*x]).collect();
    let order = Layout { axes: &computed, dims: &computed_sizes }.view(&out);
    Ok(Plan { operands: vec![first, second], product: Some(product), order, diagonal })
}

impl Operand {
    /// The operand in its order.
    fn bring(&self, device: &dyn Device, x: &Tensor) -> Result<Tensor> {
        if self.ready {
            return Ok(x.clone());
        }
        let n = self.view.count();
        let moved = move_to_new(device, &[x], x.dtype(), &Shape::new(&[n]), &self.view)?;
        if self.summed == 1 {
            return Ok(moved);
        }
        let mut sums = device.allocate(x.dtype(), &Shape::new(&[self.kept]))?;
        let Some(out) = sums.bytes_mut() else { bail!(Internal, "a shared tensor was written") };
        Reduce::of("Sum", x.dtype())?.rows(moved.bytes()?, out, self.summed)?;
        Ok(sums)
    }
}

fn run<T: Element + GemmElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, run) = (p.plan::<Plan>()?, call.run);
    let operands = plan.operands.iter().enumerate().map(|(i, o)| o.bring(run.device, call.input(i))).collect::<Result<Vec<_>>>()?;
    let out = call.out::<T>(0)?;
    let in_order = plan.diagonal.is_none() && is_whole(&plan.order);
    let computed = match (&plan.product, &operands[..]) {
        (Some(product), [a, b]) if in_order => return product.run(run, a.slice::<T>()?, b.slice::<T>()?, out),
        (Some(product), [a, b]) => {
            let [m, n, _] = product.sizes;
            let mut c = run.device.allocate(T::DTYPE, &Shape::new(&[product.offsets[2].len(), m, n]))?;
            product.run(run, a.slice::<T>()?, b.slice::<T>()?, c.slice_mut()?)?;
            c
        }
        (_, operands) => operands[0].clone(),
    };
    let computed = computed.slice::<T>()?;
    match &plan.diagonal {
        None => plan.order.gather_numbers(run.device, computed, out)?,
        Some(diagonal) => {
            let mut ordered = vec![T::default(); plan.order.count()];
            plan.order.gather_numbers(run.device, computed, &mut ordered)?;
            out.fill(T::default());
            scatter_view(diagonal, &ordered, out);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_tensor::{Result, Tensor};

    fn ramp(dims: &[usize]) -> Tensor {
        let n = dims.iter().product::<usize>();
        Tensor::from_slice(&(0..n).map(|x| x as f32 + 1.0).collect::<Vec<_>>(), dims).expect("fits")
    }
    fn go(equation: &str, inputs: &[Tensor]) -> Result<(Vec<usize>, Vec<f32>)> {
        let r = run("Einsum", inputs, &[("equation", equation.into())])?;
        Ok((r[0].shape().to_vec(), r[0].slice::<f32>()?.to_vec()))
    }

    #[test]
    fn one_operand() {
        let x = ramp(&[2, 2]);
        assert_eq!(go("ij->ji", &[x.clone()]).expect("runs").1, [1., 3., 2., 4.]);
        assert_eq!(go("ii->", &[x.clone()]).expect("runs").1, [5.]);
        assert_eq!(go("ij->j", &[x.clone()]).expect("runs").1, [4., 6.]);
        assert_eq!(go("ij->", &[x]).expect("runs").1, [10.]);
        assert_eq!(go("i->ii", &[ramp(&[2])]).expect("runs").1, [1., 0., 0., 2.]);
        assert_eq!(go("...ij->...ji", &[ramp(&[2, 1, 2])]).expect("runs"), (vec![2, 2, 1], vec![1., 2., 3., 4.]));
        assert_eq!(go("ij->i", &[ramp(&[2, 0])]).expect("runs").1, [0., 0.]);
    }

    #[test]
    fn two_operands_agree_with_the_plain_sum() {
        // For each equation over letters of size 2, 3, 4, 5 the plain sum of products.
        let size = |c: char| 2 + (c as usize - 'a' as usize);
        for (x, y, z) in [
            ("ab", "bc", "ac"),
            ("ba", "bc", "ca"),
            ("abc", "dca", "bd"),
            ("ab", "cd", "dacb"),
            ("abd", "bc", "ac"),
            ("abc", "acb", "a"),
            ("aab", "bc", "ca"),
            ("ab", "ab", ""),
        ] {
            let shape = |s: &str| s.chars().map(size).collect::<Vec<_>>();
            let (a, b) = (ramp(&shape(x)), ramp(&shape(y)));
            let mut want = vec![0.0f32; shape(z).iter().product()];
            let total: usize = (0..4).map(|i| 2 + i).product();
            for i in 0..total {
                let value = |c: char| i / (0..(c as usize - 'a' as usize)).map(|k| 2 + k).product::<usize>() % size(c);
                let used = |c: char| x.contains(c) || y.contains(c);
                if ('a'..='d').any(|c| !used(c) && value(c) != 0) {
                    continue;
                }
                let at = |s: &str| s.chars().fold(0, |n, c| n * size(c) + value(c));
                want[at(z)] += (at(x) + 1) as f32 * (at(y) + 1) as f32;
            }
            assert_eq!(go(&format!("{x},{y}->{z}"), &[a, b]).expect("runs").1, want, "{x},{y}->{z}");
        }
    }

    #[test]
    fn broadcasts_and_empty_sums() {
        let r = go("...ij,...jk->...ik", &[ramp(&[2, 1, 1, 2]), ramp(&[3, 2, 1])]).expect("runs");
        assert_eq!(r, (vec![2, 3, 1, 1], vec![5., 11., 17., 11., 25., 39.]));
        assert_eq!(go("ij,jk->ik", &[ramp(&[2, 0]), ramp(&[0, 2])]).expect("runs").1, [0.; 4]);
        assert_eq!(go("ija,bc->ic", &[ramp(&[2, 0, 3]), ramp(&[4, 2])]).expect("runs").1, [0.; 4]);
        assert_eq!(go(",->", &[Tensor::scalar(2.0f32), Tensor::scalar(3.0f32)]).expect("runs").1, [6.]);
        let e = go("ij,jk->ik", &[ramp(&[2, 3]), ramp(&[4, 5])]).expect_err("does not fit");
        assert_eq!(e.message(), "Expected dimension 3 at axis 0 of the input shaped [4,5] but got dimension 4");
    }
}
