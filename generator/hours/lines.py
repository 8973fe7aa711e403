"""Read one line of German hours: months or holidays, days, times, one condition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from itertools import dropwhile, takewhile
from typing import Any

import lark

from generator.files.packaged import once, packaged_text
from generator.hours.conditions import Meaning, condition_of
from generator.hours.openings import FEW_DAYS, MONTHS, WEEKDAYS
from generator.hours.words import LEAP_YEAR, Piece, Unreadable, words_of

Span = tuple[int, int | None]
"""Minutes of a day; an end of None isn't known."""
NOON, DAY = 12 * 60, 24 * 60
EARLY = 6 * 60
"""Who writes „3 bis 5 Uhr“ means the afternoon."""
_HALF_A_YEAR = 183

FOR_ALL = "Gilt „{}“ für alle Zeiten der Zeile? Dann steht es am Anfang mit Doppelpunkt oder am Ende hinter einem Komma."
_DAYS_DUE = "Es fehlt der Tag, an dem diese Zeit gilt: „Mo-Fr 9-12 Uhr“, „täglich 9-12 Uhr“."
_TIME_DUE = "Es fehlt eine Uhrzeit."
_YEAR_DUE = "Es fehlt das Jahr."
_TWO_PERIODS = "Zwei Zeiträume in einer Zeile: Schreiben Sie für jeden eine eigene."


@dataclass(frozen=True)
class Limit:
    """When a line holds: OSM dates, week and holidays; `asks` says why the dates can't open or close anything."""

    dates: str = ""
    week: str = ""
    holidays: tuple[str, ...] = ()
    single: bool = False  # dates of few days, which need no weekday
    asks: str = ""  # why it can't open anything
    asks_closed: str = ""  # why it can't close anything

    def joined(self, other: Limit) -> Limit:
        """Return both limits as one; raises `Unreadable` where both say the same kind of thing."""
        mine, others = vars(self), vars(other)
        if any(mine[name] and others[name] for name in ("dates", "week", "holidays")):
            raise Unreadable(_TWO_PERIODS)
        return Limit(**{name: mine[name] or others[name] for name in mine})

    @property
    def prefix(self) -> str:
        """Its dates and weeks as OSM writes them before holidays and weekdays."""
        return f"{self.dates} {self.week}".strip()


@dataclass(frozen=True)
class Timed:
    """Days and their times in a line; without times they are closed, or by arrangement."""

    days: tuple[str, ...]
    times: tuple[Span, ...] = ()
    conditions: tuple[tuple[Meaning, str], ...] = ()
    notes: tuple[str, ...] = ()
    closed: bool = False
    beside: tuple[Any, ...] = ()


@dataclass
class Line:
    """What a line says: `closings` are days or limits that are closed, `excepts` those on which the line doesn't hold."""

    at: int
    text: str
    limit: Limit = Limit()
    groups: list[Timed] = field(default_factory=list)
    closings: list[tuple[str, ...] | Limit] = field(default_factory=list)
    excepts: list[tuple[str, ...] | Limit] = field(default_factory=list)
    conditions: list[tuple[Meaning, str]] = field(default_factory=list)
    otherwise: str = ""
    row: int = 0  # line breaks before it
    leads: str = ""  # a limit or condition with which it begins
    own: bool = False  # it has a condition or limit behind its times

    def refused(self, why: str) -> Unreadable:
        """Return the error that says why it can't be read."""
        return Unreadable(why, self.at, len(self.text))

    @property
    def closed_days(self) -> list[tuple[str, ...]]:
        """The weekdays that it closes, the whole year."""
        groups = [group.days for group in self.groups if group.closed and self.limit == Limit()]
        return groups + [one for one in self.closings if isinstance(one, tuple)]

    @property
    def opens(self) -> list[Timed]:
        """The groups that aren't closed."""
        return [group for group in self.groups if not group.closed]


