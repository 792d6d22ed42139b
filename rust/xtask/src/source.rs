//! Rust source as text: finding files, blanking out comments and literals, finding words.

use std::fs;
use std::path::{Path, PathBuf};

/// All `.rs` files under `folder`, sorted; an absent folder has none.
pub fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    files_with_extension(folder, "rs")
}

/// All files under `folder` whose name ends in `.extension`, sorted; an absent folder has none.
pub fn files_with_extension(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_path_buf()];
    while let Some(next) = pending.pop() {
        if !next.is_dir() {
            continue;
        }
        let entries = fs::read_dir(&next).map_err(|e| format!("{}: {e}", next.display()))?;
        for entry in entries {
            let path = entry.map_err(|e| format!("{}: {e}", next.display()))?.path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// `text` with every comment, string and character literal replaced by spaces; lines keep their numbers.
pub fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_end(&chars, at);
        if end == at {
            code.push(chars[at]);
            at += 1;
        } else {
            code.extend(chars[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    code
}

/// Where the comment or literal that starts at `at` ends; `at` itself if none starts there.
fn literal_end(chars: &[char], at: usize) -> usize {
    let follows = |offset: usize| chars.get(at + offset).copied();
    match chars[at] {
        '/' if follows(1) == Some('/') => position(chars, at, |rest| rest[0] == '\n'),
        '/' if follows(1) == Some('*') => block_comment_end(chars, at),
        '"' => quoted_end(chars, at),
        'r' if !continues_a_word(chars, at) => raw_string_end(chars, at).unwrap_or(at),
        'b' | 'c' if !continues_a_word(chars, at) && follows(1) == Some('r') => raw_string_end(chars, at + 1).unwrap_or(at),
        // A lifetime has no closing quote after one character.
        '\'' if follows(1) == Some('\\') => {
            let closing = position(chars, (at + 3).min(chars.len()), |rest| rest[0] == '\'');
            (closing + 1).min(chars.len())
        }
        '\'' if follows(2) == Some('\'') => at + 3,
        _ => at,
    }
}

/// The first index from `start` on at which `holds` is true of the remaining characters, or the end.
fn position(chars: &[char], start: usize, holds: impl Fn(&[char]) -> bool) -> usize {
    (start..chars.len()).find(|&i| holds(&chars[i..])).unwrap_or(chars.len())
}

fn continues_a_word(chars: &[char], at: usize) -> bool {
    at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_')
}

fn block_comment_end(chars: &[char], start: usize) -> usize {
    let mut depth = 0;
    let mut at = start;
    while at < chars.len() {
        if chars[at..].starts_with(&['/', '*']) {
            depth += 1;
            at += 2;
        } else if chars[at..].starts_with(&['*', '/']) {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    chars.len()
}

fn quoted_end(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// The end of the raw string whose `r` is at `start`; `None` if it is not one (a raw identifier, a name).
fn raw_string_end(chars: &[char], start: usize) -> Option<usize> {
    let hashes = chars[start + 1..].iter().take_while(|&&c| c == '#').count();
    let opening = start + 1 + hashes;
    if chars.get(opening) != Some(&'"') {
        return None;
    }
    let mut closing = vec!['"'];
    closing.resize(hashes + 1, '#');
    let end = position(chars, opening + 1, |rest| rest.starts_with(&closing));
    Some((end + closing.len()).min(chars.len()))
}

/// Numbers (from 1) of the lines of `code` that contain `word` as a whole identifier.
pub fn lines_with_word(code: &str, word: &str) -> Vec<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let holds = |line: &str| line.split(|c| !is_part(c)).any(|part| part == word);
    code.lines().enumerate().filter(|(_, line)| holds(line)).map(|(at, _)| at + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_only_blanks_comments_and_literals_and_keeps_lines() {
        let text = "let a = \"unsafe \\\" unsafe\"; // unsafe\n/* unsafe /* unsafe */ unsafe */ real();\n'\\'' 'x' \
                    &'a str r#\"unsafe \" unsafe\"# br\"unsafe\" r#type b\"unsafe\" '\\u{41}' end";
        let code = code_only(text);
        assert!(lines_with_word(&code, "unsafe").is_empty(), "{code}");
        assert_eq!(lines_with_word(&code, "real"), [2]);
        assert_eq!(lines_with_word(&code, "end"), [3]);
        assert_eq!(lines_with_word(&code, "type"), [3]);
        assert_eq!(code.lines().count(), text.lines().count());
    }

    #[test]
    fn code_only_survives_unfinished_text() {
        for text in ["\"", "'", "'\\", "/*", "r#\"", "\"\\", "b", "br", "'\\'"] {
            assert_eq!(code_only(text).chars().count(), text.chars().count(), "{text}");
        }
    }

    #[test]
    fn words_are_whole_identifiers() {
        assert_eq!(lines_with_word("use rayon::join;\nlet rayon_like = 1;\ncrayon();", "rayon"), [1]);
    }
}
