//! Line breaking against the tests of others: the Web Platform Tests' table and the files of Unicode.
//!
//! Both are read where they lie and are no part of the project; a test whose file is absent says so and has only rows of
//! our own to pass.

use icu_properties::CodePointMapData;
use icu_properties::props::LineBreak;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use zhai::text::breaks::{BreakSource, Icu, Kinsoku, Rules, Words, opportunities};
use zhai::text::{Language, WidthPolicy, clusters};

/// Where we differ from the browsers on purpose: the reason, and the rows it covers.
const DEVIATIONS: &[Deviation] = &[
    (
        "CLREQ 3.1.3.1 and JLREQ 3.1.7: no connector starts a line; CSS, whose levels are a recommendation (\"should \
         follow language conventions\"), frees 〜 and ゠ below `strict`, we at `loose`, the level of newspapers",
        |row| row.level == "normal" && row.is_of("〜゠"),
    ),
    (
        "U+07BE is not assigned, and what is not is a letter to UAX #14 (LB1: XX is AL); the test itself is exploratory",
        |row| row.code == 0x7be,
    ),
    (
        "CSS `break-all` divides Latin words without a hyphen although other lines could end; only a word longer than \
         its line is divided so here",
        |row| row.words == "break-all" && row.language.is_empty(),
    ),
];

/// A reason and whether it covers a row.
type Deviation = (&'static str, fn(&Row) -> bool);

/// One fact of the table: whether a line may end before a character of a text.
struct Row {
    language: String,
    level: String,
    words: String,
    code: u32,
    family: String,
    allowed: bool,
    text: String,
    tested: usize,
}

impl Row {
    fn parse(line: &str) -> Option<Self> {
        let field: Vec<&str> = line.split('\t').collect();
        let [_, family, language, level, words, code, _, _, allowed, text, tested, _, _, status] = field[..] else {
            return None;
        };
        let tested = tested.parse().ok()?;
        (status == "current").then(|| Self {
            language: language.to_owned(),
            level: level.to_owned(),
            words: words.to_owned(),
            code: u32::from_str_radix(code, 16).unwrap_or_default(),
            family: family.to_owned(),
            allowed: allowed == "1",
            text: unescape(text),
            tested,
        })
    }

    fn is_of(&self, characters: &str) -> bool {
        characters.chars().any(|character| character as u32 == self.code)
    }

    /// The languages of ours that the row speaks of.
    fn languages(&self) -> &'static [Language] {
        match self.language.as_str() {
            "zh" => &[Language::ZhHans, Language::ZhHant],
            "ja" => &[Language::Ja],
            "ko" => &[Language::Ko],
            _ => &[Language::Other],
        }
    }

    fn rules(&self, language: Language) -> Rules {
        Rules {
            language,
            kinsoku: match self.level.as_str() {
                "loose" => Kinsoku::Loose,
                "strict" => Kinsoku::Strict,
                _ => Kinsoku::Normal,
            },
            words: if self.words == "keep-all" { Words::Whole } else { Words::Split },
        }
    }

    /// Whether we say what the row says.
    fn holds(&self, language: Language, source: &Icu) -> bool {
        let byte = self.text.char_indices().nth(self.tested).map_or(self.text.len(), |(byte, _)| byte);
        let found = opportunities(&self.text, self.rules(language), source);
        found.iter().any(|(at, _)| *at == byte) == self.allowed
    }
}

/// `\u0020` and `\U0001173C` as the characters they stand for.
fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('\\') {
        let digits = if tail.starts_with('u') { 1..5 } else { 1..9 };
        let end = digits.end;
        let code = tail.get(digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        plain.push_str(head);
        plain.extend(code.and_then(char::from_u32));
        rest = tail.get(end..).unwrap_or_default();
    }
    plain + rest
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Rows as the table has them, in our own words: language, level, words, text, the character before which a line may end
/// or not.
const OWN: &str = "
ja|strict|normal|茶屋ー水|2|0
ja|loose|normal|茶屋ァ水|2|1
zh|normal|normal|茶店，水|2|0
zh|normal|normal|茶店水|1|1
zh|strict|normal|（茶）|1|0
ko|normal|keep-all|찻집|1|0
ko|normal|normal|찻집|1|1
|normal|normal|tea shop|4|1
|normal|normal|tea|1|0
";

#[test]
fn rows_of_our_own() {
    let source = Icu::default();
    let mut tested_rows = 0;
    for line in OWN.trim().lines() {
        let fields: Vec<&str> = line.split('|').collect();
        let [language, level, words, text, tested, allowed]: [&str; 6] = fields.try_into().unwrap();
        let row = format!("\t\t{language}\t{level}\t{words}\t0\t\t\t{allowed}\t{text}\t{tested}\t\t\tcurrent");
        let row = Row::parse(&row).unwrap();
        assert!(row.languages().iter().all(|language| row.holds(*language, &source)), "{line}");
        tested_rows += 1;
    }
    assert_eq!(tested_rows, 9);
}

#[test]
fn web_platform_tests() {
    let path = package().join("../shared/conformance/wpt-linebreak.tsv");
    let Ok(table) = fs::read_to_string(&path) else {
        skip(&path.to_string_lossy());
        return;
    };
    let source = Icu::default();
    let (mut total, mut held, mut unexplained) = (0, 0, Vec::new());
    let mut deviations: BTreeMap<&str, usize> = BTreeMap::new();
    for row in table.lines().filter_map(Row::parse) {
        let wanted = matches!(row.language.as_str(), "zh" | "ja" | "ko" | "");
        if !wanted {
            continue;
        }
        for language in row.languages() {
            total += 1;
            let reason = DEVIATIONS.iter().find(|(_, applies)| applies(&row)).map(|(reason, _)| *reason);
            match (row.holds(*language, &source), reason) {
                (true, _) => held += 1,
                (false, Some(reason)) => *deviations.entry(reason).or_default() += 1,
                (false, None) => unexplained.push(format!(
                    "{} {} {language:?} {} {} U+{:04X} {:?} at {}: should be {}",
                    row.family, row.language, row.level, row.words, row.code, row.text, row.tested, row.allowed
                )),
            }
        }
    }
    println!("Web Platform Tests, zh ja ko and unmarked: {held} of {total} rows hold");
    for (reason, count) in &deviations {
        println!("  {count:3} differ on purpose: {reason}");
    }
    assert!(unexplained.is_empty(), "{} rows differ:\n{}", unexplained.len(), unexplained.join("\n"));
    assert!(DEVIATIONS.iter().all(|(reason, _)| deviations.contains_key(reason)), "a deviation is none any more");
}

/// The folder of test data that ships inside the `icu_segmenter` package.
fn unicode_files() -> Option<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(package())
        .output()
        .ok()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    let packages = metadata.get("packages")?.as_array()?;
    let manifest = packages.iter().find(|package| package["name"] == "icu_segmenter")?["manifest_path"].as_str()?;
    Some(Path::new(manifest).parent()?.join("tests/testdata"))
}

