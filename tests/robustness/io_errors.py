"""The n-th read, write or fsync of an import fails: at most one sentence, nothing lost, and the next try succeeds."""

from __future__ import annotations

from tests.robustness.ground import (
    Tally,
    check_kept,
    check_sound,
    faults_library,
    home,
    paths_stored,
    reported,
    run_script,
    run_with,
    sentences_in,
    times_wanted,
    write_articles,
)

CALLS = ("read", "write", "fsync")
FILES = 60
_FEW_SYNCS = 15


def run(times: int, files: int = FILES) -> Tally:
    tally = Tally()
    shim = faults_library()
    with home() as program:
        reports = program.home.parent / "reports"
        few = write_articles(reports, files)
        many = write_articles(program.home.parent / "many", files * 16)
        for at in range(1, times + 1):
            for call in CALLS:
                # A batch of articles is forced to the disk at once: it takes more of them to be forced 50 times.
                articles = many if call == "fsync" and at > _FEW_SYNCS else few
                reports = articles[0].parent
                name = f"{call} {at}"
                folder = program.home / f"library-{call}-{at}"
                counter = program.home.parent / "counter"
                counter.write_bytes(bytes(8))
                faults = {
                    "LD_PRELOAD": str(shim),
                    "FAULTS_FOLDER": str(program.home),
                    "FAULTS_CALL": call,
                    "FAULTS_AT": str(at),
                    "FAULTS_COUNTER": str(counter),
                }
                outcome = run_with(program, faults, "--library", folder, "import", "--json", reports)
                happened = int.from_bytes(counter.read_bytes(), "little") >= at
                tally.count(f"{call} failed" if happened else f"{call} not reached")
                told = sentences_in(outcome)
                said = reported(outcome)
                tally.expect("Traceback" not in outcome.stderr, f"{name}: {outcome.stderr[-400:]}")
                tally.expect(len(told) == (1 if outcome.code else len(told)), f"{name}: {told[:4]}")
                tally.expect(len(told) <= 1, f"{name}: more than one sentence: {told[:4]}")
                tally.count("sentences", len(told))
                tally.count("imports stopped", int(bool(outcome.code)))
                if said:
                    check_kept(tally, folder, said, name)
                again = run_with(program, {}, "--library", folder, "import", "--json", reports)
                tally.expect(again.code == 0, f"{name}: did not go on: {sentences_in(again)[:2]}")
                stored = paths_stored(folder)
                tally.expect(sorted(stored) == sorted(map(str, articles)), f"{name}: {len(stored)} of {files} are in")
                check_sound(tally, folder, name)
    return tally


def main() -> int:
    return run(times_wanted(50, __doc__)).end()


if __name__ == "__main__":
    run_script(main)
