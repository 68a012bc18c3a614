//! The phrases by which boilerplate is known: a table that people can read and add to (`assets/boilerplate.tsv`).

/// The table built into the binary: kind, then a phrase.
const TABLE: &str = include_str!("../../../assets/boilerplate.tsv");

/// Phrases by kind.
#[derive(Debug, Default)]
pub struct Phrases {
    interface: Vec<Phrase>,
    head: Vec<Phrase>,
    card: Vec<Phrase>,
    tail: Vec<Phrase>,
    end: Vec<Phrase>,
    related: Vec<Phrase>,
    comments: Vec<Phrase>,
    footer: Vec<Phrase>,
    credit: Vec<Phrase>,
    stub: Vec<Phrase>,
    more: Vec<Phrase>,
}

/// A phrase and where in a line it must stand.
#[derive(Debug, Clone, Copy)]
enum Phrase {
    /// `=…`: it is the line.
    Whole(&'static str),
    /// `^…`: the line begins with it.
    Start(&'static str),
    /// `$…`: the line ends with it.
    End(&'static str),
    /// Anywhere.
    Inside(&'static str),
}

impl Phrase {
    fn of(written: &'static str) -> Self {
        match written.split_at_checked(1) {
            Some(("=", phrase)) => Self::Whole(phrase.trim_matches(is_ornament)),
            Some(("^", phrase)) => Self::Start(phrase),
            Some(("$", phrase)) => Self::End(phrase),
            _ => Self::Inside(written),
        }
    }

    fn matches(self, line: &str) -> bool {
        match self {
            Self::Whole(phrase) => line.eq_ignore_ascii_case(phrase),
            Self::Start(phrase) => line.get(..phrase.len()).is_some_and(|start| start.eq_ignore_ascii_case(phrase)),
            Self::End(phrase) => line.ends_with(phrase),
            Self::Inside(phrase) => line.contains(phrase),
        }
    }
}

impl Phrases {
    /// The phrases of the table.
    pub fn built_in() -> Self {
        let mut phrases = Self::default();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let Some((kind, phrase)) = line.split_once('\t') else { continue };
            let list = match kind {
                "interface" => &mut phrases.interface,
                "head" => &mut phrases.head,
                "card" => &mut phrases.card,
                "tail" => &mut phrases.tail,
                "end" => &mut phrases.end,
                "related" => &mut phrases.related,
                "comments" => &mut phrases.comments,
                "footer" => &mut phrases.footer,
                "credit" => &mut phrases.credit,
                "stub" => &mut phrases.stub,
                "more" => &mut phrases.more,
                _ => continue,
            };
            list.push(Phrase::of(phrase));
        }
        phrases
    }

    /// Whether a line is a page's interface: from here on nothing is the article's.
    pub fn is_interface(&self, line: &str) -> bool {
        any(&self.interface, line)
    }

    /// Whether a line may stand between title and article: bylines, subscription lines.
    pub fn is_head(&self, line: &str) -> bool {
        any(&self.head, line)
    }

    /// Whether a line opens the card of another account, from which the article was taken.
    pub fn is_card(&self, line: &str) -> bool {
        any(&self.card, line)
    }

    /// Whether a line promotes something: a phrase does, in most of its clauses or in several.
    pub fn is_tail(&self, line: &str) -> bool {
        let clauses =
            || line.split(['。', '！', '？', '；', '，', ',', '!', '?', '\n']).filter(|c| !c.trim().is_empty());
        let (mut all, mut promoting, mut count) = (0, 0, 0);
        for clause in clauses() {
            let length = clause.chars().count();
            all += length;
            if any(&self.tail, clause) {
                promoting += length;
                count += 1;
            }
        }
        promoting * 5 >= all * 2 && promoting > 0 || (count >= 2 && promoting * 4 >= all)
    }

    /// Whether a line says that the article ends here.
    pub fn is_end(&self, line: &str) -> bool {
        any(&self.end, line)
    }

    /// Whether a line stands above a list of other articles.
    pub fn is_related(&self, line: &str) -> bool {
        any(&self.related, line)
    }

    /// Whether a line stands above what readers wrote.
    pub fn is_comments(&self, line: &str) -> bool {
        any(&self.comments, line)
    }

    /// Whether a line is a site's footer.
    pub fn is_footer(&self, line: &str) -> bool {
        any(&self.footer, line)
    }

    /// Whether a line says where the article comes from or who made it.
    pub fn is_credit(&self, line: &str) -> bool {
        any(&self.credit, line)
    }

    /// Whether a line says that there is no article.
    pub fn is_stub(&self, line: &str) -> bool {
        any(&self.stub, line)
    }

    /// Whether a line says that there is more to read elsewhere.
    pub fn is_more(&self, line: &str) -> bool {
        any(&self.more, line)
    }
}

fn any(phrases: &[Phrase], line: &str) -> bool {
    let line = line.trim_matches(is_ornament);
    !line.is_empty() && phrases.iter().any(|phrase| phrase.matches(line))
}

/// Whether a character may stand around a phrase without being part of it.
fn is_ornament(character: char) -> bool {
    character.is_whitespace() || "*：:[]（）()—–-=·•~_|＊◆■▼▶►\u{feff}\u{200b}".contains(character)
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn promotion_is_most_of_its_line() {
        let phrases = Phrases::built_in();
        assert!(phrases.is_tail("欢迎关注我们的公众号"));
        assert!(phrases.is_tail("觉得不错，就点个“在看”吧"));
        assert!(!phrases.is_tail("项目地址：https://example.com/project，点击“阅读原文”即可直达。"));
        assert!(!phrases.is_tail("他欢迎大家来书房坐坐，也不忘提醒一句：看完记得把书放回原处，茶水自取。"));
    }

    #[test]
    fn phrases_know_their_place() {
        let phrases = Phrases::built_in();
        assert!(phrases.is_comments("Comments:"));
        assert!(!phrases.is_comments("Comments are closed in the code below."));
        assert!(phrases.is_interface("微信扫一扫"));
        assert!(!phrases.is_interface("打开手机微信扫一扫付款码，老板说，现在卖菜的也用这个。"));
    }
}
