"""The library's tables and the steps that brought them here.

`MIGRATIONS[n]` takes a database from `user_version` n to n + 1. Released steps are never edited.
"""

from __future__ import annotations

_VERSION_1 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- `library` names this library for good; `changes` grows with every change.
INSERT INTO meta VALUES ('library', lower(hex(randomblob(16)))), ('changes', '0');

CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,              -- of the original bytes
    text_sha256 TEXT NOT NULL,         -- of `text` in UTF-8
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    title_inferred INTEGER NOT NULL,
    date TEXT,                         -- ISO 8601 day, NULL if the article gives none
    source TEXT,
    language TEXT NOT NULL CHECK (language IN ('en', 'hi')),
    words INTEGER NOT NULL,
    text TEXT NOT NULL,
    story INTEGER,                     -- lowest id among the articles of its story, NULL if it is alone
    sort_date TEXT,                    -- newest date of the story, so that its articles stay together
    understood INTEGER NOT NULL DEFAULT 0,
    indexed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX articles_by_sha ON articles (sha256);
CREATE INDEX articles_by_text ON articles (text_sha256);
CREATE INDEX articles_by_path ON articles (path);
CREATE INDEX articles_by_story ON articles (story) WHERE story IS NOT NULL;
CREATE INDEX articles_in_order ON articles (sort_date DESC, story, language, id);
CREATE INDEX articles_not_understood ON articles (id) WHERE understood = 0;
CREATE INDEX articles_not_indexed ON articles (id) WHERE indexed = 0;

CREATE TABLE sentences (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;

CREATE TABLE entities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    key TEXT UNIQUE,                   -- the gazetteer's, NULL if it does not know the thing
    en TEXT,
    hi TEXT
);
CREATE INDEX entities_by_en ON entities (en COLLATE NOCASE);
CREATE INDEX entities_by_hi ON entities (hi);

CREATE TABLE mentions (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    type TEXT NOT NULL,
    entity INTEGER NOT NULL REFERENCES entities,
    form TEXT NOT NULL,
    PRIMARY KEY (article, start, end)
) WITHOUT ROWID;
CREATE INDEX mentions_by_entity ON mentions (entity, article);

CREATE TABLE forms (                   -- how often an article names an entity by this form
    entity INTEGER NOT NULL REFERENCES entities ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    form TEXT NOT NULL,
    language TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (entity, article, form)
) WITHOUT ROWID;
CREATE INDEX forms_by_article ON forms (article);
CREATE INDEX forms_by_form ON forms (form COLLATE NOCASE);

CREATE TABLE corrections (             -- facts a reader stated; they outrank what the program finds
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    facts TEXT NOT NULL,               -- JSON
    made_at TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE jobs (                    -- what failed and waits for another try
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    attempts INTEGER NOT NULL DEFAULT 0,
    message TEXT NOT NULL DEFAULT '',
    UNIQUE (kind, article)
);

CREATE TABLE article_links (           -- judged pairs of one English and one Hindi article
    en INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    hi INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    relation TEXT NOT NULL,
    probability REAL NOT NULL,
    reasons TEXT NOT NULL,             -- JSON
    comparison TEXT,                   -- JSON of the passage links, NULL until someone asks
    PRIMARY KEY (en, hi)
) WITHOUT ROWID;
CREATE INDEX article_links_by_hi ON article_links (hi);

CREATE TABLE pairing_entries (         -- what finding partners needs to know of an article
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    data BLOB NOT NULL
);

CREATE TABLE story_facts (             -- pairs of articles a reader joined or separated
    one INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    together INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;

CREATE TABLE passage_facts (           -- sentences a reader linked or unlinked, by the digests of their texts
    en_text TEXT NOT NULL,
    hi_text TEXT NOT NULL,
    en_sentence INTEGER NOT NULL,
    hi_sentence INTEGER NOT NULL,
    linked INTEGER NOT NULL,
    PRIMARY KEY (en_text, hi_text, en_sentence, hi_sentence)
) WITHOUT ROWID;

CREATE TABLE vectors (                 -- what the encoder made of a text, kept so that nothing is encoded twice
    text_sha256 TEXT NOT NULL,
    encoder TEXT NOT NULL,
    rows INTEGER NOT NULL,
    data BLOB NOT NULL,                -- rows x width float16, little endian
    PRIMARY KEY (text_sha256, encoder)
) WITHOUT ROWID;
"""

MIGRATIONS: tuple[str, ...] = (_VERSION_1,)
