//! Programme templates: `server/programmes/*.toml`, and the operator's own beside the store. Staff begin with one and
//! change it as they like. Read once at start; a faulty file stops it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ibasho_protocol::api::calendar::Template;
use ibasho_protocol::plan::Text;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::Phase;
use rust_embed::RustEmbed;
use serde::Deserialize;
use toml::Spanned;

use super::check;
use crate::plan::{Fault, PlanError};

/// The folder for the operator's own templates, in the data folder.
pub const FOLDER: &str = "programmes";

/// The templates that come with the binary.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/programmes"]
struct Shipped;

/// A file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: Spanned<Text>,
    about: Spanned<Text>,
    takes_themes: bool,
    phases: Vec<Spanned<Phase>>,
}

/// The shipped templates and those in `own`, if that folder is there; one of the same name takes the place of the
/// shipped one. By the name of their file.
///
/// # Errors
/// The first faulty file.
pub fn load(own: &Path) -> Result<Vec<Template>, PlanError> {
    let mut templates = BTreeMap::new();
    for name in Shipped::iter() {
        let bytes = Shipped::get(&name).map(|file| file.data.into_owned()).unwrap_or_default();
        keep(&mut templates, Path::new(name.as_ref()), bytes)?;
    }
    for file in files(own).map_err(|error| Fault::new(error.to_string()).in_file(own, ""))? {
        let bytes = std::fs::read(&file).map_err(|error| Fault::new(error.to_string()).in_file(&file, ""))?;
        keep(&mut templates, &file, bytes)?;
    }
    Ok(templates.into_values().collect())
}

/// What is in a folder, in order; nothing if it is not there.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !folder.try_exists()? {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files = entries.collect::<std::io::Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// Other files than templates (a text that explains them) are passed over.
fn keep(templates: &mut BTreeMap<String, Template>, file: &Path, bytes: Vec<u8>) -> Result<(), PlanError> {
    if file.extension().is_none_or(|extension| extension != "toml") {
        return Ok(());
    }
    let id = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|_| Fault::new("cannot be read as text").in_file(file, ""))?;
    let template = read(id, &text).map_err(|fault| fault.in_file(file, &text))?;
    templates.insert(id.to_owned(), template);
    Ok(())
}

fn read(id: &str, text: &str) -> Result<Template, Fault> {
    let file: File = toml::from_str(text).map_err(|error| {
        let reason = error.message().to_owned();
        error.span().map_or_else(|| Fault::new(&reason), |span| Fault::at(span.start, &reason))
    })?;
    let phases = file.phases.into_iter().map(|phase| checked(phase, check::phase));
    let phases = phases.collect::<Result<Vec<_>, _>>()?;
    check::programme(&phases).map_err(|_| {
        let (most, hours) = (check::MOST_PHASES, check::SESSION_MINUTES / 60);
        Fault::new(format!("the phases must be at most {most}, and from one minute to {hours} hours long together"))
    })?;
    Ok(Template {
        id: id.to_owned(),
        name: checked(file.name, |name| check::text(&name, check::NAME_GRAPHEMES))?,
        about: checked(file.about, |about| check::text(&about, check::ABOUT_GRAPHEMES))?,
        takes_themes: file.takes_themes,
        phases,
    })
}

/// Checks a part, and says where it stands and why it cannot be used.
fn checked<T>(part: Spanned<T>, check: impl FnOnce(T) -> Result<T, RefusalCode>) -> Result<T, Fault> {
    let at = part.span().start;
    check(part.into_inner()).map_err(|code| Fault::at(at, reason(code)))
}

fn reason(code: RefusalCode) -> String {
    match code {
        RefusalCode::TextEmpty => "a text has no Japanese".to_owned(),
        RefusalCode::TextTooLong => format!(
            "a text is too long: a name has at most {} characters, a phase's sentence {}, a template's {}",
            check::NAME_GRAPHEMES,
            check::SENTENCE_GRAPHEMES,
            check::ABOUT_GRAPHEMES
        ),
        _ => format!("a phase has at most {} minutes", check::PHASE_MINUTES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::occur::lengths;
    use crate::calendar::occur::tests::plan;

    const OWN: &str = r#"
name = { ja = "あさの会", easy = "", en = "" }
about = { ja = "朝のひととき。", easy = "", en = "" }
takes_themes = false

[[phases]]
kind = "free"
name = { ja = "自由", easy = "", en = "" }
about = { ja = "すきなように。", easy = "", en = "" }
minutes = 60
can = ["write", "react", "react"]
"#;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("writable");
        }
        folder
    }

    #[test]
    fn every_template_is_a_plan_that_can_be_kept() {
        let templates = load(Path::new("nowhere")).expect("the shipped ones are good");
        let ids: Vec<_> = templates.iter().map(|template| template.id.as_str()).collect();
        assert_eq!(ids, ["afternoon", "free-and-talk", "salon", "theme-vote"]);
        let rooms = crate::plan::load(None).expect("the shipped rooms");
        for template in templates {
            let asked = ibasho_protocol::api::calendar::SessionPlan { phases: template.phases, ..plan() };
            let kept =
                check::tidy(asked, &rooms["umibe"].plan).unwrap_or_else(|code| panic!("{}: {code:?}", template.id));
            assert!(lengths(&kept.phases).1 >= 60, "{}", template.id);
        }
    }

    #[test]
    fn an_operators_own_come_beside_and_instead() {
        let folder = folder(&[("morning.toml", OWN), ("salon.toml", OWN), ("notes.txt", "to do")]);
        let templates = load(folder.path()).expect("good");
        assert_eq!(templates.len(), 5);
        let named = |id: &str| templates.iter().find(|template| template.id == id).expect("is there");
        for id in ["morning", "salon"] {
            assert_eq!((named(id).name.ja.as_str(), named(id).name.en.as_str()), ("あさの会", "あさの会"));
            assert_eq!(named(id).phases[0].can.len(), 2);
        }
    }

    #[test]
    fn a_faulty_file_is_named_with_line_and_reason() {
        for (text, expected) in [
            (OWN.replace("minutes = 60", "minutes = \"an hour\""), "own.toml:10: invalid type"),
            (OWN.replace("minutes = 60", "hours = 1"), "own.toml:10: unknown field `hours`"),
            (OWN.replace("takes_themes = false", ""), "missing field `takes_themes`"),
            (OWN.replace("\"自由\"", "\" \""), "own.toml:6: a text has no Japanese"),
            (OWN.replace("自由", &"あ".repeat(41)), "own.toml:6: a text is too long"),
            (OWN.replace("minutes = 60", "minutes = 2000"), "own.toml:6: a phase has at most 1440 minutes"),
            (OWN.replace("minutes = 60", "minutes = 0"), "own.toml: the phases must be"),
            (OWN.replace("あさの会", &"あ".repeat(41)), "own.toml:2: a text is too long"),
        ] {
            let folder = folder(&[("own.toml", &text)]);
            let fault = load(folder.path()).expect_err("faulty").to_string();
            assert!(fault.contains(expected), "{fault:?} does not say {expected:?}");
        }
    }
}
