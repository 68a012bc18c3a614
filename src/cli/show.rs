//! `zhai show`: one article, laid out and printed.
//!
//! It refuses to page and to read keys; what it prints holds no control sequence but the colours that were asked for.

pub mod links;

use super::{USUAL_WIDTH, report, scope, settings, tables, terminal_width};
use crate::document::{Block, BlockKind, Document, Meta, Scope};
use crate::layout::{Layout, Measure, Role, Row, Tone};
use crate::library::{open, open_as_is};
use crate::text::{Language, SafeText, counted};
use links::{Links, written_out};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// Cells below which no columns are given up for hanging marks.
const LEAST_FOR_HANGING: u16 = 20;

/// Print one article, laid out.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The article; `-` is standard input
    path: PathBuf,
    /// Cells of a line [default: the terminal's, at most 80]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1000))]
    width: Option<u16>,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
    /// Keep the title block and boilerplate, and text that was garbled before it was saved
    #[arg(long)]
    raw: bool,
    /// How to print where links lead
    #[arg(long, value_enum, default_value_t = Links::None)]
    links: Links,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Prints the article.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let open = if arguments.raw { open_as_is } else { open };
    let document = Arc::new(written_out(open(&super::origin(&arguments.path)?, &tables())?, arguments.links));
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let hidden = if arguments.raw { 0 } else { document.hidden_lines() };
    let note =
        (hidden > 0).then(|| format!("{} beside the article hidden; --raw shows them", counted(hidden as u64, "line")));
    let warning = document.warning().filter(|_| !arguments.raw).map(str::to_owned);
    let notes = warning.into_iter().chain(nothing(&document, scope(arguments.raw))).chain(note);
    // A pager shares the terminal with the messages: what comes once it has begun stands in the middle of its screen.
    let is_after = std::io::stdout().is_terminal();
    let (before, after): (Vec<_>, Vec<_>) = notes.partition(|_| !is_after);
    for note in &before {
        report(note);
    }
    print(&document, arguments, &settings().measure, &mut out)?;
    out.flush()?;
    for note in &after {
        report(note);
    }
    Ok(())
}

/// Why nothing is printed but a title at most; none if something is.
fn nothing(document: &Document, scope: Scope) -> Option<String> {
    let has_text = |scope| document.shown(scope).any(|(_, block)| says_something(block));
    match () {
        () if has_text(scope) => None,
        () if has_text(Scope::File) => Some("there is no article in it; --raw shows what there is".to_owned()),
        () => Some("the file holds no text; save it again from where it came from".to_owned()),
    }
}

/// Whether a block is anything to look at.
fn says_something(block: &Block) -> bool {
    !block.text.trim().is_empty() || matches!(&block.kind, BlockKind::Image { url } if !url.is_empty())
}

fn print(document: &Arc<Document>, arguments: &Arguments, set: &Measure, out: &mut impl Write) -> std::io::Result<()> {
    let measure = measure(set, arguments.width.unwrap_or_else(usual_width), document.language, scope(arguments.raw));
    let colored = match arguments.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    };
    if !arguments.raw {
        let mut head = Layout::new(Arc::new(head(&document.meta, document.language)), measure.clone());
        print_rows(&mut head, |row| !row.is_blank(), colored, out)?;
        if head.document().blocks.is_empty() {
            return print_rows(&mut Layout::new(Arc::clone(document), measure), |_| true, colored, out);
        }
        writeln!(out)?;
    }
    print_rows(&mut Layout::new(Arc::clone(document), measure), |_| true, colored, out)
}

/// The measure whose lines, with all that hangs, are no wider than `width`.
fn measure(set: &Measure, width: u16, language: Language, scope: Scope) -> Measure {
    let hang = if width < LEAST_FOR_HANGING { 0 } else { set.hang.cells(language) };
    let columns = width - hang;
    // An even measure, so that lines of Han characters alone come out flush.
    let columns = if hang > 0 { columns - columns % 2 } else { columns };
    Measure { columns, overhang: hang, scope, printed: true, ..set.clone() }
}

/// The columns of the terminal, as far as they are good to read.
fn usual_width() -> u16 {
    terminal_width().min(USUAL_WIDTH)
}

/// The title and the line below it as a document of their own, so that they are set like everything else.
fn head(meta: &Meta, language: Language) -> Document {
    let block = |kind, text| Block { kind, text, language, ..Block::default() };
    let byline: Vec<&str> =
        [&meta.source, &meta.author, &meta.date].into_iter().flatten().map(|part| &**part).collect();
    let byline = SafeText::line(&byline.join(" · "));
    let blocks = [block(BlockKind::Heading { level: 1 }, meta.title.clone()), block(BlockKind::Paragraph, byline)];
    Document { blocks: blocks.into_iter().filter(|block| !block.text.is_empty()).collect(), ..Document::default() }
}

/// Prints the rows that are wanted, block by block, keeping none.
fn print_rows(
    layout: &mut Layout,
    wanted: impl Fn(&Row) -> bool,
    colored: bool,
    out: &mut impl Write,
) -> std::io::Result<()> {
    for block in 0..layout.document().blocks.len() {
        for row in layout.block(block).iter().filter(|row| wanted(row)) {
            print_row(row, colored, out)?;
        }
        layout.forget(block);
    }
    Ok(())
}

