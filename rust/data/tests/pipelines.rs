//! Pipelines from Rust: order, ends, errors, threads. Shuffled orders are those of TensorFlow for the same seeds.
use ferroflow_data::{INFINITE, Pipeline, Spec, UNKNOWN};
use ferroflow_tensor::{DType, PartialShape, Result, Tensor, bail};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

fn ints(p: &Pipeline) -> Result<Vec<i64>> {
    p.iter()?.map(|e| e?[0].item()).collect()
}
fn rows(p: &Pipeline) -> Result<Vec<Vec<i64>>> {
    p.iter()?.map(|e| e?[0].to_i64()).collect()
}
fn scalar() -> Spec {
    Spec { types: vec![DType::Int64], shapes: vec![PartialShape::scalar()] }
}
fn upto(n: i64) -> Result<Pipeline> {
    Pipeline::range(0, n, 1)
}

#[test]
fn ranges_end_where_tensorflows_do() -> Result<()> {
    assert_eq!(ints(&Pipeline::range(5, 0, -2)?)?, [5, 3, 1]);
    assert_eq!(ints(&Pipeline::range(0, 7, 3)?)?, [0, 3, 6]);
    assert!(ints(&Pipeline::range(3, 3, 1)?)?.is_empty());
    assert!(ints(&Pipeline::range(3, 0, 1)?)?.is_empty());
    assert_eq!(Pipeline::range(i64::MIN, i64::MAX, 1)?.cardinality(), i64::MAX);
    Ok(())
}

#[test]
fn batches_stack_and_come_apart() -> Result<()> {
    let p = upto(5)?;
    assert_eq!(rows(&p.batch(2, false)?)?, [vec![0, 1], vec![2, 3], vec![4]]);
    assert_eq!(rows(&p.batch(2, true)?)?, [[0, 1], [2, 3]]);
    assert_eq!((p.batch(2, false)?.cardinality(), p.batch(2, true)?.cardinality()), (3, 2));
    assert_eq!(ints(&p.batch(2, false)?.unbatch())?, [0, 1, 2, 3, 4]);
    let words = Pipeline::from_slices(vec![Tensor::from_strings(vec![b"a"[..].into(), b"bc"[..].into(), b""[..].into()], [3])?])?;
    let e = words.batch(2, false)?.iter()?.next().unwrap()?;
    assert_eq!(e[0].strings()?.iter().map(|s| s.to_vec()).collect::<Vec<_>>(), [b"a".to_vec(), b"bc".to_vec()]);
    let empty = Pipeline::from_slices(vec![Tensor::zeros(DType::Float, [4, 0, 3])?])?;
    assert_eq!(empty.batch(3, false)?.iter()?.next().unwrap()?[0].shape().dims(), [3, 0, 3]);
    let ragged = upto(3)?.map(scalar(), |e| Ok(vec![Tensor::zeros(DType::Float, [e[0].item::<i64>()? as usize])?]));
    let e = ragged.batch(2, false)?.iter()?.next().unwrap().unwrap_err();
    assert_eq!(
        e.message(),
        "Cannot batch tensors with different shapes in component 0. First element had shape [0] and element 1 had shape [1]."
    );
    assert_eq!(upto(1)?.batch(0, false).err().unwrap().message(), "Batch size must be greater than zero.");
    Ok(())
}

#[test]
fn counts_follow_tensorflow() -> Result<()> {
    let p = upto(3)?;
    assert_eq!(ints(&p.repeat(Some(2)))?, [0, 1, 2, 0, 1, 2]);
    assert!(ints(&p.repeat(Some(0)))?.is_empty());
    assert!(ints(&upto(0)?.repeat(None))?.is_empty());
    assert_eq!(ints(&p.repeat(None).take(5))?, [0, 1, 2, 0, 1]);
    assert_eq!(ints(&p.skip(1).take(9))?, [1, 2]);
    assert!(ints(&p.skip(7))?.is_empty());
    assert_eq!(ints(&upto(7)?.shard(3, 1)?)?, [1, 4]);
    assert_eq!(ints(&p.concatenate(&upto(1)?)?)?, [0, 1, 2, 0]);
    assert_eq!((p.repeat(None).cardinality(), p.filter(|_| Ok(true)).cardinality()), (INFINITE, UNKNOWN));
    assert_eq!(p.shard(0, 0).err().unwrap().message(), "Number of shards must be greater than zero (currently num_shards = 0).");
    let z = Pipeline::zip(&[p.clone(), p.skip(1)]);
    assert_eq!(z.cardinality(), 2);
    assert_eq!(z.iter()?.map(|e| Ok((e.clone()?[0].item()?, e?[1].item()?))).collect::<Result<Vec<(i64, i64)>>>()?, [(0, 1), (1, 2)]);
    Ok(())
}

