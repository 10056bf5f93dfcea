"""From a parsed query to index terms: every word becomes a concept with all its alternatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TypeGuard

from desktop_app.language.folding import WORD, fold
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.search.analysis import CAPITALS, is_acronym
from desktop_app.search.expansion import (
    WEIGHTS,
    Alternative,
    AlternativeKind,
    Concept,
    Expand,
    Expansions,
    Pattern,
)
from desktop_app.search.query_language import (
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

_LONGEST_RUN = 5
_SPELLED_COMPLETIONS = 3
_ROMAN_HINDI_FUNCTION_WORDS = frozenset(
    ["ka", "ke", "ki", "ko", "se", "mein", "hai", "hain", "ne", "aur", "tha", "thi", "par"]
)

Slots = tuple[tuple[str, ...], ...]


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
        self._vocabulary, self._expand = vocabulary, expand

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

        A run of bare words that together name something may also be written as that thing's aliases. Bare
        function words beside others ask for nothing: the other language has none to match them.
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
            patterns = tuple(pattern for pattern in self._spelled(words, prefix=other.prefix) if all(pattern.slots))
            yield Concept(" ".join(words), patterns, one.title and other.title)

    def _words(self, run: list[Term]) -> Plan:
        content = [term for term in run if not _is_function_word(term)] or run
        return PlanAll(tuple(self._concept(term) for term in content))

    def _named_run(self, nodes: tuple[Node, ...]) -> tuple[list[Term], Concept | None]:
        """The longest run of bare words at the start of *nodes* that names something, and how else it is named."""
        run: list[Term] = []
        for node in nodes:
            if not _is_bare(node):
                break
            run.append(node)
        while len(run) > 1:
            text = " ".join(term.text for term in run)
            aliases = tuple(self._added(text))
            if aliases:
                return run, Concept(text, aliases, title=run[0].title)
            run.pop()
        return run, None

    def _concept(self, term: Term) -> Concept:
        if term.exact:
            slots = tuple((fold(word),) for word in term.words)
            return Concept(term.text, (_pattern(slots, AlternativeKind.FORM),), term.title)
        patterns = (*self._spelled(term.words, prefix=term.prefix), *self._added(term.text))
        surest: dict[Slots, Pattern] = {}
        for pattern in patterns:
            if all(pattern.slots) and pattern.weight > getattr(surest.get(pattern.slots), "weight", 0.0):
                surest[pattern.slots] = pattern
        return Concept(term.text, tuple(surest.values()), term.title)

    def _spelled(self, words: tuple[str, ...], *, prefix: bool = False) -> Iterator[Pattern]:
        """The words as typed, their inflections, completions of the last one, the other script's spelling."""
        plain = tuple(self._as_typed(word) for word in words)
        yield _pattern(tuple((form,) for form in plain), AlternativeKind.FORM)
        completions = self._vocabulary.completions(fold(words[-1])) if prefix else ()
        if len(plain) == 1:
            yield from self._one_word(plain[0], completions)
        else:
            slots = [(form, *self._inflections(form)) for form in plain]
            slots[-1] = tuple(dict.fromkeys((*slots[-1], *completions)))
            yield _pattern(tuple(slots), AlternativeKind.INFLECTION)
            translations = tuple(self._vocabulary.translations(form) for form in plain)
            yield _pattern(translations, AlternativeKind.TRANSLATION)
        yield _pattern(tuple(self._vocabulary.other_script(form) for form in plain), AlternativeKind.OTHER_SCRIPT)

    def _one_word(self, form: str, completions: tuple[str, ...]) -> Iterator[Pattern]:
        inflections = self._inflections(form)
        completions = tuple(other for other in completions if other not in inflections)
        spellings = self._vocabulary.spellings(form)
        yield _pattern((inflections,), AlternativeKind.INFLECTION)
        yield _pattern((completions,), AlternativeKind.COMPLETION)
        yield _pattern((self._other_script(completions[:_SPELLED_COMPLETIONS]),), AlternativeKind.COMPLETION)
        yield _pattern((spellings,), AlternativeKind.SPELLING)
        yield _pattern((self._other_script(spellings),), AlternativeKind.SPELLING)
        yield _pattern((self._vocabulary.translations(form),), AlternativeKind.TRANSLATION)

    def _other_script(self, forms: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chain.from_iterable(map(self._vocabulary.other_script, forms))))

    def _inflections(self, form: str) -> tuple[str, ...]:
        """The other forms of the word; of an acronym only the same letters in lower case, if they mean nothing."""
        if form[0] != CAPITALS:
            return self._vocabulary.inflections(form)
        return () if form[1:] in FUNCTION_WORDS else (form[1:],)

    def _added(self, text: str) -> Iterator[Pattern]:
        for alternative in self._expand(text).alternatives:
            yield from self._alternative(alternative)

    def _alternative(self, alternative: Alternative) -> Iterator[Pattern]:
        words = WORD.findall(alternative.text)
        forms = [self._as_typed(word) for word in words if fold(word)]
        if not forms or (len(forms) == 1 and forms[0] in FUNCTION_WORDS):
            return
        slots = tuple((form, *self._inflections(form)) for form in forms)
        yield _pattern(slots, alternative.kind, alternative.weight)

    def _as_typed(self, word: str) -> str:
        """The form to look for: of an acronym the one in capitals, if any article has it."""
        form = fold(word)
        if is_acronym(word) and self._vocabulary.documents(CAPITALS + form):
            return CAPITALS + form
        return form


def _is_bare(node: Node) -> TypeGuard[Term]:
    return isinstance(node, Term) and len(node.words) == 1 and not (node.exact or node.quoted)


def _is_function_word(node: Node) -> bool:
    """Whether *node* is a bare word without a content of its own."""
    if not _is_bare(node) or node.prefix or is_acronym(node.words[0]):
        return False
    return fold(node.words[0]) in FUNCTION_WORDS or fold(node.words[0]) in _ROMAN_HINDI_FUNCTION_WORDS


def _pattern(slots: Slots, kind: AlternativeKind, weight: float | None = None) -> Pattern:
    return Pattern(slots, kind, WEIGHTS[kind] if weight is None else weight)
