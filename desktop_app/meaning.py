"""Which articles of a library are near in meaning to a phrase, by the vectors that understanding stored.

Vectors of one language lie close together, whatever they speak of: the mean of each language is taken off, and what
is left is comparable across languages. First the vectors of whole articles choose a few, then their passages decide.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain import Language
from desktop_app.language.encoder import ENCODER_VERSION, VECTOR_SIZE, TextEncoder
from desktop_app.settings import cache_folder
from desktop_app.shelf import Shelf
from desktop_app.storage.articles import text_digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

_LOOKED_THROUGH = 40
_LEAST_LIKENESS = 0.2


@dataclass(frozen=True, slots=True)
class Alike:
    """How near the nearest passage of an article is, 0..1, and which of its linkable sentences that is."""

    likeness: float
    passage: int


@dataclass(frozen=True, slots=True)
class _Articles:
    """Ids and centred article vectors (rows of float16) of one language, and the state of the store they are of."""

    mark: str
    ids: NDArray[np.int64]
    vectors: NDArray[np.float16]


class Meaning:
    """Compares phrases with articles. Loads the encoder when first asked; may be asked from several threads."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._one_at_a_time = threading.Lock()
        self._encoder: TextEncoder | None = None
        self._articles: dict[Language, _Articles] = {}

    def alike(self, phrase: str) -> dict[int, Alike]:
        """The articles near *phrase* in meaning; none where nothing is understood or there is no encoder."""
        if not phrase or not TextEncoder.available():
            return {}
        with self._one_at_a_time:
            articles = {language: self._of(language) for language in Language}
            if not any(len(known.ids) for known in articles.values()):
                return {}
            if self._encoder is None:
                self._encoder = TextEncoder(cache_folder())
            query = self._encoder.encode_query(phrase)
        found: dict[int, Alike] = {}
        for language, known in articles.items():
            found |= self._nearest(query, language, known)
        return found

    def _nearest(self, query: Vector, language: Language, known: _Articles) -> dict[int, Alike]:
        import numpy as np

        center = _center(language)
        wanted = query - (query @ center) / (center @ center) * center
        wanted /= np.linalg.norm(wanted)
        likeness = known.vectors @ wanted.astype(np.float16)
        chosen = known.ids[np.argsort(-likeness)[:_LOOKED_THROUGH]].tolist()
        found: dict[int, Alike] = {}
        for article in self._shelf.articles.articles(chosen):
            digest = text_digest(article.text)
            data = self._shelf.stories.vectors([digest], ENCODER_VERSION).get(digest)
            if not data:
                continue
            passages = np.frombuffer(data, "<f2").reshape(-1, VECTOR_SIZE).astype(np.float32) - center
            passages /= np.linalg.norm(passages, axis=1, keepdims=True) + 1e-9
            values = passages @ wanted
            best = int(values.argmax())
            if values[best] >= _LEAST_LIKENESS:
                found[article.id] = Alike(float(values[best]), best)
        return found

    def _of(self, language: Language) -> _Articles:
        """The vectors of all articles in *language*, read anew when the library has changed."""
        import numpy as np

        from desktop_app.stories.candidates import vector_in

        mark = self._shelf.stories.entries_mark()
        known = self._articles.get(language)
        if known is None or known.mark != mark:
            ids: dict[Language, list[int]] = {each: [] for each in Language}
            vectors: dict[Language, list[NDArray[np.float16]]] = {each: [] for each in Language}
            for article, data in self._shelf.stories.entries():
                of, vector = vector_in(data)
                if vector is not None:
                    ids[of].append(article)
                    vectors[of].append(vector)
            for each in Language:
                rows = np.array(vectors[each], np.float16).reshape(-1, VECTOR_SIZE)
                self._articles[each] = _Articles(mark, np.array(ids[each], np.int64), rows)
        return self._articles[language]


def _center(language: Language) -> Vector:
    from desktop_app.stories.models import shipped_models

    models = shipped_models()
    return models.center_en if language is Language.ENGLISH else models.center_hi
