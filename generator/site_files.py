"""A prepared project in, every file of the site out: generated pages, assets, and the frames and slots of hand-written pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator.build import Project
from generator.check.links import PageLinks, SiteLinks, scan
from generator.codes import diagnostic
from generator.diagnostics import Diagnostic, Position
from generator.export.sitemap import sitemap
from generator.files.site_folder import MARK, MARK_TEXT
from generator.model.edition import Edition, is_edition
from generator.page_writer import Task, write_files
from generator.printing.document import document
from generator.printing.pdf import write_pdf
from generator.read.project import Progress, silent
from generator.render import folium_maps
from generator.render.browser_files import browser_files
from generator.render.cards import make_cards
from generator.render.component_set import COMPONENTS
from generator.render.components import (
    Place,
    find_calls,
    language_of,
    render_call,
    replace_calls,
)
from generator.render.context import Context
from generator.render.editions.shelf import pdf_path, shown
from generator.render.families import editorial_family
from generator.render.markup_policy import cleaned, offences, policy
from generator.render.offline import write_offline
from generator.render.page import Crumb, Heading, Page
from generator.render.pages import PAGES, PageType
from generator.render.server_headers import header_file
from generator.render.shell import ASSETS, shell_values
from generator.render.slots import SLOTS, slots
from generator.render.tokens import Tokens
from generator.theme import material

Content = Callable[[], str | bytes]


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of a page once it is written."""

    path: str
    date: dt.date | None
    indexed: bool
    links: PageLinks


