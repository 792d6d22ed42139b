//! Kernels of casts, selection, limits and sums of several tensors.
use crate::frames::slices::{Binary, Cast, Choice, Reducer};
use crate::frames::{Mode, stream};
use crate::kernels::copy::{Item, MOVE_NS, Movement, View, fill_parallel, move_elements, move_to_new};
use crate::kernels::dispatch::{NUMBERS, Number, Real, stored};
use crate::pool::parallel_chunks;
use crate::{dispatch_floating, dispatch_number, dispatch_real};
use ferroflow_ops::ops::math::select::alone_of_sum;
use ferroflow_ops::{Call, Device, Inputs, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{BF16, Complex, DType, Element, F16, Result, Shape, Tensor, bail};

const FLOATS: &[DType] = &[DType::Float, DType::Double, DType::Half, DType::BFloat16];
const SELECTED: &[DType] = &[
    DType::Float,
    DType::Double,
    DType::Half,
    DType::BFloat16,
    DType::Int8,
    DType::Int16,
    DType::Int32,
    DType::Int64,
    DType::UInt8,
    DType::UInt16,
    DType::UInt32,
    DType::UInt64,
    DType::Complex64,
    DType::Complex128,
    DType::Bool,
    DType::String,
    DType::Resource,
    DType::Variant,
];
const SUMMED: &[DType] = &crate::kernels::array::join::<15>(&[NUMBERS, &[DType::Variant]]);
const LIMITED: &[DType] = &[
    DType::Float,
    DType::Double,
    DType::Half,
    DType::BFloat16,
    DType::Int8,
    DType::Int16,
    DType::Int32,
    DType::Int64,
    DType::UInt8,
    DType::UInt16,
    DType::Complex64,
    DType::Complex128,
];

const fn fills(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "Cast", types: &[], outputs: Outputs::Kernel, prepare: prepare_cast },
    fills("ApproximateEqual", &[("T", &[DType::Float, DType::Double])], |p| {
        Ok(Prepared::with(approximate_equal, cost(p, 1.0), p.attrs.float("tolerance")?))
    }),
    fills("Select", &[("T", SELECTED)], |p| Ok(Prepared::new(select, cost(p, 1.0)))),
    fills("SelectV2", &[("T", SELECTED)], |p| Ok(Prepared::new(select_v2, cost(p, 1.0)))),
    fills("ClipByValue", &[("T", LIMITED)], |p| {
        let cost = cost(p, 0.5);
        match p.dtype(0) {
            DType::Complex64 => Ok(Prepared::new(clip_complex::<f32>, cost)),
            DType::Complex128 => Ok(Prepared::new(clip_complex::<f64>, cost)),
            real => dispatch_real!(real, T => Ok(Prepared::new(clip::<T>, cost))),
        }
    }),
    fills("AddN", &[("T", SUMMED)], |p| {
        if p.dtype(0) == DType::Variant {
            Ok(Prepared::new(add_lists, 500.0))
        } else {
            dispatch_number!(p.dtype(0), T => Ok(Prepared::new(add_n::<T>, cost(p, 0.3 * p.inputs.len() as f32))))
        }
    }),
    fills("Complex", &[], |p| match p.dtype(0) {
        part if p.outputs[0].0.real() != part => {
            let upper = |d: DType| d.signature_name().to_uppercase();
            let (part, whole) = (upper(part), upper(p.outputs[0].0));
            bail!(NotFound, "Could not find device for node: {{{{node Complex}}}} = Complex[T=DT_{part}, Tout=DT_{whole}]")
        }
        DType::Double => Ok(Prepared::new(complex::<f64>, cost(p, 1.0))),
        _ => Ok(Prepared::new(complex::<f32>, cost(p, 1.0))),
    }),
    fills("L2Loss", &[("T", FLOATS)], |p| Ok(Prepared::new(l2_loss, 60.0 + NS_OF_A_SQUARE * p.shape(0).count() as f32))),
    Kernel {
        op: "CheckNumerics",
        types: &[("T", FLOATS)],
        outputs: Outputs::Kernel,
        prepare: |p| dispatch_floating!(p.dtype(0), T => Ok(Prepared::with(check_numerics::<T>, cost(p, 0.5), p.attrs.str("message")?.to_string()))),
    },
];

