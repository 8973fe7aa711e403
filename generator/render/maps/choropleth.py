"""Make maps of an indicator, each area in the class of its figure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model.cells import VERDICT_MARKS, Cell, Series, Status, Verdict
from generator.model.indicator import Indicator
from generator.render.base.area_names import in_space, level_name
from generator.render.base.context import Context
from generator.render.base.view import View
from generator.render.figures.charts.bars import nice_step
from generator.render.figures.figure_texts import (
    beside_unit,
    count_text,
    direction_text,
    number_or_sign,
    number_text,
    period_text,
    sign_label,
    value_words,
)
from generator.render.figures.levels_and_topics import (
    FEWEST,
    Level,
    gap_of,
    is_drawn,
    is_of_few,
    levels_of,
    main_level,
)
from generator.render.figures.sentences import verdict_of
from generator.render.maps import figure, overview
from generator.render.maps.views import MapArea, MapView, Note, areas_of, bounds_of

MOST_CLASSES = 5  # and colours of the palette


class Classes(Struct, frozen=True):
    """Classes of values; `bounds` are the lower ends after the first.

    `low` and `high` are the ends of all. Equal values are one class without bounds.
    """

    bounds: Sequence[float]
    low: float
    high: float

    def of(self, value: float) -> int:
        """Return a value's step of the palette, 1 (least) to 5."""
        number = sum(value >= bound for bound in self.bounds)
        return self.step(number)

    def step(self, number: int) -> int:
        """Return the palette's step of a class (from 0): few classes are spread over the whole palette."""
        if not self.bounds:
            return 3  # the middle
        return 1 + round(number * (MOST_CLASSES - 1) / len(self.bounds))

    @property
    def spans(self) -> Sequence[tuple[float, float]]:
        """Lower and upper end of each class."""
        ends = (self.low, *self.bounds, self.high)
        return tuple(pairwise(ends))


def classes(values: Sequence[float | Decimal], decimals: int = 1) -> Classes:
    """Divide values into equally wide classes with round bounds.

    Not by quantiles: a step in colour is a step in the figure, which never is finer than its `decimals`.
    """
    low = float(min(values, default=0))
    high = float(max(values, default=0))
    if low == high:
        return Classes((), low, high)
    step = max(nice_step(high - low, MOST_CLASSES), 10.0**-decimals)
    while True:
        first = math.floor(round(low / step, 9)) * step
        # The highest value may stand on the upper end of the last class.
        if first + MOST_CLASSES * step >= high - 1e-9:
            break
        step = nice_step(step * 1.01, 1)  # the next larger one
    count = min(MOST_CLASSES, max(1, math.ceil(round((high - first) / step, 9))))
    bounds = tuple(round(first + step * number, 10) for number in range(1, count))
    return Classes(bounds, round(first, 10), round(first + step * count, 10))


REPORT = "report-"
"""The ids of these views start so; the indicator's id follows."""

VERDICT = "verdict-"
"""The ids of maps that show which areas differ start so."""

MOST = 60
"""A map of the size of a finger shows no more areas than this; then the wider level is shown."""


class ClassStep(Struct, frozen=True):
    """A class: step of the palette, bounds in words, number of areas."""

    step: int | str  # of the palette, 1 to 5, or a verdict
    text: str  # „10 – 20 %“
    count: int  # of areas


class ClassSign(Struct, frozen=True):
    """Areas without figure: look, reason, number."""

    look: str  # secret, none or few
    text: str
    count: int  # of areas


class MapClassesView(View, frozen=True):
    """A map's classes in words, and their method."""

    template = "parts/map_classes.html"

    steps: Sequence[ClassStep]
    signs: Sequence[ClassSign]
    method: str


class _Subject(Struct, frozen=True):
    """What a map shows: level, period, cells by area."""

    level: Level
    period: str
    cells: dict[str, Cell | None]

    @property
    def values(self) -> list[float]:
        drawn = (cell for cell in self.cells.values() if is_drawn(cell))
        return [float(cell.value) for cell in drawn if cell is not None and cell.value is not None]


def choropleth_view(context: Context, indicator: str, period: str = "", level: str = "") -> MapView | None:
    """Show a level's figures; None without two shapes and a figure."""
    subject = _find_subject(context, indicator, period, level)
    if subject is None:
        return None
    definition = context.site.indicators[indicator]
    steps = _steps(definition, subject)
    areas = areas_of(context, subject.level.spaces)
    if len(areas) < 2 or not subject.values:
        return None
    shown = []
    for area in areas:
        cell = subject.cells[area.id]
        label = area.name if is_of_few(cell) else f"{area.name}\n{number_or_sign(context, definition, cell)}"
        notes = (Note(few_text(context) if is_of_few(cell) else value_words(context, definition, cell)),)
        shown.append(replace(area, look=look(steps, cell), label=label, notes=notes))
    title = context.gettext("Karte: {name}").format(name=context.texts.of(definition, "title"))
    suffix = "" if not (period or level) else f"-{subject.level.id}-{subject.period}"
    return MapView(
        id=REPORT + indicator + suffix,
        title=f"{title}, {period_text(context.texts, subject.period)}",
        description=_describe_subject(context, indicator, subject),
        bounds=bounds_of(context, (area.id for area in areas)),
        areas=tuple(shown),
        areas_title=subject.level.name,
        plain=True,
    )


