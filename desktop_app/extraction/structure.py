"""From lines with kinds to an article: sentences, an inferred title, the pieces put together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain import ExtractedArticle, Language, Sentence, SentenceKind, Span
from desktop_app.language.datelines import dateline_end
from desktop_app.language.graphemes import snap
from desktop_app.language.sentences import split_sentences

_LONGEST_INFERRED_TITLE = 90
_SHORTEST_CLAUSE = 45
_LINE_END = 300
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)")
_OPENING = "\"'“‘«([{,;:–—- "
_SENTENCE_FINAL = re.compile(r"[.।॥|…?!][\"'”’»)\]]*$")
_ENDS_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]\.){2,}$|(?<![\w.])(?:Inc|Ltd|Jr|Sr|Co|रु)\.$")
_AFTER_SENTENCE = re.compile(r"(?:\s+(?:[#@]\w|https?://)\S*+|\s*[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d])++$")
_ADDRESS = r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+"
_ADDRESS_LINE = re.compile(rf"{_ADDRESS}(?:\s+{_ADDRESS})*+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of a text, with the part it plays; the span holds no blanks at its ends."""

    start: int
    end: int
    kind: SentenceKind


def is_address_line(line: str) -> bool:
    """Whether a line consists of web addresses alone."""
    return _ADDRESS_LINE.fullmatch(line) is not None


def ends_like_sentence(line: str) -> bool:
    """Whether a line ends with sentence-final punctuation that is no abbreviation's; hashtags may follow."""
    line = _AFTER_SENTENCE.sub("", line[-_LINE_END:])
    return _SENTENCE_FINAL.search(line[-8:]) is not None and _ENDS_ABBREVIATED.search(line[-12:]) is None


def build_article(
    text: str,
    lines: Sequence[Line],
    *,
    language: Language,
    date: dt.date | None,
    source: str | None,
    address: str | None = None,
) -> ExtractedArticle:
    """Cut body lines into sentences and give an untitled text a title from its first sentence."""
    sentences: list[Sentence] = []
    title: str | None = None
    lead: Sentence | None = None
    for line in lines:
        if line.kind is not SentenceKind.SENTENCE:
            sentences.append(Sentence(line.start, line.end, line.kind))
            if line.kind is SentenceKind.TITLE:
                title = " ".join(text[line.start : line.end].split())
            continue
        spans = split_sentences(text[line.start : line.end], language, line.start, lead=lead is None)
        sentences.extend(Sentence(span.start, span.end) for span in spans)
        if lead is None and spans:
            lead = sentences[-len(spans)]
    if title is not None:
        return ExtractedArticle(text, title, False, date, source, language, tuple(sentences), address)
    first = lead or sentences[0]
    inferred = infer_title(text[first.start : first.end])
    return ExtractedArticle(text, inferred, True, date, source, language, tuple(sentences), address)


def infer_title(sentence: str) -> str:
    """A short form of a report's first sentence: without dateline, cut at a clause or a word, with "…"."""
    sentence = " ".join(sentence.split())
    body = sentence[dateline_end(sentence, lead=True) :].strip() or sentence
    if len(body) <= _LONGEST_INFERRED_TITLE:
        return body.rstrip(".।॥|").rstrip() or body
    cut = body.rfind(" ", 0, _LONGEST_INFERRED_TITLE)
    clauses = [m.start() for m in _CLAUSE_END.finditer(body, _SHORTEST_CLAUSE, _LONGEST_INFERRED_TITLE)]
    if clauses:
        cut = clauses[-1]
    if cut <= 0:
        cut = snap(body, 0, _LONGEST_INFERRED_TITLE).end
    return _without_open_quote(body[:cut].rstrip(_OPENING)) + "…"


def _without_open_quote(title: str) -> str:
    """Drop a quotation mark at the start that the cut has left without its partner."""
    for opening, closing in (('"', '"'), ("“", "”"), ("‘", "’"), ("'", "'")):
        if title.startswith(opening) and closing not in title[1:]:
            return title[1:]
    return title


def trimmed(text: str, start: int, end: int) -> Span:
    """`[start, end)` without the blanks at its ends."""
    inner = text[start:end]
    left = start + len(inner) - len(inner.lstrip())
    return Span(left, max(left, start + len(inner.rstrip())))
