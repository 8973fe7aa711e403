"""Work out what offers there are by area, life situation and age.

Only running offers count, and what isn't said stays unsaid: an address alone makes no supply of its area. What an
office decides on stands in one row for the town.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

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
    aids = frozenset(key for key in running if _is_aid(site, facts, key))
    # Promises may be about aids, too.
    rules = promises(site, facts, _covered(site, facts, running)).rules
    doors = _covered(site, facts, [key for key in running if key not in aids])
    return replace(doors, aids=aids, rules=rules)


def _is_aid(site: Site, facts: Facts, key: str) -> bool:
    """Tell whether an offer is help by the office's decision, without a claim of its own beside it."""
    return facts.offers[key].layer == "hze" and not site.words.kinds[site.offers[key].kind].claim


def _covered(site: Site, facts: Facts, running: Sequence[str]) -> Coverage:
    """Return what running offers cover."""
    for_town = [key for key in running if _is_for_town(facts.offers[key])]
    unsaid = [key for key in running if facts.offers[key].reach == "unsaid" and key not in for_town]
    # What doesn't say for which area it is and has no door counts for the whole town alone.
    everywhere = (*for_town, *(key for key in unsaid if not _doors(facts.offers[key])))
    return Coverage(
        areas={
            key: _supply_of(site, facts, space, running, everywhere) for key, space in facts.spaces.items()
        },
        town=frozenset(for_town),
        unsaid=frozenset(unsaid),
        cells=_cells(site, facts, running),
        sought={topic.id: _sought_bands(topic) for topic in site.words.situations()},
    )


def _is_for_town(offer: OfferFacts) -> bool:
    """Tell whether an offer is for the town: also what protects or is called, where nobody says for which quarter it is."""
    called = offer.remote and not _doors(offer)
    return offer.reach == "town" or (offer.reach == "unsaid" and (offer.sensitive or called))


def _doors(offer: OfferFacts) -> tuple[str, ...]:
    """Return the areas in which an offer has a door; a stop is one at its hours."""
    return located(offer.location, (stop for stop in offer.stops if stop.schedule is not None))


def _supply_of(
    site: Site, facts: Facts, space: SpaceFacts, running: Collection[str], everywhere: Iterable[str]
) -> dict[str, Where]:
    """Return an area's running offers with where they are; a whole town has those for `everywhere`, too."""
    found: dict[str, Where] = dict.fromkeys(everywhere, "town") if space.whole else {}
    for key in facts.relations.supply_of_space.get(space.id, ()):
        if key in running:
            found[key] = _where(facts, space.id, _doors(facts.offers[key]), site.offers[key].visits)
    return found


def _where(facts: Facts, space: str, doors: Iterable[str], visits: Iterable[str]) -> Where:
    """Tell how an offer that counts for an area reaches it."""
    if any(space in facts.spaces[door].within for door in doors):
        return "here"
    around = facts.spaces[space].within
    comes = any(area in around or space in facts.spaces[area].within for area in visits)
    return "home" if comes else "elsewhere"


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
