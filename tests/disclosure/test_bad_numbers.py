"""Numbers nobody can mean: each is named in protect and in check, with file and line, and nothing is written."""

import shutil
from pathlib import Path

import pytest

from generator.disclosure.engine.sensitivity import Observation, Reason, SensitivityRule, find_primary
from generator.disclosure.gates.value_rows import numbers, read
from tests.chance import every
from tests.disclosure.test_figure_damage import VALUES, run
from tests.disclosure.test_more_damage import checked, places, protected, write
from tests.disclosure.worlds import CONFIG, DEFINITION, stated, write_project

HEAD = "space,period,numerator,denominator,status,note"
GOOD = [
    "ahorn,2025,14,120,,",
    "birke,2025,13,90,,",
    "celtis,2025,22,160,,",
    "dorn,2025,12,75,,",
    "esche,2025,31,210,,",
]
FIRST = "ahorn,2025,14,120,,"

BAD: dict[str, tuple[str, str, int, str]] = {
    "a negative count": ("ahorn,2025,-5,120,,", "negative-anzahl", 3, "0 schreiben"),
    "a negative denominator": ("ahorn,2025,14,-120,,", "negative-anzahl", 4, "0 schreiben"),
    "half a person": ('ahorn,2025,"14,5",120,,', "keine-anzahl", 3, ""),
    "half a denominator": ('ahorn,2025,14,"120,5",,', "keine-anzahl", 4, ""),
    "a day as spreadsheets keep it": ("ahorn,45657,14,120,,", "kein-zeitraum", 2, "vielleicht 2024"),
    "a year that is to come": ("ahorn,2099,14,120,,", "zeitraum-zukunft", 2, "forecast_from"),
    "a quarter that is to come": ("ahorn,2098-Q3,14,120,,", "zeitraum-zukunft", 2, "forecast_from"),
    "more than anybody counts": (f"ahorn,2025,{10**12},{10**30},,", "zahl-zu-gross", 3, "nachzählen"),
    "a stroke": ("ahorn,2025,-,120,,", "strich-mehrdeutig", 3, "langer Strich"),
    "a stroke below": ("ahorn,2025,14,-,,", "strich-mehrdeutig", 4, "langer Strich"),
    "a stroke as sign": ("ahorn,2025,14,120,-,", "strich-mehrdeutig", 5, "langer Strich"),
    "a number beside the sign": ("ahorn,2025,2,120,.,", "zeichen-und-zahl", 3, "löschen"),
    "nothing": ("ahorn,2025,,120,,", "wert-fehlt", 3, ""),
    "two numbers in a cell": ("ahorn,2025,1 4,120,,", "zahl-unlesbar", 3, ""),
    "wrong groups": ("ahorn,2025,14,12 00,,", "zahl-unlesbar", 4, ""),
    "per cent": ("ahorn,2025,14 %,120,,", "zahl-unlesbar", 3, ""),
    "an exponent": ("ahorn,2025,1e2,120,,", "zahl-unlesbar", 3, ""),
    "no number": ("ahorn,2025,NaN,120,,", "zahl-unlesbar", 3, ""),
    "without end": ("ahorn,2025,inf,120,,", "zahl-unlesbar", 3, ""),
    "thousands or decimals": ("ahorn,2025,14,1.200,,", "zahl-mehrdeutig", 4, ""),
    "cases among nobody": ("ahorn,2025,14,0,,", "zaehler-ueber-nenner", 3, ""),
    "an official code": ("0101,2025,14,120,,", "kein-gebiet", 1, "„ahorn“"),
    "an official code without its zero": ("101,2025,14,120,,", "kein-gebiet", 1, "„ahorn“"),
    "a name": ("AHORN,2025,14,120,,", "kein-gebiet", 1, "„ahorn“"),
}


def town(root: Path, definition: str = DEFINITION) -> Path:
    project = write_project(root, definition)
    path = project / "resources/spaces/ahorn.yml"
    path.write_text(path.read_text("utf-8") + 'code: "0101"\n', "utf-8")
    return project


