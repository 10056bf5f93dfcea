"""From a parsed query to index terms: every word becomes a concept with all its alternatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeGuard

from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.search.analysis import is_acronym
from desktop_app.search.expansion import (
    AlternativeKind,
    Concept,
    Expand,
    Expansions,
    Pattern,
)
from desktop_app.search.query_tree import (
    AllOf,
    AnyOf,
    DateWithin,
    EntityIs,
    LanguageIs,
    Node,
    Not,
    SourceIs,
    Term,
)
from desktop_app.search.vocabulary import Vocabulary
from desktop_app.search.wording import Slots, Wording

_LONGEST_RUN = 5
_ROMAN_HINDI_FUNCTION_WORDS = frozenset(
    ["ka", "ke", "ki", "ko", "se", "mein", "hai", "hain", "ne", "aur", "tha", "thi", "par"]
)


@dataclass(frozen=True, slots=True)
class PlanNot:
    node: Plan


@dataclass(frozen=True, slots=True)
class PlanAll:
    """All nodes must match; what is `preferred` need not, but ranks higher."""

    nodes: tuple[Plan, ...]
    preferred: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanAny:
    nodes: tuple[Plan, ...]


Plan = Concept | LanguageIs | SourceIs | EntityIs | DateWithin | PlanNot | PlanAll | PlanAny


def nothing_more(_: str) -> Expansions:
    """An `Expand` that knows nothing."""
    return Expansions()


class Planner:
    """Turns the tree of a query into a plan over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, expand: Expand = nothing_more) -> None:
        self._wording, self._expand = Wording(vocabulary), expand

    def plan(self, node: Node) -> Plan:
        match node:
            case Term():
                return self._concept(node)
            case Not(inner):
                return PlanNot(self.plan(inner))
            case AnyOf(nodes):
                return PlanAny(tuple(self.plan(part) for part in nodes))
            case AllOf(nodes):
                parts, pairs = tuple(self._all(nodes)), tuple(self._pairs(nodes))
                return parts[0] if len(parts) == 1 and not pairs else PlanAll(parts, pairs)
        return node

    def _all(self, nodes: tuple[Node, ...]) -> Iterator[Plan]:
        """Plan *nodes*, all of which must match.

        A run of bare words may also be written as one (pradhan mantri, प्रधानमंत्री), or as the aliases of what
        it names. Bare function words beside others ask for nothing: the other language has none to match them.
        """
        needed = all(_is_function_word(node) for node in nodes if isinstance(node, Term))
        place = 0
        while place < len(nodes):
            run, aliases = self._named_run(nodes[place : place + _LONGEST_RUN])
            if aliases is not None:
                yield PlanAny((self._words(run), aliases))
                place += len(run)
                continue
            if needed or not _is_function_word(nodes[place]):
                yield self.plan(nodes[place])
            place += 1

    def _pairs(self, nodes: tuple[Node, ...]) -> Iterator[Concept]:
        """Neighbouring bare words as phrases: articles that have them so are preferred.

        The ordered windows of the sequential dependence model (Metzler and Croft 2005).
        """
        for one, other in pairwise(nodes):
            if not (_is_bare(one) and _is_bare(other)) or (_is_function_word(one) and _is_function_word(other)):
                continue
            words = (*one.words, *other.words)
            patterns = tuple(self._wording.patterns(words, prefix=other.prefix))
            yield Concept(" ".join(words), patterns, one.title and other.title)

    def _words(self, run: list[Term]) -> Plan:
        content = [term for term in run if not _is_function_word(term)] or run
        return PlanAll(tuple(self._concept(term) for term in content))

    def _named_run(self, nodes: tuple[Node, ...]) -> tuple[list[Term], Concept | None]:
        """The longest run of bare words at the start of *nodes* that is also written otherwise, and how."""
        run: list[Term] = []
        for node in nodes:
            if not _is_bare(node):
                break
            run.append(node)
        while len(run) > 1:
            text = " ".join(term.text for term in run)
            aliases = (*self._added(text), *self._wording.joined(tuple(term.words[0] for term in run)))
            if aliases:
                return run, Concept(text, aliases, title=run[0].title)
            run.pop()
        return run, None

    def _concept(self, term: Term) -> Concept:
        if term.exact:
            slots: list[tuple[str, ...]] = [(fold(word),) for word in term.words]
            if term.prefix:
                slots[-1] += self._wording.completions(term.words[-1])
            return Concept(term.text, (Pattern(tuple(slots), AlternativeKind.FORM, 1.0),), term.title)
        patterns = (*self._wording.patterns(term.words, prefix=term.prefix), *self._added(term.text))
        surest: dict[Slots, Pattern] = {}
        for pattern in patterns:
            if pattern.weight > getattr(surest.get(pattern.slots), "weight", 0.0):
                surest[pattern.slots] = pattern
        return Concept(term.text, tuple(surest.values()), term.title)

    def _added(self, text: str) -> Iterator[Pattern]:
        for alternative in self._expand(text).alternatives:
            yield from self._wording.alternative(alternative)


def _is_bare(node: Node) -> TypeGuard[Term]:
    return isinstance(node, Term) and len(node.words) == 1 and not (node.exact or node.quoted)


def _is_function_word(node: Node) -> bool:
    """Whether *node* is a bare word without a content of its own."""
    if not _is_bare(node) or node.prefix or is_acronym(node.words[0]):
        return False
    return fold(node.words[0]) in FUNCTION_WORDS or fold(node.words[0]) in _ROMAN_HINDI_FUNCTION_WORDS
