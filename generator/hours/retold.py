"""An OSM expression comes in, German shorthand for editors goes out: „Di 15:00-18:00 nicht sicher (Handarbeiten)“."""

from __future__ import annotations

import re

from generator.hours.osm_names import MONTHS

_WORDS = {
    "Tu": "Di", "We": "Mi", "Th": "Do", "Su": "So", "Mar": "Mär", "May": "Mai", "Oct": "Okt", "Dec": "Dez",
    "PH": "Feiertage", "SH": "Schulferien", "off": "geschlossen", "closed": "geschlossen", "open": "", "unknown": "nicht sicher",
}  # fmt: skip
_DATE = re.compile(rf"(?:(\d{{4}}) )?({'|'.join(MONTHS)}) (\d{{1,2}})(?!\d)")
_NTH = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\[([-\d,]+)\]")


def retold(expression: str) -> str:
    """An expression in, the same in German out, as an editor would check it.

    >>> retold('Tu[1,3] 15:00-18:00; We 09:00-12:00 unknown "Handarbeiten"; PH off')
    '1. und 3. Di im Monat 15:00-18:00; Mi 09:00-12:00 nicht sicher (Handarbeiten); Feiertage geschlossen'
    """
    pieces = re.split(r'"([^"]*)"', expression)
    said = [_rules(piece) if number % 2 == 0 else f"({piece})" for number, piece in enumerate(pieces)]
    text = re.sub(r"\s+", " ", " ".join(said)).replace(" ;", ";").replace("|| nicht sicher", "sonst")
    return text.replace(" ,", ",").replace("||", "sonst").strip()


def _rules(text: str) -> str:
    text = re.sub(r"week 02-52/2", "gerade Wochen", re.sub(r"week 01-53/2", "ungerade Wochen", text))
    text = re.sub(r"week (\d+)-\d+/(\d)", r"ab Woche \1 alle \2 Wochen", text).replace("2000 Jan 01-", "bis ")
    text = _DATE.sub(_date, text)
    text = _NTH.sub(lambda match: f"{_ordinals(match[2])} {match[1]} im Monat", text)
    return re.sub(r"\b[A-Za-z]+\b", lambda match: _WORDS.get(match[0], match[0]), text)


def _date(match: re.Match[str]) -> str:
    return f"{int(match[3])}.{MONTHS.index(match[2]) + 1}.{match[1] or ''}"


def _ordinals(numbers: str) -> str:
    names = [
        "letzter" if number == "-1" else "vorletzter" if number == "-2" else f"{number}."
        for number in numbers.split(",")
    ]
    return " und ".join(names)
