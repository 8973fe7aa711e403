"""Say what the clauses of German hours mean together: openings, closures and doubts.

A remark belongs to the time it stands behind. What limits or doubts may be about more, and then about all it may be about.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NoReturn

from generator.hours.german.clauses import BREAKS, DATES, DAYS
from generator.hours.german.readings import (
    EVERY_OTHER,
    NO_LIMIT,
    YEAR,
    Clause,
    Limit,
    Timed,
    When,
    expand,
    weekdays,
)
from generator.hours.german.times import Span, Time, but_part, overlap, without
from generator.hours.german.tokens import Doubt, Token, Unreadable, misspelt
from generator.hours.openings import WEEKDAYS
from generator.hours.remarks import TIMES_HOLD, is_name, is_without_registration, meaning_of, says_closed

# Questions to whoever writes so.
FOR_ALL = "Gilt das für alle Zeiten? Dann schreiben Sie es mit Doppelpunkt an den Anfang: „April bis Oktober: Di 9-12, Do 14-17“."
NOT_ALL = "nicht alle Zeiten"
"""The remark of times of which some don't hold, and nobody can tell which."""
_ONLY = re.compile(r"\b(?:nur|alle)\b|ausschl", re.IGNORECASE)  # „nur nach Vereinbarung“
_BY = re.compile(r"(?:nur\s+)?(?:nach|mit|auf)\b", re.IGNORECASE)
_CALLED = re.compile(r"\d|\b(?:unter|über|per|bei)\b", re.IGNORECASE)
_WHICH_WEEKS = "An welchen Tagen? Schreiben Sie „in geraden Wochen“ oder „jeden 1. Dienstag im Monat“."
_WHICH_DAY = "Gilt das an diesem Tag oder jede Woche?"
_AFAR = {"phone": "telefonisch", "video": "online"}
"""What hours get as their remark that aren't those of a door."""


@dataclass
class Draft:
    """An opening or a closure as it is being read: times of the same days that hold alike."""

    at: int  # where it begins in the writing
    sentence: int  # breaks before it
    joint: str = ""  # what stands before it (`clauses.Joint`)
    limit: Limit = NO_LIMIT
    days: list[str] = field(default_factory=list)  # OSM weekdays, „Fr[-1]“ or „PH“; none for all days
    spans: list[Span] = field(default_factory=list)
    state: str = ""  # "", "off" or "unknown"
    remarks: list[str] = field(default_factory=list)
    names: tuple[str, ...] = ()  # what takes place: „Töpfern“
    under: tuple[str, ...] = ()  # without names of its own, those of what stands before it
    dated: bool = False  # on single dates
    dayless: bool = False  # nobody says on which days
    also: bool = False  # „auch“: it adds to others
    last: bool = False  # it has the last word
    over: bool = False  # it holds in spite of a closure
    may_close: bool = False  # a doubtful closure
    like: list[Draft] = field(default_factory=list, repr=False)  # from which it takes what it doesn't say

    @property
    def weekdays(self) -> frozenset[str]:
        """The weekdays it is about, nth days of a month among them."""
        return weekdays(self.days)

    def doubt(self, remark: str) -> None:
        """Make its times uncertain, because of what is written beside them."""
        self.state = self.state or "unknown"
        if remark not in self.remarks:
            self.remarks.append(remark)


@dataclass
class Meaning:
    """What a writing means, as far as it is read; closures are openings of state „off“."""

    openings: list[Draft] = field(default_factory=list)
    otherwise: str = ""  # what holds at all other times: „nach Vereinbarung“
    doubts: list[Doubt] = field(default_factory=list)
    for_all: list[str] = field(default_factory=list)  # words that make all times uncertain
    problem: Unreadable | None = None  # the first clause that isn't read
    unknown: Unreadable | None = None  # the first remark that isn't understood
    in_term: bool = False  # nothing holds in school holidays
    pauses: list[Span] = field(default_factory=list)
    # Parts of days that are closed („Mi nachmittags geschlossen“): weekdays (none: all with times), the part, the words, their
    # place, whether it is the first that its clause says.
    parts: list[tuple[frozenset[str], str, str, int, bool]] = field(default_factory=list)
    sentence: int = 0  # breaks so far
    scope: Clause | None = None  # what stands before and limits what follows: „Mai bis September:“
    afar: str = ""  # „telefonisch“ or „online“, said before the times that follow
    above: str = ""  # the same of the line before
    heading: Token | None = None  # a remark before the times that follow
    titled: bool = False  # the first line is a remark
    notes: list[str] = field(default_factory=list)  # remarks that change nothing, before any time
    part: Draft | None = None  # the last days of which only „vormittags“ or the like is known
    # By sentence words that may be about any of its times.
    unsure: dict[int, str] = field(default_factory=dict)
    misspelt: str = ""  # words that are a misspelt day or the like

    def name_doubt(self, token: Token | None, why: str, at: int = 0) -> None:
        """Name a piece of the writing as the reason why times are uncertain."""
        doubt = Doubt(token.text, why, token.at) if token else Doubt("", why, at)
        if doubt not in self.doubts:
            self.doubts.append(doubt)

    @property
    def timed(self) -> list[Draft]:
        """The openings that have times."""
        return [one for one in self.openings if one.spans and one.state != "off"]

    def before(self) -> list[Draft]:
        """What a remark here can be about, the last first."""
        found: list[Draft] = []
        for opening in reversed(self.timed):
            # „Mo 9-12 telefonisch, Do 9-12 mit Anmeldung“: this isn't about what has a remark of its own.
            has_own = opening.remarks and (
                (found[-1:] and found[-1].names) or {*opening.remarks} - {*opening.names}
            )
            if opening.sentence != self.sentence or (found and has_own):
                break
            found.append(opening)
        return found


