//! HTML's elements in running text, of pages and of Markdown alike: the styles they stand for, breaks, quotes, readings.
//!
//! It refuses to know blocks; an element that would be one is a line of its own.

use super::{DEEPEST, Inlines, Open};
use crate::document::Inline;
use crate::parse::line::ends_sentence;
use crate::parse::tag::{Tag, looks};
use crate::text::breaks::Cue;
use crate::text::language::Evidence;
use crate::text::{Language, SafeText};

/// Bytes before the end of a quote that tell its language.
const NEAR: usize = 400;
/// Bytes of the longest line that is strong because it is large.
const LINE: usize = 240;

impl Inlines {
    /// Deals with one HTML tag in running text.
    pub fn tag(&mut self, literal: &str) {
        let Some(tag) = Tag::parse(literal) else {
            // Comments and declarations say nothing; anything else that is no tag is text.
            if !literal.starts_with("<!") {
                self.push(literal);
            }
            return;
        };
        self.names.extend(tag.place());
        match (tag.name.as_str(), tag.is_end) {
            ("br", _) => self.written_break(),
            ("wbr", _) => self.cue(Cue::Space),
            ("img", _) => {
                let (alt, url) = (tag.attribute("alt").unwrap_or_default(), tag.image_address().unwrap_or_default());
                self.image(&alt, &url);
            }
            ("q", false) => {
                self.push(Quotes::WESTERN.open);
                self.open(None, "q");
            }
            ("q", true) => self.end_quote(),
            ("rp" | "script" | "style", false) if !tag.is_empty => self.hidden += 1,
            ("rp" | "script" | "style", true) => self.hidden = self.hidden.saturating_sub(1),
            ("rt", false) => self.open(Some(Inline::Ruby), "rt"),
            // The end of a reading may be left out (HTML, "optional tags").
            ("rt", true) | ("rb" | "rtc" | "ruby", _) => self.close("rt"),
            ("p" | "div" | "section" | "li" | "tr", _) => {
                if !self.text.ends_with('\n') {
                    self.hard_break();
                }
            }
            ("td" | "th", true) => self.push(" "),
            (name, true) => self.close(name),
            (_, false) if tag.is_empty => {}
            // Headings of old pages are lines that are large.
            ("font", false) if looks::is_large(&tag) => self.open_line(Inline::Strong, "font"),
            (name, false) => {
                // A link holds no link (HTML 4.5.1).
                if name == "a" {
                    self.close("a");
                }
                self.open(style_of(&tag), name);
            }
        }
    }

    /// Whether what stands from a byte on is one line by itself and no sentence: what is large besides is only that.
    pub(super) fn is_line_from(&self, start: usize) -> bool {
        let (before, text) = self.text.split_at_checked(start).unwrap_or_default();
        let is_first = before.trim_end_matches([' ', '\u{3000}']).is_empty() || before.ends_with('\n');
        is_first && (1..=LINE).contains(&text.len()) && !text.trim_end().contains('\n') && !ends_sentence(text)
    }

    /// Ends a quote: only now it is known what language it stands in, and whether in another quote.
    fn end_quote(&mut self) {
        let quoted = |open: &&Open| open.element == "q";
        let near = self.open.len().saturating_sub(DEEPEST);
        let depth = self.open.iter().skip(near).filter(quoted).count();
        let Some(start) = self.open.iter().skip(near).rfind(quoted).map(|open| open.start) else { return };
        let near = self.text.len().saturating_sub(NEAR);
        let near = self.text.get(self.text.floor_char_boundary(near)..).unwrap_or_default();
        let quotes = Quotes::of(Evidence::of(near).language(), depth > 1);
        let mark = start.saturating_sub(Quotes::WESTERN.open.len())..start;
        if self.text.get(mark.clone()) == Some(Quotes::WESTERN.open) {
            self.text.change().replace_range(mark, quotes.open);
        }
        self.push(quotes.close);
        self.close("q");
    }
}

/// The marks around a quote; all are of three bytes.
#[derive(Debug, Clone, Copy)]
struct Quotes {
    open: &'static str,
    close: &'static str,
}

impl Quotes {
    const WESTERN: Self = Self { open: "“", close: "”" };

