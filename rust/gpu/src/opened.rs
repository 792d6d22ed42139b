//! An opened adapter: its queue, its pipelines, and the errors of both.
//!
//! Work is noted in a command buffer, which is handed over when it is long enough or a result is read. Every call that makes
//! something is watched; what fails later is kept and reported by the next read.
use crate::adapters::now;
use crate::device::WIDE;
use crate::frames::{self, Window};
use crate::pace::{self, Kind, Pace, Part, Sizes};
use crate::ways::Ways;
use ferroflow_tensor::{Error, Result, bail, error, knobs};
use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU64;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;
use wgpu::{
    Adapter, BindGroupDescriptor, BindGroupEntry, BindGroupLayout, BindGroupLayoutDescriptor, BindGroupLayoutEntry, BindingResource,
    BindingType, Buffer, BufferBinding, BufferBindingType, BufferDescriptor, BufferUsages, CommandEncoder, ComputePipeline,
    ComputePipelineDescriptor, Device, DeviceDescriptor, DeviceType, ErrorFilter, ExperimentalFeatures, Limits, MapMode, MemoryHints,
    PipelineCompilationOptions, PipelineLayoutDescriptor, PollType, Queue, ShaderModuleDescriptor, ShaderSource, ShaderStages,
    SubmissionIndex, Trace,
};

/// Rounds that the loops of an invocation may take together: Mesa's software Vulkan ends them after 65535 without a word.
pub const ROUNDS: usize = 64_000;
/// Dispatches in a command buffer.
const LONGEST: usize = 64;
/// Bytes of buffers made since the last command buffer was handed over, before the next one is.
const MOST_BYTES: usize = 64 << 20;
/// Command buffers that may be under way: what they read stays allocated.
const UNDER_WAY: usize = 4;
/// Buffers of numbers for shaders that are kept.
const KEPT_NUMBERS: usize = 4096;

/// An adapter that was opened, with the process that did so.
pub struct Opened {
    /// Full name of the device.
    pub name: String,
    /// Bytes of the largest buffer.
    pub largest: usize,
    /// Bytes of a buffer that a shader sees by one binding.
    pub binding: u32,
    /// Rounds that the loops of an invocation may take together.
    pub rounds: usize,
    /// Bindings that a shader may have.
    pub most_buffers: usize,
    /// How it computes.
    pub ways: Arc<Ways>,
    device: Device,
    queue: Queue,
    process: u32,
    most_groups: u32,
    pipelines: Mutex<HashMap<String, Arc<Pipeline>>>,
    numbers: Mutex<HashMap<Vec<u32>, Buffer>>,
    batch: Mutex<Batch>,
    pace: Pace,
    /// Whether slices are told of.
    tells: bool,
    fault: Arc<Mutex<Option<Error>>>,
    lost: Arc<AtomicBool>,
}

struct Pipeline {
    layout: BindGroupLayout,
    pipeline: ComputePipeline,
}

/// Work that is not yet handed over.
#[derive(Default)]
struct Batch {
    encoder: Option<CommandEncoder>,
    dispatches: usize,
    bytes: usize,
    /// Nanoseconds that it is to take.
    time: f64,
    under_way: VecDeque<SubmissionIndex>,
}

fn lock<T>(m: &Mutex<T>) -> MutexGuard<'_, T> {
    m.lock().unwrap_or_else(|e| e.into_inner())
}

/// An error of wgpu as one of ours.
fn translated(name: &str, e: wgpu::Error) -> Error {
    match e {
        wgpu::Error::OutOfMemory { .. } => error!(ResourceExhausted, "{name} is out of memory"),
        wgpu::Error::Validation { description, .. } => error!(Internal, "{name} refused a command: {description}"),
        wgpu::Error::Internal { description, .. } => error!(Internal, "{name} failed: {description}"),
    }
}

/// Buffers that a shader of an adapter with these limits sees, or fewer if the knob says so.
pub fn most_buffers(limits: &Limits) -> usize {
    let most = limits.max_storage_buffers_per_shader_stage as usize;
    knobs::BUFFERS.number().map_or(most, |n| most.min(n as usize))
}

