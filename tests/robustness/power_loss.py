"""Power cuts, replayed: an import is recorded write by write, and the disk is put together as a cut may leave it.

At a cut everything before the last completed fsync of a file is there. Of what was written since, any sectors may be
there and any may not; a file that was created, renamed or removed may be found so or as before, in order, unless the
folder or the file itself was forced to the disk since. Everything that was reported saved before the cut must be there.
"""

from __future__ import annotations

import json
import random
import shutil
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.robustness.ground import (
    Tally,
    check_kept,
    faults_library,
    home,
    run_script,
    start,
    times_wanted,
    write_articles,
)

FILES = 400
_HEAD = struct.Struct("<cIIQ")
_SECTORS = (512, 4096)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing done to the disk: W(rite), S(ync), T(runcate), C(reate), R(ename), U(nlink), M(kdir), A(cknowledge)."""

    kind: str
    path: str
    offset: int
    data: bytes


@dataclass(slots=True)
class Content:
    """A file's bytes as they are on the disk for sure, and what was done to them since."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list)

    def sync(self) -> None:
        for operation in self.pending:
            _apply(self.durable, operation)
        self.pending.clear()

    def after_cut(self, rng: random.Random) -> bytes:
        found = bytearray(self.durable)
        chance, sector = rng.choice((0.0, 0.5, 0.9, 1.0)), rng.choice(_SECTORS)
        for operation in self.pending:
            if operation.kind == "T":
                if rng.random() < chance:
                    _apply(found, operation)
                continue
            for at in range(0, len(operation.data), sector):
                if rng.random() < chance:
                    piece = operation.data[at : at + sector]
                    _apply(found, Operation("W", operation.path, operation.offset + at, piece))
        return bytes(found)


class Disk:
    """A disk with a cache that is lost when the power goes."""

    def __init__(self) -> None:
        self._now: dict[str, Content] = {}
        self._durable: dict[str, Content] = {}
        self._pending: list[Operation] = []
        self._made: dict[int, Content] = {}

    def do(self, operation: Operation) -> None:
        path = operation.path
        match operation.kind:
            case "C" | "R" | "U":
                if operation.kind == "C":
                    self._made[id(operation)] = Content()
                self._pending.append(operation)
                self._name(self._now, operation)
            case "W" | "T":
                if path in self._now:
                    self._now[path].pending.append(operation)
            case "S" if path in self._now:
                self._now[path].sync()
                # What made the file is in the journal with it.
                for number, other in enumerate(self._pending):
                    if other.path == path and other.kind == "C":
                        self._settle(number + 1)
                        break
            case "S":
                self._settle(len(self._pending))

    def after_cut(self, rng: random.Random) -> Iterator[tuple[str, bytes]]:
        names = dict(self._durable)
        for operation in self._pending[: rng.randint(0, len(self._pending))]:
            self._name(names, operation)
        for path, content in names.items():
            yield path, content.after_cut(rng)

    def _settle(self, count: int) -> None:
        for operation in self._pending[:count]:
            self._name(self._durable, operation)
        del self._pending[:count]

    def _name(self, names: dict[str, Content], operation: Operation) -> None:
        match operation.kind:
            case "C":
                names[operation.path] = self._made[id(operation)]
            case "R" if operation.path in names:
                names[operation.data.decode()] = names.pop(operation.path)
            case "U":
                names.pop(operation.path, None)


def _apply(content: bytearray, operation: Operation) -> None:
    if operation.kind == "T":
        del content[operation.offset :]
        content.extend(bytes(operation.offset - len(content)))
        return
    content.extend(bytes(max(0, operation.offset - len(content))))
    content[operation.offset : operation.offset + len(operation.data)] = operation.data


def read_log(path: Path) -> list[Operation]:
    content = path.read_bytes()
    found, at = [], 0
    while at < len(content):
        kind, path_bytes, size, offset = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        name = content[at : at + path_bytes].decode("utf-8", "surrogateescape")
        at += path_bytes
        found.append(Operation(kind.decode(), name, offset, content[at : at + size]))
        at += size
    return found


def said_in(operations: Sequence[Operation]) -> dict[str, int]:
    lines = b"".join(operation.data for operation in operations if operation.kind == "A").split(b"\n")[:-1]
    reports = [json.loads(line) for line in lines]
    return {report["path"]: report["article"] for report in reports if report["status"] == "imported"}


def run(times: int, seed: int = 4, files: int = FILES) -> Tally:
    tally = Tally()
    rng = random.Random(seed)
    shim = faults_library()
    with home() as program:
        reports = program.home / "reports"
        write_articles(reports, files, sentences=30)
        folder, said, log = program.home / "library", program.home / "said", program.home / "log"
        recording = {
            "LD_PRELOAD": str(shim),
            "FAULTS_FOLDER": str(folder),
            "FAULTS_LOG": str(log),
            "FAULTS_SAID": str(said),
        }
        start(program, "--library", folder, "import", "--json", reports, said=said, variables=recording).wait()
        operations = [operation for operation in read_log(log) if not operation.path.endswith(("-shm", ".lock"))]
        tally.count("operations recorded", len(operations))
        tally.count("syncs", sum(operation.kind == "S" for operation in operations))
        tally.expect(len(said_in(operations)) == files, "the import itself failed")
        first = next((n for n, operation in enumerate(operations) if operation.kind == "A"), 0)
        cuts = sorted(rng.randint(first // 2, len(operations)) for _ in range(times))
        disk, done = Disk(), 0
        for number, cut in enumerate(cuts):
            for operation in operations[done:cut]:
                disk.do(operation)
            done = cut
            replayed = program.home / f"replayed{number}"
            replayed.mkdir()
            for path, content in disk.after_cut(rng):
                target = replayed / Path(path).relative_to(folder)
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(content)
            expected = said_in(operations[:cut])
            tally.count("reported saved before a cut", len(expected))
            tally.count("lost", 0)
            check_kept(tally, replayed, expected, f"cut at {cut}")
            shutil.rmtree(replayed)
    return tally


def main() -> int:
    return run(times_wanted(100, __doc__)).end()


if __name__ == "__main__":
    run_script(main)
