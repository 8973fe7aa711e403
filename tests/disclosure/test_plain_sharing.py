"""Indicators that count the same: which numbers of two of them disagree, and which shares would be added up, each told whole."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.shared_measures import check_share, check_shared
from generator.disclosure.lattice import LatticeArea
from generator.model.cells import Status
from generator.model.indicator import Indicator
from generator.read.indicator_folders import IndicatorFolder
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.worlds import indicator

COLUMNS = ("space", "period", "numerator", "denominator")


def folder(item: Indicator) -> IndicatorFolder:
    """An indicator's folder whose fields stand where they are called: `disclosure.threshold`."""
    source = SimpleNamespace(position=lambda *path: Position(f"{item.id}: {'.'.join(path)}"))
    return cast(IndicatorFolder, SimpleNamespace(indicator=item, source=source))


SPACES = {
    "stadt": LatticeArea("eins", 0, ("a", "b")),
    "a": LatticeArea("eins", 1, ()),
    "b": LatticeArea("eins", 1, ()),
    "allein": LatticeArea("zwei", 0, ("x",)),
    "x": LatticeArea("zwei", 1, ()),
}
Row = tuple[Any, ...]


def table(*rows: Row, further: tuple[str, ...] = ()) -> ValueTable:
    """Rows of area, numerator, denominator, period."""

    def decimal(value: object) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    made = []
    for line, row in enumerate(rows, 2):
        space, count, below, period = (*row, None, None)[:3] + ((row[3],) if len(row) > 3 else ("2025",))
        made.append(ValueRow(space, period, (), decimal(count), decimal(below), Status.KNOWN, "", line))
    return ValueTable("values.csv", tuple(made), ",", further=further, columns=COLUMNS)


def share(values: ValueTable, raw: bool = False, **definition: Any) -> list[Diagnostic]:
    return list(
        check_share(folder(indicator("quote", **{"title": "Hilfen", **definition})), SPACES, values, raw=raw)
    )


PARTS = table(("a", 3), ("b", 4))


@pytest.mark.parametrize(
    ("words", "field", "found"),
    [
        ({"unit": "%"}, "unit", "%"),
        ({"unit": "‰"}, "unit", "‰"),
        ({"unit": "Prozent der Kinder"}, "unit", "Prozent"),
        ({"unit": "Promille"}, "unit", "Promille"),
        ({"title": "Armutsquote"}, "title", "quote"),
        ({"title": "Quoten"}, "title", "Quoten"),
        ({"title": "Der Anteil"}, "title", "Anteil"),
        ({"numerator": "Durchschnitt der Jahre"}, "numerator", "Durchschnitt"),
        ({"says": "Der Mittelwert."}, "says", "Mittelwert"),
        ({"says": "Ein Index."}, "says", "Index"),
        ({"says": "So viele je 1.000 Kinder."}, "says", "je 1.000"),
        ({"says": "So viele von 100."}, "says", "von 100"),
        ({"says": "So viele pro 10000."}, "says", "pro 10000"),
        ({"unit": "%", "title": "Anteil"}, "unit", "%"),
    ],
)
def test_a_share_without_a_denominator_is_not_to_be_added_up(
    words: dict[str, str], field: str, found: str
) -> None:
    title = words.get("title", "Hilfen")
    told = [
        diagnostic("quote-ohne-nenner", Position(f"quote: {field}"), title=title, why=f"{field}: „{found}“")
    ]
    assert share(PARTS, **words) == told


@pytest.mark.parametrize("words", [{}, {"title": "Indexfonds"}, {"title": "Quotenregel"}, {"says": "So viele je 1 Kind."}, {"says": "Von 2000 an."}])  # fmt: skip
def test_what_only_sounds_like_a_share(words: dict[str, str]) -> None:
    assert share(PARTS, **words) == []


