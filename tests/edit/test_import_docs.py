"""The page about imports explains every option and sign."""

from __future__ import annotations

from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text("utf-8")


@pytest.mark.parametrize("option", ["--level", "--id", "--name", "--code", "--parent", "--parent-id"])
def test_every_option_of_areas_is_explained(option: str) -> None:
    assert f"| `{option}" in PAGE
