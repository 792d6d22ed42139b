"""Programs that mix loops, exits, arrays, datasets and gradients show the same with Ferroflow and with TensorFlow."""

import pytest
from function_programs import EAGER, FUNCTION, SESSION, Programs, check

program = Programs()


@program(FUNCTION, EAGER, SESSION, features=("nested loops", "break of both", "TensorArray", "tuple state"))
def first_pair_with_sum(tf, show):
    """`break` of an inner loop ends the outer one by a flag; an array keeps the pairs that were tried."""

    @tf.function
    def f(values, goal):
        found, pair = tf.constant(False), (tf.constant(-1), tf.constant(-1))
        tried = tf.TensorArray(tf.int32, 0, dynamic_size=True, element_shape=[2])
        n = tf.shape(values)[0]
        for i in tf.range(n):
            for j in tf.range(i + 1, n):
                if j - i > 3:
                    continue
                tried = tried.write(tried.size(), tf.stack([i, j]))
                if tf.equal(values[i] + values[j], goal):
                    found, pair = tf.constant(True), (i, j)
                    break
            if found:
                break
        return found, pair, tried.stack()

    for goal in (11, 4, 100):
        show(lambda goal=goal: f(tf.constant([1, 3, 5, 8, 2, 6]), tf.constant(goal)))


@program(FUNCTION, EAGER, features=("return in a loop", "while with else", "retrace by shape", "recursive helper"))
def collatz(tf, show):
    """`return` out of a loop over a range ends it; helpers are converted, once for each signature of the whole."""
    traces = []

    def step(n):
        if n % 2 == 0:
            return n // 2
        return 3 * n + 1

    def twice(function, n, depth):
        return n if depth == 0 else twice(function, function(n), depth - 1)

    @tf.function
    def f(n, most):
        traces.append((n.shape.as_list(), most))
        count = 0
        best = n
        for _ in tf.range(most):
            if n <= 1:
                return count, best
            n = step(n)
            best = tf.maximum(best, n)
            count += 1
        return -1, twice(step, best, 2)

    for n, most in ((6, 100), (27, 200), (27, 5), (1, 5), (1, 0)):
        show(lambda n=n, most=most: f(tf.constant(n), most))
    show(traces)


@program(FUNCTION, EAGER, SESSION, features=("while", "boolean operators", "second gradient", "shape invariant"))
def newton(tf, show):
    """Newton's method with two stop conditions joined by `and`; its gradients of both orders go through the rounds."""

    @tf.function
    def root(a):
        x, steps = a, tf.constant(0)
        history = tf.reshape(a, [1])
        while tf.abs(x * x - a) > 1e-3 and not (steps >= 20 or tf.math.is_nan(x)):
            tf.autograph.experimental.set_loop_options(
                shape_invariants=[(history, tf.TensorShape([None]))], parallel_iterations=1
            )
            x = (x + a / x) / 2.0
            history = tf.concat([history, [x]], 0)
            steps += 1
        return x, steps, history

    @tf.function
    def slopes(a):
        with tf.GradientTape() as outer:
            outer.watch(a)
            with tf.GradientTape() as inner:
                inner.watch(a)
                x, _, history = root(a)
                y = x + tf.reduce_sum(history) * 0.1
            first = inner.gradient(y, a)
        return first, outer.gradient(first, a)

    for a in (2.0, 9.0, 1.0):
        show(lambda a=a: root(tf.constant(a)))
        show(lambda a=a: slopes(tf.constant(a)))


@program(FUNCTION, EAGER, features=("dataset of dicts", "continue", "variable", "list of TensorArrays"))
def grouped_sums(tf, show):
    """A loop over a dataset of dicts skips some, adds to variables, and fills several arrays that a list holds."""
    counts = tf.Variable([0, 0])

    @tf.function
    def f(data):
        arrays = [tf.TensorArray(tf.int64, 0, dynamic_size=True, element_shape=[]) for _ in range(2)]
        sizes = [0, 0]
        for item in data:
            value, group = item["value"], item["group"]
            if value < 0:
                continue
            counts.scatter_nd_add([[group]], [1])
            if group == 0:
                arrays[0] = arrays[0].write(sizes[0], value)
                sizes[0] += 1
            else:
                arrays[1] = arrays[1].write(sizes[1], -value)
                sizes[1] += 1
        return [array.stack() for array in arrays], [tf.convert_to_tensor(one) for one in sizes]

    data = tf.data.Dataset.from_tensor_slices(
        {"value": tf.constant([5, -1, 7, 2, -3, 4], tf.int64), "group": tf.constant([0, 0, 1, 0, 1, 1])}
    )
    show(lambda: f(data))
    show(counts)
    show(lambda: f(data.skip(3)))
    show(counts)
    show(lambda: f(data.take(0)))


