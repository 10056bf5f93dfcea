"""Word lists that rules about names ask: heads of names, honorifics, verbs of saying."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from desktop_app.resources import resource_text


@cache
def _all() -> Mapping[str, frozenset[str]]:
    lists: dict[str, frozenset[str]] = {}
    for line in resource_text("gazetteer/cues.tsv").splitlines():
        if line and not line.startswith("#"):
            name, words = line.split("\t")
            lists[name] = frozenset(word.replace("_", " ") for word in words.split())
    return lists


def cue(name: str) -> frozenset[str]:
    """The words of the list *name* in `resources/gazetteer/cues.tsv`; Hindi ones are folded."""
    return _all()[name]