def verdict_view(context: Context, indicator: str, most: int = 0) -> MapView | None:
    """Show which areas surely differ, of a level of `most` areas; None without comparison or shapes."""
    series, definition = context.facts.series[indicator], context.site.indicators[indicator]
    level = main_level(context, series, most=most, drawn=True)
    if level is None:
        return None
    areas = tuple(
        replace(
            area,
            look=_verdict_look(series, area.id),
            label=_verdict_label(context, definition, series, area),
            notes=(Note(value_words(context, definition, series.now(area.id))),),
        )
        for area in areas_of(context, level.spaces)
    )
    verdicts = {verdict_of(series, area.id) for area in areas}
    if len(areas) < 2 or verdicts <= {Verdict.UNKNOWN}:
        return None
    title = context.gettext("Karte: {name}").format(name=context.texts.of(definition, "title"))
    return small_view(
        context, f"{title}, {period_text(context.texts, series.latest)}", VERDICT + indicator, areas
    )


def small_view(context: Context, title: str, id: str, areas: Sequence[MapArea]) -> MapView:
    """Return a small map, described by areas of each look."""
    _ = context.gettext
    words = {
        "higher": _("Statistisch auffällig höher: {names}."),
        "lower": _("Statistisch auffällig niedriger: {names}."),
        "similar": _("Kann Zufall sein: {names}."),
        "unknown": _("Nicht prüfbar oder nicht verglichen: {names}."),
        "few": _("Zu wenige: {names}."),
        "secret": _("Geheim: {names}."),
        "none": _("Keine Zahl: {names}."),
        "recorded": _("Etwas verzeichnet: {names}."),
        "missing": _("Nichts verzeichnet: {names}."),
        "unsaid": _("Nicht gesagt: {names}."),
    }
    sentences = []
    for look, sentence in words.items():
        names = [area.name for area in areas if area.look == f"nr-class--{look}"]
        if names:
            sentences.append(sentence.format(names=context.texts.join(names)))
    bounds = bounds_of(context, (area.id for area in areas))
    return MapView(id, title, " ".join(sentences), bounds, areas, plain=True)


def _verdict_look(series: Series, space: str) -> str:
    cell = series.now(space)
    if not is_drawn(cell):
        return look_of_gap(cell)
    return f"nr-class--{verdict_of(series, space)}"


def _verdict_label(context: Context, definition: Indicator, series: Series, area: MapArea) -> str:
    """Write an area's name, and below it ▲ or ▼ and its figure."""
    cell = series.now(area.id)
    if is_of_few(cell):
        return area.name
    mark = VERDICT_MARKS.get(verdict_of(series, area.id), "")
    return f"{area.name}\n{mark} {number_or_sign(context, definition, cell)}".replace("\n ", "\n")


def few_text(context: Context) -> str:
    """Say why an area of few has neither colour nor figure."""
    words = context.gettext("weniger als {n} gezählt: ohne Farbe und Zahl")
    return words.format(n=context.texts.number(FEWEST))


def look_of_gap(cell: Cell | None) -> str:
    """Return the pattern of an area without figure; none for few."""
    if is_of_few(cell):
        return "nr-class--few"
    return "nr-class--secret" if gap_of(cell) is Status.SECRET else "nr-class--none"


def _steps(definition: Indicator, subject: _Subject) -> Classes | None:
    """Divide figures into classes; not counts, in which large areas would stand out."""
    if definition.counted:
        return None
    return classes(subject.values, definition.decimals)


def look(steps: Classes | None, cell: Cell | None) -> str:
    """Return a figure's CSS class, a pattern where it is missing."""
    if cell is None or cell.value is None or is_of_few(cell):
        return look_of_gap(cell)
    if steps is None:
        return "nr-class--counted"
    return f"nr-class--{steps.of(float(cell.value))}"


def classes_view(context: Context, indicator: str, period: str = "", level: str = "") -> MapClassesView:
    """Say the classes of a map in words."""
    subject = _find_subject(context, indicator, period, level)
    if subject is None:
        raise KeyError(indicator)
    definition = context.site.indicators[indicator]
    steps = _steps(definition, subject)
    rows = _class_rows(context, indicator, steps, subject.values) if steps is not None else ()
    return MapClassesView(rows, _class_signs(context, subject.cells), method_text(context, definition, steps))


