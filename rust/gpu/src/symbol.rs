//! Symbols that stand for numbers: the scalar body of an op, run on them, writes itself down as WGSL.
//!
//! [`Symbol`] is a [`Float`], [`IntSymbol`] an [`Int`]. Every operation adds a line to the notes of the thread and returns
//! its number; equal operations are the same line, and only lines that a result needs are written out. A body that looks
//! at a number itself (a branch, a call through `f64`) cannot be written down; the notes say so.
use ferroflow_ops::num::{Float, Int};
use ferroflow_ops::training::{RealWeight, Weight};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::{Add, BitAnd, BitOr, Div, Mul, Neg, Not, Sub};

/// What a body has done so far.
#[derive(Default)]
struct Notes {
    lines: Vec<Line>,
    known: HashMap<String, u32>,
    /// What no shader can follow, if anything.
    stuck: Option<&'static str>,
    /// Whether wide numbers may be any, rather than those of 32 bits.
    double: bool,
    /// The bits of integers.
    bits: u32,
}

struct Line {
    text: String,
    needs: Vec<u32>,
    wide: bool,
    /// Whether it is a sum or product of floats.
    rounds: bool,
}

thread_local!(static NOTES: RefCell<Notes> = RefCell::default());

fn note(text: String, needs: &[u32], wide: bool) -> u32 {
    add(text, needs, wide, false)
}

fn add(text: String, needs: &[u32], wide: bool, rounds: bool) -> u32 {
    NOTES.with_borrow_mut(|n| {
        if let Some(i) = n.known.get(&text) {
            return *i;
        }
        let i = n.lines.len() as u32;
        n.known.insert(text.clone(), i);
        n.lines.push(Line { text, needs: needs.to_vec(), wide, rounds });
        i
    })
}

fn stuck(why: &'static str) {
    NOTES.with_borrow_mut(|n| n.stuck = n.stuck.or(Some(why)))
}

/// A body as WGSL: statements, and the expression of its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// `let` statements.
    pub statements: String,
    /// The result.
    pub result: String,
    /// Whether it computes with 64-bit floats.
    pub wide: bool,
}

/// Runs a body on symbols and writes down what it did. An error says why that is not possible.
pub fn write(body: impl FnOnce() -> u32) -> Result<Written, &'static str> {
    let (statements, results, wide) = write_all(|| vec![body()])?;
    Ok(Written { statements, result: results.concat(), wide })
}

/// The same for a body whose inputs are 64-bit floats.
pub fn write_double(body: impl FnOnce() -> u32) -> Result<Written, &'static str> {
    write(|| {
        NOTES.with_borrow_mut(|n| n.double = true);
        body()
    })
}

/// The same for a body of several results: statements, the expression of each result, whether it computes with 64-bit floats.
pub fn write_all(body: impl FnOnce() -> Vec<u32>) -> Result<(String, Vec<String>, bool), &'static str> {
    NOTES.take();
    let results = body();
    let notes = NOTES.take();
    if let Some(why) = notes.stuck {
        return Err(why);
    }
    let mut needed = vec![false; notes.lines.len()];
    results.iter().for_each(|r| needed[*r as usize] = true);
    for i in (0..needed.len()).rev() {
        if needed[i] {
            notes.lines[i].needs.iter().for_each(|n| needed[*n as usize] = true);
        }
    }
    // Compilers of shaders may reorder sums and products, and fuse them; what a body computes exactly must be kept from that.
    let exact = |i: usize, line: &Line| match (line.rounds && results != [i as u32], line.wide) {
        (true, true) => format!("kept_wide({})", line.text),
        (true, false) => format!("kept({})", line.text),
        _ => line.text.clone(),
    };
    let (mut statements, mut wide) = (String::new(), false);
    for (i, line) in notes.lines.iter().enumerate().filter(|(i, _)| needed[*i]) {
        statements += &format!("    let v{i} = {};\n", exact(i, line));
        wide |= line.wide;
    }
    Ok((statements, results.iter().map(|r| format!("v{r}")).collect(), wide))
}