def meaning_of_clauses(clauses: Iterable[Clause]) -> Meaning:
    """Return what clauses mean together; raises `Unreadable` where nothing of it is."""
    said = Meaning()
    outside: tuple[str, Clause | None] = ("", None)  # what brackets don't change: `afar` and `scope`
    asides: list[Draft] = []  # what stands in brackets
    unread = ""  # the clause before, if it wasn't read
    for clause in clauses:
        if not clause.inside:
            said.afar, said.scope = outside
        if clause.joint in BREAKS:
            said.sentence += 1
            said.above, said.afar = said.afar or said.above, said.heading.value if said.heading else ""
        first = len(said.openings)
        try:
            if clause.problem:
                raise clause.problem
            _READERS[clause.form](said, clause)
            for opening in said.openings[first:] if unread and not clause.joint else ():
                # „Fr 15-21 Uhr, 3x im Jahr Sa 14-18 Uhr“: what isn't understood may be about what follows.
                opening.doubt(unread)
            unread = ""
        except Unreadable as problem:
            del said.openings[first:]
            _keep_words(said, clause, problem)
            unread = clause.words
        if not clause.inside or not said.timed:
            outside = said.afar, said.scope
        new = said.openings[first:]
        own = clause.form == "closure" and clause.joint == "comma" and said.timed and said.timed[-1].names
        asides += new if clause.inside or own else []
        for opening, other in itertools.product(() if clause.inside else new, asides):
            about = (
                opening.weekdays & other.weekdays
                if other.days
                else opening.names or clause.joint not in BREAKS
            )
            if opening.spans and other.limit and about:
                # „Mo-Do 14-17 (Ferien 10-13), Kochen Mi 18-20“: does that take place in the holidays?
                said.openings.append(replace(opening, limit=other.limit, spans=[], remarks=[], last=True))
                said.openings[-1].doubt("nicht immer")
    _finish(said)
    return said


# What a clause that isn't read becomes


def _keep_words(said: Meaning, clause: Clause, problem: Unreadable) -> None:
    """Keep words that aren't understood: their days are unsure, or all."""
    said.problem = said.problem or problem
    piece = clause.words[problem.at - clause.at :][: problem.length] if problem.length else ""
    said.doubts.append(Doubt(piece, str(problem), problem.at))
    if clause.joint == "aside" or clause.when.limit:
        # „Mo und Do 14-18 (im August nur Do)“ may be about what stands before as well.
        for opening in said.before():
            opening.doubt(clause.words)
    if clause.colon and clause.when.limit:
        said.scope = clause
    # „Mo 9-12, Do ???“: only Thursday is unsure.
    begins = clause.when.first is not None and clause.when.first.at == clause.at
    begins = begins and not clause.behind and not clause.others
    if begins and (clause.when.days or clause.when.limit):
        _add_unsure(said, clause, clause.words)
        return
    said.for_all.append(clause.words)
    if any(timed.time.all_day for timed in clause.times):
        # „Fr 10-18, Automat rund um die Uhr“
        said.otherwise = said.otherwise or clause.words
    if clause.times or clause.when or clause.form == "unread":
        # It may be about any day.
        said.openings.append(
            Draft(clause.at, said.sentence, days=["Mo-Su"], state="unknown", remarks=[clause.words])
        )


def _add_unsure(said: Meaning, clause: Clause, words: str) -> Draft:
    """Add days of which nothing is certain but their words."""
    opening = _opening(said, clause)
    opening.doubt(words)
    opening.last = True
    said.openings.append(opening)
    return opening


# Days


def _opening(said: Meaning, clause: Clause) -> Draft:
    """Return an opening with the days and limits of a clause."""
    when = clause.when
    opening = Draft(clause.at, said.sentence, clause.joint, when.limit, list(when.days), dated=when.dated)
    opening.also = clause.also is not None
    if when.dated:
        single = not any("-" in one for one in when.limit.seasons)
        if (opening.weekdays and single) or (clause.times and ("PH" in when.days or when.limit.school)):
            raise Unreadable(_WHICH_DAY, clause.at)
    _doubt_days(said, opening, when)
    return opening


def _doubt_days(said: Meaning, opening: Draft, when: When) -> None:
    """Make an opening uncertain whose days nobody can tell."""
    for remark, (token, why) in when.doubts.items():
        said.name_doubt(token, why)
        opening.doubt(remark)
        if token.kind == "season":
            # „Sa 10-18, im Winter 10-16“: nobody can tell when the one ends and the other begins.
            said.for_all.append(remark)
    if EVERY_OTHER in when.doubts:
        opening.days = [day.partition("[")[0] for day in opening.days]
    if when.workday:
        said.openings.append(Draft(opening.at, said.sentence, days=["PH"], state="off"))
        if "Sa" not in opening.weekdays:
            # It is a workday for some.
            said.openings.append(Draft(opening.at, 0, days=["Sa"], state="unknown", remarks=["werktags"]))


def _days_before(said: Meaning, clause: Clause) -> list[str]:
    """Return the days of times that name none: „Mo-Fr 9-12, im August 9-10“; raises `Unreadable` where several were said before."""
    earlier = [[day for day in one.days if day != "PH"] for one in said.timed if one.days and not one.dated]
    limit, term = clause.when.limit, clause.when.term
    if term and "schultag" in term.value.lower():
        return ["Mo-Fr"]
    if earlier and (limit or clause.also) and all(days == earlier[0] for days in earlier):
        return earlier[0]
    if earlier:
        raise Unreadable("Es fehlt der Tag.", clause.at)
    return ["Mo-Su"] if not limit and any(timed.time.all_day for timed in clause.times) else []


# Times


def _read_opening(said: Meaning, clause: Clause) -> None:
    """Read days with their times, and what stands beside each of these."""
    if _is_note(clause):
        _keep_note(said, clause.words)
        return
    first, earlier = len(said.openings), said.before()
    _say_names(said, clause)
    for timed in clause.times:
        if timed.time.vague:
            _read_part(said, clause, timed)
        else:
            _read_time(said, clause, timed)
    mine, before = said.openings[first:], said.openings[first - 1] if first else Draft(0, 0)
    for opening in mine:
        opening.names = (*(token.value for token in clause.names), *opening.names)
        opening.under = () if opening.names else before.names or before.under
    _doubt_each_other(said, clause, earlier, mine)
    spans = [span for opening in mine for span in opening.spans if opening.days == mine[0].days]
    if any(one[1] is None or two[0] < one[1] for one, two in itertools.pairwise(spans)):
        raise Unreadable("Ist das eine zweite Uhrzeit? Schreiben Sie frühere Zeiten zuerst.", clause.at)
    if clause.behind:
        _limit_behind(said, clause, clause.behind)
    if clause.when.term:
        _read_term(said, clause.when.term, own=first > 0)
    if any(token.kind in DATES for token, _ in clause.when.doubts.values()) and not clause.when.dated:
        # „Di 15-18, ab 1. März Mi 15-18“
        for opening in said.openings[:first]:
            opening.doubt(clause.words)
    _unite(said, first)


