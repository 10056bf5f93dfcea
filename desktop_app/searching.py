"""One query from text to answer: expand by what the library knows, ask the index, group, count, cut snippets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop_app.domain import Facets, FacetValue, HitKind, SearchAnswer, SearchHit, SearchOptions
from desktop_app.known_names import shipped_names
from desktop_app.language.scripts import is_devanagari
from desktop_app.meaning import Alike, Meaning
from desktop_app.search.answering import IndexHit, SearchResult
from desktop_app.search.expansion import ALL_KINDS, LESS_SURE, WEIGHTS, Alternative, AlternativeKind, Expansions
from desktop_app.search.snippets import find_spans, make_snippet, matched_forms, passage_snippet
from desktop_app.shelf import Shelf

if TYPE_CHECKING:
    from desktop_app.search.facets import FacetCounts

_MOST_ALIASES = 16
_GROUPED = 500
"""So many of the best hits are looked through for the other reports of their stories."""


class Searching:
    """Answers queries over one library. May be used from several threads."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._meaning = Meaning(shelf)

    def search(
        self,
        query: str,
        *,
        limit: int,
        request: int,
        as_you_type: bool,
        options: SearchOptions,
        kinds: frozenset[AlternativeKind] = ALL_KINDS,
    ) -> SearchAnswer:
        """The best articles; `IndexDamaged` if the index has to be built anew first.

        Words are looked for in these *kinds* of ways beside the one they are typed in.
        """
        alike: dict[int, Alike] = {}

        def likeness(phrase: str) -> Mapping[int, float]:
            alike.update(self._meaning.alike(phrase))
            return {article: found.likeness for article, found in alike.items()}

        result = self._shelf.index.search(
            query,
            limit=max(limit, _GROUPED) if options.by_story else limit,
            expand=self._expand,
            as_you_type=as_you_type,
            sort=options.order.value,
            exact=options.exact,
            narrowing=options.narrowing,
            with_facets=options.with_facets,
            kinds=kinds,
            likeness=likeness,
        )
        stories = self._stories(result.hits) if options.by_story else {}
        found = (grouped(result.hits, stories) if options.by_story else result.hits)[options.skip : limit]
        return SearchAnswer(
            query,
            self._hits(found, result, stories, alike),
            result.total,
            result.message,
            request,
            problems=result.query.problems,
            suggestion=result.suggestion,
            facets=None if result.facets is None else self._facets(result.facets),
        )

    def _stories(self, hits: Sequence[IndexHit]) -> Mapping[int, int]:
        rows = self._shelf.articles.rows([hit.id for hit in hits])
        return {row.id: row.story for row in rows if row.story is not None}

    def _hits(
        self,
        found: Iterable[IndexHit],
        result: SearchResult,
        stories: Mapping[int, int],
        alike: Mapping[int, Alike],
    ) -> tuple[SearchHit, ...]:
        found = tuple(found)
        by_passage = any(hit.kind is HitKind.MEANING for hit in found)
        stored = self._shelf.articles.articles([hit.id for hit in found], with_sentences=by_passage)
        articles = {article.id: article for article in stored}
        hits = []
        for hit in found:
            article = articles.get(hit.id)
            if article is None:
                continue  # Removed since it was indexed.
            spans = find_spans(article.text, result.matcher)
            snippet = make_snippet(article.text, result.matcher)
            if hit.kind is HitKind.MEANING and hit.id in alike:
                from desktop_app.stories.features import linkable_texts

                snippet = passage_snippet(linkable_texts(article)[alike[hit.id].passage], result.matcher)
            hits.append(
                SearchHit(
                    id=article.id,
                    title=article.title,
                    language=article.language,
                    date=article.date,
                    source=article.source,
                    score=hit.score,
                    snippet=snippet.text,
                    spans=snippet.spans,
                    matched=matched_forms(article.text, spans),
                    text_spans=spans,
                    story=stories.get(article.id),
                    kind=hit.kind,
                )
            )
        return tuple(hits)

    def _facets(self, counts: FacetCounts) -> Facets:
        rows = {row.id: row for row in self._shelf.articles.rows([source.example for source in counts.sources])}
        sources = ((rows[source.example].source, source) for source in counts.sources if source.example in rows)
        names = self._shelf.entities.names([int(entity.value) for entity in counts.entities])
        return Facets(
            english=counts.english,
            hindi=counts.hindi,
            sources=tuple(FacetValue(name, name, source.count) for name, source in sources if name),
            months=tuple(FacetValue(month.value, month.value, month.count) for month in counts.months),
            entities=tuple(
                FacetValue(entity.value, " · ".join(names[int(entity.value)]), entity.count)
                for entity in counts.entities
                if names.get(int(entity.value))
            ),
            undated=counts.undated,
        )

    def _expand(self, text: str) -> Expansions:
        """The other names of what *text* names: of the library's entities, and of what is known beforehand."""
        names = self._shelf.entities.other_names(text, _MOST_ALIASES)
        known = shipped_names()
        found = [Alternative(name) for name in names if not known.is_ordinary(name)]
        for other in known.other_names(text):
            kind = AlternativeKind.ALIAS
            if other.is_term:
                same = is_devanagari(other.text) is is_devanagari(text)
                kind = AlternativeKind.SYNONYM if same else AlternativeKind.TRANSLATION
            found.append(Alternative(other.text, kind, WEIGHTS[kind] * LESS_SURE if other.near else None))
        return Expansions(tuple(found), tuple(self._shelf.entities.named(text)))


def grouped(hits: Iterable[IndexHit], stories: Mapping[int, int]) -> tuple[IndexHit, ...]:
    """*hits* with those of a story (article → story) right behind its best one; all else stays in order."""
    groups: dict[tuple[bool, int], list[IndexHit]] = {}
    for hit in hits:
        alone = hit.id not in stories
        groups.setdefault((alone, hit.id if alone else stories[hit.id]), []).append(hit)
    return tuple(hit for group in groups.values() for hit in group)