/// A float of 32 bits, or of 64 if `WIDE`.
#[derive(Clone, Copy)]
pub struct Symbol<const WIDE: bool>(pub u32);

/// A truth value.
#[derive(Clone, Copy)]
pub struct Truth(pub u32);

impl BitOr for Truth {
    type Output = Truth;
    fn bitor(self, o: Truth) -> Truth {
        Truth(note(format!("(v{} || v{})", self.0, o.0), &[self.0, o.0], false))
    }
}
impl BitAnd for Truth {
    type Output = Truth;
    fn bitand(self, o: Truth) -> Truth {
        Truth(note(format!("(v{} && v{})", self.0, o.0), &[self.0, o.0], false))
    }
}
impl Not for Truth {
    type Output = Truth;
    fn not(self) -> Truth {
        Truth(note(format!("!v{}", self.0), &[self.0], false))
    }
}

impl<const WIDE: bool> Symbol<WIDE> {
    /// An input of the body, by the name that it has in the shader.
    pub fn input(name: &str) -> Self {
        Symbol(note(name.into(), &[], WIDE))
    }
    fn one(self, f: &str) -> Self {
        Symbol(note(format!("{f}(v{})", self.0), &[self.0], WIDE))
    }
    fn two(self, o: Self, sign: &str) -> Self {
        Symbol(add(format!("v{} {sign} v{}", self.0, o.0), &[self.0, o.0], WIDE, sign != "/"))
    }
    fn call(self, f: &str, o: Self) -> Self {
        let f = if WIDE { format!("{f}_wide") } else { f.into() };
        Symbol(note(format!("{f}(v{}, v{})", self.0, o.0), &[self.0, o.0], WIDE))
    }
    fn compare(self, o: Self, sign: &str) -> Truth {
        Truth(note(format!("v{} {sign} v{}", self.0, o.0), &[self.0, o.0], WIDE))
    }
}

impl<const WIDE: bool> Add for Symbol<WIDE> {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        self.two(o, "+")
    }
}
impl<const WIDE: bool> Sub for Symbol<WIDE> {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        self.two(o, "-")
    }
}
impl<const WIDE: bool> Mul for Symbol<WIDE> {
    type Output = Self;
    fn mul(self, o: Self) -> Self {
        self.two(o, "*")
    }
}
impl<const WIDE: bool> Div for Symbol<WIDE> {
    type Output = Self;
    fn div(self, o: Self) -> Self {
        self.two(o, "/")
    }
}
impl<const WIDE: bool> Neg for Symbol<WIDE> {
    type Output = Self;
    fn neg(self) -> Self {
        self.one("-")
    }
}

impl Weight for Symbol<false> {
    fn one() -> Self {
        Float::lit(1.0)
    }
    fn plus(self, other: Self) -> Self {
        self + other
    }
    fn minus(self, other: Self) -> Self {
        self - other
    }
    fn times(self, other: Self) -> Self {
        self * other
    }
    fn over(self, other: Self) -> Self {
        self / other
    }
    fn root(self) -> Self {
        self.sqrt()
    }
}

impl RealWeight for Symbol<false> {
    fn if_less(self, other: Self, yes: impl FnOnce() -> Self, no: impl FnOnce() -> Self) -> Self {
        Float::select(self.lt(other), yes(), no())
    }
    fn if_equal(self, other: Self, yes: impl FnOnce() -> Self, no: impl FnOnce() -> Self) -> Self {
        Float::select(Float::eq(self, other), yes(), no())
    }
    fn power(self, _: Self) -> Self {
        stuck("its powers go through 64-bit floats");
        self
    }
    fn magnitude(self) -> Self {
        Float::abs(self)
    }
}

