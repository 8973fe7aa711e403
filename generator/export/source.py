"""What every export reads: the public records, what follows from them, one language's texts and the pages' addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.model.facts import Facts, OfferFacts
from generator.model.offer import Offer
from generator.model.site import Site


@dataclass(frozen=True, slots=True)
class ExportSource:
    """A site in one language; `address(kind, id)` is a page's absolute address, `text(record, field)` its text.

    Only public sites have a source: what professionals see is no open data.
    """

    site: Site
    facts: Facts
    lang: str
    address: Callable[[str, str], str]
    text: Callable[[Any, str], str]

    def __post_init__(self) -> None:
        """Refuse the internal site."""
        if self.site.internal:
            raise ValueError("the internal site has no open data")

    @property
    def offers(self) -> Iterator[tuple[Offer, OfferFacts]]:
        """The offers that families can use today or soon, by id."""
        for key, offer in self.site.offers.items():
            if self.facts.offers[key].active:
                yield offer, self.facts.offers[key]

    @property
    def host(self) -> str:
        """The name under which the site is found, for identifiers that must be unique in the world."""
        return self.site.config.url.split("/")[2]
