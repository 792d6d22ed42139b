//! The tensor: dtype, shape and a shared, dense, row-major buffer.
use crate::buffer::{self, Buffer};
use crate::{DType, Element, Error, Result, Shape, bail, error};
use std::any::Any;
use std::sync::Arc;

/// The bytes of one string element.
pub type Str = Arc<[u8]>;

/// An element of a resource or variant tensor.
pub trait Object: Any + Send + Sync {
    /// The name of its type, for messages and summaries.
    fn type_name(&self) -> &str;
}

/// Memory of a device that the host may not be able to read.
pub trait DeviceMemory: Any + Send + Sync {
    /// Full name of the device that it lies on.
    fn device(&self) -> &str;
    /// Number of bytes.
    fn len(&self) -> usize;
    /// Whether it has no bytes.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Copies the bytes from `offset` on to host memory, once all that writes them is done. The offset counts bytes as the
    /// host would store the elements.
    fn read(&self, offset: usize, to: &mut [u8]) -> Result<()>;
    /// Whether its device was lost, and what it held with it.
    fn is_lost(&self) -> bool {
        false
    }
}

/// Where the elements are, and how many elements (bytes for device and host memory) to skip.
#[derive(Clone)]
enum Data {
    Host(Arc<Buffer>, usize),
    Strings(Arc<Vec<Str>>, usize),
    Objects(Arc<Vec<Arc<dyn Object>>>, usize),
    Device(Arc<dyn DeviceMemory>, usize),
    /// No elements: an empty slot.
    Nothing,
}

/// A dense array of one dtype. Cloning shares the elements.
///
/// ```
/// use ferroflow_tensor::Tensor;
/// let t = Tensor::from_slice(&[1.0f32, 2.0, 3.0, 4.0], [2, 2])?;
/// assert_eq!(t.shape().dims(), [2, 2]);
/// assert_eq!(t.rows(1, 1)?.slice::<f32>()?, [3.0, 4.0]);
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
#[derive(Clone)]
pub struct Tensor {
    dtype: DType,
    shape: Shape,
    data: Data,
}

impl Default for Tensor {
    /// An empty slot: a variant tensor of shape `[0]`, made without allocation.
    #[inline]
    fn default() -> Self {
        Tensor { dtype: DType::Variant, shape: Shape::EMPTY, data: Data::Nothing }
    }
}

/// The highest rank of a tensor, which is TensorFlow's.
pub const MAX_RANK: usize = 254;

/// InvalidArgument for more axes than TensorFlow's tensors may have.
fn check_rank(shape: &Shape) -> Result<()> {
    if shape.rank() > MAX_RANK {
        bail!(InvalidArgument, "Too many dimensions");
    }
    Ok(())
}

/// Bytes that a tensor needs, with TensorFlow's limit of 2^63 elements. Errors with InvalidArgument.
pub fn byte_len(dtype: DType, shape: &Shape) -> Result<usize> {
    check_rank(shape)?;
    let n = shape.checked_count().ok_or_else(|| error!(InvalidArgument, "Shape {shape} would have more than 2**63 - 1 elements"))?;
    n.checked_mul(dtype.size().max(1)).filter(|b| *b <= isize::MAX as usize).ok_or_else(|| {
        let name = dtype.signature_name();
        error!(ResourceExhausted, "OOM when allocating tensor with shape{shape} and type {name}").fix("use smaller sizes")
    })
}

/// A value `n` times. ResourceExhausted, instead of the end of the process, when the memory cannot be had.
pub fn repeated<T: Clone>(value: T, n: usize) -> Result<Vec<T>> {
    let mut all = reserved(n)?;
    all.resize(n, value);
    Ok(all)
}

/// No values, with memory for `n`. ResourceExhausted, instead of the end of the process, when the memory cannot be had.
pub fn reserved<T>(n: usize) -> Result<Vec<T>> {
    let mut all = vec![];
    let oom = |_| error!(ResourceExhausted, "OOM when allocating a tensor of {n} elements").fix("use smaller sizes");
    all.try_reserve_exact(n).map_err(oom)?;
    Ok(all)
}

