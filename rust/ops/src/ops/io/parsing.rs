//! Parsing: strings as numbers, lines of CSV, `Example` messages. The kernels are in the crate of TensorFlow's formats.
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail};

const BASE: Entry = Entry {
    grad: Gradient::Missing("strings have no gradient"),
    gpu: Gpu::Host("strings are parsed by the host"),
    test: Test::own(&["tests/ops/test_direct.py"]),
    ..Entry::NEW
};

/// Parsing.
pub static OPS: &[Entry] = &[
    Entry {
        name: "DecodeRaw",
        sig: "bytes: string -> output: out_type",
        attrs: "out_type: {half, float, double, int32, uint16, uint8, int16, int8, int64, complex64, complex128, bool, bfloat16}; little_endian: bool = true",
        doc: "The bytes of each string as numbers, along a new last axis. InvalidArgument unless all strings have the same length, a multiple of the size of a number.",
        shape: ShapeRule::Rule(raw),
        grad: Gradient::None("strings have no gradient"),
        ..BASE
    },
    Entry {
        name: "DecodeCSV",
        sig: "records: string, record_defaults: OUT_TYPE -> output: OUT_TYPE",
        attrs: "OUT_TYPE: list({float, double, int32, int64, string}) >= 1; field_delim: string = ','; use_quote_delim: bool = true; na_value: string = ''; select_cols: list(int) = []",
        doc: "The columns of lines of CSV (RFC 4180), each of the shape of `records`. A field that is empty or `na_value` is the column's default; InvalidArgument if that has no element, for fields that are no such number, and for lines with another number of fields.",
        shape: ShapeRule::Rule(csv),
        ..BASE
    },
    Entry {
        name: "ParseExampleV2",
        sig: "serialized: string, names: string, sparse_keys: string, dense_keys: string, ragged_keys: string, dense_defaults: Tdense -> sparse_indices: num_sparse * int64, sparse_values: sparse_types, sparse_shapes: num_sparse * int64, dense_values: Tdense, ragged_values: ragged_value_types, ragged_row_splits: ragged_split_types",
        attrs: "Tdense: list({float, int64, string}) >= 0; num_sparse: int >= 0; sparse_types: list({float, int64, string}) >= 0; ragged_value_types: list({float, int64, string}) >= 0; ragged_split_types: list({int32, int64}) >= 0; dense_shapes: list(shape) >= 0",
        doc: "The features of encoded `Example` messages, of one or of a vector of them: as sparse tensors, as dense ones with defaults, as ragged ones. InvalidArgument for messages that are damaged, for features of another dtype or size, and for missing ones without a default.",
        shape: ShapeRule::Rule(examples),
        ..BASE
    },
];

fn raw(c: &mut Infer) -> Result<()> {
    let out = match c.shape(0).dims() {
        Some(dims) if !c.at_run_time => PartialShape::new(dims.iter().copied().chain([None]).collect()),
        Some(dims) => PartialShape::of_rank(dims.len() + 1),
        None => PartialShape::UNKNOWN,
    };
    c.set(0, out);
    Ok(())
}

fn csv(c: &mut Infer) -> Result<()> {
    for i in (1..c.n_inputs()).filter(|_| !c.at_run_time) {
        let shape = c.shape(i);
        if shape.rank().is_some_and(|r| r > 1) {
            bail!(InvalidArgument, "Shape must be at most rank 1 but is rank {}", shape.rank().unwrap_or(0));
        }
        if shape.count().is_some_and(|n| n > 1) {
            bail!(InvalidArgument, "Shape of a default must be a length-0 or length-1 vector, or a scalar.");
        }
    }
    let out = c.shape(0).clone();
    (0..c.n_outputs()).for_each(|i| c.set(i, out.clone()));
    Ok(())
}

fn examples(c: &mut Infer) -> Result<()> {
    let sparse = usize::try_from(c.attrs.int("num_sparse")?).unwrap_or(0);
    let dense = c.attrs.dtypes("Tdense")?.len();
    let ragged = c.attrs.dtypes("ragged_value_types")?.len();
    let splits = c.attrs.dtypes("ragged_split_types")?.len();
    let shapes = c.attrs.shapes("dense_shapes")?.to_vec();
    if shapes.len() != dense {
        bail!(InvalidArgument, "len(dense_shapes) != len(dense_keys): {} vs. {dense}", shapes.len());
    }
    if c.attrs.dtypes("sparse_types")?.len() != sparse {
        bail!(InvalidArgument, "len(sparse_types) != num_sparse: {} vs. {sparse}", c.attrs.dtypes("sparse_types")?.len());
    }
    if splits != ragged {
        bail!(InvalidArgument, "len(ragged_value_types) != len(ragged_split_types): {ragged} vs. {splits}");
    }
    let rank = c.shape(0).rank();
    if let Some(r) = rank
        && r > 1
    {
        bail!(InvalidArgument, "Shape must be at most rank 1 but is rank {r}");
    }
    let batch = c.shape(0).dim(0).filter(|_| !c.at_run_time);
    for i in 0..sparse {
        let width = rank.map(|r| r + 1);
        let known = if c.at_run_time { PartialShape::of_rank(2) } else { PartialShape::new(vec![None, width]) };
        c.set(i, known);
        c.set(sparse + i, PartialShape::vector(None));
        c.set(2 * sparse + i, PartialShape::vector(width));
    }
    for (i, shape) in shapes.iter().enumerate() {
        let out = match (rank, shape.dims()) {
            (Some(0), Some(_)) => shape.clone(),
            (Some(_), Some(dims)) => PartialShape::new([batch].into_iter().chain(dims.iter().copied()).collect()),
            _ => PartialShape::UNKNOWN,
        };
        let out = if c.at_run_time { out.rank().map_or(PartialShape::UNKNOWN, PartialShape::of_rank) } else { out };
        c.set(3 * sparse + i, out);
    }
    for i in 0..ragged {
        let rows = batch.map(|n| n + 1);
        c.set(3 * sparse + dense + i, PartialShape::vector(None));
        c.set(3 * sparse + dense + ragged + i, PartialShape::vector(if rank == Some(0) { Some(0) } else { rows }));
    }
    Ok(())
}
