"""What a reader gives the window by dropping or pasting: files of this computer, web addresses, or a text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

from desktop_app.ui.addresses import addresses_in, shown_host, web_address
from desktop_app.ui.words import count_of

LEAST_WORDS = 5
"""A shorter text is no article, but a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Given:
    """One of the three, the others empty."""

    paths: tuple[Path, ...] = ()
    addresses: tuple[str, ...] = ()
    text: str = ""


def read_mime(data: QMimeData) -> Given:
    """What *data* is. A link dragged out of a browser is its address, whatever text comes with it."""
    urls = data.urls() if data.hasUrls() else []
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    if paths:
        return Given(paths=paths)
    links = tuple(address for url in urls if web_address(address := url.toString()) is not None)
    if links:
        return Given(addresses=links)
    text = data.text() if data.hasText() else ""
    found = addresses_in(text)
    if found:
        return Given(addresses=tuple(found))
    return Given(text=text if len(text[:10_000].split()) >= LEAST_WORDS else "")


def words_for(given: Given) -> str:
    """What letting go of it will do; nothing if there is nothing in it for Setu."""
    if given.paths:
        folders = sum(path.is_dir() for path in given.paths)
        counts = ((len(given.paths) - folders, "file"), (folders, "folder"))
        return "Let go to import " + " and ".join(count_of(number, thing) for number, thing in counts if number)
    if given.addresses:
        return f"Let go to fetch {fetched_words(given.addresses)}"
    return "Let go to import this text" if given.text else ""


def fetched_words(addresses: tuple[str, ...] | list[str]) -> str:
    """ "the page at example.org", "3 pages"."""
    url = web_address(addresses[0])
    if len(addresses) == 1 and url is not None:
        return f"the page at {shown_host(url)}"
    return count_of(len(addresses), "page")
