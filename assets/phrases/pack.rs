//! Packs the phrase models into tables that are looked up without parsing, as a Rust source for `layout::phrase`.
//!
//! A model scores each place between two characters by 13 features: six characters around it, three pairs and four
//! triples. Weights of one key stand together in one number, so that a text is scored by three look-ups a character.

#![allow(clippy::print_stdout, reason = "a build script speaks to cargo by printing")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

const MODELS: [&str; 3] = ["ja", "zh-hans", "zh-hant"];
/// The features of one kind.
struct Features {
    /// The field of the model.
    field: &'static str,
    /// Their name in the JSON, where a number follows.
    kind: &'static str,
    /// Characters of a key.
    length: usize,
    /// How many there are.
    count: usize,
    /// The lane of the first; each other stands a lane below the one before it.
    lane: usize,
    /// Slots of the table.
    slots: usize,
}

const FEATURES: [Features; 3] = [
    Features { field: "singles", kind: "UW", length: 1, count: 6, lane: 5, slots: 2048 },
    Features { field: "pairs", kind: "BW", length: 2, count: 3, lane: 3, slots: 2048 },
    Features { field: "triples", kind: "TW", length: 3, count: 4, lane: 3, slots: 1024 },
];
/// These are the same as in `layout::phrase`, which says what they are.
const LANE: usize = 21;
const BUCKETS: usize = 512;
const ENDS_TRIPLES: i128 = 1;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new("assets/phrases");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut source = String::new();
    for name in MODELS {
        let text = std::fs::read_to_string(folder.join(format!("{name}.json")))?;
        let model: BTreeMap<String, BTreeMap<String, i32>> = serde_json::from_str(&text)?;
        pack(name, &model, &mut source).map_err(|error| format!("{name}.json: {error}"))?;
    }
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&out).join("phrases.rs"), source)?;
    Ok(())
}

/// Writes the tables of one model.
fn pack(
    name: &str,
    model: &BTreeMap<String, BTreeMap<String, i32>>,
    source: &mut String,
) -> Result<(), Box<dyn Error>> {
    let most: i32 = model.values().filter_map(|feature| feature.values().map(|weight| weight.abs()).max()).sum();
    if most >= 1 << (LANE - 1) {
        return Err(format!("a score may be {most}, which is too much for a lane").into());
    }
    let total: i32 = model.values().flat_map(BTreeMap::values).sum();
    let constant = name.replace('-', "_").to_uppercase();
    write!(source, "pub static {constant}: Model = Model {{ total: {total}, ")?;
    for features in &FEATURES {
        let mut entries = weights(features, model)?;
        if features.length == 2 {
            for triple in weights(&FEATURES[2], model)?.keys() {
                *entries.entry(triple & 0xffff_ffff).or_default() |= ENDS_TRIPLES;
            }
        }
        write_table(features, &entries, source)?;
    }
    writeln!(source, "}};")?;
    Ok(())
}

/// The weights of each key, a lane each.
fn weights(
    features: &Features,
    model: &BTreeMap<String, BTreeMap<String, i32>>,
) -> Result<BTreeMap<u64, i128>, Box<dyn Error>> {
    let mut entries: BTreeMap<u64, i128> = BTreeMap::new();
    for index in 1..=features.count {
        let name = format!("{}{index}", features.kind);
        for (text, weight) in model.get(&name).into_iter().flatten() {
            let characters: Vec<char> = text.chars().collect();
            if characters.len() != features.length {
                return Err(format!("{name} has the key {text:?}").into());
            }
            *entries.entry(key(&characters)?).or_default() +=
                i128::from(*weight) << (LANE * (features.lane + 1 - index));
        }
    }
    Ok(entries)
}

/// Sixteen bits a character; every character of the models has that few.
fn key(characters: &[char]) -> Result<u64, Box<dyn Error>> {
    characters.iter().try_fold(0, |key, character| Ok(key << 16 | u64::from(u16::try_from(u32::from(*character))?)))
}

/// A table without collisions: keys of a bucket are displaced together, to where all of them find free slots; the
/// buckets with most keys first. Where that fails, another factor spreads them otherwise. Slot 0 is nobody's.
fn write_table(features: &Features, entries: &BTreeMap<u64, i128>, source: &mut String) -> Result<(), Box<dyn Error>> {
    let factors = (0..1000_u64).map(|step| (0x9e37_79b9_7f4a_7c15 ^ step.wrapping_mul(0xd1b5_4a32_d192_ed03)) | 1);
    let mut found = factors.filter_map(|factor| Some((factor, displace(factor, entries, features.slots)?)));
    let field = features.field;
    let (factor, (displacements, slots)) = found.next().ok_or_else(|| format!("no table for {field}"))?;
    let keys: Vec<u64> = slots.iter().map(|slot| slot.map_or(0, |(key, _)| key)).collect();
    let weights: Vec<i128> = slots.iter().map(|slot| slot.map_or(0, |(_, weights)| weights)).collect();
    write!(
        source,
        "{field}: Table {{ factor: {factor}, displacements: {displacements:?}, keys: {keys:?}, weights: {weights:?} }}, "
    )?;
    Ok(())
}

type Slots = Vec<Option<(u64, i128)>>;

/// The displacement of each bucket and the slots, if there is one for all.
fn displace(factor: u64, entries: &BTreeMap<u64, i128>, size: usize) -> Option<(Vec<u16>, Slots)> {
    let mut buckets: Vec<Vec<(u64, i128, usize)>> = vec![Vec::new(); BUCKETS];
    for (key, weights) in entries {
        // The same as `layout::phrase` has.
        let hash = key.wrapping_mul(factor);
        buckets[(hash >> 55) as usize % BUCKETS].push((*key, *weights, (hash >> 32) as usize % size));
    }
    let mut order: Vec<usize> = (0..BUCKETS).collect();
    order.sort_by_key(|bucket| std::cmp::Reverse(buckets[*bucket].len()));
    let mut displacements = vec![0; BUCKETS];
    let mut slots: Slots = vec![None; size];
    for bucket in order {
        let places = |by: usize| buckets[bucket].iter().map(move |(_, _, place)| place ^ by);
        let is_free = |by: &usize| {
            let mut taken: Vec<usize> = places(*by).collect();
            taken.sort_unstable();
            taken.windows(2).all(|two| two[0] != two[1])
                && taken.iter().all(|place| *place > 0 && slots[*place].is_none())
        };
        let by = (0..size).find(is_free)?;
        for (key, weights, place) in &buckets[bucket] {
            slots[place ^ by] = Some((*key, *weights));
        }
        displacements[bucket] = u16::try_from(by).ok()?;
    }
    Some((displacements, slots))
}
