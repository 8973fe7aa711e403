"""Columns of a table in, what each of them seems to hold out: by its heading (German, English, the French of data·inclusion), else by its values.

Nothing is imported by this: it is what a draft of a mapping begins with, and what is not certain is marked there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.edit.tables.table_rows import Sheet
from generator.model.slugs import slug

_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """A heading with the first values below it, without empty ones."""

    name: str
    values: tuple[str, ...]

    def share(self, fits: Callable[[str], object]) -> float:
        """Return which part of the values fits; 0 where there are none."""
        if self.values:
            return sum(bool(fits(text)) for text in self.values) / len(self.values)
        return 0.0


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column plays which role; `guessed` are roles that values alone or a vague heading speak for, with why."""

    columns: Mapping[str, SourceColumn]
    unused: tuple[SourceColumn, ...]
    guessed: Mapping[str, str]

    def name(self, role: str) -> str:
        """Return the heading of a role's column, nothing where no column plays it."""
        if role in self.columns:
            return self.columns[role].name
        return ""


_PERSON = r".{0,80}(ansprech|leitung|leiter|kontaktperson|vorname|nachname|nom prenom|inhaber|vorsitz|geschaeftsf).{0,80}"
# The order decides: what is more specific stands first. A heading is compared in small letters, with blanks between its words.
_HEADINGS: tuple[tuple[str, str], ...] = (
    ("person", _PERSON),
    ("fax", r".{0,80}fax.{0,80}"),
    ("provider_id", r"(traeger|sponsor|anbieter|betreiber|provider|operator) ?(id|nr|nummer|kennung|schluessel)|structure id"),
    ("provider", r"((name|bezeichnung) (des |der )?)?(traegers?|anbieters?|betreibers?|sponsor|provider|operator|organisation|traegerverein)( ?name)?|structure( nom)?"),
    ("suffix", r"((hausnummer(n)?|hausnr|hnr|haus ?nr|nummer) ?)zusatz|hnrz|zusatz"),
    ("number", r"haus ?nummer|haus ?nr|hnr|nr haus|house ?number|addr housenumber|numero"),
    ("extra", r"adress ?zusatz|complement adresse"),
    ("postcode_town", r"plz (und |u )?(ort|stadt|wohnort)|postleitzahl (und )?ort"),
    ("postcode", r"plz|postleitzahl|zip|zip ?code|post ?code|code postal|addr postcode"),
    ("town", r"ort|stadt|gemeinde|wohnort|ortsname|city|town|commune|addr city"),
    ("street", r"(strasse|str|anschrift|adresse|street|address|strassenname|rue|addr street|lage)( (und |u )?(haus ?(nummer|nr)|nr|nummer|hnr))?"),
    ("phone", r"(tel|telefon|fon|telephone|phone|telefon ?(nummer|nr)|tel ?nr|rufnummer|phone number|festnetz|contact phone)"),
    ("mobile", r"(mobil|handy|mobil ?(telefon|nummer|funk)|mobile)( ?(nummer|nr))?"),
    ("email", r"e ?mail( ?adresse)?|mail|courriel|email adress|contact email|elektronische post"),
    ("website", r"web(site|seite|adresse)?|home ?page|internet(seite|adresse|auftritt)?|url|www|link|site web|lien source|contact website"),
    ("hours", r"(oeffnungs ?zeit(en)?|hours|opening hours|horaires( accueil| ouverture)?|geoeffnet|oeffnung)"),
    ("ages_from", r"alter (von|ab|min)|ab alter|mindestalter|min(imum)? ?(alter|age)|age (from|min)"),
    ("ages_to", r"alter (bis|max)|bis alter|hoechstalter|max(imum)? ?(alter|age)|age (to|max)"),
    ("ages", r"alter|alters ?(gruppe|spanne|stufe)n?|ages?|alter der kinder|aufnahmealter"),
    ("kind", r"art|typ|type|kategorie|category|einrichtungs ?(art|typ)|angebots ?(art|form)|art der einrichtung|rubrik|typologie"),
    ("longitude", r"(geo(graf|graph)?ische )?(laenge|laengengrad|lon|lng|long|longitude)|(geo|wgs ?84|wgs) ?(lon|x)|x|x ?koord(inate)?|koordinate x|rechtswert|ostwert|easting|utm ?(x|e|ost)|e ?koord"),
    ("latitude", r"(geo(graf|graph)?ische )?(breite|breitengrad|lat|latitude)|(geo|wgs ?84|wgs) ?(lat|y)|y|y ?koord(inate)?|koordinate y|hochwert|nordwert|northing|utm ?(y|n|nord)|n ?koord"),
    ("point", r"koordinaten?|geo ?(punkt|point|koordinaten|location)|point|geom|geometry|wkt|lonlat|latlon|lage ?koordinaten"),
    ("district", r"bezirk|stadt ?(teil|bezirk|viertel|gebiet)|orts ?(teil|amtsbereich)|quartier|viertel|gebiet|sozial ?raum|planungs ?raum|bezirksregion|district|kiez|.{0,80}(plr|lor|planungsraum).{0,80}|geojson feature id"),
    ("languages", r"(fremd)?sprachen?|languages?|langues?"),
    ("description", r"(kurz)?beschreibung|description|inhalt|information(en)?|angebotsbeschreibung|presentation (resume|detail)"),
    ("transport", r"oepnv|haltestelle|anfahrt|verkehrsanbindung|erreichbarkeit"),
    ("name", r"(namen?|bezeichnung|titel|title|nom)( (der|des|de la) .{0,80})?|(name )?(einrichtung|angebot|kita|schule|verein|objekt|spielplatz|standort)(s ?name|name)?|.{0,80} name"),
    ("id", r"(lfd ?|lauf(ende)? ?)?(id|nr|nummer|kennung|kennziffer|schluessel|code|objekt ?(id|nr)|einrichtungs ?(id|nr|nummer|schluessel)|fid|gid|identifiant|identifier|siret)|.{0,80} (id|nr|nummer|kennung|schluessel)|.{0,80}(schul|kita|einrichtungs)(nummer|nr)"),
)  # fmt: skip
_VALUES: tuple[tuple[str, str, str], ...] = (
    ("email", r"[^@\s]+@[^@\s]+\.[a-z]{2,}", "lauter Mailadressen"),
    ("website", r"(https?://|www\.)\S+", "lauter Internetadressen"),
    ("phone", r"(\+49|0049|0)[\d\s/().\-–]{6,}", "lauter Telefonnummern"),
    ("postcode", r"\d{5}", "lauter fünfstellige Zahlen"),
)
UNFIT = re.compile(r"[<>|\[\]]")
"""Signs in a heading that a mapping needs for itself."""
DEGREES = {"longitude": (5.0, 16.0), "latitude": (46.0, 56.0)}
METRES = {"longitude": (200_000.0, 1_000_000.0), "latitude": (5_200_000.0, 6_200_000.0)}


