"""The pages of agreements and needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from markupsafe import Markup

from generator.model.dates import HalfYear, PartialDate
from generator.model.facts import Facts
from generator.model.planning_records import Agreement, Goal, Need, Review, SubBudget
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Heading, Page
from generator.render.base.texts import Texts
from generator.render.base.view import NOTHING, TableCell, TableColumn, TableContent, View, table_of
from generator.render.base.wording import ages_text
from generator.render.data_files.open_data import ENDS, ending_agreements
from generator.render.directory.commitments import field_work_text, status_name
from generator.render.directory.record_lines import RecordLines, member_lines, space_lines
from generator.render.figures.charts import TimelineItem
from generator.render.figures.charts.timeline import LineOfTime, line_of_time
from generator.render.figures.figure_texts import period_text
from generator.render.figures.picture_files import HandedOn, TakeAlong, pictures_of, taken


@dataclass(frozen=True, slots=True)
class AgreementSection:
    """An agreement in words; `goals` have a column for each day on which they were looked at together."""

    id: str
    agreement: Agreement
    partners: RecordLines
    spaces: RecordLines
    term: str
    budgets: TableContent | None
    goals: TableContent | None
    field_work: str


@dataclass(frozen=True, slots=True)
class AgreementsView(View):
    """The page of all agreements: those that run, when they end, and those that are over.

    `calendar` is a file with the `ends`, the next one first, in the same folder.
    """

    template = "agreements.html"

    goals: str
    line: LineOfTime | None
    take: TakeAlong
    running: Sequence[AgreementSection]
    over: Sequence[AgreementSection]
    ends: Sequence[tuple[str, Agreement]]
    calendar: str


def agreement_keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is a page where something was agreed; the internal site says how one is written."""
    del facts
    return ("",) if site.agreements or site.internal else ()


@dataclass(frozen=True, slots=True)
class NeedsView(View):
    """The page of all needs: a table for each space, the last one for needs that name none."""

    template = "needs.html"

    tables: Sequence[tuple[str, TableContent]]


def agreement_sections(context: Context, ids: Iterable[str]) -> tuple[AgreementSection, ...]:
    """Put agreements into words, in the given order."""
    return tuple(_section(context, context.site.agreements[key]) for key in ids)


def _section(context: Context, agreement: Agreement) -> AgreementSection:
    field_work = ""
    if agreement.field_work:
        field_work = field_work_text(context, agreement.field_work, invented=agreement.fictional)
    return AgreementSection(
        id=agreement.id,
        agreement=agreement,
        partners=member_lines(context, agreement.partners),
        spaces=space_lines(context, agreement.spaces),
        term=_term(context, agreement),
        budgets=_budgets(context, agreement) if agreement.sub_budgets else None,
        goals=_goals(context, agreement) if agreement.goals else None,
        field_work=field_work,
    )


def picture(context: Context, path: str) -> LineOfTime:
    """Draw the agreements on one line of time: those that run in the order of the page at `path`, then those that are over."""
    today = context.facts.today
    found = sorted(
        context.site.agreements.values(), key=lambda one: (not one.runs(today), one.name.casefold())
    )
    items = [_item(context, path, one) for one in found]
    return line_of_time(context, context.gettext("Vereinbarungen"), _counted(context), items)


def drawings(context: Context, path: str, key: str) -> Sequence[HandedOn]:
    """Return the line of time, to be taken along."""
    del key
    _ = context.gettext
    if not context.site.agreements:
        return ()
    line = picture(context, path)
    notes = (
        _("Was hier nicht steht: ob etwas hilft, und ob es reicht."),
        _("Kein Teilbudget begrenzt den Anspruch einer Familie auf Hilfe."),
    )
    return (HandedOn("zeit", line.picture, line.title, f"{_counted(context)} {line.note}", notes, line.keys),)


pictures = pictures_of(drawings)


