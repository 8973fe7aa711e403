"""Charts: geometry, gaps, breaks and forecasts; what a drawing must never hold; classes told apart without colour."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.base.colours import accent_scheme, contrast, luminance, parse_hex
from generator.render.base.context import Context
from generator.render.figures.charts import (
    CHARTS,
    Bars,
    Benchmark,
    ChartCaption,
    ChartContent,
    ChartLine,
    ChartPoint,
    TimeAxis,
    bars,
    intervals,
    scale_for,
    series_line,
    sparkline,
    spine,
)
from generator.render.figures.charts.bars import percent
from generator.render.maps.choropleth import classes

CSS = Path(__file__).parents[2] / "generator" / "assets" / "css"
FRAME = ChartCaption("bild", "Titel", "Satz.")


def points(number: int, count: int) -> list[ChartPoint]:
    """Figures with intervals that differ from chart to chart."""
    values = [10 + (number * 7 + place * 13) % 37 + place / 10 for place in range(count)]
    return [
        ChartPoint(f"Gebiet {place}", f"{value:.1f}", value, value - 2.5, value + 2.5)
        for place, value in enumerate(values)
    ]


def mixed(context: Context, number: int) -> Iterator[str]:
    """A chart of every kind: six areas over five years, four groups, a row of a spine, a small line."""
    caption = ChartCaption(f"bild-{number}", f"Bild {number}", "Ein Satz über das Bild.", "%")
    years = tuple(str(2021 + year) for year in range(5))
    lines = [
        ChartLine(f"Gebiet {place}", points(number + place, 5), "other" * (place > 0)) for place in range(6)
    ]
    time = TimeAxis(years, breaks={"2023": "neue Abgrenzung"})
    for kind in CHARTS.values():
        benchmark = None if kind.over_time else Benchmark(22.4, "Stadt 22,4")
        content = ChartContent(caption, tuple(lines), time, "{:.0f}".format, benchmark=benchmark)
        yield context.call(kind.lay_out(content))
    areas = points(number, 12)
    others = [point.value or 0.0 for point in areas]
    yield context.call(intervals(caption, points(number, 4), "{:.0f}".format))
    yield context.call(spine(areas[0], 22.4, others, region=24.0, differs=True))
    yield context.call(sparkline(TimeAxis(years), points(number, 5)))


@pytest.mark.guards(
    "Accessibility: every chart has a table and a sentence; classes differ by more than colour"
)
def test_charts_of_all_kinds_are_well_formed_and_carry_their_words(context: Context) -> None:
    for chart in (chart for number in range(100) for chart in mixed(context, number)):
        root = ET.fromstring(chart)
        assert "style" not in chart
        if root.get("aria-hidden") == "true":
            continue
        assert root.get("role") == "img"
        ids = (root.get("aria-labelledby") or "").split()
        texts = {item.get("id"): item.text for item in root if item.tag in ("title", "desc")}
        assert [bool(texts[name]) for name in ids] == [True, True]
        numbers = [float(value) for value in re.findall(r'[xy12]="(-?[\d.]+)%"', chart)]
        assert all(0 <= number <= 100 for number in numbers)


@given(st.lists(st.floats(-1e4, 1e6, allow_nan=False), min_size=1, max_size=20))
def test_scales_hold_zero_and_every_value(values: list[float]) -> None:
    scale = scale_for(values)
    # A billionth of a step is what floating point may lose; no eye sees it.
    lost = scale.step * 1e-9
    assert scale.low <= min(0.0, *values) + lost
    assert scale.high >= max(0.0, *values) - lost
    assert 0.0 in scale.ticks
    assert len(scale.ticks) <= 8


@pytest.mark.parametrize("values", [[], [None, None], [0.0, None]])
def test_an_axis_of_nothing_has_no_number_but_zero(values: list[float | None]) -> None:
    """Any other would stand beside withheld figures as if it told something of them."""
    scale = scale_for(values)
    assert (scale.ticks, scale.place(0.0)) == ([0.0], 0.0)


def test_bars_start_at_zero_and_turn_round_from_right_to_left() -> None:
    points = [ChartPoint("A", "20", 20.0, 18.0, 22.0), ChartPoint("B", ". geheim")]
    made = bars(FRAME, points, str, benchmark=Benchmark(25.0, "Stadt 25"))
    assert made.rows[0].bar == ("0%", "66.67%")
    assert made.rows[1].bar is None
    assert made.rows[1].point.text == ". geheim"
    turned = bars(FRAME, points, str, benchmark=Benchmark(25.0, "Stadt 25"), mirrored=True)
    assert turned.rows[0].bar == ("33.33%", "66.67%")
    assert turned.start == "100%"


def test_words_that_a_phone_has_no_room_for_on_one_line_stand_on_several() -> None:
    """A line of 31 letters fits into 290 px; a figure beside a longer name was written over it."""
    points = [
        ChartPoint("Nord", "3.391.923 €", 3.0),
        ChartPoint("Stadtbezirk 9 (erfunden)", "3.391.923 €", 2.0),
        ChartPoint("Regierungsviertel und Tiergarten Süd", "12", 1.0),
    ]
    made = bars(FRAME, points, str)
    for row, point in zip(made.rows, points, strict=True):
        assert " ".join(words for _, words in row.words) == point.label
        last = row.words[-1]
        beside = len(last[1]) + 1 + len(point.text) if row.figure == last[0] else 0
        assert max(beside, *(len(words) for _, words in row.words)) <= 31
    assert [row.figure == row.words[-1][0] for row in made.rows] == [True, False, True]
    heights = [y for row in made.rows for y in (*(y for y, _ in row.words), row.figure, row.middle)]
    assert heights == sorted(heights)
    assert min(later.words[0][0] - row.middle for row, later in pairwise(made.rows)) > 12
    assert made.bottom > made.rows[-1].middle


def test_bars_of_a_report_show_the_last_figure_of_each_area_by_its_name_and_kind() -> None:
    here = ChartLine("Ost", (ChartPoint("2023", "1", 1.0), ChartPoint("2024", "2", 2.0)), "here")
    content = ChartContent(
        FRAME, (here, ChartLine("West", (ChartPoint("2024", "."),))), TimeAxis(("2024",)), str
    )
    made = CHARTS["bars"].lay_out(content)
    assert isinstance(made, Bars)
    assert [row.point for row in made.rows] == [
        ChartPoint("Ost", "2", 2.0, kind="here"),
        ChartPoint("West", "."),
    ]


def test_lines_have_gaps_breaks_and_forecasts() -> None:
    years = ["2021", "2022", "2023", "2024", "2025", "2026"]
    points = (
        ChartPoint("2021", "1", 1.0),
        ChartPoint("2022", "2", 2.0),
        ChartPoint("2023", "3", 3.0),
        ChartPoint("2024", "."),
        ChartPoint("2025", "5", 5.0),
        ChartPoint("2026", "6", 6.0, forecast=True),
    )
    made = series_line(FRAME, TimeAxis(years, breaks={"2023": "neu"}), [ChartLine("Süd", points)], str)
    (line,) = made.lines
    assert [(stroke.forecast) for stroke in line.strokes] == [False, True]
    assert [gap.point.text for gap in line.gaps] == ["."]
    assert len(made.breaks) == 1
    assert made.forecast
    assert any(zero for _y, _text, zero in made.up)
    assert line.label is not None
    assert line.label[2] == "Süd 6 (2026)"


def test_a_line_that_ends_early_says_so() -> None:
    points = (ChartPoint("2021", "1", 1.0), ChartPoint("2022", "."))
    (line,) = series_line(FRAME, TimeAxis(["2021", "2022"]), [ChartLine("Süd", points)], str).lines
    assert line.label is not None
    assert line.label[2] == "Süd 1 (2021)"


def test_periods_stand_as_far_apart_as_they_are_in_time() -> None:
    """Four years must not look like one: a line would fall or rise more steeply than it does."""
    years = ["2024", "2025", "2026", "2030"]
    first, second, third, last = TimeAxis(years).places
    assert second - first == pytest.approx(third - second)
    assert last - third == pytest.approx(4 * (second - first))
    points = [ChartPoint(year, "1", 1.0) for year in years]
    made = series_line(FRAME, TimeAxis(years), [ChartLine("Süd", points)], str)
    (line,) = made.lines
    assert [mark.x for mark in line.marks] == [percent(place) for place in (first, second, third, last)]
    assert [float(x) for x in re.findall(r"[ML]([\d.]+) ", sparkline(TimeAxis(years), points).observed)][
        -2:
    ] == [33.3, 92.0]


@pytest.mark.parametrize(
    "periods", [["2024-2", "2025-1", "2025-2"], ["2022/23", "2023/24", "2024/25"], ["alt", "2024", "neu"]]
)
def test_periods_of_one_length_stand_evenly_and_so_do_those_that_nobody_can_place(periods: list[str]) -> None:
    first, second, last = TimeAxis(periods).places
    assert last - second == pytest.approx(second - first)
    assert last > second


@pytest.mark.parametrize("count", [2, 3, 7, 24])
def test_long_names_of_periods_stand_beside_each_other_on_the_axis(count: int) -> None:
    """„1. Halbjahr 2025“ is four times as wide as „2025“; a letter of the axis is nearly two per cent of a phone's chart."""
    halves = [f"{2025 + number // 2}-{number % 2 + 1}" for number in range(count)]
    names = {half: f"{half[-1]}. Halbjahr {half[:4]}" for half in halves}
    points = [ChartPoint(half, "1", 1.0) for half in halves]
    made = series_line(FRAME, TimeAxis(halves, names), [ChartLine("Süd", points)], str)
    ends = []
    for tick in made.across:
        wide = len(tick.text) * 2.0
        left = float(tick.at[:-1]) - {"start": 0, "middle": wide / 2, "end": wide}[tick.anchor]
        ends += [left, left + wide]
    assert ends == sorted(ends)
    assert ends[0] >= 0
    assert ends[-1] <= 100
    assert len(made.across) >= 2
    assert made.across[-1].text == names[halves[-1]]


