"""What is new, line by line, in; an Atom feed (RFC 4287) out: the same bytes for the same input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One piece of news: a day, a title, a sentence, the address of the page that it is about."""

    date: dt.date
    title: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own address and that of the page that says the same."""

    title: str
    author: str
    lang: str
    address: str
    page: str


def atom(feed: Feed, entries: Sequence[FeedEntry], otherwise: dt.date) -> bytes:
    """Return the feed, its newest entry first; `otherwise` is the day of a feed without entries."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.lang})
    newest = sorted(entries, key=lambda entry: (-entry.date.toordinal(), entry.address, entry.title))
    _add(root, "title", feed.title)
    _add(root, "id", feed.page)
    _add(root, "updated", _moment(newest[0].date if newest else otherwise))
    _add(ElementTree.SubElement(root, "author"), "name", feed.author)
    ElementTree.SubElement(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    ElementTree.SubElement(root, "link", rel="alternate", type="text/html", href=feed.page)
    seen: set[str] = set()
    for entry in newest:
        name = f"{entry.address}#{entry.date.isoformat()}"
        # Two pieces of news of one day about one offer are two entries, and each needs a name of its own.
        number = 2
        while name in seen:
            name, number = f"{entry.address}#{entry.date.isoformat()}-{number}", number + 1
        seen.add(name)
        element = ElementTree.SubElement(root, "entry")
        _add(element, "title", entry.title)
        _add(element, "id", name)
        _add(element, "updated", _moment(entry.date))
        ElementTree.SubElement(element, "link", rel="alternate", type="text/html", href=entry.address)
        _add(element, "summary", entry.text or entry.title)
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _moment(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
