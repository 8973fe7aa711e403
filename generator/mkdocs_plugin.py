"""Pass MkDocs' events to our modules.

No other module imports MkDocs.
"""

from __future__ import annotations

import datetime as dt
import functools
import logging
import os
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.build import get_context
from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from generator.check.links import SiteLinks
from generator.diagnostics import TRACEBACK, Diagnostic, has_errors
from generator.diagnostics.diagnostic import Progress, silent
from generator.diagnostics.formats import as_text, summary
from generator.files.disk import Disk
from generator.files.packaged import PACKAGE
from generator.files.site_folder import Refused
from generator.files.writing import finish as finish_broken
from generator.pipeline.build import Project, place_of, prepare
from generator.pipeline.editorial import (
    failed,
    is_grave,
    left_out,
    put_components,
    take_components,
    written_page,
)
from generator.pipeline.mishap import looked_at, mishap_of
from generator.pipeline.plan import other_files, plan_site
from generator.pipeline.today import which_day
from generator.pipeline.write import Frames, Written, finish, write_generated
from generator.read.mkdocs_settings import MKDOCS
from generator.render.components.calls import Tokens
from generator.render.frame.markup_policy import EXTENSIONS, left_marks

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("mkdocs.plugins.nahraum")


class PluginConfig(base.Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` may say."""

    project = option.Type(str, default="")
    """The project's folder; empty: where `mkdocs.yml` lies."""
    internal = option.Type(bool, default=False)
    """Whether the internal site is built."""
    today = option.Type(str, default="")
    """The day of the build as `2026-11-30`; empty: the real one."""


def _as_build_error(handler: Callable[P, T]) -> Callable[P, T]:
    """Turn unexpected errors into `BuildError`, so that MkDocs' `serve` goes on; `write_site` gets them as they are."""

    @functools.wraps(handler)
    def handle(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return handler(*arguments, **named)
        except MkDocsException:
            raise
        except Exception as error:
            plugin = arguments[0]
            if not isinstance(plugin, NahraumPlugin) or plugin.prepared is not None:
                raise
            mishap = looked_at(error)
            shown = f"\n{mishap.trace}" if os.environ.get(TRACEBACK) else ""
            raise BuildError(
                "\n" + as_text([mishap_of(error, plugin.root, kept=False)], Disk(plugin.root).lines) + shown
            ) from error

    return handle


class GeneratedFile(File):
    """A generated file; links to `src_uri` resolve, MkDocs renders nothing."""

    def __init__(self, config: MkDocsConfig, src_uri: str, dest_uri: str) -> None:
        super().__init__(
            src_uri,
            None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=dest_uri,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.generated_by = "nahraum"

    def is_documentation_page(self) -> bool:
        """Keep MkDocs from rendering it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing: we have written it already."""


class NahraumPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Thin handlers in the order of the events."""

    def __init__(self) -> None:
        self.prepared: Project | None = None
        """What `write_site` hands in; MkDocs' own commands read the project anew at every build."""
        self.writes = True
        """Whether a build writes files; a preview makes pages one by one."""
        self.report: Progress = silent
        self.before = Path()
        """The folder of the site as it was before; unchanged files needn't be written again."""
        self.root = Path()
        """The project's folder."""
        self.found: tuple[Diagnostic, ...] = ()
        """What the build itself found; what reading found is in `project.found`."""
        self.pages: list[Written] = []
        """The pages made so far."""
        self.tokens: dict[str, Tokens] = {}
        """By content file the tokens that stand for its components."""

    @_as_build_error
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check before MkDocs clears the target."""
        self.root = Path(
            self.config.project or Path(config.config_file_path or "mkdocs.yml").parent
        ).resolve()
        project = self.prepared or self._read_anew(Path(config.site_dir))
        if project.site is None:
            raise ValueError("a project without errors has a site")
        self.project, self.pages, self.found, self.tokens = project, [], (), {}
        config.site_url = project.site.config.url.rstrip("/") + "/"
        config.site_name = project.site.config.name
        # Switched off: it would move pages, or add files that we know nothing of.
        config.theme.static_templates, config.extra_templates = set(), []
        config.use_directory_urls = True
        config.exclude_docs = config.draft_docs = config.not_in_nav = None
        if (self.root / "content").is_dir():
            config.docs_dir = str(self.root / "content")
        # What the packaged pages are written in, whatever the town adds; they are checked with the same.
        config.markdown_extensions += [name for name in EXTENSIONS if name not in config.markdown_extensions]
        # A style attribute would be refused by the Content Security Policy.
        config.mdx_configs.setdefault("tables", {})["use_align_attribute"] = True
        self.found += hold_back(config.plugins, self, self.project)
        return config

    def _read_anew(self, target: Path) -> Project:
        """Read a project for writing at `target`, or raise `BuildError`."""
        finish_broken(self.root)
        today = dt.date.fromisoformat(self.config.today) if self.config.today else which_day()
        project = prepare(self.root, today, internal=self.config.internal)
        wrong = [item for item in project.found if item.severity == "error"]
        if wrong:
            raise BuildError("\n" + as_text(wrong, project.disk.lines))
        try:
            # MkDocs empties its target, whatever is in it.
            if project.site is not None:
                place_of(self.root, project.site, target)
        except Refused as refusal:
            raise BuildError(f"{refusal}; {refusal.help}") from refusal
        log.info("%s", summary(project.found))
        for item in project.found:
            if item.position.file == MKDOCS:
                log.warning("%s:%s %s", item.position.file, item.position.line, item.message)
        return project

    @_as_build_error
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace the theme's files by generated ones; pages get checked texts."""
        written = self.project.written.values()
        for file in list(files):
            if file.is_documentation_page() and file.src_uri in written:
                source = file.abs_src_path
                file.content_string = self.project.pages[file.src_uri]
                # MkDocs takes it for a page that a plugin made; plugins ask where it lies.
                file.abs_src_path = source
            else:
                if file.generated_by:
                    self.found += (left_out(file.generated_by, file.src_uri),)
                files.remove(file)
        self.plan = plan_site(self.project, {_path(file.url): file.src_uri for file in files})
        for file in list(files):
            if file.src_uri in self.plan.replaced:
                files.remove(file)
        for path in self.plan.pages:
            for name in source_names(path):
                files.append(GeneratedFile(config, name, f"{path}index.html"))
        for name, _make in other_files(self.plan):
            files.append(GeneratedFile(config, name, name))
        return files

    @_as_build_error
    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Take components out of hand-written Markdown."""
        name = page.file.src_uri
        text, self.tokens[name] = take_components(self.plan, name, _path(page.url), markdown)
        return text

    @_as_build_error
    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put components in last, so that nobody adds anything."""
        name = page.file.src_uri
        # No other frame than ours.
        page.meta.pop("template", None)
        # Markdown that MkDocs didn't take for any, `**so**`.
        left = left_marks(html, self.project.pages[name], f"content/{name}")
        html, found = put_components(self.plan, name, html, self.tokens[name])
        self.found += (*found, *left)
        return html

    @_as_build_error
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Write all generated files, unless a hand-written page fails."""
        # Who calls `write_site` gets what was found, and decides.
        if self.prepared is None and has_errors(self.found):
            raise BuildError("\n" + as_text(self.found, self.project.disk.lines))
        self.frames, self.links = Frames(self.plan), SiteLinks(self.plan.root)
        if not self.writes:
            return self.frames.environment
        target = Path(config.site_dir)
        self.pages += write_generated(self.frames, target, self.before, self.links, self.report)
        return self.frames.environment

    @_as_build_error
    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give a page its frame and slots."""
        path = _path(page.url)
        name, content = page.file.src_uri, str(page.content or "")
        as_words = self.tokens[name].as_words
        # Plugins write descriptions as HTML.
        description = as_words(unescape(str(page.meta.get("description", ""))))
        meta = {**page.meta, "description": description}
        made = written_page(self.plan, name, path, meta, content, as_words(page.title or ""))
        self.pages.append(Written(path, made.date, made.indexed))
        values = {
            "shell": self.frames.values(made.lang, made.family, made.depth),
            "slot": self.frames.slots(made),
        }
        context.update(values)  # type: ignore[typeddict-item]
        return context

    @_as_build_error
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what needs the whole site, then check it."""
        self.found += finish(self.plan, Path(config.site_dir), self.pages, self.links)
        for item in self.found:
            log.warning("%s:%s %s", item.position.file, item.position.line, item.message)

    @_as_build_error
    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Rebuild on changes of records and settings too."""
        for name in ("resources", "site_config.yml"):
            server.watch(str(self.root / name))
        return server


_ALLOWED = frozenset(("pre_page", "page_markdown", "page_content", "startup", "shutdown", "serve", "config"))
_ALLOWED |= {"pre_build", "build_error", "files", "nav"}
"""The events of MkDocs that plugins and hooks of the project may answer."""


def hold_back(plugins: PluginCollection, plugin: NahraumPlugin, project: Project) -> tuple[Diagnostic, ...]:
    """Limit other plugins and hooks to hand-written texts; report what doesn't run."""
    found = []
    for event, methods in plugins.events.items():
        ours = [method for method in methods if getattr(method, "__self__", None) is plugin]
        others = [method for method in methods if method not in ours]
        names = [plugins._event_origins.get(method, "hooks") for method in others]
        if event not in _ALLOWED:
            found += [left_out(name, f"on_{event}") for name in names]
            others = []
        else:
            others = [_guarded(method, name, project) for method, name in zip(others, names, strict=True)]
        # Components are taken out of Markdown before other plugins see it, and put in after they saw the HTML.
        plugins.events[event] = [*ours, *others] if event == "page_markdown" else [*others, *ours]
    return tuple(found)


def _guarded(method: Callable[..., Any], name: str, project: Project) -> Callable[..., Any]:
    """Skip pages for people in danger, and name a failing plugin."""

    @functools.wraps(method)
    def run(*arguments: Any, **named: Any) -> Any:
        page = named.get("page") or (arguments[0] if arguments else None)
        if isinstance(page, MkDocsPage) and is_grave(project, page.file.src_uri):
            return None
        try:
            return method(*arguments, **named)
        except MkDocsException:
            raise
        except Exception as error:
            raise PluginError(f"„{name}“ in mkdocs.yml ist gescheitert ({type(error).__name__})") from error

    return run


def source_names(path: str) -> tuple[str, ...]:
    """Return a page's Markdown link names: `themen/` is `themen.md` and `themen/index.md`."""
    return (f"{path.rstrip('/')}.md", f"{path}index.md") if path else ("index.md",)


def _path(url: str) -> str:
    """Return MkDocs' page address as path from the root."""
    return "" if url in (".", "./") else url


def load(project: Project, target: Path) -> MkDocsConfig:
    """Return MkDocs' configuration from `mkdocs.yml` (optional), or raise `BuildError`."""
    config = MkDocsConfig(config_file_path=str(project.root.resolve() / MKDOCS))
    # As a text, not as a file: then nothing is inherited from a file that nobody looked at.
    settings = yaml_load(project.mkdocs, get_yaml_loader(config=config))
    config.load_dict(settings)
    internal = project.site is not None and project.site.internal
    docs = project.root / "content"
    config.load_dict(
        {
            "site_name": "Nahraum",
            "theme": {"name": "nahraum"},
            "docs_dir": str(docs.resolve()),
            "site_dir": str(target.resolve()),
            "plugins": [*_other_plugins(settings.get("plugins")), {"nahraum": {"internal": internal}}],
        }
    )
    if not docs.is_dir():
        # MkDocs insists on a folder; none of what lies in this one is a page.
        config.load_dict({"docs_dir": str(PACKAGE / "assets" / "worker")})
    try:
        errors, _ = config.validate()
    except Exception as error:
        # Hooks and plugins are loaded here, and may do anything.
        raise BuildError(f"mkdocs.yml lässt sich nicht laden ({type(error).__name__})") from error
    if errors:
        raise BuildError("; ".join(f"mkdocs.yml: {key}: {message}" for key, message in errors))
    return config


def _other_plugins(plugins: Any) -> list[Any]:
    """Return `mkdocs.yml`'s other plugins with options."""
    listed = (
        [{name: options} for name, options in plugins.items()] if isinstance(plugins, dict) else plugins or []
    )
    return [item for item in listed if item != "nahraum" and "nahraum" not in item]


def write_site(project: Project, folder: Path, before: Path, report: Progress) -> tuple[Diagnostic, ...]:
    """Write a prepared project's site by MkDocs; `before` is the last site's folder."""
    # What MkDocs would say of it is a diagnostic here.
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    try:
        config = load(project, folder)
        plugin = _find_own_plugin(config)
        plugin.prepared = project
        plugin.report, plugin.before = report, before
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    except MkDocsException as error:
        reason = str(error.__context__ if isinstance(error, Abort) else error)
        return (failed(reason.strip()),)
    return plugin.found


def _find_own_plugin(config: MkDocsConfig) -> NahraumPlugin:
    plugin = config.plugins["nahraum"]
    if not isinstance(plugin, NahraumPlugin):
        raise TypeError("the plugin nahraum is somebody else's")
    return plugin


class OpenSite:
    """An unwritten site: frames, and hand-written pages as MkDocs converts them."""

    def __init__(self, project: Project) -> None:
        self.project = project
        # MkDocs' own environment is new each time, and would compile its templates each time.
        self.frames = Frames(plan_site(project))
        self._files: Files | None = None

    @functools.cached_property
    def config(self) -> MkDocsConfig:
        """MkDocs' configuration; only hand-written pages need it."""
        logging.getLogger("mkdocs").setLevel(logging.ERROR)
        config = load(self.project, self.project.root / "site")
        plugin = _find_own_plugin(config)
        plugin.prepared, plugin.writes = self.project, False
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        return config

    @functools.cached_property
    def environment(self) -> jinja2.Environment:
        """MkDocs' templates."""
        return self.config.theme.get_env()

    def written_page(self, path: str) -> bytes:
        """Return a hand-written page's document by path."""
        files, plugins = self._all_files(), self.config.plugins
        file = files.get_file_from_path(self.frames.plan.written[path])
        if file is None:
            raise ValueError(f"MkDocs knows no page at {path!r}")
        page = plugins.on_pre_page(MkDocsPage(None, file, self.config), config=self.config, files=files)
        page.read_source(self.config)
        page.markdown = plugins.on_page_markdown(
            page.markdown or "", page=page, config=self.config, files=files
        )
        page.render(self.config, files)
        page.content = plugins.on_page_content(page.content or "", page=page, config=self.config, files=files)
        context = get_context(self.nav, files, self.config, page)
        template = self.environment.get_template(page.meta.get("template", "main.html"))
        context = plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
        return plugins.on_post_page(template.render(context), page=page, config=self.config).encode()

    def _all_files(self) -> Files:
        """All files hand-written pages may link to, made lazily."""
        if self._files is None:
            files = get_files(self.config)
            files.add_files_from_theme(self.environment, self.config)
            files = self.config.plugins.on_files(files, config=self.config)
            nav = get_navigation(files, self.config)
            self.nav = self.config.plugins.on_nav(nav, config=self.config, files=files)
            self.environment = self.config.plugins.on_env(self.environment, config=self.config, files=files)
            self._files = files
        return self._files
