"""A slice of what `tests/robustness` does in full: hostile and damaged files through the import that users run."""

from __future__ import annotations

import sys

import pytest

from tests.robustness import hostile_files, mutations


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and sockets as files are POSIX")
def test_hostile_files_get_no_further_than_they_should() -> None:
    results = list(hostile_files.run(every=14))
    assert len(results) >= 12
    # How long it takes is for the script to say: here other work may share the machine.
    wrong = {result.name: result.wrong for result in results if result.wrong and not _is_slow(result)}
    assert not wrong


def test_mutations_of_good_files_crash_nothing_and_what_is_stored_is_shown_and_found() -> None:
    outcome = mutations.run(60, seed=7)
    assert not outcome.faults
    assert outcome.articles > 10


def _is_slow(result: hostile_files.Result) -> bool:
    return result.seconds > 5 and any("took" in text for text in (*result.wrong, *result.messages))
