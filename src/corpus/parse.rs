//! From one file's text to articles: Markdown, plain text, HTML and JSON lines. Pure.
