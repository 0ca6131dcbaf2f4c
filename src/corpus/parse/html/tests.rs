//! Tests of pages as a whole, their bounds among them.