    fn of(language: Language, is_inner: bool) -> Self {
        match (language, is_inner) {
            (Language::Ja | Language::ZhHant, false) => Self { open: "「", close: "」" },
            (Language::Ja | Language::ZhHant, true) => Self { open: "『", close: "』" },
            (_, false) => Self::WESTERN,
            (_, true) => Self { open: "‘", close: "’" },
        }
    }
}

fn style_of(tag: &Tag) -> Option<Inline> {
    match tag.name.as_str() {
        "em" | "span" | "b" | "strong" | "i" if is_dotted(tag) => Some(Inline::Dotted),
        // Word processors wrap all of a text in `<b style="font-weight: normal">`.
        "b" | "strong" if looks::weight(tag) == Some(false) => None,
        "b" | "strong" => Some(Inline::Strong),
        "i" | "em" | "cite" | "dfn" => Some(Inline::Emphasis),
        "s" | "del" | "strike" => Some(Inline::Strikethrough),
        "mark" => Some(Inline::Marked),
        "code" | "kbd" | "samp" | "tt" => Some(Inline::Code),
        "a" => tag.attribute("href").map(|url| Inline::Link { url: SafeText::address(&url) }),
        _ => looks::style(tag),
    }
}

/// Whether a tag asks for dots beside the characters, by CSS or by the class that Aozora's pages give it.
fn is_dotted(tag: &Tag) -> bool {
    let names = |name: &str, wanted: &str| tag.attribute(name).is_some_and(|value| value.contains(wanted));
    names("style", "text-emphasis") || names("class", "sesame_dot")
}

#[cfg(test)]
mod tests {
    use crate::parse::inlines::Inlines;

    /// A text between tags, as it comes out: each styled stretch behind the text, with the name of its style.
    #[track_caller]
    fn check(source: &str, expected: &str) {
        let mut inlines = Inlines::default();
        for piece in source.split_inclusive('>') {
            let (text, tag) = piece.find('<').map_or((piece, ""), |at| piece.split_at_checked(at).unwrap());
            inlines.push(text);
            if !tag.is_empty() {
                inlines.tag(tag);
            }
        }
        inlines.close_all();
        let (text, styles) = inlines.finish();
        let styled = styles.iter().map(|styled| {
            let of = text.get(styled.range.start as usize..styled.range.end as usize).unwrap();
            let name = format!("{:?}", styled.style);
            format!(" [{}: {of}]", name.split([' ', '(']).next().unwrap_or_default())
        });
        let drawn = format!("{}{}", text.as_str(), styled.collect::<String>());
        assert_eq!(drawn, expected, "{source}");
    }

    #[test]
    fn elements_become_styles() {
        check("一<b>重</b>点", "一重点 [Strong: 重]");
        check("<b style=\"font-weight: normal\">全文<i>斜</i></b>", "全文斜 [Emphasis: 斜]");
        check("<a href=\"/a\">甲<a href=\"/b\">乙</a>丙", "甲乙丙 [Link: 甲] [Link: 乙]");
        check(
            "<em style=\"text-emphasis: dot\">点</em><mark>记</mark><del>删</del><kbd>q</kbd>",
            "点记删q [Dotted: 点] [Marked: 记] [Strikethrough: 删] [Code: q]",
        );
        check("<b>不<i>合</b>尺</i>寸", "不合尺寸 [Strong: 不合] [Emphasis: 合尺]");
        check("<font size=5 color=red>水</font>", "水 [Strong: 水]");
        check("<font size=2>水</font><br><font size=\"+1\">火</font>", "水\n火 [Strong: 火]");
        check("说<font size=5>水</font><br><font size=5>水从山上来。</font>", "说水\n水从山上来。");
    }

    #[test]
    fn readings_breaks_and_what_is_hidden() {
        check("<ruby>山<rp>(</rp><rt>やま</rt><rp>)</rp></ruby>へ", "山やまへ [Ruby: やま]");
        check("一<br>二<p>三</p>四<script>x</script>五<!-- 注 -->", "一\n二\n三\n四五");
        check("<td>甲</td><td>乙</td>", "甲 乙");
        check("看<img src=\"a.png\" alt=\"图\">这里", "看图这里 [Image: 图]");
    }

    #[test]
    fn quotes_are_those_of_their_language() {
        check("He said <q>go, <q>now</q></q>.", "He said “go, ‘now’”.");
        check("彼は<q>行こう<q>今</q>と</q>言った。", "彼は「行こう『今』と」言った。");
    }
}