/// Estimated time for the elements of the first output, in nanoseconds.
fn cost(p: &Prep, per_element: f32) -> f32 {
    50.0 + per_element * p.outputs[0].1.map_or(0, |s| s.count()) as f32
}
fn prepare_cast(p: &Prep) -> Result<Prepared> {
    let (from, to) = (p.dtype(0), p.outputs[0].0);
    if from == to {
        return Ok(Prepared::new(
            |_, call| {
                call.set(0, call.input(0).clone());
                Ok(())
            },
            50.0,
        ));
    }
    let cost = cost(p, 0.5);
    match (Cast::of(stored(from), stored(to)), p.attrs.bool("Truncate")?) {
        (None, _) => bail!(Unimplemented, "Cast {} to {} is not supported", from.signature_name(), to.signature_name()),
        (Some(_), true) if from == DType::Double && to == DType::Float => Ok(Prepared::new(truncate::<f32>, cost)),
        (Some(_), true) if matches!(from, DType::Float | DType::Double) && to == DType::Half => Ok(Prepared::new(truncate::<F16>, cost)),
        (Some(_), true) if matches!(from, DType::Float | DType::Double) && to == DType::BFloat16 => {
            Ok(Prepared::new(truncate::<BF16>, cost))
        }
        (Some(c), _) => Ok(Prepared::with(cast, cost, (c, to))),
    }
}

fn cast(p: &Prepared, call: &mut Call) -> Result<()> {
    let (cast, to) = p.plan::<(Cast, DType)>()?;
    let x = call.input(0);
    let mut out = call.run.device.allocate(*to, x.shape())?;
    let Some(bytes) = out.bytes_mut() else { bail!(Internal, "a shared tensor was written") };
    let (from, size, x) = (x.dtype().size(), to.size(), x.bytes()?);
    const PART: usize = 1 << 16;
    let past = stream::pays(bytes.len(), x.len());
    parallel_chunks(bytes, PART * size, PART as f32 * 0.2, None, &|k, part| {
        let x = &x[k * PART * from..][..part.len() / size * from];
        if past { cast.apply_past(x, part) } else { cast.apply(x, part) }
    });
    call.set(0, out);
    Ok(())
}

/// Conversion toward zero: the nearest value, one step back if that is further from zero.
fn truncate<T: Real + Narrow>(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let mut out = call.run.device.allocate(T::DTYPE, x.shape())?;
    let to = out.slice_mut::<T>()?;
    match x.dtype() {
        DType::Float => to.iter_mut().zip(x.slice::<f32>()?).for_each(|(o, x)| *o = T::toward_zero(f64::from(*x))),
        _ => to.iter_mut().zip(x.slice::<f64>()?).for_each(|(o, x)| *o = T::toward_zero(*x)),
    }
    call.set(0, out);
    Ok(())
}

/// A float to which wider ones can be truncated.
trait Narrow: Sized {
    fn toward_zero(x: f64) -> Self;
}
macro_rules! narrow { ($($t:ty),*) => { $(
    impl Narrow for $t {
        fn toward_zero(x: f64) -> Self {
            let y = <$t as Real>::from_f64(x);
            let further = y.to_f64().abs() > x.abs() && x.is_finite();
            if further { <$t>::from_bits(y.to_bits() - 1) } else { y }
        }
    }
)* } }
narrow!(f32, F16, BF16);

/// A choice by a condition of the result's shape, on elements of any kind.
struct Choose<'a>(&'a [bool]);
impl Movement for Choose<'_> {
    fn run<E: Item>(&self, device: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        fill_parallel(device, out, 1 << 14, 2.0 * MOVE_NS, &|start, part| {
            for (i, o) in part.iter_mut().enumerate() {
                *o = sources[if self.0[start + i] { 0 } else { 1 }][start + i].clone();
            }
        });
        Ok(())
    }
}