impl<const WIDE: bool> Float for Symbol<WIDE> {
    type Mask = Truth;
    type Wide = Symbol<true>;
    const BITS: u32 = if WIDE { 64 } else { 32 };
    const FMA: bool = false;
    fn lit(x: f64) -> Self {
        // WGSL has no literals of infinities and NaN.
        let text = match (x.is_nan(), x.is_infinite(), WIDE) {
            (true, _, _) => "nan()".into(),
            (_, true, _) => if x > 0.0 { "inf()" } else { "-inf()" }.into(),
            (_, _, true) => return Symbol(note(format!("{x:?}lf"), &[], true)),
            _ => return Symbol(note(format!("{:?}f", x as f32), &[], false)),
        };
        Symbol(note(if WIDE { format!("f64({text})") } else { text }, &[], WIDE))
    }
    fn mul_add(self, a: Self, b: Self) -> Self {
        Symbol(add(format!("fma(v{}, v{}, v{})", self.0, a.0, b.0), &[self.0, a.0, b.0], WIDE, true))
    }
    fn sqrt(self) -> Self {
        self.one("sqrt")
    }
    fn abs(self) -> Self {
        self.one("abs")
    }
    fn floor(self) -> Self {
        self.one("floor")
    }
    fn round(self) -> Self {
        self.one("round")
    }
    fn copysign(self, sign: Self) -> Self {
        self.call("copysign", sign)
    }
    fn max(self, o: Self) -> Self {
        self.call("larger", o)
    }
    fn min(self, o: Self) -> Self {
        self.call("smaller", o)
    }
    fn lt(self, o: Self) -> Truth {
        self.compare(o, "<")
    }
    fn le(self, o: Self) -> Truth {
        self.compare(o, "<=")
    }
    fn eq(self, o: Self) -> Truth {
        self.compare(o, "==")
    }
    fn select(mask: Truth, yes: Self, no: Self) -> Self {
        Symbol(note(format!("select(v{}, v{}, v{})", no.0, yes.0, mask.0), &[no.0, yes.0, mask.0], WIDE))
    }
    fn scale2(self, n: Self) -> Self {
        self.call("scale2", n)
    }
    fn split2(self) -> (Self, Self) {
        let f = |name: &str| self.one(&format!("{name}{}", if WIDE { "_wide" } else { "" }));
        (f("fraction"), f("exponent"))
    }
    fn widen(self) -> [Symbol<true>; 2] {
        [Symbol(if WIDE { self.0 } else { note(format!("f64(v{})", self.0), &[self.0], true) }); 2]
    }
    fn narrow(halves: [Symbol<true>; 2]) -> Self {
        let x = halves[0].0;
        Symbol(if WIDE { x } else { note(format!("f32(v{x})"), &[x], true) })
    }
    fn any(_: Truth) -> bool {
        stuck("some of its arguments are computed one by one on the host");
        false
    }
    fn map1(self, _: fn(f64) -> f64) -> Self {
        stuck("it is computed one by one on the host");
        self
    }
    fn map2(self, _: Self, _: fn(f64, f64) -> f64) -> Self {
        stuck("it is computed one by one on the host");
        self
    }
    fn named(self, other: Self, name: &str) -> Option<Self> {
        (!WIDE).then(|| self.call(name, other))
    }
    fn quarters(self) -> Option<(Self, Self)> {
        if NOTES.with_borrow(|n| n.double) {
            return None;
        }
        let text = if WIDE { format!("quarters_wide(f32(v{}))", self.0) } else { format!("quarters(v{})", self.0) };
        let both = note(text, &[self.0], WIDE);
        let part = |name: &str| Symbol(note(format!("v{both}.{name}"), &[both], WIDE));
        Some((part("x"), part("y")))
    }
    fn is_nan(self) -> Truth {
        // Compilers of shaders may take it that there are no NaN, but not of bits.
        Truth(note(format!("is_nan{}(v{})", if WIDE { "_wide" } else { "" }, self.0), &[self.0], WIDE))
    }
}

