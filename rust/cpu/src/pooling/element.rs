//! What pooling needs to know about the number types.

use ferroflow_tensor::half::{BF16, F16};

/// Numbers that maximum pooling takes: floats of 16 to 64 bits and integers of 8 to 64 bits, whose gradients wrap.
pub trait MaxElement: Copy + PartialOrd + Send + Sync + 'static {
    /// The lowest finite value, where a maximum starts.
    const LOWEST: Self;
    /// Zero.
    const ZERO: Self;
    /// The sum of two gradients.
    fn plus(self, other: Self) -> Self;
}

macro_rules! float {
    ($($t:ty)*) => {$(
        impl MaxElement for $t {
            const LOWEST: Self = <$t>::MIN;
            const ZERO: Self = 0.0;
            fn plus(self, other: Self) -> Self {
                self + other
            }
        }
        impl AvgElement for $t {
            type Sum = $t;
            fn widen(self) -> $t {
                self
            }
            fn narrow(sum: $t) -> Self {
                sum
            }
            fn add(a: $t, b: $t) -> $t {
                a + b
            }
            fn mean(sum: $t, count: usize) -> Self {
                sum / count as $t
            }
            fn share(self, count: usize) -> $t {
                self * (1.0 / count as f64) as $t
            }
        }
    )*};
}
float!(f32 f64);

macro_rules! integer {
    ($($t:ty)*) => {$(
        impl MaxElement for $t {
            const LOWEST: Self = <$t>::MIN;
            const ZERO: Self = 0;
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
        }
    )*};
}
integer!(i8 i16 i32 i64 u8 u16 u32 u64);

macro_rules! half {
    ($($t:ty, $lowest:literal;)*) => {$(
        impl MaxElement for $t {
            const LOWEST: Self = Self($lowest);
            const ZERO: Self = Self(0);
            fn plus(self, other: Self) -> Self {
                self + other
            }
        }
    )*};
}
half! { F16, 0xfbff; BF16, 0xff7f; }

/// Numbers that average pooling takes: floats of 16 to 64 bits.
pub trait AvgElement: Copy + Default + Send + Sync + 'static {
    /// The type of the sums.
    type Sum: Copy + Default + Send + Sync;
    /// The number as a term of a sum.
    fn widen(self) -> Self::Sum;
    /// A sum as a number.
    fn narrow(sum: Self::Sum) -> Self;
    /// One more term, rounded.
    fn add(a: Self::Sum, b: Self::Sum) -> Self::Sum;
    /// The mean of `count` terms.
    fn mean(sum: Self::Sum, count: usize) -> Self;
    /// The part of a gradient that each of `count` terms gets.
    fn share(self, count: usize) -> Self::Sum;
}

/// TensorFlow adds and divides these in their own precision.
impl AvgElement for F16 {
    type Sum = F16;
    fn widen(self) -> F16 {
        self
    }
    fn narrow(sum: F16) -> Self {
        sum
    }
    fn add(a: F16, b: F16) -> F16 {
        a + b
    }
    fn mean(sum: F16, count: usize) -> Self {
        sum / F16::from_f32(count as f32)
    }
    fn share(self, count: usize) -> F16 {
        self * F16::from_f32(1.0 / count as f32)
    }
}

impl AvgElement for BF16 {
    type Sum = f32;
    fn widen(self) -> f32 {
        self.to_f32()
    }
    fn narrow(sum: f32) -> Self {
        BF16::from_f32(sum)
    }
    fn add(a: f32, b: f32) -> f32 {
        a + b
    }
    fn mean(sum: f32, count: usize) -> Self {
        BF16::from_f32(sum / count as f32)
    }
    fn share(self, count: usize) -> f32 {
        self.to_f32() * (1.0 / count as f32)
    }
}