def columns_of(table: Sheet) -> list[SourceColumn]:
    """Return every column with its first values."""
    columns = []
    for name in table.header:
        texts = [row.cells[name].text for row in table.rows[:_LOOKED_AT]]
        columns.append(SourceColumn(name, tuple(filter(None, texts))))
    return columns


def roles_of(columns: Sequence[SourceColumn]) -> Roles:
    """Say what each column seems to hold; a role is played once, by the first column that fits."""
    played: dict[str, SourceColumn] = {}
    guessed: dict[str, str] = {}
    left = [column for column in columns if column.values and not UNFIT.search(column.name)]
    _by_headings(played, left)
    _by_values(played, guessed, left)
    _points(played, guessed, left)
    if "name" not in played:
        _name(played, guessed, left)
    used = {column.name for column in played.values()}
    return Roles(played, tuple(column for column in columns if column.name not in used), guessed)


def _by_heading(role: str, pattern: str, left: Sequence[SourceColumn]) -> SourceColumn | None:
    """Return the column whose heading says that it plays a role.

    Of two that are called alike the one whose values fit better: the id that is unique, the name that has letters.
    """
    fitting = [column for column in left if re.fullmatch(pattern, heading_words(column.name))]
    fitting.sort(key=lambda item: _weight(role, item), reverse=True)
    return next((column for column in fitting if _may(role, column)), None)


