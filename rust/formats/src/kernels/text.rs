//! Kernels that parse strings: numbers in their memory form, lines of CSV.
use super::column::Column;
use super::prepared_with;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Str, Tensor, bail, error};

pub(super) static KERNELS: &[Kernel] = &[
    Kernel { op: "DecodeRaw", types: &[], outputs: Outputs::Kernel, prepare: prepare_raw },
    Kernel { op: "DecodeCSV", types: &[], outputs: Outputs::Kernel, prepare: prepare_csv },
];

struct Raw {
    dtype: DType,
    swap: bool,
}

fn prepare_raw(p: &Prep) -> Result<Prepared> {
    let plan = Raw { dtype: p.attrs.dtype("out_type")?, swap: !p.attrs.bool("little_endian")? };
    prepared_with(raw, plan)
}

fn raw(p: &Prepared, call: &mut Call) -> Result<()> {
    let Raw { dtype, swap } = *p.plan::<Raw>()?;
    let (strings, size) = (call.input(0).strings()?, dtype.size());
    let length = strings.first().map_or(0, |s| s.len());
    if let Some((i, s)) = strings.iter().enumerate().find(|(_, s)| s.len() != length) {
        let have = s.len();
        bail!(InvalidArgument, "DecodeRaw requires input strings to all be the same size, but element {i} has size {length} != {have}");
    }
    if length % size != 0 {
        bail!(
            InvalidArgument,
            "Input to DecodeRaw has length {length} that is not a multiple of {size}, the size of {}",
            dtype.signature_name()
        );
    }
    let mut bytes: Vec<u8> = strings.iter().flat_map(|s| s.iter().copied()).collect();
    if swap {
        // The parts of complex numbers are swapped one by one.
        let unit = if dtype.is_complex() { size / 2 } else { size };
        bytes.chunks_exact_mut(unit).for_each(<[u8]>::reverse);
    }
    if dtype == DType::Bool {
        bytes.iter_mut().for_each(|b| *b = u8::from(*b != 0));
    }
    let mut dims = call.input(0).shape().dims().to_vec();
    dims.push(length / size);
    call.set(0, Tensor::from_bytes(dtype, dims, &bytes)?);
    Ok(())
}

struct Csv {
    types: Vec<DType>,
    delimiter: u8,
    quotes: bool,
    na: Vec<u8>,
    columns: Vec<usize>,
}

fn prepare_csv(p: &Prep) -> Result<Prepared> {
    let delimiter = match &**p.attrs.bytes("field_delim")? {
        [one] => *one,
        _ => bail!(InvalidArgument, "field_delim should be only 1 char"),
    };
    let mut columns = vec![];
    for c in p.attrs.ints("select_cols")? {
        match usize::try_from(*c) {
            Ok(c) if columns.last().is_none_or(|last| c > *last) => columns.push(c),
            Ok(_) => bail!(InvalidArgument, "select_cols should be strictly increasing indices"),
            Err(_) => bail!(InvalidArgument, "select_cols should be non-negative indices"),
        }
    }
    let types = p.attrs.dtypes("OUT_TYPE")?.to_vec();
    if !columns.is_empty() && columns.len() != types.len() {
        bail!(InvalidArgument, "select_cols should match output size");
    }
    let plan = Csv { types, delimiter, quotes: p.attrs.bool("use_quote_delim")?, na: p.attrs.bytes("na_value")?.to_vec(), columns };
    prepared_with(csv, plan)
}