def _doubt_each_other(said: Meaning, clause: Clause, earlier: list[Draft], mine: list[Draft]) -> None:
    """Doubt times of which nobody can tell whether they are those of a telephone, or of the public."""
    others = [one for one in said.timed if one not in mine]
    for remark in earlier[0].remarks if earlier and not clause.names else ():
        # „Do 10-12 Uhr mit Anmeldung (Mo-Fr 9-12 Uhr)“
        if meaning_of(remark) == "ask" and (clause.joint == "aside" or _CALLED.search(remark)):
            for opening in mine:
                opening.doubt(remark)
    if clause.names and _ONLY.search(clause.words[: clause.times[0].time.at - clause.at]):
        # „Mo-Fr 8-16 Uhr, Sprechzeiten nur Di 9-12 Uhr“
        for one, other in itertools.product(others, mine):
            spans = itertools.product(one.spans, other.spans)
            if one.weekdays & other.weekdays and any(itertools.starmap(overlap, spans)):
                for opening in others:
                    opening.doubt(clause.words)
    named = {day for one in others for day in one.weekdays}
    day = clause.when.first
    daily = day and "-" not in day.text and clause.when.days == ["Mo-Su"] and not clause.when.limit
    for opening in mine if daily and 0 < len(named) < 7 else ():
        if opening.spans != [(0, 1440)]:
            # „Mo-Fr 8-16 Uhr, Mittagessen täglich 12-13 Uhr“
            said.name_doubt(day, "Gilt das an allen Tagen oder nur an diesen?")
            opening.doubt(NOT_ALL)


def _unite(said: Meaning, first: int) -> None:
    """Make one opening of those that differ in their times only."""
    mine, said.openings[first:] = said.openings[first:], []
    for opening in mine:
        last = said.openings[-1] if len(said.openings) > first else None
        if last and replace(last, spans=[], joint="") == replace(opening, spans=[], joint=""):
            last.spans += opening.spans
        else:
            said.openings.append(opening)


def _is_note(clause: Clause) -> bool:
    """„Letzter Einlass 16.30 Uhr“: one time with a name and no day is no opening."""
    if clause.when or len(clause.times) != 1 or not clause.names or not all(map(_is_name, clause.names)):
        return False
    time = clause.times[0].time
    lone = time.last is None and not time.vague and not time.all_day
    return lone and not clause.times[0].beside


def _read_time(said: Meaning, clause: Clause, timed: Timed) -> None:
    """Read one time of a clause: its days, limits and remarks, and what stands beside it."""
    if timed.closing:
        _refuse_closing(said, clause, timed.closing)
    opening = _opening(said, clause)
    labels = (
        _AFAR.get(meaning_of(token.value) or "", token.value) for token in clause.names if _stays(token)
    )
    opening.remarks = [*labels, *opening.remarks]
    if said.afar and not any(token.kind == "note" for token in clause.names):
        opening.remarks.insert(0, said.afar)
        said.heading = None
        plain = (token for token in timed.beside if token.kind == "note")
        if clause.joint and (clause.names or any(meaning_of(token.value) == "plain" for token in plain)):
            # „telefonisch Mo 8-10 Uhr und Di 10-12 Uhr vor Ort“, „telefonisch Mo 8-10, Kochen Mi 15-17“
            opening.doubt(said.afar)
    elif meaning_of(said.above) in _AFAR and not clause.names:
        # „Telefonisch: Mo 10-12. Do 14-17“
        opening.doubt(said.above)
    time = timed.time
    if not opening.days and not opening.dated:
        opening.days = _days_before(said, clause)
        opening.dayless = not (opening.days or opening.limit.seasons or opening.limit.school)
    # „erst ab 13 Uhr“
    later = time.since is not None and time.since.text.lower().startswith("erst") and time.last is None
    _spread_scope(said, clause, opening)
    for token in clause.names:
        if not _stays(token):
            opening.doubt(token.value)
    # „Mo, Di 9-16 Uhr, Mi erst ab 13 Uhr“: when it closes on Wednesday nobody says.
    later = later and all(_usual(said, frozenset(expand(day)), opening.limit) for day in opening.days)
    if clause.joint == "aside" and clause.when.days and time.last is None and not time.since:
        # „8-13 Uhr (Fr 12:30)“
        time = replace(time, first=None, last=time.first)
    if time.ends or later:
        _take_from_before(said, time, opening)
    else:
        opening.spans = [time.span()]
        said.openings.append(opening)
    for token in timed.beside:
        _stand_beside(said, token)


def _refuse_closing(said: Meaning, clause: Clause, closing: Token) -> NoReturn:
    """„Mi ab 13 Uhr geschlossen“: nobody can tell what that closes."""
    for other in said.before() if clause.joint == "and" or closing.apart else ():
        other.doubt(clause.words)
    raise closing.refused("Ist dann geschlossen? Schreiben Sie, wann geöffnet ist.")


