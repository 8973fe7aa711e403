"""Compile templates, keep them, and fill them."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, MutableMapping
from functools import cache
from importlib import resources
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.runtime import Context as JinjaContext

from generator.files.packaged import keep_worked_out, program, worked_out
from generator.parts import subjects


def templates_folder() -> Path:
    """Return the folder of the templates."""
    return Path(str(resources.files("generator") / "templates"))


def subjects_templates() -> list[Path]:
    """Return the folders of the templates that subjects bring."""
    house = Path(str(resources.files("generator") / "subjects"))
    folders = [house / subject / "templates" for subject in subjects()]
    return [folder for folder in folders if folder.is_dir()]


def _source(bucket: Bucket) -> bytes:
    """Return what compiled code follows from: this package, which compiles, and the template's text."""
    return program("render/base") + bucket.checksum.encode()


class CompiledTemplates(BytecodeCache):
    """Keep compiled templates for all languages and builds: compiling takes a tenth of a small build."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the template's name, which is unique among all folders."""
        return name.replace("/", ".")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load what was compiled before from the same text."""
        known = (bucket.key, bucket.checksum)
        if known not in self.kept:
            data = worked_out(self.folder, bucket.key, _source(bucket))
            if data is None:
                return
            self.kept[known] = marshal.loads(data)
        bucket.code = self.kept[known]

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self.kept[bucket.key, bucket.checksum] = bucket.code
            keep_worked_out(self.folder, bucket.key, _source(bucket), marshal.dumps(bucket.code))


@cache
def compiled_templates(folder: Path) -> CompiledTemplates:
    """Return a folder's compiled templates, shared by all environments because their settings are equal."""
    return CompiledTemplates(folder)


_OPENED = " opened"
"""Among a page's values, by a name that no template can write: a list of Jinja's contexts, to empty once the page is filled."""


class PageTemplate(Template):
    """A page template whose module is freed together with its page."""

    def make_module(
        self,
        vars: dict[str, Any] | None = None,
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,
    ) -> TemplateModule:
        """Return the template as a module that knows its importer's names."""
        context = self.new_context(vars, shared, locals)
        # What is imported without a context is kept for all pages.
        if vars is not None and _OPENED in vars:
            vars[_OPENED].append(context)
        return TemplateModule(self, context)


class PageEnvironment(Environment):
    """Template environment that escapes everything and refuses unknown names.

    Templates come from `folder`, else from the first of `further`, and don't change meanwhile.
    """

    template_class = PageTemplate

    def __init__(self, folder: Path, *further: Path) -> None:
        super().__init__(
            loader=FileSystemLoader([folder, *further]),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            bytecode_cache=compiled_templates(folder),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._loaded: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Return a template, found by name alone once loaded."""
        if not isinstance(name, str) or globals is not None:
            return super().get_template(name, parent, globals)
        if name not in self._loaded:
            template = self._loaded[name] = super().get_template(name, parent)
            # A chain of mappings is copied name by name each time that the template is filled.
            template.globals = dict(template.globals)
        return self._loaded[name]

    def fill(self, name: str, values: dict[str, object]) -> str:
        """Return a template's text, filled with values by their names."""
        template = self.get_template(name)
        opened: list[JinjaContext] = []
        context = template.new_context({**values, _OPENED: opened})
        try:
            return self.concat(template.root_render_func(context))
        except Exception:  # noqa: BLE001 - raised again, with the template's own lines in its traceback
            self.handle_exception()
        finally:
            # Macros hold their context and it holds them; builds run without the garbage collector that would free both.
            for done in (context, *opened):
                done.vars.clear()
            opened.clear()
