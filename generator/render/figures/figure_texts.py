"""Write figures with units, signs and periods, for every page, chart and script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from generator.model.cells import Cell, Change, Comparison, Judgement, Status, Verdict, rounded, shown
from generator.model.dates import PERIOD
from generator.model.indicator import CountingRule, Indicator
from generator.render.base.context import Context
from generator.render.base.texts import Texts
from generator.render.base.view import TableCell
from generator.render.base.wording import ages_text

NBSP = "\u00a0"


def number_text(texts: Texts, indicator: Indicator, value: Decimal | float) -> str:
    """Write a figure with the indicator's decimals, without its unit."""
    return texts.number(rounded(value, indicator.decimals), indicator.decimals)


def count_text(context: Context) -> str:
    """Say what makes a count high besides what is counted."""
    return context.gettext("Eine Anzahl ist umso höher, je größer das Gebiet ist.")


def unit_text(context: Context, indicator: Indicator) -> str:
    """Name the unit: „%“, „je 1.000“, or what is counted."""
    texts = context.texts
    if indicator.denominator is None:
        return texts.of(indicator, "unit").text
    if indicator.per == 100:
        return "%"
    return texts.gettext("je {n}").format(n=texts.number(indicator.per))


def value_text(context: Context, indicator: Indicator, cell: Cell | None) -> str:
    """Write a cell: „31,2 %“, its sign, or „–“ if missing."""
    if cell is None:
        return "–"
    if cell.value is None:
        return cell.status.value or "–"
    revised = f"{NBSP}r" if cell.status is Status.REVISED else ""
    return said_of(context.texts, cell, with_unit(context, indicator, cell.value) + revised)


def said_of(texts: Texts, cell: Cell, number: str) -> str:
    """Put „rund“ before and „erfunden“ behind a number, as needed."""
    mark = f" ({texts.gettext('erfunden')})" if cell.illustrative else ""
    return texts.qualified(cell.qualifier, number) + mark


def cell_number(context: Context, indicator: Indicator, cell: Cell) -> str:
    """Write a cell's number without unit, where the title is near. It is marked as made up unless the title says so."""
    number = number_text(context.texts, indicator, cell.value or 0)
    if indicator.fictional:
        return context.texts.qualified(cell.qualifier, number)
    return said_of(context.texts, cell, number)


def number_or_sign(context: Context, indicator: Indicator, cell: Cell | None) -> str:
    """Write a cell's number without unit, or its sign."""
    if cell is None or cell.value is None:
        return value_text(context, indicator, cell)
    return cell_number(context, indicator, cell)


def value_words(context: Context, indicator: Indicator, cell: Cell | None) -> str:
    """Write a lone cell: value with unit, or why missing („geheim“)."""
    if cell is None or cell.value is None:
        return gap_label(context.texts, cell)
    return value_text(context, indicator, cell)


def gap_label(texts: Texts, cell: Cell | None) -> str:
    """Say in a word why a cell has no figure."""
    status = cell.status if cell is not None else None
    return sign_label(texts, status if status is not Status.KNOWN else None)


def with_unit(context: Context, indicator: Indicator, value: Decimal | float) -> str:
    """Write a number with its unit; English „%“ without space."""
    return beside_unit(
        context, indicator, number_text(context.texts, indicator, value), one=is_one(indicator, value)
    )


def beside_unit(context: Context, indicator: Indicator, number: str, *, one: bool = False) -> str:
    """Put the unit behind a number; `one` for singular."""
    unit = unit_text(context, indicator)
    if unit == "%" and not context.lang.startswith("de"):
        return number + unit
    # Units are written in the plural („Kinder“): beside a 1 the unit is only named.
    if one and indicator.denominator is None and unit not in ("", "%"):
        return f"{number}{NBSP}({unit})"
    return f"{number}{NBSP}{unit}" if unit else number


def is_one(indicator: Indicator, value: Decimal | float) -> bool:
    """Tell whether a number is written „1“, so that singular follows."""
    return not indicator.decimals and abs(rounded(value, 0)) == 1


def interval_text(context: Context, indicator: Indicator, cell: Cell | None) -> str:
    """Write a cell's limits for a table: „27,9–34,7“."""
    return "–".join(_write_interval_limits(context, indicator, cell))


def range_text(context: Context, indicator: Indicator, cell: Cell | None, *, unit: bool = True) -> str:
    """Write a cell's limits for a sentence: „27,9 bis 34,7 %“."""
    limits = _write_interval_limits(context, indicator, cell)
    if not limits:
        return ""
    text = context.gettext("{low} bis {high}").format(low=limits[0], high=limits[1])
    return beside_unit(context, indicator, text) if unit else text


