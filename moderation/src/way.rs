//! What a person chose to take part in. A role says what somebody may do; their way says what they want to.

use ibasho_protocol::person::Way;

use crate::roles::Action;

/// Whether the chosen way includes `action`. Only taking part is a matter of the way: whoever watches can still
/// report, block and leave, and staff keep their duties.
pub fn way_permits(way: Way, action: Action) -> bool {
    match action {
        Action::React => way >= Way::React,
        Action::Write => way >= Way::Write,
        Action::Listen => way >= Way::Listen,
        Action::Speak => way >= Way::Voice,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_includes_the_one_before_it() {
        let acts = [Action::See, Action::React, Action::Write, Action::Listen, Action::Speak];
        let taken = |way| acts.map(|act| way_permits(way, act));
        assert_eq!(taken(Way::Watch), [true, false, false, false, false]);
        assert_eq!(taken(Way::React), [true, true, false, false, false]);
        assert_eq!(taken(Way::Write), [true, true, true, false, false]);
        assert_eq!(taken(Way::Listen), [true, true, true, true, false]);
        assert_eq!(taken(Way::Voice), [true, true, true, true, true]);
    }

    #[test]
    fn the_ways_out_never_depend_on_it() {
        for way in [Way::Watch, Way::React, Way::Write, Way::Listen, Way::Voice] {
            for action in [Action::Report, Action::Block, Action::Appeal, Action::Leave] {
                assert!(way_permits(way, action));
            }
        }
    }
}
