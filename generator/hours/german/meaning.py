"""Clauses as they were read come in; what a reader would understand by them, said of each by itself, goes out with what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from generator.hours.german.clause import Clause, Limit
from generator.hours.german.unreadable import Doubt, Unreadable
from generator.hours.osm_names import WEEKDAYS
from generator.hours.remarks import TIMES_HOLD, meaning_of

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