def _name(played: dict[str, SourceColumn], guessed: dict[str, str], left: Sequence[SourceColumn]) -> None:
    """Take the first column of different texts for the name, else any: a record has one, and people say which column it is."""
    texts = [column for column in left if column.share(_has_word) > 0.9]
    texts = [column for column in texts if len(set(column.values)) > 0.5 * len(column.values)]
    columns = texts or left or list(played.values())
    if not columns:
        return
    played["name"] = columns[0]
    guessed["name"] = "welche Spalte der Name ist, war nicht zu erkennen"
    if texts:
        guessed["name"] = "die erste Spalte, in der lauter verschiedene Texte stehen"


def _has_word(text: str) -> bool:
    """Tell whether a text has three letters in a row."""
    return bool(re.search("[^\\W\\d_]{3}", text))


def heading_words(name: str) -> str:
    """Return a heading as it is compared.

    >>> heading_words("Straße/Haus-Nr."), heading_words("phone_number")
    ('strasse haus nr', 'phone number')
    """
    return slug(re.sub(r"(?<=[a-zäöü])(?=[A-Z])", " ", name)).replace("-", " ")


def _weight(role: str, column: SourceColumn) -> float:
    words = heading_words(column.name)
    if role == "id":
        return len(set(column.values)) / len(column.values) + (words == "id")
    if words == "lien source":
        return -1.0
    return 0.0


def _may(role: str, column: SourceColumn) -> bool:
    """Tell whether values don't speak against what a heading says."""
    if role in DEGREES:
        return column.share(lambda text: number_of(text) is not None) > 0.5
    if role == "id":
        return len(set(column.values)) == len(column.values)
    if role in ("phone", "mobile"):
        return column.share(lambda text: sum(map(str.isdigit, text)) > 4) > 0.3
    if role == "name":
        return column.share(lambda text: bool(re.search(r"[^\W\d_]{2}", text))) > 0.5
    return True


def number_of(text: str) -> float | None:
    """Read a number with a point or a comma; None where it is none."""
    match = re.fullmatch(r"-?\d{1,9}(?:[.,]\d+)?", text)
    if match:
        return float(text.replace(",", "."))
    return None


def lies_in(column: SourceColumn, bounds: tuple[float, float]) -> bool:
    """Tell whether nearly all values of a column are numbers between two others."""
    return column.share(lambda text: (n := number_of(text)) is not None and bounds[0] < n < bounds[1]) > 0.9


def _by_headings(played: dict[str, SourceColumn], left: list[SourceColumn]) -> None:
    """Find roles by the headings of columns."""
    for role, pattern in _HEADINGS:
        column = _by_heading(role, pattern, left)
        if role not in played and column is not None:
            played[role] = column
            left.remove(column)


def _by_values(played: dict[str, SourceColumn], guessed: dict[str, str], left: list[SourceColumn]) -> None:
    """Find roles that nobody plays yet by what most values of a column look like."""
    for role, pattern, why in _VALUES:
        fits = re.compile(pattern).fullmatch
        column = next((item for item in left if item.share(fits) > 0.8), None)
        if role not in played and column is not None:
            played[role], guessed[role] = column, why
            left.remove(column)


def _points(played: dict[str, SourceColumn], guessed: dict[str, str], left: list[SourceColumn]) -> None:
    """Find coordinates by their values, and put right what headings have the wrong way round."""
    longitude, latitude = played.get("longitude"), played.get("latitude")
    for kind in (DEGREES, METRES):
        east, north = kind["longitude"], kind["latitude"]
        if longitude and latitude:
            if lies_in(longitude, north) and lies_in(latitude, east):
                played["longitude"], played["latitude"] = latitude, longitude
                guessed["longitude"] = "die Überschriften sind vertauscht; nach den Werten ist es so herum"
        elif not longitude and not latitude:
            first, second = _first_in(left, east), _first_in(left, north)
            if first and second and first is not second:
                played["longitude"], played["latitude"] = first, second
                guessed["longitude"] = "nach den Werten Koordinaten"
                left.remove(first)
                left.remove(second)
                return


def _first_in(columns: Iterable[SourceColumn], bounds: tuple[float, float]) -> SourceColumn | None:
    """Return the first column whose values lie within bounds."""
    return next((item for item in columns if lies_in(item, bounds)), None)
