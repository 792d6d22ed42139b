//! DLPack: tensors in and out of other libraries without a copy. The structures are those of DLPack 1.0's C header.
#![allow(unsafe_code)]
use crate::door::{enter, raise};
use crate::numpy::{COPY_UP_TO, truthful};
use crate::tensor::{EagerTensor, new_eager};
use ferroflow_runtime::Value;
use ferroflow_tensor::buffer::{Buffer, Lifetime};
use ferroflow_tensor::{DType, MAX_RANK, Result, Shape, Tensor, bail, error};
use pyo3::exceptions::{PyBufferError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use pyo3::{ffi, intern};
use std::ffi::{CStr, c_void};
use std::ptr::null_mut;

/// Host memory, the only place where our tensors lie: DLPack's `kDLCPU`, device 0.
pub const CPU: (i32, i32) = (1, 0);
/// The version that our capsules have.
const VERSION: Version = Version { major: 1, minor: 0 };
/// The consumer must not write.
const READ_ONLY: u64 = 1;
/// The memory was copied for this capsule and is nobody else's.
const IS_COPIED: u64 = 2;

#[repr(C)]
#[derive(Clone, Copy)]
struct Device {
    kind: i32,
    number: i32,
}
#[repr(C)]
#[derive(Clone, Copy)]
struct DataType {
    code: u8,
    bits: u8,
    lanes: u16,
}
#[repr(C)]
struct DlTensor {
    data: *mut c_void,
    device: Device,
    rank: i32,
    dtype: DataType,
    shape: *mut i64,
    /// In elements; null for row-major.
    strides: *mut i64,
    byte_offset: u64,
}
/// What a capsule "dltensor" points to.
#[repr(C)]
struct Plain {
    tensor: DlTensor,
    context: *mut c_void,
    deleter: Deleter<Plain>,
}
#[repr(C)]
struct Version {
    major: u32,
    minor: u32,
}
/// What a capsule "dltensor_versioned" points to.
#[repr(C)]
struct Versioned {
    version: Version,
    context: *mut c_void,
    deleter: Deleter<Versioned>,
    flags: u64,
    tensor: DlTensor,
}
type Deleter<M> = Option<unsafe extern "C" fn(*mut M)>;

/// The two kinds of capsules.
trait Managed: Sized + 'static {
    /// Name of a capsule that waits for its consumer.
    const NAME: &'static CStr;
    /// Name of a capsule whose tensor was taken.
    const USED: &'static CStr;
    fn new(tensor: DlTensor, flags: u64) -> Self;
    fn tensor(&self) -> &DlTensor;
    fn set_context(&mut self, context: *mut c_void);
    fn context(&self) -> *mut c_void;
    fn deleter(&self) -> Deleter<Self>;
    fn flags(&self) -> u64;
    /// Whether the rest of the structure is laid out as we know it.
    fn readable(&self) -> Result<()>;
}
impl Managed for Plain {
    const NAME: &'static CStr = c"dltensor";
    const USED: &'static CStr = c"used_dltensor";
    fn new(tensor: DlTensor, _flags: u64) -> Self {
        Plain { tensor, context: null_mut(), deleter: Some(delete::<Plain>) }
    }
    fn tensor(&self) -> &DlTensor {
        &self.tensor
    }
    fn set_context(&mut self, context: *mut c_void) {
        self.context = context;
    }
    fn context(&self) -> *mut c_void {
        self.context
    }
    fn deleter(&self) -> Deleter<Self> {
        self.deleter
    }
    fn flags(&self) -> u64 {
        0
    }
    fn readable(&self) -> Result<()> {
        Ok(())
    }
}
impl Managed for Versioned {
    const NAME: &'static CStr = c"dltensor_versioned";
    const USED: &'static CStr = c"used_dltensor_versioned";
    fn new(tensor: DlTensor, flags: u64) -> Self {
        Versioned { version: VERSION, context: null_mut(), deleter: Some(delete::<Versioned>), flags, tensor }
    }
    fn tensor(&self) -> &DlTensor {
        &self.tensor
    }
    fn set_context(&mut self, context: *mut c_void) {
        self.context = context;
    }
    fn context(&self) -> *mut c_void {
        self.context
    }
    fn deleter(&self) -> Deleter<Self> {
        self.deleter
    }
    fn flags(&self) -> u64 {
        self.flags
    }
    fn readable(&self) -> Result<()> {
        if self.version.major != VERSION.major {
            bail!(InvalidArgument, "DLPack version {}.{} is not supported, only version 1", self.version.major, self.version.minor);
        }
        Ok(())
    }
}

