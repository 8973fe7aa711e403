"""Return what the last build of the same kind found, if nothing that it read or wrote has changed since.

What was read, the program, its packages, the arguments and every file of the site are compared by what the system says of
them (`files/seen.py`). What is kept of a build lies in the user's cache folder, so neither project nor site holds anything of it.
Where nothing can be kept or compared, every build is made.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from generator.diagnostics.diagnostic import Diagnostic, Position
from generator.files.packaged import PACKAGE, installed
from generator.files.seen import Seen, seen_from, state_of

FORM = 1
# Clocks of local disks tick at least every hundredth of a second.
TICK = 50_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Which build: of what, into where, as of which day, and how."""

    project: Path
    target: Path
    today: dt.date
    internal: bool = False
    untrusted: bool = False

    def last(self) -> tuple[Diagnostic, ...] | None:
        """Return what the last build of this kind found, or None where it has to be made again."""
        try:
            data = json.loads(self._place().read_text("utf-8"))
            if data["form"] != FORM or data["asked"] != self._words() or data["program"] != program():
                return None
            if not seen_from(data["seen"]).still(self._own()) or data["site"] != _site(
                self.target, data["at"]
            ):
                return None
            return tuple(_diagnostic(item) for item in data["found"])
        except (OSError, ValueError, TypeError, KeyError):
            # Nothing was kept, or it was kept by another version: the build tells.
            return None

    def keep(self, seen: Seen, found: Sequence[Diagnostic]) -> None:
        """Keep what a finished build was made of; where that isn't possible, the next one is made again."""
        place = self._place()
        try:
            if not seen.whole:
                place.unlink(missing_ok=True)
                return
            at = time.time_ns()
            data = {
                "form": FORM,
                "asked": self._words(),
                "program": program(),
                "seen": seen.as_data(),
                "site": _site(self.target, at),
                "at": at,
                "found": [asdict(item) | {"position": list(item.position)} for item in found],
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

    def _place(self) -> Path:
        name = hashlib.sha256(os.fsencode(self.target.absolute())).hexdigest()[:24]
        return user_cache_path("nahraum") / f"{name}.json"

    def _own(self) -> tuple[str, ...]:
        """How the names begin that a build makes and takes away in the folder of its target."""
        name = self.target.absolute().name
        return (f"{name}/", f".{name}-", f".{name}.", ".nahraum")

    def _words(self) -> list[str]:
        paths = (self.project.absolute(), Path(os.path.realpath(self.project)), self.target.absolute())
        return [*map(str, (*paths, self.project, self.today, self.internal, self.untrusted))]


def program() -> str:
    """Return a digest of what makes a site: this package, the packages that are installed, Python itself."""
    digest = hashlib.sha256(sys.version.encode())
    for path, found in _below(PACKAGE):
        digest.update(f"{path}{state_of(found)}\n".encode(errors="surrogateescape"))
    digest.update(f"{sys.path}{installed()}".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _site(folder: Path, at: int) -> str:
    """Return a digest of all files of a site as they were at a time: of those that are hardly older by their contents."""
    digest = hashlib.sha256()
    for path, found in _below(folder):
        digest.update(f"{path}{state_of(found)}\n".encode(errors="surrogateescape"))
        if max(found.st_mtime_ns, found.st_ctime_ns) > at - TICK:
            digest.update((folder / path).read_bytes())
    return digest.hexdigest()


def _below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file below a folder in order, with its path from there; what Python compiled for itself is none."""
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(directory, name)
            yield os.path.relpath(path, folder), os.lstat(path)


def _diagnostic(data: dict[str, Any]) -> Diagnostic:
    places = tuple(Position(*place) for place in data.pop("also"))
    return Diagnostic(**data | {"position": Position(*data["position"]), "also": places})
