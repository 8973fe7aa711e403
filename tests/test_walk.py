"""README's ten minutes in another Land; in `make examples` also with an empty home, each command in a process of its own, by any interpreter (`WALK_PYTHON`)."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.chance import every
from tests.conftest import ROOT, words_of
from tests.raw_markup import raw_pages
from tests.test_own_town import TEN_MINUTES, fill_in

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
