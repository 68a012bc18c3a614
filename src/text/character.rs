//! What is known of the plain characters, in one look-up: how UAX #14 classes them, their cells, their class.
//!
//! Plain are the characters whose neighbours cannot change what they are: each is a grapheme cluster of its own next
//! to any other, has a width of its own, and falls under one of the classes of UAX #14 that need no look around. All
//! of Han, kana, Hangul syllables, Latin letters, full-width forms and the marks of these scripts are plain. It refuses
//! to know the others: they go the long way, through the Unicode crates. A test derives the table anew from them.

use super::Class;

/// A class of UAX #14, where characters that behave alike share one: Hangul syllables stand with the ideographs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Line {
    /// AL and AI.
    Alphabetic,
    /// NU.
    Numeric,
    /// ID, H2, H3.
    Ideograph,
    /// NS, and CJ in strict form.
    Nonstarter,
    /// OP that is not of full width.
    Open,
    /// OP of full width.
    OpenWide,
    /// CL.
    Close,
    /// CP.
    CloseParenthesis,
    /// QU that neither opens nor closes.
    Quote,
    /// QU that opens (general category Pi).
    QuoteOpening,
    /// QU that closes (general category Pf).
    QuoteClosing,
    /// EX.
    Exclamation,
    /// IS.
    Infix,
    /// SY.
    Solidus,
    /// PR.
    Prefix,
    /// PO.
    Postfix,
    /// HY.
    Hyphen,
    /// BA.
    After,
    /// BB.
    Before,
    /// B2.
    Dash,
    /// IN.
    Inseparable,
    /// GL.
    Glue,
    /// SP.
    Space,
}

impl Line {
    /// All of them, in order.
    pub const ALL: [Self; 23] = [
        Self::Alphabetic,
        Self::Numeric,
        Self::Ideograph,
        Self::Nonstarter,
        Self::Open,
        Self::OpenWide,
        Self::Close,
        Self::CloseParenthesis,
        Self::Quote,
        Self::QuoteOpening,
        Self::QuoteClosing,
        Self::Exclamation,
        Self::Infix,
        Self::Solidus,
        Self::Prefix,
        Self::Postfix,
        Self::Hyphen,
        Self::After,
        Self::Before,
        Self::Dash,
        Self::Inseparable,
        Self::Glue,
        Self::Space,
    ];
}

/// The cells of a character (UAX #11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Cells {
    /// One.
    Narrow,
    /// One or two, as the terminal has it.
    Ambiguous,
    /// Two.
    Wide,
}

/// What is known of a plain character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Plain(u16);

impl Plain {
    /// What is known of a character; none if it is not plain.
    #[inline]
    pub fn of(character: char) -> Option<Self> {
        let code = character as usize;
        let block = *BLOCK_OF.get(code / BLOCK)?;
        let packed = *TABLE.get(usize::from(block) * BLOCK + code % BLOCK)?;
        (packed & PLAIN != 0).then_some(Self(packed))
    }

    /// What is known of the first character of a text; none if it is not plain, or the text is empty.
    #[inline]
    pub fn of_first(text: &str) -> Option<Self> {
        text.chars().next().and_then(Self::of)
    }

    /// Its class in UAX #14.
    #[inline]
    pub fn line(self) -> Line {
        LINES[usize::from(self.0 & 31)]
    }

    /// Its cells.
    #[inline]
    pub fn cells(self) -> Cells {
        match self.0 >> 10 & 3 {
            0 => Cells::Narrow,
            1 => Cells::Ambiguous,
            _ => Cells::Wide,
        }
    }

    /// Its class.
    #[inline]
    pub fn class(self) -> Class {
        CLASSES[usize::from(self.0 >> 5 & 31)]
    }

    const fn pack(line: Line, cells: Cells, class: Class) -> u16 {
        PLAIN | (cells as u16) << 10 | (class as u16) << 5 | line as u16
    }
}

impl Class {
    /// The class of a character.
    pub fn of(character: char) -> Self {
        if let Some(plain) = Plain::of(character) {
            return plain.class();
        }
        match Self::listed(character as u32) {
            Some(class) => class,
            None if character.is_alphabetic() => Self::Letter,
            None if character.is_numeric() => Self::Digit,
            None => Self::Other,
        }
    }
}

