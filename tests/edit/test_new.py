"""New records: everything in them comes from the models, and once filled they pass the check."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.records.new_records import _OF_ONE_ALONE, INDICATOR, new_record, template
from generator.edit.schemas import words_of
from generator.model.fields import fields
from generator.model.groups import Kind
from generator.model.kinds import KINDS, find_kind
from generator.read.nodes import MapNode, parse, plain
from generator.read.records import validate
from tests.edit.towns import write_town


def uncommented(text: str) -> str:
    """Return a template with every optional field switched on."""
    return "\n".join(
        line.removeprefix("# ") if not line.startswith(("## ", "# ---")) else ""
        for line in text.split("\n")[1:]
    )


KINDS_TO_WRITE = (*KINDS, INDICATOR)


@pytest.mark.parametrize("kind", KINDS_TO_WRITE, ids=lambda kind: kind.folder)
def test_a_template_is_yaml_with_the_needed_fields(kind: Kind) -> None:
    node, found = parse(template(kind, words_of(None)), "new.yml")
    assert found == []
    assert isinstance(node, MapNode)
    assert {key.text for key, _ in node.entries} == {
        name for name, info in fields(kind.model).items() if info.is_required()
    }
    assert validate(kind.model, node, id="new")[1] == []


@pytest.mark.parametrize("kind", KINDS_TO_WRITE, ids=lambda kind: kind.folder)
def test_every_field_is_there_and_valid_when_switched_on(kind: Kind) -> None:
    node, found = parse(uncommented(template(kind, words_of(None))), "new.yml")
    assert found == []
    assert isinstance(node, MapNode)
    assert {key.text for key, _ in node.entries} == set(fields(kind.model))
    record, found = validate(kind.model, node, id="new")
    assert found == []
    assert record is not None


@pytest.mark.parametrize("name", ["indicator", "Kennzahl", "indicators/"])
def test_a_figure_gets_its_folder(tmp_path: Path, name: str) -> None:
    write_town(tmp_path)
    run = CliRunner().invoke
    result = run(main, ["new", name, "kita-quote", "--project", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "nahraum protect" in result.output
    path = tmp_path / "resources" / "indicators" / "kita-quote" / "indicator.yml"
    text = path.read_text("utf-8")
    assert text.startswith("# Kennzahl:")
    again = run(main, ["new", name, "kita-quote", "--project", str(tmp_path)])
    assert again.exit_code == 1
    assert path.read_text("utf-8") == text
    assert run(main, ["new", name, "x", "--from", "kita-quote", "--project", str(tmp_path)]).exit_code == 2


@pytest.mark.parametrize("kind", KINDS_TO_WRITE, ids=lambda kind: kind.folder)
def test_every_field_is_explained_in_german(kind: Kind) -> None:
    text = " ".join(template(kind, words_of(None)).replace("\n##", "").split())
    for info in fields(kind.model).values():
        assert f"{info.title}." in text
        assert " ".join((info.description or "").split()) in text


@pytest.mark.parametrize("name", ["offer", "offers", "Offer", "offers/", "agreement", "agreements", "space"])
def test_kinds_are_known_in_singular_and_by_folder(name: str) -> None:
    kind = find_kind(name)
    assert kind is not None
    assert kind.folder.startswith(name.lower().rstrip("/"))


def test_unknown_kind_is_wrong_use_with_a_suggestion(tmp_path: Path) -> None:
    write_town(tmp_path)
    result = CliRunner().invoke(main, ["new", "ofer", "x", "--project", str(tmp_path)])
    assert result.exit_code == 2
    assert "Gemeint ist vielleicht „offers“" in result.output


def test_outside_a_project_nothing_is_made(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["new", "offer", "x", "--project", str(tmp_path)])
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("key", "better"), [("Größe Nord", "groesse-nord"), ("a_b", "a-b"), ("../x", "x"), ("--", "mein-eintrag")]
)
def test_ids_that_are_none_are_refused(tmp_path: Path, key: str, better: str) -> None:
    write_town(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    path, found = new_record(tmp_path, KINDS[4], key, "")
    assert path is None
    assert [item.code for item in found] == ["dateiname"]
    assert better in found[0].help
    assert sorted(tmp_path.rglob("*")) == before


def test_an_existing_record_is_never_overwritten(tmp_path: Path) -> None:
    write_town(tmp_path)
    path = tmp_path / "resources" / "offers" / "krabbelgruppe.yml"
    before = path.read_bytes()
    result = CliRunner().invoke(main, ["new", "offer", "krabbelgruppe", "--project", str(tmp_path)])
    assert result.exit_code == 1
    assert "eintrag-vorhanden" in result.output
    assert path.read_bytes() == before


def test_a_filled_template_passes_the_check(tmp_path: Path) -> None:
    write_town(tmp_path)
    result = CliRunner().invoke(main, ["new", "offers", "spielkreis", "--project", str(tmp_path)])
    assert result.exit_code == 0, result.output
    path = tmp_path / "resources" / "offers" / "spielkreis.yml"
    unfilled = CliRunner().invoke(main, ["check", "--project", str(tmp_path), "-f", "concise"])
    assert unfilled.exit_code == 1
    assert "„todo“ ist keine Art von Angebot" in unfilled.output
    # All that is still open is told at once.
    assert {line.split(":")[1] for line in unfilled.output.splitlines()} >= set("456789") | {"10", "11", "12"}
    text = path.read_text("utf-8")
    filled = {
        "name: TODO": "name: Spielkreis",
        "summary: TODO": "summary: Spielen und singen.",
        "kind: todo": "kind: treff",
        "provider: todo": "provider: verein",
        "place: todo": "place: treff",
        "topics: [todo]": "topics: [krabbelgruppe]",
        "ages: TODO": "ages: 0-3",
        "hours: TODO": "hours: Mo 9-11 Uhr",
        "cost: TODO": "cost: 2 €",
        "contact: {phone: TODO}": "contact: {phone: 040 66969-200}",
        "checked: TODO": "checked: 2026-11-20",
    }
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == list(filled)
    for old, new in filled.items():
        assert re.search(rf"^{re.escape(old)}$", text, re.MULTILINE), old
        text = re.sub(rf"^{re.escape(old)}$", new, text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    result = CliRunner().invoke(
        main, ["check", "--project", str(tmp_path), "--strict", "--today", "2026-11-20"]
    )
    assert result.exit_code == 0, result.output


def test_levels_of_the_town_are_named(tmp_path: Path) -> None:
    write_town(tmp_path)
    CliRunner().invoke(main, ["new", "space", "nord", "--all", "--project", str(tmp_path)])
    text = (tmp_path / "resources" / "spaces" / "nord.yml").read_text("utf-8")
    assert "Möglich: stadt, quartier." in text
    node, _ = parse(text, "nord.yml")
    assert node is not None
    assert set(plain(node)) == {"name", "level"}


def _copy(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments, "-p", str(root)])


def test_a_copy_has_all_that_may_be_true_of_both_as_it_is_written(tmp_path: Path) -> None:
    write_town(tmp_path)
    offers = tmp_path / "resources" / "offers"
    shared = (offers / "krabbelgruppe.yml").read_text("utf-8")
    shared += "bring: Decke  # und Socken\r\n"
    alone = (
        "checked: 2026-11-01\nuntil: 2027-01-01\ndates:\n  - date: 2026-12-01\ncapacity: {places: 8, date: 2026-11-01}\n"
        "alert: {text: Fällt aus, until: 2026-12-01}\nnotes: Frau M. rief an\ntranslations: {en: {name: Toddlers}}\nfrom: 2025-08-01\n"
    )
    (offers / "krabbelgruppe.yml").write_bytes((shared + alone).encode())
    result = _copy(tmp_path, "Angebot", "krabbelgruppe-sued", "--from", "krabbelgruppe")
    assert result.exit_code == 0, result.output
    assert (offers / "krabbelgruppe-sued.yml").read_bytes() == shared.encode()
    assert (offers / "krabbelgruppe.yml").read_bytes() == (shared + alone).encode()


def test_what_was_agreed_for_one_place_is_not_agreed_for_its_copy(tmp_path: Path) -> None:
    write_town(tmp_path)
    places = tmp_path / "resources" / "places"
    confirmed = "visibility: area\nshown: {visibility: full, confirmed: 2026-10-01, by: Leitung}\n"
    (places / "treff.yml").write_text((places / "treff.yml").read_text("utf-8") + confirmed, "utf-8")
    assert _copy(tmp_path, "place", "treff-zwei", "--from", "treff").exit_code == 0
    text = (places / "treff-zwei.yml").read_text("utf-8")
    assert "visibility: area\n" in text
    assert "shown" not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("offer", "neu", "--from", "krabbelgrupe"), "gemeint ist vielleicht „krabbelgruppe“"),
        (("offer", "Neu!", "--from", "krabbelgruppe"), "[dateiname]"),
        (("offer", "krabbelgruppe", "--from", "krabbelgruppe"), "[eintrag-vorhanden]"),
        (("report", "neu", "--space", "ost", "--from", "x"), "wird nicht abgeschrieben"),
    ],
)
def test_what_cannot_be_copied_is_refused(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    write_town(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    result = _copy(tmp_path, *arguments)
    assert result.exit_code > 0
    assert said in result.output
    assert sorted(tmp_path.rglob("*")) == before


def test_every_field_that_is_left_out_of_a_copy_is_a_field_of_some_kind() -> None:
    known = {name for kind in KINDS for name in fields(kind.model)}
    assert set(_OF_ONE_ALONE) <= known
