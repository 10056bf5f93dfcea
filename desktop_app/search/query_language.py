"""The query language: from what a reader types to a tree.

Words are joined by AND; OR joins its two neighbours and binds tighter (`lang:hi modi OR putin` asks for Hindi
articles with either). Nothing raises: what makes no sense becomes a `Problem` with its place, and the rest of
the query still stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from desktop_app.domain import Language
from desktop_app.language.folding import WORD, fold
from desktop_app.search.dates import parse_dates
from desktop_app.search.query_tree import (
    AllOf,
    AnyOf,
    DateWithin,
    EntityIs,
    LanguageIs,
    Node,
    Not,
    Problem,
    Query,
    SourceIs,
    Term,
)

MAX_QUERY_CHARS = 2_000
MAX_WORDS = 64
_MAX_DEPTH = 20

_QUOTES = '"“”„‟«»＂'
_SINGLE_QUOTES = {"'": "'", "‘": "’", "‚": "‘", "‹": "›"}
_MINUS = "-−–"
_POSSESSIVE = re.compile(r"['’]s\b|['’](?=\s|$)", re.IGNORECASE)
_FIELD = re.compile(r"(title|lang|language|source|entity|date|after|before):", re.IGNORECASE)
_LANGUAGES = {
    "en": Language.ENGLISH,
    "eng": Language.ENGLISH,
    "english": Language.ENGLISH,
    "अंग्रेजी": Language.ENGLISH,
    "hi": Language.HINDI,
    "hin": Language.HINDI,
    "hindi": Language.HINDI,
    "हिंदी": Language.HINDI,
}


def parse(text: str, *, unfinished: bool = False) -> Query:
    """Read *text*. With *unfinished* its last word, if nothing follows it, may be the beginning of a word."""
    parser = _Parser(text[:MAX_QUERY_CHARS], unfinished=unfinished)
    root = parser.read()
    problems = parser.problems
    if len(text) > MAX_QUERY_CHARS:
        problems.append(Problem("The query is too long; its end was left out.", MAX_QUERY_CHARS, len(text)))
    return Query(text, root, tuple(problems))


class _Parser:
    """Recursive descent over the text itself; always moves on, never raises."""

    def __init__(self, text: str, *, unfinished: bool) -> None:
        self._text, self._unfinished = text, unfinished
        self._at = self._words = self._depth = 0
        self.problems: list[Problem] = []

    def read(self) -> Node | None:
        parts: list[Node] = []
        while self._at < len(self._text):
            node = self._all_of()
            if node is not None:
                parts.append(node)
            self._at += 1  # whatever stopped the reading (a stray closing bracket) means nothing
        return _joined(parts)

    def _all_of(self) -> Node | None:
        groups: list[list[Node]] = []
        either = False
        while True:
            self._skip_space()
            if self._at >= len(self._text) or self._text[self._at] == ")":
                break
            operator = self._operator()
            if operator is not None:
                either = operator == "OR" and bool(groups)
                continue
            node = self._unary()
            if node is None:
                continue
            if either:
                groups[-1].append(node)
            else:
                groups.append([node])
            either = False
        return _joined([group[0] if len(group) == 1 else AnyOf(tuple(group)) for group in groups])

    def _operator(self) -> str | None:
        found = re.compile(r"(OR|AND)(?=[\s()]|$)|[|]+|&+").match(self._text, self._at)
        if found is None:
            return None
        self._at = found.end()
        return "OR" if found[0][0] in "O|" else "AND"

    def _unary(self) -> Node | None:
        text = self._text
        if text[self._at] in _MINUS:
            self._at += 1
            if self._at >= len(text) or text[self._at].isspace() or text[self._at] in _MINUS:
                return None
            return self._negated()
        found = re.compile(r"NOT(?=[\s(]+\S)").match(text, self._at)
        if found is not None:
            self._at = found.end()
            self._skip_space()
            return self._negated()
        return self._primary()

    def _negated(self) -> Node | None:
        if self._text[self._at] == ")":
            return None
        node = self._primary()
        return None if node is None else Not(node)

    def _primary(self) -> Node | None:
        if self._text[self._at] == "(":
            return self._group()
        field = _FIELD.match(self._text, self._at)
        if field is not None:
            return self._field(field)
        return self._term()

    def _group(self) -> Node | None:
        self._at += 1
        if self._depth >= _MAX_DEPTH:
            return None
        self._depth += 1
        node = self._all_of()
        self._depth -= 1
        self._at += 1  # the closing bracket, or the end
        return node

    def _field(self, field: re.Match[str]) -> Node | None:
        start, name = field.start(), field[1].lower()
        self._at = field.end()
        if name == "title":
            if self._text.startswith("(", self._at):
                node = self._group()
                return None if node is None else _in_title(node)
            node = self._term() if self._at < len(self._text) else None
            return None if node is None else replace(node, title=True)
        value = self._value()
        if not value:
            if self._at < len(self._text) or not self._unfinished:
                self._problem(f"{name}: needs a value after it.", start)
            return None
        return self._filter(name, value, start)

    def _filter(self, name: str, value: str, start: int) -> Node | None:
        if name in ("lang", "language"):
            language = _LANGUAGES.get(fold(value))
            if language is None:
                self._problem(f"Setu knows lang:en and lang:hi, not lang:{value}.", start)
                return None
            return LanguageIs(language)
        if name in ("source", "entity"):
            words = tuple(_words(value))
            if name == "entity" and (number := re.fullmatch(r"#?(\d{1,18})", value)):
                return EntityIs(words, int(number[1]))
            if not words:
                return None
            return SourceIs(words) if name == "source" else EntityIs(words)
        days = parse_dates(value)
        if days is None:
            self._problem(f"“{value}” is not a date: write 2024, 2024-09, 2024-09-27 or 2024-09-01..2024-09-30.", start)
            return None
        if name == "after":
            return DateWithin(days.first, None)
        if name == "before":
            return DateWithin(None, days.day_before)
        return DateWithin(days.first, days.last)

    def _value(self) -> str:
        """The quoted text or the run of characters at the current place."""
        if self._at < len(self._text) and self._text[self._at] in _QUOTES:
            return self._quoted(_QUOTES)[0].strip()
        end = self._at
        while end < len(self._text) and not self._text[end].isspace() and self._text[end] not in "()":
            end += 1
        value, self._at = self._text[self._at : end], end
        return value

    def _quoted(self, closers: str) -> tuple[str, bool]:
        """The text up to one of *closers* (or the end), and whether it was closed."""
        start = end = self._at + 1
        while end < len(self._text) and self._text[end] not in closers:
            end += 1
        self._at = min(end + 1, len(self._text))
        return self._text[start:end], end < len(self._text)

    def _term(self) -> Term | None:
        text, start = self._text, self._at
        exact = text[start] == "="
        if exact:
            self._at += 1
            if self._at >= len(text):
                return None
        opening = text[self._at]
        quoted = True
        if opening in _QUOTES:
            value, closed = self._quoted(_QUOTES)
        elif self._is_single_quote():
            value, closed = self._quoted(_SINGLE_QUOTES[opening])
        else:
            value, closed, quoted = self._bare(), False, False
        words = list(_words(_POSSESSIVE.sub("", value)))
        if not words:
            return None
        starred = value.rstrip().endswith("*")
        if closed and text.startswith("*", self._at):
            starred = True
            self._at += 1
        typing = self._unfinished and not closed and not exact and self._at >= len(text)
        prefix = starred or (typing and _ends_in_word(value))
        room = MAX_WORDS - self._words
        if len(words) > room:
            self._problem(f"Only the first {MAX_WORDS} words are looked for.", start)
            words = words[:room]
            if not words:
                return None
        self._words += len(words)
        return Term(tuple(words), exact, prefix, quoted=quoted, start=start, end=self._at)

    def _is_single_quote(self) -> bool:
        closing = _SINGLE_QUOTES.get(self._text[self._at])
        if closing is None:
            return False
        end = self._text.find(closing, self._at + 1)
        while end != -1 and end + 1 < len(self._text) and self._text[end + 1].isalnum():
            end = self._text.find(closing, end + 1)  # an apostrophe inside a word
        return end > self._at + 1

    def _bare(self) -> str:
        start = end = self._at
        while end < len(self._text):
            mark = self._text[end]
            if mark.isspace() or mark in "()|" or (mark in _QUOTES and end > start):
                break
            end += 1
        self._at = max(end, start + 1)
        return self._text[start:end]

    def _skip_space(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _problem(self, sentence: str, start: int) -> None:
        if all(sentence != known.sentence for known in self.problems):
            self.problems.append(Problem(sentence, start, self._at))


def _words(value: str) -> Iterator[str]:
    return (word for word in WORD.findall(value) if fold(word))


def _ends_in_word(value: str) -> bool:
    return any(found.end() == len(value) for found in WORD.finditer(value))


def _joined(parts: list[Node]) -> Node | None:
    if len(parts) > 1:
        return AllOf(tuple(parts))
    return parts[0] if parts else None


def _in_title(node: Node) -> Node:
    match node:
        case Term():
            return replace(node, title=True)
        case Not(inner):
            return Not(_in_title(inner))
        case AllOf(nodes):
            return AllOf(tuple(_in_title(part) for part in nodes))
        case AnyOf(nodes):
            return AnyOf(tuple(_in_title(part) for part in nodes))
    return node
