//! People join, walk, write, take back and leave while their lines are cut at random; nothing is lost, doubled, out of
//! order, or heard by somebody who must not hear it.
//!
//! A plan that fails is saved; `IBASHO_PLAN=FILE cargo test -p ibasho-tests --test randomised` runs it again.
//! `IBASHO_SEEDS=100..200` runs other plans.

use std::path::{Path, PathBuf};

use ibasho_tests::random::plan::Plan;
use ibasho_tests::random::run::run;

const ROUNDS: usize = 50;

/// Saves the plan when the test fails.
struct SaveOnFailure<'a>(&'a Plan);

impl Drop for SaveOnFailure<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("plan-{}.json", self.0.seed));
            let saved = serde_json::to_string_pretty(self.0).is_ok_and(|text| std::fs::write(&file, text).is_ok());
            eprintln!("seed {}: plan {} at {}", self.0.seed, if saved { "saved" } else { "not saved" }, file.display());
        }
    }
}

async fn carry_out(plan: Plan) {
    let save = SaveOnFailure(&plan);
    run(&plan).await;
    drop(save);
}

#[tokio::test]
async fn a_random_life_is_as_the_model_says() {
    if let Some(file) = std::env::var_os("IBASHO_PLAN").map(PathBuf::from) {
        let text = std::fs::read_to_string(file).expect("the plan");
        return carry_out(serde_json::from_str(&text).expect("a plan")).await;
    }
    let seeds = std::env::var("IBASHO_SEEDS").unwrap_or_else(|_| "1..9".into());
    let (from, to) = seeds.split_once("..").expect("IBASHO_SEEDS=FROM..TO");
    let seeds = from.parse::<u64>().expect("a number")..to.parse().expect("a number");
    // Beside each other: each has a server of its own, and most of the time they wait.
    let lives: Vec<_> = seeds.map(|seed| tokio::spawn(carry_out(Plan::draw(seed, ROUNDS)))).collect();
    for life in lives {
        life.await.expect("the model is kept");
    }
}

#[test]
fn the_same_seed_draws_the_same_plan_and_plans_can_be_saved() {
    let plan = Plan::draw(5, 30);
    let text = serde_json::to_string(&plan).expect("JSON");
    let again: Plan = serde_json::from_str(&text).expect("a plan");
    assert_eq!(serde_json::to_string(&again).expect("JSON"), text);
    assert_eq!(serde_json::to_string(&Plan::draw(5, 30)).expect("JSON"), text);
}
