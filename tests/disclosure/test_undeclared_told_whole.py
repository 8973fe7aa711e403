"""What nobody declared and the numbers tell, each finding whole: the same count elsewhere, sums that hold; and what is counted from needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.diagnostics import Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.counted_measures import measures_of
from generator.disclosure.engine.linear_system import Sum
from generator.disclosure.implied_sums import implied_sums, runs
from generator.disclosure.lattice import LatticeArea
from generator.disclosure.protect.needs_table import needs_table
from generator.disclosure.published import MeasureFacts, Published, earlier_tables, facts_of
from generator.model.cells import Status
from generator.model.dates import HalfYear
from generator.model.indicator import Indicator
from generator.model.scalars import Ages
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.worlds import DEFAULTS, indicator

AREAS = tuple("abcdefgh")
SPACES = {key: LatticeArea("eins", 0, ()) for key in AREAS}
Cell = tuple[Any, ...]
"""Area, count, denominator, period, values of breakdowns."""


def ages(*names: str) -> dict[str, Any]:
    values = [{"id": key, "name": key.upper()} for key in names]
    return {"breakdowns": [{"id": "alter", "name": "Alter", "values": values}]}


def table(cells: Sequence[Cell]) -> ValueTable:
    rows = []
    for line, (space, count, *more) in enumerate(cells, 2):
        below, period, *values = [*more, None, "2025"][: max(2, len(more))] if len(more) < 2 else more
        status = Status.SECRET if count is None else Status.KNOWN
        number, divisor = (None if one is None else Decimal(str(one)) for one in (count, below))
        rows.append(ValueRow(space, period or "2025", tuple(values), number, divisor, status, "", line))
    return ValueTable("values.csv", tuple(rows), ",")


def column(counts: Sequence[object], period: str = "2025", *values: str, below: Sequence[object] = ()) -> list[Cell]:  # fmt: skip
    divisors = below or [None] * len(counts)
    return [(space, count, divisor, period, *values) for space, count, divisor in zip(AREAS, counts, divisors, strict=False)]  # fmt: skip


SECRET = column((None, 12, 31, 58, 90, 140, 23, 61))


def published(*tables: tuple[Indicator, Sequence[Cell]]) -> Published:
    items = {item.id: item for item, _ in tables}
    return Published(SPACES, (), items, {item.id: table(cells) for item, cells in tables}, DEFAULTS)


def test_what_all_tables_together_say_of_a_measure() -> None:
    """Two indicators of one measure; one divides it by age and by children, the other shows decimals of a balance."""
    first = indicator(denominator="Kinder", **ages("u6"))
    second = indicator("zweite", title="Zweite", numerator_from="hilfen")
    third = indicator("dritte", denominator="Familien", denominator_from="hilfen", interval="byar")
    cells = [("a", 9, 90, "2025", ""), ("b", None, 80, "2025", ""), ("a", None, None, "2025", "u6"), ("c", 2, None, "2025", "")]  # fmt: skip
    everything = published((first, cells), (second, [("b", 3.5), ("c", None)]), (third, [("d", 1, 12), ("b", 1, None)]))  # fmt: skip
    measures = {one.name: one for one in measures_of(everything.indicators)}
    a, b, c, d, aged = (("hilfen", *rest) for rest in (("a", "2025"), ("b", "2025"), ("c", "2025"), ("d", "2025"), ("a", "2025", "alter:u6")))  # fmt: skip
    assert facts_of(everything, measures["hilfen"]) == MeasureFacts(
        known={a: 9, b: 3, c: 2, d: 12},
        secret={aged},
        bounds={a: (0.0, 90.0), b: (0.0, 80.0)},
        cells={a: ("hilfen", ("a", "2025", ("",))), b: ("hilfen", ("b", "2025", ("",))), c: ("hilfen", ("c", "2025", ("",))), d: ("dritte", ("d", "2025", ())), aged: ("hilfen", ("a", "2025", ("u6",)))},
        amounts={a: 9.0, b: 3.5, c: 2.0, d: 12.0},
        withheld={b: ("hilfen", ("b", "2025", ("",))), aged: ("hilfen", ("a", "2025", ("u6",))), c: ("zweite", ("c", "2025", ()))},
        shown_by={a: "Hilfen", b: "Zweite", c: "Hilfen", d: "Hilfen"},
    )  # fmt: skip
    assert facts_of(everything, measures["dritte"]).bounds == {}
    assert facts_of(everything, measures["hilfen/"]).secret == {("hilfen/", "a", "2025", "alter:u6")}
    assert facts_of(everything, measures["hilfen/"]).withheld == {}


# --- sums that hold though nobody says so


def implied(
    cells: dict[Any, int | None], least: int = 1, spaces: Any = SPACES, **definition: Any
) -> list[Sum]:
    counts = {("hilfen", *((key,) if isinstance(key, str) else key)): count for key, count in cells.items()}
    (measure,) = measures_of({"hilfen": indicator(**definition)})
    return implied_sums(measure, spaces, {(key if len(key) > 2 else (*key, "2025")): count for key, count in counts.items()}, least)  # fmt: skip


def halves(space: str, whole: int | None, first: int | None, second: int | None) -> dict[Any, int | None]:
    return {(space, "2025"): whole, (space, "2025-1"): first, (space, "2025-2"): second}


def year(space: str) -> Sum:
    return Sum(("hilfen", space, "2025"), (("hilfen", space, "2025-1"), ("hilfen", space, "2025-2")))


@pytest.mark.parametrize(
    ("cells", "least", "found"),
    [
        ([("a", 5, 2, 3)], 1, "a"),
        ([("a", 6, 2, 3)], 1, ""),
        # One that is seen to hold tells of those that can't be seen, two are asked of an attacker.
        ([("a", 5, 2, 3), ("b", None, 2, 3), ("c", 5, None, 3)], 1, "abc"),
        ([("a", 5, 2, 3), ("b", None, 2, 3)], 2, ""),
        ([("a", 5, 2, 3), ("b", 9, 4, 5), ("c", 1, None, 1)], 2, "abc"),
        # More than half of them must; one that doesn't is none.
        ([("a", 5, 2, 3), ("b", 9, 4, 5), ("c", 9, 4, 4)], 2, "ab"),
        ([("a", 5, 2, 3), ("b", 9, 4, 4)], 1, ""),
        # Nothing and nothing is nothing everywhere: that tells of no other, but holds.
        ([("a", 0, 0, 0), ("b", None, 2, 3)], 1, ""),
        ([("a", 0, 0, 0), ("b", 5, 2, 3)], 1, "ab"),
        ([("a", 0, 0, 0), ("b", 5, 2, 3)], 2, ""),
        ([("a", 4, 0, 0), ("b", 5, 2, 3)], 1, ""),
        ([("a", None, 2, 3)], 1, ""),
    ],
)
def test_a_year_is_its_halves_where_most_of_them_are(
    cells: list[tuple[Any, ...]], least: int, found: str
) -> None:
    counts: dict[Any, int | None] = {}
    for one in cells:
        counts |= halves(*one)
    assert implied(counts, least) == [year(space) for space in found]


def test_areas_that_are_said_not_to_add_up_and_do() -> None:
    spaces = {"t": LatticeArea("eins", 0, ("a", "b")), "a": LatticeArea("eins", 1, ()), "b": LatticeArea("eins", 1, ())}  # fmt: skip
    cells = {"t": 9, "a": 4, "b": 5, ("t", "2024"): None, ("a", "2024"): 1, ("b", "2024"): 1}
    sums = [Sum(("hilfen", "t", period), (("hilfen", "a", period), ("hilfen", "b", period))) for period in ("2024", "2025")]  # fmt: skip
    assert implied(cells, spaces=spaces, adds_up=False) == sums
    assert implied(cells, spaces=spaces) == []
    assert implied({**cells, "t": 8}, spaces=spaces, adds_up=False) == []


def test_another_division_of_the_town() -> None:
    spaces = {"t": LatticeArea("eins", 0, ("a",)), "a": LatticeArea("eins", 1, ()), "s": LatticeArea("zwei", 0, ()), "u": LatticeArea("zwei", 0, ())}  # fmt: skip
    cells = {"t": 9, "s": 4, "u": 5}
    assert implied(cells, spaces=spaces) == [Sum(("hilfen", "t", "2025"), (("hilfen", "s", "2025"), ("hilfen", "u", "2025")))]  # fmt: skip
    # One part alone is not the town.
    assert implied({"t": 9, "s": 4}, spaces=spaces) == []


def test_rows_of_neighbours() -> None:
    item = indicator(**ages("a", "b", "c")).breakdowns[0]
    assert runs(item) == [("a",), ("a", "b"), ("b",), ("b", "c"), ("c",)]
    assert runs(indicator(**ages("a")).breakdowns[0]) == []


# --- needs


def need(name: str, topic: str, named: Sequence[Any], *spaces: str, lower: int | None = None, everybody: bool = False) -> Any:  # fmt: skip
    span = None if lower is None and not everybody else Ages("x", 12 * (lower or 0), None)
    if everybody:
        span = cast(Any, SimpleNamespace(everybody=True, lower=0))
    return SimpleNamespace(name=name, topics=(topic, "zweites"), ages=span, spaces=spaces, named=named)


def naming(half: tuple[int, int], times: int = 1, source: str = "families", space: str | None = None) -> Any:
    return SimpleNamespace(half_year=HalfYear(*half), times=times, source=source, space=space)


class Source:
    """Where a need stands."""

    def __init__(self, key: str) -> None:
        self.id = key

    def position(self, *path: object) -> Position:
        return Position(f"{self.id}.yml/{'/'.join(map(str, path))}")


TODAY = dt.date(2026, 11, 20)
LEVELS = [SimpleNamespace(id="stadt"), SimpleNamespace(id="quartier"), SimpleNamespace(id="block")]
PLACES = {"stadt": ("stadt", None), "nord": ("quartier", "stadt"), "sued": ("quartier", "stadt"), "b1": ("block", "nord"), "b2": ("block", "nord"), "kreis": ("anders", "kreis"), "lose": ("anders", "weg")}  # fmt: skip


def counted(needs: dict[str, Any], *breakdowns: dict[str, Any], levels: Sequence[str] = ("quartier", "stadt")) -> tuple[ValueTable, list[Any]]:  # fmt: skip
    item = indicator("bedarfe", counted_from="needs", levels=list(levels), breakdowns=list(breakdowns))
    words = SimpleNamespace(situation_of={"kita": "betreuung"}.get)
    spaces = {key: SimpleNamespace(level=level, parent=parent) for key, (level, parent) in PLACES.items()}
    config = SimpleNamespace(geographies=[SimpleNamespace(levels=LEVELS)])
    site = cast(Site, SimpleNamespace(spaces=spaces, config=config, words=words))
    inside = SimpleNamespace(of=lambda kind: [Source(key) for key in needs] if kind == "needs" else [], site=SimpleNamespace(needs=needs))  # fmt: skip
    return needs_table(cast(Reading, inside), site, item, TODAY)


def values(key: str, *names: str) -> dict[str, Any]:
    return {"id": key, "name": key.title(), "values": [{"id": name, "name": name} for name in names]}


def rows(found: ValueTable) -> list[tuple[Any, ...]]:
    assert {(row.denominator, row.status, row.note, row.line) for row in found.rows} <= {(None, Status.KNOWN, "", 1)}  # fmt: skip
    return [(row.space, row.period, *row.breakdown, int(row.numerator or 0)) for row in found.rows]


def test_each_naming_is_counted_where_it_belongs() -> None:
    needs = {
        "eins": need("Eins", "kita", [naming((2025, 1), 4), naming((2025, 1), 2), naming((2026, 2), 9)], "b1", "b2"),
        "zwei": need("Zwei", "kita", [naming((2026, 1), 3, space="sued"), naming((2026, 1), 5)], "nord", "sued"),
        "drei": need("Drei", "kita", [naming((2026, 1), 1)], "stadt"),
        "vier": need("Vier", "kita", [naming((2026, 1), 1)], "kreis"),
        "fünf": need("Fünf", "kita", [naming((2026, 1), 1, space="lose")], "nord"),
        "sechs": need("Sechs", "kita", [naming((2026, 1), 7)], "nord", "b1"),
    }  # fmt: skip
    table, found = counted(needs)
    # In both blocks is in their quarter; in two quarters or only the town is nowhere. The half-year that goes on is not told.
    assert rows(table) == [
        ("nord", "2025-1", 6), ("sued", "2025-1", 0), ("nord", "2025-2", 0), ("sued", "2025-2", 0), ("nord", "2026-1", 7), ("sued", "2026-1", 3),
    ]  # fmt: skip
    assert (table.file, table.separator, table.columns) == ("needs/ (bedarfe)", ",", ())
    assert found == [
        diagnostic("bedarf-ohne-gebiet", Position(f"{key}.yml/named/{place}"), name=name)
        for key, place, name in (("zwei", 1, "Zwei"), ("drei", 0, "Drei"), ("vier", 0, "Vier"), ("fünf", 0, "Fünf"))
    ]  # fmt: skip


def test_topics_ages_and_sources() -> None:
    half = (2026, 1)
    needs = {
        "ganztag": need("G", "ganztag", [naming(half, 1, "workers")], "nord", lower=6),
        "kita": need("K", "kita", [naming(half, 2)], "nord", everybody=True),
        "geld": need("S", "schulden", [naming(half, 4)], "nord"),
        "jung": need("J", "ganztag", [naming(half, 8)], "nord", lower=2),
    }
    topics = values("topic", "ganztag_6-13", "betreuung_all", "other")
    found = counted(needs, topics)
    assert [row for row in rows(found[0]) if row[-1]] == [("nord", "2026-1", "ganztag_6-13", 1), ("nord", "2026-1", "betreuung_all", 2), ("nord", "2026-1", "other", 12)]  # fmt: skip
    assert [row[0] for row in rows(found[0])] == ["nord", "sued"] * 3
    assert found[1] == []
    # What fits no value is told once a naming, by the breakdown in which it has none.
    some = counted(needs, values("topic", "ganztag", "betreuung"), values("age", "0-5", "6-13", "all"), values("source", "families"))  # fmt: skip
    assert [row for row in rows(some[0]) if row[-1]] == [("nord", "2026-1", "ganztag", "0-5", "families", 8), ("nord", "2026-1", "betreuung", "all", "families", 2)]  # fmt: skip
    assert len(some[0].rows) == 2 * 3 * 1 * 2
    assert some[1] == [
        diagnostic("bedarf-ohne-wert", Position("ganztag.yml/named/0"), name="G", breakdown="Source"),
        diagnostic("bedarf-ohne-wert", Position("geld.yml/named/0"), name="S", breakdown="Topic"),
    ]
    aged = counted(needs, values("age", "6-13"))
    assert [item.position.file for item in aged[1]] == [f"{key}.yml/named/0" for key in ("kita", "geld", "jung")]  # fmt: skip


def test_what_cannot_be_counted_at_all() -> None:
    place = Position("resources/indicators/bedarfe/indicator.yml")
    nobody = {"eins": need("Eins", "kita", [naming((2025, 1))], "nord")}
    unknown = diagnostic("bedarf-aufgliederung", place, value="farbe", known="topic, age, source")
    assert counted(nobody, values("farbe", "rot")) == (ValueTable("needs/ (bedarfe)", (), ","), [unknown])
    nowhere = diagnostic("bedarf-ebene", place)
    assert counted(nobody, levels=("anders",)) == (ValueTable("needs/ (bedarfe)", (), ","), [nowhere])
    assert counted(nobody, values("farbe", "rot"), levels=("anders",))[1] == [unknown, nowhere]
    # The finest level that is shown; all levels where none is named; no naming, no row.
    assert [row[0] for row in rows(counted(nobody, levels=())[0])] == []
    assert {row[0] for row in rows(counted({"eins": need("Eins", "kita", [naming((2025, 1))], "b2")}, levels=())[0])} == {"b1", "b2"}  # fmt: skip
    assert counted({})[0].rows == ()


# --- in which forms a count is looked for, and which are believed


# --- what is public, and was


def test_what_is_public_is_the_same_only_where_nothing_differs() -> None:
    def state(**more: Any) -> Published:
        values: dict[str, Any] = {
            "spaces": SPACES, "pairs": (("a", "b"),), "indicators": {"hilfen": indicator()}, "tables": {"hilfen": table(SECRET)}, "defaults": DEFAULTS,
            "earlier": {"hilfen": {TODAY: table(SECRET)}}, **more,
        }  # fmt: skip
        return Published(**values)

    other = table([("a", 1)])
    states = [
        state(),
        state(spaces={**SPACES, "a": LatticeArea("zwei", 0, ())}),
        state(pairs=()),
        state(indicators={"hilfen": indicator(title="Andere")}),
        state(indicators={"andere": indicator()}),
        state(tables={"hilfen": other}),
        state(tables={"andere": table(SECRET)}),
        state(tables={"hilfen": replace(table(SECRET), file="x.csv")}),
        state(defaults=DEFAULTS.model_copy(update={"threshold": 6})),
        state(earlier={}),
        state(earlier={"andere": {TODAY: table(SECRET)}}),
        state(earlier={"hilfen": {dt.date(2025, 1, 1): table(SECRET)}}),
        state(earlier={"hilfen": {TODAY: other}}),
        state(earlier={"hilfen": {TODAY: replace(table(SECRET), file="x.csv")}}),
    ]
    assert all(one != other for one, other in combinations(states, 2))
    assert state() == states[0]


def test_what_editions_froze_is_public_since_their_day() -> None:
    def frozen(
        space: str, count: int | None, below: int | None = None, breakdown: tuple[str, ...] = ()
    ) -> Any:
        status = Status.SECRET if count is None else Status.KNOWN
        return SimpleNamespace(space=space, period="2025", breakdown=breakdown, numerator=count, denominator=below, status=status)  # fmt: skip

    def edition(day: dt.date, cells: Any, file: str) -> Any:
        series = {key: SimpleNamespace(cells=dict(enumerate(some))) for key, some in cells.items()}
        return SimpleNamespace(frozen=SimpleNamespace(series=series), head=SimpleNamespace(date=day), file=file)  # fmt: skip

    day, later = dt.date(2025, 3, 1), dt.date(2025, 4, 1)
    before = table([("x", 9)])
    folders = {"hilfen": SimpleNamespace(indicator=indicator(), earlier={day: before}), "leer": SimpleNamespace(indicator=indicator("leer"), earlier={})}  # fmt: skip
    editions = [
        edition(
            day, {"hilfen": [frozen("a", 3, 40), frozen("b", None), frozen("c", 5, None, ("u6",))]}, "eins.md"
        ),
        edition(later, {"fremd": [frozen("a", 3)], "hilfen": [frozen("a", 4)], "leer": []}, "zwei.md"),
        SimpleNamespace(frozen=None),
    ]
    found = earlier_tables(cast(Any, folders), editions)

    def row(space: str, count: int | None, below: int | None = None) -> ValueRow:
        number, divisor = (None if one is None else Decimal(one) for one in (count, below))
        return ValueRow(space, "2025", (), number, divisor, Status.SECRET if count is None else Status.KNOWN, "", 0)  # fmt: skip

    assert found == {
        # Added to what was released on that day; a cell of another breakdown than today's is none of it.
        "hilfen": {day: ValueTable("eins.md", (row("a", 3, 40), row("b", None), *before.rows), ","), later: ValueTable("zwei.md", (row("a", 4),), ",")},
        "leer": {later: ValueTable("zwei.md", (), ",")},
    }  # fmt: skip
    assert folders["hilfen"].earlier == {day: before}
