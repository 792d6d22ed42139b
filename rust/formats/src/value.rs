//! A dense tensor as files see it: dtype, dimensions and little-endian bytes or strings.
use ferroflow_tensor::{DType, Result, Shape, Str, Tensor, bail, error};

/// The elements of a [`RawTensor`].
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Little-endian elements in row-major order (all dtypes of fixed size).
    Bytes(Vec<u8>),
    /// One byte string an element (dtype string).
    Strings(Vec<Vec<u8>>),
}

/// A dense tensor in the form that files hold.
#[derive(Clone, Debug, PartialEq)]
pub struct RawTensor {
    /// The dtype; never resource or variant.
    pub dtype: DType,
    /// The sizes of the dimensions.
    pub dims: Vec<i64>,
    /// The elements.
    pub data: Data,
}

impl RawTensor {
    /// A tensor of a dtype of fixed size. `InvalidArgument` if the number of bytes does not fit dtype and shape.
    pub fn from_bytes(dtype: DType, dims: &[i64], bytes: Vec<u8>) -> Result<Self> {
        if byte_size(dtype, dims)? != bytes.len() {
            bail!(InvalidArgument, "{} bytes do not make a {dtype} tensor of shape {dims:?}", bytes.len());
        }
        Ok(RawTensor { dtype, dims: dims.to_vec(), data: Data::Bytes(bytes) })
    }

    /// A tensor of strings. `InvalidArgument` if their number does not fit the shape.
    pub fn from_strings(dims: &[i64], strings: Vec<Vec<u8>>) -> Result<Self> {
        if num_elements(dims)? != strings.len() {
            bail!(InvalidArgument, "{} strings do not make a tensor of shape {dims:?}", strings.len());
        }
        Ok(RawTensor { dtype: DType::String, dims: dims.to_vec(), data: Data::Strings(strings) })
    }

    /// A vector of float32.
    pub fn f32s(values: &[f32]) -> Self {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        RawTensor { dtype: DType::Float, dims: vec![values.len() as i64], data: Data::Bytes(bytes) }
    }

    /// The little-endian bytes; `None` for strings.
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.data {
            Data::Bytes(bytes) => Some(bytes),
            Data::Strings(_) => None,
        }
    }

    /// The strings; `None` for other dtypes.
    pub fn strings(&self) -> Option<&[Vec<u8>]> {
        match &self.data {
            Data::Bytes(_) => None,
            Data::Strings(strings) => Some(strings),
        }
    }
}

/// The number of elements of a shape. `InvalidArgument` if a size is negative or the product overflows.
pub fn num_elements(dims: &[i64]) -> Result<usize> {
    let mut count: usize = 1;
    let mut has_zero = false;
    for &d in dims {
        let d = usize::try_from(d).map_err(|_| error!(InvalidArgument, "Dimension {d} must be >= 0 in shape {dims:?}"))?;
        if d == 0 {
            has_zero = true;
            continue;
        }
        count = count
            .checked_mul(d)
            .filter(|&c| c <= i64::MAX as usize)
            .ok_or_else(|| error!(InvalidArgument, "Shape {dims:?} has more than 2**63 - 1 elements"))?;
    }
    Ok(if has_zero { 0 } else { count })
}

/// The number of bytes of a tensor. `InvalidArgument` for bad shapes and for dtypes without a fixed size.
pub fn byte_size(dtype: DType, dims: &[i64]) -> Result<usize> {
    if dtype.is_object() {
        bail!(InvalidArgument, "{dtype} elements have no fixed size");
    }
    let too_big = || error!(InvalidArgument, "A {dtype} tensor of shape {dims:?} has more than 2**63 - 1 bytes");
    num_elements(dims)?.checked_mul(dtype.size()).filter(|&n| n <= i64::MAX as usize).ok_or_else(too_big)
}

impl RawTensor {
    /// A copy of a tensor in host memory. `InvalidArgument` for resources and variants.
    pub fn from_tensor(tensor: &Tensor) -> Result<Self> {
        let dims: Vec<i64> = tensor.shape().dims().iter().map(|&d| d as i64).collect();
        match tensor.dtype() {
            DType::String => Self::from_strings(&dims, tensor.strings()?.iter().map(|s| s.to_vec()).collect()),
            dtype if dtype.is_object() => bail!(InvalidArgument, "A {dtype} tensor cannot be written to a file"),
            dtype => Self::from_bytes(dtype, &dims, tensor.bytes()?.to_vec()),
        }
    }

    /// The tensor in memory of the engine. `InvalidArgument` if the shape is not valid.
    pub fn to_tensor(&self) -> Result<Tensor> {
        num_elements(&self.dims)?;
        let dims: Vec<usize> = self.dims.iter().map(|&d| d as usize).collect();
        match &self.data {
            Data::Bytes(bytes) => Tensor::from_bytes(self.dtype, Shape::new(&dims), bytes),
            Data::Strings(strings) => {
                let strings = strings.iter().map(|s| Str::from(s.as_slice())).collect();
                Tensor::from_strings(strings, Shape::new(&dims))
            }
        }
    }
}
