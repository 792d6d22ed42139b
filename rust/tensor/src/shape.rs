//! Shapes: fully known ones of tensors, and partly known ones of symbolic tensors.
use core::fmt;
use core::ops::Deref;

const INLINE: usize = 4;

/// The sizes of a tensor's axes, all known. Four axes or fewer need no heap memory.
#[derive(Clone)]
pub struct Shape(Repr);

#[derive(Clone)]
enum Repr {
    Inline(u8, [usize; INLINE]),
    Heap(Box<[usize]>),
}

impl Shape {
    /// The shape of a scalar.
    pub const SCALAR: Shape = Shape(Repr::Inline(0, [0; INLINE]));

    /// The shape of no elements: `[0]`.
    pub const EMPTY: Shape = Shape(Repr::Inline(1, [0; INLINE]));

    /// A shape with these axis sizes.
    #[inline]
    pub fn new(dims: &[usize]) -> Shape {
        if dims.len() <= INLINE {
            let mut a = [0; INLINE];
            a[..dims.len()].copy_from_slice(dims);
            Shape(Repr::Inline(dims.len() as u8, a))
        } else {
            Shape(Repr::Heap(dims.into()))
        }
    }
    /// The axis sizes.
    #[inline]
    pub fn dims(&self) -> &[usize] {
        match &self.0 {
            Repr::Inline(n, a) => &a[..*n as usize],
            Repr::Heap(b) => b,
        }
    }
    /// The axis sizes, to be changed in place.
    pub fn dims_mut(&mut self) -> &mut [usize] {
        match &mut self.0 {
            Repr::Inline(n, a) => &mut a[..*n as usize],
            Repr::Heap(b) => b,
        }
    }
    /// Number of axes.
    #[inline]
    pub fn rank(&self) -> usize {
        self.dims().len()
    }
    /// Number of elements. Tensors exist only for shapes whose count fits, so this cannot overflow for theirs;
    /// otherwise it saturates, see [`checked_count`](Self::checked_count).
    #[inline]
    pub fn count(&self) -> usize {
        self.dims().iter().fold(1, |n: usize, d| n.saturating_mul(*d))
    }
    /// Number of elements, `None` when it does not fit into an `i64`.
    pub fn checked_count(&self) -> Option<usize> {
        if self.dims().contains(&0) {
            return Some(0);
        }
        self.dims().iter().try_fold(1usize, |n, d| n.checked_mul(*d)).filter(|n| *n <= i64::MAX as usize)
    }
    /// Row-major strides in elements.
    pub fn strides(&self) -> Vec<usize> {
        let mut s = vec![1; self.rank()];
        for i in (1..s.len()).rev() {
            s[i - 1] = s[i] * self[i];
        }
        s
    }
}
impl Deref for Shape {
    type Target = [usize];
    #[inline]
    fn deref(&self) -> &[usize] {
        self.dims()
    }
}
impl PartialEq for Shape {
    #[inline]
    fn eq(&self, o: &Shape) -> bool {
        match (&self.0, &o.0) {
            // Places after the last axis hold zeros, and a comparison of fixed length is several times faster.
            (Repr::Inline(n, a), Repr::Inline(m, b)) => n == m && a == b,
            _ => self.dims() == o.dims(),
        }
    }
}
impl Eq for Shape {}
impl std::hash::Hash for Shape {
    fn hash<H: std::hash::Hasher>(&self, h: &mut H) {
        self.dims().hash(h)
    }
}
impl Default for Shape {
    fn default() -> Self {
        Shape::SCALAR
    }
}
impl From<&[usize]> for Shape {
    fn from(d: &[usize]) -> Self {
        Shape::new(d)
    }
}
impl<const N: usize> From<[usize; N]> for Shape {
    fn from(d: [usize; N]) -> Self {
        Shape::new(&d)
    }
}
impl From<Vec<usize>> for Shape {
    fn from(d: Vec<usize>) -> Self {
        Shape::new(&d)
    }
}
impl FromIterator<usize> for Shape {
    fn from_iter<I: IntoIterator<Item = usize>>(it: I) -> Self {
        Shape::new(&it.into_iter().collect::<Vec<_>>())
    }
}
/// `[2,3]`, as TensorFlow's error messages write shapes.
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (i, d) in self.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            write!(f, "{d}")?;
        }
        f.write_str("]")
    }
}
impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A shape whose rank, or some of whose axis sizes, may be unknown until run time.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct PartialShape(Option<Vec<Option<usize>>>);

impl PartialShape {
    /// A shape of unknown rank.
    pub const UNKNOWN: PartialShape = PartialShape(None);

