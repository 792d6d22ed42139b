//! The crate that Rust users depend on.
