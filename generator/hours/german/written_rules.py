"""Write what German hours mean as one OSM expression."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from generator.hours.german.meaning import Meaning, Opening
from generator.hours.german.times import overlap
from generator.hours.german.tokens import Unreadable
from generator.hours.osm_rules import osm_date
from generator.hours.schedule import clock

(
    _ORDINARY,
    _IN_A_SEASON,
    _CLOSED,
    _SCHOOL_HOLIDAYS,
    _PUBLIC_HOLIDAYS,
    _CLOSED_SEASONS,
    _SINGLE_DATES,
    _IN_DOUBT,
) = range(8)
"""The ranks of rules, and with them which of several has the last word on a day: in OSM a later rule replaces what earlier ones say.

- A season before weekdays: „Mo-Fr 9-12, im August 9-10“.
- A closure before what is open: „Mi geschlossen, Mo-Fr 9-12“, in whatever order they stand.
- Holidays before seasons and closures, public ones before those of schools: „in den Ferien geschlossen, Feiertage 10-12“.
- A closure of some weeks before what is open in holidays: „in den Ferien 8-16, Betriebsferien 3.8.-21.8.“.
- A date before all of these: „Heiligabend 9-12“; and last what makes days uncertain that it may close.
- Of the same rank the narrower before the wider: „Mo-Fr 9-12, am 1. Freitag im Monat 10-11“.
"""


@dataclass(frozen=True)
class WrittenRule:
    """One rule as OSM writes it: which days, which times (minutes from midnight; an open end is None), whether they are certain."""

    selector: str
    opening: Opening
    season: str
    rank: int

    @property
    def width(self) -> tuple[int, bool]:
        """Of how many weekdays it is about; those of one week of the month are fewer."""
        nth = any("[" in day for day in self.opening.days)
        return (-len(self.opening.weekdays) or -7, nth)

    @property
    def kind(self) -> tuple[object, ...]:
        """What limits it beside weekdays."""
        return self.season, self.opening.limit.school, self.opening.public_only, self.opening.days == ["PH"]

    def __str__(self) -> str:
        opening = self.opening
        times = ",".join(
            f"{clock(start)}{'+' if end is None else '-' + clock(end)}" for start, end in opening.spans
        )
        comment = ", ".join(dict.fromkeys(filter(None, opening.remarks))).replace('"', "'")
        state = opening.state or ("open" if comment else "")
        if state == "off":
            comment = ""
        return " ".join(
            part for part in (self.selector, times, state, f'"{comment}"' if comment else "") if part
        )

    def meets(self, other: WrittenRule) -> bool:
        """Tell whether both say times of the same weekday in the same season."""
        if (
            not self.opening.spans
            or not other.opening.spans
            or "off" in {self.opening.state, other.opening.state}
        ):
            return False
        mine, others = self.opening.weekdays, other.opening.weekdays
        return self.kind == other.kind and (not mine.isdisjoint(others) or not (mine or others))


def expression_of(said: Meaning) -> str:
    """Return the OSM expression of what was said; raises `Unreadable` where two times of a day contradict each other."""
    otherwise = said.otherwise.replace('"', "'")
    rules = list(map(_rule, _holidays_apart(said.openings)))
    if not rules:
        return f'unknown "{otherwise}"'
    rules.sort(key=lambda rule: (rule.rank, rule.width))
    texts: list[str] = []
    for number, rule in enumerate(rules):
        adds = _adds(rules[:number], rule)
        text = f"{', ' if adds else '; '}{rule}"
        if text.lstrip(",; ") not in {one.lstrip(",; ") for one in texts}:
            texts.append(text)
    expression = "".join(texts)[2:]
    if otherwise:
        return f'{expression} || unknown "{otherwise}"'
    return expression


def _rule(opening: Opening) -> WrittenRule:
    season = _season(opening)
    selector = _selector(season, opening)
    return WrittenRule(selector or ("Mo-Su" if not opening.spans else ""), opening, season, _rank(opening))


def _rank(opening: Opening) -> int:
    """Return the rank of what an opening says."""
    limit = opening.limit
    if opening.last and opening.joint != "instead":
        return _IN_DOUBT
    if opening.dated:
        return _SINGLE_DATES
    if opening.state == "off" and not limit.school and (limit.seasons or limit.since or limit.until):
        return _CLOSED_SEASONS
    if not limit.school and (opening.public_only or "PH" in opening.days):
        return _PUBLIC_HOLIDAYS
    if limit.school and (opening.days or opening.state != "off"):
        # Times in school holidays replace that nothing takes place in them.
        return _SCHOOL_HOLIDAYS
    if opening.state == "off":
        return _CLOSED
    if limit.seasons or limit.weeks or limit.since or limit.until:
        return _IN_A_SEASON
    return _ORDINARY


def _holidays_apart(openings: list[Opening]) -> Iterator[Opening]:
    """Cut what is about weekdays and public holidays in two, where another opening limits one of them only.

    „So und Feiertage 10-14, in den Ferien geschlossen“: the rule for public holidays has to stand behind the one for school
    holidays, the rule for Sundays before it.
    """
    for opening in openings:
        usual = [day for day in opening.days if day != "PH"]
        if usual and usual != opening.days and not opening.limit.school and len(openings) > 1:
            yield replace(opening, days=usual)
            yield replace(opening, days=["PH"])
        else:
            yield opening


def _season(opening: Opening) -> str:
    """Return the OSM range of dates or weeks in which an opening holds; "" where it always does."""
    limit = opening.limit
    span = ""
    if limit.since or limit.until:
        last = f"-{osm_date(limit.until)}" if limit.until else "+"
        span = f"{osm_date(limit.since or dt.date(2000, 1, 1))}{last}"
    if span and limit.seasons:
        raise Unreadable("Zwei Zeiträume auf einmal lassen sich nicht auswerten.")
    return " ".join(part for part in (span or ",".join(limit.seasons), limit.weeks) if part)


def _selector(season: str, opening: Opening) -> str:
    """Return the OSM selector of the days of an opening within a season."""
    plain = ",".join(day for day in opening.days if day != "PH")
    public = ["PH"] if "PH" in opening.days else []
    if opening.public_only:
        days = f"PH {plain}"
    elif opening.limit.school:
        days = f"{','.join(['SH', *public])} {plain}".strip()
    else:
        days = ",".join([*filter(None, [plain]), *public])
    return f"{season} {days}".strip()


def _adds(before: Sequence[WrittenRule], rule: WrittenRule) -> bool:
    """Tell whether a rule adds times to those of earlier ones; raises `Unreadable` where they contradict each other.

    A narrower one that overlaps a wider one stands in its place, unless it has a name of its own („Café 9-17, Mi 15-18 Töpfern“).
    """
    opening = rule.opening
    if opening.also and any(one.opening.spans and one.opening.weekdays & opening.weekdays for one in before):
        return True
    same = [other for other in before if other.meets(rule)]
    if not same or opening.joint == "instead":
        return False
    certain = [other for other in same if "unknown" not in {opening.state, other.opening.state}]
    for other in same:
        if not any(overlap(one, two) for one, two in product(opening.spans, other.opening.spans)):
            continue
        if opening.names and opening.names != other.opening.names:
            continue
        if rule.width > other.width:
            return False
        if other in certain and opening.spans != other.opening.spans:
            raise Unreadable(
                "Für einen Tag stehen zwei verschiedene Zeiten da. Schreiben Sie jeden Tag einmal."
            )
    if opening.joint == "break" and any(not (opening.remarks or one.opening.remarks) for one in certain):
        # In OSM a semicolon replaces, on a door sign it adds.
        raise Unreadable(
            "Gelten an einem Tag beide Zeiten? Dann schreiben Sie sie zusammen: „Mi 9-12 und 14-18“."
        )
    return True
