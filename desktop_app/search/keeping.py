"""What was worked out lately, kept up to a bound."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_Kept = TypeVar("_Kept")


class Keeper:
    """Keeps values of any size, *most* in all; what was not asked for longest goes first. Safe from several threads."""

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._keeping = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], tuple[_Kept, int]]) -> _Kept:
        """What is kept under *key*, or what *make* makes, with its size."""
        with self._keeping:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                kept: _Kept = known[0]
                return kept
        made, size = make()
        with self._keeping:
            if key not in self._kept:
                self._kept[key] = made, size
                self._held += size
            while self._held > self._most and len(self._kept) > 1:
                self._held -= self._kept.popitem(last=False)[1][1]
        return made
