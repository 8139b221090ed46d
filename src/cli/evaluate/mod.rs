//! `jiyue evaluate`: an analysis against labelled pairs.

mod fit;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use super::args::EvaluateArgs;
use super::failure::Failure;
use super::terminal::Terminal;
use super::{Done, input};
use crate::evaluate::{Gold, Listing, Scorecard, Together, score};
use crate::ingest::{self, Limits, Source};
use crate::model::{Intake, Pair};
use crate::overlap::score::weight;
use crate::pipeline;
use crate::report::rows;
use crate::settings::Settings;
use crate::text::Knowledge;

pub(super) fn run(args: &EvaluateArgs, terminal: &Terminal) -> Result<Done, Failure> {
    if args.fit {
        return fit::run(args, terminal);
    }
    let [folder] = args.gold.as_slice() else {
        return Err(Failure::new("一次只评定一个语料", "给一个 --gold；几个语料交叉检验请加 --fit"));
    };
    let gold = gold(folder)?;
    let (listing, done) = match &args.run {
        Some(run) => (reports(run)?, Done::Whole),
        None => {
            let (knowledge, settings) = (input::knowledge(&args.knowledge)?, input::settings(&args.tuning)?);
            input::own_entries(&args.knowledge, &knowledge, terminal);
            let (intake, done) = filings(folder);
            (analysis(intake, &knowledge, &settings)?, done)
        }
    };
    if let Some(stranger) = listing.strangers(&gold).first() {
        return Err(Failure::new(
            format!("结果中的项目“{stranger}”不在标注语料中"),
            "--run 应指向分析同一语料 proposals.jsonl 得到的输出目录",
        ));
    }
    let card = score(&gold, &listing);
    if args.json {
        terminal.answer(&format!("{}\n", json(&card)?))?;
    } else {
        terminal.answer(&(figures(&card)? + &by_signal(&card) + &examples(&gold, &card, args.misses)))?;
    }
    Ok(done)
}

fn gold(folder: &Path) -> Result<Gold, Failure> {
    let text = |name: &str| input::text(&folder.join(name));
    // An office that marks pairs of its own need not have groups.
    let groups = if folder.join("groups.jsonl").exists() { text("groups.jsonl")? } else { String::new() };
    Ok(Gold::parse(&text("proposals.jsonl")?, &text("pairs.jsonl")?, &groups)?)
}

fn filings(folder: &Path) -> (Intake, Done) {
    let intake = ingest::read(&[Source { path: folder.join("proposals.jsonl"), role: None }], &Limits::default());
    let done = input::done(&intake);
    (intake, done)
}

fn analysis(intake: Intake, knowledge: &Knowledge, settings: &Settings) -> Result<Listing, Failure> {
    let prepared = pipeline::prepare(intake, knowledge, settings, &|_| ())?;
    let candidates = pipeline::candidates(&prepared, settings)?;
    let proposal = |need: crate::model::NeedIdx| prepared.corpus.needs[need.get()].proposal;
    let compared: BTreeSet<Pair> = candidates.iter().filter_map(|c| Pair::new(proposal(c.a), proposal(c.b))).collect();
    let analysis = pipeline::conclude(prepared, &candidates, knowledge, settings, &|_| ());
    Ok(Listing::of(&analysis, Some(&compared), &|kind| weight(kind, &settings.overlap.weights)))
}

fn json(card: &Scorecard) -> Result<String, Failure> {
    let broken = |e: serde_json::Error| Failure::new(format!("不能写成 JSON：{e}"), "不带 --json 重试");
    let mut value = serde_json::to_value(&card.figures).map_err(broken)?;
    let by_signal = card.wrong_by_signal();
    if let (Some(fields), false) = (value.as_object_mut(), by_signal.is_empty()) {
        let counts = by_signal.into_iter().map(|(kind, n)| (kind.to_string(), n.into())).collect();
        fields.insert("wrong_by_signal".to_owned(), serde_json::Value::Object(counts));
    }
    serde_json::to_string(&value).map_err(broken)
}