def running_items(context: Context, path: str) -> list[TimelineItem]:
    """Return the agreements that run and whose time is known as rows of a line of time on the page at `path`."""
    today = context.facts.today
    found = [one for one in context.site.agreements.values() if one.from_ is not None and one.runs(today)]
    return [_item(context, path, one) for one in sorted(found, key=lambda one: one.name.casefold())]


def _counted(context: Context) -> str:
    """Say how many agreements run, how many are over, and how many are still to begin."""
    left = [one for one in context.site.agreements.values() if one.runs(context.facts.today)]
    running = sum(one.begun(context.facts.today) for one in left)
    said = context.texts.number_of(
        "{n} Vereinbarung läuft, {over} abgelaufen.",
        "{n} Vereinbarungen laufen, {over} abgelaufen.",
        running,
        over=context.texts.number(len(context.site.agreements) - len(left)),
    )
    return f"{said} {coming_text(context.texts, len(left) - running)}".rstrip()


def coming_text(texts: Texts, coming: int) -> str:
    """Say how many agreements are still to begin; nothing where there are none."""
    return texts.number_of("{n} beginnt noch.", "{n} beginnen noch.", coming) if coming else ""


def _item(context: Context, path: str, agreement: Agreement) -> TimelineItem:
    """Return an agreement as a row: its days are those on which its goals were looked at together."""
    _ = context.gettext
    today = context.facts.today
    begun = agreement.begun(today)
    if not agreement.runs(today):
        state = _("Vereinbarung, abgelaufen")
    else:
        state = _("Vereinbarung, läuft") if begun else _("Vereinbarung, noch nicht begonnen")
    name = context.texts.of(agreement, "name")
    words = _("geprüft: {date}")
    days = [day for day in _review_days(agreement) if day.last_day <= today]
    return TimelineItem(
        name=name.text,
        lang=name.lang,
        href=f"{context.href(path, 'agreements')}#{agreement.id}",
        state=state,
        begins=agreement.from_,
        ends=agreement.until,
        term=_term(context, agreement),
        bar="running" if begun else "decided",
        days=[(day.last_day, "made", words.format(date=context.texts.date(day))) for day in days],
    )


def _term(context: Context, agreement: Agreement) -> str:
    """Say from when until when an agreement runs, as far as it is known."""
    _ = context.gettext
    date = context.texts.date
    start, end = agreement.from_, agreement.until
    if start and end:
        return _("{start} bis {end}").format(start=date(start), end=date(end))
    if start:
        return _("seit {date}").format(date=date(start))
    if end:
        return _("bis {date}").format(date=date(end))
    return ""


def _budgets(context: Context, agreement: Agreement) -> TableContent:
    """Return the sub-budgets; shares and a sum only where every amount is told."""
    _ = context.gettext
    total = _sum_of(agreement.sub_budgets)
    rows = [_budget_row(context, item, total) for item in agreement.sub_budgets]
    if total and len(rows) > 1:
        summed = _amount(context, total, agreement.sub_budgets[0])
        rows.append((TableCell(_("Zusammen")), TableCell(summed), NOTHING))
    return table_of([_("Wofür")], [_("Betrag"), _("Anteil")], rows)


def _sum_of(items: Sequence[SubBudget]) -> Decimal:
    """Add up sub-budgets; 0 where an amount isn't told, or where some are for a year and others for the whole term."""
    amounts = [item.amount for item in items if item.amount is not None]
    spans = {item.every for item in items}
    if len(amounts) < len(items) or len(spans) != 1:
        return Decimal()
    return sum(amounts, Decimal())


def _amount(context: Context, amount: Decimal, of: SubBudget) -> str:
    """Write an amount and for how long it is, as a sub-budget says."""
    _ = context.gettext
    spans = {"year": " " + _("im Jahr"), "term": " " + _("für die ganze Laufzeit"), None: ""}
    return context.texts.euros(amount) + spans[of.every]


