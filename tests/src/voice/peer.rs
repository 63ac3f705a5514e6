//! A WebRTC connection to the server, driven by a task of its own.

use std::time::{Duration, Instant};

use ibasho_protocol::ids::PersonId;
use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::format::{Codec, PayloadParams};
use str0m::media::{Direction, MediaKind, Mid, Pt};
use str0m::net::Receive;
use str0m::rtp::{ExtensionValues, RtpPacket, RtpWrite, Ssrc};
use str0m::{Event, IceConnectionState, Input, Output, Rtc, RtcError};
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep_until, timeout};

use super::heard::{Heard, Packet};
use super::road::Road;
use super::stamp::{Stamp, clock};
use crate::client::PATIENCE;

/// Opus packets leave at this pace.
pub const PACE: Duration = Duration::from_millis(20);
/// RTP clock ticks between two packets: 20 ms at 48 kHz.
const TICKS: u32 = 960;
/// The stream that nobody offers.
const STRAY: u32 = 0x5712_a4ed;
/// How loud people talk, in decibels below the loudest there is (RFC 6464).
pub const LOUD: i8 = -20;

/// An offer that waits for its answer.
pub struct Dial {
    /// Boxed: it is large.
    rtc: Box<Rtc>,
    pending: SdpPendingOffer,
    sender: Mid,
    /// The offer: one section that sends, then those that receive, and no candidate.
    pub sdp: String,
}

impl Dial {
    /// An offer with so many sections that receive.
    pub fn new(slots: usize) -> Self {
        let builder = Rtc::builder().set_rtp_mode(true).clear_codecs().enable_opus(true, false);
        let mut rtc = Box::new(builder.build(Instant::now()));
        let mut api = rtc.sdp_api();
        let sender = api.add_media(MediaKind::Audio, Direction::SendOnly, None, None, None);
        for _ in 0..slots {
            api.add_media(MediaKind::Audio, Direction::RecvOnly, None, None, None);
        }
        let (offer, pending) = api.apply().expect("there is something to offer");
        Self { rtc, pending, sender, sdp: without_candidates(&offer) }
    }

    /// Takes the answer and connects in the background. `who` stands in every packet that is sent.
    pub fn connect(self, answer: &str, road: Road, who: PersonId) -> Peer {
        let Self { mut rtc, pending, sender, .. } = self;
        rtc.add_local_candidate(road.candidate()).expect("a candidate of its own");
        let answer = SdpAnswer::from_sdp_string(answer).expect("an answer");
        rtc.sdp_api().accept_answer(pending, answer).expect("an answer to this offer");
        let ssrc = rtc.direct_api().stream_tx_by_mid(sender, None).expect("it was offered").ssrc();
        let (orders, inbox) = mpsc::unbounded_channel();
        let (heard, ears) = watch::channel(Heard::default());
        let next = Instant::now();
        let side = Side { rtc, road, sender, who, talk: None, next, count: 0, skipped: 0, size: 0, heard };
        tokio::spawn(side.live(inbox));
        Peer { ssrc, orders, ears }
    }
}

fn without_candidates(offer: &SdpOffer) -> String {
    let sdp = offer.to_sdp_string();
    let kept = sdp.lines().filter(|line| !line.starts_with("a=candidate") && !line.starts_with("a=end-of-candidates"));
    kept.fold(String::new(), |sdp, line| sdp + line + "\r\n")
}

/// A connection. When it is dropped its packets stop without a word, as when a machine loses its power.
pub struct Peer {
    /// The stream it begins with.
    ssrc: Ssrc,
    orders: mpsc::UnboundedSender<Order>,
    ears: watch::Receiver<Heard>,
}

#[derive(Clone, Copy)]
enum Order {
    /// Talk so loud, or be silent: no packets at all, as with DTX and a microphone that is off.
    Talk(Option<i8>),
    /// Go on in another stream than until now, in which this stands in every packet.
    Stream(Ssrc, PersonId),
    /// Forget what was heard.
    Forget,
}

impl Peer {
    /// Talks from now on.
    pub fn talk(&self) {
        self.talk_at(LOUD);
    }

    /// Talks so loud from now on: 0 is the loudest, −127 silence.
    pub fn talk_at(&self, level: i8) {
        self.order(Order::Talk(Some(level)));
    }

    /// Sends nothing from now on.
    pub fn hush(&self) {
        self.order(Order::Talk(None));
    }

    /// Talks in a second stream from now on, as `who`. No answer was ever given to it.
    pub fn stray(&self, who: PersonId) {
        self.order(Order::Stream(STRAY.into(), who));
    }

    /// Talks in its first stream again, as `who`.
    pub fn return_as(&self, who: PersonId) {
        self.order(Order::Stream(self.ssrc, who));
    }

    /// Forgets what was heard.
    pub fn forget(&self) {
        self.order(Order::Forget);
    }

