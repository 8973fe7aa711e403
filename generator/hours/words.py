"""Cut a line of German hours into words that its grammar knows."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.hours.conditions import CONDITIONS, NOTE, ONLY_FOR, OTHERWISE, condition_of
from generator.hours.openings import MONTHS, WEEKDAYS

LEAP_YEAR = 2024  # for days without a year: it has a 29 February
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years that people write of."""


@dataclass(frozen=True)
class Doubt:
    """A piece of the writing that isn't read, why, its place and its line."""

    text: str
    why: str
    at: int = 0
    line: str = ""


class Unreadable(Exception):
    """A line can't be read without guessing; the text says why, in German, `at` and `length` of which piece."""

    def __init__(self, why: str, at: int = 0, length: int = 0) -> None:
        super().__init__(why)
        self.at = at
        self.length = length


@dataclass(frozen=True)
class Piece:
    """A word as it was `written` at a place; `numbers` are hour and minute, or year (0: not said), month and day."""

    kind: str
    value: str
    at: int
    written: str
    numbers: tuple[int, ...] = ()

    def refused(self, why: str) -> Unreadable:
        """Return the error that says why this word can't be read."""
        return Unreadable(why, self.at, len(self.written))


_MONTHS = {
    "Jan": "jan(?:uar)?", "Feb": "feb(?:ruar)?", "Mar": "märz|mär|mrz", "Apr": "apr(?:il)?", "May": "mai", "Jun": "juni?", "Jul": "juli?",
    "Aug": "aug(?:ust)?", "Sep": "sept?(?:ember)?", "Oct": "okt(?:ober)?", "Nov": "nov(?:ember)?", "Dec": "dez(?:ember)?",
}  # fmt: skip
_DAYS = {
    "Mo": "montag|mo", "Tu": "dienstag|di", "We": "mittwoch|mi", "Th": "donnerstag|do", "Fr": "freitag|fr", "Sa": "samstag|sonnabend|sa", "Su": "sonntag|so",
}  # fmt: skip
_ANY_DAY = "|".join(_DAYS.values())
_ORDINALS = {"1": "erste", "2": "zweite", "3": "dritte", "4": "vierte", "5": "fünfte", "-2": "vorletzte", "-1": "letzte"}  # fmt: skip
_FEASTS = {
    "Dec 24": r"heilig(?:er\s+)?abend", "Dec 31": "silvester", "Jan 01": "neujahr", "easter -48 days": "rosenmontag",
    "easter -47 days": "faschingsdienstag", "easter -46 days": "aschermittwoch", "easter -2 days": "karfreitag", "easter +1 day": "ostermontag",
    "easter +39 days": r"christi\s+himmelfahrt", "easter +50 days": "pfingstmontag",
}  # fmt: skip
NAMED_HOLIDAYS = {"Jun 20-Sep 20": "sommer", "Sep 25-Nov 15": "herbst", "Dec 15-Jan 14": "weihnachts"}
"""When school holidays of a name are in any Land, and no others."""
_IN = r"(?:nur\s+)?(?:(?:in|an|während|zu)\s+)?(?:(?:allen|den|der)\s+)?"
_TIME_FOLLOWS = r"(?=\s*+:?\s*+(?:von|ab|um)?\s*+\d)"
WORKDAYS = "Auch samstags? Dann „Mo-Sa“, sonst „Mo-Fr“."
_FOR_NOW = "Was vorübergehend zu ist, steht unter „closed:“, mit Anfang und Ende; ist das Ende offen, mit dem Tag, an dem Sie wieder nachsehen."
_END = r"(?=[\s.!]*+(?:[,;)]|\Z))"


def _one_of(words: Mapping[str, str]) -> str:
    return "|".join(f"({one})" for one in words.values())


