"""A field's type in, values out that editors write, might write by mistake, or would write to do harm."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator

from generator.hours.written_hours import Hours
from generator.model import dates, scalars
from generator.model.fields import annotation, choices, fields, variants
from generator.model.scalars import Ref

Value = str | list["Value"] | dict[str, "Value"] | None

SIGNS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='x", "</title></textarea></style>", "<!--", "-->", "]]>",
    "<svg onload=x>", "{{ 7*7 }}", "{% raw %}", "${7*7}", "#{7}", "&lt;b&gt;", "&#0;", "\\", "\\u0000", "%00", "%0d%0aX: y", "javascript:alert(1)",
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "|cmd", "BEGIN:VEVENT", "END:VCALENDAR", "\\n", "\\,;:", "a,b;c\"d", "''", '""', "`", "$(id)",
    "; rm -rf /", "../../../etc/passwd", "file:///etc/passwd", "//evil.example/", "https://a.example/\" x=\"", "nul", "con", "__proto__", "constructor",
    "toString", "NaN", "null", "~", "true", "Infinity", "1e999", "[x](javascript:x)", "![x](http://a.example/x.png)", "<https://a.example>", "# x", "```",
    "| a | b |", "[^1]", "[^1]: x", "*[HTML]: x", "::: x", "!!! note", "1. x", "***", "~~~", "<details>", "<b", "<a href=", "nrbaustein0nrende",
)  # fmt: skip
LETTERS = (
    "ä", "ß", "ẞ", "é", "e\u0301", "ﬃ", "ı", "İ", "ſ", "Σς", "א", "ا", "ﷺ", "漢", "ไ", "🏳️‍🌈", "👨‍👩‍👧", "\u200b", "\u200d", "\u00ad", "\u00a0", "\u202f",
    "\u2028", "\u2029", "\u0085", "\u202e", "\u2066", "\ufeff", "\ufffd", "\ufffe", "\ue000", "\ue001", "\U0010ffff", "\U000e0041", "\u0300" * 50, "\r",
    "\x00", "\x07", "\x1b[31m", "\x7f", "\t", "\n", "\n\n", "\n- ", "\n\n    ", "\u3164", "\u115f", "𝔄", "①", "Ⅷ", "½", "٣", "०",
)  # fmt: skip
NUMBERS = (
    "12", "0", "1", "-0", "-1", "00", "007", "1.5", "1,5", "1.", ".5", "1e3", "0x10", "1_000", "999999999999", "9999999999999", "9" * 400, "0.000000001", "-999999999999.999999999",
    "NaN", "inf", "½", "٣", "1 000", "1'000", "--1", "+1", "30 %", "100", "101", "-5 %", "3 von 4",
)  # fmt: skip
DATES = (
    "2026-11-20", "2026-11-19", "2026-11-21", "2026-02-29", "2024-02-29", "2026-13-01", "0001-01-01", "1900-01-01", "2199-12-31", "9999-12-31", "2026-1-1", "20.11.2026",
    "31.2.2026", "2026", "2026-02", "heute", "2026-11-20T00:00", "1970-01-01", "2025-12-31", "2026-12-31", "2026-10-25", "2026-03-29",
)  # fmt: skip
TIMES = ("00:00", "24:00", "23:59", "8:30", "9.30", "8", "25:00", "12:60", "-1:00", "08:00:00")
HOURS = (
    "Mo-Fr 09:00-12:00", "24/7", "Mo 09:00-12:00; PH off", "Tu,Th 14:00-18:00; SH off", "Di 9-12 Uhr", "jeden 1. und 3. Dienstag im Monat 15-17 Uhr", "14-tägig ab 6.1.2026 mittwochs 10-12 Uhr",
    "Mo 22:00-06:00", "Mo-So 00:00-24:00", "Mo 12:00-09:00", "Mo 09:00-09:00", "Mo-Mo 08:00-10:00", "We[1] 10:00-12:00", "We[-1] 10:00-12:00", "Dec 24 off", "Jan-Mar Mo 10:00-12:00",
    "2026 Nov 20 10:00-12:00", "week 1-53/2 Mo 10:00-12:00", "easter 10:00-12:00", "sunrise-sunset", "Mo 09:00+", "Mo 09:00-12:00 \"nach Vereinbarung\"", "nach Vereinbarung", "Mo 9", "off", "closed", "Mo 25:00-26:00",
    "Mo-Fr 08:00-16:00, Sa 10:00-12:00", "24.12.–1.1. geschlossen", "außer in den Ferien Mo 9-10 Uhr", "April bis Oktober Di 15-18 Uhr", "Mo 09:00-12:00 || \"tel.\"", "Mo  09:00  -  12:00", "Mo-Fr " + "09:00-10:00," * 40 + "11:00-12:00",
    "PH 10:00-12:00", "SH Mo 10:00-12:00", "Mo 09:00-48:00", "Feb 29 10:00-12:00", "Mo 09:00-12:00;" * 50, "\"", "\"\"", "Mo \"", "(", "Mo (9-10", "Mo,,Di 9-10", "Di 9–12 und 14–18 Uhr sowie nach Absprache",
)  # fmt: skip
AGES = (
    "0-3", "6-12 months", "pregnancy", "pregnancy-3", "16+", "all", "0", "120", "121", "3-0", "0-0", "999", "-1-3",
    "0–3", "0 - 3", "alle", "6-1440 months", "0+",
)  # fmt: skip
POINTS = (
    "10.005 53.705", "10.0,53.7", "53.705 10.005", "0 0", "-0 0", "180 90", "-180 -90", "181 0", "566038 5950594", "10.005", "NaN NaN", "1e1 5e1", "10.00000000000001 53.7", "10.02 53.71", "10.01 53.705", "9.99 53.69",
)  # fmt: skip
GEOMETRIES = ("geometry/gebiete.geojson#west", "geometry/gebiete.geojson#ost", "geometry/gebiete.geojson#nichts", "geometry/fehlt.geojson#x", "../x.geojson#a", "geometry/gebiete.geojson", "/etc/x.geojson#a", "#")  # fmt: skip
DURATIONS = (
    "6 months", "1 year", "2 weeks", "10 days", "0 days", "9999 years", "1200 months", "36525 days", "36526 days",
    "6", "ein Jahr", "-1 weeks", "1 month",
)  # fmt: skip
HALVES = ("2026-1", "2026-2", "2026-3", "0001-1", "2199-2", "2026")
WORDS = ("Krabbelgruppe", "Haus", "Wir treffen uns.", "Offen für alle", "Zuflucht", "Frauenhaus", "Am Flussweg 3", "TODO", "Jugendamt", "Frau Meier", "0176 04069012", "x@y.example")  # fmt: skip
SLUGS = ("verein", "treff", "krabbelgruppe", "west", "ost", "kleinstadt", "amt", "gibt-es-nicht", "a", "a" * 100, "a" * 101, "A", "a_b", "a--b", "-a", "nul", "con", "index", "de", "en", "0", "schutz", "gruppe")  # fmt: skip
PHONES = (
    "040 66969-902", "110", "+49 40 66969", "0", "040/66969", "(040) 66969", "111111111111111", "1111111111111111",
    "040 66969-902 Durchwahl", "0800 1110550", "٠٤٠",
)  # fmt: skip
MAILS = ("info@verein.example", "a@b", "a@b.example?subject=x", "a b@c.example", "ä@b.example", "a@b..example", '"a"@b.example', "a@" + "b." * 60 + "example")  # fmt: skip
URLS = ("https://verein.example/", "http://a.example", "javascript:x", "//a.example", "https://", "https://a", "https://a.example/ x", "https://a.example/?q=<b>", "https://a.example:99999/", "https://[::1", "https://[", "http://a.example:x/", "https://user:pw@a.example/", "https://a.example/\u202e", "https://" + "a." * 400 + "example/", "https://a.example/#%zz", "https://.a.example", "https://ä.example/ö")  # fmt: skip
LANGUAGES = (
    "de", "en", "tr", "ar", "fa", "xx", "de-x-ls", "zh-Hant", "DE", "deutsch", "a", "xxxxxxxxx", "en-aaaaaaaaa",
)  # fmt: skip
COLOURS = ("#0d6b66", "#000000", "#ffffff", "#FFF", "rot", "#zzzzzz", "#777777", "#ffff00")
POSTCODES = ("01067", "22999", "1067", "00000", "123456", "1234a", "٠١٠٦٧")

_OF_TYPE: Mapping[type, tuple[str, ...]] = {
    bool: ("yes", "no", "ja", "true", "1", "Yes", ""),
    Decimal: NUMBERS,
    int: NUMBERS,
    dt.date: DATES,
    dt.time: TIMES,
    dates.PartialDate: DATES,
    dates.Duration: DURATIONS,
    dates.HalfYear: HALVES,
    Hours: HOURS,
    scalars.Ages: AGES,
    scalars.Point: POINTS,
    scalars.GeometryRef: GEOMETRIES,
}
_OF_TEXT: Mapping[Callable[[object], str], tuple[str, ...]] = {
    scalars.parse_slug: SLUGS,
    scalars.parse_booking: URLS,
    scalars.parse_phone: PHONES,
    scalars.parse_email: MAILS,
    scalars.parse_url: URLS,
    scalars.parse_language: LANGUAGES,
    scalars.parse_colour: COLOURS,
    scalars.parse_postcode: POSTCODES,
}
ALL = (*SIGNS, *LETTERS, *NUMBERS, *DATES, *TIMES, *HOURS, *AGES, *POINTS, *DURATIONS, *WORDS, *SLUGS, *PHONES, *URLS, "", " ")  # fmt: skip
DEEP = 3
"""Groups within groups that are filled, at most."""


def text(chance: random.Random) -> str:
    """Return a text: mostly words, often with something in it that some program reads as more than a text."""
    kind = chance.random()
    if kind < 0.5:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))
    if kind < 0.75:
        return f"{chance.choice(WORDS)} {chance.choice(SIGNS)}"
    if kind < 0.9:
        return f"{chance.choice(WORDS)}{chance.choice(LETTERS)}{chance.choice(WORDS)}"
    if kind < 0.95:
        return chance.choice(ALL)
    size = chance.choice((999, 1000, 1001, 4999, 5001, 50_000, 50_001, 200_000))
    return chance.choice(("x", "ä ", "a b ", "<", "**", "[", "_x", "\U0001f600", "x\n", "&", "- ", "a.")) * (
        size // 2
    )


def scalar(kind: Any, meta: tuple[Any, ...], chance: random.Random, ids: Mapping[str, list[str]]) -> str:
    """Return a written value for a scalar type; references mostly lead somewhere."""
    if chance.random() < 0.03:
        return chance.choice(ALL)
    for mark in meta:
        if isinstance(mark, Ref) and chance.random() < 0.85:
            known = [key for part in mark.target.split("|") for key in ids.get(part, ())]
            if known:
                return chance.choice(known)
        if isinstance(mark, BeforeValidator) and mark.func in _OF_TEXT:
            return _one_of(_OF_TEXT[mark.func], chance)  # type: ignore[index]
    if get_origin(kind) is Literal:
        return chance.choice(choices(kind))
    return _one_of(_OF_TYPE[kind], chance) if kind in _OF_TYPE else text(chance)


def _one_of(known: tuple[str, ...], chance: random.Random) -> str:
    """Choose a value; the first three of each kind are such as people write, so that not every record is refused."""
    return chance.choice(known[:3] if chance.random() < 0.7 else known)


def value(kind: Any, chance: random.Random, ids: Mapping[str, list[str]], depth: int = 0) -> Value:
    """Return a value for any type: a scalar, a list, or a group with some of its fields."""
    plain, meta = chance.choice(list(variants(kind)))
    origin = get_origin(plain)
    if origin is tuple:
        many = chance.choices((0, 1, 2, 3, 60), (1, 10, 8, 4, 1 if depth < 2 else 0))[0]
        return [value(get_args(plain)[0], chance, ids, depth + 1) for _ in range(many)]
    if origin is dict:
        key, inner = get_args(plain)
        keys = [value(key, chance, ids, depth + 1) for _ in range(chance.randint(1, 2))]
        return {str(name): value(inner, chance, ids, depth + 1) for name in keys}
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        return {
            name: value(annotation(info), chance, ids, depth + 1)
            for name, info in fields(plain).items()
            if info.is_required() or chance.random() < (0.3 if depth < DEEP else 0.05)
        }
    return scalar(plain, meta, chance, ids)