fn print_row(row: &Row, colored: bool, out: &mut impl Write) -> std::io::Result<()> {
    if !colored {
        let line: String = row.runs.iter().map(|run| run.text.as_str()).collect();
        return writeln!(out, "{}", line.trim_end());
    }
    for run in &row.runs {
        let codes = codes(run.role);
        if codes.is_empty() {
            out.write_all(run.text.as_bytes())?;
        } else {
            write!(out, "\x1b[{}m{}\x1b[0m", codes.join(";"), run.text)?;
        }
    }
    writeln!(out)
}

/// The SGR codes (ECMA-48 8.3.117) of a role: the sixteen colours only, which every terminal's own theme sets.
fn codes(role: Role) -> Vec<&'static str> {
    let mut codes = match role.tone {
        Tone::Body => vec![],
        Tone::Heading(1) => vec!["1", "34"],
        Tone::Heading(_) => vec!["1"],
        Tone::Quote | Tone::Image => vec!["36"],
        Tone::Code => vec!["33"],
        Tone::Link => vec!["4", "34"],
        Tone::Footnote => vec!["35"],
        Tone::TableHeader => vec!["1", "36"],
        Tone::Ruby | Tone::Ornament | Tone::Faint => vec!["2"],
    };
    let flags =
        [(role.strong, "1"), (role.emphasis, "3"), (role.dotted, "4"), (role.strikethrough, "9"), (role.marked, "7")];
    codes.extend(flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, code)| code));
    codes
}

#[cfg(test)]
mod tests {
    use super::links::Links;
    use super::{Arguments, Color, Measure, print};
    use crate::config::Settings;
    use crate::config::options::SETTINGS;
    use crate::parse::{Hint, parse};
    use std::sync::Arc;

    fn shown(source: &str, width: u16, color: Color) -> String {
        let document = parse(source.as_bytes(), &Hint::named("a.md"));
        let arguments = Arguments { path: "a.md".into(), width: Some(width), color, raw: false, links: Links::None };
        let mut out = Vec::new();
        print(&Arc::new(document), &arguments, &Measure::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn title_and_byline_stand_above_the_body() {
        let source =
            "---\ntitle: 茶\nsource: 茶报\nauthor: 陆羽\ndate: 2026-01-02\n---\n\n正文从这里开始。\n\n> 引文。\n";
        insta::assert_snapshot!(shown(source, 40, Color::Never), @r"
        茶
        茶报 · 陆羽 · 2026-01-02

        正文从这里开始。

        > 引文。
        ");
    }

    #[test]
    fn colours_only_where_asked_for() {
        let source = "# 题\n\n正文，*轻*，**重**。\n";
        assert!(!shown(source, 40, Color::Never).contains('\x1b'));
        assert!(!shown(source, 40, Color::Auto).contains('\x1b'), "a test has no terminal");
        let colored = shown(source, 40, Color::Always);
        assert!(colored.contains("\x1b[1m重\x1b[0m") && colored.contains("\x1b[3m轻\x1b[0m"), "{colored}");
    }

    #[test]
    fn dots_beside_characters_become_a_line_below_them() {
        let source = "《《甲》》と<em class=\"sesame_dot\">乙</em>と<span style=\"text-emphasis: dot\">丙</span>と<em>丁</em>の話。\n";
        let colored = shown(source, 40, Color::Always);
        for dotted in ["\x1b[4m甲", "\x1b[4m乙", "\x1b[4m丙", "\x1b[3m丁"] {
            assert!(colored.contains(dotted), "{dotted:?} in {colored:?}");
        }
    }

    #[test]
    fn no_setting_makes_a_line_wider_than_asked_for() {
        let source = "（开头的括号）……“引号”和 hyphenation of English words，说到一半。「日本語も少し」\n\n".repeat(8);
        let document = Arc::new(parse(source.as_bytes(), &Hint::named("a.md")));
        for setting in SETTINGS.iter().flat_map(|setting| {
            ["true", "false", "full", "wide", "always", "greedy", "9"].map(|value| format!("{}: {value}", setting.name))
        }) {
            let set = Settings::parse(&setting, "config.yaml".into()).measure;
            for width in [4, 11, 20, 21, 38, 60, 79] {
                let arguments = Arguments {
                    path: "a.md".into(),
                    width: Some(width),
                    color: Color::Never,
                    raw: false,
                    links: Links::None,
                };
                let mut out = Vec::new();
                print(&document, &arguments, &set, &mut out).unwrap();
                let shown = String::from_utf8(out).unwrap();
                let widest = shown.lines().map(|line| set.width.text(line)).max();
                assert!(widest <= Some(usize::from(width)), "{setting}, {width}: {widest:?}\n{shown}");
            }
        }
    }

    #[test]
    fn no_line_is_wider_than_asked_for() {
        let source = "长长的一段，有标点；还有，更多的标点。".repeat(20);
        for width in 2..90 {
            let shown = shown(&source, width, Color::Never);
            let widest = shown.lines().map(|line| crate::text::WidthPolicy::default().text(line)).max();
            assert!(widest <= Some(usize::from(width)), "{width}: {widest:?}");
        }
    }
}
