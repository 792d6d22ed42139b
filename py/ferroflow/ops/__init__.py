"""The functions behind the public modules: thin, over raw ops. Where TensorFlow 1 differs, its form ends in `_v1`."""
