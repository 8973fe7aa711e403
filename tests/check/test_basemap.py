"""Backgrounds of maps that could not be shown are reported."""

from __future__ import annotations

import pytest

from generator.check.unfinished import check_basemap
from generator.model.config import Basemap
from generator.pipeline.build import Project
from generator.read.project import Reading, read_project
from tests.conftest import ROOT
from tests.records import replace


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_project(ROOT)


@pytest.mark.parametrize(
    ("basemap", "codes"),
    [
        ("none", []),
        (Basemap(tiles="https://tiles.example/{z}/{x}/{y}.png"), []),
        (Basemap(tiles="http://tiles.example/{z}/{x}/{y}.png"), ["hintergrundkarte-adresse"]),
    ],
)
def test_what_no_map_can_show_is_reported(demo: Project, reading: Reading, basemap, codes):
    assert demo.site is not None
    config = demo.site.config.model_copy(update={"basemap": basemap})
    found = list(check_basemap(replace(demo.site, config=config), reading))
    assert [item.code for item in found] == codes
    assert all("{z}" in item.help or "https://" in item.help for item in found)