def _write_interval_limits(context: Context, indicator: Indicator, cell: Cell | None) -> Sequence[str]:
    limits = shown(cell, indicator.decimals).interval
    return tuple(number_text(context.texts, indicator, limit) for limit in limits) if limits else ()


def period_text(texts: Texts, period: str) -> str:
    """Name a period: „2025“, „1. Halbjahr 2026“, „Juni 2024“; others as written."""
    match = PERIOD.fullmatch(period)
    if match is None:
        return period
    _, year = texts.gettext, match[1]
    half = match["part"] or match["half"]
    if half == "1":
        return _("1. Halbjahr {year}").format(year=year)
    if half == "2":
        return _("2. Halbjahr {year}").format(year=year)
    if match["quarter"]:
        return _("{n}. Quartal {year}").format(n=match["quarter"], year=year)
    if match["month"]:
        return texts.month(dt.date(int(year), int(match["month"]), 1))
    return period


def difference_text(context: Context, indicator: Indicator, difference: Decimal) -> str:
    """Write a difference, of shares in percentage points."""
    if indicator.denominator is not None and indicator.per == 100:
        words = context.ngettext(
            "{n} Prozentpunkt", "{n} Prozentpunkte", 1 if is_one(indicator, difference) else 2
        )
        return words.format(n=number_text(context.texts, indicator, difference))
    return with_unit(context, indicator, difference)


def signed(context: Context, indicator: Indicator, difference: Decimal | float | None) -> str:
    """Write a signed difference: „+3,2“, „−1,0“, „±0,0“."""
    if difference is None:
        return ""
    written = rounded(difference, indicator.decimals)
    return sign_of(written) + number_text(context.texts, indicator, abs(written))


def sign_of(difference: Decimal) -> str:
    """Return the sign that stands before a difference."""
    if difference == 0:
        return "±"
    return "+" if difference > 0 else "−"


def change_text(context: Context, indicator: Indicator, change: Change, *, rounded: bool) -> str:
    """Write a change for a table; „etwa“ with `rounded` counts."""
    return about_text(context.texts, signed(context, indicator, change.difference), rounded=rounded)


def about_text(texts: Texts, difference: str, *, rounded: bool) -> str:
    """Say „etwa“ before a difference whose counts are rounded."""
    return texts.gettext("etwa {difference}").format(difference=difference) if rounded else difference


def unknown_word(texts: Texts, indicator: Indicator | None) -> str:
    """Say that nobody can tell whether a difference is chance, and why: no counts, unless they would say nothing (`interval: none`)."""
    _ = texts.gettext
    if indicator is not None and (indicator.interval == "none" or indicator.denominator is None):
        return _("nicht prüfbar")
    return _("nicht prüfbar (keine Fallzahlen)")


def verdict_word(texts: Texts, indicator: Indicator, comparison: Comparison | None) -> str:
    """Say a verdict in a word; empty where nothing is compared."""
    _ = texts.gettext
    if comparison is None or comparison.difference is None:
        return ""
    return {
        Verdict.HIGHER: _("höher"),
        Verdict.LOWER: _("niedriger"),
        Verdict.SIMILAR: _("kann Zufall sein"),
        Verdict.UNKNOWN: unknown_word(texts, indicator),
    }[comparison.verdict]


def direction_text(texts: Texts, indicator: Indicator) -> str:
    """Say whether more is better."""
    _ = texts.gettext
    return {
        "none": _("Ob mehr besser ist, sagt diese Zahl nicht: Sie wird nicht bewertet."),
        "higher-is-better": _("Für diese Zahl ist festgelegt: Mehr ist günstiger."),
        "lower-is-better": _("Für diese Zahl ist festgelegt: Weniger ist günstiger."),
    }[indicator.direction]


def judgement_word(texts: Texts, judgement: Judgement) -> str:
    """Say a difference's meaning; empty for indicators without direction."""
    _ = texts.gettext
    return {Judgement.BETTER: _("günstiger"), Judgement.WORSE: _("ungünstiger"), Judgement.NONE: ""}[
        judgement
    ]


def change_word(texts: Texts, indicator: Indicator, change: Change | None, *, rounded: bool) -> str:
    """Say a change's significance: „gestiegen“, „kann Zufall sein“, „nicht prüfbar“.

    Empty for exact full counts (`indicator.counted`) without a test, of which alone 0 is „unverändert“.
    """
    _ = texts.gettext
    if change is None:
        return ""
    if change.difference == 0:
        return _("unverändert") if indicator.counted and not rounded else _("gerundet gleich")
    return {
        Verdict.HIGHER: _("gestiegen"),
        Verdict.LOWER: _("gesunken"),
        Verdict.SIMILAR: _("kann Zufall sein"),
        Verdict.UNKNOWN: "" if indicator.counted else unknown_word(texts, indicator),
    }[change.verdict]


