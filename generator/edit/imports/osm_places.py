"""Tell which features of OpenStreetMap a town may take as places.

Nobody's private address, and nothing that is protected, whatever it is called.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from generator.edit.imports.osm_extract import OsmFeature
from generator.edit.tables import table_columns
from generator.edit.tables.table_columns import web
from generator.model.config import OSM_CREDIT
from generator.model.dates import Hours
from generator.model.names_and_ids import FIRST_NAMES
from generator.model.scalars import parse_email, parse_phone, parse_url
from generator.read.hidden_places import refuge_in

_HOURS = TypeAdapter(Hours)
Tags = Mapping[str, str]
_YOUNG = ("juvenile", "youth", "child", "teenager")
KINDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("spielplatz", "leisure", ("playground",)),
    ("bibliothek", "amenity", ("library",)),
    ("musikschule", "amenity", ("music_school",)),
    ("schule", "amenity", ("school",)),
    ("kita", "amenity", ("kindergarten", "childcare", "preschool")),
    ("jugendzentrum", "amenity", ("youth_centre",)),
    ("jugendzentrum", "community_centre", ("youth_centre",)),
    ("jugendzentrum", "community_centre:for", _YOUNG),
    ("jugendzentrum", "club", ("youth", "scout", "scouts")),
    ("familienzentrum", "community_centre", ("family_centre",)),
    ("kirche", "community_centre", ("parish_hall",)),
    ("nachbarschaftshaus", "amenity", ("community_centre", "social_centre")),
    ("beratungsstelle", "healthcare", ("counselling",)),
    ("beratungsstelle", "office", ("counselling",)),
    ("ausgabestelle", "social_facility", ("food_bank", "soup_kitchen", "clothing_bank")),
    ("schwimmbad", "leisure", ("swimming_pool", "water_park")),
    ("schwimmbad", "amenity", ("public_bath",)),
    ("sportstaette", "leisure", ("sports_centre", "sports_hall", "stadium", "pitch", "track")),
    ("park", "leisure", ("park",)),
    ("garten", "landuse", ("allotments",)),
    ("amt", "amenity", ("townhall",)),
    ("feuerwehr", "amenity", ("fire_station",)),
    ("praxis", "amenity", ("doctors", "clinic", "hospital", "dentist")),
    ("apotheke", "amenity", ("pharmacy",)),
)
"""Kind of place, key and values: the first row that fits says what a feature is. Churches aren't here: not each has a hall."""
_HOME = re.compile(
    r"Wohngruppe|Wohnheim|Unterkunft|Asyl|Flüchtling|Obdach|Notschlaf|Notdienst|Notaufnahme|Erstaufnahme|Inobhutnahme|Gewaltschutz|Clearinghaus"
    r"|Kinderheim|Mutter-?Kind-?(?:Haus|Heim|Einrichtung|Gruppe)|Wohngemeinschaft|\bWG\b|Wohnstätte|Wohnverbund|Pflegefamilie|Bereitschaftspflege", re.IGNORECASE
)  # fmt: skip
"""Homes of people who can't choose who learns where they live; what refuges are called says `vocabulary/refuges.yml`."""
_AT_HOME = re.compile(r"Tagesmutter|Tagesvater|Tagespflege|Tagesmama|Kindertagespflegeperson", re.IGNORECASE)
# Before persons' names („Dr. med.“), and words of practices' names that aren't persons'.
_TITLE = re.compile(
    r"\b(?:Drs?|Dres|Prof|Dipl|med|dent|Inh|Mag|lic|phil|Apotheker(?:in)?)\b\.?|\b(?:Frau|Herrn?|Familie)\b",
    re.IGNORECASE,
)
_OF_PRACTICES = frozenset(
    re.findall(
        r"\w+",
        """
        praxis arztpraxis aerztehaus ärztehaus hausarztpraxis hausärzte hausarzt zahnarztpraxis zahnarzt zahnärzte kinderarztpraxis kinderarzt kinderärzte
        frauenarztpraxis frauenärzte gemeinschaftspraxis gruppenpraxis medizinisches medizinische versorgungszentrum gesundheitszentrum mvz
        klinik klinikum krankenhaus spital landesspital kantonsspital hospital zentrum center centrum ambulanz ambulatorium poliklinik
        tagesklinik fachklinik kinderklinik notfallpraxis bereitschaftspraxis für kinder jugend jugendliche und jugendmedizin kinderheilkunde
        jugendpsychiatrie psychiatrie psychotherapie zahnmedizin allgemeinmedizin innere medizin frauenheilkunde gynäkologie am an der die das
        im in bei zum zur auf dem den des haus nord süd ost west mitte markt bahnhof rathaus stadt st sankt
        """,
    )
)
_NAMING_TAGS = frozenset(
    ("name", "alt_name", "official_name", "short_name", "old_name", "operator", "description", "note")
)
_HOMES = ("shelter", "group_home", "assisted_living", "dormitory", "nursing_home")
_ACCESS = {"yes": "yes", "limited": "limited", "no": "no"}  # of `wheelchair`; other values say nothing


