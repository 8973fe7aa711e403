"""A few cases of each part of the rig, as `python -m attack --sample` does them; `make attack` does them all."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from attack.parts import PARTS
from tests.chance import whole
from tests.conftest import ROOT

pytestmark = whole

# What each part must have done, so that none ends well because it did nothing.
DONE = {
    "records": {"records": 40, "accepted and rendered": 5},
    "projects": {"projects": 3, "accepted and built whole": 1},
    "texts": {"sites": 1, "hostile texts": 400, "files read by other programs": 400},
    "commands": {"kills before a step": 1, "refusals of the system": 1, "overlapping runs": 1, "kills of one of several": 1},
    "refuges": {"ways": 3},
    "figures": {"towns": 1, "asked": 1, "withheld": 1},
    "hidden": {"secrets found with the masking off": 9},
    "surroundings": {"builds": 1, "files compared": 300},
}  # fmt: skip


@pytest.fixture(scope="module")
def said() -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "attack", "--sample", "--workers", "1"]
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("name", DONE)
def test_a_sample_of_each_part_finds_nothing(said: str, name: str) -> None:
    lines = "; ".join(line for line in said.splitlines() if line.startswith(f"{name}: "))
    counts = {what: int(number.replace(",", "")) for number, what in re.findall(r"([\d,]+) ([a-z ]+)", lines)}
    assert {what: counts.get(what, 0) >= least for what, least in DONE[name].items()} == dict.fromkeys(
        DONE[name], True
    ), lines


def test_no_part_is_without_a_sample() -> None:
    """The archives are installed from the network; tests/supply looks at what they hold."""
    assert {name for name, part in PARTS.items() if part.sample} == set(DONE) == set(PARTS) - {"installed"}
