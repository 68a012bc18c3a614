//! Whole articles as converters write them: one article about a tea stall, in many dialects.

use super::{Hint, parse, parse_as_is};
use crate::document::{Condition, Document, Part};

/// What is read: title, author, date and source, the first and last words of the body, and the outline.
fn read(file: &str, text: &str) -> (String, Document) {
    let document = parse(text.as_bytes(), &Hint::named(file));
    let meta = &document.meta;
    let or_dash = |value: &Option<crate::text::SafeText>| value.as_ref().map_or("-".to_owned(), ToString::to_string);
    let mut dump =
        format!("{} | {} | {} | {}\n", meta.title, or_dash(&meta.author), or_dash(&meta.date), or_dash(&meta.source));
    let body = || document.blocks.iter().filter(|block| block.part == Part::Body && !block.text.trim().is_empty());
    let words = |text: &str| text.chars().take(8).collect::<String>();
    let first = body().next().map(|block| words(&block.text)).unwrap_or_default();
    let last = body().next_back().map(|block| words(&block.text)).unwrap_or_default();
    dump.push_str(&format!("{first} … {last}"));
    for section in &document.outline.sections {
        dump.push_str(&format!("\n{}{}", "  ".repeat(usize::from(section.level)), section.title));
    }
    (dump, document)
}

#[track_caller]
fn check(file: &str, text: &str, expected: &str) {
    assert_eq!(read(file, text).0, expected, "{text}");
}

const LEAD: &str =
    "河边的茶棚开了四十年，换过三任主人，炉子却一直没有熄过。来喝茶的人说，这里的水是从山上引下来的，味道和别处不同。";
const WATER: &str =
    "水从山上来，要走三里竹管。每年冬天竹管会裂，老板就带着徒弟沿路去补，补一次要花两天，回来的时候身上都是泥。";
const FIRE: &str =
    "火用的是松枝，烧起来有香味。老板说，火急了茶就苦，火慢了水就老，所以守炉子的人不能走开，也不能和客人说太多的话。";
const DUSK: &str = "天黑以后，茶棚收了桌子，炉火还留着一点红。明天早上第一个到的人，会看见水已经开了，壶嘴上冒着白气。";

/// The article with its parts in place of `LEAD`, `WATER`, `FIRE` and `DUSK`.
fn article(text: &str) -> String {
    text.replace("LEAD", LEAD).replace("WATER", WATER).replace("FIRE", FIRE).replace("DUSK", DUSK)
}

#[test]
fn reader_services() {
    check(
        "a.md",
        &article(
            "Title: 河边的茶棚 - 茶报\n\nURL Source: https://tea.example/a\n\nPublished Time: 2024-08-21T08:00:00+08:00\n\nMarkdown Content:\n[跳到正文](https://tea.example/a#main)\n\n*   [首页](https://tea.example/)\n*   [茶馆](https://tea.example/b)\n*   [茶具](https://tea.example/c)\n*   [水源](https://tea.example/d)\n*   [关于](https://tea.example/e)\n*   [登录](https://tea.example/f)\n\n# 河边的茶棚\n\n2024年8月21日\n\nLEAD\n\n## 水\n\nWATER\n\n## 火\n\nFIRE\n\nDUSK\n\n## 相关文章\n\n*   [山上的茶园](https://tea.example/g)\n*   [城里的茶馆](https://tea.example/h)\n\n版权所有 © 2024 茶报\n",
        ),
        "河边的茶棚 - 茶报 | - | 2024-08-21 | -\n河边的茶棚开了四 … 天黑以后，茶棚收\n  水\n  火",
    );
    check(
        "a.md",
        &article(
            "# 河边的茶棚\n\n![rw-book-cover](https://tea.example/a.png)\n\n## Metadata\n- Author: [[茶报]]\n- Full Title: 河边的茶棚\n- Category: #articles\n- URL: https://tea.example/a\n\n## Full Document\nLEAD\n\n### 水\n\nWATER\n\n### 火\n\nFIRE\n\nDUSK\n",
        ),
        "河边的茶棚 | 茶报 | - | -\n河边的茶棚开了四 … 天黑以后，茶棚收\n  水\n  火",
    );
}

