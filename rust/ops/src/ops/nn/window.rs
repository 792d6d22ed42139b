//! Sliding windows: output sizes and padding of convolutions and pooling, and the axes of data formats.
use crate::attr::Attrs;
use crate::infer::Infer;
use ferroflow_tensor::{Code, PartialShape, Result, bail, error};

/// Which axes are which in a data format with `N` spatial axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axes<const N: usize> {
    /// Height and width, after the depth if there are three.
    pub spatial: [usize; N],
    /// Channels.
    pub channel: usize,
}

impl<const N: usize> Axes<N> {
    /// The axes of the attribute `data_format`. Unimplemented for formats that exist on special hardware only.
    pub fn of(attrs: &Attrs) -> Result<Axes<N>> {
        // Ops that know no other format than the usual one have no attribute.
        let format = if attrs.has("data_format") { attrs.str("data_format")? } else { "NHWC" };
        match format {
            "NHWC" | "NDHWC" => Ok(Axes { spatial: std::array::from_fn(|i| i + 1), channel: N + 1 }),
            "NCHW" | "NCDHW" => Ok(Axes { spatial: std::array::from_fn(|i| i + 2), channel: 1 }),
            other => bail!(Unimplemented, "data_format {other} is not supported"),
        }
    }
    /// Dims with these sizes.
    pub fn dims<T: Copy>(&self, batch: T, spatial: [T; N], channel: T) -> Vec<T> {
        let mut dims = vec![batch; N + 2];
        for (axis, size) in self.spatial.into_iter().zip(spatial) {
            dims[axis] = size;
        }
        dims[self.channel] = channel;
        dims
    }
    /// The spatial sizes of a shape, where known.
    pub fn sizes(&self, shape: &PartialShape) -> [Option<usize>; N] {
        self.spatial.map(|axis| shape.dim(axis))
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

/// A list attribute with one positive value for each of `N` spatial axes, the batch and the channels: batch, spatial,
/// channels. The texts are the error's first lines, in graphs and in kernels, for a wrong length and a bad value.
fn per_axis<const N: usize>(
    attrs: &Attrs,
    at_run_time: bool,
    name: &str,
    wrong_length: [String; 2],
    not_positive: fn(i64) -> [String; 2],
) -> Result<(usize, [usize; N], usize)> {
    let (values, axes) = (attrs.ints(name)?, Axes::<N>::of(attrs)?);
    let pick = |texts: [String; 2]| {
        let [graph, kernel] = texts;
        error!(InvalidArgument, "{}", if at_run_time { kernel } else { graph }).axis(format!("attr '{name}'"))
    };
    if values.len() != N + 2 {
        return Err(pick(wrong_length));
    }
    let positive = |v: i64| match usize::try_from(v) {
        Ok(v) if v > 0 && v <= i32::MAX as usize => Ok(v),
        _ => Err(pick(not_positive(v))),
    };
    let mut spatial = [0; N];
    for (out, axis) in spatial.iter_mut().zip(axes.spatial) {
        *out = positive(values[axis])?;
    }
    Ok((positive(values[0])?, spatial, positive(values[axes.channel])?))
}

/// Attribute `strides`, checked: batch, spatial, channels.
pub fn strides<const N: usize>(attrs: &Attrs, at_run_time: bool, op: &str) -> Result<(usize, [usize; N], usize)> {
    let (n, want) = (attrs.ints("strides")?.len(), N + 2);
    let graph = if N == 2 && attrs.has("data_format") {
        let format = attrs.str("data_format")?;
        format!("{op} on data format {format} requires the stride attribute to contain {want} values, but got: {n}")
    } else {
        format!("{op} requires the stride attribute to contain {want} values, but got: {n}")
    };
    let kernel = format!("Sliding window strides field must specify {want} dimensions");
    let positive = |v| [format!("Stride must be > 0, but got {v}"), format!("Stride must be > 0, but got {v}")];
    per_axis(attrs, at_run_time, "strides", [graph, kernel], positive)
}
/// Attribute `dilations`, checked: batch, spatial, channels.
pub fn dilations<const N: usize>(attrs: &Attrs, at_run_time: bool, op: &str) -> Result<(usize, [usize; N], usize)> {
    let (n, want) = (attrs.ints("dilations")?.len(), N + 2);
    let graph = format!("{op} requires the dilation attribute to contain {want} values, but got: {n}");
    let what = if N == 2 { "Sliding window dilations" } else { "Dilation rates" };
    let kernel = format!("{what} field must specify {want} dimensions");
    let positive = |v| [format!("Dilation rate must be >= 1, but got {v}"), "Dilated rates should be larger than 0.".to_string()];
    per_axis(attrs, at_run_time, "dilations", [graph, kernel], positive)
}
/// Attribute `ksize`, checked: batch, spatial, channels.
pub fn ksize<const N: usize>(attrs: &Attrs, at_run_time: bool, op: &str) -> Result<(usize, [usize; N], usize)> {
    let (n, want) = (attrs.ints("ksize")?.len(), N + 2);
    let graph = format!("{op} requires the ksize attribute to contain {want} values, but got: {n}");
    let kernel = format!("Sliding window ksize field must specify {want} dimensions");
    let positive = |v| {
        let text = format!("Sliding window ksize must be positive. The specified or inferred ksize is: {v}");
        [text.clone(), text]
    };
    per_axis(attrs, at_run_time, "ksize", [graph, kernel], positive)
}

/// Padding of the spatial axes from `padding` and `explicit_paddings`.
pub fn paddings<const N: usize>(attrs: &Attrs, axes: Axes<N>) -> Result<[Padding; N]> {
    let explicit = if attrs.has("explicit_paddings") { attrs.ints("explicit_paddings")? } else { &[] };
    let kind = attrs.str("padding")?;
    if kind != "EXPLICIT" {
        if !explicit.is_empty() {
            bail!(InvalidArgument, "explicit_paddings attribute must be empty if the padding attribute is not EXPLICIT");
        }
        return Ok([if kind == "SAME" { Padding::Same } else { Padding::Valid }; N]);
    }
    let want = 2 * (N + 2);
    if explicit.len() != want {
        bail!(InvalidArgument, "explicit_paddings attribute must contain {want} values, but got: {}", explicit.len());
    }
    if explicit.iter().any(|p| *p < 0 || *p > i32::MAX as i64) {
        bail!(InvalidArgument, "All elements of explicit_paddings must be nonnegative");
    }
    let of = |axis: usize| (explicit[2 * axis] as usize, explicit[2 * axis + 1] as usize);
    if of(0) != (0, 0) || of(axes.channel) != (0, 0) {
        bail!(InvalidArgument, "Nonzero explicit padding in the batch or depth dimensions is not supported");
    }
    Ok(axes.spatial.map(|axis| Padding::Explicit(of(axis).0, of(axis).1)))
}

/// The windows of a convolution over the spatial axes with a filter of these sizes.
pub fn conv_windows<const N: usize>(attrs: &Attrs, filter: [usize; N], at_run_time: bool, op: &str) -> Result<[Window; N]> {
    let p = paddings(attrs, Axes::<N>::of(attrs)?)?;
    let (s, d) = (strides::<N>(attrs, at_run_time, op)?, dilations::<N>(attrs, at_run_time, op)?);
    if at_run_time && (s.0 != 1 || s.2 != 1) {
        bail!(Unimplemented, "Current implementation does not yet support strides in the batch and depth dimensions.");
    }
    if at_run_time && (d.0 != 1 || d.2 != 1) {
        let what = if N == 2 { "dilations" } else { "dilation rates" };
        bail!(InvalidArgument, "Current implementation does not yet support {what} in the batch and depth dimensions.");
    }
    Ok(std::array::from_fn(|i| Window { size: filter[i], stride: s.1[i], dilation: d.1[i], padding: p[i] }))
}

/// The windows of a pooling over the spatial axes, and the window and stride over channels.
pub fn pool_windows<const N: usize>(attrs: &Attrs, at_run_time: bool, op: &str) -> Result<([Window; N], Window)> {
    let p = paddings(attrs, Axes::<N>::of(attrs)?)?;
    let (k, s) = (ksize::<N>(attrs, at_run_time, op)?, strides::<N>(attrs, at_run_time, op)?);
    if at_run_time && (k.0 != 1 || s.0 != 1) {
        bail!(Unimplemented, "Pooling is not yet supported on the batch dimension.");
    }
    let window = |size, stride, padding| Window { size, stride, dilation: 1, padding };
    let windows: [Window; N] = std::array::from_fn(|i| window(k.1[i], s.1[i], p[i]));
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
    Ok((windows, window(k.2, s.2, Padding::Valid)))
}

/// Output sizes of the spatial axes, unknown where the input's are.
pub fn output_sizes<const N: usize>(c: &Infer, windows: &[Window; N], input: [Option<usize>; N]) -> Result<[Option<usize>; N]> {
    let mut out = input;
    for (size, window) in out.iter_mut().zip(windows) {
        *size = size.map(|n| window.output(n, c.at_run_time)).transpose()?;
    }
    Ok(out)
}

/// An operand with `N` spatial axes; `kernel` is the kernel's wording of the error.
pub fn images<const N: usize>(c: &Infer, i: usize, kernel: &str) -> Result<PartialShape> {
    let want = N + 2;
    match c.shape(i).rank() {
        Some(r) if r != want => {
            let kernel = if kernel.ends_with(": ") { format!("{kernel}{}", c.shape(i)) } else { kernel.to_string() };
            Err(c
                .fail(Code::InvalidArgument, format!("Shape must be rank {want} but is rank {r}"), kernel)
                .axis(format!("operand '{}'", c.operand(i))))
        }
        _ => c.with_rank(i, want),
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
