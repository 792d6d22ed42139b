//! Attributes of ops: all kinds that TensorFlow has, with typed access.
use ferroflow_tensor::{DType, PartialShape, Result, Str, Tensor, bail};
use std::borrow::Cow;
use std::sync::Arc;

/// A function named by an attribute, with the attributes that it is instantiated with.
#[derive(Clone, Debug)]
pub struct Func {
    /// Its name in the function library.
    pub name: Arc<str>,
    /// Attributes of the instantiation, mostly none.
    pub attrs: Attrs,
}

/// The value of an attribute.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Attr {
    Int(i64),
    Float(f32),
    Bool(bool),
    Str(Str),
    Type(DType),
    Shape(PartialShape),
    Tensor(Tensor),
    Func(Func),
    Ints(Vec<i64>),
    Floats(Vec<f32>),
    Bools(Vec<bool>),
    Strs(Vec<Str>),
    Types(Vec<DType>),
    Shapes(Vec<PartialShape>),
    Tensors(Vec<Tensor>),
    Funcs(Vec<Func>),
    /// A value to be filled in when the enclosing function is instantiated.
    Placeholder(String),
}

/// The kind of an attribute: a scalar kind or a list of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Int,
    Float,
    Bool,
    Str,
    Type,
    Shape,
    Tensor,
    Func,
}

impl PartialEq for Func {
    fn eq(&self, o: &Func) -> bool {
        self.name == o.name && self.attrs == o.attrs
    }
}
/// Tensors are equal if their bits are; everything else as usual.
impl PartialEq for Attr {
    fn eq(&self, o: &Attr) -> bool {
        use Attr::*;
        match (self, o) {
            (Int(a), Int(b)) => a == b,
            (Float(a), Float(b)) => a.to_bits() == b.to_bits(),
            (Bool(a), Bool(b)) => a == b,
            (Str(a), Str(b)) => a == b,
            (Type(a), Type(b)) => a == b,
            (Shape(a), Shape(b)) => a == b,
            (Tensor(a), Tensor(b)) => a.same_bits(b),
            (Func(a), Func(b)) => a == b,
            (Ints(a), Ints(b)) => a == b,
            (Floats(a), Floats(b)) => a == b,
            (Bools(a), Bools(b)) => a == b,
            (Strs(a), Strs(b)) => a == b,
            (Types(a), Types(b)) => a == b,
            (Shapes(a), Shapes(b)) => a == b,
            (Tensors(a), Tensors(b)) => a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.same_bits(y)),
            (Funcs(a), Funcs(b)) => a == b,
            (Placeholder(a), Placeholder(b)) => a == b,
            _ => false,
        }
    }
}

macro_rules! from { ($($t:ty => $V:ident),*) => { $(impl From<$t> for Attr { fn from(x: $t) -> Attr { Attr::$V(x) } })* } }
from!(i64 => Int, f32 => Float, bool => Bool, DType => Type, PartialShape => Shape, Tensor => Tensor, Func => Func,
    Vec<i64> => Ints, Vec<f32> => Floats, Vec<bool> => Bools, Vec<Str> => Strs, Vec<DType> => Types, Vec<PartialShape> => Shapes);
impl From<&str> for Attr {
    fn from(s: &str) -> Attr {
        Attr::Str(s.as_bytes().into())
    }
}

impl Attr {
    /// Its kind, and whether it is a list. `None` for a placeholder.
    pub fn kind(&self) -> Option<(Kind, bool)> {
        Some(match self {
            Attr::Int(_) => (Kind::Int, false),
            Attr::Float(_) => (Kind::Float, false),
            Attr::Bool(_) => (Kind::Bool, false),
            Attr::Str(_) => (Kind::Str, false),
            Attr::Type(_) => (Kind::Type, false),
            Attr::Shape(_) => (Kind::Shape, false),
            Attr::Tensor(_) => (Kind::Tensor, false),
            Attr::Func(_) => (Kind::Func, false),
            Attr::Ints(_) => (Kind::Int, true),
            Attr::Floats(_) => (Kind::Float, true),
            Attr::Bools(_) => (Kind::Bool, true),
            Attr::Strs(_) => (Kind::Str, true),
            Attr::Types(_) => (Kind::Type, true),
            Attr::Shapes(_) => (Kind::Shape, true),
            Attr::Tensors(_) => (Kind::Tensor, true),
            Attr::Funcs(_) => (Kind::Func, true),
            Attr::Placeholder(_) => return None,
        })
    }
    /// The empty list of a kind.
    pub fn empty_list(kind: Kind) -> Attr {
        match kind {
            Kind::Int => Attr::Ints(vec![]),
            Kind::Float => Attr::Floats(vec![]),
            Kind::Bool => Attr::Bools(vec![]),
            Kind::Str => Attr::Strs(vec![]),
            Kind::Type => Attr::Types(vec![]),
            Kind::Shape => Attr::Shapes(vec![]),
            Kind::Tensor => Attr::Tensors(vec![]),
            Kind::Func => Attr::Funcs(vec![]),
        }
    }
}

