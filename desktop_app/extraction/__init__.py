"""Untrusted bytes become articles: sniffing, encodings, plain text, pages, mails, feeds, books, archives.

`extract_all` is the door, `extract` its first article. Nothing here opens a file or the network.
"""

from desktop_app.extraction.feeds import FeedItem, ParsedFeed, feeds_named, item_article, read_feed, read_opml
from desktop_app.extraction.limits import LARGEST_ARCHIVE_BYTES, LARGEST_FILE_BYTES
from desktop_app.extraction.reading import extract, extract_all
from desktop_app.extraction.sniffing import is_container_name, is_readable_name

__all__ = [
    "LARGEST_ARCHIVE_BYTES",
    "LARGEST_FILE_BYTES",
    "FeedItem",
    "ParsedFeed",
    "extract",
    "extract_all",
    "feeds_named",
    "is_container_name",
    "is_readable_name",
    "item_article",
    "read_feed",
    "read_opml",
]
