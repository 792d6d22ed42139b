//! Kernels of the ops that read and write files, of summaries, and of encoded sparse tensors.
mod column;
mod example;
mod sparse;
mod summary;
mod text;

use crate::checkpoint::{BundleReader, BundleWriter, TensorSlice, merge};
use crate::files;
use crate::value::RawTensor;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared, kernel};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};
use std::path::PathBuf;

/// Reading and writing take longer than anything that runs on the caller's thread without a look at signals.
const COST: f32 = 1e6;
/// Parsing some strings.
const PARSE_COST: f32 = 5e3;

/// Registers the kernels; more than once does no harm.
pub fn start() {
    kernel::register(KERNELS);
    kernel::register(sparse::KERNELS);
    kernel::register(summary::KERNELS);
    kernel::register(text::KERNELS);
    kernel::register(example::KERNELS);
}

static KERNELS: &[Kernel] = &[
    Kernel { op: "SaveV2", types: &[], outputs: Outputs::Kernel, prepare: |_| prepared(save) },
    Kernel { op: "RestoreV2", types: &[], outputs: Outputs::Kernel, prepare: prepare_restore },
    Kernel { op: "MergeV2Checkpoints", types: &[], outputs: Outputs::Kernel, prepare: prepare_merge },
    Kernel { op: "ReadFile", types: &[], outputs: Outputs::Kernel, prepare: |_| prepared(read_file) },
    Kernel { op: "WriteFile", types: &[], outputs: Outputs::Kernel, prepare: |_| prepared(write_file) },
];

fn prepared(run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    Ok(Prepared::new(run, COST))
}

/// A kernel that parses, with what it needs to know.
fn prepared_with<T: Send + Sync + 'static>(run: fn(&Prepared, &mut Call) -> Result<()>, plan: T) -> Result<Prepared> {
    Ok(Prepared::with(run, PARSE_COST, plan))
}

/// The strings of an operand as text.
fn texts(call: &Call, i: usize) -> Result<Vec<String>> {
    call.input(i).strings()?.iter().map(|s| text(s)).collect()
}

fn text(bytes: &[u8]) -> Result<String> {
    match std::str::from_utf8(bytes) {
        Ok(s) => Ok(s.to_string()),
        Err(_) => bail!(InvalidArgument, "'{}' is not valid UTF-8", String::from_utf8_lossy(bytes)),
    }
}

/// The one string of an operand.
fn scalar(call: &Call, i: usize) -> Result<String> {
    match call.input(i).strings()? {
        [one] => text(one),
        all => bail!(InvalidArgument, "operand {i} must hold one string, got {}", all.len()),
    }
}

/// The one path of an operand.
fn path(call: &Call, i: usize) -> Result<PathBuf> {
    match call.input(i).strings()? {
        [one] => files::path_of(one),
        all => bail!(InvalidArgument, "operand {i} must hold one string, got {}", all.len()),
    }
}

/// Checks the operands that SaveV2 and RestoreV2 share; gives prefix, names and slices.
fn operands(call: &Call, tensors: usize) -> Result<(String, Vec<String>, Vec<String>)> {
    let (names, slices) = (texts(call, 1)?, texts(call, 2)?);
    for (what, n) in [("tensor_names", names.len()), ("shape_and_slices", slices.len())] {
        if n != tensors {
            bail!(InvalidArgument, "Expected {tensors} elements for the tensor but got {n} {what}.");
        }
    }
    Ok((scalar(call, 0)?, names, slices))
}

fn save(_: &Prepared, call: &mut Call) -> Result<()> {
    let (prefix, names, slices) = operands(call, call.n_inputs() - 3)?;
    let mut writer = BundleWriter::new(&prefix)?;
    for (i, (name, spec)) in names.iter().zip(&slices).enumerate() {
        call.run.cancel.check()?;
        let tensor = call.input(i + 3);
        if spec.is_empty() {
            writer.add_tensor(name, tensor)?;
            continue;
        }
        let (dims, slice) = TensorSlice::parse_with_shape(spec)?;
        let bounds = slice.bounds(&dims)?;
        let have = tensor.shape().dims();
        if !bounds.iter().map(|&(_, length)| length as usize).eq(have.iter().copied()) {
            bail!(
                InvalidArgument,
                "Slice in shape_and_slice specification does not match the shape of the tensor to  save: {spec}, tensor: {}",
                tensor.shape()
            );
        }
        writer.add_slice(name, &dims, &slice, &RawTensor::from_tensor(tensor)?)?;
    }
    writer.finish()
}

fn prepare_restore(p: &Prep) -> Result<Prepared> {
    let types: Vec<_> = p.outputs.iter().map(|o| o.0).collect();
    Ok(Prepared::with(restore, COST, types))
}

fn restore(p: &Prepared, call: &mut Call) -> Result<()> {
    let types: &Vec<DType> = p.plan()?;
    let (prefix, names, slices) = operands(call, types.len())?;
    let reader = BundleReader::open(&prefix)?;
    for (i, ((name, spec), &wanted)) in names.iter().zip(&slices).zip(types).enumerate() {
        call.run.cancel.check()?;
        let meta = reader.meta(name)?;
        if meta.dtype != wanted {
            bail!(
                InvalidArgument,
                "tensor_name = {name}; expected dtype {} does not equal original dtype {}",
                wanted.signature_name(),
                meta.dtype.signature_name()
            );
        }
        if spec.is_empty() {
            call.set(i, reader.read_tensor(name)?);
            continue;
        }
        let (dims, slice) = TensorSlice::parse_with_shape(spec)?;
        if dims != meta.dims {
            let (wanted, stored) = (shape_of(&dims), shape_of(&meta.dims));
            bail!(
                InvalidArgument,
                "tensor_name = {name}; shape in shape_and_slice spec {wanted} does not match the shape stored in checkpoint: {stored}"
            );
        }
        call.set(i, reader.read_slice(name, &slice)?.to_tensor()?);
    }
    Ok(())
}

fn shape_of(dims: &[i64]) -> Shape {
    Shape::new(&dims.iter().map(|&d| d as usize).collect::<Vec<_>>())
}

fn prepare_merge(p: &Prep) -> Result<Prepared> {
    Ok(Prepared::with(merge_parts, COST, p.attrs.bool("delete_old_dirs")?))
}

fn merge_parts(p: &Prepared, call: &mut Call) -> Result<()> {
    let parts: Vec<PathBuf> = texts(call, 0)?.into_iter().map(PathBuf::from).collect();
    merge(&parts, scalar(call, 1)?, *p.plan::<bool>()?)
}

fn read_file(_: &Prepared, call: &mut Call) -> Result<()> {
    let bytes = files::read(&path(call, 0)?)?;
    call.set(0, Tensor::string(bytes));
    Ok(())
}

fn write_file(_: &Prepared, call: &mut Call) -> Result<()> {
    let path = path(call, 0)?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| files::io_error(folder, &e))?;
    }
    let [contents] = call.input(1).strings()? else {
        bail!(InvalidArgument, "Contents tensor must be scalar, but had shape: {}", call.input(1).shape())
    };
    files::write_atomically(&path, contents)
}
