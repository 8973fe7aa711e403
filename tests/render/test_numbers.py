"""A number is shown wherever one is, be it a landline or a mobile."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.mkdocs_plugin import write_site
from generator.model.dear_numbers_and_hosts import dialled
from generator.pipeline.build import build_site, prepare
from tests.chance import whole
from tests.conftest import ROOT, TODAY
from tests.golden.sites import FOLDER

_CONTACT = re.compile(r"\b(?:contact|deputy): *\{[^{}\n]*\}")
_LINK = re.compile(r'href="?(tel:[^">\s]+)')


def all_on_mobiles(text: str) -> str:
    """Write each landline as a mobile, but where a contact has both."""
    return _CONTACT.sub(
        lambda found: found[0] if "mobile:" in found[0] else found[0].replace("phone:", "mobile:"), text
    )


def numbers(site: Path) -> dict[str, set[str]]:
    """Return which numbers can be tapped on a site, by page."""
    return {
        path.relative_to(site).as_posix(): set(_LINK.findall(path.read_text("utf-8")))
        for path in site.rglob("*.html")
    }


def lost(source: Path, landlines: Path, folder: Path) -> tuple[int, dict[str, set[str]]]:
    """Build a town with mobiles alone: how many files differ, and by page which numbers of its site with landlines can't be tapped any more."""
    project = folder / "mobiles"
    changed = 0
    for part in ("content", "resources"):
        if (source / part).is_dir():
            shutil.copytree(source / part, project / part)
    shutil.copy(source / "site_config.yml", project)
    for path in (project / "resources").rglob("*.yml"):
        written = path.read_text("utf-8")
        changed += written != (moved := all_on_mobiles(written))
        path.write_text(moved, "utf-8")
    build_site(prepare(project, TODAY), folder / "mobiles-site", write_site)
    before, after = numbers(landlines), numbers(folder / "mobiles-site")
    assert before.keys() == after.keys()
    assert sum(map(len, before.values())) > len(before) / 2
    return changed, {page: gone for page in before if (gone := before[page] - after[page])}


def test_a_village_on_mobiles_loses_no_number(tmp_path: Path) -> None:
    village = FOLDER / "village" / "project"
    build_site(prepare(village, TODAY), tmp_path / "site", write_site)
    changed, missing = lost(village, tmp_path / "site", tmp_path)
    assert changed > 0
    assert missing == {}


@whole
def test_a_town_on_mobiles_loses_no_number(demo_site: Path, tmp_path: Path) -> None:
    """Offices in lists, teams, deputies, advisers, a house's way in, first doors: each left out whoever had only a mobile."""
    changed, missing = lost(ROOT, demo_site, tmp_path)
    assert changed > 200
    assert missing == {}


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("040 66969-910", "04066969910"),
        ("040/66969 910", "04066969910"),
        ("+49 40 66969-910", "04066969910"),
        ("+49 (0)40 66969-910", "04066969910"),
        ("0049 40 66969910", "04066969910"),
        ("4940 66969910", "04066969910"),
        ("116 111", "116111"),
        ("49 12 34", "491234"),
        ("+43 1 5878787", "4315878787"),
    ],
)
def test_ways_to_write_a_number_are_one(written: str, digits: str) -> None:
    assert dialled(written) == digits
