"""A few rounds of each script in tests/robustness; run as programs they go as far as their numbers say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.robustness import (
    damaged_pages,
    full_disk,
    index_damage,
    io_errors,
    kill_import,
    kill_indexing,
    kill_migrating,
    power_loss,
    two_instances,
)
from tests.robustness.ground import Tally, Unfit

ROUNDS: dict[str, Callable[[], Tally]] = {
    "kill -9 while importing": lambda: kill_import.run(3, files=60),
    "kill -9 while indexing": lambda: kill_indexing.run(1, articles=80, queries=kill_indexing.QUERIES[:1]),
    "kill -9 while migrating": lambda: kill_migrating.run(2, articles=1000),
    "full disk": lambda: full_disk.run(1, files=100),
    "reads, writes and syncs that fail": lambda: io_errors.run(1, files=4),
    "power cuts": lambda: power_loss.run(6, files=50),
    "damaged pages": lambda: damaged_pages.run(6, articles=50),
    "damaged index": lambda: index_damage.run(7, articles=20),
    "two instances and odd libraries": lambda: two_instances.run(1, in_full=False),
}


@pytest.mark.parametrize("name", ROUNDS)
def test_nothing_is_lost_and_everything_is_said(name: str) -> None:
    try:
        tally = ROUNDS[name]()
    except Unfit as error:
        pytest.skip(str(error))
    assert tally.failures == []
