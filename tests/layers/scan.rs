//! Finds the paths that a source file names: by its tokens, so that comments and strings do not count.

/// A path such as `crate::search::Index`, `use` trees taken apart, with the line on which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPath {
    pub segments: Vec<String>,
    pub line: usize,
}

/// The paths of two segments or more, and all that stand in a `use`. What begins with `crate`, `self` or
/// `super` is made absolute, beginning with `crate`; `module` is the module path of the file.
pub fn paths(source: &str, module: &[String]) -> Vec<NamedPath> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    // The module path at this point, and the depth of braces at which each inline module began.
    let (mut module, mut inline, mut depth) = (module.to_vec(), Vec::new(), 0);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = |ahead: usize| tokens.get(at + ahead).map(|token| token.text.as_str());
        let mut named = Vec::new();
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if inline.last() == Some(&depth) {
                    inline.pop();
                    module.pop();
                }
            }
            "mod" if next(2) == Some("{") => {
                module.extend(next(1).map(str::to_owned));
                inline.push(depth);
                at += 1;
            }
            "use" => {
                at += 1;
                use_tree(&tokens, &mut at, &[], &mut named);
            }
            "crate" if at > 0 && tokens[at - 1].text == "extern" => {
                named.push(vec![next(1).unwrap_or_default().to_owned()]);
                at += 1;
            }
            text if is_word(text) && !continues(&tokens, at) => {
                let mut path = vec![text.to_owned()];
                while tokens.get(at + 1).is_some_and(|token| token.text == "::")
                    && tokens.get(at + 2).is_some_and(|token| is_word(&token.text))
                {
                    path.push(tokens[at + 2].text.clone());
                    at += 2;
                }
                if path.len() > 1 {
                    named.push(path);
                }
            }
            _ => {}
        }
        let absolute = named.into_iter().map(|path| absolute(path, &module));
        found.extend(absolute.map(|segments| NamedPath { segments, line: token.line }));
        at += 1;
    }
    found
}

/// Whether the word at `at` goes on a path, as in `Vec::<u8>::new`, rather than beginning one, as in
/// `::std::env`.
fn continues(tokens: &[Token], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|at| tokens[at].text.as_str());
    before(1) == Some("::") && before(2).is_some_and(|text| is_word(text) || text == ">" || text == ")")
}

/// Reads a `use` tree from `at` up to the token that ends it.
fn use_tree(tokens: &[Token], at: &mut usize, prefix: &[String], found: &mut Vec<Vec<String>>) {
    let mut path = prefix.to_vec();
    while let Some(token) = tokens.get(*at) {
        match token.text.as_str() {
            "::" => {}
            "as" => *at += 1,
            "{" => {
                while matches!(tokens.get(*at).map(|token| token.text.as_str()), Some("{" | ",")) {
                    *at += 1;
                    use_tree(tokens, at, &path, found);
                }
                *at += 1;
                return;
            }
            "}" | "," | ";" => break,
            // `a::{self}` names `a`.
            "self" if !path.is_empty() => {}
            segment => path.push(segment.to_owned()),
        }
        *at += 1;
    }
    if !path.is_empty() {
        found.push(path);
    }
}

fn absolute(path: Vec<String>, module: &[String]) -> Vec<String> {
    let supers = path.iter().take_while(|segment| *segment == "super").count();
    let skipped = if supers > 0 { supers } else { usize::from(path[0] == "self" || path[0] == "footnote") };
    if skipped == 0 {
        return path;
    }
    let base = if path[0] == "footnote" { &[] } else { &module[..module.len().saturating_sub(supers)] };
    let start = std::iter::once("crate".to_owned()).chain(base.iter().cloned());
    start.chain(path.into_iter().skip(skipped)).collect()
}

#[derive(Debug)]
struct Token {
    /// A word, `::`, or one character.
    text: String,
    line: usize,
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let rest = &chars[at..];
        let length = skipped(rest).unwrap_or_else(|| {
            let text: String = match rest {
                [':', ':', ..] => "::".to_owned(),
                [c, ..] if c.is_alphanumeric() || *c == '_' => {
                    rest.iter().take_while(|c| c.is_alphanumeric() || **c == '_').collect()
                }
                _ => rest[0].to_string(),
            };
            let length = text.chars().count();
            tokens.push(Token { text, line });
            length
        });
        line += rest[..length].iter().filter(|c| **c == '\n').count();
        at += length;
    }
    tokens
}

/// The length of the white space, comment, literal or lifetime that stands here, if one does.
fn skipped(rest: &[char]) -> Option<usize> {
    match rest {
        [c, ..] if c.is_whitespace() => Some(1),
        ['/', '/', ..] => Some(rest.iter().position(|c| *c == '\n').unwrap_or(rest.len())),
        ['/', '*', ..] => Some(block_comment(rest)),
        ['"', ..] => Some(quoted(rest, '"')),
        ['b' | 'c', '"', ..] => Some(1 + quoted(&rest[1..], '"')),
        ['r', '"' | '#', ..] => raw(&rest[1..]).map(|length| 1 + length),
        ['b' | 'c', 'r', '"' | '#', ..] => raw(&rest[2..]).map(|length| 2 + length),
        ['\'', '\\', ..] | ['\'', _, '\'', ..] => Some(quoted(rest, '\'')),
        ['\'', ..] => Some(1 + rest[1..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count()),
        _ => None,
    }
}

fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted(rest: &[char], quote: char) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// A raw string from its first `#` or quote; none where it is a raw identifier such as `r#type`.
fn raw(rest: &[char]) -> Option<usize> {
    let hashes = rest.iter().take_while(|c| **c == '#').count();
    if rest.get(hashes) != Some(&'"') {
        return None;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body = &rest[hashes + 1..];
    let length = body.windows(end.len()).position(|window| window == end).unwrap_or(body.len());
    Some((hashes + 1 + length + end.len()).min(rest.len()))
}
