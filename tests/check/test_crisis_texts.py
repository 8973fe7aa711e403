"""Texts for people in need: nobody publishes one that nobody has read, in any language."""

import datetime as dt
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, has_errors
from generator.pipeline.build import prepare
from tests.edit.towns import write_town

TODAY = dt.date(2026, 11, 20)
HEAD = "---\ntitle: Hilfe\n{reviewed}---\n\nRufen Sie an.\n"
REVIEWED = "reviewed: {{by: Frauenberatung, date: {date}}}\n"
TURKISH, GERMAN = "content/tr/hilfe-sofort/sicher.md", "content/hilfe-sofort/sicher.md"


def found(root: Path) -> list[Diagnostic]:
    return [item for item in prepare(root, TODAY).found if item.position.file.startswith("content/")]


def write(root: Path, file: str, date: str = "") -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(reviewed=REVIEWED.format(date=date) if date else ""), encoding="utf-8")


def say(root: Path, line: str) -> None:
    config = root / "site_config.yml"
    config.write_text(config.read_text(encoding="utf-8") + f"{line}\n", encoding="utf-8")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    write_town(tmp_path)
    config = tmp_path / "site_config.yml"
    config.write_text(config.read_text("utf-8").replace("invented: yes\n", ""), encoding="utf-8")
    say(tmp_path, "first_doors: [tr]")
    for name in ("impressum", "datenschutz", "barrierefreiheit"):
        path = tmp_path / "content" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("---\ntitle: Seite\ndate: 2026-01-10\n---\n\nAlles da.\n", encoding="utf-8")
    return tmp_path


def test_before_publishing_it_is_a_note(town: Path) -> None:
    write(town, TURKISH)
    (item,) = found(town)
    assert (item.code, item.severity) == ("krisentext-entwurf", "note")
    assert (item.position.file, item.position.line) == (TURKISH, 1)


@pytest.mark.guards("Language: Leichte Sprache follows its rules")
@pytest.mark.parametrize("file", [TURKISH, GERMAN])
def test_publishing_stops_at_a_text_that_nobody_has_read_whatever_its_language(town: Path, file: str) -> None:
    say(town, "publish: yes")
    for each in (TURKISH, GERMAN):
        write(town, each, "" if each == file else "2026-10-01")
    (item,) = found(town)
    assert (item.code, item.severity, item.position.file) == ("krisentext-ungeprueft", "error", file)
    assert "reviewed: {by: …, date: 2026-11-20}" in item.help
    assert has_errors(prepare(town, TODAY).found)


def test_publishing_stops_where_a_language_has_no_such_text(town: Path) -> None:
    say(town, "publish: yes")
    (item,) = found(town)
    assert (item.code, item.position.file) == ("krisentext-fehlt", TURKISH)


def test_what_the_help_says_is_all_it_needs(town: Path) -> None:
    say(town, "publish: yes")
    write(town, TURKISH)
    assert has_errors(prepare(town, TODAY).found)
    write(town, TURKISH, "2026-11-20")
    assert found(town) == []


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("2025-11-19", "krisentext-veraltet"),
        ("2026-11-21", "krisentext-in-zukunft"),
        ("gestern", "kein-datum"),
    ],
)
def test_a_review_that_is_old_or_can_not_be_is_told_at_its_date(town: Path, date: str, code: str) -> None:
    say(town, "publish: yes")
    write(town, TURKISH, date)
    (item,) = found(town)
    assert (item.code, item.position.file, item.position.line) == (code, TURKISH, 3)


def test_an_invented_town_has_nobody_who_would_read(town: Path) -> None:
    say(town, "invented: yes")
    write(town, TURKISH)
    assert found(town) == []
