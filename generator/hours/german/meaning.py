"""Say what the clauses of German hours mean together: openings, closures and doubts.

A remark belongs to the time it stands behind. What limits or doubts may be about more, and then about all it may be about.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from generator.hours.german.readings import NO_LIMIT, Clause, Limit, Timed, When, expand
from generator.hours.german.times import Span, but_part, without
from generator.hours.german.tokens import Doubt, Token, Unreadable, misspelt
from generator.hours.osm_rules import WEEKDAYS
from generator.hours.remarks import TIMES_HOLD, is_name, meaning_of, says_closed

FOR_ALL = "Gilt das für alle Zeiten? Dann schreiben Sie es mit Doppelpunkt an den Anfang: „April bis Oktober: Di 9-12, Do 14-17“."
_AFAR = {"phone": "telefonisch", "video": "online"}
"""What hours get as their remark that aren't those of a door."""


@dataclass
class Opening:
    """Times of the same days that hold alike.

    `limit` says when they hold; `perhaps` limits them as well or doesn't, for nobody can tell. `days` are OSM weekdays, „Fr[-1]“ or „PH“,
    none for all days. `state` is "", "off" or "unknown". `joint` is what stands before it, `sentence` counts the breaks before it.
    `dated` is true for single dates, `public_only` for days that are public holidays as well, `headed` where its limit stands before it.
    `names` are what it is called. `last` says that its rule has the last word.
    """

    at: int
    sentence: int
    joint: str = ""
    limit: Limit = NO_LIMIT
    perhaps: Limit | None = None
    days: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    state: str = ""
    remarks: list[str] = field(default_factory=list)
    names: tuple[str, ...] = ()
    dated: bool = False
    public_only: bool = False
    headed: bool = False
    dayless: bool = False
    also: bool = False
    saturday: bool = False
    time_at: int = field(default=0, compare=False)
    rest: str = ""
    last: bool = False
    may_close: bool = False

    @property
    def weekdays(self) -> frozenset[str]:
        """The weekdays it is about, nth days of a month among them."""
        return frozenset(day for item in self.days if item != "PH" for day in expand(item))

    def doubt(self, remark: str) -> None:
        """Make its times uncertain, because of what is written beside them."""
        self.state = self.state or "unknown"
        if remark and remark not in self.remarks:
            self.remarks.append(remark)

    def limit_to(self, limit: Limit) -> None:
        """Let it hold only when something else does."""
        self.limit = self.limit.joined(limit)
        if limit.doubt:
            self.doubt(limit.doubt)


@dataclass
class Meaning:
    """What a writing means: openings, closures among them (`state` "off"); a remark for all other times; what is in doubt."""

    openings: list[Opening] = field(default_factory=list)
    otherwise: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    for_all: list[str] = field(default_factory=list)
    problem: Unreadable | None = None
    monthly: Token | None = None
    on_holidays: bool = False
    in_term: bool = False
    pauses: list[Span] = field(default_factory=list)
    parts: list[tuple[frozenset[str], str, str, int]] = field(default_factory=list)
    sentence: int = 0
    scope: Clause | None = None
    regular: bool = False
    afar: str = ""
    notes: list[str] = field(default_factory=list)
    unknown: Unreadable | None = None
    part: Opening | None = None
    unsure: dict[int, str] = field(default_factory=dict)

    def name_doubt(self, token: Token | None, why: str, at: int = 0) -> None:
        """Name a piece of the writing as the reason why times are uncertain."""
        doubt = Doubt(token.text, why, token.at) if token else Doubt("", why, at)
        if doubt not in self.doubts:
            self.doubts.append(doubt)

    @property
    def timed(self) -> list[Opening]:
        """The openings that have times."""
        return [one for one in self.openings if one.spans]

    def before(self) -> list[Opening]:
        """What a remark at this place can be about, the last first: back to a break, or to what has a remark of its own."""
        found: list[Opening] = []
        for opening in reversed(self.timed):
            if opening.sentence != self.sentence or (found and opening.remarks):
                break
            found.append(opening)
        return found


def meaning_of_clauses(clauses: Iterable[Clause]) -> Meaning:
    """Return what clauses mean together; raises `Unreadable` where nothing of it is."""
    said = Meaning()
    outside = ""
    for clause in clauses:
        if not clause.inside:
            said.afar = outside
        if clause.joint == "break":
            said.sentence += 1
            said.afar = ""
        there = len(said.openings)
        try:
            _READERS[clause.form](said, clause)
        except Unreadable as problem:
            del said.openings[there:]
            _keep_words(said, clause, problem)
        outside = said.afar if not clause.inside or not said.timed else outside
    _finish(said)
    return said


# What a clause that isn't read becomes


def _keep_words(said: Meaning, clause: Clause, problem: Unreadable) -> None:
    """Keep the words of a clause that isn't understood: its days are unsure, or all where it names none."""
    said.problem = said.problem or problem
    if clause.joint == "aside" or clause.when.limit:
        # „Mo und Do 14-18 (im August nur Do)“ may be about what stands before as well.
        for opening in said.before():
            opening.doubt(clause.words)
    if problem.length:
        said.doubts.append(
            Doubt(clause.words[problem.at - clause.at :][: problem.length], str(problem), problem.at)
        )
    else:
        said.name_doubt(None, str(problem), clause.at)
    begins = clause.when.first is not None and clause.when.first.at == clause.at and not clause.behind
    if begins and (clause.when.days or clause.when.limit):
        _add_unsure(said, clause, clause.words)
        return
    said.for_all.append(clause.words)
    if clause.times or clause.when or clause.form == "unread":
        # It may be about any day.
        said.openings.append(
            Opening(clause.at, said.sentence, days=["Mo-Su"], state="unknown", remarks=[clause.words])
        )


