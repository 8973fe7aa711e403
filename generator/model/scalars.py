"""Parse written text strictly into values, such as numbers, telephone numbers and ages.

Each type carries the JSON Schema of what editors may write. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, GetJsonSchemaHandler, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

from generator.model.dear_numbers_and_hosts import deceives, price
from generator.model.names_and_ids import is_slug, visible

T = TypeVar("T")
SHORT, LONG, PAGE = 1_000, 5_000, 50_000
"""Characters of a value, of a text and of a text of several paragraphs, at most; so no pattern ever meets a long one."""
SHOWN = 200
"""Characters of a value that a message repeats, at most."""


def fault(code: str, **values: object) -> PydanticCustomError:
    """Make the pydantic error that becomes this diagnostic."""
    return PydanticCustomError(
        code, code, {key: _cut_to_shown_length(str(value)) for key, value in values.items()}
    )


def _cut_to_shown_length(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def written(value: object, expected: str, limit: int = SHORT) -> str:
    """Return a scalar's text; raise for lists, maps and excessive length."""
    if isinstance(value, str):
        text = value.strip()
        if len(text) > limit:
            raise fault("text-zu-lang", length=len(text), limit=limit)
        return text
    raise fault(
        "falsche-form",
        expected=expected,
        found="eine Liste" if isinstance(value, list) else "eine Gruppe von Feldern",
    )


def typed(kind: type[T], parse: Callable[[str], T], expected: str) -> PlainValidator:
    """Give a type its parser and German name."""

    def validate(value: Any) -> T:
        return (
            value
            if isinstance(value, kind) and not isinstance(value, str)
            else parse(written(value, expected))
        )

    return PlainValidator(validate)


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a text as the id of a record or word."""

    target: str

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Name the target in the JSON Schema, so that editors can be offered the ids."""
        return {**handler(core), "x-ref": self.target}


_ADDRESS = r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9äöüß](?:[A-Za-z0-9äöüß.\-]*[A-Za-z0-9])?\.[A-Za-z]{2,}"
_MAIL = re.compile(_ADDRESS)
AREA_CODE = r"(?:(?:\+|00)49[ (\-]*(?:0\)[ (\-]*)?)?\+?[0-9](?:[ ()\-]*[0-9]){1,5}[ )\-]*"
"""What may stand before a slash: behind more digits than an area code has, a slash parts two numbers."""
# „040 66969-210“, „(0221) 22 22 22“, „+49 40/66969“; not „66969-256 -259“, which are two numbers, and not „0431/12“, which is none.
_PHONE = rf"(?!0(?:[^0-9]*[0-9]){{0,5}}\Z)(?!.* -[0-9])(?:\((?=0[0-9 ]+\)))?(?:{AREA_CODE}/[ (]*|\+?)[0-9][0-9 ()\-]*[0-9]"

_AT_HOME = re.compile(r"\A((?:\+|00)[1-9][0-9]{0,2})[ \-]*\( *0 *\)[ \-]*")
"""A country's prefix and the zero behind it, which is dialled within that country only."""

# --- texts ---------------------------------------------------------------------------------------------------------


def parse_text(value: object) -> str:
    """Return a stripped text; raise if empty or invisible."""
    return _require_visible_text(written(value, "ein Text", LONG))


def parse_markdown(value: object) -> str:
    """Return a text of several paragraphs."""
    return _require_visible_text(written(value, "ein Text", PAGE))


def _require_visible_text(text: str) -> str:
    if not text:
        raise fault("text-leer")
    if not visible(text):
        raise fault("text-unsichtbar")
    return text


_TWO_ADDRESSES = re.compile(
    r"[^\W\d_]\.? ?\d{1,3} ?[a-z]?(?:\s*(?:[/;,+&|]|und |u\. |oder )|[^\S\n]*\n)\s*[A-ZÄÖÜ][^\W\d_]{2}"
)
"""A house number, and another street behind it: „Am Markt 3 / Flussweg“."""


def one_address(street: str) -> str:
    """Return a street; raise where there are two."""
    if _TWO_ADDRESSES.search(street):
        raise fault("zwei-anschriften", value=street)
    return street


def lost_zero(number: str) -> bool:
    """Tell whether a number lost its zero in a spreadsheet, by its length."""
    return bool(re.fullmatch(r"[1-9](?:[ /\-]*\d){8,11}", number))


def parse_slug(value: object) -> str:
    """Return an id of small letters, digits and hyphens."""
    text = written(value, "ein Kürzel")
    if not is_slug(text):
        raise fault("kein-kuerzel", value=text)
    return text


