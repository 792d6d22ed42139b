// Integers of 64 bits as two words, the low one first.

fn add_long(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    let low = a.x + b.x;
    return vec2<u32>(low, a.y + b.y + select(0u, 1u, low < a.x));
}

fn sub_long(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    return vec2<u32>(a.x - b.x, a.y - b.y - select(0u, 1u, a.x < b.x));
}

fn mul_long(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    return vec2<u32>(a.x * b.x, mul_high(a.x, b.x) + a.x * b.y + a.y * b.x);
}

fn neg_long(a: vec2<u32>) -> vec2<u32> {
    return sub_long(vec2<u32>(0u), a);
}

fn is_zero_long(a: vec2<u32>) -> bool {
    return (a.x | a.y) == 0u;
}

fn is_negative_long(a: vec2<u32>) -> bool {
    return a.y >= 0x80000000u;
}

fn less_u64(a: vec2<u32>, b: vec2<u32>) -> bool {
    return a.y < b.y || (a.y == b.y && a.x < b.x);
}

fn less_i64(a: vec2<u32>, b: vec2<u32>) -> bool {
    return bitcast<i32>(a.y) < bitcast<i32>(b.y) || (a.y == b.y && a.x < b.x);
}

fn max_u64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    return select(a, b, less_u64(a, b));
}

fn min_u64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    return select(a, b, less_u64(b, a));
}

fn max_i64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    return select(a, b, less_i64(a, b));
}

fn min_i64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    return select(a, b, less_i64(b, a));
}

fn abs_i64(a: vec2<u32>) -> vec2<u32> {
    return select(a, neg_long(a), is_negative_long(a));
}

fn sign_i64(a: vec2<u32>) -> vec2<u32> {
    return select(vec2<u32>(select(1u, 0u, is_zero_long(a)), 0u), vec2<u32>(4294967295u), is_negative_long(a));
}

// Counts of shifts, between 0 and 63.
fn count_u64(a: vec2<u32>) -> u32 {
    return select(min(a.x, 63u), 63u, a.y > 0u);
}

fn count_i64(a: vec2<u32>) -> u32 {
    return select(count_u64(a), 0u, is_negative_long(a));
}

fn shift_left_long(a: vec2<u32>, n: u32) -> vec2<u32> {
    if (n >= 32u) { return vec2<u32>(0u, a.x << (n - 32u)); }
    if (n == 0u) { return a; }
    return vec2<u32>(a.x << n, (a.y << n) | (a.x >> (32u - n)));
}

fn shift_right_u64(a: vec2<u32>, n: u32) -> vec2<u32> {
    if (n >= 32u) { return vec2<u32>(a.y >> (n - 32u), 0u); }
    if (n == 0u) { return a; }
    return vec2<u32>((a.x >> n) | (a.y << (32u - n)), a.y >> n);
}

fn shift_right_i64(a: vec2<u32>, n: u32) -> vec2<u32> {
    let fill = select(0u, 4294967295u, is_negative_long(a));
    return shift_right_u64(a ^ vec2<u32>(fill), n) ^ vec2<u32>(fill);
}

// Quotient and remainder, bit by bit.
fn divided_long(a: vec2<u32>, b: vec2<u32>) -> vec4<u32> {
    if (is_zero_long(b)) { return vec4<u32>(0u); }
    if ((a.y | b.y) == 0u) { return vec4<u32>(a.x / b.x, 0u, a.x % b.x, 0u); }
    var quotient = vec2<u32>(0u);
    var rest = vec2<u32>(0u);
    for (var i = 64u; i > 0u; i = i - 1u) {
        // What is shifted out is a bit more than two words hold: then the divisor fits in any case.
        let carried = rest.y >= 0x80000000u;
        rest = shift_left_long(rest, 1u);
        rest.x = rest.x | (shift_right_u64(a, i - 1u).x & 1u);
        if (carried || !less_u64(rest, b)) {
            rest = sub_long(rest, b);
            quotient = quotient | shift_left_long(vec2<u32>(1u, 0u), i - 1u);
        }
    }
    return vec4<u32>(quotient, rest);
}

fn trunc_div_u64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    return divided_long(a, b).xy;
}

fn trunc_mod_u64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    return divided_long(a, b).zw;
}

fn trunc_div_i64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    let q = divided_long(abs_i64(a), abs_i64(b)).xy;
    return select(q, neg_long(q), is_negative_long(a) != is_negative_long(b));
}

fn trunc_mod_i64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    let r = divided_long(abs_i64(a), abs_i64(b)).zw;
    return select(r, neg_long(r), is_negative_long(a));
}

fn floor_div_i64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    let both = divided_long(abs_i64(a), abs_i64(b));
    let one = vec2<u32>(select(1u, 0u, is_zero_long(both.zw)), 0u);
    return select(both.xy, neg_long(add_long(both.xy, one)), is_negative_long(a) != is_negative_long(b));
}

fn floor_mod_i64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    let r = trunc_mod_i64(a, b);
    return select(r, add_long(r, b), !is_zero_long(r) && is_negative_long(a) != is_negative_long(b));
}

fn pow_i64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    var base = a;
    var result = vec2<u32>(1u, 0u);
    if (is_negative_long(b)) { return result; }
    for (var left = b; !is_zero_long(left); left = shift_right_u64(left, 1u)) {
        if ((left.x & 1u) == 1u) { result = mul_long(result, base); }
        base = mul_long(base, base);
    }
    return result;
}

fn long_of_i32(n: i32) -> vec2<u32> {
    return vec2<u32>(bitcast<u32>(n), select(0u, 4294967295u, n < 0));
}

// The nearest float.
fn float_of_u64(a: vec2<u32>) -> f32 {
    if (is_zero_long(a)) { return 0.0; }
    let zeros = select(countLeadingZeros(a.y), 32u + countLeadingZeros(a.x), a.y == 0u);
    let top = shift_left_long(a, zeros);
    return rounded(top.y, top.x != 0u) * power_of_2(40 - i32(zeros));
}

fn float_of_i64(a: vec2<u32>) -> f32 {
    return select(float_of_u64(a), -float_of_u64(neg_long(a)), is_negative_long(a));
}

// The integer part of a magnitude below 2^64.
fn whole_long(x: f32) -> vec2<u32> {
    let bits = bitcast<u32>(x) & 0x7fffffffu;
    let m = (bits & 0x7fffffu) | 0x800000u;
    let e = i32(bits >> 23u) - 150;
    if (e < -23) { return vec2<u32>(0u); }
    if (e < 0) { return vec2<u32>(m >> u32(-e), 0u); }
    return shift_left_long(vec2<u32>(m, 0u), u32(e));
}

// Truncated; the least number for what is out of range.
fn i64_of_float_long(x: f32) -> vec2<u32> {
    if (!(abs(x) < 9223372036854775808.0)) { return vec2<u32>(0u, 0x80000000u); }
    let whole = whole_long(x);
    return select(whole, neg_long(whole), x < 0.0);
}

// As compilers do it with signed instructions.
fn u64_of_float_long(x: f32) -> vec2<u32> {
    let low = i64_of_float_long(x);
    if (!is_negative_long(low)) { return low; }
    let high = i64_of_float_long(kept(x - 9223372036854775808.0));
    return low | high;
}
