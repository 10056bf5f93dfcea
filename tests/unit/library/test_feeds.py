"""Feeds and pages from a real server: what comes into the library, once, and what is said when it does not."""

from __future__ import annotations

import datetime as dt
import io
import os
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from desktop_app.domain import FileReport, ImportStatus, Language
from desktop_app.errors import NothingFound, ReaderError
from desktop_app.fetching import connection
from desktop_app.fetching.connection import Reach
from desktop_app.library import Library
from desktop_app.worker import TaskFailed, TaskFinished, WorkerEvent
from desktop_app.working.intake import Intake, Steps
from tests.web_server import Exchange, WebServer, serving

Run = Callable[[], Sequence[WorkerEvent]]

LONG_EN = (
    "<p>Brussels, April 4: Finland became a member of the alliance on Tuesday, its secretary general said, and its "
    "flag was raised in front of the headquarters.</p><p>The president thanked the thirty allies for their trust and "
    "said that a new era had begun for his country, which had stayed out of every military alliance since the war "
    "ended in 1945. {} 😀 Neighbouring Sweden hopes to follow before the summer, once two parliaments agree.</p>"
)
LONG_HI = (
    "<p>नाटो के महासचिव ने मंगलवार को ब्रसेल्स में कहा कि फिनलैंड नाटो का 31वां सदस्य बन गया है और मुख्यालय के सामने "
    "उसका झंडा फहराया गया।</p><p>राष्ट्रपति ने सभी 30 सहयोगी देशों को धन्यवाद दिया और कहा कि उनके देश के लिए एक नया युग "
    "शुरू हुआ है, जो 1945 में युद्ध समाप्त होने के बाद से हर सैन्य गठबंधन से बाहर रहा था। {} पड़ोसी स्वीडन को उम्मीद है कि वह "
    "गर्मियों से पहले इसमें शामिल हो जाएगा, जब दो संसदें इस पर सहमत हो जाएंगी।</p>"
)


def item(key: str, title: str, link: str = "", text: str = "") -> str:
    linked = f"<link>{link}</link>" if link else ""
    return (
        f"<item><guid isPermaLink='false'>{key}</guid><title>{title}</title>{linked}"
        f"<pubDate>Tue, 04 Apr 2023 10:00:00 GMT</pubDate><description><![CDATA[{text}]]></description></item>"
    )


def rss(*items: str, title: str = "The Daily", ttl: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://example.org</link>{ttl}{''.join(items)}</channel></rss>"
    )


def page(title: str, text: str) -> str:
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server


def reports_of(steps: Iterable[Steps]) -> dict[str, FileReport]:
    """By the last part of their addresses."""
    flat = [one for step in steps for one in (step if isinstance(step, tuple) else (step,))]
    return {one.path.rsplit("/")[-1]: one for one in flat if isinstance(one, FileReport)}


@pytest.fixture
def fetch(intake: Intake) -> Callable[[], dict[str, FileReport]]:
    """Fetch every feed; what became of each item."""
    return lambda: reports_of(intake.fetch_feeds((), offline=False))


@pytest.fixture
def bring(intake: Intake) -> Callable[..., dict[str, FileReport]]:
    """Fetch pages; what became of each."""
    return lambda *addresses: reports_of(intake.fetch_pages(addresses, offline=False))


Bring = Callable[..., dict[str, FileReport]]


def library_said(reports: dict[str, FileReport]) -> str:
    return " ".join(report.message for report in reports.values())


Fetch = Callable[[], dict[str, FileReport]]


def serve_feed(server: WebServer, *items: str, **headers: str) -> None:
    server.page("/feed", rss(*items), Content_Type="application/rss+xml", **headers)


# What comes in


def test_items_that_are_whole_are_taken_from_the_feed(library: Library, server: WebServer, fetch: Fetch) -> None:
    serve_feed(
        server,
        item("1", "Finland joins the alliance", server.url("/1"), LONG_EN.format("")),
        item("2", "फिनलैंड नाटो में शामिल", server.url("/2"), LONG_HI.format("")),
    )
    id_ = library.feeds.subscribe(server.url("/feed"))
    assert server.asked == []
    reports = fetch()
    assert server.paths() == ["/feed"]
    assert {name: report.status for name, report in reports.items()} == dict.fromkeys("12", ImportStatus.IMPORTED)
    articles = [library.article(i) for i in library.article_ids()]
    english, hindi = sorted(articles, key=lambda article: article.language is Language.HINDI)
    assert (english.title, hindi.title) == ("Finland joins the alliance", "फिनलैंड नाटो में शामिल")
    assert english.date == hindi.date == dt.date(2023, 4, 4)
    assert english.source == "The Daily"
    assert (english.address, hindi.address) == (server.url("/1"), server.url("/2"))
    feed = library.feeds.feed(id_)
    assert (feed.title, feed.articles, feed.problem, feed.failures) == ("The Daily", 2, "", 0)
    assert feed.checked_at is not None


