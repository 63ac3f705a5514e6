//! The benchmarks: what the server costs, compared with the cheapest server that sends the same.
//!
//! `bench [--seconds N] [--repeat N] [--only NAME]… [--out FILE]`. Workloads are the names of `fanout`, `idle`, `storm`, `voice` and
//! `moderation`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::codec::encode_client;
use ibasho_tests::load::children::{Measured, room_id};
use ibasho_tests::load::decisions::decision_to_effect_p99_ms;
use ibasho_tests::load::judging::{Judging, judging};
use ibasho_tests::load::life::{LIVES, LIVING, Life, OPEN, hello};
use ibasho_tests::load::mute::mute_to_silence_ms;
use ibasho_tests::load::run::{against_floor, against_server};
use ibasho_tests::load::streams::{self, Streamed, TALKS, Talk};
use ibasho_tests::load::swarm::{Seen, Swarm};
use ibasho_tests::measure::{cpu_seconds, median, memory_kib, percentile};
use serde::Serialize;

#[derive(Serialize, Default)]
struct Report {
    fanout: BTreeMap<&'static str, Fanout>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idle: Option<Idle>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storm: Option<Storm>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice: Option<Voice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moderation: Option<Moderation>,
}

#[derive(Serialize)]
struct Moderation {
    recall_personal_data: f64,
    false_hold_rate: f64,
    us_per_message: f64,
    decision_to_effect_p99_ms: f64,
}

#[derive(Serialize)]
struct Fanout {
    ratio_to_floor: f64,
    cpu_s_per_million_walk_seconds_seen: f64,
    p50_ms: f64,
    p99_ms: f64,
    bytes_per_s_per_person: f64,
}

#[derive(Serialize)]
struct Idle {
    kib_per_connection: f64,
    cpu_share: f64,
}

#[derive(Serialize)]
struct Storm {
    joined_1000_ms: f64,
    cpu_s: f64,
}

#[derive(Serialize)]
struct Voice {
    streams_per_core: f64,
    ratio_to_floor: f64,
    added_p99_ms: f64,
    mb_per_peer: f64,
    mute_to_silence_ms: f64,
    /// By how many streams there are.
    at: BTreeMap<&'static str, Forwarding>,
}

#[derive(Serialize)]
struct Forwarding {
    streams: f64,
    per_core: f64,
    ratio_to_floor: f64,
    added_p50_ms: f64,
    added_p99_ms: f64,
    mb_per_peer: f64,
}

/// How many decisions are timed: of a hundred, one is the tail.
const DECISIONS: usize = 100;

struct Options {
    seconds: u32,
    repeat: usize,
    only: Vec<String>,
    out: PathBuf,
}

impl Options {
    fn read() -> Result<Self> {
        let out = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/bench.json"));
        let mut options = Self { seconds: 15, repeat: 3, only: Vec::new(), out };
        let mut args = std::env::args().skip(1);
        while let Some(flag) = args.next() {
            let value = args.next().with_context(|| format!("{flag} needs a value"))?;
            match flag.as_str() {
                "--seconds" => options.seconds = value.parse()?,
                "--repeat" => options.repeat = value.parse()?,
                "--only" => options.only.push(value),
                "--out" => options.out = value.into(),
                _ => bail!("unknown: {flag}"),
            }
        }
        Ok(options)
    }

    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }
}

fn main() -> Result<()> {
    let options = Options::read()?;
    let mut report = Report::default();
    for life in LIVES.iter().filter(|life| options.wants(life.name)) {
        report.fanout.insert(life.name, fanout(life, &options)?);
    }
    if options.wants("idle") {
        report.idle = Some(idle()?);
    }
    if options.wants("storm") {
        report.storm = Some(storm(options.repeat)?);
    }
    if options.wants("voice") {
        report.voice = Some(voice(&options)?);
    }
    if options.wants("moderation") {
        report.moderation = Some(moderation(&options)?);
    }
    let text = serde_json::to_string_pretty(&report)?;
    std::fs::create_dir_all(options.out.parent().context("a folder")?)?;
    std::fs::write(&options.out, format!("{text}\n"))?;
    println!("{text}");
    Ok(())
}

