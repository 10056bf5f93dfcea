"""Folders on other computers are recognised by the kernel's table of mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.storage.places import in_mounts, network_place

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
server:/export /home/asha/news\040room nfs4 rw 0 0
//nas/share /mnt/nas cifs rw 0 0
/dev/sdb1 /mnt/nas/local ext4 rw 0 0
asha@host: /mnt/over fuse.sshfs rw 0 0
tmpfs /mnt/over tmpfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "device"),
    [
        ("/home/asha/library", None),
        ("/home/asha/news room/library", "server:/export"),
        ("/home/asha/news rooms", None),
        ("/mnt/nas", "//nas/share"),
        ("/mnt/nas/local/library", None),
        ("/mnt/over/library", None),
    ],
)
def test_the_innermost_newest_mount_decides(folder: str, device: str | None) -> None:
    assert in_mounts(Path(folder), MOUNTS) == device


def test_a_folder_of_this_computer_is_no_network_place(tmp_path: Path) -> None:
    assert network_place(tmp_path) is None
