"""Find words in a text that say where something is.

A street with a number is certain. What may only be a clue ("neben der …", a bus line) is uncertain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from generator.model.groups import Address
from generator.model.site import Site
from generator.read.hidden_places import sight
from generator.read.seen_text import WRITTEN, read_as


class Clue(NamedTuple):
    """Where a text says where something is; an uncertain one is only asked about."""

    start: int
    end: int
    text: str
    certain: bool


_COORDINATE = r"(?:[+-]?\d{1,2}[.,]\d{3,}|\d{1,2}\s?°\s?\d{1,2}(?:[.,]\d+)?\s?['′’](?:\s?\d{1,2}(?:[.,]\d+)?\s?[\"″”])?)\s?°?\s?[NSOEWnsoew]?"
# The beginning of a name („Linden“ of „Lindenweg“), and a whole one. Bounded, so that no text makes a pattern slow.
_HEAD = r"\b[A-ZÄÖÜ][\w\-]{0,60}?"
_CAPITAL = r"[A-ZÄÖÜ][\w\-]{0,60}"
_WAY = "weg|platz|ring|damm|ufer|stieg|hof|kamp|berg|park|koppel|redder|steig|pfad|wall|graben|markt|brücke|tor|feld|gang|grund|winkel|wiese|deich|hang|promenade|kai"
_LANDMARK = (
    "Rathaus|Bahnhof|Kirche|Krankenhaus|Klinik|Markt|Marktplatz|Supermarkt|Park|Kita|Bücherei|Bibliothek|Schwimmbad|Freibad"
    "|Tankstelle|Friedhof|Brücke|Hafen|Moschee|Synagoge|Feuerwehr|Feuerwache|Einkaufszentrum|Apotheke|Postamt|Post|Museum|Sporthalle"
    "|Sportplatz|Spielplatz|Stadion|Bäckerei|Wasserturm|Mühle|Schleuse|Fluss|See|Wald|Autobahn|Gleise[n]?|Schule|Polizeiwache"
    "|Hallenbad|Stadthalle|Pfarrhaus|Gasthof|Sparkasse|Volksbank|Klinikum|Aldi|Lidl|Rewe|Edeka|Penny|Netto|Kaufland|Rossmann"
)
# At the beginning of a sentence they have a capital letter.
_NEAR = (
    r"(?i:schräg gegenüber|gegenüber|vis[- ][àa][- ]vis|neben|hinter|unweit|nicht weit(?: weg| entfernt)?|nahe"
    r"|in (?:der|unmittelbarer) Nähe|um die Ecke|Ecke|zwischen|Tür an Tür mit"
    r"|(?:wenige|\d{1,5}|zwei|drei|fünf|zehn) (?:Schritte|Meter|Minuten|Gehminuten)(?: zu Fuß)?)"
)
# What lies near or is a street in other languages, without words that people also use of help ("at your side").
_NEAR_ABROAD = (
    "напротив|навпроти|недалеко|неподалік|karşısında|yakınında|arkasında|مقابل|بالقرب|خلف|روبروی|نزدیک|en face d|près d|derrière|naprzeciw"
    "|niedaleko|frente a|cerca d|detrás d|vizavi"
)
_STREET_ABROAD = "вулиц|вул\\.|улиц|ул\\.|переул|провул|площад|sokağı|sokak|caddesi|شارع|ميدان|خیابان|کوچه|میدان|rue d|ulica|ulicy|calle "
_LANDMARK_ENGLISH = (
    "town hall|city hall|station|church|hospital|park|market|supermarket|library|school|bridge|river|harbou?r|mosque|bakery|museum|stadium"
    "|lake|bus stop|pharmacy|cemetery"
)
# What only looks like a street or square: „Am Montag 12“, „Schulweg“, „Arbeitsplatz“.
_NO_NAME = (
    r"(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Montag|Dienstag|Mittwoch|Donnerstag"
    r"|Freitag|Samstag|Sonntag|Alter|Jahr|Tag|Raum|Stock|Zimmer|Monat|Jahre|Telefon|Rahmen|Ende|Anfang|Umfang|Durchschnitt|Notfall)\b)"
)
_NO_STREET = (
    "(?:Heim|Schul|Aus|Um|Rück|Flucht|Hin|Rettungs|Lebens|Dienst|Rechts|Arbeits|Fuß|Rad|Geh|Fahr|Post|Klage|Mittel|Königs|Bildungs"
    "|Beschwerde|Instanzen|Feld|Wald|Wander|Lehr|Barfuß|Fuss|Ein|Zu|Ab|Vor|Unter|Über|Durch|Rund|Vor|Auf|Kenntnis|Arbeits|Hör|Spazier"
    "|Schlüssel|Ohr|See|Fluss|Bach)(?:weg|gang|ring|damm|ufer|steg)"
)

_NO_SQUARE = "(?:Arbeits|Schul|Kita|Krippen|Spiel|Therapie|Pflege|Park|Heim|Ausbildungs|Studien|Schlaf|Wohn|Frauenhaus|Kinder|Betreuungs|Praktikums)platz"

_CERTAIN = tuple(
    re.compile(pattern)
    for pattern in (
        # streets, known or not: „Lindenstraße 5“, „Lindenstr 5“
        r"(?i:\b[a-zäöü][\w\-]{1,60}?(?:straße|strasse|str\.|allee|gasse|chaussee|twiete)(?!\w)(?:\s+\d{1,4}\s?[a-z]?\b)?)",
        r"(?i:\b[a-zäöü][\w\-]{1,60}?str\s+\d{1,4}\s?[a-z]?\b)",
        # abbreviated and without a space: "Flussw. 3", "Linden Str. 5", "Flussweg3"
        r"\b(?!Bzw|Usw)[A-ZÄÖÜ][\w\-]{2,60}?(?:w|pl|str)\.\s?\d{1,4}\s?[a-z]?\b",
        # in several words: „Lange Straße 5“, „Flussweg5“, „Platz der Freiheit 5“, „Mill Lane 5“, „Kieler-Straße“, „Linden-Weg 3“
        rf"(?!(?:Der|Unser|Ihrer|Dieser|Jeder|Einer|Seiner|Kurzer|Langer)\b){_HEAD}\s(?:Straße|Strasse|Str\.|Allee|Gasse)\s+\d{{1,4}}\s?[a-z]?\b",
        rf"{_HEAD}(?:{_WAY})\d{{1,4}}[a-z]?\b",
        rf"\b(?:Straße|Platz|Allee|Ufer|Weg)\s+(?:de[rs]|am|an der)\s+(?:\d{{1,2}}\.\s)?{_CAPITAL}\s+\d{{1,4}}\b",
        r"\bStraße des \d{1,2}\. [A-ZÄÖÜ]",
        rf"{_HEAD}\s(?:Street|Road|Avenue|Lane)\b(?:\s+\d{{1,4}}\b)?",
        rf"\b\d{{1,4}}\s{_CAPITAL}\s(?:Way|Square|Court|Drive)\b|{_HEAD}\s(?:Way|Square|Court|Drive)\s\d{{1,4}}\b",
        rf"(?!(?:Der|Unser|Ihrer|Dieser|Jeder|Einer|Seiner|Kurzer|Langer)\b){_HEAD}(?:-|er )(?:Straße|Strasse|Str\.|Allee|Gasse|Chaussee)(?!\w)(?:\s+\d{{1,4}}\s?[a-z]?\b)?",
        rf"{_HEAD}-(?:Weg|Platz|Ring|Damm|Ufer)(?!\w)(?:\s+\d{{1,4}}\s?[a-z]?\b)?",
        # „Lindenweg 5“ but not „Lindenweg 5 Uhr“, „Am Anger 12“, „im Lindenweg“, „Hausnummer 5“
        rf"{_HEAD}(?:{_WAY})\s+\d{{1,4}}\s?[a-z]?\b(?!\s?(?:Uhr|Jahr|Minuten|Plätz|Euro|%|€))",
        rf"\b(?:Am|Im|An der|An den|In der|Auf der|Auf dem|Zum|Zur|Bei der|Beim|Hinter der|Unter den)\s+{_NO_NAME}{_CAPITAL}\s+\d{{1,3}}\s?[a-z]?\b(?!\s?(?:[.:]\d|Uhr|Jahr|Minuten|Stunden|Tage|Wochen|Plätz|Personen|Frauen|Kinder|Euro|%|€))",
        rf"(?:(?<=\b[AaIi]m )|(?<=\b[VvZz][ou]m ))(?!{_NO_STREET}){_HEAD}(?:weg|damm|stieg|ring|ufer|redder|kamp|deich|gang)\b(?:\s+\d{{1,4}}\s?[a-z]?\b)?",
        r"\bHaus(?:nummer|[\s-]?[Nn]r\.?)\s*\d+\s?[a-z]?\b",
        # stops and stations: „Haltestelle Markt“
        rf"\b(?:Bus|U-Bahn-|S-Bahn-)?(?:[Hh]altestelle|[Hh]altepunkt|Station|[Bb]ahnhof)\s+[„\"“]?(?!Ihr|Sie|Ihnen){_CAPITAL}",
        # coordinates: two degrees, UTM „565123 5934567“, „lat: 53.55“, „N 53 33.1“, „53° 33' 4" N“, one long degree, Gauß-Krüger
        rf"(?<![\d.,]){_COORDINATE}\s{{0,3}}[,;/ |]\s{{0,3}}{_COORDINATE}(?![\d])",
        r"\b[2-8]\d{5}(?:[.,]\d{1,9})?\s{0,3}[,;/ ]\s{0,3}5\d{6}\b",
        r"(?i:\b(?:lat|lon|lng|latitude|longitude|breite|länge)\W{1,4}\d{1,2}[.,]\d{2,})",
        r"\b[NS]\s?\d{1,2}[°\s]\s?\d{1,2}[.,]\d+",
        r"\b\d{1,2}[°\s]\s?\d{1,2}['′\s]\s?\d{1,2}(?:[.,]\d{1,9})?[\"″\s]?\s?[NSEOW]\b",
        r"(?<![\d.,])(?:4[7-9]|5[0-5]|[5-9]|1[0-5])[.,]\d{4,15}(?![.,]?\d)",
        r"\b[2-5]\d{6}(?:[.,]\d{1,9})?\s{0,3}[,;/ ]\s{0,3}5\d{6}\b",
        # codes: Maidenhead „JO53AB“, Plus Codes „9F5FHX2V+5G“ and „HX2V+5G“, UTMREF „32U NE 651 345“, what3words „///ab.cd.ef“
        r"\bJ[NO]\d\d[A-Xa-x]{2}\b",
        r"(?i:\b[23456789cfghjmpqrvwx]{8}\+[23456789cfghjmpqrvwx]{2,3}\b)",
        r"\b3[23][UT]\s?[A-Z]{2}\s?\d{2,5}\s?\d{2,5}\b",
        r"\b[23456789CFGHJMPQRVWX]{4}\+[23456789CFGHJMPQRVWX]{2,3}\b",
        r"(?:///|(?i:w3w|what3words)\W{1,3})\s?[a-zäöüß]{2,40}\s?\.\s?[a-zäöüß]{2,40}\s?\.\s?[a-zäöüß]{2,40}",
        # links to maps and things on them: „geo:53“, „node/123456“
        r"(?:w3w\.co|what3words\.com|plus\.codes|geohash\.org|g\.page|g\.co/kgs)/\S{1,80}",
        r"\bgeo:-?\d{1,3}",
        r"(?i:\b(?:node|way|relation)s?[/ #:]\s?\d{4,15}\b)",
        r"(?:maps\.app\.goo\.gl|goo\.gl/maps|maps\.google\.|google\.[a-z.]{2,8}/maps|openstreetmap\.(?:org|de|fr)|opentopomap\.org|osmand\.net|osm\.org|komoot\.(?:de|com)|bing\.com/maps|maps\.apple\.com|waze\.com|(?:wego|maps)\.here\.com|mapy\.cz)\S{0,200}",
        # postcodes: „D-20095“, „20095 Hamburg“ but not „20095 Menschen“
        r"\b(?:(?:PLZ|Postleitzahl):?\s{0,3}|D-)\d\d\s?\d{3}\b",
        rf"\b(?!\d0000\b)\d{{5}}\s+(?!Euro|Menschen|Einwohner|Kinder|Frauen|Personen){_CAPITAL}",
        # landmarks: „gegenüber vom alten Rathaus“, „next to the church“
        rf"\b(?:{_NEAR}|[üÜ]ber)\s+(?:(?:zu|von|an|bei)\s+)?(?:vom|zum|zur|am|beim|dem|der|des|den|die|das|einer|einem)?\s{{0,3}}(?:alten?|neuen?|großen?|kleinen?)?\s{{0,3}}\w{{0,40}}?(?i:{_LANDMARK})\w{{0,2}}\b",
        rf"(?i:\b(?:opposite|next to|behind|near|close to|across from|minutes(?: walk)? from)\s(?:the\s)?(?:\w{{1,30}}\s){{0,2}}?(?:{_LANDMARK_ENGLISH})\b)",
    )
)
_UNCERTAIN = tuple(
    re.compile(pattern)
    for pattern in (
        # „hinter der Mühle“, „am Bahnhof“, „in der alten Schule“, „am Stadtrand“, „auf dem Klinikgelände“, „zweite Tür“
        rf"\b{_NEAR}\s+(?:(?:zu|von|an|bei)\s+)?(?:(?:vom|zum|zur|dem|der|des|den|einer|einem)\s+)?{_CAPITAL}",
        rf"\b(?i:am|beim|an der|bei der|auf dem|im (?:alten|ehemaligen|früheren)|in der (?:alten|ehemaligen|früheren))\s+\w{{0,40}}?(?i:{_LANDMARK})\w{{0,2}}\b",
        rf"\b(?i:im|in der) (?:alten|ehemaligen|früheren) {_CAPITAL}",
        rf"\b(?i:direkt) (?:am|an der|an dem|beim|bei der) {_CAPITAL}|\b(?i:an) (?:der|dem) {_CAPITAL} gelegen\b",
        r"\b(?i:am Stadtrand|in der (?:Innenstadt|Altstadt|Stadtmitte)|im (?:Nord|Süd|Ost|West)(?:ost|west)?en (?:der Stadt|von [A-ZÄÖÜ]\w{0,60}))",
        r"\b(?i:auf dem|im) (?:\w{0,40}[Gg]elände|(?:Gebäude|Hof|Keller) de[rs])\b|\b(?i:im (?:selben|gleichen) (?:Haus|Gebäude)|im Hinter(?:hof|haus))\b",
        r"\b(?i:erste|zweite|dritte|vierte|letzte)[rsn]?\s(?:Haus|Tür|Eingang|Hof|Straße|Querstraße)\b",
        # „am Lindenplatz“, „Ufer der Aue“, „dem Lindenweg“, „lindenweg5@…“, „Lindenstr“
        rf"\b(?i:am|vom|zum|beim)\s+(?!{_NO_SQUARE}){_HEAD}platz\b",
        rf"\b(?:Platz|Ufer) de[rs] {_CAPITAL}",
        rf"(?<=\bde[mnr] )(?!{_NO_STREET}){_HEAD}(?:weg|damm|stieg|ring|ufer|redder|kamp|deich|gasse)\b",
        rf"(?i:[a-zäöüß]{{3,60}}?(?:{_WAY})[._\-]?\d{{1,4}}[a-z]?@)",
        r"(?i:\b[a-zäöü][\w\-]{1,60}?str\b)",
        # the way there: „Linie 5“, „steigen Sie am Markt aus“, „an der A 7“, „klingeln Sie bei Meyer“
        r"\b(?:Bus(?:linie)?|Linie|Tram|Straßenbahn|[US]-?Bahn(?:-?[Ll]inie)?)\s?[A-Z]?\d{1,3}\b|\b[US]\s?\d{1,2}\b(?! ?%)",
        r"\b(?:[Ss]teigen Sie|[Aa]ussteigen)\b[^.]{0,60}\baus\b|\b(?:Bus)?[Hh]alt (?:am |an der |beim )?[A-ZÄÖÜ]\w{0,60}",
        r"\b(?:[Aa]n der|Autobahn|Bundesstraße|Ausfahrt)\s[AB]\s?\d{1,3}\b|[Aa]usfahrt\s[A-ZÄÖÜ]\w{0,60}",
        r"\b[Kk]lingel(?:n (?:Sie )?bei|n Sie|schild)?\b(?:[^.„\"»]{0,30}[„\"»][^“\"«]{1,60}[“\"«]| [A-ZÄÖÜ]\w{0,60})",
        # coordinates in words, names of codes, links to a town's own map, other languages, pages on how to get there
        r"\b[2-8]\d{5,6}\b\D{1,20}\b5\d{6}\b",
        r"\b\d{1,2}\s?(?:Grad|degrees)\b[^.\n]{0,40}(?:Minuten|[Nn]ord|[Nn]örd|[Öö]stl|north|minutes)",
        r"(?i:\b(?:geohash|plus ?code|what3words|w3w|maidenhead)\b)",
        r"(?i:/(?:[ou]|stadt)?(?:maps?|plan|karten?(?:viewer)?)\b\S{0,80})",
        r"(?i:[?&#](?:lat|lon|pin|ll|x|y)=\d\S{0,80})",
        rf"(?i:\b(?:{_NEAR_ABROAD}))|(?i:\b(?:{_STREET_ABROAD}))",
        r"(?i:anfahrt|lageplan|wegbeschreibung|so-finden-sie-uns)\S{0,80}",
        r"\bNr\.\s*\d+\b",
        r"(?i:\bopenstreetmap\b|\bosm\b)",
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
# Marks of Markdown and escapes (`&amp;`), which readers don't see as written.
_REMOVED = re.compile(rf"({WRITTEN})|\*+|`+|~~|\\(?=\W)")
LEADING = r"(?:Am|An|Auf|Bei|Im|In|Hinter|Vor|Zum|Zur|Unter)\s+(?:de[rmn]\s+)?"
"""What the name of a street or place may begin with."""
_LEADING = re.compile(f"^{LEADING}")
_BEFORE = re.compile(rf"{_NEAR}(?:\s+\w+){{0,3}}\s+\Z")
_NUMBER = re.compile(r"\s{1,3}\d{1,4}\s?[a-z]?\b")
_POSTCODE = re.compile(r"(?<![\d\-])\b\d{5}\b(?![\d\-])")
_JOINED_NUMBER = re.compile(r"\d{1,4}[a-z]?\Z")
_BEFORE_AREA = re.compile(
    r"(?:\b(?:[Ii]n|[Aa]us|[Nn]ach)|[Ss]tadtteil|[Qq]uartier|[Vv]iertel|[Gg]ebiet|[Bb]ezirk)\s\Z"
)
_LETTERS_BEFORE_AREA = 20
"""So many letters before a name are searched for such a word."""
_IN_CODE = re.compile(r"\A['\"/]|-")
"""Around a name in small letters: quoted, in a path or hyphened it is one all the same."""
_ENDINGS = ("s", "es", "er", "ern")
_SHORTEST = 4
"""Folded names of areas with fewer letters are looked for only after such a word, others never."""
_TYPED_WRONG = 7
"""From so many letters on a name with one letter wrong is still recognised."""
_LONGEST = 60
"""No street has a longer name; to leave out each letter of a text in turn takes the square of its length."""
_TOKEN = re.compile(r"\w+", re.UNICODE)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_MOST_WORDS = 7  # of a name


def fold(text: str) -> str:
    """Return only letters and digits, written alike: `Linden-Str.` equals `Lindenstraße`.

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
    """A town's place names: streets, areas, public places, postcodes."""

    def __init__(self, site: Site) -> None:
        seen = sight(site)
        addresses = _addresses(site)
        streets = {item.street for item in site.streets} | {item.street for item in addresses}
        self.streets = _keys([*streets, *_on_map(site, streets=True)])
        # Hashes instead of texts: with each letter left out, a city's streets are hundreds of thousands.
        spelt = (hash(less) for key in self.streets for less in _without_a_letter(key))
        self.mistyped = np.unique(np.fromiter(spelt, np.int64))
        self.areas = _areas(site)
        self.landmarks = _keys(
            [place.name for key, place in site.places.items() if seen.places[key] == "full"]
            + [office.name for office in site.offices.values()]
            + _on_map(site, streets=False)
        )
        postcodes = {item.postcode for item in site.streets} | {item.postcode for item in addresses}
        self.postcodes = postcodes - {None, ""}

    def clues(self, text: str, *, areas: bool = True) -> list[Clue]:
        """Return clues in a text; `areas` includes areas' names."""
        clean, places = _cleaned(text)
        postcodes = [
            clue for clue in _matches((_POSTCODE,), clean, certain=True) if clue.text in self.postcodes
        ]
        found = [
            *_matches(_CERTAIN, clean, certain=True),
            *_matches(_UNCERTAIN, clean, certain=False),
            *self._named(clean, areas=areas),
            *postcodes,
        ]
        return [
            Clue(places[clue.start], places[clue.end - 1] + 1, clue.text.strip(), clue.certain)
            for clue in _longest(found)
        ]

    def _named(self, text: str, *, areas: bool) -> Iterator[Clue]:
        """Yield the longest place name at each word."""
        tokens = list(_TOKEN.finditer(text))
        for first in range(len(tokens)):
            for last in range(min(first + _MOST_WORDS, len(tokens)), first, -1):
                clue = self._name(text, tokens[first:last], areas=areas)
                if clue is not None:
                    yield clue
                    break

    def _name(self, text: str, tokens: list[re.Match[str]], *, areas: bool) -> Clue | None:
        """Return adjacent words as a clue if they're a name."""
        start, end = tokens[0].start(), tokens[-1].end()
        words = text[start:end]
        # No name goes beyond a sentence: „… am Fluss. Weg …“.
        if re.search(r"[.!?;\n]\s", words) and "St." not in words:
            return None
        key = fold(words)
        number = _NUMBER.match(text, end)
        # A short name of an area means it only behind a word such as „in“.
        before = max(0, start - _LETTERS_BEFORE_AREA)
        is_meant = len(key) >= _SHORTEST or _BEFORE_AREA.search(text, before, start) is not None
        kind = self._kind(key, areas=areas and is_meant)
        if not kind and number is not None and self._resembles_street(key):
            kind = "mistyped"
        numbered = kind == "street" and number is not None
        if not kind or not (numbered or _is_written_as_name(text, tokens)):
            return None
        stop = end
        if number is not None and kind in ("street", "mistyped"):
            stop = number.end()
        certain = numbered or _is_certain(kind, key, text[max(0, start - 60) : start])
        return Clue(start, stop, text[start:stop], certain)

    def _resembles_street(self, key: str) -> bool:
        """Tell whether a folded name is a street's with one slip."""
        spelt = np.fromiter(map(hash, _without_a_letter(key)), np.int64)
        at = np.searchsorted(self.mistyped, spelt)
        in_range = at < len(self.mistyped)
        return bool((self.mistyped[at[in_range]] == spelt[in_range]).any())

    def _kind(self, key: str, *, areas: bool) -> str:
        """Return a folded name's kind: street, area, landmark or nothing."""
        if _among(key, self.streets) or _among(_JOINED_NUMBER.sub("", key), self.streets):
            return "street"
        if areas and _among(key, self.areas):
            return "area"
        if _among(key, self.landmarks):
            return "landmark"
        return ""