_CODES = {"feast": tuple(_FEASTS), "day": tuple(_DAYS), "month": tuple(_MONTHS)}
"""What the groups of a pattern without a value stand for."""
_PATTERNS: tuple[tuple[str, str, str], ...] = (
    ("quoted", "", r'"[^"\n]*"'),
    ("otherwise", "", OTHERWISE),
    *(("cond", name, f"{pattern}|{name}") for _, name, pattern in CONDITIONS),
    ("cond", "", ONLY_FOR),
    ("all_day", "", r"rund\s+um\s+die\s+uhr|tag\s+und\s+nacht|24/7|24\s*(?:stunden|std\.|h)(?!\w|\s*-)(?:\s+am\s+tag)?(?:\s*/\s*7\s*tage)?"),
    ("day", "Mo-Su", r"täglich|tägl\.|tgl\.|jeden\s+tag|alle\s+tage|(?:an\s+)?(?:7|sieben)\s+tagen?\s+(?:die|in\s+der|pro)\s+woche|(?:an\s+)?365\s+tagen?\s+im\s+jahr"),
    ("asked", WORKDAYS, r"(?:an\s+)?werktag(?:s|en)?|wochentags"),
    ("asked", _FOR_NOW, r"bis\s+auf\s+weiteres|vorübergehend|zur\s?zeit|derzeit|momentan"),
    ("day", "Sa-Su", r"wochenenden?"),
    ("term", "", r"(?:nur\s+)?(?:(?:in|während)\s+der\s+)?schulzeit(?:en)?|(?:nur\s+)?außerhalb\s+der\s+(?:schul)?ferien|(?:nur\s+)?an\s+schultagen"),
    ("off", "", rf"(?:(?:ist|sind|bleibt|bleiben)\s+)?(?:geschlossen|geschl\.?|ruhetag|betriebs(?:ferien|ruhe|urlaub)|entfällt|zu{_END}|frei{_END}|ausgenommen{_END}|nicht{_END})|fällt\s+aus|findet\s+nicht\s+statt|kein(?:e|en)?\s+(?:sprechstunde|sprechzeit|treff|beratung|gruppe|ausgabe)"),
    ("except", "", r"(?:(?:aber|jedoch)\s+)?(?:außer|ausser|ausgenommen|nicht(?!\s+(?:jede|immer|nur|mehr)))"),
    ("day", "Su,PH", r"(?:an\s+)?(?:den\s+)?(?:sonn(?:tage?n?)?-?|so-)\s*(?:und|u\.|&|\+|/)\s*feiertage?[ns]?"),
    ("ph", "PH", rf"{_IN}(?:gesetzlichen?\s+)?(?:feiertage?[ns]?|feiertags|feiert\.)"),
    ("sh", "SH", rf"{_IN}(?:schul)?ferien"),
    *(("sh", f"{dates} SH", rf"{_IN}{name}ferien") for dates, name in NAMED_HOLIDAYS.items()),
    ("feast", "Dec 27-Dec 30", r"zwischen\s+(?:weihnachten\s+und\s+neujahr|den\s+jahren)"),
    ("feast", "", rf"(?:an\s+)?(?:{_one_of(_FEASTS)})"),
    ("week", "week 01-53/2", r"(?:(?:in\s+)?(?:den\s+|allen\s+)?|jede\s+)ungerade[rn]?\s+(?:(?:kalender)?wochen?|kw)"),
    ("week", "week 02-52/2", r"(?:(?:in\s+)?(?:den\s+|allen\s+)?|jede\s+)gerade[rn]?\s+(?:(?:kalender)?wochen?|kw)"),
    ("in_month", "", r"(?:im|des|eines|jeden)\s+monats?"),
    ("from", "", r"(?:erst\s+)?(?:ab|seit)(?:\s+dem)?"),
    ("to", "", r"bis(?:\s+(?:zum|zur|einschl\.|einschließlich|inkl\.|inklusive))?|--?(?!\w*-)"),
    ("between", "", r"(?:zwischen|zw\.)(?=\s+\d)"),
    ("open_end", "", r"(?:bis\s+|-\s*)?(?:open\s+end|ende\s+offen)"),
    ("day", "", rf"(?:{_one_of(_DAYS)})(?:(?:(?:vor|nach)?mittag|abend|morgen)s?{_TIME_FOLLOWS}|(?:s|en)?\.?)"),
    ("also", "", r"auch|zusätzlich|außerdem"),
    ("month", "", rf"(?:{_one_of(_MONTHS)})\.?(?:\s+(?:19|20|21)\d\d)?"),
    *(("ordinal", number, rf"{word}[nrsm]?(?=\s+(?:(?:und|u\.|\+|&|,)\s+\w+\s+){{0,4}}(?:{_ANY_DAY}))") for number, word in _ORDINALS.items()),
    # Times of a day say themselves which half of it is meant; „Uhr“ belongs to a time, „am“ and the like to nothing.
    ("", "", rf"(?:(?:vor|nach)?mittags?|vorm\.|nachm\.|morgens?|abends?){_TIME_FOLLOWS}"),
    ("", "", r"(?:unsere\s+)?(?:öffnungs|sprech|büro|beratungs|service|geschäfts|besuchs|ausgabe|kern)(?:zeiten|stunden)(?:\s*:|\s+sind)?|sprechstd\.|geöffnet\s*:"),
    ("", "", r"am|an|von|vom|um|jede[nrsm]?|jeweils|jew\.|jd\.|im|in|den|der|dem|wöchentlich|jede\s+woche"),
    ("", "", r"wir\s+(?:sind|haben)(?:\s+für\s+(?:sie|euch|dich))?|für\s+(?:sie|euch|dich)\s+da|ist|sind|das"),
    ("opened", "", "offen|geöffnet|besetzt|erreichbar"),
    ("always", "", "immer|durchgehend"),
    ("note", "", NOTE),
    ("sep", "", r"(?:und|sowie|u\.|u)(?!\w)"),
)  # fmt: skip
_KNOWN = tuple((kind, value, re.compile(rf"(?:{pattern})(?:(?<!\w)|(?!\w))", re.IGNORECASE)) for kind, value, pattern in _PATTERNS)  # fmt: skip
_SIGNS = {",": "sep", "&": "sep", "+": "sep", "/": "sep", "·": "sep", ":": "colon", "(": "open", ")": "close"}  # fmt: skip
_DATE = re.compile(r"(\d{1,2})\.\s?(0?[1-9]|1[0-2])\.(?:\s?(\d{4})(?!\d)|(\d{2})(?![\d.:]|\s*(?:uhr|h\b)|\s*(?:-|bis)(?!\s*\d{1,2}\.\d{1,2}\.)))?", re.IGNORECASE)  # fmt: skip
_NAMED_DATE = re.compile(
    rf"(\d{{1,2}})\.\s?(?:{'|'.join(f'({words})' for words in _MONTHS.values())})(?!\w)\.?(?:\s+(\d{{4}}))?",
    re.IGNORECASE,
)
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?(?![\d.:]\d)(?!\d)(\s*(?:uhr|h)(?!\w))?", re.IGNORECASE)
# „0800-1600“: four digits on either side of a dash, which are no years and no telephone number.
_PLAIN_CLOCK = re.compile(
    r"(\d\d)(00|15|30|45)(?:(?=-\d\d(?:00|15|30|45)(?![\d/-]|\s\d))|(?<=-\d{4})(?![\d/-]|\s\d))(\s*(?:uhr|h)(?!\w))?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(rf"([1-5])\.(?=\s*(?:(?:und|u\.|\+|&|,|/)\s*[1-5]\.\s*){{0,4}}(?:{_ANY_DAY})(?:s|en)?(?!\w))", re.IGNORECASE)  # fmt: skip
_HALF = re.compile(r"halb\s+(1[0-2]|[1-9])(?![\d:.])(?:\s*uhr(?!\w))?", re.IGNORECASE)
_UNKNOWN = re.compile(r"[^\s,;:()/]+|.")


def is_date(year: int, month: int, day: int) -> bool:
    """Whether there is such a day; a year of 0 isn't said.

    >>> is_date(0, 2, 29), is_date(2027, 2, 29), is_date(1, 1, 1)
    (True, False, False)
    """
    known = not year or FIRST_YEAR <= year <= LAST_YEAR
    return known and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or LEAP_YEAR, month)[1]


