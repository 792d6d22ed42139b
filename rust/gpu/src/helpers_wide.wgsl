// As the functions for 32-bit floats, for 64-bit ones.

fn kept_wide(x: f64) -> f64 {
    return bitcast<f64>(bitcast<u64>(x) + u64(p[0] ^ 0x7f800000u));
}

fn copysign_wide(x: f64, sign: f64) -> f64 {
    return bitcast<f64>((bitcast<u64>(x) & 0x7ffffffffffffffflu) | (bitcast<u64>(sign) & 0x8000000000000000lu));
}

fn larger_wide(x: f64, y: f64) -> f64 {
    return select(select(x, y, y > x), y, y != y);
}

fn smaller_wide(x: f64, y: f64) -> f64 {
    return select(select(x, y, y < x), y, y != y);
}

fn power_of_2_wide(n: i32) -> f64 {
    return bitcast<f64>(u64(u32(n + 1023)) << 52u);
}

fn scale2_wide(x: f64, n: f64) -> f64 {
    let whole = i32(f32(n));
    let third = whole / 3;
    let power = power_of_2_wide(third);
    return kept_wide(kept_wide(x * power) * power_of_2_wide(whole - third - third)) * power;
}

fn moved_bits_wide(x: f64) -> u64 {
    let lifted = select(x, x * 18014398509481984.0lf, x < 2.2250738585072014e-308lf);
    return bitcast<u64>(lifted) + (0x3ff0000000000000lu - 0x3fe6a09e667f3bcdlu);
}

fn fraction_wide(x: f64) -> f64 {
    return bitcast<f64>((moved_bits_wide(x) & 0xffffffffffffflu) + 0x3fe6a09e667f3bcdlu);
}

fn exponent_wide(x: f64) -> f64 {
    let e = f64(i32(u32(moved_bits_wide(x) >> 52u)) - 1023);
    return select(e, e - 54.0lf, x < 2.2250738585072014e-308lf);
}

fn is_nan_wide(x: f64) -> bool {
    return (bitcast<u64>(x) & 0x7ffffffffffffffflu) > 0x7ff0000000000000lu;
}

// As `quarters`, with the rest in 64 bits.
fn quarters_wide(x: f32) -> vec2<f64> {
    let bits = bitcast<u32>(x);
    let magnitude = bits & 0x7fffffffu;
    if (magnitude >= 0x7f800000u) { return vec2<f64>(0.0lf, f64(nan())); }
    if (magnitude <= UP_TO_QUARTER) { return vec2<f64>(0.0lf, f64(x)); }
    let turn = turned(bits);
    let r = (f64(turn.high) * 4294967296.0lf + f64(turn.low)) * power_of_2_wide(-63 - i32(turn.zeros));
    return vec2<f64>(f64(turn.quadrant), select(r, -r, turn.negative));
}

// Truncated as the processor does: the least number for what is out of range.
fn long_of_wide(x: f64) -> vec2<u32> {
    if (!(abs(x) < 9223372036854775808.0lf)) { return vec2<u32>(0u, 0x80000000u); }
    let bits = bitcast<u64>(x) & 0x7ffffffffffffffflu;
    let e = i32(u32(bits >> 52u)) - 1075;
    let m = (bits & 0xffffffffffffflu) | 0x10000000000000lu;
    var whole = 0lu;
    if (e >= 0) { whole = m << u32(e); } else if (e > -53) { whole = m >> u32(-e); }
    let words = vec2<u32>(u32(whole & 0xfffffffflu), u32(whole >> 32u));
    return select(words, sub_long(vec2<u32>(0u), words), x < 0.0lf);
}

fn i32_of_wide(x: f64) -> i32 {
    let inside = x > -2147483649.0lf && x < 2147483648.0lf;
    return select(i32(-2147483647) - 1, bitcast<i32>(long_of_wide(x).x), inside);
}

fn u64_of_wide(x: f64) -> vec2<u32> {
    let low = long_of_wide(x);
    if (!is_negative_long(low)) { return low; }
    return low | long_of_wide(x - 9223372036854775808.0lf);
}

fn wide_of_u64(a: vec2<u32>) -> f64 {
    return f64(a.y) * 4294967296.0lf + f64(a.x);
}

fn wide_of_i64(a: vec2<u32>) -> f64 {
    return f64(bitcast<i32>(a.y)) * 4294967296.0lf + f64(a.x);
}
