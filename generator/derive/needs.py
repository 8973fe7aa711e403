"""Needs in, the cells of coverage that each belongs to out."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from generator.derive.coverage import bands_of
from generator.model.planning_records import Need
from generator.model.site import Site

Cells = tuple[tuple[str, str], ...]


def all_needs(site: Site) -> Mapping[str, Cells]:
    """Return the cells of every need, by its id."""
    return {key: need_cells(site, need) for key, need in site.needs.items()}


def need_cells(site: Site, need: Need) -> Cells:
    """Return life situation and band of ages of each cell that a need belongs to; the band is empty where it says no age."""
    situations = dict.fromkeys(site.words.situation_of(topic) for topic in need.topics)
    return tuple(product(situations, bands_of(need.ages) or ("",)))
