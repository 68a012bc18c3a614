//! Addresses as links give them: what kind they are, where relative ones lead, and which name they really go to.
//!
//! It refuses to open anything, and knows no library.

use crate::text::fold::narrow;
use crate::text::safe::CHARACTERS_AN_ADDRESS;

/// Kinds of addresses that may be given to the system's opener; all others only run programs or read files.
const OPENED: [&str; 3] = ["http", "https", "mailto"];
/// What a letter may be begun with.
const LETTER: [&str; 5] = ["to", "cc", "bcc", "subject", "body"];

/// The scheme of an address, if it has one.
pub fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_part = |character: char| character.is_ascii_alphanumeric() || "+.-".contains(character);
    (scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.chars().all(is_part)).then_some(scheme)
}

/// Why an address is not opened outside; none if it may be, being of a harmless kind, and all there. What was longer than
/// is kept ends in dots, and so does what others have shortened.
pub fn refusal(address: &str) -> Option<&'static str> {
    let scheme = scheme(address).unwrap_or_default();
    let is_odd = |character: char| character.is_whitespace() || character.is_control() || character == '"';
    if !OPENED.iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        Some("only addresses of http, https and mailto are opened")
    } else if address.ends_with('…') {
        Some("the address is not all there")
    } else if address.chars().any(is_odd) {
        Some("no address with spaces or quotation marks is opened")
    } else if scheme.eq_ignore_ascii_case("mailto") && !is_plain_letter(address) {
        Some("no letter is begun with more than to, cc, bcc, subject and body")
    } else {
        None
    }
}

/// Whether an address was longer than is kept of one.
pub fn is_cut(address: &str) -> bool {
    address.ends_with('…') && address.chars().count() > CHARACTERS_AN_ADDRESS
}

/// Whether a letter is begun (RFC 6068) with nothing but what one sees when writing it: some programs would attach files.
fn is_plain_letter(address: &str) -> bool {
    let fields = address.split(['?', '&']).skip(1).map(|field| field.split('=').next().unwrap_or_default());
    let is_known = |field: &str| LETTER.iter().any(|known| known.eq_ignore_ascii_case(field));
    fields.filter(|field| !field.is_empty()).all(is_known)
}

/// Where an address leads that stands on the page at another one (RFC 3986, 5.2), if that is a page of the web.
pub fn joined(base: &str, address: &str) -> Option<String> {
    if scheme(address).is_some() {
        return Some(address.to_owned());
    }
    let (kind, rest) = base.split_once("://")?;
    if !kind.eq_ignore_ascii_case("http") && !kind.eq_ignore_ascii_case("https") {
        return None;
    }
    if address.starts_with("//") {
        return Some(format!("{kind}:{address}"));
    }
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len()))?;
    let (given, tail) = address.split_at_checked(address.find(['?', '#']).unwrap_or(address.len()))?;
    let whole = match given.strip_prefix('/') {
        Some(rooted) => rooted.to_owned(),
        None if given.is_empty() => path.trim_start_matches('/').to_owned(),
        None => format!("{}/{given}", path.rsplit_once('/').map_or("", |(folder, _)| folder).trim_start_matches('/')),
    };
    Some(format!("{kind}://{host}/{}{tail}", without_dots(&whole)))
}

/// A path without `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            "" if parts.is_empty() => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// An address without its escapes (`%E4%BA%95`); escapes that are no text stay as they are.
pub fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let is_escape = |digits: &&[u8; 2]| *first == b'%' && digits.iter().all(u8::is_ascii_hexdigit);
        let escaped = after.first_chunk::<2>().filter(is_escape);
        let escaped = escaped.and_then(|digits| u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = after.get(if escaped.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

/// The name that an address really leads to, where that is not what one reads: letters that may look like others are
/// written as the network has them (`xn--…`, RFC 3492), and what stands before an `@` is no name.
pub fn disguised(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once(':')?;
    let place = if scheme.eq_ignore_ascii_case("mailto") {
        format!("@{}", rest.split('?').next()?.rsplit_once('@')?.1)
    } else {
        rest.trim_start_matches(['/', '\\']).split(['/', '\\', '?', '#']).next()?.to_owned()
    };
    let (before, host) = place.rsplit_once('@').map_or((None, place.as_str()), |(before, host)| (Some(before), host));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte);
    if before.is_none_or(str::is_empty) && host.bytes().all(is_plain) {
        return None;
    }
    let host = decoded(host).chars().map(narrow).flat_map(char::to_lowercase).collect::<String>();
    let labels = host
        .split(['.', '。', '｡'])
        .map(|label| if label.is_ascii() { label.to_owned() } else { format!("xn--{}", punycode(label)) });
    Some(labels.collect::<Vec<_>>().join("."))
}

/// A name in the letters that the network knows (RFC 3492, 6.3).
fn punycode(label: &str) -> String {
    const BASE: u32 = 36;
    let (mut delta, mut bias, mut next) = (0_u32, 72, 128_u32);
    let mut written: String = label.chars().filter(char::is_ascii).collect();
    let basic = written.len() as u32;
    let mut done = basic;
    if basic > 0 {
        written.push('-');
    }
    let codes = || label.chars().map(u32::from);
    while let Some(code) = codes().filter(|code| *code >= next).min() {
        delta = delta.saturating_add((code - next).saturating_mul(done + 1));
        next = code;
        for other in codes() {
            delta = delta.saturating_add(u32::from(other < next));
            if other != next {
                continue;
            }
            let (mut rest, mut place) = (delta, BASE);
            loop {
                let least = place.saturating_sub(bias).clamp(1, 26);
                if rest < least {
                    break;
                }
                written.push(digit(least + (rest - least) % (BASE - least)));
                (rest, place) = ((rest - least) / (BASE - least), place + BASE);
            }
            written.push(digit(rest));
            bias = adapted(delta, done + 1, done == basic);
            (delta, done) = (0, done + 1);
        }
        (delta, next) = (delta.saturating_add(1), next + 1);
    }
    written
}

/// The next bias (RFC 3492, 6.1).
fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut bias = 0;
    while delta > 455 {
        (delta, bias) = (delta / 35, bias + 36);
    }
    bias + 36 * delta / (delta + 38)
}

