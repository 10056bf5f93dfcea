"""Which article of the library a text is: one that is there already, a newer text of one, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from desktop_app.domain import Article, ExtractedArticle, FileReport, ImportStatus
from desktop_app.records import VersionReason
from desktop_app.shelf import Shelf
from desktop_app.storage.articles import text_digest
from desktop_app.working.near_copies import ReportText, is_near_copy, resemble

_MOST_CANDIDATES = 5
_KNOWN = "This article is already in the library."


@dataclass(frozen=True, slots=True)
class Arrival:
    """A text on its way into the library. `is_file` says that it is all of the file at `path`."""

    path: str
    sha256: str
    article: ExtractedArticle
    is_file: bool
    converted: bool = False


class Placing:
    """Stores arrivals as those of one import; every call belongs inside `Database.transaction`."""

    def __init__(self, shelf: Shelf, import_: int | None, *, restore_binned: bool, as_they_are: bool) -> None:
        self._shelf = shelf
        self._import = import_
        self._restore_binned = restore_binned
        self._as_they_are = as_they_are

    def place(self, arrival: Arrival) -> FileReport:
        """Store *arrival*, or find that the library has it."""
        path, sha256, article = arrival.path, arrival.sha256, arrival.article
        shelf = self._shelf
        same_bytes = shelf.articles.with_sha256(sha256)
        if same_bytes is not None and arrival.converted and not self._has_text(same_bytes, article):
            return self._update(same_bytes, arrival)
        twin = same_bytes or shelf.articles.with_text(article.text)
        if twin is not None:
            return self.known(path, twin)
        binned = shelf.bin.find(sha256, text_digest(article.text))
        if binned is not None:
            if not self._restore_binned:
                return FileReport(path, ImportStatus.SKIPPED, None, f"{path} was removed and lies in the bin.")
            shelf.bin.take_out([binned])
            return FileReport(path, ImportStatus.IMPORTED, binned, "It lay in the bin and was taken out of it.")
        before = None if self._as_they_are else self._earlier(arrival)
        known = shelf.versions.find(sha256, article.text)
        if known is not None and known[0] != before:
            what = "An earlier text of" if known[1] is VersionReason.UPDATED else "A copy of"
            message = f"{what} an article that is already in the library."
            return FileReport(path, ImportStatus.DUPLICATE, known[0], message)
        if before is not None:
            return self._update(before, arrival)
        if self._as_they_are:
            new = shelf.articles.add(article, path=path, sha256=sha256, import_=self._import)
            return FileReport(path, ImportStatus.IMPORTED, new)
        text = ReportText(article)
        bands = text.bands()
        original = self._nearly_the_same(text, bands)
        if original is not None:
            shelf.versions.keep(
                original.id, article, VersionReason.COPY, path=path, sha256=sha256, import_=self._import
            )
            message = f"It is nearly the same as “{original.title}” and is kept as a version of that."
            return FileReport(path, ImportStatus.DUPLICATE, original.id, message)
        new = shelf.articles.add(article, path=path, sha256=sha256, import_=self._import)
        shelf.signatures.put(new, bands)
        return FileReport(path, ImportStatus.IMPORTED, new)

    def known(self, path: str, twin: int) -> FileReport:
        """The report on *path*, whose text the article *twin* has."""
        articles = self._shelf.articles
        if self._import is not None and articles.import_of(twin) == self._import and articles.path_of(twin) == path:
            # Stored by this import before the process died, and not reported any more.
            return FileReport(path, ImportStatus.IMPORTED, twin)
        return FileReport(path, ImportStatus.DUPLICATE, twin, _KNOWN)

    def _earlier(self, arrival: Arrival) -> int | None:
        """The article that this is the newer text of: from the same file, or the same page."""
        if arrival.is_file:
            before = self._shelf.articles.with_path(arrival.path)
            if before is not None:
                return before
        address = arrival.article.address
        if address is None or urlsplit(address).path in ("", "/"):
            # Sites that name their front page as the address of each of their pages do exist.
            return None
        before = self._shelf.articles.with_address(address, arrival.article.language)
        known = None if before is None else self._shelf.articles.article(before)
        if known is None or not resemble(ReportText(arrival.article), ReportText(known)):
            return None
        return before

    def _nearly_the_same(self, text: ReportText, bands: Sequence[int]) -> Article | None:
        """The article that *text* is a near copy of."""
        for article in self._shelf.articles.articles(self._shelf.signatures.sharing(bands, _MOST_CANDIDATES)):
            if is_near_copy(text, ReportText(article)):
                return article
        return None

    def _has_text(self, id_: int, article: ExtractedArticle) -> bool:
        return self._shelf.articles.with_text(article.text) == id_

    def _update(self, before: int, arrival: Arrival) -> FileReport:
        shelf = self._shelf
        old = shelf.articles.article(before)
        assert old is not None
        shelf.versions.keep(before, old, VersionReason.UPDATED, path=old.path, sha256=old.sha256, import_=self._import)
        shelf.articles.replace(before, arrival.article, path=arrival.path, sha256=arrival.sha256)
        shelf.signatures.put(before, ReportText(arrival.article).bands())
        message = "The article had changed; its former text is kept as a version."
        return FileReport(arrival.path, ImportStatus.UPDATED, before, message)
