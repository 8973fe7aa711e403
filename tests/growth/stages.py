"""What every stage of a build costs, one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

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
