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
Shelf = Literal["", "first", "access"]


class OfferFlag(Struct, frozen=True):
    """Something that holds of an offer or isn't said, with German `label`.

    `denied`: whether an offer says no. `filter`: its name in the directory's address. `shelf`: where the form offers it:
    among the `first` chips, under „Mehr Filter“ or nowhere. `list`: the end of its list's address (`angebote/nach/zugang/…`), whose title is
    `list_label` or `label`. `glance`: whether a page's line „für wen“ names it.
    """

    label: str
    holds: Holds
    list: str = ""
    list_label: str = ""
    filter: str = ""
    shelf: Shelf = "access"
    glance: bool = False
    denied: Holds = lambda site, offer, facts: False


def _costs(site: Site, offer: Offer, facts: OfferFacts) -> bool:
    """Tell whether it costs everybody something."""
    del site, facts
    return not cost_unsaid(offer) and not _is_surely_free(offer) and not _free_if_reduced(offer)


def cost_unsaid(offer: Offer) -> bool:
    """Tell whether nobody can know what it costs; of an amount of 0 its note says who pays."""
    if offer.cost is None or offer.invented("cost"):
        return True
    return isinstance(offer.cost, Fee) and not offer.cost.amount and offer.cost.up_to is None


def _is_surely_free(offer: Offer) -> bool:
    return offer.cost == "free" and not offer.invented("cost")


def _free_if_reduced(offer: Offer) -> bool:
    """Tell whether only people with less pay nothing."""
    if offer.invented("cost"):
        return False
    return isinstance(offer.cost, Fee) and bool(offer.cost.amount) and offer.cost.reduced == 0


_MALE = frozenset(["boys", "men", "fathers"])


def _of_women(site: Site, offer: Offer) -> list[bool]:
    return [site.words.target_groups[group].alone for group in offer.for_]


def _not_only_women(site: Site, offer: Offer, facts: OfferFacts) -> bool:
    """Tell whether somebody else is named, beside women too."""
    del facts
    return bool(offer.for_) and (not any(_of_women(site, offer)) or not _MALE.isdisjoint(offer.for_))


def _features(site: Site, offer: Offer, facts: OfferFacts, *names: str) -> list[str]:
    """Return what an offer's place says of features, if it is shown."""
    place = site.places.get(offer.place or "")
    known = place.accessibility if place is not None and facts.location.visibility == "full" else {}
    return [known.get(name, "") for name in names]


def for_a_group(site: Site, offer: Offer) -> bool:
    """Tell whether an offer is only for groups that people name when they search, such as volunteers."""
    return bool(offer.for_) and all(site.words.target_groups[group].words for group in offer.for_)


OFFER_FLAGS: Mapping[str, OfferFlag] = {
    "free": OfferFlag(
        "kostenlos",
        lambda site, offer, facts: _is_surely_free(offer),
        filter="kostenlos",
        shelf="first",
        denied=_costs,
    ),
    "reduced": OfferFlag(
        "", lambda site, offer, facts: _free_if_reduced(offer), filter="ermaessigt", shelf=""
    ),
    "low-threshold": OfferFlag(
        "ohne Antrag beim Amt",
        lambda site, offer, facts: facts.low_threshold,
        list="ohne-amt",
        filter="ohne-amt",
        shelf="first",
        denied=lambda site, offer, facts: facts.access is not None and not facts.low_threshold,
    ),
    "interpreter": OfferFlag(
        "mit Übersetzung",
        lambda site, offer, facts: offer.interpreter in ("yes", "on request"),
        filter="dolmetschen",
        denied=lambda site, offer, facts: offer.interpreter == "no",
    ),
    "open": OfferFlag(
        "ohne Anmeldung",
        lambda site, offer, facts: facts.way == "open",
        list="offen",
        filter="ohne-anmeldung",
        denied=lambda site, offer, facts: facts.access is not None and facts.way not in ("open", "direct"),
    ),
    "without-parents": OfferFlag(
        "auch ohne Eltern",
        lambda site, offer, facts: bool(offer.without_parents),
        list="ohne-eltern",
        list_label="für junge Menschen allein",
        filter="ohne-eltern",
        denied=lambda site, offer, facts: offer.without_parents is False,
        glance=True,
    ),
    "anonymous": OfferFlag(
        "auch ohne Namen",
        lambda site, offer, facts: bool(offer.anonymous),
        list="ohne-namen",
        filter="ohne-namen",
        denied=lambda site, offer, facts: offer.anonymous is False,
        glance=True,
    ),
    "women": OfferFlag(
        "nur für Frauen oder Mädchen",
        lambda site, offer, facts: bool(offer.for_) and all(_of_women(site, offer)),
        filter="frauen",
        denied=_not_only_women,
    ),
    "step-free": OfferFlag(
        "stufenlos mit WC",
        lambda site, offer, facts: _features(site, offer, facts, "step_free", "toilet") == ["yes", "yes"],
        filter="stufenlos",
        denied=lambda site, offer, facts: (
            not {"no", "limited"}.isdisjoint(_features(site, offer, facts, "step_free", "toilet"))
        ),
    ),
    "signed": OfferFlag(
        "mit Gebärdensprache",
        lambda site, offer, facts: (
            "gsg" in offer.languages or _features(site, offer, facts, "sign_language") == ["yes"]
        ),
        filter="gebaerden",
    ),
    "childcare": OfferFlag(
        "Kinder können mit",
        lambda site, offer, facts: offer.childcare in ("yes", "on request"),
        filter="kinder",
        denied=lambda site, offer, facts: offer.childcare == "no",
    ),
    "remote": OfferFlag(
        "am Telefon oder online", lambda site, offer, facts: facts.remote, list="aus-der-ferne"
    ),
    "residents-only": OfferFlag(
        "nur für Menschen, die hier wohnen",
        lambda site, offer, facts: bool(offer.residents_only),
        glance=True,
    ),
    "inclusive": OfferFlag(
        "für Kinder mit und ohne Behinderung",
        lambda site, offer, facts: bool(offer.inclusive),
        glance=True,
    ),
}
"""By name, in the order of lists, filters and words at a glance."""
