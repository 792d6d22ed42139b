//! Frames: one shader template for each class of op, filled with a body.
use ferroflow_tensor::DType;
use std::fmt::Write;

/// Functions that bodies call.
pub const HELPERS: &str = include_str!("helpers.wgsl");
const HELPERS_WIDE: &str = include_str!("helpers_wide.wgsl");
/// Invocations of a workgroup.
pub const GROUP: u32 = 256;
/// What `p` holds first: infinity and NaN, which WGSL cannot write.
pub const SPECIAL: [u32; 2] = [0x7f80_0000, 0x7fc0_0000];

/// How a shader names the values of a dtype.
pub fn value(dtype: DType) -> &'static str {
    match dtype {
        DType::Int32 => "i32",
        DType::UInt32 => "u32",
        DType::Bool => "bool",
        // The low word first.
        DType::Int64 => "vec2<u32>",
        _ => "f32",
    }
}
/// How a shader names the elements of a buffer of a dtype.
pub fn element(dtype: DType) -> &'static str {
    if dtype == DType::Bool { "u32" } else { value(dtype) }
}
/// The value of an element.
pub fn load(dtype: DType, place: &str) -> String {
    if dtype == DType::Bool { format!("({place} != 0u)") } else { place.into() }
}
/// The element for a value.
pub fn store(dtype: DType, value: &str) -> String {
    if dtype == DType::Bool { format!("select(0u, 1u, {value})") } else { value.into() }
}

/// What a shader computes for each element.
#[derive(Clone, Debug)]
pub struct Body {
    /// `let` statements over the inputs `x`, `y`, `z`.
    pub statements: String,
    /// The expression of the result.
    pub result: String,
    /// Whether it computes with 64-bit floats.
    pub wide: bool,
}

/// The names of a body's inputs.
pub const NAMES: [&str; 3] = ["x", "y", "z"];

/// The bindings of a shader that has one output: numbers, the output, the inputs.
pub fn bindings(output: DType, inputs: &[DType], windows: &[Window]) -> String {
    let mut text = Bindings::new(windows);
    text.buffer("out", output, true);
    inputs.iter().enumerate().for_each(|(i, d)| text.buffer(&format!("in{i}"), *d, false));
    text.text
}

/// How shaders see a buffer: as so many bindings, each of so many bytes but the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Bindings.
    pub pieces: u32,
    /// Bytes of each.
    pub bytes: u32,
}

/// Declares the buffers of a shader.
pub struct Bindings<'a> {
    /// The declarations.
    pub text: String,
    windows: std::slice::Iter<'a, Window>,
    next: u32,
}

impl Bindings<'_> {
    /// Those of the numbers `p`, which come first.
    pub fn new(windows: &[Window]) -> Bindings<'_> {
        let text = "@group(0) @binding(0) var<storage, read> p: array<u32>;\n".into();
        Bindings { text, windows: windows.iter(), next: 1 }
    }
    /// The next buffer: `NAME_get(at)` is an element of it, `NAME_set(at, v)` writes one.
    pub fn buffer(&mut self, name: &str, dtype: DType, written: bool) {
        let Some(window) = self.windows.next() else { return };
        let (e, access) = (element(dtype), if written { "read_write" } else { "read" });
        let text = &mut self.text;
        for piece in 0..window.pieces {
            let _ = writeln!(text, "@group(0) @binding({}) var<storage, {access}> {name}_{piece}: array<{e}>;", self.next + piece);
        }
        self.next += window.pieces;
        let each = window.bytes / if dtype == DType::Int64 { 8 } else { 4 };
        let chosen = |begin: &str, end: &str| match window.pieces {
            1 => format!("    {begin}{name}_0[at]{end};\n"),
            n => {
                let case = |i: u32| format!("        case {i}u: {{ {begin}{name}_{i}[at - {}u]{end}; }}\n", i * each);
                let last = format!("        default: {{ {begin}{name}_{}[at - {}u]{end}; }}\n", n - 1, (n - 1) * each);
                format!("    switch at / {each}u {{\n{}{last}    }}\n", (0..n - 1).map(case).collect::<String>())
            }
        };
        let _ = writeln!(text, "fn {name}_get(at: u32) -> {e} {{\n{}}}", chosen("return ", ""));
        if written {
            let _ = writeln!(text, "fn {name}_set(at: u32, v: {e}) {{\n{}}}", chosen("", " = v"));
        }
    }
}

/// The functions that bodies call.
pub fn helpers(wide: bool) -> String {
    HELPERS.to_string() + if wide { HELPERS_WIDE } else { "" }
}

/// A function of a body.
pub fn function(name: &str, body: &Body, output: DType, inputs: &[DType]) -> String {
    let parameters: Vec<_> = inputs.iter().zip(NAMES).map(|(d, n)| format!("{n}: {}", value(*d))).collect();
    format!("\nfn {name}({}) -> {} {{\n{}    return {};\n}}\n", parameters.join(", "), value(output), body.statements, body.result)
}

