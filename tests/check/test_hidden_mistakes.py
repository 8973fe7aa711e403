"""One mistake hides no other: whatever is wrong in one place, what is wrong elsewhere is said in the same run, each cause once."""

import json
from pathlib import Path

import pytest

from generator.diagnostics import Position, folded
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.formats import FORMATS
from generator.files.disk import Disk
from generator.pipeline.build import prepare
from tests.chance import whole
from tests.check.test_damage import CONFIG, DAMAGES, OFFER, PLACE, PROVIDER, SPACE, STREETS, check
from tests.conftest import TODAY
from tests.edit.towns import FILES, write_town

pytestmark = whole


_OTHER = FILES[OFFER] + "spaces: [kleinstadt]\nfor: all\n"

# Mistakes in files of their own, one of every kind of check, and what is said about each.
OTHERS = {
    "resources/offers/wohin.yml": (_OTHER.replace("name: Krabbelgruppe", "name: Wohin").replace("provider: verein", "provider: niemand"), "unbekannter-verweis"),
    "resources/offers/thema.yml": (_OTHER.replace("name: Krabbelgruppe", "name: Thema").replace("[krabbelgruppe]", "[quux]"), "unbekanntes-thema"),
    "resources/offers/wann.yml": (_OTHER.replace("name: Krabbelgruppe", "name: Wann") + "until: 31.12.27\n", "kein-datum"),
    "resources/offers/vorbei.yml": (_OTHER.replace("name: Krabbelgruppe", "name: Vorbei") + "from: 2025-09-01\nuntil: 2025-07-31\n", "ende-vor-beginn"),
    "resources/offers/zeiten.yml": (_OTHER.replace("name: Krabbelgruppe", "name: Zeiten").replace("Mo 09:00-10:30; PH off", "mal so"), "zeiten-unlesbar"),
    "resources/providers/leer.yml": ("", "datei-leer"),
    "resources/providers/tippfehler.yml": ("name: Tippfehler\nkind: association\ntelefon: 1\n", "unbekanntes-feld"),
    "resources/providers/text.yml": ("name: Text\nkind: association\nsummary: Text folgt\ncontact: {phone: 040 66969-903}\n", "platzhalter"),
    "resources/places/versteckt.yml": (FILES[PLACE].replace("name: Treff am Fluss", "name: Versteckt").replace("providers: [verein]\n", "") + "visibility: area\n", "ort-verraten"),
    "resources/spaces/nord.yml": ("name: Nord\nlevel: quartir\nparent: kleinstadt\n", "unbekannte-ebene"),
    "roh/hilfen.csv": ("space,period,numerator\nwest,2024,2\n", "rohtabelle"),
    "content/seite.md": ("# Seite\n\n{{ offer(topic='geld') }}\n", "baustein-unbekannt"),
    "content/wo.md": ("# Wo\n\n{{ map(space='nirgendwo') }}\n", "baustein-verweis"),
    "content/impressum.md": ("# Impressum\n\n[[Name]]\n", "rechtsseite-unfertig"),
}  # fmt: skip
# Without the settings nobody knows which levels there are: what needs them waits.
NEED_SETTINGS = {
    "unbekannte-ebene", "ende-vor-beginn", "zeiten-unlesbar", "platzhalter", "ort-verraten", "rohtabelle", "baustein-unbekannt", "baustein-verweis",
    "rechtsseite-unfertig",
}  # fmt: skip
WITHOUT_SETTINGS = {"folder instead of the configuration", "configuration is missing"}


def plant(root: Path, names: list[str]) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(OTHERS[name][0], "utf-8")


def places(found: list[dict[str, object]]) -> set[tuple[str, str]]:
    """Return every file that a finding names, with its code."""
    return {
        (str(place["file"]), str(item["code"]))
        for item in found
        for place in (item, *item["also"])  # type: ignore[misc]
    }


@pytest.mark.parametrize("name", DAMAGES)
def test_whatever_is_wrong_hides_nothing_in_other_files(tmp_path: Path, name: str) -> None:
    damage = DAMAGES[name]
    write_town(tmp_path)
    damage.change(tmp_path / damage.file)
    plant(tmp_path, list(OTHERS))
    together = places(check(tmp_path)[1])
    expected = {
        (file, code)
        for file, (_, code) in OTHERS.items()
        if name not in WITHOUT_SETTINGS or code not in NEED_SETTINGS
    }
    assert expected - together == set()
    # A gap can only be told where all areas are known, and one of the others is an area.
    assert (damage.reported, damage.code) in together or damage.code == "luecke-im-gebiet"


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("resources/topics.yml", "- {id: eigenes, name: Eigenes, parent: geld\n", "klammer-offen"),
        ("resources/topics.yml", "- {id: eigenes, parent: geld}\n", "feld-fehlt"),
        (SPACE, "name: West\nlevel: quartier\nparent: kleinstadt\nebene: x\n", "unbekanntes-feld"),
        (PROVIDER, "name: Verein\nkind: association\ntelefon: 1\n", "unbekanntes-feld"),
        (PLACE, "name: Treff\n", "feld-fehlt"),
    ],
)
def test_what_cannot_be_read_is_nowhere_called_missing(
    tmp_path: Path, file: str, text: str, code: str
) -> None:
    write_town(tmp_path)
    offer = tmp_path / OFFER
    offer.write_text(offer.read_text("utf-8").replace("[krabbelgruppe]", "[krabbelgruppe, eigenes]"), "utf-8")
    (tmp_path / "resources/topics.yml").write_text("- {id: eigenes, name: Eigenes, parent: geld}\n", "utf-8")
    (tmp_path / STREETS).write_text("street,space,from,to,parity\nFlussweg,west,1,3,all\n", "utf-8")
    page = tmp_path / "content" / "seite.md"
    page.parent.mkdir()
    page.write_text(
        "{{ map(space='west') }} {{ contact('verein') }} {{ offers(topic='eigenes') }}\n", "utf-8"
    )
    assert check(tmp_path)[1] == []
    (tmp_path / file).write_text(text, "utf-8")
    assert {where for where in places(check(tmp_path)[1]) if where[1] != "raute-schneidet-ab"} == {
        (file, code)
    }


