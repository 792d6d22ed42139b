"""The ops that `test_one_place.py` adds to a copy of the sources: texts, and where they go."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """A block of lines that is inserted into a file, before or after a line that is there."""

    op: str
    file: str
    text: str
    before: str = ""
    after: str = ""

    def insert(self, root):
        path = Path(root) / self.file
        lines = path.read_text().splitlines(keepends=True)
        (at,) = [i for i, line in enumerate(lines) if line.rstrip("\n") == (self.before or self.after)]
        lines.insert(at if self.before else at + 1, self.text)
        path.write_text("".join(lines))


# The good ops, with the first sentence of their docs.
GOOD = {
    "Cube": "The third power, element by element.",
    "AddTwice": "x + 2 y, element by element with broadcasting.",
    "Compound": "What rates of growth make together over axes, the product of 1 + x less 1.",
    "RotateLeft": "The elements of each row moved to the left by `shift` places, those at the front going to the end.",
}
# The faulty ops, with a test that finds the fault.
WRONG = {
    "FaultyBody": "test_eager",
    "FaultyBroadcast": "test_gradients",
    "FaultyShare": "test_gradients",
    "FaultyStart": "test_eager",
}

UNARY = "rust/ops/src/elementwise/unary.rs"
BINARY = "rust/ops/src/elementwise/binary.rs"
REDUCTION = "rust/ops/src/elementwise/reduce.rs"
MOVING = "rust/ops/src/ops/array/moving.rs"
KERNELS = "rust/cpu/src/kernels/array/moving.rs"


def unary(name, body):
    """x^3 with a body."""
    return f"""
    /// The third power, element by element.
    {name}: FLOATS => {{
        float |x| {body};
        grad ["x"] |b, g| {{
            let (three, x2) = (b.lit(g.x(0), 3.0), b.square(g.x(0)));
            let slope = b.mul(three, x2);
            times(b, g, slope)
        }};
        entry {{
            gpu: Gpu::Body,
            test: within(2.0, "x ** 3", (-2.0, 2.0)),
            ..unary("T: {{half, bfloat16, float, double}}")
        }}
    }}
"""


def binary(name, gradients):
    """x + 2 y with the last step of its gradients."""
    return f"""
    /// x + 2 y, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    {name}: FLOATS => {{
        float |x, y| x + (y + y);
        grad [] |b, g| {{
            let dz = g.dy(b, 0);
            let twice = b.add(dz, dz);
            {gradients}
        }};
        entry {{
            gpu: Gpu::Body,
            test: Test {{ ulp: 2.0, ..Test::np("x + 2 * y", (0.5, 2.0)) }},
            ..binary("T: {{half, bfloat16, float, double}}")
        }}
    }}
"""


def reduction(name, start, others):
    """The product of 1 + x less 1, with what it is of nothing and the step of its gradient."""
    return f"""
    /// What rates of growth make together over axes, the product of 1 + x less 1. The axes in reduction_indices (a scalar or
    /// vector) are removed, or kept with size 1 if keep_dims. Nothing makes 0. InvalidArgument for an axis out of range.
    {name}: Kinds::REAL, starts with {start} => {{
        float |x, y| x + y + x * y;
        int |x, y| x.add(y).add(x.mul(y));
        grad ["input", "output", "reduction_indices"] |b, g| {{
            use crate::ops::math::reduce_grad::keep;
            let (y, dy) = (keep(b, g, g.y(0))?, g.dy(b, 0));
            let (dy, one) = (keep(b, g, dy)?, b.lit(y, 1.0));
            let (all, own) = (b.add(y, one), b.add(g.x(0), one));
            let others = {others};
            crate::build::some([Some(b.mul(others, dy)), None])
        }};
        entry {{
            test: Test {{
                ulp: 12.0,
                domain: (0.0, 1.0),
                ..Test::calls(
                    "(np.prod(1 + input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims) - 1).astype(input.dtype)",
                    NUMBER_CALLS,
                )
            }},
            ..reduction(REDUCED_REAL)
        }}
    }}
