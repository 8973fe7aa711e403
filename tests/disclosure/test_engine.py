"""The attack on the acceptance tables, and the rules that say what is secret."""

import math
import random
from collections.abc import Iterable, Sequence
from itertools import product
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from scipy.sparse import csr_array

from generator.diagnostics import Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.engine import program
from generator.disclosure.engine.attack import (
    Attack,
    Attacker,
    Evidence,
    FeasibilityInterval,
    attack,
)
from generator.disclosure.engine.linear_system import Key, Statement, Sum, TableSystem, build_table
from generator.disclosure.engine.sensitivity import (
    Observation,
    Primary,
    Reason,
    SensitivityRule,
    find_primary,
)
from generator.disclosure.engine.solver import Solver
from generator.disclosure.measures.published import Disclosure, given_away
from generator.model.site import Site
from tests.disclosure.worlds import indicator

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


def without(values: dict[Key, int], secret: Iterable[Key]) -> dict[Key, int]:
    hidden = set(secret)
    return {key: value for key, value in values.items() if key not in hidden}


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


def test_acceptance_4_one_cell_is_exact_until_one_more_goes() -> None:
    table, values = two_way(TABLE_4)
    found = attack(table, without(values, SECRET_4)).intervals
    assert (found["0", "b"].low, found["0", "b"].high) == (47, 47)
    found = attack(table, without(values, SECRET_4 | {("1", "d")})).intervals
    assert (found["0", "b"].low, found["0", "b"].high) == (0, 78)


def test_rules_in_their_order() -> None:
    key = ("a",)
    rule = SensitivityRule(5, minimum_denominator=100, minimum_population=300)
    assert find_primary(Observation(key, 0, 500, 900), rule) is None
    assert find_primary(Observation(key, 5, 500, 900), rule) is None
    small = find_primary(Observation(key, 4, 50, 20), rule)
    assert small is not None
    assert small.reason is Reason.THRESHOLD
    assert find_primary(Observation(key, 20, 99, 900, ceiling=99), rule) == Primary(key, Reason.DENOMINATOR)
    # The smallest that may be shown is the number itself.
    assert find_primary(Observation(key, 20, 100, 300), rule) is None
    few = find_primary(Observation(key, 20, 150, 299), rule)
    assert few is not None
    assert few.reason is Reason.POPULATION
    zero = find_primary(Observation(key, 0), SensitivityRule(5, zeros=True))
    assert zero is not None
    assert zero.reason is Reason.ZERO
    nearly_all = find_primary(Observation(key, 98, 100, ceiling=100), SensitivityRule(5, complement=True))
    assert nearly_all is not None
    assert nearly_all.reason is Reason.COMPLEMENT


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


def test_a_parent_that_is_not_the_sum_is_a_contradiction() -> None:
    table, values = two_way(TABLE_3)
    assert attack(table, values | {(TOTAL, TOTAL): 1}).contradictions


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


AGE = {
    "id": "alter",
    "name": "Alter",
    "values": [{"id": "u6", "name": "unter 6"}, {"id": "ab6", "name": "ab 6"}],
}
HILFEN = indicator("hilfen", breakdowns=[AGE])


def space(name: str, parent: str | None = "stadt", english: str = "") -> SimpleNamespace:
    return SimpleNamespace(name=name, parent=parent, translations={"en": SimpleNamespace(name=english)})


SITE = cast(
    Site,
    SimpleNamespace(
        spaces={"stadt": space("Kleinstadt", None), "ahorn": space("Ahornviertel", english="Maple"), "west": space("West"), "t": space("Schule T")},
        indicators={"hilfen": HILFEN},
        config=SimpleNamespace(name="Kleinstadt im Blick", publisher=SimpleNamespace(name="Stadt Kleinstadt", office=None), town="Kleinstadt"),
    ),
)  # fmt: skip
PLACE = Position("values.csv", 7, 3)
KEY = ("hilfen", "ahorn", "2025", "alter:u6")
CELL = "„Ahornviertel, 2025, unter 6“"


