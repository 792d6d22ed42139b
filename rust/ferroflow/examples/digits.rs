//! Trains a convolutional network on a CSV of handwritten digits: `cargo run --release --example digits -- digits.csv`, and on a
//! GPU with `--device gpu` after that.
//!
//! The file has a header line, then a line per scan: 64 pixels (0 to 16) and the label. Two thirds train, one third tests.
//! The same seed gives the same bits on every run.
use ferroflow::prelude::*;
use ferroflow::random;
use std::path::Path;
use std::time::Instant;

const SEED: i64 = 7;
const EPOCHS: usize = 25;
const BATCH: usize = 64;
const PIXELS: usize = 64;

/// Scans and their labels.
struct Digits {
    images: Vec<f32>,
    labels: Vec<i64>,
}

impl Digits {
    fn read(path: &Path) -> ferroflow::Result<Digits> {
        let bad = |what: String| ferroflow::error!(InvalidArgument, "{}: {what}", path.display());
        let text = std::fs::read_to_string(path).map_err(|e| bad(e.to_string()))?;
        let mut digits = Digits { images: vec![], labels: vec![] };
        for (i, line) in text.lines().enumerate().skip(1) {
            let numbers: Vec<f32> = line
                .split(',')
                .map(|x| x.trim().parse::<f32>())
                .collect::<Result<_, _>>()
                .map_err(|e| bad(format!("line {}: {e}", i + 1)))?;
            let [pixels @ .., label] = numbers.as_slice() else { return Err(bad(format!("line {} is empty", i + 1))) };
            if pixels.len() != PIXELS || !(0.0..10.0).contains(label) {
                return Err(bad(format!("line {} is not {PIXELS} pixels and a label", i + 1)));
            }
            digits.images.extend(pixels.iter().map(|p| p / 16.0));
            digits.labels.push(*label as i64);
        }
        Ok(digits)
    }
    /// Images `[n, 8, 8, 1]` and labels `[n]`.
    fn tensors(&self) -> ferroflow::Result<Vec<Tensor>> {
        let n = self.labels.len();
        Ok(vec![Tensor::from_slice(&self.images, [n, 8, 8, 1])?, self.labels.to_tensor()?])
    }
}

/// The trained variables, in the order in which the layers use them.
struct Layer<'g> {
    weights: Variable<'g>,
    biases: Variable<'g>,
}

fn layer<'g>(graph: &'g Graph, name: &str, shape: &[i64]) -> ferroflow::Result<Layer<'g>> {
    let outputs = shape[shape.len() - 1];
    graph.name_scope(name, || {
        let weights = Variable::new(graph, init::glorot_uniform(graph, DType::Float, shape, None)?, "w")?;
        let biases = Variable::new(graph, init::zeros(graph, DType::Float, [outputs])?, "b")?;
        Ok(Layer { weights, biases })
    })
}

fn convolution<'g>(x: T<'g>, layer: &Layer<'g>) -> ferroflow::Result<T<'g>> {
    let x = ops::conv2d(x, layer.weights, &[1, 1, 1, 1], "SAME", None)?;
    let x = ops::relu(ops::bias_add(x, layer.biases, None)?)?;
    ops::max_pool(x, &[1, 2, 2, 1], &[1, 2, 2, 1], "SAME", None)
}

/// Keeps each element with probability `keep` and scales it by `1 / keep`.
fn dropout<'g>(x: T<'g>, keep: f64) -> ferroflow::Result<T<'g>> {
    let graph = x.graph();
    let shape = ops::shape(x, None)?;
    let draw = random::uniform(graph, shape, DType::Float, 0.0, 1.0, None)?;
    (x * ops::cast(ops::less(draw, keep)?, DType::Float, None)? / keep).check()
}