@pytest.mark.guards(
    "Figures: impossible numbers and periods are named, nothing is written; shares aren't added up; an empty table takes nothing away"
)
@pytest.mark.parametrize("name", every(BAD, list(BAD)[::3]))
def test_protect_and_check_name_what_nobody_can_mean(name: str, tmp_path: Path) -> None:
    row, code, column, helped = BAD[name]
    project, raw = town(tmp_path / "projekt"), tmp_path / "roh"
    table = "\n".join([HEAD, row, *GOOD[1:]]) + "\n"
    write(raw, "hilfen.csv", table)
    found, first = protected(project, raw)
    assert (code, str(raw / "hilfen.csv"), 2, column) in found, found
    assert helped in first[code].help
    assert not (project / VALUES).exists()
    assert not list(raw.glob("bericht*"))
    write(project, VALUES, table)
    assert ("error", VALUES, 2, column) in places(checked(project, code))
    assert run("build", "--project", project, "--output", tmp_path / "site").exit_code == 1
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "period",
    [
        "2025",
        "2025/26",
        "2025/2026",
        "2023-2025",
        "2026-1",
        "2026-H2",
        "2026 Q3",
        "2026-Q3",
        "2026-03",
        "2026-03-31",
        "1999/00",
        "2024-02-29",
    ],
)
def test_periods_that_are_meant(period: str, tmp_path: Path) -> None:
    project = town(tmp_path)
    write(project, VALUES, "\n".join([HEAD, *GOOD]).replace("2025", period) + "\n")
    assert checked(project, "kein-zeitraum") == []


def test_the_stroke_of_official_statistics_is_nothing_there(tmp_path: Path) -> None:
    """Exactly none, as against 0 for less than half of the last unit; a point is unknown or secret, empty is a mistake."""
    project, raw = town(tmp_path / "projekt"), tmp_path / "roh"
    write(raw, "hilfen.csv", "\n".join([HEAD, "ahorn,2025,–,120,,", *GOOD[1:]]) + "\n")
    assert protected(project, raw)[0] == []
    assert "ahorn,2025,0,120,–," in (project / VALUES).read_text("utf-8")


def test_groups_of_thousands_are_understood(tmp_path: Path) -> None:
    project = town(tmp_path, DEFINITION)
    rows = [FIRST.replace("120", number) for number in ("1 200",)]
    write(project, VALUES, "\n".join([HEAD, *rows, *GOOD[1:]]) + "\n")
    assert checked(project, "zahl-unlesbar") == []


@pytest.mark.guards(
    "Figures: impossible numbers and periods are named, nothing is written; shares aren't added up; an empty table takes nothing away"
)
def test_a_table_without_rows_takes_nothing_away(tmp_path: Path) -> None:
    """Published, it would have removed every number of the indicator, and the page could not be made."""
    project, raw = town(tmp_path / "projekt"), tmp_path / "roh"
    before = "\n".join([HEAD, *GOOD]) + "\n"
    write(project, VALUES, before)
    write(raw, "hilfen.csv", HEAD + "\n")
    assert [code for code, *_ in protected(project, raw)[0]] == ["tabelle-ohne-zeilen"]
    assert (project / VALUES).read_text("utf-8") == before
    write(project, VALUES, HEAD + "\n\n")
    assert places(checked(project, "tabelle-ohne-zeilen")) == [("error", VALUES, 1, 1)]
    assert run("build", "--project", project, "--output", tmp_path / "site").exit_code == 1


@pytest.mark.guards(
    "Figures: impossible numbers and periods are named, nothing is written; shares aren't added up; an empty table takes nothing away"
)
@pytest.mark.parametrize(("below", "found"), [("100", True), ("1000", True), ("120", False)])
def test_shares_written_as_counts_of_a_hundred_are_not_added_up(
    below: str, found: bool, tmp_path: Path
) -> None:
    """43 of 100 and 2 of 100 make no 45 of 200: the town's share would give every quarter the same weight."""
    project, raw = town(tmp_path / "projekt"), tmp_path / "roh"
    rows = [",".join([*row.split(",")[:3], below, "", ""]) for row in GOOD]
    write(raw, "hilfen.csv", "\n".join([HEAD, *rows]) + "\n")
    codes = [code for code, *_ in protected(project, raw)[0]]
    assert codes == (["nenner-ueberall-gleich"] if found else [])
    assert (project / VALUES).exists() is not found


PERCENT = """\
title: Eltern mit Arbeit
says: So viele Eltern haben Arbeit.
numerator: Eltern mit Arbeit
unit: "%"
interval: none
decimals: 0
source: {name: Amt (erfunden), regime: delivered}
disclosure: {method: none}
"""