def _take_from_before(said: Meaning, time: Time, opening: Draft) -> None:
    """Read „freitags bis 13 Uhr“: what isn't said is as before, „telefonisch“ and „mit Termin“ too."""
    by_spans: dict[tuple[Span, ...], tuple[list[str], list[Draft]]] = {}
    for day in opening.days or [""]:
        before = _usual(said, frozenset(expand(day)), opening.limit) if day else []
        before = before or said.timed[-1:]
        spans = {span for one in before for span in one.spans}
        days, like = by_spans.setdefault(tuple(sorted(spans, key=lambda span: span[0])), ([], []))
        days += filter(None, [day])
        like += before
    for usual, (days, like) in by_spans.items():
        kept = [(start, end) for start, end in usual if end is not None]
        if len(kept) < len(usual):
            kept = []
        if time.ends and kept:
            ends = time.until(kept[0][0])[1] or 0
            kept = [span for span in kept if span[0] < ends]
            kept[-1:] = [(kept[-1][0], ends)] if kept else []
        elif kept:
            start = time.span()[0]
            kept = [(max(start, span[0]), span[1]) for span in kept if span[1] > start]
        if not kept:
            raise Unreadable("Es fehlt eine Uhrzeit.", time.at)
        said.openings.append(
            replace(opening, days=days, spans=list(kept), remarks=list(opening.remarks), like=like)
        )


def _usual(said: Meaning, weekdays: frozenset[str], limit: Limit) -> list[Draft]:
    """Return the openings of weekdays that hold always or within a limit, those without a day too."""
    usual = [one for one in said.timed if not one.dated and one.limit in (NO_LIMIT, limit)]
    plain = [one for one in usual if not any("[" in day for day in one.days)]
    return [one for one in plain if weekdays <= one.weekdays or one.dayless]


def _spread_scope(said: Meaning, clause: Clause, opening: Draft) -> None:
    """„Mai bis September: Di 9-12, Do 14-17“: what stands before limits all, or nobody can tell."""
    scope, mine = said.scope, clause.when.limit
    closes = scope and (
        scope.when.days if scope.form == "closure" else any(one.closing for one in scope.times)
    )
    if mine and clause.when.first and not clause.behind.limit:
        # „…, Juni: Do 14-17“: a limit of its own, which those behind it may share.
        said.scope = clause
        within = scope and scope is not clause and (scope.colon or clause.joint == "aside")
        above = scope.when.limit if scope and within else NO_LIMIT
        if any((above.since, above.until, above.seasons)) and not any((mine.since, mine.until, mine.seasons)):
            # „Ab 1.9.2026: gerade Wochen Mo 14-17, ungerade Wochen Do 9-12“
            opening.doubt("nicht immer")
    elif scope is None or scope is clause:
        return
    elif (clause.apart and not closes and scope.form != "head") or (
        scope.when.dated and clause.joint in BREAKS
    ):
        # „…, sonst Do 14-17“, or one date among weekdays: „Mo-Fr 9-16; 24.12.2026 9-12; Sa 10-12“.
        said.scope = None
    elif (
        scope.colon
        and not clause.apart
        and all(map(_stays, clause.names))
        and (clause.joint in {"comma", "and"} or scope.form == "head")
    ):
        opening.limit = opening.limit.joined(scope.when.limit)
        opening.dated = opening.dated or scope.when.dated
    else:
        opening.doubt("nicht immer")
        said.name_doubt(None, FOR_ALL, opening.at)
        for other in said.timed if opening.state != "off" else ():
            if other.limit == scope.when.limit and other.weekdays & opening.weekdays:
                other.doubt("nicht immer")
                opening.also = opening.last = True


# What stands before and beside times


def _is_name(token: Token) -> bool:
    """Tell whether words name what takes place."""
    words = token.kind in {"words", "note"} and is_name(token.value)
    return words and not any(map(misspelt, token.value.split()))


def _stays(token: Token) -> bool:
    """Tell whether a name stands beside its times and leaves them as they are."""
    return token.kind in {"note", "words"} and (meaning_of(token.value) in TIMES_HOLD or _is_name(token))


def _say_names(said: Meaning, clause: Clause) -> None:
    """Read what stands before times: names, conditions, what isn't understood."""
    said.above = "" if clause.names else said.above
    for number, token in enumerate(clause.names):
        meaning = meaning_of(token.value)
        if token.kind == "note" and not number:
            heads = not clause.when.first or token.at < clause.when.first.at
            said.afar = _AFAR.get(meaning or "", said.afar if clause.also else "") if heads else ""
        if _stays(token):
            continue
        _name_unknown(said, token)
        if token.kind == "ask" and not said.openings:
            said.name_doubt(token, _WHOSE)
        told = token.kind == "register" and not _BY.match(token.value)
        if not clause.when or not said.openings or token.kind == "words" or told:
            said.for_all.append(token.value)


_WHOSE = "Gilt das für diese Zeiten oder außerhalb? Schreiben Sie ans Ende „und nach Vereinbarung“."
_WHY_DOUBT = (
    "Das gilt nicht immer, oder es steht nicht da, wie lange. Schreiben Sie einen Hinweis mit letztem Tag."
)


def _name_unknown(said: Meaning, token: Token) -> None:
    """Say why nobody can rely on a piece."""
    if token.kind == "doubt":
        said.name_doubt(token, _WHY_DOUBT)
    if token.kind not in {"words", "note"} or meaning_of(token.value) is not None:
        return
    hint = misspelt(token.value.split()[0]) if token.value.split() else ""
    said.name_doubt(token, f"Diese Bemerkung wird nicht verstanden.{hint}")
    said.unknown = said.unknown or token.refused(f"„{token.text}“ wird hier nicht verstanden.{hint}")
    said.misspelt = said.misspelt or (token.value if hint else "")


def _is_number(token: Token) -> bool:
    """Tell whether a number to call is given, and not only that one calls."""
    number = token.kind == "note" and token.value == "telefonisch" and any(map(str.isdigit, token.text))
    return number and not token.text.lower().startswith("unter")


