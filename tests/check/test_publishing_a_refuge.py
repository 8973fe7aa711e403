"""Ways to publish where a refuge is, by mistake or by haste: none is silent, and none comes out of a build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.derive.masking import published
from generator.diagnostics import has_errors
from generator.mkdocs_plugin import write_site
from generator.model.visibility import Sight
from generator.pipeline.build import build_site, prepare
from tests.chance import every, whole
from tests.check.refuge_ways import ASKING, FIELDS, OTHERS, WAYS, address, offer, place, secrets, street
from tests.conftest import TODAY
from tests.edit.towns import FILES, write_town
from tests.hunting import haystack
from tests.records import replace
from tests.refuges import HOUSE, OFFER, PROVIDER, REFUGE, write

MISTAKES = [*FIELDS, *OTHERS]
"""Ways that are told as mistakes."""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    write_town(tmp_path)
    write(tmp_path, REFUGE)
    return tmp_path


def test_the_town_with_its_refuge_is_sound(town: Path) -> None:
    assert [item for item in prepare(town, TODAY).found if item.severity != "note"] == []


def test_there_are_many_ways() -> None:
    assert len(WAYS) >= 24
    assert sum(way.masked for way in WAYS.values()) >= 20


@pytest.mark.parametrize("name", every(ASKING, [*ASKING][::3]))
def test_what_may_be_a_way_makes_one_ask(name: str, town: Path) -> None:
    way = ASKING[name]
    write(town, way.make(street(1)))
    found = prepare(town, TODAY).found
    asked = [item.severity for item in found if (item.code, item.position.file) == (way.code, way.file)]
    assert set(asked) == {"warning"}, [f"{item.position.file}: {item.code}" for item in found]


# A text that only speaks of a house may lead elsewhere.
PRESSING = [
    name
    for name in ASKING
    if ASKING[name].code in ("ort-im-namen-moeglich", "zuflucht-vielleicht")
    and name != "a text that speaks of a house"
]


@pytest.mark.parametrize("name", PRESSING)
def test_who_publishes_has_to_answer(name: str, town: Path) -> None:
    write(town, {**ASKING[name].make(street(1)), "site_config.yml": "+publish: yes\n"})
    asked = [item.severity for item in prepare(town, TODAY).found if item.code == ASKING[name].code]
    assert asked == ["error"]


ORDINARY: Mapping[str, str] = {
    "resources/offers/bei-uns.yml": offer("place: treff\n", "beratung", "verein").replace("[zuflucht]", "[krabbelgruppe]").replace("Ein Bett für heute.", "Wir vermitteln ins Frauenhaus."),
    "resources/offers/chor.yml": offer("place: treff\n", "gruppe", "verein").replace("[zuflucht]", "[krabbelgruppe]").replace("Ein Bett\n", "Mädchenhaus-Chor\n"),
    "resources/offers/kuehl.yml": offer("place: treff\n", "treff", "verein").replace("[zuflucht]", "[krabbelgruppe]").replace("Ein Bett\n", "Zuflucht bei Hitze\n"),
    "resources/places/sport.yml": place("haus", address("Uferweg"), "Haus des Sports"),
    "resources/places/club.yml": place("nachbarschaftshaus", address("Uferweg"), "Frauenclub für Frauen aus aller Welt"),
    "resources/places/halle.yml": place("sportstaette", address("Uferweg"), "Halle für Mädchen und Frauen"),
    "content/rat.md": "# Der Rat\n\nIm Rathaus, Rathausstraße 1, beriet der Rat die Förderung der Frauenhäuser und die Beiträge zum Schutzhaus des Landes.\n",
}  # fmt: skip


def test_what_is_ordinary_stops_no_town_that_publishes(town: Path) -> None:
    """A text that leads to a refuge elsewhere, or is called after one, is no house."""
    write(town, {**ORDINARY, "site_config.yml": "+publish: yes\n"})
    errors = [item for item in prepare(town, TODAY).found if item.severity == "error"]
    assert [item for item in errors if item.position.file in ORDINARY] == []


def test_other_numbers_in_names_of_files_are_no_address(town: Path) -> None:
    numbered = ("frauenhaus-2", "notruf-24-7", "schutz-inobhutnahme-42", "haus-2026")
    write(town, {f"resources/places/{number}.yml": place("schutzhaus", "") for number in numbered})
    assert not has_errors(prepare(town, TODAY).found)


@pytest.mark.guards(
    "Safety: no whereabouts of hidden places in the public folder; nothing of the overlay in public output"
)
@pytest.mark.parametrize("name", every(MISTAKES, MISTAKES[::3]))
def test_a_way_is_not_silent_and_nothing_is_built(name: str, town: Path) -> None:
    way = WAYS[name]
    write(town, way.make(street(1)))
    project = prepare(town, TODAY)
    named = [item for item in project.found if (item.code, item.position.file) == (way.code, way.file)]
    assert named, [f"{item.position.file}: {item.code}" for item in project.found]
    assert named[0].severity == "error"
    assert project.site is None
    assert project.facts is None
    build_site(project, town / "site", write_site)
    assert not (town / "site" / "index.html").exists()


def test_the_command_says_where_and_what_helps(town: Path) -> None:
    write(town, WAYS["comment"].make(street(1)))
    result = CliRunner().invoke(main, ["check", "-p", str(town), "--today", TODAY.isoformat()])
    assert result.exit_code == 1
    assert f"--> {HOUSE}:6:15" in result.output
    assert "cleared" in result.output


# --- masking ---------------------------------------------------------------------------------------------------------


def build_unchecked(root: Path, patch: pytest.MonkeyPatch) -> str:
    """Build as if nobody had checked, and return all that can be read."""
    patch.setattr("generator.pipeline.build.check_reading", lambda *_: ())
    project = prepare(root, TODAY)
    assert project.site is not None
    found = build_site(replace(project, found=()), root / "site", write_site)
    assert not has_errors(found), found
    return haystack(root / "site")


@pytest.fixture
def full_town(town: Path) -> Path:
    config = (town / "site_config.yml").read_text("utf-8")
    write(town, {"site_config.yml": config.replace("[de]", "[de, en]")})
    for number, way in enumerate(FIELDS.values(), 1):
        write(town, way.make(street(number)))
    return town


@whole
@pytest.mark.guards(
    "Safety: no whereabouts of hidden places in the public folder; nothing of the overlay in public output"
)
def test_masking_covers_what_the_check_would_have_named(
    full_town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hay = build_unchecked(full_town, monkeypatch)
    assert [name for name, secret in secrets().items() if secret in hay] == []
    # Nothing lies in this area but what is protected.
    area = full_town / "site" / "sozialraeume" / "kranichmoor" / "index.html"
    others = full_town / "site" / "sozialraeume" / "reiherbruch" / "index.html"
    main_of = [
        path.read_text("utf-8").split("<main")[1].split("</main>")[0].replace(one, "X").replace(id_, "x")
        for path, one, id_ in ((area, "Kranichmoor", "kranichmoor"), (others, "Reiherbruch", "reiherbruch"))
    ]
    assert main_of[0] == main_of[1]
    assert "Ein Bett" not in (full_town / "site" / "orte" / "treff" / "index.html").read_text("utf-8")


@whole
def test_the_hunt_finds_what_no_masking_covers(full_town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def all_open(site: object, *_given: object) -> Sight:
        return Sight(
            *(dict.fromkeys(getattr(site, folder), "full") for folder in ("places", "providers", "offers"))  # type: ignore[arg-type]
        )

    monkeypatch.setattr("generator.derive.facts.sight", all_open)
    for module in ("generator.pipeline.build", "generator.derive.facts"):
        monkeypatch.setattr(f"{module}.published", lambda site, *_given: site)
    monkeypatch.setattr("generator.derive.offer_facts.is_discreet", lambda words, offer: False)
    hay = build_unchecked(full_town, monkeypatch)
    found = secrets()
    assert len(found) >= 15
    missing = {name: secret for name, secret in found.items() if secret not in hay}
    assert missing == {}


def test_masking_twice_is_masking_once(full_town: Path) -> None:
    from generator.read.project import read_project

    site = read_project(full_town).site
    assert site is not None
    once = published(site)
    assert once != site
    assert published(once) == once
    internal = replace(site, internal=True)
    assert published(internal) is internal


def test_a_home_in_which_children_live_says_nothing_in_its_own_words(town: Path) -> None:
    words = "summary: Unser Garten grenzt an die Feuerwache.\n"
    homes = {f"resources/places/{kind}.yml": place(kind, words) for kind in ("wohngruppe", "inobhutnahme")}
    homes |= {
        f"resources/offers/{kind}.yml": f"name: Wohnen\n{words}kind: {kind}\nprovider: verein\ntopics: [krabbelgruppe]\n"
        for kind in ("hze-34", "par-19", "inobhutnahme-42")
    }
    write(town, homes)
    project = prepare(town, TODAY)
    assert project.site is not None, project.found
    site = published(project.site)
    shown = {(name.split("/")[1], Path(name).stem) for name in homes}
    assert "Feuerwache" not in repr([site.records(folder)[key] for folder, key in shown])


# --- what may be shown -----------------------------------------------------------------------------------------------


def test_an_office_may_confirm_that_a_house_is_shown(town: Path) -> None:
    shown = "shown: {visibility: full, confirmed: 2026-11-01, by: amt, why: öffentliche Beratungsstelle}\n"
    write(town, {"resources/places/f.yml": place("schutzhaus", shown + address("Uferweg"))})
    write(town, {"resources/offers/g.yml": offer("shown: {visibility: full, confirmed: 2026-11-01, by: Leitung des Jugendamts}\nplace: treff\n")})  # fmt: skip
    project = prepare(town, TODAY)
    assert not has_errors(project.found), project.found
    assert project.facts is not None
    assert project.facts.places["f"].address is not None
    assert project.facts.offers["g"].location.place == "treff"


def test_an_old_confirmation_is_asked_for_again(town: Path) -> None:
    shown = "shown: {visibility: full, confirmed: 2024-11-01, by: amt}\n"
    write(town, {"resources/places/f.yml": place("schutzhaus", shown + address("Uferweg"))})
    found = prepare(town, TODAY).found
    assert [item.code for item in found if item.severity == "warning"] == ["bestaetigung-alt"]


def test_a_confirmed_offer_never_opens_a_hidden_place(town: Path) -> None:
    write(town, {OFFER: "+shown: {visibility: full, confirmed: 2026-11-01, by: amt}\n"})
    project = prepare(town, TODAY)
    assert project.facts is not None
    assert project.facts.offers["lichtblick-schutz"].location.visibility == "hidden"


def test_a_cleared_passage_is_passed_over_and_only_there(town: Path) -> None:
    text = "description: Die Beratung ist in der Lindenstraße 5. Der Garten ist in der Lindenstraße 7.\n"
    cleared = "cleared:\n  - text: Lindenstraße 5\n    reason: Anschrift der öffentlichen Beratungsstelle\n"
    write(town, {HOUSE: "+" + text + cleared})
    found = [item for item in prepare(town, TODAY).found if item.severity != "note"]
    assert [item.code for item in found] == ["ort-im-text"]
    assert "Lindenstraße 7" in found[0].message


def test_a_passage_of_a_page_is_cleared_in_its_head(town: Path) -> None:
    page = "# Hilfe\n\nDas Frauenhaus Lichtblick berät in der Lindenstraße 5.\n"
    head = "---\ncleared:\n  - {text: Lindenstraße 5, reason: öffentliche Beratungsstelle}\n---\n\n"
    write(town, {"content/hilfe.md": head + page})
    assert not has_errors(prepare(town, TODAY).found)
    write(town, {"content/hilfe.md": head.replace(", reason: öffentliche Beratungsstelle", "") + page})
    assert has_errors(prepare(town, TODAY).found)


def test_a_clearance_that_fits_nothing_is_named(town: Path) -> None:
    write(town, {HOUSE: "+cleared: [{text: Lindenstraße 5, reason: Beratungsstelle}]\n"})
    found = [item for item in prepare(town, TODAY).found if item.severity != "note"]
    assert [(item.code, item.severity) for item in found] == [("freigabe-ohne-stelle", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        "Fragen Sie neben dem Gespräch auch nach Geld.", "Der Weg zu uns ist kurz. Wir holen Sie ab.",
        "Wir haben 12 Plätze und 3 Zimmer im Dachgeschoss.", "Rufen Sie an: 040 66969-910, Montag 10 Uhr bis 12 Uhr.",
        "Am Montag 10 Frauen, am Dienstag 12 Kinder.", "Sie zahlen 12000 Euro nicht. Im Jahr 2026 kamen 40 Frauen.",
        "Kinder ab 3 Jahren gehen auf dem Schulweg mit uns.", "Kostet 3,50 bis 4,50 Euro. Geöffnet 24/7.",
        "Gegenüber der Polizei müssen Sie nichts sagen.", "Vor dem Gericht begleiten wir Sie.", "Ein Ausweg aus der Gewalt. Ihr Arbeitsplatz bleibt.",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_error(text: str, town: Path) -> None:
    write(town, {HOUSE: f'+description: "{text}"\n'})
    assert not has_errors(prepare(town, TODAY).found), prepare(town, TODAY).found


def test_the_open_house_of_a_provider_may_be_named(town: Path) -> None:
    more = "shown: {visibility: full, confirmed: 2026-11-01, by: amt}\n"
    write(town, {"resources/places/buero.yml": place("beratungsstelle", "providers: [lichtblick]\n" + address("Rosenstraße"), "Büro Lichtblick")})  # fmt: skip
    write(town, {PROVIDER: "+" + more + "summary: Beratung in der Rosenstraße 17 in 01067 Kleinstadt.\n"})
    assert not has_errors(prepare(town, TODAY).found), prepare(town, TODAY).found
    write(town, {PROVIDER: "+description: Das Haus ist in der Tulpenstraße 3.\n"})
    assert has_errors(prepare(town, TODAY).found)


def test_entries_of_one_list_say_nothing_of_each_other(town: Path) -> None:
    write(town, {"content/liste.md": "# Stellen\n\n- Frauenhaus Lichtblick\n- Rathaus, Marktstraße 1\n"})
    assert not has_errors(prepare(town, TODAY).found), prepare(town, TODAY).found


def test_a_word_of_its_name_alone_makes_one_ask(town: Path) -> None:
    write(town, {"content/seite.md": "# Hilfe\n\nDas Haus Lichtblick steht in der Zitronenstraße 17.\n"})
    found = [item for item in prepare(town, TODAY).found if item.severity != "note"]
    assert [(item.code, item.severity) for item in found] == [("ort-im-text-moeglich", "warning")]


def warnings(root: Path) -> list[tuple[str, str]]:
    return [
        (item.code, item.position.file) for item in prepare(root, TODAY).found if item.severity == "warning"
    ]


def test_a_second_house_of_the_provider_makes_one_ask(town: Path) -> None:
    file = "resources/places/zweites.yml"
    write(town, {file: place("haus", "providers: [lichtblick]\n" + address("Uferweg"))})
    assert warnings(town) == [("haus-neben-schutz", file)]
    write(town, {file: "+shown: {visibility: full, confirmed: 2026-11-01, by: amt}\n"})
    assert warnings(town) == []


def test_a_number_beside_an_address_makes_one_ask(town: Path) -> None:
    file = "resources/places/buero.yml"
    write(town, {file: place("beratungsstelle", "contact: {phone: 040 66969-910}\n" + address("Uferweg"))})
    assert warnings(town) == [("nummer-neben-adresse", file)]
    write(town, {file: "+cleared: [{text: 040 66969-910, reason: gemeinsamer Anschluss}]\n"})
    assert warnings(town) == []


@pytest.mark.parametrize(
    "number", ["mobile: 040 66969-910", "phone: +49 40 66969-910", "phone: 0049 (0)40 66969910"]
)
def test_it_makes_one_ask_however_it_is_written(town: Path, number: str) -> None:
    file = "resources/places/buero.yml"
    write(town, {file: place("beratungsstelle", f"contact: {{{number}}}\n" + address("Uferweg"))})
    assert ("nummer-neben-adresse", file) in warnings(town)


def test_a_mobile_of_the_refuge_makes_one_ask(town: Path) -> None:
    refuge = town / "resources/places/lichtblick.yml"
    before = refuge.read_text(encoding="utf-8")
    refuge.write_text(before.replace("phone: 040 66969-910", "mobile: 0171 39200-91"), encoding="utf-8")
    file = "resources/places/buero.yml"
    write(town, {file: place("beratungsstelle", "contact: {mobile: 0171 39200-91}\n" + address("Uferweg"))})
    assert warnings(town) == [("nummer-neben-adresse", file)]


def test_an_overlay_in_the_same_repository_is_a_warning_unless_invented(town: Path) -> None:
    (town / ".git").mkdir()
    write(town, {"site_config.yml": "+overlay: intern\n", "intern/places/lichtblick.yml": address("Uferweg")})
    assert [item.code for item in prepare(town, TODAY).found if item.severity == "warning"] == ["ablage-im-repository"]  # fmt: skip
    (town / "intern" / ".git").mkdir()
    assert [item.code for item in prepare(town, TODAY).found if item.severity == "warning"] == []
    (town / "intern" / ".git").rmdir()
    write(town, {"site_config.yml": "+overlay_in_repository: invented\n"})
    assert [item.code for item in prepare(town, TODAY).found if item.severity == "warning"] == []


@pytest.mark.parametrize("folder", ["resources", "content"])
def test_a_link_to_the_overlay_is_an_error(folder: str, town: Path) -> None:
    outside = town.parent / f"{town.name}-intern"
    write(outside, {"places/lichtblick.yml": address("Uferweg")})
    write(town, {"site_config.yml": f"+overlay: ../{outside.name}\n"})
    assert not has_errors(prepare(town, TODAY).found)
    (town / folder / "mehr").symlink_to(outside / "places")
    assert "ablage-oeffentlich" in {item.code for item in prepare(town, TODAY).found}


def test_only_files_of_the_town_are_used() -> None:
    assert set(FILES) & set(REFUGE) == set()
