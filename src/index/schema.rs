//! The tantivy index of needs: its fields and how a batch gets into it.

use tantivy::merge_policy::NoMergePolicy;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token as TantivyToken};
use tantivy::{Index, IndexReader, TantivyDocument};

use crate::error::Result;
use crate::model::{CapabilityIdx, NeedIdx};
use crate::text::{Corpus, TermIdx};

/// A batch of needs, indexed in memory.
pub struct NeedIndex {
    reader: IndexReader,
    terms: Field,
}

/// Memory for the writer in bytes. One thread: several distribute documents by timing, so that ties would break differently on each run.
const WRITER_BYTES: usize = 64 << 20;

impl NeedIndex {
    /// Indexes the needs of a corpus.
    ///
    /// # Errors
    /// Where tantivy cannot build the index.
    pub fn build(corpus: &Corpus) -> Result<Self> {
        let mut schema = Schema::builder();
        let need = schema.add_u64_field("need", FAST);
        let options = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::WithFreqs),
        );
        let terms = schema.add_text_field("terms", options);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, WRITER_BYTES)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for i in 0..corpus.needs.len() {
            let mut document = TantivyDocument::new();
            document.add_u64(need, i as u64);
            document.add_pre_tokenized_text(terms, tokens(corpus, NeedIdx(i as u32)));
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader()?;
        Ok(Self { reader, terms })
    }

    pub(super) fn reader(&self) -> &IndexReader {
        &self.reader
    }

    /// The field that holds the terms and capabilities of a need.
    pub(super) fn terms(&self) -> Field {
        self.terms
    }

    /// How many needs it holds.
    pub fn len(&self) -> usize {
        self.reader.searcher().num_docs() as usize
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What a posting list of the index stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Term(TermIdx),
    Capability(CapabilityIdx),
    /// One of the capabilities that lie nearest to a need by its meaning.
    Nearby(CapabilityIdx),
}

impl Key {
    /// The key as the index holds it: a letter and a fixed-width number, so that it can be read back.
    pub fn text(self) -> String {
        match self {
            Key::Term(TermIdx(n)) => format!("t{n:08}"),
            Key::Capability(CapabilityIdx(n)) => format!("c{n:08}"),
            Key::Nearby(CapabilityIdx(n)) => format!("n{n:08}"),
        }
    }

    /// Reads back what `text` wrote.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let number = text.get(1..)?.parse().ok()?;
        match text.get(..1)? {
            "t" => Some(Key::Term(TermIdx(number))),
            "c" => Some(Key::Capability(CapabilityIdx(number))),
            "n" => Some(Key::Nearby(CapabilityIdx(number))),
            _ => None,
        }
    }
}

fn tokens(corpus: &Corpus, need: NeedIdx) -> PreTokenizedString {
    let at = need.get();
    let keys = corpus.terms[at]
        .iter()
        .map(|w| Key::Term(w.term))
        .chain(corpus.needs[at].capabilities.iter().map(|m| Key::Capability(m.capability)))
        .chain(corpus.nearby[at].iter().map(|near| Key::Nearby(near.capability)));
    let tokens = keys
        .enumerate()
        .map(|(position, key)| TantivyToken {
            offset_from: 0,
            offset_to: 0,
            position,
            text: key.text(),
            position_length: 1,
        })
        .collect();
    PreTokenizedString { text: String::new(), tokens }
}