def _add_unsure(said: Meaning, clause: Clause, words: str) -> Opening:
    """Add the days of a clause without times, of which nothing is certain but its words."""
    opening = _opening(said, clause)
    opening.doubt(words)
    opening.last = True
    said.openings.append(opening)
    return opening


def _unread(said: Meaning, clause: Clause) -> None:
    """Keep the words of a clause that the grammar doesn't cover."""
    raise clause.problem or Unreadable("Diese Schreibweise wird nicht verstanden.", clause.at)


# Days


def _opening(said: Meaning, clause: Clause) -> Opening:
    """Return an opening with the days and limits of a clause."""
    when = clause.when
    if clause.also and when.limit.school and not said.openings:
        # „auch in den Ferien: Mo 14-16 Uhr“
        when = replace(when, limit=replace(when.limit, school=False))
    opening = Opening(clause.at, said.sentence, clause.joint, days=list(when.days), dated=when.dated)
    opening.headed = bool(when.limit)
    opening.limit_to(when.limit)
    opening.saturday = when.workday and "Sa" not in opening.weekdays
    if (
        when.dated
        and opening.weekdays
        and not any("[" in day for day in opening.days)
        and not any("-" in one for one in when.limit.seasons)
    ):
        raise Unreadable("Gilt das an diesem Tag oder jede Woche?", clause.at)
    if when.dated:
        # „am 1. Samstag, 5.12.2026“: the date says which.
        opening.days = [day for day in opening.days if "[" not in day]
    _say_doubts_of_days(said, opening, when)
    return opening


def _say_doubts_of_days(said: Meaning, opening: Opening, when: When) -> None:
    if when.yearless and when.dated:
        opening.doubt("Jahr fehlt")
    if when.yearless and (when.dated or when.limit.doubt):
        said.name_doubt(when.yearless, "Es fehlt das Jahr.")
    if when.named:
        said.name_doubt(when.named, "Einzelne Ferien lassen sich nicht auswerten.")
    if when.limit.doubt and when.first and when.first.kind == "season":
        said.name_doubt(when.first, "Schreiben Sie die Monate dazu.")
    _say_monthly(said, when)
    if when.counted and not when.monthly:
        said.name_doubt(when.counted, "Schreiben Sie „im Monat“ dazu, oder „14-tägig“ mit dem nächsten Tag.")
        opening.days = [day.partition("[")[0] for day in opening.days]
        opening.doubt("nicht jede Woche")
    if when.workday:
        said.openings.append(Opening(opening.at, said.sentence, days=["PH"], state="off"))


def _say_monthly(said: Meaning, when: When) -> None:
    """Note that something is „monatlich“ of which nobody says which day of the month is meant."""
    if when.monthly and not any("[" in day for day in when.days):
        said.monthly = said.monthly or when.monthly


def _days_before(said: Meaning, clause: Clause) -> list[str]:
    """Return the days of times that name none: those said before, where there is one such set; raises `Unreadable` elsewhere."""
    earlier = [[day for day in one.days if day != "PH"] for one in said.timed if one.days and not one.dated]
    limit = clause.when.limit
    if earlier and clause.also and not limit:
        return earlier[-1]
    if not earlier:
        if limit.seasons or limit.school or any(timed.time.all_day for timed in clause.times):
            return [] if limit.seasons or limit.school else ["Mo-Su"]
        return []
    if limit.school and clause.times and not any(timed.time.ends for timed in clause.times):
        return earlier[-1]
    if limit and all(days == earlier[0] for days in earlier):
        return earlier[-1]
    if limit.school:
        return sorted({day for days in earlier for item in days for day in expand(item)}, key=WEEKDAYS.index)
    raise Unreadable("Es fehlt der Tag.", clause.at)


# Times


def _read_opening(said: Meaning, clause: Clause) -> None:
    """Read days with their times, and what stands beside each of these."""
    if any(timed.closing and not timed.time.vague for timed in clause.times) and not clause.when:
        said.pauses += [timed.time.span() for timed in clause.times]
        return
    if _is_note(clause):
        _note(said, clause)
        return
    first = len(said.openings)
    _say_names(said, clause)
    for number, timed in enumerate(clause.times):
        if timed.time.vague:
            _read_part(said, clause, timed)
            continue
        before = clause.times[number - 1] if number else None
        if (
            before
            and not before.time.last
            and not timed.time.last
            and not (timed.time.since or timed.time.all_day)
            and before.time.first
        ):
            raise before.time.first.refused(
                f"Beginnt es um {before.time.first.value} und noch einmal um {timed.time.first.value if timed.time.first else ''}, oder dauert es so lange? "
                "Schreiben Sie „15 bis 17 Uhr“, oder Anfang und Ende von beidem."
            )
        _read_time(said, clause, timed)
    mine = said.openings[first:]
    for opening in mine:
        opening.names = (*(token.value for token in clause.names), *opening.names)
    _refuse_earlier(
        [span for opening in mine for span in opening.spans if opening.days == mine[0].days], clause
    )
    if clause.behind:
        _limit_behind(said, clause, clause.behind)
    if clause.when.term:
        _read_term(said, clause.when.term)
    if clause.when.only:
        for opening in mine:
            opening.rest = "off"
    _days_last(said, clause, mine)
    if clause.joint in {"comma", "and"} and (
        clause.when.limit.since or (clause.when.yearless and clause.when.limit.doubt)
    ):
        _doubt_what_was_before(said, clause, mine)
    _unite(said, first)
    said.regular = said.regular or bool(mine)


