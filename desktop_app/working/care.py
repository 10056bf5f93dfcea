"""What a library needs once a day: an examination and a backup."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.errors import ReaderError
from desktop_app.records import Notice
from desktop_app.shelf import Shelf
from desktop_app.storage.backups import Backups
from desktop_app.storage.database import EXAMINED
from desktop_app.storage.errors import LibraryDamaged
from desktop_app.storage.sealing import is_sealed_as_found

_ARTICLES_A_STEP = 200


def look_after(shelf: Shelf, *, examine: bool) -> Iterator[tuple[Notice, ...]]:
    """Back the library up if it is time; with *examine*, look first whether an end without farewell did harm.

    Gives way after each step. `LibraryDamaged` if the file is torn: nothing is backed up then.
    """
    if examine:
        shelf.database.quick_check()
        yield (Notice(EXAMINED),)
    backups = Backups(shelf.folder)
    if not shelf.articles.count() or not backups.is_due(int(shelf.meta("changes"))):
        return
    yield from _verify(shelf)
    try:
        backups.make_daily(shelf.database.connection())
    except LibraryDamaged:
        raise
    except ReaderError as error:
        yield (Notice(f"Today's backup was not made. {error}"),)


def _verify(shelf: Shelf) -> Iterator[tuple[Notice, ...]]:
    """Compare every article with its seal, before a damaged one takes a good one's place in the backups."""
    broken = []
    ids = shelf.articles.ids("added")
    for start in range(0, len(ids), _ARTICLES_A_STEP):
        connection = shelf.database.connection()
        broken += [id_ for id_ in ids[start : start + _ARTICLES_A_STEP] if not is_sealed_as_found(connection, id_)]
        yield ()
    if broken:
        named = shelf.articles.rows(broken[:1])
        first = f"“{named[0].title}”" if named else f"article {broken[0]}"
        others = f" and {len(broken) - 1} other articles are" if len(broken) > 1 else " is"
        yield (Notice(f"{first}{others} damaged on the disk. Close Setu and run `setu check --repair`."),)
