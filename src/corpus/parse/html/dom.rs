//! Parses HTML within bounds, and marks each piece of text with the line it stands on.
//!
//! A page is fed to the parser line by line, in chunks of at most a kibibyte, and the tree is looked at after
//! each. So a page that nests too deep or grows too large is given up at once, on its exact line, whatever
//! tricks of markup it uses: the parser itself says how deep it is, no approximation of it.
//!
//! The line of a text is written into the text as a mark of 24 characters of white space (which changes
//! nothing for what looks at the page as a browser does) and is read back by [`pieces`]. So it survives
//! whatever the extraction of the main content moves, renames or copies.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::collections::HashMap;

use dom_query::{Document, NodeId};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName};

use crate::corpus::parse::Fault;

/// The deepest nesting of elements. Real pages stay below 60; the parser's and the extraction's cost grows
/// with the square of it.
pub(super) const DEPTH_MAX: u32 = 256;

/// The most nodes (elements, texts, comments) of a page: some fifty times a long encyclopedia article, and at
/// some 200 bytes each what one file may cost in memory.
const NODES_MAX: usize = 500_000;

/// The longest value of an attribute that is kept, in bytes. Only addresses, names and titles are used.
const ATTRIBUTE_BYTES_MAX: usize = 2048;

/// The most work on tags that do not end, in pairs of attributes. The parser compares each attribute of a tag
/// with all before it; this is about a second of that, and a tag of 30,000 attributes.
const ATTRIBUTE_PAIRS_MAX: u64 = 1_000_000_000;

/// How much is fed to the parser between two looks at the tree, in bytes.
const CHUNK_BYTES: usize = 1024;

/// Bits of a line number in a mark: a file of 16 MiB has fewer than 2^24 + 1 lines.
const MARK_BITS: usize = 24;
/// The digits of a mark. Both are white space to HTML or to Unicode, and [`tidy`] keeps them out of the source.
const ZERO: char = '\u{b}';
/// See [`ZERO`].
const ONE: char = '\u{c}';

/// Parses a page given as lines (number and text, with its line end). Scripts are not run.
pub(in crate::corpus::parse) fn parse<'a>(
    lines: impl Iterator<Item = (u32, &'a str)>,
) -> Result<Document, Fault> {
    let mut parser = html5ever::parse_document(Sink::default(), options());
    let mut unended = Unended::default();
    for (line, text) in lines {
        parser.tokenizer.sink.sink.line.set(line);
        let tidied = tidy(text);
        let mut rest = tidied.as_ref();
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at(rest.floor_char_boundary(CHUNK_BYTES));
            rest = after;
            parser.process(StrTendril::from(chunk));
            let sink = &parser.tokenizer.sink.sink;
            sink.check(line)?;
            unended.check(line, chunk, sink.calls.get())?;
        }
    }
    let last_line = parser.tokenizer.sink.sink.line.get();
    let document = parser.finish();
    // Mended tags may have moved whole branches below where they were placed first.
    if deepest(&document) > DEPTH_MAX {
        return Err(too_deep(last_line));
    }
    Ok(document)
}

/// Parts the text of a node into pieces, each with the line it stands on (`None` where it is not marked).
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (Option<u32>, &str)> {
    let is_digit = |c: char| c == ZERO || c == ONE;
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (mark, after) = rest.split_at(rest.find(|c| !is_digit(c)).unwrap_or(rest.len()));
        let (piece, next) = after.split_at(after.find(is_digit).unwrap_or(after.len()));
        rest = next;
        Some((read_mark(mark), piece))
    })
}

fn options() -> ParseOpts {
    let mut options = ParseOpts::default();
    // What stands in <noscript> is text to a reader without scripts, which is what we are.
    options.tree_builder.scripting_enabled = false;
    options
}

/// Replaces the digits of marks by spaces, and cuts inline data (pictures, mostly) short. Neither changes
/// where lines end.
fn tidy(text: &str) -> Cow<'_, str> {
    const DATA_BYTES_MAX: usize = 64;
    let has_digits = text.contains([ZERO, ONE]);
    if !has_digits && !(text.len() > DATA_BYTES_MAX && text.contains("data:")) {
        return Cow::Borrowed(text);
    }
    let mut tidied = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("data:") {
        let (before, from) = rest.split_at(at);
        let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')');
        let (data, after) = from.split_at(from.find(is_end).unwrap_or(from.len()));
        tidied.push_str(before);
        tidied.push_str(&data[..data.floor_char_boundary(DATA_BYTES_MAX)]);
        rest = after;
    }
    tidied.push_str(rest);
    Cow::Owned(if has_digits { tidied.replace([ZERO, ONE], " ") } else { tidied })
}

fn write_mark(line: u32) -> impl Iterator<Item = char> {
    (0..MARK_BITS).rev().map(move |bit| if line >> bit & 1 == 1 { ONE } else { ZERO })
}

/// The line of a run of marks: its last.
fn read_mark(run: &str) -> Option<u32> {
    let digits = run.as_bytes();
    let last = digits.len().checked_sub(MARK_BITS).and_then(|start| digits.get(start..))?;
    Some(last.iter().fold(0, |line, &digit| line << 1 | u32::from(char::from(digit) == ONE)))
}

fn too_deep(line: u32) -> Fault {
    Fault::new(line, format!("nests deeper than {DEPTH_MAX} elements: simplify its markup, or save its text"))
}

