"""Disclosure control: the acceptance tables, the rules, what rates, releases and other geographies give away."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import numpy as np
import pytest

from generator.disclosure.engine.attack import Evidence, attack, explain, find_leaks
from generator.disclosure.engine.board import BoardCell, Guard
from generator.disclosure.engine.cuts import Cut
from generator.disclosure.engine.linear_system import Key, Statement, Sum, TableSystem, build_table
from generator.disclosure.engine.sensitivity import (
    Observation,
    Primary,
    Reason,
    SensitivityRule,
    find_primary,
)
from generator.disclosure.engine.suppression import (
    Cover,
    Limits,
    Role,
    SuppressionPattern,
    cover_greedily,
    suppress,
)
from tests.disclosure.statements import (
    breakdown_sums,
    exposed,
    hierarchy_sums,
    is_protected,
    rate_counts,
    state_rate,
    state_release,
    state_share,
    state_total,
    state_value,
)

TOTAL = "total"


def two_way(rows: Sequence[Sequence[int]]) -> tuple[TableSystem, dict[Key, int]]:
    """Cells named (row number, column letter) with all margins."""
    height, letters = len(rows), "abcdefgh"[: len(rows[0])]
    values: dict[Key, int] = {
        (str(row), letter): rows[row][place] for row in range(height) for place, letter in enumerate(letters)
    }
    sums = [Sum((str(row), TOTAL), tuple((str(row), letter) for letter in letters)) for row in range(height)]
    sums += [
        Sum((TOTAL, letter), tuple((str(row), letter) for row in range(height)))
        for letter in (*letters, TOTAL)
    ]
    sums.append(Sum((TOTAL, TOTAL), tuple((TOTAL, letter) for letter in letters)))
    for relation in sums:
        values[relation.total] = sum(values[part] for part in relation.parts)
    return build_table(values, sums), values


def inner(key: Key) -> bool:
    return TOTAL not in key


def primaries_of(values: dict[Key, int], rule: SensitivityRule) -> list[Primary]:
    found = (find_primary(Observation(key, value), rule) for key, value in values.items())
    return [primary for primary in found if primary is not None]


def protect(
    rows: Sequence[Sequence[int]], threshold: int, aware_width: float = 1.0
) -> tuple[SuppressionPattern, dict[Key, int]]:
    """Protects a table whose margins are all published."""
    table, values = two_way(rows)
    cells = [BoardCell(key, value, fixed=not inner(key)) for key, value in values.items()]
    return suppress(
        table, cells, primaries_of(values, SensitivityRule(threshold)), Guard(aware_width)
    ), values


def without(values: dict[Key, int], secret: Iterable[Key]) -> dict[Key, int]:
    hidden = set(secret)
    return {key: value for key, value in values.items() if key not in hidden}


def secondary(protection: SuppressionPattern) -> set[Key]:
    return {key for key, outcome in protection.outcomes.items() if outcome.role is Role.SECONDARY}


TABLE_2 = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
TABLE_3 = [[18, 2], [14, 19], [12, 10], [11, 14]]
TABLE_4 = [[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]]
SECRET_4 = {
    ("0", "a"),
    ("0", "b"),
    ("0", "c"),
    ("1", "a"),
    ("1", "c"),
    ("2", "b"),
    ("2", "d"),
    ("3", "b"),
    ("3", "d"),
}


def test_acceptance_1_bounds_from_margins() -> None:
    table, _ = two_way([[0, 0], [0, 0]])
    known = {("0", TOTAL): 7, ("1", TOTAL): 3, (TOTAL, "a"): 6, (TOTAL, "b"): 4}
    interval = attack(table, known).intervals["0", "a"]
    assert (interval.low, interval.high, interval.exact) == (3, 6, True)


def test_acceptance_2_primary_cells_alone_are_recovered() -> None:
    table, values = two_way(TABLE_2)
    secret = [key for key, value in values.items() if value < 5]
    found = attack(table, without(values, secret)).intervals
    assert len(secret) == 6
    assert {key: (found[key].low, found[key].high) for key in secret} == {
        key: (values[key], values[key]) for key in secret
    }


def test_acceptance_2_two_per_line_does_not_protect() -> None:
    table, values = two_way(TABLE_2)
    secret = [
        (row, letter)
        for row, letters in zip("0123", ("bcd", "bc", "ad", "ad"), strict=True)
        for letter in letters
    ]
    found = attack(table, without(values, secret)).intervals
    assert found["0", "d"].recovered
    assert found["0", "d"].low == 1
    assert not found["0", "b"].recovered


@pytest.mark.parametrize("aware_width", [0.0, 1.0])
def test_acceptance_2_optimum(aware_width: float) -> None:
    protection, _ = protect(TABLE_2, 5, aware_width)
    assert secondary(protection) == {("2", "b"), ("3", "a"), ("3", "c")}
    assert protection.cost == 29
    assert protection.exact
    assert not exposed(protection)


def test_acceptance_2_against_who_knows_the_rule_and_guesses_the_roles() -> None:
    protection, _ = protect(TABLE_2, 5, aware_width=3)
    assert protection.cost == 57
    assert all(
        (outcome.guessed.low, outcome.guessed.high) == (1, 4)
        for outcome in protection.outcomes.values()
        if outcome.role is Role.PRIMARY
    )


def test_acceptance_3_optimum() -> None:
    protection, values = protect(TABLE_3, 3)
    assert {values[key] for key in secondary(protection)} == {18, 12, 10}
    assert protection.cost == 40
    assert protection.exact


def test_acceptance_4_one_cell_is_exact_until_one_more_goes() -> None:
    table, values = two_way(TABLE_4)
    found = attack(table, without(values, SECRET_4)).intervals
    assert (found["0", "b"].low, found["0", "b"].high) == (47, 47)
    found = attack(table, without(values, SECRET_4 | {("1", "d")})).intervals
    assert (found["0", "b"].low, found["0", "b"].high) == (0, 78)


def test_acceptance_4_cheapest_further_cell() -> None:
    table, values = two_way(TABLE_4)
    cells = [
        BoardCell(key, value, fixed=not inner(key), hidden=key in SECRET_4) for key, value in values.items()
    ]
    target = Primary(("0", "b"), Reason.THRESHOLD, 46, 48)
    protection = suppress(table, cells, [target])
    assert secondary(protection) == {("1", "d")}
    assert protection.cost == 31
    assert protection.outcomes["0", "b"].interval.holds(0, 78)


def test_rules_in_their_order() -> None:
    key = ("a",)
    rule = SensitivityRule(5, minimum_denominator=100, minimum_population=300)
    assert find_primary(Observation(key, 0, 500, 900), rule) is None
    assert find_primary(Observation(key, 5, 500, 900), rule) is None
    small = find_primary(Observation(key, 4, 50, 20), rule)
    assert small is not None
    assert (small.reason, small.low, small.high) == (Reason.THRESHOLD, 1, 4)
    assert find_primary(Observation(key, 20, 99, 900, ceiling=99), rule) == Primary(
        key, Reason.DENOMINATOR, 16, 24, 0, 99
    )
    # The smallest that may be shown is the number itself.
    assert find_primary(Observation(key, 20, 100, 300), rule) is None
    few = find_primary(Observation(key, 20, 150, 299), rule)
    assert few is not None
    assert few.reason is Reason.POPULATION
    zero = find_primary(Observation(key, 0), SensitivityRule(5, zeros=True))
    assert zero is not None
    assert (zero.reason, zero.low, zero.high) == (Reason.ZERO, 0, 4)
    nearly_all = find_primary(Observation(key, 98, 100, ceiling=100), SensitivityRule(5, complement=True))
    assert nearly_all is not None
    assert (nearly_all.reason, nearly_all.low, nearly_all.high) == (Reason.COMPLEMENT, 96, 99)


def test_dominance() -> None:
    key = ("a",)
    dominated = find_primary(
        Observation(key, 100, contributions=(80, 15, 5)), SensitivityRule(2, dominance=(1, 75))
    )
    assert dominated is not None
    assert dominated.reason is Reason.DOMINANCE
    assert (
        find_primary(Observation(key, 100, contributions=(70, 20, 10)), SensitivityRule(2, dominance=(1, 75)))
        is None
    )


def test_a_threshold_below_two_protects_nothing() -> None:
    with pytest.raises(ValueError, match="protects nothing"):
        SensitivityRule(threshold=0)


def test_a_rate_leaves_few_counts() -> None:
    assert rate_counts(837, "4.1", 100, 1) == (34, 34)
    assert rate_counts(5_000, "4.1", 100, 1) == (203, 207)
    with pytest.raises(ValueError, match="no count"):
        rate_counts(10, "4.1", 100, 1)


@pytest.mark.parametrize("denominator", [7, 150, 999, 1_000, 2_345, 12_000])
def test_rate_counts_are_exactly_those_that_round_to_the_rate(denominator: int) -> None:
    shown = "12.3"
    fitting = [
        count for count in range(denominator + 1) if (count * 2000 + denominator) // (2 * denominator) == 123
    ]
    if fitting:
        assert rate_counts(denominator, shown, 100, 1) == (fitting[0], fitting[-1])
    else:
        with pytest.raises(ValueError, match="no count"):
            rate_counts(denominator, shown, 100, 1)


def test_a_rate_shown_beside_a_secret_count_is_part_of_the_attack() -> None:
    table = build_table([("a",), ("b",)], [Sum(("s",), (("a",), ("b",)))], [state_rate(("a",), 400, "0.8")])
    found = attack(table, {("s",): 20}).intervals
    assert (found["a",].low, found["b",].low) == (3, 17)
    assert found["a",].recovered
    assert found["b",].recovered


def test_rates_over_unknown_denominators_are_rows_of_two_unknowns() -> None:
    shares = state_share([("x",)], [("n",)], "50.0")
    table = build_table([("x",), ("n",)], (), shares, bounds={("n",): (0, 9)})
    found = attack(table, {("x",): 3}).intervals["n",]
    assert (found.low, found.high) == (6, 6)


def test_budget_shares_computed_from_raw_counts_leak() -> None:
    counts = {("a",): 3, ("b",): 41, ("c",): 57}
    shares = [
        statement
        for key, value in counts.items()
        for statement in state_share([key], list(counts), f"{100_000 * value / 101:.2f}", 100_000, 2)
    ]
    table = build_table(counts, (), [*shares, state_total(counts, 101)])
    assert {key: interval.low for key, interval in attack(table, {}).intervals.items()} == counts


def test_tables_safe_alone_are_unsafe_together() -> None:
    cells = [(name,) for name in "abcd"]
    values = dict(zip(cells, (2, 9, 12, 3), strict=True))
    nested = Sum(("north",), (("a",), ("b",)))
    crossing = Sum(("school",), (("b",), ("c",)))
    whole = Sum(("town",), tuple(cells))
    known = {("north",): 11, ("school",): 21, ("town",): 26}
    alone = attack(build_table(cells, [nested, whole]), {key: known[key] for key in (("north",), ("town",))})
    assert all(interval.width >= 11 for interval in alone.intervals.values())
    both = build_table(cells, [nested, crossing, whole])
    assert attack(both, known).intervals["a",].width == 5
    all_values = values | known
    protection = suppress(
        both,
        [BoardCell(key, value) for key, value in all_values.items()],
        primaries_of(all_values, SensitivityRule(5)),
    )
    published = {key: all_values[key] for key in protection.published}
    found = attack(both, published).intervals
    assert found["a",].holds(1, 4)
    assert found["d",].holds(1, 4)


def test_what_lies_between_two_geographies_is_protected_although_never_published() -> None:
    sums = [Sum(("quarter",), (("overlap",), ("rest",))), Sum(("school",), (("overlap",), ("other",)))]
    values = {("overlap",): 50, ("rest",): 2, ("other",): 30, ("quarter",): 52, ("school",): 80}
    cells = [BoardCell(key, value, hidden=key in {("rest",), ("other",)}) for key, value in values.items()]
    protection = suppress(build_table(values, sums), cells, primaries_of(values, SensitivityRule(5)))
    found = attack(build_table(values, sums), {key: values[key] for key in protection.published})
    assert found.intervals["rest",].holds(1, 4)
    assert protection.cost == 50


def test_an_earlier_release_cannot_be_taken_back() -> None:
    cells = [("a",), ("b",)]
    values = {("a",): 3, ("b",): 20, ("s",): 23}
    sums = [Sum(("s",), (("a",), ("b",)))]
    free = suppress(
        build_table(cells, sums),
        [BoardCell(key, value) for key, value in values.items()],
        primaries_of(values, SensitivityRule(5)),
    )
    assert free.cost == 20
    released = build_table(cells, sums, state_release({("b",): 20}, "2024-1"))
    bound = suppress(
        released,
        [BoardCell(key, value) for key, value in values.items()],
        primaries_of(values, SensitivityRule(5)),
    )
    assert set(bound.secret) == {("a",), ("s",)}
    assert not exposed(bound)
    both = build_table(cells, sums, state_release({("b",): 20, ("s",): 23}, "2024-1"))
    lost = suppress(
        both,
        [BoardCell(key, value) for key, value in values.items()],
        primaries_of(values, SensitivityRule(5)),
    )
    assert exposed(lost) == (("a",),)
    assert not is_protected(lost.outcomes["a",])


def test_statements_that_contradict_the_counts_are_named() -> None:
    values = {("a",): 3, ("b",): 20, ("s",): 23}
    table = build_table(values, [Sum(("s",), (("a",), ("b",)))], [state_value(("b",), 21, "Stand 2023")])
    protection = suppress(
        table,
        [BoardCell(key, value) for key, value in values.items()],
        primaries_of(values, SensitivityRule(5)),
    )
    assert protection.contradictions == ("Stand 2023",)
    found = attack(table, {("a",): 3, ("s",): 23}, targets=[("b",)])
    assert "Stand 2023" in found.contradictions
    assert not found.intervals


def test_a_parent_that_is_not_the_sum_is_a_contradiction() -> None:
    table, values = two_way(TABLE_3)
    assert attack(table, values | {(TOTAL, TOTAL): 1}).contradictions


def test_two_small_counts_do_not_protect_each_other_when_the_rule_pins_them() -> None:
    values = {("a",): 4, ("b",): 4, ("s",): 8, ("other",): 30, ("all",): 38}
    sums = [Sum(("s",), (("a",), ("b",))), Sum(("all",), (("s",), ("other",)))]
    cells = [BoardCell(key, value) for key, value in values.items()]
    blind = suppress(build_table(values, sums), cells, primaries_of(values, SensitivityRule(5)), Guard(0))
    assert blind.cost == 0
    assert blind.outcomes["a",].guessed.recovered
    aware = suppress(build_table(values, sums), cells, primaries_of(values, SensitivityRule(5)))
    assert aware.cost == 38
    assert not aware.outcomes["a",].guessed.recovered


def town(seed: int, areas: int = 12) -> tuple[list[Sum], dict[Key, int]]:
    rng = random.Random(seed)
    parents = {f"a{area:02d}": f"r{area // 4}" for area in range(areas)}
    parents |= dict.fromkeys(sorted(set(parents.values())), "town")
    groups = ["0-5", "6-17", "18-26"]
    values: dict[Key, int] = {
        (f"a{area:02d}", group): int(rng.expovariate(0.12)) for area in range(areas) for group in groups
    }
    sums = hierarchy_sums(parents, [(group,) for group in (*groups, "all")])
    sums += breakdown_sums(sorted({*parents, *parents.values()}), ("all",), [(group,) for group in groups])
    while any(relation.total not in values for relation in sums):
        for relation in sums:
            if all(part in values for part in relation.parts):
                values[relation.total] = sum(values[part] for part in relation.parts)
    return sums, values


def protect_town(sums: list[Sum], values: dict[Key, int], limits: Limits | None = None) -> SuppressionPattern:
    return suppress(
        build_table(values, sums),
        [BoardCell(key, value) for key, value in values.items()],
        primaries_of(values, SensitivityRule(5)),
        limits=limits,
    )


@pytest.mark.parametrize("limits", [Limits(), Limits(exact_cells=0), Limits(exact_cells=0, free_rounds=1)])
def test_the_same_input_gives_the_same_pattern_in_any_order(limits: Limits) -> None:
    sums, values = town(3)
    first = protect_town(sums, values, limits)
    shuffled_sums, shuffled = sums[:], list(values.items())
    random.Random(1).shuffle(shuffled_sums)
    random.Random(2).shuffle(shuffled)
    again = protect_town(
        [Sum(relation.total, relation.parts[::-1]) for relation in shuffled_sums], dict(shuffled), limits
    )
    assert again.outcomes == first.outcomes
    assert again.cost == first.cost


@pytest.mark.parametrize("seed", range(5))
def test_the_fallback_passes_the_same_audit_and_costs_little_more(seed: int) -> None:
    sums, values = town(seed)
    exact, greedy = protect_town(sums, values), protect_town(sums, values, Limits(exact_cells=0))
    assert exact.exact
    assert not greedy.exact
    for protection in (exact, greedy):
        assert not exposed(protection)
        found = attack(
            build_table(values, sums), {key: values[key] for key in protection.published}
        ).intervals
        assert not [key for key, interval in found.items() if interval.recovered]
    assert exact.cost <= greedy.cost <= 1.5 * exact.cost


def test_what_cannot_be_protected_in_full_is_protected_as_far_as_it_goes() -> None:
    values = {("a",): 3, ("b",): 20, ("c",): 9, ("s",): 32}
    sums = [Sum(("s",), (("a",), ("b",), ("c",)))]
    released = Statement(((("a",), 1.0),), 2, 6, "gerundet 2023")
    protection = suppress(
        build_table(values, sums, [released]),
        [BoardCell(key, value) for key, value in values.items()],
        primaries_of(values, SensitivityRule(5)),
    )
    outcome = protection.outcomes["a",]
    assert exposed(protection) == (("a",),)
    assert (outcome.interval.low, outcome.interval.high) == (2, 6)
    assert outcome.asked == (1, 4)
    assert set(protection.secret) == {("a",), ("c",)}


def test_leaks_are_found_and_explained_from_published_data_alone() -> None:
    table, values = two_way(TABLE_2)
    secret = [
        (row, letter)
        for row, letters in zip("0123", ("bcd", "bc", "ad", "ad"), strict=True)
        for letter in letters
    ]
    published = without(values, secret)
    leaks = find_leaks(table, attack(table, published), SensitivityRule(5))
    assert [leak.key for leak in leaks if leak.interval.recovered] == [("0", "d")]
    evidence = explain(table, published, ("0", "d"))
    # There is more than one way to work it out; the one named must be enough on its own.
    assert len(evidence.cells) < len(published)
    enough = attack(table, {key: published[key] for key in evidence.cells}).intervals
    assert enough["0", "d"].recovered
    safe, _ = protect(TABLE_2, 5)
    published = {key: values[key] for key in safe.published}
    assert find_leaks(table, attack(table, published), SensitivityRule(5)) == []


def test_a_small_count_known_too_well_is_a_leak() -> None:
    table = build_table([("a",)], (), [state_rate(("a",), 3_000, "0.1", source="Quote")])
    leaks = find_leaks(table, attack(table, {}), SensitivityRule(5))
    assert [(leak.key, leak.interval.recovered) for leak in leaks] == [(("a",), False)]
    assert explain(table, {}, ("a",)) == Evidence((), ("Quote",))


def test_where_geographies_cross_only_small_counts_leak() -> None:
    table = build_table([], [Sum(("s",), (("large",), ("known",))), Sum(("t",), (("small",), ("known",)))])
    found = attack(table, {("s",): 90, ("t",): 42, ("known",): 40})
    assert [leak.key for leak in find_leaks(table, found, SensitivityRule(5))] == [("large",), ("small",)]
    assert [leak.key for leak in find_leaks(table, found, SensitivityRule(5), found.intervals)] == [
        ("small",)
    ]


def test_a_wider_span_costs_more_and_a_share_of_few_tells_of_how_many() -> None:
    assert protect(TABLE_2, 5)[0].cost == 29
    assert protect(TABLE_2, 5, aware_width=3)[0].cost == 57
    rated = build_table(
        [("x",), ("n",)], (), state_share([("x",)], [("n",)], "33.3"), bounds={("n",): (1, 40)}
    )
    assert attack(rated, {("x",): 4}).intervals["n",].recovered


def test_what_is_published_alone_decides_what_the_audit_says() -> None:
    sums, values = town(4)
    protection = protect_town(sums, values)
    published = {key: values[key] for key in protection.published}
    found = attack(build_table(values, sums), published).intervals
    assert found == {key: protection.outcomes[key].interval for key in protection.secret}


def test_whole_numbers_count_where_the_linear_programme_sees_room() -> None:
    statement = Statement(((("a",), 2.0), (("b",), 2.0), (("c",), 4.0)), 8, 9, "doubled")
    table = build_table([], (), [statement, Statement(((("a",), 3.0), (("c",), -2.0)), 0.5, 1.5, "tied")])
    found = attack(table, {}).intervals
    assert (found["a",].low, found["a",].high) == (1, 1)
    assert (found["c",].low, found["c",].high) == (1, 1)


def test_a_cell_nothing_is_said_about_stays_open_upwards() -> None:
    table = build_table([("a",), ("b",)], [Sum(("s",), (("a",), ("b",)))])
    found = attack(table, {("b",): 3}).intervals
    assert found["a",].high == float("inf")
    assert found["s",].low == 3


def test_a_cell_without_a_raw_count_is_refused() -> None:
    with pytest.raises(ValueError, match="no raw count"):
        suppress(build_table([("a",), ("b",)]), [BoardCell(("a",), 3)], [])


def test_a_statement_with_one_end_counts_as_the_attack_counts_it() -> None:
    table = build_table(
        [("a",), ("b",), ("all",)],
        [Sum(("all",), (("a",), ("b",)))],
        [Statement(((("a",), 1.0),), -float("inf"), 3, "a published bound")],
    )
    cells = [BoardCell(("a",), 2), BoardCell(("b",), 9), BoardCell(("all",), 11, fixed=True)]
    primary = find_primary(Observation(("a",), 2), SensitivityRule(threshold=5))
    assert primary is not None
    protection = suppress(table, cells, [primary])
    told = protection.outcomes[("a",)].interval
    seen = attack(table, {("all",): 11}).intervals[("a",)]
    assert (told.low, told.high) == (seen.low, seen.high) == (0, 3)
    # Four counts below the threshold were asked for, the bound leaves three: that must be said.
    assert exposed(protection) == (("a",),)


@pytest.mark.parametrize("zeros", [False, True])
def test_where_a_zero_is_secret_too_it_must_stay_possible(zeros: bool) -> None:
    """Somebody said that there are some: who withholds zeros as well has told that here there is none."""
    said = [Statement(((("a",), 1.0),), 1, 4, "said")]
    table = build_table({("a",), ("b",), ("s",)}, [Sum(("s",), (("a",), ("b",)))], said)
    found = attack(table, {("s",): 20})
    assert (found.intervals["a",].low, found.intervals["a",].high) == (1, 4)
    leaks = find_leaks(table, found, SensitivityRule(5, zeros=zeros))
    assert [(leak.key, leak.interval.recovered) for leak in leaks] == [(("a",), False)] * zeros


def test_a_cut_that_asks_nothing_yet_takes_nothing() -> None:
    cost = np.array([1.0, 1.0])
    only_with_1 = Cut((0,), (1.0,), 1.0, 1)
    assert cover_greedily([only_with_1], cost, ()) == set()
    assert cover_greedily([only_with_1], cost, (1,)) == {0, 1}


def test_a_cell_can_be_withheld_only_once() -> None:
    """Twice the cheap one would be cheaper than the dear one that fills the need alone."""
    cover = Cover(np.array([1.0, 10.0]), Limits())
    cover.add(Cut((0, 1), (1.0, 2.0), 2.0))
    assert cover.solve(growing=False) == {1}
