"""Read one clause of German hours by the grammar.

Where `grammar.lark` doesn't cover a clause, it keeps its words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial
from io import BytesIO
from itertools import pairwise
from typing import Any, Literal

import lark

from generator.files.packaged import once, packaged_text, program
from generator.hours.german.clauses import Joint, Piece
from generator.hours.german.times import Time
from generator.hours.german.tokens import LEAP_YEAR, NAMED_HOLIDAYS, Token, Unreadable, is_date
from generator.hours.openings import FEW_DAYS, MONTHS, WEEKDAYS
from generator.hours.remarks import is_name

YEAR, EVERY_OTHER = "Jahr fehlt", "nicht jede Woche"
"""What makes days uncertain, as pages say it."""


@dataclass(frozen=True)
class Limit:
    """When times hold at all.

    `seasons` are OSM ranges; `weeks` is the parity, `every` says that it isn't each week, `unsure` that nobody can tell.
    """

    seasons: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    school: bool = False
    weeks: str = ""
    every: bool = False
    unsure: bool = False

    def __bool__(self) -> bool:
        return self != Limit()

    def joined(self, other: Limit) -> Limit:
        """Return both limits as one; raises `Unreadable` where they differ."""
        mine, others = vars(self), vars(other)
        for name in ("seasons", "since", "until", "weeks"):
            if mine[name] and others[name] and mine[name] != others[name]:
                raise Unreadable("Zwei Zeiträume auf einmal lassen sich nicht auswerten.")
        return Limit(**{name: mine[name] or others[name] for name in mine})


NO_LIMIT = Limit()


@dataclass
class When:
    """Days and limits of a clause."""

    days: list[str] = field(default_factory=list)  # as OSM writes them: „Mo-Fr“, „Sa[1]“, „PH“
    limit: Limit = NO_LIMIT
    dated: bool = False  # single dates or few days, no season
    doubts: dict[str, tuple[Token, str]] = field(default_factory=dict)  # by remark why nobody can tell
    workday: bool = False  # „werktags“
    term: Token | None = None  # „in der Schulzeit“
    first: Token | None = None  # with what it begins

    def __bool__(self) -> bool:
        return bool(self.days or self.limit or self.term or self.doubts)

    @property
    def weekdays(self) -> frozenset[str]:
        """The weekdays it is about, nth days of a month among them."""
        return weekdays(self.days)


@dataclass
class Timed:
    """A time of a clause and what stands behind it: remarks, and what closes it."""

    time: Time
    beside: list[Token] = field(default_factory=list)
    closing: Token | None = None


@dataclass
class Clause:
    """One clause as the grammar reads it: `names` stand before its times, `behind` is when, said behind them.

    „mittwochs und in den Ferien geschlossen“ closes `when` and `others`. `also` and `apart` are „auch“ and „sonst“.
    """

    form: Literal["opening", "closure", "pause", "head", "unread"]
    at: int
    words: str
    joint: Joint
    inside: bool = False
    problem: Unreadable | None = None
    when: When = field(default_factory=When)
    others: list[When] = field(default_factory=list)
    behind: When = field(default_factory=When)
    names: list[Token] = field(default_factory=list)
    times: list[Timed] = field(default_factory=list)
    colon: bool = False
    also: Token | None = None
    apart: bool = False
    closing: Token | None = None


def expand(item: str) -> list[str]:
    """An OSM weekday, range or nth day in, its weekdays out."""
    first, _, last = item.partition("[")[0].partition("-")
    if not last:
        return [first]
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    return [WEEKDAYS[number % 7] for number in range(begin, end + (7 if end < begin else 0) + 1)]


def weekdays(days: Iterable[str]) -> frozenset[str]:
    """OSM days in, the weekdays among them out, nth days of a month among them."""
    return frozenset(day for item in days if item != "PH" for day in expand(item))


class _Given(lark.lexer.Lexer):
    """Hands on tokens that were made before."""

    __future_interface__ = 1

    def __init__(self, conf: Any) -> None:
        del conf

    def lex(self, state: Any, parser_state: Any) -> Iterator[lark.Token]:
        del parser_state
        for token in state.text:
            yield lark.Token(token.kind.upper(), token)


@cache
def _parser() -> lark.Lark:
    text = packaged_text("generator", "hours", "german", "grammar.lark")
    source = program("hours") + text.encode()
    return lark.Lark.load(BytesIO(once("hours-grammar", source, partial(_tables, text))))


def _tables(text: str) -> bytes:
    """Return lark's parser of a grammar, to be kept."""
    parser = lark.Lark(text, parser="lalr", lexer=_Given, transformer=_Build(), maybe_placeholders=False)
    tables = BytesIO()
    parser.save(tables)
    return tables.getvalue()