/// Says loudly that a file is not there: what is printed with `eprintln` nobody sees of a test that passes.
fn skip(file: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {file} is absent, only rows of our own are tested");
}

/// The lines of a file of Unicode's: each a text and the bytes at which it is divided, the ends left out.
fn unicode_lines(file: &str) -> Option<Vec<(String, Vec<usize>)>> {
    let folder = unicode_files();
    let Some(content) = folder.and_then(|folder| fs::read_to_string(folder.join(file)).ok()) else {
        skip(file);
        return None;
    };
    let parse = |line: &str| {
        let mut text = String::new();
        let mut bytes = Vec::new();
        for field in line.split('#').next()?.split_whitespace() {
            match field {
                "÷" => bytes.push(text.len()),
                "×" => {}
                code => text.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32)?),
            }
        }
        bytes.retain(|byte| *byte > 0 && *byte < text.len());
        Some((text, bytes)).filter(|(text, _)| !text.is_empty())
    };
    Some(content.lines().filter_map(parse).collect())
}

#[test]
fn unicode_line_breaks() {
    let class = CodePointMapData::<LineBreak>::new();
    let source = Icu::default();
    for (file, least) in [("LineBreakTest_15.1.txt", 9_000), ("LineBreakRandomTest_15.1.txt", 150)] {
        let Some(lines) = unicode_lines(file) else { return };
        let (mut total, mut complex, mut wrong) = (0, 0, Vec::new());
        for (text, expected) in lines {
            if text.chars().any(|c| class.get(c) == LineBreak::ComplexContext) {
                complex += 1;
                continue;
            }
            total += 1;
            let found = breaks(&source, &text);
            if found != expected {
                wrong.push(format!("{text:?}: {found:?}, should be {expected:?}"));
            }
        }
        let held = total - wrong.len();
        println!("{file}: {held} of {total} lines hold ({complex} of South East Asian scripts left out)");
        assert!(total >= least && wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// The whole way of an untailored text, in which plain characters never meet ICU4X. Three things remain of ours: quotes
/// beside CJK, addresses, and clusters, which Unicode's own rules for lines divide in places.
#[test]
fn unicode_line_breaks_without_kinsoku() {
    let class = CodePointMapData::<LineBreak>::new();
    let source = Icu::default();
    let rules = Rules { language: Language::Other, kinsoku: Kinsoku::None, words: Words::Split };
    let Some(lines) = unicode_lines("LineBreakTest_15.1.txt") else { return };
    let (mut total, mut wrong) = (0, Vec::new());
    for (text, mut expected) in lines {
        let is_ours = text.contains(['“', '”', '‘', '’']) || text.contains("://");
        if is_ours || text.chars().any(|c| class.get(c) == LineBreak::ComplexContext) {
            continue;
        }
        total += 1;
        let starts: Vec<usize> = clusters(&text, WidthPolicy::default()).map(|cluster| cluster.byte).collect();
        expected.retain(|byte| starts.contains(byte));
        let found: Vec<usize> = opportunities(&text, rules, &source).iter().map(|(byte, _)| *byte).collect();
        if found != expected {
            wrong.push(format!("{text:?}: {found:?}, should be {expected:?}"));
        }
    }
    println!("LineBreakTest 15.1, the whole way: {} of {total} lines hold", total - wrong.len());
    assert!(total > 9_000 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn unicode_clusters() {
    for (file, least) in [("GraphemeBreakTest_17.txt", 700), ("GraphemeBreakRandomTest_17.txt", 90)] {
        let Some(lines) = unicode_lines(file) else { return };
        let total = lines.len();
        let mut wrong = Vec::new();
        for (text, expected) in lines {
            let found: Vec<usize> =
                clusters(&text, WidthPolicy::default()).map(|cluster| cluster.byte).skip(1).collect();
            if found != expected {
                wrong.push(format!("{text:?}: {found:?}, should be {expected:?}"));
            }
        }
        println!("{file}: {} of {total} lines hold", total - wrong.len());
        assert!(total >= least && wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

fn breaks(source: &Icu, text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    source.breaks(text, &mut found);
    found
}
