//! `jiyue explain`: one pair taken apart.

use super::args::ExplainArgs;
use super::failure::Failure;
use super::terminal::Terminal;
use super::{Done, input, project};
use crate::model::{Pair, SignalKind};
use crate::overlap::{self, Outcome};
use crate::pipeline::{self, Explanation};
use crate::report::explained::{Explained, Finding, Formula};
use crate::report::json;
use crate::report::text::explain;
use crate::settings::OverlapSettings;

pub(super) fn run(args: &ExplainArgs, terminal: &Terminal) -> Result<Done, Failure> {
    let settings = input::settings(&args.tuning)?;
    let progress = terminal.progress();
    let (intake, knowledge) =
        input::read_with_knowledge(&args.input, &args.knowledge, &args.files, terminal, &progress)?;
    let done = input::briefly(&intake, terminal)?;
    let a = project::find(&args.a, &intake.proposals)?;
    let b = project::find(&args.b, &intake.proposals)?;
    let pair = Pair::new(a, b).ok_or_else(|| {
        let one = &intake.proposals[a.get()];
        Failure::new(format!("“{}”和“{}”是同一个项目：{} {}", args.a, args.b, one.id, one.name), "写两个不同项目的编号")
    })?;
    let prepared = pipeline::prepare(intake, &knowledge, &settings, &|stage| progress.stage(stage))?;
    let explanation = pipeline::explain(&prepared, &knowledge, &settings, pair)?;
    progress.clear();
    let akin = explanation.akin.clone();
    let finding = finding(explanation);
    let steps = (1..=finding.matches().len())
        .map(|n| overlap::pair_score(finding.matches()[..n].iter().map(|m| m.score)))
        .collect();
    let explained = Explained {
        proposals: &prepared.intake.proposals,
        needs: &prepared.corpus.needs,
        pair,
        finding,
        akin,
        formula: formula(&settings.overlap),
        steps,
    };
    if args.json {
        terminal.json(&json::explained(&explained))?
    } else {
        terminal.answer(&explain::explain(&explained))?
    }
    Ok(done)
}

fn finding(explanation: Explanation) -> Finding {
    let proposed = !explanation.candidates.is_empty();
    match explanation.outcome {
        Outcome::Low(overlap) if overlap.matches.is_empty() => Finding::NothingToCompare,
        // Whatever comparing everything with everything would say, the run never did it.
        Outcome::Listed(overlap) | Outcome::Low(overlap) if !proposed => Finding::NeverCandidate(overlap),
        Outcome::Listed(overlap) => Finding::Listed(overlap),
        Outcome::Low(overlap) => Finding::ScoredLow(overlap),
        Outcome::Excluded(exclusion) => Finding::Excluded(exclusion),
    }
}

fn formula(settings: &OverlapSettings) -> Formula {
    let weights = SignalKind::ALL.into_iter().map(|kind| (kind, overlap::score::weight(kind, &settings.weights)));
    Formula {
        bias: settings.weights.bias,
        weights: weights.collect(),
        corroborated: overlap::corroborate::CORROBORATED,
        further: overlap::FURTHER,
        threshold: settings.threshold,
    }
}
