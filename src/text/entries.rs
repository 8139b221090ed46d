//! Catalogue files: read, checked, and the office's own entries joined to those of the program.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::model::{Capability, CapabilityIdx};

use super::lexicon::Lexicon;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    #[serde(default)]
    capability: Vec<Capability>,
}

/// An entry of the office's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// The file that it stands in, for messages.
    pub file: String,
    /// The entry.
    pub capability: Capability,
}

/// What the office's own entries came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Own {
    /// Where they stand in the catalogue, ordered.
    pub capabilities: Vec<CapabilityIdx>,
    /// How many of them stand in the place of an entry of the program; the others are new.
    pub replaced: usize,
}

/// Reads one catalogue file.
///
/// # Errors
/// Where the file is no valid TOML, an entry misses a field or has an empty one; the message names the entry.
pub fn parse(file: &str, text: &str) -> Result<Vec<Capability>> {
    let parsed: CatalogueFile =
        toml::from_str(text).map_err(|e| in_entry(Error::toml(file, text, &e), text, e.span()))?;
    for c in &parsed.capability {
        let texts = [("code", &c.code), ("name", &c.name), ("sector", &c.sector)];
        let owner: Vec<String> = c.owner.iter().map(|kind| kind.0.clone()).collect();
        let lists = [("names", &c.names), ("objects", &c.objects), ("actions", &c.actions), ("owner", &owner)];
        let optional = [("says", &c.says), ("confusable", &c.confusable)];
        let blank = |text: &String| text.trim().is_empty();
        let refused = |what: String| {
            let reason = format!("能力“{}”（{}）的 {what}；请补上后重试", c.name, c.code);
            Err(Error::Data { file: file.to_owned(), reason })
        };
        if let Some((field, _)) = texts.iter().find(|(_, text)| blank(text)) {
            return refused(format!("{field} 为空"));
        }
        if let Some((field, _)) = lists.iter().find(|(_, list)| list.is_empty()) {
            return refused(format!("{field} 为空"));
        }
        if let Some((field, _)) = lists.iter().chain(&optional).find(|(_, list)| list.iter().any(blank)) {
            return refused(format!("{field} 中有空的一项"));
        }
    }
    Ok(parsed.capability)
}

/// A fault of the TOML with the code of the entry that it stands in, where that has one.
fn in_entry(fault: Error, text: &str, span: Option<Range<usize>>) -> Error {
    match (fault, span.and_then(|span| code_at(text, span.start))) {
        (Error::Data { file, reason }, Some(code)) => Error::Data { file, reason: format!("能力 {code}，{reason}") },
        (fault, _) => fault,
    }
}

/// The code of the entry whose lines hold the byte `at`.
fn code_at(text: &str, at: usize) -> Option<&str> {
    let mut code = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let is_header = line.trim_start().starts_with("[[");
        if is_header && start > at {
            break;
        }
        if is_header {
            code = None;
        }
        let value = line.trim_start().strip_prefix("code").map(str::trim_start).and_then(|l| l.strip_prefix('='));
        code = code.or_else(|| value.and_then(|v| v.split(['"', '\'']).nth(1)));
        start += line.len();
    }
    code
}

/// The entries of the program with those of the office: in the place of the entry with the same code, or after all others.
///
/// # Errors
/// Where two of the office's entries share a code, or one names a code or a kind of department that does not exist; the message
/// names file and entry.
pub fn join(builtin: Vec<Capability>, additions: Vec<Addition>, lexicon: &Lexicon) -> Result<(Vec<Capability>, Own)> {
    check(&builtin, &additions, lexicon)?;
    let mut capabilities = builtin;
    let places: FxHashMap<String, usize> = capabilities.iter().enumerate().map(|(i, c)| (c.code.clone(), i)).collect();
    let mut own = Own::default();
    for Addition { capability, .. } in additions {
        let place = match places.get(&capability.code) {
            Some(&place) => {
                own.replaced += 1;
                capabilities[place] = capability;
                place
            }
            None => {
                capabilities.push(capability);
                capabilities.len() - 1
            }
        };
        own.capabilities.push(CapabilityIdx(place as u32));
    }
    own.capabilities.sort_unstable();
    Ok((capabilities, own))
}