/// DLPack's codes of kinds of numbers, with the dtypes of each.
const DTYPES: [(u8, DType); 15] = [
    (0, DType::Int8),
    (0, DType::Int16),
    (0, DType::Int32),
    (0, DType::Int64),
    (1, DType::UInt8),
    (1, DType::UInt16),
    (1, DType::UInt32),
    (1, DType::UInt64),
    (2, DType::Half),
    (2, DType::Float),
    (2, DType::Double),
    (4, DType::BFloat16),
    (5, DType::Complex64),
    (5, DType::Complex128),
    (6, DType::Bool),
];

/// A tensor that was given out, with what its capsule points to.
struct Export<M> {
    managed: M,
    _shape: Vec<i64>,
    _strides: Vec<i64>,
    tensor: Tensor,
}

/// Gives an exported tensor's memory back; any thread may call it, with or without the interpreter lock.
///
/// # Safety
/// `managed` is the structure of one of our capsules, and this is its only call.
unsafe extern "C" fn delete<M: Managed>(managed: *mut M) {
    // SAFETY: the context is the box that `export` made; the caller calls once.
    unsafe { drop(Box::from_raw((*managed).context().cast::<Export<M>>())) }
}

/// Frees a tensor that nobody took, when its capsule goes.
unsafe extern "C" fn destroy<M: Managed>(capsule: *mut ffi::PyObject) {
    // SAFETY: Python passes the capsule that goes; one that still has our name still owns its structure.
    unsafe {
        if ffi::PyCapsule_IsValid(capsule, M::NAME.as_ptr()) != 0 {
            delete(ffi::PyCapsule_GetPointer(capsule, M::NAME.as_ptr()).cast::<M>());
        }
    }
}

/// A capsule that shares a tensor's memory, or owns a copy of it; a versioned one for consumers of version 1 and later.
/// InvalidArgumentError for dtypes that DLPack lacks.
pub fn export<'py>(py: Python<'py>, t: &Tensor, versioned: bool, copy: bool) -> PyResult<Bound<'py, PyAny>> {
    let t = enter(py, || if copy && !t.dtype().is_object() { t.copy() } else { t.clone().settle() })?;
    let flags = if copy { IS_COPIED } else { READ_ONLY };
    if versioned { capsule::<Versioned>(py, t, flags) } else { capsule::<Plain>(py, t, flags) }
}

fn capsule<M: Managed>(py: Python<'_>, tensor: Tensor, flags: u64) -> PyResult<Bound<'_, PyAny>> {
    let dtype = tensor.dtype();
    let Some((code, _)) = DTYPES.iter().find(|(_, d)| *d == dtype) else {
        let e = error!(InvalidArgument, "DT_{} is not supported by dlpack", dtype.name().to_uppercase());
        return Err(raise(py, e));
    };
    let mut shape: Vec<i64> = tensor.shape().iter().map(|d| *d as i64).collect();
    let mut strides = vec![1i64; shape.len()];
    for i in (1..shape.len()).rev() {
        strides[i - 1] = strides[i].saturating_mul(shape[i].max(1));
    }
    let raw = DlTensor {
        data: tensor.ptr() as *mut c_void,
        device: Device { kind: CPU.0, number: CPU.1 },
        rank: shape.len() as i32,
        dtype: DataType { code: *code, bits: (dtype.size() * 8) as u8, lanes: 1 },
        shape: shape.as_mut_ptr(),
        strides: strides.as_mut_ptr(),
        byte_offset: 0,
    };
    let export = Box::into_raw(Box::new(Export { managed: M::new(raw, flags), _shape: shape, _strides: strides, tensor }));
    // SAFETY: the box is whole and ours; the capsule takes it over, or it is freed here if there is no capsule.
    unsafe {
        (*export).managed.set_context(export.cast());
        let managed = &raw mut (*export).managed;
        let made = ffi::PyCapsule_New(managed.cast(), M::NAME.as_ptr(), Some(destroy::<M>));
        if made.is_null() {
            delete(managed);
        }
        Bound::from_owned_ptr_or_err(py, made)
    }
}

/// A concrete tensor as a capsule of the unversioned kind. InvalidArgumentError for all else.
#[pyfunction]
pub fn to_dlpack<'py>(tensor: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = tensor.py();
    match tensor.cast_exact::<EagerTensor>() {
        Ok(t) => export(py, &t.get().near(py)?, false, false),
        Err(_) => {
            let e = error!(InvalidArgument, "The argument to `to_dlpack` must be a TF tensor, not Python object");
            let kind = tensor.get_type().name()?;
            Err(raise(py, e.fix(format!("it is of type {kind}; pass a concrete tensor, for a variable `v.read_value()`"))))
        }
    }
}

