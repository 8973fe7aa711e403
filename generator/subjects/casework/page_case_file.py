"""Write what the script of „Fallgespräch vorbereiten“ needs of each offer: its shelf, and who may go there.

`assets/js/case_ladder.js` reads it beside the directory's files, in the same order. It is the same for every case.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from generator.model.facts import OfferFacts
from generator.model.offer import Offer
from generator.model.offer_flags import for_a_group
from generator.render.base.context import Context
from generator.render.base.wording import basis_text, for_whom, languages_text
from generator.render.data_files.search_entries import directory_order
from generator.render.directory.child_protection import CUSTODY
from generator.render.directory.filters import denied
from generator.render.directory.glance import referrers_text, way_text
from generator.render.directory.offer_order import shelf_of
from generator.search.packing import pack_columns, packed_json

VERSION = 2  # of the file's format
FILE = "angebote.json"
SHORT = dt.timedelta(weeks=2)  # a wait below this is short


class CaseRow(Struct, frozen=True):
    """An offer; what isn't known is empty."""

    shelf: str  # from everyday life to help by decision (`shelf_of`)
    topic: str  # the first
    kind: str
    basis: str = ""  # the paragraph on which its kind stands
    way: str = ""  # how one gets in, in words
    refer: str = ""  # who refers, in words
    whom: str = ""
    languages: str = ""
    checked: str = ""
    phone: str = ""
    apart: str = ""  # only for groups: `declared` if people name these in a search, else `known`
    denied: str = ""  # filters that it surely doesn't fulfil: `kostenlos ohne-amt`
    wait: str = ""  # `short` or `long`
    near: str = ""  # `bus`: how to get there is known; `open`: all may just come
    safe: str = ""  # `1` for a safe place, whose name no list shows


def case_files(context: Context) -> dict[str, bytes]:
    """Return the workspace's file by its path.

    `columns` are the fields of `CaseRow`; `aids` the kinds of help that a family may wish for, as (id, name);
    `first` the life situations about strengths, which the form shows first.
    """
    rows = [_row(context, key) for key in directory_order(context)]
    content = {
        "version": VERSION,
        "size": len(rows),
        "columns": pack_columns(rows, CaseRow.__struct_fields__),
        "aids": list(_aids(context)),
        "first": [topic.id for topic in context.words.situations() if topic.strengths],
    }
    return {context.path("case") + FILE: packed_json(content)}


def _row(context: Context, key: str) -> CaseRow:
    texts = context.texts
    offer, facts = context.site.offers[key], context.facts.offers[key]
    kind = context.site.words.kinds[offer.kind]
    way, _explanation = way_text(context, offer, facts)
    return CaseRow(
        shelf=shelf_of(context, key),
        topic=offer.topics[0],
        kind=kind.id,
        basis=basis_text(kind.legal_basis),
        way=way,
        refer=referrers_text(context, offer, facts),
        whom=for_whom(context, offer),
        languages=languages_text(context, offer),
        checked=texts.date(offer.checked, short=True) if offer.checked else "",
        phone=facts.contact.number,
        apart=_apart(context, offer),
        denied=" ".join(denied(context, offer, facts)),
        wait=_wait(context, offer, facts),
        near=_near(context, offer, facts),
        safe="1" if kind.discreet and kind.every_day else "",
    )


def _apart(context: Context, offer: Offer) -> str:
    """Say for which groups alone an offer is (see `CaseRow`); empty for families."""
    target_groups = context.site.words.target_groups
    if for_a_group(context.site, offer):
        return "declared"
    groups = [target_groups[group] for group in offer.for_]
    return "known" if groups and all(group.words or group.alone or group.waits for group in groups) else ""


def _wait(context: Context, offer: Offer, facts: OfferFacts) -> str:
    """Return "short" for less than two weeks, else "long"; empty if unknown."""
    places = offer.capacity
    if facts.way == "open" or (places is not None and facts.capacity_shown and places.free):
        return "short"
    if places is None or not facts.capacity_shown or places.waiting is None:
        return ""
    today = context.facts.today
    return "short" if places.waiting.after(today) < today + SHORT else "long"


def _near(context: Context, offer: Offer, facts: OfferFacts) -> str:
    """Say what makes an offer easy to reach (see `CaseRow`)."""
    place = context.site.places.get(offer.place or "")
    bus = place is not None and facts.location.visibility == "full" and place.transport
    return " ".join(
        name for name, holds in (("bus", bus), ("open", _for_neighbours(context, offer, facts))) if holds
    )


def _for_neighbours(context: Context, offer: Offer, facts: OfferFacts) -> bool:
    """Tell whether all may just come: to what is everyday life, or a place of leisure that a topic's first step names."""
    words = context.site.words
    in_first_step = any(offer.kind in words.topics[topic].first_offers for topic in offer.topics)
    everyday = facts.layer == "everyday" or (words.kinds[offer.kind].leisure and in_first_step)
    return everyday and facts.way == "open" and not offer.for_ and not facts.sensitive


def _aids(context: Context) -> Iterator[tuple[str, str]]:
    """Yield (id, name) of special help: help for upbringing (`hze`), what is claimed, taking a child in."""
    for kind in context.site.words.kinds.values():
        if kind.layer == "hze" or kind.claim or kind.id == CUSTODY:
            yield kind.id, context.texts.name(kind)