def _budget_row(context: Context, item: SubBudget, total: Decimal) -> Sequence[TableCell]:
    """Return what a sub-budget is for, its amount, and its share of `total` where that isn't 0."""
    name = TableCell(context.written(item.name))
    if item.amount is None:
        return name, TableCell(context.gettext("nicht genannt"), muted=True), NOTHING
    amount = TableCell(_amount(context, item.amount, item))
    if not total:
        return name, amount, NOTHING
    share = context.texts.percent(item.amount / total * 100, 0)
    return name, amount, TableCell(share)


def _goals(context: Context, agreement: Agreement) -> TableContent:
    """Return how each goal stood on each day, the days in order; the last one is what holds."""
    _ = context.gettext
    days = _review_days(agreement)
    heads = [context.texts.date(day) for day in days] or [_("Stand")]
    rows = []
    for goal in agreement.goals:
        of_day = {review.date: _review(context, review) for review in goal.reviews}
        cells = [of_day.get(day, NOTHING) for day in days]
        if not of_day:
            cells = [*cells[:-1], TableCell(_("noch nicht bewertet"), muted=True)]
        rows.append((TableCell(context.written(goal.name)), *cells))
    return table_of([_("Ziel"), *heads], [], rows)


def _review_days(agreement: Agreement) -> list[PartialDate]:
    """Return the days on which a goal was looked at, in order."""
    reviews = chain.from_iterable(goal.reviews for goal in agreement.goals)
    return sorted({review.date for review in reviews}, key=PartialDate.isoformat)


def _review(context: Context, review: Review) -> TableCell:
    state = pattern('<span class="nr-state nr-state--{}">{}</span>').format(
        review.status, status_name(context.texts, review.status)
    )
    if not review.note:
        return TableCell(state)
    return TableCell(
        pattern('<span>{}<span class="nr-glance__small">{}</span></span>').format(
            state, context.written(review.note)
        )
    )


def goals_text(texts: Texts, running: Iterable[Agreement]) -> str:
    """Say how all goals stand by their last review; nothing where there are none."""
    goals = list(chain.from_iterable(one.goals for one in running))
    if not goals:
        return ""
    stands = Counter(_stand(texts, goal) for goal in goals)
    counted = ", ".join(f"{texts.number(number)} {name}" for name, number in stands.most_common())
    return texts.number_of("{n} Ziel: {states}.", "{n} Ziele: {states}.", len(goals), states=counted)


def _stand(texts: Texts, goal: Goal) -> str:
    """Say how a goal stands by its last review."""
    if not goal.reviews:
        return texts.gettext("noch nicht bewertet")
    last = max(goal.reviews, key=lambda review: review.date.isoformat())
    return status_name(texts, last.status)


def _view_of_all(context: Context, path: str, key: str) -> AgreementsView:
    """Gather the agreements that run and those that are over, each by name, and how the goals of those stand that a town has itself."""
    today, agreements = context.facts.today, context.site.agreements
    ids = sorted(agreements, key=lambda name: agreements[name].name.casefold())
    over = [name for name in ids if not agreements[name].runs(today)]
    current = [name for name in ids if name not in over]
    own = [agreements[name] for name in current if agreements[name].origin is None]
    ends = ending_agreements(context)
    return AgreementsView(
        goals_text(context.texts, own),
        picture(context, path) if ids else None,
        taken(context, path, context.gettext("Vereinbarungen"), drawings(context, path, key)),
        agreement_sections(context, current),
        agreement_sections(context, over),
        [(context.texts.date(day), one) for day, one in ends],
        ENDS if ends else "",
    )


def render_agreements(context: Context, key: str) -> Page:
    """Make the page of all agreements: running ones first, then those that ended."""
    _ = context.gettext
    path = context.path("agreements", key)
    view = _view_of_all(context, path, key)
    return context.page(
        view,
        path,
        family="reports",
        title=_("Vereinbarungen"),
        description=_("Verträge mit Trägern: Teilbudgets, Ziele und Arbeit ohne Fallbezug."),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
        toc=(
            *((Heading("enden", _("Wann Vereinbarungen enden")),) if view.ends else ()),
            *(Heading(item.id, context.texts.name(item.agreement)) for item in view.running),
        ),
        indexed=not context.site.internal,
    )


