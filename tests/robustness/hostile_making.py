"""What a hostile file is, and how those are made that are not simply written down."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import socket
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.robustness import good_files as good

REPORT = f"{good.TITLE}\n\n" + "\n\n".join(good.PARAGRAPHS)


IMPORTED, REFUSED, SKIPPED = "imported", "refused", "skipped"
KEPT = "cut the ribbon"
"""Words of the report that stands in every file whose outcome is to be imported."""
ARTICLE = f"<article><h1>{good.TITLE}</h1>" + "".join(f"<p>{text}</p>" for text in good.PARAGRAPHS) + "</article>"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file by *name*; `make` is or gives its bytes, or `build` makes it at a path.

    `outcome` holds the statuses its reports may have, all of which occur in none but these; `says` is part of a
    message, `kept` of an article's text.
    """

    name: str
    outcome: frozenset[str]
    make: Callable[[], bytes] | bytes | None = None
    build: Callable[[Path], None] | None = None
    says: str = ""
    kept: str = ""
    absent: tuple[str, ...] = field(default=())


def taken(name: str, make: Callable[[], bytes] | bytes, *, kept: str = KEPT, also: tuple[str, ...] = ()) -> Hostile:
    return Hostile(name, frozenset((IMPORTED, *also)), make, kept=kept)


def refused(name: str, make: Callable[[], bytes] | bytes, says: str, *, also: tuple[str, ...] = ()) -> Hostile:
    return Hostile(name, frozenset((REFUSED, *also)), make, says=says)


def listen(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def matryoshka(depth: int, width: int) -> bytes:
    data = good.zip_of({"0.txt": bytes(4_000_000)})
    for _ in range(depth):
        data = good.zip_of({f"lib {number}.zip": data for number in range(width)})
    return data


def deep(depth: int) -> bytes:
    data = good.zip_of({"a.txt": REPORT.encode()})
    for _ in range(depth):
        data = good.zip_of({"in.zip": data})
    return data


def packed_often(times: int) -> bytes:
    return packed_over(lambda data: gzip.compress(data, mtime=0), REPORT.encode(), times)


def packed_over(pack: Callable[[bytes], bytes], data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = pack(data)
    return data


def overlapping() -> bytes:
    """A central directory that lists the one member 200 times."""
    data = good.zip_of({"a.txt": os.urandom(100_000)})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    listed = entry * 200
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 200, 200, len(listed), start, 0)
    return data[:start] + listed + tail


def lying() -> bytes:
    data = bytearray(good.zip_of({"a.txt": bytes(50_000_000)}))
    for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(magic) + place, 100)
    return bytes(data)


def locked() -> bytes:
    data = bytearray(good.zip_of({"a.txt": REPORT.encode()}))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + flags] |= 1
    return bytes(data)


def linked_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, mode in enumerate((0o120777, 0o010644, 0o020644, 0o060644, 0o140644)):
            info = zipfile.ZipInfo(f"{number}.txt")
            info.create_system, info.external_attr = 3, mode << 16
            archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def linked_tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE):
            info = tarfile.TarInfo(f"n{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return buffer.getvalue()


def odd_names() -> bytes:
    return good.tar_of(
        {"a\udcff\udcfe.txt": REPORT.encode(), "b" * 90 + ".txt": b"Other words of a report stand here."}
    )


def sparse() -> bytes:
    info = tarfile.TarInfo("a.txt")
    info.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[386:398], header[398:410], header[483:495] = b"00000000000\0", b"00000000000\0", b"77777777777\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + bytes(10240)


def huge_member() -> bytes:
    info = tarfile.TarInfo("a.txt")
    info.size = 8 << 30
    return info.tobuf(tarfile.GNU_FORMAT) + b"words " * 1000


def long_names(count: int) -> bytes:
    """GNU headers for a long name, one after the other, none of which a file follows."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 5
    return (info.tobuf(tarfile.GNU_FORMAT) + b"a.tx\0".ljust(512, b"\0")) * count


def empty_members(count: int) -> bytes:
    return tarfile.TarInfo("a.png").tobuf(tarfile.GNU_FORMAT) * count + bytes(1024)


def header_bomb() -> bytes:
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 400_000_000
    return gzip.compress(info.tobuf(tarfile.USTAR_FORMAT) + b"9" * 100_000_000, 1)


def large_dictionary() -> bytes:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]
    data = bytearray(lzma.compress(REPORT.encode(), format=lzma.FORMAT_XZ, filters=filters))
    # The block header says how large a dictionary the reader has to hold: 40 stands for 4 GB.
    size = (data[12] + 1) * 4
    place = data.index(b"\x21\x01", 12, 12 + size) + 2
    data[place] = 40
    data[12 + size - 4 : 12 + size] = struct.pack("<I", zlib.crc32(bytes(data[12 : 12 + size - 4])))
    return bytes(data)


def book(name: str, old: bytes, new: bytes) -> bytes:
    parts = members(good.epub([(good.TITLE, good.PARAGRAPHS)]))
    parts[name] = parts[name].replace(old, new, 1)
    return good.zip_of(parts)


def locked_book() -> bytes:
    lock = b'<encryption Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>'
    return good.zip_of({**members(good.epub([(good.TITLE, good.PARAGRAPHS)])), "META-INF/encryption.xml": lock})


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pdf_stream(content: bytes, filters: int = 1) -> bytes:
    names = b"/FlateDecode" * filters
    return good.pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(content), names, content),
        ]
    )


def pdf_of_circling_tables() -> bytes:
    data = good.pdf([good.TITLE])
    place = int(data.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    return data.replace(b"/Root 1 0 R", b"/Prev %d" % place)
