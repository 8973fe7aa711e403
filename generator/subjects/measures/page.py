"""The measures of planning on one page: which need, what it costs, who sees to it, who decided, when it is looked at again."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.model.dates import PartialDate
from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.macros import GlanceRow
from generator.render.base.page import Heading, Page
from generator.render.base.page_type import PageType
from generator.render.base.pattern import linked, pattern
from generator.render.base.place_names import named, space_name
from generator.render.base.view import View
from generator.render.base.wording import ages_text
from generator.render.directory.listing import areas_around, tree
from generator.render.directory.record_lines import inline_lines, member_lines, offer_lines
from generator.render.figures.charts import TimelineItem
from generator.render.figures.charts.timeline import BarKind, MarkKind
from generator.render.figures.line_of_time import LineOfTime, line_of_time
from generator.render.figures.taking import HandedOn, TakeAlong, taken
from generator.render.pages.agreement import running_items
from generator.subjects.measures.model import (
    APPROVING,
    DecisionResult,
    MeasureDecision,
    MeasureReview,
    MeasureStatus,
    PlanningMeasure,
    planning_measures,
)
from generator.subjects.measures.model_results import PlanningMeasureFacts, derived_measures

ORDER: tuple[MeasureStatus, ...] = ("running", "decided", "proposed", "done", "dropped")
"""States in the order of the page: what goes on first, what is over last."""


@dataclass(frozen=True, slots=True)
class MeasureEntry:
    """A measure in words; `about` is whom it is for and where, `state` how far it is, `spaces` what the page can be narrowed by, `overdue` a review that is."""

    measure: PlanningMeasure
    about: Markup
    state: str
    spaces: str
    overdue: str
    rows: tuple[GlanceRow, ...]


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    """The measures of a state."""

    status: MeasureStatus
    title: str
    heading: str
    entries: tuple[MeasureEntry, ...]


@dataclass(frozen=True, slots=True)
class MeasuresView(View):
    """All measures by their state, what they can be narrowed by, and what those that are decided or run cost together."""

    template = "measures.html"

    line: LineOfTime
    take: TakeAlong
    groups: tuple[MeasureGroup, ...]
    spaces: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    sums: str
    overdue: str


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is a page where there is a measure."""
    del facts
    return ("",) if planning_measures(site) else ()


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.texts.gettext
    path = context.path("measures", key)
    measures = planning_measures(context.site)
    titles = status_titles(context)
    groups = []
    for status in ORDER:
        entries = tuple(_entry(context, path, measures[name]) for name in _sorted(context, status))
        if entries:
            groups.append(MeasureGroup(status, titles[status], titles[status].capitalize(), entries))
    there: set[str] = set()
    for measure in measures.values():
        there.update(areas_around(context, measure.spaces))
    view = MeasuresView(
        line=picture(context, path),
        take=taken(context, path, _("Vorhaben"), drawings(context, path, key)),
        groups=tuple(groups),
        spaces=tuple((name, named(context, name)) for name in tree(context) if name in there),
        states=tuple((group.status, group.title) for group in groups),
        sums=sums(context),
        overdue=overdue(context),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="measures",
        title=_("Vorhaben"),
        description=_(
            "Was gegen welchen Bedarf getan wird, was es kostet, wer es beschlossen hat und wann es geprüft wird."
        ),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
        toc=tuple(Heading(f"stand-{group.status}", group.heading) for group in groups),
    )


def overdue(context: Context) -> str:
    """Say how many measures should have been reviewed by now; nothing where there is none."""
    late = sum(item.overdue for item in derived_measures(context.facts).values())
    words = context.texts.ngettext(
        "Bei {n} Maßnahme ist die Überprüfung überfällig.",
        "Bei {n} Maßnahmen ist die Überprüfung überfällig.",
        late,
    )
    return words.format(n=context.texts.number(late)) if late else ""


def status_titles(context: Context) -> dict[MeasureStatus, str]:
    """Name each state of a measure."""
    _ = context.texts.gettext
    return {
        "proposed": _("vorgeschlagen"),
        "decided": _("beschlossen"),
        "running": _("läuft"),
        "done": _("abgeschlossen"),
        "dropped": _("nicht weiter verfolgt"),
    }


