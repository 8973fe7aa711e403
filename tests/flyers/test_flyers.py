"""Flyers as they hang in towns, the record that a careful person writes from each, and what its page must then say.

Behind `=== Zettel` and its name stands the flyer, behind `=== Eintrag` the record, behind `=== Seite` what the page says, line by line.
All records lie together in one town, which is that of the mistakes with some more places and providers.
"""

import datetime as dt
import re
import shutil
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare

HERE = Path(__file__).parent
TOWN = HERE.parent / "mistakes" / "town"
TODAY = dt.date(2026, 11, 20)


@dataclass(frozen=True)
class Flyer:
    """A flyer with its record and what the record's page says."""

    name: str
    text: str
    record: str
    page: tuple[str, ...]


@dataclass(frozen=True)
class Town:
    """All records of the flyers, checked and built."""

    found: tuple[Diagnostic, ...]
    site: Path


def flyers() -> list[Flyer]:
    """Return the flyers by name."""
    _, *parts = re.split(
        r"(?m)^=== (?:Zettel (.+)|Eintrag|Seite)\n", (HERE / "flyers.txt").read_text("utf-8")
    )
    return [
        Flyer(name, text, record, tuple(page.splitlines()))
        for name, text, record, page in zip(*(parts[at::6] for at in (0, 1, 3, 5)), strict=True)
    ]


FLYERS = flyers()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    root = tmp_path_factory.mktemp("flyer") / "ort"
    shutil.copytree(TOWN, root)
    shutil.copytree(HERE / "town", root, dirs_exist_ok=True)
    for flyer in FLYERS:
        (root / "resources" / "offers" / f"{flyer.name}.yml").write_text(flyer.record, "utf-8")
    project = prepare(root, TODAY)
    found = (*project.found, *build_site(project, root / "site", write_site))
    return Town(found, root / "site")


def words(text: str) -> str:
    plain = unescape(re.sub(r"<[^>]+>", " ", text))
    return " ".join(plain.split())


def test_there_are_forty() -> None:
    assert len(FLYERS) >= 40
    assert all(flyer.page and flyer.text.strip() for flyer in FLYERS)


@pytest.mark.parametrize("flyer", FLYERS, ids=lambda flyer: flyer.name)
def test_the_record_of_a_flyer_has_no_mistake_and_its_page_says_what_the_flyer_says(
    town: Town, flyer: Flyer
) -> None:
    own = [item for item in town.found if item.position.file.endswith(f"/{flyer.name}.yml")]
    assert [f"{item.code}: {item.message}" for item in own if item.severity != "note"] == []
    page = (town.site / "angebote" / flyer.name / "index.html").read_text("utf-8")
    said = words(page[page.index("<main") : page.index("</main>")])
    assert [line for line in flyer.page if line not in said] == [], said


@pytest.mark.parametrize("flyer", FLYERS, ids=lambda flyer: flyer.name)
def test_numbers_and_addresses_on_the_flyer_stand_in_the_record(flyer: Flyer) -> None:
    for number in re.findall(r"0\d{2,3} \d{5}-\d{2,3}|[\w.]+@[\w.-]+\.example", flyer.text):
        assert number in flyer.record
