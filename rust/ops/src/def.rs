//! What an op's entry says: signature, attributes, shape rule, gradient, documentation, tests, devices.
use crate::attr::{Attr, Kind};
use crate::build::GradRule;
use crate::infer::{Infer, Partial};
use ferroflow_tensor::{DType, Result};

/// Everything about an op that is not a device's inner loop. Written once, as a constant; all else is derived from it.
#[derive(Clone, Copy)]
pub struct Entry {
    /// TensorFlow's name: `AddV2`.
    pub name: &'static str,
    /// Inputs and outputs in TensorFlow's notation: `"x: T, y: T -> z: T"`, `"values: N * T, axis: Tidx -> output: T"`,
    /// `"ref: Ref(T) -> output: T"`; a `list(type)` attribute as type makes a list of tensors.
    pub sig: &'static str,
    /// Attributes, separated by `;`, in TensorFlow's notation: `"T: {float, double}; N: int >= 1; pad: {'SAME','VALID'} = 'SAME'"`.
    pub attrs: &'static str,
    /// One paragraph: meaning, shapes, errors. The first sentence is the summary.
    pub doc: &'static str,
    /// Properties.
    pub flags: Flags,
    /// The shape rule, which also checks operands.
    pub shape: ShapeRule,
    /// What is known of the value of output 0 where inputs are partly known; for ops whose shape rule is not a [`ShapeRule::Rule`].
    pub value: Option<fn(&Infer) -> Option<Partial>>,
    /// The gradient, or why there is none.
    pub grad: Gradient,
    /// Inputs and outputs that live in host memory on every device, by name: shapes, axes, sizes.
    pub host: &'static [&'static str],
    /// Parameters that TensorFlow's API calls otherwise than its registry: (name in the signature, name in the API).
    pub parameters: &'static [(&'static str, &'static str)],
    /// What there is for GPUs.
    pub gpu: Gpu,
    /// How it is tested.
    pub test: Test,
    /// For composites: the body in terms of other ops.
    pub body: Option<crate::build::Body>,
}

/// Properties of an op.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags(pub u16);
impl Flags {
    /// None.
    pub const NONE: Flags = Flags(0);
    /// Has an effect or a result that is not a function of its inputs; never folded, merged or dropped for being unused.
    pub const STATEFUL: Flags = Flags(1);
    /// May wait for something: runs on a thread of its own.
    pub const BLOCKS: Flags = Flags(2);
    /// Output 0 shares the memory of input 0.
    pub const VIEW: Flags = Flags(4);
    /// The value depends on a random stream.
    pub const RANDOM: Flags = Flags(8);
    /// Calls Python.
    pub const PYTHON: Flags = Flags(16);
    /// Keeps its inputs beyond the run, or changes a resource.
    pub const WRITES: Flags = Flags(32);
    /// Inputs that are references stay uninitialised-tolerant (TensorFlow's allows_uninitialized_input).
    pub const ALLOWS_UNINITIALIZED: Flags = Flags(64);
    /// Either operand may come first.
    pub const COMMUTES: Flags = Flags(128);
    /// What it is given stays in a list or a variable.
    pub const KEEPS: Flags = Flags(256);
    /// Its kernel on the host reports values, such as indices out of range, that those of other devices take for 0 or leave out: so it
    /// stays on the host where nobody asks for a device.
    pub const CHECKS_VALUES: Flags = Flags(512);
    /// Both sets.
    pub const fn and(self, o: Flags) -> Flags {
        Flags(self.0 | o.0)
    }
    /// Whether all of `o` are set.
    pub const fn has(self, o: Flags) -> bool {
        self.0 & o.0 == o.0
    }
}

/// How output shapes follow from the inputs.
#[derive(Clone, Copy)]
pub enum ShapeRule {
    /// Every output has the shape of input 0.
    Same,
    /// Output 0 has the broadcast shape of inputs 0 and 1.
    Broadcast,
    /// Every output is a scalar.
    Scalar,
    /// Outputs are unknown until the op has run.
    Unknown,
    /// A rule.
    Rule(fn(&mut Infer) -> Result<()>),
}

