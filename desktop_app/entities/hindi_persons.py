"""Persons in Hindi by rule: after a title, by a known given name, as the one who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.entities.common_nouns import is_common_noun
from desktop_app.entities.cues import cue
from desktop_app.entities.page import Find
from desktop_app.entities.persons import LONE_RANK, PERSON_RANK, PersonReader
from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS

_HONORIFICS = cue("hindi-honorifics")
_KIN = cue("hindi-kin")
_NOT_NAMES = cue("hindi-no-names")
_WEAK_TITLES = cue("weak-titles")
_WORD = re.compile(r"[\u0900-\u0963\u0971-\u097f\u200c\u200d]+$")
_INITIAL = cue("hindi-initials")
_AFTER_TITLE = cue("hindi-after-title")
_CASE_MARKS = cue("hindi-case-marks")
_AFTER_NAMES = _CASE_MARKS | {",", "।", ")"}
_SPEECH = cue("hindi-saying")
_ERGATIVE = frozenset(map(fold, ["ने"]))
_OBLIQUE = ("ों", "ियां", "ियाँ", "ाओं", "ुओं", "ने", "ना", "कर", "ता", "ते", "ती", "गा", "गे", "गी", "वाले", "वाला", "वाली")


class HindiPersons(PersonReader):
    def finds(self) -> Iterator[Find]:
        index = 0
        while index < len(self.page.tokens):
            found = self._titled(index) if index in self.title_ends else self._named(index)
            if found is None:
                found = self._speaker(index)
            if found is None:
                index += 1
                continue
            yield found
            index = max(index + 1, self.page.token_until(found.end))

    def _name_end(self, first: int, longest: int, *, trusting: bool) -> int | None:
        """The last token of the name from *first*: names, unknown words, initials, hyphens within.

        *trusting*: the first words may be ordinary ones too if a known name follows.
        """
        last: int | None = None
        index, count = first, 0
        while index < len(self.page.tokens) and count < longest:
            word = self.page.word(index)
            if index > first and not self.page.near(index - 1, index):
                break
            if word in {".", "-"} and self.page.touching(index):
                index += 1
                continue
            folded = fold(word)
            if index in self.closed or not _WORD.match(word):
                break
            following = self.page.word(index + 1)
            initial = word in _INITIAL and (following == "." or (not last and self._is_name(index + 1)))
            if not initial:
                if folded in FUNCTION_WORDS or (folded in _HONORIFICS):
                    break
                if count >= 2 and self._complete(index):
                    break
                after_given = bool(count) and self.gazetteer.is_given_name(self.page.word(index - 1))
                noun = self.gazetteer.is_ordinary(word) or is_common_noun(word, self.gazetteer)
                if after_given and not noun and self._followed_by_case(index):
                    last = index
                    break
                if (
                    not self._is_name(index)
                    and not (trusting and count and self.gazetteer.is_person_name(following))
                    and not (trusting and after_given and index not in self.closed and self._followed_by_case(index))
                ):
                    break
            if not initial or following != ".":
                last = index
            index += 1
            count += not initial
        return last

    def _is_name(self, index: int) -> bool:
        word = self.page.word(index)
        if not _WORD.match(word) or index in self.closed or fold(word) in _NOT_NAMES:
            return False
        if self.gazetteer.is_person_name(word):
            return True
        return (
            not self.gazetteer.is_ordinary(word)
            and fold(word) not in FUNCTION_WORDS
            and not fold(word).endswith(_OBLIQUE)
            and not self.gazetteer.is_demonym(word)
            and not is_common_noun(word, self.gazetteer)
        )

    def _complete(self, index: int) -> bool:
        """Whether the name ended before this unknown word: a known surname stands before it, no case after it."""
        before, word = self.page.word(index - 1), self.page.word(index)
        return (
            self.gazetteer.is_person_name(before)
            and not self.gazetteer.is_person_name(word)
            and not self._followed_by_case(index)
        )

    def _after_honorifics(self, index: int) -> int:
        while fold(self.page.word(index)) in _HONORIFICS or self.page.word(index) in {".", ","}:
            if self.page.word(index) == "," and fold(self.page.word(index + 1)) not in _HONORIFICS:
                break
            index += 1
        return index

    def _titled(self, index: int) -> Find | None:
        """The name right after a title: प्रधानमंत्री नरेंद्र मोदी."""
        if index and index < len(self.page.tokens) and not self.page.near(index - 1, index):
            return None
        first = self._after_honorifics(index)
        if fold(self.page.word(first)) in _AFTER_TITLE:
            return None
        last = self._name_end(first, 5, trusting=True)
        if last is None:
            return None
        known = any(self.gazetteer.is_person_name(self.page.word(i)) for i in range(first, last + 1))
        if self.title_ends[index] in _WEAK_TITLES and not known and fold(self.page.word(last + 1)) not in _CASE_MARKS:
            return None
        return self.find(first, last, PERSON_RANK)

    def _named(self, index: int) -> Find | None:
        """A known given name and one to three name words after it; डॉ. and a name."""
        word = self.page.word(index)
        if fold(word) in _HONORIFICS - {fold("सर")} and index not in self.closed:
            first = self._after_honorifics(index)
            last = self._name_end(first, 4, trusting=False)
            return None if last is None or first == index else self.find(first, last, PERSON_RANK)
        initial = word in _INITIAL and self.page.word(index + 1) == "."
        if fold(self.page.word(index - 1)) in _KIN and self._is_name(index):
            last = self._name_end(index, 4, trusting=False)
            if last is not None and (last > index or self.gazetteer.is_given_name(word)):
                return self.find(index, last, PERSON_RANK)
        if not initial and not self.gazetteer.is_given_name(word):
            return None
        last = self._name_end(index, 4, trusting=False)
        if last is None or last == index:
            return None
        rest = [self.page.word(i) for i in range(index + 1, last + 1)]
        known = initial or any(map(self.gazetteer.is_person_name, rest))
        if not known and not self._followed_by_case(last):
            return None
        return self.find(index, last, PERSON_RANK)

    def _followed_by_case(self, last: int) -> bool:
        return fold(self.page.word(last + 1)) in _AFTER_NAMES

    def _speaker(self, index: int) -> Find | None:
        """One to three unknown words before ने: the one who says or does."""
        if index in self.closed or not self._is_name(index) or (index and self._is_name(index - 1)):
            return None
        last = self._name_end(index, 3, trusting=False)
        if last is None or fold(self.page.word(last + 1)) not in _ERGATIVE:
            return None
        known = any(self.gazetteer.is_person_name(self.page.word(i)) for i in range(index, last + 1))
        if not known and not self._speaks(last + 1):
            return None
        if (
            last > index
            and self.page.word(index).endswith("े")
            and not self.gazetteer.is_person_name(self.page.word(index))
        ):
            index += 1
        return self.find(index, last, PERSON_RANK if known else LONE_RANK)

    def _speaks(self, index: int) -> bool:
        """Whether a verb of saying follows within the sentence."""
        for number in range(index + 1, min(index + 25, len(self.page.tokens))):
            if self.page.word(number) in {"।", "?", "!"} or not self.page.near(number - 1, number):
                return False
            if fold(self.page.word(number)) in _SPEECH:
                return True
        return False
