"""What has been read of German hours so far: clauses (days and times written together, what limits them), the `Draft` with the next piece; which times belong to which days, what limits all of them, what is in doubt or can't be read.

Everything that reads a piece works on a `Draft`. `meant` says what a reader would take its clauses for, each by itself,
and what is in doubt.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any, Literal, TypeVar

from generator.hours.german.tokens import Doubt, Kind, Token, Unreadable
from generator.hours.osm_rules import WEEKDAYS
from generator.hours.remarks import TIMES_HOLD, meaning_of

T = TypeVar("T")
Span = tuple[int, int | None]
"""Minutes of a day; an end of None isn't known."""


@dataclass(frozen=True)
class Limit:
    """When times hold at all.

    `seasons` are OSM ranges of months or dates; `since` and `until` the first and the last day; `school` is true when they hold in school
    holidays only; `weeks` is the parity, `every` the number of weeks between two times, counted from `since`. `doubt` says that nobody can
    tell when.
    """

    seasons: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    school: bool = False
    weeks: str = ""
    every: int = 0
    doubt: str = ""

    def __bool__(self) -> bool:
        return self != Limit()

    def joined(self, other: Limit) -> Limit:
        """Return both limits as one; raises `Unreadable` where they differ, because OSM has no way to say „both“."""
        return Limit(
            _one(self.seasons, other.seasons),
            _one(self.since, other.since),
            _one(self.until, other.until),
            self.school or other.school,
            _one(self.weeks, other.weeks),
            _one(self.every, other.every),
            self.doubt or other.doubt,
        )


def _one(first: T, second: T) -> T:
    if first and second and first != second:
        raise Unreadable("Zwei Zeiträume auf einmal lassen sich nicht auswerten.")
    return first or second


@dataclass
class Clause:
    """Days and times that were written together.

    `limit` says when they hold; `perhaps` limits them as well or doesn't, for nobody can tell. `days` are OSM weekdays, „Fr[-1]“ or „PH“. `state` is "", "off" or "unknown", `asked` says that an appointment stands in the place of times, `vague` a part of the day, `closes` is the „geschlossen“ that does.
    `joint` is how the clause was tied to the one before it, `at` where it begins. `dated` is true for single dates, `public_only` for days
    that are public holidays as well, `days_last` where the days stand behind their times. `headed` says that its limit stands before its
    days, `colon` that a colon follows the limit; `apart` that it is about all other times („sonst“); `saturday` that nobody can tell
    whether it holds on Saturdays („werktags“); `rest` what was said of the days of a holiday that it doesn't name.
    """

    at: int
    joint: str = ""
    limit: Limit = Limit()
    perhaps: Limit | None = None
    days: list[str] = field(default_factory=list)
    times: list[Span] = field(default_factory=list)
    part: str = ""
    state: str = ""
    remarks: list[str] = field(default_factory=list)
    dated: bool = False
    public_only: bool = False
    asked: bool = False
    vague: bool = False
    closes: str = ""
    days_last: bool = False
    headed: bool = False
    colon: bool = False
    apart: bool = False
    rest: Literal["", "usual", "off"] = ""
    saturday: bool = False

    @property
    def empty(self) -> bool:
        """Nothing has been read yet."""
        return not (self.has_body or self.has_head or self.remarks)

    @property
    def has_head(self) -> bool:
        """It says on which days."""
        return bool(self.days or self.limit)

    @property
    def has_body(self) -> bool:
        """It says at which times, that it is closed, or that one has to ask."""
        return bool(self.times or self.asked or self.vague or self.closes or self.state == "off")

    @property
    def weekdays(self) -> frozenset[str]:
        """The weekdays it is about, nth days of a month among them."""
        found: set[str] = set()
        for item in self.days_but_holidays:
            found.update(expand(item))
        return frozenset(found)

    @property
    def days_but_holidays(self) -> list[str]:
        """Its days without public holidays."""
        return [day for day in self.days if day != "PH"]

    def doubt(self, remark: str) -> None:
        """Make its times uncertain, because of what is written beside them."""
        self.state = self.state or "unknown"
        if remark not in self.remarks:
            self.remarks.append(remark)

    def close(self, word: str) -> None:
        """Let it be closed; where it is in doubt when, all its words stand and nobody can tell of its days."""
        if self.times or self.state != "unknown":
            self.state = "off"
            return
        self.closes = word
        self.remarks = [" ".join([*self.remarks, word])]
        self.asked = self.vague = False

    def narrow(self, **limits: Any) -> None:
        """Let it hold only when what is named limits it, beside what does already."""
        self.limit = replace(self.limit, **limits)

    def limit_to(self, limit: Limit) -> None:
        """Let it hold only when another clause does."""
        self.limit = self.limit.joined(limit)
        if limit.doubt:
            self.doubt(limit.doubt)