def _stand_beside(said: Meaning, token: Token) -> None:
    """Take what stands behind a time; what limits is about those before as well."""
    before = said.before()
    meaning = meaning_of(token.value)
    holds = token.kind == "note" and meaning in TIMES_HOLD
    if not _is_number(token) and (holds or (token.kind == "words" and not token.apart and _is_name(token))):
        before[0].remarks.append(token.value)
        before[0].names += (token.value,) if token.kind == "words" else ()
        # „Mo 9-12, Di 9-12, alle Termine online“
        bracketed = not token.written and token.end > token.at + len(token.value)
        several = token.apart or not bracketed or len(before[0].remarks) > 1
        before = before[1:] if meaning in _AFAR and several else []
    else:
        _name_unknown(said, token)
    if token.kind in {"ask", "register"} and token.apart:
        # „Di 10-12 Uhr (türkisch), Do 10-12 Uhr (arabisch), bitte anmelden“
        mine = (one for one in said.timed if one.sentence == said.sentence)
        before = [one for one in mine if not any(map(is_without_registration, one.remarks))]
    if token.kind == "words" and before:
        # „im Wechsel mit“, „statt“: it may be about what follows as well.
        said.unsure[said.sentence] = token.value
    elif token.kind == "doubt":
        said.for_all.append(token.value)
    elif token.kind == "ask" and token.apart:
        said.otherwise = said.otherwise or token.value
        said.name_doubt(token, _WHOSE)
    for opening in before:
        # „Mo 9-12 Uhr Tel. 040 66969-0“: at a door, or at that telephone?
        opening.doubt(token.text if _is_number(token) else token.value)


# Limits and remarks without times


def _read_head(said: Meaning, clause: Clause) -> None:
    """Read what has no times: a limit, days to ask about, or a remark."""
    when, names = clause.when, clause.names
    if clause.also and when and not names:
        _hold_also(said, clause)
    elif when and names:
        _ask_about_days(said, clause)
    elif names:
        _say_of_all(said, clause)
    elif when.workday and clause.joint == "aside" and said.timed and "Su" not in said.timed[-1].weekdays:
        said.openings.append(Draft(clause.at, said.sentence, days=["PH"], state="off"))
    elif when.days:
        _hold_on_fewer_days(said, clause, when)
    elif clause.colon or not said.timed:
        if when.limit:
            _doubt_days(said, Draft(0, 0), when)
            said.scope = replace(clause, colon=clause.colon or clause.joint == "")
        if when.term:
            _read_term(said, when.term)
    elif clause.joint in BREAKS and when.limit.school and not clause.words.lower().startswith("nur "):
        said.name_doubt(when.first, "Ist auch in den Ferien geöffnet oder nur dann?")
        said.for_all.append(clause.words)
    else:
        _limit_behind(said, clause, when)


def _hold_on_fewer_days(said: Meaning, clause: Clause, when: When) -> None:
    """„Juli/August nur Mo-Do“: then nothing takes place on other days."""
    usual = {day for one in said.timed if not (one.dated or one.limit) for day in one.weekdays}
    usual = set() if any("PH" in one.days for one in said.timed) else usual
    limit = when.limit
    odd = when.dated or when.doubts or when.term or when.workday or limit.weeks or limit.every or limit.unsure
    # „Sa nur April-Okt.“ is no „April-Okt. nur Sa“.
    odd = odd or (when.first is not None and when.first.kind == "day")
    if odd or not limit or any("[" in day or day == "PH" for day in when.days) or not when.weekdays < usual:
        raise Unreadable("Es fehlt eine Uhrzeit.", clause.at)
    days = sorted(usual - when.weekdays, key=WEEKDAYS.index)
    said.openings.append(Draft(clause.at, said.sentence, limit=limit, days=days, state="off"))


def _hold_also(said: Meaning, clause: Clause) -> None:
    """„Tag und Nacht, auch an Feiertagen“ is every day; of fewer days nobody can tell."""
    daily = [one for one in said.timed if len(one.weekdays) == 7]
    if clause.when.days != ["PH"] or not daily or daily != said.timed:
        _add_unsure(said, clause, clause.words)
        return
    for one in daily:
        one.days.append("PH")


def _ask_about_days(said: Meaning, clause: Clause) -> None:
    """„Di nach Vereinbarung“, „im August nur telefonisch“: nobody can tell of these days."""
    when = clause.when
    kinds = {token.kind for token in clause.names}
    for token in clause.names:
        _name_unknown(said, token)
    first = when.first.at if when.first else 0
    if any(
        (token.kind == "words" and token.at < first and not _is_name(token))
        or (meaning_of(token.value) in _AFAR and (clause.also or (token.at < first and not said.before())))
        for token in clause.names
    ):
        said.for_all.append(clause.words)
    vague = clause.joint == "aside" and not all(map(_stays, clause.names))
    for opening in said.before():
        if opening.weekdays & when.weekdays and (vague or any("[" in day for day in when.days)):
            # „Sa 9-11 (nur 1. Sa Verkauf)“
            opening.doubt(clause.words)
    # „nach Vereinbarung bis 31.8.2026“ may be about all times.
    last = not when.days and clause.names[0].at < first
    behind = when.first and all(token.at > first for token in clause.names)
    # „In den Ferien gilt der Aushang“ is about these days alone.
    of_school = when.limit.school and behind and clause.words.lower().startswith(("in ", "während "))
    asked = said.timed and not last and kinds <= {"ask", "register", "doubt"}
    if of_school or (not when.doubts and (when.days or asked)):
        opening = _add_unsure(
            said, clause, clause.words[clause.names[0].at - clause.at :] if behind else clause.words
        )
        opening.last = "ask" not in kinds
    else:
        said.name_doubt(when.first, "Was gilt sonst? Schreiben Sie beide Zeiten mit ihren Tagen.")
        said.for_all.append(clause.words)
        if when.limit and not when.limit.unsure:
            # „Mi 15-17 Uhr gerade Woche, ungerade Woche Babytreff“
            _add_unsure(said, clause, clause.words)


