//! Images as text: a sign with the description, or failing that the place of the image.
//!
//! It refuses to show pictures.

use super::line::{Row, Run, Tone};
use super::runs::ornament;
use super::setting::Setting;

/// Cells of a measure from which there is room for the sign.
const LEAST_FOR_SIGN: u16 = 9;

/// What stands before the lines of the description: the sign, then as many spaces.
pub fn sign(setting: &Setting, columns: u16, is_first: bool) -> Run {
    let sign = match columns {
        ..LEAST_FOR_SIGN => "",
        _ if setting.measure.is_down() => "▣",
        _ => "▣ ",
    };
    let cells = setting.measure.cells(sign);
    let shown = if is_first { sign.to_owned() } else { " ".repeat(usize::from(cells / setting.measure.unit())) };
    ornament(&shown, cells, Tone::Image)
}

/// An image without a description: most often decoration, so it is shown faintly, with its site and name as far as
/// there is room.
pub fn nameless(setting: &Setting, url: &str, columns: u16) -> Row {
    let sign = Run { role: ornament("", 0, Tone::Faint).role, ..sign(setting, columns, true) };
    let fits = |text: &String| setting.measure.cells(text) <= columns.saturating_sub(sign.cells);
    let (site, name) = (site(url), name(url));
    let places = match (site, name) {
        (Some(site), Some(name)) => vec![format!("{site}/{name}"), name.to_owned(), site.to_owned()],
        (one, other) => one.or(other).map(str::to_owned).into_iter().collect(),
    };
    // A name of file in upright letters would be longer than a paragraph.
    let places = if setting.measure.is_down() { Vec::new() } else { places };
    let with_place = places.iter().map(|place| format!("image ({place})"));
    let shown = with_place.chain(["image".to_owned()]).find(fits).unwrap_or_else(|| "▣".to_owned());
    let cells = setting.measure.cells(&shown);
    Row { runs: vec![sign, ornament(&shown, cells, Tone::Faint)], ..Row::default() }
}

/// The site that an address names.
fn site(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("//")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_address = scheme.is_empty() || scheme.ends_with(':');
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| is_address && !host.is_empty())
}

/// The name of a file at the end of an address or path; numbers and the like, which have no ending, say nothing.
fn name(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_host = path.split_once("//").is_some_and(|(_, rest)| rest == name);
    Some(name).filter(|name| name.contains('.') && !is_host && !path.starts_with("data:"))
}

#[cfg(test)]
mod tests {
    use crate::layout::Measure;
    use crate::layout::drawing::drawing;
    use crate::parse::{Hint, parse};

    #[test]
    fn an_image_says_what_it_is_or_where() {
        let source = "一段文字在图之前，说明下面有几张图。\n\n![采茶的人在山坡上，背着竹篓，天刚亮](a.jpg)\n\n![](https://img.example.com/x/y/640?wx_fmt=png)\n\n\
            ![](https://www.example.org/photos/hill-at-dawn.jpg?w=2)\n\n![](images/hill.png)\n\n![](data:image/png;base64,AAAA)\n\n又一段。\n";
        let drawn = |columns| {
            let document = parse(source.as_bytes(), &Hint::named("a.md"));
            drawing(document, &Measure { columns, ..Measure::default() })
        };
        insta::assert_snapshot!(drawn(44), @r"
        一段文字在图之前，说明下面有几张图。

        ▣ 采茶的人在山坡上，背着竹篓，天刚亮
        ▣ image (img.example.com)
        ▣ image (example.org/hill-at-dawn.jpg)
        ▣ image (hill.png)
        ▣ image

        又一段。
        ");
        insta::assert_snapshot!(drawn(24), @r"
        一段文字在图之前，说明下
        面有几张图。

        ▣ 采茶的人在山坡上，背着
          竹篓，天刚亮
        ▣ image
        ▣ image (example.org)
        ▣ image (hill.png)
        ▣ image

        又一段。
        ");
        insta::assert_snapshot!(drawn(6), @r"
        一段文
        字在图
        之前，
        说明下
        面有几
        张图。

        采茶的
        人在山
        坡上，
        背着
        竹篓，
        天刚亮
        image
        image
        image
        image

        又
        一段。
        ");
    }
}
