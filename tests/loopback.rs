//! Proves the loopback server of `support`.
mod support;

#[test]
fn compiles() {}