def counted(context: Context) -> str:
    """Say how many measures there are in each state."""
    texts, found = context.texts, planning_measures(context.site)
    titles = status_titles(context)
    states = Counter(one.status for one in found.values())
    parts = (f"{texts.number(states[state])} {titles[state]}" for state in ORDER if states[state])
    words = texts.ngettext("{n} Maßnahme: {states}.", "{n} Maßnahmen: {states}.", len(found))
    return words.format(n=texts.number(len(found)), states=", ".join(parts))


def state_text(context: Context, measure: PlanningMeasure) -> str:
    """Say how far a measure is: what is only recommended, referred or decided under a condition is called so, and nothing else."""
    last = derived_measures(context.facts)[measure.id].decided
    if last is None or measure.status in ("running", "done"):
        return status_titles(context)[measure.status]
    decided = last.result in APPROVING
    if decided == (measure.status == "decided") and (
        measure.status != "dropped" or last.result == "rejected"
    ):
        return decision_result(context, last.result)
    return status_titles(context)[measure.status]


def _sorted(context: Context, status: MeasureStatus) -> list[str]:
    measures, facts = planning_measures(context.site), derived_measures(context.facts)
    there = [name for name, measure in measures.items() if measure.status == status]
    return sorted(there, key=lambda name: (not facts[name].overdue, measures[name].name.casefold(), name))


# --- the line of time ----------------------------------------------------------------------------------------------


def picture(context: Context, path: str) -> LineOfTime:
    """Draw all measures on one line of time, in the order of the page at `path`, below them the agreements that run."""
    _ = context.texts.gettext
    items = []
    for status in ORDER:
        items += [_item(context, planning_measures(context.site)[name]) for name in _sorted(context, status)]
    items += running_items(context, path)
    return line_of_time(context, _("Vorhaben"), counted(context), items)


def drawings(context: Context, path: str, key: str) -> tuple[HandedOn, ...]:
    """Return the line of time, to be taken along."""
    del key
    _ = context.texts.gettext
    line = picture(context, path)
    notes = (
        _("Was hier nicht steht: ob etwas hilft, und ob es reicht."),
        _("Kein Betrag begrenzt den Anspruch einer Familie auf Hilfe."),
    )
    return (HandedOn("zeit", line.picture, line.title, f"{counted(context)} {line.note}", notes, line.keys),)


def _item(context: Context, measure: PlanningMeasure) -> TimelineItem:
    days = sorted((*_decided_days(context, measure), *_review_days(context, measure)))
    name = context.texts.of(measure, "name")
    return TimelineItem(
        name=name.text,
        lang=name.lang,
        href=f"#{measure.id}",
        state=state_text(context, measure),
        begins=measure.from_.first_day if measure.from_ is not None else None,
        ends=_end(context, measure),
        term=_term(context, measure),
        bar=_bar_of(context, measure),
        days=tuple(days),
    )


def _end(context: Context, measure: PlanningMeasure) -> dt.date | None:
    """Return the last day of a measure: its own, else that until which it is decided."""
    last = derived_measures(context.facts)[measure.id].decided
    if measure.until is not None:
        return measure.until.last_day
    if last is not None and last.result == "limited":
        return last.until
    return None


def _bar_of(context: Context, measure: PlanningMeasure) -> BarKind | None:
    """Return how the bar of a measure looks; what is only proposed or was dropped has none."""
    if measure.status in ("proposed", "dropped"):
        return None
    if measure.status in ("running", "done"):
        return "running"
    last = derived_measures(context.facts)[measure.id].decided
    return "limited" if last is not None and last.result in ("conditional", "limited") else "decided"


_MARKS: dict[DecisionResult | None, MarkKind] = {
    None: "pending",
    "recommended": "recommended",
    "approved": "approved",
    "changed": "approved",
    "conditional": "qualified",
    "limited": "qualified",
    "postponed": "moved",
    "referred": "moved",
    "rejected": "rejected",
}


def _decided_days(context: Context, measure: PlanningMeasure) -> Iterator[tuple[dt.date, MarkKind, str]]:
    for item in measure.decisions:
        said = f"{context.texts.date(item.date)}: {decision_result(context, item.result)}"
        yield item.date, _MARKS[item.result], said


