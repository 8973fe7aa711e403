"""A text in, the numbers in it that could say how many people were counted out: dates, distances, ages, prices and the like are none.

A number is `firm` when its words say that it is a figure (per cent, people, „nur“) or when it stands alone; any other is open.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

NUMBER = re.compile(
    r"(?<![\w.,])[-−]?\d{1,3}(?:[.,'\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?(?![\w])|(?<![\w.,])[-−]?\d+(?:[.,]\d+)?(?!\w)"
)
APART = "\u2063"
"""Stands where one element of a page ends and another begins."""
WORDS = {
    word: number
    for number, words in enumerate(
        (
            "keine kein keinen keinem keiner no",
            "ein eine einen einem einer eines one",
            "zwei zweien zweier beide beiden two both",
            "drei dreien dreier three",
            "vier four",
            "fünf five",
            "sechs six",
            "sieben seven",
            "acht eight",
            "neun nine",
            "zehn ten",
            "elf eleven",
            "zwölf twelve",
            "dreizehn thirteen",
            "vierzehn fourteen",
            "fünfzehn fifteen",
            "sechzehn sixteen",
            "siebzehn seventeen",
            "achtzehn eighteen",
            "neunzehn nineteen",
            "zwanzig twenty",
        )
    )
    for word in words.split()
}
"""Numbers in words; „ein“ is mostly an article, so it counts only after „nur“, „genau“, „einzig“ and their like."""

PEOPLE = re.compile(
    r"(?:kind(?:er|ern|es)?|säuglinge?n?|babys?|famili(?:e|en)|haushalten?|haushalte?s?|mensch(?:en)?|person(?:en)?|personen|leuten?|"
    r"jugendlichen?[rn]?|heranwachsenden?|eltern|elternteilen?|müttern?|mutter|vätern?|vater|mädchen|jungen|jungs|töchtern?|söhnen?|"
    r"frauen?|männern?|mann|(?<!zu)(?<!ab)(?<!aus)(?<!bei)(?<!an)(?<!un)f(?:älle|ällen|all|alles)|hilfen?|meldung(?:en)?|schüler(?:n|innen|in)?|betroffenen?[rn]?|alleinerziehenden?[rn]?|"
    r"bewohner(?:n|innen|in|/innen)?|einwohner(?:n|innen|in|/innen)?|bedarfsgemeinschaft(?:en)?|anträgen?|antrag|geburten?|"
    r"child|children|family|families|households?|people|persons?|cases?|girls?|boys?|women|men|parents|residents|pupils|aids?|reports?)\Z",
    re.IGNORECASE,
)
"""Words for those who are counted, at the end of a noun: „Pflegekinder“ are people, „Kinderzimmer“ are none."""

ADDRESSES = re.compile(
    r"\b(?:https?|mailto|tel|urn|data):[^\s<>\"]+|\bwww\.\S+|(?<![\w.+-])[\w.+-]+@[\w.-]+|<[^<>\s]*>",
    re.IGNORECASE,
)
"""Addresses of pages and people, which may hold names and numbers of their own."""

_MONTH = (
    r"(?:jan(?:uary?)?|feb(?:ruary?)?|mär(?:z|en)?|mar(?:ch)?|apr(?:il)?|mai|may|jun[ie]?|jul[iy]?|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|"
    r"nov(?:ember)?|de[zc](?:ember)?)(?![a-zäöüß])\.?"
)
"""Nothing may follow: „7 Jungen“ are no day in June."""
_UNIT = (
    r"k?m²|k?m2|km/h|km|m|cm|mm|qm|ha|hektar|meter[n]?|kilomet(?:er|res|ers)n?|metres?|met(?:er)s?|zentimeter|px|em|rem|pt|dpi|bit|bytes?|[kmg]i?b|"
    r"€|eur|euro|cent|ct|\$|uhr|min|minuten?|minutes?|std|stunden?|hours?|h|s|sek|sekunden?|seconds?|tag(?:e|en)?|days?|woch(?:e|en)|weeks?|"
    r"monat(?:e|en)?|months?|jahr(?:e|en|es)?|years?|jährig\w*|lebensjahr\w*|halbjahr\w*|wochenstunden?|grad|°c?|kg|g|liter|l|"
    r"seiten?|pages?|zeichen|wörter|zeilen?|lines?|spalten?|etagen?|stock|stockwerk\w*|og"
)
_THING = (
    r"(?:(?!prozent)(?:(?-i:(?=[A-ZÄÖÜ]))\w*(?:angebot|ort|treff|träger|treffer|ergebnis|gebiet|quartier|region|sozialr[aä]um|bezirk|"
    r"netzwerk|klasse|stufe|kategorie|frage|schritt|termin|datei|tabelle|abbildung|eintr[aä]g|karte|link|ebene|zeitr[aä]um|kennzahl|sprache|buslinie|"
    r"haltestelle|schule|kita|spielplatz|spielpl[aä]tz|zimmer|r[aä]um|haus|häuser|zentr|café|garten|gärten|büro|bus|dokument|bericht|ausgabe|raster|"
    r"gruppe|kurs|treffen|auflage|quartal|sitzung|abend|farbe|punkt)|"
    r"\w*(?:offer|place|provider|result|hit|area|region|district|network|class|question|step|date|file|table|figure|entr|map|link|level|period|"
    r"indicator|language|bus|edition|group|course|colour))"
    r"(?:e|en|er|ern|es|s|n|nen|ien|ies|um)?)"
)
"""German nouns have a capital: „7 dort“, „3 berichten“, „4 betreffen“ say how many people, and so do „7 reports“."""
_HARMLESS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.Z+-]*)?(?!\d)",
        # Identifiers, file names, versions, sizes of pictures: letters and digits in one word, or several dots.
        r"\b(?!k?m2\b)(?=\w*[a-zäöüß_])(?=\w*\d)[\w.-]*\w|\bv(?:ersion)?\.?\s*\d+(?:\.\d+)*\b|\b\d+(?:\.\d+){2,}\b(?!\s*\d)|\b\d+\s*[x×]\s*\d+\b",
        r"\b[a-z]+(?:[-/][a-z]+){0,8}-\d+(?:-\d+)*\b",
        # Days, times, years in a date.
        r"\b\d{1,2}\.(?: (?:bis|und|-|–) \d{1,2}\.)? (?:"
        + _MONTH
        + r"\b|(?:mon|diens|mitt|donners|frei|sams|sonn)(?:tag|woch|abend)\w*)",
        r"\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?(?!\d)|\b\d{1,2}\.? " + _MONTH + r"(?: \d{4})?",
        r"\b" + _MONTH + r" \d{1,2}(?:, \d{4}|(?=\W|$))|\b" + _MONTH + r" \d{4}\b",
        r"\b\d{1,2}[:.]\d{2}(?:\s?(?:uhr|h)\b|(?=\s?(?:-|–|bis|to|and|und)\s?\d))|(?:-|–|bis|to|und|and)\s?\d{1,2}[:.]\d{2}\b|\b\d{1,2}:\d{2}(?::\d{2})?\b",
        r"\b\d{1,2}(?:\s?(?:-|–|bis|und|to)\s?\d{1,2})? ?(?:uhr|o'clock|a\.?m\.?|p\.?m\.?)\b",
        r"\b(?:0?[1-9]|1[0-2])/(?:19|20)\d\d\b|\b24/7\b|\b1/2\b|\b[13]/4\b",
        # Telephone, post, house, law.
        r"(?:\+\d{1,3}|\b0\d{1,5})[\s/()-]{0,5}\d[\d\s/()-]{3,30}\d\b|\b116\s?\d{3}\b|\b(?:tel|telefon|fon|fax|phone|ruf|notruf|mobil|durchwahl|nummer)\w*\.?:?[\d\s/()+-]{3,30}",
        r"\b(?:110|112)(?= (?:an|wählen|rufen))|\b(?:plz|postleitzahl)\s*\d{5}\b|\b\d{5}(?-i:(?= [A-ZÄÖÜ][a-zäöüß]))",
        r"(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|markt|hof|berg|wall|kamp|stieg|steig|brücke|haus|street|road) \d{1,4}\s?[a-z]?\b(?:\s?[-–/]\s?\d{1,4}\s?[a-z]?\b)?",
        r"§§?\s*\d+\w?(?:\s*(?:,|und|bis|ff?\.|-|–)\s*\d*\w?\b)*|\b(?:abs|absatz|satz|art|artikel|kap|kapitel|buch|ziffer|nr|nummer|no|anlage|teil|band|bd|seite|s|page|p)\.? ?\d+(?:\s?(?:von|of|/)\s?\d+)?\b",
        r"\b(?:linie|zoom|zone|plan|\w+plan|drucksache|vorlage|az|aktenzeichen|halle|saal|tor|eingang|gleis|block|kanal|din|iso|iec|ziel|phase|modul|variante|option|typ|line|room)\.?:? [a-z]{0,2} ?\d+(?:[/-]\d+)*(?: (?:und|and|,) \d+)?\b",
        # Ages.
        r"\b\d{1,2}-?\s(?:bis|und) \d{1,2}-jährig\w*",
        r"\b(?:im alter|alter|aged?|altersgruppe|jahrgang)\W+(?:von |from |of )?\d{1,2}(?:\s?(?:-|–|bis|to|und)\s?(?:unter )?\d{1,2})?\b",
        r"\b\d{1,2}(?:\s?(?:-|–|bis|bis unter|to|und)\s?(?:unter )?\d{1,2})?[\s-]?(?:jahren?|j\.|years?|jährig\w*|lebensjahr\w*)",
        # Measures and money, also ranges of them.
        r"(?:€|eur|\$)\s?\d[\d.,]*\b|\b\d[\d.,]{0,20}(?:\s?(?:-|–|bis|to|und)\s?\d[\d.,]{0,20})?[\s\u00a0\u202f\u2063-]{0,3}(?:"
        + _UNIT
        + r")(?![\wäöüß])",
        # A class of a map with the number of its areas.
        r"\b\d[\d.,]{0,20}\s?[–-]\s?\d[\d.,]{0,20}[\s\u00a0\u202f]?%?[ \u2063]+\d+ (?:gebiete?|areas?)\b",
        # What counts things, not people, and what numbers them; of "1. Nord ansehen" the name is taken out before.
        r"\b\d+ (?:von|of|aus) \d+ " + _THING + r"\b",
        r"\b\d+\.?(?: weiteren?| anderen?| more| other)?[ \u2063]+"
        + _THING
        + r"\b|\b"
        + _THING
        + r"\.?:?[ \u2063]+\(?\d+\)?(?:\s?(?:-|–|bis|und|von|of)\s?\d+)?(?=[\s.,;:)!?]|$)",
        r"^\s*\(?\d{1,2}(?:\)(?=\s+[A-ZÄÖÜ])|\.(?=\s+(?-i:[A-ZÄÖÜ])|\s{2}))|\[\^?\d+\]|\b\d+\.\d+(?-i:(?= [A-ZÄÖÜ]))",
        # How a figure is made.
        r"\b9[059](?:[.,]\d)?[\s-]?(?:%|prozent|percent|per cent)-?[\s-]?(?:bereich\w*|intervall?\w*|interval|confidence|sicherheit|vertrauen\w*|konfidenz\w*|wahrscheinlichkeit)",
        r"\bmit 9[059] prozent\b|\b(?:mal|je|pro|per|auf|von|aus|out of|of|times|in) (?:100|1[.,\u00a0\u202f ]?000|10[.,\u00a0\u202f ]?000|100[.,\u00a0\u202f ]?000)\b(?! (?:%|prozent))",
        r"\b(?:vielfache[ns]?|multiples?|auf|nach|rounded to|to) (?:von |of |the nearest )?5(?= gerundet|\b(?= rounded)|\.|,|;|$)",
    )
)
_BELOW = re.compile(
    r"\b(?:unter|über|ab|bis|bis zu|mindestens|höchstens|weniger als|mehr als|von|from|under|over|below|at least|fewer than|less than|more than|to) (\d{1,3})\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"[\s\u00a0\u202f-]{0,5}(?:%|‰|prozent|promille|percent|per cent|von hundert|je 1)", re.IGNORECASE
)
_ONLY = re.compile(
    r"(?:nur|genau|lediglich|insgesamt|zusammen|gesamt|einzige[rsnm]?|anzahl|zahl|zähler|wert|quote|anteil|waren es|sind es|es sind|es waren|only|exactly|just|total|count|value|rate|share)"
    r"[:\s\u00a0=]*(?:noch |aber |etwa |rund |ca\.? |noch |it was )?\Z",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[\s\u00a0\u202f\u2063]{1,5}(?:\(?[a-zäöüß]{1,40}[\s\u00a0]{1,5}){0,2}?([\wÄÖÜäöüß/-]+)")
_NOUN = re.compile(
    r"[\s\u00a0\u202f]{1,5}(?:[a-zäöüß]{1,40}[\s\u00a0]{1,5}){0,2}?([A-ZÄÖÜ][a-zäöüß][\wäöüß/-]*)"
)
_COMPOUND = re.compile(r"-([A-ZÄÖÜ][a-zäöüß][\wäöüß-]*)")
_MASK = " \x00 "
# A value alone, perhaps with a unit, a sign or an interval.
_ALONE = re.compile(
    r"[^\w]*+\d[\d.,\s\u00a0\u202f\u2009–()-]*+(?:%|‰|prozent|percent)?[^\w]*+", re.IGNORECASE
)
_BEFORE = 40
"""Letters before a number that can say that it is a figure."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: what it can mean, and whether its words say that it is a figure."""

    values: tuple[Decimal, ...]
    firm: bool


