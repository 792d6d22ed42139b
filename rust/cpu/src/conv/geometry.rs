//! The sizes of a convolution: checked once, so that no loop can leave its arrays.

use ferroflow_tensor::{Result, bail, error};

/// A 2-D convolution of `[batch, height, width, channels]` arrays.
///
/// Spatial pairs are `[height, width]`. Padding is the number of zero rows and columns before and after the input, as
/// `SAME`, `VALID` or `EXPLICIT` resolve to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conv2d {
    /// Images.
    pub batch: usize,
    /// Height and width of the input.
    pub input: [usize; 2],
    /// Channels of the input.
    pub in_channels: usize,
    /// Height and width of the filter.
    pub filter: [usize; 2],
    /// Channels that one filter sees: `in_channels / groups`. A depthwise convolution has 1.
    pub filter_channels: usize,
    /// Channels of the output; a multiple of the groups.
    pub out_channels: usize,
    /// Steps of the filter; at least 1.
    pub strides: [usize; 2],
    /// Distances between filter elements; at least 1.
    pub dilations: [usize; 2],
    /// Zeros before and after the input, for height and for width.
    pub padding: [[usize; 2]; 2],
}

impl Conv2d {
    /// Height and width of the output; 0 where the filter is larger than the padded input.
    pub fn output(&self) -> [usize; 2] {
        std::array::from_fn(|d| {
            let reach = self.filter[d].saturating_sub(1).saturating_mul(self.dilations[d]).saturating_add(1);
            let padded = self.input[d].saturating_add(self.padding[d][0]).saturating_add(self.padding[d][1]);
            if padded < reach { 0 } else { (padded - reach) / self.strides[d].max(1) + 1 }
        })
    }

    /// Independent groups of channels.
    pub fn groups(&self) -> usize {
        self.in_channels / self.filter_channels.max(1)
    }

    /// Filter elements of a channel.
    pub(crate) fn taps(&self) -> usize {
        self.filter[0] * self.filter[1]
    }

    /// Checks the sizes and the lengths of the arrays that are given as (name, length, expected length).
    pub(crate) fn check(&self, input: usize, filter: usize, output: usize) -> Result<()> {
        let small = |x: usize| x < 1 << 31;
        let pairs = [self.input, self.strides, self.dilations, self.filter, self.padding[0], self.padding[1]];
        if !pairs.iter().flatten().chain([&self.batch, &self.in_channels, &self.out_channels]).all(|&x| small(x)) {
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
        if (0..2).any(|d| (self.filter[d] as u128) * (self.dilations[d] as u128) >= 1 << 31) {
            bail!(InvalidArgument, "dilated filter of a convolution must be smaller than 2^31");
        }
        let [h, w] = self.output();
        for (name, len, sizes) in [
            ("input", input, [self.batch, self.input[0], self.input[1], self.in_channels]),
            ("filter", filter, [self.filter[0], self.filter[1], self.filter_channels, self.out_channels]),
            ("output", output, [self.batch, h, w, self.out_channels]),
        ] {
            let product = sizes.iter().try_fold(1usize, |n, &x| n.checked_mul(x));
            if product != Some(len) {
                return Err(error!(InvalidArgument, "{name} of a convolution has {len} elements, not those of {sizes:?}"));
            }
        }
        Ok(())
    }
}
