"""Write the files that the site's scripts read (`PRODUCERS`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from generator.model.config import SiteConfig
from generator.model.geometry import METRES_PER_DEGREE
from generator.parts import parts
from generator.render.base import urls
from generator.render.base.area_names import level_name
from generator.render.base.context import Context
from generator.render.data_files.danger_boxes import danger_files
from generator.render.data_files.offline_packs import list_files
from generator.render.data_files.open_data import calendar_files, export_files, figure_files
from generator.render.data_files.search_entries import directory_order, search_files, shown_files
from generator.render.directory.contact import contact_files
from generator.render.directory.filters import directory_files
from generator.render.directory.news_lines import feed_files
from generator.render.directory.teams import Duty, duties
from generator.render.frame.page_frame import ASSETS, embed_files
from generator.search.packing import packed_json
from generator.search.street_register import register
from generator.search.word_forms import base

# Outlines keep to within so many metres of the true ones; a house stands farther from the middle of the road.
TOLERANCE = 8.0
PRECISION = 100_000  # steps in a degree: about a metre each


def areas_file(context: Context) -> bytes:
    """Return names, levels, offices and addresses of all spaces.

    Addresses are relative to the language's folder. The first geography is the one that people mean.
    """
    root = context.path("home")
    offices: dict[str, dict[str, Any]] = {}
    areas: dict[str, Any] = {}
    for key, facts in context.facts.spaces.items():
        # Whom somebody made up to show a page is nobody to call.
        responsible = [duty for duty in duties(context, key) if not duty.office.invented("serves")]
        for duty in responsible:
            offices.setdefault(duty.office.id, _describe_office(context, root, duty))
        within = [name for name in facts.ancestors if context.facts.spaces[name].ancestors]  # but the town
        reasons = [[duty.office.id, duty.reason] for duty in responsible]
        areas[key] = {
            "name": context.texts.name(context.site.spaces[key]),
            "level": level_name(context, key),
            "geography": facts.geography,
            "depth": facts.depth,
            "within": within,
            "fuzzy": context.site.spaces[key].boundary_kind == "fuzzy",
            "url": urls.relative(root, context.path("space", key)),
            "offices": reasons,
        }
    order = [geography.id for geography in context.site.config.geographies]
    return packed_json({"geographies": order, "areas": areas, "offices": offices})


def _describe_office(context: Context, root: str, duty: Duty) -> dict[str, Any]:
    office = duty.office
    contact = office.contact
    phone = contact.number if contact else ""
    return {
        "name": context.texts.name(office),
        "kind": office.kind,
        "url": urls.relative(root, context.path("office", office.id)),
        "phone": phone,
        "tel": urls.telephone(phone) if phone else "",
        "note": ". ".join(part for part in (duty.note.striptags(), duty.mark) if part),
    }


def shapes_file(context: Context) -> bytes:
    """Return all outlines as rings of steps in 0.00001 degrees.

    A level is simplified as a whole, so that neighbours keep a common border.
    """
    by_level: dict[str, list[str]] = {}
    for key in context.site.shapes:
        by_level.setdefault(context.site.spaces[key].level, []).append(key)
    found: dict[str, Any] = {}
    for keys in by_level.values():
        shapes = [context.site.shapes[key] for key in keys]
        simple = shapely.coverage_simplify(shapes, TOLERANCE / METRES_PER_DEGREE)
        for key, shape in zip(keys, simple, strict=True):
            found[key] = _rings(shape)
    return packed_json(dict(sorted(found.items())))


def _rings(shape: BaseGeometry) -> list[list[int]]:
    """Return a shape's rings, each point relative to the one before."""
    rings = []
    for polygon in getattr(shape, "geoms", [shape]):
        if polygon.geom_type == "Polygon" and not polygon.is_empty:
            for ring in (polygon.exterior, *polygon.interiors):
                points = np.rint(shapely.get_coordinates(ring)[:-1] * PRECISION).astype(int)
                rings.append(np.diff(points, axis=0, prepend=[[0, 0]]).ravel().tolist())
    return rings


Producer = Callable[[Context], dict[str, bytes]]  # files by path out


def _make_directory_files(context: Context) -> dict[str, bytes]:
    folder = context.path("offers")
    files = directory_files(context, directory_order(context))
    return {folder + name: content for name, content in files.items()}


def _make_areas_file(context: Context) -> dict[str, bytes]:
    return {context.path("spaces") + "gebiete.json": areas_file(context)} if context.site.spaces else {}


def _register(context: Context) -> dict[str, bytes]:
    """Return the register and outlines, once for all languages, in the first one's folder."""
    if context.lang != context.site.config.language:
        return {}
    files: dict[str, bytes] = {}
    geographies = {key: facts.geography for key, facts in context.facts.spaces.items()}
    if context.site.streets:
        files["sozialraeume/strassen.json"] = register(context.site.streets, geographies)
    if context.site.shapes:
        files["sozialraeume/flaechen.json"] = shapes_file(context)
    return files


def _made_search(context: Context) -> dict[str, bytes]:
    find = shown_files if context.first_door else search_files
    # Plain German has the boxes of German, whose file there is already.
    has_boxes = not context.first_door or base(context.lang) != context.site.config.language
    return context.once(("search",), lambda _: find(context) | (danger_files(context) if has_boxes else {}))


def _make_search_files(context: Context) -> dict[str, bytes]:
    made = _made_search(context)
    return {context.search + name.removeprefix("search/"): content for name, content in made.items()}


def name_search(contexts: Sequence[Context]) -> None:
    """Name the search's folder by digest, so that pages never read another build's files."""
    digest = sha256()
    for context in contexts:
        for name, content in _made_search(context).items():
            digest.update(f"{name} {sha256(content).hexdigest()}\n".encode())
    for context in contexts:
        context.search = f"{ASSETS}suche-{digest.hexdigest()[:16]}/"


FINDING: Sequence[Producer] = (_make_search_files, _make_directory_files, _make_areas_file)
"""What search and directory read."""
PRODUCERS: Sequence[Producer] = (
    *FINDING,
    _register,
    export_files,
    figure_files,
    calendar_files,
    contact_files,
    feed_files,
    list_files,
    embed_files,
)
FIRST_DOOR_PRODUCERS: Sequence[Producer] = (_make_search_files,)
"""What the search of a language with the most necessary reads beside the index of the whole site."""


def browser_files(
    contexts: Iterable[Context], producers: Sequence[Producer]
) -> Iterator[Callable[[], dict[str, bytes]]]:
    """Yield functions that make data files by path."""
    for context in contexts:
        for producer in producers:
            yield partial(producer, context)


def producers_of_subjects(config: SiteConfig) -> Iterator[Producer]:
    """Yield the `PRODUCERS` of a town's subjects."""
    for subject, module in parts("page"):
        if subject in ("", *config.subjects):
            yield from getattr(module, "PRODUCERS", ())
