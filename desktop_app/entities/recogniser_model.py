"""The recogniser's network: the encoder's lower layers, tuned for names, and a small head over each word.

Only the tuning is shipped (`resources/models/recogniser.npz`): the difference of each matrix from the package's
weights, in the package's own 4-bit blocks. The int8 graph is put together from both when the model is loaded.
"""

from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.entities.recogniser_input import SHAPES, Window, shape_of, window_of, window_sizes
from desktop_app.language.encoder import EncoderParts, batches_by_length, onnx_session
from desktop_app.language.encoder_graph import EncoderGraph, Layer, Linear, Norm, layer_of
from desktop_app.language.encoder_weights import EncoderWeights, blocks_to_matrix, weights_file
from desktop_app.language.onnx_writer import GraphWriter
from desktop_app.resources import resource_bytes, resource_exists

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

RESOURCE = "models/recogniser.npz"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words to be read together; `starts` are the indices at which its sentences begin."""

    words: tuple[str, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TagModel:
    """How tags follow each other: scores to add for a step, and what a sentence cannot begin with."""

    tags: tuple[str, ...]
    steps: Matrix
    first: Matrix


def model_available() -> bool:
    """Whether the tuning, the weights it is added to and onnxruntime are all there."""
    return (
        resource_exists(RESOURCE) and weights_file() is not None and importlib.util.find_spec("onnxruntime") is not None
    )


class RecogniserModel:
    """Emissions of tags for words. Made once; loading takes about half a second."""

    def __init__(self, parts: EncoderParts) -> None:
        import numpy as np

        self._parts = parts
        with np.load(io.BytesIO(resource_bytes(RESOURCE)), allow_pickle=False) as stored:
            tensors: dict[str, Any] = {name: stored[name] for name in stored.files}
        description = json.loads(str(tensors.pop("description")))
        self._corpora: list[str] = description["corpora"]
        self._session = onnx_session(tuned_graph(parts.weights, tensors, description["layers"]))
        self._head = {
            name.removeprefix("head."): value.astype(np.float32)
            for name, value in tensors.items()
            if name.startswith("head.")
        }
        self.tag_model = TagModel(
            tuple(description["tags"]), self._head.pop("transitions"), self._head.pop("never_first")
        )

    def sizes(self, words: Sequence[str]) -> list[int]:
        """How many word pieces each word takes."""
        return window_sizes(self._parts.pieces, words)

    def emissions(self, runs: Sequence[Words], corpus: str) -> list[Matrix]:
        """Scores (words, tags) for each run, by the conventions of *corpus*."""
        import numpy as np

        windows = [window_of(self._parts.pieces, run.words) for run in runs]
        found: list[Matrix] = [np.zeros((0, 0), np.float32)] * len(runs)
        for batch in batches_by_length([len(window.ids) for window in windows]):
            states = self._states([windows[index] for index in batch], self._corpora.index(corpus))
            for index, rows in zip(batch, states, strict=True):
                found[index] = self._scores(rows[list(windows[index].first)], runs[index], corpus)
        return found

    def _states(self, windows: Sequence[Window], corpus: int) -> Matrix:
        rows, lengths = self._parts.table.rows([window.ids for window in windows])
        rows[:, 0] += self._head["corpus_row"][corpus]
        (states,) = self._session.run(["states"], {"rows": rows, "lengths": lengths})
        result: Matrix = states
        return result

    def _scores(self, states: Matrix, run: Words, corpus: str) -> Matrix:
        import numpy as np

        head, number = self._head, self._corpora.index(corpus)
        starts = set(run.starts)
        shapes = np.array(
            [shape_of(word, first=index in starts) for index, word in enumerate(run.words)], np.float32
        ).reshape(-1, SHAPES)
        middle = np.concatenate([states, shapes], axis=1) @ head["middle.weight"].T + head["middle.bias"]
        middle = np.maximum(middle + head["corpus_middle"][number], 0)
        scores: Matrix = middle @ head["out.weight"].T + head["out.bias"] + head["corpus_out"][number]
        return scores


def tuned_graph(weights: EncoderWeights, tensors: dict[str, Any], layers: int) -> bytes:
    """The graph of the tuned layers: output `states` (batch, length, hidden)."""
    graph = GraphWriter("recogniser")
    encoder = EncoderGraph(graph, weights.hidden, weights.heads, weights.epsilon)

    def norm(name: str) -> Norm:
        return Norm(tensors[f"{name}.weight"], tensors[f"{name}.bias"])

    def linear(name: str, base: Linear) -> Linear:
        blocks = tensors.get(f"{name}.difference")  # absent where training left the layer alone
        weight = base.weight if blocks is None else base.weight + blocks_to_matrix(blocks, *base.weight.shape)
        return Linear(weight, tensors[f"{name}.bias"])

    value = encoder.norm("embedded", "rows", norm("embedded"))
    for number in range(layers):
        base, name = layer_of(weights, number), f"layers.{number}"
        layer = Layer(
            query_key_value=linear(f"{name}.joint", base.query_key_value),
            attention_out=linear(f"{name}.attended", base.attention_out),
            attention_norm=norm(f"{name}.middle"),
            inner=linear(f"{name}.inner", base.inner),
            outer=linear(f"{name}.outer", base.outer),
            out_norm=norm(f"{name}.out"),
        )
        value = encoder.layer(name, value, layer)
    graph.node("Identity", [value], ["states"])
    graph.output("states", "float32", ["batch", "length", weights.hidden])
    return graph.to_bytes()
