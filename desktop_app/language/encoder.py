"""Text vectors that mean the same in English and Hindi: multilingual-e5-small, run by onnxruntime in int8.

Where the package with the weights or onnxruntime is absent, `TextEncoder.available()` is False and Setu
compares texts by names, numbers and lexicon alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import tempfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.language.encoder_graph import text_encoder_graph
from desktop_app.language.encoder_weights import EncoderWeights, weights_file
from desktop_app.language.wordpieces import WordPieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

ENCODER_VERSION = "e5-small-int8-3"
"""Name of what the vectors depend on; stored beside them, so that a new encoder re-encodes."""

VECTOR_SIZE = 384

# The model was trained with these (Wang et al. 2024, multilingual E5).
_PASSAGE, _QUERY = "passage:", "query:"
_WINDOW = 254  # of the model's 512 positions; attention over twice as many takes half as long again


def onnx_session(model: str | bytes) -> Any:
    """An onnxruntime session for a graph file or its bytes, on one thread that sleeps while it waits."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class EmbeddingTable:
    """Word pieces to the graph's input rows: word, position and type embeddings added up."""

    def __init__(self, weights: EncoderWeights) -> None:
        self._weights = weights
        self._places = weights.vector("emb.pos").reshape(-1, weights.hidden)
        self._places = self._places + weights.vector("emb.type")[: weights.hidden]

    def rows(self, ids: Sequence[int]) -> Matrix:
        """The rows of one window, shape (1, len(ids), hidden)."""
        rows: Matrix = self._weights.word_rows(ids) + self._places[: len(ids)]
        return rows[None]


class EncoderParts:
    """Weights, embeddings and word pieces, loaded when first asked for.

    The text encoder and the recogniser can be given the same one: that saves a process 40 MB.
    """

    @cached_property
    def weights(self) -> EncoderWeights:
        path = weights_file()
        if path is None:
            raise RuntimeError("ask available() first")
        return EncoderWeights(path)

    @cached_property
    def table(self) -> EmbeddingTable:
        return EmbeddingTable(self.weights)

    @cached_property
    def pieces(self) -> WordPieces:
        return WordPieces(self.weights.vocabulary())


class TextEncoder:
    """Encodes passages and articles; loads nothing until first asked to. Not for two threads at once."""

    def __init__(self, cache_folder: Path, parts: EncoderParts | None = None) -> None:
        """*cache_folder* keeps the graph (22 MB), written on first use; it may be deleted at any time."""
        self._cache_folder = cache_folder
        self._parts = parts or EncoderParts()
        self._session: Any = None

    @staticmethod
    def available() -> bool:
        """Whether the weights and onnxruntime are installed."""
        return weights_file() is not None and importlib.util.find_spec("onnxruntime") is not None

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        """One unit vector a text, float32 of shape (len(texts), 384); the dot product is the cosine.

        A text of more than some 250 word pieces is read in windows and gets the mean of their vectors,
        weighted by length. An empty text gets zeros. The same text always gets the same vector.
        """
        return self._encode(texts, _PASSAGE)

    def encode_query(self, text: str) -> Matrix:
        """The unit vector of what somebody looks for, of shape (384,): near those of passages that answer it."""
        vector: Matrix = self._encode([text], _QUERY)[0]
        return vector

    def _encode(self, texts: Sequence[str], prefix_word: str) -> Matrix:
        import numpy as np

        vectors = np.zeros((len(texts), VECTOR_SIZE), np.float32)
        if self._session is None:
            self._session = onnx_session(str(self._graph_file(self._parts.weights)))
        table, pieces = self._parts.table, self._parts.pieces
        prefix = list(pieces.word(prefix_word))
        room = _WINDOW - len(prefix)
        for index, text in enumerate(texts):
            ids = pieces.text(text)
            for start in range(0, len(ids), room):
                window = [pieces.start, *prefix, *ids[start : start + room], pieces.end]
                (mean,) = self._session.run(["vectors"], {"rows": table.rows(window)})
                vectors[index] += mean[0] * len(window)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        result: Matrix = vectors / np.maximum(norms, 1e-12)
        return result

    def _graph_file(self, weights: EncoderWeights) -> Path:
        """The cached graph, written anew unless its checksum (in its name's companion) is right."""
        path = self._cache_folder / f"{ENCODER_VERSION}.onnx"
        checksum = path.with_suffix(".sha256")
        with contextlib.suppress(OSError):
            if checksum.read_text(encoding="ascii") == hashlib.sha256(path.read_bytes()).hexdigest():
                return path
        graph = text_encoder_graph(weights)
        self._cache_folder.mkdir(parents=True, exist_ok=True)
        _replace(path, graph)
        _replace(checksum, hashlib.sha256(graph).hexdigest().encode())
        return path


def _replace(path: Path, content: bytes) -> None:
    """Write a file so that another process sees the old one or the new one, never half."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
