"""Make the page „Vorhaben“: all plans (measures and agreements) as a list, with a line of time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from generator.model.dates import PartialDate
from generator.model.facts import Facts
from generator.model.planning_records import Need
from generator.model.site import Site
from generator.render.base.area_names import first_up
from generator.render.base.context import Context
from generator.render.base.page import Page, with_contents
from generator.render.base.page_type import PageType, page_that_leads_on
from generator.render.base.view import View
from generator.render.base.wording import ages_text, status_text
from generator.render.directory.record_lines import RecordLines, member_lines, offer_lines, space_lines
from generator.render.figures.charts import TimelineItem
from generator.render.figures.charts.timeline import BarKind, LineOfTime, MarkKind, line_of_time
from generator.render.figures.picture_files import HandedOn, TakeAlong, pictures_of, taken
from generator.subjects.measures.model import (
    FEWEST_STAFF,
    Agreement,
    DecisionResult,
    FieldWork,
    MeasureCost,
    PlanningMeasure,
    PlanStatus,
    agreements,
    derived_measures,
    planning_measures,
)

ORDER: tuple[PlanStatus, ...] = ("running", "decided", "proposed", "unsaid", "done", "dropped")
"""States in the order of the page: what goes on first, what is over last."""
_Day = tuple[dt.date, MarkKind, str]
"""A mark on the line of time: day, kind, words."""


class Plan(Struct, frozen=True):
    """A measure or agreement on a day."""

    record: PlanningMeasure | Agreement
    status: PlanStatus
    item: TimelineItem  # its row on the line of time; has its state in words
    late: str = ""  # that a review is overdue


class PlanEntry(Struct, frozen=True):
    """A plan as the page shows it."""

    plan: Plan
    measure: PlanningMeasure | None  # the record, if it is one
    agreement: Agreement | None  # likewise
    spaces: RecordLines
    people: RecordLines  # in charge of a measure, partners of an agreement
    partners: RecordLines = ()  # of a measure
    offers: RecordLines = ()  # that resulted
    needs: Sequence[Need] = ()  # that it answers
    ages: str = ""
    cost: str = ""
    work: str = ""  # an agreement's share of work beyond single cases


class Contract(View, frozen=True):
    """An agreement as a part of another page."""

    template = "contract.html"

    entry: PlanEntry


class MeasuresView(View, frozen=True):
    """Plans by state."""

    template = "measures.html"

    line: LineOfTime | None
    take: TakeAlong  # the line of time as a file
    groups: Mapping[str, Sequence[PlanEntry]]  # by state in words
    results: Mapping[DecisionResult | None, str]  # what can come of a decision, in words
    sums: str  # what decided and running measures cost


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return the page's key if there are measures or agreements."""
    del facts
    return ("",) if planning_measures(site) or agreements(site) else ()


def render(context: Context, key: str) -> Page:
    """Make the page of all plans."""
    _ = context.gettext
    path = context.path("measures", key)
    titles = status_titles(context)
    groups: dict[str, list[PlanEntry]] = {}
    for plan in all_plans(context):
        groups.setdefault(first_up(titles[plan.status]), []).append(entry_of(context, plan))
    view = MeasuresView(
        line=picture(context),
        take=taken(context, path, _("Vorhaben"), drawings(context, path, key)),
        groups=groups,
        results=decision_results(context),
        sums=sums(context),
    )
    page = context.page(
        view,
        path,
        family="measures",
        title=_("Vorhaben"),
        description=_(
            "Was gegen welchen Bedarf getan wird, was es kostet, wer es beschlossen hat und wann es geprüft wird."
        ),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
    )
    return with_contents(page)


# --- how far things are --------------------------------------------------------------------------------------------


def status_titles(context: Context) -> dict[PlanStatus, str]:
    """Name each state of a measure."""
    _ = context.gettext
    return {
        "proposed": _("vorgeschlagen"),
        "decided": _("beschlossen"),
        "running": _("läuft"),
        "unsaid": _("ohne eingetragenes Ende"),
        "done": _("abgeschlossen"),
        "dropped": _("nicht weiter verfolgt"),
    }


