"""What names what: finds of all pages of a story become nodes; `joining` makes nodes of one thing one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.domain import EntityType, Language, MentionForm
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.entities.propagation import name_words


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

    def surface_names(self, number: int) -> list[tuple[Language, str]]:
        """The distinct names of a node as written."""
        found = {
            (self.pages[p].language, self.pages[p].form_of(find))
            for p, find in self.nodes[self.root(number)].finds
            if find.form is MentionForm.NAME
        }
        return sorted(found)
