"""Clauses come in as they are meant, an OSM expression goes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.hours.german.clause import Clause
from generator.hours.german.rhythms import every_weeks
from generator.hours.german.unreadable import Unreadable
from generator.hours.osm_names import WEEKDAYS, osm_date

Times = tuple[tuple[int, int | None], ...]


@dataclass(frozen=True)
class WrittenRule:
    """One rule as OSM writes it; `rank` orders the rules: what overrides stands later."""

    selector: str
    weekdays: frozenset[str]
    times: Times
    state: str
    comment: str
    rank: int
    joint: str

    def __str__(self) -> str:
        times = ",".join(
            f"{_clock(start)}{'+' if end is None else '-' + _clock(end)}" for start, end in self.times
        )
        comment = f'"{self.comment}"' if self.comment else ""
        return " ".join(part for part in (self.selector, times, self.state, comment) if part)


def expression_of(clauses: list[Clause], exceptions: list[str], otherwise: str) -> str:
    """Clauses, OSM selectors of days on which nothing takes place, and a remark for all other times in, OSM out."""
    rules = _resolve_doubles([rule for clause in clauses for rule in _rules(clause)])
    texts = [f"{', ' if adds else '; '}{rule}" for adds, rule in sorted(rules, key=lambda pair: pair[1].rank)]
    texts += [f"; {off}" for off in exceptions]
    if not texts and otherwise:
        return f'unknown "{otherwise}"'
    if not any(clause.times or clause.asked for clause in clauses):
        raise Unreadable("Es steht nur da, wann geschlossen ist." if texts else "Es steht keine Zeit da.")
    expression = "".join(texts)[2:]
    return f'{expression} || unknown "{otherwise}"' if otherwise else expression


def _rules(clause: Clause) -> Iterator[WrittenRule]:
    if clause.perhaps is not None:
        certain = replace(clause, perhaps=None)
        certain.limit_to(clause.perhaps)
        doubtful = replace(clause, perhaps=None)
        doubtful.state = "unknown"
        doubtful.remarks = doubtful.remarks or ["nicht immer"]
        yield from _rules(doubtful)
        yield from _rules(certain)
        return
    comment = ", ".join(dict.fromkeys(clause.remarks)).replace('"', "'")
    state = clause.state
    if state == "" and comment:
        state = "open"
    elif state == "off":
        comment = ""
    weekdays = frozenset() if clause.limit.school or clause.public_only else clause.weekdays
    rank = (
        1
        if clause.limit.seasons
        or clause.limit.weeks
        or clause.limit.every
        or clause.limit.since
        or clause.limit.until
        else 0
    )
    public = clause.public_only or "PH" in clause.days
    rank = max(
        rank,
        # Whatever is said of the holidays replaces that nothing takes place in them.
        3 if clause.limit.school and (clause.days or state != "off") else 4 if public else 0,
        5 if clause.dated else 0,
        2 if state == "off" else 0,
    )
    rule = WrittenRule("", weekdays, tuple(clause.times), state, comment, rank, clause.joint)
    for season in _seasons(clause):
        yield replace(rule, selector=_selector(season, clause))


def _seasons(clause: Clause) -> Iterator[str]:
    span = _span(clause)
    if clause.limit.every and not clause.limit.weeks:
        if clause.limit.since is None or clause.limit.seasons:
            raise Unreadable("Schreiben Sie zu „14-tägig“ den nächsten Tag dazu: „14-tägig ab 6.1.2026“.")
        yield from every_weeks(clause.limit.every, clause.limit.since, clause.limit.until)
        return
    if span and clause.limit.seasons:
        raise Unreadable("Zwei Zeiträume auf einmal lassen sich nicht auswerten.")
    yield " ".join(part for part in (span or ",".join(clause.limit.seasons), clause.limit.weeks) if part)


def _span(clause: Clause) -> str:
    if clause.limit.since and clause.limit.until:
        return f"{osm_date(clause.limit.since)}-{osm_date(clause.limit.until)}"
    if clause.limit.since:
        return f"{osm_date(clause.limit.since)}+"
    return f"2000 Jan 01-{osm_date(clause.limit.until)}" if clause.limit.until else ""


def _selector(season: str, clause: Clause) -> str:
    plain = [day for day in clause.days if day != "PH"]
    public = ["PH"] if "PH" in clause.days else []
    if clause.public_only:
        days = f"PH {','.join(plain)}"
    elif clause.limit.school:
        days = f"{','.join(['SH', *public])} {','.join(plain)}".strip()
    else:
        days = ",".join([*plain, *public])
    return f"{season} {days}".strip()


def _resolve_doubles(rules: list[WrittenRule]) -> list[tuple[bool, WrittenRule]]:
    """Decide what a second rule for the same day means, or say that it can't be decided; each with whether it adds."""
    resolved: list[tuple[bool, WrittenRule]] = []
    for number, rule in enumerate(rules):
        same = [
            other for other in rules[:number]
            if rule.times and other.times and _season(other) == _season(rule) and other.weekdays & rule.weekdays
        ]  # fmt: skip
        certain = [other for other in same if "unknown" not in (other.state, rule.state)]
        if any(_overlap(one, two) for other in certain for one in rule.times for two in other.times):
            raise Unreadable(
                "Für einen Tag stehen zwei verschiedene Zeiten da. Schreiben Sie jeden Tag einmal."
            )
        if certain and rule.joint == "break":
            # In OSM a semicolon replaces, on a door sign it adds.
            raise Unreadable(
                "Gelten an einem Tag beide Zeiten? Dann schreiben Sie sie zusammen: „Mi 9-12 und 14-18“."
            )
        resolved.append((bool(same), replace(rule, rank=max(other.rank for other in (rule, *same)))))
    return resolved


def _season(rule: WrittenRule) -> str:
    """What stands before the weekdays: rules with different seasons never meet, or the later one replaces."""
    first = next((at for at, word in enumerate(rule.selector.split()) if word[:2] in {*WEEKDAYS, "PH"}), None)
    return " ".join(rule.selector.split()[:first])


def _overlap(one: tuple[int, int | None], two: tuple[int, int | None]) -> bool:
    return one[0] < (1440 if two[1] is None else two[1]) and two[0] < (1440 if one[1] is None else one[1])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
