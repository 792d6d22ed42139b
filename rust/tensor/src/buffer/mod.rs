//! Bytes in host memory with one owner or many: own aligned blocks, foreign memory kept alive, parts of an arena.
#![allow(unsafe_code)]
mod arena;
mod blocks;

pub use arena::{Arena, Interval, Lane};
pub use blocks::{allocated_bytes, idle_bytes, release_idle};

use crate::{Element, Result, bail};
use std::any::Any;
use std::cell::UnsafeCell;
use std::sync::Arc;

/// Every block of our own starts at a multiple of this many bytes.
pub const ALIGN: usize = 64;
const SMALL: usize = 64;

/// A run of bytes in host memory. Read-only while it has several owners; with one owner it may be written.
pub struct Buffer {
    start: *mut u8,
    len: usize,
    owner: Owner,
    small: UnsafeCell<[u64; SMALL / 8]>,
}

enum Owner {
    /// The bytes lie in `small`.
    Inline,
    /// A block of our own; its capacity in bytes.
    Block(usize),
    /// Memory of somebody else, valid as long as the box lives. Never written.
    Foreign(#[allow(dead_code)] Box<dyn Any + Send + Sync>, Lifetime),
    /// A part of an arena, kept alive by this reference.
    Part(#[allow(dead_code)] Arc<Buffer>),
}

/// How long the content of foreign memory may be relied on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lifetime {
    /// Nobody changes it while it is kept alive.
    Stable,
    /// Only until the current run ends: a fed array, which its owner may change afterwards.
    Run,
}

// SAFETY: `start` points to memory that the buffer owns or keeps alive. Shared access only reads; writing needs
// `&mut` and the check in `bytes_mut` that no other owner exists.
unsafe impl Send for Buffer {}
// SAFETY: see above.
unsafe impl Sync for Buffer {}

impl Buffer {
    /// `len` bytes, all zero. Errors with ResourceExhausted when the memory cannot be had.
    #[inline]
    pub fn zeroed(len: usize) -> Result<Arc<Buffer>> {
        if len <= SMALL {
            return Ok(Arc::new(Buffer { start: std::ptr::null_mut(), len, owner: Owner::Inline, small: UnsafeCell::new([0; 8]) }));
        }
        let (start, capacity) = blocks::take(len, true)?;
        Ok(Arc::new(Buffer { start, len, owner: Owner::Block(capacity), small: UnsafeCell::new([0; 8]) }))
    }
    /// `len` bytes with the contents of an earlier block or zeros: for results that are written whole.
    #[inline]
    pub fn recycled(len: usize) -> Result<Arc<Buffer>> {
        if len <= SMALL {
            return Buffer::zeroed(len);
        }
        let (start, capacity) = blocks::take(len, false)?;
        Ok(Arc::new(Buffer { start, len, owner: Owner::Block(capacity), small: UnsafeCell::new([0; 8]) }))
    }
    /// A copy of these bytes.
    pub fn copy_of(bytes: &[u8]) -> Result<Arc<Buffer>> {
        let mut b = Buffer::recycled(bytes.len())?;
        if let Some(to) = Buffer::bytes_mut(&mut b) {
            to.copy_from_slice(bytes);
        }
        Ok(b)
    }
    /// Memory of somebody else, which `owner` keeps alive.
    ///
    /// # Safety
    /// `start..start+len` is initialised, readable until `owner` is dropped, and not written meanwhile
    /// ([`Lifetime::Run`]: not written until the current run ends).
    pub unsafe fn foreign(start: *const u8, len: usize, owner: Box<dyn Any + Send + Sync>, lifetime: Lifetime) -> Arc<Buffer> {
        Arc::new(Buffer { start: start as *mut u8, len, owner: Owner::Foreign(owner, lifetime), small: UnsafeCell::new([0; 8]) })
    }
    /// Start of the bytes.
    #[inline(always)]
    pub fn ptr(&self) -> *const u8 {
        match self.owner {
            Owner::Inline => self.small.get() as *const u8,
            _ => self.start,
        }
    }
    /// Number of bytes.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }
    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// The bytes.
    #[inline(always)]
    pub fn bytes(&self) -> &[u8] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: `ptr` is valid for `len` initialised bytes while self lives; writers need sole ownership.
        unsafe { std::slice::from_raw_parts(self.ptr(), self.len) }
    }
    /// The bytes for writing, if `this` is the only owner and the memory is ours.
    #[inline(always)]
    pub fn bytes_mut(this: &mut Arc<Buffer>) -> Option<&mut [u8]> {
        // Weak references are never made, so a strong count of one means sole ownership.
        if Arc::strong_count(this) != 1 || matches!(this.owner, Owner::Foreign(..)) {
            return None;
        }
        if this.len == 0 {
            return Some(&mut []);
        }
        // SAFETY: sole owner (checked above, and `&mut` bars new ones), memory writable and valid for `len`.
        Some(unsafe { std::slice::from_raw_parts_mut(this.ptr() as *mut u8, this.len) })
    }
    /// Whether the bytes may change or vanish when the current run ends: arena parts and fed arrays.
    #[inline]
    pub fn is_transient(&self) -> bool {
        matches!(self.owner, Owner::Part(_) | Owner::Foreign(_, Lifetime::Run))
    }
    /// Whether the memory belongs to somebody else and must not be written.
    pub fn is_foreign(&self) -> bool {
        matches!(self.owner, Owner::Foreign(..))
    }
}

