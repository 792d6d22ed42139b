//! Files as streams of bytes, plain or compressed by GZIP (RFC 1952) or ZLIB (RFC 1950).
use crate::files::io_error;
use ferroflow_tensor::{Result, bail};
use miniz_oxide::deflate::core::{CompressorOxide, create_comp_flags_from_zip_params};
use miniz_oxide::deflate::stream::deflate;
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};
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
    let plain = BufReader::with_capacity(BUFFER, file);
    Ok(match compression {
        Compression::None => Box::new(plain),
        _ => Box::new(BufReader::with_capacity(BUFFER, Inflate::new(plain, compression == Compression::Gzip))),
    })
}

/// Makes a new file and opens it for writing. [`Sink::finish`] must be called at the end.
pub fn create(path: &Path, compression: Compression) -> Result<Box<dyn Sink>> {
    let plain = BufWriter::new(File::create(path).map_err(|e| io_error(path, &e))?);
    Ok(match compression {
        Compression::None => Box::new(plain),
        _ => Box::new(Deflate::new(plain, compression == Compression::Gzip).map_err(|e| io_error(path, &e))?),
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

/// The checksum of GZIP: CRC-32 with the polynomial of IEEE 802.3, continued from `crc`.
fn crc32(crc: u32, bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut i = 0;
        while i < 256 {
            let (mut c, mut bit) = (i as u32, 0);
            while bit < 8 {
                c = if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
                bit += 1;
            }
            table[i] = c;
            i += 1;
        }
        table
    };
    !bytes.iter().fold(!crc, |c, b| TABLE[(c as u8 ^ b) as usize] ^ (c >> 8))
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

struct Inflate<R> {
    input: R,
    state: Box<InflateState>,
    gzip: bool,
    /// Whether a header comes next.
    at_header: bool,
    crc: u32,
    size: u32,
    ended: bool,
}

impl<R: BufRead> Inflate<R> {
    fn new(input: R, gzip: bool) -> Inflate<R> {
        let format = if gzip { DataFormat::Raw } else { DataFormat::Zlib };
        Inflate { input, state: InflateState::new_boxed(format), gzip, at_header: gzip, crc: 0, size: 0, ended: false }
    }
    fn exact<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.input.read_exact(&mut bytes)?;
        Ok(bytes)
    }
    fn skip_text(&mut self) -> io::Result<()> {
        while self.exact::<1>()? != [0] {}
        Ok(())
    }
    /// Reads the header of a member; false at the end of the file.
    fn header(&mut self) -> io::Result<bool> {
        if self.input.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let head = self.exact::<10>()?;
        if head[..3] != [0x1f, 0x8b, 8] {
            return Err(damaged("not a GZIP file"));
        }
        let flags = head[3];
        if flags & 4 != 0 {
            let length = u16::from_le_bytes(self.exact()?);
            io::copy(&mut (&mut self.input).take(length.into()), &mut io::sink())?;
        }
        for text in [8, 16] {
            if flags & text != 0 {
                self.skip_text()?;
            }
        }
        if flags & 2 != 0 {
            self.exact::<2>()?;
        }
        self.state.reset(DataFormat::Raw);
        (self.crc, self.size, self.at_header) = (0, 0, false);
        Ok(true)
    }
    /// Checks what stands after a member.
    fn trailer(&mut self) -> io::Result<()> {
        let (crc, size) = (u32::from_le_bytes(self.exact()?), u32::from_le_bytes(self.exact()?));
        if (crc, size) != (self.crc, self.size) {
            return Err(damaged("the checksum of a GZIP member is wrong"));
        }
        self.at_header = true;
        Ok(())
    }
}

impl<R: BufRead> Read for Inflate<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            if self.ended || self.at_header && !self.header()? {
                return Ok(0);
            }
            let data = self.input.fill_buf()?;
            let over = data.is_empty();
            let step = inflate(&mut self.state, data, out, MZFlush::None);
            self.input.consume(step.bytes_consumed);
            let written = &out[..step.bytes_written];
            if self.gzip {
                self.crc = crc32(self.crc, written);
                self.size = self.size.wrapping_add(written.len() as u32);
            }
            let n = written.len();
            match step.status {
                Ok(MZStatus::StreamEnd) if self.gzip => self.trailer()?,
                Ok(MZStatus::StreamEnd) => self.ended = true,
                Ok(_) => {}
                Err(MZError::Buf) if n > 0 || !over => {}
                Err(MZError::Buf) => return Err(damaged("the compressed data ends too early")),
                Err(_) => return Err(damaged("the compressed data is damaged")),
            }
            if n > 0 {
                return Ok(n);
            }
            if over && !self.ended && !self.at_header {
                return Err(damaged("the compressed data ends too early"));
            }
        }
    }
}

struct Deflate {
    file: BufWriter<File>,
    state: Box<CompressorOxide>,
    gzip: bool,
    crc: u32,
    size: u32,
    out: Vec<u8>,
}

impl Deflate {
    fn new(mut file: BufWriter<File>, gzip: bool) -> io::Result<Deflate> {
        if gzip {
            file.write_all(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])?;
        }
        let flags = create_comp_flags_from_zip_params(6, if gzip { -15 } else { 15 }, 0);
        Ok(Deflate { file, state: Box::new(CompressorOxide::new(flags)), gzip, crc: 0, size: 0, out: vec![0; BUFFER] })
    }
    fn push(&mut self, mut bytes: &[u8], flush: MZFlush) -> io::Result<()> {
        loop {
            let step = deflate(&mut self.state, bytes, &mut self.out, flush);
            self.file.write_all(&self.out[..step.bytes_written])?;
            bytes = &bytes[step.bytes_consumed..];
            match step.status {
                Ok(MZStatus::StreamEnd) => return Ok(()),
                Ok(_) if step.bytes_written == self.out.len() || !bytes.is_empty() || flush == MZFlush::Finish => {}
                Ok(_) | Err(MZError::Buf) => return Ok(()),
                Err(_) => return Err(damaged("the data cannot be compressed")),
            }
        }
    }
}
impl Write for Deflate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes, MZFlush::None)?;
        self.crc = crc32(self.crc, bytes);
        self.size = self.size.wrapping_add(bytes.len() as u32);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        self.push(&[], MZFlush::Sync)?;
        self.file.flush()
    }
}
impl Sink for Deflate {
    fn finish(&mut self) -> io::Result<()> {
        self.push(&[], MZFlush::Finish)?;
        if self.gzip {
            self.file.write_all(&self.crc.to_le_bytes())?;
            self.file.write_all(&self.size.to_le_bytes())?;
        }
        self.file.flush()
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
                assert_eq!(found.is_ok(), compression == Compression::None || compression == Compression::Gzip && cut == 0);
            }
        }
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(crc32(0, b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(crc32(0, b"1234"), b"56789"), 0xcbf4_3926);
    }
}
