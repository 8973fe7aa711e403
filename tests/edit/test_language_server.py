"""The YAML language server with the town's schemas: nothing marked in good records, German messages at the line of bad ones, ids with names, hovers, snippets.

It is installed by `npm ci --prefix .ci/yaml-ls` and needs Node.js.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.edit.schemas import editor_files, schemas, write_editor_files, write_schemas
from generator.model.kinds import KINDS
from tests.chance import whole
from tests.conftest import ROOT
from tests.edit.language_server import LanguageServer, language_server
from tests.mistakes.judging import HERE, OFFER, english
from tests.mistakes.test_mistakes import _said

pytestmark = whole


SETTINGS = json.loads(editor_files()[".vscode/settings.json"])
GOOD = (HERE / "town" / OFFER).read_text("utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """A server that has the town of the mistakes open, wired as `nahraum schema --editor` does."""
    town = tmp_path_factory.mktemp("editor") / "town"
    shutil.copytree(HERE / "town", town)
    write_schemas(town / "schemas", schemas(town))
    write_editor_files(town)
    with language_server(town, SETTINGS["yaml.schemas"]) as running:
        yield running


@pytest.mark.parametrize(
    "kind", [kind.folder for kind in KINDS if (ROOT / "resources" / kind.folder).is_dir()]
)
def test_records_of_the_demo_are_not_marked(kind: str, tmp_path: Path) -> None:
    paths = sorted((ROOT / "resources" / kind).glob("*.yml"))[:6]
    write_schemas(tmp_path / "schemas", schemas(ROOT))
    with language_server(tmp_path, SETTINGS["yaml.schemas"]) as running:
        marked = {
            path.name: running.problems(f"resources/{kind}/{path.name}", path.read_text("utf-8"))
            for path in paths
        }
        assert running.problems(f"resources/{kind}/leer.yml", "unsinn: 1\n"), "the schema was not found"
    assert marked == {path.name: [] for path in paths}


def test_a_line_that_names_its_schema_is_followed(server: LanguageServer) -> None:
    text = "# yaml-language-server: $schema=../schemas/offers.json\n" + GOOD.replace(
        "cost: free", "cost: günstig"
    )
    assert [line for line, _ in server.problems("entwurf/vaetertreff.yml", text)] == [11]


@pytest.mark.parametrize(
    ("instead", "bad", "line", "words"),
    [
        ("cost: free", "cost: günstig", 10, ["free", "donation", "amount"]),
        ("cost: free", "cost: {betrag: 3}", 10, ["„amount“"]),
        ("cost: free", "Kosten: free", 10, ["„cost“"]),
        ("cost: free", "preisniveau: free", 10, ["cost", "hours"]),
        ("kind: treff", "kind: tref", 3, ["Kürzel", "Vorschläge"]),
        ("provider: diakonie-aue", "provider: Diakonie an der Aue", 4, ["Kürzel", "nahraum schema"]),
        ("name: Vätertreff\n", "", 1, ["„name“"]),
        ("ages: 0-3", "ages: Grundschulkinder", 8, ["6-12 months"]),
        ("checked: 2026-11-02", "checked: 2.11.2026", 15, ["Jahr-Monat-Tag"]),
        ("checked: 2026-11-02", "checked: 2026-11-31", 15, ["Jahr-Monat-Tag"]),
        ("topics: [krabbelgruppe]", "topics: krabbelgruppe", 6, ["Liste"]),
        ("languages: [de, tr]", "languages: [türkisch]", 14, ["Vorschläge"]),
        (
            "contact: {name: Büro, phone: 040 66969-210}",
            "contact: Büro",
            13,
            ["phone", "geschweiften Klammern"],
        ),
        ("{name: Büro, phone: 040 66969-210}", "{phone: Tel. 040 66969-210}", 13, ["040 66969-100"]),
        ("cost: free", "alert: {text: Hallo}", 10, ["„until“"]),
        ("cost: free", "anonymous: ja", 10, ["yes oder no"]),
        ("cost: free", "description: 'x\u00a0'\nstatus: läuft", 11, ["running", "planned"]),
    ],
)
def test_a_mistake_is_marked_at_its_line_in_german(
    server: LanguageServer, instead: str, bad: str, line: int, words: list[str]
) -> None:
    assert instead in GOOD
    marked = server.problems(OFFER, GOOD.replace(instead, bad))
    assert marked
    assert {where for where, _ in marked} == {line}
    said = " ".join(message for _, message in marked)
    assert not english(_said(said, ""))
    assert [word for word in words if word not in said] == []


def test_ids_are_offered_with_the_names_of_words_and_records(server: LanguageServer) -> None:
    for text, key, name in (
        ("name: A\nprovider: |\n", "diakonie-aue", "Diakonie an der Aue"),
        ("name: A\nkind: |\n", "beratung", "Beratung"),
        ("name: A\ntopics: [|]\n", "krabbelgruppe", "Krabbelgruppe"),
        ("name: A\ntopics:\n  - |\n", "krabbelgruppe", "Krabbelgruppe"),
        ("name: A\nspaces: [|]\n", "ost", "Ost"),
        ("name: A\nstatus: |\n", "running", "läuft"),
    ):
        offered = server.completions(OFFER, text)
        assert name in str(offered[key]["documentation"]), text
        assert "null" not in offered, text


def test_fields_examples_and_snippets_are_offered(server: LanguageServer) -> None:
    fields = server.completions(OFFER, "name: A\n|\n")
    assert fields["hours"]["insertText"].startswith("hours:")
    assert "Angebot: was nötig ist" in fields
    assert "Tu 15:00-17:00; SH off; PH off" in server.completions(OFFER, "name: A\nhours: |\n")
    inner = server.completions(OFFER, "name: A\ncontact:\n  |\n")
    assert "phone: ${2:040 66969-100}" in inner["name, phone, email"]["insertText"]


def test_hovers_say_what_a_field_is_and_what_fits(server: LanguageServer) -> None:
    hours = server.hover(OFFER, "name: A\nhou|rs: Mo 9-10\n")
    assert hours.startswith("#### Zeiten\n")
    assert "Mo-Fr 09:00-12:00; PH off" in hours
    assert "Diakonie an der Aue" in server.hover(OFFER, "name: A\nprovider: diak|onie-aue\n")
    assert server.hover(OFFER, "name: A\ncontact: {pho|ne: 1}\n").startswith("#### Telefon\n")
