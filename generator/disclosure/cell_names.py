"""Keys of cells and attackers in; what they are about (areas, age groups and other labels, German, for editors and planners) out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.disclosure.counted_measures import PART
from generator.disclosure.engine import Attacker, Key
from generator.disclosure.lattice import CROSS, REST
from generator.model.cells import CellKey
from generator.model.indicator import Breakdown, Indicator
from generator.model.site import Site

WHOM = {
    Attacker.READER: "wer alles Veröffentlichte kennt",
    Attacker.CONTRIBUTOR: "wer selbst in einer Zelle gezählt ist",
    Attacker.GUESSER: "wer richtig rät, welche Zahlen klein sind",
}
"""Who attacks, in words for editors."""


def space_name(site: Site, space: str) -> str:
    """Return the name of an area, or that of the piece in which two areas meet."""
    first, _, second = space.partition(CROSS)
    name = site.spaces[first].name if first in site.spaces else first
    if not second:
        return name
    other = site.spaces[second].name if second in site.spaces else second
    return f"{name}, der Teil in {other}"


def cell_name(site: Site, indicator: Indicator, cell: CellKey) -> str:
    """Return area, period and breakdown of a cell, in quotes for messages: „Mühlenviertel, 2024, 6 bis 9“."""
    words = [space_name(site, cell[0]), cell[1]]
    words += [
        _value_name(item, value) for item, value in zip(indicator.breakdowns, cell[2], strict=True) if value
    ]
    return f"„{', '.join(words)}“"


def key_name(site: Site, key: Key) -> str:
    """Return area, period and breakdown values of a measure's key, for reports."""
    words = [space_name(site, key[1]), key[2]]
    for part in key[3:]:
        breakdown, _, value = part.partition(":")
        said = next(_names_of(site, breakdown, value), value)
        words.append(f"{REST} {said}" if breakdown == REST else said)
    return ", ".join(words)


def _names_of(site: Site, breakdown: str, value: str) -> Iterator[str]:
    """Yield how indicators call a value of a breakdown, or themselves as a part."""
    if breakdown == PART and value in site.indicators:
        yield site.indicators[value].title
    for indicator in site.indicators.values():
        for item in indicator.breakdowns:
            if item.id == breakdown:
                yield _value_name(item, value)


def _value_name(breakdown: Breakdown, value: str) -> str:
    return next((one.name for one in breakdown.values if one.id == value), value)
