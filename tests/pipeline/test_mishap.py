"""A mistake of ours names the line of ours that failed, in whichever package it stands; no module reckons where others lie from its own place."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.files.packaged import PACKAGE
from generator.hours.days import read_selector
from generator.pipeline.mishap import looked_at
from generator.read.nodes import parse
from generator.render.base.view import PageEnvironment, templates_folder
from tests.conftest import ROOT


def failing_page() -> None:
    PageEnvironment(templates_folder()).fill("parts/contact.html", {})


def failing_hours() -> None:
    read_selector(None)  # type: ignore[arg-type]


def failing_file() -> None:
    parse(None, "x.yml")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fails", "file"),
    [
        (failing_page, "templates/parts/contact.html"),
        (failing_hours, "hours/days.py"),
        (failing_file, "read/nodes.py"),
    ],
)
def test_the_line_of_a_mistake_is_named_in_every_room(fails: Callable[[], None], file: str) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever comes
        fails()
    named, line = looked_at(caught.value).place.code.split(":")
    assert named == file
    assert 0 < int(line) <= len((PACKAGE / named).read_text("utf-8").split("\n"))


def test_no_module_reckons_from_its_own_place() -> None:
    assert (PACKAGE / "cli.py").is_file()
    for path in PACKAGE.rglob("*.py"):
        assert "__file__" not in path.read_text("utf-8"), path


@pytest.mark.parametrize("module", ["generator", "generator.cli"])
def test_the_command_runs_as_a_module(module: str) -> None:
    line = [sys.executable, "-m", module, "help", "gibt-es-nicht"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "gibt-es-nicht" in done.stderr


@pytest.mark.parametrize("day", [(), ("--today", "2026-11-20")])
@pytest.mark.parametrize(("epoch", "code"), [("", 0), ("morgen", 2)])
def test_a_build_date_that_is_empty_or_none_ends_no_build_as_a_mistake_of_ours(
    small_town: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, code: int, day: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    done = CliRunner().invoke(main, ["build", "-p", str(small_town), *day])
    assert done.exit_code == code, done.output