/// The error of a device in a forked child.
pub fn forked(name: &str) -> Error {
    error!(FailedPrecondition, "{name} was opened before this process was forked: use it in one process, or start others by 'spawn'")
}

impl Opened {
    /// Opens an adapter. Unavailable if its driver refuses.
    pub fn new(name: &str, adapter: &Adapter, ways: Arc<Ways>) -> Result<Opened> {
        let limits = adapter.limits();
        let largest = limits.max_buffer_size.min(u64::from(u32::MAX)) as usize;
        let binding = binding(limits.max_storage_buffer_binding_size.min(limits.max_buffer_size));
        let most_buffers = most_buffers(&limits);
        let most_groups = limits.max_compute_workgroups_per_dimension;
        let descriptor = DeviceDescriptor {
            label: None,
            required_features: adapter.features() & WIDE,
            required_limits: limits,
            experimental_features: ExperimentalFeatures::disabled(),
            memory_hints: MemoryHints::MemoryUsage,
            trace: Trace::Off,
        };
        let (device, queue) = match now(adapter.request_device(&descriptor)) {
            Some(Ok(made)) => made,
            Some(Err(e)) => bail!(Unavailable, "{name} cannot be opened: {e}"),
            None => bail!(Unavailable, "{name} cannot be opened: its driver does not answer"),
        };
        let fault: Arc<Mutex<Option<Error>>> = Arc::default();
        let (late, owner) = (fault.clone(), name.to_string());
        let lost: Arc<AtomicBool> = Arc::default();
        let gone = lost.clone();
        device.on_uncaptured_error(Arc::new(move |e: wgpu::Error| {
            lock(&late).get_or_insert(translated(&owner, e));
        }));
        device.set_device_lost_callback(move |_, _| gone.store(true, Ordering::Release));
        Ok(Opened {
            name: name.into(),
            largest,
            binding,
            rounds: if adapter.get_info().device_type == DeviceType::Cpu { ROUNDS } else { usize::MAX },
            most_buffers,
            ways,
            device,
            queue,
            process: std::process::id(),
            most_groups,
            pipelines: Mutex::default(),
            numbers: Mutex::default(),
            batch: Mutex::default(),
            pace: Pace::new(),
            tells: knobs::DEBUG.number().is_some_and(|level| level >= 2),
            fault,
            lost,
        })
    }

