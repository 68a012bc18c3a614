//! Lines that run from top to bottom: where in a column a line's clusters stand. It refuses to know where on a screen a
//! column stands.

#[cfg(test)]
pub mod drawing;
pub mod forms;
#[cfg(test)]
mod random;
pub mod readings;

use super::Measure;
use super::column::units;
use super::line::{Role, Row, Tone};
use crate::document::{Position, Span};
use crate::text::{Language, clusters};

/// What stands in a row of a column, or in half of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot<'a> {
    /// The row, from the head of the column; a reading may begin above it.
    pub row: i32,
    /// Whether it stands in the right half of its row, next to another.
    pub is_right: bool,
    /// Whether it has the row to itself.
    pub is_whole: bool,
    /// Whether it stands beside the column, as the reading of what is in it.
    pub is_beside: bool,
    /// The cluster, as the text has it.
    pub text: &'a str,
    /// The character that stands for it in columns.
    pub form: Option<char>,
    /// What it means.
    pub role: Role,
    /// Where it stands in the text; none for what layout inserted.
    pub span: Option<Span>,
}

/// What stands in a column, from its head to its foot.
pub fn spots<'a>(row: &'a Row, language: Language, measure: &Measure) -> Vec<Spot<'a>> {
    let mut found = Vec::new();
    let mut beside = Vec::new();
    let mut start = 0_u32;
    for run in &row.runs {
        let shown = || clusters(&run.text, measure.width).filter(|cluster| cluster.cells > 0);
        // What the text around a run means for it is known from the cells it was given.
        let unit = if usize::from(run.cells) < 2 * shown().count() { 1 } else { 2 };
        let is_beside = run.cells == 0 && run.span.is_some();
        let mut before = None;
        let mut at = if is_beside { 0 } else { start };
        let first = found.len();
        for cluster in shown() {
            let unit = if is_beside {
                2
            } else if run.span.is_some() {
                unit
            } else {
                units(&run.text, cluster.byte, &cluster)
            };
            at += u32::from(unit == 2) * (at % 2);
            let after = run.text.get(cluster.byte + cluster.text.len()..).and_then(|rest| rest.chars().next());
            let span = run.span.map(|span| {
                let byte = span.start.byte + cluster.byte as u32;
                let end = byte + cluster.text.len() as u32;
                Span { start: Position { byte, ..span.start }, end: Position { byte: end, ..span.start } }
            });
            let around = forms::Around { before, after, is_code: run.role.tone == Tone::Code, language };
            found.push(Spot {
                row: (at / 2) as i32,
                is_right: at % 2 == 1,
                is_whole: unit == 2,
                is_beside,
                text: cluster.text,
                form: if unit == 2 { forms::form(cluster.text, around) } else { None },
                role: run.role,
                span,
            });
            before = cluster.text.chars().next_back();
            at += unit;
        }
        if is_beside {
            beside.push(readings::Reading::new(&found, first));
        }
        start += u32::from(run.cells);
    }
    readings::place(&mut found, beside, i32::from(measure.columns / 2));
    found
}

/// The row of a column in which the cluster at a place stands; none if the column does not show it.
pub fn row_of(row: &Row, place: Position, measure: &Measure) -> Option<u16> {
    let spots = spots(row, Language::default(), measure);
    let spot = spots.iter().find(|spot| spot.span.is_some_and(|span| span.contains(place)))?;
    Some(spot.row.clamp(0, i32::from(u16::MAX)) as u16)
}

/// The cluster at a row of a column, in its left or right half: above the text its first cluster, below it the last,
/// and at what is inserted the one that follows. None if the column shows no text.
pub fn cluster_at(row: &Row, at: u16, is_right: bool, measure: &Measure) -> Option<Span> {
    let at = i32::from(at);
    let spots = spots(row, Language::default(), measure);
    let text = || spots.iter().filter(|spot| spot.span.is_some() && !spot.is_beside);
    let here = |spot: &&Spot| spot.row == at && (spot.is_whole || spot.is_right == is_right) || spot.row > at;
    text().find(here).or_else(|| text().next_back()).and_then(|spot| spot.span)
}

#[cfg(test)]
mod tests {
    use super::drawing::drawing;
    use crate::parse::{Hint, parse};

    fn drawn(source: &str, rows: u16) -> String {
        drawing(&parse(source.as_bytes(), &Hint::named("a.md")), rows, 40)
    }

    const RAIN: &str = "## 一、雨\n\n她说：“明天，再走！”然后在《植物名录》（又名《草木小识》）里写道——“一年只记一种草，余下的留给雨天。”\n\n\
        谁也没有再问，门外的雨还在下……\n\n“走吧。”\n\n## 二、晴\n\n天晴了。\n";