#[test]
fn programs_that_keep_articles() {
    let body = "LEAD\n\n## 水\n\nWATER\n\n## 火\n\nFIRE\n\nDUSK\n";
    let outline = "\n河边的茶棚开了四 … 天黑以后，茶棚收\n  水\n  火";
    for head in [
        "# 河边的茶棚\n\n[tea.example.com](https://tea.example.com/a) · by 陆小羽\n\n",
        "# 河边的茶棚\n\nOriginal 小茶 [茶报](javascript:void(0);)\n\n_2024-08-21 08:00_\n\n_福建_\n\n",
        "# 河边的茶棚\n\n[View Original](https://tea.example/a)\n\n",
        "# 河边的茶棚\n\n> 来自: [河边的茶棚](https://tea.example/a)\n\n",
        "河边的茶棚\n\nhttps://tea.example/a\n\n---\n\n",
        "[河边的茶棚](https://tea.example/a)\n\n> ## Excerpt\n> 一间茶棚\n\n---\n# 河边的茶棚\n\n",
    ] {
        check("a.md", &article(&format!("{head}{body}")), &format!("河边的茶棚 | - | - | -{outline}"));
    }
    let fields = "# 河边的茶棚\n\n**Feed:** 茶报\n**Date:** 2024-08-21\n\n---\n\n";
    check("a.md", &article(&format!("{fields}{body}")), &format!("河边的茶棚 | - | 2024-08-21 | 茶报{outline}"));
    for table in [
        "| title | 河边的茶棚 \\| 茶报 |\n|---|---|\n| author | 陆小羽 |\n| date | 2024-08-21 |\n\n",
        "| title | author | date |\n| --- | --- | --- |\n| 河边的茶棚 \\| 茶报 | 陆小羽 | 2024-08-21 |\n\n",
    ] {
        let text = article(&format!("{table}{body}"));
        check("a.md", &text, &format!("河边的茶棚 | 茶报 | 陆小羽 | 2024-08-21 | -{outline}"));
    }
    let table = "| 茶 | 价 |\n|---|---|\n| 绿茶 | 三块 |\n\n";
    let (_, document) = read("a.md", &article(&format!("# 河边的茶棚\n\n{table}{body}")));
    assert_eq!(document.hidden_lines(), 0);
}

#[test]
fn browser_clippers() {
    check(
        "a.md",
        &article(
            "---\ntitle: \"河边的茶棚 | 茶报\"\nsource: \"https://tea.example/a\"\nauthor:\n  - \"[[陆小羽]]\"\npublished: 2024-08-21\ncreated: 2024-09-01\ndescription: \"一间茶棚\"\ntags:\n  - \"clippings\"\n---\nLEAD\n\n**水**\n\nWATER\n\n**火**\n\nFIRE\n\nDUSK\n\n**推荐阅读**\n\n[山上的茶园](https://tea.example/g)\n\n[城里的茶馆](https://tea.example/h)\n",
        ),
        "河边的茶棚 | 茶报 | 陆小羽 | 2024-08-21 | -\n河边的茶棚开了四 … 天黑以后，茶棚收\n  水\n  火",
    );
    check(
        "a.md",
        &article(
            "---\ncreated: 2024-09-01T10:00:00 (UTC +08:00)\ntags: []\nsource: https://tea.example/a\nauthor: 陆小羽\n---\n\n# 河边的茶棚\n\n> ## Excerpt\n> 一间茶棚\n\n---\nLEAD\n\n**01** **水**\n\nWATER\n\n**02** **火**\n\nFIRE\n\nDUSK\n",
        ),
        "河边的茶棚 | 陆小羽 | 2024-09-01 | -\n河边的茶棚开了四 … 天黑以后，茶棚收\n  01 水\n  02 火",
    );
    check(
        "a.md",
        &article(
            "> 本文由 [简读](https://clip.example/) 转码， 原文地址 [tea.example](https://tea.example/a)\n\n河边的茶棚\n=====\n\nLEAD\n\n水\n-\n\nWATER\n\n火\n-\n\nFIRE\n\nDUSK\n",
        ),
        "河边的茶棚 | - | - | -\n河边的茶棚开了四 … 天黑以后，茶棚收\n  水\n  火",
    );
}

