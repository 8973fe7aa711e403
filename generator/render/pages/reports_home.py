"""Make the home page of „Berichte“.

Nothing is ranked, and no area stands out here for its poverty, aids (help by the office) or reports of endangered children.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model.cells import Series, Verdict
from generator.model.indicator import Indicator
from generator.model.known import Kept
from generator.model.planning_records import Network
from generator.parts import given, said_by_subjects
from generator.render.base.area_names import level_name, named
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page
from generator.render.base.texts import Texts
from generator.render.base.view import Chip, Chips, TableContent, View
from generator.render.directory.commitments import PromiseLine, coming_day, promises
from generator.render.directory.record_lines import RecordLines, space_lines
from generator.render.figures import levels_and_topics
from generator.render.figures.charts import agenda
from generator.render.figures.figure_texts import NBSP, change_word, period_text, value_words
from generator.render.figures.missing_offers import Gap, counted_text, gaps_in, known_text
from generator.render.figures.picture_files import HandedOn, TakeAlong, taken
from generator.render.figures.points import small_line
from generator.render.figures.sentences import NOTABLE, change_sentence
from generator.render.figures.table_pictures import heat_picture
from generator.render.figures.tables import Heat, heat, heat_levels
from generator.render.maps import MapArea, areas_of, small_map
from generator.render.maps.choropleth import MOST, small_view, verdict_view
from generator.render.pages import coverage_pages
from generator.render.pages.endings import last_days
from generator.render.pages.who_to_call import served_spaces
from generator.render.written_reports.edition_call_site import shown as shown_editions

CHANGES = 2
"""So many changes stand out at the top; the tiles below show the others."""

Session = tuple[dt.date, str]
"""A network's meeting: day, network."""


class StandingOut(Struct, frozen=True):
    """Something striking: a change, the next session or a gap."""

    picture: Markup
    title: Markup
    href: str
    says: str  # a text below the title
    lines: Sequence[Markup] = ()  # what is to be decided
    key: str = ""  # explains the picture's patterns


def standing_out(context: Context, path: str) -> Sequence[StandingOut]:
    """Return what stands out, for the page at `path`."""
    return (*_find_newest_changes(context, path), *_session(context, path), *_gap(context, path))


def changed(context: Context) -> list[str]:
    """Return indicators whose town figure changed beyond chance, newest first, without aids and reports (`town_only`)."""
    series = context.facts.series
    found = []
    for keys in levels_and_topics.by_situation(context).values():
        for key in keys:
            change = series[key].change(series[key].benchmark)
            if change is not None and change.verdict in NOTABLE:
                found.append(key)
    listed = [key for key in found if not levels_and_topics.town_only(context, context.site.indicators[key])]
    return sorted(listed, key=lambda key: series[key].latest, reverse=True)


def _find_newest_changes(context: Context, path: str) -> Iterator[StandingOut]:
    """Yield the newest changes of the town's figures beyond chance."""
    _ = context.gettext
    for key in changed(context)[:CHANGES]:
        indicator, series = context.site.indicators[key], context.facts.series[key]
        town, period = series.benchmark, series.latest
        value = value_words(context, indicator, series.cell(town, period))
        change = series.changes[town, period, series.whole]
        risen = change.verdict is Verdict.HIGHER
        words = _("Gestiegen: {name}") if risen else _("Gesunken: {name}")
        sentence = change_sentence(context, indicator, change, rounded=bool(series.reach))
        yield StandingOut(
            picture=small_line(context, indicator, series, town),
            title=pattern(words.replace("{name}", "{}")).format(context.translated(indicator, "title")),
            href=context.href(path, "report", key),
            says=f"{value} ({period_text(context.texts, period)}). {sentence}",
        )


# --- the next session ----------------------------------------------------------------------------------------------


def _session(context: Context, path: str) -> Iterator[StandingOut]:
    """Yield the next session of which decisions are known, drawn among the later ones."""
    decisions = _to_decide(context, path)
    if not decisions:
        return
    today, texts = context.facts.today, context.texts
    day, network = min(decisions)
    days = sorted({(other - today).days for other, _network in decisions})
    yield StandingOut(
        picture=context.call(agenda(texts.gettext("heute"), days, texts.date(day))),
        title=pattern("{}: {}").format(texts.date(day), context.translated(context.site.networks[network])),
        href=context.href(path, "network", network),
        says=texts.gettext("Auf der Tagesordnung; entschieden ist noch nichts:"),
        lines=tuple(decisions[day, network]),
    )


