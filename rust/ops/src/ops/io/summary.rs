//! Summaries of TensorFlow 1: what TensorBoard shows, as encoded `Summary` messages. The crate that writes files has the kernels.
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail};

const BASE: Entry = Entry {
    grad: Gradient::None("a summary is a string"),
    gpu: Gpu::Host("summaries are strings"),
    test: Test::own(&["tests/ops/test_direct.py"]),
    shape: ShapeRule::Scalar,
    ..Entry::NEW
};

/// Summary ops.
pub static OPS: &[Entry] = &[
    Entry {
        name: "ScalarSummary",
        sig: "tags: string, values: T -> summary: string",
        attrs: "T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64}",
        doc: "Makes a summary of scalars. InvalidArgument unless tags and values have the same shape.",
        shape: ShapeRule::Rule(scalars),
        ..BASE
    },
    Entry {
        name: "HistogramSummary",
        sig: "tag: string, values: T -> summary: string",
        attrs: "T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64} = float",
        doc: "Makes a summary that counts the values in buckets of exponentially growing width. InvalidArgument for NaN and infinities.",
        ..BASE
    },
    Entry {
        name: "ImageSummary",
        sig: "tag: string, tensor: T -> summary: string",
        attrs: "max_images: int >= 1 = 3; T: {uint8, float, half, double} = float; bad_color: tensor = uint8(255, 0, 0, 255)",
        doc: "Makes a summary of the first max_images images of tensor, [batch, height, width, channels] with 1, 3 or 4 channels, as PNG. Floats are scaled image by image so that the largest magnitude becomes white; pixels with NaN or infinity get bad_color.",
        shape: ShapeRule::Rule(images),
        ..BASE
    },
    Entry {
        name: "TensorSummaryV2",
        sig: "tag: string, tensor: T, serialized_summary_metadata: string -> summary: string",
        attrs: "T: type",
        doc: "Makes a summary that holds the whole tensor; the metadata name the plugin of TensorBoard that shows it.",
        ..BASE
    },
    Entry {
        name: "MergeSummary",
        sig: "inputs: N * string -> summary: string",
        attrs: "N: int >= 1",
        doc: "Joins the values of several summaries. InvalidArgument if two have the same tag.",
        ..BASE
    },
];

fn scalars(c: &mut Infer) -> Result<()> {
    let (tags, values) = (c.shape(0), c.shape(1));
    if c.at_run_time && tags != values {
        bail!(InvalidArgument, "tags and values are not the same shape: {tags} != {values}");
    }
    c.set(0, PartialShape::scalar());
    Ok(())
}

fn images(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        let dims = c.shape(1).dims().unwrap_or(&[]);
        if dims.len() != 4 || !matches!(dims[3], Some(1 | 3 | 4)) {
            bail!(InvalidArgument, "Tensor must be 4-D with last dim 1, 3, or 4, not {}", c.shape(1));
        }
    }
    c.set(0, PartialShape::scalar());
    Ok(())
}