def expand(item: str) -> list[str]:
    """An OSM weekday, range or nth day in, its weekdays out."""
    first, _, last = item.partition("[")[0].partition("-")
    if not last:
        return [first]
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    return [WEEKDAYS[number % 7] for number in range(begin, end + (7 if end < begin else 0) + 1)]


FOR_ALL = "Gilt das für alle Zeiten? Dann schreiben Sie es mit Doppelpunkt an den Anfang: „April bis Oktober: Di 9-12, Do 14-17“."


@dataclass
class Said:
    """What was said of all times: doubts, „monatlich“, also on public holidays, only in term, and what holds at other times."""

    doubts: list[str] = field(default_factory=list)
    monthly: str = ""
    on_holidays: bool = False
    in_term: bool = False
    otherwise: str = ""


@dataclass
class Meant:
    """A remark for all other times; clauses of which each says by itself when it holds; what is in doubt."""

    otherwise: str
    clauses: list[Clause] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def meant(clauses: list[Clause], said: Said) -> Meant:
    """Clauses and what was said of all of them in, what is meant out; raises `Unreadable` where one has no days or no times."""
    found = Meant(said.otherwise, doubts=_heads_spread(clauses))
    for number, clause in enumerate(clauses):
        _doubt_by_all(clause, said, found)
        if _has_no_times(clause):
            if clause.has_head:
                raise Unreadable("Es fehlt eine Uhrzeit.", clause.at)
            lone = _lone_remark(clause, alone=len(clauses) == 1)
            found.otherwise = found.otherwise or lone
            continue
        _settle_perhaps(clause)
        _complete_days(clause, clauses[:number])
        _settle_rhythm(clause, found)
        if "Jahr fehlt" in clause.remarks and clause.state != "off":
            clause.state = "unknown"
        found.clauses += _with_copies(clause, on_holidays=said.on_holidays)
    _refuse_what_changes(found.clauses)
    if said.in_term:
        _close_in_holidays(found)
    else:
        found.clauses += _days_left_in_holidays(found)
    return found


def _close_in_holidays(found: Meant) -> None:
    """Add that nothing takes place in the school holidays; raises `Unreadable` where times are said of them alone."""
    if all(clause.limit.school for clause in found.clauses if clause.times):
        raise Unreadable("Was gilt in der Schulzeit? Schreiben Sie beide Zeiten mit ihren Tagen.")
    # Before what is said of the holidays, which replaces it.
    found.clauses.append(Clause(0, limit=Limit(school=True), state="off"))


def _doubt_by_all(clause: Clause, said: Said, found: Meant) -> None:
    """Make a clause uncertain by what was said of all clauses."""
    for text in said.doubts:
        clause.doubt(text)
    if said.monthly and not clause.dated and not any("[" in day for day in clause.days):
        clause.doubt(said.monthly)
        help_ = "Schreiben Sie, welcher Tag im Monat: „jeden 1. Dienstag im Monat“."
        found.doubts.append(Doubt(said.monthly, help_, clause.at))


def _refuse_what_changes(clauses: list[Clause]) -> None:
    """„Sa 10-18, im Winter 10-16“: nobody can tell when the one ends and the other begins, so it is shown as it was written."""
    usual = [clause for clause in clauses if clause.times and not clause.limit]
    for vague in [clause for clause in clauses if clause.headed and clause.limit.doubt]:
        if not vague.limit.school and vague.weekdays & _all_weekdays(usual):
            raise Unreadable(
                f"Wann gilt „{vague.limit.doubt}“? Schreiben Sie Monate oder Jahr dazu.", vague.at
            )


def _settle_rhythm(clause: Clause, found: Meant) -> None:
    """Make a clause uncertain that holds every second week, where nobody says which."""
    limit = clause.limit
    if limit.every and not limit.weeks and limit.since is None:
        clause.narrow(every=0)
        clause.doubt("nicht jede Woche")
        help_ = "Schreiben Sie zu „14-tägig“ den nächsten Tag dazu: „14-tägig ab 6.1.2026“."
        found.doubts.append(Doubt("", help_, clause.at))


def _with_copies(clause: Clause, *, on_holidays: bool) -> Iterator[Clause]:
    """Give a clause, its Saturday where that may be a workday, and its times on holidays where these are meant as well."""
    yield clause
    if clause.saturday and "Sa" not in clause.weekdays:
        yield replace(clause, days=["Sa"], remarks=["werktags"], state="unknown")
    if on_holidays and clause.times:
        yield replace(clause, public_only=True)