def test_items_that_are_summed_up_have_their_pages_fetched(library: Library, server: WebServer, fetch: Fetch) -> None:
    serve_feed(server, item("1", "Finland joins", server.url("/1"), "Finland is in."))
    server.page("/1", page("Finland joins the alliance", LONG_EN.format("From the page.")))
    library.feeds.subscribe(server.url("/feed"))
    assert fetch()["1"].status is ImportStatus.IMPORTED
    assert server.paths() == ["/feed", "/1"]
    (article,) = (library.article(i) for i in library.article_ids())
    assert "From the page." in article.text
    assert article.address == article.path == server.url("/1")
    # The page says neither; the feed does.
    assert (article.date, article.source) == (dt.date(2023, 4, 4), "The Daily")


def test_what_has_come_does_not_come_again(library: Library, server: WebServer, fetch: Fetch, intake: Intake) -> None:
    serve_feed(
        server,
        item("1", "One", server.url("/1"), LONG_EN.format("One.")),
        item("2", "Two", server.url("/2"), "Short."),
    )
    server.page("/2", page("Two", LONG_EN.format("Two.")))
    library.feeds.subscribe(server.url("/feed"))
    assert len(fetch()) == 2
    assert fetch() == {}
    list(intake.remove(library.article_ids()))
    assert fetch() == {}
    list(intake.empty_bin())
    assert fetch() == {}
    assert library.article_ids() == []
    assert server.paths().count("/2") == 1


def test_a_text_put_right_in_the_feed_becomes_a_version(library: Library, server: WebServer, fetch: Fetch) -> None:
    serve_feed(server, item("1", "One", server.url("/1"), LONG_EN.format("Ten people came.")))
    library.feeds.subscribe(server.url("/feed"))
    fetch()
    serve_feed(server, item("1", "One", server.url("/1"), LONG_EN.format("Twelve people came.")))
    assert fetch()["1"].status is ImportStatus.UPDATED
    (id_,) = library.article_ids()
    assert "Twelve people" in library.article(id_).text
    assert ["Ten people" in version.text for version in library.versions(id_)] == [True]


def test_an_unchanged_feed_is_not_sent_and_not_read_again(library: Library, server: WebServer, fetch: Fetch) -> None:
    def answer(exchange: Exchange) -> None:
        if exchange.headers.get("if-none-match") == '"7"':
            exchange.answer(b"", "304 Not Modified")
        else:
            exchange.answer(rss(item("1", "One", server.url("/1"), LONG_EN.format(""))).encode(), ETag='"7"')

    server.pages["/feed"] = answer
    id_ = library.feeds.subscribe(server.url("/feed"))
    assert len(fetch()) == 1
    first = library.feeds.feed(id_).checked_at
    assert fetch() == {}
    assert [exchange.headers.get("if-none-match") for exchange in server.asked] == [None, '"7"']
    again = library.feeds.feed(id_).checked_at
    assert first is not None
    assert again is not None
    assert again >= first


def test_a_feed_in_another_encoding_is_read(library: Library, server: WebServer, fetch: Fetch) -> None:
    text = rss(item("1", "Café “Élysée”", server.url("/1"), LONG_EN.format("Café.").replace("😀", "")))
    data = text.replace("UTF-8", "windows-1252").encode("windows-1252")
    server.page("/feed", data, Content_Type="application/rss+xml")
    library.feeds.subscribe(server.url("/feed"))
    fetch()
    assert [library.article(i).title for i in library.article_ids()] == ["Café “Élysée”"]


def test_a_charset_that_only_the_header_tells_is_heeded(library: Library, server: WebServer, bring: Bring) -> None:
    body = page("The café of Łódź", LONG_EN.format("The café of Łódź.").replace("😀", "")).encode("iso-8859-2")
    server.page("/a", body, Content_Type="text/html; charset=ISO-8859-2")
    bring(server.url("/a"))
    assert [library.article(i).title for i in library.article_ids()] == ["The café of Łódź"]


