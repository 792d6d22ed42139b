//! Ops as callers see them: parameters in TensorFlow's order and under TensorFlow's names.

use ferroflow_ops::{ArgDef, ArgType, Attr, AttrDef, OpDef, registry};

/// An op of the table with its parameters.
pub struct Op {
    /// Its definition.
    pub def: &'static OpDef,
    /// Inputs, then own attributes without a default, then those with one.
    pub parameters: Vec<Parameter>,
}

/// A parameter of the function that calls an op.
pub struct Parameter {
    /// TensorFlow's name for it, which is mostly the name in the signature.
    pub name: String,
    /// What it is.
    pub what: What,
}

impl Parameter {
    /// Its name in the op's signature.
    pub fn signature_name(&self) -> &'static str {
        match self.what {
            What::Input(arg) => &arg.name,
            What::Attr(attr) => &attr.name,
        }
    }
}

/// What a parameter stands for.
#[derive(Clone, Copy)]
pub enum What {
    /// An input.
    Input(&'static ArgDef),
    /// An attribute that does not follow from the inputs.
    Attr(&'static AttrDef),
}

/// Names of error classes, as docs use them.
pub const ERRORS: [&str; 13] = [
    "InvalidArgument",
    "OutOfRange",
    "NotFound",
    "AlreadyExists",
    "FailedPrecondition",
    "ResourceExhausted",
    "DataLoss",
    "Unimplemented",
    "Cancelled",
    "DeadlineExceeded",
    "PermissionDenied",
    "Aborted",
    "Unavailable",
];

/// All ops in the order of their names.
pub fn all() -> Vec<Op> {
    let mut defs = registry::all();
    defs.sort_unstable_by_key(|def| def.name);
    defs.into_iter().map(op).collect()
}

fn op(def: &'static OpDef) -> Op {
    let own = || def.attrs.iter().filter(|attr| !def.is_inferred(&attr.name));
    let required = own().filter(|attr| attr.default.is_none());
    let optional = own().filter(|attr| attr.default.is_some());
    let inputs = def.inputs.iter().map(|arg| (&arg.name, What::Input(arg)));
    let attrs = required.chain(optional).map(|attr| (&attr.name, What::Attr(attr)));
    let parameters = inputs.chain(attrs).map(|(name, what)| Parameter { name: parameter_name(def, name), what });
    Op { def, parameters: parameters.collect() }
}

fn parameter_name(def: &OpDef, name: &str) -> String {
    let renamed = def.entry.parameters.iter().find(|(n, _)| *n == name);
    renamed.map_or(name, |(_, parameter)| parameter).to_string()
}

impl Op {
    /// Parameter of the attribute or input `name` of the signature.
    fn parameter(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|p| p.signature_name() == name);
        found.map_or("", |p| &p.name)
    }
    /// Parameters of the inputs, in the order of the signature.
    pub fn inputs(&self) -> Vec<&str> {
        self.def.inputs.iter().map(|arg| self.parameter(&arg.name)).collect()
    }
    /// Parameters of the own attributes, in the order of the op's definition.
    pub fn own_attrs(&self) -> Vec<&str> {
        let own = self.def.attrs.iter().filter(|attr| !self.def.is_inferred(&attr.name));
        own.map(|attr| self.parameter(&attr.name)).collect()
    }
    /// Whether every input is one tensor and there are no own attributes.
    pub fn is_plain(&self) -> bool {
        self.own_attrs().is_empty() && !self.def.inputs.iter().any(ArgDef::is_list)
    }
    /// The doc without what it says of errors, with the parameters' names.
    pub fn meaning(&self) -> String {
        self.in_parameters(self.split_doc().0)
    }
    /// What the doc says of errors, with the parameters' names; empty if nothing.
    pub fn errors(&self) -> String {
        self.in_parameters(self.split_doc().1.trim_start_matches("Errors:"))
    }
    /// The doc before and from the first sentence that names an error class.
    fn split_doc(&self) -> (&'static str, &'static str) {
        let doc = self.def.entry.doc.trim();
        let starts = doc.match_indices(". ").map(|(i, _)| i + 2);
        let named = |i: &usize| doc[*i..].starts_with("Errors:") || ERRORS.iter().any(|class| doc[*i..].starts_with(class));
        let at = starts.into_iter().find(named).unwrap_or(doc.len());
        (doc[..at].trim(), &doc[at..])
    }
    fn in_parameters(&self, text: &str) -> String {
        let mut text = text.trim().to_string();
        for parameter in &self.parameters {
            let name = parameter.signature_name();
            if *name != parameter.name {
                text = text.replace(&format!("`{name}`"), &format!("`{}`", parameter.name));
                if name.contains('_') {
                    text = text.replace(name, &parameter.name);
                }
            }
        }
        text
    }
}

/// The dtypes that an argument's type attribute allows; empty for any.
pub fn dtypes_of(def: &OpDef, arg: &ArgDef) -> Vec<&'static str> {
    match &arg.ty {
        ArgType::Fixed(dtype) => vec![dtype.name()],
        ArgType::Attr(name) | ArgType::List(name) => {
            def.attr(name).map_or_else(Vec::new, |attr| attr.types.iter().map(|dtype| dtype.name()).collect())
        }
    }
}

/// An attribute's value as a Python expression; `dtype` writes a dtype.
pub fn python_value(value: &Attr, dtype: &dyn Fn(&str) -> String) -> String {
    let quoted = |s: &[u8]| format!("'{}'", String::from_utf8_lossy(s).replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n"));
    let truth = |b: bool| if b { "True" } else { "False" }.to_string();
    let shape = |s: &ferroflow_tensor::PartialShape| {
        let dims = s.dims().map(|dims| dims.iter().map(|d| d.map_or("None".into(), |d| d.to_string())).collect::<Vec<_>>());
        dims.map_or("None".into(), |dims| format!("[{}]", dims.join(", ")))
    };
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    match value {
        Attr::Int(x) => x.to_string(),
        Attr::Float(x) => format!("{x:?}"),
        Attr::Bool(x) => truth(*x),
        Attr::Str(x) => quoted(x),
        Attr::Type(x) => dtype(x.name()),
        Attr::Shape(x) => shape(x),
        Attr::Ints(x) => list(x.iter().map(i64::to_string).collect()),
        Attr::Floats(x) => list(x.iter().map(|x| format!("{x:?}")).collect()),
        Attr::Bools(x) => list(x.iter().map(|x| truth(*x)).collect()),
        Attr::Strs(x) => list(x.iter().map(|x| quoted(x)).collect()),
        Attr::Types(x) => list(x.iter().map(|x| dtype(x.name())).collect()),
        Attr::Shapes(x) => list(x.iter().map(shape).collect()),
        Attr::Tensor(_) | Attr::Func(_) | Attr::Tensors(_) | Attr::Funcs(_) | Attr::Placeholder(_) => "None".into(),
    }
}
