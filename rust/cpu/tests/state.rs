//! Variables through both families of ops: values, sharing, shapes, and the errors of TensorFlow's kernels.
#![allow(clippy::disallowed_methods, clippy::cloned_ref_to_slice_refs)]
mod recorded;
use ferroflow_cpu::call::run_in;
use ferroflow_ops::kernel::{Env, NodeState};
use ferroflow_ops::resource::{Handle, Variable};
use ferroflow_ops::{Attr, bind, op};
use ferroflow_tensor::{Code, DType, PartialShape, Result, Tensor};
use recorded::variable;
use std::sync::Arc;

fn run(op: &str, inputs: &[Tensor], attrs: &[(&'static str, Attr)]) -> Result<Vec<Tensor>> {
    run_in(&recorded::env(), &Arc::default(), op, inputs, attrs)
}
fn floats(v: &[f32], shape: &[usize]) -> Tensor {
    Tensor::from_slice(v, shape).unwrap()
}
fn ints(v: &[i32]) -> Tensor {
    Tensor::from_slice(v, [v.len()]).unwrap()
}
fn value(handle: &Tensor) -> Tensor {
    Handle::get::<Variable>(handle).unwrap().read().unwrap()
}
fn empty(dtype: DType, shape: &[i64]) -> Tensor {
    Handle::tensor("", "u", Arc::new(Variable::new(dtype, PartialShape::from_i64(shape))))
}
fn fails(op: &str, inputs: &[Tensor], attrs: &[(&'static str, Attr)], code: Code, message: &str) {
    let e = run(op, inputs, attrs).unwrap_err();
    assert_eq!((e.code(), e.message()), (code, message), "{op}");
}
const FLOAT: (&str, Attr) = ("dtype", Attr::Type(DType::Float));

#[test]
fn handles_of_one_name_share_a_variable_and_anonymous_ones_do_not() {
    let env: Arc<Env> = recorded::env();
    let make = |state: &Arc<NodeState>, name: &str| {
        let attrs = [FLOAT, ("shape", PartialShape::from_i64(&[2]).into()), ("shared_name", name.into())];
        run_in(&env, state, "VarHandleOp", &[], &attrs).unwrap().remove(0)
    };
    let node: Arc<NodeState> = Arc::default();
    let (a, b, c) = (make(&node, "w"), make(&Arc::default(), "w"), make(&Arc::default(), "other"));
    run("AssignVariableOp", &[a.clone(), floats(&[1., 2.], &[2])], &[]).unwrap();
    assert_eq!(run("ReadVariableOp", &[b], &[FLOAT]).unwrap()[0].slice::<f32>().unwrap(), [1., 2.]);
    assert!(!run("VarIsInitializedOp", &[c], &[]).unwrap()[0].item::<bool>().unwrap());
    assert!(make(&node, "w").shares_memory(&a), "the second run of a node looks nothing up");
    let anonymous = ferroflow_cpu::kernels::state::ANONYMOUS;
    let again: Arc<NodeState> = Arc::default();
    let (x, y) = (make(&again, anonymous), make(&again, anonymous));
    run("AssignVariableOp", &[x, floats(&[1., 2.], &[2])], &[]).unwrap();
    assert!(!run("VarIsInitializedOp", &[y], &[]).unwrap()[0].item::<bool>().unwrap());
}

#[test]
fn reads_keep_their_value_when_the_variable_changes() {
    let v = variable(&floats(&[1., 2.], &[2]));
    let before = run("ReadVariableOp", &[v.clone()], &[FLOAT]).unwrap().remove(0);
    run("AssignAddVariableOp", &[v.clone(), floats(&[10., 20.], &[2])], &[]).unwrap();
    run("AssignSubVariableOp", &[v.clone(), floats(&[1., 1.], &[2])], &[]).unwrap();
    assert_eq!((before.slice::<f32>().unwrap(), value(&v).slice::<f32>().unwrap()), (&[1f32, 2.][..], &[10f32, 21.][..]));
    assert_eq!(run("VariableShape", &[v], &[("out_type", DType::Int64.into())]).unwrap()[0].slice::<i64>().unwrap(), [2]);
}

#[test]
fn assignments_check_dtype_and_if_asked_shape() {
    let v = variable(&floats(&[1., 2.], &[2]));
    let three = floats(&[1., 2., 3.], &[3]);
    fails(
        "AssignVariableOp",
        &[v.clone(), ints(&[1])],
        &[],
        Code::InvalidArgument,
        "Trying to assign variable with wrong dtype. Expected float got int32",
    );
    let validate = [("validate_shape", true.into())];
    fails(
        "AssignVariableOp",
        &[v.clone(), three.clone()],
        &validate,
        Code::InvalidArgument,
        "Trying to assign to variable with tensor with wrong shape. Expected [2] got [3]",
    );
    fails(
        "AssignAddVariableOp",
        &[v.clone(), three.clone()],
        &[],
        Code::InvalidArgument,
        "Cannot update variable with shape [2] using a Tensor with shape [3], shapes must be equal.",
    );
    run("AssignVariableOp", &[v.clone(), three], &[]).unwrap();
    assert_eq!(value(&v).shape().dims(), [3]);
    fails(
        "ReadVariableOp",
        &[v],
        &[("dtype", DType::Int32.into())],
        Code::InvalidArgument,
        "Trying to read variable with wrong dtype. Expected int32 got float",
    );
}

#[test]
fn variables_without_a_value_are_named_in_errors() {
    let u = empty(DType::Float, &[2]);
    let e = run("ReadVariableOp", &[u.clone()], &[FLOAT]).unwrap_err();
    assert_eq!(e.code(), Code::FailedPrecondition);
    assert!(e.message().starts_with("Could not find variable u. This could mean that the variable has been deleted. In TF1, it can also mean the variable is uninitialized."));
    let env = recorded::env();
    let read = || run_in(&env, &Arc::default(), "ReadVariableOp", &[u.clone()], &[FLOAT]).unwrap_err().message().to_string();
    assert!(read().ends_with("status error message=Container localhost does not exist. (Could not find resource: localhost/u)"));
    run_in(&env, &Arc::default(), "AssignVariableOp", &[empty(DType::Float, &[1]), floats(&[1.], &[1])], &[]).unwrap();
    assert!(read().ends_with("status error message=Resource localhost/u/N10tensorflow3VarE does not exist."));
    let gone = "Container localhost does not exist. (Could not find resource: localhost/u)";
    fails("AssignAddVariableOp", &[u.clone(), floats(&[1., 1.], &[2])], &[], Code::NotFound, gone);
    fails("VariableShape", &[u.clone()], &[], Code::NotFound, gone);
    fails("ResourceGather", &[u.clone(), ints(&[0])], &[FLOAT], Code::NotFound, gone);
    fails("ResourceScatterAdd", &[u.clone(), ints(&[0]), floats(&[1.], &[1])], &[], Code::NotFound, gone);
    fails(
        "DestroyResourceOp",
        &[u.clone()],
        &[("ignore_lookup_error", false.into())],
        Code::NotFound,
        "Resource localhost/u/<unknown> does not exist.",
    );
    assert!(run("DestroyResourceOp", &[u], &[]).is_ok());
    let v = variable(&floats(&[1.], &[1]));
    run("DestroyResourceOp", &[v.clone()], &[("ignore_lookup_error", false.into())]).unwrap();
    assert!(!run("VarIsInitializedOp", &[v], &[]).unwrap()[0].item::<bool>().unwrap());
}

#[test]
fn counters_stop_at_their_limit() {
    for (dtype, value) in [(DType::Int32, Tensor::scalar(1i32)), (DType::Int64, Tensor::scalar(1i64))] {
        let v = variable(&value);
        let attrs = [("limit", 3i64.into()), ("T", Attr::Type(dtype))];
        for expected in [1, 2] {
            assert_eq!(run("ResourceCountUpTo", &[v.clone()], &attrs).unwrap()[0].to_i64().unwrap(), [expected]);
        }
        fails("ResourceCountUpTo", &[v.clone()], &attrs, Code::OutOfRange, "Reached limit of 3");
        fails("CountUpTo", &[v.clone()], &attrs, Code::OutOfRange, "Reached limit of 3");
        assert_eq!(self::value(&v).to_i64().unwrap(), [3]);
        let unset = empty(dtype, &[]);
        fails("CountUpTo", &[unset], &attrs, Code::FailedPrecondition, "Attempting to use uninitialized value u");
    }
    let attrs = [("limit", 3i64.into()), ("T", Attr::Type(DType::Int32))];
    fails("ResourceCountUpTo", &[variable(&ints(&[0]))], &attrs, Code::InvalidArgument, "input is not a scalar: [1]");
}

#[test]
fn updates_in_place_copy_nothing() {
    let v = variable(&floats(&[0.; 64], &[64]));
    let one = floats(&[1.; 64], &[64]);
    let at = value(&v).ptr();
    for _ in 0..3 {
        run("AssignAddVariableOp", &[v.clone(), one.clone()], &[]).unwrap();
    }
    assert_eq!((value(&v).ptr(), value(&v).slice::<f32>().unwrap()[63]), (at, 3.0));
}

#[test]
fn scatters_combine_repeated_rows_and_take_scalars() {
    let rows = |how: &str, updates: &Tensor| {
        let v = variable(&floats(&[1., 2., 3., 4., 5., 6.], &[3, 2]));
        run(&format!("ResourceScatter{how}"), &[v.clone(), ints(&[2, 0, 2]), updates.clone()], &[]).unwrap();
        value(&v).slice::<f32>().unwrap().to_vec()
    };
    let u = floats(&[10., 20., 0.5, 0.25, 2., 4.], &[3, 2]);
    assert_eq!(rows("Add", &u), [1.5, 2.25, 3., 4., 17., 30.]);
    assert_eq!(rows("Sub", &u), [0.5, 1.75, 3., 4., -7., -18.]);
    assert_eq!(rows("Mul", &u), [0.5, 0.5, 3., 4., 100., 480.]);
    assert_eq!(rows("Div", &u), [2., 8., 3., 4., 0.25, 0.075]);
    assert_eq!(rows("Min", &u), [0.5, 0.25, 3., 4., 2., 4.]);
    assert_eq!(rows("Max", &u), [1., 2., 3., 4., 10., 20.]);
    assert_eq!(rows("Update", &u), [0.5, 0.25, 3., 4., 2., 4.]);
    assert_eq!(rows("Add", &Tensor::scalar(1f32)), [2., 3., 3., 4., 7., 8.]);
    assert_eq!(rows("Update", &Tensor::scalar(9f32)), [9., 9., 3., 4., 9., 9.]);
    let words = variable(&Tensor::from_strings(vec![b"a"[..].into(), b"b"[..].into()], [2]).unwrap());
    run("ResourceScatterUpdate", &[words.clone(), ints(&[1]), Tensor::from_strings(vec![b"z"[..].into()], [1]).unwrap()], &[]).unwrap();
    assert_eq!(value(&words).strings().unwrap()[1][..], b"z"[..]);
    let none = variable(&floats(&[], &[2, 0]));
    run("ResourceScatterAdd", &[none, ints(&[1]), floats(&[], &[1, 0])], &[]).unwrap();
}

#[test]
fn a_bad_index_changes_nothing() {
    let v = variable(&floats(&[1., 2.], &[2]));
    fails(
        "ResourceScatterAdd",
        &[v.clone(), ints(&[0, 5]), floats(&[1., 2.], &[2])],
        &[],
        Code::InvalidArgument,
        "indices[1] = 5 is not in [0, 2)",
    );
    fails(
        "ResourceScatterAdd",
        &[v.clone(), ints(&[0, 1]), floats(&[1., 2., 3.], &[3])],
        &[],
        Code::InvalidArgument,
        "The shape of indices ([2]) must be a prefix of the shape of updates ([3])",
    );
    let zero = variable(&ints(&[1, 2]));
    fails("ResourceScatterDiv", &[zero, ints(&[0]), ints(&[0])], &[], Code::InvalidArgument, "updates must not contain 0");
    let nd = Tensor::from_slice(&[0i32, 5], [2, 1]).unwrap();
    fails(
        "ResourceScatterNdUpdate",
        &[v.clone(), nd.clone(), floats(&[7., 8.], &[2])],
        &[],
        Code::InvalidArgument,
        "indices[1] = [5] does not index into shape [2]",
    );
    assert_eq!(value(&v).slice::<f32>().unwrap(), [1., 2.]);
    run("ResourceScatterNdAdd", &[v.clone(), nd, floats(&[7., 8.], &[2])], &[("bad_indices_policy", "IGNORE".into())]).unwrap();
    assert_eq!(value(&v).slice::<f32>().unwrap(), [8., 2.]);
    let flags = variable(&Tensor::from_slice(&[true, false], [2]).unwrap());
    let at = Tensor::from_slice(&[0i64, 1], [2, 1]).unwrap();
    run("ResourceScatterNdSub", &[flags.clone(), at, Tensor::from_slice(&[true, true], [2]).unwrap()], &[]).unwrap();
    assert_eq!(value(&flags).slice::<bool>().unwrap(), [false, true]);
}

#[test]
fn gathers_read_rows_batches_and_positions() {
    let v = variable(&floats(&[1., 2., 3., 4., 5., 6.], &[2, 3]));
    let indices = Tensor::from_slice(&[1i64, 0, 1], [3]).unwrap();
    let rows = run("ResourceGather", &[v.clone(), indices], &[FLOAT]).unwrap().remove(0);
    assert_eq!((rows.shape().dims(), rows.slice::<f32>().unwrap()), (&[3, 3][..], &[4f32, 5., 6., 1., 2., 3., 4., 5., 6.][..]));
    let batched = [FLOAT, ("batch_dims", 1i64.into())];
    let picked = run("ResourceGather", &[v.clone(), Tensor::from_slice(&[2i32, 0], [2, 1]).unwrap()], &batched).unwrap().remove(0);
    assert_eq!((picked.shape().dims(), picked.slice::<f32>().unwrap()), (&[2, 1][..], &[3f32, 4.][..]));
    fails(
        "ResourceGather",
        &[v.clone(), Tensor::from_slice(&[0i32, -1], [1, 2]).unwrap()],
        &[FLOAT],
        Code::InvalidArgument,
        "indices[0,1] = -1 is not in [0, 2)",
    );
    assert!(run("ResourceGather", &[v.clone(), Tensor::from_slice(&[0i32, 1], [1, 2]).unwrap()], &batched).is_err());
    let at = Tensor::from_slice(&[1i32, 2, 0, 1], [2, 2]).unwrap();
    assert_eq!(run("ResourceGatherNd", &[v.clone(), at], &[FLOAT]).unwrap()[0].slice::<f32>().unwrap(), [6., 2.]);
    let far = Tensor::from_slice(&[5i32], [1, 1]).unwrap();
    let e = run("ResourceGatherNd", &[v, far], &[FLOAT]).unwrap_err();
    assert!(e.message().starts_with("indices[0] = [5] does not index into param shape [2,3]"));
}

#[test]
fn strided_slices_take_broadcast_values() {
    let v = variable(&floats(&[0.; 12], &[3, 4]));
    let assign = |begin: &[i32], end: &[i32], strides: &[i32], x: Tensor, attrs: &[(&'static str, Attr)]| {
        run("ResourceStridedSliceAssign", &[v.clone(), ints(begin), ints(end), ints(strides), x], attrs)
    };
    assign(&[0, 3], &[3, 0], &[2, -2], floats(&[1., 2.], &[2]), &[]).unwrap();
    assign(&[1], &[2], &[1], Tensor::scalar(7f32), &[("shrink_axis_mask", 1i64.into())]).unwrap();
    assert_eq!(value(&v).slice::<f32>().unwrap(), [0., 2., 0., 1., 7., 7., 7., 7., 0., 2., 0., 1.]);
    let e = assign(&[0], &[1], &[1], floats(&[1., 2.], &[2]), &[]).unwrap_err();
    assert_eq!(e.message(), "Cannot broadcast input shape [2] into final shape [1,4]");
    let e = assign(&[0], &[1], &[0], Tensor::scalar(1f32), &[]).unwrap_err();
    assert_eq!(e.message(), "strides[0] must be non-zero");
}

#[test]
fn reference_ops_pass_the_reference_on() {
    let env = recorded::env();
    let attrs = [FLOAT, ("shape", PartialShape::from_i64(&[2]).into()), ("shared_name", "r".into())];
    let r = run_in(&env, &Arc::default(), "VariableV2", &[], &attrs).unwrap().remove(0);
    assert!(!run("IsVariableInitialized", &[r.clone()], &[]).unwrap()[0].item::<bool>().unwrap());
    fails("AssignAdd", &[r.clone(), floats(&[1., 1.], &[2])], &[], Code::FailedPrecondition, "Attempting to use uninitialized value r");
    fails(
        "Assign",
        &[r.clone(), floats(&[1.; 3], &[3])],
        &[],
        Code::InvalidArgument,
        "Assign requires shapes of both tensors to match. lhs shape= [2] rhs shape= [3]",
    );
    let out = run("Assign", &[r.clone(), floats(&[1., 2.], &[2])], &[]).unwrap().remove(0);
    let out = run("AssignSub", &[out, floats(&[1., 1.], &[2])], &[]).unwrap().remove(0);
    assert_eq!(value(&out).slice::<f32>().unwrap(), [0., 1.]);
    run("Assign", &[r.clone(), floats(&[5.; 3], &[3])], &[("validate_shape", false.into())]).unwrap();
    assert_eq!(value(&r).shape().dims(), [3]);
}

#[test]
fn training_steps_refuse_what_does_not_fit() {
    let zeros = || variable(&floats(&[0., 0.], &[2]));
    let scalar = |x: f32| Tensor::scalar(x);
    let step =
        |var: Tensor, lr: Tensor, n: usize| run("ResourceApplyMomentum", &[var, zeros(), lr, floats(&vec![1.; n], &[n]), scalar(0.9)], &[]);
    assert_eq!(step(zeros(), scalar(0.1), 3).unwrap_err().message(), "var and grad do not have the same shape[2] [3]");
    assert_eq!(step(zeros(), floats(&[0.1], &[1]), 2).unwrap_err().message(), "lr is not a scalar: [1]");
    let e = step(empty(DType::Float, &[2]), scalar(0.1), 2).unwrap_err();
    assert_eq!((e.code(), e.message()), (Code::Internal, "Invalid variable reference."));
    let v = zeros();
    assert!(run("ResourceApplyMomentum", &[v.clone(), v, scalar(0.1), floats(&[1., 1.], &[2]), scalar(0.9)], &[]).is_err());
    let rows = |indices: Tensor, grad: Tensor| {
        run("ResourceSparseApplyAdagrad", &[zeros(), zeros(), scalar(0.1), grad, indices], &[]).unwrap_err().message().to_string()
    };
    assert_eq!(rows(ints(&[0, 5]), floats(&[1., 2.], &[2])), "Index 5 at offset 1 in indices is out of range");
    assert_eq!(rows(ints(&[0]), floats(&[1., 2.], &[2])), "grad must be the same size as indices in the first dimension.");
}

#[test]
fn steps_on_the_same_variables_in_any_order_do_not_block_each_other() {
    let (a, b) = (variable(&floats(&[0.; 8], &[8])), variable(&floats(&[0.; 8], &[8])));
    std::thread::scope(|s| {
        for (x, y) in [(a.clone(), b.clone()), (b.clone(), a.clone())] {
            s.spawn(move || {
                for _ in 0..500 {
                    let g = floats(&[1.; 8], &[8]);
                    run("ResourceApplyMomentum", &[x.clone(), y.clone(), Tensor::scalar(0f32), g, Tensor::scalar(0f32)], &[]).unwrap();
                }
            });
        }
    });
    assert!(value(&a).slice::<f32>().unwrap().iter().all(|x| x.is_finite()));
}

#[test]
fn large_steps_have_the_same_bits_on_any_number_of_threads() {
    let n = 100_003;
    let g: Vec<f32> = (0..n).map(|i| (i as f32 * 0.37).sin()).collect();
    let step = |threads: usize| {
        ferroflow_cpu::pool::set_threads(threads);
        let v = [(); 3].map(|_| variable(&floats(&vec![0.5; n], &[n])));
        let h = [0.9f32, 0.99, 0.01, 0.9, 0.99, 1e-7].map(Tensor::scalar);
        let inputs: Vec<Tensor> = v.iter().cloned().chain(h).chain([floats(&g, &[n])]).collect();
        run("ResourceApplyAdam", &inputs, &[]).unwrap();
        value(&v[0])
    };
    let (one, two) = (step(1), step(2));
    ferroflow_cpu::pool::set_threads(0);
    assert!(one.same_bits(&two) && one.slice::<f32>().unwrap()[n - 1] != 0.5);
}

#[test]
fn attributes_of_handles_are_complete() {
    let def = op("VarHandleOp").unwrap();
    let bound = bind(def, &[], ferroflow_ops::Attrs::of(&[FLOAT, ("shape", PartialShape::UNKNOWN.into())])).unwrap();
    assert_eq!(bound.str("shared_name").unwrap(), "");
}
