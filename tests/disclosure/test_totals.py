"""Raw rows are added up: over contributors, pieces, breakdowns and areas, and not where something is missing."""

from decimal import Decimal
from typing import Any

from generator.disclosure.gates.shared_measures import check_shared
from generator.disclosure.measures.lattice import CROSS, LatticeArea
from generator.disclosure.protect.raw_tables import SummedCount, add_up
from generator.model.cells import Status
from generator.model.indicator import Indicator
from generator.read.value_tables import ValueTable, read_values
from tests.disclosure.worlds import indicator

SPACES = {
    "stadt": LatticeArea("wohnen", 0, ("nord", "sued")),
    "nord": LatticeArea("wohnen", 1, ("a", "b")),
    "sued": LatticeArea("wohnen", 1, ("c",)),
    **{key: LatticeArea("wohnen", 2, ()) for key in "abc"},
    "schule": LatticeArea("schule", 0, ()),
    "heim": LatticeArea("schule", 0, ()),
}
KINDS = {"id": "art", "name": "Art", "values": [{"id": "x", "name": "X"}, {"id": "y", "name": "Y"}]}


def table(text: str, *breakdowns: str) -> ValueTable:
    found, problems = read_values(text.encode(), "raw.csv", breakdowns, ("schule", "contributor"))
    assert problems == []
    assert found is not None
    return found


def added(text: str, *breakdowns: str, **more: Any) -> dict[tuple[str, ...], SummedCount]:
    """Return the counts of 2025 by area and breakdown."""
    item = indicator(**more)
    totals = add_up(item, SPACES, table(text, *breakdowns), ("wohnen", "schule"))
    assert {period for _, period, _ in totals} == {"2025"}
    return {(space, *values): total for (space, _, values), total in totals.items()}


def counts(totals: dict[tuple[str, ...], SummedCount]) -> dict[str, tuple[int | None, int | None]]:
    return {
        " ".join(filter(None, key)): (
            None if one.numerator is None else int(one.numerator),
            None if one.denominator is None else int(one.denominator),
        )
        for key, one in totals.items()
    }


HEAD = "space,period,numerator,denominator,status,note\n"


def test_areas_are_the_sums_of_their_parts() -> None:
    text = HEAD + "a,2025,3,10,r,neu\nb,2025,4,20,,\nc,2025,5,30,r,neu\n"
    found = added(text, denominator="Kinder")
    assert counts(found) == {
        "a": (3, 10),
        "b": (4, 20),
        "c": (5, 30),
        "nord": (7, 30),
        "sued": (5, 30),
        "stadt": (12, 60),
    }
    # What is made of one alone is as that is; of several, nothing is said.
    assert (found["a",].status, found["a",].note) == (Status.REVISED, "neu")
    assert (found["sued",].status, found["sued",].note) == (Status.REVISED, "neu")
    assert (found["stadt",].status, found["stadt",].note) == (Status.KNOWN, "")
    # What is given is not added up.
    assert counts(added(text + "stadt,2025,13,61,,\n", denominator="Kinder"))["stadt"] == (13, 61)
    assert set(added(text, denominator="Kinder", adds_up="no")) == {("a",), ("b",), ("c",)}


def test_a_sum_has_no_value_where_a_part_has_none() -> None:
    found = added(HEAD + "a,2025,…,10,,kommt\nb,2025,4,20,,\nc,2025,5,,,\n", denominator="Kinder")
    assert counts(found) == {"a": (None, 10), "b": (4, 20), "c": (5, None), "nord": (None, 30), "sued": (5, None), "stadt": (None, None)}  # fmt: skip
    assert {(one.status, one.note) for key, one in found.items() if one.numerator is None} == {
        (Status.LATER, "kommt")
    }


def test_what_makes_no_sense_of_a_part_says_nothing_of_its_whole() -> None:
    found = added(HEAD + "a,2025,x,,,\nb,2025,4,,,\nc,2025,x,,,\n")
    assert {key[0]: one.status.value for key, one in found.items()} == {
        "a": "x",
        "b": "",
        "c": "x",
        "sued": "x",
    }
    # A part that is not there at all leaves no sum.
    assert set(added(HEAD + "a,2025,1,1,,\nc,2025,1,1,,\n")) == {("a",), ("c",), ("sued",)}


def test_who_contributes_adds_up_by_name() -> None:
    text = (
        "space,period,numerator,contributor\n"
        + "a,2025,3,Träger\na,2025,4,Verein\na,2025,5,Träger\nb,2025,1,Verein\nc,2025,2,Amt\n"
    )
    found = added(text)
    assert found["a",].contributions == (("Träger", Decimal(8)), ("Verein", Decimal(4)))
    assert found["stadt",].contributions == (
        ("Amt", Decimal(2)),
        ("Träger", Decimal(8)),
        ("Verein", Decimal(5)),
    )
    assert found["stadt",].numerator == 15


def test_pieces_are_added_to_both_sides() -> None:
    text = "space,period,schule,numerator,denominator\na,2025,schule,1,10\na,2025,heim,2,20\nb,2025,schule,4,40\nc,2025,,8,80\n"
    found = counts(added(text, denominator="Kinder"))
    assert found == {
        f"a{CROSS}schule": (1, 10),
        f"a{CROSS}heim": (2, 20),
        f"b{CROSS}schule": (4, 40),
        "a": (3, 30),
        "b": (4, 40),
        "c": (8, 80),
        "schule": (5, 50),
        "heim": (2, 20),
        "nord": (7, 70),
        "sued": (8, 80),
        "stadt": (15, 150),
    }


def test_breakdowns_are_added_up_with_or_without_their_denominators() -> None:
    text = "space,period,art,numerator,denominator\na,2025,x,1,10\na,2025,y,2,10\nb,2025,x,4,20\n"
    for same, below in ((True, 10), (False, 20)):
        found = counts(added(text, "art", denominator="Kinder", breakdowns=[{**KINDS, "same_denominator": "yes" if same else "no"}]))  # fmt: skip
        assert found == {"a x": (1, 10), "a y": (2, 10), "b x": (4, 20), "a": (3, below), "nord x": (5, 30)}


def shared(first: str, second: str, **more: Any) -> list[tuple[str, str, int, str]]:
    """Return what is told of two tables of the same counts."""
    one: Indicator = indicator("erste", title="Erste", **more)
    two: Indicator = indicator("zweite", title="Zweite", numerator_from="erste", **more)
    tables = {"erste": table(first), "zweite": table(second)}
    found = check_shared({"erste": one, "zweite": two}, tables)
    return [(item.code, item.position.file, item.position.line, item.message) for item in found]


def test_two_tables_of_one_count_agree_in_every_row() -> None:
    text = HEAD + "a,2025,.,10,,\nb,2025,4,20,,\nc,2025,5,30,,\n"
    assert shared(text, text) == []
    ((code, _, line, message),) = shared(text, text.replace("c,2025,5", "c,2025,6"))
    assert (code, line) == ("zaehler-verschieden", 4)
    assert "Erste" in message
