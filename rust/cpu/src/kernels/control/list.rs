//! Tensor lists: variants that hold tensors of one dtype. A list that nobody else holds is changed in place.
use crate::kernels::array::join;
use crate::kernels::dispatch::NUMBERS;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Error, Object, PartialShape, Result, Shape, Tensor, bail, error};
use std::sync::{Arc, Mutex};

/// A list: the element of a variant tensor.
pub struct TensorList {
    /// Dtype of its elements.
    pub dtype: DType,
    /// The shape that elements must fit.
    pub shape: PartialShape,
    /// Most elements, if there is a limit.
    pub most: Option<usize>,
    /// The elements; None where nothing was set. Locked for moments only: it is changed by its sole owner.
    items: Mutex<Vec<Option<Tensor>>>,
}

impl Object for TensorList {
    fn type_name(&self) -> &str {
        "TensorList"
    }
}

type Items = Vec<Option<Tensor>>;

impl TensorList {
    /// A list without a limit.
    pub fn new(dtype: DType, shape: PartialShape, items: Vec<Option<Tensor>>) -> TensorList {
        TensorList { dtype, shape, most: None, items: Mutex::new(items) }
    }
    fn with<R>(&self, f: impl FnOnce(&mut Items) -> R) -> R {
        f(&mut self.items.lock().unwrap_or_else(|e| e.into_inner()))
    }
    /// The elements, shared.
    pub fn items(&self) -> Items {
        self.with(|i| i.clone())
    }
    /// A list of the same kind with other elements.
    pub fn like(&self, items: Vec<Option<Tensor>>) -> TensorList {
        TensorList { most: self.most, ..TensorList::new(self.dtype, self.shape.clone(), items) }
    }
    fn tensor(self) -> Tensor {
        Tensor::object(DType::Variant, Arc::new(self))
    }
    fn expect(&self, dtype: DType) -> Result<()> {
        if self.dtype != dtype {
            bail!(
                InvalidArgument,
                "Invalid data types; op elements {} but list elements {}",
                dtype.signature_name(),
                self.dtype.signature_name()
            );
        }
        Ok(())
    }
    /// What is known of the shape of its elements together with what the op asks for.
    fn element(&self, asked: &PartialShape) -> Result<PartialShape> {
        merge(asked, &self.shape)
    }
}

fn merge(a: &PartialShape, b: &PartialShape) -> Result<PartialShape> {
    a.merge(b).ok_or_else(|| error!(InvalidArgument, "PartialTensorShape: Incompatible shapes during merge: {a} vs. {b}"))
}

const NS: f32 = 60.0;

const fn sets(op: &'static str, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types: &[], outputs: Outputs::Kernel, prepare }
}
/// Dtypes of elements that lists give out as tensors: all but resources.
const ELEMENTS: &[DType] = &join::<22>(&[
    NUMBERS,
    &[DType::Bool, DType::String, DType::Variant, DType::QInt8, DType::QUInt8, DType::QInt16, DType::QUInt16, DType::QInt32],
]);
const fn gives(op: &'static str, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { types: &[("element_dtype", ELEMENTS)], ..sets(op, prepare) }
}
/// A kernel that knows the dtype of the elements from the attribute.
fn typed(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    Ok(Prepared::with(run, NS, p.attrs.dtype("element_dtype")?))
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    sets("EmptyTensorList", |p| typed(p, empty)),
    sets("TensorListReserve", |p| typed(p, reserve)),
    sets("TensorListPushBack", |_| Ok(Prepared::new(push_back, NS))),
    gives("TensorListPopBack", |p| typed(p, pop_back)),
    gives("TensorListGetItem", |p| typed(p, get_item)),
    sets("TensorListSetItem", |p| Ok(Prepared::with(set_item, NS, p.attrs.bool("resize_if_index_out_of_bounds")?))),
    gives("TensorListStack", |p| Ok(Prepared::with(stack, NS, (p.attrs.dtype("element_dtype")?, p.attrs.int("num_elements")?)))),
    gives("TensorListFromTensor", |_| Ok(Prepared::new(from_tensor, NS))),
    sets("TensorListLength", |_| Ok(Prepared::new(length, NS))),
    sets("TensorListResize", |_| Ok(Prepared::new(resize, NS))),
    sets("TensorListElementShape", |p| Ok(Prepared::with(element_shape, NS, p.attrs.dtype("shape_type")?))),
    gives("TensorListConcatV2", |p| Ok(Prepared::with(concat, NS, (p.attrs.dtype("element_dtype")?, PartialShape::UNKNOWN)))),
    gives("TensorListConcat", |p| {
        Ok(Prepared::with(concat, NS, (p.attrs.dtype("element_dtype")?, p.attrs.shape("element_shape")?.clone())))
    }),
    gives("TensorListSplit", |_| Ok(Prepared::new(split, NS))),
    gives("TensorListGather", |p| typed(p, gather)),
    gives("TensorListScatter", |_| Ok(Prepared::new(scatter, NS))),
    gives("TensorListScatterV2", |_| Ok(Prepared::new(scatter, NS))),
    gives("TensorListScatterIntoExistingList", |_| Ok(Prepared::new(scatter_into, NS))),
    sets("TensorListConcatLists", |p| typed(p, concat_lists)),
    gives("TensorListPushBackBatch", |_| Ok(Prepared::new(push_back_batch, NS))),
];

