"""List every page and file of a site with what makes it.

Nothing is made yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial

from msgspec import Struct

from generator.export.web_server import UNLISTED_FILE, UNLISTED_TEXT
from generator.files.site_folder import MARK, mark_text
from generator.model.site import Site
from generator.parts import said_by_subjects
from generator.pipeline.build import Project
from generator.render.base.context import Context
from generator.render.base.icons import icons_of_words
from generator.render.data_files.browser_files import (
    DOOR_PRODUCERS,
    PRODUCERS,
    browser_files,
    producers_of_subjects,
)
from generator.render.frame.page_frame import ASSETS
from generator.render.maps import moving_map_files
from generator.render.pages import PageAddress, instrument_picture_files
from generator.theme.material import Assets, assets

Content = Callable[[], bytes]


class SitePlan(Struct, frozen=True):
    """Every page of one site, by its path: generated ones with what makes them, hand-written ones with their file."""

    site: Site
    contexts: Mapping[str, Context]
    pages: Mapping[str, PageAddress]
    written: Mapping[str, str]
    assets: Assets

    @property
    def whole(self) -> tuple[Context, ...]:
        """The views of the languages in which everything is told: only these have an index, lists, maps and files."""
        return tuple(context for context in self.contexts.values() if not context.door)

    @property
    def url(self) -> str:
        """The address of the site, with a slash at its end."""
        return self.site.config.url.rstrip("/") + "/"

    @property
    def root(self) -> str:
        """The path at which the site stands on its server, with a slash at both ends."""
        return "/" + self.url.split("/", 3)[3] if self.url.count("/") > 3 else "/"

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all pages."""
        return frozenset([*self.pages, *self.written])

    @property
    def replaced(self) -> frozenset[str]:
        """The names of hand-written pages in whose place a generated one stands."""
        return frozenset(name for path, name in self.written.items() if path in self.pages)


def plan_site(project: Project, written: Mapping[str, str] | None = None) -> SitePlan:
    """Plan the site of a project without errors; `written` are its hand-written pages where others than its own count."""
    if written is not None and written != project.written:
        project = project.with_written(written)
    if project.site is None:
        raise ValueError("a project with errors has no site")
    return SitePlan(
        project.site,
        {context.lang: context for context in project.contexts},
        project.generated,
        project.written if written is None else written,
        _assets(project.site.config.accent, icons_of_words(project.site), _of_town(project.site)),
    )


# A preview plans its site anew after every change, and what the package holds never differs.
@lru_cache(maxsize=4)
def _assets(accent: str, words: frozenset[str], own: tuple[tuple[str, bytes], ...]) -> Assets:
    return assets(accent, words, dict(own))


def _of_town(site: Site) -> tuple[tuple[str, bytes], ...]:
    """Return the town's own stylesheet and logo, as far as it has them, with their names."""
    logo = site.config.logo.asset if site.config.logo is not None else ""
    files = {"own.css": "\n".join(site.look.styles.values()).encode(), logo: site.look.logo}
    return tuple((name, content) for name, content in files.items() if content)


def asset_files(plan: SitePlan) -> Iterator[tuple[str, Content]]:
    """Yield stylesheets, scripts, pictures and moving maps: the path of each file and what makes it."""
    for name, content in plan.assets.files.items():
        yield ASSETS + name, partial(bytes, content)
    for name, make in moving_map_files(plan.whole):
        yield ASSETS + name, make


def other_files(plan: SitePlan) -> Iterator[tuple[str, Content]]:
    """Yield what is neither page nor data for scripts: assets, PDFs, the mark of a site, rules for robots."""
    yield from asset_files(plan)
    config = plan.site.config
    yield from said_by_subjects("build", "files", plan.contexts[config.language])
    yield MARK, mark_text(config.name, config.url, plan.site.internal).encode
    yield "robots.txt", partial(_robots, plan)
    if not plan.site.listed:
        yield UNLISTED_FILE, UNLISTED_TEXT.encode


def data_files(plan: SitePlan) -> Iterator[Callable[[], Mapping[str, bytes]]]:
    """Yield functions that make the data files of scripts, several at a time."""
    own = producers_of_subjects(plan.site.config)
    doors = [context for context in plan.contexts.values() if context.door]
    yield from browser_files(plan.whole, (*PRODUCERS, *own, instrument_picture_files))
    yield from browser_files(doors, DOOR_PRODUCERS)


def _robots(plan: SitePlan) -> bytes:
    """Return `robots.txt`: an internal site is closed to robots; a public one that isn't to be listed yet stays open, because its
    files tell robots so themselves."""
    rule = "Disallow: /" if plan.site.internal else "Allow: /"
    return f"User-agent: *\n{rule}\nSitemap: {plan.url}sitemap.xml\n".encode()