#[test]
fn accounts() {
    // An exporter that keeps the account's frame, and sets headings as bold numbers and titles apart.
    check(
        "a.md",
        &article(
            "# 河边的茶棚\n\n原创 陆小羽 茶报 _2024年08月21日 08:00_ _福建_\n\n点击上方“茶报”关注我们\n\n![](https://tea.example/a.gif)\n\n作者 | 陆小羽\n\n编辑 | 小茶\n\nLEAD\n\n**01**\n\n**水**\n\nWATER\n\n![图片](https://tea.example/b.png)\n\n▲ 补竹管的路\n\n**02**\n\n**火**\n\nFIRE\n\nDUSK\n\n\\- END -\n\n![图片](https://tea.example/c.png)\n\n长按二维码关注我们\n\n点个“在看”再走吧\n\n阅读原文\n\n微信扫一扫\n关注该公众号\n",
        ),
        "河边的茶棚 | 陆小羽 | - | -\n河边的茶棚开了四 … 天黑以后，茶棚收\n  01 水\n  02 火",
    );
    // The same through a converter that escapes, and glues spans together.
    check(
        "a.md",
        &article(
            "河边的茶棚\n\n陆小羽 茶报\n\n2024-08-21 08:00\n\n****一、水****\n\nWATER\n\n**二、****火**\n\nFIRE\n\nDUSK\n\n**往期推荐**\n\n[山上的茶园](https://tea.example/g)\n",
        ),
        "a | - | - | -\n河边的茶棚 … 天黑以后，茶棚收\n  一、水\n  二、火",
    );
}

#[test]
fn blogs() {
    let (dump, _) = read(
        "a.md",
        &article(
            "[跳至内容](#content)\n\n- [首页](https://blog.example/)\n- [归档](https://blog.example/a)\n- [标签](https://blog.example/b)\n- [关于](https://blog.example/c)\n- [订阅](https://blog.example/d)\n\n# 河边的茶棚 {#tea}\n\n发布于 2024-08-21 by 陆小羽\n\nLEAD\n\n## 水[#](#水 \"永久链接\")\n\nWATER\n\n## 火[#](#火 \"永久链接\")\n\nFIRE\n\nDUSK\n\n## 发表评论\n\n您的邮箱不会公开。\n",
        ),
    );
    assert_eq!(dump, "河边的茶棚 | - | - | -\n河边的茶棚开了四 … 天黑以后，茶棚收\n  水\n  火");
    let english =
        "The stall by the river has been open for forty years, and the fire has never gone out, whoever kept it.";
    let more = "The water comes down from the hill through three miles of bamboo, which cracks in winter and has to be mended.";
    check(
        "a.md",
        &format!(
            "[Skip to content](#main)\n\n# The stall by the river\n\nBy Lu Xiaoyu\n\nAugust 21, 2024 · 4 min read\n\n{english}\n\nThe water\n---------\n\n{more}\n\nThe fire\n--------\n\n{english}\n\n{more}\n\n### Share this:\n\n- [Tweet](https://blog.example/t)\n\n### Related posts\n\n- [The garden on the hill](https://blog.example/g)\n\n### Leave a Reply\n\nYour email address will not be published.\n"
        ),
        "The stall by the river | Lu Xiaoyu | - | -\nThe stal … The wate\n  The water\n  The fire",
    );
}

#[test]
fn japanese_and_korean() {
    let ja = "川べりの茶店は四十年前に開き、主人は三度かわったが、火だけは一度も消えたことがない。水は山から竹の管で引いている。";
    check(
        "a.md",
        &format!(
            "# 川べりの茶店\n\n![見出し画像](https://tea.example/a.png)\n\n[陸小羽](https://tea.example/lu)\n\n2024年8月21日 08:00\n\n目次\n\n- [はじめに](#a)\n- [水](#b)\n\n## はじめに\n\n{ja}\n\n## 水\n\n{ja}\n\n## おわりに\n\n{ja}\n\nこの記事が気に入ったらチップで応援してみませんか？\n\n## コメント\n\nログインしてください\n"
        ),
        "川べりの茶店 | - | - | -\nはじめに … 川べりの茶店は四\n  はじめに\n  水\n  おわりに",
    );
    let ko = "강가의 찻집은 사십 년 전에 문을 열었고 주인은 세 번 바뀌었지만 불은 한 번도 꺼진 적이 없다. 물은 산에서 대나무로 끌어온다.";
    check(
        "a.md",
        &format!(
            "# 강가의 찻집\n\n작성자: 육우\n\n{ko}\n\n**1. 물**\n\n{ko}\n\n**2. 불**\n\n{ko}\n\n**마치며**\n\n{ko}\n\n공감한 사람 보러가기\n\n댓글\n"
        ),
        "강가의 찻집 | 육우 | - | -\n강가의 찻집은  … 강가의 찻집은 \n  1. 물\n  2. 불\n  마치며",
    );
}

