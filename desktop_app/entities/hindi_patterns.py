"""Names that Hindi wording gives away. No capitals: a head word takes the words before it that can belong to a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain import EntityType, MentionForm
from desktop_app.entities.common_nouns import is_common_noun
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.entities.patterns import PATTERN_RANK
from desktop_app.language.devanagari import spelled_letters
from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS

_EVENT_HEADS = cue("hindi-event-heads")
_DOC_HEADS = cue("hindi-document-heads")
_ORG_HEADS = cue("hindi-body-heads")
_WEAK_ORG_HEADS = cue("hindi-weak-body-heads")
_LOC_HEADS = cue("hindi-place-heads")
_LOAN_HEADS = cue("hindi-loan-heads")
_LOAN_OF = frozenset(map(fold, ["ऑफ", "आफ", "फॉर", "फोर"]))
_LOAN_AND = frozenset(map(fold, ["एंड", "ऐंड", "ऑफ", "फॉर"]))
_GENERIC = cue("hindi-generic-facilities")
_SCOPE = cue("hindi-scope")
_OPERATION = re.compile(r"(?<![\u0900-\u097f])(?:ऑपरेशन|आपरेशन) [\u0900-\u0963\u0971-\u097f]+")
_WAR = re.compile(
    r"(?<![\w\u0900-\u097f])(?:1[89]|20)\d\d (?:के|की|का) (?:[\u0900-\u0963\u0971-\u097f-]+ )?"
    r"(?:युद्ध|संग्राम|क्रांति|जंग|महायुद्ध)(?![\u0900-\u097f])"
)
_NUMBERED_SESSION = re.compile(
    r" (?:के|की|का) [0-9०-९]+(?:वां|वें|वीं|वे|वाँ) (?:वार्षिक )?(?:सत्र|अधिवेशन|शिखर सम्मेलन|सम्मेलन|बैठक|शिखर बैठक)"
)
_ACRONYM_AFTER = re.compile(r" \((?:[A-Z][A-Za-z]{1,8}|[\u0900-\u0963\u0971-\u097f.]{2,14})\)")
_LAWS = cue("hindi-law-words")
_TOURNAMENTS = cue("hindi-tournament-heads")
_FORMAL_AND = fold("एवं")
_NO_START = cue("hindi-no-start")
_AND = frozenset(map(fold, ["और", "एवं", "तथा", "व"]))
_BETWEEN = cue("hindi-between")
_PLURAL_ENDINGS = ("ें", "ों", "ियां", "ाएं", "ओं")
_YEAR_OF = re.compile(r"(?:1[89]|20)\d\d (?:के|की|का) $")


@dataclass(frozen=True, slots=True)
class _Head:
    first: int
    last: int
    form: str


def hindi_patterns(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    """Needs the gazetteer's finds on the page: they tell what a head word belongs to."""
    for pattern in (_OPERATION, _WAR):
        for match in pattern.finditer(page.text):
            yield Find(match.start(), match.end(), EntityType.EVENT, rank=PATTERN_RANK + 20)
    known = [find for find in page.finds if find.type in (EntityType.LOC, EntityType.ORG)]
    for find in known:
        session = _NUMBERED_SESSION.match(page.text, find.end)
        if session and find.type is EntityType.ORG:
            yield Find(find.start, session.end(), EntityType.EVENT, rank=PATTERN_RANK + 20)
    yield from _loan_bodies(page, gazetteer)
    for head in _heads(page):
        yield from _name_before(page, head, gazetteer)