def words_of(text: str, begin: int, end: int) -> list[Piece]:
    """A text and a line's span in, its words out, told apart by their neighbours; raises `Unreadable`."""
    found: list[Piece] = []
    at = begin
    while at < end:
        if text[at] in " \t\n.!" and not text[at].isalnum():
            at += 1
            continue
        word = _word_at(text, at, end)
        at += len(word.written)
        if word.kind:
            found.append(word)
    return _told_apart(_without_days_of_dates(_without_opened(_without_also(_without_between(found)))))


def _without_between(words: list[Piece]) -> list[Piece]:
    """Read „zwischen 9 und 12 Uhr“ as „9 bis 12 Uhr“; raises `Unreadable` where there aren't just two times."""
    found = list(words)
    for number, word in enumerate(words):
        if word.kind != "between":
            continue
        after = words[number + 1 : number + 4]
        if [one.kind for one in after] != ["time", "sep", "time"] or after[1].written == ",":
            raise word.refused("Zwischen welchen beiden Uhrzeiten?")
        found[number + 2] = replace(after[1], kind="to")
    return [word for word in found if word.kind != "between"]


_LIMITS = {"cond", "term", "except", "from", "week", "month", "date", "feast"}


def _without_also(words: list[Piece]) -> list[Piece]:
    """Leave out „auch“ before a further time of weekdays, which adds; raises `Unreadable` before anything else."""
    for number, word in enumerate(words):
        following = words[number + 1].kind if number + 1 < len(words) else ""
        holidays = any(other.kind in {"ph", "sh"} for other in words)
        behind = {other.kind for other in words[number + 1 :]}
        times = "time" in behind and not behind & _LIMITS
        if word.kind == "also" and (holidays or not times or following not in {"time", "day", "ordinal"}):
            raise word.refused(
                "Kommt das dazu, oder gilt es stattdessen? Schreiben Sie alle Zeiten des Tages auf."
            )
    return [word for word in words if word.kind != "also"]


