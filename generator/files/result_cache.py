"""Keep results by their inputs, and remember what a build read and whether it is the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import stat
import sys
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar, TypeVarTuple, Unpack
from zlib import crc32

from msgspec import Struct, structs
from platformdirs import user_cache_path

from generator.diagnostics.diagnostic import Diagnostic, Position
from generator.files.packaged import PACKAGE, installed

T = TypeVar("T")
R = TypeVar("R")
Ts = TypeVarTuple("Ts")

_NOTHING = object()  # not None, which may be a result
_GROUP_SIZE = 16
"""How many records are a group on average. Looking for the result of every single one takes longer than making a few anew."""


class RecordGroup(Generic[T]):
    """Adjacent records, the same object while unchanged, so that results are found."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[T, ...]) -> None:
        self.items = items


class ResultCache:
    """Results by input; with `once` nothing is kept."""

    def __init__(self, *, once: bool = False) -> None:
        self._once = once
        self._now: dict[Hashable, Any] = {}  # what this reading has asked for, by input
        self._before: dict[Hashable, Any] = {}  # what the last one had
        self._latest: dict[Hashable, tuple[Any, Any]] = {}  # by name the last input and its result

    def begin(self) -> None:
        """Begin a reading, forgetting what the last one didn't use."""
        self._before, self._now = self._now, {}

    def call(self, make: Callable[[Unpack[Ts]], T], *made_from: *Ts) -> T:
        """Return `make(*made_from)`, cached; `make` may read nothing else."""
        return self.of((make, *made_from), lambda: make(*made_from))

    def of(self, made_from: Hashable, make: Callable[[], T]) -> T:
        """Return the result for `made_from` (step and all input), cached."""
        if self._once:
            return make()
        found = self._now.get(made_from, _NOTHING)
        if found is _NOTHING:
            found = self._before.get(made_from, _NOTHING)
            if found is _NOTHING:
                found = make()
            self._now[made_from] = found
        return found  # type: ignore[no-any-return]

    def latest(self, name: Hashable, made_from: object, make: Callable[[], T]) -> T:
        """Return `name`'s result if its input is equal, else replace it."""
        if self._once:
            return make()
        found = self._latest.get(name)
        if found is None or found[0] != made_from:
            found = self._latest[name] = (made_from, make())
        return found[1]

    def like_before(self, name: Hashable, value: T) -> T:
        """Return the kept value if equal, else `value`. So equal values are one object, found by identity (`Same`)."""
        return self.latest(name, value, lambda: value)

    def same(self, name: Hashable, value: T) -> Same[T]:
        """Wrap `like_before(name, value)` for comparison by identity."""
        return Same(self.like_before(name, value))

    def groups(self, name: Hashable, records: Mapping[str, T]) -> tuple[RecordGroup[T], ...]:
        """Cut records into groups; unchanged ones stay the same object.

        `name` is the records' kind. Groups begin at fixed ids, so that a new record changes one only.
        """
        ids = tuple(records)
        cuts = self.latest((_cuts, name), ids, partial(_cuts, ids))
        items = tuple(records.values())
        groups = []
        for first, start, end in cuts:
            group = items[start:end]
            groups.append(self.latest((name, first), group, partial(RecordGroup, group)))
        return tuple(groups)

    def of_each(
        self,
        groups: Iterable[RecordGroup[T]],
        make: Callable[[tuple[T, ...], Unpack[Ts]], R],
        *given: *Ts,
    ) -> list[R]:
        """Return `make(records, *given)` of each group, cached. `make` may read nothing else. Large values are `given` as `Same`."""
        if self._once:
            return [make(group.items, *given) for group in groups]
        # Results of all groups are kept together.
        step = (make, *given)
        now = self._now.setdefault(step, {})
        before = self._before.get(step, {})
        results = []
        for group in groups:
            if group not in now:
                now[group] = before[group] if group in before else make(group.items, *given)
            results.append(now[group])
        return results


