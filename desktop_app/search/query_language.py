"""The query language: from what a reader types to a tree.

Words are joined by AND; OR joins its two neighbours and binds tighter (`lang:hi modi OR putin` asks for Hindi
articles with either). Nothing raises: what makes no sense becomes a `QueryProblem` with its place, and the rest
of the query still stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from desktop_app.domain import QueryProblem
from desktop_app.language.folding import WORD
from desktop_app.search.query_fields import Unusable, field_at, filter_of, may_go_on, unknown_field_at, words_of
from desktop_app.search.query_tree import AllOf, AnyOf, Node, Not, Query, Term

MAX_QUERY_CHARS = 2_000
MAX_WORDS = 64
_MAX_DEPTH = 20

_QUOTES = '"“”„‟«»＂'
_SINGLE_QUOTES = {"'": "'", "‘": "’", "‚": "‘", "‹": "›"}
_MINUS = "-−–"
_POSSESSIVE = re.compile(r"['’]s\b|['’](?=\s|$)", re.IGNORECASE)
_OPERATOR = re.compile(r"(OR|AND)(?=[\s()]|$)|[|]+|&+")
_NOT = re.compile(r"NOT(?=[\s(]|$)")
_LISTED = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|([^\s,|()]+)")
_BARE = re.compile(rf"[^\s()|][^\s()|{_QUOTES}]*")
_RANGE_TAIL = re.compile(r"(?:\s*(?:\.\.\.?|…)\s*|\s+(?:to|से|-|–)\s+)(?=[\d०-९])[\d०-९./-]+(?=[\s)]|$)", re.IGNORECASE)
_DATED = ("date", "after", "before")


def parse(text: str, *, unfinished: bool = False, exact: bool = False) -> Query:
    """Read *text*.

    With *unfinished* its last word, if nothing follows it, may be the beginning of a word, and what its end
    still lacks is no mistake. *exact* reads every word as if "=" stood before it.
    """
    parser = _Parser(text[:MAX_QUERY_CHARS], unfinished=unfinished, exact=exact)
    root = parser.read()
    problems = parser.problems
    if len(text) > MAX_QUERY_CHARS:
        problems.append(QueryProblem("The query is too long; its end was left out.", MAX_QUERY_CHARS, len(text)))
    return Query(text, root, tuple(sorted(problems, key=lambda problem: problem.start)))


def marked_exact(text: str) -> str:
    """*text* with "=" before every word and phrase that has none."""
    marked = text
    for term in sorted(_terms(parse(text).root), key=lambda term: -term.start):
        if text[term.start] != "=":
            marked = f"{marked[: term.start]}={marked[term.start :]}"
    return marked


def _terms(node: Node | None) -> Iterator[Term]:
    """All terms, the excluded ones too."""
    match node:
        case Term():
            yield node
        case Not(inner):
            yield from _terms(inner)
        case AllOf(nodes) | AnyOf(nodes):
            for part in nodes:
                yield from _terms(part)


class _Parser:
    """Recursive descent over the text itself; always moves on, never raises."""

    def __init__(self, text: str, *, unfinished: bool, exact: bool) -> None:
        self._text, self._unfinished, self._exact = text, unfinished, exact
        self._at = self._words = self._depth = 0
        self.problems: list[QueryProblem] = []

    def read(self) -> Node | None:
        parts: list[Node] = []
        while self._at < len(self._text):
            node = self._all_of()
            if node is not None:
                parts.append(node)
            if self._at < len(self._text):
                self._problem("This bracket closes nothing.", self._at, self._at + 1)
                self._at += 1
        return _joined(parts)

    def _all_of(self) -> Node | None:
        groups: list[list[Node]] = []
        waiting: tuple[int, int] | None = None  # an operator without what it joins to
        either = False
        while True:
            self._skip_space()
            if self._at >= len(self._text) or self._text[self._at] == ")":
                break
            place = self._at
            operator = self._operator()
            if operator is not None:
                if waiting is not None or not groups:
                    self._not_between(place, self._at)
                else:
                    waiting, either = (place, self._at), operator == "OR"
                continue
            before = len(self.problems)
            node = self._unary()
            if node is None:
                if len(self.problems) > before:
                    waiting, either = None, False
                continue
            if either:
                groups[-1].append(node)
            else:
                groups.append([node])
            waiting, either = None, False
        if waiting is not None and not self._is_typing():
            self._not_between(*waiting)
        return _joined([group[0] if len(group) == 1 else AnyOf(tuple(group)) for group in groups])

    def _operator(self) -> str | None:
        found = _OPERATOR.match(self._text, self._at)
        if found is None:
            return None
        self._at = found.end()
        return "OR" if found[0][0] in "O|" else "AND"

    def _not_between(self, start: int, end: int) -> None:
        self._problem(f"{self._text[start:end]} stands between two words; here it joins nothing.", start, end)

    def _unary(self) -> Node | None:
        text, start = self._text, self._at
        if text[start] in _MINUS:
            self._at += 1
            if self._at >= len(text) or text[self._at].isspace() or text[self._at] in _MINUS:
                return None
            return self._negated(start)
        found = _NOT.match(text, start)
        if found is not None and not (self._unfinished and found.end() == len(text)):
            self._at = found.end()
            self._skip_space()
            return self._negated(start)
        return self._primary()

    def _negated(self, start: int) -> Node | None:
        if self._at >= len(self._text) or self._text[self._at] == ")":
            if not self._is_typing():
                self._problem(f"{self._text[start : self._at].strip()} needs a word after it.", start)
            return None
        node = self._primary()
        return None if node is None else Not(node)

    def _primary(self) -> Node | None:
        if self._text[self._at] == "(":
            return self._group()
        field = field_at(self._text, self._at)
        if field is not None:
            return self._field(*field)
        unknown = unknown_field_at(self._text, self._at)
        if unknown is not None:
            self._problem(unknown[0], self._at, unknown[1])
        return self._term()

    def _group(self) -> Node | None:
        start = self._at
        self._at += 1
        if self._depth >= _MAX_DEPTH:
            self._problem("There are too many brackets within each other.", start, self._at)
            return None
        self._depth += 1
        node = self._all_of()
        self._depth -= 1
        if self._at >= len(self._text) and not self._unfinished:
            self._problem("This bracket is never closed.", start, start + 1)
        self._at += 1  # the closing bracket, or the end
        return node

    def _field(self, name: str, value_at: int) -> Node | None:
        start, text = self._at, self._text
        self._at = value_at
        if value_at >= len(text) or text[value_at].isspace() or text[value_at] in ")|":
            if not self._is_typing():
                self._problem(f"{text[start:value_at]} needs a value directly after it.", start)
            return None
        if name == "title":
            node = self._group() if text[value_at] == "(" else self._term()
            return None if node is None else _in_title(node)
        if text[value_at] == "(":
            return self._one_of(name, start)
        whole = text[value_at] == "="
        self._at += whole
        return self._filter(name, self._value(name), start, whole=whole)

    def _one_of(self, name: str, start: int) -> Node | None:
        """Several values in brackets, any of which will do."""
        closing = self._text.find(")", self._at)
        end = len(self._text) if closing < 0 else closing
        if closing < 0 and not self._unfinished:
            self._problem("This bracket is never closed.", self._at, self._at + 1)
        listed = _LISTED.findall(self._text, self._at + 1, end)
        self._at = end + (closing >= 0)
        values = [quoted or bare for quoted, bare in listed if quoted.strip() or bare not in ("", "OR", "or")]
        nodes = [self._filter(name, value, start) for value in values]
        kept = tuple(node for node in nodes if node is not None)
        return AnyOf(kept) if len(kept) > 1 else kept[0] if kept else None

    def _filter(self, name: str, value: str, start: int, *, whole: bool = False) -> Node | None:
        try:
            if not value:
                raise Unusable(f"{name}: needs a value directly after it.")
            node, remark = filter_of(name, value, whole=whole)
        except Unusable as wrong:
            if not (self._is_typing() and (not value or may_go_on(name, value))):
                self._problem(str(wrong), start)
            return None
        if remark:
            self._problem(remark, start)
        return node

    def _value(self, name: str) -> str:
        """The quoted text, the range or the run of characters at the current place."""
        text, start = self._text, self._at
        if start < len(text) and text[start] in _QUOTES:
            value, closed = self._quoted(_QUOTES)
            if not closed and not self._unfinished:
                self._problem("This quotation mark is never closed.", start, start + 1)
            return value.strip()
        if name in _DATED and start < len(text) and text[start] in "[{":
            ends = [place for place in (text.find(closer, start) for closer in "]}") if place >= 0]
            self._at = min(ends, default=len(text) - 1) + 1
            return text[start : self._at]
        end = start
        while end < len(text) and not text[end].isspace() and text[end] not in "()":
            end += 1
        if name in _DATED and (tail := _RANGE_TAIL.match(text, end)):
            end = tail.end()
        self._at = end
        return text[start:end]

    def _quoted(self, closers: str) -> tuple[str, bool]:
        """The text up to one of *closers* (or the end), and whether it was closed."""
        start = end = self._at + 1
        while end < len(self._text) and self._text[end] not in closers:
            end += 1
        self._at = min(end + 1, len(self._text))
        return self._text[start:end], end < len(self._text)

    def _term(self) -> Term | None:
        text, start = self._text, self._at
        marked = text[start] == "="
        if marked:
            self._at += 1
            if self._at >= len(text) or text[self._at].isspace():
                if not self._is_typing():
                    self._problem("= needs a word directly after it.", start)
                return None
        opening = text[self._at]
        quoted, content = True, self._at + 1
        if opening in _QUOTES:
            value, closed = self._quoted(_QUOTES)
            if not closed and not self._unfinished:
                self._problem("This quotation mark is never closed; the phrase runs to the end.", start, content)
        elif self._is_single_quote():
            value, closed = self._quoted(_SINGLE_QUOTES[opening])
        else:
            content -= 1
            value, closed, quoted = self._bare(), False, False
        value, starred = self._without_stars(value, content, quoted=quoted)
        words = list(words_of(_POSSESSIVE.sub("", value)))
        if not words:
            return None
        if closed and text.startswith("*", self._at):
            starred = True
            self._at += 1
        typing = self._unfinished and not closed and not marked and self._at >= len(text)
        prefix = starred or (typing and _ends_in_word(value))
        room = MAX_WORDS - self._words
        if len(words) > room:
            self._problem(f"Only the first {MAX_WORDS} words are looked for.", start)
            words = words[:room]
            if not words:
                return None
        self._words += len(words)
        return Term(
            tuple(words),
            marked or self._exact,
            prefix,
            unfinished=prefix and not starred,
            quoted=quoted,
            start=start,
            end=self._at,
        )

    def _without_stars(self, value: str, start: int, *, quoted: bool) -> tuple[str, bool]:
        """The *value* that begins at *start*, without its stars, and whether its last word is a beginning."""
        body = value.rstrip()
        bare = body.rstrip("*")
        if not any(words_of(bare)):
            if bare != body:
                self._problem("* stands after the beginning of a word; here it means nothing.", start, start + 1)
            return bare, False
        inner = bare.find("*")
        if inner < 0:
            return bare, bare != body
        place = start + inner
        if quoted or not any(words_of(bare[:inner])):
            self._problem("* can stand only at the end of the last word; here it was left out.", place, place + 1)
            return bare.replace("*", " " if quoted else ""), bare != body
        beginning = bare[:inner]
        self._problem(f"* can stand only at the end of a word, so {beginning}* was looked for.", place, place + 1)
        return beginning, True

    def _is_single_quote(self) -> bool:
        closing = _SINGLE_QUOTES.get(self._text[self._at])
        if closing is None:
            return False
        end = self._text.find(closing, self._at + 1)
        while end != -1 and end + 1 < len(self._text) and self._text[end + 1].isalnum():
            end = self._text.find(closing, end + 1)  # an apostrophe inside a word
        return end > self._at + 1

    def _bare(self) -> str:
        start = self._at
        found = _BARE.match(self._text, start)
        end = found.end() if found is not None else start
        self._at = max(end, start + 1)
        return self._text[start:end]

    def _skip_space(self) -> None:
        text, at = self._text, self._at
        while at < len(text) and text[at].isspace():
            at += 1
        self._at = at

    def _is_typing(self) -> bool:
        """Whether the reader may still be writing what stands here."""
        return self._unfinished and self._at >= len(self._text)

    def _problem(self, sentence: str, start: int, end: int | None = None) -> None:
        if all(sentence != known.sentence for known in self.problems):
            end = min(self._at if end is None else end, len(self._text))
            self.problems.append(QueryProblem(sentence, start, max(end, start + 1)))


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
