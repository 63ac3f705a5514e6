//! Staff: invited, signed in, listed, removed; what is refused.

use ibasho_protocol::api::staff::{
    AcceptWithPassphrase, ChangeColleague, ChangePassphrase, Colleague, Invitation, InvitationToken, Invite, Invited,
    Login, LoginWay, Me, OpenInvitation, SignIn,
};
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_tests::server::TestServer;
use ibasho_tests::staff::{Browser, PASSPHRASE, code, token};
use serde_json::{Value, json};

const DAY: u64 = 24 * 60 * 60_000;

fn sign_in(name: &str, passphrase: &str) -> SignIn {
    SignIn { name: name.into(), passphrase: passphrase.into(), code: None }
}

#[tokio::test]
async fn an_invitation_becomes_an_account_that_signs_in_and_out() {
    let server = TestServer::start().await;
    let invitation = server.invite(Role::Owner, &[]).await;
    let mut office = Browser::new(&server);
    assert_eq!(code(office.get::<Me>("me").await), Code::Signin);
    let shown: Invitation =
        office.post("invitation/show", &InvitationToken { token: invitation.clone() }).await.expect("open");
    assert_eq!((shown.role, shown.until), (Role::Owner, server.now() + 3 * DAY));
    let me = office.accept(&invitation, "はるか").await.expect("accepted");
    assert_eq!((me.name.as_str(), me.role, me.ways.passphrase), ("はるか", Role::Owner, true));
    assert_eq!(office.get::<Me>("me").await.expect("signed in"), me);

    let mut home = Browser::new(&server);
    // The name as it is typed on another keyboard.
    let there: Me = home.post("sign-in/passphrase", &sign_in(" ハルカ ", PASSPHRASE)).await.expect("signed in");
    assert_eq!((&there.id, there.login == me.login), (&me.id, false));
    let logins: Vec<Login> = office.get("logins").await.expect("a list");
    assert_eq!(logins.iter().filter(|login| login.here).map(|login| &login.id).collect::<Vec<_>>(), [&me.login]);
    assert!(logins.len() == 2 && logins.iter().all(|login| login.way == LoginWay::Passphrase));

    let gone = office.raw("DELETE", &format!("logins/{}", there.login), "").await;
    assert_eq!(gone.status, 204);
    assert_eq!(code(home.get::<Me>("me").await), Code::Signin);
    assert_eq!(code(office.send::<()>("DELETE", "logins/nowhere", &()).await), Code::NotFound);
    let gone = office.raw("POST", "sign-out", "").await;
    assert!(gone.status == 204 && office.cookies.is_empty(), "the cookie is gone: {gone:?}");
    assert_eq!(code(office.get::<Me>("me").await), Code::Signin);
}

#[tokio::test]
async fn the_cookie_is_for_nobody_else() {
    let server = TestServer::start().await;
    let invitation = server.invite(Role::Owner, &[]).await;
    let mut browser = Browser::new(&server);
    let body = json!({ "token": invitation, "name": "はるか", "passphrase": PASSPHRASE }).to_string();
    let response = browser.raw("POST", "invitation/passphrase", &body).await;
    let cookie = response.headers("set-cookie").next().expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"), "{cookie}");
    assert_eq!(response.headers("cache-control").collect::<Vec<_>>(), ["no-store"]);
    assert!(!response.body.contains(&browser.cookies[0].1));
}

#[tokio::test]
async fn an_invitation_works_once_and_not_for_ever() {
    let server = TestServer::start().await;
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    let invite = Invite { role: Role::Facilitator, rooms: vec!["house".into()], days: 2 };
    let invited: Invited = owner.post("invitations", &invite).await.expect("invited");
    assert!(invited.link.starts_with(&format!("{}/staff#invitation=", owner.origin)), "{}", invited.link);
    let first = token(&invited.link);
    let mut yuki = Browser::new(&server);
    let me = yuki.accept(&first, "ゆき").await.expect("accepted");
    assert_eq!((me.role, me.rooms), (Role::Facilitator, vec!["house".to_owned()]));
    assert_eq!(code(Browser::new(&server).accept(&first, "ゆきこ").await), Code::CodeUnknown);

    let invited: Invited = owner.post("invitations", &invite).await.expect("invited");
    let second = token(&invited.link);
    assert_eq!(code(Browser::new(&server).accept(&second, "ユキ").await), Code::NameTaken);
    assert_eq!(code(Browser::new(&server).accept(&second, "").await), Code::NicknameEmpty);
    let weak = AcceptWithPassphrase { token: second.clone(), name: "そら".into(), passphrase: "password1234".into() };
    assert_eq!(code(Browser::new(&server).post::<Me>("invitation/passphrase", &weak).await), Code::Weak);
    server.advance(2 * DAY);
    assert_eq!(code(Browser::new(&server).accept(&second, "そら").await), Code::CodeUnknown);
    let shown = Browser::new(&server).post::<Invitation>("invitation/show", &InvitationToken { token: second }).await;
    assert_eq!(code(shown), Code::CodeUnknown);

    for days in [0, 15] {
        let odd = Invite { role: Role::Owner, rooms: vec![], days };
        let mut owner = Browser::new(&server);
        owner.post::<Me>("sign-in/passphrase", &sign_in("はるか", PASSPHRASE)).await.expect("signed in");
        assert_eq!(code(owner.post::<Invited>("invitations", &odd).await), Code::ValueOutOfRange);
    }
}

