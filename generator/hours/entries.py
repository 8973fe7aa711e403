"""Write what the lines of an entry mean together as OSM, and ask where two of them don't fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product

from generator.hours.conditions import Meaning
from generator.hours.days import common_days
from generator.hours.lines import Limit, Line, Span, Timed, expand, read_line
from generator.hours.words import Doubt, Unreadable

# A full stop ends a line behind „Uhr“, a bracket or a long word that is no abbreviation.
_LINE_END = re.compile(
    r"\n|;|\||!(?=\s|\Z)|(?:(?<=\buhr)|(?<=\))|(?<=[^\W\d]{5})(?<!geschl)(?<!nachm)(?<!einschl)(?<!feiert)(?<!ausschl))\.(?=\s|\Z)",
    re.IGNORECASE,
)
_BOTH = "Für diesen Tag stehen zwei Zeiten da: Welche gilt wann?"
_WHICH_DAYS = "Was gilt in den Ferien an den anderen Tagen? Schreiben Sie die Tage dazu."


@dataclass(frozen=True)
class Rule:
    """An opening of a line as OSM writes it: on `days` within `prefix`, in `holidays` or outside of them."""

    prefix: str
    holidays: str
    days: tuple[str, ...]
    times: tuple[Span, ...]
    said: str  # state and remark
    line: Line
    afar: bool = False  # by telephone or on a screen, which is beside a door

    @property
    def weekdays(self) -> set[str]:
        """The weekdays it is about."""
        return _list_weekdays(day.partition("[")[0] for day in self.days or ("Mo-Su",))

    @property
    def selector(self) -> str:
        """Its days as OSM writes them."""
        return " ".join(filter(None, (self.prefix, self.holidays, ",".join(self.days))))

    def shares_days(self, other: Rule) -> bool:
        """Tell whether both are about a day."""
        if "PH" in (*self.days, *other.days):
            return self.days == other.days
        if not self.weekdays & other.weekdays:
            return False
        days = (replace(one, holidays="").selector for one in (self, other))
        return bool(common_days(*days))


def _list_weekdays(days: Iterable[str]) -> set[str]:
    """Return the weekdays of every week, without holidays and numbered ones."""
    return {weekday for day in days if day != "PH" and "[" not in day for weekday in expand(day)}


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a writing begin and end."""
    begin = 0
    ends = [match.span() for match in _LINE_END.finditer(text) if not _in_quotes(text, match.start())]
    for end, following in [*ends, (len(text),) * 2]:
        line = text[begin:end]
        if line.strip(" \t-,"):
            yield end - len(line.lstrip(" \t-,")), begin + len(line.rstrip(" \t,"))
        begin = following


def _in_quotes(text: str, at: int) -> bool:
    return text[text.rfind("\n", 0, at) + 1 : at].count('"') % 2 == 1