def _say_of_all(said: Meaning, clause: Clause) -> None:
    """Read a remark that stands by itself: about all other times, about all, or one that changes nothing."""
    kinds = {token.kind for token in clause.names}
    known = [token for token in clause.names if meaning_of(token.value) in TIMES_HOLD]
    stays = not clause.inside and all(map(_stays, clause.names))
    said.titled = said.titled or (stays and not said.openings)
    heads = stays and said.titled and (clause.joint == "line" or not said.openings)
    if kinds & {"ask", "register"} and (
        clause.apart or clause.also or (clause.joint in {"and", "", *BREAKS} and "ask" in kinds) or known
    ):
        # „… und nach Vereinbarung“, „sonst mit Anmeldung“
        said.otherwise = said.otherwise or (clause.names[0].value if len(clause.names) == 1 else clause.words)
        if not said.openings or (clause.joint in BREAKS and not clause.apart and _ONLY.search(clause.words)):
            # „Besuche nur nach Vereinbarung“ may be about all times, and so may what stands before them.
            said.name_doubt(clause.names[0], _WHOSE)
            said.for_all.append(clause.words)
    elif clause.apart and clause.joint and not (_may_be_condition(said) or says_closed(clause.words)):
        # „…, sonst per E-Mail“
        said.otherwise = said.otherwise or " ".join(token.value for token in clause.names).rstrip(".")
    elif heads or len(known) == len(clause.names):
        _take_notes(said, clause, heads=heads)
    else:
        about = said.before() if clause.joint == "aside" else []
        for token in (one for one in clause.names if one not in known):
            _name_unknown(said, token)
            for opening in about:
                opening.doubt(token.value)
            if not about:
                said.for_all.append(token.value)


def _may_be_condition(said: Meaning) -> bool:
    """„Mo 9-12 Uhr, mindestens 5 Personen, sonst Ausfall“: what is otherwise may be about these times as well."""
    remarks = (remark for one in said.timed for remark in one.remarks)
    return not said.timed or any(map(str.isdigit, "".join(remarks)))


def _take_notes(said: Meaning, clause: Clause, *, heads: bool) -> None:
    """Keep remarks that change nothing, at their times; those on a line of their own are of the times below it, where the first line is one."""
    for token in clause.names:
        if _is_number(token):
            said.afar = said.afar if said.before() else token.value
        elif (meaning_of(token.value) in _AFAR or heads) and not said.before():
            above = [said.heading.value] if said.heading else []
            said.heading = replace(token, value=", ".join([*above, token.value]))
            said.afar = said.heading.value
        else:
            for opening in said.before()[1:] if meaning_of(token.value) in _AFAR else ():
                # „Mo 8-10, Di 10-12 Uhr (jeweils telefonisch)“
                opening.doubt(token.value)
            _keep_note(said, token.value)


def _keep_note(said: Meaning, words: str) -> None:
    """Put what changes nothing beside the time before it, or the first."""
    (said.timed[-1].remarks if said.timed else said.notes).append(words)


def _read_term(said: Meaning, token: Token, *, own: bool = False, inside: bool = False) -> None:
    """Read „in der Schulzeit“; „an Schultagen“ leaves out public holidays as well."""
    if inside or (own and len(said.timed) > 1):
        # „Mo 15-17, Di 15-17 (nur in der Schulzeit)“
        known = len(said.timed) < 2
        said.openings.append(
            Draft(token.at, said.sentence, limit=Limit(school=True), state="off" if known else "unknown")
        )
        if not known:
            said.openings[-1].remarks.append(NOT_ALL)
            said.name_doubt(token, FOR_ALL)
        return
    said.in_term = True
    if "schultag" in token.value.lower():
        said.openings.append(Draft(token.at, said.sentence, days=["PH"], state="off"))


def _limit_behind(said: Meaning, clause: Clause, when: When) -> None:
    """Limit the last of what was said before; the others perhaps."""
    if when.days:
        _hold_on_fewer_days(said, clause, when)
        return
    if when.term:
        own = bool(clause.times) or _may_be_of_last(said, clause)
        _read_term(said, when.term, own=own, inside=clause.inside)
    before = said.before() or said.timed[::-1]
    for other in before[1:] if when.limit or when.doubts else ():
        if clause.joint == "aside" and other.limit:
            # „Di 16-18 (gerade KW) und Do 9-11 (ungerade KW)“
            continue
        said.name_doubt(when.first, FOR_ALL)
        other.doubt(clause.words)
    for opening in before[:1]:
        if when.dated and opening.weekdays:
            raise Unreadable(_WHICH_DAY, clause.at)
        _doubt_days(said, opening, when)
        opening.limit = opening.limit.joined(when.limit)
        opening.dated = opening.dated or when.dated


# What is closed


def _read_closure(said: Meaning, clause: Clause) -> None:
    """Read days on which nothing takes place."""
    when, part = clause.when, said.part
    last = said.openings[-1] if said.openings else None
    if part and last is part and clause.closing:
        # „Mo-Fr 8-16, Nachmittag Mi geschlossen“, „Mi Nachmittag und Sa geschlossen“
        part.remarks[0] += f" {clause.closing.text}"
        raise clause.closing.refused("Wann ist geschlossen? Schreiben Sie die Tage davor.")
    said.afar = next(
        (_AFAR[meaning] for token in clause.names if (meaning := meaning_of(token.value)) in _AFAR), said.afar
    )
    if clause.apart and not (
        clause.when or clause.names or any(one.state or one.remarks for one in said.openings)
    ):
        # „Di 9-12, Do 16-18, sonst geschlossen“
        return
    if clause.closing and last:
        _refuse_but(said, clause, clause.closing, last)
        alone = clause.closing.at == clause.at and not (clause.joint or when.days)
        if alone and len(said.timed) > 1:
            # „Mo 9-12, Mi 14-16 Uhr entfällt bis 31.8.2026“
            raise clause.closing.refused("Was ist dann geschlossen? Schreiben Sie die Tage davor.")
    plain = all(token.kind == "note" and meaning_of(token.value) for token in clause.names)
    # „Rathaus: Mo-Fr 8-12. Standesamt: mittwochs geschlossen“
    names = {token.value for token in clause.names}
    others = names and any(one.names and not names & {*one.names} for one in said.timed)
    for when in (clause.when, *clause.others):
        when.doubts.pop(YEAR, None)
        one = replace(clause, when=when)
        of_last = others or (
            _may_be_of_last(said, clause)
            and (when.limit or sum(bool(each.weekdays & when.weekdays) for each in said.timed) > 1)
        )
        if not plain or not when or when.doubts or when.term or of_last:
            words = NOT_ALL if plain and of_last and when else clause.words
            _close_perhaps(said, replace(one, words=words))
            continue
        opening = _opening(said, one)
        opening.state = "off"
        if said.scope is not None and when.weekdays and not when.limit:
            _spread_scope(said, one, opening)
        said.openings.append(opening)
    first = clause.when.first
    heads = first and first.at == clause.at and first.kind not in DAYS and clause.when.days
    if heads and clause.when.limit and (clause.colon or not said.timed):
        # „April bis Oktober Montag Ruhetag, Di-So 11-17 Uhr“
        said.scope = clause


