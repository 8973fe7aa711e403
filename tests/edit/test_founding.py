"""`nahraum init`: what it writes is ready to push, has no trace of the demo, and stops at whatever is in the way."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.records import new_records
from generator.edit.records.new_records import (
    PIPELINES,
    filled,
    founded,
    language_of_page,
    page_words,
    read_settings_text,
    starter_pages,
)
from generator.files import writing
from generator.files.disk import Disk
from generator.model.config import SiteConfig
from generator.read.mkdocs_settings import read_settings
from tests.chance import every, whole
from tests.commands.test_commands_hold import interrupted_writing
from tests.conftest import ROOT, TODAY

USUAL = ("--name", "Musterstadt", "--land", "Schleswig-Holstein", "--today", "2026-11-20")


def init(folder: Path, *arguments: str, asked: str = "") -> Result:
    result = CliRunner().invoke(main, ["init", str(folder), *arguments], input=asked)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def findings(folder: Path) -> list[dict[str, object]]:
    result = CliRunner().invoke(main, ["check", "-p", str(folder), "-f", "json", "--today", "2026-11-20"])
    found: list[dict[str, object]] = json.loads(result.output)
    return found


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    "more",
    every(
        (
            (),
            ("--languages", "de,en", "--levels", "Stadt,Bezirk,Stadtteil,Quartier"),
            ("--levels", "Landkreis", "--publisher", "Landkreis Musterland", "--land", "SL"),
            (
                "--no-examples", "--forge", "github", "--phone", "04321 4711", "--email", "jugend@musterstadt.de",
            ),
        ),
        [()],
    ),
)  # fmt: skip
def test_a_new_town_passes_its_check_with_a_short_list_and_is_built(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    assert init(tmp_path / "stadt", *USUAL, *more).exit_code == 0
    found = findings(tmp_path / "stadt")
    assert {item["severity"] for item in found} <= {"warning", "note"}
    # What is left to do: gaps in the texts, invented examples, their number, the site's address.
    assert {str(item["code"]) for item in found} <= {
        *("krisentext-entwurf", "rechtsseite-unfertig", "rest-der-vorlage", "ohne-telefon", "ohne-grenzen"),
        "aufgabe-ohne-telefon",
    }
    assert len(found) <= 9
    built = CliRunner().invoke(main, ["build", "-p", str(tmp_path / "stadt"), "--today", "2026-11-20"])
    assert built.exit_code == 0, built.output
    assert "ins Leere" not in built.output
    assert (tmp_path / "stadt" / "site" / "index.html").is_file()


def demo_names() -> list[str]:
    """Names and ids of the demo's records, as far as they aren't words that every town has."""
    names: set[str] = set()
    for path in sorted((ROOT / "resources").glob("*/*.yml")):
        name = re.search(r"^name: (.+)$", path.read_text("utf-8"), re.MULTILINE)
        names |= {path.stem} if "-" in path.stem else set()
        names |= {name[1].strip('"')} if name else set()
    return sorted(name for name in names if len(name) > 8)


@whole
def test_nothing_in_it_comes_from_the_demo(tmp_path: Path) -> None:
    init(tmp_path / "stadt", *USUAL, "--languages", "de,en")
    names = demo_names()
    assert len(names) > 300
    # What stands in every town: the offices of the law, names of methods, a heading.
    everyday = {
        "Familienrat", "Erziehungsbeistand", "Jobcenter", "Allgemeiner Sozialer Dienst", "Verfahrenslotse", "Verfahrenslotsin",
        "Sorge um ein Kind", "Jugendhilfeplanung",
    }  # fmt: skip
    for file, text in files(tmp_path / "stadt").items():
        assert not re.search(r"auenstedt|66969|\baue\b|suederaue|norderaue", text, re.IGNORECASE), file
        there = [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
        assert set(there) <= everyday, file


def test_the_demo_has_the_same_pages_filled_in_for_itself() -> None:
    """So the two can't drift apart: who betters a page of the demo betters it for all towns."""
    config, _, found = read_settings(Disk(ROOT))
    assert isinstance(config, SiteConfig)
    assert found == []
    own = {
        "de": {
            "registration": "Ins Bürgerbüro im [Rathaus](../orte/rathaus/index.md)",
            "immigration": "In die Ausländerbehörde im [Rathaus](../orte/rathaus/index.md)",
            "benefits": "Ins [Jobcenter](../orte/jobcenter/index.md) oder ins Sozialamt im [Rathaus](../orte/rathaus/index.md)",
            "ombuds": "{{ contact('ombudsstelle-auetal') }}",
            "privacy_law": "§ 3 des Landesdatenschutzgesetzes Schleswig-Holstein",
            "privacy_authority": "Unabhängiges Landeszentrum für Datenschutz Schleswig-Holstein (ULD), Kiel",
            "equality": "für eine Kommune in Schleswig-Holstein das Landes&shy;behinderten&shy;gleichstellungs&shy;gesetz (LBGG)",
            "statement_made": "am 20. November 2026",
            "statement_due": "im November 2027",
        },
        "en": {
            "registration": "At the citizens' office in the [town hall](../orte/rathaus/index.md)",
            "immigration": "At the immigration office in the [town hall](../orte/rathaus/index.md)",
            "benefits": "At the [job centre](../orte/jobcenter/index.md) or the social welfare office in the [town hall](../orte/rathaus/index.md)",
            "ombuds": "{{ contact('ombudsstelle-auetal') }}",
            "privacy_law": "§ 3 of the State Data Protection Act of Schleswig-Holstein",
            "privacy_authority": "Unabhängiges Landeszentrum für Datenschutz Schleswig-Holstein (ULD), Kiel",
            "equality": "for a municipality in Schleswig-Holstein the state equality act (LBGG)",
            "statement_made": "on 20 November 2026",
            "statement_due": "in November 2027",
        },
    }
    asd = "\n\n".join(f"{{{{ contact('asd-{where}') }}}}" for where in ("sued", "nord", "west"))
    names = set()
    for name, text in starter_pages():
        language = language_of_page(name)
        words = page_words(config, language, TODAY) | own.get(language, {}) | {"asd": asd}
        # English calls the town by what it is.
        expected = (ROOT / "content" / name).read_text("utf-8")
        if language == "en":
            expected = re.sub("[Tt]he town of Auenstedt", "Stadt Auenstedt", expected)
        assert filled(text, words) == expected, name
        names.add(name)
    there = {path.relative_to(ROOT / "content").as_posix() for path in (ROOT / "content").rglob("*.md")}
    assert names == {name for name in there if not name.startswith("berichte/")}


