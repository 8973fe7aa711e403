"""README's ten minutes, taken literally: what a town copies from the demo is either replaced, or named by `check`."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.build import prepare
from generator.check.leftovers import check_leftovers
from generator.cli import main
from generator.read.project import read_project
from tests.check.test_damage import check
from tests.conftest import ROOT
from tests.edit.towns import FILES, write_town

README = (ROOT / "README.md").read_text("utf-8")
TEN_MINUTES = README.split("## In zehn Minuten")[1].split("\n## ")[0]
DEMO_ONLY = ("invented", "about", "about_translations", "overlay", "forge", "contributor")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


def findings() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("check", "-f", "json", "--today", "2026-11-20"))
    return found


def own_settings(text: str) -> str:
    """Change the settings as step 1 says."""
    named = re.search(r"ändern; (.*?) gehören zu Auenstedt", TEN_MINUTES, re.DOTALL)
    assert named is not None
    assert tuple(re.findall(r"`(\w+)`", named[1])) == DEMO_ONLY
    parts = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    kept = "".join(part for part in parts if not part.startswith(tuple(f"{name}:" for name in DEMO_ONLY)))
    return (
        kept.replace("nahraum.auenstedt.example", "nahraum.musterstadt.de")
        .replace("sozialraum@auenstedt.example", "jugend@musterstadt.de")
        .replace("040 66969-100", "04321 4711")
        .replace("Auenstedt", "Musterstadt")
    )


@pytest.fixture
def own_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Follow steps 1 to 3, with the commands that stand there."""
    repository = tmp_path / "nahraum"
    repository.mkdir()
    for name in ("site_config.yml", "content"):
        source = ROOT / name
        shutil.copytree(source, repository / name) if source.is_dir() else shutil.copy(source, repository)
    block = re.search(r"```sh\n(.*?)```", TEN_MINUTES, re.DOTALL)
    assert block is not None
    commands = " && ".join(line.strip() for line in block[1].strip().splitlines())
    assert os.waitstatus_to_exitcode(os.system(f"cd {repository} && {commands}")) == 0
    town = tmp_path / "meinestadt"
    assert sorted(path.name for path in town.iterdir()) == ["content", "resources", "site_config.yml"]
    config = town / "site_config.yml"
    config.write_text(own_settings(config.read_text("utf-8")), "utf-8")
    monkeypatch.chdir(town)
    for command in re.findall(r"`nahraum (new \w+ [\w-]+)`", TEN_MINUTES):
        if not command.startswith("new office"):
            assert "angelegt" in run(*command.split()) or (town / "resources").is_dir()
    spaces = town / "resources" / "spaces"
    (spaces / "musterstadt.yml").write_text("name: Musterstadt\nlevel: stadt\n", "utf-8")
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
    return town


def test_check_names_everything_that_is_left_of_the_demo(own_town: Path) -> None:
    found = [item for item in findings() if item["code"] == "rest-der-vorlage"]
    assert {item["severity"] for item in found} == {"warning"}
    named = {(place["file"], place["line"]) for item in found for place in (item, *item["also"])}
    left = {
        (path.relative_to(own_town).as_posix(), number)
        for path in (own_town / "content").rglob("*.md")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"Auenstedt|66969|\.example", line)
    }
    assert len({file for file, _ in left}) > 10
    assert named >= left
    assert len(found) <= 4, "a readable list: one message for each kind of trace"


def test_after_following_it_nothing_says_the_town_is_invented(own_town: Path) -> None:
    for path in (own_town / "content").rglob("*.md"):
        text = path.read_text("utf-8").replace("Auenstedt", "Musterstadt")
        text = re.sub(r"\+494066969(\d{3})", r"+494321\1", text.replace("040 66969", "04321"))
        text = text.replace("auenstedt.example", "musterstadt.de")
        # Step 4: lines that look for offices of the demo are deleted.
        text = "\n".join(line for line in text.splitlines() if "{{ contact(" not in line) + "\n"
        path.write_text(re.sub(r"\[\[.*?\]\]", "Angabe", text), "utf-8")
    found = findings()
    assert [item for item in found if item["code"].startswith("rest-") or item["severity"] == "error"] == []
    assert "ist fertig" in run("build", "--today", "2026-11-20")
    pages = list((own_town / "site").rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        text = page.read_text("utf-8")
        assert not re.search(
            r"Auenstedt|auenstedt|66969|\.example|gibt es nicht</h2>|erfunden|invented", text
        ), page
    assert "does not exist" not in (own_town / "site" / "en" / "ueber" / "index.html").read_text("utf-8")


def test_publishing_with_leftovers_is_refused(own_town: Path) -> None:
    config = own_town / "site_config.yml"
    config.write_text(config.read_text("utf-8").replace("publish: no", "publish: yes"), "utf-8")
    found = [item for item in findings() if item["code"].startswith("rest-")]
    assert {(item["code"], item["severity"]) for item in found} == {("rest-der-beispielstadt", "error")}
    assert "publish: yes" in found[0]["message"]
    run("build")
    assert not (own_town / "site").exists()


def test_the_demo_says_it_once_and_is_silent(demo_site: Path) -> None:
    german = (demo_site / "ueber" / "index.html").read_text("utf-8")
    assert german.count("Auenstedt gibt es nicht") >= 1
    assert "Diese Stadt ist erfunden" in german
    assert "This town is invented" in (demo_site / "en" / "ueber" / "index.html").read_text("utf-8")
    sources = [*(ROOT / "content").rglob("*.md")]
    assert [path for path in sources if "erfunden" in path.read_text("utf-8")] == []


@pytest.mark.parametrize(
    "left",
    [
        "Telefon 040 66969-902",
        "Telefon (040) 66969 902",
        "[anrufen](tel:+494066969902)",
        "Telefon +49 (0)40 66969 902",
        "Telefon 030/23125-001",
        "Mobil 0176 04069000",
        "Mobil 0171-3920077",
        "mail@haus.example",
        "https://haus.example/seite",
        "https://www.example.org/",
        "Willkommen in AUENSTEDT",
        "Alle Namen sind ausgedacht.",
        "Diese Stadt ist erfunden.",
        "eine erfundene Stadt",
        "All figures are made up.",
    ],
)
def test_each_trace_is_found_where_it_stands(tmp_path: Path, left: str) -> None:
    write_own(tmp_path)
    (tmp_path / "content" / "seite.md").write_text(f"# Seite\n\nText. {left}\n", "utf-8")
    (only,) = [item for item in check(tmp_path)[1] if str(item["code"]).startswith("rest-")]
    assert (only["code"], only["file"], only["line"]) == ("rest-der-vorlage", "content/seite.md", 3)


@pytest.mark.parametrize(
    "harmless",
    [
        "Telefon 04066969",
        "Telefon 0800 40 66969",
        "Die Kinder haben ein Spiel erfunden.",
        "Zum Beispiel: examples, ein Beispiel.",
        "IBAN DE02 1203 0000 0040 6696 9902 00",
        "# Süderauer Weg",
    ],
)
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


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "resources/indicators/kinder/values.csv",
            "space,period,numerator\nauenstedt,2025,4\nsuederaue,2025,2\nnorderaue,2025,2\n",
        ),
        (
            "resources/geometry/stadt.geojson",
            '{"type": "FeatureCollection", "name": "Auenstedt", "features": []}',
        ),
        ("resources/editions/bericht/2026.json", '{"town": "Auenstedt"}'),
        ("content/daten.csv", "Stadt;Zahl\nAuenstedt;1\n"),
    ],
)
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
