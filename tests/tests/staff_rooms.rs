//! Staff in rooms: tickets, and that what is taken away is gone within a second, whoever takes it.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Output};

use ibasho_protocol::api::calendar::Ticket;
use ibasho_protocol::api::staff::{ChangeColleague, Colleague, EnterAsStaff, Me};
use ibasho_protocol::client::Pass;
use ibasho_protocol::close;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_tests::client::TestClient;
use ibasho_tests::program::{Program, binary};
use ibasho_tests::server::TestServer;
use ibasho_tests::staff::{Browser, code, token};
use serde_json::Value;
use tempfile::TempDir;

fn enter(room: &str) -> EnterAsStaff {
    EnterAsStaff { room: room.into(), badge: false }
}

#[tokio::test]
async fn a_ticket_is_for_a_room_that_one_reaches_and_works_once() {
    let server = TestServer::start().await;
    let mut lead = server.staff("ゆき", Role::Facilitator, &["house"]).await;
    assert_eq!(code(lead.post::<Ticket>("ticket", &enter("closet")).await), Code::NotAllowed);
    assert_eq!(code(lead.post::<Ticket>("ticket", &enter("nowhere")).await), Code::RoomUnknown);
    let mut auditor = server.staff("そら", Role::Auditor, &[]).await;
    assert_eq!(code(auditor.post::<Ticket>("ticket", &enter("house")).await), Code::NotAllowed);
    assert_eq!(code(Browser::new(&server).post::<Ticket>("ticket", &enter("house")).await), Code::Signin);

    let Ticket { ticket } = lead.post("ticket", &enter("house")).await.expect("a ticket");
    let pass = || Pass { ticket: Some(ticket.clone()), ..Pass::default() };
    let mut host = TestClient::connect(server.addr()).await;
    host.hello_with("house", "ゆき", pass()).await;
    host.inside().await;
    assert_eq!(host.mirror.role, Some(Role::Facilitator));
    let mut second = TestClient::connect(server.addr()).await;
    second.hello_with("house", "ゆき二", pass()).await;
    second.until_closed().await;
    assert_eq!(second.mirror.refused[0].code, Code::TicketVoid);
    drop(lead);
}

#[tokio::test]
async fn signing_out_ends_the_role_in_the_room_and_voids_the_tickets() {
    let server = TestServer::start().await;
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    let mut host = owner.enter("house", "はるか", true).await;
    let Ticket { ticket } = owner.post("ticket", &enter("house")).await.expect("a ticket");
    assert_eq!(owner.raw("POST", "sign-out", "").await.status, 204);
    assert_eq!(host.until_closed().await, Some(close::SIGNED_OUT.code));
    let mut late = TestClient::connect(server.addr()).await;
    late.hello_with("house", "はるか", Pass { ticket: Some(ticket), ..Pass::default() }).await;
    late.until_closed().await;
    assert_eq!(late.mirror.refused[0].code, Code::TicketVoid);
}

#[tokio::test]
async fn a_new_role_is_so_in_the_room_too() {
    let server = TestServer::start().await;
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    let mut lead = server.staff("ゆき", Role::Facilitator, &[]).await;
    let me: Me = lead.get("me").await.expect("me");
    let mut host = lead.enter("house", "ゆき", true).await;
    let path = format!("people/{}", me.id);
    let mut change = ChangeColleague { role: Role::PeerStaff, rooms: vec![] };
    owner.send::<Colleague>("PUT", &path, &change).await.expect("changed");
    host.until("the other role", |mirror| mirror.role == Some(Role::PeerStaff)).await;
    change.rooms = vec!["closet".into()];
    owner.send::<Colleague>("PUT", &path, &change).await.expect("changed");
    assert_eq!(host.until_closed().await, Some(close::SIGNED_OUT.code), "the role does not reach this room");
    let mut host = lead.enter("closet", "ゆき", true).await;
    owner.send::<Value>("DELETE", &path, &()).await.expect("removed");
    assert_eq!(host.until_closed().await, Some(close::SIGNED_OUT.code));
}

#[tokio::test]
async fn a_login_that_is_over_is_over_in_the_room() {
    let server = TestServer::start().await;
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    let mut host = owner.enter("house", "はるか", true).await;
    server.pass(12 * 60 * 60_000 - 60_000, &mut [&mut host]).await;
    assert_eq!(host.mirror.role, Some(Role::Owner));
    server.pass(60_000, &mut [&mut host]).await;
    server.advance(60_000);
    assert_eq!(host.until_closed().await, Some(close::SIGNED_OUT.code));
}

