//! Gradients of the convolutions: each of the three forms of a convolution has the other two as its gradient.
use crate::attr::Attr;
use crate::build::{Build, Grad, GradValue, Val, dense, some};
use ferroflow_tensor::Result;

/// The ops of a family of convolutions.
struct Family {
    forward: &'static str,
    input: &'static str,
    filter: &'static str,
    attrs: &'static [&'static str],
}
const CONV: Family = Family {
    forward: "Conv2D",
    input: "Conv2DBackpropInput",
    filter: "Conv2DBackpropFilter",
    attrs: &["strides", "use_cudnn_on_gpu", "padding", "explicit_paddings", "data_format", "dilations"],
};
const CONV3D: Family = Family {
    forward: "Conv3D",
    input: "Conv3DBackpropInputV2",
    filter: "Conv3DBackpropFilterV2",
    attrs: &["strides", "padding", "data_format", "dilations"],
};
const DEPTHWISE: Family = Family {
    forward: "DepthwiseConv2dNative",
    input: "DepthwiseConv2dNativeBackpropInput",
    filter: "DepthwiseConv2dNativeBackpropFilter",
    attrs: &["strides", "padding", "explicit_paddings", "data_format", "dilations"],
};

impl Family {
    fn attrs(&self, g: &Grad) -> Vec<(&'static str, Attr)> {
        self.attrs.iter().filter_map(|a| Some((*a, g.attrs.get(a)?.clone()))).collect()
    }
    fn to_input(&self, b: &mut dyn Build, g: &Grad, input: Val, filter: Val, dy: Val) -> Val {
        let sizes = b.shape_of(input);
        b.call(self.input, &[sizes, filter, dy], &self.attrs(g))
    }
    fn to_filter(&self, b: &mut dyn Build, g: &Grad, input: Val, filter: Val, dy: Val) -> Val {
        let sizes = b.shape_of(filter);
        b.call(self.filter, &[input, sizes, dy], &self.attrs(g))
    }
    fn forward(&self, b: &mut dyn Build, g: &Grad, input: Val, filter: Val) -> Val {
        b.call(self.forward, &[input, filter], &self.attrs(g))
    }
    fn forward_grad(&self, b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
        let (x, f, dy) = (g.x(0), g.x(1), g.dy(b, 0));
        let (dx, df) = (self.to_input(b, g, x, f, dy), self.to_filter(b, g, x, f, dy));
        dense([dx, df])
    }
    fn input_grad(&self, b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
        let (f, out, dy) = (g.x(1), g.x(2), g.dy(b, 0));
        let (df, dout) = (self.to_filter(b, g, dy, f, out), self.forward(b, g, dy, f));
        some([None, Some(df), Some(dout)])
    }
    fn filter_grad(&self, b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
        let (x, out, dy) = (g.x(0), g.x(2), g.dy(b, 0));
        let (dx, dout) = (self.to_input(b, g, x, dy, out), self.forward(b, g, x, dy));
        some([Some(dx), None, Some(dout)])
    }
}

/// Gradient of Conv2D.
pub fn conv_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    CONV.forward_grad(b, g)
}
/// Gradient of Conv2DBackpropInput.
pub fn input_backprop_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    CONV.input_grad(b, g)
}
/// Gradient of Conv2DBackpropFilter.
pub fn filter_backprop_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    CONV.filter_grad(b, g)
}
/// Gradient of Conv3D.
pub fn conv3d_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    CONV3D.forward_grad(b, g)
}
/// Gradient of Conv3DBackpropInputV2.
pub fn conv3d_input_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    CONV3D.input_grad(b, g)
}
/// Gradient of Conv3DBackpropFilterV2.
pub fn conv3d_filter_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    CONV3D.filter_grad(b, g)
}
/// Gradient of DepthwiseConv2dNative.
pub fn depthwise_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    DEPTHWISE.forward_grad(b, g)
}
/// Gradient of DepthwiseConv2dNativeBackpropInput.
pub fn depthwise_input_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    DEPTHWISE.input_grad(b, g)
}
/// Gradient of DepthwiseConv2dNativeBackpropFilter.
pub fn depthwise_filter_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    DEPTHWISE.filter_grad(b, g)
}
