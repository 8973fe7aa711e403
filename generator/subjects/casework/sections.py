"""Add the work with a family to the page for professionals."""

from __future__ import annotations

from collections.abc import Sequence

from generator.render.base.context import Context
from generator.render.directory.record_lines import SheetLink
from generator.subjects.casework.page_sheets import sheet_links


def for_professionals(context: Context, path: str) -> Sequence[SheetLink]:
    """Return links to all sheets from the page at `path`."""
    return sheet_links(context, path) if context.exists("sheets") else ()
