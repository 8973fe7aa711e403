"""Hold all that was read: settings, words, records, shapes, streets."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec import field as struct_field
from msgspec.structs import replace
from shapely.geometry.base import BaseGeometry

from generator.model.areas_and_offices import Office, Space
from generator.model.config import SiteConfig, TownLook
from generator.model.crisis import TextReview
from generator.model.editions import Edition, PageAgain
from generator.model.indicator import Indicator
from generator.model.offer import HistoryEntry, Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.planning_records import Need, Network
from generator.model.protected_house import ProtectedHouse
from generator.model.scalars import Point
from generator.model.vocabulary import Vocabularies

LETTERS = 27
"""Steps from one house number to the next: the bare number, then a to z."""
_NUMBER = re.compile(r"0*([0-9]{1,4})\s*([a-zA-Z]?)")  # „012 A“
# „Französische Str. 16a u. 16b“: the last number of the line, with what goes on from it.
_HOUSE = re.compile(
    r"(?P<street>.*?[^\d\s])\s*(?P<number>\d+(?:\s*[a-zA-Z](?![a-zA-Z]))?"
    r"(?:\s*(?:[-–/,+&]|u\.|und|bis)(?:\s*\d+)?(?:\s*[a-zA-Z](?![a-zA-Z]))?)*)\s*\.?"
)
_LONGEST = 200
"""Letters of an address line, at most; what is longer is none."""


class House(NamedTuple):
    """A house number: 12, 12a, 12b, 13."""

    number: int
    letter: int

    @property
    def key(self) -> int:
        """The number by which houses are compared."""
        return self.number * LETTERS + self.letter

    def __str__(self) -> str:
        return f"{self.number}{chr(96 + self.letter) if self.letter else ''}"


def house(text: str) -> House | None:
    """Read „12“, „12a“, „012 A“ as house number, else None."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None or int(match[1]) == 0:
        return None
    return House(int(match[1]), ord(match[2].lower()) - 96 if match[2] else 0)


def house_of_key(key: int) -> House:
    """Return the house number that a key stands for."""
    return House(*divmod(key, LETTERS))


def street_and_number(line: str) -> tuple[str, str] | None:
    """Return an address line's (street, number), else None.

    >>> street_and_number("Straße des 17. Juni 135"), street_and_number("Am Markt")
    (('Straße des 17. Juni', '135'), None)
    """
    text = line.strip()
    match = _HOUSE.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    return match["street"].strip().rstrip(","), re.sub(r"\s+", " ", match["number"]).strip()


class ContextShape(Struct, frozen=True):
    """A river, street or wood in WGS 84; `kind` is its class (`motorway`)."""

    name: str
    shape: BaseGeometry
    kind: str = ""


class ContextLayer(Struct, frozen=True):
    """Shapes of one sort; `credit` stands beside maps that show them."""

    name: str  # its file's, without ending
    shapes: tuple[ContextShape, ...]
    credit: str = ""


class StreetRange(Struct, frozen=True):
    """A street's part in one space; inclusive numbers, `parity` odd, even or all."""

    street: str
    space: str
    first: str = ""
    last: str = ""
    parity: str = "all"
    postcode: str = ""
    point: Point | None = None


class Site(Struct, frozen=True):
    """All records, words and settings, checked; ids are sorted."""

    config: SiteConfig
    words: Vocabularies
    spaces: Mapping[str, Space] = struct_field(default_factory=dict)
    offices: Mapping[str, Office] = struct_field(default_factory=dict)
    providers: Mapping[str, Provider] = struct_field(default_factory=dict)
    places: Mapping[str, Place] = struct_field(default_factory=dict)
    offers: Mapping[str, Offer] = struct_field(default_factory=dict)
    protected: Mapping[str, ProtectedHouse] = struct_field(default_factory=dict)
    networks: Mapping[str, Network] = struct_field(default_factory=dict)
    needs: Mapping[str, Need] = struct_field(default_factory=dict)
    further: Mapping[str, Mapping[str, Any]] = struct_field(default_factory=dict)
    """By folder the records of kinds that subjects bring."""
    indicators: Mapping[str, Indicator] = struct_field(default_factory=dict)
    shapes: Mapping[str, BaseGeometry] = struct_field(default_factory=dict)
    context: tuple[ContextLayer, ...] = ()
    shape_credits: tuple[str, ...] = ()
    """What the licences of boundaries want to be read beside every map, each once."""
    osm_places: frozenset[str] = frozenset()
    osm_shapes: frozenset[str] = frozenset()
    """Places from OpenStreetMap, and areas whose boundaries are: they stay apart wherever data is passed on."""
    streets: tuple[StreetRange, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    internal: bool = False
    editions: Mapping[str, Edition] = struct_field(default_factory=dict)
    reviews: Mapping[str, TextReview] = struct_field(default_factory=dict)
    """Who has read which crisis text, by its name below `content/`."""
    again: Mapping[str, PageAgain] = struct_field(default_factory=dict)
    """Pages that somebody is to look at again, by their names below `content/`."""
    drafts: bool = False
    """Whether editions that are not published are shown too: on the internal site and while writing."""
    look: TownLook = struct_field(default_factory=TownLook)
    files: Mapping[str, str] = struct_field(default_factory=dict)
    """Of each public record (`offers/treff`) its file, where the town says which forge keeps them."""
    new_records: Mapping[str, str] = struct_field(default_factory=dict)
    """By folder the lines that begin a record, where files are shown."""

    @property
    def logo(self) -> str:
        """The town's logo as data address; empty for none."""
        sign = self.config.logo
        if sign is None or not self.look.logo:
            return ""
        kind = "svg+xml" if sign.asset.endswith(".svg") else "png"
        return f"data:image/{kind};base64,{b64encode(self.look.logo).decode()}"

    @property
    def for_search_engines(self) -> bool:
        """Whether search engines may list it: published and not internal."""
        return self.config.publish and not self.internal

    def records(self, folder: str) -> Mapping[str, Any]:
        """Return a kind's records by folder; none without its subject."""
        if folder in _FIELDS:
            records: Mapping[str, Any] = getattr(self, folder)
            return records
        return self.further.get(folder, {})

    def current(self, folder: str) -> Mapping[str, Any]:
        """Return a kind's records without those that have ended."""
        return {key: one for key, one in self.records(folder).items() if one.status != "ended"}

    def became(self, space: str) -> tuple[str, ...]:
        """Return what an area is today: itself, or those in which it went on, at last."""
        found, todo = dict[str, None](), [space]
        for key in todo:
            further = [one for one in self.spaces[key].successors if one in self.spaces and one not in todo]
            if self.spaces[key].status == "ended":
                todo += further
            else:
                found[key] = None
        return tuple(found)

    def with_records(self, changed: Mapping[str, Mapping[str, Any]]) -> Site:
        """Return the site with some kinds' records replaced, by folder."""
        core = {folder: found for folder, found in changed.items() if folder in _FIELDS}
        others = {folder: found for folder, found in changed.items() if folder not in _FIELDS}
        given: dict[str, Any] = {**core, "further": {**self.further, **others}}
        return replace(self, **given)


_FIELDS = frozenset(Site.__struct_fields__)