@pytest.mark.guards(
    "Figures: impossible numbers and periods are named, nothing is written; shares aren't added up; an empty table takes nothing away"
)
def test_shares_without_denominator_are_not_added_up(tmp_path: Path) -> None:
    """50 % in five quarters are not 250 % in the town."""
    project, raw = town(tmp_path / "projekt", PERCENT), tmp_path / "roh"
    table = "space,period,numerator\n" + "".join(f"{row.split(',')[0]},2025,50\n" for row in GOOD)
    write(raw, "hilfen.csv", table)
    found, first = protected(project, raw)
    assert found == [("quote-ohne-nenner", "resources/indicators/hilfen/indicator.yml", 4, 7)]
    assert "adds_up: no" in first["quote-ohne-nenner"].help
    assert not (project / VALUES).exists()
    write(project, VALUES, table)
    assert len(checked(project, "quote-ohne-nenner")) == 1
    write(project, "resources/indicators/hilfen/indicator.yml", stated(PERCENT + "adds_up: no\n"))
    assert checked(project, "quote-ohne-nenner") == []
    assert protected(project, raw)[0] == []
    assert (project / VALUES).read_text("utf-8").count(",50,") == 5


def test_a_balance_that_concerns_nobody_may_be_negative(tmp_path: Path) -> None:
    definition = PERCENT.replace('unit: "%"', "unit: Menschen") + "no_indicator: Zu- weniger Weggezogene\n"
    project = town(tmp_path, definition)
    rows = "".join(f"{row.split(',')[0]},2025,{number - 3}\n" for number, row in enumerate(GOOD))
    write(project, VALUES, "space,period,numerator\n" + rows)
    assert checked(project, "negative-anzahl") == []
    result = run("build", "--project", project, "--output", tmp_path / "site")
    assert result.exit_code == 0, result.output


def test_of_nobody_nobody_is_counted() -> None:
    """A denominator of 0 hides nothing; where a zero is secret, it stays so."""
    key = ("a",)
    assert find_primary(Observation(key, 0, 0), SensitivityRule(5, minimum_denominator=100)) is None
    secret = find_primary(Observation(key, 0, 0), SensitivityRule(5, zeros=True, minimum_denominator=100))
    assert secret is not None
    assert secret.reason is Reason.ZERO


def test_an_area_without_people_is_protected_and_built(tmp_path: Path) -> None:
    """As in Berlin, where two planning areas have no residents yet: there is nothing to hide and no rate."""
    known = "plausible:\n  - {space: ahorn, period: '2025', reason: Der erste Bezug ist 2026}\n"
    project, raw = town(tmp_path / "projekt", DEFINITION + known), tmp_path / "roh"
    table = "\n".join([HEAD, "ahorn,2025,0,0,,", *GOOD[1:]]) + "\n"
    write(raw, "hilfen.csv", table)
    assert protected(project, raw)[0] == []
    assert "ahorn,2025,0,0,," in (project / VALUES).read_text("utf-8").splitlines()
    result = run("build", "--project", project, "--output", tmp_path / "site")
    assert result.exit_code == 0, result.output
    assert run("audit", "--project", project, "--private", raw).exit_code == 0


@pytest.mark.parametrize(
    ("first", "shown", "asked"),
    [("ahorn,2025,0,0,,", "ahorn,2025,0,0,", []), (FIRST, "ahorn,2025,,", [])],
)
def test_where_nobody_lives_none_are_shown_and_cases_withheld(
    tmp_path: Path, first: str, shown: str, asked: list[tuple[str, int]]
) -> None:
    known = "plausible:\n  - {space: ahorn, period: '2025', reason: Niemand wohnt dort}\n"
    project, raw = town(tmp_path / "projekt", DEFINITION + known), tmp_path / "roh"
    write(raw, "hilfen.csv", "\n".join([HEAD, first, *GOOD[1:]]) + "\n")
    write(
        project,
        "resources/indicators/menschen/indicator.yml",
        "title: Menschen\nsays: So viele.\nnumerator: Menschen\npopulation: yes\ninterval: none\ndesign: 1\nsource: {name: Amt, regime: own-cases}\ndisclosure: {method: round-small}\n"
        + known,
    )
    people = "".join(f"{row.split(',')[0]},2025,{0 if row == FIRST else 900}\n" for row in GOOD)
    write(raw, "menschen.csv", "space,period,numerator\n" + people)
    assert [(code, column) for code, _, _, column in protected(project, raw)[0]] == asked
    (told,) = [row for row in (project / VALUES).read_text("utf-8").splitlines() if row.startswith("ahorn,")]
    assert told.startswith(shown)
    assert checked(project, "gebiet-zu-klein") == []


