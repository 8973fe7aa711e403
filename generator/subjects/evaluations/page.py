"""Make an evaluation's page: what a source states, what follows, what isn't proven."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model.cells import rounded
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, each, record_page
from generator.render.base.texts import Texts
from generator.render.base.view import FIGURED, NOTHING, TableCell, TableContent, View, table_of
from generator.render.figures.charts import ChartCaption, ChartPoint, intervals
from generator.render.figures.figure_texts import number_text, period_text, share_text, sign_of
from generator.subjects.evaluations.model import (
    AmountRange,
    ChangeFacts,
    Evaluation,
    EvaluationFacts,
    Measured,
    MeasuredChange,
    Precision,
    SpendingChange,
    SpendingFacts,
    StatedAmount,
    derived_evaluations,
    evaluations,
)


class MoneyView(Struct, frozen=True):
    """What follows from stated amounts, in words; empty where nothing does."""

    points: str  # the difference of the two changes
    own: str  # the change in the area
    other: str  # the change in the compared one
    step: str = ""  # to what the saving is rounded
    effect: str = ""  # the saving
    base: str = ""  # of which amount the saving is `share`
    share: str = ""  # the points, written in per cent
    after_costs: str = ""  # what is left of the saving
    costs: str = ""


class EvaluationView(View, frozen=True):
    """An evaluation's page; the bools say what it must explain."""

    template = "evaluation.html"

    evaluation: Evaluation
    illustrative: bool
    picture: Markup
    changes: TableContent | None
    money: MoneyView | None
    measured: bool  # some changes are computed from figures
    stated: bool  # some are as a source states them
    ranges: bool  # some computed ones have an interval
    unranged: bool  # some have none
    contains: bool  # the compared area includes this one


def newest_evaluations(context: Context) -> list[Evaluation]:
    """Return all evaluations, the newest first."""
    return sorted(evaluations(context.site).values(), key=lambda item: (-item.until.toordinal(), item.id))


def in_short(context: Context, evaluation: Evaluation) -> Markup:
    """Say an evaluation's summary and one finding (`_first_difference`)."""
    summary = context.translated(evaluation, "summary")
    facts, other = derived_evaluations(context.facts)[evaluation.id], evaluation.compared_with
    first = _first_difference(evaluation, facts)
    if other is None or first is None:
        return summary
    name, points = first
    words = pattern(context.gettext("{what}, Veränderung in Prozent: {points} gegenüber {other}.")).format(
        what=context.written(name), points=_points(context.texts, points), other=context.written(other.name)
    )
    return Markup(" ").join(filter(None, [summary, words]))


def _first_difference(evaluation: Evaluation, facts: EvaluationFacts) -> tuple[str, Decimal] | None:
    """Return the first difference that can't be chance, of money before all else."""
    spending, found = evaluation.spending, facts.spending
    if spending is not None and found is not None and found.difference is not None:
        return spending.name, found.difference
    for item, change in zip(evaluation.changes, facts.changes, strict=True):
        # A difference that may be chance stands on the page alone, with its range.
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
    measured = _all_measured(facts)
    invented = any(one.before.illustrative or one.after.illustrative for one in measured)
    shown = evaluation.changes or evaluation.spending
    return EvaluationView(
        evaluation=evaluation,
        illustrative=evaluation.fictional or invented,
        picture=_picture(context, evaluation, facts),
        changes=_changes(context, path, evaluation, facts) if shown else None,
        money=_money(context, evaluation.spending, facts.spending),
        measured=bool(measured),
        stated=not measured or any(item.indicator is None for item in evaluation.changes),
        ranges=any(one.limits is not None for one in measured),
        unranged=any(one.limits is None for one in measured),
        contains=facts.contains,
    )


def _all_measured(facts: EvaluationFacts) -> list[Measured]:
    """Return all changes that were computed of figures."""
    sides = [change.own for change in facts.changes] + [change.other for change in facts.changes]
    return [side for side in sides if side is not None]


# --- numbers -------------------------------------------------------------------------------------------------------


def _signed(texts: Texts, value: Decimal) -> str:
    """Write a signed number with two decimals at most."""
    places = max(0, min(2, -int(value.normalize().as_tuple().exponent)))
    return sign_of(value) + texts.number(rounded(abs(value), places), places)


def _percent(texts: Texts, value: Decimal) -> str:
    return f"{_signed(texts, value)}\u00a0%"


def _points(texts: Texts, value: Decimal) -> str:
    """Write a difference: „−26 Prozentpunkte“."""
    words = texts.ngettext("{n} Prozentpunkt", "{n} Prozentpunkte", 1 if abs(value) == 1 else 2)
    return words.format(n=_signed(texts, value))


def _limits(texts: Texts, limits: tuple[Decimal, Decimal]) -> str:
    """Write the limits of a change in whole per cent."""
    low, high = (_percent(texts, rounded(limit, 0)) for limit in limits)
    return texts.gettext("{low} bis {high}").format(low=low, high=high)


