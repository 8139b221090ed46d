//! Header texts to fields, by the aliases of data/lexicon/headers.toml.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::field::Field;
use super::width::squeeze;

/// Which texts stand for which field.
#[derive(Debug, Clone)]
pub struct HeaderAliases {
    labels: BTreeMap<Field, String>,
    /// Cleaned alias and field; sorted, so that results do not depend on the file's order.
    aliases: BTreeMap<String, Field>,
}

/// Why a file of header aliases cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderAliasError {
    /// No TOML, or not in the form of headers.toml.
    #[error("列名对照文件{line}写法有误，每节应为 [字段] 加 aliases = [\"写法\", …]", line = line.map_or(String::new(), |n| format!("第 {n} 行")))]
    Syntax {
        /// Counted from 1, where known.
        line: Option<usize>,
    },
    /// A section that names no field.
    #[error("列名对照文件中没有“{name}”这个字段，可用的字段：{known}")]
    UnknownField {
        /// As written.
        name: String,
        /// All fields.
        known: String,
    },
    /// One text stands for two fields.
    #[error("列名“{alias}”同时写在“{first}”和“{second}”两个字段下，只能保留一处")]
    AliasTwice {
        /// The text.
        alias: String,
        /// The field that has it already.
        first: String,
        /// The field that claims it too.
        second: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    #[serde(default)]
    label: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
}

/// How sure a header is mapped, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// The text is an alias.
    Exact,
    /// The text holds an alias.
    Contains,
    /// The text is like an alias.
    Similar,
}

/// 60 characters, remarks in brackets included: longer texts are content, and a sentence holds some alias always.
const LONGEST_HEADER: usize = 60;

/// 0.8: one wrong character in five. One in four is another word more often than a slip: 项目类别, 项目级别; 开工时间, 完工时间.
const LIKENESS: f64 = 0.8;

/// For 项目名称 one wrong in four is let through (项目各称): without that column the whole sheet would be lost, and the guess is reported.
const NAME_LIKENESS: f64 = 0.75;

/// Words before a general head (单位, 金额, 名称) that leave it general; with any other the head is something else:
/// 监理单位 files nothing, 质保金额 is not what the project costs.
const NEUTRAL: [&str; 24] = [
    "项目",
    "建设",
    "申报",
    "申请",
    "拟建",
    "拟",
    "计划",
    "预计",
    "总",
    "系统",
    "工程",
    "本",
    "该",
    "信息化",
    "政务",
    "信息",
    "主要",
    "具体",
    "实施",
    "投资",
    "初步",
    "全部",
    "整体",
    "电子",
];

impl HeaderAliases {
    /// The aliases that the program comes with.
    pub fn built_in() -> Self {
        // The file is compiled in and a test reads it, so the fallback is never met.
        Self::parse(include_str!("../../data/lexicon/headers.toml"))
            .unwrap_or(Self { labels: BTreeMap::new(), aliases: BTreeMap::new() })
    }

    /// Aliases of an office's own file, on top of the built-in ones; where both know a text, the office is right.
    pub fn from_toml(text: &str) -> Result<Self, HeaderAliasError> {
        let own = Self::parse(text)?;
        let mut all = Self::built_in();
        all.labels.extend(own.labels);
        all.aliases.extend(own.aliases);
        Ok(all)
    }

    fn parse(text: &str) -> Result<Self, HeaderAliasError> {
        let sections: BTreeMap<String, Section> = toml::from_str(text).map_err(|error| HeaderAliasError::Syntax {
            line: error.span().map(|span| text.get(..span.start).unwrap_or(text).matches('\n').count() + 1),
        })?;
        let mut all = Self { labels: BTreeMap::new(), aliases: BTreeMap::new() };
        for (name, section) in sections {
            let field = Field::from_name(&name).ok_or_else(|| HeaderAliasError::UnknownField {
                name: name.clone(),
                known: Field::ALL.iter().map(|field| field.name()).collect::<Vec<_>>().join("、"),
            })?;
            if let Some(label) = section.label {
                all.labels.insert(field, label);
            }
            for alias in section.aliases {
                let key = clean(&alias);
                match all.aliases.insert(key, field) {
                    Some(first) if first != field => {
                        return Err(HeaderAliasError::AliasTwice {
                            alias,
                            first: first.name().to_owned(),
                            second: name,
                        });
                    }
                    _ => {}
                }
            }
        }
        all.aliases.remove("");
        Ok(all)
    }

    /// The Chinese name of a field.
    pub fn label(&self, field: Field) -> &str {
        self.labels.get(&field).map_or_else(|| field.name(), String::as_str)
    }

