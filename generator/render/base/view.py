"""What templates are filled with: a frozen Struct for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct
from msgspec import field as struct_field

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
    return TableContent(columns, [_cells(row) for row in rows])


def _cells(row: TableRow) -> Sequence[TableCell]:
    """Make a cell of each plain text of a row."""
    return [one if isinstance(one, TableCell) else TableCell(one) for one in row]
