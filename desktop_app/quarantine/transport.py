"""Extracted articles as JSON, for the way between the process that reads files and the one that stores them.

The reading side is not trusted: what arrives is checked as closely as a file would be.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from desktop_app.domain import ExtractedArticle, Language, LegacyText, Sentence, SentenceKind
from desktop_app.records import ExtractedDocument, FeedLink

_KINDS = {kind.value: kind for kind in SentenceKind}
_HEX = frozenset("0123456789abcdef")


def document_to_json(document: ExtractedDocument, path: str) -> dict[str, object]:
    """The document of the file at *path*, whose name the other side knows."""
    article, legacy, feed = document.article, document.legacy, document.feed
    return {
        "member": document.path[len(path) :] if document.path.startswith(path) else f"/{document.path}",
        "sha256": document.sha256,
        "message": document.message,
        "skipped": document.skipped,
        "legacy": None if legacy is None else [legacy.font, legacy.before, legacy.after],
        "article": None if article is None else _article_to_json(article),
        "feed": None if feed is None else [feed.title, feed.address],
    }


def document_from_json(facts: dict[str, Any], path: str) -> ExtractedDocument:
    """The document in *facts*; ValueError, KeyError or TypeError if it is none."""
    sha256 = _text(facts["sha256"])
    if sha256 and (len(sha256) != 64 or not _HEX.issuperset(sha256)):
        raise ValueError("not a digest")
    legacy, feed = facts["legacy"], facts["feed"]
    article = facts["article"]
    return ExtractedDocument(
        path=path + _text(facts["member"]),
        sha256=sha256,
        article=None if article is None else _article_from_json(article),
        message=_text(facts["message"]),
        skipped=bool(facts["skipped"]),
        legacy=None if legacy is None else LegacyText(*(_text(part) for part in legacy)),
        feed=None if feed is None else FeedLink(*(_text(part) for part in feed)),
    )


def _article_to_json(article: ExtractedArticle) -> dict[str, object]:
    return {
        "text": article.text,
        "title": article.title,
        "title_inferred": article.title_inferred,
        "date": None if article.date is None else article.date.isoformat(),
        "source": article.source,
        "language": article.language.value,
        "sentences": [[s.start, s.end, s.kind.value] for s in article.sentences],
        "address": article.address,
    }


def _article_from_json(facts: dict[str, Any]) -> ExtractedArticle:
    text = _text(facts["text"])
    sentences = []
    for start, end, kind in facts["sentences"]:
        if not (type(start) is type(end) is int and 0 <= start <= end <= len(text)):
            raise ValueError("a sentence outside its text")
        sentences.append(Sentence(start, end, _KINDS[kind]))
    return ExtractedArticle(
        text=text,
        title=_text(facts["title"]),
        title_inferred=bool(facts["title_inferred"]),
        date=None if facts["date"] is None else dt.date.fromisoformat(facts["date"]),
        source=None if facts["source"] is None else _text(facts["source"]),
        language=Language(facts["language"]),
        sentences=tuple(sentences),
        address=None if facts["address"] is None else _text(facts["address"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    if not value.isascii():
        # Raises UnicodeEncodeError for half a surrogate pair, which no database takes.
        value.encode()
    return value
