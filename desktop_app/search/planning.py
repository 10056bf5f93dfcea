"""From a parsed query to index terms: every word becomes a concept with all its alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import TypeGuard

from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.search.analysis import is_acronym
from desktop_app.search.expansion import (
    ALL_KINDS,
    WEIGHTS,
    Alternative,
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

    def __init__(
        self,
        vocabulary: Vocabulary,
        expand: Expand = nothing_more,
        kinds: frozenset[AlternativeKind] = ALL_KINDS,
    ) -> None:
        """*kinds* are the alternatives that may be looked for; what was typed always is."""
        self._wording, self._expand = Wording(vocabulary), expand
        self._refused = ALL_KINDS - kinds - {AlternativeKind.FORM}

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
            case EntityIs(words, None):
                # An article's list of names is as old as its last reading; other articles may have added names since.
                return replace(node, others=self._expand(" ".join(words)).entities)
        return node

    def in_hindi(self, node: Node) -> str:
        """The bare words of *node* as one text, words of romanised Hindi in their own script."""
        terms = node.nodes if isinstance(node, AllOf) else (node,)
        return " ".join(self._wording.in_hindi(term.words[0]) for term in terms if is_bare(term))

    def _all(self, nodes: tuple[Node, ...], longest: int = _LONGEST_RUN) -> Iterator[Plan]:
        """Plan *nodes*, all of which must match.

        A run of bare words may also be written as one (pradhan mantri, प्रधानमंत्री), or as the aliases of what
        it names. Bare function words beside others ask for nothing: the other language has none to match them.
        """
        needed = all(is_function_word(node) for node in nodes if isinstance(node, Term))
        place = 0
        while place < len(nodes):
            run, aliases = self._named_run(nodes[place : place + longest])
            if aliases is not None:
                yield PlanAny((self._words(run), aliases))
                place += len(run)
                continue
            if needed or not is_function_word(nodes[place]):
                yield self.plan(nodes[place])
            place += 1

    def _pairs(self, nodes: tuple[Node, ...]) -> Iterator[Concept]:
        """Neighbouring bare words as phrases: articles that have them so are preferred.

        The ordered windows of the sequential dependence model (Metzler and Croft 2005).
        """
        for one, other in pairwise(nodes):
            if not (is_bare(one) and is_bare(other)) or (is_function_word(one) and is_function_word(other)):
                continue
            words = (*one.words, *other.words)
            patterns = tuple(self._allowed(self._wording.patterns(words, prefix=other.prefix)))
            yield Concept(" ".join(words), patterns, one.title and other.title)

    def _words(self, run: list[Term]) -> Plan:
        content = tuple(term for term in run if not is_function_word(term)) or tuple(run)
        return PlanAll(tuple(self._all(content, longest=len(run) - 1)))

    def _named_run(self, nodes: tuple[Node, ...]) -> tuple[list[Term], Concept | None]:
        """The longest run of bare words at the start of *nodes* that is also written otherwise, and how."""
        run: list[Term] = []
        for node in nodes:
            if not is_bare(node):
                break
            run.append(node)
        while len(run) > 1:
            text = " ".join(term.text for term in run)
            words = tuple(term.words[0] for term in run)
            aliases = tuple(self._allowed(chain(self._added(text), self._wording.otherwise(words))))
            if aliases:
                return run, Concept(text, aliases, title=run[0].title)
            run.pop()
        return run, None

    def _concept(self, term: Term) -> Concept:
        if term.exact:
            slots: list[tuple[str, ...]] = [(fold(word),) for word in term.words]
            if term.prefix:
                slots[-1] += self._wording.completions(term.words[-1], every=not term.unfinished)
            return Concept(term.text, (Pattern(tuple(slots), AlternativeKind.FORM, 1.0),), term.title)
        added = self._expand(term.text).alternatives
        patterns = self._wording.remembered(
            ("concept", term.words, term.prefix, term.unfinished, added, self._refused),
            lambda: self._patterns(term, added),
        )
        return self._corrected(term) if patterns is None else Concept(term.text, patterns, term.title)

    def _patterns(self, term: Term, added: Iterable[Alternative]) -> tuple[Pattern, ...] | None:
        """All that *term* may be written as, with what is *added*; None for a word of which no article has any."""
        worded = self._wording.patterns(term.words, prefix=term.prefix, every=not term.unfinished)
        written = chain(worded, chain.from_iterable(map(self._wording.alternative, added)))
        patterns = tuple(self._allowed(written))
        if len(term.words) == 1 and not term.prefix and not any(map(self._wording.is_indexed, patterns)):
            return None
        return _surest(patterns)

    def _corrected(self, term: Term) -> Concept:
        """The concept of a word that no article has: that of the word which was probably meant."""
        refused = AlternativeKind.CORRECTION in self._refused
        meant = None if refused else self._wording.corrected(term.words[0])
        if meant is None:
            return Concept(term.text, (_as_typed(term),), term.title)
        found = self._allowed(chain(self._wording.patterns((meant,)), self._added(meant)))
        weight = WEIGHTS[AlternativeKind.CORRECTION]
        patterns = (
            replace(pattern, kind=AlternativeKind.CORRECTION, weight=pattern.weight * weight) for pattern in found
        )
        return Concept(term.text, _surest((_as_typed(term), *patterns)), term.title, instead=meant)

    def _allowed(self, patterns: Iterable[Pattern]) -> Iterator[Pattern]:
        return (pattern for pattern in patterns if pattern.kind not in self._refused)

    def _added(self, text: str) -> Iterator[Pattern]:
        for alternative in self._expand(text).alternatives:
            yield from self._wording.alternative(alternative)


def _as_typed(term: Term) -> Pattern:
    return Pattern(tuple((fold(word),) for word in term.words), AlternativeKind.FORM, 1.0)


def _surest(patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """*patterns*, of those with the same words only the one of greatest weight."""
    surest: dict[tuple[Slots, bool], Pattern] = {}
    for pattern in patterns:
        key = pattern.slots, pattern.names
        if key not in surest or pattern.weight > surest[key].weight:
            surest[key] = pattern
    return tuple(surest.values())


def is_bare(node: Node) -> TypeGuard[Term]:
    """Whether *node* is one word that may cross into the other language."""
    return isinstance(node, Term) and len(node.words) == 1 and not (node.exact or node.quoted)


def is_function_word(node: Node) -> bool:
    """Whether *node* is a bare word without a content of its own."""
    if not is_bare(node) or node.prefix or is_acronym(node.words[0]):
        return False
    return fold(node.words[0]) in FUNCTION_WORDS or fold(node.words[0]) in _ROMAN_HINDI_FUNCTION_WORDS