def _changes(context: Context, path: str, evaluation: Evaluation, facts: EvaluationFacts) -> TableContent:
    """Set each change beside that of the other area."""
    _ = context.gettext
    other = evaluation.compared_with
    rows = []
    for item, found in zip(evaluation.changes, facts.changes, strict=True):
        name = context.written(item.name)
        if item.note:
            name = pattern("{} ({})").format(name, context.written(item.note))
        if item.indicator is not None and found.own is not None:
            counted = _counted(context, path, item, item.indicator)
            name = pattern('{}<span class="nr-glance__small">{}</span>').format(name, counted)
        cells = [TableCell(name), _side(context, item.indicator, found.change, found.own)]
        if other is not None:
            cells.append(_side(context, item.indicator, found.comparison, found.other))
        rows.append((*cells, _difference(context, found)))
    spending = evaluation.spending
    if spending is not None and facts.spending is not None:
        words = pattern(_("{name} ({before} und {after})"))
        name = words.format(
            name=context.written(spending.name), before=spending.from_, after=spending.to
        ) + context.made_up(evaluation, "spending")
        cells = [TableCell(name), _side(context, None, spending.change)]
        if other is not None:
            cells.append(_side(context, None, spending.comparison))
        points = facts.spending.difference
        rows.append((*cells, NOTHING if points is None else TableCell(_points(context.texts, points))))
    areas = [evaluation.area] if other is None else [evaluation.area, other.name]
    return table_of([_("Was")], [*map(context.written, areas), _("Unterschied")], rows)


def _counted(context: Context, path: str, item: MeasuredChange, indicator: str) -> Markup:
    """Name a change's figure and its two periods."""
    before, after = (period_text(context.texts, period or "") for period in (item.before, item.after))
    title = context.translated(context.site.indicators[indicator], "title")
    link = linked(context.href(path, "report", indicator), title)
    words = pattern(context.gettext("{name} ({before} und {after})"))
    return words.format(name=link, before=before, after=after)


def _side(
    context: Context, indicator: str | None, change: Decimal | None, measured: Measured | None = None
) -> TableCell:
    """Write a change, with its figures where it was computed."""
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
    if measured.limits is not None:
        words += "; " + _limits(texts, measured.limits)
    return TableCell(FIGURED.format(_percent(texts, rounded(change, 1)), words))


def _difference(context: Context, found: ChangeFacts) -> TableCell:
    """Return a computed difference with one decimal and range, a stated one as is."""
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
    template = _("{low} bis {high}; kann Zufall sein") if found.may_be_chance else _("{low} bis {high}")
    return TableCell(FIGURED.format(words, template.format(low=low, high=high)))


def _picture(context: Context, evaluation: Evaluation, facts: EvaluationFacts) -> Markup:
    """Draw each computed change with its range, beside the other area's; empty for none."""
    texts = context.texts
    _ = texts.gettext
    points = []
    for item, found in zip(evaluation.changes, facts.changes, strict=True):
        if found.own is not None:
            points.append(_change_point(texts, f"{item.name}: {evaluation.area}", found.own))
        if found.other is not None and evaluation.compared_with is not None:
            other = evaluation.compared_with.name
            points.append(replace(_change_point(texts, other, found.other), kind="other"))
    if not points:
        return Markup()
    description = "; ".join(f"{point.label}: {point.text}" for point in points)
    caption = ChartCaption("veraenderung", _("Veränderung in Prozent"), description)

    def write(value: float) -> str:
        return _signed(texts, Decimal(str(value))) if value else texts.number(0)

    return context.call(intervals(caption, points, write, mirrored=texts.dir == "rtl"))


def _change_point(texts: Texts, label: str, measured: Measured) -> ChartPoint:
    """Turn a change into a point with its range."""
    change = rounded(measured.change, 1)
    words = _percent(texts, change)
    if measured.limits is None:
        return ChartPoint(label, words, float(change))
    low, high = (float(rounded(limit, 0)) for limit in measured.limits)
    return ChartPoint(label, f"{words} ({_limits(texts, measured.limits)})", float(change), low, high)


# --- money ---------------------------------------------------------------------------------------------------------


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
    """Write an amount as stated, with the range that its rounding leaves."""
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


def _money(
    context: Context, spending: SpendingChange | None, facts: SpendingFacts | None
) -> MoneyView | None:
    """Say step by step what follows from stated amounts."""
    texts = context.texts
    if spending is None or facts is None or facts.difference is None or spending.comparison is None:
        return None
    found = MoneyView(
        _points(texts, facts.difference),
        _percent(texts, spending.change),
        _percent(texts, spending.comparison),
    )
    if spending.effect is None or facts.effect is None:
        return found
    rounding = facts.effect.low != facts.effect.high
    remaining = spending.after_costs if facts.costs is not None else None
    return replace(
        found,
        effect=_with_range(context, spending.effect),
        step=texts.euros(spending.effect.step) if rounding else "",
        base=_between(context, facts.base) if facts.base is not None else "",
        share=share_text(texts, abs(facts.difference)),
        after_costs=_with_range(context, remaining) if remaining is not None else "",
        costs=_between(context, facts.costs) if facts.costs is not None else "",
    )


PAGES = (PageType("evaluation", each("evaluations"), render),)
