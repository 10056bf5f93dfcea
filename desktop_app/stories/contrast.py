"""What two reports of one event say differently: facts in linked passages, quotations, choice of words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from desktop_app.domain import Comparison, EntityType, Mention, PassageLink, Span
from desktop_app.language.folding import WORD, fold
from desktop_app.language.lexicon import shipped_lexicon
from desktop_app.language.numbers import (
    LABEL_UNIT,
    DateMention,
    Quantity,
    find_numbers_and_dates,
)
from desktop_app.language.terms import find_terms
from desktop_app.language.transliteration import name_similarity
from desktop_app.resources import resource_text
from desktop_app.stories.features import ArticleText
from desktop_app.stories.quotations import Quotation, quotations

WORD_CHOICES_FILE = "lexicon/word_choices.tsv"

_MONEY = frozenset(("inr", "usd", "eur", "gbp"))
_MOST_APART = 1.5
_TELLING_NUMBER = 10.0
_NOUN_REACH = 3
_SAME_SPEAKER = 0.6


class FindingKind(StrEnum):
    """What differs."""

    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PLACE = "place"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something said differently in one linked passage. Spans are in the articles' texts."""

    kind: FindingKind
    en: Span
    hi: Span
    en_text: str
    hi_text: str
    link: PassageLink


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """A quotation, and what stands for it on the other side: a quotation too, reported speech, or nothing.

    Where only one side quotes, `link` is the passage its words stand in, if that is linked at all.
    """

    en: Quotation | None
    hi: Quotation | None
    link: PassageLink | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """All that two reports say differently, in reading order of the English side."""

    differences: tuple[Finding, ...]
    word_choices: tuple[Finding, ...]
    quoted: tuple[QuotedWords, ...]


def contrast(
    en: ArticleText,
    hi: ArticleText,
    comparison: Comparison,
    mentions_en: Sequence[Mention] = (),
    mentions_hi: Sequence[Mention] = (),
) -> Contrast:
    """Put the two sides of each linked passage against each other.

    *mentions_en* and *mentions_hi* must name the same thing by the same entity id.
    """
    differences: list[Finding] = []
    choices: list[Finding] = []
    for link in comparison.links:
        left, right = _facts(en, link.en), _facts(hi, link.hi)
        differences += _different_numbers(en, hi, left, right, link)
        differences += _different_dates(en, hi, left, right, link)
        differences += _different_places(en, hi, mentions_en, mentions_hi, link)
        choices += _word_choices(en, hi, link)
    quoted = _quoted(quotations(en, mentions_en), quotations(hi, mentions_hi), comparison)
    return Contrast(_unique(differences), _unique(choices), quoted)


