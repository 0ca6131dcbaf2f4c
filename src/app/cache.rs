//! The last snapshot, kept in a file, so that a large corpus need not be parsed and indexed at every start.
//!
//! The file is a help and never an authority: it is used only where its checksum is right, this very program
//! wrote it, and each of its articles is still what the corpus folder holds (see [`crate::corpus::reload`]).
//! Whatever else is in its place is passed over, and written anew.
//!
//! It is a row of frames, each a length of eight bytes and so many bytes; an empty one; and the blake3 hash of all
//! that is before it.

mod articles;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use self::articles::Batch;
use super::CacheSettings;
use crate::corpus::{Article, Corpus, Digest, KeptSource, Sources};
use crate::search::Searchable;
use crate::snapshot::Snapshot;

/// A corpus with less text than this is parsed and indexed in less time than anybody notices.
const TEXT_BYTES_MIN: usize = 4 << 20;

/// Articles in a frame: enough to decode on all threads, few enough that a frame is small beside the corpus.
const FRAME_ARTICLES: usize = 4096;

/// How the file begins; the number changes with the format.
const MAGIC: &[u8; 16] = b"footnote cache 6";

/// Of the hash at the end.
const HASH_BYTES: u64 = 32;

/// What was kept.
pub(super) struct Kept {
    corpus: Corpus,
    searchable: Searchable,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    /// The hash of the program that wrote the file: another might cut texts in another way.
    program: Digest,
    /// Of the corpus, with its synonyms.
    corpus: Digest,
    articles: usize,
}

impl Kept {
    /// Reads the file; `None` where there is none that can be used.
    pub(super) fn read(CacheSettings { path, program }: &CacheSettings) -> Option<Kept> {
        if !path.metadata().ok()?.is_file() {
            // To open a pipe would be to wait for somebody who writes.
            return None;
        }
        let file = File::open(path).ok()?;
        let kept = hash(program).and_then(|program| {
            let length = file.metadata()?.len();
            Kept::decode(BufReader::with_capacity(1 << 20, file), length, program)
        });
        match kept {
            Ok(kept) => Some(kept),
            Err(error) => {
                tracing::info!(%error, path = %path.display(), "the kept index is not used, but made anew");
                None
            }
        }
    }

    /// The corpus, to be read [again](crate::corpus::reload).
    pub(super) fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Makes the corpus searchable as it was read again, and tells whether it is the one that was kept.
    pub(super) fn snapshot(self, corpus: Corpus) -> (Snapshot, bool) {
        let shared = self.corpus.articles().iter().zip(corpus.articles());
        let is_same = self.corpus.digest() == corpus.digest()
            && self.corpus.articles().len() == corpus.articles().len()
            && shared.into_iter().all(|(old, new)| Arc::ptr_eq(old, new));
        if !is_same {
            return (Snapshot::of(self.corpus, self.searchable).rebuild(corpus), false);
        }
        // The synonyms are the folder's, though their digest says they are the same.
        let dfs = self.searchable.sentence_dfs().to_vec();
        let Searchable { index, lexicon, forward, .. } = self.searchable;
        let searchable = Searchable::join(&corpus, index, lexicon, forward, dfs);
        (Snapshot::of(corpus, searchable), true)
    }

    /// Reads what is kept, all of it together so many bytes.
    fn decode(source: impl Read, length: u64, program: Digest) -> io::Result<Kept> {
        let mut frames = Frames::new(source, length)?;
        let header: Header = frames.decoded()?;
        if header.program != program {
            return Err(refused("another program wrote it"));
        }
        let mut articles: Vec<Arc<Article>> = Vec::new();
        while articles.len() < header.articles {
            let mut batch = Vec::new();
            while batch.len() < rayon::current_num_threads()
                && articles.len() + batch.len() * FRAME_ARTICLES < header.articles
            {
                batch.push(frames.next()?);
            }
            let articles_of = |frame: Vec<u8>| {
                let batch: Batch = decoded(&frame)?;
                batch.into_articles().ok_or_else(|| refused("an article lacks a part"))
            };
            let read: io::Result<Vec<Vec<Arc<Article>>>> = batch.into_par_iter().map(articles_of).collect();
            let read = read?;
            if read.iter().any(Vec::is_empty) {
                return Err(refused("a frame is empty"));
            }
            articles.extend(read.into_iter().flatten());
        }
        let sources: Vec<KeptSource> = frames.decoded()?;
        let (index, forward) = (frames.decoded()?, frames.decoded()?);
        let (lexicon, sentence_df) = (frames.decoded()?, frames.decoded()?);
        frames.finish()?;
        let sources = Sources::from_kept(sources, &articles);
        let corpus = Corpus::remembered(articles, header.corpus, sources);
        let searchable = Searchable::join(&corpus, index, lexicon, forward, sentence_df);
        Ok(Kept { corpus, searchable })
    }
}

