//! Where Python begins: the only crate that names pyo3.
#![allow(missing_docs)] // what Python sees is documented in Python; pyo3's macros make the rest
mod attr;
mod callee;
mod checks;
mod context;
mod convert;
mod dlpack;
mod door;
mod feeds;
mod fetches;
mod files;
mod frames;
mod front;
mod function;
mod graph;
mod info;
mod literal;
mod misfit;
mod misplaced;
mod numpy;
mod op;
mod operators;
mod sequence;
mod session;
mod tape;
mod tensor;

use pyo3::prelude::*;

/// The compiled half of Ferroflow. Private: use the package `ferroflow`.
#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use super::callee::{CallCount, Callee, FunctionBase, functions_run_eagerly, run_functions_eagerly};
    #[pymodule_export]
    use super::context::{
        control, current_graph, default_graph, device, executing_eagerly, executing_eagerly_outside_functions, force_graph, graph_stack,
        is_graph_forced, pop_graph, push_graph, scope, set_control, set_default_graph, set_device, set_graph_factory, set_scope,
    };
    #[pymodule_export]
    use super::convert::convert;
    #[pymodule_export]
    use super::dlpack::{from_dlpack, to_dlpack};
    #[pymodule_export]
    use super::door::op_error;
    #[pymodule_export]
    use super::files::{
        CheckpointReader, EventWriter, RecordWriter, checkpoint_exists, latest_checkpoint, read_checkpoint_state, summary_histogram,
        summary_image, summary_scalar, summary_text, update_checkpoint_state,
    };
    #[pymodule_export]
    use super::function::{define_function, find_py_func, fresh_function_name, function_body, py_func};
    #[pymodule_export]
    use super::graph::{GraphBase, Operation};
    #[pymodule_export]
    use super::info::{
        copies_on_update, gpu_dtypes, knob_faults, knobs, lose_device, memory_info, missing_gpu, op_def, random_reset, reset_memory_peak,
        self_test, set_debug, set_memory_limit, set_soft_placement, set_threads, threads,
    };
    #[pymodule_export]
    use super::op::{call, call1, call2, constant, op_ids};
    #[pymodule_export]
    use super::operators::add_tensors;
    #[pymodule_export]
    use super::session::SessionBase;
    #[pymodule_export]
    use super::tape::{Tape, gradients, record_custom, set_gradient_finder, watched};
    #[pymodule_export]
    use super::tensor::{EagerTensor, PyTensor, SymbolicTensor, add_method};
    use super::*;

    #[pymodule_init]
    fn init(m: &Bound<'_, PyModule>) -> PyResult<()> {
        ferroflow_ops::kernel::register(function::KERNELS);
        ferroflow_runtime::start();
        ferroflow_formats::start();
        ferroflow_data::start();
        m.add("devices", pyo3::wrap_pyfunction!(info::devices_, m)?)
    }
}