/// All elements of tensors of one dtype, one after the other, as a vector.
pub fn joined(parts: &[Tensor], dtype: DType) -> Result<Tensor> {
    let n = parts.iter().map(|t| t.count()).sum::<usize>();
    if let [one] = parts {
        return one.reshape([n]);
    }
    if dtype == DType::String {
        let mut all = reserved(n)?;
        parts.iter().try_for_each(|t| t.strings().map(|s| all.extend_from_slice(s)))?;
        return Tensor::from_strings(all, [n]);
    }
    if dtype.is_object() {
        let mut all = reserved(n)?;
        parts.iter().try_for_each(|t| t.objects().map(|o| all.extend_from_slice(o)))?;
        return Tensor::from_objects(dtype, all, [n]);
    }
    let mut all = reserved(byte_len(dtype, &Shape::new(&[n]))?)?;
    parts.iter().try_for_each(|t| t.bytes().map(|b| all.extend_from_slice(b)))?;
    Tensor::from_bytes(dtype, [n], &all)
}

impl Tensor {
    /// A tensor of zeros (of empty strings). Resources and variants have no zero: Internal error.
    pub fn zeros(dtype: DType, shape: impl Into<Shape>) -> Result<Tensor> {
        Tensor::make(dtype, shape.into(), Buffer::zeroed)
    }
    /// A tensor whose elements are arbitrary until they are written: for results that are written whole.
    #[inline]
    pub fn recycled(dtype: DType, shape: impl Into<Shape>) -> Result<Tensor> {
        Tensor::make(dtype, shape.into(), Buffer::recycled)
    }
    #[inline]
    fn make(dtype: DType, shape: Shape, alloc: fn(usize) -> Result<Arc<Buffer>>) -> Result<Tensor> {
        let len = byte_len(dtype, &shape)?;
        let data = match dtype {
            DType::String => Data::Strings(Arc::new(repeated(Str::default(), len)?), 0),
            DType::Resource | DType::Variant => {
                if len > 0 {
                    bail!(Internal, "a {dtype} tensor of shape {shape} has no zero value");
                }
                Data::Objects(Arc::new(vec![]), 0)
            }
            _ => {
                let oom = |e: Error| {
                    let m = format!(
                        "OOM when allocating tensor with shape{shape} and type {} on /job:localhost/replica:0/task:0/device:CPU:0 by allocator cpu",
                        dtype.signature_name()
                    );
                    let gib = len as f64 / (1u64 << 30) as f64;
                    Error::new(e.code(), m)
                        .fix(format!("it needs {gib:.1} GiB: use smaller sizes, such as a smaller batch, or a narrower dtype"))
                };
                Data::Host(alloc(len).map_err(oom)?, 0)
            }
        };
        Ok(Tensor { dtype, shape, data })
    }
    /// A copy of elements in row-major order. InvalidArgument if the number differs from the shape's.
    pub fn from_slice<T: Element>(elements: &[T], shape: impl Into<Shape>) -> Result<Tensor> {
        Tensor::from_bytes(T::DTYPE, shape, buffer::as_bytes(elements))
    }
    /// A copy of raw element bytes in native order. InvalidArgument if the length differs from the shape's.
    pub fn from_bytes(dtype: DType, shape: impl Into<Shape>, bytes: &[u8]) -> Result<Tensor> {
        let shape = shape.into();
        if dtype.is_object() || byte_len(dtype, &shape)? != bytes.len() {
            bail!(InvalidArgument, "{} bytes do not make a {dtype} tensor of shape {shape}", bytes.len());
        }
        Ok(Tensor { dtype, shape, data: Data::Host(Buffer::copy_of(bytes)?, 0) })
    }
    /// A tensor over a buffer, from its first byte. InvalidArgument if the buffer is too short.
    pub fn from_buffer(dtype: DType, shape: impl Into<Shape>, buffer: Arc<Buffer>) -> Result<Tensor> {
        let shape = shape.into();
        if dtype.is_object() || byte_len(dtype, &shape)? > buffer.len() {
            bail!(InvalidArgument, "{} bytes do not make a {dtype} tensor of shape {shape}", buffer.len());
        }
        Ok(Tensor { dtype, shape, data: Data::Host(buffer, 0) })
    }
    /// A scalar.
    pub fn scalar<T: Element>(x: T) -> Tensor {
        // Sixteen bytes at most lie inside the buffer itself, so this cannot fail.
        Tensor::from_slice(&[x], Shape::SCALAR).unwrap_or_default()
    }
    /// A string tensor. InvalidArgument if the number differs from the shape's.
    pub fn from_strings(elements: Vec<Str>, shape: impl Into<Shape>) -> Result<Tensor> {
        let shape = shape.into();
        if shape.checked_count() != Some(elements.len()) {
            bail!(InvalidArgument, "{} strings do not make a tensor of shape {shape}", elements.len());
        }
        Ok(Tensor { dtype: DType::String, shape, data: Data::Strings(Arc::new(elements), 0) })
    }
    /// A scalar string.
    pub fn string(s: impl AsRef<[u8]>) -> Tensor {
        Tensor { dtype: DType::String, shape: Shape::SCALAR, data: Data::Strings(Arc::new(vec![s.as_ref().into()]), 0) }
    }
    /// A tensor of resources or variants. InvalidArgument if the number differs from the shape's.
    pub fn from_objects(dtype: DType, elements: Vec<Arc<dyn Object>>, shape: impl Into<Shape>) -> Result<Tensor> {
        let shape = shape.into();
        if !matches!(dtype, DType::Resource | DType::Variant) || shape.checked_count() != Some(elements.len()) {
            bail!(InvalidArgument, "{} objects do not make a {dtype} tensor of shape {shape}", elements.len());
        }
        Ok(Tensor { dtype, shape, data: Data::Objects(Arc::new(elements), 0) })
    }
    /// A scalar resource or variant.
    pub fn object(dtype: DType, element: Arc<dyn Object>) -> Tensor {
        Tensor { dtype, shape: Shape::SCALAR, data: Data::Objects(Arc::new(vec![element]), 0) }
    }
    /// A tensor in a device's memory, from its first byte.
    pub fn from_device(dtype: DType, shape: impl Into<Shape>, memory: Arc<dyn DeviceMemory>) -> Tensor {
        Tensor { dtype, shape: shape.into(), data: Data::Device(memory, 0) }
    }

