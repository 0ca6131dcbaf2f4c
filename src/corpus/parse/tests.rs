//! What all formats keep: exact lines, no panic, bounded cost.

/// Every word of the canonical text stands on the line of the source that its map names.
pub(super) fn assert_lines_exact(source: &str, text: &str, lines: &[(u32, u32)]) {
    let map = crate::corpus::LineMap::Runs(lines.to_vec());
    let source: Vec<&str> = source.split('\n').collect();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let offset = word.as_ptr() as usize - text.as_ptr() as usize;
        let line = map.line_at(offset);
        let there = source.get(line as usize - 1).copied().unwrap_or_default();
        assert!(there.contains(word), "`{word}` is not on line {line}: `{there}`");
    }
}
