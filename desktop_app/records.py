"""What a library keeps beside its articles, as frozen values: the bin, versions, imports, feeds, watched folders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain import ExtractedArticle, Language
from desktop_app.domain import LegacyText as LegacyText

BIN_DAYS = 30
"""How long the bin keeps a removed article."""


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    """One article found in a file, or why there is none.

    `path` is the file's own, or for a member of an archive, mailbox or feed file that path, "/" and the member's
    name. `sha256` is of the member's bytes. Without `article`, `message` says why; `skipped` means that nobody
    would expect an article there (a picture in an archive). An entry of a list of feeds has a `feed` instead.
    """

    path: str
    sha256: str = ""
    article: ExtractedArticle | None = None
    message: str = ""
    skipped: bool = False
    legacy: LegacyText | None = None
    feed: FeedLink | None = None


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One feed of a list of feeds."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Source:
    """Something to import: the file at `path`, or `data` that came from elsewhere under that name.

    `address` is the page that `data` was fetched from; `date` and `publisher` are what its feed says of it, for where
    it does not say so itself. Without `follow` the file itself must not be a link.
    """

    path: str
    data: bytes | None = None
    address: str | None = None
    follow: bool = True
    date: dt.date | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What to import, and as which import.

    `started_at` and `description` name it: an order that goes on after a crash carries those of the first, and in
    `done` the paths already reported. Without `restore_binned` what lies in the bin stays there. `as_they_are` keeps
    every text as it came: none takes the place of another, or counts as its copy.
    """

    started_at: str
    paths: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    description: str = ""
    convert_legacy: bool = False
    restore_binned: bool = True
    as_they_are: bool = False
    done: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BinnedArticle:
    """An article in the bin; `article` is the id it had and gets back."""

    article: int
    title: str
    language: Language
    date: dt.date | None
    source: str | None
    binned_at: dt.datetime
    days_left: int


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import: when it began (UTC), what was imported, and how many of its articles are still there."""

    id: int
    started_at: dt.datetime
    description: str
    articles: int


class VersionReason(StrEnum):
    """Why a text is kept as a version of an article: a newer one took its place, or it is nearly the same."""

    UPDATED = "updated"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Version:
    """Another text of an article, with where and when (UTC) it came from."""

    article: int
    number: int
    kept_at: dt.datetime
    reason: VersionReason
    path: str
    address: str | None
    title: str
    date: dt.date | None
    source: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscription. `every_minutes` 0 means: only when asked. `problem` is the last failure, as a sentence.

    `failures` counts those in a row; a `paused` feed is gone for good and is fetched only when asked.
    """

    id: int
    address: str
    title: str
    every_minutes: int = 0
    checked_at: dt.datetime | None = None
    problem: str = ""
    failures: int = 0
    articles: int = 0
    paused: bool = False


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder whose new files are imported; `problem` says why it cannot be read now."""

    path: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query a reader keeps under a name."""

    id: int
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the status bar about something that mended itself, or that a reader should know."""

    message: str