def _unite(said: Meaning, first: int) -> None:
    """Make one opening of those from a place on that differ in their times only."""
    mine, said.openings[first:] = said.openings[first:], []
    for opening in mine:
        last = said.openings[-1] if len(said.openings) > first else None
        if last and replace(last, spans=[], joint="") == replace(opening, spans=[], joint=""):
            last.spans += opening.spans
        else:
            said.openings.append(opening)


def _doubt_what_was_before(said: Meaning, clause: Clause, mine: list[Opening]) -> None:
    """„Di 15-18, ab 1.1.2027 Mi 15-18“: from then on Tuesday holds for some readers and is over for others."""
    day = clause.when.limit.since
    remark = f"ab {day.day}.{day.month}.{day.year}" if day else clause.when.limit.doubt
    for before in [one for one in said.timed if one not in mine and one.limit.since is None]:
        if day is None:
            before.doubt(remark)
        elif not before.limit.until:
            later = replace(before, limit=replace(before.limit, since=day), state="unknown", remarks=[remark])
            before.limit = replace(before.limit, until=day - dt.timedelta(days=1))
            said.openings.append(later)
    said.name_doubt(clause.when.first, "Gilt das davor Genannte dann noch?")


def _refuse_earlier(spans: list[Span], clause: Clause) -> None:
    for one, two in itertools.pairwise(spans):
        if two[0] < (one[1] or one[0]):
            raise Unreadable("Ist das eine zweite Uhrzeit? Schreiben Sie frühere Zeiten zuerst.", clause.at)


def _days_last(said: Meaning, clause: Clause, mine: list[Opening]) -> None:
    """„9-12 Uhr und 14-16 Uhr Mo-Fr“: days behind times are those of the times before them as well."""
    days_last = (
        bool(clause.when.days)
        and clause.when.first is not None
        and clause.when.first.at > clause.times[0].time.at
    )
    for earlier in said.openings if days_last and clause.joint in {"and", "comma"} else ():
        if earlier.dayless and earlier.sentence == said.sentence and earlier not in mine:
            earlier.days, earlier.dayless = list(clause.when.days), False


def _is_note(clause: Clause) -> bool:
    """„Letzter Einlass 16.30 Uhr“: what has a name, one time and no day is within the hours and says nothing of them."""
    named = bool(clause.names) and all(map(_is_name, clause.names))
    lone = (
        len(clause.times) == 1
        and None in (clause.times[0].time.first, clause.times[0].time.last)
        and not clause.times[0].time.vague
        and not clause.times[0].time.all_day
    )
    return named and lone and not clause.when and not clause.times[0].beside


def _note(said: Meaning, clause: Clause) -> None:
    """Keep a remark that changes nothing: it stands at the first times."""
    said.notes.append(clause.words)


def _read_time(said: Meaning, clause: Clause, timed: Timed) -> None:
    opening = _opening(said, clause)
    labels = (
        _AFAR.get(meaning_of(token.value) or "", token.value) for token in clause.names if _stays(token)
    )
    opening.remarks = [*labels, *opening.remarks]
    if said.afar and not any(token.kind == "note" for token in clause.names):
        opening.remarks.insert(0, said.afar)
    time = timed.time
    opening.time_at = time.at
    if not opening.days and not opening.dated:
        opening.days = _days_before(said, clause) or (["Mo-Fr"] if clause.when.term else [])
        opening.dayless = not (opening.days or opening.limit.seasons or opening.limit.school)
    opening.also = clause.also is not None
    if clause.also or timed is not clause.times[0]:
        opening.joint = "and"
    if time.ends or _is_later_beginning(timed) or _is_end_in_brackets(clause, time.first):
        _take_from_before(said, clause, timed, opening)
    else:
        opening.spans = [time.span()]
        said.openings.append(opening)
    _spread_scope(said, clause, opening)
    for token in clause.names:
        if not _is_name(token) and not _stays(token):
            opening.doubt(token.value)
    if timed.closing and not any(token.kind == "words" for token in timed.beside):
        opening.state, opening.remarks = "off", []
        for other in said.before()[1:] if timed.closing.apart else ():
            other.doubt(timed.closing.text)
    elif timed.closing:
        timed.beside = [
            Token("words", clause.words[timed.beside[0].at - clause.at :], timed.beside[0].at, apart=True)
        ]
    for token in timed.beside:
        _stand_beside(said, token)


def _is_end_in_brackets(clause: Clause, first: Token | None) -> bool:
    """„8-13 Uhr (Fr 12:30)“: a lone time of days in brackets is their end."""
    return (
        clause.joint == "aside"
        and bool(clause.when.days)
        and first is not None
        and len(clause.times) == 1
        and clause.times[0].time.last is None
        and not clause.times[0].time.since
    )


def _is_later_beginning(timed: Timed) -> bool:
    """„am 1. Freitag erst ab 16 Uhr“: the end is that of the day."""
    since = timed.time.since
    return since is not None and since.text.lower().startswith("erst") and timed.time.last is None


