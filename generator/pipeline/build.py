"""Build a site: read, check, derive, plan, write, exchange."""

from __future__ import annotations

import datetime as dt
import gc
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec import field as struct_field
from msgspec.structs import replace

from generator.check import check_reading, has_errors
from generator.check.crisis import check_crisis_texts
from generator.check.lifecycle import check_called_back
from generator.check.sound import sound_part
from generator.check.unfinished import check_lawful_pages, check_leftovers, check_letters
from generator.derive.facts import derive, derive_published
from generator.derive.masking import published
from generator.derive.offer_facts import begun
from generator.diagnostics import Diagnostic, Position, folded, ordered
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.diagnostic import Progress, silent
from generator.edit.records.new_records import short_template
from generator.files.disk import Disk, reason
from generator.files.result_cache import ONCE, ResultCache
from generator.files.site_folder import Refused, exchange, mark_text, site_place, staging_folder
from generator.model.editions import is_edition
from generator.model.facts import Facts
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.parts import said_by_subjects
from generator.read.project import Reading, read_project
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.components.calls import COMPONENTS, check_content
from generator.render.frame.page_frame import ASSETS
from generator.render.pages import PageAddress, addresses


def written_pages(names: Iterable[str]) -> dict[str, str]:
    """Return hand-written pages: content file by path, without editions of reports."""
    return {urls.page_path(name): name for name in names if not is_edition(name)}


def check_addresses(names: Collection[str], generated: Collection[str]) -> Iterator[Diagnostic]:
    """Report hand-written pages hidden by a generated or other page."""
    written = written_pages(names)
    for name in sorted(names):
        path = urls.page_path(name)
        if is_edition(name) or (path not in generated and written[path] == name):
            continue
        what = "eine Seite, die Nahraum baut" if path in generated else f"content/{written[path]}"
        yield diagnostic("seite-verdeckt", Position(f"content/{name}"), path=f"/{path}", what=what)


# `assets/suche-0123456789abcdef/`
_SCRIPT_FOLDERS = re.compile(rf"{ASSETS}((?:skripte|suche)-[0-9a-f]{{16}})/")
_PAGE_WITH_SCRIPTS = "404.html"
"""A page that every site has; it names the folders of its scripts."""


def keep_scripts(folder: Path, before: Path) -> None:
    """Copy the scripts that the last site's pages load into the new one: a page that is open goes on working. Older ones go.

    Links aren't copied: in a stranger's repository they could publish anything.
    """
    page = before / _PAGE_WITH_SCRIPTS
    text = page.read_text("utf-8", errors="replace") if page.is_file() else ""
    for name in sorted({*_SCRIPT_FOLDERS.findall(text)}):
        old, new = (site / ASSETS / name for site in (before, folder))
        if old.is_dir() and old.resolve() == before.resolve() / ASSETS / name and not new.exists():
            shutil.copytree(old, new, ignore=_names_not_to_copy)


def _names_not_to_copy(folder: str, names: Sequence[str]) -> list[str]:
    """Return a folder's names that are neither files nor folders."""
    paths = [Path(folder, name) for name in names]
    return [path.name for path in paths if path.is_symlink() or not (path.is_file() or path.is_dir())]


class Project(Struct, frozen=True):
    """A project read, checked and derived; `site` and `facts` None after errors."""

    disk: Disk
    today: dt.date
    found: tuple[Diagnostic, ...]
    site: Site | None = None
    facts: Facts | None = None
    contexts: tuple[Context, ...] = ()
    """One view of the site for each language that has pages, that of the data first; a project with errors has none."""
    generated: Mapping[str, PageAddress] = struct_field(default_factory=dict)
    """Every page that we make, by its path."""
    pages: Mapping[str, str] = struct_field(default_factory=dict)
    """The texts of hand-written pages by their names below `content/`: what was checked, and nothing else, is published."""
    mkdocs: str = ""
    """What `mkdocs.yml` says: Markdown extensions, and hooks, which run."""

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.disk.project

    @property
    def written(self) -> dict[str, str]:
        """Its hand-written pages: content file by path."""
        return written_pages(self.pages)

    def showing(self, site: Site | None = None, facts: Facts | None = None) -> Project:
        """Return the project with another site or facts."""
        site, facts = site or self.site, facts or self.facts
        if site is None or facts is None:
            raise ValueError("a project with errors shows no site")
        return replace(self, site=site, facts=facts).with_written(self.written)

    def with_written(self, written: Mapping[str, str]) -> Project:
        """Return the project with other hand-written pages (file by path)."""
        if self.site is None or self.facts is None:
            raise ValueError("a project with errors has no pages")
        generated, contexts = views(self.site, self.facts, written)
        return replace(self, contexts=contexts, generated=generated)


def derived(reading: Reading, site: Site, today: dt.date, found: tuple[Diagnostic, ...]) -> Project:
    """Return the project of a faultless site that `published` has masked before, with facts and views."""
    site = begun(site, today)
    facts = derive_published(site, today, reading.indicators, reading.cache)
    generated, contexts = views(site, facts, written_pages(reading.pages), reading.cache)
    return Project(
        reading.disk.afresh(), today, found, site, facts, contexts, generated, reading.pages, reading.mkdocs
    )


