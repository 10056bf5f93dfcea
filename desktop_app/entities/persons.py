"""Persons in English by rule: after a title, by a known given name, as the speaker of a quote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.domain import EntityType
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.language.function_words import FUNCTION_WORDS

PERSON_RANK = 70
LONE_RANK = 40

_HONORIFICS = cue("honorifics")
_PARTICLES = cue("name-particles")
_SAYS = cue("verbs-of-saying")
_NOT_NAMES = cue("capitals-no-names")
_AFTER_HYPHEN = cue("after-hyphen")
_KIN = cue("kin")
_PLACE_PREPOSITIONS = cue("place-prepositions")
_WORD = re.compile(r"[A-Z\u00c0-\u00de][\w’'\u00c0-\u024f]*\.?$|[A-Z](?:\.[A-Z])*\.?$")
_INITIAL = re.compile(r"[A-Z](?:\.?[A-Z])?\.?$")


class PersonReader:
    """What both languages share: which tokens a name can be made of.

    *titles* are office phrases, *blocked* finds that no name runs into.
    """

    def __init__(self, page: Page, gazetteer: Gazetteer, titles: list[Find], blocked: list[Find]) -> None:
        self.page, self.gazetteer = page, gazetteer
        self.title_ends = {page.token_until(find.end): find.office or "" for find in titles}
        closed = [(find.start, find.end) for find in [*titles, *blocked]]
        self.closed = {index for start, end in closed for index in range(page.token_from(start), page.token_until(end))}

    def find(self, first: int, last: int, rank: int) -> Find:
        tokens = self.page.tokens
        end = tokens[last].end
        return Find(tokens[first].start, end, EntityType.PER, rank=rank)


class EnglishPersons(PersonReader):
    def finds(self) -> Iterator[Find]:
        index = 0
        while index < len(self.page.tokens):
            last = self._run_end(index)
            if last is None:
                index += 1
                continue
            yield from self._judge(index, last)
            index = last + 1

    def _is_part(self, index: int) -> bool:
        word = self.page.word(index)
        return (
            bool(word)
            and index not in self.closed
            and _WORD.match(word) is not None
            and word not in _NOT_NAMES
            and not (word.isupper() and len(word.replace(".", "")) > 3)
        )

    def _is_place(self, index: int) -> bool:
        return (self.gazetteer.lookup(self.page.word(index)) or "").startswith("loc:")

    def _run_end(self, first: int) -> int | None:
        """The last token of the run of capitalised words and particles from *first*, or None."""
        if not self._is_part(first):
            return None
        last = index = first
        while index + 1 < len(self.page.tokens) and self.page.near(index, index + 1):
            index += 1
            word = self.page.word(index)
            if word in {".", "-", "’", "'"} and self.page.touching(index):
                if word == "." and len(self.page.word(index - 1)) > 2 and self.page.word(index - 1) not in _HONORIFICS:
                    break
                if word == "-" and self._is_place(index + 1):
                    break
                continue
            if word in _PARTICLES:
                continue
            given = word.islower() and word not in _AFTER_HYPHEN
            if given and self.page.touching(index) and self.page.word(index - 1) == "-":
                last = index
                continue
            if not self._is_part(index):
                break
            last = index
        return last

    def _judge(self, first: int, last: int) -> Iterator[Find]:
        page, gazetteer = self.page, self.gazetteer
        while first <= last and first not in self.title_ends and self._is_leading(first):
            first += 1
        honoured = False
        while first < last and page.word(first).rstrip(".") in _HONORIFICS:
            honoured = True
            first += 1
            while first < last and page.word(first) == ".":
                first += 1
        after_of = page.word(first - 1) == "of" and self._is_place(first)
        if after_of and first < last and _INITIAL.match(page.word(first + 1)):
            first += 1
        place_first = self._is_place(first) and not gazetteer.is_given_name(page.word(first))
        if first < last and place_first and page.word(first - 1).lower() in _PLACE_PREPOSITIONS:
            first += 1  # "In Moscow Modi said"
        if first > last:
            return
        before = page.word(first - 1)
        honoured = (
            honoured or before.rstrip(".") in _HONORIFICS or (before == "." and page.word(first - 2) in _HONORIFICS)
        )
        honoured = honoured or before.lower() in _KIN or (before == "," and page.word(first - 2).lower() in _KIN)
        place_of_office = self._is_place(first - 1) and page.word(first - 2) == "of" and first - 2 in self.title_ends
        titled = place_of_office or first in self.title_ends or (before == "," and first - 1 in self.title_ends)
        words = [page.word(i) for i in range(first, last + 1) if page.word(i) not in {".", "-"}]
        names = [word for word in words if word not in _PARTICLES]
        if (
            page.word(last + 1) in {"'s", "’s"}
            and titled
            and len(names) == 1
            and not gazetteer.is_person_name(names[0])
        ):
            return
        if len(names) == 1:
            word = names[0]
            if (titled or honoured) and (not gazetteer.is_ordinary(word) or gazetteer.is_person_name(word)):
                yield self.find(first, last, PERSON_RANK)
            elif page.word(last + 1) in _SAYS and gazetteer.is_person_name(word):
                yield self.find(first, last, LONE_RANK)
            return
        known = [gazetteer.is_person_name(word) or bool(_INITIAL.match(word)) for word in names]
        known[-1] = gazetteer.is_person_name(names[-1])
        unknown = [not gazetteer.is_ordinary(word) for word in names]
        evidence = (
            titled
            or honoured
            or gazetteer.is_given_name(names[0])
            or (_INITIAL.match(names[0]) is not None and unknown[-1])
            or (sum(known) >= 1 and all(k or u for k, u in zip(known, unknown, strict=True)))
        )
        supposed = all(unknown) and (page.word(last + 1) in _SAYS or self._apposed(last))
        named = known[0] or unknown[0] or titled or honoured
        if (evidence or supposed) and len(names) <= 5 and named:
            yield self.find(first, last, PERSON_RANK if evidence else LONE_RANK)

    def _is_leading(self, index: int) -> bool:
        """A capital that only begins a sentence, before the name proper."""
        word = self.page.word(index)
        following = self.page.word(index + 1)
        if _INITIAL.match(word) and word not in {"A", "I"}:
            return False
        if not self.gazetteer.is_ordinary(word) or self.gazetteer.is_given_name(word):
            return False
        return bool(following[:1].isupper()) or word.lower() in FUNCTION_WORDS

    def _apposed(self, last: int) -> bool:
        """ "…, the Australian captain," or "…, 54," after the name."""
        if self.page.word(last + 1) not in {",", "("}:
            return False
        following = self.page.word(last + 2)
        return following in {"the", "who", "a", "an", "whose"} or bool(re.fullmatch(r"\d{2}", following))
