//! `make bench-gpu`: what Ferroflow and burn's wgpu backend need for the same things on the same adapter, as a page in Markdown.
//!
//! Both run in turns, several rounds; the least time counts. Of a real GPU, whose peaks no interface tells, give these:
//! `make bench-gpu PEAKS='--gflops 67000 --gbs 3350'`.
mod burn;
mod ours;

use std::fmt::Write;
use std::time::Instant;

/// A thing to be timed.
#[derive(Clone, Copy)]
pub enum Work {
    /// So many additions one after the other of a vector of 16 numbers, then its value.
    Launches(usize),
    /// A vector of so many numbers to the device, and one number of it back.
    Upload(usize),
    /// So many numbers from the device.
    Download(usize),
    /// The sum of two vectors of so many numbers, so often, waited for.
    Pass(usize, usize),
    /// A product of square matrices of this size, so often, waited for.
    Product(usize, usize),
}

/// One of what is compared: does a work once after it was prepared.
pub trait Contestant {
    /// Makes operands; what is returned does the work once and waits for it.
    fn prepare(&self, work: Work) -> Box<dyn FnMut()>;
}

/// Rounds of each.
const ROUNDS: usize = 5;

fn seconds(f: &mut dyn FnMut()) -> f64 {
    let start = Instant::now();
    f();
    start.elapsed().as_secs_f64()
}

/// A row of the page: its name and unit, the figure of a work that took so many seconds, the peak that it is to be compared with.
struct Row {
    name: String,
    work: Work,
    unit: &'static str,
    figure: fn(Work, f64) -> f64,
    peak: Option<f64>,
}

fn rate(work: Work, seconds: f64) -> f64 {
    match work {
        Work::Launches(n) => seconds / n as f64 * 1e6,
        Work::Upload(n) | Work::Download(n) => 4.0 * n as f64 / seconds / 1e9,
        Work::Pass(n, times) => 12.0 * (n * times) as f64 / seconds / 1e9,
        Work::Product(n, times) => 2.0 * (n * n * n * times) as f64 / seconds / 1e9,
    }
}

fn rows(software: bool, gflops: Option<f64>, gbs: Option<f64>) -> Vec<Row> {
    let (large, products): (usize, &[usize]) = if software { (1 << 22, &[256, 512]) } else { (1 << 25, &[1024, 2048, 4096]) };
    let row = |name: &str, work, unit, peak| Row { name: name.into(), work, unit, figure: rate, peak };
    let mut rows = vec![
        row("one addition of 16 numbers, and its value", Work::Launches(1), "µs", None),
        row("each of 100 additions of 16 numbers, and the value of the last", Work::Launches(100), "µs", None),
        row(&format!("{} MB to the device", large >> 18), Work::Upload(large), "GB/s", None),
        row(&format!("{} MB from the device", large >> 18), Work::Download(large), "GB/s", None),
        row(&format!("sum of two vectors of {} MB", large >> 18), Work::Pass(large, 8), "GB/s", gbs),
    ];
    for n in products {
        rows.push(row(&format!("product {n}x{n}x{n} in float32"), Work::Product(*n, 4), "GFLOP/s", gflops));
    }
    rows
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let after = |flag: &str| words.iter().position(|w| w == flag).and_then(|i| words.get(i + 1)).and_then(|v| v.parse().ok());
    let (ours, theirs) = (ours::Ours::new(), burn::Burn::new());
    let mut page = format!(
        "# Benchmarks on a GPU\n\nWhat `make bench-gpu` printed on {}. Both run the same ops on the same adapter, in turns; the least time of {ROUNDS} rounds counts. \
         Times are better when small, rates when large; *factor* is above 1 where Ferroflow is faster.\n\n\
         | | unit | Ferroflow | burn 0.22.1, wgpu | factor | of the peak |\n|---|---|---|---|---|---|\n",
        ours.description()
    );
    for row in rows(ours.is_software(), after("--gflops"), after("--gbs")) {
        let mut both = [ours.prepare(row.work), theirs.prepare(row.work)];
        let mut best = [f64::INFINITY; 2];
        // The first round compiles, and measures shaders.
        both.iter_mut().for_each(|f| (f(), f()).1);
        for _ in 0..ROUNDS {
            for (f, best) in both.iter_mut().zip(&mut best) {
                *best = best.min(seconds(f));
            }
        }
        let [mine, other] = best.map(|s| (row.figure)(row.work, s));
        let peak = row.peak.map_or("-".into(), |p| format!("{:.0} %", 100.0 * mine / p));
        let line = format!("| {} | {} | {mine:.2} | {other:.2} | {:.2} | {peak} |", row.name, row.unit, best[1] / best[0]);
        eprintln!("{line}");
        let _ = writeln!(page, "{line}");
    }
    print!("{page}");
}
