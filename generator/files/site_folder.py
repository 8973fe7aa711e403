"""Exchange a finished site with the published one in one step.

Linux swaps two names at once (`renameat2`). Elsewhere two renames do, and the next run recovers.
"""

from __future__ import annotations

import ctypes
import errno
import glob
import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.files.disk import reason
from generator.files.writing import STAGING, Taken, sole

MARK = ".nahraum-site"
"""A file of this name says that a folder was written by us and may be exchanged."""
_MARK_TEXT = "Diesen Ordner hat Nahraum geschrieben. Der nächste Bau tauscht ihn ganz aus, auch was von Hand hineinkam.\n"
# Of the system's call: names are from the current folder; both are exchanged.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class Refused(Exception):
    """A site can't go there; the text says why in German, `help` what helps."""

    def __init__(self, reason: str, help: str) -> None:
        super().__init__(reason)
        self.help = help


def mark_text(name: str, url: str, internal: bool) -> str:
    """Return a site's mark: that it is ours, and which site."""
    return f"{_MARK_TEXT}{'Interne' if internal else 'Öffentliche'} Website\n{_short_digest_of_word(name)} {_short_digest_of_word(url)}\n"


def _short_digest_of_word(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()[:16]


def site_place(target: Path, project: Path, mark: str, kept: Sequence[Path] = ()) -> Path:
    """Return a site's real target, or raise `Refused` if something would be lost.

    Links are followed. The `mark` prevents replacing another town's site (name and address differ) or a public by an
    internal one. `kept` folders (overlay …) may not overlap it.
    """
    try:
        place = target.resolve()
    except (OSError, RuntimeError) as error:
        raise Refused(
            f"{target} ist ein Verweis, der sich im Kreis dreht", "einen anderen Ordner nennen"
        ) from error
    if where := _in_the_way(place, project.resolve(), kept):
        raise Refused(f"{target} {where}", "einen eigenen Ordner für die Website nennen, zum Beispiel site/")
    if not place.exists():
        return place
    if not place.is_dir():
        raise Refused(f"{target} ist eine Datei und kein Ordner", "einen anderen Ordner nennen")
    try:
        names = {entry.name for entry in place.iterdir()}
    except OSError as error:
        raise Refused(
            f"{target} lässt sich nicht lesen: {reason(error)}", "die Rechte des Ordners prüfen"
        ) from error
    if ".git" in names:
        raise Refused(
            f"{target} ist ein Repository (.git)", "in einen leeren Ordner bauen und von dort kopieren"
        )
    old_mark = _held(place)
    if names and not old_mark:
        raise Refused(
            f"{target} ist nicht leer, und Nahraum hat den Inhalt nicht geschrieben",
            "einen leeren Ordner nennen oder diesen erst leeren; ein Bau tauscht den ganzen Ordner aus",
        )
    if why := _other_site(old_mark, _whose(mark)):
        raise Refused(
            f"{target} enthält schon eine andere Website ({why})",
            "einen anderen Ordner nennen; soll sie ersetzt werden, diesen vorher löschen",
        )
    return place


def _in_the_way(place: Path, root: Path, kept: Sequence[Path]) -> str:
    """Say which project, read or repository folder a target hits; else empty."""
    # What is kept may be a link that turns in a circle: then there is nothing to lose.
    others = tuple(Path(os.path.realpath(path)) for path in kept)
    if root.is_relative_to(place):
        return "enthält das Projekt selbst"
    for folder in others:
        if folder.is_relative_to(place):
            return f"enthält {folder}"
    for folder in (root / "resources", root / "content", *others):
        if place.is_relative_to(folder):
            return f"liegt in {folder.name}/, und daraus wird gelesen"
    return "liegt in einem Repository (.git)" if ".git" in place.parts else ""


def _other_site(old: Sequence[str], new: Sequence[str]) -> str:
    """Say by the words of both marks how the existing site differs; empty if replaceable."""
    if old and old[0] != new[0]:
        return f"{old[0]} Website, hier gebaut wird: {new[0]} Website"
    if old and set(old[2:]).isdisjoint(new[2:]):
        return "Name und Adresse sind nicht die des Projekts"
    return ""


def _held(place: Path) -> list[str]:
    """Return the words of the mark that lies in a folder; none without one."""
    mark = place / MARK
    if not mark.is_file() or mark.is_symlink():
        return []
    with mark.open(encoding="utf-8", errors="replace") as text:
        return _whose(text.read(10_000))


def _whose(mark: str) -> list[str]:
    """Return a mark's words: „Interne“ or „Öffentliche“, „Website“, digests of name and address."""
    return mark.partition(_MARK_TEXT)[2].split()


@contextmanager
def staging_folder(place: Path) -> Iterator[Path]:
    """Give a new folder beside the target, removing killed runs' leftovers.

    Raises `Refused` if another run writes there or nothing can be written.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with sole(_path_beside_site(place, ".sperre")):
            _recover(place)
            folder = Path(
                tempfile.mkdtemp(prefix=_path_beside_site(place, "-").name, suffix=".neu", dir=place.parent)
            )
            folder.chmod(0o755)
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except Taken as error:
        raise Refused(
            f"Ein anderer Lauf schreibt gerade nach {place}",
            "warten, bis er fertig ist, oder ihn beenden und noch einmal bauen",
        ) from error


def exchange(folder: Path, place: Path) -> None:
    """Swap the folder with the site; without swapping the old one is removed."""
    if place.exists():
        _keep_unchanged(folder, place)
    _open_for_all(folder)
    if not place.exists():
        folder.rename(place)
        return
    try:
        if not _swap(folder, place):
            old = _path_beside_site(place, ".alt")
            place.rename(old)
            try:
                folder.rename(place)
            except OSError:
                old.rename(place)
                raise
            # What somebody still has open can stay where it is: the next run clears it away.
            shutil.rmtree(old, ignore_errors=True)
    except PermissionError as error:
        raise Refused(
            f"{place} lässt sich nicht austauschen: {reason(error)}",
            "Programme schließen, die etwas daraus zeigen, die Rechte des Ordners prüfen und noch einmal bauen",
        ) from error
    except OSError as error:
        if error.errno not in (errno.EBUSY, errno.EXDEV):
            raise
        raise Refused(
            f"{place} lässt sich nicht austauschen, weil dort ein Datenträger eingehängt ist",
            "einen Ordner darunter nennen",
        ) from error


def _open_for_all(folder: Path) -> None:
    """Let a web server read what a strict umask, or a file that was copied, would keep from it."""
    for directory, _, names in os.walk(folder):
        for path, mode in ((directory, 0o755), *((os.path.join(directory, name), 0o644) for name in names)):
            if stat.S_IMODE(os.stat(path).st_mode) != mode:
                os.chmod(path, mode)


def recover(target: Path) -> None:
    """Restore the old site after a killed exchange, and remove leftovers.

    Nothing happens while another run writes; the build reports what fails.
    """
    place = Path(os.path.realpath(target))
    if place.name and any(place.parent.glob(f".*{glob.escape(place.name)}*")):
        with suppress(Taken, OSError), sole(_path_beside_site(place, ".sperre")):
            _recover(place)


def _recover(place: Path) -> None:
    """Bring back or remove the old site, and remove folders of killed runs."""
    old = _path_beside_site(place, ".alt")
    if old.exists():
        if place.exists():
            shutil.rmtree(old)
        else:
            old.rename(place)
    # Earlier versions called the folders `.site-….neu`.
    for start in (_path_beside_site(place, "-").name, f".{place.name}-"):
        for left in place.parent.glob(f"{glob.escape(start)}{_CHANCE}.neu"):
            shutil.rmtree(left, ignore_errors=True)


_CHANCE = "[a-z0-9_]" * 8
"""What `tempfile` puts into a name; more would be the folder of another site, such as `site-intern`."""


def _path_beside_site(place: Path, end: str) -> Path:
    """Return our name beside a site: of its lock, its old or a new version."""
    return place.with_name(f"{STAGING}-{place.name}{end}")


def linked(old: str, content: bytes, new: str) -> bool:
    """Link a new file to an old one of equal content; False if impossible."""
    try:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(old, flags | getattr(os, "O_BINARY", 0))
    except OSError:
        return False
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode) or state.st_size != len(content):
            return False
        if os.read(handle, len(content) + 1) != content:
            return False
        os.link(old, new)
    except OSError:
        # Too many links, or a disk without any: then it is written.
        return False
    finally:
        os.close(handle)
    return True


def _keep_unchanged(folder: Path, place: Path) -> None:
    """Replace new files by hard links to equal ones of the old site: they keep their time and take no room."""
    base = os.fspath(folder)
    for directory, _, names in os.walk(base):
        old_folder = os.path.join(place, os.path.relpath(directory, base))
        for name in names:
            new = os.path.join(directory, name)
            if os.lstat(new).st_nlink > 1:
                continue
            beside = f"{new}.alt"
            if linked(os.path.join(old_folder, name), Path(new).read_bytes(), beside):
                os.replace(beside, new)


def _swap(folder: Path, place: Path) -> bool:
    """Exchange two names at once; False where the system can't."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    if libc.renameat2(_AT_FDCWD, os.fsencode(folder), _AT_FDCWD, os.fsencode(place), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(place))