/// How well rules judge, and how soon a decision of staff holds.
fn moderation(options: &Options) -> Result<Moderation> {
    let Judging { recall_personal_data, false_hold_rate, us_per_message } = judging(options.repeat)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let decision_to_effect_p99_ms = runtime.block_on(decision_to_effect_p99_ms(DECISIONS))?;
    eprintln!(
        "moderation: recall {recall_personal_data:.3}, false holds {false_hold_rate:.3}, {us_per_message:.1} µs a \
         message, {decision_to_effect_p99_ms:.1} ms to the effect"
    );
    Ok(Moderation { recall_personal_data, false_hold_rate, us_per_message, decision_to_effect_p99_ms })
}

/// Server and floor in turn, so that a change of the machine's mood hits both.
fn fanout(life: &Life, options: &Options) -> Result<Fanout> {
    let millis = options.seconds * 1000;
    let mut ratios = Vec::new();
    let mut costs = Vec::new();
    let mut medians = Vec::new();
    let mut tails = Vec::new();
    let mut rates = Vec::new();
    for round in 0..options.repeat {
        let seed = round as u64 + 1;
        let mut server = against_server(life, millis, seed)?;
        let floor = against_floor(life, millis, seed, &mut server.trace)?;
        let bytes: u64 = server.trace.iter().map(|sent| u64::from(sent.size)).sum();
        let rate = bytes as f64 / f64::from(options.seconds) / life.people() as f64;
        eprintln!(
            "{} {}: server {:.3} s, floor {:.3} s, ratio {:.2}; {} commands ({} refused), {} frames (floor {}), \
             p50 {:.1} ms, p99 {:.1} ms, {rate:.0} B/s each",
            life.name,
            round + 1,
            server.cpu_s,
            floor.cpu_s,
            server.cpu_s / floor.cpu_s,
            server.commands,
            server.refused,
            server.trace.len(),
            floor.trace.len(),
            percentile(&server.delays_ms, 0.5),
            percentile(&server.delays_ms, 0.99),
        );
        ratios.push(server.cpu_s / floor.cpu_s);
        costs.push(server.cpu_s / server.walk_seconds_seen * 1e6);
        medians.push(percentile(&server.delays_ms, 0.5));
        tails.push(percentile(&server.delays_ms, 0.99));
        rates.push(rate);
    }
    Ok(Fanout {
        ratio_to_floor: median(ratios),
        cpu_s_per_million_walk_seconds_seen: median(costs),
        p50_ms: median(medians),
        p99_ms: median(tails),
        bytes_per_s_per_person: median(rates),
    })
}

/// How many mutes are measured; the slowest counts.
const MUTES: usize = 10;

/// The many streams say what a stream costs, the middle ones what it adds, as the goals ask.
fn voice(options: &Options) -> Result<Voice> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut at = BTreeMap::new();
    for talk in &TALKS {
        at.insert(talk.name, runtime.block_on(forwarding(talk, options))?);
    }
    let mute_to_silence_ms = runtime.block_on(mute_to_silence_ms(MUTES))?;
    eprintln!("voice: silence {mute_to_silence_ms:.1} ms after a mute");
    let (many, middle) = (&at["600"], &at["180"]);
    Ok(Voice {
        streams_per_core: many.per_core,
        ratio_to_floor: many.ratio_to_floor,
        added_p99_ms: middle.added_p99_ms,
        mb_per_peer: many.mb_per_peer,
        mute_to_silence_ms,
        at,
    })
}

/// Server and floor in turn.
async fn forwarding(talk: &Talk, options: &Options) -> Result<Forwarding> {
    let window = Duration::from_secs(options.seconds.into());
    let mut runs = Vec::new();
    for round in 0..options.repeat {
        let server = streams::against_server(talk, window).await?;
        let floor = streams::against_floor(talk, window, server.size).await?;
        let load = format!("{} streams {}", talk.name, round + 1);
        for (name, run) in [("server", &server), ("floor", &floor)] {
            eprintln!(
                "{load}: {name} {:.1} streams of {} B, {:.1} % of a core, p50 {:.2} ms, p99 {:.2} ms, {:.2} MB each",
                run.streams,
                server.size,
                run.cpu * 100.0,
                percentile(&run.delays_ms, 0.5),
                percentile(&run.delays_ms, 0.99),
                run.mb_per_peer,
            );
        }
        runs.push((server, floor));
    }
    let middle = |look: &dyn Fn(&(Streamed, Streamed)) -> f64| median(runs.iter().map(look).collect());
    let added = |p: f64| middle(&|(server, floor)| percentile(&server.delays_ms, p) - percentile(&floor.delays_ms, p));
    Ok(Forwarding {
        streams: middle(&|(server, _)| server.streams),
        per_core: middle(&|(server, _)| 1.0 / server.cost()),
        ratio_to_floor: middle(&|(server, floor)| server.cost() / floor.cost()),
        added_p50_ms: added(0.5),
        added_p99_ms: added(0.99),
        mb_per_peer: middle(&|(server, _)| server.mb_per_peer),
    })
}

