"""Read files of a project, or say in German why not.

A file must really lie in one of the folders that are named, so a link can't publish what lies elsewhere.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeVar

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import ONCE, ResultCache, Seen, State, entries_of, settled_states

_REASONS = {
    errno.ENOENT: "es gibt sie nicht",
    errno.EACCES: "die Rechte reichen nicht",
    errno.EPERM: "die Rechte reichen nicht",
    errno.EISDIR: "dort ist ein Ordner",
    errno.ENOTDIR: "ein Teil des Wegs ist kein Ordner",
    errno.EEXIST: "es gibt sie schon",
    errno.ENOTEMPTY: "der Ordner ist nicht leer",
    errno.ELOOP: "die Verknüpfung führt im Kreis",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.ENXIO: "das ist keine gewöhnliche Datei",
    errno.EBUSY: "ein anderes Programm hält sie fest",
    errno.ENOSPC: "der Datenträger ist voll",
    errno.EDQUOT: "das Kontingent auf dem Datenträger ist erschöpft",
    errno.EROFS: "der Datenträger ist schreibgeschützt",
    errno.EIO: "der Datenträger meldet einen Fehler",
    errno.EFBIG: "die Datei würde zu groß",
    errno.EMFILE: "zu viele Dateien sind offen",
    errno.ENFILE: "zu viele Dateien sind offen",
    errno.EADDRINUSE: "der Anschluss ist belegt",
}
_HELD = (32, 33)
"""What Windows says of a file that an editor or a virus scanner has open; Python calls it a matter of rights."""


def known_reason(error: OSError) -> str:
    """Return the system's reason in German where helpful, or our own."""
    if error.errno is None:
        return error.strerror or ""
    if getattr(error, "winerror", None) in _HELD:
        return _REASONS[errno.EBUSY]
    return _REASONS.get(error.errno, "")


def reason(error: OSError) -> str:
    """Return the system's reason, in its words if need be."""
    return known_reason(error) or error.strerror or type(error).__name__


OTHERWISE = "sie ist nicht so geschrieben, wie es sein muss"
"""For what nobody has put into German yet: better than words that don't help."""
# By what libraries say of a mistake what it is called in German.
_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # JSON, as Python reads it
        (r"Expecting property name", "hier muss ein Name in doppelten Anführungszeichen stehen"),
        (r"Expecting ':' delimiter", "hier fehlt ein Doppelpunkt"),
        (r"Expecting ',' delimiter", "hier fehlt ein Komma oder eine schließende Klammer"),
        (r"Expecting value", "hier fehlt ein Wert"),
        (r"Illegal trailing comma", "nach dem letzten Eintrag steht ein Komma zu viel"),
        (r"Unterminated string", "hier beginnt ein Text, dessen schließendes Anführungszeichen fehlt"),
        (r"Invalid control character", "in einem Text steht ein Zeilenende oder ein Steuerzeichen"),
        (r"Invalid \\", "nach einem umgekehrten Schrägstrich steht, was dort nicht stehen darf"),
        (r"Extra data", "nach dem Ende steht noch etwas"),
        # tables, as pandas and Python read them
        (r"Expected (\d+) fields in line \d+, saw (\d+)", "die Zeile hat {1} Spalten statt {0}"),
        (r"EOF inside string|unexpected end of data", "ein Anführungszeichen wird nie geschlossen"),
        (r"No columns to parse", "sie ist leer"),
        (r"Buffer overflow|line contains NUL", "sie ist keine Tabelle aus Text"),
        (r"field larger than field limit", "eine Zelle ist viel zu lang; meist fehlt ein schließendes Anführungszeichen"),
        (r"'.' expected after '.'", "nach einem schließenden Anführungszeichen steht noch etwas"),
        # shapes, as Shapely and GEOS read them
        (r"at least (?:3|4) coordinates|point array must contain|Invalid number of points|must be 0 or >=? ?\d", "ein Ring oder eine Linie hat zu wenige Punkte"),
        (r"do not form a closed", "ein Ring ist nicht geschlossen"),
        (r"Unknown geometry type|invalid geometry type|geometry type", "diese Art von Geometrie gibt es nicht"),
        (r"inhomogeneous|sequence|dimension|subscriptable|iterable|unpack", "die Punkte sind nicht so geklammert, wie es sein muss"),
        (r"too large to convert", "eine Zahl ist zu groß"),
        (r"BadZipFile|not a zip|CRC|^KeyError: .There is no item", "sie ist keine Arbeitsmappe oder beschädigt"),
        (r"^KeyError", "etwas, das dort stehen muss, fehlt"),
        (r"convert|real number|must be real|numeric|not supported between|unsupported operand|ufunc", "etwas, das eine Zahl sein muss, ist keine"),
        (r"recursion|RecursionError", "sie ist zu tief verschachtelt"),
    )
)  # fmt: skip


