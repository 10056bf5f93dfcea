"""A name once found is found again wherever it stands, whole or as surname."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop_app.domain import EntityType, Language, MentionForm
from desktop_app.entities.common_nouns import is_common_noun
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer, word_key
from desktop_app.entities.page import Find, Page

REPEAT_RANK = 45

COMPANY_ENDINGS = cue("company-endings")
_PRIZES = cue("prize-words")


def name_words(page: Page, find: Find) -> tuple[str, ...]:
    """The comparable words of a find, without hyphens and stops."""
    tokens = page.tokens[page.token_from(find.start) : page.token_until(find.end)]
    return tuple(
        word_key(token.text.lstrip("#@")) for token in tokens if token.text[:1].isalnum() or token.text[0] in "#@"
    )


def repeated(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    """Finds for the names of *page* where they stand uncovered."""
    starts = {sentence.start for sentence in page.document.sentences}
    whole = dict(_whole_names(page))
    parts = dict(_person_parts(page, gazetteer))
    words = [word_key(token.text) for token in page.tokens]
    index = 0
    while index < len(words):
        token = page.tokens[index]
        found = None
        for count in (4, 3, 2, 1):
            model = whole.get(tuple(words[index : index + count]))
            if model is not None and index + count <= len(words):
                found = (count, model)
                break
        if found is None and words[index] in parts and _is_name_here(page, index, gazetteer, starts):
            found = (1, parts[words[index]])
        if found is None or page.covered(token.start, page.tokens[index + found[0] - 1].end):
            index += 1
            continue
        count, model = found
        yield replace(
            model, start=token.start, end=page.tokens[index + count - 1].end, form=MentionForm.NAME, rank=REPEAT_RANK
        )
        index += count


def retype_persons(page: Page, gazetteer: Gazetteer) -> None:
    """A lone word that is part of a person's full name on the page is that person, whatever it was taken for.

    So is what a company is called without its "Limited" that company.
    """
    parts = dict(_person_parts(page, gazetteer))
    companies = {words[:-1] for words in _company_names(page)}
    for find in page.finds:
        loose = find.key is None and find.form is MentionForm.NAME
        if loose and find.type in (EntityType.LOC, EntityType.PER) and name_words(page, find) in companies:
            find.type = EntityType.ORG
    for find in page.finds:
        if find.key is None and find.form is MentionForm.NAME and find.type in (EntityType.LOC, EntityType.ORG):
            words = name_words(page, find)
            if len(words) == 1 and words[0] in parts and not find.nominal and find.office is None:
                find.type = EntityType.PER


def _company_names(page: Page) -> Iterator[tuple[str, ...]]:
    for find in page.finds:
        if find.type is EntityType.ORG and find.form is MentionForm.NAME:
            words = name_words(page, find)
            if len(words) > 1 and words[-1] in COMPANY_ENDINGS:
                yield words


def _whole_names(page: Page) -> Iterator[tuple[tuple[str, ...], Find]]:
    for find in page.finds:
        if find.form is not MentionForm.NAME or find.nominal:
            continue
        words = name_words(page, find)
        if words and (len(words) > 1 or len(words[0]) > 2):
            yield words, find


def _person_parts(page: Page, gazetteer: Gazetteer) -> Iterator[tuple[str, Find]]:
    """Surnames and given names of the persons named in full."""
    for find in page.finds:
        if find.type is not EntityType.PER or find.form in (MentionForm.TITLE, MentionForm.HANDLE):
            continue
        words = name_words(page, find)
        if len(words) < 2:
            continue
        for word in words:
            ordinary = gazetteer.is_ordinary(word) and not gazetteer.is_person_name(word)
            if is_common_noun(word, gazetteer):
                continue
            if len(word) > 2 and not (ordinary and word != words[-1]) and (word[0].isupper() or word[0] > "\u0900"):
                yield word, find


def _is_name_here(page: Page, index: int, gazetteer: Gazetteer, starts: Iterable[int]) -> bool:
    word = page.word(index)
    if page.word(index + 1) in _PRIZES:
        return False
    if page.language is Language.HINDI:
        return not gazetteer.is_ordinary(word) or gazetteer.is_person_name(word)
    if page.tokens[index].start in starts and gazetteer.is_ordinary(word) and not gazetteer.is_person_name(word):
        return False
    following = page.word(index + 1)
    return word[:1].isupper() and not (
        following[:1].isupper()
        and page.near(index, index + 1)
        and len(following) > 2
        and not page.covered(page.tokens[index + 1].start, page.tokens[index + 1].end)
    )
