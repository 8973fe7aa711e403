"""Say what a remark beside hours means.

Whatever isn't listed makes the time uncertain.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Meaning = Literal["plain", "phone", "video", "ask", "off", "condition"]
"""plain: changes nothing; phone: by telephone; video: by video or chat; ask: only for those who called; off: doesn't take place; condition: not always."""
Medium = Literal["door", "phone", "video", "appointment"]
"""How one gets there: one goes to a door, calls, meets on a screen, or has arranged it before."""
TIMES_HOLD: frozenset[Meaning | None] = frozenset(("plain", "phone", "video"))
"""Meanings of remarks beside which times are certain."""

# „… unter 040 12345“
_CONTACT = r"(?:\s+(?:unter|über|per|telefonisch|Tel\.|Telefon)\s[^;,()\n]*)?"

BY_APPOINTMENT = (
    r"(?:(?:weitere|andere|zusätzliche|individuelle|persönliche)\s+)?(?:termine?\s+|zeiten\s+|beratung\s+)?(?:(?:nur|ausschl(?:ießlich|\.))\s+)?"
    r"(?:(?:nach|mit|auf|n\.)\s+(?:(?:vorherige[rn]?|telefonische[rn]?|tel\.|individuelle[rn]?|persönliche[rn]?|rechtzeitige[rn]?|"
    r"vorab|kurzer)\s+){0,4}"
    r"(?:terminvereinbarung|terminvergabe|vereinb(?:arung|\.)|terminabsprache|absprache|rücksprache|verabredung|anfrage)"
    r"|n\.\s?v\.?|individuell\s+vereinbar|(?:termine?\s+)?(?:wird|werden)\s+(?:individuell\s+)?vereinbart|termine?\s+bitte\s+(?:telefonisch\s+)?vereinbaren)"
    + _CONTACT
    + r"(?!\w)"
)
"""By arrangement: beside hours it may mean these or all other times."""

BY_REGISTRATION = (
    r"(?:(?:bitte|nur|und)\s+){0,4}(?:"
    r"(?:nach|mit|auf)\s+(?:(?:vorherige[rn]?|telefonische[rn]?|tel\.)\s+){0,4}(?:voranmeldung|anmeldung|termin|terminbuchung|einladung)"
    r"|(?:vor)?anmeldung\s+(?:ist\s+)?(?:erforderlich|notwendig|nötig|erbeten|erwünscht|gewünscht|möglich)"
    r"|um\s+(?:vor)?anmeldung\s+wird\s+gebeten|(?:bitte\s+)?(?:vorher\s+)?(?:anmelden|anrufen)"
    r"|mit\s+terminvereinbarung|terminvereinbarung\s+(?:erforderlich|notwendig|nötig)"
    r"|(?:bitte\s+)?termin\s+vereinbaren|(?:vor)?anmeldung(?=\s+(?:unter|bei|über|per)\b))"
    + _CONTACT
    + r"(?!\w)"
)
"""Only for those who registered: it is about the hours it stands at."""

NO_REGISTRATION = (
    r"(?:auch\s+)?ohne\s+(?:vorherige\s+)?(?:voranmeldung|anmeldung|termin|terminvereinbarung)"
    r"|keine\s+(?:vor)?anmeldung\s+(?:nötig|notwendig|erforderlich)"
    r"|(?:eine\s+)?(?:vor)?anmeldung\s+(?:ist\s+)?nicht\s+(?:nötig|notwendig|erforderlich)"
    r"|einfach\s+(?:vorbei)?kommen|offen\s+für\s+alle|alle\s+(?:sind\s+)?willkommen|jede[r]?\s+ist\s+willkommen"
)


def _ending_in(words: str) -> str:
    """A word whose last part is one of these, and whose first is no season."""
    return rf"(?!ferien|sommer|winter|oster|weihnacht)[\w-]{{1,60}}+(?:{'|'.join(f'(?<={word})' for word in words.split())})"


