//! The kernels of datasets and iterators by op.
use crate::args::prepare;
use crate::{batch, buffer, choose, count, files, flatten, iterator, map, optional, parallel, reduce, shuffle, source, sparse, window};
use ferroflow_ops::resource::Handle;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Object, Result, Tensor};
use std::sync::Arc;

/// A kernel that makes a dataset.
macro_rules! dataset {
    ($op:literal, $make:path) => {
        Kernel { op: $op, types: &[], outputs: Outputs::Kernel, prepare: |p| prepare(p, $make) }
    };
}
const fn other(op: &'static str, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types: &[], outputs: Outputs::Kernel, prepare }
}

/// Ops whose result is a dataset.
pub(crate) static DATASETS: &[Kernel] = &[
    dataset!("TensorDataset", source::tensor),
    dataset!("TensorSliceDataset", source::slices),
    dataset!("RangeDataset", source::range),
    dataset!("RandomDataset", source::random),
    dataset!("RandomDatasetV2", source::random),
    dataset!("GeneratorDataset", source::generator),
    dataset!("TFRecordDataset", files::records),
    dataset!("TextLineDataset", files::lines),
    dataset!("FixedLengthRecordDatasetV2", files::fixed),
    dataset!("MapDataset", map::map),
    dataset!("ParallelMapDatasetV2", parallel::map),
    dataset!("FilterDataset", map::filter),
    dataset!("TakeWhileDataset", map::take_while),
    dataset!("ScanDataset", map::scan),
    dataset!("BatchDatasetV2", batch::batches),
    dataset!("ParallelBatchDataset", batch::batches),
    dataset!("PaddedBatchDatasetV2", batch::padded),
    dataset!("DenseToSparseBatchDataset", sparse::batches),
    dataset!("UnbatchDataset", batch::unbatch),
    dataset!("RebatchDatasetV2", batch::rebatch),
    dataset!("ShuffleDataset", shuffle::shuffle),
    dataset!("ShuffleDatasetV3", shuffle::shuffle),
    dataset!("RepeatDataset", count::repeat),
    dataset!("TakeDataset", count::take),
    dataset!("SkipDataset", count::skip),
    dataset!("ShardDataset", count::shard),
    dataset!("ZipDataset", count::zip),
    dataset!("ConcatenateDataset", count::concatenate),
    dataset!("CacheDataset", buffer::cache),
    dataset!("CacheDatasetV2", buffer::cache),
    dataset!("PrefetchDataset", buffer::prefetch),
    dataset!("FlatMapDataset", flatten::flat_map),
    dataset!("InterleaveDataset", flatten::interleave),
    dataset!("ParallelInterleaveDatasetV4", flatten::parallel_interleave),
    dataset!("WindowDataset", window::window),
    dataset!("GroupByWindowDataset", window::group_by_window),
    dataset!("UniqueDataset", choose::unique),
    dataset!("DirectedInterleaveDataset", choose::directed),
    dataset!("IgnoreErrorsDataset", choose::ignore_errors),
    dataset!("AssertCardinalityDataset", choose::assert_cardinality),
    dataset!("OptionsDataset", choose::options),
];

/// Ops on iterators, optionals and whole datasets.
pub(crate) static ITERATORS: &[Kernel] = &[
    other("IteratorV2", iterator::iterator),
    other("OneShotIterator", iterator::one_shot),
    other("AnonymousIterator", iterator::anonymous),
    other("AnonymousIteratorV2", iterator::anonymous),
    other("AnonymousIteratorV3", iterator::anonymous),
    other("MakeIterator", iterator::make),
    other("DeleteIterator", iterator::delete),
    other("IteratorGetNext", iterator::next),
    other("IteratorGetNextSync", iterator::next),
    other("IteratorGetNextAsOptional", iterator::next_optional),
    other("IteratorToStringHandle", iterator::to_string),
    other("IteratorFromStringHandleV2", iterator::from_string),
    other("OptionalFromValue", optional::from_value),
    other("OptionalNone", optional::none),
    other("OptionalHasValue", optional::has_value),
    other("OptionalGetValue", optional::get_value),
    other("ReduceDataset", reduce::reduce),
    other("DatasetToSingleElement", reduce::single),
    other("DatasetCardinality", reduce::cardinality),
    other("AnonymousMemoryCache", memory_cache),
    other("DummyMemoryCache", no_cache),
    other("DeleteMemoryCache", delete_cache),
    other("AnonymousSeedGenerator", seed_generator),
    other("DummySeedGenerator", seed_generator),
    other("DeleteSeedGenerator", delete_seed_generator),
];

fn handle(call: &mut Call, name: &str, object: Arc<dyn Object>) -> Result<()> {
    if call.outs.len() > 1 {
        call.set(1, Tensor::object(DType::Variant, object.clone()));
    }
    call.set(0, Handle::tensor("", name, object));
    Ok(())
}
fn memory_cache(_: &Prep) -> Result<Prepared> {
    Ok(Prepared::new(|_, call| handle(call, "anonymous_memory_cache", Arc::new(buffer::MemoryCache::default())), 500.0))
}
fn no_cache(_: &Prep) -> Result<Prepared> {
    Ok(Prepared::new(|_, call| handle(call, "dummy_memory_cache", Arc::new(buffer::NoCache)), 500.0))
}
fn delete_cache(_: &Prep) -> Result<Prepared> {
    Ok(Prepared::new(|_, call| Handle::get::<buffer::MemoryCache>(call.input(0)).map(|c| c.clear()), 500.0))
}
/// A handle that shuffles carry; their seeds live with the dataset.
struct SeedGenerator;
impl Object for SeedGenerator {
    fn type_name(&self) -> &str {
        "SeedGenerator"
    }
}
fn seed_generator(_: &Prep) -> Result<Prepared> {
    Ok(Prepared::new(|_, call| handle(call, "seed_generator", Arc::new(SeedGenerator)), 500.0))
}
fn delete_seed_generator(_: &Prep) -> Result<Prepared> {
    Ok(Prepared::new(|_, call| Handle::get::<SeedGenerator>(call.input(0)).map(|_| ()), 500.0))
}
