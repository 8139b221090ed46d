//! `jiyue catalogue`: what the program knows can be built; its check; and what filings ask for that it does not know.

use std::path::PathBuf;

use super::args::{CatalogueArgs, TuningArgs};
use super::failure::Failure;
use super::terminal::Terminal;
use super::{Done, input};
use crate::model::{CapabilityIdx, Intake};
use crate::pipeline::Stage;
use crate::report::catalogued::{Gap, Gaps, Shelf};
use crate::report::json::catalogue as json;
use crate::report::text::catalogue as text;
use crate::text::coverage::coverage;
use crate::text::likeness::shared_pairs;
use crate::text::warnings::warnings;
use crate::text::{Corpus, Knowledge, Lexicon, entries};

pub(super) fn run(args: &CatalogueArgs, terminal: &Terminal) -> Result<Done, Failure> {
    if args.unmatched {
        return unmatched(args, terminal);
    }
    refuse_inputs(args)?;
    if args.template {
        terminal.answer(&entries::template(&Lexicon::builtin()?))?;
        return Ok(Done::Whole);
    }
    let knowledge = input::knowledge(&args.knowledge)?;
    input::own_entries(&args.knowledge, &knowledge, terminal);
    let shelf = shelf(&knowledge);
    if args.check {
        let found = warnings(&knowledge.catalogue, &knowledge.own);
        if args.json {
            terminal.json(&json::warnings(&shelf, &found))?;
        } else {
            terminal.answer(&text::warnings(&shelf, &found))?;
        }
    } else if let Some(code) = &args.show {
        let idx = entry(&shelf, code)?;
        if args.json {
            terminal.json(&json::entries(&shelf, &[idx]))?;
        } else {
            terminal.answer(&text::entry(&shelf, idx))?;
        }
    } else if let Some(name) = &args.sector {
        let found = sector(&shelf, name)?;
        if args.json {
            terminal.json(&json::entries(&shelf, &found))?;
        } else {
            terminal.answer(&text::sector(&shelf, name, &found))?;
        }
    } else if args.json {
        terminal.json(&json::sectors(&shelf))?;
    } else {
        terminal.answer(&text::sectors(&shelf))?;
    }
    Ok(Done::Whole)
}

fn shelf(knowledge: &Knowledge) -> Shelf<'_> {
    Shelf { capabilities: knowledge.catalogue.capabilities(), own: &knowledge.own.capabilities }
}

/// Options about filings mean nothing where none are read.
fn refuse_inputs(args: &CatalogueArgs) -> Result<(), Failure> {
    let given: [(&str, Option<&PathBuf>); 3] = [
        ("--inventory", args.input.inventory.first()),
        ("--platforms", args.input.platforms.first()),
        ("--headers", args.input.headers.as_ref()),
    ];
    match given.iter().find(|(_, path)| path.is_some()) {
        Some((option, _)) => {
            Err(Failure::new(format!("{option} 只与 --unmatched 同用"), "用法和示例见 jiyue catalogue --help"))
        }
        None => Ok(()),
    }
}

fn entry(shelf: &Shelf, typed: &str) -> Result<CapabilityIdx, Failure> {
    let typed = typed.trim();
    let find = |fits: &dyn Fn(&crate::model::Capability) -> bool| shelf.capabilities.iter().position(fits);
    let place = find(&|c| c.code.eq_ignore_ascii_case(typed)).or_else(|| find(&|c| c.name == typed));
    place.map(|i| CapabilityIdx(i as u32)).ok_or_else(|| {
        let of = |i: &usize| format!("{} {}", shelf.capabilities[*i].code, shelf.capabilities[*i].name);
        let near = nearest(typed, shelf.capabilities.iter().map(|c| c.name.as_str()));
        let near: Vec<String> = near.iter().map(of).collect();
        let hint = if near.is_empty() {
            "按行业列出代码用 jiyue catalogue --sector 行业".to_owned()
        } else {
            format!("名称相近的：{}；按行业列出代码用 jiyue catalogue --sector 行业", near.join("、"))
        };
        Failure::new(format!("目录中没有代码或名称“{typed}”"), hint)
    })
}

fn sector(shelf: &Shelf, typed: &str) -> Result<Vec<CapabilityIdx>, Failure> {
    let found = shelf.of_sector(typed.trim());
    if !found.is_empty() {
        return Ok(found);
    }
    let sectors = shelf.sectors();
    let near = nearest(typed.trim(), sectors.iter().map(|s| s.sector));
    let near: Vec<String> = near.iter().map(|i| format!("“{}”", sectors[*i].sector)).collect();
    let hint = if near.is_empty() {
        "全部行业用 jiyue catalogue 列出".to_owned()
    } else {
        format!("是否想写{}；全部行业用 jiyue catalogue 列出", near.join("或"))
    };
    Err(Failure::new(format!("目录中没有行业“{}”", typed.trim()), hint))
}

// 3 fit on a line.
const NEAREST: usize = 3;
// A third of the characters in common, as in "交通" and "交通运输"; strangers of four characters share none.
const ALIKE: f64 = 0.3;

/// The places of the names that are most like what was typed.
fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Vec<usize> {
    if typed.is_empty() {
        return Vec::new();
    }
    // A name that holds the whole of it is what was meant.
    let likeness = |name: &str| if name.contains(typed) { 1.0 } else { shared_pairs(typed, name) };
    let mut near: Vec<(f64, usize)> = names.enumerate().map(|(i, name)| (likeness(name), i)).collect();
    near.retain(|(likeness, _)| *likeness >= ALIKE);
    near.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    near.into_iter().take(NEAREST).map(|(_, i)| i).collect()
}

fn unmatched(args: &CatalogueArgs, terminal: &Terminal) -> Result<Done, Failure> {
    let settings = input::settings(&TuningArgs { settings: args.settings.clone(), threshold: None })?;
    let progress = terminal.progress();
    let (intake, knowledge) =
        input::read_with_knowledge(&args.input, &args.knowledge, &args.files, terminal, &progress)?;
    let done = input::briefly(&intake, terminal)?;
    progress.stage(Stage::Text);
    let corpus = Corpus::read(&intake.proposals, &knowledge, &settings.text);
    progress.clear();
    let gaps = gaps(&intake, &corpus, &knowledge, args.limit);
    if args.json {
        terminal.json(&json::gaps(&gaps))?;
    } else {
        terminal.answer(&text::gaps(&gaps))?;
    }
    Ok(done)
}

fn gaps<'a>(intake: &'a Intake, corpus: &'a Corpus, knowledge: &'a Knowledge, most: usize) -> Gaps<'a> {
    let coverage = coverage(corpus, &intake.proposals, knowledge);
    let shown = coverage.uncovered.iter().take(most).map(|found| Gap {
        need: found.need,
        alike: found.alike,
        nearest: corpus.nearby[found.need.get()].iter().map(|n| (n.capability, f64::from(n.value))).collect(),
    });
    Gaps {
        shelf: shelf(knowledge),
        proposals: &intake.proposals,
        needs: &corpus.needs,
        substantive: coverage.needs,
        uncovered: coverage.uncovered.len(),
        shown: shown.collect(),
    }
}