def kind_of(tags: Tags) -> str | None:
    """Return the kind of place tags mean; None for others."""
    return next(
        (kind for kind, key, values in KINDS if set(tags.get(key, "").split(";")) & set(values)), None
    )


def is_protected(tags: Tags) -> bool:
    """Tell whether an address must stay secret, or is a home of people who can't choose."""
    naming = " ".join(text for key, text in tags.items() if key.partition(":")[0] in _NAMING_TAGS)
    # As it is read, whatever signs nobody sees or how its parts are set apart.
    naming = "".join(
        sign for sign in unicodedata.normalize("NFKC", naming) if unicodedata.category(sign) != "Cf"
    )
    joined = re.sub(r"[\W_]+", "", naming)
    for_whom = tags.get("social_facility:for", "")
    return bool(
        any(refuge_in(text) or _HOME.search(text) for text in (naming, joined))
        or re.search("abuse|victim|refugee|homeless|displaced", for_whom)
        or tags.get("social_facility") in _HOMES
    )


_GONE = frozenset(("disused:amenity", "disused:leisure", "abandoned:amenity", "abandoned:leisure"))
"""Keys of what isn't used any more."""


def refusal(tags: Tags, kind: str, around: Collection[str]) -> str | None:
    """Say in German why a feature is refused, None if not; `around`: lower-case names of streets and areas."""
    name = tags.get("name", "")
    if is_protected(tags):
        return "geschützt"
    if tags.get("access") in ("private", "no") or not _GONE.isdisjoint(tags):
        return "nicht öffentlich"
    if _AT_HOME.search(name) or (kind in ("praxis", "apotheke") and _bears_person(name, kind, around)):
        return "nach einer Person benannt"
    return None


def _bears_person(name: str, kind: str, around: Collection[str]) -> bool:
    """Tell whether a practice may be called after a person."""
    if _TITLE.search(name):
        return True
    # Many streets are called after people: only a whole name of a street or an area says where a practice is.
    rest = _spelled(name)
    for place in _longest_first(frozenset(around)):
        rest = rest.replace(place, " ")
    words = rest.split()
    if any(word in FIRST_NAMES for word in words) and not re.search(r"\b(?:St\.|Sankt)", name):
        return True
    # A surname can be any word: so of a practice every word must be known. Pharmacies are shops, called after lions and roses.
    return kind == "praxis" and any(word not in _OF_PRACTICES for word in words)


def _spelled(name: str) -> str:
    """Return a name's words in lower case, between spaces."""
    words = re.findall(r"[^\W\d_]+", name.lower())
    return f" {' '.join(words)} "


@lru_cache(maxsize=2)
def _longest_first(places: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted({_spelled(place) for place in places}, key=lambda place: (-len(place), place)))


def place_of(feature: OsmFeature, kind: str, day: str) -> dict[str, str]:
    """Return a place's cells by heading, without what can't be read. `day` is its date where the extract has none."""
    tags = feature.tags
    number = table_columns.phone(_find_first_tag(tags, "contact:phone", "phone"))
    mail = _find_first_tag(tags, "contact:email", "email")
    site = web(_find_first_tag(tags, "contact:website", "website", "url"))
    hours = tags.get("opening_hours", "")
    return {
        "Blatt": "Orte",
        "Name": tags["name"].strip(),
        "Art": kind,
        **_read_full_address(tags),
        "Punkt": f"{feature.point[0]:.6f} {feature.point[1]:.6f}",
        "Telefon": number if _reads(parse_phone, number) else "",
        "E-Mail": mail if _reads(parse_email, mail) else "",
        "Internetseite": site if _reads(parse_url, site) else "",
        "Öffnungszeiten": hours if _reads(_HOURS.validate_python, hours) else "",
        "Stufenlos": _ACCESS.get(tags.get("wheelchair", ""), ""),
        "Quelle": f"OpenStreetMap, {feature.key} ({OSM_CREDIT})",
        "Stand der Quelle": feature.changed.isoformat() if feature.changed else day,
    }


def _reads(parse: Callable[[str], object], text: str) -> bool:
    """Tell whether a record would take a text."""
    try:
        return bool(parse(text))
    except (PydanticCustomError, ValidationError):
        return False


def _find_first_tag(tags: Tags, *keys: str) -> str:
    return next((tags[key].split(";")[0].strip() for key in keys if tags.get(key, "").strip()), "")


def _read_full_address(tags: Tags) -> dict[str, str]:
    """Return the address if it is complete."""
    street, postcode, town = (tags.get(f"addr:{part}", "") for part in ("street", "postcode", "city"))
    if not (street and town and re.fullmatch("[0-9]{5}", postcode)):
        return {}
    house = f"{street} {tags.get('addr:housenumber', '')}".strip()
    return {"Straße und Hausnummer": house, "PLZ und Ort": f"{postcode} {town}"}
