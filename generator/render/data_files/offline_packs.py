"""List what browsers keep for reading offline, and write what „Meine Merkliste“ shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.files.packaged import packaged_text
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
from generator.render.directory.cards import access_notes, own_text, way_text, where_text
from generator.render.frame.families import FAMILIES, MADE, script_file, with_imports
from generator.render.frame.page_frame import ASSETS
from generator.search.directory_data import BLOCK, CHOICES, HOURS, OFFERS
from generator.search.packing import packed_json

LIST_BLOCK = 250
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
    return max(1, -(-len(_find_carried_offers(context)) // LIST_BLOCK))


def list_files(context: Context) -> dict[str, bytes]:
    """Return blocks by path, and what ended offers became."""
    folder = context.path("remembered")
    return {
        folder + ENDED: packed_json(_ended(context)),
        **{
            f"{folder}eintraege-{number}.json": packed_json(block)
            for number, block in enumerate(_divide_entries_into_blocks(context))
        },
    }


def _divide_entries_into_blocks(context: Context) -> list[dict[str, object]]:
    blocks: list[dict[str, object]] = [{} for _ in range(block_count(context))]
    for key in _find_carried_offers(context):
        blocks[block_of(key, len(blocks))][key] = _make_list_entry(context, key)
    return blocks


def _find_carried_offers(context: Context) -> list[str]:
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


def _make_list_entry(context: Context, key: str) -> dict[str, Any]:
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
    yield _write_state_and_hours(context, key)
    yield _write_place_and_address(context, key)
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


def _write_state_and_hours(context: Context, key: str) -> str:
    """Return state and hours in few lines, or the note on hours."""
    offer, schedule = context.site.offers[key], context.facts.offers[key].schedule
    hours = context.texts.of(offer, "hours_note").text
    if schedule is not None and offer.status == "running":
        hours = week_text(context, schedule, LINES) or hours
    return " · ".join(filter(None, (status_text(context.texts, offer), hours)))


def _write_place_and_address(context: Context, key: str) -> str:
    """Return place and address, or a protected offer's area."""
    address = context.facts.offers[key].location.address
    if address is None:
        return where_text(context, key)
    place = context.site.places.get(context.site.offers[key].place or "")
    name = context.texts.name(place) if place is not None else ""
    parts = (name, address_text(address), address.extra)
    return ", ".join(filter(None, parts))


PACK = "offline.json"  # what a browser fetches to keep
WORKER = "sw.js"
PAGES = ("home", "offers", "remembered", "offline")  # always kept
# Families of the kept pages, and what every page loads.
_FAMILIES = ("home", "directory", "offer", "space", "remembered", "offline")
_COMMON = ("nahraum.css", "print.css", "site.js", "nahraum.svg")


def is_on(context: Context) -> bool:
    """Tell whether families' pages can be kept offline."""
    return "offline" in context.site.config.subjects and not context.site.internal


def areas(context: Context) -> list[str]:
    """Return the areas whose pages can be kept: all but the town."""
    return [
        key
        for key, facts in context.facts.spaces.items()
        if facts.ancestors and context.facts.relations.offers_by_space.get(key)
    ]


def write_offline(folder: Path, contexts: Iterable[Context], addresses: Mapping[str, str]) -> None:
    """Write offline packs and `sw.js`, or the worker that removes itself. `addresses` of stylesheets and scripts by name."""
    contexts = list(contexts)
    if not contexts or not is_on(contexts[0]):
        (folder / WORKER).write_text(removing_worker(), encoding="utf-8")
        return
    digest = hashlib.sha256()
    firsts = [_there(folder, _list_first_addresses(context, addresses)) for context in contexts]
    for first in firsts:
        for name in first:
            digest.update(name.encode() + b"\0" + (folder / _find_file_of_address(name)).read_bytes())
    version = digest.hexdigest()[:16]
    for context, first in zip(contexts, firsts, strict=True):
        title = context.gettext("Das Wichtigste")
        _write_pack_list(folder, context.path("home") + PACK, title, first, version)
        for key in areas(context):
            name = context.texts.name(context.site.spaces[key])
            files = _there(folder, _of_area(context, key))
            _write_pack_list(
                folder, context.path("space", key) + PACK, name, [item for item in files if item not in first]
            )
    worker = _read_worker_script("sw.js").replace("%VERSION%", version)
    (folder / WORKER).write_text(worker, encoding="utf-8")


def removing_worker() -> str:
    """Return a service worker that removes itself and all kept pages."""
    return _read_worker_script("sw-off.js")


def _read_worker_script(name: str) -> str:
    return packaged_text("generator", "assets", "worker", name)


def _list_first_addresses(context: Context, addresses: Mapping[str, str]) -> Iterator[str]:
    """Yield the shell, help numbers and directory with its data."""
    yield from (context.path(kind) for kind in PAGES)
    names = dict.fromkeys(name for name in (*_COMMON, "own.css", "logo.svg", "logo.png") if name in addresses)
    for family in _FAMILIES:
        names |= dict.fromkeys(FAMILIES[family].styles)
        names |= dict.fromkeys(with_imports(script_file(family), folder=MADE))
    for name in names:
        yield ASSETS + addresses[name].partition("?")[0]
    for name in ("title", "danger", "danger_later"):
        yield f"{context.search}{name}.{context.lang}.json"
    yield from (context.path("offers") + name for name in (CHOICES, OFFERS, HOURS))
    for number in range(-(-len(context.site.offers) // BLOCK)):
        yield f"{context.path('offers')}zeilen-{number}.json"
    for number in range(block_count(context)):
        yield f"{context.path('remembered')}eintraege-{number}.json"


def _of_area(context: Context, key: str) -> Iterator[str]:
    facts = context.facts
    yield context.path("space", key)
    for offer in facts.relations.offers_by_space.get(key, ()):
        if facts.offers[offer].carried:
            yield context.path("offer", offer)
    for place in facts.relations.places_by_space.get(key, ()):
        if facts.places[place].visibility == "full":
            yield context.path("place", place)


def _there(folder: Path, names: Iterable[str]) -> list[str]:
    """Return the names whose files were written."""
    return [name for name in dict.fromkeys(names) if (folder / _find_file_of_address(name)).is_file()]


def _find_file_of_address(name: str) -> str:
    return f"{name}index.html" if name.endswith("/") or not name else name


def _write_pack_list(
    folder: Path, path: str, name: str, files: list[str], version: str | None = None
) -> None:
    size = sum((folder / _find_file_of_address(item)).stat().st_size for item in files)
    content = {"name": name, "bytes": size, "files": files, **({"version": version} if version else {})}
    (folder / path).write_text(
        json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