/// Chooses from two tensors of the result's shape.
fn choose(call: &mut Call, condition: &[bool], t: &Tensor, e: &Tensor) -> Result<()> {
    let (device, dtype) = (call.run.device, t.dtype());
    if dtype.is_object() {
        let shape = t.shape().clone();
        let out = move_to_new(device, &[t, e], dtype, &shape, &Choose(condition))?;
        call.set(0, out);
        return Ok(());
    }
    let (size, choice) = (dtype.size(), Choice::of(dtype.size())?);
    let (yes, no) = (t.bytes()?, e.bytes()?);
    let Some(out) = call.output(0).bytes_mut() else { bail!(Internal, "a shared tensor was written") };
    const PART: usize = 1 << 14;
    parallel_chunks(out, PART * size, PART as f32 * 0.5, None, &|k, part| {
        let (at, n) = (k * PART, part.len() / size);
        let bytes = at * size..(at + n) * size;
        choice.apply(&condition[at..at + n], &yes[bytes.clone()], &no[bytes], part);
    });
    Ok(())
}

fn approximate_equal(p: &Prepared, call: &mut Call) -> Result<()> {
    fn compare<T: Real>(call: &mut Call, tolerance: f32) -> Result<()> {
        let (x, y) = (call.slice::<T>(0)?, call.slice::<T>(1)?);
        let near = |i: usize| x[i].minus(y[i]).to_f64().abs() <= f64::from(tolerance);
        fill_parallel(call.run.device, call.out::<bool>(0)?, 1 << 15, 1.0, &|start, part| {
            part.iter_mut().enumerate().for_each(|(i, z)| *z = near(start + i));
        });
        Ok(())
    }
    let tolerance = *p.plan()?;
    crate::dispatch!(call.input(0).dtype(), T => compare::<T>(call, tolerance), Float: f32, Double: f64)
}

fn select(_: &Prepared, call: &mut Call) -> Result<()> {
    let (condition, t, e) = (call.slice::<bool>(0)?, call.input(1), call.input(2));
    if call.input(0).shape() == t.shape() {
        return choose(call, condition, t, e);
    }
    if let [one] = condition {
        let chosen = if *one { 1 } else { 2 };
        let shape = t.shape().clone();
        let all = View { dims: vec![shape.count()], strides: vec![1], offset: 0 };
        return move_elements(call, chosen..chosen + 1, 0, &shape, &all);
    }
    let row = t.count().checked_div(condition.len()).unwrap_or(0);
    let spread: Vec<bool> = condition.iter().flat_map(|c| std::iter::repeat_n(*c, row)).collect();
    choose(call, &spread, t, e)
}

/// A tensor broadcast to a shape.
fn spread(device: &dyn Device, x: &Tensor, shape: &Shape) -> Result<Tensor> {
    if x.shape() == shape {
        return Ok(x.clone());
    }
    move_to_new(device, &[x], x.dtype(), shape, &broadcast_view(x.shape(), shape))
}
/// The view of an array of one shape as one of a shape that it broadcasts to.
pub fn broadcast_view(from: &Shape, to: &Shape) -> View {
    let own = View::strides_of(from);
    let strides: Vec<isize> = (0..to.rank())
        .map(|i| match (i + from.rank()).checked_sub(to.rank()) {
            Some(j) if from[j] != 1 => own[j],
            _ => 0,
        })
        .collect();
    View::new(to, &strides, 0)
}

fn select_v2(_: &Prepared, call: &mut Call) -> Result<()> {
    let device = call.run.device;
    let (condition, t, e) = (call.input(0), call.input(1), call.input(2));
    let shape = ferroflow_ops::infer::broadcast_known(t.shape(), e.shape())?;
    let shape = ferroflow_ops::infer::broadcast_known(condition.shape(), &shape)?;
    let (condition, t, e) = (spread(device, condition, &shape)?, spread(device, t, &shape)?, spread(device, e, &shape)?);
    choose(call, condition.slice()?, &t, &e)
}

