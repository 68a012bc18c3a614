//! Random sources of marked words: whatever is written around a word, it is in the raw view, the title or a field.
//!
//! It refuses to say where a word should stand.

use super::{Hint, parse_as_is};
use crate::document::{BlockKind, ContainerKind, Document};
use proptest::collection::vec;
use proptest::prelude::{Strategy, proptest};
use proptest::sample::select;

/// What may stand in a source, each `@` a word that a reader would see.
const PIECES: &[&str] = &[
    "@",
    "@ @",
    "@，@。",
    "@\n@",
    "@  \n@",
    "@\\\n@",
    "# @",
    "## @ ##",
    "#@ #@",
    "#@ @",
    "**@** @",
    "** @ **",
    "*@",
    "**@",
    "_@_",
    "~~@~~",
    "==@==",
    "`@`",
    "``@",
    "- @",
    "- @\n  - @",
    "* [ ] @",
    "+ @",
    "3) @",
    "> @\n> @",
    "> [!NOTE] @\n> @",
    "```\n@\n```",
    "```\n@",
    "~~~ c\n@\n~~~",
    "    @",
    "| @ | @ |\n| --- | --- |\n| @ | @ |\n",
    "[@](https://tea.example/a)",
    "[@](",
    "[@",
    "[@]",
    "[@][@]",
    "[[@]]",
    "[[a|@]]",
    "![@](a.png)",
    "![@",
    "[![@](a.png)](b)",
    "@[^1]",
    "[^1]: @",
    "[a]: https://tea.example/a",
    "@\n===",
    "@\n---",
    "---",
    "---\n@",
    "+++\n@",
    "***",
    "@: @",
    "@：@",
    ":::note\n@\n:::\n",
    ":::\n",
    "$@$",
    "$$\n@\n$$",
    "$@",
    "\\[@\\]",
    "\\@",
    "@\u{a0}\u{a0}@",
    "{.wide}@",
    "@{.wide}",
    "{@}",
    "{\"@\": \"@\"}",
    "<@",
    "</@",
    "<@>",
    "< @ >",
    "@<",
    "&lt;@&gt;",
    "&@;",
    "<!-- c -->@",
    "-->@",
    "<!c> @",
    "<b>@</b>",
    "<b>@",
    "<i>@</b>",
    "@<br>@",
    "<p>@",
    "<p>@</p>",
    "<div>@</div>",
    "<div>\n\n@\n\n</div>",
    "</div>@",
    "<h2>@</h2>",
    "<aside>@</aside>",
    "<footer>@",
    "<form>@</form>",
    "<nav>@</nav>",
    "<button>@</button>",
    "<noscript>@</noscript>",
    "<noscript>@",
    "<object>@</object>",
    "<video>",
    "<svg>",
    "<p hidden>@</p>",
    "<p style='display:none'>@</p>",
    "<title>@</title>",
    "<title>@",
    "<head>",
    "<body>",
    "</body>",
    "<html>",
    "</html>@",
    "<ul><li>@<li>@</ul>",
    "<ol start=7><li>@</ol>",
    "<dl><dt>@<dd>@</dl>",
    "<table><tr><td>@<td>@</table>",
    "<table><tr><td>@",
    "<table>@<tr><th>@</table>@",
    "<td>@",
    "<pre>@</pre>",
    "<blockquote>@</blockquote>",
    "<details><summary>@</summary>@</details>",
    "<ruby>@<rt>@</rt></ruby>",
    "<ruby>@<rp>(</rp><rt>@</rt><rp>)</rp></ruby>",
    "<q>@</q>",
    "<a href=b>@</a>",
    "<a>@",
    "<img alt='@' src=a.png>",
    "<figure><img src=a.png><figcaption>@</figcaption></figure>",
    "<center>@",
    "<span class=katex>@</span>",
    "<math><mi>@</mi></math>",
    "<math><mi>@",
    "<custom-tag>@</custom-tag>",
    "<article>@</article>",
    "<main>@",
    "｜@《@》",
    "@《@》",
    "《《@》》",
    "［＃@",
    "《@",
    "［@］",
    "※@",
    "底本：@",
    "-------------------------------------------------------",
    "　　@",
    "第一章 @",
    "一、@",
    "1.1 @",
    "01",
    "*@*",
    "■@",
    "关注我们@",
    "Privacy Policy @",
    "来源：@",
    "title: @",
    "Author: @",
    "@ | @\n",
    "@\t@",
    "\u{feff}@",
    "\u{200b}@",
    "@…",
    "",
];

fn source() -> impl Strategy<Value = String> {
    vec((select(PIECES), select(&["\n\n", "\n\n", "\n", " "][..])), 1..12).prop_map(|pieces| {
        let mut source = String::new();
        let mut number = 0;
        for (piece, end) in pieces {
            for part in piece.split_inclusive('@') {
                let text = part.strip_suffix('@');
                source.push_str(text.unwrap_or(part));
                if text.is_some() {
                    number += 1;
                    source.push_str(&format!("q{number}z"));
                }
            }
            source.push_str(end);
        }
        source
    })
}

/// All that the raw view of a document and its fields say.
fn said(document: &Document) -> String {
    let meta = &document.meta;
    let mut said: Vec<&str> = vec![&meta.title];
    said.extend(
        [&meta.author, &meta.date, &meta.source, &meta.url, &meta.id].into_iter().flatten().map(|text| &**text),
    );
    said.extend(meta.tags.iter().map(|tag| &**tag));
    for block in &document.blocks {
        said.push(&block.text);
        if let BlockKind::Code { info } = &block.kind {
            said.push(info);
        }
        said.extend(block.containers.iter().filter_map(|container| match &container.kind {
            ContainerKind::Alert { title } => Some(title.as_str()),
            ContainerKind::Footnote { label } => Some(label.as_str()),
            _ => None,
        }));
    }
    said.join("\n")
}

#[track_caller]
fn check(source: &str) {
    for name in ["a.md", "a.txt", "a.html"] {
        let document = parse_as_is(source.as_bytes(), &Hint::named(name));
        let said = said(&document);
        let words = source.split('q').filter_map(|rest| rest.split_once('z')).map(|(number, _)| number);
        for number in words.filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
            assert!(said.contains(&format!("q{number}z")), "q{number}z of {name} is lost: {source:?}\n{said}");
        }
    }
}

proptest! {
    #[test]
    fn no_word_is_lost(source in source()) {
        check(&source);
    }
}