/// The bits of the body's integers.
fn bits() -> u32 {
    NOTES.with_borrow(|n| n.bits)
}
fn is_long() -> bool {
    bits() == 64
}

/// An integer of as many bits as [`note_constants`] was told: shaders have lanes of 32 for those of up to 32 bits, what lanes keep beyond them is cut off where a
/// result is stored; 64 bits are two words.
#[derive(Clone, Copy)]
pub struct IntSymbol<const SIGNED: bool>(pub u32);

impl<const SIGNED: bool> IntSymbol<SIGNED> {
    /// An input of the body, by the name that it has in the shader.
    pub fn input(name: &str) -> Self {
        IntSymbol(note(name.into(), &[], false))
    }
    fn literal(x: i64) -> Self {
        let text = match (is_long(), SIGNED) {
            (true, _) => format!("vec2<u32>({}u, {}u)", x as u32, (x >> 32) as u32),
            // WGSL has no literal of the least number.
            (_, true) if x as i32 == i32::MIN => "i32(-2147483647) - 1".into(),
            (_, true) => format!("i32({})", x as i32),
            _ => format!("{}u", x as u32),
        };
        IntSymbol(note(text, &[], false))
    }
    /// What functions of the type are called.
    fn kind() -> &'static str {
        match (is_long(), SIGNED) {
            (true, true) => "i64",
            (true, false) => "u64",
            (_, true) => "i32",
            _ => "u32",
        }
    }
    fn one(self, f: &str) -> Self {
        IntSymbol(note(format!("{f}(v{})", self.0), &[self.0], false))
    }
    fn two(self, o: Self, sign: &str) -> Self {
        let text = match (is_long(), sign) {
            (true, "+") => format!("add_long(v{}, v{})", self.0, o.0),
            (true, "-") => format!("sub_long(v{}, v{})", self.0, o.0),
            (true, "*") => format!("mul_long(v{}, v{})", self.0, o.0),
            _ => format!("v{} {sign} v{}", self.0, o.0),
        };
        IntSymbol(note(text, &[self.0, o.0], false))
    }
    fn call(self, f: &str, o: Self) -> Self {
        IntSymbol(note(format!("{f}(v{}, v{})", self.0, o.0), &[self.0, o.0], false))
    }
    /// The function of this name for the type.
    fn typed(self, f: &str, o: Self) -> Self {
        self.call(&format!("{f}_{}", Self::kind()), o)
    }
    fn shift(self, o: Self, sign: &str) -> Self {
        if is_long() {
            let f = match (sign, SIGNED) {
                ("<<", _) => "shift_left_long",
                (_, true) => "shift_right_i64",
                _ => "shift_right_u64",
            };
            let count = format!("count_{}(v{})", Self::kind(), o.0);
            return IntSymbol(note(format!("{f}(v{}, {count})", self.0), &[self.0, o.0], false));
        }
        let t = Self::kind();
        IntSymbol(note(format!("v{} {sign} u32(clamp(v{}, {t}(0), {t}({})))", self.0, o.0, bits() - 1), &[self.0, o.0], false))
    }
}

impl<const SIGNED: bool> PartialEq for IntSymbol<SIGNED> {
    fn eq(&self, _: &Self) -> bool {
        stuck("it compares integers");
        true
    }
}
impl<const SIGNED: bool> Eq for IntSymbol<SIGNED> {}
impl<const SIGNED: bool> PartialOrd for IntSymbol<SIGNED> {
    fn partial_cmp(&self, o: &Self) -> Option<Ordering> {
        Some(self.cmp(o))
    }
}
impl<const SIGNED: bool> Ord for IntSymbol<SIGNED> {
    fn cmp(&self, _: &Self) -> Ordering {
        stuck("it compares integers");
        Ordering::Equal
    }
    fn max(self, o: Self) -> Self {
        if is_long() { self.typed("max", o) } else { self.call("max", o) }
    }
    fn min(self, o: Self) -> Self {
        if is_long() { self.typed("min", o) } else { self.call("min", o) }
    }
}
impl<const SIGNED: bool> BitAnd for IntSymbol<SIGNED> {
    type Output = Self;
    fn bitand(self, o: Self) -> Self {
        self.two(o, "&")
    }
}
impl<const SIGNED: bool> BitOr for IntSymbol<SIGNED> {
    type Output = Self;
    fn bitor(self, o: Self) -> Self {
        self.two(o, "|")
    }
}
impl<const SIGNED: bool> Not for IntSymbol<SIGNED> {
    type Output = Self;
    fn not(self) -> Self {
        self.one("~")
    }
}

