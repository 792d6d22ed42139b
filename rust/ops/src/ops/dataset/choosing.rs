//! Datasets that choose or regroup elements, random numbers, and optionals.
use super::{BASE, elements};
use crate::build::{Build, Grad, GradValue, Val, dense};
use crate::def::{Entry, Flags, Gradient, ShapeRule};
use ferroflow_tensor::{DType, PartialShape, Result};

/// Datasets that choose or regroup elements, random numbers, and optionals.
pub static OPS: &[Entry] = &[
    Entry {
        name: "RandomDataset",
        sig: "seed: int64, seed2: int64 -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "Random 32-bit numbers as int64 scalars, without end; the same ones in every pass.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "RandomDatasetV2",
        sig: "seed: int64, seed2: int64, seed_generator: resource -> handle: variant",
        attrs: "rerandomize_each_iteration: bool = false; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "Random 32-bit numbers as int64 scalars, without end; new ones in every pass if rerandomize_each_iteration.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "UniqueDataset",
        sig: "input_dataset: variant -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The elements without those that equal an earlier one. InvalidArgument unless an element has one component.",
        ..BASE
    },
    Entry {
        name: "GroupByWindowDataset",
        sig: "input_dataset: variant, key_func_other_arguments: Tkey_func_other_arguments, reduce_func_other_arguments: Treduce_func_other_arguments, window_size_func_other_arguments: Twindow_size_func_other_arguments -> handle: variant",
        attrs: "key_func: func; reduce_func: func; window_size_func: func; Tkey_func_other_arguments: list(type) >= 0; Treduce_func_other_arguments: list(type) >= 0; Twindow_size_func_other_arguments: list(type) >= 0; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The elements of the datasets that reduce_func(key, window) makes, called whenever window_size_func(key) elements with one key_func(element) are there, and for the rest at the end.",
        ..BASE
    },
    Entry {
        name: "DirectedInterleaveDataset",
        sig: "selector_input_dataset: variant, data_input_datasets: N * variant -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; N: int >= 1; stop_on_empty_dataset: bool = false",
        doc: "Each element from the dataset whose number the selector gives; ended ones are passed over, or end it if stop_on_empty_dataset.",
        ..BASE
    },
    Entry {
        name: "RebatchDatasetV2",
        sig: "input_dataset: variant, batch_sizes: int64, drop_remainder: bool -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1",
        doc: "The rows of the input's batches in batches of batch_sizes, which take turns.",
        ..BASE
    },
    Entry {
        name: "AssertCardinalityDataset",
        sig: "input_dataset: variant, cardinality: int64 -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1",
        doc: "The same elements. FailedPrecondition in a pass that shows that there are not as many as cardinality says.",
        ..BASE
    },
    Entry {
        name: "IgnoreErrorsDataset",
        sig: "input_dataset: variant -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; log_warning: bool = false",
        doc: "The elements that can be made; those that fail are passed over.",
        ..BASE
    },
    Entry {
        name: "IteratorGetNextAsOptional",
        sig: "iterator: resource -> optional: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1",
        doc: "The next element as an optional, which is empty after the last one. FailedPrecondition before MakeIterator.",
        flags: Flags::STATEFUL.and(Flags::BLOCKS),
        ..BASE
    },
    Entry {
        name: "OptionalFromValue",
        sig: "components: Toutput_types -> optional: variant",
        attrs: "Toutput_types: list(type) >= 1",
        doc: "An optional that holds these components.",
        grad: Gradient::Rule(from_value_grad, &["components"]),
        ..BASE
    },
    Entry { name: "OptionalNone", sig: " -> optional: variant", doc: "An optional without a value.", ..BASE },
    Entry {
        name: "OptionalHasValue",
        sig: "optional: variant -> has_value: bool",
        doc: "Whether an optional holds something.",
        shape: ShapeRule::Scalar,
        ..BASE
    },
    Entry {
        name: "OptionalGetValue",
        sig: "optional: variant -> components: output_types",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1",
        doc: "What an optional holds. InvalidArgument if it is empty or holds something of another kind.",
        shape: ShapeRule::Rule(elements),
        grad: Gradient::Rule(get_value_grad, &["components"]),
        ..BASE
    },
];

/// The gradient of an optional is an optional of gradients: what it holds goes to the components.
fn from_value_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let types: Vec<DType> = g.inputs.iter().map(|x| b.dtype(*x)).collect();
    let shapes: Vec<PartialShape> = g.inputs.iter().map(|x| b.shape(*x)).collect();
    let dy = g.dy(b, 0);
    let parts = b.outputs("OptionalGetValue", &[dy], &[("output_types", types.clone().into()), ("output_shapes", shapes.into())]);
    let flows = |(part, dtype): (Val, DType)| dtype.is_differentiable().then_some(GradValue::Dense(part));
    Ok(parts.into_iter().zip(types).map(flows).collect())
}

/// The optional of the components' gradients.
fn get_value_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let parts: Vec<Val> = (0..g.outputs.len()).map(|i| g.dy(b, i)).collect();
    dense([b.call("OptionalFromValue", &parts, &[])])
}
