//! Changes parts of a tensor in place: runs of elements are replaced by, or combined with, updates.
use crate::kernels::copy::fill_parallel;
use crate::kernels::dispatch::{Number, Real};
use ferroflow_ops::Device;
use ferroflow_tensor::{BF16, C64, C128, DType, Element, F16, Result, Tensor, bail, error};

/// How an update changes an element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// It takes its place.
    Set,
    /// It is added.
    Add,
    /// It is subtracted.
    Sub,
    /// It multiplies.
    Mul,
    /// It divides; integers are truncated.
    Div,
    /// The smaller one stays.
    Min,
    /// The larger one stays.
    Max,
}

/// Runs of `len` elements that start at these positions, all within the tensor.
pub struct Rows {
    /// First elements.
    pub starts: Vec<usize>,
    /// Elements of each run.
    pub len: usize,
}

/// Division, which integers truncate. Integer divisors are not 0.
trait Quotient: Number {
    fn over(self, other: Self) -> Self;
}
macro_rules! quotients {
    ($($t:ty: $a:ident, $b:ident => $e:expr;)*) => { $(
        impl Quotient for $t {
            #[inline(always)]
            fn over(self, other: Self) -> Self {
                let ($a, $b) = (self, other);
                $e
            }
        }
    )* };
}
quotients! {
    f32: a, b => a / b;
    f64: a, b => a / b;
    C64: a, b => a / b;
    C128: a, b => a / b;
    F16: a, b => a / b;
    BF16: a, b => a / b;
    i8: a, b => a.wrapping_div(b);
    i16: a, b => a.wrapping_div(b);
    i32: a, b => a.wrapping_div(b);
    i64: a, b => a.wrapping_div(b);
    u8: a, b => a / b;
    u16: a, b => a / b;
    u32: a, b => a / b;
    u64: a, b => a / b;
}

impl Rows {
    /// Pairs each run of `value` with its updates: as many, or one for all.
    fn visit<T: Copy>(&self, value: &mut [T], updates: &[T], change: impl Fn(T, T) -> T) {
        for (i, start) in self.starts.iter().enumerate() {
            let run = &mut value[*start..start + self.len];
            match updates {
                [one] => run.iter_mut().for_each(|x| *x = change(*x, *one)),
                _ => run.iter_mut().zip(&updates[i * self.len..]).for_each(|(x, u)| *x = change(*x, *u)),
            }
        }
    }
    fn replace<T: Clone>(&self, value: &mut [T], updates: &[T]) {
        for (i, start) in self.starts.iter().enumerate() {
            let run = &mut value[*start..start + self.len];
            match updates {
                [one] => run.fill(one.clone()),
                _ => run.clone_from_slice(&updates[i * self.len..][..self.len]),
            }
        }
    }
    fn combine<T: Quotient + Element>(&self, value: &mut Tensor, updates: &Tensor, how: Change) -> Result<()> {
        let (x, u) = (value.slice_mut::<T>()?, updates.slice::<T>()?);
        match how {
            Change::Add => self.visit(x, u, T::plus),
            Change::Sub => self.visit(x, u, T::minus),
            Change::Mul => self.visit(x, u, T::times),
            Change::Div if T::DTYPE.is_integer() && u.contains(&T::ZERO) => bail!(InvalidArgument, "updates must not contain 0"),
            Change::Div => self.visit(x, u, T::over),
            other => bail!(Internal, "{other:?} of {}", T::DTYPE),
        }
        Ok(())
    }
    fn choose<T: Real + Element>(&self, value: &mut Tensor, updates: &Tensor, how: Change) -> Result<()> {
        let (x, u) = (value.slice_mut::<T>()?, updates.slice::<T>()?);
        match how {
            Change::Min => self.visit(x, u, |x, u| if u.below(x) { u } else { x }),
            _ => self.visit(x, u, |x, u| if x.below(u) { u } else { x }),
        }
        Ok(())
    }
    /// Changes the runs of `value`, which nobody else holds. `updates` has the dtype of `value` and as many elements as the
    /// runs, or one for all. InvalidArgument for an integer division by 0.
    pub fn change(&self, value: &mut Tensor, updates: &Tensor, how: Change) -> Result<()> {
        match (value.dtype(), how) {
            (DType::Bool, Change::Add) => self.visit(value.slice_mut::<bool>()?, updates.slice()?, |x, u| x | u),
            (DType::Bool, Change::Sub) => self.visit(value.slice_mut::<bool>()?, updates.slice()?, |x, u| x ^ u),
            (dtype, Change::Min | Change::Max) => return crate::dispatch_real!(dtype, T => self.choose::<T>(value, updates, how)),
            (DType::String, Change::Set) => {
                let mut all = value.strings()?.to_vec();
                self.replace(&mut all, updates.strings()?);
                *value = Tensor::from_strings(all, value.shape().clone())?;
            }
            (DType::Resource | DType::Variant, Change::Set) => {
                let mut all = value.objects()?.to_vec();
                self.replace(&mut all, updates.objects()?);
                *value = Tensor::from_objects(value.dtype(), all, value.shape().clone())?;
            }
            (dtype, Change::Set) => {
                let size = dtype.size();
                let source = updates.bytes()?;
                let whole = if updates.count() == 1 { source.repeat(self.len) } else { vec![] };
                let target = value.bytes_mut().ok_or_else(|| error!(Internal, "a shared tensor was written"))?;
                for (i, start) in self.starts.iter().enumerate() {
                    let run = if updates.count() == 1 { &whole[..] } else { &source[i * self.len * size..][..self.len * size] };
                    target[start * size..][..run.len()].copy_from_slice(run);
                }
            }
            (dtype, _) => return crate::dispatch_number!(dtype, T => self.combine::<T>(value, updates, how)),
        }
        Ok(())
    }
}

/// Adds to, or subtracts from, a whole tensor another one of the same dtype and shape, on several threads if that pays.
pub fn accumulate(device: &dyn Device, value: &mut Tensor, update: &Tensor, how: Change) -> Result<()> {
    fn go<T: Number>(device: &dyn Device, value: &mut Tensor, update: &Tensor, how: Change) -> Result<()> {
        let (x, u) = (value.slice_mut::<T>()?, update.slice::<T>()?);
        let change = |x: &mut [T], u: &[T]| match how {
            Change::Add => x.iter_mut().zip(u).for_each(|(x, u)| *x = x.plus(*u)),
            _ => x.iter_mut().zip(u).for_each(|(x, u)| *x = x.minus(*u)),
        };
        fill_parallel(device, x, 1 << 15, 0.3, &|start, part| change(part, &u[start..]));
        Ok(())
    }
    crate::dispatch_number!(value.dtype(), T => go::<T>(device, value, update, how))
}
