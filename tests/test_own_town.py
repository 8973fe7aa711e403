"""README's ten minutes, taken literally: what a town copies from the demo is either replaced, or named by `check`."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.check.unfinished import check_leftovers
from generator.cli import main
from generator.pipeline.build import prepare
from generator.read.project import read_project
from tests.chance import whole
from tests.check.test_damage import check
from tests.conftest import ROOT
from tests.edit.towns import FILES, write_town
from tests.raw_markup import raw_pages

README = (ROOT / "README.md").read_text("utf-8")
TEN_MINUTES = README.split("## In zehn Minuten")[1].split("\n## ")[0]
DEMO_ONLY = ("invented", "about", "about_translations", "overlay", "forge", "contributor")
"""What belongs to the demo alone."""


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


def findings() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("check", "-f", "json", "--today", "2026-11-20"))
    return found


def own_settings(text: str) -> str:
    """Change the demo's settings to those of a town that there is."""
    parts = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    kept = "".join(part for part in parts if not part.startswith(tuple(f"{name}:" for name in DEMO_ONLY)))
    return (
        kept.replace("nahraum.auenstedt.example", "nahraum.musterstadt.de")
        .replace("sozialraum@auenstedt.example", "jugend@musterstadt.de")
        .replace("040 66969-100", "04321 4711")
        .replace("Auenstedt", "Musterstadt")
    )


@pytest.fixture
def copied_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A town that began as a copy of the demo's settings and pages, with records of its own."""
    town = tmp_path / "meinestadt"
    town.mkdir()
    shutil.copytree(ROOT / "content", town / "content", ignore=shutil.ignore_patterns("berichte"))
    (town / "site_config.yml").write_text(
        own_settings((ROOT / "site_config.yml").read_text("utf-8")), "utf-8"
    )
    (town / "resources").mkdir()
    monkeypatch.chdir(town)
    fill_in(town, run)
    return town


@pytest.fixture
def own_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Follow steps 1 to 3, with the commands that stand there."""
    repository = tmp_path / "nahraum"
    repository.mkdir()
    monkeypatch.chdir(repository)
    block = re.search(r"```sh\n(.*?)```", TEN_MINUTES, re.DOTALL)
    assert block is not None
    for line in block[1].strip().splitlines():
        program, *arguments = shlex.split(line)
        if program == "cd":
            monkeypatch.chdir(arguments[0])
        else:
            assert program == "nahraum"
            assert "ist angelegt" in run(*arguments)
    town = tmp_path / "meinestadt"
    assert Path.cwd() == town
    fill_in(town, run)
    return town


def fill_in(town: Path, run: Callable[..., str]) -> None:
    """Make the first records with README's commands, run in the town, and fill them in as it says."""
    for command in re.findall(r"`nahraum (new \w+ [\w-]+)`", TEN_MINUTES):
        assert "ist angelegt" in run(*command.split())
    spaces = town / "resources" / "spaces"
    (spaces / "musterstadt.yml").write_text("name: Musterstadt\nlevel: stadt\n", "utf-8")
    assert (spaces / "suedviertel.yml").is_file()
    (spaces / "suedviertel.yml").write_text(
        "name: Südviertel\nlevel: sozialraum\nparent: musterstadt\n", "utf-8"
    )
    provider = town / "resources" / "providers" / "nachbarschaft.yml"
    assert provider.is_file()
    provider.write_text("name: Nachbarschaft\nkind: association\ncontact: {phone: 04321 4712}\n", "utf-8")
    offer = re.search(r"```yaml\n# (resources/offers/\S+)\n(.*?)```", TEN_MINUTES, re.DOTALL)
    assert offer is not None
    assert (town / offer[1]).is_file()
    (town / offer[1]).write_text(offer[2].replace("040 66969-200", "04321 4713"), "utf-8")


