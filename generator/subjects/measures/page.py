"""„Vorhaben“, the measures of planning on one page: which need, what they cost, who sees to it, who decided, when they are looked at again; their order by state, which sums are told and what isn't in them, what counts as decided, which reviews are overdue."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from markupsafe import Markup

from generator.model.dates import PartialDate
from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page, with_contents
from generator.render.base.page_type import PageType
from generator.render.base.view import GlanceRow, View
from generator.render.base.wording import ages_text
from generator.render.directory.listing import areas_met, tree
from generator.render.directory.record_lines import inline_lines, member_lines, offer_lines
from generator.render.figures.charts import TimelineItem
from generator.render.figures.charts.timeline import BarKind, LineOfTime, MarkKind, line_of_time
from generator.render.figures.picture_files import HandedOn, TakeAlong, pictures_of, taken
from generator.render.pages.agreement_pages import running_items
from generator.subjects.measures.model import (
    APPROVING,
    DecisionResult,
    MeasureCost,
    MeasureDecision,
    MeasureReview,
    MeasureStatus,
    PlanningMeasure,
    PlanningMeasureFacts,
    derived_measures,
    planning_measures,
)

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
    rows: Sequence[GlanceRow]


@dataclass(frozen=True, slots=True)
class MeasuresView(View):
    """All measures by their state, under the heading of each, what they can be narrowed by, and what those that are decided or run cost together."""

    template = "measures.html"

    line: LineOfTime
    take: TakeAlong
    groups: Mapping[MeasureStatus, Sequence[MeasureEntry]]
    headings: Mapping[MeasureStatus, str]
    states: Sequence[tuple[str, str]]
    spaces: Sequence[tuple[str, str]]
    sums: Markup
    overdue: str


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is a page where there is a measure."""
    del facts
    return ("",) if planning_measures(site) else ()


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.gettext
    path = context.path("measures", key)
    measures = planning_measures(context.site)
    titles, groups = status_titles(context), {}
    for status in ORDER:
        entries = [_entry(context, path, measures[name]) for name in _sorted(context, status)]
        if entries:
            groups[status] = entries
    there = areas_met(context, [*chain.from_iterable(measure.spaces for measure in measures.values())])
    spaces = [(name, named(context, name)) for name in tree(context) if name in there]
    take = taken(context, path, _("Vorhaben"), drawings(context, path, key))
    view = MeasuresView(
        line=picture(context, path),
        take=take,
        groups=groups,
        spaces=spaces,
        headings={status: titles[status].capitalize() for status in groups},
        states=[(status, titles[status]) for status in groups],
        sums=sums(context),
        overdue=overdue(context),
    )
    description = _(
        "Was gegen welchen Bedarf getan wird, was es kostet, wer es beschlossen hat und wann es geprüft wird."
    )
    page = context.page(
        view,
        path,
        family="measures",
        title=_("Vorhaben"),
        description=description,
        crumbs=(context.crumb(_("Berichte"), "reports"),),
    )
    return with_contents(page)


def overdue(context: Context) -> str:
    """Say how many measures should have been reviewed by now; nothing where there is none."""
    late = sum(item.overdue for item in derived_measures(context.facts).values())
    if not late:
        return ""
    return context.texts.number_of(
        "Bei {n} Maßnahme ist die Überprüfung überfällig.",
        "Bei {n} Maßnahmen ist die Überprüfung überfällig.",
        late,
    )


def status_titles(context: Context) -> dict[MeasureStatus, str]:
    """Name each state of a measure."""
    _ = context.gettext
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
    parts = []
    for state in ORDER:
        if states[state]:
            number = texts.number(states[state])
            parts.append(f"{number} {titles[state]}")
    states_text = ", ".join(parts)
    return texts.number_of(
        "{n} Maßnahme: {states}.", "{n} Maßnahmen: {states}.", len(found), states=states_text
    )


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
    there = []
    for name, measure in measures.items():
        if measure.status == status:
            there.append((not facts[name].overdue, measure.name.casefold(), name))
    return [name for *_rank, name in sorted(there)]


# --- the line of time ----------------------------------------------------------------------------------------------


def picture(context: Context, path: str) -> LineOfTime:
    """Draw all measures on one line of time, in the order of the page at `path`, below them the agreements that run."""
    items = []
    for status in ORDER:
        items += [_item(context, planning_measures(context.site)[name]) for name in _sorted(context, status)]
    items += running_items(context, path)
    return line_of_time(context, context.gettext("Vorhaben"), counted(context), items)


