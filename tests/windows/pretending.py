"""A command line in; the same run on a machine that can do what the office's Windows can, and refuses what that refuses.

What Windows doesn't have is taken away before anything of Nahraum is imported: fork, locks of files, links, exchanging folders, opening a
folder, masks of signals. Names that Windows forbids are refused by the system's own calls, and a file that somebody has open (NAHRAUM_HELD)
can't be renamed or removed, nor a folder in which it lies. Called as `python -m tests.windows.pretending check -p stadt`.
"""

from __future__ import annotations

import errno
import importlib
import os
import re
import shutil
import signal
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

_LACKS = {
    os: ("fork", "forkpty", "sched_getaffinity", "fchmod", "fchown", "chown", "getuid", "geteuid", "mkfifo", "sync", "statvfs"),
    signal: ("SIGHUP", "SIGKILL", "SIGUSR1", "SIGALRM", "pthread_sigmask", "alarm"),
}  # fmt: skip
_FLAGS = ("O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_DIRECTORY")
_LIBRARIES = (
    "mkdocs.commands.build", "rich.progress", "shapely", "numpy", "PIL.Image", "watchdog.observers", "platformdirs.unix",
    "multiprocessing.pool", "asyncio", "urllib.request", "openpyxl",
)  # fmt: skip
_OF_COMMANDS = {
    "pdf": "weasyprint",
    "publish": "weasyprint",
    "protect": "highspy",
    "audit": "highspy",
    "osm": "osmium",
}
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?")
_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]')


def forbidden(name: str) -> bool:
    """Tell whether Windows gives a name to no file.

    >>> [forbidden(name) for name in ("con.yml", "a:b", "ende.", "NUL", "konzert.yml", "süd ost")]
    [True, True, True, True, False, False]
    """
    return bool(_RESERVED.fullmatch(name) or _FORBIDDEN.search(name)) or name.endswith((".", " "))


def _judged(path: Any) -> None:
    if isinstance(path, int):
        return
    for part in Path(os.fsdecode(path)).parts:
        if part not in ("/", ".", "..") and forbidden(part):
            raise OSError(
                errno.EINVAL, "The filename, directory name, or volume label syntax is incorrect", path
            )


def _free(path: Any) -> None:
    """Refuse what Windows refuses while a file is open."""
    held = os.environ.get("NAHRAUM_HELD")
    if held and Path(held).is_relative_to(Path(os.fsdecode(path)).absolute()):
        error = PermissionError(errno.EACCES, "The process cannot access the file", path)
        error.winerror = 32  # type: ignore[attr-defined]
        raise error


def _wrapped(
    function: Callable[..., Any], *checks: Callable[[Any], None], paths: int = 1
) -> Callable[..., Any]:
    def call(*arguments: Any, **more: Any) -> Any:
        for path in arguments[:paths]:
            for check in checks:
                check(path)
        return function(*arguments, **more)

    return call


def pretend() -> None:
    """Take away what Windows lacks."""
    for module, names in _LACKS.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    opened = os.open

    def open_file(path: Any, flags: int, *arguments: Any, **more: Any) -> int:
        _judged(path)
        if os.path.isdir(path):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return opened(path, flags, *arguments, **more)

    os.open = open_file  # type: ignore[assignment]
    for name in _FLAGS:
        if hasattr(os, name):
            delattr(os, name)
    os.mkdir = _wrapped(os.mkdir, _judged)

    def no_link(*_arguments: Any, **_more: Any) -> None:
        raise OSError(errno.EINVAL, "Incorrect function")

    # As on a stick or a drive of the network.
    os.link = no_link
    for name in ("rename", "replace"):
        setattr(os, name, _wrapped(getattr(os, name), _judged, _free, paths=2))
    for name in ("unlink", "remove", "rmdir"):
        setattr(os, name, _wrapped(getattr(os, name), _free))
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    # Modules that ask which system this is, and only these: the standard library has to go on working.
    system = sys.platform
    sys.modules["fcntl"] = None  # type: ignore[assignment]
    sys.platform = "win32"
    importlib.import_module("generator.files.writing")
    sys.platform = system
    del sys.modules["fcntl"]
    windows = types.SimpleNamespace(**{**vars(sys), "platform": "win32"})
    for module in ("generator.files.writing", "generator.files.site_folder"):
        importlib.import_module(module).sys = windows  # type: ignore[attr-defined]
    nt = types.SimpleNamespace(**{**vars(os), "name": "nt"})
    importlib.import_module("generator.files.writing").os = nt  # type: ignore[attr-defined]


if __name__ == "__main__":
    # Libraries ask at their import what the system can do.
    for library in (*_LIBRARIES, *(name for word, name in _OF_COMMANDS.items() if word in sys.argv)):
        importlib.import_module(library)
    pretend()
    from generator.cli import main

    if "serve" in sys.argv:
        from tests.world import serve_once

        serve_once()
    main(prog_name="nahraum")
