//! Sliding windows: output sizes and padding of convolutions and pooling, and the axes of data formats.
use crate::attr::Attrs;
use crate::infer::Infer;
use ferroflow_tensor::{Code, PartialShape, Result, bail, error};

/// Which axes are which in a 4-D data format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axes {
    /// Height.
    pub height: usize,
    /// Width.
    pub width: usize,
    /// Channels.
    pub channel: usize,
}

impl Axes {
    /// The axes of the attribute `data_format`. Unimplemented for formats that exist on special hardware only.
    pub fn of(attrs: &Attrs) -> Result<Axes> {
        match attrs.str("data_format")? {
            "NHWC" => Ok(Axes { height: 1, width: 2, channel: 3 }),
            "NCHW" => Ok(Axes { height: 2, width: 3, channel: 1 }),
            other => bail!(Unimplemented, "data_format {other} is not supported"),
        }
    }
    /// Dims with these sizes.
    pub fn dims<T: Copy>(&self, batch: T, height: T, width: T, channel: T) -> Vec<T> {
        let mut dims = vec![batch; 4];
        dims[self.height] = height;
        dims[self.width] = width;
        dims[self.channel] = channel;
        dims
    }
}

/// How one spatial axis is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Elements of the filter or window.
    pub size: usize,
    /// Distance between windows.
    pub stride: usize,
    /// Distance between elements of a window.
    pub dilation: usize,
    /// How it is padded.
    pub padding: Padding,
}

/// Padding of a spatial axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Padding {
    /// None.
    Valid,
    /// So much that stride 1 keeps the size; the odd one goes to the end.
    Same,
    /// Given: before and after.
    Explicit(usize, usize),
}

impl Window {
    /// Elements from the first to the last one of a dilated window.
    pub fn extent(&self) -> usize {
        (self.size.max(1) - 1) * self.dilation + 1
    }
    /// Number of windows over `n` elements. InvalidArgument if the window is larger than the padded axis, with one wording
    /// for shape functions and one for kernels.
    pub fn output(&self, n: usize, at_run_time: bool) -> Result<usize> {
        let extent = self.extent();
        let padded = match self.padding {
            Padding::Same => return Ok(n.div_ceil(self.stride)),
            Padding::Valid => n,
            Padding::Explicit(before, after) => n + before + after,
        };
        if padded + self.stride >= extent && at_run_time {
            return Ok((padded + self.stride - extent) / self.stride);
        }
        if padded < extent {
            let e = if at_run_time {
                let size = (padded + self.stride) as i64 - extent as i64;
                let stride = self.stride as i64;
                error!(
                    InvalidArgument,
                    "Computed output size would be negative: {} [input_size: {n}, effective_filter_size: {extent}, stride: {stride}]",
                    size / stride
                )
            } else {
                error!(InvalidArgument, "Negative dimension size caused by subtracting {extent} from {padded}")
            };
            return Err(e.fix("use padding='SAME', a smaller window or a larger input"));
        }
        Ok((padded - extent) / self.stride + 1)
    }
    /// Elements of padding before and after `n` elements.
    pub fn pads(&self, n: usize) -> (usize, usize) {
        match self.padding {
            Padding::Valid => (0, 0),
            Padding::Explicit(before, after) => (before, after),
            Padding::Same => {
                let windows = n.div_ceil(self.stride);
                let all = if windows == 0 { 0 } else { ((windows - 1) * self.stride + self.extent()).saturating_sub(n) };
                (all / 2, all - all / 2)
            }
        }
    }
}

