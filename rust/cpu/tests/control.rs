//! Assertions and printing: what is shown, how often, and where.
mod recorded;
use ferroflow_cpu::call::run_in;
use ferroflow_ops::Attr;
use ferroflow_ops::kernel::NodeState;
use ferroflow_tensor::{Code, Error, Result, Tensor};
use std::sync::Arc;

fn run(op: &str, inputs: &[Tensor], attrs: &[(&'static str, Attr)]) -> Result<Vec<Tensor>> {
    run_in(&recorded::env(), &Arc::default(), op, inputs, attrs)
}
fn failed(data: &[Tensor], summarize: i64) -> Error {
    let inputs: Vec<Tensor> = [Tensor::scalar(false)].into_iter().chain(data.iter().cloned()).collect();
    run("Assert", &inputs, &[("summarize", summarize.into())]).unwrap_err()
}

#[test]
fn a_failed_assertion_shows_its_data() {
    let row = Tensor::from_slice(&[1i32, 2, 3, 4, 5], [5]).unwrap();
    let matrix = row.rows(0, 4).unwrap().reshape([2, 2]).unwrap();
    let e = failed(&[row.clone(), Tensor::string("foo"), Tensor::from_slice(&[1.5f32, 2.5], [2]).unwrap()], 3);
    assert_eq!((e.code(), e.message()), (Code::InvalidArgument, "assertion failed: [1 2 3...] [foo] [1.5 2.5]"));
    assert_eq!(failed(&[row], -1).message(), "assertion failed: [1 2 3 4 5]");
    assert_eq!(failed(&[matrix.clone()], 10).message(), "assertion failed: [[1 2][3 4]]");
    assert_eq!(failed(&[matrix.clone()], 3).message(), "assertion failed: [[1 2][3...]...]");
    assert_eq!(failed(&[matrix], 2).message(), "assertion failed: [[1 2]...]");
    let cube = Tensor::from_slice(&(0..12i64).collect::<Vec<_>>(), [2, 3, 2]).unwrap();
    assert_eq!(failed(&[cube], 5).message(), "assertion failed: [[[0 1][2 3][4...]]...]");
    assert_eq!(failed(&[Tensor::scalar(true), Tensor::from_slice::<f32>(&[], [0]).unwrap()], 3).message(), "assertion failed: [1] []");
}

#[test]
fn an_assertion_that_holds_says_nothing_and_wants_a_scalar() {
    assert!(run("Assert", &[Tensor::scalar(true), Tensor::scalar(1i32)], &[]).unwrap().is_empty());
    let e = run("Assert", &[Tensor::from_slice(&[true], [1]).unwrap(), Tensor::scalar(1i32)], &[]).unwrap_err();
    assert_eq!(e.message(), "In[0] should be a scalar: [1]");
}

#[test]
fn print_passes_its_input_on_and_counts_its_runs() {
    let (env, state): (_, Arc<NodeState>) = (recorded::env(), Arc::default());
    let x = Tensor::scalar(2.5f32);
    for _ in 0..2 {
        let attrs = [("first_n", 1i64.into()), ("message", "seen: ".into())];
        let y = run_in(&env, &state, "Print", &[x.clone(), x.clone()], &attrs).unwrap().remove(0);
        assert!(y.shares_memory(&x));
    }
    assert_eq!(state.count.load(std::sync::atomic::Ordering::Relaxed), 2);
}

#[test]
fn print_v2_appends_to_files_and_refuses_unknown_streams() {
    let path = std::env::temp_dir().join(format!("ferroflow-print-{}.txt", std::process::id()));
    let stream = format!("file://{}", path.display());
    for text in ["one", "two"] {
        run("PrintV2", &[Tensor::string(text)], &[("output_stream", stream.as_str().into())]).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(written, "one\ntwo\n");
    let e = run("PrintV2", &[Tensor::string("x")], &[("output_stream", "nowhere".into())]).unwrap_err();
    assert_eq!(e.code(), Code::InvalidArgument);
}
