"""Budgets: cents that add up whatever the weights, need that is never punished, and no number where one is missing."""

import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.subjects.budgets.derive import Sharing, SharingRule, apportion, inverted
from generator.subjects.budgets.model import BudgetResult, Distribution, Inverse
from tests.budget_town import AREAS, BUDGET, facts_of, indicator, read, table, town

counts = st.integers(1, 400_000)
money = st.integers(1, 10**10)


@st.composite
def plans(draw: st.DrawFn) -> tuple[int, Fraction, list[Fraction], list[SharingRule], SharingRule]:
    """Money, the share of indicators, their weights, and by what is shared; up to five indicators and twelve areas."""
    areas = [f"a{number:02}" for number in range(draw(st.integers(1, 12)))]
    amount = draw(st.integers(1, 5))
    parts = draw(st.lists(st.integers(1, 100), min_size=amount, max_size=amount))
    points = [Fraction(100 * part, sum(parts)) for part in parts]
    rules = []
    for number in range(amount):
        values = {key: Decimal(draw(counts)) for key in areas}
        rule: Inverse | None = draw(
            st.sampled_from([None, "reciprocal", *(["complement"] if len(areas) > 1 else [])])
        )
        weights = inverted(values, rule) if rule else {key: Fraction(value) for key, value in values.items()}
        rules.append(SharingRule(number, values, weights, inverse=rule))
    spent = {key: Decimal(draw(st.integers(1, 10**9))).scaleb(-2) for key in areas}
    outflow = SharingRule(None, spent, {key: Fraction(value) for key, value in spent.items()})
    return draw(money), Fraction(draw(st.integers(0, 100))), points, rules, outflow


def test_the_largest_remainders_get_the_cents_that_are_left() -> None:
    shares = {"a": Fraction(41), "b": Fraction(33), "c": Fraction(26)}
    # Of 10 cents: 4.1, 3.3 and 2.6, so c has the largest rest.
    assert {key: paid for key, (_, paid) in apportion(10, shares, "abc").items()} == {"a": 4, "b": 3, "c": 3}


def test_equal_rests_go_by_the_order() -> None:
    shares = dict.fromkeys("cab", Fraction(1))
    assert {key: paid for key, (_, paid) in apportion(101, shares, "abc").items()} == {
        "a": 34,
        "b": 34,
        "c": 33,
    }


@given(money, st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), counts, min_size=1, max_size=40))
def test_cents_add_up_and_lie_beside_the_exact_share(cents: int, given_weights: dict[str, int]) -> None:
    weights = {key: Fraction(value) for key, value in given_weights.items()}
    whole = sum(weights.values())
    paid = apportion(cents, weights, sorted(weights))
    assert sum(amount for _, amount in paid.values()) == cents
    for key, (_, amount) in paid.items():
        assert abs(amount - cents * weights[key] / whole) < 1 + Fraction(1, 10_000)


def distribute(
    cents: int, mix: Fraction, points: list[Fraction], rules: list[SharingRule], outflow: SharingRule
) -> Distribution:
    return Sharing(tuple(points), tuple(rules), outflow).of(cents, mix)


@given(plans())
def test_every_pot_and_every_area_adds_up(
    plan: tuple[int, Fraction, list[Fraction], list[SharingRule], SharingRule],
) -> None:
    found = distribute(*plan)
    assert sum(pot.paid.cents for pot in found.pots) == plan[0]
    assert sum(found.amounts.values()) == plan[0]
    assert all(sum(paid.cents for paid in pot.areas.values()) == pot.paid.cents for pot in found.pots)
    assert sum(pot.points for pot in found.pots) == 100


