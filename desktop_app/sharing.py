"""Writing a library's articles and a reader's corrections to files, and reading corrections of others."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from desktop_app import contract
from desktop_app.domain import Correction
from desktop_app.errors import ReaderError
from desktop_app.library import Library
from desktop_app.storage.corrections import from_json, to_json

_FORMAT = "setu corrections 1"
_LARGEST_FILE_BYTES = 16 << 20


class ExportFailed(ReaderError):
    """The place to write to could not be written."""

    def __init__(self, place: Path, reason: str) -> None:
        super().__init__(f"{place} could not be written: {reason}. Choose another place.")


class CorrectionsUnreadable(ReaderError):
    """A file of corrections is none."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The corrections in {path} were not taken over: {reason}. Nothing was changed.")


def export_articles(library: Library, folder: Path) -> int:
    """Write every article as a UTF-8 text file, and `articles.jsonl` with what is known of each; the count."""
    ids = library.article_ids()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "articles.jsonl", "w", encoding="utf-8", newline="\n") as listing:
            for id_ in ids:
                article = library.article(id_)
                name = f"{article.id:06}-{_slug(article.title)}.{article.language.value}.txt"
                with open(folder / name, "w", encoding="utf-8", newline="") as file:
                    file.write(article.text)
                line = contract.article(article, library.mentions(article)) | {"file": name}
                listing.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise ExportFailed(folder, error.strerror or str(error)) from error
    return len(ids)


def export_corrections(corrections: Sequence[Correction], path: Path) -> None:
    """Write the facts to a file people can read, compare and send to each other."""
    content = {"format": _FORMAT, "corrections": [to_json(correction) for correction in corrections]}
    try:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise ExportFailed(path, error.strerror or str(error)) from error


def read_corrections(path: Path) -> list[Correction]:
    """The facts in a file written by `export_corrections`; all of them or none."""
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST_FILE_BYTES)
        content = json.loads(data)
        if not isinstance(content, dict) or content.get("format") != _FORMAT:
            raise CorrectionsUnreadable(path, f"it does not begin as a file of the format “{_FORMAT}”")
        return [from_json(facts) for facts in content["corrections"]]
    except OSError as error:
        raise CorrectionsUnreadable(path, error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CorrectionsUnreadable(path, f"it is damaged ({error})") from error


def _slug(title: str) -> str:
    words = re.sub(r"[^\w\u0900-\u097f]+", "-", title, flags=re.UNICODE)
    return words.strip("-")[:60].rstrip("-") or "untitled"
