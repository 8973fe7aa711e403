"""The page of an evaluation: what a source states, what follows from it and how, and what it doesn't prove."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from generator.model.cells import rounded
from generator.model.indicator import Indicator
from generator.render.base.context import Context
from generator.render.base.macros import FIGURED, NOTHING, TableCell, TableColumn, TableContent
from generator.render.base.page import Heading, Page
from generator.render.base.page_type import PageType, each
from generator.render.base.pattern import pattern
from generator.render.base.texts import Texts
from generator.render.base.view import View
from generator.render.figures.charts import ChartCaption, ChartPoint, intervals
from generator.render.figures.figure_texts import counting_text, number_text, period_text, value_words
from generator.render.figures.money import share_text
from generator.render.figures.sentences import design_text
from generator.render.figures.taking import HandedOn, TakeAlong, taken
from generator.subjects.evaluations.model import (
    Evaluation,
    HypothesisState,
    Precision,
    SpendingChange,
    StatedAmount,
    evaluations,
)
from generator.subjects.evaluations.model_results import (
    AmountRange,
    ChangeFacts,
    EvaluationFacts,
    Measured,
    SpendingFacts,
    derived_evaluations,
)


@dataclass(frozen=True, slots=True)
class Inference:
    """A step from stated amounts to what follows: what it is about, the formula, and what comes out."""

    name: str
    formula: str
    result: str


@dataclass(frozen=True, slots=True)
class HypothesisRow:
    """Something that was expected, what became of it, and what is there to show it."""

    text: str
    state: str
    shown_by: str


@dataclass(frozen=True, slots=True)
class EvaluationCourse:
    """A figure in every period from before to after, for what lay between."""

    name: str
    table: TableContent
    note: str


@dataclass(frozen=True, slots=True)
class EvaluationView(View):
    """The page of an evaluation."""

    template = "evaluation.html"

    evaluation: Evaluation
    compared: Markup
    illustrative: bool
    picture: Markup
    take: TakeAlong
    changes: TableContent | None
    changes_note: str
    courses: tuple[EvaluationCourse, ...]
    spending: TableContent | None
    inferences: tuple[Inference, ...]
    hypotheses: tuple[HypothesisRow, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """An evaluation in the list of reports, with the years it is about."""

    evaluation: Evaluation
    years: str


def evaluation_lines(context: Context) -> tuple[EvaluationLine, ...]:
    """Return all evaluations, the newest first."""
    found = sorted(evaluations(context.site).values(), key=lambda item: (-item.until.toordinal(), item.id))
    return tuple(EvaluationLine(item, _years(item)) for item in found)


def in_short(context: Context, evaluation: Evaluation) -> Markup:
    """Say in a sentence what an evaluation is about, and what it found: of the money, else of the first change that was compared."""
    texts = context.texts
    said = context.translated(evaluation, "summary")
    facts, other = derived_evaluations(context.facts)[evaluation.id], evaluation.compared_with
    if other is None:
        return said
    first = _first_difference(evaluation, facts)
    if first is None:
        return said
    name, points = first
    words = pattern(texts.gettext("{what}: {points} gegenüber {other}.")).format(
        what=context.written(name), points=_points(texts, points), other=context.written(other.name)
    )
    return pattern("{} {}").format(said, words) if said else words


def _first_difference(evaluation: Evaluation, facts: EvaluationFacts) -> tuple[str, Decimal] | None:
    """Name what was compared first, the money before all else, with the difference in points; None where there is none for sure."""
    spending, found = evaluation.spending, facts.spending
    if spending is not None and found is not None and found.difference is not None:
        return spending.name, found.difference
    for item, change in zip(evaluation.changes, facts.changes, strict=True):
        # A difference that may be chance is for the page, which has its range.
        if change.difference is not None and not _may_be_chance(change):
            return item.name, rounded(change.difference, 1) if change.own else change.difference
    return None


def _may_be_chance(change: ChangeFacts) -> bool:
    """Tell whether the range of a difference is known and 0 lies in it."""
    return change.low is not None and change.high is not None and change.low <= 0 <= change.high


def _years(evaluation: Evaluation) -> str:
    first, last = evaluation.from_.year, evaluation.until.year
    return str(first) if first == last else f"{first}–{last}"


def render(context: Context, key: str) -> Page:
    """Make the page of one evaluation."""
    _ = context.texts.gettext
    evaluation, facts = evaluations(context.site)[key], derived_evaluations(context.facts)[key]
    path = context.path("evaluation", key)
    view = _view(context, path, evaluation, facts)
    shown = (
        ("veraenderungen", _("Was sich verändert hat"), view.changes is not None),
        ("ausgaben", _("Ausgaben"), view.spending is not None),
        ("annahmen", _("Annahmen, und was die Quelle dazu sagt"), bool(view.hypotheses)),
        ("vorbehalte", _("Was die Quelle selbst einschränkt"), bool(evaluation.caveats)),
        ("grenzen", _("Was diese Zahlen nicht zeigen"), True),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=context.texts.name(evaluation),
        description=context.texts.of(evaluation, "summary").text
        or _("Vorher und nachher, mit Rechenweg und Vorbehalten."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
        toc=tuple(Heading(id, label) for id, label, there in shown if there),
    )


def _view(context: Context, path: str, evaluation: Evaluation, facts: EvaluationFacts) -> EvaluationView:
    other = evaluation.compared_with
    spending = evaluation.spending
    measured = _measured(facts)
    money: TableContent | None = None
    inferences: tuple[Inference, ...] = ()
    if spending and facts.spending:
        money = _spending(context, evaluation, spending, facts.spending)
        inferences = tuple(_inferences(context, spending, facts.spending))
    invented = any(one.before.illustrative or one.after.illustrative for one in measured)
    return EvaluationView(
        evaluation=evaluation,
        compared=context.written(other.name if other else None),
        illustrative=evaluation.fictional or invented,
        picture=_picture(context, evaluation, facts),
        take=taken(context, path, context.texts.name(evaluation), drawings(context, path, evaluation.id)),
        changes=_changes(context, evaluation, facts) if evaluation.changes else None,
        courses=tuple(_courses(context, evaluation, facts)),
        changes_note=_measured_note(context, evaluation, measured),
        spending=money,
        inferences=inferences,
        hypotheses=tuple(
            HypothesisRow(item.text, _state(context, item.state), item.shown_by or "")
            for item in evaluation.hypotheses
        ),
        remarks=tuple(_remarks(context, evaluation, facts, measured=bool(measured))),
    )


def _measured(facts: EvaluationFacts) -> list[Measured]:
    """Return the changes that were computed of figures, of the area and of what it is compared with."""
    sides: list[Measured | None] = []
    for item in facts.changes:
        sides += [item.own, item.other]
    return [side for side in sides if side is not None]


# --- numbers -------------------------------------------------------------------------------------------------------


def _signed(texts: Texts, value: Decimal) -> str:
    """Write a number with its sign and the digits it has, two at most."""
    places = max(0, min(2, -int(value.normalize().as_tuple().exponent)))
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return sign + texts.number(rounded(abs(value), places), places)


def _percent(texts: Texts, value: Decimal) -> str:
    return f"{_signed(texts, value)}\u00a0%"


def _points(texts: Texts, value: Decimal) -> str:
    words = texts.ngettext("{n} Prozentpunkt", "{n} Prozentpunkte", 1 if abs(value) == 1 else 2)
    return words.format(n=_signed(texts, value))


def _cell(texts: Texts, value: Decimal | None) -> TableCell:
    _ = texts.gettext
    return TableCell(_("keine Angabe"), muted=True) if value is None else TableCell(_percent(texts, value))


def _changes(context: Context, evaluation: Evaluation, facts: EvaluationFacts) -> TableContent:
    rows = []
    for item, found in zip(evaluation.changes, facts.changes, strict=True):
        name = context.written(item.name)
        rows.append(
            (
                TableCell(pattern("{} ({})").format(name, context.written(item.note)) if item.note else name),
                *_sides(context, evaluation, item.indicator or "", found),
                _difference(context, found),
            )
        )
    return TableContent(_columns(context, evaluation), tuple(rows))


def _picture(context: Context, evaluation: Evaluation, facts: EvaluationFacts) -> Markup:
    """Draw each change as a dot with its range, below it that of the area compared with; nothing where nothing was computed."""
    points = []
    for item, found in zip(evaluation.changes, facts.changes, strict=True):
        if found.own is not None:
            points.append(_change_point(context, f"{item.name}: {evaluation.area}", found.own))
        if found.other is not None and evaluation.compared_with is not None:
            other = evaluation.compared_with.name
            if found.rest:
                other += " " + context.texts.gettext("ohne {what}").format(what=evaluation.area)
            points.append(replace(_change_point(context, other, found.other), kind="other"))
    if not points:
        return Markup()
    title = context.texts.gettext("Veränderung in Prozent")
    said = "; ".join(f"{point.label}: {point.text}" for point in points)
    mirrored = context.texts.dir == "rtl"
    caption = ChartCaption("veraenderung", title, said)
    return context.call(intervals(caption, points, _axis_of(context.texts), mirrored=mirrored))


def drawings(context: Context, path: str, key: str) -> tuple[HandedOn, ...]:
    """Return the changes, to be taken along; of a single quarter no picture is handed on, for it would be one of its poverty or its aids."""
    del path
    _ = context.texts.gettext
    evaluation, facts = evaluations(context.site)[key], derived_evaluations(context.facts)[key]
    whole = evaluation.space is not None and context.facts.spaces[evaluation.space].whole
    drawn = _picture(context, evaluation, facts) if whole else Markup()
    if not drawn:
        return ()
    notes = (
        _("Zwei Zeitpunkte im Vergleich: Das beschreibt, beweist aber nichts."),
        _("Dass sich etwas verändert hat, beweist nicht, woran es lag."),
    )
    lead = context.texts.of(evaluation, "summary").text
    return (HandedOn("veraenderung", drawn, context.texts.name(evaluation), lead, notes),)


def _axis_of(texts: Texts) -> Callable[[float], str]:
    """Return how numbers of an axis of changes are written: with their sign, 0 without one."""

    def write(value: float) -> str:
        return _signed(texts, Decimal(str(value))) if value else texts.number(0)

    return write


def _change_point(context: Context, label: str, measured: Measured) -> ChartPoint:
    """Turn a change in per cent into a point, with its range where there is one."""
    texts = context.texts
    change = rounded(measured.change, 1)
    words = _percent(texts, change)
    if measured.low is None or measured.high is None:
        return ChartPoint(label, words, float(change))
    low, high = rounded(measured.low, 0), rounded(measured.high, 0)
    between = texts.gettext("{low} bis {high}").format(low=_percent(texts, low), high=_percent(texts, high))
    return ChartPoint(label, f"{words} ({between})", float(change), float(low), float(high))


def _courses(context: Context, evaluation: Evaluation, facts: EvaluationFacts) -> Iterator[EvaluationCourse]:
    """Yield each figure period by period, where there are any between the two that are compared."""
    _ = context.texts.gettext
    other = evaluation.compared_with
    columns = [TableColumn(_("Zeitraum")), TableColumn(context.written(evaluation.area), num=True)]
    if other is not None:
        columns.append(TableColumn(context.written(other.name), num=True))
    for item, found in zip(evaluation.changes, facts.changes, strict=True):
        if item.indicator is None or len(found.course) <= 2:
            continue
        about = context.site.indicators[item.indicator]
        rows = []
        for step in found.course:
            cells = [step.own] if other is None else [step.own, step.other]
            said = (TableCell(value_words(context, about, cell)) for cell in cells)
            rows.append((TableCell(period_text(context.texts, step.period)), *said))
        note = ""
        if found.rest and other is not None:
            note = _("Hier ist das Gebiet in der Vergleichszahl mitgezählt, in der Tabelle darüber nicht.")
        yield EvaluationCourse(context.written(item.name), TableContent(tuple(columns), tuple(rows)), note)


def _difference(context: Context, found: ChangeFacts) -> TableCell:
    """What was computed of figures has one digit and its range, what a source states has all that it states."""
    _ = context.texts.gettext
    texts = context.texts
    if found.difference is None:
        return NOTHING
    if found.own is None:
        return TableCell(_points(texts, found.difference))
    words = _points(texts, rounded(found.difference, 1))
    if found.low is None or found.high is None:
        return TableCell(words)
    low, high = (_signed(texts, rounded(limit, 0)) for limit in (found.low, found.high))
    said = _("{low} bis {high}; kann Zufall sein") if _may_be_chance(found) else _("{low} bis {high}")
    return TableCell(FIGURED.format(words, said.format(low=low, high=high)))


def _columns(context: Context, evaluation: Evaluation) -> tuple[TableColumn, ...]:
    _ = context.texts.gettext
    columns = [TableColumn(_("Was")), TableColumn(context.written(evaluation.area), num=True)]
    if evaluation.compared_with is not None:
        columns.append(TableColumn(context.written(evaluation.compared_with.name), num=True))
    return (*columns, TableColumn(_("Unterschied"), num=True))


def _sides(
    context: Context, evaluation: Evaluation, indicator: str, found: ChangeFacts
) -> Iterator[TableCell]:
    texts = context.texts
    sides = [(found.change, found.own)]
    if evaluation.compared_with is not None:
        sides.append((found.comparison, found.other))
    for side, (value, measured) in enumerate(sides):
        without = context.written(evaluation.area if side and found.rest else None)
        yield (
            _cell(texts, value)
            if measured is None
            else TableCell(_measured_text(context, indicator, measured, without))
        )


def _measured_text(context: Context, indicator: str, measured: Measured, without: Markup) -> Markup:
    """Say a change with the two figures it comes from; `without` is an area that was taken out of them."""
    _ = context.texts.gettext
    texts = context.texts
    about = context.site.indicators[indicator]
    words = _("von {before} auf {after}").format(
        before=number_text(texts, about, measured.before.value or 0),
        after=number_text(texts, about, measured.after.value or 0),
    )
    if without:
        words = _("ohne {what}").format(what=without) + ": " + words
    if measured.low is not None and measured.high is not None:
        low, high = (_percent(texts, rounded(limit, 0)) for limit in (measured.low, measured.high))
        words += "; " + _("{low} bis {high}").format(low=low, high=high)
    return FIGURED.format(_percent(texts, rounded(measured.change, 1)), words)


def _compared_periods(context: Context, evaluation: Evaluation) -> Iterator[str]:
    """Yield what was compared: each indicator with its two periods."""
    words = context.texts.gettext("{name} ({before} und {after})")
    for item in evaluation.changes:
        if item.indicator is not None and item.indicator in context.site.indicators:
            yield words.format(
                name=context.translated(context.site.indicators[item.indicator], "title"),
                before=period_text(context.texts, item.before or ""),
                after=period_text(context.texts, item.after or ""),
            )


def _measured_note(context: Context, evaluation: Evaluation, measured: list[Measured]) -> str:
    _ = context.texts.gettext
    if not measured:
        return ""
    said = dict.fromkeys(_compared_periods(context, evaluation))
    indicators = _indicators_of(context, evaluation)
    counted = [indicator.counts for indicator in indicators if indicator.counts is not None]
    rules = dict.fromkeys(counting_text(context, rule) for rule in counted)
    if rules:
        said[_("gezählt ist: {rule}").format(rule=Markup("; ").join(rules))] = None
    words = _("Gerechnet aus den veröffentlichten Zahlen: {names}. Gerundet ist erst am Ende.")
    sentences = [words.format(names=Markup("; ").join(said))]
    if any(one.low is not None for one in measured):
        sentences += _ranges_note(context, indicators)
    return Markup(" ").join(sentences)


def _indicators_of(context: Context, evaluation: Evaluation) -> list[Indicator]:
    """Return the indicators whose changes an evaluation tells, each once; those that aren't known are left out."""
    known = context.site.indicators
    ids = dict.fromkeys(item.indicator or "" for item in evaluation.changes)
    return [known[key] for key in ids if key in known]


