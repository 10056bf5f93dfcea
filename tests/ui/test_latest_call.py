from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.errors import ReaderError
from desktop_app.ui.latest_call import LatestCall


@pytest.fixture
def calls(qtbot: QtBot) -> Iterator[LatestCall]:
    made = LatestCall()
    yield made
    made.close()


def test_only_the_newest_answer_is_delivered(qtbot: QtBot, calls: LatestCall) -> None:
    gate = threading.Event()
    answers: list[object] = []
    calls.answered.connect(answers.append)

    def slow() -> object:
        gate.wait(5)
        return "old"

    calls.ask(slow)
    with qtbot.waitSignal(calls.answered):
        calls.ask(lambda: "new")
        gate.set()
    assert answers == ["new"]


def test_nothing_is_delivered_after_forgetting(qtbot: QtBot, calls: LatestCall) -> None:
    with qtbot.assertNotEmitted(calls.answered):
        calls.ask(lambda: "late")
        calls.forget()
        calls.wait(5000)


def test_waiting_delivers(qtbot: QtBot, calls: LatestCall) -> None:
    answers: list[object] = []
    calls.answered.connect(answers.append)
    calls.ask(lambda: 7)
    calls.wait(5000)
    assert answers == [7]


def test_a_readers_error_is_a_failure(qtbot: QtBot, calls: LatestCall) -> None:
    def fail() -> object:
        raise ReaderError("gone")

    with qtbot.waitSignal(calls.failed) as failed:
        calls.ask(fail)
    assert str(failed.args[0]) == "gone"


def test_any_other_error_is_raised_in_the_window(qtbot: QtBot, calls: LatestCall) -> None:
    def fail() -> object:
        raise ValueError("ours")

    with qtbot.capture_exceptions() as raised:
        calls.ask(fail)
        calls.wait(5000)
    assert [type(error[1]) for error in raised] == [ValueError]