def _may_be_of_last(said: Meaning, clause: Clause) -> bool:
    """„Mo-Fr 9-12, Do auch 14-16 (nicht in den Ferien)“: that may be about Thursday's times alone."""
    last = said.timed[-1] if len(said.timed) > 1 else None
    if not last or clause.joint in BREAKS:
        return False
    # „Café: Mi 14-18; Büro: Mo-Fr 9-12, in den Ferien geschlossen“
    apart = last.names and any(one.sentence != last.sentence for one in said.timed)
    return bool(clause.joint == "aside" or last.also or apart)


def _refuse_but(said: Meaning, clause: Clause, closing: Token, last: Draft) -> None:
    """„Nov-Feb geschlossen außer Mi“, „Mittagspause 12-13 (Fr nicht)“: then it may be open."""
    if closing.kind != "except" and not closing.text.lower().startswith("nicht"):
        return
    closed = (last.state, last.sentence) == ("off", said.sentence)
    if closed:
        last.state, last.may_close = "unknown", True
    paused, said.pauses = said.pauses, []
    if closed or paused:
        raise closing.refused("Ist dann geöffnet? Schreiben Sie die Zeiten dazu.")


def _close_perhaps(said: Meaning, clause: Clause) -> None:
    """Keep the words of a closure of which nobody can tell when it is."""
    when = clause.when
    if not when.doubts:
        said.name_doubt(when.first or clause.closing, "Wann ist geschlossen? Schreiben Sie die Tage dazu.")
    if not when and not clause.names and not said.openings:
        raise Unreadable("Es fehlt, wann geschlossen ist.", clause.at)
    if (when.days or when.limit) and not when.term:
        _add_unsure(said, clause, clause.words).may_close = True
    else:
        said.for_all.append(clause.words)


def _read_part(said: Meaning, clause: Clause, timed: Timed) -> None:
    """Read „vormittags“: days of which only that is known, or a part that is closed."""
    part = timed.time.part
    if timed.closing or any(word.kind == "words" and says_closed(word.value) for word in timed.beside):
        if clause.when.limit:
            raise Unreadable("Schreiben Sie, von wann bis wann geschlossen ist.", clause.at)
        aside = said.timed[-1].weekdays if said.timed and clause.joint == "aside" else frozenset()
        words = f"{part} {timed.closing.text}" if timed.closing else clause.words
        said.parts.append((clause.when.weekdays or aside, part, words, clause.at, timed is clause.times[0]))
        return
    token = Token("part", part, timed.time.at)
    why = "Das ist keine Uhrzeit. Schreiben Sie Anfang und Ende."
    if not clause.when:
        # „Vormittags offen (Mo-Fr 8-12), nachmittags nur mit Termin (Mo-Do 13-16)“
        raise token.refused(why)
    said.name_doubt(token, why)
    said.part = _add_unsure(said, clause, clause.words[timed.time.at - clause.at :])
    said.part.last = False
    # „Mo-Fr 8-12, nachmittags nach Vereinbarung“
    said.part.also = any(token.kind == "ask" for token in timed.beside) and not _ONLY.search(clause.words)


def _read_pause(said: Meaning, clause: Clause) -> None:
    """Read „Mittagspause 12-13 Uhr“: what lies between isn't open."""
    said.pauses += [timed.time.span() for timed in clause.times]


# By form what reads a clause.
_READERS = {
    "opening": _read_opening, "head": _read_head, "closure": _read_closure, "pause": _read_pause,
}  # fmt: skip


# What is said of all of them


def _finish(said: Meaning) -> None:
    """Let each opening say by itself when it holds; raises `Unreadable` without any."""
    if not said.timed and (said.unknown or said.problem):
        raise said.problem or said.unknown or Unreadable("")
    if not said.timed and not any(one.state == "unknown" and not one.may_close for one in said.openings):
        if said.openings:
            raise Unreadable("Es steht nur da, wann geschlossen ist.")
        said.otherwise = said.otherwise or " ".join(dict.fromkeys(said.for_all))
        said.doubts = [doubt for doubt in said.doubts if doubt.why != _WHOSE]
        if not said.otherwise:
            raise Unreadable("Es steht keine Zeit da.")
        return
    if said.timed and all(one.dayless for one in said.timed):
        words = " ".join((*said.for_all, *(name for one in said.timed for name in one.names))).split()
        meant = next(filter(None, map(misspelt, words)), "")
        raise said.problem or Unreadable(f"Es fehlt der Tag.{meant}", said.timed[0].at)
    named = [
        one for one in said.timed if one.dated and not one.state and not one.limit.seasons[0][:4].isdigit()
    ]
    if said.timed and len(named) == len(said.timed):
        # „Heiligabend 9-12 Uhr“
        words = ["andere Tage nicht angegeben"]
        said.openings.append(Draft(0, 0, days=["Mo-Su"], state="unknown", remarks=words))
    if said.misspelt:
        # Whoever doesn't know which day is meant doesn't know which days are closed.
        said.openings.append(Draft(0, 0, days=["Mo-Su"], state="unknown", remarks=[said.misspelt]))
    _take_last_heading(said)
    _cut_pauses(said)
    for opening, one in [(each, one) for each in said.timed if not each.remarks for one in each.like]:
        # What says nothing beside its times holds as those do from which it takes them; later doubts about days stay theirs.
        opening.state = opening.state or one.state
        opening.remarks = list(dict.fromkeys([*opening.remarks, *one.remarks]))
    for opening in said.timed:
        _settle(said, opening)
    _close_parts(said)
    _open_in_spite(said)
    _doubt_all(said)
    if said.in_term:
        if said.timed and all(one.limit.school for one in said.timed):
            raise Unreadable("Was gilt in der Schulzeit? Schreiben Sie beide Zeiten mit ihren Tagen.")
        said.openings.insert(0, Draft(0, 0, limit=Limit(school=True), state="off"))
    else:
        said.openings += list(_days_left(said))


