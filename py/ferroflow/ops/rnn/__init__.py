"""Recurrent networks of TensorFlow 1: cells, wrappers of cells, and the functions that run them over sequences."""
