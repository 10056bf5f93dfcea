"""What names what: finds of all pages of a story become nodes, nodes of one thing become one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop_app.domain import EntityType, Language, MentionForm
from desktop_app.entities.event_names import composed_event_key, same_event_name
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.entities.propagation import name_words
from desktop_app.language.transliteration import name_similarity, skeletons, word_similarity

SAME_NAME = 0.5
"""Similarity by sound from which two names of one story are one."""
ALIKE = 0.1
"""Similarity of a word that is enough when both hold the same office."""


@dataclass(slots=True)
class Node:
    """A thing named in the story. `words` are its names as words, by language, with counts."""

    type: EntityType
    key: str | None = None
    words: dict[Language, Counter[tuple[str, ...]]] = field(default_factory=dict)
    holders: set[tuple[str, str | None]] = field(default_factory=set)
    """Offices held, with the place or body they belong to."""
    finds: list[tuple[int, Find]] = field(default_factory=list)
    merged: int = -1

    def names(self, language: Language) -> list[tuple[str, ...]]:
        """Names in *language*, the longest first."""
        return sorted(self.words.get(language, ()), key=lambda words: (-len(words), -sum(map(len, words))))

    def full_names(self, language: Language) -> list[tuple[str, ...]]:
        """Its names without lone surnames, if it has any longer one."""
        names = self.names(language)
        return [words for words in names if len(words) > 1] or names


class Linker:
    """Nodes of one story, joined step by step."""

    def __init__(self, pages: Sequence[Page], gazetteer: Gazetteer) -> None:
        self.pages, self.gazetteer = pages, gazetteer
        self.nodes: list[Node] = []
        self._by_identity: dict[tuple[object, ...], int] = {}

    # -- nodes

    def root(self, number: int) -> int:
        while self.nodes[number].merged >= 0:
            number = self.nodes[number].merged
        return number

    def node_of(self, find: Find) -> Node:
        return self.nodes[self.root(find.node)]

    def merge(self, one: int, other: int) -> int:
        """Make two nodes one; the one with a gazetteer key keeps its key and type."""
        one, other = self.root(one), self.root(other)
        if one == other:
            return one
        keep, gone = self.nodes[one], self.nodes[other]
        if keep.key is None and gone.key is not None:
            return self.merge(other, one)
        for language, counter in gone.words.items():
            keep.words.setdefault(language, Counter()).update(counter)
        keep.holders |= gone.holders
        keep.finds += gone.finds
        gone.merged = one
        return one

    def add(self, page_number: int, find: Find) -> None:
        """Give *find* a node: its key's, or that of the same words in the same language."""
        page = self.pages[page_number]
        words = name_words(page, find)
        identity: tuple[object, ...] = ("key", find.key)
        if find.key is None:
            identity = (find.type, tuple(word.lower() for word in words))
        number = self._by_identity.get(identity)
        if number is None:
            number = len(self.nodes)
            self.nodes.append(Node(find.type, find.key))
            self._by_identity[identity] = number
        self.attach(page_number, find, number)
        if words and find.form is MentionForm.NAME:
            script = Language.ENGLISH if words[-1] < "\u0900" else Language.HINDI
            self.nodes[self.root(number)].words.setdefault(script, Counter())[words] += 1

    def attach(self, page_number: int, find: Find, number: int) -> None:
        find.node = number
        self.nodes[self.root(number)].finds.append((page_number, find))

    def live(self, kind: EntityType | None = None) -> list[int]:
        return [
            number for number, node in enumerate(self.nodes) if node.merged < 0 and (kind is None or node.type is kind)
        ]

    # -- persons

    def join_persons(self) -> None:
        """Surnames to full names, spellings to spellings within a language, then across languages by sound."""
        for language in Language:
            self._join_persons_within(language)
        self._join_across(EntityType.PER)

    def _join_persons_within(self, language: Language) -> None:
        named = [n for n in self.live(EntityType.PER) if self.nodes[n].names(language)]
        named.sort(key=lambda n: -len(self.nodes[n].names(language)[0]))
        for place, number in enumerate(named):
            if self.root(number) != number:
                continue
            words = self.nodes[number].names(language)[0]
            longer = [
                other
                for other in named[:place]
                if self.root(other) == other and _part_of(words, self.nodes[other].names(language)[0])
            ]
            if longer:
                self.merge(self._nearest(longer, number), number)

    def _nearest(self, candidates: list[int], number: int) -> int:
        """Of several persons with that surname, the one named last before it, else the most named."""
        page, find = self.nodes[number].finds[0]
        best, distance = None, None
        for candidate in candidates:
            for other_page, other in self.nodes[candidate].finds:
                if (
                    other_page == page
                    and other.end <= find.start
                    and (distance is None or find.start - other.end < distance)
                ):
                    best, distance = candidate, find.start - other.end
        return best if best is not None else max(candidates, key=lambda n: len(self.nodes[n].finds))

    # -- across languages

    def join_others(self) -> None:
        for language in Language:
            self._join_places_within(language)
        for kind in (EntityType.LOC, EntityType.ORG):
            self._join_across(kind)
        self._join_mixed_types()
        self._join_events()

    def _join_places_within(self, language: Language) -> None:
        """Spellings of one place (चूरलमला, चूरलमाला)."""
        for kind in (EntityType.LOC, EntityType.ORG):
            named = [n for n in self.live(kind) if self.nodes[n].key is None and self.nodes[n].names(language)]
            for place, number in enumerate(named):
                for other in named[:place]:
                    if self.root(other) == other and _same_spelling(
                        self.nodes[number].names(language)[0], self.nodes[other].names(language)[0]
                    ):
                        self.merge(other, number)
                        break

    def _join_across(self, kind: EntityType) -> None:
        pairs = []
        for english in self.live(kind):
            for hindi in self.live(kind):
                if english == hindi or not self._may_be_one(english, hindi):
                    continue
                similarity = self._similarity(english, hindi)
                if similarity >= SAME_NAME:
                    pairs.append((similarity, english, hindi))
        for _, english, hindi in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            one, other = self.root(english), self.root(hindi)
            if one != other and self._may_be_one(one, other, joined=True):
                self.merge(one, other)

    def _may_be_one(self, english: int, hindi: int, *, joined: bool = False) -> bool:
        """One side is named in English only, the other in Hindi only, and at most one has a known key."""
        one, other = self.nodes[english], self.nodes[hindi]
        if one.key is not None and other.key is not None:
            return False
        if joined and one.type is EntityType.PER:
            return True
        return not one.names(Language.HINDI) and not other.names(Language.ENGLISH)

    def _similarity(self, english: int, hindi: int) -> float:
        one, other = self.nodes[english], self.nodes[hindi]
        best = 0.0
        person = one.type is EntityType.PER
        choose = Node.full_names if person else Node.names
        names = [" ".join(words) for words in choose(one, Language.ENGLISH)[:4]]
        if one.key is not None and (entry := self.gazetteer.entry(one.key)) is not None and not names:
            names = [entry.en]
        for name in names:
            for words in choose(other, Language.HINDI)[:4]:
                best = max(best, _name_match(name.split(), list(words), person=person))
        return best

    def alike(self, english: int, hindi: int) -> bool:
        """Whether some word of the English name at least resembles one of the Hindi name."""
        return any(
            word_similarity(one, other) >= ALIKE
            for name in self.nodes[english].full_names(Language.ENGLISH)
            for one in name
            for words in self.nodes[hindi].full_names(Language.HINDI)
            for other in words
        )

    def _join_mixed_types(self) -> None:
        """Names that recognition typed differently in the two languages: the same sound is one thing."""
        loose = [n for n in self.live() if self.nodes[n].type in _NAMED_TYPES]
        for english in loose:
            if not self.nodes[english].names(Language.ENGLISH) or self.nodes[english].names(Language.HINDI):
                continue
            for hindi in loose:
                one, other = self.nodes[english], self.nodes[hindi]
                if self.root(hindi) != hindi or one.type is other.type or not self._may_be_one(english, hindi):
                    continue
                if (one.key is None or other.key is None) and self._similarity(english, hindi) > 0.8:
                    self.merge(english, hindi)
                    break

    def _join_events(self) -> None:
        for kind in (EntityType.EVENT, EntityType.DOC):
            by_key: dict[str, int] = {}
            for number in self.live(kind):
                key = self.nodes[number].key or self._composed(number)
                if key is not None:
                    if key in by_key:
                        self.merge(by_key[key], number)
                    by_key[key] = self.root(number)
            for number in self.live(kind):
                for other in self.live(kind):
                    if number < other and self.root(number) != self.root(other) and self._same_event(number, other):
                        self.merge(number, other)

    def _composed(self, number: int) -> str | None:
        page_number, find = self.nodes[number].finds[0]
        page = self.pages[page_number]
        inside = [f.key for f in page.finds if find.holds(f) and f.key]
        key = composed_event_key(page.form_of(find), inside, find.qualifier)
        if key is not None and self.nodes[number].key is None:
            self.nodes[number].key = key
        return key

    def _same_event(self, number: int, other: int) -> bool:
        one, two = self.nodes[number], self.nodes[other]
        if one.key and two.key and ":" in one.key and self.gazetteer.entry(one.key) and self.gazetteer.entry(two.key):
            return False
        return same_event_name(self.surface_names(number), self.surface_names(other))

    def surface_names(self, number: int) -> list[tuple[Language, str]]:
        """The distinct names of a node as written."""
        found = {
            (self.pages[p].language, self.pages[p].form_of(find))
            for p, find in self.nodes[self.root(number)].finds
            if find.form is MentionForm.NAME
        }
        return sorted(found)


