//! The places of an article that its own links lead to: each gets a name that can be written down, and the links lead
//! there.
//!
//! It refuses to name what no link leads to, and to touch what leads to a heading by its words: readers of Markdown
//! find those themselves.

use crate::document::address::decoded;
use crate::document::{Document, Format, Inline, Scope};
use crate::parse::epub::path::Target;
use crate::text::SafeText;
use crate::text::letters::key;
use std::collections::{HashMap, HashSet};

/// Characters of a name, at most.
const LONGEST: usize = 60;

/// Names the places of what is written that links lead to. In a book a link that leads to nothing becomes its words.
pub fn settle(document: &mut Document, scope: Scope) {
    let places = Places::of(document, scope);
    let is_book = document.format == Format::Epub;
    let mut names = Names::of(document);
    for block in &mut document.blocks {
        for styled in &mut block.styles {
            let Inline::Link { url } = &mut styled.style else { continue };
            let found = url.strip_prefix('#').and_then(|name| Some((name.to_owned(), places.find(name, is_book)?)));
            match found {
                Some((name, at)) => *url = SafeText::address(&format!("#{}", names.give(at, &name))),
                // A file of the archive is nowhere to be found from the article.
                None if is_book && Target::of(url, "").is_some() => *url = SafeText::default(),
                None => {}
            }
        }
        block.styles.retain(|styled| !matches!(&styled.style, Inline::Link { url } if is_book && url.is_empty()));
    }
    for (index, block) in document.blocks.iter_mut().enumerate() {
        block.names = names.given.remove(&index).map(|name| SafeText::line(&name)).into_iter().collect();
    }
}

/// Where the names of a file lead.
struct Places {
    /// The block of each name.
    named: HashMap<String, usize>,
    /// The blocks that are written.
    shown: Vec<usize>,
}

impl Places {
    fn of(document: &Document, scope: Scope) -> Self {
        let mut named = HashMap::new();
        for (index, block) in document.blocks.iter().enumerate() {
            for name in &block.names {
                named.entry(name.to_string()).or_insert(index);
            }
        }
        let written = document.shown(scope).filter(|(_, block)| !block.text.trim().is_empty());
        Self { named, shown: written.map(|(index, _)| index).collect() }
    }

    /// The block that a fragment leads to, or what is written after it; of a book, the chapter's first if the place in
    /// it is not there.
    fn find(&self, fragment: &str, is_book: bool) -> Option<usize> {
        let exact = self.named.get(fragment).or_else(|| self.named.get(&decoded(fragment)));
        let chapter = || fragment.rsplit_once('#').filter(|_| is_book).and_then(|(path, _)| self.named.get(path));
        let first = *exact.or_else(chapter)?;
        let next = self.shown.partition_point(|index| *index < first);
        self.shown.get(next).or(self.shown.last()).copied()
    }
}

/// The names that have been given.
struct Names {
    given: HashMap<usize, String>,
    taken: HashSet<String>,
    /// The first heading of each wording: readers call it by that.
    headings: HashMap<String, usize>,
    /// How many blocks wanted the same name.
    alike: HashMap<String, u32>,
}

impl Names {
    fn of(document: &Document) -> Self {
        let mut headings = HashMap::new();
        for (index, block) in document.blocks.iter().enumerate().filter(|(_, block)| block.heading_level().is_some()) {
            headings.entry(key(&block.text)).or_insert(index);
        }
        Self { given: HashMap::new(), taken: HashSet::new(), headings, alike: HashMap::new() }
    }

    /// The name of a block: what the first link to it called it, as far as that can be written and is free.
    fn give(&mut self, block: usize, fragment: &str) -> &str {
        self.given.entry(block).or_insert_with(|| {
            let wanted = wanted(fragment);
            let count = self.alike.entry(wanted.clone()).or_insert(0);
            loop {
                *count += 1;
                let name = if *count == 1 { wanted.clone() } else { format!("{wanted}-{count}") };
                let is_free = self.headings.get(&key(&name)).is_none_or(|heading| *heading == block);
                if is_free && self.taken.insert(name.clone()) {
                    return name;
                }
            }
        })
    }
}

