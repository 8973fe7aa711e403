"""Write the planner's report in German.

It holds raw counts and stays outside of the project.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence

from generator.disclosure.cell_names import key_name
from generator.disclosure.counted_measures import Indicators, Measure, measures_of, rule_of
from generator.disclosure.engine.attack import Attacker, FeasibilityInterval
from generator.disclosure.engine.sensitivity import Reason, SensitivityRule
from generator.disclosure.gates.other_ways_out import REPORT
from generator.disclosure.lattice import is_named
from generator.disclosure.protect.protected_counts import ProtectedCounts, Role, Withheld
from generator.disclosure.protect.raw_measure import values_of
from generator.disclosure.protect.raw_tables import Private
from generator.model.indicator import Answered, ByChance
from generator.model.promise import PROMISE
from generator.model.site import Site

SIGNATURE = ("| Stelle | Funktion | Tag | Unterschrift |", "|---|---|---|---|", "| | | | |", "")
REASONS: dict[Reason, str] = {
    Reason.THRESHOLD: "unter der Schwelle",
    Reason.ZERO: "Null ist geheim",
    Reason.POPULATION: "zu wenige Einwohner/innen",
    Reason.DENOMINATOR: "Nenner zu klein",
    Reason.COMPLEMENT: "fast alle gezählt",
    Reason.DOMINANCE: "wenige tragen fast alles bei",
}


def report(
    site: Site, private: Private, result: ProtectedCounts, day: dt.date, note: str, leaks: Sequence[str] = ()
) -> str:
    """Write which cells are withheld, why, and how wide the interval is that an attacker is left with; before that, what all tables
    together give away (`leaks`, a sentence each), since intervals are those of each count alone."""
    lines = [
        f"{REPORT}{day:%d.%m.%Y}",
        "",
        "**Nur für die Planung und die Stelle für Datenschutz.** Dieser Bericht enthält rohe Zahlen. Er gehört nicht ins Projekt.",
        "",
    ]
    if note:
        lines += [f"Anlass: {note}", ""]
    if leaks:
        lines += [
            "## Zusammen mit anderen Tabellen",
            "",
            "Was weiter unten steht, gilt für jede Kennzahl allein. Aus allem Veröffentlichten zusammen folgt:",
            "",
            *(f"- {leak}" for leak in leaks),
            "",
        ]
    answers = list(_answers(private.indicators))
    if answers:
        lines += ["## Beantwortete Fragen", "", *answers, ""]
    for measure in sorted(measures_of(private.indicators), key=lambda one: one.indicators[0].id):
        if not values_of(private, measure):
            continue
        lines += _measure(site, private, result, measure)
    lines += ["## Was wir versprechen", "", *(f"- {sentence}" for sentence in PROMISE), "", *SIGNATURE]
    return "\n".join(lines)


def _answers(indicators: Indicators) -> Iterator[str]:
    """Say what people answered where numbers seemed tied, with office and day."""
    for item in indicators.values():
        if item.part_of in indicators and item.part_of is not None:
            yield f"- „{item.title}“ ist ein Teil von „{indicators[item.part_of].title}“ {_by(item.part_of_by)}"
        for one in item.by_chance:
            other = indicators[one.indicator].title
            said = f"„{item.title}“ und „{other}“ passen nur zufällig zusammen: {one.reason}"
            yield f"- {said} {_by(one)}"


def _by(one: Answered | ByChance | None) -> str:
    """Write who answered, and when."""
    if one is None or one.date is None or one.office is None:
        return "(ohne Stelle und Datum)"
    return f"({one.office}, {one.date:%d.%m.%Y})"


def _own(result: ProtectedCounts, measure: Measure) -> tuple[list[Withheld], list[Withheld]]:
    """Return what is withheld of a measure, and the small counts among the pieces that no page names."""
    own = [one for one in result.withheld if one.key[0] == measure.name]
    mine = [one for one in own if is_named(one.key)]
    return mine, [one for one in own if not is_named(one.key) and one.reason]


def _table(site: Site, withheld: Iterable[Withheld]) -> Iterator[str]:
    yield "| Gebiet, Zeitraum | Zahl | warum gesperrt | von außen errechenbar | |"
    yield "|---|---:|---|---|---|"
    for one in withheld:
        yield f"| {key_name(site, one.key)} | {one.value} | {_why(one)} | {_interval(one.interval)} | {_state(one)} |"
    yield ""


def _measure(site: Site, private: Private, result: ProtectedCounts, measure: Measure) -> Iterator[str]:
    title = " / ".join(item.title for item in measure.indicators)
    what = "Zähler" if measure.owners else "Nenner"
    yield f"## {title} ({what})"
    yield ""
    if measure.open:
        methods = {item.disclosure.method for item in measure.indicators}
        yield "Wie die Quelle es veröffentlicht." if "published" in methods else "Zählt niemanden."
        yield ""
        return
    rule = rule_of(measure, private.defaults)
    mine, pieces = _own(result, measure)
    yield _rule(rule)
    if pieces:
        yield f"{len(pieces)} kleine Zahlen in Teilen, in denen sich zwei Einteilungen der Stadt kreuzen, sind mit geschützt."
    yield "Alle übrigen Anzahlen sind auf Vielfache von 5 gerundet."
    yield ""
    if not mine:
        yield "Nichts ist gesperrt."
        yield ""
        return
    yield from _attackers(rule, mine, measure)
    yield ""
    yield from _table(site, mine)


def _attackers(rule: SensitivityRule, mine: list[Withheld], measure: Measure) -> Iterator[str]:
    """Say of each attacker what is left to them: how many values, or how many counts fall."""
    others = " und ".join(f"„{item.title}“" for item in (*measure.owners, *measure.users))
    width = min(
        (one.interval.width for one in mine if Attacker.READER not in (*one.falls, *one.past)),
        default=math.inf,
    )
    many = "beliebig viele" if math.isinf(width) else f"mindestens {width + 1:.0f}"
    readers = _left(mine, Attacker.READER, f"{many} Werte für jede gesperrte Zahl")
    contributors = _left(
        mine, Attacker.CONTRIBUTOR, f"keine andere genau (bis {rule.own_cases} eigene Fälle)"
    )
    yield "| Wer angreift | was er weiß | Ergebnis |"
    yield "|---|---|---|"
    yield f"| liest die Seite | alles Veröffentlichte, auch frühere Ausgaben, und die Schwelle {rule.threshold} | {readers} |"
    yield f"| ist selbst gezählt | dazu die eigene Zelle | {contributors} |"
    yield f"| hat eine andere Tabelle | dieselben Fälle anders aufgeteilt | gemeinsam geprüft: {others} |"


def _left(mine: list[Withheld], attacker: Attacker, holds: str) -> str:
    """Say what is left to an attacker."""
    lost = sum(attacker in one.falls for one in mine)
    late = sum(attacker in one.past for one in mine)
    words = [f"**errechnet {lost} geheime Zahlen**" if lost else holds]
    if late:
        words.append(f"{late} Zahlen nur durch frühere Ausgaben")
    return "; ".join(words)


def _rule(rule: SensitivityRule) -> str:
    words = [f"Schwelle {rule.threshold}"]
    if rule.zeros:
        words.append("auch Null geheim")
    if rule.minimum_denominator:
        words.append(f"Nenner mindestens {rule.minimum_denominator}")
    if rule.minimum_population:
        words.append(f"mindestens {rule.minimum_population} Einwohner/innen")
    if rule.complement:
        words.append("auch die übrigen geschützt")
    if rule.dominance:
        count, share = rule.dominance
        words.append(f"Dominanz: {count} mit mehr als {share:g} %")
    return f"Regel: {', '.join(words)}."


def _why(one: Withheld) -> str:
    if one.reason is not None:
        return f"{REASONS[one.reason]} (primär)"
    if one.role is Role.SECONDARY:
        return "damit andere nicht errechenbar sind (sekundär)"
    return "nie gezeigt"


def _interval(interval: FeasibilityInterval) -> str:
    high = "unbegrenzt" if math.isinf(interval.high) else f"{interval.high:.0f}"
    return f"{round(interval.low)} bis {high}"


def _state(one: Withheld) -> str:
    if one.falls:
        return "**nicht geschützt**"
    return "nur durch frühere Ausgaben" if one.past else ""
