"""Annotating short texts as the articles of one story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from desktop_app.domain import Cluster, LocalMention, StoryAnnotation
from desktop_app.entities.annotator import Annotator
from desktop_app.entities.recognised_names import NameRecogniser
from desktop_app.extraction import extract


@dataclass(frozen=True)
class AnnotatedStory:
    """An annotation with its texts, asked by what stands in them."""

    texts: Sequence[str]
    annotation: StoryAnnotation

    def forms(self, page: int = 0) -> list[str]:
        """The mentions of one text as they stand in it, in reading order."""
        return [self.texts[page][m.start : m.end] for m in self.annotation.mentions[page]]

    def mention(self, form: str) -> LocalMention:
        """The first mention with this form in any text."""
        for text, mentions in zip(self.texts, self.annotation.mentions, strict=True):
            for mention in mentions:
                if text[mention.start : mention.end] == form:
                    return mention
        raise AssertionError(f"{form!r} is no mention: {[self.forms(n) for n in range(len(self.texts))]}")

    def cluster(self, form: str) -> Cluster:
        return self.annotation.clusters[self.mention(form).cluster]

    def same(self, *forms: str) -> bool:
        """Whether all these forms name one thing."""
        return len({self.mention(form).cluster for form in forms}) == 1


Annotate = Callable[..., AnnotatedStory]


@pytest.fixture(scope="session")
def annotate() -> Annotate:
    """Annotates texts as one story."""
    annotator = Annotator()

    def run(*texts: str, recogniser: NameRecogniser | None = None) -> AnnotatedStory:
        articles = [extract(text.encode(), f"{number}.txt") for number, text in enumerate(texts)]
        annotation = annotator.annotate(articles, recogniser)
        return AnnotatedStory([article.text for article in articles], annotation)

    return run
