//! Reductions: many elements, one result. NaN wins; integers wrap; what no elements give is in each doc.
use super::signature::{NUMBER_CALLS, REDUCED_NUMBER, REDUCED_REAL, TRUTH_CALLS, reduction, reduction_of_truth};
use super::{Kinds, Reduce, ReduceVisit, ops};
use crate::build::{Build, Grad, GradValue};
use crate::def::{Entry, Gradient, Test};
use crate::num::{Float, Int};
use crate::ops::math::reduce_grad::{extreme_grad, mean_grad, prod_grad, sum_grad};
use ferroflow_tensor::Result;

ops! {
    ReduceVisit, Reduce;
    /// The sum over axes. The axes in reduction_indices (a scalar or vector, negative ones count from the end) are
    /// removed, or kept with size 1 if keep_dims. A sum over nothing is 0. InvalidArgument for an axis out of range or
    /// named twice.
    Sum: Kinds::NUMBERS, starts with 0.0 => {
        float |x, y| x + y;
        int |x, y| x.add(y);
        complex |x, y| x + y;
        grad ["reduction_indices"] |b, g| sum_grad(b, g);
        entry {
            test: Test::calls("np.sum(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims, dtype=input.dtype)", NUMBER_CALLS),
            ..reduction(REDUCED_NUMBER)
        }
    }
    /// The mean over axes. The axes in reduction_indices (a scalar or vector, negative ones count from the end) are
    /// removed, or kept with size 1 if keep_dims. Means of integers are truncated; a mean over nothing is NaN (0 for
    /// integers and complex numbers). InvalidArgument for an axis out of range or named twice.
    Mean: Kinds::NUMBERS, starts with 0.0, divided by the count => {
        float |x, y| x + y;
        int |x, y| x.add(y);
        complex |x, y| x + y;
        grad ["reduction_indices"] |b, g| mean_grad(b, g);
        entry {
            test: Test::calls("np.mean(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims).astype(input.dtype)", NUMBER_CALLS),
            ..reduction(REDUCED_NUMBER)
        }
    }
    /// The product over axes. The axes in reduction_indices (a scalar or vector, negative ones count from the end) are
    /// removed, or kept with size 1 if keep_dims. A product over nothing is 1. InvalidArgument for an axis out of range
    /// or named twice.
    Prod: Kinds::NUMBERS, starts with 1.0 => {
        float |x, y| x * y;
        int |x, y| x.mul(y);
        complex |x, y| x * y;
        grad ["input", "reduction_indices"] |b, g| prod_grad(b, g);
        entry {
            test: Test::calls("np.prod(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims, dtype=input.dtype)", NUMBER_CALLS),
            ..reduction(REDUCED_NUMBER)
        }
    }
    /// The largest element over axes; NaN if there is one. The axes in reduction_indices (a scalar or vector, negative
    /// ones count from the end) are removed, or kept with size 1 if keep_dims. Over nothing it is -inf, or the smallest
    /// integer. InvalidArgument for an axis out of range or named twice.
    Max: Kinds::REAL, starts with f64::NEG_INFINITY => {
        float |x, y| x.max(y);
        int |x, y| x.max(y);
        grad ["input", "output", "reduction_indices"] |b, g| extreme_grad(b, g);
        entry {
            test: Test::calls("np.max(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims)", NUMBER_CALLS),
            ..reduction(REDUCED_REAL)
        }
    }
    /// The smallest element over axes; NaN if there is one. The axes in reduction_indices (a scalar or vector, negative
    /// ones count from the end) are removed, or kept with size 1 if keep_dims. Over nothing it is inf, or the largest
    /// integer. InvalidArgument for an axis out of range or named twice.
    Min: Kinds::REAL, starts with f64::INFINITY => {
        float |x, y| x.min(y);
        int |x, y| x.min(y);
        grad ["input", "output", "reduction_indices"] |b, g| extreme_grad(b, g);
        entry {
            test: Test::calls("np.min(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims)", NUMBER_CALLS),
            ..reduction(REDUCED_REAL)
        }
    }
    /// Whether all elements over axes are true. The axes in reduction_indices (a scalar or vector, negative ones count
    /// from the end) are removed, or kept with size 1 if keep_dims. Over nothing it is true. InvalidArgument for an axis
    /// out of range or named twice.
    All: Kinds::BOOL, starts with 1.0 => {
        bool |x, y| x & y;
        entry {
            grad: Gradient::Missing("truth values have no gradient"),
            test: Test::calls("np.all(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims)", TRUTH_CALLS),
            ..reduction_of_truth()
        }
    }
    /// Whether any element over axes is true. The axes in reduction_indices (a scalar or vector, negative ones count from
    /// the end) are removed, or kept with size 1 if keep_dims. Over nothing it is false. InvalidArgument for an axis out
    /// of range or named twice.
    Any: Kinds::BOOL, starts with 0.0 => {
        bool |x, y| x | y;
        entry {
            grad: Gradient::Missing("truth values have no gradient"),
            test: Test::calls("np.any(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims)", TRUTH_CALLS),
            ..reduction_of_truth()
        }
    }
}
