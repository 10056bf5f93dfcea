"""What the recogniser's network is given of a run of words; used alike in training and in reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.language.scripts import is_devanagari
from desktop_app.language.wordpieces import WordPieces

LONGEST_WINDOW = 254
"""Most word pieces in one window, marks and prefix included."""

SHAPES = 7

_PREFIX = "query:"  # the encoder was trained with it (Wang et al. 2024, multilingual E5)


@dataclass(frozen=True, slots=True)
class Window:
    """Word-piece ids with marks and prefix, and the index among them of each word's first piece."""

    ids: tuple[int, ...]
    first: tuple[int, ...]


def window_of(pieces: WordPieces, words: Sequence[str]) -> Window:
    """The window of *words*; words that do not fit any more all point to its last piece."""
    ids = [pieces.start, *pieces.word(_PREFIX)]
    first: list[int] = []
    for word in words:
        new = pieces.word(word)
        first.append(min(len(ids), LONGEST_WINDOW - 1))
        ids += new
    return Window((*ids[: LONGEST_WINDOW - 1], pieces.end), tuple(first))


def window_sizes(pieces: WordPieces, words: Sequence[str]) -> list[int]:
    """How many pieces each word takes."""
    return [len(pieces.word(word)) for word in words]


def shape_of(word: str, *, first: bool) -> tuple[float, ...]:
    """What casing and signs say of a word: SHAPES numbers, each 0 or 1. *first*: it begins a sentence."""
    return (
        float(word[0].isupper()),
        float(len(word) > 1 and word.isupper()),
        float(word.islower()),
        float(any(letter.isdigit() for letter in word)),
        float(word.isalpha() or is_devanagari(word)),
        float(len(word) <= 2),
        float(first),
    )