def _review_days(context: Context, measure: PlanningMeasure) -> Iterator[tuple[dt.date, MarkKind, str]]:
    _ = context.texts.gettext
    if measure.status == "proposed":
        return
    for item in measure.reviews:
        if item.made:
            words = _("geprüft: {date}").format(date=context.texts.date(item.made))
            yield item.made.last_day, "made", words
        else:
            words = _("Überprüfung bis {date}").format(date=context.texts.date(item.due))
            yield item.due.last_day, "due", words


# --- a measure -----------------------------------------------------------------------------------------------------


def _entry(context: Context, path: str, measure: PlanningMeasure) -> MeasureEntry:
    _ = context.texts.gettext
    facts = derived_measures(context.facts)[measure.id]
    areas: list[str | Markup] = []
    areas += [linked(context.href(path, "space", key), space_name(context, key)) for key in measure.spaces]
    if not areas:
        areas.append(_("ganze Stadt"))
    about: list[str | Markup] = []
    about += [context.translated(context.site.words.topics[topic]) for topic in measure.topics]
    if measure.ages is not None:
        about.append(ages_text(context.texts, measure.ages))
    late = ""
    if facts.overdue and facts.next_review is not None:
        late = _("Überprüfung überfällig seit {date}").format(date=context.texts.date(facts.next_review.due))
    return MeasureEntry(
        measure=measure,
        about=Markup(" · ").join([*areas, Markup(", ").join(about)]),
        state=state_text(context, measure),
        spaces=" ".join(areas_around(context, measure.spaces)) or "*",
        overdue=late,
        rows=tuple(_rows(context, path, measure, facts)),
    )


def _rows(
    context: Context, path: str, measure: PlanningMeasure, facts: PlanningMeasureFacts
) -> Iterable[GlanceRow]:
    _ = context.texts.gettext
    yield GlanceRow(_("Bedarf"), context.translated(measure, "need"), small=_needs(context, path, measure))
    yield GlanceRow(_("Kosten"), cost_text(context, facts), small=_costs(context, path, measure))
    yield GlanceRow(
        _("Verantwortlich"), _members(path, context, [measure.owner]), small=_partners(context, path, measure)
    )
    yield _row(_("Beschluss"), _decisions(context, path, measure))
    yield GlanceRow(_("Zeitraum"), _term(context, measure))
    yield _row(_("Überprüfung"), _reviews(context, measure, facts))
    yield _row(_("Stimmen junger Menschen und Eltern"), _voices(context, measure))
    if measure.inclusion:
        yield GlanceRow(_("Inklusion"), context.translated(measure, "inclusion"))
    else:
        yield GlanceRow(_("Inklusion"), _("Dazu ist nichts eingetragen."))
    yield GlanceRow(_("Angebote"), _offers(context, path, measure))


def _needs(context: Context, path: str, measure: PlanningMeasure) -> Markup:
    """Name the needs of the register that lead to it; on the internal site alone there are any."""
    named = [need for need in context.site.needs.values() if need.measure == measure.id]
    if not named:
        return Markup()
    href = context.href(path, "needs")
    words = context.texts.gettext("Im Register der Bedarfe: {needs}")
    links = Markup(", ").join(linked(href, context.translated(need)) for need in named)
    return pattern(words.replace("{needs}", "{}")).format(links)


def _row(term: str, lines: Iterable[Markup | str]) -> GlanceRow:
    """Put the first of several lines large, the others below it."""
    first, *others = lines
    return GlanceRow(term, first, small=Markup("<br>").join(others))


def cost_text(context: Context, facts: PlanningMeasureFacts) -> str:
    """Say what a measure costs, once and each year; what nobody has put a figure to says so."""
    _ = context.texts.gettext
    if facts.unpriced:
        return _("noch nicht beziffert")
    text = _amounts(context, facts.once or Decimal(), facts.yearly or Decimal()) or _("keine")
    return _("{amount}, zum Teil geschätzt").format(amount=text) if facts.estimated else text


