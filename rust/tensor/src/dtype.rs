//! TensorFlow's dtypes under TensorFlow's enum numbers, and the Rust types that hold their elements.
use crate::complex::{C64, C128};
use crate::half::{BF16, F16};
use core::fmt;

macro_rules! dtypes {
    ($($Variant:ident = $number:literal, $name:literal, $size:literal, $doc:literal;)*) => {
        /// The type of a tensor's elements. The discriminant is the number that TensorFlow's files use.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[repr(u8)]
        #[allow(clippy::upper_case_acronyms)]
        pub enum DType {
            $(#[doc = $doc] $Variant = $number,)*
        }
        impl DType {
            /// All dtypes in the order of their numbers.
            pub const ALL: &'static [DType] = &[$(DType::$Variant),*];
            /// The Python name: `float32`, `int64`, ...
            pub const fn name(self) -> &'static str {
                match self { $(DType::$Variant => $name,)* }
            }
            /// Bytes per element; 0 for strings, resources and variants, which are objects.
            #[inline(always)]
            pub const fn size(self) -> usize {
                match self { $(DType::$Variant => $size,)* }
            }
            /// The dtype with a TensorFlow enum number; reference numbers (101 and up) give their base dtype.
            pub const fn from_number(number: i32) -> Option<DType> {
                match if number > 100 { number - 100 } else { number } { $($number => Some(DType::$Variant),)* _ => None }
            }
        }
    };
}
dtypes! {
    Float = 1, "float32", 4, "32-bit IEEE float.";
    Double = 2, "float64", 8, "64-bit IEEE float.";
    Int32 = 3, "int32", 4, "32-bit signed integer.";
    UInt8 = 4, "uint8", 1, "8-bit unsigned integer.";
    Int16 = 5, "int16", 2, "16-bit signed integer.";
    Int8 = 6, "int8", 1, "8-bit signed integer.";
    String = 7, "string", 0, "Byte string of any length.";
    Complex64 = 8, "complex64", 8, "Two 32-bit floats.";
    Int64 = 9, "int64", 8, "64-bit signed integer.";
    Bool = 10, "bool", 1, "Truth value, one byte that is 0 or 1.";
    QInt8 = 11, "qint8", 1, "Quantised 8-bit signed integer.";
    QUInt8 = 12, "quint8", 1, "Quantised 8-bit unsigned integer.";
    QInt32 = 13, "qint32", 4, "Quantised 32-bit signed integer.";
    BFloat16 = 14, "bfloat16", 2, "16-bit float with an 8-bit exponent.";
    QInt16 = 15, "qint16", 2, "Quantised 16-bit signed integer.";
    QUInt16 = 16, "quint16", 2, "Quantised 16-bit unsigned integer.";
    UInt16 = 17, "uint16", 2, "16-bit unsigned integer.";
    Complex128 = 18, "complex128", 16, "Two 64-bit floats.";
    Half = 19, "float16", 2, "16-bit IEEE float.";
    Resource = 20, "resource", 0, "Handle of a variable, iterator, queue, ...";
    Variant = 21, "variant", 0, "Value of a type that the op knows: dataset, tensor list, ...";
    UInt32 = 22, "uint32", 4, "32-bit unsigned integer.";
    UInt64 = 23, "uint64", 8, "64-bit unsigned integer.";
    Float8E5M2 = 24, "float8_e5m2", 1, "8-bit float with a 5-bit exponent (storage).";
    Float8E4M3FN = 25, "float8_e4m3fn", 1, "8-bit float with a 4-bit exponent, no infinity (storage).";
    Float8E4M3FNUZ = 26, "float8_e4m3fnuz", 1, "8-bit float, 4-bit exponent, no negative zero (storage).";
    Float8E4M3B11FNUZ = 27, "float8_e4m3b11fnuz", 1, "8-bit float, 4-bit exponent with bias 11 (storage).";
    Float8E5M2FNUZ = 28, "float8_e5m2fnuz", 1, "8-bit float, 5-bit exponent, no negative zero (storage).";
    Int4 = 29, "int4", 1, "4-bit signed integer, one to a byte (storage).";
    UInt4 = 30, "uint4", 1, "4-bit unsigned integer, one to a byte (storage).";
    Int2 = 31, "int2", 1, "2-bit signed integer, one to a byte (storage).";
    UInt2 = 32, "uint2", 1, "2-bit unsigned integer, one to a byte (storage).";
}

