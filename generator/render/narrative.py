"""Figures in, sentences about them out: what a number says, whether a difference is real, why there is none.

A sentence says no more than the figure bears. „Höher“ stands only where the interval excludes the benchmark; better and
worse only where the indicator's definition gives a direction. Every page, chart and report takes its words from here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from generator.model.figures import Cell, Change, Comparison, Judgement, Series, Status, Verdict
from generator.model.indicator import Indicator
from generator.render.context import Context
from generator.render.texts import Texts

NBSP = "\u00a0"


# --- numbers ---------------------------------------------------------------------------------------------------------


def number_text(texts: Texts, indicator: Indicator, value: Decimal | float) -> str:
    """Write a figure with the indicator's decimals, without its unit."""
    return texts.number(value, indicator.decimals)


def unit_text(context: Context, indicator: Indicator) -> str:
    """Name the unit: „%“, „je 1.000“, or what is counted."""
    texts = context.texts
    if indicator.denominator is None:
        return texts.of(indicator, "unit").text
    if indicator.per == 100:
        return "%"
    return texts.gettext("je {n}").format(n=texts.number(indicator.per))


def value_text(context: Context, indicator: Indicator, cell: Cell | None) -> str:
    """Write a cell as in „31,2 %“; a cell without value as its sign, one that is missing as „–“."""
    if cell is None:
        return "–"
    if cell.value is None:
        return cell.status.value or "–"
    revised = f"{NBSP}r" if cell.status is Status.REVISED else ""
    return said_of(context.texts, cell, with_unit(context, indicator, cell.value) + revised)


def said_of(texts: Texts, cell: Cell, number: str) -> str:
    """Put beside a written number what must never be lost on the way: „rund“ before it, „erfunden“ behind."""
    mark = f" ({texts.gettext('erfunden')})" if cell.illustrative else ""
    return texts.qualified(cell.qualifier, number) + mark


def cell_number(context: Context, indicator: Indicator, cell: Cell) -> str:
    """Write a known cell's number without its unit, for places where the indicator's title stands close by.

    That title says when all its figures were made up; a single one says it by itself.
    """
    number = context.texts.number(cell.value or 0, indicator.decimals)
    if indicator.fictional:
        return context.texts.qualified(cell.qualifier, number)
    return said_of(context.texts, cell, number)


def with_unit(context: Context, indicator: Indicator, value: Decimal | float) -> str:
    """Write a number with its unit; English percent signs stand close."""
    number, unit = number_text(context.texts, indicator, value), unit_text(context, indicator)
    if unit == "%" and not context.lang.startswith("de"):
        return number + unit
    return f"{number}{NBSP}{unit}" if unit else number


def interval_text(context: Context, indicator: Indicator, cell: Cell | None) -> str:
    """Write a cell's interval as in „27,9–34,7“; nothing where there is none."""
    if cell is None or cell.value is None or cell.low is None or cell.high is None:
        return ""
    texts = context.texts
    return f"{number_text(texts, indicator, cell.low)}–{number_text(texts, indicator, cell.high)}"


def period_text(texts: Texts, period: str) -> str:
    """Name a period: „2025“, „1. Halbjahr 2026“, „3. Quartal 2025“, „Juni 2024“; others as they are written."""
    _ = texts.gettext
    if match := re.fullmatch(r"(\d{4})-([12])", period):
        return (_("1. Halbjahr {year}") if match[2] == "1" else _("2. Halbjahr {year}")).format(year=match[1])
    if match := re.fullmatch(r"(\d{4})-?Q([1-4])", period):
        return _("{n}. Quartal {year}").format(n=match[2], year=match[1])
    if (match := re.fullmatch(r"(\d{4})-(\d{2})", period)) and 1 <= int(match[2]) <= 12:
        return texts.month(dt.date(int(match[1]), int(match[2]), 1))
    return period


def place_text(texts: Texts, name: str) -> str:
    """Say where: „in Süderaue“, „in der Region Süd“, „im Schulbezirk Lindenschule“."""
    if not texts.lang.startswith("de"):
        return texts.gettext("in {name}").format(name=name)
    first = name.split()[0] if name else ""
    if len(name.split()) > 1 and re.search(
        r"(?:region|siedlung|stadt|insel|gemeinde)$", first, re.IGNORECASE
    ):
        return f"in der {name}"
    if len(name.split()) > 1 and re.search(
        r"(?:bezirk|kreis|teil|quartier|viertel|raum)$", first, re.IGNORECASE
    ):
        return f"im {name}"
    return f"in {name}"


def named(context: Context, space: str) -> str:
    """Name an area in the page's language; with the one above it where two share the name."""
    record, facts = context.site.spaces[space], context.facts.spaces[space]
    own = context.texts.of(record, "name")
    return replace(own, words=facts.display_name).text if own.words == record.name else own.text


