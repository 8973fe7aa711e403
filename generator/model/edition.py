"""An edition of a written report: its head, its text, and the figures it was published with, which never change again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field
from shapely.geometry.base import BaseGeometry

from generator.model.cells import Series
from generator.model.config import GeographyConfig
from generator.model.dates import Date
from generator.model.facts import SpaceFacts
from generator.model.groups import Group, SpaceId
from generator.model.indicator import Indicator
from generator.model.scalars import Text
from generator.model.space import Space
from generator.model.vocabulary import Term

State = Literal["draft", "in-review", "published"]


class EditionHead(Group):
    """What stands at the top of an edition's file."""

    title: Text = Field(title="Titel", description="Der Name des Berichts, ohne die Ausgabe.")
    edition: Text = Field(title="Ausgabe", description="Zum Beispiel: 2026.")
    date: Date = Field(title="Datum", description="Tag der Veröffentlichung, oder der geplante.")
    state: State = Field(
        "draft",
        title="Stand",
        description="draft Entwurf, in-review in Prüfung, published veröffentlicht. Nur die letzte ist öffentlich.",
    )
    space: SpaceId | None = Field(None, title="Gebiet", description="Wovon der Bericht handelt.")
    summary: Text = Field(title="Das Wichtigste", description="Zwei, drei Sätze.")
    authors: Text | None = Field(None, title="Verfasst von")


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer as a report names it."""

    name: str
    summary: str
    provider: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A later change of an edition's words; its figures stay."""

    date: dt.date
    note: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """Everything that an edition's components may read: the used cells with their definitions, areas and offers.

    `offers` holds the lists by the components' arguments, `offer_totals` how many there were for each of those that are cut, `terms` the explained terms by their ids, `geographies` the levels
    of areas; where one of the last two is None (in editions of the first format), those of the site are used.
    """

    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    spaces: Mapping[str, Space] = field(default_factory=dict)
    areas: Mapping[str, SpaceFacts] = field(default_factory=dict)
    shapes: Mapping[str, BaseGeometry] = field(default_factory=dict)
    offers: Mapping[str, tuple[OfferLine, ...]] = field(default_factory=dict)
    offer_totals: Mapping[str, int] = field(default_factory=dict)
    geographies: tuple[GeographyConfig, ...] | None = None
    terms: Mapping[str, Term] | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a report; `frozen` is None until it is published, `text` is the Markdown below the head."""

    report: str
    name: str
    head: EditionHead
    text: str
    first_line: int
    file: str
    digest: str
    frozen: Frozen | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def key(self) -> str:
        """The edition's address below `berichte/`."""
        return f"{self.report}/{self.name}"

    @property
    def public(self) -> bool:
        """Only published editions are for everyone."""
        return self.head.state == "published"


def is_edition(name: str) -> bool:
    """Tell whether a page below `content/` is an edition of a written report, which is put together elsewhere.

    >>> is_edition("berichte/nord/2026.md"), is_edition("berichte/nord/index.md"), is_edition("berichte/index.md")
    (True, False, False)
    """
    parts = name.split("/")
    return len(parts) == 3 and parts[0] == "berichte" and parts[2] != "index.md"
