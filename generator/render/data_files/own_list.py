"""Write what „Meine Merkliste“ shows of offers.

The browser loads whole blocks, so no server learns which offers are on a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.render.base.context import Context
from generator.render.base.markdown import plain_text
from generator.render.base.urls import moved
from generator.render.base.wording import (
    address_text,
    cost_text,
    for_whom,
    languages_text,
    status_text,
    waiting_text,
    week_text,
)
from generator.render.directory.cards import where_text
from generator.render.directory.glance import access_notes, own_text, way_text
from generator.search.packing import packed_json

BLOCK = 250
"""A block holds about this many offers."""
FACTS = ("when", "where", "cost", "for", "access", "languages", "bring", "places")
"""What an entry tells, in the order in which `assets/js/list.js` names it."""
_MODULUS = 65521
"""A prime: the same in `entries.js`."""
LINES = 6
"""So many lines of hours an entry has."""
ENDED = "beendet.json"  # what became of offers that somebody may have listed, renamed ones too


def block_of(id: str, blocks: int) -> int:
    """Return an offer's block; `entries.js` computes the same."""
    number = 0
    for letter in id:
        number = (number * 31 + ord(letter)) % _MODULUS
    return number % blocks


def block_count(context: Context) -> int:
    """Return how many blocks the list has, at least one."""
    return max(1, -(-len(_ids(context)) // BLOCK))


def list_files(context: Context) -> dict[str, bytes]:
    """Return blocks by path, and what ended offers became."""
    folder = context.path("remembered")
    return {
        folder + ENDED: packed_json(_ended(context)),
        **{
            f"{folder}eintraege-{number}.json": packed_json(block)
            for number, block in enumerate(_blocks(context))
        },
    }


def _blocks(context: Context) -> list[dict[str, object]]:
    blocks: list[dict[str, object]] = [{} for _ in range(block_count(context))]
    for key in _ids(context):
        blocks[block_of(key, len(blocks))][key] = _entry(context, key)
    return blocks


def _ids(context: Context) -> list[str]:
    return [key for key, facts in context.facts.offers.items() if facts.carried]


def _ended(context: Context) -> dict[str, dict[str, str]]:
    """Return each ended offer's name (`n`, `l`: its language), end (`u`) and successor (`s`, `sn`: its name); of a renamed one its id (`r`)."""
    found = {}
    for key, offer in context.site.offers.items():
        if offer.status != "ended" or context.facts.offers[key].sensitive:
            continue
        name = context.texts.of(offer, "name")
        entry = {"n": name.text, "l": name.lang}
        if offer.until is not None:
            entry["u"] = context.texts.date(offer.until)
        successor = offer.successor
        if successor is not None and context.facts.offers[successor].carried:
            entry |= {"s": successor, "sn": context.texts.of(context.site.offers[successor], "name").text}
        found[key] = {part: value for part, value in entry.items() if value}
    for earlier, key in moved(context.site, "offers").items():
        if context.facts.offers[key].carried:
            found[earlier] = {"r": key}
    return found


def _entry(context: Context, key: str) -> dict[str, Any]:
    """Return name, its language, summary, phone, mail, day of check, notice, `FACTS`; each by a letter."""
    _ = context.gettext
    offer, facts = context.site.offers[key], context.facts.offers[key]
    name, summary = context.texts.of(offer, "name"), context.texts.of(offer, "summary")
    entry = {
        "n": name.text,
        "l": name.lang or summary.lang,
        "s": summary.text,
        "p": facts.contact.number,
        "m": facts.contact.email or "",
        "c": context.texts.date(offer.checked) if offer.checked else "",
        "a": _notice(context, key),
        "f": list(_list_facts(context, key)),
    }
    return {name: value for name, value in entry.items() if value}


def _list_facts(context: Context, key: str) -> Iterator[str]:
    """Yield what an entry tells, in the order of FACTS."""
    offer, facts = context.site.offers[key], context.facts.offers[key]
    bring = own_text(context, offer, "bring", facts.access.bring if facts.access else None)
    way, _explanation = way_text(context, offer, facts)
    conditions = (note.striptags() for note in access_notes(context, offer, facts))
    yield _when(context, key)
    yield _where(context, key)
    yield cost_text(context.texts, offer)
    yield for_whom(context, offer)
    yield " · ".join((way, *conditions))
    yield languages_text(context, offer)
    yield plain_text(bring.text)
    yield waiting_text(context, offer, facts)


def _notice(context: Context, key: str) -> str:
    """Return the current notice with its days: „Vom 21. Dezember bis 2. Januar geschlossen.“"""
    offer = context.site.offers[key]
    if offer.alert is None or not context.facts.offers[key].alert_shown:
        return ""
    text = own_text(context, offer, "alert", offer.alert.text).text
    if any(sign.isdigit() for sign in text):
        return text
    until = context.gettext("bis {date}").format(date=context.texts.date(offer.alert.until))
    return f"{text} ({until})"


def _when(context: Context, key: str) -> str:
    """Return state and hours in few lines, or the note on hours."""
    offer, schedule = context.site.offers[key], context.facts.offers[key].schedule
    hours = context.texts.of(offer, "hours_note").text
    if schedule is not None and offer.status == "running":
        hours = week_text(context, schedule, LINES) or hours
    return " · ".join(filter(None, (status_text(context.texts, offer), hours)))


def _where(context: Context, key: str) -> str:
    """Return place and address, or a protected offer's area."""
    address = context.facts.offers[key].location.address
    if address is None:
        return where_text(context, key)
    place = context.site.places.get(context.site.offers[key].place or "")
    name = context.texts.name(place) if place is not None else ""
    parts = (name, address_text(address), address.extra)
    return ", ".join(filter(None, parts))