#[tokio::test]
async fn two_who_accept_at_the_same_moment_are_one() {
    let server = TestServer::start().await;
    let invitation = server.invite(Role::Moderator, &[]).await;
    let (mut one, mut two) = (Browser::new(&server), Browser::new(&server));
    let (one, two) = tokio::join!(one.accept(&invitation, "いち"), two.accept(&invitation, "に"));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert_eq!(code(if one.is_ok() { two } else { one }), Code::CodeUnknown);
}

#[tokio::test]
async fn a_login_ends_after_half_a_day_of_rest_and_after_two_weeks() {
    let server = TestServer::start().await;
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    for _ in 0..27 {
        server.advance(DAY / 2 - 1);
        owner.get::<Me>("me").await.expect("it is used");
    }
    server.advance(DAY / 2 - 1);
    owner.get::<Me>("me").await.expect("almost two weeks");
    server.advance(28);
    assert_eq!(code(owner.get::<Me>("me").await), Code::Signin);
    owner.post::<Me>("sign-in/passphrase", &sign_in("はるか", PASSPHRASE)).await.expect("again");
    server.advance(DAY / 2);
    assert_eq!(code(owner.get::<Me>("me").await), Code::Signin);
}

#[tokio::test]
async fn another_page_cannot_ask_in_somebodys_name() {
    let server = TestServer::start().await;
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    let own = owner.origin.clone();
    for origin in ["https://evil.example", "null", "http://localhost:1"] {
        owner.origin = origin.replace("null", "x://null");
        let body = json!({ "role": "owner", "days": 1 }).to_string();
        assert_eq!(owner.raw("POST", "invitations", &body).await.status, 403, "{origin}");
        assert_eq!(owner.raw("POST", "sign-out", "").await.status, 403, "{origin}");
    }
    owner.origin = own;
    assert!(owner.get::<Vec<OpenInvitation>>("invitations").await.expect("still signed in").is_empty());
    // A form can send text without asking; it is not taken for JSON.
    let cookie = format!("ibasho_staff={}", owner.cookies[0].1);
    let headers = [("Origin", owner.origin.as_str()), ("Cookie", &cookie), ("Content-Type", "text/plain")];
    let body = json!({ "role": "owner", "days": 1 }).to_string();
    let answer = ibasho_tests::http::ask(server.addr(), "POST", "/api/v1/staff/invitations", &headers, &body).await;
    assert_eq!(answer.status, 400);
    let big = json!({ "token": "x".repeat(17_000) }).to_string();
    assert_eq!(owner.raw("POST", "invitation/show", &big).await.status, 413);
}

