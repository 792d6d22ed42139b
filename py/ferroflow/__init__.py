"""Ferroflow: TensorFlow's programming model on a small Rust engine."""
