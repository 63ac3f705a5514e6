//! The types of this crate as TypeScript, for `client-web`. `cargo run -p ibasho-protocol --example typescript`
//! writes them; a test fails when they are stale.

use std::fmt::Write as _;

use ts_rs::{Config, TS};

use crate::api::{calendar, staff};
use crate::{client, close, host, ids, limits, person, plan, refusal, role, server, session, voice};

/// The whole file.
#[expect(clippy::too_many_lines, reason = "a list of the types, one each")]
pub fn render() -> String {
    let config = Config::new().with_large_int("number");
    let mut out =
        String::from("// Generated from the Rust crate `protocol`; do not edit. `make types` writes it anew.\n\n");
    let mut put = |declaration: String| {
        let _ = writeln!(out, "export {declaration}\n");
    };
    macro_rules! types {
        ($($ty:ty),* $(,)?) => { $(put(<$ty as TS>::decl(&config));)* };
    }
    types!(
        ids::PersonId,
        ids::Seq,
        role::Role,
        person::Point,
        person::Look,
        person::Way,
        person::Wish,
        person::Reaction,
        person::Walk,
        person::Person,
        session::PhaseKind,
        session::Can,
        session::Phase,
        session::Programme,
        session::AloneMode,
        session::Alone,
        session::Coming,
        session::Group,
        session::Groups,
        session::Card,
        session::Round,
        session::Theme,
        session::VoteState,
        session::Themes,
        session::Standing,
        session::Mine,
        session::Lobby,
        session::Waiting,
        session::DeskPerson,
        session::Pair,
        session::Note,
        session::Desk,
        voice::IceServer,
        voice::Slot,
        voice::Measure,
        voice::Practice,
        voice::Practising,
        voice::Voice,
        host::Take,
        host::Act,
        client::Target,
        client::Pass,
        client::Enter,
        client::ClientMessage,
        refusal::RefusalCode,
        refusal::Refusal,
        server::Line,
        server::Said,
        server::Event,
        server::Welcome,
        server::ServerMessage,
        plan::Text,
        plan::ZoneKind,
        plan::Area,
        plan::Zone,
        plan::Pose,
        plan::Gaze,
        plan::Seat,
        plan::Thing,
        plan::Light,
        plan::Scene,
        plan::RoomPlan,
        plan::RoomSummary,
        plan::Help,
        plan::Place,
        calendar::Sessions,
        calendar::SessionCard,
        calendar::Access,
        calendar::Eligibility,
        calendar::Book,
        calendar::Booking,
        calendar::BookingCode,
        calendar::SuggestTheme,
        calendar::ReturnPhrase,
        calendar::Ticket,
        calendar::SessionPlan,
        calendar::KeptPlan,
        calendar::ChangePlan,
        calendar::Occurrence,
        calendar::Template,
        calendar::MakeCodes,
        calendar::CodeKind,
        calendar::Codes,
        calendar::BoxNote,
        calendar::Statistics,
        calendar::SessionCount,
        staff::Me,
        staff::SignInWays,
        staff::Offered,
        staff::InvitationToken,
        staff::Invitation,
        staff::AcceptWithPassphrase,
        staff::AcceptWithPasskey,
        staff::OidcStart,
        staff::OidcGo,
        staff::PasskeyStart,
        staff::PasskeyFinish,
        staff::Passkey,
        staff::SignIn,
        staff::ChangePassphrase,
        staff::TotpStart,
        staff::TotpCode,
        staff::Login,
        staff::LoginWay,
        staff::Invite,
        staff::Invited,
        staff::OpenInvitation,
        staff::Colleague,
        staff::ChangeColleague,
        staff::EnterAsStaff,
    );
    let constants: [(&str, u64); 21] = [
        ("VERSION", u64::from(crate::VERSION)),
        ("MAX_MESSAGE_BYTES", limits::MAX_MESSAGE_BYTES as u64),
        ("HELLO_MS", limits::HELLO_MS),
        ("GRACE_MS", limits::GRACE_MS),
        ("TAKE_BACK_MS", limits::TAKE_BACK_MS),
        ("NICKNAME_GRAPHEMES", limits::NICKNAME_GRAPHEMES as u64),
        ("TEXT_GRAPHEMES", limits::TEXT_GRAPHEMES as u64),
        ("TEXT_BYTES", limits::TEXT_BYTES as u64),
        ("NICKNAME_BYTES", limits::NICKNAME_BYTES as u64),
        ("REMEMBERED_ANSWERS", limits::REMEMBERED_ANSWERS as u64),
        ("SLOTS", voice::SLOTS as u64),
        ("BEAT_MS", limits::BEAT_MS),
        ("SILENT_MS", limits::SILENT_MS),
        ("UNITS_PER_CELL", limits::UNITS_PER_CELL as u64),
        ("MS_PER_CELL", limits::MS_PER_CELL),
        ("FIGURES", u64::from(person::FIGURES)),
        ("COLOURS", u64::from(person::COLOURS)),
        ("THEME_GRAPHEMES", host::THEME_GRAPHEMES as u64),
        ("WORD_GRAPHEMES", host::WORD_GRAPHEMES as u64),
        ("MOST_THEMES", host::MOST_THEMES as u64),
        ("CALL_BACK_MS", host::CALL_BACK_MS),
    ];
    for (name, value) in constants {
        let _ = writeln!(out, "export const {name} = {value};");
    }
    let _ = writeln!(out, "export const SUBPROTOCOL = {:?};", crate::SUBPROTOCOL);
    let _ = writeln!(out, "\n/** Close codes, and whether to come back by oneself. */");
    let _ = writeln!(out, "export const CLOSE: Record<number, {{ retry: boolean }}> = {{");
    for close in close::ALL {
        let _ = writeln!(out, "  {}: {{ retry: {} }}, // {}", close.code, close.retry, close.reason);
    }
    out.push_str("};\n\nexport const REFUSAL_CODES: readonly RefusalCode[] = [\n");
    for code in refusal::RefusalCode::ALL {
        let name = rmp_serde::to_vec(&code).expect("our own types encode");
        let _ = writeln!(out, "  {:?},", String::from_utf8_lossy(&name[1..]));
    }
    out.push_str("];\n");
    out
}
