//! Frames: one shader template for each class of op, filled with a body.
use crate::memory::lane;
use ferroflow_tensor::DType;
use std::fmt::Write;

/// Functions that bodies call.
const HELPERS: &str = include_str!("helpers.wgsl");
/// More of them, and by what a text shows that it calls some.
const LIBRARIES: [(&str, &[&str]); 4] = [
    (include_str!("helpers_turning.wgsl"), &["quarters", "trunc_mod(", "floor_mod(", "next_after("]),
    (include_str!("helpers_long.wgsl"), &["_long(", "_i64(", "_u64(", "long_of_"]),
    (include_str!("helpers_wide.wgsl"), &["_wide(", "wide_of_"]),
    (include_str!("helpers_whole.wgsl"), &["_i32(", "_u32("]),
];
/// Invocations of a workgroup.
pub const GROUP: u32 = 256;
/// What `p` holds first: infinity and NaN, which WGSL cannot write.
pub const SPECIAL: [u32; 2] = [0x7f80_0000, 0x7fc0_0000];

/// How a shader names the values of a dtype.
pub fn value(dtype: DType) -> &'static str {
    match dtype {
        DType::Int8 | DType::Int16 | DType::Int32 => "i32",
        DType::UInt8 | DType::UInt16 | DType::UInt32 => "u32",
        DType::Bool => "bool",
        // The low word first.
        DType::Int64 | DType::UInt64 => "vec2<u32>",
        DType::Double => "f64",
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
    keep(dtype, &fit(dtype, value))
}
/// The element for a value that may be more exact than its dtype: what is still to be added up.
pub fn keep(dtype: DType, value: &str) -> String {
    if dtype == DType::Bool { format!("select(0u, 1u, {value})") } else { value.into() }
}
/// A value as its dtype can hold it: narrow integers wrap, narrow floats are rounded.
pub fn fit(dtype: DType, value: &str) -> String {
    match dtype {
        DType::Int8 => format!("((({value}) << 24u) >> 24u)"),
        DType::Int16 => format!("((({value}) << 16u) >> 16u)"),
        DType::UInt8 => format!("(({value}) & 255u)"),
        DType::UInt16 => format!("(({value}) & 65535u)"),
        DType::Half => format!("to_half({value})"),
        DType::BFloat16 => format!("to_bfloat({value})"),
        _ => value.into(),
    }
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
pub fn bindings(output: DType, inputs: &[DType], may_fail: bool, windows: &[Window]) -> String {
    let mut text = Bindings::new(windows);
    text.buffer("out", output, true);
    if may_fail {
        text.buffer("fault", DType::UInt32, true);
    }
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
        let each = window.bytes / lane(dtype) as u32;
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

/// Whether a text calls functions that may have loops.
pub fn calls_loops(text: &str) -> bool {
    LIBRARIES.iter().any(|(_, signs)| signs.iter().any(|s| text.contains(s)))
}

/// A shader's text with the functions that it calls.
pub fn complete(mut text: String) -> String {
    let mut left = LIBRARIES.to_vec();
    // What is added may call others.
    while let Some(i) = left.iter().position(|(_, signs)| signs.iter().any(|s| text.contains(s))) {
        text += left.remove(i).0;
    }
    text + HELPERS
}

/// Two values combined by a sign of arithmetic or comparison.
pub fn combined(dtype: DType, a: &str, sign: &str, b: &str) -> String {
    if value(dtype) != "vec2<u32>" {
        return format!("({a} {sign} {b})");
    }
    let kind = if dtype == DType::Int64 { "i64" } else { "u64" };
    match sign {
        "+" => format!("add_long({a}, {b})"),
        "-" => format!("sub_long({a}, {b})"),
        "*" => format!("mul_long({a}, {b})"),
        "/" => format!("trunc_div_{kind}({a}, {b})"),
        "<" => format!("less_{kind}({a}, {b})"),
        ">" => format!("less_{kind}({b}, {a})"),
        _ => format!("all({a} {sign} {b})"),
    }
}

/// A dtype's finite value that no other is beyond: the least, or the largest.
pub fn limit(dtype: DType, most: bool) -> String {
    let [least, largest] = match dtype {
        DType::Bool => ["false", "true"],
        DType::Int8 => ["i32(-128)", "i32(127)"],
        DType::Int16 => ["i32(-32768)", "i32(32767)"],
        DType::Int32 => ["i32(-2147483647) - 1", "i32(2147483647)"],
        DType::Int64 => ["vec2<u32>(0u, 2147483648u)", "vec2<u32>(4294967295u, 2147483647u)"],
        DType::UInt8 => ["0u", "255u"],
        DType::UInt16 => ["0u", "65535u"],
        DType::UInt32 => ["0u", "4294967295u"],
        DType::UInt64 => ["vec2<u32>(0u)", "vec2<u32>(4294967295u)"],
        DType::Half => ["-65504.0", "65504.0"],
        DType::BFloat16 => ["bitcast<f32>(0xff7f0000u)", "bitcast<f32>(0x7f7f0000u)"],
        DType::Double => ["-1.7976931348623157e308lf", "1.7976931348623157e308lf"],
        _ => ["bitcast<f32>(0xff7fffffu)", "bitcast<f32>(0x7f7fffffu)"],
    };
    if most { largest } else { least }.into()
}

/// A sum over a number of elements.
pub fn quotient(dtype: DType, sum: &str, count: &str) -> String {
    match dtype {
        DType::Int64 | DType::UInt64 => combined(dtype, sum, "/", &format!("vec2<u32>({count}, 0u)")),
        _ => format!("{sum} / {}({count})", value(dtype)),
    }
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
/// A `fault` is a condition on the inputs, which is told of in the binding after the output.
pub fn elementwise(body: &Body, output: DType, inputs: &[DType], fault: Option<&str>) -> String {
    let k = inputs.len();
    let mut text = function("body", body, output, inputs) + MAIN;
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
    for (i, (d, name)) in inputs.iter().zip(NAMES).enumerate() {
        let _ = writeln!(text, "    let {name} = {};", load(*d, &format!("in{i}_get(a{i})")));
    }
    if let Some(condition) = fault {
        let _ = writeln!(text, "    if ({condition}) {{ fault_set(0u, 1u); }}");
    }
    let _ = writeln!(text, "    out_set(i, {});\n}}", store(output, &format!("body({})", NAMES[..k].join(", "))));
    text
}

/// A reduction by a body, without its bindings. `to` is the dtype of the results, which may be what is still to be added up.
pub fn reduction(body: &Body, start: &str, mean: bool, dtype: DType, to: DType) -> String {
    let mine = load(dtype, "parts[l]");
    let last = if mean { quotient(dtype, &mine, "p[9]") } else { mine };
    let text = function("body", body, dtype, &[dtype, dtype]);
    reducing(text, start, dtype, &load(dtype, "in0_get(at)"), &store(to, &last))
}

/// A reduction of values of a dtype by the function `body`, from how an element is read and what is written. Each workgroup makes one
/// result of a part of what is reduced: its invocations take every 256th element, then halve what is left. `p`: the special values, the number of results, of kept axes, of reduced axes, of elements for each
/// result, of parts, of elements of a part, where the input starts, the divisor of a mean; then for each axis, kept ones
/// first, size and stride.
fn reducing(mut text: String, start: &str, dtype: DType, loaded: &str, last: &str) -> String {
    let t = value(dtype);
    let _ = writeln!(text, "\nvar<workgroup> parts: array<{}, 256>;", element(dtype));
    text += MAIN;
    let (mine, other) = (load(dtype, "parts[l]"), load(dtype, "parts[l + half]"));
    let (first, both) = (keep(dtype, "sum"), keep(dtype, &format!("body({mine}, {other})")));
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

/// A mean of integers of at most 32 bits, whose sum has 64: of numbers, or of the sums of parts, which `Int64` elements are; such sums,
/// or the mean.
pub fn integer_mean(from: DType, to: DType) -> String {
    let loaded = match value(from) {
        "i32" => "long_of_i32(in0_get(at))",
        "u32" => "vec2<u32>(in0_get(at), 0u)",
        _ => "in0_get(at)",
    };
    let mean = "trunc_div_i64(parts[l], vec2<u32>(p[9], 0u)).x";
    let last = match value(to) {
        "i32" => format!("bitcast<i32>({mean})"),
        "u32" => mean.into(),
        _ => "parts[l]".into(),
    };
    let body = "fn body(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> { return add_long(a, b); }\n";
    reducing(body.into(), "vec2<u32>()", DType::Int64, loaded, &last)
}
