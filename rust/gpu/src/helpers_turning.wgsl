// Remainders of floats, quarter turns of angles of any size, neighbours of floats: by their bits.

// The bits of a float's significand.
fn significand(bits: u32) -> u32 {
    return (bits & 0x7fffffu) | select(0u, 0x800000u, bits >= 0x800000u);
}

// The exact remainder of x / y with the sign of x.
fn trunc_mod(x: f32, y: f32) -> f32 {
    let a = bitcast<u32>(x) & 0x7fffffffu;
    let b = bitcast<u32>(y) & 0x7fffffffu;
    if (a >= 0x7f800000u || b > 0x7f800000u || b == 0u) { return nan(); }
    if (a < b) { return x; }
    let n = significand(b);
    var m = significand(a);
    let last = i32(max(b >> 23u, 1u));
    var left = i32(max(a >> 23u, 1u)) - last;
    m = m % n;
    while (left > 0) {
        let step = min(left, 8);
        m = (m << u32(step)) % n;
        left = left - step;
    }
    let up = min(i32(countLeadingZeros(m)) - 8, last - 1);
    m = m << u32(up);
    let bits = select(m, (u32(last - up) << 23u) | (m & 0x7fffffu), m >= 0x800000u);
    return bitcast<f32>(bits | (bitcast<u32>(x) & 0x80000000u));
}

// The remainder with the sign of y; a zero keeps the sign of x.
fn floor_mod(x: f32, y: f32) -> f32 {
    let rest = trunc_mod(x, y);
    let bits = bitcast<u32>(rest);
    let other_sign = ((bits ^ bitcast<u32>(y)) & 0x80000000u) != 0u;
    return select(rest, rest + y, (bits & 0x7fffffffu) != 0u && other_sign);
}

// The next float after x toward y.
fn next_after(x: f32, y: f32) -> f32 {
    let a = bitcast<u32>(x);
    let b = bitcast<u32>(y);
    if (is_nan(x) || is_nan(y)) { return nan(); }
    // Bits in the order of the numbers.
    let place = select(bitcast<i32>(a), -bitcast<i32>(a & 0x7fffffffu), a >= 0x80000000u);
    let goal = select(bitcast<i32>(b), -bitcast<i32>(b & 0x7fffffffu), b >= 0x80000000u);
    if (place == goal) { return y; }
    let next = select(place - 1, place + 1, place < goal);
    // A step to 0 keeps the sign of where it comes from.
    let negative = next < 0 || (next == 0 && place < 0);
    return bitcast<f32>(bitcast<u32>(abs(next)) | select(0u, 0x80000000u, negative));
}

// The bits of 2/pi, after a word of zeros.
const TWO_OVER_PI = array<u32, 8>(0u, 0xa2f9836eu, 0x4e441529u, 0xfc2757d1u, 0xf534ddc0u, 0xdb629599u, 0x3c439041u, 0xfe5163abu);
const UP_TO_QUARTER = 0x3f490fdbu;

struct Turn {
    quadrant: u32,
    negative: bool,
    // The rest of the angle is (high, low) 2^(-63 - zeros), with the top bit of `high` or the one below set.
    high: u32,
    low: u32,
    zeros: u32,
}

// Quadrant and rest of the angle that has these bits, of at least pi/4.
fn turned(bits: u32) -> Turn {
    let k = i32((bits & 0x7fffffffu) >> 23u) - 150;
    let m = (bits & 0x7fffffu) | 0x800000u;
    // 96 bits of 2/pi from the first that counts: whole turns are left out.
    let skipped = u32(k + 30);
    let word = skipped >> 5u;
    let up = skipped & 31u;
    var table = TWO_OVER_PI;
    var w: array<u32, 3>;
    for (var i = 0u; i < 3u; i = i + 1u) {
        let next = select(table[word + i + 1u] >> ((32u - up) & 31u), 0u, up == 0u);
        w[i] = (table[word + i] << up) | next;
    }
    let middle = m * w[1];
    let carried = middle + mul_high(m, w[2]);
    let first = m * w[0] + mul_high(m, w[1]) + select(0u, 1u, carried < middle);
    // Two bits are the quadrant; the rest is rounded to the nearest.
    var turn: Turn;
    turn.quadrant = first >> 30u;
    var high = (first << 2u) | (carried >> 30u);
    var low = carried << 2u;
    turn.negative = high >= 0x80000000u;
    if (turn.negative) {
        turn.quadrant = (turn.quadrant + 1u) & 3u;
        low = 0u - low;
        high = ~high + select(0u, 1u, low == 0u);
    }
    if (bits >= 0x80000000u) {
        turn.quadrant = (4u - turn.quadrant) & 3u;
        turn.negative = !turn.negative;
    }
    turn.zeros = select(countLeadingZeros(high), 32u + countLeadingZeros(low), high == 0u);
    if (turn.zeros >= 32u) {
        high = low << (turn.zeros & 31u);
        low = 0u;
    } else if (turn.zeros > 0u) {
        high = (high << turn.zeros) | (low >> (32u - turn.zeros));
        low = low << turn.zeros;
    }
    // Times pi/2 2^63.
    let a = high * 0xc90fdaa2u;
    let b = mul_high(high, 0x2168c235u);
    let c = mul_high(low, 0xc90fdaa2u);
    let ab = a + b;
    let abc = ab + c;
    turn.high = mul_high(high, 0xc90fdaa2u) + select(0u, 1u, ab < a) + select(0u, 1u, abc < ab);
    turn.low = abc;
    return turn;
}

// x = n pi/2 + r with |r| <= pi/4: (n mod 4, r).
fn quarters(x: f32) -> vec2<f32> {
    let bits = bitcast<u32>(x);
    let magnitude = bits & 0x7fffffffu;
    if (magnitude >= 0x7f800000u) { return vec2<f32>(0.0, nan()); }
    if (magnitude <= UP_TO_QUARTER) { return vec2<f32>(0.0, x); }
    let turn = turned(bits);
    let up = 1u - (turn.high >> 31u);
    let top = select(turn.high, (turn.high << 1u) | (turn.low >> 31u), up == 1u);
    let r = rounded(top, (turn.low << up) != 0u) * power_of_2(-23 - i32(turn.zeros + up));
    return vec2<f32>(f32(turn.quadrant), select(r, -r, turn.negative));
}
