"""Crisis numbers in, those that a page for families may show out: emergency first, never those for professionals."""

from __future__ import annotations

from generator.model.vocabulary import HelpNumber
from generator.render.context import Context


def family_numbers(context: Context, *, young: bool = False) -> list[HelpNumber]:
    """Return the numbers for families in their order; `young` puts those for young people before all but emergencies."""
    shown = [item for item in context.site.words.help.values() if item.audience != "professionals"]
    written = {item.id: place for place, item in enumerate(shown)}

    def rank(item: HelpNumber) -> tuple[bool, bool, int]:
        order = item.order if item.order is not None else written[item.id]
        return not item.emergency, young and item.audience != "young", order

    return sorted(shown, key=rank)
