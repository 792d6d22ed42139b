//! Knobs: each is an environment variable that is declared here once, with its meaning, and listed by `tf.config.knobs()`.

use std::fmt::Display;
use std::sync::{Mutex, PoisonError};

/// Which values a knob takes.
#[derive(Clone, Copy)]
enum Takes {
    /// Whole numbers from 0 to this.
    UpTo(u64),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Any text.
    Text,
}

/// A knob: an environment variable that is read when first needed.
pub struct Knob {
    /// Name of the environment variable.
    pub name: &'static str,
    /// What it does and which values it takes.
    pub doc: &'static str,
    takes: Takes,
}

/// All knobs.
pub static KNOBS: &[Knob] =
    &[DEBUG, TRACE, ISA, THREADS, SLICE, BINDING, BUFFERS, SHADERS, CACHE, VISIBLE_DEVICES, AUTO_GPU, CPP_MIN_LOG_LEVEL];

/// How much the engine tells.
pub const DEBUG: Knob = Knob {
    name: "FERROFLOW_DEBUG",
    doc: "0..5: 1 devices, 2 time per op, 3 passes applied, 4 graphs before and after, 5 shaders. Default 0.",
    takes: Takes::UpTo(5),
};
/// Where to write a trace.
pub const TRACE: Knob = Knob {
    name: "FERROFLOW_TRACE",
    doc: "Path of a JSON trace file of every run, which opens in Perfetto. Default: none.",
    takes: Takes::Text,
};
/// Forces an instruction set.
pub const ISA: Knob = Knob {
    name: "FERROFLOW_ISA",
    doc: "portable, neon, avx2 or avx512: forces an instruction set that the machine has. Default: the best.",
    takes: Takes::OneOf(&["portable", "neon", "avx2", "avx512"]),
};
/// Size of the thread pool.
pub const THREADS: Knob = Knob {
    name: "TF_NUM_INTRAOP_THREADS",
    doc: "Threads of the pool, up to 4096. Default, or 0: the cores that this process may use, cgroup quota included.",
    takes: Takes::UpTo(4096),
};
/// How long a command of a GPU may take.
pub const SLICE: Knob = Knob {
    name: "FERROFLOW_GPU_SLICE",
    doc: "Milliseconds that a command of a GPU may take, up to 1000: longer ones are cut into slices. Default 100.",
    takes: Takes::UpTo(1000),
};
/// How much of a buffer a shader of a GPU sees by one binding.
pub const BINDING: Knob = Knob {
    name: "FERROFLOW_GPU_BINDING",
    doc: "Bytes of a GPU's memory that a shader sees by one binding: larger tensors take several. Default: the adapter's limit.",
    takes: Takes::UpTo(u32::MAX as u64),
};
/// How many buffers a shader of a GPU sees.
pub const BUFFERS: Knob = Knob {
    name: "FERROFLOW_GPU_BUFFERS",
    doc: "Buffers that a shader of a GPU sees at once: ops that need more run on the CPU. Default: the adapter's limit.",
    takes: Takes::UpTo(1000),
};
/// Shaders instead of the package's own.
pub const SHADERS: Knob = Knob {
    name: "FERROFLOW_GPU_SHADERS",
    doc: "A folder of WGSL files, each of which takes the place of the shader that FERROFLOW_DEBUG=5 shows by its name. Default: none.",
    takes: Takes::Text,
};
/// Where files are kept from process to process.
pub const CACHE: Knob = Knob {
    name: "FERROFLOW_CACHE",
    doc: "A folder for the results of the self-test of GPUs. Default: ferroflow in $XDG_CACHE_HOME, or else in ~/.cache.",
    takes: Takes::Text,
};
/// Which GPUs there are.
pub const VISIBLE_DEVICES: Knob = Knob {
    name: "CUDA_VISIBLE_DEVICES",
    doc: "Numbers of the GPUs that are used, with commas between them; none if it is empty or -1. Default: all.",
    takes: Takes::Text,
};
/// Which GPUs ops go to that ask for no device.
pub const AUTO_GPU: Knob = Knob {
    name: "FERROFLOW_AUTO_GPU",
    doc: "never, hardware or any: the GPUs that large work goes to unasked; any: software adapters too. Default: hardware.",
    takes: Takes::OneOf(&["never", "hardware", "any"]),
};
/// TensorFlow's log level.
pub const CPP_MIN_LOG_LEVEL: Knob =
    Knob { name: "TF_CPP_MIN_LOG_LEVEL", doc: "0..3: the engine's warnings are hidden from 2 on. Default 0.", takes: Takes::UpTo(3) };

/// What was wrong with knobs that have been read, by name.
static FAULTS: Mutex<Vec<(&'static str, String)>> = Mutex::new(vec![]);

impl Knob {
    /// Its value as it is set, right or wrong; none if it is empty.
    pub fn text(&self) -> Option<String> {
        std::env::var_os(self.name).map(|v| v.to_string_lossy().into_owned()).filter(|v| !v.is_empty())
    }
    /// Its value, if it is set to one that it takes. Another is told once, on standard error.
    pub fn get(&self) -> Option<String> {
        let value = self.text()?;
        let known = match self.takes {
            Takes::UpTo(most) => value.trim().parse::<u64>().is_ok_and(|n| n <= most),
            Takes::OneOf(words) => words.contains(&&*value),
            Takes::Text => true,
        };
        if known {
            return Some(value);
        }
        match self.takes {
            Takes::UpTo(most) => self.reject(format!("it takes a number from 0 to {most}")),
            Takes::OneOf(words) => self.reject(format!("it takes {}", words.join(", "))),
            Takes::Text => {}
        }
        None
    }
    /// Its value as a number, if it is one that it takes.
    pub fn number(&self) -> Option<u64> {
        self.get()?.trim().parse().ok()
    }
    /// Warns, once, that its value is left out of account, and keeps the reason for [`Knob::fault`].
    pub fn reject(&self, why: impl Display) {
        let mut faults = FAULTS.lock().unwrap_or_else(PoisonError::into_inner);
        if faults.iter().any(|(name, _)| *name == self.name) {
            return;
        }
        let line = format!("{}={} is ignored: {why}", self.name, self.text().unwrap_or_default());
        let quiet = CPP_MIN_LOG_LEVEL.text().and_then(|v| v.trim().parse::<u64>().ok()).is_some_and(|level| level >= 2);
        if !quiet {
            eprintln!("ferroflow: warning: {line}");
        }
        faults.push((self.name, line));
    }
    /// Why its value is left out of account, if it is and has been read.
    pub fn fault(&self) -> Option<String> {
        self.get();
        let faults = FAULTS.lock().unwrap_or_else(PoisonError::into_inner);
        faults.iter().find(|(name, _)| *name == self.name).map(|(_, why)| why.clone())
    }
}
