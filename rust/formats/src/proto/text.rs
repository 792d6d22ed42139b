//! The text form of a flat message of strings and numbers: what the file `checkpoint` holds.
use ferroflow_tensor::{Result, bail, error};

/// One `name: value` of a text message.
#[derive(Debug, PartialEq)]
pub(crate) struct Field {
    /// The field's name.
    pub name: String,
    /// The string without quotes and escapes, or the number's text.
    pub value: Vec<u8>,
    /// True if the value was quoted.
    pub quoted: bool,
}

/// The fields of a text message without nested messages; `#` starts a comment. `DataLoss` names the line at fault.
pub(crate) fn parse_fields(text: &[u8]) -> Result<Vec<Field>> {
    let mut scanner = Scanner { text, at: 0 };
    let mut fields = vec![];
    loop {
        scanner.skip_blank();
        if scanner.peek().is_none() {
            return Ok(fields);
        }
        let name = scanner.word();
        scanner.skip_blank();
        if name.is_empty() || scanner.next() != Some(b':') {
            return Err(scanner.broken("expected a field name and a colon"));
        }
        scanner.skip_blank();
        let quoted = matches!(scanner.peek(), Some(b'"' | b'\''));
        let value = if quoted { scanner.strings()? } else { scanner.word() };
        if !quoted && value.is_empty() {
            return Err(scanner.broken("expected a value"));
        }
        fields.push(Field { name: String::from_utf8_lossy(&name).into_owned(), value, quoted });
        scanner.skip_blank();
        if matches!(scanner.peek(), Some(b',' | b';')) {
            scanner.next();
        }
    }
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek();
        self.at += usize::from(byte.is_some());
        byte
    }

    fn broken(&self, what: &str) -> ferroflow_tensor::Error {
        let line = 1 + self.text[..self.at].iter().filter(|&&b| b == b'\n').count();
        error!(DataLoss, "Can't parse text message, line {line}: {what}")
    }

    fn skip_blank(&mut self) {
        while let Some(b) = self.peek() {
            if b == b'#' {
                while self.peek().is_some_and(|b| b != b'\n') {
                    self.at += 1;
                }
            } else if !b.is_ascii_whitespace() {
                return;
            } else {
                self.at += 1;
            }
        }
    }

    fn word(&mut self) -> Vec<u8> {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || b"_.+-".contains(&b)) {
            self.at += 1;
        }
        self.text[start..self.at].to_vec()
    }

    /// Quoted strings side by side count as one.
    fn strings(&mut self) -> Result<Vec<u8>> {
        let mut out = vec![];
        while let Some(quote @ (b'"' | b'\'')) = self.peek() {
            self.at += 1;
            loop {
                match self.next() {
                    None | Some(b'\n') => bail!(DataLoss, "Can't parse text message: a string has no end"),
                    Some(b) if b == quote => break,
                    Some(b'\\') => self.escape(&mut out)?,
                    Some(b) => out.push(b),
                }
            }
            self.skip_blank();
        }
        Ok(out)
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let Some(kind) = self.next() else { return Err(self.broken("a string has no end")) };
        let byte = match kind {
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            b'\\' | b'\'' | b'"' | b'?' => kind,
            b'0'..=b'7' => self.digits(u32::from(kind - b'0'), 8, 2),
            b'x' | b'X' => self.digits(0, 16, 2),
            b'u' => return self.code_point(4, out),
            b'U' => return self.code_point(8, out),
            _ => return Err(self.broken("unknown escape in a string")),
        };
        out.push(byte);
        Ok(())
    }

    fn digits(&mut self, start: u32, radix: u32, most: usize) -> u8 {
        let mut value = start;
        for _ in 0..most {
            let Some(digit) = self.peek().and_then(|b| char::from(b).to_digit(radix)) else { break };
            value = value * radix + digit;
            self.at += 1;
        }
        value as u8
    }

    fn code_point(&mut self, count: usize, out: &mut Vec<u8>) -> Result<()> {
        let hex = self.text.get(self.at..self.at + count).and_then(|h| std::str::from_utf8(h).ok());
        let character = hex.and_then(|h| u32::from_str_radix(h, 16).ok()).and_then(char::from_u32);
        let Some(character) = character else { return Err(self.broken("bad code point in a string")) };
        self.at += count;
        out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(())
    }
}

/// The string in quotes: quotes, backslashes and control characters escaped.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' | '\'' | '\\' => out.extend(['\\', c]),
            '\0'..' ' | '\x7f' => out.push_str(&format!("\\{:03o}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_numbers_comments_and_escapes() {
        let fields = parse_fields(b"# c\na: \"x\\n\\303\\244\\x41\" 'y' b: -1.5e3, c : \"\\u00e4\"").unwrap();
        assert_eq!(fields[0], Field { name: "a".into(), value: "x\näAy".into(), quoted: true });
        assert_eq!(fields[1], Field { name: "b".into(), value: "-1.5e3".into(), quoted: false });
        assert_eq!(fields[2].value, "ä".as_bytes());
        assert_eq!(parse_fields(format!("a: {}", quote("ä\n\"\\'\0")).as_bytes()).unwrap()[0].value, "ä\n\"\\'\0".as_bytes());
        for bad in [&b"a"[..], b"a:", b": 1", b"a: \"x", b"a: \"\\", b"a: \"\\q\"", b"a: \"\\ud800\"", b"a: {"] {
            assert!(parse_fields(bad).is_err(), "{bad:?}");
        }
    }
}
