"""Opening hours as people write them in German in, tokens out: days, dates, times, remarks; which words are known, how „halb zehn“ and „5.12.“ are read, what a misspelt word may have meant. A word that isn't known is an `Unreadable`.

Dates and times („5.12.2026“, „9.30 Uhr“, „halb zehn“) are read here for everybody who finds them in a text.
"""

from __future__ import annotations

import calendar
import difflib
import re
from dataclasses import dataclass, replace
from typing import Literal

from generator.hours.osm_rules import WEEKDAYS
from generator.hours.remarks import BY_APPOINTMENT, BY_REGISTRATION, match_plain, meaning_of


@dataclass(frozen=True)
class Doubt:
    """A piece of the writing that makes times uncertain, and why; `at` is its place in the writing."""

    text: str
    why: str
    at: int


class Unreadable(Exception):
    """The writing can't be turned into rules without guessing; the text says why, in German.

    `at` and `length` say which piece of the writing it is about, in characters; a length of 0 means all of it.
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
_DATE = re.compile(
    r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})(?!\d)|(\d{2})(?!\d|\s?(?:uhr|h\b|bis\b|[.:-]\s?\d)))?",
    re.IGNORECASE,
)
_NAMED_DATE = re.compile(
    r"(\d{1,2})\.\s?("
    + "|".join(f"(?:{month})" for month in MONTH_WORDS.values())
    + r")\b\.?(?:\s+(\d{4}))?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(\d{1,2})(?:[.:](\d{2})|([⁰¹²³⁴⁵]\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]))(?!\d|\.\d)(?:\s*(?:uhr|h)\b)?", re.IGNORECASE
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_HOUR = re.compile(
    r"(\d{1,2})(?![\d])(\s*(?:uhr|h)\b)?(?:\s?(\d{2})(?![\d.:])(?=\s*(?:-|bis|$)))?", re.IGNORECASE
)
_WORDS = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
_NUMBER = r"(?:" + "|".join((*(f"{hour}s?" for hour in _WORDS), r"\d{1,2}")) + r")"
SPOKEN_TIME = (
    rf"(?P<how>halb|dreiviertel|viertel\s+nach|viertel\s+vor|viertel)\s+(?P<hour>{_NUMBER})\b(?:\s*uhr\b)?"
    rf"|(?P<whole>{'|'.join(f'{hour}s?' for hour in _WORDS)})\s+uhr\b|(?P<midnight>mitternacht)\b"
)
"""A time said with words."""
_SHIFT = {"halb": -30, "dreiviertel": -15, "viertel nach": 15, "viertel vor": -15, "viertel": -45}

LEAP_YEAR = 2024
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years that people write of."""


def date_of(text: str, at: int) -> tuple[str, tuple[int, int, int], int] | None:
    """A text and a place in, what is written there, year (0 when it isn't said), month, day, and the end out."""
    match = _NAMED_DATE.match(text, at)
    if match:
        month = next(
            number
            for number, words in enumerate(MONTH_WORDS.values(), 1)
            if re.fullmatch(words, match[2], re.IGNORECASE)
        )
        return match[0], (int(match[3] or 0), month, int(match[1])), match.end()
    match = _DATE.match(text, at)
    if match and not (int(match[2]) not in range(1, 13) and int(match[1]) <= 24):
        year = int(match[3]) if match[3] else int(match[4]) + 2000 if match[4] else 0
        return match[0], (year, int(match[2]), int(match[1])), match.end()
    return None


def is_date(year: int, month: int, day: int) -> bool:
    """Whether there is such a day in a year that people write of; a year of 0 isn't said.

    >>> is_date(0, 2, 29), is_date(2027, 2, 29), is_date(1, 1, 1)
    (True, False, False)
    """
    return (
        (not year or FIRST_YEAR <= year <= LAST_YEAR)
        and 1 <= month <= 12
        and 1 <= day <= calendar.monthrange(year or LEAP_YEAR, month)[1]
    )


def time_of(text: str, at: int) -> tuple[str, tuple[int, int], bool, int] | None:
    """A text and a place in, what is written there, hour and minute, whether only a bare hour stands there, the end out."""
    match = _TIME.match(text, at)
    if match:
        return match[0], (int(match[1]), int((match[2] or match[3]).translate(_RAISED))), False, match.end()
    match = _HOUR.match(text, at)
    if match:
        minute = int(match[3]) if match[2] and match[3] else 0
        end = match.end() if match[3] and match[2] else match.end(2) if match[2] else match.end(1)
        return text[at:end], (int(match[1]), minute), not match[2], end
    return None


