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
