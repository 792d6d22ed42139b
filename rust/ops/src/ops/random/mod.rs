//! Random numbers: by a node's own stream (attributes seed and seed2), and as pure functions of key and counter.
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{DType, PartialShape, Result, bail};

const FILE: Test = Test::own(&["rust/cpu/tests/random.rs", "tests/ops/test_direct.py"]);
const NONE: Gradient = Gradient::None("random numbers do not depend on the inputs");
const DRAWS: Gpu = Gpu::Template("random");
const HOST: Gpu = Gpu::Host("how many numbers it takes of the stream depends on the values");
const STREAM: Flags = Flags::STATEFUL.and(Flags::RANDOM);

const fn stream(name: &'static str, doc: &'static str) -> Entry {
    Entry {
        name,
        sig: "shape: T -> output: dtype",
        attrs: "seed: int = 0; seed2: int = 0; dtype: {half, bfloat16, float, double}; T: {int32, int64}",
        doc,
        flags: STREAM,
        shape: ShapeRule::Rule(from_shape),
        grad: NONE,
        host: &["shape"],
        gpu: DRAWS,
        test: FILE,
        ..Entry::NEW
    }
}

const fn keyed(name: &'static str, sig: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry {
        name,
        sig,
        attrs,
        doc,
        shape: ShapeRule::Rule(from_key),
        grad: NONE,
        host: &["shape", "key", "counter", "alg"],
        gpu: DRAWS,
        test: FILE,
        ..Entry::NEW
    }
}

const fn seeded(name: &'static str, sig: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry {
        name,
        sig,
        attrs,
        doc,
        shape: ShapeRule::Rule(from_seed),
        grad: NONE,
        host: &["shape", "seed"],
        gpu: DRAWS,
        test: FILE,
        ..Entry::NEW
    }
}

const KEYED: &str = "shape: Tshape, key: uint64, counter: uint64, alg: int32 -> output: dtype";
const KEYED_RANGE: &str = "shape: Tshape, key: uint64, counter: uint64, alg: int32, minval: dtype, maxval: dtype -> output: dtype";
const KEYED_FLOAT: &str = "dtype: {half, bfloat16, float, double} = float; Tshape: {int32, int64} = int32";
const SEEDED: &str = "shape: T, seed: Tseed -> output: dtype";
const SEEDED_RANGE: &str = "shape: T, seed: Tseed, minval: dtype, maxval: dtype -> output: dtype";
const SEEDED_FLOAT: &str = "dtype: {half, bfloat16, float, double} = float; T: {int32, int64} = int32; Tseed: {int32, int64} = int64";