def state_text(context: Context, measure: PlanningMeasure) -> str:
    """Say a measure's state: of a proposed or decided one its last decision's result, which says more than the status.

    Of a running one whose offers don't run it says how these stand in the directory.
    """
    last, titles = derived_measures(context.facts)[measure.id].decided, status_titles(context)
    offers = [key for key in measure.offers if key in context.site.offers]
    if measure.status == "running" and offers and context.facts.running.isdisjoint(offers):
        words = context.gettext("läuft; das Angebot dazu im Verzeichnis: {state}")
        return words.format(state=status_text(context.texts, context.site.offers[offers[0]]))
    given_up = measure.status == "dropped" and last is not None and last.result != "rejected"
    if last is None or given_up or measure.status in ("running", "done"):
        return titles[measure.status]
    return decision_results(context)[last.result]


def decision_results(context: Context) -> dict[DecisionResult | None, str]:
    """Name what can come of a decision."""
    _ = context.gettext
    return {
        None: _("Beratung steht aus"),
        "recommended": _("empfohlen"),
        "approved": _("beschlossen"),
        "changed": _("mit Änderungen beschlossen"),
        "conditional": _("unter Vorbehalt beschlossen"),
        "limited": _("befristet beschlossen"),
        "postponed": _("vertagt"),
        "referred": _("an ein anderes Gremium verwiesen"),
        "rejected": _("abgelehnt"),
    }


def all_plans(context: Context) -> list[Plan]:
    """Return all plans by state, overdue first, then by name."""
    plans = [_of_measure(context, one) for one in planning_measures(context.site).values()]
    plans += [_of_agreement(context, one) for one in agreements(context.site).values()]
    return sorted(
        plans,
        key=lambda plan: (
            ORDER.index(plan.status),
            not plan.late,
            plan.record.name.casefold(),
            plan.record.id,
        ),
    )


def _of_measure(context: Context, measure: PlanningMeasure) -> Plan:
    """Return a measure as a plan; a limited decision ends it, where the record names no end."""
    facts = derived_measures(context.facts)[measure.id]
    last, ends = facts.decided, measure.until
    if ends is None and last is not None and last.until is not None:
        ends = PartialDate(last.until.year, last.until.month, last.until.day)
    bar: BarKind | None = "running" if measure.status in ("running", "done") else None
    if measure.status == "decided":
        bar = "limited" if last is not None and last.result in ("conditional", "limited") else "decided"
    late = ""
    if facts.overdue and facts.next_review is not None:
        due = context.texts.date(facts.next_review.due)
        late = context.gettext("Überprüfung überfällig seit {date}").format(date=due)
    days = sorted(_days_of_measure(context, measure))
    item = _item(context, measure, ends, bar, days)
    return Plan(measure, measure.status, replace(item, state=state_text(context, measure)), late)


# How a decision is drawn, by its result; None: it is still to come.
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


def _days_of_measure(context: Context, measure: PlanningMeasure) -> Iterator[_Day]:
    """Yield the days of decisions and reviews."""
    _ = context.gettext
    date, results = context.texts.date, decision_results(context)
    for item in measure.decisions:
        yield item.date, _MARKS[item.result], f"{date(item.date)}: {results[item.result]}"
    for review in measure.reviews if measure.status != "proposed" else ():
        if review.made:
            yield review.made.last_day, "made", _("geprüft: {date}").format(date=date(review.made))
        else:
            yield review.due.last_day, "due", _("Überprüfung bis {date}").format(date=date(review.due))


def _of_agreement(context: Context, agreement: Agreement) -> Plan:
    """Return an agreement as a plan; its days are reviews of goals."""
    _ = context.gettext
    today = context.facts.today
    status = agreement.status(today)
    states = {"running": _("Vereinbarung, läuft"), "decided": _("Vereinbarung, noch nicht begonnen")}
    if status == "unsaid":
        stand = context.texts.date(agreement.last_known) if agreement.last_known is not None else ""
        words = _("Stand {date}; ob sie noch gilt, ist nicht eingetragen")
        states["unsaid"] = words.format(date=stand) if stand else _("Ob sie noch gilt, ist nicht eingetragen")
    reviews = {review.date for goal in agreement.goals for review in goal.reviews}
    days: list[_Day] = [
        (day.last_day, "made", _("geprüft: {date}").format(date=context.texts.date(day)))
        for day in sorted(reviews, key=PartialDate.isoformat)
        if day.last_day <= today
    ]
    bars: dict[PlanStatus, BarKind] = {"decided": "decided", "running": "running", "done": "running"}
    item = _item(context, agreement, agreement.until, bars.get(status), days)
    return Plan(agreement, status, replace(item, state=states.get(status, _("Vereinbarung, abgelaufen"))))


