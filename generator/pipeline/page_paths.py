"""A site and the names of its hand-written pages in, the paths of its pages out: those that are generated and those that people wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import ONCE, ResultCache
from generator.model.edition import is_edition
from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.components.calls import page_path
from generator.render.pages import PageAddress, addresses


def written_pages(names: Iterable[str]) -> dict[str, str]:
    """Return the hand-written pages among files below `content/`: by path the name of the file.

    Editions of reports are none: they are put together by us, and drafts are no pages at all.
    """
    return {page_path(name): name for name in names if not is_edition(name)}


def generated_pages(
    site: Site, facts: Facts, written: Collection[str], cache: ResultCache = ONCE
) -> dict[str, PageAddress]:
    """Return by path every page that is generated where those in `written` are written by hand."""
    pages = addresses(site, facts, cache)
    return {path: page for path, page in pages.items() if not (page.type.gives_way and path in written)}


def check_addresses(names: Collection[str], generated: Collection[str]) -> Iterator[Diagnostic]:
    """Report hand-written pages in whose place another one stands: a generated page, or another hand-written one."""
    written = written_pages(names)
    for name in sorted(names):
        path = page_path(name)
        if is_edition(name) or (path not in generated and written[path] == name):
            continue
        what = "eine Seite, die Nahraum baut" if path in generated else f"content/{written[path]}"
        yield diagnostic("seite-verdeckt", Position(f"content/{name}"), path=f"/{path}", what=what)
