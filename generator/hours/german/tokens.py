"""Cut German hours into days, dates, times and remarks."""

from __future__ import annotations

import calendar
import difflib
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from generator.hours.openings import WEEKDAYS
from generator.hours.remarks import BY_APPOINTMENT, BY_REGISTRATION, match_plain, meaning_of


@dataclass(frozen=True)
class Doubt:
    """A piece of the writing that makes times uncertain, and why."""

    text: str
    why: str
    at: int


class Unreadable(Exception):
    """The writing can't be read without guessing; the text says why, in German.

    `at` and `length` say of which piece; a length of 0 means all of it.
    """

    def __init__(self, why: str, at: int = 0, length: int = 0) -> None:
        super().__init__(why)
        self.at = at
        self.length = length


MONTH_WORDS = {
    "Jan": r"jan(?:uar)?", "Feb": r"feb(?:ruar)?", "Mar": r"mär(?:z)?|mrz|mar", "Apr": r"apr(?:il)?", "May": r"mai|may",
    "Jun": r"juni?", "Jul": r"juli?", "Aug": r"aug(?:ust)?", "Sep": r"sep(?:t(?:ember)?)?", "Oct": r"o[kc]t(?:ober)?",
    "Nov": r"nov(?:ember)?", "Dec": r"de[zc](?:ember)?",
}  # fmt: skip
# „5.12.2026“, „5.12.26“, „5.12.“; in „5.12. 14-16 Uhr“ 14 is no year.
_DATE = re.compile(
    r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})(?!\d)|(\d{2})(?!\d|\s?(?:uhr|h\b|bis\b|[.:-]\s?\d)))?",
    re.IGNORECASE,
)
# „5. Dezember 2026“
_NAMED_DATE = re.compile(
    rf"(\d{{1,2}})\.\s?(?:{'|'.join(f'({words})' for words in MONTH_WORDS.values())})\b\.?(?:\s+(\d{{4}}))?",
    re.IGNORECASE,
)
# „9.30 Uhr“, „9:30“, „9³⁰“
_TIME = re.compile(
    r"(\d{1,2})(?:[.:](\d{2})|([⁰¹²³⁴⁵]\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]))(?!\d|\.\d)(?:\s*(?:uhr|h)\b)?", re.IGNORECASE
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")  # „9³⁰“
# „9“, „9 Uhr“, „9 Uhr 30“
_HOUR = re.compile(
    r"(\d{1,2})(?![\d])(\s*(?:uhr|h)\b)?(?: ?(\d{2})(?![\d.:])(?=\s*(?:-|bis|$)))?", re.IGNORECASE
)
LEAP_YEAR = 2024  # for days without a year: it has a 29 February
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years that people write of."""


def date_of(text: str, at: int) -> tuple[str, tuple[int, int, int], int] | None:
    """A text and a place in, the date written there and its end out."""
    match = _NAMED_DATE.match(text, at)
    if match:
        day, *months, year = match.groups()
        month = next(number for number, word in enumerate(months, 1) if word)
        return match[0], (int(year or 0), month, int(day)), match.end()
    match = _DATE.match(text, at)
    # „9.30.“ is a time.
    if match and not (int(match[2]) not in range(1, 13) and int(match[1]) <= 24):
        year = int(match[3]) if match[3] else int(match[4]) + 2000 if match[4] else 0
        return match[0], (year, int(match[2]), int(match[1])), match.end()
    return None


def is_date(year: int, month: int, day: int) -> bool:
    """Whether there is such a day; a year of 0 isn't said.

    >>> is_date(0, 2, 29), is_date(2027, 2, 29), is_date(1, 1, 1)
    (True, False, False)
    """
    return (
        (not year or FIRST_YEAR <= year <= LAST_YEAR)
        and 1 <= month <= 12
        and 1 <= day <= calendar.monthrange(year or LEAP_YEAR, month)[1]
    )


def time_of(text: str, at: int, *, ends: bool = False) -> tuple[str, tuple[int, int], bool, int] | None:
    """A text and a place in, what is written there, hour and minute, whether only a bare hour stands there, the end out.

    Behind one that `ends` another („9-12 Uhr 14-16 Uhr“) no minutes stand that lead to a third.
    """
    match = _TIME.match(text, at)
    if match:
        return match[0], (int(match[1]), int((match[2] or match[3]).translate(_RAISED))), False, match.end()
    match = _HOUR.match(text, at)
    if match:
        minutes = match[2] and match[3] and not (ends and text[match.end() :].strip())
        minute = int(match[3]) if minutes else 0
        end = match.end() if minutes else match.end(2) if match[2] else match.end(1)
        return text[at:end], (int(match[1]), minute), not match[2], end
    return None


Kind = Literal[
    "day", "workday", "public", "school", "term", "ordinal", "in_month", "every", "doubt", "month", "date", "season", "week",
    "time", "part", "all_day", "from", "to", "and", "comma", "break", "colon", "open", "close", "except", "off", "pause",
    "ask", "register", "else", "also", "open_end", "note", "words",
    "list", "range", "lead", "behind", "since", "ends", "until",
]  # fmt: skip
"""What a piece is. Those of the last line are told apart by what stands around them (`clauses.py`)."""


@dataclass(frozen=True)
class Token:
    """One meaningful piece: its OSM word, remark or time as `value`.

    `numbers` are hour and minute, or year (0 when it isn't said), month and day. `bare` is a time without minutes or „Uhr“,
    `whole` one without minutes. `apart` says that a comma or the like stands before it.
    """

    kind: Kind
    value: str
    at: int
    bare: bool = False
    numbers: tuple[int, ...] = ()
    written: str = ""
    whole: bool = False
    apart: bool = False
    end: int = 0

    @property
    def text(self) -> str:
        """The piece as it was written."""
        return self.written or self.value

    def refused(self, why: str) -> Unreadable:
        """Return the error that says why this piece can't be read."""
        return Unreadable(why, self.at, len(self.text))


_OFTEN = (
    "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonnabend", "Sonntag", "Montags", "Dienstags", "Mittwochs",
    "Donnerstags", "Freitags", "Samstags", "Sonntags", "Januar", "Februar", "August", "September", "Oktober", "November", "Dezember",
    "Feiertage", "Feiertags", "Schulferien", "Vereinbarung", "Vormittags", "Nachmittags", "Werktags", "Geschlossen", "Täglich",
)  # fmt: skip
"""Words that are often misspelt: for messages, never read so."""


@lru_cache(maxsize=4096)
def misspelt(word: str) -> str:
    """Return as a sentence what an unknown word may have meant, if anything."""
    plain = word.strip(":.").capitalize()
    alike = [often for often in _OFTEN if often[:1] == plain[:1]]
    near = difflib.get_close_matches(plain, alike, 1, 0.8)
    return f" Gemeint ist vielleicht „{near[0]}“." if near and near[0] != plain else ""


_AFTER_DAY = r"\.?\s*(?:[-+/&,]|u\.|und\b|bis\b)"
"""What stands behind a day, and never behind „die“ where that is an article."""
_DAYS = (
    r"(?:montag|mo)", rf"(?:dienstag|die(?={_AFTER_DAY})|di|tu)", r"(?:mittwoch|mi|we)", r"(?:donnerstag|do|th)",
    r"(?:freitag|fr)", r"(?:samstag|sonnabend|sa)", r"(?:sonntag|so|su)",
)  # fmt: skip
_ORDINALS = (
    ("1", "erste"), ("2", "zweite"), ("3", "dritte"), ("4", "vierte"), ("5", "fünfte"), ("-2", "vorletzte"), ("-1", "letzte"),
)  # fmt: skip
_PARTS = r"vormittag|nachmittag|mittag|morgen|abend|nacht|früh"  # of a day
_MEETING = r"publikum(?:sverkehr)?|(?:beratungs|anlauf|geschäfts)stelle|einrichtung|büro|verleih|treff(?:en)?|sprechstunde|sprechzeit|beratung|gruppe|angebot|ausgabe|kurs|training|termine?|betrieb"
NAMED_HOLIDAYS = {"Jun 20-Sep 20": "sommer", "Sep 25-Nov 15": "herbst", "Dec 15-Jan 14": "weihnachts"}
"""When school holidays of a name are in any Land, and no others; those before them are called and placed by each Land in its own way."""
_STEM = r"\s*(?:und|u\.|&|/|,)\s*(?:\w+-\s*(?:und|u\.|&)\s*)?\w+"
"""What stands between the first part of „Sommer- und Herbstferien“ and its second."""
_ENDS = r"[^\S\n]*+(?:[.!][^\S\n]*+)?(?:[,;)\n]|\Z)"
"""What stands behind the last word of a clause."""
_NAMED_DATES = {
    "Dec 24": r"heilig(?:er)?\s*abend|weihnachtsabend", "Dec 31": r"silvester", "Jan 01": r"neujahr(?:stag)?", "Nov 01": r"allerheiligen",
    "easter -48 days": r"rosenmontag", "easter -47 days": r"faschingsdienstag|fastnachtsdienstag|veilchendienstag",
    "easter -46 days": r"aschermittwoch", "easter -2 days": r"karfreitag", "easter +1 day": r"ostermontag", "easter": r"ostern",
    "easter +39 days": r"christi\s+himmelfahrt|himmelfahrt", "easter +50 days": r"pfingstmontag",
}  # fmt: skip

# (kind, value, pattern), without a value the words themselves; kind None: they say nothing of times. The first that fits
# counts: longer phrases stand before the words they contain.
_PHRASES: tuple[tuple[Kind | None, str] | tuple[Kind | None, str, str], ...] = (
    ("note", "telefonisch", r"(?:telefon(?=\s*:)|telefonnummer|tel\.?)\s*(?::\s*)?0[\d/ -]{4,20}\d"),
    ("note", "telefonisch", r"unter\s+0[\d/ -]{4,20}\d|0\d{2,4}[ /]\d{5,9}(?:-\d{1,5})?\b"),
    ("all_day", r"(?:rund\s+um\s+die\s+uhr|tag\s+und\s+nacht|24/7|24\s*(?:stunden\b|std\.|h\b)(?!\s*-))(?:\s+(?:am\s+tag|täglich|an\s+7\s+tagen)\b|\s*/\s*7\s*tage\b)?"),
    ("day", "Mo-Su", r"(?:täglich|jeden\s+tag|alle\s+tage|7\s+tage\s+(?:die|in\s+der)\s+woche)\b|t(?:ä)?gl\b\.?"),
    ("else", r"(?:sonst|ansonsten|im\s+übrigen|(?:termine\s+)?außerhalb(?:\s+dieser\s+zeit(?:en)?|(?=\s+nach\b))|zu\s+anderen\s+zeiten|an\s+(?:den|allen)\s+anderen\s+tagen)\b"
             r"|(?:alle\s+)?(?:weitere|andere|zusätzliche)n?(?=\s+(?:termine?|zeiten|beratung)\s+(?:nur\s+)?(?:nach|auf|mit|n\.))"),
    ("ask", BY_APPOINTMENT),
    ("register", BY_REGISTRATION),
    ("doubt", r"(?:aber\s+)?(?:nur\s+)?(?:bei|wenn|falls|sofern|solange|sobald|je\s+nach)\b[^;,()\n]*|wetterabhängig\b"
              r"|(?:im|des|pro|je|jedes)\s+(?:quartals?|(?:schul)?(?:halb)?jahre?s?|semesters?|trimesters?)\b|nach\s+bedarf\b|(?:nur\s+)?für\s+mitglieder\b|unregelmäßig\b|in\s+der\s+regel\b"
              r"|ca\.|(?:circa|zirka|ungefähr|etwa|gegen)\b(?=\s+(?:um\s+)?(?:\d|halb))"),
    ("doubt", r"(?:derzeit|zurzeit|zur\s+zeit|momentan|aktuell|im\s+moment|vorübergehend|bis\s+auf\s+weiteres|vorerst)\b"
              r"(?:\s+(?:geschlossen|ausgesetzt|pausiert|nicht|keine?|pause|unterbrochen|wegen|kein)\b[^;,()\n]*)?"),
    ("in_month", r"(?:im|i\.|des|d\.|eines|jeden|in\s+jedem|pro)\s+(?:monats?\b|mon\.)|[id]\.\s?m\.|(?:(?:einmal|1\s?x)\s+)?(?:monatlich\b|mtl\b\.?)|(?:einmal|1\s?x)\s+(?:im|pro)\s+monat\b"),
    ("week", "week 01-53/2", r"(?:(?:in\s+)?(?:den|allen|der)\s+|jede[rn]?\s+)?ungerade[rn]?\s+(?:(?:kalender)?wochen?|kws?)\b"),
    ("week", "week 02-52/2", r"(?:(?:in\s+)?(?:den|allen|der)\s+|jede[rn]?\s+)?gerade[rn]?\s+(?:(?:kalender)?wochen?|kws?)\b"),
    ("every", r"(?:14|vierzehn)-?\s?t(?:äg(?:ig|lich)\w*|gl\b\.?)|alle\s+(?:zwei|drei|vier|[234])\s+wochen\b|alle\s+(?:14|vierzehn)\s+tage\b"
              r"|(?:jede|in\s+jeder)\s+(?:zweiten?|dritten?|vierten?|[234]\.)\s+woche\b|(?:zwei|2-)wöchentlich|(?:im\s+)?zwei-?wochen-?rhythmus"),
    ("from", r"(?:start|beginn|erster?\s+termin|nächster?\s+termin|nächstes?\s+(?:mal|treffen)|zum\s+ersten\s+mal)\b\s*+(?::|ist|am)?(?=\s*(?:am\s+|ist\s+)?(?:\w+,?\s+)?(?:den\s+)?\d{1,2}\.)"),
    ("term", r"(?:nur\s+)?(?:(?:in|während)\s+der\s+)?schulzeit(?:en)?\b|(?:nur\s+)?außerhalb\s+der\s+(?:schul)?ferien(?:zeit(?:en)?)?\b"
             r"|(?:nur\s+)?an\s+(?:allen\s+)?schultagen\b|(?:schul)?ferien\s*+:?\s*+(?:ausgenommen|nein|frei)\b|(?:nur\s+)?in\s+(?:den\s+)?schulwochen\b"),
    ("except", rf"(?:(?:aber|jedoch|allerdings)\s+)?(?:außer|ausser|ausgenommen|nicht(?!{_ENDS})|mit\s+ausnahme)\b"),
    ("public", "Su,PH", r"(?:an\s+)?(?:den\s+)?sonn(?:tags?)?-?\s*(?:und|u\.|&|\+|/)\s*feiertage?[ns]?\b"),
    ("public", "PH", r"(?:an\s+)?(?:allen\s+|den\s+)?(?:gesetzlichen?\s+)?(?:feiertage?n?\b|feiert\.)|feiertags\b|PH\b"),
    ("school", "SH", r"(?:(?:nur\s+)?(?:in|während)\s+(?:den|der|d\.)\s+)?(?:schul)?ferien(?:zeit(?:en)?)?\b|SH\b"),
    *(("school", code, rf"(?:(?:in|während)\s+(?:den|der)\s+)?(?:{words})(?:ferien\b|-(?={_STEM}ferien\b))")
      for code, words in {**NAMED_HOLIDAYS, "named": "winter|oster|pfingst|frühjahrs"}.items()),
    ("date", "Dec 24-Jan 01", r"zwischen\s+(?:weihnachten\s+und\s+(?:neujahr|silvester)|den\s+(?:jahren|feiertagen))"),
    ("date", "Dec 25-Dec 26", r"(?:an\s+)?weihnachten\b"),
    *(("date", code, rf"(?:am\s+|an\s+)?(?:{words})\b") for code, words in _NAMED_DATES.items()),
    ("pause", r"(?:machen\s+)?(?:[\w-]{0,40}pause|betriebsferien|betriebsurlaub|betriebsruhe|schließzeit(?:en)?|schließtage?|urlaub)\b\s*:?"),
    ("off", rf"nicht(?={_ENDS})|(?:fällt|fallen)\s+(?:(?:der|die|das)\s+)?(?:{_MEETING})\s+aus\b|(?:(?:findet|finden)\s+)?kein(?:e|en)?\s+(?:{_MEETING})(?:\s+statt)?\b|(?:findet|finden)\s+nicht\s+statt\b"
            rf"|(?:(?:bleibt|ist)\s+(?:(?:der|die|das)\s+)?(?:(?:{_MEETING})\s+)?|haben\s+wir\s+)?(?:geschlossen|entfällt|entfallen|fällt\s+aus|fallen\s+aus|abgesagt|off|closed|ruhetag|zu(?!\s+\w+en\b))\b(?:\s+(?:der|die|das)\s+(?:{_MEETING})\b)?|geschl\b\.?"),
    ("open_end", r"(?:bis|-)\s*(?:ca\.|(?:circa|zirka|ungefähr|etwa|gegen)\b)\s*\d{1,2}(?:[.:]\d\d)?(?:\s*(?:uhr|h)\b)?|open\s+end\b|ende\s+offen\b|offenes\s+ende\b"),
    ("season", r"(?:(?:im|in\s+den|während\s+der)\s*)?(?:sommer|winter|frühling|frühjahr|herbst)(?:monaten?|halbjahr|zeit|saison|semester)?\b"),
    ("workday", r"(?:an\s+)?(?:werktag(?:en?|s)?|werktäglich)\b"),
    ("day", "Mo-Fr", r"(?:unter\s+der\s+woche|wochentags|an\s+wochentagen)\b"),
    ("day", "Sa-Su", r"(?:am\s+)?wochenenden?\b"),
    ("from", r"(?:(?:erst\s+)?ab|seit)\b(?:\s+(?:dem|den)\b)?"),
    ("to", r"(?:noch\s+)?bis\b(?:\s+(?:zum|zur|einschl(?:ießlich|\.)?)(?!\w))?|-+"),
    ("also", r"(?:auch|zusätzlich|außerdem)\b|zus(?:ätzl)?\."),
    ("and", r"(?:und|sowie|u)\b|oder(?=\s+n(?:ach\b|\.))|u\.|&|\+|/"),
    ("break", r";|\||\n|(?:danach|dann)\s+wieder\b"),
    ("comma", r"[,·•]"),
    ("colon", r":"),
    *(("day", code, rf"{words}s?-?(?=(?:{_PARTS})s?\b)") for code, words in zip(WEEKDAYS, _DAYS, strict=True)),
    *(("day", code, rf"{words}(?:s|en)?\b\.?(?!-?feier)") for code, words in zip(WEEKDAYS, _DAYS, strict=True)),
    *(("month", code, rf"(?:{words})\b\.?") for code, words in MONTH_WORDS.items()),
    *(("ordinal", number, rf"{word}[nrsm]?\b") for number, word in _ORDINALS),
    ("part", "nachmittags", r"nachm\."),
    ("part", "vormittags", r"vorm\."),
    ("part", rf"(?:am\s+|in\s+der\s+)?(?:{_PARTS})s?\b"),
    (None, r"(?:unsere\s+|offene\s+|persönliche\s+|allgemeine\s+|neue\s+){0,4}(?:öffnungs|sprech|büro|beratungs|service|geschäfts|treff|anlauf|besuchs|ausgabe)"
           r"zeit(?:en)?(?:\s+sind)?\s*(?::|(?=\s(?:mo|di|mi|do|fr|sa|so|tägl|ab|vom|von|im|in|jeden)))|wir\s+(?:sind\s+für\s+sie\s+da|haben(?:\s+(?:für\s+sie\s+)?geöffnet)?|treffen\s+uns)\s*:?"
           r"|(?:unser(?:e)?\s+|neue\s+|\Anächste\s+)?(?:treffen|termine?|zeit(?:en)?|wann|beginn|treff|uhrzeit)\s*:"),
    (None, r"(?:in\s+der\s+zeit(?=\s+vo[nm]\b)|am|an|von|v\.|vom|der|die(?=\s+[a-zäöü])|das|den|dem|in|im|jeweils|jew\.|je|jede[nrm]?|jd\.|immer|geöffnet|offen|uhr|h|erreichbar|nur|erst|um|monaten?|"
           r"monat|zeiten|wir|haben|hat|sind|ist|durchgehend|unser|unsere|sie|ihr|uns|sich|trifft|treffen|erreichen|findet|finden|lange[rn]?|"
           r"statt(?!\s+(?:\w+tags?|mittwochs?|mo|di|mi|do|fr|sa|so)\b)|besetzt|bleibt|für\s+(?:sie|euch|ihre\s+\w+)\s+da)(?!\w)|[.!]"),
)  # fmt: skip
_KNOWN = re.compile("|".join(f"({pattern})" for *_, pattern in _PHRASES), re.IGNORECASE)
"""All phrases, each a group of its own."""
_OF_DIGITS = frozenset({"all_day", "every", "in_month", "note"})
"""What may begin with a digit; also „7 Tage die Woche“."""
_NEVER_REMARKS = frozenset({"comma", "break", "colon", "and", "day", "month", "off"})
"""What no remark begins with."""
_GO_ON = frozenset(
    ("sie", "ihr", "uns", "wir", "haben", "hat", "sind", "ist", "unser", "unsere", "nur", "das", "statt", "erreichen")
)  # fmt: skip
"""What says nothing by itself and belongs to unknown words before it."""
_LINK = re.compile(r"(?<!\s)\s+(?:ist|sind|hat|haben|nur)\Z")
_TITLE = re.compile(r"[^:]*\wzeit", re.IGNORECASE)
_AT = re.compile(r"(?:im|am|an|in\s+(?:der|den)|nur)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\s)\s*(\d{4})\b")  # „Dezember 2026“
_AFAR = re.compile(
    r"(?P<telefonisch>(?:telefonische\s+|telefon)(?:sprech|beratungs)?(?:zeiten|zeit|sprechstunden?|stunden?|sprechzeiten?)\s*:?"
    r"|(?:tel(?:efon|\.)|hotline)\s*+:?(?=\s*+(?:mo|di|mi|do|fr|sa|so)\b))"
    r"|(?P<online>(?:video|online|chat)(?:sprech|beratungs?)?(?:zeiten|zeit|sprechstunden?|stunden?)?\s*+:?(?=\s*+(?:mo|di|mi|do|fr|sa|so|tägl)))",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?<!\s)\s*+:(?!\d)")  # the colon of „Gruppe 1:“
_STOP = re.compile(r"\.\s+(?=[A-ZÄÖÜ])")  # the full stop of „9-12. Mittwochs“
_ORDINAL = re.compile(r"(\d{1,2})\.(?!\d)(?=\s*(?:,|und\b|u\.|&|/|\+|-|bis\b|[a-z]))", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"\n]*)"')
_BETWEEN = re.compile(
    r"\bzwischen(\s+(?:de[mn]\s+)?\d[^;,()\n]{0,24}?)\bund(?=\s+(?:de[mn]\s+)?\d{1,2}+(?!\s*j))",
    re.IGNORECASE,
)
"""„Zwischen 9 und 12 Uhr“ is „9 bis 12 Uhr“; each letter stays at its place."""
_BRACKETED = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"\d+(?:[./-]\d+)*|[^\s,;()\":|]+|.")  # a number with its signs, a word, or one sign


def tokenise(text: str, at: int = 0, end: int | None = None) -> list[Token]:
    """A text in, its tokens out; what isn't known is of kind `words`."""
    text = _BETWEEN.sub(lambda two: f"{'':{len('zwischen')}}{two[1]}bis", text)
    tokens: list[Token] = []
    end = len(text) if end is None else end
    begin = None
    while at < end:
        if text[at].isspace() and text[at] != "\n":
            at += 1
            continue
        found, after = _next(text, at, end, tokens)
        before = begin
        begin = None if found else at if begin is None else begin
        for token in found:
            if token.text.lower().startswith("unter ") and tokens and tokens[-1].kind in {"words", "note"}:
                # „Telefonisch unter 040 66969-0“
                continue
            if tokens and tokens[-1].kind == "words" and token.kind in {"day", "workday", "time"}:
                # „Die Beratung ist Mo 9-12 Uhr“
                name = tokens[-1].value
                while link := _LINK.search(name):
                    name = name[: link.start()]
                tokens[-1] = replace(tokens[-1], value=name)
            if token.kind == "words" and before is not None and _AT.match(text, before):
                # „im Wechsel“, „in der Adventszeit“, „nur Mitglieder“ say when and for whom, and are no name.
                token = replace(token, value=text[before : token.end], at=before)
            if tokens and token.kind == tokens[-1].kind == "words":
                tokens[-1] = replace(tokens[-1], value=text[tokens[-1].at : token.end], end=token.end)
            else:
                tokens.append(token)
        at = after
    return tokens


def _next(text: str, at: int, end: int, before: list[Token]) -> tuple[list[Token], int]:
    """Read what stands at a place behind the tokens `before`; return it and where it ends."""
    if quoted := _QUOTED.match(text, at, end):
        return [Token("note", quoted[1].strip(), quoted.start(1), end=quoted.end())], quoted.end()
    if bracketed := _BRACKETED.match(text, at, end):
        return _in_brackets(text, bracketed), bracketed.end()
    if afar := _AFAR.match(text, at, end):
        return [Token("note", afar.lastgroup or "", at, written=afar[0].strip(), end=afar.end())], afar.end()
    known = _KNOWN.match(text, at, end)
    kind, *value = _PHRASES[known.lastindex - 1][:-1] if known and known.lastindex else (None,)
    if known and text[at].isdigit() and kind not in _OF_DIGITS and "tage" not in known[0].lower():
        known = None
    plain = None if known and kind in _NEVER_REMARKS else match_plain(text[:end], at)
    if plain and (known is None or plain.end() > known.end()) and not (known and known.end() == plain.end()):
        return [Token("note", plain[0], at, end=plain.end())], plain.end()
    words = before and before[-1].kind == "words" and not text[before[-1].end : at].strip()
    if known and kind is None and not (words and known[0].lower() in _GO_ON):
        # „Sie“, „uns“ or the like go on unknown words, „24 h, Bürozeiten Mo-Fr 9-12“ tells times apart.
        told = _TITLE.match(known[0]) and any(token.kind in {"time", "all_day"} for token in before)
        title = Token("note", known[0].strip(" :"), at, end=known.end())
        return [title] if told else [], known.end()
    if known and kind is not None:
        token = Token(kind, "".join(value) or known[0].strip(), at, written=known[0].strip(), end=known.end())
        if kind == "month" and (year := _YEAR.match(text, known.end(), end)):
            numbers, written = (int(year[1]),), text[at : year.end()]
            token = replace(token, numbers=numbers, end=year.end(), written=written)
        return [token], token.end
    word = _WORD.match(text, at, end)
    last = word.end() if word else at + 1
    number = _number_at(text, at, before) if text[at].isdigit() else None
    token = number or Token("words", text[at:last], at, end=last)
    stop = _STOP.match(text, token.end) if token.kind == "time" else None
    return [token, Token("break", ";", token.end, end=token.end + 1)] if stop else [token], token.end


def _in_brackets(text: str, bracketed: re.Match[str]) -> list[Token]:
    """Return what stands in brackets: one known remark, or its pieces."""
    start, stop = bracketed.span(1)
    content = bracketed[1].strip()
    at = start + len(bracketed[1]) - len(bracketed[1].lstrip())
    if not content:
        return []
    if meaning_of(content) is not None:
        return [Token("note", content, at, end=stop + 1)]
    inner = tokenise(text, start, stop)
    if inner and inner[0].kind in {"register", "ask", "doubt"}:
        return [replace(inner[0], value=content, written=content, end=stop + 1)]
    return [Token("open", "", start, end=start), *inner, Token("close", "", stop, end=stop)]


def _number_at(text: str, at: int, before: list[Token]) -> Token | None:
    """Read a date, a number with a full stop, or a time, if one stands there."""
    if date := date_of(text, at):
        written, day, end = date
        return Token("date", written, at, numbers=day, end=end)
    ordinal = _ORDINAL.match(text, at)
    ends = [token.kind for token in before[-2:]] == ["time", "to"]
    if ordinal and not (ends and int(ordinal[1]) > 5):
        return Token("ordinal", ordinal[1], at, written=ordinal[0], end=ordinal.end())
    if time := time_of(text, at, ends=ends):
        written, numbers, bare, end = time
        if bare and before and before[-1].kind == "words" and _LABEL.match(text, end):
            # „Gruppe 1: Di 16-17 Uhr“
            return None
        whole = re.fullmatch(r"\d+\s*(?:uhr|h)?", written.strip(), re.IGNORECASE) is not None
        return Token("time", written.strip(), at, bare=bare, numbers=numbers, whole=whole, end=end)
    return None