/// One line: of which signal the wrong pairs are mainly the work.
fn by_signal(card: &Scorecard) -> String {
    let counts: Vec<String> = card.wrong_by_signal().iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    if counts.is_empty() { String::new() } else { format!("误报按最强依据：{}\n", counts.join("、")) }
}

/// The reports of an earlier run.
fn reports(folder: &Path) -> Result<Listing, Failure> {
    let mut listing = Listing::default();
    let overlaps = folder.join(rows::overlaps::FILE);
    for row in table(&overlaps, ["项目A编号", "项目B编号", "重叠度", "关系"])? {
        let [a, b, score, relation] = row;
        let score: f64 = score.parse().map_err(|_| {
            Failure::new(format!("{}：重叠度“{score}”不是数", overlaps.display()), "用 jiyue analyze 重新写出")
        })?;
        if listing.add_pair(&a, &b, score, &relation).is_none() {
            let what = format!("{}：关系“{relation}”不是重复、交叉、复用", overlaps.display());
            return Err(Failure::new(what, "用 jiyue analyze 重新写出"));
        }
    }
    for [members, lead] in table(&folder.join(rows::groups::FILE), ["项目编号", "牵头单位"])? {
        let members = members.split([';', '；']).map(str::trim).filter(|m| !m.is_empty()).map(str::to_owned).collect();
        listing.groups.push(Together { members, lead });
    }
    let exclusions = folder.join(rows::exclusions::FILE);
    if exclusions.exists() {
        for [a, b, kind] in table(&exclusions, ["项目A编号", "项目B编号", "排除类别"])? {
            listing.add_excluded(&a, &b, &kind);
        }
    }
    Ok(listing)
}

/// These columns of a report, by row.
fn table<const N: usize>(path: &Path, columns: [&str; N]) -> Result<Vec<[String; N]>, Failure> {
    let text = input::text(path)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let broken = |e: csv::Error| Failure::new(format!("{}：{e}", path.display()), "用 jiyue analyze 重新写出");
    let header = reader.headers().map_err(broken)?.clone();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        *place = header.iter().position(|h| h == column).ok_or_else(|| {
            Failure::new(format!("{}：没有“{column}”这一列", path.display()), "--run 应指向 jiyue analyze 的输出目录")
        })?;
    }
    reader
        .records()
        .map(|record| {
            let record = record.map_err(broken)?;
            Ok(places.map(|place| record.get(place).unwrap_or("").trim().to_owned()))
        })
        .collect()
}

/// Name and figure, one a line, as the scoring script prints them.
fn figures(card: &Scorecard) -> Result<String, Failure> {
    let value = serde_json::to_value(&card.figures)
        .map_err(|e| Failure::new(format!("不能写成 JSON：{e}"), "不带 --json 重试"))?;
    let mut text = String::new();
    for name in crate::evaluate::Figures::NAMES {
        match value.get(name) {
            Some(figure) if figure.is_f64() => {
                let _ = writeln!(text, "{name:22} {:.3}", figure.as_f64().unwrap_or(0.0));
            }
            Some(figure) => {
                let _ = writeln!(text, "{name:22} {figure}");
            }
            None => {}
        }
    }
    Ok(text)
}

/// The first missed and the surest wrong pairs.
fn examples(gold: &Gold, card: &Scorecard, most: usize) -> String {
    let mut text = String::new();
    if most == 0 {
        return text;
    }
    let name = |id: &str| format!("{id} {}", gold.names.get(id).map_or("", String::as_str));
    text.push_str("\n漏掉的：\n");
    for miss in card.misses.iter().take(most) {
        let (a, b) = (name(&miss.pair.0), name(&miss.pair.1));
        let _ = writeln!(text, "  [{}｜{}] {a} ｜ {b} ：{}", miss.label, miss.cause, miss.shared.join("、"));
    }
    text.push_str("误报的：\n");
    for wrong in card.wrong.iter().take(most) {
        let (a, b) = (name(&wrong.pair.0), name(&wrong.pair.1));
        let kind = if wrong.related { "貌似" } else { "无关" };
        let _ = writeln!(text, "  [{kind}] {:.3} {a} ｜ {b}", wrong.score);
    }
    text
}