/// A list attribute with one positive value per axis. `check` gives the error's first line for a wrong length and a bad value.
fn per_axis(
    c_at_run_time: bool,
    attrs: &Attrs,
    name: &str,
    wrong_length: [String; 2],
    not_positive: fn(i64) -> [String; 2],
) -> Result<[usize; 4]> {
    let values = attrs.ints(name)?;
    let pick = |texts: [String; 2]| {
        let [graph, kernel] = texts;
        error!(InvalidArgument, "{}", if c_at_run_time { kernel } else { graph }).axis(format!("attr '{name}'"))
    };
    if values.len() != 4 {
        return Err(pick(wrong_length));
    }
    let mut out = [0; 4];
    for (o, v) in out.iter_mut().zip(values) {
        *o = match usize::try_from(*v) {
            Ok(v) if v > 0 && v <= i32::MAX as usize => v,
            _ => return Err(pick(not_positive(*v))),
        };
    }
    Ok(out)
}

/// Attribute `strides`, checked.
pub fn strides(attrs: &Attrs, at_run_time: bool, op: &str) -> Result<[usize; 4]> {
    let n = attrs.ints("strides")?.len();
    let format = attrs.str("data_format")?;
    let graph = format!("{op} on data format {format} requires the stride attribute to contain 4 values, but got: {n}");
    let positive = |v| [format!("Stride must be > 0, but got {v}"), format!("Stride must be > 0, but got {v}")];
    per_axis(at_run_time, attrs, "strides", [graph, "Sliding window strides field must specify 4 dimensions".into()], positive)
}
/// Attribute `dilations`, checked.
pub fn dilations(attrs: &Attrs, at_run_time: bool, op: &str) -> Result<[usize; 4]> {
    let n = attrs.ints("dilations")?.len();
    let graph = format!("{op} requires the dilation attribute to contain 4 values, but got: {n}");
    let positive = |v| [format!("Dilation rate must be >= 1, but got {v}"), "Dilated rates should be larger than 0.".to_string()];
    per_axis(at_run_time, attrs, "dilations", [graph, "Sliding window dilations field must specify 4 dimensions".into()], positive)
}
/// Attribute `ksize`, checked.
pub fn ksize(attrs: &Attrs, at_run_time: bool, op: &str) -> Result<[usize; 4]> {
    let all = attrs.ints("ksize")?;
    let graph = format!("{op} requires the ksize attribute to contain 4 values, but got: {}", all.len());
    let positive = |v| {
        let text = format!("Sliding window ksize must be positive. The specified or inferred ksize is: {v}");
        [text.clone(), text]
    };
    per_axis(at_run_time, attrs, "ksize", [graph, "Sliding window ksize field must specify 4 dimensions".into()], positive)
}

/// Padding of height and width from `padding` and `explicit_paddings`.
pub fn paddings(attrs: &Attrs, axes: Axes) -> Result<[Padding; 2]> {
    let explicit = if attrs.has("explicit_paddings") { attrs.ints("explicit_paddings")? } else { &[] };
    let kind = attrs.str("padding")?;
    if kind != "EXPLICIT" {
        if !explicit.is_empty() {
            bail!(InvalidArgument, "explicit_paddings attribute must be empty if the padding attribute is not EXPLICIT");
        }
        let p = if kind == "SAME" { Padding::Same } else { Padding::Valid };
        return Ok([p, p]);
    }
    if explicit.len() != 8 {
        bail!(InvalidArgument, "explicit_paddings attribute must contain 8 values, but got: {}", explicit.len());
    }
    if explicit.iter().any(|p| *p < 0 || *p > i32::MAX as i64) {
        bail!(InvalidArgument, "All elements of explicit_paddings must be nonnegative");
    }
    let of = |axis: usize| (explicit[2 * axis] as usize, explicit[2 * axis + 1] as usize);
    if of(0) != (0, 0) || of(axes.channel) != (0, 0) {
        bail!(InvalidArgument, "Nonzero explicit padding in the batch or depth dimensions is not supported");
    }
    let (h, w) = (of(axes.height), of(axes.width));
    Ok([Padding::Explicit(h.0, h.1), Padding::Explicit(w.0, w.1)])
}