    /// The dtype.
    #[inline(always)]
    pub fn dtype(&self) -> DType {
        self.dtype
    }
    /// The shape.
    #[inline(always)]
    pub fn shape(&self) -> &Shape {
        &self.shape
    }
    /// Number of elements.
    #[inline]
    pub fn count(&self) -> usize {
        self.shape.count()
    }
    /// Bytes of its elements; 0 for objects.
    #[inline]
    pub fn byte_len(&self) -> usize {
        self.count() * self.dtype.size()
    }
    /// Whether the host can read the elements.
    pub fn on_host(&self) -> bool {
        !matches!(self.data, Data::Device(..))
    }
    /// A tensor that the host can read: this one, or a copy of device memory.
    pub fn to_host(&self) -> Result<Tensor> {
        let Data::Device(memory, offset) = &self.data else { return Ok(self.clone()) };
        let mut t = Tensor::recycled(self.dtype, self.shape.clone())?;
        if let Some(to) = t.bytes_mut() {
            memory.read(*offset, to)?;
        }
        Ok(t)
    }
    /// Whether its elements are gone, as the device that held them was lost.
    pub fn is_lost(&self) -> bool {
        matches!(&self.data, Data::Device(memory, _) if memory.is_lost())
    }
    /// The device memory and the offset of the first byte in it, for tensors of a device.
    pub fn device_memory(&self) -> Option<(&Arc<dyn DeviceMemory>, usize)> {
        match &self.data {
            Data::Device(m, offset) => Some((m, *offset)),
            _ => None,
        }
    }
    /// Start of the elements in host memory; null for objects and device memory.
    #[inline(always)]
    pub fn ptr(&self) -> *const u8 {
        match &self.data {
            Data::Host(b, offset) => b.ptr().wrapping_add(*offset),
            _ => std::ptr::null(),
        }
    }
    /// Start of the elements in host memory, if at least `bytes` bytes follow it: less work than to count the elements.
    #[inline(always)]
    pub fn start(&self, bytes: usize) -> Option<*const u8> {
        match &self.data {
            Data::Host(b, offset) if b.len() - offset >= bytes => Some(b.ptr().wrapping_add(*offset)),
            _ => None,
        }
    }
    /// As [`start`](Self::start) for writing, if nobody else holds the elements.
    #[inline(always)]
    pub fn start_mut(&mut self, bytes: usize) -> Option<*mut u8> {
        match &mut self.data {
            Data::Host(b, offset) => {
                Buffer::bytes_mut(b).and_then(|all| all.get_mut(*offset..)).filter(|rest| rest.len() >= bytes).map(|rest| rest.as_mut_ptr())
            }
            _ => None,
        }
    }
    /// The element bytes. Internal error for objects and device memory.
    #[inline]
    pub fn bytes(&self) -> Result<&[u8]> {
        match &self.data {
            Data::Host(b, offset) => Ok(&b.bytes()[*offset..*offset + self.byte_len()]),
            _ => Err(self.no_bytes()),
        }
    }
    #[cold]
    fn no_bytes(&self) -> Error {
        let place = self.device_memory().map_or("objects", |(m, _)| m.device());
        error!(Internal, "the host cannot read the bytes of a {} tensor of shape {} ({place})", self.dtype, self.shape)
    }
    /// The elements. Internal error if they are of another type or not in host memory.
    #[inline]
    pub fn slice<T: Element>(&self) -> Result<&[T]> {
        self.expect_dtype(T::DTYPE)?;
        buffer::cast(self.bytes()?)
    }
    fn expect_dtype(&self, dtype: DType) -> Result<()> {
        if self.dtype != dtype {
            bail!(Internal, "a {} tensor was read as {dtype}", self.dtype);
        }
        Ok(())
    }
    /// The element bytes for writing, if nobody else holds them.
    #[inline]
    pub fn bytes_mut(&mut self) -> Option<&mut [u8]> {
        let len = self.byte_len();
        match &mut self.data {
            Data::Host(b, offset) => Buffer::bytes_mut(b).and_then(|all| all.get_mut(*offset..*offset + len)),
            _ => None,
        }
    }
    /// The elements for writing. Internal error if somebody else holds them or they are of another type.
    #[inline]
    pub fn slice_mut<T: Element>(&mut self) -> Result<&mut [T]> {
        self.expect_dtype(T::DTYPE)?;
        match self.bytes_mut() {
            Some(b) => buffer::cast_mut(b),
            None => bail!(Internal, "a shared tensor was written"),
        }
    }
    /// The string elements. Internal error for other dtypes.
    pub fn strings(&self) -> Result<&[Str]> {
        match &self.data {
            Data::Strings(s, offset) => Ok(&s[*offset..*offset + self.count()]),
            _ => Err(self.no_bytes()),
        }
    }
    /// The resource or variant elements. Internal error for other dtypes.
    pub fn objects(&self) -> Result<&[Arc<dyn Object>]> {
        match &self.data {
            Data::Objects(s, offset) => Ok(&s[*offset..*offset + self.count()]),
            Data::Nothing => Ok(&[]),
            _ => Err(self.no_bytes()),
        }
    }
    /// The only element of a resource or variant tensor as a `T`. InvalidArgument if it is something else.
    pub fn get_object<T: Object>(&self) -> Result<Arc<T>> {
        let any: Arc<dyn Any + Send + Sync> = self.only_object()?.clone();
        any.downcast::<T>().map_err(|_| self.no_object::<T>())
    }
    /// As [`get_object`](Self::get_object), without a new holder.
    #[inline]
    pub fn object_ref<T: Object>(&self) -> Result<&T> {
        let any: &dyn Any = &**self.only_object()?;
        any.downcast_ref::<T>().ok_or_else(|| self.no_object::<T>())
    }
    #[inline]
    fn only_object(&self) -> Result<&Arc<dyn Object>> {
        match self.objects()? {
            [element] => Ok(element),
            _ => bail!(InvalidArgument, "expected a scalar {}, got shape {}", self.dtype, self.shape),
        }
    }
    #[cold]
    fn no_object<T>(&self) -> Error {
        let found = self.only_object().map_or("nothing", |o| o.type_name());
        error!(InvalidArgument, "Trying to access resource of type {found} as {}", std::any::type_name::<T>())
    }
    /// The value of a one-element tensor. Internal error as [`slice`](Self::slice); InvalidArgument if not one element.
    pub fn item<T: Element>(&self) -> Result<T> {
        match self.slice::<T>()? {
            [x] => Ok(*x),
            _ => bail!(InvalidArgument, "expected one element, got shape {}", self.shape),
        }
    }
    /// The elements of an integer tensor (a shape, axis or size operand) as `i64`. InvalidArgument for other dtypes.
    pub fn to_i64(&self) -> Result<Vec<i64>> {
        macro_rules! widen {
            ($t:ty) => {
                Ok(self.slice::<$t>()?.iter().map(|x| *x as i64).collect())
            };
        }
        match self.dtype {
            DType::Int32 => widen!(i32),
            DType::Int64 => Ok(self.slice::<i64>()?.to_vec()),
            DType::UInt8 => widen!(u8),
            DType::Int8 => widen!(i8),
            DType::UInt16 => widen!(u16),
            DType::Int16 => widen!(i16),
            DType::UInt32 => widen!(u32),
            DType::UInt64 => widen!(u64),
            d => bail!(InvalidArgument, "expected an integer tensor, got {d}"),
        }
    }

