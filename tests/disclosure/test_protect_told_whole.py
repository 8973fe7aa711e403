"""What protecting makes of small towns, whole: what is shown, why each count is withheld, what is left to whom, which files are written."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.diagnostics import Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.counted_measures import measures_of
from generator.disclosure.engine.attack import Attacker, FeasibilityInterval, Leak
from generator.disclosure.engine.board import BoardCell
from generator.disclosure.engine.linear_system import Key
from generator.disclosure.engine.sensitivity import Primary, Reason
from generator.disclosure.engine.suppression import CellOutcome, Role
from generator.disclosure.lattice import CROSS, LatticeArea
from generator.disclosure.protect.protected_counts import (
    ProtectedCounts,
    Withheld,
    _ask_more,
    _falls,
    protect,
    replay,
)
from generator.disclosure.protect.protecting import (
    ProtectOutcome,
    exposed,
    new_releases,
    protect_folder,
    protected_table,
    write_values,
)
from generator.disclosure.protect.raw_measure import raw_of, values_of
from generator.disclosure.protect.raw_tables import Private, SummedCount
from generator.model.cells import CellKey, Release, Status
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.worlds import DEFAULTS, indicator, write_project, write_raw

LEAVES = ("a", "b", "c", "d")
SPACES = {"stadt": LatticeArea("eins", 0, LEAVES), **{key: LatticeArea("eins", 1, ()) for key in LEAVES}}
INF = float("inf")
Counts = dict[str, tuple[int | None, int | None]]
"""Count and denominator by area."""


def span(low: float, high: float) -> FeasibilityInterval:
    return FeasibilityInterval(low, high)


def cell(space: str, period: str = "2025", *values: str) -> CellKey:
    return (space, period, values)


def totals(counts: Counts, period: str = "2025") -> dict[CellKey, SummedCount]:
    return {
        cell(space, period): SummedCount(None if count is None else Decimal(count), None if below is None else Decimal(below), Status.KNOWN)
        for space, (count, below) in counts.items()
    }  # fmt: skip


def town(a: int, b: int, c: int, d: int, *below: int) -> Counts:
    """Four areas and their sum, with denominators or without."""
    counts, divisors = (a, b, c, d), below or (None,) * 4
    whole = sum(below) if below else None
    return {"stadt": (sum(counts), whole), **{key: (count, divisor) for key, count, divisor in zip(LEAVES, counts, divisors, strict=True)}}  # fmt: skip


def private(indicators: list[Indicator], *counts: Any, **more: Any) -> Private:
    named = {item.id: item for item in indicators}
    values = {item.id: one for item, one in zip(indicators, counts, strict=True)}
    spaces = more.pop("spaces", SPACES)
    levels = {key: "ganz" if key == "stadt" else "teil" for key in spaces}
    return Private(spaces, levels, more.pop("pairs", ()), named, values, DEFAULTS, **more)


def one(counts: Counts, **definition: Any) -> Private:
    with_divisor = counts["stadt"][1] is not None
    item = indicator(**({"denominator": "Kinder"} if with_divisor else {}), **definition)
    return private([item], totals(counts))


def number(space: str, period: str = "2025", name: str = "hilfen") -> Key:
    return (name, space, period)


def shown(found: ProtectedCounts, name: str = "hilfen") -> dict[str, int | None]:
    return {key[1]: count for key, count in found.shown.items() if key[0] == name and key[2] == "2025"}


def test_what_follows_from_an_earlier_release_is_out_whatever_its_size() -> None:
    """A year and its first half were shown: the second half can be withheld no more, also where it is no small count."""
    counts = {"2025": town(26, 50, 31, 43), "2025-1": town(20, 20, 20, 20)}
    rest = {key: (whole - counts["2025-1"][key][0], None) for key, (whole, _) in counts["2025"].items()}
    given = private([indicator()], {**totals(counts["2025"]), **totals(counts["2025-1"], "2025-1"), **totals(rest, "2025-2")})  # fmt: skip
    rows = tuple(ValueRow(key, period, (), Decimal(count), None, Status.KNOWN, "", 0) for period, one in counts.items() for key, (count, _) in one.items())  # fmt: skip
    earlier = {"hilfen": {dt.date(2026, 3, 1): ValueTable("", rows, ",")}}
    raw = raw_of(replace(given, earlier=earlier), measures_of(given.indicators)[0], {})
    assert raw.released[number("a", "2025-2")] == (6, "mehrere Ausgaben zusammen")


def test_the_third_cell_is_the_one_of_which_least_is_lost() -> None:
    """1 and 3 give each other away; beside them goes the cell that stands for the fewest children, not the smallest count."""
    found = protect(one(town(6, 10, 1, 3, 90, 50, 70, 80)))
    assert shown(found) == {"stadt": 20, "a": 6, "b": None, "c": None, "d": None}
    assert shown(found, "hilfen/") == {"stadt": 290, "a": 90, "b": 50, "c": 70, "d": 80}
    # 14 are left for three; who guesses knows that b reaches five.
    assert found.withheld == [
        Withheld(number("b"), 10, Role.SECONDARY, None, span(0, 14), span(6, 12)),
        Withheld(number("c"), 1, Role.PRIMARY, Reason.THRESHOLD, span(0, 14), span(1, 4)),
        Withheld(number("d"), 3, Role.PRIMARY, Reason.THRESHOLD, span(0, 14), span(1, 4)),
    ]
    assert (found.inexact, found.rounded, found.contradictions) == ([], [], [])


def test_a_whole_is_withheld_after_its_parts() -> None:
    """Of a few girls in c boys of c and girls and boys of a neighbour go, or both totals with the girls: those are read first."""
    kinds = [{"id": "art", "name": "Art", "same_denominator": True, "values": [{"id": key, "name": key} for key in ("w", "m")]}]  # fmt: skip
    counts = {"a": (20, 40), "b": (31, 25), "c": (3, 30), "d": (44, 29)}
    counts["stadt"] = tuple(map(sum, zip(*counts.values(), strict=True)))
    below = dict(zip(("a", "b", "c", "d", "stadt"), (900, 800, 700, 850, 3250), strict=True))
    said = {}
    for space, two in counts.items():
        for value, count in zip(("", "w", "m"), (sum(two), *two), strict=True):
            said[cell(space, "2025", value)] = SummedCount(
                Decimal(count), Decimal(below[space]), Status.KNOWN
            )
    found = protect(private([indicator(denominator="Kinder", breakdowns=kinds)], said))
    secret = {key[1:] for key, count in found.shown.items() if count is None}
    assert secret == {(space, "2025", f"art:{value}") for space in "bc" for value in "wm"}


def test_what_is_divided_by_is_protected_first_and_hides_what_it_divides() -> None:
    """Two children in d: of how many is withheld, with a second denominator, and how many of them is never shown."""
    found = protect(one(town(30, 40, 20, 0, 90, 50, 70, 2)))
    below = shown(found, "hilfen/")
    assert below["d"] is None
    assert sum(count is None for count in below.values()) == 2
    # Costs are how much of the town a cell is: the whole is dearer than any part.
    assert below["stadt"] == 212
    hidden = {space for space, count in below.items() if count is None}
    assert {space for space, count in shown(found).items() if count is None} == hidden
    roles = {item.key[1]: item.role for item in found.withheld if item.key[0] == "hilfen"}
    assert set(roles) == hidden
    assert set(roles.values()) == {Role.HIDDEN}
    assert all(item.reason is None for item in found.withheld if item.key[0] == "hilfen")
    assert [item.reason for item in found.withheld if item.key == number("d", name="hilfen/")] == [Reason.THRESHOLD]  # fmt: skip


def test_where_nothing_is_small_or_nobody_is_meant_all_is_shown() -> None:
    for counts, definition in ((town(6, 10, 11, 30), {}), (town(6, 10, 1, 3), {"disclosure": {"method": "none"}}), (town(6, 0, 0, 30), {})):  # fmt: skip
        found = protect(one(counts, **definition))
        assert shown(found) == {space: count for space, (count, _) in counts.items()}
        assert found.withheld == []


def test_rounded_counts_and_those_that_sums_give_away() -> None:
    found = protect(one(town(11, 12, 13, 14), disclosure={"method": "round-5"}))
    assert shown(found) == {"stadt": 50, "a": 10, "b": 10, "c": 15, "d": 15}
    assert (found.rounded, found.withheld, found.inexact) == (["hilfen"], [], [])
    # Who lives where only a few do is never told at all.
    few = replace(one(town(11, 12, 13, 14), disclosure={"method": "round-5", "minimum_population": "50"}), residents={("d", "2025"): 49})  # fmt: skip
    assert shown(protect(few)) == {"stadt": 50, "a": 10, "b": 10, "c": 15, "d": None}
    # A level that no page shows is rounded and not shown.
    found = protect(one(town(11, 12, 13, 2), disclosure={"method": "round-5"}, levels=["teil"]))
    assert shown(found)["stadt"] is None
    assert [(item.key[1], item.value, item.role, item.reason) for item in found.withheld] == [("stadt", 38, Role.HIDDEN, None)]  # fmt: skip


def test_an_earlier_release_that_shows_it_is_said_and_never_blamed_on_this_one() -> None:
    table = ValueTable("alt.csv", (row("c", 1), row("b", 9), row("d", None)), ",")
    earlier = {"hilfen": {dt.date(2025, 3, 1): table}}
    before = replace(one(town(6, 10, 1, 3, 90, 50, 70, 80)), earlier=earlier)
    raw = raw_of(before, measures_of(before.indicators)[1], {})
    # A count that was revised since says nothing, nor does what was withheld then.
    assert raw.released == {number("c"): (1, "Ausgabe 01.03.2025")}
    found = protect(before)
    told = {item.key[1]: item for item in found.withheld if item.key[0] == "hilfen"}
    assert (told["c"].released, told["c"].interval, told["c"].falls, told["c"].past) == (
        True,
        span(1, 1),
        (),
        (),
    )
    assert (told["d"].released, told["d"].falls) == (False, ())
    assert told["d"].interval.holds(1, 4)


def test_what_was_committed_is_played_again_by_everybody() -> None:
    """1 and 3 alone: whoever is the one knows the three."""
    raw = one(town(6, 10, 1, 3))
    found = replay(raw, {number("stadt"): 20, number("a"): 6, number("b"): 10, number("c"): None})
    assert found.withheld == [
        Withheld(number("c"), 1, Role.PRIMARY, Reason.THRESHOLD, span(0, 4), span(1, 3), False, (), ()),
        Withheld(number("d"), 3, Role.PRIMARY, Reason.THRESHOLD, span(0, 4), span(1, 3), False, (Attacker.CONTRIBUTOR,), ()),
    ]  # fmt: skip
    alone = replay(raw, {number("stadt"): 20, number("a"): 6, number("b"): 10, number("d"): 3})
    assert alone.withheld == [
        Withheld(number("c"), 1, Role.PRIMARY, Reason.THRESHOLD, span(1, 1), span(1, 1), False, (Attacker.READER, Attacker.GUESSER), ()),
    ]  # fmt: skip
    assert replay(one(town(6, 10, 1, 3), disclosure={"method": "none"}), {}).withheld == []
    assert replay(one(town(6, 10, 1, 3), disclosure={"method": "round-5"}), {}).withheld == []


# --- to whom a count falls, and what is asked for then


def outcome(low: float, high: float, role: Role = Role.PRIMARY, **more: Any) -> CellOutcome:
    reason = Reason.THRESHOLD if role is Role.PRIMARY else None
    asked = (1.0, 4.0) if role is Role.PRIMARY else None
    return CellOutcome(number("a"), role, span(low, high), span(low, high), reason, **{"asked": asked, **more})  # fmt: skip


@pytest.mark.parametrize(
    ("one", "falls"),
    [
        (outcome(0, 9), ()),
        (outcome(1, 4), ()),
        (outcome(2, 9), (Attacker.READER,)),
        (outcome(0, 3), (Attacker.READER,)),
        (outcome(3, 3, asked=(3.0, 3.0)), (Attacker.READER,)),
        (outcome(3, 3, asked=None), (Attacker.READER,)),
        (outcome(2, 9, asked=None), ()),
        # What is withheld for others' sake may be narrow, not known; what no page names may be known.
        (outcome(6, 7, Role.SECONDARY), ()),
        (outcome(6, 6, Role.SECONDARY), (Attacker.READER,)),
        (outcome(6, 6, Role.HIDDEN), ()),
        (outcome(0, 9, told_by=(number("b"),)), (Attacker.CONTRIBUTOR,)),
        (outcome(0, 9, guessable=True), (Attacker.GUESSER,)),
        (outcome(2, 9, told_by=(number("b"),), guessable=True), tuple(Attacker)),
    ],
)
def test_to_whom_a_count_falls(one: CellOutcome, falls: tuple[Attacker, ...]) -> None:
    assert _falls(one) == falls


def test_what_is_asked_for_where_something_is_still_found() -> None:
    raw = raw_of(given := one(town(6, 10, 1, 3)), measures_of(given.indicators)[0], {})
    a, b, c = (number(key) for key in "abc")
    primaries, suspects = {c: raw.primaries[c]}, {b}

    def ask(*leaks: Leak) -> bool:
        return _ask_more(leaks, raw, primaries, suspects)

    def leak(key: Key, **more: Any) -> Leak:
        return Leak(key, span(0, 0), **more)

    assert not ask()
    # What is asked for already needn't be asked for again.
    assert not ask(leak(c), leak(a, attacker=Attacker.CONTRIBUTOR, knows=b))
    assert (set(primaries), suspects) == ({c}, {b})
    assert ask(leak(b))
    assert primaries[b] == Primary(b, Reason.THRESHOLD, 1, 10)
    assert ask(leak(a, attacker=Attacker.CONTRIBUTOR, knows=c))
    assert suspects == {b, c}
    nothing = replace(raw, values={**raw.values, a: 0})
    assert _ask_more([leak(a)], nothing, primaries, suspects)
    assert primaries[a] == Primary(a, Reason.THRESHOLD, 0, 4)


# --- what there is to protect


def test_a_raw_measure_whole() -> None:
    counts = town(6, 10, 1, 3, 90, 50, 70, 80)
    item = indicator(denominator="Kinder", levels=["teil"], disclosure={"minimum_denominator": "60"})
    given = private([item], totals(counts), residents={("a", "2025"): 9})
    of_children, of_aids = measures_of(given.indicators)
    assert (of_children.name, of_aids.name) == ("hilfen/", "hilfen")
    raw = raw_of(given, of_aids, {number(space, name="hilfen/"): None if space == "a" else below for space, (_, below) in counts.items()})  # fmt: skip
    assert raw.values == {number(space): count for space, (count, _) in counts.items()}
    assert raw.primaries == {
        number("b"): Primary(number("b"), Reason.DENOMINATOR, 6, 14, 0, 50),
        number("c"): Primary(number("c"), Reason.THRESHOLD, 1, 4, 1, 4),
        number("d"): Primary(number("d"), Reason.THRESHOLD, 1, 4, 1, 4),
    }
    # The town's level is shown by no page; the denominator of a is withheld.
    assert (raw.hidden, raw.unnamed) == ({number("stadt"), number("a")}, {number("stadt")})
    assert raw.costs == {number("stadt"): 290, number("a"): 90, number("b"): 50, number("c"): 70, number("d"): 80}  # fmt: skip
    assert raw.cells()[:3] == [
        BoardCell(number("a"), 6, 90.0, hidden=True),
        BoardCell(number("b"), 10, 50.0),
        BoardCell(number("c"), 1, 70.0),
    ]
    assert raw.cells()[4] == BoardCell(number("stadt"), 20, 290.0, hidden=True, named=False)
    bounds = dict(zip(raw.table.keys, raw.table.upper.tolist(), strict=True))
    own = {key: bound for key, bound in bounds.items() if key[0] == "hilfen"}
    assert own == {number("a"): INF, number("b"): 50, number("c"): 70, number("d"): 80, number("stadt"): 290}  # fmt: skip
    # Because one is withheld the denominators are attacked together with the counts.
    assert raw.below == {number(space, name="hilfen/"): (below, space != "a") for space, (_, below) in counts.items()}  # fmt: skip
    assert (raw.released, raw.table is raw.plain, raw.rule.minimum_denominator) == ({}, True, 60)
    children = raw_of(given, of_children, {})
    assert children.values == {number(space, name="hilfen/"): below for space, (_, below) in counts.items()}
    # Nobody counts them: how much of the town a cell stands for is what it costs, a year each.
    assert children.costs == {number(space, name="hilfen/"): 48.0 if space == "stadt" else 12.0 for space in counts}  # fmt: skip


def test_of_nobody_nobody_is_counted() -> None:
    """Where no children live none has help: that hides nothing, however large a denominator is asked for."""
    given = one(town(6, 0, 7, 8, 90, 0, 19, 80), disclosure={"minimum_denominator": "20"})
    raw = raw_of(given, measures_of(given.indicators)[1], {})
    assert raw.primaries == {number("c"): Primary(number("c"), Reason.DENOMINATOR, 3, 11, 0, math.inf)}


AGES = [{"id": "alter", "name": "Alter", "values": [{"id": key, "name": key} for key in ("u6", "ab6", "alle")]}]  # fmt: skip


def test_how_much_of_the_town_a_cell_is() -> None:
    item = indicator(breakdowns=AGES)
    counted = {cell(space, period, value): SummedCount(Decimal(9), None, Status.KNOWN) for space in ("stadt", "a", "x") for period in ("2025", "2025-1", "2025-03", "irgendwann") for value in ("", "u6")}  # fmt: skip
    given = private([item], counted)
    raw = raw_of(given, measures_of(given.indicators)[0], {})
    costs = {(key[1], key[2], *key[3:]): cost for key, cost in raw.costs.items()}
    assert costs["stadt", "2025"] == 4 * 3 * 12
    assert costs["stadt", "2025", "alter:u6"] == 4 * 12
    assert costs["a", "2025-1"] == 3 * 6
    assert costs["a", "2025-03", "alter:u6"] == 1
    assert costs["a", "irgendwann"] == 3
    # An area that the town doesn't have is one.
    assert costs["x", "2025", "alter:u6"] == 12


def test_pieces_without_a_row_are_counts_of_nothing() -> None:
    schools = {"s": LatticeArea("zwei", 0, ()), "u": LatticeArea("zwei", 0, ())}
    pairs = (("a", "s"), ("b", "s"), ("b", "u"))
    counted = totals({f"a{CROSS}s": (3, 9), f"b{CROSS}u": (4, 9), "a": (3, 9)})
    given = private([indicator(denominator="Kinder")], counted, spaces=SPACES | schools, pairs=pairs)
    below, above = measures_of(given.indicators)
    assert values_of(given, above) == {number(f"a{CROSS}s"): 3, number(f"b{CROSS}u"): 4, number("a"): 3, number(f"b{CROSS}s"): 0}  # fmt: skip
    raw = raw_of(given, above, dict.fromkeys((number(key, name="hilfen/") for key in ("a", f"a{CROSS}s")), 9))
    # Of a piece no denominator is known to anybody, and none is asked.
    assert raw.primaries[number(f"a{CROSS}s")] == Primary(number(f"a{CROSS}s"), Reason.THRESHOLD, 1, 4, 1, 4)
    assert raw.primaries[number("a")] == Primary(number("a"), Reason.THRESHOLD, 1, 4, 1, 4)
    assert raw.hidden == raw.unnamed == {key for key in raw.values if CROSS in key[1]}
    assert values_of(private([indicator()], totals({"a": (3, None)}), spaces=SPACES | schools, pairs=pairs), measures_of({"hilfen": indicator()})[0]) == {number("a"): 3}  # fmt: skip
    assert {key[1] for key in values_of(given, below)} == {"a", f"a{CROSS}s", f"b{CROSS}u", f"b{CROSS}s"}


def test_who_contributes_most_is_asked_of_all_that_count() -> None:
    rule = {"disclosure": {"dominance": {"largest": "1", "percent": "60"}}}
    given = (("A", Decimal(70)), ("B", Decimal(30)))
    counted = {cell("a"): SummedCount(Decimal(100), None, Status.KNOWN, "", given)}
    both = private([indicator(**rule), indicator("zweite", numerator_from="hilfen", **rule)], counted, {cell("a"): SummedCount(Decimal(100), None, Status.KNOWN)})  # fmt: skip
    raw = raw_of(both, measures_of(both.indicators)[0], {})
    # 70 are 60 per cent of 117.
    assert raw.primaries == {number("a"): Primary(number("a"), Reason.DOMINANCE, 83, 117, 0, INF)}


# --- tables and files


def row(space: str, count: int | None, below: int | None = None, sign: str = "", note: str = "") -> ValueRow:
    number_ = None if count is None else Decimal(count)
    return ValueRow(space, "2025", (), number_, None if below is None else Decimal(below), Status(sign), note, 0)  # fmt: skip


def site_of(given: Private) -> Site:
    codes = {"a": "2", "b": "10", "c": None, "d": "1"}
    spaces = {key: SimpleNamespace(level=level, code=codes.get(key), name=key.upper()) for key, level in given.levels.items()}  # fmt: skip
    geographies = [SimpleNamespace(id="eins"), SimpleNamespace(id="zwei"), SimpleNamespace(id="drei")]
    return cast(Site, SimpleNamespace(spaces=spaces, config=SimpleNamespace(geographies=geographies), indicators=given.indicators))  # fmt: skip


def test_a_protected_table_whole() -> None:
    schools = {"s": LatticeArea("zwei", 0, ()), "t": LatticeArea("drei", 0, ())}
    counted = totals({"t": (9, 90), "s": (8, 80), **town(6, 10, 1, 3, 90, 50, 70, 80), f"a{CROSS}s": (2, 5)})
    counted[cell("c")] = replace(counted[cell("c")], note="neu", status=Status.REVISED)
    counted[cell("d")] = SummedCount(None, Decimal(80), Status.UNRELIABLE, "zu wenige")
    given = private([indicator(denominator="Kinder")], counted, spaces=SPACES | schools)
    above = {"t": 9, "s": 8, "stadt": 20, "a": None, "b": 10, "c": 1}
    below = {"t": 90, "s": None, "stadt": 300, "a": 90, "b": 50, "c": 70, "d": 80}
    result = ProtectedCounts({number(key): count for key, count in above.items()} | {number(key, name="hilfen/"): count for key, count in below.items()})  # fmt: skip
    found = protected_table(site_of(given), given, result, "hilfen")
    assert found == ValueTable(
        "resources/indicators/hilfen/values.csv",
        (
            # The town's own division first, from the whole to its parts, by their official codes; then the others by name.
            row("stadt", 20, 300),
            row("c", 1, 70, "r", "neu"),
            row("d", None, 80, "/", "zu wenige"),
            row("b", 10, 50),
            row("a", None, 90, "."),
            row("t", 9, 90),
            row("s", None, None, "."),
        ),
        ",",
        parts="stadt: a b c d",
    )
    only = private([indicator(denominator="Kinder", levels=["teil"])], counted, spaces=SPACES | schools)
    assert [one.space for one in protected_table(site_of(only), only, result, "hilfen").rows] == ["c", "d", "b", "a", "t", "s"]  # fmt: skip
    openly = private([indicator(disclosure={"method": "none"})], totals({"a": (1, None), "b": (2, None)}))
    said = ProtectedCounts({number("a"): 1, number("b"): 2})
    assert protected_table(site_of(openly), openly, said, "hilfen").rows == (
        row("b", 2),
        row("a", 1),
    )


def test_who_works_out_how_many_is_told_by_attacker() -> None:
    def lost(space: str, *falls: Attacker, past: tuple[Attacker, ...] = ()) -> Withheld:
        return Withheld(number(space), 3, Role.PRIMARY, None, span(0, 4), falls=falls, past=past)

    reader, contributor, guesser = Attacker
    given = private([indicator()], {})
    result = ProtectedCounts(withheld=[lost("b", guesser), lost("a", guesser, reader), lost("c", past=(contributor,)), lost("d")])  # fmt: skip
    at = Position("/roh/hilfen.csv")
    assert exposed(site_of(given), Path("/roh"), result) == [
        diagnostic("nicht-schuetzbar", at, count=1, whom="wer alles Veröffentlichte kennt", cell="„A, 2025“"),
        diagnostic("nicht-schuetzbar", at, count=2, whom="wer richtig rät, welche Zahlen klein sind", cell="„B, 2025“"),
        diagnostic("frueher-verraten", at, count=1, whom="wer selbst in einer Zelle gezählt ist", cell="„C, 2025“"),
    ]  # fmt: skip


HEAD = "space,period,numerator,denominator,status,note\n"


def test_the_files_of_a_release() -> None:
    item = indicator()
    table = ValueTable("x", (row("a", 1500, 20), row("b", None, None, ".", 'mit "Zeichen", und Komma')), ",")
    data = write_values(item, table)
    assert data.decode() == HEAD + 'a,2025,1500,20,,\nb,2025,,,.,"mit ""Zeichen"", und Komma"\n'
    aged = ValueRow("a", "2025", ("u6",), Decimal("1.50"), None, Status.REVISED, "", 0)
    assert write_values(indicator(breakdowns=AGES), ValueTable("x", (aged,), ",")).decode() == HEAD.replace("num", "alter,num") + "a,2025,u6,1.50,,r,\n"  # fmt: skip
    digest = hashlib.sha256(data).hexdigest()
    day = dt.date(2026, 3, 1)
    first = Release(indicator="hilfen", date=dt.date(2025, 3, 1), digest="d1", note="Eins")
    second = Release(indicator="hilfen", date=dt.date(2025, 9, 1), digest="d2", note="")

    def released(*releases: Release, on: dt.date = day) -> Any:
        folders = {"hilfen": cast(Any, SimpleNamespace(indicator=item, releases=releases, table=table))}
        return new_releases(folders, {"hilfen": table}, on, "Neu")

    own = "resources/indicators/hilfen"
    ledger = f"date,sha256,note,parts\n2025-03-01,d1,Eins,\n2025-09-01,d2,,\n2026-03-01,{digest},Neu,\n"
    files = {f"{own}/values.csv": data, f"{own}/releases/2026-03-01.csv": data, f"{own}/releases/ledger.csv": ledger.encode()}  # fmt: skip
    assert released(first, second) == (files, ["hilfen"])
    # What is the same as last time is no release; what was the same before that is one again.
    assert released(first, replace(second, digest=digest)) == ({}, [])
    assert released(replace(first, digest=digest), second)[1] == ["hilfen"]
    assert released()[0][f"{own}/releases/ledger.csv"] == f"date,sha256,note,parts\n2026-03-01,{digest},Neu,\n".encode()  # fmt: skip
    assert released(second, on=dt.date(2025, 9, 2))[1] == ["hilfen"]


def test_what_came_of_a_folder_is_told_by_count(tmp_path: Path) -> None:
    """Birke has 3 and Dorn 2; how many are withheld with them, where the report lies, and which step is being done."""
    project, raw = write_project(tmp_path / "stadt"), write_raw(tmp_path / "roh")
    steps: list[tuple[str, int, int]] = []

    def progress(what: str, done: int, whole: int) -> None:
        steps.append((what, done, whole))

    day = dt.date(2026, 3, 1)
    first = protect_folder(raw, project, day, "Erste", progress)
    report = raw / "bericht-2026-03-01.md"
    lines = (project / "resources/indicators/hilfen/values.csv").read_text("utf-8").splitlines()
    secret = [line.split(",")[0] for line in lines if line.split(",")[4] == "."]
    assert {"birke", "dorn"} < set(secret)
    assert first == ProtectOutcome((), ("hilfen",), (), report, {"hilfen": len(secret)})
    assert "Anlass: Erste" in report.read_text("utf-8")
    ends = {what: (done, whole) for what, done, whole in steps}
    assert list(ends) == ["lesen", "schützen", "angreifen"]
    assert all(done == whole for done, whole in ends.values())
