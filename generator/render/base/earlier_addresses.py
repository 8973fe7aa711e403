"""Say where records are that were renamed, for people who hold an earlier address."""

from __future__ import annotations

from generator.model.facts import Facts
from generator.model.site import Site


def moved(site: Site, facts: Facts, folder: str) -> dict[str, str]:
    """Return by earlier id a record's id; none of what is sensitive. An id that is taken again is somebody else's."""
    records = site.records(folder)
    return {
        earlier: key
        for key, record in records.items()
        if folder != "offers" or not facts.offers[key].sensitive
        for earlier in record.earlier_ids
        if earlier not in records
    }
