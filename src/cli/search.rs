//! `jiyue search`: proposals like a text or like a project, best first.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::args::{SearchArgs, TuningArgs};
use super::failure::Failure;
use super::terminal::Terminal;
use super::{Done, input, project};
use crate::index::search::search;
use crate::model::{CapabilityIdx, Proposal, ProposalIdx, SectionKind};
use crate::pipeline::{self, Prepared};
use crate::report::found::{Found, Hit, NamedLike, Passage};
use crate::report::json;
use crate::report::text;
use crate::text::Knowledge;

/// What is looked for.
struct Query {
    /// As a person would say it.
    name: String,
    /// The words that are looked for.
    text: String,
    /// The proposal that it is made from, which does not answer itself.
    own: Option<ProposalIdx>,
}

pub(super) fn run(args: &SearchArgs, terminal: &Terminal) -> Result<Done, Failure> {
    let settings = input::settings(&TuningArgs { settings: args.settings.clone(), threshold: None })?;
    let (typed, files) = typed(args)?;
    let progress = terminal.progress();
    let (intake, knowledge) = input::read_with_knowledge(&args.input, &args.knowledge, &files, terminal, &progress)?;
    let done = input::briefly(&intake, terminal)?;
    let query = match (&args.like, typed) {
        (Some(like), _) => like_project_or_file(like, &intake.proposals)?,
        (None, typed) => Query { name: typed.clone(), text: typed, own: None },
    };
    let prepared = pipeline::prepare(intake, &knowledge, &settings, &|stage| progress.stage(stage))?;
    progress.clear();
    let found = find(args, query, &prepared, &knowledge)?;
    if args.json {
        terminal.json(&json::found(&found))?
    } else {
        terminal.answer(&text::search::search(&found))?
    }
    Ok(done)
}

/// The text (empty with --like) and the inputs.
fn typed(args: &SearchArgs) -> Result<(String, Vec<PathBuf>), Failure> {
    let paths = |words: &[std::ffi::OsString]| words.iter().map(PathBuf::from).collect();
    if args.like.is_some() {
        return Ok((String::new(), paths(&args.words)));
    }
    match &args.words[..] {
        [text, files @ ..] if !files.is_empty() => Ok((utf8(text)?, paths(files))),
        _ => Err(Failure::new(
            "缺少 INPUT：先写要找的话，再写申报材料",
            "例如 jiyue search \"路侧停车\" data/sample；按项目查找用 --like 项目编号",
        )),
    }
}

fn utf8(text: &OsStr) -> Result<String, Failure> {
    match text.to_str().map(str::trim) {
        None => Err(Failure::new("要找的话不是 UTF-8 编码的文字", "把终端的编码设为 UTF-8")),
        Some("") => Err(Failure::new("要找的话是空的", "例如 jiyue search \"路侧停车\" data/sample")),
        Some(text) => Ok(text.to_owned()),
    }
}

fn like_project_or_file(like: &str, proposals: &[Proposal]) -> Result<Query, Failure> {
    let path = Path::new(like);
    let is_id = proposals.iter().any(|p| p.id == like);
    if !is_id && path.is_file() {
        return Ok(Query { name: like.to_owned(), text: input::text(path)?, own: None });
    }
    let own = project::find(like, proposals)?;
    let proposal = &proposals[own.get()];
    let sections = [SectionKind::Name, SectionKind::Goal, SectionKind::Content, SectionKind::Offer];
    let text = sections.map(|kind| proposal.section(kind)).join("\n");
    Ok(Query { name: format!("{} {}", proposal.id, proposal.name), text, own: Some(own) })
}

fn find<'a>(
    args: &SearchArgs,
    query: Query,
    prepared: &'a Prepared,
    knowledge: &Knowledge,
) -> Result<Found<'a>, Failure> {
    let mut asked: Vec<CapabilityIdx> = knowledge.catalogue.about(&query.text).iter().map(|m| m.capability).collect();
    asked.dedup();
    let name = |idx: &CapabilityIdx| knowledge.catalogue.get(*idx).name.clone();
    let needs = &prepared.corpus.needs;
    let passage = |p: &crate::index::search::Passage| Passage {
        need: p.need,
        score: p.score,
        capabilities: needs[p.need.get()]
            .capabilities
            .iter()
            .map(|m| m.capability)
            .filter(|c| asked.contains(c))
            .map(|c| name(&c))
            .collect(),
    };
    // One more, since the proposal itself is the best answer to its own text.
    let limit = args.limit.saturating_add(usize::from(query.own.is_some()));
    let hits = search(&query.text, &prepared.index, &prepared.corpus, knowledge, limit)?
        .iter()
        .filter(|hit| Some(hit.proposal) != query.own)
        .take(args.limit)
        .map(|hit| Hit {
            proposal: hit.proposal,
            score: hit.score,
            passages: hit.passages.iter().map(passage).collect(),
        })
        .collect();
    let proposals = &prepared.intake.proposals;
    let named_like = if args.like.is_some() {
        Vec::new()
    } else {
        let alike = project::named_like(&query.name, proposals);
        alike.iter().map(|l| NamedLike { proposal: l.proposal, likeness: l.likeness }).collect()
    };
    Ok(Found { proposals, needs, query: query.name, capabilities: asked.iter().map(name).collect(), named_like, hits })
}