#[test]
fn saved_pages() {
    // A page of an account: no `<title>`, the text hidden until a script shows it, images by `data-src`.
    check(
        "a.html",
        &article(
            "<!DOCTYPE html><html><head><meta property=\"og:title\" content=\"河边的茶棚\"><title></title></head><body><h1>\n河边的茶棚\n</h1><div><span>原创</span><a id=js_name>茶报</a></div><div id=\"js_content\" style=\"visibility: hidden\"><p><img data-src=\"https://tea.example/a.png\"></p><p><span>LEAD</span></p><p><strong><span>一、</span></strong><strong><span>水源</span></strong></p><p>WATER</p><section><section><strong>二、炉火</strong></section></section><p>FIRE<br></p><p><br></p><p>DUSK</p><p>扫码关注我们</p></div><script>var a = '<p>b</p>';</script><div>微信扫一扫<br>关注该公众号</div></body></html>",
        ),
        "河边的茶棚 | - | - | 茶报\n河边的茶棚开了四 … 天黑以后，茶棚收\n  一、水源\n  二、炉火",
    );
    // A page with all that it shows inside it, frames of the site around the article, end tags left out.
    check(
        "a.html",
        &article(
            "<!DOCTYPE html><html><head><meta charset=utf-8><title>河边的茶棚 | 茶报</title><style>p{color:red}</style></head><body><header><nav><a href=/>首页</a></nav></header><main><article><h1>河边的茶棚</h1><p>陆小羽 2024-08-21</p><p>LEAD<h2>水源</h2><p>WATER<h2>炉火</h2><img src=\"data:image/png;base64,AAAA\" alt=\"炉子\"><p>FIRE<p>DUSK</article><aside><h2>相关文章</h2></aside></main><footer>© 2024 茶报</footer></body></html>",
        ),
        "河边的茶棚 | - | - | -\n河边的茶棚开了四 … 天黑以后，茶棚收\n  水源\n  炉火",
    );
    // Cards are no articles.
    check(
        "a.html",
        "<html><head><title>茶报</title></head><body><main><h1>茶报</h1><p>一张关于茶、水和火的报纸，每天早上在河边的茶棚里印出来，由第一个来喝茶的人分送给大家看。</p><article><h2>茶</h2><p>春天的。</p></article><article><h2>水</h2><p>山上的。</p></article></main></body></html>",
        "茶报 | - | - | -\n一张关于茶、水和 … 山上的。\n  茶\n  水",
    );
}