# --- words -----------------------------------------------------------------------------------------------------------


def verdict_word(texts: Texts, verdict: Verdict) -> str:
    """Say in a word how a figure stands beside another; nothing where that can't be told."""
    _ = texts.gettext
    return {
        Verdict.HIGHER: _("höher"),
        Verdict.LOWER: _("niedriger"),
        Verdict.SIMILAR: _("ähnlich"),
        Verdict.UNKNOWN: "",
    }[verdict]


def judgement_word(texts: Texts, judgement: Judgement) -> str:
    """Say what a difference means where the indicator has a direction; nothing where it has none."""
    _ = texts.gettext
    return {Judgement.BETTER: _("günstiger"), Judgement.WORSE: _("ungünstiger"), Judgement.NONE: ""}[
        judgement
    ]


def change_word(texts: Texts, change: Change | None) -> str:
    """Say in a few words what has changed: „gestiegen“, „gesunken“, „nicht sicher“; nothing where that can't be told."""
    _ = texts.gettext
    if change is None:
        return ""
    return {
        Verdict.HIGHER: _("gestiegen"),
        Verdict.LOWER: _("gesunken"),
        Verdict.SIMILAR: _("nicht sicher"),
        Verdict.UNKNOWN: "",
    }[change.verdict]


def sign_reason(texts: Texts, status: Status | None) -> str:
    """Say why there is no number, or what is special about one; `None` is a cell that does not exist."""
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
    """Name a sign in a word, for legends and narrow cells."""
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


# --- sentences -------------------------------------------------------------------------------------------------------


def cell_sentence(context: Context, indicator: Indicator, cell: Cell | None, space: str) -> str:
    """Say one figure: „In Süderaue sind es 31,2 % (2025, sicher zwischen 27,9 und 34,7).“ or why there is none."""
    texts = context.texts
    _ = texts.gettext
    where = place_text(texts, named(context, space))
    where = where[:1].upper() + where[1:]
    if cell is None or cell.value is None:
        words = _("{name}: {reason}")
        return words.format(
            name=named(context, space), reason=sign_reason(texts, cell.status if cell is not None else None)
        )
    values = {
        "where": where,
        "value": said_of(texts, cell, with_unit(context, indicator, cell.value)),
        "period": period_text(texts, cell.period),
    }
    if cell.forecast:
        return _("{where} werden es voraussichtlich {value} sein ({period}).").format(**values)
    if cell.low is None or cell.high is None:
        return _("{where} sind es {value} ({period}).").format(**values)
    return _("{where} sind es {value} ({period}, sicher zwischen {low} und {high}).").format(
        **values,
        low=number_text(texts, indicator, cell.low),
        high=number_text(texts, indicator, cell.high),
    )


def comparison_sentence(
    context: Context, indicator: Indicator, comparison: Comparison | None, benchmark: Cell | None
) -> str:
    """Say how a figure stands beside its benchmark, and whether that is more than chance; nothing where there is none."""
    texts = context.texts
    _ = texts.gettext
    if comparison is None or benchmark is None or benchmark.value is None:
        return ""
    values = {
        "where": place_text(texts, named(context, benchmark.space)),
        "value": said_of(texts, benchmark, with_unit(context, indicator, benchmark.value)),
    }
    if comparison.verdict == Verdict.SIMILAR:
        return _("Das ist ähnlich wie {where} ({value}): Der Unterschied kann Zufall sein.").format(**values)
    if comparison.verdict == Verdict.UNKNOWN:
        if comparison.difference is None:
            return ""
        if comparison.difference == 0:
            return _("Das ist genauso viel wie {where}.").format(**values)
        return _(
            "{where_first} sind es {value}. Ob der Unterschied Zufall ist, lässt sich hier nicht sagen."
        ).format(where_first=values["where"][:1].upper() + values["where"][1:], **values)
    higher = comparison.verdict == Verdict.HIGHER
    sentence = (
        _("Das ist höher als {where} ({value}).") if higher else _("Das ist niedriger als {where} ({value}).")
    ).format(**values)
    return _with_judgement(texts, sentence, comparison.judgement)


def change_sentence(context: Context, indicator: Indicator, change: Change | None) -> str:
    """Say what has changed since an earlier period, and whether that is more than chance; nothing where there is none."""
    texts = context.texts
    _ = texts.gettext
    if change is None or change.difference is None:
        return ""
    since = period_text(texts, change.since)
    points = difference_text(context, indicator, abs(change.difference))
    if change.verdict == Verdict.HIGHER:
        sentence = _(
            "Seit {since} ist der Wert um {points} gestiegen. Das ist mehr als die Unsicherheit der Zahlen."
        )
    elif change.verdict == Verdict.LOWER:
        sentence = _(
            "Seit {since} ist der Wert um {points} gesunken. Das ist mehr als die Unsicherheit der Zahlen."
        )
    elif change.verdict == Verdict.SIMILAR:
        return _("Seit {since} gibt es keine sichere Veränderung: Der Unterschied kann Zufall sein.").format(
            since=since
        )
    elif change.difference == 0:
        return _("Der Wert ist derselbe wie {since}.").format(since=since)
    else:
        more = change.difference > 0
        sentence = (
            _("Das sind {points} mehr als {since}.") if more else _("Das sind {points} weniger als {since}.")
        )
    return _with_judgement(texts, sentence.format(since=since, points=points), change.judgement)


