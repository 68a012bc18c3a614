//! What the layers above may ask of a string: its clusters, cells, break opportunities, language, safe form.
//!
//! It refuses to know what an article, a line or a terminal is.

pub mod breaks;
pub mod calendar;
pub mod character;
pub mod class;
pub mod cluster;
pub mod count;
pub mod file_name;
pub mod fold;
pub mod language;
pub mod letters;
pub mod safe;
pub mod scan;
pub mod script;
pub mod sentence;
pub mod spacing;
pub mod width;
pub mod words;

pub use class::Class;
pub use cluster::{Cluster, Clusters, clusters};
pub use count::counted;
pub use language::Language;
pub use safe::SafeText;
pub use width::{Ambiguous, WidthPolicy};
