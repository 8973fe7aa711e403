"""Say figures in sentences.

„Höher“ stands only where the interval excludes the benchmark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.model.cells import VERDICT_MARKS, Cell, Change, Comparison, Judgement, Series, Verdict
from generator.model.indicator import Indicator
from generator.render.base.area_names import first_up, in_space, level_name, named
from generator.render.base.context import Context, Ids
from generator.render.figures.figure_texts import (
    about_text,
    difference_text,
    is_one,
    judgement_word,
    number_text,
    period_text,
    range_text,
    said_of,
    sign_of,
    sign_reason,
    signed,
    with_unit,
)
from generator.render.figures.levels_and_topics import levels_of, town_only

MANY = 20
"""From so many comparisons on, one is to be expected to stand out by chance alone (5 of 100), and the page says so."""

NAMED = 5
"""So many areas are named in a sentence; of more it says how many."""

NOTABLE = tuple(VERDICT_MARKS)  # higher and lower


def cell_sentence(context: Context, indicator: Indicator, cell: Cell | None, space: str) -> str:
    """Say a figure: „In Süderaue sind es 31,2 % (2025, Unsicherheitsbereich 27,9 bis 34,7).“"""
    texts = context.texts
    _ = texts.gettext
    if cell is None or cell.value is None:
        words = _("{name}: {reason}")
        return words.format(
            name=named(context, space), reason=sign_reason(texts, cell.status if cell is not None else None)
        )
    values = {
        "where": first_up(in_space(context, space)),
        "value": said_of(texts, cell, with_unit(context, indicator, cell.value)),
        "period": period_text(texts, cell.period),
        "range": range_text(context, indicator, cell, unit=False),
    }
    if is_one(indicator, cell.value):
        # „sind es“ would need a plural.
        words = (
            _("{where}, {period}, vorausberechnet: {value}.")
            if cell.forecast
            else _("{where}, {period}: {value}.")
        )
        if values["range"] and not cell.forecast:
            words = _("{where}, {period}: {value} (Unsicherheitsbereich {range}).")
    elif cell.forecast:
        words = _("{where} sind für {period} {value} vorausberechnet.")
    elif values["range"]:
        words = _("{where} sind es {value} ({period}, Unsicherheitsbereich {range}).")
    else:
        words = _("{where} sind es {value} ({period}).")
    return words.format(**values)


def comparison_sentence(
    context: Context, indicator: Indicator, comparison: Comparison | None, benchmark: Cell | None
) -> str:
    """Say whether a figure differs from its benchmark beyond chance; empty without."""
    _ = context.gettext
    if comparison is None or benchmark is None or benchmark.value is None:
        return ""
    where = in_space(context, benchmark.space)
    values = {
        "where": where,
        "where_first": first_up(where),
        "value": said_of(context.texts, benchmark, with_unit(context, indicator, benchmark.value)),
    }
    if comparison.verdict == Verdict.UNKNOWN:
        if comparison.difference is None:
            return ""
        if comparison.difference == 0:
            words = _("Der Wert {where} ist gerundet derselbe.")
        elif is_one(indicator, benchmark.value):
            words = _("{where_first}: {value}. Ob der Unterschied Zufall ist, lässt sich hier nicht sagen.")
        else:
            words = _(
                "{where_first} sind es {value}. Ob der Unterschied Zufall ist, lässt sich hier nicht sagen."
            )
        return words.format(**values)
    sentence = {
        Verdict.SIMILAR: _("Ein Unterschied zum Wert {where} ({value}) ist nicht belegt."),
        Verdict.HIGHER: _("Das ist statistisch auffällig höher als {where} ({value})."),
        Verdict.LOWER: _("Das ist statistisch auffällig niedriger als {where} ({value})."),
    }[comparison.verdict].format(**values)
    if word := judgement_word(context.texts, comparison.judgement):
        sentence += " " + _("Der Wert ist {word} als {where}.").format(word=word, where=where)
    return sentence


def change_sentence(
    context: Context, indicator: Indicator, change: Change | None, *, rounded: bool = False
) -> str:
    """Say whether a figure changed beyond chance; empty without a change. `rounded`: the counts behind both values are."""
    texts = context.texts
    _ = texts.gettext
    if change is None or change.difference is None:
        return ""
    points = difference_text(context, indicator, abs(change.difference))
    values = {
        "since": period_text(texts, change.since),
        "points": about_text(texts, points, rounded=rounded),
        "signed": about_text(texts, sign_of(change.difference) + points, rounded=rounded),
        "range": _change_range(context, indicator, change),
    }
    if change.verdict in NOTABLE:
        higher = change.verdict == Verdict.HIGHER
        sentence = (
            _("Seit {since} ist der Wert um {points} gestiegen{range}. Das ist statistisch auffällig.")
            if higher
            else _("Seit {since} ist der Wert um {points} gesunken{range}. Das ist statistisch auffällig.")
        ).format(**values)
        if word := judgement_word(texts, change.judgement):
            sentence += " " + _("Der Wert ist {word} als {since}.").format(word=word, **values)
        return sentence
    if change.difference == 0 and not change.years:
        same = (
            _("Der Wert ist derselbe wie {since}.")
            if indicator.counted and not rounded
            else _("Der Wert ist gerundet derselbe wie {since}.")
        )
        return same.format(**values)
    if change.verdict == Verdict.SIMILAR:
        words = _("Veränderung seit {since}: {signed}{range}. Das kann Zufall sein.")
    elif not indicator.counted:
        words = _("Veränderung seit {since}: {signed}. Ob das Zufall ist, lässt sich hier nicht sagen.")
    elif rounded:
        words = _("Veränderung seit {since}: {signed}, denn beide Anzahlen sind gerundet.")
    else:
        words = _("Veränderung seit {since}: {signed}.")
    return words.format(**values)


def _change_range(context: Context, indicator: Indicator, change: Change) -> str:
    """Return a difference's interval in brackets; empty for none."""
    if change.low is None or change.high is None:
        return ""
    words = context.gettext("Unsicherheitsbereich {low} bis {high}").format(
        low=signed(context, indicator, change.low), high=signed(context, indicator, change.high)
    )
    if change.years:
        trend = context.gettext("Trend aus {n} Jahren").format(n=change.years)
        words = f"{trend}, {words}"
    return f" ({words})"