    /// The field that a header text stands for.
    pub fn field_of(&self, header: &str) -> Option<Field> {
        self.fit(header).map(|(field, _)| field)
    }

    /// The field whose alias the text is, word for word.
    pub(crate) fn exact(&self, header: &str) -> Option<Field> {
        if header.chars().count() > LONGEST_HEADER {
            return None;
        }
        let text = clean(header);
        self.aliases.get(&text).or_else(|| self.aliases.get(&bare(&text))).copied()
    }

    /// The field, and how sure that is.
    pub(crate) fn fit(&self, header: &str) -> Option<(Field, Fit)> {
        if let Some(field) = self.exact(header) {
            return Some((field, Fit::Exact));
        }
        let text = if header.chars().count() > LONGEST_HEADER { String::new() } else { clean(header) };
        // 40 characters without the remarks: twice the longest alias.
        if text.is_empty() || text.chars().count() > 40 {
            return None;
        }
        // To miss a 密级 column costs more than anything else, so any header about secrecy is one.
        if ["涉密", "密级", "定密", "保密等级", "保密级别"].iter().any(|word| text.contains(word)) {
            return Some((Field::SecretLevel, Fit::Contains));
        }
        self.contained(&text)
            .map(|field| (field, Fit::Contains))
            .or_else(|| self.similar(&text).map(|field| (field, Fit::Similar)))
    }

    /// The alias that the text ends with, or the longest that it holds: Chinese puts the head last (建设单位联系电话 is a phone).
    fn contained(&self, text: &str) -> Option<Field> {
        self.aliases
            .iter()
            .filter_map(|(alias, field)| {
                let size = alias.chars().count();
                let ends = text.ends_with(alias.as_str());
                // One character says nothing, two are a general head.
                let holds = match size {
                    0 | 1 => false,
                    2 => ends && (!is_particular(*field) || is_neutral(&text[..text.len() - alias.len()])),
                    _ => text.contains(alias.as_str()),
                };
                holds.then_some(((size * 2 + if ends { 3 } else { 0 }, ends), *field))
            })
            .max_by(|(a, x), (b, y)| a.cmp(b).then(y.cmp(x)))
            .map(|(_, field)| field)
    }

    fn similar(&self, text: &str) -> Option<Field> {
        let mut best: Option<(f64, Field)> = None;
        let mut rival = false;
        let length = text.chars().count();
        for (alias, field) in &self.aliases {
            // Each character too many or too few is one edit, and at most one in four is allowed: beyond that nothing is computed.
            let size = alias.chars().count();
            if length.abs_diff(size) * 4 > length.max(size) {
                continue;
            }
            let likeness = strsim::normalized_damerau_levenshtein(text, alias);
            match best {
                Some((value, _)) if likeness < value => {}
                Some((value, known)) if likeness == value => rival |= known != *field,
                _ => (best, rival) = (Some((likeness, *field)), false),
            }
        }
        let enough = |field| if field == Field::ProjectName { NAME_LIKENESS } else { LIKENESS };
        best.filter(|(likeness, field)| *likeness >= enough(*field) && !rival).map(|(_, field)| field)
    }
}

/// Fields for which a wrong column is worse than none: who files, what it is called, what it costs, when.
fn is_particular(field: Field) -> bool {
    field.is_amount()
        || matches!(
            field,
            Field::ProjectName | Field::Unit | Field::ParentUnit | Field::DeptSub | Field::Year | Field::Status
        )
}

/// Whether a text consists of neutral words only.
fn is_neutral(text: &str) -> bool {
    text.is_empty() || NEUTRAL.iter().any(|word| text.strip_prefix(word).is_some_and(is_neutral))
}

/// A header text without blanks, punctuation, bracketed remarks, numbering and marks.
fn clean(header: &str) -> String {
    let text = squeeze(header);
    let mut outside = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '〔' | '{' | '<' | '《' => depth += 1,
            ')' | ']' | '】' | '〕' | '}' | '>' | '》' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    if outside.chars().all(|c| !c.is_alphabetic()) {
        outside = text;
    }
    let outside = strip_numbering(&outside);
    let outside = drop_year(outside);
    let kept: String = outside.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    let kept = ["单位万元", "单位元", "万元", "亿元", "千元"]
        .iter()
        .fold(kept.as_str(), |text, unit| text.strip_suffix(unit).filter(|rest| !rest.is_empty()).unwrap_or(text));
    let kept = kept.strip_suffix("必填").unwrap_or(kept);
    let digits_gone = kept.trim_end_matches(|c: char| c.is_ascii_digit());
    if digits_gone.is_empty() { kept.to_owned() } else { digits_gone.to_owned() }
}

