"""Derive figures (series) and coverage (what is recorded for whom) when a page first asks for them."""

from __future__ import annotations

from collections.abc import Mapping

from generator.derive.coverage_facts import coverage
from generator.derive.indicator_series import all_series
from generator.model.cells import Series
from generator.model.facts import Facts
from generator.model.known import Coverage
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder, tables_of

Folders = Mapping[str, IndicatorFolder]
"""By indicator its tables and releases."""


def _derive_series(site: Site, folders: Folders, facts: Facts) -> Mapping[str, Series]:
    releases = {key: one.releases for key, one in folders.items()}
    return all_series(site, facts.spaces, tables_of(folders), releases)


def _derive_coverage(site: Site, folders: Folders, facts: Facts) -> Coverage:
    del folders
    return coverage(site, facts)


LATER = {"series": _derive_series, "coverage": _derive_coverage}
"""By field of `Facts` what makes it when it is first read."""
