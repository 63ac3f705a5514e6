//! A planted nickname, planted words and a real token are looked for in everything the program writes about itself.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use ibasho_protocol::client::ClientMessage;
use ibasho_tests::client::TestClient;
use ibasho_tests::program::binary;
use ibasho_tests::server::scenes;
use tempfile::TempDir;

const NICK: &str = "しおかぜ39";
const WORDS: &str = "ひみつの みなと 7261";

#[tokio::test]
async fn nothing_about_people_is_in_logs_or_metrics() {
    let home = TempDir::new().expect("a folder");
    let log = home.path().join("log");
    let mut child = Command::new(binary().expect("built"))
        .args(["serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--log-format", "json", "--data"])
        .arg(home.path().join("data"))
        .arg("--rooms")
        .arg(scenes())
        // As much as anybody could switch on.
        .env("IBASHO_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(File::create(&log).expect("a file"))
        .spawn()
        .expect("it starts");
    let mut output = BufReader::new(child.stdout.take().expect("piped"));
    let mut address = |marker: &str| {
        let mut line = String::new();
        output.read_line(&mut line).expect("a line");
        line.split(marker).nth(1).expect("an address").trim().trim_end_matches("/metrics").to_owned()
    };
    let addr = address("http://").parse().expect("an address");
    let admin = address("http://");

    let mut nagi = TestClient::enter(addr, NICK).await;
    let mut yuzu = TestClient::enter(addr, "ゆず").await;
    let n = nagi.ask(|n| ClientMessage::Say { n, to: 0, text: WORDS.into() }).await;
    yuzu.until("the words", |mirror| mirror.said.iter().any(|said| said.text == WORDS)).await;
    let token = nagi.mirror.token.clone();
    assert!(token.len() >= 32, "{n:?}");
    nagi.send_bytes(WORDS.as_bytes().to_vec()).await;
    nagi.resume(addr).await;
    let newer = nagi.mirror.token.clone();
    assert_ne!(token, newer);
    nagi.send(&ClientMessage::Leave {}).await;
    assert_eq!(nagi.until_closed().await, Some(1000));

    let mut metrics = String::new();
    let mut stream = TcpStream::connect(&admin).expect("the admin listener");
    stream.write_all(b"GET /metrics HTTP/1.0\r\n\r\n").expect("sent");
    stream.read_to_string(&mut metrics).expect("read");
    assert!(metrics.contains("ibasho_lines"), "{metrics}");
    child.kill().expect("it runs");
    child.wait().expect("it ran");

    let log = std::fs::read_to_string(&log).expect("the log");
    assert!(log.contains("\"level\":\"TRACE\""), "the log is as fine as it gets: {log}");
    for secret in [NICK, WORDS, &token, &newer, "127.0.0.1"] {
        assert!(!log.contains(secret), "{secret} is in the log");
        assert!(!metrics.contains(secret), "{secret} is in the metrics");
    }
    let escaped = format!("{:?}", WORDS.as_bytes());
    assert!(!log.contains(escaped.trim_matches(['[', ']'])), "the words are in the log as numbers");
}
