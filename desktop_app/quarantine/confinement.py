"""What the process that reads untrusted files may not do: open other files, reach the network, start programs.

Three fences, the outer ones where the system has them: limits on memory, time and files (POSIX), Linux's own filters
on system calls and on the file tree, and Python's audit hook, which exists everywhere. A fence that cannot be put up
is left out: the next one still stands.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys
import sysconfig
import threading
import time
from collections.abc import Iterable, Sequence
from functools import cache

from desktop_app.resources import resource_path

MEMORY_LIMIT_BYTES = 512 << 20
OUT_OF_MEMORY = 70
"""The exit code of a process that the memory watch has ended."""
_WATCH_S = 0.05
_MOST_OPEN_FILES = 64

_REFUSED_EVENTS = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.kill", "os.remove",
    "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate", "os.utime",
    "os.putenv", "os.startfile", "pty.", "shutil.", "tempfile.", "urllib.", "http.", "ftplib.", "smtplib.",
    "sqlite3.", "webbrowser.", "winreg.", "_winapi.CreateProcess", "_winapi.CreateFile",
)  # fmt: skip
_FOLDER_EVENTS = ("os.listdir", "os.scandir", "os.walk", "os.fwalk", "glob.glob", "os.chdir")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Refused(PermissionError):
    """A parser tried what it has no business doing."""


def confine() -> None:
    """Put up all fences around this process, for good."""
    sys.dont_write_bytecode = True
    roots = program_folders()
    if sys.platform != "win32":
        _limit_resources()
    # Once before the hook is there, which would refuse to load what it needs on Windows.
    peak_memory_bytes()
    if sys.platform != "linux":
        # macOS takes the limit on memory without keeping to it, Windows has none that a process could set itself.
        threading.Thread(target=_watch_memory, name="memory-watch", daemon=True).start()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            _confine_by_kernel(roots)
    sys.addaudithook(_Hook(roots).check)


def limit_cpu(seconds: float) -> None:
    """From now on this process may use so much more CPU time; then the system ends it (POSIX)."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + seconds) + 1
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def peak_memory_bytes() -> int:
    """The most memory this process has held so far."""
    if sys.platform == "win32":
        return _peak_on_windows()
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _watch_memory() -> None:
    while peak_memory_bytes() <= MEMORY_LIMIT_BYTES:
        time.sleep(_WATCH_S)
    os._exit(OUT_OF_MEMORY)


if sys.platform == "win32":
    from ctypes import wintypes

    class _MemoryCounters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of the Windows API."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("page_fault_count", wintypes.DWORD),
            ("peak_working_set_size", ctypes.c_size_t),
            ("others", ctypes.c_size_t * 7),
        )

    @cache
    def _kernel32() -> ctypes.WinDLL:
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
        return kernel

    def _peak_on_windows() -> int:
        counters = _MemoryCounters()
        counters.cb = ctypes.sizeof(counters)
        kernel = _kernel32()
        found = kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb)
        return int(counters.peak_working_set_size) if found else 0


def program_folders() -> tuple[str, ...]:
    """Where Python's and Setu's own modules and tables lie: all that may be read."""
    paths = sysconfig.get_paths()
    places = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    places += [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
    places += [path for path in sys.path if path.endswith((".zip", "lib-dynload"))]
    program = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    places += [program, str(resource_path("")), str(getattr(sys, "_MEIPASS", ""))]
    if getattr(sys, "frozen", False):
        places.append(sys.executable)
    both = [form(place) for place in places if place for form in (os.path.abspath, os.path.realpath)]
    return tuple(dict.fromkeys(os.path.normcase(place) for place in both))


class _Hook:
    def __init__(self, roots: Sequence[str]) -> None:
        self._exact = frozenset(roots)
        self._below = tuple(root + os.sep for root in roots)

    def check(self, event: str, arguments: tuple[object, ...]) -> None:
        """Refuse what is not reading the program's own files."""
        if event == "open":
            path, _, flags = (*arguments, None, None)[:3]
            if isinstance(flags, int) and flags & _WRITING:
                raise Refused(f"writing to {path!r} was refused")
            self._check_path(path)
        elif event in _FOLDER_EVENTS:
            self._check_path(arguments[0] if arguments else None)
        elif event == "ctypes.dlopen":
            # Importing ctypes opens the program itself, which gives nothing that was not there.
            if arguments[0] is not None:
                raise Refused(f"loading {arguments[0]!r} was refused")
        elif event.startswith(_REFUSED_EVENTS):
            raise Refused(f"{event} was refused")

    def _check_path(self, path: object) -> None:
        if isinstance(path, int):
            return
        if not isinstance(path, str | bytes):
            raise Refused(f"opening {path!r} was refused")
        whole = os.path.normcase(os.path.abspath(os.fsdecode(path)))
        if whole in self._exact or whole.startswith(self._below):
            real = os.path.normcase(os.path.realpath(whole))
            if real in self._exact or real.startswith(self._below):
                return
        raise Refused(f"opening {path!r} was refused")


def _limit_resources() -> None:
    import resource

    limits = [
        (resource.RLIMIT_AS, MEMORY_LIMIT_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _MOST_OPEN_FILES),
    ]
    for limit, value in limits:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


# Linux: prctl(2), seccomp(2), landlock(7); numbers from the kernel's headers.
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER, _SIGKILL = 1, 22, 38, 2, 9
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT, _LANDLOCK_PATH_BENEATH = 444, 445, 446, 1
_LANDLOCK_FILE_READ, _LANDLOCK_FOLDER_READ, _LANDLOCK_ALL_OF_FIRST_VERSION = 1 << 2, 1 << 3, (1 << 13) - 1
_SYSTEM_FOLDERS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache",
                   "/usr/share/zoneinfo", "/etc/localtime", "/proc/self", "/sys/devices/system/cpu")  # fmt: skip