def _take_last_heading(said: Meaning) -> None:
    """„Mo 10-12. Do 14-17. Nur telefonisch.“: what heads no times may be about all, if it isn't a mere name."""
    if said.heading and meaning_of(said.heading.value) in _AFAR:
        said.for_all.append(said.heading.value)
        said.name_doubt(said.heading, FOR_ALL)
    elif said.heading:
        _keep_note(said, said.heading.value)


def _cut_pauses(said: Meaning) -> None:
    """Take pauses out of all times."""
    for begin, end in said.pauses:
        if end is None or not said.timed:
            raise Unreadable("Welche Zeiten unterbricht diese Pause?")
        for opening in said.timed:
            opening.spans = [part for span in opening.spans for part in without([span], begin, end)]


def _settle(said: Meaning, opening: Draft) -> None:
    """Make an opening uncertain of which nobody can tell the day or the week."""
    if opening.dayless:
        opening.days = ["Mo-Su"]
        opening.doubt("an welchen Tagen, steht nicht da")
        said.name_doubt(None, "Es fehlt der Tag.", opening.at)
    days = opening.days or opening.dated or opening.limit.school
    if not days and any(one.weekdays and not one.dated for one in said.timed):
        # „Mai bis September 8-18 Uhr, samstags bis 13 Uhr“
        opening.doubt("an welchen Tagen, steht nicht da")
    if opening.limit.every and not opening.limit.weeks:
        opening.doubt(EVERY_OTHER)
        said.name_doubt(None, _WHICH_WEEKS, opening.at)
    if opening.limit.unsure and not opening.state:
        opening.doubt("nicht immer")
    if opening.limit.unsure and opening.limit.school and len(said.timed) > 1:
        # „Mo-Fr 14-18, Osterferien 10-14“: in other holidays the usual times may hold.
        opening.spans = []


def _close_parts(said: Meaning) -> None:
    """Close parts of a day, where their times can be told from its others."""
    for days, part, words, at, narrow in said.parts:
        usual = [one for one in said.timed if one.state != "off" and not one.dated]
        every = days or frozenset(day for one in usual for day in one.weekdays)
        for day in (day for day in WEEKDAYS if day in every):
            of_day = [one for one in usual if day in one.weekdays]
            spans = sorted({span for one in of_day for span in one.spans}, key=lambda span: span[0])
            kept = but_part(spans, part)
            if kept == spans:
                continue
            rule = Draft(at, said.sentence, days=[day], state="off", last=True)
            if kept is None or not (days and narrow) or any(one.limit or one.state for one in of_day):
                rule.state, rule.remarks = "unknown", [words]
                said.name_doubt(None, "Schreiben Sie, von wann bis wann geschlossen ist.", at)
            elif kept:
                rule = replace(of_day[0], days=[day], spans=kept, joint="instead")
            said.openings.append(rule)


def _open_in_spite(said: Meaning) -> None:
    """„Mi geschlossen, Mi 14-16“: nobody can tell."""
    closed = [
        one.weekdays for one in said.openings
        if one.state == "off" and not (one.limit or one.spans or one.dated or "[" in "".join(one.days))
    ]  # fmt: skip
    for opening in said.timed:
        if opening.weekdays and not opening.dated and any(opening.weekdays <= days for days in closed):
            opening.over = True
            opening.doubt("nicht immer")
            said.name_doubt(None, "Für diesen Tag steht auch „geschlossen“ da.", opening.at)


def _doubt_all(said: Meaning) -> None:
    """Make all openings uncertain by what was said of all of them."""
    for opening in said.openings:
        words = [*said.for_all, *filter(None, [said.unsure.get(opening.sentence)])]
        # „Mit Termin: Mo-Fr 9-16, ohne Termin: Di 14-16“
        free = any(map(is_without_registration, opening.remarks))
        for text in words if opening.state != "off" else ():
            if not (free and meaning_of(text) == "ask"):
                opening.doubt(text)
    if said.notes and said.timed:
        said.timed[0].remarks += said.notes
    if said.for_all and said.timed and all(one.limit.seasons for one in said.timed):
        # „Mai bis September So 14-17, im Winter nach Absprache“
        said.otherwise = said.otherwise or said.for_all[0]


def _days_left(said: Meaning) -> Iterator[Draft]:
    """„Mo-Fr 9-12, in den Ferien Mi 10-12“: nobody said what holds on other days then."""
    limited = [one for one in said.openings if one.days]
    for limit in dict.fromkeys(one.limit for one in limited if not one.dated):
        # „Di 15-18, ab 1.1.2027 Mi 15-18“: from then on Tuesday holds for some readers and is over for others.
        moves = limit.since or limit.until
        within = [one for one in limited if one.limit == limit]
        named = {day for one in within for day in one.weekdays}
        others = [one for one in said.timed if not (one.limit.school if limit.school else one.limit)]
        usual = {day for one in others if not one.dated for day in one.weekdays}
        adds = not limit.school and (any(one.also for one in within) or not (moves or usual & named))
        if (
            not (limit.school or limit.seasons or moves)
            or all(one.state == "off" for one in within)
            or adds
            or not usual - named
        ):
            continue
        words = "in den Ferien" if limit.school else "andere Tage nicht angegeben"
        then = "in den Ferien" if limit.school else "dann"
        why = f"Was gilt {then} an den anderen Tagen? Schreiben Sie auch diese dazu."
        said.name_doubt(None, why, within[0].at)
        days = sorted(usual - named, key=WEEKDAYS.index)
        yield Draft(within[0].at, 0, limit=limit, days=days, state="unknown", remarks=[words])
