//! Files: checkpoints, and whole files as strings. The kernels are registered by the crate that reads and writes files.
pub mod parsing;
pub mod summary;

use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail};

const CHECKPOINT: Test = Test::own(&["tests/python/test_saver.py", "tests/ops/test_direct.py"]);
const FILES: Test = Test::own(&["tests/ops/test_direct.py"]);
const BASE: Entry = Entry {
    grad: Gradient::Missing("files have no gradient"),
    gpu: Gpu::Host("files are read and written by the host"),
    test: CHECKPOINT,
    ..Entry::NEW
};
const EFFECT: Flags = Flags::STATEFUL.and(Flags::WRITES);

/// File ops.
pub static OPS: &[Entry] = &[
    Entry {
        name: "SaveV2",
        sig: "prefix: string, tensor_names: string, shape_and_slices: string, tensors: dtypes -> ",
        attrs: "dtypes: list(type) >= 1",
        doc: "Writes tensors to the checkpoint PREFIX under their names; shape_and_slices (empty for whole tensors) says which part of a larger tensor each is.",
        flags: EFFECT,
        shape: ShapeRule::Rule(save),
        ..BASE
    },
    Entry {
        name: "RestoreV2",
        sig: "prefix: string, tensor_names: string, shape_and_slices: string -> tensors: dtypes",
        attrs: "dtypes: list(type) >= 1",
        doc: "Reads tensors of a checkpoint by name. NotFound for a missing file or name, InvalidArgument for another dtype.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(restore),
        ..BASE
    },
    Entry {
        name: "MergeV2Checkpoints",
        sig: "checkpoint_prefixes: string, destination_prefix: string -> ",
        attrs: "delete_old_dirs: bool = true; allow_missing_files: bool = false",
        doc: "Makes one checkpoint of several parts, by renaming their data files and joining their indexes.",
        flags: EFFECT,
        shape: ShapeRule::Rule(merge),
        ..BASE
    },
    Entry {
        name: "ReadFile",
        sig: "filename: string -> contents: string",
        doc: "Reads a whole file. NotFound if there is none.",
        shape: ShapeRule::Rule(scalar_file),
        test: FILES,
        ..BASE
    },
    Entry {
        name: "WriteFile",
        sig: "filename: string, contents: string -> ",
        doc: "Writes a file and makes the folders on its way.",
        flags: EFFECT,
        shape: ShapeRule::Rule(write_file),
        test: FILES,
        ..BASE
    },
];

/// Checks that operands 1 and 2 are vectors of the same length as the list of tensors.
fn names(c: &Infer, tensors: usize) -> Result<()> {
    c.with_rank(0, 0)?;
    for i in [1, 2] {
        let n = c.with_rank(i, 1)?.dim(0);
        if n.is_some_and(|n| n != tensors) {
            bail!(InvalidArgument, "Dimension must be {tensors} but is {}", n.unwrap_or(0));
        }
    }
    Ok(())
}

fn save(c: &mut Infer) -> Result<()> {
    names(c, c.n_inputs() - 3)
}

fn restore(c: &mut Infer) -> Result<()> {
    names(c, c.n_outputs())?;
    let Some(slices) = c.tensor(2).filter(|_| !c.at_run_time) else { return Ok(()) };
    for (i, spec) in slices.strings()?.iter().enumerate() {
        // "10 20 0,5:-" is rows 0 to 4 of a tensor of shape [10, 20].
        let Some((_, slice)) = std::str::from_utf8(spec).ok().and_then(|s| s.rsplit_once(' ')) else { continue };
        let whole: Vec<&str> = std::str::from_utf8(spec).unwrap_or("").split(' ').collect();
        let size = |(k, part): (usize, &str)| match part.split_once(',') {
            Some((_, n)) => n.parse().ok(),
            None => whole.get(k).and_then(|d| d.parse().ok()),
        };
        c.set(i, PartialShape::new(slice.split(':').enumerate().map(size).collect()));
    }
    Ok(())
}

fn merge(c: &mut Infer) -> Result<()> {
    c.with_rank(0, 1)?;
    c.with_rank(1, 0).map(|_| ())
}

fn scalar_file(c: &mut Infer) -> Result<()> {
    c.with_rank(0, 0)?;
    c.set(0, PartialShape::scalar());
    Ok(())
}

fn write_file(c: &mut Infer) -> Result<()> {
    c.with_rank(0, 0)?;
    c.with_rank(1, 0).map(|_| ())
}