def _take_from_before(said: Meaning, clause: Clause, timed: Timed, opening: Opening) -> None:
    """Read „freitags bis 13 Uhr“, „in den Ferien bis 15 Uhr“: what isn't said is as the times said before."""
    time = timed.time
    by_spans: dict[tuple[Span, ...], list[str]] = {}
    for day in opening.days:
        spans = tuple(sorted(_spans_of(said, frozenset(expand(day))), key=lambda span: span[0]))
        by_spans.setdefault(spans or _last_spans(said), []).append(day)
    if not by_spans:
        by_spans[_last_spans(said)] = []
    if _is_end_in_brackets(clause, time.first):
        time = replace(time, first=None, last=time.first)
    for spans, days in by_spans.items():
        if not spans or any(end is None for _, end in spans):
            raise Unreadable("Es fehlt eine Uhrzeit.", timed.time.at)
        kept = list(spans)
        if time.ends:
            ends = time.until(spans[0][0])[1]
            kept = [span for span in spans if ends is None or span[0] < ends]
            if not kept:
                raise Unreadable("Es fehlt eine Uhrzeit.", timed.time.at)
            kept[-1] = time.until(kept[-1][0])
        else:
            start = time.span()[0]
            kept = [span for span in spans if span[1] is not None and span[1] > start]
            kept = [(max(start, span[0]), span[1]) for span in kept] or [(start, None)]
        said.openings.append(replace(opening, days=days, spans=kept, remarks=list(opening.remarks)))


def _spans_of(said: Meaning, weekdays: frozenset[str]) -> set[Span]:
    """Return the usual times of weekdays."""
    usual = [one for one in said.timed if not one.dated and not one.limit and one.state != "off"]
    plain = [one for one in usual if not any("[" in day for day in one.days)]
    return {span for one in plain if weekdays <= one.weekdays or one.dayless for span in one.spans}


def _last_spans(said: Meaning) -> tuple[Span, ...]:
    return tuple(said.timed[-1].spans) if said.timed else ()


def _spread_scope(said: Meaning, clause: Clause, opening: Opening) -> None:
    """„Mai bis September: Di 9-12, Do 14-17“: what stands before several times limits all of them, or nobody can tell."""
    scope = said.scope
    if clause.when.limit and clause.when.first and not clause.behind.limit:
        said.scope = clause
        return
    if clause.apart:
        said.scope = None
    if scope is None or scope is clause or said.scope is None:
        return
    if scope.when.dated and (said.regular or clause.when) and clause.joint == "break":
        # One date among weekdays: „Mo-Fr 9-16; 24.12.2026 9-12; Sa 10-12“.
        said.scope = None
    elif scope.colon and (clause.joint in {"comma", "and"} or scope.form == "head"):
        opening.limit_to(scope.when.limit)
        opening.dated = opening.dated or scope.when.dated
    else:
        opening.perhaps = (opening.perhaps or Limit()).joined(scope.when.limit)
        said.name_doubt(None, FOR_ALL, opening.at)


# What stands before and beside times


def _is_name(token: Token) -> bool:
    """Tell whether words are a name of what takes place."""
    return (
        token.kind in {"words", "note"}
        and is_name(token.value)
        and not any(map(misspelt, token.value.split()))
    )


def _stays(token: Token) -> bool:
    """Tell whether a name stands beside its times and leaves them as they are."""
    return (token.kind in {"note", "words"}) and (meaning_of(token.value) in TIMES_HOLD or _is_name(token))


def _say_names(said: Meaning, clause: Clause) -> None:
    """Read what stands before times: names, what is asked of who comes, and what isn't understood."""
    for number, token in enumerate(clause.names):
        meaning = meaning_of(token.value)
        if token.kind == "note" and meaning in _AFAR and not number:
            said.afar = _AFAR[meaning]
        elif token.kind == "note" and not number and not clause.also:
            said.afar = ""
        if _stays(token):
            continue
        if token.kind == "ask" and not said.openings:
            said.name_doubt(token, "Gilt das für diese Zeiten oder außerhalb? Schreiben Sie es ans Ende.")
        if token.kind == "words" or (token.kind == "note" and meaning is None):
            _name_unknown(said, token)
        if token.kind == "doubt":
            said.name_doubt(token, _WHY_DOUBT)
        if not clause.when or not said.openings or token.kind == "words":
            said.for_all.append(token.value)


_SOME_HOLIDAYS = "in bestimmten Ferien geschlossen"
_WHY_DOUBT = (
    "Das gilt nicht immer, oder es steht nicht da, wie lange. Schreiben Sie einen Hinweis mit letztem Tag."
)


def _name_unknown(said: Meaning, token: Token) -> None:
    """Say of words that nobody understands them."""
    hint = misspelt(token.value.split()[0]) if token.value.split() else ""
    said.name_doubt(token, f"Diese Bemerkung wird nicht verstanden.{hint}")
    said.unknown = said.unknown or token.refused(f"„{token.text}“ wird hier nicht verstanden.{hint}")


def _is_number(token: Token) -> bool:
    """Tell whether a number to call is given, and not only that one calls."""
    return token.kind == "note" and token.value == "telefonisch" and any(map(str.isdigit, token.text))