def test_check_names_everything_that_is_left_of_the_demo(copied_town: Path) -> None:
    found = [item for item in findings() if item["code"] == "rest-der-vorlage"]
    assert {item["severity"] for item in found} == {"warning"}
    named = {(place["file"], place["line"]) for item in found for place in (item, *item["also"])}
    left = {
        (path.relative_to(copied_town).as_posix(), number)
        for path in (copied_town / "content").rglob("*.md")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"Auenstedt|66969|\.example", line)
    }
    assert len({file for file, _ in left}) > 10
    assert named >= left
    assert len(found) <= 4, "a readable list: one message for each kind of trace"


@whole
def test_after_following_it_nothing_says_the_town_is_invented(own_town: Path) -> None:
    config = own_town / "site_config.yml"
    # Step 4: gaps are filled in, addresses are the town's own, examples go.
    for path in (config, *(own_town / "content").rglob("*.md"), *(own_town / "resources").rglob("*.yml")):
        text = re.sub(r"\[\[.*?\]\]", "Angabe", path.read_text("utf-8"))
        path.write_text(text.replace("musterstadt.example", "musterstadt.de"), "utf-8")
    examples = list(own_town.glob("resources/*/beispiel*.yml"))
    assert len(examples) == 6
    for path in examples:
        path.unlink()
    # Somebody has read what people in need will read; the README says how that is written.
    said = re.search(r"`(reviewed: \{.*?\})`", TEN_MINUTES)
    assert said is not None
    for path in (own_town / "content" / "hilfe-sofort").glob("*.md"):
        path.write_text(path.read_text("utf-8").replace("---\n", f"---\n{said[1]}\n", 1), "utf-8")
    found = findings()
    assert [item for item in found if item["code"].startswith("rest-") or item["severity"] == "error"] == []
    config.write_text(config.read_text("utf-8").replace("publish: no", "publish: yes"), "utf-8")
    # Somebody has called every number; the README says how that is written, the check names them.
    row = re.search(r"`(- \{id: )kinder-jugend(, date: .*?\})`", TEN_MINUTES)
    assert row is not None
    asked = re.findall(
        r"\{id: ([\w-]+),",
        str([item["help"] for item in findings() if item["code"] == "hilfenummer-ungeprueft"]),
    )
    assert len(asked) > 5
    lines = [f"{row[1]}{key}{row[2]}" for key in asked]
    (own_town / "resources" / "help_checks.yml").write_text("\n".join(lines) + "\n", "utf-8")
    assert "ist fertig" in run("build", "--today", "2026-11-20")
    pages = list((own_town / "site").rglob("*.html"))
    assert len(pages) > 50
    assert raw_pages(own_town / "site") == {}
    for page in pages:
        text = page.read_text("utf-8")
        assert not re.search(
            r"Auenstedt|auenstedt|66969|\.example|gibt es nicht</h2>|erfunden|invented", text
        ), page


def test_publishing_with_leftovers_is_refused(copied_town: Path) -> None:
    config = copied_town / "site_config.yml"
    config.write_text(config.read_text("utf-8").replace("publish: no", "publish: yes"), "utf-8")
    found = [item for item in findings() if item["code"].startswith("rest-")]
    assert {(item["code"], item["severity"]) for item in found} == {("rest-der-beispielstadt", "error")}
    assert "publish: yes" in found[0]["message"]
    run("build")
    assert not (copied_town / "site").exists()


def test_the_demo_says_it_once_and_is_silent(demo_site: Path) -> None:
    german = (demo_site / "ueber" / "index.html").read_text("utf-8")
    assert german.count("Auenstedt gibt es nicht") >= 1
    assert "Diese Stadt ist erfunden" in german
    assert "This town is invented" in (demo_site / "en" / "ueber" / "index.html").read_text("utf-8")
    sources = [*(ROOT / "content").rglob("*.md")]
    assert [path for path in sources if "erfunden" in path.read_text("utf-8")] == []


