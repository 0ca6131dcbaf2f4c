//! Under which number is a person recorded?

use secrecy::{ExposeSecret, SecretString};

/// Set in every pseudonym. Discord's ids leave it clear until the year 2084: the time since 2015 in milliseconds
/// stands above their lower 22 bits.
const MARK: u64 = 1 << 63;

/// Makes the numbers under which people are recorded in the stead of their Discord ids: hashes of the id, keyed
/// with a secret of the operator. The same person has the same number, and without the secret nobody can tell
/// whose it is.
#[derive(Clone, Copy)]
pub struct Pseudonyms {
    key: [u8; 32],
}

impl std::fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pseudonyms")
    }
}

impl Pseudonyms {
    /// With this secret.
    pub fn new(secret: &SecretString) -> Pseudonyms {
        let key = blake3::derive_key("footnote 2026 pseudonyms of askers", secret.expose_secret().as_bytes());
        Pseudonyms { key }
    }

    /// The number of a person.
    pub(super) fn of(&self, user: u64) -> u64 {
        let hash = blake3::keyed_hash(&self.key, &user.to_le_bytes());
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(hash.as_bytes()).for_each(|(byte, hashed)| *byte = *hashed);
        u64::from_le_bytes(bytes) | MARK
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_one_number_that_is_not_theirs() {
        let pseudonyms = |secret: &str| Pseudonyms::new(&SecretString::from(secret));
        let (one, other) = (pseudonyms("one"), pseudonyms("other"));
        assert_eq!(one.of(1), pseudonyms("one").of(1));
        assert_ne!(one.of(1), one.of(2));
        assert_ne!(one.of(1), other.of(1));
        assert!([0, 1, u64::MAX].iter().all(|&user| one.of(user) & MARK != 0));
        assert_eq!(format!("{one:?}"), "Pseudonyms");
    }
}
