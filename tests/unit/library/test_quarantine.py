"""The process that reads untrusted files: what it may not do, and what its death costs."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain import FileReport, ImportStatus
from desktop_app.quarantine.process import Done, Quarantine, QuarantineFailed, Read, Request
from desktop_app.records import ImportOrder
from desktop_app.shelf import Shelf
from desktop_app.working.importing import Importer
from tests.unit.library.misbehaviour import misbehave

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")


@pytest.fixture
def quarantine() -> Iterator[Quarantine]:
    quarantine = Quarantine(time_limit_s=2.0, read=misbehave)
    with contextlib.closing(quarantine):
        yield quarantine


def answers(quarantine: Quarantine, *requests: str) -> list[Read | Done]:
    """Everything that comes of *requests*."""
    for number, words in enumerate(requests):
        quarantine.submit(Request(number, f"file {number}", words.encode()))
    found = []
    while not quarantine.idle:
        answer = quarantine.poll(0.1)
        if answer is not None:
            found.append(answer)
    return found


def texts(found: list[Read | Done]) -> list[str]:
    return [answer.document.article.text for answer in found if isinstance(answer, Read) and answer.document.article]


@pytest.mark.parametrize("deed", ["spin", "sleep=60", "end=3", "crash"])
def test_a_file_that_ends_the_process_costs_only_itself(quarantine: Quarantine, deed: str) -> None:
    began = time.monotonic()
    found = answers(quarantine, "good=one", deed, "good=three good=four")
    assert time.monotonic() - began < 30
    assert texts(found) == ["good: one", "good: three", "good: four"]
    assert [(done.number, done.deadly) for done in found if isinstance(done, Done)] == [
        (0, False),
        (1, True),
        (2, False),
    ]


@posix
def test_memory_is_limited() -> None:
    quarantine = Quarantine(time_limit_s=60, read=misbehave)
    with contextlib.closing(quarantine):
        found = answers(quarantine, "good=one", "hoard", "good=three")
    assert texts(found) == ["good: one", "good: three"]
    (refusal,) = [done for done in found if isinstance(done, Done) and done.message]
    assert "512 MB" in refusal.message


def test_the_time_limit_is_for_each_document(quarantine: Quarantine) -> None:
    found = answers(quarantine, "sleep=0.8 sleep=0.8 sleep=0.8 sleep=0.8")
    assert len(texts(found)) == 4
    assert found[-1] == Done(0)


def test_no_other_file_can_be_opened(quarantine: Quarantine, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("my diary", encoding="utf-8")
    link = tmp_path / "link.py"
    link.symlink_to(secret)
    deeds = [f"read={secret}", f"read={link}", f"list={tmp_path}", f"write={tmp_path / 'new'}", f"remove={secret}"]
    found = texts(answers(quarantine, " ".join(deeds)))
    assert len(found) == len(deeds)
    assert all("refused" in text for text in found), found
    assert sorted(os.listdir(tmp_path)) == ["link.py", "secret.txt"]


def test_no_network_and_no_programs(quarantine: Quarantine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.01)
        found = texts(answers(quarantine, f"connect={server.getsockname()[1]} run=true"))
        with pytest.raises(TimeoutError):
            server.accept()
    assert len(found) == 2
    assert all("refused" in text for text in found), found


@posix
def test_a_process_killed_from_outside_is_not_blamed_on_its_file(quarantine: Quarantine) -> None:
    quarantine.submit(Request(0, "file", b"sleep=0.5"))
    while not multiprocessing.active_children():
        quarantine.poll(0.05)
    (child,) = multiprocessing.active_children()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    found = []
    while not quarantine.idle:
        found.append(quarantine.poll(0.1))
    assert texts([answer for answer in found if answer is not None]) == ["sleep: slept"]


@posix
def test_the_process_ends_with_the_one_that_asked_it() -> None:
    program = """
import sys, time
from desktop_app.quarantine.process import Quarantine, Request
from tests.unit.library.misbehaviour import misbehave
if __name__ == "__main__":
    quarantine = Quarantine(read=misbehave)
    quarantine.submit(Request(0, "file", b"good=one sleep=60"))
    while quarantine.poll(1) is None:
        pass
    print(quarantine._process.pid, flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(child, os.WNOHANG)
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the process outlived the one that asked it")


@posix
def test_no_file_is_blamed_if_the_process_cannot_even_start(
    quarantine: Quarantine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("multiprocessing.spawn._python_exe", b"/bin/false")
    with pytest.raises(QuarantineFailed, match="could not be started"):
        answers(quarantine, "good=one")
    assert quarantine.idle


def test_half_a_surrogate_pair_never_leaves_the_quarantine(quarantine: Quarantine) -> None:
    assert texts(answers(quarantine, "surrogate")) == ["surrogate: ? half"]


def test_what_a_parser_prints_is_no_output(capfd: pytest.CaptureFixture[str], quarantine: Quarantine) -> None:
    assert texts(answers(quarantine, "print=noise")) == ["print: printed"]
    assert capfd.readouterr().out == ""


def test_a_deadly_file_is_remembered_and_skipped(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for number, words in enumerate(("good=one", "end=1", "good=two")):
        (news / f"{number}.txt").write_text(words, encoding="utf-8")
    shelf = Shelf(tmp_path / "shelf", writing=True)
    importer = Importer(shelf, lambda: (), lambda: Quarantine(read=misbehave))

    def outcome(number: int) -> dict[str, ImportStatus]:
        steps = list(importer.run(ImportOrder(str(number), (str(news),))))
        flat = [step for item in steps for step in (item if isinstance(item, tuple) else (item,))]
        reports = [step for step in flat if isinstance(step, FileReport)]
        assert all(report.message.count("1.txt") == 1 for report in reports if report.status == ImportStatus.REFUSED)
        return {os.path.basename(report.path): report.status for report in reports}

    assert outcome(1) == {"0.txt": "imported", "1.txt": "refused", "2.txt": "imported"}
    assert outcome(2) == {"0.txt": "duplicate", "1.txt": "skipped", "2.txt": "duplicate"}
    shelf.close()
