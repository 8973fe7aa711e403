"""A town, and one four times its size: each stage of a build makes at most n·log n times as many calls.

Calls of functions are counted, those written in C and each step of a generator among them, so a loaded machine changes nothing.
"""

import datetime as dt
import math
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bench.world import write_world
from tests.chance import whole

TODAY = dt.date(2026, 11, 20)
SAMPLE = 5000
"""So many pages of a kind are made: of fewer, the drawings that the first of each area makes would weigh too much."""


def stages(world: Path, meter: Callable[[], float]) -> dict[str, float]:
    """Return by its name what a meter counts in every stage."""
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


pytestmark = whole

SMALL, LARGE = 150, 600
MOST = LARGE * math.log(LARGE) / (SMALL * math.log(SMALL))
COUNTS = 5_000
"""A stage of fewer calls in the large town is not worth asking."""


class Calls:
    """Counts calls while `counting`."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self) -> float:
        return self.number

    def _one(self, frame: FrameType, event: str, what: object) -> None:
        self.number += event in ("call", "c_call")

    @contextmanager
    def counting(self) -> Iterator[None]:
        before = sys.getprofile()
        sys.setprofile(self._one)
        try:
            yield
        finally:
            sys.setprofile(before)


def kept_of_texts() -> list[Any]:
    """Return the functions of the generator that keep a limited number of results: what has no limit is made of no town's texts."""
    modules = [module for name, module in sys.modules.items() if name.startswith("generator.")]
    found = {
        id(one): one
        for module in modules
        for one in vars(module).values()
        if hasattr(one, "cache_parameters")
    }
    return [one for one in found.values() if one.cache_parameters()["maxsize"]]


def test_what_is_kept_of_texts_is_found(counts: object) -> None:
    names = {one.__name__ for one in kept_of_texts()}
    assert {"fold", "sort_key"} <= names
    assert "catalogue" not in names


def counted(folder: Path, offers: int) -> dict[str, float]:
    # As many offers an area in both: more areas are a larger town, too.
    write_world(folder, offers, offers // 12, 1, 1)
    # Patterns made of a town's names must be made for each town, and what is kept of its texts belongs to it, too.
    re.purge()
    for kept in kept_of_texts():
        kept.cache_clear()
    calls = Calls()
    with calls.counting():
        return stages(folder, calls)


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, float]]:
    folder = tmp_path_factory.mktemp("operations")
    # What is only made once (templates, patterns, tables of words) isn't counted as growth of the small town.
    counted(folder / "first", SMALL)
    small, large = counted(folder / "small", SMALL), counted(folder / "large", LARGE)
    return {stage: (small.get(stage, 0), number) for stage, number in large.items() if number >= COUNTS}


def test_every_stage_is_counted(counts: dict[str, tuple[float, float]]) -> None:
    kinds = {stage.split(":")[0] for stage in counts}
    assert kinds == {"reading", "checks", "deriving", "cards", "data", "pages"}


def test_no_stage_grows_faster_than_n_log_n(counts: dict[str, tuple[float, float]]) -> None:
    grown = {stage: round(large / max(small, 1), 1) for stage, (small, large) in counts.items()}
    assert {stage: factor for stage, factor in grown.items() if factor > MOST} == {}
