"""Which areas make up which, which sums follow, and which sums numbers merely obey: written down in full for small towns."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest
from shapely.geometry import box

from generator.disclosure.counted_measures import Measure, sums_by
from generator.disclosure.engine.linear_system import Key, Sum
from generator.disclosure.gates.other_ways_out import check_recut
from generator.disclosure.implied_sums import implied_sums
from generator.disclosure.lattice import (
    CROSS,
    LatticeArea,
    areas,
    cell_sums,
    crossings,
    finest,
    forms_trees,
    parts,
    parts_text,
    piece,
    space_sums,
    unions,
)
from generator.model.cells import Status
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.worlds import indicator

TOWN = {
    "stadt": LatticeArea("eins", 0, ("nord", "q", "s", "sued")),
    "nord": LatticeArea("eins", 1, ("n1", "n2")),
    "sued": LatticeArea("eins", 1, ()),
    "n1": LatticeArea("eins", 2, ()),
    "n2": LatticeArea("eins", 2, ()),
    # One that hangs a level too high, and the school district of another geography.
    "q": LatticeArea("eins", 2, ()),
    "s": LatticeArea("zwei", 0, ("t",)),
    "t": LatticeArea("zwei", 1, ()),
}


def test_parts_are_those_of_the_next_level_of_the_same_geography() -> None:
    assert {key: parts(TOWN, key) for key in TOWN} == {
        "stadt": ("nord", "sued"), "nord": ("n1", "n2"), "sued": (), "n1": (), "n2": (), "q": (), "s": ("t",), "t": (),
    }  # fmt: skip
    assert finest(TOWN, "eins") == ["n1", "n2", "q", "sued"]
    assert finest(TOWN, "zwei") == ["t"]
    assert finest(TOWN, "drei") == []


def test_areas_are_sums_of_their_parts_and_of_the_pieces_in_which_they_meet_others() -> None:
    assert space_sums(TOWN) == [("nord", ("n1", "n2")), ("s", ("t",)), ("stadt", ("nord", "sued"))]
    assert space_sums(TOWN, [("n2", "t"), ("n1", "t"), ("n1", "s")])[3:] == [
        ("n1", ("n1×s", "n1×t")),
        ("n2", ("n2×t",)),
        ("s", ("n1×s",)),
        ("t", ("n1×t", "n2×t")),
    ]
    assert piece("a", "b") == "a×b"


AGE = {
    "id": "alter",
    "name": "Alter",
    "values": [{"id": "u6", "name": "unter 6"}, {"id": "ab6", "name": "ab 6"}],
}
KIND = {
    "id": "art",
    "name": "Art",
    "values": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}, {"id": "c", "name": "C"}],
}


def test_cells_are_sums_of_areas_and_of_what_they_are_divided_into() -> None:
    (age,) = indicator(breakdowns=[AGE]).breakdowns
    found = cell_sums("m", [("nord", ("n1", "n2"))], ["sued"], "2025", [age])
    areas = [
        Sum(("m", "nord", "2025", *value), (("m", "n1", "2025", *value), ("m", "n2", "2025", *value)))
        for value in ((), ("alter:ab6",), ("alter:u6",))
    ]
    ages = [
        Sum(("m", space, "2025"), (("m", space, "2025", "alter:u6"), ("m", space, "2025", "alter:ab6")))
        for space in ("n1", "n2", "nord", "sued")
    ]
    assert sorted(found, key=repr) == sorted([*areas, *ages], key=repr)
    both = indicator(breakdowns=[AGE, KIND]).breakdowns
    found = cell_sums("m", [], ["x"], "2025", both)
    # The whole by each, each value of one by the other.
    assert len(found) == 2 + 2 + 3
    assert (
        Sum(
            ("m", "x", "2025", "alter:u6"),
            tuple(("m", "x", "2025", "alter:u6", f"art:{kind}") for kind in "abc"),
        )
        in found
    )


def site(*spaces: tuple[str, str, str | None]) -> Site:
    """A site of spaces: id, level, parent; two geographies of two levels each."""
    geographies = [
        SimpleNamespace(id="eins", levels=("a", "b")),
        SimpleNamespace(id="zwei", levels=("c", "d")),
    ]
    known = {level: (one, depth) for one in geographies for depth, level in enumerate(one.levels)}
    config = SimpleNamespace(geographies=geographies, level_of=known.get)
    return cast(Site, SimpleNamespace(config=config, spaces={key: SimpleNamespace(level=level, parent=parent) for key, level, parent in spaces}))  # fmt: skip


@pytest.mark.parametrize(
    ("spaces", "trees"),
    [
        ((), True),
        ((("s", "a", None),), True),
        ((("s", "a", None), ("q", "b", "s")), True),
        ((("s", "a", None), ("z", "a", None)), False),
        ((("s", "a", None), ("z", "c", None), ("y", "c", None)), True),
        ((("s", "a", None), ("q", "b", None)), False),
        ((("s", "a", None), ("q", "x", "s")), False),
        ((("s", "x", None),), False),
        ((("s", "a", None), ("q", "b", "gone")), False),
        ((("s", "a", None), ("q", "a", "s")), False),
        ((("s", "a", None), ("q", "b", "s"), ("r", "b", "q")), False),
        ((("s", "a", None), ("z", "c", "s")), True),
        ((("s", "a", None), ("q", "b", "s"), ("z", "c", "q")), False),
        ((("s", "a", None), ("z", "d", "s")), False),
        ((("s", "a", None), ("z", "c", "s"), ("y", "d", "z")), True),
        ((("s", "c", "z"), ("z", "a", "s")), False),
    ],
)
def test_what_hangs_together_as_trees(spaces: tuple[tuple[str, str, str | None], ...], trees: bool) -> None:
    assert forms_trees(site(*spaces)) is trees


def test_areas_know_their_level_and_what_hangs_below_them() -> None:
    assert areas(site(("s", "a", None), ("r", "b", "s"), ("q", "b", "s"), ("x", "unknown", "s"))) == {
        "s": LatticeArea("eins", 0, ("q", "r", "x")),
        "r": LatticeArea("eins", 1, ()),
        "q": LatticeArea("eins", 1, ()),
        "x": LatticeArea("", 0, ()),
    }


def implied(counts: dict[str, int | None], least: int = 1, measure: Measure | None = None, spaces: dict[str, LatticeArea] | None = None) -> list[str]:  # fmt: skip
    """„west 2025=west 2025-1+west 2025-2“: cells are written area, period and values."""
    known: dict[Key, int | None] = {("m", *cell.split(" ")): count for cell, count in counts.items()}
    found = implied_sums(measure or Measure("m", [indicator("m")]), spaces or {"west": LatticeArea("eins", 0, ())}, known, least)  # fmt: skip
    return sorted(
        " ".join(item.total[1:]) + "=" + "+".join(" ".join(part[1:]) for part in item.parts) for item in found
    )


YEAR = "west 2025=west 2025-1+west 2025-2"


def test_a_year_is_its_halves_where_the_numbers_say_so() -> None:
    assert implied({"west 2025": 9, "west 2025-1": 4, "west 2025-2": 5}) == [YEAR]
    assert implied({"west 2025": 8, "west 2025-1": 4, "west 2025-2": 5}) == []
    assert implied({"west 2025": 9, "west 2025-1": 4}) == []
    # Not known, it is taken to hold like the others of its kind; alone it says nothing.
    more = {"west 2024": 7, "west 2024-1": 3, "west 2024-2": 4}
    other = YEAR.replace("2025", "2024")
    assert implied({"west 2025": 9, "west 2025-1": None, "west 2025-2": 5}) == []
    assert implied({**more, "west 2025": 9, "west 2025-1": None, "west 2025-2": 5}) == [other, YEAR]
    assert implied({**more, "west 2025": None, "west 2025-1": 1, "west 2025-2": 5}) == [other, YEAR]
    # One in two is chance, two in three are not, and the third doesn't hold.
    third = {"west 2023": 5, "west 2023-1": 2, "west 2023-2": 3}
    wrong = {"west 2025": 8, "west 2025-1": 4, "west 2025-2": 5}
    assert implied({**more, **wrong}) == []
    assert implied({**more, **third, **wrong}) == [YEAR.replace("2025", "2023"), other]
    # Nothing and nothing is nothing everywhere.
    assert implied({"west 2025": 0, "west 2025-1": 0, "west 2025-2": 0}) == []
    assert implied({**more, "west 2025": 0, "west 2025-1": 0, "west 2025-2": 0}) == [other, YEAR]
    # So many must be seen.
    assert implied(more, least=2) == []
    assert implied({**more, **third}, least=2) == [YEAR.replace("2025", "2023"), other]


DIVISIONS = {
    "s": LatticeArea("eins", 0, ()),
    "x": LatticeArea("zwei", 0, ()),
    "y": LatticeArea("zwei", 0, ()),
}


def test_the_areas_of_another_division_make_up_the_town() -> None:
    assert implied({"s 2025": 9, "x 2025": 4, "y 2025": 5}, spaces=DIVISIONS) == ["s 2025=x 2025+y 2025"]
    assert implied({"s 2025": 9, "x 2025": 4, "y 2025": 6}, spaces=DIVISIONS) == []
    # That one of two areas is as large as both of the other division is chance.
    assert (
        implied(
            {"s 2025": 9, "r 2025": 3, "x 2025": 4, "y 2025": 5}, spaces={**DIVISIONS, "r": DIVISIONS["s"]}
        )
        == []
    )


def test_which_areas_are_made_up_of_whole_ones_of_another_division() -> None:
    """v is n1, t has n2 and some of q, of which the rest lies in u; w and x are parts of sued."""
    spaces = {**TOWN, **{key: LatticeArea("zwei", 1, ()) for key in "uvwx"}}
    pairs = [("n1", "v"), ("n2", "t"), ("q", "t"), ("q", "u"), ("sued", "w"), ("sued", "x")]
    assert unions(spaces, pairs) == [("n1", ("v",)), ("sued", ("w", "x")), ("v", ("n1",))]
    assert unions(spaces, []) == []


@pytest.mark.parametrize(("shared", "meet"), [(0.0, False), (0.05, False), (0.2, True), (40.0, True)])
def test_areas_of_two_divisions_meet_where_they_share_more_than_a_sliver(shared: float, meet: bool) -> None:
    """Both are 100 wide and 10 high; borders drawn by different hands overlap by a little."""
    town = site(("q", "a", None), ("s", "c", None))
    town.config.geographies[1].id = "zwei"
    shapes = {"q": box(0, 0, 100, 10), "s": box(100 - shared, 0, 200 - shared, 10)}
    shown = cast(Site, SimpleNamespace(config=town.config, shapes=shapes, spaces={key: SimpleNamespace(level=one.level, parent=None, also_in=()) for key, one in town.spaces.items()}))  # fmt: skip
    assert crossings(shown, areas(town)) == ([("q", "s")] if meet else [])


OLD = {
    "stadt": LatticeArea("eins", 0, ("nord", "sued")),
    "nord": LatticeArea("eins", 1, ("n1", "n2")),
    "sued": LatticeArea("eins", 1, ("s1", "s2")),
    **{key: LatticeArea("eins", 2, ()) for key in ("n1", "n2", "s1", "s2")},
}
MOVED = {
    **OLD,
    "nord": LatticeArea("eins", 1, ("n1", "n2", "s1")),
    "sued": LatticeArea("eins", 1, ("s2",)),
}
SPLIT = {
    **{key: one for key, one in OLD.items() if key != "s2"},
    "sued": LatticeArea("eins", 1, ("s1", "s2a", "s2b")),
    **{key: LatticeArea("eins", 2, ()) for key in ("s2a", "s2b")},
}
GREW = {**OLD, "sued": LatticeArea("eins", 1, ("s1", "s2", "s3")), "s3": LatticeArea("eins", 2, ())}


def released_then(spaces: dict[str, LatticeArea], period: str = "2025") -> SimpleNamespace:
    """An indicator whose release told of all areas of then."""
    rows = tuple(ValueRow(key, period, (), Decimal(20), None, Status.KNOWN, "", 2) for key in spaces)
    return SimpleNamespace(
        earlier={dt.date(2026, 3, 1): ValueTable("r.csv", rows, ",", parts=parts_text(spaces))}
    )


@pytest.mark.parametrize(
    ("today", "told", "others"),
    [
        (OLD, tuple(OLD), ""),
        (MOVED, tuple(MOVED), "nord, sued"),
        (SPLIT, tuple(SPLIT), "s2, s2a, s2b, stadt, sued"),
        (GREW, tuple(GREW), "s3, stadt, sued"),
        # Nobody subtracts from a town that is the only one told of.
        (SPLIT, ("stadt",), ""),
        # What came and isn't told of takes nothing from the others; its region is another one.
        (GREW, ("nord", "sued", "s1", "s2"), "stadt, sued"),
    ],
)
def test_areas_cut_anew_are_told_for_periods_of_which_a_release_told(
    today: dict[str, LatticeArea], told: tuple[str, ...], others: str
) -> None:
    for period, expected in (("2025", others), ("2026", ""), ("2025-Q1", others)):
        rows = tuple(ValueRow(key, period, (), Decimal(20), None, Status.KNOWN, "", 2) for key in told)
        folder = cast(IndicatorFolder, released_then(OLD))
        found = [item.message for item in check_recut(today, [folder], ValueTable("t.csv", rows, ","))]
        assert len(found) == bool(expected), (period, found)
        assert all(expected in message for message in found)


def test_an_area_is_there_when_all_its_parts_are() -> None:
    """The town is there by its halves, these by their quarters, so all three are sums that nobody wrote down."""
    spaces = {
        "stadt": LatticeArea("eins", 0, ("nord", "sued")),
        "nord": LatticeArea("eins", 1, ("n",)),
        "sued": LatticeArea("eins", 1, ("s",)),
        "n": LatticeArea("eins", 2, ()),
        "s": LatticeArea("eins", 2, ()),
        "x": LatticeArea("zwei", 0, ()),
    }
    pairs = [(key, "x") for key in spaces if key != "x"]
    keys = [("hilfen", key, "2025") for key in ("n", "s", "x", f"n{CROSS}x", f"s{CROSS}x")]
    found = sums_by(Measure("hilfen", [indicator()]), (indicator(), (), ()), spaces, keys, pairs)
    assert {item.total[1] for item in found} >= {"stadt", "nord", "sued"}
