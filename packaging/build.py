"""Build what is installed without Python: `python3 packaging/build.py app` or `… deb`. Standard library only.

`app` freezes Setu into `build/app/setu` (one folder, for the system it is built on); `deb` makes a Debian package of
that in `dist/`.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import environment
import system_libraries
from environment import PACKAGING, ROOT
from telling import SetupError, say

APP_ID = "org.setureader.Setu"
FROZEN = ROOT / "build" / "app"
DIST = ROOT / "dist"

# What the frozen Qt links to and Debian 12 (and later, and Ubuntu 22.04 and later) has.
_DEPENDS = (
    "libglib2.0-0 | libglib2.0-0t64",
    *(name for name in system_libraries.DEBIAN_PACKAGES if name != "libglib2.0-0"),
    *("libx11-6", "libx11-xcb1", "libxcb1", "libxcb-image0", "libxcb-randr0", "libxcb-render0"),
    *("libxcb-render-util0", "libxcb-shm0", "libxcb-sync1", "libxcb-xfixes0", "libxcb-xkb1"),
    *("libfreetype6", "libwayland-client0", "libwayland-cursor0", "libwayland-egl1"),
)


def main(arguments: Sequence[str]) -> int:
    if list(arguments) not in (["app"], ["deb"]):
        say("Usage: python3 packaging/build.py app|deb")
        return 2
    try:
        elsewhere = environment.in_suitable_python(__file__, arguments)
        if elsewhere is not None:
            return elsewhere
        if arguments[0] == "deb" and shutil.which("dpkg-deb") is None:
            raise SetupError("A Debian package is put together by dpkg-deb, which this machine lacks.")
        system_libraries.ensure(for_display=system_libraries.can_apt())
        _freeze(environment.ensure(environment.BUILD))
        say(f"The application is {FROZEN / 'setu'}")
        if arguments[0] == "deb":
            say(f"The package is {_deb()}")
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _freeze(python: Path) -> None:
    work = ROOT / "build" / "pyinstaller"
    command = [str(python), "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    command += ["--distpath", str(FROZEN), "--workpath", str(work), str(PACKAGING / "setu.spec")]
    if subprocess.call(command, cwd=ROOT, env=environment.run_environment()):
        raise SetupError("PyInstaller could not freeze Setu; what it says stands above.")


def _deb() -> Path:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    architecture = _output("dpkg", "--print-architecture")
    tree = ROOT / "build" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(FROZEN / "setu", tree / "usr/lib/setu", symlinks=True)
    _link(tree / "usr/bin/setu", "../lib/setu/setu")
    share = tree / "usr/share"
    _copy(PACKAGING / "linux" / f"{APP_ID}.desktop", share / "applications")
    _copy(PACKAGING / "linux" / f"{APP_ID}.metainfo.xml", share / "metainfo")
    icons = ROOT / "resources" / "icons"
    _copy(icons / "setu.svg", share / "icons/hicolor/scalable/apps", f"{APP_ID}.svg")
    for picture in icons.glob("setu-*.png"):
        size = re.sub(r"\D", "", picture.stem)
        _copy(picture, share / f"icons/hicolor/{size}x{size}/apps", f"{APP_ID}.png")
    _documents(share / "doc/setu")
    _normalise_modes(tree)
    _control(tree, version, architecture)
    DIST.mkdir(exist_ok=True)
    package = DIST / f"setu_{version}_{architecture}.deb"
    made = subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", str(tree), str(package)],
        env=os.environ | {"SOURCE_DATE_EPOCH": _commit_time()},
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise SetupError(f"dpkg-deb could not make the package: {made.stderr.strip()}")
    return package


def _control(tree: Path, version: str, architecture: str) -> None:
    size_kib = sum(path.lstat().st_size for path in tree.rglob("*") if not path.is_dir()) // 1024
    libc = _output("ldd", "--version").split("\n")[0].split()[-1]
    fields = {
        "Package": "setu",
        "Version": version,
        "Architecture": architecture,
        "Maintainer": "The Setu developers <setu@setureader.invalid>",
        "Section": "text",
        "Priority": "optional",
        "Installed-Size": str(size_kib),
        "Depends": ", ".join((f"libc6 (>= {libc})", *_DEPENDS)),
        "Description": "reader for news in English and Hindi, side by side\n"
        " Setu shows an English and a Hindi news report next to each other, marks people,\n"
        " places, organisations and agreements in both, and finds every mention of a name\n"
        " whatever script it is written in. Text files and saved web pages are imported by\n"
        " drag and drop and can be searched in both languages.",
    }
    (tree / "DEBIAN").mkdir()
    text = "".join(f"{key}: {value}\n" for key, value in fields.items())
    (tree / "DEBIAN/control").write_text(text, encoding="utf-8")


def _documents(folder: Path) -> None:
    folder.mkdir(parents=True)
    legal = (ROOT / "LICENSE").read_text(encoding="utf-8") + "\n" + (ROOT / "NOTICE").read_text(encoding="utf-8")
    (folder / "copyright").write_text(legal, encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (folder / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))


def _normalise_modes(tree: Path) -> None:
    """Modes of the builder's umask do not belong in a package."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            executable = path.is_dir() or path == tree / "usr/lib/setu/setu"
            path.chmod(0o755 if executable else 0o644)


def _copy(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


def _link(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def _commit_time() -> str:
    """Seconds of the last commit, so that the same commit gives the same package; 0 outside a repository."""
    try:
        return _output("git", "-C", str(ROOT), "log", "-1", "--format=%ct")
    except (OSError, SetupError):
        return "0"


def _output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(f"{command[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
