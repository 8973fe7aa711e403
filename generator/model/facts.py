"""What is derived from a site and safe to publish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from generator.hours.schedule import Closure, Schedule
from generator.model.cells import Series
from generator.model.groups import Access, Address, Contact, Visibility
from generator.model.known import Coverage
from generator.model.scalars import Point
from generator.model.vocabulary import Layer


class OfferList(Struct, frozen=True):
    """The offers with a `value` in a `dimension`, or the dimension.

    >>> OfferList("zugang", "offen").address
    'zugang/offen'
    >>> OfferList.at("sprache/tr")
    OfferList(dimension='sprache', value='tr')
    """

    dimension: str
    value: str = ""

    @property
    def address(self) -> str:
        """The end of its address, below `angebote/nach/`."""
        return f"{self.dimension}/{self.value}" if self.value else self.dimension

    @classmethod
    def at(cls, address: str) -> OfferList:
        """Return the list at the end of an address."""
        return cls(*address.split("/", 1))


EVERY_OFFER = OfferList("alle")
DETOUR = 1.3
"""How much longer a walk is than the straight line: usual factors for towns lie between 1.2 and 1.4."""


class Location(Struct, frozen=True):
    """Where something is, as far as public; `spaces` from the finest."""

    visibility: Visibility
    place: str | None
    address: Address | None
    point: Point | None
    spaces: tuple[str, ...]


class StopFacts(Struct, frozen=True):
    """One of several places: name, location, hours."""

    name: str
    location: Location
    schedule: Schedule | None


Reach = Literal["said", "near", "town", "unsaid"]
"""For whom an offer is: for the areas that its record names, for those around it, for the whole town, or nobody has said."""


class OfferFacts(Struct, frozen=True):
    """An offer with everything that follows from its kind, place, provider and hours."""

    id: str
    layer: Layer
    location: Location
    contact: Contact
    access: Access | None  # None where nobody has said it, or where it was made up
    low_threshold: bool  # by its way in
    sensitive: bool  # in no calendar, news, list to keep, frame or offline copy, neither today nor nearby
    discreet: bool  # refuges and groups after violence: tell neither when nor where
    unposted: bool  # on no poster, frame, week or calendar of an area, not first on the home page
    with_violence: Literal["normal", "last", "off"]  # last: never before help for victims; off: not suggested
    held_back: bool  # in no box for people in danger, unless a line of it names its kind
    situations: tuple[str, ...]
    spaces: tuple[str, ...]  # in which it lies or for which it is, with those above: where people find it
    served: tuple[str, ...]  # areas that its record names, whose supply it is
    near: tuple[str, ...]  # areas in which it lies, if its kind is for neighbours: their supply too
    reach: Reach
    city_wide: bool  # lies in no area and names no part of the town
    schedule: Schedule | None
    stops: tuple[StopFacts, ...]
    phone_schedule: Schedule | None  # when somebody answers
    remote: bool  # also by telephone, video, chat or mail
    active: bool  # neither ended nor merely possible
    overdue: bool  # its check
    capacity_shown: bool  # said at most 14 days ago
    alert_shown: bool  # its last day isn't over

    @property
    def way(self) -> str:
        """The way in, as vocabulary id; empty if unknown."""
        return "" if self.access is None else self.access.way

    @property
    def for_all(self) -> bool:
        """Whether it is for the whole town, not just of unknown area."""
        return self.city_wide and self.reach == "town"

    @property
    def carried(self) -> bool:
        """Whether people may keep and share it: current and not sensitive."""
        return self.active and not self.sensitive


class SpaceFacts(Struct, frozen=True):
    """A space in its hierarchy; distances in metres, area in km².

    `also` are further areas it belongs to where boundaries don't tell, with those above; `also_holds` is the
    reverse.
    """

    id: str
    geography: str
    depth: int  # of its level, 0: the widest
    children: tuple[str, ...]
    ancestors: tuple[str, ...]
    neighbours: tuple[str, ...]  # of its level
    label: Point | None
    bounds: tuple[float, float, float, float] | None
    area: float | None
    overlaps: tuple[str, ...]  # of its level, where either boundary is fuzzy
    display_name: str
    also: tuple[str, ...] = ()
    also_holds: tuple[str, ...] = ()

    @property
    def around(self) -> tuple[str, ...]:
        """All areas it belongs to: ancestors from the finest, then others."""
        return (*self.ancestors, *self.also)

    @property
    def whole(self) -> bool:
        """Whether it is a town: nothing above, parts below."""
        return not self.ancestors and bool(self.parts)

    @property
    def within(self) -> tuple[str, ...]:
        """The space and all areas around, finest first."""
        return (self.id, *self.around)

    @property
    def parts(self) -> tuple[str, ...]:
        """Its children, and areas that also belong to it."""
        return (*self.children, *self.also_holds)


class Relations(Struct, frozen=True):
    """Reverse look-ups, each a tuple of ids in display order.

    `offers_for_space`: what families find first, in the area or for it, not what is town-wide or elsewhere
    though open to them. `supply_of_space`: what planners count; an offer that doesn't say for whom counts for
    none.
    """

    offers_by_topic: Mapping[str, tuple[str, ...]]
    offers_by_space: Mapping[str, tuple[str, ...]]
    offers_for_space: Mapping[str, tuple[str, ...]]
    supply_of_space: Mapping[str, tuple[str, ...]]
    offers_by_provider: Mapping[str, tuple[str, ...]]
    offers_by_place: Mapping[str, tuple[str, ...]]
    places_by_space: Mapping[str, tuple[str, ...]]
    places_by_provider: Mapping[str, tuple[str, ...]]
    providers_by_space: Mapping[str, tuple[str, ...]]
    offices_by_space: Mapping[str, tuple[str, ...]]
    offices_by_place: Mapping[str, tuple[str, ...]]
    networks_by_space: Mapping[str, tuple[str, ...]]
    networks_by_member: Mapping[str, tuple[str, ...]]
    needs_by_space: Mapping[str, tuple[str, ...]]
    predecessors: Mapping[str, tuple[str, ...]]


NEWS_DAYS = 60
"""Days for which something counts as new or just ended, and before which an end or a start is announced."""
NewsKind = Literal["alert", "new", "added", "changed", "ended", "ending", "planned", "paused", "checked"]


class FieldChange(Struct, frozen=True):
    """An offer's field with both values; hours are schedules."""

    field: str
    before: Any
    after: Any


