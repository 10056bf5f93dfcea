"""The shipped table of Hindi words by their consonants is that of the shipped lexicon."""

from __future__ import annotations

import gzip

from desktop_app.language.roman_hindi import READINGS_FILE, words_by_skeleton
from desktop_app.resources import resource_bytes


def test_the_table_is_up_to_date() -> None:
    lines = gzip.decompress(resource_bytes(READINGS_FILE)).decode().splitlines()
    assert dict(line.split("\t") for line in lines) == words_by_skeleton(), "run packaging/models/build_roman_hindi.py"