class _Given(lark.lexer.Lexer):
    """Hands on words that were made before."""

    __future_interface__ = 1

    def __init__(self, conf: Any) -> None:
        del conf

    def lex(self, state: Any, parser_state: Any) -> Iterator[lark.Token]:
        del parser_state
        for word in state.text:
            silent = word.kind in {"to", "colon", "open", "close"} or word.kind.endswith("sep")
            yield lark.Token("_" * silent + word.kind.upper(), word)


@cache
def _load_line_parser() -> lark.Lark:
    return lark.Lark.load(BytesIO(once(parser_tables)))


def parser_tables() -> bytes:
    """Return lark's parser of the grammar, to be kept."""
    tables, text = BytesIO(), packaged_text("generator", "hours", "grammar.lark")
    lark.Lark(text, parser="lalr", lexer=_Given, maybe_placeholders=False).save(tables)
    return tables.getvalue()


def read_line(text: str, begin: int, end: int) -> Iterator[Line]:
    """Yield what a line of a text says, each period with a colon for itself; raises `Unreadable` where it isn't covered."""
    words = _days_first(words_of(text, begin, end))
    if not words and not text[:begin].strip() and text[end:].strip():
        return  # a heading: „Sprechzeiten“
    if not words:
        raise Unreadable("Es steht keine Zeit da.", begin, end - begin)
    for part in _periods(_without_comma(words)):
        yield _parse_line(part, Line(begin, text[begin:end].strip(), row=text.count("\n", 0, begin)))


def _without_comma(words: list[Piece]) -> list[Piece]:
    """Leave out the comma of „März bis Mai, Mo 9-12“."""
    limit = [*takewhile(lambda word: word.kind in {"date", "month", "to", "from", "until", "week"}, words)]
    rest = words[len(limit) :]
    comma = limit and rest and (rest[0].kind, rest[0].written) == ("day_sep", ",")
    return limit + rest[1:] if comma else words


def _periods(words: list[Piece]) -> Iterator[list[Piece]]:
    """Cut „Mai bis September: Mo 9-12, Oktober bis April: Mo 10-12“ in two: each has its own of the same kind.

    So has „Mo-Fr 9-16 Uhr, in den Ferien Mo-Fr 9-14 Uhr“. What stands behind the last may be about both: then it's asked.
    """
    first, begin = _front(words, 0), 0
    for at, word in enumerate(words):
        if not at or not word.kind.endswith("sep"):
            continue
        following = [one.kind for one in words[at + 1 : at + 4] if one.kind != "colon"]
        holidays = words[0].kind == "day" and following[:2] == ["sh", "day"]
        if holidays or (first and _front(words, at + 1) == first):
            yield words[begin:at]
            begin = at + 1
    last = words[begin:]
    behind = [*dropwhile(lambda word: word.kind != "time", last[1:])]
    limiting = next((word for word in behind or last if word.kind in _LIMITING), None)
    if begin and limiting:
        raise limiting.refused(FOR_ALL.format(limiting.written.strip()))
    yield last


_LIMITING = {"cond", "except", "term", "sh", "week", "from", "until", "month", "date", "feast", "open"}
_FRONTS = {"date": "dates", "month": "dates", "to": "dates", "week": "week", "sh": "sh", "cond": "cond"}


def _front(words: list[Piece], at: int) -> str:
    """Return the kind of what stands with a colon at a place: „dates“, „week“, „sh“ or „cond“."""
    front = [*takewhile(lambda word: word.kind in _FRONTS, words[at:])]
    kinds = {_FRONTS[word.kind] for word in front}
    following = {word.kind for word in words[at + len(front) :][:1]}
    ends = {"colon"} if kinds & {"cond", "sh"} else {"colon", "day", "ordinal"}
    return kinds.pop() if len(kinds) == 1 and following & ends else ""