def read_clause(piece: Piece, text: str) -> Clause:
    """Return what a clause says; `unread` where the grammar doesn't cover it."""
    begin = piece.tokens[0].at
    words = text[begin : piece.tokens[-1].end].strip()
    parse: Any = _parser().parse
    try:
        form, parts = parse(piece.tokens)
        clause = Clause(form, begin, words, piece.joint, piece.inside)
        _fill(clause, parts)
    except (Unreadable, lark.UnexpectedInput, lark.exceptions.VisitError) as error:
        return Clause("unread", begin, words, piece.joint, piece.inside, _problem(piece, error))
    return clause


def _problem(piece: Piece, error: Exception) -> Unreadable:
    """Say which word a clause can't go on with."""
    refused = getattr(error, "orig_exc", error)
    if isinstance(refused, Unreadable):
        return refused
    stuck = getattr(getattr(error, "token", None), "value", None)
    if isinstance(stuck, Token):
        return stuck.refused(f"„{stuck.text}“ wird hier nicht verstanden.")
    last = piece.tokens[-1]
    return last.refused(f"Nach „{last.text}“ fehlt etwas.")


def _fill(clause: Clause, parts: list[Any]) -> None:
    """Put the parts of a clause in their places."""
    for number, (before, part) in enumerate(pairwise(parts)):
        # „bis Ende November“, „Do bis 20. In den Ferien“: who doesn't know the words doesn't know what the days behind them mean.
        further = clause.form == "closure" and any(isinstance(one, _When) for one in parts[:number])
        holidays = isinstance(part, _When) and any(
            getattr(item, "kind", "") in {"school", "public"} for item in part.items
        )
        further = further or (clause.form == "closure" and holidays)
        if _is_unknown(before) and isinstance(part, _When) and (further or part.kind != "days"):
            raise before.refused(f"„{before.text}“ wird hier nicht verstanden.")
    for part in parts:
        if isinstance(part, Timed):
            clause.times.append(part)
        elif isinstance(part, _When):
            for one in _apart(clause, part):
                _add(clause.others[-1] if clause.others else clause.when, one)
            clause.colon = clause.colon or (part.colon and (clause.form, part.kind) != ("closure", "days"))
        elif part.kind in {"except", "pause", "off"}:
            clause.closing = clause.closing or part
        elif part.kind == "also":
            clause.also = part
        elif part.kind == "else":
            clause.apart = True
        elif part.kind != "colon":
            clause.names.append(part)
    for timed in clause.times:
        timed.closing = clause.closing
        _fill_time(clause, timed)


def _apart(clause: Clause, part: _When) -> Iterator[_When]:
    """Yield what a part says by what it is about: „mittwochs und in den Ferien geschlossen“ closes both, not Wednesdays in holidays."""
    school = [item for item in part.items if getattr(item, "kind", "") in {"school", "public"}]
    usual = [item for item in part.items if item not in school]
    named = len(school) > 1 and any(item.value in NAMED_HOLIDAYS for item in school)
    listed = named or (usual and any(item.kind == "school" for item in school))
    if listed and clause.form != "closure":
        raise school[0].refused("Gilt das zusammen oder jedes für sich?")
    apart = [usual, *([item] for item in school)] if named else [usual, school]
    for number, items in enumerate(filter(None, apart) if listed else (part.items,)):
        first = items[0]
        while not isinstance(first, Token):
            first = first[0]
        if clause.form == "closure" and clause.when and (number or first.apart):
            clause.others.append(When())
        elif clause.when.limit and first.apart and first.kind == "school":
            # „Mo-Fr 15-18 Uhr (Mai-Okt., in den Ferien 11-18 Uhr)“
            raise first.refused("Gilt das zusammen oder jedes für sich?")
        yield replace(part, items=items)


def _is_unknown(part: object) -> bool:
    """Tell whether a part is words that name nothing."""
    return isinstance(part, Token) and part.kind == "words" and not is_name(part.value)


