//! A function for each op of the table, with options where attributes have defaults. Written by `make gen`; not to be edited.

use crate::graph::{Graph, Op, T};
use crate::operand::{Dims, Operand};
use crate::ops::{Options, call};
use ferroflow_ops::{Attr, Func};
use ferroflow_tensor::{DType, PartialShape, Result, Tensor};

/// |x|, element by element; the smallest integer stays as it is. Complex numbers have ComplexAbs.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32 or int64.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn abs<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Abs").input(x).outputs()?.one()
}

/// The inverse cosine in radians, element by element; NaN beyond -1 and 1.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn acos<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Acos").input(x).outputs()?.one()
}

/// The inverse hyperbolic cosine, element by element; NaN below 1.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn acosh<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Acosh").input(x).outputs()?.one()
}

/// x + y, element by element with broadcasting, the older name of AddV2; strings are joined.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, int16, int32, int64, complex64,
///   complex128 or string.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, int16, int32, int64, complex64,
///   complex128 or string.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn add<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Add").input(x).input(y).outputs()?.one()
}

/// The sum of tensors of one shape, element by element.
///
/// - `inputs`: A list of at least 1 tensors, of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
///   int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32, uint64 or variant.
///
/// Gives `sum`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes differ.
#[track_caller]
pub fn add_n<'g>(inputs: &[T<'g>]) -> Result<T<'g>> {
    call("AddN").list(inputs).outputs()?.one()
}

/// x + y, element by element with broadcasting; integers wrap.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, uint16, uint32, uint64, int8, int16,
///   int32, int64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, uint16, uint32, uint64, int8, int16,
///   int32, int64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn add_v2<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("AddV2").input(x).input(y).outputs()?.one()
}

/// Options of [`all`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AllOptions(Options);

impl AllOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn keep_dims(mut self, value: bool) -> Self {
        self.0.attrs.set("keep_dims", value);
        self
    }
}

/// Whether all elements over axes are true. The axes in axis (a scalar or vector, negative ones count from the end) are
/// removed, or kept with size 1 if keep\_dims. Over nothing it is true.
///
/// - `input`: A tensor of dtype bool.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`AllOptions`].
///
/// Gives `output`: A tensor of dtype bool.
///
/// Errors: InvalidArgument for an axis out of range or named twice.
#[track_caller]
pub fn all<'g>(input: impl Operand<'g>, axis: impl Operand<'g>, options: impl Into<Option<AllOptions>>) -> Result<T<'g>> {
    call("All").input(input).input(axis).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`angle`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AngleOptions(Options);

impl AngleOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: float32 or float64. Default `DType::Float`.
    pub fn tout(mut self, value: DType) -> Self {
        self.0.attrs.set("Tout", value);
        self
    }
}

/// The angle of complex numbers in radians, in (-pi, pi\], element by element.
///
/// - `input`: A tensor of dtype `T`: complex64 or complex128.
/// - `options`: `None` for the defaults of [`AngleOptions`].
///
/// Gives `output`: A tensor of dtype `Tout`.
#[track_caller]
pub fn angle<'g>(input: impl Operand<'g>, options: impl Into<Option<AngleOptions>>) -> Result<T<'g>> {
    call("Angle").input(input).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// An iterator of its own, which is dropped with its handle.
///
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
///
/// Gives `handle`: A tensor of dtype resource.
#[track_caller]
pub fn anonymous_iterator<'g>(graph: &'g Graph, output_types: &[DType], output_shapes: &[PartialShape]) -> Result<T<'g>> {
    call("AnonymousIterator").on(graph).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).outputs()?.one()
}

/// An iterator of its own, with a deleter for DeleteIterator.
///
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
///
/// Gives `handle`: A tensor of dtype resource; `deleter`: A tensor of dtype variant.
#[track_caller]
pub fn anonymous_iterator_v2<'g>(graph: &'g Graph, output_types: &[DType], output_shapes: &[PartialShape]) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("AnonymousIteratorV2").on(graph).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// An iterator of its own, which is dropped with its handle.
///
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
///
/// Gives `handle`: A tensor of dtype resource.
#[track_caller]
pub fn anonymous_iterator_v3<'g>(graph: &'g Graph, output_types: &[DType], output_shapes: &[PartialShape]) -> Result<T<'g>> {
    call("AnonymousIteratorV3").on(graph).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).outputs()?.one()
}

/// A cache in memory for CacheDatasetV2, with a deleter.
///
/// Gives `handle`: A tensor of dtype resource; `deleter`: A tensor of dtype variant.
#[track_caller]
pub fn anonymous_memory_cache<'g>(graph: &'g Graph) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("AnonymousMemoryCache").on(graph).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// A generator of seeds for ShuffleDatasetV3, with a deleter.
///
/// - `seed`: A tensor of dtype int64.
/// - `seed2`: A tensor of dtype int64.
/// - `reshuffle`: A tensor of dtype bool.
///
/// Gives `handle`: A tensor of dtype resource; `deleter`: A tensor of dtype variant.
#[track_caller]
pub fn anonymous_seed_generator<'g>(seed: impl Operand<'g>, seed2: impl Operand<'g>, reshuffle: impl Operand<'g>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("AnonymousSeedGenerator").input(seed).input(seed2).input(reshuffle).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// Options of [`any`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AnyOptions(Options);

impl AnyOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn keep_dims(mut self, value: bool) -> Self {
        self.0.attrs.set("keep_dims", value);
        self
    }
}

/// Whether any element over axes is true. The axes in axis (a scalar or vector, negative ones count from the end) are
/// removed, or kept with size 1 if keep\_dims. Over nothing it is false.
///
/// - `input`: A tensor of dtype bool.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`AnyOptions`].
///
/// Gives `output`: A tensor of dtype bool.
///
/// Errors: InvalidArgument for an axis out of range or named twice.
#[track_caller]
pub fn any<'g>(input: impl Operand<'g>, axis: impl Operand<'g>, options: impl Into<Option<AnyOptions>>) -> Result<T<'g>> {
    call("Any").input(input).input(axis).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_adadelta`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyAdadeltaOptions(Options);

impl ApplyAdadeltaOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyAdadelta of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum_update`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApplyAdadeltaOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_adadelta<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, accum_update: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ApplyAdadeltaOptions>>) -> Result<T<'g>> {
    call("ApplyAdadelta").input(var).input(accum).input(accum_update).input(lr).input(rho).input(epsilon).input(grad).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_adagrad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyAdagradOptions(Options);

impl ApplyAdagradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `true`.
    pub fn update_slots(mut self, value: bool) -> Self {
        self.0.attrs.set("update_slots", value);
        self
    }
}

/// ResourceApplyAdagrad of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApplyAdagradOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_adagrad<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ApplyAdagradOptions>>) -> Result<T<'g>> {
    call("ApplyAdagrad").input(var).input(accum).input(lr).input(grad).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_adagrad_da`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyAdagradDAOptions(Options);

impl ApplyAdagradDAOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyAdagradDA of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `gradient_accumulator`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8,
///   int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16,
///   uint32 or uint64.
/// - `gradient_squared_accumulator`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32,
///   uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128,
///   float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `global_step`: A tensor of dtype int64.
/// - `options`: `None` for the defaults of [`ApplyAdagradDAOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_adagrad_da<'g>(var: impl Operand<'g>, gradient_accumulator: impl Operand<'g>, gradient_squared_accumulator: impl Operand<'g>, grad: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, global_step: impl Operand<'g>, options: impl Into<Option<ApplyAdagradDAOptions>>) -> Result<T<'g>> {
    call("ApplyAdagradDA").input(var).input(gradient_accumulator).input(gradient_squared_accumulator).input(grad).input(lr).input(l1).input(l2).input(global_step).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_adam`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyAdamOptions(Options);

impl ApplyAdamOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn use_nesterov(mut self, value: bool) -> Self {
        self.0.attrs.set("use_nesterov", value);
        self
    }
}

/// ResourceApplyAdam of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `m`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
///   int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `v`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
///   int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `beta1_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `beta2_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `beta1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `beta2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApplyAdamOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_adam<'g>(var: impl Operand<'g>, m: impl Operand<'g>, v: impl Operand<'g>, beta1_power: impl Operand<'g>, beta2_power: impl Operand<'g>, lr: impl Operand<'g>, beta1: impl Operand<'g>, beta2: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ApplyAdamOptions>>) -> Result<T<'g>> {
    call("ApplyAdam").input(var).input(m).input(v).input(beta1_power).input(beta2_power).input(lr).input(beta1).input(beta2).input(epsilon).input(grad).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_centered_rms_prop`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyCenteredRMSPropOptions(Options);

impl ApplyCenteredRMSPropOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyCenteredRMSProp of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `mg`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `ms`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `mom`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApplyCenteredRMSPropOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_centered_rms_prop<'g>(var: impl Operand<'g>, mg: impl Operand<'g>, ms: impl Operand<'g>, mom: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, momentum: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ApplyCenteredRMSPropOptions>>) -> Result<T<'g>> {
    call("ApplyCenteredRMSProp").input(var).input(mg).input(ms).input(mom).input(lr).input(rho).input(momentum).input(epsilon).input(grad).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_ftrl`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyFtrlOptions(Options);

impl ApplyFtrlOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn multiply_linear_by_lr(mut self, value: bool) -> Self {
        self.0.attrs.set("multiply_linear_by_lr", value);
        self
    }
}

/// ResourceApplyFtrl of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `linear`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApplyFtrlOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_ftrl<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, linear: impl Operand<'g>, grad: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, lr_power: impl Operand<'g>, options: impl Into<Option<ApplyFtrlOptions>>) -> Result<T<'g>> {
    call("ApplyFtrl").input(var).input(accum).input(linear).input(grad).input(lr).input(l1).input(l2).input(lr_power).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_ftrl_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyFtrlV2Options(Options);

impl ApplyFtrlV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn multiply_linear_by_lr(mut self, value: bool) -> Self {
        self.0.attrs.set("multiply_linear_by_lr", value);
        self
    }
}

/// ResourceApplyFtrlV2 of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `linear`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2_shrinkage`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApplyFtrlV2Options`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_ftrl_v2<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, linear: impl Operand<'g>, grad: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, l2_shrinkage: impl Operand<'g>, lr_power: impl Operand<'g>, options: impl Into<Option<ApplyFtrlV2Options>>) -> Result<T<'g>> {
    call("ApplyFtrlV2").input(var).input(accum).input(linear).input(grad).input(lr).input(l1).input(l2).input(l2_shrinkage).input(lr_power).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_gradient_descent`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyGradientDescentOptions(Options);

impl ApplyGradientDescentOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyGradientDescent of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `alpha`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `delta`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApplyGradientDescentOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_gradient_descent<'g>(var: impl Operand<'g>, alpha: impl Operand<'g>, delta: impl Operand<'g>, options: impl Into<Option<ApplyGradientDescentOptions>>) -> Result<T<'g>> {
    call("ApplyGradientDescent").input(var).input(alpha).input(delta).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_momentum`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyMomentumOptions(Options);

impl ApplyMomentumOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn use_nesterov(mut self, value: bool) -> Self {
        self.0.attrs.set("use_nesterov", value);
        self
    }
}

/// ResourceApplyMomentum of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApplyMomentumOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_momentum<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, grad: impl Operand<'g>, momentum: impl Operand<'g>, options: impl Into<Option<ApplyMomentumOptions>>) -> Result<T<'g>> {
    call("ApplyMomentum").input(var).input(accum).input(lr).input(grad).input(momentum).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_proximal_adagrad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyProximalAdagradOptions(Options);

impl ApplyProximalAdagradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyProximalAdagrad of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApplyProximalAdagradOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_proximal_adagrad<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ApplyProximalAdagradOptions>>) -> Result<T<'g>> {
    call("ApplyProximalAdagrad").input(var).input(accum).input(lr).input(l1).input(l2).input(grad).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_proximal_gradient_descent`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyProximalGradientDescentOptions(Options);

impl ApplyProximalGradientDescentOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyProximalGradientDescent of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `alpha`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `delta`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApplyProximalGradientDescentOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_proximal_gradient_descent<'g>(var: impl Operand<'g>, alpha: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, delta: impl Operand<'g>, options: impl Into<Option<ApplyProximalGradientDescentOptions>>) -> Result<T<'g>> {
    call("ApplyProximalGradientDescent").input(var).input(alpha).input(l1).input(l2).input(delta).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`apply_rms_prop`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApplyRMSPropOptions(Options);

impl ApplyRMSPropOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyRMSProp of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `ms`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `mom`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApplyRMSPropOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn apply_rms_prop<'g>(var: impl Operand<'g>, ms: impl Operand<'g>, mom: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, momentum: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ApplyRMSPropOptions>>) -> Result<T<'g>> {
    call("ApplyRMSProp").input(var).input(ms).input(mom).input(lr).input(rho).input(momentum).input(epsilon).input(grad).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`approximate_equal`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ApproximateEqualOptions(Options);

impl ApproximateEqualOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A float. Default `1e-5`.
    pub fn tolerance(mut self, value: f32) -> Self {
        self.0.attrs.set("tolerance", value);
        self
    }
}

/// Whether x and y, of one shape, differ by at most `tolerance`, element by element; false for NaN and for equal
/// infinities.
///
/// - `x`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `y`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ApproximateEqualOptions`].
///
/// Gives `z`: A tensor of dtype bool.
///
/// Errors: InvalidArgument for other shapes.
#[track_caller]
pub fn approximate_equal<'g>(x: impl Operand<'g>, y: impl Operand<'g>, options: impl Into<Option<ApproximateEqualOptions>>) -> Result<T<'g>> {
    call("ApproximateEqual").input(x).input(y).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`arg_max`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ArgMaxOptions(Options);

impl ArgMaxOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int16, uint16, int32 or int64. Default `DType::Int64`.
    pub fn output_type(mut self, value: DType) -> Self {
        self.0.attrs.set("output_type", value);
        self
    }
}

/// The position of the largest element along an axis, which is removed; the first one of equals, and NaN counts for
/// nothing.
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32, uint64, qint8, quint8, qint32, qint16, quint16 or bool.
/// - `dimension`: A tensor of dtype `Tidx`: int16, int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`ArgMaxOptions`].
///
/// Gives `output`: A tensor of dtype `output_type`.
///
/// Errors: InvalidArgument for an axis that is out of range or empty, and for more than 7 axes.
#[track_caller]
pub fn arg_max<'g>(input: impl Operand<'g>, dimension: impl Operand<'g>, options: impl Into<Option<ArgMaxOptions>>) -> Result<T<'g>> {
    call("ArgMax").input(input).input(dimension).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`arg_min`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ArgMinOptions(Options);

impl ArgMinOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int64`.
    pub fn output_type(mut self, value: DType) -> Self {
        self.0.attrs.set("output_type", value);
        self
    }
}

/// The position of the smallest element along an axis, which is removed; the first one of equals, and NaN counts for
/// nothing.
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32, uint64, qint8, quint8, qint32, qint16, quint16 or bool.
/// - `dimension`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`ArgMinOptions`].
///
/// Gives `output`: A tensor of dtype `output_type`.
///
/// Errors: InvalidArgument for an axis that is out of range or empty, and for more than 7 axes.
#[track_caller]
pub fn arg_min<'g>(input: impl Operand<'g>, dimension: impl Operand<'g>, options: impl Into<Option<ArgMinOptions>>) -> Result<T<'g>> {
    call("ArgMin").input(input).input(dimension).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`as_string`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AsStringOptions(Options);

impl AsStringOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn precision(mut self, value: i64) -> Self {
        self.0.attrs.set("precision", value);
        self
    }
    /// A bool. Default `false`.
    pub fn scientific(mut self, value: bool) -> Self {
        self.0.attrs.set("scientific", value);
        self
    }
    /// A bool. Default `false`.
    pub fn shortest(mut self, value: bool) -> Self {
        self.0.attrs.set("shortest", value);
        self
    }
    /// An int. Default `-1`.
    pub fn width(mut self, value: i64) -> Self {
        self.0.attrs.set("width", value);
        self
    }
    /// A string. Default `""`.
    pub fn fill(mut self, value: &str) -> Self {
        self.0.attrs.set("fill", value);
        self
    }
}

/// Writes each element as a string, as C's printf does: fixed notation by default, %e if scientific, %g if shortest,
/// with precision digits, padded to width; fill is a printf flag (space, 0, -, + or #).
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32, uint64, complex64, complex128, bool, variant or string.
/// - `options`: `None` for the defaults of [`AsStringOptions`].
///
/// Gives `output`: A tensor of dtype string.
#[track_caller]
pub fn as_string<'g>(input: impl Operand<'g>, options: impl Into<Option<AsStringOptions>>) -> Result<T<'g>> {
    call("AsString").input(input).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The inverse sine in radians, element by element; NaN beyond -1 and 1.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn asin<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Asin").input(x).outputs()?.one()
}

/// The inverse hyperbolic sine, element by element.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn asinh<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Asinh").input(x).outputs()?.one()
}

/// Options of [`assert`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AssertOptions(Options);

impl AssertOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `3`.
    pub fn summarize(mut self, value: i64) -> Self {
        self.0.attrs.set("summarize", value);
        self
    }
}

/// Ends the run with InvalidArgument unless a condition holds; the message shows up to summarize elements of each of
/// data.
///
/// - `condition`: A tensor of dtype bool. Lives in host memory.
/// - `data`: A list of tensors, each of any dtype (`T`). Lives in host memory.
/// - `options`: `None` for the defaults of [`AssertOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn assert<'g>(condition: impl Operand<'g>, data: &[T<'g>], options: impl Into<Option<AssertOptions>>) -> Result<Op<'g>> {
    call("Assert").input(condition).list(data).options(options.into().map(|o| o.0)).run()
}

/// The same elements.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `cardinality`: A tensor of dtype int64.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
///
/// Gives `handle`: A tensor of dtype variant.
///
/// Errors: FailedPrecondition in a pass that shows that there are not as many as cardinality says.
#[track_caller]
pub fn assert_cardinality_dataset<'g>(input_dataset: impl Operand<'g>, cardinality: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape]) -> Result<T<'g>> {
    call("AssertCardinalityDataset").input(input_dataset).input(cardinality).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).outputs()?.one()
}

/// Options of [`assign`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AssignOptions(Options);

impl AssignOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn validate_shape(mut self, value: bool) -> Self {
        self.0.attrs.set("validate_shape", value);
        self
    }
    /// A bool. Default `true`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// Gives a reference variable a new value and passes the reference on. With validate\_shape the value must have the
/// variable's shape.
///
/// - `ref_`: A tensor that is a variable's reference of any dtype `T`.
/// - `value`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`AssignOptions`].
///
/// Gives `output_ref`: A tensor of dtype `T`.
#[track_caller]
pub fn assign<'g>(ref_: impl Operand<'g>, value: impl Operand<'g>, options: impl Into<Option<AssignOptions>>) -> Result<T<'g>> {
    call("Assign").input(ref_).input(value).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`assign_add`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AssignAddOptions(Options);

impl AssignAddOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// Adds a value of the same shape to a reference variable, in place, and passes the reference on.
///
/// - `ref_`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `value`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`AssignAddOptions`].
///
/// Gives `output_ref`: A tensor of dtype `T`.
#[track_caller]
pub fn assign_add<'g>(ref_: impl Operand<'g>, value: impl Operand<'g>, options: impl Into<Option<AssignAddOptions>>) -> Result<T<'g>> {
    call("AssignAdd").input(ref_).input(value).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Adds a value of the variable's shape to a variable, in place.
///
/// - `resource`: A tensor of dtype resource.
/// - `value`: A tensor of any dtype `dtype`.
///
/// Gives the operation.
#[track_caller]
pub fn assign_add_variable_op<'g>(resource: impl Operand<'g>, value: impl Operand<'g>) -> Result<Op<'g>> {
    call("AssignAddVariableOp").input(resource).input(value).run()
}

/// Options of [`assign_sub`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AssignSubOptions(Options);

impl AssignSubOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// Subtracts a value of the same shape from a reference variable, in place, and passes the reference on.
///
/// - `ref_`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `value`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`AssignSubOptions`].
///
/// Gives `output_ref`: A tensor of dtype `T`.
#[track_caller]
pub fn assign_sub<'g>(ref_: impl Operand<'g>, value: impl Operand<'g>, options: impl Into<Option<AssignSubOptions>>) -> Result<T<'g>> {
    call("AssignSub").input(ref_).input(value).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Subtracts a value of the variable's shape from a variable, in place.
///
/// - `resource`: A tensor of dtype resource.
/// - `value`: A tensor of any dtype `dtype`.
///
/// Gives the operation.
#[track_caller]
pub fn assign_sub_variable_op<'g>(resource: impl Operand<'g>, value: impl Operand<'g>) -> Result<Op<'g>> {
    call("AssignSubVariableOp").input(resource).input(value).run()
}

/// Options of [`assign_variable_op`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AssignVariableOpOptions(Options);

impl AssignVariableOpOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn validate_shape(mut self, value: bool) -> Self {
        self.0.attrs.set("validate_shape", value);
        self
    }
}

/// Gives a variable a new value. With validate\_shape the value must fit the shape that the variable was made with.
///
/// - `resource`: A tensor of dtype resource.
/// - `value`: A tensor of any dtype `dtype`.
/// - `options`: `None` for the defaults of [`AssignVariableOpOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn assign_variable_op<'g>(resource: impl Operand<'g>, value: impl Operand<'g>, options: impl Into<Option<AssignVariableOpOptions>>) -> Result<Op<'g>> {
    call("AssignVariableOp").input(resource).input(value).options(options.into().map(|o| o.0)).run()
}

/// The inverse tangent in radians, element by element, between -pi/2 and pi/2.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn atan<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Atan").input(x).outputs()?.one()
}

/// The angle of the point (x, y) in radians between -pi and pi, element by element with broadcasting; the first operand
/// is the ordinate.
///
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn atan2<'g>(y: impl Operand<'g>, x: impl Operand<'g>) -> Result<T<'g>> {
    call("Atan2").input(y).input(x).outputs()?.one()
}

/// The inverse hyperbolic tangent, element by element; NaN beyond -1 and 1.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn atanh<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Atanh").input(x).outputs()?.one()
}

/// Options of [`avg_pool`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AvgPoolOptions(Options);

impl AvgPoolOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// The mean of each window of images \[batch, height, width, channels\] (channels first with data\_format NCHW);
/// padding is not counted. ksize and strides have one value per axis.
///
/// - `value`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `ksize`: A list of ints with at least 4 of them.
/// - `strides`: A list of ints with at least 4 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`AvgPoolOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn avg_pool<'g>(value: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<AvgPoolOptions>>) -> Result<T<'g>> {
    call("AvgPool").input(value).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`avg_pool3d`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AvgPool3DOptions(Options);

impl AvgPool3DOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NDHWC' or 'NCDHW'. Default `"NDHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// The mean of each window of volumes \[batch, depth, height, width, channels\] (channels first with data\_format
/// NCDHW); padding is not counted. ksize and strides have one value per axis.
///
/// - `input`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `ksize`: A list of ints with at least 5 of them.
/// - `strides`: A list of ints with at least 5 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`AvgPool3DOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn avg_pool3d<'g>(input: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<AvgPool3DOptions>>) -> Result<T<'g>> {
    call("AvgPool3D").input(input).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`avg_pool3d_grad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AvgPool3DGradOptions(Options);

impl AvgPool3DGradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NDHWC' or 'NCDHW'. Default `"NDHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// The gradient of AvgPool3D: each window's gradient is shared equally by its elements. orig\_input\_shape is the shape
/// of the pooled volumes.
///
/// - `orig_input_shape`: A tensor of dtype int32. Lives in host memory.
/// - `grad`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `ksize`: A list of ints with at least 5 of them.
/// - `strides`: A list of ints with at least 5 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`AvgPool3DGradOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if `grad` has not the shape of the AvgPool3D's result.
#[track_caller]
pub fn avg_pool3d_grad<'g>(orig_input_shape: impl Operand<'g>, grad: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<AvgPool3DGradOptions>>) -> Result<T<'g>> {
    call("AvgPool3DGrad").input(orig_input_shape).input(grad).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`avg_pool_grad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct AvgPoolGradOptions(Options);

impl AvgPoolGradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// The gradient of AvgPool: each window's gradient is shared equally by its elements. orig\_input\_shape is the shape
/// of the pooled images.
///
/// - `orig_input_shape`: A tensor of dtype int32. Lives in host memory.
/// - `grad`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `ksize`: A list of ints with at least 4 of them.
/// - `strides`: A list of ints with at least 4 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`AvgPoolGradOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if `grad` has not the shape of the AvgPool's result.
#[track_caller]
pub fn avg_pool_grad<'g>(orig_input_shape: impl Operand<'g>, grad: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<AvgPoolGradOptions>>) -> Result<T<'g>> {
    call("AvgPoolGrad").input(orig_input_shape).input(grad).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`batch_dataset_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct BatchDatasetV2Options(Options);

impl BatchDatasetV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn parallel_copy(mut self, value: bool) -> Self {
        self.0.attrs.set("parallel_copy", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// Consecutive elements stacked batch\_size at a time; a short last batch is kept unless drop\_remainder.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `batch_size`: A tensor of dtype int64.
/// - `drop_remainder`: A tensor of dtype bool.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`BatchDatasetV2Options`].
///
/// Gives `handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument unless shapes are equal.
#[track_caller]
pub fn batch_dataset_v2<'g>(input_dataset: impl Operand<'g>, batch_size: impl Operand<'g>, drop_remainder: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<BatchDatasetV2Options>>) -> Result<T<'g>> {
    call("BatchDatasetV2").input(input_dataset).input(batch_size).input(drop_remainder).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`batch_mat_mul_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct BatchMatMulV2Options(Options);

impl BatchMatMulV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn adj_x(mut self, value: bool) -> Self {
        self.0.attrs.set("adj_x", value);
        self
    }
    /// A bool. Default `false`.
    pub fn adj_y(mut self, value: bool) -> Self {
        self.0.attrs.set("adj_y", value);
        self
    }
    /// A bool. Default `false`.
    pub fn grad_x(mut self, value: bool) -> Self {
        self.0.attrs.set("grad_x", value);
        self
    }
    /// A bool. Default `false`.
    pub fn grad_y(mut self, value: bool) -> Self {
        self.0.attrs.set("grad_y", value);
        self
    }
}

/// The matrix products of two stacks of matrices. The last two axes of `x` \[..., m, k\] and `y` \[..., k, n\] hold the
/// matrices, the axes before them broadcast against each other; the result is \[..., m, n\]. adj\_x and adj\_y take the
/// conjugate transpose of an operand first.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int16, int32, int64, uint8, uint16, uint32,
///   uint64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int16, int32, int64, uint8, uint16, uint32,
///   uint64, complex64 or complex128.
/// - `options`: `None` for the defaults of [`BatchMatMulV2Options`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for fewer than two axes or sizes that do not fit.
#[track_caller]
pub fn batch_mat_mul_v2<'g>(x: impl Operand<'g>, y: impl Operand<'g>, options: impl Into<Option<BatchMatMulV2Options>>) -> Result<T<'g>> {
    call("BatchMatMulV2").input(x).input(y).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`batch_mat_mul_v3`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct BatchMatMulV3Options(Options);

impl BatchMatMulV3Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn adj_x(mut self, value: bool) -> Self {
        self.0.attrs.set("adj_x", value);
        self
    }
    /// A bool. Default `false`.
    pub fn adj_y(mut self, value: bool) -> Self {
        self.0.attrs.set("adj_y", value);
        self
    }
    /// A bool. Default `false`.
    pub fn grad_x(mut self, value: bool) -> Self {
        self.0.attrs.set("grad_x", value);
        self
    }
    /// A bool. Default `false`.
    pub fn grad_y(mut self, value: bool) -> Self {
        self.0.attrs.set("grad_y", value);
        self
    }
}

/// The matrix products of two stacks of matrices with a result dtype of its own. As BatchMatMulV2; 8-bit integers
/// multiply into int32, all others into their own dtype.
///
/// - `x`: A tensor of dtype `Ta`: bfloat16, float16, float32, float64, uint8, int8, int16, int32, int64, complex64 or
///   complex128.
/// - `y`: A tensor of dtype `Tb`: bfloat16, float16, float32, float64, uint8, int8, int16, int32, int64, complex64 or
///   complex128.
/// - `tout`: A dtype: bfloat16, float16, float32, float64, int16, int32, int64, complex64 or complex128.
/// - `options`: `None` for the defaults of [`BatchMatMulV3Options`].
///
/// Gives `output`: A tensor of dtype `Tout`.
#[track_caller]
pub fn batch_mat_mul_v3<'g>(x: impl Operand<'g>, y: impl Operand<'g>, tout: DType, options: impl Into<Option<BatchMatMulV3Options>>) -> Result<T<'g>> {
    call("BatchMatMulV3").input(x).input(y).attr("Tout", tout).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`bias_add`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct BiasAddOptions(Options);

impl BiasAddOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// Adds a vector along the channel axis: the last axis, or axis 1 with data\_format NCHW. `value` has at least two axes
/// (three with NCHW), `bias` one element per channel.
///
/// - `value`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `bias`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`BiasAddOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument otherwise.
#[track_caller]
pub fn bias_add<'g>(value: impl Operand<'g>, bias: impl Operand<'g>, options: impl Into<Option<BiasAddOptions>>) -> Result<T<'g>> {
    call("BiasAdd").input(value).input(bias).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`bias_add_grad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct BiasAddGradOptions(Options);

impl BiasAddGradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// The gradient of BiasAdd for its bias: the sum over all axes but the channel axis (the last one, or axis 1 with
/// data\_format NCHW).
///
/// - `out_backprop`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`BiasAddGradOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for fewer than two axes (three with NCHW).
#[track_caller]
pub fn bias_add_grad<'g>(out_backprop: impl Operand<'g>, options: impl Into<Option<BiasAddGradOptions>>) -> Result<T<'g>> {
    call("BiasAddGrad").input(out_backprop).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// How often each number in 0..size occurs in an array of any shape, or the sum of its weights; numbers from `size` on
/// are left out. `weights` has as many elements as `arr` or none.
///
/// - `arr`: A tensor of dtype int32.
/// - `size`: A tensor of dtype int32. Lives in host memory.
/// - `weights`: A tensor of dtype `T`: int32, int64, float32 or float64.
///
/// Gives `bins`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for negative numbers or sizes.
#[track_caller]
pub fn bincount<'g>(arr: impl Operand<'g>, size: impl Operand<'g>, weights: impl Operand<'g>) -> Result<T<'g>> {
    call("Bincount").input(arr).input(size).input(weights).outputs()?.one()
}

/// The bytes of the input as elements of dtype `type`. To a smaller element a last axis is added, of as many elements
/// as one input element has; to a larger one the last axis, which must have that size, is removed.
///
/// - `input`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int64, int32, uint8, uint16, uint32, uint64,
///   int8, int16, complex64, complex128, qint8, quint8, qint16, quint16 or qint32.
/// - `type_`: A dtype: bfloat16, float16, float32, float64, int64, int32, uint8, uint16, uint32, uint64, int8, int16,
///   complex64, complex128, qint8, quint8, qint16, quint16 or qint32.
///
/// Gives `output`: A tensor of dtype `type`.
///
/// Errors: InvalidArgument if the sizes do not fit.
#[track_caller]
pub fn bitcast<'g>(input: impl Operand<'g>, type_: DType) -> Result<T<'g>> {
    call("Bitcast").input(input).attr("type", type_).outputs()?.one()
}

/// The bits set in both, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
/// - `y`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn bitwise_and<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("BitwiseAnd").input(x).input(y).outputs()?.one()
}

/// The bits set in one or both, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
/// - `y`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn bitwise_or<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("BitwiseOr").input(x).input(y).outputs()?.one()
}

/// The bits set in just one, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
/// - `y`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn bitwise_xor<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("BitwiseXor").input(x).input(y).outputs()?.one()
}

/// The broadcast of two shapes, all as vectors.
///
/// - `s0`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
/// - `s1`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
///
/// Gives `r0`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if they do not broadcast.
#[track_caller]
pub fn broadcast_args<'g>(s0: impl Operand<'g>, s1: impl Operand<'g>) -> Result<T<'g>> {
    call("BroadcastArgs").input(s0).input(s1).outputs()?.one()
}

/// The axes along which a gradient of the broadcast of shapes `s0` and `s1` is summed to get one of shape `s0` (`r0`)
/// and of shape `s1` (`r1`), as vectors.
///
/// - `s0`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
/// - `s1`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
///
/// Gives `r0`: A tensor of dtype `T`; `r1`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn broadcast_gradient_args<'g>(s0: impl Operand<'g>, s1: impl Operand<'g>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("BroadcastGradientArgs").input(s0).input(s1).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// The input repeated along new leading axes and along axes of size 1, so that it has the shape `shape`, a vector.
///
/// - `input`: A tensor of any dtype `T`.
/// - `shape`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if its shape does not broadcast to that.
#[track_caller]
pub fn broadcast_to<'g>(input: impl Operand<'g>, shape: impl Operand<'g>) -> Result<T<'g>> {
    call("BroadcastTo").input(input).input(shape).outputs()?.one()
}

/// Options of [`cache_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct CacheDatasetOptions(Options);

impl CacheDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The same elements, kept after the first pass: in memory if filename is empty.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `filename`: A tensor of dtype string.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`CacheDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn cache_dataset<'g>(input_dataset: impl Operand<'g>, filename: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<CacheDatasetOptions>>) -> Result<T<'g>> {
    call("CacheDataset").input(input_dataset).input(filename).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`cache_dataset_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct CacheDatasetV2Options(Options);

impl CacheDatasetV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The same elements, kept after the first pass: in memory if filename is empty.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `filename`: A tensor of dtype string.
/// - `cache`: A tensor of dtype resource.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`CacheDatasetV2Options`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn cache_dataset_v2<'g>(input_dataset: impl Operand<'g>, filename: impl Operand<'g>, cache: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<CacheDatasetV2Options>>) -> Result<T<'g>> {
    call("CacheDatasetV2").input(input_dataset).input(filename).input(cache).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`case`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct CaseOptions(Options);

impl CaseOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None. Default `[]`.
    pub fn output_shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("output_shapes", value.to_vec());
        self
    }
}

/// Calls the function of this number, which may have effects. A number out of range stands for the last one.
///
/// - `branch_index`: A tensor of dtype int32. Lives in host memory.
/// - `input`: A list of tensors, each of any dtype (`Tin`).
/// - `tout`: A list of dtypes with at least 0 of them.
/// - `branches`: A list of functions with at least 1 of them.
/// - `options`: `None` for the defaults of [`CaseOptions`].
///
/// Gives `output`: A list of tensors of dtypes `Tout`.
#[track_caller]
pub fn case<'g>(branch_index: impl Operand<'g>, input: &[T<'g>], tout: &[DType], branches: &[Func], options: impl Into<Option<CaseOptions>>) -> Result<Vec<T<'g>>> {
    call("Case").input(branch_index).list(input).attr("Tout", tout.to_vec()).attr("branches", Attr::Funcs(branches.to_vec())).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`cast`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct CastOptions(Options);

impl CastOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn truncate(mut self, value: bool) -> Self {
        self.0.attrs.set("Truncate", value);
        self
    }
}

/// The values of `x` as another dtype. Floating point results are rounded to nearest (toward zero if Truncate),
/// integers wrap, quantised numbers count as the integers that hold them, floats become integers by dropping their
/// fraction, anything but zero becomes true, and complex numbers lose their imaginary part.
///
/// - `x`: A tensor of any dtype `SrcT`.
/// - `dst_t`: A dtype.
/// - `options`: `None` for the defaults of [`CastOptions`].
///
/// Gives `y`: A tensor of dtype `DstT`.
///
/// Errors: Unimplemented between strings and numbers.
#[track_caller]
pub fn cast<'g>(x: impl Operand<'g>, dst_t: DType, options: impl Into<Option<CastOptions>>) -> Result<T<'g>> {
    call("Cast").input(x).attr("DstT", dst_t).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The smallest integer that is not below x, element by element.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn ceil<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Ceil").input(x).outputs()?.one()
}

/// The tensor itself.
///
/// - `tensor`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `message`: A string.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument, with the message in front, if it holds a NaN or an infinity.
#[track_caller]
pub fn check_numerics<'g>(tensor: impl Operand<'g>, message: &str) -> Result<T<'g>> {
    call("CheckNumerics").input(tensor).attr("message", message).outputs()?.one()
}

/// The elements of `t`, none above clip\_value\_max, then none below clip\_value\_min; NaN stays. Each limit is a
/// scalar or has the shape of `t`; parts of complex numbers are limited one by one.
///
/// - `t`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `clip_value_min`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `clip_value_max`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for other shapes.
#[track_caller]
pub fn clip_by_value<'g>(t: impl Operand<'g>, clip_value_min: impl Operand<'g>, clip_value_max: impl Operand<'g>) -> Result<T<'g>> {
    call("ClipByValue").input(t).input(clip_value_min).input(clip_value_max).outputs()?.one()
}

/// Options of [`complex`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ComplexOptions(Options);

impl ComplexOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: complex64 or complex128. Default `DType::Complex64`.
    pub fn tout(mut self, value: DType) -> Self {
        self.0.attrs.set("Tout", value);
        self
    }
}

/// Complex numbers from their real and imaginary parts, which broadcast against each other.
///
/// - `real`: A tensor of dtype `T`: float32 or float64.
/// - `imag`: A tensor of dtype `T`: float32 or float64.
/// - `options`: `None` for the defaults of [`ComplexOptions`].
///
/// Gives `out`: A tensor of dtype `Tout`.
///
/// Errors: InvalidArgument if they cannot.
#[track_caller]
pub fn complex<'g>(real: impl Operand<'g>, imag: impl Operand<'g>, options: impl Into<Option<ComplexOptions>>) -> Result<T<'g>> {
    call("Complex").input(real).input(imag).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`complex_abs`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ComplexAbsOptions(Options);

impl ComplexAbsOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: float32 or float64. Default `DType::Float`.
    pub fn tout(mut self, value: DType) -> Self {
        self.0.attrs.set("Tout", value);
        self
    }
}

/// The modulus of complex numbers, element by element, without overflow on the way.
///
/// - `x`: A tensor of dtype `T`: complex64 or complex128.
/// - `options`: `None` for the defaults of [`ComplexAbsOptions`].
///
/// Gives `y`: A tensor of dtype `Tout`.
#[track_caller]
pub fn complex_abs<'g>(x: impl Operand<'g>, options: impl Into<Option<ComplexAbsOptions>>) -> Result<T<'g>> {
    call("ComplexAbs").input(x).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// For tensors of these shapes joined along `concat_dim`: where each begins in the result, as vectors.
///
/// - `concat_dim`: A tensor of dtype int32. Lives in host memory.
/// - `shape`: A list of at least 2 tensors, of dtype `shape_type`: int32 or int64. Lives in host memory.
///
/// Gives `offset`: A list of `N` tensors of dtype `shape_type`.
///
/// Errors: InvalidArgument if the shapes cannot be joined.
#[track_caller]
pub fn concat_offset<'g>(concat_dim: impl Operand<'g>, shape: &[T<'g>]) -> Result<Vec<T<'g>>> {
    call("ConcatOffset").input(concat_dim).list(shape).outputs()?.list()
}

/// Joins tensors along `axis`, a scalar (negative ones count from the end). All other sizes must be equal.
///
/// - `values`: A list of at least 2 tensors, of any dtype `T`.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for scalars, for ranks or sizes that differ, and if `axis` is out of range.
#[track_caller]
pub fn concat_v2<'g>(values: &[T<'g>], axis: impl Operand<'g>) -> Result<T<'g>> {
    call("ConcatV2").list(values).input(axis).outputs()?.one()
}

/// Options of [`concatenate_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ConcatenateDatasetOptions(Options);

impl ConcatenateDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The elements of one dataset, then those of another.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `another_dataset`: A tensor of dtype variant.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`ConcatenateDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn concatenate_dataset<'g>(input_dataset: impl Operand<'g>, another_dataset: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<ConcatenateDatasetOptions>>) -> Result<T<'g>> {
    call("ConcatenateDataset").input(input_dataset).input(another_dataset).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The complex conjugate, element by element.
///
/// - `input`: A tensor of dtype `T`: complex64, complex128 or variant.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn conj<'g>(input: impl Operand<'g>) -> Result<T<'g>> {
    call("Conj").input(input).outputs()?.one()
}

/// Permutes axes as Transpose and conjugates complex elements.
///
/// - `x`: A tensor of any dtype `T`.
/// - `perm`: A tensor of dtype `Tperm`: int32 or int64. Lives in host memory.
///
/// Gives `y`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if `perm` is not a permutation of the axes.
#[track_caller]
pub fn conjugate_transpose<'g>(x: impl Operand<'g>, perm: impl Operand<'g>) -> Result<T<'g>> {
    call("ConjugateTranspose").input(x).input(perm).outputs()?.one()
}

/// A constant tensor. `value` is the tensor and `dtype` its dtype.
///
/// - `value`: A constant tensor.
/// - `dtype`: A dtype.
///
/// Gives `output`: A tensor of dtype `dtype`.
///
/// Errors: InvalidArgument if they differ.
#[track_caller]
pub fn const_<'g>(graph: &'g Graph, value: Tensor, dtype: DType) -> Result<T<'g>> {
    call("Const").on(graph).attr("value", value).attr("dtype", dtype).outputs()?.one()
}

/// Options of [`conv2d`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct Conv2DOptions(Options);

impl Conv2DOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn use_cudnn_on_gpu(mut self, value: bool) -> Self {
        self.0.attrs.set("use_cudnn_on_gpu", value);
        self
    }
    /// A list of ints. Default `[]`.
    pub fn explicit_paddings(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("explicit_paddings", value.to_vec());
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A list of ints. Default `[1, 1, 1, 1]`.
    pub fn dilations(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("dilations", value.to_vec());
        self
    }
}

/// Slides a filter \[height, width, in, out\] over images \[batch, height, width, channels\] (or channels first with
/// data\_format NCHW) and sums products; the filter is not flipped. strides and dilations have one value per axis. If
/// the image has g times the filter's input channels, both work in g groups. padding SAME gives ceil(size / stride),
/// VALID pads nothing, EXPLICIT takes explicit\_paddings (before and after, per axis).
///
/// - `input`: A tensor of dtype `T`: float16, bfloat16, float32, float64 or int32.
/// - `filter`: A tensor of dtype `T`: float16, bfloat16, float32, float64 or int32.
/// - `strides`: A list of ints.
/// - `padding`: A string: 'SAME', 'VALID' or 'EXPLICIT'.
/// - `options`: `None` for the defaults of [`Conv2DOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn conv2d<'g>(input: impl Operand<'g>, filter: impl Operand<'g>, strides: &[i64], padding: &str, options: impl Into<Option<Conv2DOptions>>) -> Result<T<'g>> {
    call("Conv2D").input(input).input(filter).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`conv2d_backprop_filter`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct Conv2DBackpropFilterOptions(Options);

impl Conv2DBackpropFilterOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn use_cudnn_on_gpu(mut self, value: bool) -> Self {
        self.0.attrs.set("use_cudnn_on_gpu", value);
        self
    }
    /// A list of ints. Default `[]`.
    pub fn explicit_paddings(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("explicit_paddings", value.to_vec());
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A list of ints. Default `[1, 1, 1, 1]`.
    pub fn dilations(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("dilations", value.to_vec());
        self
    }
}

/// The gradient of Conv2D for its filter. filter\_sizes is the shape of the filter, the attributes are those of the
/// Conv2D.
///
/// - `input`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `filter_sizes`: A tensor of dtype int32. Lives in host memory.
/// - `out_backprop`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `strides`: A list of ints.
/// - `padding`: A string: 'SAME', 'VALID' or 'EXPLICIT'.
/// - `options`: `None` for the defaults of [`Conv2DBackpropFilterOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the sizes are not those of such a Conv2D.
#[track_caller]
pub fn conv2d_backprop_filter<'g>(input: impl Operand<'g>, filter_sizes: impl Operand<'g>, out_backprop: impl Operand<'g>, strides: &[i64], padding: &str, options: impl Into<Option<Conv2DBackpropFilterOptions>>) -> Result<T<'g>> {
    call("Conv2DBackpropFilter").input(input).input(filter_sizes).input(out_backprop).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`conv2d_backprop_input`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct Conv2DBackpropInputOptions(Options);

impl Conv2DBackpropInputOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn use_cudnn_on_gpu(mut self, value: bool) -> Self {
        self.0.attrs.set("use_cudnn_on_gpu", value);
        self
    }
    /// A list of ints. Default `[]`.
    pub fn explicit_paddings(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("explicit_paddings", value.to_vec());
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A list of ints. Default `[1, 1, 1, 1]`.
    pub fn dilations(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("dilations", value.to_vec());
        self
    }
}

/// The gradient of Conv2D for its input, which is the transposed convolution. input\_sizes is the shape of the input
/// (or its height and width), the attributes are those of the Conv2D.
///
/// - `input_sizes`: A tensor of dtype int32. Lives in host memory.
/// - `filter`: A tensor of dtype `T`: float16, bfloat16, float32, float64 or int32.
/// - `out_backprop`: A tensor of dtype `T`: float16, bfloat16, float32, float64 or int32.
/// - `strides`: A list of ints.
/// - `padding`: A string: 'SAME', 'VALID' or 'EXPLICIT'.
/// - `options`: `None` for the defaults of [`Conv2DBackpropInputOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the sizes are not those of such a Conv2D.
#[track_caller]
pub fn conv2d_backprop_input<'g>(input_sizes: impl Operand<'g>, filter: impl Operand<'g>, out_backprop: impl Operand<'g>, strides: &[i64], padding: &str, options: impl Into<Option<Conv2DBackpropInputOptions>>) -> Result<T<'g>> {
    call("Conv2DBackpropInput").input(input_sizes).input(filter).input(out_backprop).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`conv3d`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct Conv3DOptions(Options);

impl Conv3DOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NDHWC' or 'NCDHW'. Default `"NDHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A list of ints. Default `[1, 1, 1, 1, 1]`.
    pub fn dilations(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("dilations", value.to_vec());
        self
    }
}

/// Slides a filter \[depth, height, width, in, out\] over volumes \[batch, depth, height, width, channels\] (or
/// channels first with data\_format NCDHW) and sums products; the filter is not flipped. strides and dilations have one
/// value per axis. If the volume has g times the filter's input channels, both work in g groups.
///
/// - `input`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `filter`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `strides`: A list of ints with at least 5 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`Conv3DOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn conv3d<'g>(input: impl Operand<'g>, filter: impl Operand<'g>, strides: &[i64], padding: &str, options: impl Into<Option<Conv3DOptions>>) -> Result<T<'g>> {
    call("Conv3D").input(input).input(filter).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`conv3d_backprop_filter_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct Conv3DBackpropFilterV2Options(Options);

impl Conv3DBackpropFilterV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NDHWC' or 'NCDHW'. Default `"NDHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A list of ints. Default `[1, 1, 1, 1, 1]`.
    pub fn dilations(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("dilations", value.to_vec());
        self
    }
}

/// The gradient of Conv3D for its filter. filter\_sizes is the shape of the filter, the attributes are those of the
/// Conv3D.
///
/// - `input`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `filter_sizes`: A tensor of dtype int32. Lives in host memory.
/// - `out_backprop`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `strides`: A list of ints with at least 5 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`Conv3DBackpropFilterV2Options`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the sizes are not those of such a Conv3D.
#[track_caller]
pub fn conv3d_backprop_filter_v2<'g>(input: impl Operand<'g>, filter_sizes: impl Operand<'g>, out_backprop: impl Operand<'g>, strides: &[i64], padding: &str, options: impl Into<Option<Conv3DBackpropFilterV2Options>>) -> Result<T<'g>> {
    call("Conv3DBackpropFilterV2").input(input).input(filter_sizes).input(out_backprop).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`conv3d_backprop_input_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct Conv3DBackpropInputV2Options(Options);

impl Conv3DBackpropInputV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NDHWC' or 'NCDHW'. Default `"NDHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A list of ints. Default `[1, 1, 1, 1, 1]`.
    pub fn dilations(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("dilations", value.to_vec());
        self
    }
}

/// The gradient of Conv3D for its input, which is the transposed convolution. input\_sizes is the shape of the input,
/// the attributes are those of the Conv3D.
///
/// - `input_sizes`: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
/// - `filter`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `out_backprop`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `strides`: A list of ints with at least 5 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`Conv3DBackpropInputV2Options`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the sizes are not those of such a Conv3D.
#[track_caller]
pub fn conv3d_backprop_input_v2<'g>(input_sizes: impl Operand<'g>, filter: impl Operand<'g>, out_backprop: impl Operand<'g>, strides: &[i64], padding: &str, options: impl Into<Option<Conv3DBackpropInputV2Options>>) -> Result<T<'g>> {
    call("Conv3DBackpropInputV2").input(input_sizes).input(filter).input(out_backprop).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The cosine of x in radians, element by element.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn cos<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Cos").input(x).outputs()?.one()
}

/// The hyperbolic cosine, element by element.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn cosh<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Cosh").input(x).outputs()?.one()
}

/// Adds one to a scalar reference variable and gives the value before.
///
/// - `ref_`: A tensor that is a variable's reference of dtype `T`: int32 or int64.
/// - `limit`: An int.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: OutOfRange if it has reached the limit.
#[track_caller]
pub fn count_up_to<'g>(ref_: impl Operand<'g>, limit: i64) -> Result<T<'g>> {
    call("CountUpTo").input(ref_).attr("limit", limit).outputs()?.one()
}

/// Options of [`cumprod`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct CumprodOptions(Options);

impl CumprodOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn exclusive(mut self, value: bool) -> Self {
        self.0.attrs.set("exclusive", value);
        self
    }
    /// A bool. Default `false`.
    pub fn reverse(mut self, value: bool) -> Self {
        self.0.attrs.set("reverse", value);
        self
    }
}

/// Running products along an axis (a scalar; negative counts from the end), of the shape of `x`. Exclusive products
/// leave the element itself out and start with 1; reverse ones run from the end.
///
/// - `x`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`CumprodOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an axis out of range.
#[track_caller]
pub fn cumprod<'g>(x: impl Operand<'g>, axis: impl Operand<'g>, options: impl Into<Option<CumprodOptions>>) -> Result<T<'g>> {
    call("Cumprod").input(x).input(axis).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`cumsum`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct CumsumOptions(Options);

impl CumsumOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn exclusive(mut self, value: bool) -> Self {
        self.0.attrs.set("exclusive", value);
        self
    }
    /// A bool. Default `false`.
    pub fn reverse(mut self, value: bool) -> Self {
        self.0.attrs.set("reverse", value);
        self
    }
}

/// Running sums along an axis (a scalar; negative counts from the end), of the shape of `x`. Exclusive sums leave the
/// element itself out and start with 0; reverse ones run from the end.
///
/// - `x`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`CumsumOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an axis out of range.
#[track_caller]
pub fn cumsum<'g>(x: impl Operand<'g>, axis: impl Operand<'g>, options: impl Into<Option<CumsumOptions>>) -> Result<T<'g>> {
    call("Cumsum").input(x).input(axis).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`dataset_cardinality`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct DatasetCardinalityOptions(Options);

impl DatasetCardinalityOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn cardinality_options(mut self, value: &str) -> Self {
        self.0.attrs.set("cardinality_options", value);
        self
    }
}

/// The number of elements: -1 if there is no end, -2 if it is unknown.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `options`: `None` for the defaults of [`DatasetCardinalityOptions`].
///
/// Gives `cardinality`: A tensor of dtype int64.
#[track_caller]
pub fn dataset_cardinality<'g>(input_dataset: impl Operand<'g>, options: impl Into<Option<DatasetCardinalityOptions>>) -> Result<T<'g>> {
    call("DatasetCardinality").input(input_dataset).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`dataset_to_single_element`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct DatasetToSingleElementOptions(Options);

impl DatasetToSingleElementOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The only element of a dataset.
///
/// - `dataset`: A tensor of dtype variant.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`DatasetToSingleElementOptions`].
///
/// Gives `components`: A list of tensors of dtypes `output_types`.
///
/// Errors: InvalidArgument if it has none or more.
#[track_caller]
pub fn dataset_to_single_element<'g>(dataset: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<DatasetToSingleElementOptions>>) -> Result<Vec<T<'g>>> {
    call("DatasetToSingleElement").input(dataset).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`decode_csv`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct DecodeCSVOptions(Options);

impl DecodeCSVOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `","`.
    pub fn field_delim(mut self, value: &str) -> Self {
        self.0.attrs.set("field_delim", value);
        self
    }
    /// A bool. Default `true`.
    pub fn use_quote_delim(mut self, value: bool) -> Self {
        self.0.attrs.set("use_quote_delim", value);
        self
    }
    /// A string. Default `""`.
    pub fn na_value(mut self, value: &str) -> Self {
        self.0.attrs.set("na_value", value);
        self
    }
    /// A list of ints. Default `[]`.
    pub fn select_cols(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("select_cols", value.to_vec());
        self
    }
}

/// The columns of lines of CSV (RFC 4180), each of the shape of `records`. A field that is empty or `na_value` is the
/// column's default; InvalidArgument if that has no element, for fields that are no such number, and for lines with
/// another number of fields.
///
/// - `records`: A tensor of dtype string.
/// - `record_defaults`: A list of tensors, each of dtype float32, float64, int32, int64 or string (`OUT_TYPE`).
/// - `options`: `None` for the defaults of [`DecodeCSVOptions`].
///
/// Gives `output`: A list of tensors of dtypes `OUT_TYPE`.
#[track_caller]
pub fn decode_csv<'g>(records: impl Operand<'g>, record_defaults: &[T<'g>], options: impl Into<Option<DecodeCSVOptions>>) -> Result<Vec<T<'g>>> {
    call("DecodeCSV").input(records).list(record_defaults).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`decode_raw`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct DecodeRawOptions(Options);

impl DecodeRawOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn little_endian(mut self, value: bool) -> Self {
        self.0.attrs.set("little_endian", value);
        self
    }
}

/// The bytes of each string as numbers, along a new last axis.
///
/// - `bytes`: A tensor of dtype string.
/// - `out_type`: A dtype: float16, float32, float64, int32, uint16, uint8, int16, int8, int64, complex64, complex128,
///   bool or bfloat16.
/// - `options`: `None` for the defaults of [`DecodeRawOptions`].
///
/// Gives `output`: A tensor of dtype `out_type`.
///
/// Errors: InvalidArgument unless all strings have the same length, a multiple of the size of a number.
#[track_caller]
pub fn decode_raw<'g>(bytes: impl Operand<'g>, out_type: DType, options: impl Into<Option<DecodeRawOptions>>) -> Result<T<'g>> {
    call("DecodeRaw").input(bytes).attr("out_type", out_type).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Drops an anonymous iterator.
///
/// - `handle`: A tensor of dtype resource.
/// - `deleter`: A tensor of dtype variant.
///
/// Gives the operation.
#[track_caller]
pub fn delete_iterator<'g>(handle: impl Operand<'g>, deleter: impl Operand<'g>) -> Result<Op<'g>> {
    call("DeleteIterator").input(handle).input(deleter).run()
}

/// Drops a cache in memory.
///
/// - `handle`: A tensor of dtype resource.
/// - `deleter`: A tensor of dtype variant.
///
/// Gives the operation.
#[track_caller]
pub fn delete_memory_cache<'g>(handle: impl Operand<'g>, deleter: impl Operand<'g>) -> Result<Op<'g>> {
    call("DeleteMemoryCache").input(handle).input(deleter).run()
}

/// Drops a generator of seeds.
///
/// - `handle`: A tensor of dtype resource.
/// - `deleter`: A tensor of dtype variant.
///
/// Gives the operation.
#[track_caller]
pub fn delete_seed_generator<'g>(handle: impl Operand<'g>, deleter: impl Operand<'g>) -> Result<Op<'g>> {
    call("DeleteSeedGenerator").input(handle).input(deleter).run()
}

/// Options of [`dense_bincount`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct DenseBincountOptions(Options);

impl DenseBincountOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn binary_output(mut self, value: bool) -> Self {
        self.0.attrs.set("binary_output", value);
        self
    }
}

/// How often each number in 0..size occurs, or the sum of its weights; numbers from `size` on are left out. `input` is
/// a scalar or vector (result \[size\]) or a matrix (row by row: \[rows, size\]); `weights` has its shape or is empty.
/// With binary\_output 1 where a number occurs.
///
/// - `input`: A tensor of dtype `Tidx`: int32 or int64.
/// - `size`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `weights`: A tensor of dtype `T`: int32, int64, float32 or float64.
/// - `options`: `None` for the defaults of [`DenseBincountOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for negative numbers or sizes.
#[track_caller]
pub fn dense_bincount<'g>(input: impl Operand<'g>, size: impl Operand<'g>, weights: impl Operand<'g>, options: impl Into<Option<DenseBincountOptions>>) -> Result<T<'g>> {
    call("DenseBincount").input(input).input(size).input(weights).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Sparse tensors of batch\_size dense elements each, as vectors of 3 variants (see SerializeSparse); their rows have
/// the shape row\_shape, where -1 means the largest of the batch.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `batch_size`: A tensor of dtype int64.
/// - `row_shape`: A tensor of dtype int64.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
///
/// Gives `handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument for elements of another rank, DataLoss for larger ones.
#[track_caller]
pub fn dense_to_sparse_batch_dataset<'g>(input_dataset: impl Operand<'g>, batch_size: impl Operand<'g>, row_shape: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape]) -> Result<T<'g>> {
    call("DenseToSparseBatchDataset").input(input_dataset).input(batch_size).input(row_shape).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).outputs()?.one()
}

/// Options of [`depthwise_conv2d_native`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct DepthwiseConv2dNativeOptions(Options);

impl DepthwiseConv2dNativeOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of ints. Default `[]`.
    pub fn explicit_paddings(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("explicit_paddings", value.to_vec());
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A list of ints. Default `[1, 1, 1, 1]`.
    pub fn dilations(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("dilations", value.to_vec());
        self
    }
}

/// Convolves each channel of images \[batch, height, width, channels\] with filters of its own: the filter is \[height,
/// width, channels, multiplier\], and channel c gives the result's channels c \* multiplier onward. strides, padding,
/// dilations and data\_format as for Conv2D.
///
/// - `input`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `filter`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `strides`: A list of ints.
/// - `padding`: A string: 'SAME', 'VALID' or 'EXPLICIT'.
/// - `options`: `None` for the defaults of [`DepthwiseConv2dNativeOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn depthwise_conv2d_native<'g>(input: impl Operand<'g>, filter: impl Operand<'g>, strides: &[i64], padding: &str, options: impl Into<Option<DepthwiseConv2dNativeOptions>>) -> Result<T<'g>> {
    call("DepthwiseConv2dNative").input(input).input(filter).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`depthwise_conv2d_native_backprop_filter`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct DepthwiseConv2dNativeBackpropFilterOptions(Options);

impl DepthwiseConv2dNativeBackpropFilterOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of ints. Default `[]`.
    pub fn explicit_paddings(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("explicit_paddings", value.to_vec());
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A list of ints. Default `[1, 1, 1, 1]`.
    pub fn dilations(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("dilations", value.to_vec());
        self
    }
}

/// The gradient of DepthwiseConv2dNative for its filter, whose shape is filter\_sizes.
///
/// - `input`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `filter_sizes`: A tensor of dtype int32. Lives in host memory.
/// - `out_backprop`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `strides`: A list of ints.
/// - `padding`: A string: 'SAME', 'VALID' or 'EXPLICIT'.
/// - `options`: `None` for the defaults of [`DepthwiseConv2dNativeBackpropFilterOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the sizes are not those of such a convolution.
#[track_caller]
pub fn depthwise_conv2d_native_backprop_filter<'g>(input: impl Operand<'g>, filter_sizes: impl Operand<'g>, out_backprop: impl Operand<'g>, strides: &[i64], padding: &str, options: impl Into<Option<DepthwiseConv2dNativeBackpropFilterOptions>>) -> Result<T<'g>> {
    call("DepthwiseConv2dNativeBackpropFilter").input(input).input(filter_sizes).input(out_backprop).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`depthwise_conv2d_native_backprop_input`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct DepthwiseConv2dNativeBackpropInputOptions(Options);

impl DepthwiseConv2dNativeBackpropInputOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of ints. Default `[]`.
    pub fn explicit_paddings(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("explicit_paddings", value.to_vec());
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A list of ints. Default `[1, 1, 1, 1]`.
    pub fn dilations(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("dilations", value.to_vec());
        self
    }
}

/// The gradient of DepthwiseConv2dNative for its input, whose shape is input\_sizes.
///
/// - `input_sizes`: A tensor of dtype int32. Lives in host memory.
/// - `filter`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `out_backprop`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `strides`: A list of ints.
/// - `padding`: A string: 'SAME', 'VALID' or 'EXPLICIT'.
/// - `options`: `None` for the defaults of [`DepthwiseConv2dNativeBackpropInputOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the sizes are not those of such a convolution.
#[track_caller]
pub fn depthwise_conv2d_native_backprop_input<'g>(input_sizes: impl Operand<'g>, filter: impl Operand<'g>, out_backprop: impl Operand<'g>, strides: &[i64], padding: &str, options: impl Into<Option<DepthwiseConv2dNativeBackpropInputOptions>>) -> Result<T<'g>> {
    call("DepthwiseConv2dNativeBackpropInput").input(input_sizes).input(filter).input(out_backprop).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The sparse tensor that SerializeSparse encoded; of a tensor \[..., 3\] of several, one sparse tensor with further
/// axes in front, as wide as the widest of them.
///
/// - `serialized_sparse`: A tensor of dtype `Tserialized`: string or variant.
/// - `dtype`: A dtype.
///
/// Gives `sparse_indices`: A tensor of dtype int64; `sparse_values`: A tensor of dtype `dtype`; `sparse_shape`: A
/// tensor of dtype int64.
///
/// Errors: InvalidArgument for other contents.
#[track_caller]
pub fn deserialize_sparse<'g>(serialized_sparse: impl Operand<'g>, dtype: DType) -> Result<(T<'g>, T<'g>, T<'g>)> {
    let mut out = call("DeserializeSparse").input(serialized_sparse).attr("dtype", dtype).outputs()?;
    Ok((out.one()?, out.one()?, out.one()?))
}

/// Options of [`destroy_resource_op`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct DestroyResourceOpOptions(Options);

impl DestroyResourceOpOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn ignore_lookup_error(mut self, value: bool) -> Self {
        self.0.attrs.set("ignore_lookup_error", value);
        self
    }
}

/// Drops what a handle stands for: a variable loses its value, other resources leave their container.
///
/// - `resource`: A tensor of dtype resource.
/// - `options`: `None` for the defaults of [`DestroyResourceOpOptions`].
///
/// Gives the operation.
///
/// Errors: NotFound if it is gone already, unless ignore\_lookup\_error.
#[track_caller]
pub fn destroy_resource_op<'g>(resource: impl Operand<'g>, options: impl Into<Option<DestroyResourceOpOptions>>) -> Result<Op<'g>> {
    call("DestroyResourceOp").input(resource).options(options.into().map(|o| o.0)).run()
}

/// A tensor with the axes of `diagonal` twice over: output\[i..., i...\] is diagonal\[i...\], and all other elements
/// are zero.
///
/// - `diagonal`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, complex64 or complex128.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for a scalar.
#[track_caller]
pub fn diag<'g>(diagonal: impl Operand<'g>) -> Result<T<'g>> {
    call("Diag").input(diagonal).outputs()?.one()
}

/// The diagonal of a tensor whose second half of axes has the sizes of the first: diagonal\[i...\] is input\[i...,
/// i...\].
///
/// - `input`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, complex64 or complex128.
///
/// Gives `diagonal`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an odd number of axes and for sizes that differ.
#[track_caller]
pub fn diag_part<'g>(input: impl Operand<'g>) -> Result<T<'g>> {
    call("DiagPart").input(input).outputs()?.one()
}

/// The derivative of log |Gamma(x)|, element by element; NaN at 0, -1, -2, ...
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn digamma<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Digamma").input(x).outputs()?.one()
}

/// Options of [`directed_interleave_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct DirectedInterleaveDatasetOptions(Options);

impl DirectedInterleaveDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn stop_on_empty_dataset(mut self, value: bool) -> Self {
        self.0.attrs.set("stop_on_empty_dataset", value);
        self
    }
}

/// Each element from the dataset whose number the selector gives; ended ones are passed over, or end it if
/// stop\_on\_empty\_dataset.
///
/// - `selector_input_dataset`: A tensor of dtype variant.
/// - `data_input_datasets`: A list of at least 1 tensors, of dtype variant.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`DirectedInterleaveDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn directed_interleave_dataset<'g>(selector_input_dataset: impl Operand<'g>, data_input_datasets: &[T<'g>], output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<DirectedInterleaveDatasetOptions>>) -> Result<T<'g>> {
    call("DirectedInterleaveDataset").input(selector_input_dataset).list(data_input_datasets).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// x/y, element by element with broadcasting; integers truncate.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32,
///   uint64, int64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32,
///   uint64, int64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an integer division by 0 and for shapes that do not broadcast.
#[track_caller]
pub fn div<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Div").input(x).input(y).outputs()?.one()
}

/// x/y, but 0 where y is 0, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: float16, float32, bfloat16, float64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: float16, float32, bfloat16, float64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn div_no_nan<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("DivNoNan").input(x).input(y).outputs()?.one()
}

/// A handle that stands for no cache.
///
/// Gives `handle`: A tensor of dtype resource.
#[track_caller]
pub fn dummy_memory_cache<'g>(graph: &'g Graph) -> Result<T<'g>> {
    call("DummyMemoryCache").on(graph).outputs()?.one()
}

/// A handle that stands for no generator.
///
/// Gives `handle`: A tensor of dtype resource.
#[track_caller]
pub fn dummy_seed_generator<'g>(graph: &'g Graph) -> Result<T<'g>> {
    call("DummySeedGenerator").on(graph).outputs()?.one()
}

/// Output i holds the slices of `data` whose number in `partitions`, a tensor of the leading axes of `data`, is i, in
/// their order.
///
/// - `data`: A tensor of any dtype `T`.
/// - `partitions`: A tensor of dtype int32.
/// - `num_partitions`: An int, at least 1.
///
/// Gives `outputs`: A list of `num_partitions` tensors of dtype `T`.
///
/// Errors: InvalidArgument for numbers that are not in \[0, num\_partitions).
#[track_caller]
pub fn dynamic_partition<'g>(data: impl Operand<'g>, partitions: impl Operand<'g>, num_partitions: i64) -> Result<Vec<T<'g>>> {
    call("DynamicPartition").input(data).input(partitions).attr("num_partitions", num_partitions).outputs()?.list()
}

/// Puts the slices of all `data` into one tensor at the rows that `indices` names; the last of several wins, rows that
/// are not named are zero.
///
/// - `indices`: A list of at least 1 tensors, of dtype int32.
/// - `data`: A list of at least 1 tensors, of any dtype `T`.
///
/// Gives `merged`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shape of a `data` does not start with that of its `indices`, or the slices differ in
/// shape.
#[track_caller]
pub fn dynamic_stitch<'g>(indices: &[T<'g>], data: &[T<'g>]) -> Result<T<'g>> {
    call("DynamicStitch").list(indices).list(data).outputs()?.one()
}

/// Options of [`eager_py_func`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct EagerPyFuncOptions(Options);

impl EagerPyFuncOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn is_async(mut self, value: bool) -> Self {
        self.0.attrs.set("is_async", value);
        self
    }
}

/// Calls the Python function that is registered under a token with eager tensors.
///
/// - `input`: A list of tensors, each of any dtype (`Tin`).
/// - `token`: A string.
/// - `tout`: A list of dtypes with at least 0 of them.
/// - `options`: `None` for the defaults of [`EagerPyFuncOptions`].
///
/// Gives `output`: A list of tensors of dtypes `Tout`.
#[track_caller]
pub fn eager_py_func<'g>(input: &[T<'g>], token: &str, tout: &[DType], options: impl Into<Option<EagerPyFuncOptions>>) -> Result<Vec<T<'g>>> {
    call("EagerPyFunc").list(input).attr("token", token).attr("Tout", tout.to_vec()).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// The sum of products that an equation names, of one or two tensors: 'ij,jk-\>ik' is the matrix product, 'ii-\>' a
/// trace, 'bij-\>bji' a transposition. Each letter is an axis; letters that the result lacks are summed over, letters
/// that repeat in one operand take its diagonal, letters that repeat in the result fill one; '...' stands for axes that
/// broadcast.
///
/// - `inputs`: A list of at least 1 tensors, of any dtype `T`.
/// - `equation`: A string.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for a faulty equation or sizes that do not fit.
#[track_caller]
pub fn einsum<'g>(inputs: &[T<'g>], equation: &str) -> Result<T<'g>> {
    call("Einsum").list(inputs).attr("equation", equation).outputs()?.one()
}

/// x above 0, e^x - 1 below, element by element.
///
/// - `features`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `activations`: A tensor of dtype `T`.
#[track_caller]
pub fn elu<'g>(features: impl Operand<'g>) -> Result<T<'g>> {
    call("Elu").input(features).outputs()?.one()
}

/// The gradient of Elu from its result: `gradients` times `outputs` + 1 below 0, else `gradients`, element by element.
///
/// - `gradients`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `outputs`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `backprops`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different shapes.
#[track_caller]
pub fn elu_grad<'g>(gradients: impl Operand<'g>, outputs: impl Operand<'g>) -> Result<T<'g>> {
    call("EluGrad").input(gradients).input(outputs).outputs()?.one()
}

/// An empty list for tensors of a dtype and a shape (-1 for unknown sizes, or for an unknown rank), with at most
/// max\_num\_elements unless that is negative.
///
/// - `element_shape`: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
/// - `max_num_elements`: A tensor of dtype int32. Lives in host memory.
/// - `element_dtype`: A dtype.
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn empty_tensor_list<'g>(element_shape: impl Operand<'g>, max_num_elements: impl Operand<'g>, element_dtype: DType) -> Result<T<'g>> {
    call("EmptyTensorList").input(element_shape).input(max_num_elements).attr("element_dtype", element_dtype).outputs()?.one()
}

/// The input itself, checked against a partly known shape.
///
/// - `input`: A tensor of any dtype `T`.
/// - `shape`: A shape, partly known or None.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if its shape does not fit `shape`.
#[track_caller]
pub fn ensure_shape<'g>(input: impl Operand<'g>, shape: impl Into<Dims>) -> Result<T<'g>> {
    call("EnsureShape").input(input).attr("shape", shape.into().0).outputs()?.one()
}

/// Options of [`equal`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct EqualOptions(Options);

impl EqualOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn incompatible_shape_error(mut self, value: bool) -> Self {
        self.0.attrs.set("incompatible_shape_error", value);
        self
    }
}

/// Whether x and y are equal, element by element with broadcasting; any dtype. Shapes that do not broadcast are an
/// InvalidArgument, or, if `incompatible_shape_error` is false, unequal as a whole: one false.
///
/// - `x`: A tensor of any dtype `T`.
/// - `y`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`EqualOptions`].
///
/// Gives `z`: A tensor of dtype bool.
#[track_caller]
pub fn equal<'g>(x: impl Operand<'g>, y: impl Operand<'g>, options: impl Into<Option<EqualOptions>>) -> Result<T<'g>> {
    call("Equal").input(x).input(y).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The error function, element by element: 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn erf<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Erf").input(x).outputs()?.one()
}

/// 1 - erf(x), element by element, exact where erf is near 1.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn erfc<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Erfc").input(x).outputs()?.one()
}

/// The inverse of erf, element by element; infinite at -1 and 1, NaN beyond.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn erfinv<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Erfinv").input(x).outputs()?.one()
}

/// Options of [`euclidean_norm`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct EuclideanNormOptions(Options);

impl EuclideanNormOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn keep_dims(mut self, value: bool) -> Self {
        self.0.attrs.set("keep_dims", value);
        self
    }
}

/// The square root of the sum of squares over axes. The axes in axis (a scalar or vector, negative ones count from the
/// end) are removed, or kept with size 1 if keep\_dims. Squares are not scaled, so they may overflow.
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`EuclideanNormOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an axis out of range or named twice.
#[track_caller]
pub fn euclidean_norm<'g>(input: impl Operand<'g>, axis: impl Operand<'g>, options: impl Into<Option<EuclideanNormOptions>>) -> Result<T<'g>> {
    call("EuclideanNorm").input(input).input(axis).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// e^x, element by element.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn exp<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Exp").input(x).outputs()?.one()
}

/// The input with an axis of size 1 inserted at position `axis` (a scalar; negative ones count from the end of the
/// result). Nothing is copied.
///
/// - `input`: A tensor of any dtype `T`.
/// - `axis`: A tensor of dtype `Tdim`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if `axis` is out of range.
#[track_caller]
pub fn expand_dims<'g>(input: impl Operand<'g>, axis: impl Operand<'g>) -> Result<T<'g>> {
    call("ExpandDims").input(input).input(axis).outputs()?.one()
}

/// e^x - 1, element by element, exact near 0.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn expm1<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Expm1").input(x).outputs()?.one()
}

/// Options of [`fifo_queue`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct FIFOQueueOptions(Options);

impl FIFOQueueOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None with at least 0 of them. Default `[]`.
    pub fn shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("shapes", value.to_vec());
        self
    }
    /// An int. Default `-1`.
    pub fn capacity(mut self, value: i64) -> Self {
        self.0.attrs.set("capacity", value);
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
}

/// A queue as FIFOQueueV2 makes it, by reference.
///
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`FIFOQueueOptions`].
///
/// Gives `handle`: A tensor of dtype string.
#[track_caller]
pub fn fifo_queue<'g>(graph: &'g Graph, component_types: &[DType], options: impl Into<Option<FIFOQueueOptions>>) -> Result<T<'g>> {
    call("FIFOQueue").on(graph).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`fifo_queue_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct FIFOQueueV2Options(Options);

impl FIFOQueueV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None with at least 0 of them. Default `[]`.
    pub fn shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("shapes", value.to_vec());
        self
    }
    /// An int. Default `-1`.
    pub fn capacity(mut self, value: i64) -> Self {
        self.0.attrs.set("capacity", value);
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
}

/// A queue that gives elements in the order in which they came. Nodes of one container and shared\_name mean the same
/// queue; a negative capacity means no limit.
///
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`FIFOQueueV2Options`].
///
/// Gives `handle`: A tensor of dtype resource.
#[track_caller]
pub fn fifo_queue_v2<'g>(graph: &'g Graph, component_types: &[DType], options: impl Into<Option<FIFOQueueV2Options>>) -> Result<T<'g>> {
    call("FIFOQueueV2").on(graph).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Stands for a result that a branch does not make. Its elements mean nothing; unknown sizes are 0.
///
/// - `dtype`: A dtype.
/// - `shape`: A shape, partly known or None.
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn fake_param<'g>(graph: &'g Graph, dtype: DType, shape: impl Into<Dims>) -> Result<T<'g>> {
    call("FakeParam").on(graph).attr("dtype", dtype).attr("shape", shape.into().0).outputs()?.one()
}

/// A tensor of shape `dims` (a vector of sizes) in which every element is the scalar `value`.
///
/// - `dims`: A tensor of dtype `index_type`: int32 or int64. Lives in host memory.
/// - `value`: A tensor of any dtype `T`.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for negative sizes, for a `dims` that is no vector and a `value` that is no scalar.
#[track_caller]
pub fn fill<'g>(dims: impl Operand<'g>, value: impl Operand<'g>) -> Result<T<'g>> {
    call("Fill").input(dims).input(value).outputs()?.one()
}

/// Options of [`filter_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct FilterDatasetOptions(Options);

impl FilterDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The elements for which the predicate holds.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `other_arguments`: A list of tensors, each of any dtype (`Targuments`).
/// - `predicate`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`FilterDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn filter_dataset<'g>(input_dataset: impl Operand<'g>, other_arguments: &[T<'g>], predicate: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<FilterDatasetOptions>>) -> Result<T<'g>> {
    call("FilterDataset").input(input_dataset).list(other_arguments).attr("predicate", predicate).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`fixed_length_record_dataset_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct FixedLengthRecordDatasetV2Options(Options);

impl FixedLengthRecordDatasetV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The parts of record\_bytes bytes of files, between a header and a footer.
///
/// - `filenames`: A tensor of dtype string.
/// - `header_bytes`: A tensor of dtype int64.
/// - `record_bytes`: A tensor of dtype int64.
/// - `footer_bytes`: A tensor of dtype int64.
/// - `buffer_size`: A tensor of dtype int64.
/// - `compression_type`: A tensor of dtype string.
/// - `options`: `None` for the defaults of [`FixedLengthRecordDatasetV2Options`].
///
/// Gives `handle`: A tensor of dtype variant.
///
/// Errors: NotFound for a missing file, InvalidArgument if the rest is no multiple of record\_bytes.
#[track_caller]
pub fn fixed_length_record_dataset_v2<'g>(filenames: impl Operand<'g>, header_bytes: impl Operand<'g>, record_bytes: impl Operand<'g>, footer_bytes: impl Operand<'g>, buffer_size: impl Operand<'g>, compression_type: impl Operand<'g>, options: impl Into<Option<FixedLengthRecordDatasetV2Options>>) -> Result<T<'g>> {
    call("FixedLengthRecordDatasetV2").input(filenames).input(header_bytes).input(record_bytes).input(footer_bytes).input(buffer_size).input(compression_type).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`flat_map_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct FlatMapDatasetOptions(Options);

impl FlatMapDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The elements of the datasets that f makes of each element, one after the other.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `other_arguments`: A list of tensors, each of any dtype (`Targuments`).
/// - `f`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`FlatMapDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn flat_map_dataset<'g>(input_dataset: impl Operand<'g>, other_arguments: &[T<'g>], f: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<FlatMapDatasetOptions>>) -> Result<T<'g>> {
    call("FlatMapDataset").input(input_dataset).list(other_arguments).attr("f", f).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The largest integer that is not above x, element by element.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn floor<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Floor").input(x).outputs()?.one()
}

/// x/y rounded down, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32,
///   uint64, int64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32,
///   uint64, int64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an integer division by 0 and for shapes that do not broadcast.
#[track_caller]
pub fn floor_div<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("FloorDiv").input(x).input(y).outputs()?.one()
}

/// The remainder of \[`FloorDiv`\], with the sign of y, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32, uint64, bfloat16, float16, float32
///   or float64.
/// - `y`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32, uint64, bfloat16, float16, float32
///   or float64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an integer division by 0 and for shapes that do not broadcast.
#[track_caller]
pub fn floor_mod<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("FloorMod").input(x).input(y).outputs()?.one()
}

/// Options of [`fused_batch_norm`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct FusedBatchNormOptions(Options);

impl FusedBatchNormOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A float. Default `0.0001`.
    pub fn epsilon(mut self, value: f32) -> Self {
        self.0.attrs.set("epsilon", value);
        self
    }
    /// A float. Default `1.0`.
    pub fn exponential_avg_factor(mut self, value: f32) -> Self {
        self.0.attrs.set("exponential_avg_factor", value);
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A bool. Default `true`.
    pub fn is_training(mut self, value: bool) -> Self {
        self.0.attrs.set("is_training", value);
        self
    }
}

/// Normalises images by the mean and variance of each channel, times `scale`, plus `offset`: \[channels\] each. With
/// is\_training the statistics are those of the batch, and `mean` and `variance` are used only if
/// exponential\_avg\_factor is not 1: the second and third output are then (1 - factor) old + factor new. Otherwise
/// `mean` and `variance` are the statistics. The variance of output 3 is that of a sample, larger by n/(n - 1). The
/// reserve outputs are mean and variance for the gradient. Of no images, outputs 2 and 3 are NaN.
///
/// - `x`: A tensor of dtype `T`: float32.
/// - `scale`: A tensor of dtype `T`: float32.
/// - `offset`: A tensor of dtype `T`: float32.
/// - `mean`: A tensor of dtype `T`: float32.
/// - `variance`: A tensor of dtype `T`: float32.
/// - `options`: `None` for the defaults of [`FusedBatchNormOptions`].
///
/// Gives `y`: A tensor of dtype `T`; `batch_mean`: A tensor of dtype `T`; `batch_variance`: A tensor of dtype `T`;
/// `reserve_space_1`: A tensor of dtype `T`; `reserve_space_2`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn fused_batch_norm<'g>(x: impl Operand<'g>, scale: impl Operand<'g>, offset: impl Operand<'g>, mean: impl Operand<'g>, variance: impl Operand<'g>, options: impl Into<Option<FusedBatchNormOptions>>) -> Result<(T<'g>, T<'g>, T<'g>, T<'g>, T<'g>)> {
    let mut out = call("FusedBatchNorm").input(x).input(scale).input(offset).input(mean).input(variance).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?, out.one()?, out.one()?, out.one()?))
}

/// Options of [`fused_batch_norm_grad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct FusedBatchNormGradOptions(Options);

impl FusedBatchNormGradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A float. Default `0.0001`.
    pub fn epsilon(mut self, value: f32) -> Self {
        self.0.attrs.set("epsilon", value);
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A bool. Default `true`.
    pub fn is_training(mut self, value: bool) -> Self {
        self.0.attrs.set("is_training", value);
        self
    }
}

/// The gradient of a batch normalisation for its images, scale and offset. The reserve inputs are the mean and variance
/// of the batch with is\_training, else of the population, which are constants then.
///
/// - `y_backprop`: A tensor of dtype `T`: float32.
/// - `x`: A tensor of dtype `T`: float32.
/// - `scale`: A tensor of dtype `T`: float32.
/// - `reserve_space_1`: A tensor of dtype `T`: float32.
/// - `reserve_space_2`: A tensor of dtype `T`: float32.
/// - `options`: `None` for the defaults of [`FusedBatchNormGradOptions`].
///
/// Gives `x_backprop`: A tensor of dtype `T`; `scale_backprop`: A tensor of dtype `T`; `offset_backprop`: A tensor of
/// dtype `T`; `reserve_space_3`: A tensor of dtype `T`; `reserve_space_4`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn fused_batch_norm_grad<'g>(y_backprop: impl Operand<'g>, x: impl Operand<'g>, scale: impl Operand<'g>, reserve_space_1: impl Operand<'g>, reserve_space_2: impl Operand<'g>, options: impl Into<Option<FusedBatchNormGradOptions>>) -> Result<(T<'g>, T<'g>, T<'g>, T<'g>, T<'g>)> {
    let mut out = call("FusedBatchNormGrad").input(y_backprop).input(x).input(scale).input(reserve_space_1).input(reserve_space_2).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?, out.one()?, out.one()?, out.one()?))
}

/// Options of [`fused_batch_norm_grad_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct FusedBatchNormGradV2Options(Options);

impl FusedBatchNormGradV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A float. Default `0.0001`.
    pub fn epsilon(mut self, value: f32) -> Self {
        self.0.attrs.set("epsilon", value);
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A bool. Default `true`.
    pub fn is_training(mut self, value: bool) -> Self {
        self.0.attrs.set("is_training", value);
        self
    }
}

/// The gradient of a batch normalisation for its images, scale and offset. The reserve inputs are the mean and variance
/// of the batch with is\_training, else of the population, which are constants then.
///
/// - `y_backprop`: A tensor of dtype `T`: float16, bfloat16 or float32.
/// - `x`: A tensor of dtype `T`: float16, bfloat16 or float32.
/// - `scale`: A tensor of dtype float32.
/// - `reserve_space_1`: A tensor of dtype `U`: float32.
/// - `reserve_space_2`: A tensor of dtype `U`: float32.
/// - `options`: `None` for the defaults of [`FusedBatchNormGradV2Options`].
///
/// Gives `x_backprop`: A tensor of dtype `T`; `scale_backprop`: A tensor of dtype `U`; `offset_backprop`: A tensor of
/// dtype `U`; `reserve_space_3`: A tensor of dtype `U`; `reserve_space_4`: A tensor of dtype `U`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn fused_batch_norm_grad_v2<'g>(y_backprop: impl Operand<'g>, x: impl Operand<'g>, scale: impl Operand<'g>, reserve_space_1: impl Operand<'g>, reserve_space_2: impl Operand<'g>, options: impl Into<Option<FusedBatchNormGradV2Options>>) -> Result<(T<'g>, T<'g>, T<'g>, T<'g>, T<'g>)> {
    let mut out = call("FusedBatchNormGradV2").input(y_backprop).input(x).input(scale).input(reserve_space_1).input(reserve_space_2).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?, out.one()?, out.one()?, out.one()?))
}

/// Options of [`fused_batch_norm_grad_v3`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct FusedBatchNormGradV3Options(Options);

impl FusedBatchNormGradV3Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A float. Default `0.0001`.
    pub fn epsilon(mut self, value: f32) -> Self {
        self.0.attrs.set("epsilon", value);
        self
    }
    /// A string: 'NHWC', 'NCHW', 'NDHWC' or 'NCDHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A bool. Default `true`.
    pub fn is_training(mut self, value: bool) -> Self {
        self.0.attrs.set("is_training", value);
        self
    }
}

/// The gradient of a batch normalisation for its images, scale and offset. The reserve inputs are the mean and variance
/// of the batch with is\_training, else of the population, which are constants then.
///
/// - `y_backprop`: A tensor of dtype `T`: float16, bfloat16 or float32.
/// - `x`: A tensor of dtype `T`: float16, bfloat16 or float32.
/// - `scale`: A tensor of dtype float32.
/// - `reserve_space_1`: A tensor of dtype `U`: float32.
/// - `reserve_space_2`: A tensor of dtype `U`: float32.
/// - `reserve_space_3`: A tensor of dtype `U`: float32.
/// - `options`: `None` for the defaults of [`FusedBatchNormGradV3Options`].
///
/// Gives `x_backprop`: A tensor of dtype `T`; `scale_backprop`: A tensor of dtype `U`; `offset_backprop`: A tensor of
/// dtype `U`; `reserve_space_4`: A tensor of dtype `U`; `reserve_space_5`: A tensor of dtype `U`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn fused_batch_norm_grad_v3<'g>(y_backprop: impl Operand<'g>, x: impl Operand<'g>, scale: impl Operand<'g>, reserve_space_1: impl Operand<'g>, reserve_space_2: impl Operand<'g>, reserve_space_3: impl Operand<'g>, options: impl Into<Option<FusedBatchNormGradV3Options>>) -> Result<(T<'g>, T<'g>, T<'g>, T<'g>, T<'g>)> {
    let mut out = call("FusedBatchNormGradV3").input(y_backprop).input(x).input(scale).input(reserve_space_1).input(reserve_space_2).input(reserve_space_3).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?, out.one()?, out.one()?, out.one()?))
}

/// Options of [`fused_batch_norm_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct FusedBatchNormV2Options(Options);

impl FusedBatchNormV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A float. Default `0.0001`.
    pub fn epsilon(mut self, value: f32) -> Self {
        self.0.attrs.set("epsilon", value);
        self
    }
    /// A float. Default `1.0`.
    pub fn exponential_avg_factor(mut self, value: f32) -> Self {
        self.0.attrs.set("exponential_avg_factor", value);
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A bool. Default `true`.
    pub fn is_training(mut self, value: bool) -> Self {
        self.0.attrs.set("is_training", value);
        self
    }
}

/// Normalises images by the mean and variance of each channel, times `scale`, plus `offset`: \[channels\] each. With
/// is\_training the statistics are those of the batch, and `mean` and `variance` are used only if
/// exponential\_avg\_factor is not 1: the second and third output are then (1 - factor) old + factor new. Otherwise
/// `mean` and `variance` are the statistics. The variance of output 3 is that of a sample, larger by n/(n - 1). The
/// reserve outputs are mean and variance for the gradient. Of no images, outputs 2 and 3 are NaN.
///
/// - `x`: A tensor of dtype `T`: float16, bfloat16 or float32.
/// - `scale`: A tensor of dtype `U`: float32.
/// - `offset`: A tensor of dtype `U`: float32.
/// - `mean`: A tensor of dtype `U`: float32.
/// - `variance`: A tensor of dtype `U`: float32.
/// - `options`: `None` for the defaults of [`FusedBatchNormV2Options`].
///
/// Gives `y`: A tensor of dtype `T`; `batch_mean`: A tensor of dtype `U`; `batch_variance`: A tensor of dtype `U`;
/// `reserve_space_1`: A tensor of dtype `U`; `reserve_space_2`: A tensor of dtype `U`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn fused_batch_norm_v2<'g>(x: impl Operand<'g>, scale: impl Operand<'g>, offset: impl Operand<'g>, mean: impl Operand<'g>, variance: impl Operand<'g>, options: impl Into<Option<FusedBatchNormV2Options>>) -> Result<(T<'g>, T<'g>, T<'g>, T<'g>, T<'g>)> {
    let mut out = call("FusedBatchNormV2").input(x).input(scale).input(offset).input(mean).input(variance).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?, out.one()?, out.one()?, out.one()?))
}

/// Options of [`fused_batch_norm_v3`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct FusedBatchNormV3Options(Options);

impl FusedBatchNormV3Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A float. Default `0.0001`.
    pub fn epsilon(mut self, value: f32) -> Self {
        self.0.attrs.set("epsilon", value);
        self
    }
    /// A float. Default `1.0`.
    pub fn exponential_avg_factor(mut self, value: f32) -> Self {
        self.0.attrs.set("exponential_avg_factor", value);
        self
    }
    /// A string: 'NHWC', 'NCHW', 'NDHWC' or 'NCDHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
    /// A bool. Default `true`.
    pub fn is_training(mut self, value: bool) -> Self {
        self.0.attrs.set("is_training", value);
        self
    }
}

/// Normalises images by the mean and variance of each channel, times `scale`, plus `offset`: \[channels\] each. With
/// is\_training the statistics are those of the batch, and `mean` and `variance` are used only if
/// exponential\_avg\_factor is not 1: the second and third output are then (1 - factor) old + factor new. Otherwise
/// `mean` and `variance` are the statistics. The variance of output 3 is that of a sample, larger by n/(n - 1). The
/// reserve outputs are mean and variance for the gradient. Of no images, outputs 2 and 3 are NaN.
///
/// - `x`: A tensor of dtype `T`: float16, bfloat16 or float32.
/// - `scale`: A tensor of dtype `U`: bfloat16 or float32.
/// - `offset`: A tensor of dtype `U`: bfloat16 or float32.
/// - `mean`: A tensor of dtype `U`: bfloat16 or float32.
/// - `variance`: A tensor of dtype `U`: bfloat16 or float32.
/// - `options`: `None` for the defaults of [`FusedBatchNormV3Options`].
///
/// Gives `y`: A tensor of dtype `T`; `batch_mean`: A tensor of dtype `U`; `batch_variance`: A tensor of dtype `U`;
/// `reserve_space_1`: A tensor of dtype `U`; `reserve_space_2`: A tensor of dtype `U`; `reserve_space_3`: A tensor of
/// dtype `U`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn fused_batch_norm_v3<'g>(x: impl Operand<'g>, scale: impl Operand<'g>, offset: impl Operand<'g>, mean: impl Operand<'g>, variance: impl Operand<'g>, options: impl Into<Option<FusedBatchNormV3Options>>) -> Result<(T<'g>, T<'g>, T<'g>, T<'g>, T<'g>, T<'g>)> {
    let mut out = call("FusedBatchNormV3").input(x).input(scale).input(offset).input(mean).input(variance).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?, out.one()?, out.one()?, out.one()?, out.one()?))
}

/// Options of [`gather_nd`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct GatherNdOptions(Options);

impl GatherNdOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// The slices of `params` that the vectors along the last axis of `indices` name by their leading axes.
/// `bad_indices_policy` 'IGNORE' gives zeros for vectors out of range.
///
/// - `params`: A tensor of any dtype `Tparams`.
/// - `indices`: A tensor of dtype `Tindices`: int16, int32 or int64.
/// - `options`: `None` for the defaults of [`GatherNdOptions`].
///
/// Gives `output`: A tensor of dtype `Tparams`.
///
/// Errors: InvalidArgument for vectors longer than the rank of `params` or out of range.
#[track_caller]
pub fn gather_nd<'g>(params: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<GatherNdOptions>>) -> Result<T<'g>> {
    call("GatherNd").input(params).input(indices).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`gather_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct GatherV2Options(Options);

impl GatherV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn batch_dims(mut self, value: i64) -> Self {
        self.0.attrs.set("batch_dims", value);
        self
    }
}

/// The slices of `params` along `axis` (a scalar; negative ones count from the end) that `indices` names: the axis is
/// replaced by the axes of `indices`. The first `batch_dims` axes of both go together.
///
/// - `params`: A tensor of any dtype `Tparams`.
/// - `indices`: A tensor of dtype `Tindices`: int16, int32 or int64.
/// - `axis`: A tensor of dtype `Taxis`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`GatherV2Options`].
///
/// Gives `output`: A tensor of dtype `Tparams`.
///
/// Errors: InvalidArgument if an index is not in \[0, size of the axis).
#[track_caller]
pub fn gather_v2<'g>(params: impl Operand<'g>, indices: impl Operand<'g>, axis: impl Operand<'g>, options: impl Into<Option<GatherV2Options>>) -> Result<T<'g>> {
    call("GatherV2").input(params).input(indices).input(axis).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`generator_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct GeneratorDatasetOptions(Options);

impl GeneratorDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// What next\_func gives, called with the state that init\_func made, until it ends with OutOfRange; then
/// finalize\_func is called.
///
/// - `init_func_other_args`: A list of tensors, each of any dtype (`Tinit_func_args`).
/// - `next_func_other_args`: A list of tensors, each of any dtype (`Tnext_func_args`).
/// - `finalize_func_other_args`: A list of tensors, each of any dtype (`Tfinalize_func_args`).
/// - `init_func`: A function.
/// - `next_func`: A function.
/// - `finalize_func`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`GeneratorDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn generator_dataset<'g>(init_func_other_args: &[T<'g>], next_func_other_args: &[T<'g>], finalize_func_other_args: &[T<'g>], init_func: Func, next_func: Func, finalize_func: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<GeneratorDatasetOptions>>) -> Result<T<'g>> {
    call("GeneratorDataset").list(init_func_other_args).list(next_func_other_args).list(finalize_func_other_args).attr("init_func", init_func).attr("next_func", next_func).attr("finalize_func", finalize_func).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Whether x is greater than y, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
///   or uint64.
/// - `y`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
///   or uint64.
///
/// Gives `z`: A tensor of dtype bool.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn greater<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Greater").input(x).input(y).outputs()?.one()
}

/// Whether x is at least y, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
///   or uint64.
/// - `y`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
///   or uint64.
///
/// Gives `z`: A tensor of dtype bool.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn greater_equal<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("GreaterEqual").input(x).input(y).outputs()?.one()
}

/// Options of [`group_by_window_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct GroupByWindowDatasetOptions(Options);

impl GroupByWindowDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The elements of the datasets that reduce\_func(key, window) makes, called whenever window\_size\_func(key) elements
/// with one key\_func(element) are there, and for the rest at the end.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `key_func_other_arguments`: A list of tensors, each of any dtype (`Tkey_func_other_arguments`).
/// - `reduce_func_other_arguments`: A list of tensors, each of any dtype (`Treduce_func_other_arguments`).
/// - `window_size_func_other_arguments`: A list of tensors, each of any dtype (`Twindow_size_func_other_arguments`).
/// - `key_func`: A function.
/// - `reduce_func`: A function.
/// - `window_size_func`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`GroupByWindowDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn group_by_window_dataset<'g>(input_dataset: impl Operand<'g>, key_func_other_arguments: &[T<'g>], reduce_func_other_arguments: &[T<'g>], window_size_func_other_arguments: &[T<'g>], key_func: Func, reduce_func: Func, window_size_func: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<GroupByWindowDatasetOptions>>) -> Result<T<'g>> {
    call("GroupByWindowDataset").input(input_dataset).list(key_func_other_arguments).list(reduce_func_other_arguments).list(window_size_func_other_arguments).attr("key_func", key_func).attr("reduce_func", reduce_func).attr("window_size_func", window_size_func).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The input itself; says that it is the same in every run, which changes nothing here.
///
/// - `input`: A tensor of any dtype `T`.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for a resource.
#[track_caller]
pub fn guarantee_const<'g>(input: impl Operand<'g>) -> Result<T<'g>> {
    call("GuaranteeConst").input(input).outputs()?.one()
}

/// Makes a summary that counts the values in buckets of exponentially growing width.
///
/// - `tag`: A tensor of dtype string.
/// - `values`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
///
/// Gives `summary`: A tensor of dtype string.
///
/// Errors: InvalidArgument for NaN and infinities.
#[track_caller]
pub fn histogram_summary<'g>(tag: impl Operand<'g>, values: impl Operand<'g>) -> Result<T<'g>> {
    call("HistogramSummary").input(tag).input(values).outputs()?.one()
}

/// The input itself, of any shape and dtype; nothing is copied.
///
/// - `input`: A tensor of any dtype `T`.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn identity<'g>(input: impl Operand<'g>) -> Result<T<'g>> {
    call("Identity").input(input).outputs()?.one()
}

/// The inputs themselves, of any shapes and dtypes; mostly nothing is copied.
///
/// - `input`: A list of tensors, each of any dtype (`T`).
///
/// Gives `output`: A list of tensors of dtypes `T`.
#[track_caller]
pub fn identity_n<'g>(input: &[T<'g>]) -> Result<Vec<T<'g>>> {
    call("IdentityN").list(input).outputs()?.list()
}

/// Options of [`if_`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct IfOptions(Options);

impl IfOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None. Default `[]`.
    pub fn output_shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("output_shapes", value.to_vec());
        self
    }
}

/// Calls one of two functions with the same arguments, which may have effects. A scalar condition holds if it is not
/// zero, a string if it is not empty, any other tensor if it has elements.
///
/// - `cond`: A tensor of any dtype `Tcond`. Lives in host memory.
/// - `input`: A list of tensors, each of any dtype (`Tin`).
/// - `tout`: A list of dtypes with at least 0 of them.
/// - `then_branch`: A function.
/// - `else_branch`: A function.
/// - `options`: `None` for the defaults of [`IfOptions`].
///
/// Gives `output`: A list of tensors of dtypes `Tout`.
#[track_caller]
pub fn if_<'g>(cond: impl Operand<'g>, input: &[T<'g>], tout: &[DType], then_branch: Func, else_branch: Func, options: impl Into<Option<IfOptions>>) -> Result<Vec<T<'g>>> {
    call("If").input(cond).list(input).attr("Tout", tout.to_vec()).attr("then_branch", then_branch).attr("else_branch", else_branch).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`ignore_errors_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct IgnoreErrorsDatasetOptions(Options);

impl IgnoreErrorsDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn log_warning(mut self, value: bool) -> Self {
        self.0.attrs.set("log_warning", value);
        self
    }
}

/// The elements that can be made; those that fail are passed over.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`IgnoreErrorsDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn ignore_errors_dataset<'g>(input_dataset: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<IgnoreErrorsDatasetOptions>>) -> Result<T<'g>> {
    call("IgnoreErrorsDataset").input(input_dataset).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`imag`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ImagOptions(Options);

impl ImagOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: float32 or float64. Default `DType::Float`.
    pub fn tout(mut self, value: DType) -> Self {
        self.0.attrs.set("Tout", value);
        self
    }
}

/// The imaginary part of complex numbers, element by element.
///
/// - `input`: A tensor of dtype `T`: complex64 or complex128.
/// - `options`: `None` for the defaults of [`ImagOptions`].
///
/// Gives `output`: A tensor of dtype `Tout`.
#[track_caller]
pub fn imag<'g>(input: impl Operand<'g>, options: impl Into<Option<ImagOptions>>) -> Result<T<'g>> {
    call("Imag").input(input).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`image_summary`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ImageSummaryOptions(Options);

impl ImageSummaryOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int, at least 1. Default `3`.
    pub fn max_images(mut self, value: i64) -> Self {
        self.0.attrs.set("max_images", value);
        self
    }
    /// A constant tensor. Default `none`.
    pub fn bad_color(mut self, value: Tensor) -> Self {
        self.0.attrs.set("bad_color", value);
        self
    }
}

/// Makes a summary of the first max\_images images of tensor, \[batch, height, width, channels\] with 1, 3 or 4
/// channels, as PNG. Floats are scaled image by image so that the largest magnitude becomes white; pixels with NaN or
/// infinity get bad\_color.
///
/// - `tag`: A tensor of dtype string.
/// - `tensor`: A tensor of dtype `T`: uint8, float32, float16 or float64.
/// - `options`: `None` for the defaults of [`ImageSummaryOptions`].
///
/// Gives `summary`: A tensor of dtype string.
#[track_caller]
pub fn image_summary<'g>(tag: impl Operand<'g>, tensor: impl Operand<'g>, options: impl Into<Option<ImageSummaryOptions>>) -> Result<T<'g>> {
    call("ImageSummary").input(tag).input(tensor).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Whether the target class of each row is among its `k` largest predictions, ties counting as in. `predictions` is
/// \[batch, classes\], `targets` \[batch\]. A target out of range or a row with a value that is not finite gives false.
///
/// - `predictions`: A tensor of dtype float32.
/// - `targets`: A tensor of dtype `T`: int32 or int64.
/// - `k`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
///
/// Gives `precision`: A tensor of dtype bool.
///
/// Errors: InvalidArgument for other shapes.
#[track_caller]
pub fn in_top_kv2<'g>(predictions: impl Operand<'g>, targets: impl Operand<'g>, k: impl Operand<'g>) -> Result<T<'g>> {
    call("InTopKV2").input(predictions).input(targets).input(k).outputs()?.one()
}

/// Options of [`interleave_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct InterleaveDatasetOptions(Options);

impl InterleaveDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The elements of the datasets that f makes, block\_length at a time from cycle\_length of them in turn.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `other_arguments`: A list of tensors, each of any dtype (`Targuments`).
/// - `cycle_length`: A tensor of dtype int64.
/// - `block_length`: A tensor of dtype int64.
/// - `f`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`InterleaveDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn interleave_dataset<'g>(input_dataset: impl Operand<'g>, other_arguments: &[T<'g>], cycle_length: impl Operand<'g>, block_length: impl Operand<'g>, f: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<InterleaveDatasetOptions>>) -> Result<T<'g>> {
    call("InterleaveDataset").input(input_dataset).list(other_arguments).input(cycle_length).input(block_length).attr("f", f).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// 1/x, element by element: the older name of Reciprocal.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, complex64 or
///   complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn inv<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Inv").input(x).outputs()?.one()
}

/// The gradient of Inv from its result: -dy y^2, element by element, with the conjugate of y.
///
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
/// - `dy`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different numbers of elements.
#[track_caller]
pub fn inv_grad<'g>(y: impl Operand<'g>, dy: impl Operand<'g>) -> Result<T<'g>> {
    call("InvGrad").input(y).input(dy).outputs()?.one()
}

/// Every bit flipped, element by element.
///
/// - `x`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn invert<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Invert").input(x).outputs()?.one()
}

/// The inverse permutation: `y[x[i]] = i` for the vector `x`.
///
/// - `x`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
///
/// Gives `y`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if `x` is not a permutation of 0 to n-1.
#[track_caller]
pub fn invert_permutation<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("InvertPermutation").input(x).outputs()?.one()
}

/// Whether each element is neither NaN nor infinite.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype bool.
#[track_caller]
pub fn is_finite<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("IsFinite").input(x).outputs()?.one()
}

/// Whether each element is an infinity of either sign.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype bool.
#[track_caller]
pub fn is_inf<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("IsInf").input(x).outputs()?.one()
}

/// Whether each element is a NaN.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype bool.
#[track_caller]
pub fn is_nan<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("IsNan").input(x).outputs()?.one()
}

/// Tells whether a reference variable has a value.
///
/// - `ref_`: A tensor that is a variable's reference of any dtype `dtype`.
///
/// Gives `is_initialized`: A tensor of dtype bool.
#[track_caller]
pub fn is_variable_initialized<'g>(ref_: impl Operand<'g>) -> Result<T<'g>> {
    call("IsVariableInitialized").input(ref_).outputs()?.one()
}

/// Options of [`iterator_from_string_handle_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct IteratorFromStringHandleV2Options(Options);

impl IteratorFromStringHandleV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of dtypes with at least 0 of them. Default `[]`.
    pub fn output_types(mut self, value: &[DType]) -> Self {
        self.0.attrs.set("output_types", value.to_vec());
        self
    }
    /// A list of shapes, each partly known or None with at least 0 of them. Default `[]`.
    pub fn output_shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("output_shapes", value.to_vec());
        self
    }
}

/// The iterator that a string stands for.
///
/// - `string_handle`: A tensor of dtype string.
/// - `options`: `None` for the defaults of [`IteratorFromStringHandleV2Options`].
///
/// Gives `resource_handle`: A tensor of dtype resource.
///
/// Errors: InvalidArgument if there is none or its elements are of other types or shapes.
#[track_caller]
pub fn iterator_from_string_handle_v2<'g>(string_handle: impl Operand<'g>, options: impl Into<Option<IteratorFromStringHandleV2Options>>) -> Result<T<'g>> {
    call("IteratorFromStringHandleV2").input(string_handle).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The next element.
///
/// - `iterator`: A tensor of dtype resource.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
///
/// Gives `components`: A list of tensors of dtypes `output_types`.
///
/// Errors: OutOfRange "End of sequence" after the last one, FailedPrecondition before MakeIterator.
#[track_caller]
pub fn iterator_get_next<'g>(iterator: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape]) -> Result<Vec<T<'g>>> {
    call("IteratorGetNext").input(iterator).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).outputs()?.list()
}

/// The next element as an optional, which is empty after the last one.
///
/// - `iterator`: A tensor of dtype resource.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
///
/// Gives `optional`: A tensor of dtype variant.
///
/// Errors: FailedPrecondition before MakeIterator.
#[track_caller]
pub fn iterator_get_next_as_optional<'g>(iterator: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape]) -> Result<T<'g>> {
    call("IteratorGetNextAsOptional").input(iterator).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).outputs()?.one()
}

/// The next element, as IteratorGetNext.
///
/// - `iterator`: A tensor of dtype resource.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
///
/// Gives `components`: A list of tensors of dtypes `output_types`.
#[track_caller]
pub fn iterator_get_next_sync<'g>(iterator: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape]) -> Result<Vec<T<'g>>> {
    call("IteratorGetNextSync").input(iterator).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).outputs()?.list()
}

/// A string that stands for an iterator, to be fed to IteratorFromStringHandleV2.
///
/// - `resource_handle`: A tensor of dtype resource.
///
/// Gives `string_handle`: A tensor of dtype string.
#[track_caller]
pub fn iterator_to_string_handle<'g>(resource_handle: impl Operand<'g>) -> Result<T<'g>> {
    call("IteratorToStringHandle").input(resource_handle).outputs()?.one()
}

/// An iterator by container and shared\_name (or node name), to be made with MakeIterator.
///
/// - `shared_name`: A string.
/// - `container`: A string.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
///
/// Gives `handle`: A tensor of dtype resource.
#[track_caller]
pub fn iterator_v2<'g>(graph: &'g Graph, shared_name: &str, container: &str, output_types: &[DType], output_shapes: &[PartialShape]) -> Result<T<'g>> {
    call("IteratorV2").on(graph).attr("shared_name", shared_name).attr("container", container).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).outputs()?.one()
}

/// Half the sum of the squares of all elements, a scalar; 0 for an empty tensor.
///
/// - `t`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn l2_loss<'g>(t: impl Operand<'g>) -> Result<T<'g>> {
    call("L2Loss").input(t).outputs()?.one()
}

/// Options of [`leaky_relu`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct LeakyReluOptions(Options);

impl LeakyReluOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A float. Default `0.2`.
    pub fn alpha(mut self, value: f32) -> Self {
        self.0.attrs.set("alpha", value);
        self
    }
}

/// x above 0, alpha x below, element by element; NaN stays.
///
/// - `features`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `options`: `None` for the defaults of [`LeakyReluOptions`].
///
/// Gives `activations`: A tensor of dtype `T`.
#[track_caller]
pub fn leaky_relu<'g>(features: impl Operand<'g>, options: impl Into<Option<LeakyReluOptions>>) -> Result<T<'g>> {
    call("LeakyRelu").input(features).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`leaky_relu_grad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct LeakyReluGradOptions(Options);

impl LeakyReluGradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A float. Default `0.2`.
    pub fn alpha(mut self, value: f32) -> Self {
        self.0.attrs.set("alpha", value);
        self
    }
}

/// The gradient of LeakyRelu: `gradients` where `features` is above 0, alpha times it elsewhere. One shape.
///
/// - `gradients`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `features`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `options`: `None` for the defaults of [`LeakyReluGradOptions`].
///
/// Gives `backprops`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different shapes.
#[track_caller]
pub fn leaky_relu_grad<'g>(gradients: impl Operand<'g>, features: impl Operand<'g>, options: impl Into<Option<LeakyReluGradOptions>>) -> Result<T<'g>> {
    call("LeakyReluGrad").input(gradients).input(features).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// x 2^y with the bits that do not fit dropped, element by element with broadcasting; y is taken between 0 and the
/// width less one.
///
/// - `x`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
/// - `y`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn left_shift<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("LeftShift").input(x).input(y).outputs()?.one()
}

/// Whether x is less than y, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
///   or uint64.
/// - `y`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
///   or uint64.
///
/// Gives `z`: A tensor of dtype bool.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn less<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Less").input(x).input(y).outputs()?.one()
}

/// Whether x is at most y, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
///   or uint64.
/// - `y`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
///   or uint64.
///
/// Gives `z`: A tensor of dtype bool.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn less_equal<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("LessEqual").input(x).input(y).outputs()?.one()
}

/// log |Gamma(x)|, element by element; infinite at 0, -1, -2, ...
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn lgamma<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Lgamma").input(x).outputs()?.one()
}

/// Options of [`list_diff`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ListDiffOptions(Options);

impl ListDiffOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int32`.
    pub fn out_idx(mut self, value: DType) -> Self {
        self.0.attrs.set("out_idx", value);
        self
    }
}

/// The elements of the vector `x` that do not occur in the vector `y`, in their order, repeated ones kept, and their
/// positions.
///
/// - `x`: A tensor of any dtype `T`.
/// - `y`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`ListDiffOptions`].
///
/// Gives `out`: A tensor of dtype `T`; `idx`: A tensor of dtype `out_idx`.
///
/// Errors: InvalidArgument unless both are vectors.
#[track_caller]
pub fn list_diff<'g>(x: impl Operand<'g>, y: impl Operand<'g>, options: impl Into<Option<ListDiffOptions>>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("ListDiff").input(x).input(y).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// The natural logarithm, element by element: -infinity at 0, NaN below; the principal branch of complex numbers.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn log<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Log").input(x).outputs()?.one()
}

/// log(1 + x), element by element, exact near 0; NaN below -1.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn log1p<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Log1p").input(x).outputs()?.one()
}

/// x - log(sum(exp(x))) over the last axis, computed with the maximum subtracted. A row with NaN or +inf, or with
/// nothing but -inf, gives NaN.
///
/// - `logits`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `logsoftmax`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for a scalar.
#[track_caller]
pub fn log_softmax<'g>(logits: impl Operand<'g>) -> Result<T<'g>> {
    call("LogSoftmax").input(logits).outputs()?.one()
}

/// Whether both are true, element by element with broadcasting.
///
/// - `x`: A tensor of dtype bool.
/// - `y`: A tensor of dtype bool.
///
/// Gives `z`: A tensor of dtype bool.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn logical_and<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("LogicalAnd").input(x).input(y).outputs()?.one()
}

/// The other truth value, element by element.
///
/// - `x`: A tensor of dtype bool.
///
/// Gives `y`: A tensor of dtype bool.
#[track_caller]
pub fn logical_not<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("LogicalNot").input(x).outputs()?.one()
}

/// Whether one or both are true, element by element with broadcasting.
///
/// - `x`: A tensor of dtype bool.
/// - `y`: A tensor of dtype bool.
///
/// Gives `z`: A tensor of dtype bool.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn logical_or<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("LogicalOr").input(x).input(y).outputs()?.one()
}

/// Options of [`lower_bound`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct LowerBoundOptions(Options);

impl LowerBoundOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int32`.
    pub fn out_type(mut self, value: DType) -> Self {
        self.0.attrs.set("out_type", value);
        self
    }
}

/// For each row: the position in `sorted_inputs` of the first element that is not less than the value. Both are
/// matrices with the same number of rows.
///
/// - `sorted_inputs`: A tensor of any dtype `T`.
/// - `values`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`LowerBoundOptions`].
///
/// Gives `output`: A tensor of dtype `out_type`.
///
/// Errors: InvalidArgument if they are not.
#[track_caller]
pub fn lower_bound<'g>(sorted_inputs: impl Operand<'g>, values: impl Operand<'g>, options: impl Into<Option<LowerBoundOptions>>) -> Result<T<'g>> {
    call("LowerBound").input(sorted_inputs).input(values).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Starts an iterator over a dataset from its first element.
///
/// - `dataset`: A tensor of dtype variant.
/// - `iterator`: A tensor of dtype resource.
///
/// Gives the operation.
#[track_caller]
pub fn make_iterator<'g>(dataset: impl Operand<'g>, iterator: impl Operand<'g>) -> Result<Op<'g>> {
    call("MakeIterator").input(dataset).input(iterator).run()
}

/// Options of [`map_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MapDatasetOptions(Options);

impl MapDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn use_inter_op_parallelism(mut self, value: bool) -> Self {
        self.0.attrs.set("use_inter_op_parallelism", value);
        self
    }
    /// A bool. Default `false`.
    pub fn preserve_cardinality(mut self, value: bool) -> Self {
        self.0.attrs.set("preserve_cardinality", value);
        self
    }
    /// A bool. Default `false`.
    pub fn force_synchronous(mut self, value: bool) -> Self {
        self.0.attrs.set("force_synchronous", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// f of each element, in order.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `other_arguments`: A list of tensors, each of any dtype (`Targuments`).
/// - `f`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`MapDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn map_dataset<'g>(input_dataset: impl Operand<'g>, other_arguments: &[T<'g>], f: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<MapDatasetOptions>>) -> Result<T<'g>> {
    call("MapDataset").input(input_dataset).list(other_arguments).attr("f", f).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`mat_mul`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MatMulOptions(Options);

impl MatMulOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn transpose_a(mut self, value: bool) -> Self {
        self.0.attrs.set("transpose_a", value);
        self
    }
    /// A bool. Default `false`.
    pub fn transpose_b(mut self, value: bool) -> Self {
        self.0.attrs.set("transpose_b", value);
        self
    }
    /// A bool. Default `false`.
    pub fn grad_a(mut self, value: bool) -> Self {
        self.0.attrs.set("grad_a", value);
        self
    }
    /// A bool. Default `false`.
    pub fn grad_b(mut self, value: bool) -> Self {
        self.0.attrs.set("grad_b", value);
        self
    }
}

/// The product of two matrices. `a` of shape \[m, k\] and `b` of shape \[k, n\] give \[m, n\]; transpose\_a and
/// transpose\_b say that an operand lies transposed. An empty inner axis gives zeros.
///
/// - `a`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, uint8, uint16, uint32, uint64,
///   complex64 or complex128.
/// - `b`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, uint8, uint16, uint32, uint64,
///   complex64 or complex128.
/// - `options`: `None` for the defaults of [`MatMulOptions`].
///
/// Gives `product`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument unless both have two axes and the inner sizes agree.
#[track_caller]
pub fn mat_mul<'g>(a: impl Operand<'g>, b: impl Operand<'g>, options: impl Into<Option<MatMulOptions>>) -> Result<T<'g>> {
    call("MatMul").input(a).input(b).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The matrices along the last two axes with zeros outside of a band of `num_lower` diagonals below and `num_upper`
/// above the main one, both scalars; -1 means all.
///
/// - `input`: A tensor of any dtype `T`.
/// - `num_lower`: A tensor of dtype `Tindex`: int32 or int64. Lives in host memory.
/// - `num_upper`: A tensor of dtype `Tindex`: int32 or int64. Lives in host memory.
///
/// Gives `band`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for numbers larger than the matrix.
#[track_caller]
pub fn matrix_band_part<'g>(input: impl Operand<'g>, num_lower: impl Operand<'g>, num_upper: impl Operand<'g>) -> Result<T<'g>> {
    call("MatrixBandPart").input(input).input(num_lower).input(num_upper).outputs()?.one()
}

/// Options of [`matrix_diag_part_v3`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MatrixDiagPartV3Options(Options);

impl MatrixDiagPartV3Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'LEFT\_RIGHT', 'RIGHT\_LEFT', 'LEFT\_LEFT' or 'RIGHT\_RIGHT'. Default `"RIGHT_LEFT"`.
    pub fn align(mut self, value: &str) -> Self {
        self.0.attrs.set("align", value);
        self
    }
}

/// The diagonals `k` (a scalar, or lowest and highest) of the matrices along the last two axes, one row each, the
/// highest first; for a single one without that axis. Shorter diagonals are filled with `padding_value` at the side
/// that `align` says.
///
/// - `input`: A tensor of any dtype `T`.
/// - `k`: A tensor of dtype int32. Lives in host memory.
/// - `padding_value`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`MatrixDiagPartV3Options`].
///
/// Gives `diagonal`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for diagonals that do not exist.
#[track_caller]
pub fn matrix_diag_part_v3<'g>(input: impl Operand<'g>, k: impl Operand<'g>, padding_value: impl Operand<'g>, options: impl Into<Option<MatrixDiagPartV3Options>>) -> Result<T<'g>> {
    call("MatrixDiagPartV3").input(input).input(k).input(padding_value).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`matrix_diag_v3`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MatrixDiagV3Options(Options);

impl MatrixDiagV3Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'LEFT\_RIGHT', 'RIGHT\_LEFT', 'LEFT\_LEFT' or 'RIGHT\_RIGHT'. Default `"RIGHT_LEFT"`.
    pub fn align(mut self, value: &str) -> Self {
        self.0.attrs.set("align", value);
        self
    }
}

/// Matrices with the diagonals `k` (a scalar, or lowest and highest) along the last one or two axes of `diagonal`, and
/// `padding_value` elsewhere. Shorter diagonals lie at the side of their row that `align` says, first for those above
/// the main one. `num_rows` and `num_cols` of -1 mean as few as fit.
///
/// - `diagonal`: A tensor of any dtype `T`.
/// - `k`: A tensor of dtype int32. Lives in host memory.
/// - `num_rows`: A tensor of dtype int32. Lives in host memory.
/// - `num_cols`: A tensor of dtype int32. Lives in host memory.
/// - `padding_value`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`MatrixDiagV3Options`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if sizes and diagonals do not fit together.
#[track_caller]
pub fn matrix_diag_v3<'g>(diagonal: impl Operand<'g>, k: impl Operand<'g>, num_rows: impl Operand<'g>, num_cols: impl Operand<'g>, padding_value: impl Operand<'g>, options: impl Into<Option<MatrixDiagV3Options>>) -> Result<T<'g>> {
    call("MatrixDiagV3").input(diagonal).input(k).input(num_rows).input(num_cols).input(padding_value).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`matrix_set_diag_v3`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MatrixSetDiagV3Options(Options);

impl MatrixSetDiagV3Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'LEFT\_RIGHT', 'RIGHT\_LEFT', 'LEFT\_LEFT' or 'RIGHT\_RIGHT'. Default `"RIGHT_LEFT"`.
    pub fn align(mut self, value: &str) -> Self {
        self.0.attrs.set("align", value);
        self
    }
}

/// The matrices along the last two axes with the diagonals `k` (a scalar, or lowest and highest) replaced by the rows
/// of `diagonal`, laid out as MatrixDiagPartV3 does.
///
/// - `input`: A tensor of any dtype `T`.
/// - `diagonal`: A tensor of any dtype `T`.
/// - `k`: A tensor of dtype int32. Lives in host memory.
/// - `options`: `None` for the defaults of [`MatrixSetDiagV3Options`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for diagonals that do not exist or do not fit.
#[track_caller]
pub fn matrix_set_diag_v3<'g>(input: impl Operand<'g>, diagonal: impl Operand<'g>, k: impl Operand<'g>, options: impl Into<Option<MatrixSetDiagV3Options>>) -> Result<T<'g>> {
    call("MatrixSetDiagV3").input(input).input(diagonal).input(k).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`max`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MaxOptions(Options);

impl MaxOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn keep_dims(mut self, value: bool) -> Self {
        self.0.attrs.set("keep_dims", value);
        self
    }
}

/// The largest element over axes; NaN if there is one. The axes in axis (a scalar or vector, negative ones count from
/// the end) are removed, or kept with size 1 if keep\_dims. Over nothing it is -inf, or the smallest integer.
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32, uint64, qint8, quint8, qint32, qint16 or quint16.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`MaxOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an axis out of range or named twice.
#[track_caller]
pub fn max<'g>(input: impl Operand<'g>, axis: impl Operand<'g>, options: impl Into<Option<MaxOptions>>) -> Result<T<'g>> {
    call("Max").input(input).input(axis).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`max_pool`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MaxPoolOptions(Options);

impl MaxPoolOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of ints. Default `[]`.
    pub fn explicit_paddings(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("explicit_paddings", value.to_vec());
        self
    }
    /// A string: 'NHWC', 'NCHW' or 'NCHW\_VECT\_C'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// The largest element of each window of images \[batch, height, width, channels\] (channels first with data\_format
/// NCHW). ksize and strides have one value per axis; padding adds nothing to a window, and NaN counts for nothing.
/// Windows over channels must have their size as stride.
///
/// - `input`: A tensor of dtype `T`: float16, bfloat16, float32, float64, int32, int64, uint8, int16, int8, uint16 or
///   qint8.
/// - `ksize`: A list of ints with at least 4 of them.
/// - `strides`: A list of ints with at least 4 of them.
/// - `padding`: A string: 'SAME', 'VALID' or 'EXPLICIT'.
/// - `options`: `None` for the defaults of [`MaxPoolOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn max_pool<'g>(input: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<MaxPoolOptions>>) -> Result<T<'g>> {
    call("MaxPool").input(input).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`max_pool3d`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MaxPool3DOptions(Options);

impl MaxPool3DOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NDHWC' or 'NCDHW'. Default `"NDHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// The largest element of each window of volumes \[batch, depth, height, width, channels\] (channels first with
/// data\_format NCDHW). ksize and strides have one value per axis; padding adds nothing to a window, and NaN counts for
/// nothing.
///
/// - `input`: A tensor of dtype `T`: float16, bfloat16 or float32.
/// - `ksize`: A list of ints with at least 5 of them.
/// - `strides`: A list of ints with at least 5 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`MaxPool3DOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn max_pool3d<'g>(input: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<MaxPool3DOptions>>) -> Result<T<'g>> {
    call("MaxPool3D").input(input).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`max_pool3d_grad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MaxPool3DGradOptions(Options);

impl MaxPool3DGradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NDHWC' or 'NCDHW'. Default `"NDHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// The gradient of MaxPool3D: each window's gradient goes to its largest element, the first one of equals. `orig_input`
/// and `orig_output` are the MaxPool3D's, `grad` has the shape and dtype of `orig_output`.
///
/// - `orig_input`: A tensor of dtype `TInput`: float16, bfloat16 or float32.
/// - `orig_output`: A tensor of dtype `TInput`: float16, bfloat16 or float32.
/// - `grad`: A tensor of dtype `T`: float16, bfloat16 or float32.
/// - `ksize`: A list of ints with at least 5 of them.
/// - `strides`: A list of ints with at least 5 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`MaxPool3DGradOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for others.
#[track_caller]
pub fn max_pool3d_grad<'g>(orig_input: impl Operand<'g>, orig_output: impl Operand<'g>, grad: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<MaxPool3DGradOptions>>) -> Result<T<'g>> {
    call("MaxPool3DGrad").input(orig_input).input(orig_output).input(grad).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`max_pool3d_grad_grad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MaxPool3DGradGradOptions(Options);

impl MaxPool3DGradGradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NDHWC' or 'NCDHW'. Default `"NDHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// The second gradient of MaxPool3D: picks from `grad`, which has the shape of `orig_input`, the element where each
/// window of `orig_input` is largest. The result has the shape of `orig_output`.
///
/// - `orig_input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16,
///   float16, uint32 or uint64.
/// - `orig_output`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16,
///   float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `ksize`: A list of ints with at least 5 of them.
/// - `strides`: A list of ints with at least 5 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`MaxPool3DGradGradOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for other shapes.
#[track_caller]
pub fn max_pool3d_grad_grad<'g>(orig_input: impl Operand<'g>, orig_output: impl Operand<'g>, grad: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<MaxPool3DGradGradOptions>>) -> Result<T<'g>> {
    call("MaxPool3DGradGrad").input(orig_input).input(orig_output).input(grad).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`max_pool_grad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MaxPoolGradOptions(Options);

impl MaxPoolGradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of ints. Default `[]`.
    pub fn explicit_paddings(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("explicit_paddings", value.to_vec());
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// The gradient of MaxPool: each window's gradient goes to its largest element, the first one of equals. `orig_input`
/// and `orig_output` are the MaxPool's, `grad` has the shape of `orig_output`.
///
/// - `orig_input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16,
///   float16, uint32 or uint64.
/// - `orig_output`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16,
///   float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `ksize`: A list of ints with at least 4 of them.
/// - `strides`: A list of ints with at least 4 of them.
/// - `padding`: A string: 'SAME', 'VALID' or 'EXPLICIT'.
/// - `options`: `None` for the defaults of [`MaxPoolGradOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for other shapes.
#[track_caller]
pub fn max_pool_grad<'g>(orig_input: impl Operand<'g>, orig_output: impl Operand<'g>, grad: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<MaxPoolGradOptions>>) -> Result<T<'g>> {
    call("MaxPoolGrad").input(orig_input).input(orig_output).input(grad).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`max_pool_grad_grad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MaxPoolGradGradOptions(Options);

impl MaxPoolGradGradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'NHWC' or 'NCHW'. Default `"NHWC"`.
    pub fn data_format(mut self, value: &str) -> Self {
        self.0.attrs.set("data_format", value);
        self
    }
}

/// The second gradient of MaxPool: picks from `grad`, which has the shape of `orig_input`, the element where each
/// window of `orig_input` is largest. The result has the shape of `orig_output`.
///
/// - `orig_input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16,
///   float16, uint32 or uint64.
/// - `orig_output`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16,
///   float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `ksize`: A list of ints with at least 4 of them.
/// - `strides`: A list of ints with at least 4 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`MaxPoolGradGradOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for other shapes.
#[track_caller]
pub fn max_pool_grad_grad<'g>(orig_input: impl Operand<'g>, orig_output: impl Operand<'g>, grad: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<MaxPoolGradGradOptions>>) -> Result<T<'g>> {
    call("MaxPoolGradGrad").input(orig_input).input(orig_output).input(grad).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`max_pool_grad_with_argmax`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MaxPoolGradWithArgmaxOptions(Options);

impl MaxPoolGradWithArgmaxOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn include_batch_in_index(mut self, value: bool) -> Self {
        self.0.attrs.set("include_batch_in_index", value);
        self
    }
}

/// The gradient of MaxPoolWithArgmax: adds each element of `grad` to the element that `argmax` names. The result has
/// the shape of `input`.
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `argmax`: A tensor of dtype `Targmax`: int32 or int64.
/// - `ksize`: A list of ints with at least 4 of them.
/// - `strides`: A list of ints with at least 4 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`MaxPoolGradWithArgmaxOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for other shapes and for places outside.
#[track_caller]
pub fn max_pool_grad_with_argmax<'g>(input: impl Operand<'g>, grad: impl Operand<'g>, argmax: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<MaxPoolGradWithArgmaxOptions>>) -> Result<T<'g>> {
    call("MaxPoolGradWithArgmax").input(input).input(grad).input(argmax).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`max_pool_with_argmax`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MaxPoolWithArgmaxOptions(Options);

impl MaxPoolWithArgmaxOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int64`.
    pub fn targmax(mut self, value: DType) -> Self {
        self.0.attrs.set("Targmax", value);
        self
    }
    /// A bool. Default `false`.
    pub fn include_batch_in_index(mut self, value: bool) -> Self {
        self.0.attrs.set("include_batch_in_index", value);
        self
    }
}

/// The largest element of each window of images \[batch, height, width, channels\], and its place in the image written
/// as one vector of rows of pixels, or in that of all images with include\_batch\_in\_index. The first one of equals is
/// taken, a NaN only if it is the window's first element.
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `ksize`: A list of ints with at least 4 of them.
/// - `strides`: A list of ints with at least 4 of them.
/// - `padding`: A string: 'SAME' or 'VALID'.
/// - `options`: `None` for the defaults of [`MaxPoolWithArgmaxOptions`].
///
/// Gives `output`: A tensor of dtype `T`; `argmax`: A tensor of dtype `Targmax`.
///
/// Errors: InvalidArgument for shapes that do not fit.
#[track_caller]
pub fn max_pool_with_argmax<'g>(input: impl Operand<'g>, ksize: &[i64], strides: &[i64], padding: &str, options: impl Into<Option<MaxPoolWithArgmaxOptions>>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("MaxPoolWithArgmax").input(input).attr("ksize", ksize.to_vec()).attr("strides", strides.to_vec()).attr("padding", padding).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// The larger of x and y, element by element with broadcasting; NaN if either is.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, uint8, int16, uint16, int32, uint32, int64
///   or uint64.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, uint8, int16, uint16, int32, uint32, int64
///   or uint64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn maximum<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Maximum").input(x).input(y).outputs()?.one()
}

/// Options of [`mean`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MeanOptions(Options);

impl MeanOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn keep_dims(mut self, value: bool) -> Self {
        self.0.attrs.set("keep_dims", value);
        self
    }
}

/// The mean over axes. The axes in axis (a scalar or vector, negative ones count from the end) are removed, or kept
/// with size 1 if keep\_dims. Means of integers are truncated; a mean over nothing is NaN (0 for integers and complex
/// numbers).
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`MeanOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an axis out of range or named twice.
#[track_caller]
pub fn mean<'g>(input: impl Operand<'g>, axis: impl Operand<'g>, options: impl Into<Option<MeanOptions>>) -> Result<T<'g>> {
    call("Mean").input(input).input(axis).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Joins the values of several summaries.
///
/// - `inputs`: A list of at least 1 tensors, of dtype string.
///
/// Gives `summary`: A tensor of dtype string.
///
/// Errors: InvalidArgument if two have the same tag.
#[track_caller]
pub fn merge_summary<'g>(inputs: &[T<'g>]) -> Result<T<'g>> {
    call("MergeSummary").list(inputs).outputs()?.one()
}

/// Options of [`merge_v2_checkpoints`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MergeV2CheckpointsOptions(Options);

impl MergeV2CheckpointsOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn delete_old_dirs(mut self, value: bool) -> Self {
        self.0.attrs.set("delete_old_dirs", value);
        self
    }
    /// A bool. Default `false`.
    pub fn allow_missing_files(mut self, value: bool) -> Self {
        self.0.attrs.set("allow_missing_files", value);
        self
    }
}

/// Makes one checkpoint of several parts, by renaming their data files and joining their indexes.
///
/// - `checkpoint_prefixes`: A tensor of dtype string.
/// - `destination_prefix`: A tensor of dtype string.
/// - `options`: `None` for the defaults of [`MergeV2CheckpointsOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn merge_v2_checkpoints<'g>(checkpoint_prefixes: impl Operand<'g>, destination_prefix: impl Operand<'g>, options: impl Into<Option<MergeV2CheckpointsOptions>>) -> Result<Op<'g>> {
    call("MergeV2Checkpoints").input(checkpoint_prefixes).input(destination_prefix).options(options.into().map(|o| o.0)).run()
}

/// Options of [`min`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MinOptions(Options);

impl MinOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn keep_dims(mut self, value: bool) -> Self {
        self.0.attrs.set("keep_dims", value);
        self
    }
}

/// The smallest element over axes; NaN if there is one. The axes in axis (a scalar or vector, negative ones count from
/// the end) are removed, or kept with size 1 if keep\_dims. Over nothing it is inf, or the largest integer.
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32, uint64, qint8, quint8, qint32, qint16 or quint16.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`MinOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an axis out of range or named twice.
#[track_caller]
pub fn min<'g>(input: impl Operand<'g>, axis: impl Operand<'g>, options: impl Into<Option<MinOptions>>) -> Result<T<'g>> {
    call("Min").input(input).input(axis).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The smaller of x and y, element by element with broadcasting; NaN if either is.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, uint8, int16, uint16, int32, uint32, int64
///   or uint64.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, uint8, int16, uint16, int32, uint32, int64
///   or uint64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn minimum<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Minimum").input(x).input(y).outputs()?.one()
}

/// The input continued by its mirror image, `paddings[i, 0]` elements before and `paddings[i, 1]` after it along axis
/// i. In mode 'REFLECT' the border element is the mirror and is not repeated, in mode 'SYMMETRIC' it is.
///
/// - `input`: A tensor of any dtype `T`.
/// - `paddings`: A tensor of dtype `Tpaddings`: int32 or int64. Lives in host memory.
/// - `mode`: A string: 'REFLECT' or 'SYMMETRIC'.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if a padding is longer than the image.
#[track_caller]
pub fn mirror_pad<'g>(input: impl Operand<'g>, paddings: impl Operand<'g>, mode: &str) -> Result<T<'g>> {
    call("MirrorPad").input(input).input(paddings).attr("mode", mode).outputs()?.one()
}

/// The gradient of MirrorPad: the input without its paddings, to which the paddings are added where they were mirrored
/// from.
///
/// - `input`: A tensor of any dtype `T`.
/// - `paddings`: A tensor of dtype `Tpaddings`: int32 or int64. Lives in host memory.
/// - `mode`: A string: 'REFLECT' or 'SYMMETRIC'.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if a padding is longer than the image.
#[track_caller]
pub fn mirror_pad_grad<'g>(input: impl Operand<'g>, paddings: impl Operand<'g>, mode: &str) -> Result<T<'g>> {
    call("MirrorPadGrad").input(input).input(paddings).attr("mode", mode).outputs()?.one()
}

/// The remainder with the sign of x, element by element with broadcasting: the older name of TruncateMod.
///
/// - `x`: A tensor of dtype `T`: int32, int64, float16, float16, bfloat16, float32 or float64.
/// - `y`: A tensor of dtype `T`: int32, int64, float16, float16, bfloat16, float32 or float64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an integer division by 0 and for shapes that do not broadcast.
#[track_caller]
pub fn mod_<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Mod").input(x).input(y).outputs()?.one()
}

/// x y, element by element with broadcasting; integers wrap.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32,
///   uint64, int64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32,
///   uint64, int64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn mul<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Mul").input(x).input(y).outputs()?.one()
}

/// x y, but 0 where y is 0 even if x is infinite or NaN, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn mul_no_nan<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("MulNoNan").input(x).input(y).outputs()?.one()
}

/// Options of [`multinomial`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct MultinomialOptions(Options);

impl MultinomialOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn seed(mut self, value: i64) -> Self {
        self.0.attrs.set("seed", value);
        self
    }
    /// An int. Default `0`.
    pub fn seed2(mut self, value: i64) -> Self {
        self.0.attrs.set("seed2", value);
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int64`.
    pub fn output_dtype(mut self, value: DType) -> Self {
        self.0.attrs.set("output_dtype", value);
        self
    }
}

/// Draws num\_samples classes for each row of logits, class j with probability proportional to e^logits\[row, j\].
/// Logits that are not finite have probability 0.
///
/// - `logits`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `num_samples`: A tensor of dtype int32. Lives in host memory.
/// - `options`: `None` for the defaults of [`MultinomialOptions`].
///
/// Gives `output`: A tensor of dtype `output_dtype`.
#[track_caller]
pub fn multinomial<'g>(logits: impl Operand<'g>, num_samples: impl Operand<'g>, options: impl Into<Option<MultinomialOptions>>) -> Result<T<'g>> {
    call("Multinomial").input(logits).input(num_samples).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The quantile of the standard normal distribution, element by element; infinite at 0 and 1, NaN beyond.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn ndtri<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Ndtri").input(x).outputs()?.one()
}

/// -x, element by element; integers wrap.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, complex64 or
///   complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn neg<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Neg").input(x).outputs()?.one()
}

/// The next number after x1 toward x2, element by element with broadcasting.
///
/// - `x1`: A tensor of dtype `T`: float64 or float32.
/// - `x2`: A tensor of dtype `T`: float64 or float32.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn next_after<'g>(x1: impl Operand<'g>, x2: impl Operand<'g>) -> Result<T<'g>> {
    call("NextAfter").input(x1).input(x2).outputs()?.one()
}

/// Does nothing; control edges make it a point that others wait for.
///
/// Gives the operation.
#[track_caller]
pub fn no_op<'g>(graph: &'g Graph) -> Result<Op<'g>> {
    call("NoOp").on(graph).run()
}

/// Options of [`not_equal`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct NotEqualOptions(Options);

impl NotEqualOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn incompatible_shape_error(mut self, value: bool) -> Self {
        self.0.attrs.set("incompatible_shape_error", value);
        self
    }
}

/// Whether x and y differ, element by element with broadcasting; any dtype. Shapes that do not broadcast are an
/// InvalidArgument, or, if `incompatible_shape_error` is false, unequal as a whole: one true.
///
/// - `x`: A tensor of any dtype `T`.
/// - `y`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`NotEqualOptions`].
///
/// Gives `z`: A tensor of dtype bool.
#[track_caller]
pub fn not_equal<'g>(x: impl Operand<'g>, y: impl Operand<'g>, options: impl Into<Option<NotEqualOptions>>) -> Result<T<'g>> {
    call("NotEqual").input(x).input(y).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`one_hot`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct OneHotOptions(Options);

impl OneHotOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn axis(mut self, value: i64) -> Self {
        self.0.attrs.set("axis", value);
        self
    }
}

/// For each index a new axis of size `depth` at position `axis` (-1: the last) that holds `on_value` at the index and
/// `off_value` elsewhere; all three are scalars. Indices out of range give `off_value` only.
///
/// - `indices`: A tensor of dtype `TI`: uint8, int8, int32 or int64.
/// - `depth`: A tensor of dtype int32. Lives in host memory.
/// - `on_value`: A tensor of any dtype `T`.
/// - `off_value`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`OneHotOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for a negative depth or an axis out of range.
#[track_caller]
pub fn one_hot<'g>(indices: impl Operand<'g>, depth: impl Operand<'g>, on_value: impl Operand<'g>, off_value: impl Operand<'g>, options: impl Into<Option<OneHotOptions>>) -> Result<T<'g>> {
    call("OneHot").input(indices).input(depth).input(on_value).input(off_value).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`one_shot_iterator`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct OneShotIteratorOptions(Options);

impl OneShotIteratorOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
}

/// An iterator over the dataset that a function without arguments makes; it cannot be started anew.
///
/// - `dataset_factory`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`OneShotIteratorOptions`].
///
/// Gives `handle`: A tensor of dtype resource.
#[track_caller]
pub fn one_shot_iterator<'g>(graph: &'g Graph, dataset_factory: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<OneShotIteratorOptions>>) -> Result<T<'g>> {
    call("OneShotIterator").on(graph).attr("dataset_factory", dataset_factory).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Ones (true) of the shape and dtype of `x`.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, uint8, int16, uint16, int32, uint32, int64,
///   uint64, complex64, complex128 or bool.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn ones_like<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("OnesLike").input(x).outputs()?.one()
}

/// An optional that holds these components.
///
/// - `components`: A list of tensors, each of any dtype (`Toutput_types`).
///
/// Gives `optional`: A tensor of dtype variant.
#[track_caller]
pub fn optional_from_value<'g>(components: &[T<'g>]) -> Result<T<'g>> {
    call("OptionalFromValue").list(components).outputs()?.one()
}

/// What an optional holds.
///
/// - `optional`: A tensor of dtype variant.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
///
/// Gives `components`: A list of tensors of dtypes `output_types`.
///
/// Errors: InvalidArgument if it is empty or holds something of another kind.
#[track_caller]
pub fn optional_get_value<'g>(optional: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape]) -> Result<Vec<T<'g>>> {
    call("OptionalGetValue").input(optional).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).outputs()?.list()
}

/// Whether an optional holds something.
///
/// - `optional`: A tensor of dtype variant.
///
/// Gives `has_value`: A tensor of dtype bool.
#[track_caller]
pub fn optional_has_value<'g>(optional: impl Operand<'g>) -> Result<T<'g>> {
    call("OptionalHasValue").input(optional).outputs()?.one()
}

/// An optional without a value.
///
/// Gives `optional`: A tensor of dtype variant.
#[track_caller]
pub fn optional_none<'g>(graph: &'g Graph) -> Result<T<'g>> {
    call("OptionalNone").on(graph).outputs()?.one()
}

/// Options of [`options_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct OptionsDatasetOptions(Options);

impl OptionsDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The same elements under serialised options.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `serialized_options`: A string.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`OptionsDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn options_dataset<'g>(input_dataset: impl Operand<'g>, serialized_options: &str, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<OptionsDatasetOptions>>) -> Result<T<'g>> {
    call("OptionsDataset").input(input_dataset).attr("serialized_options", serialized_options).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`pack`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PackOptions(Options);

impl PackOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn axis(mut self, value: i64) -> Self {
        self.0.attrs.set("axis", value);
        self
    }
}

/// Stacks tensors of one shape along a new axis at position `axis` (negative ones count from the end of the result).
///
/// - `values`: A list of at least 1 tensors, of any dtype `T`.
/// - `options`: `None` for the defaults of [`PackOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes differ or `axis` is out of range.
#[track_caller]
pub fn pack<'g>(values: &[T<'g>], options: impl Into<Option<PackOptions>>) -> Result<T<'g>> {
    call("Pack").list(values).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The input with `paddings[i, 0]` zeros before and `paddings[i, 1]` after it along axis i.
///
/// - `input`: A tensor of any dtype `T`.
/// - `paddings`: A tensor of dtype `Tpaddings`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument unless `paddings` is a matrix with two columns and a row per axis, none negative.
#[track_caller]
pub fn pad<'g>(input: impl Operand<'g>, paddings: impl Operand<'g>) -> Result<T<'g>> {
    call("Pad").input(input).input(paddings).outputs()?.one()
}

/// The input with `paddings[i, 0]` elements of the value `constant_values`, a scalar, before and `paddings[i, 1]` after
/// it along axis i.
///
/// - `input`: A tensor of any dtype `T`.
/// - `paddings`: A tensor of dtype `Tpaddings`: int32 or int64. Lives in host memory.
/// - `constant_values`: A tensor of any dtype `T`.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument unless `paddings` is a matrix with two columns and a row per axis, none negative.
#[track_caller]
pub fn pad_v2<'g>(input: impl Operand<'g>, paddings: impl Operand<'g>, constant_values: impl Operand<'g>) -> Result<T<'g>> {
    call("PadV2").input(input).input(paddings).input(constant_values).outputs()?.one()
}

/// Options of [`padded_batch_dataset_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PaddedBatchDatasetV2Options(Options);

impl PaddedBatchDatasetV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn parallel_copy(mut self, value: bool) -> Self {
        self.0.attrs.set("parallel_copy", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// As BatchDatasetV2, where each element is padded to padded\_shapes (-1 means the longest of the batch) with
/// padding\_values.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `batch_size`: A tensor of dtype int64.
/// - `padded_shapes`: A list of at least 1 tensors, of dtype int64.
/// - `padding_values`: A list of tensors, each of any dtype (`Toutput_types`).
/// - `drop_remainder`: A tensor of dtype bool.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`PaddedBatchDatasetV2Options`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn padded_batch_dataset_v2<'g>(input_dataset: impl Operand<'g>, batch_size: impl Operand<'g>, padded_shapes: &[T<'g>], padding_values: &[T<'g>], drop_remainder: impl Operand<'g>, output_shapes: &[PartialShape], options: impl Into<Option<PaddedBatchDatasetV2Options>>) -> Result<T<'g>> {
    call("PaddedBatchDatasetV2").input(input_dataset).input(batch_size).list(padded_shapes).list(padding_values).input(drop_remainder).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`padding_fifo_queue`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PaddingFIFOQueueOptions(Options);

impl PaddingFIFOQueueOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None with at least 0 of them. Default `[]`.
    pub fn shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("shapes", value.to_vec());
        self
    }
    /// An int. Default `-1`.
    pub fn capacity(mut self, value: i64) -> Self {
        self.0.attrs.set("capacity", value);
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
}

/// A queue as PaddingFIFOQueueV2 makes it, by reference.
///
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`PaddingFIFOQueueOptions`].
///
/// Gives `handle`: A tensor of dtype string.
#[track_caller]
pub fn padding_fifo_queue<'g>(graph: &'g Graph, component_types: &[DType], options: impl Into<Option<PaddingFIFOQueueOptions>>) -> Result<T<'g>> {
    call("PaddingFIFOQueue").on(graph).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`padding_fifo_queue_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PaddingFIFOQueueV2Options(Options);

impl PaddingFIFOQueueV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None with at least 0 of them. Default `[]`.
    pub fn shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("shapes", value.to_vec());
        self
    }
    /// An int. Default `-1`.
    pub fn capacity(mut self, value: i64) -> Self {
        self.0.attrs.set("capacity", value);
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
}

/// A queue like FIFOQueueV2 whose shapes may have unknown sizes: elements taken together are filled up with zeros to
/// the largest.
///
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`PaddingFIFOQueueV2Options`].
///
/// Gives `handle`: A tensor of dtype resource.
#[track_caller]
pub fn padding_fifo_queue_v2<'g>(graph: &'g Graph, component_types: &[DType], options: impl Into<Option<PaddingFIFOQueueV2Options>>) -> Result<T<'g>> {
    call("PaddingFIFOQueueV2").on(graph).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`parallel_batch_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ParallelBatchDatasetOptions(Options);

impl ParallelBatchDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn parallel_copy(mut self, value: bool) -> Self {
        self.0.attrs.set("parallel_copy", value);
        self
    }
    /// A string. Default `"default"`.
    pub fn deterministic(mut self, value: &str) -> Self {
        self.0.attrs.set("deterministic", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// As BatchDatasetV2, with num\_parallel\_calls batches copied at a time.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `batch_size`: A tensor of dtype int64.
/// - `num_parallel_calls`: A tensor of dtype int64.
/// - `drop_remainder`: A tensor of dtype bool.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`ParallelBatchDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn parallel_batch_dataset<'g>(input_dataset: impl Operand<'g>, batch_size: impl Operand<'g>, num_parallel_calls: impl Operand<'g>, drop_remainder: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<ParallelBatchDatasetOptions>>) -> Result<T<'g>> {
    call("ParallelBatchDataset").input(input_dataset).input(batch_size).input(num_parallel_calls).input(drop_remainder).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`parallel_interleave_dataset_v4`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ParallelInterleaveDatasetV4Options(Options);

impl ParallelInterleaveDatasetV4Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `"default"`.
    pub fn deterministic(mut self, value: &str) -> Self {
        self.0.attrs.set("deterministic", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// As InterleaveDataset, with num\_parallel\_calls datasets read at a time.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `other_arguments`: A list of tensors, each of any dtype (`Targuments`).
/// - `cycle_length`: A tensor of dtype int64.
/// - `block_length`: A tensor of dtype int64.
/// - `buffer_output_elements`: A tensor of dtype int64.
/// - `prefetch_input_elements`: A tensor of dtype int64.
/// - `num_parallel_calls`: A tensor of dtype int64.
/// - `f`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`ParallelInterleaveDatasetV4Options`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn parallel_interleave_dataset_v4<'g>(input_dataset: impl Operand<'g>, other_arguments: &[T<'g>], cycle_length: impl Operand<'g>, block_length: impl Operand<'g>, buffer_output_elements: impl Operand<'g>, prefetch_input_elements: impl Operand<'g>, num_parallel_calls: impl Operand<'g>, f: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<ParallelInterleaveDatasetV4Options>>) -> Result<T<'g>> {
    call("ParallelInterleaveDatasetV4").input(input_dataset).list(other_arguments).input(cycle_length).input(block_length).input(buffer_output_elements).input(prefetch_input_elements).input(num_parallel_calls).attr("f", f).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`parallel_map_dataset_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ParallelMapDatasetV2Options(Options);

impl ParallelMapDatasetV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn use_inter_op_parallelism(mut self, value: bool) -> Self {
        self.0.attrs.set("use_inter_op_parallelism", value);
        self
    }
    /// A string. Default `"default"`.
    pub fn deterministic(mut self, value: &str) -> Self {
        self.0.attrs.set("deterministic", value);
        self
    }
    /// A bool. Default `false`.
    pub fn preserve_cardinality(mut self, value: bool) -> Self {
        self.0.attrs.set("preserve_cardinality", value);
        self
    }
    /// A bool. Default `false`.
    pub fn use_unbounded_threadpool(mut self, value: bool) -> Self {
        self.0.attrs.set("use_unbounded_threadpool", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// f of each element, with num\_parallel\_calls calls under way at a time (-1 chooses); in order unless deterministic
/// is false.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `other_arguments`: A list of tensors, each of any dtype (`Targuments`).
/// - `num_parallel_calls`: A tensor of dtype int64.
/// - `f`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`ParallelMapDatasetV2Options`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn parallel_map_dataset_v2<'g>(input_dataset: impl Operand<'g>, other_arguments: &[T<'g>], num_parallel_calls: impl Operand<'g>, f: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<ParallelMapDatasetV2Options>>) -> Result<T<'g>> {
    call("ParallelMapDatasetV2").input(input_dataset).list(other_arguments).input(num_parallel_calls).attr("f", f).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The features of encoded `Example` messages, of one or of a vector of them: as sparse tensors, as dense ones with
/// defaults, as ragged ones.
///
/// - `serialized`: A tensor of dtype string.
/// - `names`: A tensor of dtype string.
/// - `sparse_keys`: A tensor of dtype string.
/// - `dense_keys`: A tensor of dtype string.
/// - `ragged_keys`: A tensor of dtype string.
/// - `dense_defaults`: A list of tensors, each of dtype float32, int64 or string (`Tdense`).
/// - `num_sparse`: An int, at least 0.
/// - `sparse_types`: A list of dtypes with at least 0 of them: float32, int64 or string.
/// - `ragged_value_types`: A list of dtypes with at least 0 of them: float32, int64 or string.
/// - `ragged_split_types`: A list of dtypes with at least 0 of them: int32 or int64.
/// - `dense_shapes`: A list of shapes, each partly known or None with at least 0 of them.
///
/// Gives `sparse_indices`: A list of `num_sparse` tensors of dtype int64; `sparse_values`: A list of tensors of dtypes
/// `sparse_types`; `sparse_shapes`: A list of `num_sparse` tensors of dtype int64; `dense_values`: A list of tensors of
/// dtypes `Tdense`; `ragged_values`: A list of tensors of dtypes `ragged_value_types`; `ragged_row_splits`: A list of
/// tensors of dtypes `ragged_split_types`.
///
/// Errors: InvalidArgument for messages that are damaged, for features of another dtype or size, and for missing ones
/// without a default.
#[track_caller]
pub fn parse_example_v2<'g>(serialized: impl Operand<'g>, names: impl Operand<'g>, sparse_keys: impl Operand<'g>, dense_keys: impl Operand<'g>, ragged_keys: impl Operand<'g>, dense_defaults: &[T<'g>], num_sparse: i64, sparse_types: &[DType], ragged_value_types: &[DType], ragged_split_types: &[DType], dense_shapes: &[PartialShape]) -> Result<(Vec<T<'g>>, Vec<T<'g>>, Vec<T<'g>>, Vec<T<'g>>, Vec<T<'g>>, Vec<T<'g>>)> {
    let mut out = call("ParseExampleV2").input(serialized).input(names).input(sparse_keys).input(dense_keys).input(ragged_keys).list(dense_defaults).attr("num_sparse", num_sparse).attr("sparse_types", sparse_types.to_vec()).attr("ragged_value_types", ragged_value_types.to_vec()).attr("ragged_split_types", ragged_split_types.to_vec()).attr("dense_shapes", dense_shapes.to_vec()).outputs()?;
    Ok((out.list()?, out.list()?, out.list()?, out.list()?, out.list()?, out.list()?))
}

/// Options of [`partitioned_call`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PartitionedCallOptions(Options);

impl PartitionedCallOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn config(mut self, value: &str) -> Self {
        self.0.attrs.set("config", value);
        self
    }
    /// A string. Default `""`.
    pub fn config_proto(mut self, value: &str) -> Self {
        self.0.attrs.set("config_proto", value);
        self
    }
    /// A string. Default `""`.
    pub fn executor_type(mut self, value: &str) -> Self {
        self.0.attrs.set("executor_type", value);
        self
    }
}

/// Calls a function without effects.
///
/// - `args`: A list of tensors, each of any dtype (`Tin`).
/// - `tout`: A list of dtypes with at least 0 of them.
/// - `f`: A function.
/// - `options`: `None` for the defaults of [`PartitionedCallOptions`].
///
/// Gives `output`: A list of tensors of dtypes `Tout`.
///
/// Errors: InvalidArgument if an argument does not fit the function's dtypes and shapes.
#[track_caller]
pub fn partitioned_call<'g>(args: &[T<'g>], tout: &[DType], f: Func, options: impl Into<Option<PartitionedCallOptions>>) -> Result<Vec<T<'g>>> {
    call("PartitionedCall").list(args).attr("Tout", tout.to_vec()).attr("f", f).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`placeholder`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PlaceholderOptions(Options);

impl PlaceholderOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A shape, partly known or None. Default `<unknown>`.
    pub fn shape(mut self, value: impl Into<Dims>) -> Self {
        self.0.attrs.set("shape", value.into().0);
        self
    }
}

/// A value that every run is fed with. `shape` says what is known of its shape.
///
/// - `dtype`: A dtype.
/// - `options`: `None` for the defaults of [`PlaceholderOptions`].
///
/// Gives `output`: A tensor of dtype `dtype`.
///
/// Errors: InvalidArgument if it is not fed.
#[track_caller]
pub fn placeholder<'g>(graph: &'g Graph, dtype: DType, options: impl Into<Option<PlaceholderOptions>>) -> Result<T<'g>> {
    call("Placeholder").on(graph).attr("dtype", dtype).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The input, unless the run feeds another value. `shape` says which shapes may be fed.
///
/// - `input`: A tensor of any dtype `dtype`.
/// - `shape`: A shape, partly known or None.
///
/// Gives `output`: A tensor of dtype `dtype`.
///
/// Errors: InvalidArgument if the input does not fit it.
#[track_caller]
pub fn placeholder_with_default<'g>(input: impl Operand<'g>, shape: impl Into<Dims>) -> Result<T<'g>> {
    call("PlaceholderWithDefault").input(input).attr("shape", shape.into().0).outputs()?.one()
}

/// The derivative of order a of Digamma at x, element by element with broadcasting; NaN unless a is 0, 1, 2, ...
///
/// - `a`: A tensor of dtype `T`: float32 or float64.
/// - `x`: A tensor of dtype `T`: float32 or float64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn polygamma<'g>(a: impl Operand<'g>, x: impl Operand<'g>) -> Result<T<'g>> {
    call("Polygamma").input(a).input(x).outputs()?.one()
}

/// x^y, element by element with broadcasting; integers wrap.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float32, float16, float64, int8, int16, int32, int64, complex64 or
///   complex128.
/// - `y`: A tensor of dtype `T`: bfloat16, float32, float16, float64, int8, int16, int32, int64, complex64 or
///   complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for a negative power of integers and for shapes that do not broadcast.
#[track_caller]
pub fn pow<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Pow").input(x).input(y).outputs()?.one()
}

/// Options of [`prefetch_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PrefetchDatasetOptions(Options);

impl PrefetchDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn slack_period(mut self, value: i64) -> Self {
        self.0.attrs.set("slack_period", value);
        self
    }
    /// A bool. Default `true`.
    pub fn legacy_autotune(mut self, value: bool) -> Self {
        self.0.attrs.set("legacy_autotune", value);
        self
    }
    /// An int. Default `0`.
    pub fn buffer_size_min(mut self, value: i64) -> Self {
        self.0.attrs.set("buffer_size_min", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The same elements, made ahead of their use by up to buffer\_size (-1 chooses).
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `buffer_size`: A tensor of dtype int64.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`PrefetchDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn prefetch_dataset<'g>(input_dataset: impl Operand<'g>, buffer_size: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<PrefetchDatasetOptions>>) -> Result<T<'g>> {
    call("PrefetchDataset").input(input_dataset).input(buffer_size).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`prevent_gradient`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PreventGradientOptions(Options);

impl PreventGradientOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn message(mut self, value: &str) -> Self {
        self.0.attrs.set("message", value);
        self
    }
}

/// The input itself; asking for a gradient through it is an error with the reason `message`.
///
/// - `input`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`PreventGradientOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: a lookup error when a gradient is asked for.
#[track_caller]
pub fn prevent_gradient<'g>(input: impl Operand<'g>, options: impl Into<Option<PreventGradientOptions>>) -> Result<T<'g>> {
    call("PreventGradient").input(input).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`print`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PrintOptions(Options);

impl PrintOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn message(mut self, value: &str) -> Self {
        self.0.attrs.set("message", value);
        self
    }
    /// An int. Default `-1`.
    pub fn first_n(mut self, value: i64) -> Self {
        self.0.attrs.set("first_n", value);
        self
    }
    /// An int. Default `3`.
    pub fn summarize(mut self, value: i64) -> Self {
        self.0.attrs.set("summarize", value);
        self
    }
}

/// Passes its input on and prints a message and up to summarize elements of each of data to the standard error stream;
/// only the first first\_n times, unless that is negative.
///
/// - `input`: A tensor of any dtype `T`.
/// - `data`: A list of tensors, each of any dtype (`U`).
/// - `options`: `None` for the defaults of [`PrintOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn print<'g>(input: impl Operand<'g>, data: &[T<'g>], options: impl Into<Option<PrintOptions>>) -> Result<T<'g>> {
    call("Print").input(input).list(data).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`print_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PrintV2Options(Options);

impl PrintV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `"stderr"`.
    pub fn output_stream(mut self, value: &str) -> Self {
        self.0.attrs.set("output_stream", value);
        self
    }
    /// A string. Default `"\n"`.
    pub fn end(mut self, value: &str) -> Self {
        self.0.attrs.set("end", value);
        self
    }
}

/// Prints a scalar string and an end to stderr, stdout, log(info), log(warning), log(error), or appends it to a file
/// named file://PATH.
///
/// - `input`: A tensor of dtype string.
/// - `options`: `None` for the defaults of [`PrintV2Options`].
///
/// Gives the operation.
#[track_caller]
pub fn print_v2<'g>(input: impl Operand<'g>, options: impl Into<Option<PrintV2Options>>) -> Result<Op<'g>> {
    call("PrintV2").input(input).options(options.into().map(|o| o.0)).run()
}

/// Options of [`priority_queue`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PriorityQueueOptions(Options);

impl PriorityQueueOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of dtypes with at least 0 of them. Default `[]`.
    pub fn component_types(mut self, value: &[DType]) -> Self {
        self.0.attrs.set("component_types", value.to_vec());
        self
    }
    /// An int. Default `-1`.
    pub fn capacity(mut self, value: i64) -> Self {
        self.0.attrs.set("capacity", value);
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
}

/// A queue as PriorityQueueV2 makes it, by reference.
///
/// - `shapes`: A list of shapes, each partly known or None with at least 0 of them.
/// - `options`: `None` for the defaults of [`PriorityQueueOptions`].
///
/// Gives `handle`: A tensor of dtype string.
#[track_caller]
pub fn priority_queue<'g>(graph: &'g Graph, shapes: &[PartialShape], options: impl Into<Option<PriorityQueueOptions>>) -> Result<T<'g>> {
    call("PriorityQueue").on(graph).attr("shapes", shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`priority_queue_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct PriorityQueueV2Options(Options);

impl PriorityQueueV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of dtypes with at least 0 of them. Default `[]`.
    pub fn component_types(mut self, value: &[DType]) -> Self {
        self.0.attrs.set("component_types", value.to_vec());
        self
    }
    /// An int. Default `-1`.
    pub fn capacity(mut self, value: i64) -> Self {
        self.0.attrs.set("capacity", value);
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
}

/// A queue that gives the element with the smallest first component first: an int64 scalar that stands before
/// component\_types.
///
/// - `shapes`: A list of shapes, each partly known or None with at least 0 of them.
/// - `options`: `None` for the defaults of [`PriorityQueueV2Options`].
///
/// Gives `handle`: A tensor of dtype resource.
#[track_caller]
pub fn priority_queue_v2<'g>(graph: &'g Graph, shapes: &[PartialShape], options: impl Into<Option<PriorityQueueV2Options>>) -> Result<T<'g>> {
    call("PriorityQueueV2").on(graph).attr("shapes", shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`prod`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ProdOptions(Options);

impl ProdOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn keep_dims(mut self, value: bool) -> Self {
        self.0.attrs.set("keep_dims", value);
        self
    }
}

/// The product over axes. The axes in axis (a scalar or vector, negative ones count from the end) are removed, or kept
/// with size 1 if keep\_dims. A product over nothing is 1.
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`ProdOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an axis out of range or named twice.
#[track_caller]
pub fn prod<'g>(input: impl Operand<'g>, axis: impl Operand<'g>, options: impl Into<Option<ProdOptions>>) -> Result<T<'g>> {
    call("Prod").input(input).input(axis).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Calls the Python function that is registered under a token with NumPy arrays.
///
/// - `input`: A list of tensors, each of any dtype (`Tin`).
/// - `token`: A string.
/// - `tout`: A list of dtypes with at least 0 of them.
///
/// Gives `output`: A list of tensors of dtypes `Tout`.
#[track_caller]
pub fn py_func<'g>(input: &[T<'g>], token: &str, tout: &[DType]) -> Result<Vec<T<'g>>> {
    call("PyFunc").list(input).attr("token", token).attr("Tout", tout.to_vec()).outputs()?.list()
}

/// Calls the Python function that is registered under a token with NumPy arrays; equal calls may be merged.
///
/// - `input`: A list of tensors, each of any dtype (`Tin`).
/// - `token`: A string.
/// - `tout`: A list of dtypes with at least 0 of them.
///
/// Gives `output`: A list of tensors of dtypes `Tout`.
#[track_caller]
pub fn py_func_stateless<'g>(input: &[T<'g>], token: &str, tout: &[DType]) -> Result<Vec<T<'g>>> {
    call("PyFuncStateless").list(input).attr("token", token).attr("Tout", tout.to_vec()).outputs()?.list()
}

/// Options of [`queue_close`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueCloseOptions(Options);

impl QueueCloseOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn cancel_pending_enqueues(mut self, value: bool) -> Self {
        self.0.attrs.set("cancel_pending_enqueues", value);
        self
    }
}

/// Closes a queue, as QueueCloseV2 does.
///
/// - `handle`: A tensor that is a variable's reference of dtype string.
/// - `options`: `None` for the defaults of [`QueueCloseOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn queue_close<'g>(handle: impl Operand<'g>, options: impl Into<Option<QueueCloseOptions>>) -> Result<Op<'g>> {
    call("QueueClose").input(handle).options(options.into().map(|o| o.0)).run()
}

/// Options of [`queue_close_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueCloseV2Options(Options);

impl QueueCloseV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn cancel_pending_enqueues(mut self, value: bool) -> Self {
        self.0.attrs.set("cancel_pending_enqueues", value);
        self
    }
}

/// Closes a queue: nothing more is added, what is in it can be taken. Elements whose adding waits are added first,
/// unless cancel\_pending\_enqueues.
///
/// - `handle`: A tensor of dtype resource.
/// - `options`: `None` for the defaults of [`QueueCloseV2Options`].
///
/// Gives the operation.
///
/// Errors: Cancelled if it is closed already.
#[track_caller]
pub fn queue_close_v2<'g>(handle: impl Operand<'g>, options: impl Into<Option<QueueCloseV2Options>>) -> Result<Op<'g>> {
    call("QueueCloseV2").input(handle).options(options.into().map(|o| o.0)).run()
}

/// Options of [`queue_dequeue`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueDequeueOptions(Options);

impl QueueDequeueOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn timeout_ms(mut self, value: i64) -> Self {
        self.0.attrs.set("timeout_ms", value);
        self
    }
}

/// Takes an element out of a queue, as QueueDequeueV2 does.
///
/// - `handle`: A tensor that is a variable's reference of dtype string.
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`QueueDequeueOptions`].
///
/// Gives `components`: A list of tensors of dtypes `component_types`.
#[track_caller]
pub fn queue_dequeue<'g>(handle: impl Operand<'g>, component_types: &[DType], options: impl Into<Option<QueueDequeueOptions>>) -> Result<Vec<T<'g>>> {
    call("QueueDequeue").input(handle).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`queue_dequeue_many`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueDequeueManyOptions(Options);

impl QueueDequeueManyOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn timeout_ms(mut self, value: i64) -> Self {
        self.0.attrs.set("timeout_ms", value);
        self
    }
}

/// Takes n elements out of a queue, as QueueDequeueManyV2 does.
///
/// - `handle`: A tensor that is a variable's reference of dtype string.
/// - `n`: A tensor of dtype int32.
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`QueueDequeueManyOptions`].
///
/// Gives `components`: A list of tensors of dtypes `component_types`.
#[track_caller]
pub fn queue_dequeue_many<'g>(handle: impl Operand<'g>, n: impl Operand<'g>, component_types: &[DType], options: impl Into<Option<QueueDequeueManyOptions>>) -> Result<Vec<T<'g>>> {
    call("QueueDequeueMany").input(handle).input(n).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`queue_dequeue_many_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueDequeueManyV2Options(Options);

impl QueueDequeueManyV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn timeout_ms(mut self, value: i64) -> Self {
        self.0.attrs.set("timeout_ms", value);
        self
    }
}

/// Takes n elements out of a queue, stacked along a new first axis, waiting until there are so many.
///
/// - `handle`: A tensor of dtype resource.
/// - `n`: A tensor of dtype int32.
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`QueueDequeueManyV2Options`].
///
/// Gives `components`: A list of tensors of dtypes `component_types`.
///
/// Errors: OutOfRange if the queue is closed and has fewer.
#[track_caller]
pub fn queue_dequeue_many_v2<'g>(handle: impl Operand<'g>, n: impl Operand<'g>, component_types: &[DType], options: impl Into<Option<QueueDequeueManyV2Options>>) -> Result<Vec<T<'g>>> {
    call("QueueDequeueManyV2").input(handle).input(n).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`queue_dequeue_up_to`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueDequeueUpToOptions(Options);

impl QueueDequeueUpToOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn timeout_ms(mut self, value: i64) -> Self {
        self.0.attrs.set("timeout_ms", value);
        self
    }
}

/// Takes up to n elements out of a queue, as QueueDequeueUpToV2 does.
///
/// - `handle`: A tensor that is a variable's reference of dtype string.
/// - `n`: A tensor of dtype int32.
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`QueueDequeueUpToOptions`].
///
/// Gives `components`: A list of tensors of dtypes `component_types`.
#[track_caller]
pub fn queue_dequeue_up_to<'g>(handle: impl Operand<'g>, n: impl Operand<'g>, component_types: &[DType], options: impl Into<Option<QueueDequeueUpToOptions>>) -> Result<Vec<T<'g>>> {
    call("QueueDequeueUpTo").input(handle).input(n).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`queue_dequeue_up_to_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueDequeueUpToV2Options(Options);

impl QueueDequeueUpToV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn timeout_ms(mut self, value: i64) -> Self {
        self.0.attrs.set("timeout_ms", value);
        self
    }
}

/// Takes n elements out of a queue as QueueDequeueManyV2 does, but what is left of a closed queue if that is less.
///
/// - `handle`: A tensor of dtype resource.
/// - `n`: A tensor of dtype int32.
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`QueueDequeueUpToV2Options`].
///
/// Gives `components`: A list of tensors of dtypes `component_types`.
///
/// Errors: OutOfRange if the queue is closed and empty.
#[track_caller]
pub fn queue_dequeue_up_to_v2<'g>(handle: impl Operand<'g>, n: impl Operand<'g>, component_types: &[DType], options: impl Into<Option<QueueDequeueUpToV2Options>>) -> Result<Vec<T<'g>>> {
    call("QueueDequeueUpToV2").input(handle).input(n).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`queue_dequeue_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueDequeueV2Options(Options);

impl QueueDequeueV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn timeout_ms(mut self, value: i64) -> Self {
        self.0.attrs.set("timeout_ms", value);
        self
    }
}

/// Takes an element out of a queue, waiting until there is one.
///
/// - `handle`: A tensor of dtype resource.
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`QueueDequeueV2Options`].
///
/// Gives `components`: A list of tensors of dtypes `component_types`.
///
/// Errors: OutOfRange if the queue is closed and empty.
#[track_caller]
pub fn queue_dequeue_v2<'g>(handle: impl Operand<'g>, component_types: &[DType], options: impl Into<Option<QueueDequeueV2Options>>) -> Result<Vec<T<'g>>> {
    call("QueueDequeueV2").input(handle).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`queue_enqueue`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueEnqueueOptions(Options);

impl QueueEnqueueOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn timeout_ms(mut self, value: i64) -> Self {
        self.0.attrs.set("timeout_ms", value);
        self
    }
}

/// Adds an element to a queue, as QueueEnqueueV2 does.
///
/// - `handle`: A tensor that is a variable's reference of dtype string.
/// - `components`: A list of tensors, each of any dtype (`Tcomponents`).
/// - `options`: `None` for the defaults of [`QueueEnqueueOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn queue_enqueue<'g>(handle: impl Operand<'g>, components: &[T<'g>], options: impl Into<Option<QueueEnqueueOptions>>) -> Result<Op<'g>> {
    call("QueueEnqueue").input(handle).list(components).options(options.into().map(|o| o.0)).run()
}

/// Options of [`queue_enqueue_many`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueEnqueueManyOptions(Options);

impl QueueEnqueueManyOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn timeout_ms(mut self, value: i64) -> Self {
        self.0.attrs.set("timeout_ms", value);
        self
    }
}

/// Adds the rows of the components to a queue, as QueueEnqueueManyV2 does.
///
/// - `handle`: A tensor that is a variable's reference of dtype string.
/// - `components`: A list of tensors, each of any dtype (`Tcomponents`).
/// - `options`: `None` for the defaults of [`QueueEnqueueManyOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn queue_enqueue_many<'g>(handle: impl Operand<'g>, components: &[T<'g>], options: impl Into<Option<QueueEnqueueManyOptions>>) -> Result<Op<'g>> {
    call("QueueEnqueueMany").input(handle).list(components).options(options.into().map(|o| o.0)).run()
}

/// Options of [`queue_enqueue_many_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueEnqueueManyV2Options(Options);

impl QueueEnqueueManyV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn timeout_ms(mut self, value: i64) -> Self {
        self.0.attrs.set("timeout_ms", value);
        self
    }
}

/// Adds the rows of the components to a queue as elements, waiting while it is full.
///
/// - `handle`: A tensor of dtype resource.
/// - `components`: A list of tensors, each of any dtype (`Tcomponents`).
/// - `options`: `None` for the defaults of [`QueueEnqueueManyV2Options`].
///
/// Gives the operation.
///
/// Errors: Cancelled if the queue is closed.
#[track_caller]
pub fn queue_enqueue_many_v2<'g>(handle: impl Operand<'g>, components: &[T<'g>], options: impl Into<Option<QueueEnqueueManyV2Options>>) -> Result<Op<'g>> {
    call("QueueEnqueueManyV2").input(handle).list(components).options(options.into().map(|o| o.0)).run()
}

/// Options of [`queue_enqueue_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct QueueEnqueueV2Options(Options);

impl QueueEnqueueV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn timeout_ms(mut self, value: i64) -> Self {
        self.0.attrs.set("timeout_ms", value);
        self
    }
}

/// Adds an element to a queue, waiting while it is full.
///
/// - `handle`: A tensor of dtype resource.
/// - `components`: A list of tensors, each of any dtype (`Tcomponents`).
/// - `options`: `None` for the defaults of [`QueueEnqueueV2Options`].
///
/// Gives the operation.
///
/// Errors: Cancelled if the queue is closed.
#[track_caller]
pub fn queue_enqueue_v2<'g>(handle: impl Operand<'g>, components: &[T<'g>], options: impl Into<Option<QueueEnqueueV2Options>>) -> Result<Op<'g>> {
    call("QueueEnqueueV2").input(handle).list(components).options(options.into().map(|o| o.0)).run()
}

/// Whether a queue is closed.
///
/// - `handle`: A tensor that is a variable's reference of dtype string.
///
/// Gives `is_closed`: A tensor of dtype bool.
#[track_caller]
pub fn queue_is_closed<'g>(handle: impl Operand<'g>) -> Result<T<'g>> {
    call("QueueIsClosed").input(handle).outputs()?.one()
}

/// Whether a queue is closed.
///
/// - `handle`: A tensor of dtype resource.
///
/// Gives `is_closed`: A tensor of dtype bool.
#[track_caller]
pub fn queue_is_closed_v2<'g>(handle: impl Operand<'g>) -> Result<T<'g>> {
    call("QueueIsClosedV2").input(handle).outputs()?.one()
}

/// How many elements are in a queue.
///
/// - `handle`: A tensor that is a variable's reference of dtype string.
///
/// Gives `size`: A tensor of dtype int32.
#[track_caller]
pub fn queue_size<'g>(handle: impl Operand<'g>) -> Result<T<'g>> {
    call("QueueSize").input(handle).outputs()?.one()
}

/// How many elements are in a queue.
///
/// - `handle`: A tensor of dtype resource.
///
/// Gives `size`: A tensor of dtype int32.
#[track_caller]
pub fn queue_size_v2<'g>(handle: impl Operand<'g>) -> Result<T<'g>> {
    call("QueueSizeV2").input(handle).outputs()?.one()
}

/// The rows of a ragged tensor at some indices. OUTPUT\_RAGGED\_RANK must be PARAMS\_RAGGED\_RANK + rank(indices) - 1.
///
/// - `params_nested_splits`: A list of at least 1 tensors, of dtype `Tsplits`: int32 or int64.
/// - `params_dense_values`: A tensor of any dtype `Tvalues`.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `output_ragged_rank`: An int, at least 0.
///
/// Gives `output_nested_splits`: A list of `OUTPUT_RAGGED_RANK` tensors of dtype `Tsplits`; `output_dense_values`: A
/// tensor of dtype `Tvalues`.
///
/// Errors: InvalidArgument for indices out of range.
#[track_caller]
pub fn ragged_gather<'g>(params_nested_splits: &[T<'g>], params_dense_values: impl Operand<'g>, indices: impl Operand<'g>, output_ragged_rank: i64) -> Result<(Vec<T<'g>>, T<'g>)> {
    let mut out = call("RaggedGather").list(params_nested_splits).input(params_dense_values).input(indices).attr("OUTPUT_RAGGED_RANK", output_ragged_rank).outputs()?;
    Ok((out.list()?, out.one()?))
}

/// Options of [`ragged_range`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RaggedRangeOptions(Options);

impl RaggedRangeOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int64`.
    pub fn tsplits(mut self, value: DType) -> Self {
        self.0.attrs.set("Tsplits", value);
        self
    }
}

/// A ragged tensor whose row i counts from starts\[i\] to limits\[i\] (exclusive) by deltas\[i\]. The operands are
/// vectors of one length, or scalars for all rows.
///
/// - `starts`: A tensor of dtype `T`: bfloat16, float32, float64, int32 or int64.
/// - `limits`: A tensor of dtype `T`: bfloat16, float32, float64, int32 or int64.
/// - `deltas`: A tensor of dtype `T`: bfloat16, float32, float64, int32 or int64.
/// - `options`: `None` for the defaults of [`RaggedRangeOptions`].
///
/// Gives `rt_nested_splits`: A tensor of dtype `Tsplits`; `rt_dense_values`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for a delta of 0.
#[track_caller]
pub fn ragged_range<'g>(starts: impl Operand<'g>, limits: impl Operand<'g>, deltas: impl Operand<'g>, options: impl Into<Option<RaggedRangeOptions>>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("RaggedRange").input(starts).input(limits).input(deltas).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// Options of [`ragged_tensor_from_variant`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RaggedTensorFromVariantOptions(Options);

impl RaggedTensorFromVariantOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int64`.
    pub fn tsplits(mut self, value: DType) -> Self {
        self.0.attrs.set("Tsplits", value);
        self
    }
}

/// The ragged tensor that variants of ragged tensors make: each axis of encoded\_ragged becomes one of the result.
/// input\_ragged\_rank is the ragged rank of the elements, -1 to find it out.
///
/// - `encoded_ragged`: A tensor of dtype variant.
/// - `input_ragged_rank`: An int, at least -1.
/// - `output_ragged_rank`: An int, at least 0.
/// - `tvalues`: A dtype.
/// - `options`: `None` for the defaults of [`RaggedTensorFromVariantOptions`].
///
/// Gives `output_nested_splits`: A list of `output_ragged_rank` tensors of dtype `Tsplits`; `output_dense_values`: A
/// tensor of dtype `Tvalues`.
///
/// Errors: InvalidArgument if elements are of another kind or do not fit together.
#[track_caller]
pub fn ragged_tensor_from_variant<'g>(encoded_ragged: impl Operand<'g>, input_ragged_rank: i64, output_ragged_rank: i64, tvalues: DType, options: impl Into<Option<RaggedTensorFromVariantOptions>>) -> Result<(Vec<T<'g>>, T<'g>)> {
    let mut out = call("RaggedTensorFromVariant").input(encoded_ragged).attr("input_ragged_rank", input_ragged_rank).attr("output_ragged_rank", output_ragged_rank).attr("Tvalues", tvalues).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.list()?, out.one()?))
}

/// The place of each element of a ragged tensor, the elements, and the least shape that holds them all.
///
/// - `rt_nested_splits`: A list of at least 1 tensors, of dtype `Tsplits`: int32 or int64.
/// - `rt_dense_values`: A tensor of any dtype `T`.
///
/// Gives `sparse_indices`: A tensor of dtype int64; `sparse_values`: A tensor of dtype `T`; `sparse_dense_shape`: A
/// tensor of dtype int64.
///
/// Errors: InvalidArgument for row splits that do not fit.
#[track_caller]
pub fn ragged_tensor_to_sparse<'g>(rt_nested_splits: &[T<'g>], rt_dense_values: impl Operand<'g>) -> Result<(T<'g>, T<'g>, T<'g>)> {
    let mut out = call("RaggedTensorToSparse").list(rt_nested_splits).input(rt_dense_values).outputs()?;
    Ok((out.one()?, out.one()?, out.one()?))
}

/// A dense tensor with the rows of a ragged one, filled up with default\_value and cut to shape (-1 for as long as the
/// longest row). A partition is FIRST\_DIM\_SIZE, VALUE\_ROWIDS or ROW\_SPLITS.
///
/// - `shape`: A tensor of dtype `Tshape`: int64 or int32.
/// - `values`: A tensor of any dtype `T`.
/// - `default_value`: A tensor of any dtype `T`.
/// - `row_partition_tensors`: A list of at least 1 tensors, of dtype `Tindex`: int64 or int32.
/// - `row_partition_types`: A list of strings.
///
/// Gives `result`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for partitions or shapes that do not fit.
#[track_caller]
pub fn ragged_tensor_to_tensor<'g>(shape: impl Operand<'g>, values: impl Operand<'g>, default_value: impl Operand<'g>, row_partition_tensors: &[T<'g>], row_partition_types: &[&str]) -> Result<T<'g>> {
    call("RaggedTensorToTensor").input(shape).input(values).input(default_value).list(row_partition_tensors).attr("row_partition_types", Attr::Strs(row_partition_types.iter().map(|s| s.as_bytes().into()).collect())).outputs()?.one()
}

/// A ragged tensor as a scalar variant, or with batched\_input each of its rows as one element of a vector of variants.
///
/// - `rt_nested_splits`: A list of tensors, of dtype `Tsplits`: int32 or int64.
/// - `rt_dense_values`: A tensor of any dtype `Tvalues`.
/// - `batched_input`: A bool.
///
/// Gives `encoded_ragged`: A tensor of dtype variant.
///
/// Errors: InvalidArgument for row splits that do not fit.
#[track_caller]
pub fn ragged_tensor_to_variant<'g>(rt_nested_splits: &[T<'g>], rt_dense_values: impl Operand<'g>, batched_input: bool) -> Result<T<'g>> {
    call("RaggedTensorToVariant").list(rt_nested_splits).input(rt_dense_values).attr("batched_input", batched_input).outputs()?.one()
}

/// The gradient of the values of RaggedTensorToVariant, of shape dense\_values\_shape, from that of its result;
/// row\_splits are the outermost ones of the op, or 0 if it had none.
///
/// - `encoded_ragged_grad`: A tensor of dtype variant.
/// - `row_splits`: A tensor of dtype `Tsplits`: int32 or int64.
/// - `dense_values_shape`: A tensor of dtype int32.
/// - `tvalues`: A dtype.
///
/// Gives `dense_values_grad`: A tensor of dtype `Tvalues`.
#[track_caller]
pub fn ragged_tensor_to_variant_gradient<'g>(encoded_ragged_grad: impl Operand<'g>, row_splits: impl Operand<'g>, dense_values_shape: impl Operand<'g>, tvalues: DType) -> Result<T<'g>> {
    call("RaggedTensorToVariantGradient").input(encoded_ragged_grad).input(row_splits).input(dense_values_shape).attr("Tvalues", tvalues).outputs()?.one()
}

/// Options of [`random_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RandomDatasetOptions(Options);

impl RandomDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// Random 32-bit numbers as int64 scalars, without end; the same ones in every pass.
///
/// - `seed`: A tensor of dtype int64.
/// - `seed2`: A tensor of dtype int64.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`RandomDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn random_dataset<'g>(seed: impl Operand<'g>, seed2: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<RandomDatasetOptions>>) -> Result<T<'g>> {
    call("RandomDataset").input(seed).input(seed2).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`random_dataset_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RandomDatasetV2Options(Options);

impl RandomDatasetV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn rerandomize_each_iteration(mut self, value: bool) -> Self {
        self.0.attrs.set("rerandomize_each_iteration", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// Random 32-bit numbers as int64 scalars, without end; new ones in every pass if rerandomize\_each\_iteration.
///
/// - `seed`: A tensor of dtype int64.
/// - `seed2`: A tensor of dtype int64.
/// - `seed_generator`: A tensor of dtype resource.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`RandomDatasetV2Options`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn random_dataset_v2<'g>(seed: impl Operand<'g>, seed2: impl Operand<'g>, seed_generator: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<RandomDatasetV2Options>>) -> Result<T<'g>> {
    call("RandomDatasetV2").input(seed).input(seed2).input(seed_generator).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`random_shuffle`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RandomShuffleOptions(Options);

impl RandomShuffleOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn seed(mut self, value: i64) -> Self {
        self.0.attrs.set("seed", value);
        self
    }
    /// An int. Default `0`.
    pub fn seed2(mut self, value: i64) -> Self {
        self.0.attrs.set("seed2", value);
        self
    }
}

/// Permutes a tensor along its first axis at random. Seeds as in RandomUniform.
///
/// - `value`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`RandomShuffleOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn random_shuffle<'g>(value: impl Operand<'g>, options: impl Into<Option<RandomShuffleOptions>>) -> Result<T<'g>> {
    call("RandomShuffle").input(value).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`random_shuffle_queue`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RandomShuffleQueueOptions(Options);

impl RandomShuffleQueueOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None with at least 0 of them. Default `[]`.
    pub fn shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("shapes", value.to_vec());
        self
    }
    /// An int. Default `-1`.
    pub fn capacity(mut self, value: i64) -> Self {
        self.0.attrs.set("capacity", value);
        self
    }
    /// An int. Default `0`.
    pub fn min_after_dequeue(mut self, value: i64) -> Self {
        self.0.attrs.set("min_after_dequeue", value);
        self
    }
    /// An int. Default `0`.
    pub fn seed(mut self, value: i64) -> Self {
        self.0.attrs.set("seed", value);
        self
    }
    /// An int. Default `0`.
    pub fn seed2(mut self, value: i64) -> Self {
        self.0.attrs.set("seed2", value);
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
}

/// A queue as RandomShuffleQueueV2 makes it, by reference.
///
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`RandomShuffleQueueOptions`].
///
/// Gives `handle`: A tensor of dtype string.
#[track_caller]
pub fn random_shuffle_queue<'g>(graph: &'g Graph, component_types: &[DType], options: impl Into<Option<RandomShuffleQueueOptions>>) -> Result<T<'g>> {
    call("RandomShuffleQueue").on(graph).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`random_shuffle_queue_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RandomShuffleQueueV2Options(Options);

impl RandomShuffleQueueV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None with at least 0 of them. Default `[]`.
    pub fn shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("shapes", value.to_vec());
        self
    }
    /// An int. Default `-1`.
    pub fn capacity(mut self, value: i64) -> Self {
        self.0.attrs.set("capacity", value);
        self
    }
    /// An int. Default `0`.
    pub fn min_after_dequeue(mut self, value: i64) -> Self {
        self.0.attrs.set("min_after_dequeue", value);
        self
    }
    /// An int. Default `0`.
    pub fn seed(mut self, value: i64) -> Self {
        self.0.attrs.set("seed", value);
        self
    }
    /// An int. Default `0`.
    pub fn seed2(mut self, value: i64) -> Self {
        self.0.attrs.set("seed2", value);
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
}

/// A queue that gives its elements in random order, by seed and seed2. Until it is closed, min\_after\_dequeue elements
/// stay in it.
///
/// - `component_types`: A list of dtypes with at least 1 of them.
/// - `options`: `None` for the defaults of [`RandomShuffleQueueV2Options`].
///
/// Gives `handle`: A tensor of dtype resource.
#[track_caller]
pub fn random_shuffle_queue_v2<'g>(graph: &'g Graph, component_types: &[DType], options: impl Into<Option<RandomShuffleQueueV2Options>>) -> Result<T<'g>> {
    call("RandomShuffleQueueV2").on(graph).attr("component_types", component_types.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`random_standard_normal`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RandomStandardNormalOptions(Options);

impl RandomStandardNormalOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn seed(mut self, value: i64) -> Self {
        self.0.attrs.set("seed", value);
        self
    }
    /// An int. Default `0`.
    pub fn seed2(mut self, value: i64) -> Self {
        self.0.attrs.set("seed2", value);
        self
    }
}

/// Draws from the normal distribution of mean 0 and deviation 1 (Box-Muller). Seeds as in RandomUniform.
///
/// - `shape`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
/// - `dtype`: A dtype: float16, bfloat16, float32 or float64.
/// - `options`: `None` for the defaults of [`RandomStandardNormalOptions`].
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn random_standard_normal<'g>(shape: impl Operand<'g>, dtype: DType, options: impl Into<Option<RandomStandardNormalOptions>>) -> Result<T<'g>> {
    call("RandomStandardNormal").input(shape).attr("dtype", dtype).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`random_uniform`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RandomUniformOptions(Options);

impl RandomUniformOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn seed(mut self, value: i64) -> Self {
        self.0.attrs.set("seed", value);
        self
    }
    /// An int. Default `0`.
    pub fn seed2(mut self, value: i64) -> Self {
        self.0.attrs.set("seed2", value);
        self
    }
}

/// Draws uniformly from \[0, 1). The same seeds give the same sequence of results, run after run; both 0 mean a random
/// seed.
///
/// - `shape`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
/// - `dtype`: A dtype: float16, bfloat16, float32 or float64.
/// - `options`: `None` for the defaults of [`RandomUniformOptions`].
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn random_uniform<'g>(shape: impl Operand<'g>, dtype: DType, options: impl Into<Option<RandomUniformOptions>>) -> Result<T<'g>> {
    call("RandomUniform").input(shape).attr("dtype", dtype).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`random_uniform_int`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RandomUniformIntOptions(Options);

impl RandomUniformIntOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn seed(mut self, value: i64) -> Self {
        self.0.attrs.set("seed", value);
        self
    }
    /// An int. Default `0`.
    pub fn seed2(mut self, value: i64) -> Self {
        self.0.attrs.set("seed2", value);
        self
    }
}

/// Draws integers from \[minval, maxval), by remainder: slightly uneven unless the range is a power of two.
///
/// - `shape`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
/// - `minval`: A tensor of dtype `Tout`: int32 or int64. Lives in host memory.
/// - `maxval`: A tensor of dtype `Tout`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`RandomUniformIntOptions`].
///
/// Gives `output`: A tensor of dtype `Tout`.
///
/// Errors: InvalidArgument unless minval \< maxval.
#[track_caller]
pub fn random_uniform_int<'g>(shape: impl Operand<'g>, minval: impl Operand<'g>, maxval: impl Operand<'g>, options: impl Into<Option<RandomUniformIntOptions>>) -> Result<T<'g>> {
    call("RandomUniformInt").input(shape).input(minval).input(maxval).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The numbers `start`, `start + delta`, ... up to but without `limit`, as a vector; all three are scalars.
///
/// - `start`: A tensor of dtype `Tidx`: bfloat16, float16, float32, float64, int8, int16, int32, int64, uint16, uint32
///   or uint64. Lives in host memory.
/// - `limit`: A tensor of dtype `Tidx`: bfloat16, float16, float32, float64, int8, int16, int32, int64, uint16, uint32
///   or uint64. Lives in host memory.
/// - `delta`: A tensor of dtype `Tidx`: bfloat16, float16, float32, float64, int8, int16, int32, int64, uint16, uint32
///   or uint64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `Tidx`.
///
/// Errors: InvalidArgument if `delta` is 0 or leads away from `limit`.
#[track_caller]
pub fn range<'g>(start: impl Operand<'g>, limit: impl Operand<'g>, delta: impl Operand<'g>) -> Result<T<'g>> {
    call("Range").input(start).input(limit).input(delta).outputs()?.one()
}

/// Options of [`range_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RangeDatasetOptions(Options);

impl RangeDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
    /// A bool. Default `false`.
    pub fn replicate_on_split(mut self, value: bool) -> Self {
        self.0.attrs.set("replicate_on_split", value);
        self
    }
}

/// The integers from start to stop (exclusive) by step.
///
/// - `start`: A tensor of dtype int64.
/// - `stop`: A tensor of dtype int64.
/// - `step`: A tensor of dtype int64.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`RangeDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument if step is 0.
#[track_caller]
pub fn range_dataset<'g>(start: impl Operand<'g>, stop: impl Operand<'g>, step: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<RangeDatasetOptions>>) -> Result<T<'g>> {
    call("RangeDataset").input(start).input(stop).input(step).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The number of axes, a scalar.
///
/// - `input`: A tensor of any dtype `T`.
///
/// Gives `output`: A tensor of dtype int32.
#[track_caller]
pub fn rank<'g>(input: impl Operand<'g>) -> Result<T<'g>> {
    call("Rank").input(input).outputs()?.one()
}

/// Reads a whole file.
///
/// - `filename`: A tensor of dtype string.
///
/// Gives `contents`: A tensor of dtype string.
///
/// Errors: NotFound if there is none.
#[track_caller]
pub fn read_file<'g>(filename: impl Operand<'g>) -> Result<T<'g>> {
    call("ReadFile").input(filename).outputs()?.one()
}

/// Gives the current value of a variable. Later assignments do not change what was read.
///
/// - `resource`: A tensor of dtype resource.
/// - `dtype`: A dtype.
///
/// Gives `value`: A tensor of dtype `dtype`.
///
/// Errors: FailedPrecondition if it has no value.
#[track_caller]
pub fn read_variable_op<'g>(resource: impl Operand<'g>, dtype: DType) -> Result<T<'g>> {
    call("ReadVariableOp").input(resource).attr("dtype", dtype).outputs()?.one()
}

/// Options of [`real`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RealOptions(Options);

impl RealOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: float32 or float64. Default `DType::Float`.
    pub fn tout(mut self, value: DType) -> Self {
        self.0.attrs.set("Tout", value);
        self
    }
}

/// The real part of complex numbers, element by element.
///
/// - `input`: A tensor of dtype `T`: complex64 or complex128.
/// - `options`: `None` for the defaults of [`RealOptions`].
///
/// Gives `output`: A tensor of dtype `Tout`.
#[track_caller]
pub fn real<'g>(input: impl Operand<'g>, options: impl Into<Option<RealOptions>>) -> Result<T<'g>> {
    call("Real").input(input).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// x/y of floats and complex numbers, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32,
///   uint64, int64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32,
///   uint64, int64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn real_div<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("RealDiv").input(x).input(y).outputs()?.one()
}

/// The rows of the input's batches in batches of batch\_sizes, which take turns.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `batch_sizes`: A tensor of dtype int64.
/// - `drop_remainder`: A tensor of dtype bool.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn rebatch_dataset_v2<'g>(input_dataset: impl Operand<'g>, batch_sizes: impl Operand<'g>, drop_remainder: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape]) -> Result<T<'g>> {
    call("RebatchDatasetV2").input(input_dataset).input(batch_sizes).input(drop_remainder).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).outputs()?.one()
}

/// 1/x, element by element.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, complex64 or
///   complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn reciprocal<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Reciprocal").input(x).outputs()?.one()
}

/// The gradient of Reciprocal from its result: -dy y^2, element by element, with the conjugate of y.
///
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
/// - `dy`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different numbers of elements.
#[track_caller]
pub fn reciprocal_grad<'g>(y: impl Operand<'g>, dy: impl Operand<'g>) -> Result<T<'g>> {
    call("ReciprocalGrad").input(y).input(dy).outputs()?.one()
}

/// Options of [`reduce_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ReduceDatasetOptions(Options);

impl ReduceDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn use_inter_op_parallelism(mut self, value: bool) -> Self {
        self.0.attrs.set("use_inter_op_parallelism", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The state after f(state, element) was called for each element.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `initial_state`: A list of tensors, each of any dtype (`Tstate`).
/// - `other_arguments`: A list of tensors, each of any dtype (`Targuments`).
/// - `f`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`ReduceDatasetOptions`].
///
/// Gives `components`: A list of tensors of dtypes `output_types`.
#[track_caller]
pub fn reduce_dataset<'g>(input_dataset: impl Operand<'g>, initial_state: &[T<'g>], other_arguments: &[T<'g>], f: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<ReduceDatasetOptions>>) -> Result<Vec<T<'g>>> {
    call("ReduceDataset").input(input_dataset).list(initial_state).list(other_arguments).attr("f", f).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`reduce_join`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ReduceJoinOptions(Options);

impl ReduceJoinOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn keep_dims(mut self, value: bool) -> Self {
        self.0.attrs.set("keep_dims", value);
        self
    }
    /// A string. Default `""`.
    pub fn separator(mut self, value: &str) -> Self {
        self.0.attrs.set("separator", value);
        self
    }
}

/// Joins the strings along axes, the axis that is given first running fastest; no axes leave the input as it is.
///
/// - `inputs`: A tensor of dtype string.
/// - `reduction_indices`: A tensor of dtype int32. Lives in host memory.
/// - `options`: `None` for the defaults of [`ReduceJoinOptions`].
///
/// Gives `output`: A tensor of dtype string.
///
/// Errors: InvalidArgument for an axis outside the input or given twice.
#[track_caller]
pub fn reduce_join<'g>(inputs: impl Operand<'g>, reduction_indices: impl Operand<'g>, options: impl Into<Option<ReduceJoinOptions>>) -> Result<T<'g>> {
    call("ReduceJoin").input(inputs).input(reduction_indices).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// max(x, 0), element by element; NaN stays.
///
/// - `features`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32, uint64 or qint8.
///
/// Gives `activations`: A tensor of dtype `T`.
#[track_caller]
pub fn relu<'g>(features: impl Operand<'g>) -> Result<T<'g>> {
    call("Relu").input(features).outputs()?.one()
}

/// min(max(x, 0), 6), element by element; NaN stays.
///
/// - `features`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
///
/// Gives `activations`: A tensor of dtype `T`.
#[track_caller]
pub fn relu6<'g>(features: impl Operand<'g>) -> Result<T<'g>> {
    call("Relu6").input(features).outputs()?.one()
}

/// The gradient of Relu6 from its operand or result: `gradients` where `features` is between 0 and 6, else 0, element
/// by element.
///
/// - `gradients`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `features`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
///
/// Gives `backprops`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different shapes.
#[track_caller]
pub fn relu6_grad<'g>(gradients: impl Operand<'g>, features: impl Operand<'g>) -> Result<T<'g>> {
    call("Relu6Grad").input(gradients).input(features).outputs()?.one()
}

/// The gradient of Relu from its operand or result: `gradients` where `features` is above 0, else 0, element by
/// element.
///
/// - `gradients`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `features`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
///
/// Gives `backprops`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different shapes.
#[track_caller]
pub fn relu_grad<'g>(gradients: impl Operand<'g>, features: impl Operand<'g>) -> Result<T<'g>> {
    call("ReluGrad").input(gradients).input(features).outputs()?.one()
}

/// Options of [`repeat_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct RepeatDatasetOptions(Options);

impl RepeatDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The elements count times, without end if count is negative.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `count`: A tensor of dtype int64.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`RepeatDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn repeat_dataset<'g>(input_dataset: impl Operand<'g>, count: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<RepeatDatasetOptions>>) -> Result<T<'g>> {
    call("RepeatDataset").input(input_dataset).input(count).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The elements of `tensor`, in their order, under the shape `shape`, a vector of sizes of which one may be -1: what is
/// left. Nothing is copied.
///
/// - `tensor`: A tensor of any dtype `T`.
/// - `shape`: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the number of elements differs.
#[track_caller]
pub fn reshape<'g>(tensor: impl Operand<'g>, shape: impl Operand<'g>) -> Result<T<'g>> {
    call("Reshape").input(tensor).input(shape).outputs()?.one()
}

/// Options of [`resource_apply_adadelta`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyAdadeltaOptions(Options);

impl ResourceApplyAdadeltaOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// Adadelta (Zeiler, 2012): accum = rho \* accum + (1 - rho) \* grad^2; update = sqrt(accum\_update + epsilon) /
/// sqrt(accum + epsilon) \* grad; accum\_update = rho \* accum\_update + (1 - rho) \* update^2; var -= lr \* update.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `accum_update`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyAdadeltaOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_adadelta<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, accum_update: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ResourceApplyAdadeltaOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyAdadelta").input(var).input(accum).input(accum_update).input(lr).input(rho).input(epsilon).input(grad).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_adagrad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyAdagradOptions(Options);

impl ResourceApplyAdagradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `true`.
    pub fn update_slots(mut self, value: bool) -> Self {
        self.0.attrs.set("update_slots", value);
        self
    }
}

/// Adagrad (Duchi, Hazan and Singer, 2011): accum += grad^2 if update\_slots; var -= lr \* grad / sqrt(accum).
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyAdagradOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_adagrad<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ResourceApplyAdagradOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyAdagrad").input(var).input(accum).input(lr).input(grad).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_adagrad_da`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyAdagradDAOptions(Options);

impl ResourceApplyAdagradDAOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// Adagrad by dual averaging (Duchi, Hazan and Singer, 2011): the accumulators a and q take grad and grad^2; var = -lr
/// \* sign(a) \* max(|a| - l1 \* global\_step, 0) / (l2 \* global\_step \* lr + sqrt(q)).
///
/// - `var`: A tensor of dtype resource.
/// - `gradient_accumulator`: A tensor of dtype resource.
/// - `gradient_squared_accumulator`: A tensor of dtype resource.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `global_step`: A tensor of dtype int64.
/// - `options`: `None` for the defaults of [`ResourceApplyAdagradDAOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_adagrad_da<'g>(var: impl Operand<'g>, gradient_accumulator: impl Operand<'g>, gradient_squared_accumulator: impl Operand<'g>, grad: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, global_step: impl Operand<'g>, options: impl Into<Option<ResourceApplyAdagradDAOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyAdagradDA").input(var).input(gradient_accumulator).input(gradient_squared_accumulator).input(grad).input(lr).input(l1).input(l2).input(global_step).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_adagrad_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyAdagradV2Options(Options);

impl ResourceApplyAdagradV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `true`.
    pub fn update_slots(mut self, value: bool) -> Self {
        self.0.attrs.set("update_slots", value);
        self
    }
}

/// Adagrad with a small number against division by zero: accum += grad^2 if update\_slots; var -= lr \* grad /
/// (sqrt(accum) + epsilon).
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyAdagradV2Options`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_adagrad_v2<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ResourceApplyAdagradV2Options>>) -> Result<Op<'g>> {
    call("ResourceApplyAdagradV2").input(var).input(accum).input(lr).input(epsilon).input(grad).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_adam`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyAdamOptions(Options);

impl ResourceApplyAdamOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn use_nesterov(mut self, value: bool) -> Self {
        self.0.attrs.set("use_nesterov", value);
        self
    }
}

/// Adam (Kingma and Ba, 2015): m += (grad - m) \* (1 - beta1); v += (grad^2 - v) \* (1 - beta2); var -= lr \* sqrt(1 -
/// beta2\_power) / (1 - beta1\_power) \* m / (sqrt(v) + epsilon).
///
/// - `var`: A tensor of dtype resource.
/// - `m`: A tensor of dtype resource.
/// - `v`: A tensor of dtype resource.
/// - `beta1_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `beta2_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `beta1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `beta2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyAdamOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_adam<'g>(var: impl Operand<'g>, m: impl Operand<'g>, v: impl Operand<'g>, beta1_power: impl Operand<'g>, beta2_power: impl Operand<'g>, lr: impl Operand<'g>, beta1: impl Operand<'g>, beta2: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ResourceApplyAdamOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyAdam").input(var).input(m).input(v).input(beta1_power).input(beta2_power).input(lr).input(beta1).input(beta2).input(epsilon).input(grad).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_adam_with_amsgrad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyAdamWithAmsgradOptions(Options);

impl ResourceApplyAdamWithAmsgradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// Adam with AMSGrad (Reddi, Kale and Kumar, 2018): as Adam, but divides by sqrt(vhat) + epsilon, where vhat =
/// max(vhat, v).
///
/// - `var`: A tensor of dtype resource.
/// - `m`: A tensor of dtype resource.
/// - `v`: A tensor of dtype resource.
/// - `vhat`: A tensor of dtype resource.
/// - `beta1_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `beta2_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `beta1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `beta2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyAdamWithAmsgradOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_adam_with_amsgrad<'g>(var: impl Operand<'g>, m: impl Operand<'g>, v: impl Operand<'g>, vhat: impl Operand<'g>, beta1_power: impl Operand<'g>, beta2_power: impl Operand<'g>, lr: impl Operand<'g>, beta1: impl Operand<'g>, beta2: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ResourceApplyAdamWithAmsgradOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyAdamWithAmsgrad").input(var).input(m).input(v).input(vhat).input(beta1_power).input(beta2_power).input(lr).input(beta1).input(beta2).input(epsilon).input(grad).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_centered_rms_prop`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyCenteredRMSPropOptions(Options);

impl ResourceApplyCenteredRMSPropOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// Centred RMSProp: ms += (grad^2 - ms) \* (1 - rho); mg += (grad - mg) \* (1 - rho); mom = momentum \* mom + lr \*
/// grad / sqrt(ms - mg^2 + epsilon); var -= mom.
///
/// - `var`: A tensor of dtype resource.
/// - `mg`: A tensor of dtype resource.
/// - `ms`: A tensor of dtype resource.
/// - `mom`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyCenteredRMSPropOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_centered_rms_prop<'g>(var: impl Operand<'g>, mg: impl Operand<'g>, ms: impl Operand<'g>, mom: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, momentum: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ResourceApplyCenteredRMSPropOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyCenteredRMSProp").input(var).input(mg).input(ms).input(mom).input(lr).input(rho).input(momentum).input(epsilon).input(grad).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_ftrl`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyFtrlOptions(Options);

impl ResourceApplyFtrlOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn multiply_linear_by_lr(mut self, value: bool) -> Self {
        self.0.attrs.set("multiply_linear_by_lr", value);
        self
    }
}

/// FTRL-proximal (McMahan and others, 2013): new = accum + grad^2; linear += grad - (new^-lr\_power - accum^-lr\_power)
/// / lr \* var; var = |linear| \> l1 ? (sign(linear) \* l1 - linear) / (new^-lr\_power / lr + 2 \* l2) : 0; accum =
/// new.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `linear`: A tensor of dtype resource.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyFtrlOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_ftrl<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, linear: impl Operand<'g>, grad: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, lr_power: impl Operand<'g>, options: impl Into<Option<ResourceApplyFtrlOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyFtrl").input(var).input(accum).input(linear).input(grad).input(lr).input(l1).input(l2).input(lr_power).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_ftrl_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyFtrlV2Options(Options);

impl ResourceApplyFtrlV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn multiply_linear_by_lr(mut self, value: bool) -> Self {
        self.0.attrs.set("multiply_linear_by_lr", value);
        self
    }
}

/// FTRL-proximal with shrinkage: as ResourceApplyFtrl, where linear takes grad + 2 \* l2\_shrinkage \* var instead of
/// grad.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `linear`: A tensor of dtype resource.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2_shrinkage`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyFtrlV2Options`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_ftrl_v2<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, linear: impl Operand<'g>, grad: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, l2_shrinkage: impl Operand<'g>, lr_power: impl Operand<'g>, options: impl Into<Option<ResourceApplyFtrlV2Options>>) -> Result<Op<'g>> {
    call("ResourceApplyFtrlV2").input(var).input(accum).input(linear).input(grad).input(lr).input(l1).input(l2).input(l2_shrinkage).input(lr_power).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_gradient_descent`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyGradientDescentOptions(Options);

impl ResourceApplyGradientDescentOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// Gradient descent: var -= alpha \* delta.
///
/// - `var`: A tensor of dtype resource.
/// - `alpha`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `delta`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyGradientDescentOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_gradient_descent<'g>(var: impl Operand<'g>, alpha: impl Operand<'g>, delta: impl Operand<'g>, options: impl Into<Option<ResourceApplyGradientDescentOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyGradientDescent").input(var).input(alpha).input(delta).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_keras_momentum`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyKerasMomentumOptions(Options);

impl ResourceApplyKerasMomentumOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn use_nesterov(mut self, value: bool) -> Self {
        self.0.attrs.set("use_nesterov", value);
        self
    }
}

/// Momentum as Keras writes it: accum = momentum \* accum - lr \* grad; var += accum, with use\_nesterov var +=
/// momentum \* accum - lr \* grad.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyKerasMomentumOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_keras_momentum<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, grad: impl Operand<'g>, momentum: impl Operand<'g>, options: impl Into<Option<ResourceApplyKerasMomentumOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyKerasMomentum").input(var).input(accum).input(lr).input(grad).input(momentum).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_momentum`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyMomentumOptions(Options);

impl ResourceApplyMomentumOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn use_nesterov(mut self, value: bool) -> Self {
        self.0.attrs.set("use_nesterov", value);
        self
    }
}

/// Momentum: accum = momentum \* accum + grad; var -= lr \* accum, with use\_nesterov var -= lr \* (grad + momentum \*
/// accum).
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyMomentumOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_momentum<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, grad: impl Operand<'g>, momentum: impl Operand<'g>, options: impl Into<Option<ResourceApplyMomentumOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyMomentum").input(var).input(accum).input(lr).input(grad).input(momentum).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_proximal_adagrad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyProximalAdagradOptions(Options);

impl ResourceApplyProximalAdagradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// Adagrad with forward-backward splitting: accum += grad^2; rate = lr / sqrt(accum); p = var - rate \* grad; var =
/// sign(p) \* max(|p| - rate \* l1, 0) / (1 + rate \* l2).
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyProximalAdagradOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_proximal_adagrad<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ResourceApplyProximalAdagradOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyProximalAdagrad").input(var).input(accum).input(lr).input(l1).input(l2).input(grad).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_proximal_gradient_descent`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyProximalGradientDescentOptions(Options);

impl ResourceApplyProximalGradientDescentOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// Forward-backward splitting (Duchi and Singer, 2009): p = var - alpha \* delta; var = sign(p) \* max(|p| - alpha \*
/// l1, 0) / (1 + alpha \* l2).
///
/// - `var`: A tensor of dtype resource.
/// - `alpha`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `delta`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyProximalGradientDescentOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_proximal_gradient_descent<'g>(var: impl Operand<'g>, alpha: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, delta: impl Operand<'g>, options: impl Into<Option<ResourceApplyProximalGradientDescentOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyProximalGradientDescent").input(var).input(alpha).input(l1).input(l2).input(delta).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_apply_rms_prop`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceApplyRMSPropOptions(Options);

impl ResourceApplyRMSPropOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// RMSProp: ms += (grad^2 - ms) \* (1 - rho); mom = momentum \* mom + lr \* grad / sqrt(ms + epsilon); var -= mom.
///
/// - `var`: A tensor of dtype resource.
/// - `ms`: A tensor of dtype resource.
/// - `mom`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceApplyRMSPropOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_apply_rms_prop<'g>(var: impl Operand<'g>, ms: impl Operand<'g>, mom: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, momentum: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, options: impl Into<Option<ResourceApplyRMSPropOptions>>) -> Result<Op<'g>> {
    call("ResourceApplyRMSProp").input(var).input(ms).input(mom).input(lr).input(rho).input(momentum).input(epsilon).input(grad).options(options.into().map(|o| o.0)).run()
}

/// Adds one to a scalar variable and gives the value before.
///
/// - `resource`: A tensor of dtype resource.
/// - `limit`: An int.
/// - `t`: A dtype: int32 or int64.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: OutOfRange if it has reached the limit.
#[track_caller]
pub fn resource_count_up_to<'g>(resource: impl Operand<'g>, limit: i64, t: DType) -> Result<T<'g>> {
    call("ResourceCountUpTo").input(resource).attr("limit", limit).attr("T", t).outputs()?.one()
}

/// Options of [`resource_gather`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceGatherOptions(Options);

impl ResourceGatherOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn batch_dims(mut self, value: i64) -> Self {
        self.0.attrs.set("batch_dims", value);
        self
    }
    /// A bool. Default `true`.
    pub fn validate_indices(mut self, value: bool) -> Self {
        self.0.attrs.set("validate_indices", value);
        self
    }
}

/// Gathers rows of a variable: output\[i...\] = value\[indices\[i...\]\], with batch\_dims leading axes in common.
///
/// - `resource`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `dtype`: A dtype.
/// - `options`: `None` for the defaults of [`ResourceGatherOptions`].
///
/// Gives `output`: A tensor of dtype `dtype`.
///
/// Errors: InvalidArgument for an index outside the variable.
#[track_caller]
pub fn resource_gather<'g>(resource: impl Operand<'g>, indices: impl Operand<'g>, dtype: DType, options: impl Into<Option<ResourceGatherOptions>>) -> Result<T<'g>> {
    call("ResourceGather").input(resource).input(indices).attr("dtype", dtype).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Gathers slices of a variable: the last axis of indices holds positions along the variable's first axes.
///
/// - `resource`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `dtype`: A dtype.
///
/// Gives `output`: A tensor of dtype `dtype`.
///
/// Errors: InvalidArgument for a position outside the variable.
#[track_caller]
pub fn resource_gather_nd<'g>(resource: impl Operand<'g>, indices: impl Operand<'g>, dtype: DType) -> Result<T<'g>> {
    call("ResourceGatherNd").input(resource).input(indices).attr("dtype", dtype).outputs()?.one()
}

/// Adds updates to rows of a variable: value\[indices\[i...\]\] += updates\[i...\]; repeated indices add up. Updates
/// may be a scalar.
///
/// - `resource`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
///
/// Gives the operation.
///
/// Errors: InvalidArgument for an index outside the variable.
#[track_caller]
pub fn resource_scatter_add<'g>(resource: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>) -> Result<Op<'g>> {
    call("ResourceScatterAdd").input(resource).input(indices).input(updates).run()
}

/// Divides rows of a variable by updates: value\[indices\[i...\]\] /= updates\[i...\]. Updates may be a scalar.
///
/// - `resource`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
///
/// Gives the operation.
///
/// Errors: InvalidArgument for an integer 0 in updates.
#[track_caller]
pub fn resource_scatter_div<'g>(resource: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>) -> Result<Op<'g>> {
    call("ResourceScatterDiv").input(resource).input(indices).input(updates).run()
}

/// Raises rows of a variable to updates: value\[indices\[i...\]\] = max(value\[indices\[i...\]\], updates\[i...\]).
/// Updates may be a scalar.
///
/// - `resource`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
///
/// Gives the operation.
#[track_caller]
pub fn resource_scatter_max<'g>(resource: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>) -> Result<Op<'g>> {
    call("ResourceScatterMax").input(resource).input(indices).input(updates).run()
}

/// Lowers rows of a variable to updates: value\[indices\[i...\]\] = min(value\[indices\[i...\]\], updates\[i...\]).
/// Updates may be a scalar.
///
/// - `resource`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
///
/// Gives the operation.
#[track_caller]
pub fn resource_scatter_min<'g>(resource: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>) -> Result<Op<'g>> {
    call("ResourceScatterMin").input(resource).input(indices).input(updates).run()
}

/// Multiplies rows of a variable by updates: value\[indices\[i...\]\] \*= updates\[i...\]. Updates may be a scalar.
///
/// - `resource`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
///
/// Gives the operation.
#[track_caller]
pub fn resource_scatter_mul<'g>(resource: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>) -> Result<Op<'g>> {
    call("ResourceScatterMul").input(resource).input(indices).input(updates).run()
}

/// Options of [`resource_scatter_nd_add`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceScatterNdAddOptions(Options);

impl ResourceScatterNdAddOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// Adds updates to slices of a variable at positions in the last axis of indices; repeated positions add up.
///
/// - `ref_`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`ResourceScatterNdAddOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_scatter_nd_add<'g>(ref_: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>, options: impl Into<Option<ResourceScatterNdAddOptions>>) -> Result<Op<'g>> {
    call("ResourceScatterNdAdd").input(ref_).input(indices).input(updates).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_scatter_nd_max`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceScatterNdMaxOptions(Options);

impl ResourceScatterNdMaxOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// Raises slices of a variable at positions in the last axis of indices to updates.
///
/// - `ref_`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`ResourceScatterNdMaxOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_scatter_nd_max<'g>(ref_: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>, options: impl Into<Option<ResourceScatterNdMaxOptions>>) -> Result<Op<'g>> {
    call("ResourceScatterNdMax").input(ref_).input(indices).input(updates).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_scatter_nd_min`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceScatterNdMinOptions(Options);

impl ResourceScatterNdMinOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// Lowers slices of a variable at positions in the last axis of indices to updates.
///
/// - `ref_`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`ResourceScatterNdMinOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_scatter_nd_min<'g>(ref_: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>, options: impl Into<Option<ResourceScatterNdMinOptions>>) -> Result<Op<'g>> {
    call("ResourceScatterNdMin").input(ref_).input(indices).input(updates).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_scatter_nd_sub`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceScatterNdSubOptions(Options);

impl ResourceScatterNdSubOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// Subtracts updates from slices of a variable at positions in the last axis of indices; repeated positions add up.
///
/// - `ref_`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`ResourceScatterNdSubOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_scatter_nd_sub<'g>(ref_: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>, options: impl Into<Option<ResourceScatterNdSubOptions>>) -> Result<Op<'g>> {
    call("ResourceScatterNdSub").input(ref_).input(indices).input(updates).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_scatter_nd_update`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceScatterNdUpdateOptions(Options);

impl ResourceScatterNdUpdateOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// Replaces slices of a variable at positions in the last axis of indices; of repeated positions the last wins.
///
/// - `ref_`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`ResourceScatterNdUpdateOptions`].
///
/// Gives the operation.
///
/// Errors: InvalidArgument for a position outside the variable.
#[track_caller]
pub fn resource_scatter_nd_update<'g>(ref_: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>, options: impl Into<Option<ResourceScatterNdUpdateOptions>>) -> Result<Op<'g>> {
    call("ResourceScatterNdUpdate").input(ref_).input(indices).input(updates).options(options.into().map(|o| o.0)).run()
}

/// Subtracts updates from rows of a variable: value\[indices\[i...\]\] -= updates\[i...\]; repeated indices add up.
/// Updates may be a scalar.
///
/// - `resource`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
///
/// Gives the operation.
#[track_caller]
pub fn resource_scatter_sub<'g>(resource: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>) -> Result<Op<'g>> {
    call("ResourceScatterSub").input(resource).input(indices).input(updates).run()
}

/// Replaces rows of a variable: value\[indices\[i...\]\] = updates\[i...\]; of repeated indices the last wins. Updates
/// may be a scalar.
///
/// - `resource`: A tensor of dtype resource.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of any dtype `dtype`.
///
/// Gives the operation.
#[track_caller]
pub fn resource_scatter_update<'g>(resource: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>) -> Result<Op<'g>> {
    call("ResourceScatterUpdate").input(resource).input(indices).input(updates).run()
}

/// Options of [`resource_sparse_apply_adadelta`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyAdadeltaOptions(Options);

impl ResourceSparseApplyAdadeltaOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyAdadelta on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `accum_update`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyAdadeltaOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_adadelta<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, accum_update: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyAdadeltaOptions>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyAdadelta").input(var).input(accum).input(accum_update).input(lr).input(rho).input(epsilon).input(grad).input(indices).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_sparse_apply_adagrad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyAdagradOptions(Options);

impl ResourceSparseApplyAdagradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `true`.
    pub fn update_slots(mut self, value: bool) -> Self {
        self.0.attrs.set("update_slots", value);
        self
    }
}

/// ResourceApplyAdagrad on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyAdagradOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_adagrad<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyAdagradOptions>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyAdagrad").input(var).input(accum).input(lr).input(grad).input(indices).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_sparse_apply_adagrad_da`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyAdagradDAOptions(Options);

impl ResourceSparseApplyAdagradDAOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyAdagradDA on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `gradient_accumulator`: A tensor of dtype resource.
/// - `gradient_squared_accumulator`: A tensor of dtype resource.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `global_step`: A tensor of dtype int64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyAdagradDAOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_adagrad_da<'g>(var: impl Operand<'g>, gradient_accumulator: impl Operand<'g>, gradient_squared_accumulator: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, global_step: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyAdagradDAOptions>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyAdagradDA").input(var).input(gradient_accumulator).input(gradient_squared_accumulator).input(grad).input(indices).input(lr).input(l1).input(l2).input(global_step).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_sparse_apply_adagrad_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyAdagradV2Options(Options);

impl ResourceSparseApplyAdagradV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `true`.
    pub fn update_slots(mut self, value: bool) -> Self {
        self.0.attrs.set("update_slots", value);
        self
    }
}

/// ResourceApplyAdagradV2 on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyAdagradV2Options`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_adagrad_v2<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyAdagradV2Options>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyAdagradV2").input(var).input(accum).input(lr).input(epsilon).input(grad).input(indices).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_sparse_apply_centered_rms_prop`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyCenteredRMSPropOptions(Options);

impl ResourceSparseApplyCenteredRMSPropOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyCenteredRMSProp on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `mg`: A tensor of dtype resource.
/// - `ms`: A tensor of dtype resource.
/// - `mom`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyCenteredRMSPropOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_centered_rms_prop<'g>(var: impl Operand<'g>, mg: impl Operand<'g>, ms: impl Operand<'g>, mom: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, momentum: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyCenteredRMSPropOptions>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyCenteredRMSProp").input(var).input(mg).input(ms).input(mom).input(lr).input(rho).input(momentum).input(epsilon).input(grad).input(indices).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_sparse_apply_ftrl`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyFtrlOptions(Options);

impl ResourceSparseApplyFtrlOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn multiply_linear_by_lr(mut self, value: bool) -> Self {
        self.0.attrs.set("multiply_linear_by_lr", value);
        self
    }
}

/// ResourceApplyFtrl on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `linear`: A tensor of dtype resource.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyFtrlOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_ftrl<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, linear: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, lr_power: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyFtrlOptions>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyFtrl").input(var).input(accum).input(linear).input(grad).input(indices).input(lr).input(l1).input(l2).input(lr_power).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_sparse_apply_ftrl_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyFtrlV2Options(Options);

impl ResourceSparseApplyFtrlV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn multiply_linear_by_lr(mut self, value: bool) -> Self {
        self.0.attrs.set("multiply_linear_by_lr", value);
        self
    }
}

/// ResourceApplyFtrlV2 on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `linear`: A tensor of dtype resource.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2_shrinkage`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyFtrlV2Options`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_ftrl_v2<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, linear: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, l2_shrinkage: impl Operand<'g>, lr_power: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyFtrlV2Options>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyFtrlV2").input(var).input(accum).input(linear).input(grad).input(indices).input(lr).input(l1).input(l2).input(l2_shrinkage).input(lr_power).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_sparse_apply_keras_momentum`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyKerasMomentumOptions(Options);

impl ResourceSparseApplyKerasMomentumOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn use_nesterov(mut self, value: bool) -> Self {
        self.0.attrs.set("use_nesterov", value);
        self
    }
}

/// ResourceApplyKerasMomentum on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyKerasMomentumOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_keras_momentum<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, momentum: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyKerasMomentumOptions>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyKerasMomentum").input(var).input(accum).input(lr).input(grad).input(indices).input(momentum).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_sparse_apply_momentum`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyMomentumOptions(Options);

impl ResourceSparseApplyMomentumOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn use_nesterov(mut self, value: bool) -> Self {
        self.0.attrs.set("use_nesterov", value);
        self
    }
}

/// ResourceApplyMomentum on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyMomentumOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_momentum<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, momentum: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyMomentumOptions>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyMomentum").input(var).input(accum).input(lr).input(grad).input(indices).input(momentum).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_sparse_apply_proximal_adagrad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyProximalAdagradOptions(Options);

impl ResourceSparseApplyProximalAdagradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyProximalAdagrad on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `accum`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyProximalAdagradOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_proximal_adagrad<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyProximalAdagradOptions>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyProximalAdagrad").input(var).input(accum).input(lr).input(l1).input(l2).input(grad).input(indices).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_sparse_apply_proximal_gradient_descent`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyProximalGradientDescentOptions(Options);

impl ResourceSparseApplyProximalGradientDescentOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyProximalGradientDescent on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `alpha`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyProximalGradientDescentOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_proximal_gradient_descent<'g>(var: impl Operand<'g>, alpha: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyProximalGradientDescentOptions>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyProximalGradientDescent").input(var).input(alpha).input(l1).input(l2).input(grad).input(indices).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_sparse_apply_rms_prop`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceSparseApplyRMSPropOptions(Options);

impl ResourceSparseApplyRMSPropOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceApplyRMSProp on the rows that indices name.
///
/// - `var`: A tensor of dtype resource.
/// - `ms`: A tensor of dtype resource.
/// - `mom`: A tensor of dtype resource.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`ResourceSparseApplyRMSPropOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_sparse_apply_rms_prop<'g>(var: impl Operand<'g>, ms: impl Operand<'g>, mom: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, momentum: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<ResourceSparseApplyRMSPropOptions>>) -> Result<Op<'g>> {
    call("ResourceSparseApplyRMSProp").input(var).input(ms).input(mom).input(lr).input(rho).input(momentum).input(epsilon).input(grad).input(indices).options(options.into().map(|o| o.0)).run()
}

/// Options of [`resource_strided_slice_assign`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ResourceStridedSliceAssignOptions(Options);

impl ResourceStridedSliceAssignOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn begin_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("begin_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn end_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("end_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn ellipsis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("ellipsis_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn new_axis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("new_axis_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn shrink_axis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("shrink_axis_mask", value);
        self
    }
}

/// Assigns a value to a strided slice of a variable, as v\[begin:end:strides\] = value. The value is broadcast to the
/// slice.
///
/// - `ref_`: A tensor of dtype resource.
/// - `begin`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
/// - `end`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
/// - `strides`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
/// - `value`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`ResourceStridedSliceAssignOptions`].
///
/// Gives the operation.
#[track_caller]
pub fn resource_strided_slice_assign<'g>(ref_: impl Operand<'g>, begin: impl Operand<'g>, end: impl Operand<'g>, strides: impl Operand<'g>, value: impl Operand<'g>, options: impl Into<Option<ResourceStridedSliceAssignOptions>>) -> Result<Op<'g>> {
    call("ResourceStridedSliceAssign").input(ref_).input(begin).input(end).input(strides).input(value).options(options.into().map(|o| o.0)).run()
}

/// Reads tensors of a checkpoint by name.
///
/// - `prefix`: A tensor of dtype string.
/// - `tensor_names`: A tensor of dtype string.
/// - `shape_and_slices`: A tensor of dtype string.
/// - `dtypes`: A list of dtypes with at least 1 of them.
///
/// Gives `tensors`: A list of tensors of dtypes `dtypes`.
///
/// Errors: NotFound for a missing file or name, InvalidArgument for another dtype.
#[track_caller]
pub fn restore_v2<'g>(prefix: impl Operand<'g>, tensor_names: impl Operand<'g>, shape_and_slices: impl Operand<'g>, dtypes: &[DType]) -> Result<Vec<T<'g>>> {
    call("RestoreV2").input(prefix).input(tensor_names).input(shape_and_slices).attr("dtypes", dtypes.to_vec()).outputs()?.list()
}

/// Options of [`reverse_sequence`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ReverseSequenceOptions(Options);

impl ReverseSequenceOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn batch_dim(mut self, value: i64) -> Self {
        self.0.attrs.set("batch_dim", value);
        self
    }
}

/// The input with, for each position i along `batch_dim`, the first `seq_lengths[i]` elements along `seq_dim` reversed.
///
/// - `input`: A tensor of any dtype `T`.
/// - `seq_lengths`: A tensor of dtype `Tlen`: int32 or int64.
/// - `seq_dim`: An int.
/// - `options`: `None` for the defaults of [`ReverseSequenceOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for lengths that are negative or longer than that axis.
#[track_caller]
pub fn reverse_sequence<'g>(input: impl Operand<'g>, seq_lengths: impl Operand<'g>, seq_dim: i64, options: impl Into<Option<ReverseSequenceOptions>>) -> Result<T<'g>> {
    call("ReverseSequence").input(input).input(seq_lengths).attr("seq_dim", seq_dim).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The tensor with the order of elements reversed along the axes in the vector `axis` (negative ones count from the
/// end).
///
/// - `tensor`: A tensor of dtype `T`: uint8, int8, uint16, int16, int32, uint32, int64, uint64, bool, bfloat16,
///   float16, float32, float64, complex64, complex128 or string.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for axes that are out of range or repeated.
#[track_caller]
pub fn reverse_v2<'g>(tensor: impl Operand<'g>, axis: impl Operand<'g>) -> Result<T<'g>> {
    call("ReverseV2").input(tensor).input(axis).outputs()?.one()
}

/// x/2^y rounded down, element by element with broadcasting; y is taken between 0 and the width less one.
///
/// - `x`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
/// - `y`: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn right_shift<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("RightShift").input(x).input(y).outputs()?.one()
}

/// The nearest integer, element by element, ties to even.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn rint<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Rint").input(x).outputs()?.one()
}

/// The nearest integer, element by element, ties to even; integers stay.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, complex64 or
///   complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn round<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Round").input(x).outputs()?.one()
}

/// 1/sqrt(x), element by element; infinite at 0, NaN below.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn rsqrt<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Rsqrt").input(x).outputs()?.one()
}

/// The gradient of Rsqrt from its result: -dy y^3 / 2, element by element, with the conjugate of y.
///
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
/// - `dy`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different numbers of elements.
#[track_caller]
pub fn rsqrt_grad<'g>(y: impl Operand<'g>, dy: impl Operand<'g>) -> Result<T<'g>> {
    call("RsqrtGrad").input(y).input(dy).outputs()?.one()
}

/// Writes tensors to the checkpoint PREFIX under their names; shape\_and\_slices (empty for whole tensors) says which
/// part of a larger tensor each is.
///
/// - `prefix`: A tensor of dtype string.
/// - `tensor_names`: A tensor of dtype string.
/// - `shape_and_slices`: A tensor of dtype string.
/// - `tensors`: A list of tensors, each of any dtype (`dtypes`).
///
/// Gives the operation.
#[track_caller]
pub fn save_v2<'g>(prefix: impl Operand<'g>, tensor_names: impl Operand<'g>, shape_and_slices: impl Operand<'g>, tensors: &[T<'g>]) -> Result<Op<'g>> {
    call("SaveV2").input(prefix).input(tensor_names).input(shape_and_slices).list(tensors).run()
}

/// Makes a summary of scalars.
///
/// - `tags`: A tensor of dtype string.
/// - `values`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
///
/// Gives `summary`: A tensor of dtype string.
///
/// Errors: InvalidArgument unless tags and values have the same shape.
#[track_caller]
pub fn scalar_summary<'g>(tags: impl Operand<'g>, values: impl Operand<'g>) -> Result<T<'g>> {
    call("ScalarSummary").input(tags).input(values).outputs()?.one()
}

/// Options of [`scan_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ScanDatasetOptions(Options);

impl ScanDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn preserve_cardinality(mut self, value: bool) -> Self {
        self.0.attrs.set("preserve_cardinality", value);
        self
    }
    /// A bool. Default `true`.
    pub fn use_default_device(mut self, value: bool) -> Self {
        self.0.attrs.set("use_default_device", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The outputs of f(state, element), which gives the next state and an output.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `initial_state`: A list of tensors, each of any dtype (`Tstate`).
/// - `other_arguments`: A list of tensors, each of any dtype (`Targuments`).
/// - `f`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`ScanDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn scan_dataset<'g>(input_dataset: impl Operand<'g>, initial_state: &[T<'g>], other_arguments: &[T<'g>], f: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<ScanDatasetOptions>>) -> Result<T<'g>> {
    call("ScanDataset").input(input_dataset).list(initial_state).list(other_arguments).attr("f", f).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`scatter_nd`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ScatterNdOptions(Options);

impl ScatterNdOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// Zeros of shape `shape` to which the slices `updates` are added where the vectors along the last axis of `indices`
/// say.
///
/// - `indices`: A tensor of dtype `Tindices`: int16, int32 or int64.
/// - `updates`: A tensor of any dtype `T`.
/// - `shape`: A tensor of dtype `Tindices`: int16, int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`ScatterNdOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for vectors out of range and shapes that do not fit.
#[track_caller]
pub fn scatter_nd<'g>(indices: impl Operand<'g>, updates: impl Operand<'g>, shape: impl Operand<'g>, options: impl Into<Option<ScatterNdOptions>>) -> Result<T<'g>> {
    call("ScatterNd").input(indices).input(updates).input(shape).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`scatter_nd_non_aliasing_add`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ScatterNdNonAliasingAddOptions(Options);

impl ScatterNdNonAliasingAddOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// The input with `updates` added to the slices that the vectors along the last axis of `indices` name; the input
/// itself stays as it is.
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32, uint64 or bool.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32, uint64 or bool.
/// - `options`: `None` for the defaults of [`ScatterNdNonAliasingAddOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for vectors out of range and shapes that do not fit.
#[track_caller]
pub fn scatter_nd_non_aliasing_add<'g>(input: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>, options: impl Into<Option<ScatterNdNonAliasingAddOptions>>) -> Result<T<'g>> {
    call("ScatterNdNonAliasingAdd").input(input).input(indices).input(updates).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Largest elements of runs of rows of `data`, 0 where there is none. Otherwise as SegmentSum.
///
/// - `data`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `segment_ids`: A tensor of dtype `Tindices`: int32 or int64.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn segment_max<'g>(data: impl Operand<'g>, segment_ids: impl Operand<'g>) -> Result<T<'g>> {
    call("SegmentMax").input(data).input(segment_ids).outputs()?.one()
}

/// Means of runs of rows of `data`, 0 where there is none; integers are truncated. Otherwise as SegmentSum.
///
/// - `data`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `segment_ids`: A tensor of dtype `Tindices`: int32 or int64.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn segment_mean<'g>(data: impl Operand<'g>, segment_ids: impl Operand<'g>) -> Result<T<'g>> {
    call("SegmentMean").input(data).input(segment_ids).outputs()?.one()
}

/// Smallest elements of runs of rows of `data`, 0 where there is none. Otherwise as SegmentSum.
///
/// - `data`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `segment_ids`: A tensor of dtype `Tindices`: int32 or int64.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn segment_min<'g>(data: impl Operand<'g>, segment_ids: impl Operand<'g>) -> Result<T<'g>> {
    call("SegmentMin").input(data).input(segment_ids).outputs()?.one()
}

/// Products of runs of rows of `data`, 1 where there is none. Otherwise as SegmentSum.
///
/// - `data`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `segment_ids`: A tensor of dtype `Tindices`: int32 or int64.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn segment_prod<'g>(data: impl Operand<'g>, segment_ids: impl Operand<'g>) -> Result<T<'g>> {
    call("SegmentProd").input(data).input(segment_ids).outputs()?.one()
}

/// Sums of runs of rows of `data`: output\[k\] is the sum of the rows with segment\_ids == k, 0 where there is none.
/// segment\_ids is a vector that does not descend, one id per row; the result has as many rows as the last id plus one.
///
/// - `data`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `segment_ids`: A tensor of dtype `Tindices`: int32 or int64.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument otherwise.
#[track_caller]
pub fn segment_sum<'g>(data: impl Operand<'g>, segment_ids: impl Operand<'g>) -> Result<T<'g>> {
    call("SegmentSum").input(data).input(segment_ids).outputs()?.one()
}

/// Elements of `x` where the condition holds, else of `y`. `x` and `y` have one shape; the condition has that shape, is
/// a scalar, or is a vector that chooses whole rows.
///
/// - `condition`: A tensor of dtype bool.
/// - `x`: A tensor of any dtype `T`.
/// - `y`: A tensor of any dtype `T`.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument otherwise.
#[track_caller]
pub fn select<'g>(condition: impl Operand<'g>, x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Select").input(condition).input(x).input(y).outputs()?.one()
}

/// Elements of `t` where the condition holds, else of `e`; all three broadcast against each other.
///
/// - `condition`: A tensor of dtype bool.
/// - `t`: A tensor of any dtype `T`.
/// - `e`: A tensor of any dtype `T`.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if they cannot.
#[track_caller]
pub fn select_v2<'g>(condition: impl Operand<'g>, t: impl Operand<'g>, e: impl Operand<'g>) -> Result<T<'g>> {
    call("SelectV2").input(condition).input(t).input(e).outputs()?.one()
}

/// scale x above 0, scale alpha (e^x - 1) below, element by element: the elu that keeps mean 0 and variance 1.
///
/// - `features`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `activations`: A tensor of dtype `T`.
#[track_caller]
pub fn selu<'g>(features: impl Operand<'g>) -> Result<T<'g>> {
    call("Selu").input(features).outputs()?.one()
}

/// The gradient of Selu from its result: `gradients` times `outputs` + scale alpha below 0, else times scale, element
/// by element.
///
/// - `gradients`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `outputs`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `backprops`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different shapes.
#[track_caller]
pub fn selu_grad<'g>(gradients: impl Operand<'g>, outputs: impl Operand<'g>) -> Result<T<'g>> {
    call("SeluGrad").input(gradients).input(outputs).outputs()?.one()
}

/// Options of [`serialize_many_sparse`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SerializeManySparseOptions(Options);

impl SerializeManySparseOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: string or variant. Default `DType::String`.
    pub fn out_type(mut self, value: DType) -> Self {
        self.0.attrs.set("out_type", value);
        self
    }
}

/// The rows of a sparse tensor of rank 2 or more, each as SerializeSparse gives it: a tensor \[rows, 3\].
///
/// - `sparse_indices`: A tensor of dtype int64.
/// - `sparse_values`: A tensor of any dtype `T`.
/// - `sparse_shape`: A tensor of dtype int64.
/// - `options`: `None` for the defaults of [`SerializeManySparseOptions`].
///
/// Gives `serialized_sparse`: A tensor of dtype `out_type`.
///
/// Errors: InvalidArgument for places that are not in order or not within the shape.
#[track_caller]
pub fn serialize_many_sparse<'g>(sparse_indices: impl Operand<'g>, sparse_values: impl Operand<'g>, sparse_shape: impl Operand<'g>, options: impl Into<Option<SerializeManySparseOptions>>) -> Result<T<'g>> {
    call("SerializeManySparse").input(sparse_indices).input(sparse_values).input(sparse_shape).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`serialize_sparse`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SerializeSparseOptions(Options);

impl SerializeSparseOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: string or variant. Default `DType::String`.
    pub fn out_type(mut self, value: DType) -> Self {
        self.0.attrs.set("out_type", value);
        self
    }
}

/// A sparse tensor as a vector of 3 elements: its places, its elements, its shape, as encoded TensorProto messages or
/// as variants.
///
/// - `sparse_indices`: A tensor of dtype int64.
/// - `sparse_values`: A tensor of any dtype `T`.
/// - `sparse_shape`: A tensor of dtype int64.
/// - `options`: `None` for the defaults of [`SerializeSparseOptions`].
///
/// Gives `serialized_sparse`: A tensor of dtype `out_type`.
///
/// Errors: InvalidArgument for parts of wrong ranks.
#[track_caller]
pub fn serialize_sparse<'g>(sparse_indices: impl Operand<'g>, sparse_values: impl Operand<'g>, sparse_shape: impl Operand<'g>, options: impl Into<Option<SerializeSparseOptions>>) -> Result<T<'g>> {
    call("SerializeSparse").input(sparse_indices).input(sparse_values).input(sparse_shape).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`shape`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ShapeOptions(Options);

impl ShapeOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int32`.
    pub fn out_type(mut self, value: DType) -> Self {
        self.0.attrs.set("out_type", value);
        self
    }
}

/// The sizes of the input's axes, as a vector.
///
/// - `input`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`ShapeOptions`].
///
/// Gives `output`: A tensor of dtype `out_type`.
///
/// Errors: InvalidArgument if a size does not fit into int32.
#[track_caller]
pub fn shape<'g>(input: impl Operand<'g>, options: impl Into<Option<ShapeOptions>>) -> Result<T<'g>> {
    call("Shape").input(input).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`shape_n`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ShapeNOptions(Options);

impl ShapeNOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int32`.
    pub fn out_type(mut self, value: DType) -> Self {
        self.0.attrs.set("out_type", value);
        self
    }
}

/// The sizes of each input's axes, one vector per input.
///
/// - `input`: A list of at least 1 tensors, of any dtype `T`.
/// - `options`: `None` for the defaults of [`ShapeNOptions`].
///
/// Gives `output`: A list of `N` tensors of dtype `out_type`.
///
/// Errors: InvalidArgument if a size does not fit into int32.
#[track_caller]
pub fn shape_n<'g>(input: &[T<'g>], options: impl Into<Option<ShapeNOptions>>) -> Result<Vec<T<'g>>> {
    call("ShapeN").list(input).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`shard_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ShardDatasetOptions(Options);

impl ShardDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn require_non_empty(mut self, value: bool) -> Self {
        self.0.attrs.set("require_non_empty", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// Every num\_shards-th element, from the one at index on.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `num_shards`: A tensor of dtype int64.
/// - `index`: A tensor of dtype int64.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`ShardDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn shard_dataset<'g>(input_dataset: impl Operand<'g>, num_shards: impl Operand<'g>, index: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<ShardDatasetOptions>>) -> Result<T<'g>> {
    call("ShardDataset").input(input_dataset).input(num_shards).input(index).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Gives the name of one file of a set: BASE-00003-of-00010.
///
/// - `basename`: A tensor of dtype string.
/// - `shard`: A tensor of dtype int32.
/// - `num_shards`: A tensor of dtype int32.
///
/// Gives `filename`: A tensor of dtype string.
#[track_caller]
pub fn sharded_filename<'g>(basename: impl Operand<'g>, shard: impl Operand<'g>, num_shards: impl Operand<'g>) -> Result<T<'g>> {
    call("ShardedFilename").input(basename).input(shard).input(num_shards).outputs()?.one()
}

/// Options of [`shuffle_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ShuffleDatasetOptions(Options);

impl ShuffleDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn reshuffle_each_iteration(mut self, value: bool) -> Self {
        self.0.attrs.set("reshuffle_each_iteration", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The elements in random order, drawn from a buffer of buffer\_size, by seed and seed2.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `buffer_size`: A tensor of dtype int64.
/// - `seed`: A tensor of dtype int64.
/// - `seed2`: A tensor of dtype int64.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`ShuffleDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn shuffle_dataset<'g>(input_dataset: impl Operand<'g>, buffer_size: impl Operand<'g>, seed: impl Operand<'g>, seed2: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<ShuffleDatasetOptions>>) -> Result<T<'g>> {
    call("ShuffleDataset").input(input_dataset).input(buffer_size).input(seed).input(seed2).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`shuffle_dataset_v3`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ShuffleDatasetV3Options(Options);

impl ShuffleDatasetV3Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn reshuffle_each_iteration(mut self, value: bool) -> Self {
        self.0.attrs.set("reshuffle_each_iteration", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The elements in random order, drawn from a buffer of buffer\_size; seed\_generator gives a new order each time if
/// reshuffle\_each\_iteration.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `buffer_size`: A tensor of dtype int64.
/// - `seed`: A tensor of dtype int64.
/// - `seed2`: A tensor of dtype int64.
/// - `seed_generator`: A tensor of dtype resource.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`ShuffleDatasetV3Options`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn shuffle_dataset_v3<'g>(input_dataset: impl Operand<'g>, buffer_size: impl Operand<'g>, seed: impl Operand<'g>, seed2: impl Operand<'g>, seed_generator: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<ShuffleDatasetV3Options>>) -> Result<T<'g>> {
    call("ShuffleDatasetV3").input(input_dataset).input(buffer_size).input(seed).input(seed2).input(seed_generator).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// 1/(1 + e^-x), element by element, between 0 and 1.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn sigmoid<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Sigmoid").input(x).outputs()?.one()
}

/// The gradient of Sigmoid from its result: dy y (1 - y), element by element.
///
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
/// - `dy`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different numbers of elements.
#[track_caller]
pub fn sigmoid_grad<'g>(y: impl Operand<'g>, dy: impl Operand<'g>) -> Result<T<'g>> {
    call("SigmoidGrad").input(y).input(dy).outputs()?.one()
}

/// -1, 0 or 1 as x is negative, 0 or positive; NaN for NaN; x/|x|, or 0, for complex numbers.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, complex64 or
///   complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn sign<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Sign").input(x).outputs()?.one()
}

/// The sine of x in radians, element by element.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn sin<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Sin").input(x).outputs()?.one()
}

/// The hyperbolic sine, element by element.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn sinh<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Sinh").input(x).outputs()?.one()
}

/// Options of [`size`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SizeOptions(Options);

impl SizeOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int32`.
    pub fn out_type(mut self, value: DType) -> Self {
        self.0.attrs.set("out_type", value);
        self
    }
}

/// The number of elements, a scalar.
///
/// - `input`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`SizeOptions`].
///
/// Gives `output`: A tensor of dtype `out_type`.
///
/// Errors: InvalidArgument if it does not fit into int32.
#[track_caller]
pub fn size<'g>(input: impl Operand<'g>, options: impl Into<Option<SizeOptions>>) -> Result<T<'g>> {
    call("Size").input(input).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`skip_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SkipDatasetOptions(Options);

impl SkipDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The elements after the first count, none if count is negative.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `count`: A tensor of dtype int64.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`SkipDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn skip_dataset<'g>(input_dataset: impl Operand<'g>, count: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<SkipDatasetOptions>>) -> Result<T<'g>> {
    call("SkipDataset").input(input_dataset).input(count).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The block of `input` that starts at `begin` and has the sizes `size`, vectors with one number per axis; a size of -1
/// reaches to the end.
///
/// - `input`: A tensor of any dtype `T`.
/// - `begin`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
/// - `size`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the block leaves the input.
#[track_caller]
pub fn slice<'g>(input: impl Operand<'g>, begin: impl Operand<'g>, size: impl Operand<'g>) -> Result<T<'g>> {
    call("Slice").input(input).input(begin).input(size).outputs()?.one()
}

/// A copy of the input, of any shape.
///
/// - `input`: A tensor of any dtype `T`.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn snapshot<'g>(input: impl Operand<'g>) -> Result<T<'g>> {
    call("Snapshot").input(input).outputs()?.one()
}

/// exp(x) / sum(exp(x)) over the last axis, computed as exp(x - max x) so that it does not overflow. A row with NaN or
/// +inf, or with nothing but -inf, gives NaN.
///
/// - `logits`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `softmax`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for a scalar.
#[track_caller]
pub fn softmax<'g>(logits: impl Operand<'g>) -> Result<T<'g>> {
    call("Softmax").input(logits).outputs()?.one()
}

/// The cross entropy -sum(labels \* log\_softmax(features)) of each row, and its gradient softmax(features) - labels.
/// Both operands broadcast to one matrix \[batch, classes\]; the loss is \[batch\].
///
/// - `features`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `labels`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `loss`: A tensor of dtype `T`; `backprop`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if they do not.
#[track_caller]
pub fn softmax_cross_entropy_with_logits<'g>(features: impl Operand<'g>, labels: impl Operand<'g>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("SoftmaxCrossEntropyWithLogits").input(features).input(labels).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// log(1 + e^x), element by element.
///
/// - `features`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `activations`: A tensor of dtype `T`.
#[track_caller]
pub fn softplus<'g>(features: impl Operand<'g>) -> Result<T<'g>> {
    call("Softplus").input(features).outputs()?.one()
}

/// The gradient of Softplus from its operand: `gradients` times sigmoid(`features`), element by element.
///
/// - `gradients`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `features`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `backprops`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different shapes.
#[track_caller]
pub fn softplus_grad<'g>(gradients: impl Operand<'g>, features: impl Operand<'g>) -> Result<T<'g>> {
    call("SoftplusGrad").input(gradients).input(features).outputs()?.one()
}

/// x/(1 + |x|), element by element.
///
/// - `features`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `activations`: A tensor of dtype `T`.
#[track_caller]
pub fn softsign<'g>(features: impl Operand<'g>) -> Result<T<'g>> {
    call("Softsign").input(features).outputs()?.one()
}

/// The gradient of Softsign from its operand: `gradients` / (1 + |`features`|)^2, element by element.
///
/// - `gradients`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `features`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
///
/// Gives `backprops`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different shapes.
#[track_caller]
pub fn softsign_grad<'g>(gradients: impl Operand<'g>, features: impl Operand<'g>) -> Result<T<'g>> {
    call("SoftsignGrad").input(gradients).input(features).outputs()?.one()
}

/// Options of [`sparse_apply_adadelta`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseApplyAdadeltaOptions(Options);

impl SparseApplyAdadeltaOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceSparseApplyAdadelta of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum_update`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`SparseApplyAdadeltaOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_apply_adadelta<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, accum_update: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<SparseApplyAdadeltaOptions>>) -> Result<T<'g>> {
    call("SparseApplyAdadelta").input(var).input(accum).input(accum_update).input(lr).input(rho).input(epsilon).input(grad).input(indices).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_apply_adagrad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseApplyAdagradOptions(Options);

impl SparseApplyAdagradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `true`.
    pub fn update_slots(mut self, value: bool) -> Self {
        self.0.attrs.set("update_slots", value);
        self
    }
}

/// ResourceSparseApplyAdagrad of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`SparseApplyAdagradOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_apply_adagrad<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<SparseApplyAdagradOptions>>) -> Result<T<'g>> {
    call("SparseApplyAdagrad").input(var).input(accum).input(lr).input(grad).input(indices).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_apply_adagrad_da`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseApplyAdagradDAOptions(Options);

impl SparseApplyAdagradDAOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceSparseApplyAdagradDA of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `gradient_accumulator`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8,
///   int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16,
///   uint32 or uint64.
/// - `gradient_squared_accumulator`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32,
///   uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128,
///   float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `global_step`: A tensor of dtype int64.
/// - `options`: `None` for the defaults of [`SparseApplyAdagradDAOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_apply_adagrad_da<'g>(var: impl Operand<'g>, gradient_accumulator: impl Operand<'g>, gradient_squared_accumulator: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, global_step: impl Operand<'g>, options: impl Into<Option<SparseApplyAdagradDAOptions>>) -> Result<T<'g>> {
    call("SparseApplyAdagradDA").input(var).input(gradient_accumulator).input(gradient_squared_accumulator).input(grad).input(indices).input(lr).input(l1).input(l2).input(global_step).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_apply_centered_rms_prop`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseApplyCenteredRMSPropOptions(Options);

impl SparseApplyCenteredRMSPropOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceSparseApplyCenteredRMSProp of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `mg`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `ms`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `mom`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`SparseApplyCenteredRMSPropOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_apply_centered_rms_prop<'g>(var: impl Operand<'g>, mg: impl Operand<'g>, ms: impl Operand<'g>, mom: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, momentum: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<SparseApplyCenteredRMSPropOptions>>) -> Result<T<'g>> {
    call("SparseApplyCenteredRMSProp").input(var).input(mg).input(ms).input(mom).input(lr).input(rho).input(momentum).input(epsilon).input(grad).input(indices).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_apply_ftrl`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseApplyFtrlOptions(Options);

impl SparseApplyFtrlOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn multiply_linear_by_lr(mut self, value: bool) -> Self {
        self.0.attrs.set("multiply_linear_by_lr", value);
        self
    }
}

/// ResourceSparseApplyFtrl of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `linear`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`SparseApplyFtrlOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_apply_ftrl<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, linear: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, lr_power: impl Operand<'g>, options: impl Into<Option<SparseApplyFtrlOptions>>) -> Result<T<'g>> {
    call("SparseApplyFtrl").input(var).input(accum).input(linear).input(grad).input(indices).input(lr).input(l1).input(l2).input(lr_power).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_apply_ftrl_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseApplyFtrlV2Options(Options);

impl SparseApplyFtrlV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn multiply_linear_by_lr(mut self, value: bool) -> Self {
        self.0.attrs.set("multiply_linear_by_lr", value);
        self
    }
}

/// ResourceSparseApplyFtrlV2 of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `linear`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2_shrinkage`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
///   quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr_power`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`SparseApplyFtrlV2Options`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_apply_ftrl_v2<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, linear: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, l2_shrinkage: impl Operand<'g>, lr_power: impl Operand<'g>, options: impl Into<Option<SparseApplyFtrlV2Options>>) -> Result<T<'g>> {
    call("SparseApplyFtrlV2").input(var).input(accum).input(linear).input(grad).input(indices).input(lr).input(l1).input(l2).input(l2_shrinkage).input(lr_power).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_apply_momentum`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseApplyMomentumOptions(Options);

impl SparseApplyMomentumOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
    /// A bool. Default `false`.
    pub fn use_nesterov(mut self, value: bool) -> Self {
        self.0.attrs.set("use_nesterov", value);
        self
    }
}

/// ResourceSparseApplyMomentum of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `options`: `None` for the defaults of [`SparseApplyMomentumOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_apply_momentum<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, momentum: impl Operand<'g>, options: impl Into<Option<SparseApplyMomentumOptions>>) -> Result<T<'g>> {
    call("SparseApplyMomentum").input(var).input(accum).input(lr).input(grad).input(indices).input(momentum).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_apply_proximal_adagrad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseApplyProximalAdagradOptions(Options);

impl SparseApplyProximalAdagradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceSparseApplyProximalAdagrad of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `accum`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`SparseApplyProximalAdagradOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_apply_proximal_adagrad<'g>(var: impl Operand<'g>, accum: impl Operand<'g>, lr: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<SparseApplyProximalAdagradOptions>>) -> Result<T<'g>> {
    call("SparseApplyProximalAdagrad").input(var).input(accum).input(lr).input(l1).input(l2).input(grad).input(indices).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_apply_proximal_gradient_descent`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseApplyProximalGradientDescentOptions(Options);

impl SparseApplyProximalGradientDescentOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceSparseApplyProximalGradientDescent of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `alpha`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l1`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `l2`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`SparseApplyProximalGradientDescentOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_apply_proximal_gradient_descent<'g>(var: impl Operand<'g>, alpha: impl Operand<'g>, l1: impl Operand<'g>, l2: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<SparseApplyProximalGradientDescentOptions>>) -> Result<T<'g>> {
    call("SparseApplyProximalGradientDescent").input(var).input(alpha).input(l1).input(l2).input(grad).input(indices).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_apply_rms_prop`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseApplyRMSPropOptions(Options);

impl SparseApplyRMSPropOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn use_locking(mut self, value: bool) -> Self {
        self.0.attrs.set("use_locking", value);
        self
    }
}

/// ResourceSparseApplyRMSProp of a reference variable.
///
/// - `var`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `ms`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `mom`: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
///   complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `lr`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
///   bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `rho`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `momentum`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `epsilon`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `grad`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `options`: `None` for the defaults of [`SparseApplyRMSPropOptions`].
///
/// Gives `out`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_apply_rms_prop<'g>(var: impl Operand<'g>, ms: impl Operand<'g>, mom: impl Operand<'g>, lr: impl Operand<'g>, rho: impl Operand<'g>, momentum: impl Operand<'g>, epsilon: impl Operand<'g>, grad: impl Operand<'g>, indices: impl Operand<'g>, options: impl Into<Option<SparseApplyRMSPropOptions>>) -> Result<T<'g>> {
    call("SparseApplyRMSProp").input(var).input(ms).input(mom).input(lr).input(rho).input(momentum).input(epsilon).input(grad).input(indices).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_segment_mean`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseSegmentMeanOptions(Options);

impl SparseSegmentMeanOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn sparse_gradient(mut self, value: bool) -> Self {
        self.0.attrs.set("sparse_gradient", value);
        self
    }
}

/// Means of chosen rows, 0 where there is none. Otherwise as SparseSegmentSum.
///
/// - `data`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `options`: `None` for the defaults of [`SparseSegmentMeanOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_segment_mean<'g>(data: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, options: impl Into<Option<SparseSegmentMeanOptions>>) -> Result<T<'g>> {
    call("SparseSegmentMean").input(data).input(indices).input(segment_ids).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The gradient of SparseSegmentMean: as SparseSegmentSumGrad, each row divided by the number of rows of its segment.
///
/// - `grad`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `output_dim0`: A tensor of dtype int32. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_segment_mean_grad<'g>(grad: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, output_dim0: impl Operand<'g>) -> Result<T<'g>> {
    call("SparseSegmentMeanGrad").input(grad).input(indices).input(segment_ids).input(output_dim0).outputs()?.one()
}

/// The gradient of SparseSegmentMean for the rows that were chosen. Otherwise as SparseSegmentSumGradV2.
///
/// - `grad`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `dense_output_dim0`: A tensor of dtype int32. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`; `sorted_unique_indices`: A tensor of dtype `Tidx`.
#[track_caller]
pub fn sparse_segment_mean_grad_v2<'g>(grad: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, dense_output_dim0: impl Operand<'g>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("SparseSegmentMeanGradV2").input(grad).input(indices).input(segment_ids).input(dense_output_dim0).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// Options of [`sparse_segment_mean_with_num_segments`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseSegmentMeanWithNumSegmentsOptions(Options);

impl SparseSegmentMeanWithNumSegmentsOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn sparse_gradient(mut self, value: bool) -> Self {
        self.0.attrs.set("sparse_gradient", value);
        self
    }
}

/// Means of chosen rows, 0 where there is none. Otherwise as SparseSegmentSumWithNumSegments.
///
/// - `data`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `num_segments`: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`SparseSegmentMeanWithNumSegmentsOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_segment_mean_with_num_segments<'g>(data: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, num_segments: impl Operand<'g>, options: impl Into<Option<SparseSegmentMeanWithNumSegmentsOptions>>) -> Result<T<'g>> {
    call("SparseSegmentMeanWithNumSegments").input(data).input(indices).input(segment_ids).input(num_segments).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_segment_sqrt_n`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseSegmentSqrtNOptions(Options);

impl SparseSegmentSqrtNOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn sparse_gradient(mut self, value: bool) -> Self {
        self.0.attrs.set("sparse_gradient", value);
        self
    }
}

/// Sums of chosen rows over the square root of their number, 0 where there is none. Otherwise as SparseSegmentSum.
///
/// - `data`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `options`: `None` for the defaults of [`SparseSegmentSqrtNOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_segment_sqrt_n<'g>(data: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, options: impl Into<Option<SparseSegmentSqrtNOptions>>) -> Result<T<'g>> {
    call("SparseSegmentSqrtN").input(data).input(indices).input(segment_ids).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The gradient of SparseSegmentSqrtN: as SparseSegmentSumGrad, each row divided by the square root of the number of
/// rows of its segment.
///
/// - `grad`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `output_dim0`: A tensor of dtype int32. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_segment_sqrt_n_grad<'g>(grad: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, output_dim0: impl Operand<'g>) -> Result<T<'g>> {
    call("SparseSegmentSqrtNGrad").input(grad).input(indices).input(segment_ids).input(output_dim0).outputs()?.one()
}

/// The gradient of SparseSegmentSqrtN for the rows that were chosen. Otherwise as SparseSegmentSumGradV2.
///
/// - `grad`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `dense_output_dim0`: A tensor of dtype int32. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`; `sorted_unique_indices`: A tensor of dtype `Tidx`.
#[track_caller]
pub fn sparse_segment_sqrt_n_grad_v2<'g>(grad: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, dense_output_dim0: impl Operand<'g>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("SparseSegmentSqrtNGradV2").input(grad).input(indices).input(segment_ids).input(dense_output_dim0).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// Options of [`sparse_segment_sqrt_n_with_num_segments`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseSegmentSqrtNWithNumSegmentsOptions(Options);

impl SparseSegmentSqrtNWithNumSegmentsOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn sparse_gradient(mut self, value: bool) -> Self {
        self.0.attrs.set("sparse_gradient", value);
        self
    }
}

/// Sums of chosen rows over the square root of their number, 0 where there is none. Otherwise as
/// SparseSegmentSumWithNumSegments.
///
/// - `data`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `num_segments`: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`SparseSegmentSqrtNWithNumSegmentsOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn sparse_segment_sqrt_n_with_num_segments<'g>(data: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, num_segments: impl Operand<'g>, options: impl Into<Option<SparseSegmentSqrtNWithNumSegmentsOptions>>) -> Result<T<'g>> {
    call("SparseSegmentSqrtNWithNumSegments").input(data).input(indices).input(segment_ids).input(num_segments).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`sparse_segment_sum`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseSegmentSumOptions(Options);

impl SparseSegmentSumOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn sparse_gradient(mut self, value: bool) -> Self {
        self.0.attrs.set("sparse_gradient", value);
        self
    }
}

/// Sums of chosen rows: output\[k\] is the sum of the rows data\[indices\[i\]\] with segment\_ids\[i\] == k, 0 where
/// there is none. `indices` and `segment_ids` are vectors of one length, the ids do not descend, and the result has as
/// many rows as the last id plus one. `sparse_gradient` asks for a gradient that has only the rows that were chosen.
///
/// - `data`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `options`: `None` for the defaults of [`SparseSegmentSumOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument otherwise.
#[track_caller]
pub fn sparse_segment_sum<'g>(data: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, options: impl Into<Option<SparseSegmentSumOptions>>) -> Result<T<'g>> {
    call("SparseSegmentSum").input(data).input(indices).input(segment_ids).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The gradient of SparseSegmentSum: `output_dim0` rows, where row indices\[i\] receives grad\[segment\_ids\[i\]\].
///
/// - `grad`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `output_dim0`: A tensor of dtype int32. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for indices and segments that do not exist.
#[track_caller]
pub fn sparse_segment_sum_grad<'g>(grad: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, output_dim0: impl Operand<'g>) -> Result<T<'g>> {
    call("SparseSegmentSumGrad").input(grad).input(indices).input(segment_ids).input(output_dim0).outputs()?.one()
}

/// The gradient of SparseSegmentSum for the rows that were chosen, and which these are, in rising order.
/// `dense_output_dim0` is the number of all rows.
///
/// - `grad`: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `dense_output_dim0`: A tensor of dtype int32. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`; `sorted_unique_indices`: A tensor of dtype `Tidx`.
///
/// Errors: InvalidArgument for indices and segments that do not exist.
#[track_caller]
pub fn sparse_segment_sum_grad_v2<'g>(grad: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, dense_output_dim0: impl Operand<'g>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("SparseSegmentSumGradV2").input(grad).input(indices).input(segment_ids).input(dense_output_dim0).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// Options of [`sparse_segment_sum_with_num_segments`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseSegmentSumWithNumSegmentsOptions(Options);

impl SparseSegmentSumWithNumSegmentsOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn sparse_gradient(mut self, value: bool) -> Self {
        self.0.attrs.set("sparse_gradient", value);
        self
    }
}

/// Sums of chosen rows as SparseSegmentSum, with `num_segments` rows.
///
/// - `data`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `segment_ids`: A tensor of dtype `Tsegmentids`: int32 or int64.
/// - `num_segments`: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`SparseSegmentSumWithNumSegmentsOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for ids that are not below it.
#[track_caller]
pub fn sparse_segment_sum_with_num_segments<'g>(data: impl Operand<'g>, indices: impl Operand<'g>, segment_ids: impl Operand<'g>, num_segments: impl Operand<'g>, options: impl Into<Option<SparseSegmentSumWithNumSegmentsOptions>>) -> Result<T<'g>> {
    call("SparseSegmentSumWithNumSegments").input(data).input(indices).input(segment_ids).input(num_segments).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The cross entropy -log\_softmax(features)\[label\] of each row, and its gradient softmax(features) -
/// one\_hot(label). `features` is \[batch, classes\], `labels` \[batch\].
///
/// - `features`: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
/// - `labels`: A tensor of dtype `Tlabels`: int32 or int64.
///
/// Gives `loss`: A tensor of dtype `T`; `backprop`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for a label outside 0..classes, no classes, or other shapes.
#[track_caller]
pub fn sparse_softmax_cross_entropy_with_logits<'g>(features: impl Operand<'g>, labels: impl Operand<'g>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("SparseSoftmaxCrossEntropyWithLogits").input(features).input(labels).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// Options of [`sparse_to_dense`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SparseToDenseOptions(Options);

impl SparseToDenseOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn validate_indices(mut self, value: bool) -> Self {
        self.0.attrs.set("validate_indices", value);
        self
    }
}

/// A dense tensor of shape `output_shape` with `sparse_values`, a vector or one scalar for all, at the places
/// `sparse_indices`, and `default_value` elsewhere. Places are rows of a matrix, or numbers for a result of rank 1.
/// With `validate_indices` they must be in order and differ.
///
/// - `sparse_indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `output_shape`: A tensor of dtype `Tindices`: int32 or int64. Lives in host memory.
/// - `sparse_values`: A tensor of any dtype `T`.
/// - `default_value`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`SparseToDenseOptions`].
///
/// Gives `dense`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for such places, places out of bounds and shapes that do not fit.
#[track_caller]
pub fn sparse_to_dense<'g>(sparse_indices: impl Operand<'g>, output_shape: impl Operand<'g>, sparse_values: impl Operand<'g>, default_value: impl Operand<'g>, options: impl Into<Option<SparseToDenseOptions>>) -> Result<T<'g>> {
    call("SparseToDense").input(sparse_indices).input(output_shape).input(sparse_values).input(default_value).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Splits `value` into `num_split` equal parts along `axis`, a scalar (negative ones count from the end).
///
/// - `axis`: A tensor of dtype int32. Lives in host memory.
/// - `value`: A tensor of any dtype `T`.
/// - `num_split`: An int, at least 1.
///
/// Gives `output`: A list of `num_split` tensors of dtype `T`.
///
/// Errors: InvalidArgument if that axis cannot be divided evenly or is out of range.
#[track_caller]
pub fn split<'g>(axis: impl Operand<'g>, value: impl Operand<'g>, num_split: i64) -> Result<Vec<T<'g>>> {
    call("Split").input(axis).input(value).attr("num_split", num_split).outputs()?.list()
}

/// Splits `value` along `axis`, a scalar, into parts of the sizes in the vector `size_splits`, of which one may be -1:
/// what is left.
///
/// - `value`: A tensor of any dtype `T`.
/// - `size_splits`: A tensor of dtype `Tlen`: int8, int32 or int64. Lives in host memory.
/// - `axis`: A tensor of dtype int32. Lives in host memory.
/// - `num_split`: An int, at least 1.
///
/// Gives `output`: A list of `num_split` tensors of dtype `T`.
///
/// Errors: InvalidArgument if the sizes do not add up to that of the axis.
#[track_caller]
pub fn split_v<'g>(value: impl Operand<'g>, size_splits: impl Operand<'g>, axis: impl Operand<'g>, num_split: i64) -> Result<Vec<T<'g>>> {
    call("SplitV").input(value).input(size_splits).input(axis).attr("num_split", num_split).outputs()?.list()
}

/// The square root, element by element; NaN below 0.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn sqrt<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Sqrt").input(x).outputs()?.one()
}

/// The gradient of Sqrt from its result: dy / (2 y), element by element, with the conjugate of y.
///
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
/// - `dy`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different numbers of elements.
#[track_caller]
pub fn sqrt_grad<'g>(y: impl Operand<'g>, dy: impl Operand<'g>) -> Result<T<'g>> {
    call("SqrtGrad").input(y).input(dy).outputs()?.one()
}

/// x^2, element by element; integers wrap.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32,
///   uint64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn square<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Square").input(x).outputs()?.one()
}

/// (x - y)^2, element by element with broadcasting; |x - y|^2 of complex numbers.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn squared_difference<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("SquaredDifference").input(x).input(y).outputs()?.one()
}

/// Options of [`squeeze`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SqueezeOptions(Options);

impl SqueezeOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of ints with at least 0 of them. Default `[]`.
    pub fn axis(mut self, value: &[i64]) -> Self {
        self.0.attrs.set("squeeze_dims", value.to_vec());
        self
    }
}

/// The input without axes of size 1: those in `axis` (negative ones count from the end), or all if that is empty.
/// Nothing is copied.
///
/// - `input`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`SqueezeOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if such an axis has another size or does not exist.
#[track_caller]
pub fn squeeze<'g>(input: impl Operand<'g>, options: impl Into<Option<SqueezeOptions>>) -> Result<T<'g>> {
    call("Squeeze").input(input).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`stateful_partitioned_call`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatefulPartitionedCallOptions(Options);

impl StatefulPartitionedCallOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn config(mut self, value: &str) -> Self {
        self.0.attrs.set("config", value);
        self
    }
    /// A string. Default `""`.
    pub fn config_proto(mut self, value: &str) -> Self {
        self.0.attrs.set("config_proto", value);
        self
    }
    /// A string. Default `""`.
    pub fn executor_type(mut self, value: &str) -> Self {
        self.0.attrs.set("executor_type", value);
        self
    }
}

/// Calls a function that may have effects.
///
/// - `args`: A list of tensors, each of any dtype (`Tin`).
/// - `tout`: A list of dtypes with at least 0 of them.
/// - `f`: A function.
/// - `options`: `None` for the defaults of [`StatefulPartitionedCallOptions`].
///
/// Gives `output`: A list of tensors of dtypes `Tout`.
///
/// Errors: InvalidArgument if an argument does not fit the function's dtypes and shapes.
#[track_caller]
pub fn stateful_partitioned_call<'g>(args: &[T<'g>], tout: &[DType], f: Func, options: impl Into<Option<StatefulPartitionedCallOptions>>) -> Result<Vec<T<'g>>> {
    call("StatefulPartitionedCall").list(args).attr("Tout", tout.to_vec()).attr("f", f).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`stateless_case`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessCaseOptions(Options);

impl StatelessCaseOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None. Default `[]`.
    pub fn output_shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("output_shapes", value.to_vec());
        self
    }
}

/// Calls the function of this number, which has no effects. A number out of range stands for the last one.
///
/// - `branch_index`: A tensor of dtype int32. Lives in host memory.
/// - `input`: A list of tensors, each of any dtype (`Tin`).
/// - `tout`: A list of dtypes with at least 0 of them.
/// - `branches`: A list of functions with at least 1 of them.
/// - `options`: `None` for the defaults of [`StatelessCaseOptions`].
///
/// Gives `output`: A list of tensors of dtypes `Tout`.
#[track_caller]
pub fn stateless_case<'g>(branch_index: impl Operand<'g>, input: &[T<'g>], tout: &[DType], branches: &[Func], options: impl Into<Option<StatelessCaseOptions>>) -> Result<Vec<T<'g>>> {
    call("StatelessCase").input(branch_index).list(input).attr("Tout", tout.to_vec()).attr("branches", Attr::Funcs(branches.to_vec())).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`stateless_if`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessIfOptions(Options);

impl StatelessIfOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None. Default `[]`.
    pub fn output_shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("output_shapes", value.to_vec());
        self
    }
}

/// Calls one of two functions without effects with the same arguments. A scalar condition holds if it is not zero, a
/// string if it is not empty, any other tensor if it has elements.
///
/// - `cond`: A tensor of any dtype `Tcond`. Lives in host memory.
/// - `input`: A list of tensors, each of any dtype (`Tin`).
/// - `tout`: A list of dtypes with at least 0 of them.
/// - `then_branch`: A function.
/// - `else_branch`: A function.
/// - `options`: `None` for the defaults of [`StatelessIfOptions`].
///
/// Gives `output`: A list of tensors of dtypes `Tout`.
#[track_caller]
pub fn stateless_if<'g>(cond: impl Operand<'g>, input: &[T<'g>], tout: &[DType], then_branch: Func, else_branch: Func, options: impl Into<Option<StatelessIfOptions>>) -> Result<Vec<T<'g>>> {
    call("StatelessIf").input(cond).list(input).attr("Tout", tout.to_vec()).attr("then_branch", then_branch).attr("else_branch", else_branch).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`stateless_multinomial`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessMultinomialOptions(Options);

impl StatelessMultinomialOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int64`.
    pub fn output_dtype(mut self, value: DType) -> Self {
        self.0.attrs.set("output_dtype", value);
        self
    }
}

/// Draws classes as Multinomial does, as a function of a seed of two integers.
///
/// - `logits`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `num_samples`: A tensor of dtype int32. Lives in host memory.
/// - `seed`: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`StatelessMultinomialOptions`].
///
/// Gives `output`: A tensor of dtype `output_dtype`.
#[track_caller]
pub fn stateless_multinomial<'g>(logits: impl Operand<'g>, num_samples: impl Operand<'g>, seed: impl Operand<'g>, options: impl Into<Option<StatelessMultinomialOptions>>) -> Result<T<'g>> {
    call("StatelessMultinomial").input(logits).input(num_samples).input(seed).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Gives the number of the generator that suits the device: 1, Philox.
///
/// Gives `alg`: A tensor of dtype int32.
#[track_caller]
pub fn stateless_random_get_alg<'g>(graph: &'g Graph) -> Result<T<'g>> {
    call("StatelessRandomGetAlg").on(graph).outputs()?.one()
}

/// Scrambles a seed of two integers into the key \[1\] and counter \[2\] of the Philox generator.
///
/// - `seed`: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
///
/// Gives `key`: A tensor of dtype uint64; `counter`: A tensor of dtype uint64.
#[track_caller]
pub fn stateless_random_get_key_counter<'g>(seed: impl Operand<'g>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("StatelessRandomGetKeyCounter").input(seed).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// Options of [`stateless_random_normal`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessRandomNormalOptions(Options);

impl StatelessRandomNormalOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: float16, bfloat16, float32 or float64. Default `DType::Float`.
    pub fn dtype(mut self, value: DType) -> Self {
        self.0.attrs.set("dtype", value);
        self
    }
}

/// Draws from the normal distribution of mean 0 and deviation 1, as a function of a seed of two integers.
///
/// - `shape`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
/// - `seed`: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`StatelessRandomNormalOptions`].
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn stateless_random_normal<'g>(shape: impl Operand<'g>, seed: impl Operand<'g>, options: impl Into<Option<StatelessRandomNormalOptions>>) -> Result<T<'g>> {
    call("StatelessRandomNormal").input(shape).input(seed).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`stateless_random_normal_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessRandomNormalV2Options(Options);

impl StatelessRandomNormalV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: float16, bfloat16, float32 or float64. Default `DType::Float`.
    pub fn dtype(mut self, value: DType) -> Self {
        self.0.attrs.set("dtype", value);
        self
    }
}

/// Draws from the normal distribution of mean 0 and deviation 1, as a function of key and counter.
///
/// - `shape`: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
/// - `key`: A tensor of dtype uint64. Lives in host memory.
/// - `counter`: A tensor of dtype uint64. Lives in host memory.
/// - `alg`: A tensor of dtype int32. Lives in host memory.
/// - `options`: `None` for the defaults of [`StatelessRandomNormalV2Options`].
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn stateless_random_normal_v2<'g>(shape: impl Operand<'g>, key: impl Operand<'g>, counter: impl Operand<'g>, alg: impl Operand<'g>, options: impl Into<Option<StatelessRandomNormalV2Options>>) -> Result<T<'g>> {
    call("StatelessRandomNormalV2").input(shape).input(key).input(counter).input(alg).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`stateless_random_uniform`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessRandomUniformOptions(Options);

impl StatelessRandomUniformOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: float16, bfloat16, float32 or float64. Default `DType::Float`.
    pub fn dtype(mut self, value: DType) -> Self {
        self.0.attrs.set("dtype", value);
        self
    }
}

/// Draws uniformly from \[0, 1), as a function of a seed of two integers.
///
/// - `shape`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
/// - `seed`: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`StatelessRandomUniformOptions`].
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn stateless_random_uniform<'g>(shape: impl Operand<'g>, seed: impl Operand<'g>, options: impl Into<Option<StatelessRandomUniformOptions>>) -> Result<T<'g>> {
    call("StatelessRandomUniform").input(shape).input(seed).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`stateless_random_uniform_full_int`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessRandomUniformFullIntOptions(Options);

impl StatelessRandomUniformFullIntOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32, int64, uint32 or uint64. Default `DType::UInt64`.
    pub fn dtype(mut self, value: DType) -> Self {
        self.0.attrs.set("dtype", value);
        self
    }
}

/// Draws integers from all values of the dtype, as a function of a seed of two integers.
///
/// - `shape`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
/// - `seed`: A tensor of dtype `Tseed`: int32, int64, uint32 or uint64. Lives in host memory.
/// - `options`: `None` for the defaults of [`StatelessRandomUniformFullIntOptions`].
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn stateless_random_uniform_full_int<'g>(shape: impl Operand<'g>, seed: impl Operand<'g>, options: impl Into<Option<StatelessRandomUniformFullIntOptions>>) -> Result<T<'g>> {
    call("StatelessRandomUniformFullInt").input(shape).input(seed).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`stateless_random_uniform_full_int_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessRandomUniformFullIntV2Options(Options);

impl StatelessRandomUniformFullIntV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32, int64, uint32 or uint64. Default `DType::UInt64`.
    pub fn dtype(mut self, value: DType) -> Self {
        self.0.attrs.set("dtype", value);
        self
    }
}

/// Draws integers from all values of the dtype, as a function of key and counter.
///
/// - `shape`: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
/// - `key`: A tensor of dtype uint64. Lives in host memory.
/// - `counter`: A tensor of dtype uint64. Lives in host memory.
/// - `alg`: A tensor of dtype int32. Lives in host memory.
/// - `options`: `None` for the defaults of [`StatelessRandomUniformFullIntV2Options`].
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn stateless_random_uniform_full_int_v2<'g>(shape: impl Operand<'g>, key: impl Operand<'g>, counter: impl Operand<'g>, alg: impl Operand<'g>, options: impl Into<Option<StatelessRandomUniformFullIntV2Options>>) -> Result<T<'g>> {
    call("StatelessRandomUniformFullIntV2").input(shape).input(key).input(counter).input(alg).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Draws integers from \[minval, maxval), as a function of a seed of two integers.
///
/// - `shape`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
/// - `seed`: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
/// - `minval`: A tensor of dtype `dtype`: int32 or int64. Lives in host memory.
/// - `maxval`: A tensor of dtype `dtype`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `dtype`.
///
/// Errors: InvalidArgument unless minval \< maxval.
#[track_caller]
pub fn stateless_random_uniform_int<'g>(shape: impl Operand<'g>, seed: impl Operand<'g>, minval: impl Operand<'g>, maxval: impl Operand<'g>) -> Result<T<'g>> {
    call("StatelessRandomUniformInt").input(shape).input(seed).input(minval).input(maxval).outputs()?.one()
}

/// Draws integers from \[minval, maxval), as a function of key and counter.
///
/// - `shape`: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
/// - `key`: A tensor of dtype uint64. Lives in host memory.
/// - `counter`: A tensor of dtype uint64. Lives in host memory.
/// - `alg`: A tensor of dtype int32. Lives in host memory.
/// - `minval`: A tensor of dtype `dtype`: int32, int64, uint32 or uint64. Lives in host memory.
/// - `maxval`: A tensor of dtype `dtype`: int32, int64, uint32 or uint64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `dtype`.
///
/// Errors: InvalidArgument unless minval \< maxval.
#[track_caller]
pub fn stateless_random_uniform_int_v2<'g>(shape: impl Operand<'g>, key: impl Operand<'g>, counter: impl Operand<'g>, alg: impl Operand<'g>, minval: impl Operand<'g>, maxval: impl Operand<'g>) -> Result<T<'g>> {
    call("StatelessRandomUniformIntV2").input(shape).input(key).input(counter).input(alg).input(minval).input(maxval).outputs()?.one()
}

/// Options of [`stateless_random_uniform_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessRandomUniformV2Options(Options);

impl StatelessRandomUniformV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: float16, bfloat16, float32 or float64. Default `DType::Float`.
    pub fn dtype(mut self, value: DType) -> Self {
        self.0.attrs.set("dtype", value);
        self
    }
}

/// Draws uniformly from \[0, 1), as a function of key, counter and algorithm (1 is Philox, 3 chooses it).
///
/// - `shape`: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
/// - `key`: A tensor of dtype uint64. Lives in host memory.
/// - `counter`: A tensor of dtype uint64. Lives in host memory.
/// - `alg`: A tensor of dtype int32. Lives in host memory.
/// - `options`: `None` for the defaults of [`StatelessRandomUniformV2Options`].
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn stateless_random_uniform_v2<'g>(shape: impl Operand<'g>, key: impl Operand<'g>, counter: impl Operand<'g>, alg: impl Operand<'g>, options: impl Into<Option<StatelessRandomUniformV2Options>>) -> Result<T<'g>> {
    call("StatelessRandomUniformV2").input(shape).input(key).input(counter).input(alg).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`stateless_truncated_normal`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessTruncatedNormalOptions(Options);

impl StatelessTruncatedNormalOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: float16, bfloat16, float32 or float64. Default `DType::Float`.
    pub fn dtype(mut self, value: DType) -> Self {
        self.0.attrs.set("dtype", value);
        self
    }
}

/// Draws from the normal distribution without its tails beyond 2, as a function of a seed of two integers.
///
/// - `shape`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
/// - `seed`: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`StatelessTruncatedNormalOptions`].
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn stateless_truncated_normal<'g>(shape: impl Operand<'g>, seed: impl Operand<'g>, options: impl Into<Option<StatelessTruncatedNormalOptions>>) -> Result<T<'g>> {
    call("StatelessTruncatedNormal").input(shape).input(seed).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`stateless_truncated_normal_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessTruncatedNormalV2Options(Options);

impl StatelessTruncatedNormalV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: float16, bfloat16, float32 or float64. Default `DType::Float`.
    pub fn dtype(mut self, value: DType) -> Self {
        self.0.attrs.set("dtype", value);
        self
    }
}

/// Draws from the normal distribution without its tails beyond 2, as a function of key and counter.
///
/// - `shape`: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
/// - `key`: A tensor of dtype uint64. Lives in host memory.
/// - `counter`: A tensor of dtype uint64. Lives in host memory.
/// - `alg`: A tensor of dtype int32. Lives in host memory.
/// - `options`: `None` for the defaults of [`StatelessTruncatedNormalV2Options`].
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn stateless_truncated_normal_v2<'g>(shape: impl Operand<'g>, key: impl Operand<'g>, counter: impl Operand<'g>, alg: impl Operand<'g>, options: impl Into<Option<StatelessTruncatedNormalV2Options>>) -> Result<T<'g>> {
    call("StatelessTruncatedNormalV2").input(shape).input(key).input(counter).input(alg).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`stateless_while`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StatelessWhileOptions(Options);

impl StatelessWhileOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None. Default `[]`.
    pub fn output_shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("output_shapes", value.to_vec());
        self
    }
    /// An int. Default `10`.
    pub fn parallel_iterations(mut self, value: i64) -> Self {
        self.0.attrs.set("parallel_iterations", value);
        self
    }
}

/// Calls body with the values of the last round while cond of them holds. The results of body have the dtypes of its
/// arguments; neither function has effects.
///
/// - `input`: A list of tensors, each of any dtype (`T`).
/// - `cond`: A function.
/// - `body`: A function.
/// - `options`: `None` for the defaults of [`StatelessWhileOptions`].
///
/// Gives `output`: A list of tensors of dtypes `T`.
#[track_caller]
pub fn stateless_while<'g>(input: &[T<'g>], cond: Func, body: Func, options: impl Into<Option<StatelessWhileOptions>>) -> Result<Vec<T<'g>>> {
    call("StatelessWhile").list(input).attr("cond", cond).attr("body", body).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// The input itself; no gradient flows back through it.
///
/// - `input`: A tensor of any dtype `T`.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn stop_gradient<'g>(input: impl Operand<'g>) -> Result<T<'g>> {
    call("StopGradient").input(input).outputs()?.one()
}

/// Options of [`strided_slice`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StridedSliceOptions(Options);

impl StridedSliceOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn begin_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("begin_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn end_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("end_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn ellipsis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("ellipsis_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn new_axis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("new_axis_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn shrink_axis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("shrink_axis_mask", value);
        self
    }
}

/// What Python's `input[begin:end:stride, ...]` means: the vectors `begin`, `end` and `strides` have one number per
/// index. Bit i of `begin_mask` and `end_mask` leaves that bound open, of `ellipsis_mask` makes index i an ellipsis, of
/// `new_axis_mask` a new axis of size 1, of `shrink_axis_mask` a single position whose axis vanishes.
///
/// - `input`: A tensor of any dtype `T`.
/// - `begin`: A tensor of dtype `Index`: int16, int32 or int64. Lives in host memory.
/// - `end`: A tensor of dtype `Index`: int16, int32 or int64. Lives in host memory.
/// - `strides`: A tensor of dtype `Index`: int16, int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`StridedSliceOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for a stride of 0, too many indices, and single positions out of bounds.
#[track_caller]
pub fn strided_slice<'g>(input: impl Operand<'g>, begin: impl Operand<'g>, end: impl Operand<'g>, strides: impl Operand<'g>, options: impl Into<Option<StridedSliceOptions>>) -> Result<T<'g>> {
    call("StridedSlice").input(input).input(begin).input(end).input(strides).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`strided_slice_grad`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StridedSliceGradOptions(Options);

impl StridedSliceGradOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn begin_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("begin_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn end_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("end_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn ellipsis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("ellipsis_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn new_axis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("new_axis_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn shrink_axis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("shrink_axis_mask", value);
        self
    }
}

/// Zeros of shape `shape` with `dy` written to what StridedSlice with the same indices reads.
///
/// - `shape`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
/// - `begin`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
/// - `end`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
/// - `strides`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
/// - `dy`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`StridedSliceGradOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument as StridedSlice, and if `dy` has another shape than the slice.
#[track_caller]
pub fn strided_slice_grad<'g>(shape: impl Operand<'g>, begin: impl Operand<'g>, end: impl Operand<'g>, strides: impl Operand<'g>, dy: impl Operand<'g>, options: impl Into<Option<StridedSliceGradOptions>>) -> Result<T<'g>> {
    call("StridedSliceGrad").input(shape).input(begin).input(end).input(strides).input(dy).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`string_format`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StringFormatOptions(Options);

impl StringFormatOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `"%s"`.
    pub fn template(mut self, value: &str) -> Self {
        self.0.attrs.set("template", value);
        self
    }
    /// A string. Default `"%s"`.
    pub fn placeholder(mut self, value: &str) -> Self {
        self.0.attrs.set("placeholder", value);
        self
    }
    /// An int. Default `3`.
    pub fn summarize(mut self, value: i64) -> Self {
        self.0.attrs.set("summarize", value);
        self
    }
}

/// Writes tensors into a template in place of its placeholders, with the first and last summarize elements of each axis
/// (all if -1).
///
/// - `inputs`: A list of tensors, each of any dtype (`T`).
/// - `options`: `None` for the defaults of [`StringFormatOptions`].
///
/// Gives `output`: A tensor of dtype string.
///
/// Errors: InvalidArgument unless there is a placeholder for each tensor.
#[track_caller]
pub fn string_format<'g>(inputs: &[T<'g>], options: impl Into<Option<StringFormatOptions>>) -> Result<T<'g>> {
    call("StringFormat").list(inputs).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`string_join`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StringJoinOptions(Options);

impl StringJoinOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn separator(mut self, value: &str) -> Self {
        self.0.attrs.set("separator", value);
        self
    }
}

/// Joins strings element by element, with a separator between them. Scalars are repeated.
///
/// - `inputs`: A list of tensors, of dtype string.
/// - `options`: `None` for the defaults of [`StringJoinOptions`].
///
/// Gives `output`: A tensor of dtype string.
///
/// Errors: InvalidArgument for unequal shapes.
#[track_caller]
pub fn string_join<'g>(inputs: &[T<'g>], options: impl Into<Option<StringJoinOptions>>) -> Result<T<'g>> {
    call("StringJoin").list(inputs).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`string_length`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StringLengthOptions(Options);

impl StringLengthOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string: 'BYTE' or 'UTF8\_CHAR'. Default `"BYTE"`.
    pub fn unit(mut self, value: &str) -> Self {
        self.0.attrs.set("unit", value);
        self
    }
}

/// Counts the bytes, or the characters of UTF-8, of each string.
///
/// - `input`: A tensor of dtype string.
/// - `options`: `None` for the defaults of [`StringLengthOptions`].
///
/// Gives `output`: A tensor of dtype int32.
#[track_caller]
pub fn string_length<'g>(input: impl Operand<'g>, options: impl Into<Option<StringLengthOptions>>) -> Result<T<'g>> {
    call("StringLength").input(input).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`string_to_number`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct StringToNumberOptions(Options);

impl StringToNumberOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: float32, float64, int32, int64, uint32 or uint64. Default `DType::Float`.
    pub fn out_type(mut self, value: DType) -> Self {
        self.0.attrs.set("out_type", value);
        self
    }
}

/// Reads each string as a number; spaces around it are skipped.
///
/// - `string_tensor`: A tensor of dtype string.
/// - `options`: `None` for the defaults of [`StringToNumberOptions`].
///
/// Gives `output`: A tensor of dtype `out_type`.
///
/// Errors: InvalidArgument for text that is no number or an integer out of range.
#[track_caller]
pub fn string_to_number<'g>(string_tensor: impl Operand<'g>, options: impl Into<Option<StringToNumberOptions>>) -> Result<T<'g>> {
    call("StringToNumber").input(string_tensor).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// x - y, element by element with broadcasting; integers wrap.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, int64,
///   complex64, complex128, uint32 or uint64.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, int64,
///   complex64, complex128, uint32 or uint64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn sub<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Sub").input(x).input(y).outputs()?.one()
}

/// Options of [`sum`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct SumOptions(Options);

impl SumOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn keep_dims(mut self, value: bool) -> Self {
        self.0.attrs.set("keep_dims", value);
        self
    }
}

/// The sum over axes. The axes in axis (a scalar or vector, negative ones count from the end) are removed, or kept with
/// size 1 if keep\_dims. A sum over nothing is 0.
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `axis`: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`SumOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an axis out of range or named twice.
#[track_caller]
pub fn sum<'g>(input: impl Operand<'g>, axis: impl Operand<'g>, options: impl Into<Option<SumOptions>>) -> Result<T<'g>> {
    call("Sum").input(input).input(axis).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`tf_record_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TFRecordDatasetOptions(Options);

impl TFRecordDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The records of TFRecord files, one after the other; compression\_type is empty, 'GZIP' or 'ZLIB'.
///
/// - `filenames`: A tensor of dtype string.
/// - `compression_type`: A tensor of dtype string.
/// - `buffer_size`: A tensor of dtype int64.
/// - `options`: `None` for the defaults of [`TFRecordDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
///
/// Errors: NotFound for a missing file, DataLoss for a damaged one.
#[track_caller]
pub fn tf_record_dataset<'g>(filenames: impl Operand<'g>, compression_type: impl Operand<'g>, buffer_size: impl Operand<'g>, options: impl Into<Option<TFRecordDatasetOptions>>) -> Result<T<'g>> {
    call("TFRecordDataset").input(filenames).input(compression_type).input(buffer_size).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`take_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TakeDatasetOptions(Options);

impl TakeDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The first count elements, all if count is negative.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `count`: A tensor of dtype int64.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`TakeDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn take_dataset<'g>(input_dataset: impl Operand<'g>, count: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<TakeDatasetOptions>>) -> Result<T<'g>> {
    call("TakeDataset").input(input_dataset).input(count).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`take_while_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TakeWhileDatasetOptions(Options);

impl TakeWhileDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The elements before the first for which the predicate does not hold.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `other_arguments`: A list of tensors, each of any dtype (`Targuments`).
/// - `predicate`: A function.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`TakeWhileDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn take_while_dataset<'g>(input_dataset: impl Operand<'g>, other_arguments: &[T<'g>], predicate: Func, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<TakeWhileDatasetOptions>>) -> Result<T<'g>> {
    call("TakeWhileDataset").input(input_dataset).list(other_arguments).attr("predicate", predicate).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The tangent of x in radians, element by element.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn tan<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Tan").input(x).outputs()?.one()
}

/// The hyperbolic tangent, element by element, between -1 and 1.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn tanh<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("Tanh").input(x).outputs()?.one()
}

/// The gradient of Tanh from its result: dy (1 - y^2), element by element.
///
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
/// - `dy`: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for different numbers of elements.
#[track_caller]
pub fn tanh_grad<'g>(y: impl Operand<'g>, dy: impl Operand<'g>) -> Result<T<'g>> {
    call("TanhGrad").input(y).input(dy).outputs()?.one()
}

/// Options of [`tensor_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TensorDatasetOptions(Options);

impl TensorDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// One element: the components.
///
/// - `components`: A list of tensors, each of any dtype (`Toutput_types`).
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`TensorDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn tensor_dataset<'g>(components: &[T<'g>], output_shapes: &[PartialShape], options: impl Into<Option<TensorDatasetOptions>>) -> Result<T<'g>> {
    call("TensorDataset").list(components).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`tensor_list_concat`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TensorListConcatOptions(Options);

impl TensorListConcatOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A shape, partly known or None. Default `<unknown>`.
    pub fn element_shape(mut self, value: impl Into<Dims>) -> Self {
        self.0.attrs.set("element_shape", value.into().0);
        self
    }
}

/// All elements, joined along their first axis, and their sizes there.
///
/// - `input_handle`: A tensor of dtype variant.
/// - `element_dtype`: A dtype.
/// - `options`: `None` for the defaults of [`TensorListConcatOptions`].
///
/// Gives `tensor`: A tensor of dtype `element_dtype`; `lengths`: A tensor of dtype int64.
///
/// Errors: InvalidArgument for scalars and for elements of different shapes.
#[track_caller]
pub fn tensor_list_concat<'g>(input_handle: impl Operand<'g>, element_dtype: DType, options: impl Into<Option<TensorListConcatOptions>>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("TensorListConcat").input(input_handle).attr("element_dtype", element_dtype).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// The elements of one list and then those of another, for each pair of lists of two tensors of lists.
///
/// - `input_a`: A tensor of dtype variant.
/// - `input_b`: A tensor of dtype variant.
/// - `element_dtype`: A dtype.
///
/// Gives `output`: A tensor of dtype variant.
///
/// Errors: InvalidArgument if the shapes or the elements' dtypes differ.
#[track_caller]
pub fn tensor_list_concat_lists<'g>(input_a: impl Operand<'g>, input_b: impl Operand<'g>, element_dtype: DType) -> Result<T<'g>> {
    call("TensorListConcatLists").input(input_a).input(input_b).attr("element_dtype", element_dtype).outputs()?.one()
}

/// All elements, joined along their first axis, and their sizes there. Elements that were not set are zeros with
/// leading\_dims rows.
///
/// - `input_handle`: A tensor of dtype variant.
/// - `element_shape`: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
/// - `leading_dims`: A tensor of dtype int64. Lives in host memory.
/// - `element_dtype`: A dtype.
///
/// Gives `tensor`: A tensor of dtype `element_dtype`; `lengths`: A tensor of dtype int64.
///
/// Errors: InvalidArgument for scalars and for elements of different shapes.
#[track_caller]
pub fn tensor_list_concat_v2<'g>(input_handle: impl Operand<'g>, element_shape: impl Operand<'g>, leading_dims: impl Operand<'g>, element_dtype: DType) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("TensorListConcatV2").input(input_handle).input(element_shape).input(leading_dims).attr("element_dtype", element_dtype).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// The shape that elements of a list must fit: -1 for unknown sizes, the scalar -1 for an unknown rank.
///
/// - `input_handle`: A tensor of dtype variant.
/// - `shape_type`: A dtype: int32 or int64.
///
/// Gives `element_shape`: A tensor of dtype `shape_type`.
#[track_caller]
pub fn tensor_list_element_shape<'g>(input_handle: impl Operand<'g>, shape_type: DType) -> Result<T<'g>> {
    call("TensorListElementShape").input(input_handle).attr("shape_type", shape_type).outputs()?.one()
}

/// A list of the rows of a tensor.
///
/// - `tensor`: A tensor of any dtype `element_dtype`.
/// - `element_shape`: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
///
/// Gives `output_handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument for a scalar and for rows that do not fit.
#[track_caller]
pub fn tensor_list_from_tensor<'g>(tensor: impl Operand<'g>, element_shape: impl Operand<'g>) -> Result<T<'g>> {
    call("TensorListFromTensor").input(tensor).input(element_shape).outputs()?.one()
}

/// Elements at some indices, joined along a new first axis.
///
/// - `input_handle`: A tensor of dtype variant.
/// - `indices`: A tensor of dtype int32. Lives in host memory.
/// - `element_shape`: A tensor of dtype int32. Lives in host memory.
/// - `element_dtype`: A dtype.
///
/// Gives `values`: A tensor of dtype `element_dtype`.
///
/// Errors: InvalidArgument if an index is out of range.
#[track_caller]
pub fn tensor_list_gather<'g>(input_handle: impl Operand<'g>, indices: impl Operand<'g>, element_shape: impl Operand<'g>, element_dtype: DType) -> Result<T<'g>> {
    call("TensorListGather").input(input_handle).input(indices).input(element_shape).attr("element_dtype", element_dtype).outputs()?.one()
}

/// The element at an index; zeros where none was set.
///
/// - `input_handle`: A tensor of dtype variant.
/// - `index`: A tensor of dtype int32. Lives in host memory.
/// - `element_shape`: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
/// - `element_dtype`: A dtype.
///
/// Gives `item`: A tensor of dtype `element_dtype`.
///
/// Errors: InvalidArgument if the index is out of range.
#[track_caller]
pub fn tensor_list_get_item<'g>(input_handle: impl Operand<'g>, index: impl Operand<'g>, element_shape: impl Operand<'g>, element_dtype: DType) -> Result<T<'g>> {
    call("TensorListGetItem").input(input_handle).input(index).input(element_shape).attr("element_dtype", element_dtype).outputs()?.one()
}

/// Number of elements of a list.
///
/// - `input_handle`: A tensor of dtype variant.
///
/// Gives `length`: A tensor of dtype int32.
#[track_caller]
pub fn tensor_list_length<'g>(input_handle: impl Operand<'g>) -> Result<T<'g>> {
    call("TensorListLength").input(input_handle).outputs()?.one()
}

/// The list without its last element, and that element.
///
/// - `input_handle`: A tensor of dtype variant.
/// - `element_shape`: A tensor of dtype int32. Lives in host memory.
/// - `element_dtype`: A dtype.
///
/// Gives `output_handle`: A tensor of dtype variant; `tensor`: A tensor of dtype `element_dtype`.
///
/// Errors: InvalidArgument if the list is empty.
#[track_caller]
pub fn tensor_list_pop_back<'g>(input_handle: impl Operand<'g>, element_shape: impl Operand<'g>, element_dtype: DType) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("TensorListPopBack").input(input_handle).input(element_shape).attr("element_dtype", element_dtype).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// The list with a tensor at its end.
///
/// - `input_handle`: A tensor of dtype variant.
/// - `tensor`: A tensor of any dtype `element_dtype`.
///
/// Gives `output_handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument if dtype or shape do not fit, or if the list is full.
#[track_caller]
pub fn tensor_list_push_back<'g>(input_handle: impl Operand<'g>, tensor: impl Operand<'g>) -> Result<T<'g>> {
    call("TensorListPushBack").input(input_handle).input(tensor).outputs()?.one()
}

/// Lists with one row of a tensor each at their ends.
///
/// - `input_handles`: A tensor of dtype variant.
/// - `tensor`: A tensor of any dtype `element_dtype`.
///
/// Gives `output_handles`: A tensor of dtype variant.
///
/// Errors: InvalidArgument unless there is a row for each list and all fit.
#[track_caller]
pub fn tensor_list_push_back_batch<'g>(input_handles: impl Operand<'g>, tensor: impl Operand<'g>) -> Result<T<'g>> {
    call("TensorListPushBackBatch").input(input_handles).input(tensor).outputs()?.one()
}

/// A list of num\_elements places that hold nothing yet and are read as zeros.
///
/// - `element_shape`: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
/// - `num_elements`: A tensor of dtype int32. Lives in host memory.
/// - `element_dtype`: A dtype.
///
/// Gives `handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument if the number is negative.
#[track_caller]
pub fn tensor_list_reserve<'g>(element_shape: impl Operand<'g>, num_elements: impl Operand<'g>, element_dtype: DType) -> Result<T<'g>> {
    call("TensorListReserve").input(element_shape).input(num_elements).attr("element_dtype", element_dtype).outputs()?.one()
}

/// The list cut to a size, or filled up with places that hold nothing yet.
///
/// - `input_handle`: A tensor of dtype variant.
/// - `size`: A tensor of dtype int32. Lives in host memory.
///
/// Gives `output_handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument if the size is negative.
#[track_caller]
pub fn tensor_list_resize<'g>(input_handle: impl Operand<'g>, size: impl Operand<'g>) -> Result<T<'g>> {
    call("TensorListResize").input(input_handle).input(size).outputs()?.one()
}

/// A list of the rows of a tensor at these indices, as long as the largest asks.
///
/// - `tensor`: A tensor of any dtype `element_dtype`.
/// - `indices`: A tensor of dtype int32. Lives in host memory.
/// - `element_shape`: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
///
/// Gives `output_handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument for negative indices and rows that do not fit.
#[track_caller]
pub fn tensor_list_scatter<'g>(tensor: impl Operand<'g>, indices: impl Operand<'g>, element_shape: impl Operand<'g>) -> Result<T<'g>> {
    call("TensorListScatter").input(tensor).input(indices).input(element_shape).outputs()?.one()
}

/// The list with the rows of a tensor at these indices; it grows as the largest asks.
///
/// - `input_handle`: A tensor of dtype variant.
/// - `tensor`: A tensor of any dtype `element_dtype`.
/// - `indices`: A tensor of dtype int32. Lives in host memory.
///
/// Gives `output_handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument for negative indices and rows that do not fit.
#[track_caller]
pub fn tensor_list_scatter_into_existing_list<'g>(input_handle: impl Operand<'g>, tensor: impl Operand<'g>, indices: impl Operand<'g>) -> Result<T<'g>> {
    call("TensorListScatterIntoExistingList").input(input_handle).input(tensor).input(indices).outputs()?.one()
}

/// A list of num\_elements places (-1: as many as the largest index asks) with the rows of a tensor at these indices.
///
/// - `tensor`: A tensor of any dtype `element_dtype`.
/// - `indices`: A tensor of dtype int32. Lives in host memory.
/// - `element_shape`: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
/// - `num_elements`: A tensor of dtype int32. Lives in host memory.
///
/// Gives `output_handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument for indices out of range and rows that do not fit.
#[track_caller]
pub fn tensor_list_scatter_v2<'g>(tensor: impl Operand<'g>, indices: impl Operand<'g>, element_shape: impl Operand<'g>, num_elements: impl Operand<'g>) -> Result<T<'g>> {
    call("TensorListScatterV2").input(tensor).input(indices).input(element_shape).input(num_elements).outputs()?.one()
}

/// Options of [`tensor_list_set_item`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TensorListSetItemOptions(Options);

impl TensorListSetItemOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn resize_if_index_out_of_bounds(mut self, value: bool) -> Self {
        self.0.attrs.set("resize_if_index_out_of_bounds", value);
        self
    }
}

/// The list with another element at an index; a list may grow to hold it. A list that nobody else holds is changed in
/// place.
///
/// - `input_handle`: A tensor of dtype variant.
/// - `index`: A tensor of dtype int32. Lives in host memory.
/// - `item`: A tensor of any dtype `element_dtype`.
/// - `options`: `None` for the defaults of [`TensorListSetItemOptions`].
///
/// Gives `output_handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument if the index is out of range or the element does not fit.
#[track_caller]
pub fn tensor_list_set_item<'g>(input_handle: impl Operand<'g>, index: impl Operand<'g>, item: impl Operand<'g>, options: impl Into<Option<TensorListSetItemOptions>>) -> Result<T<'g>> {
    call("TensorListSetItem").input(input_handle).input(index).input(item).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// A list of parts of a tensor with these sizes along its first axis.
///
/// - `tensor`: A tensor of any dtype `element_dtype`.
/// - `element_shape`: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
/// - `lengths`: A tensor of dtype int64. Lives in host memory.
///
/// Gives `output_handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument unless the sizes add up to the whole.
#[track_caller]
pub fn tensor_list_split<'g>(tensor: impl Operand<'g>, element_shape: impl Operand<'g>, lengths: impl Operand<'g>) -> Result<T<'g>> {
    call("TensorListSplit").input(tensor).input(element_shape).input(lengths).outputs()?.one()
}

/// Options of [`tensor_list_stack`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TensorListStackOptions(Options);

impl TensorListStackOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `-1`.
    pub fn num_elements(mut self, value: i64) -> Self {
        self.0.attrs.set("num_elements", value);
        self
    }
}

/// All elements, joined along a new first axis; those that were not set are zeros.
///
/// - `input_handle`: A tensor of dtype variant.
/// - `element_shape`: A tensor of dtype int32. Lives in host memory.
/// - `element_dtype`: A dtype.
/// - `options`: `None` for the defaults of [`TensorListStackOptions`].
///
/// Gives `tensor`: A tensor of dtype `element_dtype`.
///
/// Errors: InvalidArgument unless their shapes are equal and there are num\_elements of them (-1 for any number).
#[track_caller]
pub fn tensor_list_stack<'g>(input_handle: impl Operand<'g>, element_shape: impl Operand<'g>, element_dtype: DType, options: impl Into<Option<TensorListStackOptions>>) -> Result<T<'g>> {
    call("TensorListStack").input(input_handle).input(element_shape).attr("element_dtype", element_dtype).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`tensor_scatter_add`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TensorScatterAddOptions(Options);

impl TensorScatterAddOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// The tensor with `updates` added to the slices that the vectors along the last axis of `indices` name.
///
/// - `tensor`: A tensor of any dtype `T`.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`TensorScatterAddOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for vectors out of range and shapes that do not fit.
#[track_caller]
pub fn tensor_scatter_add<'g>(tensor: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>, options: impl Into<Option<TensorScatterAddOptions>>) -> Result<T<'g>> {
    call("TensorScatterAdd").input(tensor).input(indices).input(updates).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`tensor_scatter_max`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TensorScatterMaxOptions(Options);

impl TensorScatterMaxOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// The tensor with the elements that the vectors along the last axis of `indices` name replaced by `updates` where
/// these are larger.
///
/// - `tensor`: A tensor of any dtype `T`.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`TensorScatterMaxOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for vectors out of range and shapes that do not fit.
#[track_caller]
pub fn tensor_scatter_max<'g>(tensor: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>, options: impl Into<Option<TensorScatterMaxOptions>>) -> Result<T<'g>> {
    call("TensorScatterMax").input(tensor).input(indices).input(updates).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`tensor_scatter_min`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TensorScatterMinOptions(Options);

impl TensorScatterMinOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// The tensor with the elements that the vectors along the last axis of `indices` name replaced by `updates` where
/// these are smaller.
///
/// - `tensor`: A tensor of any dtype `T`.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`TensorScatterMinOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for vectors out of range and shapes that do not fit.
#[track_caller]
pub fn tensor_scatter_min<'g>(tensor: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>, options: impl Into<Option<TensorScatterMinOptions>>) -> Result<T<'g>> {
    call("TensorScatterMin").input(tensor).input(indices).input(updates).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`tensor_scatter_sub`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TensorScatterSubOptions(Options);

impl TensorScatterSubOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// The tensor with `updates` subtracted from the slices that the vectors along the last axis of `indices` name.
///
/// - `tensor`: A tensor of any dtype `T`.
/// - `indices`: A tensor of dtype `Tindices`: int32 or int64.
/// - `updates`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`TensorScatterSubOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for vectors out of range and shapes that do not fit.
#[track_caller]
pub fn tensor_scatter_sub<'g>(tensor: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>, options: impl Into<Option<TensorScatterSubOptions>>) -> Result<T<'g>> {
    call("TensorScatterSub").input(tensor).input(indices).input(updates).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`tensor_scatter_update`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TensorScatterUpdateOptions(Options);

impl TensorScatterUpdateOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn bad_indices_policy(mut self, value: &str) -> Self {
        self.0.attrs.set("bad_indices_policy", value);
        self
    }
}

/// The tensor with the slices that the vectors along the last axis of `indices` name replaced by `updates`; the last of
/// several wins.
///
/// - `tensor`: A tensor of any dtype `T`.
/// - `indices`: A tensor of dtype `Tindices`: int16, int32, int64 or uint16.
/// - `updates`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`TensorScatterUpdateOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for vectors out of range and shapes that do not fit.
#[track_caller]
pub fn tensor_scatter_update<'g>(tensor: impl Operand<'g>, indices: impl Operand<'g>, updates: impl Operand<'g>, options: impl Into<Option<TensorScatterUpdateOptions>>) -> Result<T<'g>> {
    call("TensorScatterUpdate").input(tensor).input(indices).input(updates).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`tensor_slice_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TensorSliceDatasetOptions(Options);

impl TensorSliceDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `false`.
    pub fn is_files(mut self, value: bool) -> Self {
        self.0.attrs.set("is_files", value);
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
    /// A bool. Default `false`.
    pub fn replicate_on_split(mut self, value: bool) -> Self {
        self.0.attrs.set("replicate_on_split", value);
        self
    }
}

/// One element per row of the components, which agree in their first axis.
///
/// - `components`: A list of tensors, each of any dtype (`Toutput_types`).
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`TensorSliceDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn tensor_slice_dataset<'g>(components: &[T<'g>], output_shapes: &[PartialShape], options: impl Into<Option<TensorSliceDatasetOptions>>) -> Result<T<'g>> {
    call("TensorSliceDataset").list(components).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`tensor_strided_slice_update`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TensorStridedSliceUpdateOptions(Options);

impl TensorStridedSliceUpdateOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn begin_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("begin_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn end_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("end_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn ellipsis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("ellipsis_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn new_axis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("new_axis_mask", value);
        self
    }
    /// An int. Default `0`.
    pub fn shrink_axis_mask(mut self, value: i64) -> Self {
        self.0.attrs.set("shrink_axis_mask", value);
        self
    }
}

/// The input with `value`, repeated to the shape of the slice, in place of what StridedSlice with the same indices
/// reads.
///
/// - `input`: A tensor of any dtype `T`.
/// - `begin`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
/// - `end`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
/// - `strides`: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
/// - `value`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`TensorStridedSliceUpdateOptions`].
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument as StridedSlice, and if `value` cannot be broadcast to the slice.
#[track_caller]
pub fn tensor_strided_slice_update<'g>(input: impl Operand<'g>, begin: impl Operand<'g>, end: impl Operand<'g>, strides: impl Operand<'g>, value: impl Operand<'g>, options: impl Into<Option<TensorStridedSliceUpdateOptions>>) -> Result<T<'g>> {
    call("TensorStridedSliceUpdate").input(input).input(begin).input(end).input(strides).input(value).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Makes a summary that holds the whole tensor; the metadata name the plugin of TensorBoard that shows it.
///
/// - `tag`: A tensor of dtype string.
/// - `tensor`: A tensor of any dtype `T`.
/// - `serialized_summary_metadata`: A tensor of dtype string.
///
/// Gives `summary`: A tensor of dtype string.
#[track_caller]
pub fn tensor_summary_v2<'g>(tag: impl Operand<'g>, tensor: impl Operand<'g>, serialized_summary_metadata: impl Operand<'g>) -> Result<T<'g>> {
    call("TensorSummaryV2").input(tag).input(tensor).input(serialized_summary_metadata).outputs()?.one()
}

/// Options of [`text_line_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TextLineDatasetOptions(Options);

impl TextLineDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The lines of files without their ends; compression\_type is empty, 'GZIP' or 'ZLIB'.
///
/// - `filenames`: A tensor of dtype string.
/// - `compression_type`: A tensor of dtype string.
/// - `buffer_size`: A tensor of dtype int64.
/// - `options`: `None` for the defaults of [`TextLineDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
///
/// Errors: NotFound for a missing file.
#[track_caller]
pub fn text_line_dataset<'g>(filenames: impl Operand<'g>, compression_type: impl Operand<'g>, buffer_size: impl Operand<'g>, options: impl Into<Option<TextLineDatasetOptions>>) -> Result<T<'g>> {
    call("TextLineDataset").input(filenames).input(compression_type).input(buffer_size).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The input repeated `multiples[i]` times along axis i.
///
/// - `input`: A tensor of any dtype `T`.
/// - `multiples`: A tensor of dtype `Tmultiples`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument unless `multiples` is a vector with one number per axis, none negative.
#[track_caller]
pub fn tile<'g>(input: impl Operand<'g>, multiples: impl Operand<'g>) -> Result<T<'g>> {
    call("Tile").input(input).input(multiples).outputs()?.one()
}

/// Whether a value counts as true: a scalar if it is not zero, a scalar string if it is not empty, any other tensor if
/// it has elements.
///
/// - `input`: A tensor of any dtype `T`.
///
/// Gives `output`: A tensor of dtype bool.
#[track_caller]
pub fn to_bool<'g>(input: impl Operand<'g>) -> Result<T<'g>> {
    call("ToBool").input(input).outputs()?.one()
}

/// Options of [`top_kv2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TopKV2Options(Options);

impl TopKV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A bool. Default `true`.
    pub fn sorted(mut self, value: bool) -> Self {
        self.0.attrs.set("sorted", value);
        self
    }
    /// A dtype: int16, int32 or int64. Default `DType::Int32`.
    pub fn index_type(mut self, value: DType) -> Self {
        self.0.attrs.set("index_type", value);
        self
    }
}

/// The `k` largest elements of each row (last axis) in descending order, and their positions; of equals the first come
/// first, NaN comes last.
///
/// - `input`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `k`: A tensor of dtype `Tk`: int16, int32 or int64. Lives in host memory.
/// - `options`: `None` for the defaults of [`TopKV2Options`].
///
/// Gives `values`: A tensor of dtype `T`; `indices`: A tensor of dtype `index_type`.
///
/// Errors: InvalidArgument unless 0 \<= k \<= row length.
#[track_caller]
pub fn top_kv2<'g>(input: impl Operand<'g>, k: impl Operand<'g>, options: impl Into<Option<TopKV2Options>>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("TopKV2").input(input).input(k).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// Permutes axes: axis i of the result is axis `perm[i]` of `x`, a vector (negative axes count from the end).
///
/// - `x`: A tensor of any dtype `T`.
/// - `perm`: A tensor of dtype `Tperm`: int32 or int64. Lives in host memory.
///
/// Gives `y`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if `perm` is not a permutation of the axes.
#[track_caller]
pub fn transpose<'g>(x: impl Operand<'g>, perm: impl Operand<'g>) -> Result<T<'g>> {
    call("Transpose").input(x).input(perm).outputs()?.one()
}

/// x/y rounded toward 0, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32,
///   uint64, int64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32,
///   uint64, int64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an integer division by 0 and for shapes that do not broadcast.
#[track_caller]
pub fn truncate_div<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("TruncateDiv").input(x).input(y).outputs()?.one()
}

/// The remainder of \[`TruncateDiv`\], with the sign of x, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: int32, int64, bfloat16, float16, float32 or float64.
/// - `y`: A tensor of dtype `T`: int32, int64, bfloat16, float16, float32 or float64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for an integer division by 0 and for shapes that do not broadcast.
#[track_caller]
pub fn truncate_mod<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("TruncateMod").input(x).input(y).outputs()?.one()
}

/// Options of [`truncated_normal`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct TruncatedNormalOptions(Options);

impl TruncatedNormalOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn seed(mut self, value: i64) -> Self {
        self.0.attrs.set("seed", value);
        self
    }
    /// An int. Default `0`.
    pub fn seed2(mut self, value: i64) -> Self {
        self.0.attrs.set("seed2", value);
        self
    }
}

/// Draws from the normal distribution of mean 0 and deviation 1 and draws again what is more than 2 from the mean.
/// Seeds as in RandomUniform.
///
/// - `shape`: A tensor of dtype `T`: int32 or int64. Lives in host memory.
/// - `dtype`: A dtype: float16, bfloat16, float32 or float64.
/// - `options`: `None` for the defaults of [`TruncatedNormalOptions`].
///
/// Gives `output`: A tensor of dtype `dtype`.
#[track_caller]
pub fn truncated_normal<'g>(shape: impl Operand<'g>, dtype: DType, options: impl Into<Option<TruncatedNormalOptions>>) -> Result<T<'g>> {
    call("TruncatedNormal").input(shape).attr("dtype", dtype).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`unbatch_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct UnbatchDatasetOptions(Options);

impl UnbatchDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The rows of each element, one at a time.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`UnbatchDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn unbatch_dataset<'g>(input_dataset: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<UnbatchDatasetOptions>>) -> Result<T<'g>> {
    call("UnbatchDataset").input(input_dataset).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`unique`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct UniqueOptions(Options);

impl UniqueOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int32`.
    pub fn out_idx(mut self, value: DType) -> Self {
        self.0.attrs.set("out_idx", value);
        self
    }
}

/// The distinct elements `y` of the vector `x`, in the order of their first occurrence, and for each element of `x` its
/// position in `y`.
///
/// - `x`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`UniqueOptions`].
///
/// Gives `y`: A tensor of dtype `T`; `idx`: A tensor of dtype `out_idx`.
///
/// Errors: InvalidArgument unless `x` is a vector.
#[track_caller]
pub fn unique<'g>(x: impl Operand<'g>, options: impl Into<Option<UniqueOptions>>) -> Result<(T<'g>, T<'g>)> {
    let mut out = call("Unique").input(x).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?))
}

/// Options of [`unique_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct UniqueDatasetOptions(Options);

impl UniqueDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// The elements without those that equal an earlier one.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`UniqueDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
///
/// Errors: InvalidArgument unless an element has one component.
#[track_caller]
pub fn unique_dataset<'g>(input_dataset: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<UniqueDatasetOptions>>) -> Result<T<'g>> {
    call("UniqueDataset").input(input_dataset).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`unique_with_counts`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct UniqueWithCountsOptions(Options);

impl UniqueWithCountsOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int32`.
    pub fn out_idx(mut self, value: DType) -> Self {
        self.0.attrs.set("out_idx", value);
        self
    }
}

/// As Unique, with the number of times that each distinct element occurs.
///
/// - `x`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`UniqueWithCountsOptions`].
///
/// Gives `y`: A tensor of dtype `T`; `idx`: A tensor of dtype `out_idx`; `count`: A tensor of dtype `out_idx`.
///
/// Errors: InvalidArgument unless `x` is a vector.
#[track_caller]
pub fn unique_with_counts<'g>(x: impl Operand<'g>, options: impl Into<Option<UniqueWithCountsOptions>>) -> Result<(T<'g>, T<'g>, T<'g>)> {
    let mut out = call("UniqueWithCounts").input(x).options(options.into().map(|o| o.0)).outputs()?;
    Ok((out.one()?, out.one()?, out.one()?))
}

/// Options of [`unpack`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct UnpackOptions(Options);

impl UnpackOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// An int. Default `0`.
    pub fn axis(mut self, value: i64) -> Self {
        self.0.attrs.set("axis", value);
        self
    }
}

/// The `num` slices of `value` along `axis`, without that axis: the inverse of Pack.
///
/// - `value`: A tensor of any dtype `T`.
/// - `num`: An int, at least 0.
/// - `options`: `None` for the defaults of [`UnpackOptions`].
///
/// Gives `output`: A list of `num` tensors of dtype `T`.
///
/// Errors: InvalidArgument if that axis does not have the size `num` or is out of range.
#[track_caller]
pub fn unpack<'g>(value: impl Operand<'g>, num: i64, options: impl Into<Option<UnpackOptions>>) -> Result<Vec<T<'g>>> {
    call("Unpack").input(value).attr("num", num).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Positions in an array of sizes `dims`, a vector, of the elements with the row-major numbers `indices`, a scalar or
/// vector: one row for each axis.
///
/// - `indices`: A tensor of dtype `Tidx`: int32 or int64.
/// - `dims`: A tensor of dtype `Tidx`: int32 or int64.
///
/// Gives `output`: A tensor of dtype `Tidx`.
///
/// Errors: InvalidArgument for numbers beyond the array, sizes below one and empty indices.
#[track_caller]
pub fn unravel_index<'g>(indices: impl Operand<'g>, dims: impl Operand<'g>) -> Result<T<'g>> {
    call("UnravelIndex").input(indices).input(dims).outputs()?.one()
}

/// Largest elements over the rows of `data` that have the same segment id, the smallest finite number where there is
/// none; otherwise as UnsortedSegmentSum.
///
/// - `data`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `segment_ids`: A tensor of dtype `Tindices`: int32 or int64.
/// - `num_segments`: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn unsorted_segment_max<'g>(data: impl Operand<'g>, segment_ids: impl Operand<'g>, num_segments: impl Operand<'g>) -> Result<T<'g>> {
    call("UnsortedSegmentMax").input(data).input(segment_ids).input(num_segments).outputs()?.one()
}

/// Smallest elements over the rows of `data` that have the same segment id, the largest finite number where there is
/// none; otherwise as UnsortedSegmentSum.
///
/// - `data`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
///   uint32 or uint64.
/// - `segment_ids`: A tensor of dtype `Tindices`: int32 or int64.
/// - `num_segments`: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn unsorted_segment_min<'g>(data: impl Operand<'g>, segment_ids: impl Operand<'g>, num_segments: impl Operand<'g>) -> Result<T<'g>> {
    call("UnsortedSegmentMin").input(data).input(segment_ids).input(num_segments).outputs()?.one()
}

/// Products of the rows of `data` that have the same segment id, 1 where there is none; otherwise as
/// UnsortedSegmentSum.
///
/// - `data`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `segment_ids`: A tensor of dtype `Tindices`: int32 or int64.
/// - `num_segments`: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
#[track_caller]
pub fn unsorted_segment_prod<'g>(data: impl Operand<'g>, segment_ids: impl Operand<'g>, num_segments: impl Operand<'g>) -> Result<T<'g>> {
    call("UnsortedSegmentProd").input(data).input(segment_ids).input(num_segments).outputs()?.one()
}

/// Sums of the rows of `data` that have the same segment id: output\[k\] is the sum over segment\_ids == k, 0 where
/// there is none; rows with negative ids are left out. The shape of segment\_ids is a prefix of data's; the result has
/// num\_segments rows.
///
/// - `data`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
/// - `segment_ids`: A tensor of dtype `Tindices`: int16, int32 or int64.
/// - `num_segments`: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
///
/// Gives `output`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument for ids from num\_segments on, a negative num\_segments, or shapes that do not fit.
#[track_caller]
pub fn unsorted_segment_sum<'g>(data: impl Operand<'g>, segment_ids: impl Operand<'g>, num_segments: impl Operand<'g>) -> Result<T<'g>> {
    call("UnsortedSegmentSum").input(data).input(segment_ids).input(num_segments).outputs()?.one()
}

/// Options of [`upper_bound`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct UpperBoundOptions(Options);

impl UpperBoundOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int32`.
    pub fn out_type(mut self, value: DType) -> Self {
        self.0.attrs.set("out_type", value);
        self
    }
}

/// For each row: the position in `sorted_inputs` of the first element that is greater than the value. Both are matrices
/// with the same number of rows.
///
/// - `sorted_inputs`: A tensor of any dtype `T`.
/// - `values`: A tensor of any dtype `T`.
/// - `options`: `None` for the defaults of [`UpperBoundOptions`].
///
/// Gives `output`: A tensor of dtype `out_type`.
///
/// Errors: InvalidArgument if they are not.
#[track_caller]
pub fn upper_bound<'g>(sorted_inputs: impl Operand<'g>, values: impl Operand<'g>, options: impl Into<Option<UpperBoundOptions>>) -> Result<T<'g>> {
    call("UpperBound").input(sorted_inputs).input(values).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`var_handle_op`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct VarHandleOpOptions(Options);

impl VarHandleOpOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
    /// A string. Default `""`.
    pub fn debug_name(mut self, value: &str) -> Self {
        self.0.attrs.set("debug_name", value);
        self
    }
    /// A list of strings. Default `[]`.
    pub fn allowed_devices(mut self, value: &[&str]) -> Self {
        self.0.attrs.set("allowed_devices", Attr::Strs(value.iter().map(|s| s.as_bytes().into()).collect()));
        self
    }
}

/// Gives the handle of a variable, which is made without a value if there is none. Nodes of one container and
/// shared\_name (or node name) mean the same variable.
///
/// - `dtype`: A dtype.
/// - `shape`: A shape, partly known or None.
/// - `options`: `None` for the defaults of [`VarHandleOpOptions`].
///
/// Gives `resource`: A tensor of dtype resource.
#[track_caller]
pub fn var_handle_op<'g>(graph: &'g Graph, dtype: DType, shape: impl Into<Dims>, options: impl Into<Option<VarHandleOpOptions>>) -> Result<T<'g>> {
    call("VarHandleOp").on(graph).attr("dtype", dtype).attr("shape", shape.into().0).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Tells whether a variable has a value.
///
/// - `resource`: A tensor of dtype resource.
///
/// Gives `is_initialized`: A tensor of dtype bool.
#[track_caller]
pub fn var_is_initialized_op<'g>(resource: impl Operand<'g>) -> Result<T<'g>> {
    call("VarIsInitializedOp").input(resource).outputs()?.one()
}

/// Options of [`variable`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct VariableOptions(Options);

impl VariableOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
}

/// Gives a reference to a variable, as VariableV2 does; a scalar shape stands for an unknown one.
///
/// - `shape`: A shape, partly known or None.
/// - `dtype`: A dtype.
/// - `options`: `None` for the defaults of [`VariableOptions`].
///
/// Gives `ref`: A tensor of dtype `dtype`.
#[track_caller]
pub fn variable<'g>(graph: &'g Graph, shape: impl Into<Dims>, dtype: DType, options: impl Into<Option<VariableOptions>>) -> Result<T<'g>> {
    call("Variable").on(graph).attr("shape", shape.into().0).attr("dtype", dtype).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`variable_shape`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct VariableShapeOptions(Options);

impl VariableShapeOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A dtype: int32 or int64. Default `DType::Int32`.
    pub fn out_type(mut self, value: DType) -> Self {
        self.0.attrs.set("out_type", value);
        self
    }
}

/// Gives the shape of a variable's value as a vector.
///
/// - `input`: A tensor of dtype resource.
/// - `options`: `None` for the defaults of [`VariableShapeOptions`].
///
/// Gives `output`: A tensor of dtype `out_type`.
///
/// Errors: NotFound if it has no value.
#[track_caller]
pub fn variable_shape<'g>(input: impl Operand<'g>, options: impl Into<Option<VariableShapeOptions>>) -> Result<T<'g>> {
    call("VariableShape").input(input).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Options of [`variable_v2`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct VariableV2Options(Options);

impl VariableV2Options {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn container(mut self, value: &str) -> Self {
        self.0.attrs.set("container", value);
        self
    }
    /// A string. Default `""`.
    pub fn shared_name(mut self, value: &str) -> Self {
        self.0.attrs.set("shared_name", value);
        self
    }
}

/// Gives a reference to a variable, which is made without a value if there is none. Nodes of one container and
/// shared\_name (or node name) mean the same variable.
///
/// - `shape`: A shape, partly known or None.
/// - `dtype`: A dtype.
/// - `options`: `None` for the defaults of [`VariableV2Options`].
///
/// Gives `ref`: A tensor of dtype `dtype`.
#[track_caller]
pub fn variable_v2<'g>(graph: &'g Graph, shape: impl Into<Dims>, dtype: DType, options: impl Into<Option<VariableV2Options>>) -> Result<T<'g>> {
    call("VariableV2").on(graph).attr("shape", shape.into().0).attr("dtype", dtype).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// The positions of the elements that are true or not zero, one row of axis indices per element, in row-major order.
/// NaN counts as not zero.
///
/// - `condition`: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
///   qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32, uint64 or bool.
///
/// Gives `index`: A tensor of dtype int64.
///
/// Errors: InvalidArgument at run time for a scalar.
#[track_caller]
pub fn where_<'g>(condition: impl Operand<'g>) -> Result<T<'g>> {
    call("Where").input(condition).outputs()?.one()
}

/// Options of [`while_`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct WhileOptions(Options);

impl WhileOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A list of shapes, each partly known or None. Default `[]`.
    pub fn output_shapes(mut self, value: &[PartialShape]) -> Self {
        self.0.attrs.set("output_shapes", value.to_vec());
        self
    }
    /// An int. Default `10`.
    pub fn parallel_iterations(mut self, value: i64) -> Self {
        self.0.attrs.set("parallel_iterations", value);
        self
    }
}

/// Calls body with the values of the last round while cond of them holds. The results of body have the dtypes of its
/// arguments; both functions may have effects.
///
/// - `input`: A list of tensors, each of any dtype (`T`).
/// - `cond`: A function.
/// - `body`: A function.
/// - `options`: `None` for the defaults of [`WhileOptions`].
///
/// Gives `output`: A list of tensors of dtypes `T`.
#[track_caller]
pub fn while_<'g>(input: &[T<'g>], cond: Func, body: Func, options: impl Into<Option<WhileOptions>>) -> Result<Vec<T<'g>>> {
    call("While").list(input).attr("cond", cond).attr("body", body).options(options.into().map(|o| o.0)).outputs()?.list()
}

/// Options of [`window_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct WindowDatasetOptions(Options);

impl WindowDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// Datasets of size consecutive elements (every stride-th), the next one shift elements later.
///
/// - `input_dataset`: A tensor of dtype variant.
/// - `size`: A tensor of dtype int64.
/// - `shift`: A tensor of dtype int64.
/// - `stride`: A tensor of dtype int64.
/// - `drop_remainder`: A tensor of dtype bool.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`WindowDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn window_dataset<'g>(input_dataset: impl Operand<'g>, size: impl Operand<'g>, shift: impl Operand<'g>, stride: impl Operand<'g>, drop_remainder: impl Operand<'g>, output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<WindowDatasetOptions>>) -> Result<T<'g>> {
    call("WindowDataset").input(input_dataset).input(size).input(shift).input(stride).input(drop_remainder).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}

/// Writes a file and makes the folders on its way.
///
/// - `filename`: A tensor of dtype string.
/// - `contents`: A tensor of dtype string.
///
/// Gives the operation.
#[track_caller]
pub fn write_file<'g>(filename: impl Operand<'g>, contents: impl Operand<'g>) -> Result<Op<'g>> {
    call("WriteFile").input(filename).input(contents).run()
}

/// x/y, but 0 where x is 0, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn xdivy<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Xdivy").input(x).input(y).outputs()?.one()
}

/// x log(1 + y), but 0 where x is 0, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn xlog1py<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Xlog1py").input(x).input(y).outputs()?.one()
}

/// x log(y), but 0 where x is 0, element by element with broadcasting.
///
/// - `x`: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
/// - `y`: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn xlogy<'g>(x: impl Operand<'g>, y: impl Operand<'g>) -> Result<T<'g>> {
    call("Xlogy").input(x).input(y).outputs()?.one()
}

/// Zeros (false, empty strings) of the shape and dtype of `x`.
///
/// - `x`: A tensor of any dtype `T`.
///
/// Gives `y`: A tensor of dtype `T`.
#[track_caller]
pub fn zeros_like<'g>(x: impl Operand<'g>) -> Result<T<'g>> {
    call("ZerosLike").input(x).outputs()?.one()
}

/// The Hurwitz zeta function, the sum of (k + q)^-x over k = 0, 1, ..., element by element with broadcasting; infinite
/// at x = 1, NaN below.
///
/// - `x`: A tensor of dtype `T`: float32 or float64.
/// - `q`: A tensor of dtype `T`: float32 or float64.
///
/// Gives `z`: A tensor of dtype `T`.
///
/// Errors: InvalidArgument if the shapes do not broadcast.
#[track_caller]
pub fn zeta<'g>(x: impl Operand<'g>, q: impl Operand<'g>) -> Result<T<'g>> {
    call("Zeta").input(x).input(q).outputs()?.one()
}

/// Options of [`zip_dataset`]: attributes with TensorFlow's defaults, and the name.
#[derive(Clone, Debug, Default)]
pub struct ZipDatasetOptions(Options);

impl ZipDatasetOptions {
    /// TensorFlow's defaults.
    pub fn new() -> Self {
        Self::default()
    }
    /// The name, made unique within the graph.
    pub fn name(mut self, name: &str) -> Self {
        self.0.name = name.into();
        self
    }
    /// A string. Default `""`.
    pub fn metadata(mut self, value: &str) -> Self {
        self.0.attrs.set("metadata", value);
        self
    }
}

/// Elements of several datasets side by side, as long as the shortest.
///
/// - `input_datasets`: A list of at least 1 tensors, of dtype variant.
/// - `output_types`: A list of dtypes with at least 1 of them.
/// - `output_shapes`: A list of shapes, each partly known or None with at least 1 of them.
/// - `options`: `None` for the defaults of [`ZipDatasetOptions`].
///
/// Gives `handle`: A tensor of dtype variant.
#[track_caller]
pub fn zip_dataset<'g>(input_datasets: &[T<'g>], output_types: &[DType], output_shapes: &[PartialShape], options: impl Into<Option<ZipDatasetOptions>>) -> Result<T<'g>> {
    call("ZipDataset").list(input_datasets).attr("output_types", output_types.to_vec()).attr("output_shapes", output_shapes.to_vec()).options(options.into().map(|o| o.0)).outputs()?.one()
}
