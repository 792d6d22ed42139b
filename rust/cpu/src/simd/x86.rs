//! What the x86 registers share: arithmetic by intrinsics, and lane-by-lane calls for what is rare.

/// Evaluates intrinsics of one instruction set.
macro_rules! intrinsics {
    ($body:expr) => {{
        // SAFETY: registers exist only inside `Isa::enter`, whose caller promises that the processor has the features.
        unsafe { $body }
    }};
}

/// Declares a register with its arithmetic, and the parts of `Float` that are one intrinsic on every set.
/// The rest of `Float` follows after the semicolon, as methods.
macro_rules! register {
    (
        $(#[$doc:meta])*
        $Name:ident($raw:ident) of $lanes:literal $t:ident, mask $Mask:ident, wide $Wide:ident;
        $add:ident $sub:ident $mul:ident $div:ident $fma:ident $sqrt:ident $max:ident $min:ident $xor:ident $set:ident $load:ident $store:ident;
        $($rest:tt)*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        #[repr(transparent)]
        pub struct $Name(pub $raw);
        impl core::ops::Add for $Name {
            type Output = Self;
            #[inline(always)]
            fn add(self, other: Self) -> Self {
                $Name(intrinsics!($add(self.0, other.0)))
            }
        }
        impl core::ops::Sub for $Name {
            type Output = Self;
            #[inline(always)]
            fn sub(self, other: Self) -> Self {
                $Name(intrinsics!($sub(self.0, other.0)))
            }
        }
        impl core::ops::Mul for $Name {
            type Output = Self;
            #[inline(always)]
            fn mul(self, other: Self) -> Self {
                $Name(intrinsics!($mul(self.0, other.0)))
            }
        }
        impl core::ops::Div for $Name {
            type Output = Self;
            #[inline(always)]
            fn div(self, other: Self) -> Self {
                $Name(intrinsics!($div(self.0, other.0)))
            }
        }
        impl core::ops::Neg for $Name {
            type Output = Self;
            #[inline(always)]
            fn neg(self) -> Self {
                $Name(intrinsics!($xor(self.0, $set(-0.0))))
            }
        }
        impl Float for $Name {
            type Mask = $Mask;
            type Wide = $Wide;
            const BITS: u32 = 8 * size_of::<$t>() as u32;
            const FMA: bool = true;
            #[inline(always)]
            fn lit(x: f64) -> Self {
                $Name(intrinsics!($set(x as $t)))
            }
            #[inline(always)]
            fn mul_add(self, a: Self, b: Self) -> Self {
                $Name(intrinsics!($fma(self.0, a.0, b.0)))
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                $Name(intrinsics!($sqrt(self.0)))
            }
            // The instruction returns its second operand on equality or NaN: that is `self`, and a NaN in `other` is put back.
            #[inline(always)]
            fn max(self, other: Self) -> Self {
                $Name(intrinsics!($max(other.0, self.0))).or_nan_of(other)
            }
            #[inline(always)]
            fn min(self, other: Self) -> Self {
                $Name(intrinsics!($min(other.0, self.0))).or_nan_of(other)
            }
            // A NaN in the second operand is what the instruction returns.
            #[inline(always)]
            fn at_most(self, limit: Self) -> Self {
                $Name(intrinsics!($min(limit.0, self.0)))
            }
            #[inline(always)]
            fn at_least(self, limit: Self) -> Self {
                $Name(intrinsics!($max(limit.0, self.0)))
            }
            #[inline(always)]
            fn map1(self, f: fn(f64) -> f64) -> Self {
                let mut lanes = [0 as $t; $lanes];
                intrinsics!($store(lanes.as_mut_ptr().cast(), self.0));
                for x in &mut lanes {
                    *x = f(f64::from(*x)) as $t;
                }
                $Name(intrinsics!($load(lanes.as_ptr().cast())))
            }
            #[inline(always)]
            fn map2(self, other: Self, f: fn(f64, f64) -> f64) -> Self {
                let (mut lanes, mut others) = ([0 as $t; $lanes], [0 as $t; $lanes]);
                intrinsics!($store(lanes.as_mut_ptr().cast(), self.0));
                intrinsics!($store(others.as_mut_ptr().cast(), other.0));
                // By index: `zip` is not inlined, and a call would leave the target features.
                let mut i = 0;
                while i < $lanes {
                    lanes[i] = f(f64::from(lanes[i]), f64::from(others[i])) as $t;
                    i += 1;
                }
                $Name(intrinsics!($load(lanes.as_ptr().cast())))
            }
            $($rest)*
        }
    };
}
pub(super) use {intrinsics, register};
