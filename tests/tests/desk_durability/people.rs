//! Who decides and who is decided about while the power may go, and what each of them was told is done.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use ibasho_protocol::api::desk::Queue;
use ibasho_protocol::api::desk::case::{Matter, Outcome};
use ibasho_protocol::api::desk::deeds::{AppealAnswer, DecideAppeal, Decline, Resolve, Seen};
use ibasho_protocol::api::desk::rules::{Rules, RulesKept};
use ibasho_protocol::api::desk::sanctions::Sanctions;
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::codes::{AppealOutcome, Category, DeclineReason, Reason, ReportOutcome};
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::{Refusal, RefusalCode as Code};
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::Measure;
use ibasho_tests::client::TestClient;
use ibasho_tests::power::{Gone, Kept};
use ibasho_tests::staff::Browser;
use rand::RngExt;
use rand::rngs::StdRng;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// In minutes: long enough that nothing ends by itself meanwhile.
const HOUR: u32 = 60;
const KINDS: [Kind; 5] = [Kind::Nudge, Kind::Restricted, Kind::Timeout, Kind::MuteText, Kind::MuteVoice];

/// Sends a command as the page does: `None` if it was refused for now, or because somebody else was quicker.
async fn tell(client: &mut TestClient, make: impl FnOnce(u32) -> ClientMessage) -> Result<Result<Event, Code>, Gone> {
    let n = client.command(make).await;
    loop {
        match client.mirror.answer(n) {
            Some(Event::Refused { refusal: Refusal { code, after, .. }, .. }) => {
                // As the page does: waits until it may. The power may go meanwhile.
                tokio::time::sleep(Duration::from_millis(after.unwrap_or(20).min(2_000).into())).await;
                return Ok(Err(*code));
            }
            Some(answer) => return Ok(Ok(answer.clone())),
            None if client.closed.is_some() => return Err(Gone),
            None => client.read().await,
        }
    }
}

