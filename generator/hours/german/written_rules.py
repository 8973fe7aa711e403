"""Write what German hours mean as one OSM expression."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product, starmap

from generator.hours.german.clauses import BREAKS
from generator.hours.german.meaning import Draft, Meaning
from generator.hours.german.times import overlap
from generator.hours.german.tokens import Unreadable
from generator.hours.openings import MONTHS
from generator.hours.schedule import clock

(_ORDINARY, _IN_A_SEASON, _CLOSED, _IN_SPITE, _SCHOOL_HOLIDAYS, _NAMED_HOLIDAYS,
 _PUBLIC_HOLIDAYS, _CLOSED_SEASONS, _SINGLE_DATES, _IN_DOUBT) = range(10)  # fmt: skip
"""The ranks of rules, and with them which of several has the last word on a day: in OSM a later rule replaces what earlier ones say.

- A season before weekdays: „Mo-Fr 9-12, im August 9-10“.
- A closure before what is open: „Mi geschlossen, Mo-Fr 9-12“, in whatever order they stand; but what is left out may have times of its own: „täglich außer Sa 7-17, Sa 10-12“.
- Holidays before seasons and closures, public ones before those of schools: „in den Ferien geschlossen, Feiertage 10-12“.
- Holidays of a name before all others: „in den Ferien 10-12, in den Sommerferien geschlossen“.
- A closure of some weeks before what is open in holidays: „in den Ferien 8-16, Betriebsferien 3.8.-21.8.“.
- A date before all of these: „Heiligabend 9-12“; and last what makes days uncertain that it may close.
- Of the same rank the narrower before the wider: „Mo-Fr 9-12, am 1. Freitag im Monat 10-11“.
"""


def expression_of(meaning: Meaning) -> str:
    """Return the OSM expression of what was said; raises `Unreadable` for contradictions."""
    otherwise = meaning.otherwise.replace('"', "'")
    drafts = sorted(
        _holidays_apart(meaning.openings), key=lambda one: (_rank(one), not _is_part(one), _width(one))
    )
    if not drafts:
        return f'unknown "{otherwise}"'
    texts: dict[str, str] = {}
    for number, draft in enumerate(drafts):
        texts.setdefault(_written(draft), ", " if _adds(drafts[:number], draft) else "; ")
    # Nothing is before the first.
    expression = "".join(f"{joint}{text}" for text, joint in texts.items())[2:]
    return f'{expression} || unknown "{otherwise}"' if otherwise else expression


def _written(opening: Draft) -> str:
    """Write one rule."""
    selector = _selector(_season(opening), opening) or ("" if opening.spans else "Mo-Su")
    times = ",".join(
        f"{clock(start)}{'+' if end is None else '-' + clock(end)}" for start, end in opening.spans
    )
    comment = ", ".join(dict.fromkeys(filter(None, opening.remarks))).replace('"', "'")
    state = opening.state or ("open" if comment else "")
    if state == "off":
        comment = ""
    return " ".join(filter(None, (selector, times, state, f'"{comment}"' if comment else "")))


def _width(opening: Draft) -> tuple[int, bool]:
    """Return what sorts the wider before the narrower: by weekdays, then single weeks behind all weeks."""
    return (-len(opening.weekdays) or -7, any("[" in day for day in opening.days))


def _is_part(opening: Draft) -> bool:
    """„Mo-Fr 8-12, nachmittags nach Vereinbarung“: a part of days without times, beside which other times are certain."""
    return opening.also and opening.state == "unknown" and not (opening.spans or opening.last)


def _meet(one: Draft, other: Draft) -> bool:
    """Tell whether both say times of the same weekday in the same season."""
    if not (one.spans and other.spans) or "off" in {one.state, other.state}:
        return False
    mine, others = ((_season(draft), draft.limit.school, draft.days == ["PH"]) for draft in (one, other))
    shared = one.weekdays & other.weekdays or not (one.weekdays or other.weekdays)
    return mine == others and bool(shared)


def _rank(opening: Draft) -> int:
    """Return the rank of what an opening says."""
    limit = opening.limit
    if opening.last and opening.joint != "instead":
        return _IN_DOUBT
    if opening.dated:
        return _SINGLE_DATES
    if opening.over and not opening.limit.school:
        return _IN_SPITE
    if opening.state == "off" and not limit.school and (limit.seasons or limit.since or limit.until):
        return _CLOSED_SEASONS
    if not limit.school and "PH" in opening.days:
        return _PUBLIC_HOLIDAYS
    if limit.school and limit.seasons:
        return _NAMED_HOLIDAYS
    if limit.school and (opening.days or opening.state != "off"):
        # Times in school holidays replace that nothing takes place in them.
        return _SCHOOL_HOLIDAYS
    if opening.state == "off":
        return _CLOSED
    if limit.seasons or limit.weeks or limit.since or limit.until:
        return _IN_A_SEASON
    return _ORDINARY


def _holidays_apart(openings: list[Draft]) -> Iterator[Draft]:
    """„So und Feiertage 10-14, in den Ferien geschlossen“: cut in two, of which each has its rank."""
    for opening in openings:
        usual = [day for day in opening.days if day != "PH"]
        if usual and usual != opening.days and not opening.limit.school and len(openings) > 1:
            yield replace(opening, days=usual)
            yield replace(opening, days=["PH"])
        else:
            yield opening


def _season(opening: Draft) -> str:
    """Return the OSM range of dates or weeks in which an opening holds."""
    limit = opening.limit
    span = ""
    if limit.since or limit.until:
        # OSM has no range without a beginning: any day long ago will do.
        last = f"-{_day(limit.until)}" if limit.until else "+"
        span = f"{_day(limit.since or dt.date(2000, 1, 1))}{last}"
    if span and limit.seasons:
        raise Unreadable("Zwei Zeiträume auf einmal lassen sich nicht auswerten.")
    return " ".join(part for part in (span or ",".join(limit.seasons), limit.weeks) if part)


def _day(day: dt.date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02d}"


def _selector(season: str, opening: Draft) -> str:
    """Return the OSM selector of the days of an opening within a season."""
    plain = ",".join(day for day in opening.days if day != "PH")
    public = ["PH"] if "PH" in opening.days else []
    if opening.limit.school:
        days = f"{','.join(['SH', *public])} {plain}".strip()
    else:
        days = ",".join([*filter(None, [plain]), *public])
    return f"{season} {days}".strip()


def _may_replace(first: Draft, second: Draft) -> bool:
    """In OSM a semicolon replaces, on a door sign it adds; a later time on the next line adds."""
    if first.remarks or second.remarks:
        return False
    ended = max(end or 1440 for _, end in first.spans)
    adds = second.joint == "line" and min(start for start, _ in second.spans) >= ended
    return second.joint in BREAKS and not adds


def _adds(before: Sequence[Draft], opening: Draft) -> bool:
    """Tell whether a rule adds times to earlier ones; raises `Unreadable` where they contradict each other.

    A narrower one replaces a wider one that it overlaps, unless it has a name („Café 9-17, Mi 15-18 Töpfern“).
    """
    shared = [one for one in before if one.weekdays & opening.weekdays]
    if opening.also and any(one.spans for one in shared):
        return True
    same = [other for other in before if _meet(other, opening)]
    if opening.spans and not same and any(_is_part(one) and one.limit == opening.limit for one in shared):
        return True
    if not same or opening.joint == "instead":
        return False
    certain = [other for other in same if "unknown" not in {opening.state, other.state}]
    over = [one for one in same if any(starmap(overlap, product(opening.spans, one.spans)))
            and opening.names in {(), one.names}]  # fmt: skip
    for other in over:
        if opening.under not in {(), other.names}:
            # „Bücherei: Di 10-18, Do 10-19; Café: täglich 9-18“
            raise Unreadable("Was ist dann geöffnet? Schreiben Sie den Namen vor jede Zeit.")
        later = opening.spans[0][0] > other.spans[0][0] and (other.state or not other.remarks)
        if (0, 1440) in other.spans or (opening.remarks and later):
            # „24 h, Mo-Fr 9-15 Uhr“, „Mo-Fr 9-17 Uhr, Fr ab 13 Uhr telefonisch“
            raise Unreadable("Was ist dann sonst geöffnet? Schreiben Sie alle Zeiten dieser Tage.")
        if _width(opening) > _width(other) and over == same:
            return False
        if opening.spans != other.spans:
            raise Unreadable(
                "Für einen Tag stehen zwei verschiedene Zeiten da. Schreiben Sie jeden Tag einmal."
            )
    if any(_may_replace(*sorted((opening, one), key=lambda one: one.at)) for one in certain):
        raise Unreadable(
            "Gelten an einem Tag beide Zeiten? Dann schreiben Sie sie zusammen: „Mi 9-12 und 14-18“."
        )
    return True
