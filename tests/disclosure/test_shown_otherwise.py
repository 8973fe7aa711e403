"""What one indicator withholds stands in another: as a value of a breakdown, what is left of a whole, a change, a finer count, a note."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from generator.disclosure.implied_sums import AGREEING
from generator.disclosure.ties.columns import CountColumn, times_of
from generator.disclosure.ties.undeclared import find_twins
from tests.chance import every_row
from tests.disclosure.test_more_damage import checked, protected, write
from tests.disclosure.test_undeclared_sums import AGES, COUNT, by
from tests.disclosure.worlds import RAW, write_project, write_raw

OPEN = COUNT.format(title="Zweite") + "disclosure: {method: none}\n"
ARTS = ("spfh", "heim", "ambulant")


def two(root: Path, first: str, raw: str, second: str, more: str) -> tuple[Path, Path]:
    project, folder = write_project(root / "projekt", first), root / "roh"
    write(project, "resources/indicators/zweite/indicator.yml", second)
    write(folder, "hilfen.csv", raw)
    write(folder, "zweite.csv", more)
    return project, folder


def by_art() -> str:
    lines = [
        f"{key},2025,{art},{count}"
        for key, three in AGES.items()
        for art, count in zip(ARTS, three, strict=True)
    ]
    return "space,period,art,numerator\n" + "\n".join(lines) + "\n"


def counted(counts: Mapping[str, int], period: str = "2025") -> str:
    return "space,period,numerator\n" + "".join(f"{key},{period},{count}\n" for key, count in counts.items())


@pytest.mark.parametrize(
    ("counts", "how"),
    [
        ({key: three[1] for key, three in AGES.items()}, "„Zweite“ (dieselbe Zahl)"),
        ({key: three[0] + three[1] for key, three in AGES.items()}, ""),
    ],
    ids=["the value of a breakdown", "other counts"],
)
def test_an_indicator_of_its_own_for_one_value_of_a_breakdown(
    counts: dict[str, int], how: str, tmp_path: Path
) -> None:
    first = COUNT.format(title="Hilfen") + by("art", *ARTS)
    project, raw = two(tmp_path, first, by_art(), OPEN, counted(counts))
    found, said = protected(project, raw)
    assert ("zahl-unter-anderem-namen" in said) is bool(how), found
    if how:
        assert "„Celtis, 2025, heim“ ist geheim" in said["zahl-unter-anderem-namen"].message
        assert how in said["zahl-unter-anderem-namen"].message
        assert not list(project.rglob("values.csv"))


def test_a_value_of_a_breakdown_is_an_indicator_of_its_own_elsewhere(tmp_path: Path) -> None:
    """The other way round: what is withheld as a whole stands in another indicator as one of its parts."""
    parts = {key: three[1] for key, three in AGES.items()}
    second = OPEN + by("art", *ARTS)
    project, raw = two(tmp_path, COUNT.format(title="Hilfen"), counted(parts), second, by_art())
    message = protected(project, raw)[1]["zahl-unter-anderem-namen"].message
    assert message == (
        "„Celtis, 2025“ ist geheim, steht aber in anderer Form in „Zweite (heim)“ (dieselbe Zahl)"
    )
    assert not list(project.rglob("values.csv"))


def test_neighbours_of_a_breakdown_together_are_another_indicator(tmp_path: Path) -> None:
    """A count that is small beside its own threshold stands elsewhere in two parts that are not small there."""
    second = COUNT.format(title="Zweite") + "disclosure: {method: none}\n" + by("alter", "a", "b", "c")
    first = COUNT.format(title="Hilfen") + "disclosure: {threshold: 25}\n"
    lines = [
        f"{key},2025,{age},{count}"
        for key, three in AGES.items()
        for age, count in zip("abc", three, strict=True)
    ]
    parts = "space,period,alter,numerator\n" + "\n".join(lines) + "\n"
    both = {key: one + two + 40 * (key == "dorn") for key, (one, two, _) in AGES.items()}
    project, raw = two(tmp_path / "apart", first, counted(both | {"ahorn": 21, "esche": 22}), second, parts)
    assert "zahl-unter-anderem-namen" not in protected(project, raw)[1]
    lines = [
        line if "dorn" not in line else line.replace("dorn,2025,a,18", "dorn,2025,a,58") for line in lines
    ]
    ages = {**AGES, "esche": (11, 9, 17)}
    lines = [line.replace("esche,2025,b,15", "esche,2025,b,9") for line in lines]
    both = {key: one + two + 40 * (key == "dorn") for key, (one, two, _) in ages.items()}
    parts = "space,period,alter,numerator\n" + "\n".join(lines) + "\n"
    project, raw = two(tmp_path / "together", first, counted(both), second, parts)
    message = protected(project, raw)[1]["zahl-unter-anderem-namen"].message
    assert message.endswith("in „Zweite (a + b)“ (dieselbe Zahl)")


def by_period(counts: Mapping[str, Mapping[str, int]]) -> str:
    tables = [counted(one, period) for period, one in counts.items()]
    return tables[0] + "".join(table.partition("\n")[2] for table in tables[1:])


def test_a_sum_over_years_or_quarters_stands_in_another_indicator(tmp_path: Path) -> None:
    """Three years together, and the quarters of a year: 3 in Birke is what the other years leave, or what the quarters add up to."""
    year = {key: count for key, (count, _) in RAW.items()}
    following = {key: count + count % 7 for key, count in year.items()}
    last = {key: count + 2 * (count % 7) for key, count in year.items()}
    years = {"2023": year, "2024": following, "2025": last}
    together = {key: sum(one[key] for one in years.values()) for key in year}
    quarters = {}
    for number in (1, 2, 3, 4):
        quarters[f"2023-Q{number}"] = {key: (count + number - 1) // 4 for key, count in year.items()}
    cases = {"several": (years, {"2023-2025": together}), "one": ({"2023": year}, quarters)}
    for name, (mine, theirs) in cases.items():
        first = COUNT.format(title="Hilfen")
        project, raw = two(tmp_path / name, first, by_period(mine), OPEN, by_period(theirs))
        found, said = protected(project, raw)
        assert "zahl-unter-anderem-namen" in said, (name, found)
        assert "„Zweite“" in said["zahl-unter-anderem-namen"].message


def test_a_sum_over_years_is_judged_by_the_sums_and_not_by_what_is_left_of_them(tmp_path: Path) -> None:
    """Few counts of up to 6 differ little, their sums of 3 to 24 a lot: 4 in the town is told."""
    rows = ((0, 2, 1), (1, 6, 2), (2, 2, 2), (1, 2, 0), (0, 2, 1))
    years = {
        year: {key: row[place] for key, row in zip(RAW, rows, strict=True)}
        for place, year in enumerate(("2022", "2023", "2024"))
    }
    together = {key: sum(row) for key, row in zip(RAW, rows, strict=True)}
    first, second = by_period(years), by_period({"2022-2024": together})
    project, raw = two(tmp_path, COUNT.format(title="Hilfen"), first, OPEN, second)
    found, said = protected(project, raw)
    assert "eine Summe über Jahre" in said["zahl-unter-anderem-namen"].message, found


def test_a_running_total_and_a_mean_of_years_tell_what_they_are_made_of(tmp_path: Path) -> None:
    """Since the beginning of the year so many, or in the mean of three years: 3 in Dorn is what the periods before leave."""
    first = {"ahorn": 14, "birke": 11, "celtis": 22, "dorn": 3, "esche": 31}
    steps = [{key: count + place * (1 + count % 3) for key, count in first.items()} for place in (0, 2, 3, 1)]
    quarters, since = {}, {}
    for year, number in product((2024, 2025), (1, 2, 3, 4)):
        quarters[f"{year}-Q{number}"] = steps[number - 1]
        since[f"{year}-Q{number}"] = {key: sum(step[key] for step in steps[:number]) for key in first}
    years = {str(2022 + place): step for place, step in enumerate(reversed(steps))}
    rows = [
        f"{key},{2022 + last},{sum(step[key] for step in steps[3 - last : 6 - last]) / 3:.1f}"
        for last in (2, 3)
        for key in first
    ]
    means = "space,period,numerator\n" + "\n".join(rows) + "\n"
    mean = OPEN.replace("title: Zweite", "title: Zweite\nadds_up: no")
    cases = {
        "ein Zuwachs": (quarters, OPEN, by_period(since)),
        "ein Mittel über Jahre": (years, mean, means),
    }
    for how, (mine, definition, theirs) in cases.items():
        project, raw = two(
            tmp_path / how[:7], COUNT.format(title="Hilfen"), by_period(mine), definition, theirs
        )
        found, said = protected(project, raw)
        assert "zahl-unter-anderem-namen" in said, (how, found)
        assert how in said["zahl-unter-anderem-namen"].message


def test_what_is_left_of_the_denominator(tmp_path: Path) -> None:
    """All families less those without help are those with help; nobody said that the two belong together."""
    project, raw = write_project(tmp_path / "projekt"), write_raw(tmp_path / "roh")
    write(project, "resources/indicators/zweite/indicator.yml", OPEN)
    write(raw, "zweite.csv", counted({key: below - count for key, (count, below) in RAW.items()}))
    message = protected(project, raw)[1]["zahl-unter-anderem-namen"].message
    assert message.endswith(
        "steht aber in anderer Form in „Hilfen für Familien“ und „Zweite“ (als Unterschied)"
    )


@pytest.mark.parametrize("form", ["difference", "per cent"])
def test_a_change_tells_the_count_of_the_year_after(form: str, tmp_path: Path) -> None:
    before = {"ahorn": 20, "birke": 16, "celtis": 25, "dorn": 10, "esche": 40}
    after = {"ahorn": 14, "birke": 3, "celtis": 21, "dorn": 12, "esche": 31}
    change = {key: f"{after[key] - before[key]}" for key in before}
    if form == "per cent":
        change = {key: f"{100 * (after[key] - before[key]) / before[key]:.1f}" for key in before}
    first = COUNT.format(title="Hilfen")
    second = OPEN + "adds_up: no\n"
    project = write_project(tmp_path, first)
    write(project, "resources/indicators/zweite/indicator.yml", second)
    secret = {"birke", "esche"}
    lines = [f"{key},2024,{count}," for key, count in before.items()]
    lines += [
        f"{key},2025,{'' if key in secret else count},{'.' if key in secret else ''}"
        for key, count in after.items()
    ]
    for period, counts in (("2024", before), ("2025", after)):
        nord, all_ = counts["ahorn"] + counts["birke"], sum(counts.values())
        lines += [
            f"{key},{period},{value},"
            for key, value in (("nord", nord), ("sued", all_ - nord), ("kleinstadt", all_))
        ]
        if period == "2025":
            change |= {"nord": str(nord - 36), "sued": str(all_ - nord - 75), "kleinstadt": str(all_ - 111)}
    if form == "per cent":
        change |= {
            "nord": f"{100 * (17 - 36) / 36:.1f}",
            "sued": f"{100 * (64 - 75) / 75:.1f}",
            "kleinstadt": f"{100 * (81 - 111) / 111:.1f}",
        }
    write(
        project,
        "resources/indicators/hilfen/values.csv",
        "space,period,numerator,status\n" + "\n".join(lines) + "\n",
    )
    write(
        project,
        "resources/indicators/zweite/values.csv",
        "space,period,numerator\n" + "".join(f"{key},2025,{value}\n" for key, value in change.items()),
    )
    assert not checked(project, "wert-unplausibel")
    found = [str(item["message"]) for item in checked(project, "zahl-unter-anderem-namen")]
    assert any("„Birke, 2025“" in message and "Veränderung" in message for message in found), found


def test_exact_counts_beside_rounded_ones(tmp_path: Path) -> None:
    first = COUNT.format(title="Hilfen") + "disclosure: {method: round-5}\n"
    counts = {"ahorn": 14, "birke": 3, "celtis": 22, "dorn": 2, "esche": 31}
    project, raw = two(tmp_path, first, counted(counts), OPEN, counted(counts))
    message = protected(project, raw)[1]["zahl-unter-anderem-namen"].message
    assert message == "„Birke, 2025“ ist geheim, steht aber in anderer Form in „Zweite“ (dieselbe Zahl)"


def test_a_note_beside_a_withheld_count(tmp_path: Path) -> None:
    """Notes of raw tables go into the published one."""
    project, raw = write_project(tmp_path / "projekt", COUNT.format(title="Hilfen")), tmp_path / "roh"
    lines = [
        "ahorn,14,Neuer Zuschnitt 2024",
        "birke,3,nur 3 Familien",
        "celtis,22,22 Anträge",
        "dorn,2,zwei Kinder einer Familie",
        "esche,31,",
    ]
    text = (
        "space,period,numerator,note\n" + "\n".join(line.replace(",", ",2025,", 1) for line in lines) + "\n"
    )
    write(raw, "hilfen.csv", text)
    found, said = protected(project, raw)
    assert [code for code, *_ in found] == ["anmerkung-verraet"] * len(found)
    assert len(found) > 1
    assert "die Anmerkung daneben nennt eine Zahl: „nur 3 Familien“" in said["anmerkung-verraet"].message
    assert not list(project.rglob("values.csv"))
    table = "space,period,numerator,status,note\n" + "".join(
        f"{key},2025,{count},{'.' if not count else ''},{note}\n"
        for key, count, note in (
            ("ahorn", "14", ""),
            ("birke", "", "nur 3 Familien"),
            ("celtis", "22", ""),
            ("dorn", "", "Umzug 2024"),
            ("esche", "31", "gezählt am 1.3.2025"),
        )
    )
    write(project, "resources/indicators/hilfen/values.csv", table)
    assert [item["line"] for item in checked(project, "anmerkung-verraet")] == [3]
    # What stands before a number stands there without one, too.
    write(project, "resources/indicators/hilfen/values.csv", table.replace(",note", ",qualifier"))
    assert [item["line"] for item in checked(project, "anmerkung-verraet")] == [3]


# --- chance ---------------------------------------------------------------------------------------------------------


AREAS = times_of([(str(number), "2025") for number in range(14)])


def columns(count: int, places: int, most: int, seed: int) -> list[CountColumn]:
    random = np.random.default_rng(seed)
    return [
        CountColumn(f"c{number}", f"c{number}", random.integers(0, most, places).astype(float))
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "places", "most"), every_row(((12, 6, 6), (24, 8, 12), (30, 12, 60), (8, 30, 4)), {6})
)
def test_chance_makes_no_twins(count: int, places: int, most: int) -> None:
    """Tables that have nothing to do with each other: none is found to be a sum, a rate or a change of others."""
    for seed in range(12):
        target, *others = columns(count, places, most, seed)
        values = target.values.copy()
        values[0] = np.nan
        steps = times_of([("a", str(1900 + number)) for number in range(places)])
        found = list(find_twins(CountColumn("t", "t", values), [0], others, steps))
        if seed < 2:
            own = CountColumn("t", "t", values, real=target.values)
            found += list(find_twins(own, [0], others, steps))
        assert found == [], (seed, found)


@pytest.mark.parametrize("signs", [(1, 1), (1, -1), (1, 1, 1), (1, 1, -1)])
def test_signed_sums_of_up_to_three_are_found(signs: tuple[int, ...]) -> None:
    others = columns(9, 14, 80, 7)
    values = sum((sign * item.values for sign, item in zip(signs, others, strict=False)), np.zeros(14))
    values[0] = np.nan
    ((_, twin),) = find_twins(CountColumn("t", "t", values), [0], others, AREAS)
    assert twin.words == tuple(f"c{number}" for number in range(len(signs)))
    few = values.copy()
    few[AGREEING:] = np.nan
    assert not list(find_twins(CountColumn("t", "t", few), [0], others, AREAS))


@pytest.mark.parametrize(
    "how", ["ein Betrag im selben Verhältnis", "eine Quote darauf", "eine Veränderung in Prozent"]
)
def test_what_is_in_proportion_to_a_count_shows_it(how: str) -> None:
    """Euros at so much a case, per cent of those who live there, per cent more than in the period before."""
    random = np.random.default_rng(3)
    counts, below = random.integers(20, 90, 14).astype(float), random.integers(200, 900, 14).astype(float)
    before = np.array([np.nan, *counts[:-1]])
    shown, half = {
        "ein Betrag im selben Verhältnis": (1250 * counts, 0.5),
        "eine Quote darauf": (np.round(100 * counts / below, 1), 0.05),
        "eine Veränderung in Prozent": (np.round(100 * (counts / before - 1), 1), 0.05),
    }[how]
    values = counts.copy()
    values[5] = np.nan
    steps = times_of([("a", str(2000 + number)) for number in range(14)])
    other = CountColumn("andere", "andere", shown, half)
    ((place, twin),) = find_twins(
        CountColumn("t", "t", values), [5], [other, CountColumn("below", "below", below)], steps
    )
    assert (place, twin.words, twin.how) == (5, ("andere",), how)


PERIODS = times_of([(area, year) for year in ("2023", "2024", "2025") for area in "abcde"])


@pytest.mark.parametrize("rounded", [1, 1000])
@pytest.mark.parametrize("each", [(11_874, 12_231, 12_954), (100 / 79, 100 / 74, 100 / 82)])
def test_what_a_case_costs_may_be_another_amount_each_year(each: tuple[float, ...], rounded: int) -> None:
    """So many euros a case, or the share of the town's cases: the other areas of the year tell how much a case is."""
    counts = np.array([14, 3, 22, 9, 31, 15, 2, 21, 8, 28, 13, 4, 25, 7, 33], dtype=float)
    amounts = np.repeat(each, 5) * counts
    if each[0] > rounded:
        amounts = np.round(amounts / rounded)
    values = counts.copy()
    values[[1, 6, 11]] = np.nan
    found = list(find_twins(CountColumn("t", "t", values), [1, 6, 11], [CountColumn("o", "o", amounts, 0.05)], PERIODS))  # fmt: skip
    assert [(place, tie.how) for place, tie in found] == [(place, "ein Betrag im selben Verhältnis") for place in (1, 6, 11)]  # fmt: skip


