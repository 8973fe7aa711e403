"""The frozen whole that was read: configuration, vocabularies, records by id, shapes, streets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from shapely.geometry.base import BaseGeometry

from generator.model.agreement import Agreement
from generator.model.config import SiteConfig
from generator.model.context_layer import ContextLayer
from generator.model.edition import Edition
from generator.model.history import HistoryEntry
from generator.model.indicator import Indicator
from generator.model.need import Need
from generator.model.network import Network
from generator.model.offer import Offer
from generator.model.office import Office
from generator.model.place import Place
from generator.model.provider import Provider
from generator.model.review import TextReview
from generator.model.scalars import Point
from generator.model.space import Space
from generator.model.vocabulary import Vocabularies


@dataclass(frozen=True, slots=True)
class StreetRange:
    """Part of a street that lies in one space; house numbers are inclusive, `parity` is odd, even or all."""

    street: str
    space: str
    first: str = ""
    last: str = ""
    parity: str = "all"
    postcode: str = ""
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that stands in the folders, checked; ids are in sorted order."""

    config: SiteConfig
    words: Vocabularies
    spaces: Mapping[str, Space] = field(default_factory=dict)
    offices: Mapping[str, Office] = field(default_factory=dict)
    providers: Mapping[str, Provider] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    networks: Mapping[str, Network] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    needs: Mapping[str, Need] = field(default_factory=dict)
    further: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By folder the records of kinds that subjects bring."""
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    shapes: Mapping[str, BaseGeometry] = field(default_factory=dict)
    context: tuple[ContextLayer, ...] = ()
    shape_credits: tuple[str, ...] = ()
    """What the licences of boundaries want to be read beside every map, each once."""
    osm_places: frozenset[str] = frozenset()
    osm_shapes: frozenset[str] = frozenset()
    """Places, and areas whose boundaries come from OpenStreetMap: they stay apart wherever data is passed on."""
    streets: tuple[StreetRange, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    internal: bool = False
    editions: Mapping[str, Edition] = field(default_factory=dict)
    reviews: Mapping[str, TextReview] = field(default_factory=dict)
    """Who has read which crisis text, by its name below `content/`."""
    drafts: bool = False
    """Whether editions that are not published are shown too: on the internal site and while writing."""

    @property
    def listed(self) -> bool:
        """Whether search engines may list it: once it is published, and never what is for professionals."""
        return self.config.publish and not self.internal

    def records(self, folder: str) -> Mapping[str, Any]:
        """Return the records of a kind by its folder's name; none where a town hasn't the subject that they belong to."""
        if folder in _FIELDS:
            records: Mapping[str, Any] = getattr(self, folder)
            return records
        return self.further.get(folder, {})

    def with_records(self, changed: Mapping[str, Mapping[str, Any]]) -> Site:
        """Return the same site with other records of some kinds, by their folders' names."""
        own = {folder: found for folder, found in changed.items() if folder in _FIELDS}
        others = {folder: found for folder, found in changed.items() if folder not in _FIELDS}
        given: dict[str, Any] = {**own, "further": {**self.further, **others}}
        return replace(self, **given)


_FIELDS = frozenset(one.name for one in fields(Site))
