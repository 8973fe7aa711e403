"""List what an offer says with yes or not at all, one row a flag."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct

from generator.model.facts import OfferFacts
from generator.model.groups import Fee
from generator.model.offer import Offer
from generator.model.site import Site

Holds = Callable[[Site, Offer, OfferFacts], bool]
Shelf = Literal["", "first", "access", "language"]


class FlagFilter(Struct, frozen=True):
    """A filter of the directory: its address' parameter `name` and value.

    Values of one name widen the choice. `shelf` says where it is offered: `first` chips, „Was Ihnen wichtig
    ist“, languages, or nowhere.
    """

    name: str
    value: str = "1"
    shelf: Shelf = "access"


class OfferFlag(Struct, frozen=True):
    """Something that holds of an offer or isn't said, with German `label`.

    `denied`: whether an offer says no. `list`: the end of its list's address (`angebote/nach/zugang/…`), whose title is
    `list_label` or `label`. `glance`: whether a page's line „für wen“ names it.
    """

    label: str
    holds: Holds
    list: str = ""
    list_label: str = ""
    filter: FlagFilter | None = None
    glance: bool = False
    denied: Callable[[Offer, OfferFacts], bool] = lambda offer, facts: False


def _costs(offer: Offer, facts: OfferFacts) -> bool:
    """Tell whether it costs everybody something."""
    del facts
    unsure = isinstance(offer.cost, Fee) and offer.cost.amount is None
    stated = offer.cost is not None and not unsure and not offer.invented("cost")
    return stated and not _free(offer) and not _free_if_reduced(offer)


def _free(offer: Offer) -> bool:
    if offer.invented("cost"):
        return False
    cost = offer.cost
    return cost.amount == 0 and cost.up_to is None if isinstance(cost, Fee) else cost == "free"


def _free_if_reduced(offer: Offer) -> bool:
    """Tell whether only people with less pay nothing."""
    if offer.invented("cost"):
        return False
    return isinstance(offer.cost, Fee) and bool(offer.cost.amount) and offer.cost.reduced == 0


def for_a_group(site: Site, offer: Offer) -> bool:
    """Tell whether an offer is only for groups that people name when they search, such as volunteers."""
    return bool(offer.for_) and all(site.words.target_groups[group].words for group in offer.for_)


OFFER_FLAGS: Mapping[str, OfferFlag] = {
    "free-for-some": OfferFlag(
        "kostenlos, auch nur für manche",
        lambda site, offer, facts: _free(offer) or _free_if_reduced(offer),
        filter=FlagFilter("kostenlos", shelf="first"),
        denied=_costs,
    ),
    "reduced": OfferFlag(
        "", lambda site, offer, facts: _free_if_reduced(offer), filter=FlagFilter("ermaessigt", shelf="")
    ),
    "open": OfferFlag(
        "ohne Anmeldung",
        lambda site, offer, facts: facts.way == "open",
        list="offen",
        filter=FlagFilter("ohne-anmeldung"),
        denied=lambda offer, facts: facts.access is not None and facts.way not in ("open", "direct"),
    ),
    "low-threshold": OfferFlag(
        "ohne Antrag beim Amt",
        lambda site, offer, facts: facts.low_threshold,
        list="ohne-amt",
        filter=FlagFilter("ohne-amt"),
        denied=lambda offer, facts: facts.access is not None and not facts.low_threshold,
    ),
    "free": OfferFlag("kostenlos", lambda site, offer, facts: _free(offer)),
    "anonymous": OfferFlag(
        "auch ohne Namen",
        lambda site, offer, facts: bool(offer.anonymous),
        list="ohne-namen",
        filter=FlagFilter("auch", "anonym"),
        glance=True,
    ),
    "without-parents": OfferFlag(
        "auch ohne Eltern",
        lambda site, offer, facts: bool(offer.without_parents),
        list="ohne-eltern",
        list_label="für junge Menschen allein",
        filter=FlagFilter("auch", "ohne-eltern"),
        glance=True,
    ),
    "remote": OfferFlag(
        "am Telefon oder online", lambda site, offer, facts: facts.remote, list="aus-der-ferne"
    ),
    "childcare": OfferFlag(
        "mit Kinderbetreuung",
        lambda site, offer, facts: offer.childcare in ("yes", "on request"),
        filter=FlagFilter("auch", "kinderbetreuung"),
        denied=lambda offer, facts: offer.childcare == "no",
    ),
    "interpreter": OfferFlag(
        "mit Übersetzung",
        lambda site, offer, facts: offer.interpreter in ("yes", "on request"),
        filter=FlagFilter("dolmetschen", shelf="language"),
    ),
    "residents-only": OfferFlag(
        "nur für Menschen, die hier wohnen",
        lambda site, offer, facts: bool(offer.residents_only),
        glance=True,
    ),
    "inclusive": OfferFlag(
        "für Kinder mit und ohne Behinderung",
        lambda site, offer, facts: bool(offer.inclusive),
        filter=FlagFilter("auch", "inklusiv"),
        glance=True,
    ),
}
"""By name, in the order of lists, filters and words at a glance."""
