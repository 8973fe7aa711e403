"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["cells", "filling", "writing"])
def test_examples(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"generator.edit.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