#[test]
fn what_sites_say_around_an_article() {
    let frames = [
        ("3 人赞同了该文章", "还没有人送礼物，鼓励一下作者吧\n\n编辑于 2024-08-21 16:39"),
        (
            "> 原文：[河边的茶棚](https://tea.example/a)",
            "特别声明：以上内容为用户上传并发布，本平台仅提供信息存储服务。",
        ),
        (
            "> 本文由 [简悦 SimpRead](http://ksria.com/) 转码， 原文地址 [tea.example](https://tea.example/a)",
            "(陆小羽)\n\n分享让更多人看到",
        ),
        ("この記事は最終更新日から3年以上が経過しています。", "12\n\n### Discussion\n\nログインするとコメントできます"),
        (
            "로그인\n\n공유",
            "[저작자표시 (새창열림)](https://tea.example/by)\n\n#### '[茶](/tea) > [水](/water)' 카테고리의 다른 글\n\n- [山](/1)",
        ),
        (
            "阅读量 3.2k",
            "赞赏\n\n长按二维码向我转账\n\n受苹果公司新规定影响，赞赏功能被关闭\n\n##### 朋友会在“发现-看一看”看到你“在看”的内容",
        ),
    ];
    for (above, below) in frames {
        let text = format!("# 河边的茶棚\n\n{above}\n\nLEAD\n\n## 水\n\nWATER\n\nDUSK\n\n{below}\n");
        let (_, document) = read("a.md", &article(&text));
        let body: Vec<&str> = document
            .blocks
            .iter()
            .filter(|block| block.part == Part::Body)
            .map(|block| block.text.as_str())
            .filter(|text| !["赞赏", "(陆小羽)"].contains(text))
            .collect();
        assert_eq!(body, [LEAD, "水", WATER, DUSK], "{above} … {below}");
    }
    let references = article(
        "# 河边的茶棚\n\nLEAD\n\nWATER\n\n## 参考リンク\n\n色々参考にした。\n\n[茶の本](https://tea.example/b)\n\n[水の本](https://tea.example/c)\n\n48\n\n### Discussion\n\nログインするとコメントできます\n",
    );
    check("a.md", &references, "河边的茶棚 | - | - | -\n河边的茶棚开了四 … 水の本\n  参考リンク");
    let paper = article("# 河边的茶棚\n\nLEAD\n\n## Discussion\n\nWATER\n\nFIRE\n");
    check("a.md", &paper, "河边的茶棚 | - | - | -\n河边的茶棚开了四 … 火用的是松枝，烧\n  Discussion");
    let paid = article("# 河边的茶棚\n\nLEAD\n\nWATER\n\nDUSK\n\n## ここから先は\n\n0字\n\n### 茶の本\n\n500円\n");
    let (dump, document) = read("a.md", &paid);
    assert_eq!(dump, "河边的茶棚 | - | - | -\n河边的茶棚开了四 … 天黑以后，茶棚收");
    assert_eq!(document.condition, Condition::Truncated);
}

#[test]
fn a_title_without_its_label_is_said_again() {
    let text = |level: &str| {
        article(&format!("---\ntitle: '[茶] 河边的茶棚开了'\n---\n\n{level} 河边的茶棚开了\n\nLEAD\n\nDUSK\n"))
    };
    let shown = |text: &str| read("a.md", text).1.outline.sections.len();
    assert_eq!((shown(&text("#")), shown(&text("##"))), (0, 1));
}

#[test]
fn letters_and_posts() {
    let letter = article(
        "From: 陆小羽 <lu@tea.example>\nTo: b@tea.example\nSubject: 河边的茶棚\nDate: Wed, 21 Aug 2024 08:00:00 +0800\n\nLEAD\n\nDUSK\n",
    );
    check(
        "a.txt",
        &letter,
        "河边的茶棚 | 陆小羽 <lu@tea.example> | 2024-08-21 | -\n河边的茶棚开了四 … 天黑以后，茶棚收",
    );
    let post = article(
        "发信人: lu (陆小羽)\n标  题: 河边的茶棚\n发信站: 茶站 (Wed Aug 21 2024)\n\nLEAD\n\nDUSK\n\n※ 来源:·茶站 tea.example·\n※ 修改:·lu 于 Aug 22·\n",
    );
    let command = "    # make tea\n\n天亮了，茶也煮好了。\n\n    $ make water\n\n";
    check(
        "a.txt",
        &article(&format!("河边的茶棚\n\nLEAD\n\n{command}DUSK\n")),
        "河边的茶棚 | - | - | -\n河边的茶棚开了四 … 天黑以后，茶棚收",
    );
    check("a.txt", &post, "河边的茶棚 | lu (陆小羽) | 2024-08-21 | -\n河边的茶棚开了四 … 天黑以后，茶棚收");
}

#[test]
fn a_page_says_more_than_a_titles_block_holds() {
    let shown: String = (1..30).map(|index| format!("按钮{index}\n\n")).collect();
    check(
        "a.txt",
        &article(&format!("河边的茶棚\n\n陆小羽\n\n已于 2024-08-21 修改\n\n阅读量3.2k\n\n{shown}LEAD\n\nDUSK\n")),
        "河边的茶棚 | - | - | -\n按钮1 … 天黑以后，茶棚收",
    );
}

