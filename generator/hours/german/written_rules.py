"""Clauses of German hours in, one OSM expression out: which rule comes first or adds to another, how „alle zwei Wochen“ is written out and for how many years; what contradicts itself and is `Unreadable`.

OSM counts calendar weeks from the year's first one, so a rhythm changes its parity in each year of 53 weeks: a rhythm is written as
one range of dates for each stretch in which its weeks keep the same numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product, takewhile

from generator.hours.german.clauses import Clause, Span
from generator.hours.german.tokens import Unreadable
from generator.hours.osm_rules import WEEKDAYS, osm_date
from generator.hours.schedule import clock

YEARS = 8
"""A rhythm is written out for so many years; records are checked long before."""


def every_weeks(weeks: int, since: dt.date, until: dt.date | None = None) -> Iterator[str]:
    """The weeks between two times, the first day and the last (or None) in, OSM selectors out that together mean these weeks.

    >>> list(every_weeks(2, dt.date(2026, 1, 6), dt.date(2027, 3, 31)))
    ['2026 Jan 06-2027 Jan 03 week 02-52/2', '2027 Jan 04-2027 Mar 31 week 01-53/2']
    """
    last = until or _first_monday(since.isocalendar().year + YEARS) - dt.timedelta(days=1)
    year = since.isocalendar().year
    stretch = (since, since.isocalendar().week % weeks)
    while True:
        following = _first_monday(year + 1)
        length = (following - _first_monday(year)).days // 7
        if following > last:
            yield _written(stretch, last, weeks)
            return
        year += 1
        after = (stretch[1] - length) % weeks
        if after != stretch[1]:
            yield _written(stretch, following - dt.timedelta(days=1), weeks)
            stretch = (following, after)


def _written(stretch: tuple[dt.date, int], last: dt.date, weeks: int) -> str:
    begin, phase = stretch
    first = phase or weeks
    return f"{osm_date(begin)}-{osm_date(last)} week {first:02d}-{first + (53 - first) // weeks * weeks:02d}/{weeks}"


def _first_monday(year: int) -> dt.date:
    """The Monday with which an ISO year begins."""
    return dt.date.fromisocalendar(year, 1, 1)


_ORDINARY, _IN_A_SEASON, _CLOSED, _SCHOOL_HOLIDAYS, _PUBLIC_HOLIDAYS, _SINGLE_DATES, _IN_DOUBT = range(7)
"""The ranks of rules. In OSM a later rule replaces what earlier ones say of its days, so the more special stands later, and last what makes
days uncertain that it may close."""


@dataclass(frozen=True)
class WrittenRule:
    """One rule as OSM writes it: which days, which times (minutes from midnight; an open end is None), whether they are certain.

    `rank` orders the rules. `joint` is what stood before the clause in German ("", "comma", "and", "break").
    """

    selector: str
    weekdays: frozenset[str]
    times: tuple[Span, ...]
    state: str
    comment: str
    rank: int
    joint: str

    def __str__(self) -> str:
        times = ",".join(
            f"{clock(start)}{'+' if end is None else '-' + clock(end)}" for start, end in self.times
        )
        comment = f'"{self.comment}"' if self.comment else ""
        return " ".join(part for part in (self.selector, times, self.state, comment) if part)

    def meets(self, other: WrittenRule) -> bool:
        """Tell whether both say times of the same weekday in the same season."""
        if not self.times or not other.times or self.weekdays.isdisjoint(other.weekdays):
            return False
        return _season(self) == _season(other)


def expression_of(clauses: list[Clause], exceptions: list[str], otherwise: str) -> str:
    """Return the OSM expression of clauses.

    `exceptions` are OSM selectors of days on which nothing takes place; `otherwise` is a remark for all times that no clause is
    about. Raises `Unreadable` where no times are said, or clauses contradict each other.
    """
    otherwise = otherwise.replace('"', "'")
    rules: list[WrittenRule] = []
    for clause in _holidays_apart(clauses):
        rules += _rules(clause)
    resolved = sorted(_resolve_doubles(rules), key=lambda pair: pair[1].rank)
    texts = [f"{', ' if adds else '; '}{rule}" for adds, rule in resolved]
    texts += [f"; {off}" for off in exceptions]
    if not texts and otherwise:
        return f'unknown "{otherwise}"'
    _refuse_timeless(clauses, exceptions)
    expression = "".join(texts)[2:]
    if otherwise:
        return f'{expression} || unknown "{otherwise}"'
    return expression


def _rules(clause: Clause) -> Iterator[WrittenRule]:
    """Yield the rules of a clause: one for each season, and where nobody can tell whether a limit holds, the certain part once more."""
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
    rule = WrittenRule("", weekdays, tuple(clause.times), state, comment, _rank(clause), clause.joint)
    always = "Mo-Su" if clause.closes else ""
    for season in _seasons(clause):
        yield replace(rule, selector=_selector(season, clause) or always)


def _refuse_timeless(clauses: list[Clause], exceptions: list[str]) -> None:
    """Raise `Unreadable` where nothing says when something is open."""
    if any(clause.times or clause.asked or clause.vague for clause in clauses):
        return
    if exceptions or any(clause.closes or clause.state == "off" for clause in clauses):
        raise Unreadable("Es steht nur da, wann geschlossen ist.")
    raise Unreadable("Es steht keine Zeit da.")


def _rank(clause: Clause) -> int:
    """Return the rank of what a clause says."""
    limit = clause.limit
    if clause.closes and clause.state == "unknown":
        return _IN_DOUBT
    if clause.dated:
        return _SINGLE_DATES
    if not limit.school and (clause.public_only or "PH" in clause.days):
        return _PUBLIC_HOLIDAYS
    if limit.school and (clause.days or clause.state != "off"):
        # Times in school holidays replace that nothing takes place in them.
        return _SCHOOL_HOLIDAYS
    if clause.state == "off":
        return _CLOSED
    if limit.seasons or limit.weeks or limit.every or limit.since or limit.until:
        return _IN_A_SEASON
    return _ORDINARY


def _holidays_apart(clauses: list[Clause]) -> Iterator[Clause]:
    """Cut clauses of weekdays and public holidays in two, where another clause limits one of them only.

    „So und Feiertage 10-14, in den Ferien geschlossen“: the rule for public holidays has to stand behind the one for school
    holidays, the rule for Sundays before it.
    """
    limited = any(clause.perhaps or _ORDINARY < _rank(clause) < _PUBLIC_HOLIDAYS for clause in clauses)
    for clause in clauses:
        usual = [day for day in clause.days if day != "PH"]
        if limited and usual and usual != clause.days and not clause.limit.school:
            yield replace(clause, days=usual)
            yield replace(clause, days=["PH"])
        else:
            yield clause


def _seasons(clause: Clause) -> Iterator[str]:
    """Yield the OSM ranges of dates or weeks in which a clause holds; one empty text where it always does."""
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
    """Return as an OSM range from which day and to which a clause holds; "" where it names neither."""
    if clause.limit.since and clause.limit.until:
        return f"{osm_date(clause.limit.since)}-{osm_date(clause.limit.until)}"
    if clause.limit.since:
        return f"{osm_date(clause.limit.since)}+"
    if clause.limit.until:
        return f"2000 Jan 01-{osm_date(clause.limit.until)}"
    return ""


def _selector(season: str, clause: Clause) -> str:
    """Return the OSM selector of the days of a clause within a season."""
    plain = [day for day in clause.days if day != "PH"]
    public = ["PH"] if "PH" in clause.days else []
    if clause.public_only:
        days = f"PH {','.join(plain)}"
    elif clause.limit.school:
        days = f"{','.join(['SH', *public])} {','.join(plain)}".strip()
    else:
        days = ",".join([*plain, *public])
    return f"{season} {days}".strip()


def _refuse_contradiction(same: Sequence[WrittenRule], rule: WrittenRule) -> None:
    """Raise `Unreadable` where rules for the same day have times that overlap, or nobody can tell whether both hold."""
    certain = [other for other in same if "unknown" not in (other.state, rule.state)]
    for other in certain:
        if any(_overlap(one, two) for one, two in product(rule.times, other.times)):
            raise Unreadable(
                "Für einen Tag stehen zwei verschiedene Zeiten da. Schreiben Sie jeden Tag einmal."
            )
    if certain and rule.joint == "break":
        # In OSM a semicolon replaces, on a door sign it adds.
        raise Unreadable(
            "Gelten an einem Tag beide Zeiten? Dann schreiben Sie sie zusammen: „Mi 9-12 und 14-18“."
        )


def _resolve_doubles(rules: list[WrittenRule]) -> list[tuple[bool, WrittenRule]]:
    """Return each rule with whether it adds times to an earlier one for the same days; both then get the higher rank.

    Raises `Unreadable` where they contradict each other.
    """
    resolved: list[tuple[bool, WrittenRule]] = []
    for number, rule in enumerate(rules):
        same = [other for other in rules[:number] if other.meets(rule)]
        _refuse_contradiction(same, rule)
        rank = max(other.rank for other in (rule, *same))
        resolved.append((bool(same), replace(rule, rank=rank)))
    return resolved


def _season(rule: WrittenRule) -> list[str]:
    """Return the part of a selector that stands before its weekdays. Rules of different seasons don't meet: the later one replaces."""
    return list(takewhile(lambda word: word[:2] not in WEEKDAYS, rule.selector.split()))


def _overlap(one: Span, two: Span) -> bool:
    """Tell whether two times share a moment; an open end lasts for ever."""
    return (two[1] is None or one[0] < two[1]) and (one[1] is None or two[0] < one[1])