def _is_written_as_name(text: str, tokens: list[re.Match[str]]) -> bool:
    """Tell whether a name has its capital letter, as in sentences."""
    if " " not in text or any(token[0][0].isupper() for token in tokens):
        return True
    around = text[max(0, tokens[0].start() - 1) : tokens[-1].end() + 1]
    return _IN_CODE.search(around) is not None


def _is_certain(kind: str, key: str, before: str) -> bool:
    """Tell whether a name is unambiguous, given the words `before`."""
    if kind == "mistyped":
        return False
    if kind in ("street", "area") and key not in _EVERYDAY and len(key) >= _SHORTEST:
        return True
    return _BEFORE.search(before) is not None


def _matches(patterns: Iterable[re.Pattern[str]], text: str, *, certain: bool) -> Iterator[Clue]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Clue(match.start(), match.end(), match[0], certain)


def _addresses(site: Site) -> list[Address]:
    """Return the addresses of all records."""
    found: list[Address] = []
    for folder in ("places", "offers", "providers", "offices"):
        written = [getattr(record, "address", None) for record in site.records(folder).values()]
        found += [address for address in written if address]
    return found


def _on_map(site: Site, *, streets: bool) -> list[str]:
    """Return the map's names of streets, or all others."""
    names: list[str] = []
    for layer in site.context:
        if (layer.name == "streets") == streets:
            names += [item.name for item in layer.shapes]
    return names


