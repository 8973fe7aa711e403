"""German opening hours come in ("Mo – Do 9 bis 12 Uhr"), an OSM expression goes out; doubt is an `Unreadable`.

Nothing is guessed: where a reader could understand two things, either the writing stays unread and is shown as it is, or the
time in question is uncertain and the doubt is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import takewhile

from generator.hours.german.clause import Clause, Limit, expand
from generator.hours.german.clauses import expression_of
from generator.hours.german.day_names import dates_resolved, holidays_and_days
from generator.hours.german.meaning import FOR_ALL, Said, meant
from generator.hours.german.times import read_times, without
from generator.hours.german.tokens import Kind, Token, tokenise
from generator.hours.german.unreadable import Doubt, Unreadable
from generator.hours.remarks import meaning_of

_END = Token("break", "", 0)
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
        "colon",
    }
)
_HEADS: frozenset[Kind] = frozenset(
    {"day", "daily", "workday", "ordinal", "time", "all-day", "off", "public", "part", "pause", "usual"}
)
_SAID_BESIDE: frozenset[Kind] = frozenset({"remark", "registration", "appointment", "condition"})
"""What says how something takes place, and not when."""
NAMED: frozenset[Kind] = frozenset({"day", "daily", "workday", "ordinal", "colon"})
"""Where a remark stands before one of these, it names the times behind it."""
_SHORT = 14
"""Dates without a year that are so many days apart or less are an event of one year, and nobody knows of which."""


def write_expression(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """German writing in, an OSM expression and what remains in doubt out; raises `Unreadable` with a German sentence."""
    reader = _GermanReader(dates_resolved(tokenise(text)))
    reader.read()
    found = meant(reader.clauses, reader.said())
    return expression_of(found.clauses, reader.exceptions, found.otherwise), (*reader.doubts, *found.doubts)


@dataclass
class _GermanReader:
    tokens: list[Token]
    at: int = 0
    clauses: list[Clause] = field(default_factory=list)
    clause: Clause = field(default_factory=lambda: Clause(0))
    exceptions: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    otherwise: str = ""
    joint: str = ""
    inside: bool = False
    by_phone: bool = False
    everything: list[str] = field(default_factory=list)
    monthly: str = ""
    on_holidays: bool = False
    in_term: bool = False
    label: str = ""

    def said(self) -> Said:
        """What was said of all times."""
        return Said(tuple(self.everything), self.monthly, self.on_holidays, self.in_term, self.otherwise)

    # --- moving -----------------------------------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> Token:
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else _END

    def take(self, *kinds: Kind) -> Token | None:
        token = self.peek()
        if self.at < len(self.tokens) and token.kind in kinds:
            self.at += 1
            return token
        return None

    def read(self) -> None:
        handlers: dict[Kind, Callable[[Token], None]] = {
            "day": self._days, "daily": self._days, "ordinal": self._days, "public": self._days, "school": self._days,
            "workday": self._workdays, "month": self._season, "date": self._season, "week": self._weeks,
            "every": self._every, "from": self._from, "start": self._from, "to": self._until, "term": self._term,
            "time": self._times, "all-day": self._all_day, "part": self._part, "open-end": self._open_end,
            "off": self._off, "pause": self._except, "except": self._except, "also": self._also,
            "appointment": self._appointment, "registration": self._registration, "otherwise": self._otherwise,
            "remark": self._remark, "condition": self._condition, "doubtful": self._doubtful, "vague": self._vague,
            "in-month": self._monthly, "usual": self._usual,
        }  # fmt: skip
        while self.at < len(self.tokens):
            token = self.peek()
            if token.kind in {"break", "comma", "and"}:
                self.at += 1
                self.joint = (
                    "break"
                    if "break" in (token.kind, self.joint)
                    else "and"
                    if "and" in (token.kind, self.joint)
                    else token.kind
                )
            elif (
                token.kind == "to"
                and token.value == "-"
                and self.peek(1).kind not in {"time", "date", "month", "open-end"}
            ):
                # A dash between blanks that joins no times is a comma.
                self.at += 1
                self.joint = "comma"
            elif token.kind in {"open", "close"}:
                self.at += 1
                self.inside = token.kind == "open"
                self.joint = "" if self.inside and self.joint != "break" else self.joint
            elif token.kind == "colon":
                self.at += 1
            else:
                handlers[token.kind](token)
                self.joint = ""
        self._close()

    def _close(self) -> None:
        if not self.clause.empty:
            self.clauses.append(self.clause)
        self.clause = Clause(self.peek().at)

    def _begin(self) -> Clause:
        """Begin a clause where the present one is complete."""
        if self.clause.has_body:
            self._close()
            self.clause.joint = self.joint
            self.by_phone = self.by_phone and self.joint != "break"
            if self.by_phone:
                self.clause.remarks.append("telefonisch")
        return self.clause

    def _sentence(self) -> list[Clause]:
        """The clauses that a remark at this place can be about, the last one first.

        That is back to the last break, or to one with its own remark. What stands on a line of its own can be about all of them.
        """
        if self.joint == "break":
            return self._every_clause()[::-1]
        found = [self.clause] if not self.clause.empty else []
        later = self.clause
        for clause in reversed(self.clauses):
            if found and (later.joint == "break" or clause.remarks):
                break
            found.append(clause)
            later = clause
        return found

    def _every_clause(self) -> list[Clause]:
        return [*self.clauses, *([] if self.clause.empty else [self.clause])]

    def _is_head(self) -> bool:
        """Whether what limits the days stands before a day or a time, and not behind those it is about."""
        if not self.clause.has_body:
            return True
        if self.inside:
            return self._off_follows()
        if self.joint == "break":
            line = takewhile(lambda token: token.kind != "break", self.tokens[self.at + 1 :])
            return any(token.kind in _HEADS for token in line)
        ahead = 1
        while self.at + ahead < len(self.tokens):
            token = self.peek(ahead)
            if token.kind == "colon":
                return True
            if token.kind in _HEADS:
                tied = {"comma"} if token.kind == "public" else {"comma", "and"}
                return self.peek(ahead - 1).kind not in tied or token.kind in {"time", "off"}
            if token.kind == "comma" and self.peek(ahead + 1).kind not in {"month", "date", "time", "off"}:
                return False
            if token.kind not in _MODIFIERS and token.kind != "comma":
                return token.kind == "appointment" and self.joint != ""
            ahead += 1
        return False

    def _off_follows(self) -> bool:
        """Whether what stands in brackets ends with „geschlossen“."""
        rest = self.tokens[self.at :]
        inner = rest[
            : next((number for number, token in enumerate(rest) if token.kind == "close"), len(rest))
        ]
        return any(token.kind == "off" for token in inner)

    # --- days ---------------------------------------------------------------------------------------------------------

    def _days(self, token: Token) -> None:
        if token.kind == "school" and not self._is_head():
            self.at += 1
            if self._limit(Limit(school=True), token):
                self._named_holidays(token, self.clause)
            return
        self._refuse_days_without_time(token)
        colon = self.peek(1).kind == "colon"
        found = holidays_and_days(self.tokens, self.at)
        self.at = found.end
        if found.doubt:
            self._name_doubt(token, "Schreiben Sie „im Monat“ dazu, oder „14-tägig“ mit dem nächsten Tag.")
        clause = self.clause
        if (
            clause.has_body
            and clause.times
            and not clause.days
            and not clause.dated
            and self.joint != "break"
        ):
            clause.days_last = True
        elif clause.has_body and self.inside and not self._off_follows():
            self._narrow(found.days, token)
            return
        elif (
            clause.has_body
            and clause.days_last
            and self.joint
            and self.peek().kind not in {"time", "colon", "off", "part"}
        ):
            pass
        elif self.inside and clause.days and not clause.has_body and not found.school:
            self._explain(found.days, token)
            clause.days = []
        else:
            clause = self._begin()
        clause.days += [day for day in found.days if day not in clause.days]
        if found.school:
            clause.narrow(school=True)
            clause.headed, clause.colon = True, colon
            clause.rest = "off" if token.value == "only" else clause.rest
            self._named_holidays(token, clause)
        if found.doubt:
            clause.doubt(found.doubt)
        self._skip_comma_before_time()

    def _refuse_days_without_time(self, token: Token) -> None:
        if self.joint == "break" and self.clause.days and not self.clause.has_body:
            raise Unreadable("Es fehlt eine Uhrzeit.", token.at, len(token.text))

    def _skip_comma_before_time(self) -> None:
        if self.peek().kind == "comma" and self.peek(1).kind in {"time", "all-day", "from", "part"}:
            self.at += 1

    def _explain(self, days: list[str], token: Token) -> None:
        """„täglich (Mo-Fr)“: what stands in brackets says which of these days, not others."""
        told = {one for day in days for one in expand(day) if day != "PH"}
        if not told <= self.clause.weekdays:
            raise Unreadable("Welche Tage sind gemeint?", token.at, len(token.text))

    def _narrow(self, days: list[str], token: Token) -> None:
        """„montags 15-17 Uhr (jeden 1. Montag im Monat)“: what stands in brackets says which of these days."""
        if self._is_about_part(token):
            return
        own = self.clause.weekdays
        told = {day.partition("[")[0] for day in days}
        if not all("[" in day for day in days) or not told <= own:
            raise Unreadable("Es fehlt eine Uhrzeit.", token.at, len(token.text))
        self.clause.days = days

    def _named_holidays(self, token: Token, clause: Clause) -> None:
        if token.value == "named":
            clause.doubt("nur in bestimmten Ferien")
            self._name_doubt(token, "Einzelne Ferien lassen sich nicht auswerten.")

    def _workdays(self, token: Token) -> None:
        """Monday to Friday for all, Saturday for some; never a public holiday."""
        self.at += 1
        clause = self._begin() if not (self.clause.times and not self.clause.days) else self.clause
        if clause.days:
            return
        clause.days.append("Mo-Fr")
        self.exceptions.append("PH off")
        following = self.peek().kind
        narrowed = following == "open" and self.peek(1).kind in {"day", "daily"}
        if not narrowed and following != "except":
            clause.saturday = True

    # --- seasons and rhythms ------------------------------------------------------------------------------------------

    def _season(self, token: Token) -> None:
        self._refuse_days_without_time(token)
        head = self._is_head()
        seasons, single, yearless = self._ranges()
        if head:
            clause = self._begin()
            if clause.days and single and not clause.times:
                clause.days = [day for day in clause.days if "[" not in day]
            clause.limit_to(Limit(seasons=tuple(seasons)))
            clause.dated = clause.dated or single
            clause.headed, clause.colon = True, self.peek().kind == "colon"
            if single and yearless and not clause.days:
                clause.remarks.append("Jahr fehlt")
                self._name_doubt(token, "Es fehlt das Jahr.")
            self.take("colon", "comma")
            return
        self._limit(Limit(seasons=tuple(seasons)), token)

    def _ranges(self) -> tuple[list[str], bool, bool]:
        """Months and dates with what joins them: OSM selectors, whether they are single dates, whether a year is missing."""
        seasons: list[str] = []
        single = yearless = False
        while first := self.take("month", "date"):
            text, known = _osm(first)
            single = single or first.kind == "date"
            yearless = yearless or not known
            if self.peek().kind == "to" and self.peek(1).kind in {"month", "date"}:
                self.at += 1
                last = self.take("month", "date") or first
                if last.kind != first.kind:
                    raise Unreadable("Es fehlt, bis wann der Zeitraum geht.", first.at)
                text = _range(first, last)
                single = first.kind == "date" and _is_short(first, last)
            seasons.append(text)
            mark = self.at
            if not (self.take("comma", "and") and self.peek().kind in {"month", "date"}):
                self.at = mark
                break
        return seasons, single, yearless

    def _from(self, token: Token) -> None:
        following = self.peek(1)
        if token.kind == "from" and following.kind == "time":
            self._times(token)
            return
        if following.kind in {"day", "daily"} and self.peek(2).kind in {"comma", "date"}:
            self.tokens.pop(self.at + 1)
            following = self.peek(1)
            if following.kind == "comma":
                self.tokens.pop(self.at + 1)
                following = self.peek(1)
        head = self._is_head()
        self.at += 1
        date = self.take("date", "month")
        if date is None:
            raise Unreadable(f"Nach „{token.value}“ fehlt, ab wann.", token.at, len(token.text))
        day = _day_of(date)
        self._limit(Limit(since=day, doubt="" if day else f"{token.value} {date.text}"), token, head=head)
        if head and self.clause.joint in {"comma", "and"}:
            self._doubt_before(token, date, day)
        if day is None:
            self._name_doubt(date, "Es fehlt das Jahr.")
        if head:
            self.take("colon", "comma")

    def _doubt_before(self, token: Token, date: Token, day: dt.date | None) -> None:
        """„Di 15-18, ab 1.1.2027 Mi 15-18“: from then on Tuesday holds for some readers and is over for others."""
        remark = f"{token.value} {date.text}"
        for before in [clause for clause in self.clauses if clause.times and clause.limit.since is None]:
            if day is None:
                before.doubt(remark)
            elif not before.limit.until:
                later = replace(before.limit, since=day)
                before.narrow(until=day - dt.timedelta(days=1))
                self.clauses.append(
                    replace(before, limit=later, state="unknown", remarks=[remark], joint="and")
                )
        self._name_doubt(token, "Gilt das davor Genannte dann noch?")

    def _until(self, token: Token) -> None:
        following = self.peek(1)
        if following.kind == "time":
            self._times(token)
            return
        head = self._is_head()
        self.at += 1
        date = self.take("date")
        if date is None:
            raise Unreadable("Hier fehlt, bis wann.", token.at, len(token.text))
        day = _day_of(date)
        self._limit(Limit(until=day, doubt="" if day else f"bis {date.text}"), token, head=head)
        if day is None:
            self._name_doubt(date, "Es fehlt das Jahr.")
        if head:
            self.take("colon", "comma")

    def _weeks(self, token: Token) -> None:
        head = self._is_head()
        self.at += 1
        self._limit(Limit(weeks=token.value), token, head=head)
        self.take("colon")

    def _every(self, token: Token) -> None:
        head = self._is_head()
        self.at += 1
        self._limit(Limit(every=int(token.value)), token, head=head)
        self.take("colon", "comma" if head else "colon")

    def _monthly(self, token: Token) -> None:
        """„einmal im Monat“, without saying which: whoever wrote a first or last day beside it said which."""
        self.at += 1
        if self.peek().kind != "month":
            self.monthly = self.monthly or token.text

    def _vague(self, token: Token) -> None:
        self._refuse_days_without_time(token)
        head = self._is_head()
        self.at += 1
        self._name_doubt(token, "Schreiben Sie die Monate dazu.")
        self._limit(Limit(doubt=token.value), token, head=head)
        self.take("colon")

    def _limit(self, limit: Limit, token: Token, *, head: bool = False) -> bool:
        """Limit what begins here, or what was said before: the last of it certainly, the others perhaps; False where it limits nothing."""
        if head:
            clause = self._begin()
            clause.limit_to(limit)
            clause.headed, clause.colon = True, clause.colon or self.peek().kind == "colon"
            return True
        if self._is_about_part(token):
            return False
        last, *earlier = self._sentence() or [self.clause]
        last.limit_to(limit)
        for clause in earlier:
            if not clause.limit:
                clause.perhaps = (clause.perhaps or Limit()).joined(limit)
                self._name_doubt(token, FOR_ALL)
        return True

    def _is_about_part(self, token: Token) -> bool:
        """„Mi 14-17, im August nur telefonisch“: then by telephone, else as usual for most readers, never for others.

        So nothing is certain. Without a remark of its own what stands behind times says when they hold.
        """
        first = self.tokens.index(token)
        after = self.at + (self.peek().kind == "colon")
        if after < len(self.tokens) and self.tokens[after].kind in _SAID_BESIDE:
            self.at = after + 1
        elif not (
            first > 1
            and self.tokens[first - 1].kind in _SAID_BESIDE
            and self.tokens[first - 2].kind in {"comma", "break", "open"}
        ):
            return False
        said = " ".join(piece.text for piece in self.tokens[first : self.at] if piece.kind != "colon")
        for clause in self._sentence():
            clause.doubt(said)
        self._name_doubt(token, "Was gilt sonst? Schreiben Sie beide Zeiten mit ihren Tagen.")
        return True

    def _term(self, _token: Token) -> None:
        self.at += 1
        self.in_term = True
        if (
            not self.clause.days
            and not self.clause.has_body
            and self.peek().kind in {"time", "break", "from", "part"}
        ):
            self.clause.days.append("Mo-Fr")
        if "schultag" in _token.value.lower():
            self.exceptions.append("PH off")
        self.take("colon")

    # --- times --------------------------------------------------------------------------------------------------------

    def _times(self, token: Token) -> None:
        clause = self.clause
        if (
            clause.times and (clause.days_last or not self.joint or self.joint == "break")
        ) or clause.state == "off":
            clause = self._begin()
        start = self.at
        self.at, times = read_times(
            self.tokens, self.at, clause.part, None if self.inside else self._start_before()
        )
        if (
            self.peek().kind in {"off", "pause"}
            and (clause.times or not clause.has_head)
            and self._sentence()
        ):
            self.at = start
            self._pause(token)
            return
        clause.times += times

    def _start_before(self) -> int | None:
        """When the day before begins, for „freitags bis 13 Uhr“."""
        before = next((clause for clause in reversed(self.clauses) if clause.times), None)
        return before.times[0][0] if before else None

    def _all_day(self, _token: Token) -> None:
        self.at += 1
        clause = self._begin() if self.clause.times else self.clause
        if not clause.has_head:
            clause.days.append("Mo-Su")
        clause.times.append((0, 1440))

    def _part(self, token: Token) -> None:
        self.at += 1
        word = token.value.lower()
        if self.peek().kind in {"time", "from", "to"} and (not self.clause.times or self.joint):
            self.clause.part = word
        elif not self.clause.times:
            if self.peek().kind in {"day", "comma"} and not self.clause.has_head:
                self.clause.part = word
                return
            self.clause.doubt(token.value)
            self.clause.asked = True
            self._name_doubt(token, "Das ist keine Uhrzeit. Schreiben Sie Anfang und Ende.")
        elif self.peek().kind == "appointment" and self.joint:
            self.otherwise = self.otherwise or f"{token.text} {self.peek().value}"
            self.at += 1
        elif self.peek().kind in {"off", "pause"}:
            raise Unreadable("Schreiben Sie, von wann bis wann geschlossen ist.", token.at, len(token.text))

    def _open_end(self, _token: Token) -> None:
        self.at += 1

    # --- closed ---------------------------------------------------------------------------------------------------------

    def _off(self, token: Token) -> None:
        following = self.peek(1)
        if (self.inside or self.clause.has_body) and following.kind in {
            "school",
            "public",
            "month",
            "date",
            "colon",
        }:
            self._except(token)
            return
        self.at += 1
        if self.clause.has_body and following.kind in {"from", "start", "to", "week"}:
            # „entfällt ab 1.12.2026“: until then it takes place.
            self.joint = "break"
            self._begin()
            {"to": self._until, "week": self._weeks}.get(following.kind, self._from)(following)
        if self.clause.limit.doubt and not self.clause.has_body:
            # „im Winter geschlossen“, „ab Dezember geschlossen“: nobody can tell when, so nothing is certain.
            self.everything.append(f"{self.clause.limit.doubt} {token.text}")
            self.clause = Clause(self.peek().at)
            return
        if self.clause.has_head and not self.clause.times:
            # In the holidays of one season only, which no rule can tell from the others.
            self.clause.state = self.clause.state or "off"
            self.clause.closes = True
        elif self.clause.empty and not self.clauses:
            raise Unreadable("Es fehlt, wann geschlossen ist.", token.at, len(token.text))
        elif self.clause.times and not self.joint:
            self.clause.state = "off"
        else:
            last, *earlier = self._sentence()
            last.state = "off"
            for clause in earlier:
                clause.doubt(token.value)

    def _except(self, token: Token) -> None:
        """„außer …“, „nicht …“, „Sommerpause …“: days on which nothing takes place."""
        if token.kind == "pause" and self.clause.has_head and not self.clause.has_body:
            self.at += 1
            self.clause.state = "off"
            return
        self.at += 1
        self.take("colon")
        if self.peek().kind == "time" or (self.peek().kind == "from" and self.peek(1).kind == "time"):
            self._pause(token)
            return
        whole = not self.clause.has_body
        found = 0
        while True:
            item = self.peek()
            selector = self._excepted()
            if selector is None:
                break
            found += 1
            self.exceptions.append(selector)
            if item.value == "named":
                self._name_doubt(item, "Einzelne Ferien lassen sich nicht auswerten.")
            mark = self.at
            separator = self.take("comma", "and")
            if separator is None:
                break
            begins_anew = separator.kind == "comma" and self.peek().kind == "school"
            if self.peek().kind not in {"day", "public", "school", "month", "date", "ordinal"} or (
                self._time_follows() and (not whole or begins_anew or self.peek().kind in {"month", "date"})
            ):
                self.at = mark
                break
        if not found:
            raise Unreadable(
                f"Nach „{token.value}“ fehlt, welche Tage gemeint sind.", token.at, len(token.text)
            )
        if self.peek().kind == "part":
            raise Unreadable(
                "Schreiben Sie, von wann bis wann geschlossen ist.", self.peek().at, len(self.peek().text)
            )
        if self.peek().kind == "off":
            self.at += 1

    def _pause(self, token: Token) -> None:
        """„Mo-Fr 9-16, Mittagspause 12-13 Uhr“: what lies between isn't open."""
        self.at, times = read_times(self.tokens, self.at, "", None)
        self.take("off", "pause")
        targets = [clause for clause in self._sentence() if clause.times]
        if not targets or any(end is None for _, end in times):
            raise Unreadable("Welche Zeiten unterbricht diese Pause?", token.at, len(token.text))
        for clause in targets:
            for begin, end in times:
                clause.times = without(clause.times, begin, end or begin)

    def _excepted(self) -> str | None:
        kind = self.peek().kind
        if kind in {"month", "date"}:
            seasons, _, _ = self._ranges()
            return f"{','.join(seasons)} off"
        if kind in {"day", "public", "school", "ordinal"}:
            token = self.peek()
            found = holidays_and_days(self.tokens, self.at, one=True)
            self.at = found.end
            if token.value == "named":
                return 'SH unknown "in bestimmten Ferien geschlossen"'
            days = ",".join(["SH"] * found.school + found.days)
            return f"{days} off"
        return None

    def _time_follows(self) -> bool:
        ahead = 0
        while self.peek(ahead).kind in {
            "month",
            "date",
            "day",
            "to",
            "public",
            "school",
            "ordinal",
            "in-month",
        } and self.at + ahead < len(self.tokens):
            ahead += 1
        return self.at + ahead < len(self.tokens) and self.peek(ahead).kind in {
            "time",
            "colon",
            "from",
            "part",
        }

    def _also(self, token: Token) -> None:
        self.at += 1
        following = self.peek()
        if following.kind in {"public", "school"}:
            open_to_all = holidays_and_days(self.tokens, self.at, one=True)
            if not (self.clauses and self.peek(1).kind in {"day", "time"}):
                self.at = open_to_all.end
                if "PH" in open_to_all.days:
                    self.on_holidays = True
                self.take("colon")
                return
        self.joint = "and"
        if self.clause.has_head and not self.clause.has_body:
            self.clause.joint = "and"
            return
        if self.clause.has_body and following.kind in {"time", "from"}:
            return
        self.tokens.insert(self.at, replace(token, kind="and", value="auch"))

    # --- remarks --------------------------------------------------------------------------------------------------------

    def _appointment(self, token: Token) -> None:
        self.at += 1
        if not self.clause.empty and not self.clause.has_body:
            self.clause.doubt(token.value)
            self.clause.asked = True
        elif (
            not self._every_clause()
            and self.at < len(self.tokens)
            and self.peek().kind not in {"break", "and"}
        ):
            # „Nach Vereinbarung: Di 9-12“ is about these times.
            self.everything.append(token.value)
            self._name_doubt(token, "Gilt das für diese Zeiten oder außerhalb? Schreiben Sie es ans Ende.")
        elif (
            not self._every_clause()
            or self.joint in {"and", "break"}
            or "weitere" in token.value.lower()
            or "andere" in token.value.lower()
        ):
            self.otherwise = self.otherwise or token.value
        elif self.joint == "comma":
            self.otherwise = token.value
            for clause in self._sentence():
                clause.doubt(token.value)
            self._name_doubt(
                token, "Gilt das für diese Zeiten oder außerhalb? Schreiben Sie „und nach Vereinbarung“."
            )
        else:
            for clause in self._sentence():
                clause.doubt(token.value)

    def _label(self, token: Token) -> bool:
        """Take „nach Anmeldung:“ on a new line as what is said of the times behind it."""
        if self.joint != "break" or self.peek(1).kind != "colon":
            return False
        self.at += 1
        self._limit(Limit(doubt=token.value), token, head=True)
        return True

    def _registration(self, token: Token) -> None:
        if self._label(token):
            return
        self.at += 1
        targets = self._sentence()
        if not targets and self.at == len(self.tokens):
            self.otherwise = token.value
        elif not targets:
            self.everything.append(token.value)
        for clause in targets:
            clause.doubt(token.value)

    def _otherwise(self, _token: Token) -> None:
        self.at += 1
        self.take("colon")
        following = self.peek().kind
        if following == "appointment":
            self.at += 1
            self.otherwise = self.peek(-1).value
        elif following == "off":
            self.at += 1
            self.clause.rest = "off"
        elif following in {"day", "daily", "workday"}:
            self._begin().apart = True

    def _usual(self, _token: Token) -> None:
        """„in den Ferien Mi 10-12, Mo und Di wie sonst“."""
        self.at += 1
        in_holidays = [clause for clause in self._every_clause() if clause.limit.school]
        if in_holidays and not self.clause.has_body:
            self.clause = Clause(self.peek().at)
        for clause in in_holidays:
            clause.rest = "usual"

    def _remark(self, token: Token) -> None:
        meaning = meaning_of(token.value)
        if meaning not in {"plain", "phone"} and self._label(token):
            return
        self.at += 1
        if meaning == "phone" and self.peek().kind in NAMED and self.clause.has_body and self.joint:
            self._begin().remarks.append("telefonisch")
            self.by_phone = True
            return
        if meaning == "plain" and self.peek().kind in NAMED:
            self._name_part(token)
            return
        targets = self._sentence()
        if meaning in {"plain", "phone"}:
            # Before any time it is a label; behind a time it belongs to that time alone.
            if targets and targets[0].has_body:
                targets[0].remarks.append(token.value)
            elif meaning == "phone":
                self.clause.remarks.append("telefonisch")
            self.by_phone = meaning == "phone" and not (targets and targets[0].has_body)
            return
        if meaning == "off":
            for clause in targets[:1]:
                clause.state = "off"
            for clause in targets[1:]:
                clause.doubt(token.value)
            return
        if meaning is None:
            self._name_doubt(token, "Diese Bemerkung wird nicht verstanden.")
        for clause in targets or [self.clause]:
            clause.doubt(token.value)
        if not targets:
            self.everything.append(token.value)

    def _name_part(self, token: Token) -> None:
        """„Büro Mo-Fr 9-12, Treff Mo-Fr 14-18“: what stands before days is their name; one name alone says nothing new."""
        if self.clause.empty and not self.clauses:
            self.label = token.value
            return
        self.by_phone = False
        for clause in self._every_clause() if self.label else ():
            clause.remarks.append(self.label)
        self.label = ""
        self._begin().remarks.append(token.value)

    def _condition(self, token: Token) -> None:
        self.at += 1
        self._name_doubt(token, "Das gilt nicht immer.")
        self.everything.append(token.value)
        if not self._every_clause():
            self.otherwise = token.value

    def _doubtful(self, token: Token) -> None:
        self.at += 1
        self._name_doubt(
            token, "Wie lange das gilt, steht nicht da. Schreiben Sie einen Hinweis mit letztem Tag."
        )
        self.everything.append(token.value)
        if not self._every_clause():
            self.otherwise = token.value

    def _name_doubt(self, token: Token, why: str) -> None:
        doubt = Doubt(token.text, why, token.at)
        if doubt not in self.doubts:
            self.doubts.append(doubt)


def _osm(token: Token) -> tuple[str, bool]:
    """A month or date in, OSM and whether its year is known (or is no matter) out."""
    if token.kind == "month":
        return (f"{token.numbers[0]} {token.value}", True) if token.numbers else (token.value, True)
    if not token.numbers:
        return token.value, True
    year, month, day = token.numbers
    return f"{year} {_MONTHS[month - 1]} {day:02d}" if year else f"{_MONTHS[month - 1]} {day:02d}", bool(year)


def _range(first: Token, last: Token) -> str:
    start, end = _osm(first)[0], _osm(last)[0]
    return f"{start}-{end}"


def _is_short(first: Token, last: Token) -> bool:
    if not first.numbers or not last.numbers:
        return False
    begin, end = dt.date(2024, *first.numbers[1:]), dt.date(2024, *last.numbers[1:])
    return 0 <= (end - begin).days <= _SHORT


def _day_of(token: Token) -> dt.date | None:
    """The day a date or month with its year begins, None where the year is missing."""
    if token.kind == "month":
        return dt.date(token.numbers[0], _MONTHS.index(token.value) + 1, 1) if token.numbers else None
    if not token.numbers or not token.numbers[0]:
        return None
    return dt.date(*token.numbers)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