@program(FUNCTION, EAGER, features=("list append", "Python loop", "tensor loop", "stack"))
def lists_of_tensors(tf, show):
    """`append` to a Python list works while tracing; a list of one dtype that a graph loop appends to is refused."""

    @tf.function
    def python(x):
        kept, nested = [], {"rows": []}
        for i in range(3):
            kept.append(x * i)
            nested["rows"].append([x + i])
        for value in tf.range(3):
            kept[0] += value
        kept.insert(0, kept.pop())
        return tf.stack(kept), nested["rows"]

    show(lambda: python(tf.constant(5)))


@program(FUNCTION, features=("list append in a graph loop", "leak of a loop's tensor", "exception", "trace count"))
def lists_in_graph_loops(tf, show):
    """Tensors that leave a graph loop through a Python list are out of scope; the loop's body was traced once."""
    traces = []

    @tf.function
    def leak(n):
        kept = []
        for i in tf.range(n):
            traces.append("round")
            kept.append(i * 2)
        return kept

    @tf.function
    def grown(n):
        kept = [tf.constant(0)]
        for i in tf.range(n):
            kept = [kept[0] + i]
        return kept

    @tf.function
    def longer(n):
        kept = [tf.constant(0)]
        for i in tf.range(n):
            kept = [*kept, i]
        return kept

    def kind(call):
        try:
            call()
        except Exception as error:
            return type(error).__name__
        return "none"

    show(lambda: kind(lambda: leak(tf.constant(3))))
    show(lambda: grown(tf.constant(3)))
    show(lambda: longer(tf.constant(3)))
    show(len(traces))


@program(FUNCTION, EAGER, features=("generator argument", "zip", "star arguments", "early return"))
def python_iterables(tf, show):
    """`zip`, `enumerate`, `map`, `filter`, `reversed` and generators are read while tracing; an early return ends them."""
    read = []

    def numbers(n):
        for i in range(n):
            read.append(i)
            yield i

    @tf.function
    def f(x, *factors, stop=None):
        total = x * 0
        for i, (a, b) in enumerate(zip(numbers(5), factors)):
            if stop is not None and i == stop:
                return total, "stopped"
            total += x * a * b
        for value in reversed([*filter(lambda v: v > 1, map(lambda v: v + 1, range(3)))]):
            total = total * 10 + value
        return total, "whole"

    show(lambda: f(tf.constant(2), 1, 2, 3))
    show(lambda: f(tf.constant(2), 1, 2, 3, stop=1))
    show(lambda: f(tf.constant(2), tf.constant(1), 2))
    show(read)


@program(FUNCTION, EAGER, SESSION, features=("scan in a loop", "closure", "lambda", "conditional expression"))
def functional_ops_in_loops(tf, show):
    """`tf.scan`, `tf.map_fn` and `tf.foldl` with converted lambdas run inside a loop and close over its variables."""

    @tf.function
    def f(x, n):
        total = tf.zeros_like(x[0])
        for i in tf.range(n):
            shift = tf.cast(i, x.dtype)
            mapped = tf.map_fn(lambda v: v + shift if v > shift else v - shift, x)
            running = tf.scan(lambda a, v: a + v if v > 0 else a - v, mapped)
            total += tf.foldl(lambda a, v: tf.maximum(a, v), running) * (2.0 if x.dtype == tf.float32 else 1.0)
        return total

    for n in (0, 1, 3):
        show(lambda n=n: f(tf.constant([0.5, -1.5, 2.5]), tf.constant(n)))