def _loan_bodies(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    """Bodies named in English, spelled in Hindi: एसोसिएशन फॉर डेमोक्रेटिक रिफॉर्म्स, फेडरेशन ऑफ इंडियन चैंबर्स."""

    def foreign(index: int) -> bool:
        word = page.word(index)
        if not _can_belong(page, index) or word in "।()":
            return False
        return fold(word) in _SCOPE or not (gazetteer.is_ordinary(word) or is_common_noun(word, gazetteer))

    for index in range(len(page.tokens) - 2):
        if fold(page.word(index)) not in _LOAN_HEADS or fold(page.word(index + 1)) not in _LOAN_OF:
            continue
        first, last = index, index + 1
        while last + 1 < len(page.tokens) and last - index < 7 and page.near(last, last + 1):
            word = fold(page.word(last + 1))
            if word not in _LOAN_AND and (word in FUNCTION_WORDS or not foreign(last + 1)):
                break
            last += 1
        while first > 0 and index - first < 3 and foreign(first - 1) and page.near(first - 1, first):
            first -= 1
        if last > index + 1:
            yield Find(page.tokens[first].start, page.tokens[last].end, EntityType.ORG, rank=PATTERN_RANK)


def _heads(page: Page) -> Iterator[_Head]:
    heads = _EVENT_HEADS | _DOC_HEADS | _LAWS | _ORG_HEADS | _LOC_HEADS
    index = 0
    while index < len(page.tokens):
        one = fold(page.word(index))
        two = f"{one} {fold(page.word(index + 1))}"
        if two in heads:
            yield _Head(index, index + 1, two)
            index += 2
            continue
        if one in heads:
            yield _Head(index, index, one)
        index += 1


def _name_before(page: Page, head: _Head, gazetteer: Gazetteer) -> Iterator[Find]:
    end = page.tokens[head.last].end
    if head.form in _EVENT_HEADS | _DOC_HEADS:
        kind = EntityType.EVENT if head.form in _EVENT_HEADS else EntityType.DOC
        start = _start_at_known(page, head.first)
        if start is None and head.form in {fold("विधेयक"), fold("अधिनियम"), fold("संहिता")}:
            start = _start_of_words(page, head.first, gazetteer, proper=False)
        if start is None and _ACRONYM_AFTER.match(page.text, end):
            start = _start_of_chain(page, head.first)
        if start is None and kind is EntityType.EVENT and head.form in _TOURNAMENTS:
            start = _start_of_tournament(page, head.first, gazetteer)
        if start is not None:
            year = _YEAR_OF.search(page.text, max(0, start - 10), start)
            yield Find(year.start() if year else start, end, kind, rank=PATTERN_RANK + 20)
    elif head.form in _LAWS:
        start = _start_of_law(page, head.first, gazetteer)
        if start is None and _ACRONYM_AFTER.match(page.text, end):
            start = _start_of_chain(page, head.first)
        if start is not None:
            yield Find(start, end, EntityType.DOC, rank=PATTERN_RANK + 20)
    elif head.form in _ORG_HEADS:
        start = _start_of_scope(page, head)
        if start is not None:
            yield Find(start, end, EntityType.ORG, rank=PATTERN_RANK)
    else:
        start = _start_of_words(page, head.first, gazetteer, proper=True)
        generic = start is not None and all(
            fold(page.word(index)) in _GENERIC for index in range(page.token_from(start), head.first)
        )
        if start is not None and not generic:
            yield Find(start, end, EntityType.LOC, rank=PATTERN_RANK)


def _start_at_known(page: Page, first: int) -> int | None:
    """Where known places or bodies begin that stand right before token *first* ("भारत-रूस वार्षिक …")."""
    directly = any(f.end == page.tokens[first - 1].end for f in page.finds) if first else False
    before_head = page.word(first - 1)
    between = fold(before_head) in _BETWEEN or len(spelled_letters(before_head) or "") > 1
    if first and not directly and between:
        first -= 1
    start: int | None = None
    position = first
    while position > 0:
        before = page.tokens[position - 1]
        owner = next(
            (f for f in page.finds if f.end == before.end and f.type in (EntityType.LOC, EntityType.ORG)), None
        )
        if owner is not None and page.near(position - 1, first):
            start = owner.start
            position = page.token_from(owner.start)
        elif before.text in "-–" and start is not None:
            position -= 1
        else:
            break
    return start


def _start_of_chain(page: Page, first: int) -> int | None:
    """Where the nouns before token *first* begin, over "and" as well: the acronym after them says they are one."""
    position = first
    while position > 0 and first - position < 7 and page.near(position - 1, first):
        word = fold(page.word(position - 1))
        joint = word in _AND and position < first and position > 1 and _can_belong(page, position - 2)
        if not joint and (not _can_belong(page, position - 1) or word in _NO_START):
            break
        position -= 2 if joint else 1
    return page.tokens[position].start if position < first else None


def _start_of_law(page: Page, first: int, gazetteer: Gazetteer) -> int | None:
    """Only a word that is no ordinary one makes a name of "law": जनप्रतिनिधित्व कानून, पॉक्सो कानून."""
    if first == 0 or not _can_belong(page, first - 1):
        return None
    word, token = page.word(first - 1), page.tokens[first - 1]
    if fold(word) in _ORG_HEADS | _LOC_HEADS:
        return None
    ordinary = gazetteer.is_ordinary(word) or gazetteer.is_demonym(word) or fold(word).endswith(_PLURAL_ENDINGS)
    taken = any(find.end == token.end and find.type is not EntityType.ORG for find in page.finds)
    return None if ordinary or taken or is_common_noun(word, gazetteer) else token.start


def _start_of_tournament(page: Page, first: int, gazetteer: Gazetteer) -> int | None:
    """Where up to four words begin before a tournament's head, from a word of scope or a proper one on."""
    start, position = None, first
    while position > 0 and first - position < 4 and _can_belong(page, position - 1):
        position -= 1
        word = page.word(position)
        known = any(f.start == page.tokens[position].start and f.type is EntityType.PER for f in page.finds)
        common = gazetteer.is_ordinary(word) or is_common_noun(word, gazetteer)
        proper = not (common or fold(word).endswith(_PLURAL_ENDINGS))
        if known or fold(word) in _NO_START:
            break
        if fold(word) in _SCOPE or gazetteer.is_demonym(word) or proper:
            start = page.tokens[position].start
    return start


def _can_belong(page: Page, index: int) -> bool:
    word = page.word(index)
    if not re.match(r"[\u0900-\u0963\u0966-\u097fA-Za-z]", word) or fold(word) in FUNCTION_WORDS:
        return False
    return page.near(index, index + 1)


def _start_of_words(page: Page, first: int, gazetteer: Gazetteer, *, proper: bool) -> int | None:
    """Where up to three (proper) words before token *first* begin; None if there is none."""
    position = first
    if not proper and page.word(first - 1) == ")":
        opened = next((i for i in range(first - 2, max(0, first - 9), -1) if page.word(i) == "("), None)
        first = position = first if opened is None or not page.near(opened, first) else opened
    while (
        position > 1
        and first - position < 5
        and (_can_belong(page, position - 1) or (not proper and fold(page.word(position - 1)) == _FORMAL_AND))
    ):
        word = page.word(position - 1)
        if not proper and fold(word) == _FORMAL_AND and position < first and _can_belong(page, position - 2):
            position -= 2
            continue
        if proper and position == first and fold(word) == fold("अंतरराष्ट्रीय"):
            position -= 1
            continue
        is_name = gazetteer.is_person_name(word) or not (
            gazetteer.is_ordinary(word) or fold(word).endswith(_PLURAL_ENDINGS)
        )
        if fold(word) == fold("ऑफ") and first - position == 1:
            is_name = True
        if (proper and not is_name) or gazetteer.is_demonym(word):
            break
        position -= 1
    return page.tokens[position].start if position < first else None


def _start_of_scope(page: Page, head: _Head) -> int | None:
    """Where the farthest of up to four words before the head stands that makes it one body (भारतीय …, राष्ट्रीय …)."""
    start: int | None = None
    position = head.first
    weak = head.form in _WEAK_ORG_HEADS
    while position > 0 and head.first - position < 5 and _can_belong(page, position - 1):
        position -= 1
        word = page.word(position)
        gap = head.first - position
        owner = next(
            (f for f in page.finds if f.start == page.tokens[position].start and f.type is EntityType.LOC), None
        )
        if (
            (fold(word) in _SCOPE and gap >= 2 - (not weak))
            or (owner is not None and owner.form == MentionForm.DEMONYM and gap >= (3 if weak else 2))
            or (owner is not None and owner.form == MentionForm.NAME and gap >= (2 if weak else 1))
        ):
            start = page.tokens[position].start
    return start
