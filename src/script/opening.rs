//! Opening: what comes late, the end of an article and what was kept of it, changes nothing that was done meanwhile.

use super::{StillClock, keys};
use crate::annotations::{Annotations, Change};
use crate::app::{App, Effect, Message};
use crate::config::Settings;
use crate::library::{Article, Origin, Piece, Tables};
use crate::parse::{Hint, first, parse};
use crate::terminal::worker::identified;

/// An article that takes a while: its start and its whole come one by one.
struct Slow {
    app: App,
    origin: Origin,
    text: String,
    effects: Vec<Effect>,
}

impl Slow {
    fn new() -> Self {
        Self::on(StillClock::after(0))
    }

    fn on(clock: StillClock) -> Self {
        let paragraph =
            |number| format!("## 第{number}节\n\n第{number}段，说的是第{number}件事，一件一件地说下去。\n\n");
        let text = format!("---\ntitle: 长文\n---\n\n{}", (1..400).map(paragraph).collect::<String>());
        Self::of(text, clock)
    }

    fn of(text: String, clock: StillClock) -> Self {
        let origin = Origin::Input(text.as_bytes().into());
        let clock = Box::new(clock);
        let (mut app, effects) = App::new(vec![origin.clone()], Settings::default(), &Tables::built_in(), clock);
        app.update(Message::Resize(60, 12));
        Self { app, origin, text, effects }
    }

    fn with(mut self, message: Message) -> Self {
        self.effects.extend(self.app.update(message));
        self
    }

    fn press(self, pressed: &str) -> Self {
        keys(pressed).into_iter().fold(self, |slow, key| slow.with(Message::Key(key)))
    }

    fn begun(self) -> Self {
        let piece: Piece = first(self.text.as_bytes(), self.text.len() as u64, &Hint::default()).unwrap();
        let origin = self.origin.clone();
        self.with(Message::Begun(origin, Box::new(piece)))
    }

    fn loaded(self) -> Self {
        let document = parse(self.text.as_bytes(), &Hint::default());
        let origin = self.origin.clone();
        self.with(Message::Loaded(origin, Ok(document)))
    }

    fn kept(self, changes: &[Change]) -> Self {
        let mut annotations = Annotations::default();
        for change in changes {
            annotations.apply(change);
        }
        self.with(Message::Kept(Box::new(annotations), 0))
    }

    /// What went into the journal.
    fn recorded(&self) -> Vec<Change> {
        let recorded = |effect: &Effect| match effect {
            Effect::Record(change) => Some(change.clone()),
            Effect::RecordIn(origin, change) => Some(identified(origin, &Tables::built_in(), change.clone())),
            _ => None,
        };
        self.effects.iter().filter_map(recorded).collect()
    }

    /// Another article in the list, asked for by `J` or `K`.
    fn beside(self, other: &Origin) -> Self {
        let articles = [&self.origin, other].map(|origin| Article::describe(origin.clone(), &Tables::built_in()));
        let slow = self.kept(&[]).with(Message::Scanned(articles.to_vec()));
        let key = if slow.app.list.cursor == 0 { "J" } else { "K" };
        slow.press(key)
    }

    fn title(&self) -> Option<String> {
        let reader = self.app.reader.as_ref()?;
        Some(reader.document.meta.title.to_string())
    }

    /// The first words on the screen, the percent, and how many sections there are.
    fn state(&self) -> (String, u16, usize) {
        let reader = self.app.reader.as_ref().unwrap();
        let words: String = reader.document.blocks[reader.top.block as usize].text.chars().take(7).collect();
        (words, self.app.percent(), reader.document.outline.sections.len())
    }
}

/// What an earlier reading of the slow article left, its identifiers unlike those of a later one.
fn earlier(keys: &str) -> Vec<Change> {
    Slow::on(StillClock::after(1000)).kept(&[]).loaded().press(keys).press("q").recorded()
}

fn check(slow: Slow, first: &str, percent: u16, sections: usize) -> Slow {
    assert_eq!(slow.state(), (first.to_owned(), percent, sections));
    slow
}

#[test]
fn the_start_is_read_while_the_rest_comes() {
    let slow = check(Slow::new().kept(&[]).begun(), "第1节", 0, 134);
    let slow = check(slow.loaded(), "第1节", 0, 399);
    assert!(slow.recorded().is_empty());
    check(Slow::new().kept(&[]).begun().press("10]").loaded(), "第11节", 2, 399);
}

#[test]
fn the_end_of_the_start_is_not_the_end() {
    let slow = Slow::new().kept(&[]).begun().press("9999j");
    let percent = slow.app.percent();
    assert!((30..35).contains(&percent), "{percent}");
    let progress = slow.app.reader.as_ref().unwrap().progress;
    assert!(progress < 350, "{progress}");
    let slow = slow.loaded();
    assert!((30..35).contains(&slow.app.percent()), "{}", slow.app.percent());
}

