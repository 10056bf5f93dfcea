"""Pages made to hang or break their reader: each has to give its one article, or a sentence."""

from __future__ import annotations

import pytest

from desktop_app.errors import UnreadableFile
from desktop_app.extraction import extract

ARTICLE = (
    "<article><h1>Bridge opens</h1><p>The bridge over the harbour was opened on Thursday.</p>"
    "<p>It rained.</p></article>"
)
EXPECTED = "Bridge opens\nThe bridge over the harbour was opened on Thursday.\nIt rained."


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + ARTICLE,
        "<b>" * 20_000 + ARTICLE,
        "<table>" * 10_000 + ARTICLE,
        "<ul><li>" * 5_000 + ARTICLE,
        "<b><i><u>" * 3_000 + "</b></i></u>" * 3_000 + ARTICLE,
        '<p a="' + "x" * 3_000_000 + '"></p>' + ARTICLE,
        "<p " + " ".join(f"a{number}=1" for number in range(50_000)) + "></p>" + ARTICLE,
        '<div class="' + "a " * 500_000 + '"></div>' + ARTICLE,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + ARTICLE,
        "<!---->" * 50_000 + ARTICLE,
        "<title>" + "a | " * 50_000 + "</title>" + ARTICLE,
    ],
    ids=[
        "divs",
        "bold",
        "tables",
        "lists",
        "misnested",
        "attribute",
        "attributes",
        "class",
        "json",
        "comments",
        "title",
    ],
)
def test_the_article_is_found_all_the_same(page: str) -> None:
    assert extract(f"<html><body>{page}</body></html>".encode(), "a.html").text.endswith(EXPECTED.split("\n", 1)[1])


def test_entities_are_not_expanded_and_no_file_is_read() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "lol">{levels}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<html><body>{ARTICLE}<p>The end of the report: &a11; &x;, officials said on Thursday.</p></body></html>"
    )
    text = extract(page.encode(), "a.html").text
    assert "lollol" not in text
    assert "root:" not in text
    assert len(text) < 1000


def test_a_page_of_too_many_tags_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="far more parts"):
        extract(b"<html>" + b"<hr>" * 400_000 + ARTICLE.encode(), "a.html")