class SiteFiles:
    """Knows every file of one build; MkDocs, or any other writer, asks it."""

    def __init__(self, project: Project, *, report: Progress = silent) -> None:
        if project.site is None or project.facts is None:
            raise ValueError("a project with errors has no files")
        self.site = project.site
        self.today = project.today
        self.texts = project.pages
        self.contexts = {context.lang: context for context in project.contexts}
        self.report = report
        self.assets = material.assets(self.site.config.accent)
        self.versions = material.versions(self.assets)
        self.environment: jinja2.Environment = material.plain_environment()
        self.shells: dict[tuple[str, str, int], material.Shell] = {}
        self.pages: dict[str, tuple[str, PageType, str]] = {}
        for lang, context in self.contexts.items():
            for kind in PAGES:
                if self.site.internal or not kind.internal:
                    for key in kind.keys(self.site, context.facts):
                        self.pages[context.path(kind.kind, key)] = (lang, kind, key)
        self.editorial: dict[str, str] = {}
        self.editions: list[str] = []
        self.dates: dict[str, dt.date | None] = {}
        self.hidden: set[str] = set()
        self.tokens: dict[str, Tokens] = {}
        self.found: list[Diagnostic] = []
        self.links = SiteLinks(_absolute(self.site_url))

    # --- what the writer asks --------------------------------------------------------------------------------------

    @property
    def site_url(self) -> str:
        """The address of the site, with a slash at its end."""
        return self.site.config.url.rstrip("/") + "/"

    @property
    def site_name(self) -> str:
        """The name of the site."""
        return self.site.config.name

    @property
    def unpublished(self) -> Iterator[str]:
        """Hand-written pages that a generated page of the same path replaces, and those that are drafts."""
        for path, name in self.editorial.items():
            if path in self.pages:
                yield name
        yield from self.editions

    def add_editorial(self, src_uri: str, url: str) -> None:
        """Note a hand-written page; it replaces a generated one that gives way."""
        if is_edition(src_uri):
            # Editions of reports are put together by us, and drafts are no pages at all.
            self.editions.append(src_uri)
            return
        path = "" if url in (".", "./") else url
        self.editorial[path] = src_uri
        if path in self.pages and self.pages[path][1].gives_way:
            del self.pages[path]

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all pages."""
        return frozenset([*self.pages, *self.editorial])

    def generated(self) -> Iterator[tuple[str, str, Content | None]]:
        """Yield every generated file: the name by which Markdown links to it, its path, and a function that makes it.

        Pages have none: `write` writes them all.
        """
        self.paths_now = self.paths
        for context in self.contexts.values():
            context.paths = self.paths_now
        for path in self.pages:
            for name in source_names(path):
                yield name, f"{path}index.html", None
        for name, content in self.assets.items():
            yield ASSETS + name, ASSETS + name, _constant(content)
        for name, make in folium_maps.files(self.contexts.values()):
            yield ASSETS + name, ASSETS + name, make
        if self.site.config.pdf and not self.site.internal:
            context = self.contexts[self.site.config.language]
            for editions in shown(self.site).values():
                for edition in editions:
                    path = pdf_path(edition)
                    yield path, path, partial(_pdf, context, edition)
        yield MARK, MARK, _constant(MARK_TEXT.encode())
        yield "404.html", "404.html", self._not_found
        yield "robots.txt", "robots.txt", self._robots
        yield "_headers", "_headers", self._headers

    def use_environment(self, environment: jinja2.Environment) -> None:
        """Render frames with the writer's template environment."""
        self.environment = environment

    def write(self, folder: Path, *, pages: bool = True) -> None:
        """Write the data files of scripts and every generated page (or leave these to the writer)."""
        tasks: list[Task[Written | None]] = [
            partial(_data_files, make) for make in browser_files(self.contexts.values())
        ]
        if pages:
            tasks += [partial(self._page_file, path) for path in self.pages]
            for context in self.contexts.values():
                # Cards stand on many pages: made before the work is shared out, no process makes them again.
                make_cards(context)
        for written in write_files(folder, tasks, self.report):
            if written is not None:
                self._note(written.path, written.date, written.indexed)
                self.links.add(f"{written.path}index.html", written.links)

    def _page_file(self, path: str) -> tuple[list[tuple[str, bytes]], Written]:
        page = self.page(path)
        document = self.document(page)
        return [(page.file, document.encode())], Written(path, page.date, page.indexed, scan(document))

    def document(self, page: Page) -> str:
        """Return the whole document of a generated page."""
        return self.shell(page.lang, page.family, page.depth).fill(self.slots(page))

    def finish(self, folder: Path) -> tuple[Diagnostic, ...]:
        """Write the sitemap, which needs the dates of all pages; check every link and anchor of the written site."""
        for name, text in self._sitemap().items():
            (folder / name).write_text(text, encoding="utf-8")
        write_offline(folder, self.contexts.values())
        return (*self.found, *self.links.check(folder))

    def _note(self, path: str, date: dt.date | None, indexed: bool) -> None:
        self.dates[path] = date
        if not indexed:
            self.hidden.add(path)

    def page(self, path: str) -> Page:
        """Make a generated page."""
        lang, kind, key = self.pages[path]
        page = kind.render(self.contexts[lang], key)
        if page.path != path:
            raise ValueError(f"page {page.path!r} was announced as {path!r}")
        self._note(path, page.date, page.indexed)
        return page

    def slots(self, page: Page) -> dict[str, str]:
        """Return the finished strings of a page."""
        return dict(slots(self.contexts[page.lang], page, self.paths_now))

    def shell_values(self, lang: str, family: str, depth: int) -> dict[str, Any]:
        """Return the values of a frame."""
        return shell_values(self.contexts[lang], family, depth, paths=self.paths_now, versions=self.versions)

    def shell(self, lang: str, family: str, depth: int) -> material.Shell:
        """Return the frame of a language, family and depth, rendered once."""
        key = (lang, family, depth)
        if key not in self.shells:
            self.shells[key] = material.render_shell(self.environment, self.shell_values(*key))
        return self.shells[key]

    # --- hand-written pages ----------------------------------------------------------------------------------------

    def take_components(self, name: str, url: str, text: str) -> str:
        """Put tokens in place of the components of a hand-written page."""
        if name not in self.editorial.values():
            return text
        lang = language_of(name, self.site.config.languages)
        place = Place(self.contexts[lang], "" if url in (".", "./") else url)
        calls, _ = find_calls(text, name)
        # What is wrong with a component was reported before the build; here every one works.
        rendered = [render_call(call, place, _nowhere(name), COMPONENTS)[0] for call in calls]
        text, self.tokens[name] = replace_calls(text, calls, rendered)
        return text

    def put_components(self, name: str, html: str) -> str:
        """Put the components' HTML into a converted page; a generated page gets its body."""
        path = page_path_of(name, self.pages)
        if path is not None:
            return str(self.page(path).body)
        if name in self.editorial.values():
            place = Position(f"content/{name}")
            self.found += [
                diagnostic("fremdes-html", place, what=item.what, better=item.better)
                for item in offences(html, self.site.config)
            ]
            html = cleaned(html, self.site.config)
        return self.tokens[name].put_back(html) if name in self.tokens else html

    def template_values(
        self, name: str, url: str, meta: Mapping[str, Any], content: str, title: str
    ) -> dict[str, Any]:
        """Return `shell` and `slot` for a page that the writer's template renders."""
        path = page_path_of(name, self.pages)
        page = self.page(path) if path is not None else self._editorial_page(name, url, meta, content, title)
        return {"shell": self.shell_values(page.lang, page.family, page.depth), "slot": self.slots(page)}

    def _editorial_page(self, name: str, url: str, meta: Mapping[str, Any], content: str, title: str) -> Page:
        lang = language_of(name, self.site.config.languages)
        context = self.contexts[lang]
        path = "" if url in (".", "./") else url
        own = path.removeprefix(f"{lang}/") if lang != self.site.config.language else path
        written = meta.get("date")
        if name in self.tokens:
            title = self.tokens[name].as_words(title)
        # Nothing may lead away from the way out; texts in Leichte Sprache explain their words themselves.
        plain = own.startswith(("hilfe-sofort/", "leichte-sprache/"))
        explained = Markup(content) if plain else context.explain(path, Markup(content))
        page = Page(
            path=path,
            lang=lang,
            family=editorial_family(own),
            title=str(meta.get("title") or unescape(title)),
            description=str(meta.get("description", "")),
            body=Markup('<div class="nr-prose md-typeset">{}</div>').format(explained),
            crumbs=_editorial_crumbs(context, own),
            toc=tuple(Heading(anchor, label) for anchor, label in _headings(content)),
            date=written if isinstance(written, dt.date) else None,
            exit_bar=own.startswith("hilfe-sofort/"),
        )
        self.dates[path] = page.date
        return page

    # --- the rest --------------------------------------------------------------------------------------------------

    def _not_found(self) -> str:
        lang = self.site.config.language
        values = shell_values(
            self.contexts[lang],
            "editorial",
            0,
            paths=self.paths_now,
            versions=self.versions,
            base=_absolute(self.site_url),
        )
        empty = dict.fromkeys(SLOTS, "")
        return self.environment.get_template("404.html").render(
            shell=values, slot=empty, _=self.contexts[lang].texts.gettext
        )

    def _sitemap(self) -> dict[str, str]:
        indexed = [path for path in self.paths_now if path not in self.hidden]
        return sitemap(self.site_url, indexed, self.dates)

    def _robots(self) -> str:
        rule = "Disallow: /" if self.site.internal else "Allow: /"
        return f"User-agent: *\n{rule}\nSitemap: {self.site_url}sitemap.xml\n"

    def _headers(self) -> str:
        """What a server should send; the meta element can't carry `frame-ancestors`."""
        return header_file(self.contexts.values(), self.paths_now, policy(self.site.config))


