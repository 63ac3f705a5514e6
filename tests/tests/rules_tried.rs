//! `ibasho rules`: what an operator sees of rules before they are in force.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use ibasho_tests::program::binary;
use serde_json::Value;
use tempfile::TempDir;

fn rules(home: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(binary().expect("the program is built"));
    command.arg("rules").args(args).current_dir(home).output().expect("it starts")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_file_of_messages_is_judged_line_by_line() {
    let home = TempDir::new().expect("a folder");
    let messages = concat!(
        "{\"id\":\"a\",\"texts\":[\"こんにちは\"]}\n\n",
        "{\"id\":\"b\",\"texts\":[\"でんわは ０９０\",\"1234-5678\"],\"expect\":\"hold\"}\n",
    );
    fs::write(home.path().join("in.jsonl"), messages).expect("written");
    let output = rules(home.path(), &["try", "--input", "in.jsonl"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tried = lines(&output);
    assert_eq!((tried[0]["id"].as_str(), tried[0]["verdict"].as_str()), (Some("a"), Some("allow")));
    assert_eq!(tried[0]["rule"], Value::Null);
    assert_eq!((tried[1]["id"].as_str(), tried[1]["verdict"].as_str()), (Some("b"), Some("hold")));
    let found = &tried[1]["findings"][0];
    assert_eq!(
        (&found["reason"], &found["mode"], &found["view"]),
        (&"personal_data".into(), &"enforce".into(), &"digits".into())
    );
    assert_eq!((&found["message"], &found["span"]), (&1.into(), &serde_json::json!([0, 9])));
    assert_eq!(found["matched"], "０９０\n1234-5678");
    assert_eq!(
        tried[1]["views"],
        serde_json::json!({"folded": "1234-5678", "joined": "12345678", "digits": "1234-5678"})
    );
}

#[test]
fn lines_that_are_no_messages_are_named_without_their_words() {
    let home = TempDir::new().expect("a folder");
    fs::write(home.path().join("in.jsonl"), "{\"id\":\"a\",\"texts\":[\"ひみつ\"]}\nひみつ\n{\"id\":\"ひみつ\"}\n")
        .expect("written");
    let output = rules(home.path(), &["try", "--input", "in.jsonl"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), lines(&output).len()), (Some(1), 1), "{said}");
    assert!(said.contains("line 2:") && said.contains("line 3:") && said.contains("2 lines"), "{said}");
    assert!(!said.contains("ひみつ"), "{said}");
}

#[test]
fn faults_of_rules_are_listed() {
    let home = TempDir::new().expect("a folder");
    let rule = |id: &str, verdict: &str| {
        serde_json::json!({"id": id, "version": 1, "scope": "site", "on": ["message"],
            "when": {"words": {"any": ["ばか"], "view": "joined"}}, "then": {"verdict": verdict}, "reason": "insult",
            "mode": "dry_run", "note": ""})
    };
    let write = |rules: &[Value]| {
        let set = serde_json::json!({"format": 1, "rules": rules});
        fs::write(home.path().join("own.json"), set.to_string()).expect("written");
    };
    write(&[rule("a", "hold")]);
    let output = rules(home.path(), &["check", "own.json"]);
    assert!(output.status.success() && String::from_utf8_lossy(&output.stdout).contains("1 rules"));
    write(&[rule("a", "hold"), rule("a", "allow")]);
    fs::write(home.path().join("in.jsonl"), "").expect("written");
    for args in [&["check", "own.json"][..], &["try", "--rules", "own.json", "--input", "in.jsonl"]] {
        let output = rules(home.path(), args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1));
        assert!(said.contains("a: id: is there twice") && said.contains("a: then.verdict:"), "{said}");
    }
    fs::write(home.path().join("own.json"), "{\n\"format\": 1, \"rulse\": []}").expect("written");
    let output = rules(home.path(), &["check", "own.json"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 2"), "the place in the file");
}
