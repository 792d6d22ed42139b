//! What ops take: graph tensors, and Rust values that become constants.
use crate::{Graph, T, Variable};
use ferroflow_tensor::{BF16, C64, C128, DType, F16, PartialShape, Result, Shape, Str, Tensor, bail};

/// A Rust value that makes a tensor: scalars, strings, arrays of rank 1 to 3, slices, vectors, tensors.
///
/// ```
/// use ferroflow::prelude::*;
/// assert_eq!([[1.0f32, 2.0], [3.0, 4.0]].to_tensor()?.shape().dims(), [2, 2]);
/// assert_eq!("text".to_tensor()?.dtype(), DType::String);
/// # Ok::<(), ferroflow::Error>(())
/// ```
pub trait ToTensor {
    /// The tensor. ResourceExhausted if there is no memory for it.
    fn to_tensor(&self) -> Result<Tensor>;
}
impl ToTensor for Tensor {
    fn to_tensor(&self) -> Result<Tensor> {
        Ok(self.clone())
    }
}
impl ToTensor for str {
    fn to_tensor(&self) -> Result<Tensor> {
        Ok(Tensor::string(self))
    }
}
impl ToTensor for String {
    fn to_tensor(&self) -> Result<Tensor> {
        Ok(Tensor::string(self))
    }
}
impl<const N: usize> ToTensor for [&str; N] {
    fn to_tensor(&self) -> Result<Tensor> {
        Tensor::from_strings(self.iter().map(|s| Str::from(s.as_bytes())).collect(), [N])
    }
}
impl<X: ToTensor + ?Sized> ToTensor for &X {
    fn to_tensor(&self) -> Result<Tensor> {
        (**self).to_tensor()
    }
}

/// A partly known shape: from arrays of sizes where -1 means unknown, from [`Shape`] and [`PartialShape`].
///
/// ```
/// use ferroflow::prelude::*;
/// assert_eq!(Dims::from([-1, 64]).0.to_string(), "[?,64]");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dims(pub PartialShape);
impl<const N: usize> From<[i64; N]> for Dims {
    fn from(dims: [i64; N]) -> Dims {
        Dims(PartialShape::from_i64(&dims))
    }
}
impl From<&[i64]> for Dims {
    fn from(dims: &[i64]) -> Dims {
        Dims(PartialShape::from_i64(dims))
    }
}
impl From<PartialShape> for Dims {
    fn from(shape: PartialShape) -> Dims {
        Dims(shape)
    }
}
impl From<&Shape> for Dims {
    fn from(shape: &Shape) -> Dims {
        Dims(shape.into())
    }
}

/// What an op takes where a tensor is wanted: a [`T`], a [`Variable`] (its value), a [`Tensor`] or Rust value (a constant),
/// or a number, which adopts the dtype of the tensors that it meets.
pub trait Operand<'g> {
    /// This operand as an item of a call.
    fn into_item(self) -> Item<'g>;
}

/// An operand of a call, before its dtype is settled.
#[derive(Clone)]
pub enum Item<'g> {
    /// A graph tensor.
    One(T<'g>),
    /// The tensors of a list argument.
    List(Vec<T<'g>>),
    /// A number that adopts a dtype.
    Number(Number),
    /// A constant, or why there is none.
    Constant(Result<Tensor>),
}

impl<'g> Item<'g> {
    /// The graph that it lies in.
    pub(crate) fn graph(&self) -> Option<&'g Graph> {
        match self {
            Item::One(t) => Some(t.graph),
            Item::List(list) => list.first().map(|t| t.graph),
            Item::Number(_) | Item::Constant(_) => None,
        }
    }
    /// The dtype that it has of itself.
    pub(crate) fn dtype(&self) -> Option<DType> {
        match self {
            Item::One(t) => t.dtype().ok(),
            Item::List(list) => list.first()?.dtype().ok(),
            Item::Constant(t) => t.as_ref().ok().map(Tensor::dtype),
            Item::Number(_) => None,
        }
    }
}

impl<'g> Operand<'g> for Item<'g> {
    fn into_item(self) -> Item<'g> {
        self
    }
}
impl<'g> Operand<'g> for T<'g> {
    fn into_item(self) -> Item<'g> {
        Item::One(self)
    }
}
impl<'g> Operand<'g> for Variable<'g> {
    fn into_item(self) -> Item<'g> {
        Item::One(self.value())
    }
}