def _stand_beside(said: Meaning, token: Token) -> None:
    """Take what stands behind a time: a remark that changes nothing is about that time, all else about those before as well."""
    before = said.before()
    meaning = meaning_of(token.value)
    if _is_number(token):
        # „Mo 9-12 Uhr Tel. 040 66969-0“: at a door, or at that telephone?
        for opening in before:
            opening.doubt(token.text)
        return
    if (token.kind == "note" and meaning in TIMES_HOLD) or (
        token.kind == "words" and not token.apart and _is_name(token)
    ):
        before[0].remarks.append(token.value)
        for other in before[1:] if meaning in _AFAR and (token.apart or len(before[0].remarks) > 1) else ():
            # „Mo 9-12, Di 9-12, alle Termine online“
            other.doubt(token.value)
        before[0].names += (token.value,) if token.kind == "words" else ()
        return
    if meaning == "off" and token.kind == "note":
        before[0].state, before[0].remarks = "off", []
        before = before[1:]
    if token.kind == "ask" and re.search("weitere|andere", token.value, re.IGNORECASE):
        said.otherwise = said.otherwise or token.value
        return
    if token.kind == "ask" and token.apart:
        said.otherwise = said.otherwise or token.value
        said.name_doubt(
            token, "Gilt das für diese Zeiten oder außerhalb? Schreiben Sie „und nach Vereinbarung“."
        )
    if token.kind == "words" or (token.kind == "note" and meaning is None):
        _name_unknown(said, token)
        if token.kind == "words":
            # „im Wechsel mit“, „statt“: it may be about what follows as well.
            said.unsure[said.sentence] = token.value
    elif token.kind in {"doubt", "usual"}:
        said.name_doubt(token, _WHY_DOUBT)
        said.for_all.append(token.value)
    for opening in before:
        opening.doubt(token.value)


# Limits and remarks without times


def _read_head(said: Meaning, clause: Clause) -> None:
    """Read what has no times: a limit of those before or behind, days that one has to ask about, or a remark."""
    when, names = clause.when, clause.names
    if clause.also and when and not names:
        _hold_also(said, clause)
    elif when and names:
        _ask_about_days(said, clause)
    elif names:
        _say_of_all(said, clause)
    elif when.term and not when.days:
        _read_term(said, when.term)
    elif when.workday and clause.joint == "aside" and said.timed:
        said.openings.append(Opening(clause.at, said.sentence, days=["PH"], state="off"))
        said.timed[-1].days = [
            day
            for item in said.timed[-1].days
            for day in ([item] if item == "PH" else expand(item))
            if day not in {"Sa", "Su"}
        ]
    elif clause.joint == "aside" and when.days and not when.limit:
        _explain(said, clause)
    elif clause.colon or not said.timed:
        _begin_scope(said, clause)
    elif when.days:
        raise Unreadable("Es fehlt eine Uhrzeit.", clause.at)
    else:
        _limit_behind(said, clause, when)


def _begin_scope(said: Meaning, clause: Clause) -> None:
    """Take „April bis Oktober:“ as what limits the times behind it; raises `Unreadable` for days without a time."""
    if clause.when.days:
        raise Unreadable("Es fehlt eine Uhrzeit.", clause.at)
    if clause.when.term:
        _read_term(said, clause.when.term)
    _say_monthly(said, clause.when)
    if clause.when.limit:
        _say_doubts_of_days(said, Opening(0, 0), clause.when)
        said.scope = replace(clause, colon=clause.colon or clause.joint == "")


def _explain(said: Meaning, clause: Clause) -> None:
    """„täglich (Mo-Fr)“, „montags (jeden 1. Montag im Monat)“: what stands in brackets says which of these days, not others."""
    for opening in said.timed[-1:]:
        fits = clause.when.weekdays <= opening.weekdays and (
            clause.at < opening.time_at or all("[" in day for day in clause.when.days)
        )
        if not opening.dayless and not fits:
            opening.doubt(clause.words)
            raise Unreadable("Welche Tage sind gemeint?", clause.at)
        opening.days, opening.dayless, opening.saturday = list(clause.when.days), False, False
        _say_doubts_of_days(said, opening, clause.when)


def _hold_also(said: Meaning, clause: Clause) -> None:
    """Read „auch an Feiertagen“ and „auch an Heiligabend“ behind times: they hold then as usual."""
    when = clause.when
    if when.dated or when.limit.seasons:
        for opening in said.before():
            if opening.limit:
                raise Unreadable("Zu welchen Zeiten? Schreiben Sie sie hinter diese Tage.", clause.at)
            there = replace(
                opening,
                limit=Limit(seasons=when.limit.seasons),
                days=[] if when.dated else list(opening.days),
                dated=True,
                joint="and",
                remarks=list(opening.remarks),
            )
            said.openings.append(there)
        return
    if not when.weekdays <= _all_weekdays(said.timed):
        raise Unreadable("Es fehlt eine Uhrzeit.", clause.at)
    said.on_holidays |= "PH" in when.days


def _ask_about_days(said: Meaning, clause: Clause) -> None:
    """Read „Wochenende je nach Programm“, „Di nach Vereinbarung“, „im August nur telefonisch“: nobody can tell of these days."""
    when = clause.when
    kinds = {token.kind for token in clause.names}
    for token in clause.names:
        if token.kind in {"words", "note"} and meaning_of(token.value) is None:
            _name_unknown(said, token)
    first = when.first.at if when.first else 0
    if any(
        (token.kind == "words" and token.at < first and not _is_name(token))
        or (meaning_of(token.value) in _AFAR and (clause.also or not said.before()))
        for token in clause.names
    ):
        said.for_all.append(clause.words)
    if any(token.kind == "usual" for token in clause.names):
        _as_usual(said, clause)
    elif (
        (when.days or (when.limit and kinds <= {"ask", "register", "doubt"}))
        and not when.yearless
        and not when.limit.doubt
    ):
        behind = when.first and all(token.at > when.first.at for token in clause.names)
        opening = _add_unsure(
            said, clause, clause.words[clause.names[0].at - clause.at :] if behind else clause.words
        )
        opening.last = "ask" not in kinds
        opening.may_close = kinds == {"words"} and not when.limit and says_closed(clause.words)
    else:
        said.name_doubt(when.first, "Was gilt sonst? Schreiben Sie beide Zeiten mit ihren Tagen.")
        for opening in said.timed:
            opening.doubt(clause.words)
        said.for_all.append(clause.words)