def _to_decide(context: Context, path: str) -> dict[Session, list[Markup]]:
    """Return coming sessions' decisions, from subjects and networks' own agendas."""
    found: dict[Session, list[Markup]] = {}
    for session, line in said_by_subjects("sections", "pending", context, path):
        found.setdefault(session, []).append(line)
    for key, network in context.site.networks.items():
        day = coming_day(context, network)
        if network.meets is not None and day is not None:
            for item in network.meets.decide:
                found.setdefault((day, key), []).append(context.written(item))
    return found


# --- what isn't recorded -------------------------------------------------------------------------------------------


def _gap(context: Context, path: str) -> Iterator[StandingOut]:
    """Yield the first gap of `gaps_in`, which meetings see first, too."""
    gaps = gaps_in(context, context.facts.compared) if context.exists("coverages") else []
    for gap in gaps[:1]:
        name = coverage_pages.gap_name(context, gap)
        words = context.gettext("In manchen Gebieten fehlt oder unklar: {name}")
        text = f"{known_text(context, gap.known)}; {coverage_pages.where_text(context, gap)}."
        doubt = context.gettext(
            "„Keins verzeichnet“ heißt nicht, dass es nichts gibt: Vielleicht hat es nur noch niemand eingetragen."
        )
        yield StandingOut(
            picture=_gap_map(context, gap, name.striptags()),
            title=pattern(words.replace("{name}", "{}")).format(name),
            href=context.href(path, "coverages") + "#lebenslagen",
            says=" ".join((text[:1].upper() + text[1:], doubt, counted_text(context))),
            key=context.gettext("Gefüllt: etwas verzeichnet. Gepunktet: nichts. Leer: unklar."),
        )


def _gap_map(context: Context, gap: Gap, name: str) -> Markup:
    """Draw where something is recorded, nothing is, or nobody says."""
    compared = context.facts.compared
    areas = tuple(replace(area, look=_look(context, gap, area.id)) for area in areas_of(context, compared))
    if not 1 < len(areas) <= MOST:
        return Markup()
    title = context.gettext("Karte: {name}").format(name=name)
    return small_map(context, small_view(context, title, "luecke", areas))


def _look(context: Context, gap: Gap, area: str) -> str:
    """Return the CSS class by what is recorded of a gap's life situation in an area."""
    if area in gap.areas:
        return "nr-class--unsaid" if gap.known.unsaid else "nr-class--missing"
    about = context.facts.coverage.about
    recorded = any(about((area,), gap.situation, band).counted for band in gap.bands)
    return "nr-class--recorded" if recorded else "nr-class--unsaid"


MOST_LINES = 6
"""So many lines of a part stand here; its own page has them all."""


class Instrument(Struct, frozen=True):
    """A part of the page: guarantees, reports, or what a subject (budgets, measures …) says."""

    id: str
    title: str
    lines: Sequence[Markup]
    left: int  # how many more lines there are
    note: str
    ways: Sequence[tuple[str, str]]  # links: address, label


Make = Callable[[Context, str], Instrument | None]
"""What makes a part for the page at a path; None where there is nothing to say."""


def instruments(context: Context, path: str) -> Sequence[Instrument]:
    """Return the parts that have something to say, in order of their places."""
    places = chain(_PARTS, *given("sections", "FRONT"))
    made = [make(context, path) for _, make in sorted(places, key=itemgetter(0))]
    return [one for one in made if one is not None]


def part(
    id: str, title: str, lines: Iterable[Markup], note: str = "", *ways: tuple[str, str]
) -> Instrument | None:
    """Put a part together from its first lines; None without lines."""
    found = tuple(lines)
    if not found:
        return None
    return Instrument(id, title, found[:MOST_LINES], len(found[MOST_LINES:]), note, ways)


def way(context: Context, path: str, kind: str, label: str) -> tuple[str, str]:
    """Return (link, label) of a kind's page."""
    return context.href(path, kind), label


def line(context: Context, path: str, kind: str, key: str, name: object, said: object) -> Markup:
    """Return a record's linked name, with what is said of it."""
    link = linked(context.href(path, kind, key), name)
    return pattern("{}: {}").format(link, said) if said else link


# --- the parts -----------------------------------------------------------------------------------------------------


def _promises(context: Context, path: str) -> Instrument | None:
    """Return networks' common guarantees: how many, and those that aren't surely kept."""
    texts = context.texts
    _ = texts.gettext
    found: list[tuple[Network, PromiseLine]] = []
    for network in context.site.networks.values():
        found += [(network, promise) for promise in promises(context, network)]
    if not found:
        return None
    unkept = [(network, promise) for network, promise in found if promise.kept != "kept"]
    lines = [Markup.escape(_how_kept(texts, [promise.kept for _network, promise in found]))]
    for network, promise in unkept:
        text = pattern("{} – {}").format(_promised(context, promise), _recorded(promise))
        lines.append(line(context, path, "network", network.id, context.translated(network), text))
    law = context.translated(context.words.laws["pflicht-des-amtes"], "meaning")
    return part("zusagen", _("Zusagen"), lines, law, way(context, path, "networks", _("Alle Netzwerke")))


