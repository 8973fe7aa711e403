"""A text in, what in it says where something is out: streets, stops, areas, landmarks, coordinates, codes, links to maps.

`Gazetteer` knows the names of the town. A clue is certain when it can hardly mean anything else; what only may be one
("neben der …", a bus line) is uncertain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from generator.model.site import Site
from generator.model.visibility import sight


class Clue(NamedTuple):
    """A part of a text, with the text itself for the message."""

    start: int
    end: int
    text: str
    certain: bool


_COORDINATE = r"(?:[+-]?\d{1,2}[.,]\d{3,}|\d{1,2}\s?°\s?\d{1,2}(?:[.,]\d+)?\s?['′’](?:\s?\d{1,2}(?:[.,]\d+)?\s?[\"″”])?)\s?°?\s?[NSOEWnsoew]?"
# Bounded, so that no text makes a pattern slow.
_HEAD = r"\b[A-ZÄÖÜ][\w\-]{0,60}?"
_CAPITAL = r"[A-ZÄÖÜ][\w\-]{0,60}"
_WAY = "weg|platz|ring|damm|ufer|stieg|hof|kamp|berg|park|koppel|redder|steig|pfad|wall|graben|markt|brücke|tor|feld|gang|grund|winkel|wiese|deich|hang|promenade|kai"
_LANDMARK = (
    "Rathaus|Bahnhof|Kirche|Krankenhaus|Klinik|Markt|Marktplatz|Supermarkt|Park|Kita|Bücherei|Bibliothek|Schwimmbad|Freibad"
    "|Tankstelle|Friedhof|Brücke|Hafen|Moschee|Synagoge|Feuerwehr|Feuerwache|Einkaufszentrum|Apotheke|Postamt|Post|Museum|Sporthalle"
    "|Sportplatz|Spielplatz|Stadion|Bäckerei|Wasserturm|Mühle|Schleuse|Fluss|See|Wald|Autobahn|Gleise[n]?|Schule|Polizeiwache"
)
_NEAR = (
    r"(?:schräg gegenüber|gegenüber|neben|hinter|unweit|nahe|in (?:der|unmittelbarer) Nähe|um die Ecke|Ecke|zwischen"
    r"|(?:wenige|\d{1,5}|zwei|drei|fünf|zehn) (?:Schritte|Meter|Minuten|Gehminuten)(?: zu Fuß)?)"
)
_NO_NAME = (
    r"(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Montag|Dienstag|Mittwoch|Donnerstag"
    r"|Freitag|Samstag|Sonntag|Alter|Jahr|Tag|Raum|Stock|Zimmer|Monat|Jahre|Telefon|Rahmen|Ende|Anfang|Umfang|Durchschnitt|Notfall)\b)"
)
_NO_STREET = (
    "(?:Heim|Schul|Aus|Um|Rück|Flucht|Hin|Rettungs|Lebens|Dienst|Rechts|Arbeits|Fuß|Rad|Geh|Fahr|Post|Klage|Mittel|Königs|Bildungs"
    "|Beschwerde|Instanzen|Feld|Wald|Wander|Lehr|Barfuß|Fuss|Ein|Zu|Ab|Vor|Unter|Über|Durch|Rund|Vor|Auf|Kenntnis|Arbeits|Hör|Spazier"
    "|Schlüssel|Ohr|See|Fluss|Bach)(?:weg|gang|ring|damm|ufer|steg)"
)

_CERTAIN = tuple(
    re.compile(pattern)
    for pattern in (
        # streets, known or not
        r"(?i:\b[a-zäöü][\w\-]{1,60}?(?:straße|strasse|str\.|allee|gasse|chaussee|twiete)(?!\w)(?:\s+\d{1,4}\s?[a-z]?\b)?)",
        r"(?i:\b[a-zäöü][\w\-]{1,60}?str\s+\d{1,4}\s?[a-z]?\b)",
        rf"{_HEAD}\s(?:Street|Road|Avenue|Lane)\b(?:\s+\d{{1,4}}\b)?",
        rf"(?!(?:Der|Unser|Ihrer|Dieser|Jeder|Einer|Seiner|Kurzer|Langer)\b){_HEAD}(?:-|er )(?:Straße|Strasse|Str\.|Allee|Gasse|Chaussee)(?!\w)(?:\s+\d{{1,4}}\s?[a-z]?\b)?",
        rf"{_HEAD}-(?:Weg|Platz|Ring|Damm|Ufer)(?!\w)(?:\s+\d{{1,4}}\s?[a-z]?\b)?",
        rf"{_HEAD}(?:{_WAY})\s+\d{{1,4}}\s?[a-z]?\b(?!\s?(?:Uhr|Jahr|Minuten|Plätz|Euro|%|€))",
        rf"\b(?:Am|Im|An der|An den|In der|Auf der|Auf dem|Zum|Zur|Bei der|Beim|Hinter der|Unter den)\s+{_NO_NAME}{_CAPITAL}\s+\d{{1,3}}\s?[a-z]?\b(?!\s?(?:[.:]\d|Uhr|Jahr|Minuten|Stunden|Tage|Wochen|Plätz|Personen|Frauen|Kinder|Euro|%|€))",
        rf"(?:(?<=\b[AaIi]m )|(?<=\b[VvZz][ou]m ))(?!{_NO_STREET}){_HEAD}(?:weg|damm|stieg|ring|ufer|redder|kamp|deich|gang)\b(?:\s+\d{{1,4}}\s?[a-z]?\b)?",
        r"\bHaus(?:nummer|-?[Nn]r\.?)\s*\d+\s?[a-z]?\b",
        # stops and stations
        rf"\b(?:Bus|U-Bahn-|S-Bahn-)?(?:[Hh]altestelle|Station|[Bb]ahnhof)\s+[„\"“]?(?!Ihr|Sie|Ihnen){_CAPITAL}",
        # coordinates, codes, links
        rf"(?<![\d.,]){_COORDINATE}\s{{0,3}}[,;/ |]\s{{0,3}}{_COORDINATE}(?![\d])",
        r"\b[2-8]\d{5}(?:[.,]\d{1,9})?\s{0,3}[,;/ ]\s{0,3}5\d{6}\b",
        r"(?i:\b(?:lat|lon|lng|latitude|longitude|breite|länge)\W{1,4}\d{1,2}[.,]\d{2,})",
        r"\b[NS]\s?\d{1,2}[°\s]\s?\d{1,2}[.,]\d+",
        r"(?i:\b[23456789cfghjmpqrvwx]{8}\+[23456789cfghjmpqrvwx]{2,3}\b)",
        r"\b3[23][UT]\s?[A-Z]{2}\s?\d{2,5}\s?\d{2,5}\b",
        r"\b[23456789CFGHJMPQRVWX]{4}\+[23456789CFGHJMPQRVWX]{2,3}\b",
        r"///\s?[a-zäöüß]{2,40}\.[a-zäöüß]{2,40}\.[a-zäöüß]{2,40}",
        r"(?:w3w\.co|what3words\.com)/\S{1,80}",
        r"\bgeo:-?\d+\.\d+,-?\d+\.\d+",
        r"(?:maps\.app\.goo\.gl|goo\.gl/maps|maps\.google\.|google\.[a-z.]{2,8}/maps|openstreetmap\.(?:org|de)|osm\.org|bing\.com/maps|maps\.apple\.com|waze\.com|wego\.here\.com|mapy\.cz)\S{0,200}",
        r"\b(?:PLZ:?\s*|D-)\d{5}\b",
        rf"\b(?!\d0000\b)\d{{5}}\s+(?!Euro|Menschen|Einwohner|Kinder|Frauen|Personen){_CAPITAL}",
        # landmarks
        rf"\b(?:{_NEAR}|über)\s+(?:(?:zu|von|an|bei)\s+)?(?:vom|zum|zur|am|beim|dem|der|des|den|die|das|einer|einem)?\s{{0,3}}(?:alten?|neuen?|großen?|kleinen?)?\s{{0,3}}\w{{0,40}}?(?i:{_LANDMARK})\w{{0,2}}\b",
    )
)
_UNCERTAIN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_NEAR}\s+(?:(?:zu|von|an|bei)\s+)?(?:vom|zum|zur|dem|der|des|den|einer|einem)\s+{_CAPITAL}",
        rf"\b(?:am|beim|an der|bei der|im (?:alten|ehemaligen|früheren)|in der (?:alten|ehemaligen|früheren))\s+\w{{0,40}}?(?i:{_LANDMARK})\w{{0,2}}\b",
        r"\b(?:Bus(?:linie)?|Linie|Tram|Straßenbahn|[US]-?Bahn(?:-?[Ll]inie)?)\s?[A-Z]?\d{1,3}\b",
        r"\b[Kk]lingel(?:n Sie|schild)?\b[^.„]{0,30}„[^“]{1,60}“",
        r"(?i:anfahrt|lageplan|wegbeschreibung|so-finden-sie-uns)\S{0,80}",
        r"\bNr\.\s*\d+\b",
    )
)
# Names of areas and streets that are everyday words as well.
_EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        "mitte nord sued ost west norden sueden osten westen zentrum innenstadt altstadt stadt dorf markt hafen bahnhof garten"
        " park schule kirche bruecke see wald feld berg muehle ufer insel anger platz hof region",
    )
)
_REMOVED = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);|</?\w[^<>]*>|\*+|`+|~~|\\(?=\W)")
_LEADING = re.compile(r"^(?:Am|An|Auf|Bei|Im|In|Hinter|Vor|Zum|Zur|Unter)\s+(?:de[rmn]\s+)?")
_BEFORE = re.compile(rf"{_NEAR}(?:\s+\w+){{0,3}}\s+\Z")
_TOKEN = re.compile(r"\w+", re.UNICODE)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORDS = 7


def fold(text: str) -> str:
    """Return letters and digits alone, in one writing: `Linden-Str.` and `Lindenstraße` are the same.

    >>> fold("Linden-Str.")
    'lindenstrasse'
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS)
    tokens = [
        "strasse" if token == "str" else re.sub(r"(?<=\w)str$", "strasse", token)
        for token in _TOKEN.findall(plain)
    ]
    return re.sub(r"[\W_]", "", "".join(tokens))