def _ranges_note(context: Context, indicators: Iterable[Indicator]) -> list[str]:
    """Say how intervals are computed, and where those who are counted come together, by which factor they are wider for it."""
    method = context.texts.gettext(
        "Unter jeder Veränderung steht ihr Unsicherheitsbereich (95 %, für das Verhältnis zweier Anzahlen nach Przyborowski und Wilenski mit den Grenzen von Wilson, für den Unterschied nach Zou und Donner)."
    )
    named: dict[str, list[Markup]] = {}
    for indicator in indicators:
        if indicator.together > 1:
            title = context.translated(indicator, "title")
            named.setdefault(design_text(context, indicator), []).append(title)
    factors = [pattern("{}: {}").format(context.texts.join(titles), said) for said, titles in named.items()]
    return [method, *factors]


# --- money ---------------------------------------------------------------------------------------------------------


def _spending(
    context: Context, evaluation: Evaluation, spending: SpendingChange, facts: SpendingFacts
) -> TableContent:
    texts = context.texts
    sides = [_cell(texts, spending.change)]
    if evaluation.compared_with is not None:
        sides.append(_cell(texts, spending.comparison))
    last = NOTHING if facts.difference is None else TableCell(_points(texts, facts.difference))
    row = (TableCell(context.written(spending.name)), *sides, last)
    return TableContent(_columns(context, evaluation), (row,))