/// `max(min(x, high), low)`; NaN in `x` stays, NaN limits do not limit.
fn limit<T: Copy>(x: T, low: T, high: T, below: fn(T, T) -> bool) -> T {
    let x = if below(high, x) { high } else { x };
    if below(x, low) { low } else { x }
}
fn at<T: Copy>(limit: &[T], i: usize) -> T {
    if limit.len() == 1 { limit[0] } else { limit[i] }
}
fn clip<T: Real>(_: &Prepared, call: &mut Call) -> Result<()> {
    let (x, low, high, device) = (call.slice::<T>(0)?, call.slice::<T>(1)?, call.slice::<T>(2)?, call.run.device);
    fill_parallel(device, call.out::<T>(0)?, 1 << 14, 0.5, &|start, part| match (low, high) {
        ([low], [high]) => part.iter_mut().zip(&x[start..]).for_each(|(o, x)| *o = limit(*x, *low, *high, T::below)),
        _ => part.iter_mut().enumerate().for_each(|(i, o)| *o = limit(x[start + i], at(low, start + i), at(high, start + i), T::below)),
    });
    Ok(())
}
fn clip_complex<T: Real>(_: &Prepared, call: &mut Call) -> Result<()>
where
    Complex<T>: Element,
{
    let (x, low, high) = (call.slice::<Complex<T>>(0)?, call.slice::<Complex<T>>(1)?, call.slice::<Complex<T>>(2)?);
    for (i, o) in call.out::<Complex<T>>(0)?.iter_mut().enumerate() {
        let (x, low, high) = (x[i], at(low, i), at(high, i));
        *o = Complex { re: limit(x.re, low.re, high.re, T::below), im: limit(x.im, low.im, high.im, T::below) };
    }
    Ok(())
}

/// The first of so many tensors are added up one by one, then sums of eight each are added, as TensorFlow does: it shows in
/// the last bits.
fn add_n<T: Element>(_: &Prepared, call: &mut Call) -> Result<()> {
    let inputs = (0..call.n_inputs()).map(|i| call.slice::<T>(i)).collect::<Result<Vec<_>>>()?;
    let (device, add) = (call.run.device, Binary::<T>::of("AddV2", Mode::VectorVector)?);
    let first = inputs[0];
    let (alone, group) = alone_of_sum(inputs.len());
    fill_parallel(device, call.out::<T>(0)?, 1 << 13, 0.3 * inputs.len() as f32, &|start, part| {
        let span = start..start + part.len();
        match inputs.get(1) {
            Some(second) => add.apply(&first[span.clone()], &second[span], part),
            None => part.copy_from_slice(&first[span]),
        }
        for x in inputs[..alone].iter().skip(2) {
            add.in_place(part, &x[start..start + part.len()]);
        }
        for group in inputs[alone..].chunks(group) {
            let mut sum = group[0][start..start + part.len()].to_vec();
            group[1..].iter().for_each(|x| add.in_place(&mut sum, &x[start..start + part.len()]));
            add.in_place(part, &sum);
        }
    });
    Ok(())
}

/// The sum of tensors of lists.
fn add_lists(_: &Prepared, call: &mut Call) -> Result<()> {
    let run = call.run;
    let add = |a: &Tensor, b: &Tensor| -> Result<Tensor> {
        if a.shape() != b.shape() {
            bail!(InvalidArgument, "Inputs to operation AddN must have the same shape. Input 0: {} != input 1: {}", a.shape(), b.shape());
        }
        let mut outs = [Tensor::recycled(a.dtype(), a.shape().clone())?];
        let mut both = Call { run, node: "", state: None, inputs: Inputs::Given(&[a, b]), outs: &mut outs, last: 0, own: None };
        let none = Prepared::new(add_lists, 0.0);
        dispatch_number!(a.dtype(), T => add_n::<T>(&none, &mut both))?;
        let [sum] = outs;
        Ok(sum)
    };
    let mut sum = call.input(0).clone();
    for i in 1..call.n_inputs() {
        sum = crate::kernels::control::list_sums::add(&sum, call.input(i), &add)?;
    }
    call.set(0, sum);
    Ok(())
}

