//! Reads a city's e-government IT project proposals and finds duplicate construction and shared needs.

pub mod cli;
pub mod consolidate;
pub mod error;
pub mod evaluate;
pub mod index;
pub mod ingest;
pub mod model;
pub mod overlap;
pub mod pipeline;
pub mod report;
pub mod settings;
pub mod text;