def _cuts(names: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    """Return groups of ids as (first id, start, end); one id in `_GROUP_SIZE` begins a group, whatever the others."""
    starts = [0, *(at for at, name in enumerate(names) if at and crc32(name.encode()) % _GROUP_SIZE == 0)]
    return tuple(
        (names[start], start, end)
        for start, end in zip(starts, [*starts[1:], len(names)], strict=True)
        if end
    )


ONCE = ResultCache(once=True)
"""The cache that keeps nothing, so all may share it."""


class Same(Generic[T]):
    """An input compared by identity, fast for large values."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


OWN = ".nahraum"
"""How the names begin of all that the program writes beside a project's files; nothing that reads a project sees it, and `starter/gitignore` names it."""
# Nanoseconds: the coarsest clock of a file system in use (FAT) ticks every two seconds.
TICK = 2_000_000_000

State = tuple[int, int, int, int]
"""Size, times of the last change of content and of anything (nanoseconds), number on its disk."""


def state_of(found: os.stat_result) -> State:
    """Return what tells one version of a file from another."""
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def settled_states(names: Iterable[str], largest: int) -> list[State | None]:
    """Return what tells versions of files apart; None for links, new and large files."""
    states: list[State | None] = []
    now = time.time_ns()
    for name in names:
        try:
            found = os.lstat(name)
        except (OSError, ValueError):
            states.append(None)
            continue
        usual = stat.S_ISREG(found.st_mode) and found.st_size <= largest
        states.append(state_of(found) if usual and is_settled(found, now) else None)
    return states


def is_settled(found: os.stat_result, now: int | None = None) -> bool:
    """Tell whether a file is old enough that changes alter its time."""
    return max(found.st_mtime_ns, found.st_ctime_ns) <= (now or time.time_ns()) - TICK


@dataclass(slots=True, repr=False)
class Seen:
    """What was read, by path: states of files, entries of folders, names asked for.

    `whole` is False once something incomparable was seen: unreadable, or partly read while new.
    """

    files: dict[str, State] = field(default_factory=dict)
    fresh: dict[str, str] = field(default_factory=dict)  # digests of files too new to be told by their state
    folders: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, bool] = field(default_factory=dict)  # whether there was anything of this name
    whole: bool = True

    def file(self, path: Path, found: os.stat_result, content: bytes | None = None) -> None:
        """Note a read file; partly read ones without content."""
        self.files[os.fspath(path)] = state_of(found)
        if not is_settled(found):
            if content is None:
                self.whole = False
            else:
                self.fresh[os.fspath(path)] = hashlib.sha256(content).hexdigest()

    def folder(self, path: Path, entries: Sequence[str]) -> None:
        """Note a listed folder; its folders end with a slash."""
        self.folders[os.fspath(path)] = sorted(entries)

    def name(self, path: Path, exists: bool) -> None:
        """Note that a name was asked for."""
        self.names[os.fspath(path)] = exists

    def still(self, target: str = "") -> bool:
        """Tell whether all is as seen; the site itself (`target`), if it lies in a folder that was read, may come and go."""
        return (
            self.whole
            and all(os.path.lexists(path) == there for path, there in self.names.items())
            and all(self._same_folder(path, target) for path in self.folders)
            and all(self._same_file(path, state) for path, state in self.files.items())
        )

    def _same_folder(self, path: str, target: str) -> bool:
        try:
            return {*entries_of(path)} - {f"{target}/"} == {*self.folders[path]} - {f"{target}/"}
        except OSError:
            return False

    def _same_file(self, path: str, state: State) -> bool:
        try:
            found = os.stat(path)
            if state_of(found) != tuple(state) or not stat.S_ISREG(found.st_mode):
                return False
            return path not in self.fresh or _digest_of_file(path) == self.fresh[path]
        except OSError:
            return False