impl Drop for Buffer {
    #[inline]
    fn drop(&mut self) {
        if let Owner::Block(capacity) = self.owner {
            blocks::give(self.start, capacity);
        }
    }
}

/// Bytes as elements. Errors if the pointer is not aligned or the length is not a multiple of the element.
pub fn cast<T: Element>(bytes: &[u8]) -> Result<&[T]> {
    let size = size_of::<T>();
    if bytes.is_empty() {
        return Ok(&[]);
    }
    if !(bytes.as_ptr() as usize).is_multiple_of(align_of::<T>()) || !bytes.len().is_multiple_of(size) {
        bail!(Internal, "{} bytes are not aligned elements of {}", bytes.len(), T::DTYPE);
    }
    // SAFETY: aligned and whole (checked); every bit pattern of an Element is valid (bool: see its documentation).
    Ok(unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len() / size) })
}
/// Writable bytes as elements; errors as [`cast`].
pub fn cast_mut<T: Element>(bytes: &mut [u8]) -> Result<&mut [T]> {
    let size = size_of::<T>();
    if bytes.is_empty() {
        return Ok(&mut []);
    }
    if !(bytes.as_ptr() as usize).is_multiple_of(align_of::<T>()) || !bytes.len().is_multiple_of(size) {
        bail!(Internal, "{} bytes are not aligned elements of {}", bytes.len(), T::DTYPE);
    }
    // SAFETY: as in `cast`, and the exclusive borrow passes over to the result.
    Ok(unsafe { std::slice::from_raw_parts_mut(bytes.as_mut_ptr().cast(), bytes.len() / size) })
}
/// Writable elements as bytes. Not for bool: a byte that is neither 0 nor 1 must not be written to it.
pub fn as_bytes_mut<T: Element>(elements: &mut [T]) -> &mut [u8] {
    // SAFETY: Elements are plain data without padding, and the exclusive borrow passes over to the result.
    unsafe { std::slice::from_raw_parts_mut(elements.as_mut_ptr().cast(), size_of_val(elements)) }
}
/// Elements as bytes.
pub fn as_bytes<T: Element>(elements: &[T]) -> &[u8] {
    // SAFETY: Elements are plain data without padding.
    unsafe { std::slice::from_raw_parts(elements.as_ptr().cast(), size_of_val(elements)) }
}
