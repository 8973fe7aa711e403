"""Make an evaluation's page: what a source states, what follows, what isn't proven."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import compress

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model.cells import Verdict, rounded
from generator.model.indicator import Indicator
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, each, record_page
from generator.render.base.texts import Texts
from generator.render.base.view import FIGURED, NOTHING, TableCell, TableContent, View, table_of
from generator.render.figures.figure_texts import (
    about_text,
    change_word,
    difference_text,
    number_text,
    period_text,
    share_text,
    sign_of,
    signed,
    unknown_word,
)
from generator.render.figures.levels_and_topics import town_only
from generator.render.figures.picture_files import HandedOn, TakeAlong, pictures_of, taken
from generator.render.figures.sentences import NOTABLE
from generator.render.figures.table_pictures import table_picture
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
    changes: TableContent | None
    money: MoneyView | None
    measured: bool  # some changes are computed from figures
    stated: bool  # some are as a source states them
    contains: bool  # some are compared with an area that includes this one
    take: TakeAlong  # the table as a picture


def newest_evaluations(context: Context) -> list[Evaluation]:
    """Return all evaluations, the newest first."""
    return sorted(evaluations(context.site).values(), key=lambda item: (-item.until.toordinal(), item.id))


def in_short(context: Context, evaluation: Evaluation) -> Markup:
    """Say an evaluation's summary with the first difference that can't be chance, or that there is none."""
    summary = context.translated(evaluation, "summary")
    other, changes = evaluation.compared_with, derived_evaluations(context.facts)[evaluation.id].changes
    if other is None or not (changes or evaluation.spending):
        return summary
    for item, found in zip(evaluation.changes, changes, strict=True):
        if found.verdict in NOTABLE:
            what, points = context.written(item.name), _difference_in_words(context, item, found)
            words = pattern(context.gettext("Belegt: {what}, Unterschied der Veränderungen {points}."))
            return Markup(" ").join(filter(None, [summary, words.format(what=what, points=points)]))
    tested = any(found.limits is not None for found in changes)
    chance = context.gettext("kann Zufall sein") if tested else unknown_word(context.texts, None)
    words = pattern(context.gettext("Unterschied zu {other}: {chance}."))
    said = words.format(other=context.written(other.name), chance=chance)
    return Markup(" ").join(filter(None, [summary, said]))


def render(context: Context, key: str) -> Page:
    """Make the page of one evaluation."""
    evaluation, facts = evaluations(context.site)[key], derived_evaluations(context.facts)[key]
    path = context.path("evaluation", key)
    otherwise = context.gettext("Vorher und nachher, mit Rechenweg und Vorbehalten.")
    return record_page(
        context, path, evaluation, _make_evaluation_view(context, path, evaluation, facts), otherwise
    )


def _make_evaluation_view(
    context: Context, path: str, evaluation: Evaluation, facts: EvaluationFacts
) -> EvaluationView:
    measured = _all_measured(facts)
    invented = any(one.before.illustrative or one.after.illustrative for one in measured)
    shown = evaluation.changes or evaluation.spending
    return EvaluationView(
        evaluation=evaluation,
        illustrative=evaluation.fictional or invented,
        changes=_table_of_changes(context, path, evaluation, facts) if shown else None,
        money=_money(context, evaluation.spending, facts.spending),
        measured=bool(measured),
        stated=not measured or any(item.indicator is None for item in evaluation.changes),
        contains=facts.contains and not all(found.rest for found in facts.changes),
        take=taken(context, path, context.texts.name(evaluation), drawings(context, path, evaluation.id)),
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


def _signed_percentage(texts: Texts, value: Decimal) -> str:
    return f"{_signed(texts, value)}\u00a0%"


def _in_points(texts: Texts, value: Decimal) -> str:
    """Write a difference of per cents: „−26 Prozentpunkte“."""
    words = texts.ngettext("{n} Prozentpunkt", "{n} Prozentpunkte", 1 if abs(value) == 1 else 2)
    return words.format(n=_signed(texts, value))


def _rate(context: Context, item: MeasuredChange, found: ChangeFacts) -> Indicator | None:
    """Return the indicator in whose unit a change is; None where it is in per cent."""
    indicator = context.site.indicators.get(item.indicator or "") if found.own is not None else None
    return None if indicator is None or indicator.denominator is None else indicator


def _difference_in_words(context: Context, item: MeasuredChange, found: ChangeFacts) -> str:
    """Write the difference of two changes: „−4,9 je 1.000“, „−26 Prozentpunkte“."""
    value, rate = found.difference or Decimal(0), _rate(context, item, found)
    if rate is None:
        return _in_points(context.texts, rounded(value, 1) if found.own else value)
    return sign_of(value) + difference_text(context, rate, abs(value))


def _table_of_changes(
    context: Context, path: str, evaluation: Evaluation, facts: EvaluationFacts
) -> TableContent:
    """Set each change beside that of the other area."""
    _ = context.gettext
    other = evaluation.compared_with
    rows = []
    for item, found in zip(evaluation.changes, facts.changes, strict=True):
        name = context.written(item.name)
        if item.note:
            name = pattern("{} ({})").format(name, context.written(item.note))
        if item.indicator is not None and found.own is not None:
            counted = _name_figure_and_periods(context, path, item, item.indicator)
            name = pattern('{}<span class="nr-glance__small">{}</span>').format(name, counted)
        cells = [TableCell(name), _side(context, item, found, found.change, found.own)]
        if other is not None:
            rest = _("ohne {area}").format(area=evaluation.area) if found.rest else ""
            cells.append(_side(context, item, found, found.comparison, found.other, rest))
        rows.append((*cells, _difference(context, item, found)))
    spending = evaluation.spending
    if spending is not None and facts.spending is not None:
        words = pattern(_("{name} ({before} und {after})"))
        name = words.format(
            name=context.written(spending.name), before=spending.from_, after=spending.to
        ) + context.made_up(evaluation, "spending")
        cells = [TableCell(name), _stated(context, spending.change)]
        if other is not None:
            cells.append(_stated(context, spending.comparison))
        points = facts.spending.difference
        points_text = "" if points is None else _in_points(context.texts, points)
        gap = (
            _number_with_words_below(points_text, unknown_word(context.texts, None))
            if points_text
            else NOTHING
        )
        rows.append((*cells, gap))
    areas = [evaluation.area] if other is None else [evaluation.area, other.name]
    return table_of([_("Was")], [*map(context.written, areas), _("Unterschied")], rows)


def _name_figure_and_periods(context: Context, path: str, item: MeasuredChange, indicator: str) -> Markup:
    """Name a change's figure and its two periods."""
    before, after = (period_text(context.texts, period or "") for period in (item.before, item.after))
    title = context.translated(context.site.indicators[indicator], "title")
    link = linked(context.href(path, "report", indicator), title)
    words = pattern(context.gettext("{name} ({before} und {after})"))
    return words.format(name=link, before=before, after=after)