def sign_reason(texts: Texts, status: Status | None) -> str:
    """Say why a number is missing or special; None: no such cell."""
    _ = texts.gettext
    if status is None:
        return _("Dazu liegt keine Zahl vor.")
    return {
        Status.KNOWN: "",
        Status.NOTHING: _("Genau null: Es gibt hier keinen Fall."),
        Status.SECRET: _("Die Zahl ist geheim. Sie könnte auf einzelne Menschen schließen lassen."),
        Status.LATER: _("Die Zahl kommt später."),
        Status.UNRELIABLE: _("Die Zahl ist nicht zuverlässig genug, um sie zu zeigen."),
        Status.BLOCKED: _("Eine Zahl ergäbe hier keinen Sinn."),
        Status.REVISED: _("Die Zahl wurde berichtigt."),
    }[status]


def sign_label(texts: Texts, status: Status | None) -> str:
    """Name a sign in a word, for legends."""
    _ = texts.gettext
    if status is None:
        return _("keine Zahl")
    return {
        Status.KNOWN: "",
        Status.NOTHING: _("null"),
        Status.SECRET: _("geheim"),
        Status.LATER: _("kommt später"),
        Status.UNRELIABLE: _("zu unsicher"),
        Status.BLOCKED: _("nicht sinnvoll"),
        Status.REVISED: _("berichtigt"),
    }[status]


def counting_text(context: Context, rule: CountingRule) -> Markup:
    """Say what is counted: „am Stichtag, ohne § 28, bis 20 Jahre“."""
    _ = context.gettext
    spans = {
        "stock": _("was am Stichtag lief"),
        "begun": _("was im Zeitraum begann"),
        "ended": _("was im Zeitraum endete"),
        "year": _("alles, was im Jahr lief"),
    }
    parts = [spans[rule.of]] if rule.of is not None else []
    for counted, paragraph in ((rule.par_28, "§ 28"), (rule.par_35a, "§ 35a"), (rule.par_41, "§ 41")):
        if counted is not None:
            parts.append((_("mit {what}") if counted else _("ohne {what}")).format(what=paragraph))
    if rule.unaccompanied is not None:
        parts.append(
            _("mit unbegleiteten jungen Geflüchteten")
            if rule.unaccompanied
            else _("ohne unbegleitete junge Geflüchtete")
        )
    if rule.ages is not None:
        parts.append(_("Alter: {ages}").format(ages=ages_text(context.texts, rule.ages)))
    written = (context.written(text) for text in (rule.statistics, rule.practice) if text)
    return Markup(", ").join([*parts, *written])


def euro_number(texts: Texts, cents: int) -> str:
    """Write an amount without its unit, to the cent: „1.234,50“."""
    return texts.number(Decimal(abs(cents)).scaleb(-2), 2) if cents >= 0 else f"−{euro_number(texts, -cents)}"


def euro_text(texts: Texts, cents: int) -> str:
    """Write an amount with its unit; whole euros without cents."""
    return texts.euros(Decimal(cents).scaleb(-2))


def signed_number(texts: Texts, cents: int) -> str:
    """Write a change without its unit: „+1.234,50“, „−3,00“, „0,00“."""
    return f"+{euro_number(texts, cents)}" if cents > 0 else euro_number(texts, cents)


def signed_text(texts: Texts, cents: int) -> str:
    """Write a change with its unit, whole euros without cents."""
    # A word joiner: no line ends between the sign and the amount.
    sign = "+\u2060" if cents > 0 else "−\u2060" if cents < 0 else ""
    return sign + euro_text(texts, abs(cents))


def euro_cell(texts: Texts, cents: int, *, signed: bool = False) -> TableCell:
    """Return an amount as a cell of a table."""
    return TableCell(signed_number(texts, cents) if signed else euro_number(texts, cents), sort=cents)


def share_text(texts: Texts, share: Fraction | Decimal | int, decimals: int | None = None) -> str:
    """Write a share in percent, with three decimals at most."""
    exact = Fraction(share)
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    if decimals is not None:
        return texts.percent(value, decimals)
    places = next((n for n in range(3) if round(value, n) == round(value, 3)), 3)
    return texts.percent(value, places)
