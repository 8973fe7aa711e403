"""Say what stands beside hours: the one list of conditions, and notes that change nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Meaning = Literal["plain", "phone", "video", "ask", "condition"]
"""plain: changes nothing; phone: by telephone; video: by video or chat; ask: only for those who called; condition: not always."""
Medium = Literal["door", "phone", "video", "appointment"]
"""How one gets there: one goes to a door, calls, meets on a screen, or has arranged it before."""
_MEDIA: dict[Meaning, Medium] = {"phone": "phone", "video": "video", "ask": "appointment"}

_BEFORE = r"(?:(?:nur|bitte|ausschließlich|termine?)\s+){0,2}"
_BY = r"(?:nach|mit|auf)\s+(?:(?:vorherige[rn]?|individuelle[rn]?|persönliche[rn]?)\s+)?"
_ARRANGED = r"(?:(?:termin)?(?:vereinbarung|absprache|rücksprache)|(?:vor)?anmeldung)"
CONDITIONS: tuple[tuple[Meaning, str, str], ...] = (
    ("plain", "ohne Anmeldung", r"(?:auch\s+)?ohne\s+(?:vorherige\s+)?(?:vor)?anmeldung|keine\s+(?:vor)?anmeldung\s+(?:nötig|notwendig|erforderlich)"
                                r"|(?:vor)?anmeldung\s+(?:ist\s+)?nicht\s+(?:nötig|notwendig|erforderlich)"),
    ("plain", "ohne Termin", r"(?:auch\s+)?ohne\s+(?:termin(?:vereinbarung)?|voranmeldung)|kein\s+termin\s+(?:nötig|notwendig|erforderlich)"),
    ("ask", "nach Vereinbarung", rf"{_BEFORE}(?:{_BY}(?:termin)?vereinbarung|n\.\s?v\.|termin(?:e)?\s+vereinbaren)"),
    ("ask", "nach Absprache", rf"{_BEFORE}{_BY}(?:termin)?(?:absprache|rücksprache)"),
    ("ask", "mit Anmeldung", rf"{_BEFORE}(?:{_BY}(?:vor)?anmeldung|anmelden|(?:vor)?anmeldung\s+(?:ist\s+)?(?:erforderlich|notwendig|nötig|erbeten|erwünscht))"
                             r"|um\s+(?:vor)?anmeldung\s+wird\s+gebeten"),
    ("ask", "nur mit Termin", rf"{_BEFORE}(?:{_BY}termin|terminvereinbarung\s+(?:ist\s+)?(?:erforderlich|notwendig|nötig))"),
    ("ask", "bitte vorher anrufen", rf"(?:bitte\s+)?vorher\s+(?:kurz\s+)?anrufen|nach\s+anruf|{_BEFORE}(?:nach|mit|auf)\s+(?:(?:vorherige[rn]?)\s+)?(?:telefonische[rn]?|tel\.)\s+{_ARRANGED}"),
    ("plain", "persönlich", r"persönlich|vor\s+ort"),
    ("plain", "bitte klingeln", r"(?:bitte\s+)?(?:\d\s?x\s+)?klingeln"),
    ("phone", "telefonisch", r"(?:nur\s+)?(?:tel\.(?!\s*+:?\s*+\d)|[\w-]{0,30}telefon(?!\s*+:?\s*+\d)|telefonisch(?:e\s+(?:sprechstunden?|sprechzeit(?:en)?|beratung))?(?:\s+erreichbar)?|(?:per|am)\s+telefon|telefon(?:sprechstunden?|sprechzeit(?:en)?|beratung|zeit(?:en)?)|hotline)"),
    ("video", "online", r"(?:nur\s+)?(?:online(?:beratung|sprechstunde)?|digital)"),
    ("video", "per Video", r"(?:nur\s+)?(?:(?:per|im)\s+)?video(?:sprechstunde|beratung|chat)?"),
    ("video", "im Chat", r"(?:nur\s+)?(?:(?:per|im)\s+)?(?:messenger|[\w-]{0,20}chat)(?:beratung|sprechstunde)?"),
    ("condition", "nicht jede Woche", r"(?:14|vierzehn)-?\s?täg(?:ig|lich)|14-tgl\.?|alle\s+(?:zwei|drei|vier|[234])\s+wochen|alle\s+(?:14|vierzehn)\s+tage|jede\s+(?:zweite|2\.)\s+woche"),
    ("condition", "einmal im Monat", r"(?:1\s?x|einmal)\s+(?:im|pro)\s+monat"),
    ("condition", "nicht immer", r"nicht\s+immer|unregelmäßig|meistens|in\s+der\s+regel"),
    ("condition", "nach Bedarf", r"(?:nur\s+)?(?:bei|nach)\s+bedarf"),
    ("condition", "bei gutem Wetter", r"(?:nur\s+)?bei\s+(?:gutem|schönem|trockenem)\s+wetter|wetterabhängig|je\s+nach\s+wetter"),
    ("condition", "nicht bei Regen", r"(?:nicht|außer)\s+bei\s+(?:regen|schlechtem\s+wetter)"),
    ("condition", "nur für Mitglieder", r"(?:nur\s+)?für\s+mitglieder"),
    ("condition", "solange Plätze frei sind", r"solange\s+plätze\s+frei\s+sind"),
    ("condition", "solange der Vorrat reicht", r"solange\s+(?:der\s+)?vorrat\s+reicht"),
    ("condition", "Zeiten können sich ändern", r"(?:zeiten\s+können\s+sich\s+ändern|änderungen\s+(?:sind\s+)?(?:vorbehalten|möglich)|unter\s+vorbehalt)"),
    ("condition", "Zeiten stehen am Aushang", r"(?:zeiten\s+)?(?:stehen\s+am|siehe)\s+aushang"),
)  # fmt: skip
"""(meaning, how pages say it, how it is written): whatever isn't here, nor a note, leaves hours unread."""
MOST_CONDITIONS = 25

