"""`nahraum check --since`: who is reached otherwise, or what is over for good, was called back by somebody."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.edit.towns import write_town
from tests.repository import git

OFFER = "resources/offers/krabbelgruppe.yml"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town in git, with an offer that has a number and one to mail."""
    root = write_town(tmp_path)
    text = (root / OFFER).read_text("utf-8").replace("66969-902", "66969-902, email: treff@verein.example")
    (root / OFFER).write_text(text, "utf-8")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Stadt")):
        git(root, *arguments)
    return root


@pytest.mark.parametrize(
    ("old", "new", "more", "asked"),
    [
        ("66969-902", "66969-903", "", True),
        ("treff@", "neu@", "", True),
        ("phone: 040 66969-902", "phone: 040 66969-903, mobile: 040 66969-902", "", True),
        ("phone: 040 66969-902", "phone: +49 40 66969902", "", False),
        ("phone: 040 66969-902, ", "", "", False),
        ("66969-902", "66969-903", "called_back: {date: 2026-11-19, by: Sekretariat}\n", False),
        ("name:", "name:", "status: ended\nuntil: 2026-11-19\n", True),
        ("name:", "name:", "status: ended\nuntil: 2026-11-19\ncalled_back: {date: 2026-11-19, by: Büro}\n", False),
        ("name:", "name:", "status: paused\n", False),
    ],
)  # fmt: skip
def test_what_changed_was_called_back(town: Path, old: str, new: str, more: str, *, asked: bool) -> None:
    text = (town / OFFER).read_text("utf-8")
    assert old in text
    (town / OFFER).write_text(text.replace(old, new) + more, "utf-8")
    told = said(town, "--changed")
    assert ("ohne-rueckruf" in told) is asked, told
    assert "ohne-rueckruf" not in said(town)


def test_a_call_is_good_for_one_change(town: Path) -> None:
    call = "called_back: {date: 2026-11-19, by: Sekretariat}\n"
    text = (town / OFFER).read_text("utf-8") + call
    (town / OFFER).write_text(text.replace("66969-902", "66969-903"), "utf-8")
    git(town, "commit", "-qam", "Nummer")
    (town / OFFER).write_text(text.replace("66969-902", "66969-904"), "utf-8")
    assert "ohne-rueckruf" in said(town, "--changed")


def test_a_new_record_has_no_old_number(town: Path) -> None:
    (town / "resources/offers/neu.yml").write_text((town / OFFER).read_text("utf-8"), "utf-8")
    assert "ohne-rueckruf" not in said(town, "--changed")


def said(root: Path, *arguments: str) -> str:
    return (
        CliRunner()
        .invoke(main, ["check", "-p", str(root), "-f", "concise", "--today", "2026-11-20", *arguments])
        .output
    )
