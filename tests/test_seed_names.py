"""A town's pages speak of the town: what they were learned from stands in the examples, not in everybody's pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from tests.conftest import EXAMPLES, NAMES, ROOT
from tests.test_sources import FISCHER, MACHER

DAY = "2026-11-20"
EVERYDAY = frozenset({"Essen", "Mitte", "Nord", "Horn"})
"""Names that are German words too."""


def _words(path: Path) -> list[dict[str, object]]:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader) or [] if path.is_file() else []


def seed_names() -> set[str]:
    """The towns and areas of the examples, abbreviations that only they have, and who wrote of them."""
    ours = {row.get("abbreviation") for row in _words(ROOT / "generator/vocabulary/glossary.yml")}
    found = {MACHER, FISCHER, "Olk", "Lüttringhaus", "Hamburg", "Bremen"}
    for name in NAMES:
        for space in sorted((EXAMPLES / name / "resources/spaces").glob("*.yml")):
            record = yaml.load(space.read_text("utf-8"), yaml.BaseLoader)
            if "illustrative" not in record and " " not in record["name"]:
                found.add(record["name"])
        words = _words(EXAMPLES / name / "resources/glossary.yml")
        found |= {str(row["abbreviation"]) for row in words if row.get("abbreviation") not in ours}
    return found - EVERYDAY - {"Modellraum"}


def mentions(site: Path, names: set[str]) -> Iterator[str]:
    """Each page with a name that stands in what it says."""
    said = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?:er)?(?!\w)")
    for page in sorted(site.rglob("*.html")):
        text = re.sub(r"<[^>]*>", " ", page.read_text("utf-8"))
        yield from (f"{page.relative_to(site)}: {found}" for found in sorted(set(said.findall(text))))


def test_the_names_are_those_of_the_seeds() -> None:
    assert {"Norderstedt", "RSAN", "ZKE", "SHA", "Siegen", "Walle", "Garstedt"} <= seed_names()


@pytest.mark.whole
def test_a_new_towns_pages_name_no_seed(tmp_path: Path) -> None:
    town = tmp_path / "stadt"
    arguments = ["--name", "Musterstadt", "--land", "NW", "--languages", "de,en", "--today", DAY]
    made = CliRunner().invoke(main, ["init", str(town), *arguments])
    assert made.exit_code == 0, made.output
    built = CliRunner().invoke(main, ["build", "-p", str(town), "--today", DAY])
    assert built.exit_code == 0, built.output
    assert sorted(mentions(town / "site", seed_names())) == []


@pytest.mark.whole
def test_the_demos_pages_name_no_seed(demo_site: Path) -> None:
    assert sorted(mentions(demo_site, seed_names())) == []