/// The windows of a convolution over height and width with a filter of these sizes.
pub fn conv_windows(attrs: &Attrs, filter: [usize; 2], at_run_time: bool, op: &str) -> Result<[Window; 2]> {
    let axes = Axes::of(attrs)?;
    let (s, d, p) = (strides(attrs, at_run_time, op)?, dilations(attrs, at_run_time, op)?, paddings(attrs, axes)?);
    if at_run_time && (s[0] != 1 || s[axes.channel] != 1) {
        bail!(Unimplemented, "Current implementation does not yet support strides in the batch and depth dimensions.");
    }
    if at_run_time && (d[0] != 1 || d[axes.channel] != 1) {
        bail!(InvalidArgument, "Current implementation does not yet support dilations in the batch and depth dimensions.");
    }
    let window = |i: usize, axis: usize| Window { size: filter[i], stride: s[axis], dilation: d[axis], padding: p[i] };
    Ok([window(0, axes.height), window(1, axes.width)])
}

/// The windows of a pooling over height and width, and the window and stride over channels.
pub fn pool_windows(attrs: &Attrs, at_run_time: bool, op: &str) -> Result<([Window; 2], Window)> {
    let axes = Axes::of(attrs)?;
    let (k, s, p) = (ksize(attrs, at_run_time, op)?, strides(attrs, at_run_time, op)?, paddings(attrs, axes)?);
    if at_run_time && (k[0] != 1 || s[0] != 1) {
        bail!(Unimplemented, "Pooling is not yet supported on the batch dimension.");
    }
    let window = |axis: usize, padding| Window { size: k[axis], stride: s[axis], dilation: 1, padding };
    let windows = [window(axes.height, p[0]), window(axes.width, p[1])];
    if at_run_time {
        for (w, names) in windows.iter().zip([["Top", "Bottom"], ["Left", "Right"]]) {
            if let Padding::Explicit(before, after) = w.padding {
                for (pad, name) in [before, after].into_iter().zip(names) {
                    if pad >= w.size {
                        bail!(InvalidArgument, "{name} padding {pad} needs to be smaller than the window size {}", w.size);
                    }
                }
            }
        }
    }
    Ok((windows, window(axes.channel, Padding::Valid)))
}

/// Output sizes of height and width, unknown where the input's are.
pub fn output_sizes(c: &Infer, windows: &[Window; 2], input: [Option<usize>; 2]) -> Result<[Option<usize>; 2]> {
    let one = |i: usize| input[i].map(|n| windows[i].output(n, c.at_run_time)).transpose();
    Ok([one(0)?, one(1)?])
}

/// A 4-D operand; `kernel` is the kernel's wording of the error.
pub fn four(c: &Infer, i: usize, kernel: &str) -> Result<PartialShape> {
    match c.shape(i).rank() {
        Some(r) if r != 4 => {
            let kernel = if kernel.ends_with(": ") { format!("{kernel}{}", c.shape(i)) } else { kernel.to_string() };
            Err(c
                .fail(Code::InvalidArgument, format!("Shape must be rank 4 but is rank {r}"), kernel)
                .axis(format!("operand '{}'", c.operand(i))))
        }
        _ => c.with_rank(i, 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_count_and_pad_as_tensorflow_does() {
        let w = |size, stride, dilation, padding| Window { size, stride, dilation, padding };
        assert_eq!(w(3, 2, 1, Padding::Same).output(7, false).ok(), Some(4));
        assert_eq!(w(3, 2, 1, Padding::Same).pads(7), (1, 1));
        assert_eq!(w(2, 1, 1, Padding::Same).pads(4), (0, 1));
        assert_eq!(w(3, 1, 2, Padding::Valid).output(7, false).ok(), Some(3));
        assert_eq!(w(3, 2, 1, Padding::Explicit(1, 2)).output(4, true).ok(), Some(3));
        assert_eq!(w(1, 3, 1, Padding::Same).pads(5), (0, 0));
        assert_eq!(w(2, 1, 1, Padding::Valid).output(1, true).ok(), Some(0));
        assert!(w(2, 1, 1, Padding::Valid).output(1, false).is_err());
        assert!(w(3, 1, 1, Padding::Valid).output(1, true).is_err());
    }
}
