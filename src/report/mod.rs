//! Analysis to bytes: tables for meetings, JSON for programs, text for the terminal; nothing here opens a file or prints.

pub mod catalogued;
pub mod csv;
pub mod explained;
pub mod found;
pub mod json;
pub mod passage;
pub mod rows;
pub mod text;
pub mod wording;

/// What `analyze` writes, in the order in which a meeting reads it.
pub const FILES: [&str; 7] = [
    rows::overlaps::FILE,
    rows::groups::FILE,
    rows::projects::FILE,
    rows::departments::FILE,
    rows::exclusions::FILE,
    rows::problems::FILE,
    json::FILE,
];
