"""Misread numbers stop before anything is withheld: beside other years, other areas and the shares of other areas."""

import datetime as dt
from pathlib import Path

import pytest

from tests.disclosure.test_figure_damage import VALUES, YML
from tests.disclosure.test_more_damage import checked, places, protected, write
from tests.disclosure.worlds import DEFINITION, write_project

COUNT = DEFINITION.replace("denominator: Alle Familien\n", "interval: none\n")
USUAL = {"ahorn": 400, "birke": 1585, "celtis": 1600, "dorn": 900, "esche": 1200}
HEAD = "space,period,numerator,denominator\n"


def numbers(*years: tuple[str, dict[str, int]], below: dict[str, int] | None = None) -> str:
    lines = [
        f"{key},{year},{count},{(below or {}).get(key, '')}"
        for year, counts in years
        for key, count in counts.items()
    ]
    return HEAD + "\n".join(lines) + "\n"


def town(tmp_path: Path, table: str, definition: str = COUNT) -> tuple[Path, Path]:
    project, raw = write_project(tmp_path / "projekt", definition), tmp_path / "roh"
    write(raw, "hilfen.csv", table)
    return project, raw


WRONG = {**USUAL, "birke": 2}


@pytest.mark.guards(
    "Figures: a misread count or denominator is an error before anything is withheld; a reason or a break explains a step"
)
@pytest.mark.parametrize(
    ("years", "line", "said"),
    [
        ((("2024", WRONG), ("2025", USUAL)), 3, "der von 2025"),
        ((("2024", USUAL), ("2025", WRONG)), 8, "der von 2024"),
        ((("2025", WRONG),), 3, "denen der anderen Gebiete"),
        ((("2023", USUAL), ("2024", WRONG), ("2025", USUAL)), 8, "denen der anderen Zeiträume"),
        ((("2024", {**USUAL, "birke": 15850}), ("2025", USUAL)), 3, "der von 2025"),
        ((("2024", {**USUAL, "birke": 0}), ("2025", USUAL)), 3, "der von 2025"),
    ],
    ids=["first of two years", "second of two years", "one year", "three years", "tenfold", "nothing"],
)
def test_acceptance_6_a_misread_count_is_an_error_and_not_a_secret(
    years: tuple[tuple[str, dict[str, int]], ...], line: int, said: str, tmp_path: Path
) -> None:
    project, raw = town(tmp_path, numbers(*years))
    found, first = protected(project, raw)
    assert found == [("wert-unplausibel", str(raw / "hilfen.csv"), line, 3)]
    assert first["wert-unplausibel"].message.endswith(f"passt nicht zu {said}")
    assert not (project / VALUES).exists()
    assert not list(raw.glob("bericht*"))


def test_a_balance_makes_any_step(tmp_path: Path) -> None:
    balances = dict.fromkeys(USUAL, 3) | {"ahorn": -34}
    years = numbers(("2024", balances), ("2025", {**balances, "birke": 60}))
    project = town(tmp_path, years, COUNT + "disclosure: {method: none}\n")[0]
    write(project, VALUES, years)
    assert not checked(project, "wert-unplausibel")


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        (3, 30, True),
        (3, 29, False),
        (2, 29, False),
        (30, 3, True),
        (29, 2, False),
        (4, 39, False),
        (4, 40, True),
    ],
)
def test_a_tenfold_step_counts_from_thirty_cases_on(
    before: int, after: int, wrong: bool, tmp_path: Path
) -> None:
    others = dict.fromkeys(USUAL, before)
    years = numbers(("2024", {**others, "birke": before}), ("2025", {**others, "birke": after}))
    project, raw = town(tmp_path, years)
    assert ("wert-unplausibel" in {code for code, *_ in protected(project, raw)[0]}) is wrong


@pytest.mark.parametrize(("usual", "line"), [(6, 3), (5, 8)])
def test_of_two_years_the_one_is_wrong_that_fits_the_other_areas_worse(
    usual: int, line: int, tmp_path: Path
) -> None:
    """Beside sixes a single case is further off than thirty, beside fives it is nearer."""
    others = dict.fromkeys(USUAL, usual)
    years = numbers(("2024", {**others, "birke": 1}), ("2025", {**others, "birke": 30}))
    project, raw = town(tmp_path, years)
    assert protected(project, raw)[0] == [("wert-unplausibel", str(raw / "hilfen.csv"), line, 3)]


def test_committed_tables_are_asked_too(tmp_path: Path) -> None:
    project = write_project(
        tmp_path, COUNT + "disclosure: {method: none}\n", numbers(("2024", WRONG), ("2025", USUAL))
    )
    assert places(checked(project, "wert-unplausibel")) == [("error", VALUES, 3, 3)]


SHARES = {
    "ahorn": (40, 410),
    "birke": (130, 900),
    "celtis": (160, 1600),
    "dorn": (75, 750),
    "esche": (105, 1100),
}


