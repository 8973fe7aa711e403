"""A plan in, the files of its site in a folder out; at the end what needs them all: sitemap, offline copy, links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.check.links import PageLinks, SiteLinks
from generator.diagnostics import Diagnostic
from generator.diagnostics.progress import Progress, silent
from generator.export.sitemap_and_feed import sitemap
from generator.export.web_server import policy
from generator.pipeline.frames import Frames
from generator.pipeline.plan import Content, SitePlan, data_files, other_files
from generator.pipeline.workers import Task, write_files
from generator.render.base.page import Page
from generator.render.data_files.offline_packs import write_offline
from generator.render.directory.cards import make_cards
from generator.render.frame.framing import header_file


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of a page once it is made."""

    path: str
    date: dt.date | None
    indexed: bool


def make_page(plan: SitePlan, path: str) -> Page:
    """Make a generated page."""
    address = plan.pages[path]
    page = address.type.render(plan.contexts[address.lang], address.key)
    if page.path != path:
        raise ValueError(f"page {page.path!r} was announced as {path!r}")
    return page


def write_generated(
    frames: Frames,
    folder: Path,
    before: Path,
    links: SiteLinks,
    report: Progress = silent,
) -> list[Written]:
    """Write everything but hand-written pages; return what is known of each page.

    What is the same in `before`, the folder of the last site, becomes a link to it. `links` takes in what each page links to.
    """
    plan = frames.plan
    for context in plan.contexts.values():
        context.facts.complete()
    tasks: list[Task[tuple[Written, PageLinks] | None]] = [
        partial(_several, make) for make in data_files(plan)
    ]
    tasks += [partial(_one, name, make) for name, make in other_files(plan)]
    tasks += [partial(_one, name, make) for name, make in of_all_pages(frames)]
    tasks += [partial(_page, frames, path) for path in plan.pages]
    for context in plan.whole:
        # Cards stand on many pages: made before the work is shared out, no process makes them again.
        make_cards(context)
    found = []
    for made in write_files(folder, before, tasks, report):
        if made is not None:
            # Taken in at once: the links of all pages are more than all pages' records.
            written, its_links = made
            links.add(f"{written.path}index.html", its_links)
            found.append(written)
    return found


def finish(
    plan: SitePlan, folder: Path, written: Sequence[Written], links: SiteLinks
) -> tuple[Diagnostic, ...]:
    """Write the sitemap and the lists of the offline copy; check every link and anchor of the site."""
    dates = {page.path: page.date for page in written}
    hidden = {page.path for page in written if not page.indexed}
    for name, text in sitemap(plan.url, [path for path in plan.paths if path not in hidden], dates).items():
        (folder / name).write_text(text, encoding="utf-8")
    write_offline(folder, plan.whole, plan.assets.addresses)
    return links.check(folder)


def of_all_pages(frames: Frames) -> list[tuple[str, Content]]:
    """Return the files that say something of all pages: the path of each and what makes it."""
    plan = frames.plan

    def headers() -> bytes:
        # What a server should send; the meta element can't carry `frame-ancestors`.
        return header_file(plan.contexts.values(), plan.paths, policy(plan.site.config)).encode()

    return [("404.html", lambda: frames.not_found().encode()), ("_headers", headers)]


def _several(make: Callable[[], Mapping[str, bytes]]) -> tuple[list[tuple[str, bytes]], None]:
    return list(make().items()), None


def _one(name: str, make: Content) -> tuple[list[tuple[str, bytes]], None]:
    return [(name, make())], None


def _page(frames: Frames, path: str) -> tuple[list[tuple[str, bytes]], tuple[Written, PageLinks]]:
    page = make_page(frames.plan, path)
    document, links = frames.scanned(page)
    return [(page.file, document.encode())], (Written(path, page.date, page.indexed), links)