    /// A shape of known rank; `None` marks an unknown size.
    pub fn new(dims: Vec<Option<usize>>) -> Self {
        PartialShape(Some(dims))
    }
    /// The shape of a scalar.
    pub fn scalar() -> Self {
        PartialShape(Some(vec![]))
    }
    /// A vector of unknown or known length.
    pub fn vector(n: Option<usize>) -> Self {
        PartialShape(Some(vec![n]))
    }
    /// A shape of known rank with every size unknown.
    pub fn of_rank(rank: usize) -> Self {
        PartialShape(Some(vec![None; rank]))
    }
    /// From sizes where a negative number means unknown, as TensorFlow's files write them.
    pub fn from_i64(dims: &[i64]) -> Self {
        PartialShape(Some(dims.iter().map(|d| usize::try_from(*d).ok()).collect()))
    }
    /// Number of axes, if known.
    pub fn rank(&self) -> Option<usize> {
        self.0.as_ref().map(Vec::len)
    }
    /// The axis sizes, if the rank is known.
    pub fn dims(&self) -> Option<&[Option<usize>]> {
        self.0.as_deref()
    }
    /// The size of an axis, if known; out of range counts as unknown.
    pub fn dim(&self, axis: usize) -> Option<usize> {
        self.0.as_ref().and_then(|d| d.get(axis).copied().flatten())
    }
    /// The shape, if every size is known.
    pub fn known(&self) -> Option<Shape> {
        self.0.as_ref()?.iter().copied().collect::<Option<Vec<usize>>>().map(Shape::from)
    }
    /// Whether every size is known.
    pub fn is_known(&self) -> bool {
        self.0.as_ref().is_some_and(|d| d.iter().all(Option::is_some))
    }
    /// Number of elements, if known.
    pub fn count(&self) -> Option<usize> {
        self.0.as_ref()?.iter().try_fold(1usize, |n, d| n.checked_mul((*d)?))
    }
    /// Whether some known shape fits both.
    pub fn is_compatible(&self, o: &PartialShape) -> bool {
        self.merge(o).is_some()
    }
    /// Whether a tensor of this known shape fits.
    pub fn accepts(&self, s: &Shape) -> bool {
        self.0.as_ref().is_none_or(|d| d.len() == s.rank() && d.iter().zip(s.iter()).all(|(a, b)| a.is_none_or(|a| a == *b)))
    }
    /// What is known from either; `None` if they contradict each other.
    pub fn merge(&self, o: &PartialShape) -> Option<PartialShape> {
        let (Some(a), Some(b)) = (&self.0, &o.0) else {
            return Some(if self.0.is_some() { self.clone() } else { o.clone() });
        };
        if a.len() != b.len() {
            return None;
        }
        a.iter()
            .zip(b)
            .map(|(x, y)| if x.is_some() && y.is_some() && x != y { None } else { Some(x.or(*y)) })
            .collect::<Option<Vec<_>>>()
            .map(PartialShape::new)
    }
    /// The most specific shape that covers both.
    pub fn relax(&self, o: &PartialShape) -> PartialShape {
        match (&self.0, &o.0) {
            (Some(a), Some(b)) if a.len() == b.len() => {
                PartialShape::new(a.iter().zip(b).map(|(x, y)| if x == y { *x } else { None }).collect())
            }
            _ => PartialShape::UNKNOWN,
        }
    }
    /// Sizes with -1 for unknown ones; `None` for unknown rank.
    pub fn to_i64(&self) -> Option<Vec<i64>> {
        Some(self.0.as_ref()?.iter().map(|d| d.map_or(-1, |d| d as i64)).collect())
    }
}
impl From<&Shape> for PartialShape {
    fn from(s: &Shape) -> Self {
        PartialShape::new(s.iter().map(|d| Some(*d)).collect())
    }
}
impl From<Shape> for PartialShape {
    fn from(s: Shape) -> Self {
        (&s).into()
    }
}
impl<const N: usize> From<[usize; N]> for PartialShape {
    fn from(d: [usize; N]) -> Self {
        Shape::from(d).into()
    }
}
/// `[2,?]` or `<unknown>`, as TensorFlow's shape functions write them.
impl fmt::Display for PartialShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(dims) = &self.0 else { return f.write_str("<unknown>") };
        f.write_str("[")?;
        for (i, d) in dims.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            match d {
                Some(d) => write!(f, "{d}")?,
                None => f.write_str("?")?,
            }
        }
        f.write_str("]")
    }
}
impl fmt::Debug for PartialShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
