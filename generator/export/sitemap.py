"""Paths and dates in, `sitemap.xml` out: dated by the records, sorted, the same bytes for the same input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

LIMIT = 50_000


def sitemap(root: str, paths: Iterable[str], dates: Mapping[str, dt.date | None]) -> str:
    """Return the sitemap of all paths (sitemaps.org 0.9); raise ValueError beyond its limit of 50,000."""

    rows = []
    for path in sorted(paths):
        day = dates.get(path)
        modified = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        rows.append(f"<url><loc>{escape(root + path)}</loc>{modified}</url>\n")
    if len(rows) > LIMIT:
        raise ValueError(f"a sitemap holds {LIMIT} addresses, the site has {len(rows)}")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(rows)}</urlset>\n'
