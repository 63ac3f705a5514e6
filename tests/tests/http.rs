//! What a client asks for before it connects, and what an operator asks for.

use ibasho_protocol::plan::{Place, RoomPlan, ZoneKind};
use ibasho_tests::http::get;
use ibasho_tests::server::TestServer;

#[tokio::test]
async fn the_place_tells_its_rooms_and_how_many_are_inside() {
    let server = TestServer::start().await;
    let nagi = server.enter("なぎ").await;
    let (status, body) = get(server.addr(), "/api/v1/place").await;
    assert_eq!(status, 200);
    let place: Place = serde_json::from_str(&body).expect("a place");
    let rooms: Vec<_> =
        place.rooms.iter().map(|room| (room.id.as_str(), room.inside, room.capacity, room.open)).collect();
    assert_eq!(rooms, [("closet", 0, 2, true), ("house", 1, 30, true), ("shut", 0, 5, false)]);
    assert!(!place.rules.is_empty() && !place.help.is_empty());
    drop(nagi);
}

#[tokio::test]
async fn a_room_tells_its_plan() {
    let server = TestServer::start().await;
    let (status, body) = get(server.addr(), "/api/v1/rooms/house").await;
    assert_eq!(status, 200);
    let plan: RoomPlan = serde_json::from_str(&body).expect("a plan");
    let kinds: Vec<_> = plan.zones.iter().map(|zone| (zone.kind, zone.hears.clone())).collect();
    assert_eq!(
        kinds,
        [
            (ZoneKind::Hall, vec![0]),
            (ZoneKind::Table, vec![1]),
            (ZoneKind::Table, vec![2]),
            (ZoneKind::Rest, vec![]),
            (ZoneKind::Edge, vec![0]),
        ]
    );
    assert_eq!((plan.grid.len(), plan.grid[0].len(), plan.seats.len()), (12, 20, 8));
    for path in ["/api/v1/rooms/nowhere", "/api/v1/rooms/..%2f..%2fhouse", "/api/v1/rooms/"] {
        let (status, body) = get(server.addr(), path).await;
        assert!(status == 404 || serde_json::from_str::<RoomPlan>(&body).is_err(), "{path}: {status}");
    }
}

#[tokio::test]
async fn an_operator_sees_health_here_and_numbers_elsewhere() {
    let server = TestServer::start().await;
    assert_eq!(get(server.addr(), "/healthz").await.0, 200);
    assert_eq!(get(server.addr(), "/readyz").await.0, 200);
    let (status, numbers) = get(server.admin(), "/metrics").await;
    assert!(status == 200 && numbers.contains("ibasho_lines"));
    let (_, here) = get(server.addr(), "/metrics").await;
    assert!(!here.contains("ibasho_lines"), "people do not see the numbers");
}
