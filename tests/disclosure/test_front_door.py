"""Attacks and honest work through the front door: commands on small towns."""

import random
import shutil
from pathlib import Path

import pytest

from tests.chance import whole
from tests.disclosure.test_project_system import protect, run, write_indicator
from tests.disclosure.worlds import QUARTERS, write_project, write_raw

HELPED = {"ahorn": 14, "birke": 22, "celtis": 31, "dorn": 3, "esche": 27}
MONEY = "unit: Euro\ndecimals: 0\ninterval: none\ndisclosure: {method: none}\n"
DELIVERED = "title: {0}\nsays: So viele.\nnumerator: {0}\nsource: {{name: Kämmerei, regime: delivered, licence: dl-de/by-2.0}}\n"


def told(town: Path, key: str, definition: str, counts: dict[str, int]) -> Path:
    """Write an indicator that nobody protects; return its table."""
    folder = town / "resources/indicators" / key
    folder.mkdir()
    (folder / "indicator.yml").write_text(DELIVERED.format(key.title()) + definition, "utf-8")
    table = folder / "values.csv"
    table.write_text(
        "space,period,numerator\n" + "".join(f"{space},2025,{count}\n" for space, count in counts.items()),
        "utf-8",
    )
    return table


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town that has protected its own cases: Dorn's 3 are withheld."""
    project, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    write_indicator(project, raw, "hilfen", {(key, "2025"): str(count) for key, count in HELPED.items()})
    done = protect(project, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    return project


def test_own_cases_stand_nowhere_unprotected(town: Path) -> None:
    folder = town / "resources/indicators/hilfen"
    text = (folder / "indicator.yml").read_text("utf-8")
    for method in ("none", "published"):
        (folder / "indicator.yml").write_text(
            text.replace("method: round-small", f"method: {method}"), "utf-8"
        )
        assert "eigene-faelle-offen" in run("check", "--project", town).output
    (folder / "indicator.yml").write_text(text, "utf-8")
    shutil.rmtree(folder / "releases")
    assert "eigene-faelle-ohne-ausgabe" in run("check", "--project", town).output


def test_a_small_delivered_count_is_asked_once_a_table_before_it_is_written(tmp_path: Path) -> None:
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    shutil.rmtree(town / "resources/indicators/hilfen")
    table = told(
        town, "meldungen", "interval: none\ndisclosure: {method: published}\n", HELPED | {"ahorn": 4}
    )
    raw.mkdir()
    table.rename(raw / "meldungen.csv")
    done = protect(town, raw, "2026-03-01")
    assert done.output.count("Fehler[kleine-zahl-der-quelle]") == 1, done.output
    assert not table.exists()


AMOUNTS = {
    "euros": {key: 4_200 * count + 17 for key, count in HELPED.items()},
    "euros a case": dict(zip(HELPED, (4_201, 4_200, 4_203, 4_199, 4_202), strict=True)),
}


@pytest.mark.parametrize("name", AMOUNTS)
def test_money_says_of_which_cases_it_is_and_is_withheld_with_them(
    tmp_path: Path, town: Path, name: str
) -> None:
    more = MONEY + "adds_up: no\n" * (name == "euros a case")
    table = told(town, "kosten", more, AMOUNTS[name])
    assert "faelle-ungesagt" in run("check", "--project", town).output
    definition = table.with_name("indicator.yml")
    definition.write_text(definition.read_text("utf-8") + "cases_from: hilfen\n", "utf-8")
    done = run("check", "--project", town)
    assert "betrag-verraet" in done.output
    assert "„Dorn, 2025“" in done.output
    raw = tmp_path / "kosten"
    raw.mkdir()
    table.rename(raw / "kosten.csv")
    write_indicator(town, raw, "hilfen", {(key, "2025"): str(count) for key, count in HELPED.items()})
    done = protect(town, raw, "2026-04-01")
    assert done.exit_code == 0, done.output
    secret = [line.split(",")[0] for line in table.read_text("utf-8").splitlines() if ",.," in line]
    # Of euros in the region and the town one more is withheld beside: the rest of a sum would tell.
    assert "dorn" in secret
    assert (len(secret) > 1) is (name == "euros")
    assert run("check", "--project", town).exit_code == 0


def test_amounts_and_shares_of_cases_give_no_exact_count(town: Path) -> None:
    """825,000 euros by 12,500 a case are 66 cases, 2.00 % of 1,200 children 24: beside what is shown the withheld ones follow."""
    told(town, "ausgaben", MONEY + "cases_from: hilfen\n", {"kleinstadt": 12_500 * 97})
    assert run("check", "--project", town).exit_code == 0
    mean = told(town, "jefall", MONEY + "adds_up: no\ncases_from: hilfen\n", {"kleinstadt": 12_500})
    assert "betraege-verraten" in run("check", "--project", town).output
    shutil.rmtree(mean.parent)
    assert run("check", "--project", town).exit_code == 0
    share = "unit: Prozent\ndecimals: 2\ninterval: none\nadds_up: no\ndisclosure: {method: published}\ncases_from: hilfen\n"
    told(town, "quote", share, {"kleinstadt": 2})
    assert "anteil-verraet" in run("check", "--project", town).output


def test_no_message_prints_a_withheld_number(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logs of pipelines are public: neither a small count nor the line with it, nor what an attack works out."""
    monkeypatch.setenv("CI", "true")
    table = town / "resources/indicators/hilfen/values.csv"
    text = table.read_text("utf-8")
    line = next(one for one in text.splitlines() if one.startswith("dorn,"))
    table.write_text(text.replace(line, "dorn,2025,4321,,,").replace("4321", "3"), "utf-8")
    done = run("check", "--project", town)
    assert "Fehler[kleine-zahl]" in done.output
    assert "dorn,2025" not in done.output
    assert "sie ist" not in done.output


@pytest.mark.parametrize(("residents", "least"), [(40, 50), (48, 50), (52, 52)])
def test_of_few_residents_nobody_is_taken_for_counted(tmp_path: Path, residents: int, least: int) -> None:
    """Dorn has few residents, shown rounded, and no case: no audit takes that for at least one, or them for fewer."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    config = town / "site_config.yml"
    config.write_text(config.read_text("utf-8").replace("population: 50", f"population: {least}"), "utf-8")
    people = {key: 400 + place for place, key in enumerate(QUARTERS)} | {"dorn": residents}
    counts = {"ahorn": 14, "birke": 22, "celtis": 6, "dorn": 0, "esche": 0}
    write_indicator(
        town, raw, "menschen", {(key, "2025"): str(one) for key, one in people.items()}, "population: yes\n"
    )
    write_indicator(town, raw, "hilfen", {(key, "2025"): str(one) for key, one in counts.items()})
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    done = run("check", "--project", town)
    assert done.exit_code == 0, done.output
    assert "verraten" not in done.output


@whole
@pytest.mark.parametrize("seed", range(10))
def test_an_honest_town_is_not_stopped(tmp_path: Path, seed: int) -> None:
    """Its people, its help and what a supplier published, this year and the next, with a correction."""
    chance = random.Random(seed)
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    rate = chance.choice([0.005, 0.02, 0.05])
    people = {key: chance.choice([35, 280, 900, 1500]) for key in QUARTERS}
    helped = {(key, year): sum(chance.random() < rate for _ in range(one)) for key, one in people.items() for year in ("2024", "2025")}  # fmt: skip
    for year, day in (("2024", "2025-03-01"), ("2025", "2026-03-01")):
        counts = {place: count for place, count in helped.items() if place[1] <= year}
        if year == "2025":
            place = chance.choice([one for one in counts if one[1] == "2024"])
            counts[place] += chance.choice([1, 2])
        named = {place: people[place[0]] + int(place[1]) % 7 for place in counts}
        write_indicator(
            town,
            raw,
            "menschen",
            {place: str(one) for place, one in named.items()},
            "population: yes\ninterval: none\n",
        )
        write_indicator(
            town,
            raw,
            "hilfen",
            {place: str(one) for place, one in counts.items()},
            "denominator: Menschen\ndenominator_from: menschen\n",
        )
        lines = [f"{space},{period},{one},{named[space, period]}" for (space, period), one in counts.items()]
        (raw / "hilfen.csv").write_text(
            "\n".join(["space,period,numerator,denominator", *lines]) + "\n", "utf-8"
        )
        done = protect(town, raw, day)
        assert done.exit_code == 0, done.output
        done = run("check", "--project", town)
        assert done.exit_code == 0, done.output


OUT = {"ahorn": (5, 300), "birke": (6, 300), "celtis": (9, 300), "dorn": (1, 300), "esche": (8, 300)}
CORRECTED = OUT | {"birke": (2, 300)}


def test_what_was_out_and_withdrawn_is_reckoned_with_as_if_it_still_stood_there(tmp_path: Path) -> None:
    """A corrected count ties what both releases withhold: whoever kept the withdrawn one must learn nothing of the next."""
    shown: dict[str, str] = {}
    for name in ("alone", "stands", "withdrawn"):
        town, kept = write_project(tmp_path / name), tmp_path / f"{name}-roh"
        values = town / "resources/indicators/hilfen/values.csv"
        if name != "alone":
            assert protect(town, write_raw(kept, OUT), "2026-03-01").exit_code == 0
        if name == "withdrawn":
            table = values.parent / "releases/2026-03-01.csv"
            done = run("publish", table, "-p", town, "--withdraw", "Ein Versehen.", "--private", kept)
            assert done.exit_code == 0, done.output
            assert "10" not in table.read_text("utf-8")
        done = protect(town, write_raw(kept, CORRECTED), "2026-09-01")
        assert done.exit_code == 0, done.output
        shown[name] = values.read_text("utf-8")
    assert shown["withdrawn"] == shown["stands"] != shown["alone"]