/// The classes of UAX #14 by number, filled up so that five bits need no check.
const LINES: [Line; 32] = {
    let mut lines = [Line::Alphabetic; 32];
    let mut at = 0;
    while at < Line::ALL.len() {
        lines[at] = Line::ALL[at];
        at += 1;
    }
    lines
};
/// The classes by number, filled up likewise.
const CLASSES: [Class; 32] = {
    let mut classes = [Class::Other; 32];
    let mut at = 0;
    while at < Class::ALL.len() {
        classes[at] = Class::ALL[at];
        at += 1;
    }
    classes
};
/// The bit that tells plain characters from all others.
const PLAIN: u16 = 1 << 15;
/// Characters a block.
const BLOCK: usize = 64;
/// Blocks that differ, as many as [`GROUPS`] makes.
const BLOCKS: usize = BUILT.2;

/// The blocks that differ, one after the other.
static TABLE: [u16; BLOCKS * BLOCK] = {
    let mut table = [0; BLOCKS * BLOCK];
    let mut at = 0;
    while at < table.len() {
        table[at] = BUILT.1[at];
        at += 1;
    }
    table
};
/// For each block of the Basic Multilingual Plane, which of those it is.
static BLOCK_OF: [u8; 0x10000 / BLOCK] = BUILT.0;

// The compiler needs a few million steps for the whole plane, once.
#[allow(long_running_const_eval)]
const BUILT: ([u8; 0x10000 / BLOCK], [u16; 128 * BLOCK], usize) = build();

/// The two stages of the table and how many blocks of the second are used.
const fn build() -> ([u8; 0x10000 / BLOCK], [u16; 128 * BLOCK], usize) {
    let mut block_of = [0; 0x10000 / BLOCK];
    let mut blocks = [0; 128 * BLOCK];
    let mut used = 0;
    let mut block = 0;
    while block < block_of.len() {
        let mut same = 0;
        while same < used && !is_same(block, &blocks, same) {
            same += 1;
        }
        if same == used {
            let mut at = 0;
            while at < BLOCK {
                blocks[used * BLOCK + at] = FLAT[block * BLOCK + at];
                at += 1;
            }
            used += 1;
        }
        block_of[block] = same as u8;
        block += 1;
    }
    (block_of, blocks, used)
}