/// Asks over HTTP, as the console does.
async fn ask<T: DeserializeOwned>(
    desk: &mut Browser,
    method: &str,
    path: &str,
    body: &impl Serialize,
) -> Result<Result<T, Code>, Gone> {
    let body = if method == "GET" { String::new() } else { serde_json::to_string(body).expect("JSON") };
    let answer = desk.try_raw(method, path, &body).await.map_err(|_| Gone)?;
    if answer.status >= 400 {
        let refusal: Refusal = answer.json();
        tokio::time::sleep(Duration::from_millis(refusal.after.unwrap_or(20).min(2_000).into())).await;
        return Ok(Err(refusal.code));
    }
    let body = if answer.status == 204 { "null" } else { &answer.body };
    Ok(Ok(serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer:?}"))))
}

/// なぎ writes what is held, takes it back, and reports はる.
pub struct Writer {
    pub client: TestClient,
    pub rng: StdRng,
    pub count: u32,
    /// What was held, and whether they were told that it is taken back.
    pub held: BTreeMap<u64, bool>,
    pub reports: Kept<u32>,
}

impl Writer {
    pub async fn deed(&mut self, about: PersonId) -> Result<bool, Gone> {
        self.count += 1;
        match self.rng.random_range(0..4) {
            0 | 1 => {
                let text = format!("でんわは 090-1234-{:04} です", self.count);
                let answer = tell(&mut self.client, |n| ClientMessage::Say { n, to: 0, text }).await?;
                let Ok(Event::Held { hold, .. }) = answer else { return Ok(false) };
                self.held.insert(hold, false);
                Ok(true)
            }
            2 => {
                let Some(&hold) = self.held.keys().last() else { return Ok(false) };
                let answer = tell(&mut self.client, |n| ClientMessage::Retract { n, hold }).await?;
                if answer.is_ok() {
                    self.held.insert(hold, true);
                }
                Ok(answer.is_ok())
            }
            _ => {
                self.reports.maybe = Some(self.reports.sure + 1);
                let (message, category, text) = (None, Category::Harassment, Some("こわかった".to_owned()));
                let report = |n| ClientMessage::Report { n, who: about, message, category, text };
                let answer = tell(&mut self.client, report).await?;
                self.reports.settle(answer.is_ok());
                Ok(answer.is_ok())
            }
        }
    }
}

/// みどり decides in the room and at the desk.
pub struct Moderator {
    pub client: TestClient,
    pub desk: Browser,
    pub rng: StdRng,
    pub given: BTreeMap<&'static str, Kept<usize>>,
    pub locked: Kept<bool>,
    /// Whether the guest of this round was sent away.
    pub guest: Kept<bool>,
    pub settled: BTreeMap<u64, Outcome>,
}

impl Moderator {
    pub async fn deed(&mut self, haru: PersonId, guest: PersonId) -> Result<bool, Gone> {
        let give = |who, kind| {
            let (minutes, reason) = (if kind == Kind::Nudge { 0 } else { HOUR }, Reason::Insult);
            Measure::Sanction { who, kind, minutes, site: false, reason, note: String::new(), permanent: false }
        };
        match self.rng.random_range(0..6) {
            0 | 1 => {
                let kind = KINDS[self.rng.random_range(0..KINDS.len())];
                let given = self.given.entry(kind.code()).or_insert_with(|| Kept::new(0));
                given.maybe = Some(given.sure + 1);
                let measure = give(haru, kind);
                let answer = tell(&mut self.client, |n| ClientMessage::Moderate { n, measure }).await?;
                given.settle(answer.is_ok());
                Ok(answer.is_ok())
            }
            2 => {
                self.locked.maybe = Some(!self.locked.sure);
                let lockdown = self.client.mirror.mine.locked.first().map(|locked| locked.lockdown);
                let measure = match (self.locked.sure, lockdown) {
                    (false, _) => Measure::LockDown { minutes: HOUR, site: false },
                    (true, Some(lockdown)) => Measure::Lift { lockdown },
                    // They hear which one it is in a moment.
                    (true, None) => return Ok(false),
                };
                let answer = tell(&mut self.client, |n| ClientMessage::Moderate { n, measure }).await?;
                self.locked.settle(answer.is_ok());
                Ok(answer.is_ok())
            }
            3 if !self.guest.sure => {
                self.guest.maybe = Some(true);
                let measure = give(guest, Kind::Remove);
                let answer = tell(&mut self.client, |n| ClientMessage::Moderate { n, measure }).await?;
                self.guest.settle(answer.is_ok());
                Ok(answer.is_ok())
            }
            _ => self.settle().await,
        }
    }

    /// Settles whatever waits at the desk.
    async fn settle(&mut self) -> Result<bool, Gone> {
        let all = ask::<Queue>(&mut self.desk, "GET", "desk", &()).await?;
        let waits = all.map(|all| all.cases).unwrap_or_default();
        let waits = waits.iter().find(|line| matches!(line.matter, Matter::Hold { .. } | Matter::Report { .. }));
        let Some(line) = waits else { return Ok(false) };
        let (id, version) = (line.id, line.version);
        let shown = self.rng.random_bool(0.5);
        let (deed, body, outcome) = match line.matter {
            Matter::Report { .. } => {
                let outcome = ReportOutcome::Talked;
                ("resolve", serde_json::to_value(Resolve { version, outcome }), Outcome::Resolved(outcome))
            }
            _ if shown => ("approve", serde_json::to_value(Seen { version }), Outcome::Approved),
            _ => {
                let reason = DeclineReason::Hurtful;
                ("decline", serde_json::to_value(Decline { version, reason }), Outcome::Declined(reason))
            }
        };
        let body = body.expect("JSON");
        let path = format!("desk/cases/{id}/{deed}");
        let answer = ask::<serde_json::Value>(&mut self.desk, "POST", &path, &body).await?;
        if answer.is_ok() {
            self.settled.insert(id, outcome);
        }
        Ok(answer.is_ok())
    }
}

/// ぬし takes back, decides appeals and changes the rules.
pub struct Owner {
    pub desk: Browser,
    pub rng: StdRng,
    pub undone: BTreeSet<u64>,
    /// Appeals that were decided: against which sanction, and how.
    pub appeals: BTreeMap<u64, (u64, AppealOutcome)>,
    pub rules: Kept<u64>,
}

impl Owner {
    pub async fn deed(&mut self) -> Result<bool, Gone> {
        match self.rng.random_range(0..4) {
            0 => {
                let list = ask::<Sanctions>(&mut self.desk, "GET", "desk/sanctions?in_force=true", &()).await?;
                let list = list.map(|list| list.sanctions).unwrap_or_default();
                // The guests of each round stay out.
                let mut all = list.into_iter().filter(|one| one.may_undo && one.kind != Kind::Remove);
                let Some(one) = all.next() else { return Ok(false) };
                let path = format!("desk/sanctions/{}/undo", one.id);
                let answer = ask::<()>(&mut self.desk, "POST", &path, &()).await?;
                self.undone.extend(answer.is_ok().then_some(one.id));
                Ok(answer.is_ok())
            }
            1 => {
                let Ok(Rules { version, set }) = ask(&mut self.desk, "GET", "desk/rules", &()).await? else {
                    return Ok(false);
                };
                self.rules.maybe = Some(version + 1);
                let answer = ask::<RulesKept>(&mut self.desk, "PUT", "desk/rules", &Rules { version, set }).await?;
                self.rules.settle(answer.is_ok());
                Ok(answer.is_ok())
            }
            _ => {
                let all = ask::<Queue>(&mut self.desk, "GET", "desk", &()).await?;
                let mut cases = all.map(|all| all.cases).unwrap_or_default().into_iter();
                let waits = cases.find(|line| matches!(line.matter, Matter::Appeal { .. }));
                let Some(line) = waits else { return Ok(false) };
                let Matter::Appeal { sanction } = line.matter else { return Ok(false) };
                let undo = self.rng.random_bool(0.5);
                let answer = if undo { AppealAnswer::Undo } else { AppealAnswer::Uphold };
                let body = DecideAppeal { version: line.version, answer };
                let path = format!("desk/cases/{}/appeal", line.id);
                let done = ask::<serde_json::Value>(&mut self.desk, "POST", &path, &body).await?.is_ok();
                let outcome = if undo { AppealOutcome::Undone } else { AppealOutcome::Upheld };
                self.appeals.extend(done.then_some((line.id, (sanction, outcome))));
                Ok(done)
            }
        }
    }
}

/// はる is decided about, and appeals.
pub struct Appellant {
    pub client: TestClient,
    pub appealed: BTreeSet<u64>,
}

impl Appellant {
    pub async fn deed(&mut self) -> Result<bool, Gone> {
        let mut in_force = self.client.mirror.mine.in_force.iter();
        let Some(sanction) = in_force.find(|one| one.appealable).map(|one| one.sanction) else {
            // Nothing yet; something may come.
            self.client.send(&ClientMessage::Beat {}).await;
            self.client.read().await;
            return if self.client.closed.is_some() { Err(Gone) } else { Ok(false) };
        };
        let text = "ちがうと思います".to_owned();
        let answer = tell(&mut self.client, |n| ClientMessage::Appeal { n, sanction, text }).await?;
        self.appealed.extend(answer.is_ok().then_some(sanction));
        Ok(answer.is_ok())
    }
}