/// A name without the path of a chapter, of characters that need no care anywhere; a chapter's is that of its file.
fn wanted(fragment: &str) -> String {
    let fragment = decoded(fragment);
    let file = || {
        let name = fragment.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    };
    let own = fragment.rsplit_once('#').map_or_else(file, |(_, place)| place);
    let is_plain = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_' | '.');
    let plain: String = own.chars().map(|c| if is_plain(c) { c } else { '-' }).take(LONGEST).collect();
    let plain = plain.trim_matches(['-', '.']);
    if plain.is_empty() { "place".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::settle;
    use crate::cli::import::markdown::write;
    use crate::document::{Aim, Document, Scope};
    use crate::parse::epub::fixture::book;
    use crate::parse::{Hint, parse};

    /// What becomes of a file, and that every link in what is written leads to the words that it led to before.
    #[track_caller]
    fn check(bytes: &[u8], name: &str, expected: &str) {
        let mut document = parse(bytes, &Hint::named(name));
        let before = aims(&document);
        settle(&mut document, Scope::Article);
        let written = write(&document, Scope::Article);
        assert_eq!(written, expected);
        let again = parse(format!("---\ntitle: \"纸\"\n---\n\n{written}").as_bytes(), &Hint::named("a.md"));
        assert_eq!(aims(&again), before);
    }

    /// The words of each link, and those it leads to.
    fn aims(document: &Document) -> Vec<(String, String)> {
        let links = document.links(Scope::Article).into_iter().filter_map(|link| match link.aim {
            Aim::Address(address) => {
                let at = document.anchor(address.strip_prefix('#')?)?;
                Some((document.text(link.span), document.blocks.get(at.block as usize)?.text.to_string()))
            }
            _ => None,
        });
        links.collect()
    }

    #[test]
    fn links_of_a_book_lead_to_places() {
        let chapters = [
            (
                "text/a b.xhtml",
                "<h1>茶</h1><p>见<a href=\"two.xhtml#n\">井</a>，<a href=\"two.xhtml\">第二章</a>，<a href=\"#x\">表</a>，<a href=\"../no.xhtml#n\">缺</a>。</p>\
                 <table id=\"x\"><tr><th>甲</th><th>乙</th></tr><tr><td>一</td><td>二</td></tr></table>",
            ),
            (
                "text/two.xhtml",
                "<h1>水</h1><ul><li id=\"n\">井。</li><li>桶。</li></ul><p id=\"茶\">回<a href=\"a%20b.xhtml\">前</a>，<a href=\"#%E8%8C%B6\">此</a>，<a href=\"#none\">章首</a>。</p>",
            ),
        ];
        check(
            &book("<dc:title>书</dc:title>", &chapters, "", &[]),
            "a.epub",
            "<a id=\"a-b\"></a>\n\n## 茶\n\n见[井](#n)，[第二章](#two)，[表](#x)，缺。\n\n\
             <a id=\"x\"></a>\n\n| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 |\n\n\
             <a id=\"two\"></a>\n\n## 水\n\n- <a id=\"n\"></a>井。\n- 桶。\n\n\
             <a id=\"茶-2\"></a>回[前](#a-b)，[此](#茶-2)，[章首](#two)。\n",
        );
    }

    #[test]
    fn places_of_a_page_keep_their_names() {
        let prose = "春天的集市在河边开张，卖旧书的人把摊子支在柳树底下，一直要摆到天黑才收。";
        let page = format!(
            "<html><title>柳</title><body><p>{prose}<a href='#fn1' id=r1>1</a></p><h2 id=shu>水</h2><p>{prose}见<a href='#shu'>水</a>。</p>\
             <ol><li id=fn1>柳树。<a href='#r1'>回</a></li></ol></body></html>"
        );
        check(
            page.as_bytes(),
            "a.html",
            &format!(
                "<a id=\"r1\"></a>{prose}[1](#fn1)\n\n<a id=\"shu\"></a>\n\n## 水\n\n{prose}见[水](#shu)。\n\n\
                 1. <a id=\"fn1\"></a>柳树。[回](#r1)\n"
            ),
        );
    }
}
