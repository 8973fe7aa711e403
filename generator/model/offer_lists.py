"""Which pre-built list of offers: by age, name, area, language, way in; as a key and as the end of an address."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfferList:
    """The list of the offers that have a `value` in a `dimension`; without value the whole dimension.

    >>> OfferList("alter", "3-5").address
    'alter/3-5'
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