_ASK = "|".join(pattern for meaning, _, pattern in CONDITIONS if meaning == "ask")
OTHERWISE = rf"(?:u\.\s*|(?:und|sowie|oder|sonst|ansonsten|außerhalb(?:\s+dieser\s+zeiten)?|(?:weitere|andere)(?=\s+(?:zeiten|termine)))\s+)(?:(?:auch|weitere|andere|termine|zeiten)\s+){{0,3}}(?:{_ASK})"
"""By arrangement at other times: „und nach Vereinbarung“."""


def _ending_in(words: str) -> str:
    # No season, no screen, no exception: „Ferienkurs“, „Zoom-Treffen“, „Notsprechstunde“.
    other = r"(?![\w-]{0,60}(?:ferien|feier|ruhe|sommer|winter|oster|weihnacht|advent|online|video|chat|zoom|tele|whatsapp|digital|mail|termin|not))"
    return rf"{other}[\w-]{{0,40}}(?:{'|'.join(words.split())})(?![\w-])"


_PLACE = _ending_in(
    "eingang raum zimmer saal haus hof garten etage stock stockwerk geschoss keller foyer halle bücherei bibliothek café cafe küche "
    "zentrum treff kita schule büro treffpunkt kirche praxis platz park laden werkstatt mensa aula schwimmbad sekretariat rathaus "
    r"straße str\. \wweg allee gasse"
)
_MEETING = _ending_in(
    "sprechstunde sprechzeit beratung gruppe treffen runde kurs ausgabe annahme verleih club training probe kreis frühstück tisch kammer"
)
_PEOPLE = _ending_in(
    "kinder jugendliche mädchen jungen jungs frauen männer eltern familien mütter väter schwangere babys teenager senioren erwachsene "
    "kindern jugendlichen müttern vätern schwangeren senioren erwachsenen alleinerziehende studierende"
)
_LIMITING = (
    r"\d|[?!]|geschl|schließ|entf[aä]ll|f[aä]ll[te]|ausfall|absage|abgesagt|ruhetag|pause|urlaub|krank|nicht|\bnur\b|kein|\bohne\b|außer|\bab\b|\bbis\b|ferien|feiertag|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|januar|februar|märz|april|\bmai\b|\bjuni|\bjuli|august|september|oktober|november|dezember|"
    r"sommer|winter|frühling|herbst|advent|weihnacht|ostern|pfingst|woche|monat|jahr|wechsel|anmeld|termin|vereinbar|absprache|bedarf|wetter|mitglied|aushang|"
    r"vorbehalt|änderung|wenn|falls|notfall|notdienst|verlegt|verschoben|umzug|streik|sperr|schluss|einlass|anfang|ende|beginn|letzte|telef|video|online|chat|"
    r"hotline|gast|gäste|einladung|\bzu\b|beachten|ausnahme|schulzeit|sonder|statt|"
    r"ausgebucht|voll\b|belegt|besetzt|abgebroch|quarant|inventur|ausflug|vorerst|anfrage|frei\b|wartelist|baustell|ausgesetzt|unterbr|verkürz|geändert|"
    r"andere|unregel|intern\b|privat|probe\b|ersatz|vertretung|fortbildung|team|besprechung|supervision|versammlung|streichung|gesucht|abwesen|dienstreise|hygiene|reinigung|gemeld|geladen|berechtigt|ausweis|kund|"
    r"derzeit|zurzeit|momentan|vorüber|weiteres|werktag|wochentag|defekt"
)
"""In a name: what may close or limit."""
_AT = (  # „Eingang Gartenstraße“, „Turnhalle der Grundschule“, „Raum 2“ where no time can be meant
    rf"(?:{_PLACE})(?:\s+(?:(?:der\s+|des\s+)?(?:{_PLACE})|st\.\s+\w+|hof|garten|hinten|links|rechts|nord|süd|ost|west|mitte|[a-h]))?"
    r"(?:\s+\d[\d.]*[a-z]?(?=\s*(?:[,;)\n](?!\s*\d)|\Z)))?"
)
_AGES = r"(?:für\s+)?(?:(?:von|ab|bis)\s+)?(?:\d{1,2}\s*(?:-|bis)\s*)?\d{1,2}\s*(?:jahren?|monaten?|j\.)"
_WHO = rf"(?:{_PEOPLE})(?:\s+(?:mit|und|&)\s+(?:{_PEOPLE}|{_ending_in('baby kind hund')}))?(?:\s+{_AGES})?"
ONLY_FOR = rf"nur\s+für\s+{_WHO}"
_NOUN = r"(?-i:[A-ZÄÖÜ])\w{3,}"
_FOR = rf"für\s+(?:alle|(?![^,;:()\n]*(?:{_LIMITING})){_NOUN}(?:\s+(?:und|mit|oder)\s+{_NOUN}){{0,3}})"
_ONE = (
    rf"(?:(?:im|in\s+der|am|auf\s+dem|beim|vor\s+dem|hinter\s+dem|offene[rs]?|für)\s+)?"
    rf"(?:(?:großen?|kleinen?|offene[rs]?|alten?|neuen?|hintere[nr]?)\s+)?"
    rf"(?:{_AT}|{_MEETING}|{_WHO}|EG|OG|\d\.\s?(?:OG|stock|etage))"
)
NOTE = rf"(?:{ONLY_FOR}|{_ONE}|{_FOR}|{_AGES})(?![\w-])"
"""A place, people or what takes place, by the last part of their word."""

