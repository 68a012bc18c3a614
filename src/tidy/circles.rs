//! Files and folders that lie beside each other stand in an order: none names what names it, be it by way of others.
//!
//! It follows what comes behind `crate::` and `super::`, through `pub use`. What a file takes from the one that its
//! folder belongs to is no circle: the two are one thing, told in parts.

use super::{Source, code_lines, identifier, sources};
use std::collections::{BTreeMap, BTreeSet};

/// A place in the tree of modules: `crate` has no part.
type Path = Vec<String>;

/// The modules that are there outside tests, and what they hand on.
struct Tree {
    modules: BTreeSet<Path>,
    handed: BTreeMap<Path, Path>,
}

/// Which part of a module names which, with an example.
type Order = BTreeMap<String, BTreeMap<String, String>>;

impl Tree {
    fn of(sources: &[(Path, String)]) -> Self {
        let mut tree =
            Self { modules: sources.iter().map(|(path, _)| path.clone()).collect(), handed: BTreeMap::new() };
        for (path, code) in sources {
            for of_use in code.split("pub use ").skip(1) {
                for named in named(of_use) {
                    let (Some(name), Some(target)) = (named.last().cloned(), tree.absolute(path, &named)) else {
                        continue;
                    };
                    tree.handed.insert([path.as_slice(), &[name]].concat(), target);
                }
            }
        }
        tree
    }

    /// A path as the crate sees it; none if it is of another crate.
    fn absolute(&self, from: &[String], named: &[String]) -> Option<Path> {
        let above = named.iter().take_while(|part| *part == "super").count();
        let rest = named.get(above..)?;
        match named.first()?.as_str() {
            "crate" => Some(rest.get(1..)?.to_vec()),
            "super" => Some([from.get(..from.len().checked_sub(above)?)?, rest].concat()),
            child => {
                let child = [from, &[child.to_owned()]].concat();
                self.modules.contains(&child).then(|| [from, rest].concat())
            }
        }
    }

    /// The module that what has a path is in, wherever it is handed on.
    fn home(&self, path: &[String]) -> Option<Path> {
        let length = (1..=path.len()).rev().find(|length| self.modules.contains(&path[..*length]))?;
        let (module, rest) = path.split_at(length);
        let handed = rest.first().and_then(|name| self.handed.get(&[module, std::slice::from_ref(name)].concat()));
        handed.and_then(|handed| self.home(handed)).or_else(|| Some(module.to_vec()))
    }
}

/// The paths that a text begins with, as `use` writes them: one, or those of a group.
fn named(text: &str) -> Vec<Path> {
    let mut found = Vec::new();
    read(text, &mut Vec::new(), &mut found);
    found
}

/// Reads one path or group behind what has been read of it; gives what comes behind.
fn read<'a>(text: &'a str, path: &mut Path, found: &mut Vec<Path>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut group) = text.strip_prefix('{') {
        loop {
            let before = group.len();
            group = read(group, &mut path.clone(), found).trim_start();
            group = group.strip_prefix(',').unwrap_or(group).trim_start();
            if let Some(rest) = group.strip_prefix('}') {
                return rest;
            }
            if group.len() == before {
                return group;
            }
        }
    }
    let name = identifier(text);
    let rest = text.strip_prefix(name).unwrap_or_default();
    path.push(name.to_owned());
    if let Some(rest) = rest.strip_prefix("::") {
        return read(rest, path, found);
    }
    found.push(path.clone());
    rest
}

/// Every path of the crate that a code names.
fn all_named(code: &str) -> impl Iterator<Item = Path> {
    let starts = ["crate::", "super::"].into_iter().flat_map(|root| code.match_indices(root));
    let around = starts.filter_map(|(at, _)| code.split_at_checked(at));
    let is_start = |before: &str| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
    around.filter(move |(before, _)| is_start(before)).flat_map(|(_, text)| named(text))
}

/// The code that is there outside tests, by module.
fn code() -> Vec<(Path, String)> {
    let path = |name: &str| name.split('/').map(ToOwned::to_owned).collect::<Path>();
    let sources = sources();
    let for_tests = |source: &Source| {
        let declared = source.text.split("#[cfg(test)]\nmod ").skip(1);
        let declared = declared.map(|rest| [path(&source.name), path(identifier(rest))].concat());
        declared.collect::<Vec<_>>()
    };
    let for_tests: Vec<Path> = sources.iter().flat_map(for_tests).collect();
    let code = |source: &Source| code_lines(&source.tested).map(|(_, line)| line).collect::<Vec<_>>().join("\n");
    let all = sources.iter().map(|source| (path(&source.name), code(source)));
    all.filter(|(path, _)| !for_tests.iter().any(|tests| path.starts_with(tests))).collect()
}

/// Of every module, which of its parts names which.
fn orders() -> BTreeMap<Path, Order> {
    let code = code();
    let tree = Tree::of(&code);
    let mut orders: BTreeMap<Path, Order> = BTreeMap::new();
    for (from, code) in &code {
        for named in all_named(code) {
            let Some(to) = tree.absolute(from, &named).and_then(|path| tree.home(&path)) else { continue };
            let shared = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
            let (Some(part), Some(used)) = (from.get(shared), to.get(shared)) else { continue };
            let order = orders.entry(from[..shared].to_vec()).or_default();
            let example = format!("src/{}.rs names `{}`", from.join("/"), named.join("::"));
            order.entry(part.clone()).or_default().entry(used.clone()).or_insert(example);
        }
    }
    orders
}

/// All that a part names, be it by way of others.
fn reach<'a>(order: &'a Order, part: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![part];
    while let Some(part) = open.pop() {
        let new = order.get(part).into_iter().flat_map(BTreeMap::keys).map(String::as_str);
        open.extend(new.filter(|used| reached.insert(*used)));
    }
    reached
}

#[test]
fn what_lies_beside_each_other_goes_in_no_circles() {
    let mut broken = Vec::new();
    for (module, order) in orders() {
        let module = module.join("/");
        for (part, all_used) in &order {
            let circles = all_used.iter().filter(|(used, _)| reach(&order, used).contains(part.as_str()));
            broken.extend(circles.map(|(used, example)| format!("{module}: {part} → {used}: {example}")));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn paths_are_read_as_they_are_written() {
    let code = "use crate::a::{self, b::{C, D}, e};\nlet x = super::super::f(super::G);\nuse std::fmt;";
    let read: Vec<String> = all_named(code).map(|path| path.join("::")).collect();
    assert_eq!(
        read,
        ["crate::a::self", "crate::a::b::C", "crate::a::b::D", "crate::a::e", "super::super::f", "super::G"]
    );
}