@program(FUNCTION, EAGER, features=("tape in a loop", "optimizer-like update", "early stop", "dataset", "dictionary"))
def training_with_patience(tf, show):
    """A training loop over a dataset keeps the best weights and stops when there was no gain for some rounds."""
    traces = []

    class Fit(tf.Module):
        def __init__(self):
            super().__init__()
            self.w, self.best = tf.Variable([0.0, 0.0]), tf.Variable([0.0, 0.0])
            self.rounds = tf.Variable(0)

        def loss(self, x, y):
            return tf.reduce_mean(tf.square(tf.linalg.matvec(x, self.w) - y))

        @tf.function
        def run(self, data, patience):
            traces.append("run")
            lowest, waited = tf.constant(1e9), 0
            for batch in data:
                with tf.GradientTape() as tape:
                    loss = self.loss(batch["x"], batch["y"])
                if loss < lowest - 1e-3:
                    lowest, waited = loss, 0
                    self.best.assign(self.w)
                else:
                    waited += 1
                    if waited >= patience:
                        break
                self.w.assign_sub(0.1 * tape.gradient(loss, self.w))
                self.rounds.assign_add(1)
            return {"lowest": lowest, "waited": waited}

    x = tf.constant([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    data = tf.data.Dataset.from_tensors({"x": x, "y": tf.constant([1.0, -1.0, 0.0])}).repeat(40)
    fit = Fit()
    show(lambda: fit.run(data, tf.constant(3)))
    show(lambda: (fit.rounds, fit.best, fit.w))
    show(lambda: fit.run(data, tf.constant(1)))
    show(lambda: (fit.rounds, fit.best, fit.w))
    show(traces)


@program(FUNCTION, EAGER, SESSION, features=("matrix loop", "chained comparison", "nested conditional", "del"))
def count_islands(tf, show):
    """Loops over rows and elements of a matrix with chained comparisons; `del` of a name ends it."""

    @tf.function
    def f(grid):
        starts, inside = tf.constant(0), tf.constant(0)
        for row in grid:
            before = tf.constant(0)
            for cell in row:
                scratch = cell * 2
                if 0 < cell <= 5:
                    if before <= 0:
                        starts += 1
                    inside += 1 if scratch < 6 else 10
                elif cell > 5:
                    inside -= 1
                before = cell
                del scratch
        return starts, inside

    show(lambda: f(tf.constant([[0, 1, 1, 0, 6], [3, 0, 0, 5, 5]])))
    show(lambda: f(tf.zeros([0, 3], tf.int32)))
    show(lambda: f(tf.ones([2, 0], tf.int32)))


@program(FUNCTION, EAGER, features=("string tensors", "loop", "lookup in a Python dict", "f-string while tracing"))
def strings_in_loops(tf, show):
    """String tensors are loop variables too; Python strings and f-strings are made while tracing."""
    names = []

    @tf.function
    def f(words, style):
        names.append(f"{style}:{words.shape.rank}")
        marks = {"plain": "", "loud": "!"}
        result = tf.constant("")
        for word in words:
            if tf.strings.length(word) == 0:
                continue
            if result == "":
                result = word + marks[style]
            else:
                result = tf.strings.join([result, word + marks[style]], " ")
        return result

    for style in ("plain", "loud", "plain"):
        show(lambda style=style: f(tf.constant(["hello", "", "world"]), style))
    show(lambda: f(tf.constant(["a"]), "none"))
    show(names)


@program(FUNCTION, EAGER, features=("unknown shapes", "input signature", "ragged rounds", "assert in a loop"))
def windows(tf, show):
    """Slices of changing length need a shape invariant; a failing assertion in a round stops the run there."""
    done = tf.Variable(0)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32), tf.TensorSpec([], tf.int32)])
    def f(x, width):
        part = x[:0]
        for i in tf.range(tf.size(x)):
            tf.autograph.experimental.set_loop_options(shape_invariants=[(part, tf.TensorShape([None]))])
            part = x[i : i + width]
            tf.debugging.assert_positive(part, message="window")
            done.assign_add(1)
        return part, done + 0

    show(lambda: f(tf.constant([1.0, 2.0, 3.0]), tf.constant(2)))
    show(lambda: f(tf.constant([]), tf.constant(2)))

    def kind():
        try:
            f(tf.constant([1.0, 2.0, -3.0]), tf.constant(2))
        except Exception as error:
            return type(error).__name__
        return "none"

    show(kind)


@program(FUNCTION, EAGER, features=("ragged rows", "break", "continue", "shape invariant", "gradient"))
def ragged_rows(tf, show):
    """A loop over the rows of a ragged tensor, with early ends and a state that grows."""
    rows = tf.ragged.constant([[1, 2, 3], [4], [5, 6]], row_splits_dtype=tf.int32)

    @tf.function(input_signature=[tf.RaggedTensorSpec([None, None], tf.int32, row_splits_dtype=tf.int32)])
    def f(x):
        total = tf.constant(0)
        joined = tf.zeros([1], tf.int32)
        for row in x:
            tf.autograph.experimental.set_loop_options(shape_invariants=[(joined, tf.TensorShape([None]))])
            if tf.size(row) == 2:
                continue
            if tf.reduce_sum(row) > 9:
                break
            total += tf.reduce_sum(row)
            joined = tf.concat([joined, row], 0)
        return total, joined

    @tf.function
    def squares(x):
        with tf.GradientTape() as tape:
            tape.watch(x.values)
            total = 0.0
            for row in x:
                total += tf.reduce_sum(row**2)
        return tape.gradient(total, x.values)

    show(lambda: f(rows))
    show(lambda: squares(tf.cast(rows, tf.float32)))


@program(FUNCTION, EAGER, features=("shape invariant", "TensorArray", "break"))
def growing_state(tf, show):
    """A shape invariant of one variable leaves a TensorArray and a nested state as they are."""

    @tf.function
    def f(n):
        h = tf.zeros([1])
        sums = tf.TensorArray(tf.float32, size=0, dynamic_size=True)
        pair = {"a": (tf.constant(1.0), tf.constant(2))}
        for t in tf.range(n):
            tf.autograph.experimental.set_loop_options(shape_invariants=[(h, tf.TensorShape([None]))])
            if t == 4:
                break
            h = tf.concat([h, h + 1.0], 0)
            sums = sums.write(t, tf.reduce_sum(h))
            pair = {"a": (pair["a"][0] * 2.0, pair["a"][1] + t)}
        return h, sums.stack(), pair

    show(lambda: f(tf.constant(3)))
    show(lambda: f(tf.constant(6)))


@pytest.mark.parametrize("one, way", program, ids=program.names())
def test_program_shows_what_tensorflow_shows(one, way):
    check(one, way)