def _fill_time(clause: Clause, timed: Timed) -> None:
    """Put what stands behind a time in its place."""
    beside: list[Any] = timed.beside
    words = [part for part in beside if isinstance(part, Token) and part.kind == "words"]
    limits = [item for part in beside if isinstance(part, _When) for item in part.items]
    school = any(getattr(item, "kind", "") == "school" for item in limits)
    if limits and words and (school or any(map(_is_unknown, words))):
        # „Mi 9-12, jeden 3. Mi im Monat ???“, „Mi 9-12 Sonderzeiten in den Ferien“ may be about other days than those.
        raise words[0].refused(f"„{words[0].text}“ wird hier nicht verstanden.")
    timed.beside = []
    for part in beside:
        if isinstance(part, _When):
            _add(clause.behind if clause.when else clause.when, part)
        elif part.kind in {"off", "pause"}:
            timed.closing = part
        elif part.kind != "colon":
            timed.beside.append(part)


@dataclass
class _When:
    """What the grammar finds of one kind: „days“, „dates“ or „limit“; `colon` says that one follows.

    Items are tokens; a period is (first, last), „1. und 3. Mo“ (ordinals, day).
    """

    kind: str
    items: list[Any]
    colon: bool = False


def _add(when: When, part: _When) -> None:
    """Add what the grammar found; raises `Unreadable` for impossible dates."""
    if part.kind == "dates":
        _add_dates(when, part.items)
    elif part.kind == "limit":
        _add_limit(when, part.items)
    else:
        nths = [item for item in part.items if isinstance(item, tuple)]
        if nths and any(getattr(item, "kind", "") == "day" for item in part.items):
            raise nths[0][0][0].refused(
                "Gilt „im Monat“ für beide Tage? Schreiben Sie „1. Mo im Monat und 1. Di im Monat“."
            )
        for item in part.items:
            if isinstance(item, tuple):
                _add_nth(when, *item)
            else:
                _add_day(when, item)


def _add_day(when: When, item: Token) -> None:
    """Add weekdays, workdays or holidays."""
    when.first = when.first or item
    if item.kind == "school":
        when.limit = replace(when.limit, school=True)
        if item.value in NAMED_HOLIDAYS:
            when.limit = when.limit.joined(Limit(seasons=(item.value,)))
        elif item.value == "named":
            when.limit = replace(when.limit, unsure=True)
            when.doubts["nur in bestimmten Ferien"] = (item, "Einzelne Ferien lassen sich nicht auswerten.")
    elif item.kind == "workday":
        when.workday = True
        when.days = when.days or ["Mo-Fr"]
    else:
        for day in item.value.split(","):
            # „täglich von Mo-Fr“, „Mo-Fr täglich“
            mine = {*expand(day)}
            when.days = [one for one in when.days if not mine < {*expand(one)}]
            if not any(mine >= {*expand(one)} for one in when.days):
                when.days.append(day)


def _add_nth(when: When, ordinals: list[Token], day: Token) -> None:
    """Add „1. und 3. Mo im Monat“."""
    numbers = [token.value for token in ordinals]
    if "-" in day.value or not {"1", "2", "3", "4", "5", "-1", "-2"}.issuperset(numbers):
        raise ordinals[0].refused(
            "Schreiben Sie „jeden 1. Montag im Monat“, sonst bleibt offen, was gezählt wird."
        )
    when.first = when.first or ordinals[0]
    when.days.append(f"{day.value}[{','.join(numbers)}]")
    # „Jeden zweiten Montag“ is every other Monday for some and the second of the month for others; „jeden ersten“ isn't.
    if numbers in (["2"], ["3"], ["4"]):
        when.doubts[EVERY_OTHER] = (ordinals[0], "Schreiben Sie „im Monat“ oder „in geraden Wochen“ dazu.")


def _add_dates(when: When, items: list[Token | tuple[Token, Token]]) -> None:
    """Add „24.12.2026“, „Mai bis September“."""
    ranges: list[str] = []
    for item in items:
        first, last = item if isinstance(item, tuple) else (item, None)
        for token in filter(None, (first, last)):
            _refuse_impossible(token)
        when.first = when.first or first
        single = first.kind == "date" or (last is not None and last.kind == "date")
        if last is not None:
            if last.kind != first.kind and (first.numbers or last.numbers):
                raise first.refused("Es fehlt, bis wann der Zeitraum geht.")
            single = single and _are_few_days(first, last)
        when.dated = when.dated or single
        if when.dated and first.kind == "date" and first.numbers[:1] == (0,):
            when.doubts.setdefault(YEAR, (first, "Es fehlt das Jahr."))
        ranges.append(_osm(first) + (f"-{_osm(last)}" if last else ""))
    when.limit = when.limit.joined(Limit(seasons=tuple(ranges)))