/// The depth of the deepest element.
fn deepest(document: &Document) -> u32 {
    let (mut depth, mut deepest) = (0_u32, 0_u32);
    let mut next = Some(document.root());
    while let Some(node) = next {
        deepest = deepest.max(depth);
        next = node.first_child().inspect(|_| depth += 1);
        let mut climbing = Some(node);
        while next.is_none() {
            let Some(from) = climbing else { break };
            next = from.next_sibling();
            if next.is_none() {
                climbing = from.parent();
                depth = depth.saturating_sub(1);
            }
        }
    }
    deepest
}

/// Watches for tags that do not end: between two calls of the parser to its sink there may be nothing but
/// one tag, which costs the square of its attributes.
#[derive(Default)]
struct Unended {
    calls: u64,
    gaps: u64,
    pairs: u64,
}

impl Unended {
    fn check(&mut self, line: u32, chunk: &str, calls: u64) -> Result<(), Fault> {
        let parts_attributes = |&byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'');
        let gaps = chunk.bytes().filter(|byte| parts_attributes(byte)).count() as u64;
        if self.calls == calls {
            self.pairs += self.gaps * gaps;
            self.gaps += gaps;
        } else {
            self.calls = calls;
            self.gaps = gaps;
        }
        if self.pairs > ATTRIBUTE_PAIRS_MAX {
            return Err(Fault::new(line, "has a tag or comment without end: close it, or save its text"));
        }
        Ok(())
    }
}

/// A [`Document`] under construction, with the marks and bounds of this module.
#[derive(Default)]
struct Sink {
    document: Document,
    /// The line that is fed.
    line: Cell<u32>,
    /// Calls so far that build something.
    calls: Cell<u64>,
    /// The line on which the bound of the depth was passed.
    too_deep: Cell<Option<u32>>,
    /// The depths of templates, by their contents, which hang on no parent.
    templates: RefCell<HashMap<NodeId, u32>>,
    /// The parent and the line of the text that was last marked.
    marked: Cell<Option<(NodeId, u32)>>,
}

impl Sink {
    fn check(&self, line: u32) -> Result<(), Fault> {
        if let Some(line) = self.too_deep.get() {
            return Err(too_deep(line));
        }
        if self.document.tree.len() > NODES_MAX {
            let message = format!("has over {NODES_MAX} elements and texts: split it, or save its text");
            return Err(Fault::new(line, message));
        }
        Ok(())
    }

    fn called(&self) {
        self.calls.set(self.calls.get() + 1);
    }

    /// How many elements the node stands in, those around a template counted.
    fn depth(&self, id: NodeId) -> u32 {
        let tree = &self.document.tree;
        let (mut depth, mut top) = (0, id);
        for ancestor in tree.ancestor_ids_of_it(&id, None) {
            depth += 1;
            top = ancestor;
        }
        depth + self.templates.borrow().get(&top).copied().unwrap_or(0)
    }

    /// The child, its text marked with the line where it holds more than white space.
    fn mark(&self, parent: NodeId, child: NodeOrText<NodeId>) -> NodeOrText<NodeId> {
        self.called();
        let NodeOrText::AppendText(text) = child else {
            self.marked.set(None);
            return child;
        };
        let here = Some((parent, self.line.get()));
        let is_prose =
            !text.trim().is_empty()
                && !self.document.tree.get_name(&parent).is_some_and(|name| {
                    matches!(name.local.as_ref(), "title" | "script" | "style" | "textarea")
                });
        // Text that goes on on the same line belongs to the mark before it: `AT&amp;T` comes in three pieces.
        if !is_prose || self.marked.replace(here) == here {
            return NodeOrText::AppendText(text);
        }
        let mut marked: String = write_mark(self.line.get()).collect();
        marked.push_str(&text);
        NodeOrText::AppendText(StrTendril::from(marked))
    }

    fn placed(&self, child: Option<NodeId>) {
        if let Some(child) = child
            && self.too_deep.get().is_none()
            && self.depth(child) > DEPTH_MAX
        {
            self.too_deep.set(Some(self.line.get()));
        }
    }
}

fn node_of(child: &NodeOrText<NodeId>) -> Option<NodeId> {
    match child {
        NodeOrText::AppendNode(id) => Some(*id),
        NodeOrText::AppendText(_) => None,
    }
}

fn short(mut attributes: Vec<Attribute>) -> Vec<Attribute> {
    for attribute in &mut attributes {
        let value = &attribute.value;
        if value.len() > ATTRIBUTE_BYTES_MAX {
            let (start, _) = value.split_at(value.floor_char_boundary(ATTRIBUTE_BYTES_MAX));
            attribute.value = StrTendril::from(start);
        }
    }
    attributes
}

/// Hands everything on to the document, but for marks, bounds and the list of parse errors, which nobody
/// reads and which would grow with every byte of a hostile page.
impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        self.document
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.called();
        self.document.create_element(name, short(attrs), flags)
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.called();
        self.document.create_comment(StrTendril::new())
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.called();
        self.document.create_comment(StrTendril::new())
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let child = self.mark(*parent, child);
        let node = node_of(&child);
        self.document.append(parent, child);
        self.placed(node);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        // Marked under the sibling's name: two runs of text before different siblings are two texts.
        let child = self.mark(*sibling, child);
        let node = node_of(&child);
        self.document.append_before_sibling(sibling, child);
        self.placed(node);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, prev: &NodeId, child: NodeOrText<NodeId>) {
        let child = self.mark(*element, child);
        let node = node_of(&child);
        self.document.append_based_on_parent_node(element, prev, child);
        self.placed(node);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.called();
        self.document.append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let contents = self.document.get_template_contents(target);
        let depth = self.depth(*target) + 1;
        self.templates.borrow_mut().insert(contents, depth);
        contents
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.called();
        self.document.add_attrs_if_missing(target, short(attrs));
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}