def test_an_index_is_seen_by_the_real_counts_where_half_of_its_parts_are_withheld_in_some_place() -> None:
    """Twenty areas in one year, five counts with as much weight each; a reader sees all five in fewer areas than prove it."""
    random = np.random.default_rng(5)
    counts = [random.poisson(mean, 20).astype(float) for mean in (6, 60, 6, 6, 7)]
    index = np.round(100 + 2 * sum((one - one.mean()) / one.std() for one in counts), 1)
    shown = [np.where((one > 0) & (one < 5), np.nan, one) for one in counts]
    target, *others = (
        CountColumn(name, name, told, real=real)
        for name, told, real in zip("tabcd", shown, counts, strict=True)
    )
    assert np.isfinite(shown).all(axis=0).sum() < 10
    beside = [*others, CountColumn("i", "i", index, 0.05, open=True)]
    secret = np.flatnonzero(np.isnan(target.values) & np.isfinite(shown[1:]).all(axis=0)).tolist()
    places = times_of([(str(number), "2025") for number in range(20)])
    found = [place for place, _ in find_twins(target, secret, beside, places)]
    assert secret
    assert found == secret


def test_what_begins_with_nothing_is_in_no_proportion() -> None:
    """A kind of help that there is since 2025: its zeros before tell nothing of other counts."""
    counts = np.array([14, 3, 22, 9, 31, 15, 2, 21, 8, 28, 13, 4, 25, 7, 33], dtype=float)
    new = np.array([0] * 10 + [1, 0, 2, 1, 2], dtype=float)
    values = counts.copy()
    values[[1, 6]] = np.nan
    target = CountColumn("t", "t", values, real=counts)
    assert list(find_twins(target, [1, 6], [CountColumn("o", "o", new)], PERIODS)) == []


