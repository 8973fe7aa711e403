"""What templates are filled with: a frozen Struct for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct
from msgspec import field as struct_field

from generator.render.base.html_patterns import pattern


class View(Struct, frozen=True):
    """What one template is filled with: its fields are the template's names, their values its words and records.

    A value is never loose: what has parts of its own is a record of the model or a frozen Struct too.
    `tests/render/test_views.py` compares each template with its view.
    """

    template: ClassVar[str]

    def values(self) -> dict[str, object]:
        """Return the values by their names; nothing is copied."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


class MacroCall(View, frozen=True):
    """What one macro is called with from Python: its fields are the macro's arguments, `template` is where it stands."""

    macro: ClassVar[str]


class NavLink(Struct, frozen=True):
    """A link in a row of links: a step of the way, a page of a list, a letter. Without `href` it isn't there."""

    label: str | Markup
    href: str = ""
    current: bool = False
    lang: str = ""


class Chip(Struct, frozen=True):
    """A choice in a row of choices, with how much is behind it."""

    text: str | Markup
    href: str
    count: int | None = None
    current: bool = False


Chips = Sequence[Chip]


class Action(Struct, frozen=True):
    """A button: a link where it has `href`, else one that a script takes over by its `attrs`; `note` is its second line."""

    text: str
    icon: str
    href: str = ""
    note: str | Markup = ""
    attrs: Mapping[str, str] = struct_field(default_factory=dict)


class OpeningState(Struct, frozen=True):
    """The opening state of something: words that hold without scripts, and data from which a script says „jetzt offen“.

    `state` is open, soon, closed, ask, or nothing where only the written hours are known; `written` stands on paper.
    """

    text: str
    state: str = ""
    written: str = ""
    data: str = ""


class CardFact(Struct, frozen=True):
    """A short fact on a card: words with an icon, or an opening state; `label` is read out before the words."""

    icon: str = ""
    text: str | Markup = ""
    label: str = ""
    open: OpeningState | None = None


class GlanceRow(Struct, frozen=True):
    """A term with what is said of it; left out where there is neither text nor opening state. `small` is a second line."""

    term: str
    text: str | Markup = ""
    icon: str = ""
    small: str | Markup = ""
    open: OpeningState | None = None


GlanceRows = Sequence[GlanceRow]


class FigureRow(Struct, frozen=True):
    """A figure with its name and, in words, what it is compared with."""

    value: str
    label: str | Markup
    compare: str | Markup = ""


class TableColumn(Struct, frozen=True):
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


class TableCell(Struct, frozen=True):
    """A cell; `sort` is what a script sorts by, `muted` is grey."""

    text: str | Markup
    sort: str | int | None = None
    muted: bool = False


FIGURED = pattern('<span class="nr-figured">{}<span class="nr-glance__small">{}</span></span>')
"""A number in a cell, with what stands small below it."""
NOTHING = TableCell("–", muted=True)
"""Where there is nothing to say."""


class TableContent(Struct, frozen=True):
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
