"""„Unterlage zur Sitzung“, a working group's pack of two sheets, at the table and on a projector: which groups have one, since when news count, which gaps and decisions stand there (three each), which figures of each quarter, what was agreed, who misses what.

The first sheet is what changed, three gaps and three decisions; the second is the quarters, what was promised and agreed, and questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup

from generator.model.facts import Facts
from generator.model.planning_records import Network
from generator.model.site import Site
from generator.parts import told
from generator.render.base.area_names import space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Crumb, Page, with_contents
from generator.render.base.page_type import PageType
from generator.render.base.view import NOTHING, GlanceRow, TableCell, TableContent, TableRow, View, table_of
from generator.render.directory.cards import where_text
from generator.render.directory.commitments import PromiseLine, moderation, next_meeting, promises
from generator.render.directory.news_lines import NewsLine, news_line
from generator.render.directory.record_lines import inline_lines, member_lines, space_lines
from generator.render.figures.figure_texts import cell_number, period_text, unit_text, value_words
from generator.render.figures.levels_and_topics import by_situation as figures_by_situation
from generator.render.figures.missing_offers import (
    Gap,
    asked_text,
    completeness_of,
    fixed_rows,
    for_town_text,
    gap_ages,
    gaps_in,
    low_cell,
    named_needs,
    named_text,
    others_duties,
    quarters_in,
    recently_checked,
    town_text,
)
from generator.render.pages.coverage_pages import some_areas
from generator.render.pages.need_pages import half_years, need_table, times_named
from generator.subjects.meetings.model import MeetingFacts, all_minutes, derived_meetings, working_areas

KINDS = frozenset({"ag-78", "planung-80", "jha", "fruehe-hilfen", "stadtteilkonferenz", "steering", "team"})
"""Kinds of networks that meet to work on an area; for the whole town where they name none."""
THREE = 3
"""So many gaps and so many decisions are for one meeting."""
ON_PAPER, ON_SHEET = 8, 4
"""So many changes stand on the first sheet, so many agreements and needs on the second; all of them stand on the screen."""
FIGURES = 3
"""So many figures stand beside the offers of each quarter."""


@dataclass(frozen=True, slots=True)
class MeetingNews:
    """Something that changed, on its day, and where."""

    date: str
    line: NewsLine
    where: str


@dataclass(frozen=True, slots=True)
class MeetingGap:
    """A life situation to which nothing is recorded: for which ages, where, how many others have it, what the whole town has, who misses it."""

    name: Markup
    ages: str
    where: str
    elsewhere: str
    town: str
    named: Markup


@dataclass(frozen=True, slots=True)
class MeetingDecision:
    """Something to decide, and what to know about it."""

    text: Markup
    note: str


@dataclass(frozen=True, slots=True)
class MeetingView(View):
    """The pack of a group; of `news`, `agreed` and `needs` only the first stand on paper, of gaps and decisions `left` aren't named."""

    template = "meeting.html"

    network: Network
    rows: Sequence[GlanceRow]
    agenda: Sequence[str]
    since: str
    news: Sequence[MeetingNews]
    gaps: Sequence[MeetingGap]
    gaps_left: int
    complete: str
    whole: bool
    asked: str
    fixed: Sequence[tuple[str, str]]
    duties: Sequence[str]
    decisions: Sequence[MeetingDecision]
    decisions_left: int
    contracts: Sequence[Markup]
    on_paper: int
    on_sheet: int
    quarters: TableContent
    promises: Sequence[PromiseLine]
    agreed: TableContent | None
    agreed_on: str
    minutes: Markup
    needs: TableContent | None


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Every working group that works on areas has a pack."""
    for key, network in site.networks.items():
        if network.kind in KINDS and working_areas(site, facts, network):
            yield key


def render(context: Context, key: str) -> Page:
    """Make the pack of one group."""
    _ = context.gettext
    network = context.site.networks[key]
    path = context.path("meeting", key)
    meeting = derived_meetings(context.facts)[key]
    rows = _quarters_of(context, meeting.spaces)
    gaps = list(_gaps(context, meeting.spaces))
    whole = any(context.facts.spaces[space].whole for space in meeting.spaces)
    further = "" if whole else for_town_text(context, meeting.spaces)
    decisions = list(_decisions(context, path, network, meeting))
    view = MeetingView(
        network=network,
        rows=tuple(_head(context, path, network, meeting)),
        agenda=_agenda(context, network),
        since=_since(context, meeting),
        news=tuple(_news(context, path, meeting)),
        gaps=tuple(gaps[:THREE]),
        gaps_left=len(gaps[THREE:]),
        complete=f"{completeness_of(context, meeting.spaces)} {further}".rstrip(),
        whole=whole,
        asked=asked_text(context, rows),
        fixed=fixed_rows(context, rows),
        duties=others_duties(context),
        decisions=tuple(decisions[:THREE]),
        decisions_left=len(decisions[THREE:]),
        contracts=tuple(told("sections", "contracts", context, path, network)),
        on_paper=ON_PAPER,
        on_sheet=ON_SHEET,
        quarters=_quarters(context, path, rows),
        promises=promises(context, network),
        agreed=_agreed(context, path, meeting),
        minutes=_minutes(context, meeting),
        agreed_on=context.texts.date(meeting.last) if meeting.last is not None else "",
        needs=_needs(context, path, meeting.spaces),
    )
    page = context.page(
        view,
        path,
        family="meeting",
        title=_("Unterlage zur Sitzung: {name}").format(name=context.texts.name(network)),
        description=_(
            "Was sich geändert hat, drei Lücken, drei Entscheidungen: zwei Blätter für die nächste Sitzung."
        ),
        crumbs=(
            Crumb(_("Netzwerke"), context.path("networks")),
            context.crumb(context.texts.name(network), "network", key),
        ),
        indexed=False,
    )
    return with_contents(page)


def _quarters_of(context: Context, spaces: Sequence[str]) -> Sequence[str]:
    """Return the parts of a group's areas; the areas themselves where none of them has parts."""
    found: list[str] = []
    for space in spaces:
        found += context.facts.spaces[space].children
    return found or spaces


