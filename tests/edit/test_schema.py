"""JSON Schemas: German, and the demo's records are valid as a YAML 1.2 editor sees them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.edit.schemas import schemas, stale_schemas
from generator.files.packaged import packaged_text
from generator.model.kinds import KINDS
from generator.model.vocabulary import VOCABULARIES
from tests.chance import every, whole
from tests.edit.towns import FILES, write
from tests.edit.validating import validator_of
from tests.mistakes.judging import HERE, OFFER

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

ROOT = Path(__file__).parents[2]


class CoreLoader(yaml.CSafeLoader):
    """YAML 1.2's core schema, which editors use: `yes` is a text, `01067` a number, a date a text."""


CoreLoader.yaml_implicit_resolvers = {}
for pattern, tag, first in (
    (r"^(?:true|True|TRUE|false|False|FALSE)$", "bool", "tTfF"),
    (r"^[-+]?[0-9]+$", "int", "-+0123456789"),
    (r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "float", "-+.0123456789"),
    (r"^(?:~|null|Null|NULL|)$", "null", ["~", "n", "N", ""]),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
CoreLoader.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node))
)


def load(text: str) -> Any:
    """Read YAML as an editor with YAML 1.2 does."""
    return yaml.load(text, Loader=CoreLoader)


made = cache(schemas)
"""The schemas, made once; that they come out the same each time is a test of its own."""


@cache
def of_demo(internal: bool = False) -> dict[str, str]:
    """The demo's schemas; with those of the overlay where `internal`."""
    return schemas(ROOT, internal=internal)


