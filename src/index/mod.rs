//! Terms to candidates and to answers of queries: a tantivy index of needs.

pub mod candidates;
pub mod schema;
pub mod search;

pub use candidates::candidates;
pub use schema::NeedIndex;
pub use search::{Hit, Passage, search};