@pytest.mark.guards(
    "Figures: a misread count or denominator is an error before anything is withheld; a reason or a break explains a step"
)
@pytest.mark.parametrize("key", list(SHARES))
def test_a_tenfold_denominator_is_found_in_a_single_year(key: str, tmp_path: Path) -> None:
    below = {name: total for name, (_, total) in SHARES.items()}
    counts = {name: count for name, (count, _) in SHARES.items()}
    project, raw = town(tmp_path, numbers(("2025", counts), below=below), DEFINITION)
    assert protected(project, raw)[0] == []
    below[key] *= 10
    other, raw = town(tmp_path / "falsch", numbers(("2025", counts), below=below), DEFINITION)
    found, first = protected(other, raw)
    assert found == [("wert-unplausibel", str(raw / "hilfen.csv"), list(SHARES).index(key) + 2, 3)]
    assert first["wert-unplausibel"].message.endswith("den Anteilen der anderen Gebiete")


def test_a_tenfold_denominator_is_found_beside_the_year_before(tmp_path: Path) -> None:
    good = [
        f"{key},{year},{count},{total}" for year in ("2024", "2025") for key, (count, total) in SHARES.items()
    ]
    text = HEAD + "\n".join(good).replace("celtis,2025,160,1600", "celtis,2025,160,16000") + "\n"
    project, raw = town(tmp_path, text, DEFINITION)
    found, _ = protected(project, raw)
    assert ("wert-unplausibel", str(raw / "hilfen.csv"), 9, 3) in found or (
        "wert-unplausibel",
        str(raw / "hilfen.csv"),
        9,
        4,
    ) in found
    assert len(found) == 1


@pytest.mark.guards(
    "Figures: a misread count or denominator is an error before anything is withheld; a reason or a break explains a step"
)
def test_a_new_year_is_compared_with_what_is_committed(tmp_path: Path) -> None:
    project, raw = town(tmp_path, numbers(("2024", USUAL)))
    assert protected(project, raw)[0] == []
    write(raw, "hilfen.csv", numbers(("2025", {**USUAL, "celtis": 160})))
    found, first = protected(project, raw, dt.date(2026, 9, 1))
    assert found == [("wert-unplausibel", str(raw / "hilfen.csv"), 4, 3)]
    assert first["wert-unplausibel"].message.endswith("der von 2024")


@pytest.mark.guards(
    "Figures: a misread count or denominator is an error before anything is withheld; a reason or a break explains a step"
)
def test_an_editor_confirms_a_step_with_a_reason(tmp_path: Path) -> None:
    years = numbers(("2024", {**USUAL, "ahorn": 30}), ("2025", USUAL))
    reason = "reason: Unterkunft im Ahornweg 2025 eröffnet, mit dem Amt geprüft"
    for place in (f"{{space: ahorn, period: 2024, {reason}}}", f"{{space: ahorn, {reason}}}"):
        definition = COUNT + "plausible:\n  - " + place.replace(", mit", " und mit") + "\n"
        folder = tmp_path / str(len(place))
        project, raw = town(folder, years, definition)
        assert protected(project, raw)[0] == []
        assert (project / VALUES).exists()
    other = COUNT + "plausible:\n  - {space: birke, reason: ein anderes Gebiet ist geprüft}\n"
    project, raw = town(tmp_path / "anders", years, other)
    assert [code for code, *_ in protected(project, raw)[0]] == ["wert-unplausibel"]


def test_a_confirmation_needs_a_reason(tmp_path: Path) -> None:
    project = write_project(tmp_path, COUNT + "plausible:\n  - {space: ahorn, period: 2024}\n")
    assert places(checked(project, "feld-fehlt"))[0][:2] == ("error", YML)


def test_what_chance_can_do_is_no_mistake(tmp_path: Path) -> None:
    """From 1 case to 12, a harbour with few residents, a share three times as high."""
    small = {"ahorn": 1, "birke": 12, "celtis": 0, "dorn": 20, "esche": 7}
    later = {"ahorn": 12, "birke": 1, "celtis": 9, "dorn": 2, "esche": 28}
    project, raw = town(tmp_path, numbers(("2024", small), ("2025", later)))
    assert "wert-unplausibel" not in {code for code, *_ in protected(project, raw)[0]}
    project, raw = town(tmp_path / "hafen", numbers(("2025", {**USUAL, "ahorn": 41})))
    assert protected(project, raw)[0] == []


@pytest.mark.guards(
    "Figures: a misread count or denominator is an error before anything is withheld; a reason or a break explains a step"
)
def test_a_break_explains_a_step(tmp_path: Path) -> None:
    years = numbers(("2024", USUAL), ("2025", {key: count // 12 for key, count in USUAL.items()}))
    project, raw = town(tmp_path, years)
    assert {code for code, *_ in protected(project, raw)[0]} == {"wert-unplausibel"}
    broken = COUNT + "breaks: [{period: 2025, note: nur noch Erstanträge}]\n"
    project, raw = town(tmp_path / "bruch", years, broken)
    assert protected(project, raw)[0] == []