def _unique(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Each pair of words once, in reading order: a sentence may be in several links."""
    first: dict[tuple[FindingKind, Span, Span], Finding] = {}
    for finding in sorted(findings, key=lambda item: (item.en.start, item.hi.start)):
        first.setdefault((finding.kind, finding.en, finding.hi), finding)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class _Facts:
    """Numbers and dates of some sentences, with spans in the article's text."""

    numbers: tuple[tuple[Quantity, Span], ...]
    dates: tuple[tuple[DateMention, Span], ...]


def _facts(article: ArticleText, sentences: Sequence[int]) -> _Facts:
    numbers: list[tuple[Quantity, Span]] = []
    dates: list[tuple[DateMention, Span]] = []
    for index in sentences:
        start = article.sentences[index].start
        found = find_numbers_and_dates(article.text[start : article.sentences[index].end])
        numbers += [(q, Span(start + q.start, start + q.end)) for q in found[0] if q.unit != LABEL_UNIT]
        dates += [(d, Span(start + d.start, start + d.end)) for d in found[1]]
    return _Facts(tuple(numbers), tuple(dates))


def _finding(kind: FindingKind, en: ArticleText, hi: ArticleText, a: Span, b: Span, link: PassageLink) -> Finding:
    return Finding(kind, a, b, en.text[a.start : a.end], hi.text[b.start : b.end], link)


def _different_numbers(
    en: ArticleText, hi: ArticleText, left: _Facts, right: _Facts, link: PassageLink
) -> Iterator[Finding]:
    """Numbers without an equal on the other side that count the same thing."""
    values_en = {q.value for q, _ in left.numbers} | {float(d.year) for d, _ in left.dates if d.year}
    values_hi = {q.value for q, _ in right.numbers} | {float(d.year) for d, _ in right.dates if d.year}
    lone_en = [item for item in left.numbers if item[0].value not in values_hi]
    lone_hi = [item for item in right.numbers if item[0].value not in values_en]
    only_pair = len(lone_en) == len(lone_hi) == 1
    used: set[Span] = set()
    for one, a in lone_en:
        for other, b in lone_hi:
            if b in used:
                continue
            if {one.unit, other.unit} <= _MONEY and one.unit != other.unit:
                kind = FindingKind.MONEY
            elif one.unit == other.unit and _near(one, other) and (
                (only_pair and (one.unit or one.value >= _TELLING_NUMBER)) or _same_noun(en.text, a, hi.text, b)
            ):  # fmt: skip
                kind = FindingKind.NUMBER
            else:
                continue
            used.add(b)
            yield _finding(kind, en, hi, a, b, link)
            break


def _near(one: Quantity, other: Quantity) -> bool:
    low, high = sorted((one.value, other.value))
    return low > 0 and high / low <= _MOST_APART


def _same_noun(english: str, a: Span, hindi: str, b: Span) -> bool:
    """Whether the words after the two numbers translate each other."""
    left = {term.stem for term in find_terms(english[a.end : a.end + 40])[:_NOUN_REACH]}
    lexicon = shipped_lexicon()
    right = find_terms(hindi[b.end : b.end + 40])[:_NOUN_REACH]
    return any(translation.stem in left for term in right for translation in lexicon.to_english(term.stem))


def _different_dates(
    en: ArticleText, hi: ArticleText, left: _Facts, right: _Facts, link: PassageLink
) -> Iterator[Finding]:
    """Dates of the same precision that name different days or years."""
    for precision in (_day, _year, _weekday):
        days_en = {precision(d): s for d, s in left.dates if precision(d) is not None}
        days_hi = {precision(d): s for d, s in right.dates if precision(d) is not None}
        lone_en = [s for day, s in days_en.items() if day not in days_hi]
        lone_hi = [s for day, s in days_hi.items() if day not in days_en]
        if len(lone_en) == len(lone_hi) == 1 and not days_en.keys() & days_hi.keys():
            yield _finding(FindingKind.DATE, en, hi, lone_en[0], lone_hi[0], link)
            return


def _day(date: DateMention) -> tuple[int, int] | None:
    return (date.month, date.day) if date.month is not None and date.day is not None else None


def _year(date: DateMention) -> int | None:
    return date.year if date.day is None else None


def _weekday(date: DateMention) -> int | None:
    return date.weekday


def _different_places(
    en: ArticleText, hi: ArticleText, mentions_en: Sequence[Mention], mentions_hi: Sequence[Mention], link: PassageLink
) -> Iterator[Finding]:
    """The one place that each side names and the other does not."""
    places_en = _places(en, mentions_en, link.en)
    places_hi = _places(hi, mentions_hi, link.hi)
    lone_en = [m for entity, m in places_en.items() if entity not in places_hi]
    lone_hi = [m for entity, m in places_hi.items() if entity not in places_en]
    if len(lone_en) == len(lone_hi) == 1:
        a, b = lone_en[0], lone_hi[0]
        yield _finding(FindingKind.PLACE, en, hi, Span(a.start, a.end), Span(b.start, b.end), link)


def _places(article: ArticleText, mentions: Sequence[Mention], sentences: Sequence[int]) -> dict[int, Mention]:
    spans = [article.sentences[index] for index in sentences]
    return {
        m.entity: m
        for m in mentions
        if m.type is EntityType.LOC and any(s.start <= m.start and m.end <= s.end for s in spans)
    }


@dataclass(frozen=True, slots=True)
class _Sense:
    """One way of seeing a thing: "war" rather than "conflict"."""

    thing: str
    sense: str


@cache
def _senses() -> tuple[Mapping[str, _Sense], Mapping[str, _Sense]]:
    """English and Hindi words, folded, and the sense each gives to a thing."""
    tables: tuple[dict[str, _Sense], dict[str, _Sense]] = ({}, {})
    for row in csv.DictReader(io.StringIO(resource_text(WORD_CHOICES_FILE)), delimiter="\t"):
        for table, column in zip(tables, ("english", "hindi"), strict=True):
            for word in row[column].split(","):
                table.setdefault(fold(word), _Sense(row["thing"], row["sense"]))
    return tables


def _word_choices(en: ArticleText, hi: ArticleText, link: PassageLink) -> Iterator[Finding]:
    """Words for one thing that see it differently, where neither side uses the other's word as well."""
    english, hindi = _senses()
    left = _sensed(en, link.en, english)
    right = _sensed(hi, link.hi, hindi)
    shared = {sense for _, sense in left} & {sense for _, sense in right}
    settled = {sense.thing for sense in shared}
    seen: set[tuple[_Sense, _Sense]] = set()
    for a, one in left:
        for b, other in right:
            if one.thing == other.thing and one.thing not in settled and (one, other) not in seen:
                seen.add((one, other))
                yield _finding(FindingKind.WORD, en, hi, a, b, link)


def _sensed(article: ArticleText, sentences: Sequence[int], senses: Mapping[str, _Sense]) -> list[tuple[Span, _Sense]]:
    found: list[tuple[Span, _Sense]] = []
    for index in sentences:
        sentence = article.sentences[index]
        for match in WORD.finditer(article.text, sentence.start, sentence.end):
            sense = senses.get(fold(match.group()))
            if sense is not None:
                found.append((Span(match.start(), match.end()), sense))
    return found


def _quoted(
    english: Sequence[Quotation], hindi: Sequence[Quotation], comparison: Comparison
) -> tuple[QuotedWords, ...]:
    """Quotations of linked sentences side by side, the others alone."""
    pairs: list[QuotedWords] = []
    free = list(hindi)
    for quote in english:
        links = [link for link in comparison.links if quote.sentence in link.en]
        places = ((other, link) for link in links for other in free if other.sentence in link.hi)
        match = next((place for place in places if _may_be_one(quote, place[0])), None)
        if match is not None:
            free.remove(match[0])
            pairs.append(QuotedWords(quote, match[0], match[1]))
        else:
            pairs.append(QuotedWords(quote, None, links[0] if links else None))
    for other in free:
        links = [link for link in comparison.links if other.sentence in link.hi]
        pairs.append(QuotedWords(None, other, links[0] if links else None))
    return tuple(pairs)


def _may_be_one(en: Quotation, hi: Quotation) -> bool:
    """Whether the two speakers may be one person; an unnamed speaker may be anybody."""
    if en.entity is not None and hi.entity is not None:
        return en.entity == hi.entity
    if not en.speaker or not hi.speaker or en.speaker.lower() in ("he", "she", "they"):
        return True
    last_en, last_hi = en.speaker.split()[-1], hi.speaker.split()[-1]
    return last_hi.endswith("उन्होंने") or name_similarity(last_en, last_hi) > _SAME_SPEAKER
