//! Tensor lists: EmptyTensorList, TensorListReserve, TensorListPushBack, TensorListPopBack, TensorListGetItem,
//! TensorListSetItem, TensorListStack, TensorListFromTensor, TensorListLength, TensorListResize, TensorListElementShape,
//! TensorListConcat, TensorListConcatV2, TensorListSplit, TensorListGather, TensorListScatter, TensorListScatterV2,
//! TensorListScatterIntoExistingList, TensorListConcatLists, TensorListPushBackBatch.
#![allow(missing_docs)]
mod recorded;
use ferroflow_cpu::call::run_in;
use ferroflow_ops::Attr;
use ferroflow_tensor::{DType, Result, Tensor};
use std::sync::Arc;

const FLOAT: (&str, Attr) = ("element_dtype", Attr::Type(DType::Float));

fn run(op: &str, inputs: &[Tensor], attrs: &[(&'static str, Attr)]) -> Result<Vec<Tensor>> {
    run_in(&recorded::env(), &Arc::default(), op, inputs, attrs)
}
fn one(op: &str, inputs: &[Tensor]) -> Tensor {
    run(op, inputs, &[FLOAT]).unwrap().remove(0)
}
fn ints(v: &[i32]) -> Tensor {
    Tensor::from_slice(v, [v.len()]).unwrap()
}
fn floats(v: &[f32]) -> Tensor {
    Tensor::from_slice(v, [v.len()]).unwrap()
}
fn any() -> Tensor {
    Tensor::scalar(-1i32)
}
fn values(list: &Tensor) -> Vec<f32> {
    one("TensorListStack", &[list.clone(), any()]).slice().unwrap().to_vec()
}

#[test]
fn a_list_that_others_hold_is_not_changed() {
    let a = one("TensorListReserve", &[ints(&[]), Tensor::scalar(2i32)]);
    let set =
        |l: &Tensor, i: i32, x: f32| run("TensorListSetItem", &[l.clone(), Tensor::scalar(i), Tensor::scalar(x)], &[]).unwrap().remove(0);
    let b = set(&a, 1, 5.0);
    let c = run("TensorListPushBack", &[b.clone(), Tensor::scalar(7.0f32)], &[]).unwrap().remove(0);
    assert_eq!((values(&a), values(&b), values(&c)), (vec![0.0; 2], vec![0.0, 5.0], vec![0.0, 5.0, 7.0]));
    let popped = run("TensorListPopBack", &[c.clone(), any()], &[FLOAT]).unwrap();
    assert_eq!((popped[1].item::<f32>().unwrap(), values(&popped[0])), (7.0, vec![0.0, 5.0]));
    let n = run("TensorListLength", &[c.clone()], &[]).unwrap().remove(0);
    assert_eq!(n.item::<i32>().unwrap(), 3);
    assert_eq!(one("TensorListGetItem", &[c.clone(), Tensor::scalar(1i32), any()]).item::<f32>().unwrap(), 5.0);
    assert_eq!(values(&run("TensorListResize", &[c, Tensor::scalar(4i32)], &[]).unwrap()[0]), [0.0, 5.0, 7.0, 0.0]);
}

#[test]
fn lists_are_made_of_tensors_and_tensors_of_lists() {
    let x = floats(&[1.0, 2.0, 3.0]);
    let list = |op: &str, inputs: &[Tensor]| run(op, inputs, &[]).unwrap().remove(0);
    let rows = list("TensorListFromTensor", &[x.clone(), any()]);
    assert_eq!(values(&rows), [1.0, 2.0, 3.0]);
    let shape = run("TensorListElementShape", &[rows.clone()], &[("shape_type", DType::Int32.into())]).unwrap();
    assert_eq!(shape[0].item::<i32>().unwrap(), -1);
    let parts = list("TensorListSplit", &[x.clone(), any(), Tensor::from_slice(&[1i64, 2], [2]).unwrap()]);
    let none = Tensor::from_slice::<i64>(&[], [0]).unwrap();
    for (op, inputs) in [("TensorListConcatV2", vec![parts.clone(), any(), none]), ("TensorListConcat", vec![parts.clone()])] {
        let out = run(op, &inputs, &[FLOAT]).unwrap();
        assert_eq!((out[0].slice::<f32>().unwrap(), out[1].slice::<i64>().unwrap()), (&[1.0, 2.0, 3.0][..], &[1, 2][..]), "{op}");
    }
    assert_eq!(one("TensorListGather", &[rows.clone(), ints(&[2, 0]), any()]).slice::<f32>().unwrap(), [3.0, 1.0]);
    let at = ints(&[2, 0, 3]);
    assert_eq!(values(&list("TensorListScatter", &[x.clone(), at.clone(), ints(&[])])), [2.0, 0.0, 1.0, 3.0]);
    let many = list("TensorListScatterV2", &[x.clone(), at.clone(), ints(&[]), Tensor::scalar(5i32)]);
    assert_eq!(values(&many), [2.0, 0.0, 1.0, 3.0, 0.0]);
    assert_eq!(values(&list("TensorListScatterIntoExistingList", &[rows.clone(), x.clone(), at])), [2.0, 2.0, 1.0, 3.0]);
    assert_eq!(values(&one("TensorListConcatLists", &[rows.clone(), many])).len(), 8);
    let empty = one("EmptyTensorList", &[ints(&[]), Tensor::scalar(-1i32)]);
    let both = Tensor::from_objects(DType::Variant, [empty.objects().unwrap(), rows.objects().unwrap()].concat(), [2]).unwrap();
    let pushed = list("TensorListPushBackBatch", &[both, floats(&[8.0, 9.0])]);
    assert_eq!((values(&pushed.row(0).unwrap()), values(&pushed.row(1).unwrap())), (vec![8.0], vec![1.0, 2.0, 3.0, 9.0]));
}

#[test]
fn an_index_far_beyond_a_list_is_an_error() {
    let a = one("TensorListReserve", &[ints(&[]), Tensor::scalar(2i32)]);
    let set = |i: i32| {
        let grows = [("resize_if_index_out_of_bounds", Attr::Bool(true))];
        run("TensorListSetItem", &[a.clone(), Tensor::scalar(i), Tensor::scalar(3.0f32)], &grows)
    };
    assert_eq!(values(&set(3).unwrap()[0]), [0.0, 0.0, 0.0, 3.0]);
    let message = |r: Result<Vec<Tensor>>| r.unwrap_err().to_string();
    for i in [i32::MAX, 1 << 30] {
        let text = message(set(i));
        assert!(text.contains(&format!("OOM when resizing a list to {} elements", i as i64 + 1)), "{text}");
        let text = message(run("TensorListResize", &[a.clone(), Tensor::scalar(i)], &[]));
        assert!(text.contains(&format!("OOM when resizing a list to {i} elements")), "{text}");
    }
    assert_eq!(values(&a), [0.0, 0.0]);
}
