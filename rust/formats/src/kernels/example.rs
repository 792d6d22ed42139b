//! The kernel that takes features out of encoded `Example` messages.
use super::column::Column;
use super::prepared_with;
use crate::proto::feature::Kind;
use crate::proto::{Example, parse};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Error, PartialShape, Result, Shape, Str, Tensor, bail, error};

pub(super) static KERNELS: &[Kernel] = &[Kernel { op: "ParseExampleV2", types: &[], outputs: Outputs::Kernel, prepare: prepare_examples }];

struct Plan {
    sparse: Vec<DType>,
    dense: Vec<DType>,
    shapes: Vec<PartialShape>,
    ragged: Vec<DType>,
    splits: Vec<DType>,
}

fn prepare_examples(p: &Prep) -> Result<Prepared> {
    let plan = Plan {
        sparse: p.attrs.dtypes("sparse_types")?.to_vec(),
        dense: p.attrs.dtypes("Tdense")?.to_vec(),
        shapes: p.attrs.shapes("dense_shapes")?.to_vec(),
        ragged: p.attrs.dtypes("ragged_value_types")?.to_vec(),
        splits: p.attrs.dtypes("ragged_split_types")?.to_vec(),
    };
    prepared_with(examples, plan)
}

fn column(dtype: DType) -> Result<Column> {
    match dtype {
        DType::Int32 | DType::Double => None,
        _ => Column::new(dtype),
    }
    .ok_or_else(|| error!(InvalidArgument, "Unsupported dtype of a feature: {dtype}"))
}

/// Adds the values of a feature and says how many. The name of their dtype if it is another one.
fn add(to: &mut Column, kind: &Kind) -> std::result::Result<usize, &'static str> {
    let before = to.len();
    match (&mut *to, kind) {
        (Column::Floats(to), Kind::FloatList(from)) => to.extend(&from.value),
        (Column::Longs(to), Kind::Int64List(from)) => to.extend(&from.value),
        (Column::Texts(to), Kind::BytesList(from)) => to.extend(from.value.iter().map(|s| Str::from(s.clone()))),
        (_, Kind::FloatList(_)) => return Err("float"),
        (_, Kind::Int64List(_)) => return Err("int64"),
        (_, Kind::BytesList(_)) => return Err("string"),
    }
    Ok(to.len() - before)
}

fn count(kind: &Kind) -> usize {
    match kind {
        Kind::FloatList(list) => list.value.len(),
        Kind::Int64List(list) => list.value.len(),
        Kind::BytesList(list) => list.value.len(),
    }
}

fn kind_name(d: DType) -> &'static str {
    match d {
        DType::Float => "float",
        DType::Int64 => "int64",
        _ => "string",
    }
}

/// The messages, and what their errors call them.
struct Batch<'a> {
    examples: Vec<Example>,
    names: &'a [Str],
}

impl Batch<'_> {
    fn name(&self, i: usize) -> String {
        self.names.get(i).map_or_else(|| "<unknown>".into(), |n| String::from_utf8_lossy(n).into_owned())
    }
    fn find(&self, i: usize, key: &str) -> Option<&Kind> {
        self.examples[i].features.as_ref()?.feature.get(key)?.kind.as_ref()
    }
    fn wrong(&self, i: usize, key: &str, want: DType, have: &str) -> Error {
        error!(InvalidArgument, "Key: {key}.  Data types don't match. Expected type: {}, Actual type: {have}", kind_name(want))
            .fix(format!("say {have} for the feature '{key}' of example '{}'", self.name(i)))
    }
    /// The values of a feature in all messages, and how many each has.
    fn gather(&self, key: &str, dtype: DType) -> Result<(Column, Vec<usize>)> {
        let (mut all, mut lengths) = (column(dtype)?, vec![]);
        for i in 0..self.examples.len() {
            lengths.push(match self.find(i, key) {
                Some(kind) => add(&mut all, kind).map_err(|have| self.wrong(i, key, dtype, have))?,
                None => 0,
            });
        }
        Ok((all, lengths))
    }
    /// A feature as a dense tensor, `one` without an axis for the messages.
    fn dense(&self, key: &str, dtype: DType, shape: &PartialShape, default: &Tensor, one: bool) -> Result<Tensor> {
        let Some(dims) = shape.dims() else { bail!(InvalidArgument, "dense_shapes must have known ranks") };
        if let Some((None, inner)) = dims.split_first() {
            let inner: Vec<usize> = inner.iter().map(|d| d.unwrap_or(1)).collect();
            return self.padded(key, dtype, &inner, default, one);
        }
        let dims: Vec<usize> = dims.iter().map(|d| d.unwrap_or(1)).collect();
        let (size, mut all) = (dims.iter().product::<usize>(), column(dtype)?);
        for i in 0..self.examples.len() {
            match self.find(i, key) {
                Some(kind) => {
                    let n = add(&mut all, kind).map_err(|have| self.wrong(i, key, dtype, have))?;
                    if n != size {
                        let sizes = Shape::new(&dims);
                        bail!(
                            InvalidArgument,
                            "Key: {key}, Index: {i}.  Number of {} values != expected.  Values size: {n} but output shape: {sizes}",
                            kind_name(dtype)
                        );
                    }
                }
                None if default.count() == 0 && size > 0 => {
                    bail!(InvalidArgument, "Feature: {key} (data type: {}) is required but could not be found.", kind_name(dtype))
                }
                None => all.repeat(default, if default.count() == size { 1 } else { size })?,
            }
        }
        all.tensor(if one { dims } else { [vec![self.examples.len()], dims].concat() })
    }
    /// A feature with any number of rows of this shape; shorter ones are filled up with the default.
    fn padded(&self, key: &str, dtype: DType, inner: &[usize], default: &Tensor, one: bool) -> Result<Tensor> {
        let size: usize = inner.iter().product::<usize>().max(1);
        let lengths: Vec<usize> = (0..self.examples.len()).map(|i| self.find(i, key).map_or(0, count)).collect();
        let longest = lengths.iter().copied().max().unwrap_or(0).div_ceil(size);
        let filler = if default.count() == 1 { default.clone() } else { Tensor::zeros(dtype, [])? };
        let mut all = column(dtype)?;
        for (i, n) in lengths.iter().enumerate() {
            if n % size != 0 {
                let sizes = inner.iter().map(|d| d.to_string()).collect::<Vec<_>>().join(",");
                bail!(
                    InvalidArgument,
                    "Key: {key}, Index: {i}.  Number of {} values is not a multiple of stride length. Saw {n} values but output shape is: [?,{sizes}]",
                    kind_name(dtype)
                );
            }
            if let Some(kind) = self.find(i, key) {
                add(&mut all, kind).map_err(|have| self.wrong(i, key, dtype, have))?;
            }
            all.repeat(&filler, longest * size - n)?;
        }
        let rows = [vec![longest], inner.to_vec()].concat();
        all.tensor(if one { rows } else { [vec![lengths.len()], rows].concat() })
    }
}