#[tokio::test]
async fn what_is_taken_away_while_the_server_is_down_is_gone_when_it_is_back() {
    let mut server = TestServer::start().await;
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    let mut host = owner.enter("house", "はるか", true).await;
    let data = server.config().data.clone();
    server.stop().await;
    host.until_closed().await;
    assert_eq!(said(&staff(&data, &["logout", "はるか"])), "logins ended: 1");
    server.start_again().await;
    let (token, seen) = (host.mirror.token.clone(), host.mirror.seen);
    let mut back = TestClient::connect(server.addr()).await;
    back.hello_again(&token, seen).await;
    // The seat is gone already, or goes while they come in.
    let closed = back.until_closed().await;
    let gone = back.mirror.refused.iter().any(|refused| refused.code == Code::SeatGone);
    assert!(gone || closed == Some(close::SIGNED_OUT.code), "{closed:?} {:?}", back.mirror.refused);
}

#[tokio::test]
async fn what_a_program_beside_the_server_takes_away_is_gone_within_a_second() {
    let server = TestServer::start().await;
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    let mut host = owner.enter("house", "はるか", true).await;
    assert_eq!(said(&staff(&server.config().data, &["logout", "はるか"])), "logins ended: 1");
    server.advance(1_000);
    assert_eq!(host.until_closed().await, Some(close::SIGNED_OUT.code));
}

#[tokio::test]
async fn what_it_takes_away_is_gone_soon_even_if_it_could_not_say_so() {
    let server = TestServer::start().await;
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    let mut host = owner.enter("house", "はるか", true).await;
    let data = server.config().data.clone();
    // Where it would write that it was there, nothing can be written.
    let bell = data.join("ibasho.bell");
    let _ = std::fs::remove_file(&bell);
    std::fs::create_dir(&bell).expect("a folder");
    assert_eq!(said(&staff(&data, &["logout", "はるか"])), "logins ended: 1");
    server.advance(10_000);
    assert_eq!(host.until_closed().await, Some(close::SIGNED_OUT.code));
}

fn staff(data: &Path, what: &[&str]) -> Output {
    let mut program = Command::new(binary().expect("the program is built"));
    program.arg("staff").args(what).arg("--data").arg(data).current_dir(data).output().expect("it runs")
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).expect("text").trim().to_owned()
}

#[tokio::test]
async fn the_command_line_acts_on_a_server_that_runs() {
    let home = TempDir::new().expect("a folder");
    let invitation = token(&said(&staff(home.path(), &["invite", "--role", "owner", "--days", "2"])));
    assert!(said(&staff(home.path(), &["list"])).starts_with("nobody"));
    let program = Program::start(home.path(), SocketAddr::from(([127, 0, 0, 1], 0))).expect("it starts");
    let mut owner = Browser::at(program.addr);
    owner.accept(&invitation, "はるか").await.expect("accepted");
    assert_eq!(said(&staff(home.path(), &["list"])), "はるか\towner\tall rooms\tlogins: 1");

    let mut host = owner.enter("house", "はるか", true).await;
    assert_eq!(said(&staff(home.path(), &["logout", "はるか"])), "logins ended: 1");
    assert_eq!(host.until_closed().await, Some(close::SIGNED_OUT.code));
    assert_eq!(code(owner.get::<Me>("me").await), Code::Signin);

    let last = staff(home.path(), &["remove", "はるか"]);
    assert!(!last.status.success() && String::from_utf8_lossy(&last.stderr).contains("last owner"), "{last:?}");
    let second = token(&said(&staff(home.path(), &["invite", "--role", "peer-staff"])));
    let mut peer = Browser::at(program.addr);
    peer.accept(&second, "ゆき").await.expect("accepted");
    let mut inside = peer.enter("house", "ゆき", false).await;
    assert_eq!(said(&staff(home.path(), &["remove", "ゆき"])), "removed: ゆき");
    assert_eq!(inside.until_closed().await, Some(close::SIGNED_OUT.code));
    for wrong in [
        &["remove", "だれか"][..],
        &["invite", "--role", "participant"],
        &["invite", "--role", "owner", "--days", "15"],
        &["invite", "--role", "owner", "--rooms", "umibe"],
        &["invite", "--role", "facilitator", "--rooms", "nowhere"],
    ] {
        let output = staff(home.path(), wrong);
        assert!(!output.status.success() && !output.stderr.is_empty() && output.stdout.is_empty(), "{output:?}");
    }
}
