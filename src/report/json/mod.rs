//! result.json: the whole analysis under a numbered schema, one record a line, so that two runs can be compared line by line.

pub(crate) mod catalogue;
mod decisions;
mod explained;
mod findings;
mod found;
mod records;

use std::io::{self, Write};

use serde::Serialize;

use crate::model::{Analysis, NeedIdx, ProposalIdx, Span, Wan};

pub(crate) use decisions::{ProblemRecord, SourceRecord, problem, source};
pub(crate) use explained::explained;
pub(crate) use findings::{exclusion, overlap};
pub(crate) use found::found;

/// The file's name.
pub const FILE: &str = "result.json";
/// Raised whenever a name in the file goes away or changes its meaning; new names do not raise it.
pub const SCHEMA: u32 = 1;

/// Writes the whole analysis.
///
/// Spans are `[start, end)` in bytes of the section's text as filed; money is 万元 as a decimal string, so that no reader
/// rounds it; relations and other terms are the Chinese words of the reports.
///
/// # Errors
/// Where `out` refuses.
pub fn write(analysis: &Analysis, mut out: impl Write) -> io::Result<()> {
    writeln!(out, "{{\"schema\":{SCHEMA},\"program\":\"jiyue\",\"version\":\"{}\",", env!("CARGO_PKG_VERSION"))?;
    write!(out, "\"summary\":")?;
    serde_json::to_writer(&mut out, &records::summary(analysis))?;
    let a = analysis;
    let proposals = (0..a.proposals.len() as u32).map(|i| records::proposal(a, ProposalIdx(i)));
    list(&mut out, "proposals", proposals)?;
    list(&mut out, "needs", (0..a.needs.len() as u32).map(|i| records::need(a, NeedIdx(i))))?;
    list(&mut out, "overlaps", a.overlaps.iter().map(|o| overlap(&a.proposals, &a.needs, o)))?;
    list(&mut out, "exclusions", a.exclusions.iter().map(|e| exclusion(&a.proposals, &a.needs, e)))?;
    list(&mut out, "groups", a.groups.iter().enumerate().map(|(i, g)| decisions::group(a, i, g)))?;
    list(&mut out, "suggestions", a.suggestions.iter().map(|s| decisions::suggestion(a, s)))?;
    list(
        &mut out,
        "boilerplate",
        a.boilerplate.iter().map(|(quote, filings)| decisions::boilerplate(a, *quote, *filings)),
    )?;
    list(&mut out, "problems", a.problems.iter().map(problem))?;
    list(&mut out, "receipt", a.receipt.sources.iter().map(source))?;
    out.write_all(b"}\n")?;
    out.flush()
}

fn list<T: Serialize>(out: &mut impl Write, name: &str, records: impl Iterator<Item = T>) -> io::Result<()> {
    write!(out, ",\n\"{name}\":[")?;
    for (i, record) in records.enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &record)?;
    }
    out.write_all(b"]")
}

/// Three decimals, as in the tables.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn bytes(span: Span) -> [usize; 2] {
    [span.start, span.end]
}

fn wan(money: Option<Wan>) -> Option<String> {
    money.map(|m| m.to_string())
}