def about(context: Context, indicator: Indicator, series: Series, space: str) -> Sequence[str]:
    """Say an area's latest figure, its comparison and its change."""
    cell = series.now(space)
    found = [cell_sentence(context, indicator, cell, space)]
    if cell is not None and cell.value is not None:
        town, change = series.now(series.benchmark), series.change(space)
        found.append(comparison_sentence(context, indicator, series.comparison(space), town))
        found.append(change_sentence(context, indicator, change, rounded=bool(series.reach)))
    return [sentence for sentence in found if sentence]


def _say_range_of_figures(context: Context, indicator: Indicator, areas: Ids, known: Sequence[Cell]) -> str:
    """Say the range of areas' known figures."""
    texts = context.texts
    _ = texts.gettext
    words = _("In den Gebieten reicht der Wert von {low} bis {high} (verglichen: {level}).")
    if len(known) < len(areas):
        words = _(
            "In {known} von {all} Gebieten gibt es eine Zahl (verglichen: {level}); dort reicht der Wert von {low} bis {high}."
        )
    values = [cell.value for cell in known if cell.value is not None]
    high = with_unit(context, indicator, max(values))
    if any(cell.illustrative for cell in known):
        high += f" ({_('erfunden')})"
    return words.format(
        level=_level_names(context, areas),
        known=len(known),
        all=len(areas),
        low=number_text(texts, indicator, min(values)),
        high=high,
    )


def overview(context: Context, indicator: Indicator, series: Series, spaces: Iterable[str]) -> Sequence[str]:
    """Say the town's figure, areas that differ, and those without number."""
    found = list(about(context, indicator, series, series.benchmark)) if series.benchmark else []
    areas = [space for space in spaces if space != series.benchmark]
    cells = [series.now(space) for space in areas]
    known = [cell for cell in cells if cell is not None and cell.value is not None]
    if len(known) > 1:
        found.append(_say_range_of_figures(context, indicator, areas, known))
    found += _differing(context, series, areas)
    found += _worsening(context, indicator, series, areas)
    silent = len(areas) - len(known)
    if silent:
        found.append(
            context.texts.number_of(
                "Für {n} Gebiet gibt es keine Zahl; der Grund steht in der Tabelle.",
                "Für {n} Gebiete gibt es keine Zahl; der Grund steht in der Tabelle.",
                silent,
            )
        )
    return tuple(found)


def design_text(context: Context, indicator: Indicator) -> str:
    """Say that people were counted in clusters, and how much less sure that is."""
    places = max(0, -int((indicator.design or Decimal(1)).normalize().as_tuple().exponent))
    words = context.gettext(
        "Die Gezählten gehören zum Teil zusammen, etwa als Geschwister. Unsicherheit und Vergleiche sind deshalb so gerechnet, als wäre ihre Anzahl durch {factor} geteilt (Design-Faktor {factor})."
    )
    return words.format(factor=context.texts.number(indicator.design or Decimal(1), places))


