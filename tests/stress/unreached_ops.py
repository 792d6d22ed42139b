"""The ops that the calls of `reach` do not reach, and why."""

# Ops that no call here reaches, with the reason.
UNREACHED = {
    "Placeholder": "it has no kernel: it is fed",
    "Variable": "references live in graphs: the ops that take one reach it",
    "VariableV2": "references live in graphs: the ops that take one reach it",
    **dict.fromkeys(
        ("FIFOQueue", "PaddingFIFOQueue", "RandomShuffleQueue", "PriorityQueue"),
        "references live in graphs: the ops that take one reach the first, the direct calls in tests/ops all",
    ),
    **dict.fromkeys(
        ("QueueDequeue", "QueueDequeueMany", "QueueDequeueUpTo"),
        "they would wait for another run: the direct calls in tests/ops reach them",
    ),
    **dict.fromkeys(
        ("DeleteIterator", "DeleteMemoryCache", "DeleteSeedGenerator"), "the end of a dataset's Python object calls it"
    ),
    **dict.fromkeys(
        """Case FilterDataset FlatMapDataset GeneratorDataset GroupByWindowDataset InterleaveDataset MapDataset OneShotIterator
        ParallelInterleaveDatasetV4 ParallelMapDatasetV2 PartitionedCall ReduceDataset ScanDataset StatefulPartitionedCall
        If StatelessCase StatelessIf StatelessWhile TakeWhileDataset While""".split(),
        "it takes a traced function: the direct calls in tests/ops and the tests of control flow reach it",
    ),
}
