//! Datasets: pipelines of elements, held by variants. The kernels are registered by the crate that runs pipelines.
pub mod choosing;
pub mod files;
pub mod iterator;
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{DType, PartialShape, Result};
use std::sync::Arc;

const BASE: Entry = Entry {
    shape: ShapeRule::Rule(handles),
    grad: Gradient::Missing("datasets are not differentiated"),
    gpu: Gpu::Host("pipelines run on the host"),
    test: Test::own(&["tests/ops/test_direct.py"]),
    ..Entry::NEW
};

/// Datasets.
pub static OPS: &[Entry] = &[
    Entry {
        name: "TensorDataset",
        sig: "components: Toutput_types -> handle: variant",
        attrs: "Toutput_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "One element: the components.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "TensorSliceDataset",
        sig: "components: Toutput_types -> handle: variant",
        attrs: "Toutput_types: list(type) >= 1; output_shapes: list(shape) >= 1; is_files: bool = false; metadata: string = ''; replicate_on_split: bool = false",
        doc: "One element per row of the components, which agree in their first axis.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "RangeDataset",
        sig: "start: int64, stop: int64, step: int64 -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''; replicate_on_split: bool = false",
        doc: "The integers from start to stop (exclusive) by step. InvalidArgument if step is 0.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "MapDataset",
        sig: "input_dataset: variant, other_arguments: Targuments -> handle: variant",
        attrs: "f: func; Targuments: list(type) >= 0; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; use_inter_op_parallelism: bool = true; preserve_cardinality: bool = false; force_synchronous: bool = false; metadata: string = ''",
        doc: "f of each element, in order.",
        ..BASE
    },
    Entry {
        name: "ParallelMapDatasetV2",
        sig: "input_dataset: variant, other_arguments: Targuments, num_parallel_calls: int64 -> handle: variant",
        attrs: "f: func; Targuments: list(type) >= 0; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; use_inter_op_parallelism: bool = true; deterministic: string = 'default'; preserve_cardinality: bool = false; use_unbounded_threadpool: bool = false; metadata: string = ''",
        doc: "f of each element, with num_parallel_calls calls under way at a time (-1 chooses); in order unless deterministic is false.",
        ..BASE
    },
    Entry {
        name: "BatchDatasetV2",
        sig: "input_dataset: variant, batch_size: int64, drop_remainder: bool -> handle: variant",
        attrs: "parallel_copy: bool = false; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "Consecutive elements stacked batch_size at a time; a short last batch is kept unless drop_remainder. InvalidArgument unless shapes are equal.",
        ..BASE
    },
    Entry {
        name: "ParallelBatchDataset",
        sig: "input_dataset: variant, batch_size: int64, num_parallel_calls: int64, drop_remainder: bool -> handle: variant",
        attrs: "parallel_copy: bool = false; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; deterministic: string = 'default'; metadata: string = ''",
        doc: "As BatchDatasetV2, with num_parallel_calls batches copied at a time.",
        ..BASE
    },
    Entry {
        name: "PaddedBatchDatasetV2",
        sig: "input_dataset: variant, batch_size: int64, padded_shapes: N * int64, padding_values: Toutput_types, drop_remainder: bool -> handle: variant",
        attrs: "parallel_copy: bool = false; Toutput_types: list(type) >= 1; output_shapes: list(shape) >= 1; N: int >= 1; metadata: string = ''",
        doc: "As BatchDatasetV2, where each element is padded to padded_shapes (-1 means the longest of the batch) with padding_values.",
        ..BASE
    },
    Entry {
        name: "DenseToSparseBatchDataset",
        sig: "input_dataset: variant, batch_size: int64, row_shape: int64 -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1",
        doc: "Sparse tensors of batch_size dense elements each, as vectors of 3 variants (see SerializeSparse); their rows have the shape row_shape, where -1 means the largest of the batch. InvalidArgument for elements of another rank, DataLoss for larger ones.",
        ..BASE
    },
    Entry {
        name: "ShuffleDataset",
        sig: "input_dataset: variant, buffer_size: int64, seed: int64, seed2: int64 -> handle: variant",
        attrs: "reshuffle_each_iteration: bool = true; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The elements in random order, drawn from a buffer of buffer_size, by seed and seed2.",
        ..BASE
    },
    Entry {
        name: "ShuffleDatasetV3",
        sig: "input_dataset: variant, buffer_size: int64, seed: int64, seed2: int64, seed_generator: resource -> handle: variant",
        attrs: "reshuffle_each_iteration: bool = true; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The elements in random order, drawn from a buffer of buffer_size; seed_generator gives a new order each time if reshuffle_each_iteration.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "RepeatDataset",
        sig: "input_dataset: variant, count: int64 -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The elements count times, without end if count is negative.",
        ..BASE
    },
    Entry {
        name: "TakeDataset",
        sig: "input_dataset: variant, count: int64 -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The first count elements, all if count is negative.",
        ..BASE
    },
    Entry {
        name: "SkipDataset",
        sig: "input_dataset: variant, count: int64 -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The elements after the first count, none if count is negative.",
        ..BASE
    },
    Entry {
        name: "PrefetchDataset",
        sig: "input_dataset: variant, buffer_size: int64 -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; slack_period: int = 0; legacy_autotune: bool = true; buffer_size_min: int = 0; metadata: string = ''",
        doc: "The same elements, made ahead of their use by up to buffer_size (-1 chooses).",
        ..BASE
    },
    Entry {
        name: "ZipDataset",
        sig: "input_datasets: N * variant -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; N: int >= 1; metadata: string = ''",
        doc: "Elements of several datasets side by side, as long as the shortest.",
        ..BASE
    },
    Entry {
        name: "FilterDataset",
        sig: "input_dataset: variant, other_arguments: Targuments -> handle: variant",
        attrs: "predicate: func; Targuments: list(type) >= 0; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The elements for which the predicate holds.",
        ..BASE
    },
    Entry {
        name: "ConcatenateDataset",
        sig: "input_dataset: variant, another_dataset: variant -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The elements of one dataset, then those of another.",
        ..BASE
    },
    Entry {
        name: "CacheDataset",
        sig: "input_dataset: variant, filename: string -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The same elements, kept after the first pass: in memory if filename is empty.",
        ..BASE
    },
    Entry {
        name: "CacheDatasetV2",
        sig: "input_dataset: variant, filename: string, cache: resource -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The same elements, kept after the first pass: in memory if filename is empty.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "GeneratorDataset",
        sig: "init_func_other_args: Tinit_func_args, next_func_other_args: Tnext_func_args, finalize_func_other_args: Tfinalize_func_args -> handle: variant",
        attrs: "init_func: func; next_func: func; finalize_func: func; Tinit_func_args: list(type) >= 0; Tnext_func_args: list(type) >= 0; Tfinalize_func_args: list(type) >= 0; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "What next_func gives, called with the state that init_func made, until it ends with OutOfRange; then finalize_func is called.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "FlatMapDataset",
        sig: "input_dataset: variant, other_arguments: Targuments -> handle: variant",
        attrs: "f: func; Targuments: list(type) >= 0; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The elements of the datasets that f makes of each element, one after the other.",
        ..BASE
    },
    Entry {
        name: "InterleaveDataset",
        sig: "input_dataset: variant, other_arguments: Targuments, cycle_length: int64, block_length: int64 -> handle: variant",
        attrs: "f: func; Targuments: list(type) >= 0; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The elements of the datasets that f makes, block_length at a time from cycle_length of them in turn.",
        ..BASE
    },
    Entry {
        name: "ParallelInterleaveDatasetV4",
        sig: "input_dataset: variant, other_arguments: Targuments, cycle_length: int64, block_length: int64, buffer_output_elements: int64, prefetch_input_elements: int64, num_parallel_calls: int64 -> handle: variant",
        attrs: "f: func; deterministic: string = 'default'; Targuments: list(type) >= 0; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "As InterleaveDataset, with num_parallel_calls datasets read at a time.",
        ..BASE
    },
    Entry {
        name: "ShardDataset",
        sig: "input_dataset: variant, num_shards: int64, index: int64 -> handle: variant",
        attrs: "require_non_empty: bool = false; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "Every num_shards-th element, from the one at index on.",
        ..BASE
    },
    Entry {
        name: "ScanDataset",
        sig: "input_dataset: variant, initial_state: Tstate, other_arguments: Targuments -> handle: variant",
        attrs: "f: func; Tstate: list(type) >= 1; Targuments: list(type) >= 0; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; preserve_cardinality: bool = false; use_default_device: bool = true; metadata: string = ''",
        doc: "The outputs of f(state, element), which gives the next state and an output.",
        ..BASE
    },
    Entry {
        name: "TakeWhileDataset",
        sig: "input_dataset: variant, other_arguments: Targuments -> handle: variant",
        attrs: "predicate: func; Targuments: list(type) >= 0; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The elements before the first for which the predicate does not hold.",
        ..BASE
    },
    Entry {
        name: "UnbatchDataset",
        sig: "input_dataset: variant -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The rows of each element, one at a time.",
        ..BASE
    },
    Entry {
        name: "WindowDataset",
        sig: "input_dataset: variant, size: int64, shift: int64, stride: int64, drop_remainder: bool -> handle: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "Datasets of size consecutive elements (every stride-th), the next one shift elements later.",
        ..BASE
    },
    Entry {
        name: "OptionsDataset",
        sig: "input_dataset: variant -> handle: variant",
        attrs: "serialized_options: string; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The same elements under serialised options.",
        ..BASE
    },
];

/// Dtypes and shapes of the elements, from the attributes.
fn element_types(c: &Infer) -> Result<Vec<(DType, PartialShape)>> {
    let types = c.attrs.dtypes("output_types").or_else(|_| c.attrs.dtypes("Toutput_types"))?;
    let shapes = c.attrs.shapes("output_shapes")?;
    Ok(types.iter().copied().zip(shapes.iter().cloned().chain(std::iter::repeat(PartialShape::UNKNOWN))).collect())
}

/// Scalar handles; the first knows the types of the elements, if the attributes say them.
fn handles(c: &mut Infer) -> Result<()> {
    for i in 0..c.n_outputs() {
        c.set(i, PartialShape::scalar());
    }
    if c.attrs.has("output_shapes") {
        let types = element_types(c)?;
        c.set_handle(0, Some(Arc::new(types)));
    }
    Ok(())
}

/// One output per component of an element.
fn elements(c: &mut Infer) -> Result<()> {
    for (i, (_, shape)) in element_types(c)?.into_iter().enumerate() {
        c.set(i, shape);
    }
    Ok(())
}