def test_items_without_a_page_are_told_apart(library: Library, server: WebServer, fetch: Fetch) -> None:
    serve_feed(
        server,
        item("a/1", "One", "", LONG_EN.format("The first one.")),
        item("a/2", "Two", "javascript:alert(1)", LONG_HI.format("यह दूसरा है।")),
    )
    library.feeds.subscribe(server.url("/feed"))
    assert [report.status for report in fetch().values()] == [ImportStatus.IMPORTED] * 2
    assert fetch() == {}


def test_items_that_share_an_address_all_come(library: Library, server: WebServer, fetch: Fetch) -> None:
    serve_feed(
        server,
        item("1", "One", server.url("/"), LONG_EN.format("The first one.")),
        item("2", "Two", server.url("/"), LONG_HI.format("यह दूसरा है।")),
        item("3", "Three", server.url("/page"), "Short."),
        item("4", "Three again", server.url("/page"), "Short again."),
        item("3", "Three", server.url("/page"), "Short."),
        ETag='"7"',
    )
    server.page("/page", page("Three", LONG_EN.format("The page.").replace("Finland", "Sweden")))
    library.feeds.subscribe(server.url("/feed"))
    library.feeds.subscribe(server.url("/feed?again"))
    fetch()
    assert len(library.article_ids()) == 3
    assert server.paths().count("/page") == 1
    assert fetch() == {}
    assert [exchange.headers.get("if-none-match") for exchange in server.asked[-2:]] == ['"7"', '"7"']


