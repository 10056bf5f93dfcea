"""The encoder as an ONNX graph in int8: what onnxruntime needs, written once from the 4-bit weights.

Every linear map is one DynamicQuantizeMatMul: weights int8 with one scale per output, activations quantised
as they come. Input are rows of embeddings, looked up outside, so that the 54 MB table stays memory-mapped on
disk. There is no mask: texts are run one by one, which on one thread is as fast as a padded batch, and gives a
text the same vector whatever its neighbours are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop_app.language.onnx_writer import GraphWriter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from desktop_app.language.encoder_weights import EncoderWeights

    Matrix = NDArray[np.float32]


WIDE_CHANNELS = {0: 318, 1: 1462, 2: 354, 4: 778, 5: 658, 6: 1152, 7: 413}
"""Layer to the one inner channel that grows to 10-70 at a text's first and last piece, where all others stay
below 7 ("massive activations", Sun et al. 2024). Found by running the package's weights over 200 sentences."""


@dataclass(frozen=True, slots=True)
class Linear:
    """`y = x · weight.T + bias`; weight of shape (outputs, inputs).

    `wide`: an input that is kept in float, because it would leave the others but a few of the 256 steps.
    """

    weight: Matrix
    bias: Matrix
    wide: int | None = None


@dataclass(frozen=True, slots=True)
class Norm:
    scale: Matrix
    shift: Matrix


@dataclass(frozen=True, slots=True)
class Layer:
    """One transformer layer, normalised after each half (BERT's order)."""

    query_key_value: Linear
    attention_out: Linear
    attention_norm: Norm
    inner: Linear
    outer: Linear
    out_norm: Norm


def layer_of(weights: EncoderWeights, number: int) -> Layer:
    """Layer *number* (from 0) of the package's weights, dequantised."""
    import numpy as np

    hidden, inner = weights.hidden, weights.inner
    prefix = f"l{number}."

    def linear(name: str, outputs: int, inputs: int) -> Linear:
        return Linear(weights.matrix(f"{prefix}{name}.w", outputs, inputs), weights.vector(f"{prefix}{name}.b"))

    def norm(name: str) -> Norm:
        return Norm(weights.vector(f"{prefix}{name}.w"), weights.vector(f"{prefix}{name}.b"))

    parts = [linear(name, hidden, hidden) for name in "qkv"]
    return Layer(
        query_key_value=Linear(
            np.concatenate([part.weight for part in parts]), np.concatenate([part.bias for part in parts])
        ),
        attention_out=linear("ao", hidden, hidden),
        attention_norm=norm("aln"),
        inner=linear("fi", inner, hidden),
        outer=replace(linear("fo", hidden, inner), wide=WIDE_CHANNELS.get(number)),
        out_norm=norm("oln"),
    )


class EncoderGraph:
    """Adds an encoder to a graph. Graph input: `rows` (batch, length, hidden)."""

    def __init__(self, graph: GraphWriter, hidden: int, heads: int, epsilon: float) -> None:
        self._graph, self._heads, self._epsilon = graph, heads, epsilon
        graph.input("rows", "float32", ["batch", "length", hidden])
        graph.constant("thirds", _int64([hidden] * 3))

    def norm(self, name: str, value: str, norm: Norm) -> str:
        inputs = [value, self._constant(name, "scale", norm.scale), self._constant(name, "shift", norm.shift)]
        self._graph.node("LayerNormalization", inputs, [name], {"axis": -1, "epsilon": self._epsilon})
        return name

    def linear(self, name: str, value: str, linear: Linear) -> str:
        """Add a linear map in int8."""
        import numpy as np

        if linear.wide is not None:
            return self._linear_with_wide_input(name, value, linear, linear.wide)
        scale = np.maximum(np.abs(linear.weight).max(axis=1), 1e-8).astype(np.float32) / np.float32(127)
        quantised = linear.weight / scale[:, None]
        np.rint(quantised, out=quantised)
        inputs = [
            value,
            self._graph.constant(f"{name}.weight", quantised.astype(np.int8).T),
            self._constant(name, "weight_scale", scale),
            self._graph.constant(f"{name}.weight_zero", np.zeros(len(scale), np.int8)),
            self._constant(name, "bias", linear.bias),
        ]
        self._graph.node("DynamicQuantizeMatMul", inputs, [name], contributed=True)
        return name

    def _linear_with_wide_input(self, name: str, value: str, linear: Linear, wide: int) -> str:
        import numpy as np

        others = np.ones(linear.weight.shape[1], np.float32)
        others[wide] = 0
        self._graph.constant(f"{name}.wide", _int64([wide]))
        self._graph.node("Gather", [value, f"{name}.wide"], [f"{name}.wide_input"], {"axis": -1})
        self._graph.node("Mul", [value, self._constant(name, "others", others)], [f"{name}.other_inputs"])
        column = self._constant(name, "column", linear.weight[:, wide])
        self._graph.node("Mul", [f"{name}.wide_input", column], [f"{name}.wide_part"])
        rest = self.linear(f"{name}.rest", f"{name}.other_inputs", Linear(linear.weight * others, linear.bias))
        self._graph.node("Add", [rest, f"{name}.wide_part"], [name])
        return name

    def layer(self, name: str, value: str, layer: Layer) -> str:
        """Add one layer; returns the name of its output."""
        graph = self._graph
        joint = self.linear(f"{name}.joint", value, layer.query_key_value)
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        graph.node("Split", [joint, "thirds"], parts, {"axis": -1})
        graph.node(
            "MultiHeadAttention",
            parts,
            [f"{name}.context"],
            {"num_heads": self._heads},
            contributed=True,
        )
        attended = self.linear(f"{name}.attended", f"{name}.context", layer.attention_out)
        graph.node("Add", [value, attended], [f"{name}.sum"])
        middle = self.norm(f"{name}.middle", f"{name}.sum", layer.attention_norm)
        inner = self.linear(f"{name}.inner", middle, layer.inner)
        graph.node("Gelu", [inner], [f"{name}.active"])
        outer = self.linear(f"{name}.outer", f"{name}.active", layer.outer)
        graph.node("Add", [middle, outer], [f"{name}.sum2"])
        return self.norm(f"{name}.out", f"{name}.sum2", layer.out_norm)

    def _constant(self, name: str, part: str, array: Matrix) -> str:
        import numpy as np

        return self._graph.constant(f"{name}.{part}", array.astype(np.float32))


def text_encoder_graph(weights: EncoderWeights) -> bytes:
    """The whole encoder with mean pooling: output `vectors` (batch, hidden)."""
    graph = GraphWriter("text_encoder")
    encoder = EncoderGraph(graph, weights.hidden, weights.heads, weights.epsilon)
    value = encoder.norm("embedded", "rows", Norm(weights.vector("emb.ln.w"), weights.vector("emb.ln.b")))
    for number in range(weights.layers):
        value = encoder.layer(f"layer{number}", value, layer_of(weights, number))
    graph.constant("places", _int64([1]))
    graph.node("ReduceMean", [value, "places"], ["vectors"], {"keepdims": 0})
    graph.output("vectors", "float32", ["batch", weights.hidden])
    return graph.to_bytes()


def _int64(values: list[int]) -> NDArray[np.int64]:
    import numpy as np

    return np.array(values, np.int64)