/// Random numbers.
pub static OPS: &[Entry] = &[
    stream(
        "RandomUniform",
        "Draws uniformly from [0, 1). The same seeds give the same sequence of results, run after run; both 0 mean a random seed.",
    ),
    stream("RandomStandardNormal", "Draws from the normal distribution of mean 0 and deviation 1 (Box-Muller). Seeds as in RandomUniform."),
    stream(
        "TruncatedNormal",
        "Draws from the normal distribution of mean 0 and deviation 1 and draws again what is more than 2 from the mean. Seeds as in RandomUniform.",
    ),
    Entry {
        sig: "shape: T, minval: Tout, maxval: Tout -> output: Tout",
        attrs: "seed: int = 0; seed2: int = 0; Tout: {int32, int64}; T: {int32, int64}",
        shape: ShapeRule::Rule(from_shape_and_range),
        grad: Gradient::Missing("integers have no gradient"),
        host: &["shape", "minval", "maxval"],
        ..stream(
            "RandomUniformInt",
            "Draws integers from [minval, maxval), by remainder: slightly uneven unless the range is a power of two. InvalidArgument unless minval < maxval.",
        )
    },
    Entry {
        sig: "value: T -> output: T",
        attrs: "seed: int = 0; seed2: int = 0; T: type",
        shape: ShapeRule::Same,
        host: &[],
        ..stream("RandomShuffle", "Permutes a tensor along its first axis at random. Seeds as in RandomUniform.")
    },
    Entry {
        sig: "logits: T, num_samples: int32 -> output: output_dtype",
        attrs: "seed: int = 0; seed2: int = 0; T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64}; output_dtype: {int32, int64} = int64",
        shape: ShapeRule::Rule(multinomial),
        host: &["num_samples"],
        gpu: HOST,
        ..stream(
            "Multinomial",
            "Draws num_samples classes for each row of logits, class j with probability proportional to e^logits[row, j]. Logits that are not finite have probability 0.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(stateless_multinomial),
        host: &["num_samples", "seed"],
        gpu: HOST,
        ..seeded(
            "StatelessMultinomial",
            "logits: T, num_samples: int32, seed: Tseed -> output: output_dtype",
            "T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64}; Tseed: {int32, int64} = int64; output_dtype: {int32, int64} = int64",
            "Draws classes as Multinomial does, as a function of a seed of two integers.",
        )
    },
    Entry {
        name: "StatelessRandomGetKeyCounter",
        sig: "seed: Tseed -> key: uint64, counter: uint64",
        attrs: "Tseed: {int32, int64} = int64",
        doc: "Scrambles a seed of two integers into the key [1] and counter [2] of the Philox generator.",
        shape: ShapeRule::Rule(key_counter),
        grad: Gradient::Missing("integers have no gradient"),
        host: &["seed", "key", "counter"],
        gpu: Gpu::Free,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "StatelessRandomGetAlg",
        sig: " -> alg: int32",
        doc: "Gives the number of the generator that suits the device: 1, Philox.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Scalar,
        grad: Gradient::Missing("integers have no gradient"),
        host: &["alg"],
        gpu: Gpu::Free,
        test: FILE,
        ..Entry::NEW
    },
    keyed(
        "StatelessRandomUniformV2",
        KEYED,
        KEYED_FLOAT,
        "Draws uniformly from [0, 1), as a function of key, counter and algorithm (1 is Philox, 3 chooses it).",
    ),
    keyed(
        "StatelessRandomNormalV2",
        KEYED,
        KEYED_FLOAT,
        "Draws from the normal distribution of mean 0 and deviation 1, as a function of key and counter.",
    ),
    keyed(
        "StatelessTruncatedNormalV2",
        KEYED,
        KEYED_FLOAT,
        "Draws from the normal distribution without its tails beyond 2, as a function of key and counter.",
    ),
    Entry {
        host: &["shape", "key", "counter", "alg", "minval", "maxval"],
        ..keyed(
            "StatelessRandomUniformIntV2",
            KEYED_RANGE,
            "dtype: {int32, int64, uint32, uint64}; Tshape: {int32, int64} = int32",
            "Draws integers from [minval, maxval), as a function of key and counter. InvalidArgument unless minval < maxval.",
        )
    },
    keyed(
        "StatelessRandomUniformFullIntV2",
        KEYED,
        "dtype: {int32, int64, uint32, uint64} = uint64; Tshape: {int32, int64} = int32",
        "Draws integers from all values of the dtype, as a function of key and counter.",
    ),
    seeded("StatelessRandomUniform", SEEDED, SEEDED_FLOAT, "Draws uniformly from [0, 1), as a function of a seed of two integers."),
    seeded(
        "StatelessRandomNormal",
        SEEDED,
        SEEDED_FLOAT,
        "Draws from the normal distribution of mean 0 and deviation 1, as a function of a seed of two integers.",
    ),
    seeded(
        "StatelessTruncatedNormal",
        SEEDED,
        SEEDED_FLOAT,
        "Draws from the normal distribution without its tails beyond 2, as a function of a seed of two integers.",
    ),
    Entry {
        host: &["shape", "seed", "minval", "maxval"],
        ..seeded(
            "StatelessRandomUniformInt",
            SEEDED_RANGE,
            "dtype: {int32, int64}; T: {int32, int64}; Tseed: {int32, int64} = int64",
            "Draws integers from [minval, maxval), as a function of a seed of two integers. InvalidArgument unless minval < maxval.",
        )
    },
    seeded(
        "StatelessRandomUniformFullInt",
        SEEDED,
        "dtype: {int32, int64, uint32, uint64} = uint64; T: {int32, int64} = int32; Tseed: {int32, int64, uint32, uint64} = int64",
        "Draws integers from all values of the dtype, as a function of a seed of two integers.",
    ),
];

/// The shape that operand 0 asks for.
fn wanted(c: &Infer) -> Result<PartialShape> {
    if !c.at_run_time {
        c.with_rank(0, 1)?;
        return c.shape_operand(0);
    }
    if c.shape(0).rank() != Some(1) {
        bail!(InvalidArgument, "shape must be a vector of {{int32,int64}}, got shape {}", c.shape(0));
    }
    let Some(dims) = c.known_ints(0) else { return Ok(PartialShape::UNKNOWN) };
    if let Some(d) = dims.iter().find(|d| **d < 0) {
        bail!(InvalidArgument, "Dimension {d} must be >= 0");
    }
    let shape: ferroflow_tensor::Shape = dims.iter().map(|d| *d as usize).collect();
    if shape.checked_count().is_none() {
        bail!(InvalidArgument, "Shape {shape} would have more than 2**63 - 1 elements");
    }
    Ok(shape.into())
}

fn from_shape(c: &mut Infer) -> Result<()> {
    let shape = wanted(c)?;
    c.set(0, shape);
    Ok(())
}

/// Checks that operands `first` and `first + 1` are scalars with `minval < maxval`.
fn range(c: &Infer, first: usize, shape: &PartialShape) -> Result<()> {
    for (i, name) in [(first, "minval"), (first + 1, "maxval")] {
        if c.shape(i).rank().is_some_and(|r| r != 0) {
            let s = c.shape(i);
            return Err(c.fail(
                ferroflow_tensor::Code::InvalidArgument,
                format!("{name} must be a scalar; got a tensor of shape {s}"),
                format!("{name} must be 0-D, got shape {s}"),
            ));
        }
    }
    let (Some(lo), Some(hi)) = (c.tensor(first), c.tensor(first + 1)) else { return Ok(()) };
    if c.at_run_time && shape.count() != Some(0) {
        let ordered = if lo.dtype() == DType::UInt64 { lo.item::<u64>()? < hi.item::<u64>()? } else { lo.to_i64()?[0] < hi.to_i64()?[0] };
        if !ordered {
            let show = |t: &ferroflow_tensor::Tensor| {
                t.to_i64().map(|v| if t.dtype() == DType::UInt64 { (v[0] as u64).to_string() } else { v[0].to_string() })
            };
            bail!(InvalidArgument, "Need minval < maxval, got {} >= {}", show(&lo)?, show(&hi)?);
        }
    }
    Ok(())
}

fn from_shape_and_range(c: &mut Infer) -> Result<()> {
    let shape = wanted(c)?;
    range(c, 1, &shape)?;
    c.set(0, shape);
    Ok(())
}

fn stateless_multinomial(c: &mut Infer) -> Result<()> {
    multinomial(c)?;
    let seed = c.with_rank(2, 1)?;
    match seed.dim(0) {
        Some(n) if n != 2 && c.at_run_time => bail!(InvalidArgument, "seed must have shape [2], not {seed}"),
        Some(n) if n != 2 => bail!(InvalidArgument, "Dimension must be 2 but is {n}"),
        _ => Ok(()),
    }
}

fn multinomial(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        let (logits, samples) = (c.shape(0).clone(), c.shape(1).clone());
        if logits.rank() != Some(2) {
            bail!(InvalidArgument, "logits should be a matrix, got shape {logits}");
        }
        if samples.rank() != Some(0) {
            bail!(InvalidArgument, "num_samples should be a scalar, got shape {samples}");
        }
        if let Some(n) = c.int(1).filter(|n| *n < 0) {
            bail!(InvalidArgument, "num_samples should be non-negative, got {n}");
        }
        if logits.dim(1) == Some(0) {
            bail!(InvalidArgument, "num_classes should be positive, got 0");
        }
    }
    let logits = c.with_rank(0, 2)?;
    c.with_rank(1, 0)?;
    if let Some(n) = c.int(1).filter(|n| *n < 0) {
        bail!(InvalidArgument, "Dimension size, given by scalar input 1, must be non-negative but is {n}");
    }
    let samples = c.int(1).map(|n| n as usize);
    c.set(0, PartialShape::new(vec![logits.dim(0), samples]));
    Ok(())
}

