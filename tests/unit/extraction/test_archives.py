"""Archives of every kind give their members' articles, or say of each why not; none can fill a memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile

import pytest

from desktop_app.errors import UnreadableFile
from desktop_app.extraction import extract, extract_all, limits
from desktop_app.extraction.naming import shown_name
from desktop_app.records import ExtractedDocument

REPORT = b"Bridge opens\n\nThe bridge over the harbour was opened on Thursday. It rained."
HINDI = "पुल खुला\n\nबंदरगाह पर बना पुल गुरुवार को खोला गया। बारिश हुई।".encode()


def _zip(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _tar(members: dict[str, bytes | str], mode: str = "w") -> bytes:
    """A tar archive; a member given as a string is a symbolic link to it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            if isinstance(data, str):
                info.type, info.linkname = tarfile.SYMTYPE, data
                archive.addfile(info)
            else:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def _all(data: bytes, path: str = "a.zip") -> list[ExtractedDocument]:
    return list(extract_all(data, path))


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (_zip({"x/a.txt": REPORT, "b.txt": HINDI}), "p.zip"),
        (_zip({"x/a.txt": REPORT, "b.txt": HINDI}, zipfile.ZIP_BZIP2), "p.zip"),
        (_tar({"x/a.txt": REPORT, "b.txt": HINDI}), "p.tar"),
        (_tar({"x/a.txt": REPORT, "b.txt": HINDI}, "w:gz"), "p.tar.gz"),
        (_tar({"x/a.txt": REPORT, "b.txt": HINDI}, "w:bz2"), "p.tbz2"),
        (_tar({"x/a.txt": REPORT, "b.txt": HINDI}, "w:xz"), "p.tar.xz"),
    ],
)
def test_every_member_of_an_archive_is_an_article(data: bytes, path: str) -> None:
    found = _all(data, path)
    assert [document.path for document in found] == [f"{path}/x/a.txt", f"{path}/b.txt"]
    assert [document.article and document.article.title for document in found] == ["Bridge opens", "पुल खुला"]
    assert found[0].sha256 == extract_all(REPORT, "a.txt").__next__().sha256


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_report_is_read(pack: object) -> None:
    packed = pack(REPORT) + pack(b" It went on.")  # type: ignore[operator]
    found = _all(packed, "a.txt.gz")
    assert found[0].path == "a.txt.gz/a.txt"
    assert found[0].article is not None
    assert found[0].article.text.endswith("It rained. It went on.")


def test_archives_in_archives_are_read_three_deep_and_refused_beyond() -> None:
    data = _zip({"a.txt": REPORT})
    for level in range(5):
        found = _all(data, "p.zip")
        assert (found[0].article is not None) == (level < limits.DEEPEST_NESTING)
        data = _zip({"in.zip": data})
    assert "more than 3 times over" in _all(data, "p.zip")[0].message


def test_what_is_no_report_is_skipped_and_what_is_hidden_not_mentioned() -> None:
    found = _all(_zip({"a.txt": REPORT, "p.png": b"\x89PNG", "__MACOSX/a.txt": b"x", ".DS_Store": b"y", "d/": b""}))
    assert [(document.path, document.skipped) for document in found] == [("a.zip/a.txt", False), ("a.zip/p.png", True)]


def test_a_member_that_cannot_be_read_does_not_cost_the_others() -> None:
    found = _all(_zip({"a.txt": b"\x00\x01\x02", "b.txt": REPORT}))
    assert found[0].message.startswith("a.zip/a.txt was not imported: it holds data that is not text.")
    assert found[1].article is not None


def test_a_damaged_member_is_named_and_the_next_one_read() -> None:
    data = bytearray(_zip({"a.txt": REPORT, "b.txt": REPORT}, zipfile.ZIP_STORED))
    data[data.index(b"harbour")] ^= 1
    found = _all(bytes(data))
    assert "damaged in the archive" in found[0].message
    assert found[1].article is not None


def test_a_password_is_said_to_be_the_reason() -> None:
    data = bytearray(_zip({"a.txt": REPORT}))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + flags] |= 1
    assert "protected by a password" in _all(bytes(data))[0].message


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/abs/a.txt", "abs/a.txt"),
        ("C:\\Users\\a.txt", "Users/a.txt"),
        ("..\\..\\a.txt", "a.txt"),
        ("a\u202etxt.exe.txt", "atxt.exe.txt"),
        ("a\nb\x00\x1b[31m.txt", "ab[31m.txt"),
        ("\udcff.txt", "\ufffd.txt"),
        ("..", "unnamed"),
        ("खबर/पुल.txt", "खबर/पुल.txt"),
    ],
)
def test_names_lead_nowhere_and_hide_nothing(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_links_and_devices_in_a_tar_archive_are_passed_over() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE):
            info = tarfile.TarInfo(f"n{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found = _all(buffer.getvalue(), "a.tar")
    assert [document.skipped for document in found] == [True] * 5
    assert all("link or a device" in document.message for document in found)


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    zeros = b"word " * 10_000_000
    for data, path in (
        (_zip({"a.txt": zeros}), "a.zip"),
        (gzip.compress(zeros), "a.txt.gz"),
        (_tar({"a.txt": zeros}, "w:gz"), "a.tgz"),
    ):
        with pytest.raises(UnreadableFile, match=r"hundreds of times|larger than 20 MB"):
            extract(data, path)


def test_a_size_that_lies_does_not_help_a_bomb() -> None:
    data = bytearray(_zip({"a.txt": b"word " * 10_000_000}))
    for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(magic) + place, 100)
    with pytest.raises(UnreadableFile, match=r"damaged|hundreds"):
        extract(bytes(data), "a.zip")


def test_members_that_overlap_are_refused() -> None:
    data = bytearray(_zip({f"{number}.txt": REPORT * 50 for number in range(3)}, zipfile.ZIP_STORED))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        struct.pack_into("<I", data, at + 20, len(data) // 2)
    with pytest.raises(UnreadableFile, match="lie over one another"):
        extract(bytes(data), "a.zip")


def test_an_archive_of_too_many_members_is_read_in_part_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MEMBERS", 3)
    found = _all(_tar({f"{number}.txt": REPORT for number in range(5)}), "a.tar")
    assert [document.article is not None for document in found] == [True, True, True, False]
    assert "was read in part: more than 3 files" in found[-1].message


@pytest.mark.parametrize("cut", [30, 200, 700])
def test_a_cut_archive_gives_a_sentence(cut: int) -> None:
    for data, path in ((_zip({"a.txt": REPORT}), "a.zip"), (_tar({"a.txt": REPORT}, "w:gz"), "a.tgz")):
        with pytest.raises(UnreadableFile, match=r"damaged|empty"):
            extract(data[: min(cut, len(data) - 30)], path)
