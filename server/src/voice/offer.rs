//! What an offer must look like, before anything is made of it: one section that sends, one to six that receive, nothing
//! else, and nobody's address (`PROTOCOL.md`, Voice 3).

use std::net::IpAddr;

use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::voice::{SDP_BYTES, SLOTS};

/// Longest `a=mid`, in characters: what a header extension of one byte can carry (RFC 8285, 4.2).
const MID: usize = 16;

/// The sections of an offer.
#[derive(Debug, PartialEq, Eq)]
pub struct Shape {
    /// The `a=mid` of the section that sends.
    pub voice: String,
    /// Those that receive, in their order.
    pub slots: Vec<String>,
}

/// Looks at an offer.
///
/// # Errors
/// `address_shown`, or `bad_offer` if anything else is wrong.
pub fn check(sdp: &str) -> Result<Shape, RefusalCode> {
    if sdp.len() > SDP_BYTES {
        return Err(RefusalCode::BadOffer);
    }
    if sdp.lines().any(shows_address) {
        return Err(RefusalCode::AddressShown);
    }
    let (head, sections) = split(sdp);
    let shape = read(&sections).ok_or(RefusalCode::BadOffer)?;
    let bundle = values(&head, "a=group:BUNDLE ").next().ok_or(RefusalCode::BadOffer)?;
    let bundled = |mid: &String| bundle.split(' ').any(|one| one == mid);
    if bundled(&shape.voice) && shape.slots.iter().all(bundled) { Ok(shape) } else { Err(RefusalCode::BadOffer) }
}

/// Whether there is an address in a line: a candidate, or a connection that is not "none yet" (`0.0.0.0`) or "here"
/// (`127.0.0.1`, what browsers write).
fn shows_address(line: &str) -> bool {
    let line = line.trim();
    if ["a=candidate", "a=end-of-candidates", "a=remote-candidates"].iter().any(|name| line.starts_with(name)) {
        return true;
    }
    // `c=`, `o=` and `a=rtcp:` all write it like this (RFC 8866, 5.7).
    let mut words = line.split([' ', '\t', '=']).filter(|word| !word.is_empty());
    if !words.any(|word| matches!(word, "IP4" | "IP6")) {
        return false;
    }
    let address = words.next().and_then(|address| address.parse::<IpAddr>().ok());
    !address.is_some_and(|address| address.is_unspecified() || address.is_loopback())
}

/// The lines before the first section, and those of each section.
fn split(sdp: &str) -> (Vec<&str>, Vec<Vec<&str>>) {
    let (mut head, mut sections) = (Vec::new(), Vec::<Vec<&str>>::new());
    for line in sdp.lines().map(str::trim_end) {
        if line.starts_with("m=") {
            sections.push(Vec::new());
        }
        sections.last_mut().unwrap_or(&mut head).push(line);
    }
    (head, sections)
}

fn read(sections: &[Vec<&str>]) -> Option<Shape> {
    let (voice, slots) = sections.split_first()?;
    if !(1..=SLOTS).contains(&slots.len()) || !sections.iter().all(|section| is_opus(section)) {
        return None;
    }
    if !voice.contains(&"a=sendonly") || !slots.iter().all(|section| section.contains(&"a=recvonly")) {
        return None;
    }
    let shape = Shape { voice: mid(voice)?, slots: slots.iter().map(|section| mid(section)).collect::<Option<_>>()? };
    let mut all: Vec<&String> = shape.slots.iter().chain([&shape.voice]).collect();
    all.sort();
    all.windows(2).all(|pair| pair[0] != pair[1]).then_some(shape)
}

fn is_opus(section: &[&str]) -> bool {
    let opus = |map: &str| map.split_once(' ').is_some_and(|(_, codec)| codec.eq_ignore_ascii_case("opus/48000/2"));
    section.first().is_some_and(|line| line.starts_with("m=audio "))
        && section.contains(&"a=rtcp-mux")
        && values(section, "a=rtpmap:").any(opus)
}

fn mid(section: &[&str]) -> Option<String> {
    let mid = values(section, "a=mid:").next()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    ((1..=MID).contains(&mid.len()) && mid.bytes().all(plain)).then(|| mid.to_owned())
}

fn values<'a>(lines: &'a [&str], key: &'a str) -> impl Iterator<Item = &'a str> {
    lines.iter().filter_map(move |line| line.strip_prefix(key))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn offer(receive: usize) -> String {
        let mids = (0..=receive).map(|mid| mid.to_string()).collect::<Vec<_>>().join(" ");
        let head = format!("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {mids}\r\n");
        let section = |mid: usize| {
            let way = if mid == 0 { "sendonly" } else { "recvonly" };
            format!(
                "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=mid:{mid}\r\na={way}\r\n\
                 a=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n"
            )
        };
        head + &(0..=receive).map(section).collect::<String>()
    }

    #[test]
    fn one_that_sends_and_one_to_six_that_receive() {
        for receive in 1..=6 {
            let shape = check(&offer(receive)).expect("right");
            assert_eq!((shape.voice.as_str(), shape.slots.len()), ("0", receive));
        }
        let right = offer(2);
        for (from, to) in [
            ("a=sendonly", "a=sendrecv"),
            ("a=sendonly", "a=recvonly"),
            ("a=recvonly", "a=sendonly"),
            ("m=audio 9 UDP", "m=video 9 UDP"),
            ("a=rtcp-mux\r\n", ""),
            ("opus/48000/2", "PCMU/8000"),
            ("a=mid:1", "a=mid:0"),
            ("a=mid:1", "a=mid:a name that is too long"),
            ("a=group:BUNDLE 0 1 2", "a=group:BUNDLE 0 1"),
            ("a=group:BUNDLE 0 1 2\r\n", ""),
        ] {
            assert!(right.contains(from), "{from}");
            assert_eq!(check(&right.replacen(from, to, 1)), Err(RefusalCode::BadOffer), "{from} → {to}");
        }
        for wrong in ["", "v=0", &offer(0), &offer(7), &"a".repeat(SDP_BYTES + 1)] {
            assert_eq!(check(wrong), Err(RefusalCode::BadOffer));
        }
    }

    #[test]
    fn an_address_is_refused_wherever_it_stands() {
        for line in [
            "a=candidate:1 1 udp 2113937151 192.0.2.7 54321 typ host",
            "a=candidate:1 1 udp 2113937151 6f1b.local 54321 typ host",
            "a=end-of-candidates",
            "c=IN IP4 192.0.2.7",
            "c=IN IP6 2001:db8::7",
            "c=IN IP4 host.example.jp",
            "c=IN IP4",
            " a=rtcp:9 IN IP4 192.0.2.7",
        ] {
            let shown = offer(1) + line + "\r\n";
            assert_eq!(check(&shown), Err(RefusalCode::AddressShown), "{line}");
        }
        assert_eq!(check(&offer(1).replace("127.0.0.1", "192.0.2.7")), Err(RefusalCode::AddressShown));
        assert!(check(&offer(1).replace("IP4 127.0.0.1", "IP6 ::1")).is_ok());
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "[ -~\r\n]{0,400}", at in 0usize..900, lines in prop::collection::vec("(a=mid:|m=audio |c=IN |a=rtpmap:)[ -~]{0,20}", 0..6)) {
            let mut sdp = offer(2);
            sdp.insert_str(at.min(sdp.len()), &text);
            let _ = check(&(sdp + &lines.join("\r\n")));
        }
    }
}
