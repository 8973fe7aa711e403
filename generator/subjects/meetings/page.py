"""Make the papers (pack) for a group's next meeting: what changed, three gaps, three decisions, its areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model.facts import Facts
from generator.model.planning_records import Network
from generator.model.site import Site
from generator.parts import said_by_subjects
from generator.render.base.area_names import space_name
from generator.render.base.context import Context, Ids
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Crumb, Page, with_contents
from generator.render.base.page_type import PageType
from generator.render.base.view import GlanceRow, TableContent, TableRow, View, table_of
from generator.render.directory.cards import where_text
from generator.render.directory.commitments import (
    PromiseLine,
    moderation,
    next_meeting,
    promises,
    what_carries,
)
from generator.render.directory.news_lines import NewsLine, news_line
from generator.render.directory.record_lines import inline_lines, member_lines, space_lines
from generator.render.figures.figure_texts import period_text
from generator.render.figures.levels_and_topics import compared
from generator.render.figures.missing_offers import (
    Gap,
    completeness_of,
    gaps_in,
    low_cell,
    most_have_it,
    named_text,
    namings,
    quarters_in,
    recently_checked,
)
from generator.render.figures.tables import Heat, heat, heat_levels
from generator.render.pages.coverage_pages import gap_line, some_areas
from generator.render.pages.space_page import GapLine
from generator.subjects.meetings.model import (
    AgreedPoint,
    MeetingFacts,
    Minutes,
    all_minutes,
    derived_meetings,
    working_areas,
)


def asked_text(context: Context, areas: Iterable[str]) -> str:
    """Say who said how often that something is missing, with shares; the public site has no such records."""
    texts = context.texts
    _ = texts.gettext
    times: Counter[str] = Counter()
    half_years = set()
    for naming in namings(context, tuple(areas)):
        times[naming.source] += naming.times
        half_years.add(str(naming.half_year))
    total = times.total()
    if not total:
        return _("Wer gefragt wurde, steht hier nicht.")
    sources = {
        "families": _("Familien"),
        "professionals": _("Fachkräfte"),
        "groups": _("Gruppen und Gremien"),
    }
    parts = [
        _("{who} {n} ({share})").format(
            who=name,
            n=texts.number(times[source]),
            share=texts.percent(Decimal(100 * times[source]) / total, 0),
        )
        for source, name in sources.items()
    ]
    words = _("Genannt haben es seit {since}: {parts}. Wer mehr gefragt wird, nennt mehr.")
    return words.format(since=period_text(texts, min(half_years)), parts=texts.join(parts))


KINDS = frozenset({"ag-78", "planung-80", "jha", "fruehe-hilfen", "stadtteilkonferenz", "steering", "team"})
"""Kinds of networks that meet to work on an area; for the whole town where they name none."""
THREE = 3
"""So many gaps and so many decisions one meeting can talk about."""
ON_PAPER = 6
"""So many changes are printed, so that all has room on two sheets; the screen shows all."""


class MeetingNews(Struct, frozen=True):
    """Something that changed."""

    date: str  # in words; empty for none
    line: NewsLine
    where: str  # the offer is


class MeetingView(View, frozen=True):
    """A group's pack."""

    template = "meeting.html"

    network: Network
    rows: Sequence[GlanceRow]  # who meets when
    meeting: MeetingFacts
    news: Sequence[MeetingNews]
    gaps: Sequence[GapLine]
    gaps_left: int  # how many more
    complete: str  # how complete the records are
    usual: str  # that its areas have what most have; empty if they have none of it
    whole: bool  # whether an area is the whole town
    asked: str  # who was asked what is missing
    works: Sequence[tuple[str, Markup]]  # what is there and carries, by title
    promises: Sequence[PromiseLine]  # what the group promised, beside what is recorded
    beside_town: Sequence[Heat]  # its areas' figures with ▲ and ▼; empty or one
    decisions: Sequence[tuple[Markup, str]]  # with a note
    decisions_left: int  # how many more
    contracts: Sequence[Markup]
    endings: Markup  # what ends when in its areas; empty for nothing
    on_paper: int  # how many news are printed
    quarters: TableContent  # its areas' parts
    agreed: Sequence[AgreedPoint]
    minutes: Minutes | None  # of the last meeting


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Yield every network of `KINDS` that works on areas."""
    for key, network in site.networks.items():
        if network.kind in KINDS and working_areas(site, facts, network):
            yield key


def render(context: Context, key: str) -> Page:
    """Make the pack of one group."""
    _ = context.gettext
    network = context.site.networks[key]
    path = context.path("meeting", key)
    meeting = derived_meetings(context.facts)[key]
    parts = [part for space in meeting.spaces for part in context.facts.spaces[space].children]
    parts = parts or list(meeting.spaces)
    gaps = list(_gap_lines_of_areas(context, meeting.spaces))
    whole = any(context.facts.spaces[space].whole for space in meeting.spaces)
    decisions = list(_decisions(context, path, network, meeting))
    view = MeetingView(
        network=network,
        rows=tuple(_glance_rows_of_network(context, path, network, meeting)),
        meeting=meeting,
        news=tuple(_news(context, path, meeting)),
        gaps=tuple(gaps[:THREE]),
        gaps_left=len(gaps[THREE:]),
        complete=completeness_of(context, meeting.spaces),
        usual=most_have_it(context, quarters_in(context, meeting.spaces)),
        whole=whole,
        asked=asked_text(context, parts),
        works=what_carries(context, path, parts),
        promises=promises(context, network),
        beside_town=tuple(_beside_town(context, path, parts)),
        decisions=tuple(decisions[:THREE]),
        decisions_left=len(decisions[THREE:]),
        contracts=tuple(said_by_subjects("sections", "contracts", context, path, network)),
        endings=Markup().join(said_by_subjects("sections", "endings", context, path, meeting.spaces)),
        on_paper=ON_PAPER,
        quarters=_quarters(context, path, parts),
        agreed=sorted(meeting.agreed, key=lambda one: (not one.overdue, one.agreed.status != "open")),
        minutes=all_minutes(context.site).get(meeting.minutes or ""),
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


# --- who meets, when, about what -----------------------------------------------------------------------------------


def _glance_rows_of_network(
    context: Context, path: str, network: Network, meeting: MeetingFacts
) -> Iterator[GlanceRow]:
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


_ORDER = ("new", "added", "changed", "ended", "ending", "paused", "planned")
"""Kinds of news in the order of the pack."""


def _news(context: Context, path: str, meeting: MeetingFacts) -> Iterator[MeetingNews]:
    """Yield what changed in the group's areas since it met last, by kind."""
    for item in sorted(meeting.news, key=lambda item: _ORDER.index(item.kind)):
        date = ""
        # The day of „pausiert“ is the one until which it rests, and stands in its line; in front it would read as the first.
        if item.date is not None and item.kind != "paused":
            date = context.texts.date(item.date, short=True)
        yield MeetingNews(date, news_line(context, path, item), where_text(context, item.offer))


