"""The editions of a site, those that may be shown, and where their files lie."""

from __future__ import annotations

from generator.model.editions import Edition
from generator.model.site import Site
from generator.render.base import urls


def shown(site: Site) -> dict[str, list[Edition]]:
    """Return the editions that this site shows by report, the oldest first: drafts only where they are asked for."""
    found: dict[str, list[Edition]] = {}
    for edition in site.editions.values():
        if edition.public or site.drafts:
            found.setdefault(edition.report, []).append(edition)
    return found


def pdf_path(edition: Edition) -> str:
    """Return where an edition's PDF lies, from the site's root."""
    return f"{urls.path('report-edition', edition.key)}{edition.report}-{edition.name}.pdf"


def figures_path(edition: Edition) -> str:
    """Return where an edition's own figures lie as a table, from the site's root."""
    return f"{urls.path('report-edition', edition.key)}zahlen.csv"