def test_small_lines_leave_gaps(context: Context) -> None:
    points = [
        ChartPoint("", "1", 1.0),
        ChartPoint("", "."),
        ChartPoint("", "3", 3.0),
        ChartPoint("", "4", 4.0),
    ]
    years = ["2021", "2022", "2023", "2024"]
    made = sparkline(TimeAxis(years, breaks={"2024": "neu"}), points)
    assert made.observed == ""
    assert len(made.dots) == 3
    assert context.call(made).count("<circle") == 4


def test_the_town_stands_in_the_middle_of_a_spine() -> None:
    made = spine(
        ChartPoint("", "30", 30.0, 28.0, 32.0), 20.0, [10.0, 15.0, 25.0, 30.0], region=22.0, differs=True
    )
    assert float(made.here[:-1]) > 50
    low, high = (float(end[:-1]) for end in made.range)
    assert low < 50 < high
    turned = spine(ChartPoint("", "30", 30.0, 28.0, 32.0), 20.0, [10.0, 15.0, 25.0, 30.0], mirrored=True)
    assert float(turned.here[:-1]) == pytest.approx(100 - float(made.here[:-1]), abs=0.02)


# --- classes -------------------------------------------------------------------------------------------------------


def test_classes_are_round_and_equally_wide() -> None:
    made = classes([13.8, 18.3, 21.2, 31.8])
    assert made.bounds == (15.0, 20.0, 25.0, 30.0)
    assert [made.of(value) for value in (10.0, 15.0, 29.9, 30.0)] == [1, 2, 4, 5]