/// What `EagerTensor.__dlpack__` is asked for. BufferError for what host memory cannot give.
pub fn asked<'py>(
    py: Python<'py>,
    t: &Tensor,
    stream: Option<&Bound<'py, PyAny>>,
    max_version: Option<(u32, u32)>,
    device: Option<(i32, i32)>,
    copy: Option<bool>,
) -> PyResult<Bound<'py, PyAny>> {
    if stream.is_some() {
        return Err(PyBufferError::new_err("a tensor in host memory has no stream: `stream` must be None"));
    }
    if let Some((kind, number)) = device.filter(|d| *d != CPU) {
        return Err(PyBufferError::new_err(format!(
            "a tensor in host memory, DLPack's device (1, 0), cannot be given out on device ({kind}, {number})"
        )));
    }
    export(py, t, max_version.is_some_and(|v| v.0 >= VERSION.major), copy == Some(true))
}

/// A structure that we took from a capsule: its deleter is called when it goes.
struct Taken<M: Managed>(*mut M);
// SAFETY: the memory is only read, and DLPack's deleters may be called from any thread.
unsafe impl<M: Managed> Send for Taken<M> {}
// SAFETY: see above.
unsafe impl<M: Managed> Sync for Taken<M> {}
impl<M: Managed> Drop for Taken<M> {
    fn drop(&mut self) {
        // SAFETY: the structure is ours since we took it, and nothing reads it after this.
        unsafe {
            if let Some(deleter) = (*self.0).deleter() {
                deleter(self.0);
            }
        }
    }
}

/// The tensor of a capsule, or of an object with `__dlpack__`.
#[pyfunction]
pub fn from_dlpack<'py>(source: &Bound<'py, PyAny>) -> PyResult<Bound<'py, EagerTensor>> {
    let py = source.py();
    let capsule = if source.is_instance_of::<PyCapsule>() { source.clone() } else { capsule_of(source)? };
    let valid = |name: &CStr| {
        // SAFETY: a live object and a name that ends with a zero.
        unsafe { ffi::PyCapsule_IsValid(capsule.as_ptr(), name.as_ptr()) != 0 }
    };
    let tensor = if valid(Versioned::NAME) {
        take::<Versioned>(&capsule)?
    } else if valid(Plain::NAME) {
        take::<Plain>(&capsule)?
    } else {
        let used = [Plain::USED, Versioned::USED].into_iter().find(|name| valid(name));
        let got = used.map_or_else(|| capsule.to_string(), |name| format!("\"{}\"", name.to_string_lossy()));
        let e = error!(
            InvalidArgument,
            "DLPack tensor must be a capsule with name \"dltensor\", got {got}. Note that a DLPack tensor may be consumed at most once."
        );
        return Err(raise(py, if used.is_some() { e.fix("make a new capsule for each consumer") } else { e }));
    };
    new_eager(py, Value::new(tensor))
}