_RET_ALLOW, _RET_EPERM, _RET_ENOSYS = 0x7FFF0000, 0x00050001, 0x00050026
_LOAD, _JUMP_EQUAL, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_CLONE_THREAD = 0x10000
_ARCHITECTURES = {
    "x86_64": (
        0xC000003E,
        # socket connect sendto sendmsg bind socketpair fork vfork execve kill truncate rename mkdir rmdir creat link
        # unlink symlink chmod chown lchown ptrace mknod mount mkdirat mknodat unlinkat renameat linkat symlinkat
        # fchmodat process_vm_readv process_vm_writev renameat2 bpf execveat io_uring_setup openat2
        (41, 42, 44, 46, 49, 53, 57, 58, 59, 62, 76, 82, 83, 84, 85, 86, 87, 88, 90, 92, 94, 101, 133, 165, 258, 259,
         263, 264, 265, 266, 268, 310, 311, 316, 321, 322, 425, 437),
        56,  # clone
        {2: 24, 257: 32},  # open, openat: where their flags lie
    ),
    "aarch64": (
        0xC00000B7,
        # mknodat mkdirat unlinkat symlinkat linkat renameat mount truncate fchmodat ptrace kill socket socketpair bind
        # connect sendto sendmsg execve process_vm_readv process_vm_writev renameat2 bpf execveat io_uring_setup openat2
        (33, 34, 35, 36, 37, 38, 40, 45, 53, 117, 129, 198, 199, 200, 203, 206, 211, 221, 270, 271, 276, 280, 281, 425,
         437),
        220,
        {56: 32},
    ),
}  # fmt: skip
_CLONE3 = 435


def _confine_by_kernel(roots: Iterable[str]) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    # The reading process must not outlive the one that asked it to read.
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return
    _allow_reading_only(libc, [*roots, *_SYSTEM_FOLDERS])
    _filter_system_calls(libc)


def _allow_reading_only(libc: ctypes.CDLL, places: Iterable[str]) -> None:
    """Landlock: of the whole file tree only *places* can be read, and nothing written."""
    attributes = struct.pack("=Q", _LANDLOCK_ALL_OF_FIRST_VERSION)
    rules = libc.syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0)
    if rules < 0:
        return
    try:
        for place in places:
            with contextlib.suppress(OSError):
                handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
                access = _LANDLOCK_FILE_READ | (_LANDLOCK_FOLDER_READ if os.path.isdir(place) else 0)
                try:
                    rule = struct.pack("=Qi", access, handle)
                    libc.syscall(_LANDLOCK_ADD, rules, _LANDLOCK_PATH_BENEATH, rule, 0)
                finally:
                    os.close(handle)
        libc.syscall(_LANDLOCK_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _filter_system_calls(libc: ctypes.CDLL) -> None:
    """Seccomp: calls that reach the network, other processes or write to the file tree fail."""
    known = _ARCHITECTURES.get(os.uname().machine)
    if known is None:
        return
    architecture, refused, clone, opens = known
    refuse, allow = (_RETURN, 0, 0, _RET_EPERM), (_RETURN, 0, 0, _RET_ALLOW)
    program = [(_LOAD, 0, 0, 4), (_JUMP_EQUAL, 1, 0, architecture), refuse, (_LOAD, 0, 0, 0)]
    for number in refused:
        program += [(_JUMP_EQUAL, 0, 1, number), refuse]
    # glibc takes "no such call" as the sign to use clone, whose flags can be read.
    program += [(_JUMP_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _RET_ENOSYS)]
    program += [(_JUMP_EQUAL, 0, 4, clone), (_LOAD, 0, 0, 16), (_JUMP_ANY_BIT, 1, 0, _CLONE_THREAD), refuse, allow]
    for number, place in opens.items():
        program += [(_JUMP_EQUAL, 0, 4, number), (_LOAD, 0, 0, place), (_JUMP_ANY_BIT, 0, 1, _WRITING), refuse, allow]
    program.append(allow)
    code = b"".join(struct.pack("=HBBI", *step) for step in program)
    steps = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("@HP", len(program), ctypes.addressof(steps))
    libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.create_string_buffer(header, len(header)), 0, 0)
