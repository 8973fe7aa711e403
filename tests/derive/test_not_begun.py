"""What begins later or pauses until a day is said to do so, and counts for nobody before."""

from __future__ import annotations

from pathlib import Path

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from tests.conftest import TODAY
from tests.edit.towns import FILES, write_town

OFFER = "resources/offers/krabbelgruppe.yml"


def page_of(town: Path, more: str) -> str:
    write_town(town)
    (town / OFFER).write_text(FILES[OFFER] + more, "utf-8")
    project = prepare(town, TODAY)
    assert project.facts is not None
    assert (project.facts.running, project.facts.open_doors) == (frozenset(), ())
    assert not any(item.kind == "ending" for item in project.facts.news)
    build_site(project, town / "site", write_site)
    return (town / "site" / "angebote" / "krabbelgruppe" / "index.html").read_text("utf-8")


def test_an_offer_that_begins_later_runs_not_yet(tmp_path: Path) -> None:
    page = page_of(tmp_path, "from: 2027-01-11\nuntil: 2027-01-30\n")
    assert "ab 11. Januar 2027" in page.replace("\xa0", " ")


def test_a_pause_says_when_it_ends(tmp_path: Path) -> None:
    page = page_of(tmp_path, "status: paused\nfrom: 2027-01-13\n")
    assert "ab 13. Januar 2027 wieder" in page.replace("\xa0", " ")