fn list<'a>(call: &Call<'a>, i: usize) -> Result<&'a TensorList> {
    as_list(call.input(i))
}
fn as_list(t: &Tensor) -> Result<&TensorList> {
    t.object_ref::<TensorList>().map_err(|_| error!(InvalidArgument, "Input handle is not a list. Saw: '{}'", t.objects().map_or("", kind)))
}
fn kind(objects: &[Arc<dyn Object>]) -> &str {
    objects.first().map_or("nothing", |o| o.type_name())
}

/// Output 0 is the list of input 0 after a change: the same list if nobody else holds it, else a copy.
fn change(call: &mut Call, f: impl FnOnce(&mut Items) -> Result<()>) -> Result<()> {
    let (handle, old) = (call.input(0), list(call, 0)?);
    let sole = call.last & 1 != 0 && handle.is_unique() && handle.objects()?.first().is_some_and(|o| Arc::strong_count(o) == 1);
    let new = if sole {
        old.with(f)?;
        handle.clone()
    } else {
        let mut items = old.items();
        f(&mut items)?;
        old.like(items).tensor()
    };
    call.set(0, new);
    Ok(())
}

/// The shape that an operand describes: sizes with -1 for unknown ones, the scalar -1 for an unknown rank.
fn shape_operand(t: &Tensor) -> Result<PartialShape> {
    let sizes = t.to_i64()?;
    match t.shape().rank() {
        0 if sizes == [-1] => Ok(PartialShape::UNKNOWN),
        0 => bail!(InvalidArgument, "The only valid scalar shape tensor is the fully unknown shape specified as -1."),
        1 => match sizes.iter().find(|d| **d < -1) {
            Some(d) => bail!(InvalidArgument, "Dimension {d} must be >= -1"),
            None => Ok(PartialShape::from_i64(&sizes)),
        },
        _ => bail!(InvalidArgument, "element_shape must be at most rank 1 but has the shape of {}", t.shape()),
    }
}

/// A tensor that may stay in a list: what ends with the run is copied.
fn keep(t: &Tensor) -> Result<Tensor> {
    if t.is_transient() { t.copy() } else { Ok(t.clone()) }
}

fn empty(p: &Prepared, call: &mut Call) -> Result<()> {
    let most = usize::try_from(call.input(1).item::<i32>()?).ok();
    let list = TensorList { most, ..TensorList::new(*p.plan()?, shape_operand(call.input(0))?, vec![]) };
    call.set(0, list.tensor());
    Ok(())
}

fn reserve(p: &Prepared, call: &mut Call) -> Result<()> {
    let n = call.input(1).item::<i32>()?;
    let Ok(n) = usize::try_from(n) else {
        bail!(InvalidArgument, "The num_elements to reserve must be a non negative number, but got {n}")
    };
    let items = ferroflow_tensor::repeated(None, n)?;
    call.set(0, TensorList::new(*p.plan()?, shape_operand(call.input(0))?, items).tensor());
    Ok(())
}

fn push_back(_: &Prepared, call: &mut Call) -> Result<()> {
    let (list, new) = (list(call, 0)?, call.input(1));
    list.expect(new.dtype())?;
    if !list.shape.accepts(new.shape()) {
        let (op, own) = (new.shape(), &list.shape);
        bail!(InvalidArgument, "Tried to append a tensor with incompatible shape to a list. Op element shape: {op} list shape: {own}");
    }
    let (most, new) = (list.most, new.clone().settle()?);
    change(call, |items| {
        if most.is_some_and(|m| items.len() >= m) {
            let m = most.unwrap_or(0);
            bail!(InvalidArgument, "Tried to push item into a full list list size: {} max_num_elements: {m}", items.len());
        }
        items.push(Some(new));
        Ok(())
    })
}

