"""A second Setu hands its files to the first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop_app.ui.instance import FirstInstance, hand_over


@pytest.fixture(autouse=True)
def own_runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def hand_over_elsewhere(folder: Path, files: list[Path]) -> subprocess.Popen[bytes]:
    """In another process, which ends with 0 if the files were taken."""
    code = (
        "import sys, pathlib; from desktop_app.ui.instance import hand_over\n"
        "folder, *files = map(pathlib.Path, sys.argv[1:]); sys.exit(not hand_over(folder, files))"
    )
    return subprocess.Popen([sys.executable, "-c", code, folder, *files])


def test_files_of_any_name_reach_the_first_instance(qtbot: QtBot, tmp_path: Path) -> None:
    first = FirstInstance(tmp_path / "library")
    files = [tmp_path / "दिल्ली report.txt", Path("/odd\udcff name")]
    with qtbot.waitSignal(first.files_received, timeout=30_000) as received:
        process = hand_over_elsewhere(tmp_path / "library", files)
    assert received.args == [files]
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=30_000)
    assert process.returncode == 0
    first.close()


def test_nobody_takes_files_for_another_library(qtbot: QtBot, tmp_path: Path) -> None:
    first = FirstInstance(tmp_path / "library")
    assert first.is_listening
    assert not hand_over(tmp_path / "other", [])
    first.close()
    assert not hand_over(tmp_path / "library", [])


def test_what_a_killed_instance_left_is_no_obstacle(qtbot: QtBot, tmp_path: Path) -> None:
    killed = FirstInstance(tmp_path / "library")
    again = FirstInstance(tmp_path / "library")
    assert again.is_listening
    killed.close()
    again.close()


def test_nonsense_is_not_answered(qtbot: QtBot, tmp_path: Path) -> None:
    first = FirstInstance(tmp_path / "library")
    (address,) = [path for path in tmp_path.iterdir() if path.name.startswith("setu-")]
    socket = QLocalSocket()
    socket.connectToServer(str(address))
    with qtbot.waitSignal(socket.disconnected):
        socket.write(b"[1, 2]\n")
        socket.flush()
    assert not socket.readAll().data()
    first.close()