    /// Whether it is this process that opened it, and not the parent of a forked child.
    pub fn is_own(&self) -> bool {
        std::process::id() == self.process
    }
    /// Whether its device was lost: what lay there is gone.
    pub fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Acquire)
    }
    /// Gives the device up, as a driver that fails does.
    pub fn lose(&self) {
        self.lost.store(true, Ordering::Release);
        self.device.destroy();
    }
    /// The error of what was begun on a lost device.
    fn was_lost(&self) -> Error {
        error!(Unavailable, "{} was lost, and with it the tensors in its memory", self.name).fix(
            "its driver failed or was restarted; the next step opens it anew: make its tensors again, or restore variables from a checkpoint",
        )
    }

    /// Unavailable if the device was lost; FailedPrecondition in a forked child, whose driver does not work; an error that was
    /// reported meanwhile.
    pub fn check(&self) -> Result<()> {
        if !self.is_own() {
            return Err(forked(&self.name));
        }
        if self.is_lost() {
            return Err(self.was_lost());
        }
        match lock(&self.fault).take() {
            Some(e) => Err(e),
            None => Ok(()),
        }
    }

    /// Makes something, with the errors of making it.
    fn made<T>(&self, make: impl FnOnce() -> T) -> Result<T> {
        let validation = self.device.push_error_scope(ErrorFilter::Validation);
        let memory = self.device.push_error_scope(ErrorFilter::OutOfMemory);
        let internal = self.device.push_error_scope(ErrorFilter::Internal);
        let made = make();
        let found = [now(internal.pop()), now(memory.pop()), now(validation.pop())];
        match found.into_iter().flatten().flatten().next() {
            Some(_) if self.is_lost() => Err(self.was_lost()),
            Some(e) => Err(translated(&self.name, e)),
            None => Ok(made),
        }
    }

    /// A buffer for shaders.
    pub fn buffer(&self, bytes: usize) -> Result<Buffer> {
        self.check()?;
        let usage = BufferUsages::STORAGE | BufferUsages::COPY_SRC | BufferUsages::COPY_DST;
        let buffer = self
            .made(|| self.device.create_buffer(&BufferDescriptor { label: None, size: bytes as u64, usage, mapped_at_creation: false }))?;
        let mut batch = lock(&self.batch);
        batch.bytes += bytes;
        if batch.bytes > MOST_BYTES {
            self.hand_over(&mut batch)?;
        }
        Ok(buffer)
    }

    /// Writes a buffer that no work was noted for yet.
    pub fn write(&self, buffer: &Buffer, bytes: &[u8]) -> Result<()> {
        if bytes.is_empty() { Ok(()) } else { self.made(|| self.queue.write_buffer(buffer, 0, bytes)) }
    }

    /// Shows bytes of a buffer to `see`, once all work noted so far is done.
    pub fn read(&self, buffer: &Buffer, from: u64, len: u64, see: impl FnOnce(&[u8])) -> Result<()> {
        self.check()?;
        let usage = BufferUsages::MAP_READ | BufferUsages::COPY_DST;
        let descriptor = BufferDescriptor { label: None, size: len, usage, mapped_at_creation: false };
        let landing = self.made(|| self.device.create_buffer(&descriptor))?;
        {
            let mut batch = lock(&self.batch);
            self.encoder(&mut batch).copy_buffer_to_buffer(buffer, from, &landing, 0, len);
            self.hand_over(&mut batch)?;
        }
        landing.map_async(MapMode::Read, 0..len, |_| ());
        self.wait()?;
        self.check()?;
        match landing.get_mapped_range(0..len) {
            Ok(bytes) => see(&bytes),
            Err(e) => bail!(Internal, "a result of {} cannot be read: {e}", self.name),
        }
        Ok(())
    }

    /// Waits until all work that was handed over is done.
    fn wait(&self) -> Result<()> {
        match self.device.poll(PollType::Wait { submission_index: None, timeout: None }) {
            Err(_) if self.is_lost() => Err(self.was_lost()),
            Err(e) => bail!(Unavailable, "{} does not finish its work: {e}", self.name),
            Ok(_) => Ok(()),
        }
    }

    /// Notes a run of a shader. `buffers` are those of its bindings from 1 on, the `written` ones first; binding 0 holds
    /// `numbers`. The shader is made by `text` when first used under `key`. What may take long, by its `sizes`, runs in slices.
    #[allow(clippy::too_many_arguments)]
    pub fn dispatch(
        &self,
        key: &str,
        text: impl FnOnce(&[Window]) -> String,
        numbers: &[u32],
        sizes: &Sizes,
        written: usize,
        buffers: &[&Buffer],
        groups: Groups,
    ) -> Result<()> {
        self.check()?;
        let windows: Vec<Window> = buffers.iter().map(|b| self.window(b)).collect();
        let bound = |w: &[Window]| w.iter().map(|w| w.pieces as usize).sum::<usize>();
        if bound(&windows) + 1 > self.most_buffers {
            let most = self.most_buffers - 1;
            return Err(error!(Unimplemented, "a shader of {} cannot see {} pieces of tensors", self.name, bound(&windows))
                .fix(format!("it sees {most}, each of at most {} bytes: split the operands, or run the op on the CPU", self.binding)));
        }
        let seen: Vec<u32> = windows.iter().map(|w| w.pieces).collect();
        let full_key = if seen.iter().all(|n| *n == 1) { key.into() } else { format!("{key} in {seen:?}") };
        let pipeline = self.pipeline(&full_key, || text(&windows), bound(&windows[..written]), bound(&windows))?;
        let each = |(b, w): (_, &Window)| (0..w.pieces).map(|i| self.piece(b, i)).collect::<Vec<_>>();
        let pieces: Vec<BufferBinding> = buffers.iter().copied().zip(&windows).flat_map(each).collect();
        let run = |batch: &mut Batch, (from, size): Part| -> Result<()> {
            let numbers = self.numbers([numbers, &from].concat())?;
            let resources = std::iter::once(numbers.as_entire_binding()).chain(pieces.iter().cloned().map(BindingResource::Buffer));
            let entries: Vec<_> = resources.enumerate().map(|(i, resource)| BindGroupEntry { binding: i as u32, resource }).collect();
            let layout = &pipeline.layout;
            let bound = self.made(|| self.device.create_bind_group(&BindGroupDescriptor { label: None, layout, entries: &entries }))?;
            let mut pass = self.encoder(batch).begin_compute_pass(&Default::default());
            pass.set_pipeline(&pipeline.pipeline);
            pass.set_bind_group(0, &bound, &[]);
            pass.dispatch_workgroups(size[0], size[1], size[2]);
            drop(pass);
            batch.dispatches += 1;
            Ok(())
        };
        self.paced(&full_key, Kind::of(&full_key, sizes), groups.size(), run)
    }

    /// Runs a dispatch in slices, so that no command takes longer than may be. One that was never run is measured.
    fn paced(&self, key: &str, kind: Kind, size: [u32; 3], run: impl Fn(&mut Batch, Part) -> Result<()>) -> Result<()> {
        let mut batch = lock(&self.batch);
        let (mut left, whole) = (vec![([0; 3], size)], pace::count(size));
        if let Some(rate) = self.pace.rate(kind, whole) {
            while let Some(part) = left.pop() {
                let (first, rest) = pace::cut(part, self.pace.fitting(rate), self.most_groups);
                left.extend(rest.into_iter().rev());
                let time = rate * pace::count(first.1) as f64;
                if batch.dispatches > 0 && (batch.dispatches >= LONGEST || batch.time + time > self.pace.most()) {
                    self.hand_over(&mut batch)?;
                }
                batch.time += time;
                run(&mut batch, first)?;
            }
            return Ok(());
        }
        self.hand_over(&mut batch)?;
        self.wait()?;
        let (mut before, mut total, mut longest, mut slices) = (None, 0.0f64, 0.0f64, 0);
        while let Some(part) = left.pop() {
            let (first, rest) = pace::cut(part, self.pace.next(kind, before), self.most_groups);
            left.extend(rest.into_iter().rev());
            let start = Instant::now();
            run(&mut batch, first)?;
            self.hand_over(&mut batch)?;
            self.wait()?;
            let took = start.elapsed().as_nanos() as f64;
            before = Some((pace::count(first.1), took));
            (total, longest, slices) = (total + took, longest.max(took), slices + 1);
        }
        self.pace.keep(kind, total / whole as f64, whole);
        if self.tells {
            eprintln!("ferroflow: {}: {key}: {slices} slices, the longest of {:.3} ms", self.name, longest / 1e6);
        }
        Ok(())
    }

    /// How shaders see a buffer.
    fn window(&self, buffer: &Buffer) -> Window {
        Window { pieces: buffer.size().div_ceil(u64::from(self.binding)).max(1) as u32, bytes: self.binding }
    }
    /// A piece of a buffer.
    fn piece<'a>(&self, buffer: &'a Buffer, i: u32) -> BufferBinding<'a> {
        let each = u64::from(self.binding);
        let offset = each * u64::from(i);
        BufferBinding { buffer, offset, size: NonZeroU64::new(each.min(buffer.size() - offset)) }
    }

    fn encoder<'a>(&self, batch: &'a mut Batch) -> &'a mut CommandEncoder {
        batch.encoder.get_or_insert_with(|| self.device.create_command_encoder(&Default::default()))
    }

    /// Hands over what is noted, and waits for what was handed over long ago, which also frees what is no longer used.
    fn hand_over(&self, batch: &mut Batch) -> Result<()> {
        let written = batch.bytes > 0;
        (batch.dispatches, batch.bytes, batch.time) = (0, 0, 0.0);
        let encoder = batch.encoder.take();
        // What was written from the host waits in memory of its own until something is handed over.
        if encoder.is_some() || written {
            let index = self.made(|| self.queue.submit(encoder.map(|e| e.finish())))?;
            batch.under_way.push_back(index);
        }
        let wait = match batch.under_way.len() > UNDER_WAY {
            true => PollType::Wait { submission_index: batch.under_way.pop_front(), timeout: None },
            false => PollType::Poll,
        };
        match self.device.poll(wait) {
            Err(_) if self.is_lost() => Err(self.was_lost()),
            Err(e) => bail!(Unavailable, "{} does not finish its work: {e}", self.name),
            Ok(_) => Ok(()),
        }
    }

    fn numbers(&self, numbers: Vec<u32>) -> Result<Buffer> {
        if let Some(b) = lock(&self.numbers).get(&numbers) {
            return Ok(b.clone());
        }
        let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_ne_bytes()).collect();
        let usage = BufferUsages::STORAGE | BufferUsages::COPY_DST;
        let size = bytes.len() as u64;
        let buffer = self.made(|| self.device.create_buffer(&BufferDescriptor { label: None, size, usage, mapped_at_creation: false }))?;
        self.write(&buffer, &bytes)?;
        let mut all = lock(&self.numbers);
        if all.len() >= KEPT_NUMBERS {
            all.clear();
        }
        all.insert(numbers, buffer.clone());
        Ok(buffer)
    }

    fn pipeline(&self, key: &str, text: impl FnOnce() -> String, written: usize, buffers: usize) -> Result<Arc<Pipeline>> {
        if let Some(p) = lock(&self.pipelines).get(key) {
            return Ok(p.clone());
        }
        let text = given(key).unwrap_or_else(|| frames::complete(text()));
        if knobs::DEBUG.number().is_some_and(|level| level >= 5) {
            eprintln!("ferroflow: shader {key} of {}:\n{text}", self.name);
        }
        let new = self
            .made(|| self.compile(text, written, buffers))
            .map_err(|e| e.fix(format!("the shader {key} does not compile: run this op on the CPU")))?;
        Ok(lock(&self.pipelines).entry(key.into()).or_insert(Arc::new(new)).clone())
    }

    fn compile(&self, text: String, written: usize, buffers: usize) -> Pipeline {
        let module = self.device.create_shader_module(ShaderModuleDescriptor { label: None, source: ShaderSource::Wgsl(text.into()) });
        let storage = |i: u32| BindGroupLayoutEntry {
            binding: i,
            visibility: ShaderStages::COMPUTE,
            ty: BindingType::Buffer {
                ty: BufferBindingType::Storage { read_only: i == 0 || i as usize > written },
                has_dynamic_offset: false,
                min_binding_size: None,
            },
            count: None,
        };
        let entries: Vec<_> = (0..=buffers as u32).map(storage).collect();
        let layout = self.device.create_bind_group_layout(&BindGroupLayoutDescriptor { label: None, entries: &entries });
        let whole = self.device.create_pipeline_layout(&PipelineLayoutDescriptor {
            label: None,
            bind_group_layouts: &[Some(&layout)],
            immediate_size: 0,
        });
        let pipeline = self.device.create_compute_pipeline(&ComputePipelineDescriptor {
            label: None,
            layout: Some(&whole),
            module: &module,
            entry_point: Some("main"),
            compilation_options: PipelineCompilationOptions::default(),
            cache: None,
        });
        Pipeline { layout, pipeline }
    }
}

/// How many workgroups run.
#[derive(Clone, Copy)]
pub enum Groups {
    /// So many in a row.
    Row(u32),
    /// A block.
    Block([u32; 3]),
}

impl Groups {
    fn size(self) -> [u32; 3] {
        match self {
            Groups::Row(n) => [n, 1, 1],
            Groups::Block(b) => b,
        }
    }
}

/// Bytes that a shader sees by one binding: what the adapter allows, or less if the knob says so; whole pieces of what bindings may
/// begin at.
fn binding(most: u64) -> u32 {
    let wanted = knobs::BINDING.number().unwrap_or(most).min(most).min(u64::from(u32::MAX));
    (wanted as u32 / 256 * 256).max(256)
}

/// The text that a developer gives for a shader.
fn given(key: &str) -> Option<String> {
    std::fs::read_to_string(Path::new(&knobs::SHADERS.get()?).join(format!("{key}.wgsl"))).ok()
}

/// What tells the shaders that a developer gives from others; 0 if there are none.
pub fn given_number() -> u64 {
    let Some(folder) = knobs::SHADERS.get() else { return 0 };
    let mut files: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|f| f.path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    files.iter().for_each(|f| (f, std::fs::read(f).ok()).hash(&mut hasher));
    hasher.finish()
}
