//! zhai, a terminal reader for folders of saved articles: the map of the house.
//!
//! An article goes one way through the crate, each step a layer that knows nothing of the ones above it:
//!
//! ```text
//! bytes ──parse──▶ Document ──layout──▶ rows ──app──▶ screen state ──ui──▶ cells ──terminal──▶ the eye
//! ```
//!
//! | layer | what it answers | may use |
//! |---|---|---|
//! | [`text`] | what may be asked of a string: clusters, cells, breaks, language | nothing |
//! | [`document`] | what an article is, independent of any width | `text` |
//! | [`parse`] | bytes → [`document::Document`]; cannot fail, reports what it repaired | `text`, `document` |
//! | [`layout`] | document + measure → rows | `text`, `document` |
//! | [`annotations`] | bookmarks, marks, reading positions: the journal and its meaning | `text`, `document` |
//! | [`library`] | the articles of some folders; the only reader of article files | `text`, `document`, `parse` |
//! | [`config`] | settings and where files live | `text`, `layout` |
//! | [`app`] | everything that can happen: `update(&mut App, Message) -> Vec<Effect>` | all the above |
//! | [`ui`] | `draw(&App, …)`: paints, computes nothing | … and `app` |
//! | [`terminal`] | the event loop, effects, signals | … and `ui` |
//! | [`cli`] | one file a subcommand | all |
//!
//! Invariants, kept by `tidy` and by the tests:
//!
//! * The core (`text`, `document`, `parse`, `layout`) does no I/O, knows no terminal and cannot fail.
//! * A place is a [`document::Position`], never a row: resizing cannot lose it.
//! * Every string that comes from a file is a [`text::SafeText`] before anything may show it.
//! * Layout happens in update; drawing is a pure function of `&App`.
//! * Files beside each other stand in an order, too: what one names does not name it, be it by way of others.

pub mod annotations;
pub mod app;
pub mod cli;
pub mod config;
pub mod document;
pub mod layout;
pub mod library;
pub mod parse;
pub mod terminal;
pub mod text;
pub mod ui;

#[cfg(test)]
mod script;
#[cfg(test)]
mod tidy;
