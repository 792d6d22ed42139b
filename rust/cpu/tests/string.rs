//! Kernels of the string family against TensorFlow's own results.
mod recorded;

#[test]
fn results_are_those_of_tensorflow() {
    recorded::replay(include_str!("recorded/string.txt"), false);
}
