//! The verdicts of self-tests on disk: a file for each adapter, driver and set of shaders, written whole or not at all.
use ferroflow_tensor::knobs;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Variants with what is wrong with them; None if they are right.
pub type Verdicts = BTreeMap<String, Option<String>>;

/// The file for what an identity tells from others; None if there is no folder for it.
pub fn file(identity: &str) -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let folder = match knobs::CACHE.get() {
        Some(folder) => PathBuf::from(folder),
        None => variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|h| h.join(".cache")))?.join("ferroflow"),
    };
    Some(folder.join(format!("gpu-{:016x}.txt", number(identity))))
}

fn number(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// What a file says, if it is whole and of this identity; nothing otherwise.
pub fn load(file: &Path, identity: &str) -> Verdicts {
    std::fs::read_to_string(file).ok().and_then(|text| parse(&text, identity)).unwrap_or_default()
}

fn parse(text: &str, identity: &str) -> Option<Verdicts> {
    let (content, sum) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    let mut lines = content.split('\n');
    if sum != format!("{:016x}", number(content)) || lines.next() != Some(&one_line(identity)) {
        return None;
    }
    let verdict = |line: &str| {
        let (variant, fault) = line.split_once('\t')?;
        Some((variant.to_string(), Some(fault).filter(|f| *f != "right").map(String::from)))
    };
    lines.map(verdict).collect()
}

/// Adds verdicts to a file. A folder that cannot be written to is left alone: then the next process tests again.
pub fn save(file: &Path, identity: &str, new: &Verdicts) {
    let mut all = load(file, identity);
    all.extend(new.clone());
    let mut content = one_line(identity);
    for (variant, fault) in &all {
        content += &format!("\n{variant}\t{}", fault.as_deref().map_or("right".into(), one_line));
    }
    let text = format!("{content}\n{:016x}\n", number(&content));
    let beside = file.with_extension(format!("{}.part", std::process::id()));
    let written = file.parent().is_some_and(|folder| std::fs::create_dir_all(folder).is_ok()) && std::fs::write(&beside, text).is_ok();
    if !written || std::fs::rename(&beside, file).is_err() {
        let _ = std::fs::remove_file(&beside);
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_damaged_is_as_if_it_were_not_there() {
        let folder = std::env::temp_dir().join(format!("ferroflow-verdicts-{}", std::process::id()));
        let file = folder.join("gpu.txt");
        let verdicts = Verdicts::from([("AddV2 float".into(), None), ("Exp float".into(), Some("2 instead\nof 3".into()))]);
        save(&file, "adapter", &verdicts);
        save(&file, "adapter", &Verdicts::from([("Mul int32".into(), None)]));
        let found = load(&file, "adapter");
        assert_eq!(found.len(), 3);
        assert_eq!(found["Exp float"].as_deref(), Some("2 instead of 3"));
        assert!(load(&file, "another adapter").is_empty());
        let whole = std::fs::read_to_string(&file).unwrap();
        for damaged in [whole.replace("right", "wrong"), whole[..whole.len() / 2].into(), String::new(), "\n".into()] {
            std::fs::write(&file, &damaged).unwrap();
            assert!(load(&file, "adapter").is_empty(), "{damaged:?}");
        }
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