def drawings(context: Context, path: str, key: str) -> tuple[HandedOn, ...]:
    """Return the line of time, to be taken along."""
    del key
    _ = context.gettext
    line = picture(context, path)
    notes = (
        _("Was hier nicht steht: ob etwas hilft, und ob es reicht."),
        _("Kein Betrag begrenzt den Anspruch einer Familie auf Hilfe."),
    )
    return (HandedOn("zeit", line.picture, line.title, f"{counted(context)} {line.note}", notes, line.keys),)


def _item(context: Context, measure: PlanningMeasure) -> TimelineItem:
    last = derived_measures(context.facts)[measure.id].decided
    begin, end = measure.from_, _end(context, measure)
    name = context.texts.of(measure, "name")
    days = sorted(_days(context, measure))
    return TimelineItem(
        name=name.text,
        lang=name.lang,
        href=f"#{measure.id}",
        state=state_text(context, measure),
        begins=begin.first_day if begin is not None else None,
        ends=end.last_day if end is not None else None,
        term=_term(context, measure),
        bar=_bar_of(measure, last),
        days=tuple(days),
    )


def _bar_of(measure: PlanningMeasure, last: MeasureDecision | None) -> BarKind | None:
    """Return how the bar of a measure looks; what is only proposed or was dropped has none."""
    if measure.status in ("running", "done"):
        return "running"
    if measure.status == "decided":
        return "limited" if last is not None and last.result in ("conditional", "limited") else "decided"
    return None


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


def _days(context: Context, measure: PlanningMeasure) -> Iterator[tuple[dt.date, MarkKind, str]]:
    """Yield the days of decisions, and of the reviews of what is more than proposed."""
    _ = context.gettext
    date = context.texts.date
    for item in measure.decisions:
        result = decision_result(context, item.result)
        yield item.date, _MARKS[item.result], f"{date(item.date)}: {result}"
    if measure.status == "proposed":
        return
    for review in measure.reviews:
        if review.made:
            yield review.made.last_day, "made", _("geprüft: {date}").format(date=date(review.made))
        else:
            yield review.due.last_day, "due", _("Überprüfung bis {date}").format(date=date(review.due))


# --- a measure -----------------------------------------------------------------------------------------------------


def _entry(context: Context, path: str, measure: PlanningMeasure) -> MeasureEntry:
    _ = context.gettext
    facts = derived_measures(context.facts)[measure.id]
    areas = [linked(context.href(path, "space", key), space_name(context, key)) for key in measure.spaces]
    if not areas:
        areas = [Markup.escape(_("ganze Stadt"))]
    about = [context.translated(context.site.words.topics[topic]) for topic in measure.topics]
    if measure.ages is not None:
        about.append(Markup.escape(ages_text(context.texts, measure.ages)))
    late = ""
    if facts.overdue and facts.next_review is not None:
        due = context.texts.date(facts.next_review.due)
        late = _("Überprüfung überfällig seit {date}").format(date=due)
    topics = Markup(", ").join(about)
    return MeasureEntry(
        measure=measure,
        about=Markup(" · ").join([*areas, topics]),
        state=state_text(context, measure),
        spaces=" ".join(areas_met(context, measure.spaces)) or "*",
        overdue=late,
        rows=tuple(_rows(context, path, measure, facts)),
    )


def _rows(
    context: Context, path: str, measure: PlanningMeasure, facts: PlanningMeasureFacts
) -> Iterable[GlanceRow]:
    _ = context.gettext
    nothing = _("Dazu ist nichts eingetragen.")
    owner = inline_lines(context, path, member_lines(context, [measure.owner]))
    partners = inline_lines(context, path, member_lines(context, measure.partners))
    together = pattern(_("zusammen mit {names}")).format(names=partners) if partners else ""
    inclusion = context.translated(measure, "inclusion") if measure.inclusion else nothing
    costs = cost_text(context, measure)
    if measure.status == "dropped" and not measure.costs:
        costs = ""
    need, named_needs = context.translated(measure, "need"), _needs(context, path, measure)
    voices = _voices(context, measure) or [nothing]
    yield GlanceRow(_("Bedarf"), need, small=named_needs)
    yield GlanceRow(_("Kosten"), costs, small=_costs(context, path, measure))
    yield GlanceRow(_("Verantwortlich"), owner, small=together)
    yield _row(_("Beschluss"), _decisions(context, path, measure))
    yield GlanceRow(_("Zeitraum"), _term(context, measure))
    yield _row(_("Überprüfung"), _reviews(context, measure, facts))
    yield _row(_("Stimmen junger Menschen und Eltern"), voices)
    yield GlanceRow(_("Inklusion"), inclusion)
    yield GlanceRow(_("Angebote"), _offers(context, path, measure))