def _without_opened(words: list[Piece]) -> list[Piece]:
    """Leave out „offen“ and „immer“; raises `Unreadable` between two times where it may set one apart from the other."""
    kinds = [word.kind for word in words]
    for number, word in enumerate(words):
        between = "time" in kinds[:number] and "time" in kinds[number:]
        if between and (word.kind == "always" or (word.kind == "opened" and "cond" in kinds)):
            raise word.refused(f"Gilt das andere auch für die Zeit, bei der „{word.written}“ steht?")
    return [word for word in words if word.kind not in {"opened", "always"}]


def _word_at(text: str, at: int, end: int) -> Piece:
    if text[at] in _SIGNS:
        return Piece(_SIGNS[text[at]], text[at], at, text[at])
    if match := _HALF.match(text, at, end):
        return Piece("time", "half", at, match[0], (int(match[1]) - 1, 30))
    number = _number_at(text, at, end) if text[at].isdigit() else None
    known = [
        (match, kind, value) for kind, value, pattern in _KNOWN if (match := pattern.match(text, at, end))
    ]
    # The longest word counts, of those as long the first: „Sonn- und Feiertage“ is no Sunday.
    match, kind, value = max(known, key=lambda one: one[0].end(), default=(None, "", ""))
    if number and (
        match is None or kind == "to" or len(number.written) >= len(match[0]) + (kind == "all_day")
    ):
        return number
    if match is None or not match[0]:
        written = _UNKNOWN.match(text, at, end)[0]  # type: ignore[index]
        raise Unreadable(f"„{written}“ wird nicht verstanden.", at, len(written))
    if kind == "asked":
        raise Unreadable(value, at, len(match[0]))
    if kind == "quoted":
        return _quoted(match[0], at)
    if kind == "otherwise":
        value = next(name for meaning, name, pattern in CONDITIONS if meaning == "ask" and re.search(pattern, match[0], re.IGNORECASE))  # fmt: skip
    if not value and match.lastindex and kind in _CODES:
        value = _CODES[kind][match.lastindex - 1]
    numbers: tuple[int, ...] = ()
    if kind == "month":
        year = re.search(r"\d{4}", match[0])
        numbers = (int(year[0]) if year else 0, MONTHS.index(value) + 1)
    return Piece(kind, value or match[0], at, match[0], numbers)


