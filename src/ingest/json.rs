//! JSON and JSON Lines to a sheet whose header is the keys.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::table::{Cell, CellKind, Limits, Sheet};
use crate::model::ProblemKind;

/// A JSON value that keeps the order of keys as filed.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Blank,
    Text(String),
    Number(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// Reads one JSON document, or one object a line. The error is what is wrong, in Chinese.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Sheet, String> {
    match serde_json::from_str::<Value>(text) {
        Ok(document) => Ok(sheet_of(records_in(document)?.into_iter().zip(1..), limits)),
        Err(_) if is_lines(text) => Ok(read_lines(text, limits)),
        Err(error) => Err(reason(&error)),
    }
}

/// Whether the first line is a JSON value on its own and more lines follow.
fn is_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let mut objects = lines.by_ref().take(5).filter(|line| serde_json::from_str::<Value>(line).is_ok());
    objects.next().is_some()
}

fn read_lines(text: &str, limits: &Limits) -> Sheet {
    let mut records = Vec::new();
    let mut broken = Vec::new();
    for (number, line) in (1_u32..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Value>(line) {
            Ok(value @ Value::Object(_)) => records.push((value, number)),
            Ok(_) => broken.push((Some(number), ProblemKind::Malformed("这一行不是 {…} 形式的记录".to_owned()))),
            Err(error) => broken.push((
                Some(number),
                ProblemKind::Malformed(format!("这一行第 {} 个字节处不是合法的 JSON", error.column())),
            )),
        }
    }
    let mut sheet = sheet_of(records.into_iter(), limits);
    sheet.lost_rows += broken.len();
    sheet.problems.append(&mut broken);
    sheet
}

fn reason(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return "JSON 不完整，结尾缺失".to_owned();
    }
    format!("第 {} 行第 {} 列不是合法的 JSON", error.line(), error.column())
}

/// The records of a document: an array of objects, or an object that holds one (the longest, first where equal).
fn records_in(document: Value) -> Result<Vec<Value>, String> {
    let is_table = |value: &Value| matches!(value, Value::List(items) if items.iter().any(|item| matches!(item, Value::Object(_))));
    match document {
        Value::List(items) if items.is_empty() => Ok(items),
        Value::List(items) if is_table(&Value::List(items.clone())) => Ok(items),
        Value::Object(pairs) => {
            let longest = pairs
                .iter()
                .enumerate()
                .filter(|(_, (_, value))| is_table(value))
                .max_by_key(|(at, (_, value))| (value.len(), std::cmp::Reverse(*at)))
                .map(|(at, _)| at);
            // An object with fields of its own and a list of items is one filing; a wrapper holds next to nothing else.
            let texts =
                pairs.iter().filter(|(_, value)| matches!(value, Value::Text(t) if t.chars().count() > 15)).count();
            match longest {
                Some(at) if texts == 0 => match pairs.into_iter().nth(at) {
                    Some((_, Value::List(items))) => Ok(items),
                    _ => Ok(Vec::new()),
                },
                _ => Ok(vec![Value::Object(pairs)]),
            }
        }
        _ => Err("没有找到由 {…} 记录组成的数组".to_owned()),
    }
}

fn sheet_of(records: impl Iterator<Item = (Value, u32)>, limits: &Limits) -> Sheet {
    let mut sheet = Sheet::default();
    let mut header: Vec<String> = Vec::new();
    let mut columns = rustc_hash::FxHashMap::default();
    let mut filled = 0;
    for (record, number) in records {
        let Value::Object(pairs) = record else {
            sheet.problems.push((Some(number), ProblemKind::Malformed("这一条不是 {…} 形式的记录".to_owned())));
            sheet.lost_rows += 1;
            continue;
        };
        let mut flat = Vec::new();
        flatten("", pairs, &mut flat);
        for (key, cell) in flat {
            let column = *columns.entry(key.clone()).or_insert_with(|| {
                header.push(key);
                header.len() as u32 - 1
            });
            if !cell.text.trim().is_empty() && !sheet.push(number, column, cell, limits, &mut filled) {
                sheet.header = Some(header);
                return sheet;
            }
        }
    }
    header.truncate(limits.columns);
    sheet.header = Some(header);
    sheet
}

/// Nested objects become `上级/下级` columns, lists become lines.
fn flatten(prefix: &str, pairs: Vec<(String, Value)>, out: &mut Vec<(String, Cell)>) {
    for (key, value) in pairs {
        let key = if prefix.is_empty() { key } else { format!("{prefix}/{key}") };
        match value {
            Value::Blank => out.push((key, Cell::default())),
            Value::Text(text) => out.push((key, Cell::text(text))),
            Value::Number(text) => out.push((key, Cell { text, kind: CellKind::Number })),
            Value::Object(inner) => flatten(&key, inner, out),
            Value::List(items) => {
                let lines: Vec<String> = items.iter().map(Value::line).filter(|line| !line.is_empty()).collect();
                out.push((key, Cell::text(lines.join("\n"))));
            }
        }
    }
}

impl Value {
    fn len(&self) -> usize {
        match self {
            Value::List(items) => items.len(),
            _ => 0,
        }
    }

    /// A value within a list, on one line.
    fn line(&self) -> String {
        match self {
            Value::Blank => String::new(),
            Value::Text(text) | Value::Number(text) => text.clone(),
            Value::List(items) => items.iter().map(Value::line).collect::<Vec<_>>().join("，"),
            Value::Object(pairs) => {
                let parts = pairs.iter().map(|(key, value)| (key, value.line())).filter(|(_, text)| !text.is_empty());
                parts.map(|(key, text)| format!("{key}：{text}")).collect::<Vec<_>>().join("；")
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Blank)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Text(if value { "是" } else { "否" }.to_owned()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Value::Object(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_and_lists_become_lines() {
        let sheet =
            read(r#"{"count":1,"rows":[{"b":"一","a":[{"名":"x","额":2},"y"],"c":{"d":3.5}}]}"#, &Limits::default())
                .unwrap();
        assert_eq!(sheet.header, Some(vec!["b".to_owned(), "a".to_owned(), "c/d".to_owned()]));
        assert_eq!(sheet.rows[0].text(1), "名：x；额：2\ny");
        assert_eq!(sheet.rows[0].text(2), "3.5");
    }

    #[test]
    fn a_broken_line_costs_one_line() {
        let sheet = read("{\"名称\":\"甲\"}\n{坏\n{\"名称\":\"乙\"}\n", &Limits::default()).unwrap();
        assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(sheet.problems.len(), 1);
    }

    #[test]
    fn a_broken_document_says_where() {
        assert_eq!(read("[{\"a\":1},", &Limits::default()).unwrap_err(), "JSON 不完整，结尾缺失");
        assert_eq!(read("[{\"a\":1} x]", &Limits::default()).unwrap_err(), "第 1 行第 10 列不是合法的 JSON");
        assert!(read("42", &Limits::default()).is_err());
    }
}
