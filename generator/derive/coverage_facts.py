"""Work out what offers there are by area, life situation and age.

Only running offers count, and what isn't said stays unsaid. An address alone makes no supply of its area.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.derive.age_bands import AGE_BANDS, bands_of
from generator.derive.offer_facts import located
from generator.derive.promises import promises
from generator.derive.relations import offers_by_name
from generator.model.facts import Facts, OfferFacts, SpaceFacts
from generator.model.known import Answer, Coverage, Where
from generator.model.site import Site
from generator.model.vocabulary import Topic

_BANDS = ("schwangerschaft", *AGE_BANDS)


def coverage(site: Site, facts: Facts) -> Coverage:
    """Return what a site's running offers cover that day."""
    running = [key for key in offers_by_name(site) if key in facts.running]
    # What protects is for the town: nobody is asked for which quarter it is.
    for_town = [
        key
        for key in running
        if facts.offers[key].reach == "town" or (_is_unsaid(facts, key) and facts.offers[key].sensitive)
    ]
    unsaid = [key for key in running if _is_unsaid(facts, key) and key not in for_town]
    # What doesn't say for which area it is and has no door counts for the whole town alone.
    everywhere = (*for_town, *(key for key in unsaid if not _areas_of(facts.offers[key])))
    covered = Coverage(
        areas={key: _supply_of(facts, space, everywhere) for key, space in facts.spaces.items()},
        town=frozenset(for_town),
        unsaid=frozenset(unsaid),
        cells=_cells(site, facts, running),
        sought={topic.id: _sought_bands(topic) for topic in site.words.situations()},
    )
    return promises(site, facts, covered)


def _is_unsaid(facts: Facts, key: str) -> bool:
    return facts.offers[key].reach == "unsaid"


def _areas_of(offer: OfferFacts) -> tuple[str, ...]:
    """Return the areas in which an offer has a door."""
    return located(offer.location, offer.stops)


def _supply_of(facts: Facts, space: SpaceFacts, everywhere: Iterable[str]) -> dict[str, Where]:
    """Return an area's running offers with where they are; a whole town has those for `everywhere`, too."""
    found: dict[str, Where] = dict.fromkeys(everywhere, "town") if space.whole else {}
    for key in facts.relations.supply_of_space.get(space.id, ()):
        areas = _areas_of(facts.offers[key])
        if key in facts.running:
            # What has no door comes to whom it is for.
            is_here = not areas or any(space.id in facts.spaces[area].within for area in areas)
            found[key] = "here" if is_here else "elsewhere"
    return found


def _sought_bands(topic: Topic) -> tuple[str, ...]:
    """Return a life situation's age bands, by default all."""
    return _BANDS if topic.ages is None else bands_of(topic.ages)


def _cells(site: Site, facts: Facts, keys: Iterable[str]) -> dict[tuple[str, str], dict[str, Answer]]:
    """Tell which offers fit, by life situation and age band ("": any). Talks with both sides don't count for violence."""
    cells: dict[tuple[str, str], dict[str, Answer]] = {}
    for key in keys:
        ages, offer = site.offers[key].ages, facts.offers[key]
        answer: Answer = "unsaid" if ages is None else "fits"
        bands: dict[str, Answer] = {"": "fits"}
        bands |= dict.fromkeys(_BANDS if ages is None else bands_of(ages), answer)
        for situation in offer.situations:
            if offer.with_violence != "off" or not site.words.is_grave(situation):
                for band, fits in bands.items():
                    cells.setdefault((situation, band), {})[key] = fits
    return cells