def _has_no_times(clause: Clause) -> bool:
    return not clause.times and clause.state != "off" and not (clause.state == "unknown" and clause.has_head)


def _heads_spread(clauses: Iterable[Clause]) -> list[Doubt]:
    """„Mai bis September: Di 9-12, Do 14-17“: what stands before several times limits all of them, or nobody can tell."""
    head: Clause | None = None
    regular = False
    doubts: list[Doubt] = []
    for clause in clauses:
        if clause.headed:
            head = head if clause.closes or clause.state == "off" else clause
        elif clause.apart:
            head = None
        elif head is None or not clause.times:
            regular = regular or bool(clause.times)
        elif head.dated and regular and clause.joint == "break":
            # One date among weekdays: „Mo-Fr 9-16; 24.12.2026 9-12; Sa 10-12“.
            head = None
        else:
            doubts += _spread_head(head, clause)
    return doubts


def _spread_head(head: Clause, clause: Clause) -> list[Doubt]:
    """Limit a clause as its head is, where a list behind a colon goes on; say that nobody can tell it otherwise."""
    if head.colon and clause.joint in {"comma", "and"}:
        clause.limit_to(head.limit)
        return []
    clause.perhaps = (clause.perhaps or Limit()).joined(head.limit)
    return [Doubt("", FOR_ALL, clause.at)]


def _settle_perhaps(clause: Clause) -> None:
    """What may limit a clause on days that nobody can tell makes all of its days uncertain."""
    limit = clause.perhaps
    if limit is not None and (limit.doubt or (limit.every and not limit.since)):
        clause.perhaps = None
        clause.doubt(limit.doubt or "nicht jede Woche")


def _complete_days(clause: Clause, before: list[Clause]) -> None:
    """„Mo-Fr 9-12, in den Ferien 10-12 Uhr“: times without days are about the days said before, where there is one such set."""
    if not clause.times or clause.days or clause.dated:
        return
    earlier = [other.days_but_holidays for other in before if other.days and not other.dated]
    limit = clause.limit
    if not earlier:
        if limit.seasons or limit.school:
            return
        raise Unreadable("Es fehlt der Tag.", clause.at)
    same = all(days == earlier[0] for days in earlier)
    if not limit or not (limit.school or same):
        raise Unreadable("Es fehlt der Tag.", clause.at)
    clause.days = list(earlier[-1])


def _days_left(clauses: Iterable[Clause], schools: Iterable[Clause]) -> list[str]:
    """Return the weekdays with times in term of which clauses about the holidays say nothing."""
    usual = [clause for clause in clauses if clause.times and not clause.limit.school and not clause.dated]
    left = _all_weekdays(usual) - _all_weekdays(schools)
    return [day for day in WEEKDAYS if day in left]


def _days_left_in_holidays(found: Meant) -> list[Clause]:
    """„Mo-Fr 9-12, in den Ferien Mi 10-12“: what holds in the holidays on the other days may not have been said."""
    schools = [clause for clause in found.clauses if clause.limit.school and clause.days]
    rest = {clause.rest for clause in schools}
    if not schools or "usual" in rest or all(clause.state == "off" for clause in schools):
        return []
    days = _days_left(found.clauses, schools)
    if not days:
        return []
    at = schools[0].at
    school = Limit(school=True)
    if "off" in rest:
        return [Clause(at, limit=school, days=days, state="off")]
    help_ = "Was gilt in den Ferien an den anderen Tagen? Schreiben Sie „in den Ferien nur Mi 10-12“."
    found.doubts.append(Doubt("", help_, at))
    return [Clause(at, limit=school, days=days, state="unknown", remarks=["in den Ferien"])]


def _all_weekdays(clauses: Iterable[Clause]) -> set[str]:
    """Return the weekdays that any of some clauses is about."""
    found: set[str] = set()
    for clause in clauses:
        found |= clause.weekdays
    return found


def _lone_remark(clause: Clause, *, alone: bool) -> str:
    text = ", ".join(clause.remarks)
    if meaning_of(text) in TIMES_HOLD:
        return ""
    if not alone:
        raise Unreadable(
            f"Gilt „{text}“ für diese Zeiten oder außerhalb? Schreiben Sie es ans Ende.", clause.at, len(text)
        )
    return text


_END = Token("break", "", 0)
_BINDING = ("", "comma", "and", "break")
"""What stands between two pieces, the weakest first."""
_MODIFIERS: frozenset[Kind] = frozenset(
    {
        "month",
        "date",
        "week",
        "every",
        "vague",
        "school",
        "from",
        "start",
        "to",
        "and",
        "in-month",
        "remark",
        "also",
    }
)
_HEADS: frozenset[Kind] = frozenset(
    {"day", "daily", "workday", "ordinal", "time", "all-day", "off", "public", "part", "pause", "usual"}
)