def _as_usual(said: Meaning, clause: Clause) -> None:
    """Read „in den Ferien wie sonst“, „Mo und Di wie sonst“."""
    in_holidays = [one for one in said.openings if one.limit.school]
    if not in_holidays and not (clause.when.limit.school and not clause.when.days):
        raise Unreadable("Was gilt dann? Schreiben Sie die Zeiten dazu.", clause.at)
    for opening in in_holidays:
        opening.rest = "usual"


def _say_of_all(said: Meaning, clause: Clause) -> None:
    """Read a remark that stands by itself: what is at other times, what is said of all times, or what isn't understood."""
    kinds = {token.kind for token in clause.names}
    known = [token for token in clause.names if meaning_of(token.value) in TIMES_HOLD]
    if kinds & {"ask", "register"} and (
        clause.apart or clause.also or (clause.joint in {"and", "break", ""} and "ask" in kinds) or known
    ):
        said.otherwise = said.otherwise or (clause.names[0].value if len(clause.names) == 1 else clause.words)
    elif "usual" in kinds:
        _as_usual(said, clause)
    elif len(known) == len(clause.names):
        _take_notes(said, clause)
    else:
        for token in clause.names:
            if token not in known:
                _say_of_every(said, token, said.before() if clause.joint == "aside" else [])


def _take_notes(said: Meaning, clause: Clause) -> None:
    """Keep remarks that change nothing, at the time before them; of a telephone, at those behind them."""
    for token in clause.names:
        meaning = meaning_of(token.value)
        before = said.before()
        if meaning in _AFAR and not before:
            said.afar = token.value
        elif before and _is_number(token):
            continue
        elif before:
            before[0].remarks.append(token.value)
        else:
            said.notes.append(token.value)


def _say_of_every(said: Meaning, token: Token, about: list[Opening]) -> None:
    """Take a remark that may mean anything as one about some openings, about all where none are named."""
    if token.kind == "doubt":
        said.name_doubt(token, _WHY_DOUBT)
    elif token.kind != "register":
        _name_unknown(said, token)
    for opening in about:
        opening.doubt(token.value)
    if not about:
        said.for_all.append(token.value)


def _read_term(said: Meaning, token: Token) -> None:
    said.in_term = True
    if "schultag" in token.value.lower():
        said.openings.append(Opening(token.at, said.sentence, days=["PH"], state="off"))


def _limit_behind(said: Meaning, clause: Clause, when: When) -> None:
    """Limit what was said before by what stands behind it: the last of it certainly, the others perhaps."""
    if when.term:
        _read_term(said, when.term)
    doubted = replace(said.before()[0]) if said.before() else Opening(0, 0)
    _say_doubts_of_days(said, doubted, when)
    for opening in said.before() if when.yearless and when.dated else ():
        opening.doubt("Jahr fehlt")
    if when.days:
        _narrow(said, clause, when, doubted)
    if not when.limit:
        return
    last = said.timed[-1].at if said.timed else 0
    for opening in said.timed:
        if opening.sentence != said.sentence and clause.joint != "break":
            continue
        if opening.at == last:
            opening.limit_to(when.limit)
            opening.dated = opening.dated or when.dated
        elif not opening.limit:
            opening.perhaps = (opening.perhaps or NO_LIMIT).joined(when.limit)
            said.name_doubt(when.first, FOR_ALL)


def _narrow(said: Meaning, clause: Clause, when: When, doubted: Opening) -> None:
    """Read „montags 15-17 Uhr jeden 1. Montag im Monat“: which of these days; raises `Unreadable` for other days."""
    for opening in said.timed[-1:]:
        if not all("[" in day for day in when.days) or not when.weekdays <= opening.weekdays:
            raise Unreadable("Es fehlt eine Uhrzeit.", clause.at)
        counted = when.counted and not when.monthly
        opening.days = [day.partition("[")[0] for day in when.days] if counted else list(when.days)
        if counted:
            opening.doubt(doubted.remarks[-1])


# What is closed


def _read_closure(said: Meaning, clause: Clause) -> None:
    """Read days on which nothing takes place; „Mi Nachmittag und Sa geschlossen“ closes both."""
    when = clause.when
    if (
        said.part
        and clause.closing
        and said.openings[-1:] == [said.part]
        and clause.joint in {"comma", "and"}
    ):
        said.openings.pop()
        part = said.part.remarks[0]
        said.parts.append((said.part.weekdays, part, f"{part} {clause.closing.text}", clause.at))
    said.afar = next(
        (_AFAR[meaning] for token in clause.names if (meaning := meaning_of(token.value)) in _AFAR), said.afar
    )
    unknown = [
        token for token in clause.names if token.kind not in {"note"} or meaning_of(token.value) is None
    ]
    if clause.apart and not when:
        for opening in said.openings:
            opening.rest = opening.rest or ("off" if opening.limit.school else "")
        return
    if unknown or not when or (when.limit.doubt and not when.named):
        _close_perhaps(said, clause)
        return
    if when.yearless and when.limit.seasons == ():
        raise when.yearless.refused("Es fehlt das Jahr.")
    if when.term:
        raise Unreadable("Was gilt in der Schulzeit?", clause.at)
    opening = _opening(said, replace(clause, when=replace(when, yearless=None, named=None, counted=None)))
    opening.state, opening.remarks = "off", []
    if when.named:
        said.name_doubt(when.named, "Einzelne Ferien lassen sich nicht auswerten.")
        opening.state, opening.remarks, opening.limit = (
            "unknown",
            [_SOME_HOLIDAYS],
            replace(opening.limit, doubt=""),
        )
        opening.last = True
    if when.counted and not when.monthly and not when.dated:
        opening.state, opening.remarks, opening.last = "unknown", [clause.words], True
    if said.scope is not None and when.weekdays and not when.limit:
        _spread_scope(said, clause, opening)
    if opening.limit.seasons and (opening.limit.school or (when.days and (when.dated or "PH" in when.days))):
        # „an Feiertagen und am 24.12.“: either closes.
        said.openings.append(replace(opening, days=[], limit=Limit(seasons=opening.limit.seasons)))
        opening.limit, opening.dated = replace(opening.limit, seasons=()), False
    said.openings.append(opening)


