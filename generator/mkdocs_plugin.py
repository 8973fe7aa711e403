"""The door to MkDocs: its events in, calls of our own modules out. The only module that imports MkDocs."""

from __future__ import annotations

import datetime as dt
import functools
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, MkDocsException
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from generator import progress
from generator.build import Project, prepare
from generator.check import has_errors
from generator.diagnostics import Diagnostic
from generator.files.site_folder import Refused, site_place
from generator.files.writing import finish
from generator.mishap import VARIABLE, looked_at, told
from generator.read.project import Progress, silent
from generator.report import as_text, summary
from generator.site_files import Content, SiteFiles

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("mkdocs.plugins.nahraum")


class PluginConfig(base.Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` may say."""

    project = option.Type(str, default="")
    internal = option.Type(bool, default=False)
    today = option.Type(str, default="")
    one_by_one = option.Type(bool, default=False)


def _at_the_door(handler: Callable[P, T]) -> Callable[P, T]:
    """Turn what nobody expected into MkDocs' own error, which ends a build without a traceback and lets `serve` go on."""

    @functools.wraps(handler)
    def handle(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return handler(*arguments, **named)
        except MkDocsException:
            raise
        except Exception as error:
            plugin = arguments[0].plugin if isinstance(arguments[0], GeneratedFile) else arguments[0]
            if not isinstance(plugin, NahraumPlugin) or plugin.prepared is not None:
                raise
            mishap = looked_at(error)
            shown = f"\n{mishap.trace}" if os.environ.get(VARIABLE) else ""
            raise BuildError(
                "\n" + as_text([told(mishap, plugin.root, kept=False)], plugin.root) + shown
            ) from error

    return handle


class GeneratedFile(File):
    """A file of the site that we write; hand-written links to `src_uri` resolve, MkDocs renders nothing."""

    def __init__(self, config: MkDocsConfig, src_uri: str, dest_uri: str, content: Content | None) -> None:
        super().__init__(
            src_uri,
            None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=dest_uri,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.make = content
        self.generated_by = "nahraum"
        self.plugin = config.plugins.get("nahraum")

    def is_documentation_page(self) -> bool:
        """Keep MkDocs from rendering it."""
        return False

    @_at_the_door
    def copy_file(self, dirty: bool = False) -> None:
        """Write the content, which is made only now; pages are there already."""
        if self.make is None:
            return
        content = self.make()
        path = Path(self.abs_dest_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


class NahraumPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Thin handlers in the order of the events."""

    def __init__(self) -> None:
        self.prepared: Project | None = None
        """What `write_site` hands in; MkDocs' own commands read the project anew at every build."""
        self.report: Progress = silent
        self.root = Path()
        self.found: tuple[Diagnostic, ...] = ()

    @_at_the_door
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check before MkDocs clears the target."""
        root = Path(self.config.project or Path(config.config_file_path or "mkdocs.yml").parent).resolve()
        self.root = root
        project = self.prepared
        if project is None:
            finish(root)
            today = dt.date.fromisoformat(self.config.today) if self.config.today else progress.day()
            project = prepare(root, today, internal=self.config.internal)
            if has_errors(project.found):
                problems = as_text([item for item in project.found if item.severity == "error"], root)
                raise BuildError("\n" + problems)
            overlay = project.site.config.overlay if project.site else None
            try:
                # MkDocs empties its target, whatever is in it.
                site_place(Path(config.site_dir), root, [root / overlay] if overlay else [])
            except Refused as refusal:
                raise BuildError(f"{refusal}; {refusal.help}") from refusal
            log.info("%s", summary(project.found))
        self.files = SiteFiles(project, report=self.report)
        config.site_url = self.files.site_url
        config.site_name = self.files.site_name
        config.theme.static_templates = set()
        # A style attribute would be refused by the Content Security Policy.
        config.mdx_configs.setdefault("tables", {})["use_align_attribute"] = True
        return config

    @_at_the_door
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take the theme's own files out and put every generated file in."""
        for file in list(files):
            if file.is_documentation_page():
                self.files.add_editorial(file.src_uri, file.url)
            else:
                files.remove(file)
        for name in self.files.unpublished:
            found = files.get_file_from_path(name)
            if found is not None:
                files.remove(found)
        for src_uri, dest_uri, content in self.files.generated():
            if self.config.one_by_one and src_uri.endswith(".md") and not src_uri.endswith("/index.md"):
                page = File.generated(config, src_uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
                page.dest_uri = dest_uri
                files.append(page)
            else:
                files.append(GeneratedFile(config, src_uri, dest_uri, content))
        return files

    @_at_the_door
    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Take components out of hand-written Markdown."""
        return self.files.take_components(page.file.src_uri, page.url, markdown)

    @event_priority(-100)
    @_at_the_door
    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put their HTML in, or the body of a generated page; last of all, so that nobody adds what may not be there."""
        return self.files.put_components(page.file.src_uri, html)

    @_at_the_door
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Write the generated pages with frames from MkDocs' environment."""
        self.files.use_environment(env)
        self.files.write(Path(config.site_dir), pages=not self.config.one_by_one)
        return env

    @_at_the_door
    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give a page its frame and slots."""
        values = self.files.template_values(
            page.file.src_uri, page.url, page.meta, str(page.content or ""), page.title or ""
        )
        context.update(values)  # type: ignore[typeddict-item]
        return context

    @_at_the_door
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what needs the whole site, then check it."""
        self.found = self.files.finish(Path(config.site_dir))
        for item in self.found:
            log.warning("%s:%s %s", item.position.file, item.position.line, item.message)


def load(root: Path, target: Path, *, internal: bool, one_by_one: bool = False) -> MkDocsConfig:
    """Make MkDocs' configuration: of the project's `mkdocs.yml` only Markdown extensions and hooks matter, and it may be missing."""
    path = root / "mkdocs.yml"
    config = MkDocsConfig(config_file_path=str(path.resolve()))
    if path.is_file():
        with path.open("rb") as stream:
            config.load_file(stream)
    docs = root / "content"
    config.load_dict(
        {
            "site_name": "Nahraum",
            "theme": {"name": "nahraum"},
            "docs_dir": str(docs.resolve()),
            "site_dir": str(target.resolve()),
            "plugins": [{"nahraum": {"internal": internal, "one_by_one": one_by_one}}],
        }
    )
    if not docs.is_dir():
        config.load_dict({"docs_dir": str(_empty_folder(target))})
    errors, warnings = config.validate()
    for key, message in (*errors, *warnings):
        log.warning("mkdocs.yml: %s: %s", key, message)
    if errors:
        raise Abort("mkdocs.yml")
    return config


def _empty_folder(target: Path) -> Path:
    folder = target.parent / f"{target.name}.inhalt"
    folder.mkdir(exist_ok=True)
    return folder


def write_site(project: Project, folder: Path, report: Progress) -> tuple[Diagnostic, ...]:
    """Write the whole site of a prepared project into a folder, by way of MkDocs."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    config = load(
        project.root,
        folder,
        internal=bool(project.site and project.site.internal),
        one_by_one=bool(os.environ.get("NAHRAUM_ONE_BY_ONE")),
    )
    plugin = config.plugins["nahraum"]
    if not isinstance(plugin, NahraumPlugin):
        raise TypeError("the plugin nahraum is somebody else's")
    plugin.prepared = project
    plugin.report = report
    try:
        mkdocs_build(config)
    finally:
        empty = folder.parent / f"{folder.name}.inhalt"
        if empty.is_dir():
            empty.rmdir()
    return plugin.found
