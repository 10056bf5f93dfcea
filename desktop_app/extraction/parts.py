"""What a container gives: bytes still to be read, an article already read, or a reason why not."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain import ExtractedArticle
from desktop_app.records import FeedLink


@dataclass(frozen=True, slots=True)
class Part:
    """One member of a container.

    `name` is fit to show; "" is the container itself. `data` waits to be read unless there is an `article`. Without
    both, `reason` and `advice` are those of an `UnreadableFile`; a `skipped` part is nothing one would read. A `feed`
    is one that a list of feeds names.
    """

    name: str
    data: bytes | None = None
    article: ExtractedArticle | None = None
    reason: str = ""
    advice: str = ""
    skipped: bool = False
    feed: FeedLink | None = None