class Gazetteer:
    """The names of a town that say where something is: streets, areas, public places, postcodes."""

    def __init__(self, site: Site) -> None:
        seen = sight(site)
        towns = [space for space in site.spaces.values() if space.parent is None]
        spaces = [space for space in site.spaces.values() if space.parent is not None]
        records = (
            *site.places.values(),
            *site.offers.values(),
            *site.providers.values(),
            *site.offices.values(),
        )
        addresses = [address for record in records if (address := getattr(record, "address", None))]
        streets = {item.street for item in site.streets} | {item.street for item in addresses}
        streets |= {name for layer in site.context if layer.name == "streets" for name, _ in layer.shapes}
        self.streets = _keys(streets)
        self.areas = _keys(
            name for space in spaces for name in (space.name, *space.aliases, *_translated(space))
        ) - _keys(name for town in towns for name in (town.name, *town.aliases))
        self.landmarks = _keys(
            [place.name for key, place in site.places.items() if seen.places[key] == "full"]
            + [office.name for office in site.offices.values()]
            + [name for layer in site.context if layer.name != "streets" for name, _ in layer.shapes]
        )
        self.postcodes = {item.postcode for item in (*site.streets, *addresses) if item.postcode}

    def clues(self, text: str, *, areas: bool = True) -> list[Clue]:
        """Return what in a text says where something is; `areas` also counts the names of areas."""
        clean, places = _cleaned(text)
        found = [
            Clue(match.start(), match.end(), match[0], certain)
            for patterns, certain in ((_CERTAIN, True), (_UNCERTAIN, False))
            for pattern in patterns
            for match in pattern.finditer(clean)
        ]
        found += self._named(clean, areas=areas)
        found += [
            Clue(match.start(), match.end(), match[0], True)
            for match in re.finditer(r"(?<![\d\-])\b\d{5}\b(?![\d\-])", clean)
            if match[0] in self.postcodes
        ]
        return [
            Clue(places[clue.start], places[clue.end - 1] + 1, clue.text.strip(), clue.certain)
            for clue in _longest(found)
        ]

    def _named(self, text: str, *, areas: bool) -> Iterator[Clue]:
        tokens = list(_TOKEN.finditer(text))
        for first, token in enumerate(tokens):
            for last in range(min(first + _WORDS, len(tokens)), first, -1):
                start, end = token.start(), tokens[last - 1].end()
                if re.search(r"[.!?;\n]\s", text[start:end]) and "St." not in text[start:end]:
                    continue
                key = fold(text[start:end])
                if key in self.streets:
                    kind = "street"
                elif areas and key in self.areas:
                    kind = "area"
                elif key in self.landmarks:
                    kind = "landmark"
                else:
                    continue
                number = re.match(r"\s+\d{1,4}\s?[a-z]?\b", text[end:])
                near = _BEFORE.search(text[max(0, start - 60) : start])
                # In a sentence a name begins with a capital letter; in an id or an address on the web nothing does.
                capital = any(item[0][0].isupper() for item in tokens[first:last])
                written = capital or "-" in text[max(0, start - 1) : end + 1] or " " not in text
                if not written:
                    continue
                certain = (kind != "landmark" and key not in _EVERYDAY) or bool(near)
                certain = certain or (kind == "street" and number is not None)
                stop = end + number.end() if kind == "street" and number else end
                yield Clue(start, stop, text[start:stop], certain)
                break


