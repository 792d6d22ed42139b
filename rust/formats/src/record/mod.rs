//! TFRecord files, event files and the summaries inside them.
