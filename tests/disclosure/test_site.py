"""The built site: secret values leave no byte in it."""

from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import main
from tests.disclosure.worlds import DEFINITION, RAW, write_project, write_raw
from tests.folders import files_of

ROOT = Path(__file__).parents[2]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def built(
    folder: Path, counts: dict[str, tuple[int, int]], definition: str = DEFINITION
) -> tuple[Path, Path]:
    """Protect and build a small town; hand out project and site."""
    project = write_project(folder / "projekt", definition)
    result = run("protect", write_raw(folder / "roh", counts), "--project", project, "--date", "2026-03-01")
    assert result.exit_code == 0, result.output
    result = run("build", "--project", project, "--output", folder / "site", "--today", "2026-11-20")
    assert result.exit_code == 0, result.output
    return project, folder / "site"


def test_who_changes_secret_values_consistently_changes_no_byte_of_the_site(tmp_path: Path) -> None:
    project, site = built(tmp_path / "a", RAW)
    text = (project / "resources/indicators/hilfen/values.csv").read_text("utf-8")
    rows = {line.split(",")[0]: line.split(",") for line in text.splitlines()[1:]}
    assert {key for key in RAW if rows[key][4] == "."} == {"birke", "dorn"}
    # One family moves in each region; every published sum stays.
    other = {**RAW, "ahorn": (13, 120), "birke": (4, 90), "celtis": (21, 160), "dorn": (3, 75)}
    assert sum(count for count, _ in other.values()) == sum(count for count, _ in RAW.values())
    _, again = built(tmp_path / "b", other)
    assert files_of(site) == files_of(again)