def _how_kept(texts: Texts, kept: Sequence[Kept]) -> str:
    """Say how many promises there are, and how many lack something."""
    _ = texts.gettext
    missing = sum(one in ("partly", "none") for one in kept)
    recorded = _("was verzeichnet ist, steht darunter")
    if missing:
        recorded = _("zu {n} ist nicht alles Genannte verzeichnet").format(n=texts.number(missing))
    elif set(kept) == {"kept"}:
        recorded = _("alles Genannte ist verzeichnet")
    return texts.number_of(
        "{n} gemeinsame Zusage: {states}.", "{n} gemeinsame Zusagen: {states}.", len(kept), states=recorded
    )


def _recorded(promise: PromiseLine) -> str:
    """Say what is recorded of a promise, and what is missing."""
    if not promise.found:
        return promise.verdict
    return " ".join([f"{promise.verdict}.", *promise.found])


def _promised(context: Context, line: PromiseLine) -> Markup:
    """Say a promise in its own words, else its subject."""
    if line.rule.text:
        return context.written(line.rule.text.rstrip("."))
    topic = context.texts.name(context.words.topics[line.rule.topic])
    return Markup.escape(", ".join(filter(None, (topic, line.details))).rstrip("."))


def _editions(context: Context, path: str) -> Instrument | None:
    """Return the newest edition of each written report."""
    _ = context.gettext
    lines = []
    for editions in shown_editions(context.site).values():
        newest = editions[-1]
        title = pattern("{} {}").format(context.written(newest.head.title), newest.head.edition)
        day = context.texts.date(newest.head.date)
        when = day if newest.public else f"{day} ({_('noch nicht veröffentlicht')})"
        archive = context.href(path, "report-archive", newest.report)
        details = pattern("{} · {}").format(when, linked(archive, _("alle Veröffentlichungen")))
        lines.append(line(context, path, "report-edition", newest.key, title, details))
    return part("lesen", _("Berichte zum Lesen"), lines)


_PARTS: Sequence[tuple[int, Make]] = (
    (40, _promises),
    (80, _editions),
)
"""The core's own parts, each with its place in the order; subjects' (`FRONT` in `sections.py`) stand between them."""


MOST_ROWS = 24
"""A table of more areas than this is too long here; the page that compares areas has it."""


class ReportRow(Struct, frozen=True):
    """An indicator with the town's latest figure."""

    indicator: Indicator
    value: str
    period: str
    since: str  # how it changed; empty where that isn't known


class Tile(Struct, frozen=True):
    """An indicator's figure, line and small map; aids and reports have no map."""

    row: ReportRow
    value: str
    line: Markup  # over the years; empty for one year
    span: str  # these years: „2021–2025“
    map: Markup  # which areas surely differ from the town
    areas: str  # which areas the map has, in words


class ReportGroup(Struct, frozen=True):
    """A life situation's indicators; `situation` is empty for the rest."""

    situation: str
    name: str
    rows: Sequence[ReportRow]


class ReportsView(View, frozen=True):
    """The reports' home: links, what stands out, indicators, tables, parts, areas."""

    template = "reports.html"

    town: str  # whose figures stand here
    doors: Chips  # links
    endings: Markup  # what ends when; empty for nothing
    out: Sequence[StandingOut]
    groups: Sequence[ReportGroup]
    tiles: Sequence[Tile]
    alone: Sequence[Tile]  # aids and reports, which are shown for the whole town only
    matrix: Sequence[Heat]  # areas by indicators; empty or one
    take: TakeAlong  # the tables as pictures
    covered: str  # how many offers count, and how many were checked lately
    # what is recorded by area: title, table, note; empty or one
    recorded: Sequence[tuple[str, TableContent, str]]
    instruments: Sequence[Instrument]
    profiles: RecordLines  # areas with figures
    measured: frozenset[str]  # areas with figures of indicators; others have only what their records state


