//! `jiyue evaluate --fit`: weights learned from labelled pairs, and how they do on filings that they were not learned from.

use std::fmt::Write;
use std::path::Path;

use super::super::args::EvaluateArgs;
use super::super::failure::Failure;
use super::super::terminal::Terminal;
use super::super::{Done, input};
use super::{analysis, filings, gold};
use crate::evaluate::{Figures, Gold, Label, score};
use crate::model::{Intake, SignalKind};
use crate::overlap::fit::{Example, Fitted, Wanted, fit};
use crate::pipeline;
use crate::settings::Settings;
use crate::text::Knowledge;

/// A labelled corpus with the evidence on its pairs.
struct Labelled {
    name: String,
    gold: Gold,
    intake: Intake,
    examples: Vec<Example>,
}

/// How learned weights do on one corpus.
struct Judged {
    on: String,
    fitted: Fitted,
    /// With the learned threshold.
    figures: Figures,
    /// Average precision where every scored pair is listed.
    opened: f64,
}

pub(super) fn run(args: &EvaluateArgs, terminal: &Terminal) -> Result<Done, Failure> {
    let (knowledge, settings) = (input::knowledge(&args.knowledge)?, input::settings(&args.tuning)?);
    input::own_entries(&args.knowledge, &knowledge, terminal);
    let corpora: Vec<Labelled> =
        args.gold.iter().map(|folder| labelled(folder, &knowledge, &settings)).collect::<Result<_, _>>()?;
    let all: Vec<&Labelled> = corpora.iter().collect();
    let whole = learn(&all, &SignalKind::ALL, &settings)?;
    let judged = cross(&corpora, &SignalKind::ALL, &knowledge, &settings)?;
    let ablated = if args.ablate { ablate(&corpora, &knowledge, &settings)? } else { Vec::new() };
    if args.json {
        terminal.answer(&format!("{}\n", json(&whole, &judged, &ablated)))?;
    } else {
        let method = match corpora.len() {
            1 => "以同一语料拟合并评定（偏高；另给一个 --gold 可交叉检验）：",
            _ => "交叉检验：每个语料由其余语料拟合的权重评定：",
        };
        terminal.answer(&format!("{method}\n{}{}{}", table(&judged), ablation(&judged, &ablated), toml(&whole)))?;
    }
    Ok(Done::Whole)
}

fn labelled(folder: &Path, knowledge: &Knowledge, settings: &Settings) -> Result<Labelled, Failure> {
    let gold = gold(folder)?;
    let (intake, _) = filings(folder);
    let prepared = pipeline::prepare(intake.clone(), knowledge, settings, &|_| ())?;
    let id = |p: crate::model::ProposalIdx| prepared.intake.proposals[p.get()].id.as_str();
    let examples = pipeline::evidence(&prepared, knowledge, settings)?
        .into_iter()
        .map(|(pair, measured)| {
            let wanted = match gold.label(id(pair.a()), id(pair.b())) {
                None => Wanted::Nothing,
                Some(Label::Related) => Wanted::LookAlike,
                Some(_) => Wanted::Found,
            };
            Example { wanted, measured }
        })
        .collect();
    let name = folder.file_name().map_or_else(|| folder.display().to_string(), |n| n.to_string_lossy().into_owned());
    Ok(Labelled { name, gold, intake, examples })
}

fn learn(corpora: &[&Labelled], used: &[SignalKind], settings: &Settings) -> Result<Fitted, Failure> {
    let examples: Vec<&[Example]> = corpora.iter().map(|c| c.examples.as_slice()).collect();
    fit(&examples, used, &settings.overlap).ok_or_else(|| {
        Failure::new(
            "标注中没有可学的：须既有应找出的配对，也有不应找出的配对",
            "在 pairs.jsonl 中补上 relation 为 duplicate、overlap、reuse 的配对，五十对即可开始",
        )
    })
}

/// Each corpus judged by what the others teach; a single one by what it teaches itself.
fn cross(
    corpora: &[Labelled],
    used: &[SignalKind],
    knowledge: &Knowledge,
    settings: &Settings,
) -> Result<Vec<Judged>, Failure> {
    (0..corpora.len())
        .map(|judged| {
            let teachers: Vec<&Labelled> =
                (0..corpora.len()).filter(|i| *i != judged || corpora.len() == 1).map(|i| &corpora[i]).collect();
            judge(&corpora[judged], learn(&teachers, used, settings)?, knowledge, settings)
        })
        .collect()
}

