//! Tensors as text: the short form of assertions and `Print`, and the bracketed form of `StringFormat`.
use super::number::{brief_f32, brief_f64};
use ferroflow_tensor::{DType, Result, Tensor};

/// One element. Strings are escaped as in C, in quotes if `quoted`.
fn element(t: &Tensor, i: usize, quoted: bool) -> Result<String> {
    macro_rules! show {
        ($($d:ident: $t:ty => $f:expr;)*) => {
            match t.dtype() {
                $(DType::$d => $f(t.slice::<$t>()?[i]),)*
                DType::String if quoted => format!("\"{}\"", escape(&t.strings()?[i])),
                DType::String => escape(&t.strings()?[i]),
                DType::Resource | DType::Variant => format!("<{}>", t.objects()?[i].type_name()),
                _ => "?".into(),
            }
        };
    }
    Ok(show! {
        Float: f32 => brief_f32;
        Double: f64 => brief_f64;
        Half: ferroflow_tensor::F16 => |x: ferroflow_tensor::F16| brief_f32(x.to_f32());
        BFloat16: ferroflow_tensor::BF16 => |x: ferroflow_tensor::BF16| brief_f32(x.to_f32());
        Bool: bool => |x: bool| u8::from(x).to_string();
        Int8: i8 => |x: i8| x.to_string();
        Int16: i16 => |x: i16| x.to_string();
        Int32: i32 => |x: i32| x.to_string();
        Int64: i64 => |x: i64| x.to_string();
        UInt8: u8 => |x: u8| x.to_string();
        UInt16: u16 => |x: u16| x.to_string();
        UInt32: u32 => |x: u32| x.to_string();
        UInt64: u64 => |x: u64| x.to_string();
    })
}

/// Text with C's escapes for quotes, backslashes and control characters; other bytes stay.
fn escape(bytes: &[u8]) -> String {
    let mut out = vec![];
    for b in bytes {
        match b {
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b'\t' => out.extend(b"\\t"),
            b'"' | b'\'' | b'\\' => out.extend([b'\\', *b]),
            0..=31 | 127 => out.extend(format!("\\{b:03o}").bytes()),
            _ => out.push(*b),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Up to `limit` elements (all if negative) row by row, `...` after the last if there are more.
pub fn short(t: &Tensor, limit: i64) -> Result<String> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX).min(t.count());
    let mut out = String::new();
    let mut next = 0;
    if t.shape().is_empty() {
        if limit > 0 {
            out = element(t, 0, false)?;
        }
    } else {
        short_axis(t, 0, limit, &mut next, &mut out)?;
    }
    if t.count() > limit {
        out.push_str("...");
    }
    Ok(out)
}

fn short_axis(t: &Tensor, axis: usize, limit: usize, next: &mut usize, out: &mut String) -> Result<()> {
    if *next >= limit {
        return Ok(());
    }
    let last = axis + 1 == t.shape().rank();
    for i in 0..t.shape()[axis] {
        if *next >= limit {
            if last && axis != 0 {
                out.push_str("...");
            }
            return Ok(());
        }
        if last {
            if i > 0 {
                out.push(' ');
            }
            out.push_str(&element(t, *next, false)?);
            *next += 1;
        } else {
            out.push('[');
            short_axis(t, axis + 1, limit, next, out)?;
            out.push(']');
        }
    }
    Ok(())
}

/// All axes in brackets, with the first and last `ends` elements of each (all if negative).
pub fn bracketed(t: &Tensor, ends: i64) -> Result<String> {
    let ends = usize::try_from(ends).unwrap_or(usize::MAX).min(t.count());
    if t.shape().is_empty() && ends == 0 {
        return Ok("...".into());
    }
    let mut out = String::new();
    bracketed_axis(t, 0, 0, ends, &mut out)?;
    Ok(out)
}

fn bracketed_axis(t: &Tensor, axis: usize, first: usize, ends: usize, out: &mut String) -> Result<()> {
    let shape = t.shape();
    let Some(&n) = shape.get(axis) else {
        out.push_str(&element(t, first, true)?);
        return Ok(());
    };
    let below: usize = shape[axis + 1..].iter().product();
    let space = |out: &mut String| match shape.rank() - 1 - axis {
        0 => out.push(' '),
        lines => {
            out.push_str(&"\n".repeat(lines));
            out.push_str(&" ".repeat(axis + 1));
        }
    };
    out.push('[');
    for i in 0..n.min(ends) {
        if i > 0 {
            space(out);
        }
        bracketed_axis(t, axis + 1, first + i * below, ends, out)?;
    }
    if n > ends.saturating_mul(2) {
        space(out);
        out.push_str("...");
    }
    for i in n.saturating_sub(ends).max(ends)..n {
        space(out);
        bracketed_axis(t, axis + 1, first + i * below, ends, out)?;
    }
    out.push(']');
    Ok(())
}
