"""Name a cell in German, for messages to editors."""

from __future__ import annotations

from itertools import chain

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.counted_measures import PART
from generator.disclosure.engine.attack import Attacker
from generator.disclosure.engine.linear_system import Key
from generator.disclosure.lattice import CROSS, REST
from generator.disclosure.published import Disclosure
from generator.model.cells import CellKey
from generator.model.indicator import Breakdown, Indicator
from generator.model.site import Site

WHOM = {
    Attacker.READER: "wer alles Veröffentlichte kennt",
    Attacker.CONTRIBUTOR: "wer selbst in einer Zelle gezählt ist",
}
"""Who attacks, in words for editors."""


def space_name(site: Site, space: str) -> str:
    """Return the name of an area or of two's overlap."""
    names = [site.spaces[key].name if key in site.spaces else key for key in space.split(CROSS)]
    return ", der Teil in ".join(names)


def cell_name(site: Site, indicator: Indicator, cell: CellKey) -> str:
    """Name a cell in quotes: „Mühlenviertel, 2024, 6 bis 9“."""
    words = [space_name(site, cell[0]), cell[1]]
    words += [
        _value_name(item, value) for item, value in zip(indicator.breakdowns, cell[2], strict=True) if value
    ]
    return f"„{', '.join(words)}“"


def key_name(site: Site, key: Key) -> str:
    """Name a key (measure, area, period, values) for reports, without the measure."""
    words = [space_name(site, key[1]), key[2]]
    words += [_name_of(site, part) for part in key[3:]]
    return ", ".join(words)


def _name_of(site: Site, part: str) -> str:
    """Name a part of a key: value, part of the measure, or rest."""
    breakdown, _, value = part.partition(":")
    if breakdown == REST:
        without = [_name_of(site, one) for one in value.split(", ")]
        return f"{REST} {', '.join(without)}"
    if breakdown == PART and value in site.indicators:
        return site.indicators[value].title
    every = chain.from_iterable(indicator.breakdowns for indicator in site.indicators.values())
    return next((_value_name(item, value) for item in every if item.id == breakdown), value or part)


def source_name(site: Site, source: str) -> str:
    """Name a sum's or statement's source: a release, or a key."""
    key = tuple(source.split(" / "))
    if len(key) > 2 and key[1].split(CROSS)[0] in site.spaces:
        return key_name(site, key)
    return source


def _value_name(breakdown: Breakdown, value: str) -> str:
    return next((one.name for one in breakdown.values if one.id == value), value)


def given_away(site: Site, item: Disclosure, place: Position) -> Diagnostic:
    """Report a withheld count that can be worked out: by whom, from what."""
    if item.contradictions:
        named = [source_name(site, one) for one in item.contradictions[:3]]
        return diagnostic("tabellen-widersprechen", place, by=", ".join(named))
    indicator = site.indicators[item.indicator]
    cell = cell_name(site, indicator, item.cell) if item.cell else f"„{key_name(site, item.key)}“"
    if item.past:
        return diagnostic("frueher-verraten", place, count=1, whom=WHOM[item.attacker], cell=cell)
    by = [source_name(site, one) for one in item.evidence.sources]
    if item.knows is not None:
        return diagnostic("zahl-fuer-beteiligte", place, cell=cell, own=f"„{key_name(site, item.knows)}“")
    by += [key_name(site, key) for key in item.evidence.cells]
    if item.interval is None:
        return diagnostic("betrag-verraet", place, cell=cell, title=by[0])
    # A log of a pipeline is public: the number isn't told.
    what = "genau" if item.interval.recovered else "auf weniger als drei mögliche Werte"
    words = "; ".join([*dict.fromkeys(by)][:4]) or "die Regel selbst"
    return diagnostic("zahl-verraten", place, cell=cell, what=what, by=words)
