//! Datasets of the contents of files: TFRecord records, lines of text, records of one length.
use crate::args::Args;
use crate::dataset::{Dataset, Element, Iterate, Spec, UNKNOWN};
use ferroflow_formats::files::{io_error, path_of};
use ferroflow_formats::record::RecordReader;
use ferroflow_formats::record::compressed::{self, Compression};
use ferroflow_ops::RunCtx;
use ferroflow_tensor::{DType, PartialShape, Result, Tensor, bail};
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the elements of a file are.
#[derive(Clone, Copy)]
enum Kind {
    Records,
    Lines,
    Fixed { header: usize, record: usize, footer: usize },
}

struct Files {
    spec: Arc<Spec>,
    paths: Vec<PathBuf>,
    compression: Compression,
    kind: Kind,
}

/// A file that is being read.
enum Open {
    Records(RecordReader),
    Lines(Box<dyn BufRead + Send>),
    Fixed(FixedReader),
}

/// The records of one length between the header and the footer of a file.
struct FixedReader {
    file: Box<dyn BufRead + Send>,
    header: usize,
    record: usize,
    footer: usize,
    /// What was read beyond the last record, at most a footer; none before the header was read.
    ahead: Option<Vec<u8>>,
    /// The bytes of the records so far.
    read: usize,
}

impl FixedReader {
    /// Reads until `bytes` has `size` bytes or the file ends.
    fn fill(&mut self, bytes: &mut Vec<u8>, size: usize, path: &Path) -> Result<()> {
        let missing = (size - bytes.len()) as u64;
        (&mut self.file).take(missing).read_to_end(bytes).map(|_| ()).map_err(|e| io_error(path, &e))
    }
    /// That the records do not fill the file but for its header and footer.
    fn misfit(&self, body: i64, path: &Path) -> String {
        format!(
            "Excluding the header ({} bytes) and footer ({} bytes), input file \"{}\" has body length {body} bytes, which is not an exact multiple of the record length ({} bytes).",
            self.header,
            self.footer,
            path.display(),
            self.record
        )
    }
    fn next(&mut self, path: &Path) -> Result<Option<Tensor>> {
        let mut bytes = match self.ahead.take() {
            Some(ahead) => ahead,
            None => {
                let mut header = vec![];
                self.fill(&mut header, self.header, path)?;
                let mut footer = vec![];
                self.fill(&mut footer, self.footer, path)?;
                if header.len() + footer.len() < self.header + self.footer {
                    let body = (header.len() + footer.len()) as i64 - (self.header + self.footer) as i64;
                    bail!(DataLoss, "{}", self.misfit(body, path));
                }
                footer
            }
        };
        self.fill(&mut bytes, self.footer + self.record, path)?;
        let found = bytes.len() - self.footer;
        if found != 0 && found != self.record {
            bail!(DataLoss, "{}", self.misfit((self.read + found) as i64, path));
        }
        if found == 0 {
            self.ahead = Some(bytes);
            return Ok(None);
        }
        self.read += found;
        self.ahead = Some(bytes.split_off(self.record));
        Ok(Some(Tensor::string(bytes)))
    }
}

struct Pass {
    of: Arc<Files>,
    next: usize,
    open: Option<Open>,
}

impl Dataset for Files {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        UNKNOWN
    }
    fn calls_python(&self) -> bool {
        false
    }
    fn iterate(self: Arc<Self>, _: &RunCtx) -> Result<Box<dyn Iterate>> {
        Ok(Box::new(Pass { of: self, next: 0, open: None }))
    }
}

impl Files {
    fn open(&self, path: &Path) -> Result<Open> {
        match self.kind {
            Kind::Records => RecordReader::open_compressed(path, self.compression).map(Open::Records),
            Kind::Lines => compressed::open(path, self.compression).map(Open::Lines),
            Kind::Fixed { header, record, footer } => {
                let file = compressed::open(path, self.compression)?;
                let reader = FixedReader { file, header, record, footer, ahead: None, read: 0 };
                if self.compression == Compression::None {
                    let length = std::fs::metadata(path).map_err(|e| io_error(path, &e))?.len();
                    let body = length as i64 - (header + footer) as i64;
                    if body < 0 || body % record as i64 != 0 {
                        bail!(InvalidArgument, "{}", reader.misfit(body, path));
                    }
                }
                Ok(Open::Fixed(reader))
            }
        }
    }
    /// The next element of an open file; None at its end.
    fn read(open: &mut Open, path: &Path) -> Result<Option<Tensor>> {
        match open {
            Open::Records(reader) => Ok(reader.next().transpose()?.map(Tensor::string)),
            Open::Lines(file) => {
                let mut line = vec![];
                if file.read_until(b'\n', &mut line).map_err(|e| io_error(path, &e))? == 0 {
                    return Ok(None);
                }
                if line.last() == Some(&b'\n') {
                    line.pop();
                }
                // TensorFlow leaves all carriage returns out.
                line.retain(|c| *c != b'\r');
                Ok(Some(Tensor::string(line)))
            }
            Open::Fixed(reader) => reader.next(path),
        }
    }
}

impl Iterate for Pass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        loop {
            run.cancel.check()?;
            if let Some(mut open) = self.open.take() {
                // After an error the next file follows, so that whoever ignores errors comes to an end.
                if let Some(t) = Files::read(&mut open, &self.of.paths[self.next - 1])? {
                    self.open = Some(open);
                    return Ok(Some(vec![t]));
                }
            }
            let Some(path) = self.of.paths.get(self.next) else { return Ok(None) };
            self.next += 1;
            self.open = Some(self.of.open(path)?);
        }
    }
}

fn files(a: &Args, kind: Kind) -> Result<Arc<dyn Dataset>> {
    let names = a.one("filenames")?;
    if names.shape().rank() > 1 {
        bail!(InvalidArgument, "`filenames` must be a scalar or a vector.");
    }
    if a.int("buffer_size")? < 0 {
        bail!(InvalidArgument, "`buffer_size` must be >= 0 (0 == no buffering)");
    }
    let compression = match a.one("compression_type")?.strings()? {
        [one] => Compression::parse(&String::from_utf8_lossy(one))?,
        _ => bail!(InvalidArgument, "compression_type must be a scalar"),
    };
    let paths = names.strings()?.iter().map(|s| path_of(s)).collect::<Result<_>>()?;
    let spec = Arc::new(Spec { types: vec![DType::String], shapes: vec![PartialShape::scalar()] });
    Ok(Arc::new(Files { spec, paths, compression, kind }))
}
pub(crate) fn records(a: &Args) -> Result<Arc<dyn Dataset>> {
    files(a, Kind::Records)
}
pub(crate) fn lines(a: &Args) -> Result<Arc<dyn Dataset>> {
    files(a, Kind::Lines)
}
pub(crate) fn fixed(a: &Args) -> Result<Arc<dyn Dataset>> {
    let size = |name: &str, least: i64| -> Result<usize> {
        let n = a.int(name)?;
        match usize::try_from(n) {
            Ok(size) if n >= least && n < 1 << 40 => Ok(size),
            _ => bail!(InvalidArgument, "`{name}` must be {}", if least == 0 { ">= 0" } else { "> 0" }),
        }
    };
    files(a, Kind::Fixed { header: size("header_bytes", 0)?, record: size("record_bytes", 1)?, footer: size("footer_bytes", 0)? })
}
