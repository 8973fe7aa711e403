"""What ends, when: contracts, measures, granted money and told ends of offers' money, never what is about protection."""

from pathlib import Path

from generator.pipeline.build import Project, prepare
from generator.render.pages import reports_home, space_page
from tests.budget_town import CONFIG, TODAY, town

OFFER = "name: {name}\nsummary: Wir beraten.\nkind: {kind}\nprovider: amt\ntopics: [{topic}]\nspaces: [nord]\nfunded_until: 2026-12-31\n{more}"
FILES = {
    "site_config.yml": CONFIG,
    "resources/providers/amt.yml": "name: Jugendamt\nkind: public\n",
    "resources/agreements/nord.yml": "name: Vertrag Nord\npartners: [amt]\nspaces: [nord]\nfrom: 2024\nuntil: 2027-07\nreleased: 2024-01-01\n",
    "resources/agreements/alt.yml": "name: Vertrag von früher\npartners: [amt]\nspaces: [nord]\nuntil: 2025\nreleased: 2024-01-01\n",
    "resources/agreements/haus.yml": "name: Vertrag Frauenhaus\npartners: [amt]\nspaces: [nord]\nuntil: 2027\nreleased: 2024-01-01\n",
    "resources/measures/cafe.yml": "name: Elterncafé\nneed: Ein Treffpunkt.\ntopics: [begegnung]\nspaces: [nord]\nowner: amt\nstatus: running\nuntil: 2028-01-31\n",
    "resources/measures/idee.yml": "name: Nur eine Idee\nneed: Ein Treffpunkt.\ntopics: [begegnung]\nspaces: [nord]\nowner: amt\nuntil: 2028\n",
    "resources/offers/gesagt.yml": OFFER.format(
        name="Gesagtes Ende", kind="treff", topic="begegnung", more="announced: 2026-01-15\n"
    ),
    "resources/offers/ungesagt.yml": OFFER.format(
        name="Ungesagtes Ende", kind="treff", topic="begegnung", more=""
    ),
    "resources/offers/spaeter.yml": OFFER.format(
        name="Später gesagtes Ende", kind="treff", topic="begegnung", more="announced: 2029-01-15\n"
    ),
    "resources/offers/gewalt.yml": OFFER.format(
        name="Rat bei Gewalt",
        kind="gewaltberatung",
        topic="haeusliche-gewalt",
        more="announced: 2026-01-15\n",
    ),
}
TOLD = ["Gesagtes Ende", "Vertrag Nord", "Elterncafé"]
SILENT = [
    "Vertrag von früher",
    "Vertrag Frauenhaus",
    "Nur eine Idee",
    "Ungesagtes Ende",
    "Später gesagtes Ende",
    "Rat bei Gewalt",
]


def project_of(folder: Path, **others: bool) -> Project:
    project = prepare(town(folder, FILES), TODAY, **others)
    assert project.contexts, project.found
    return project


def ends(body: str) -> str:
    return body.partition('id="endet"')[2].partition("</section>")[0].replace("\u00a0", " ")


def test_what_ends_stands_in_order_without_protection_and_what_nobody_was_told(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    home = ends(str(reports_home.render(project.contexts[0], "").body))
    places = [home.index(name) for name in TOLD]
    assert places == sorted(places)
    assert [name for name in SILENT if name in home] == []


def test_the_page_of_an_area_has_its_own(tmp_path: Path) -> None:
    context = project_of(tmp_path).contexts[0]
    assert [name for name in TOLD if name not in ends(str(space_page.render(context, "nord").body))] == []
    assert ends(str(space_page.render(context, "sued").body)) == ""


def test_the_internal_site_has_what_providers_do_not_know_yet(tmp_path: Path) -> None:
    project_of(tmp_path)
    (tmp_path / "ablage").mkdir()
    (tmp_path / "site_config.yml").write_text(CONFIG + "overlay: ablage\n", "utf-8")
    home = ends(str(reports_home.render(prepare(tmp_path, TODAY, internal=True).contexts[0], "").body))
    assert "Ungesagtes Ende" in home
    assert "Rat bei Gewalt" not in home