def _parse_line(words: list[Piece], line: Line) -> Line:
    parse: Any = _load_line_parser().parse
    try:
        tree = parse(words)
    except lark.UnexpectedInput as error:
        raise _refusal(words, getattr(getattr(error, "token", None), "value", None)) from None
    return _Reader(line, words).read(tree)


_DAYS = {"day", "ordinal", "in_month", "ph"}


def _days_first(words: list[Piece]) -> list[Piece]:
    """Put „9-12 Uhr Mo-Fr“ in the order of the grammar, where nothing else stands there."""
    times = [*takewhile(lambda word: word.kind not in _DAYS, words)]
    days = words[len(times) :]
    if {word.kind for word in times} - {"time", "all_day", "since", "to", "time_sep", "day_sep"} or {
        word.kind for word in days
    } - {*_DAYS, "to", "day_sep"}:
        return words
    return days + [word for word in times if word is not times[-1] or word.kind != "day_sep"]


def _refusal(words: list[Piece], stuck: object) -> Unreadable:
    """Say which word a line can't go on with."""
    if not isinstance(stuck, Piece):
        last = words[-1]
        return last.refused(
            _TIME_DUE if last.kind in {"day", "ph", "sh"} else f"Nach „{last.written}“ fehlt etwas."
        )
    before = words[words.index(stuck) - 1] if stuck in words[1:] else None
    if stuck.kind == "to" and (before is None or before.kind not in {"time", "day"}):
        return stuck.refused("Es fehlt, wann es beginnt.")
    if before and before.kind in {"cond", "sh", "week", "except", "off"}:
        return before.refused(FOR_ALL.format(before.written.strip()))
    return stuck.refused(f"„{stuck.written}“ wird hier nicht verstanden.")