@pytest.mark.parametrize("setting", ["accent: rot", "land: XX", "publish: bald", "unbekannt: 1"])
def test_a_mistake_in_the_settings_hides_none_in_the_records(tmp_path: Path, setting: str) -> None:
    write_town(tmp_path)
    path = tmp_path / CONFIG
    name = setting.split(":")[0]
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(f"{name}:")]
    path.write_text("\n".join([*kept, setting, ""]), "utf-8")
    plant(tmp_path, list(OTHERS))
    found = places(check(tmp_path)[1])
    assert found >= {(file, code) for file, (_, code) in OTHERS.items()}
    assert any(file == CONFIG for file, _ in found)


def test_a_deleted_area_is_one_mistake_with_all_its_places(tmp_path: Path) -> None:
    write_town(tmp_path)
    (tmp_path / STREETS).write_text(
        "street,space,from,to,parity\nFlussweg,west,1,3,all\nAm Deich,west,1,9,all\n", "utf-8"
    )
    place = tmp_path / PLACE
    place.write_text(place.read_text("utf-8") + "spaces: [west]\n", "utf-8")
    assert check(tmp_path)[1] == []
    (tmp_path / SPACE).unlink()
    # That part of the town now lies in no area follows from it, and is told once nobody names the area any more.
    (only,) = check(tmp_path)[1]
    assert (only["code"], only["message"]) == (
        "unbekannter-verweis",
        "3 Stellen nennen „west“, und das ist kein Gebiet",
    )
    assert (only["file"], only["line"], only["column"]) == (PLACE, 6, 10)
    assert [(at["file"], at["line"]) for at in only["also"]] == [(STREETS, 2), (STREETS, 3)]  # type: ignore[attr-defined]


def test_every_writing_names_all_places_of_one_cause(tmp_path: Path) -> None:
    where = [Position("a.yml", 3, 7), Position("b.yml", 4, 2), Position("c.yml", 9, 1)]
    one, *none = folded(
        diagnostic(
            "unbekannter-verweis",
            place,
            value="west",
            what="kein Gebiet",
            first="kein Gebiet",
            better="anlegen",
        )
        for place in reversed(where)
    )
    assert none == []
    lines = Disk(tmp_path).lines
    for form, write in FORMATS.items():
        text = write([one], lines)
        for place in where:
            assert place.file in text, (form, place)
        assert text.count("kein Gebiet") == 1, form
    assert len(json.loads(FORMATS["json"]([one], lines))[0]["also"]) == 2
    gitlab = json.loads(FORMATS["gitlab"]([one], lines))[0]
    assert [item["path"] for item in gitlab["other_locations"]] == ["b.yml", "c.yml"]
    assert FORMATS["github"]([one], lines).startswith("::error file=a.yml,line=3,col=7,")
    assert " = auch: b.yml:4\n" in FORMATS["text"]([one], lines)


def test_different_causes_stay_apart(tmp_path: Path) -> None:
    found = folded(
        diagnostic(
            "unbekannter-verweis", Position("a.yml", line), value=value, what=what, first=what, better="x"
        )
        for line, (value, what) in enumerate(
            [("west", "kein Gebiet"), ("west", "kein Ort"), ("ost", "kein Gebiet")], 1
        )
    )
    assert [item.also for item in found] == [(), (), ()]
    assert found[0].message == "„west“ ist kein Gebiet"


def test_texts_are_tried_beside_errors_in_the_demo(tmp_path: Path) -> None:
    """The same with a whole town: a broken area takes nothing else with it, and no table says that it is missing."""
    import shutil

    from tests.conftest import ROOT

    for name in ("resources", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    config = (ROOT / CONFIG).read_text("utf-8")
    (tmp_path / CONFIG).write_text(config.replace("overlay: examples", "overlay: ../examples"), "utf-8")
    before = {(item.position, item.code) for item in prepare(tmp_path, TODAY).found}
    area = tmp_path / "resources" / "spaces" / "marktviertel.yml"
    area.write_text(area.read_text("utf-8") + "ebene: x\n", "utf-8")
    page = tmp_path / "content" / "ueber" / "index.md"
    page.write_text(page.read_text("utf-8") + "\n{{ offer() }}\n", "utf-8")
    found = prepare(tmp_path, TODAY).found
    assert [item.code for item in found if item.severity == "error"] == [
        "baustein-unbekannt",
        "unbekanntes-feld",
    ]
    # Only what is said about the broken record itself may wait until it can be read.
    missing = {place for place, _ in before - {(item.position, item.code) for item in found}}
    assert {place.file for place in missing} <= {"resources/spaces/marktviertel.yml"}