def parse_phone(value: object) -> str:
    """Return a telephone number as written, checked for allowed signs. „+49 (0)40 …“ becomes „+49 40 …“."""
    text = written(value, "eine Telefonnummer")
    if not re.fullmatch(_PHONE, text) or len(re.sub(r"\D", "", text)) > 15:
        words = " ".join(re.findall(r"[^0-9 ()/+\-]+", text))
        raise fault("keine-telefonnummer", value=text, better=f"ohne „{words}“: " if words else "")
    text = _AT_HOME.sub(r"\1 ", text)
    dear = price(text)
    if dear is not None and not dear.allowed:
        raise fault("teure-nummer", value=text, what=dear.what)
    return text


def parse_email(value: object) -> str:
    """Return a mail address."""
    text = written(value, "eine E-Mail-Adresse")
    if not _MAIL.fullmatch(text):
        raise fault("keine-mail", value=text, better=_missing_in_mail(text))
    return text


def _missing_in_mail(text: str) -> str:
    if "@" not in text:
        return "das @ fehlt: eines schreiben"
    if text.count("@") > 1:
        return "nur eine Adresse schreiben, mit einem einzigen @"
    return "ohne Leerzeichen schreiben" if re.search(r"\s", text) else "am Ende gehört die Endung hin"


def parse_url(value: object) -> str:
    """Return an http(s) address; others may not become links."""
    text = written(value, "eine Internetadresse")
    match = re.fullmatch(r"https?://(?!/)([^\s<>\"'`{}|\\^]+)", text)
    if match is None or not 0 < match[1].find(".") < len(match[1]) - 1:
        bare = re.fullmatch(r"(?:[a-zA-Z]+:)?/*((?:[\w\-]+\.)+[a-zA-Z]{2,}(?:/\S*)?)", text)
        safe = bare is not None and not text.lower().startswith(("javascript", "data"))
        better = f"https://{bare[1]}" if bare and safe else "https://www.beispiel.example/"
        raise fault("keine-webadresse", value=text, better=better)
    if reason := deceives(text):
        raise fault("link-taeuscht", value=text, what=reason)
    return text


def parse_booking(value: object) -> str:
    """Return an http(s) address or telephone number for appointments."""
    text = written(value, "eine Internetadresse oder Telefonnummer")
    return parse_url(text) if re.search(r"[A-Za-z]", text) else parse_phone(text)


def parse_language(value: object) -> str:
    """Return a BCP 47 tag: `de`, `en`, `de-x-ls`."""
    text = written(value, "ein Sprachkürzel")
    if not re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", text):
        raise fault("kein-sprachkuerzel", value=text)
    return text


def parse_colour(value: object) -> str:
    """Return a colour as `#rrggbb`."""
    text = written(value, "eine Farbe")
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise fault("keine-farbe", value=text)
    return text.lower()


def parse_postcode(value: object) -> str:
    """Return a German postcode with its leading zero."""
    text = written(value, "eine Postleitzahl")
    if not re.fullmatch(r"[0-9]{5}", text):
        raise fault("keine-postleitzahl", value=text)
    return text


_SEEN = r"\S"  # some sign that is no blank
_TEXT_OR_NUMBER = {"anyOf": [{"type": "string", "pattern": _SEEN, "maxLength": LONG}, {"type": "number"}]}