class _Reader:
    """Puts the parts of a parsed line in their places."""

    def __init__(self, line: Line, words: list[Piece]) -> None:
        self.line = line
        self.words = words
        self.front: tuple[str, ...] = ()  # notes at the beginning
        self.named: tuple[str, ...] = ()  # these, or the one of a group

    def read(self, tree: lark.Tree[Any]) -> Line:
        line = self.line
        front: Any = tree.children[0]
        if _is(front, "limit") or _is(front, "COND"):
            line.leads = _text_of_part(front)
        for number, part in enumerate(tree.children):
            if isinstance(part, lark.Token):
                self._take_word(part.value)
            elif part.data in {"limit", "except"}:
                self._take(part)
            elif part.data == "days":
                line.closings.append(_read_osm_days(part))
            elif part.data == "after":
                self._take_after(part.children[-1], tree.children[number + 1 :])
            else:
                if part.data == "named":
                    self.named = tuple(word.value for word in _pieces_of_kind(part, "NOTE"))
                    part = part.children[-1]
                line.groups.append(self._group(part))
        self._finish(tree.data)
        return line

    def _take_word(self, word: Piece) -> None:
        """Take a condition or a note at the beginning, or „geschlossen“."""
        if word.kind == "cond":
            self.line.conditions.append(_meaning_of_condition(word))
        elif word.kind == "note":
            self.front = self.named = (*self.front, word.value)
        elif word.kind == "otherwise":
            self.line.otherwise = word.value

    def _take_after(self, tail: Any, rest: list[Any]) -> None:
        """Take what stands behind a comma: in the middle it is about nobody knows which times, but for a note."""
        later = any(isinstance(one, lark.Tree) and one.data != "after" for one in rest)
        if later and not _is(tail.children[0], "NOTE"):
            raise _refuse(tail)
        self._take(tail)

    def _take(self, part: Any) -> None:
        """Take what counts for the whole line."""
        line, inner = self.line, part.children[0]
        if part.data == "limit":
            limit = _limit(part)
            if limit is None:
                line.excepts.append(Limit(holidays=("SH",)))
            else:
                line.limit = line.limit.joined(limit)
        elif part.data == "except":
            line.excepts.append(_read_days_or_limit(part.children[-1]))
        elif len(part.children) == 2:
            line.closings += [_read_days_or_limit(one) for one in part.children if isinstance(one, lark.Tree)]
        elif isinstance(inner, lark.Tree):
            if any(group.closed for group in line.groups):
                raise _refuse(part)
            self._take(inner)
        elif inner.type == "NOTE" and line.groups:
            own = any(group.notes != self.front for group in line.groups[:-1])
            about = line.groups[-1:] if own else line.groups
            noted = [replace(group, notes=(*group.notes, inner.value.value)) for group in about]
            line.groups[-len(noted) :] = noted
        else:
            self._take_word(inner.value)

    def _group(self, part: lark.Tree[Any]) -> Timed:
        """Return days and times with what stands beside them."""
        trees = {one.data: one for one in part.children if isinstance(one, lark.Tree)}
        days = _read_osm_days(trees["days"]) if "days" in trees else ()
        if "except" in trees:
            days = _but(days, trees["except"])
        times = _read_spans_in_order(trees["times"]) if "times" in trees else ()
        behind = [tail for one in part.children if _is(one, "beside") for tail in one.children if _is(tail)]
        words, beside = [*_pieces_of_kind(part, "COND")], list[Any]()
        if words and _meaning_of_condition(words[0])[0] == "plain":
            raise words[0].refused(_TIME_DUE)
        for tail in [*(one for one in part.children if _is(one, "tail")), *behind]:
            inner: Any = tail.children[0]
            if isinstance(inner, lark.Tree) or inner.type == "OFF":
                beside.append(tail)
            elif inner.type == "OTHERWISE":
                self._take_word(inner.value)
            elif len(times) > 1 and tail in behind:
                raise _refuse(tail)
            else:
                words.append(inner.value)
        conditions = tuple(_meaning_of_condition(word) for word in words if word.kind == "cond")
        notes = (*self.named, *(word.value for word in words if word.kind == "note"))
        return Timed(days, times, conditions, notes, part.data == "closed", tuple(beside))

    def _finish(self, form: str) -> None:
        """Settle what counts for which times; raises `Unreadable` where nobody can tell."""
        line = self.line
        line.own = any(group.conditions for group in line.groups) or bool(line.conditions and not line.leads)
        afar = any(one in {"phone", "video"} for one, _ in line.conditions)
        front = takewhile(lambda word: word.kind not in {*_DAYS, "time", "since"}, self.words)
        colon = any(word.kind == "colon" for word in front)
        limits = line.limit != Limit() or line.excepts or afar
        if len(line.groups) > 1 and line.leads and limits and not colon:
            raise self.words[0].refused(FOR_ALL.format(line.leads.strip()))
        for tail in (tail for group in line.groups for tail in group.beside):
            if len(line.groups) > 1:
                raise _refuse(tail)
            self._take(tail)
        self._refuse_lone_condition()
        if form == "closing":
            self._finish_closing()
        if form == "excluding":
            line.closings, line.excepts = line.excepts, []
        if form == "alone":
            self._finish_alone()
        self._refuse_closing_of_a_part()
        for group in line.groups:
            self._refuse_unclear_group(group)

    def _finish_closing(self) -> None:
        """Settle what „geschlossen“ is about: the limit of its line or the days behind it."""
        line = self.line
        limit, line.limit = line.limit, Limit()
        line.closings = line.closings or [limit]
        other = limit != Limit() and line.closings != [limit]
        if line.closings == [Limit()] or line.conditions or other:
            raise line.refused("Es fehlt, wann geschlossen ist.")
        if limit.asks_closed:
            raise line.refused(limit.asks_closed)

    def _refuse_lone_condition(self) -> None:
        """Raise `Unreadable` where a condition stands behind one time and others have none: it may be about all."""
        line = self.line
        own = [group for group in line.opens if group.conditions and group.times]
        timed = [group for group in line.opens if group.times]
        if own and (len(own) < len(timed) or line.conditions):
            raise line.refused(FOR_ALL.format(own[0].conditions[0][1]))

    def _refuse_closing_of_a_part(self) -> None:
        """Raise `Unreadable` where „geschlossen“ is said of somebody or some place that no time names: „Kindergruppe entfällt am …“."""
        line = self.line
        shut = {note for group in line.groups if group.closed for note in group.notes}
        shut |= set(self.front) if line.closings else set()
        part = sorted(shut.difference(*(group.notes for group in line.opens)))
        if part:
            raise line.refused(f"Schließt das alles oder nur „{part[0]}“?")

    def _finish_alone(self) -> None:
        """„nur in der Schulzeit“ closes the holidays; a condition alone stands for the whole entry."""
        line = self.line
        if line.excepts and not line.conditions and line.limit == Limit():
            line.closings, line.excepts = line.excepts, []
        elif line.conditions and line.conditions[0][0] == "plain":
            raise line.refused(FOR_ALL.format(line.conditions[0][1]))
        elif not line.otherwise and (line.limit != Limit() or not line.conditions):
            raise line.refused(_TIME_DUE)

    def _refuse_unclear_group(self, group: Timed) -> None:
        limit = self.line.limit
        dated = limit.single and not limit.holidays
        if not group.days and not group.closed and not dated and group.times != ((0, DAY),):
            raise self.line.refused(_DAYS_DUE)
        if len(limit.holidays) > 1 or (limit.holidays and "PH" in group.days):
            raise self.line.refused("Gilt das zusammen oder jedes für sich? Schreiben Sie zwei Zeilen.")
        if limit.asks:
            raise self.line.refused(limit.asks)


