//! What stands after a key: one line, a folded text, a list; quotes and escapes taken off only where they fit.

use super::fields::Field;
use crate::text::letters::is_unspaced;

/// Open brackets beyond which YAML parsers take quadratic time.
pub const OPEN_BRACKETS: usize = 64;

/// A value of one line, or a block scalar or continuation joined to one.
pub fn scalar(field: &Field) -> String {
    let below = || field.below.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && !line.starts_with('#'));
    match field.value {
        "|" | ">" | "|-" | ">-" | "|+" | ">+" => joined(below()),
        "" => unquote(&joined(below().map(|line| line.trim_start_matches("- ")))),
        "null" | "~" => String::new(),
        value if value.starts_with("\"\"\"") || value.starts_with("'''") => {
            let whole = joined(std::iter::once(value).chain(below()));
            whole.trim_matches(['"', '\'']).trim().to_owned()
        }
        value if below().next().is_some_and(|line| !line.starts_with('-')) => {
            unquote(&joined(std::iter::once(value).chain(below())))
        }
        value => unquote(value),
    }
}

/// A value that may be a list: `[a, b]`, `- a` lines, `a, b`, `#a #b`, `"[[a]]"`, `{name: a}`.
pub fn list(field: &Field) -> Vec<String> {
    let is_flow = field.value.starts_with('[') || field.value.starts_with('{');
    let entry: String = if is_flow {
        std::iter::once(field.value).chain(field.below.iter().copied()).collect::<Vec<_>>().join("\n ")
    } else {
        String::new()
    };
    let from_yaml = (is_flow && open_brackets(&entry) <= OPEN_BRACKETS)
        .then(|| serde_yaml::from_str::<serde_yaml::Value>(&entry).ok())
        .flatten()
        .map(|value| match &value {
            serde_yaml::Value::Sequence(values) => values.iter().filter_map(plain_value).collect::<Vec<_>>(),
            value => plain_value(value).into_iter().collect(),
        });
    let items = match from_yaml {
        Some(items) => items,
        None if field.value.is_empty() => below_items(field),
        None => loose_items(field.value),
    };
    items
        .iter()
        .map(|item| {
            item.trim().trim_start_matches("[[").trim_end_matches("]]").trim_start_matches('#').trim().to_owned()
        })
        .filter(|item| !item.is_empty())
        .collect()
}

/// The items of a list below its key; of a map the value of its first key, which is the name.
fn below_items(field: &Field) -> Vec<String> {
    let lines = || field.below.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let value_of = |line: &str| {
        let name = line.strip_prefix("name:").or_else(|| line.strip_prefix("Name:"));
        unquote(name.unwrap_or(line).trim())
    };
    let listed: Vec<String> =
        lines().filter_map(|line| line.strip_prefix('-')).map(|line| value_of(line.trim())).collect();
    if listed.is_empty() { lines().take(1).map(value_of).collect() } else { listed }
}

fn plain_value(value: &serde_yaml::Value) -> Option<String> {
    match value {
        serde_yaml::Value::String(text) => Some(text.clone()),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        serde_yaml::Value::Bool(flag) => Some(flag.to_string()),
        // `[[name]]` without quotes is a list in a list.
        serde_yaml::Value::Sequence(inner) => inner.first().and_then(|value| value.as_str()).map(str::to_owned),
        serde_yaml::Value::Mapping(map) => map.get("name").and_then(|value| value.as_str()).map(str::to_owned),
        _ => None,
    }
}

fn loose_items(value: &str) -> Vec<String> {
    let is_flow = value.starts_with('[') && !value.starts_with("[[") && !value.ends_with(')');
    let value = if is_flow { value.trim_start_matches('[').trim_end_matches(']') } else { value };
    let separators: &[char] = if value.contains([',', '，', '、', ';', '；']) {
        &[',', '，', '、', ';', '；']
    } else if value.starts_with('#') {
        &[' ', '\u{3000}']
    } else {
        &['\n']
    };
    value.split(separators).map(|item| unquote(item.trim())).collect()
}

/// How many brackets a text opens.
pub fn open_brackets(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count()
}

/// Lines made one, with a space between them unless both sides are of a script without spaces.
fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for line in lines {
        let unspaced = |c: Option<char>| c.is_none_or(is_unspaced);
        let is_glued = unspaced(joined.chars().next_back()) && unspaced(line.chars().next());
        if !is_glued && !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

/// Takes quotes off a value, if they enclose all of it but a comment, and decodes JSON's escapes inside double ones.
pub fn unquote(value: &str) -> String {
    let value = without_comment(value);
    let inner = |quote: char| {
        let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
        let escaped = inner.replace("\\\\", "").replace("\\\"", "").replace("''", "");
        (!escaped.contains(quote)).then_some(inner)
    };
    if let Some(inner) = inner('"') {
        return serde_json::from_str(value).unwrap_or_else(|_| inner.to_owned());
    }
    inner('\'').map_or_else(|| value.to_owned(), |inner| inner.replace("''", "'"))
}

/// A quoted value without the comment or the comma after its closing quote. A ` #` in a value without quotes is text:
/// YAML would cut it off, and with it half of a title.
fn without_comment(value: &str) -> &str {
    let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return value };
    let inner = value.get(1..).unwrap_or_default();
    let Some(end) = inner.find(quote) else { return value };
    let (quoted, rest) = value.split_at_checked(end + 2).unwrap_or((value, ""));
    let rest = rest.trim_start();
    let ends = rest == "," || (rest.starts_with('#') && !quoted.ends_with("\\\""));
    if ends { quoted } else { value }
}
