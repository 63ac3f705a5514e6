//! Carries out a plan.

use std::collections::BTreeMap;

use ibasho_protocol::client::{ClientMessage, Target};
use ibasho_protocol::ids::{Nonce, Seq};
use ibasho_protocol::person::Reaction;
use ibasho_protocol::server::Event;

use super::model;
use super::plan::{Act, PEOPLE, Plan};
use crate::client::TestClient;
use crate::mirror::Mirror;
use crate::network::BadNetwork;
use crate::server::TestServer;

/// Somebody of a plan, with what they wrote.
struct Actor {
    client: TestClient,
    online: bool,
    /// Nonce and text of all they wrote, until the answer tells what became of it.
    wrote: BTreeMap<Nonce, String>,
    takes_back: BTreeMap<Nonce, Seq>,
}

/// The stay of a person, when it is over: what they knew, and what they did.
pub struct Stay {
    /// What they knew.
    pub mirror: Mirror,
    /// Nonces and texts of all they wrote.
    pub wrote: BTreeMap<Nonce, String>,
    /// Nonces and ids of all they took back.
    pub takes_back: BTreeMap<Nonce, Seq>,
    /// They were there until the end, and everything has reached them.
    pub to_the_end: bool,
}

/// Carries out a plan, and checks what everybody saw against the model.
pub async fn run(plan: &Plan) {
    let server = TestServer::start().await;
    // Stands in the hall all the time and sees everything that is public.
    let mut witness = server.enter("みはり").await;
    let mut networks = Vec::new();
    for who in 0..PEOPLE {
        networks.push(BadNetwork::to(server.addr(), plan.seed + who as u64).await);
    }
    let mut actors: Vec<Option<Actor>> = (0..PEOPLE).map(|_| None).collect();
    let mut stays = Vec::new();
    let mut count = 0;
    for round in &plan.rounds {
        for &(who, act) in &round.acts {
            count += 1;
            begin(&server, &networks[who], &mut actors[who], act, count, &mut stays).await;
        }
        // Everybody whose line is whole gets their answers before time goes on.
        for actor in actors.iter_mut().flatten().filter(|actor| actor.online) {
            actor.finish().await;
        }
        witness.settle().await;
        // By now what they sent has arrived, and they have read nothing.
        for &(who, act) in &round.acts {
            if matches!(act, Act::SayThenCut | Act::WalkThenCut(_)) {
                networks[who].cut();
            }
        }
        server.advance(round.pass);
    }
    for (who, actor) in actors.iter_mut().enumerate() {
        let Some(actor) = actor else { continue };
        if !actor.online {
            actor.client.resume_by(networks[who].addr(), server.addr()).await;
        }
        actor.finish().await;
    }
    // One nod that everybody sees: what was to be heard before it has been.
    server.advance(5_000);
    let nod = Event::Reacts { who: witness.me(), kind: Reaction::Nod };
    witness.done(|n| ClientMessage::React { n, kind: Reaction::Nod }).await;
    for actor in actors.iter_mut().flatten() {
        actor.client.until("the last nod", |mirror| mirror.events.contains(&nod)).await;
        assert_eq!(actor.client.mirror.people, witness.mirror.people, "everybody sees the same room");
    }
    stays.extend(actors.into_iter().flatten().map(|actor| actor.stay(true)));
    model::check(&witness.mirror, &stays);
}

async fn begin(
    server: &TestServer,
    network: &BadNetwork,
    slot: &mut Option<Actor>,
    act: Act,
    count: usize,
    stays: &mut Vec<Stay>,
) {
    let Some(actor) = slot else {
        if act == Act::Join {
            let mut client = TestClient::connect_by(network.addr(), server.addr()).await;
            client.hello(&format!("ひと{count}")).await;
            client.inside().await;
            *slot = Some(Actor { client, online: true, wrote: BTreeMap::new(), takes_back: BTreeMap::new() });
        }
        return;
    };
    match act {
        Act::Resume if !actor.online => {
            actor.client.resume_by(network.addr(), server.addr()).await;
            actor.online = true;
        }
        _ if !actor.online => {}
        Act::Walk(to) => actor.walk(to).await,
        Act::Say => actor.say(server, count).await,
        Act::SayAndCut => {
            actor.say(server, count).await;
            actor.cut(network);
        }
        Act::SayThenCut => {
            actor.say(server, count).await;
            actor.online = false;
        }
        Act::WalkThenCut(to) => {
            actor.walk(to).await;
            actor.online = false;
        }
        Act::WalkAndCut(to) => {
            actor.walk(to).await;
            actor.cut(network);
        }
        Act::TakeBack => {
            let me = actor.client.me();
            if let Some(id) = actor.client.mirror.said.iter().rfind(|said| said.who == me).map(|said| said.id) {
                let n = actor.client.command(|n| ClientMessage::TakeBack { n, id }).await;
                actor.takes_back.insert(n, id);
            }
        }
        Act::Cut => actor.cut(network),
        Act::TakeOver => actor.client.resume_by(network.addr(), server.addr()).await,
        Act::Leave => {
            actor.client.send(&ClientMessage::Leave {}).await;
            assert_eq!(actor.client.until_closed().await, Some(1000));
            stays.extend(slot.take().map(|actor| actor.stay(false)));
        }
        Act::Join | Act::Resume => {}
    }
}

impl Actor {
    async fn walk(&mut self, to: Target) {
        self.client.command(|n| ClientMessage::Walk { n, to }).await;
    }

    async fn say(&mut self, server: &TestServer, count: usize) {
        let me = self.client.me();
        let to = self.client.mirror.zone_of(me, server.now()).unwrap_or(0);
        let text = format!("ことば{count}");
        let written = text.clone();
        let n = self.client.command(|n| ClientMessage::Say { n, to, text }).await;
        self.wrote.insert(n, written);
    }

    fn cut(&mut self, network: &BadNetwork) {
        network.cut();
        self.online = false;
    }

    /// Waits for the answers to all commands.
    async fn finish(&mut self) {
        self.client.beat().await;
        let last = self.client.mirror.next_n;
        self.client.until("all answers", |mirror| (1..last).all(|n| mirror.answer(n).is_some())).await;
    }

    fn stay(self, to_the_end: bool) -> Stay {
        Stay { mirror: self.client.mirror, wrote: self.wrote, takes_back: self.takes_back, to_the_end }
    }
}