def half_years(needs: Iterable[Need]) -> list[HalfYear]:
    """Return every half-year in which something was named, in order."""
    named = chain.from_iterable(need.named for need in needs)
    return sorted({naming.half_year for naming in named}, key=str)


def need_table(context: Context, path: str, ids: Iterable[str]) -> TableContent | None:
    """Return needs as a table on the page at `path`, None where there are none."""
    _ = context.gettext
    needs = [context.site.needs[key] for key in ids]
    if not needs:
        return None
    halves = half_years(needs)
    columns = (
        TableColumn(_("Was fehlt")),
        TableColumn(_("Für wen")),
        *(TableColumn(period_text(context.texts, str(half)), num=True) for half in halves),
        TableColumn(_("Genannt von")),
        TableColumn(_("Stand")),
    )
    return TableContent(columns, [_need_row(context, path, need, halves) for need in needs])


def _need_row(context: Context, path: str, need: Need, halves: list[HalfYear]) -> Sequence[TableCell]:
    who = dict.fromkeys(_source(context, naming.source) for naming in need.named)
    about = [context.texts.name(context.words.topics[topic]) for topic in need.topics]
    if need.ages is not None:
        about.append(ages_text(context.texts, need.ages))
    name = context.translated(need)
    if len(need.spaces) > 1:
        name = pattern("{} ({})").format(name, context.gettext("alle Gebiete zusammen"))
    return (
        TableCell(name),
        TableCell(", ".join(filter(None, about))),
        *(_times_cell(context, need, half) for half in halves),
        TableCell(", ".join(who)),
        TableCell(_status(context, path, need)),
    )


def times_named(need: Need, half: HalfYear | None) -> int:
    """Return how often a need was named in a half-year."""
    return sum(naming.times for naming in need.named if naming.half_year == half)


def _times_cell(context: Context, need: Need, half: HalfYear) -> TableCell:
    times = times_named(need, half)
    return TableCell(context.texts.number(times), sort=times) if times else NOTHING


def _source(context: Context, source: str) -> str:
    _ = context.gettext
    return {"families": _("Familien"), "professionals": _("Fachkräften"), "groups": _("Gruppen")}[source]


def _status(context: Context, path: str, need: Need) -> Markup:
    _ = context.gettext
    words = {
        "open": _("offen"),
        "planned": _("in Planung"),
        "answered": _("beantwortet"),
        "dropped": _("nicht weiter verfolgt"),
    }
    text = Markup.escape(words[need.status])
    if need.answered_by is not None and need.answered_by in context.site.offers:
        href = context.href(path, "offer", need.answered_by)
        name = context.translated(context.site.offers[need.answered_by])
        text = pattern('{}: <a href="{}">{}</a>').format(text, href, name)
    measures = context.site.records("measures")
    if need.measure is not None and need.measure in measures:
        href = f"{context.href(path, 'measures')}#{need.measure}"
        name = context.translated(measures[need.measure])
        text = pattern('{}; {}: <a href="{}">{}</a>').format(text, _("Maßnahme"), href, name)
    return text


def render_needs(context: Context, key: str) -> Page:
    """Make the page of all needs, by space; a need of several spaces stands with each."""
    _ = context.gettext
    path = context.path("needs", key)
    needs = context.site.needs
    by_space: dict[str, list[str]] = {}
    for name in sorted(needs, key=lambda name: needs[name].name.casefold()):
        for space in needs[name].spaces or ("",):
            by_space.setdefault(space, []).append(name)
    tables = []
    for space in (*context.site.spaces, ""):
        content = need_table(context, path, by_space.get(space, ()))
        if content is not None:
            tables.append((space, content))
    view = NeedsView(tables)
    return context.page(
        view,
        path,
        family="internal",
        title=_("Bedarfe"),
        description=_("Was in den Sozialräumen fehlt, nach Halbjahren gezählt."),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        indexed=False,
    )