impl DType {
    /// The number that TensorFlow's files use.
    pub const fn number(self) -> i32 {
        self as i32
    }
    /// The dtype with a Python name (`float32`) or the name that op signatures use (`float`, `double`, `half`).
    pub fn from_name(name: &str) -> Option<DType> {
        match name {
            "float" => Some(DType::Float),
            "double" => Some(DType::Double),
            "half" => Some(DType::Half),
            _ => DType::ALL.iter().copied().find(|d| d.name() == name),
        }
    }
    /// The name in op signatures and in the first lines of TensorFlow's errors: `float`, `double`, `half`, else [`name`](Self::name).
    pub const fn signature_name(self) -> &'static str {
        match self {
            DType::Float => "float",
            DType::Double => "double",
            DType::Half => "half",
            _ => self.name(),
        }
    }
    /// Real floating point of any width, as TensorFlow's `is_floating` says (8-bit floats included).
    pub const fn is_floating(self) -> bool {
        matches!(self, DType::Float | DType::Double | DType::Half | DType::BFloat16) || self.is_float8()
    }
    /// One of the 8-bit storage floats.
    pub const fn is_float8(self) -> bool {
        matches!(self, DType::Float8E5M2 | DType::Float8E4M3FN | DType::Float8E4M3FNUZ | DType::Float8E4M3B11FNUZ | DType::Float8E5M2FNUZ)
    }
    /// `complex64` or `complex128`.
    pub const fn is_complex(self) -> bool {
        matches!(self, DType::Complex64 | DType::Complex128)
    }
    /// A non-quantised integer.
    pub const fn is_integer(self) -> bool {
        self.is_signed_integer() || self.is_unsigned_integer()
    }
    /// `int8` ... `int64`, `int4`, `int2`.
    pub const fn is_signed_integer(self) -> bool {
        matches!(self, DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 | DType::Int4 | DType::Int2)
    }
    /// `uint8` ... `uint64`, `uint4`, `uint2`.
    pub const fn is_unsigned_integer(self) -> bool {
        matches!(self, DType::UInt8 | DType::UInt16 | DType::UInt32 | DType::UInt64 | DType::UInt4 | DType::UInt2)
    }
    /// `qint8` ... `quint16`.
    pub const fn is_quantized(self) -> bool {
        matches!(self, DType::QInt8 | DType::QUInt8 | DType::QInt16 | DType::QUInt16 | DType::QInt32)
    }
    /// Strings, resources and variants: elements are objects, always in host memory.
    pub const fn is_object(self) -> bool {
        matches!(self, DType::String | DType::Resource | DType::Variant)
    }
    /// A dtype that gradients flow through: floating or complex.
    pub const fn is_differentiable(self) -> bool {
        self.is_floating() || self.is_complex()
    }
    /// `complex64` to `float32`, `complex128` to `float64`, others unchanged.
    pub const fn real(self) -> DType {
        match self {
            DType::Complex64 => DType::Float,
            DType::Complex128 => DType::Double,
            other => other,
        }
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

mod sealed {
    pub trait Sealed {}
}

/// A Rust type that is the element of a tensor of [`Element::DTYPE`]: plain bytes, any bit pattern valid
/// (for `bool`, buffers hold only 0 and 1, which everything that writes them keeps to).
pub trait Element: sealed::Sealed + Copy + Default + Send + Sync + 'static {
    /// The dtype.
    const DTYPE: DType;
}
macro_rules! elements { ($($t:ty => $d:ident),*) => { $(
    impl sealed::Sealed for $t {}
    impl Element for $t { const DTYPE: DType = DType::$d; }
)* } }
elements!(f32 => Float, f64 => Double, i8 => Int8, i16 => Int16, i32 => Int32, i64 => Int64, u8 => UInt8, u16 => UInt16,
    u32 => UInt32, u64 => UInt64, bool => Bool, F16 => Half, BF16 => BFloat16, C64 => Complex64, C128 => Complex128);
