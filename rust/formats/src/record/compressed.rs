//! Files as streams of bytes, plain or compressed by GZIP (RFC 1952) or ZLIB (RFC 1950).
use crate::files::io_error;
use ferroflow_tensor::{Result, bail};
use flate2::Compression as Level;
use flate2::bufread::{MultiGzDecoder, ZlibDecoder};
use flate2::write::{GzEncoder, ZlibEncoder};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::Path;

/// How a file is compressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compression {
    /// Not at all.
    None,
    /// As a GZIP file.
    Gzip,
    /// As a ZLIB stream.
    Zlib,
}

impl Compression {
    /// The compression of TensorFlow's names: "", "GZIP" and "ZLIB". InvalidArgument for others.
    pub fn parse(name: &str) -> Result<Compression> {
        match name {
            "" => Ok(Compression::None),
            "GZIP" => Ok(Compression::Gzip),
            "ZLIB" => Ok(Compression::Zlib),
            _ => bail!(InvalidArgument, "Unsupported compression_type."),
        }
    }
}

const BUFFER: usize = 256 << 10;

/// Opens a file for reading. NotFound if there is none.
pub fn open(path: &Path, compression: Compression) -> Result<Box<dyn BufRead + Send>> {
    let file = File::open(path).map_err(|e| io_error(path, &e))?;
    let mut plain = BufReader::with_capacity(BUFFER, file);
    // No members at all are a GZIP file too.
    let empty = plain.fill_buf().map_err(|e| io_error(path, &e))?.is_empty();
    Ok(match compression {
        Compression::Gzip if !empty => inflated(MultiGzDecoder::new(plain)),
        Compression::Zlib => inflated(ZlibDecoder::new(plain)),
        _ => Box::new(plain),
    })
}

fn inflated(decoder: impl Read + Send + 'static) -> Box<dyn BufRead + Send> {
    Box::new(BufReader::with_capacity(BUFFER, Inflated(decoder)))
}

/// A decoder whose errors say that the data is damaged, also where it ends too early.
struct Inflated<R>(R);
impl<R: Read> Read for Inflated<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.read(out).map_err(|e| match e.kind() {
            ErrorKind::UnexpectedEof => io::Error::new(ErrorKind::InvalidData, "the compressed data ends too early"),
            ErrorKind::InvalidInput => io::Error::new(ErrorKind::InvalidData, e),
            _ => e,
        })
    }
}

/// Makes a new file and opens it for writing. [`Sink::finish`] must be called at the end.
pub fn create(path: &Path, compression: Compression) -> Result<Box<dyn Sink>> {
    let plain = BufWriter::new(File::create(path).map_err(|e| io_error(path, &e))?);
    Ok(match compression {
        Compression::None => Box::new(plain),
        Compression::Gzip => Box::new(GzEncoder::new(plain, Level::default())),
        Compression::Zlib => Box::new(ZlibEncoder::new(plain, Level::default())),
    })
}

/// A file that is written.
pub trait Sink: Write + Send {
    /// Writes what belongs at the end, and hands all to the system.
    fn finish(&mut self) -> io::Result<()>;
}
impl Sink for BufWriter<File> {
    fn finish(&mut self) -> io::Result<()> {
        self.flush()
    }
}
impl Sink for GzEncoder<BufWriter<File>> {
    fn finish(&mut self) -> io::Result<()> {
        self.try_finish()?;
        self.get_mut().flush()
    }
}
impl Sink for ZlibEncoder<BufWriter<File>> {
    fn finish(&mut self) -> io::Result<()> {
        self.try_finish()?;
        self.get_mut().flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let path = std::env::temp_dir().join(format!("ferroflow_compressed_{}", std::process::id()));
        let parts: Vec<Vec<u8>> = (0..200u32).map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes().repeat(i as usize * 20)).collect();
        for compression in [Compression::None, Compression::Gzip, Compression::Zlib] {
            let mut sink = create(&path, compression).unwrap();
            for (i, part) in parts.iter().enumerate() {
                sink.write_all(part).unwrap();
                if i % 50 == 0 {
                    sink.flush().unwrap();
                }
            }
            sink.finish().unwrap();
            drop(sink);
            let mut read = vec![];
            open(&path, compression).unwrap().read_to_end(&mut read).unwrap();
            assert!(read == parts.concat());
            let whole = std::fs::read(&path).unwrap();
            for cut in [0, 1, 5, 11, whole.len() / 2, whole.len() - 1] {
                std::fs::write(&path, &whole[..cut]).unwrap();
                let found = open(&path, compression).unwrap().read_to_end(&mut vec![]);
                let whole = compression == Compression::None || compression == Compression::Gzip && cut == 0;
                assert_eq!(
                    found.map_err(|e| e.kind()).err(),
                    if whole { None } else { Some(ErrorKind::InvalidData) },
                    "{compression:?} {cut}"
                );
            }
        }
        std::fs::remove_file(path).unwrap();
    }
}