@dataclass
class Draft:
    """The tokens and the place of the next one; the clauses that are complete and the one that is being read.

    `exceptions` are OSM selectors of days on which nothing takes place, `said` what was said of all times. `joint` is what stood before the
    present place ("", "comma", "and" or "break"), `inside` whether that is in brackets. `afar` is what says that the clauses that follow are
    hours of a telephone or a screen, `label` what stands before all days and names their times.
    """

    tokens: list[Token]
    at: int = 0
    clauses: list[Clause] = field(default_factory=list)
    clause: Clause = field(default_factory=lambda: Clause(0))
    exceptions: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    said: Said = field(default_factory=Said)
    joint: str = ""
    inside: bool = False
    afar: str = ""
    label: str = ""

    @property
    def ended(self) -> bool:
        """No token is left."""
        return self.at >= len(self.tokens)

    def peek(self, ahead: int = 0) -> Token:
        """The token at this place or behind it; a break where there is none."""
        if self.at + ahead < len(self.tokens):
            return self.tokens[self.at + ahead]
        return _END

    def take(self, *kinds: Kind) -> Token | None:
        """The token at this place, and one place on, if it is of one of these kinds."""
        token = self.peek()
        if not self.ended and token.kind in kinds:
            self.at += 1
            return token
        return None

    def tie(self, joint: str) -> None:
        """Note what stands between the pieces; of several the strongest counts."""
        self.joint = max(self.joint, joint, key=_BINDING.index)

    def close(self) -> None:
        """Complete the clause that is being read."""
        if not self.clause.empty:
            self.clauses.append(self.clause)
        self.drop()

    def drop(self) -> None:
        """Begin a clause in the place of the one that is being read."""
        self.clause = Clause(self.peek().at)

    def begin(self) -> Clause:
        """Begin a clause where the present one has its times, and return the one that is being read."""
        if self.clause.has_body:
            self.close()
            self.clause.joint = self.joint
            if self.joint == "break":
                self.afar = ""
            if self.afar:
                self.clause.remarks.append(self.afar)
        return self.clause

    def every_clause(self) -> list[Clause]:
        """All clauses, also the one that is being read."""
        return [*self.clauses, *([] if self.clause.empty else [self.clause])]

    def sentence(self) -> list[Clause]:
        """The clauses that a remark at this place can be about, the last one first.

        That is back to the last break, or to one with its own remark. What stands on a line of its own can be about all of them.
        """
        if self.joint == "break":
            return self.every_clause()[::-1]
        found = [self.clause] if not self.clause.empty else []
        later = self.clause
        for clause in reversed(self.clauses):
            if found and (later.joint == "break" or clause.remarks):
                break
            found.append(clause)
            later = clause
        return found

    def is_head(self) -> bool:
        """Whether what limits the days stands before a day or a time, and not behind those it is about."""
        if not self.clause.has_body:
            return True
        if self.inside:
            return self.off_follows()
        if self.joint == "break":
            line = takewhile(lambda token: token.kind != "break", self.tokens[self.at + 1 :])
            return any(token.kind in _HEADS for token in line)
        return self._is_followed_by_head()

    def _is_followed_by_head(self) -> bool:
        """Whether a day, a time or a colon comes next, with nothing but limits before it."""
        ahead = 1
        while self.at + ahead < len(self.tokens):
            token = self.peek(ahead)
            if token.kind == "colon":
                return True
            if token.kind in _HEADS:
                return token.kind == "public" or self.peek(ahead - 1).kind != "and"
            if token.kind == "comma" and self.peek(ahead + 1).kind not in {"month", "date", "time", "off"}:
                return False
            if token.kind not in _MODIFIERS and token.kind != "comma":
                return token.kind == "appointment" and self.joint != ""
            ahead += 1
        return False

    def off_follows(self) -> bool:
        """Whether what stands in brackets ends with „geschlossen“."""
        inner = takewhile(lambda token: token.kind != "close", self.tokens[self.at :])
        return any(token.kind == "off" for token in inner)

    def refuse_days_without_time(self, token: Token) -> None:
        """Raise `Unreadable` where a line ended after its days and another one begins."""
        if self.joint == "break" and self.clause.days and not self.clause.has_body:
            raise token.refused("Es fehlt eine Uhrzeit.")

    def name_doubt(self, token: Token, why: str) -> None:
        """Name a piece of the writing as the reason why times are uncertain."""
        doubt = Doubt(token.text, why, token.at)
        if doubt not in self.doubts:
            self.doubts.append(doubt)
