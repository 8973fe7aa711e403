"""What begins later or pauses until a day is said to do so, and counts for nobody before; what ends says its last day, and that it is over."""

from __future__ import annotations

from pathlib import Path

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import Project, build_site, prepare
from tests.conftest import TODAY
from tests.edit.towns import FILES, write_town

OFFER = "resources/offers/krabbelgruppe.yml"


def built(town: Path, more: str) -> Project:
    write_town(town)
    (town / OFFER).write_text(FILES[OFFER] + more, "utf-8")
    project = prepare(town, TODAY)
    build_site(project, town / "site", write_site)
    return project


def words_of(page: Path) -> str:
    return page.read_text("utf-8").replace("\xa0", " ")


def page_of(town: Path, more: str) -> str:
    """Build a town with an offer that nobody can go to; return its page."""
    project = built(town, more)
    assert project.facts is not None
    assert (project.facts.running, project.facts.open_doors) == (frozenset(), ())
    assert not any(item.kind == "ending" for item in project.facts.news)
    return words_of(town / "site/angebote/krabbelgruppe/index.html")


def test_an_offer_that_begins_later_runs_not_yet(tmp_path: Path) -> None:
    page = page_of(tmp_path, "from: 2027-01-11\nuntil: 2027-01-30\n")
    assert "ab 11. Januar 2027" in page


def test_a_pause_says_when_it_ends(tmp_path: Path) -> None:
    page = page_of(tmp_path, "status: paused\nfrom: 2027-01-13\n")
    assert "ab 13. Januar 2027 wieder" in page


def test_what_ends_says_its_last_day_wherever_it_stands(tmp_path: Path) -> None:
    built(tmp_path, "until: 2026-11-27\n")
    for page in ("krabbelgruppe/index.html", "index.html"):
        assert "noch bis 27. November 2026" in words_of(tmp_path / "site/angebote" / page)


def test_what_is_over_isnt_told_as_if_it_went_on(tmp_path: Path) -> None:
    page = page_of(tmp_path, "until: 2026-10-02\n")
    assert "Dieses Angebot gibt es nicht mehr." in page
    assert "Es endete am 2. Oktober 2026." in page