def _is(part: object, name: str = "") -> bool:
    """Tell whether a part is a tree, or a token, of a name."""
    if isinstance(part, lark.Token):
        return part.type == name
    return isinstance(part, lark.Tree) and name in ("", part.data)


def _pieces_of_kind(part: lark.Tree[Any], name: str) -> Iterator[Piece]:
    """Yield a tree's own words of a kind."""
    return (one.value for one in part.children if isinstance(one, lark.Token) and one.type == name)


def _words_of_part(part: Any) -> Iterator[Piece]:
    if isinstance(part, lark.Token):
        yield part.value
    else:
        for token in part.scan_values(lambda one: isinstance(one, lark.Token)):
            yield token.value


def _refuse(part: Any) -> Unreadable:
    """Ask for which times a part counts."""
    return _first_word_of_part(part).refused(FOR_ALL.format(_text_of_part(part)))


def _first_word_of_part(part: Any) -> Piece:
    return next(_words_of_part(part))


def _text_of_part(part: Any) -> str:
    return " ".join(word.written.strip() for word in _words_of_part(part))


def _meaning_of_condition(word: Piece) -> tuple[Meaning, str]:
    return condition_of(word.value) or ("condition", word.value)


def _read_days_or_limit(part: lark.Tree[Any]) -> tuple[str, ...] | Limit:
    """Return days, or a limit that can be told of whole days."""
    if part.data == "days":
        return _read_osm_days(part)
    limit = _limit(part)
    if limit is None or limit.asks_closed:
        raise _first_word_of_part(part).refused(
            limit.asks_closed if limit else FOR_ALL.format(_text_of_part(part))
        )
    return limit


def expand(item: str) -> list[str]:
    """An OSM weekday or range in, its weekdays out."""
    first, _, last = item.partition("-")
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    return [WEEKDAYS[number % 7] for number in range(begin, end + (7 if end < begin else 0) + 1)]


