"""`setu feeds`, `setu watch` and `setu import URL`, as scripts use them."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from desktop_app.cli import main
from tests.end_to_end.program import SAMPLES, Program
from tests.web_server import serving

_ITEM = (
    "<item><guid isPermaLink='false'>1</guid><title>Finland joins the alliance</title>"
    "<link>{link}</link><description>Finland is in.</description></item>"
)
_FEED = "<?xml version='1.0'?><rss version='2.0'><channel><title>The Daily</title>{items}</channel></rss>"


def test_a_feed_from_subscription_to_article(program: Program) -> None:
    with serving() as server:
        server.page("/feed", _FEED.format(items=_ITEM.format(link=server.url("/news"))))
        server.page("/news", (SAMPLES / "sunak-prime-minister.en.html").read_bytes())
        added = program.run("feeds", "add", server.url("/feed"), "--json").object
        assert (added["address"], added["checked_at"], added["articles"]) == (server.url("/feed"), None, 0)
        assert server.asked == []

        (report,) = program.run("feeds", "fetch", "--json").lines
        assert (report["path"], report["status"]) == (server.url("/news"), "imported")
        assert isinstance(report["article"], int)
        (feed,) = program.run("feeds", "list", "--json").lines
        assert (feed["title"], feed["articles"], feed["problem"]) == ("The Daily", 1, "")

        again = program.run("feeds", "fetch", str(feed["id"]), "--json")
        assert (again.code, again.lines) == (0, [])
        every = program.run("feeds", "every", feed["id"], 60, "--json").object
        assert every["every_minutes"] == 60
        before = len(server.asked)
        assert program.run("feeds", "fetch", "--due", "--json").lines == []
        assert len(server.asked) == before

        page = program.run("import", "--json", server.url("/news")).object
        assert page["status"] == "duplicate"

        file = program.home / "feeds.opml"
        assert program.run("feeds", "export", file).code == 0
        assert program.run("feeds", "remove", feed["id"]).code == 0
        assert len(program.run("list", "--json").lines) == 1
        (line,) = program.run("import", "--json", file).lines
        assert (line["status"], line["article"]) == ("imported", None)
        assert server.url("/feed") in program.run("feeds", "list").stdout


def test_what_goes_wrong_is_a_sentence_and_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "SETU_LIBRARY"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("SETU_OFFLINE", "0")

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    with serving() as server:
        run("feeds", "add", server.url("/missing"))
        code, out, _ = run("feeds", "fetch", "--json")
        assert (code, json.loads(out)["status"]) == (1, "refused")
        assert "(404)" in json.loads(out)["message"]
        assert "(404)" in run("feeds", "list")[1]
    for arguments, words in (
        (("feeds", "fetch", "99"), "There is no feed 99"),
        (("feeds", "add", "file:///etc/passwd"), "only http and https"),
        (("watch", "add", tmp_path / "nowhere"), "does not exist"),
        (("watch", "remove", tmp_path), "is not watched"),
        (("feeds", "fetch", "--offline"), "offline"),
    ):
        code, _, err = run(*arguments)
        assert code == 1, arguments
        assert words in err
    with pytest.raises(SystemExit, match="2"):
        main(["feeds"])


def test_a_watched_folder_from_adding_to_article(program: Program) -> None:
    folder = program.home / "inbox"
    folder.mkdir()
    assert program.run("watch", "add", folder).code == 0
    file = folder / "finland.txt"
    file.write_bytes((SAMPLES / "finland-joins-nato.en.txt").read_bytes())
    os.utime(file, (time.time() - 60, time.time() - 60))
    (report,) = program.run("watch", "scan", "--json").lines
    assert (report["path"], report["status"]) == (str(file), "imported")
    assert program.run("watch", "scan", "--json").lines == []
    folder.rename(folder.with_name("away"))
    outcome = program.run("watch", "scan")
    assert outcome.code == 1
    assert "no longer there" in outcome.stderr
    assert "no longer there" in program.run("watch", "list", "--json").object["problem"]
    assert len(program.run("list", "--json").lines) == 1