#[test]
fn a_page_that_is_one_typed_text() {
    let sentence = "   The stall by the river has been open for forty years, and the\n   fire has never gone out, whoever kept it.\n\n";
    let two = sentence.repeat(2);
    let typed = format!("{sentence}The Water\n\n{two}The Fire\n\n{two}The Pot\n\n{two}");
    let page =
        |text: &str| format!("<html><head><title>The stall</title></head><body><pre>\n{text}</pre></body></html>");
    check("a.html", &page(&typed), "The stall | - | - | -\nThe stal … The stal\n  The Water\n  The Fire\n  The Pot");
    let (_, document) = read("a.html", &page(&format!("\n\n{typed}")));
    let lines: Vec<u32> = document.outline.sections.iter().map(|section| section.line).collect();
    assert_eq!(lines, [7, 15, 23]);
    let code = "let water = boil(&river);\n\nif water.is_hot() {\n    pour(water);\n}\n\n".repeat(20);
    check("a.html", &page(&code), "The stall | - | - | -\nlet wate … let wate");
}

#[test]
fn what_is_no_article_says_so() {
    let condition = |text: &str| read("a.md", text).1.condition;
    assert_eq!(
        condition("# 河边的茶棚\n\n## 环境异常\n\n当前环境异常，完成验证后即可继续访问。\n\n去验证"),
        Condition::Stub
    );
    assert_eq!(condition(&article("# 河边的茶棚\n\nLEAD\n\nWATER\n\n阅读全文")), Condition::Truncated);
    assert_eq!(condition(&article("# 河边的茶棚\n\nLEAD\n\nWATER\n\n一天一元 解锁文章")), Condition::Truncated);
    assert_eq!(condition(&article("# 河边的茶棚\n\nLEAD\n\n水从山上来，要走三里...")), Condition::Truncated);
    assert_eq!(condition(&article("# 河边的茶棚\n\nLEAD\n\n![](https://a.example/sh...")), Condition::Truncated);
    assert_eq!(condition(&article("# 河边的茶棚\n\nLEAD\n\nDUSK")), Condition::Whole);
}

#[test]
fn what_stands_in_place_of_an_article() {
    let notices: [&[&str]; 12] = [
        &["JavaScript 不可用。", "我们检测到此浏览器中已禁用 JavaScript。请启用 JavaScript 或切换到支持的浏览器。"],
        &["請啟用 JavaScript 才能繼續瀏覽"],
        &["このサイトは JavaScript を使用しています。JavaScript を有効にしてください。"],
        &["자바스크립트를 활성화해야 합니다."],
        &["You need to enable JavaScript to run this app."],
        &["example.com", "Checking your browser before accessing example.com.", "This process is automatic."],
        &["请稍候…", "正在验证您是否是真人。这可能需要几秒钟时间。"],
        &["您需要登录后才可以查看该帖内容", "登录", "注册"],
        &["ログインが必要です", "このページを表示するにはログインしてください。"],
        &["此内容因违规无法查看", "由用户投诉并经平台审核，涉嫌违反相关法律法规和政策"],
        &["요청하신 페이지를 찾을 수 없습니다."],
        &["404", "This page could not be found."],
    ];
    for lines in notices {
        let page = format!("<html><title>河边的茶棚</title><div><p>{}</p></div></html>", lines.join("</p><p>"));
        let texts = [
            ("a.html", page),
            ("a.md", format!("# 河边的茶棚\n\n{}", lines.join("\n\n"))),
            ("a.txt", lines.join("\n")),
        ];
        for (name, text) in texts {
            assert_eq!(read(name, &text).1.condition, Condition::Stub, "{text}");
        }
    }
    let articles = [
        "# 404 Not Found 的来历\n\n“404 Not Found”是最有名的一行错误，它的意思是服务器在，但要找的页面不在。",
        "# 登录\n\n以前需要登录的地方很少，名字和密码写在纸条上就行。",
        "# 小记\n\n网站打开后只有一行字：“请启用 JavaScript”。这不是坏了，是页面由脚本生成。",
        "# Note\n\nI had to enable JavaScript in the old reader today; it took ten minutes.",
    ];
    for text in articles {
        assert_eq!(read("a.md", text).1.condition, Condition::Whole, "{text}");
    }
}