def _item(
    context: Context,
    record: PlanningMeasure | Agreement,
    ends: PartialDate | None,
    bar: BarKind | None,
    days: Sequence[_Day],
) -> TimelineItem:
    """Return a record's row on the line of time, still without its state."""
    name, begins = context.texts.of(record, "name"), record.from_
    return TimelineItem(
        name=name.text,
        lang=name.lang,
        href=f"#{record.id}",
        state="",
        begins=begins.first_day if begins is not None else None,
        ends=ends.last_day if ends is not None else None,
        term=_term(context, begins, ends, runs=bar is not None),
        bar=bar,
        days=days,
    )


def _term(context: Context, start: PartialDate | None, end: PartialDate | None, *, runs: bool) -> str:
    """Say from when until when something runs, as known."""
    _ = context.gettext
    date = context.texts.date
    if start and end:
        return _("{start} bis {end}").format(start=date(start), end=date(end))
    if start:
        words = _("seit {date}") if runs and start.first_day <= context.facts.today else _("ab {date}")
        return words.format(date=date(start))
    return _("bis {date}").format(date=date(end)) if end else ""


# --- all of them ---------------------------------------------------------------------------------------------------


def picture(context: Context) -> LineOfTime | None:
    """Draw on one line of time all measures, and agreements that have a date to draw; None for none."""
    items = [
        plan.item
        for plan in all_plans(context)
        if isinstance(plan.record, PlanningMeasure) or plan.item.days or (plan.item.begins and plan.item.bar)
    ]
    return line_of_time(context, context.gettext("Vorhaben"), counted(context), items) if items else None


def drawings(context: Context, path: str, key: str) -> tuple[HandedOn, ...]:
    """Return the line of time, to be taken along."""
    del path, key
    _ = context.gettext
    line = picture(context)
    if line is None:
        return ()
    notes = (
        _("Was hier nicht steht: ob etwas hilft, und ob es reicht."),
        _("Kein Betrag begrenzt den Anspruch einer Familie auf Hilfe."),
    )
    return (HandedOn("zeit", line.picture, line.title, f"{counted(context)} {line.note}", notes, line.keys),)


def counted(context: Context) -> str:
    """Say how many there are in each state."""
    texts, titles = context.texts, status_titles(context)
    states = Counter(plan.status for plan in all_plans(context))
    parts = ", ".join(f"{texts.number(number)} {titles[status]}" for status, number in states.items())
    return texts.gettext("{n} Vorhaben: {states}.").format(n=texts.number(states.total()), states=parts)


def sums(context: Context) -> str:
    """Say what decided and running measures cost together."""
    _ = context.gettext
    active = [one for one in planning_measures(context.site).values() if one.status in ("decided", "running")]
    costs: list[MeasureCost] = [cost for one in active for cost in one.costs]
    if not costs:
        return ""
    amount = _costs_in_words(context, costs) or context.texts.euros(Decimal())
    words = _("Was beschlossen ist oder läuft, kostet zusammen {amount}.")
    sentences = [words.format(amount=_guessed(context, amount, costs))]
    unpriced = sum(not one.costs for one in active)
    if unpriced:
        sentences.append(
            context.texts.number_of(
                "{n} davon ist noch nicht beziffert.", "{n} davon sind noch nicht beziffert.", unpriced
            )
        )
    # Whoever adds these to the budgets counts the same money twice.
    budgeted = _costs_in_words(
        context, [cost for cost in costs if cost.budget in context.site.records("budgets")]
    )
    if budgeted:
        words = _(
            "Davon kommen {amount} aus Budgets, die eigene Seiten haben; dort ist dieses Geld schon gezählt."
        )
        sentences.append(words.format(amount=budgeted))
    sentences.append(_("In der Summe fehlt, was nur vorgeschlagen ist und was in Vereinbarungen steht."))
    return " ".join(sentences)


