"""Say where records are that were renamed, for people who hold an earlier address."""

from __future__ import annotations

from generator.model.site import Site


def moved(site: Site, folder: str) -> dict[str, str]:
    """Return by earlier id a record's id: what is protected has none. An id that is taken again is somebody else's."""
    records = site.records(folder)
    return {
        earlier: key
        for key, record in records.items()
        for earlier in record.earlier_ids
        if earlier not in records
    }
