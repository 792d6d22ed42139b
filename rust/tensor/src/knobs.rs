//! Knobs: each is an environment variable that is declared here once, with its meaning, and listed by `tf.config.knobs()`.

/// A knob: an environment variable that is read when first needed.
pub struct Knob {
    /// Name of the environment variable.
    pub name: &'static str,
    /// What it does and which values it takes.
    pub doc: &'static str,
}

/// All knobs.
pub static KNOBS: &[Knob] = &[DEBUG, TRACE, ISA, THREADS, CPP_MIN_LOG_LEVEL];

/// How much the engine tells.
pub const DEBUG: Knob = Knob {
    name: "FERROFLOW_DEBUG",
    doc: "0..5: 1 devices, 2 time per op, 3 passes applied, 4 graphs before and after, 5 shaders. Default 0.",
};
/// Where to write a trace.
pub const TRACE: Knob =
    Knob { name: "FERROFLOW_TRACE", doc: "Path of a JSON trace file of every run, which opens in Perfetto. Default: none." };
/// Forces an instruction set.
pub const ISA: Knob =
    Knob { name: "FERROFLOW_ISA", doc: "portable, avx2 or avx512: forces an instruction set that the machine has. Default: the best." };
/// Size of the thread pool.
pub const THREADS: Knob = Knob {
    name: "TF_NUM_INTRAOP_THREADS",
    doc: "Threads of the pool. Default: the cores that this process may use, cgroup quota included.",
};
/// TensorFlow's log level.
pub const CPP_MIN_LOG_LEVEL: Knob =
    Knob { name: "TF_CPP_MIN_LOG_LEVEL", doc: "0..3: hides infos, warnings, errors of the engine's logger. Default 0." };

impl Knob {
    /// Its value, if set and valid UTF-8.
    pub fn get(&self) -> Option<String> {
        std::env::var(self.name).ok().filter(|v| !v.is_empty())
    }
    /// Its value as a number, if it is one.
    pub fn number(&self) -> Option<u64> {
        self.get()?.trim().parse().ok()
    }
}