// `Ord` gives no way to write constants, and bodies use none but these: a literal is made by `from_i64`.
impl<const SIGNED: bool> Int for IntSymbol<SIGNED> {
    const ZERO: Self = IntSymbol(0);
    const ONE: Self = IntSymbol(1);
    const MIN: Self = IntSymbol(2);
    const MAX: Self = IntSymbol(3);
    fn from_i64(x: i64) -> Self {
        Self::literal(x)
    }
    fn add(self, o: Self) -> Self {
        self.two(o, "+")
    }
    fn sub(self, o: Self) -> Self {
        self.two(o, "-")
    }
    fn mul(self, o: Self) -> Self {
        self.two(o, "*")
    }
    fn neg(self) -> Self {
        if SIGNED && !is_long() { self.one("-") } else { Self::ZERO.sub(self) }
    }
    fn abs(self) -> Self {
        match (SIGNED, is_long()) {
            (false, _) => self,
            (_, true) => self.one("abs_i64"),
            _ => self.one("abs"),
        }
    }
    fn sign(self) -> Self {
        match (SIGNED, is_long()) {
            (false, _) => self.min(Self::ONE),
            (_, true) => self.one("sign_i64"),
            _ => self.one("sign"),
        }
    }
    fn below(self, o: Self) -> Self {
        let smaller = if is_long() { format!("less_{}(v{}, v{})", Self::kind(), self.0, o.0) } else { format!("v{} < v{}", self.0, o.0) };
        IntSymbol(note(format!("select(v0, v1, {smaller})"), &[0, 1, self.0, o.0], false))
    }
    fn trunc_div(self, o: Self) -> Self {
        self.typed("trunc_div", o)
    }
    fn trunc_mod(self, o: Self) -> Self {
        self.typed("trunc_mod", o)
    }
    fn floor_div(self, o: Self) -> Self {
        self.typed(if SIGNED { "floor_div" } else { "trunc_div" }, o)
    }
    fn floor_mod(self, o: Self) -> Self {
        self.typed(if SIGNED { "floor_mod" } else { "trunc_mod" }, o)
    }
    fn pow(self, o: Self) -> Self {
        self.typed("pow", o)
    }
    fn xor(self, o: Self) -> Self {
        self.two(o, "^")
    }
    fn shift_left(self, o: Self) -> Self {
        self.shift(o, "<<")
    }
    fn shift_right(self, o: Self) -> Self {
        self.shift(o, ">>")
    }
}

/// Notes the constants of [`Int`], whose numbers are fixed: before anything else of a body on integers of so many bits.
pub fn note_constants<const SIGNED: bool>(bits: u32) {
    NOTES.with_borrow_mut(|n| n.bits = bits);
    let least = if SIGNED { -1i64 << (bits - 1) } else { 0 };
    let most = if SIGNED { !least } else { (u64::MAX >> (64 - bits)) as i64 };
    for (i, x) in [0, 1, least, most].into_iter().enumerate() {
        let mut at = IntSymbol::<SIGNED>::literal(x).0;
        // The least unsigned number is 0 once more.
        if at < i as u32 {
            at = note(format!("v{at}"), &[at], false);
        }
        debug_assert_eq!(at, i as u32);
    }
}