_PLACES = _ending_in(
    "eingang raum zimmer saal haus hof garten etage stock stockwerk geschoss keller foyer halle bücherei bibliothek café cafe"
    " küche zentrum treff kita schule büro treffpunkt kirche gemeinde praxis platz park laden hütte scheune mensa aula schwimmbad amt"
)
_MEETINGS = _ending_in(
    "sprechstunde sprechstunden sprechzeit beratung gruppe treffen runde kurs ausgabe annahme training probe"
)
_CODES = r"(?:EG|UG|DG|\d\.?\s?OG|OG|\d{1,3}\.\s?(?:stock|etage|og|obergeschoss))"
_IN = r"(?:im|in\s+der|in\s+den|am|an\s+der|auf\s+dem|beim|bei\s+der|vor\s+dem|hinter\s+dem|über\s+den|durch\s+den|durch\s+die)"
_PLACE = (
    rf"(?:{_IN}\s+)?(?:(?:großen?|kleinen?|blauen?|roten?|grünen?|gelben?|alten?|neuen?|hintere[nr]?|vordere[nr]?|linke[nr]?|rechte[nr]?)\s+)?"
    rf"(?:{_PLACES}(?:\s+(?:hof|garten|hinten|vorn|links|rechts|nord|süd|ost|west|\d{{1,3}}[a-z]?(?![\d.:]*\s*(?:-|bis|uhr|h\b)|\.\s*\S)|[a-z]\d{{0,3}}|[ivx]+)\b)?|{_CODES})"
)
_PEOPLE = _ending_in(
    "kinder kindern jugendliche jugendlichen mädchen jungen jungs frauen männer männern eltern familien mütter müttern väter vätern"
    " schwangere schwangeren babys teenager teenagern teens senioren erwachsene erwachsenen alleinerziehende alleinerziehenden"
    " geflüchtete geflüchteten nachbarn alle allen menschen"
)
_HOW_MANY = r"(?<!-)(?<!- )(?<!bis )(?:(?:für|max(?:imal|\.)|höchstens|bis\s+zu|mindestens|ca\.|etwa)\s+(?:\d{1,3}\s*(?:-|bis)\s*)?)?\d{1,3}"
COUNTED = (
    rf"{_HOW_MANY}(?:\s*(?:-|bis)\s*\d{{1,3}})?(?:[.,]\d{{1,2}})?\s*(?:€|euro\b|eur\b|cent\b|%|personen\b|plätzen?\b|teilnehme\w+)"
    rf"|{_HOW_MANY}\s*(?:kinder[nr]?|jugendliche[nr]?|familien|leute|frauen|männer|eltern\w*|mädchen|jungen|babys|menschen)\b"
)
"""People, places and money that are counted, which are no times; „14-17 Kinder“ and „14-17. Kinder: Do“ are."""
_AGES = (
    r"(?:(?:von|ab|bis|zwischen)\s+)?(?:\d{1,2}\s*(?:-|bis|und)\s*)?\d{1,2}\s*(?:jahren?|monaten?|j\.)(?:\s+alt)?"
    r"|(?:ab|bis)\s+(?:der\s+)?\d{1,2}\.?\s+klasse"
)
_LANGUAGES = (
    r"(?:deutsch|türkisch|arabisch|russisch|ukrainisch|polnisch|englisch|französisch|farsi|persisch|dari|kurdisch|rumänisch|"
    r"bulgarisch|spanisch|italienisch|albanisch|serbisch|bosnisch|kroatisch|tigrinya|somali|vietnamesisch|gebärdensprache)"
)
_AND = r"(?:\s*[,&/+]\s*|\s+(?:und|oder)\s+|\s+u\.\s*)"
_PLAIN = (
    NO_REGISTRATION,
    _PLACE,
    rf"(?:nur\s+)?(?:für\s+)?{_PEOPLE}(?:{_AND}{_PEOPLE}){{0,6}}(?:\s+(?:{_AGES}|mit\s+(?:babys?|kindern?|kleinkindern?)))?",
    rf"(?:für\s+)?(?:{_AGES})",
    rf"(?:(?:für|kosten:?|beitrag:?)\s+)?(?:{COUNTED})",
    rf"(?:auch\s+|nur\s+)?(?:auf\s+|in\s+)?{_LANGUAGES}(?:{_AND}{_LANGUAGES}){{0,8}}",
    r"mit\s+(?:übersetzung|dolmetscher(?:in)?|kinderbetreuung|frühstück|mittagessen)",
    r"(?:(?:bitte\s+)?(?:\d\s?x\s+)?klingeln|gemischt|kostenlos|kostenfrei|gratis|eintritt\s+frei|barrierefrei|persönlich|vor\s+ort|offen|öffentlich|durchgehend|wöchentlich|jede\s+woche)",
    rf"(?:offene[rs]?\s+)?(?:{_MEETINGS})(?:\s+\d(?=:))?|offene[rs]?\s+(?:treff|café|angebot|tür)|beratungszeit|öffnungszeit|bürozeit|kernzeit",
)
_PHONE = r"(?:nur\s+)?(?:telefonisch|(?:am\s+|per\s+)?telefon|tel\.|telefonzeit|telefonsprechstunde|telefonische\s+(?:beratung|sprechzeit|sprechstunde))(?:\s+(?:oder|und|o\.|u\.)\s+(?:per\s+)?(?:e-?)?mail)?(?:\s+erreichbar)?"
_VIDEO = r"(?:nur\s+)?(?:online|(?:per\s+|im\s+)?(?:video|chat|videochat)|videosprechstunde|videoberatung|onlineberatung|chatberatung)"
_OFF = r"(?:entfällt|entfallen|fällt\s+aus|fallen\s+aus|abgesagt|findet\s+nicht\s+statt|geschlossen|geschl\.|zu|keine\s+sprechstunde)"
_CONDITION = (
    r"(?:aber\s+)?(?:nur\s+)?(?:bei|wenn|falls|sofern|solange|sobald|je\s+nach|abhängig\s+von)\b[^;\n]*|wetterabhängig|bei\s+bedarf|"
    r"nach\s+bedarf|unregelmäßig|variabel|wechselnd|flexibel|nicht\s+immer|meist(?:ens)?|in\s+der\s+regel|i\.\s?d\.\s?r\.|etwa|"
    r"ca\.|circa|zirka|ungefähr|gegen(?=\s+\d)|voraussichtlich|geplant|unter\s+vorbehalt|(?:nur\s+)?für\s+mitglieder"
)