"""


STRUCTURED_ENTRY = """    Entry {
        name: "RotateLeft",
        sig: "x: T -> y: T",
        attrs: "T: {float, double, int32}; shift: int",
        doc: "The elements of each row moved to the left by `shift` places, those at the front going to the end. Errors: InvalidArgument for a scalar.",
        shape: ShapeRule::Rule(|c| {
            c.set(0, c.with_rank_at_least(0, 1)?);
            Ok(())
        }),
        grad: Gradient::Rule(
            |b, g| {
                let (dy, back) = (g.dy(b, 0), -g.attrs.int("shift")?);
                some([Some(b.call("RotateLeft", &[dy], &[("shift", back.into())]))])
            },
            &[],
        ),
        gpu: MOVES,
        test: Test::calls(
            "np.roll(x, -shift, axis=-1)",
            &["x=f(2,5), shift=2", "x=f(5), shift=-7", "x=f(0,3), shift=1", "x=f(3,0), shift=1", "x=f(1,2,1,2,1,2,1,3), shift=1"],
        ),
        ..Entry::NEW
    },
"""
STRUCTURED_LINE = """    fills("RotateLeft", &[("T", &[DType::Float, DType::Double, DType::Int32])], |p| {
        Ok(Prepared::with(rotate_left, moving_cost(p), p.attrs.int("shift")?))
    }),
"""
STRUCTURED_KERNEL = """
fn rotate_left(p: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let row = x.shape().last().copied().unwrap_or(1).max(1);
    let at = p.plan::<i64>()?.rem_euclid(row as i64) as usize;
    crate::dispatch!(x.dtype(), E => {
        let (x, out) = (x.slice::<E>()?, call.out::<E>(0)?);
        for (from, to) in x.chunks_exact(row).zip(out.chunks_exact_mut(row)) {
            to.copy_from_slice(from);
            to.rotate_left(at);
        }
        Ok(())
    }, Float: f32, Double: f64, Int32: i32)
}
"""

PLACES = [
    Place("Cube", UNARY, unary("Cube", "x * x * x"), after="    UnaryVisit, Unary;"),
    Place("AddTwice", BINARY, binary("AddTwice", "both(b, g, dz, twice)"), after="    BinaryVisit, Binary;"),
    Place("Compound", REDUCTION, reduction("Compound", "0.0", "b.div(all, own)"), after="    ReduceVisit, Reduce;"),
    Place("RotateLeft", MOVING, STRUCTURED_ENTRY, after="pub static OPS: &[Entry] = &["),
    Place("RotateLeft", KERNELS, STRUCTURED_LINE, after="pub static KERNELS: &[Kernel] = &["),
    Place("RotateLeft", KERNELS, STRUCTURED_KERNEL, before="fn tile(_: &Prepared, call: &mut Call) -> Result<()> {"),
    Place("FaultyBody", UNARY, unary("FaultyBody", "x * x"), after="    UnaryVisit, Unary;"),
    # The gradients lack the sum over what was broadcast.
    Place("FaultyBroadcast", BINARY, binary("FaultyBroadcast", "crate::build::dense([dz, twice])"), after="    BinaryVisit, Binary;"),
    Place("FaultyShare", REDUCTION, reduction("FaultyShare", "0.0", "b.mul(all, own)"), after="    ReduceVisit, Reduce;"),
    Place("FaultyStart", REDUCTION, reduction("FaultyStart", "1.0", "b.div(all, own)"), after="    ReduceVisit, Reduce;"),
]  # fmt: skip

RUST_PROGRAM = """//! Calls ops that were added.
use ferroflow::prelude::*;

fn main() -> ferroflow::Result<()> {
    let graph = Graph::new();
    let x = graph.constant([2.0f32, 3.0])?;
    let all = [ops::cube(x)?, ops::add_twice(x, x)?, ops::compound(x, [0], None)?, ops::rotate_left(x, 1)?];
    for value in Session::new(&graph)?.run(&all, &[])? {
        println!("{:?}", value.slice::<f32>()?);
    }
    Ok(())
}
"""
