"""What templates are filled with: a frozen dataclass for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import ClassVar

from markupsafe import Markup

from generator.render.base.html_patterns import pattern


@dataclass(frozen=True, slots=True)
class View:
    """What one template is filled with: its fields are the template's names, their values its words and records.

    A value is never loose: what has parts of its own is a record of the model or a frozen dataclass too.
    `tests/render/test_views.py` compares each template with its view.
    """

    template: ClassVar[str]

    def values(self) -> dict[str, object]:
        """Return the values by their names; nothing is copied."""
        return {name: getattr(self, name) for name in _names(self)}


_NAMES: dict[type[View], Sequence[str]] = {}


def _names(view: View) -> Sequence[str]:
    kind = view.__class__
    if kind not in _NAMES:
        _NAMES[kind] = tuple(item.name for item in fields(kind))
    return _NAMES[kind]


@dataclass(frozen=True, slots=True)
class MacroCall(View):
    """What one macro is called with from Python: its fields are the macro's arguments, `template` is where it stands."""

    macro: ClassVar[str]


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link in a row of links: a step of the way, a page of a list, a letter. Without `href` it isn't there."""

    label: str | Markup
    href: str = ""
    current: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice in a row of choices, with how much is behind it."""

    text: str | Markup
    href: str
    count: int | None = None
    current: bool = False


Chips = Sequence[Chip]


@dataclass(frozen=True, slots=True)
class Action:
    """A button: a link where it has `href`, else one that a script takes over by its `attrs`; `note` is its second line."""

    text: str
    icon: str
    href: str = ""
    note: str | Markup = ""
    attrs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpeningState:
    """The opening state of something: words that hold without scripts, and data from which a script says „jetzt offen“.

    `state` is open, soon, closed, ask, or nothing where only the written hours are known; `written` stands on paper.
    """

    text: str
    state: str = ""
    written: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class CardFact:
    """A short fact on a card: words with an icon, or an opening state; `label` is read out before the words."""

    icon: str = ""
    text: str | Markup = ""
    label: str = ""
    open: OpeningState | None = None


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """A term with what is said of it; left out where there is neither text nor opening state. `small` is a second line."""

    term: str
    text: str | Markup = ""
    icon: str = ""
    small: str | Markup = ""
    open: OpeningState | None = None


GlanceRows = Sequence[GlanceRow]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with its name and, in words, what it is compared with."""

    value: str
    label: str | Markup
    compare: str | Markup = ""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """The head of a column: `num` is for numbers, with a `key` a script can sort by it."""

    label: str | Markup
    num: bool = False
    key: str = ""

    @property
    def plain(self) -> str:
        """The label without markup, for an attribute; „52 %“ stays in one piece."""
        # `striptags` makes every kind of space an ordinary one.
        label = str(self.label.striptags()) if isinstance(self.label, Markup) else self.label
        return label.replace(" %", "\u00a0%")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell; `sort` is what a script sorts by, `muted` is grey."""

    text: str | Markup
    sort: str | int | None = None
    muted: bool = False


FIGURED = pattern('<span class="nr-figured">{}<span class="nr-glance__small">{}</span></span>')
"""A number in a cell, with what stands small below it."""
NOTHING = TableCell("–", muted=True)
"""Where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class TableContent:
    """Columns and rows; the first cell of a row is its heading."""

    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[TableCell]]


TableRow = Sequence[TableCell | str]
"""The cells of a row, plain texts among them."""


def table_of(
    words: Iterable[str | Markup],
    numbers: Iterable[str | Markup],
    rows: Iterable[TableRow],
) -> TableContent:
    """Return a table of rows, whose cells may be plain texts: the heads of its columns of words, and of those of numbers, which stand behind."""
    columns = [TableColumn(label) for label in words]
    columns += [TableColumn(label, num=True) for label in numbers]
    return TableContent(columns, [_cells(row) for row in rows])


def _cells(row: TableRow) -> Sequence[TableCell]:
    """Make a cell of each plain text of a row."""
    return [one if isinstance(one, TableCell) else TableCell(one) for one in row]