def _class_signs(context: Context, cells: Mapping[str, Cell | None]) -> Sequence[ClassSign]:
    """Return why areas have no figure, each with their number."""
    few = sum(is_of_few(cell) for cell in cells.values())
    gaps = Counter(gap_of(cell) for cell in cells.values() if not is_drawn(cell) and not is_of_few(cell))
    signs = []
    for status in sorted(gaps, key=lambda status: (status is not Status.SECRET, str(status))):
        kind = "secret" if status is Status.SECRET else "none"
        text = sign_label(context.texts, status if status is not Status.KNOWN else None)
        signs.append(ClassSign(kind, text, gaps[status]))
    return (*signs, ClassSign("few", few_text(context), few)) if few else tuple(signs)


def verdicts_view(context: Context, indicator: str, view: MapView) -> MapClassesView:
    """Say in words what ▲ and ▼ of a map say, and how many areas have them."""
    _ = context.gettext
    series, definition = context.facts.series[indicator], context.site.indicators[indicator]
    words = {
        Verdict.HIGHER: _("▲ höher als {where} ({value})"),
        Verdict.LOWER: _("▼ niedriger"),
        Verdict.SIMILAR: _("Unterschied nicht belegt"),
    }
    town = number_or_sign(context, definition, series.now(series.benchmark))
    looks = Counter(area.look.removeprefix("nr-class--") for area in view.areas)
    rows = tuple(
        ClassStep(
            verdict.value, said.format(where=in_space(context, series.benchmark), value=town), looks[verdict]
        )
        for verdict, said in words.items()
        if looks[verdict]
    )
    signs = _class_signs(context, {area.id: series.now(area.id) for area in view.areas})
    level = level_name(context, view.areas[0].id, plural=True)
    method = " ".join((_("Gezeigt: {level}.").format(level=level), direction_text(context.texts, definition)))
    return MapClassesView(rows, signs, method)


def _class_rows(
    context: Context, indicator: str, steps: Classes, values: Sequence[float]
) -> Sequence[ClassStep]:
    """Return each class in words with its number of areas."""
    counts = Counter(steps.of(value) for value in values)
    rows = []
    for number, (low, high) in enumerate(steps.spans):
        step = steps.step(number)
        rows.append(ClassStep(step, _write_class_span(context, indicator, low, high), counts[step]))
    return tuple(rows)


def method_text(context: Context, indicator: Indicator, steps: Classes | None) -> str:
    """Say how classes were made, or why there are none."""
    _ = context.gettext
    if steps is None:
        uncoloured = _("Anzahlen stehen als Zahl im Gebiet und haben keine Farbe.")
        return f"{uncoloured} {count_text(context)}"
    if steps.low == steps.high:
        return _("Alle Gebiete haben denselben Wert.")
    return _(
        "{n} Klassen mit gleich breiten, gerundeten Grenzen. Ein Wert auf einer Grenze gehört zur höheren Klasse, der größte von allen zur letzten."
    ).format(n=len(steps.spans))


def _write_class_span(context: Context, indicator: str, low: float, high: float) -> str:
    definition = context.site.indicators[indicator]
    words = number_text(context.texts, definition, low)
    if high > low:
        words = f"{words} – {number_text(context.texts, definition, high)}"
    return beside_unit(context, definition, words)


def _find_subject(context: Context, indicator: str, period: str, level: str) -> _Subject | None:
    series = context.facts.series[indicator]
    period = period or series.latest
    if level:
        found = next((item for item in levels_of(context, series) if item.id == level), None)
    else:
        found = main_level(context, series, period, drawn=True)
    if found is None:
        return None
    return _Subject(found, period, {key: series.cell(key, period) for key in found.spaces})


def _describe_subject(context: Context, indicator: str, subject: _Subject) -> str:
    definition = context.site.indicators[indicator]
    words = context.gettext("{level}: von {low} bis {high}. Die Werte stehen in der Tabelle.")
    return words.format(
        level=subject.level.name,
        low=number_text(context.texts, definition, min(subject.values)),
        high=number_text(context.texts, definition, max(subject.values)),
    )


def choropleth(context: Context, path: str, indicator: str, period: str = "", level: str = "") -> Markup:
    """Draw an indicator's classes of colour, explained below the map.

    By default the latest observed period and finest level, movable. It has no list, since a table stands
    beside it. Empty without two shapes and figures.
    """
    fixed = bool(period or level)
    view = (
        choropleth_view(context, indicator, period, level) if fixed else overview(context, REPORT + indicator)
    )
    if view is None:
        return Markup()
    below = context.render(classes_view(context, indicator, period, level), path)
    return figure(context, path, view, listed=False, movable=not fixed, below=below)


def verdict_map(context: Context, path: str, indicator: str) -> Markup:
    """Draw which areas surely differ, with every area's figure; empty where nothing is compared."""
    view = verdict_view(context, indicator)
    if view is None:
        return Markup()
    below = context.render(verdicts_view(context, indicator, view), path)
    return figure(context, path, view, listed=False, below=below)
