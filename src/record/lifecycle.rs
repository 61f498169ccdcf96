//! The lifecycle as data (`schemas/lifecycle.yaml`).

#[derive(Clone, Debug, Default)]
pub struct Lifecycle {}
