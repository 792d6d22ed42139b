// Quotients, remainders and powers of integers of 32 bits. A divisor of 0 gives 0, the least number over -1 itself.

fn trunc_div_i32(x: i32, y: i32) -> i32 {
    return select(select(x / select(y, 1, y == 0 || y == -1), 0 - x, y == -1), 0, y == 0);
}

fn trunc_mod_i32(x: i32, y: i32) -> i32 {
    return select(x - trunc_div_i32(x, y) * y, 0, y == 0);
}

fn floor_div_i32(x: i32, y: i32) -> i32 {
    let q = trunc_div_i32(x, y);
    return select(q, q - 1, y != 0 && q * y != x && (x < 0) != (y < 0));
}

fn floor_mod_i32(x: i32, y: i32) -> i32 {
    let r = trunc_mod_i32(x, y);
    return select(r, r + y, r != 0 && (r < 0) != (y < 0));
}

fn trunc_div_u32(x: u32, y: u32) -> u32 {
    return select(x / max(y, 1u), 0u, y == 0u);
}

fn trunc_mod_u32(x: u32, y: u32) -> u32 {
    return select(x % max(y, 1u), 0u, y == 0u);
}

fn pow_i32(x: i32, y: i32) -> i32 {
    var base = x;
    var result = 1;
    for (var left = y; left > 0; left = left >> 1u) {
        if ((left & 1) == 1) { result = result * base; }
        base = base * base;
    }
    return result;
}

fn pow_u32(x: u32, y: u32) -> u32 {
    var base = x;
    var result = 1u;
    for (var left = y; left > 0u; left = left >> 1u) {
        if ((left & 1u) == 1u) { result = result * base; }
        base = base * base;
    }
    return result;
}
