//! Iterators over datasets, reductions, and the resources that pipelines share.
use super::{BASE, elements};
use crate::def::{Entry, Flags, Gradient, ShapeRule};

/// Iterators and what pipelines share.
pub static OPS: &[Entry] = &[
    Entry {
        name: "ReduceDataset",
        sig: "input_dataset: variant, initial_state: Tstate, other_arguments: Targuments -> components: output_types",
        attrs: "f: func; Tstate: list(type) >= 1; Targuments: list(type) >= 0; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; use_inter_op_parallelism: bool = true; metadata: string = ''",
        doc: "The state after f(state, element) was called for each element.",
        flags: Flags::STATEFUL.and(Flags::BLOCKS),
        shape: ShapeRule::Rule(elements),
        grad: Gradient::None("a reduction over a dataset is opaque"),
        ..BASE
    },
    Entry {
        name: "DatasetToSingleElement",
        sig: "dataset: variant -> components: output_types",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1; metadata: string = ''",
        doc: "The only element of a dataset. InvalidArgument if it has none or more.",
        flags: Flags::STATEFUL.and(Flags::BLOCKS),
        shape: ShapeRule::Rule(elements),
        ..BASE
    },
    Entry {
        name: "DatasetCardinality",
        sig: "input_dataset: variant -> cardinality: int64",
        attrs: "cardinality_options: string = ''",
        doc: "The number of elements: -1 if there is no end, -2 if it is unknown.",
        flags: Flags::BLOCKS,
        shape: ShapeRule::Scalar,
        ..BASE
    },
    Entry {
        name: "IteratorV2",
        sig: " -> handle: resource",
        attrs: "shared_name: string; container: string; output_types: list(type) >= 1; output_shapes: list(shape) >= 1",
        doc: "An iterator by container and shared_name (or node name), to be made with MakeIterator.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "MakeIterator",
        sig: "dataset: variant, iterator: resource -> ",
        doc: "Starts an iterator over a dataset from its first element.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Unknown,
        ..BASE
    },
    Entry {
        name: "IteratorGetNext",
        sig: "iterator: resource -> components: output_types",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1",
        doc: "The next element. OutOfRange \"End of sequence\" after the last one, FailedPrecondition before MakeIterator.",
        flags: Flags::STATEFUL.and(Flags::BLOCKS),
        shape: ShapeRule::Rule(elements),
        ..BASE
    },
    Entry {
        name: "IteratorGetNextSync",
        sig: "iterator: resource -> components: output_types",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1",
        doc: "The next element, as IteratorGetNext.",
        flags: Flags::STATEFUL.and(Flags::BLOCKS),
        shape: ShapeRule::Rule(elements),
        ..BASE
    },
    Entry {
        name: "AnonymousIterator",
        sig: " -> handle: resource",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1",
        doc: "An iterator of its own, which is dropped with its handle.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "AnonymousIteratorV2",
        sig: " -> handle: resource, deleter: variant",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1",
        doc: "An iterator of its own, with a deleter for DeleteIterator.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "AnonymousIteratorV3",
        sig: " -> handle: resource",
        attrs: "output_types: list(type) >= 1; output_shapes: list(shape) >= 1",
        doc: "An iterator of its own, which is dropped with its handle.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "DeleteIterator",
        sig: "handle: resource, deleter: variant -> ",
        doc: "Drops an anonymous iterator.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Unknown,
        ..BASE
    },
    Entry {
        name: "OneShotIterator",
        sig: " -> handle: resource",
        attrs: "dataset_factory: func; output_types: list(type) >= 1; output_shapes: list(shape) >= 1; container: string = ''; shared_name: string = ''",
        doc: "An iterator over the dataset that a function without arguments makes; it cannot be started anew.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "IteratorToStringHandle",
        sig: "resource_handle: resource -> string_handle: string",
        doc: "A string that stands for an iterator, to be fed to IteratorFromStringHandleV2.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "IteratorFromStringHandleV2",
        sig: "string_handle: string -> resource_handle: resource",
        attrs: "output_types: list(type) >= 0 = []; output_shapes: list(shape) >= 0 = []",
        doc: "The iterator that a string stands for. InvalidArgument if there is none or its elements are of other types or shapes.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "AnonymousMemoryCache",
        sig: " -> handle: resource, deleter: variant",
        doc: "A cache in memory for CacheDatasetV2, with a deleter.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "DeleteMemoryCache",
        sig: "handle: resource, deleter: variant -> ",
        doc: "Drops a cache in memory.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Unknown,
        ..BASE
    },
    Entry {
        name: "DummyMemoryCache",
        sig: " -> handle: resource",
        doc: "A handle that stands for no cache.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "AnonymousSeedGenerator",
        sig: "seed: int64, seed2: int64, reshuffle: bool -> handle: resource, deleter: variant",
        doc: "A generator of seeds for ShuffleDatasetV3, with a deleter.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "DeleteSeedGenerator",
        sig: "handle: resource, deleter: variant -> ",
        doc: "Drops a generator of seeds.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Unknown,
        ..BASE
    },
    Entry {
        name: "DummySeedGenerator",
        sig: " -> handle: resource",
        doc: "A handle that stands for no generator.",
        flags: Flags::STATEFUL,
        ..BASE
    },
];
