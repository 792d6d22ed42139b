//! The sizes of a convolution: checked once, so that no loop can leave its arrays.

use ferroflow_tensor::{Result, bail, error};

/// A convolution of `[batch, depth, height, width, channels]` arrays; images have a depth of 1.
///
/// Spatial triples are `[depth, height, width]`. Padding is the number of zeros before and after the input on each axis, as
/// `SAME`, `VALID` or `EXPLICIT` resolve to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conv {
    /// Images or volumes.
    pub batch: usize,
    /// Sizes of the input.
    pub input: [usize; 3],
    /// Channels of the input.
    pub in_channels: usize,
    /// Sizes of the filter.
    pub filter: [usize; 3],
    /// Channels that one filter sees: `in_channels / groups`. A depthwise convolution has 1.
    pub filter_channels: usize,
    /// Channels of the output; a multiple of the groups.
    pub out_channels: usize,
    /// Steps of the filter; at least 1.
    pub strides: [usize; 3],
    /// Distances between filter elements; at least 1.
    pub dilations: [usize; 3],
    /// Zeros before and after the input.
    pub padding: [[usize; 2]; 3],
}

impl Conv {
    /// Sizes of the output; 0 where the filter is larger than the padded input.
    pub fn output(&self) -> [usize; 3] {
        std::array::from_fn(|d| {
            let reach = self.filter[d].saturating_sub(1).saturating_mul(self.dilations[d]).saturating_add(1);
            let padded = self.padded(d);
            if padded < reach { 0 } else { (padded - reach) / self.strides[d].max(1) + 1 }
        })
    }

    /// Independent groups of channels.
    pub fn groups(&self) -> usize {
        self.in_channels / self.filter_channels.max(1)
    }

    /// Size of the input with its padding.
    pub(crate) fn padded(&self, d: usize) -> usize {
        self.input[d].saturating_add(self.padding[d][0]).saturating_add(self.padding[d][1])
    }

    /// Filter elements of a channel.
    pub(crate) fn taps(&self) -> usize {
        self.filter.iter().product()
    }

    /// Where filter element `tap` looks, relative to the first.
    pub(crate) fn shift(&self, tap: usize) -> [usize; 3] {
        let [_, h, w] = self.filter;
        let at = [tap / (h * w), tap / w % h, tap % w];
        [0, 1, 2].map(|d| at[d] * self.dilations[d])
    }

    /// Whether the output is one matrix product of the pixels and the filter.
    pub(crate) fn is_pointwise(&self) -> bool {
        self.filter == [1; 3] && self.strides == [1; 3] && self.padding == [[0; 2]; 3]
    }

    /// Checks the sizes and the lengths of the arrays.
    pub(crate) fn check(&self, input: usize, filter: usize, output: usize) -> Result<()> {
        let small = |x: usize| x < 1 << 31;
        let sizes = [self.input, self.strides, self.dilations, self.filter];
        let mut all = sizes.iter().flatten().chain(self.padding.iter().flatten());
        if !all.all(|&x| small(x)) || ![self.batch, self.in_channels, self.out_channels].into_iter().all(small) {
            bail!(InvalidArgument, "sizes of a convolution must be below 2^31");
        }
        if self.filter.contains(&0) || self.strides.contains(&0) || self.dilations.contains(&0) {
            bail!(InvalidArgument, "filter sizes, strides and dilations of a convolution must be at least 1");
        }
        let groups = self.groups();
        let divides = match groups {
            0 => self.filter_channels == 0 || self.out_channels == 0,
            n => self.filter_channels * n == self.in_channels && self.out_channels.is_multiple_of(n),
        };
        if !divides {
            bail!(
                InvalidArgument,
                "input depth {} and output depth {} must be evenly divisible into groups of filter depth {}",
                self.in_channels,
                self.out_channels,
                self.filter_channels
            );
        }
        if (0..3).any(|d| (self.filter[d] as u128) * (self.dilations[d] as u128) >= 1 << 31) {
            bail!(InvalidArgument, "the reach of a convolution's filter must be below 2^31");
        }
        let ([d, h, w], [di, hi, wi], [df, hf, wf]) = (self.output(), self.input, self.filter);
        for (name, len, sizes) in [
            ("input", input, [self.batch, di, hi, wi, self.in_channels]),
            ("filter", filter, [df, hf, wf, self.filter_channels, self.out_channels]),
            ("output", output, [self.batch, d, h, w, self.out_channels]),
        ] {
            let product = sizes.iter().try_fold(1usize, |n, &x| n.checked_mul(x));
            if product != Some(len) {
                return Err(error!(InvalidArgument, "{name} of a convolution has {len} elements, not those of {sizes:?}"));
            }
        }
        Ok(())
    }
}
