//! Shared by the tests of the runtime: a small graph builder, and a device whose memory the host cannot read.
#![allow(dead_code, missing_docs)]
use ferroflow_graph::{Endpoint, Graph, NewNode, NodeId};
use ferroflow_ops::kernel::RunCtx;
use ferroflow_ops::{Attr, Attrs, Call, Device, Inputs, Kernel, OpDef, Outputs, Prep, Prepared};
use ferroflow_runtime::devices;
use ferroflow_tensor::{DType, DeviceMemory, PartialShape, Result, Shape, Tensor, bail};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// Adds nodes with few words.
pub struct G(pub Arc<Graph>);
impl G {
    pub fn new() -> G {
        G(Graph::new())
    }
    pub fn op(&self, op: &str, inputs: &[Endpoint], attrs: &[(&'static str, Attr)]) -> Endpoint {
        Endpoint::new(self.node(op, inputs, attrs, &[], ""), 0)
    }
    pub fn on(&self, device: &str, op: &str, inputs: &[Endpoint], attrs: &[(&'static str, Attr)]) -> Endpoint {
        Endpoint::new(self.node(op, inputs, attrs, &[], device), 0)
    }
    pub fn node(&self, op: &str, inputs: &[Endpoint], attrs: &[(&'static str, Attr)], control: &[NodeId], device: &str) -> NodeId {
        self.0.add(NewNode { op, inputs, attrs: Attrs::of(attrs), control, device, ..NewNode::default() }).unwrap()
    }
    pub fn placeholder(&self, dtype: DType, shape: PartialShape) -> Endpoint {
        self.op("Placeholder", &[], &[("dtype", dtype.into()), ("shape", shape.into())])
    }
    pub fn constant(&self, t: Tensor) -> Endpoint {
        self.0.constant(t, "").unwrap()
    }
    pub fn floats(&self, v: &[f32], shape: &[usize]) -> Endpoint {
        self.constant(Tensor::from_slice(v, shape).unwrap())
    }
    pub fn ints(&self, v: &[i32]) -> Endpoint {
        self.constant(Tensor::from_slice(v, [v.len()]).unwrap())
    }
}

/// Memory that only the test device's own kernels look into.
struct Hidden(Mutex<Tensor>);
impl DeviceMemory for Hidden {
    fn device(&self) -> &str {
        NAME
    }
    fn len(&self) -> usize {
        self.0.lock().unwrap().byte_len()
    }
    fn read(&self, offset: usize, to: &mut [u8]) -> Result<()> {
        to.copy_from_slice(&self.0.lock().unwrap().bytes()?[offset..offset + to.len()]);
        Ok(())
    }
}
pub const NAME: &str = "/job:localhost/replica:0/task:0/device:TEST:0";

/// The test device: its kernels are the CPU's, run on private copies.
pub struct TestDevice;

fn hide(t: Tensor) -> Tensor {
    let (dtype, shape) = (t.dtype(), t.shape().clone());
    Tensor::from_device(dtype, shape, Arc::new(Hidden(Mutex::new(t))))
}
fn reveal(t: &Tensor) -> Result<Tensor> {
    let Some((memory, offset)) = t.device_memory() else { bail!(Internal, "a host tensor reached the test device") };
    let any: Arc<dyn std::any::Any + Send + Sync> = memory.clone();
    let hidden = any.downcast::<Hidden>().map_err(|_| ferroflow_tensor::error!(Internal, "memory of another device"))?;
    let all = hidden.0.lock().unwrap();
    let bytes = &all.bytes()?[offset..offset + t.byte_len()];
    Tensor::from_bytes(t.dtype(), t.shape().clone(), bytes)
}

/// Ops that the test device does not have, to see placement fail.
pub const LACKING: &[&str] = &["Sinh", "Cosh"];

impl Device for TestDevice {
    fn name(&self) -> &str {
        NAME
    }
    fn kind(&self) -> &str {
        "TEST"
    }
    fn is_host(&self) -> bool {
        false
    }
    fn kernel(&self, op: &OpDef) -> Option<&'static Kernel> {
        static KNOWN: OnceLock<Mutex<HashMap<&'static str, &'static Kernel>>> = OnceLock::new();
        if LACKING.contains(&op.name) || op.has(ferroflow_ops::Flags::STATEFUL) {
            return None;
        }
        let cpu = devices::host().kernel(op)?;
        let mut known = KNOWN.get_or_init(Mutex::default).lock().unwrap();
        Some(
            known
                .entry(op.name)
                .or_insert_with(|| Box::leak(Box::new(Kernel { op: cpu.op, types: cpu.types, outputs: cpu.outputs, prepare }))),
        )
    }
    fn allocate(&self, dtype: DType, shape: &Shape) -> Result<Tensor> {
        Ok(hide(Tensor::zeros(dtype, shape.clone())?))
    }
    fn to_device(&self, host: &Tensor) -> Result<Tensor> {
        Ok(hide(host.copy()?))
    }
}

struct Plan {
    inner: Prepared,
    host_in: Vec<bool>,
    host_out: Vec<bool>,
    outs: Vec<(DType, Option<Shape>)>,
    runtime: bool,
}
fn prepare(p: &Prep) -> Result<Prepared> {
    let Some(cpu) = devices::host().kernel(p.op) else { bail!(Internal, "no CPU kernel") };
    let host_in = ferroflow_graph::flat_args(p.op, p.attrs).map(|a| a.host).collect();
    let last = p.op.outputs.len().saturating_sub(1);
    let host_out = (0..p.outputs.len()).map(|i| p.op.outputs[i.min(last)].host).collect();
    let outs = p.outputs.iter().map(|(d, s)| (*d, s.cloned())).collect();
    Ok(Prepared::with(run, 100.0, Plan { inner: (cpu.prepare)(p)?, host_in, host_out, outs, runtime: cpu.outputs == Outputs::Runtime }))
}
fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    let mut values = vec![];
    for i in 0..call.n_inputs() {
        let t = call.input(i);
        if plan.host_in[i] != t.on_host() {
            bail!(Internal, "operand {i} of {} lies on the wrong side", call.node);
        }
        values.push(if t.on_host() { t.clone() } else { reveal(t)? });
    }
    let mut outs = vec![Tensor::default(); plan.outs.len()];
    if plan.runtime {
        for (o, (d, s)) in outs.iter_mut().zip(&plan.outs) {
            *o = Tensor::zeros(*d, s.clone().unwrap_or_default())?;
        }
    }
    let ins: Vec<u32> = (0..values.len() as u32).collect();
    let host = devices::host();
    let ctx = RunCtx { device: &*host, ..*call.run };
    (plan.inner.run)(
        &plan.inner,
        &mut Call {
            run: &ctx,
            node: call.node,
            state: call.state,
            inputs: Inputs::Slots(&values, &ins),
            outs: &mut outs,
            last: 0,
            own: None,
        },
    )?;
    for (i, o) in outs.into_iter().enumerate() {
        call.set(i, if plan.host_out[i] { o } else { hide(o) });
    }
    Ok(())
}

/// Adds the test device once.
pub fn with_test_device() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| devices::add(Arc::new(TestDevice)));
}