/// A feature as the three parts of a sparse tensor.
fn sparse(values: Column, lengths: &[usize], one: bool) -> Result<[Tensor; 3]> {
    let longest = lengths.iter().copied().max().unwrap_or(0) as i64;
    let (n, mut places) = (values.len(), vec![]);
    for (row, length) in lengths.iter().enumerate() {
        for column in 0..*length {
            if !one {
                places.push(row as i64);
            }
            places.push(column as i64);
        }
    }
    let shape = if one { vec![longest] } else { vec![lengths.len() as i64, longest] };
    Ok([Tensor::from_slice(&places, [n, shape.len()])?, values.tensor([n])?, Tensor::from_slice(&shape, [shape.len()])?])
}

/// Where the rows of a ragged feature begin, and the end.
fn row_splits(lengths: &[usize], dtype: DType) -> Result<Tensor> {
    let mut splits = vec![0i64];
    let mut at = 0;
    splits.extend(lengths.iter().map(|n| {
        at += *n as i64;
        at
    }));
    match dtype {
        DType::Int32 => Tensor::from_slice(&splits.iter().map(|x| *x as i32).collect::<Vec<_>>(), [splits.len()]),
        _ => Tensor::from_slice(&splits, [splits.len()]),
    }
}

fn keys(call: &Call, i: usize, count: usize, what: &str) -> Result<Vec<String>> {
    let found: Vec<String> = call.input(i).strings()?.iter().map(|s| String::from_utf8_lossy(s).into_owned()).collect();
    if found.len() != count {
        bail!(InvalidArgument, "Expected len({what}) == {count}, got: {}", found.len());
    }
    Ok(found)
}

fn examples(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    let (n_sparse, n_dense, n_ragged) = (plan.sparse.len(), plan.dense.len(), plan.ragged.len());
    let sparse_keys = keys(call, 2, n_sparse, "sparse_keys")?;
    let dense_keys = keys(call, 3, n_dense, "dense_keys")?;
    let ragged_keys = keys(call, 4, n_ragged, "ragged_keys")?;
    let serialized = call.input(0);
    let one = match serialized.shape().rank() {
        0 => true,
        1 => false,
        _ => bail!(InvalidArgument, "Expected serialized to be a scalar or vector, got shape: {}", serialized.shape()),
    };
    let names = call.input(1).strings()?;
    if !names.is_empty() && names.len() != serialized.count() {
        bail!(InvalidArgument, "Expected len(names) == 0 or len(serialized), got: {} vs. {}", names.len(), serialized.count());
    }
    let mut batch = Batch { examples: vec![], names };
    for (i, bytes) in serialized.strings()?.iter().enumerate() {
        let Ok(example) = parse::<Example>(bytes, "Example") else {
            let value: String = String::from_utf8_lossy(bytes).chars().take(60).collect();
            let e = error!(InvalidArgument, "Could not parse example input, value: '{value}'");
            return Err(e.fix(format!("example {i} is no encoded Example")));
        };
        batch.examples.push(example);
    }
    let mut out = vec![];
    for (i, (key, dtype)) in sparse_keys.iter().zip(&plan.sparse).enumerate() {
        let (values, lengths) = batch.gather(key, *dtype)?;
        for (part, t) in sparse(values, &lengths, one)?.into_iter().enumerate() {
            out.push((part * n_sparse + i, t));
        }
    }
    for (i, key) in dense_keys.iter().enumerate() {
        let default = call.input(5 + i);
        out.push((3 * n_sparse + i, batch.dense(key, plan.dense[i], &plan.shapes[i], default, one)?));
    }
    for (i, key) in ragged_keys.iter().enumerate() {
        let (values, lengths) = batch.gather(key, plan.ragged[i])?;
        let n = values.len();
        out.push((3 * n_sparse + n_dense + i, values.tensor([n])?));
        let splits = if one { row_splits(&[], plan.splits[i])?.rows(0, 0)? } else { row_splits(&lengths, plan.splits[i])? };
        out.push((3 * n_sparse + n_dense + n_ragged + i, splits));
    }
    for (i, t) in out {
        call.set(i, t);
    }
    Ok(())
}
