"""Released is released: what changes or goes is told, whoever mends log and ledger too; only `publish --withdraw` takes it back."""

import csv
import datetime as dt
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.files.disk import Disk
from generator.pipeline.build import prepare
from generator.pipeline.plan import plan_site
from generator.pipeline.write import make_page
from generator.read.indicator_folders import LOG, log_with
from tests.disclosure.worlds import RAW, write_project, write_raw
from tests.repository import git

TODAY = dt.date(2026, 11, 20)
FOLDER = "resources/indicators/hilfen"
TABLE = f"{FOLDER}/releases/2026-03-01.csv"
NAME = "Familie Beispiel, gezählt am Ahornweg"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False, env={"NAHRAUM_TODAY": "2026-11-20"})  # fmt: skip


def protect(town: Path, raw: Path, day: str) -> None:
    done = run("protect", raw, "-p", town, "--date", day, "--note", "Für Familie Beispiel")
    assert done.exit_code == 0, done.output


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town whose first table is released and kept by git."""
    town = write_project(tmp_path / "stadt")
    shutil.rmtree(town / ".git")
    raw = write_raw(tmp_path / "roh")
    table = (raw / "hilfen.csv").read_text("utf-8")
    head, *rows = table.splitlines()
    noted = [f"{head},note", *(f'{row},"{NAME}"' for row in rows)]
    (raw / "hilfen.csv").write_text("\n".join(noted) + "\n", "utf-8")
    protect(town, raw, "2026-03-01")
    git(town, "init", "-q")
    git(town, "add", "-A")
    git(town, "commit", "-qm", "Erste Zahlen")
    return town


def told(town: Path) -> set[tuple[str, str]]:
    """What is said of anything released."""
    codes = {
        "veroeffentlichtes-geaendert",
        "nicht-verzeichnet",
        "erste-fassung-unbekannt",
        "ausgabe-geaendert",
    }
    return {(item.code, item.position.file) for item in prepare(town, TODAY).found if item.code in codes}


def change(town: Path, *, everywhere: bool) -> None:
    """Change a released count, and where asked for every digest that anybody keeps of it."""
    table = town / TABLE
    before = table.read_bytes()
    after = before.replace(b",70,", b",75,")
    assert after != before
    for path in (table, town / FOLDER / "values.csv"):
        path.write_bytes(after)
    if everywhere:
        for path in (town / LOG, town / FOLDER / "releases/ledger.csv"):
            text = path.read_text("utf-8").replace(sha256(before).hexdigest(), sha256(after).hexdigest())
            path.write_text(text, "utf-8")


def test_nothing_is_said_while_all_is_as_it_was_released(town: Path) -> None:
    assert told(town) == set()


def test_a_changed_table_is_told_though_ledger_and_log_were_changed_with_it(town: Path) -> None:
    change(town, everywhere=True)
    assert told(town) == {("veroeffentlichtes-geaendert", TABLE)}
    git(town, "commit", "-qam", "Berichtigt")
    assert told(town) == {("veroeffentlichtes-geaendert", TABLE)}


def test_a_table_that_went_without_a_trace_is_told(town: Path) -> None:
    shutil.rmtree(town / FOLDER / "releases")
    (town / FOLDER / "values.csv").unlink()
    (town / LOG).unlink()
    git(town, "commit", "-qam", "Weg damit")
    assert told(town) == {("veroeffentlichtes-geaendert", TABLE)}


@pytest.mark.parametrize("how", ["none", "shallow"])
def test_where_git_does_not_know_it_is_said_and_the_log_still_holds(
    town: Path, tmp_path: Path, how: str
) -> None:
    if how == "none":
        shutil.rmtree(town / ".git")
    else:
        git(town, "commit", "-q", "--allow-empty", "-m", "Noch etwas")
        git(tmp_path, "clone", "-q", "--depth=1", f"file://{town}", "flach")
        town = tmp_path / "flach"
    assert told(town) == {("erste-fassung-unbekannt", LOG)}
    ledger = town / FOLDER / "releases/ledger.csv"
    before = (town / TABLE).read_bytes()
    change(town, everywhere=False)
    text = ledger.read_text("utf-8").replace(
        sha256(before).hexdigest(), sha256((town / TABLE).read_bytes()).hexdigest()
    )
    ledger.write_text(text, "utf-8")
    assert told(town) == {("erste-fassung-unbekannt", LOG), ("veroeffentlichtes-geaendert", TABLE)}


def test_what_is_in_no_log_is_told_and_logged_with_the_next_release(town: Path, tmp_path: Path) -> None:
    """A town from before there was a log."""
    (town / LOG).unlink()
    assert told(town) == {("nicht-verzeichnet", TABLE)}
    protect(town, write_raw(tmp_path / "neu", {**RAW, "ahorn": (34, 120)}), "2026-04-01")
    assert told(town) == set()
    assert (town / LOG).read_text("utf-8").count("/releases/") == 2


def test_what_was_changed_is_never_logged_as_released(town: Path) -> None:
    before = (town / LOG).read_bytes()
    change(town, everywhere=False)
    assert log_with(Disk(town), {}) == {LOG: before}


def counts(path: Path) -> dict[str, tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["space"]: (row["numerator"], row["denominator"]) for row in csv.DictReader(stream)}


def test_a_withdrawn_table_says_since_when_and_why_and_its_counts_move_to_the_private_folder(
    town: Path, tmp_path: Path
) -> None:
    before = counts(town / TABLE)
    secret = {space for space, (count, _) in before.items() if not count}
    assert NAME in (town / TABLE).read_text("utf-8")
    kept = tmp_path / "ablage"
    kept.mkdir()
    words = ("publish", town / TABLE, "-p", town, "--withdraw", "Ein Name stand daneben.")
    for nowhere in ((), ("--private", town)):
        assert "private Ablage" in run(*words, *nowhere).output
    assert counts(town / TABLE) == before
    done = run(*words, "--private", kept)
    assert done.exit_code == 0, done.output
    assert "git filter-repo" in done.output
    # Which cells were out stays in the project; what they said only in the private folder.
    assert counts(town / TABLE) == dict.fromkeys(before, ("", ""))
    assert [counts(path) for path in kept.rglob("*.csv")] == [before]
    everything = "".join(path.read_text("utf-8") for path in (town / "resources").rglob("*.csv"))
    assert "Beispiel" not in everything
    project = prepare(town, TODAY)
    assert [item for item in project.found if item.severity == "error"] == []
    assert project.facts is not None
    cells = project.facts.series["hilfen"].cells.values()
    assert [cell for cell in cells if cell.value is not None or cell.numerator is not None] == []
    assert {cell.space for cell in cells if cell.status == "."} == secret
    page = make_page(plan_site(project), "berichte/hilfen/").body
    assert "Zurückgezogen am 20.11.2026: Ein Name stand daneben." in page
    assert told(town) == set()
    again = run("publish", town / TABLE, "-p", town, "--withdraw", "Noch einmal.", "--private", kept)
    assert again.exit_code != 0
    assert "noch nicht zurückgezogen" in again.output
    # The next release is protected beside what was out.
    raw = write_raw(tmp_path / "neu", {**RAW, "birke": (8, 90)})
    refused = run("protect", raw, "-p", town, "--date", "2026-11-21")
    assert "zurueckgezogenes-fehlt" in refused.output
    (kept / "zurueckgezogen").rename(raw / "zurueckgezogen")
    protect(town, raw, "2026-11-21")
    assert counts(town / FOLDER / "values.csv")["kleinstadt"] != ("", "")