#[test]
fn articles_saved_one_after_the_other() {
    let frame = "预览时标签不可点\n\n微信扫一扫关注该公众号\n\n知道了\n";
    let one = article(&format!("# 河边的茶棚\n\nLEAD\n\n## 水\n\nWATER\n\n{frame}"));
    check("a.md", &one, "河边的茶棚 | - | - | -\n河边的茶棚开了四 … 水从山上来，要走\n  水");
    // What follows the frame of the first is no frame: it is too much.
    let many = format!("{one}\n# 山上的茶园\n\n{}", article("FIRE\n\nWATER\n\n").repeat(120));
    let (_, document) = read("a.md", &many);
    assert!(document.hidden_lines() < 3, "{}", document.hidden_lines());
    assert_eq!(document.outline.sections.len(), 2);
}

#[test]
fn first_sentences_are_no_bylines() {
    let prose = "河边的茶棚开了四十年，换过三任主人，炉子却一直没有熄过。来喝茶的人说，这里的水是从山上引下来的，味道和别处不同。";
    let first = |line: &str| {
        let text = format!("---\ntitle: 河边的茶棚\n---\n\n# 河边的茶棚\n\n{line}\n\n{prose}\n\n{prose}\n");
        let read = parse(text.as_bytes(), &Hint::named("a.md"));
        read.blocks.iter().find(|block| block.part == Part::Body).map(|block| block.text.to_string()).unwrap()
    };
    for line in [
        "作者认为，茶棚不该拆。",
        "来源于生活的故事，总是最动人的。",
        "By the end of the year, nobody remembered the river.",
        "Published papers are rarely read.",
        "作者の死後、原稿は弟子の手に渡った。",
        "글쓴이는 강가에서 사십 년을 살았다.",
    ] {
        assert_eq!(first(line), line);
    }
    for line in ["作者：甲", "编辑 甲", "来源：茶报", "By Jane Doe", "Published May 3, 2024", "作者：甲，写过三本书。"]
    {
        assert_eq!(first(line), prose, "{line}");
    }
}

#[test]
fn what_stands_below_a_title_is_the_articles_unless_a_byline_follows() {
    for first in [
        "自由 = 责任",
        "摘要：茶的历史",
        "E = mc^2",
        "人生如茶",
        "> 水 = 茶",
        "- 水 = 茶",
        "https://tea.example/?a=b",
        "[水](https://tea.example/?a=b)",
        "![水](https://tea.example/a.png)",
        "Status: it is complicated",
    ] {
        for front in ["", "---\ntitle: 茶\n---\n\n"] {
            let (_, document) = read("a.md", &article(&format!("{front}# 茶\n\n{first}\n\nLEAD\n\nWATER\n")));
            let hidden: Vec<_> = document.blocks.iter().filter(|block| block.part != Part::Body).collect();
            assert!(hidden.iter().all(|block| block.text.as_str() == "茶"), "{first}: {hidden:?}");
            assert_eq!(document.hidden_lines(), 0, "{first}");
        }
    }
    let (dump, document) =
        read("a.md", &article("# 茶\n\n陆小羽\n\n阅读 1.2k\n\n![](https://tea.example/a.png)\n\nLEAD\n"));
    assert_eq!(dump, "茶 | - | - | -\n河边的茶棚开了四 … 河边的茶棚开了四");
    assert_eq!(document.hidden_lines(), 3);
}

#[test]
fn a_page_below_front_matter_keeps_its_own_title_in_the_raw_view() {
    let page = "---\ntitle: 集市\n---\n<title>河边的茶棚</title><p>天亮了。</p>";
    let texts = |document: Document| document.blocks.iter().map(|block| block.text.to_string()).collect::<Vec<_>>();
    assert_eq!(texts(parse_as_is(page.as_bytes(), &Hint::named("a.html"))), ["河边的茶棚", "天亮了。"]);
    assert_eq!(texts(parse(page.as_bytes(), &Hint::named("a.html"))), ["天亮了。"]);
}
