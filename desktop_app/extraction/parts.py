"""What a container gives: bytes still to be read, an article already read, or a reason why not."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain import ExtractedArticle


@dataclass(frozen=True, slots=True)
class Part:
    """One member of a container.

    `name` is fit to show; "" is the container itself. `data` waits to be read unless there is an `article`. Without
    both, `reason` and `advice` are those of an `UnreadableFile`; a `skipped` part is nothing one would read.
    """

    name: str
    data: bytes | None = None
    article: ExtractedArticle | None = None
    reason: str = ""
    advice: str = ""
    skipped: bool = False