@given(plans(), st.data())
def test_more_need_never_gets_less_money(
    plan: tuple[int, Fraction, list[Fraction], list[SharingRule], SharingRule], data: st.DataObject
) -> None:
    cents, mix, points, rules, outflow = plan
    number = data.draw(st.integers(0, len(rules) - 1))
    area = data.draw(st.sampled_from(sorted(rules[number].values)))
    rule = rules[number]
    values = dict(rule.values)
    # More of what means more need, less of what means less.
    values[area] = (
        values[area] + data.draw(counts) if rule.inverse is None else max(Decimal(1), values[area] // 2)
    )
    weights = (
        inverted(values, rule.inverse)
        if rule.inverse
        else {key: Fraction(value) for key, value in values.items()}
    )
    needier = [
        SharingRule(number, values, weights, inverse=rule.inverse) if other == number else one
        for other, one in enumerate(rules)
    ]
    before, after = (
        distribute(cents, mix, points, rules, outflow),
        distribute(cents, mix, points, needier, outflow),
    )
    assert after.amounts[area] >= before.amounts[area]


@given(plans(), st.randoms())
def test_the_order_in_which_areas_are_read_changes_nothing(
    plan: tuple[int, Fraction, list[Fraction], list[SharingRule], SharingRule], chance: random.Random
) -> None:
    """`budget_facts` hands areas on in the order of their ids, so a record's order never decides a tie."""
    cents, mix, points, rules, outflow = plan
    areas = list(outflow.values)
    shuffled = chance.sample(areas, len(areas))

    def turned(rule: SharingRule) -> SharingRule:
        order = sorted(shuffled)
        return SharingRule(
            rule.weight,
            {key: rule.values[key] for key in order},
            {key: rule.counted[key] for key in order},
            inverse=rule.inverse,
        )

    there = distribute(cents, mix, points, [turned(rule) for rule in rules], turned(outflow))
    assert there.amounts == distribute(cents, mix, points, rules, outflow).amounts


def result_of(folder: Path, name: str = "raumgeld") -> BudgetResult:
    """Return a budget that can be computed."""
    found = facts_of(folder).further["budgets"][name]
    assert found.faults == ()
    assert found.result is not None
    return found.result


def test_a_record_s_order_of_areas_changes_nothing(tmp_path: Path) -> None:
    one = result_of(
        town(
            tmp_path / "a",
            {"resources/budgets/raumgeld.yml": BUDGET.replace("level: raum", "spaces: [sued, mitte, nord]")},
        )
    )
    other = result_of(
        town(
            tmp_path / "b",
            {"resources/budgets/raumgeld.yml": BUDGET.replace("level: raum", "spaces: [nord, sued, mitte]")},
        )
    )
    assert one == other == result_of(town(tmp_path / "c"))


def test_the_steps_of_a_small_budget_by_hand(tmp_path: Path) -> None:
    result = result_of(town(tmp_path))
    # 100,000 less 10,000 is 90,000; 5 per cent of that is 4,500.
    assert [taken.cents for taken in result.taken] == [1_000_000, 450_000]
    assert result.left == 8_550_000
    assert [(pot.points, pot.paid.cents) for pot in result.money.pots] == [
        (36, 3_078_000),
        (24, 2_052_000),
        (40, 3_420_000),
    ]
    # 500, 300 and 201 of 1,001 children.
    assert [result.money.pots[0].areas[key].cents for key in AREAS] == [1_537_463, 922_477, 618_060]
    # 1/100, 1/400 and 1/250 are as 20, 5 and 8 of 33.
    assert [result.money.pots[1].areas[key].cents for key in AREAS] == [1_243_636, 310_909, 497_455]
    # 20,000, 30,000 and 25,000.50 of 75,000.50 euros.
    assert [result.money.pots[2].areas[key].cents for key in AREAS] == [911_994, 1_367_991, 1_140_015]
    assert result.money.amounts == {"mitte": 3_693_093, "nord": 2_601_377, "sued": 2_255_530}
    assert result.changes == {"mitte": 1_693_093, "nord": -398_623, "sued": -244_520}
    # 70 and 30 per cent of 85,500 euros.
    assert result.parts == (5_985_000, 2_565_000)


# --- What stands in the way --------------------------------------------------------------------------------------------

WRONG = {
    "anteile-summe": ("weight: 60 %", "weight: 50 %", "weights"),
    "zahl-negativ": ("mitte: 20000", "mitte: -20000", "-20000"),
    "anteil-an-nichts": ("{mitte: 20000, nord: 30000, sued: 25000.50}", "{mitte: 0, nord: 0, sued: 0}", "{mitte"),
    "abfluss-gebiete": ("mitte: 20000, ", "", "{nord"),
    "abfluss-nicht-vorher": ("year: 2025", "year: 2026", "2026\n  amounts"),
    "unbekannter-verweis": ("indicator: kinder", "indicator: kindr", "kindr"),
    "abzug-unklar": ("amount: 10000", "amount: 10000, share: 3 %", "{kind: central"),
    "nichts-zu-verteilen": ("amount: 10000", "amount: 100000", "- {kind: central"),
    "anteil-ausserhalb": ("by_indicators: 60 %", "by_indicators: 160 %", "160 %"),
    "budget-ohne-gebiete": ("level: raum", "level: raum\nspaces: [mitte, nord, sued]", "raum\nspaces"),
    "budget-gebiete-ineinander": ("level: raum", "spaces: [mitte, nord, sued, musterstadt]", "mitte, nord"),
    "zeitraum-ohne-werte": ("indicator: kinder,", 'indicator: kinder, period: "2019",', '"2019"'),
    "weg-am-ziel": ("step: 15, interval: year", "step: 0, interval: year", "step: 0"),
    "betrag-geteilt": ("total: 100000", "total: 100000.005", "100000.005"),
    "kein-jahr": ("years: [2026]", "years: [26]", "26]"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "old", "new", "named"),
    [
        ("anteile-summe", "share: 70 %", "share: 60 %", "90 %"),
        ("abfluss-gebiete", "mitte: 20000", "musterstadt: 1, mitte: 20000", "Musterstadt"),
        ("budget-ohne-gebiete", "level: raum", "level: rum", "genau einmal"),
        ("weg-am-ziel", "by_indicators: 60 %", "by_indicators: 100 %", "Weg"),
    ],
)
def test_the_other_side_of_a_mistake_is_told_too(
    tmp_path: Path, code: str, old: str, new: str, named: str
) -> None:
    """Sub-budgets add up as weights do, an area too many is as wrong as one that lacks, a level may have none."""
    _, found = read(town(tmp_path, {"resources/budgets/raumgeld.yml": BUDGET.replace(old, new, 1)}))
    told = [item.message for item in found if item.code == code]
    assert told
    assert all(named in message for message in told)


@pytest.mark.parametrize("code", WRONG)
def test_a_mistake_in_the_record_is_told_at_its_place_and_no_number_is_made(
    tmp_path: Path, code: str
) -> None:
    old, new, place = WRONG[code]
    assert BUDGET.count(old) >= 1
    text = BUDGET.replace(old, new, 1)
    reading, found = read(town(tmp_path, {"resources/budgets/raumgeld.yml": text}))
    [problem] = [item for item in found if item.code == code]
    assert problem.position.file == "resources/budgets/raumgeld.yml"
    assert problem.help
    assert problem.severity == "error"
    line = text.splitlines()[problem.position.line - 1]
    expected = place.split("\n")[0]
    assert expected in line or expected in "\n".join(text.splitlines()[problem.position.line - 1 :][:2]), line
    if reading.site is not None and "raumgeld" in reading.site.records("budgets"):
        assert facts_of(tmp_path).further["budgets"]["raumgeld"].result is None


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"mitte": "500", "nord": ".", "sued": "201"}, "geheim"),
        ({"mitte": "500", "nord": "", "sued": "201"}, "fehlt"),
    ],
)
def test_one_figure_that_is_missing_takes_all_numbers_away(
    tmp_path: Path, values: dict[str, str], why: str
) -> None:
    folder = town(tmp_path, {"resources/indicators/kinder/values.csv": table(values)})
    _, found = read(folder)
    [problem] = [item for item in found if item.code == "budget-wert-fehlt"]
    assert problem.severity == "warning"
    assert "Schulkinder, Nord, 2025" in problem.message
    assert why in problem.message
    assert facts_of(folder).further["budgets"]["raumgeld"].result is None


