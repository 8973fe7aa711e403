"""A context in, the files of the pictures of planning's instruments out, each beside the page that shows it."""

from __future__ import annotations

from generator.render.base.context import Context
from generator.render.figures.taking import files_of
from generator.render.pages import PAGES


def instrument_picture_files(context: Context) -> dict[str, bytes]:
    """Return the pictures by their paths; those of the internal site are not handed on."""
    files: dict[str, bytes] = {}
    if context.site.internal or context.door:
        return files
    for page in PAGES:
        if page.drawings is None:
            continue
        for key in page.keys(context.site, context.facts):
            path = context.path(page.kind, key)
            if context.has(path):
                files |= files_of(context, path, page.drawings(context, path, key))
    return files