#[tokio::test]
async fn there_is_always_an_owner() {
    let server = TestServer::start().await;
    let mut haruka = server.staff("はるか", Role::Owner, &[]).await;
    let me: Me = haruka.get("me").await.expect("me");
    let own = format!("people/{}", me.id);
    let demoted = ChangeColleague { role: Role::Facilitator, rooms: vec![] };
    assert_eq!(code(haruka.send::<Colleague>("PUT", &own, &demoted).await), Code::InUse);
    assert_eq!(code(haruka.send::<()>("DELETE", &own, &()).await), Code::InUse);
    let mut yuki = server.staff("ゆき", Role::Owner, &[]).await;
    haruka.send::<Colleague>("PUT", &own, &demoted).await.expect("there is another");
    assert_eq!(code(haruka.get::<Vec<Colleague>>("people").await), Code::NotAllowed);
    let people: Vec<Colleague> = yuki.get("people").await.expect("a list");
    let told: Vec<_> = people.iter().map(|one| (one.name.as_str(), one.role)).collect();
    assert_eq!(told, [("はるか", Role::Facilitator), ("ゆき", Role::Owner)]);
    assert_eq!(people[0].seen.map(|seen| seen % DAY), Some(0), "to the day");
    yuki.send::<Value>("DELETE", &own, &()).await.expect("removed");
    assert_eq!(code(haruka.get::<Me>("me").await), Code::Signin);
    assert_eq!(code(yuki.send::<Value>("DELETE", &own, &()).await), Code::NotFound);
    assert_eq!(code(haruka.post::<Me>("sign-in/passphrase", &sign_in("はるか", PASSPHRASE)).await), Code::SigninFailed);
}

#[tokio::test]
async fn who_leads_a_room_invites_peers_into_it_and_nobody_else() {
    let server = TestServer::start().await;
    let mut lead = server.staff("ゆき", Role::Facilitator, &["house"]).await;
    let mut ask = async |role, rooms: &[&str]| {
        let rooms = rooms.iter().map(|&room| room.to_owned()).collect();
        lead.post::<Invited>("invitations", &Invite { role, rooms, days: 1 }).await.map_err(|refusal| refusal.code)
    };
    ask(Role::PeerStaff, &["house"]).await.expect("their own room");
    for (role, rooms, refused) in [
        (Role::PeerStaff, &["closet"][..], Code::NotAllowed),
        (Role::PeerStaff, &["house", "closet"], Code::NotAllowed),
        (Role::PeerStaff, &[], Code::NotAllowed),
        (Role::PeerStaff, &["nowhere"], Code::RoomUnknown),
        (Role::Facilitator, &["house"], Code::NotAllowed),
        (Role::Owner, &[], Code::NotAllowed),
        (Role::Owner, &["house"], Code::ValueOutOfRange),
        (Role::Participant, &[], Code::ValueOutOfRange),
        (Role::Observer, &[], Code::ValueOutOfRange),
    ] {
        assert_eq!(ask(role, rooms).await.expect_err("refused"), refused, "{role:?} {rooms:?}");
    }
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    owner.post::<Invited>("invitations", &Invite { role: Role::Owner, rooms: vec![], days: 1 }).await.expect("any");
    let all: Vec<OpenInvitation> = owner.get("invitations").await.expect("a list");
    let own: Vec<OpenInvitation> = lead.get("invitations").await.expect("a list");
    assert_eq!((all.len(), own.len()), (2, 1), "others see only their own");
    let theirs = all.iter().find(|open| open.role == Role::Owner).expect("it is open");
    let path = format!("invitations/{}", theirs.id);
    assert_eq!(code(lead.send::<Value>("DELETE", &path, &()).await), Code::NotFound);
    owner.send::<Value>("DELETE", &path, &()).await.expect("taken back");
    assert_eq!(owner.get::<Vec<OpenInvitation>>("invitations").await.expect("a list"), own);
}

#[tokio::test]
async fn a_new_passphrase_ends_the_other_logins() {
    let server = TestServer::start().await;
    let mut office = server.staff("はるか", Role::Owner, &[]).await;
    let mut home = Browser::new(&server);
    home.post::<Me>("sign-in/passphrase", &sign_in("はるか", PASSPHRASE)).await.expect("signed in");
    let newer = "やまの おおきな くまが わらう";
    let change = |current: &str, passphrase: &str| ChangePassphrase {
        current: Some(current.into()),
        passphrase: passphrase.into(),
    };
    assert_eq!(code(home.send::<Value>("PUT", "passphrase", &change("ちがう", newer)).await), Code::SigninFailed);
    assert_eq!(code(home.send::<Value>("PUT", "passphrase", &change(PASSPHRASE, "みじかい")).await), Code::Weak);
    home.send::<Value>("PUT", "passphrase", &change(PASSPHRASE, newer)).await.expect("changed");
    home.get::<Me>("me").await.expect("still signed in");
    assert_eq!(code(office.get::<Me>("me").await), Code::Signin);
    assert_eq!(code(office.post::<Me>("sign-in/passphrase", &sign_in("はるか", PASSPHRASE)).await), Code::SigninFailed);
    office.post::<Me>("sign-in/passphrase", &sign_in("はるか", newer)).await.expect("signed in");
}
