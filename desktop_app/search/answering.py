"""From a query to hits over one commit of the index: parse, plan, find, and say what else may have been meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from desktop_app.domain import ENOUGH_HITS, HitKind, Narrowing
from desktop_app.search.expansion import ALL_KINDS, AlternativeKind, Concept, Expand
from desktop_app.search.narrowing import narrowed
from desktop_app.search.near import Likeness, is_phrase, near_hits
from desktop_app.search.planning import Plan, Planner, nothing_more
from desktop_app.search.query_language import parse
from desktop_app.search.query_tree import Node, Query
from desktop_app.search.snippets import Matcher, wanted_concepts

if TYPE_CHECKING:
    from desktop_app.search.facets import FacetCounter, FacetCounts
    from desktop_app.search.postings import Documents
    from desktop_app.search.snapshot import Snapshot
    from desktop_app.search.vocabulary import Vocabulary

Sort = Literal["relevance", "date"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, beside the words; see `SearchIndex.search`."""

    limit: int = 50
    as_you_type: bool = False
    sort: Sort = "relevance"
    exact: bool = False
    narrowing: Narrowing = field(default_factory=Narrowing)
    with_facets: bool = False
    kinds: frozenset[AlternativeKind] = ALL_KINDS
    expand: Expand | None = None
    likeness: Likeness | None = None


class IndexHit(NamedTuple):
    """One found article: its id, its score (0 where only filters were asked for), the index terms it holds.

    `kind` says whether it has all that was asked for.
    """

    id: int
    score: float
    terms: tuple[str, ...]
    kind: HitKind = HitKind.ALL


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best hits, how many there are in all, and a sentence where something is to be said.

    What is wrong with the query stands in `query.problems`. Behind the hits, and not counted in `total`, may stand
    articles that only come near. `suggestion` is the query with its misspelt words corrected.
    """

    hits: tuple[IndexHit, ...]
    total: int
    query: Query
    matcher: Matcher
    message: str = ""
    facets: FacetCounts | None = None
    suggestion: str = ""


def answer(
    query: str, request: Request, snapshot: Snapshot, vocabulary: Vocabulary, facets: FacetCounter | None
) -> SearchResult:
    """The best hits of *query*; *facets* counts all of them, if it is given."""
    from desktop_app.search.scoring import Scorer, best_of, terms_in

    parsed = parse(query, unfinished=request.as_you_type, exact=request.exact)
    root = narrowed(parsed.root, request.narrowing)
    if root is None:
        return SearchResult((), 0, parsed, Matcher(()))
    planner = Planner(vocabulary, request.expand or nothing_more, request.kinds)
    plan = planner.plan(root)
    concepts = wanted_concepts(plan)
    scorer = Scorer(snapshot)
    found = scorer.evaluate(plan)
    best = best_of(snapshot, found, request.limit, by_date=request.sort == "date")
    ids, scores = snapshot.ids[best.documents].tolist(), best.scores.astype(float).round(4).tolist()
    terms = terms_in(snapshot, concepts, best.documents)
    hits = [IndexHit(id_, score, held) for id_, score, held in zip(ids, scores, terms, strict=True)]
    total = len(found.documents)
    if total < min(ENOUGH_HITS, request.limit) and not request.as_you_type and is_phrase(root):
        hits += _near(root, plan, planner, snapshot, found.documents, request)
    message, suggestion = "", ""
    if not total or any(concept.instead for concept in concepts):
        message, suggestion = _what_else(parsed, concepts, snapshot, vocabulary, hits)
    counts = None if facets is None else facets.count(found.documents)
    return SearchResult(tuple(hits), total, parsed, Matcher(concepts), message, counts, suggestion)


def _near(
    root: Node, plan: Plan, planner: Planner, snapshot: Snapshot, taken: Documents, request: Request
) -> list[IndexHit]:
    """What comes near a phrase, as hits behind those that hold all of it."""
    from desktop_app.search.scoring import Scorer

    alike: Mapping[int, float] = {}
    if request.likeness is not None and AlternativeKind.MEANING in request.kinds:
        alike = request.likeness(planner.in_hindi(root))
    room = request.limit - len(taken)
    return [
        IndexHit(
            int(snapshot.ids[near.document]),
            round(near.score, 4),
            (),
            HitKind.MEANING if near.by_meaning else HitKind.SOME,
        )
        for near in near_hits(snapshot, Scorer(snapshot), plan, taken, alike)[:room]
    ]


def _what_else(
    query: Query, concepts: list[Concept], snapshot: Snapshot, vocabulary: Vocabulary, hits: list[IndexHit]
) -> tuple[str, str]:
    """A sentence for the reader who found nothing, or something else than asked for, and a query to ask instead."""
    if not snapshot.count:
        return "There are no articles to search yet.", ""
    unknown, meant = _unknown(query, concepts, snapshot, vocabulary, near=bool(hits))
    suggestion = query.text
    for start, end, word in sorted(meant, reverse=True):
        suggestion = suggestion[:start] + word + suggestion[end:]
    if suggestion == query.text:
        suggestion = ""
    if not unknown:
        if hits:
            return "No article has all of this together; these come near.", ""
        return ("No article has all of this together." if len(concepts) > 1 else "No article matches."), ""
    missing = f"No article has “{unknown[0]}”"
    if not meant:
        return f"{missing}; these come near." if hits else f"{missing}.", ""
    words = meant[0][2]
    if any(hit.kind is HitKind.ALL for hit in hits):
        return f"{missing}; these have “{words}”.", suggestion
    return f"{missing}. Did you mean “{words}”?", suggestion


def _unknown(
    query: Query, concepts: list[Concept], snapshot: Snapshot, vocabulary: Vocabulary, *, near: bool
) -> tuple[list[str], list[tuple[int, int, str]]]:
    """The words that no article has, and the places of those that are misspelt, each with the word meant."""
    from desktop_app.search.scoring import Scorer

    scorer = Scorer(snapshot)
    corrected = {concept.text: concept.instead for concept in concepts if concept.instead}
    unknown: list[str] = []
    meant: list[tuple[int, int, str]] = []
    for term in query.terms():
        for word in term.words:
            if word not in corrected:
                (known,) = wanted_concepts(Planner(vocabulary).plan(type(term)((word,), exact=term.exact)))
                if len(scorer.holding(known)):
                    continue
            unknown.append(word)
            # Where articles come near, only a slip is worth a word; where there is nothing, any likeness is.
            nearest = corrected.get(word) or (vocabulary.corrected(word) if near else vocabulary.nearest(word))
            place = query.text.find(word, term.start, term.end)
            if nearest is not None and place >= 0:
                meant.append((place, place + len(word), nearest))
    return unknown, meant
