"""Why rows miss their target or stay behind a peer, as measurements say: text for docs/benchmarks.md, where it stands as long as the rows do."""

# Patterns of whole names of rows, and why.
NOTES = {
    r"CNN 32x32 step, batch 64: memory over need": (
        "The arena (35.66 MB) is exactly the sum of what is alive in its fullest step, the gradient of the second pooling: all six "
        "activations (28.35 MB), which later steps read, the gradient of the dense weights (2.10 MB), the gradient that comes in "
        "(1.05 MB) and the one that is made (4.19 MB). The need counts no gradients of activations, so 1.13 is the least for any "
        "order of these ops that keeps the activations."
    ),
    r"LSTM 128-256 step, 32 in time, batch 32: memory over need": (
        "The fullest step joins the gradients of the gates of all 32 times, 4.19 MB, to one array for the weights of the inputs: "
        "both are alive at once. Without that copy the figure would be 0.9; the gradients would have to be made in their places."
    ),
    r"callable, 1 feed": (
        "Of a call, Python's own part (the call, the list, the new array and its end) takes what `np.empty(3)` takes, 0.1 µs on this "
        "machine, and NumPy's `a + a` as a whole 0.24 µs; the rest is reading the array, finding the plan, the step and two locks."
    ),
    r"matmul 128": (
        "On two cores 11.0 µs, where 19.0 µs on one in the same run would be halved to 9.5: the rest is the fork and the join, with "
        "both cores awake. At 64 all of it takes 2.4 µs on one core, so a fork would save 1.2 and cost 1.5."
    ),
    r"matmul 1024x1024x1": (
        "The matrix of 4 MiB is read from the caches at 175 GB/s on two cores, 1.14 times what a plain read of as much reaches."
    ),
    r"depthwise 3x3 (?!112x112x(96|32) |56x56x144 batch 8).*": (
        "With AVX2 arrays near the core reach 0.32 to 0.37 of the peak of fused multiply-adds on one core, by the few operations (9) "
        "for each result: a block of 4 pixels and two registers of channels has 72 multiply-adds, 54 loads and 8 stores."
    ),
    r"depthwise 3x3 (112x112x(96|32)|56x56x144) .*batch 8.*": (
        "26 to 48 MB are read and written, which no cache holds: with AVX2 one core takes about what memory gives it."
    ),
    r"conv 7x7 224x224x3->64 /2 batch 8, gradients": (
        "The gradient by the input computes 8 rows of the filter for 7 and 48 columns for 42, so 0.77 of the peak is the most; 0.62 "
        "is reached on one core at batch 1. The gradient by the filter reaches 0.55."
    ),
    r"conv 1x1 112x112x16->96 .*": (
        "6 numbers are written for each that is read, 39 MB past the caches; with 16 channels there are few multiply-adds for each."
    ),
    r"sort .*": (
        "tf.sort is Neg, TopKV2 and Neg as in TensorFlow, and TopKV2 gives positions too: keys of 64 bits, the number and its "
        "position, are sorted, where NumPy sorts 32 bits in place. A list of 64-bit keys takes 1.8 times as long as one of 32-bit "
        "keys with the same loops (rows of 1000: 5.1 against 2.9 ns for each), and the two passes that turn the numbers round "
        "come on top."
    ),
}