def _quoted(written: str, at: int) -> Piece:
    """Read what stands in quotes: a condition or a name, never what closes or limits."""
    found = condition_of(written.strip('"'))
    if found is None:
        raise Unreadable(
            "In Anführungszeichen steht nur ein Name: kein Tag, keine Bedingung.", at, len(written)
        )
    return Piece("note" if found[0] == "plain" and "ohne" not in found[1] else "cond", found[1], at, written)


def _number_at(text: str, at: int, end: int) -> Piece | None:
    """Read a date, „1.“ before a weekday, or a time."""
    if match := _NAMED_DATE.match(text, at, end):
        day, *months, year = match.groups()
        month = next(number for number, word in enumerate(months, 1) if word)
        return _make_date_piece(match[0], at, int(year or 0), month, int(day))
    if match := _DATE.match(text, at, end):
        year = int(match[3]) if match[3] else int(match[4]) + 2000 if match[4] else 0
        return _make_date_piece(match[0], at, year, int(match[2]), int(match[1]))
    if match := _NUMBERED.match(text, at, end):
        return Piece("ordinal", match[1], at, match[0])
    if match := _PLAIN_CLOCK.match(text, at, end) or _TIME.match(text, at, end):
        hour, minute = int(match[1]), int(match[2] or 0)
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            raise Unreadable(f"„{match[0].strip()}“ ist keine Uhrzeit.", at, len(match[0]))
        return Piece("time", "bare" if not match[2] and not match[3] else "", at, match[0], (hour, minute))
    return None


def _make_date_piece(written: str, at: int, year: int, month: int, day: int) -> Piece:
    if not is_date(year, month, day):
        raise Unreadable(f"„{written}“ ist kein Datum.", at, len(written))
    return Piece("date", "", at, written, (year, month, day))


def _without_days_of_dates(words: list[Piece]) -> list[Piece]:
    """Leave out a weekday before its date („Sa., 5.12.2026“); raises `Unreadable` where it is another day."""
    found: list[Piece] = []
    for word in words:
        last = len(found) - 1 - (bool(found) and found[-1].value == ",")
        if (
            word.kind == "date"
            and last >= 0
            and found[last].kind == "day"
            and (last == 0 or found[last - 1].kind not in {"to", "sep"})
        ):
            day = found[last]
            if word.numbers[0] and WEEKDAYS[dt.date(*word.numbers).weekday()] != day.value:
                raise word.refused(f"Der {word.written} ist ein anderer Wochentag als „{day.written}“.")
            del found[last:]
        found.append(word)
    return found


_AHEAD = {"day": "day_sep", "ordinal": "day_sep", "ph": "day_sep", "time": "time_sep", "since": "time_sep",
          "all_day": "time_sep", "date": "date_sep", "month": "date_sep", "feast": "date_sep"}  # fmt: skip
"""What a comma or „und“ lists, by what follows it: the grammar sees one word ahead."""


def _told_apart(words: list[Piece]) -> list[Piece]:
    """Give words the kind that their neighbours make of them: „ab 9 Uhr“, „bis 31.8.2027“, a comma between days."""
    found: list[Piece] = []
    following = ""
    for number, word in reversed(list(enumerate(words))):
        before = words[number - 1].kind if number else ""
        kind = word.kind
        if kind == "from":
            kind = "since" if following == "time" else "from"
        elif kind == "to" and before not in {"date", "month"} and following in {"date", "month"}:
            kind = "until"
        elif kind == "ph" and (
            following == "holiday_sep" or (before == "sep" and words[number - 2].kind == "sh")
        ):
            kind = "sh"
        elif kind == "sep":
            holidays = {before, following} <= {"sh", "ph"} and "sh" in {before, following}
            kind = "holiday_sep" if holidays else _AHEAD.get(following, "sep")
        found.append(replace(word, kind=kind))
        following = kind
    return found[::-1]