def test_protecting_reports_an_area_with_exactly_the_smallest_population(tmp_path: Path) -> None:
    assert "minimum_population: 50" in CONFIG
    for residents, secret in ((50, 0), (49, 2)):
        folder = tmp_path / str(residents)
        project, raw = town(folder / "projekt"), folder / "roh"
        write(raw, "hilfen.csv", "\n".join([HEAD, *GOOD]) + "\n")
        write(
            project,
            "resources/indicators/menschen/indicator.yml",
            "title: Menschen\nsays: So viele.\nnumerator: Menschen\npopulation: yes\ninterval: none\ndesign: 1\nsource: {name: Amt, regime: own-cases}\ndisclosure: {method: round-small}\n",
        )
        people = "".join(f"{row.split(',')[0]},2025,{residents if row == FIRST else 900}\n" for row in GOOD)
        write(raw, "menschen.csv", "space,period,numerator\n" + people)
        assert protected(project, raw)[0] == []
        rows = (project / VALUES).read_text("utf-8").splitlines()
        assert sum(row.startswith("ahorn,") and ",.," in row for row in rows) == (1 if secret else 0)


def test_an_area_with_too_few_people_is_withheld_in_periods_of_which_nobody_counted_them(
    tmp_path: Path,
) -> None:
    """The population is told for years, needs and aids also for half-years, and for years before and after."""
    people = "title: Menschen\nsays: So viele.\nnumerator: Menschen\npopulation: yes\ninterval: none\nsource: {name: Amt, regime: delivered, licence: frei}\ndisclosure: {method: published}\n"
    project, raw = town(tmp_path / "projekt"), tmp_path / "roh"
    write(project, "resources/indicators/menschen/indicator.yml", stated(people))
    counted = [f"{row.split(',')[0]},2024,{49 if row == FIRST else 900}" for row in GOOD]
    write(raw, "menschen.csv", "\n".join(["space,period,numerator", *counted]) + "\n")
    for period in ("2023", "2024-H2", "2025"):
        rows = [row.replace("2025", period) for row in GOOD]
        write(raw, "hilfen.csv", "\n".join([HEAD, *rows]) + "\n")
        folder = tmp_path / period
        shutil.copytree(project, folder)
        assert protected(folder, raw)[0] == []
        table = (folder / VALUES).read_text("utf-8")
        assert any(row.startswith("ahorn,") and ",.," in row for row in table.splitlines()), table
        write(folder, VALUES, "\n".join([HEAD, *rows]) + "\n")
        assert checked(folder, "gebiet-zu-klein")


def test_the_last_day_of_a_year_counts_the_people_of_that_year(tmp_path: Path) -> None:
    people = "title: Menschen\nsays: So viele.\nnumerator: Menschen\npopulation: yes\ninterval: none\nsource: {name: Amt, regime: delivered, licence: frei}\ndisclosure: {method: published}\n"
    project, raw = town(tmp_path / "projekt"), tmp_path / "roh"
    write(project, "resources/indicators/menschen/indicator.yml", stated(people))
    areas = [row.split(",")[0] for row in GOOD]
    before = [f"{area},2024-12-31,{60 if area == 'ahorn' else 900}" for area in areas]
    counted = [f"{area},2025-12-31,{49 if area == 'ahorn' else 900}" for area in areas]
    write(raw, "menschen.csv", "\n".join(["space,period,numerator", *before, *counted]) + "\n")
    write(raw, "hilfen.csv", "\n".join([HEAD, *GOOD]) + "\n")
    assert protected(project, raw)[0] == []
    table = (project / VALUES).read_text("utf-8").splitlines()
    assert any(row.startswith("ahorn,2025,") and ",.," in row for row in table), table


@pytest.mark.guards(
    "Figures: impossible numbers and periods are named, nothing is written; shares aren't added up; an empty table takes nothing away"
)
def test_what_is_forecast_may_lie_ahead(tmp_path: Path) -> None:
    project = town(tmp_path / "projekt", DEFINITION + 'forecast_from: "2098"\n')
    table = "\n".join([HEAD, *GOOD, *(row.replace("2025", "2098-Q3") for row in GOOD)]) + "\n"
    write(project, VALUES, table)
    assert not places(checked(project, "zeitraum-zukunft"))