    /// The same elements under another shape. InvalidArgument if the number of elements differs.
    pub fn reshape(&self, shape: impl Into<Shape>) -> Result<Tensor> {
        let shape = shape.into();
        check_rank(&shape)?;
        if shape.checked_count() != Some(self.count()) {
            let (have, want) = (self.count(), shape.count());
            let e = error!(InvalidArgument, "Input to reshape is a tensor with {have} values, but the requested shape has {want}");
            return Err(e.fix(format!("give sizes whose product is {have}; one of them may be -1")));
        }
        Ok(Tensor { dtype: self.dtype, shape, data: self.data.clone() })
    }
    /// Rows `start..start+len` along the first axis, sharing the elements. OutOfRange beyond the end.
    pub fn rows(&self, start: usize, len: usize) -> Result<Tensor> {
        let Some(&n) = self.shape.first() else { bail!(InvalidArgument, "a scalar has no rows") };
        if start.checked_add(len).is_none_or(|end| end > n) {
            bail!(OutOfRange, "rows {start}..{start}+{len} of {n}");
        }
        let mut shape = self.shape.clone();
        shape.dims_mut()[0] = len;
        let per_row: usize = self.shape[1..].iter().product();
        let skip = start * per_row;
        let data = match &self.data {
            Data::Host(b, o) => Data::Host(b.clone(), o + skip * self.dtype.size()),
            Data::Strings(s, o) => Data::Strings(s.clone(), o + skip),
            Data::Objects(s, o) => Data::Objects(s.clone(), o + skip),
            Data::Device(m, o) => Data::Device(m.clone(), o + skip * self.dtype.size()),
            Data::Nothing => Data::Nothing,
        };
        Ok(Tensor { dtype: self.dtype, shape, data })
    }
    /// Row `i` along the first axis without that axis, sharing the elements.
    pub fn row(&self, i: usize) -> Result<Tensor> {
        let mut t = self.rows(i, 1)?;
        t.shape = Shape::new(&self.shape[1..]);
        Ok(t)
    }
    /// The same bytes as elements of another dtype of the same size (Bitcast between equal sizes). Internal error otherwise.
    pub fn view_as(&self, dtype: DType) -> Result<Tensor> {
        if dtype.is_object() || self.dtype.is_object() || dtype.size() != self.dtype.size() {
            bail!(Internal, "{} cannot be viewed as {dtype}", self.dtype);
        }
        Ok(Tensor { dtype, shape: self.shape.clone(), data: self.data.clone() })
    }
    /// Whether nobody else holds the elements.
    #[inline]
    pub fn is_unique(&self) -> bool {
        match &self.data {
            Data::Host(b, _) => Arc::strong_count(b) == 1 && !b.is_foreign(),
            Data::Strings(s, _) => Arc::strong_count(s) == 1,
            Data::Objects(s, _) => Arc::strong_count(s) == 1,
            Data::Device(m, _) => Arc::strong_count(m) == 1,
            Data::Nothing => true,
        }
    }
    /// Whether it is a small value in memory of its own that nobody else holds: a place worth keeping for the next one.
    #[inline]
    pub fn is_spare(&self) -> bool {
        const SMALL: usize = 4096;
        matches!(&self.data, Data::Host(b, 0) if b.len() <= SMALL && Arc::strong_count(b) == 1 && !b.is_transient() && !b.is_foreign())
    }
    /// Whether two tensors share the same memory block.
    pub fn shares_memory(&self, o: &Tensor) -> bool {
        match (&self.data, &o.data) {
            (Data::Host(a, _), Data::Host(b, _)) => Arc::ptr_eq(a, b),
            (Data::Strings(a, _), Data::Strings(b, _)) => Arc::ptr_eq(a, b),
            (Data::Objects(a, _), Data::Objects(b, _)) => Arc::ptr_eq(a, b),
            (Data::Device(a, _), Data::Device(b, _)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
    /// Whether the elements are only there until the current run ends (arena memory, a fed array).
    #[inline]
    pub fn is_transient(&self) -> bool {
        matches!(&self.data, Data::Host(b, _) if b.is_transient())
    }
    /// Whether it may outlive the run and holds no more memory than it shows.
    #[inline]
    pub fn is_settled(&self) -> bool {
        match &self.data {
            Data::Host(b, _) => !b.is_transient() && b.len() <= 2 * self.byte_len() + 4096,
            Data::Strings(s, _) => s.len() <= 2 * self.count() + 64,
            _ => true,
        }
    }
    /// A tensor that may outlive the run and holds no more memory than it shows: this one if it is so already,
    /// else a copy. Everything that goes into variables, queues, caches and results passes through here.
    #[inline]
    pub fn settle(self) -> Result<Tensor> {
        if self.is_settled() { Ok(self) } else { self.copy() }
    }
    /// A copy in host memory that shares nothing (objects themselves stay shared).
    pub fn copy(&self) -> Result<Tensor> {
        let data = match &self.data {
            Data::Host(..) => Data::Host(Buffer::copy_of(self.bytes()?)?, 0),
            Data::Strings(..) => Data::Strings(Arc::new(self.strings()?.to_vec()), 0),
            Data::Objects(..) => Data::Objects(Arc::new(self.objects()?.to_vec()), 0),
            Data::Nothing => Data::Nothing,
            Data::Device(..) => return self.to_host(),
        };
        Ok(Tensor { dtype: self.dtype, shape: self.shape.clone(), data })
    }
    /// Whether dtype, shape and all element bytes (strings; identity of objects) are equal. NaN equals itself here.
    pub fn same_bits(&self, o: &Tensor) -> bool {
        self.dtype == o.dtype
            && self.shape == o.shape
            && match (&self.data, &o.data) {
                (Data::Strings(..), Data::Strings(..)) => self.strings().ok() == o.strings().ok(),
                (Data::Host(..), Data::Host(..)) => self.bytes().ok() == o.bytes().ok(),
                (Data::Nothing, Data::Nothing) => true,
                _ => self.shares_memory(o),
            }
    }
}

impl std::fmt::Debug for Tensor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tensor({} {}", self.dtype, self.shape)?;
        macro_rules! show {
            ($($d:ident $t:ty),*) => { match self.dtype {
                $(DType::$d => if let Ok(s) = self.slice::<$t>() { write!(f, " {:?}", &s[..s.len().min(8)])? })*
                DType::String => if let Ok(s) = self.strings() { for x in s.iter().take(8) { write!(f, " {:?}", String::from_utf8_lossy(x))? } },
                _ => {}
            } };
        }
        show!(Float f32, Double f64, Int32 i32, Int64 i64, Bool bool, UInt8 u8);
        f.write_str(")")
    }
}