fn complex<T: Element>(_: &Prepared, call: &mut Call) -> Result<()>
where
    Complex<T>: Element,
{
    let (device, shape) = (call.run.device, call.output(0).shape().clone());
    let (re, im) = (spread(device, call.input(0), &shape)?, spread(device, call.input(1), &shape)?);
    let (re, im) = (re.slice::<T>()?, im.slice::<T>()?);
    fill_parallel(device, call.out::<Complex<T>>(0)?, 1 << 14, 1.0, &|start, part| {
        for ((o, re), im) in part.iter_mut().zip(&re[start..]).zip(&im[start..]) {
            *o = Complex { re: *re, im: *im };
        }
    });
    Ok(())
}

/// Half the sum of squares, in float for 16-bit floats.
/// Estimated time to square and add one element, in nanoseconds.
const NS_OF_A_SQUARE: f32 = 0.3;

fn l2_loss(_: &Prepared, call: &mut Call) -> Result<()> {
    /// Half the sum of the squares of `x`, in `T`.
    fn half_square<A: Element, T: Number>(x: &[A], device: &dyn Device, half: T) -> Result<T> {
        const PART: usize = 1 << 14;
        let (times, sum) = (Binary::<T>::of("Mul", Mode::VectorVector)?, Reducer::of("Sum", T::DTYPE)?);
        let Some(widen) = Cast::of(A::DTYPE, T::DTYPE) else { bail!(Internal, "no way from {} to {}", A::DTYPE, T::DTYPE) };
        let mut partial = vec![T::ZERO; x.len().div_ceil(PART)];
        fill_parallel(device, &mut partial, 4, NS_OF_A_SQUARE * PART as f32, &|first, partial| {
            let (mut wide, mut squares) = (vec![T::ZERO; PART], vec![T::ZERO; PART]);
            for (partial, x) in partial.iter_mut().zip(x[first * PART..].chunks(PART)) {
                let (wide, squares) = (&mut wide[..x.len()], &mut squares[..x.len()]);
                widen.typed(x, wide);
                times.apply(wide, wide, squares);
                *partial = sum.total(squares);
            }
        });
        Ok(sum.total(&partial).times(half))
    }
    let (x, device) = (call.input(0), call.run.device);
    match x.dtype() {
        DType::Double => call.out::<f64>(0)?[0] = half_square(x.slice::<f64>()?, device, 0.5f64)?,
        DType::Float => call.out::<f32>(0)?[0] = half_square(x.slice::<f32>()?, device, 0.5f32)?,
        DType::Half => call.out::<F16>(0)?[0] = F16::from_f32(half_square(x.slice::<F16>()?, device, 0.5f32)?),
        _ => call.out::<BF16>(0)?[0] = BF16::from_f32(half_square(x.slice::<BF16>()?, device, 0.5f32)?),
    }
    Ok(())
}

