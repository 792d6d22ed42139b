//! Scratch memory of the kernels: kept per thread, so that products of the same size do not fault in pages again.
#![allow(unsafe_code)]

use std::alloc::{Layout, LayoutError, alloc, dealloc, handle_alloc_error};
use std::cell::RefCell;

/// Blocks larger than this go back to the allocator, in bytes.
const KEEP: usize = 16 << 20;
/// Blocks that a thread keeps.
const KEPT_BLOCKS: usize = 4;
const ALIGN: usize = 64;
/// Size and alignment from which blocks ask for huge pages.
const HUGE: usize = 2 << 20;

/// Uninitialised memory, aligned to a cache line, for `len` elements of a plain number type.
pub(crate) struct Scratch<T: Copy> {
    block: Block,
    ptr: *mut T,
}

struct Block {
    ptr: *mut u8,
    bytes: usize,
}

thread_local! {
    static FREE: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
}

impl<T: Copy> Scratch<T> {
    /// Room for `len` elements; for none, an address that may not be used.
    pub fn new(len: usize) -> Self {
        if len == 0 {
            return Scratch { block: Block { ptr: std::ptr::null_mut(), bytes: 0 }, ptr: std::ptr::NonNull::dangling().as_ptr() };
        }
        let bytes = len.saturating_mul(size_of::<T>()).max(ALIGN);
        let kept = FREE.with_borrow_mut(|free| {
            let best = (0..free.len()).filter(|&i| free[i].bytes >= bytes).min_by_key(|&i| free[i].bytes)?;
            Some(free.swap_remove(best))
        });
        let block = kept.unwrap_or_else(|| Block::new(bytes));
        Scratch { ptr: block.ptr.cast(), block }
    }

    /// The first element.
    pub fn ptr(&self) -> *mut T {
        self.ptr
    }
}

impl<T: Copy> Drop for Scratch<T> {
    fn drop(&mut self) {
        let block = std::mem::replace(&mut self.block, Block { ptr: std::ptr::null_mut(), bytes: 0 });
        if block.bytes == 0 || block.bytes > KEEP {
            return;
        }
        // A thread that is ending has no list any more; the block then goes back to the allocator.
        let _ = FREE.try_with(|free| {
            let mut free = free.borrow_mut();
            free.push(block);
            if free.len() > KEPT_BLOCKS {
                let smallest = (0..free.len()).min_by_key(|&i| free[i].bytes).unwrap_or(0);
                free.swap_remove(smallest);
            }
        });
    }
}

impl Block {
    fn layout(bytes: usize) -> Result<Layout, LayoutError> {
        Layout::from_size_align(bytes, if bytes >= HUGE { HUGE } else { ALIGN })
    }

    fn new(bytes: usize) -> Block {
        match Block::layout(bytes) {
            Ok(layout) => {
                // SAFETY: the layout is not empty.
                let ptr = unsafe { alloc(layout) };
                if ptr.is_null() {
                    handle_alloc_error(layout);
                }
                #[cfg(target_os = "linux")]
                if bytes >= HUGE {
                    // SAFETY: advice on pages that we own; it may be refused.
                    unsafe { libc::madvise(ptr.cast(), bytes, libc::MADV_HUGEPAGE) };
                }
                Block { ptr, bytes }
            }
            Err(_) => handle_alloc_error(Layout::new::<u8>()),
        }
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        if let (false, Ok(layout)) = (self.ptr.is_null(), Block::layout(self.bytes)) {
            // SAFETY: `new` allocated the block with this layout.
            unsafe { dealloc(self.ptr, layout) };
        }
    }
}
