"""Write the planner's report in German.

It holds raw counts and stays outside of the project.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from generator.disclosure.engine.attack import Attacker
from generator.disclosure.engine.sensitivity import Reason, SensitivityRule
from generator.disclosure.gates.other_ways_out import REPORT
from generator.disclosure.measures.counted_measures import Indicators, Measure, measures_of, rule_of
from generator.disclosure.measures.lattice import is_named
from generator.disclosure.measures.published import cell_name, key_name
from generator.disclosure.protect.raw_measure import ProtectedCounts, Withheld, values_of
from generator.disclosure.protect.raw_tables import Private
from generator.model.cells import Status
from generator.model.indicator import PROMISE, Answered
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
    """Write what is withheld, why, with which intervals, after joint `leaks`."""
    lines = [
        f"# {REPORT}{day:%d.%m.%Y}",
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
    """Say what people answered on ties, with office and day."""
    for item in indicators.values():
        if item.part_of in indicators and item.part_of is not None:
            yield f"- „{item.title}“ ist ein Teil von „{indicators[item.part_of].title}“ {_by(item.part_of_by)}"
        for one in item.by_chance:
            other = indicators[one.indicator].title
            sentence = f"„{item.title}“ und „{other}“ passen nur zufällig zusammen: {one.reason}"
            yield f"- {sentence} {_by(one)}"


def _by(one: Answered | None) -> str:
    """Write who answered, and when."""
    if one is None or one.date is None or one.office is None:
        return "(ohne Stelle und Datum)"
    return f"({one.office}, {one.date:%d.%m.%Y})"


def _measure(site: Site, private: Private, result: ProtectedCounts, measure: Measure) -> Iterator[str]:
    """Say a measure's withheld cells, and how many small unnamed ones."""
    title = " / ".join(item.title for item in measure.indicators)
    yield from (f"## {title} ({'Zähler' if measure.owners else 'Nenner'})", "")
    if measure.unprotected:
        methods = {item.disclosure.method for item in measure.indicators}
        yield "Wie die Quelle es veröffentlicht." if "published" in methods else "Zählt niemanden."
        cells = ((item, *one) for item in measure.owners for one in private.totals.get(item.id, {}).items())
        withheld = [cell_name(site, item, cell) for item, cell, one in cells if one.status is Status.SECRET]
        if withheld:
            yield f"Die Quelle nennt keine Zahl, oder eine verriete diese: {', '.join(withheld)}."
        yield ""
        return
    rule = rule_of(measure, private.defaults)
    of_measure = [one for one in result.withheld if one.key[0] == measure.name]
    pieces = sum(one.reason is not None for one in of_measure if not is_named(one.key))
    yield _describe_rule(rule)
    if pieces:
        yield f"{pieces} kleine Zahlen in Teilen, in denen sich zwei Einteilungen der Stadt kreuzen, sind mit geschützt."
    others = " und ".join(f"„{item.title}“" for item in (*measure.owners, *measure.users))
    yield f"Alle übrigen Anzahlen sind auf Vielfache von 5 gerundet. Gemeinsam geprüft: {others}."
    yield ""
    named = [one for one in of_measure if is_named(one.key)]
    if not named:
        yield from ("Nichts ist gesperrt.", "")
        return
    yield from _attackers(rule, named)
    yield from (
        "",
        "| Gebiet, Zeitraum | Zahl | warum gesperrt | von außen errechenbar | |",
        "|---|---:|---|---|---|",
    )
    for one in named:
        high = "unbegrenzt" if math.isinf(one.interval.high) else f"{one.interval.high:.0f}"
        state = "nur durch frühere Veröffentlichungen" * bool(one.past)
        state = "**nicht geschützt**" if one.falls else state
        yield f"| {key_name(site, one.key)} | {'–' if one.value is None else one.value} | {_explain_withheld_cell(one)} | {round(one.interval.low)} bis {high} | {state} |"
    yield ""


def _attackers(rule: SensitivityRule, mine: list[Withheld]) -> Iterator[str]:
    """Say for readers and counted people that nothing leaks, or how many counts."""
    holds = {
        Attacker.READER: (
            "Wer alles Veröffentlichte und die Schwelle kennt",
            "mindestens drei mögliche Werte für jede gesperrte Zahl",
        ),
        Attacker.CONTRIBUTOR: (
            "Wer selbst gezählt ist",
            f"keine andere Zahl genau (bis {rule.own_cases} eigene Fälle)",
        ),
    }
    for attacker, (who, safe) in holds.items():
        lost = sum(attacker in one.falls for one in mine)
        late = sum(attacker in one.past for one in mine)
        said = f"**errechnet {lost} geheime Zahlen**" if lost else safe
        yield f"- {who}: {said}" + f"; {late} Zahlen nur durch frühere Veröffentlichungen" * bool(late)


def _describe_rule(rule: SensitivityRule) -> str:
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


def _explain_withheld_cell(one: Withheld) -> str:
    if one.reason is not None:
        return f"{REASONS[one.reason]} (primär)"
    if one.value is None:
        return "die Quelle nennt keine Zahl"
    return "nie gezeigt" if one.is_hidden else "damit andere nicht errechenbar sind (sekundär)"
