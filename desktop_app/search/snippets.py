"""What a hit shows: the places in the text that matched, and the passage around the best of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.domain import Span
from desktop_app.language.folding import WORD, fold
from desktop_app.language.graphemes import snap
from desktop_app.search.analysis import CAPITALS, forms_of
from desktop_app.search.expansion import Concept, Pattern
from desktop_app.search.planning import Plan, PlanAll, PlanAny

_SENTENCE_END = re.compile(r"[.!?।॥]['\"”’)\]]*\s+|\n+")
_SPACE = re.compile(r"\s")
# The first letter that may be one cluster with what follows it, or, as a jamo, with what stands before.
_FIRST_PREPENDED = "\u0d4e"
_SPACES = re.compile(r"\s\s+")


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
    """What a wanted word of a text means: the concepts it is, and the terms it is to phrases."""

    concepts: tuple[tuple[int, float], ...]
    terms: tuple[str, ...]


class _Initials(dict[str, bool]):
    """Character → whether a word that begins with it may be one of the terms that begin with the given ones."""

    def __init__(self, folded: Iterable[str]) -> None:
        super().__init__()
        self._folded = frozenset(folded)

    def __missing__(self, char: str) -> bool:
        form = fold(char)
        self[char] = may_be = not form or form[0] in self._folded
        return may_be


class Matcher:
    """Finds in a text what a query looked for. Built from the query's plan, so it finds what the index found."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._concepts = tuple(concepts)
        self._single: dict[str, dict[int, float]] = {}
        self._phrases: list[tuple[int, Pattern]] = []
        self._judged: set[str] = set()
        self._wanted: dict[str, _Word] = {}
        self._initials: _Initials | None = None
        self._last: tuple[str, tuple[Hit, ...]] = ("", ())

    def _prepare(self) -> _Initials:
        """Sort what is looked for; only when a text is read, as of many queries only the hits are counted."""
        for number, concept in enumerate(self._concepts):
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
        self._terms = self._single.keys() | self._in_phrases
        return _Initials(term.removeprefix(CAPITALS)[:1] for term in self._terms)

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
        chunks = set(text.split())
        self._judge(chunks - self._judged)
        occurrences = sorted((start, token) for token in self._wanted for start in _starts(text, token))
        if not occurrences:
            return ()
        found: list[Hit] = []
        for start, token in occurrences:
            word = self._wanted[token]
            if word.concepts:
                span = _word_span(text, start, token)
                found.extend(Hit(span, concept, weight) for concept, weight in word.concepts)
        if self._phrases:
            found.extend(self._phrase_hits(text, occurrences))
        return _longest(found)

    def _phrase_hits(self, text: str, occurrences: Sequence[tuple[int, str]]) -> Iterator[Hit]:
        """Hits of phrases, given where the wanted words stand."""
        spans: dict[int, tuple[int, int]] = {}
        places: dict[str, list[int]] = {}
        place, end = 0, 0
        for start, token in occurrences:
            place += 1 if WORD.search(text, end, start) is None else 2  # neighbours have neighbouring places
            end = start + len(token)
            spans[place] = start, end
            for term in self._wanted[token].terms:
                places.setdefault(term, []).append(place)
        for concept, pattern in self._phrases:
            for first in _phrase_starts(pattern, places):
                start, end = spans[first][0], spans[first + len(pattern.slots) - 1][1]
                yield Hit(snap(text, start, end), concept, pattern.weight)

    def _judge(self, chunks: set[str]) -> None:
        """Find the wanted words in *chunks* without white space; the same come again in every article."""
        if self._initials is None:
            self._initials = self._prepare()
        initials = self._initials
        for token in set(WORD.findall(" ".join(chunks))):
            if initials[token[0]] and not self._terms.isdisjoint(forms_of(token)):
                self._wanted[token] = self._word(token)
        self._judged |= chunks

    def _word(self, token: str) -> _Word:
        forms = forms_of(token)
        concepts = tuple(pair for form in forms for pair in self._single.get(form, {}).items())
        return _Word(concepts, tuple(form for form in forms if form in self._in_phrases))


def _starts(text: str, token: str) -> Iterator[int]:
    """Where the whole word *token* stands in *text*."""
    start = text.find(token)
    while start >= 0:
        end = start + len(token)
        if (start == 0 or not _is_in_word(text[start - 1])) and (end == len(text) or not _is_in_word(text[end])):
            yield start
        start = text.find(token, end)


def _word_span(text: str, start: int, token: str) -> Span:
    """The span of the whole word *token*, widened to grapheme clusters; between ASCII it needs no widening."""
    end = start + len(token)
    if (
        (start == 0 or text[start - 1].isascii())
        and token[0].isalnum()
        and max(token) < _FIRST_PREPENDED
        and (end == len(text) or text[end].isascii())
    ):
        return Span(start, end)
    return snap(text, start, end)


@lru_cache(4_096)
def _is_in_word(char: str) -> bool:
    return WORD.match(char) is not None


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
    lead = "…" if text[:start].strip() else ""
    inside = [span for span in spans if start <= span.start and span.end <= end]
    closing = "…" if text[end:].strip() else ""
    shortened: list[int] = []  # ends of longer white space, and how many characters all up to there lose
    lost = [0]
    for space in _SPACES.finditer(text, start, end):
        shortened.append(space.end())
        lost.append(lost[-1] + space.end() - space.start() - 1)

    def moved(place: int) -> int:
        return place - start - lost[bisect_right(shortened, place)] + len(lead)

    passage = _SPACE.sub(" ", _SPACES.sub(" ", text[start:end]))
    return Snippet(lead + passage + closing, tuple(Span(moved(span.start), moved(span.end - 1) + 1) for span in inside))