# --- who meets, when, about what -----------------------------------------------------------------------------------


def _head(context: Context, path: str, network: Network, meeting: MeetingFacts) -> Iterator[GlanceRow]:
    _ = context.gettext
    meets = network.meets
    if meets is not None:
        where = member_lines(context, [meets.where] if meets.where else [])
        small = inline_lines(context, path, where)
        yield GlanceRow(_("Nächstes Treffen"), next_meeting(context, meets), small=small)
    yield GlanceRow(_("Moderation"), moderation(context, path, network))
    members = inline_lines(context, path, member_lines(context, network.members))
    yield GlanceRow(_("Mitglieder"), members or context.written(network.members_in_words))
    yield GlanceRow(_("Gäste"), inline_lines(context, path, member_lines(context, network.guests)))
    yield GlanceRow(_("Gebiete"), inline_lines(context, path, space_lines(context, meeting.spaces)))


def _agenda(context: Context, network: Network) -> list[str]:
    """Return the agenda that is written, else what such meetings usually go through."""
    _ = context.gettext
    if network.meets is not None and network.meets.agenda:
        return [context.written(item) for item in network.meets.agenda]
    usual = [_("Was sich geändert hat"), _("Was aus den Verabredungen geworden ist"), _("Lücken und Bedarfe")]
    usual += [_("Unsere gemeinsame Zusage")] if network.guarantee is not None else []
    return [*usual, _("Entscheidungen"), _("Verabredungen und nächstes Treffen")]


# --- what changed --------------------------------------------------------------------------------------------------


def _since(context: Context, meeting: MeetingFacts) -> str:
    _ = context.gettext
    words = _("Geändert seit dem {date}")
    if meeting.last is not None:
        words = _("Geändert seit dem letzten Treffen am {date}")
    return words.format(date=context.texts.date(meeting.since))


_ORDER = ("new", "added", "changed", "ended", "ending", "paused", "planned")