def test_an_item_may_lead_to_an_archive(library: Library, server: WebServer, fetch: Fetch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("one", "two"):
            archive.writestr(f"{name}.html", page(name, LONG_EN.format(f"This is {name}.").replace("Finland", name)))
    serve_feed(server, item("1", "Both", server.url("/both.zip"), "Short."), ETag='"7"')
    server.page("/both.zip", packed.getvalue(), Content_Type="application/zip")
    library.feeds.subscribe(server.url("/feed"))
    assert len(fetch()) == 2
    assert fetch() == {}
    assert server.asked[-1].headers["if-none-match"] == '"7"'


# When something fails


@pytest.mark.parametrize(
    ("status", "words"),
    [("404 Not Found", "(404)"), ("500 Oh", "(500)"), ("403 No", "(403)"), ("302 Found", "without saying where to")],
)
def test_a_failing_feed_says_why_and_recovers(
    library: Library, server: WebServer, fetch: Fetch, status: str, words: str
) -> None:
    id_ = library.feeds.subscribe(server.url("/feed"))
    server.pages["/feed"] = lambda exchange: exchange.answer(b"", status)
    for failures in (1, 2):
        assert fetch()["feed"].status is ImportStatus.REFUSED
        feed = library.feeds.feed(id_)
        assert words in feed.problem
        assert server.url("/feed") in feed.problem
        assert feed.failures == failures
    serve_feed(server)
    assert fetch() == {}
    feed = library.feeds.feed(id_)
    assert (feed.problem, feed.failures) == ("", 0)


def test_what_is_no_feed_is_said(library: Library, server: WebServer, fetch: Fetch) -> None:
    for body in (page("A page", "<p>no feed</p>"), "", "\0\1\2", '{"a": 1}', "<rss"):
        id_ = library.feeds.subscribe(server.url("/feed"))
        server.page("/feed", body)
        assert fetch()["feed"].status is ImportStatus.REFUSED
        assert server.url("/feed") in library.feeds.feed(id_).problem


def test_a_page_in_place_of_a_feed_tells_which_feeds_it_has(library: Library, server: WebServer, fetch: Fetch) -> None:
    links = "".join(
        f'<link rel="alternate" type="{kind}" href="{target}">'
        for kind, target in (
            ("application/rss+xml", "/rss"), ("application/ATOM+xml", "/a?x=1&amp;y"), ("text/html", "/no"),
            ("application/rss+xml", "javascript:alert(1)"), ("application/rss+xml", "http://[bad"),
        )
    )  # fmt: skip
    server.page("/", f"<html><head>{links}</head><body><p>Welcome.</p></body></html>")
    id_ = library.feeds.subscribe(server.url("/"))
    fetch()
    problem = library.feeds.feed(id_).problem
    assert problem.endswith(f"The page names these feeds: {server.url('/rss')}, {server.url('/a?x=1&y')}.")
    assert server.paths() == ["/"]


def test_a_feed_that_means_harm_is_refused(library: Library, server: WebServer, fetch: Fetch, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    bomb = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(8)
    )
    outside = f"<!DOCTYPE x [<!ENTITY s SYSTEM '{secret.as_uri()}'><!ENTITY t SYSTEM '{server.url('/leak')}'>"
    for name, start, use in (("bomb", bomb, "&i;"), ("outside", outside, "&s;&t;")):
        text = rss(item("1", use, server.url("/1"), LONG_EN.format("")))
        server.page(f"/{name}", text.replace("<rss", f"{start}]><rss"))
        library.feeds.subscribe(server.url(f"/{name}"))
    reports = fetch()
    assert {report.status for report in reports.values()} == {ImportStatus.REFUSED}
    assert "/leak" not in server.paths()
    assert library.article_ids() == []


def test_one_failing_feed_does_not_hold_up_the_others(library: Library, server: WebServer, fetch: Fetch) -> None:
    serve_feed(server, item("1", "One", server.url("/1"), LONG_EN.format("")))
    with serving() as gone:
        library.feeds.subscribe(gone.url("/feed"), "Nobody there")
    library.feeds.subscribe(server.url("/missing"))
    library.feeds.subscribe(server.url("/feed"))
    reports = fetch()
    assert reports["1"].status is ImportStatus.IMPORTED
    assert sorted(bool(feed.problem) for feed in library.feeds.all()) == [False, True, True]


def test_a_feed_gone_for_good_is_paused(library: Library, server: WebServer, fetch: Fetch) -> None:
    server.pages["/feed"] = lambda exchange: exchange.answer(b"", "410 Gone")
    id_ = library.feeds.subscribe(server.url("/feed"))
    library.feeds.set_interval(id_, 15)
    fetch()
    feed = library.feeds.feed(id_)
    assert feed.paused
    assert "gone for good" in feed.problem
    assert "not asked again by itself" in feed.problem
    assert library.feeds.due(dt.datetime.now(dt.UTC) + dt.timedelta(days=30)) == []


def test_a_server_that_wants_peace_is_left_alone(library: Library, server: WebServer, fetch: Fetch) -> None:
    server.pages["/busy"] = lambda exchange: exchange.answer(b"", "503 Busy", Retry_After="7200")
    server.page("/ttl", rss(ttl="<ttl>180</ttl>"))
    busy, ttl = (library.feeds.subscribe(server.url(path)) for path in ("/busy", "/ttl"))
    for id_ in (busy, ttl):
        library.feeds.set_interval(id_, 1)
        assert library.feeds.feed(id_).every_minutes == 15
    fetch()
    now = dt.datetime.now(dt.UTC)
    assert library.feeds.due(now + dt.timedelta(minutes=100)) == []
    assert library.feeds.due(now + dt.timedelta(minutes=130)) == [busy]
    assert sorted(library.feeds.due(now + dt.timedelta(minutes=190))) == sorted([busy, ttl])


def test_a_feed_that_moved_is_asked_at_its_new_address(library: Library, server: WebServer, fetch: Fetch) -> None:
    serve_feed(server)
    server.redirect("/old", "/feed", "301 Moved Permanently")
    server.redirect("/elsewhere", "/feed", "302 Found")
    old, elsewhere = (library.feeds.subscribe(server.url(path)) for path in ("/old", "/elsewhere"))
    fetch()
    assert library.feeds.feed(old).address == server.url("/feed")
    assert library.feeds.feed(elsewhere).address == server.url("/elsewhere")


def test_pages_that_fail_for_now_are_asked_for_again(library: Library, server: WebServer, fetch: Fetch) -> None:
    serve_feed(server, item("1", "One", server.url("/1"), "Short."), ETag='"7"')
    server.pages["/1"] = lambda exchange: exchange.answer(b"", "503 Busy")
    id_ = library.feeds.subscribe(server.url("/feed"))
    assert fetch()["1"].status is ImportStatus.REFUSED
    assert library.feeds.feed(id_).problem == ""
    server.page("/1", page("One", LONG_EN.format("")))
    assert fetch()["1"].status is ImportStatus.IMPORTED
    assert fetch() == {}
    # Only now that nothing is left over does the feed's tag say that nothing is new.
    tags = [exchange.headers.get("if-none-match") for exchange in server.asked if exchange.path == "/feed"]
    assert tags == [None, None, '"7"']


def test_a_page_that_fails_for_good_leaves_what_the_feed_says(
    library: Library, server: WebServer, fetch: Fetch
) -> None:
    summary = "Finland became a member of the alliance on Tuesday, its secretary general said in Brussels."
    serve_feed(
        server,
        item("1", "Finland joins the alliance", server.url("/paywall"), f"<p>{summary}</p>"),
        item("2", "Nothing at all", server.url("/nothing"), ""),
        item("3", "Scripts alone", server.url("/scripts"), f"<p>{summary.replace('Finland', 'Sweden')}</p>"),
        item("4", "Nothing but scripts", server.url("/empty"), ""),
        ETag='"7"',
    )
    server.pages["/paywall"] = lambda exchange: exchange.answer(b"", "403 Forbidden")
    for path in ("/scripts", "/empty"):
        server.page(path, "<html><head><title>App</title></head><body><script>run()</script></body></html>")
    library.feeds.subscribe(server.url("/feed"))
    reports = fetch()
    assert reports["paywall"].status is ImportStatus.IMPORTED
    assert reports["nothing"].status is ImportStatus.REFUSED
    assert "(404)" in reports["nothing"].message
    assert reports["scripts"].status is ImportStatus.IMPORTED
    assert reports["empty"].status is ImportStatus.REFUSED
    texts = "".join(library.article(i).text for i in library.article_ids())
    assert len(library.article_ids()) == 2
    assert summary in texts
    assert summary.replace("Finland", "Sweden") in texts
    assert fetch() == {}
    assert server.asked[-1].headers["if-none-match"] == '"7"'


# Privacy


def test_a_feed_may_not_lead_onto_this_machine_from_afar(
    library: Library, server: WebServer, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    found_near = connection.reach_of
    monkeypatch.setattr(connection, "reach_of", lambda ip: Reach.PUBLIC if ip == "127.0.0.2" else found_near(ip))
    links = (server.url("/secret"), "file:///etc/passwd", "http://user:pw@127.0.0.1/", "javascript:alert(1)")
    server.page("/secret", page("A secret", LONG_EN.format("")))
    with serving(host="127.0.0.2") as far:
        far.page("/feed", rss(*(item(str(number), "One", link, "x") for number, link in enumerate(links))))
        library.feeds.subscribe(far.url("/feed"))
        assert "on your own machine" in library_said(fetch())
        assert far.paths() == ["/feed"]
    assert server.asked == []


def test_a_page_cannot_take_the_place_of_another_sites_article(
    library: Library, server: WebServer, bring: Bring
) -> None:
    real, fake = page("The real report", LONG_EN.format("Real.")), page("A fake report", LONG_HI.format("नकली।"))
    with serving(host="127.0.0.2") as other:
        server.page("/real", real)
        canonical = f'<head><link rel="canonical" href="{server.url("/real")}">'
        other.page("/fake", fake.replace("<head>", canonical))
        for address in (server.url("/real"), other.url("/fake")):
            bring(address)
        addresses = {library.article(i).title: library.article(i).address for i in library.article_ids()}
        assert addresses == {"The real report": server.url("/real"), "A fake report": other.url("/fake")}


def test_offline_nothing_is_fetched(library: Library, server: WebServer, run: Run) -> None:
    serve_feed(server)
    library.feeds.subscribe(server.url("/feed"))
    library.worker.offline = True
    library.worker.fetch_feeds()
    library.worker.fetch_pages([server.url("/a")])
    failed = [event for event in run() if isinstance(event, TaskFailed)]
    assert len(failed) == 2
    assert all("offline" in event.message for event in failed)
    assert server.asked == []
    library.worker.offline = False
    library.worker.fetch_feeds()
    run()
    assert server.paths() == ["/feed"]


# Pages


def test_pages_are_imported_each_with_a_report(server: WebServer, bring: Bring) -> None:
    server.page("/a", page("A page", LONG_EN.format("")))
    server.page("/binary", b"\x7fELF" + bytes(range(256)) * 20, Content_Type="application/octet-stream")
    server.page("/picture", b"\x89PNG", Content_Type="image/png")
    addresses = [server.url(path) for path in ("/a", "/a", "/binary", "/picture", "/missing")]
    reports = bring(*addresses, "ftp://example.org/x", "https://user:pw@example.org/y")
    assert reports.pop("a").status is ImportStatus.IMPORTED
    assert set(reports) == {"binary", "picture", "missing", "x", "y"}
    for report in reports.values():
        assert report.status is ImportStatus.REFUSED
        assert report.message


def test_a_page_that_changed_is_a_version_and_an_unchanged_one_a_duplicate(server: WebServer, bring: Bring) -> None:
    found = []
    for text in ("Ten people came.", "Ten people came.", "Twelve people came."):
        server.page("/a", page("A page", LONG_EN.format(text)))
        found.append(bring(server.url("/a"))["a"].status)
    assert found == [ImportStatus.IMPORTED, ImportStatus.DUPLICATE, ImportStatus.UPDATED]


@pytest.mark.parametrize("how", ["cancelled", "offline"])
def test_fetching_ends_when_the_reader_wants_it(library: Library, server: WebServer, how: str) -> None:
    serve_feed(server, *(item(str(n), "One", server.url(f"/{n}"), "Short.") for n in range(30)))
    cut_off = threading.Event()

    def hang(exchange: Exchange) -> None:
        if exchange.connection.recv(1) == b"":
            cut_off.set()

    server.pages["/0"] = hang
    library.feeds.subscribe(server.url("/feed"))
    library.worker.fetch_feeds()
    while "/0" not in server.paths():
        library.worker.poll(0.05)
    if how == "offline":
        library.worker.offline = True
    else:
        library.worker.cancel()
    last = list(library.worker.events())[-1]
    assert isinstance(last, TaskFinished)
    assert last.cancelled
    assert cut_off.wait(5)
    library.worker.offline = False
    server.page("/later", page("Later", LONG_EN.format("")))
    library.worker.fetch_pages([server.url("/later")])
    list(library.worker.events())
    assert server.paths() == ["/feed", "/0", "/later"]


def test_urgent_work_does_not_wait_for_a_silent_server(library: Library, server: WebServer, reports: Path) -> None:
    server.pages["/feed"] = Exchange.hang
    library.feeds.subscribe(server.url("/feed"))
    library.worker.fetch_feeds()
    while not server.asked:
        library.worker.poll(0.05)
    library.worker.import_paths([reports])
    for event in library.worker.events():
        if isinstance(event, TaskFinished):
            assert event.task == "import"
            break
    assert len(library.article_ids()) == 2
    library.worker.cancel()


# Subscriptions


def test_one_address_is_one_subscription(library: Library) -> None:
    first = library.feeds.subscribe("example.org/feed", "  The \n Daily ")
    assert library.feeds.subscribe("https://EXAMPLE.org/feed#top") == first
    assert [(feed.title, feed.address) for feed in library.feeds.all()] == [("The Daily", "https://example.org/feed")]
    with pytest.raises(ReaderError, match="only http and https"):
        library.feeds.subscribe("file:///etc/passwd")
    library.feeds.unsubscribe(first)
    for call in (library.feeds.unsubscribe, library.feeds.feed, lambda id_: library.feeds.set_interval(id_, 5)):
        with pytest.raises(NothingFound, match=f"There is no feed {first}"):
            call(first)


def test_the_articles_of_a_feed_stay_when_it_is_left(library: Library, server: WebServer, fetch: Fetch) -> None:
    serve_feed(server, item("1", "One", server.url("/1"), LONG_EN.format("")))
    id_ = library.feeds.subscribe(server.url("/feed"))
    fetch()
    library.feeds.unsubscribe(id_)
    assert len(library.article_ids()) == 1
    library.feeds.subscribe(server.url("/feed"))
    assert fetch()["1"].status is ImportStatus.DUPLICATE


def test_subscriptions_go_out_and_come_back_as_opml(
    library: Library, server: WebServer, run: Run, tmp_path: Path
) -> None:
    wanted = {("A & B <\"'>", server.url("/a?x=1&y=2")), ("ख़बर", server.url("/b"))}
    for title, address in wanted:
        library.feeds.subscribe(address, title + "\x08")
    file = tmp_path / "feeds.opml"
    file.write_text(library.feeds.opml(), encoding="utf-8")
    for feed in library.feeds.all():
        library.feeds.unsubscribe(feed.id)
    library.worker.import_paths([file])
    reports = [event for event in run() if isinstance(event, FileReport)]
    assert [report.status for report in reports] == [ImportStatus.IMPORTED] * 2
    assert {(feed.title, feed.address) for feed in library.feeds.all()} == wanted
    assert server.asked == []
    library.worker.import_paths([file])
    again = [event for event in run() if isinstance(event, FileReport)]
    assert [report.status for report in again] == [ImportStatus.DUPLICATE] * 2
    assert all(os.path.dirname(file) in report.path for report in again)
