//! From a dtype to the Rust type of its elements: one macro per class of dtypes, and the arithmetic that kernels share.
use ferroflow_tensor::{BF16, C64, C128, DType, Element, F16};

/// The dtypes with arithmetic: real and complex.
pub const NUMBERS: &[DType] = &[
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
];
/// The ordered dtypes with arithmetic.
pub const REALS: &[DType] = NUMBERS.split_at(12).0;
/// The dtypes of positions and sizes.
pub const INDICES: &[DType] = &[DType::Int32, DType::Int64];

/// Evaluates `$body` with `$T` as the element type of `$dtype`, out of the listed ones; else Unimplemented.
#[macro_export]
macro_rules! dispatch {
    ($dtype:expr, $T:ident => $body:expr, $($D:ident: $t:ty),+) => {
        match $dtype {
            $(ferroflow_tensor::DType::$D => { type $T = $t; $body })+
            other => Err(ferroflow_tensor::error!(Unimplemented, "no kernel for dtype {other}")),
        }
    };
}
/// [`dispatch!`] over float, double, half and bfloat16.
#[macro_export]
macro_rules! dispatch_floating {
    ($dtype:expr, $T:ident => $body:expr) => {
        $crate::dispatch!($dtype, $T => $body, Float: f32, Double: f64, Half: ferroflow_tensor::F16, BFloat16: ferroflow_tensor::BF16)
    };
}
/// [`dispatch!`] over the integers.
#[macro_export]
macro_rules! dispatch_integer {
    ($dtype:expr, $T:ident => $body:expr) => {
        $crate::dispatch!($dtype, $T => $body, Int32: i32, Int64: i64, Int8: i8, Int16: i16,
            UInt8: u8, UInt16: u16, UInt32: u32, UInt64: u64)
    };
}
/// [`dispatch!`] over int32 and int64.
#[macro_export]
macro_rules! dispatch_index {
    ($dtype:expr, $T:ident => $body:expr) => {
        $crate::dispatch!($dtype, $T => $body, Int32: i32, Int64: i64)
    };
}
/// [`dispatch!`] over the ordered dtypes with arithmetic.
#[macro_export]
macro_rules! dispatch_real {
    ($dtype:expr, $T:ident => $body:expr) => {
        $crate::dispatch!($dtype, $T => $body, Float: f32, Double: f64, Half: ferroflow_tensor::F16, BFloat16: ferroflow_tensor::BF16,
            Int32: i32, Int64: i64, Int8: i8, Int16: i16, UInt8: u8, UInt16: u16, UInt32: u32, UInt64: u64)
    };
}
/// [`dispatch!`] over real and complex dtypes.
#[macro_export]
macro_rules! dispatch_number {
    ($dtype:expr, $T:ident => $body:expr) => {
        $crate::dispatch!($dtype, $T => $body, Float: f32, Double: f64, Half: ferroflow_tensor::F16, BFloat16: ferroflow_tensor::BF16,
            Int32: i32, Int64: i64, Int8: i8, Int16: i16, UInt8: u8, UInt16: u16, UInt32: u32, UInt64: u64,
            Complex64: ferroflow_tensor::C64, Complex128: ferroflow_tensor::C128)
    };
}

/// A number that kernels add, subtract and multiply element by element; integers wrap, 16-bit floats round each result.
pub trait Number: Element + PartialEq {
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// `self + other`.
    fn plus(self, other: Self) -> Self;
    /// `self - other`.
    fn minus(self, other: Self) -> Self;
    /// `self * other`.
    fn times(self, other: Self) -> Self;
}

/// A number with an order. Comparisons with NaN are false.
pub trait Real: Number {
    /// `self < other`.
    fn below(self, other: Self) -> bool;
    /// The value as `f64`; integers beyond 2^53 round.
    fn to_f64(self) -> f64;
    /// The nearest value to `x`; integers truncate and saturate.
    fn from_f64(x: f64) -> Self;
}

macro_rules! integers { ($($t:ty)*) => { $(
    impl Number for $t {
        const ZERO: Self = 0;
        const ONE: Self = 1;
        #[inline(always)]
        fn plus(self, other: Self) -> Self {
            self.wrapping_add(other)
        }
        #[inline(always)]
        fn minus(self, other: Self) -> Self {
            self.wrapping_sub(other)
        }
        #[inline(always)]
        fn times(self, other: Self) -> Self {
            self.wrapping_mul(other)
        }
    }
    impl Real for $t {
        #[inline(always)]
        fn below(self, other: Self) -> bool {
            self < other
        }
        #[inline(always)]
        fn to_f64(self) -> f64 {
            self as f64
        }
        #[inline(always)]
        fn from_f64(x: f64) -> Self {
            x as $t
        }
    }
)* } }
integers!(i8 i16 i32 i64 u8 u16 u32 u64);

macro_rules! operators { ($($t:ty: $zero:expr, $one:expr);*) => { $(
    impl Number for $t {
        const ZERO: Self = $zero;
        const ONE: Self = $one;
        #[inline(always)]
        fn plus(self, other: Self) -> Self {
            self + other
        }
        #[inline(always)]
        fn minus(self, other: Self) -> Self {
            self - other
        }
        #[inline(always)]
        fn times(self, other: Self) -> Self {
            self * other
        }
    }
)* } }
operators!(
    f32: 0.0, 1.0; f64: 0.0, 1.0; C64: C64::new(0.0, 0.0), C64::new(1.0, 0.0); C128: C128::new(0.0, 0.0), C128::new(1.0, 0.0);
    F16: F16::ZERO, F16::ONE; BF16: BF16::ZERO, BF16::ONE
);

macro_rules! floats { ($($t:ty)*) => { $(
    impl Real for $t {
        #[inline(always)]
        fn below(self, other: Self) -> bool {
            self < other
        }
        #[inline(always)]
        fn to_f64(self) -> f64 {
            f64::from(self)
        }
        #[inline(always)]
        fn from_f64(x: f64) -> Self {
            x as $t
        }
    }
)* } }
floats!(f32 f64);

macro_rules! halves { ($($t:ty)*) => { $(
    impl Real for $t {
        #[inline(always)]
        fn below(self, other: Self) -> bool {
            self.to_f32() < other.to_f32()
        }
        #[inline(always)]
        fn to_f64(self) -> f64 {
            f64::from(self.to_f32())
        }
        #[inline(always)]
        fn from_f64(x: f64) -> Self {
            <$t>::from_f64(x)
        }
    }
)* } }
halves!(F16 BF16);

/// The integer that a quantised number is stored as; other dtypes themselves.
pub fn stored(dtype: DType) -> DType {
    match dtype {
        DType::QInt8 => DType::Int8,
        DType::QUInt8 => DType::UInt8,
        DType::QInt16 => DType::Int16,
        DType::QUInt16 => DType::UInt16,
        DType::QInt32 => DType::Int32,
        other => other,
    }
}