def test_few_areas_that_hardly_differ_share_a_class_where_their_numbers_are_the_same() -> None:
    assert classes([5.0, 5.0]).spans == ((5.0, 5.0),)
    assert classes([]).spans == ((0.0, 0.0),)


@given(st.lists(st.decimals(0, 5000, places=1), min_size=1, max_size=60))
def test_every_value_has_a_class_and_higher_values_no_lower_one(values: list[float]) -> None:
    made = classes(values)
    steps = [made.of(float(value)) for value in sorted(values)]
    assert steps == sorted(steps)
    assert set(steps) <= {1, 2, 3, 4, 5}
    assert len(made.spans) <= 5


ACCENTS = [
    "#0d6b66", "#7a1f5c", "#1d4f91", "#8a3b12", "#2e5e1e", "#5b2a86", "#b00020", "#333333", "#e67300", "#ffd400", "#00b3a4",
]  # fmt: skip


@pytest.mark.guards(
    "Accessibility: every chart has a table and a sentence; classes differ by more than colour"
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ACCENTS)
def test_steps_are_told_apart_without_colour(scheme: str, accent: str) -> None:
    """Neighbouring classes differ by at least 9 in CIE lightness, which a grey print keeps; all go one way."""
    steps = [lightness(colour) for colour in steps_of(scheme, accent)]
    gaps = [after - before for before, after in pairwise(steps)]
    assert all(gap < 0 for gap in gaps) or all(gap > 0 for gap in gaps), steps
    assert min(abs(gap) for gap in gaps) >= 9, steps


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ACCENTS)
def test_numbers_can_be_read_on_every_step(scheme: str, accent: str) -> None:
    inks = inks_of(scheme)
    for step, (colour, ink) in enumerate(zip(steps_of(scheme, accent), inks, strict=True), 1):
        assert contrast(colour, ink) >= 4.5, (step, colour, ink)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_grey_of_comparison_stands_out_from_the_card(scheme: str) -> None:
    assert contrast(tokens(scheme)["grey"], tokens(scheme)["card"]) >= 3


