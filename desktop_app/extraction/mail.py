"""Mails, mailboxes and the saved pages that browsers write as mails (MHTML)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from desktop_app.errors import UnreadableFile
from desktop_app.extraction.composing import read_fragment
from desktop_app.extraction.encodings import decode
from desktop_app.extraction.limits import Budget
from desktop_app.extraction.naming import shown_name
from desktop_app.extraction.parts import Part
from desktop_app.extraction.plain_text import read_stated_text
from desktop_app.extraction.sniffing import (
    is_readable_name,
    refuse_overgrown_page,
    refuse_unreadable_article,
    refuse_unreadable_text,
)
from desktop_app.extraction.stated import Stated, plausible, stated_address, stated_line
from desktop_app.language.normalise import normalise

_MOST_PARTS = 1000
_DEEPEST_PARTS = 50
_MOST_BOUNDARIES = 2 * _MOST_PARTS
_MAILBOX_LINE = re.compile(rb"^From [^\n]*\n(?=[!-9;-~]{1,60}:)", re.MULTILINE)
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_LONGEST_HEADER = 2000


def mail_parts(data: bytes, path: str, budget: Budget) -> Iterator[Part]:
    """A mail's own text as one article, and its readable attachments."""
    parts = _parts(data, path)
    body = _chosen(parts, "text/plain") or _chosen(parts, "text/html")
    message = parts[0]
    read = False
    if body is not None:
        read = True
        yield _body(body, Stated(_header(message, "Subject"), _date(message), _sender(message)), path)
    for part in parts[1:]:
        name = _file_name(part)
        if part is body or part.is_multipart() or not name:
            continue
        read = True
        budget.take_member()
        if is_readable_name(name):
            content = _content(part)
            budget.take_bytes(len(content))
            yield Part(name, content)
        else:
            yield Part(name, reason="its name is of no kind of file that Setu reads", skipped=True)
    if not read:
        raise UnreadableFile(path, "the mail holds no text")


def mailbox_parts(data: bytes, path: str, budget: Budget) -> Iterator[Part]:
    """The mails of a mailbox, as files of their own."""
    starts = [match.start() for match in _MAILBOX_LINE.finditer(data)]
    if not starts:
        raise UnreadableFile(path, "the mailbox holds no mail")
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        budget.take_member()
        mail = data[data.index(b"\n", start) + 1 : end].replace(b"\n>From ", b"\nFrom ")
        yield Part(f"mail {number}.eml", mail)


def saved_page_parts(data: bytes, path: str, _: Budget) -> Iterator[Part]:
    """The page that an MHTML file was saved from; its pictures and frames are left alone."""
    parts = _parts(data, path)
    message = parts[0]
    page = _root_page(parts)
    if page is None:
        raise UnreadableFile(path, "it holds no web page")
    text = _text(page, markup=True)
    refuse_unreadable_text(text, path)
    refuse_overgrown_page(text, path)
    from desktop_app.extraction.html import read_page

    article = read_page(text)
    if article is None:
        raise UnreadableFile(path, "no article text was found on this page")
    refuse_unreadable_article(article.text, path)
    address = article.address or next(
        (
            address
            for value in (message["Snapshot-Content-Location"], page["Content-Location"], message["Content-Location"])
            if (address := stated_address(str(value or ""))) is not None
        ),
        None,
    )
    yield Part("", data, replace(article, address=address))


def _parts(data: bytes, path: str) -> list[Message]:
    """The message and everything in it, outermost first; raises for what nests or multiplies beyond reason."""
    if len(_BOUNDARY.findall(data)) > _MOST_BOUNDARIES or _most_parts(data) > _MOST_PARTS:
        raise UnreadableFile(path, f"it has more than {_MOST_PARTS:,} parts", "Save the text of the mail by itself.")
    try:
        # The modern policy would parse every address and date, and fails on many that are a little wrong.
        message = message_from_bytes(data, policy=policy.compat32)
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError, MessageError) as error:
        raise UnreadableFile(path, "it is damaged or built to do harm") from error
    found: list[Message] = []
    level: list[Message] = [message]
    for _ in range(_DEEPEST_PARTS):
        found += level
        level = [part for outer in level if outer.is_multipart() for part in _payload(outer)]
        if not level:
            return found
    raise UnreadableFile(path, f"its parts lie more than {_DEEPEST_PARTS} deep in one another")


def _payload(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _most_parts(data: bytes) -> int:
    return max((data.count(b"\n--" + mark) for mark in _boundaries(data)), default=0)


def _boundaries(data: bytes) -> set[bytes]:
    return set(re.findall(rb"boundary\s*=\s*\"?([^\s\";]{1,70})", data, re.IGNORECASE))


def _chosen(parts: list[Message], kind: str) -> Message | None:
    """The first text of the mail of this kind, attachments left aside."""
    for part in parts:
        if part.get_content_type() == kind and not _is_attached(part) and _content(part).strip():
            return part
    return None


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition") or "").strip().lower().startswith("attachment")


def _root_page(parts: list[Message]) -> Message | None:
    return next((part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)


def _body(part: Message, stated: Stated, path: str) -> Part:
    markup = part.get_content_type() == "text/html"
    text = _text(part, markup=markup)
    try:
        refuse_unreadable_text(text, path)
        if markup:
            refuse_overgrown_page(text, path)
            article = read_fragment(text, stated)
            if article is None:
                raise UnreadableFile(path, "the mail holds no text")
        else:
            refuse_unreadable_article(text, path)
            article = read_stated_text(text, stated)
        refuse_unreadable_article(article.text, path)
    except UnreadableFile as error:
        return Part("", reason=error.reason, advice=error.advice)
    return Part("", article=article)


def _content(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return content if isinstance(content, bytes) else b""


def _text(part: Message, *, markup: bool) -> str:
    """The part's text, in the charset it names if that fits and else in the one its bytes show."""
    content = _content(part)
    charset = (part.get_content_charset() or "").replace("_", "-")
    if charset in ("utf-8", "us-ascii", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15"):
        try:
            return normalise(content.decode("cp1252" if charset.startswith("iso-8859-1") else charset))
        except (UnicodeDecodeError, LookupError):
            pass
    return normalise(decode(content, markup=markup) or content.decode("utf-8", "replace"))


def _header(message: Message, name: str) -> str | None:
    value = str(message.get(name) or "")[:_LONGEST_HEADER]
    try:
        return stated_line(str(make_header(decode_header(value))))
    except (ValueError, LookupError, MessageError):
        return stated_line(value)


def _sender(message: Message) -> str | None:
    """The name in From, else the host that the mail is from."""
    name, address = parseaddr(_header(message, "From") or "")
    return stated_line(name) or stated_line(address.rpartition("@")[2])


def _date(message: Message) -> dt.date | None:
    """The day as the sender's clock wrote it."""
    try:
        return plausible(parsedate_to_datetime(str(message.get("Date") or "")).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename()
        return shown_name(str(make_header(decode_header(name)))) if name else ""
    except (ValueError, LookupError, TypeError, AttributeError, MessageError):
        return "unnamed"