def _news(context: Context, path: str, meeting: MeetingFacts) -> Iterator[MeetingNews]:
    for item in sorted(meeting.news, key=lambda item: _ORDER.index(item.kind)):
        date = ""
        # Until when something rests stands in its line: before it, it would read as the day on which it began to.
        if item.date is not None and item.kind != "paused":
            date = context.texts.date(item.date, short=True)
        yield MeetingNews(date, news_line(context, path, item), where_text(context, item.offer))


# --- gaps ----------------------------------------------------------------------------------------------------------


def _gaps(context: Context, spaces: Sequence[str]) -> Iterator[MeetingGap]:
    """Yield the gaps of the group's quarters, each with where there is something and who misses it."""
    for gap in gaps_in(context, quarters_in(context, spaces)):
        yield MeetingGap(
            name=context.translated(context.site.words.topics[gap.situation]),
            ages=gap_ages(context, gap),
            where=some_areas(context, list(gap.areas)),
            elsewhere=_elsewhere(context, gap),
            town=town_text(context, gap.town),
            named=_named(context, spaces, gap),
        )


def _elsewhere(context: Context, gap: Gap) -> str:
    """Say how many areas have it; where the whole town is asked none is elsewhere."""
    _ = context.gettext
    if not gap.elsewhere:
        return _("auch anderswo nicht verzeichnet")
    words = _("anderswo in {n} von {many} Gebieten verzeichnet")
    if gap.others == len(context.facts.compared):
        words = _("in {n} von {many} Gebieten verzeichnet")
    return words.format(n=gap.elsewhere, many=gap.others)


def _named(context: Context, spaces: Sequence[str], gap: Gap) -> Markup:
    """Say who misses it: on the internal site each need, on the public one how often, where it is missing for most ages."""
    said: list[str | Markup] = [context.written(context.site.needs[key].name) for key in gap.needs]
    # The table says how often, and seldom for whom: it stands with a gap that is one for all ages.
    if gap.every and not said:
        said += [named_text(context, space, gap.situation) for space in spaces]
    return Markup("; ").join(filter(None, said))


# --- decisions -----------------------------------------------------------------------------------------------------


def _decisions(
    context: Context, path: str, network: Network, meeting: MeetingFacts
) -> Iterator[MeetingDecision]:
    """Yield what is to decide: what the group has put down itself, then what subjects have for it, agreements left undone."""
    _ = context.gettext
    texts = context.texts
    if network.meets is not None:
        yield from (MeetingDecision(context.written(item), "") for item in network.meets.decide)
    for text, note in told("sections", "to_decide", context, path, network):
        yield MeetingDecision(text, note)
    for point in meeting.agreed:
        if point.overdue and point.agreed.due is not None:
            note = _("Verabredet am {date}, fällig {due}.").format(
                date=texts.date(point.date), due=texts.date(point.agreed.due)
            )
            text = pattern("{} {}").format(_("Noch gewollt?"), context.written(point.agreed.what))
            yield MeetingDecision(text, note)


# --- the quarters --------------------------------------------------------------------------------------------------


def _quarters(context: Context, path: str, rows: Sequence[str]) -> TableContent:
    """Return what each area has: offers that run, how many are without a threshold and looked after, and some figures."""
    texts = context.texts
    _ = texts.gettext
    shown = _figures(context, rows)
    numbers = [
        _("laufende Angebote"),
        _("davon ohne Antrag oder Überweisung"),
        _("im letzten Jahr geprüft"),
        *(_figure_label(context, key) for key in shown),
    ]
    covered = context.exists("coverages")
    lines = []
    for row in rows:
        area = context.facts.coverage.areas[row]
        kind = "coverage" if covered and context.exists("coverage", row) else "space"
        name = linked(context.href(path, kind, row), space_name(context, row))
        figures = [_figure_cell(context, key, row) for key in shown]
        checked = texts.number(recently_checked(context, area.offers))
        lines.append(
            [name, texts.number(len(area.offers)), low_cell(context, area.offers), checked, *figures]
        )
    return table_of([_("Gebiet")], numbers, lines)


