"""What begins later or pauses until a day is said to do so, and counts for nobody before; what ends says its last day, and that it is over."""

import pytest

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import Project, build_site, prepare
from tests.conftest import TODAY
from tests.edit.towns import FILES, write_town

STATES = {
    "spaeter": ("from: 2027-01-11\nuntil: 2027-01-30\n", ["ab 11. Januar 2027"]),
    "pause": ("status: paused\nfrom: 2027-01-13\n", ["ab 13. Januar 2027 wieder"]),
    "ende": ("until: 2026-11-27\n", ["noch bis 27. November 2026"]),
    "vorbei": ("until: 2026-10-02\n", ["Dieses Angebot gibt es nicht mehr.", "Es endete am 2. Oktober 2026."]),
}  # fmt: skip
"""By offer what it says beside the town's other one, and what its page makes of it."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A town with an offer in each state, built."""
    town = write_town(tmp_path_factory.mktemp("stadt"))
    offers = town / "resources/offers"
    for key, (more, _) in STATES.items():
        (offers / f"{key}.yml").write_text(FILES["resources/offers/krabbelgruppe.yml"] + more, "utf-8")
    project = prepare(town, TODAY)
    build_site(project, town / "site", write_site)
    return project


def words_of(project: Project, page: str) -> str:
    return (project.root / "site/angebote" / page).read_text("utf-8").replace("\xa0", " ")


@pytest.mark.parametrize("key", STATES)
def test_a_page_says_since_when_or_until_when(project: Project, key: str) -> None:
    page = words_of(project, f"{key}/index.html")
    assert [words for words in STATES[key][1] if words not in page] == []


def test_what_ends_says_its_last_day_in_lists_too(project: Project) -> None:
    assert "noch bis 27. November 2026" in words_of(project, "index.html")


def test_where_nobody_can_go_counts_for_nobody(project: Project) -> None:
    assert project.facts is not None
    assert project.facts.running == {"krabbelgruppe", "ende"}
    assert set(project.facts.open_doors) <= {"krabbelgruppe", "ende"}
    assert {item.offer for item in project.facts.news if item.kind == "ending"} == {"ende"}


def test_news_of_a_pause_name_its_last_day(project: Project) -> None:
    assert project.facts is not None
    assert [str(item.date) for item in project.facts.news if item.offer == "pause"] == ["2027-01-12"]
