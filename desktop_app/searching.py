"""One query from text to answer: expand by what the library knows, ask the index, cut snippets."""

from __future__ import annotations

from desktop_app.domain import SearchAnswer, SearchHit
from desktop_app.search.expansion import Alternative, AlternativeKind, Expansions
from desktop_app.search.index import SearchResult
from desktop_app.search.snippets import find_spans, make_snippet, matched_forms
from desktop_app.shelf import Shelf

_MOST_ALIASES = 16


class Searching:
    """Answers queries over one library. May be used from several threads."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def search(self, query: str, *, limit: int, request: int, as_you_type: bool) -> SearchAnswer:
        """The best articles; `IndexDamaged` if the index has to be built anew first."""
        result = self._shelf.index.search(query, limit=limit, expand=self._expand, as_you_type=as_you_type)
        return SearchAnswer(query, self._hits(result), result.total, result.message, request)

    def _hits(self, result: SearchResult) -> tuple[SearchHit, ...]:
        articles = {a.id: a for a in self._shelf.articles.articles([hit.id for hit in result.hits])}
        hits = []
        for found in result.hits:
            article = articles.get(found.id)
            if article is None:
                continue  # Removed since it was indexed.
            spans = find_spans(article.text, result.matcher)
            snippet = make_snippet(article.text, result.matcher)
            hits.append(
                SearchHit(
                    id=article.id,
                    title=article.title,
                    language=article.language,
                    date=article.date,
                    source=article.source,
                    score=found.score,
                    snippet=snippet.text,
                    spans=snippet.spans,
                    matched=matched_forms(article.text, spans),
                    text_spans=spans,
                )
            )
        return tuple(hits)

    def _expand(self, text: str) -> Expansions:
        """The other names of the entities that *text* names."""
        names = self._shelf.entities.other_names(text, _MOST_ALIASES)
        return Expansions(tuple(Alternative(name, AlternativeKind.ALIAS) for name in names))