def test_nothing_is_shared_by_a_sum_of_zero(tmp_path: Path) -> None:
    zero = table({"mitte": "0", "nord": "0", "sued": "0"})
    folder = town(tmp_path, {"resources/indicators/kinder/values.csv": zero})
    _, found = read(folder)
    assert [item.message for item in found if item.code == "anteil-an-nichts"] == [
        "Zusammen ist es null: Schulkinder, 2025"
    ]
    assert facts_of(folder).further["budgets"]["raumgeld"].result is None


def test_zero_has_no_reciprocal(tmp_path: Path) -> None:
    folder = town(
        tmp_path, {"resources/indicators/flaeche/values.csv": table({"mitte": "0", "nord": "4", "sued": "2"})}
    )
    _, found = read(folder)
    assert [item.code for item in found if item.position.file.startswith("resources/budgets")] == [
        "kehrwert-von-null"
    ]


def test_figures_from_before_a_break_don_t_steer_money_after_it(tmp_path: Path) -> None:
    broken = indicator("Schulkinder", 'breaks: [{period: "2026", note: neue Grenzen}]')
    folder = town(tmp_path, {"resources/indicators/kinder/indicator.yml": broken})
    _, found = read(folder)
    [problem] = [item for item in found if item.code == "zeitraum-ueber-bruch"]
    assert "ab 2026" in problem.message
    assert "neue Grenzen" in problem.help
    assert facts_of(folder).further["budgets"]["raumgeld"].result is None


def test_a_ready_made_rate_is_no_share(tmp_path: Path) -> None:
    rates = indicator("Quote", "adds_up: no").replace("unit: Stück", "unit: '%'")
    values = table({"mitte": "12.5", "nord": "10.5", "sued": "7.5"})
    folder = town(
        tmp_path,
        {
            "resources/indicators/kinder/indicator.yml": rates,
            "resources/indicators/kinder/values.csv": values,
        },
    )
    _, found = read(folder)
    assert [item.code for item in found if item.position.file.startswith("resources/budgets")] == [
        "kennzahl-ohne-anzahl"
    ]