def _stated(context: Context, change: Decimal | None) -> TableCell:
    """Write a change in per cent as its source states it."""
    if change is None:
        return TableCell(context.gettext("keine Angabe"), muted=True)
    return TableCell(_signed_percentage(context.texts, change))


def _side(
    context: Context,
    item: MeasuredChange,
    found: ChangeFacts,
    change: Decimal | None,
    measured: Measured | None,
    rest: str = "",
) -> TableCell:
    """Write a change, with what is left out (`rest`), its figures and what is known of chance where it was computed."""
    if measured is None or item.indicator is None or change is None:
        return _stated(context, change)
    _, texts = context.gettext, context.texts
    indicator, rate = context.site.indicators[item.indicator], _rate(context, item, found)
    off = bool(context.facts.series[item.indicator].reach)
    number = _signed_percentage(texts, rounded(change, 1))
    if rate is not None:
        number = about_text(texts, sign_of(change) + difference_text(context, rate, abs(change)), rounded=off)
    words = _("von {before} auf {after}").format(
        before=number_text(texts, indicator, measured.before.value or 0),
        after=number_text(texts, indicator, measured.after.value or 0),
    )
    return _number_with_words_below(
        number, rest, words, change_word(texts, indicator, measured.change, rounded=off)
    )


def _number_with_words_below(number: str, *words: str) -> TableCell:
    """Return a number with words below it."""
    return TableCell(FIGURED.format(number, "; ".join(filter(None, words))))


def _difference(context: Context, item: MeasuredChange, found: ChangeFacts) -> TableCell:
    """Return the difference of two changes, with its range and whether it may be chance."""
    _, texts = context.gettext, context.texts
    if found.difference is None:
        return NOTHING
    indicator, limits = context.site.indicators.get(item.indicator or ""), ""
    if found.limits is not None and indicator is not None:
        low, high = (signed(context, indicator, limit) for limit in found.limits)
        limits = _("{low} bis {high}").format(low=low, high=high)
    word = {Verdict.SIMILAR: _("kann Zufall sein"), Verdict.UNKNOWN: unknown_word(texts, None)}
    chance = word.get(found.verdict, _("belegt"))
    return _number_with_words_below(_difference_in_words(context, item, found), limits, chance)


# --- money ---------------------------------------------------------------------------------------------------------


def _amount(context: Context, amount: StatedAmount) -> str:
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
    stated = _amount(context, amount)
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
        _in_points(texts, facts.difference),
        _signed_percentage(texts, spending.change),
        _signed_percentage(texts, spending.comparison),
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


def drawings(context: Context, path: str, key: str) -> Iterator[HandedOn]:
    """Yield the table of changes as a picture, but of a single quarter; without aids and reports, of which none shows areas."""
    _ = context.gettext
    evaluation, facts = evaluations(context.site)[key], derived_evaluations(context.facts)[key]
    if evaluation.space and context.site.spaces[evaluation.space].parent:
        return
    named = [context.site.indicators.get(item.indicator or "") for item in evaluation.changes]
    kept = [one is None or not town_only(context, one) for one in named]
    evaluation = evaluation.model_copy(update={"changes": tuple(compress(evaluation.changes, kept))})
    facts = replace(facts, changes=tuple(compress(facts.changes, kept)))
    if evaluation.changes or evaluation.spending:
        notes = [_("Zwei Zeitpunkte im Vergleich: Das beschreibt, beweist aber nichts.")]
        notes.append(f"{_('Quelle:')} {context.written(evaluation.judged_by).striptags()}")
        drawing = table_picture(_table_of_changes(context, path, evaluation, facts))
        said = context.translated(evaluation, "summary").striptags()
        yield HandedOn("veraenderungen", drawing, context.texts.name(evaluation), said, notes)


PAGES = (PageType("evaluation", each("evaluations"), render, pictures=pictures_of(drawings)),)
