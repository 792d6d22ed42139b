//! Files that appear whole or not at all, and errors that name the file.
use ferroflow_tensor::{Code, Error, Result};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The error of a file operation in TensorFlow's form: `path; No such file or directory`.
pub fn io_error(path: &Path, e: &io::Error) -> Error {
    let code = match e.kind() {
        ErrorKind::NotFound => Code::NotFound,
        ErrorKind::AlreadyExists => Code::AlreadyExists,
        ErrorKind::PermissionDenied => Code::PermissionDenied,
        ErrorKind::UnexpectedEof => Code::OutOfRange,
        ErrorKind::InvalidData => Code::DataLoss,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Code::ResourceExhausted,
        ErrorKind::IsADirectory | ErrorKind::NotADirectory | ErrorKind::DirectoryNotEmpty => Code::FailedPrecondition,
        _ => Code::Unknown,
    };
    let text = e.to_string();
    let reason = text.split(" (os error").next().unwrap_or_default();
    Error::new(code, format!("{}; {reason}", path.display()))
}

/// The path that bytes name, as the system has it: any bytes on Unix, UTF-8 elsewhere.
pub fn path_of(bytes: &[u8]) -> Result<PathBuf> {
    #[cfg(unix)]
    return Ok(PathBuf::from(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes)));
    #[cfg(not(unix))]
    match std::str::from_utf8(bytes) {
        Ok(name) => Ok(PathBuf::from(name)),
        Err(_) => Err(Error::new(Code::InvalidArgument, format!("'{}' is not valid UTF-8", String::from_utf8_lossy(bytes)))),
    }
}

/// `path` with `suffix` behind its last component.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// The folder that `path` lies in, `.` for a bare name.
pub(crate) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The file's whole content.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = vec![];
    let read = File::open(path).and_then(|mut file| file.read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|e| io_error(path, &e))
}

/// Makes renames in a folder survive a power failure, where the system can do that.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(|e| io_error(folder, &e))?;
    }
    Ok(())
}

/// What the names of unfinished files have behind the name of their target.
pub(crate) const TEMP_SUFFIX: &str = ".tempstate";

/// A file that is written beside its target; it disappears unless it is committed.
pub(crate) struct TempFile {
    path: PathBuf,
    file: io::BufWriter<File>,
    committed: bool,
}

impl TempFile {
    /// A new file `<target>.tempstate<process>_<number>`.
    pub fn beside(target: &Path) -> Result<TempFile> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = with_suffix(target, &format!("{TEMP_SUFFIX}{}_{number}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(TempFile { path, file: io::BufWriter::with_capacity(1 << 20, file), committed: false }),
                Err(e) if e.kind() == ErrorKind::AlreadyExists => continue,
                Err(e) => return Err(io_error(&path, &e)),
            }
        }
    }

    /// Appends bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|e| io_error(&self.path, &e))
    }

    /// Gives the file its final name, with everything on the disk before and after.
    pub fn commit(mut self, target: &Path) -> Result<()> {
        let flushed = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        flushed.map_err(|e| io_error(&self.path, &e))?;
        fs::rename(&self.path, target).map_err(|e| io_error(target, &e))?;
        self.committed = true;
        sync_folder(parent(target))
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        if !self.committed {
            // Nothing more can be done about a leftover that cannot be removed.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Replaces the file's content in one step: a reader or a crash finds the old or the new bytes, never a mixture.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut temp = TempFile::beside(path)?;
    temp.write(bytes)?;
    temp.commit(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_file() {
        let e = read(Path::new("no/such/file")).unwrap_err();
        assert_eq!((e.code(), e.message()), (Code::NotFound, "no/such/file; No such file or directory"));
        assert!(TempFile::beside(Path::new("no/such/file")).is_err());
    }

    #[test]
    fn uncommitted_files_disappear() {
        let target = std::env::temp_dir().join(format!("ferroflow_temp_{}", std::process::id()));
        let temp = TempFile::beside(&target).unwrap();
        let path = temp.path.clone();
        assert!(path.exists());
        drop(temp);
        assert!(!path.exists());
        write_atomically(&target, b"x").unwrap();
        write_atomically(&target, b"yz").unwrap();
        assert_eq!(read(&target).unwrap(), b"yz");
        fs::remove_file(&target).unwrap();
    }
}