def _areas(site: Site) -> frozenset[str]:
    """Return areas' folded names in all languages, without the town's."""
    towns: list[str] = []
    within: list[str] = []
    for space in site.spaces.values():
        if space.parent is None:
            towns += [space.name, *space.aliases]
        else:
            texts = space.translations.values()
            within += [space.name, *space.aliases, *(text.name for text in texts if text.name)]
    return _keys(within, shortest=_SHORTEST - 1) - _keys(towns)


def _keys(names: Iterable[str], shortest: int = _SHORTEST) -> frozenset[str]:
    """Fold names, also without „Am“ or „In der“, and inflected: `Alter Damm`, `am Alten Damm`."""
    found: set[str] = set()
    for name in names:
        found |= {fold(name), fold(_LEADING.sub("", name))}
        match = re.match(r"(\w{3,})(e|er|es|en|em)(\s.+)", name)
        if match:
            found |= {fold(match[1] + ending + match[3]) for ending in ("e", "er", "es", "en", "em")}
    return frozenset(key for key in found if len(key) >= shortest)


def _among(key: str, names: Collection[str]) -> bool:
    """Tell whether a name is known, inflected too: `des Flussweges`, `Kranichmoorer`."""
    return key in names or any(
        key.endswith(ending) and len(key) - len(ending) > _SHORTEST and key[: -len(ending)] in names
        for ending in _ENDINGS
    )


