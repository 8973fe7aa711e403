"""Check indicators that count the same for rules and numbers that disagree."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.engine.linear_system import Key
from generator.disclosure.engine.rounding import BASE
from generator.disclosure.engine.sensitivity import SensitivityRule
from generator.disclosure.measures.counted_measures import (
    Indicators,
    Measure,
    denominator_key,
    measure_name,
    measures_of,
    numerator_key,
    rule_of,
)
from generator.disclosure.measures.lattice import Spaces, parts
from generator.model.cells import Status
from generator.model.config import Thresholds
from generator.model.indicator import Answered, Indicator
from generator.read.indicator_folders import IndicatorFolder
from generator.read.value_tables import ValueTable

SHARE = re.compile(
    r"%|‰|\bProzent|\bPromille|quoten?\b|\bAnteil|\bDurchschnitt|\bMittelwert|\bIndex\b|\b(?:von|je|pro|auf) 1[.  ]?0+\b",
    re.IGNORECASE,
)
"""Words that name a share or a mean."""


def check_rules(
    indicators: Indicators,
    folders: Mapping[str, IndicatorFolder],
    tables: Mapping[str, ValueTable],
    defaults: Thresholds,
) -> Iterator[Diagnostic]:
    """Report methods unfit for their source or for these tables, differing rules, and rules without numbers."""
    yield from _without_numbers(indicators, folders)
    has_own_cases = any(item.disclosure.method == "round-small" for item in indicators.values())
    if indicators:
        yield from _threshold(Position("site_config.yml"), defaults.threshold)
    for key, folder in folders.items():
        place = folder.source.position("disclosure", "threshold")
        yield from _threshold(place, folder.indicator.disclosure.threshold)
        yield from _against_terms(folder)
        yield from _small_ones(folder.indicator, tables.get(key))
        if has_own_cases:
            yield from _cases_unsaid(folder)
        yield from _siblings(folder, defaults)
    yield from _amounts_that_give_counts(indicators, folders)
    for measure in measures_of(indicators):
        for item in measure.owners:
            first = measure.owners[0]
            # A part and its whole may be protected by different methods.
            apart = (
                measure.parts[item.id] != measure.parts[first.id]
                and first.disclosure.method != item.disclosure.method
            )
            if item.id in folders and not apart and _rule(item, defaults) != _rule(first, defaults):
                where = folders[item.id].source.position("disclosure")
                yield diagnostic("regeln-verschieden", where, title=item.title, other=first.title)


def _threshold(place: Position, value: int | None) -> Iterator[Diagnostic]:
    """Report a threshold to which rounded counts don't fit."""
    if value is not None and (value < BASE or value % BASE):
        better = max(BASE, -(-value // BASE) * BASE)
        yield diagnostic("schwelle-kein-vielfaches", place, value=value, better=better)


def _against_terms(folder: IndicatorFolder) -> Iterator[Diagnostic]:
    """Report a method that contradicts the source's terms."""
    item = folder.indicator
    if item.source.regime == "own-cases" and item.disclosure.method != "round-small":
        yield diagnostic("eigene-faelle-offen", folder.source.position("disclosure", "method"))
    elif item.disclosure.method == "published" and item.source.licence is None:
        yield diagnostic("quelle-ohne-lizenz", folder.source.position("source"))


def _small_ones(item: Indicator, table: ValueTable | None) -> Iterator[Diagnostic]:
    """Ask once whether a source really shows a count below five."""
    is_told = item.disclosure.method == "round-small" or item.no_indicator or item.disclosure.small_in_source
    if table is not None and item.adds_up and not is_told:
        small = (row for row in table.rows if row.numerator in range(1, BASE))
        yield from (
            diagnostic("kleine-zahl-der-quelle", table.position(row, "numerator")) for row in islice(small, 1)
        )


def _cases_unsaid(folder: IndicatorFolder) -> Iterator[Diagnostic]:
    """Ask whose money, shares and means are: times or by these, a count follows exactly."""
    item = folder.indicator
    tied = item.cases_from or item.no_indicator or item.numerator_from or item.part_of
    if item.is_amount and item.denominator is None and not tied:
        yield diagnostic("faelle-ungesagt", folder.source.position("title"), title=item.title)


def _amounts_that_give_counts(
    indicators: Indicators, folders: Mapping[str, IndicatorFolder]
) -> Iterator[Diagnostic]:
    """Report shares of cases of which some are withheld in that year, and a second amount of them: either gives exact counts."""
    secret = {
        (measure_name(indicators, key), row.period)
        for key, folder in folders.items()
        for row in (folder.table.rows if folder.table is not None else ())
        if row.status is Status.SECRET and folder.indicator.cases_from is None
    }
    first: dict[tuple[str, str], Indicator] = {}
    for folder in folders.values():
        item = folder.indicator
        if item.cases_from is None or item.cases_from not in indicators or folder.table is None:
            continue
        name = measure_name(indicators, item.cases_from)
        shown = {(name, row.period) for row in folder.table.rows if row.numerator is not None} & secret
        others = {first.setdefault(key, item).title for key in sorted(shown)} - {item.title}
        if shown and (item.unit or "").startswith(("%", "‰", "Prozent", "Promille")):
            yield diagnostic("anteil-verraet", folder.source.position("title"), title=item.title)
        elif others:
            other = min(others)
            yield diagnostic(
                "betraege-verraten", folder.source.position("title"), title=item.title, other=other
            )


def _siblings(folder: IndicatorFolder, defaults: Thresholds) -> Iterator[Diagnostic]:
    """Ask whether siblings are counted where only single cases are protected. Not where `design` says that everybody counts alone."""
    item = folder.indicator
    cases = item.disclosure.own_cases or defaults.own_cases
    if cases == 1 and item.disclosure.method == "round-small" and item.design != 1:
        yield diagnostic("geschwister-ungefragt", folder.source.position("disclosure", "own_cases"))


def check_answers(folder: IndicatorFolder, today: dt.date) -> Iterator[Diagnostic]:
    """Report answers without office and day."""
    item = folder.indicator
    answers: dict[tuple[str | int, ...], Answered | None] = {}
    if item.part_of is not None:
        answers["part_of",] = item.part_of_by
    if item.disclosure.small_in_source is not None:
        answers["disclosure", "small_in_source"] = item.disclosure.small_in_source
    answers |= {("by_chance", number): one for number, one in enumerate(item.by_chance)}
    for path, one in answers.items():
        if one is None or not one.signed or (one.date or today) > today:
            line = f"{{date: {today}, office: …}}"
            line = f"part_of_by: {line}" if path == ("part_of",) else line.strip("{}")
            yield diagnostic("antwort-ohne-stelle", folder.source.position(*path), line=line)


def _without_numbers(indicators: Indicators, folders: Mapping[str, IndicatorFolder]) -> Iterator[Diagnostic]:
    """Report rules without effect, as they need what isn't counted."""
    counted = any(item.population for item in indicators.values())
    divided: dict[str, bool] = {}
    for measure in measures_of(indicators):
        has_divisor = any(item.denominator is not None for item in measure.owners)
        divided |= dict.fromkeys((item.id for item in measure.owners), has_divisor)
    for key, folder in folders.items():
        rule = folder.indicator.disclosure
        if rule.minimum_population and not counted:
            where = folder.source.position("disclosure", "minimum_population")
            yield diagnostic("regel-ohne-zahlen", where, lacking="population: yes in einer Kennzahl")
        if rule.complement and not divided.get(key, True):
            where = folder.source.position("disclosure", "complement")
            yield diagnostic("regel-ohne-zahlen", where, lacking="denominator")


def _rule(item: Indicator, defaults: Thresholds) -> tuple[str, SensitivityRule]:
    """Return an indicator's own rule; smallest denominators may differ."""
    alone = rule_of(Measure(item.id, [item]), defaults)
    return item.disclosure.method, dataclasses.replace(alone, minimum_denominator=0)


def check_share(
    folder: IndicatorFolder, spaces: Spaces, table: ValueTable, *, raw: bool = False
) -> Iterator[Diagnostic]:
    """Report shares or means without denominator that are summed over areas: `raw` all, on pages whole numbers only."""
    item = folder.indicator
    if item.denominator is not None or "adds_up" in item.model_fields_set or not _summed(spaces, table, raw):
        return
    found = called_share(item)
    if found is not None:
        name, words = found
        where = folder.source.position(name)
        yield diagnostic("quote-ohne-nenner", where, title=item.title, why=f"{name}: „{words}“")


def called_share(item: Indicator) -> tuple[str, str] | None:
    """Return the first field that names shares or means, with the words."""
    for name in ("unit", "title", "numerator", "says"):
        match = SHARE.search(getattr(item, name) or "")
        if match:
            return name, match[0].strip()
    return None


def _summed(spaces: Spaces, table: ValueTable, raw: bool) -> bool:
    """Whether some area would get the sum of its parts."""
    present: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    with_number: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for row in table.rows:
        present[row.period, row.breakdown].add(row.space)
        if row.numerator is not None and (raw or row.numerator == row.numerator.to_integral_value()):
            with_number[row.period, row.breakdown].add(row.space)
    families = {key: inside for key in spaces if len(inside := parts(spaces, key)) > 1}
    return any(
        key not in names and with_number[place].issuperset(inside)
        for place, names in present.items()
        for key, inside in families.items()
    )


class _Said(Struct, frozen=True):
    """A count with the indicator that says it, and where."""

    indicator: str
    place: Position
    value: Decimal


def check_shared(indicators: Indicators, tables: Mapping[str, ValueTable]) -> Iterator[Diagnostic]:
    """Report cells whose counts differ between tables, denominators too."""
    counted: dict[Key, _Said] = {}
    for key in sorted(tables, key=lambda key: (measure_name(indicators, key) != key, key)):
        for cell, said in _numerators_by_key(indicators, key, tables[key]).items():
            first = counted.setdefault(cell, said)
            if first.value != said.value:
                yield _report_differing_value("zaehler-verschieden", indicators, said, first)
    for key in sorted(tables):
        for cell, said in _keys_with_denominators(indicators, key, tables[key]):
            first_said = counted.get(cell)
            if first_said is not None and first_said.value != said.value:
                yield _report_differing_value("nenner-verschieden", indicators, said, first_said)


def _numerators_by_key(indicators: Indicators, key: str, table: ValueTable) -> dict[Key, _Said]:
    found: dict[Key, _Said] = {}
    for row in table.rows:
        if row.numerator is not None:
            cell = numerator_key(indicators, indicators[key], row.cell)
            before = found.get(cell) or _Said(key, table.position(row, "numerator"), Decimal())
            # Rows of pieces and of contributors add up to the cell.
            found[cell] = replace(before, value=row.numerator + (before.value if table.further else 0))
    return found


def _keys_with_denominators(
    indicators: Indicators, key: str, table: ValueTable
) -> Iterator[tuple[Key, _Said]]:
    item = indicators[key]
    for row in table.rows if item.denominator_from is not None and not table.further else ():
        if row.denominator is not None:
            cell = denominator_key(indicators, item, row.cell)
            yield cell, _Said(key, table.position(row, "denominator"), row.denominator)


def _report_differing_value(code: str, indicators: Indicators, said: _Said, first: _Said) -> Diagnostic:
    other = indicators[first.indicator].title
    return diagnostic(code, said.place, other=other)