/// Zeros in place of an element that was not set.
fn zeros(dtype: DType, shape: &PartialShape, error: impl FnOnce() -> Error) -> Result<Tensor> {
    Tensor::zeros(dtype, shape.known().ok_or_else(error)?)
}

fn pop_back(p: &Prepared, call: &mut Call) -> Result<()> {
    let (list, dtype) = (list(call, 0)?, *p.plan::<DType>()?);
    list.expect(dtype)?;
    let shape = list.element(&shape_operand(call.input(1))?)?;
    let mut last = None;
    change(call, |items| match items.pop() {
        Some(item) => {
            last = item;
            Ok(())
        }
        None => bail!(InvalidArgument, "Trying to pop from an empty list."),
    })?;
    let item = match last {
        Some(t) => t,
        None => zeros(dtype, &shape, || {
            error!(InvalidArgument, "Trying to read an uninitialized tensor but element_shape is not fully defined.{shape}")
        })?,
    };
    call.set(1, item);
    Ok(())
}

/// The number of a place; None if the list has no such place.
fn place(index: i32, n: usize) -> Option<usize> {
    usize::try_from(index).ok().filter(|i| *i < n)
}

fn get_item(p: &Prepared, call: &mut Call) -> Result<()> {
    let (list, dtype, index) = (list(call, 0)?, *p.plan::<DType>()?, call.input(1).item::<i32>()?);
    list.expect(dtype)?;
    let (n, item) = list.with(|items| (items.len(), place(index, items.len()).map(|i| items[i].clone())));
    let Some(item) = item else { bail!(InvalidArgument, "Trying to access element {index} in a list with {n} elements.") };
    let item = match item {
        Some(t) => t,
        None => {
            let mut shape = list.element(&shape_operand(call.input(2))?)?;
            for t in list.items().iter().flatten().take(usize::from(!shape.is_known())) {
                shape = merge(&shape, &t.shape().into())?;
            }
            zeros(dtype, &shape, || {
                error!(
                    InvalidArgument,
                    "Trying to read an uninitialized tensor but element_shape is not fully defined: {shape} and no list element is set."
                )
            })?
        }
    };
    call.set(0, item);
    Ok(())
}

/// Elements to which a list may be made longer; a number beyond it is taken for a mistake.
const LONGEST: usize = 1 << 26;

/// Makes a list as long as `n` at least, with elements that are not set.
fn grow(items: &mut Items, n: usize) -> Result<()> {
    let room = n.saturating_sub(items.len());
    if room > 0 && n > LONGEST || items.try_reserve(room).is_err() {
        bail!(ResourceExhausted, "OOM when resizing a list to {n} elements");
    }
    items.resize(n.max(items.len()), None);
    Ok(())
}

fn set_item(p: &Prepared, call: &mut Call) -> Result<()> {
    let (list, index, new) = (list(call, 0)?, call.input(1).item::<i32>()?, call.input(2));
    list.expect(new.dtype())?;
    let (grows, fits) = (*p.plan::<bool>()?, list.shape.accepts(new.shape()));
    change(call, |items| {
        let n = items.len();
        let place = match usize::try_from(index) {
            Ok(i) if grows || i < n => i,
            _ => bail!(InvalidArgument, "Trying to modify element {index} in a list with {n} elements."),
        };
        if !fits {
            let (op, own) = (new.shape(), &list.shape);
            bail!(
                InvalidArgument,
                "Tried to set a tensor with incompatible shape at a list index. Item element shape: {op} list shape: {own}"
            );
        }
        let new = new.clone().settle()?;
        if place >= n {
            grow(items, place + 1)?;
        }
        items[place] = Some(new);
        Ok(())
    })
}

/// Tensors one after the other as one tensor of this shape.
fn joined(parts: &[Tensor], dtype: DType, shape: Shape) -> Result<Tensor> {
    match dtype {
        DType::String => {
            let all = parts.iter().map(|t| Ok(t.strings()?.to_vec())).collect::<Result<Vec<_>>>()?;
            Tensor::from_strings(all.concat(), shape)
        }
        DType::Resource | DType::Variant => {
            let all = parts.iter().map(|t| Ok(t.objects()?.to_vec())).collect::<Result<Vec<_>>>()?;
            Tensor::from_objects(dtype, all.concat(), shape)
        }
        _ => {
            let mut whole = Tensor::recycled(dtype, shape)?;
            let Some(mut rest) = whole.bytes_mut() else { bail!(Internal, "a new tensor is shared") };
            for t in parts {
                let (head, tail) = rest.split_at_mut(t.byte_len());
                head.copy_from_slice(t.bytes()?);
                rest = tail;
            }
            Ok(whole)
        }
    }
}

