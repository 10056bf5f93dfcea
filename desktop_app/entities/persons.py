"""Persons by rule: after a title, by a known given name, as the speaker of a quote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.domain import EntityType, Language
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS

PERSON_RANK = 70
LONE_RANK = 40

_HONORIFICS = frozenset("Mr Mrs Ms Miss Dr Shri Smt Sir Dame Lord Lady Rev Fr Md FM PM CM EAM Pandit Swami Maulana Sri Sardar".split())
_HINDI_HONORIFICS = frozenset(map(fold, "डॉ डा डॉक्टर श्री श्रीमती सुश्री प्रो मिस्टर मिसेज सर पंडित स्वामी".split()))
_PARTICLES = frozenset("de da di dos das del della van von der den bin bint ibn al el ul ur uz e la le du ben abu".split())
_SAYS = frozenset(
    """said says told added tweeted posted wrote asked announced argued claimed warned stated noted explained insisted
    replied remarked urged called thanked praised criticised criticized accused alleged denied admitted confirmed
    declared met visited arrived won scored hit took made beat lost led resigned died""".split()
)
_NOT_NAMES = frozenset(
    """January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec God Allah Rs Bailey""".split()
)
_KIN = frozenset("son daughter wife husband brother sister father mother uncle aunt cousin nephew niece".split())
_HINDI_KIN = frozenset(map(fold, "भाई बहन बेटे बेटी पत्नी पति पिता मां माता पुत्र पुत्री दादी चाचा भतीजे दामाद".split()))
_NOT_HINDI_NAMES = frozenset(map(fold, "सरकार नेता दल टीम देश दुनिया जनता पार्टी चैनल मिशन अभियान समेत सहित विरुद्ध दौर बनाम".split()))
_WEAK_TITLES = frozenset(["~leader", "~chief", "scientist", "activist", "actor", "singer", "writer", "director", "lawyer", "journalist", "batsman", "bowler", "pilot", "justice", "king", "general", "businessman", "astronaut", "sherpa", "emir", "queen", "prince"])
_WORD = re.compile(r"[A-Z\u00c0-\u00de][\w’'\u00c0-\u024f]*\.?$|[A-Z](?:\.[A-Z])*\.?$")
_INITIAL = re.compile(r"[A-Z](?:\.?[A-Z])?\.?$")
_HINDI_WORD = re.compile(r"[\u0900-\u0963\u0971-\u097f\u200c\u200d]+$")
_HINDI_INITIAL = frozenset(
    "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड केसी एमके डीके".split()
)
_SPEECH = frozenset(map(fold, "कहा बताया लिखा पूछा दावा आरोप मांग बयान ऐलान घोषणा अपील चेतावनी मुलाकात बातचीत संबोधित दोहराया माना".split()))
_ERGATIVE = frozenset(map(fold, ["ने"]))
_OBLIQUE = ("ों", "ियां", "ियाँ", "ाओं", "ुओं", "ने", "ना", "कर", "ता", "ते", "ती", "गा", "गे", "गी", "वाले", "वाला", "वाली")


def person_finds(page: Page, gazetteer: Gazetteer, titles: list[Find], blocked: list[Find]) -> Iterator[Find]:
    """Persons in *page*. *titles* are office phrases, *blocked* finds that no name runs into."""
    reader = _English(page, gazetteer, titles, blocked) if page.language is Language.ENGLISH else _Hindi(
        page, gazetteer, titles, blocked
    )
    return reader.finds()


class _Reader:
    """What both languages share: which tokens a name can be made of."""

    def __init__(self, page: Page, gazetteer: Gazetteer, titles: list[Find], blocked: list[Find]) -> None:
        self.page, self.gazetteer = page, gazetteer
        self.title_ends = {page.token_until(find.end): find.office or "" for find in titles}
        closed = [(find.start, find.end) for find in [*titles, *blocked]]
        self.closed = {
            index
            for start, end in closed
            for index in range(page.token_from(start), page.token_until(end))
        }

    def find(self, first: int, last: int, rank: int) -> Find:
        tokens = self.page.tokens
        end = tokens[last].end
        return Find(tokens[first].start, end, EntityType.PER, rank=rank)


class _English(_Reader):
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
            if word.islower() and self.page.touching(index) and self.page.word(index - 1) == "-":
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
        if first > last:
            return
        before = page.word(first - 1)
        honoured = honoured or before.rstrip(".") in _HONORIFICS or (
            before == "." and page.word(first - 2) in _HONORIFICS
        )
        honoured = honoured or before.lower() in _KIN or (before == "," and page.word(first - 2).lower() in _KIN)
        titled = first in self.title_ends or (before == "," and first - 1 in self.title_ends)
        words = [page.word(i) for i in range(first, last + 1) if page.word(i) not in {".", "-"}]
        names = [word for word in words if word not in _PARTICLES]
        if page.word(last + 1) in {"'s", "’s"} and titled and len(names) == 1 and not gazetteer.is_person_name(names[0]):
            return
        if len(names) == 1:
            word = names[0]
            if (titled or honoured) and (not gazetteer.is_ordinary(word) or gazetteer.is_person_name(word)):
                yield self.find(first, last, PERSON_RANK)
            elif page.word(last + 1) in _SAYS and gazetteer.is_person_name(word):
                yield self.find(first, last, LONE_RANK)
            return
        known = [gazetteer.is_person_name(word) or bool(_INITIAL.match(word)) for word in names]
        unknown = [not gazetteer.is_ordinary(word) for word in names]
        evidence = (
            titled
            or honoured
            or gazetteer.is_given_name(names[0])
            or (_INITIAL.match(names[0]) is not None and unknown[-1])
            or (sum(known) >= 1 and all(k or u for k, u in zip(known, unknown, strict=True)))
            or (all(unknown) and (page.word(last + 1) in _SAYS or self._apposed(last)))
        )
        if evidence and len(names) <= 5 and all(k or u for k, u in zip(known[:1], unknown[:1], strict=True)):
            yield self.find(first, last, PERSON_RANK)

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
        """"…, the Australian captain," or "…, 54," after the name."""
        if self.page.word(last + 1) not in {",", "("}:
            return False
        following = self.page.word(last + 2)
        return following in {"the", "who", "a", "an", "whose"} or bool(re.fullmatch(r"\d{2}", following))


class _Hindi(_Reader):
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
            if index in self.closed or not _HINDI_WORD.match(word):
                break
            following = self.page.word(index + 1)
            initial = word in _HINDI_INITIAL and (following == "." or (not last and self._is_name(index + 1)))
            if not initial:
                if folded in FUNCTION_WORDS or (folded in _HINDI_HONORIFICS):
                    break
                after_given = trusting and count and self.gazetteer.is_given_name(self.page.word(index - 1))
                if not self._is_name(index) and not (
                    trusting and count and self.gazetteer.is_person_name(following)
                ) and not (after_given and index not in self.closed and self._followed_by_case(index)):
                    break
            if not initial or following != ".":
                last = index
            index += 1
            count += not initial
        return last

    def _is_name(self, index: int) -> bool:
        word = self.page.word(index)
        if not _HINDI_WORD.match(word) or index in self.closed or fold(word) in _NOT_HINDI_NAMES:
            return False
        if self.gazetteer.is_person_name(word):
            return True
        return (
            not self.gazetteer.is_ordinary(word)
            and fold(word) not in FUNCTION_WORDS
            and not fold(word).endswith(_OBLIQUE)
            and not self.gazetteer.is_demonym(word)
        )

    def _after_honorifics(self, index: int) -> int:
        while fold(self.page.word(index)) in _HINDI_HONORIFICS or self.page.word(index) in {".", ","}:
            if self.page.word(index) == "," and fold(self.page.word(index + 1)) not in _HINDI_HONORIFICS:
                break
            index += 1
        return index

    def _titled(self, index: int) -> Find | None:
        """The name right after a title: प्रधानमंत्री नरेंद्र मोदी."""
        if index and index < len(self.page.tokens) and not self.page.near(index - 1, index):
            return None
        first = self._after_honorifics(index)
        last = self._name_end(first, 5, trusting=True)
        if last is None:
            return None
        known = any(self.gazetteer.is_person_name(self.page.word(i)) for i in range(first, last + 1))
        if self.title_ends[index] in _WEAK_TITLES and not known and (last == first or not self._followed_by_case(last)):
            return None
        return self.find(first, last, PERSON_RANK)

    def _named(self, index: int) -> Find | None:
        """A known given name and one to three name words after it; डॉ. and a name."""
        word = self.page.word(index)
        if fold(word) in _HINDI_HONORIFICS - {fold("सर")} and index not in self.closed:
            first = self._after_honorifics(index)
            last = self._name_end(first, 4, trusting=False)
            return None if last is None or first == index else self.find(first, last, PERSON_RANK)
        initial = word in _HINDI_INITIAL and self.page.word(index + 1) == "."
        if fold(self.page.word(index - 1)) in _HINDI_KIN and self._is_name(index):
            last = self._name_end(index, 4, trusting=False)
            if last is not None and (last > index or self.gazetteer.is_given_name(word)):
                return self.find(index, last, PERSON_RANK)
        if not initial and not self.gazetteer.is_given_name(word):
            return None
        last = self._name_end(index, 4, trusting=False)
        if last is None or last == index:
            return None
        rest = [self.page.word(i) for i in range(index + 1, last + 1)]
        if not any(map(self.gazetteer.is_person_name, rest)) and not self._followed_by_case(last):
            return None
        return self.find(index, last, PERSON_RANK)

    def _followed_by_case(self, last: int) -> bool:
        return fold(self.page.word(last + 1)) in {fold(w) for w in ("ने", "को", "से", "का", "की", "के", "और", "भी")}

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
        if last > index and self.page.word(index).endswith("े") and not self.gazetteer.is_person_name(self.page.word(index)):
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
