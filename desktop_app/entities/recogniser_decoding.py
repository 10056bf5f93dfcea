"""From scores of tags to names: Viterbi for the best names, forward and backward sums for how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.entities.recogniser_model import TagModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_NOTHING = -1e9


@dataclass(frozen=True, slots=True)
class TaggedName:
    """Words `[start, end)` of a sentence; *score* is the probability that just these words are such a name."""

    start: int
    end: int
    type: str
    score: float


class TagLattice:
    """Decodes sentences by a linear-chain CRF (Lafferty et al. 2001), all sentences of a text side by side."""

    def __init__(self, model: TagModel) -> None:
        self._model = model

    def decode(self, sentences: Sequence[Matrix]) -> list[list[TaggedName]]:
        """The names of each sentence, from its scores of shape (words, tags)."""
        import numpy as np

        if not sentences:
            return []
        size, longest = len(sentences), max(map(len, sentences))
        scores = np.zeros((size, longest, len(self._model.tags)), np.float32)
        inside = np.zeros((size, longest), bool)
        for index, rows in enumerate(sentences):
            scores[index, : len(rows)] = rows
            inside[index, : len(rows)] = True
        scores[:, 0] += self._model.first
        paths = self._best_paths(scores, inside)
        forward = self._sums(scores, inside, self._model.steps)
        backward = self._backward(scores, inside)
        found: list[list[TaggedName]] = []
        for index, rows in enumerate(sentences):
            names: list[TaggedName] = []
            for start, end, kind in spans_of([self._model.tags[tag] for tag in paths[index, : len(rows)]]):
                score = self._probability(scores[index], forward[index], backward[index], len(rows), start, end, kind)
                names.append(TaggedName(start, end, kind, score))
            found.append(names)
        return found

    def _best_paths(self, scores: Matrix, inside: NDArray[np.bool_]) -> NDArray[np.int64]:
        import numpy as np

        size, longest, tags = scores.shape
        state = scores[:, 0]
        back = np.zeros((longest, size, tags), np.int64)
        back[:] = np.arange(tags)  # past a sentence's end a tag stays itself
        for place in range(1, longest):
            ways = state[:, :, None] + self._model.steps
            go_on = inside[:, place, None]
            back[place] = np.where(go_on, ways.argmax(1), back[place])
            state = np.where(go_on, ways.max(1) + scores[:, place], state)
        paths = np.zeros((size, longest), np.int64)
        paths[:, -1] = state.argmax(1)
        for place in range(longest - 1, 0, -1):
            paths[:, place - 1] = back[place][np.arange(size), paths[:, place]]
        return paths

    def _sums(self, scores: Matrix, inside: NDArray[np.bool_], steps: Matrix) -> Matrix:
        """Log sums over all ways that reach a word's tag, that word's score included."""
        import numpy as np

        sums = np.empty_like(scores)
        sums[:, 0] = scores[:, 0]
        for place in range(1, scores.shape[1]):
            reached = _log_sum(sums[:, place - 1, :, None] + steps, 1) + scores[:, place]
            sums[:, place] = np.where(inside[:, place, None], reached, sums[:, place - 1])
        return sums

    def _backward(self, scores: Matrix, inside: NDArray[np.bool_]) -> Matrix:
        """Log sums over all ways from after a word's tag to the sentence's end."""
        import numpy as np

        sums = np.zeros_like(scores)
        for place in range(scores.shape[1] - 2, -1, -1):
            after = scores[:, place + 1] + sums[:, place + 1]
            left = _log_sum(self._model.steps + after[:, None, :], 2)
            sums[:, place] = np.where(inside[:, place + 1, None], left, sums[:, place])
        return sums

    def _probability(
        self, scores: Matrix, forward: Matrix, backward: Matrix, length: int, start: int, end: int, kind: str
    ) -> float:
        import numpy as np

        tags, steps = self._model.tags, self._model.steps
        begin, within = tags.index(f"B-{kind}"), tags.index(f"I-{kind}")
        total = forward[start, begin]
        tag = begin
        for place in range(start + 1, end):
            total = total + steps[tag, within] + scores[place, within]
            tag = within
        if end < length:
            after = steps[tag] + scores[end] + backward[end]
            after[within] = _NOTHING
            total = total + _log_sum(after, 0)
        return float(np.exp(min(0.0, float(total - _log_sum(forward[length - 1], 0)))))


def spans_of(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Names written as B- and I- tags, as (first word, end word, type)."""
    found: list[tuple[int, int, str]] = []
    start = -1
    for index, tag in enumerate([*tags, "O"]):
        if start >= 0 and not tag.startswith("I-"):
            found.append((start, index, tags[start][2:]))
            start = -1
        if tag.startswith("B-"):
            start = index
    return found


def _log_sum(values: Matrix, axis: int) -> Matrix:
    import numpy as np

    top = values.max(axis=axis, keepdims=True)
    result: Matrix = np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis))
    return result
