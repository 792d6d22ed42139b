//! Numbers as text, as C's printf writes them, and back.

/// How a number is written: `%[flag][width][.precision]conversion` of C's printf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// A printf flag: space, `0`, `-`, `+` or `#`; 0 for none.
    pub flag: u8,
    /// Least number of characters; 0 for any.
    pub width: usize,
    /// Digits; None for six.
    pub precision: Option<usize>,
    /// `e`, `f` or `g`.
    pub notation: u8,
}

impl Format {
    /// A number of any width in shortest notation.
    pub const fn shortest(digits: usize) -> Format {
        Format { flag: 0, width: 0, precision: Some(digits), notation: b'g' }
    }
    /// Pads text to the width; zeros only if `number`.
    pub fn pad(&self, text: &str, number: bool) -> String {
        let missing = self.width.saturating_sub(text.len());
        match self.flag {
            b'-' => text.to_string() + &" ".repeat(missing),
            b'0' if number => {
                let sign = text.len() - text.trim_start_matches(['-', '+', ' ']).len();
                format!("{}{}{}", &text[..sign], "0".repeat(missing), &text[sign..])
            }
            _ => " ".repeat(missing) + text,
        }
    }
    fn signed(&self, negative: bool, digits: &str) -> String {
        match (negative, self.flag) {
            (true, _) => format!("-{digits}"),
            (false, b'+') => format!("+{digits}"),
            (false, b' ') => format!(" {digits}"),
            _ => digits.to_string(),
        }
    }
    /// A signed integer (`%d`).
    pub fn signed_integer(&self, x: i64) -> String {
        self.pad(&self.signed(x < 0, &x.unsigned_abs().to_string()), true)
    }
    /// An unsigned integer (`%u`).
    pub fn unsigned_integer(&self, x: u64) -> String {
        self.pad(&x.to_string(), true)
    }
    /// A float (`%e`, `%f` or `%g`).
    pub fn float(&self, x: f64) -> String {
        if !x.is_finite() {
            let text = if x.is_nan() { "nan" } else { "inf" };
            return self.pad(&self.signed(x.is_sign_negative(), text), false);
        }
        let digits = match self.notation {
            b'e' => self.exponential(x.abs(), self.precision.unwrap_or(6)),
            b'g' => self.general(x.abs(), self.precision.unwrap_or(6).max(1)),
            _ => self.point(format!("{:.*}", self.precision.unwrap_or(6), x.abs())),
        };
        self.pad(&self.signed(x.is_sign_negative(), &digits), true)
    }
    /// With the flag `#` a decimal point always shows.
    fn point(&self, digits: String) -> String {
        if self.flag == b'#' && !digits.contains('.') { digits + "." } else { digits }
    }
    fn exponential(&self, x: f64, precision: usize) -> String {
        let text = format!("{x:.precision$e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |e| ('-', e));
        format!("{}e{sign}{exponent:0>2}", self.point(digits.to_string()))
    }
    fn general(&self, x: f64, precision: usize) -> String {
        let text = format!("{x:.*e}", precision - 1);
        let exponent: i32 = text.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
        let fixed = (-4..precision as i32).contains(&exponent);
        let text = if fixed { format!("{x:.*}", (precision as i32 - 1 - exponent) as usize) } else { self.exponential(x, precision - 1) };
        if self.flag == b'#' {
            return self.point(text);
        }
        let (digits, tail) = text.split_once('e').map_or((text.as_str(), String::new()), |(d, e)| (d, format!("e{e}")));
        let digits = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
        format!("{digits}{tail}")
    }
}

/// A float with 6 digits, or 9 if it takes so many to read it back.
pub fn brief_f32(x: f32) -> String {
    let short = Format::shortest(6).float(f64::from(x));
    if x.is_nan() || short.parse() == Ok(x) { short } else { Format::shortest(9).float(f64::from(x)) }
}
/// A double with 15 digits, or 17 if it takes so many to read it back.
pub fn brief_f64(x: f64) -> String {
    let short = Format::shortest(15).float(x);
    if x.is_nan() || short.parse() == Ok(x) { short } else { Format::shortest(17).float(x) }
}

/// A decimal or hexadecimal (`0x1.8p3`) floating point number, `inf`, `infinity` or `nan` in any case, with spaces around it.
pub fn parse_float(text: &[u8]) -> Option<f64> {
    let (negative, body) = split_sign(text)?;
    let magnitude = match body.strip_prefix("0x").or_else(|| body.strip_prefix("0X")) {
        Some(hex) => parse_hex(hex)?,
        None => parse_decimal(body)?,
    };
    Some(if negative { -magnitude } else { magnitude })
}
/// As [`parse_float`], rounded once to single precision.
pub fn parse_f32(text: &[u8]) -> Option<f32> {
    let (negative, body) = split_sign(text)?;
    if body.len() > 1 && body.as_bytes()[1].eq_ignore_ascii_case(&b'x') {
        return parse_float(text).map(|x| x as f32);
    }
    parse_decimal(body)?; // refuses what Rust reads and C does not
    let magnitude: f32 = body.parse().ok()?;
    Some(if negative { -magnitude } else { magnitude })
}

fn split_sign(text: &[u8]) -> Option<(bool, &str)> {
    let text = std::str::from_utf8(text).ok()?.trim_matches(|c: char| c.is_ascii_whitespace());
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    (!body.starts_with(['-', '+'])).then_some((text.starts_with('-'), body))
}

fn parse_decimal(body: &str) -> Option<f64> {
    body.parse().ok()
}

/// The part after `0x`: hexadecimal digits with a point, and a binary exponent.
fn parse_hex(body: &str) -> Option<f64> {
    let (digits, exponent) = match body.find(['p', 'P']) {
        Some(i) => (&body[..i], body[i + 1..].parse::<i32>().ok()?),
        None => (body, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value = 0.0f64;
    for c in whole.chars().chain(fraction.chars()) {
        value = value * 16.0 + f64::from(c.to_digit(16)?);
    }
    Some(value * 2f64.powi(exponent.saturating_sub(4 * fraction.len() as i32)))
}

/// An integer with spaces around it, None if it is out of range.
pub fn parse_integer<T: std::str::FromStr>(text: &[u8]) -> Option<T> {
    std::str::from_utf8(text).ok()?.trim_matches(|c: char| c.is_ascii_whitespace()).parse().ok()
}
