"""The network that is trained: the encoder's lower layers, a head that knows the corpus, a CRF over the tags."""

from __future__ import annotations

import random
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from desktop_app.language.encoder_graph import Layer, Linear, Norm, layer_of
from desktop_app.language.encoder_weights import EncoderWeights

from .recogniser_data import CORPORA, TAGS

FORBIDDEN = -1e4
FROZEN = 2  # the lowest layers stay the package's: they hardly change, and cost a tenth of the time
_POOL_SIZE = 1 << 23


class PooledDropout(nn.Module):  # type: ignore[misc]
    """Dropout whose masks are slices of one pool drawn beforehand: drawing them anew costs 9 % of a step."""

    _pool: ClassVar[dict[torch.dtype, Tensor]] = {}

    def __init__(self, chance: float) -> None:
        super().__init__()
        self._chance = chance

    def forward(self, value: Tensor) -> Tensor:
        if not self.training or not self._chance:
            return value
        if value.dtype not in self._pool:
            kept = (torch.rand(_POOL_SIZE) >= self._chance).to(value.dtype) / (1 - self._chance)
            self._pool[value.dtype] = kept
        start = random.randrange(_POOL_SIZE - value.numel())
        return value * self._pool[value.dtype][start : start + value.numel()].view(value.shape)


def _linear(source: Linear) -> nn.Linear:
    outputs, inputs = source.weight.shape
    layer = nn.Linear(inputs, outputs)
    layer.weight.data = torch.from_numpy(source.weight.copy())
    layer.bias.data = torch.from_numpy(source.bias.copy())
    return layer


def _norm(source: Norm, epsilon: float) -> nn.LayerNorm:
    norm = nn.LayerNorm(len(source.scale), epsilon)
    norm.weight.data = torch.from_numpy(source.scale.copy())
    norm.bias.data = torch.from_numpy(source.shift.copy())
    return norm


class EncoderLayer(nn.Module):  # type: ignore[misc]
    def __init__(self, source: Layer, heads: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self._heads = heads
        self.joint = _linear(source.query_key_value)
        self.attended = _linear(source.attention_out)
        self.middle = _norm(source.attention_norm, epsilon)
        self.inner = _linear(source.inner)
        self.outer = _linear(source.outer)
        self.out = _norm(source.out_norm, epsilon)
        self.drop = PooledDropout(dropout)

    def forward(self, value: Tensor, mask: Tensor) -> Tensor:
        batch, length, hidden = value.shape
        size = hidden // self._heads
        joint = self.joint(value).view(batch, length, 3, self._heads, size)
        query, key, content = joint.permute(2, 0, 3, 1, 4)
        weights = torch.softmax((query @ key.transpose(2, 3)) * size**-0.5 + mask, -1)
        context = (weights @ content).transpose(1, 2).reshape(batch, length, hidden)
        value = self.middle(value + self.drop(self.attended(context)))
        result: Tensor = self.out(value + self.drop(self.outer(functional.gelu(self.inner(value)))))
        return result


class Network(nn.Module):  # type: ignore[misc]
    """Emissions for each word from its first word piece, the word's shape and the corpus' tag."""

    def __init__(self, weights: EncoderWeights, layers: int, shapes: int, width: int = 256) -> None:
        super().__init__()
        hidden, epsilon = weights.hidden, weights.epsilon
        self.embedded = _norm(Norm(weights.vector("emb.ln.w"), weights.vector("emb.ln.b")), epsilon)
        self.layers = nn.ModuleList(
            EncoderLayer(layer_of(weights, number), weights.heads, epsilon, 0.1 if number >= FROZEN else 0.0)
            for number in range(layers)
        )
        self.drop = PooledDropout(0.1)
        self.corpus_row = nn.Embedding(len(CORPORA), hidden)
        self.corpus_middle = nn.Embedding(len(CORPORA), width)
        self.corpus_out = nn.Embedding(len(CORPORA), len(TAGS))
        self.middle = nn.Linear(hidden + shapes, width)
        self.out = nn.Linear(width, len(TAGS))
        self.head_drop = nn.Dropout(0.1)
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        nn.init.zeros_(self.corpus_row.weight)
        nn.init.normal_(self.corpus_middle.weight, 0, 0.1)
        nn.init.zeros_(self.corpus_out.weight)
        for parameter in [*self.embedded.parameters(), *self.layers[:FROZEN].parameters()]:
            parameter.requires_grad_(False)
        inside = torch.tensor([tag[0] == "I" for tag in TAGS])
        forbidden = torch.zeros(len(TAGS), len(TAGS))
        for before, one in enumerate(TAGS):
            for after, other in enumerate(TAGS):
                if other[0] == "I" and one[1:] != other[1:]:
                    forbidden[before, after] = FORBIDDEN
        self.register_buffer("forbidden", forbidden)
        self.register_buffer("never_first", inside * FORBIDDEN)

    def encoder_parameters(self) -> list[nn.Parameter]:
        """What is tuned of the encoder: all but the embeddings and the FROZEN lowest layers."""
        return list(self.layers[FROZEN:].parameters())

    def head_parameters(self) -> list[nn.Parameter]:
        encoder = {id(p) for p in [*self.embedded.parameters(), *self.layers.parameters()]}
        return [parameter for parameter in self.parameters() if id(parameter) not in encoder]

    def forward(self, batch: Any) -> Tensor:
        """Emissions (batch, words, tags), with the inside tags forbidden where a sentence begins."""
        rows = batch.rows.clone()
        rows[:, 0] += self.corpus_row(batch.corpus)
        with torch.autocast("cpu", torch.bfloat16):
            value = self.embedded(rows)
            mask = batch.mask.bfloat16()
            for number, layer in enumerate(self.layers):
                value = layer(value, mask)
                if number + 1 == FROZEN:
                    value = self.drop(value)
        value = value.float()
        value = value.gather(1, batch.first[:, :, None].expand(-1, -1, value.shape[2]))
        middle = self.middle(self.head_drop(torch.cat([value, batch.shapes], 2)))
        middle = functional.relu(middle + self.corpus_middle(batch.corpus)[:, None])
        emissions = self.out(self.head_drop(middle)) + self.corpus_out(batch.corpus)[:, None]
        result: Tensor = emissions + batch.starts[:, :, None] * self.never_first
        return result

    def loss(self, batch: Any, emissions: Tensor) -> Tensor:
        """Negative log likelihood of the tags, summed over the batch."""
        table = self.transitions + self.forbidden
        inside = batch.inside
        own = emissions.gather(2, batch.tags[:, :, None])[:, :, 0]
        steps = table[batch.tags[:, :-1], batch.tags[:, 1:]]
        gold = (own * inside).sum(1) + (steps * inside[:, 1:]).sum(1)
        state = emissions[:, 0]
        for place in range(1, emissions.shape[1]):
            after = torch.logsumexp(state[:, :, None] + table, 1) + emissions[:, place]
            state = torch.where(inside[:, place, None], after, state)
        return (torch.logsumexp(state, 1) - gold).sum()
