"""What templates are filled with: a frozen Struct for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context as JinjaContext
from markupsafe import Markup
from msgspec import Struct
from msgspec import field as struct_field

from generator.files.packaged import PACKAGE, finished
from generator.parts import subjects
from generator.render.base.html_patterns import pattern


class View(Struct, frozen=True):
    """The data of one template; its fields are the template's names.

    Values are words, records of the model or frozen Structs; `tests/render/test_views.py` compares both.
    """

    template: ClassVar[str]

    def values(self) -> dict[str, object]:
        """Return the values by their names; nothing is copied."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


class MacroCall(View, frozen=True):
    """A macro's arguments, called from Python; `template` says where it stands."""

    macro: ClassVar[str]


class NavLink(Struct, frozen=True):
    """A link in a row of links; without `href` it isn't there."""

    label: str | Markup
    href: str = ""
    current: bool = False  # whether it is the page itself
    lang: str = ""


class Chip(Struct, frozen=True):
    """A choice with its count."""

    text: str | Markup
    href: str
    count: int | None = None
    current: bool = False  # whether it is chosen


Chips = Sequence[Chip]


class Action(Struct, frozen=True):
    """A link (`href`) or a button of a script (`attrs`); `note` is its second line."""

    text: str
    icon: str
    href: str = ""
    note: str | Markup = ""
    attrs: Mapping[str, str] = struct_field(default_factory=dict)


class OpeningState(Struct, frozen=True):
    """Hours in words, and data from which a script says „jetzt offen“.

    `state` is open, soon, closed, ask or empty (only the written hours are known); `written` is for paper.
    """

    text: str
    state: str = ""
    written: str = ""
    data: str = ""


class CardFact(Struct, frozen=True):
    """Words with an icon, or an opening state; `label` is for screen readers."""

    icon: str = ""
    text: str | Markup = ""
    label: str = ""
    open: OpeningState | None = None


class GlanceRow(Struct, frozen=True):
    """A term and its description, skipped if empty; `small` is a second line."""

    term: str
    text: str | Markup = ""
    icon: str = ""
    small: str | Markup = ""
    open: OpeningState | None = None


GlanceRows = Sequence[GlanceRow]


class FigureRow(Struct, frozen=True):
    """A figure with its name and its comparison in words."""

    value: str  # number and unit
    label: str | Markup
    compare: str | Markup = ""  # a share, the town's beside it, a note


class TableColumn(Struct, frozen=True):
    """A column's head; `num` for numbers, sortable with a `key`."""

    label: str | Markup
    num: bool = False
    key: str = ""

    @property
    def plain(self) -> str:
        """The label as plain text; „52 %“ stays in one piece."""
        # `striptags` makes every kind of space an ordinary one.
        label = str(self.label.striptags()) if isinstance(self.label, Markup) else self.label
        return label.replace(" %", "\u00a0%")


class TableCell(Struct, frozen=True):
    """A cell; scripts sort by `sort`, `muted` is grey."""

    text: str | Markup
    sort: str | int | None = None
    muted: bool = False


FIGURED = pattern('<span class="nr-figured">{}<span class="nr-glance__small">{}</span></span>')
"""A number in a cell, with what stands small below it."""
NOTHING = TableCell("–", muted=True)
"""Where there is nothing to say."""


class TableContent(Struct, frozen=True):
    """Columns and rows; each row's first cell is its heading."""

    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[TableCell]]


TableRow = Sequence[TableCell | str]
"""The cells of a row, plain texts among them."""


def table_of(
    words: Iterable[str | Markup],
    numbers: Iterable[str | Markup],
    rows: Iterable[TableRow],
) -> TableContent:
    """Make a table with columns of words, then of numbers."""
    columns = [TableColumn(label) for label in words]
    columns += [TableColumn(label, num=True) for label in numbers]
    return TableContent(columns, [_make_cells_of_row(row) for row in rows])


def _make_cells_of_row(row: TableRow) -> Sequence[TableCell]:
    """Make a cell of each plain text of a row."""
    return [one if isinstance(one, TableCell) else TableCell(one) for one in row]


def templates_folder() -> Path:
    """Return the folder of the templates."""
    return PACKAGE / "templates"


def subjects_templates() -> list[Path]:
    """Return the folders of the templates that subjects bring."""
    folders = [PACKAGE / "subjects" / subject / "templates" for subject in subjects()]
    return [folder for folder in folders if folder.is_dir()]


class OwnTemplates(FileSystemLoader):
    """Templates that don't change: compiled before the first run (`hatch_build.py`), else once for all languages and builds."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(folders)
        self.codes: dict[str, tuple[CodeType, str]] = {}

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Return a template of this environment."""
        if name not in self.codes:
            self.codes[name] = self._find_template_code(environment, name)
        code, file = self.codes[name]
        template = environment.template_class.from_code(environment, code, globals or {})
        # Where a mistake is looked for: in the text, not in what was made of it.
        template.filename = file
        return template

    def _find_template_code(self, environment: Environment, name: str) -> tuple[CodeType, str]:
        found = next(
            (path for path in (Path(folder, name) for folder in self.searchpath) if path.is_file()), None
        )
        kept = finished()
        if found and kept and found.is_relative_to(PACKAGE):
            module = kept / f"{found.relative_to(PACKAGE)}.py"
            # Python keeps it as it keeps every module.
            if module.is_file() and (code := SourceFileLoader(name, str(module)).get_code(name)):
                return code, str(found)
        text, file, _ = self.get_source(environment, name)
        return environment.compile(text, name, file), file


@cache
def own_templates(*folders: Path) -> OwnTemplates:
    """Return the templates of these folders, shared by all environments because their settings are equal."""
    return OwnTemplates(*folders)


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
            loader=own_templates(folder, *further),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
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