#[test]
fn reading_goes_on_where_it_stopped_whatever_comes_first() {
    let before = earlier("50]jj");
    let orders: [fn(Slow, &[Change]) -> Slow; 4] = [
        |slow, before| slow.kept(before).begun().loaded(),
        |slow, before| slow.begun().kept(before).loaded(),
        |slow, before| slow.begun().loaded().kept(before),
        |slow, before| slow.kept(before).loaded(),
    ];
    for order in orders {
        check(order(Slow::new(), &before), "第51段，说的", 12, 399);
    }
}

#[test]
fn who_has_gone_on_is_left_there() {
    let before = earlier("300]");
    check(Slow::new().begun().press("2]").kept(&before).loaded(), "第3节", 0, 399);
}

#[test]
fn a_place_beyond_the_start_waits_for_the_whole() {
    let before = earlier("300]");
    let slow = Slow::new().kept(&before).begun();
    assert!(slow.app.reader.is_none());
    check(slow.loaded(), "第301节", 75, 399);
}

#[test]
fn leaving_before_the_place_is_known_does_not_overwrite_it() {
    assert_eq!(Slow::new().begun().press("q").recorded(), []);
    assert_eq!(Slow::new().loaded().press("q").recorded(), []);
}

#[test]
fn what_is_kept_early_stays_kept() {
    let slow = Slow::new().begun().press("B").kept(&earlier("9]B")).loaded();
    let kept = slow.app.annotations.bookmarks(None).len();
    assert_eq!((kept, slow.recorded().len()), (2, 1));
}

#[test]
fn links_of_the_rest_come_into_the_list() {
    let paragraph =
        |number| format!("第{number}段，[第{number}件事](https://example.com/{number})，一件一件地说。\n\n");
    let text = format!("---\ntitle: 长文\n---\n\n{}", (1..600).map(paragraph).collect::<String>());
    let slow = Slow::of(text, StillClock::after(0)).kept(&[]).begun().press("L/59<Enter>");
    let listed = |slow: &Slow| (slow.app.links.listed.len(), slow.app.links.pane.shown.len());
    let before = listed(&slow);
    assert!(before.0 > 10 && before.0 < 599, "{before:?}");
    assert_eq!(listed(&slow.loaded()), (599, 16));
}

/// A short article, and its whole.
fn other() -> (Origin, Message) {
    let text = "---\ntitle: 短文\n---\n\n一句。\n";
    let origin = Origin::Input(text.as_bytes().into());
    (origin.clone(), Message::Loaded(origin, Ok(parse(text.as_bytes(), &Hint::default()))))
}

#[test]
fn what_comes_late_replaces_nothing() {
    let (origin, whole) = other();
    let slow = Slow::new().begun().beside(&origin).with(whole);
    assert_eq!(slow.title().as_deref(), Some("短文"));
    let slow = slow.loaded();
    assert_eq!(slow.title().as_deref(), Some("短文"));
    let slow = Slow::new().kept(&[]).begun().press("h").loaded();
    assert_eq!(slow.title(), None);
}

#[test]
fn the_rest_is_asked_for_again_where_another_article_cannot_be_had() {
    let (origin, _) = other();
    let slow = Slow::new().begun().beside(&origin).loaded();
    assert_eq!(slow.state().2, 134, "the other one is waited for");
    let mut slow = slow.with(Message::Loaded(origin, Err("gone".to_owned())));
    assert!(matches!(slow.effects.pop(), Some(Effect::Finish(origin)) if origin == slow.origin));
    check(slow.loaded(), "第1节", 0, 399);
}

#[test]
fn what_is_kept_of_the_start_is_kept_of_the_article() {
    let slow = Slow::new().kept(&[]).begun().press("9]B");
    let fingerprint = Article::describe(slow.origin.clone(), &Tables::built_in()).identity.fingerprint;
    let mut kept = slow.recorded();
    let articles = kept.iter_mut().filter_map(Change::article_mut).map(|article| article.fingerprint.clone());
    assert_eq!(articles.collect::<Vec<_>>(), [fingerprint]);
    let app = slow.loaded().app;
    let article = &app.library.articles[0].identity;
    assert_eq!(app.annotations.bookmarks(Some(article)).len(), 1);
}

#[test]
fn a_search_goes_on_in_the_rest() {
    let slow = Slow::new().kept(&[]).begun().press("/第300节<Enter>");
    let notice = |slow: &Slow| slow.app.notice.as_ref().map(|notice| notice.text.to_string());
    assert_eq!(notice(&slow).as_deref(), Some("“第300节” is not in what has been read of this article so far"));
    let slow = check(slow.loaded(), "第1节", 0, 399);
    assert_eq!(notice(&slow), None);
    // A match comes in a third from the top.
    assert_eq!(slow.press("n").state().0, "第299段，说");
}
