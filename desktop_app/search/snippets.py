"""What a hit shows: the places in the text that matched, and the passage around the best of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.domain import Span
from desktop_app.language.folding import WORD
from desktop_app.language.graphemes import snap
from desktop_app.search.analysis import forms_of
from desktop_app.search.expansion import Concept, Pattern
from desktop_app.search.planning import Plan, PlanAll, PlanAny

_SENTENCE_END = re.compile(r"[.!?।॥]['\"”’)\]]*\s+|\n+")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of an article without line ends, with the hits in it."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the text that matched; `concept` numbers the words and phrases of the query."""

    span: Span
    concept: int
    weight: float


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word of a text means to a matcher: the concepts it is, and the terms it is to phrases."""

    concepts: tuple[tuple[int, float], ...]
    terms: tuple[str, ...]


class Matcher:
    """Finds in a text what a query looked for. Built from the query's plan, so it finds what the index found."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._single: dict[str, dict[int, float]] = {}
        self._phrases: list[tuple[int, Pattern]] = []
        for number, concept in enumerate(concepts):
            for pattern in concept.patterns:
                if pattern.names:
                    continue
                if len(pattern.slots) > 1:
                    self._phrases.append((number, pattern))
                    continue
                for form in pattern.slots[0]:
                    known = self._single.setdefault(form, {})
                    known[number] = max(known.get(number, 0.0), pattern.weight)
        self._in_phrases = {form for _, pattern in self._phrases for slot in pattern.slots for form in slot}
        self._words: dict[str, _Word | None] = {}
        self._last: tuple[str, tuple[Hit, ...]] = ("", ())

    @classmethod
    def of(cls, plan: Plan | None) -> Matcher:
        """The matcher of a plan; what is excluded or only filters is not looked for."""
        return cls(wanted_concepts(plan))

    def hits(self, text: str) -> tuple[Hit, ...]:
        """All hits in reading order; where several overlap, the first and longest only."""
        asked, hits = self._last
        if asked is not text:
            hits = self._find(text)
            self._last = text, hits
        return hits

    def _find(self, text: str) -> tuple[Hit, ...]:
        wanted = {token: self._word(token) for token in set(WORD.findall(text))}
        if not any(wanted.values()):
            return ()
        found: list[Hit] = []
        spans: list[tuple[int, int]] = []
        places: dict[str, list[int]] = {}
        for match in WORD.finditer(text):
            spans.append(match.span())
            word = wanted[match.group()]
            if word is None:
                continue
            if word.concepts:
                span = snap(text, *match.span())
                found.extend(Hit(span, concept, weight) for concept, weight in word.concepts)
            for term in word.terms:
                places.setdefault(term, []).append(len(spans) - 1)
        for concept, pattern in self._phrases:
            for first in _phrase_starts(pattern, places):
                last = first + len(pattern.slots) - 1
                found.append(Hit(snap(text, spans[first][0], spans[last][1]), concept, pattern.weight))
        return _longest(found)

    def _word(self, token: str) -> _Word | None:
        """What *token* means, None if nothing; the same words come again in every article."""
        if token not in self._words:
            forms = forms_of(token)
            concepts = tuple(pair for form in forms for pair in self._single.get(form, {}).items())
            terms = tuple(form for form in forms if form in self._in_phrases)
            self._words[token] = _Word(concepts, terms) if concepts or terms else None
        return self._words[token]


def wanted_concepts(plan: Plan | None) -> list[Concept]:
    """The words and phrases that a plan looks for, in order."""
    match plan:
        case Concept():
            return [plan]
        case PlanAll(nodes, _) | PlanAny(nodes):
            return [concept for node in nodes for concept in wanted_concepts(node)]
    return []


def find_spans(text: str, matcher: Matcher) -> tuple[Span, ...]:
    """Where *text* matches, in reading order, without overlaps, at grapheme borders."""
    return tuple(hit.span for hit in matcher.hits(text))


