"""A slice of what `tests/robustness` does in full: hostile and damaged files through the import that users run."""

from __future__ import annotations

import sys

import pytest

from tests.robustness import hostile_files, mutations


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and sockets as files are POSIX")
def test_hostile_files_get_no_further_than_they_should() -> None:
    results = list(hostile_files.run(every=14))
    assert len(results) >= 12
    # Other tests share the machine: how long it takes is for the script to say.
    wrong = {result.name: faults for result in results if (faults := _but_slow(result.wrong))}
    assert not wrong


def test_mutations_of_good_files_crash_nothing_and_what_is_stored_is_shown_and_found() -> None:
    outcome = mutations.run(60, seed=7)
    assert not outcome.faults
    assert outcome.articles > 10


def _but_slow(faults: list[str]) -> list[str]:
    return [fault for fault in faults if not fault.startswith("took ")]
