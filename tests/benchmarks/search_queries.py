"""What the search benchmark asks: forty different questions of each kind, drawn from the articles."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence

from desktop_app.language.folding import WORD, fold
from desktop_app.language.function_words import FUNCTION_WORDS
from tests.benchmarks.corpus import GeneratedArticle
from tests.benchmarks.search_peers import Question

QUESTIONS = 40
_COMMON = (0.05, 0.5)
"""A common word stands in such a part of the articles, a rare one in less than one in a thousand."""
_MOST_RARE, _FEWEST = 0.001, 3


class Questions:
    """Draws questions; the same for the same articles."""

    def __init__(self, articles: Sequence[GeneratedArticle]) -> None:
        self._articles = articles
        self._rng = random.Random(11)
        sample = articles[:: max(1, len(articles) // 5_000)]
        held = Counter(word for article in sample for word in {*map(fold, WORD.findall(article.text))})
        content = {word: count for word, count in held.items() if word not in FUNCTION_WORDS}
        least, most = (part * len(sample) for part in _COMMON)
        self._common = sorted(word for word, count in content.items() if least <= count <= most)
        every = Counter(word for article in articles for word in {*map(fold, WORD.findall(article.text))})
        limit = max(_FEWEST, _MOST_RARE * len(articles))
        self._rare = sorted(word for word, count in every.items() if _FEWEST <= count <= limit and len(word) > 3)
        spelled = {fold(name) for article in articles for one in article.names for name in (one.english, one.hindi)}
        self._rare_names = sorted(spelled.intersection(self._rare))

    def kinds(self) -> dict[str, list[Question]]:
        """Kind → its questions."""
        common, rare, names = self._common, self._rare, self._rare_names
        pick = self._rng.choice
        return {
            "common word": self._drawn(lambda: Question((pick(common),))),
            "rare word": self._drawn(lambda: Question((pick(rare),))),
            "rare name": self._drawn(lambda: Question((pick(names),))),
            "AND": self._drawn(lambda: Question((pick(common), pick(common)))),
            "AND, one rare": self._drawn(lambda: Question((pick(common), pick(names)))),
            "OR": self._drawn(lambda: Question((pick(common), pick(common)), any_of=True)),
            "phrase": self._drawn(lambda: Question((self._phrase(),))),
            "prefix": self._drawn(self._beginning),
            "language and dates": self._drawn(lambda: Question((pick(common),), filtered=True)),
            "sorted by date": self._drawn(lambda: Question((pick(common),), by_date=True)),
        }

    def typed(self) -> list[str]:
        """Every state of the search field while queries of one to three words are typed into it."""
        states: list[str] = []
        for _ in range(12):
            query = " ".join([self._rng.choice(self._common), self._rng.choice(self._rare_names)])
            states.extend(query[:end] for end in range(1, len(query) + 1) if not query[:end].endswith(" "))
        return states

    def _drawn(self, draw: Callable[[], Question]) -> list[Question]:
        drawn: dict[Question, None] = {}
        for _ in range(100 * QUESTIONS):
            question = draw()
            if len(set(question.terms)) == len(question.terms):
                drawn[question] = None
            if len(drawn) == QUESTIONS:
                break
        return list(drawn)

    def _phrase(self) -> str:
        """Two or three words that follow each other in some article, not all of them function words."""
        while True:
            words = self._rng.choice(self._rng.choice(self._articles).text.splitlines()).split()
            start = self._rng.randrange(max(1, len(words) - 3))
            phrase = words[start : start + self._rng.choice((2, 2, 3))]
            joined = " ".join(phrase)
            if len(phrase) > 1 and WORD.findall(joined) == phrase and not FUNCTION_WORDS.issuperset(map(fold, phrase)):
                return joined

    def _beginning(self) -> Question:
        """The first letters of a common or rare word, sometimes after a whole word."""
        word = self._rng.choice(self._common if self._rng.random() < 0.6 else self._rare)
        letters = word[: self._rng.randint(1, max(1, len(word) - 1))]
        if self._rng.random() < 0.3:
            return Question((self._rng.choice(self._common), letters), unfinished=True)
        return Question((letters,), unfinished=True)
