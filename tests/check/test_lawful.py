"""Lawful pages: placeholders, missing pages, texts older than a year."""

import datetime as dt
import re
from pathlib import Path

import pytest

from generator.check.unfinished import check_basemap
from generator.diagnostics import Diagnostic, has_errors
from generator.model.config import Basemap
from generator.pipeline.build import Project, prepare
from generator.read.project import Reading, read_project
from tests.conftest import ROOT
from tests.edit.towns import write_town
from tests.records import replace

TODAY = dt.date(2026, 11, 20)
IMPRINT = "---\ntitle: Impressum\ndate: 2026-01-10\n---\n\nVertreten durch [[Name der Leitung]].\n"


def found(root: Path) -> list[Diagnostic]:
    return [item for item in prepare(root, TODAY).found if item.code.startswith("rechtsseite")]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    write_town(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "impressum.md").write_text(IMPRINT, encoding="utf-8")
    return tmp_path


def publish(town: Path) -> None:
    config = town / "site_config.yml"
    config.write_text(config.read_text(encoding="utf-8") + "publish: yes\n", encoding="utf-8")


def test_before_publishing_a_placeholder_is_a_warning_at_its_place(town: Path) -> None:
    (item,) = found(town)
    assert (item.code, item.severity) == ("rechtsseite-unfertig", "warning")
    assert (item.position.file, item.position.line, item.position.column) == ("content/impressum.md", 6, 17)
    assert "[[Name der Leitung]]" in item.message


def test_publishing_stops_at_placeholders_and_missing_pages(town: Path) -> None:
    publish(town)
    codes = {item.code: item.position.file for item in found(town)}
    assert codes["rechtsseite-platzhalter"] == "content/impressum.md"
    assert codes["rechtsseite-fehlt"] in ("content/datenschutz.md", "content/barrierefreiheit.md")
    assert has_errors(prepare(town, TODAY).found)


def test_finished_pages_may_be_published(town: Path) -> None:
    publish(town)
    for name in ("impressum", "datenschutz", "barrierefreiheit"):
        (town / "content" / f"{name}.md").write_text(
            "---\ntitle: Seite\ndate: 2026-01-10\n---\n\nAlles da.\n", encoding="utf-8"
        )
    assert found(town) == []


def test_a_text_older_than_a_year_is_a_warning(town: Path) -> None:
    text = IMPRINT.replace("2026-01-10", "2025-11-19").replace("[[Name der Leitung]]", "das Amt")
    (town / "content" / "impressum.md").write_text(text, encoding="utf-8")
    (item,) = found(town)
    assert (item.code, item.severity, item.position.line) == ("rechtsseite-veraltet", "warning", 3)
    assert "19.11.2025" in item.message


@pytest.mark.parametrize("name", ["deine-rechte/index.md", "en/deine-rechte/index.md"])
def test_what_tells_the_law_is_looked_at_each_year(town: Path, name: str) -> None:
    text = IMPRINT.replace("2026-01-10", "2025-11-19").replace("[[Name der Leitung]]", "das Amt")
    page = town / "content" / name
    page.parent.mkdir(parents=True)
    page.write_text(text, encoding="utf-8")
    there = {item.code: item.severity for item in found(town) if item.position.file.endswith(name)}
    assert there["rechtsseite-veraltet"] == "warning"
    publish(town)
    there = {item.code: item.severity for item in found(town) if item.position.file.endswith(name)}
    assert there["rechtsseite-abgelaufen"] == "error"


@pytest.mark.parametrize(
    ("publish_it", "email", "told"),
    [(True, "", True), (True, ", email: a@amt.de", False), (False, "", False)],
)
def test_who_publishes_says_where_mistakes_are_told(
    town: Path, publish_it: bool, email: str, told: bool
) -> None:
    config = town / "site_config.yml"
    text = re.sub(
        r"^publisher: .*$", f"publisher: {{name: Amt{email}}}", config.read_text("utf-8"), flags=re.MULTILINE
    )
    config.write_text(text, "utf-8")
    if publish_it:
        publish(town)
    found = [item for item in prepare(town, TODAY).found if item.code == "ohne-meldeweg"]
    assert [(item.severity, item.position.file) for item in found] == [("warning", "site_config.yml")] * told


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_project(ROOT)


@pytest.mark.parametrize(
    ("basemap", "codes"),
    [
        ("none", []),
        (Basemap(tiles="https://tiles.example/{z}/{x}/{y}.png"), []),
        (Basemap(tiles="http://tiles.example/{z}/{x}/{y}.png"), ["hintergrundkarte-adresse"]),
    ],
)
def test_what_no_map_can_show_is_reported(demo: Project, reading: Reading, basemap, codes):
    assert demo.site is not None
    config = demo.site.config.model_copy(update={"basemap": basemap})
    found = list(check_basemap(replace(demo.site, config=config), reading))
    assert [item.code for item in found] == codes
    assert all("{z}" in item.help or "https://" in item.help for item in found)