# --- gaps ----------------------------------------------------------------------------------------------------------


def _gap_lines_of_areas(context: Context, spaces: Sequence[str]) -> Iterator[GapLine]:
    """Yield the gaps of the group's areas."""
    for gap in gaps_in(context, quarters_in(context, spaces)):
        where = f"{some_areas(context, list(gap.areas))} ({_count_elsewhere_in_words(context, gap)})"
        yield gap_line(context, gap, where, _needs_or_namings_of_gap(context, spaces, gap))


def _count_elsewhere_in_words(context: Context, gap: Gap) -> str:
    """Say in how many other areas something is recorded, of all if the gap is in the whole town."""
    _ = context.gettext
    if not gap.elsewhere:
        return _("auch anderswo nicht verzeichnet")
    words = _("anderswo in {n} von {many} Gebieten verzeichnet")
    if gap.others == len(context.facts.compared):
        words = _("in {n} von {many} Gebieten verzeichnet")
    return words.format(n=gap.elsewhere, many=gap.others)


def _needs_or_namings_of_gap(context: Context, spaces: Sequence[str], gap: Gap) -> Markup:
    """Say which needs a gap has or, for one of all ages, how often people named it; on the public site nothing."""
    texts: list[str | Markup] = [context.written(context.site.needs[key].name) for key in gap.needs]
    # Namings are of no age, so they belong only to a gap of all ages.
    if gap.every and not texts:
        texts += [named_text(context, space, gap.situation) for space in spaces]
    return Markup("; ").join(filter(None, texts))


# --- decisions -----------------------------------------------------------------------------------------------------


def _decisions(
    context: Context, path: str, network: Network, meeting: MeetingFacts
) -> Iterator[tuple[Markup, str]]:
    """Yield what is to decide, with a note: what the group itself wrote, what subjects know, then what is overdue."""
    _ = context.gettext
    if network.meets is not None:
        yield from ((context.written(item), "") for item in network.meets.decide)
    yield from said_by_subjects("sections", "to_decide", context, path, network)
    for point in meeting.agreed:
        if point.overdue and point.agreed.due is not None:
            note = _("Verabredet am {date}, fällig {due}.").format(
                date=context.texts.date(point.date), due=context.texts.date(point.agreed.due)
            )
            yield pattern("{} {}").format(_("Noch gewollt?"), context.written(point.agreed.what)), note


def _beside_town(context: Context, path: str, parts: Ids) -> Iterator[Heat]:
    """Yield the figures of the group's areas beside the town's, without aids and reports."""
    shown = compared(context)
    for level in heat_levels(context, shown):
        areas = tuple(key for key in level.spaces if key in parts)
        if areas:
            yield heat(context, path, shown, replace(level, spaces=areas))
            return


# --- the quarters --------------------------------------------------------------------------------------------------


def _quarters(context: Context, path: str, rows: Sequence[str]) -> TableContent:
    """Count each area's offers: all that count, those without approval, those checked within a year."""
    texts = context.texts
    _ = texts.gettext
    numbers = [
        _("Angebote, die zählen"),
        _("Angebote ohne Antrag oder Überweisung"),
        _("im letzten Jahr geprüft"),
    ]
    covered = context.exists("coverages")
    lines: list[TableRow] = []
    for row in rows:
        area = context.facts.coverage.areas[row]
        kind = "coverage" if covered and context.exists("coverage", row) else "space"
        name = linked(context.href(path, kind, row), space_name(context, row))
        checked = texts.number(recently_checked(context, area))
        lines.append([name, texts.number(len(area)), low_cell(context, tuple(area)), checked])
    return table_of([_("Gebiet")], numbers, lines)


PAGES = (PageType("meeting", keys, render),)
