//! Packs the phrase models into tables that are looked up without parsing, as a Rust source for `layout::phrase`.
//!
//! A model scores each place between two characters by 13 features: six characters around it, three pairs and four
//! triples. Weights of one key stand together, so that a text is scored by three look-ups a character.

#![allow(clippy::print_stdout, reason = "a build script speaks to cargo by printing")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

const MODELS: [&str; 3] = ["ja", "zh-hans", "zh-hant"];

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
    let total: i32 = model.values().flat_map(BTreeMap::values).sum();
    let constant = name.replace('-', "_").to_uppercase();
    write!(source, "pub static {constant}: Model<'static> = Model {{ total: {total}, ")?;
    for (field, kind, length, count) in [("singles", "UW", 1, 6), ("pairs", "BW", 2, 3), ("triples", "TW", 3, 4)] {
        let mut entries: BTreeMap<u64, Vec<i16>> = BTreeMap::new();
        for index in 1..=count {
            for (text, weight) in model.get(&format!("{kind}{index}")).into_iter().flatten() {
                let characters: Vec<char> = text.chars().collect();
                if characters.len() != length {
                    return Err(format!("{kind}{index} has the key {text:?}").into());
                }
                let weights = entries.entry(key(&characters)?).or_insert_with(|| vec![0; count]);
                weights[index - 1] = i16::try_from(*weight)?;
            }
        }
        write_table(field, &entries, count, source)?;
    }
    writeln!(source, "}};")?;
    Ok(())
}

/// Sixteen bits a character; every character of the models has that few.
fn key(characters: &[char]) -> Result<u64, Box<dyn Error>> {
    characters.iter().try_fold(0, |key, character| Ok(key << 16 | u64::from(u16::try_from(u32::from(*character))?)))
}

/// An open table, at most half full: an entry stands at its hash or in the next free place; key 0 is free.
fn write_table(
    field: &str,
    entries: &BTreeMap<u64, Vec<i16>>,
    count: usize,
    source: &mut String,
) -> Result<(), Box<dyn Error>> {
    let size = (entries.len() * 2).next_power_of_two();
    let shift = 64 - size.trailing_zeros();
    let mut table = vec![(0, vec![0; count]); size];
    for (key, weights) in entries {
        // The same as `layout::phrase` has.
        let mut place = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift) as usize;
        while table[place].0 != 0 {
            place = (place + 1) % size;
        }
        table[place] = (*key, weights.clone());
    }
    write!(source, "{field}: Table {{ shift: {shift}, entries: &{table:?} }}, ")?;
    Ok(())
}
