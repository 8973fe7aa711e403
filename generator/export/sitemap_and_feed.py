"""Write the sitemap and the feed of news (RFC 4287)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from msgspec import Struct

LIMIT = 50_000
"""Addresses that sitemaps.org allows in a file."""


def sitemap(root: str, paths: Iterable[str], dates: Mapping[str, dt.date | None]) -> dict[str, str]:
    """Return sitemap files by name (sitemaps.org 0.9), with an index if several; `dates` are by path."""
    rows = [_row("url", root + path, dates.get(path)) for path in sorted(paths)]
    if len(rows) <= LIMIT:
        return {"sitemap.xml": _document("urlset", rows)}
    parts = [rows[start : start + LIMIT] for start in range(0, len(rows), LIMIT)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = [_row("sitemap", root + name, None) for name in names]
    files = {name: _document("urlset", part) for name, part in zip(names, parts, strict=True)}
    return {"sitemap.xml": _document("sitemapindex", index), **files}


def _row(element: str, address: str, day: dt.date | None) -> str:
    modified = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<{element}><loc>{escape(address)}</loc>{modified}</{element}>\n"


def _document(element: str, rows: Iterable[str]) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{''.join(rows)}</{element}>\n"


class FeedEntry(Struct, frozen=True):
    """A piece of news: day, title, sentence, page."""

    date: dt.date
    title: str
    text: str
    address: str


class Feed(Struct, frozen=True):
    """What a feed says of itself."""

    title: str
    author: str
    lang: str
    address: str  # its own
    page: str  # the address of the page with the same news


def atom(feed: Feed, entries: Sequence[FeedEntry], otherwise: dt.date) -> bytes:
    """Return the feed, newest first; `otherwise` dates an empty one."""
    newest = sorted(entries, key=lambda entry: (-entry.date.toordinal(), entry.address, entry.title))
    updated = newest[0].date if newest else otherwise
    used: Counter[str] = Counter()
    written = ""
    for entry in newest:
        name = f"{entry.address}#{entry.date.isoformat()}"
        # Two pieces of news of one day about one offer are two entries, and each needs a name of its own.
        used[name] += 1
        if used[name] > 1:
            name = f"{name}-{used[name]}"
        written += f"""  <entry>
    <title>{escape(entry.title)}</title>
    <id>{escape(name)}</id>
    <updated>{entry.date.isoformat()}T00:00:00Z</updated>
    <link rel="alternate" type="text/html" href="{escape(entry.address)}" />
    <summary>{escape(entry.text or entry.title)}</summary>
  </entry>
"""
    return f"""<?xml version='1.0' encoding='utf-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.lang}">
  <title>{escape(feed.title)}</title>
  <id>{escape(feed.page)}</id>
  <updated>{updated.isoformat()}T00:00:00Z</updated>
  <author>
    <name>{escape(feed.author)}</name>
  </author>
  <link rel="self" type="application/atom+xml" href="{escape(feed.address)}" />
  <link rel="alternate" type="text/html" href="{escape(feed.page)}" />
{written}</feed>
""".encode()
