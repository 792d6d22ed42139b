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

// The high word of a product.
fn mul_high(a: u32, b: u32) -> u32 {
    let a0 = a & 0xffffu;
    let a1 = a >> 16u;
    let b0 = b & 0xffffu;
    let b1 = b >> 16u;
    let low = a0 * b0;
    let first = a1 * b0 + (low >> 16u);
    let second = a0 * b1 + (first & 0xffffu);
    return a1 * b1 + (first >> 16u) + (second >> 16u);
}

// The upper 24 bits of a number whose top bit is set, rounded; `more` says that something comes after it.
fn rounded(top: u32, more: bool) -> f32 {
    let kept_bits = top >> 8u;
    let rest = (top & 255u) * 2u + select(0u, 1u, more);
    return f32(kept_bits + select(0u, 1u, rest > 256u || (rest == 256u && (kept_bits & 1u) == 1u)));
}

// A number as 16-bit floats hold it.
fn to_half(x: f32) -> f32 {
    let bits = bitcast<u32>(x);
    let m = bits & 0x7fffffffu;
    var r = m;
    if (m < 0x38800000u) {
        r = bitcast<u32>(round(bitcast<f32>(m) * 16777216.0) * 5.9604645e-8);
    } else if (m < 0x7f800000u) {
        r = (m + 0xfffu + ((m >> 13u) & 1u)) & 0xffffe000u;
        r = select(r, 0x7f800000u, r >= 0x47800000u);
    }
    return bitcast<f32>(r | (bits & 0x80000000u));
}

fn to_bfloat(x: f32) -> f32 {
    let bits = bitcast<u32>(x);
    let m = bits & 0x7fffffffu;
    let r = (m + 0x7fffu + ((m >> 16u) & 1u)) & 0xffff0000u;
    return bitcast<f32>(select(r, m, m > 0x7f800000u) | (bits & 0x80000000u));
}
