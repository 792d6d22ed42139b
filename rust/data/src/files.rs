//! Datasets of the contents of files: TFRecord records, lines of text, records of one length.
use crate::args::Args;
use crate::dataset::{Dataset, Element, Iterate, Spec, UNKNOWN};
use ferroflow_formats::files::io_error;
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
    /// The body, and where the next record begins.
    Fixed(Vec<u8>, usize),
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
                let mut bytes = vec![];
                compressed::open(path, self.compression)?.read_to_end(&mut bytes).map_err(|e| io_error(path, &e))?;
                let body = bytes.len().saturating_sub(header + footer);
                if body % record != 0 {
                    bail!(
                        InvalidArgument,
                        "Excluding the header ({header} bytes) and footer ({footer} bytes), input file \"{}\" has body length {body} bytes, which is not an exact multiple of the record length ({record} bytes).",
                        path.display()
                    );
                }
                bytes.truncate(header + body);
                Ok(Open::Fixed(bytes, header))
            }
        }
    }
    /// The next element of an open file; None at its end.
    fn read(&self, open: &mut Open, path: &Path) -> Result<Option<Tensor>> {
        match (open, self.kind) {
            (Open::Records(reader), _) => Ok(reader.next().transpose()?.map(Tensor::string)),
            (Open::Lines(file), _) => {
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
            (Open::Fixed(bytes, at), Kind::Fixed { record, .. }) => {
                let Some(found) = bytes.get(*at..*at + record) else { return Ok(None) };
                *at += record;
                Ok(Some(Tensor::string(found)))
            }
            _ => Ok(None),
        }
    }
}

impl Iterate for Pass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        loop {
            run.cancel.check()?;
            if let Some(open) = &mut self.open {
                if let Some(t) = self.of.read(open, &self.of.paths[self.next - 1])? {
                    return Ok(Some(vec![t]));
                }
                self.open = None;
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
    let text = |s: &[u8]| String::from_utf8_lossy(s).into_owned();
    let compression = match a.one("compression_type")?.strings()? {
        [one] => Compression::parse(&text(one))?,
        _ => bail!(InvalidArgument, "compression_type must be a scalar"),
    };
    let paths = names.strings()?.iter().map(|s| PathBuf::from(text(s))).collect();
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