/// Looks only at how many are inside; in big rooms a full look at each welcome would cost the load more than the server.
struct Arrivals {
    inside: usize,
    closed: usize,
    fresh: Vec<usize>,
}

impl Arrivals {
    fn see(&mut self, seen: &Seen<'_>) {
        match seen {
            Seen::Message { conn, payload, .. }
                if payload.get(1..).is_some_and(|rest| rest.starts_with(b"\xa1t\xa7welcome")) =>
            {
                self.inside += 1;
                self.fresh.push(*conn);
            }
            Seen::Closed { .. } => self.closed += 1,
            _ => {}
        }
    }

    /// Brings everybody in who began to connect, and says `ready` for them.
    fn gather(&mut self, swarm: &mut Swarm) -> Result<()> {
        let ready = encode_client(&ClientMessage::Ready {});
        let deadline = Instant::now() + Duration::from_mins(1);
        while self.inside < swarm.len() {
            swarm.poll(Duration::from_millis(50), |seen| self.see(&seen))?;
            for conn in self.fresh.drain(..) {
                swarm.send(conn, &ready);
            }
            if self.closed > 0 || Instant::now() > deadline {
                bail!("{} of {} came in, {} closed", self.inside, swarm.len(), self.closed);
            }
        }
        Ok(())
    }
}

/// 5,000 people who do nothing.
fn idle() -> Result<Idle> {
    const PEOPLE: usize = 5_000;
    let server = Measured::server(PEOPLE / OPEN.people, OPEN)?;
    let mut swarm = Swarm::new(server.addr)?;
    let mut arrivals = Arrivals { inside: 0, closed: 0, fresh: Vec::new() };
    let rest = |swarm: &mut Swarm, arrivals: &mut Arrivals, seconds| -> Result<()> {
        let end = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < end {
            swarm.poll(Duration::from_millis(100), |seen| arrivals.see(&seen))?;
        }
        Ok(())
    };
    rest(&mut swarm, &mut arrivals, 1)?;
    let before = memory_kib(server.pid())?;
    while swarm.len() < PEOPLE {
        for who in swarm.len()..(swarm.len() + 50).min(PEOPLE) {
            swarm.connect(&hello(&room_id(OPEN, who / OPEN.people), who))?;
        }
        arrivals.gather(&mut swarm)?;
    }
    rest(&mut swarm, &mut arrivals, 3)?;
    let kib = memory_kib(server.pid())?.saturating_sub(before) as f64 / PEOPLE as f64;
    let (cpu, begun) = (cpu_seconds(server.pid())?, Instant::now());
    // Longer than a round of heartbeats, which are part of being idle.
    rest(&mut swarm, &mut arrivals, 30)?;
    let share = (cpu_seconds(server.pid())? - cpu) / begun.elapsed().as_secs_f64();
    if arrivals.closed > 0 {
        bail!("{} idle connections were closed", arrivals.closed);
    }
    eprintln!("idle: {kib:.1} KiB per connection, {:.3} % of a core", share * 100.0);
    Ok(Idle { kib_per_connection: kib, cpu_share: share })
}

/// A thousand people come at the same moment.
fn storm(repeat: usize) -> Result<Storm> {
    const PEOPLE: usize = 1_000;
    let mut times = Vec::new();
    let mut costs = Vec::new();
    for _ in 0..repeat {
        let server = Measured::server(PEOPLE / LIVING.people, LIVING)?;
        std::thread::sleep(Duration::from_millis(500));
        let hellos: Vec<Vec<u8>> = (0..PEOPLE).map(|who| hello(&room_id(LIVING, who / LIVING.people), who)).collect();
        let mut swarm = Swarm::new(server.addr)?;
        let mut arrivals = Arrivals { inside: 0, closed: 0, fresh: Vec::new() };
        let (cpu, begun) = (cpu_seconds(server.pid())?, Instant::now());
        for hello in &hellos {
            swarm.connect(hello)?;
        }
        arrivals.gather(&mut swarm)?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
        costs.push(cpu_seconds(server.pid())? - cpu);
        eprintln!("storm: {:.0} ms, {:.3} CPU s", times[times.len() - 1], costs[costs.len() - 1]);
    }
    Ok(Storm { joined_1000_ms: median(times), cpu_s: median(costs) })
}