def _amounts(context: Context, once: Decimal, yearly: Decimal) -> str:
    """Say two amounts, as far as they aren't nothing."""
    _ = context.texts.gettext
    parts = []
    if once:
        parts.append(_("einmalig {amount}").format(amount=context.texts.euros(once)))
    if yearly:
        parts.append(_("im Jahr {amount}").format(amount=context.texts.euros(yearly)))
    return context.texts.join(parts)


def _costs(context: Context, path: str, measure: PlanningMeasure) -> Markup:
    """Name every part of the costs: the sum above it can be added up again."""
    _ = context.texts.gettext
    lines = []
    budgets = context.site.records("budgets")
    for item in measure.costs:
        every = _("einmalig") if item.every == "once" else _("im Jahr")
        more = [f"{context.texts.euros(item.amount)} {every}"]
        if item.estimated:
            more.append(_("geschätzt"))
        line = pattern("{}: {}").format(context.written(item.name), ", ".join(more))
        if item.paid_from:
            line += pattern(", {}").format(context.written(item.paid_from))
        if item.budget is not None and item.budget in budgets:
            href = context.href(path, "budget", item.budget)
            link = linked(href, context.translated(budgets[item.budget]))
            line += pattern(", {}").format(link)
        lines.append(line)
    text = Markup("<br>").join(lines)
    return text + context.made_up(measure, "costs") if text else text


def _members(path: str, context: Context, ids: Iterable[str]) -> Markup:
    return inline_lines(context, path, member_lines(context, ids))


def _partners(context: Context, path: str, measure: PlanningMeasure) -> str | Markup:
    if not measure.partners:
        return ""
    words = context.texts.gettext("zusammen mit {names}")
    return pattern(words.replace("{names}", "{}")).format(_members(path, context, measure.partners))


def decision_result(context: Context, result: DecisionResult | None) -> str:
    """Name what came of a decision."""
    _ = context.texts.gettext
    if result is None:
        return _("Beratung steht aus")
    return {
        "recommended": _("empfohlen"),
        "approved": _("beschlossen"),
        "changed": _("mit Änderungen beschlossen"),
        "conditional": _("unter Vorbehalt beschlossen"),
        "limited": _("befristet beschlossen"),
        "postponed": _("vertagt"),
        "referred": _("an ein anderes Gremium verwiesen"),
        "rejected": _("abgelehnt"),
    }[result]


def _decision(context: Context, path: str, item: MeasureDecision) -> Markup:
    href = context.href(path, "network", item.by)
    name = context.translated(context.site.networks[item.by])
    line = pattern("{}, {}: {}").format(
        linked(href, name), context.texts.date(item.date), decision_result(context, item.result)
    )
    if item.condition:
        line += pattern(", {}").format(context.written(item.condition))
    if item.until is not None:
        until = context.texts.gettext("bis {date}").format(date=context.texts.date(item.until))
        line += pattern(", {}").format(until)
    if item.paper:
        line += pattern(" ({})").format(context.written(item.paper))
    if item.text:
        line += pattern(". {}").format(context.written(item.text))
    return line


def _decisions(context: Context, path: str, measure: PlanningMeasure) -> list[Markup | str]:
    """Return the decisions, the latest first."""
    newest = sorted(measure.decisions, key=lambda item: item.date, reverse=True)
    if not newest:
        return [context.texts.gettext("Ein Beschluss ist nicht eingetragen.")]
    return [_decision(context, path, item) for item in newest]


def _term(context: Context, measure: PlanningMeasure) -> str:
    _ = context.texts.gettext
    date = context.texts.date
    start, end = measure.from_, measure.until
    if start and end:
        return _("{start} bis {end}").format(start=date(start), end=date(end))
    if start and start.first_day <= context.facts.today:
        return _("seit {date}").format(date=date(start))
    if start:
        return _("ab {date}").format(date=date(start))
    if end:
        return _("bis {date}").format(date=date(end))
    return ""


