"""What an attack found in; what is said about it, at the place of the cell, out."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.cell_names import WHOM, cell_name, key_name
from generator.disclosure.engine import Attacker, FeasibilityInterval
from generator.disclosure.published import Disclosure
from generator.model.site import Site


def given_away(site: Site, item: Disclosure, place: Position) -> Diagnostic:
    """Say which withheld count falls to whom, and by what."""
    if item.contradictions:
        return diagnostic("tabellen-widersprechen", place, by=", ".join(item.contradictions[:3]))
    cell = _cell(site, item)
    if item.how:
        others = " und ".join(item.evidence.sources)
        return diagnostic("zahl-unter-anderem-namen", place, cell=cell, others=others, how=item.how)
    if item.past:
        return diagnostic("frueher-verraten", place, count=1, whom=WHOM[item.attacker], cell=cell)
    by = [*item.evidence.sources, *(key_name(site, key) for key in item.evidence.cells)]
    if item.released:
        return diagnostic(
            "zahl-schon-veroeffentlicht", place, cell=cell, by=by[0] if by else "früheren Ausgabe"
        )
    if item.attacker is Attacker.GUESSER:
        return diagnostic("zahl-zu-erraten", place, cell=cell)
    if item.knows is not None:
        return diagnostic("zahl-fuer-beteiligte", place, cell=cell, own=f"„{key_name(site, item.knows)}“")
    words = "; ".join(by[:4]) or "die Regel selbst"
    return diagnostic("zahl-verraten", place, cell=cell, what=_in_words(item.interval), by=words)


def _cell(site: Site, item: Disclosure) -> str:
    if item.cell:
        return cell_name(site, site.indicators[item.indicator], item.cell)
    return f"„{key_name(site, item.key)}“"


def _in_words(interval: FeasibilityInterval | None) -> str:
    if interval is None:
        raise ValueError("a leak has an interval")
    if interval.recovered:
        return f"sie ist {round(interval.low)}"
    return f"sie liegt zwischen {round(interval.low)} und {interval.high:.0f}"
