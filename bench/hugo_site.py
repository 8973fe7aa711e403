"""A world in, a Hugo project that makes the same pages out: same families, lists, cards, frame and maps, of about the same size.

Hugo knows no hours, areas, distances or coordinates: whatever follows from those (lists, neighbours, positions on maps, hours
in words) stands finished in the front matter, and so it costs Hugo nothing. Frame and icons are Nahraum's own.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.export.calendars_and_vcards import Calendars, has_times
from generator.model.facts import OfferList
from generator.model.groups import Address
from generator.model.scalars import Point
from generator.pipeline.build import prepare
from generator.pipeline.plan import plan_site
from generator.pipeline.write import Frames, make_page
from generator.render.base.context import Context
from generator.render.base.icons import icon
from generator.render.base.texts import Translated
from generator.render.base.wording import (
    address_line,
    cost_text,
    for_whom,
    languages_text,
    opening,
    town_line,
    week_lines,
    week_text,
)
from generator.render.data_files.open_data import source_of
from generator.render.directory.listing import PER_PAGE, dimension_titles, has_pages, label_of
from generator.render.directory.offer_order import by_situation, offers_in, rungs
from generator.render.frame.page_frame import ASSETS, SLOTS
from generator.render.maps import point_map
from generator.render.pages.place_pages import accessibility_rows, unknown_features

LAYOUTS = Path(__file__).parent / "hugo" / "layouts"
_ICON = re.compile(r"\[\[([a-z-]+)\]\]")
_AREA = re.compile(r'<path id="([^"]*)" class="([^"]*)" d="([^"]*)"/>')
_GROUND = re.compile(r'<g class="nr-map__ground"><path d="([^"]*)"')
_LABEL = re.compile(r'<text class="nr-map__beside[^"]*" x="(\d+)" y="(\d+)">(.*?)</text>')
_PIN = re.compile(r'<circle cx="(\d+)" cy="(\d+)" r="24"')
_LINK = re.compile(r'<a href="[./]*([^"]*)/" tabindex="-1"><title>[^<]*</title><circle')
_TIMES = ("DTSTART", "DTEND", "RRULE", "EXDATE", "RECURRENCE-ID")
_SHIFT = re.compile(r'<g transform="translate\((\d+ \d+)\)"><g class="nr-map__pin">')
Front = dict[str, Any]


def prepare_hugo_site(world: Path, folder: Path, today: dt.date) -> None:
    """Write the Hugo project; raises ValueError when the world has errors."""
    project = prepare(world, today)
    if project.site is None:
        raise ValueError(f"{world} has errors")
    frames = Frames(plan_site(project))
    context = project.contexts[0]
    _write_layouts(folder, frames, context)
    _write_config(folder, context)
    for name, content in frames.plan.assets.files.items():
        _write(folder / "static" / ASSETS / name, content)
    lists = _lists_by_offer(context)
    for key, offer in context.site.offers.items():
        _page(folder, "angebote", key, _offer(context, key, lists.get(key, {})), offer.description or "")
    for key in context.site.places:
        _page(folder, "orte", key, _place(context, key))
    for key in context.site.providers:
        _page(folder, "traeger", key, _provider(context, key))
    for key in context.site.spaces:
        body = str(make_page(frames.plan, context.path("space", key)).body)
        _page(folder, "sozialraeume", key, _space(context, key, body))
    for key in context.site.words.topics:
        _page(folder, "themen", key, _topic(context, key))
    for section, title in (("angebote", "Alle Angebote"), ("orte", "Orte"), ("traeger", "Träger"), ("sozialraeume", "Sozialräume"), ("themen", "Alle Themen")):  # fmt: skip
        _page(folder, section, "_index", {"title": title})


def _write(path: Path, content: bytes | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _page(folder: Path, section: str, key: str, front: Mapping[str, Any], body: str = "") -> None:
    # Of the forms that Hugo reads this is the one it reads fastest.
    text = json.dumps(dict(front), ensure_ascii=False)
    _write(folder / "content" / section / f"{key}.md", f"{text}\n\n{body}\n")


def _write_config(folder: Path, context: Context) -> None:
    """Each way to divide the directory becomes a taxonomy, each of its lists a term."""
    dimensions = {name.dimension for name in _lists(context) if name.value}
    titles = {name: title for name, title in dimension_titles(context).items() if name in dimensions}
    config = {
        "baseURL": context.site.config.url,
        "title": context.site.config.name,
        "locale": "de",
        "disableKinds": ["RSS"],
        "taxonomies": {f"nach-{name}": f"nach-{name}" for name in titles},
        "permalinks": {kind: {f"nach-{name}": f"/angebote/nach/{name}/{end}" for name in titles} for kind, end in (("term", ":contentbasename/"), ("taxonomy", ""))},
        "pagination": {"pagerSize": PER_PAGE, "path": "seite", "disableAliases": True},
        "outputs": {"home": ["HTML", "JSON"]},
        "mediaTypes": {"text/vcard": {"suffixes": ["vcf"]}},
        "outputFormats": {"calendar": {"baseName": "termine"}, "card": {"mediaType": "text/vcard", "baseName": "kontakt", "isPlainText": True}},
        "params": {"email": context.site.config.publisher.email},
    }  # fmt: skip
    _write(folder / "hugo.yaml", yaml.safe_dump(config, allow_unicode=True))
    for name, title in titles.items():
        _page(folder, f"nach-{name}", "_index", {"title": title})
    for one in _lists(context):
        if one.dimension in titles:
            _page(folder, f"nach-{one.address}", "_index", {"title": label_of(context, one)})


def _write_layouts(folder: Path, frames: Frames, context: Context) -> None:
    """Copy the layouts with icons put in; the frame is ours, filled by Hugo."""
    shutil.copytree(LAYOUTS, folder / "layouts")
    names = {"check-circle-outline", "circle-half-full", "close-circle-outline", "clock-outline", "cash", "map-marker-outline", "account-group-outline", "door-open", "translate", "wheelchair-accessibility", "map-outline"}  # fmt: skip
    for path in (folder / "layouts").rglob("*.html"):
        path.write_text(
            _ICON.sub(lambda match: str(icon(match[1])), path.read_text(encoding="utf-8")), encoding="utf-8"
        )
    _write(folder / "data" / "icons.json", json.dumps({name: str(icon(name)) for name in sorted(names)}))
    shell = frames.shell(context.lang, "offer", 2)
    filled = {
        "title": "{{ .Title }} – {{ site.Title }}",
        "description": "{{ .Params.summary }}",
        "head": '{{ partial "inline/head.html" . }}',
        "canonical": '<link rel="canonical" href="{{ .Permalink }}">',
        "crumbs": '{{ partial "inline/crumbs.html" . }}',
        "content": '{{ block "main" . }}{{ end }}',
        "modified": "{{ with .Params.checked }}<p>Stand: {{ . }}</p>{{ end }}",
        "address": "{{ .Permalink }}",
    }
    frame = shell.fill({name: filled.get(name, "") for name in SLOTS})
    _write(folder / "layouts" / "baseof.html", frame.replace("../../", "/"))


def _lists(context: Context) -> Mapping[OfferList, tuple[str, ...]]:
    site, facts = context.site, context.facts
    return {name: keys for name, keys in facts.lists.items() if has_pages(site, facts, name)}


def _lists_by_offer(context: Context) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for name, keys in _lists(context).items():
        for key in keys if name.value else ():
            found.setdefault(key, {}).setdefault(f"nach-{name.dimension}", []).append(name.value)
    return found


def _offer(context: Context, key: str, lists: Mapping[str, list[str]]) -> Front:
    offer, facts, texts = context.site.offers[key], context.facts.offers[key], context.texts
    state = opening(context, facts.schedule)
    lines = [list(line) for line in week_lines(context, facts.schedule)]
    place = context.site.places.get(offer.place or "")
    barriers = [
        f"{name}: {word}" for _sign, name, word in (accessibility_rows(context, place) if place else [])
    ]
    if facts.access is None:
        raise ValueError(f"{key} says nothing of how to get in")
    way = context.site.words.access_ways[facts.access.way]
    how = texts.of(way, "explanation").text
    area = next((name for name in facts.location.spaces if context.facts.spaces[name].depth > 0), "")
    rows = [
        {"term": "Wann", "icon": "clock-outline", "open": state.data if state else "", "week": lines},
        {"term": "Kosten", "icon": "cash", "text": cost_text(texts, offer)},
        {"term": "Wo", "icon": "map-marker-outline", "place": offer.place},
        {"term": "Für wen", "icon": "account-group-outline", "text": for_whom(context, offer)},
        {"term": "Zugang", "icon": "door-open", "text": texts.name(way), "small": how},
        {"term": "Sprachen", "icon": "translate", "text": str(languages_text(context, offer))},
        {"term": "Barrieren", "icon": "wheelchair-accessibility", "text": " · ".join(barriers)},
    ]
    nearby = [
        {"key": other, "where": "im selben Haus" if far < 25 else texts.distance(far)}
        for other, far in context.facts.nearby.get(key, ())
    ]
    topics = [f"/themen/{name}" for name in (facts.situations[0], *offer.topics[:1])]
    return {
        "title": offer.name, "summary": offer.summary, "key": key, "kind": texts.name(context.site.words.kinds[offer.kind]),
        "rows": rows, "open": state.data if state else "", "written": week_text(context, facts.schedule, 1),
        "where": texts.name(context.site.spaces[area]) if area else "", "cost": cost_text(texts, offer),
        "phone": facts.contact.phone, "email": facts.contact.email, "provider": offer.provider, "place": offer.place,
        "space": area, "pin": _pin(context, facts.location, offer.name), "point": _point(facts.location.point),
        "events": _events(context, key), "outputs": ["HTML", "calendar", "card"], "street": _street(facts.location.address),
        "first": offer.access.first_visit if offer.access else "", "nearby": nearby, "crumbs": topics,
        "checked": texts.date(offer.checked) if offer.checked else "", **lists,
    }  # fmt: skip


def _point(point: Point | None) -> str:
    return f"{point.latitude},{point.longitude}" if point else ""


def _street(address: Address | None) -> str:
    """Return an address as contact cards write it."""
    if address is None:
        return ""
    return f"{address.street} {address.number or ''};{address.town or ''};;{address.postcode or ''}"


def _events(context: Context, key: str) -> list[str]:
    """Return the times of an offer as they stand in its calendar file."""
    offer, facts = context.site.offers[key], context.facts.offers[key]
    if not has_times(offer, facts):
        return []
    calendar = Calendars(source_of(context)).offer(offer).decode().replace("\r\n ", "")
    events = calendar.split("BEGIN:VEVENT")[1:]
    return ["\n".join(line for line in event.splitlines() if line.startswith(_TIMES)) for event in events]


def _pin(context: Context, location: Any, name: str) -> str:
    if location.point is None:
        return ""
    found = _SHIFT.search(str(point_map(context, "", location.point, name, spaces=location.spaces)))
    return found[1] if found else ""


def _place(context: Context, key: str) -> Front:
    place, facts = context.site.places[key], context.facts.places[key]
    address = f"{address_line(facts.address)}, {town_line(facts.address)}" if facts.address else ""
    area = next((name for name in facts.spaces if context.facts.spaces[name].depth > 0), "")
    kind = context.texts.name(context.site.words.place_kinds[place.kind])
    return {
        "title": place.name, "key": "", "kind": kind, "summary": kind, "address": address, "space": area,
        "pin": _pin(context, facts, place.name), "providers": list(place.providers), "outputs": ["HTML", "card"],
        "provider": next(iter(place.providers), ""), "point": _point(facts.point), "street": _street(facts.address),
        "rows": [{"term": "Adresse", "icon": "map-marker-outline", "text": address}, {"term": "Gebiet", "icon": "map-outline", "text": context.texts.name(context.site.spaces[area]) if area else ""}],
        "offers": list(context.facts.relations.offers_by_place.get(key, ())), "crumbs": ["/orte", f"/sozialraeume/{area}"],
        "accessibility": [list(row) for row in accessibility_rows(context, place)], "unknown": unknown_features(context, place),
    }  # fmt: skip


def _provider(context: Context, key: str) -> Front:
    provider, relations = context.site.providers[key], context.facts.relations
    contact, kind = provider.contact, context.texts.name(context.site.words.provider_kinds[provider.kind])
    return {
        "title": provider.name, "key": "", "kind": kind, "summary": kind, "phone": contact.phone if contact else "",
        "email": contact.email if contact else "", "rows": [{"term": "Art", "icon": "door-open", "text": kind}],
        "offers": list(relations.offers_by_provider.get(key, ())), "places": list(relations.places_by_provider.get(key, ())), "crumbs": ["/traeger"],
    }  # fmt: skip


def _space(context: Context, key: str, body: str) -> Front:
    facts, relations = context.facts.spaces[key], context.facts.relations
    offers = offers_in(context, key)
    situations = [
        _group(_plain(item.phrase), (line.id for line in item.lines))
        for item in by_situation(context, key, offers)
    ]
    ladder = [_group(rung.name, (line.id for line in rung.lines)) for rung in rungs(context, offers)[1]]
    ground = _GROUND.search(body)
    pins = zip(_PIN.findall(body), (f"/{link}" for link in _LINK.findall(body)), strict=False)
    return {
        "title": context.texts.name(context.site.spaces[key]), "key": key, "summary": "", "count": len(offers),
        "shape": ground[1] if ground else "", "around": [{"id": id, "tone": tone, "d": d} for id, tone, d in _AREA.findall(body)],
        "labels": [{"x": x, "y": y, "text": _plain(text)} for x, y, text in _LABEL.findall(body)],
        "pins": [{"x": x, "y": y, "page": page} for (x, y), page in pins],
        "neighbours": list(facts.neighbours), "groups": [*situations, *ladder],
        "places": list(relations.places_by_space.get(key, ())), "providers": list(relations.providers_by_space.get(key, ())),
    }  # fmt: skip


def _group(title: str, keys: Iterable[str]) -> Front:
    ids = list(keys)
    return {"title": title, "count": len(ids), "keys": ids}


def _topic(context: Context, key: str) -> Front:
    topic, offers = context.site.words.topics[key], context.facts.relations.offers_by_topic.get(key, ())
    phrase: Translated = context.texts.of(topic, "phrase")
    layers: dict[str, list[str]] = {}
    for offer in offers:
        layers.setdefault(context.facts.offers[offer].layer, []).append(offer)
    return {
        "title": phrase.text or context.texts.name(topic), "summary": context.texts.of(topic, "summary").text, "crumbs": ["/themen"],
        "groups": [{"title": layer, "keys": ids if len(offers) <= 60 else ids[:12]} for layer, ids in layers.items()],
    }  # fmt: skip


def _plain(html: object) -> str:
    return re.sub(r"<[^>]+>", " ", str(html)).strip()
