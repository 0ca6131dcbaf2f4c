//! Which passages match?