def read_entry(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """German hours in, their OSM and what of them isn't read out."""
    entry = _Entry()
    doubts = []
    for begin, end in lines_of(text):
        try:
            for line in read_line(text, begin, end):
                entry.add(line)
        except Unreadable as error:
            at, length = (error.at, error.length) if error.length else (begin, end - begin)
            doubts.append(Doubt(text[at : at + length].strip(), str(error), at, text[begin:end]))
    doubts += entry.settle()
    return entry.expression(), tuple(doubts)


class _Entry:
    """The lines of an entry that were read, by what they say."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.rules: list[Rule] = []
        self.otherwise = ""

    def add(self, line: Line) -> None:
        """Take a line; raises `Unreadable` where it contradicts one before it."""
        rules = [rule for group in line.opens for rule in _rules(line, group)]
        for number, rule in enumerate(rules):
            for other in [*self.rules, *rules[:number]]:
                problem = _contradiction(rule, other)
                if problem:
                    raise Unreadable(problem, line.at, len(line.text))
        self.rules += rules
        self.lines.append(line)
        self.otherwise = self.otherwise or line.otherwise

    def settle(self) -> list[Doubt]:
        """Return what the lines leave open together."""
        doubts = []
        closes = next((line for line in self.lines if line.closings or line.opens != line.groups), None)
        if closes and not self.rules:
            doubts.append(Doubt(closes.text, "Es fehlt, wann offen ist.", closes.at, closes.text))
        for number, line in enumerate(self.lines):
            problem = self._open_question(line) or _goes_on(self.lines[number - 1] if number else None, line)
            if problem:
                doubts.append(Doubt(line.text, problem, line.at, line.text))
        return doubts

    def _open_question(self, line: Line) -> str:
        """Say what of a line isn't clear beside the others."""
        alone = line.conditions and not line.groups and not line.closings
        if alone and len(self.lines) > 1:
            return "Gilt das für alle Zeiten? Dann steht es in ihrer Zeile. Für andere Zeiten: „und nach Vereinbarung“."
        closed = _list_weekdays(chain.from_iterable(line.closed_days))
        if any(rule.weekdays <= closed and rule.days and rule.days != ("PH",) for rule in self.rules):
            return "An diesem Tag ist offen und geschlossen: Was gilt?"
        own = [other for other in self.lines if other.opens]
        if line.opens and any(isinstance(one, Limit) for one in line.closings) and len(own) > 1:
            return "Ist dann alles geschlossen? Schreiben Sie es in eine eigene Zeile."
        if line.opens and self._only_feasts():
            return "Was gilt an den anderen Tagen?"
        return self._holiday_question(line)

    def _only_feasts(self) -> bool:
        return bool(self.rules) and not any(rule.days or "20" in rule.prefix for rule in self.rules)

    def _holiday_question(self, line: Line) -> str:
        plain = [rule for rule in self.rules if not rule.holidays and "PH" not in rule.days]
        in_term = [
            rule for rule in plain if not any(_has_holiday_kind(one, "SH") for one in rule.line.excepts)
        ]
        left = {day for rule in in_term for day in rule.weekdays}
        numbered = any("[" in day for rule in plain for day in rule.days)
        for rule in self.rules:
            if rule.line is line and "SH" in rule.holidays:
                same = [other for other in self.rules if other.holidays == rule.holidays]
                there = {day for other in same for day in other.weekdays}
                if left - there or (plain and rule.prefix) or numbered:
                    return _WHICH_DAYS
        on_holidays = [rule for rule in self.rules if "PH" in rule.days]
        closed = [one for other in self.lines for one in other.closings]
        shuts = any(_has_holiday_kind(one, "SH") for one in line.closings) or any(
            "PH" not in days for days in line.closed_days
        )
        if on_holidays and shuts:
            return "Gilt das auch an Feiertagen, für die eigene Zeiten dastehen?"
        if line.opens and any(_has_holiday_kind(one, "PH") for one in closed) and any(rule in on_holidays for rule in self.rules if rule.line is line):  # fmt: skip
            return "Feiertage sind offen und geschlossen: Was gilt?"
        return ""

    def expression(self) -> str:
        """Return the OSM of what was read."""
        written: list[tuple[str, str]] = []
        plain = [rule for rule in self.rules if not rule.holidays and "PH" not in rule.days]
        school = [rule for rule in self.rules if rule.holidays]
        public = [rule for rule in self.rules if not rule.holidays and "PH" in rule.days]
        for rules, left_out in ((plain, "SH"), (school, "PH"), (public, "")):
            for number, rule in enumerate(rules):
                adds = any(rule.shares_days(other) for other in rules[:number])
                written.append((", " if adds else "; ", _format_osm_rule(rule)))
            written += [("; ", text) for text in self._left_out(left_out)]
        written += [("; ", text) for line in self.lines for text in _closures(line)]
        if self.otherwise:
            written.append((" || ", f'unknown "{self.otherwise}"'))
        elif not self.rules and self.lines and self.lines[0].conditions:
            written.append(("; ", f'unknown "{self.lines[0].conditions[0][1]}"'))
        unique = dict.fromkeys(written)
        return "".join(joint * bool(number) + text for number, (joint, text) in enumerate(unique)).lstrip(
            "| "
        )

    def _left_out(self, kind: str) -> Iterator[str]:
        """Yield closures of what lines except: holidays of a kind, or (behind all openings) other days."""
        opening = [line for line in self.lines if line.opens]
        for line in opening:
            for one in line.excepts:
                if kind in _find_holiday_kinds(one) if kind else not _find_holiday_kinds(one):
                    rules = [rule for rule in self.rules if rule.line is line]
                    yield from _excepted(one, [] if all(one in other.excepts for other in opening) else rules)


def _goes_on(before: Line | None, line: Line) -> str:
    """Ask whether what a line begins with counts for the next one on the same row, or what it ends with for the one before."""
    if before and before.row == line.row and before.opens and line.opens:
        limits = [one.limit != Limit() or bool(one.excepts) for one in (before, line)]
        if limits == [False, True] and not line.leads:
            return "Gilt das auch für die Zeit davor? Dann schreiben Sie es dazu, sonst beginnen Sie eine neue Zeile."
    leads = before and before.leads and (before.groups or not before.closings)
    if not before or not leads or line.leads or not line.opens or line.own or before.row != line.row:
        return ""
    return f"Gilt „{before.leads}“ auch hier? Dann schreiben Sie es dazu, sonst beginnen Sie eine neue Zeile."


def _has_holiday_kind(one: tuple[str, ...] | Limit, kind: str) -> bool:
    return kind in _find_holiday_kinds(one)


def _find_holiday_kinds(one: tuple[str, ...] | Limit) -> set[str]:
    """Return the kinds of holidays that days or a limit name."""
    texts = one.holidays if isinstance(one, Limit) else one
    return {text[-2:] for text in texts if text[-2:] in {"PH", "SH"}}


def _rules(line: Line, group: Timed) -> Iterator[Rule]:
    """Yield the rules of a group, its holidays apart from its weekdays."""
    conditions = group.conditions or tuple(line.conditions)
    days = _drop_excepted_weekdays(group.days, line)
    if group.days and not days:
        raise Unreadable("Damit bleibt kein Tag übrig.", line.at, len(line.text))
    weekdays = tuple(day for day in days if day != "PH")
    said = _state_with_remark(conditions, group.notes, timed=bool(group.times))
    limit = line.limit
    afar = any(meaning in {"phone", "video"} for meaning, _ in conditions)
    holidays = limit.holidays[0] if limit.holidays else ""
    if weekdays or "PH" not in days:
        if not days and group.times == ((0, 1440),) and line.limit == Limit():
            weekdays = ("Mo-Su",)
        yield Rule(limit.prefix, holidays, weekdays, group.times, said, line, afar)
    if "PH" in days:
        yield Rule(limit.prefix, "", ("PH",), group.times, said, line, afar)


def _drop_excepted_weekdays(days: tuple[str, ...], line: Line) -> tuple[str, ...]:
    """Return days without the weekdays that their line excepts."""
    gone = _list_weekdays(day for one in line.excepts if isinstance(one, tuple) for day in one)
    if not gone:
        return days
    kept: list[str] = []
    for day in days:
        if day == "PH" or "[" in day:
            kept += [day] if day[:2] not in gone else []
        else:
            kept += [weekday for weekday in expand(day) if weekday not in gone]
    return tuple(kept)


def _state_with_remark(
    conditions: Sequence[tuple[Meaning, str]], notes: Sequence[str], *, timed: bool
) -> str:
    remarks = [name for _, name in conditions] + list(notes)
    unsure = not timed or any(meaning in {"ask", "condition"} for meaning, _ in conditions)
    return f'{"unknown" if unsure else "open"} "{"; ".join(remarks)}"' if remarks else ""


def _format_osm_rule(rule: Rule) -> str:
    return " ".join(filter(None, (rule.selector, ",".join(map(_format_clock_span, rule.times)), rule.said)))


def _format_clock_span(span: Span) -> str:
    start, end = (f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (span[0], span[1] or 0))
    return f"{start}+" if span[1] is None else f"{start}-{end}"


def _closures(line: Line) -> Iterator[str]:
    """Yield the closures of a line: what „geschlossen“ names, within the months of its line."""
    closed = [(group.days, line.limit) for group in line.groups if group.closed]
    for one, within in [*closed, *((one, Limit()) for one in line.closings)]:
        limit, days = (one, "") if isinstance(one, Limit) else (within, ",".join(one))
        for holidays in limit.holidays or ("",):
            yield " ".join(filter(None, (limit.prefix, holidays, days, "off")))


def _excepted(one: tuple[str, ...] | Limit, rules: Sequence[Rule]) -> Iterator[str]:
    """Yield closures of what a line excepts, of all or of the days and times of some rules; weekdays are no part of these."""
    if isinstance(one, Limit):
        selectors = [(one.prefix, holidays, "") for holidays in one.holidays or ("",)]
    else:
        numbered = ",".join(day for day in one if "[" in day)
        selectors = [("", "PH", "")] * ("PH" in one) + [("", "", numbered)] * bool(numbered)
    for prefix, holidays, days in selectors:
        if not rules:
            yield " ".join(filter(None, (prefix, holidays, days, "off")))
        for rule in rules:
            weekdays = days or ",".join(rule.days)
            times = (
                ""
                if any(span[1] is None for span in rule.times)
                else ",".join(map(_format_clock_span, rule.times))
            )
            yield " ".join(filter(None, (prefix or rule.prefix, holidays, weekdays, times, "off")))


def _contradiction(rule: Rule, other: Rule) -> str:
    """Say why two rules don't add up; nothing where they do, or are about different days."""
    if rule.holidays != other.holidays or ("PH" in rule.days) != ("PH" in other.days):
        both = rule.holidays and other.holidays
        return _BOTH if both and rule.weekdays & other.weekdays else ""
    days = rule.days and other.days and rule.weekdays & other.weekdays
    if days and bool(_numbered_days_of_rule(rule)) != bool(_numbered_days_of_rule(other)):
        return "Ein Wochentag steht mit und ohne Zahl da: Gilt an diesem Tag beides?"
    if not rule.shares_days(other):
        return ""
    # „täglich 9-12, sonntags 14-16“ means for many that Sunday is another day.
    if {7} & {len(one.weekdays) for one in (rule, other)} and rule.weekdays != other.weekdays:
        return _BOTH
    if (rule.prefix, rule.days and _numbered_days_of_rule(rule)) != (
        other.prefix,
        other.days and _numbered_days_of_rule(other),
    ):
        return _BOTH
    if rule.afar != other.afar and rule.times and other.times:
        return ""
    unclear = not rule.times or not other.times
    return _BOTH * (unclear or any(_have_common_times(*pair) for pair in product(rule.times, other.times)))


def _numbered_days_of_rule(rule: Rule) -> tuple[str, ...]:
    return tuple(day for day in rule.days if "[" in day)


def _have_common_times(one: Span, two: Span) -> bool:
    return (two[1] is None or one[0] < two[1]) and (one[1] is None or two[0] < one[1])