def _add_limit(when: When, tokens: list[Token]) -> None:
    """Add „in geraden Wochen“, „im Sommer“, „ab 1.9.2026“."""
    token, date = tokens[0], tokens[-1]
    when.first = when.first or token
    limit = Limit()
    if token.kind == "week":
        limit = Limit(weeks=token.value)
    elif token.kind == "every":
        limit = Limit(every=True)
    elif token.kind == "season":
        limit = Limit(unsure=True)
        when.doubts[token.value] = (token, "Schreiben Sie die Monate dazu.")
    elif token.kind == "term":
        when.term = token
    elif token.kind == "in_month":
        when.doubts.pop(EVERY_OTHER, None)
        limit = Limit(every=not any("[" in day for day in when.days))
    else:
        _refuse_impossible(date)
        year, month, day = _numbers(date)
        if not year and token.text.lower().startswith("seit"):
            # It has begun, in whatever year.
            return
        if not year:
            limit = Limit(unsure=True)
            when.doubts[f"{token.text} {date.text}"] = (date, "Es fehlt das Jahr.")
        else:
            known = dt.date(year, month, day)
            limit = Limit(since=known) if token.kind == "from" else Limit(until=known)
    when.limit = when.limit.joined(limit)


def _numbers(token: Token) -> tuple[int, ...]:
    """Year (0 where it isn't said), month and day of a date or month."""
    if token.kind == "month":
        return (*(year or 1 for year in token.numbers), 0)[0], MONTHS.index(token.value) + 1, 1
    return token.numbers or (0, 1, 1)


def _refuse_impossible(token: Token) -> None:
    """Raise `Unreadable` for a date that doesn't exist: „31. Februar“."""
    if not is_date(*_numbers(token)):
        raise token.refused(f"„{token.text}“ ist kein Datum.")


def _osm(token: Token) -> str:
    """Write a date or month as OSM does: `2026 Dec 24`."""
    if not token.numbers:
        return token.value
    year, month, day = _numbers(token)
    return f"{year or ''} {MONTHS[month - 1]}{f' {day:02d}' if token.kind == 'date' else ''}".strip()


def _are_few_days(first: Token, last: Token) -> bool:
    if len(first.numbers) < 3 or len(last.numbers) < 3:
        return False
    begin, end = (
        dt.date(year or LEAP_YEAR, month, day) for year, month, day in (first.numbers, last.numbers)
    )
    return 0 <= (end - begin).days <= FEW_DAYS


def _own(items: Iterable[Any]) -> list[Any]:
    """Return our own tokens, of which lark's are."""
    return [item.value if isinstance(item, lark.Token) else item for item in items]


@lark.v_args(wrapper=lambda build, data, items, meta: build(_own(items)))
class _Build(lark.Transformer):  # type: ignore[type-arg]
    """What each rule of the grammar becomes: a method has its rule's name."""

    def __default__(self, data: str, children: list[Any], meta: Any) -> Any:
        """Return days, dates or limits as such, and clauses as form and parts."""
        items = _own(children)
        if data.startswith("_"):
            return lark.Tree(data, items)
        if data in {"days", "dates", "limit"}:
            return _When(data, [item for item in items if isinstance(item, tuple) or item.kind != "list"])
        return data, items

    def weekdays(self, items: list[Token]) -> Token:
        """„Mo bis Fr“"""
        first, _, last = items
        if "-" in first.value or "-" in last.value:
            raise first.refused("Sind das einzelne Tage? Dann schreiben Sie Kommas: „Mo, Mi, Fr“.")
        return replace(first, value=f"{first.value}-{last.value}", written=f"{first.text}-{last.text}")

    def nth(self, items: list[Token]) -> tuple[list[Token], Token]:
        """„1. und 3. Mo im Monat“"""
        return [item for item in items[:-1] if item.kind == "ordinal"], items[-1]

    def period(self, items: list[Token]) -> tuple[Token, Token]:
        """„Mai bis September“"""
        return items[0], items[2]

    def item(self, items: list[Any]) -> Any:
        if len(items) > 1 and isinstance(items[0], _When):
            items[0].colon = True
        return items[0]

    after = item

    def time(self, items: list[Token]) -> Time:
        kinds = {item.kind: item for item in items}
        first, last = ([*(item for item in items if item.kind == "time"), None, None])[:2]
        if "ends" in kinds:
            first, last = None, first
        alone = "part" in kinds
        beside = " ".join(item.value.lower() for item in items if item.kind in {"lead", "behind"})
        part, since = kinds["part"].value if alone else beside, kinds.get("since")
        return Time(items[0].at, first, last, part, since, "open_end" in kinds, "all_day" in kinds, alone)

    def timed(self, items: list[Any]) -> Timed:
        return Timed(items[0], list(items[1:]))
