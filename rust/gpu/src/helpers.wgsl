// Functions that the scalar bodies of ops call. `p` holds the bits of infinity and of NaN first.

fn inf() -> f32 {
    return bitcast<f32>(p[0]);
}

fn nan() -> f32 {
    return bitcast<f32>(p[1]);
}

// A value that compilers take for an unknown one.
fn kept(x: f32) -> f32 {
    return bitcast<f32>(bitcast<u32>(x) + (p[0] ^ 0x7f800000u));
}

fn is_nan(x: f32) -> bool {
    return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn copysign(x: f32, sign: f32) -> f32 {
    return bitcast<f32>((bitcast<u32>(x) & 0x7fffffffu) | (bitcast<u32>(sign) & 0x80000000u));
}

fn larger(x: f32, y: f32) -> f32 {
    return select(select(x, y, y > x), y, is_nan(y));
}

fn smaller(x: f32, y: f32) -> f32 {
    return select(select(x, y, y < x), y, is_nan(y));
}

fn power_of_2(n: i32) -> f32 {
    return bitcast<f32>(u32(n + 127) << 23u);
}

fn scale2(x: f32, n: f32) -> f32 {
    let third = i32(round(n / 3.0));
    let power = power_of_2(third);
    return kept(kept(x * power) * power_of_2(i32(n) - third - third)) * power;
}

// Bits of a positive number, lifted out of the subnormal ones, moved so that the exponent steps at sqrt(1/2).
fn moved_bits(x: f32) -> u32 {
    return bitcast<u32>(select(x, x * 33554432.0, x < 1.1754944e-38)) + (0x3f800000u - 0x3f3504f3u);
}

fn fraction(x: f32) -> f32 {
    return bitcast<f32>((moved_bits(x) & 0x7fffffu) + 0x3f3504f3u);
}

fn exponent(x: f32) -> f32 {
    let e = f32(i32(moved_bits(x) >> 23u) - 127);
    return select(e, e - 25.0, x < 1.1754944e-38);
}
