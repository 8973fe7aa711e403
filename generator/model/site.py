"""The frozen whole that was read: configuration, vocabularies, records by id, shapes, streets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from generator.model.agreement import Agreement
from generator.model.budget import Budget
from generator.model.config import SiteConfig
from generator.model.context_layer import ContextLayer
from generator.model.edition import Edition
from generator.model.evaluation import Evaluation
from generator.model.forecast import CohortForecast
from generator.model.history import HistoryEntry
from generator.model.indicator import Indicator
from generator.model.measure import PlanningMeasure
from generator.model.minutes import Minutes
from generator.model.need import Need
from generator.model.network import Network
from generator.model.offer import Offer
from generator.model.office import Office
from generator.model.place import Place
from generator.model.provider import Provider
from generator.model.review import TextReview
from generator.model.scalars import Point
from generator.model.space import Space
from generator.model.sustainability_check import SustainabilityCheck
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
    spaces: Mapping[str, Space]
    offices: Mapping[str, Office]
    providers: Mapping[str, Provider]
    places: Mapping[str, Place]
    offers: Mapping[str, Offer]
    networks: Mapping[str, Network]
    agreements: Mapping[str, Agreement]
    needs: Mapping[str, Need]
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    evaluations: Mapping[str, Evaluation] = field(default_factory=dict)
    checks: Mapping[str, SustainabilityCheck] = field(default_factory=dict)
    forecasts: Mapping[str, CohortForecast] = field(default_factory=dict)
    measures: Mapping[str, PlanningMeasure] = field(default_factory=dict)
    minutes: Mapping[str, Minutes] = field(default_factory=dict)
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
        """Return the records of a kind by its folder's name."""
        records: Mapping[str, Any] = getattr(self, folder)
        return records