@cache
def validator(name: str, demo: bool = False) -> Draft202012Validator:
    """A validator of a schema; that each is one is a test of its own."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads((of_demo(internal=True) if demo else made())[f"{name}.json"]))


def messages(name: str, content: Any, demo: bool = False) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(name, demo).iter_errors(content)]


def test_schemas_of_the_public_project_name_nothing_of_the_overlay() -> None:
    overlay = ROOT / "examples" / "auenstedt-intern" / "resources"
    ids = {path.stem for kind in KINDS for path in (overlay / kind.folder).glob("*.yml")}
    ids -= {path.stem for kind in KINDS for path in (ROOT / "resources" / kind.folder).glob("*.yml")}
    # The office for a need may be called as the group is that everybody knows.
    ids -= {
        entry["id"] for entry in yaml.safe_load(packaged_text("generator", "vocabulary", "office_groups.yml"))
    }
    texts = "".join(of_demo().values())
    assert ids
    assert [key for key in ids if f'"{key}"' in texts] == []


SCHEMAS = (*(kind.folder for kind in KINDS), *VOCABULARIES, "indicators", "site_config")


@whole
def test_every_kind_every_vocabulary_and_the_configuration_has_a_schema() -> None:
    assert set(made()) == {f"{name}.json" for name in SCHEMAS}
    # Names of records make lists of choices, which are alike in all of them.
    validator_of(json.loads(of_demo(internal=True)["offers.json"]))


@pytest.mark.parametrize("name", every(SCHEMAS, {"topics", "site_config"}))
def test_each_schema_is_one(name: str) -> None:
    validator_of(json.loads(made()[f"{name}.json"]))


@pytest.mark.parametrize("name", [kind.folder for kind in KINDS])
def test_every_field_has_a_german_title_and_nothing_english_is_left(name: str) -> None:
    content = json.loads(made()[f"{name}.json"])
    assert "id" not in content["properties"]
    groups = [content, *content.get("$defs", {}).values()]
    for group in groups:
        for field, schema in group.get("properties", {}).items():
            assert schema.get("title"), field
        if group is not content:
            assert "description" not in group
        if group.get("type") == "object":
            assert group["errorMessage"].startswith("Hier passen diese Felder")
    assert "x-ref" not in made()[f"{name}.json"]


@pytest.mark.parametrize("kind", [kind.folder for kind in KINDS])
def test_records_of_the_demo_are_valid_as_an_editor_sees_them(kind: str) -> None:
    folders = [ROOT / "resources", ROOT / "examples" / "auenstedt-intern" / "resources"]
    check = validator(kind, demo=True)
    paths = [path for folder in folders for path in sorted((folder / kind).glob("*.yml"))]
    assert paths
    overlay = {path.name for path in paths if "intern" in path.parts[-4]}
    for path in paths:
        content = load(path.read_text("utf-8"))
        # A file of the overlay may hold single fields of a public record.
        errors = [
            error
            for error in check.iter_errors(content)
            if not (path.name in overlay and error.validator == "required")
        ]
        assert not errors, f"{path}: {errors[0].json_path} {errors[0].message}"


@pytest.mark.parametrize("name", every(VOCABULARIES, [*VOCABULARIES][::3]))
def test_vocabularies_are_valid_as_an_editor_sees_them(name: str) -> None:
    folder = ROOT / "generator" / "vocabulary"
    files = [*folder.glob(f"{name}.yml"), *folder.glob(f"{name}_??.yml")]
    assert files
    for path in files:
        assert messages(name, load(path.read_text("utf-8"))) == [], path


def test_indicators_of_the_demo_are_valid_as_an_editor_sees_them() -> None:
    for path in sorted((ROOT / "resources" / "indicators").glob("*/indicator.yml")):
        assert messages("indicators", load(path.read_text("utf-8")), demo=True) == [], path


def test_configuration_is_valid_as_an_editor_sees_it() -> None:
    assert messages("site_config", load((ROOT / "site_config.yml").read_text("utf-8")), demo=True) == []


def told_of(line: str) -> list[str]:
    """What an editor is told of an offer in which a line takes the place of that of its field."""
    rows = FILES["resources/offers/krabbelgruppe.yml"].splitlines()
    kept = [row for row in rows if row.split(":")[0] != line.split(":")[0]]
    return messages("offers", load("\n".join([*kept, line, ""])))


@pytest.mark.parametrize(
    "line",
    [
        "until:", "languages:", "contact:", "anonymous: no", "cost: free", "cost: {amount: 3.50}", "ages: 6-10", "ages: 7", "name: 1e3",
        "name: NO", "interpreter: on request", "translations: {en: {name: A}}",
    ],
)  # fmt: skip
def test_what_the_reader_accepts_an_editor_accepts(line: str) -> None:
    assert told_of(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "anonymous: oft", "anonymous: true", "telefon: 1", "cost: günstig", "until: 31.12.26", "topics: kita", "place: Mein Treff",
        "status: runing", "translations: {Englisch: {name: A}}", "contact: {fone: 1}",
    ],
)  # fmt: skip
def test_what_the_reader_refuses_an_editor_marks(line: str) -> None:
    assert told_of(line)


@pytest.mark.parametrize(
    ("instead", "bad", "words"),
    [
        ("cost: free", "cost: günstig", ["free", "donation", "amount"]),
        ("cost: free", "cost: {betrag: 3}", ["amount"]),
        ("cost: free", "Kosten: free", ["„cost“"]),
        ("cost: free", "preisniveau: free", ["cost", "hours"]),
        ("kind: treff", "kind: tref", ["Kürzel", "Vorschläge"]),
        ("provider: diakonie-aue", "provider: Diakonie an der Au", ["Kürzel", "nahraum schema"]),
        ("name: Vätertreff\n", "", ["„name“"]),
        ("ages: 0-3", "ages: Grundschulkinder", ["6-12 months"]),
        ("checked: 2026-11-02", "checked: 2.11.26", ["Jahr-Monat-Tag"]),
        ("checked: 2026-11-02", "checked: 2026-11-31", ["Jahr-Monat-Tag"]),
        ("topics: [krabbelgruppe]", "topics: krabbelgruppe", ["Liste"]),
        ("languages: [de, tr]", "languages: [türkisch]", ["Vorschläge"]),
        ("contact: {name: Büro, phone: 040 66969-210}", "contact: Büro", ["phone", "geschweiften Klammern"]),
        ("{name: Büro, phone: 040 66969-210}", "{phone: Tel. 040 66969-210}", ["040 66969-100"]),
        ("cost: free", "alert: {text: Hallo}", ["„until“"]),
        ("cost: free", "anonymous: oft", ["yes oder no"]),
        ("cost: free", "status: läuft", ["running", "planned"]),
    ],
)
def test_an_editor_says_in_german_what_fits(instead: str, bad: str, words: list[str]) -> None:
    good = (HERE / "town" / OFFER).read_text("utf-8")
    assert instead in good
    check = validator_of(json.loads(of_mistakes()["offers.json"]))
    assert list(check.iter_errors(load(good))) == []
    said = " ".join(words_for(check.iter_errors(load(good.replace(instead, bad)))))
    assert [word for word in words if word not in said] == []


@cache
def of_mistakes() -> dict[str, str]:
    return schemas(HERE / "town")


def words_for(errors: Iterable[ValidationError]) -> Iterator[str]:
    """Yield what the schema has an editor say of errors, and of those they come from."""
    for error in errors:
        yield from (
            error.schema[key] for key in ("errorMessage", "patternErrorMessage") if key in error.schema
        )
        yield from words_for(error.context)


def test_fields_are_explained_with_what_fits_and_a_record_is_offered_whole() -> None:
    content = json.loads(of_mistakes()["offers.json"])
    hours = content["properties"]["hours"]
    assert hours["title"] == "Zeiten"
    assert "Mo-Fr 09:00-12:00; PH off" in hours["markdownDescription"]
    assert content["defaultSnippets"][0]["label"] == "Angebot: was nötig ist"


def test_words_and_records_are_offered_with_their_names(tmp_path: Path) -> None:
    write(tmp_path, FILES | {"resources/topics.yml": "- {id: zirkus, name: Zirkus}\n"})
    content = json.loads(schemas(tmp_path)["offers.json"])
    offered = {
        name: dict(zip(forms[0]["enum"], forms[0]["enumDescriptions"], strict=True))
        for name, known in content["$defs"].items()
        if "enum" in (forms := known.get("anyOf", [{}]))[0]
    }
    assert content["properties"]["kind"]["$ref"] == "#/$defs/kinds"
    assert offered["kinds"]["beratung"] == "Beratung"
    assert offered["topics"]["zirkus"] == "Zirkus", "a town's own word"
    assert offered["providers"]["verein"] == "Nachbarn am Fluss"
    assert "verein" in offered["providers-offices-places"]


def test_a_name_that_is_understood_is_not_marked(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    check = validator_of(json.loads(schemas(tmp_path)["offers.json"]))
    text = FILES["resources/offers/krabbelgruppe.yml"]
    for known, named in (
        ("provider: verein", "provider: Nachbarn am Fluss"),
        ("[krabbelgruppe]", "[Begegnung]"),
    ):
        assert list(check.iter_errors(load(text.replace(known, named)))) == []
        assert list(check.iter_errors(load(text.replace(known, named.replace("n", "nn", 1))))) != []


def test_an_id_of_digits_is_a_number_to_an_editor(tmp_path: Path) -> None:
    write(tmp_path, FILES | {"resources/providers/1860.yml": "name: Turnverein\nkind: association\n"})
    check = validator_of(json.loads(schemas(tmp_path)["offers.json"]))
    text = FILES["resources/offers/krabbelgruppe.yml"].replace("provider: verein", "provider: 1860")
    assert list(check.iter_errors(load(text))) == []


def test_without_records_any_id_is_accepted() -> None:
    assert "providers" not in json.loads(made()["offers.json"])["$defs"]


def test_check_says_which_schema_is_stale_and_writing_mends_it(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["schema", "-o", str(tmp_path)]).exit_code == 0
    assert run(main, ["schema", "-o", str(tmp_path), "--check"]).exit_code == 0
    older = made()["offers.json"].replace("Angebot", "Angebot von gestern", 1)
    (tmp_path / "offers.json").write_text(older, "utf-8")
    (tmp_path / "places.json").write_text("", "utf-8")
    (tmp_path / "old.json").write_text(older.replace("resources/offers/", "resources/old/"), "utf-8")
    result = run(main, ["schema", "-o", str(tmp_path), "--check"])
    assert result.exit_code == 1
    assert "offers.json, old.json, places.json" in result.output
    assert run(main, ["schema", "-o", str(tmp_path)]).exit_code == 0
    assert stale_schemas(tmp_path, of_demo()) == []
    assert not (tmp_path / "old.json").exists()


@whole
@pytest.mark.parametrize("text", ["[]\n", "{", '{"title": "Angebote unserer Stadt"}', "\udce4"])
def test_a_file_of_others_under_a_name_of_ours_is_not_overwritten(tmp_path: Path, text: str) -> None:
    (tmp_path / "offers.json").write_text(text, "utf-8", "surrogateescape")
    result = CliRunner().invoke(main, ["schema", "-o", str(tmp_path)])
    assert result.exit_code == 1
    assert f"{tmp_path / 'offers.json'} ist kein Schema von Nahraum" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["offers.json"]
    assert (tmp_path / "offers.json").read_text("utf-8", "surrogateescape") == text