SECRET = [f"{key},2025,9871{place},98716{place}" for place, key in enumerate(("ahorn", "birke", "celtis", "dorn", "esche"))]  # fmt: skip
TELLING = {
    "tenfold": ("", ["ahorn,2024,987100,9871600", *(row.replace("2025", "2024") for row in SECRET[1:])]),
    "a tenth": ("ahorn,2025,98710,9871600", []),
    "above": ("ahorn,2025,9871600,98716", []),
    "negative": ("ahorn,2025,-98710,987160", []),
    "half": ('ahorn,2025,"98710,5",987160', []),
    "with a word": ("ahorn,2025,98710 Kinder,987160", []),
    "thousands or decimals": ("ahorn,2025,9871.000,987.160", []),
    "too large": (f"ahorn,2025,9871{10**12},987160", []),
    "beside a sign": ("ahorn,2025,98710,987160,.", []),
    "no sum": ("", ["nord,2025,98719,987169"]),
    "rates": ("", ["kleinstadt,2025,987199,987169"]),
    "twice": ("", ["ahorn,2025,98710,987160"]),
    "no head": ("space,period,numerator,denominator,status", []),
}


@pytest.mark.parametrize("name", every(TELLING, list(TELLING)[::3]))
def test_no_command_prints_a_number_of_a_private_file(name: str, tmp_path: Path) -> None:
    """A log is often public; place and sentence are enough for who has the file."""
    project, raw = town(tmp_path / "projekt"), tmp_path / "roh"
    first, further = TELLING[name]
    rows = [first or SECRET[0], *SECRET[1:], *further]
    head = [] if name == "no head" else [HEAD.removesuffix(",note")]
    write(raw, "hilfen.csv", "\n".join([*head, *(rows[1:] if name == "no head" else rows)]) + "\n")
    for form in ("text", "concise", "json", "github", "gitlab"):
        for command in (("protect", raw), ("audit", "--private", raw)):
            done = run(*command, "--project", project, "-f", form)
            assert done.exit_code == 1, name
            assert "hilfen" in done.output
            assert "9871" not in done.output


def test_no_command_prints_a_number_of_a_form_or_a_small_one_of_a_source(tmp_path: Path) -> None:
    project, raw = town(tmp_path / "projekt"), tmp_path / "roh"
    form = ["Gebiet,Zeitraum,Anzahl,Nenner", "Ahorn,2025,9871 Kinder,98716", "Birke,2025,9871.000,9.871"]
    write(raw, "hilfen.csv", "\n".join(form) + "\n")
    assert "9871" not in run("protect", raw, "--project", project).output
    given = DEFINITION.replace("own-cases", "delivered").replace("Amt", "Amt, licence: dl-de/by-2.0") + "disclosure: {method: published}\n"  # fmt: skip
    project, raw = town(tmp_path / "zweite", given), tmp_path / "weitere"
    write(raw, "hilfen.csv", "\n".join([HEAD, "ahorn,2025,4,9871,,", *GOOD[1:]]) + "\n")
    told = run("protect", raw, "--project", project).output
    assert "[kleine-zahl-der-quelle]" in told
    assert "9871" not in told


@pytest.mark.parametrize("text", ["2026-11", "2026-11-20", "2026-11-20T09:00:00+01:00", "am 7. Mai", "on 31 December 2025", "am 3.5.", "am 3. 5. 2026", "am 3.5.26", "9:30", "9:30:15", "bild_7.png", "v1.2", "haus-west-7", "a3f9c2", "§ 8a"])  # fmt: skip
def test_days_times_and_names_are_no_counts(text: str) -> None:
    for sentence in (text, f"Wir zeigen: {text}, und so weiter"):
        assert numbers(sentence) == (), sentence


@pytest.mark.parametrize("text", ["7 dort", "7 Jungen", "7 Maikinder", "um 7 Uhr", "§ 7", "7 km", "12345 davon", "7 Prozent", "im Mai gab es 7", "112 Familien"])  # fmt: skip
def test_all_others_may_be(text: str) -> None:
    """Whether a sentence names a law or a distance, a person reads."""
    assert len(numbers(f"In West {text}.")) == 1, text


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("0", ["0"]),
        ("1.585", ["1.585", "1585"]),
        ("1,585", ["1.585", "1585"]),
        ("−3,5", ["-3.5"]),
        ("-3.5", ["-3.5"]),
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("1.234.567", ["1234567"]),
        ("1 234", ["1234"]),
        ("1\u202f234,5", ["1234.5"]),
        ("1'234", ["1234"]),
        ("12.04.2024", []),
        ("zwei", []),
        ("", []),
        ("3.", []),
    ],
)
def test_what_a_written_number_can_mean(written: str, values: list[str]) -> None:
    assert [str(value) for value in read(written)] == values
