//! When something that could not be told is told again.

use ibasho_protocol::ids::Millis;

const SECOND: Millis = 1000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;

/// After each failed attempt the time until the next one, in milliseconds; then it is a dead letter. The schedule that
/// Standard Webhooks recommends: 75 hours in all, so that a receiver that dies on a Friday evening loses nothing.
pub const RETRIES_MS: [Millis; 9] =
    [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/// By how much each time differs at most, up or down, in percent: what failed together does not come back together.
pub const JITTER_PERCENT: u64 = 10;

/// How long to wait after so many failed attempts (from 1); `None`: no more. `chance` is any number.
pub fn wait(failed: u32, chance: u64) -> Option<Millis> {
    let base = *RETRIES_MS.get(usize::try_from(failed.checked_sub(1)?).ok()?)?;
    let spread = base * JITTER_PERCENT / 100;
    Some(base - spread + chance % (2 * spread + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_after_about_three_days() {
        let all = |chance: u64| (1..).map_while(|failed| wait(failed, chance)).collect::<Vec<_>>();
        assert_eq!((all(7).len(), wait(0, 7), wait(10, 7)), (9, None, None));
        for chance in [0, 1, 12_345, u64::MAX] {
            let sum: Millis = all(chance).iter().sum();
            assert!((68 * HOUR..=84 * HOUR).contains(&sum), "{sum}");
            assert!(all(chance).is_sorted());
        }
        assert_eq!((wait(1, 0), wait(1, 1000)), (Some(4_500), Some(5_500)));
    }
}
