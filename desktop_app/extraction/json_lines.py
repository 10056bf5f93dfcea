"""Reports as data: JSON Lines, one object a line, or a JSON file of one object or a list of them.

Keys: `text` (or `body`, required) with `title`, `date` ("2024-09-27" or a time stamp), `source`, `language` ("en",
"hi") and `url`, all strings or null. Other keys are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from desktop_app.errors import UnreadableFile
from desktop_app.extraction.dates import read_timestamp
from desktop_app.extraction.encodings import decode
from desktop_app.extraction.limits import Budget
from desktop_app.extraction.parts import Part
from desktop_app.extraction.plain_text import read_stated_text
from desktop_app.extraction.sniffing import refuse_unreadable_article, refuse_unreadable_text
from desktop_app.extraction.stated import (
    Stated,
    plausible,
    stated_address,
    stated_language,
    stated_line,
    without_halves,
)
from desktop_app.language.normalise import normalise

_KEYS = ("text", "body", "title", "date", "source", "language", "url")
_DEEPEST = 64
_ADVICE = 'Each line has to be an object with a "text".'


def json_parts(data: bytes, path: str, budget: Budget) -> Iterator[Part]:
    """The reports of the file, each with the number of its line or its place in the list."""
    text = decode(data)
    if text is None:
        raise UnreadableFile(path, "its characters are in an encoding Setu does not know", "Save it as UTF-8.")
    text = text.lstrip("\ufeff")
    if not text.strip():
        raise UnreadableFile(path, "it holds nothing but blanks")
    whole = _whole(text)
    if whole is not None:
        for number, value in enumerate(whole, 1):
            budget.take_member()
            yield _part(f"item {number}" if len(whole) > 1 else "", value, json.dumps(value).encode())
        return
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    for number, line in lines:
        budget.take_member()
        name = f"line {number}"
        try:
            value = _parsed(line)
        except ValueError as error:
            if len(lines) == 1:
                raise UnreadableFile(path, f"it is no JSON ({error})") from error
            yield Part(name, reason=f"line {number} is no JSON ({error})", advice=_ADVICE)
        else:
            yield _part(name, value, line.encode("utf-8", "replace"))


def _whole(text: str) -> list[Any] | None:
    """The objects of a file that is one JSON value over several lines; None where each line is its own."""
    first = text.lstrip()[:1]
    if first != "[" and "\n" not in text.strip():
        return None
    try:
        value = _parsed(text)
    except ValueError:
        return None
    return value if isinstance(value, list) else [value]


def _parsed(text: str) -> Any:
    """The value, or a `ValueError` that says in words where it ends to be JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"at character {error.colno}: {error.msg[:1].lower()}{error.msg[1:]}") from error
    except RecursionError as error:
        raise ValueError("its brackets nest too deep") from error
    except ValueError as error:
        raise ValueError("it holds a number of thousands of digits") from error


def _part(name: str, value: Any, data: bytes) -> Part:
    try:
        article_data = _fields(value)
        body = normalise(without_halves(article_data.get("text") or article_data.get("body") or ""))
        refuse_unreadable_text(body, name)
        refuse_unreadable_article(body, name)
        stated = Stated(
            title=stated_line(article_data.get("title")),
            date=plausible(read_timestamp(article_data.get("date") or "")),
            source=stated_line(article_data.get("source")),
            language=stated_language(article_data.get("language")),
            address=stated_address(article_data.get("url")),
        )
        return Part(name, data, read_stated_text(body, stated))
    except UnreadableFile as error:
        return Part(name, reason=error.reason, advice=error.advice)


def _fields(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise UnreadableFile("", "it is no JSON object", _ADVICE)
    fields = {key: value[key] for key in _KEYS if value.get(key) is not None}
    for key, content in fields.items():
        if not isinstance(content, str):
            raise UnreadableFile("", f'its "{key}" is not a string', "Put it in quotation marks.")
    if not (fields.get("text") or fields.get("body") or "").strip():
        raise UnreadableFile("", 'it has no "text"', _ADVICE)
    return fields