def _keys(names: Iterable[str]) -> frozenset[str]:
    """Fold names, with the endings that an adjective takes: `Alter Damm` is found in `am Alten Damm`."""
    found: set[str] = set()
    for name in names:
        found |= {fold(name), fold(_LEADING.sub("", name))}
        match = re.match(r"(\w{3,})(e|er|es|en|em)(\s.+)", name)
        if match:
            found |= {fold(match[1] + ending + match[3]) for ending in ("e", "er", "es", "en", "em")}
    return frozenset(key for key in found if len(key) >= 4)


def _translated(record: object) -> list[str]:
    texts = getattr(record, "translations", {}).values()
    return [name for item in texts if (name := getattr(item, "name", None))]


def _cleaned(text: str) -> tuple[str, list[int]]:
    """Drop what readers don't see (emphasis, soft hyphens, entities, more than one space); say where each letter stood."""
    letters: list[str] = []
    places: list[int] = []
    position = 0
    while position < len(text):
        match = _REMOVED.match(text, position)
        if match:
            shown = unescape(match[0]) if match[0].startswith("&") else ""
            visible = [sign for sign in shown if unicodedata.category(sign) != "Cf"]
            letters += visible
            places += [match.start()] * len(visible)
            position = match.end()
            continue
        sign = text[position]
        space = sign.isspace()
        if not (space and letters and letters[-1] == " ") and unicodedata.category(sign) != "Cf":
            letters.append(" " if space else sign)
            places.append(position)
        position += 1
    return "".join(letters), places


def _longest(clues: list[Clue]) -> list[Clue]:
    """Keep of clues that overlap the certain and longest one."""
    kept: list[Clue] = []
    covered: set[int] = set()
    for clue in sorted(clues, key=lambda item: (not item.certain, item.start - item.end, item.start)):
        stands = range(clue.start, clue.end)
        if covered.isdisjoint(stands):
            covered.update(stands)
            kept.append(clue)
    return sorted(kept)
