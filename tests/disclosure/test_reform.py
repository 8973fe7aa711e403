"""After a reform the old and the new division are one relation: what one withholds the other never gives away."""

import datetime as dt
from decimal import Decimal

import pytest

from generator.disclosure.gates.table_audit import audit
from generator.disclosure.measures.lattice import (
    LatticeArea,
    divided_anew,
    parts,
    parts_text,
    successions,
    wholes,
)
from generator.disclosure.measures.published import Disclosure, Published
from generator.model.cells import Status
from generator.model.config import Thresholds
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.worlds import indicator

RULE = Thresholds(threshold=10, minimum_denominator=0, minimum_population=0, own_cases=1)
LAST = dt.date(2025, 12, 31)


def merged(*, declared: bool = True) -> dict[str, LatticeArea]:
    """A town of a, b and d, of which a and b became c."""
    over = {"until": LAST, "successors": ("c",)} if declared else {}
    return {
        "stadt": LatticeArea("wohnen", 0, ("a", "b", "c", "d")),
        "a": LatticeArea("wohnen", 1, (), **over),
        "b": LatticeArea("wohnen", 1, (), **over),
        "c": LatticeArea("wohnen", 1, (), after=LAST if declared else None),
        "d": LatticeArea("wohnen", 1, ()),
    }


def split() -> dict[str, LatticeArea]:
    """A town of c and d, of which c became a and b."""
    return {
        "stadt": LatticeArea("wohnen", 0, ("a", "b", "c", "d")),
        "c": LatticeArea("wohnen", 1, (), LAST, ("a", "b")),
        **{key: LatticeArea("wohnen", 1, (), after=LAST) for key in "ab"},
        "d": LatticeArea("wohnen", 1, ()),
    }


def areas_of(found: list[Disclosure]) -> set[str]:
    return {leak.cell[0] for leak in found if leak.cell is not None}


def leaks(spaces: dict[str, LatticeArea], **counts: int | None) -> list[Disclosure]:
    """Attack one year's table of some areas; None withholds."""
    rows = [
        ValueRow(
            key, "2025", (), None if count is None else Decimal(count), None,
            Status.SECRET if count is None else Status.KNOWN, "", 2,
        )
        for key, count in counts.items()
    ]  # fmt: skip
    table = ValueTable("a", tuple(rows), ",")
    return audit(Published(spaces, (), {"hilfen": indicator()}, {"hilfen": table}, RULE))


@pytest.mark.parametrize("spaces", [merged(), split()], ids=["merged", "split"])
def test_a_merged_sum_beside_old_cells_is_attacked(spaces: dict[str, LatticeArea]) -> None:
    """Of ten at least, twelve at most, ten at least are left one or two."""
    assert areas_of(leaks(spaces, c=10, a=10, b=None)) == {"b"}


def test_without_the_declaration_nothing_is_attacked() -> None:
    assert leaks(merged(declared=False), c=10, a=10, b=None) == []


def test_the_town_is_attacked_in_the_division_of_each_year() -> None:
    assert areas_of(leaks(merged(), stadt=20, a=10, b=None, d=10)) == {"b"}
    assert areas_of(leaks(merged(), stadt=10, c=10, d=None)) == {"d"}


def test_each_division_is_a_whole_of_its_own() -> None:
    assert parts(merged(), "stadt") == ("c", "d")
    assert wholes(merged()) == [("stadt", ("c", "d")), ("stadt", ("a", "b", "d"))]
    assert successions(merged()) == [("c", ("a", "b"))]
    assert successions(split()) == [("c", ("a", "b"))]
    several = {**merged(), "a": LatticeArea("wohnen", 1, (), LAST, ("c", "d"))}
    assert successions(several) == [("a×b", ("a", "b")), ("a×b", ("c", "d"))]


def test_a_declared_reform_is_no_undeclared_recut() -> None:
    assert parts_text(merged()) == "stadt: c d"
    assert divided_anew(merged(), "stadt: a b d") == set()
    assert divided_anew(merged(), "stadt: a c d") == {"stadt"}