/// Checks that operand `i` is a vector of two integers.
fn pair(c: &Infer, i: usize) -> Result<()> {
    if c.at_run_time {
        if !c.shape(i).accepts(&[2].into()) {
            bail!(InvalidArgument, "seed must have shape [2], not {}", c.shape(i));
        }
        return Ok(());
    }
    match c.with_rank(i, 1)?.dim(0) {
        Some(n) if n != 2 => bail!(InvalidArgument, "Dimension must be 2 but is {n}"),
        _ => Ok(()),
    }
}

fn key_counter(c: &mut Infer) -> Result<()> {
    pair(c, 0)?;
    c.set(0, [1]);
    c.set(1, [2]);
    Ok(())
}

fn from_seed(c: &mut Infer) -> Result<()> {
    pair(c, 1)?;
    let shape = wanted(c)?;
    if c.n_inputs() == 4 {
        range(c, 2, &shape)?;
    }
    c.set(0, shape);
    Ok(())
}

fn from_key(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        if c.shape(3).rank() != Some(0) {
            bail!(InvalidArgument, "input 3 (0-based) must have shape [], not {}", c.shape(3));
        }
        if let Some(alg) = c.int(3).filter(|a| !matches!(a, 1 | 3)) {
            bail!(InvalidArgument, "Unsupported algorithm id: {alg}");
        }
        if !c.shape(1).accepts(&[1].into()) {
            bail!(InvalidArgument, "key must have shape [1], not {}. (Note that batched keys are not supported yet.)", c.shape(1));
        }
        if c.shape(2).rank() != Some(1) || c.shape(2).dim(0).is_some_and(|n| n < 2) {
            let least = if c.shape(2).dim(0) == Some(1) { 2 } else { 1 };
            bail!(
                InvalidArgument,
                "counter must be a vector with length at least {least}; got shape: {}. (Note that batched counters are not supported yet.)",
                c.shape(2)
            );
        }
    } else {
        if let Some(n) = c.with_rank(1, 1)?.dim(0).filter(|n| *n != 1) {
            bail!(InvalidArgument, "Dimension must be 1 but is {n}");
        }
        c.with_rank(2, 1)?;
        c.with_rank(3, 0)?;
    }
    let shape = wanted(c)?;
    if c.n_inputs() == 6 {
        range(c, 4, &shape)?;
    }
    c.set(0, shape);
    Ok(())
}
