"""Rounding to five: small counts withheld, the others rounded, and more withheld until no withheld one can be worked out.

What is possible is counted here by trying every table there can be; nothing of the engine is asked.
"""

import itertools
import random
from collections.abc import Collection, Iterator, Mapping

import pytest

from generator.disclosure.engine.attack import Attacker
from generator.disclosure.engine.linear_system import Key, Sum, build_table
from generator.disclosure.engine.rounding import (
    PublicRule,
    RawCounts,
    Rounding,
    public_leaks,
    round_count,
    round_measure,
    span,
)
from generator.disclosure.engine.sensitivity import Observation, SensitivityRule, find_primary
from tests.chance import every, whole

Shown = Mapping[Key, int | None]


def row(*counts: int) -> tuple[list[Sum], dict[Key, int]]:
    """A row of counts and its sum."""
    parts = tuple((str(number),) for number in range(len(counts)))
    values: dict[Key, int] = dict(zip(parts, counts, strict=True))
    return [Sum(("sum",), parts)], values | {("sum",): sum(counts)}


def grid(rows: list[list[int]]) -> tuple[list[Sum], dict[Key, int]]:
    """A grid of counts with all its margins."""
    height, width = len(rows), len(rows[0])
    values: dict[Key, int] = {(str(r), str(c)): rows[r][c] for r in range(height) for c in range(width)}
    sums = [Sum((str(r), "sum"), tuple((str(r), str(c)) for c in range(width))) for r in range(height)]
    sums += [Sum(("sum", str(c)), tuple((str(r), str(c)) for r in range(height))) for c in range(width)]
    sums.append(Sum(("sum", "sum"), tuple((str(r), "sum") for r in range(height))))
    for relation in sums:
        values[relation.total] = sum(values[part] for part in relation.parts)
    return sums, values


def rounded(sums: list[Sum], values: dict[Key, int], threshold: int, own: int = 2) -> Rounding:
    rule = SensitivityRule(threshold=threshold, own_cases=own)
    found = [find_primary(Observation(key, value), rule) for key, value in values.items()]
    primaries = {one.key: one for one in found if one is not None}
    return round_measure(build_table(values, sums), RawCounts(values, PublicRule(rule), primaries))


def possible(
    sums: list[Sum], shown: Shown, threshold: int, small: Collection[Key] = ()
) -> Iterator[dict[Key, int]]:
    """Yield every table that somebody must allow for who knows the rule and takes `small` withheld counts for small."""
    totals = {one.total for one in sums}
    finest = sorted({part for one in sums for part in one.parts} - totals)
    most = max([*(count or 0 for count in shown.values()), threshold]) + 3

    def ends(key: Key) -> tuple[float, float]:
        count = shown[key]
        if count == 0:
            return 0, 0
        if count is not None:
            return max(threshold, count - 2), count + 2
        return 1, threshold - 1 if key in small else most

    ranges = [range(int(ends(key)[0]), int(ends(key)[1]) + 1) for key in finest]
    for counts in itertools.product(*ranges):
        table = dict(zip(finest, counts, strict=True))
        for one in sums:
            table[one.total] = sum(table[part] for part in one.parts)
        if all(
            ends(key)[0] <= count <= (ends(key)[1] if shown[key] is not None or key in small else 10**9)
            for key, count in table.items()
        ):
            yield table


def values_left(tables: list[dict[Key, int]], shown: Shown, knows: Mapping[Key, int]) -> dict[Key, set[int]]:
    """Return the values of each withheld count in the tables that somebody with a knowledge must allow for."""
    left: dict[Key, set[int]] = {key: set() for key, count in shown.items() if count is None}
    for table in tables:
        if all(table[key] == count for key, count in knows.items()):
            for key, known in left.items():
                known.add(table[key])
    return left


def check_by_force(sums: list[Sum], values: dict[Key, int], threshold: int, own: int = 2) -> Rounding:
    """Assert the promise: three values for each withheld count, and two for whoever is counted in one."""
    result = rounded(sums, values, threshold, own)
    small = {key for key, value in values.items() if 0 < value < threshold}
    for key, count in result.shown.items():
        assert count is None or (key not in small and abs(count - values[key]) <= 2 and count % 5 == 0)
        assert values[key] or count == 0
    tables = list(possible(sums, result.shown, threshold))
    left = values_left(tables, result.shown, {})
    assert all(len(one) >= 3 for one in left.values()), (values, result.shown, left)
    if any(result.shown.values()):
        guessed = values_left(list(possible(sums, result.shown, threshold, small)), result.shown, {})
        assert all(len(guessed[key]) >= 3 for key in small & guessed.keys()), (values, result.shown, guessed)
    for key in small & left.keys():
        if values[key] <= own:
            for other, known in values_left(tables, result.shown, {key: values[key]}).items():
                own_too = any(
                    other == one or (one in below(sums, other) and known == {values[one]})
                    for one in {key, *below(sums, key)}
                )
                assert other == key or len(known) >= 2 or own_too, (values, result.shown, key, other)
    assert not result.leaks
    return result


