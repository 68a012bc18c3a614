//! Texts of Aozora Bunko: readings `《…》`, notes `［＃…］`, the head with title and author, the colophon.
//!
//! A note that only concerns the printed page (indentation, variants of the copy text) is dropped, a character that the
//! text could not write is shown by its description.

use crate::document::{Block, BlockKind, Inline, LineRange, Part};
use crate::parse::inlines::Inlines;
use crate::text::SafeText;

/// Lines at the head among which title and author stand.
const HEAD: usize = 12;
/// Lines that the explanation of the notation takes at most.
const EXPLANATION: usize = 40;

/// A text with what its head says.
#[derive(Debug, Default)]
pub struct Book {
    /// Its title, with the subtitle.
    pub title: Option<SafeText>,
    /// Who wrote it.
    pub author: Option<SafeText>,
    /// All of its lines.
    pub blocks: Vec<Block>,
}

/// Whether a text is marked up so: it has notes, or a head and a colophon as all of these texts do.
pub fn is_marked(text: &str) -> bool {
    let has_colophon = text.contains("\n底本：") || text.contains("\n底本:");
    let has_rule = text.lines().take(EXPLANATION).any(is_rule);
    (text.contains("［＃") && text.contains('］')) || (has_colophon && has_rule)
}

/// Reads a text; `lines_before` are the lines of the file above it.
pub fn read(text: &str, lines_before: u32) -> Book {
    let lines: Vec<&str> = text.lines().collect();
    let head = lines.iter().take(HEAD).position(|line| line.trim().is_empty()).unwrap_or_default();
    let mut book = head_of(lines.get(..head).unwrap_or_default());
    let body = end_of_explanation(&lines).unwrap_or(head);
    let end = lines.iter().rposition(|line| line.starts_with("底本：") || line.starts_with("底本:"));
    let mut level = None;
    for (index, line) in lines.iter().enumerate() {
        let number = lines_before + index as u32 + 1;
        let part = match () {
            () if index < body => Part::TitleBlock,
            () if end.is_some_and(|end| index >= end) => Part::Boilerplate,
            () => Part::Body,
        };
        level = block_heading(line).or(level);
        let alone = if part == Part::Body && stands_alone(&lines, index) { Some(2) } else { None };
        for block in blocks_of(line, level.or(alone)) {
            let lines = LineRange { first: number, last: number };
            book.blocks.push(Block { lines, part, ..block });
        }
        if line.contains("見出し終わり］") {
            level = None;
        }
    }
    book
}

/// Whether a line is a section's title without a note: short, no sentence, and between blank lines.
fn stands_alone(lines: &[&str], index: usize) -> bool {
    const LONGEST: usize = 20;
    let is_blank = |index: Option<usize>| {
        let line = index.and_then(|index| lines.get(index));
        line.is_none_or(|line| line.trim().is_empty() || is_rule(line))
    };
    let line = lines.get(index).map(|line| plain(line)).unwrap_or_default();
    let line = line.trim();
    !line.is_empty()
        && line.chars().count() <= LONGEST
        && line.chars().any(char::is_alphanumeric)
        && !line.ends_with(['。', '」', '』', '）', '！', '？', '、', '…'])
        && is_blank(index.checked_sub(1))
        && is_blank(Some(index + 1))
}

/// Title and author as the first lines give them: the last is the author, one in `訳` after it the translator.
fn head_of(lines: &[&str]) -> Book {
    let mut lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    if lines.len() < 2 || lines.iter().any(|line| line.chars().count() > 60 || line.ends_with('。')) {
        return Book::default();
    }
    let is_translator = |line: &&str| line.ends_with('訳') || line.ends_with("校訂") || line.ends_with('編');
    if lines.len() > 2 && lines.last().is_some_and(is_translator) {
        lines.pop();
    }
    let author = lines.pop().map(SafeText::line);
    let title = lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join(" ");
    Book { title: Some(SafeText::line(&title)), author, blocks: Vec::new() }
}

/// The line after the explanation of the notation, which stands between two rules.
fn end_of_explanation(lines: &[&str]) -> Option<usize> {
    let mut rules =
        lines.iter().enumerate().take(EXPLANATION).filter(|(_, line)| is_rule(line)).map(|(index, _)| index);
    let first = rules.next().filter(|first| *first <= HEAD)?;
    Some(rules.next().unwrap_or(first) + 1)
}

fn is_rule(line: &str) -> bool {
    line.len() >= 20 && line.bytes().all(|byte| byte == b'-')
}