/// Elements joined along a new first axis; those that were not set are zeros. `few` is the error for an unknown shape.
fn stack_items(
    items: &[Option<Tensor>],
    dtype: DType,
    mut shape: PartialShape,
    few: impl FnOnce(&PartialShape) -> Error,
) -> Result<Tensor> {
    for t in items.iter().flatten() {
        shape = merge(&shape, &t.shape().into())?;
    }
    let Some(element) = shape.known() else { return Err(few(&shape)) };
    let parts = items
        .iter()
        .map(|t| match t {
            Some(t) => Ok(t.clone()),
            None => Tensor::zeros(dtype, element.clone()),
        })
        .collect::<Result<Vec<_>>>()?;
    let dims: Vec<usize> = std::iter::once(items.len()).chain(element.iter().copied()).collect();
    joined(&parts, dtype, Shape::new(&dims))
}

fn stack(p: &Prepared, call: &mut Call) -> Result<()> {
    let (list, (dtype, wanted)) = (list(call, 0)?, p.plan::<(DType, i64)>()?);
    list.expect(*dtype)?;
    let shape = list.element(&shape_operand(call.input(1))?)?;
    let items = list.items();
    let n = items.len();
    if *wanted != -1 && *wanted != n as i64 {
        bail!(InvalidArgument, "Operation expected a list with {wanted} elements but got a list with {n} elements.");
    }
    let all = stack_items(&items, *dtype, shape, |s| match n {
        0 => error!(InvalidArgument, "Tried to stack elements of an empty list with non-fully-defined element_shape: {s}"),
        _ => error!(
            InvalidArgument,
            "Tried to stack list which only contains uninitialized tensors and has a non-fully-defined element_shape: {s}"
        ),
    })?;
    call.set(0, all);
    Ok(())
}

/// The rows of a tensor that fit an element shape.
fn rows_of(t: &Tensor, shape: &PartialShape) -> Result<Items> {
    let Some(n) = t.shape().first() else { bail!(InvalidArgument, "Tensor must be at least a vector, but saw shape: {}", t.shape()) };
    let row = Shape::new(&t.shape()[1..]);
    if !shape.accepts(&row) {
        bail!(InvalidArgument, "Specified a list with shape {shape} from a tensor with shape {row}");
    }
    let whole = keep(t)?;
    (0..*n).map(|i| whole.row(i).map(Some)).collect()
}

fn from_tensor(_: &Prepared, call: &mut Call) -> Result<()> {
    let (t, shape) = (call.input(0), shape_operand(call.input(1))?);
    let items = rows_of(t, &shape)?;
    call.set(0, TensorList::new(t.dtype(), shape, items).tensor());
    Ok(())
}

fn length(_: &Prepared, call: &mut Call) -> Result<()> {
    let n = list(call, 0)?.with(|i| i.len());
    call.set(0, Tensor::scalar(n as i32));
    Ok(())
}

fn resize(_: &Prepared, call: &mut Call) -> Result<()> {
    let n = call.input(1).item::<i32>()?;
    let Ok(n) = usize::try_from(n) else { bail!(InvalidArgument, "TensorListSlice expects size to be non-negative. Got: {n}") };
    change(call, |items| {
        items.truncate(n);
        grow(items, n)
    })
}

fn element_shape(p: &Prepared, call: &mut Call) -> Result<()> {
    let (sizes, shape) = match list(call, 0)?.shape.to_i64() {
        Some(d) => (d.clone(), Shape::new(&[d.len()])),
        None => (vec![-1], Shape::SCALAR),
    };
    let narrow = || sizes.iter().map(|d| *d as i32).collect::<Vec<_>>();
    let t = if *p.plan::<DType>()? == DType::Int32 { Tensor::from_slice(&narrow(), shape) } else { Tensor::from_slice(&sizes, shape) };
    call.set(0, t?);
    Ok(())
}