const fn is_same(block: usize, blocks: &[u16], other: usize) -> bool {
    let mut at = 0;
    while at < BLOCK {
        if FLAT[block * BLOCK + at] != blocks[other * BLOCK + at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The table in one stage.
#[allow(long_running_const_eval)]
static FLAT: [u16; 0x10000] = {
    let mut flat = [0; 0x10000];
    let mut group = 0;
    while group < GROUPS.len() {
        let (line, cells, general, ranges) = GROUPS[group];
        let mut range = 0;
        while range < ranges.len() {
            let (mut code, last) = ranges[range];
            let whole = Class::of_block(code);
            while code <= last {
                let class = match whole {
                    Some(class) => class,
                    None => match Class::listed(code as u32) {
                        Some(class) => class,
                        None => general,
                    },
                };
                flat[code as usize] = Plain::pack(line, cells, class);
                code += 1;
            }
            range += 1;
        }
        group += 1;
    }
    flat
};

/// The characters of one class, width and kind: the class in [`Class`] holds where [`Class::listed`] has none.
type Group = (Line, Cells, Class, &'static [(u16, u16)]);

/// All plain characters.
#[rustfmt::skip]
const GROUPS: &[Group] = &[
    (Line::Alphabetic, Cells::Narrow, Class::Digit, &[
        (0x2150, 0x2152), (0x2155, 0x215a), (0x215f, 0x215f), (0x24ea, 0x24ea), (0x2780, 0x2793),
    ]),
    (Line::Alphabetic, Cells::Narrow, Class::Letter, &[
        (0x41, 0x5a), (0x61, 0x7a), (0xb5, 0xb5), (0xc0, 0xc5), (0xc7, 0xcf), (0xd1, 0xd6), (0xd9, 0xdd),
        (0xe2, 0xe5), (0xe7, 0xe7), (0xeb, 0xeb), (0xee, 0xef), (0xf1, 0xf1), (0xf4, 0xf6), (0xfb, 0xfb),
        (0xfd, 0xfd), (0xff, 0x100), (0x102, 0x110), (0x112, 0x112), (0x114, 0x11a), (0x11c, 0x125), (0x128, 0x12a),
        (0x12c, 0x130), (0x134, 0x137), (0x139, 0x13e), (0x143, 0x143), (0x145, 0x147), (0x14c, 0x14c),
        (0x14e, 0x151), (0x154, 0x165), (0x168, 0x16a), (0x16c, 0x1cd), (0x1cf, 0x1cf), (0x1d1, 0x1d1),
        (0x1d3, 0x1d3), (0x1d5, 0x1d5), (0x1d7, 0x1d7), (0x1d9, 0x1d9), (0x1db, 0x1db), (0x1dd, 0x250),
        (0x252, 0x260), (0x262, 0x2c1), (0x2c6, 0x2c6), (0x2ce, 0x2cf), (0x2d1, 0x2d1), (0x2e0, 0x2e4),
        (0x2ec, 0x2ec), (0x2ee, 0x2ee), (0x2102, 0x2102), (0x2107, 0x2107), (0x210a, 0x2112), (0x2115, 0x2115),
        (0x2119, 0x211d), (0x2124, 0x2124), (0x2128, 0x2128), (0x212a, 0x212a), (0x212c, 0x212d), (0x212f, 0x2139),
        (0x213c, 0x213f), (0x2145, 0x2149), (0x214e, 0x214e), (0x216c, 0x216f), (0x217a, 0x2188),
    ]),
    (Line::Alphabetic, Cells::Narrow, Class::Other, &[
        (0x23, 0x23), (0x26, 0x26), (0x2a, 0x2a), (0x3c, 0x3e), (0x40, 0x40), (0x5e, 0x60), (0x7e, 0x7e),
        (0xa6, 0xa6), (0xa9, 0xa9), (0xac, 0xac), (0xaf, 0xaf), (0x2c2, 0x2c3), (0x2c5, 0x2c5), (0x2d2, 0x2d7),
        (0x2dc, 0x2dc), (0x2de, 0x2de), (0x2e5, 0x2eb), (0x2ed, 0x2ed), (0x2ef, 0x2ff), (0x2017, 0x2017),
        (0x2023, 0x2023), (0x2038, 0x2038), (0x203f, 0x2043), (0x204a, 0x2055), (0x205c, 0x205c), (0x2100, 0x2101),
        (0x2104, 0x2104), (0x2106, 0x2106), (0x2108, 0x2108), (0x2114, 0x2114), (0x2117, 0x2118), (0x211e, 0x2120),
        (0x2123, 0x2123), (0x2125, 0x2125), (0x2127, 0x2127), (0x2129, 0x2129), (0x212e, 0x212e), (0x213a, 0x213b),
        (0x2140, 0x2144), (0x214a, 0x214d), (0x214f, 0x214f), (0x218a, 0x218b), (0x219a, 0x21b7), (0x21ba, 0x21d1),
        (0x21d3, 0x21d3), (0x21d5, 0x21e6), (0x21e8, 0x21ff), (0x2201, 0x2201), (0x2204, 0x2206), (0x2209, 0x220a),
        (0x220c, 0x220e), (0x2210, 0x2210), (0x2214, 0x2214), (0x2216, 0x2219), (0x221b, 0x221c), (0x2221, 0x2222),
        (0x2224, 0x2224), (0x2226, 0x2226), (0x222d, 0x222d), (0x222f, 0x2233), (0x2238, 0x223b), (0x223e, 0x2247),
        (0x2249, 0x224b), (0x224d, 0x2251), (0x2253, 0x225f), (0x2262, 0x2263), (0x2268, 0x2269), (0x226c, 0x226d),
        (0x2270, 0x2281), (0x2284, 0x2285), (0x2288, 0x2294), (0x2296, 0x2298), (0x229a, 0x22a4), (0x22a6, 0x22be),
        (0x22c0, 0x22ee), (0x22f0, 0x22ff), (0x254c, 0x254f), (0x2574, 0x257f), (0x2590, 0x2591), (0x2596, 0x259f),
        (0x25a2, 0x25a2), (0x25aa, 0x25b1), (0x25b4, 0x25b5), (0x25b8, 0x25bb), (0x25be, 0x25bf), (0x25c2, 0x25c5),
        (0x25c9, 0x25ca), (0x25cc, 0x25cd), (0x25d2, 0x25e1), (0x25e6, 0x25ee), (0x25f0, 0x25fc), (0x25ff, 0x25ff),
        (0x2616, 0x2617), (0xffe8, 0xffee),
    ]),
    (Line::Alphabetic, Cells::Ambiguous, Class::Digit, &[
        (0xb2, 0xb3), (0xb9, 0xb9), (0xbc, 0xbe), (0x2153, 0x2154), (0x215b, 0x215e), (0x2189, 0x2189),
        (0x2460, 0x249b), (0x24eb, 0x24ff), (0x2776, 0x277f), (0x3248, 0x324f),
    ]),
    (Line::Alphabetic, Cells::Ambiguous, Class::Letter, &[
        (0xaa, 0xaa), (0xba, 0xba), (0xc6, 0xc6), (0xd0, 0xd0), (0xd8, 0xd8), (0xde, 0xe1), (0xe6, 0xe6),
        (0xe8, 0xea), (0xec, 0xed), (0xf0, 0xf0), (0xf2, 0xf3), (0xf8, 0xfa), (0xfc, 0xfc), (0xfe, 0xfe),
        (0x101, 0x101), (0x111, 0x111), (0x113, 0x113), (0x11b, 0x11b), (0x126, 0x127), (0x12b, 0x12b),
        (0x131, 0x133), (0x138, 0x138), (0x13f, 0x142), (0x144, 0x144), (0x148, 0x14b), (0x14d, 0x14d),
        (0x152, 0x153), (0x166, 0x167), (0x16b, 0x16b), (0x1ce, 0x1ce), (0x1d0, 0x1d0), (0x1d2, 0x1d2),
        (0x1d4, 0x1d4), (0x1d6, 0x1d6), (0x1d8, 0x1d8), (0x1da, 0x1da), (0x1dc, 0x1dc), (0x251, 0x251),
        (0x261, 0x261), (0x2c7, 0x2c7), (0x2c9, 0x2cb), (0x2cd, 0x2cd), (0x2d0, 0x2d0), (0x207f, 0x207f),
        (0x2113, 0x2113), (0x2126, 0x2126), (0x212b, 0x212b), (0x2160, 0x216b), (0x2170, 0x2179), (0x24b6, 0x24e9),
    ]),
    (Line::Alphabetic, Cells::Ambiguous, Class::Other, &[
        (0xa7, 0xa8), (0xae, 0xae), (0xb6, 0xb8), (0xd7, 0xd7), (0xf7, 0xf7), (0x2c4, 0x2c4), (0x2d8, 0x2db),
        (0x2dd, 0x2dd), (0x2015, 0x2016), (0x2020, 0x2022), (0x203b, 0x203b), (0x203e, 0x203e), (0x2105, 0x2105),
        (0x2121, 0x2122), (0x2190, 0x2199), (0x21b8, 0x21b9), (0x21d2, 0x21d2), (0x21d4, 0x21d4), (0x21e7, 0x21e7),
        (0x2200, 0x2200), (0x2202, 0x2203), (0x2207, 0x2208), (0x220b, 0x220b), (0x220f, 0x220f), (0x2211, 0x2211),
        (0x2215, 0x2215), (0x221a, 0x221a), (0x221d, 0x2220), (0x2223, 0x2223), (0x2225, 0x2225), (0x2227, 0x222c),
        (0x222e, 0x222e), (0x2234, 0x2237), (0x223c, 0x223d), (0x2248, 0x2248), (0x224c, 0x224c), (0x2252, 0x2252),
        (0x2260, 0x2261), (0x2264, 0x2267), (0x226a, 0x226b), (0x226e, 0x226f), (0x2282, 0x2283), (0x2286, 0x2287),
        (0x2295, 0x2295), (0x2299, 0x2299), (0x22a5, 0x22a5), (0x22bf, 0x22bf), (0x249c, 0x24b5), (0x2500, 0x254b),
        (0x2550, 0x2573), (0x2580, 0x258f), (0x2592, 0x2595), (0x25a0, 0x25a1), (0x25a3, 0x25a9), (0x25b2, 0x25b3),
        (0x25b6, 0x25b7), (0x25bc, 0x25bd), (0x25c0, 0x25c1), (0x25c6, 0x25c8), (0x25cb, 0x25cb), (0x25ce, 0x25d1),
        (0x25e2, 0x25e5), (0x25ef, 0x25ef), (0x2605, 0x2606),
    ]),
    (Line::Alphabetic, Cells::Wide, Class::Other, &[
        (0x25fd, 0x25fe), (0x31e4, 0x31e5), (0x4dc0, 0x4dff),
    ]),
    (Line::Numeric, Cells::Narrow, Class::Digit, &[
        (0x30, 0x39),
    ]),
    (Line::Ideograph, Cells::Narrow, Class::Letter, &[
        (0xff66, 0xff66), (0xff71, 0xff9d), (0xffa1, 0xffbe), (0xffc2, 0xffc7), (0xffca, 0xffcf), (0xffd2, 0xffd7),
        (0xffda, 0xffdc),
    ]),
    (Line::Ideograph, Cells::Narrow, Class::Other, &[
        (0x303f, 0x303f),
    ]),
    (Line::Ideograph, Cells::Wide, Class::Digit, &[
        (0x3192, 0x3195), (0x3220, 0x3229), (0x3251, 0x325f), (0x3280, 0x3289), (0x32b1, 0x32bf), (0xff10, 0xff19),
    ]),
    (Line::Ideograph, Cells::Wide, Class::Letter, &[
        (0x3006, 0x3007), (0x3021, 0x3029), (0x3031, 0x3034), (0x3038, 0x303a), (0x3042, 0x3042), (0x3044, 0x3044),
        (0x3046, 0x3046), (0x3048, 0x3048), (0x304a, 0x3062), (0x3064, 0x3082), (0x3084, 0x3084), (0x3086, 0x3086),
        (0x3088, 0x308d), (0x308f, 0x3094), (0x309f, 0x309f), (0x30a2, 0x30a2), (0x30a4, 0x30a4), (0x30a6, 0x30a6),
        (0x30a8, 0x30a8), (0x30aa, 0x30c2), (0x30c4, 0x30e2), (0x30e4, 0x30e4), (0x30e6, 0x30e6), (0x30e8, 0x30ed),
        (0x30ef, 0x30f4), (0x30f7, 0x30fa), (0x30ff, 0x30ff), (0x3105, 0x312f), (0x3131, 0x3163), (0x3165, 0x318e),
        (0x31a0, 0x31bf), (0x3400, 0x4dbf), (0x4e00, 0x9fff), (0xac00, 0xd7a3), (0xf900, 0xfa6d), (0xfa70, 0xfad9),
        (0xff21, 0xff3a), (0xff41, 0xff5a),
    ]),
    (Line::Ideograph, Cells::Wide, Class::Other, &[
        (0x3003, 0x3004), (0x3012, 0x3013), (0x3020, 0x3020), (0x3030, 0x3030), (0x3036, 0x3037), (0x303d, 0x303e),
        (0x3190, 0x3191), (0x3196, 0x319f), (0x31c0, 0x31e3), (0x31ef, 0x31ef), (0x3200, 0x321e), (0x322a, 0x3247),
        (0x3250, 0x3250), (0x3260, 0x327f), (0x328a, 0x32b0), (0x32c0, 0x33ff), (0xff02, 0xff03), (0xff06, 0xff07),
        (0xff0a, 0xff0b), (0xff0d, 0xff0d), (0xff0f, 0xff0f), (0xff1c, 0xff1e), (0xff20, 0xff20), (0xff3c, 0xff3c),
        (0xff3e, 0xff40), (0xff5c, 0xff5c), (0xff5e, 0xff5e), (0xffe2, 0xffe4),
    ]),
    (Line::Nonstarter, Cells::Narrow, Class::Letter, &[
        (0xff67, 0xff70),
    ]),
    (Line::Nonstarter, Cells::Narrow, Class::Other, &[
        (0x203c, 0x203d), (0x2047, 0x2049), (0xff65, 0xff65),
    ]),
    (Line::Nonstarter, Cells::Wide, Class::Letter, &[
        (0x3005, 0x3005), (0x303b, 0x303c), (0x3041, 0x3041), (0x3043, 0x3043), (0x3045, 0x3045), (0x3047, 0x3047),
        (0x3049, 0x3049), (0x3063, 0x3063), (0x3083, 0x3083), (0x3085, 0x3085), (0x3087, 0x3087), (0x308e, 0x308e),
        (0x3095, 0x3096), (0x309d, 0x309e), (0x30a1, 0x30a1), (0x30a3, 0x30a3), (0x30a5, 0x30a5), (0x30a7, 0x30a7),
        (0x30a9, 0x30a9), (0x30c3, 0x30c3), (0x30e3, 0x30e3), (0x30e5, 0x30e5), (0x30e7, 0x30e7), (0x30ee, 0x30ee),
        (0x30f5, 0x30f6), (0x30fc, 0x30fe), (0x31f0, 0x31ff),
    ]),
    (Line::Nonstarter, Cells::Wide, Class::Other, &[
        (0x301c, 0x301c), (0x309b, 0x309c), (0x30a0, 0x30a0), (0x30fb, 0x30fb), (0xff1a, 0xff1b),
    ]),
    (Line::Open, Cells::Narrow, Class::Other, &[
        (0x28, 0x28), (0x5b, 0x5b), (0x7b, 0x7b), (0x201a, 0x201a), (0x201e, 0x201e), (0x2045, 0x2045),
    ]),
    (Line::Open, Cells::Ambiguous, Class::Other, &[
        (0xa1, 0xa1), (0xbf, 0xbf),
    ]),
    (Line::OpenWide, Cells::Narrow, Class::Other, &[
        (0xff62, 0xff62),
    ]),
    (Line::OpenWide, Cells::Wide, Class::Other, &[
        (0x3008, 0x3008), (0x300a, 0x300a), (0x300c, 0x300c), (0x300e, 0x300e), (0x3010, 0x3010), (0x3014, 0x3014),
        (0x3016, 0x3016), (0x3018, 0x3018), (0x301a, 0x301a), (0x301d, 0x301d), (0xff08, 0xff08), (0xff3b, 0xff3b),
        (0xff5b, 0xff5b), (0xff5f, 0xff5f),
    ]),
    (Line::Close, Cells::Narrow, Class::Other, &[
        (0x7d, 0x7d), (0x2046, 0x2046), (0xff61, 0xff61), (0xff63, 0xff64),
    ]),
    (Line::Close, Cells::Wide, Class::Other, &[
        (0x3001, 0x3002), (0x3009, 0x3009), (0x300b, 0x300b), (0x300d, 0x300d), (0x300f, 0x300f), (0x3011, 0x3011),
        (0x3015, 0x3015), (0x3017, 0x3017), (0x3019, 0x3019), (0x301b, 0x301b), (0x301e, 0x301f), (0xff09, 0xff09),
        (0xff0c, 0xff0c), (0xff0e, 0xff0e), (0xff3d, 0xff3d), (0xff5d, 0xff5d), (0xff60, 0xff60),
    ]),
    (Line::CloseParenthesis, Cells::Narrow, Class::Other, &[
        (0x29, 0x29), (0x5d, 0x5d),
    ]),
    (Line::Quote, Cells::Narrow, Class::Other, &[
        (0x22, 0x22), (0x27, 0x27),
    ]),
    (Line::QuoteOpening, Cells::Narrow, Class::Other, &[
        (0xab, 0xab), (0x201b, 0x201b), (0x201f, 0x201f), (0x2039, 0x2039),
    ]),
    (Line::QuoteOpening, Cells::Ambiguous, Class::Other, &[
        (0x2018, 0x2018), (0x201c, 0x201c),
    ]),
    (Line::QuoteClosing, Cells::Narrow, Class::Other, &[
        (0xbb, 0xbb), (0x203a, 0x203a),
    ]),
    (Line::QuoteClosing, Cells::Ambiguous, Class::Other, &[
        (0x2019, 0x2019), (0x201d, 0x201d),
    ]),
    (Line::Exclamation, Cells::Narrow, Class::Other, &[
        (0x21, 0x21), (0x3f, 0x3f),
    ]),
    (Line::Exclamation, Cells::Wide, Class::Other, &[
        (0xff01, 0xff01), (0xff1f, 0xff1f),
    ]),
    (Line::Infix, Cells::Narrow, Class::Other, &[
        (0x2c, 0x2c), (0x2e, 0x2e), (0x3a, 0x3b), (0x2044, 0x2044),
    ]),
    (Line::Solidus, Cells::Narrow, Class::Other, &[
        (0x2f, 0x2f),
    ]),
    (Line::Prefix, Cells::Narrow, Class::Other, &[
        (0x24, 0x24), (0x2b, 0x2b), (0x5c, 0x5c), (0xa3, 0xa3), (0xa5, 0xa5), (0x2212, 0x2213),
    ]),
    (Line::Prefix, Cells::Ambiguous, Class::Other, &[
        (0xa4, 0xa4), (0xb1, 0xb1), (0x20ac, 0x20ac), (0x2116, 0x2116),
    ]),
    (Line::Prefix, Cells::Wide, Class::Other, &[
        (0xff04, 0xff04), (0xffe1, 0xffe1), (0xffe5, 0xffe6),
    ]),
    (Line::Postfix, Cells::Narrow, Class::Other, &[
        (0x25, 0x25), (0xa2, 0xa2), (0x2031, 0x2031), (0x2034, 0x2034), (0x2036, 0x2037), (0x2057, 0x2057),
    ]),
    (Line::Postfix, Cells::Ambiguous, Class::Other, &[
        (0xb0, 0xb0), (0x2030, 0x2030), (0x2032, 0x2033), (0x2035, 0x2035), (0x2103, 0x2103), (0x2109, 0x2109),
    ]),
    (Line::Postfix, Cells::Wide, Class::Other, &[
        (0xff05, 0xff05), (0xffe0, 0xffe0),
    ]),
    (Line::Hyphen, Cells::Narrow, Class::Other, &[
        (0x2d, 0x2d),
    ]),
    (Line::After, Cells::Narrow, Class::Other, &[
        (0x7c, 0x7c), (0x2012, 0x2012), (0x2056, 0x2056), (0x2058, 0x205b), (0x205d, 0x205e),
    ]),
    (Line::After, Cells::Ambiguous, Class::Other, &[
        (0x2010, 0x2010), (0x2013, 0x2013), (0x2027, 0x2027),
    ]),
    (Line::After, Cells::Wide, Class::Other, &[
        (0x3000, 0x3000),
    ]),
    (Line::Before, Cells::Narrow, Class::Letter, &[
        (0x2c8, 0x2c8), (0x2cc, 0x2cc),
    ]),
    (Line::Before, Cells::Ambiguous, Class::Other, &[
        (0xb4, 0xb4), (0x2df, 0x2df),
    ]),
    (Line::Dash, Cells::Ambiguous, Class::Other, &[
        (0x2014, 0x2014),
    ]),
    (Line::Inseparable, Cells::Narrow, Class::Other, &[
        (0x22ef, 0x22ef),
    ]),
    (Line::Inseparable, Cells::Ambiguous, Class::Other, &[
        (0x2024, 0x2026),
    ]),
    (Line::Glue, Cells::Narrow, Class::Other, &[
        (0xa0, 0xa0), (0x2011, 0x2011), (0x202f, 0x202f),
    ]),
    (Line::Space, Cells::Narrow, Class::Other, &[
        (0x20, 0x20),
    ]),
];

#[cfg(test)]
mod tests {
    use super::{Cells, Plain};
    use crate::text::breaks::{BreakSource, Icu};
    use crate::text::{Ambiguous, Class, WidthPolicy};
    use icu_properties::CodePointMapData;
    use icu_properties::props::{EastAsianWidth, GraphemeClusterBreak};

    /// A character of each class of UAX #14 that plain characters have, and its stand-in.
    const EACH: &str = "a1中々(（})\"“”!,/$%-–´—…\u{a0} ";

    fn plain() -> impl Iterator<Item = (char, Plain)> {
        ('\0'..='\u{ffff}').filter_map(|c| Plain::of(c).map(|plain| (c, plain)))
    }

    #[test]
    fn each_breaks_lines_as_the_stand_in_of_its_class() {
        let source = Icu::default();
        let each: Vec<char> = EACH.chars().collect();
        // One text of a line for every context; a line's end lets none look into the next.
        let breaks = |character: char| {
            let text: String = each
                .iter()
                .map(|c| format!("{c}{character}\n{character}{c}\n{c} {character}a\n1{character} {c}\n"))
                .collect();
            let mut found = Vec::new();
            source.breaks(&text, &mut found);
            let mut found = found.into_iter().peekable();
            let bytes = text.char_indices().map(|(byte, _)| byte);
            bytes.map(|byte| found.next_if_eq(&byte).is_some()).collect::<Vec<_>>()
        };
        let stand_ins: Vec<_> = each.iter().map(|c| breaks(*c)).collect();
        let mut total = 0;
        // Of the long blocks, whose characters differ in nothing, one in 41.
        let is_looked_at = |(character, plain): &(char, Plain)| {
            !matches!(plain.class(), Class::Han | Class::Hangul) || (*character as u32).is_multiple_of(41)
        };
        for (character, plain) in plain().filter(is_looked_at) {
            total += 1;
            assert_eq!(breaks(character), stand_ins[plain.line() as usize], "{character} {plain:?}");
        }
        println!("{total} plain characters break lines as their classes do");
        assert!(total > 3_000);
    }

    #[test]
    fn each_is_a_cluster_with_the_cells_of_its_properties() {
        let (width, cluster) =
            (CodePointMapData::<EastAsianWidth>::new(), CodePointMapData::<GraphemeClusterBreak>::new());
        for (character, plain) in plain() {
            let cells = match width.get(character) {
                EastAsianWidth::Wide | EastAsianWidth::Fullwidth => Cells::Wide,
                EastAsianWidth::Ambiguous => Cells::Ambiguous,
                _ => Cells::Narrow,
            };
            assert_eq!(plain.cells(), cells, "{character}");
            let is_alone = matches!(
                cluster.get(character),
                GraphemeClusterBreak::Other | GraphemeClusterBreak::LV | GraphemeClusterBreak::LVT
            );
            assert!(is_alone, "{character}");
        }
        let wide = WidthPolicy { ambiguous: Ambiguous::Wide, ..WidthPolicy::default() };
        assert_eq!((wide.text("“é中a"), WidthPolicy::default().text("“é中a")), (7, 5));
    }

    #[test]
    fn the_scripts_of_cjk_are_plain() {
        let all = [
            '一'..='\u{9fff}',
            '㐀'..='䶿',
            'ぁ'..='ゖ',
            'ァ'..='ヿ',
            '가'..='힣',
            '！'..='～',
            '、'..='〟',
            ' '..='~',
        ];
        for character in all.into_iter().flatten() {
            assert!(Plain::of(character).is_some(), "{character}");
        }
        assert!("\t\u{301}\u{3099}ﾞ\u{200d}\u{fe0f}👩ᄒ".chars().all(|c| Plain::of(c).is_none()));
    }

    #[test]
    fn the_class_is_the_listed_one_or_that_of_letters_and_numbers() {
        for (character, plain) in plain() {
            let general = match character {
                _ if character.is_alphabetic() => Class::Letter,
                _ if character.is_numeric() => Class::Digit,
                _ => Class::Other,
            };
            assert_eq!(plain.class(), Class::listed(character as u32).unwrap_or(general), "{character}");
        }
    }
}
