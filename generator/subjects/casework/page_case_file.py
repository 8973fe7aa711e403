"""Write the file of the workspace's script: each offer's shelf and who may go there.

`assets/js/case_ladder.js` reads it beside the directory's files, in the same order. Nothing depends on a
case.
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

VERSION = 2
FILE = "angebote.json"
SHORT = dt.timedelta(weeks=2)


class CaseRow(Struct, frozen=True):
    """An offer: `shelf`, kind, for whom, referrers, contact.

    `topic`: the first. `apart`: only for groups people name in a search ("declared") or other groups ("known").
    `denied`: filters it denies ("kostenlos ohne-amt"). `wait`: "short" or "long". `near`: "bus open", by bus,
    open to all. `safe` places have no name.
    """

    shelf: str
    topic: str
    kind: str
    basis: str = ""
    way: str = ""
    refer: str = ""
    whom: str = ""
    languages: str = ""
    checked: str = ""
    phone: str = ""
    apart: str = ""
    denied: str = ""
    wait: str = ""
    near: str = ""
    safe: str = ""


def case_files(context: Context) -> dict[str, bytes]:
    """Return the workspace's file by its path.

    `columns` are the fields of `CaseRow`; `aids` kinds of help a family may wish for, as (id, name); `first` happy life
    situations, which the form shows first.
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
    known = context.site.words.target_groups
    if for_a_group(context.site, offer):
        return "declared"
    groups = [known[group] for group in offer.for_]
    return "known" if groups and all(group.words or group.alone or group.waits for group in groups) else ""


def _wait(context: Context, offer: Offer, facts: OfferFacts) -> str:
    """Return "short" for less than two weeks, else "long"; empty if unknown."""
    room = offer.capacity
    if facts.way == "open" or (room is not None and facts.capacity_shown and room.free):
        return "short"
    if room is None or not facts.capacity_shown or room.waiting is None:
        return ""
    today = context.facts.today
    return "short" if room.waiting.after(today) < today + SHORT else "long"


def _near(context: Context, offer: Offer, facts: OfferFacts) -> str:
    place = context.site.places.get(offer.place or "")
    bus = place is not None and facts.location.visibility == "full" and place.transport
    return " ".join(
        name for name, so in (("bus", bus), ("open", _for_neighbours(context, offer, facts))) if so
    )


def _for_neighbours(context: Context, offer: Offer, facts: OfferFacts) -> bool:
    """Tell whether all may just come, to everyday life or a topic's meeting place."""
    words = context.site.words
    thought_of = any(offer.kind in words.topics[topic].first_offers for topic in offer.topics)
    meeting = facts.layer == "everyday" or (words.kinds[offer.kind].leisure and thought_of)
    return meeting and facts.way == "open" and not offer.for_ and not facts.sensitive


def _aids(context: Context) -> Iterator[tuple[str, str]]:
    """Yield the kinds of help as id and name."""
    for kind in context.site.words.kinds.values():
        if kind.layer == "hze" or kind.claim or kind.id == CUSTODY:
            yield kind.id, context.texts.name(kind)