EVIDENCE = Evidence(
    (("hilfen", "west", "2025"), ("hilfen", "stadt", "2025")), ("die Summe", "eine Quote", "ein Satz")
)
NAMED = "die Summe; eine Quote; ein Satz; West, 2025"
CASES: list[tuple[dict[str, Any], tuple[str, dict[str, Any]]]] = [
    ({"contradictions": ("a", "b", "c", "d")}, ("tabellen-widersprechen", {"by": "a, b, c"})),
    ({"past": True, "attacker": Attacker.CONTRIBUTOR}, ("frueher-verraten", {"count": 1, "whom": "wer selbst in einer Zelle gezählt ist", "cell": CELL})),
    ({"past": True}, ("frueher-verraten", {"count": 1, "whom": "wer alles Veröffentlichte kennt", "cell": CELL})),
    ({"evidence": Evidence((KEY,), ("hilfen / west×t / 2025", " / ".join(KEY)))}, ("zahl-verraten", {"cell": CELL, "what": "auf weniger als drei mögliche Werte", "by": "West, der Teil in Schule T, 2025; Ahornviertel, 2025, unter 6"})),
    ({"contradictions": ("hilfen / west / 2025",)}, ("tabellen-widersprechen", {"by": "West, 2025"})),
    ({"attacker": Attacker.CONTRIBUTOR, "knows": ("hilfen", "west", "2025")}, ("zahl-fuer-beteiligte", {"cell": CELL, "own": "„West, 2025“"})),
    ({}, ("zahl-verraten", {"cell": CELL, "what": "auf weniger als drei mögliche Werte", "by": NAMED})),
    ({"interval": FeasibilityInterval(2, 2)}, ("zahl-verraten", {"cell": CELL, "what": "genau", "by": NAMED})),
    ({"evidence": Evidence((), ())}, ("zahl-verraten", {"cell": CELL, "what": "auf weniger als drei mögliche Werte", "by": "die Regel selbst"})),
    ({"cell": None}, ("zahl-verraten", {"cell": CELL, "what": "auf weniger als drei mögliche Werte", "by": NAMED})),
]  # fmt: skip


@pytest.mark.parametrize(("more", "told"), CASES)
def test_what_is_told_of_a_count_that_comes_out(
    more: dict[str, Any], told: tuple[str, dict[str, Any]]
) -> None:
    values = {
        "cell": ("ahorn", "2025", ("u6",)),
        "interval": FeasibilityInterval(1, 3),
        "evidence": EVIDENCE,
        **more,
    }
    item = Disclosure(KEY, "hilfen", **values)
    assert given_away(SITE, item, PLACE) == diagnostic(told[0], PLACE, **told[1])


def test_an_amount_of_withheld_cases_is_told_without_a_number() -> None:
    told = given_away(SITE, Disclosure(KEY, "hilfen", None, None, Evidence((), ("Kosten",))), PLACE)
    assert told == diagnostic("betrag-verraet", PLACE, cell=CELL, title="Kosten")


INF = float("inf")
A, B, C, D, T, U, X = ((letter,) for letter in "abcdtux")


def seeds(count: int) -> Any:
    return pytest.mark.parametrize("seed", range(count))


def random_system(rng: random.Random) -> tuple[TableSystem, dict[Key, tuple[float, float]]]:
    """Up to four cells of at most five each, tied by all kinds of rows."""
    keys = [A, B, C, D][: rng.randint(2, 4)]
    bounds = {key: (float(rng.choice((0, 0, 1))), float(rng.randint(1, 5))) for key in keys}
    statements = []
    for number in range(rng.randint(1, 4)):
        terms = tuple((key, float(rng.choice((-2, -1, 1, 1, 2, 3)))) for key in rng.sample(keys, rng.randint(1, len(keys))))  # fmt: skip
        point = {key: rng.randint(0, 4) for key in keys}
        middle = sum(part * point[key] for key, part in terms)
        low, high = rng.choice(((0, 0), (0, 0), (-1, 0), (0, 2), (0.5, 0.75), (-INF, 1), (0, INF)))
        statements.append(Statement(terms, middle + low, middle + high, f"said {number}"))
    return build_table(keys, (), statements, bounds), bounds


def points(table: TableSystem, ranges: dict[Key, tuple[float, float]]) -> list[tuple[int, ...]]:
    """Every point in whole counts that fits the rows."""
    matrix = table.matrix.toarray()
    spans = [range(math.ceil(low), math.floor(high) + 1) for low, high in (ranges[key] for key in table.keys)]
    found = []
    for point in product(*spans):
        said = matrix @ np.array(point)
        if np.all(said >= table.row_lower - 1e-9) and np.all(said <= table.row_upper + 1e-9):
            found.append(point)
    return found


