"""One article while it is being annotated: its tokens and what was found in it so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop_app.domain import EntityType, Language, MentionForm, Sentence, SentenceKind
from desktop_app.language.tokens import Token, tokenize


class Document(Protocol):
    """What annotation asks of an article, stored or only extracted."""

    @property
    def text(self) -> str: ...
    @property
    def language(self) -> Language: ...
    @property
    def sentences(self) -> tuple[Sentence, ...]: ...


@dataclass(slots=True, eq=False)
class Find:
    """A span that names something, on its way to a mention.

    `key` is the gazetteer's or a composed key if the name alone says what it names. `office` is set on titles,
    `qualifier` is the key of the place or body that a title or a nominal names beside itself. `rank` decides
    between overlapping finds: higher wins. `node` is what linking took it for.
    """

    start: int
    end: int
    type: EntityType
    form: MentionForm = MentionForm.NAME
    key: str | None = None
    rank: int = 0
    office: str | None = None
    qualifier: str | None = None
    nominal: bool = False
    node: int = -1

    def overlaps(self, other: Find) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: Find) -> bool:
        """Whether *other* lies inside and is shorter."""
        return (
            self.start <= other.start and other.end <= self.end and (self.start, self.end) != (other.start, other.end)
        )


@dataclass(slots=True)
class Page:
    """An article cut into tokens. Web addresses are no tokens here: nothing is ever found inside one."""

    document: Document
    tokens: Sequence[Token]
    finds: list[Find] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    _sentence_starts: list[int] = field(default_factory=list, repr=False)
    _marks: bytearray = field(default_factory=bytearray, repr=False)
    _marked: list[Find] | None = field(default=None, repr=False)
    _marked_count: int = 0

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def language(self) -> Language:
        return self.document.language

    def token_from(self, position: int) -> int:
        """The index of the first token that starts at or after *position*."""
        return bisect_left(self.starts, position)

    def token_until(self, position: int) -> int:
        """The index after the last token that ends at or before *position*."""
        return bisect_right(self.ends, position)

    def word(self, index: int) -> str:
        """The text of token *index*, empty outside the page."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def touching(self, index: int) -> bool:
        """Whether token *index* follows the one before it without a blank."""
        return 0 < index < len(self.tokens) and self.tokens[index - 1].end == self.tokens[index].start

    def near(self, left: int, right: int) -> bool:
        """Whether tokens *left* and *right* stand on one line."""
        return "\n" not in self.text[self.tokens[left].end : self.tokens[right].start]

    def covered(self, start: int, end: int) -> bool:
        """Whether some find overlaps `[start, end)`."""
        if self._marked is not self.finds or self._marked_count != len(self.finds):
            self._marks = bytearray(len(self.text))
            for find in self.finds:
                self._marks[find.start : find.end] = b"\1" * (find.end - find.start)
            self._marked, self._marked_count = self.finds, len(self.finds)
        return self._marks.find(1, start, end) >= 0

    def sentence_start(self, position: int) -> int:
        """Where the sentence (or heading) around *position* starts; 0 outside any."""
        number = bisect_right(self._sentence_starts, position) - 1
        return self._sentence_starts[number] if number >= 0 else 0

    def form_of(self, find: Find) -> str:
        return self.text[find.start : find.end]


def read_page(document: Document) -> Page:
    addresses = [(s.start, s.end) for s in document.sentences if s.kind is SentenceKind.URL]
    tokens = []
    for token in tokenize(document.text):
        if token.text.startswith(("http://", "https://", "www.")):
            continue
        if any(start <= token.start < end for start, end in addresses):
            continue
        if "@" in token.text[:1] and token.start > 0 and document.text[token.start - 1].isalnum():
            continue
        tokens.append(token)
    return Page(
        document,
        tokens,
        starts=[token.start for token in tokens],
        ends=[token.end for token in tokens],
        _sentence_starts=sorted(sentence.start for sentence in document.sentences),
    )