_WORDS: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
    ("off", (_OFF,)), ("ask", (BY_APPOINTMENT, BY_REGISTRATION)), ("phone", (_PHONE,)), ("video", (_VIDEO,)),
    ("plain", _PLAIN), ("condition", (_CONDITION,)),
)  # fmt: skip
# Whole words: „Beratung“ must not keep „Beratungszeit“ from being tried.
_MEANINGS = tuple(
    (meaning, re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE))
    for meaning, words in _WORDS
    for pattern in words
)
# What stands between two remarks: a comma, „und“.
_BETWEEN = re.compile(r"\s++(?:(?:[,;·/]|und\b|u\.)\s*)?|(?:[,;·/]|und\b|u\.)\s*", re.IGNORECASE)
_RANK: tuple[Meaning, ...] = ("off", "condition", "ask", "phone", "video", "plain")
"""The most limiting first."""
_MEDIA: tuple[tuple[Medium, re.Pattern[str]], ...] = (
    ("appointment", re.compile(rf"{BY_APPOINTMENT}|{BY_REGISTRATION}", re.IGNORECASE)),
    ("phone", re.compile(r"\btel\.|telef|hotline|nummer\b|(?:an|not|rück)ruf\b", re.IGNORECASE)),
    ("video", re.compile(r"\b(?:video|chat|online|messenger|zoom|whatsapp|e?-?mail)|chat\b", re.IGNORECASE)),
)
"""What names a medium wherever it stands in a remark, also in one that isn't understood."""
_WITHOUT = re.compile(NO_REGISTRATION, re.IGNORECASE)

