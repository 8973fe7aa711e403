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


def lost(source: Path, folder: Path) -> tuple[int, dict[str, set[str]]]:
    """Build the same town with landlines and with mobiles alone: how many files differ, and by page which numbers can't be tapped any more."""
    called: list[dict[str, set[str]]] = []
    changed = 0
    for name in ("landlines", "mobiles"):
        project = folder / name
        for part in ("content", "resources"):
            if (source / part).is_dir():
                shutil.copytree(source / part, project / part)
        shutil.copy(source / "site_config.yml", project)
        if name == "mobiles":
            for path in (project / "resources").rglob("*.yml"):
                before = path.read_text(encoding="utf-8")
                changed += before != (after := all_on_mobiles(before))
                path.write_text(after, encoding="utf-8")
        site = folder / f"{name}-site"
        build_site(prepare(project, TODAY), site, write_site)
        called.append(
            {
                path.relative_to(site).as_posix(): set(_LINK.findall(path.read_text(encoding="utf-8")))
                for path in site.rglob("*.html")
            }
        )
    before, after = called
    assert before.keys() == after.keys()
    assert sum(map(len, before.values())) > len(before) / 2
    return changed, {page: numbers for page in before if (numbers := before[page] - after[page])}


def test_a_village_on_mobiles_loses_no_number(tmp_path: Path) -> None:
    changed, missing = lost(FOLDER / "village" / "project", tmp_path)
    assert changed > 1
    assert missing == {}


@whole
def test_a_town_on_mobiles_loses_no_number(tmp_path: Path) -> None:
    """Offices in lists, teams, deputies, advisers, a house's way in, first doors: each left out whoever had only a mobile."""
    changed, missing = lost(ROOT, tmp_path)
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
