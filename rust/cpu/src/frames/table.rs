//! The table of loops of an instruction set: filled on first use by visiting the op lists.
use super::by_row::ByRows;
use super::cast::{self, Number, Truth};
use super::complex::{self, Stored};
use super::half::{self, Brain, Format, Ieee};
use super::reduce_other::{self, Whole};
use super::{Map1, Map2, Mode, ReduceInner, ReduceOuter, Reduction, SV, VS, VV};
use super::{binary, bools, compare, ints, reduce, unary};
#[cfg(target_arch = "aarch64")]
use crate::simd::Neon;
#[cfg(target_arch = "x86_64")]
use crate::simd::{Avx2, Avx512};
use crate::simd::{Isa, Level, Portable, isa};
use core::marker::PhantomData;
use ferroflow_ops::elementwise::{
    Binary, BinaryVisit, Compare, CompareVisit, Fault, Predicate, PredicateVisit, Reduce, ReduceVisit, ToReal, ToRealVisit, Unary,
    UnaryVisit, each_binary, each_compare, each_fused, each_predicate, each_reduce, each_to_real, each_unary, each_with_alpha,
};
use ferroflow_ops::num::Int;
use ferroflow_tensor::half::{BF16, F8E4M3Fn, F8E5M2, F16};
use ferroflow_tensor::{C64, C128, DType};
use std::sync::OnceLock;

/// Dtype numbers that have loops are below this.
const DTYPES: usize = 32;

/// One function per dtype, by the dtype's number.
pub type Row<F> = [Option<F>; DTYPES];

/// The loops of an op with two operands for a dtype, by [`Mode`].
pub type Modes = [Option<Map2>; 3];

