"""Nodes of one thing become one: within a language by spelling, across languages by sound and translation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from desktop_app.domain import EntityType, Language
from desktop_app.entities.event_names import composed_event_key, event_words, same_event_name, translated_share
from desktop_app.entities.linking import Linker, Node
from desktop_app.entities.name_matching import name_match, part_of, same_spelling, sounds_of, without_initials
from desktop_app.entities.propagation import COMPANY_ENDINGS
from desktop_app.language.transliteration import word_similarity

SAME_NAME, SURELY_SAME, ALIKE = 0.5, 0.8, 0.1
"""Similarity by sound from which two names of a story are one: of one type; of different types; of one word where
both hold the same office."""

TRANSLATED = 0.7
"""Share of the words of the longer name that need a translation in the other."""

_NAMED_TYPES = (EntityType.PER, EntityType.LOC, EntityType.ORG)
_MOST_NAMES = 4


def join_persons(linker: Linker) -> None:
    """Surnames to full names, spellings to spellings within a language, then across languages by sound."""
    for language in Language:
        _join_persons_within(linker, language)
    _join_across(linker, EntityType.PER)
    _join_rare_surnames(linker)


def join_others(linker: Linker) -> None:
    """Places, organisations, events and documents; and names that the two languages type differently."""
    for language in Language:
        for kind in (EntityType.LOC, EntityType.ORG):
            _join_spellings(linker, kind, language)
    for kind in (EntityType.LOC, EntityType.ORG):
        _join_across(linker, kind)
        _join_translated(linker, kind)
    _join_mixed_types(linker)
    _join_events(linker)


def alike(linker: Linker, english: int, hindi: int) -> bool:
    """Whether some word of the English name at least resembles one of the Hindi name."""
    return any(
        word_similarity(one, other) >= ALIKE
        for name in linker.nodes[english].full_names(Language.ENGLISH)
        for one in name
        for words in linker.nodes[hindi].full_names(Language.HINDI)
        for other in words
    )


class _SoundIndex:
    """Nodes by what their names in one language sound like."""

    def __init__(self, linker: Linker, numbers: Iterable[int], language: Language) -> None:
        self._linker, self._language = linker, language
        self._nodes: defaultdict[str, list[int]] = defaultdict(list)
        for number in numbers:
            for sound in sounds_of_node(linker, number, language):
                self._nodes[sound].append(number)

    def near(self, number: int, language: Language) -> Iterator[int]:
        """The indexed nodes that share a sound with the names of *number* in *language*."""
        sounds = sounds_of_node(self._linker, number, language)
        yield from sorted({other for sound in sounds for other in self._nodes.get(sound, ())} - {number})


def sounds_of_node(linker: Linker, number: int, language: Language) -> frozenset[str]:
    names = _names(linker, linker.nodes[number], language)
    return frozenset().union(*(sounds_of(words) for words in names))


def _names(linker: Linker, node: Node, language: Language) -> list[tuple[str, ...]]:
    """The names to compare: a person's full ones; the gazetteer's where the story has none in English."""
    names = (node.full_names if node.type is EntityType.PER else node.names)(language)[:_MOST_NAMES]
    if node.type is EntityType.PER:
        names = list(dict.fromkeys(without_initials(words) for words in names))
    if not names and node.key is not None and language is Language.ENGLISH:
        entry = linker.gazetteer.entry(node.key)
        return [tuple(entry.en.split())] if entry is not None else []
    return names


def _join_persons_within(linker: Linker, language: Language) -> None:
    named = [n for n in linker.live(EntityType.PER) if linker.nodes[n].names(language)]
    named.sort(key=lambda n: -len(linker.nodes[n].names(language)[0]))
    index = _SoundIndex(linker, named, language)
    rank = {number: place for place, number in enumerate(named)}
    for number in named:
        if linker.root(number) != number:
            continue
        words = linker.nodes[number].names(language)[0]
        longer = [
            other
            for other in index.near(number, language)
            if rank[other] < rank[number]
            and linker.root(other) == other
            and part_of(words, linker.nodes[other].names(language)[0])
        ]
        if longer:
            linker.merge(_nearest(linker, longer, number), number)


def _nearest(linker: Linker, candidates: list[int], number: int) -> int:
    """Of several persons with that surname, the one named last before it, else the most named."""
    page, find = linker.nodes[number].finds[0]
    best, distance = None, None
    for candidate in candidates:
        for other_page, other in linker.nodes[candidate].finds:
            if (
                other_page == page
                and other.end <= find.start
                and (distance is None or find.start - other.end < distance)
            ):
                best, distance = candidate, find.start - other.end
    return best if best is not None else max(candidates, key=lambda n: len(linker.nodes[n].finds))


def _join_spellings(linker: Linker, kind: EntityType, language: Language) -> None:
    """Spellings of one place (चूरलमला, चूरलमाला)."""
    named = [n for n in linker.live(kind) if linker.nodes[n].key is None and linker.nodes[n].names(language)]
    index = _SoundIndex(linker, named, language)
    for number in named:
        for other in index.near(number, language):
            one, two = linker.nodes[number], linker.nodes[other]
            same = other < number and linker.root(other) == other
            if same and _same_or_company(one.names(language)[0], two.names(language)[0]):
                linker.merge(other, number)
                break


def _same_or_company(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the names are one, but perhaps for the "Limited" of a company."""
    short, long = sorted((one, other), key=len)
    return same_spelling(one, other) or (long[-1] in COMPANY_ENDINGS and same_spelling(short, long[:-1]))


