"""A writer of ONNX files: the few protocol-buffer messages that a graph needs.

Field numbers are those of onnx.proto3 (ONNX 1.16, IR version 10). Written here because the `onnx` package,
with its compiled protocol buffers, would be much weight in a bundle that only ever writes one kind of graph.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[Any]

Attribute: TypeAlias = "int | float | str | Sequence[int]"

_MICROSOFT = "com.microsoft"
_ELEMENT_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
_IR_VERSION = 10
_OPSET = 20


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1  # negative numbers are sent as 64-bit two's complement
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _integer(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _header(field: int, payload: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(payload))


def _message(field: int, payload: bytes) -> bytes:
    return _header(field, payload) + payload


def _text(field: int, value: str) -> bytes:
    return _message(field, value.encode())


def _attribute(name: str, value: Attribute) -> bytes:
    body = _text(1, name)
    if isinstance(value, float):
        return body + _varint(2 << 3 | 5) + struct.pack("<f", value) + _integer(20, 1)
    if isinstance(value, int):
        return body + _integer(3, value) + _integer(20, 2)
    if isinstance(value, str):
        return body + _text(4, value) + _integer(20, 3)
    return body + b"".join(_integer(8, item) for item in value) + _integer(20, 7)


def _value_info(name: str, element: str, shape: Sequence[int | str]) -> bytes:
    dims = b"".join(_message(1, _text(2, size) if isinstance(size, str) else _integer(1, size)) for size in shape)
    tensor = _integer(1, _ELEMENT_TYPES[element]) + _message(2, dims)
    return _text(1, name) + _message(2, _message(1, tensor))


class GraphWriter:
    """Collects nodes and constants, then gives the file's bytes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._nodes: list[bytes] = []
        self._constants: dict[str, bytes] = {}
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []

    def constant(self, name: str, array: Array) -> str:
        """Add an initialiser (once a name) and return its name."""
        if name not in self._constants:
            raw = _contiguous(array).tobytes()
            sizes = [_integer(1, size) for size in array.shape]
            kind = _integer(2, _ELEMENT_TYPES[array.dtype.name])
            self._constants[name] = b"".join([*sizes, kind, _text(8, name), _header(9, raw), raw])
        return name

    def node(
        self,
        operator: str,
        inputs: Sequence[str],
        outputs: Sequence[str],
        attributes: Mapping[str, Attribute] | None = None,
        *,
        contributed: bool = False,
    ) -> None:
        """Add a node; *contributed* operators are onnxruntime's own (domain com.microsoft)."""
        body = b"".join(_text(1, name) for name in inputs) + b"".join(_text(2, name) for name in outputs)
        body += _text(4, operator)
        for name, value in (attributes or {}).items():
            body += _message(5, _attribute(name, value))
        self._nodes.append(body + (_text(7, _MICROSOFT) if contributed else b""))

    def input(self, name: str, element: str, shape: Sequence[int | str]) -> None:
        self._inputs.append(_value_info(name, element, shape))

    def output(self, name: str, element: str, shape: Sequence[int | str]) -> None:
        self._outputs.append(_value_info(name, element, shape))

    def to_bytes(self) -> bytes:
        parts = [part for node in self._nodes for part in (_header(1, node), node)]
        parts.append(_text(2, self._name))
        parts += [part for constant in self._constants.values() for part in (_header(5, constant), constant)]
        parts += [_message(11, value) for value in self._inputs]
        parts += [_message(12, value) for value in self._outputs]
        size = sum(map(len, parts))
        opsets = _message(8, _text(1, "") + _integer(2, _OPSET))
        opsets += _message(8, _text(1, _MICROSOFT) + _integer(2, 1))
        begin = _integer(1, _IR_VERSION) + _text(2, "setu") + _varint(7 << 3 | 2) + _varint(size)
        return b"".join([begin, *parts, opsets])  # joined once: the constants are most of a process' memory


def _contiguous(array: Array) -> Array:
    import numpy as np

    return np.ascontiguousarray(array)
