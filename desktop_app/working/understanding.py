"""What the worker does to stored articles, story by story: encode, pair, recognise, link.

An article is understood together with the other reports of its event, because a name in one script helps to
find it in the other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence

from desktop_app.domain import Article, ArticlesChanged, Correction, Progress
from desktop_app.entities.annotator import Annotator
from desktop_app.entities.corrections import apply_corrections
from desktop_app.entities.recognition import Recogniser
from desktop_app.errors import ReaderError
from desktop_app.language.encoder import EncoderParts, TextEncoder
from desktop_app.settings import cache_folder
from desktop_app.shelf import Shelf
from desktop_app.working.pairing import Pairing
from desktop_app.working.registry import EntityRegistry

_CHUNK = 4
_MOST_ATTEMPTS = 3
_LARGEST_JOINT_STORY = 8
"""Of a story with more reports than this, only the newest are read together with a new one."""


class Understanding:
    """Keeps in memory what is needed to understand further articles of one library."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._annotator = Annotator()
        parts = EncoderParts()
        encoder = TextEncoder(cache_folder(), parts) if TextEncoder.available() else None
        self._recogniser = Recogniser(parts) if Recogniser.available() else None
        self.registry = EntityRegistry(shelf)
        self.pairing = Pairing(shelf, encoder)
        with shelf.database.transaction():
            shelf.articles.mark("understood", shelf.articles.failures("understand", _MOST_ATTEMPTS), 0)

    def forget(self) -> None:
        """Read anew what the library names; after entities were changed behind the registry's back."""
        self.registry = EntityRegistry(self._shelf)

    def work_off(self, only: Sequence[int] = ()) -> Iterator[Progress | ArticlesChanged]:
        """Understand the articles that wait (of these *only*, if any are given), a few at a time."""
        waiting = self._shelf.articles.waiting("understood")
        if only:
            wanted = set(only)
            waiting = [id_ for id_ in waiting if id_ in wanted]
        for start in range(0, len(waiting), _CHUNK):
            # Between two chunks another task may have understood some of these.
            chunk = [
                id_ for id_ in waiting[start : start + _CHUNK] if not self._shelf.articles.is_marked("understood", id_)
            ]
            yield ArticlesChanged(self._understand(self._shelf.articles.articles(chunk)))
            yield Progress("understand", min(start + _CHUNK, len(waiting)), len(waiting))

    def _understand(self, articles: Sequence[Article]) -> tuple[int, ...]:
        """Pair and annotate *articles*; returns every article that may look different now."""
        homes = self._place(articles)
        groups: dict[int | str, list[int]] = {}
        for article in articles:
            place = homes.get(article.id)
            groups.setdefault(f"alone {article.id}" if place is None else place, []).append(article.id)
        corrections = self._shelf.corrections.all()
        changed: set[int] = set()
        for home, new in groups.items():
            members = new
            if isinstance(home, int):
                others = [id_ for id_ in self._shelf.stories.members(home) if id_ not in new]
                members = sorted(new + others[-max(0, _LARGEST_JOINT_STORY - len(new)) :]) if others else new
            self._annotate(members, new, corrections)
            changed.update(members)
        return tuple(sorted(changed))

    def _place(self, articles: Sequence[Article]) -> Mapping[int, int]:
        """The articles' stories; where finding them fails, each is read alone and paired another day."""
        try:
            homes = self.pairing.place(articles)
            with self._shelf.database.transaction():
                self._shelf.articles.forget_failures("understand", [article.id for article in articles])
            return homes
        except ReaderError:
            raise
        except Exception as error:
            logging.getLogger(__name__).exception("pairing failed")
            self.pairing.forget()
            with self._shelf.database.transaction():
                self._shelf.articles.note_failure("understand", [article.id for article in articles], repr(error))
            return {}

    def _annotate(self, members: Sequence[int], new: Sequence[int], corrections: Sequence[Correction]) -> None:
        """Read *members* together and store what they name; a failure costs only these articles."""
        texts = self._shelf.articles.articles(members)
        try:
            annotation = apply_corrections(corrections, texts, self._annotator.annotate(texts, self._recogniser))
            with self._shelf.database.transaction():
                self.registry.record(texts, annotation)
                self._shelf.articles.mark("understood", new)
                self._shelf.articles.mark("indexed", members, 0)
                self._shelf.note_change()
        except ReaderError:
            self.forget()
            raise
        except Exception as error:
            # The edge of the worker: a text we fail on stays readable and is tried again at another start.
            logging.getLogger(__name__).exception("understanding articles %s failed", new)
            self.forget()
            with self._shelf.database.transaction():
                self._shelf.articles.mark("understood", new)
                self._shelf.articles.note_failure("understand", new, repr(error))
                self._shelf.note_change()