class News(Struct, frozen=True):
    """What has changed about an offer, and when.

    `date`: first day (new, planned), last day (ended, alert, pause), or day of check or change. `other`: the
    offer before a new or after an ended one.
    """

    kind: NewsKind
    offer: str
    date: dt.date | None
    other: str | None = None
    changes: tuple[FieldChange, ...] = ()


class EndsOn(Struct, frozen=True):
    """A last day of a contract, a measure, or money; never of what is about protection."""

    day: dt.date
    folder: str
    id: str
    areas: tuple[str, ...]  # that it concerns


class Youth(Struct, frozen=True):
    """Offers that people from 12 to 21 can use by themselves, ids in display order."""

    protect: tuple[str, ...] = ()  # refuges and crisis services
    grown: tuple[str, ...] = ()  # a bed for adults
    confide: tuple[str, ...] = ()  # advice without the parents' knowledge
    nameless: tuple[str, ...] = ()  # advice without giving a name
    places: tuple[str, ...] = ()  # where one can just go


@dataclass(frozen=True)
class Facts:
    """Everything derived for one day."""

    today: dt.date
    offers: Mapping[str, OfferFacts]
    spaces: Mapping[str, SpaceFacts]
    places: Mapping[str, Location]
    offices: Mapping[str, Location]
    overdue_places: frozenset[str]
    place_hours: Mapping[str, Schedule]
    office_hours: Mapping[str, Schedule]
    written_hours: Mapping[str, Schedule]  # of meeting points, gifts, help numbers and duties, by their text
    roots: tuple[str, ...]
    relations: Relations
    running: frozenset[str] = frozenset()  # offers that count where it is asked what there is today
    compared: tuple[str, ...] = ()  # areas that are set beside each other
    series: Mapping[str, Series] = field(default_factory=dict)
    news: tuple[News, ...] = field(default_factory=tuple)
    endings: tuple[EndsOn, ...] = field(default_factory=tuple)  # to come, the next first
    lists: Mapping[OfferList, tuple[str, ...]] = field(default_factory=dict)  # prebuilt and not empty
    # offers where one can just go, spread over the week
    open_doors: tuple[str, ...] = field(default_factory=tuple)
    youth: Youth = field(default_factory=Youth)
    coverage: Coverage = field(default_factory=Coverage)
    # each need's (life situation, age band or "")
    needs: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    # each offer's (neighbour of the same life situation, metres)
    nearby: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    further: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What subjects derive of their records, by the name in their `FACTS` and the record's id."""

    def with_later(self, later: Mapping[str, Callable[[Facts], object]]) -> Facts:
        """Return the facts with fields to be derived on first use by `later`."""
        late = replace(self)
        # What isn't there is asked for by `__getattr__`.
        for name in later:
            del late.__dict__[name]
        late.__dict__[_LATER] = dict(later)
        return late

    def instead_of(self, closing: Closure) -> str:
        """Return the offer to go to while something is closed; none that has ended or is discreet."""
        there = self.offers.get(closing.instead or "")
        return closing.instead or "" if there is not None and there.active and not there.discreet else ""

    def only_sensitive(self, offers: Iterable[str]) -> bool:
        """Tell whether all offers are or were sensitive; without offers not."""
        every = [self.offers[key] for key in offers]
        counted = [offer for offer in every if offer.active] or every
        return bool(counted) and all(offer.sensitive for offer in counted)

    def protects(self, place: str) -> bool:
        """Tell whether a place is sensitive or protected: on no map of many, in no file."""
        return self.places[place].visibility != "full" or self.only_sensitive(
            self.relations.offers_by_place.get(place, ())
        )

    def complete(self) -> Facts:
        """Derive everything left, before other processes get it; asking for a value derives it."""
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, Mapping):
                for _ in value.values():
                    pass
        return self

    if not TYPE_CHECKING:  # otherwise every name would be a field

        def __getattr__(self, name: str) -> Any:
            """Derive a field that was left for later; only names that nothing stands under yet come here."""
            later = self.__dict__.get(_LATER, {})
            if name not in later:
                raise AttributeError(f"Facts have no {name}")
            # What fails is asked again next time, and fails as it did.
            found = self.__dict__[name] = later[name](self)
            del later[name]
            return found

    def __getstate__(self) -> dict[str, Any]:
        state = dict(self.complete().__dict__)
        state.pop(_LATER, None)
        return state


_LATER = "_later"  # under this name facts keep what derives those of their fields that are left
