//! Values of one dtype that parsers gather one by one, and the tensor of them.
use ferroflow_tensor::{DType, Result, Shape, Str, Tensor};

pub(super) enum Column {
    Floats(Vec<f32>),
    Doubles(Vec<f64>),
    Ints(Vec<i32>),
    Longs(Vec<i64>),
    Texts(Vec<Str>),
}

impl Column {
    /// None for a dtype that no parser makes.
    pub fn new(dtype: DType) -> Option<Column> {
        Some(match dtype {
            DType::Float => Column::Floats(vec![]),
            DType::Double => Column::Doubles(vec![]),
            DType::Int32 => Column::Ints(vec![]),
            DType::Int64 => Column::Longs(vec![]),
            DType::String => Column::Texts(vec![]),
            _ => return None,
        })
    }
    pub fn len(&self) -> usize {
        match self {
            Column::Floats(v) => v.len(),
            Column::Doubles(v) => v.len(),
            Column::Ints(v) => v.len(),
            Column::Longs(v) => v.len(),
            Column::Texts(v) => v.len(),
        }
    }
    /// Adds `n` times the elements of a tensor of this dtype.
    pub fn repeat(&mut self, t: &Tensor, n: usize) -> Result<()> {
        for _ in 0..n {
            match self {
                Column::Floats(v) => v.extend(t.slice::<f32>()?),
                Column::Doubles(v) => v.extend(t.slice::<f64>()?),
                Column::Ints(v) => v.extend(t.slice::<i32>()?),
                Column::Longs(v) => v.extend(t.slice::<i64>()?),
                Column::Texts(v) => v.extend(t.strings()?.iter().cloned()),
            }
        }
        Ok(())
    }
    pub fn tensor(self, shape: impl Into<Shape>) -> Result<Tensor> {
        match self {
            Column::Floats(v) => Tensor::from_slice(&v, shape),
            Column::Doubles(v) => Tensor::from_slice(&v, shape),
            Column::Ints(v) => Tensor::from_slice(&v, shape),
            Column::Longs(v) => Tensor::from_slice(&v, shape),
            Column::Texts(v) => Tensor::from_strings(v, shape),
        }
    }
}