def _data_files(make: Callable[[], Mapping[str, bytes]]) -> tuple[list[tuple[str, bytes]], None]:
    return list(make().items()), None


def source_names(path: str) -> tuple[str, ...]:
    """Return the names by which hand-written Markdown may link to a page: `themen/` is `themen.md` and `themen/index.md`."""
    return (f"{path.rstrip('/')}.md", f"{path}index.md") if path else ("index.md",)


def page_path_of(name: str, pages: dict[str, Any]) -> str | None:
    """Return the path of the generated page that a source name stands for."""
    stem = name.removesuffix(".md")
    path = "" if stem == "index" else stem.removesuffix("/index") + "/"
    return path if path in pages else None


def _pdf(context: Context, edition: Edition) -> bytes:
    return write_pdf(document(context, edition))


def _constant(content: bytes) -> Content:
    return lambda: content


def _nowhere(name: str) -> Any:
    return Position(name)


def _absolute(url: str) -> str:
    return "/" + url.split("/", 3)[3] if url.count("/") > 3 else "/"


def _headings(content: str) -> list[tuple[str, str]]:
    return [
        (match[1], unescape(re.sub(r"<[^<>]+>", "", match[2])))
        for match in re.finditer(r'<h2 id="([^"<>]+)">(.*?)(?:</h2>|\Z)', content, re.DOTALL)
    ]


def _editorial_crumbs(context: Any, own: str) -> tuple[Crumb, ...]:
    top = own.split("/", 1)[0]
    labels = {
        "fachkraefte": ("Für Fachkräfte", "professionals"),
        "berichte": ("Berichte", "reports"),
        "hilfe-sofort": ("Sofort Hilfe", "help"),
        "ueber": ("Über diese Seite", "about"),
    }
    if own.count("/") < 2 or top not in labels:
        return ()
    label, kind = labels[top]
    return (context.crumb(context.texts.gettext(label), kind),)