def spoken_time(match: re.Match[str]) -> tuple[int, int]:
    """A match of `SPOKEN_TIME` in, hour and minute out."""
    if match["midnight"]:
        return 24, 0
    if match["whole"]:
        return _number(match["whole"]), 0
    how = re.sub(r"\s+", " ", match["how"].lower())
    minutes = _number(match["hour"]) * 60 + _SHIFT[how]
    return minutes // 60, minutes % 60


def _number(written: str) -> int:
    word = written.lower()
    if word.isdigit():
        return int(word)
    return next(n for n, name in enumerate(_WORDS, 1) if word in (name, f"{name}s"))


Kind = Literal[
    "day", "daily", "workday", "public", "school", "term", "ordinal", "in-month", "every", "doubtful", "month", "date",
    "week", "time", "part", "all-day", "from", "start", "to", "and", "comma", "break", "colon", "open", "close", "except",
    "off", "pause", "appointment", "registration", "otherwise", "also", "open-end", "remark", "condition", "vague", "usual",
]  # fmt: skip


@dataclass(frozen=True)
class Token:
    """One meaningful piece: `value` is the OSM word, the remark as written, or the time; `at` where it begins.

    `numbers` are hour and minute of a time, or year (0 when it isn't said), month and day of a date. `bare` is a time
    without minutes or „Uhr“, `whole` one without minutes, `spoken` one in words („halb vier“).
    """

    kind: Kind
    value: str
    at: int
    bare: bool = False
    numbers: tuple[int, ...] = ()
    written: str = ""
    whole: bool = False
    spoken: bool = False

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
_AFTER_DAY = r"\.?\s*(?:[-+/&,]|u\.|und\b|bis\b)"
"""What stands behind a day, and never behind „die“ where that is an article."""
_DAYS = (
    r"(?:montag|mo)", rf"(?:dienstag|die(?={_AFTER_DAY})|di|tu)", r"(?:mittwoch|mi|we)", r"(?:donnerstag|do|th)",
    r"(?:freitag|fr)", r"(?:samstag|sonnabend|sa)", r"(?:sonntag|so|su)",
)  # fmt: skip
_ORDINALS = (
    ("1", r"erste"),
    ("2", r"zweite"),
    ("3", r"dritte"),
    ("4", r"vierte"),
    ("5", r"fünfte"),
    ("-2", r"vorletzte"),
    ("-1", r"letzte"),
)
_PARTS = r"vormittag|nachmittag|mittag|morgen|abend|nacht|früh"
_MEETING = (
    r"treff(?:en)?|sprechstunde|sprechzeit|beratung|gruppe|angebot|ausgabe|kurs|training|termine?|betrieb"
)
_SCHOOL = r"(?:sommer|herbst|winter|weihnachts|oster|pfingst|frühjahrs)ferien"
_NAMED = {
    "Dec 24": r"heilig(?:er)?\s*abend|weihnachtsabend", "Dec 31": r"silvester", "Jan 01": r"neujahr(?:stag)?",
    "easter -48 days": r"rosenmontag", "easter -47 days": r"faschingsdienstag|fastnachtsdienstag|veilchendienstag",
    "easter -46 days": r"aschermittwoch", "easter -2 days": r"karfreitag", "easter +1 day": r"ostermontag",
    "easter +39 days": r"christi\s+himmelfahrt|himmelfahrt", "easter +50 days": r"pfingstmontag",
}  # fmt: skip

_LABEL = (
    r"(?:unsere\s+|offene\s+|persönliche\s+|allgemeine\s+){0,4}(?:öffnungs|sprech|büro|beratungs|service|geschäfts|treff|anlauf|besuchs|ausgabe)"
    r"zeit(?:en)?(?:\s+sind)?\s*:?|sprechstunden?\s*:?|wir\s+(?:sind\s+für\s+sie\s+da|haben(?:\s+(?:für\s+sie\s+)?geöffnet)?|treffen\s+uns)\s*:?"
    r"|(?:unser(?:e)?\s+)?(?:treffen|termine?|zeit(?:en)?|wann|beginn|treff|uhrzeit)\s*:"
)
_TELEPHONE = r"(?:telefonische\s+|telefon)(?:sprech|beratungs)?(?:zeiten|zeit|sprechstunden?|stunden?|sprechzeiten?)\s*:?|(?<!\()(?:tel(?:efon|\.)|hotline)\s*+:?(?=\s*+(?:mo|di|mi|do|fr|sa|so)\b)"
_SCREEN = r"(?:video|online)(?:sprech|beratungs)(?:zeiten|zeit|sprechstunden?|stunden?)\s*:?|(?<!\()(?:video|chat)\s*+:?(?=\s*+(?:mo|di|mi|do|fr|sa|so)\b)"