/// The entry point, and the number `group` of a workgroup in a row of them. A dispatch may run only a part of the workgroups: the place of
/// its first one ends `p`.
pub const MAIN: &str = "
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) w0: vec3<u32>, @builtin(local_invocation_index) l: u32) {
    let w = w0 + vec3<u32>(p[arrayLength(&p) - 3u], p[arrayLength(&p) - 2u], p[arrayLength(&p) - 1u]);
    let group = w.x;
";

/// The last number of a shader before the place of the first workgroup.
pub const LAST_NUMBER: &str = "p[arrayLength(&p) - 4u]";

/// An op element by element, without its bindings. `p`: the special values, the number of elements, that of axes, where each input starts; then
/// for each axis its size and each input's stride.
pub fn elementwise(body: &Body, output: DType, inputs: &[DType]) -> String {
    let k = inputs.len();
    let mut text = helpers(body.wide) + &function("body", body, output, inputs) + MAIN;
    text += "    let i = group * 256u + l;\n    if (i >= p[2]) { return; }\n    var rest = i;\n";
    for i in 0..k {
        let _ = writeln!(text, "    var a{i} = p[{}];", 4 + i);
    }
    if k > 0 {
        let _ = write!(
            text,
            "    for (var d = p[3]; d > 0u; d = d - 1u) {{\n        let at = {}u + (d - 1u) * {}u;\n        let k = rest % p[at];\n        rest = rest / p[at];\n",
            4 + k,
            1 + k
        );
        for i in 0..k {
            let _ = writeln!(text, "        a{i} = a{i} + k * p[at + {}u];", i + 1);
        }
        text += "    }\n";
    }
    let arguments: Vec<_> = inputs.iter().enumerate().map(|(i, d)| load(*d, &format!("in{i}_get(a{i})"))).collect();
    let _ = writeln!(text, "    out_set(i, {});\n}}", store(output, &format!("body({})", arguments.join(", "))));
    text
}

/// A reduction by a body, without its bindings.
pub fn reduction(body: &Body, start: &str, mean: bool, dtype: DType) -> String {
    let (t, mine) = (value(dtype), load(dtype, "parts[l]"));
    let last = if mean { format!("{mine} / {t}(p[9])") } else { mine };
    reducing(
        helpers(body.wide) + &function("body", body, dtype, &[dtype, dtype]),
        start,
        dtype,
        &load(dtype, "in0_get(at)"),
        &store(dtype, &last),
    )
}

/// A reduction of values of a dtype by the function `body`, from how an element is read and what is written. Each workgroup makes one result of a part of what is reduced: its invocations take every 256th element, then
/// halve what is left. `p`: the special values, the number of results, of kept axes, of reduced axes, of elements for each
/// result, of parts, of elements of a part, where the input starts, the divisor of a mean; then for each axis, kept ones
/// first, size and stride.
fn reducing(mut text: String, start: &str, dtype: DType, loaded: &str, last: &str) -> String {
    let t = value(dtype);
    let _ = writeln!(text, "\nvar<workgroup> parts: array<{}, 256>;", element(dtype));
    text += MAIN;
    let (mine, other) = (load(dtype, "parts[l]"), load(dtype, "parts[l + half]"));
    let (first, both) = (store(dtype, "sum"), store(dtype, &format!("body({mine}, {other})")));
    let _ = write!(
        text,
        "    let result = group / p[6];
    let part = group % p[6];
    var base = p[8];
    var rest = result;
    for (var d = p[3]; d > 0u; d = d - 1u) {{
        let row = 10u + (d - 1u) * 2u;
        base = base + (rest % p[row]) * p[row + 1u];
        rest = rest / p[row];
    }}
    var sum: {t} = {start};
    let end = min(p[5], (part + 1u) * p[7]);
    for (var i = part * p[7] + l; i < end; i = i + 256u) {{
        var at = base;
        var left = i;
        for (var d = p[4]; d > 0u; d = d - 1u) {{
            let row = 10u + (p[3] + d - 1u) * 2u;
            at = at + (left % p[row]) * p[row + 1u];
            left = left / p[row];
        }}
        sum = body(sum, {loaded});
    }}
    parts[l] = {first};
    workgroupBarrier();
    for (var half = 128u; half > 0u; half = half / 2u) {{
        if (l < half) {{ parts[l] = {both}; }}
        workgroupBarrier();
    }}
    if (l == 0u && group < p[2]) {{ out_set(group, {last}); }}
}}
"
    );
    text
}

/// Sums of integers in 64 bits, and their quotients towards 0.
const WIDE_SUMS: &str = "
fn body(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    let low = a.x + b.x;
    return vec2<u32>(low, a.y + b.y + select(0u, 1u, low < a.x));
}
fn negative(a: vec2<u32>) -> vec2<u32> { return body(vec2<u32>(~a.x, ~a.y), vec2<u32>(1u, 0u)); }
fn quotient(sum: vec2<u32>, n: u32) -> u32 {
    if (n == 0u) { return 0u; }
    var rest = 0u;
    var made = 0u;
    for (var bit = 64u; bit > 0u; bit = bit - 1u) {
        let word = select(sum.x, sum.y, bit > 32u);
        let over = rest >> 31u;
        rest = (rest << 1u) | ((word >> ((bit - 1u) & 31u)) & 1u);
        made = made << 1u;
        if (over == 1u || rest >= n) {
            rest = rest - n;
            made = made | 1u;
        }
    }
    return made;
}
fn whole(sum: vec2<u32>, n: u32) -> i32 {
    let less = (sum.y >> 31u) == 1u;
    let size = quotient(select(sum, negative(sum), less), n);
    return bitcast<i32>(select(size, 0u - size, less));
}
";

/// A mean of integers, whose sum has 64 bits: of numbers, or of the sums of parts, which `Int64` elements are; such sums, or the mean.
pub fn integer_mean(from: DType, to: DType) -> String {
    let loaded = match from {
        DType::Int32 => "vec2<u32>(bitcast<u32>(in0_get(at)), select(0u, 4294967295u, in0_get(at) < 0))",
        DType::UInt32 => "vec2<u32>(in0_get(at), 0u)",
        _ => "in0_get(at)",
    };
    let last = match to {
        DType::Int32 => "whole(parts[l], p[9])",
        DType::UInt32 => "quotient(parts[l], p[9])",
        _ => "parts[l]",
    };
    reducing(HELPERS.to_string() + WIDE_SUMS, "vec2<u32>()", DType::Int64, loaded, last)
}