fn check_numerics<T: Real>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (mut nan, mut infinite) = (false, false);
    for x in call.slice::<T>(0)? {
        let x = x.to_f64();
        nan |= x.is_nan();
        infinite |= x.is_infinite();
    }
    let what = match (infinite, nan) {
        (true, true) => "Inf and NaN",
        (true, false) => "Inf",
        (false, true) => "NaN",
        (false, false) => {
            call.set(0, call.input(0).clone());
            return Ok(());
        }
    };
    bail!(InvalidArgument, "{} : Tensor had {what} values", p.plan::<String>()?)
}

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_ops::Attr;
    use ferroflow_tensor::{DType, F16, Tensor};

    fn t(x: &[f32]) -> Tensor {
        Tensor::from_slice(x, [x.len()]).expect("fits")
    }
    fn one(op: &str, inputs: &[Tensor], attrs: &[(&'static str, Attr)]) -> Tensor {
        run(op, inputs, attrs).expect("runs").remove(0)
    }

    #[test]
    fn casts_convert_and_truncate() {
        let x = t(&[-1.5, 2.5, 0.0, 300.0]);
        assert_eq!(one("Cast", &[x.clone()], &[("DstT", DType::Int32.into())]).slice::<i32>().expect("i32"), [-1, 2, 0, 300]);
        assert_eq!(one("Cast", &[x], &[("DstT", DType::Bool.into())]).slice::<bool>().expect("bool"), [true, true, false, true]);
        let x = t(&[2049.0, -2051.0, 1.0]);
        let attrs = [("DstT", DType::Half.into()), ("Truncate", true.into())];
        let got: Vec<f32> = one("Cast", &[x], &attrs).slice::<F16>().expect("f16").iter().map(|x| x.to_f32()).collect();
        assert_eq!(got, [2048.0, -2050.0, 1.0]);
        let e = run("Cast", &[Tensor::string("x")], &[("DstT", DType::Float.into())]).expect_err("no cast");
        assert_eq!(e.message(), "Cast string to float is not supported");
    }

    #[test]
    fn selection_broadcasts_and_takes_rows() {
        let rows = Tensor::from_slice(&[true, false], [2, 1]).expect("fits");
        let r = one("SelectV2", &[rows, t(&[1.0, 2.0]), Tensor::scalar(3.0f32)], &[]);
        assert_eq!((r.shape().dims(), r.slice::<f32>().expect("f32")), (&[2, 2][..], &[1.0, 2.0, 3.0, 3.0][..]));
        let (x, y) = (t(&[1.0, 2.0, 3.0, 4.0]).reshape([2, 2]).expect("fits"), t(&[5.0, 6.0, 7.0, 8.0]).reshape([2, 2]).expect("fits"));
        let c = Tensor::from_slice(&[true, false], [2]).expect("fits");
        assert_eq!(one("Select", &[c, x.clone(), y.clone()], &[]).slice::<f32>().expect("f32"), [1.0, 2.0, 7.0, 8.0]);
        assert_eq!(one("Select", &[Tensor::scalar(false), x, y.clone()], &[]).slice::<f32>().expect("f32"), y.slice::<f32>().expect("f32"));
        let (a, b) = (Tensor::string("a"), Tensor::string("b"));
        assert_eq!(&one("SelectV2", &[Tensor::scalar(false), a, b], &[]).strings().expect("strings")[0][..], b"b");
        let c = Tensor::from_slice(&[true, false, true], [3]).expect("fits");
        let e = run("SelectV2", &[c, t(&[1.0; 3]), t(&[1.0; 2])], &[]).expect_err("does not fit");
        assert_eq!(e.message(), "condition [3], then [3], and else [2] must be broadcastable");
    }

    #[test]
    fn limits_keep_nan_and_the_lower_one_wins() {
        let s = Tensor::scalar::<f32>;
        let r = one("ClipByValue", &[t(&[f32::NAN, -5.0, 5.0]), s(-1.0), s(1.0)], &[]);
        let r = r.slice::<f32>().expect("f32");
        assert!(r[0].is_nan() && r[1..] == [-1.0, 1.0]);
        assert_eq!(one("ClipByValue", &[t(&[-5.0, 0.0, 5.0]), s(1.0), s(-1.0)], &[]).slice::<f32>().expect("f32"), [1.0; 3]);
        let e = run("ClipByValue", &[t(&[1.0; 3]), t(&[1.0; 2]), s(1.0)], &[]).expect_err("does not fit");
        assert!(
            e.message().starts_with(
                "clip_value_min and clip_value_max must be either of the same shape as input, or a scalar. input shape: [3]clip"
            )
        );
    }

    #[test]
    fn sums_losses_and_checks() {
        let x = t(&[1.0, 2.0, 3.0]);
        assert_eq!(one("AddN", &[x.clone(), x.clone(), x.clone()], &[]).slice::<f32>().expect("f32"), [3.0, 6.0, 9.0]);
        assert_eq!(one("AddN", &[x.clone()], &[]).slice::<f32>().expect("f32"), [1.0, 2.0, 3.0]);
        assert_eq!(one("L2Loss", &[x.clone()], &[]).item::<f32>().expect("one"), 7.0);
        assert_eq!(one("L2Loss", &[t(&[])], &[]).item::<f32>().expect("one"), 0.0);
        let message = [("message", "m".into())];
        assert_eq!(one("CheckNumerics", &[x], &message).count(), 3);
        let e = run("CheckNumerics", &[t(&[f32::INFINITY, f32::NAN])], &message).expect_err("not finite");
        assert_eq!(e.message(), "m : Tensor had Inf and NaN values");
    }
}