def _read_osm_days(part: lark.Tree[Any]) -> tuple[str, ...]:
    """Return days as OSM writes them: „Mo-Fr“, „Sa[1]“, „PH“."""
    found: list[str] = []
    for day in (one for one in part.children if _is(one, "day")):
        words = list(_words_of_part(day))
        if words[0].kind == "ordinal":
            found.append(_numbered(words))
        elif len(words) == 2:
            found.append(f"{words[0].value}-{words[1].value}")
        else:
            found += words[0].value.split(",")
    plain = [weekday for item in found if item != "PH" and "[" not in item for weekday in expand(item)]
    if len(set(plain)) < len(plain) or any(item[:2] in plain for item in found if "[" in item):
        raise _first_word_of_part(part).refused("Ein Wochentag steht hier zweimal.")
    if plain and any("[" in item for item in found):
        raise _first_word_of_part(part).refused("Gilt „im Monat“ für beide Tage? Schreiben Sie zwei Zeilen.")
    return tuple(dict.fromkeys(found))


def _but(days: tuple[str, ...], part: lark.Tree[Any]) -> tuple[str, ...]:
    """Return weekdays without those that are left out: „täglich außer Mo“."""
    gone = _read_days_or_limit(part.children[-1])
    if isinstance(gone, Limit) or any("[" in day or day == "PH" for day in (*days, *gone)):
        raise _refuse(part)
    left_out = {weekday for day in gone for weekday in expand(day)}
    kept = [weekday for day in days for weekday in expand(day) if weekday not in left_out]
    if not kept:
        raise _first_word_of_part(part).refused("Damit bleibt kein Tag übrig.")
    return tuple(kept)


def _numbered(words: list[Piece]) -> str:
    """Return „1. und 3. Mi im Monat“ as OSM."""
    numbers = [word.value for word in words if word.kind == "ordinal"]
    day = next(word for word in words if word.kind == "day")
    if "-" in day.value or "," in day.value:
        raise words[0].refused(
            "Schreiben Sie „jeden 1. Montag im Monat“, sonst bleibt offen, was gezählt wird."
        )
    # „Jeden zweiten Montag“ is every other Monday for some.
    if {"2", "3", "4", "5"} & {*numbers} and "1" not in numbers and words[-1].kind != "in_month":
        raise words[0].refused("Schreiben Sie „im Monat“ dazu oder „in geraden Wochen“.")
    return f"{day.value}[{','.join(numbers)}]"


def _limit(part: lark.Tree[Any]) -> Limit | None:
    """Return when a line holds; None for „in der Schulzeit“."""
    inner: Any = part.children[0]
    if _is(inner, "holidays"):
        return Limit(holidays=tuple(word.value for word in _words_of_part(inner)))
    if _is(inner, "dates"):
        return _dates([list(_words_of_part(one)) for one in inner.children if _is(one, "date")])
    word = inner.value
    if word.kind == "term":
        return None
    if word.kind == "week":
        return Limit(week=word.value)
    days = list(_words_of_part(part.children[1]))
    if days[0].kind == "feast" or not days[-1].numbers[0]:
        raise days[-1].refused(_YEAR_DUE)
    if len(days) == 2:
        return _dates([days])
    first, last = _first_and_last(days[0])
    return Limit(
        dates=f"{_format_osm_date(first)}+"
        if word.kind == "from"
        else f"2000 Jan 01-{_format_osm_date(last)}"
    )


