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

from desktop_app.entities.recogniser_input import SHAPES, shape_of, window_of, window_sizes
from desktop_app.language.encoder import EncoderParts, onnx_session
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
        self._corpus_rows: Matrix = tensors["head.corpus_row"]
        self.tag_model = TagModel(tuple(description["tags"]), tensors["head.transitions"], tensors["head.never_first"])
        self._session = onnx_session(tuned_graph(parts.weights, tensors, description["layers"]))

    def sizes(self, words: Sequence[str]) -> list[int]:
        """How many word pieces each word takes."""
        return window_sizes(self._parts.pieces, words)

    def emissions(self, run: Words, corpus: str) -> Matrix:
        """Scores (words, tags) by the conventions of *corpus*."""
        import numpy as np

        number, starts = self._corpora.index(corpus), set(run.starts)
        window = window_of(self._parts.pieces, run.words)
        rows = self._parts.table.rows(window.ids)
        rows[:, 0] += self._corpus_rows[number]
        shapes = [shape_of(word, first=index in starts) for index, word in enumerate(run.words)]
        inputs = {
            "rows": rows,
            "first": np.array(window.first, np.int64),
            "shapes": np.array(shapes, np.float32),
            "corpus": np.array(number, np.int64),
        }
        (scores,) = self._session.run(["scores"], inputs)
        result: Matrix = scores
        return result


def tuned_graph(weights: EncoderWeights, tensors: dict[str, Any], layers: int) -> bytes:
    """The graph of the tuned layers and the head: output `scores` (words, tags)."""
    graph = GraphWriter("recogniser")
    encoder = EncoderGraph(graph, weights.hidden, weights.heads, weights.epsilon)

    def norm(name: str) -> Norm:
        return Norm(tensors[f"{name}.weight"], tensors[f"{name}.bias"])

    def linear(name: str, base: Linear) -> Linear:
        blocks = tensors.get(f"{name}.difference")  # absent where training left the layer alone
        weight = base.weight if blocks is None else base.weight + blocks_to_matrix(blocks, *base.weight.shape)
        return Linear(weight, tensors[f"{name}.bias"], base.wide)

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
    _add_head(graph, value, tensors)
    return graph.to_bytes()


def _add_head(graph: GraphWriter, states: str, tensors: dict[str, Any]) -> None:
    """From the state at each word's first piece, its shape and the corpus to scores of tags."""
    import numpy as np

    def constant(name: str) -> str:
        return graph.constant(name, tensors[f"head.{name}"].astype(np.float32))

    def matrix(name: str) -> str:
        return graph.constant(name, tensors[f"head.{name}"].astype(np.float32).T)

    graph.input("first", "int64", ["words"])
    graph.input("shapes", "float32", ["words", SHAPES])
    graph.input("corpus", "int64", [])
    graph.constant("batch_axis", np.array([0], np.int64))
    graph.node("Squeeze", [states, "batch_axis"], ["states"])
    graph.node("Gather", ["states", "first"], ["word_states"])
    graph.node("Concat", ["word_states", "shapes"], ["features"], {"axis": 1})
    graph.node("MatMul", ["features", matrix("middle.weight")], ["middle_product"])
    graph.node("Add", ["middle_product", constant("middle.bias")], ["middle_sum"])
    graph.node("Gather", [constant("corpus_middle"), "corpus"], ["middle_of_corpus"])
    graph.node("Add", ["middle_sum", "middle_of_corpus"], ["middle"])
    graph.node("Relu", ["middle"], ["active"])
    graph.node("MatMul", ["active", matrix("out.weight")], ["out_product"])
    graph.node("Add", ["out_product", constant("out.bias")], ["out_sum"])
    graph.node("Gather", [constant("corpus_out"), "corpus"], ["out_of_corpus"])
    graph.node("Add", ["out_sum", "out_of_corpus"], ["scores"])
    graph.output("scores", "float32", ["words", len(tensors["head.out.bias"])])
