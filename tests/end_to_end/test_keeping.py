"""Removing, restoring and undoing on the command line."""

from __future__ import annotations

import os
import subprocess

from tests.end_to_end.program import SAMPLES, Program

MARS = SAMPLES / "mars-orbiter.en.txt"


def test_a_removed_article_lies_in_the_bin_until_it_is_restored(program: Program) -> None:
    article = program.run("import", "--json", MARS).object["article"]
    assert program.run("remove", article).code == 0
    assert program.run("list", "--json").lines == []
    row = program.run("bin", "list", "--json").object
    assert (row["id"], row["days_left"]) == (article, 30)
    assert program.run("bin", "restore", article, 99).code == 1
    assert [row["id"] for row in program.run("list", "--json").lines] == [article]
    assert program.run("bin", "list", "--json").lines == []
    assert program.run("search", "--json", "mars").lines[0]["id"] == article
    program.run("remove", article)
    assert program.run("bin", "empty").code == 0
    assert program.run("bin", "list", "--json").lines == []


def test_an_import_is_undone(program: Program) -> None:
    program.run("import", "--json", SAMPLES)
    (record,) = program.run("imports", "--json").lines
    assert record["articles"] == len(program.run("list", "--json").lines)
    assert program.run("undo").code == 0
    assert program.run("list", "--json").lines == []
    assert program.run("undo").code == 1


def test_a_changed_file_has_versions(program: Program) -> None:
    path = program.home / "news.txt"
    for text in ("Rain\n\nIt rained in the hills today.\n", "Sun\n\nThe sun came out in the hills.\n"):
        path.write_text(text, encoding="utf-8")
        line = program.run("import", "--json", path).object
    assert line["status"] == "updated"
    version = program.run("versions", "--json", line["article"]).object
    assert (version["title"], version["reason"], version["number"]) == ("Rain", "updated", 1)


def test_a_stated_date_is_listed(program: Program) -> None:
    path = program.home / "news.txt"
    path.write_text("Rain\n\nIt rained in the hills today.\n", encoding="utf-8")
    article = program.run("import", "--json", path).object["article"]
    assert program.run("date", article, "2024-02-29").code == 0
    assert program.run("list", "--json").object["date"] == "2024-02-29"
    assert program.run("date", article, "none").code == 0
    assert program.run("list", "--json").object["date"] is None
    assert program.run("date", article, "2024-02-30").code == 2


def test_text_is_imported_from_standard_input(program: Program) -> None:
    done = subprocess.run(
        program.command("import", "--json", "-"), env=program.variables, cwd=program.home, check=False,
        input="दिल्ली में बैठक\n\nआज दिल्ली में बैठक हुई।\n".encode(), capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert program.run("list", "--json").object["title"] == "दिल्ली में बैठक"


def test_a_name_of_any_bytes_gives_valid_output(program: Program) -> None:
    path = os.path.join(os.fsencode(program.home), b"caf\xe9\x1b[31m.txt")
    with open(path, "wb") as file:
        file.write(b"Rain\n\nIt rained in the hills today.\n")
    for options in (["--json"], []):
        done = subprocess.run(
            [*program.command("import", *options), os.fsdecode(path)], env=program.variables, cwd=program.home,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert b"caf" in done.stdout
        assert b"\x1b" not in done.stdout
        done.stdout.decode("utf-8")
