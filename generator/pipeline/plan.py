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
    FIRST_DOOR_PRODUCERS,
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
    """All pages by path: generated with makers, hand-written with files."""

    site: Site
    contexts: Mapping[str, Context]  # by language
    pages: Mapping[str, PageAddress]
    written: Mapping[str, str]
    assets: Assets

    @property
    def whole(self) -> tuple[Context, ...]:
        """Views of full languages, the only ones with index, lists, maps."""
        return tuple(context for context in self.contexts.values() if not context.first_door)

    @property
    def url(self) -> str:
        """The site's address with closing slash."""
        return self.site.config.url.rstrip("/") + "/"

    @property
    def root(self) -> str:
        """The site's path on its server, between slashes."""
        return "/" + self.url.split("/", 3)[3] if self.url.count("/") > 3 else "/"

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all pages."""
        return frozenset([*self.pages, *self.written])

    @property
    def replaced(self) -> frozenset[str]:
        """Hand-written pages hidden by generated ones."""
        return frozenset(name for path, name in self.written.items() if path in self.pages)


def plan_site(project: Project, written: Mapping[str, str] | None = None) -> SitePlan:
    """Plan a faultless project's site; `written` replaces its hand-written pages."""
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
def _assets(accent: str, words: frozenset[str], of_town: tuple[tuple[str, bytes], ...]) -> Assets:
    return assets(accent, words, dict(of_town))


def _of_town(site: Site) -> tuple[tuple[str, bytes], ...]:
    """Return the town's stylesheet and logo by name, if any."""
    logo = site.config.logo.asset if site.config.logo is not None else ""
    files = {"own.css": "\n".join(site.look.styles.values()).encode(), logo: site.look.logo}
    return tuple((name, content) for name, content in files.items() if content)


def asset_files(plan: SitePlan) -> Iterator[tuple[str, Content]]:
    """Yield (path, maker) of stylesheets, scripts, pictures, moving maps."""
    for name, content in plan.assets.files.items():
        yield ASSETS + name, partial(bytes, content)
    for name, make in moving_map_files(plan.whole):
        yield ASSETS + name, make


def other_files(plan: SitePlan) -> Iterator[tuple[str, Content]]:
    """Yield assets, PDFs, the site's mark and robots' rules."""
    yield from asset_files(plan)
    config = plan.site.config
    yield from said_by_subjects("build", "files", plan.contexts[config.language])
    yield MARK, mark_text(config.name, config.url, plan.site.internal).encode
    yield "robots.txt", partial(_robots, plan)
    if not plan.site.for_search_engines:
        yield UNLISTED_FILE, UNLISTED_TEXT.encode


def data_files(plan: SitePlan) -> Iterator[Callable[[], Mapping[str, bytes]]]:
    """Yield functions that make scripts' data files."""
    of_subjects = producers_of_subjects(plan.site.config)
    doors = [context for context in plan.contexts.values() if context.first_door]
    yield from browser_files(plan.whole, (*PRODUCERS, *of_subjects, instrument_picture_files))
    yield from browser_files(doors, FIRST_DOOR_PRODUCERS)


def _robots(plan: SitePlan) -> bytes:
    """Return `robots.txt`, closed for internal sites; unlisted public pages say so themselves."""
    rule = "Disallow: /" if plan.site.internal else "Allow: /"
    return f"User-agent: *\n{rule}\nSitemap: {plan.url}sitemap.xml\n".encode()