def _format_osm_date(day: dt.date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"


def _first_and_last(word: Piece, year: int = 0) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a date or month, in a year where it doesn't say one."""
    in_year, month, *day = word.numbers
    year = in_year or year or LEAP_YEAR
    first = dt.date(year, month, day[0] if day else 1)
    if day:
        return first, first
    return first, (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def _dates(items: list[list[Piece]]) -> Limit:
    """Return dates and periods; those of few days and without a year open and close nothing."""
    written, single, asks, asks_closed = [], True, "", ""
    year = 0
    for words in reversed(items):
        ends = words
        if any(word.kind == "feast" for word in ends):
            if len(ends) > 1:
                raise ends[0].refused("Schreiben Sie Tag und Monat: „1.4. bis 31.10.“.")
            written.append(ends[0].value)
            continue
        year = ends[-1].numbers[0] or ends[0].numbers[0] or year
        first, last = _first_and_last(ends[0], year)[0], _first_and_last(ends[-1], year)[1]
        if last < first and not (ends[0].numbers[0] and ends[-1].numbers[0]):
            # „21.12.2026 bis 3.1.“ and „21.12. bis 3.1.2027“
            last, first = (_add_years(last), first) if ends[0].numbers[0] else (last, _add_years(first, -1))
            if year and (last - first).days > _HALF_A_YEAR:  # „7.8. bis 20.7.2026“
                raise ends[-1].refused("Das Ende liegt vor dem Anfang, oder es fehlt ein Jahr.")
        if last < first:
            raise ends[-1].refused("Das Ende liegt vor dem Anfang.")
        few = (last - first).days <= FEW_DAYS
        dated = any(word.kind == "date" for word in ends)
        single = single and few and dated
        if dated and not year and not _between_years(first, last):
            asks, asks_closed = _YEAR_DUE if few else asks, _YEAR_DUE
        written.append(_format_osm_period(ends, first, last, year))
    return Limit(dates=",".join(reversed(written)), single=single, asks=asks, asks_closed=asks_closed)


def _add_years(day: dt.date, years: int = 1) -> dt.date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def _between_years(first: dt.date, last: dt.date) -> bool:
    """Tell whether days are those around New Year, which are meant of every year."""
    begins, ends = (first.month, first.day), (last.month, last.day)
    if first == last:
        return begins in {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1)}
    return begins >= (12, 20) and (ends >= begins or ends <= (1, 8))


def _format_osm_period(ends: list[Piece], first: dt.date, last: dt.date, year: int) -> str:
    if year:
        return (
            _format_osm_date(first)
            if first == last
            else f"{_format_osm_date(first)}-{_format_osm_date(last)}"
        )
    texts = [
        MONTHS[word.numbers[1] - 1] + (f" {word.numbers[2]:02}" if word.kind == "date" else "")
        for word in ends
    ]
    return "-".join(texts)


def _read_spans_in_order(part: lark.Tree[Any]) -> tuple[Span, ...]:
    """Return times in their order; raises `Unreadable` where they aren't clear."""
    found: list[Span] = []
    for time in (one for one in part.children if _is(one, "time")):
        words = list(_words_of_part(time))
        span = _read_time_span(words)
        if found and (found[-1][1] is None or span[0] < found[-1][1]):
            raise words[0].refused("Schreiben Sie frühere Zeiten zuerst, und keine in einer anderen.")
        found.append(span)
    return tuple(found)


def _read_time_span(words: list[Piece]) -> Span:
    if words[0].kind == "all_day":
        return 0, DAY
    first, *others = [word for word in words if word.kind == "time"]
    start = first.numbers[0] * 60 + first.numbers[1]
    if first.value == "half" and start < 8 * 60:
        raise first.refused(_early_or_late(first.written))
    early = 0 < start < EARLY + (":" not in first.written and "." not in first.written)
    if first.written[0] == "0" or first.written[:2] in {"10", "20"}:
        early = False
    if not others:
        if first.value == "bare" and len(words) == 1:
            raise first.refused(
                f"Bei „{first.written}“ fehlt das Ende. Schreiben Sie „15 bis 17 Uhr“ oder „ab 15 Uhr“."
            )
        if early:
            raise first.refused(_early_or_late(first.written))
        return start, None
    end = others[0].numbers[0] * 60 + others[0].numbers[1]
    night = start >= 17 * 60 and end <= EARLY and others[0].value != "half"
    if end < NOON and early:
        raise first.refused(_early_or_late(f"{first.written} bis {others[0].written}"))
    if end <= start and not night:
        raise first.refused(f"Das Ende „{others[0].written}“ liegt vor dem Anfang „{first.written}“.")
    return start, end


def _early_or_late(written: str) -> str:
    return f"Ist mit „{written}“ früh oder abends gemeint? Schreiben Sie „17:00-19:00“."