Text = Annotated[str, BeforeValidator(parse_text), WithJsonSchema(_TEXT_OR_NUMBER)]
Markdown = Annotated[
    str,
    BeforeValidator(parse_markdown),
    WithJsonSchema({"type": "string", "pattern": _SEEN, "maxLength": PAGE}),
]
Slug = Annotated[
    str,
    BeforeValidator(parse_slug),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": r"^[a-z0-9]+([-_][a-z0-9]+)*$"}, {"type": "integer"}]}
    ),
]
Phone = Annotated[
    str,
    BeforeValidator(parse_phone),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": f"^{_PHONE}$"}, {"type": "integer"}]}),
]
Email = Annotated[
    str,
    BeforeValidator(parse_email),
    WithJsonSchema({"type": "string", "format": "email", "pattern": f"^{_ADDRESS}$"}),
]
Url = Annotated[str, BeforeValidator(parse_url), WithJsonSchema({"type": "string", "pattern": "^https?://"})]
Booking = Annotated[
    str,
    BeforeValidator(parse_booking),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": f"^https?://|^{_PHONE}$"}, {"type": "integer"}]}),
]
LanguageTag = Annotated[
    str,
    BeforeValidator(parse_language),
    WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"}),
]
Colour = Annotated[
    str, BeforeValidator(parse_colour), WithJsonSchema({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"})
]
Postcode = Annotated[
    str,
    BeforeValidator(parse_postcode),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": "^[0-9]{5}$"}, {"type": "integer"}]}),
]

# --- yes and no, numbers -------------------------------------------------------------------------------------------


def parse_yes_no(text: str) -> bool:
    """Read `yes`, `no`, „ja“ and „nein“ only, so that files look alike."""
    if text.lower() not in ("yes", "no", "ja", "nein"):
        raise fault("kein-ja-nein", value=text)
    return text.lower() in ("yes", "ja")


_EITHER = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
"""Thousands or three decimals: „3.868“."""


def parse_number(text: str) -> Decimal:
    """Read a number with decimal point: at most twelve and nine digits; a point before three digits may part thousands."""
    if not re.fullmatch(r"-?[0-9]{1,12}(?:\.[0-9]{1,9})?", text):
        figure = re.search(r"(?<![0-9.,])-?[0-9]{1,12}(?:[.,][0-9]{1,9})?(?![0-9.,])", text)
        example = ", zum Beispiel 3.50"
        raise fault(
            "keine-zahl", value=text, better=f": {figure[0].replace(',', '.')}" if figure else example
        )
    if _EITHER.fullmatch(text):
        raise fault("tausender-oder-nicht", value=text, whole=text.replace(".", ""), part=f"{text}0")
    return Decimal(text)


def parse_amount(text: str) -> Decimal:
    """Read a number of zero or more: people, hours."""
    number = parse_number(text)
    if number < 0:
        raise fault("zahl-negativ", value=text)
    return number


def parse_euros(text: str) -> Decimal:
    """Read euros with whole cents; a point before three digits parts thousands."""
    if _EITHER.fullmatch(text):
        raise fault(
            "betrag-mehrdeutig", value=text, whole=text.replace(".", ""), cents=f"{Decimal(text):.2f}"
        )
    amount = parse_amount(text)
    if amount != amount.quantize(Decimal("0.01")):
        raise fault("betrag-geteilt", value=text)
    return amount


def parse_count(text: str) -> int:
    """Read a whole number of zero or more."""
    if not re.fullmatch(r"[0-9]{1,12}", text):
        figure = re.search(r"(?<![-0-9.,])[0-9]{1,12}(?![0-9.,])", text)
        raise fault("keine-ganze-zahl", value=text, better=f": {figure[0]}" if figure else "")
    return int(text)


def parse_percent(text: str) -> Decimal:
    """Read a share from 0 to 100: `30 %` or `30`."""
    number = parse_number(text.removesuffix("%").strip())
    if not 0 <= number <= 100:
        raise fault("anteil-ausserhalb", value=text)
    return number


_NUMBER = WithJsonSchema({"type": "number"})
YesNo = Annotated[
    bool,
    typed(bool, parse_yes_no, "yes oder no"),
    WithJsonSchema(
        {"anyOf": [{"enum": ["yes", "no"]}, {"type": "string", "pattern": "^(?:[Jj]a|[Nn]ein)$"}]}
    ),
]
Number = Annotated[Decimal, typed(Decimal, parse_number, "eine Zahl"), _NUMBER, PlainSerializer(str)]
Amount = Annotated[
    Decimal,
    typed(Decimal, parse_amount, "eine Zahl"),
    WithJsonSchema({"type": "number", "minimum": 0}),
    PlainSerializer(str),
]
Euros = Annotated[
    Decimal,
    typed(Decimal, parse_euros, "ein Betrag in Euro"),
    WithJsonSchema({"type": "number", "minimum": 0}),
    PlainSerializer(str),
]
Count = Annotated[
    int, typed(int, parse_count, "eine ganze Zahl"), WithJsonSchema({"type": "integer", "minimum": 0})
]
Percent = Annotated[
    Decimal,
    typed(Decimal, parse_percent, "ein Anteil in Prozent"),
    WithJsonSchema(_TEXT_OR_NUMBER),
    PlainSerializer(str),
]

# --- ages and points -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ages:
    """Ages in whole months, inclusive; `upper` None: open, `pregnancy`: before birth."""

    written: str
    lower: int = 0
    upper: int | None = None
    pregnancy: bool = False

    @property
    def everybody(self) -> bool:
        """No age is excluded."""
        return self.lower == 0 and self.upper is None

    @property
    def years(self) -> tuple[int, int]:
        """The first and last whole year; the same if open."""
        return self.lower // 12, (self.lower if self.upper is None else self.upper) // 12


# „für Kinder ab 6“
_PEOPLE = re.compile(
    r"^(?:für )?(?:kinder|jugendliche|menschen|alle|junge menschen) (?=ab|von|-|unter|zwischen|\d)"
)


def parse_ages(text: str) -> Ages:
    """Read `0-3`, `6-12 months`, `16+`, `pregnancy`, `pregnancy-3`, `all`; years are inclusive.

    Unambiguous German is read too: „ab 16 Jahren“, „bis 12 Monate“, „U3“, „alle“.
    """
    normal = _ages_in_german(text)
    if normal == "all":
        return Ages(text)
    if normal == "pregnancy":
        return Ages(text, 0, 0, pregnancy=True)
    if match := re.fullmatch(r"pregnancy-([0-9]{1,2})", normal):
        return Ages(text, 0, int(match[1]) * 12 + 11, pregnancy=True)
    # Pages say whole years of what begins before birth.
    if match := re.fullmatch(r"pregnancy-(12|24|36) months", normal):
        return Ages(text, 0, int(match[1]), pregnancy=True)
    if match := re.fullmatch(r"([0-9]{1,3})\+( months)?", normal):
        months = match[2] is not None
        return Ages(text, _parse_age(match[1], text, months=months) * (1 if months else 12), None)
    if match := re.fullmatch(r"([0-9]{1,3})(?:-([0-9]{1,3}))?( months)?", normal):
        months = match[3] is not None
        low = _parse_age(match[1], text, months=months)
        high = _parse_age(match[2] or match[1], text, months=months)
        if low > high:
            raise fault("alter-verkehrt", value=text, better=f"{high}-{low}")
        return Ages(text, low, high) if months else Ages(text, low * 12, high * 12 + 11)
    raise fault("kein-alter", value=text)


def _ages_in_german(text: str) -> str:
    """Rewrite German ages („von 6 bis 12 Jahren“) as records do (`6-12`); other texts come back simplified."""
    normal = _one_blank(text).rstrip(".!").lower()
    normal = re.sub(r"[–—]| - |\bbis(?: zu)?\b", "-", normal)
    normal = re.sub(r"\b(?:jahren?|jahre|j|jährige|lebensjahr)\b\.?", "", normal)
    normal = re.sub(r"\b(?:lebens)?(?:monate?n?|mon|mo)\b\.?", " months", normal)
    normal = _PEOPLE.sub("", _one_blank(normal))
    normal = re.sub(r"^zwischen (\d+) und (?=\d)", r"\1-", normal)
    normal = re.sub(r"^(?:von|ab) (?=\d+ ?-)", "", normal)
    normal = _one_blank(re.sub(r" ?- ?", "-", normal))
    if re.fullmatch("alle|alle altersgruppen|jedes alter|für alle|altersoffen|ohne altersgrenze", normal):
        return "all"
    if match := re.fullmatch(
        r"(?:in der |während der )?schwangerschaft(?:-([0-9]{1,2}(?: months)?))?|(schwangere)", normal
    ):
        return f"pregnancy-{match[1]}" if match[1] else "pregnancy"
    if normal in ("u3", "unter 3"):
        return "0-2"
    if match := re.fullmatch(r"unter ([0-9]{1,2})", normal):
        return f"0-{max(0, int(match[1]) - 1)}"
    if match := re.fullmatch(r"ab ([0-9]{1,3})( months)?", normal):
        return f"{match[1]}+{match[2] or ''}"
    if match := re.fullmatch(r"-([0-9]{1,3})( months)?", normal):
        return f"0-{match[1]}{match[2] or ''}"
    return normal


def _one_blank(text: str) -> str:
    return " ".join(text.split())


def _parse_age(digits: str, text: str, *, months: bool = False) -> int:
    age = int(digits)
    if age > (120 * 12 if months else 120):
        raise fault("alter-unglaubhaft", value=text)
    return age


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance in metres, as it was written."""

    written: str
    metres: int

    def __str__(self) -> str:
        return self.written


FARTHEST = 100_000  # metres: nobody means more


def parse_distance(text: str) -> Distance:
    """Read `800 m`, `1 km`, `1.5 km`, `1,5 km`."""
    match = re.fullmatch(r"([0-9]{1,6})(?:[.,]([0-9]{1,3}))? ?(m|km)", text)
    if not match:
        raise fault("keine-entfernung", value=text)
    metres = round(float(f"{match[1]}.{match[2] or 0}") * (1000 if match[3] == "km" else 1))
    if not 0 < metres <= FARTHEST:
        raise fault("keine-entfernung", value=text)
    return Distance(text, metres)


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84, degrees."""

    longitude: float
    latitude: float


def parse_point(text: str) -> Point:
    """Read `longitude latitude` in degrees."""
    match = re.fullmatch(r"(-?[0-9]{1,9}(?:\.[0-9]+)?)[ ,;]+(-?[0-9]{1,9}(?:\.[0-9]+)?)", text)
    if not match:
        raise fault("kein-punkt", value=text, better=_with_points(text))
    longitude, latitude = float(match[1]), float(match[2])
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise fault("punkt-projiziert", value=text)
    if is_swapped(longitude, latitude):
        raise fault("punkt-vertauscht", better=f"{match[2]} {match[1]}")
    return Point(longitude, latitude)


def _with_points(text: str) -> str:
    """Say how to write a point, rewriting two numbers with decimal commas."""
    point = ""
    if numbers := re.fullmatch(r"([0-9]{1,3}),([0-9]+)[ ,;]+([0-9]{1,3}),([0-9]+)", text):
        point = "{}.{} {}.{}".format(*numbers.groups())
        try:
            parse_point(point)
        except PydanticCustomError as error:
            point = (error.context or {}).get("better", "")
    if point:
        return f"mit Punkt statt Komma: {point} schreiben"
    return "Länge und Breite in Grad schreiben, mit Punkt statt Komma, zum Beispiel 10.0101 53.7033"


def is_swapped(longitude: float, latitude: float) -> bool:
    """Tell whether swapped degrees would lie in or near Germany."""
    return 46 < longitude < 56 and 5 < latitude < 16


@dataclass(frozen=True, slots=True)
class GeometryRef:
    """A feature in a GeoJSON file beside the records."""

    file: str
    feature: str


def parse_geometry(text: str) -> GeometryRef:
    """Read `geometry/file.geojson#feature-id`."""
    match = re.fullmatch(r"((?:[\w\-]+/)*[\w\-]+\.geojson)#([\w\-.:]+)", text)
    if not match:
        raise fault("kein-geometrieverweis", value=text)
    return GeometryRef(match[1], match[2])


_OF_AGES = (
    "all", "alle", "Alle", "pregnancy", "months", "[Ss]chwangerschaft", "[Ss]chwangere", "in der", "während der", "U3", "u3",
    "[Ff]ür", "[Kk]inder", "[Jj]ugendliche", "[Mm]enschen", "[Jj]unge", "[Aa]ltersgruppen", "[Jj]edes [Aa]lter", "[Aa]ltersoffen",
    "[Oo]hne [Aa]ltersgrenze", "[Aa]b", "[Vv]on", "[Bb]is", "[Zz]wischen", "und", "zu", "[Uu]nter", "[Jj]ahren?", "[Jj]ahre", "[Jj]", "jährige", "[Ll]ebensjahr",
    "(?:[Ll]ebens)?[Mm]onate?n?", "[Mm]on?", "[-+–—.! 0-9]",
)  # fmt: skip
"""What a text for ages is made of; which of these texts make sense, `parse_ages` alone knows."""
AgeRange = Annotated[
    Ages,
    typed(Ages, parse_ages, "eine Altersangabe"),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": f"^(?:{'|'.join(_OF_AGES)})+$"}, {"type": "integer"}]}
    ),
]
Walk = Annotated[
    Distance,
    typed(Distance, parse_distance, "eine Entfernung"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,6}([.,]\d{1,3})? ?(m|km)$"}),
]
# Degrees of Germany the wrong way round, as `is_swapped` tells them.
_SWAPPED = r"(?:4[6-9]|5[0-5])(?:\.\d+)?[ ,;]+(?:[5-9]|1[0-5])(?:\.\d+)?"
LonLat = Annotated[
    Point,
    typed(Point, parse_point, "ein Punkt"),
    WithJsonSchema(
        {"type": "string", "pattern": rf"^(?!{_SWAPPED}$)-?\d{{1,3}}(\.\d+)?[ ,;]+-?\d{{1,2}}(\.\d+)?$"}
    ),
]
Geometry = Annotated[
    GeometryRef,
    typed(GeometryRef, parse_geometry, "ein Verweis auf eine Geometrie"),
    WithJsonSchema({"type": "string", "pattern": r"^.+\.geojson#.+$"}),
]