impl Csv {
    /// The fields of a line; only the selected ones, if some are selected.
    fn fields(&self, line: &[u8]) -> Result<Vec<Vec<u8>>> {
        let (mut found, mut number, mut at) = (vec![], 0, 0);
        let wanted = |number: usize, found: usize| self.columns.is_empty() || self.columns.get(found) == Some(&number);
        while at < line.len() {
            if matches!(line[at], b'\n' | b'\r') {
                at += 1;
                continue;
            }
            let mut field = vec![];
            if self.quotes && line[at] == b'"' {
                at += 1;
                loop {
                    match (line.get(at), line.get(at + 1)) {
                        (Some(b'"'), None) => break,
                        (Some(b'"'), Some(next)) if *next == self.delimiter => break,
                        (Some(b'"'), Some(b'"')) => {
                            field.push(b'"');
                            at += 2;
                        }
                        (Some(b'"'), Some(_)) => {
                            bail!(InvalidArgument, "Quote inside a string has to be escaped by another quote")
                        }
                        (Some(other), Some(_)) => {
                            field.push(*other);
                            at += 1;
                        }
                        _ => bail!(InvalidArgument, "Quoted field has to end with quote followed by delim or end"),
                    }
                }
                at += 2;
            } else {
                while let Some(c) = line.get(at).filter(|c| **c != self.delimiter) {
                    if self.quotes && *c == b'"' || matches!(c, b'\n' | b'\r') {
                        bail!(InvalidArgument, "Unquoted fields cannot have quotes/CRLFs inside");
                    }
                    field.push(*c);
                    at += 1;
                }
                at += 1;
            }
            if wanted(number, found.len()) {
                found.push(field);
                if found.len() == self.columns.len() {
                    return Ok(found);
                }
            }
            number += 1;
        }
        if line.last() == Some(&self.delimiter) && wanted(number, found.len()) {
            found.push(vec![]);
        }
        Ok(found)
    }
}

/// Adds a field to a column; the dtype's name if the field is no such number.
fn push(column: &mut Column, field: &[u8]) -> std::result::Result<(), &'static str> {
    let text = String::from_utf8_lossy(field);
    let text = text.trim();
    match column {
        Column::Floats(v) => v.push(text.parse().map_err(|_| "float")?),
        Column::Doubles(v) => v.push(text.parse().map_err(|_| "double")?),
        Column::Ints(v) => v.push(text.parse().map_err(|_| "int32")?),
        Column::Longs(v) => v.push(text.parse().map_err(|_| "int64")?),
        Column::Texts(v) => v.push(Str::from(field.to_vec())),
    }
    Ok(())
}

fn column(dtype: DType) -> Result<Column> {
    Column::new(dtype).ok_or_else(|| error!(InvalidArgument, "csv: data type {dtype} not supported in column"))
}

fn csv(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Csv>()?;
    for i in 0..plan.types.len() {
        let default = call.input(i + 1);
        if default.shape().rank() > 1 {
            bail!(InvalidArgument, "Each record default should be at most rank 1");
        }
        if default.count() > 1 {
            bail!(InvalidArgument, "There should only be 1 default per field but field {i} has {}", default.count());
        }
    }
    let shape = call.input(0).shape().clone();
    let mut columns = plan.types.iter().map(|d| column(*d)).collect::<Result<Vec<_>>>()?;
    for (i, line) in call.input(0).strings()?.iter().enumerate() {
        let fields = plan.fields(line)?;
        if fields.len() != columns.len() {
            bail!(InvalidArgument, "Expect {} fields but have {} in record {i}", columns.len(), fields.len());
        }
        for (f, (field, column)) in fields.into_iter().zip(&mut columns).enumerate() {
            if field.is_empty() || field == plan.na {
                let default = call.input(f + 1);
                if default.count() == 0 {
                    bail!(InvalidArgument, "Field {f} is required but missing in record {i}!");
                }
                column.repeat(default, 1)?;
                continue;
            }
            if let Err(kind) = push(column, &field) {
                bail!(InvalidArgument, "Field {f} in record {i} is not a valid {kind}: {}", String::from_utf8_lossy(&field));
            }
        }
    }
    for (i, column) in columns.into_iter().enumerate() {
        call.set(i, column.tensor(shape.clone())?);
    }
    Ok(())
}