/// Asks an object for a capsule, as the array API says.
fn capsule_of<'py>(source: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = source.py();
    if !source.hasattr(intern!(py, "__dlpack__"))? || !source.hasattr(intern!(py, "__dlpack_device__"))? {
        let kind = source.get_type().name()?;
        return Err(PyTypeError::new_err(format!("from_dlpack takes a DLPack capsule or an object with `__dlpack__`, not {kind}")));
    }
    let device: (i32, i32) = source.call_method0(intern!(py, "__dlpack_device__"))?.extract()?;
    enter(py, || on_host(device.0))?;
    let wish = PyDict::new(py);
    wish.set_item(intern!(py, "max_version"), (VERSION.major, VERSION.minor))?;
    let capsule = match source.call_method(intern!(py, "__dlpack__"), (), Some(&wish)) {
        // Producers from before version 1 do not know the argument.
        Err(e) if e.is_instance_of::<PyTypeError>(py) => source.call_method0(intern!(py, "__dlpack__"))?,
        other => other?,
    };
    if !capsule.is_instance_of::<PyCapsule>() {
        let (kind, got) = (source.get_type().name()?, capsule.get_type().name()?);
        return Err(PyTypeError::new_err(format!("{kind}.__dlpack__ returned an object of type {got}, not a capsule")));
    }
    Ok(capsule)
}

fn on_host(kind: i32) -> Result<()> {
    if kind != CPU.0 {
        let e = error!(InvalidArgument, "Unsupported Device Type: a DLPack tensor of device type {kind}, only host memory (1) can be read");
        return Err(e.fix("move the tensor to the host before it is passed"));
    }
    Ok(())
}

/// Takes the tensor out of a capsule. A capsule whose tensor cannot be taken stays as it was.
fn take<M: Managed>(capsule: &Bound<'_, PyAny>) -> PyResult<Tensor> {
    let py = capsule.py();
    // SAFETY: a live capsule of this name holds a structure of this kind, which is ours once the capsule is renamed.
    let (found, taken) = unsafe {
        let managed = ffi::PyCapsule_GetPointer(capsule.as_ptr(), M::NAME.as_ptr()).cast::<M>();
        if managed.is_null() {
            return Err(PyErr::fetch(py));
        }
        let found = enter(py, || (*managed).readable().and_then(|()| look((*managed).tensor())))?;
        if ffi::PyCapsule_SetName(capsule.as_ptr(), M::USED.as_ptr()) != 0 {
            return Err(PyErr::fetch(py));
        }
        (found, Taken(managed))
    };
    enter(py, || found.read(taken))
}

/// A foreign tensor whose description was checked.
struct Found {
    dtype: DType,
    shape: Shape,
    start: *const u8,
    /// In elements; None if the elements are row-major.
    strides: Option<Vec<i64>>,
}

/// Checks a description.
///
/// # Safety
/// `t` describes a tensor as DLPack says: `shape`, and `strides` unless null, have `rank` numbers.
unsafe fn look(t: &DlTensor) -> Result<Found> {
    on_host(t.device.kind)?;
    let DataType { code, bits, lanes } = t.dtype;
    let known = DTYPES.iter().find(|(c, d)| *c == code && d.size() * 8 == bits as usize && lanes == 1);
    let Some((_, dtype)) = known else {
        bail!(InvalidArgument, "Unsupported DLPack dtype: type code {code} with {bits} bits and {lanes} lanes");
    };
    let rank = usize::try_from(t.rank).ok().filter(|r| *r <= MAX_RANK && (*r == 0 || !t.shape.is_null()));
    let Some(rank) = rank else {
        bail!(InvalidArgument, "Invalid rank {} of a DLPack tensor", t.rank);
    };
    let numbers = |at: *mut i64| {
        // SAFETY: not null if the rank is above 0 (checked), with `rank` numbers (the caller's word).
        if rank == 0 { vec![] } else { unsafe { std::slice::from_raw_parts(at, rank) }.to_vec() }
    };
    let sizes = numbers(t.shape);
    let dims: Option<Vec<usize>> = sizes.iter().map(|d| usize::try_from(*d).ok()).collect();
    let Some(dims) = dims else {
        bail!(InvalidArgument, "Invalid shape {sizes:?} of a DLPack tensor: a size is negative");
    };
    let shape = Shape::new(&dims);
    let len = ferroflow_tensor::byte_len(*dtype, &shape)?;
    if len > 0 && t.data.is_null() {
        bail!(InvalidArgument, "a DLPack tensor of shape {shape} has no memory");
    }
    let strides = if t.strides.is_null() || len == 0 { None } else { Some(numbers(t.strides)) };
    let strides = strides.filter(|s| {
        let mut next = 1;
        let row_major = dims.iter().zip(s).rev().all(|(d, s)| {
            let fits = *d == 1 || *s == next;
            next *= *d as i64;
            fits
        });
        !row_major
    });
    Ok(Found { dtype: *dtype, shape, start: t.data.cast::<u8>().wrapping_add(t.byte_offset as usize), strides })
}

