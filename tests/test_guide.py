"""The guide for editors, tried as somebody would who reads it: every file is written, every command given, every answer compared."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import openpyxl
import pytest

from generator.cli import main
from tests.chance import whole
from tests.conftest import ROOT

pytestmark = whole


DOCS = ROOT / "docs"
MANUAL = "../generator/starter/content/redaktion/rechner.md"
BLOCK = re.compile(
    r"(?:^`(?P<file>[\w./-]+)`(?:, Zeile (?P<line>\d+))?:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
KEYS_A_MINUTE = 120


class Reader:
    """Somebody who does what a page says, in order; `keys` is how much was to be typed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said, self.keys = folder, "", 0
        self.given: set[str] = set()

    def follow(self, page: str, start: str = "", end: str = "") -> None:
        """Do what a page says, between two headings."""
        text = (DOCS / page).read_text("utf-8")
        for block in BLOCK.finditer(text[text.index(start) : text.index(end) if end else None]):
            text = block["text"]
            if block["kind"] == "sh":
                for line in text.splitlines():
                    self.give(line)
            elif block["kind"] == "text":
                for line in text.splitlines():
                    assert line in self.said, f"{page}: {line}\n{self.said}"
            else:
                assert block["file"], f"{page}: a block that nobody knows where to put:\n{text}"
                self.write(self.folder / block["file"], text, block["line"])

    def write(self, path: Path, text: str, line: str | None) -> None:
        self.keys += len(text)
        if line is not None:
            lines = path.read_text("utf-8").splitlines(keepends=True)
            lines[int(line) - 1] = text
            text = "".join(lines)
        path.write_text(text, "utf-8")

    def give(self, line: str) -> None:
        # What was given before comes back by one key.
        self.keys += 1 if line in self.given else len(line) + 1
        self.given.add(line)
        words = shlex.split(line)
        if words[0] == "cd":
            self.folder = self.folder / words[1]
            return
        if words[0] == "mkdir":
            (self.folder / words[1]).mkdir()
            return
        assert words[0] == "nahraum"
        done = subprocess.run(
            [sys.executable, "-m", "generator", *words[1:]], cwd=self.folder, capture_output=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NAHRAUM_TODAY": "2026-11-20", "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        self.said = (done.stdout + done.stderr).decode()
        assert done.returncode in (0, 1), self.said
        if words[1] != "check":
            assert done.returncode == 0, self.said


def test_the_manual_of_editors_can_be_followed(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader.follow(MANUAL, end="## Mit einer Tabelle")
    assert "Fehler[" not in reader.said
    assert reader.keys / KEYS_A_MINUTE < 4, "five minutes, one of them to read"
    reader.follow(MANUAL, start="## Mit einer Tabelle")
    there = {path.stem for path in (tmp_path / "musterstadt/resources/offers").glob("*.yml")}
    assert {"chor-fuer-alle", "werkstatt", "spieleabend", "spieleabend-winter"} <= there
    assert (tmp_path / "musterstadt/.vscode/settings.json").is_file()


def _paste(table: Path, form: Path) -> None:
    """Copy two columns of a table into the form and answer its questions, as the page says."""
    book = openpyxl.load_workbook(form)
    for line, row in enumerate(table.read_text("utf-8").splitlines()[1:], 3):
        book["Zahlen"].cell(line, 2).value, book["Zahlen"].cell(line, 3).value = row.split(";")[:2]
    for row in book["Fragen"].iter_rows():
        row[1].value = {"Schon gerundet geliefert?": "nein", "Dezimalzeichen": ","}.get(
            row[0].value, row[1].value
        )
    book.save(form)


def test_a_town_moves_in_as_the_page_says(tmp_path: Path) -> None:
    """From nothing to a built site with areas, offers and figures; `build` audits it."""
    reader = Reader(tmp_path)
    town = tmp_path / "stadt"
    give = reader.give

    def paste_before(line: str) -> None:
        if line.startswith("nahraum protect"):
            _paste(town / "einwohner.csv", town.parent / "rohdaten/einwohner.xlsx")
        give(line)

    reader.give = paste_before  # type: ignore[method-assign]
    reader.follow("umzug.md")
    assert {path.stem for path in (town / "resources/spaces").glob("*.yml")} == {
        "01", "02", "03", "musterstadt",
    }  # fmt: skip
    assert len(list((town / "resources/offers").glob("*.yml"))) == 3
    page = (town / "site/berichte/einwohner/index.html").read_text("utf-8")
    assert "14.494" in page
    assert "Kita Altstadt" in (town / "site/sozialraeume/01/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "page", [MANUAL, MANUAL.replace("rechner", "index"), "umzug.md", "two-days-a-month.md"]
)
def test_every_command_and_picture_that_is_named_is_there(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    for name, options in re.findall(r"`nahraum ([a-z]+)([^`]*)`", text):
        command = main.get_command(click.Context(main), name)
        assert command, name
        sub = re.match(r" ([a-z]+)", options)
        if isinstance(command, click.Group) and sub:
            command = command.get_command(click.Context(command), sub[1])
        known = {option for one in command.params for option in one.opts}
        assert set(re.findall(r"--[a-z-]+", options)) <= known, name
    for picture in re.findall(r"\]\((images/[^)]+)\)", text):
        assert (DOCS / picture).stat().st_size < 200_000


@pytest.mark.parametrize("name", ["developing.md", "two-days-a-month.md"])
def test_the_guides_for_developers_name_what_there_is(name: str) -> None:
    """The first change of one is made for real by `tests/test_changes.py`; here what they name: targets, files, scripts, pages."""
    page = (DOCS / name).read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert (named := set(re.findall(r"make ([a-z]+)", page)))
    assert named <= targets
    for path in re.findall(r"`((?:generator|tests|docs|resources|\.ci)/[\w./-]+)`", page):
        assert (ROOT / path).exists(), path
    for link in re.findall(r"\]\((?!http)([\w./-]+)", page):
        assert (DOCS / link).exists(), link
    for package in re.findall(r"`((?:read|derive|render|pipeline)/(?:\w+\.py)?)`", page):
        assert (ROOT / "generator" / package).exists(), package
    for module in re.findall(r"python -m ([\w.]+)", page):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists() or (
            ROOT / module.replace(".", "/") / "__main__.py"
        ).exists(), module