def difference_text(context: Context, indicator: Indicator, difference: Decimal) -> str:
    """Write a difference: of shares in percentage points, of others in their unit."""
    if indicator.denominator is not None and indicator.per == 100:
        words = context.texts.gettext("{n} Prozentpunkte")
        return words.format(n=number_text(context.texts, indicator, difference))
    return with_unit(context, indicator, difference)


def signed(context: Context, indicator: Indicator, difference: Decimal | None) -> str:
    """Write a difference with its sign, for a table: „+3,2“, „−1,0“, „0,0“."""
    if difference is None:
        return ""
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    return sign + number_text(context.texts, indicator, abs(difference))


def about(context: Context, indicator: Indicator, series: Series, space: str) -> tuple[str, ...]:
    """Say everything about an area's latest figure: the figure, beside the town, since when; one sentence each."""
    period = series.latest
    cell = series.cell(space, period)
    key = (space, period, series.whole)
    found = [cell_sentence(context, indicator, cell, space)]
    if cell is not None and cell.value is not None:
        benchmark = series.cell(series.benchmark, period)
        found.append(comparison_sentence(context, indicator, series.comparisons.get(key), benchmark))
        found.append(change_sentence(context, indicator, series.changes.get(key)))
    return tuple(sentence for sentence in found if sentence)


def overview(
    context: Context, indicator: Indicator, series: Series, spaces: Iterable[str]
) -> tuple[str, ...]:
    """Say what an indicator shows for the town now: its figure, the areas that differ from it, those without a number."""
    texts = context.texts
    _ = texts.gettext
    period = series.latest
    found = list(about(context, indicator, series, series.benchmark))
    areas = [space for space in spaces if space != series.benchmark]
    cells = {space: series.cell(space, period) for space in areas}
    by_verdict = {
        verdict: [
            space
            for space in areas
            if (comparison := series.comparisons.get((space, period, series.whole))) is not None
            and comparison.verdict == verdict
        ]
        for verdict in Verdict
    }
    known = [cell for cell in cells.values() if cell is not None and cell.value is not None]
    town = named(context, series.benchmark) if series.benchmark else ""
    if len(known) > 1:
        values = [cell.value for cell in known if cell.value is not None]
        words = _("In den Gebieten reicht der Wert von {low} bis {high}.")
        found.append(
            words.format(
                low=number_text(texts, indicator, min(values)),
                high=with_unit(context, indicator, max(values))
                + (f" ({_('erfunden')})" if any(cell.illustrative for cell in known) else ""),
            )
        )
    if by_verdict[Verdict.HIGHER] or by_verdict[Verdict.LOWER]:
        if by_verdict[Verdict.HIGHER]:
            words = _("Sicher höher als in {town}: {areas}.")
            found.append(words.format(town=town, areas=_some(context, by_verdict[Verdict.HIGHER])))
        if by_verdict[Verdict.LOWER]:
            words = _("Sicher niedriger: {areas}.")
            found.append(words.format(areas=_some(context, by_verdict[Verdict.LOWER])))
    elif by_verdict[Verdict.SIMILAR]:
        found.append(_("Kein Gebiet unterscheidet sich sicher von {town}.").format(town=town))
    silent = sum(1 for cell in cells.values() if cell is None or cell.value is None)
    if silent:
        words = texts.ngettext(
            "Für {n} Gebiet gibt es keine Zahl; der Grund steht in der Tabelle.",
            "Für {n} Gebiete gibt es keine Zahl; der Grund steht in der Tabelle.",
            silent,
        )
        found.append(words.format(n=silent))
    return tuple(found)


def _some(context: Context, spaces: list[str], most: int = 5) -> str:
    """Name areas, or with many of them say how many there are."""
    if len(spaces) <= most:
        return context.texts.join(named(context, space) for space in spaces)
    return context.texts.ngettext("{n} Gebiet", "{n} Gebiete", len(spaces)).format(n=len(spaces))


def _with_judgement(texts: Texts, sentence: str, judgement: Judgement) -> str:
    word = judgement_word(texts, judgement)
    return sentence + " " + texts.gettext("Das ist {word}.").format(word=word) if word else sentence