def _join_across(linker: Linker, kind: EntityType) -> None:
    live = linker.live(kind)
    index = _SoundIndex(linker, live, Language.HINDI)
    pairs = []
    for english in live:
        for hindi in index.near(english, Language.ENGLISH):
            if _may_be_one(linker, english, hindi):
                similarity = _similarity(linker, english, hindi)
                if similarity >= SAME_NAME:
                    pairs.append((similarity, english, hindi))
    for _, english, hindi in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        one, other = linker.root(english), linker.root(hindi)
        if one != other and (kind is EntityType.PER or _may_be_one(linker, one, other)):
            linker.merge(one, other)


def same_surname(linker: Linker, english: int, hindi: int) -> bool:
    """Whether the last words of some full names sound surely alike."""
    return any(
        word_similarity(name[-1], words[-1]) >= SURELY_SAME
        for name in _names(linker, linker.nodes[english], Language.ENGLISH)
        for words in _names(linker, linker.nodes[hindi], Language.HINDI)
    )


def told_apart(linker: Linker, english: int, hindi: int) -> bool:
    """Whether first names known as such sound nothing alike: Sonia and राहुल Gandhi."""
    return any(
        len(name) > 1 < len(words)
        and all(linker.gazetteer.is_given_name(first) for first in (name[0], words[0]))
        and word_similarity(name[0], words[0]) < ALIKE
        for name in _names(linker, linker.nodes[english], Language.ENGLISH)
        for words in _names(linker, linker.nodes[hindi], Language.HINDI)
    )


def _join_rare_surnames(linker: Linker) -> None:
    """Full names whose first names are spelled far apart (Guy Parmelin, गाय पार्मेलिन): a surname that nobody else
    in the story has, and that is no frequent one, is enough."""
    full = {
        language: [
            n
            for n in linker.live(EntityType.PER)
            if linker.nodes[n].key is None
            and not linker.nodes[n].names(language.other)
            and any(len(words) > 1 for words in _names(linker, linker.nodes[n], language))
        ]
        for language in Language
    }
    index = _SoundIndex(linker, full[Language.HINDI], Language.HINDI)
    pairs = [
        (english, hindi)
        for english in full[Language.ENGLISH]
        for hindi in index.near(english, Language.ENGLISH)
        if same_surname(linker, english, hindi)
    ]
    for english, hindi in pairs:
        rivals = [pair for pair in pairs if (pair[0] == english) != (pair[1] == hindi)]
        surname = _names(linker, linker.nodes[english], Language.ENGLISH)[0][-1]
        doubtful = linker.gazetteer.is_person_name(surname) or told_apart(linker, english, hindi)
        if not rivals and len(surname) > 4 and not doubtful:
            linker.merge(english, hindi)