def views(
    site: Site, facts: Facts, written: Mapping[str, str], cache: ResultCache = ONCE
) -> tuple[dict[str, PageAddress], tuple[Context, ...]]:
    """Return generated pages by path, and each language's view."""
    pages = addresses(site, facts, cache)
    generated = {path: page for path, page in pages.items() if not (page.type.gives_way and path in written)}
    paths = frozenset([*generated, *written])
    return generated, tuple(Context(site, facts, lang, paths) for lang in site.config.trees)


Writer = Callable[[Project, Path, Path, Progress], tuple[Diagnostic, ...]]
"""Makes all files of a site in the first folder; those that are the same in the second, the site before, may be links to them."""


@contextmanager
def no_hunt_for_garbage() -> Iterator[None]:
    """Suspend garbage collection: nearly all objects made meanwhile live on, and looking at them takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@no_hunt_for_garbage()
def prepare(
    root: Path,
    today: dt.date,
    *,
    internal: bool = False,
    drafts: bool = False,
    untrusted: bool = False,
    progress: Progress = silent,
) -> Project:
    """Read and check all, derive if faultless, write nothing.

    `drafts` shows unpublished editions. `untrusted`: strangers' proposals, so only the folder is read and nothing run.
    """
    reading = read_project(root, internal=internal, untrusted=untrusted, progress=progress)
    return check_and_derive(reading, today, drafts=drafts, progress=progress)


def check_and_derive(
    reading: Reading,
    today: dt.date,
    *,
    drafts: bool = False,
    before: Mapping[str, str | None] = MappingProxyType({}),
    progress: Progress = silent,
) -> Project:
    """Check what was read and derive if faultless, returning a `Project`. `before` are former texts by file, where git was asked."""
    found = folded([*check_reading(reading, today, progress), *check_called_back(reading, before)])
    if has_errors(found):
        found = folded([*found, *_texts_beside_errors(reading, today, found)])
        return Project(reading.disk.afresh(), today, found)
    if reading.site is None:
        raise ValueError("a project without errors has a site")
    with_drafts = replace(
        reading.site, drafts=reading.site.drafts or drafts, new_records=_new_records(reading.site)
    )
    site = published(with_drafts, reading.cache)
    project = derived(reading, site, today, found)
    problems = [
        *check_content(
            reading.pages, project.contexts, COMPONENTS, seen=reading.cache.of, extended=_extended(reading)
        ),
        *said_by_subjects("build", "check_texts", project.contexts[0]),
        *check_publishing(reading, site, today),
        *check_addresses(reading.pages, project.generated),
    ]
    return replace(project, found=folded([*found, *problems]))


def _new_records(site: Site) -> dict[str, str]:
    """Return the lines of a new record by folder, where the site leads to the files."""
    if site.config.forge is None:
        return {}
    return {folder: short_template(KIND_BY_FOLDER[folder]) for folder in ("offers", "places", "providers")}


def _extended(reading: Reading) -> bool:
    """Tell whether Markdown extensions or hooks go beyond packaged pages."""
    return "markdown_extensions" in reading.mkdocs or "hooks" in reading.mkdocs


def check_publishing(reading: Reading, site: Site, today: dt.date) -> Iterator[Diagnostic]:
    """Report what matters once published: lawful pages, crisis texts, traces of the demo, garbled words, PDFs."""
    yield from check_lawful_pages(reading, site, today)
    yield from check_crisis_texts(reading, site, today)
    yield from check_leftovers(reading, site)
    yield from check_letters(reading)
    yield from said_by_subjects("build", "check_publishing", site)


def _texts_beside_errors(
    reading: Reading, today: dt.date, found: Sequence[Diagnostic]
) -> Iterator[Diagnostic]:
    """Report texts' problems as far as records' errors allow."""
    part = sound_part(reading, found)
    if part is None:
        return
    # `part` is the site without faulty records; what names one of these (`absent`) isn't told.
    yield from check_publishing(reading, part.site, today)
    site = published(part.site)
    facts = derive(site, today, part.indicators)
    _, contexts = views(site, facts, written_pages(reading.pages))
    yield from check_content(
        reading.pages, contexts, COMPONENTS, part.absent, reading.cache.of, extended=_extended(reading)
    )
    if not part.unsure:
        yield from said_by_subjects("build", "check_texts", contexts[0])


def place_of(root: Path, site: Site, target: Path) -> Path:
    """Return a site's real target path, or raise `Refused` if something would be lost."""
    overlay = site.config.overlay
    return site_place(
        target,
        root,
        mark_text(site.config.name, site.config.url, site.internal),
        [root / overlay] if overlay else [],
    )


def build_site(
    project: Project, target: Path, write: Writer, progress: Progress = silent
) -> tuple[Diagnostic, ...]:
    """Write the site beside `target` and exchange folders; on errors the old one stays.

    `write` makes all files and returns problems. A target that isn't a site of ours is refused.
    """
    if project.site is None or has_errors(project.found):
        return project.found
    try:
        place = place_of(project.root, project.site, target)
        with staging_folder(place) as folder:
            problems = write(project, folder, place, progress)
            if not has_errors(problems):
                keep_scripts(folder, place)
                exchange(folder, place)
    except Refused as refusal:
        problems = (
            diagnostic("ziel-abgelehnt", Position(str(target)), reason=str(refusal), better=refusal.help),
        )
    except OSError as error:
        name = error.filename if isinstance(error.filename, str) else str(target)
        problems = (diagnostic("website-nicht-geschrieben", Position(name), reason=reason(error)),)
    return ordered([*project.found, *problems])