impl Found {
    /// The tensor: one of ours as it is; read-only memory is borrowed until the last tensor on it goes; all else is copied.
    fn read<M: Managed>(self, taken: Taken<M>) -> Result<Tensor> {
        // SAFETY: the structure lives as long as `taken`; one with our deleter has our box behind it.
        let (flags, ours) = unsafe {
            let managed = &*taken.0;
            let same = managed.deleter().is_some_and(|d| std::ptr::fn_addr_eq(d, delete::<M> as unsafe extern "C" fn(*mut M)));
            (managed.flags(), same.then(|| (*managed.context().cast::<Export<M>>()).tensor.clone()))
        };
        if let Some(tensor) = ours {
            return Ok(tensor);
        }
        let len = self.shape.count() * self.dtype.size();
        if len == 0 {
            return Tensor::zeros(self.dtype, self.shape);
        }
        if let Some(strides) = &self.strides {
            return self.gather(strides);
        }
        // SAFETY: the producer keeps the elements readable until its deleter is called.
        let bytes = unsafe { std::slice::from_raw_parts(self.start, len) };
        if self.dtype == DType::Bool && !truthful(bytes) {
            let clean: Vec<u8> = bytes.iter().map(|b| u8::from(*b != 0)).collect();
            return Tensor::from_bytes(self.dtype, self.shape, &clean);
        }
        let aligned = (self.start as usize).is_multiple_of(self.dtype.size().min(16));
        // Read-only memory may still be written by its producer.
        if flags & IS_COPIED == 0 || len <= COPY_UP_TO || !aligned {
            return Tensor::from_bytes(self.dtype, self.shape, bytes);
        }
        // SAFETY: `taken` keeps the memory; the producer says that it was copied for us, so that nobody else writes it.
        let buffer = unsafe { Buffer::foreign(self.start, len, Box::new(taken), Lifetime::Stable) };
        Tensor::from_buffer(self.dtype, self.shape, buffer)
    }
    /// A row-major copy of strided elements.
    fn gather(&self, strides: &[i64]) -> Result<Tensor> {
        let mut tensor = Tensor::recycled(self.dtype, self.shape.clone())?;
        let size = self.dtype.size();
        let Some(to) = tensor.bytes_mut() else { bail!(Internal, "a new tensor cannot be written") };
        let mut at = vec![0usize; self.shape.rank()];
        let mut offset = 0i64;
        for element in to.chunks_exact_mut(size) {
            // SAFETY: `offset` belongs to an index within the shape, where the producer's strides have an element.
            element.copy_from_slice(unsafe {
                std::slice::from_raw_parts(self.start.wrapping_offset(offset.wrapping_mul(size as i64) as isize), size)
            });
            for axis in (0..at.len()).rev() {
                at[axis] += 1;
                offset = offset.wrapping_add(strides[axis]);
                if at[axis] < self.shape[axis] {
                    break;
                }
                offset = offset.wrapping_sub(strides[axis].wrapping_mul(at[axis] as i64));
                at[axis] = 0;
            }
        }
        if self.dtype == DType::Bool {
            to.iter_mut().for_each(|b| *b = u8::from(*b != 0));
        }
        Ok(tensor)
    }
}
