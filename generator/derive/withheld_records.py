"""A site in, the records of which its public pages leave something out: whoever passes records on, or takes them in, asks here."""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive.discretion import guarded
from generator.derive.masking import published
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.read.hidden_places import sight


def withheld_records(site: Site) -> frozenset[tuple[str, str]]:
    """Return by folder and id what is protected, and whatever else is published with less than is written."""
    return guarded(site, sight(site)) | frozenset(_lessened(site))


def _lessened(site: Site) -> Iterator[tuple[str, str]]:
    shown = published(site)
    for folder in KIND_BY_FOLDER:
        told = shown.records(folder)
        yield from ((folder, key) for key, record in site.records(folder).items() if told[key] != record)