# Order matters: longer phrases stand before the words they contain.
_PHRASES: tuple[tuple[Kind | None, str] | tuple[Kind | None, str, str], ...] = (
    ("all-day", r"(?:rund\s+um\s+die\s+uhr|tag\s+und\s+nacht|24/7|24\s*(?:stunden\b|std\.|h\b)(?!\s*-))(?:\s+(?:am\s+tag|täglich)\b)?"),
    ("daily", r"(?:täglich|jeden\s+tag|alle\s+tage|7\s+tage\s+(?:die|in\s+der)\s+woche)\b|t(?:ä)?gl\b\.?"),
    ("usual", r"(?:an\s+(?:den|allen)\s+anderen\s+tagen\s+|sonst\s+)?wie\s+(?:sonst|üblich|immer|gewohnt)\b"),
    ("otherwise", r"(?:sonst|ansonsten|im\s+übrigen|außerhalb\s+dieser\s+zeiten|zu\s+anderen\s+zeiten|an\s+(?:den|allen)\s+anderen\s+tagen)\b"),
    ("also", r"(?:auch|zusätzlich|außerdem)\b(?=\s*(?:nach|n\.|termin))"),
    ("appointment", BY_APPOINTMENT),
    ("remark", r"ohne\s+(?:vorherige\s+)?(?:voranmeldung|anmeldung|termin)\b"),
    ("registration", BY_REGISTRATION),
    ("condition", r"(?:aber\s+)?(?:nur\s+)?(?:bei|wenn|falls|sofern|solange|sobald|je\s+nach)\b[^;,()\n]*|wetterabhängig\b"
                      r"|nach\s+bedarf\b|(?:nur\s+)?für\s+mitglieder\b|unregelmäßig\b|in\s+der\s+regel\b"
                      r"|ca\.|(?:circa|zirka|ungefähr|etwa|gegen)\b(?=\s+(?:um\s+)?(?:\d|halb))"),
    ("doubtful", r"(?:derzeit|zurzeit|zur\s+zeit|momentan|aktuell|im\s+moment|vorübergehend|bis\s+auf\s+weiteres|vorerst)\b"
                     r"(?:\s+(?:geschlossen|ausgesetzt|pausiert|nicht|keine?|pause|unterbrochen|wegen|kein)\b[^;,()\n]*)?"),
    ("doubtful", r"fällt\s+(?:derzeit|zurzeit|zur\s+zeit|bis\s+auf\s+weiteres|vorübergehend)\s+aus\b"),
    ("doubtful", r"(?:ausgesetzt|unterbrochen|pausiert|verschoben)\b[^;,()\n]*"),
    ("in-month", r"(?:im|des|eines|jeden|in\s+jedem|pro)\s+monats?\b|[id]\.\s?m\.|monatlich\b|(?:einmal|1\s?x)\s+(?:im|pro)\s+monat\b"),
    ("week", "week 01-53/2", r"(?:(?:in\s+)?(?:den|allen|der)\s+|jede[rn]?\s+)?ungerade[rn]?\s+(?:(?:kalender)?wochen?|kws?)\b"),
    ("week", "week 02-52/2", r"(?:(?:in\s+)?(?:den|allen|der)\s+|jede[rn]?\s+)?gerade[rn]?\s+(?:(?:kalender)?wochen?|kws?)\b"),
    ("every", "2", r"(?:14|vierzehn)-?\s?täg(?:ig|lich)\w*|alle\s+(?:zwei|2)\s+wochen\b|alle\s+(?:14|vierzehn)\s+tage\b"
                   r"|(?:jede|in\s+jeder)\s+(?:zweiten?|2\.)\s+woche\b|zweiwöchentlich|2-wöchentlich|(?:im\s+)?zwei-?wochen-?rhythmus"),
    ("every", "3", r"alle\s+(?:drei|3)\s+wochen\b|(?:jede|in\s+jeder)\s+(?:dritten?|3\.)\s+woche\b"),
    ("every", "4", r"alle\s+(?:vier|4)\s+wochen\b|(?:jede|in\s+jeder)\s+(?:vierten?|4\.)\s+woche\b"),
    (None, r"(?:wöchentlich|jede\s+woche)\b"),
    ("start", r"(?:start|beginn|erster?\s+termin|nächster?\s+termin|nächstes?\s+(?:mal|treffen)|zum\s+ersten\s+mal)\b\s*+(?::|ist|am)?(?=\s*(?:am\s+|ist\s+)?(?:\w+,?\s+)?(?:den\s+)?\d)"),
    ("term", r"(?:nur\s+)?(?:(?:in|während)\s+der\s+)?schulzeit(?:en)?\b|(?:nur\s+)?außerhalb\s+der\s+(?:schul)?ferien(?:zeit(?:en)?)?\b"
                 r"|(?:nur\s+)?an\s+schultagen\b|(?:schul)?ferien\s*+:?\s*+(?:ausgenommen|nein|frei)\b|(?:nur\s+)?in\s+(?:den\s+)?schulwochen\b"),
    ("except", r"(?:(?:aber|jedoch|allerdings)\s+)?(?:außer|ausser|ausgenommen|nicht|mit\s+ausnahme)\b"),
    ("public", "Su", r"(?:an\s+)?(?:den\s+)?sonn(?:tags?)?-?\s*(?:und|u\.|&|\+|/)\s*feiertage?[ns]?\b"),
    ("public", r"(?:an\s+)?(?:allen\s+|den\s+)?(?:gesetzlichen?\s+)?feiertage?n?\b|feiertags\b|PH\b"),
    ("school", "only", r"(?:(?:in|während)\s+(?:den|der)\s+)?(?:schul)?ferien(?:zeit(?:en)?)?\s*+:?\s*+nur\b(?!\s+(?:bis|nach|mit|in))"),
    ("school", r"(?:(?:in|während)\s+(?:den|der)\s+)?(?:schul)?ferien(?:zeit(?:en)?)?\b|SH\b"),
    ("school", "named", rf"(?:(?:in|während)\s+(?:den|der)\s+)?{_SCHOOL}\b"),
    ("date", "Dec 24-Jan 01", r"zwischen\s+(?:weihnachten\s+und\s+(?:neujahr|silvester)|den\s+(?:jahren|feiertagen))"),
    ("date", "Dec 25-Dec 26", r"(?:an\s+)?weihnachten\b"),
    *(("date", code, rf"(?:am\s+|an\s+)?(?:{words})\b") for code, words in _NAMED.items()),
    ("pause", r"(?:[\w-]{0,40}pause|betriebsferien|betriebsurlaub|betriebsruhe|schließzeit(?:en)?|schließtage?|urlaub)\b\s*:?"),
    ("off", rf"(?:(?:findet|finden)\s+)?kein(?:e|en)?\s+(?:{_MEETING})(?:\s+statt)?\b|(?:findet|finden)\s+nicht\s+statt\b"
                rf"|(?:(?:bleibt|ist)\s+(?:(?:der|die|das)\s+)?(?:(?:{_MEETING})\s+)?|haben\s+wir\s+)?(?:geschlossen|entfällt|entfallen|fällt\s+aus|fallen\s+aus|abgesagt|off|closed|ruhetag|zu)\b(?:\s+(?:der|die|das)\s+(?:{_MEETING})\b)?|geschl\."),
    ("open-end", r"open\s+end\b|ende\s+offen\b|offenes\s+ende\b"),
    ("vague", r"(?:(?:im|in\s+den|während\s+der)\s*)?(?:sommer|winter|frühling|frühjahr|herbst)(?:monaten?|halbjahr|zeit|saison|semester)?\b"),
    ("workday", r"(?:an\s+)?(?:werktagen?|werktags|werktäglich)\b"),
    ("day", "Mo-Fr", r"(?:unter\s+der\s+woche|wochentags|an\s+wochentagen)\b"),
    ("day", "Sa-Su", r"(?:am\s+)?wochenenden?\b"),
    ("from", r"ab\b(?:\s+(?:dem|den)\b)?"),
    ("from", "zwischen", r"zwischen\b(?=\s+(?:\d{1,2}(?:[.:]\d\d)?(?:\s*(?:uhr|h))?\s+und\b|halb|viertel))"),
    ("to", r"bis\b(?:\s+(?:zum|zur|einschließlich)\b)?|-"),
    ("also", r"(?:auch|zusätzlich|außerdem)\b"),
    ("and", r"oder(?=\s+n(?:ach\b|\.))|(?:und|sowie)\b|u\.|&|\+|/"),
    ("break", r";|\||\n"),
    ("comma", r","),
    ("colon", r":"),
)  # fmt: skip
_NOISE = (
    r"(?:am|an|von|vom|der|die(?=\s+[a-zäöü])|das|den|dem|in|im|jeweils|je|immer|geöffnet|offen|uhr|h|erreichbar|nur|erst|um|zwischen|monaten?|"
    r"monat|zeiten|wir|haben|hat|sind|ist|durchgehend|unser|unsere|sie|ihr|uns|sich|trifft|treffen|erreichen|findet|finden|statt(?!\s+(?:\w+tags?|mittwochs?|mo|di|mi|do|fr|sa|so)\b)|"
    r"besetzt|gruppe|bleibt|für\s+sie\s+da)(?!\w)|[.!]"
)
_JEDEN = re.compile(r"jede[nrm]?\b", re.IGNORECASE)