def _needs(context: Context, path: str, measure: PlanningMeasure) -> Markup:
    """Name the needs of the register that lead to it; on the internal site alone there are any."""
    named = [need for need in context.site.needs.values() if need.measure == measure.id]
    if not named:
        return Markup()
    href = context.href(path, "needs")
    links = Markup(", ").join(linked(href, context.translated(need)) for need in named)
    return pattern(context.gettext("Im Register der Bedarfe: {needs}")).format(needs=links)


def _row(term: str, lines: Iterable[Markup | str]) -> GlanceRow:
    """Put the first of several lines large, the others below it."""
    first, *others = lines
    return GlanceRow(term, first, small=Markup("<br>").join(others))


def cost_text(context: Context, measure: PlanningMeasure) -> str:
    """Say what a measure costs, once and each year; what nobody has put a figure to says so."""
    _ = context.gettext
    if not measure.costs:
        return _("noch nicht beziffert")
    return _guessed(context, _amounts(context, measure.costs) or _("keine"), measure.costs)


def _guessed(context: Context, text: str, costs: Collection[MeasureCost]) -> str:
    """Say beside a sum that some of its amounts are estimates, or all of them."""
    _ = context.gettext
    estimates = sum(item.estimated for item in costs)
    words = "{amount}"
    if estimates:
        words = _("{amount}, zum Teil geschätzt")
    if estimates == len(costs):
        words = _("{amount}, geschätzt")
    return words.format(amount=text)


def _amounts(context: Context, costs: Iterable[MeasureCost]) -> str:
    """Say what some costs come to, once and each year, as far as it isn't nothing."""
    _ = context.gettext
    sums = {"once": Decimal(), "year": Decimal()}
    for cost in costs:
        sums[cost.every] += cost.amount
    words = {"once": _("einmalig {amount}"), "year": _("im Jahr {amount}")}
    parts = [
        words[every].format(amount=context.texts.euros(amount)) for every, amount in sums.items() if amount
    ]
    return context.texts.join(parts)


def _costs(context: Context, path: str, measure: PlanningMeasure) -> Markup:
    """Name every part of the costs: the sum above it can be added up again."""
    _ = context.gettext
    lines = []
    budgets = context.site.records("budgets")
    for item in measure.costs:
        every = _("einmalig") if item.every == "once" else _("im Jahr")
        amount = context.texts.euros(item.amount)
        more: list[str | Markup] = [f"{amount} {every}"]
        if item.estimated:
            more.append(_("geschätzt"))
        if item.paid_from:
            more.append(context.written(item.paid_from))
        if item.budget is not None and item.budget in budgets:
            name, href = context.translated(budgets[item.budget]), context.href(path, "budget", item.budget)
            more.append(linked(href, name))
        lines.append(pattern("{}: {}").format(context.written(item.name), Markup(", ").join(more)))
    text = Markup("<br>").join(lines)
    return text + context.made_up(measure, "costs") if text else text


def decision_result(context: Context, result: DecisionResult | None) -> str:
    """Name what came of a decision."""
    _ = context.gettext
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


def _decisions(context: Context, path: str, measure: PlanningMeasure) -> list[Markup | str]:
    """Return the decisions, the latest first."""
    _ = context.gettext
    if not measure.decisions:
        return [_("Ein Beschluss ist nicht eingetragen.")]
    lines: list[Markup | str] = []
    for item in sorted(measure.decisions, key=lambda item: item.date, reverse=True):
        network = context.site.networks[item.by]
        name = linked(context.href(path, "network", item.by), context.translated(network))
        result, date = decision_result(context, item.result), context.texts.date(item.date)
        line = pattern("{}, {}: {}").format(name, date, result)
        if item.condition:
            line += pattern(", {}").format(context.written(item.condition))
        if item.until is not None:
            until = context.texts.date(item.until)
            line += ", " + _("bis {date}").format(date=until)
        if item.paper:
            line += pattern(" ({})").format(context.written(item.paper))
        if item.text:
            line += pattern(". {}").format(context.written(item.text))
        lines.append(line)
    return lines