def numbers(
    text: str,
    counted: Collection[str] = (),
    own: Collection[str] = (),
    spoken: Collection[Decimal] = (),
) -> tuple[Number, ...]:
    """Return the numbers of a text that could be figures, names of areas and indicators already taken out.

    `counted` are the nouns, in lower case, that an indicator counts, `own` those of its title and unit, which are no foreign
    measures then; `spoken` are the numbers of its own definition (ages, thresholds).

    >>> [str(item.values[0]) for item in numbers("2 km, ab 6 Jahren, 9 Uhr: nur 3 Familien")]
    ['3']
    """
    for pattern in _HARMLESS:
        text = pattern.sub(lambda match: match[0] if _counts(match[0], own) else _MASK, text)
    text = _BELOW.sub(lambda match: _MASK if Decimal(match[1]) in spoken else match[0], text)
    alone = "\x00" not in text and _ALONE.fullmatch(text) is not None
    found = [_number(text, match, counted, alone=alone) for match in NUMBER.finditer(text)]
    found += [
        _word(text, match, counted)
        for match in re.finditer(r"\b[A-Za-zäöüÄÖÜß]+\b", text)
        if match[0].lower() in WORDS
    ]
    return tuple(item for item in found if item is not None and item.values)


_FEW = r"(?:nur|genau|lediglich|only|exactly|just|(?:es|there) (?:war|ist|gab|was|is))"
_JUST = re.compile(r"\b" + _FEW + r"\s+\Z", re.IGNORECASE)
_ANY = re.compile(
    r"\d|\b(?:"
    + "|".join(sorted(word for word, number in WORDS.items() if number > 1))
    + r")\b|\b"
    + _FEW
    + r"\s+(?:"
    + "|".join(sorted(word for word, number in WORDS.items() if number < 2))
    + r")\b",
    re.IGNORECASE,
)