def _close_perhaps(said: Meaning, clause: Clause) -> None:
    """Keep the words of a closure of which nobody can tell when it is."""
    when = clause.when
    if when and not when.limit.doubt:
        _add_unsure(said, clause, clause.words)
        return
    if not when and not clause.names and not said.openings:
        raise Unreadable("Es fehlt, wann geschlossen ist.", clause.at)
    said.name_doubt(when.first or clause.closing, "Wann ist geschlossen? Schreiben Sie die Tage dazu.")
    if when.limit.doubt or not said.openings:
        said.for_all.append(clause.words)
    for number, opening in enumerate(said.before()):
        opening.doubt(clause.words)
        if not number and not when and clause.closing and not clause.names:
            opening.state, opening.remarks = "off", []


def _read_part(said: Meaning, clause: Clause, timed: Timed) -> None:
    """Read „vormittags“: days of which only that is known, a part that is closed, or what is then at other times."""
    part = timed.time.part
    asked = [token for token in timed.beside if token.kind in {"ask", "register"}]
    token = Token("part", part, timed.time.at)
    if timed.closing or any(word.kind == "words" and says_closed(word.value) for word in timed.beside):
        days = clause.when.weekdays or (
            said.timed[-1].weekdays if said.timed and clause.joint == "aside" else frozenset()
        )
        said.parts.append(
            (days, part, f"{part} {timed.closing.text}" if timed.closing else clause.words, clause.at)
        )
    elif asked and not clause.when:
        said.otherwise = said.otherwise or f"{part} {asked[0].value}"
    elif clause.when or not said.timed:
        said.name_doubt(token, "Das ist keine Uhrzeit. Schreiben Sie Anfang und Ende.")
        if not clause.when.days and not clause.when.limit:
            raise token.refused("Das ist keine Uhrzeit. Schreiben Sie Anfang und Ende.")
        said.part = _add_unsure(said, clause, clause.words[timed.time.at - clause.at :])
        said.part.last = False
    else:
        raise token.refused("Das ist keine Uhrzeit. Schreiben Sie Anfang und Ende.")


def _read_pause(said: Meaning, clause: Clause) -> None:
    """Read „Mittagspause 12-13 Uhr“: what lies between isn't open."""
    if any(timed.time.vague for timed in clause.times):
        days = frozenset(WEEKDAYS)
        said.parts += [(days, timed.time.part, clause.words, clause.at) for timed in clause.times]
        return
    said.pauses += [timed.time.span() for timed in clause.times]


_READERS = {
    "opening": _read_opening, "head": _read_head, "closure": _read_closure, "pause": _read_pause, "unread": _unread,
}  # fmt: skip


# What is said of all of them


def _finish(said: Meaning) -> None:
    """Let each opening say by itself when it holds, and raise `Unreadable` where there is none."""
    if not said.timed and said.unknown:
        raise said.problem or said.unknown
    if not said.timed and not any(
        one.state == "unknown" and one.remarks != [_SOME_HOLIDAYS] for one in said.openings
    ):
        if said.otherwise and not said.openings and not said.problem:
            return
        if said.problem:
            raise said.problem
        if said.for_all and not said.openings:
            said.otherwise = " ".join(dict.fromkeys(said.for_all))
            return
        if said.openings:
            raise Unreadable("Es steht nur da, wann geschlossen ist.")
        raise Unreadable("Es steht keine Zeit da.")
    if said.timed and all(one.dayless for one in said.timed):
        words = " ".join((*said.for_all, *(name for one in said.timed for name in one.names))).split()
        meant = next(filter(None, map(misspelt, words)), "")
        raise said.problem or Unreadable(f"Es fehlt der Tag.{meant}", said.timed[0].at)
    if not said.timed and said.problem:
        raise said.problem
    _doubt_days_that_nothing_is_said_of(said)
    _cut_pauses(said)
    for opening in said.timed:
        _settle(said, opening)
    _close_parts(said)
    _doubt_all(said)
    _refuse_what_changes(said.openings)
    _copy(said)
    if said.in_term:
        _close_in_holidays(said)
    else:
        said.openings += _days_left_in_holidays(said)


def _doubt_days_that_nothing_is_said_of(said: Meaning) -> None:
    """„Heiligabend 9-12 Uhr“ says nothing of other days; and where nothing else is open, words that may close a day close it."""
    named = [
        one for one in said.timed if one.dated and not one.state and not one.limit.seasons[0][:4].isdigit()
    ]
    if said.timed and len(named) == len(said.timed):
        said.openings.append(
            Opening(0, 0, days=["Mo-Su"], state="unknown", remarks=["andere Tage nicht angegeben"])
        )
    open_days = _all_weekdays(said.timed)
    for opening in said.openings:
        if opening.may_close and opening.weekdays.isdisjoint(open_days):
            opening.state = "off"