def test_what_is_nothing_but_in_one_area_is_no_rate_of_counts() -> None:
    """Where the ratio of two others is large there is one case, else none: of many ratios alike all agree."""
    numbers = np.arange(30)
    counts = np.array([31.0, 33, 29, *(3 + 7 * numbers % 11)])
    below = np.array([25.0, 27, 24, *(40 + 13 * numbers % 37)])
    rare = np.array([1.0] * 3 + [0] * 30)
    values = counts.copy()
    values[counts == 4] = np.nan
    target = CountColumn("t", "t", values, real=counts)
    others = [CountColumn("rare", "rare", rare), CountColumn("below", "below", below)]
    places = times_of([(f"{number // 3}", f"{2023 + number % 3}") for number in range(33)])
    assert list(find_twins(target, np.flatnonzero(counts == 4).tolist(), others, places)) == []


def test_an_index_has_another_factor_in_each_area() -> None:
    """Whichever year is 100, also where it is withheld: any year of the area that is shown tells the others."""
    counts = np.array([14, 6, 22, 12, 3, 25, 17, 8, 28], dtype=float)
    index = np.round(100 * counts / np.tile(counts[:3], 3), 1)
    values = counts.copy()
    values[4] = np.nan
    places = times_of([(area, year) for year in ("2023", "2024", "2025") for area in "abc"])
    ((place, tie),) = find_twins(CountColumn("t", "t", values), [4], [CountColumn("i", "i", index, 0.05)], places)  # fmt: skip
    assert (place, tie.how) == (4, "ein Betrag im selben Verhältnis")