/// The attributes of a node: few, kept in the order of their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attrs(Vec<(Cow<'static, str>, Attr)>);

macro_rules! typed {
    ($($(#[$doc:meta])* $fn:ident -> $t:ty, $V:ident $(, $conv:ident)?;)*) => { $(
        $(#[$doc])*
        pub fn $fn(&self, name: &str) -> Result<$t> {
            match self.get(name) {
                Some(Attr::$V(v)) => Ok(v$(.$conv())?),
                other => self.wrong(name, stringify!($V), other),
            }
        }
    )* };
}

impl Attrs {
    /// No attributes.
    pub const fn none() -> Attrs {
        Attrs(vec![])
    }
    /// From pairs of name and value.
    pub fn of(pairs: &[(&'static str, Attr)]) -> Attrs {
        let mut a = Attrs::default();
        for (n, v) in pairs {
            a.set(*n, v.clone());
        }
        a
    }
    /// Adds or replaces an attribute.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Attr>) {
        let (name, value) = (name.into(), value.into());
        match self.0.binary_search_by(|(n, _)| n.as_ref().cmp(name.as_ref())) {
            Ok(i) => self.0[i].1 = value,
            Err(i) => self.0.insert(i, (name, value)),
        }
    }
    /// Removes an attribute.
    pub fn remove(&mut self, name: &str) -> Option<Attr> {
        let i = self.0.binary_search_by(|(n, _)| n.as_ref().cmp(name)).ok()?;
        Some(self.0.remove(i).1)
    }
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&Attr> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }
    /// Whether there is such an attribute.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
    /// Name and value of each, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Attr)> {
        self.0.iter().map(|(n, v)| (n.as_ref(), v))
    }
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    #[cold]
    fn wrong<T>(&self, name: &str, want: &str, got: Option<&Attr>) -> Result<T> {
        match got {
            None => bail!(InvalidArgument, "No attr named '{name}' in NodeDef"),
            Some(v) => bail!(InvalidArgument, "AttrValue had value with type '{v:?}' when '{want}' expected for attr '{name}'"),
        }
    }
    typed! {
        /// An int. InvalidArgument if it is missing or of another kind; so for all below.
        int -> i64, Int, clone;
        /// A float.
        float -> f32, Float, clone;
        /// A bool.
        bool -> bool, Bool, clone;
        /// The bytes of a string.
        bytes -> &Str, Str;
        /// A dtype.
        dtype -> DType, Type, clone;
        /// A shape.
        shape -> &PartialShape, Shape;
        /// A tensor.
        tensor -> &Tensor, Tensor;
        /// A function.
        func -> &Func, Func;
        /// A list of ints.
        ints -> &[i64], Ints;
        /// A list of floats.
        floats -> &[f32], Floats;
        /// A list of bools.
        bools -> &[bool], Bools;
        /// A list of strings.
        strs -> &[Str], Strs;
        /// A list of dtypes.
        dtypes -> &[DType], Types;
        /// A list of shapes.
        shapes -> &[PartialShape], Shapes;
        /// A list of functions.
        funcs -> &[Func], Funcs;
    }
    /// A string as text. InvalidArgument if it is missing, of another kind, or not UTF-8.
    pub fn str(&self, name: &str) -> Result<&str> {
        let b = self.bytes(name)?;
        std::str::from_utf8(b).map_err(|_| ferroflow_tensor::error!(InvalidArgument, "attr '{name}' is not valid UTF-8"))
    }
}