def render(context: Context, key: str) -> Page:
    """Make the reports' home page."""
    _ = context.gettext
    path = context.path("reports", key)
    areas = [*context.facts.roots, *served_spaces(context)]
    profiles = dict.fromkeys(name for name in areas if _has_figures(context, name))
    series = context.facts.series.values()
    groups = tuple(report_groups(context))
    rows = list(chain.from_iterable(group.rows for group in groups))
    alone = [row for row in rows if levels_and_topics.town_only(context, row.indicator)]
    view = ReportsView(
        town=next((named(context, item.benchmark) for item in series if item.benchmark), ""),
        doors=tuple(_doors(context, path, figures=bool(groups))),
        endings=last_days(context, path, drawn=True),
        out=standing_out(context, path),
        groups=groups,
        tiles=[_tile(context, row) for row in rows if row not in alone],
        alone=[_tile(context, row) for row in alone],
        matrix=[heat(context, path, keys, level) for keys, level in _matrix(context)],
        take=taken(context, path, _("Berichte"), drawings(context, path, key)),
        covered=counted_text(context) if context.exists("coverages") else "",
        recorded=coverage_pages.recorded(context, path) if context.exists("coverages") else (),
        instruments=instruments(context, path),
        profiles=space_lines(context, profiles),
        measured=frozenset(chain.from_iterable(item.spaces for item in series)),
    )
    return context.page(
        view,
        path,
        family="reports",
        title=_("Berichte"),
        description=_("Zahlen und Berichte zu den Sozialräumen."),
    )


def _doors(context: Context, path: str, *, figures: bool) -> Iterator[Chip]:
    """Yield the existing links from the reports' home."""
    _ = context.gettext
    if figures:
        yield Chip(_("Kennzahlen"), "#kennzahlen")
        yield Chip(_("Gebiete"), context.href(path, "compare"))
    for kind, name in (("coverages", _("Angebote")), ("measures", _("Vorhaben"))):
        if context.exists(kind):
            yield Chip(name, context.href(path, kind))
    if context.site.records("budgets"):
        yield Chip(_("Geld"), "#budgets")
    yield Chip(_("Zahlen laden"), context.href(path, "data"))


def drawings(context: Context, path: str, key: str) -> Iterator[HandedOn]:
    """Yield the tables of this page as pictures."""
    for keys, level in _matrix(context):
        yield heat_picture(context, path, keys, level, "gebiete")
    if context.exists("coverages"):
        yield from coverage_pages.recorded_drawings(context, path, key)


def _matrix(context: Context) -> Iterator[tuple[list[str], levels_and_topics.Level]]:
    """Yield the comparable indicators with the first level that isn't too long, without aids and reports."""
    shown = levels_and_topics.compared(context)
    short = [level for level in heat_levels(context, shown) if len(level.spaces) <= MOST_ROWS]
    for level in short[:1]:
        yield shown, level


def _has_figures(context: Context, space: str) -> bool:
    """Tell whether an area's record states figures or an indicator has some."""
    series = context.facts.series.values()
    return bool(context.site.spaces[space].figures) or any(space in item.spaces for item in series)


def report_groups(context: Context) -> Iterator[ReportGroup]:
    """Yield indicators by life situation, with the town's figure and change."""
    for situation, keys in levels_and_topics.by_situation(context).items():
        rows = []
        for key in keys:
            indicator, series = context.site.indicators[key], context.facts.series[key]
            value = value_words(context, indicator, series.now(series.benchmark))
            since = _since(context, indicator, series)
            rows.append(ReportRow(indicator, value, period_text(context.texts, series.latest), since))
        yield ReportGroup(situation, levels_and_topics.situation_name(context, situation), rows)


def _since(context: Context, indicator: Indicator, series: Series) -> str:
    """Say the town's change as tables do; empty without."""
    change, texts = series.change(series.benchmark), context.texts
    word = change_word(texts, indicator, change, rounded=bool(series.reach))
    if change is None or not word:
        return ""
    words = texts.gettext("Veränderung seit {period}: {word}")
    return words.format(period=period_text(texts, change.since), word=word)


def _tile(context: Context, row: ReportRow) -> Tile:
    """Put together what a tile shows of an indicator."""
    indicator, series = row.indicator, context.facts.series[row.indicator.id]
    small, areas = Markup(), ""
    view = (
        verdict_view(context, indicator.id, MOST) if levels_and_topics.by_area(context, indicator) else None
    )
    if view is not None:
        small, areas = small_map(context, view), _areas_in_short(context, view.areas)
    counted = [period for period in series.periods if period <= series.latest]
    known = [
        period for period in counted if levels_and_topics.has_value(series.cell(series.benchmark, period))
    ]
    line, span = Markup(), ""
    if len(known) > 1:
        line = small_line(context, indicator, series, series.benchmark)
        span = f"{period_text(context.texts, known[0])}–{period_text(context.texts, known[-1])}"
    # A number and its unit may stand on two lines: a tile is narrow.
    return Tile(row, row.value.replace(NBSP, " "), line, span, small, areas)


def _areas_in_short(context: Context, areas: Sequence[MapArea]) -> str:
    """Name the areas' level, and say so if all were compared and none differs."""
    level = level_name(context, areas[0].id, plural=True)
    if any(area.look != "nr-class--similar" for area in areas):
        return level
    return f"{level}: {context.gettext('kann Zufall sein')}"
