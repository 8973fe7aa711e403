"""README's ten minutes, taken literally: after them nothing is left of the demo, and a town builds."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.chance import every, whole
from tests.conftest import ROOT, words_of
from tests.raw_markup import raw_pages

README = (ROOT / "README.md").read_text("utf-8")
TEN_MINUTES = README.split("## In zehn Minuten")[1].split("\n## ")[0]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


def findings() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("check", "-f", "json", "--today", "2026-11-20"))
    return found


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


def test_the_demo_says_it_once_and_is_silent(demo_site: Path) -> None:
    german = (demo_site / "ueber" / "index.html").read_text("utf-8")
    assert german.count("Auenstedt gibt es nicht") >= 1
    assert "Diese Stadt ist erfunden" in german
    assert "This town is invented" in (demo_site / "en" / "ueber" / "index.html").read_text("utf-8")
    sources = [*(ROOT / "content").rglob("*.md")]
    assert [path for path in sources if "erfunden" in path.read_text("utf-8")] == []


PYTHON = os.environ.get("WALK_PYTHON", sys.executable)
OFFER = "angebote/elterncafe"


def here(folder: Path, *arguments: str) -> str:
    """Run a command in this process."""
    with chdir(folder):
        done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def alone(folder: Path, *arguments: str) -> str:
    """Run a command as somebody who has just installed it."""
    home = folder.parent / "heim"
    home.mkdir(exist_ok=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    line = [PYTHON, "-m", "generator", *arguments]
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=every((here, alone), quick=(here,)))
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town that the README founds, in Bavaria, built."""
    nahraum: Callable[..., str] = request.param
    folder = tmp_path_factory.mktemp("gang") / "nahraum"
    folder.mkdir()
    block = re.search(r"```sh\n(.*?)```", TEN_MINUTES, re.DOTALL)
    assert block is not None
    for line in block[1].strip().splitlines():
        program, *arguments = shlex.split(line)
        if program == "cd":
            folder = (folder / arguments[0]).resolve()
            continue
        assert program == "nahraum"
        place = arguments.index("--land") + 1
        nahraum(folder, *arguments[:place], "BY", *arguments[place + 1 :])
    fill_in(folder, partial(nahraum, folder))
    (folder.parent / "gesagt").write_text(nahraum(folder, "build", "-f", "concise"), "utf-8")
    return folder


def test_nothing_leads_nowhere(town: Path) -> None:
    told = (town.parent / "gesagt").read_text("utf-8")
    assert "rechtsseite-unfertig" in told
    assert not re.search(r"verweis-ins-leere|sprungmarke-fehlt", told), told


def test_nothing_is_shown_as_it_was_written(town: Path) -> None:
    assert raw_pages(town / "site", unfinished=True) == {}


def test_the_jumps_of_the_page_on_rights_are_there(town: Path) -> None:
    page = (town / "site" / "deine-rechte" / "index.html").read_text("utf-8")
    for anchor in ("inobhutnahme", "anruf", "wer-hilft"):
        assert f'id="{anchor}"' in page
        assert f'href="#{anchor}"' in page


def test_the_address_of_the_example_is_shown_where_people_look(town: Path) -> None:
    assert "Gartenweg 4, 24999 Musterstadt" in words_of(town / "site", OFFER)
    assert "Gartenweg 4" in words_of(town / "site", "angebote")


def test_a_mistake_can_be_told(town: Path) -> None:
    page = (town / "site" / OFFER / "index.html").read_text("utf-8")
    assert re.search(r'href="mailto:jugendamt@musterstadt\.example\?subject=[^"]+"[^>]*>Fehler melden<', page)
    home = (town / "site" / "index.html").read_text("utf-8")
    assert 'href="mailto:jugendamt@musterstadt.example' in home
