"""German opening hours come in ("Mo – Do 9 bis 12 Uhr"), an OSM expression goes out; doubt is an `Unreadable`.

Nothing is guessed: where a reader could understand two things, the writing stays unread and is shown as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from generator.model.hours_words import WEEKDAYS, Kind, Token, Unreadable, minutes_of, span_of, tokenise
from generator.model.hours_written import WrittenRule, resolve_doubles

_END = Token("break", "")


def write_expression(text: str) -> str:
    """German writing in, an OSM expression out; raises `Unreadable` with a German sentence."""
    reader = _Reader(tokenise(text))
    reader.read()
    reader.settle_remark()
    rules = sorted(resolve_doubles(reader.rules), key=lambda rule: rule.rank)
    if not rules:
        raise Unreadable("Es steht keine Zeit da.")
    expression = str(rules[0]) + "".join(f"{', ' if rule.adds else '; '}{rule}" for rule in rules[1:])
    return f'{expression} || unknown "{reader.otherwise}"' if reader.otherwise else expression


@dataclass
class _Reader:
    tokens: list[Token]
    at: int = 0
    rules: list[WrittenRule] = field(default_factory=list)
    otherwise: str = ""

    def peek(self, ahead: int = 0) -> Token:
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else _END

    def take(self, *kinds: Kind) -> Token | None:
        token = self.peek()
        if token is not _END and token.kind in kinds:
            self.at += 1
            return token
        return None

    def read(self) -> None:
        while self.at < len(self.tokens):
            joint = ""
            while separator := self.take("break", "comma", "and", "also"):
                joint = (
                    "and" if "and" in (joint, separator.kind) or separator.kind == "also" else separator.kind
                )
            if self.at < len(self.tokens):
                self._rule(joint)

    def settle_remark(self) -> None:
        """A remark in front of all hours is about the rest of the time, if it is set off from them."""
        first, *others = self.rules or [WrittenRule()]
        if not others or first.days or first.season or first.state != "unknown":
            return
        if others[0].joint not in {"break", "and"} or self.otherwise:
            raise Unreadable(
                f"Gilt „{first.comment}“ für diese Zeiten oder außerhalb? Schreiben Sie es ans Ende."
            )
        self.rules, self.otherwise = others, first.comment

    def _rule(self, joint: str) -> None:
        appointment = self.take("appointment")
        if appointment:
            self._by_appointment(appointment.value, joint)
            return
        if self.take("except"):
            _, days, weekdays, rank = self._head()
            if not days or not self.rules:
                raise Unreadable("Nach „außer“ oder „nicht“ fehlt, welche Tage gemeint sind.")
            self._add(WrittenRule(days=days, weekdays=weekdays, state="off", rank=max(rank, 2)), "and")
            self.take("off")
            return
        if self.take("term"):
            self._add(WrittenRule(days="SH", state="off", rank=3), "and")
            self.take("colon")
            return
        comment = self.take("comment")
        if comment:
            if not self.rules:
                self._add(WrittenRule(state="unknown", comment=comment.value), joint)
                return
            self._remark(comment.value)
            return
        season, days, weekdays, rank = self._head()
        self.take("colon")
        if days in {"SH", "PH"} and self.peek().kind in {"day", "daily"} and self.at < len(self.tokens):
            more, _, _ = self._days()
            days, weekdays = f"{days} {more}", frozenset()
        if self.take("also"):
            joint = "and"
        self._add(self._body(WrittenRule(season, days, weekdays, rank=rank)), joint)

    def _add(self, rule: WrittenRule, joint: str) -> None:
        self.rules.append(replace(rule, joint=joint))

    def _remark(self, text: str) -> None:
        last = self.rules[-1]
        if last.comment:
            raise Unreadable("Zu einer Zeit stehen zwei Bemerkungen da.")
        self.rules[-1] = replace(last, comment=text, state=last.state or "open")

    def _by_appointment(self, text: str, joint: str) -> None:
        if not self.rules:
            self._add(WrittenRule(state="unknown", comment=text), joint)
        elif joint in {"and", "break"}:
            self.otherwise = text
        elif joint == "comma":
            raise Unreadable(
                f"Gilt „{text}“ für diese Zeiten oder außerhalb? Schreiben Sie „und nach Vereinbarung“."
            )
        else:
            self.rules[-1] = replace(self.rules[-1], comment=text, state="unknown")

    def _head(self) -> tuple[str, str, frozenset[str], int]:
        season, rank = "", 0
        while self.peek().kind in {"month", "date", "week"} and self.at < len(self.tokens):
            first = self.tokens[self.at]
            self.at += 1
            season = f"{season} {first.value}".strip()
            if first.kind != "week" and self.peek().kind == "to":
                self.at += 1
                last = self.take(first.kind)
                if last is None:
                    raise Unreadable("Es fehlt, bis wann der Zeitraum geht.")
                season += f"-{last.value}"
            rank = 5 if first.kind == "date" else 1
            self.take("colon", "comma")
        days, weekdays, holiday_rank = self._days()
        if not season and self.peek().kind == "week":
            season, rank = self.tokens[self.at].value, 1
            self.at += 1
        return season, days, weekdays, max(rank, holiday_rank)

    def _days(self) -> tuple[str, frozenset[str], int]:
        plain: list[str] = []
        holidays: list[str] = []
        alone = True
        while True:
            mark = self.at
            if plain or holidays:
                alone = self.take("comma", "and") is None
            item = self._day_item()
            if item is None:
                self.at = mark
                break
            (holidays if item in {"PH", "SH"} else plain).append(item)
            if plain and holidays and alone:
                # "in den Ferien Mo bis Fr" means both at once, "So und Feiertage" means either.
                return f"{','.join(holidays)} {','.join(plain + self._more_days())}", frozenset(), 3
        weekdays = frozenset(day for item in plain for day in _expand(item))
        rank = 4 if "PH" in holidays else 3 if holidays else 0
        return ",".join(plain + holidays), weekdays, rank

    def _more_days(self) -> list[str]:
        items: list[str] = []
        while True:
            mark = self.at
            if (
                self.take("comma", "and") is None
                or (item := self._day_item()) is None
                or item in {"PH", "SH"}
            ):
                self.at = mark
                return items
            items.append(item)

    def _day_item(self) -> str | None:
        if self.peek().kind == "ordinal" and self.at < len(self.tokens):
            return self._nth_day()
        token = self.take("day", "daily", "public", "school")
        if token is None:
            return None
        if token.kind == "daily":
            return "Mo-Su"
        if token.kind == "day" and self.peek().kind == "to" and self.peek(1).kind == "day":
            self.at += 1
            return f"{token.value}-{self.tokens[self._step()].value}"
        return token.value

    def _step(self) -> int:
        self.at += 1
        return self.at - 1

    def _nth_day(self) -> str:
        numbers = [self.tokens[self._step()].value]
        while self.peek().kind in {"and", "comma"} and self.peek(1).kind == "ordinal":
            self.at += 1
            numbers.append(self.tokens[self._step()].value)
        day = self.take("day")
        if day is None or "-" in day.value or self.take("in-month") is None:
            raise Unreadable(
                "Schreiben Sie „jeden 1. Montag im Monat“, sonst bleibt offen, was gezählt wird."
            )
        return f"{day.value}[{','.join(numbers)}]"

    def _body(self, rule: WrittenRule) -> WrittenRule:
        if self.take("off"):
            if not rule.season and not rule.days:
                raise Unreadable("Es fehlt, wann geschlossen ist.")
            return replace(rule, state="off", rank=max(rule.rank, 2))
        if self.take("all-day"):
            days = rule.days if rule.season or rule.days else "Mo-Su"
            return replace(rule, days=days, times=((0, 1440),))
        if not rule.season and not rule.days:
            raise Unreadable("Es fehlt der Tag.")
        appointment = self.take("appointment")
        if appointment:
            return replace(rule, state="unknown", comment=appointment.value)
        return replace(rule, times=self._times())

    def _times(self) -> tuple[tuple[int, int | None], ...]:
        times: list[tuple[int, int | None]] = []
        while True:
            mark = self.at
            if times and self.take("comma", "and") is None:
                break
            if self.peek().kind == "from" and self.peek(1).kind == "time":
                self.at += 1
                times.append((minutes_of(self.tokens[self._step()]), None))
                continue
            start = self.take("time")
            if start is None:
                self.at = mark
                break
            if self.take("to") is None:
                raise Unreadable(
                    f"Bei „{start.value}“ fehlt das Ende. Schreiben Sie „15 bis 17 Uhr“ oder „ab 15 Uhr“."
                )
            end = self.take("time")
            if end is None:
                raise Unreadable(f"Nach „{start.value}“ fehlt, bis wann.")
            times.append(span_of(start, end))
        if not times:
            raise Unreadable("Es fehlt eine Uhrzeit.")
        return tuple(times)


def _expand(item: str) -> list[str]:
    first, _, last = item.partition("[")[0].partition("-")
    if not last:
        return [first]
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    return [WEEKDAYS[number % 7] for number in range(begin, end + (7 if end < begin else 0) + 1)]
