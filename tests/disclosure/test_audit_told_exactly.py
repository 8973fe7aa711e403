"""What published tables give away, each finding whole: cell, kind, interval, by what, to whom, since when; the tables are small enough to work out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from generator.disclosure.engine.attack import Attacker, Evidence, FeasibilityInterval
from generator.disclosure.engine.linear_system import Key
from generator.disclosure.lattice import CROSS, LatticeArea
from generator.disclosure.published import Disclosure, Published
from generator.disclosure.table_audit import audit
from generator.model.cells import Status
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.worlds import DEFAULTS, indicator

Count = int | str
"""A count; „.“ is withheld, „/“ was never there."""
LEAVES = ("a", "b", "c", "d")
SPACES = {"stadt": LatticeArea("eins", 0, LEAVES), **{key: LatticeArea("eins", 1, ()) for key in LEAVES}}
SCHOOLS = {
    "stadt": LatticeArea("eins", 0, ("a", "b")),
    **{key: LatticeArea("eins", 1, ()) for key in "ab"},
    **{key: LatticeArea("zwei", 0, ()) for key in ("s", "u")},
}
NOTHING = Evidence((), ())
WHOLE = "hilfen / stadt / 2025"


def key(space: str, period: str = "2025") -> Key:
    return ("hilfen", space, period)


def table(counts: dict[str, Count], period: str = "2025", below: dict[str, int] | None = None) -> ValueTable:
    rows = []
    for line, (space, count) in enumerate(counts.items(), 2):
        status = {".": Status.SECRET, "/": Status.UNRELIABLE}.get(str(count), Status.KNOWN)
        number = Decimal(count) if isinstance(count, int) else None
        divisor = None if below is None else Decimal(below[space])
        rows.append(ValueRow(space, period, (), number, divisor, status, "", line))
    return ValueTable("values.csv", tuple(rows), ",")


def counts(*row: Count) -> dict[str, Count]:
    return dict(zip(("stadt", *LEAVES), row, strict=True))


def audited(
    values: ValueTable,
    earlier: dict[dt.date, ValueTable] | None = None,
    spaces: dict[str, LatticeArea] = SPACES,
    pairs: tuple[tuple[str, str], ...] = (),
    **definition: Any,
) -> list[Disclosure]:
    item = indicator(**definition)
    everything = Published(
        spaces, pairs, {"hilfen": item}, {"hilfen": values}, DEFAULTS, {"hilfen": earlier or {}}
    )
    return audit(everything)


def found(
    space: str,
    low: float,
    high: float,
    cells: tuple[str, ...],
    *sources: str,
    **more: Any,
) -> Disclosure:
    evidence = Evidence(tuple(key(cell) for cell in cells), sources)
    interval = FeasibilityInterval(low, high)
    return Disclosure(key(space), "hilfen", (space, "2025", ()), interval, evidence, **more)


REST = ("c", "d", "stadt")
CASES: dict[str, tuple[tuple[Count, ...], dict[str, Any], list[Disclosure]]] = {
    "nothing withheld": ((20, 3, 10, 4, 3), {}, []),
    "one withheld alone": ((20, ".", 10, 4, 3), {}, [found("a", 3, 3, ("b", *REST), WHOLE)]),
    "one that is large": ((40, ".", 10, 4, 3), {}, [found("a", 23, 23, ("b", *REST), WHOLE)]),
    "two of three together": ((10, ".", ".", 4, 3), {}, [found("a", 0, 3, REST, WHOLE), found("b", 0, 3, REST, WHOLE)]),
    # 4 in two cells are 1 and 3 to whoever is the one, and each may hold all or nothing.
    "two of four together": ((11, ".", ".", 4, 3), {}, [found(one, 3, 3, REST, WHOLE, attacker=Attacker.CONTRIBUTOR, knows=key(other)) for one, other in ("ab", "ba")]),
    "two of five together": ((12, ".", ".", 4, 3), {}, []),
    "three of four together": ((7, ".", ".", ".", 3), {}, []),
    "two of two, threshold three": ((9, ".", ".", 4, 3), {"disclosure": {"threshold": "3"}}, [
        *(found("a", 1, 1, REST, WHOLE, attacker=who, knows=knows) for who, knows in ((Attacker.CONTRIBUTOR, key("b")), (Attacker.GUESSER, None))),
        *(found("b", 1, 1, REST, WHOLE, attacker=who, knows=knows) for who, knows in ((Attacker.CONTRIBUTOR, key("a")), (Attacker.GUESSER, None))),
    ]),
    "two cases know their own": ((12, ".", ".", 4, 3), {"disclosure": {"threshold": "6", "own_cases": "2"}}, [
        # Whoever is one of two sees that the others are 3; whoever is alone, that they are 4.
        *(found(one, 4, 4, REST, WHOLE, attacker=Attacker.CONTRIBUTOR, knows=key(other)) for one, other in ("ab", "ba")),
    ]),
    # Where nothing is secret too, it must stay possible: nobody is left out.
    "none, where none is secret": ((7, ".", 0, 4, 3), {"disclosure": {"zero_is_secret": True}}, [found("a", 0, 0, ("b", *REST), WHOLE)]),
    "none, where none is shown": ((7, ".", 0, 4, 3), {}, [found("a", 0, 0, ("b", *REST), WHOLE)]),
    "never there": ((7, "/", ".", 4, 3), {}, [found("b", 0, 0, REST, WHOLE)]),
    "open": ((20, ".", 10, 4, 3), {"disclosure": {"method": "none"}}, []),
    "said not to add up": ((20, ".", 10, 4, 3), {"adds_up": False}, []),
    # --- rounded: where a count lies is known to two, or further where the sums say so
    "rounded apart": ((10, 0, 0, 0, 0), {"disclosure": {"method": "round-5"}}, [replace(found(one, 2, 2, ()), evidence=NOTHING) for one in LEAVES]),
    "rounded in doubt": ((10, 0, 0, 0, 5), {"disclosure": {"method": "round-5"}}, []),
    "rounded nearly apart": ((15, 0, 0, 0, 5), {"disclosure": {"method": "round-5"}}, [replace(found(one, 2, 2, ()), evidence=NOTHING) for one in "abc"]),
    "rounded, large ones": ((25, 5, 5, 5, 0), {"disclosure": {"method": "round-5"}}, [replace(found("d", 2, 2, ()), evidence=NOTHING)]),
    "rounded to a neighbour": ((25, 0, 0, 0, 0), {"disclosure": {"method": "round-5"}}, []),
    # Four times up to 4 are 11 to 19 in many ways; no rounding by two makes it, and by three only one.
    "rounded by four": ((15, 0, 0, 0, 0), {"disclosure": {"method": "round-5"}}, []),
    "rounded further": ((30, 0, 0, 0, 0), {"disclosure": {"method": "round-5"}}, []),
    # Two steps of a multiple are as far as any goes: four nines are 36, and 36 can be told as 45.
    "rounded as far as it goes": ((45, 0, 0, 0, 0), {"disclosure": {"method": "round-5"}}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_a_table_gives_away(name: str) -> None:
    row, definition, expected = CASES[name]
    assert audited(table(counts(*row)), **definition) == expected


def test_tables_that_contradict_themselves_give_nothing_away_but_that() -> None:
    first = Disclosure(key("a"), "hilfen", ("a", "2025", ()), None, NOTHING, contradictions=(WHOLE,))
    assert audited(table(counts(10, ".", 10, 4, 3))) == [first]
    rounded = {"disclosure": {"method": "round-5"}}
    assert audited(table(counts(46, 0, 0, 0, 0)), **rounded) == [first]


def test_rounded_counts_that_leave_two_values() -> None:
    """Two counts of at most 2 make at least 3 together."""
    rounded = {"disclosure": {"method": "round-5"}, "spaces": SCHOOLS}
    two = [replace(found(one, 1, 2, ()), evidence=NOTHING) for one in "ab"]
    assert audited(table({"stadt": 5, "a": 0, "b": 0}), **rounded) == [
        *two,
        replace(found("stadt", 3, 4, ()), evidence=NOTHING),
    ]


def test_a_count_is_no_larger_than_what_it_is_part_of() -> None:
    below = {"stadt": 900, "a": 3, "b": 1, "c": 400, "d": 400}
    values = table(counts(10, ".", ".", 4, 3), below=below)
    # Of b there is one at most, so a is two or three; whoever guesses that there is one in b knows both.
    assert audited(values, denominator="Kinder") == [
        found("a", 2, 3, REST, WHOLE),
        replace(found("b", 1, 1, (), attacker=Attacker.GUESSER), evidence=NOTHING),
    ]
    # Cases can be more than people.
    assert audited(values, denominator="Kinder", interval="byar") == [found(one, 0, 3, REST, WHOLE) for one in "ab"]  # fmt: skip


DAY = dt.date(2025, 3, 1)
RELEASE = "Ausgabe 01.03.2025"


def test_an_earlier_release_shows_what_is_withheld_now() -> None:
    now = table(counts(40, ".", ".", ".", 9))
    assert audited(now, earlier={DAY: table({"a": 3})}) == [found("a", 3, 3, (), RELEASE, released=True)]  # fmt: skip
    # What is left of the rest is told by both together.
    assert audited(table(counts(40, ".", ".", 28, 9)), earlier={DAY: table({"a": 2})}) == [
        found("a", 2, 2, (), RELEASE, released=True),
        found("b", 1, 1, REST, RELEASE, WHOLE),
    ]
    # Another period is another cell, and what was withheld then says nothing.
    assert audited(now, earlier={DAY: table({"a": 3}, "2024")}) == []
    assert audited(now, earlier={DAY: table({"a": "."})}) == []


def test_an_earlier_count_that_does_not_fit_today_says_nothing_any_more() -> None:
    """Of a, b and c 31 are left today; there were 33 in a alone."""
    now = table(counts(40, ".", ".", ".", 9))
    assert audited(now, earlier={DAY: table({"a": 33})}) == []
    # What fits beside it is still told.
    assert audited(now, earlier={DAY: table({"a": 33, "b": 3})}) == [found("b", 3, 3, (), RELEASE, released=True)]  # fmt: skip
    # What it was then stays out, whatever was corrected beside it.
    assert len(audited(now, earlier={DAY: table({"a": 3, "stadt": 41})})) == 1


def test_who_needs_an_earlier_release_to_know_it_is_told_apart() -> None:
    now = table(counts(39, ".", ".", ".", 9))
    past = {"attacker": Attacker.CONTRIBUTOR, "past": True}
    assert audited(now, earlier={DAY: table({"c": 26})}) == [
        found("c", 26, 26, (), RELEASE, released=True),
        found("a", 3, 3, ("d", "stadt"), RELEASE, WHOLE, knows=key("b"), **past),
        found("b", 3, 3, ("d", "stadt"), RELEASE, WHOLE, knows=key("a"), **past),
    ]


def test_where_two_divisions_cross_only_small_counts_are_told_of() -> None:
    """a lies in s; b lies in both: what b and s share is s without a, and u without it is the rest of b."""
    pairs = (("a", "s"), ("b", "s"), ("b", "u"))
    for shared, told in ((2, True), (0, False), (5, False)):
        now = {"stadt": 30, "a": 10, "b": 20, "s": 10 + shared, "u": 20 - shared}
        rows = (*table(now).rows, *table({"stadt": "."}, "2024").rows)
        leaks = audited(ValueTable("values.csv", rows, ","), spaces=SCHOOLS, pairs=pairs)
        place = key(f"b{CROSS}s")
        expected = Disclosure(place, "hilfen", None, FeasibilityInterval(shared, shared), NOTHING)
        assert [replace(one, evidence=NOTHING) for one in leaks] == [expected] * told
        for one in leaks:
            # There are two ways to it; each names what it takes.
            assert {cell[1] for cell in one.evidence.cells} in ({"a", "s"}, {"b", "u"}, {"a", "b", "s", "u"})
            assert one.evidence.sources


def test_what_another_indicator_divides_by_is_attacked_by_its_rule() -> None:
    """A denominator that is withheld is a count like any other, of the indicator that divides by it."""
    item = indicator(denominator="Kinder")
    rows = tuple(
        ValueRow(space, "2025", (), None, below, Status.SECRET if below is None else Status.UNRELIABLE, "", line)
        for line, (space, below) in enumerate((("stadt", Decimal(20)), ("a", None), ("b", Decimal(10)), ("c", Decimal(4)), ("d", Decimal(3))), 2)
    )  # fmt: skip
    everything = Published(SPACES, (), {"hilfen": item}, {"hilfen": ValueTable("v", rows, ",")}, DEFAULTS)
    divided = [one for one in audit(everything) if one.key[0] == "hilfen/"]
    cells = tuple(("hilfen/", space, "2025") for space in ("b", "c", "d", "stadt"))
    assert divided == [
        Disclosure(("hilfen/", "a", "2025"), "hilfen", ("a", "2025", ()), FeasibilityInterval(3, 3), Evidence(cells, ("hilfen/ / stadt / 2025",)))
    ]  # fmt: skip