def _stated(context: Context, amount: StatedAmount) -> str:
    """Write an amount as its source does: „rund 600.000 €“."""
    _ = context.texts.gettext
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
    _ = context.texts.gettext
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
    _ = context.texts.gettext
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
        share = share_text(texts, Fraction(abs(facts.difference)))
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


def _state(context: Context, state: HypothesisState) -> str:
    _ = context.texts.gettext
    words: dict[HypothesisState, str] = {
        "evidenced": _("belegt"),
        "partly": _("zum Teil belegt"),
        "not-evidenced": _("nicht belegt"),
        "unknown": _("zu wenig Daten"),
    }
    return words[state]


def _remarks(
    context: Context, evaluation: Evaluation, facts: EvaluationFacts, *, measured: bool
) -> Iterator[str]:
    """Yield what must be said beside such numbers, whoever wrote the record."""
    _ = context.texts.gettext
    yield _two_times(context, facts)
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


def _two_times(context: Context, facts: EvaluationFacts) -> str:
    """Say what two points in time can't show: another choice of years, or, where no course is told, what lay between."""
    _ = context.texts.gettext
    courses = [len(item.course) > 2 for item in facts.changes]
    if courses and all(courses):
        return _(
            "Verglichen sind zwei Zeitpunkte. Das beschreibt, was war; ein anderes Jahr als Anfang oder Ende kann etwas anderes ergeben."
        )
    return _(
        "Verglichen sind zwei Zeitpunkte. Das beschreibt, was war; was dazwischen geschah, zeigt es nicht."
    )


PAGES = (PageType("evaluation", each("evaluations"), render, drawings=drawings),)