def _figure_label(context: Context, key: str) -> Markup:
    """Name an indicator with the latest period and its unit."""
    indicator, series = context.site.indicators[key], context.facts.series[key]
    parts = [period_text(context.texts, series.latest), unit_text(context, indicator)]
    return pattern('{} <span class="nr-glance__small">{}</span>').format(
        context.translated(indicator, "title"), ", ".join(filter(None, parts))
    )


def _figure_cell(context: Context, key: str, space: str) -> TableCell | str:
    """Return the latest figure of an area, or in words why there is none."""
    indicator, series = context.site.indicators[key], context.facts.series[key]
    cell = series.cell(space, series.latest)
    if cell is None or cell.value is None:
        return TableCell(value_words(context, indicator, cell), muted=True)
    return cell_number(context, indicator, cell)


def _figures(context: Context, rows: Sequence[str]) -> list[str]:
    """Return the first indicators, in the order of life situations, that tell of one of the areas."""
    found = []
    for key in chain.from_iterable(figures_by_situation(context).values()):
        series = context.facts.series[key]
        cells = [series.cell(row, series.latest) for row in rows]
        if any(cell is not None and cell.value is not None for cell in cells):
            found.append(key)
    return found[:FIGURES]


# --- what was agreed, what is missed -------------------------------------------------------------------------------


def _agreed(context: Context, path: str, meeting: MeetingFacts) -> TableContent | None:
    texts = context.texts
    _ = texts.gettext
    words = {"open": _("offen"), "done": _("erledigt"), "dropped": _("nicht weiter verfolgt")}
    if not meeting.agreed:
        return None
    measures = context.site.records("measures")
    rows = []
    for point in sorted(meeting.agreed, key=lambda point: (not point.overdue, point.agreed.status != "open")):
        item = point.agreed
        state: str | Markup = _("überfällig") if point.overdue else words[item.status]
        if item.result:
            state = pattern("{}: {}").format(state, context.written(item.result))
        what = context.written(item.what)
        if item.measure is not None and item.measure in measures:
            href = context.href(path, "measures") + f"#{item.measure}"
            name = context.translated(measures[item.measure])
            what += pattern(' <span class="nr-glance__small">{}</span>').format(linked(href, name))
        due = texts.date(item.due, short=True) if item.due is not None else ""
        texts_of_row = (what, context.written(item.who), due, state)
        rows.append([text if text else NOTHING for text in texts_of_row])
    return table_of([_("Was"), _("Wer"), _("Bis wann"), _("Stand")], [], rows)


def _minutes(context: Context, meeting: MeetingFacts) -> Markup:
    if meeting.minutes is None:
        return Markup()
    record = all_minutes(context.site)[meeting.minutes]
    topics = Markup(", ").join(context.written(topic) for topic in record.topics)
    name = context.written(record.name)
    return pattern("{}: {}").format(name, topics) if topics else name


def _needs(context: Context, path: str, spaces: Sequence[str]) -> TableContent | None:
    if not context.site.internal:
        return _named_table(context, path, spaces)
    needs = context.site.needs
    ids: set[str] = set()
    for space in spaces:
        ids.update(context.facts.relations.needs_by_space.get(space, ()))
    latest = max(half_years(needs[key] for key in ids), default=None)

    def rank(key: str) -> tuple[bool, int, str]:
        need = needs[key]
        return need.status not in ("open", "planned"), -times_named(need, latest), key

    return need_table(context, path, sorted(ids, key=rank))


def _named_table(context: Context, path: str, spaces: Sequence[str]) -> TableContent | None:
    """Return what the protected table says of the areas: the only thing about needs that is public."""
    _ = context.gettext
    rows: list[TableRow] = []
    period = ""
    for space in spaces:
        for item in named_needs(context, space):
            href = context.href(path, "report", item.indicator)
            cells = linked(href, item.name), item.times, item.before
            rows.append((space_name(context, space), *cells))
            period = period or item.period
    if not rows:
        return None
    return table_of([_("Gebiet"), _("Wozu etwas fehlt")], [period, _("Halbjahr davor")], rows)


PAGES = (PageType("meeting", keys, render),)
