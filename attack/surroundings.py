"""The same project in, built in many surroundings; whether every byte is the same out.

Path, user, rights of new files, language, time zone, order of sets and of folders, number of workers, folder from which the
command is called, hour of the clock, connection to the network: none of them is an input.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from attack.faults import here
from attack.projects import base
from attack.tally import Tally
from attack.world import TODAY

ROOT = Path(__file__).parents[1]
NOBODY = 65534
# Run before the command in its process: what can't be said by the environment.
SHUFFLED = """
import os, random
chance = random.Random({seed})
listdir, scandir = os.listdir, os.scandir
def mixed(*arguments):
    found = listdir(*arguments); chance.shuffle(found); return found
class Mixed:
    def __init__(self, *arguments):
        with scandir(*arguments) as found: self.found = list(found)
        chance.shuffle(self.found); self.found = iter(self.found)
    def __iter__(self): return self
    def __next__(self): return next(self.found)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
os.listdir, os.scandir = mixed, Mixed
"""
ONE_WORKER = "import os; os.sched_getaffinity = lambda _pid: {0}\n"
SHARED_OUT = """
import os, generator.pipeline.write as writer
writer.FEW = 0
writer.CHUNK = 7
os.sched_getaffinity = lambda _pid: set(range({seed} % 5 + 2))
"""
NO_NETWORK = """
import socket
def refused(*_arguments, **_named): raise SystemExit("the network was asked")
for name in ("connect", "connect_ex", "sendto"): setattr(socket.socket, name, refused)
for name in ("getaddrinfo", "gethostbyname", "create_connection"): setattr(socket, name, refused)
"""
START = "from generator.cli import main; import sys; main(sys.argv[1:], prog_name='nahraum')"


@dataclass(frozen=True)
class Surroundings:
    """What is different around a build: environment, code run before it, the project's folder, umask, user."""

    name: str
    environment: dict[str, str] = field(default_factory=dict)
    before: str = ""
    folder: str = "projekt"
    umask: int = 0o022
    user: int | None = None
    linked: bool = False
    elsewhere: bool = False


def kinds(seed: int) -> Iterator[Surroundings]:
    """Yield surroundings of every kind; another number gives others of the same kinds."""
    chance = random.Random(seed)
    yield Surroundings("path", folder=chance.choice(("ein sehr/tiefer ordner/mit leerzeichen", "Grün & Blau/ä ö ü", "'x' \"y\" {z}", "a" * 120, "site/content/resources")))  # fmt: skip
    yield Surroundings("path by a link", linked=True)
    yield Surroundings("called from elsewhere", elsewhere=True)
    yield Surroundings("rights of new files", umask=chance.choice((0o077, 0o000, 0o027)))
    yield Surroundings("language", {"LC_ALL": chance.choice(("C", "POSIX", "C.utf8", "tr_TR.UTF-8")), "LANGUAGE": "tr", "PYTHONUTF8": chance.choice(("0", "1"))})  # fmt: skip
    yield Surroundings("time zone", {"TZ": chance.choice(("Pacific/Kiritimati", "America/Adak", "Asia/Kathmandu", "UTC", "Nirgendwo/Hier"))})  # fmt: skip
    yield Surroundings("order of sets", {"PYTHONHASHSEED": str(chance.randrange(1, 2**32))})
    yield Surroundings("order of folders", before=SHUFFLED.format(seed=chance.randrange(10**9)))
    yield Surroundings("one worker", before=ONE_WORKER)
    yield Surroundings("many workers", before=SHARED_OUT.format(seed=chance.randrange(100)))
    yield Surroundings("no network", before=NO_NETWORK)
    yield Surroundings(
        "no home, no terminal", {"HOME": "/nirgendwo", "TERM": "", "COLUMNS": "7", "NO_COLOR": "1"}
    )
    yield Surroundings("user", {"HOME": "/nirgendwo"}, user=NOBODY)
    everything = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": str(chance.randrange(1, 2**32)), "HOME": "/nirgendwo", "PYTHONUTF8": "0"}  # fmt: skip
    before = SHUFFLED.format(seed=chance.randrange(10**9)) + SHARED_OUT.format(seed=chance.randrange(100)) + NO_NETWORK  # fmt: skip
    yield Surroundings("all of this at once", everything, before, "Grün & Blau/ä ö ü", 0o077, linked=True)


KINDS = len(list(kinds(0)))


@cache
def another_user() -> tuple[str, ...]:
    """Return how a program is run as another user, who may read what this one may; empty where that can't be done."""
    right = "+dac_read_search"
    line: tuple[str, ...] = ("setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups")
    line += ("--inh-caps", right, "--ambient-caps", right)
    if os.getuid() or shutil.which("setpriv") is None:
        return ()
    done = subprocess.run([*line, sys.executable, "-c", ""], capture_output=True, check=False)
    return () if done.returncode else line


def digests(site: Path) -> dict[str, str]:
    """Return the digest of every file by its path."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def built(folder: Path, around: Surroundings, files: dict[str, bytes]) -> tuple[dict[str, str], str]:
    """Build the project in its surroundings; return its digests and what was said where that failed."""
    root = folder / around.folder
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    project, target = root, folder / "site"
    if around.linked:
        project = folder / "verweis"
        project.symlink_to(root, target_is_directory=True)
    if around.user is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, around.user, around.user, follow_symlinks=False)
    arguments = ["build", "--today", TODAY, "-o", str(target)]
    arguments += ["-p", str(project)] if around.elsewhere or around.linked else []
    environment = {**_clean(), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **around.environment}
    done = subprocess.run(
        [
            *(another_user() if around.user is not None else ()),
            *(sys.executable, "-P", "-c", around.before + START, *arguments),
        ],
        cwd="/" if around.elsewhere else project,
        env=environment,
        umask=around.umask,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    said = (done.stdout + done.stderr)[-1500:]
    if done.returncode:
        return {}, f"exit code {done.returncode}\n{said}"
    return digests(target), "" if "Traceback" not in said else said


def _clean() -> dict[str, str]:
    """The environment without what one of these surroundings could have been set to."""
    kept = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH")
    return {name: value for name, value in os.environ.items() if name in kept} | {"PYTHONHASHSEED": "0"}


def attack(cases: range, _workers: int = 1) -> Tally:
    """Build the project in one surroundings after the other, and compare every byte with the plain build."""
    tally = Tally()
    files = base()
    with here("umgebung") as folder:
        # Another user must be able to go through it.
        folder.chmod(0o755)
        expected, problem = built(folder / "eben", Surroundings("plain"), files)
        if problem or not expected:
            tally.find(cases.start, f"plain: {problem}")
        for case in cases:
            around = list(kinds(case // KINDS))[case % KINDS]
            if around.user is not None and not another_user():
                tally.add("surroundings that could not be tried here")
                continue
            place = folder / "anders"
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            found, problem = built(place, around, files)
            tally.add("builds")
            tally.add("files compared", len(found))
            if problem:
                tally.find(case, f"{around}: {problem}")
            elif found != expected:
                names = sorted(n for n in {*found, *expected} if found.get(n) != expected.get(n))
                tally.find(case, f"{around}: {len(names)} files differ: {names[:5]}")
    return tally