/// Logits `[n, 10]`, for training (with dropout) and for use.
fn logits<'g>(x: T<'g>, layers: &[Layer<'g>; 4], training: bool) -> ferroflow::Result<T<'g>> {
    let [first, second, dense, last] = layers;
    let x = convolution(convolution(x, first)?, second)?;
    let x = ops::reshape(x, [-1, 2 * 2 * 32])?;
    let x = if training { dropout(x, 0.75)? } else { x };
    let x = ops::relu(ops::mat_mul(x, dense.weights, None)? + dense.biases)?;
    (ops::mat_mul(x, last.weights, None)? + last.biases).check()
}

/// What the program was called with.
struct Arguments {
    csv: String,
    device: String,
    epochs: usize,
}

impl Arguments {
    fn read() -> ferroflow::Result<Arguments> {
        let wrong = |what: &str| ferroflow::error!(InvalidArgument, "{what}; usage: digits [CSV] [--device cpu|gpu] [--epochs N]");
        let mut found = Arguments { csv: "digits.csv".into(), device: "/CPU:0".into(), epochs: EPOCHS };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--device" => match words.next().as_deref() {
                    Some("cpu") => found.device = "/CPU:0".into(),
                    Some("gpu") => found.device = "/GPU:0".into(),
                    _ => return Err(wrong("--device is cpu or gpu")),
                },
                "--epochs" => found.epochs = words.next().and_then(|n| n.parse().ok()).ok_or_else(|| wrong("--epochs is a number"))?,
                file => found.csv = file.into(),
            }
        }
        Ok(found)
    }
}

fn main() -> ferroflow::Result<()> {
    let Arguments { csv, device, epochs } = Arguments::read()?;
    let digits = Digits::read(Path::new(&csv))?;
    let n = digits.labels.len();
    let kept = n * 2 / 3;
    let shuffled = Dataset::from_slices(digits.tensors()?)?.shuffle(n.max(1), (SEED, SEED), false)?;
    let batches =
        shuffled.take(kept).cache().shuffle(kept.max(1), (SEED, SEED + 1), true)?.batch(BATCH, false)?.repeat(Some(epochs)).prefetch(2);
    let test = shuffled.skip(kept).batch(n.max(1), false)?;

    let graph = Graph::new();
    graph.set_seed(SEED);
    let x = graph.placeholder("images", DType::Float, [-1, 8, 8, 1])?;
    let y = graph.placeholder("labels", DType::Int64, [-1])?;
    let (loss, train, predicted) = graph.device(&device, || {
        let layers = [
            layer(&graph, "conv1", &[3, 3, 1, 16])?,
            layer(&graph, "conv2", &[3, 3, 16, 32])?,
            layer(&graph, "dense", &[2 * 2 * 32, 64])?,
            layer(&graph, "logits", &[64, 10])?,
        ];
        let (losses, _) = ops::sparse_softmax_cross_entropy_with_logits(logits(x, &layers, true)?, y)?;
        let loss = ops::mean(losses, [0], None)?;
        Ok((loss, Adam::new(3e-3).minimize(loss)?, ops::arg_max(logits(x, &layers, false)?, 1, None)?))
    })?;
    let right = ops::equal(predicted, y, None)?;
    let accuracy = ops::mean(ops::cast(right, DType::Float, None)?, [0], None)?;

    let session = Session::new(&graph)?;
    session.run_ops(&[graph.initializer()?], &[])?;
    let start = Instant::now();
    let per_epoch = kept.div_ceil(BATCH).max(1);
    for (step, batch) in batches.iter()?.enumerate() {
        let batch = batch?;
        let out = session.step(&[train], &[loss], &[(x, batch[0].clone()), (y, batch[1].clone())])?;
        if (step + 1) % (5 * per_epoch) == 0 {
            println!("epoch {:2}: loss {:.4}", (step + 1) / per_epoch, out[0].item::<f32>()?);
        }
    }
    let seconds = start.elapsed().as_secs_f32();
    for batch in test.iter()? {
        let batch = batch?;
        let out = session.run(&[accuracy], &[(x, batch[0].clone()), (y, batch[1].clone())])?;
        println!("accuracy on {} held-back scans: {:.4} ({seconds:.2} s of training)", batch[1].count(), out[0].item::<f32>()?);
    }
    Ok(())
}