@pytest.mark.parametrize("forge", PIPELINES)
def test_the_docs_lead_to_the_pipeline(forge: str) -> None:
    page = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    assert f"[{PIPELINES[forge]}](../generator/starter/{forge}-ci.yml)" in page


def test_a_pipeline_takes_the_program_from_where_it_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "https://git.stadt.example/nahraum.git"
    for number, where in enumerate(("", source)):
        monkeypatch.setattr(new_records, "source_address", lambda where=where: where)
        for forge, name in PIPELINES.items():
            init(tmp_path / f"{forge}{number}", *USUAL, "--forge", forge)
            text = (tmp_path / f"{forge}{number}" / name).read_text("utf-8")
            assert (source in text, "noch nirgends eingetragen" in text) == (bool(where), not where)
            assert yaml.safe_load(text)


def test_without_name_and_land_it_asks(tmp_path: Path) -> None:
    result = init(tmp_path / "stadt", asked="Neustadt\nBayern\nStadt,Viertel\nde,en\njugend@neustadt.de\n")
    assert result.exit_code == 0
    assert "Wie heißt die Stadt, die Gemeinde oder der Landkreis?" in result.output
    config = (tmp_path / "stadt" / "site_config.yml").read_text("utf-8")
    assert "name: Nahraum Neustadt\n" in config
    assert "land: BY\n" in config
    assert "email: jugend@neustadt.de\n" in config
    assert "languages: [de, en]\n" in config
    assert "{id: viertel, name: Viertel, plural: Viertel" in config


def test_languages_with_the_most_necessary_become_first_doors_and_it_says_so(tmp_path: Path) -> None:
    result = init(tmp_path / "stadt", *USUAL, "--languages", "de,tr,en,uk")
    config = yaml.safe_load((tmp_path / "stadt" / "site_config.yml").read_text("utf-8"))
    assert (config["languages"], config["first_doors"]) == (["de", "en"], ["tr", "uk"])
    assert "alles Weitere auf Deutsch (first_doors in site_config.yml): tr, uk." in result.output


def test_finished_settings_are_taken_as_they_are(tmp_path: Path) -> None:
    init(tmp_path / "eins", *USUAL, "--levels", "Stadt,Ortsteil")
    config = tmp_path / "eins" / "site_config.yml"
    assert init(tmp_path / "zwei", "--config", str(config), "--today", "2026-11-20").exit_code == 0
    assert files(tmp_path / "eins") == files(tmp_path / "zwei")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--name", "X", "--land", "Tirol"), "„Tirol“ ist kein Land"),
        (("--name", "X", "--land", "SH", "--levels", "Stadt,stadt"), "Zwei Ebenen heißen gleich"),
        (("--name", "X", "--land", "SH", "--languages", "en,de"), "„de“ an die erste Stelle"),
        (("--name", "X", "--land", "SH", "--languages", "de,xx"), "xx"),
        (("--name", "X", "--land", "SH", "--phone", "abc"), "abc"),
        (("--name", "X", "--land", "SH", "--email", "kein@"), "kein@"),
        (("--config", "gibt-es-nicht.yml"), "gibt-es-nicht.yml"),
        (("--config", "x.yml", "--name", "X"), "--name geht nicht dazu"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = init(tmp_path / "stadt", *arguments)
    assert result.exit_code in (1, 2)
    assert said in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notiz.txt").write_text("da", "utf-8")
    result = init(tmp_path, *USUAL)
    assert result.exit_code == 2
    assert "ist nicht leer (notiz.txt)" in result.output
    assert files(tmp_path) == {"notiz.txt": "da"}


def test_a_fresh_clone_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert init(tmp_path, *USUAL).exit_code == 0
    assert (tmp_path / "site_config.yml").is_file()


def test_what_a_killed_run_had_decided_is_finished_first(tmp_path: Path) -> None:
    interrupted_writing(tmp_path)
    result = init(tmp_path, *USUAL)
    assert "ist nicht leer (resources)" in result.output
    assert list(files(tmp_path)) == ["resources/neu.yml"]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_stage", full)
    result = init(tmp_path / "neu" / "stadt", *USUAL)
    assert result.exit_code == 1
    assert "der Datenträger ist voll" in result.output
    assert list(tmp_path.iterdir()) == []


def test_every_gap_of_the_texts_has_a_value() -> None:
    text = "name: N\nurl: https://n.example/\npublisher: {name: Kreis Nord}\nland: SL\nlanguages: [de, en]\ngeographies: [{id: a, levels: [{id: kreis, name: Kreis}]}]\n"
    config, found = read_settings_text(text)
    assert config is not None
    assert found == []
    made = founded(config, text, dt.date(2026, 11, 20), forge=None, examples=True)
    assert [name for name, text in made.items() if "<<" in text] == []
    assert "Der Kreis Nord möchte" in made["content/barrierefreiheit.md"]
    assert "im Saarland wenden" in made["content/barrierefreiheit.md"]