def _reviews(context: Context, measure: PlanningMeasure, facts: PlanningMeasureFacts) -> list[Markup | str]:
    """Return the next review, then what the earlier ones found."""
    _ = context.texts.gettext
    lines: list[Markup | str] = []
    if facts.next_review is not None:
        words = _("überfällig seit {date}") if facts.overdue else _("bis {date}")
        lines.append(_by_whom(context, facts.next_review, words, facts.next_review.due))
    made = [(item.made, item) for item in measure.reviews if item.made is not None]
    for day, item in sorted(made, key=lambda pair: pair[0].last_day, reverse=True):
        text = _by_whom(context, item, _("geprüft: {date}"), day)
        if item.result:
            text += pattern(". {}").format(context.written(item.result))
        lines.append(text)
    if lines:
        return lines
    if measure.status == "proposed":
        return [_("Erst nach einem Beschluss.")]
    return [_("Eine Überprüfung ist nicht vorgesehen.")]


def _by_whom(context: Context, review: MeasureReview, words: str, day: PartialDate) -> Markup:
    """Say when a review was or is to be made, in the given words, and who makes it, where that is known."""
    text = Markup.escape(words.format(date=context.texts.date(day)))
    if review.by:
        text += pattern(", {}").format(context.written(review.by))
    return text


def _voices(context: Context, measure: PlanningMeasure) -> list[Markup | str]:
    _ = context.texts.gettext
    if not measure.voices:
        return [_("Dazu ist nichts eingetragen.")]
    lines: list[Markup | str] = []
    for item in measure.voices:
        asked_of: list[str | Markup] = [context.written(item.who)]
        if item.how:
            asked_of.append(context.written(item.how))
        if item.date is not None:
            asked_of.append(context.texts.date(item.date))
        asked = Markup(", ").join(asked_of)
        line = pattern("{}: {}").format(asked, context.written(item.said))
        if item.result:
            line += pattern(" <strong>{}</strong> {}").format(
                _("Daraus wurde:"), context.written(item.result)
            )
        lines.append(line)
    return lines


def _offers(context: Context, path: str, measure: PlanningMeasure) -> Markup:
    lines = offer_lines(context, [key for key in measure.offers if key in context.site.offers])
    found = []
    for line in lines:
        said = linked(context.href(path, "offer", line.id), line.name)
        if line.text:
            said += pattern(" ({})").format(line.text)
        found.append(said)
    return Markup(", ").join(found)


# --- all of them ---------------------------------------------------------------------------------------------------


def sums(context: Context) -> str:
    """Say what the measures that are decided or run cost together, and how many of them have no figure."""
    _ = context.texts.gettext
    texts = context.texts
    going = [derived_measures(context.facts)[measure.id] for measure in _going(context)]
    if all(item.unpriced for item in going):
        return ""
    once = sum((item.once or Decimal() for item in going), Decimal())
    yearly = sum((item.yearly or Decimal() for item in going), Decimal())
    said = _("Was beschlossen ist oder läuft, kostet zusammen {amount}.").format(
        amount=_amounts(context, once, yearly) or texts.euros(once)
    )
    unpriced = sum(item.unpriced for item in going)
    if unpriced:
        words = texts.ngettext(
            "{n} davon ist noch nicht beziffert.", "{n} davon sind noch nicht beziffert.", unpriced
        )
        said += " " + words.format(n=texts.number(unpriced))
    return said + _budgeted(context)


def _going(context: Context) -> list[PlanningMeasure]:
    """Return the measures that are decided or run."""
    return [one for one in planning_measures(context.site).values() if one.status in ("decided", "running")]


def _budgeted(context: Context) -> str:
    """Say how much of it comes out of budgets that stand for themselves: whoever adds them up counts it twice."""
    costs = []
    for measure in _going(context):
        costs += [cost for cost in measure.costs if cost.budget in context.site.records("budgets")]
    if not costs:
        return ""
    once = sum((cost.amount for cost in costs if cost.every == "once"), Decimal())
    yearly = sum((cost.amount for cost in costs if cost.every == "year"), Decimal())
    words = context.texts.gettext(
        "Davon kommen {amount} aus Budgets, die eigene Seiten haben; dort ist dieses Geld schon gezählt."
    )
    return " " + words.format(amount=_amounts(context, once, yearly) or context.texts.euros(once))


PAGES = (PageType("measures", keys, render, drawings=drawings),)