fn concat(p: &Prepared, call: &mut Call) -> Result<()> {
    let (list, (dtype, own)) = (list(call, 0)?, p.plan::<(DType, PartialShape)>()?);
    list.expect(*dtype)?;
    let asked = if call.n_inputs() > 1 { shape_operand(call.input(1))? } else { own.clone() };
    let leading: &[i64] = if call.n_inputs() > 1 { call.slice(2)? } else { &[] };
    let mut rest = PartialShape::UNKNOWN;
    let mut first = None;
    for s in [&asked, &list.shape] {
        if let Some([head, tail @ ..]) = s.dims() {
            rest = merge(&rest, &PartialShape::new(tail.to_vec()))?;
            first = first.or(*head);
        }
    }
    let items = list.items();
    for (i, t) in items.iter().enumerate().filter_map(|(i, t)| Some((i, t.as_ref()?))) {
        let Some((_, row)) = t.shape().split_first() else {
            bail!(InvalidArgument, "Concat saw a scalar shape at index {i} but requires at least vectors.")
        };
        rest = merge(&rest, &PartialShape::new(row.iter().copied().map(Some).collect()))?;
    }
    let Some(row) = rest.known() else {
        bail!(
            InvalidArgument,
            "All except the first dimension must be fully defined when concating an empty tensor list. element_shape: {asked}"
        )
    };
    let with_rows = |n: usize| Shape::new(&std::iter::once(n).chain(row.iter().copied()).collect::<Vec<_>>());
    let (mut parts, mut lengths) = (vec![], vec![]);
    for (i, t) in items.into_iter().enumerate() {
        let unset = || first.or(leading.get(i).and_then(|n| usize::try_from(*n).ok()));
        let part = match t {
            Some(t) => t,
            None => match unset() {
                Some(n) => Tensor::zeros(*dtype, with_rows(n))?,
                None => {
                    let n = leading.len();
                    bail!(InvalidArgument, "List contains uninitialized tensor at index {i} but leading_dims has only {n} elements.")
                }
            },
        };
        lengths.push(part.shape()[0] as i64);
        parts.push(part);
    }
    let total: i64 = lengths.iter().sum();
    call.set(0, joined(&parts, *dtype, with_rows(total as usize))?);
    call.set(1, Tensor::from_slice(&lengths, [lengths.len()])?);
    Ok(())
}

fn split(_: &Prepared, call: &mut Call) -> Result<()> {
    let (t, shape, lengths) = (call.input(0), shape_operand(call.input(1))?, call.input(2));
    let Some(n) = t.shape().first().copied() else {
        bail!(InvalidArgument, "Tensor must be at least a vector, but saw shape: {}", t.shape())
    };
    if lengths.shape().rank() != 1 {
        bail!(InvalidArgument, "Expected lengths to be a vector, received shape: {}", lengths.shape());
    }
    let row = |n: Option<usize>| PartialShape::new(std::iter::once(n).chain(t.shape()[1..].iter().copied().map(Some)).collect());
    if !shape.is_compatible(&row(None)) {
        bail!(InvalidArgument, "tensor shape {} is not compatible with element_shape {shape}", t.shape());
    }
    let (whole, mut start, mut items) = (keep(t)?, 0usize, vec![]);
    for len in lengths.slice::<i64>()? {
        let Ok(len) = usize::try_from(*len) else { bail!(InvalidArgument, "Invalid value in lengths: {len}") };
        let Some(end) = start.checked_add(len).filter(|e| *e <= n) else {
            bail!(InvalidArgument, "Attempting to slice [{start}, {}] from tensor with length {n}", start.saturating_add(len))
        };
        items.push(Some(whole.rows(start, len)?));
        start = end;
    }
    if start != n {
        bail!(InvalidArgument, "Unused values in tensor. Length of tensor: {n} Values used: {start}");
    }
    call.set(0, TensorList::new(t.dtype(), shape, items).tensor());
    Ok(())
}

fn gather(p: &Prepared, call: &mut Call) -> Result<()> {
    let (list, dtype, indices) = (list(call, 0)?, *p.plan::<DType>()?, call.slice::<i32>(1)?);
    list.expect(dtype)?;
    let shape = list.element(&shape_operand(call.input(2))?)?;
    let all = list.items();
    let find = |i: &i32| match place(*i, all.len()) {
        Some(i) => Ok(all[i].clone()),
        None => bail!(InvalidArgument, "Trying to gather element {i} in a list with {} elements.", all.len()),
    };
    let items = indices.iter().map(find).collect::<Result<Vec<_>>>()?;
    let values = stack_items(&items, dtype, shape, |s| {
        error!(InvalidArgument, "Tried to gather {}-elements from a list with non-fully-defined shape: {s}", indices.len())
    })?;
    call.set(0, values);
    Ok(())
}