def in_german(error: Exception) -> str:
    """Return in German why a file can't be read."""
    message = f"{type(error).__name__}: {error}"
    for pattern, words in _SAID:
        if match := pattern.search(message):
            return words.format(*match.groups())
    return OTHERWISE


T = TypeVar("T")

RECORD = 1_000_000
"""Bytes of a record, a vocabulary or a mapping, at most."""
PAGE = 300_000
"""Bytes of a hand-written page, at most: its conversion is slow."""
TABLE = 60_000_000
"""Bytes of a table of streets or figures, or of boundaries, at most."""
FILE = 250_000_000
"""Bytes of any other file, such as a picture, at most."""
_LIMITS = {
    **dict.fromkeys((".yml", ".yaml"), RECORD),
    ".md": PAGE,
    **dict.fromkeys((".csv", ".json", ".geojson"), TABLE),
}
_NO_FILE = "das ist keine gewöhnliche Datei"


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """A folder's entries in order, the same object while equal."""

    paths: tuple[Path, ...]
    files: tuple[Path, ...]
    """What is no folder, nor a link to one; it may still be no file."""
    folders: tuple[Path, ...]
    unshown: tuple[str, ...]
    """Names that nobody can write down."""


class Disk:
    """The folders and files a command may read; the first is the project.

    `links`: whether inner links are followed, not for strangers' proposals. Folders are listed once.
    """

    def __init__(
        self,
        project: Path,
        *others: Path,
        links: bool = True,
        seen: Seen | None = None,
        cache: ResultCache | None = None,
    ) -> None:
        self.project = project
        self.others = others
        self.links = links
        self.seen = Seen() if seen is None else seen
        """Everything that was asked for so far, and what was there."""
        self.cache = ONCE if cache is None else cache
        """Texts of files that are known to be as they were at an earlier reading."""
        self._listed: dict[str, tuple[Listing, tuple[Diagnostic, ...]]] = {}
        self._roots = tuple(os.path.realpath(path) for path in (project, *others))
        self._prefix = "" if project == Path() else os.path.join(project, "")
        self._folders: dict[str, str] = {}
        """By folder where it really is, once that was looked at."""

    def also(self, *more: Path) -> Disk:
        """Return a disk with further folders or files."""
        return Disk(self.project, *self.others, *more, links=self.links, seen=self.seen, cache=self.cache)

    def afresh(self) -> Disk:
        """Return a disk without cached texts and lists."""
        return Disk(self.project, *self.others, links=self.links, seen=self.seen)

    def name(self, path: Path) -> str:
        """Return a file's name for messages: from the project if inside.

        Unshowable signs are written out: `\\x0a`, `\\udcff`.
        """
        name = os.fspath(path)
        if name.startswith(self._prefix) and not os.path.isabs(name[len(self._prefix) :]):
            return shown(name[len(self._prefix) :].replace(os.sep, "/"))
        path, project = path.absolute(), self.project.absolute()
        return shown((path.relative_to(project) if path.is_relative_to(project) else path).as_posix())

    def holds(self, path: Path) -> bool:
        """Tell whether a name exists, even as broken link."""
        exists = os.path.lexists(path)
        self.seen.name(path, exists)
        return exists

    # --- files -------------------------------------------------------------------------------------------------------

    def read(self, path: Path, limit: int | None = None) -> tuple[bytes | None, list[Diagnostic]]:
        """Return a file's bytes, or None with the one problem."""
        most = limit_of(path) if limit is None else limit
        return self._try(path, lambda real: self._bytes(path, real, most, whole=True))

    def text(self, path: Path, limit: int | None = None) -> tuple[str | None, list[Diagnostic]]:
        """Return a file's UTF-8 text, a byte-order mark allowed."""
        [state] = self.states([os.fspath(path)])
        if state is None:
            return self._read_decoded_text(path, limit)
        text, found = self.cache.latest(
            ("text", os.fspath(path)),
            (self.links, limit, state),
            lambda: self._read_decoded_text(path, limit),
        )
        return text, list(found)

    def _read_decoded_text(self, path: Path, limit: int | None) -> tuple[str | None, list[Diagnostic]]:
        data, found = self.read(path, limit)
        return (None, found) if data is None else decoded(data, self.name(path))

    def states(self, names: Sequence[str]) -> list[State | None]:
        """Return what tells versions of files apart; None for links, new and large files."""
        found = settled_states(names, RECORD)
        self.seen.files.update((name, state) for name, state in zip(names, found, strict=True) if state)
        return found

    def head(self, path: Path, size: int) -> tuple[bytes | None, list[Diagnostic]]:
        """Return a file's first bytes, of any size."""
        return self._try(path, lambda real: self._bytes(path, real, size, whole=False))

    def lines(self, name: str) -> list[str]:
        """Return lines of the file that diagnostics name; empty if unreadable."""
        data, _ = self.head(self.project / name, RECORD)
        if b"\0" in (data or b""):
            # An archive or a workbook has no lines that anybody could read.
            return []
        return (data or b"").decode("utf-8-sig", errors="replace").split("\n")

    def checked(self, path: Path, limit: int | None = None) -> list[Diagnostic]:
        """Return problems of a file that others will read."""
        most = limit_of(path) if limit is None else limit

        def look(real: str) -> None:
            state = os.stat(real)
            _sound(state, most)
            self.seen.file(path, state)

        return self._try(path, look)[1]

    def _bytes(self, path: Path, real: str, most: int, *, whole: bool) -> bytes:
        """Read a file's bytes: all of them (`whole`), else the first `most`."""
        # Without O_NONBLOCK, opening a pipe waits for somebody to write into it.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(real, flags | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_NOFOLLOW", 0))
        with open(handle, "rb", buffering=0) as stream:
            state = os.fstat(handle)
            _sound(state, most if whole else None)
            # One byte more tells a file that grew meanwhile.
            data = _read(stream.read, state.st_size + 1, most + 1 if whole else most)
        if whole and len(data) > most:
            raise _too_large(len(data), most)
        self.seen.file(path, state, data if whole else None)
        return data

    # --- folders -----------------------------------------------------------------------------------------------------

    def listing(self, folder: Path) -> tuple[Listing, list[Diagnostic]]:
        """Return a folder's listing and problems; missing means empty. Unwritable names are left out."""
        name = os.fspath(folder)
        if name not in self._listed:
            self._listed[name] = self._list(folder)
        known, problems = self._listed[name]
        return known, list(problems)

    def _list(self, folder: Path) -> tuple[Listing, tuple[Diagnostic, ...]]:
        """List a folder on the disk, as `listing` remembers it."""
        if not os.path.lexists(folder):
            self.seen.name(folder, False)
            return _listing(folder, ()), ()
        listed, found = self._try(folder, _listed, folder=True)
        self.seen.folder(folder, listed or ())
        entries = tuple(listed or ())
        known = self.cache.latest(("folder", os.fspath(folder)), entries, lambda: _listing(folder, entries))
        for name in known.unshown:
            place = Position(self.name(folder / name))
            found.append(diagnostic("name-nicht-darstellbar", place, name=shown(name)))
        return known, tuple(found)

    def entries(self, folder: Path) -> tuple[list[Path], list[Diagnostic]]:
        """Return a folder's entries in order and problems; missing means empty."""
        known, found = self.listing(folder)
        return list(known.paths), found

    def files(self, folder: Path, suffix: str = "") -> tuple[list[Path], list[Diagnostic]]:
        """Return a folder's entries with a suffix, maybe not files."""
        paths, found = self.entries(folder)
        return [path for path in paths if path.name.endswith(suffix)], found

    def below(self, folder: Path) -> tuple[list[Path], list[Diagnostic]]:
        """Return all entries below a folder that aren't folders, and problems.

        Special files are included, since reading reports them. A linked folder is entered, but no link below it.
        """
        paths: list[Path] = []
        found: list[Diagnostic] = []
        self._collect_files_below(folder, paths, found, linked=False)
        return paths, found

    def _collect_files_below(
        self, folder: Path, paths: list[Path], found: list[Diagnostic], *, linked: bool
    ) -> None:
        known, problems = self.listing(folder)
        found += problems
        paths += known.files
        for path in known.folders:
            link = os.path.islink(path)
            if link and linked:
                found.append(diagnostic("verweis-im-verweis", Position(self.name(path))))
            else:
                self._collect_files_below(path, paths, found, linked=linked or link)

    # --- where a path leads ------------------------------------------------------------------------------------------

    def _try(
        self, path: Path, act: Callable[[str], T], *, folder: bool = False
    ) -> tuple[T | None, list[Diagnostic]]:
        """Return what `act` makes of the real path, or None with the one problem."""
        code, what = ("ordner-unlesbar", "Der Ordner") if folder else ("datei-unlesbar", "Die Datei")
        words: dict[str, str] = {"what": what}
        try:
            return act(self._real(os.fspath(path))), []
        except _Closed as closed:
            code, words = closed.code, words | closed.words
        except OSError as error:
            words["reason"] = reason(error)
            if error.errno == errno.ELOOP:
                code, words["target"] = "verweis-fuehrt-hinaus", "im Kreis"
        except ValueError:
            # A zero byte in a name, or half a character.
            words["reason"] = "kein gültiger Name"
        self.seen.whole = False
        return None, [diagnostic(code, Position(self.name(path)), **words)]

    def _real(self, path: str) -> str:
        """Follow links, caching folders."""
        folder, name = os.path.split(path)
        if name in ("", ".", ".."):
            return self._inside(path)
        real_folder = self._folders.get(folder)
        if real_folder is None:
            real_folder = self._folders[folder] = self._real_path_of_folder(folder)
        if real_folder:
            real = os.path.join(real_folder, name)
            if not os.path.islink(real):
                return real
            if not self.links:
                raise _Closed("verweis-untersagt")
        return self._inside(path)

    def _real_path_of_folder(self, folder: str) -> str:
        """Return where a folder really is; empty if that is outside."""
        try:
            return self._inside(folder)
        except _Closed:
            # A file may be named by itself, without the folder it lies in.
            return ""

    def _inside(self, path: str) -> str:
        """Return a path's real place; raise `_Closed` if that is outside or behind a forbidden link."""
        real = os.path.realpath(path, strict=True)
        if not any(_lies_in(real, root) for root in self._roots):
            raise _Closed("verweis-fuehrt-hinaus", target=f"nach {shown(real)}")
        if not self.links and real != self._without_links(path):
            raise _Closed("verweis-untersagt")
        return real

    def _without_links(self, path: str) -> str:
        """Return a path's target if nothing in the project were a link."""
        below = os.path.relpath(os.path.abspath(path), os.path.abspath(self.project))
        return os.path.normpath(os.path.join(self._roots[0], below))


