"""What has been read of one piece of German writing, as a clause; clauses come in, an OSM expression goes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from generator.hours.german.rhythms import every_weeks
from generator.hours.german.unreadable import Unreadable

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

Times = tuple[tuple[int, int | None], ...]


@dataclass
class Clause:
    """Days and times that were written together.

    `seasons` are OSM ranges of months or dates, `sometimes` those in which the clause may or may not hold only then. `days`
    are OSM weekdays, „Fr[-1]“ or „PH“; `school` is true when it holds in school holidays only. `weeks` is the parity, `every` the
    number of weeks between two times, counted from `since`. `state` is "", "off" or "unknown", `asked` says that an appointment stands in the
    place of times, `closes` that „geschlossen“ does. `joint` is how the clause was tied to the one before it, `at` where it begins. `dated` is true for single dates,
    `public_only` for days that are public holidays as well, `days_last` where the days stand behind their times.
    """

    at: int
    joint: str = ""
    seasons: list[str] = field(default_factory=list)
    sometimes: list[str] = field(default_factory=list)
    since: dt.date | None = None
    until: dt.date | None = None
    days: list[str] = field(default_factory=list)
    school: bool = False
    weeks: str = ""
    every: int = 0
    times: list[tuple[int, int | None]] = field(default_factory=list)
    part: str = ""
    state: str = ""
    remarks: list[str] = field(default_factory=list)
    dated: bool = False
    public_only: bool = False
    asked: bool = False
    closes: bool = False
    days_last: bool = False

    @property
    def empty(self) -> bool:
        """Nothing has been read yet."""
        return not (self.has_body or self.has_head or self.remarks)

    @property
    def has_head(self) -> bool:
        """It says on which days."""
        return bool(
            self.days or self.seasons or self.school or self.weeks or self.every or self.since or self.until
        )

    @property
    def has_body(self) -> bool:
        """It says at which times, that it is closed, or that one has to ask."""
        return bool(self.times or self.asked or self.closes or self.state == "off")

    @property
    def weekdays(self) -> frozenset[str]:
        """The weekdays it is about, nth days of a month among them."""
        return frozenset(day for item in self.days if item != "PH" for day in expand(item))

    def doubt(self, remark: str) -> None:
        """Make its times uncertain, because of what is written beside them."""
        self.state = self.state or "unknown"
        if remark and remark not in self.remarks:
            self.remarks.append(remark)


@dataclass(frozen=True)
class WrittenRule:
    """One rule as OSM writes it; `rank` orders the rules: what overrides stands later."""

    selector: str
    weekdays: frozenset[str]
    times: Times
    state: str
    comment: str
    rank: int
    joint: str = ""
    adds: bool = False

    def __str__(self) -> str:
        times = ",".join(
            f"{_clock(start)}{'+' if end is None else '-' + _clock(end)}" for start, end in self.times
        )
        comment = f'"{self.comment}"' if self.comment else ""
        return " ".join(part for part in (self.selector, times, self.state, comment) if part)


def expression_of(clauses: list[Clause], exceptions: list[str], otherwise: str) -> str:
    """Clauses, OSM selectors of days on which nothing takes place, and a remark for all other times in, OSM out."""
    rules = sorted(
        _resolve_doubles([rule for clause in clauses for rule in _rules(clause)]), key=lambda rule: rule.rank
    )
    texts = [f"{', ' if rule.adds else '; '}{rule}" for rule in rules] + [f"; {off}" for off in exceptions]
    if not texts and otherwise:
        return f'unknown "{otherwise}"'
    if not any(clause.times or clause.asked for clause in clauses):
        raise Unreadable("Es steht nur da, wann geschlossen ist." if texts else "Es steht keine Zeit da.")
    expression = "".join(texts)[2:]
    return f'{expression} || unknown "{otherwise}"' if otherwise else expression


def expand(item: str) -> list[str]:
    """An OSM weekday, range or nth day in, its weekdays out."""
    first, _, last = item.partition("[")[0].partition("-")
    if not last:
        return [first]
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    return [WEEKDAYS[number % 7] for number in range(begin, end + (7 if end < begin else 0) + 1)]


def _rules(clause: Clause) -> Iterator[WrittenRule]:
    comment = ", ".join(dict.fromkeys(clause.remarks)).replace('"', "'")
    state = clause.state
    if state == "" and comment:
        state = "open"
    elif state == "off":
        comment = ""
    weekdays = frozenset() if clause.school or clause.public_only else clause.weekdays
    rank = 1 if clause.seasons or clause.weeks or clause.every or clause.since or clause.until else 0
    public = clause.public_only or "PH" in clause.days
    rank = max(
        rank, 3 if clause.school else 4 if public else 0, 5 if clause.dated else 0, 2 if state == "off" else 0
    )
    rule = WrittenRule("", weekdays, tuple(clause.times), state, comment, rank, clause.joint)
    if clause.sometimes:
        doubtful = replace(
            rule, selector=_selector("", clause), state="unknown", comment=comment or "nicht immer"
        )
        yield doubtful
        rule = replace(rule, rank=max(1, rank))
    for season in _seasons(clause):
        yield replace(rule, selector=_selector(season, clause))


def _seasons(clause: Clause) -> Iterator[str]:
    span = _span(clause)
    if clause.every and not clause.weeks:
        if clause.since is None or clause.seasons:
            raise Unreadable("Schreiben Sie zu „14-tägig“ den nächsten Tag dazu: „14-tägig ab 6.1.2026“.")
        yield from every_weeks(clause.every, clause.since, clause.until)
        return
    seasons = [*clause.seasons, *clause.sometimes]
    if span and seasons:
        raise Unreadable("Zwei Zeiträume auf einmal lassen sich nicht auswerten.")
    yield " ".join(part for part in (span or ",".join(seasons), clause.weeks) if part)


def _span(clause: Clause) -> str:
    if clause.since and clause.until:
        return f"{osm_date(clause.since)}-{osm_date(clause.until)}"
    if clause.since:
        return f"{osm_date(clause.since)}+"
    return f"2000 Jan 01-{osm_date(clause.until)}" if clause.until else ""


def _selector(season: str, clause: Clause) -> str:
    plain = [day for day in clause.days if day != "PH"]
    public = ["PH"] if "PH" in clause.days else []
    if clause.public_only:
        days = f"PH {','.join(plain)}"
    elif clause.school:
        days = f"{','.join(['SH', *public])} {','.join(plain)}".strip()
    else:
        days = ",".join([*plain, *public])
    return f"{season} {days}".strip()


def osm_date(day: dt.date) -> str:
    """A date in, „2026 Dec 05“ out."""
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02d}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _resolve_doubles(rules: list[WrittenRule]) -> list[WrittenRule]:
    """Decide what a second rule for the same day means, or say that it can't be decided."""
    resolved: list[WrittenRule] = []
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
        resolved.append(replace(rule, adds=bool(same), rank=max(other.rank for other in (rule, *same))))
    return resolved


def _season(rule: WrittenRule) -> str:
    """What stands before the weekdays: rules with different seasons never meet, or the later one replaces."""
    first = next((at for at, word in enumerate(rule.selector.split()) if word[:2] in {*WEEKDAYS, "PH"}), None)
    return " ".join(rule.selector.split()[:first])


def _overlap(one: tuple[int, int | None], two: tuple[int, int | None]) -> bool:
    return one[0] < (1440 if two[1] is None else two[1]) and two[0] < (1440 if one[1] is None else one[1])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