/// All loops of an instruction set.
pub struct Table {
    unary: Vec<(&'static str, Row<Map1>)>,
    binary: Vec<(&'static str, Row<Modes>)>,
    compare: Vec<(&'static str, Row<Modes>)>,
    reduce: Vec<(&'static str, Row<Reduction>)>,
    faults: Vec<(&'static str, Fault)>,
    casts: Vec<Row<Map1>>,
    by_rows: Option<(ByRows<f32>, ByRows<f64>)>,
}

/// The row of a name, in a list sorted by name.
fn row<'a, T>(list: &'a [(&'static str, T)], name: &str) -> Option<&'a T> {
    let at = list.binary_search_by(|entry| entry.0.cmp(name)).ok()?;
    Some(&list[at].1)
}

/// The entry of a dtype.
fn cell<F: Copy>(row: &Row<F>, dtype: DType) -> Option<F> {
    *row.get(dtype as usize)?
}

impl Table {
    /// The loop of an op with one operand. Predicates (`IsNan`, ...) write bytes; `Real`, `Imag`, `ComplexAbs` and `Angle`
    /// write real numbers; the others write the dtype.
    pub fn unary(&self, op: &str, dtype: DType) -> Option<Map1> {
        cell(row(&self.unary, op)?, dtype)
    }

    /// The loop of an op with two operands. Floats of all widths have every mode, other dtypes only two vectors.
    pub fn binary(&self, op: &str, dtype: DType, mode: Mode) -> Option<Map2> {
        cell(row(&self.binary, op)?, dtype)?[mode as usize]
    }

    /// The loop of a comparison, which writes bytes; modes as in [`Table::binary`].
    pub fn compare(&self, op: &str, dtype: DType, mode: Mode) -> Option<Map2> {
        cell(row(&self.compare, op)?, dtype)?[mode as usize]
    }

    /// The loops of an op with one operand, for all dtypes.
    pub fn unary_row(&self, op: &str) -> Option<&Row<Map1>> {
        row(&self.unary, op)
    }

    /// The loops of an op or a comparison with two operands, for all dtypes.
    pub fn binary_row(&self, op: &str) -> Option<&Row<Modes>> {
        row(&self.binary, op).or_else(|| row(&self.compare, op))
    }

    /// The loops of a reduction.
    pub fn reduce(&self, op: &str, dtype: DType) -> Option<Reduction> {
        cell(row(&self.reduce, op)?, dtype)
    }

    /// The loop that converts between two dtypes.
    pub fn cast(&self, from: DType, to: DType) -> Option<Map1> {
        cell(self.casts.get(from as usize)?, to)
    }

    /// The loops over rows of `f32` and of `f64`.
    pub fn by_rows(&self) -> Option<&(ByRows<f32>, ByRows<f64>)> {
        self.by_rows.as_ref()
    }

    /// Which values of the second operand make an op on integers an error; see [`super::has_fault`].
    pub fn fault(&self, op: &str) -> Option<Fault> {
        row(&self.faults, op).copied()
    }

    fn build<I: Isa>() -> Table {
        let mut builder = Builder::<I> { table: Table::empty(), isa: PhantomData };
        each_unary(&mut builder);
        each_fused(&mut builder);
        each_predicate(&mut builder);
        each_binary(&mut builder);
        each_with_alpha(&mut builder);
        each_compare(&mut builder);
        each_reduce(&mut builder);
        each_to_real(&mut builder);
        builder.casts();
        builder.table.by_rows = Some((ByRows::of::<I>(), ByRows::of::<I>()));
        let mut table = builder.table;
        table.unary.sort_by_key(|entry| entry.0);
        table.binary.sort_by_key(|entry| entry.0);
        table.compare.sort_by_key(|entry| entry.0);
        table.reduce.sort_by_key(|entry| entry.0);
        table.faults.sort_by_key(|entry| entry.0);
        table
    }

    fn empty() -> Table {
        let casts = vec![[None; DTYPES]; DTYPES];
        Table { unary: vec![], binary: vec![], compare: vec![], reduce: vec![], faults: vec![], casts, by_rows: None }
    }
}

/// The table of the instruction set in use.
pub fn table() -> &'static Table {
    // The level in use is available, so this finds a table; Portable's always exists.
    table_for(isa()).unwrap_or_else(portable)
}

fn portable() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(Table::build::<Portable>)
}

/// The table of an instruction set; None if this machine lacks it.
pub fn table_for(level: Level) -> Option<&'static Table> {
    if !level.is_available() {
        return None;
    }
    match level {
        Level::Portable => Some(portable()),
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => {
            static TABLE: OnceLock<Table> = OnceLock::new();
            Some(TABLE.get_or_init(Table::build::<Avx2>))
        }
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => {
            static TABLE: OnceLock<Table> = OnceLock::new();
            Some(TABLE.get_or_init(Table::build::<Avx512>))
        }
        #[cfg(target_arch = "aarch64")]
        Level::Neon => {
            static TABLE: OnceLock<Table> = OnceLock::new();
            Some(TABLE.get_or_init(Table::build::<Neon>))
        }
        #[allow(unreachable_patterns)]
        _ => None,
    }
}

/// Fills a table with the instances for `I`.
struct Builder<I> {
    table: Table,
    isa: PhantomData<I>,
}

/// Runs a statement for each integer type, its dtype bound to a name: `for_ints!(T, D => { ... })`.
macro_rules! for_ints {
    ($T:ident, $D:ident => $body:block) => {{
        for_ints!(@one $T, $D, i8, Int8, $body);
        for_ints!(@one $T, $D, i16, Int16, $body);
        for_ints!(@one $T, $D, i32, Int32, $body);
        for_ints!(@one $T, $D, i64, Int64, $body);
        for_ints!(@one $T, $D, u8, UInt8, $body);
        for_ints!(@one $T, $D, u16, UInt16, $body);
        for_ints!(@one $T, $D, u32, UInt32, $body);
        for_ints!(@one $T, $D, u64, UInt64, $body);
    }};
    (@one $T:ident, $D:ident, $t:ident, $d:ident, $body:block) => {{
        type $T = $t;
        const $D: DType = DType::$d;
        $body
    }};
}

/// Runs a block for each of the two 16-bit formats.
macro_rules! for_halves {
    ($F:ident, $D:ident => $body:block) => {{
        {
            type $F = Ieee;
            const $D: DType = DType::Half;
            $body
        }
        {
            type $F = Brain;
            const $D: DType = DType::BFloat16;
            $body
        }
    }};
}

unsafe fn half_unary<I: Isa, O: Unary, F: Format>(x: *const u8, out: *mut u8, n: usize) {
    // SAFETY: the caller's promise.
    unsafe { half::unary::<I, F>(unary::unary::<I, O, f32>, x, out, n) }
}

unsafe fn half_predicate<I: Isa, O: Predicate, F: Format>(x: *const u8, out: *mut u8, n: usize) {
    // SAFETY: the caller's promise.
    unsafe { half::predicate::<I, F>(unary::predicate::<I, O, f32>, x, out, n) }
}

/// The mode of a constant.
const fn mode(mode: u8) -> Mode {
    match mode {
        SV => Mode::ScalarVector,
        VS => Mode::VectorScalar,
        _ => Mode::VectorVector,
    }
}

unsafe fn half_binary<I: Isa, O: Binary, F: Format, const MODE: u8>(x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    // SAFETY: the caller's promise.
    unsafe { half::binary::<I, F>(binary::binary::<I, O, f32, MODE>, mode(MODE), x, y, out, n) }
}

unsafe fn half_compare<I: Isa, O: Compare, F: Format, const MODE: u8>(x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    // SAFETY: the caller's promise.
    unsafe { half::compare::<I, F>(compare::floats::<I, O, f32, MODE>, mode(MODE), x, y, out, n) }
}

unsafe fn half_inner<I: Isa, O: Reduce, F: Format>(x: *const u8, out: *mut u8, n: usize) {
    // SAFETY: the caller's promise.
    unsafe { half::reduce_inner::<I, F>(reduce::total::<I, O, f32>, O::MEAN, x, out, n) }
}

unsafe fn half_outer<I: Isa, O: Reduce, F: Format>(x: *const u8, out: *mut u8, rows: usize, cols: usize, stride: usize) {
    // SAFETY: the caller's promise.
    unsafe { half::reduce_outer::<I, F>(reduce::total_rows::<I, O, f32>, O::MEAN, x, out, rows, cols, stride) }
}

impl<I: Isa> UnaryVisit for Builder<I> {
    fn op<O: Unary>(&mut self) {
        let mut row: Row<Map1> = [None; DTYPES];
        if const { O::KINDS.has(DType::Float) } {
            row[DType::Float as usize] = Some(unary::unary::<I, O, f32>);
            row[DType::Double as usize] = Some(unary::unary::<I, O, f64>);
        }
        for_halves!(F, D => {
            if const { O::KINDS.has(D) } {
                row[D as usize] = Some(half_unary::<I, O, F>);
            }
        });
        for_ints!(T, D => {
            if const { O::KINDS.has(D) } {
                row[D as usize] = Some(ints::unary::<I::Ints, O, T>);
            }
        });
        if const { O::KINDS.has(DType::Complex64) } {
            row[DType::Complex64 as usize] = Some(complex::unary::<O, C64>);
            row[DType::Complex128 as usize] = Some(complex::unary::<O, C128>);
        }
        if const { O::KINDS.has(DType::Bool) } {
            row[DType::Bool as usize] = Some(bools::unary::<O>);
        }
        self.table.unary.push((O::ENTRY.name, row));
    }
}

impl<I: Isa> PredicateVisit for Builder<I> {
    fn op<O: Predicate>(&mut self) {
        let mut row: Row<Map1> = [None; DTYPES];
        row[DType::Float as usize] = Some(unary::predicate::<I, O, f32>);
        row[DType::Double as usize] = Some(unary::predicate::<I, O, f64>);
        for_halves!(F, D => { row[D as usize] = Some(half_predicate::<I, O, F>); });
        self.table.unary.push((O::ENTRY.name, row));
    }
}

impl<I: Isa> ToRealVisit for Builder<I> {
    fn op<O: ToReal>(&mut self) {
        let mut row: Row<Map1> = [None; DTYPES];
        row[DType::Complex64 as usize] = Some(complex::to_real::<O, C64>);
        row[DType::Complex128 as usize] = Some(complex::to_real::<O, C128>);
        self.table.unary.push((O::ENTRY.name, row));
    }
}

impl<I: Isa> Builder<I> {
    fn casts(&mut self) {
        self.casts_from::<f32>(DType::Float);
        self.casts_from::<f64>(DType::Double);
        self.casts_from::<F16>(DType::Half);
        self.casts_from::<BF16>(DType::BFloat16);
        self.casts_from::<F8E4M3Fn>(DType::Float8E4M3FN);
        self.casts_from::<F8E5M2>(DType::Float8E5M2);
        self.casts_from::<C64>(DType::Complex64);
        self.casts_from::<C128>(DType::Complex128);
        self.casts_from::<Truth>(DType::Bool);
        for_ints!(T, D => { self.casts_from::<T>(D); });
        for_halves!(F, D => {
            self.table.casts[D as usize][DType::Float as usize] = Some(half::widen::<I, F>);
            self.table.casts[DType::Float as usize][D as usize] = Some(half::narrow::<I, F>);
        });
    }

    fn casts_from<A: Number>(&mut self, from: DType) {
        let row = &mut self.table.casts[from as usize];
        row[DType::Float as usize] = Some(cast::cast::<I::Ints, A, f32>);
        row[DType::Double as usize] = Some(cast::cast::<I::Ints, A, f64>);
        row[DType::Half as usize] = Some(cast::cast::<I::Ints, A, F16>);
        row[DType::BFloat16 as usize] = Some(cast::cast::<I::Ints, A, BF16>);
        row[DType::Float8E4M3FN as usize] = Some(cast::cast::<I::Ints, A, F8E4M3Fn>);
        row[DType::Float8E5M2 as usize] = Some(cast::cast::<I::Ints, A, F8E5M2>);
        row[DType::Complex64 as usize] = Some(cast::cast::<I::Ints, A, C64>);
        row[DType::Complex128 as usize] = Some(cast::cast::<I::Ints, A, C128>);
        row[DType::Bool as usize] = Some(cast::cast::<I::Ints, A, Truth>);
        for_ints!(T, D => { row[D as usize] = Some(cast::cast::<I::Ints, A, T>); });
    }
}

impl<I: Isa> BinaryVisit for Builder<I> {
    fn op<O: Binary>(&mut self) {
        let mut row: Row<Modes> = [None; DTYPES];
        if const { O::KINDS.has(DType::Float) } {
            row[DType::Float as usize] =
                Some([Some(binary::binary::<I, O, f32, VV>), Some(binary::binary::<I, O, f32, SV>), Some(binary::binary::<I, O, f32, VS>)]);
            row[DType::Double as usize] =
                Some([Some(binary::binary::<I, O, f64, VV>), Some(binary::binary::<I, O, f64, SV>), Some(binary::binary::<I, O, f64, VS>)]);
        }
        if const { O::KINDS.has(DType::Half) } {
            for_halves!(F, D => {
                row[D as usize] =
                    Some([Some(half_binary::<I, O, F, VV>), Some(half_binary::<I, O, F, SV>), Some(half_binary::<I, O, F, VS>)]);
            });
        }
        for_ints!(T, D => {
            if const { O::KINDS.has(D) } {
                row[D as usize] = Some([Some(ints::binary::<I::Ints, O, T>), None, None]);
            }
        });
        if const { O::KINDS.has(DType::Complex64) } {
            row[DType::Complex64 as usize] = Some([Some(complex::binary::<O, C64>), None, None]);
            row[DType::Complex128 as usize] = Some([Some(complex::binary::<O, C128>), None, None]);
        }
        if const { O::KINDS.has(DType::Bool) } {
            row[DType::Bool as usize] = Some([Some(bools::binary::<O>), None, None]);
        }
        if let Some(fault) = O::FAULT {
            self.table.faults.push((O::ENTRY.name, fault));
        }
        self.table.binary.push((O::ENTRY.name, row));
    }
}

impl<I: Isa> CompareVisit for Builder<I> {
    fn op<O: Compare>(&mut self) {
        let mut row: Row<Modes> = [None; DTYPES];
        row[DType::Float as usize] =
            Some([Some(compare::floats::<I, O, f32, VV>), Some(compare::floats::<I, O, f32, SV>), Some(compare::floats::<I, O, f32, VS>)]);
        row[DType::Double as usize] =
            Some([Some(compare::floats::<I, O, f64, VV>), Some(compare::floats::<I, O, f64, SV>), Some(compare::floats::<I, O, f64, VS>)]);
        for_halves!(F, D => {
            row[D as usize] =
                Some([Some(half_compare::<I, O, F, VV>), Some(half_compare::<I, O, F, SV>), Some(half_compare::<I, O, F, VS>)]);
        });
        for_ints!(T, D => { row[D as usize] = Some([Some(compare::ints::<I::Ints, O, T>), None, None]); });
        if const { O::KINDS.has(DType::Bool) } {
            row[DType::Bool as usize] = Some([Some(compare::ints::<I::Ints, O, u8>), None, None]);
        }
        if const { O::KINDS.has(DType::Complex64) } {
            row[DType::Complex64 as usize] = Some([Some(complex::compare::<O, C64>), None, None]);
            row[DType::Complex128 as usize] = Some([Some(complex::compare::<O, C128>), None, None]);
        }
        self.table.compare.push((O::ENTRY.name, row));
    }
}

/// Both forms of a reduction.
fn both(inner: ReduceInner, outer: ReduceOuter) -> Option<Reduction> {
    Some(Reduction { inner, outer })
}

/// The forms for an integer type.
fn int_reduction<I: Isa, O: Reduce, T: Whole + Int>() -> Option<Reduction> {
    both(reduce_other::int_inner::<I, O, T>, reduce_other::int_outer::<I, O, T>)
}

/// The forms for a complex type.
fn complex_reduction<O: Reduce, T: Stored>() -> Option<Reduction> {
    both(reduce_other::complex_inner::<O, T>, reduce_other::complex_outer::<O, T>)
}

impl<I: Isa> ReduceVisit for Builder<I> {
    fn op<O: Reduce>(&mut self) {
        let mut row: Row<Reduction> = [None; DTYPES];
        if const { O::KINDS.has(DType::Float) } {
            row[DType::Float as usize] = both(reduce::inner::<I, O, f32>, reduce::outer::<I, O, f32>);
            row[DType::Double as usize] = both(reduce::inner::<I, O, f64>, reduce::outer::<I, O, f64>);
            for_halves!(F, D => { row[D as usize] = both(half_inner::<I, O, F>, half_outer::<I, O, F>); });
        }
        for_ints!(T, D => {
            if const { O::KINDS.has(D) } {
                row[D as usize] = int_reduction::<I::Ints, O, T>();
            }
        });
        if const { O::KINDS.has(DType::Complex64) } {
            row[DType::Complex64 as usize] = complex_reduction::<O, C64>();
            row[DType::Complex128 as usize] = complex_reduction::<O, C128>();
        }
        if const { O::KINDS.has(DType::Bool) } {
            row[DType::Bool as usize] = both(bools::reduce_inner::<O>, bools::reduce_outer::<O>);
        }
        self.table.reduce.push((O::ENTRY.name, row));
    }
}
