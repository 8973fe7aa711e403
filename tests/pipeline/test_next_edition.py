"""`nahraum new edition`: the next edition goes on from the text of the last, is a draft, and says what doesn't go on by itself."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.read.project import read_project
from tests.render.editions_town import EDITION, TEXT, write_report_town

NEXT = "content/berichte/bericht-ost/2026.md"


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    return write_report_town(tmp_path / "stadt")


def new(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["new", *words, "-p", str(root)])


@pytest.mark.parametrize("kind", ["edition", "Ausgabe"])
def test_the_next_edition_is_a_draft_with_the_text_of_the_last(town: Path, kind: str) -> None:
    (town / EDITION).write_text(TEXT.replace("state: draft", "state: published"), "utf-8")
    result = new(town, kind, "bericht-ost")
    assert result.exit_code == 0, result.output
    assert EDITION in result.output
    edition = read_project(town).site.editions["bericht-ost/2026"]  # type: ignore[union-attr]
    assert (edition.head.state, edition.head.edition) == ("draft", "2026")
    assert edition.head.date.isoformat() == "2026-09-21"
    assert edition.head.summary.startswith("TODO")
    old, now = TEXT.partition("\n---\n")[2], (town / NEXT).read_text("utf-8").partition("\n---\n")[2]
    assert now.startswith("\n<!-- Aus dem Stand 2024.")
    assert now.endswith(old), "what people wrote stays as it was written"
    assert CliRunner().invoke(main, ["check", "-p", str(town)]).output.count("bericht-ost/2026.md") == 0


def test_it_says_where_a_period_stands_still(town: Path) -> None:
    (town / EDITION).write_text(
        TEXT + "\nSatz: {{ figure('arm', period='2023') }} und {{ figure('arm') }}.\n", "utf-8"
    )
    result = new(town, "edition", "bericht-ost", "--edition", "2025-herbst")
    lines = (town / "content/berichte/bericht-ost/2025-herbst.md").read_text("utf-8").splitlines()
    named = [int(line.rsplit(":", 1)[1]) for line in result.output.splitlines() if line.startswith("  ")]
    assert [
        number for number, line in enumerate(lines, 1) if "period=" in line and "'all'" not in line
    ] == named


def test_line_ends_of_windows_stay(town: Path) -> None:
    (town / EDITION).write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert new(town, "edition", "bericht-ost").exit_code == 0
    written = (town / NEXT).read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bericht-ost", "--edition", "2024"], "gibt es schon"),
        (["bericht-osten"], "Gemeint ist vielleicht „bericht-ost“"),
        (["bericht-ost", "--edition", "Früh 2026"], "taugt nicht als Kürzel"),
        (["bericht-ost", "--space", "ost"], "--from und --space"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_written(town: Path, words: list[str], said: str) -> None:
    before = sorted(town.rglob("*"))
    result = new(town, "edition", *words)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert sorted(town.rglob("*")) == before


def test_an_edition_that_cannot_be_read_is_named(town: Path) -> None:
    (town / EDITION).write_text(TEXT.replace("state: draft", "state: fertig"), "utf-8")
    result = new(town, "edition", "bericht-ost")
    assert result.exit_code == 1
    assert EDITION in result.output
