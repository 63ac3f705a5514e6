//! Programme templates: `server/templates/*.toml`. Staff begin with one and change it as they like.

use ibasho_protocol::api::calendar::Template;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates"]
struct Files;

/// Every template, by the name of its file.
pub fn all() -> Vec<Template> {
    let mut templates: Vec<Template> = Files::iter().filter_map(|name| read(&name)).collect();
    templates.sort_by(|one, other| one.id.cmp(&other.id));
    templates
}

fn read(name: &str) -> Option<Template> {
    let file = Files::get(name)?;
    let text = std::str::from_utf8(&file.data).ok()?;
    match toml::from_str::<Template>(text) {
        Ok(template) => Some(Template { id: name.trim_end_matches(".toml").to_owned(), ..template }),
        Err(error) => {
            tracing::error!(file = name, error = error.message(), "a template cannot be read");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::check;
    use crate::calendar::occur::lengths;
    use crate::calendar::occur::tests::plan;

    #[test]
    fn every_template_is_a_plan_that_can_be_kept() {
        let templates = all();
        assert_eq!(templates.len(), Files::iter().count(), "each can be read");
        let rooms = crate::plan::load(None).expect("the shipped rooms");
        for template in templates {
            let asked = ibasho_protocol::api::calendar::SessionPlan { phases: template.phases, ..plan() };
            let kept =
                check::tidy(asked, &rooms["umibe"].plan).unwrap_or_else(|code| panic!("{}: {code:?}", template.id));
            assert!(lengths(&kept.phases).1 >= 60, "{}", template.id);
        }
    }
}
