//! Processor time and memory of a process, and what a list of numbers says.

use std::fs;

use anyhow::{Context, Result};
use rustix::thread::{CpuSet, sched_setaffinity};

/// Seconds of processor time that all threads of a process have used, to the nanosecond.
///
/// `/proc/<pid>/stat` counts in hundredths of a second, too coarse for a storm of 30 ms. A thread that has ended is
/// not counted; servers keep theirs.
pub fn cpu_seconds(pid: u32) -> Result<f64> {
    let mut nanos = 0_u64;
    for task in fs::read_dir(format!("/proc/{pid}/task")).context("the process is gone")? {
        let text = fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
        nanos += text.split(' ').next().and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    }
    Ok(nanos as f64 / 1e9)
}

/// Resident memory of a process in KiB.
pub fn memory_kib(pid: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).context("the process is gone")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// Binds this thread, and the processes it begins from now on, to one core. Without a second core it does nothing.
pub fn pin(core: usize) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).max(usize::from(core > 0) + 1);
    let mut set = CpuSet::new();
    set.set(core % cores);
    // Refused on a machine with one core: then everything shares it.
    let _ = sched_setaffinity(None, &set);
}

/// The value below which the share `p` (0 to 1) of `sorted` lies.
pub fn percentile(sorted: &[f64], p: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * p).round() as usize).copied().unwrap_or(0.0)
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    percentile(&values, 0.5)
}