macro_rules! constants { ($([$($param:tt)*] $t:ty),* $(,)?) => { $(
    impl<'g, $($param)*> Operand<'g> for $t {
        fn into_item(self) -> Item<'g> {
            Item::Constant(self.to_tensor())
        }
    }
)* } }
constants!([] Tensor, [] &Tensor, [] bool, [] &str, [] C64, [] C128);

// For each element type by itself: a blanket implementation would overlap with those for arrays of arrays.
macro_rules! elements { ($($t:ty),*) => { $(
    impl ToTensor for $t {
        fn to_tensor(&self) -> Result<Tensor> {
            Ok(Tensor::scalar(*self))
        }
    }
    impl ToTensor for [$t] {
        fn to_tensor(&self) -> Result<Tensor> {
            Tensor::from_slice(self, [self.len()])
        }
    }
    impl ToTensor for Vec<$t> {
        fn to_tensor(&self) -> Result<Tensor> {
            self.as_slice().to_tensor()
        }
    }
    impl<const N: usize> ToTensor for [$t; N] {
        fn to_tensor(&self) -> Result<Tensor> {
            self.as_slice().to_tensor()
        }
    }
    impl<const N: usize, const M: usize> ToTensor for [[$t; M]; N] {
        fn to_tensor(&self) -> Result<Tensor> {
            Tensor::from_slice(self.as_flattened(), [N, M])
        }
    }
    impl<const N: usize, const M: usize, const K: usize> ToTensor for [[[$t; K]; M]; N] {
        fn to_tensor(&self) -> Result<Tensor> {
            Tensor::from_slice(self.as_flattened().as_flattened(), [N, M, K])
        }
    }
    constants!(
        [] &[$t], [] Vec<$t>, [const N: usize] [$t; N], [const N: usize, const M: usize] [[$t; M]; N],
        [const N: usize, const M: usize, const K: usize] [[[$t; K]; M]; N],
    );
)* } }
elements!(f32, f64, i8, i16, i32, i64, u8, u16, u32, u64, bool, F16, BF16, C64, C128);

macro_rules! numbers { ($($t:ty => $kind:ident),*) => { $(
    impl From<$t> for Number {
        fn from(x: $t) -> Number {
            Number::$kind(x.into())
        }
    }
    impl<'g> Operand<'g> for $t {
        fn into_item(self) -> Item<'g> {
            Item::Number(self.into())
        }
    }
)* } }
numbers!(i32 => Int, i64 => Int, f32 => Float, f64 => Float);

/// A number without a dtype of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number: int32 where nothing says otherwise.
    Int(i64),
    /// A real number: float32 where nothing says otherwise.
    Float(f64),
}

impl Number {
    /// The dtype where nothing says otherwise.
    pub fn natural(self) -> DType {
        match self {
            Number::Int(_) => DType::Int32,
            Number::Float(_) => DType::Float,
        }
    }
    /// The number as a scalar. Type error for a real number among integers and for dtypes without numbers, Value error
    /// for an integer beyond the dtype's range.
    pub fn to_scalar(self, dtype: DType) -> Result<Tensor> {
        if let Number::Int(i) = self
            && (dtype.is_signed_integer() || dtype.is_unsigned_integer())
        {
            return integer(i, dtype);
        }
        let real = match self {
            Number::Int(i) => i as f64,
            Number::Float(f) => f,
        };
        match dtype {
            DType::Float => Ok(Tensor::scalar(real as f32)),
            DType::Double => Ok(Tensor::scalar(real)),
            DType::Half => Ok(Tensor::scalar(F16::from_f64(real))),
            DType::BFloat16 => Ok(Tensor::scalar(BF16::from_f64(real))),
            DType::Complex64 => Ok(Tensor::scalar(C64 { re: real as f32, im: 0.0 })),
            DType::Complex128 => Ok(Tensor::scalar(C128 { re: real, im: 0.0 })),
            _ => bail!(Type, "Expected {dtype}, but got {real:?} of type 'float'."),
        }
    }
}

fn integer(i: i64, dtype: DType) -> Result<Tensor> {
    macro_rules! narrow { ($($d:ident $t:ty),*) => { match dtype {
        $(DType::$d => <$t>::try_from(i).ok().map(Tensor::scalar),)*
        _ => bail!(Type, "Expected {dtype}, but got {i} of type 'int'."),
    } } }
    let made = narrow!(Int8 i8, Int16 i16, Int32 i32, Int64 i64, UInt8 u8, UInt16 u16, UInt32 u32, UInt64 u64);
    match made {
        Some(t) => Ok(t),
        None => bail!(Value, "{i} does not fit into {dtype}"),
    }
}