    /// What was heard until now.
    pub fn heard(&self) -> watch::Ref<'_, Heard> {
        self.ears.borrow()
    }

    /// Waits until something is true of what was heard.
    pub async fn until(&mut self, what: &str, predicate: impl FnMut(&Heard) -> bool) {
        let came = matches!(timeout(PATIENCE, self.ears.wait_for(predicate)).await, Ok(Ok(_)));
        if !came {
            let heard = self.ears.borrow();
            let voices = heard.voices_since(Duration::ZERO);
            let counts: Vec<_> = voices.iter().map(|&who| (who, heard.of(who))).collect();
            panic!("waited for {what}; up {}, ended {}, heard {counts:?}", heard.up, heard.ended);
        }
    }

    /// Waits for so many packets of somebody from now on.
    pub async fn hear(&mut self, who: PersonId, packets: usize) {
        let begun = clock();
        self.until(&format!("{packets} packets of {who:?}"), |heard| heard.since(who, begun) >= packets).await;
    }

    fn order(&self, order: Order) {
        // A connection that has ended hears no orders; the test sees that nothing arrives.
        let _ = self.orders.send(order);
    }
}

struct Side {
    rtc: Box<Rtc>,
    road: Road,
    sender: Mid,
    who: PersonId,
    talk: Option<i8>,
    /// When the next packet is due.
    next: Instant,
    count: u32,
    /// Packets that would have been sent in the silences: time goes on, sequence numbers do not.
    skipped: u32,
    /// Bytes of the datagram that came last.
    size: usize,
    heard: watch::Sender<Heard>,
}

impl Side {
    async fn live(mut self, mut inbox: mpsc::UnboundedReceiver<Order>) {
        // An error of the connection is its end, as in a browser.
        let _ = self.run(&mut inbox).await;
        self.heard.send_modify(|heard| heard.ended = true);
    }

    async fn run(&mut self, inbox: &mut mpsc::UnboundedReceiver<Order>) -> Result<(), RtcError> {
        loop {
            let timeout = self.drain().await?;
            if !self.rtc.is_alive() {
                return Ok(());
            }
            let talks = self.talk.is_some() && self.heard.borrow().up;
            let due = if talks { timeout.min(self.next) } else { timeout };
            tokio::select! {
                order = inbox.recv() => match order {
                    Some(order) => self.obey(order),
                    None => return Ok(()),
                },
                packet = self.road.receive() => {
                    let Ok((packet, from)) = packet else { return Ok(()) };
                    self.size = packet.len();
                    // What is no packet of these protocols is nothing to a client.
                    if let Ok(receive) = Receive::new(self.road.protocol(), from, self.road.local, &packet) {
                        self.rtc.handle_input(Input::Receive(Instant::now(), receive))?;
                    }
                }
                () = sleep_until(due.into()) => {
                    let now = Instant::now();
                    if talks && now >= self.next {
                        self.say(now);
                    } else {
                        self.rtc.handle_input(Input::Timeout(now))?;
                    }
                }
            }
        }
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Talk(level) => {
                let now = Instant::now();
                if self.talk.is_none() && level.is_some() && now > self.next {
                    let silence = now.duration_since(self.next);
                    self.skipped += (silence.as_millis() / PACE.as_millis()) as u32;
                    self.next = now;
                }
                self.talk = level;
            }
            Order::Stream(ssrc, who) => {
                self.who = who;
                // `None` stands for the stream it has already.
                let _ = self.rtc.direct_api().reset_stream_tx(self.sender, None, ssrc, None);
            }
            Order::Forget => self.heard.send_modify(|heard| heard.packets.clear()),
        }
    }

    fn opus(&self) -> Option<Pt> {
        self.rtc.codec_config().find(|params| params.spec().codec == Codec::Opus).map(PayloadParams::pt)
    }

    fn say(&mut self, now: Instant) {
        let Some(pt) = self.opus() else { return };
        let ext = ExtensionValues { audio_level: self.talk, voice_activity: Some(true), ..Default::default() };
        let stamp = Stamp { who: self.who, count: self.count, sent: clock() };
        let time = (self.count + self.skipped).wrapping_mul(TICKS);
        if let Some(stream) = self.rtc.direct_api().stream_tx_by_mid(self.sender, None) {
            stream.write_rtp(RtpWrite::new(pt, u64::from(self.count).into(), time, now, stamp.write()).ext_vals(ext));
        }
        self.count += 1;
        self.next += PACE;
    }

    /// Does everything that is to be done now, and says when to look again.
    async fn drain(&mut self) -> Result<Instant, RtcError> {
        loop {
            match self.rtc.poll_output()? {
                Output::Timeout(at) => return Ok(at),
                Output::Transmit(sent) => self.road.send(&sent.contents, sent.destination).await,
                Output::Event(Event::Connected) => self.heard.send_modify(|heard| heard.up = true),
                Output::Event(Event::IceConnectionStateChange(IceConnectionState::Disconnected)) => {
                    self.rtc.disconnect();
                }
                Output::Event(Event::RtpPacket(packet)) => self.hear(&packet),
                Output::Event(_) => {}
            }
        }
    }

    fn hear(&mut self, packet: &RtpPacket) {
        let at = clock();
        let (ssrc, seq, time) = (packet.header.ssrc, packet.header.sequence_number, packet.header.timestamp);
        let Some(mid) = self.rtc.direct_api().stream_rx(&ssrc).map(|stream| stream.mid()) else { return };
        let Some(stamp) = Stamp::read(&packet.payload) else {
            return self.heard.send_modify(|heard| heard.sounds += 1);
        };
        let packet = Packet { mid, stamp, seq, time, ssrc: *ssrc, size: self.size, at };
        self.heard.send_modify(|heard| heard.packets.push(packet));
    }
}