CLOSING = re.compile(
    r"geschlossen|schlie(?:ß|ss)|\bzu\b(?=[.!,]|$)|entf(?:ä|ae?)ll|f(?:ä|ae?)ll(?:t|en)\b.{0,100}\baus\b|\bfällt\b|ausfall|ausgefallen|paus(?:e|ier)|"
    r"\bkeine?n?\b(?!\s+(?:vor)?(?:anmeldung|kosten|gebühr|vorkenntnisse|freien|plätze|scheu|sorge|angst))|\bniemand|"
    r"\bnicht\s+(?:statt|geöffnet|offen|erreichbar|besetzt|da|auf|möglich|in\s+betrieb|verfügbar|zugänglich)|ausgesetzt|abgesagt|urlaub|"
    r"\bruht\b|[a-z]ruhe\b|ruhetag|verschoben|verlegt|unterbrochen|\bkrank|quarantäne|streik|sperr|\bdicht\b|notbetrieb|ein(?:ge)?schränk|verkürzt|"
    r"\bohne\b.{0,100}(?:öffnung|sprechstunde|betrieb)|früher|später|geänderte|andere\s+(?:öffnungs|sprech)?zeit|verreis|umzug|ziehen\s+um|closed|"
    r"(?:machen|haben)\s+(?:wir|alle)\s+(?:\w*)ferien\b|wir\s+(?:machen|haben)\s+(?:\w*)ferien\b|betriebsferien|^\s*ferien(?:zeit)?\b|corona|"
    r"\bnur\s+(?:noch\s+)?(?:telefonisch|per|online|nach|mit|vormittags?|nachmittags?|bis|von|am|an|in)\b|einlass\s+nur",
    re.IGNORECASE,
)
"""What says of a day or of hours that they aren't as usual."""
# The end of a sentence, but not of „u.“ or „24.“.
SENTENCE = re.compile(r"(?<!\d)(?<!\bu)[.!?](?:\s+|$)|[;\n]|(?<=\d{4})\.(?:\s+|$)")
# What names nothing that takes place: conditions, periods, ends.
_NO_NAME = re.compile(
    r"\bdie\Z|\bnur\b|sommer|winter|ferien|\bwoche\b|\bmonat\b|schluss\b|frist\b|\b(?:anfang|mitte|ende)\b|anmeldung|absprache|vereinbarung|\btermin\b|\bbedarf\b|"
    r"\bwechsel\b|mitglied|notf[aä]ll",
    re.IGNORECASE,
)
# „Offener Treff für Mädchen“, „Letzter Einlass 16.30 Uhr“
_NAME = re.compile(
    r'(?:letzte[rsnm]? )?"?[A-ZÄÖÜ][\w-]{2,60}"?(?:(?: für| mit)? "?[A-ZÄÖÜ][\w-]{0,60}"?){0,6}(?: (?:ab |um |bis )?\d{1,2}(?:[.:]\d\d)?(?: Uhr)?)?'
)


def says_closed(text: str) -> bool:
    """Tell whether words about one day say that it isn't as usual.

    >>> says_closed("fällt aus"), says_closed("Drei Tage zwischen den Jahren")
    (True, False)
    """
    return any(CLOSING.search(sentence) for sentence in SENTENCE.split(text))


@lru_cache(maxsize=4096)
def is_name(words: str) -> bool:
    """Tell whether words are nouns alone that name what takes place.

    >>> is_name("Offener Treff"), is_name("Letzter Einlass 16.30 Uhr"), is_name("Frau Kant krank"), is_name("Ruhetag")
    (True, True, False, False)
    """
    if words.isupper():
        return False
    return all(map(_NAME.fullmatch, words.replace("St. ", "St").split(", "))) and not (
        says_closed(words) or _NO_NAME.search(words)
    )


@lru_cache(maxsize=4096)
def meaning_of(remark: str) -> Meaning | None:
    """A remark in, its most limiting meaning out; None where any of it isn't known.

    >>> meaning_of("ohne Anmeldung, Eingang Hof"), meaning_of("nach Absprache"), meaning_of("Handarbeiten")
    ('plain', 'ask', None)
    """
    text = remark.strip()
    found: set[Meaning] = set()
    at = 0
    # Not taken off beforehand: a full stop may belong to „geschl.“.
    while text[at:].strip(".!"):
        longest = _longest(text, at, frozenset(_RANK))
        if longest is None:
            return None
        found.add(longest[0])
        at = longest[1].end()
        between = _BETWEEN.match(text, at)
        if between:
            at = between.end()
        elif text[at:].strip(".!"):
            return None
    return next((meaning for meaning in _RANK if meaning in found), None)


def medium_of(remark: str) -> Medium:
    """A remark in, how one gets there out: by a door unless it says otherwise.

    >>> medium_of("nur tel. erreichbar"), medium_of("Beratung mit Termin"), medium_of("ohne Termin")
    ('phone', 'appointment', 'door')
    """
    text = _WITHOUT.sub("", remark)
    for medium, pattern in _MEDIA:
        if pattern.search(text):
            return medium
    return "door"


def match_plain(text: str, at: int) -> re.Match[str] | None:
    """The longest remark at a place in a text that changes nothing."""
    longest = _longest(text, at, TIMES_HOLD)
    return longest[1] if longest else None


def _longest(text: str, at: int, of: frozenset[Meaning | None]) -> tuple[Meaning, re.Match[str]] | None:
    """Return the longest remark at a place that has one of some meanings."""
    tried = ((meaning, pattern.match(text, at)) for meaning, pattern in _MEANINGS if meaning in of)
    found = [(meaning, match) for meaning, match in tried if match]
    return max(found, key=lambda one: one[1].end(), default=None)


def is_without_registration(remark: str) -> bool:
    """Tell whether a remark says that nobody has to register."""
    return _WITHOUT.fullmatch(remark) is not None