def _differing(context: Context, series: Series, areas: Ids) -> list[str]:
    """Name the areas that differ, and how many would by chance."""
    _ = context.gettext
    tally = tally_of(series, areas)
    if not tally.compared:
        return []
    where = in_space(context, series.benchmark)
    found = []
    for verdict, words in (
        (Verdict.HIGHER, _("Statistisch auffällig höher als {where} (verglichen: {level}): {areas}.")),
        (Verdict.LOWER, _("Statistisch auffällig niedriger als {where} (verglichen: {level}): {areas}.")),
    ):
        different = [space for space in areas if verdict_of(series, space) == verdict]
        for level, same in _by_level(context, different).items():
            found.append(words.format(where=where, level=level, areas=_some(context, same)))
    if not found:
        words = _("Kein Gebiet (verglichen: {level}) weicht statistisch auffällig vom Wert {where} ab.")
        found.append(words.format(level=_level_names(context, areas), where=where))
        found += _other_levels(context, series, areas)
    if note := chance_sentence(context, tally):
        found.append(note)
    return found


def _worsening(context: Context, indicator: Indicator, series: Series, areas: Ids) -> list[str]:
    """Name areas that are worse than the town and, beside the rest of it, get worse; nothing of aids and reports."""
    _ = context.gettext
    known = {space: dynamic for space in areas if (dynamic := series.dynamic(space)) is not None}
    if not known or town_only(context, indicator):
        return []
    worse = [
        space
        for space, dynamic in known.items()
        if dynamic.judgement is Judgement.WORSE
        and (comparison := series.comparison(space)) is not None
        and comparison.judgement is Judgement.WORSE
    ]
    values = {
        "where": in_space(context, series.benchmark),
        "since": period_text(context.texts, min(one.since for one in known.values())),
        "areas": _some(context, worse),
    }
    words = _(
        "Ungünstiger als {where} und seit {since} auch ungünstiger entwickelt als die übrige Stadt: {areas}."
    )
    if not worse:
        words = _(
            "In keinem Gebiet ist der Wert ungünstiger als {where} und seit {since} zugleich ungünstiger entwickelt als in der übrigen Stadt."
        )
    return [words.format(**values)]


def _other_levels(context: Context, series: Series, areas: Ids) -> list[str]:
    """Name other levels where areas differ, if none here does."""
    _ = context.gettext
    found = []
    for level in levels_of(context, series):
        tally = tally_of(series, level.spaces)
        if tally.notable and not set(areas) & set(level.spaces):
            words = _("{level} ({notable} von {compared})")
            found.append(words.format(level=level.name, notable=tally.notable, compared=tally.compared))
    if not found:
        return []
    words = _("Statistisch auffällig abweichende Gebiete gibt es hier: {levels}.")
    return [words.format(levels=context.texts.join(found))]


def _level_names(context: Context, spaces: Iterable[str]) -> str:
    """Name the levels of areas."""
    return context.texts.join(_by_level(context, spaces))


def _by_level(context: Context, spaces: Iterable[str]) -> dict[str, list[str]]:
    """Return areas by their level's name."""
    found: dict[str, list[str]] = {}
    for space in spaces:
        found.setdefault(level_name(context, space, plural=True), []).append(space)
    return found


def _some(context: Context, spaces: list[str]) -> str:
    """Name areas, or of many say the number."""
    if len(spaces) <= NAMED:
        return context.texts.join(named(context, space) for space in spaces)
    return context.texts.number_of("{n} Gebiet", "{n} Gebiete", len(spaces))


def verdict_of(series: Series, space: str) -> Verdict:
    """Return how an area's latest figure stands beside the benchmark."""
    comparison = series.comparison(space)
    return Verdict(comparison.verdict) if comparison is not None else Verdict.UNKNOWN


class VerdictTally(Struct, frozen=True):
    """How many comparisons there are, and how many stand out."""

    compared: int = 0
    notable: int = 0  # surely higher or lower

    def __add__(self, other: VerdictTally) -> VerdictTally:
        """Put the comparisons of two tables together."""
        return VerdictTally(self.compared + other.compared, self.notable + other.notable)


def tally_of(series: Series, areas: Iterable[str]) -> VerdictTally:
    """Count areas' latest comparisons with the benchmark."""
    verdicts = {space: verdict_of(series, space) for space in areas}
    compared = [space for space, verdict in verdicts.items() if verdict is not Verdict.UNKNOWN]
    notable = [space for space in compared if verdicts[space] in NOTABLE]
    return VerdictTally(len(compared), len(notable))


def chance_sentence(context: Context, tally: VerdictTally) -> str:
    """Say how many comparisons stand out and would by chance; empty for few."""
    if tally.compared < MANY or not tally.notable:
        return ""
    words = context.gettext(
        "Verglichen wird hier {compared}-mal, {notable}-mal ist der Unterschied statistisch auffällig. Eingerechnet ist, wie viele Gebiete derselben Ebene verglichen werden (nach Benjamini und Hochberg): Von den auffälligen Unterschieden ist höchstens etwa jeder zwanzigste durch Zufall zu erwarten."
    )
    number = context.texts.number
    return words.format(compared=number(tally.compared), notable=number(tally.notable))