def entries_of(folder: str) -> list[str]:
    """Return a folder's names, folders with slash, without the program's own."""
    with os.scandir(folder) as entries:
        # `DirEntry.is_dir` fails for links that turn in a circle.
        return sorted(
            entry.name
            + "/" * (os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir(follow_symlinks=False))
            for entry in entries
            if not entry.name.startswith(OWN)
        )


def _digest_of_file(path: str) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


FORM = 1  # of what is kept; what has another is built again
# Clocks of local disks tick at least every hundredth of a second.
LOCAL_TICK = 50_000_000


class BuildJob(Struct, frozen=True):
    """A build's project, target, day and options."""

    project: Path
    target: Path
    today: dt.date
    internal: bool = False
    untrusted: bool = False

    def last(self) -> tuple[Diagnostic, ...] | None:
        """Return the last equal build's diagnostics, or None to build again."""
        try:
            data = json.loads(self._path_of_last_build().read_text("utf-8"))
            if (
                data["form"] != FORM
                or data["asked"] != self._inputs_of_build()
                or data["program"] != program()
            ):
                return None
            if not Seen(**data["seen"]).still(self.target.absolute().name) or data["site"] != _site(
                self.target, data["at"]
            ):
                return None
            return tuple(_restore_diagnostic(item) for item in data["found"])
        except (OSError, ValueError, TypeError, KeyError):
            # Nothing was kept, or it was kept by another version: the build tells.
            return None

    def keep(self, seen: Seen, found: Sequence[Diagnostic]) -> None:
        """Remember what a build was made of, if possible."""
        place = self._path_of_last_build()
        try:
            if not seen.whole:
                place.unlink(missing_ok=True)
                return
            at = time.time_ns()
            data = {
                "form": FORM,
                "asked": self._inputs_of_build(),
                "program": program(),
                "seen": asdict(seen),
                "site": _site(self.target, at),
                "at": at,
                "found": [structs.asdict(item) | {"position": list(item.position)} for item in found],
            }
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            for left in place.parent.glob(f"{place.stem}.*.neu"):
                left.unlink(missing_ok=True)
            beside = place.with_suffix(f".{os.getpid()}.neu")
            beside.write_text(json.dumps(data), "utf-8")
            beside.replace(place)
        except OSError:
            # A full disk, a home folder that isn't there: nothing but time is lost.
            return

    def _path_of_last_build(self) -> Path:
        """Return where this target's last build is remembered."""
        name = hashlib.sha256(os.fsencode(self.target.absolute())).hexdigest()[:24]
        return user_cache_path("nahraum") / f"{name}.json"

    def _inputs_of_build(self) -> list[str]:
        """Return what has to be the same in an equal build."""
        paths = (self.project.absolute(), Path(os.path.realpath(self.project)), self.target.absolute())
        return [*map(str, (*paths, self.project, self.today, self.internal, self.untrusted))]


def program() -> str:
    """Return a digest of the package, installed packages and Python."""
    digest = hashlib.sha256(sys.version.encode())
    for path, found in _files_and_states_below(PACKAGE):
        digest.update(f"{path}{state_of(found)}\n".encode(errors="surrogateescape"))
    digest.update(f"{sys.path}{installed()}".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _site(folder: Path, at: int) -> str:
    """Return a digest of a site's files, recent ones by content."""
    digest = hashlib.sha256()
    for path, found in _files_and_states_below(folder):
        digest.update(f"{path}{state_of(found)}\n".encode(errors="surrogateescape"))
        if max(found.st_mtime_ns, found.st_ctime_ns) > at - LOCAL_TICK:
            digest.update((folder / path).read_bytes())
    return digest.hexdigest()


def _files_and_states_below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield files below a folder with paths, without Python's compiled ones."""
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(directory, name)
            yield os.path.relpath(path, folder), os.lstat(path)


def _restore_diagnostic(data: dict[str, Any]) -> Diagnostic:
    places = tuple(Position(*place) for place in data.pop("also"))
    position = Position(*data["position"])
    return Diagnostic(**data | {"position": position, "also": places})