def _may_be_one(linker: Linker, english: int, hindi: int) -> bool:
    """One side is named in English only, the other in Hindi only, and at most one has a known key."""
    one, other = linker.nodes[english], linker.nodes[hindi]
    if one.key is not None and other.key is not None:
        return False
    return not one.names(Language.HINDI) and not other.names(Language.ENGLISH)


def _similarity(linker: Linker, english: int, hindi: int) -> float:
    one, other = linker.nodes[english], linker.nodes[hindi]
    person = one.type is EntityType.PER
    return max(
        (
            name_match(list(name), list(words), person=person)
            for name in _names(linker, one, Language.ENGLISH)
            for words in _names(linker, other, Language.HINDI)
        ),
        default=0.0,
    )


def _join_translated(linker: Linker, kind: EntityType) -> None:
    """Names of two words or more that translate each other word by word (National Medical Commission)."""
    live = [n for n in linker.live(kind) if linker.nodes[n].key is None]
    for english in live:
        for hindi in live:
            if linker.root(hindi) != hindi or english == hindi or not _may_be_one(linker, english, hindi):
                continue
            names = [[" ".join(n) for n in _names(linker, linker.nodes[number], language) if len(n) > 1]
                     for number, language in ((english, Language.ENGLISH), (hindi, Language.HINDI))]  # fmt: skip
            if any(translated_share(event_words(a), event_words(b)) >= TRANSLATED for a in names[0] for b in names[1]):
                linker.merge(english, hindi)
                break


def _join_mixed_types(linker: Linker) -> None:
    """Names that recognition typed differently in the two languages: the same sound is one thing."""
    loose = [n for n in linker.live() if linker.nodes[n].type in _NAMED_TYPES]
    index = _SoundIndex(linker, loose, Language.HINDI)
    for english in loose:
        if not linker.nodes[english].names(Language.ENGLISH):
            continue
        for hindi in index.near(english, Language.ENGLISH):
            one, other = linker.nodes[english], linker.nodes[hindi]
            if linker.root(hindi) != hindi or one.type is other.type or not _may_be_one(linker, english, hindi):
                continue
            if _similarity(linker, english, hindi) > SURELY_SAME:
                linker.merge(english, hindi)
                break


def _join_events(linker: Linker) -> None:
    for kind in (EntityType.EVENT, EntityType.DOC):
        by_key: dict[str, int] = {}
        for number in linker.live(kind):
            key = linker.nodes[number].key or _composed(linker, number)
            if key is not None:
                if key in by_key:
                    linker.merge(by_key[key], number)
                by_key[key] = linker.root(number)
        live = linker.live(kind)
        for place, number in enumerate(live):
            for other in live[place + 1 :]:
                if linker.root(number) != linker.root(other) and _same_event(linker, number, other):
                    linker.merge(number, other)


def _composed(linker: Linker, number: int) -> str | None:
    node = linker.nodes[number]
    page_number, find = node.finds[0]
    page = linker.pages[page_number]
    inside = [f.key for f in page.finds if find.holds(f) and f.key]
    key = composed_event_key(page.form_of(find), inside, find.qualifier)
    node.key = node.key or key
    return key


def _same_event(linker: Linker, number: int, other: int) -> bool:
    one, two = linker.nodes[number], linker.nodes[other]
    if one.key and two.key and linker.gazetteer.entry(one.key) and linker.gazetteer.entry(two.key):
        return False
    return same_event_name(linker.surface_names(number), linker.surface_names(other))
