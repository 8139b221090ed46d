//! Reports: columns, bytes that spreadsheets open, no formulas, and the same figures in every format.

mod meeting;

use jiyue::model::{Akin, Analysis, Score, SignalKind};
use jiyue::report::explained::{Explained, Finding, Formula};
use jiyue::report::{csv, json, rows, text};

/// Each table as bytes, by file name.
fn tables(analysis: &Analysis) -> Vec<(&'static str, String)> {
    rows::all(analysis)
        .into_iter()
        .map(|table| {
            let file = table.file;
            let mut bytes = Vec::new();
            csv::write(table, &mut bytes).unwrap();
            (file, String::from_utf8(bytes).unwrap())
        })
        .collect()
}

fn table(analysis: &Analysis, file: &str) -> String {
    tables(analysis).into_iter().find(|(name, _)| *name == file).unwrap().1
}

/// The rows of a table as maps from column to cell.
fn records(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(|record| record.unwrap()).collect()
}

fn result(analysis: &Analysis) -> serde_json::Value {
    let mut bytes = Vec::new();
    json::write(analysis, &mut bytes).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

#[test]
fn tables_read_as_a_meeting_sees_them() {
    let analysis = meeting::analysis();
    for (file, text) in tables(&analysis) {
        let readable = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        insta::assert_snapshot!(file.trim_end_matches(".csv"), readable);
    }
}

#[test]
fn the_columns_that_scripts_rely_on_come_first() {
    let promised = [
        (
            "overlaps.csv",
            "项目A编号,项目A名称,项目A单位,项目B编号,项目B名称,项目B单位,关系,重叠度,共同需求,A方原文,B方原文,涉及金额(万元),说明",
        ),
        (
            "groups.csv",
            "组号,名称,项目编号,牵头单位,参建单位,建设模式,共性需求,重复投资下限(万元),重复投资上限(万元),理由",
        ),
        ("projects.csv", "项目编号,项目名称,单位,投资,建议,理由,归并组,重叠项目数,涉及金额"),
    ];
    for (file, columns) in promised {
        assert!(table(&meeting::analysis(), file).starts_with(&format!("\u{feff}{columns},")), "{file}");
    }
}

#[test]
fn every_line_ends_in_crlf_and_no_cell_breaks_it() {
    for (file, text) in tables(&meeting::analysis()) {
        assert!(text.ends_with("\r\n"), "{file}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{file}");
    }
}

#[test]
fn no_cell_runs_as_a_formula() {
    for bad in ["=1+1", "+cmd", "-项目", "@SUM(A1)", "＝1+1", "\t=1", "\r=1", "\n=1", " =1", "--1", "-1-1", "-.5"] {
        let mut analysis = meeting::analysis();
        for proposal in &mut analysis.proposals {
            proposal.name = bad.to_owned();
            proposal.department.name = bad.to_owned();
        }
        analysis.suggestions[0].reason = bad.to_owned();
        for (file, text) in tables(&analysis) {
            for record in records(&text) {
                for (column, cell) in record {
                    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
                    assert!(
                        !formula || cell.parse::<f64>().is_ok_and(|_| !cell.starts_with("-.")),
                        "{file} {column}: {cell}"
                    );
                }
            }
        }
    }
    assert_eq!(csv::safe("-12.5"), "-12.5");
    assert_eq!(csv::safe("+8613800000000"), "+8613800000000");
}

#[test]
fn every_figure_of_projects_csv_stands_in_result_json_too() {
    let analysis = meeting::analysis();
    let result = result(&analysis);
    let rows = records(&table(&analysis, "projects.csv"));
    let proposals = result["proposals"].as_array().unwrap();
    assert_eq!(rows.len(), proposals.len());
    for (row, proposal) in rows.iter().zip(proposals) {
        let id = proposal["id"].as_str().unwrap();
        assert_eq!(row["项目编号"], id);
        assert_eq!(row["投资"], proposal["total_wan"].as_str().unwrap_or(""), "{id}");
        let overlaps: Vec<_> = result["overlaps"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|o| o["a"]["id"] == id || o["b"]["id"] == id)
            .collect();
        assert_eq!(row["重叠项目数"], overlaps.len().to_string(), "{id}");
        let best = overlaps.first().map_or(String::new(), |o| format!("{:.3}", o["score"].as_f64().unwrap()));
        assert_eq!(row["最高重叠度"], best, "{id}");
        let suggestions = result["suggestions"].as_array().unwrap();
        let suggestion = suggestions.iter().find(|s| s["proposal"] == id);
        assert_eq!(row["建议"], suggestion.map_or("", |s| s["advice"].as_str().unwrap()), "{id}");
        assert_eq!(row["涉及金额"], suggestion.and_then(|s| s["money_wan"].as_str()).unwrap_or(""), "{id}");
        let groups: Vec<&str> = result["groups"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|g| g["members"].as_array().unwrap().iter().any(|m| m["id"] == id))
            .map(|g| g["group"].as_str().unwrap())
            .collect();
        assert_eq!(row["归并组"], groups.join(";"), "{id}");
    }
}

#[test]
fn the_money_of_a_group_is_the_same_in_csv_and_json() {
    let analysis = meeting::analysis();
    let rows = records(&table(&analysis, "groups.csv"));
    let result = result(&analysis);
    for (row, group) in rows.iter().zip(result["groups"].as_array().unwrap()) {
        assert_eq!(row["重复投资下限(万元)"], group["low_wan"].as_str().unwrap());
        assert_eq!(row["重复投资上限(万元)"], group["high_wan"].as_str().unwrap());
    }
}

#[test]
fn quotes_in_result_json_are_the_bytes_that_their_spans_name() {
    let analysis = meeting::analysis();
    let result = result(&analysis);
    assert_eq!(result["schema"], 1);
    let text_of = |id: &serde_json::Value, section: &serde_json::Value| -> String {
        let proposals = result["proposals"].as_array().unwrap();
        let proposal = proposals.iter().find(|p| p["id"] == *id).unwrap();
        let sections = proposal["sections"].as_array().unwrap();
        sections.iter().find(|s| s["kind"] == *section).unwrap()["text"].as_str().unwrap().to_owned()
    };
    let at = |span: &serde_json::Value, end: usize| span[end].as_u64().unwrap() as usize;
    for need in result["needs"].as_array().unwrap() {
        let text = text_of(&need["proposal"], &need["section"]);
        assert_eq!(text[at(&need["bytes"], 0)..at(&need["bytes"], 1)], *need["quote"].as_str().unwrap());
    }
}

#[test]
fn result_json_has_one_record_a_line() {
    let analysis = meeting::analysis();
    let mut bytes = Vec::new();
    json::write(&analysis, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let record = text.lines().find(|line| line.contains("\"need\":0,")).unwrap();
    let record: serde_json::Value = serde_json::from_str(record.trim_end_matches(',')).unwrap();
    insta::assert_snapshot!("need_record", serde_json::to_string_pretty(&record).unwrap());
}

#[test]
fn the_summary_fits_80_columns() {
    let summary = text::summary::summary(&meeting::analysis());
    for line in summary.lines().skip_while(|line| !line.starts_with("归并组（")) {
        // Chinese characters and punctuation take two columns each.
        let width: usize = line.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum();
        assert!(width <= usize::from(text::WIDTH), "{width}: {line}");
    }
    insta::assert_snapshot!("summary", summary);
}

#[test]
fn a_score_can_be_recomputed_from_what_explain_prints() {
    let analysis = meeting::analysis();
    let overlap = analysis.overlaps[0].clone();
    let formula = Formula {
        bias: -1.0,
        weights: vec![(SignalKind::Meaning, 2.0), (SignalKind::Capability, 3.0)],
        corroborated: 0.5,
        further: 0.35,
        threshold: 0.2,
    };
    // -1 + 2 × 0.31 + 3 × 0.8 = 2.02
    assert!((formula.log_odds(&overlap.matches[0]) - 2.02).abs() < 1e-9);
    let explained = Explained {
        proposals: &analysis.proposals,
        needs: &analysis.needs,
        pair: overlap.pair,
        steps: vec![overlap.score],
        finding: Finding::Listed(overlap),
        akin: vec![vec![Akin { a: "泊位".to_owned(), b: "车位".to_owned(), cosine: Score::new(0.82) }]],
        formula,
    };
    insta::assert_snapshot!("explain", text::explain::explain(&explained));
}

#[test]
fn each_finding_says_why_the_pair_is_not_listed() {
    let analysis = meeting::analysis();
    let overlap = || analysis.overlaps[0].clone();
    let findings = [
        (Finding::ScoredLow(overlap()), "低于门槛"),
        (Finding::NeverCandidate(overlap()), "从未成为候选"),
        (Finding::NothingToCompare, "没有可以比对的建设内容"),
        (Finding::Excluded(analysis.exclusions[0].clone()), "排除（分期）"),
    ];
    for (finding, reason) in findings {
        let explained = Explained {
            proposals: &analysis.proposals,
            needs: &analysis.needs,
            pair: analysis.overlaps[0].pair,
            finding,
            akin: Vec::new(),
            formula: Formula { bias: 0.0, weights: Vec::new(), corroborated: 0.5, further: 0.35, threshold: 0.95 },
            steps: Vec::new(),
        };
        let text = text::explain::explain(&explained);
        assert!(text.contains(reason), "{reason}: {text}");
    }
}

#[test]
fn many_problems_of_a_kind_are_shown_by_three() {
    let mut problems = meeting::analysis().problems;
    let unreadable = problems[0].clone();
    problems.extend(std::iter::repeat_n(unreadable, 99));
    let shown = text::receipt::problems(&problems, text::receipt::Shown::Some, "见 problems.csv");
    assert_eq!(shown.matches("不是金额").count(), 3);
    assert!(shown.ends_with("其余 97 处见 problems.csv\n"), "{shown}");
    let all = text::receipt::problems(&problems, text::receipt::Shown::All, "");
    assert_eq!(all.matches("不是金额").count(), 100);
}
