"""Contexts in, the data files that scripts of the site read out: search index, directory, street register, areas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from generator.model.config import SiteConfig
from generator.parts import parts
from generator.render.base.context import Context
from generator.render.data_files.contact_cards import contact_files
from generator.render.data_files.danger import danger_files
from generator.render.data_files.figure_downloads import edition_files, figure_files
from generator.render.data_files.figure_pictures import picture_files
from generator.render.data_files.news_feed import feed_files
from generator.render.data_files.open_data import calendar_files, export_files
from generator.render.data_files.search_entries import directory_order, search_files
from generator.render.directory.filters import directory_files
from generator.render.directory.finder import areas_file, geography_of, shapes_file
from generator.render.directory.own_list import list_files
from generator.render.figures.comparison_table import comparison_files
from generator.render.frame.embeds import embed_files
from generator.search.street_register import register

Producer = Callable[[Context], dict[str, bytes]]


def _directory(context: Context) -> dict[str, bytes]:
    folder = context.path("offers")
    files = directory_files(context, directory_order(context))
    return {folder + name: content for name, content in files.items()}


def _areas(context: Context) -> dict[str, bytes]:
    return {context.path("spaces") + "gebiete.json": areas_file(context)} if context.site.spaces else {}


def _register(context: Context) -> dict[str, bytes]:
    """The register and the outlines are the same in all languages and stand in the first one's tree."""
    if context.lang != context.site.config.language:
        return {}
    files: dict[str, bytes] = {}
    if context.site.streets:
        files["sozialraeume/strassen.json"] = register(context.site.streets, geography_of(context))
    if context.site.shapes:
        files["sozialraeume/flaechen.json"] = shapes_file(context)
    return files


FINDING: Sequence[Producer] = (search_files, danger_files, _directory, _areas)
"""What search and directory read."""
PRODUCERS: Sequence[Producer] = (
    *FINDING,
    _register,
    export_files,
    figure_files,
    edition_files,
    picture_files,
    calendar_files,
    contact_files,
    feed_files,
    list_files,
    embed_files,
    comparison_files,
)


def browser_files(
    contexts: Iterable[Context], producers: Sequence[Producer] = PRODUCERS
) -> Iterator[Callable[[], dict[str, bytes]]]:
    """Yield functions that make the data files, each with its path from the site's root."""
    for context in contexts:
        for producer in producers:
            yield partial(producer, context)


def producers_of_subjects(config: SiteConfig) -> Iterator[Producer]:
    """Yield the producers that the subjects of a town bring (`PRODUCERS` in their `page.py`)."""
    for subject, module in parts("page"):
        if subject in config.subjects:
            yield from getattr(module, "PRODUCERS", ())