fn digit(value: u32) -> char {
    char::from_digit(if value < 26 { value + 10 } else { value - 26 }, 36).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{decoded, disguised, joined, refusal};

    #[test]
    fn what_may_be_opened() {
        for address in [
            "https://example.com/井?a=b#c",
            "HTTP://example.com",
            "mailto:a@example.com",
            "mailto:?to=a@example.com&Subject=b%20c&cc=d@example.com&bcc=&body=e;f=g",
        ] {
            assert_eq!(refusal(address), None, "{address}");
        }
        for address in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "vscode://open",
            "a.md",
            "#a",
            "",
            "://x",
            "-v:x",
            "https://example.com/long…",
            "https://example.com/a b",
            "https://example.com/\"x",
            "mailto:a@example.com?attach=/home/a/.ssh/id_rsa",
            "MAILTO:a@example.com?subject=b&Attachment=/etc/passwd",
            "mailto:a@example.com?subject=b?attach=c",
            "mailto:a@example.com?%61ttach=c",
            "mailto:a@example.com&attach=c",
        ] {
            assert!(refusal(address).is_some(), "{address}");
        }
    }

    #[test]
    fn relative_addresses() {
        let base = "https://example.com/a/b/c.html?q=1#d";
        for (address, expected) in [
            ("e.html", "https://example.com/a/b/e.html"),
            ("../e.html#f", "https://example.com/a/e.html#f"),
            ("../../../../e", "https://example.com/e"),
            ("/e?x=/y/../z", "https://example.com/e?x=/y/../z"),
            ("//example.org/e", "https://example.org/e"),
            ("?p=2", "https://example.com/a/b/c.html?p=2"),
            ("mailto:a@b.c", "mailto:a@b.c"),
        ] {
            assert_eq!(joined(base, address).as_deref(), Some(expected), "{address}");
        }
        assert_eq!(joined("https://example.com", "e").as_deref(), Some("https://example.com/e"));
        assert_eq!(joined("/home/a.md", "e.md"), None);
    }

    #[test]
    fn escapes() {
        for (address, expected) in [("%E4%BA%95.md", "井.md"), ("a%20b%", "a b%"), ("%ff", "%ff"), ("%+1%é", "%+1%é")]
        {
            assert_eq!(decoded(address), expected);
        }
    }

    #[test]
    fn names_that_are_not_what_one_reads() {
        for (address, name) in [
            ("https://example.com:8080/a@b", None),
            ("http://[::1]/x", None),
            ("mailto:a@example.com", None),
            ("https://аpple.com/", Some("xn--pple-43d.com")),
            ("https://例え.テスト/", Some("xn--r8jz45g.xn--zckzah")),
            ("https://bücher.example/", Some("xn--bcher-kva.example")),
            ("https://他们为什么不说中文.example", Some("xn--ihqwcrb4cv8a8dqg056pqjye.example")),
            ("https://example.com@example.org/", Some("example.org")),
            ("https://example.com%2Fa@example.org/", Some("example.org")),
            ("https://example.com\\@example.org/", None),
            ("https://ｅｘａｍｐｌｅ。com/", Some("example.com")),
            ("mailto:a@例え.example?subject=x", Some("xn--r8jz45g.example")),
        ] {
            assert_eq!(disguised(address).as_deref(), name, "{address}");
        }
    }
}
