"""Runs the browser's evaluator of hours in node, outside of any page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.node import answering

HERE = Path(__file__).parent

Evaluate = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def evaluate() -> Iterator[Evaluate]:
    """A function from schedules with moments and days to what the shipped script says, in a far time zone."""
    with answering(HERE / "evaluate.mjs", names=["hours.js"], TZ="America/Los_Angeles") as ask:
        yield ask