def _cut_pauses(said: Meaning) -> None:
    for begin, end in said.pauses:
        if end is None or not said.timed:
            raise Unreadable("Welche Zeiten unterbricht diese Pause?")
        for opening in said.timed:
            opening.spans = [part for span in opening.spans for part in without([span], begin, end)]


def _settle(said: Meaning, opening: Opening) -> None:
    """Make an opening uncertain of which nobody can tell the day or the week."""
    if opening.dayless:
        opening.days = ["Mo-Su"]
        opening.doubt("an welchen Tagen, steht nicht da")
        said.name_doubt(None, "Es fehlt der Tag.", opening.at)
    limit = opening.perhaps
    if limit is not None and (limit.doubt or (limit.every and not limit.since)):
        opening.perhaps = None
        opening.doubt(limit.doubt or "nicht jede Woche")
    limit = opening.limit
    if limit.every and not limit.weeks and limit.since is None:
        opening.limit = replace(limit, every=0)
        opening.doubt("nicht jede Woche")
        said.name_doubt(
            None, "Schreiben Sie zu „14-tägig“ den nächsten Tag dazu: „14-tägig ab 6.1.2026“.", opening.at
        )
    elif limit.every and limit.weeks:
        opening.limit = replace(limit, every=0)


def _close_parts(said: Meaning) -> None:
    """Close parts of a day: times that lie in them are gone, and where one lies in them partly, nobody can tell of the day."""
    for days, part, words, at in said.parts:
        usual = [one for one in said.timed if one.state != "off" and not one.dated]
        every = days or frozenset(day for one in usual for day in one.weekdays)
        for day in (day for day in WEEKDAYS if day in every):
            there = [one for one in usual if day in one.weekdays]
            spans = sorted({span for one in there for span in one.spans}, key=lambda span: span[0])
            kept = but_part(spans, part)
            if kept == spans:
                continue
            rule = Opening(at, said.sentence, days=[day], state="off", last=True)
            if kept is None or any(one.limit or one.state for one in there):
                rule.state, rule.remarks = "unknown", [words]
                said.name_doubt(None, "Schreiben Sie, von wann bis wann geschlossen ist.", at)
            elif kept:
                rule = replace(there[0], days=[day], spans=kept, joint="instead")
            said.openings.append(rule)


def _doubt_all(said: Meaning) -> None:
    """Make all openings uncertain by what was said of all of them."""
    for opening in said.openings:
        words = [*said.for_all, *filter(None, [said.unsure.get(opening.sentence)])]
        for text in words if opening.state != "off" else ():
            opening.doubt(text)
        if (
            said.monthly
            and opening.spans
            and not opening.dated
            and not any("[" in day for day in opening.days)
        ):
            opening.doubt(said.monthly.text)
            said.name_doubt(
                said.monthly, "Schreiben Sie, welcher Tag im Monat: „jeden 1. Dienstag im Monat“."
            )
    if said.notes and said.timed:
        said.timed[0].remarks += [note for note in said.notes if said.timed[0].state != "off"]


def _refuse_what_changes(openings: list[Opening]) -> None:
    """„Sa 10-18, im Winter 10-16“: nobody can tell when the one ends and the other begins, so it is shown as it was written."""
    usual = _all_weekdays(one for one in openings if one.spans and not one.limit)
    for vague in [one for one in openings if one.headed and one.limit.doubt and one.spans]:
        if not vague.limit.school and vague.weekdays & usual:
            raise Unreadable(
                f"Wann gilt „{vague.limit.doubt}“? Schreiben Sie Monate oder Jahr dazu.", vague.at
            )


def _copy(said: Meaning) -> None:
    """Add a Saturday that may be a workday, and times on holidays where these are meant as well."""
    for opening in list(said.timed):
        if opening.saturday and not any("Sa" in one.weekdays for one in said.openings):
            said.openings.append(replace(opening, days=["Sa"], remarks=["werktags"], state="unknown"))
        if said.on_holidays:
            said.openings.append(replace(opening, public_only=True))


def _close_in_holidays(said: Meaning) -> None:
    """Add that nothing takes place in the school holidays; raises `Unreadable` where times are said of them alone."""
    if said.timed and all(one.limit.school for one in said.timed):
        raise Unreadable("Was gilt in der Schulzeit? Schreiben Sie beide Zeiten mit ihren Tagen.")
    said.openings.insert(0, Opening(0, 0, limit=Limit(school=True), state="off"))


def _days_left_in_holidays(said: Meaning) -> Iterator[Opening]:
    """„Mo-Fr 9-12, in den Ferien Mi 10-12“: what holds in the holidays on the other days may not have been said."""
    schools = [one for one in said.openings if one.limit.school and one.days]
    rest = {one.rest for one in schools}
    if not schools or "usual" in rest or all(one.state == "off" for one in schools):
        return
    usual = [one for one in said.timed if not one.limit.school and not one.dated]
    left = _all_weekdays(usual) - _all_weekdays(schools)
    days = [day for day in WEEKDAYS if day in left]
    if not days:
        return
    at = schools[0].at
    if "off" in rest:
        yield Opening(at, 0, limit=Limit(school=True), days=days, state="off")
        return
    said.name_doubt(
        None, "Was gilt in den Ferien an den anderen Tagen? Schreiben Sie „in den Ferien nur Mi 10-12“.", at
    )
    yield Opening(at, 0, limit=Limit(school=True), days=days, state="unknown", remarks=["in den Ferien"])


def _all_weekdays(openings: Iterable[Opening]) -> set[str]:
    """Return the weekdays that any of some openings is about."""
    found: set[str] = set()
    for opening in openings:
        found |= opening.weekdays
    return found
