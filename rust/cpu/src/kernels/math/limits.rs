//! The lowest and highest finite values of numbers, where searches start.
use ferroflow_tensor::{BF16, F16};

/// A number with finite limits.
pub trait Limits {
    /// The lowest finite value.
    const LOWEST: Self;
    /// The highest finite value.
    const HIGHEST: Self;
}
macro_rules! limits { ($($t:ty)*) => { $(impl Limits for $t { const LOWEST: Self = <$t>::MIN; const HIGHEST: Self = <$t>::MAX; })* } }
limits!(f32 f64 i8 i16 i32 i64 u8 u16 u32 u64);
impl Limits for F16 {
    const LOWEST: Self = F16::from_bits(0xfbff);
    const HIGHEST: Self = F16::from_bits(0x7bff);
}
impl Limits for BF16 {
    const LOWEST: Self = BF16::from_bits(0xff7f);
    const HIGHEST: Self = BF16::from_bits(0x7f7f);
}
