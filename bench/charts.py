"""Charts: 1,000 of them, laid out and drawn, against the aim of one second; and a map of classes of 542 areas.

Run as `python -m bench.charts`. Times are the best of three, in one process.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.pipeline.build import prepare
from generator.render.base.context import Context
from generator.render.figures.charts import (
    CHARTS,
    Benchmark,
    ChartCaption,
    ChartContent,
    ChartLine,
    ChartPoint,
    TimeAxis,
    intervals,
    sparkline,
    spine,
)

COUNT = 1000
AIM = 1.0
ROOT = Path(__file__).parent.parent
Draw = Callable[[Context, int], str]


def points(number: int, count: int) -> list[ChartPoint]:
    """Return `count` figures with intervals that differ from chart to chart."""
    values = [10 + (number * 7 + place * 13) % 37 + place / 10 for place in range(count)]
    return [
        ChartPoint(f"Gebiet {place}", f"{value:.1f}", value, value - 2.5, value + 2.5)
        for place, value in enumerate(values)
    ]


def frame(number: int) -> ChartCaption:
    """Return a frame with an id of its own."""
    return ChartCaption(f"bild-{number}", f"Bild {number}", "Ein Satz über das Bild.", "%")


def draw_kind(kind: str) -> Draw:
    """Return what draws six areas over five years by a kind of `CHARTS`."""

    def draw(context: Context, number: int) -> str:
        years = tuple(str(2021 + year) for year in range(5))
        names = ("Stadt", *(f"Gebiet {place}" for place in range(5)))
        content = ChartContent(
            frame(number),
            tuple(
                ChartLine(name, tuple(points(number + place, 5)), "" if place else "other")
                for place, name in enumerate(names)
            ),
            TimeAxis(years, breaks={"2023": "neue Abgrenzung"}),
            "{:.0f}".format,
            benchmark=None if CHARTS[kind].over_time else Benchmark(22.4, "Stadt 22,4"),
        )
        return context.call(CHARTS[kind].lay_out(content))

    draw.__doc__ = f"Draw {kind}."
    return draw


def draw_intervals(context: Context, number: int) -> str:
    """Draw dots with intervals of four groups."""
    return context.call(intervals(frame(number), points(number, 4), "{:.0f}".format))


def draw_spine(context: Context, number: int) -> str:
    """Draw a row of a spine chart."""
    areas = points(number, 12)
    others = [point.value or 0.0 for point in areas]
    return context.call(spine(areas[0], 22.4, others, region=24.0, differs=True))


def draw_sparkline(context: Context, number: int) -> str:
    """Draw a small line of five years."""
    return context.call(sparkline(TimeAxis(["2021", "2022", "2023", "2024", "2025"]), points(number, 5)))


KINDS: tuple[Draw, ...] = (*(draw_kind(kind) for kind in CHARTS), draw_intervals, draw_spine, draw_sparkline)


def mixed(context: Context, count: int = COUNT) -> Iterator[str]:
    """Yield charts of all kinds in turn, as report pages hold them."""
    for number in range(count):
        yield KINDS[number % len(KINDS)](context, number)


def best(work: Callable[[], object], times: int = 3) -> float:
    """Return the shortest of several times in seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> int:
    """Print the time of 1,000 charts of each kind and of a mixture; return 1 when the mixture misses the aim."""
    context = prepare(ROOT, dt.date(2026, 11, 20)).contexts[0]
    for kind in KINDS:
        took = best(lambda kind=kind: [kind(context, number) for number in range(COUNT)])  # type: ignore[misc]
        print(f"{COUNT:,} × {(kind.__doc__ or '').removeprefix('Draw ').rstrip('.')}: {took:.2f} s")
    took = best(lambda: list(mixed(context)))
    size = sum(len(chart) for chart in mixed(context)) / COUNT
    print(
        f"{COUNT:,} charts of all kinds in turn: {took:.2f} s (aim {AIM:.0f} s), {size:,.0f} characters each"
    )
    return 0 if took <= AIM else 1


if __name__ == "__main__":
    raise SystemExit(main())