#[test]
fn shuffled_orders_are_tensorflows() -> Result<()> {
    // tf.data.Dataset.range(10).shuffle(4, seed=5), whose seeds are (87654321, 5): two passes, then without reshuffling.
    let seeds = (87654321, 5);
    let p = upto(10)?.shuffle(4, seeds, true)?;
    assert_eq!(ints(&p)?, [1, 4, 5, 6, 2, 7, 0, 3, 9, 8]);
    assert_eq!(ints(&p)?, [0, 4, 5, 1, 7, 6, 2, 9, 8, 3]);
    let p = upto(10)?.shuffle(4, seeds, false)?.repeat(Some(2));
    assert_eq!(ints(&p)?, [3, 4, 2, 6, 1, 7, 5, 9, 8, 0, 3, 4, 2, 6, 1, 7, 5, 9, 8, 0]);
    Ok(())
}

#[test]
fn a_shuffle_keeps_every_element() -> Result<()> {
    for size in [1, 2, 7, 100, 1000] {
        let p = upto(300)?.shuffle(size, (0, 0), true)?;
        let (a, b) = (ints(&p)?, ints(&p)?);
        assert!(size < 7 || a != b, "no new order");
        for mut x in [a, b] {
            x.sort_unstable();
            assert_eq!(x, (0..300).collect::<Vec<_>>());
        }
    }
    Ok(())
}

#[test]
fn a_cache_is_filled_by_a_complete_pass_only() -> Result<()> {
    let calls = Arc::new(AtomicUsize::new(0));
    let seen = calls.clone();
    let p = upto(4)?.map(scalar(), move |e| {
        seen.fetch_add(1, SeqCst);
        Ok(e)
    });
    let c = p.cache();
    assert_eq!(ints(&c.take(2))?, [0, 1]);
    assert_eq!(calls.load(SeqCst), 2);
    for _ in 0..3 {
        assert_eq!(ints(&c)?, [0, 1, 2, 3]);
    }
    assert_eq!(calls.load(SeqCst), 6);
    Ok(())
}

#[test]
fn threads_keep_order_and_pass_errors_on() -> Result<()> {
    let slow = |e: Vec<Tensor>| {
        let x: i64 = e[0].item()?;
        std::thread::sleep(Duration::from_micros(x as u64 % 7 * 50));
        if x == 30 {
            bail!(InvalidArgument, "thirty");
        }
        Ok(vec![Tensor::scalar(x * x)])
    };
    let p = upto(200)?.parallel_map(4, scalar(), slow).prefetch(3);
    let (mut good, mut bad) = (vec![], 0);
    for e in p.iter()? {
        match e {
            Ok(e) => good.push(e[0].item::<i64>()?),
            Err(e) => {
                assert_eq!(e.message(), "thirty");
                bad += 1;
            }
        }
    }
    assert_eq!(bad, 1);
    assert_eq!(good, (0..200).filter(|x| *x != 30).map(|x| x * x).collect::<Vec<_>>());
    Ok(())
}

#[test]
fn dropping_a_pass_stops_its_threads_at_once() -> Result<()> {
    let start = Instant::now();
    for i in 0..50 {
        let p = upto(1 << 40)?.parallel_map(3, scalar(), Ok).prefetch(2).batch(2, false)?.prefetch(1);
        let mut pass = p.iter()?;
        for _ in 0..i % 4 {
            pass.next().unwrap()?;
        }
    }
    assert!(start.elapsed() < Duration::from_secs(20));
    Ok(())
}

#[test]
fn waiting_obeys_cancellation() -> Result<()> {
    let p = upto(10)?.map(scalar(), |e| {
        std::thread::sleep(Duration::from_millis(400));
        Ok(e)
    });
    let p = p.prefetch(1);
    let token = Arc::new(ferroflow_ops::Cancel::default());
    let before = ferroflow_runtime::cancel::replace(Some(token.clone()));
    let mut pass = p.iter()?;
    ferroflow_runtime::cancel::replace(before);
    token.cancel();
    let start = Instant::now();
    assert!(pass.next().unwrap().is_err());
    assert!(start.elapsed() < Duration::from_millis(300));
    Ok(())
}

#[test]
fn a_panic_on_a_thread_is_an_error() -> Result<()> {
    let p = upto(3)?.map(scalar(), |_| panic!("on purpose")).prefetch(1);
    assert!(p.iter()?.next().unwrap().is_err());
    let p = upto(3)?.parallel_map(2, scalar(), |_| panic!("on purpose"));
    assert!(p.iter()?.next().unwrap().is_err());
    Ok(())
}