/// Puts rows at their places into a list, which grows as far as they ask.
fn put(items: &mut Items, rows: Items, indices: &[i32]) -> Result<()> {
    for (row, i) in rows.into_iter().zip(indices) {
        let i = *i as usize;
        if i >= items.len() {
            grow(items, i + 1)?;
        }
        items[i] = row;
    }
    Ok(())
}

/// InvalidArgument unless there is a row for each index and no index is negative.
fn check_indices(t: &Tensor, indices: &[i32]) -> Result<()> {
    let Some(n) = t.shape().first() else { bail!(InvalidArgument, "Tensor must be at least a vector, but saw shape: {}", t.shape()) };
    if indices.iter().any(|i| *i < 0) {
        bail!(InvalidArgument, "Indices in TensorListScatter must all be non-negative.");
    }
    if indices.len() != *n {
        bail!(InvalidArgument, "Invalid number of rows in input tensor. Expected: {} Actual: {n}", indices.len());
    }
    Ok(())
}

fn scatter(_: &Prepared, call: &mut Call) -> Result<()> {
    let (t, indices, shape) = (call.input(0), call.slice::<i32>(1)?, shape_operand(call.input(2))?);
    check_indices(t, indices)?;
    let wanted = if call.n_inputs() > 3 { call.input(3).item::<i32>()? } else { -1 };
    if wanted < -1 {
        bail!(InvalidArgument, "TensorListScatter expects num_elements >= -1, found: {wanted}");
    }
    let mut items = vec![];
    if let Ok(n) = usize::try_from(wanted) {
        if let Some(i) = indices.iter().find(|i| **i as usize >= n) {
            bail!(InvalidArgument, "TensorListScatter: Trying to scatter at index {i} in list with size {n}");
        }
        items = ferroflow_tensor::repeated(None, n)?;
    }
    put(&mut items, rows_of(t, &shape)?, indices)?;
    call.set(0, TensorList::new(t.dtype(), shape, items).tensor());
    Ok(())
}

fn scatter_into(_: &Prepared, call: &mut Call) -> Result<()> {
    let (list, t, indices) = (list(call, 0)?, call.input(1), call.slice::<i32>(2)?);
    list.expect(t.dtype())?;
    check_indices(t, indices)?;
    let rows = rows_of(t, &list.shape)?;
    change(call, |items| put(items, rows, indices))
}

fn concat_lists(p: &Prepared, call: &mut Call) -> Result<()> {
    let (a, b, dtype) = (call.input(0), call.input(1), *p.plan::<DType>()?);
    if a.shape() != b.shape() {
        bail!(InvalidArgument, "Incompatible input TensorList tensor shapes: {} vs. {}", a.shape(), b.shape());
    }
    let mut all: Vec<Arc<dyn Object>> = vec![];
    for i in 0..a.count() {
        let (x, y) = (one(a, i)?, one(b, i)?);
        x.expect(dtype)?;
        y.expect(dtype)?;
        let shape = merge(&x.shape, &y.shape)?;
        all.push(Arc::new(TensorList::new(dtype, shape, [x.items(), y.items()].concat())));
    }
    call.set(0, Tensor::from_objects(DType::Variant, all, a.shape().clone())?);
    Ok(())
}

/// List `i` of a tensor of lists.
pub fn one(t: &Tensor, i: usize) -> Result<Arc<TensorList>> {
    let row = t.reshape([t.count()])?.row(i)?;
    as_list(&row)?;
    row.get_object()
}

fn push_back_batch(_: &Prepared, call: &mut Call) -> Result<()> {
    let (lists, t) = (call.input(0), call.input(1));
    if t.shape().first() != Some(&lists.count()) || lists.shape().rank() != 1 {
        bail!(
            InvalidArgument,
            "Expected tensor.dim(0) to be {}: the lists have shape {}, the tensor {}",
            lists.count(),
            lists.shape(),
            t.shape()
        );
    }
    let whole = keep(t)?;
    let mut all: Vec<Arc<dyn Object>> = vec![];
    for i in 0..lists.count() {
        let list = one(lists, i)?;
        list.expect(t.dtype())?;
        let mut items = list.items();
        items.extend(rows_of(&whole.rows(i, 1)?, &list.shape)?);
        all.push(Arc::new(list.like(items)));
    }
    call.set(0, Tensor::from_objects(DType::Variant, all, lists.shape().clone())?);
    Ok(())
}