fn check(builtin: &[Capability], additions: &[Addition], lexicon: &Lexicon) -> Result<()> {
    let mut files: FxHashMap<&str, &str> = FxHashMap::default();
    let codes: FxHashSet<&str> =
        builtin.iter().chain(additions.iter().map(|a| &a.capability)).map(|c| c.code.as_str()).collect();
    for Addition { file, capability } in additions {
        let refused = |what: String| {
            let reason = format!("能力“{}”（{}）的 {what}", capability.name, capability.code);
            Err(Error::Data { file: file.clone(), reason })
        };
        if let Some(other) = files.insert(&capability.code, file) {
            return refused(format!("code 在 {other} 中已经用过；请另取一个代码，或删去其中一条"));
        }
        if let Some(stranger) = capability.confusable.iter().find(|code| !codes.contains(code.as_str())) {
            return refused(format!("confusable 中的“{stranger}”不是目录中的代码；请改正或删去"));
        }
        if capability.confusable.contains(&capability.code) {
            return refused("confusable 写了它自己；请删去".to_owned());
        }
        let kinds = lexicon.department_kinds();
        if let Some(stranger) = capability.owner.iter().find(|kind| !kinds.contains(kind)) {
            let meant = lexicon.department_kind(&stranger.0).map(|kind| kind.0);
            let meant = meant.or_else(|| kinds.iter().find(|k| k.0.contains(&stranger.0)).map(|k| k.0.clone()));
            let way = meant.map_or("请改用其中的一类".to_owned(), |kind| format!("是否想写“{kind}”"));
            return refused(format!("owner 中的“{stranger}”不是单位类别；{way}"));
        }
    }
    Ok(())
}

/// A file with one entry and all that there is to know for writing more; it is read by [`parse`] as it stands.
pub fn template(lexicon: &Lexicon) -> String {
    let kinds: Vec<&str> = lexicon.department_kinds().iter().map(|kind| kind.0.as_str()).collect();
    // 12 kinds of about four characters fill a line.
    let kinds: Vec<String> = kinds.chunks(12).map(|line| format!("#   {}", line.join("、"))).collect();
    format!("{TEMPLATE}\n# owner 可用的单位类别：\n{}\n", kinds.join("\n"))
}

const TEMPLATE: &str = r##"# 本单位的能力目录：补充或替换内置的条目。用法：jiyue analyze 申报材料 --out out --catalogue 本文件
# 一项能力写一段 [[capability]]，可以写多段；写好后用 jiyue catalogue --check --catalogue 本文件 检查。
# 下面是一个例子，照样改写；除 says 和 confusable 外，每一项都须写。