/// `一、项目名称`, `1.项目名称`, `(1)项目名称` (brackets are gone already).
fn strip_numbering(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    if rest.len() < text.len() && rest.starts_with(['、', '.', ':']) {
        &rest[rest.chars().next().map_or(0, char::len_utf8)..]
    } else {
        text
    }
}

/// `2026年资金需求` is 年度资金需求.
fn drop_year(text: &str) -> String {
    let Some(at) = text.find("年") else { return text.to_owned() };
    let start = at.saturating_sub(4);
    match text.get(start..at) {
        Some(digits) if digits.len() == 4 && digits.starts_with("20") && digits.bytes().all(|b| b.is_ascii_digit()) => {
            let rest = &text[at + '年'.len_utf8()..];
            let rest = rest.strip_prefix('度').unwrap_or(rest);
            if rest.is_empty() && start == 0 { text.to_owned() } else { format!("{}年度{rest}", &text[..start]) }
        }
        _ => text.to_owned(),
    }
}

/// Without words that change nothing: 本项目的建设内容 is 建设内容.
fn bare(text: &str) -> String {
    let mut text = text;
    for word in ["本项目", "该项目", "拟建", "拟", "请填写", "项目的", "年度项目", "政务信息化"]
    {
        text = text.strip_prefix(word).filter(|rest| rest.chars().count() > 1).unwrap_or(text);
    }
    for word in ["情况", "等", "信息", "简述", "概述", "说明"] {
        text = text.strip_suffix(word).filter(|rest| rest.chars().count() > 3).unwrap_or(text);
    }
    text.trim_start_matches('的').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_holds_every_field_with_a_label() {
        let aliases = HeaderAliases::parse(include_str!("../../data/lexicon/headers.toml")).unwrap();
        for field in Field::ALL {
            assert!(aliases.labels.contains_key(field), "{}", field.name());
            assert!(aliases.aliases.values().any(|known| known == field), "{}", field.name());
        }
    }

    #[test]
    fn headers_are_mapped_through_their_decoration() {
        let aliases = HeaderAliases::built_in();
        for (header, field) in [
            ("* 项目\n名称（必填）", Field::ProjectName),
            ("投资估算(万元)", Field::BudgetTotal),
            ("２．申报单位（盖章）", Field::Unit),
            ("2026年资金需求（万元）", Field::BudgetYear),
            ("建设单位联系电话", Field::Phone),
            ("项目建没内容", Field::Content),
            ("项目各称", Field::ProjectName),
            ("备注1", Field::Remark),
            ("年运维费(万元)", Field::Maintenance),
        ] {
            assert_eq!(aliases.field_of(header), Some(field), "{header}");
        }
        for header in [
            "",
            "1",
            "天气",
            "监理单位",
            "质保金额",
            "项目级差",
            "本项目拟建设一套覆盖全市的智慧停车平台，项目名称待定，申报单位为市公安局，总投资一千二百万元，建设周期十二个月",
        ] {
            assert_eq!(aliases.field_of(header), None, "{header}");
        }
    }

    #[test]
    fn a_bad_file_of_aliases_says_what_is_wrong() {
        let error = |text| HeaderAliases::from_toml(text).unwrap_err().to_string();
        assert!(error("[content\naliases = 1").contains("第 1 行"));
        assert!(error("[color]\naliases = [\"颜色\"]").contains("没有“color”这个字段"));
        assert!(error("[content]\naliases=[\"事由\"]\n[goal]\naliases=[\"事由\"]").contains("“事由”同时写在"));
        assert_eq!(
            HeaderAliases::from_toml("[content]\naliases=[\"事由\"]").unwrap().field_of("事由"),
            Some(Field::Content)
        );
    }

    /// The listed texts were known when the aliases were written. Without the aliases that are word for word one of them,
    /// what is left shows how texts fare that nobody has seen.
    #[test]
    fn headers_that_no_alias_spells_out_are_still_mapped_for_the_most_part() {
        let mut aliases = HeaderAliases::built_in();
        let list = include_str!("../../tests/ingest/headers.csv");
        let rows: Vec<(&str, &str)> =
            list.lines().skip(1).filter_map(|line| line.split_once(',')?.1.split_once(',')).collect();
        for (_, header) in &rows {
            aliases.aliases.remove(&clean(header));
        }
        let score = |fit: fn(Option<Field>, Option<Field>) -> bool| {
            rows.iter().filter(|(field, header)| fit(Field::from_name(field), aliases.field_of(header))).count()
        };
        let right = score(|wanted, got| wanted == got);
        let wrong = score(|wanted, got| got.is_some() && wanted != got);
        assert_eq!((right, wrong, rows.len()), (136, 11, 234), "read why it moved, then write the new figures here");
    }
}
