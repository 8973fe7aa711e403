"""`nahraum rename` and `nahraum end`: what is meant changes everywhere, every other byte stays, or nothing changes at all."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.records.record_text import RecordText
from generator.edit.records.rename_and_retire import follow
from generator.model.fields import references
from generator.model.groups import Kind
from generator.model.kinds import KIND_BY_FOLDER, KINDS
from generator.read.project import read_project
from generator.read.references import scalars_at
from tests.chance import whole
from tests.conftest import ROOT
from tests.edit.towns import write_town
from tests.folders import files_of

OFFER = "resources/offers/krabbelgruppe.yml"
PLACE = "resources/places/treff.yml"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "stadt")


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "-p", str(root)])


def add(root: Path, file: str, text: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((path.read_bytes() if path.exists() else b"") + text.encode())


def named(root: Path) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """By kind and id the paths at which records name it."""
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for source in read_project(root).sources.values():
        for reference in references(type(source.record)):
            for scalar in scalars_at(source.node, reference.path):
                for target in reference.target.split("|"):
                    found.setdefault((target, scalar.text), []).append(reference.path)
    return found


def errors(root: Path) -> list[str]:
    return [item.code for item in read_project(root).found if item.severity == "error"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.internal], ids=lambda kind: kind.folder)
def test_every_reference_to_a_renamed_record_follows(town: Path, kind: Kind) -> None:
    folder = kind.folder
    for path in sorted((town / "resources" / folder).glob("*.yml")):
        before = named(town)
        result = run(town, "rename", folder, path.stem, f"{path.stem}-neu")
        assert result.exit_code == 0, result.output
        assert errors(town) == []
        after = named(town)
        assert after.get((folder, path.stem)) is None
        assert after.get((folder, f"{path.stem}-neu")) == before.get((folder, path.stem))
        assert not path.exists()


def test_only_what_names_the_record_changes_and_only_there(town: Path) -> None:
    add(town, OFFER, "# treff bleibt hier stehen\r\npartners: [ 'treff' ,verein]  # im treff\r\n")
    before = files_of(town)
    assert run(town, "rename", "Ort", "treff", "haus-am-fluss").exit_code == 0
    after = files_of(town)
    assert after.pop("resources/places/haus-am-fluss.yml") == before.pop(PLACE) + b"earlier_ids: [treff]\n"
    text = after[OFFER].decode()
    assert "place: haus-am-fluss\n" in text
    assert "# treff bleibt hier stehen\r\n" in text
    assert ",verein]  # im treff\r\n" in text
    assert text.count("haus-am-fluss") == 2
    back = {name: data.replace(b"haus-am-fluss", b"treff") for name, data in after.items()}
    assert {name: data.replace(b"'", b"") for name, data in back.items()} == {
        name: data.replace(b"'", b"") for name, data in before.items()
    }


def test_the_street_register_follows_in_the_columns_that_name_areas(town: Path) -> None:
    register = '\ufeffstreet;from;to;parity;space\r\nost;1;9;all;ost\r\n"Weg; am Fluss";1;9;all;"ost"\r\nWeg;1;9;all;west\r\n'
    (town / "resources/streets.csv").write_bytes(register.encode())
    assert errors(town) == []
    assert run(town, "rename", "spaces", "ost", "oststadt").exit_code == 0
    assert (town / "resources/streets.csv").read_bytes().decode() == (
        register.replace(";ost\r", ";oststadt\r").replace('"ost"', '"oststadt"')
    )


def test_keys_that_are_ids_follow_in_their_place() -> None:
    text = "outflow:\n  amounts:\n    ost: 4  # viel\n    'west': 5\nspaces: [ost]\n"
    record = RecordText(text, "resources/budgets/topf.yml")
    for key in ("ost", "west"):
        follow(record, KIND_BY_FOLDER["budgets"], KIND_BY_FOLDER["spaces"], key, f"{key}-neu")
    assert record.text == (
        "outflow:\n  amounts:\n    ost-neu: 4  # viel\n    west-neu: 5\nspaces: [ost-neu]\n"
    )
    assert record.found == []


def test_where_several_kinds_have_the_id_the_one_that_is_meant_is_followed() -> None:
    text = "partners: [treff]\nplace: treff\n"
    providers, places, offers = (KIND_BY_FOLDER[name] for name in ("providers", "places", "offers"))
    for kind, expected in (
        (places, "partners: [treff]\nplace: haus\n"),
        (providers, text.replace("[treff]", "[haus]")),
    ):
        record = RecordText(text, "resources/offers/x.yml")
        follow(record, offers, kind, "treff", "haus", {"providers", "places"})
        assert record.text == expected


def test_a_key_that_stands_there_already_is_not_given_twice() -> None:
    record = RecordText("a: 1\nb: 2\n", "x.yml")
    record.rekey(("a",), "b")
    assert [item.code for item in record.found] == ["nicht-von-selbst"]
    assert record.text == "a: 1\nb: 2\n"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("auenstedt")
    for name in ("resources", "content", "examples/auenstedt-intern"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "site_config.yml", root)
    return root


@whole
@pytest.mark.parametrize("folder", ["offices", "providers", "places", "offers"])
def test_in_a_whole_town_all_follow_what_is_named_most(demo: Path, folder: str) -> None:
    before = named(demo)
    ids = {path.stem for path in (demo / "resources" / folder).glob("*.yml")}
    key = max(sorted(ids), key=lambda item: len(before.get((folder, item), ())))
    assert before[folder, key]
    result = run(demo, "rename", folder, key, f"{key}-neu")
    assert result.exit_code == 0, result.output
    assert errors(demo) == []
    after = named(demo)
    assert (folder, key) not in after
    assert sorted(after[folder, f"{key}-neu"]) == sorted(before[folder, key])


def test_the_overlay_follows_too_and_one_elsewhere_is_named(town: Path) -> None:
    add(town, "site_config.yml", "overlay: intern\n")
    add(town, "intern/places/treff.yml", "description: intern\n")
    add(town, "intern/offers/krabbelgruppe.yml", "place: treff\n")
    assert run(town, "rename", "place", "treff", "haus").exit_code == 0
    assert (town / "intern/places/haus.yml").read_text("utf-8") == "description: intern\n"
    assert not (town / "intern/places/treff.yml").exists()
    assert (town / "intern/offers/krabbelgruppe.yml").read_text("utf-8") == "place: haus\n"
    config = town / "site_config.yml"
    config.write_text(config.read_text("utf-8").replace("overlay: intern", "overlay: ../intern"), "utf-8")
    assert "../intern" in run(town, "rename", "place", "haus", "treff").output


def test_hand_written_pages_that_name_it_are_named_and_stay(town: Path) -> None:
    text = "# Seite\n\n{{ contact('treff') }} Der treff ist offen.\n\n[Treff](../orte/treff/) und [anderer](../orte/treff-zwei/)\n"
    add(town, "content/seite.md", text)
    result = run(town, "rename", "place", "treff", "haus")
    assert result.exit_code == 0
    assert "content/seite.md:3\n" in result.output
    assert "content/seite.md:5\n" in result.output
    assert result.output.count("content/seite.md") == 2
    assert (town / "content/seite.md").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("rename", "place", "tref", "haus"), "eintrag-fehlt"),
        (("rename", "place", "treff", "Mein Haus"), "dateiname"),
        (("rename", "place", "treff", "treff"), "eintrag-vorhanden"),
        (("end", "krabbelgrupe", "--until", "2026-10-31"), "eintrag-fehlt"),
        (("end", "krabbelgruppe", "--until", "2026-10-31", "--successor", "weg"), "eintrag-fehlt"),
        (
            ("end", "krabbelgruppe", "--until", "2026-10-31", "--successor", "krabbelgruppe"),
            "nachfolge-im-kreis",
        ),
    ],
)
def test_what_cannot_be_meant_changes_nothing(town: Path, arguments: tuple[str, ...], code: str) -> None:
    before = files_of(town)
    result = run(town, *arguments)
    assert result.exit_code == 1
    assert f"[{code}]" in result.output
    assert files_of(town) == before


def test_nothing_is_renamed_while_something_cannot_be_read(town: Path) -> None:
    add(town, OFFER, "kaputt: [\n")
    before = files_of(town)
    assert run(town, "rename", "place", "treff", "haus").exit_code == 1
    assert files_of(town) == before


def test_an_area_with_figures_keeps_its_id(town: Path) -> None:
    add(town, "resources/editions/bericht/2026.json", '{"spaces": {"ost": 1}}\n')
    before = files_of(town)
    result = run(town, "rename", "space", "ost", "oststadt")
    assert "[gebiet-mit-zahlen]" in result.output
    assert files_of(town) == before


def test_a_retired_offer_says_until_when_and_what_comes_after_it(town: Path) -> None:
    add(
        town,
        "resources/offers/spielkreis.yml",
        (town / OFFER).read_text("utf-8") + "successor: krabbelgruppe\nuntil: 2027-01-01\n",
    )
    before = (town / OFFER).read_text("utf-8")
    result = run(
        town,
        "end",
        "krabbelgruppe",
        "--until",
        "2026-10-31",
        "--successor",
        "spielkreis",
        "--today",
        "2026-11-20",
    )
    assert result.exit_code == 0, result.output
    assert (town / OFFER).read_text(
        "utf-8"
    ) == before + "status: ended\nuntil: 2026-10-31\nsuccessor: spielkreis\n"
    assert "resources/offers/spielkreis.yml:" in result.output
    assert errors(town) == []


def test_an_offer_whose_last_day_is_to_come_runs_on_until_then(town: Path) -> None:
    before = (town / OFFER).read_text("utf-8")
    assert run(town, "end", "krabbelgruppe", "--until", "2026-11-20", "--today", "2026-11-20").exit_code == 0
    assert (town / OFFER).read_text("utf-8") == before + "until: 2026-11-20\n"
