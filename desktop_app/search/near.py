"""Articles that come near a phrase which few articles have in full: they hold the most of it, or mean the same.

Every hit of a search holds all that was asked for. Where those are few, these are shown behind them, and said to be
no more than near.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.search.expansion import Concept
from desktop_app.search.planning import Plan, PlanAll, PlanAny, is_bare, is_function_word
from desktop_app.search.query_tree import AllOf, AnyOf, Node, Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from desktop_app.search.postings import Documents
    from desktop_app.search.scoring import Mask, Scorer
    from desktop_app.search.snapshot import Snapshot

MOST = 5
"""So many articles are shown behind the hits."""

_HOLDS_MOST = 0.55
_WORDS_FOR_MOST = 3
_MEANS_THE_SAME = 0.33
_HOLDS_SOME, _MEANS_MUCH = 0.3, 0.22
_BOTH = 0.36
_COVERAGE_WEIGHT = 0.3
_UNKNOWN_MEANING = 0.1

Likeness = Callable[[str], Mapping[int, float]]
"""Asked for a phrase: article id → how like in meaning, 0..1, of the articles that are like it at all."""


@dataclass(frozen=True, slots=True)
class NearHit:
    """An article (by document number) that comes near. `by_meaning` where it lacks most of the words."""

    document: int
    score: float
    by_meaning: bool


def is_phrase(root: Node) -> bool:
    """Whether *root* is two words or more that may be found one without the other; filters may narrow them."""
    nodes = root.nodes if isinstance(root, AllOf) else (root,)
    if any(isinstance(node, AnyOf | AllOf) for node in nodes):
        return False
    terms = [node for node in nodes if isinstance(node, Term)]
    if not all(is_bare(term) and not term.title for term in terms):
        return False
    return sum(not is_function_word(term) for term in terms) > 1


def near_hits(
    snapshot: Snapshot, scorer: Scorer, plan: Plan, taken: Documents, likeness: Mapping[int, float]
) -> list[NearHit]:
    """What comes nearest to *plan*, which is a phrase's, beside the documents *taken*; the nearest first."""
    import numpy as np

    nodes = plan.nodes if isinstance(plan, PlanAll) else (plan,)
    parts = [node for node in nodes if isinstance(node, Concept | PlanAny | PlanAll)]
    enough_words = sum(map(_words, parts)) >= _WORDS_FOR_MOST
    if not (likeness or enough_words):
        return []
    allowed: Mask = np.ones(snapshot.size, np.bool_)
    allowed[taken] = False
    held = np.zeros(snapshot.size, np.float32)
    wanted = 0.0
    for node in nodes:
        if isinstance(node, Concept | PlanAny | PlanAll):
            part = _Part(scorer, node, snapshot.size)
            held += part.held
            wanted += part.wanted
        else:
            allowed &= _marked(scorer, node, snapshot.size)
    coverage = held / max(wanted, 1e-6)
    meaning = np.zeros(snapshot.size, np.float32)
    for number in snapshot.numbers_of(likeness.keys()):
        meaning[number] = likeness[int(snapshot.ids[number])]
    holds_most = coverage >= _HOLDS_MOST if enough_words else np.zeros(snapshot.size, np.bool_)
    near_both = (coverage >= _HOLDS_SOME) & (meaning >= _MEANS_MUCH) & (_COVERAGE_WEIGHT * coverage + meaning >= _BOTH)
    allowed &= snapshot.live
    found = np.flatnonzero(allowed & (holds_most | near_both | (meaning >= _MEANS_THE_SAME)))
    scores = _COVERAGE_WEIGHT * coverage[found] + np.maximum(meaning[found], _UNKNOWN_MEANING)
    order = np.lexsort((snapshot.ids[found], -scores))[:MOST]
    return [
        NearHit(int(number), float(score), bool(coverage[number] < _HOLDS_SOME))
        for number, score in zip(found[order].tolist(), scores[order].tolist(), strict=True)
    ]


class _Part:
    """How much of one part of a phrase each document holds, in rarity of the words."""

    def __init__(self, scorer: Scorer, plan: Plan, size: int) -> None:
        import numpy as np

        self.held: NDArray[np.float32] = np.zeros(size, np.float32)
        self.wanted = 0.0
        if isinstance(plan, Concept):
            found = scorer.holding(plan)
            self.wanted = 1.0 + scorer.rarity(len(found))  # In a small library rarity says too little alone.
            self.held[found] = self.wanted
            return
        # A run of words that has other names: its words, or any of those names for all of them.
        parts = [_Part(scorer, node, size) for node in _parts(plan)]
        self.wanted = sum(part.wanted for part in parts)
        for part in parts:
            self.held += part.held
        if isinstance(plan, PlanAny):
            self.held[scorer.evaluate(plan).documents] = self.wanted


def _words(plan: Plan) -> int:
    """How many words of the phrase stand in a part of it."""
    return 1 if isinstance(plan, Concept) else sum(map(_words, _parts(plan)))


def _marked(scorer: Scorer, plan: Plan, size: int) -> Mask:
    import numpy as np

    mask = np.zeros(size, np.bool_)
    mask[scorer.evaluate(plan).documents] = True
    return mask


def _parts(plan: Plan) -> Iterator[Plan]:
    if isinstance(plan, PlanAny):
        yield plan.nodes[0]
    elif isinstance(plan, PlanAll):
        yield from plan.nodes
