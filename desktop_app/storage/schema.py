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

_VERSION_2 = """
ALTER TABLE articles ADD COLUMN address TEXT;       -- the page it came from, NULL if it does not say
ALTER TABLE articles ADD COLUMN added_at TEXT;      -- ISO 8601 UTC
ALTER TABLE articles ADD COLUMN import INTEGER;     -- the import it came with
ALTER TABLE articles ADD COLUMN date_stated INTEGER NOT NULL DEFAULT 0;  -- the reader stated the date
ALTER TABLE articles ADD COLUMN date_found TEXT;    -- then: the date the article itself gives
CREATE INDEX articles_by_address ON articles (address) WHERE address IS NOT NULL;
CREATE INDEX articles_by_import ON articles (import) WHERE import IS NOT NULL;

CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at TEXT NOT NULL,          -- ISO 8601 UTC
    description TEXT NOT NULL
);

CREATE TABLE bin (                     -- removed articles, kept for a while
    article INTEGER PRIMARY KEY,       -- the id it had and gets back
    binned_at TEXT NOT NULL,           -- ISO 8601 UTC
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    date TEXT,
    source TEXT,
    sha256 TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    due_at TEXT,                       -- when its time was first seen to be over; deleted a day after that
    data TEXT NOT NULL                 -- JSON of all that belongs to it, by table
);
CREATE INDEX bin_by_sha ON bin (sha256);
CREATE INDEX bin_by_text ON bin (text_sha256);

CREATE TABLE versions (                -- earlier texts of an article, and nearly identical copies of it
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kept_at TEXT NOT NULL,             -- ISO 8601 UTC
    reason TEXT NOT NULL CHECK (reason IN ('updated', 'copy')),
    import INTEGER,                    -- which replaced this text, or brought this copy
    path TEXT NOT NULL,
    address TEXT,
    sha256 TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    title_inferred INTEGER NOT NULL,
    date TEXT,
    source TEXT,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    sentences TEXT NOT NULL,           -- JSON: [start, end, kind] of each
    PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE INDEX versions_by_import ON versions (import) WHERE import IS NOT NULL;
CREATE INDEX versions_by_sha ON versions (sha256);
CREATE INDEX versions_by_text ON versions (text_sha256);

CREATE TABLE signatures (              -- bands of the texts' MinHash signatures, for finding near copies
    band INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (band, article)
) WITHOUT ROWID;
CREATE INDEX signatures_by_article ON signatures (article);

CREATE TABLE refused_files (           -- files that ended the process which read them
    sha256 TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    refused_at TEXT NOT NULL,          -- ISO 8601 UTC
    program TEXT NOT NULL,             -- the version of Setu: another one may try again
    message TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    every_minutes INTEGER NOT NULL DEFAULT 0,
    etag TEXT,
    modified TEXT,                     -- the server's Last-Modified, as it sent it
    checked_at TEXT,                   -- ISO 8601 UTC
    wait_minutes INTEGER NOT NULL DEFAULT 0,  -- how long after that the server wants to be left alone
    problem TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,      -- in a row
    paused INTEGER NOT NULL DEFAULT 0  -- the server said that the feed is gone
);

CREATE TABLE feed_items (              -- what a feed has already brought
    feed INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    item TEXT NOT NULL,
    digest TEXT NOT NULL,              -- SHA-256 of what the feed said
    article INTEGER,                   -- NULL if it became none
    failures INTEGER NOT NULL DEFAULT 0,  -- 0: dealt with
    seen_at TEXT NOT NULL,             -- ISO 8601 UTC
    PRIMARY KEY (feed, item)
) WITHOUT ROWID;
CREATE INDEX feed_items_by_article ON feed_items (article) WHERE article IS NOT NULL;

CREATE TABLE watched_folders (
    path TEXT PRIMARY KEY,
    problem TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE watched_files (           -- files of watched folders as they were when they were read
    folder TEXT NOT NULL REFERENCES watched_folders ON DELETE CASCADE,
    path BLOB NOT NULL,                -- the file system's own bytes
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    PRIMARY KEY (folder, path)
) WITHOUT ROWID;

CREATE TABLE saved_searches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL
);

CREATE TABLE search_history (
    query TEXT PRIMARY KEY,
    asked_at TEXT NOT NULL,            -- ISO 8601 UTC
    times INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

CREATE TABLE seals (                   -- SHA-256 over all that was imported of an article
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    digest BLOB NOT NULL
);
CREATE TABLE unsealed (article INTEGER PRIMARY KEY);  -- to be sealed before the transaction ends
INSERT INTO unsealed SELECT id FROM articles;
CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
    INSERT OR IGNORE INTO unsealed VALUES (NEW.id);
END;
CREATE TRIGGER articles_changed
AFTER UPDATE OF sha256, text_sha256, path, title, title_inferred, date, source, language, words, text, address
ON articles BEGIN
    INSERT OR IGNORE INTO unsealed VALUES (NEW.id);
END;
CREATE TRIGGER sentences_removed AFTER DELETE ON sentences BEGIN
    INSERT OR IGNORE INTO unsealed VALUES (OLD.article);
END;
"""

MIGRATIONS: tuple[str, ...] = (_VERSION_1, _VERSION_2)
