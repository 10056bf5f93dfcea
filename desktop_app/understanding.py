"""What the worker does to stored articles, story by story: encode, pair, recognise, link.

An article is understood together with the other reports of its event, because a name in one script helps to
find it in the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.domain import Article, ArticlesChanged, Progress
from desktop_app.entities.annotator import Annotator
from desktop_app.pairing import Pairing
from desktop_app.registry import EntityRegistry
from desktop_app.shelf import Shelf

_CHUNK = 8
_LARGEST_JOINT_STORY = 8
"""Of a story with more reports than this, only the newest are read together with a new one."""


class Understanding:
    """Keeps in memory what is needed to understand further articles of one library."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._annotator = Annotator()
        self._registry = EntityRegistry(shelf)
        self._pairing = Pairing(shelf)

    def work_off(self, only: Sequence[int] = ()) -> Iterator[Progress | ArticlesChanged]:
        """Understand the articles that wait (of these *only*, if any are given), a few at a time."""
        waiting = self._shelf.articles.waiting("understood")
        if only:
            wanted = set(only)
            waiting = [id_ for id_ in waiting if id_ in wanted]
        for start in range(0, len(waiting), _CHUNK):
            # Between two chunks another task may have understood some of these.
            chunk = [
                id_
                for id_ in waiting[start : start + _CHUNK]
                if not self._shelf.articles.is_marked("understood", id_)
            ]
            yield ArticlesChanged(self._understand(self._shelf.articles.articles(chunk)))
            yield Progress("understand", min(start + _CHUNK, len(waiting)), len(waiting))

    def _understand(self, articles: Sequence[Article]) -> tuple[int, ...]:
        """Pair and annotate *articles*; returns every article that may look different now."""
        homes = self._pairing.place(articles)
        groups: dict[int | str, list[int]] = {}
        for article in articles:
            home = homes.get(article.id)
            groups.setdefault(f"alone {article.id}" if home is None else home, []).append(article.id)
        changed: set[int] = set()
        for home, new in groups.items():
            members = new
            if isinstance(home, int):
                others = [id_ for id_ in self._shelf.stories.members(home) if id_ not in new]
                members = sorted(new + others[-max(0, _LARGEST_JOINT_STORY - len(new)) :]) if others else new
            texts = self._shelf.articles.articles(members)
            annotation = self._annotator.annotate(texts)
            with self._shelf.database.transaction():
                self._registry.record(texts, annotation)
                self._shelf.articles.mark("understood", new)
                self._shelf.note_change()
            changed.update(members)
        return tuple(sorted(changed))