@seeds(100)
def test_an_attack_finds_the_least_and_the_greatest_of_all_that_fits(seed: int) -> None:
    rng = random.Random(seed)
    table, bounds = random_system(rng)
    known = {key: rng.randint(0, 3) for key in table.keys if rng.random() < 0.2}
    more = {key: (rng.choice((0.0, 1.0)), rng.choice((2.0, 9.0))) for key in table.keys if rng.random() < 0.3}
    targets = rng.choice((None, rng.sample(table.keys, 1)))
    ranges = dict(bounds)
    for key, (low, high) in more.items():
        ranges[key] = (max(low, ranges[key][0]), min(high, ranges[key][1]))
    ranges |= {key: (value, value) for key, value in known.items()}
    fitting = points(table, ranges)
    found = attack(table, known, targets, more)
    if not fitting:
        assert found.intervals == {}
        assert list(found.contradictions) == sorted(set(found.contradictions) & set(table.sources))
        assert found.contradictions or not table.sources
        return
    assert found.contradictions == ()
    wanted = targets or [key for key in table.keys if key not in known]
    ends = {key: [point[table.index[key]] for point in fitting] for key in wanted}
    assert found.intervals == {key: FeasibilityInterval(min(all_), max(all_)) for key, all_ in ends.items()}


def test_rows_of_different_statements_that_cannot_both_be_are_named() -> None:
    said = [
        Statement(((A, 1.0), (B, 1.0)), 3, 3, "three"),
        Statement(((A, 1.0), (B, 1.0)), 4, 4, "four"),
        Statement(((C, 1.0),), 1, 1, "else"),
    ]
    assert attack(build_table([], (), said), {}) == Attack({}, ("four", "three"))
    # What bounds alone settle, and rows of nothing but known counts.
    assert attack(build_table([], (), said[:1]), {A: 1, B: 1}) == Attack({}, ("three",))
    assert attack(build_table([], (), said[:1], {A: (5, 9)}), {}) == Attack({}, ("three",))
    # Only whole numbers say it: twice one and twice another are never odd.
    odd = [Statement(((A, 2.0), (B, 2.0)), 7, 7, "odd"), said[2]]
    assert attack(build_table([], (), odd), {}) == Attack({}, ("odd",))
    # A triangle of sums that only solving together contradicts.
    three = [Statement(((first, 1.0), (last, 1.0)), 1, 1, f"{first[0]}{last[0]}") for first, last in ((A, B), (B, C), (A, C))]  # fmt: skip
    assert attack(build_table([], (), three), {}) == Attack({}, ("ab", "ac", "bc"))


def answering(monkeypatch: pytest.MonkeyPatch, point: Any) -> None:
    """Let the solver hand out this point, whatever is asked."""
    monkeypatch.setattr(Solver, "found", lambda solver: (np.array(point), np.zeros(0)))


@pytest.mark.guards("Secrets: a solver's missing or wrong answer never opens a cell")
def test_a_point_that_breaks_its_own_rows_opens_no_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Solvers have called such points optimal: taken for possible they would make the count look open."""
    matrix = csr_array(np.array([[2.0, 2.0, 3.0]]))
    system = program.System(matrix, np.array([7.0]), np.array([7.0]), np.zeros(3), np.full(3, 3.0))
    usual, is_proven = program.whole_extreme(system, 2, True)
    assert usual is not None
    assert (usual[2], is_proven) == (1.0, True)
    answering(monkeypatch, [0.0, 0.0, 3.0])
    for greatest in (True, False):
        assert program.whole_extreme(system, 2, greatest) == (None, False)


@pytest.mark.guards("Secrets: a solver's missing or wrong answer never opens a cell")
@pytest.mark.parametrize("found", [[], [2.0, 2.0, 2.0]], ids=["no answer", "a wrong one"])
def test_a_whole_number_that_nobody_found_is_taken_as_recovered(
    found: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """3a + 2b + 2c = 7: only whole numbers say that a is 1. Where the solver has none, or one that can't be, a isn't open."""
    keys: list[Key] = [("a",), ("b",), ("c",)]
    said = [Statement(tuple(zip(keys, (3.0, 2.0, 2.0), strict=True)), 7, 7, "said")]
    table = build_table({*keys}, [], said, dict.fromkeys(keys, (0.0, 2.0)))
    usual = attack(table, {}).intervals["a",]
    assert (usual.low, usual.high) == (1, 1)
    whole = Solver.want_whole

    def wrong(solver: Solver, nodes: int) -> None:
        solver.found = lambda: (np.array(found), np.zeros(0))
        whole(solver, nodes)

    monkeypatch.setattr(Solver, "want_whole", wrong)
    assert attack(table, {}).intervals["a",].recovered