def holds_number(text: str) -> bool:
    """Tell whether there is any number in a text, in figures or in words."""
    return _ANY.search(text) is not None


def _counts(text: str, own: Collection[str]) -> bool:
    """Whether a measure is just what the indicator counts, such as hours or places."""
    return any(word in own for word in re.findall(r"[^\W\d_]+", text.lower()))


def _number(text: str, match: re.Match[str], counted: Collection[str], *, alone: bool) -> Number | None:
    values = tuple(read(match[0]))
    end = match.end()
    if (
        alone
        or _PERCENT.match(text, end)
        or _ONLY.search(text, max(0, match.start() - _BEFORE), match.start())
    ):
        return Number(values, True)
    word = _NEXT.match(text, end)
    if word and _is_counted(word[1], counted):
        return Number(values, True)
    noun = _NOUN.match(text, end) or _COMPOUND.match(text, end)
    if noun:
        # „3 Spielplätze“ counts something else; German says so with a capital.
        return Number(values, True) if _is_counted(noun[1], counted) else None
    return Number(values, False)


def _word(text: str, match: re.Match[str], counted: Collection[str]) -> Number | None:
    number = WORDS[match[0].lower()]
    word = _NEXT.match(text, match.end())
    noun = _NOUN.match(text, match.end())
    about = [item[1] for item in (word, noun) if item is not None]
    if not any(_is_counted(item, counted) for item in about):
        return None
    if number <= 1 and not _JUST.search(text, max(0, match.start() - _BEFORE), match.start()):
        return None
    return Number((Decimal(number),), True)


def _is_counted(word: str, counted: Collection[str]) -> bool:
    return word.lower() in counted or PEOPLE.search(word) is not None


def read(word: str) -> list[Decimal]:
    """Return what a written number can mean: „1.585“ is 1585 in German and 1.585 elsewhere.

    >>> [str(value) for value in read("1.585")]
    ['1.585', '1585']
    """
    plain = re.sub(r"['\u00a0\u202f\u2009 ]", "", word.replace("−", "-"))
    readings = set()
    if re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?", plain):
        head = re.match(r"-?\d{1,3}(?:[.,]\d{3})+", plain)
        if head:
            rest = plain[head.end() :].replace(",", ".")
            readings.add(Decimal(re.sub(r"[.,]", "", head[0]) + rest))
        if re.fullmatch(r"-?\d{1,3}[.,]\d{3}", plain):
            readings.add(Decimal(plain.replace(",", ".")))
    elif re.fullmatch(r"-?\d+(?:[.,]\d+)?", plain):
        readings.add(Decimal(plain.replace(",", ".")))
    return sorted(readings)