[[capability]]
# 代码，不能重复。与内置条目的代码相同时，整条替换内置的；内置的用 jiyue catalogue --show 代码 查看。
code = "BD-001"
# 中性的名称，报告里用它。
name = "古树名木挂牌与养护巡查"
# 行业；内置的行业用 jiyue catalogue 查看，也可以新写一个。
sector = "园林绿化"
# 说法：各单位、区县和厂商给同一件事起的名称，八种以上为好。
# 文字里出现任何一种就算建设这项能力，所以太宽泛的词（平台、系统、数据）不要写。
names = [
  "古树名木二维码挂牌", "古树名木电子身份证", "古树养护巡查", "古树名木健康监测", "古树名木保护管理系统",
  "古树复壮台账", "名木古树巡护", "古树后备资源普查",
]
# 描述：不用名称时，申报书怎样写这件事（做法、步骤、用途、数据）。可以不写，写了更容易找到相近的。
says = [
  "给每棵百年以上的老树挂牌编号，扫码看树龄、树种和管护人",
  "养护工按月到树下拍照填记录，发现枯枝虫害立即上报",
]
# 对象和动作：一句话里各出现一个，也算建设这项能力，把握小一些。
objects = ["古树", "名木", "古树名木"]
actions = ["挂牌", "养护", "巡查", "监测"]
# 主管：按法定职责谁牵头，最合适的写在前面；只能用文末所列的单位类别。
owner = ["园林绿化", "林业"]
# 全市统一建一次、大家都用的基础平台写 true，其余写 false。
common = false
# 易混：看着像、其实不是一回事的条目的代码。可以不写。
confusable = []
"##;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Catalogue;

    fn entry(code: &str) -> Addition {
        let lexicon = Lexicon::builtin().unwrap();
        let mut capability = parse("样例", &template(&lexicon)).unwrap().remove(0);
        capability.code = code.to_owned();
        Addition { file: format!("{code}.toml"), capability }
    }

    fn refusal(additions: Vec<Addition>) -> String {
        let builtin = Catalogue::builtin_entries().unwrap();
        join(builtin, additions, &Lexicon::builtin().unwrap()).unwrap_err().to_string()
    }

    #[test]
    fn an_entry_with_a_known_code_replaces_and_one_with_a_new_code_is_added() {
        let builtin = Catalogue::builtin_entries().unwrap();
        let (before, known) = (builtin.len(), builtin[3].code.clone());
        let additions = vec![entry("BD-001"), entry(&known)];
        let (joined, own) = join(builtin, additions, &Lexicon::builtin().unwrap()).unwrap();
        assert_eq!(joined.len(), before + 1);
        assert_eq!((joined[3].code.as_str(), joined[3].name.as_str()), (known.as_str(), "古树名木挂牌与养护巡查"));
        assert_eq!(joined[before].code, "BD-001");
        assert_eq!(own, Own { capabilities: vec![CapabilityIdx(3), CapabilityIdx(before as u32)], replaced: 1 });
    }

    #[test]
    fn what_does_not_fit_the_catalogue_is_refused_with_file_and_entry() {
        let twice = refusal(vec![entry("BD-001"), entry("BD-001")]);
        assert!(twice.starts_with("BD-001.toml：能力“古树名木挂牌与养护巡查”（BD-001）的 code 在 "), "{twice}");
        let mut stranger = entry("BD-001");
        stranger.capability.confusable = vec!["BD-999".to_owned()];
        assert!(refusal(vec![stranger]).contains("“BD-999”不是目录中的代码"));
        let mut itself = entry("BD-001");
        itself.capability.confusable = vec!["BD-001".to_owned()];
        assert!(refusal(vec![itself]).contains("它自己"));
        let mut owner = entry("BD-001");
        owner.capability.owner[1].0 = "林业局".to_owned();
        assert!(refusal(vec![owner]).contains("“林业局”不是单位类别；是否想写“林业”"));
    }

    #[test]
    fn a_fault_names_the_entry_that_it_stands_in() {
        let lexicon = Lexicon::builtin().unwrap();
        let whole = template(&lexicon);
        let second = whole.replace("BD-001", "BD-002");
        let two = |from: &str, to: &str| parse("本地.toml", &format!("{whole}\n{}", second.replace(from, to)));
        let cases = [
            ("common = false", "", "缺少“common”"),
            ("common = false", "common = \"否\"", "应写 true 或 false"),
            ("common = false", "common = false\nnote = \"\"", "不认识的名称“note”"),
            ("confusable = []", "confusable = [\"\"]", "confusable 中有空的一项"),
            ("sector = \"园林绿化\"", "sector = \" \"", "sector 为空"),
            ("objects = [\"古树\", \"名木\", \"古树名木\"]", "objects = []", "objects 为空"),
        ];
        for (from, to, wanted) in cases {
            let message = two(from, to).unwrap_err().to_string();
            assert!(message.contains(wanted) && message.contains("BD-002"), "{from} → {to}: {message}");
        }
        assert_eq!(two("", "").unwrap().len(), 2);
    }
}