def matched_forms(text: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """The distinct surface forms at *spans*, in reading order."""
    return tuple(dict.fromkeys(_SPACE.sub(" ", text[span.start : span.end]) for span in spans))


def make_snippet(text: str, matcher: Matcher, max_chars: int = 220) -> Snippet:
    """The passage of at most *max_chars* code points that shows the most of the query, or the text's beginning.

    It begins and ends at a sentence where there is room, else at a word, with an ellipsis where text is left out.
    """
    hits = matcher.hits(text)
    start, end = _window(text, _best_hits(hits, max_chars), max_chars)
    return _cut(text, start, end, [hit.span for hit in hits])


def passage_snippet(passage: str, matcher: Matcher, max_chars: int = 220) -> Snippet:
    """A chosen *passage* as a snippet, cut at a word if it is long."""
    hits = [hit.span for hit in matcher.hits(passage)]
    start = len(passage) - len(passage.lstrip())
    end = len(passage) if len(passage) <= max_chars else _end(passage, start, start, max_chars - 2)
    return _cut(passage, start, end, hits)


def _phrase_starts(pattern: Pattern, places: dict[str, list[int]]) -> list[int]:
    starts: set[int] | None = None
    for offset, slot in enumerate(pattern.slots):
        here = {place - offset for form in slot for place in places.get(form, ())}
        starts = here if starts is None else starts & here
        if not starts:
            return []
    return sorted(starts or ())


def _longest(hits: list[Hit]) -> tuple[Hit, ...]:
    """Hits in order; of overlapping ones the first, and the longer one of those that begin together."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.span.start, -hit.span.end, -hit.weight)):
        if not kept or hit.span.start >= kept[-1].span.end:
            kept.append(hit)
    return tuple(kept)


def _best_hits(hits: Sequence[Hit], max_chars: int) -> Sequence[Hit]:
    """The neighbouring hits that fit in a snippet and show the most: each concept once, surer forms first."""
    best: Sequence[Hit] = ()
    best_value = (0.0, 0)
    starts = [hit.span.start for hit in hits]
    room = max_chars * 3 // 4
    for first, hit in enumerate(hits):
        run = hits[first : max(first + 1, bisect_left(starts, hit.span.start + room))]
        run = [other for other in run if other is hit or other.span.end <= hit.span.start + room]
        weights: dict[int, float] = {}
        for other in run:
            weights[other.concept] = max(weights.get(other.concept, 0.0), other.weight)
        value = (sum(weights.values()), min(len(run), 5))
        if value > best_value:
            best, best_value = run, value
    return best


def _window(text: str, hits: Sequence[Hit], max_chars: int) -> tuple[int, int]:
    """Where the snippet begins and ends in the text, two code points being kept for the ellipses."""
    room = max(max_chars - 2, 1)
    if len(text.strip()) <= max_chars:
        return 0, len(text)
    if not hits:
        start = len(text) - len(text.lstrip())
        return start, _end(text, start, start, room)
    first, last = hits[0].span.start, min(hits[-1].span.end, hits[0].span.start + room)
    start = _start(text, first, max(0, last - room, first - room // 3), max(0, last - room))
    return start, _end(text, start, last, room)


def _start(text: str, first: int, wished: int, least: int) -> int:
    """A sentence that begins shortly before the first hit, or else a word, but not before *least*."""
    floor = max(least, first - 120)
    sentences = [end.end() for end in _SENTENCE_END.finditer(text, floor, first)]
    if floor == 0:
        sentences.insert(0, 0)
    if sentences:
        return sentences[-1]
    if wished == 0:
        return 0
    space = _SPACE.search(text, wished - 1, first)
    return space.end() if space else snap(text, first, first).start


def _end(text: str, start: int, last: int, room: int) -> int:
    """The end of the last sentence that fits if it fills half the room, or else of the last word."""
    limit = start + room
    if limit >= len(text):
        return len(text)
    ends = [end.start() + 1 for end in _SENTENCE_END.finditer(text, max(last, start + room // 2), limit)]
    if ends:
        return ends[-1]
    spaces = [space.start() for space in _SPACE.finditer(text, max(last, start + 1), limit + 1)]
    if spaces:
        return spaces[-1]
    return max(last, snap(text, limit, limit).start)


def _cut(text: str, start: int, end: int, spans: list[Span]) -> Snippet:
    """The passage with its white space made single spaces, and the spans moved accordingly."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    pieces = ["…"] if text[:start].strip() else []
    kept: list[int] = []  # places in the text of the snippet's code points
    gap = False
    for place in range(start, end):
        if text[place].isspace():
            gap = True
            continue
        if gap:
            pieces.append(" ")
            kept.append(place - 1)
            gap = False
        pieces.append(text[place])
        kept.append(place)
    lead = len(pieces) - len(kept)
    if text[end:].strip():
        pieces.append("…")
    inside = (span for span in spans if start <= span.start and span.end <= end)
    moved = tuple(
        Span(lead + bisect_left(kept, span.start), lead + bisect_right(kept, span.end - 1)) for span in inside
    )
    return Snippet("".join(pieces), moved)
