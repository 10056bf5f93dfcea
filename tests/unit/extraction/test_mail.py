"""Mails, mailboxes and pages saved as mails."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest

from desktop_app.errors import UnreadableFile
from desktop_app.extraction import extract, extract_all

PLAIN = "The bridge over the harbour was opened on Thursday.\n\nIt rained."
PAGE = (
    "<html><head><title>Bridge opens - Example</title></head><body><article><h1>Bridge opens</h1>"
    "<p>The bridge over the harbour was opened on Thursday.</p><p>It rained.</p></article></body></html>"
)


def _mail(**headers: str) -> EmailMessage:
    mail = EmailMessage()
    facts = {"Subject": "पुल खुला: bridge opens", "From": "Example News <desk@example.org>"}
    for name, value in {**facts, "Date": "Fri, 27 Sep 2024 23:30:00 +0530", "Message-ID": "<1@x>", **headers}.items():
        mail[name.replace("_", "-")] = value
    return mail


def test_a_mail_is_an_article_with_the_facts_of_its_headers() -> None:
    mail = _mail()
    mail.set_content(PLAIN)
    mail.add_alternative("<p>Something else altogether, in markup.</p>", subtype="html")
    article = extract(mail.as_bytes(), "a.eml")
    assert article.title == "पुल खुला: bridge opens"
    assert not article.title_inferred
    assert article.text.split("\n") == [
        "पुल खुला: bridge opens",
        "The bridge over the harbour was opened on Thursday.",
        "",
        "It rained.",
    ]
    assert (article.date, article.source) == (dt.date(2024, 9, 27), "Example News")


def test_a_mail_of_markup_alone_is_read_as_such() -> None:
    mail = _mail()
    mail.set_content("<html><body><p>The bridge was opened.</p><p>It rained.</p></body></html>", subtype="html")
    assert extract(mail.as_bytes(), "a").text.endswith("The bridge was opened.\nIt rained.")


def test_attachments_are_files_of_their_own() -> None:
    mail = _mail()
    mail.set_content(PLAIN)
    mail.add_attachment(PLAIN.encode(), maintype="text", subtype="plain", filename="../रिपोर्ट.txt")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    found = list(extract_all(mail.as_bytes(), "a.eml"))
    assert [document.path for document in found] == ["a.eml", "a.eml/रिपोर्ट.txt", "a.eml/a.png"]
    assert [document.article is not None for document in found] == [True, True, False]
    assert found[2].skipped


def test_a_date_that_is_none_is_left_out() -> None:
    for date in ("yesterday", "Fri, 27 Sep 2200 10:00:00 +0000", "", "1 Jan 0001 00:00:00 +2400"):
        mail = _mail()
        del mail["Date"]
        mail["X-Date"] = date
        mail.set_content(PLAIN)
        assert extract(mail.as_bytes().replace(b"X-Date", b"Date"), "a.eml").date is None


def test_a_charset_that_lies_is_not_believed() -> None:
    head = b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\n\n"
    assert "पुल खुल गया" in extract(head + "पुल खुल गया है।".encode(), "a.eml").text


def test_a_mailbox_gives_its_mails() -> None:
    mail = _mail()
    mail.set_content(PLAIN)
    one = b"From desk@example.org Fri Sep 27 10:00:00 2024\n" + mail.as_bytes() + b"\n"
    found = list(extract_all(one * 3, "old.mbox"))
    assert [document.path for document in found] == [f"old.mbox/mail {number}.eml" for number in (1, 2, 3)]
    assert all(document.article is not None for document in found)


def _saved_page(page: str = PAGE) -> bytes:
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\nSubject: Bridge\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
        "----b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: https://example.org/a\r\n\r\n{page}\r\n"
        "----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----b--\r\n"
    ).encode()


def test_a_saved_page_is_read_and_knows_where_it_is_from() -> None:
    article = extract(_saved_page(), "a.mhtml")
    assert article.text == "Bridge opens\nThe bridge over the harbour was opened on Thursday.\nIt rained."
    assert article.address == "https://example.org/a"
    assert extract(_saved_page(), "unnamed").text == article.text


def test_a_mail_that_nests_without_end_is_refused() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    data = b"From: a@example.org\r\n" + b"".join(head % (level, level) for level in range(900)) + PLAIN.encode()
    with pytest.raises(UnreadableFile, match=r"deep in one another|built to do harm"):
        extract(data, "a.eml")


def test_a_mail_of_too_many_parts_is_refused() -> None:
    data = (
        b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Type: text/plain\n\na\n" * 100_000
    )
    with pytest.raises(UnreadableFile, match="more than 1,000 parts"):
        extract(data, "a.eml")


def test_a_mail_without_text_says_so() -> None:
    with pytest.raises(UnreadableFile, match="the mail holds no text"):
        extract(b"From: a@example.org\nMIME-Version: 1.0\nSubject: x\n\n", "a.eml")