def _end(context: Context, measure: PlanningMeasure) -> PartialDate | None:
    """Return when a measure ends: by itself, else by the decision that limits it."""
    last = derived_measures(context.facts)[measure.id].decided
    if measure.until is None and last is not None and last.until is not None:
        return PartialDate(last.until.year, last.until.month, last.until.day)
    return measure.until


def _term(context: Context, measure: PlanningMeasure) -> str:
    _ = context.gettext
    date = context.texts.date
    start, end = measure.from_, _end(context, measure)
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
    _ = context.gettext
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
    return [_("Dazu ist nichts eingetragen.")]


def _by_whom(context: Context, review: MeasureReview, words: str, day: PartialDate) -> Markup:
    """Say when a review was or is to be made, in the given words, and who makes it, where that is known."""
    text = Markup.escape(words.format(date=context.texts.date(day)))
    if review.by:
        text += pattern(", {}").format(context.written(review.by))
    return text


def _voices(context: Context, measure: PlanningMeasure) -> list[Markup | str]:
    lines: list[Markup | str] = []
    for item in measure.voices:
        asked = [context.written(item.who), context.written(item.how)]
        if item.date is not None:
            asked.append(Markup.escape(context.texts.date(item.date)))
        whom = Markup(", ").join(filter(None, asked))
        line = pattern("{}: {}").format(whom, context.written(item.said))
        if item.result:
            words = pattern(" <strong>{}</strong> {}")
            line += words.format(context.gettext("Daraus wurde:"), context.written(item.result))
        lines.append(line)
    return lines


def _offers(context: Context, path: str, measure: PlanningMeasure) -> Markup:
    found = []
    there = [key for key in measure.offers if key in context.site.offers]
    for line in offer_lines(context, there):
        said = linked(context.href(path, "offer", line.id), line.name)
        if line.text:
            said += pattern(" ({})").format(line.text)
        found.append(said)
    return Markup(", ").join(found)


# --- all of them ---------------------------------------------------------------------------------------------------


def sums(context: Context) -> Markup:
    """Say what the measures that are decided or run cost together, what isn't in it, how many have no figure, and what comes out of budgets."""
    _ = context.gettext
    going = [one for one in planning_measures(context.site).values() if one.status in ("decided", "running")]
    costs: list[MeasureCost] = []
    for one in going:
        costs += one.costs
    if not costs:
        return Markup()
    amount = _guessed(context, _total(context, costs), costs)
    said: list[str | Markup] = [
        _("Was beschlossen ist oder läuft, kostet zusammen {amount}.").format(amount=amount)
    ]
    unpriced = sum(not one.costs for one in going)
    if unpriced:
        said.append(
            context.texts.number_of(
                "{n} davon ist noch nicht beziffert.", "{n} davon sind noch nicht beziffert.", unpriced
            )
        )
    said += _out_of_budgets(context, costs)
    said.append(_("In der Summe fehlt, was nur vorgeschlagen ist und was in Vereinbarungen steht."))
    return Markup(" ").join(said)


def _out_of_budgets(context: Context, costs: Sequence[MeasureCost]) -> Iterator[str | Markup]:
    """Yield what comes out of budgets, and how far each is decided; they stand for themselves: whoever adds both up counts it twice."""
    _ = context.gettext
    budgets = context.site.records("budgets")
    budgeted = [cost for cost in costs if cost.budget in budgets]
    if not budgeted:
        return
    words = _(
        "Davon kommen {amount} aus Budgets, die eigene Seiten haben; dort ist dieses Geld schon gezählt."
    )
    yield words.format(amount=_total(context, budgeted))
    for key in dict.fromkeys(str(cost.budget) for cost in budgeted):
        budget = budgets[key]
        decision = context.written(budget.decision) or _("Ein Beschluss ist nicht eingetragen.")
        yield pattern("{}: {}").format(context.translated(budget), decision)


def _total(context: Context, costs: Iterable[MeasureCost]) -> str:
    """Say what some costs come to, once and each year; that it is nothing, too."""
    return _amounts(context, costs) or context.texts.euros(Decimal())


PAGES = (PageType("measures", keys, render, pictures=pictures_of(drawings)),)
