"""The page of an evaluation: what a source states, what follows from it and how, and what it doesn't prove; what is said of it in short, with how many digits and which ranges, what is drawn, what became of its hypotheses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from generator.model.cells import rounded
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, each, record_page
from generator.render.base.texts import Texts
from generator.render.base.view import FIGURED, NOTHING, TableCell, TableContent, View, table_of
from generator.render.figures.charts import ChartCaption, ChartPoint, intervals
from generator.render.figures.figure_texts import number_text, period_text, share_text, sign_of
from generator.render.figures.picture_files import TakeAlong, taken
from generator.subjects.evaluations.model import (
    AmountRange,
    ChangeFacts,
    Evaluation,
    EvaluationFacts,
    HypothesisState,
    Measured,
    MeasuredChange,
    Precision,
    SpendingChange,
    SpendingFacts,
    StatedAmount,
    derived_evaluations,
    evaluations,
)


@dataclass(frozen=True, slots=True)
class Inference:
    """A step from stated amounts to what follows: what it is about, the formula, and what comes out."""

    name: str
    formula: str
    result: str


@dataclass(frozen=True, slots=True)
class EvaluationView(View):
    """The page of an evaluation; `states` are the words for what became of its hypotheses."""

    template = "evaluation.html"

    evaluation: Evaluation
    illustrative: bool
    picture: Markup
    take: TakeAlong
    changes: TableContent | None
    changes_note: str
    spending: TableContent | None
    inferences: Sequence[Inference]
    states: Mapping[HypothesisState, str]
    remarks: Sequence[str]


def newest_evaluations(context: Context) -> list[Evaluation]:
    """Return all evaluations, the newest first."""
    return sorted(evaluations(context.site).values(), key=lambda item: (-item.until.toordinal(), item.id))


def in_short(context: Context, evaluation: Evaluation) -> Markup:
    """Say in a sentence what an evaluation is about, and what it found: of the money, else of the first change that was compared."""
    said = context.translated(evaluation, "summary")
    facts, other = derived_evaluations(context.facts)[evaluation.id], evaluation.compared_with
    first = _first_difference(evaluation, facts)
    if other is None or first is None:
        return said
    name, points = first
    words = pattern(context.gettext("{what}: {points} gegenüber {other}.")).format(
        what=context.written(name), points=_points(context.texts, points), other=context.written(other.name)
    )
    return Markup(" ").join(filter(None, [said, words]))


def _first_difference(evaluation: Evaluation, facts: EvaluationFacts) -> tuple[str, Decimal] | None:
    """Name what was compared first, the money before all else, with the difference in points; None where there is none for sure."""
    spending, found = evaluation.spending, facts.spending
    if spending is not None and found is not None and found.difference is not None:
        return spending.name, found.difference
    for item, change in zip(evaluation.changes, facts.changes, strict=True):
        # A difference that may be chance is for the page, which has its range.
        if change.difference is not None and not change.may_be_chance:
            return item.name, rounded(change.difference, 1) if change.own else change.difference
    return None


def render(context: Context, key: str) -> Page:
    """Make the page of one evaluation."""
    evaluation, facts = evaluations(context.site)[key], derived_evaluations(context.facts)[key]
    path = context.path("evaluation", key)
    otherwise = context.gettext("Vorher und nachher, mit Rechenweg und Vorbehalten.")
    return record_page(context, path, evaluation, _view(context, path, evaluation, facts), otherwise)


def _view(context: Context, path: str, evaluation: Evaluation, facts: EvaluationFacts) -> EvaluationView:
    spending = evaluation.spending
    measured = _all_measured(facts)
    money: TableContent | None = None
    inferences: tuple[Inference, ...] = ()
    if spending and facts.spending:
        money = _spending(context, evaluation, spending, facts.spending)
        inferences = tuple(_inferences(context, spending, facts.spending))
    invented = any(one.before.illustrative or one.after.illustrative for one in measured)
    return EvaluationView(
        evaluation=evaluation,
        illustrative=evaluation.fictional or invented,
        picture=_picture(context, evaluation, facts),
        take=taken(context, path, context.texts.name(evaluation), ()),
        changes=_changes(context, path, evaluation, facts) if evaluation.changes else None,
        changes_note=_measured_note(context, measured),
        spending=money,
        inferences=inferences,
        states=_states(context),
        remarks=tuple(_remarks(context, evaluation, facts, measured=bool(measured))),
    )


def _all_measured(facts: EvaluationFacts) -> list[Measured]:
    """Return the changes that were computed of figures, of the area and of what it is compared with."""
    sides = [change.own for change in facts.changes] + [change.other for change in facts.changes]
    return [side for side in sides if side is not None]


# --- numbers -------------------------------------------------------------------------------------------------------


def _signed(texts: Texts, value: Decimal) -> str:
    """Write a number with its sign and the digits it has, two at most."""
    places = max(0, min(2, -int(value.normalize().as_tuple().exponent)))
    return sign_of(value) + texts.number(rounded(abs(value), places), places)


def _percent(texts: Texts, value: Decimal) -> str:
    return f"{_signed(texts, value)}\u00a0%"


def _points(texts: Texts, value: Decimal) -> str:
    words = texts.ngettext("{n} Prozentpunkt", "{n} Prozentpunkte", 1 if abs(value) == 1 else 2)
    return words.format(n=_signed(texts, value))


def _limits(texts: Texts, limits: tuple[Decimal, Decimal]) -> str:
    """Write the limits of a change in whole per cent."""
    low, high = (_percent(texts, rounded(limit, 0)) for limit in limits)
    return texts.gettext("{low} bis {high}").format(low=low, high=high)


def _changes(context: Context, path: str, evaluation: Evaluation, facts: EvaluationFacts) -> TableContent:
    """Set each change beside that of the area compared with, and what lies between them."""
    rows = []
    for item, found in zip(evaluation.changes, facts.changes, strict=True):
        name = context.written(item.name)
        if item.note:
            name = pattern("{} ({})").format(name, context.written(item.note))
        if item.indicator is not None and found.own is not None:
            counted = _counted(context, path, item, item.indicator)
            name = pattern('{}<span class="nr-glance__small">{}</span>').format(name, counted)
        cells = [TableCell(name), _side(context, item.indicator, found.change, found.own)]
        if evaluation.compared_with is not None:
            without = evaluation.area if found.rest else ""
            cells.append(_side(context, item.indicator, found.comparison, found.other, without))
        rows.append((*cells, _difference(context, found)))
    return _beside(context, evaluation, rows)


def _counted(context: Context, path: str, item: MeasuredChange, indicator: str) -> Markup:
    """Name the published figure of a change, and the two periods that are compared."""
    before, after = (period_text(context.texts, period or "") for period in (item.before, item.after))
    title = context.translated(context.site.indicators[indicator], "title")
    link = linked(context.href(path, "report", indicator), title)
    words = pattern(context.gettext("{name} ({before} und {after})"))
    return words.format(name=link, before=before, after=after)


def _side(
    context: Context,
    indicator: str | None,
    change: Decimal | None,
    measured: Measured | None = None,
    without: str = "",
) -> TableCell:
    """Write a change; one that was computed with the two figures it comes from; `without` is an area that was taken out of them."""
    _ = context.gettext
    texts = context.texts
    if change is None:
        return TableCell(_("keine Angabe"), muted=True)
    if measured is None or indicator is None:
        return TableCell(_percent(texts, change))
    about = context.site.indicators[indicator]
    words = _("von {before} auf {after}").format(
        before=number_text(texts, about, measured.before.value or 0),
        after=number_text(texts, about, measured.after.value or 0),
    )
    if without:
        words = _("ohne {what}").format(what=context.written(without)) + ": " + words
    if measured.limits is not None:
        words += "; " + _limits(texts, measured.limits)
    return TableCell(FIGURED.format(_percent(texts, rounded(change, 1)), words))


def _difference(context: Context, found: ChangeFacts) -> TableCell:
    """What was computed of figures has one digit and its range, what a source states has all that it states."""
    _ = context.gettext
    texts = context.texts
    if found.difference is None:
        return NOTHING
    if found.own is None:
        return TableCell(_points(texts, found.difference))
    words = _points(texts, rounded(found.difference, 1))
    if found.limits is None:
        return TableCell(words)
    low, high = (_signed(texts, rounded(limit, 0)) for limit in found.limits)
    said = _("{low} bis {high}; kann Zufall sein") if found.may_be_chance else _("{low} bis {high}")
    return TableCell(FIGURED.format(words, said.format(low=low, high=high)))


def _beside(context: Context, evaluation: Evaluation, rows: Sequence[tuple[TableCell, ...]]) -> TableContent:
    """Return changes in the area, in what it is compared with, and what lies between them."""
    _ = context.gettext
    return table_of([_("Was")], [*_areas(context, evaluation), _("Unterschied")], rows)


def _areas(context: Context, evaluation: Evaluation) -> list[Markup]:
    """Name the area, and what it is compared with."""
    other = evaluation.compared_with
    names = [evaluation.area] if other is None else [evaluation.area, other.name]
    return list(map(context.written, names))


def _picture(context: Context, evaluation: Evaluation, facts: EvaluationFacts) -> Markup:
    """Draw each change as a dot with its range, below it that of the area compared with; nothing where nothing was computed."""
    texts = context.texts
    _ = texts.gettext
    points = []
    for item, found in zip(evaluation.changes, facts.changes, strict=True):
        if found.own is not None:
            points.append(_change_point(texts, f"{item.name}: {evaluation.area}", found.own))
        if found.other is not None and evaluation.compared_with is not None:
            other = evaluation.compared_with.name
            if found.rest:
                other += " " + _("ohne {what}").format(what=evaluation.area)
            points.append(replace(_change_point(texts, other, found.other), kind="other"))
    if not points:
        return Markup()
    said = "; ".join(f"{point.label}: {point.text}" for point in points)
    caption = ChartCaption("veraenderung", _("Veränderung in Prozent"), said)

    def write(value: float) -> str:
        return _signed(texts, Decimal(str(value))) if value else texts.number(0)

    return context.call(intervals(caption, points, write, mirrored=texts.dir == "rtl"))


def _change_point(texts: Texts, label: str, measured: Measured) -> ChartPoint:
    """Turn a change in per cent into a point, with its range where there is one."""
    change = rounded(measured.change, 1)
    words = _percent(texts, change)
    if measured.limits is None:
        return ChartPoint(label, words, float(change))
    low, high = (float(rounded(limit, 0)) for limit in measured.limits)
    return ChartPoint(label, f"{words} ({_limits(texts, measured.limits)})", float(change), low, high)


def _measured_note(context: Context, measured: Sequence[Measured]) -> str:
    """Say how changes of published figures were computed, and their ranges."""
    _ = context.gettext
    if not measured:
        return ""
    note = _("Gerechnet aus den veröffentlichten Zahlen. Gerundet ist erst am Ende.")
    if all(one.limits is None for one in measured):
        return note
    method = _(
        "Unter jeder Veränderung steht ihr Unsicherheitsbereich (95 %, für das Verhältnis zweier Anzahlen nach Przyborowski und Wilenski mit den Grenzen von Wilson, für den Unterschied nach Zou und Donner)."
    )
    return f"{note} {method}"


# --- money ---------------------------------------------------------------------------------------------------------


def _spending(
    context: Context, evaluation: Evaluation, spending: SpendingChange, facts: SpendingFacts
) -> TableContent:
    cells = [TableCell(context.written(spending.name)), _side(context, None, spending.change)]
    if evaluation.compared_with is not None:
        cells.append(_side(context, None, spending.comparison))
    last = NOTHING if facts.difference is None else TableCell(_points(context.texts, facts.difference))
    return _beside(context, evaluation, [(*cells, last)])


def _stated(context: Context, amount: StatedAmount) -> str:
    """Write an amount as its source does: „rund 600.000 €“."""
    _ = context.gettext
    words: dict[Precision, str] = {
        "exact": "{amount}",
        "about": _("rund {amount}"),
        "nearly": _("knapp {amount}"),
        "over": _("gut {amount}"),
    }
    return words[amount.says].format(amount=context.texts.euros(amount.amount))


def _with_range(context: Context, amount: StatedAmount) -> str:
    """Write an amount as its source does, with what its rounding leaves open."""
    between = AmountRange(*amount.bounds)
    stated = _stated(context, amount)
    return stated if between.low == between.high else f"{stated} ({_between(context, between)})"


def _between(context: Context, found: AmountRange) -> str:
    """Write a range, large amounts in millions with one digit."""
    _ = context.gettext
    texts = context.texts
    if found.low == found.high:
        return texts.euros(rounded(found.low, 0))
    if found.low >= 1_000_000:
        low, high = (texts.number(rounded(value / 1_000_000, 1), 1) for value in (found.low, found.high))
        return _("{low} bis {high} Millionen Euro").format(low=low, high=high)
    return _("{low} bis {high}").format(
        low=texts.euros(rounded(found.low, 0)), high=texts.euros(rounded(found.high, 0))
    )


def _inferences(context: Context, spending: SpendingChange, facts: SpendingFacts) -> Iterator[Inference]:
    _ = context.gettext
    texts = context.texts
    if facts.difference is None or spending.comparison is None:
        return
    yield Inference(
        _("Unterschied der Veränderungen"),
        _("{own} minus {other}").format(
            own=_percent(texts, spending.change), other=_percent(texts, spending.comparison)
        ),
        _points(texts, facts.difference),
    )
    if spending.effect is None or facts.effect is None:
        return
    yield Inference(
        _("In Euro, wie die Quelle es nennt"),
        _("auf {step} gerundet").format(step=texts.euros(spending.effect.step))
        if facts.effect.low != facts.effect.high
        else "",
        _with_range(context, spending.effect),
    )
    if facts.base is not None:
        share = share_text(texts, abs(facts.difference))
        yield Inference(
            _("Worauf sich das bezieht"),
            _("dieser Betrag geteilt durch {share}").format(share=share),
            _("Ausgaben von {range}").format(range=_between(context, facts.base)),
        )
    if spending.after_costs is not None and facts.costs is not None:
        yield Inference(
            _("Nach Abzug der Kosten, wie die Quelle es nennt"),
            _("abgezogen: {what}").format(what=context.written(spending.costs_of))
            if spending.costs_of
            else "",
            _with_range(context, spending.after_costs),
        )
        yield Inference(
            _("Was die Kosten dann waren"),
            _("Betrag vor minus Betrag nach Abzug"),
            _between(context, facts.costs),
        )


# --- words ---------------------------------------------------------------------------------------------------------


def _states(context: Context) -> Mapping[HypothesisState, str]:
    """Name what can become of a hypothesis."""
    _ = context.gettext
    return {
        "evidenced": _("belegt"),
        "partly": _("zum Teil belegt"),
        "not-evidenced": _("nicht belegt"),
        "unknown": _("zu wenig Daten"),
    }


def _remarks(
    context: Context, evaluation: Evaluation, facts: EvaluationFacts, *, measured: bool
) -> Iterator[str]:
    """Yield what must be said beside such numbers, whoever wrote the record."""
    _ = context.gettext
    yield _(
        "Verglichen sind zwei Zeitpunkte. Das beschreibt, was war; was dazwischen geschah, zeigt es nicht."
    )
    yield _("Dass sich etwas verändert hat, beweist nicht, woran es lag.")
    if evaluation.compared_with is None:
        yield _(
            "Ein Vergleich mit anderen Gebieten fehlt. Was überall geschah, lässt sich so nicht erkennen."
        )
    elif facts.contains and not all(item.rest for item in facts.changes):
        yield _("{other} enthält {area}. Die beiden Zahlen sind nicht unabhängig voneinander.").format(
            other=context.written(evaluation.compared_with.name), area=context.written(evaluation.area)
        )
    if any(item.indicator is None for item in evaluation.changes) or not measured:
        yield _(
            "Zu den Prozenten der Quelle sind keine Anzahlen bekannt. Wie viel davon Zufall ist, lässt sich nicht sagen; große Prozente können kleine Zahlen bedeuten."
        )
    yield _(
        "Weniger Hilfen sind für sich weder gut noch schlecht: Auf eine Hilfe zur Erziehung gibt es einen Anspruch."
    )


PAGES = (PageType("evaluation", each("evaluations"), render),)