/// The level that a note opens for the lines after it: `［＃ここから大見出し］`.
fn block_heading(line: &str) -> Option<u8> {
    line.contains("［＃ここから").then(|| heading_level(line)).flatten()
}

fn heading_level(note: &str) -> Option<u8> {
    [("大見出し", 1), ("中見出し", 2), ("小見出し", 3)]
        .into_iter()
        .find(|(name, _)| note.contains(name))
        .map(|(_, level)| level)
}

/// A line as blocks: its text, and the pictures that notes put there.
fn blocks_of(line: &str, mut level: Option<u8>) -> Vec<Block> {
    let mut inlines = Inlines::default();
    let mut blocks = Vec::new();
    let mut rest = line.trim_matches([' ', '\t', '\u{3000}']);
    if is_rule(rest) {
        return vec![Block { kind: BlockKind::Rule, ..Block::default() }];
    }
    while let Some((before, after)) = rest.split_once("［＃") {
        // What nothing closes is no note.
        let Some((note, after)) = split_note(after) else { break };
        let is_character = before.ends_with('※');
        inlines.push_read(before.strip_suffix('※').unwrap_or(before));
        rest = after;
        match () {
            () if is_character => character(note, &mut inlines),
            () if note.contains("見出し") => level = heading_level(note).or(level),
            () if note.starts_with("改ページ") || note.starts_with("改丁") => {
                blocks.push(Block { kind: BlockKind::Rule, ..Block::default() });
            }
            () if note.contains("入る") => blocks.extend(picture(note)),
            () => style(note, &mut inlines),
        }
    }
    inlines.push_read(rest);
    let (text, styles) = inlines.finish();
    if !text.trim().is_empty() {
        let kind = level.map_or(BlockKind::Paragraph, |level| BlockKind::Heading { level });
        blocks.push(Block { kind, text, styles, ..Block::default() });
    }
    blocks
}

/// A note and what follows it; notes may hold notes. None if the line ends before it does.
fn split_note(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1;
    for (byte, character) in text.char_indices() {
        match character {
            '［' => depth += 1,
            '］' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let after = text.get(byte + character.len_utf8()..).unwrap_or_default();
            return Some((text.get(..byte).unwrap_or_default(), after));
        }
    }
    None
}

/// A character that the text could not write: by its code point, its name, or its description.
fn character(note: &str, inlines: &mut Inlines) {
    let code =
        note.split_once("U+").map(|(_, rest)| rest.chars().take_while(char::is_ascii_hexdigit).collect::<String>());
    let written = code.and_then(|code| u32::from_str_radix(&code, 16).ok()).and_then(char::from_u32);
    if let Some(character) = written {
        inlines.push(character.encode_utf8(&mut [0; 4]));
        return;
    }
    let described = note.split(['、', ',']).next().unwrap_or(note).trim_matches(['「', '」']);
    match described {
        "感嘆符二つ" => inlines.push("‼"),
        "疑問符二つ" => inlines.push("⁇"),
        "疑問符感嘆符" => inlines.push("⁈"),
        "感嘆符疑問符" => inlines.push("⁉"),
        "始め二重括弧" => inlines.push("⦅"),
        "終わり二重括弧" => inlines.push("⦆"),
        described => {
            inlines.push("※");
            inlines.ruby(described);
        }
    }
}

/// `「…」に傍点`, `「…」は太字`, `傍点` … `傍点終わり`.
fn style(note: &str, inlines: &mut Inlines) {
    let style = match () {
        () if note.contains("傍点") || note.contains("傍線") || note.contains("圏点") => Inline::Dotted,
        () if note.contains("斜体") => Inline::Emphasis,
        () if note.contains("太字") || note.contains("ゴシック体") => Inline::Strong,
        () => return,
    };
    let quoted = note.strip_prefix('「').and_then(|rest| rest.rsplit_once('」')).map(|(quoted, _)| quoted);
    match quoted {
        Some(quoted) => inlines.style_last(&plain(quoted), style),
        None if note.ends_with("終わり") => inlines.close("aozora"),
        None => inlines.open(Some(style), "aozora"),
    }
}

/// `挿絵（a.png、横400×縦300）入る`.
fn picture(note: &str) -> Option<Block> {
    let (caption, rest) = note.split_once('（')?;
    let url = rest.split(['、', '）']).next()?;
    let kind = BlockKind::Image { url: SafeText::line(url) };
    Some(Block { kind, text: SafeText::line(caption.trim_matches(['「', '」'])), ..Block::default() })
}