@pytest.mark.guards("Examples and the rest: every trace of the demo is found in another town")
@pytest.mark.parametrize(
    "left",
    [
        "Telefon 040 66969-902", "Telefon (040) 66969 902", "[anrufen](tel:+494066969902)", "Telefon +49 (0)40 66969 902", "Telefon 030/23125-001",
        "Mobil 0176 04069000", "Mobil 0171-3920077", "mail@haus.example", "https://haus.example/seite", "https://www.example.org/",
        "Willkommen in AUENSTEDT", "Alle Namen sind ausgedacht.", "Diese Stadt ist erfunden.", "eine erfundene Stadt", "All figures are made up.",
    ],
)  # fmt: skip
def test_each_trace_is_found_where_it_stands(tmp_path: Path, left: str) -> None:
    write_own(tmp_path)
    (tmp_path / "content" / "seite.md").write_text(f"# Seite\n\nText. {left}\n", "utf-8")
    (only,) = [item for item in check(tmp_path)[1] if str(item["code"]).startswith("rest-")]
    assert (only["code"], only["file"], only["line"]) == ("rest-der-vorlage", "content/seite.md", 3)


@pytest.mark.parametrize(
    "harmless",
    [
        "Telefon 04066969", "Telefon 0800 40 66969", "Die Kinder haben ein Spiel erfunden.", "Zum Beispiel: examples, ein Beispiel.",
        "IBAN DE02 1203 0000 0040 6696 9902 00", "# Süderauer Weg",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_trace_is_left_alone(tmp_path: Path, harmless: str) -> None:
    write_own(tmp_path)
    (tmp_path / "content" / "seite.md").write_text(f"# Seite\n\n{harmless}\n", "utf-8")
    assert check(tmp_path)[1] == []


def test_an_invented_entry_has_no_place_in_a_real_town(tmp_path: Path) -> None:
    write_own(tmp_path)
    offer = tmp_path / "resources" / "offers" / "krabbelgruppe.yml"
    offer.write_text(offer.read_text("utf-8") + "illustrative: yes\n# ist erfunden: 040 66969-100\n", "utf-8")
    (only,) = check(tmp_path)[1]
    assert (only["code"], only["line"], only["column"]) == ("rest-der-vorlage", 11, 1)


@pytest.mark.guards("Examples and the rest: every trace of the demo is found in another town")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("resources/indicators/kinder/values.csv", "space,period,numerator\nauenstedt,2025,4\nsuederaue,2025,2\nnorderaue,2025,2\n"),
        ("resources/geometry/stadt.geojson", '{"type": "FeatureCollection", "name": "Auenstedt", "features": []}'),
        ("resources/editions/bericht/2026.json", '{"town": "Auenstedt"}'),
        ("content/daten.csv", "Stadt;Zahl\nAuenstedt;1\n"),
    ],
)  # fmt: skip
def test_traces_in_files_of_data_are_found_once_a_file(tmp_path: Path, name: str, text: str) -> None:
    write_own(tmp_path)
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    site = (
        prepare(tmp_path, dt.date(2026, 11, 20)).site
        or prepare(write_other(tmp_path), dt.date(2026, 11, 20)).site
    )
    assert site is not None
    found = [item for item in check_leftovers(read_project(tmp_path), site) if item.position.file == name]
    assert [item.code for item in found] == ["rest-der-vorlage"]


def write_other(root: Path) -> Path:
    """A town beside it that can be read whatever stands in those files."""
    other = root.parent / f"{root.name}-lesbar"
    write_own(other)
    return other


def write_own(root: Path) -> None:
    """Write the small town as one that there is."""
    write_town(root)
    (root / "content").mkdir()
    for name in FILES:
        path = root / name
        text = path.read_text("utf-8").replace("040 66969-", "04321 66").replace(".example", ".de")
        path.write_text(text.replace("invented: yes\n", ""), "utf-8")