fn judge(corpus: &Labelled, fitted: Fitted, knowledge: &Knowledge, settings: &Settings) -> Result<Judged, Failure> {
    let mut settings = settings.clone();
    settings.overlap.weights = fitted.weights.clone();
    settings.overlap.threshold = fitted.threshold;
    let figures = score(&corpus.gold, &analysis(corpus.intake.clone(), knowledge, &settings)?).figures;
    settings.overlap.threshold = 0.0;
    let opened = score(&corpus.gold, &analysis(corpus.intake.clone(), knowledge, &settings)?).figures.pairs_ap;
    Ok(Judged { on: corpus.name.clone(), fitted, figures, opened })
}

/// Each signal taken away, the weights fitted anew without it.
fn ablate(
    corpora: &[Labelled],
    knowledge: &Knowledge,
    settings: &Settings,
) -> Result<Vec<(SignalKind, Vec<Judged>)>, Failure> {
    SignalKind::ALL
        .into_iter()
        .map(|gone| {
            let used: Vec<SignalKind> = SignalKind::ALL.into_iter().filter(|kind| *kind != gone).collect();
            Ok((gone, cross(corpora, &used, knowledge, settings)?))
        })
        .collect()
}

fn table(judged: &[Judged]) -> String {
    let mut text = format!(
        "{:<12} {:>6} {:>6} {:>6} {:>8} {:>6} {:>9} {:>8} {:>7} {:>5}\n",
        "corpus", "F1", "P", "R", "AP(all)", "hard", "relation", "dup.rec", "groups", "thr"
    );
    for j in judged {
        let f = &j.figures;
        let _ = writeln!(
            text,
            "{:<12} {:>6.3} {:>6.3} {:>6.3} {:>8.3} {:>6.3} {:>9.3} {:>8.3} {:>7.3} {:>5.2}",
            j.on,
            f.pairs_f1,
            f.pairs_precision,
            f.pairs_recall,
            j.opened,
            f.hard_negative_rate,
            f.relation_macro_f1,
            f.recall_duplicate,
            f.groups_f1,
            j.fitted.threshold
        );
    }
    text
}

/// What taking each signal away costs, in points of F1 and of AP.
fn ablation(whole: &[Judged], ablated: &[(SignalKind, Vec<Judged>)]) -> String {
    let mut text = String::new();
    if ablated.is_empty() {
        return text;
    }
    text.push_str("\n去掉一项依据、重新拟合后的变化（F1 / AP）：\n");
    for (gone, judged) in ablated {
        let _ = write!(text, "去掉{gone}");
        for (with, without) in whole.iter().zip(judged) {
            let f1 = without.figures.pairs_f1 - with.figures.pairs_f1;
            let _ = write!(text, "  {} {f1:+.3} / {:+.3}", with.on, without.opened - with.opened);
        }
        text.push('\n');
    }
    text
}

/// The learned part of a settings file.
fn toml(fitted: &Fitted) -> String {
    let mut text = String::from("\n以全部语料拟合的设置（抄入设置文件，用 --settings 传入）：\n[overlap]\n");
    let _ =
        writeln!(text, "threshold = {:.2}\n\n[overlap.weights]\nbias = {:.2}", fitted.threshold, fitted.weights.bias);
    for (name, weight) in named(fitted) {
        let _ = writeln!(text, "{name} = {weight:.2}");
    }
    text
}

fn named(fitted: &Fitted) -> [(&'static str, f64); SignalKind::ALL.len()] {
    let w = &fitted.weights;
    [("capability", w.capability), ("affinity", w.affinity), ("meaning", w.meaning), ("setting", w.setting)]
}

fn json(whole: &Fitted, judged: &[Judged], ablated: &[(SignalKind, Vec<Judged>)]) -> serde_json::Value {
    let one = |j: &Judged| {
        serde_json::json!({
            "judged_on": j.on, "threshold": j.fitted.threshold, "weights": j.fitted.weights,
            "figures": j.figures, "ap_all_listed": j.opened,
        })
    };
    let without: serde_json::Map<String, serde_json::Value> =
        ablated.iter().map(|(gone, judged)| (gone.to_string(), judged.iter().map(one).collect())).collect();
    serde_json::json!({
        "fitted": {"threshold": whole.threshold, "weights": whole.weights},
        "judged": judged.iter().map(one).collect::<Vec<_>>(),
        "without": without,
    })
}