/// A text without readings and notes.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut hidden = 0;
    for character in text.chars() {
        match character {
            '《' | '［' => hidden += 1,
            '》' | '］' if hidden > 0 => hidden -= 1,
            '｜' => {}
            _ if hidden > 0 => {}
            _ => plain.push(character),
        }
    }
    if hidden > 0 { text.to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use crate::document::{BlockKind, Inline, Part};
    use crate::parse::{Hint, parse};

    const BOOK: &str = "川べりの茶店\n続篇\n陸小羽\n\n-------------------------------------------------------\n【テキスト中に現れる記号について】\n\n《》：ルビ\n-------------------------------------------------------\n\n　　　序\n\n　茶の話をする。\n\n［＃３字下げ］一　水［＃「一　水」は中見出し］\n\n　古い茶碗《ちゃわん》に水を汲《く》む。\n［＃中見出し］火［＃中見出し終わり］\n　火は｜松の枝《まつのえだ》で［＃「松の枝で」に傍点］焚《た》く※［＃感嘆符二つ、1-8-75］\n［＃改ページ］\n　※［＃「火＋茶」、第3水準1-14-88］と※［＃「木＋弟」、U+68E3、12-3］。\n\n\n底本：「茶店全集」茶書房\n入力：だれか\n";

    /// The words that a line gives dots to, and where they begin.
    #[track_caller]
    fn check_dots(line: &str, expected: &[(u32, &str)]) {
        let blocks = super::blocks_of(line, None);
        let dotted = blocks[0].styles.iter().filter(|styled| styled.style == Inline::Dotted);
        let text = |range: &std::ops::Range<u32>| blocks[0].text.get(range.start as usize..range.end as usize).unwrap();
        let found: Vec<(u32, &str)> = dotted.map(|styled| (styled.range.start, text(&styled.range))).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn notes_mean_the_last_words_before_them() {
        check_dots("茶と茶［＃「茶」に傍点］", &[(6, "茶")]);
        check_dots("茶と茶［＃「茶と」に傍点］水", &[(0, "茶と")]);
        check_dots("茶碗《ちゃわん》［＃「茶碗」に傍点］", &[(0, "茶碗ちゃわん")]);
        check_dots("茶《ちゃ》の湯《ゆ》を［＃「茶の湯」に傍点］", &[(0, "茶ちゃの湯ゆ")]);
        check_dots("茶碗《ちゃわん》［＃「ちゃ」に傍点］と［＃「」に傍点］", &[]);
        // What was said long before is not meant.
        check_dots(&format!("茶{}［＃「茶」に傍点］", "水".repeat(2000)), &[]);
    }

    #[test]
    fn what_nothing_closes_is_text() {
        let blocks = super::blocks_of("茶を［＃「茶」に傍点］飲む［＃水は川から来る。", None);
        assert_eq!(blocks[0].text.as_str(), "茶を飲む［＃水は川から来る。");
    }

    #[test]
    fn a_book() {
        let document = parse(BOOK.as_bytes(), &Hint::named("a.txt"));
        assert_eq!(document.meta.title.as_str(), "川べりの茶店 続篇");
        assert_eq!(document.meta.author.as_deref(), Some("陸小羽"));
        let stories = BOOK
            .replacen("川べりの茶店\n続篇\n", "茶店・水の話・火の話\n", 1)
            .replace("見出し］火［", "見出し］水の話［");
        assert_eq!(parse(stories.as_bytes(), &Hint::named("a.txt")).meta.title.as_str(), "茶店・水の話・火の話");
        let body: Vec<String> = document
            .blocks
            .iter()
            .filter(|block| block.part == Part::Body)
            .map(|block| match block.kind {
                BlockKind::Heading { level } => format!("{} {}", "#".repeat(usize::from(level)), block.text),
                BlockKind::Rule => "---".to_owned(),
                _ => block.text.to_string(),
            })
            .collect();
        assert_eq!(
            body,
            [
                "# 序",
                "茶の話をする。",
                "# 一　水",
                "古い茶碗ちゃわんに水を汲くむ。",
                "# 火",
                "火は松の枝まつのえだで焚たく‼",
                "---",
                "※火＋茶と棣。"
            ]
        );
        let styles: Vec<(&str, &Inline)> = document
            .blocks
            .iter()
            .filter(|block| block.text.starts_with("火は"))
            .flat_map(|block| {
                block.styles.iter().map(|styled| {
                    (block.text.get(styled.range.start as usize..styled.range.end as usize).unwrap(), &styled.style)
                })
            })
            .collect();
        let expected = [("松の枝まつのえだで", &Inline::Dotted), ("まつのえだ", &Inline::Ruby), ("た", &Inline::Ruby)];
        assert_eq!(styles, expected);
    }
}
