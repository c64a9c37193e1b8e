//! Generated code of the small contracts under `spec/`, a feature of the specification each, against
//! hand-written HTTP: tests only.