_NAMED_TYPES = (EntityType.PER, EntityType.LOC, EntityType.ORG)
_INITIALS = re.compile(r"[A-Z]{1,3}$")


def _part_of(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether *short* can be another form of the full name: its surname or given name, or initials and surname."""
    if short == full:
        return True
    if len(short) == 1:
        return len(full) > 1 and any(_same_word(short[0], word) for word in full)
    if _same_spelling(short, full):
        return True
    if not _same_word(short[-1], full[-1]):
        return set(short) <= set(full) and len(short) >= 2
    return all(
        any(_same_word(word, other) or (_INITIALS.match(word) and other[:1] == word[:1]) for other in full[:-1])
        for word in short[:-1]
    ) or any(_INITIALS.match(word) and word[0] == short[0][0] for word in full[:-1])


def _same_word(one: str, other: str) -> bool:
    if one.lower() == other.lower():
        return True
    if min(len(one), len(other)) < 4 or one[0].lower() != other[0].lower():
        return False
    from rapidfuzz.distance import Levenshtein

    return bool(skeletons(one) & skeletons(other)) and Levenshtein.distance(one, other) <= 1 + (len(one) > 7)


def _same_spelling(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(_same_word(a, b) for a, b in zip(one, other, strict=True))


def _name_match(english: list[str], hindi: list[str], *, person: bool) -> float:
    """Similarity of two names by sound; of a lone surname and a full name, of the surname with either part."""
    if person and len(english) == 1 < len(hindi):
        return max(0.95 * name_similarity(english[0], hindi[-1]), 0.9 * name_similarity(english[0], hindi[0]))
    if person and len(hindi) == 1 < len(english):
        return max(0.95 * name_similarity(english[-1], hindi[0]), 0.9 * name_similarity(english[0], hindi[0]))
    if person and len(english) == len(hindi) > 1:
        surname = name_similarity(english[-1], hindi[-1])
        first = name_similarity(english[0], hindi[0])
        whole = name_similarity(" ".join(english), " ".join(hindi))
        return max(whole, min(surname, first) + 0.05) if first > 0.3 and surname > 0.3 else 0.5 * whole
    return name_similarity(" ".join(english), " ".join(hindi))


def by_root(linker: Linker, finds: Iterable[tuple[int, Find]]) -> dict[int, list[tuple[int, Find]]]:
    groups: defaultdict[int, list[tuple[int, Find]]] = defaultdict(list)
    for page, find in finds:
        groups[linker.root(find.node)].append((page, find))
    return groups
