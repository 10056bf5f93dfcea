"""What two reports have in common and what only one of them says, line by line. No Qt.

A line has a cell for the reader of each language. Where only one side says something, the other cell holds a
hint: the names, numbers, dates and topic words of the passage in that reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain import Entity, Language, Mention, MentionForm, Span
from desktop_app.language.gloss import gloss, latin_name
from desktop_app.ui.fact_words import facts_of
from desktop_app.ui.passages import Passage, PassageMap


class Section(StrEnum):
    """The kinds of lines, in the order they are offered."""

    ONLY_ENGLISH = "Only in English"
    ONLY_HINDI = "Only in Hindi"
    DIFFERS = "Differs"
    QUOTED = "Quoted"
    WORDS = "Words"
    BOTH = "In both"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a line says to the reader of one language; a *hint* is not the article's own words.

    `strong` is what the line is about: the number, the word, the speaker.
    """

    text: str
    hint: bool = False
    strong: str = ""


@dataclass(frozen=True, slots=True)
class ContrastLine:
    """One finding, with the passage it stands in. `label` says what kind of finding, where that is not plain."""

    section: Section
    en: Cell
    hi: Cell
    passage: Passage
    label: str = ""

    def cell(self, language: Language) -> Cell:
        return self.en if language is Language.ENGLISH else self.hi


@dataclass(frozen=True, slots=True)
class NamedThings:
    """Who and what the two articles name: the mentions by side, in reading order, and the entities by id."""

    mentions: Mapping[Language, Sequence[Mention]]
    entities: Mapping[int, Entity]


def passage_lines(passages: PassageMap, named: NamedThings) -> list[ContrastLine]:
    """The sentences only one side has, and the passages both have."""
    lines = [
        _one_sided(passages.sentence(side, sentence), passages, named)
        for passage in passages.only_one_side
        for side in Language
        for sentence in passage.sentences[side]
    ]
    for passage in passages.linked_in_order(Language.ENGLISH):
        en, hi = (_text(passages, passage, language) for language in Language)
        lines.append(ContrastLine(Section.BOTH, Cell(en), Cell(hi), passage))
    return lines


def _one_sided(passage: Passage, passages: PassageMap, named: NamedThings) -> ContrastLine:
    language = passage.only
    assert language is not None
    said = Cell(_text(passages, passage, language))
    run = passage.runs[language][0]
    hint = Cell(" · ".join(hints(said.text, run.start, language, named)), hint=True)
    if language is Language.ENGLISH:
        return ContrastLine(Section.ONLY_ENGLISH, said, hint, passage)
    return ContrastLine(Section.ONLY_HINDI, hint, said, passage)


def hints(text: str, start: int, language: Language, named: NamedThings) -> list[str]:
    """What the reader of the other language can tell of *text*, which stands at *start* of its article.

    Names first know what a word means, then numbers and dates, then the lexicon; all in reading order, each once.
    """
    found: dict[int, str] = {}
    taken: list[Span] = []

    def take(place: Span, words: str) -> None:
        if words and all(place.end <= span.start or span.end <= place.start for span in taken):
            taken.append(place)
            found[place.start] = words

    for mention in named.mentions.get(language, ()):
        inside = start <= mention.start and mention.end <= start + len(text)
        if inside and mention.entity in named.entities and mention.form is not MentionForm.PRONOUN:
            name = readable_name(named.entities[mention.entity], language.other)
            take(Span(mention.start - start, mention.end - start), name)
    for place, words in facts_of(text, language.other):
        take(place, words)
    for word in gloss(text):
        take(Span(word.start, word.end), word.word)
    return list(dict.fromkeys(found[place] for place in sorted(found)))


def readable_name(entity: Entity, language: Language) -> str:
    """Hindi readers know Latin letters; to readers of English alone Devanagari says nothing."""
    if language is Language.ENGLISH and entity.en is None and entity.hi is not None:
        return latin_name(entity.hi)
    return entity.name(language)


def _text(passages: PassageMap, passage: Passage, language: Language) -> str:
    return " ".join(passages.text(language, sentence) for sentence in passage.sentences[language])