def test_what_is_spent_and_what_a_case_costs_tell_how_many_cases_there_are() -> None:
    random = np.random.default_rng(5)
    counts, spent = (
        random.integers(2, 40, 15).astype(float),
        random.integers(90_000, 400_000, 15).astype(float),
    )
    values = counts.copy()
    values[4] = np.nan
    each = CountColumn("Kosten je Fall", "e", np.round(spent / counts))
    others = [CountColumn("Ausgaben", "a", spent), each]
    ((place, tie),) = find_twins(CountColumn("t", "t", values), [4], others, PERIODS)
    assert (place, tie.words, tie.how) == (4, ("Kosten je Fall", "Ausgaben"), "je Fall gerechnet")
    assert tie.sources == {"a", "e"}


@pytest.mark.parametrize(("sources", "found"), [(("t", "t"), False), (("t", "b"), True), (("a", "b"), True)])
def test_what_one_measure_itself_adds_up_is_no_other_form_of_it(
    sources: tuple[str, str], found: bool
) -> None:
    """Parts of the measure are protected together with their whole; with a stranger among them nobody saw to it."""
    first, second = (
        CountColumn(item.words, source, item.values)
        for item, source in zip(columns(2, 14, 80, 7), sources, strict=True)
    )
    values = first.values + second.values
    values[0] = np.nan
    twins = find_twins(CountColumn("t", "t", values), [0], [first, second], AREAS)
    assert [twin.how for _, twin in twins] == ["als Summe"] * found


@pytest.mark.parametrize(
    ("places", "declared", "found"), [(12, (), 1), (12, ("c0",), 0), (12, ("b",), 1), (40, ("c0",), 1)]
)
def test_that_it_is_chance_is_believed_where_few_places_show_it(
    places: int, declared: tuple[str, ...], found: int
) -> None:
    (other,) = columns(1, places, 80, 7)
    values = other.values.copy()
    values[0] = np.nan
    nowhere = times_of([(str(number), "2025") for number in range(places)])
    twins = list(find_twins(CountColumn("t", "t", values), [0], [other], nowhere, declared))
    assert len(twins) == found
