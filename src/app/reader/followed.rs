//! What of an article has been read: text that was reached by reading on, never what a jump went over.
//!
//! It refuses to know rows: a stretch of text lies between places, so that no change of size reads anything.

use super::{Reader, WHOLE};
use crate::document::{Position, Span};

/// The text that was read.
#[derive(Debug, Clone, Default)]
pub struct Followed {
    /// Stretches of it, in order, none touching another.
    stretches: Vec<Span>,
    /// Where the stretch begins that is being read: every screen since then began in the text of the one before.
    since: Position,
    /// Whether a jump has led here, and nothing was read on since.
    landed: bool,
}

impl Followed {
    /// Reading is taken up at a place.
    pub fn begin(&mut self, at: Position) {
        (self.since, self.landed) = (at, false);
    }

    /// A jump has led from a screen of some text to a place. What that screen showed already was not jumped over.
    pub fn jump(&mut self, shown: Span, to: Position) {
        if to < self.since || to >= shown.end.max(shown.start) {
            self.land(to);
        }
    }

    /// A jump has led to a place, whatever was on the screen before.
    pub fn land(&mut self, at: Position) {
        (self.since, self.landed) = (at, true);
    }

    /// It was gone back to a place, row by row.
    pub fn back(&mut self, to: Position) {
        self.since = self.since.min(to);
    }

    /// It was read on to a place; where a jump led to the end of the text, there was nothing to read on to.
    pub fn on(&mut self, to: Position, moved: bool) {
        if moved || !self.landed {
            self.landed = false;
            self.add(Span { start: self.since, end: to });
        }
    }

    /// Takes a stretch of text as read.
    pub fn add(&mut self, read: Span) {
        let touches = |known: &Span| known.start <= read.end && read.start <= known.end;
        let (mut joined, mut apart) = (read, Vec::new());
        for known in &self.stretches {
            if touches(known) {
                joined = Span { start: joined.start.min(known.start), end: joined.end.max(known.end) };
            } else {
                apart.push(*known);
            }
        }
        let at = apart.partition_point(|known| known.start < joined.start);
        apart.insert(at, joined);
        self.stretches = apart;
    }

    /// The stretches, in order.
    pub fn stretches(&self) -> &[Span] {
        &self.stretches
    }

    /// Puts every place where it is in another form of the text.
    #[must_use]
    pub fn moved(self, place: impl Fn(Position) -> Position) -> Self {
        let mut moved = Self { stretches: Vec::new(), since: place(self.since), landed: self.landed };
        for stretch in self.stretches {
            moved.add(Span { start: place(stretch.start), end: place(stretch.end) });
        }
        moved
    }
}

impl Reader {
    /// Takes as read what was read before, in thousandths: it is not known where, so from the start on.
    pub fn has_read(&mut self, progress: u16) {
        let bytes = self.layout.length() * u64::from(progress) / u64::from(WHOLE);
        let end = if progress >= WHOLE { self.end() } else { self.layout.place_after(bytes) };
        if progress > 0 {
            self.followed.add(Span { start: Position::default(), end });
        }
        self.progress = self.progress.max(progress);
    }

    /// Takes reading up at a place.
    pub fn begin(&mut self, place: Position) {
        self.go(place);
        self.followed.begin(self.top);
        // Progress is in whole thousandths: the rest of the last one is no gap.
        let bytes = |place| self.layout.bytes_before(place);
        let gap = self.followed.stretches().first().map(|read| Span { start: read.end, end: self.top });
        let thousandth = self.layout.length() / u64::from(WHOLE) + 1;
        if let Some(gap) =
            gap.filter(|gap| gap.start < gap.end && bytes(gap.end).saturating_sub(bytes(gap.start)) <= thousandth)
        {
            self.followed.add(gap);
        }
    }

    /// Adds up what was read.
    pub(super) fn count(&mut self) {
        self.progress = self.progress.max(self.read_of(&self.followed));
    }

    /// How much of the article some stretches are, in thousandths.
    fn read_of(&self, followed: &Followed) -> u16 {
        let bytes = |place| self.layout.bytes_before(place);
        let read: u64 = followed.stretches().iter().map(|read| bytes(read.end).saturating_sub(bytes(read.start))).sum();
        self.share_of(read)
    }

    /// Takes the last screen as read if some test of how much that is, in thousandths, lets it be: there is nothing to read
    /// on to, and an article that one screen shows has no other.
    pub fn read_last(&mut self, is_read: impl FnOnce(u16) -> bool) {
        if self.at < WHOLE {
            return;
        }
        let mut followed = self.followed.clone();
        followed.on(self.end(), true);
        let more = self.read_of(&followed).saturating_sub(self.progress);
        if more > 0 && is_read(more) {
            self.followed = followed;
            self.count();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Followed;
    use crate::document::{Position, Span};

    fn at(byte: u32) -> Position {
        Position { block: 0, byte }
    }

    /// What is read after some steps, as `from-to`.
    #[track_caller]
    fn check(act: impl FnOnce(&mut Followed), expected: &str) {
        let mut followed = Followed::default();
        act(&mut followed);
        let shown: Vec<String> =
            followed.stretches().iter().map(|read| format!("{}-{}", read.start.byte, read.end.byte)).collect();
        assert_eq!(shown.join(" "), expected);
    }

    fn screen(from: u32) -> Span {
        Span { start: at(from), end: at(from + 10) }
    }

    #[test]
    fn reading_on_reads_and_jumps_do_not() {
        check(|read| read.on(at(15), true), "0-15");
        check(|read| read.jump(screen(0), at(80)), "");
        check(
            |read| {
                read.on(at(15), true);
                read.jump(screen(5), at(80));
                read.on(at(90), false);
            },
            "0-15",
        );
        check(
            |read| {
                read.on(at(15), true);
                read.jump(screen(5), at(80));
                read.on(at(95), true);
                read.jump(screen(85), at(10));
                read.on(at(85), true);
            },
            "0-95",
        );
    }

    #[test]
    fn what_the_screen_shows_is_not_jumped_over() {
        check(
            |read| {
                read.jump(screen(0), at(7));
                read.jump(screen(7), at(16));
                read.on(at(28), true);
            },
            "0-28",
        );
        check(
            |read| {
                read.jump(screen(0), at(10));
                read.on(at(25), true);
            },
            "10-25",
        );
    }

    #[test]
    fn stretches_stay_apart_until_what_is_between_them_is_read() {
        let stretch = |from, to| Span { start: at(from), end: at(to) };
        check(
            |read| [stretch(30, 40), stretch(0, 10), stretch(50, 60)].into_iter().for_each(|one| read.add(one)),
            "0-10 30-40 50-60",
        );
        check(
            |read| [stretch(30, 40), stretch(0, 10), stretch(5, 30)].into_iter().for_each(|one| read.add(one)),
            "0-40",
        );
    }
}