    #[test]
    fn paragraphs_are_indented_and_marks_hang() {
        insta::assert_snapshot!(drawn(RAIN, 12), @r"
                          雨    余 道 ︵ 走
                       ﹃ 还    下 ︱ 又 ︕
        天    二       走 在 谁 的 ︱ 名 ﹄ 她    一
        晴    ︑       吧 下 也 留 ﹃ ︽ 然 说    ︑
        了    晴       ︒ ︙ 没 给 一 草 后 ︓    雨
        ︒             ﹄ ︙ 有 雨 年 木 在 ﹃
                             再 天 只 小 ︽ 明
                             问 ︒ 记 识 植 天
                             ︐ ﹄ 一 ︾ 物 ︐
                             门    种 ︶ 名 再
                             外    草 里 录
                             的    ︐ 写 ︾
        ");
    }

    #[test]
    fn numbers_and_letters_stand_upright() {
        let source = "2026年11月25日，用 Rust 1.91.0 和 AI 写了 5% 的 README，真的!?见 A 组的 `f(a)-1`。\n";
        insta::assert_snapshot!(drawn(source, 12), @r"
        组 Ｒ 和 用
        的 Ｅ Ａ Ｒ
        ｆ Ａ Ｉ ｕ ２
        （ Ｄ 写 ｓ ０
        ａ Ｍ 了 ｔ ２
        ） Ｅ 5%    ６
        － ︐ 的 １ 年
        １ 真    ． 11
        ︒ 的    ９ 月
           !?    １ 25
           见    ． 日
           Ａ    ０ ︐
        ");
    }

    #[test]
    fn a_word_that_is_parted_has_a_hyphen() {
        let source = "这里有一个词叫 Internationalization，还有 administration 和 JavaScript 这两个。\n";
        insta::assert_snapshot!(drawn(source, 9), @r"
        ｒ 和 ｔ ａ ｔ ｉ Ｉ
        ｉ Ｊ ｒ ｄ ｉ ｏ ｎ
        ｐ ａ ａ ｍ ｏ ｎ ｔ 这
        ｔ ｖ ｔ ｉ ｎ ａ ｅ 里
        这 ａ ｉ ｎ ︐ ｌ ｒ 有
        两 Ｓ ｏ ｉ 还 ｉ ｎ 一
        个 ｃ ｎ ｓ 有 ｚ ａ 个
        ︒ ︲    ︲    ａ ｔ 词
                       ︲ ︲ 叫
        ");
    }

    #[test]
    fn of_addresses_two_letters_share_a_row() {
        let source = "写信到 someone@example.com 问，或看 https://example.com/path/to/notes?id=42 一页。\n";
        insta::assert_snapshot!(drawn(source, 12), @r"
        pa 或 so
        th 看 me
        /t ht on 写
        o/ tp e@ 信
        no s: ex 到
        te // am
        s? ex pl
        id am e.
        =4 pl co
        ２ e. ｍ
        一 co 问
        页 m/ ︐
        ︒
        ");
    }

    #[test]
    fn no_column_ends_between_two_letters_that_share_a_row() {
        // Nowhere near the end of the first column may a line end; what follows must still stand in rows.
        let source = "写到 aA0aA0aaaAaaA0AA!0!a!A,!'\u{301}00 为止。\n";
        insta::assert_snapshot!(drawn(source, 3), @r"
        为 ,! !A AA A0 aa aA 写
        止 '́     !0    aA 0a 到
        ︒ 00    !a    aa A0
        ");
    }

    #[test]
    fn lists_quotes_and_rules() {
        let source = "先说三件事，都不难。\n\n1. 第一条比较长，要另起一列。\n2. 第二条。\n\n- 无序的\n\n> 引文低两格，另起一列时也一样。\n\n---\n\n完了，就是这些。\n";
        insta::assert_snapshot!(drawn(source, 9), @r"
              │              ・ 2.    1.    不
              │              无 第 另 第    难
        完    │     起 引    序 二 起 一    ︒ 先
        了    │     一 文    的 条 一 条       说
        ︐    │     列 低       ︒ 列 比       三
        就    │     时 两          ︒ 较       件
        是    │     也 格             长       事
        这    │     一 ︐             ︐       ︐
        些    │     样 另             要       都
        ︒          ︒
        ");
    }

    #[test]
    fn japanese_is_set_as_in_books() {
        let source = "## 雨の日\n\n「コーヒーを、もう一杯。」\n\n彼女は窓の外を見ていた。雨はまだ降っている……。きょうは出かけない、と決めた。\n\n## 晴れた日\n\nおわり。\n";
        insta::assert_snapshot!(drawn(source, 10), @r"
                       か い い    一 ﹁
        お             け る た 彼 杯 コ
        わ    晴       な ︙ ︒ 女 ︒ 丨
        り    れ       い ︙ 雨 は ﹂ ヒ
        ︒    た       ︑ ︒ は 窓    丨
              日       と き ま の    を
                       決 ょ だ 外    ︑
                       め う 降 を    も
                       た は っ 見    う
                       ︒ 出 て て
        ");
    }
}