def _without_a_letter(key: str) -> frozenset[str]:
    """Return a name and all versions without one letter: two that share one differ by a slip."""
    if not _TYPED_WRONG <= len(key) <= _LONGEST:
        return frozenset()
    return frozenset((key, *(key[:at] + key[at + 1 :] for at in range(len(key)))))


def _cleaned(text: str) -> tuple[str, list[int]]:
    """Drop invisible signs, returning where each letter was."""
    letters: list[str] = []
    places: list[int] = []
    position = 0
    while position < len(text):
        match = _REMOVED.match(text, position)
        read = text[position]
        if match:
            read = read_as(match) if match[1] else ""
        # Signs of full width and others that only look different are read as what they look like.
        for sign in unicodedata.normalize("NFKC", read):
            space = sign.isspace()
            if not (space and letters and letters[-1] == " ") and unicodedata.category(sign) != "Cf":
                letters.append(" " if space else sign)
                places.append(position)
        position = match.end() if match else position + 1
    return "".join(letters), places


def _longest(clues: list[Clue]) -> list[Clue]:
    """Of overlapping clues keep certain before uncertain, longer before shorter."""
    kept: list[Clue] = []
    covered: set[int] = set()
    for clue in sorted(clues, key=lambda item: (not item.certain, item.start - item.end, item.start)):
        stands = range(clue.start, clue.end)
        if covered.isdisjoint(stands):
            covered.update(stands)
            kept.append(clue)
    return sorted(kept)