# Words that are no names may say anything, and so may names that close or limit.
_NAME = re.compile(
    r'(?:[A-ZÄÖÜ][\w.-]*|für|mit|und|im|in|der|des|die|das|dem|den|am|an|auf|bei|zum|zur|vom|von|[&+/,"])'
    r'(?:\s+(?:[A-ZÄÖÜ][\w.-]*|für|mit|und|im|in|der|des|die|das|dem|den|am|an|auf|bei|zum|zur|vom|von|[&+/,"]))*'
)
_KNOWN = tuple((meaning, name, re.compile(rf"(?:{pattern}|{name})(?!\w)", re.IGNORECASE)) for meaning, name, pattern in CONDITIONS)  # fmt: skip
_PLAIN = re.compile(rf"{NOTE}", re.IGNORECASE)
_RANK: tuple[Meaning, ...] = ("condition", "ask", "phone", "video", "plain")
"""The most limiting first."""


@lru_cache(maxsize=4096)
def condition_of(text: str) -> tuple[Meaning, str] | None:
    """A remark in, its meaning and what pages say out; None where nobody but its author knows.

    >>> condition_of("bitte anmelden"), condition_of("Käfer"), condition_of("Frau Kant krank")
    (('ask', 'mit Anmeldung'), ('plain', 'Käfer'), None)
    """
    text = text.strip().rstrip("!")
    for meaning, name, pattern in _KNOWN:
        if pattern.fullmatch(text) or pattern.fullmatch(text.rstrip(".")) or name == text:
            return meaning, name
    if _PLAIN.fullmatch(text) or (
        _NAME.fullmatch(text) and not re.search(_LIMITING, text, re.IGNORECASE) and not text.isupper()
    ):
        return "plain", text
    return None


def meaning_of(remark: str) -> Meaning | None:
    """The most limiting meaning of a remark's parts; None where one isn't known."""
    found = [condition_of(part) for part in re.split(r"[;,]\s*", remark) if part.strip()]
    meanings = [one[0] for one in found if one]
    return min(meanings, key=_RANK.index) if found and len(meanings) == len(found) else None


def medium_of(remark: str) -> Medium:
    """A remark in, how one gets there out: by a door unless it says otherwise.

    >>> medium_of("telefonisch"), medium_of("mit Anmeldung"), medium_of("ohne Termin")
    ('phone', 'appointment', 'door')
    """
    found = (condition_of(part) for part in re.split(r"[;,]\s*", remark))
    media = (_MEDIA[one[0]] for one in found if one and one[0] in _MEDIA)
    return next(media, "door")


SOUNDS_CANCELLED = re.compile(
    r"entf[aä]ll|f[aä]ll(?:t|en)\b.*\baus|abgesagt|ausfall|geschlossen|verschoben|\bkeine?\b|\bnicht\b",
    re.IGNORECASE,
)
"""The name of a date that may say that it doesn't take place: then nobody is sure."""
