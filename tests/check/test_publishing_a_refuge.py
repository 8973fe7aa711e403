"""Ways to publish where a refuge is, by mistake or by haste: none is silent, and none comes out of a build."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.check.protected import TELLING
from generator.derive.masking import published
from generator.diagnostics import has_errors
from generator.mkdocs_plugin import write_site
from generator.model.protected_house import sections
from generator.model.vocabulary import HouseForm
from generator.pipeline.build import build_site, prepare
from generator.read.hidden_places import digest_of
from generator.render.pages.house_page import render_house
from tests.chance import every, whole
from tests.check.refuge_ways import FIELDS, WAYS, address, offer, place, secrets, street, told
from tests.conftest import TODAY
from tests.edit.towns import write_town
from tests.hunting import haystack
from tests.records import replace
from tests.refuges import HOUSE, REFUGE, write


@pytest.fixture
def town(tmp_path: Path) -> Path:
    write_town(tmp_path)
    write(tmp_path, REFUGE)
    return tmp_path


def test_the_town_with_its_refuge_is_sound(town: Path) -> None:
    assert [item for item in prepare(town, TODAY).found if item.severity != "note"] == []


ORDINARY: Mapping[str, str] = {
    "resources/offers/bei-uns.yml": offer("place: treff\n", "beratung", "verein").replace("[zuflucht]", "[krabbelgruppe]").replace("Ein Bett für heute.", "Wir vermitteln ins Frauenhaus."),
    "resources/offers/chor.yml": offer("place: treff\n", "gruppe", "verein").replace("[zuflucht]", "[krabbelgruppe]").replace("Ein Bett\n", "Mädchenhaus-Chor\n"),
    "resources/offers/kuehl.yml": offer("place: treff\n", "treff", "verein").replace("[zuflucht]", "[krabbelgruppe]").replace("Ein Bett\n", "Zuflucht bei Hitze\n"),
    "resources/places/sport.yml": place("haus", address("Uferweg"), "Haus des Sports"),
    "resources/places/club.yml": place("nachbarschaftshaus", address("Uferweg"), "Frauenclub für Frauen aus aller Welt"),
    "resources/places/halle.yml": place("sportstaette", address("Uferweg"), "Halle für Mädchen und Frauen"),
    "content/heimat.md": "# Kinderheimat\n\nDer Verein Kinderheimat spielt im Uferweg 3. Im Waldschutzhaus wird gefeiert, der Haushalt 2027 steht.\n",
    "content/rat.md": "# Der Rat\n\nIm Rathaus, Rathausstraße 1, beriet der Rat die Förderung der Frauenhäuser und die Beiträge zum Schutzhaus des Landes.\n",
}  # fmt: skip


def test_what_is_ordinary_stops_no_town_that_publishes(town: Path) -> None:
    """A text that leads to a refuge elsewhere, or is called after one, is no house."""
    write(town, {**ORDINARY, "site_config.yml": "+publish: yes\n"})
    found = [item for item in prepare(town, TODAY).found if item.position.file in ORDINARY]
    assert [item for item in found if item.severity == "error"] == []
    assert len([item for item in found if item.code in TELLING]) <= 1


def test_what_is_called_a_refuge_stops_a_town_that_publishes(town: Path) -> None:
    file = "resources/places/p.yml"
    write(town, {file: place("haus", address("Uferweg"), "Frauenhaus Abendrot")})
    assert not has_errors(prepare(town, TODAY).found)
    write(town, {"site_config.yml": "+publish: yes\n"})
    assert "haus-anderswo" in {item.code for item in prepare(town, TODAY).found if item.position.file == file}
    write(town, {file: place("haus", SHOWN + address("Uferweg"), "Frauenhaus Abendrot")})
    assert [
        item for item in prepare(town, TODAY).found if item.position.file == file and item.severity == "error"
    ] == []


@pytest.mark.guards(
    "Safety: no whereabouts of hidden places in the public folder; nothing of the overlay in public output"
)
@pytest.mark.parametrize("name", every(WAYS, [*WAYS][::6]))
def test_a_way_is_not_silent(name: str, town: Path) -> None:
    way = WAYS[name]
    write(town, way.make(street(1)))
    project = prepare(town, TODAY)
    assert told(way, project.found), [f"{item.position.file}: {item.code}" for item in project.found]
    if has_errors(project.found):
        assert project.site is None


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


def test_masking_twice_is_masking_once(full_town: Path) -> None:
    from generator.read.project import read_project

    site = read_project(full_town).site
    assert site is not None
    once = published(site)
    assert once != site
    assert published(once) == once
    internal = replace(site, internal=True)
    assert published(internal) == published(published(internal))


# --- what may be shown -----------------------------------------------------------------------------------------------

SHOWN = "shown: {visibility: full, confirmed: 2026-11-01, by: amt}\n"


def test_an_emergency_service_whose_door_is_public_is_an_ordinary_record(town: Path) -> None:
    write(town, {"resources/places/f.yml": place("inobhutnahme", SHOWN + address("Uferweg"))})
    write(
        town,
        {"resources/offers/g.yml": offer(f"{SHOWN}place: f\n", kind="inobhutnahme-42", provider="verein")},
    )
    project = prepare(town, TODAY)
    assert not has_errors(project.found), project.found
    assert project.facts is not None
    assert project.facts.places["f"].address is not None
    assert project.facts.offers["g"].location.place == "f"
    write(town, {"resources/places/f.yml": place("schutzhaus", SHOWN + address("Uferweg"))})
    assert "haus-anderswo" in {item.code for item in prepare(town, TODAY).found}


def test_an_old_confirmation_is_asked_for_again(town: Path) -> None:
    shown = SHOWN.replace("2026", "2024")
    write(town, {"resources/places/f.yml": place("inobhutnahme", shown + address("Uferweg"))})
    found = prepare(town, TODAY).found
    assert [item.code for item in found if item.severity == "warning"] == ["bestaetigung-alt"]


# --- answers ---------------------------------------------------------------------------------------------------------

SENTENCE = "Das Frauenhaus Lichtblick feiert mit uns in Kranichmoor."
PAGE = f"# Hilfe\n\n{SENTENCE}\n"


@pytest.mark.parametrize(
    ("sentence", "by", "silent"),
    [
        (SENTENCE, "lichtblick", True),
        (SENTENCE, "amt", True),
        (SENTENCE.replace("Kranichmoor", "Reiherbruch"), "lichtblick", False),
        (SENTENCE, "verein", False),
    ],
    ids=["the house", "an office", "another sentence", "somebody else"],
)
def test_an_answer_is_the_digest_of_a_sentence_by_who_knows(
    town: Path, sentence: str, by: str, silent: bool
) -> None:
    answer = f"cleared: [{{sentence: {digest_of(sentence)}, by: {by}, date: 2026-11-20}}]\n"
    text = f"description: {SENTENCE}\n{answer}"
    write(
        town,
        {"resources/offers/fest.yml": offer(text, "treff", "verein").replace("zuflucht", "krabbelgruppe")},
    )
    told_there = {item.code for item in prepare(town, TODAY).found if "fest" in item.position.file}
    assert told_there.isdisjoint({"ort-im-text", "freigabe-ohne-haus", "freigabe-ohne-stelle"}) is silent


def test_a_page_is_answered_in_its_head(town: Path) -> None:
    answer = f"{{sentence: {digest_of(SENTENCE)}, by: lichtblick, date: 2026-11-20}}"
    write(town, {"content/hilfe.md": PAGE})
    assert has_errors(prepare(town, TODAY).found)
    write(town, {"content/hilfe.md": f"---\ncleared: [{answer}]\n---\n\n{PAGE}"})
    assert not has_errors(prepare(town, TODAY).found)


def test_a_table_is_answered_in_the_settings(town: Path) -> None:
    """A table has no head; its row is the sentence."""
    write(town, {"content/ziele.csv": "Gebiet;Ziel\nKranichmoor;Ein Raum für das Frauenhaus\n"})
    (asked,) = (item for item in prepare(town, TODAY).found if item.position.file == "content/ziele.csv")
    digest = digest_of("Kranichmoor;Ein Raum für das Frauenhaus")
    assert digest in asked.help
    answer = f"{{sentence: {digest}, by: lichtblick, date: 2026-11-20}}"
    write(town, {"site_config.yml": f"+cleared: [{answer}]\n"})
    assert not [item for item in prepare(town, TODAY).found if item.position.file == "content/ziele.csv"]


# --- the closed form -------------------------------------------------------------------------------------------------

ADDRESSES = (
    "Lindenstraße 5", "Am Anger 12b", "Kallmorgen", "Im Holzwinkel", "Zitronenweg", "Haus am See", "Alte Mühle", "hinter der Mühle", "Kranichmoor",
    "22998 Kleinstadt", "53.7047, 10.0047",
)  # fmt: skip


@pytest.mark.parametrize("where", ADDRESSES)
@pytest.mark.parametrize(
    "field", ["name", "email", "website", "hours", "description", "notes", "cleared", "address", "#", "file"]
)
def test_no_address_can_be_written_into_a_house(town: Path, where: str, field: str) -> None:
    plain = re.sub(r"\W+", "-", where.lower().replace("ß", "ss").replace("ü", "ue")).strip("-")
    written = {
        "name": f"Frauenhaus {where}", "email": f"{plain}@haus.example", "website": f"https://{plain}.example/", "hours": f"Mo-Fr 9-12 Uhr, {where}",
    }.get(field, where)  # fmt: skip
    line = f"# {where}\n" if field == "#" else f'{field}: "{written}"\n'
    if field == "file":
        write(town, {f"resources/protected/{plain}.yml": REFUGE[HOUSE].replace("Lichtblick", "Abendrot")})
    else:
        write(town, {HOUSE: f"+{line}"})
    assert has_errors(prepare(town, TODAY).found)


def test_what_a_house_writes_freely_may_be_ordinary(town: Path) -> None:
    write(
        town,
        {
            HOUSE: REFUGE[HOUSE]
            + "hours: Mo-Fr 09:00-17:00; PH off\nemail: hilfe@lichtblick.example\nwebsite: https://www.lichtblick.example/\n"
        },
    )
    assert not has_errors(prepare(town, TODAY).found)


MISTAKEN = {
    "haus-anderer-art": "kind: treff\n", "wahl-unbekannt": "pets: [elefant]\n", "wahl-ohne-zahl": "children: [sons-until]\n",
    "haus-ohne-nummer": "kind: schutz-jung\nway_in: []\n", "haus-ohne-worte": "# Hinter der Mühle.\n", "haus-mit-ort": "name: Frauenhaus am See\n",
    "vorwahl-neben-schutz": "phone: 0531 66969-910\n",
}  # fmt: skip


@pytest.mark.parametrize("code", MISTAKEN)
def test_what_a_house_may_not_hold_is_named_by_its_code(town: Path, code: str) -> None:
    lines = MISTAKEN[code].splitlines(keepends=True)
    write(town, {HOUSE: f"+{lines[0]}"})
    write(town, {HOUSE: "+" + "".join(lines[1:])} if lines[1:] else {})
    assert code in {item.code for item in prepare(town, TODAY).found if item.position.file == HOUSE}


def test_a_file_is_called_like_the_house(town: Path) -> None:
    write(town, {"resources/protected/uferpfad.yml": REFUGE[HOUSE].replace("Lichtblick", "Abendrot")})
    assert "haus-datei" in {item.code for item in prepare(town, TODAY).found}


@pytest.mark.parametrize("answer", ["{text: Kallmorgen}", "{sentence: 3f2a91c0d4e7}", "{}"])
def test_half_an_answer_is_none(town: Path, answer: str) -> None:
    write(town, {"resources/offices/amt.yml": f"+cleared: [{answer}]\n"})
    assert "freigabe-unklar" in {item.code for item in prepare(town, TODAY).found}


def test_an_overlay_in_the_same_repository_is_a_warning_unless_invented(town: Path) -> None:
    (town / ".git").mkdir()
    write(
        town,
        {"site_config.yml": "+overlay: intern\n", "intern/protected/lichtblick.yml": "profile: Ein Haus.\n"},
    )
    assert [item.code for item in prepare(town, TODAY).found if item.severity == "warning"] == ["ablage-im-repository"]  # fmt: skip
    (town / "intern" / ".git").mkdir()
    assert [item.code for item in prepare(town, TODAY).found if item.severity == "warning"] == []
    (town / "intern" / ".git").rmdir()
    write(town, {"site_config.yml": "+overlay_in_repository: invented\n"})
    assert [item.code for item in prepare(town, TODAY).found if item.severity == "warning"] == []


@pytest.mark.parametrize("folder", ["resources", "content"])
def test_a_link_to_the_overlay_is_an_error(folder: str, town: Path) -> None:
    outside = town.parent / f"{town.name}-intern"
    write(outside, {"protected/lichtblick.yml": "profile: Ein Haus.\n"})
    write(town, {"site_config.yml": f"+overlay: ../{outside.name}\n"})
    assert not has_errors(prepare(town, TODAY).found)
    (town / folder / "mehr").symlink_to(outside / "protected")
    assert "ablage-oeffentlich" in {item.code for item in prepare(town, TODAY).found}


@pytest.mark.parametrize("form", ["S", "K", "W"])
def test_every_choice_of_a_form_stands_on_its_page_in_every_signed_language(
    town: Path, form: HouseForm
) -> None:
    kind = {"S": "schutz", "K": "schutz-jung", "W": "hze-34"}[form]
    lines = [f"name: Haus Sonne\nkind: {kind}\nprovider: lichtblick\nphone: 040 66969-914\nsons_until: 14\n"]
    lines += (
        ["on_call: 040 66969-915\n"]
        if form == "K"
        else ["complaints: 040 66969-916\nchild_until: 5\n"]
        if form == "W"
        else []
    )
    chosen = {
        part.id: [key for key, one in part.choices.items() if kind in (one.kinds or (kind,))]
        for part in sections()[form]
    }
    lines += [
        f"{field}: [{', '.join(keys)}]\n" for field, keys in chosen.items() if keys and field != "accessible"
    ]
    write(
        town,
        {
            "resources/protected/haus-sonne.yml": "".join(lines),
            "resources/sentence_reviews.yml": "- {id: en, by: Frauenberatung, date: 2026-11-01}\n",
            "site_config.yml": "+languages: [de, en]\n",
        },
    )
    project = prepare(town, TODAY)
    assert not has_errors(project.found), project.found
    for context in project.contexts:
        page = render_house(context, "haus-sonne").body
        for part in sections()[form]:
            for key in chosen.get(part.id, ()) if part.id != "accessible" else ():
                text = part.choices[key].texts[context.lang].partition("{n}")[0]
                assert str(Markup.escape(text)) in page, (context.lang, part.id, key)


@pytest.mark.parametrize(
    ("kind", "more", "number"),
    [
        ("schutz", "", "116 016"),
        ("schutz-jung", "on_call: 040 66969-150\n", "040 66969-150"),
        ("hze-34", "complaints: 040 66969-581\n", "040 66969-581"),
    ],
)
def test_who_else_answers_stands_before_all_sections(town: Path, kind: str, more: str, number: str) -> None:
    house = f"name: Haus Sonne\nkind: {kind}\nprovider: lichtblick\nphone: 040 66969-914\n{more}"
    write(town, {"resources/protected/haus-sonne.yml": house})
    page = render_house(prepare(town, TODAY).contexts[0], "haus-sonne").body
    assert number in page.partition("<section")[0]


def test_a_language_that_nobody_signed_shows_german_beside_a_way_to_ask(town: Path) -> None:
    write(town, {HOUSE: REFUGE[HOUSE] + "languages: [de, en]\n", "site_config.yml": "+languages: [de, en]\n"})
    project = prepare(town, TODAY)
    page = next(render_house(one, "lichtblick").body for one in project.contexts if one.lang == "en")
    assert "Rufen Sie an." in page
    assert "Ask on the phone, also in English." in page