def tokens(scheme: str) -> dict[str, str]:
    found: dict[str, str] = {}
    start = {"light": r":root \{", "dark": r"dark\) \{\s*:root \{"}[scheme]
    for name in ("nahraum.css", "reports.css"):
        css = (CSS / name).read_text("utf-8")
        for pattern in dict.fromkeys((r":root \{", start)):
            match = re.search(pattern, css)
            assert match is not None
            block = css[match.end() : css.index("}", match.end())]
            found |= dict(re.findall(r"--nr-([\w-]+): ([^;]+);", block))
    return found


def resolve(value: str, names: dict[str, str]) -> str:
    """Compute a colour as the stylesheet writes it: hex, var() or color-mix in sRGB."""
    value = value.strip()
    if match := re.fullmatch(r"var\(--nr-([\w-]+)\)", value):
        return resolve(names[match[1]], names)
    if match := re.fullmatch(r"color-mix\(in srgb, (.+?) (\d+)%, (.+)\)", value):
        one, other = (parse_hex(resolve(part, names)) for part in (match[1], match[3]))
        share = int(match[2]) / 100
        mixed = [a * share + b * (1 - share) for a, b in zip(one, other, strict=True)]
        return "#" + "".join(f"{round(channel * 255):02x}" for channel in mixed)
    return value


def steps_of(scheme: str, accent: str) -> list[str]:
    names = tokens(scheme) | accent_scheme(accent, scheme)
    return [resolve(names[f"step-{number}"], names) for number in range(1, 6)]


def inks_of(scheme: str) -> list[str]:
    names = tokens(scheme)
    css = (CSS / "reports.css").read_text("utf-8")
    written = re.findall(r"\.nr-class--(\d) \{ --step: var\(--nr-step-\d\); --step-ink: ([^;]+); \}", css)
    return [resolve(value, names) for _number, value in sorted(written)]


def lightness(colour: str) -> float:
    """CIE 1976 L* of a colour."""
    share = luminance(colour)
    return 116 * share ** (1 / 3) - 16 if share > 216 / 24389 else share * 24389 / 27
