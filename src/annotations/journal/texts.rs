//! The texts of journals, read line by line beside whoever fetches them, in pieces that any thread may take.
//!
//! It knows no folder and no order: what a line says does not hang on the lines around it.

use super::super::said::Said;
use super::glance;
use super::line::{self, Line};
use std::cell::LazyCell;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// Bytes that are read in one go.
const PIECE: usize = 1 << 20;
/// Bytes of a usual line, by which room is made for what a piece says.
const LINE: usize = 700;
/// Bytes up to which a text is not worth a thread.
const SMALL: usize = 1 << 16;

/// What a piece of a text says.
#[derive(Debug, Default)]
pub struct Read {
    /// Which piece, in the order of the texts.
    pub number: usize,
    /// Its records.
    pub said: Vec<Said>,
    /// How many records of a newer version it has.
    pub newer: usize,
    /// Lines that are no records, with their files.
    pub bad: Vec<(PathBuf, Vec<u8>)>,
}

/// A piece of a text.
#[derive(Debug)]
struct Piece {
    number: usize,
    path: Arc<PathBuf>,
    bytes: Arc<Vec<u8>>,
    range: Range<usize>,
}

/// Reads texts while the next ones are fetched; `hear` is told what was read when all have been, in any order.
pub fn read(texts: impl Iterator<Item = (PathBuf, Vec<u8>)>, mut hear: impl FnMut(Read)) {
    let (pieces, queue) = channel();
    let (done, heard) = channel();
    let queue = Mutex::new(queue);
    // The system is asked only where there is much to read: most journals are small, and the first screen waits for them.
    let most =
        LazyCell::new(|| std::thread::available_parallelism().map_or(1, |threads| threads.get() - 1).clamp(1, 8));
    std::thread::scope(|scope| {
        let mut workers = Vec::new();
        let mut number = 0;
        for (path, bytes) in texts {
            let (path, bytes) = (Arc::new(path), Arc::new(bytes));
            for range in cut(&bytes) {
                let piece = Piece { number, path: Arc::clone(&path), bytes: Arc::clone(&bytes), range };
                number += 1;
                if bytes.len() <= SMALL {
                    let _ = done.send(piece.read());
                    continue;
                }
                if workers.len() < *most {
                    let (queue, done) = (&queue, done.clone());
                    workers.push(scope.spawn(move || work(queue, &done)));
                }
                let _ = pieces.send(piece);
            }
        }
        drop((pieces, done));
        // Who hears what was said reads too, while there is nothing to hear.
        let read = || next(&queue).map(Piece::read);
        while let Some(read) = heard.try_recv().ok().or_else(read).or_else(|| heard.recv().ok()) {
            hear(read);
        }
        // Joined here, so that what fails in one is not the end of all.
        for worker in workers {
            let _ = worker.join();
        }
    });
}

fn work(queue: &Mutex<Receiver<Piece>>, done: &Sender<Read>) {
    while let Some(piece) = next(queue) {
        let _ = done.send(piece.read());
    }
}

/// A piece that nobody reads yet; none if there is none left.
fn next(queue: &Mutex<Receiver<Piece>>) -> Option<Piece> {
    queue.lock().ok()?.recv().ok()
}

/// Pieces of about a size, each ending with a line.
fn cut(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let from = (start + PIECE).min(bytes.len());
        let end = memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |end| from + end + 1);
        let piece = start..end;
        start = end;
        (!piece.is_empty()).then_some(piece)
    })
}

impl Piece {
    fn read(self) -> Read {
        let Self { number, path, bytes, range } = self;
        let mut read = Read { number, said: Vec::with_capacity(range.len() / LINE), ..Read::default() };
        let mut start = range.start;
        while start < range.end {
            let end = memchr::memchr(b'\n', &bytes[start..range.end]).map_or(range.end, |length| start + length);
            read.line(&path, &bytes, start..end);
            start = end + 1;
        }
        read
    }
}

impl Read {
    fn line(&mut self, path: &Arc<PathBuf>, bytes: &Arc<Vec<u8>>, at: Range<usize>) {
        if let Some(said) = glance::glance(bytes, at.clone()) {
            self.said.push(said);
            return;
        }
        let line = &bytes[at];
        match line::read(line) {
            Line::Known(record) => self.said.push((*record).into()),
            Line::Newer => self.newer += 1,
            Line::Empty => {}
            Line::Bad => self.bad.push((path.to_path_buf(), line.to_vec())),
        }
    }
}
