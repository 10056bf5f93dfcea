"""Names of people, places and organisations in a text, by the tuned encoder.

Where its weights are absent, `Recogniser.available()` is False and Setu knows names by rules and gazetteer alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain import EntityType, Language, Sentence, SentenceKind
from desktop_app.entities.recogniser_decoding import TagLattice
from desktop_app.entities.recogniser_model import RecogniserModel, Words, model_available
from desktop_app.language.encoder import EncoderParts
from desktop_app.language.tokens import Token, tokenize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONVENTIONS = {Language.ENGLISH: "ewt", Language.HINDI: "ilner"}
"""Whose conventions names follow: the training corpus nearest to news in each language."""

_WINDOW_PIECES = 180  # sentences are read together up to here, so that each sees its neighbours
_SENTENCE_PIECES = 230  # a longer "sentence" is cut
_NEVER_FIRST = frozenset(".,;:!?।|'\"“”‘’()[]-–—/…")
_NEVER_LAST = _NEVER_FIRST - {".", ")", "!", "?"}  # "Inc.", "CPI(M)", "Yahoo!"


@dataclass(frozen=True, slots=True)
class RecognisedSpan:
    """A name found in `[start, end)` (code points). *score*: the model's probability of just this name, 0 to 1."""

    start: int
    end: int
    type: EntityType
    score: float


@dataclass(frozen=True, slots=True)
class _Run:
    """Sentences read together: their tokens, and the indices among them at which sentences begin."""

    tokens: tuple[Token, ...]
    starts: tuple[int, ...]


class Recogniser:
    """Finds names; loads its model when first asked. The same text always gets the same names."""

    def __init__(self, parts: EncoderParts | None = None) -> None:
        """*parts*: what is shared with a `TextEncoder` of the same process."""
        self._parts = parts or EncoderParts()
        self._model: RecogniserModel | None = None

    @staticmethod
    def available() -> bool:
        """Whether the model and what it needs are installed."""
        return model_available()

    def recognise(self, text: str, sentences: Sequence[Sentence], language: Language) -> list[RecognisedSpan]:
        """The names in *text*, in reading order, none overlapping another; addresses are not looked into."""
        if self._model is None:
            self._model = RecogniserModel(self._parts)
        model = self._model
        found: list[RecognisedSpan] = []
        scores: list[NDArray[np.float32]] = []
        tokens: list[tuple[Token, ...]] = []
        for run in self._runs(model, text, sentences):
            words = Words(tuple(token.text for token in run.tokens), run.starts)
            rows = model.emissions(words, CONVENTIONS[language])
            for start, end in zip(run.starts, (*run.starts[1:], len(run.tokens)), strict=True):
                scores.append(rows[start:end])
                tokens.append(run.tokens[start:end])
        for sentence, names in zip(tokens, TagLattice(model.tag_model).decode(scores), strict=True):
            for name in names:
                trimmed = _trimmed(sentence, name.start, name.end)
                if trimmed is not None:
                    first, last = trimmed
                    found.append(
                        RecognisedSpan(sentence[first].start, sentence[last].end, EntityType(name.type), name.score)
                    )
        return sorted(found, key=lambda span: span.start)

    @staticmethod
    def _runs(model: RecogniserModel, text: str, sentences: Sequence[Sentence]) -> list[_Run]:
        """Join neighbouring sentences into windows; cut what is too long for one."""
        runs: list[_Run] = []
        tokens: list[Token] = []
        starts: list[int] = []
        size = 0
        for sentence in sentences:
            if sentence.kind is SentenceKind.URL:
                continue
            words = tokenize(text, sentence.start, sentence.end)
            sizes = model.sizes([word.text for word in words])
            for part, pieces in _cut(words, sizes):
                if tokens and size + pieces > _WINDOW_PIECES:
                    runs.append(_Run(tuple(tokens), tuple(starts)))
                    tokens, starts, size = [], [], 0
                starts.append(len(tokens))
                tokens += part
                size += pieces
        if tokens:
            runs.append(_Run(tuple(tokens), tuple(starts)))
        return runs


def _cut(words: list[Token], sizes: list[int]) -> list[tuple[list[Token], int]]:
    """A sentence's words in parts of at most _SENTENCE_PIECES word pieces, with the size of each."""
    parts: list[tuple[list[Token], int]] = []
    for word, size in zip(words, sizes, strict=True):
        if not parts or parts[-1][1] + size > _SENTENCE_PIECES:
            parts.append(([], 0))
        part, before = parts[-1]
        part.append(word)
        parts[-1] = (part, before + size)
    return parts


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """First and last token of a name without punctuation, hashtags, handles and addresses at its borders."""
    first, last = start, end - 1
    while first <= last and (tokens[first].text in _NEVER_FIRST or _foreign(tokens[first])):
        first += 1
    while last >= first and (tokens[last].text in _NEVER_LAST or _foreign(tokens[last])):
        last -= 1
    inside = [token.text for token in tokens[first : last + 1]]
    if inside and inside[-1] == ")" and "(" not in inside:
        last -= 1
    has_letters = any(letter.isalpha() for token in tokens[first : last + 1] for letter in token.text)
    return (first, last) if has_letters else None


def _foreign(token: Token) -> bool:
    """A hashtag, handle or address: rules of their own say what those name."""
    return len(token.text) > 1 and (token.text[0] in "@#" or "://" in token.text or token.text.startswith("www."))