/// How gradients flow through an op.
#[derive(Clone, Copy)]
pub enum Gradient {
    /// A rule; the strings name the inputs and outputs whose values it needs.
    Rule(GradRule, &'static [&'static str]),
    /// Gradients go on as they come, dense or as slices: each output's to the input at its place, that of an only output to all.
    Through,
    /// No gradient flows, and asking for one gives zeros or None as in TensorFlow; with the reason.
    None(&'static str),
    /// Asking for a gradient is a LookupError, as in TensorFlow; with the reason.
    Missing(&'static str),
    /// Built from the bodies of the functions that the op calls.
    Body,
}

/// What there is for GPUs.
#[derive(Clone, Copy, Debug)]
pub enum Gpu {
    /// A shader that is made from the op's own scalar body.
    Body,
    /// A shader template of this name.
    Template(&'static str),
    /// Composed of other ops.
    Composed,
    /// Only shapes and references change; no shader is needed.
    Free,
    /// Runs on the host, because.
    Host(&'static str),
}

/// How an op is tested: a NumPy or SciPy expression over the names of its inputs and attributes, and where values are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Test {
    /// Reference expression (`np`, `scipy`, inputs and attributes by name); empty if the op has tests of its own, see `cases`.
    pub np: &'static str,
    /// Interval that real inputs are drawn from.
    pub domain: (f64, f64),
    /// Calls to test, as Python expressions of inputs and attributes: `"a=f(2,3), b=f(3,4), transpose_a=False"`.
    /// For ops with a test of their own: the name of that test file.
    pub cases: &'static [&'static str],
    /// Allowed error in units in the last place of the result dtype, beyond TensorFlow's own.
    pub ulp: f64,
}

impl Test {
    /// Not said yet; the meta-test refuses it.
    pub const MISSING: Test = Test { np: "", domain: (-3.0, 3.0), cases: &[], ulp: 1.0 };
    /// A reference expression over a domain.
    pub const fn np(np: &'static str, domain: (f64, f64)) -> Test {
        Test { np, domain, cases: &[], ulp: 1.0 }
    }
    /// A reference expression with calls.
    pub const fn calls(np: &'static str, cases: &'static [&'static str]) -> Test {
        Test { np, domain: (-3.0, 3.0), cases, ulp: 1.0 }
    }
    /// Tested in a file of its own.
    pub const fn own(file: &'static [&'static str]) -> Test {
        Test { np: "", domain: (-3.0, 3.0), cases: file, ulp: 1.0 }
    }
}

impl Entry {
    /// An empty entry to fill in: `Entry { name: "Neg", .., ..Entry::NEW }`.
    pub const NEW: Entry = Entry {
        name: "",
        sig: "",
        attrs: "",
        doc: "",
        flags: Flags::NONE,
        shape: ShapeRule::Unknown,
        value: None,
        grad: Gradient::Missing(""),
        host: &[],
        parameters: &[],
        gpu: Gpu::Host(""),
        test: Test::MISSING,
        body: None,
    };
}

/// The type of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgType {
    /// Always this dtype.
    Fixed(DType),
    /// The dtype that this attribute holds.
    Attr(String),
    /// A list of tensors with the dtypes that this attribute lists.
    List(String),
}

/// An input or output of an op.
#[derive(Clone, Debug)]
pub struct ArgDef {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: ArgType,
    /// The attribute that says how many tensors of that type there are.
    pub number: Option<String>,
    /// Whether it is a reference (`T_ref`).
    pub is_ref: bool,
    /// Whether it lives in host memory on every device.
    pub host: bool,
}
impl ArgDef {
    /// Whether it stands for a list of tensors.
    pub fn is_list(&self) -> bool {
        self.number.is_some() || matches!(self.ty, ArgType::List(_))
    }
}

/// An attribute of an op.
#[derive(Clone, Debug)]
pub struct AttrDef {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// Whether it is a list.
    pub list: bool,
    /// Its default.
    pub default: Option<Attr>,
    /// Allowed dtypes; empty for any.
    pub types: Vec<DType>,
    /// Allowed strings; empty for any.
    pub strings: Vec<String>,
    /// Least value, or least length of a list.
    pub minimum: Option<i64>,
}

/// An op as the engine knows it: its entry with the signature parsed.
pub struct OpDef {
    /// The entry.
    pub entry: Entry,
    /// Position in the registry.
    pub id: u32,
    /// TensorFlow's name.
    pub name: &'static str,
    /// Inputs.
    pub inputs: Vec<ArgDef>,
    /// Outputs.
    pub outputs: Vec<ArgDef>,
    /// Attributes.
    pub attrs: Vec<AttrDef>,
}

impl OpDef {
    /// Whether the entry has these flags.
    pub fn has(&self, flags: Flags) -> bool {
        self.entry.flags.has(flags)
    }
    /// The attribute definition of this name.
    pub fn attr(&self, name: &str) -> Option<&AttrDef> {
        self.attrs.iter().find(|a| a.name == name)
    }
    /// Position of an input of this name.
    pub fn input(&self, name: &str) -> Option<usize> {
        self.inputs.iter().position(|a| a.name == name)
    }
    /// Whether an attribute follows from the inputs (a type or number attribute of one).
    pub fn is_inferred(&self, attr: &str) -> bool {
        self.inputs.iter().any(|a| a.number.as_deref() == Some(attr) || matches!(&a.ty, ArgType::Attr(t) | ArgType::List(t) if t == attr))
    }
}
impl std::fmt::Debug for OpDef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpDef({})", self.name)
    }
}