class _Closed(Exception):
    """A forbidden file: code and message's values."""

    def __init__(self, code: str, **words: str) -> None:
        self.code, self.words = code, words


def _sound(state: os.stat_result, most: int | None) -> None:
    """Refuse what is no ordinary file, or larger than `most`."""
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(None, _NO_FILE)
    if most is not None and state.st_size > most:
        raise _too_large(state.st_size, most)


def _listing(folder: Path, entries: Sequence[str]) -> Listing:
    """Sort a folder's entries, of which folders end with a slash."""
    names = {entry.rstrip("/"): entry.endswith("/") for entry in entries}
    paths: list[Path] = []
    files: list[Path] = []
    folders: list[Path] = []
    unshown = []
    for name, is_folder in sorted(names.items()):
        path = folder / name
        if not name.isprintable():
            unshown.append(name)
            continue
        paths.append(path)
        if is_folder:
            folders.append(path)
        else:
            files.append(path)
    return Listing(tuple(paths), tuple(files), tuple(folders), tuple(unshown))


def _listed(real: str) -> list[str]:
    if not os.path.isdir(real):
        raise OSError(None, "das ist kein Ordner")
    return entries_of(real)


def limit_of(path: PurePath) -> int:
    """Return a file's size limit by its name."""
    return _LIMITS.get(path.suffix.lower(), FILE)


def shown(text: str) -> str:
    """Return a name with unshowable signs written out: `\\x0a`, `\\u202e`."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else f"\\x{ord(sign):02x}" if ord(sign) < 256 else f"\\u{ord(sign):04x}"
        for sign in text
    )


def decoded(data: bytes, file: str) -> tuple[str | None, list[Diagnostic]]:
    """Decode UTF-8, a byte-order mark allowed, or say what it is."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return None, [diagnostic("kein-utf8", Position(file, line, column))]


def _lies_in(real: str, root: str) -> bool:
    return real == root or real.startswith(root if root.endswith(os.sep) else root + os.sep)


def _too_large(size: int, limit: int) -> _Closed:
    return _Closed("datei-zu-gross", size=str(size), limit=str(limit))


def _read(read: Callable[[int], bytes | None], step: int, most: int) -> bytes:
    """Read to the end or `most` bytes, since calls may return less."""
    data = b""
    while len(data) < most and (piece := read(min(step, most - len(data)))):
        data += piece
    return data