@pytest.mark.parametrize(
    ("method", "counts", "areas"),
    [
        ("round-small", {"mitte": "30", "nord": "0", "sued": "15"}, "Mitte, Nord, Süd"),
    ],
)
def test_outflow_for_few_cases_is_withheld_with_their_number(
    tmp_path: Path, method: str, counts: dict[str, str], areas: str
) -> None:
    """Amounts of 30, 2 and 14 cases have the same cost of a case in them: they tell rounded counts exactly."""
    cases = BUDGET.replace("  year: 2025\n", "  year: 2025\n  cases_from: hilfen\n")
    folder = town(
        tmp_path,
        {
            "resources/budgets/raumgeld.yml": cases,
            "resources/indicators/hilfen/indicator.yml": indicator("Heimplätze", method=method),
            "resources/indicators/hilfen/values.csv": table(counts),
        },
    )
    _, found = read(folder)
    told = [item.message for item in found if item.code == "abfluss-verraet"]
    assert told == [f"Der Mittelabfluss kann verraten, was geheim ist: Heimplätze, {areas}, 2025"]
    assert facts_of(folder).further["budgets"]["raumgeld"].result is None


@pytest.mark.parametrize(
    ("counts", "more", "asked"),
    [
        ({"mitte": "30", "nord": ".", "sued": "."}, "", 1),
        ({"mitte": "30", "nord": "12", "sued": "14"}, "", 0),
        ({"mitte": "30", "nord": ".", "sued": "."}, "illustrative: [outflow]\n", 0),
    ],
    ids=["something is withheld", "nothing is", "made up"],
)
def test_money_for_claims_says_which_cases_it_is_spent_on(
    tmp_path: Path, counts: dict[str, str], more: str, asked: int
) -> None:
    """Amounts of 14, 2 and 22 cases tell all three, whoever withholds one of them."""
    folder = town(
        tmp_path,
        {
            "resources/budgets/raumgeld.yml": BUDGET.replace("pays_for: quarter", "pays_for: claims") + more,
            "resources/indicators/hilfen/indicator.yml": indicator("Heimplätze", method="round-small"),
            "resources/indicators/hilfen/values.csv": table(counts),
        },
    )
    _, found = read(folder)
    assert [item.code for item in found if item.code.startswith("abfluss")] == ["abfluss-ohne-faelle"] * asked
    assert (facts_of(folder).further["budgets"]["raumgeld"].result is None) is bool(asked)


def test_a_weight_by_migration_needs_its_source_and_its_criticism(tmp_path: Path) -> None:
    about = indicator("Kinder mit Migrationshintergrund")
    folder = town(tmp_path, {"resources/indicators/kinder/indicator.yml": about})
    _, found = read(folder)
    assert [item.code for item in found if item.position.file.startswith("resources/budgets")] == [
        "gewicht-ohne-herkunft"
    ]
    told = BUDGET.replace(
        "weight: 60 %", "weight: 60 %, source: Beschluss 2025, criticism: Herkunft ist kein Bedarf."
    )
    _, found = read(
        town(
            tmp_path,
            {"resources/indicators/kinder/indicator.yml": about, "resources/budgets/raumgeld.yml": told},
        )
    )
    assert [item.code for item in found if item.position.file.startswith("resources/budgets")] == []


# --- a large town -------------------------------------------------------------------------------------------------------


def test_a_town_of_250_000_with_70_million_euros_and_30_quarters(tmp_path: Path) -> None:
    chance = random.Random(9)
    keys = [f"quartier-{number:02}" for number in range(1, 31)]
    people = {key: chance.randint(6_500, 9_800) for key in keys}
    people[keys[-1]] += 250_000 - sum(people.values())
    files = {
        f"resources/spaces/{key}.yml": f"name: Quartier {key[-2:]}\nlevel: raum\nparent: musterstadt\n"
        for key in keys
    }
    files |= {f"resources/spaces/{key}.yml": "" for key in AREAS}
    files |= {
        f"resources/providers/traeger-{n:02}.yml": f"name: Träger {n}\nkind: non-profit\n"
        for n in range(1, 51)
    }
    files["resources/indicators/kinder/values.csv"] = table(
        {key: str(count) for key, count in people.items()}
    )
    files["resources/indicators/flaeche/values.csv"] = table(
        {key: str(chance.randint(10**5, 10**7)) for key in keys}
    )
    spent = ", ".join(f"{key}: {chance.randint(10**8, 3 * 10**8) / 100:.2f}" for key in keys)
    files["resources/budgets/raumgeld.yml"] = BUDGET.replace("total: 100000", "total: 70000000").replace(
        "mitte: 20000, nord: 30000, sued: 25000.50", spent
    )
    folder = town(tmp_path, files)
    for key in AREAS:
        (folder / f"resources/spaces/{key}.yml").unlink()
    result = result_of(folder)
    assert sum(people.values()) == 250_000
    assert len(result.money.amounts) == 30
    # 70,000,000 less 10,000, less 5 per cent of the rest.
    assert result.left == 6_649_050_000
    assert sum(result.money.amounts.values()) == result.left
