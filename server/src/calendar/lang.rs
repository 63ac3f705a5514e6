//! The languages in which the server itself writes: feed and embedded list.

use ibasho_protocol::plan::Text;

/// A language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 日本語
    #[default]
    Ja,
    /// やさしい日本語
    Easy,
    /// English
    En,
}

impl Lang {
    /// The language a `lang` parameter names; Japanese for everything else.
    pub fn named(name: &str) -> Self {
        match name {
            "easy" => Self::Easy,
            "en" => Self::En,
            _ => Self::Ja,
        }
    }

    /// Its tag, for HTML and calendars.
    pub fn tag(self) -> &'static str {
        if self == Self::En { "en" } else { "ja" }
    }

    /// A text in this language.
    pub fn of(self, text: &Text) -> &str {
        match self {
            Self::Ja => &text.ja,
            Self::Easy => &text.easy,
            Self::En => &text.en,
        }
    }
}
