"""What two reports say differently, as lines of the contrast view. No Qt.

The label of a line is for readers of either language: it names both sides in English letters and digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop_app.domain import Language, PassageLink, Span
from desktop_app.language.gloss import gloss, latin_name
from desktop_app.language.numbers import find_numbers_and_dates
from desktop_app.ui.contrast_lines import Cell, ContrastLine, NamedThings, Section, hints, readable_name
from desktop_app.ui.fact_words import date_words, number_words
from desktop_app.ui.passages import PassageMap

_EXCERPT, _LEAD = 170, 60
"""Characters of a sentence that are shown around what it is about, and how many of them before it."""


class Finding(Protocol):
    """Something said differently in one linked passage; the spans are in the articles' texts."""

    @property
    def kind(self) -> str: ...
    @property
    def en(self) -> Span: ...
    @property
    def hi(self) -> Span: ...
    @property
    def link(self) -> PassageLink: ...


class Quotation(Protocol):
    """Words in quotation marks: where they stand, and who says them, by name and perhaps by entity."""

    @property
    def sentence(self) -> int: ...
    @property
    def span(self) -> Span: ...
    @property
    def speaker(self) -> str: ...
    @property
    def entity(self) -> int | None: ...


class QuotedWords(Protocol):
    """A quotation on either side, or what one side alone quotes; `link` is the passage, if it is linked."""

    @property
    def en(self) -> Quotation | None: ...
    @property
    def hi(self) -> Quotation | None: ...
    @property
    def link(self) -> PassageLink | None: ...


class Findings(Protocol):
    """All that two reports say differently."""

    @property
    def differences(self) -> Sequence[Finding]: ...
    @property
    def word_choices(self) -> Sequence[Finding]: ...
    @property
    def quoted(self) -> Sequence[QuotedWords]: ...


def finding_lines(found: Findings, passages: PassageMap, named: NamedThings) -> list[ContrastLine]:
    """Differences, word choices and quotations, each in the order given."""
    lines = [_difference(finding, Section.DIFFERS, passages, named) for finding in found.differences]
    lines += [_difference(finding, Section.WORDS, passages, named) for finding in found.word_choices]
    lines += [_quoted(quoted, passages, named) for quoted in found.quoted]
    return [line for line in lines if line is not None]


def _difference(finding: Finding, section: Section, passages: PassageMap, named: NamedThings) -> ContrastLine | None:
    passage = passages.link(finding.link)
    if passage is None:
        return None
    spans = {Language.ENGLISH: finding.en, Language.HINDI: finding.hi}
    texts = {side: passages.article(side).text[span.start : span.end] for side, span in spans.items()}
    in_english = {side: _in_english(spans[side], side, texts[side], named) for side in Language}
    what = " / ".join(in_english[side] or texts[side] for side in Language)
    label = what if section is Section.WORDS else f"{finding.kind.capitalize()}: {what}"
    en, hi = (Cell(_excerpt(passages, side, spans[side]), strong=texts[side]) for side in Language)
    return ContrastLine(section, en, hi, passage, label)


def _quoted(quoted: QuotedWords, passages: PassageMap, named: NamedThings) -> ContrastLine | None:
    sides = {Language.ENGLISH: quoted.en, Language.HINDI: quoted.hi}
    passage = None if quoted.link is None else passages.link(quoted.link)
    cells: dict[Language, Cell] = {}
    for side, quotation in sides.items():
        if quotation is None:
            continue
        words = _words(passages, side, quotation)
        cells[side] = Cell(f"“{words}”", strong=_speaker(quotation, sides[side.other], side, named))
        if sides[side.other] is None:
            told = " · ".join(hints(words, quotation.span.start, side, named))
            cells[side.other] = Cell(told, hint=True, strong=_speaker(None, quotation, side.other, named))
        if passage is None:
            passage = passages.sentence(side, quotation.sentence)
    if passage is None:
        return None
    silent = next((side for side, quotation in sides.items() if quotation is None), None)
    label = "" if silent is None else f"Quoted only in {_NAMES[silent.other]}"
    return ContrastLine(Section.QUOTED, cells[Language.ENGLISH], cells[Language.HINDI], passage, label)


def _words(passages: PassageMap, side: Language, quotation: Quotation) -> str:
    return passages.article(side).text[quotation.span.start : quotation.span.end]


def _speaker(own: Quotation | None, other: Quotation | None, reader: Language, named: NamedThings) -> str:
    """Who speaks, as *reader*'s language names them: by *own*, the quotation on that side, or else by the *other*."""
    for quotation in (own, other):
        entity = None if quotation is None or quotation.entity is None else named.entities.get(quotation.entity)
        if entity is not None:
            return readable_name(entity, reader)
    if own is not None and own.speaker:
        return own.speaker
    if other is None or other.speaker.lower() in _PRONOUNS:
        return ""
    return latin_name(other.speaker) if reader is Language.ENGLISH else other.speaker


def _in_english(span: Span, side: Language, text: str, named: NamedThings) -> str:
    """The place, number, date or word at *span* for a reader of English; "" if nothing is known of it."""
    for mention in named.mentions.get(side, ()):
        if (mention.start, mention.end) == (span.start, span.end) and mention.entity in named.entities:
            return readable_name(named.entities[mention.entity], Language.ENGLISH)
    if side is Language.ENGLISH:
        return text
    numbers, dates = find_numbers_and_dates(text)
    if dates:
        return date_words(dates[0], Language.ENGLISH)
    if numbers:
        return number_words(numbers[0], Language.ENGLISH)
    return " ".join(word.word for word in gloss(text))


def _excerpt(passages: PassageMap, side: Language, span: Span) -> str:
    """The sentence around *span*, cut where it is long."""
    article = passages.article(side)
    start, end = span.start, span.end
    for index in passages.sentences_in(side, span):
        sentence = article.sentences[index]
        start, end = min(start, sentence.start), max(end, sentence.end)
    if end - start <= _EXCERPT:
        return article.text[start:end]
    first = start if span.start - start <= _LEAD else article.text.find(" ", span.start - _LEAD, span.start) + 1
    first = first if start <= first <= span.start else span.start
    return ("" if first == start else "…") + article.text[first:end]


_PRONOUNS = frozenset(("he", "she", "they", "उन्होंने", "इन्होंने", "जिन्होंने"))
_NAMES = {Language.ENGLISH: "English", Language.HINDI: "Hindi"}
