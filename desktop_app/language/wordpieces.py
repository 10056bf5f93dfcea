"""Words to the encoder's word pieces: SentencePiece's unigram model, Viterbi search word by word.

No piece of this vocabulary crosses a blank, so this gives the same pieces as cutting a whole text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop_app.language.encoder_weights import Vocabulary

_BLANK = "\u2581"
_CACHED_WORDS = 50_000
_LONGEST_WORD = 200  # code points; what lies beyond (base64, keys) says nothing to the encoder


class WordPieces:
    """The tokenizer of multilingual-e5-small."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        special = {vocabulary.start, vocabulary.end, vocabulary.padding, vocabulary.unknown}
        self._ids = {
            piece: number
            for number, piece in enumerate(vocabulary.pieces)
            if piece and number not in special and not (piece.startswith("<") and piece.endswith(">"))
        }
        self._scores = vocabulary.scores
        self._longest = max(map(len, self._ids))
        self._unknown_score = min(vocabulary.scores) - 10.0
        self._normalisation = vocabulary.normalisation
        self.start, self.end, self.unknown = vocabulary.start, vocabulary.end, vocabulary.unknown
        self.word = lru_cache(_CACHED_WORDS)(self._word)

    def text(self, text: str) -> list[int]:
        """The ids of a text, without the start and end marks."""
        return self.words(text.split())

    def words(self, words: Iterable[str]) -> list[int]:
        return [number for word in words for number in self.word(word)]

    def _word(self, word: str) -> tuple[int, ...]:
        """The ids of one word; never empty."""
        normalise = self._normalisation
        normal = "".join(normalise.get(ord(letter), letter) for letter in word[:_LONGEST_WORD])
        ids = [number for part in normal.split() for number in self._segment(_BLANK + part)]
        return tuple(ids) or (self.unknown,)

    def _segment(self, text: str) -> list[int]:
        length = len(text)
        best = [0.0] + [-1e30] * length
        back: list[tuple[int, int]] = [(0, self.unknown)] * (length + 1)
        for start in range(length):
            here = best[start]
            for end in range(start + 1, min(length, start + self._longest) + 1):
                number = self._ids.get(text[start:end])
                if number is not None and here + self._scores[number] > best[end]:
                    best[end] = here + self._scores[number]
                    back[end] = (start, number)
            if here + self._unknown_score > best[start + 1]:
                best[start + 1] = here + self._unknown_score
                back[start + 1] = (start, self.unknown)
        ids: list[int] = []
        at = length
        while at > 0:
            at, number = back[at]
            ids.append(number)
        return ids[::-1]
