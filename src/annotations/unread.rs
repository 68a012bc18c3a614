//! A value as it stands in a journal, taken apart when somebody first asks for it: of a hundred thousand positions a
//! reader sees a few.
//!
//! It refuses to doubt: what is kept here comes from a line whose sum was right.

use serde::de::DeserializeOwned;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A stretch of a journal's text.
#[derive(Debug, Clone)]
pub(super) struct Slice {
    bytes: Arc<Vec<u8>>,
    range: Range<usize>,
}

/// A value, or the JSON that says it.
#[derive(Debug, Clone, Default)]
pub(super) struct Unread<T> {
    said: Option<Slice>,
    value: OnceLock<Box<T>>,
}

impl Slice {
    pub(super) fn new(bytes: &Arc<Vec<u8>>, range: Range<usize>) -> Self {
        Self { bytes: Arc::clone(bytes), range }
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(self.range.clone()).unwrap_or_default()
    }
}

impl<T: DeserializeOwned + Default> Unread<T> {
    pub(super) fn said(said: Slice) -> Self {
        Self { said: Some(said), value: OnceLock::new() }
    }

    pub(super) fn get(&self) -> &T {
        self.value.get_or_init(|| {
            let read = self.said.as_ref().and_then(|said| serde_json::from_slice(said.bytes()).ok());
            Box::new(read.unwrap_or_default())
        })
    }

    pub(super) fn into_value(self) -> T {
        self.get();
        self.value.into_inner().map(|value| *value).unwrap_or_default()
    }
}

impl<T> From<T> for Unread<T> {
    fn from(value: T) -> Self {
        Self { said: None, value: OnceLock::from(Box::new(value)) }
    }
}
