"""Paths and dates in, `sitemap.xml` and its parts out: dated by the records, sorted, the same bytes for the same input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

LIMIT = 50_000


def sitemap(root: str, paths: Iterable[str], dates: Mapping[str, dt.date | None]) -> dict[str, str]:
    """Return the files of the sitemap of all paths by name (sitemaps.org 0.9): one, or an index and as many parts as are needed."""
    rows = [_row("url", root + path, dates.get(path)) for path in sorted(paths)]
    if len(rows) <= LIMIT:
        return {"sitemap.xml": _document("urlset", rows)}
    parts = [rows[start : start + LIMIT] for start in range(0, len(rows), LIMIT)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = [_row("sitemap", root + name, None) for name in names]
    files = {name: _document("urlset", part) for name, part in zip(names, parts, strict=True)}
    return {"sitemap.xml": _document("sitemapindex", index), **files}


def _row(element: str, address: str, day: dt.date | None) -> str:
    modified = ""
    if day:
        modified = f"<lastmod>{day.isoformat()}</lastmod>"
    return f"<{element}><loc>{escape(address)}</loc>{modified}</{element}>\n"


def _document(element: str, rows: Iterable[str]) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{''.join(rows)}</{element}>\n"
