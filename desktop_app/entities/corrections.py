"""A reader's facts applied to what was recognised and linked. Pure: the same facts always give the same result."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.domain import (
    Article,
    Cluster,
    Correction,
    CorrectionKind,
    EntityName,
    Language,
    LocalMention,
    MentionForm,
    StoryAnnotation,
)

_WORD = r"[\w\u0900-\u0963\u0966-\u097f\u200c\u200d]"


def find_form(text: str, form: str) -> list[tuple[int, int]]:
    """Where *form* stands as whole words in *text*, as `[start, end)`."""
    pattern = rf"(?<!{_WORD}){re.escape(form)}(?!{_WORD})"
    return [match.span() for match in re.finditer(pattern, text)]


def name_of(cluster: Cluster) -> EntityName:
    return EntityName(cluster.type, cluster.key, cluster.en, cluster.hi)


def apply_corrections(
    corrections: Iterable[Correction], articles: Sequence[Article], annotation: StoryAnnotation
) -> StoryAnnotation:
    """*annotation* as the reader's facts have it, the older facts first."""
    draft = _Draft(articles, annotation)
    for correction in corrections:
        if not correction.undone:
            draft.apply(correction)
    return draft.finished()


class _Draft:
    """An annotation being changed."""

    def __init__(self, articles: Sequence[Article], annotation: StoryAnnotation) -> None:
        self._articles = articles
        self._mentions = [list(mentions) for mentions in annotation.mentions]
        self._clusters = list(annotation.clusters)

    def apply(self, correction: Correction) -> None:
        entity, other, form = correction.entity, correction.other, correction.form
        match correction.kind:
            case CorrectionKind.MERGE:
                assert other is not None
                self._rename(other, entity)
            case CorrectionKind.RENAME | CorrectionKind.RETYPE:
                assert other is not None
                self._rename(entity, other)
            case CorrectionKind.NOT_ENTITY:
                assert form is not None
                self._drop(form)
            case CorrectionKind.ADD:
                assert form is not None
                self._add(form, entity)
            case CorrectionKind.SPLIT:
                assert form is not None
                assert other is not None
                self._split(form, entity, other)

    def finished(self) -> StoryAnnotation:
        """Clusters of one stated name become one; those without mentions go."""
        home: dict[EntityName, int] = {}
        target: dict[int, int] = {}
        for number, cluster in enumerate(self._clusters):
            target[number] = home.setdefault(name_of(cluster), number) if cluster.stated else number
        used = sorted({target[m.cluster] for mentions in self._mentions for m in mentions})
        place = {number: position for position, number in enumerate(used)}
        mentions = tuple(
            tuple(
                sorted(
                    (replace(m, cluster=place[target[m.cluster]], type=self._clusters[target[m.cluster]].type)
                     for m in found),
                    key=lambda m: (m.start, -m.end),
                )
            )
            for found in self._mentions
        )  # fmt: skip
        clusters = tuple(replace(self._clusters[number], forms=self._forms(mentions, place[number])) for number in used)
        return StoryAnnotation(mentions, clusters)

    def _forms(self, mentions: Sequence[Sequence[LocalMention]], cluster: int) -> dict[Language, dict[str, int]]:
        forms: dict[Language, Counter[str]] = {}
        for article, found in zip(self._articles, mentions, strict=True):
            counted = Counter(
                article.text[m.start : m.end]
                for m in found
                if m.cluster == cluster and m.form not in (MentionForm.TITLE, MentionForm.PRONOUN)
            )
            if counted:
                forms.setdefault(article.language, Counter()).update(counted)
        return {language: dict(counter) for language, counter in forms.items()}

    def _rename(self, old: EntityName, new: EntityName) -> None:
        for number, cluster in enumerate(self._clusters):
            if _means(cluster, old) or _means(cluster, new):
                self._clusters[number] = replace(cluster, type=new.type, key=new.key, en=new.en, hi=new.hi, stated=True)

    def _drop(self, form: str) -> None:
        for article, mentions in zip(self._articles, self._mentions, strict=True):
            mentions[:] = [m for m in mentions if article.text[m.start : m.end] != form]

    def _add(self, form: str, entity: EntityName) -> None:
        number = self._cluster_of(entity)
        for article, mentions in zip(self._articles, self._mentions, strict=True):
            for start, end in find_form(article.text, form):
                if any(m.start < end and start < m.end and not _nests(m, start, end) for m in mentions):
                    mentions[:] = [m for m in mentions if not (m.start < end and start < m.end)]
                mentions[:] = [m for m in mentions if (m.start, m.end) != (start, end)]
                mentions.append(LocalMention(start, end, entity.type, MentionForm.NAME, number))

    def _split(self, form: str, entity: EntityName, other: EntityName) -> None:
        number = self._cluster_of(other)
        for article, mentions in zip(self._articles, self._mentions, strict=True):
            for position, m in enumerate(mentions):
                if article.text[m.start : m.end] == form and _means(self._clusters[m.cluster], entity):
                    mentions[position] = replace(m, cluster=number, type=other.type)

    def _cluster_of(self, entity: EntityName) -> int:
        for number, cluster in enumerate(self._clusters):
            if _means(cluster, entity):
                return number
        self._clusters.append(Cluster(entity.type, entity.en, entity.hi, entity.key, stated=True))
        return len(self._clusters) - 1


def _nests(mention: LocalMention, start: int, end: int) -> bool:
    """Whether the span lies wholly inside the mention without being it."""
    return mention.start <= start and end <= mention.end and (mention.start, mention.end) != (start, end)


def _means(cluster: Cluster, name: EntityName) -> bool:
    """Whether *cluster* is what a correction calls *name*: by key, or by a name both have."""
    if name.key is not None and cluster.key == name.key:
        return True
    if cluster.type is not name.type or (name.key is not None and cluster.key is not None):
        return False
    for language, wanted, found in (
        (Language.ENGLISH, name.en, cluster.en),
        (Language.HINDI, name.hi, cluster.hi),
    ):
        if wanted is not None and (wanted == found or wanted in cluster.forms.get(language, {})):
            return True
    return False
