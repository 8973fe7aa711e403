"""The registry of generated pages: a page type is its module, its template and one row here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.context import Context
from generator.render.page import Page
from generator.render.pages import data, help, home, licences, offer, offers, topic, youth


@dataclass(frozen=True, slots=True)
class PageType:
    """Which pages there are (`kind` of address and `keys`) and how one is made (`render`)."""

    kind: str
    keys: Callable[[Site, Facts], Iterable[str]]
    render: Callable[[Context, str], Page]
    internal: bool = False


PAGES: tuple[PageType, ...] = (
    PageType("home", home.keys, home.render),
    PageType("offers", offers.keys, offers.render),
    PageType("offer-list", offers.part_keys, offers.render_part),
    PageType("offer", offer.keys, offer.render),
    PageType("topics", topic.single, topic.render_all),
    PageType("topic", topic.keys, topic.render),
    PageType("youth", youth.keys, youth.render),
    PageType("help", help.keys, help.render),
    PageType("licences", licences.keys, licences.render),
    PageType("data", data.keys, data.render),
)