/// Keeps a snapshot in a file, or removes the file where the corpus is too small to need one. A failure is logged,
/// since nothing but the time of the next start depends on it.
pub(super) fn keep(settings: &CacheSettings, snapshot: &Snapshot) {
    let path = &settings.path;
    let bytes: usize = snapshot.corpus().articles().iter().map(|article| article.text.len()).sum();
    let kept = if bytes < TEXT_BYTES_MIN { remove(path) } else { write(settings, snapshot) };
    if let Err(error) = kept {
        tracing::warn!(%error, path = %path.display(), "the index could not be kept: the next start takes longer");
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes beside the file and puts what was written in its place, so that there is a whole file at any time.
fn write(CacheSettings { path, program }: &CacheSettings, snapshot: &Snapshot) -> io::Result<()> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let program = hash(program)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let beside = path.with_extension(format!("{}-{number}.new", std::process::id()));
    let mut options = File::options();
    options.write(true).create_new(true);
    // The articles may be nobody else's business.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(&beside)
        .and_then(|file| {
            let written = encode(BufWriter::new(file), program, snapshot)?;
            written.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
        })
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What is left half written is of no use; that it stays is no further fault.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Writes what is kept, and gives back what it was written to.
fn encode<W: Write>(target: W, program: Digest, snapshot: &Snapshot) -> io::Result<W> {
    let corpus = snapshot.corpus();
    let searchable = snapshot.searchable();
    let articles = corpus.articles();
    let mut writer = FrameWriter { target, hasher: blake3::Hasher::new() };
    writer.bytes(MAGIC)?;
    writer.frame(&Header { program, corpus: corpus.digest(), articles: articles.len() })?;
    for batch in articles.chunks(FRAME_ARTICLES) {
        writer.frame(&Batch::of(batch))?;
    }
    writer.frame(&corpus.sources().kept(articles))?;
    writer.frame(&searchable.index)?;
    writer.frame(&searchable.forward)?;
    writer.frame(&searchable.lexicon)?;
    writer.frame(searchable.sentence_dfs())?;
    writer.finish()
}

fn hash(program: &Path) -> io::Result<Digest> {
    fs::read(program).map(|bytes| Digest::of(&bytes))
}

fn decoded<T: DeserializeOwned>(frame: &[u8]) -> io::Result<T> {
    postcard::from_bytes(frame).map_err(io::Error::other)
}

fn refused(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

struct FrameWriter<W> {
    target: W,
    hasher: blake3::Hasher,
}

impl<W: Write> FrameWriter<W> {
    fn frame<T: Serialize + ?Sized>(&mut self, value: &T) -> io::Result<()> {
        let bytes = postcard::to_stdvec(value).map_err(io::Error::other)?;
        self.bytes(&(bytes.len() as u64).to_le_bytes())?;
        self.bytes(&bytes)
    }

    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.target.write_all(bytes)
    }

    fn finish(mut self) -> io::Result<W> {
        self.bytes(&0u64.to_le_bytes())?;
        self.target.write_all(self.hasher.finalize().as_bytes())?;
        Ok(self.target)
    }
}

struct Frames<R> {
    source: R,
    hasher: blake3::Hasher,
    /// What is left of the source.
    left: u64,
}

impl<R: Read> Frames<R> {
    fn new(source: R, left: u64) -> io::Result<Frames<R>> {
        let mut frames = Frames { source, hasher: blake3::Hasher::new(), left };
        if frames.bytes(MAGIC.len() as u64)? != MAGIC {
            return Err(refused("it is of another kind"));
        }
        Ok(frames)
    }

    /// The bytes of the next frame, which are not checked before the end.
    fn next(&mut self) -> io::Result<Vec<u8>> {
        let length = self.length()?;
        if length == 0 {
            return Err(refused("it ends too soon"));
        }
        self.bytes(length)
    }

    /// What the next frame holds. Its bytes are let go of before another is read.
    fn decoded<T: DeserializeOwned>(&mut self) -> io::Result<T> {
        let frame = self.next()?;
        decoded(&frame)
    }

    fn length(&mut self) -> io::Result<u64> {
        let bytes = self.bytes(8)?;
        Ok(bytes.iter().rev().fold(0, |length, &byte| length << 8 | u64::from(byte)))
    }

    fn bytes(&mut self, length: u64) -> io::Result<Vec<u8>> {
        // A length that is wrong must not take memory for what is not there.
        self.left = self.left.checked_sub(length).ok_or_else(|| refused("it is cut off"))?;
        let mut bytes = Vec::with_capacity(usize::try_from(length).map_err(io::Error::other)?);
        (&mut self.source).take(length).read_to_end(&mut bytes)?;
        self.hasher.update(&bytes);
        Ok(bytes)
    }

    /// Checks the end.
    fn finish(mut self) -> io::Result<()> {
        if self.length()? != 0 || self.left != HASH_BYTES {
            return Err(refused("it does not end where it should"));
        }
        let expected = *self.hasher.finalize().as_bytes();
        let mut found = Vec::new();
        self.source.read_to_end(&mut found)?;
        if found != expected {
            return Err(refused("its checksum is wrong"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{AnswerParams, Question};
    use crate::corpus;

    /// A folder with a few articles and synonyms, and the file beside it.
    fn folder() -> (tempfile::TempDir, CacheSettings) {
        let root = tempfile::tempdir().unwrap();
        let articles = root.path().join("corpus");
        fs::create_dir(&articles).unwrap();
        fs::write(articles.join("a.md"), "---\ntitle: Tanks\n---\nIran wants T-90 tanks. Who does not?")
            .unwrap();
        fs::write(articles.join("b.txt"), "Russia sells jets.\n\nThe minister came by jet.").unwrap();
        fs::write(
            articles.join("c.jsonl"),
            "{\"id\": \"c\", \"text\": \"El ministro pasó dos días en Moscú.\"}",
        )
        .unwrap();
        fs::write(articles.join("synonyms.txt"), "tanks, armor\n").unwrap();
        let program = root.path().join("program");
        fs::write(&program, "a program").unwrap();
        let path = root.path().join("data").join("index.cache");
        (root, CacheSettings { path, program })
    }

    fn loaded(root: &Path) -> Snapshot {
        Snapshot::build(corpus::load(&root.join("corpus"), &()).unwrap().corpus)
    }

    fn from_cache(root: &Path, settings: &CacheSettings) -> Option<(Snapshot, bool)> {
        let kept = Kept::read(settings)?;
        let again = corpus::reload(kept.corpus(), &root.join("corpus"), &()).unwrap();
        Some(kept.snapshot(again.corpus))
    }

    fn answers(snapshot: &Snapshot) -> String {
        let questions =
            ["what tanks does Iran want?", "armor", "jets of the minister", "Moscú ministro", "jett"];
        let answers = questions.map(|question| {
            format!("{:?}", snapshot.answer(&Question::new(question).unwrap(), &AnswerParams::default()))
        });
        answers.join("\n")
    }

    #[test]
    fn what_was_kept_answers_the_same() {
        let (root, settings) = folder();
        let built = loaded(root.path());
        write(&settings, &built).unwrap();
        let (kept, is_same) = from_cache(root.path(), &settings).unwrap();
        assert!(is_same);
        assert_eq!(answers(&kept), answers(&built));
        assert_eq!(format!("{:?}", kept.searchable()), format!("{:?}", built.searchable()));
        assert_eq!(
            fs::read_dir(settings.path.parent().unwrap()).unwrap().count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn what_changed_since_is_read() {
        let (root, settings) = folder();
        write(&settings, &loaded(root.path())).unwrap();
        fs::write(root.path().join("corpus/b.txt"), "Russia sells ships.\n\nThe minister came by ship.")
            .unwrap();
        fs::write(root.path().join("corpus/synonyms.txt"), "jets, planes\n").unwrap();
        let (kept, is_same) = from_cache(root.path(), &settings).unwrap();
        assert!(!is_same);
        let built = loaded(root.path());
        assert_eq!(answers(&kept), answers(&built));
        assert_eq!(format!("{:?}", kept.searchable()), format!("{:?}", built.searchable()));
    }

    #[test]
    fn what_is_damaged_cut_off_or_of_another_program_is_refused() {
        let (root, settings) = folder();
        write(&settings, &loaded(root.path())).unwrap();
        let good = fs::read(&settings.path).unwrap();
        let program = hash(&settings.program).unwrap();
        let refuses = |bytes: &[u8]| Kept::decode(bytes, bytes.len() as u64, program).is_err();
        assert!(!refuses(&good));
        for at in (0..64).chain((64..good.len()).step_by(11)) {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            assert!(refuses(&bad), "byte {at}");
        }
        for length in (0..good.len()).step_by(101) {
            assert!(refuses(&good[..length]), "{length} bytes");
        }
        assert!(refuses(&[&good[..], b"x"].concat()));
        fs::write(&settings.path, &good).unwrap();
        assert!(Kept::read(&settings).is_some());
        fs::write(&settings.program, "another program").unwrap();
        assert!(Kept::read(&settings).is_none());
    }

    #[test]
    fn a_small_corpus_is_not_kept() {
        let (root, settings) = folder();
        let built = loaded(root.path());
        write(&settings, &built).unwrap();
        keep(&settings, &built);
        assert!(!settings.path.exists());
        keep(&settings, &built);
    }
}