def test_a_share_that_is_not_added_up_is_none_of_our_business() -> None:
    unit = {"unit": "%"}
    assert share(PARTS, **unit, denominator="Kinder") == []
    assert share(PARTS, **unit, adds_up="no") == []
    assert share(PARTS, **unit, adds_up="yes") == []
    # The town has a count of its own, a part has none, or it is the only part.
    assert share(table(("a", 3), ("b", 4), ("stadt", 7)), **unit) == []
    assert share(table(("a", 3)), **unit) == []
    assert share(table(("a", 3), ("b", None)), **unit) == []
    assert share(table(("x", 3)), **unit) == []
    assert share(table(("a", 3, None, "2024"), ("b", 4, None, "2025")), **unit) == []
    # Pages add whole numbers only; protecting adds all.
    halves = table(("a", 3.5), ("b", 4))
    assert share(halves, **unit) == []
    assert len(share(halves, raw=True, **unit)) == 1


def shared(tables: dict[str, ValueTable], **definitions: dict[str, Any]) -> list[tuple[str, int, int, str]]:
    items = {key: indicator(key, title=key.title(), **more) for key, more in definitions.items()}
    found = list(check_shared(items, tables))
    return [(item.code, item.position.line, item.position.column, item.message) for item in found]


def said(code: str, line: int, column: int, value: int, other: str, there: int) -> tuple[str, int, int, str]:
    return (
        code,
        line,
        column,
        diagnostic(code, Position("x"), value=value, other=other, there=there).message,
    )


OWN: dict[str, dict[str, Any]] = {"hilfen": {}, "auch": {"numerator_from": "hilfen"}}


@pytest.mark.guards("Figures: two tables of the same never differ in silence")
def test_counts_that_two_give_of_one_cell_are_the_same() -> None:
    assert shared({"hilfen": PARTS, "auch": PARTS}, **OWN) == []
    assert shared({"hilfen": PARTS, "auch": table(("b", 9), ("a", 3))}, **OWN) == [
        said("zaehler-verschieden", 2, 3, 9, "Hilfen", 4)
    ]
    assert shared({"hilfen": PARTS, "auch": table(("a", None), ("stadt", 9))}, **OWN) == []
    assert shared({"hilfen": table(("a", None)), "auch": table(("a", 9))}, **OWN) == []
    # Of two that are taken from a third the first is believed where the third says nothing.
    three = {**OWN, "noch": {"numerator_from": "hilfen"}}
    assert shared({"auch": table(("a", 3)), "noch": table(("a", 4))}, **three) == [
        said("zaehler-verschieden", 2, 3, 4, "Auch", 3)
    ]


@pytest.mark.guards("Figures: two tables of the same never differ in silence")
def test_pieces_are_added_up_before_they_are_compared() -> None:
    pieces = table(("a", 1), ("a", 2), ("b", 4), further=("schule",))
    assert shared({"hilfen": PARTS, "auch": pieces}, **OWN) == []
    assert shared({"hilfen": PARTS, "auch": table(("a", 1), ("a", 3), ("b", 4), further=("schule",))}, **OWN) == [said("zaehler-verschieden", 2, 3, 4, "Hilfen", 3)]  # fmt: skip
    # Without pieces the last row counts; that it stands twice is told elsewhere.
    assert shared({"hilfen": PARTS, "auch": table(("a", 1), ("a", 3))}, **OWN) == []


@pytest.mark.guards("Figures: two tables of the same never differ in silence")
def test_what_is_divided_by_is_what_another_counts() -> None:
    divided: dict[str, dict[str, Any]] = {
        "kinder": {},
        "quote": {"denominator": "Kinder", "denominator_from": "kinder"},
    }
    kinder = table(("a", 30), ("b", 40))
    assert shared({"kinder": kinder, "quote": table(("a", 3, 30), ("b", 4, 40))}, **divided) == []
    assert shared({"kinder": kinder, "quote": table(("a", 3, 30), ("b", 4, 41))}, **divided) == [
        said("nenner-verschieden", 3, 4, 41, "Kinder", 40)
    ]
    assert shared({"kinder": kinder, "quote": table(("a", 3, None), ("stadt", 4, 41))}, **divided) == []
    assert shared({"kinder": kinder, "quote": table(("b", 4, 41), further=("schule",))}, **divided) == []
    assert (
        shared({"kinder": kinder, "quote": table(("b", 4, 41))}, kinder={}, quote={"denominator": "Kinder"})
        == []
    )
