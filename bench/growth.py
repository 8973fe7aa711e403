"""How each stage of a build grows with the town: processor time at several sizes, and the exponent between them.

`python -m bench.growth --sizes 2500 5000 10000` builds towns in memory, one process a size, and prints a row for each stage. An
exponent of 1 means twice the town, twice the time; sorting alone gives about 1.05. Pages are made for a sample of each family, and
counted for all of its pages.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.world import write_world

TODAY = dt.date(2026, 11, 20)
SAMPLE = 5000
"""So many pages of a kind are made: of fewer, the drawings that the first of each area makes would weigh too much."""
LIMIT = 1.15
"""An exponent above this, of a stage that takes at least `SHORT` seconds, is marked."""
SHORT = 0.1


def stages(world: Path, meter: Callable[[], float] = time.process_time) -> dict[str, float]:
    """Return what every stage of a build costs, one after the other: processor seconds, or what another meter counts."""
    from generator.check import checks, dated_checks
    from generator.derive.facts import derive
    from generator.derive.masking import published
    from generator.mkdocs_plugin import OpenSite
    from generator.pipeline.build import derived
    from generator.pipeline.write import make_page
    from generator.read.project import read_project
    from generator.render.data_files.browser_files import PRODUCERS
    from generator.render.directory.cards import make_cards

    times: dict[str, float] = {}

    def timed(name: str, act: Callable[[], object]) -> object:
        began = meter()
        done = act()
        times[name] = times.get(name, 0.0) + meter() - began
        return done

    reading = read_project(world)
    times.clear()
    reading = timed("reading", lambda: read_project(world))  # type: ignore[assignment]
    site = reading.site
    assert site is not None
    for check in checks():
        timed(f"checks: {check.__name__}", lambda check=check: list(check(site, reading)))  # type: ignore[misc]
    for dated in dated_checks():
        timed(f"checks: {dated.__name__}", lambda dated=dated: list(dated(site, reading, TODAY)))  # type: ignore[misc]
    timed("deriving", lambda: derive(site, TODAY, reading.indicators).complete())
    project = derived(reading, published(site), TODAY, ())
    opened = OpenSite(project)
    frames = opened.frames
    for context in frames.plan.contexts.values():
        timed("cards", lambda context=context: make_cards(context))  # type: ignore[misc]
        for producer in PRODUCERS:
            timed(f"data: {producer.__name__.strip('_')}", lambda p=producer, c=context: p(c))  # type: ignore[misc]
    by_kind: dict[str, list[str]] = {}
    for path, address in frames.plan.pages.items():
        by_kind.setdefault(address.type.kind, []).append(path)
    for kind, paths in by_kind.items():
        step = max(1, len(paths) // SAMPLE)
        chosen = paths[::step]
        # The first one brings its frame and its templates along.
        frames.document(make_page(frames.plan, paths[0]))
        began = meter()
        for path in chosen:
            frames.document(make_page(frames.plan, path))
        times[f"pages: {kind}"] = (meter() - began) / len(chosen) * len(paths)
    return times


def main() -> int:
    """Print the table; return 1 where a stage grows faster than it may."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[2500, 5000, 10000])
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one is not None:
        gc.disable()
        print(json.dumps(stages(chosen.one)))
        return 0
    rows: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in chosen.sizes:
            world = Path(folder) / str(size)
            write_world(world, offers=size, spaces=max(60, size // 40), languages=1, seed=1)
            ended = subprocess.run(
                [sys.executable, "-m", "bench.growth", "--one", str(world)],
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            rows.append(json.loads(ended.stdout.splitlines()[-1]))
    first, last = rows[0], rows[-1]
    doubled = math.log(chosen.sizes[-1] / chosen.sizes[0])
    print(f"{'stage':42}" + "".join(f"{size:>9}" for size in chosen.sizes) + "  exponent")
    slow = 0
    for name in sorted(last, key=lambda name: -last[name]):
        if last[name] < SHORT / 2:
            continue
        grown = math.log(max(last[name], 1e-6) / max(first.get(name, 0), 1e-6)) / doubled
        marked = last[name] >= SHORT and grown > LIMIT
        slow += marked
        print(
            f"{name:42}"
            + "".join(f"{row.get(name, 0):9.2f}" for row in rows)
            + f"{grown:9.2f}"
            + f"  MISSES {LIMIT}" * marked
        )
    totals = [sum(row.values()) for row in rows]
    print(
        f"{'all':42}"
        + "".join(f"{total:9.2f}" for total in totals)
        + f"{math.log(totals[-1] / totals[0]) / doubled:9.2f}"
    )
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
