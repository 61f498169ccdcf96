//! Who a site is for.

/// Two builds for two kinds of reader, each into a folder of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// Anybody: what the projection lets out, and nothing else.
    #[default]
    Public,
    /// The people who respond: all of the public site, and the records behind it.
    Internal,
}

impl Audience {
    pub const ALL: [Self; 2] = [Self::Public, Self::Internal];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }

    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.name() == name)
    }

    /// Whether a site for these readers has any use for a file under `templates/`. The public site has none for what is made for
    /// the internal one: it gets neither its templates nor its words nor its styles.
    pub(super) fn has(self, file: &str) -> bool {
        self == Self::Internal || !(file.starts_with("internal/") || file.starts_with("assets/internal."))
    }
}
