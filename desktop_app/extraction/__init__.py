"""Untrusted bytes become an article: sniffing, encodings, plain text, HTML.

`extract` is the door. Nothing here opens a file or the network.
"""

from desktop_app.extraction.reading import extract
from desktop_app.extraction.sniffing import LARGEST_FILE_BYTES, is_readable_name

__all__ = ["LARGEST_FILE_BYTES", "extract", "is_readable_name"]
