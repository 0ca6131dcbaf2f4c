//! How much Discord takes, and what is left of it once our own words are in.
//!
//! Discord counts characters; we count UTF-16 code units, of which a character has one or two, so that a
//! text within these limits is within Discord's however Discord counts.

/// The content of a message. <https://discord.com/developers/docs/resources/message#create-message>
pub const CONTENT_MAX: usize = 2000;

/// The description of an embed.
/// <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>
pub const DESCRIPTION_MAX: usize = 4096;

/// The name of a button.
/// <https://discord.com/developers/docs/components/reference#anatomy-of-a-component>
pub const CUSTOM_ID_MAX: usize = 100;

/// A file that comes with a message, in bytes: what Discord takes where nobody pays for more, less what its form
/// takes. <https://discord.com/developers/docs/reference#uploading-files>
pub const UPLOAD_BYTES_MAX: usize = (10 << 20) - (64 << 10);

/// The question where it is repeated above an answer: enough to know it again.
pub const ECHO_MAX: usize = 240;

/// A title in a citation or a list.
pub const TITLE_MAX: usize = 140;

/// A publisher.
pub const PUBLISHER_MAX: usize = 60;

/// A path, or an article id.
pub const PATH_MAX: usize = 140;

/// A url once escaped. A longer one is left out of the citation, which then has its path alone: a url that
/// is cut leads nowhere.
pub const URL_MAX: usize = 480;

/// A word of the question, or one that was looked for besides.
pub const WORD_MAX: usize = 40;

/// The least room worth giving to a quote: under this, fewer quotes are shown.
pub const QUOTE_MIN: usize = 160;

/// A message about a problem or a reason, in reports.
pub const MESSAGE_MAX: usize = 240;

/// Entries of one kind in a report, before `and 12 more`.
pub const LISTED_MAX: usize = 10;

/// Articles on one page of a list: ten fit with the longest titles, publishers and paths.
pub const ARTICLES_A_PAGE: usize = 10;

/// The length of a text as the limits count it.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