def below(sums: list[Sum], key: Key) -> set[Key]:
    """The cells that a cell holds: whoever is all that is counted in it knows them."""
    inside = {part for item in sums if item.total == key for part in item.parts}
    return inside.union(*(below(sums, part) for part in inside)) if inside else inside


def test_nearest_multiple_deviates_by_two_at_most() -> None:
    assert [round_count(value) for value in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]
    assert max(abs(round_count(value) - value) for value in range(1_000)) == 2


@pytest.mark.parametrize("threshold", [5, 10])
def test_a_rounded_value_says_where_the_count_lies(threshold: int) -> None:
    for value in (0, *range(threshold, 60)):
        low, high = span(round_count(value), threshold)
        assert low <= value <= high
    assert span(0, threshold) == (0, 0)


# Table 7 of the acceptance tables: what rounding alone would give away.
SEVEN = {
    "two of four make ten": (row(4, 4), 5),
    "two of nine make twenty": (row(9, 9), 10),
    "a part of ten and its sum": (row(10, 2), 10),
    "ten and one and one": (row(10, 1, 1), 10),
    "zeros are shown": (row(10, 1, 1, 0, 0), 10),
    "zeros are shown at five": (row(10, 1, 1, 0), 5),
    "only one": (row(3, 0, 0), 5),
    "only one beside a part": (row(3, 5, 0), 5),
    "a single contributor": (row(10, 6, 1, 3), 5),
}


@pytest.mark.guards("Secrets: where rounding alone gives a count away, more is withheld")
@pytest.mark.parametrize("name", SEVEN)
def test_rounding_alone_gives_it_away_and_more_is_withheld(name: str) -> None:
    (sums, values), threshold = SEVEN[name]
    check_by_force(sums, values, threshold)


@pytest.mark.guards("Secrets: check and audit try all this without raw numbers")
@pytest.mark.parametrize(
    ("counts", "shown", "threshold", "falls"),
    [
        ((10, 2), (10, None, 10), 10, {"1"}),
        ((10, 1, 1), (10, None, None, 10), 10, {"1", "2"}),
    ],
)
def test_the_attack_without_raw_counts_finds_table_seven(
    counts: tuple[int, ...], shown: tuple[int | None, ...], threshold: int, falls: set[str]
) -> None:
    sums, values = row(*counts)
    table = build_table(values, sums)
    told = dict(zip([*sums[0].parts, ("sum",)], shown, strict=True))
    leaks = public_leaks(table, told, PublicRule(SensitivityRule(threshold=threshold)))
    assert {leak.key[0] for leak in leaks if leak.attacker is Attacker.READER} == falls


def test_the_smallest_of_a_sum_goes_first_and_then_the_sum() -> None:
    sums, values = row(3, 10, 40)
    shown = rounded(sums, values, 5).shown
    # 55 less 10 less 40: 1 to 4 stay possible, so nothing else has to go.
    assert shown == {("0",): None, ("1",): 10, ("2",): 40, ("sum",): 55}
    sums, values = row(2, 10)
    assert rounded(sums, values, 10).shown == {("0",): None, ("1",): None, ("sum",): 10}
    sums, values = row(4, 4)
    assert rounded(sums, values, 5).shown == {("0",): None, ("1",): None, ("sum",): None}


@whole
@pytest.mark.guards(
    "Secrets: whoever is counted learns nothing of others; three values stay for each withheld count"
)
@pytest.mark.parametrize("threshold", [5, 10])
@pytest.mark.parametrize("seed", every(range(6), {1, 5}))
def test_no_withheld_count_of_a_random_table_keeps_fewer_than_three_values(seed: int, threshold: int) -> None:
    chance = random.Random(f"{seed} {threshold}")
    for _ in range(6):
        sums, values = row(
            *(chance.choice([0, 1, 2, 3, 4, 5, 7, 9, 10, 12]) for _ in range(chance.randint(2, 4)))
        )
        check_by_force(sums, values, threshold)
    few = [0, 1, 2, 4, 5, 6, 10]
    sums, values = grid([[chance.choice(few) for _ in range(2)] for _ in range(2)])
    check_by_force(sums, values, threshold)


def test_the_same_input_gives_the_same_result_in_any_order() -> None:
    sums, values = grid([[3, 12, 0], [7, 1, 9], [2, 2, 20]])
    again = rounded(sums[::-1], dict(reversed(values.items())), 5)
    assert again.shown == rounded(sums, values, 5).shown
