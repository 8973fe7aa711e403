"""Both sides of every bound from which on a count can't be right: beside other areas, their shares, other periods."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.disclosure.gates.plausible import check_plausible
from generator.disclosure.lattice import LatticeArea
from generator.model.cells import Status
from generator.model.site import Site
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.worlds import indicator

SPACES = {
    "stadt": LatticeArea("eins", 0, tuple("abcde")),
    **{key: LatticeArea("eins", 1, ()) for key in "abcde"},
    "x": LatticeArea("zwei", 1, ()),
}
SITE = cast(Site, SimpleNamespace(spaces={key: SimpleNamespace(name=key.upper()) for key in SPACES}))
Count = int | float | None


def table(*rows: tuple[str, str, Count] | tuple[str, str, Count, Count]) -> ValueTable:
    def decimal(value: Count) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    return ValueTable(
        "values.csv",
        tuple(ValueRow(row[0], row[1], (), decimal(row[2]), decimal(row[3]) if len(row) > 3 else None, Status.KNOWN, "", line) for line, row in enumerate(rows, 2)),
        ",",
        columns=("space", "period", "numerator", "denominator"),
    )  # fmt: skip


def told(
    values: ValueTable, earlier: ValueTable | None = None, **definition: Any
) -> list[tuple[int, int, str]]:
    found = list(check_plausible(SITE, SPACES, indicator(**definition), values, earlier))
    assert {item.code for item in found} <= {"wert-unplausibel"}
    return [
        (item.position.line, item.position.column, item.message.partition("passt nicht: ")[2])
        for item in found
    ]


def year(*counts: Count, period: str = "2025", below: tuple[Count, ...] = ()) -> list[Any]:
    rows = [(key, period, count) for key, count in zip("abcde", counts, strict=False)]
    return [(*row, total) for row, total in zip(rows, below, strict=True)] if below else rows


AREAS = "in den anderen Gebieten sind es {}"


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        # A hundred times the largest of three others, or a hundredth of the smallest.
        ((4000, 40, 39, 38), [(2, 3, AREAS.format("38 bis 40"))]),
        ((3999, 40, 39, 38), []),
        ((4000, 40, 39), []),
        ((40, 4000, 4100, 4200), [(2, 3, AREAS.format("4000 bis 4200"))]),
        ((41, 4000, 4100, 4200), []),
        # Where the others are nothing, thirty are too many.
        ((100, 0, 0, 0), [(2, 3, AREAS.format("0 bis 0"))]),
        ((99, 0, 0, 0), []),
        ((0, 30, 30, 30), [(2, 3, AREAS.format("30 bis 30"))]),
        ((0, 29, 30, 30), []),
        ((None, 4000, 4100, 4200, 40), [(6, 3, AREAS.format("4000 bis 4200"))]),
    ],
)
def test_beside_other_areas(counts: tuple[Count, ...], found: list[tuple[int, int, str]]) -> None:
    assert told(table(*year(*counts))) == found


def test_other_areas_are_those_of_the_same_level_period_and_geography() -> None:
    assert told(table(("stadt", "2025", 4000), *year(40, 39, 38))) == []
    assert told(table(("x", "2025", 4000), *year(40, 39, 38))) == []
    assert told(table(("a", "2025", 4000), *year(None, 40, 39, 38, period="2024"))) == []
    # Who is no area of the town is told elsewhere.
    assert told(table(("gone", "2025", 4000), *year(40, 39, 38))) == []


SHARES = "bei {} im Nenner wären es nach den anderen Gebieten {}"


@pytest.mark.parametrize(
    ("own", "found"),
    [
        # Others have 10 to 20 of 100, so of 1000 it is 100 to 200, mostly 150: twice the most and five times what is usual.
        ((750, 1000), [(2, 3, SHARES.format("1000", "100 bis 200"))]),
        ((749, 1000), []),
        ((30, 1000), [(2, 3, SHARES.format("1000", "100 bis 200"))]),
        ((31, 1000), []),
        ((750, None), []),
    ],
)
def test_beside_the_shares_of_other_areas(
    own: tuple[Count, Count], found: list[tuple[int, int, str]]
) -> None:
    others = ((10, 100), (15, 100), (20, 100))
    counts, below = zip(own, *others, strict=True)
    assert told(table(*year(*counts, below=below)), denominator="Kinder") == found
    assert told(table(*year(*counts[:3], below=below[:3])), denominator="Kinder") == []


def test_far_from_the_usual_and_near_to_one_that_is_odd_itself() -> None:
    # Ten times what is usual, but not twice the largest of the others.
    assert told(table(*year(1500, 10, 15, 76, below=(1000, 100, 100, 100))), denominator="Kinder") == []
    assert told(table(*year(1500, 10, 15, 75, below=(1000, 100, 100, 100))), denominator="Kinder") == [(2, 3, SHARES.format("1000", "100 bis 750"))]  # fmt: skip


YEARS = "in {} sind es {}"


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({"2024": 30, "2025": 300}, [(3, 3, YEARS.format("2024", "30"))]),
        ({"2024": 30, "2025": 299}, []),
        ({"2023": 30, "2024": 31, "2025": 300}, []),
        ({"2023": 30, "2024": 30, "2025": 300}, [(4, 3, YEARS.format("den anderen Zeiträumen", "30"))]),
        ({"2023": 30, "2024": 300, "2025": 30}, [(3, 3, YEARS.format("den anderen Zeiträumen", "30"))]),
        ({"2024": 1, "2025": None}, []),
        # Of two years the later is the wrong one where nothing else says which.
        ({"2024": 300, "2025": 30}, [(3, 3, YEARS.format("2024", "300"))]),
    ],
)
def test_beside_other_periods(counts: dict[str, Count], found: list[tuple[int, int, str]]) -> None:
    assert told(table(*(("a", period, count) for period, count in counts.items()))) == found


def test_what_is_committed_is_only_compared_with() -> None:
    now, before = table(("a", "2025", 300)), table(("a", "2024", 30), ("gone", "2024", 1))
    assert told(now, before) == [(2, 3, YEARS.format("2024", "30"))]
    assert told(now, table(("a", "2025", 30))) == []


def test_what_breaks_a_series_and_what_was_confirmed_is_not_told() -> None:
    steps = table(("a", "2023", 30), ("a", "2024", 30), ("a", "2025", 300), ("a", "2026", 310))
    # Where half of them are tenfold, nobody knows which are wrong.
    assert [line for line, *_ in told(steps)] == [2, 3, 4, 5]
    both = table(("a", "2024", 30), ("a", "2025", 300))
    for period, found in (("2025", []), ("2024", [3]), ("2026", [3])):
        definition = {"breaks": [{"period": period, "note": "Neu gezählt"}]}
        assert [line for line, *_ in told(both, **definition)] == found
    for place, found in (({"space": "a", "period": "2025"}, []), ({"space": "a"}, []), ({"space": "a", "period": "2024"}, [3]), ({"space": "b"}, [3])):  # fmt: skip
        definition = {"plausible": [{**place, "reason": "mit dem Amt geprüft"}]}
        assert [line for line, *_ in told(both, **definition)] == found


def test_a_row_is_told_once_at_its_denominator_where_only_that_is_odd() -> None:
    rows = [("a", "2024", 30, 300), ("a", "2025", 31, 3100), ("b", "2024", 30, 300), ("b", "2025", 310, 3100)]
    assert [(line, column) for line, column, _ in told(table(*rows), denominator="Kinder")] == [
        (3, 4),
        (5, 3),
    ]


def test_a_denominator_without_a_count_is_asked_too() -> None:
    rows = table(("a", "2024", None, 300), ("a", "2025", None, 3100), ("b", "2025", None, None))
    assert told(rows, denominator="Kinder") == [(3, 4, YEARS.format("2024", "300"))]
    # Where nothing is divided, what stands there says nothing.
    assert told(rows) == []
