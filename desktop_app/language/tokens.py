"""Words, numbers, hashtags, handles, addresses and punctuation of a text, with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Python's `\w` leaves out matras, virama and the other Devanagari signs, and the two joiners
# that shape conjuncts: a word would fall apart at each of them.
_MARKS = r"\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
_LETTER = rf"(?:[^\W_][{_MARKS}]*)"
_DIGITS = r"[0-9\u0966-\u096f]"

_TOKEN = re.compile(
    rf"""
      (?P<url>(?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?।'’)\]])
    | (?P<tag>[@#](?:_|{_LETTER})+)
    | (?P<initials>(?<![^\W_])(?:[A-Za-z]\.){{2,}}(?![^\W_]))
    | (?P<number>{_DIGITS}+(?:[.,:/]{_DIGITS}+)+(?![^\W_])|{_DIGITS}+(?![^\W_]))
    | (?P<possessive>(?<=[^\W_])['’][sS](?![^\W_]))
    | (?P<word>{_LETTER}+(?:['’](?![sS](?![^\W_])){_LETTER}+)*)
    | (?P<flag>[\U0001f1e6-\U0001f1ff]{{2}})
    | (?P<other>[^\s](?:[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d(?=[^\w\s])[^\w\s])*)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `[start, end)` counts code points of the text it was found in."""

    start: int
    end: int
    text: str


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `text[start:end]` in reading order, with their places in *text*.

    One token each: a word with its matras, nukta and joiners ("don't" and "O'Brien" too); a
    number with its separators ("6,22,338", "6.25", "6:04"); "#tag" and "@handle"; "U.S."; a web
    address; an emoji sequence. A possessive "'s" and every other mark stand apart, so "UN-Russia"
    gives three tokens, "Chandrayaan-3" too: callers join neighbours that touch.
    """
    stop = len(text) if end is None else end
    return [Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, start, stop)]