def cost_text(context: Context, measure: PlanningMeasure) -> str:
    """Say what a measure costs, once and each year."""
    _ = context.gettext
    if not measure.costs:
        return _("noch nicht beziffert")
    return _guessed(context, _costs_in_words(context, measure.costs) or _("keine"), measure.costs)


def _guessed(context: Context, text: str, costs: Collection[MeasureCost]) -> str:
    """Say behind a sum whether all or some of its amounts are estimates."""
    _ = context.gettext
    estimates = sum(item.estimated for item in costs)
    words = "{amount}"
    if estimates:
        words = _("{amount}, geschätzt") if estimates == len(costs) else _("{amount}, zum Teil geschätzt")
    return words.format(amount=text)


def _costs_in_words(context: Context, costs: Iterable[MeasureCost]) -> str:
    """Say what costs come to, once and each year."""
    _ = context.gettext
    totals = {"once": Decimal(), "year": Decimal()}
    for cost in costs:
        totals[cost.every] += cost.amount
    words = {"once": _("einmalig {amount}"), "year": _("im Jahr {amount}")}
    return context.texts.join(
        words[every].format(amount=context.texts.euros(total)) for every, total in totals.items() if total
    )


# --- an entry ------------------------------------------------------------------------------------------------------


def entry_of(context: Context, plan: Plan) -> PlanEntry:
    """Gather what the page says of a plan."""
    record, spaces = plan.record, space_lines(context, plan.record.spaces)
    if isinstance(record, Agreement):
        work = record.field_work
        work_text = field_work_text(context, work, invented=record.fictional) if work is not None else ""
        people = member_lines(context, record.partners)
        return PlanEntry(plan, None, record, spaces, people, work=work_text)
    return PlanEntry(
        plan,
        record,
        None,
        spaces,
        people=member_lines(context, [record.owner]),
        partners=member_lines(context, record.partners),
        offers=offer_lines(context, [key for key in record.offers if key in context.site.offers]),
        needs=[need for need in context.site.needs.values() if need.measure == record.id],
        ages=ages_text(context.texts, record.ages) if record.ages is not None else "",
        cost=cost_text(context, record) if record.costs or record.status != "dropped" else "",
    )


def field_work_text(context: Context, work: FieldWork, *, invented: bool = False) -> str:
    """Say the planned and actual share of work beyond single cases.

    The actual one isn't said of small teams or without the staff council's consent, unless `invented`: then it is of nobody.
    """
    _ = context.gettext
    texts = context.texts
    planned = _("geplant {share}").format(share=texts.percent(work.planned, 0))
    date = _("Stand {date}").format(date=texts.date(work.date))
    if work.actual is None:
        return f"{planned} ({date})"
    if work.staff is not None:
        date += "; " + texts.number_of("{n} Fachkraft", "{n} Fachkräfte", work.staff)
    if work.withheld and not invented:
        return f"{planned} ({date}). " + _(
            "Der tatsächliche Anteil steht nicht hier: Dafür müssen mindestens {n} Menschen gezählt sein und der Personalrat zustimmen."
        ).format(n=FEWEST_STAFF)
    actual = _("tatsächlich {share}").format(share=texts.percent(work.actual, 0))
    case = _("Arbeit mit einzelnen Familien: geplant {planned}, tatsächlich {actual}.").format(
        planned=texts.percent(100 - work.planned, 0), actual=texts.percent(100 - work.actual, 0)
    )
    council = " " + _("Der Personalrat hat der Angabe zugestimmt.") if work.staff_council else ""
    return f"{planned}, {actual} ({date}). {case}{council}"


def render_moved(context: Context, key: str) -> Page:
    """Make a page at the former address of agreements that leads on."""
    _ = context.gettext
    path = context.path("agreements", key)
    title = _("Die Vereinbarungen stehen jetzt bei den Vorhaben.")
    return page_that_leads_on(context, path, title, [(context.href(path, "measures"), _("Vorhaben"))])


PAGES = (
    PageType("measures", keys, render, pictures=pictures_of(drawings)),
    PageType("agreements", keys, render_moved),
)
