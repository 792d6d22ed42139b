//! The thread pool: same splits for any thread count, lazy start, cancellation, panics, fork.
#![allow(unsafe_code)]
use ferroflow_cpu::pool::{parallel_for, set_threads, threads};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The tests share the process-wide thread count.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn alone() -> std::sync::MutexGuard<'static, ()> {
    ONE_AT_A_TIME.lock().unwrap_or_else(|e| e.into_inner())
}

fn splits(n: usize, grain: usize, cost: f32) -> BTreeSet<(usize, usize)> {
    let seen = Mutex::new(BTreeSet::new());
    assert!(parallel_for(n, grain, cost, None, &|r| {
        assert!(seen.lock().unwrap().insert((r.start, r.end)));
    }));
    seen.into_inner().unwrap()
}

#[test]
fn splits_depend_on_n_and_grain_only() {
    let _alone = alone();
    for (n, grain) in [(0, 1), (1, 1), (7, 3), (100, 10), (1000, 7), (5, 0), (3, 100)] {
        let serial = splits(n, grain, 0.0);
        assert_eq!(serial.iter().map(|r| r.1 - r.0).sum::<usize>(), n);
        for t in [1, 2, 8] {
            set_threads(t);
            assert_eq!(splits(n, grain, 1e6), serial, "n {n} grain {grain} threads {t}");
        }
    }
    set_threads(0);
    assert!(threads() >= 1);
}

#[test]
fn several_threads_take_part_when_it_pays() {
    let _alone = alone();
    let count = |cost: f32| {
        let ids = Mutex::new(BTreeSet::new());
        parallel_for(8, 1, cost, None, &|_| {
            ids.lock().unwrap().insert(format!("{:?}", std::thread::current().id()));
            std::thread::sleep(Duration::from_millis(20));
        });
        ids.into_inner().unwrap().len()
    };
    set_threads(4);
    assert_eq!(count(1.0), 1);
    assert!(count(1e7) > 1);
    set_threads(1);
    assert_eq!(count(1e7), 1);
    set_threads(0);
}

#[test]
fn poll_is_asked_often_and_stops_the_loop() {
    let _alone = alone();
    for t in [1, 4] {
        set_threads(t);
        let ran = AtomicUsize::new(0);
        let start = Instant::now();
        let stop = || start.elapsed() > Duration::from_millis(40);
        let complete = parallel_for(10_000, 1, 1e6, Some(&stop), &|_| {
            ran.fetch_add(1, Ordering::Relaxed);
            std::thread::sleep(Duration::from_millis(1));
        });
        assert!(!complete);
        let ran = ran.into_inner();
        assert!(ran > 0 && ran < 9_000, "{ran} ranges with {t} threads");
    }
    set_threads(4);
    let asked = Cell::new(0);
    let count = || {
        asked.set(asked.get() + 1);
        false
    };
    assert!(parallel_for(2, 1, 1e6, Some(&count), &|_| std::thread::sleep(Duration::from_millis(150))));
    assert!(asked.get() >= 2);
    set_threads(0);
}

#[test]
fn a_panic_reaches_the_caller_and_the_pool_survives() {
    let _alone = alone();
    for t in [1, 4] {
        set_threads(t);
        let caught = std::panic::catch_unwind(|| {
            parallel_for(100, 1, 1e6, None, &|r| assert_ne!(r.start, 50, "range fifty"));
        });
        assert!(caught.is_err());
        let poll = || panic!("in poll");
        let caught = std::panic::catch_unwind(|| parallel_for(100, 1, 1e6, Some(&poll), &|_| {}));
        assert!(caught.is_err());
        assert_eq!(splits(100, 1, 1e6).len(), 100);
    }
    set_threads(0);
}

#[test]
fn loops_nest() {
    let _alone = alone();
    set_threads(4);
    let sum = AtomicUsize::new(0);
    parallel_for(16, 1, 1e6, None, &|_| {
        parallel_for(16, 1, 1e6, None, &|r| {
            sum.fetch_add(r.start, Ordering::Relaxed);
        });
    });
    assert_eq!(sum.into_inner(), 16 * 120);
    set_threads(0);
}

/// A child that used its parent's workers would hang, so `alarm` ends it with a signal.
#[cfg(target_os = "linux")]
#[test]
fn a_forked_child_makes_its_own_workers() {
    let _alone = alone();
    set_threads(4);
    assert_eq!(splits(1000, 1, 1e6).len(), 1000);
    // SAFETY: the child only runs the loop and leaves through `_exit`.
    let status = unsafe {
        let pid = libc::fork();
        assert!(pid >= 0);
        if pid == 0 {
            libc::alarm(10);
            let tasks = || std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count);
            parallel_for(64, 1, 1.0, None, &|_| {});
            let lazy = tasks() == 1;
            let sum = AtomicUsize::new(0);
            let ids = [const { AtomicUsize::new(0) }; 2];
            parallel_for(64, 1, 1e6, None, &|r| {
                sum.fetch_add(r.start, Ordering::Relaxed);
                let main = libc::getpid() as libc::c_long == libc::syscall(libc::SYS_gettid);
                ids[usize::from(main)].fetch_add(1, Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(1));
            });
            let helped = ids[0].load(Ordering::Relaxed) > 0;
            libc::_exit(if sum.into_inner() == 2016 && helped && lazy && tasks() > 1 { 7 } else { 1 });
        }
        let mut status = 0;
        libc::waitpid(pid, &mut status, 0);
        status
    };
    assert!(libc::WIFEXITED(status), "the child hung");
    assert_eq!(libc::WEXITSTATUS(status), 7);
    set_threads(0);
}