_PATTERNS: tuple[tuple[Kind | None, str, re.Pattern[str]], ...] = tuple(
    (kind, "".join(value), re.compile(pattern, re.IGNORECASE))
    for kind, *value, pattern in (
        *_PHRASES,
        *(
            ("day", code, rf"{words}s?-?(?=(?:{_PARTS})s?\b)")
            for code, words in zip(WEEKDAYS, _DAYS, strict=True)
        ),
        *(
            ("day", code, rf"{words}(?:s|en)?\b\.?(?!-?feier)")
            for code, words in zip(WEEKDAYS, _DAYS, strict=True)
        ),
        *(
            ("month", code, rf"(?:{words})\b\.?(?:\s+(?P<year>\d{{4}})\b)?")
            for code, words in MONTH_WORDS.items()
        ),
        *(("ordinal", number, rf"{word}[nrsm]?\b") for number, word in _ORDINALS),
        ("part", rf"(?:am\s+|in\s+der\s+)?(?:{_PARTS})s?\b"),
        (None, _NOISE),
    )
)
_START_LABEL = re.compile(_LABEL, re.IGNORECASE)
_AFAR_LABEL = re.compile(rf"(?P<telefonisch>{_TELEPHONE})|(?P<online>{_SCREEN})", re.IGNORECASE)
_PHONE_HOURS = re.compile(
    r"\s*(?:(?:nur\s+)?(?:telefonisch(?:\s+erreichbar)?|telefon|tel\.?)(?: ?:)?|(?:telefonische\s+|telefon)(?:sprech|beratungs)?(?:zeiten|zeit|sprechstunden?|stunden?)(?: ?:)?)"
    rf"\s+(?=(?:{'|'.join(_DAYS)})(?:s|en)?\b|täglich\b)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(\d{1,2})\.(?!\d)(?=\s*(?:,|und\b|u\.|&|/|\+|-|bis\b|[a-z]))", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"\n]*)"')
_BRACKETED = re.compile(r"\(([^()]*)\)")
_SPOKEN = re.compile(SPOKEN_TIME, re.IGNORECASE)


def tokenise(text: str, offset: int = 0) -> list[Token]:
    """A written text in, its tokens in order out; raises `Unreadable` for words that aren't known."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace() and text[at] != "\n":
            at += 1
        else:
            at = _next_token(text, at, tokens, offset)
    return tokens


def _next_token(text: str, at: int, tokens: list[Token], offset: int) -> int:
    """Read what stands at a place into tokens; return where it ends. Raises `Unreadable` for what nobody knows."""
    for read in (_marked, _labelled, _spoken, _worded):
        end = read(text, at, tokens, offset)
        if end:
            return end
    if text[at].isdigit():
        return _next_number(text, at, tokens, offset)
    word = re.match(r"[^\s,;()]+", text[at:])
    written = word[0] if word else text[at]
    near = difflib.get_close_matches(written.capitalize(), _OFTEN, 1, 0.8)
    meant = f" Gemeint ist vielleicht „{near[0]}“." if near else ""
    raise Unreadable(f"„{written}“ wird hier nicht verstanden.{meant}", at + offset, len(written))


def _marked(text: str, at: int, tokens: list[Token], offset: int) -> int:
    """Read what stands in quotation marks or brackets; 0 where neither begins here."""
    quoted = _QUOTED.match(text, at)
    if quoted:
        tokens.append(_remark(quoted[1], quoted.start(1) + offset))
        return quoted.end()
    bracketed = _BRACKETED.match(text, at)
    if bracketed:
        tokens.extend(_in_brackets(bracketed))
        return bracketed.end()
    return 0


def _labelled(text: str, at: int, tokens: list[Token], offset: int) -> int:
    """Read a label of what follows, such as „Telefonzeiten:“; 0 where none begins here."""
    afar = _AFAR_LABEL.match(text, at)
    label = afar or _START_LABEL.match(text, at)
    if label is None or not (label[0].endswith(":") or _at_start(tokens)):
        return 0
    if afar and afar.lastgroup:
        tokens.append(Token("remark", afar.lastgroup, at + offset))
    return label.end()


def _spoken(text: str, at: int, tokens: list[Token], offset: int) -> int:
    """Read a time in words, „halb drei“; 0 where none begins here."""
    spoken = _SPOKEN.match(text, at)
    if spoken is None:
        return 0
    numbers = spoken_time(spoken)
    tokens.append(Token("time", spoken[0], at + offset, numbers=numbers, spoken=not spoken["midnight"]))
    return spoken.end()


def _worded(text: str, at: int, tokens: list[Token], offset: int) -> int:
    """Read a known word, or a plain remark where that is longer; 0 where neither begins here."""
    jeden = _JEDEN.match(text, at)
    if jeden and not any(pattern.match(text, at) for _, _, pattern in _PATTERNS):
        return jeden.end()
    found = _known(text, at)
    plain = match_plain(text, at)
    if plain and (found is None or plain.end() > found[2]):
        tokens.append(Token("remark", plain[0], at + offset))
        return plain.end()
    if found is None:
        return 0
    kind, value, end, numbers = found
    if kind is not None:
        tokens.append(Token(kind, value, at + offset, numbers=numbers, written=text[at:end].strip()))
    return end


def _at_start(tokens: list[Token]) -> bool:
    return not tokens or tokens[-1].kind in {"break", "comma"}


def _known(text: str, at: int) -> tuple[Kind | None, str, int, tuple[int, ...]] | None:
    for kind, value, pattern in _PATTERNS:
        if text[at].isdigit() and kind not in {"all-day", "every", "daily", "in-month"}:
            continue
        match = pattern.match(text, at)
        if match:
            year = match.groupdict().get("year")
            return kind, value or match[0].strip(), match.end(), (int(year),) if year else ()
    return None


def _in_brackets(bracketed: re.Match[str]) -> list[Token]:
    content, place = bracketed[1], bracketed.start(1)
    remark = _remark(content, place)
    if not remark.value:
        return []
    if by_phone := _PHONE_HOURS.match(content):
        # Hours of their own: what stands before and behind the brackets isn't by telephone.
        start = by_phone.end()
        try:
            tokens = tokenise(content[start:], place + start)
        except Unreadable:
            return [remark]
        edge = Token("break", "", place)
        return [edge, replace(remark, value="telefonisch"), *tokens, edge]
    if meaning_of(remark.value) is None:
        try:
            tokens = tokenise(content, place)
        except Unreadable:
            return [remark]
        return [Token("open", "", place), *tokens, Token("close", "", place)]
    return [remark]


def _remark(content: str, place: int) -> Token:
    """What stands between quotation marks or brackets, which begins behind its blanks."""
    return Token("remark", content.strip(), place + len(content) - len(content.lstrip()))


def _next_number(text: str, at: int, tokens: list[Token], offset: int) -> int:
    place = at + offset
    date = date_of(text, at)
    if date:
        written, day, end = date
        if not is_date(*day):
            raise Unreadable(f"„{written}“ ist kein Datum.", place, len(written))
        tokens.append(Token("date", written, place, numbers=day))
        return end
    ordinal = _ORDINAL.match(text, at)
    if ordinal:
        tokens.append(Token("ordinal", ordinal[1], place, written=ordinal[0]))
        return ordinal.end()
    time = time_of(text, at)
    if time is None:
        number = re.match(r"\d+", text[at:])
        written = number[0] if number else text[at]
        raise Unreadable(f"„{written}“ ist keine Uhrzeit.", place, len(written))
    written, numbers, bare, end = time
    whole = re.fullmatch(r"\d+\s*(?:uhr|h)?", written.strip(), re.IGNORECASE) is not None
    tokens.append(Token("time", written.strip(), place, bare=bare, numbers=numbers, whole=whole))
    return end
